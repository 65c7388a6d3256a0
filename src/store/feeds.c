#include <stdlib.h>
#include <string.h>

#include "store/schema_private.h"
#include "store/store_private.h"

/* ---- reading ---- */

#define FEED_COLUMNS \
	"id, url, coalesce(name, title), link, description, language, icon, tags, etag, last_modified, checked, changed, next, " \
	"failures, http, error, position IS NOT NULL, gone, items, unread, moved_to, moved_seen, coalesce(ttl, -1), skip_hours, skip_days"

static void read_feed(struct stmt *s, struct arena *a, struct feed *f)
{
	*f = (struct feed){
		.id = stmt_col_int(s, 0), .url = stmt_col_dup(s, 1, a), .title = stmt_col_dup(s, 2, a), .link = stmt_col_dup(s, 3, a),
		.description = stmt_col_dup(s, 4, a), .language = stmt_col_dup(s, 5, a), .icon = stmt_col_dup(s, 6, a), .tags = stmt_col_dup(s, 7, a),
		.etag = stmt_col_dup(s, 8, a), .last_modified = stmt_col_dup(s, 9, a),
		.checked = stmt_col_date(s, 10), .changed = stmt_col_date(s, 11), .next = stmt_col_date(s, 12),
		.failures = (int)stmt_col_int(s, 13), .http = (int)stmt_col_int(s, 14), .error = stmt_col_dup(s, 15, a),
		.subscribed = stmt_col_int(s, 16) != 0, .gone = stmt_col_int(s, 17) != 0, .items = stmt_col_int(s, 18), .unread = stmt_col_int(s, 19),
		.moved_to = stmt_col_dup(s, 20, a), .moved_seen = (int)stmt_col_int(s, 21), .ttl = (int)stmt_col_int(s, 22),
		.skip_hours = (uint32_t)stmt_col_int(s, 23), .skip_days = (unsigned)stmt_col_int(s, 24),
	};
}

static enum err read_feeds(struct stmt *s, struct arena *a, struct feed_list *out, struct err_info *info)
{
	struct feed *f = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(f, n, cap);
		read_feed(s, a, &f[n++]);
	}
	if (e == OK) {
		out->feed = arena_alloc(a, (n + 1) * sizeof *f);
		if (n)
			memcpy(out->feed, f, n * sizeof *f);
		out->n = n;
	}
	free(f);
	return e;
}

enum err feeds_load(struct store *st, bool all, struct arena *a, struct feed_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT " FEED_COLUMNS " FROM feeds WHERE ?1 OR position IS NOT NULL ORDER BY position IS NULL, position, id");

	stmt_int(s, 1, all);
	return read_feeds(s, a, out, info);
}

enum err feeds_dead(struct store *st, struct arena *a, struct feed_list *out, struct err_info *info)
{
	return read_feeds(db_sql(st->db, "SELECT " FEED_COLUMNS " FROM feeds WHERE position IS NOT NULL AND (failures >= 5 OR gone) ORDER BY position"),
		a, out, info);
}

enum err feeds_by_url(struct store *st, const char *url, struct arena *a, struct feed *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT " FEED_COLUMNS " FROM feeds WHERE url = ?1");
	bool row;
	enum err e;

	stmt_text(s, 1, url);
	e = stmt_step(s, &row, info);
	if (e == OK && !row)
		return err_set(info, ERR_NOTFOUND, "no feed %.300s", url);
	if (e == OK)
		read_feed(s, a, out);
	stmt_reset(s);
	return e;
}

enum err feeds_history(struct store *st, int64_t feed_id, struct arena *a, struct fetch_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT at, http, items_new, bytes, ms, note FROM fetches WHERE feed = ?1 ORDER BY at DESC LIMIT ?2");
	struct fetch_list l = { arena_alloc(a, FETCHES_KEPT * sizeof *l.fetch), 0 };
	bool row;
	enum err e;

	stmt_int(s, 1, feed_id);
	stmt_int(s, 2, FETCHES_KEPT);
	while ((e = stmt_step(s, &row, info)) == OK && row)
		l.fetch[l.n++] = (struct feed_fetch){
			.at = stmt_col_int(s, 0), .http = (int)stmt_col_int(s, 1), .items_new = (int)stmt_col_int(s, 2), .bytes = stmt_col_int(s, 3),
			.ms = stmt_col_real(s, 4), .note = stmt_col_dup(s, 5, a),
		};
	if (e == OK)
		*out = l;
	return e;
}

enum err feeds_hold(struct store *st, int64_t feed_id, int64_t until, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "UPDATE feeds SET next = ?2 WHERE id = ?1 AND (next IS NULL OR next < ?2)");

	stmt_int(s, 1, feed_id);
	stmt_int(s, 2, until);
	return stmt_run(s, info);
}

enum err feeds_urls(struct store *st, void (*each)(void *user, int64_t id, const char *url), void *user, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id, url FROM feeds");
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row)
		each(user, stmt_col_int(s, 0), stmt_col_text(s, 1));
	return e;
}

/* ---- subscriptions ---- */

/* Tags in one string, blanks between them. */
static const char *join_tags(const struct sub *sub, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < sub->n_tags; i++)
		all = arena_printf(a, "%s%s%s", all, *all ? " " : "", sub->tags[i]);
	return all;
}

/* Subscriptions as rows will have them: a line that comes twice counts once. */
struct wanted { const char *url, *name, *tags; };

