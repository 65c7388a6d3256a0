/* put_feed - what a fetch tells of the feed itself: its name, its validators, when it wants to be asked, where it moved, how it is doing. */
#include "store/put_private.h"

static void stmt_at_least_0(struct stmt *s, int i, int64_t v)
{
	if (v < 0)
		stmt_null(s, i);
	else
		stmt_int(s, i, v);
}

enum err put_doc(struct put *p)
{
	const struct feed_doc *d = p->f->doc;
	struct stmt *s = db_sql(p->st->db,
		"UPDATE feeds SET title = coalesce(?2, title), link = coalesce(?3, link), description = coalesce(?4, description),"
		" language = coalesce(?5, language), icon = coalesce(?6, icon), etag = ?7, last_modified = ?8, ttl = ?9, skip_hours = ?10, skip_days = ?11 WHERE id = ?1");

	stmt_int(s, 1, p->f->feed_id);
	stmt_text(s, 2, given(d->title) ? d->title : NULL);
	stmt_text(s, 3, d->link);
	stmt_text(s, 4, d->description);
	stmt_text(s, 5, d->language);
	stmt_text(s, 6, d->icon);
	stmt_text(s, 7, p->f->etag);
	stmt_text(s, 8, p->f->last_modified);
	stmt_at_least_0(s, 9, d->ttl);
	stmt_int(s, 10, d->skip_hours);
	stmt_int(s, 11, d->skip_days);
	return stmt_run(s, p->info);
}

/* ---- history ---- */

/* Did this fetch see a move that wasn't believed before it? */
static enum err newly_moved(struct put *p, bool *is)
{
	struct stmt *s = db_sql(p->st->db, "SELECT 1 FROM feeds WHERE id = ?1 AND moved_to = ?2 AND moved_seen >= ?3");
	bool row;
	enum err e;

	*is = false;
	if (!p->f->moved_to || p->f->move_unknown)
		return OK;
	stmt_int(s, 1, p->f->feed_id);
	stmt_text(s, 2, p->f->moved_to);
	stmt_int(s, 3, FEED_MOVED);
	e = stmt_step(s, &row, p->info);
	stmt_reset(s);
	if (e == OK)
		*is = !row;
	return e;
}

static enum err add_fetch(struct put *p, bool moved)
{
	const struct fetched *f = p->f;
	struct stmt *s = db_sql(p->st->db, "INSERT OR REPLACE INTO fetches VALUES (?1, ?2, ?3, ?4, ?5, ?6, iif(?8, '" FETCH_MOVED "' || ?7, ?7))");

	stmt_int(s, 1, f->feed_id);
	stmt_int(s, 2, f->at);
	stmt_int(s, 3, f->http);
	stmt_int(s, 4, p->added);
	stmt_int(s, 5, f->bytes);
	stmt_real(s, 6, f->ms);
	stmt_text(s, 7, moved ? f->moved_to : f->error);
	stmt_int(s, 8, moved);
	return stmt_run(s, p->info);
}

enum err put_history(struct put *p)
{
	struct stmt *s;
	bool moved;
	enum err e = newly_moved(p, &moved);

	if (e != OK || !(moved || p->added || p->f->error))
		return e;
	e = add_fetch(p, moved && !p->f->error);
	if (e != OK)
		return e;
	s = db_sql(p->st->db, "DELETE FROM fetches WHERE feed = ?1 AND at NOT IN (SELECT at FROM fetches WHERE feed = ?1 ORDER BY at DESC LIMIT ?2)");
	stmt_int(s, 1, p->f->feed_id);
	stmt_int(s, 2, FETCHES_KEPT);
	return stmt_run(s, p->info);
}

/* ---- health ---- */

/* A move that is forgotten takes along the validators that the new address gave, unless this fetch brought others. */
static enum err put_move(struct put *p)
{
	struct stmt *s = db_sql(p->st->db,
		"UPDATE feeds SET moved_seen = iif(?2 IS NULL, 0, iif(moved_to IS ?2, moved_seen + 1, 1)), moved_to = ?2,"
		" etag = iif(?2 IS NULL AND ?3, NULL, etag), last_modified = iif(?2 IS NULL AND ?3, NULL, last_modified)"
		" WHERE id = ?1 AND (moved_to IS NOT NULL OR ?2 IS NOT NULL)");

	stmt_int(s, 1, p->f->feed_id);
	stmt_text(s, 2, p->f->moved_to);
	stmt_int(s, 3, p->f->doc == NULL);
	return stmt_run(s, p->info);
}

enum err put_health(struct put *p)
{
	const struct fetched *f = p->f;
	struct stmt *s = db_sql(p->st->db,
		"UPDATE feeds SET checked = ?2, next = ?3, http = ?4, error = ?5, failures = iif(?5 IS NULL, 0, failures + 1),"
		" gone = ?6 OR (gone AND ?5 IS NOT NULL), changed = iif(?7 > 0, ?2, changed) WHERE id = ?1");
	enum err e;

	stmt_int(s, 1, f->feed_id);
	stmt_date(s, 2, f->at);
	stmt_date(s, 3, f->next);
	stmt_int(s, 4, f->http);
	stmt_text(s, 5, f->error);
	stmt_int(s, 6, f->gone);
	stmt_int(s, 7, p->added);
	e = stmt_run(s, p->info);
	return e == OK && !f->move_unknown ? put_move(p) : e;
}
