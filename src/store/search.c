/* search - full text: what waits is indexed, what is indexed is found. schema.c says how the index and the articles are kept in step. */
#include <string.h>

#include "store/store_private.h"
#include "store/typed_private.h"

/* Of what the index was made by: the tokenizer (fold.c, db.c) and the plain text of a body (feeds/html.h). Another number makes the index anew; one that stays while these
 * change leaves entries that can't be taken out again. */
#define SEARCH_VERSION 1
#define SEARCH_BLOB "search"

/* ---- keeping ---- */

/* Articles in one transaction: a tenth of a second at most, so that the reader's own marks don't wait. */
#define AT_ONCE 256

/* What is done up to the number ?1. One statement writes all entries: FTS5 gathers them, and would write what it has as a segment of its own before the next. */
struct batch {
	const char *last; /* how many there are of the first ?1, and the number of the last */
	const char *write, *done;
};

static const struct batch take_out = {
	"SELECT count(*), max(id) FROM (SELECT id FROM search_stale ORDER BY id LIMIT ?1)",
	"INSERT INTO search (search, rowid, title, text, author, feed) SELECT 'delete', id, title, text, author, feed FROM search_stale WHERE id <= ?1",
	"DELETE FROM search_stale WHERE id <= ?1",
};
/* None that waits has an entry, once the stale ones are out; but one more would be there for ever. */
static const struct batch put_in = {
	"SELECT count(*), max(article) FROM (SELECT article FROM search_queue ORDER BY article LIMIT ?1)",
	"INSERT INTO search (rowid, title, text, author, feed) SELECT s.rowid, s.title, s.text, s.author, s.feed FROM search_queue q CROSS JOIN search_source s ON s.rowid = q.article"
	" WHERE q.article <= ?1 AND NOT EXISTS (SELECT 1 FROM search_docsize WHERE id = q.article)"
	" AND NOT EXISTS (SELECT 1 FROM articles WHERE id = q.article AND retired_at IS NOT NULL)",
	"DELETE FROM search_queue WHERE article <= ?1",
};

static enum err run_batch(struct store *st, const struct batch *b, size_t limit, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, b->last);
	int64_t last = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, limit < AT_ONCE ? (int64_t)limit : AT_ONCE);
	e = stmt_step(s, &row, info);
	if (e == OK && row) {
		*n = (size_t)stmt_col_int(s, 0);
		last = stmt_col_int(s, 1);
	}
	stmt_reset(s);
	if (e == OK && *n)
		e = store_run_id(st, b->write, last, info);
	return e == OK && *n ? store_run_id(st, b->done, last, info) : e;
}

/* Stale entries go before new ones come: an article may have both. */
static enum err index_some(struct store *st, size_t limit, size_t *done, struct err_info *info)
{
	size_t n = 0;
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = run_batch(st, &take_out, limit, &n, info);
	if (e == OK && !n)
		e = run_batch(st, &put_in, limit, &n, info);
	e = db_end(st->db, e, info);
	if (e == OK)
		*done = n;
	return e;
}

static enum err waits(struct store *st, int64_t *any, struct err_info *info)
{
	return store_int(st, "SELECT EXISTS (SELECT 1 FROM search_queue) OR EXISTS (SELECT 1 FROM search_stale)", any, info);
}

enum err search_index(struct store *st, size_t limit, bool *left, struct err_info *info)
{
	int64_t any;
	size_t done = 1;
	enum err e = waits(st, &any, info);

	while (e == OK && any && limit && done) {
		e = index_some(st, limit, &done, info);
		if (e == OK) {
			limit -= done;
			e = waits(st, &any, info);
		}
	}
	if (e == OK)
		*left = any;
	return e;
}

enum err search_withdraw(struct store *st, int64_t article, struct err_info *info)
{
	enum err e = store_run_id(st, "INSERT OR IGNORE INTO search_stale SELECT * FROM search_source WHERE rowid IN (SELECT id FROM search_docsize WHERE id = ?1)", article, info);

