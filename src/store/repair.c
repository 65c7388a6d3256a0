/* repair - what doctor_check finds wrong and the rest of the store can tell how it should be: put right, or left for the next fetch to make anew. */
#include "store/store_private.h"
#include "store/terms_private.h"

/* ---- rows whose owner is gone ---- */

/* An article is somebody's reading: it gets a feed again, of which nothing is known. */
static enum err keep_lost(struct store *st, int64_t *n, struct err_info *info)
{
	enum err e = store_int(st, "SELECT count(*) FROM articles WHERE feed NOT IN (SELECT id FROM feeds)", n, info);

	if (e != OK || !*n)
		return e;
	return db_exec(st->db, "INSERT INTO feeds (id, url, title, items, unread) SELECT DISTINCT feed, 'unknown:' || feed, 'Feed ' || feed || ' (unknown)', 0, 0 FROM articles"
		" WHERE feed NOT IN (SELECT id FROM feeds)", info);
}

/* Parts without their article; nobody can see them. */
static enum err drop_orphans(struct store *st, int64_t *n, struct err_info *info)
{
	static const char *const of_article[] = {
		"DELETE FROM bodies WHERE article NOT IN (SELECT id FROM articles)", "DELETE FROM enclosures WHERE article NOT IN (SELECT id FROM articles)",
		"DELETE FROM earlier WHERE article NOT IN (SELECT id FROM articles)", "DELETE FROM digests WHERE article NOT IN (SELECT id FROM articles)",
		"DELETE FROM termvecs WHERE article NOT IN (SELECT id FROM articles)", "DELETE FROM terms_queue WHERE article NOT IN (SELECT id FROM articles)",
		"DELETE FROM search_queue WHERE article NOT IN (SELECT id FROM articles)", "DELETE FROM derived WHERE article NOT IN (SELECT id FROM articles)",
		"DELETE FROM vectors WHERE article NOT IN (SELECT id FROM articles)", "DELETE FROM wordvecs WHERE article NOT IN (SELECT id FROM articles)",
		"DELETE FROM forms WHERE term NOT IN (SELECT id FROM terms)", "DELETE FROM fetches WHERE feed NOT IN (SELECT id FROM feeds)",
		"DELETE FROM gone WHERE feed NOT IN (SELECT id FROM feeds)",
	};
	int64_t before, after;
	enum err e = store_int(st, "SELECT total_changes()", &before, info);

	for (size_t i = 0; e == OK && i < sizeof of_article / sizeof *of_article; i++)
		e = stmt_run(db_sql(st->db, of_article[i]), info);
	if (e == OK)
		e = store_int(st, "SELECT total_changes()", &after, info);
	if (e == OK)
		*n = after - before;
	return e;
}

static enum err put_owners_right(struct store *st, struct repaired *r, struct err_info *info)
{
	int64_t wrong;
	enum err e = store_int(st, "SELECT count(*) FROM pragma_foreign_key_check", &wrong, info);

	if (e != OK || !wrong)
		return e;
	e = keep_lost(st, &r->lost, info);
	return e == OK ? drop_orphans(st, &r->orphans, info) : e;
}

/* ---- stored numbers ---- */

/* A term vector that says nothing is thrown away, and the article's words are counted again by the next fetch. */
static enum err drop_vector(struct store *st, int64_t article, struct err_info *info)
{
	enum err e = store_run_id(st, "DELETE FROM termvecs WHERE article = ?1", article, info);

	return e == OK ? store_run_id(st, "INSERT OR IGNORE INTO terms_queue VALUES (?1)", article, info) : e;
}

static enum err set_df(struct store *st, size_t id, uint32_t df, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "UPDATE terms SET df = ?2 WHERE id = ?1");

	stmt_int(s, 1, (int64_t)id);
	stmt_int(s, 2, df);
	return stmt_run(s, info);
}

static enum err recount_terms(struct store *st, struct repaired *r, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list bad = { NULL, 0 };
	struct term_stats t;
	uint32_t *df;
	enum err e = terms_df(st, &a, &t, info);

	if (e == OK) {
		df = arena_zero(&a, t.n + 1, sizeof *df);
		e = termvecs_count(st, t.n, df, &a, &bad, info);
		for (size_t i = 0; e == OK && i < bad.n; i++)
			e = drop_vector(st, bad.id[i], info);
		for (size_t i = 0; e == OK && i < t.n; i++)
			if (df[i] != t.df[i]) {
				e = set_df(st, i, df[i], info);
				r->terms++;
			}
	}
	if (e == OK)
		e = db_exec(st->db, "UPDATE corpus SET (docs, length) = (SELECT count(*), coalesce(sum(length), 0) FROM termvecs)", info);
	if (e == OK)
		r->vectors = (int64_t)bad.n;
	arena_clear(&a);
	return e;
}

/* ---- full text ---- */

static enum err put_search_right(struct store *st, struct repaired *r, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	enum err e = search_compare(st, &why);

	if (e == OK)
		return OK;
	if (e != ERR_CORRUPT)
		return err_set(info, e, "%s", why.text);
	r->search = true;
	return search_rebuild(st, info);
}

/* ---- the whole ---- */

static enum err repair(struct store *st, struct repaired *r, struct err_info *info)
{
	enum err e = put_owners_right(st, r, info);

	if (e == OK)
		e = recount_terms(st, r, info);
	return e == OK ? feeds_recount(st, &r->counts, info) : e;
}

enum err store_repair(struct store *st, struct repaired *out, struct err_info *info)
{
	struct repaired r = { .search = false };
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = db_end(st->db, repair(st, &r, info), info);
	if (e == OK)
		e = put_search_right(st, &r, info);
	if (e == OK)
		*out = r;
	return e;
}