static size_t want(const struct sub *subs, size_t n, struct arena *a, struct wanted *w)
{
	struct map seen = MAP_INIT;
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		bool first;

		(void)map_at(&seen, subs[i].url, strlen(subs[i].url), 1, &first);
		if (first)
			w[k++] = (struct wanted){ subs[i].url, subs[i].title, join_tags(&subs[i], a) };
	}
	map_clear(&seen);
	return k;
}

/* The usual case, at every start: nothing was edited, so nothing is written and no lock is waited for. */
static enum err unchanged(struct store *st, const struct wanted *w, size_t n, bool *is, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT url, name, tags, position FROM feeds WHERE position IS NOT NULL ORDER BY position");
	size_t i = 0;
	bool row, differs = false;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row && !differs) {
		differs = i >= n || stmt_col_int(s, 3) != (int64_t)i || !text_same(stmt_col_text(s, 0), w[i].url) || !text_same(stmt_col_text(s, 1), w[i].name) ||
			!text_same(stmt_col_text(s, 2), w[i].tags);
		i++;
	}
	stmt_reset(s);
	if (e == OK)
		*is = !differs && i == n;
	return e;
}

/* One that comes back is asked at once, whatever it answered in its last life. */
static enum err subscribe(struct store *st, const struct wanted *w, size_t n, struct err_info *info)
{
	enum err e = db_exec(st->db, "UPDATE feeds SET position = -1 - position WHERE position IS NOT NULL", info);
	struct stmt *s = db_sql(st->db,
		"INSERT INTO feeds (url, position, name, tags) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (url) DO UPDATE SET"
		"  failures = iif(position IS NULL, 0, failures), gone = iif(position IS NULL, 0, gone), next = iif(position IS NULL, NULL, next),"
		"  position = excluded.position, name = excluded.name, tags = excluded.tags");

	for (size_t i = 0; e == OK && i < n; i++) {
		stmt_text(s, 1, w[i].url);
		stmt_int(s, 2, (int64_t)i);
		stmt_text(s, 3, w[i].name);
		stmt_text(s, 4, w[i].tags);
		e = stmt_run(s, info);
	}
	if (e == OK)
		e = db_exec(st->db, "UPDATE feeds SET position = NULL WHERE position < 0", info);
	return e;
}

enum err feeds_sync(struct store *st, const struct sub *subs, size_t n, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct wanted *w = arena_alloc(&a, (n + 1) * sizeof *w);
	bool is = true;
	enum err e;

	n = want(subs, n, &a, w);
	e = unchanged(st, w, n, &is, info);
	if (e == OK && !is) {
		e = db_begin(st->db, info);
		if (e == OK)
			e = db_end(st->db, subscribe(st, w, n, info), info);
	}
	arena_clear(&a);
	return e;
}

/* ---- an address that changes ---- */

/* Retired ones too: they go by no list and no count, but they are there. */
static enum err count_articles(struct store *st, int64_t feed, int64_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT count(*) FROM articles WHERE feed = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, feed);
	e = stmt_step(s, &row, info);
	if (e == OK)
		*n = row ? stmt_col_int(s, 0) : 0;
	stmt_reset(s);
	return e;
}

/* No message says the address: it may hold a login. */
static enum err make_room(struct store *st, const char *to, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct feed f;
	int64_t n = 0;
	enum err e = feeds_by_url(st, to, &a, &f, NULL);

	if (e == OK)
		e = count_articles(st, f.id, &n, NULL);

	if (e == ERR_NOTFOUND)
		e = OK;
	else if (e != OK)
		e = err_set(info, e, "can't look for the new address in the store");
	else if (f.subscribed)
		e = err_set(info, ERR_USAGE, "the new address is subscribed already; eclose remove takes away the one that you don't want");
	else if (n)
		e = err_set(info, ERR_USAGE, "the new address was subscribed before and has %lld article%s of its own in the store", (long long)n, n == 1 ? "" : "s");
	else
		e = store_run_id(st, "DELETE FROM feeds WHERE id = ?1", f.id, info);
	arena_clear(&a);
	return e;
}

static enum err change_address(struct store *st, const char *from, const char *to, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct feed f;
	struct stmt *s;
	enum err e = feeds_by_url(st, from, &a, &f, info);

	if (e == OK)
		e = make_room(st, to, info);
	if (e == OK) {
		s = db_sql(st->db, "UPDATE feeds SET url = ?2, etag = iif(moved_to = ?2, etag, NULL), last_modified = iif(moved_to = ?2, last_modified, NULL), moved_to = NULL,"
			" moved_seen = 0, failures = 0, gone = 0, next = NULL WHERE id = ?1");
		stmt_int(s, 1, f.id);
		stmt_text(s, 2, to);
		e = stmt_run(s, info);
	}
	arena_clear(&a);
	return e;
}

enum err feeds_move(struct store *st, const char *from, const char *to, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	return e == OK ? db_end(st->db, change_address(st, from, to, info), info) : e;
}

enum err feeds_recount(struct store *st, int64_t *changed, struct err_info *info)
{
	enum err e = stmt_run(db_sql(st->db, "UPDATE feeds SET items = c.n, unread = c.u FROM"
		" (SELECT f.id, count(a.id) AS n, coalesce(sum(a.read_at IS NULL), 0) AS u FROM feeds f LEFT JOIN articles a ON a.feed = f.id AND a.retired_at IS NULL GROUP BY f.id) c"
		" WHERE c.id = feeds.id AND (items <> c.n OR unread <> c.u)"), info);

	return e == OK ? store_int(st, "SELECT changes()", changed, info) : e;
}