	return e == OK ? store_run_id(st, "INSERT OR IGNORE INTO search_queue VALUES (?1)", article, info) : e;
}

static enum err rebuild(struct store *st, struct err_info *info)
{
	enum err e = db_exec(st->db, "INSERT INTO search (search) VALUES ('delete-all'); DELETE FROM search_stale; INSERT OR IGNORE INTO search_queue SELECT id FROM articles WHERE retired_at IS NULL", info);

	return e == OK ? blob_put(st, SEARCH_BLOB, SEARCH_VERSION, NULL, 0, info) : e;
}

enum err search_rebuild(struct store *st, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	return e == OK ? db_end(st->db, rebuild(st, info), info) : e;
}

static enum err version(struct store *st, int64_t *v, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const void *bytes;
	size_t n;
	enum err e = blob_get(st, SEARCH_BLOB, &a, v, &bytes, &n, info);

	arena_clear(&a);
	if (e == ERR_NOTFOUND)
		*v = 0;
	return e == ERR_NOTFOUND ? OK : e;
}

enum err search_follow(struct store *st, struct err_info *info)
{
	int64_t v;
	enum err e = version(st, &v, info);

	if (e == ERR_CORRUPT) /* which the doctor is to find, in a store that can be opened */
		return OK;
	if (e != OK || v == SEARCH_VERSION || db_read_only(st->db))
		return e;
	e = db_begin(st->db, info);
	if (e != OK)
		return e;
	e = version(st, &v, info); /* another program may have been faster */
	if (e == OK && v != SEARCH_VERSION)
		e = rebuild(st, info);
	return db_end(st->db, e, info);
}

/* Says in info what is wrong with who has an entry and who waits for one; OK where nothing is. */
static enum err check_places(struct store *st, struct err_info *info)
{
	int64_t lost = 0, idle = 0, dead = 0;
	enum err e = store_int(st, "SELECT count(*) FROM articles WHERE retired_at IS NULL AND id NOT IN (SELECT article FROM search_queue)"
		" AND (id NOT IN (SELECT id FROM search_docsize) OR id IN (SELECT id FROM search_stale))", &lost, info);

	if (e == OK)
		e = store_int(st, "SELECT count(*) FROM search_queue WHERE article IN (SELECT id FROM search_docsize) AND article NOT IN (SELECT id FROM search_stale)", &idle, info);
	if (e == OK)
		e = store_int(st, "SELECT (SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT id FROM articles UNION ALL SELECT id FROM search_stale))"
			" + (SELECT count(*) FROM search_stale WHERE id NOT IN (SELECT id FROM search_docsize))", &dead, info);
	if (e == OK && lost + idle + dead)
		return err_set(info, ERR_CORRUPT, "the full-text index: %lld articles have no entry and wait for none, %lld wait although they have one, %lld entries are of no article",
			(long long)lost, (long long)idle, (long long)dead);
	return e;
}

static enum err ask_index(struct store *st, const char *sql, const char *wrong, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	enum err e = db_exec(st->db, sql, &why);

	return e == OK ? OK : e == ERR_CORRUPT ? err_set(info, e, "%s (%.200s)", wrong, why.text) : err_set(info, e, "%s", why.text);
}

enum err search_check(struct store *st, struct err_info *info)
{
	enum err e = ask_index(st, "INSERT INTO search (search) VALUES ('integrity-check')", "the full-text index is damaged", info);

	return e == OK ? check_places(st, info) : e;
}

enum err search_compare(struct store *st, struct err_info *info)
{
	enum err e = ask_index(st, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", "the full-text index isn't what the articles say", info);

	return e == OK ? check_places(st, info) : e;
}

/* After its body has gone, which lets it wait again (schema.c). */
enum err search_drop(struct store *st, int64_t article, struct err_info *info)
{
	enum err e = search_withdraw(st, article, info);

