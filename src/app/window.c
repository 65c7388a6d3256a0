#include "app/window.h"

#include <string.h>

enum err window_open(struct window *w, struct store *st, int64_t feed_id, bool unread, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct window fresh = { .store = st, .feed_id = feed_id, .unread = unread };
	struct id_list ids;
	enum err e = db_begin_read(st->db, info); /* what comes between two reads would be counted as neither old nor new */

	if (e != OK)
		return e;
	q.feed_id = feed_id;
	q.unread = unread;
	e = articles_newest_id(st, &fresh.newest, info);
	if (e == OK)
		e = articles_ids(st, &q, &fresh.arena, &ids, info);
	e = db_end(st->db, e, info);
	if (e != OK) {
		arena_clear(&fresh.arena);
		return e;
	}
	fresh.id = ids.id;
	fresh.n = ids.n;
	window_clear(w);
	*w = fresh;
	return OK;
}

void window_clear(struct window *w)
{
	arena_clear(&w->arena);
	*w = (struct window){ 0 };
}

static enum err read_rows(const struct window *w, size_t from, size_t n, struct arena *a, struct item_list *l, struct err_info *info)
{
	enum err e = db_begin_read(w->store->db, info);

	return e == OK ? db_end(w->store->db, articles_brief(w->store, w->id + from, n, a, l, info), info) : e;
}

enum err window_rows(const struct window *w, size_t from, size_t n, struct arena *a, struct item *it, struct err_info *info)
{
	struct item_list l = { 0 };
	enum err e = read_rows(w, from, n, a, &l, info);

	if (e != OK)
		return e;
	for (size_t i = 0, k = 0; i < n; i++)
		if (k < l.n && l.item[k].id == w->id[from + i])
			it[i] = l.item[k++];
		else
			it[i] = (struct item){ .id = w->id[from + i], .title = WINDOW_GONE, .published = DATE_NONE, .updated = DATE_NONE, .read = true };
	return OK;
}

static bool find(const struct window *w, int64_t id, size_t *place)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->id[i] == id) {
			*place = i;
			return true;
		}
	return false;
}

enum err window_find(const struct window *w, int64_t id, size_t *place, bool *there, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	int64_t before = 0;
	enum err e;

	*there = find(w, id, place);
	if (*there)
		return OK;
	q.feed_id = w->feed_id;
	q.unread = w->unread;
	e = articles_before(w->store, &q, id, &before, info);
	if (e == OK)
		*place = (size_t)before < w->n ? (size_t)before : w->n;
	return e;
}

/* The store knows where the next unread one is, by its index; the list knows its place. One that isn't in the list is passed by: it was read when the list was opened. */
enum err window_next_unread(const struct window *w, size_t place, int by, size_t *next, bool *found, struct err_info *info)
{
	int64_t id = place < w->n ? w->id[place] : 0;

	*found = false;
	while (id && !*found) {
		enum err e = articles_next_unread(w->store, w->feed_id, id, by < 0, w->newest, &id, info);

		if (e != OK)
			return e;
		*found = id && find(w, id, next);
	}
	return OK;
}
