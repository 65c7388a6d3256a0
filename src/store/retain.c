/* retain - what is let go when it is old, and the room that it took. */
#include "store/put_private.h"

/* Of what still waits for its terms nothing can be kept yet. */
enum err retain_due(struct store *st, const struct retain *r, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id FROM articles INDEXED BY articles_done"
		" WHERE feed = ?1 AND read_at IS NOT NULL AND starred_at IS NULL AND retired_at IS NULL AND fetched < ?2"
		" AND (fetched < ?3 OR (?4 > 0 AND (at, id) < (SELECT at, id FROM articles WHERE feed = ?1 AND retired_at IS NULL ORDER BY at DESC, id DESC LIMIT 1 OFFSET ?4 - 1)))"
		" AND id NOT IN (SELECT article FROM terms_queue) ORDER BY at, id");

	stmt_int(s, 1, r->feed_id);
	stmt_int(s, 2, r->now - RETAIN_LEAST);
	stmt_int(s, 3, r->days > 0 ? r->now - r->days * DATE_DAY : INT64_MIN);
	stmt_int(s, 4, r->articles);
	return store_ids(s, a, out, info);
}

/* Ids are in the order of coming, so this walks back over what came within RETAIN_LEAST and no further. Retired ones came too. */
enum err retain_clock(struct store *st, int64_t now, int64_t *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT fetched FROM articles WHERE fetched < ?1 ORDER BY id DESC LIMIT 1");
	bool row;
	enum err e;

	stmt_int(s, 1, now - RETAIN_LEAST);
	e = stmt_step(s, &row, info);
	if (e == OK) {
		int64_t most = row ? stmt_col_int(s, 0) + RETAIN_AHEAD : now;

		*out = most < now ? most : now;
	}
	stmt_reset(s);
	return e;
}

enum err retain_of_feed(struct store *st, int64_t feed_id, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id FROM articles WHERE feed = ?1 AND retired_at IS NULL AND starred_at IS NULL ORDER BY at, id");

	stmt_int(s, 1, feed_id);
	return store_ids(s, a, out, info);
}

/* Its validators too: by them the server would say that nothing is new. */
enum err retain_fresh(struct store *st, int64_t feed_id, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = store_run_id(st, "DELETE FROM gone WHERE feed = ?1", feed_id, info);
	if (e == OK)
		e = store_run_id(st, "UPDATE feeds SET etag = NULL, last_modified = NULL WHERE id = ?1", feed_id, info);
	return db_end(st->db, e, info);
}

/* ---- one article ---- */

static enum err may_go(struct store *st, int64_t id, bool unread, bool *may, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM articles WHERE id = ?1 AND (?2 OR read_at IS NOT NULL) AND starred_at IS NULL AND retired_at IS NULL");
	enum err e;

	stmt_int(s, 1, id);
	stmt_int(s, 2, unread);
	e = stmt_step(s, may, info);
	stmt_reset(s);
	return e;
}

/* Flags that were set outright say nothing of interest (signal_of), but where they were set on a page, the place does. */
static enum err learned_from(struct store *st, int64_t id, bool *is, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM events WHERE article = ?1 AND (kind NOT IN (?2, ?3, ?4, ?5) OR place > 0 OR slot > 0) LIMIT 1");
	static const enum event_kind flags[] = { EVENT_READ, EVENT_UNREAD, EVENT_STAR, EVENT_UNSTAR };
	enum err e;

	stmt_int(s, 1, id);
	for (int i = 0; i < 4; i++)
		stmt_int(s, i + 2, flags[i]);
	e = stmt_step(s, is, info);
	stmt_reset(s);
	return e;
}

static enum err retire(struct store *st, int64_t id, int64_t now, struct err_info *info)
{
	static const char *const text[] = {
		"DELETE FROM bodies WHERE article = ?1", "DELETE FROM enclosures WHERE article = ?1", "DELETE FROM earlier WHERE article = ?1",
		"DELETE FROM digests WHERE article = ?1", "DELETE FROM terms_queue WHERE article = ?1",
	};
	struct stmt *s;
	enum err e = OK;

	for (size_t i = 0; e == OK && i < sizeof text / sizeof *text; i++)
		e = store_run_id(st, text[i], id, info);
	if (e == OK)
		e = search_drop(st, id, info);
	if (e != OK)
		return e;
	s = db_sql(st->db, "UPDATE articles SET retired_at = ?2 WHERE id = ?1");
	stmt_int(s, 1, id);
	stmt_int(s, 2, now);
	return stmt_run(s, info);
}

static enum err remove_for_good(struct store *st, int64_t id, struct err_info *info)
{
	enum err e = gone_keep(st, id, info);

	return e == OK ? articles_remove(st, id, info) : e;
}

static enum err let_go(struct store *st, int64_t id, int64_t now, struct err_info *info)
{
	bool learned;
	enum err e = learned_from(st, id, &learned, info);

	if (e != OK)
		return e;
	return learned ? retire(st, id, now, info) : remove_for_good(st, id, info);
}

enum err articles_let_go(struct store *st, int64_t id, int64_t now, bool unread, bool *gone, struct err_info *info)
{
	bool may = false;
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = may_go(st, id, unread, &may, info);
	if (e == OK && may)
		e = let_go(st, id, now, info);
	e = db_end(st->db, e, info);
	if (e == OK)
		*gone = may;
	return e;
}

enum err retain_forgotten(struct store *st, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list l = { NULL, 0 };
	enum err e = store_ids(db_sql(st->db, "SELECT id FROM articles WHERE retired_at IS NOT NULL AND starred_at IS NULL"), &a, &l, info);

	for (size_t i = 0; e == OK && i < l.n; i++) {
		bool learned;

		e = learned_from(st, l.id[i], &learned, info);
		if (e == OK && !learned)
			e = remove_for_good(st, l.id[i], info);
	}
	arena_clear(&a);
	return e;
}

/* ---- room ---- */

#define TRIM_STEP "64"   /* pages, each of which is written in another place: a megabyte */
#define TRIM_LEAVE 16    /* pages are left for one that is free */

/* Only a file that was made for it can be made smaller in steps: auto_vacuum is 2. */
enum err store_trim(struct store *st, bool *more, struct err_info *info)
{
	int64_t steps, freed, pages;
	enum err e = store_int(st, "PRAGMA auto_vacuum", &steps, info);

	if (e == OK)
		e = store_int(st, "PRAGMA freelist_count", &freed, info);
	if (e == OK)
		e = store_int(st, "PRAGMA page_count", &pages, info);
	if (e != OK)
		return e;
	*more = steps == 2 && freed > pages / TRIM_LEAVE;
	if (!*more)
		return OK;
	return stmt_run(db_sql(st->db, "PRAGMA incremental_vacuum(" TRIM_STEP ")"), info);
}