	return e == OK ? store_run_id(st, "DELETE FROM search_queue WHERE article = ?1", article, info) : e;
}

/* ---- searching ---- */

static enum err indexed_ids(struct store *st, const char *query, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "WITH most (n) AS MATERIALIZED (SELECT iif(?2 < 0, -1, ?2 + (SELECT count(*) FROM search_stale)))"
		" SELECT rowid FROM (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY unlike(search, (SELECT n FROM most)), rowid DESC LIMIT (SELECT n FROM most))"
		" WHERE rowid NOT IN (SELECT id FROM search_stale) LIMIT ?2");

	stmt_text(s, 1, query);
	stmt_limit(s, 2, limit);
	return store_ids(s, a, out, info);
}

static enum err waiting_ids(struct store *st, const char *words, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	/* CROSS JOIN: the queue first. It is short or empty, and going through all articles by date for it isn't. char(31): TYPED_BETWEEN. */
	struct stmt *s = db_sql(st->db, "SELECT q.article FROM search_queue q CROSS JOIN articles a ON a.id = q.article JOIN feeds f ON f.id = a.feed"
		" WHERE a.retired_at IS NULL AND in_heads(coalesce(a.title, '') || char(31) || coalesce(a.author, '') || char(31) || coalesce(f.name, f.title, ''), ?1)"
		" ORDER BY a.at DESC, a.id DESC LIMIT ?2");

	stmt_text(s, 1, words);
	stmt_limit(s, 2, limit);
	return store_ids(s, a, out, info);
}

/* `more` behind `first`, at most limit in all. */
static void join_ids(struct id_list *first, const struct id_list *more, size_t limit, struct arena *a)
{
	size_t n = first->n + more->n;
	int64_t *id = arena_alloc(a, (n + 1) * sizeof *id);

	if (first->n)
		memcpy(id, first->id, first->n * sizeof *id);
	if (more->n)
		memcpy(id + first->n, more->id, more->n * sizeof *id);
	*first = (struct id_list){ id, limit && n > limit ? limit : n };
}

/* In one transaction, so that no article is found in the index and among those that wait for it. */
static enum err both_ids(struct store *st, const char *query, const char *words, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct id_list more = { NULL, 0 };
	enum err e = db_begin_read(st->db, info);

	if (e != OK)
		return e;
	e = indexed_ids(st, query, limit, a, out, info);
	if (e == OK)
		e = waiting_ids(st, words, limit, a, &more, info);
	if (e == OK)
		join_ids(out, &more, limit, a);
	return db_end(st->db, e, info);
}

enum err search_words(struct store *st, const char *words, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct buf query = BUF_INIT;
	struct id_list found = { NULL, 0 };
	enum err e = OK;

	if (typed_expression(words, &query))
		e = both_ids(st, buf_str(&query), words, limit, a, &found, info);
	buf_clear(&query);
	if (e == OK)
		*out = found;
	return e;
}

/* A part of the text long enough to be recognised: two lines, or one where each letter counts as a word. 1: the column `text`. */
enum err search_snippet(struct store *st, const char *words, int64_t article, struct arena *a, const char **out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT snippet(search, 1, char(2), char(3), '\xe2\x80\xa6', 24) FROM search WHERE search MATCH ?1 AND rowid = ?2");
	struct buf query = BUF_INIT;
	const char *snippet = NULL;
	bool row;
	enum err e = OK;

	if (typed_expression(words, &query)) {
		stmt_text(s, 1, buf_str(&query));
		stmt_int(s, 2, article);
		e = stmt_step(s, &row, info);
		if (e == OK && row)
			snippet = stmt_col_dup(s, 0, a);
		stmt_reset(s);
	}
	buf_clear(&query);
	if (e == OK)
		*out = snippet && *snippet ? snippet : NULL;
	return e;
}
