/* One feed and how it was doing; and feeds that moved. */
#include <stdlib.h>
#include <string.h>

#include "app/due.h"
#include "app/follow.h"
#include "feeds/url.h"
#include "ui/reader_state.h"

enum err history_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	struct arena fresh = ARENA_INIT;
	struct feed_list list;
	struct fetch_list history;
	const struct feed *f = NULL;
	enum err e = feeds_load(&r->app->store, false, &fresh, &list, info);

	if (e == OK)
		e = feeds_history(&r->app->store, s->feed_id, &fresh, &history, info);
	for (size_t i = 0; e == OK && !f && i < list.n; i++)
		if (list.feed[i].id == s->feed_id)
			f = &list.feed[i];
	if (e == OK && !f)
		e = err_set(info, ERR_NOTFOUND, "it is not among the subscriptions any more");
	if (e != OK) {
		arena_clear(&fresh);
		return e;
	}
	for (size_t i = 0; i < history.n; i++)
		history.fetch[i].note = note_shown(&fresh, history.fetch[i].note);
	arena_clear(&s->arena);
	s->arena = fresh;
	s->data.history = (struct view_history){
		.feed = f, .address = url_shown(&s->arena, f->url), .moved = url_shown(&s->arena, feed_moved(f)), .asks = due_asks(&s->arena, f),
		.fetch = history.fetch, .n = history.n, .now = app_now(r->app),
	};
	return OK;
}

void reader_open_history(struct reader *r)
{
	struct screen *feeds = reader_top(r), *s;
	struct err_info info = ERR_INFO_INIT;

	if (feeds->feeds.n == 0)
		return;
	s = reader_push(r, &view_history);
	if (!s)
		return;
	s->feed_id = feeds->feeds.feed[feeds->at.cursor].id;
	if (history_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}

static const struct feed *feed_here(struct reader *r)
{
	struct screen *s = reader_top(r);

	if (s->view->kind == SCREEN_HISTORY)
		return s->data.history.feed;
	return s->feeds.n ? &s->feeds.feed[s->at.cursor] : NULL;
}

void reader_follow(struct reader *r)
{
	const struct feed *f = feed_here(r);
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	const char *to;

	if (!f)
		return;
	if (!feed_moved(f)) {
		reader_say(r, "this feed hasn't moved");
		return;
	}
	if (app_follow(r->app, f->url, &to, &info) == OK) {
		reader_reload(r);
		if (reader_renew(r, &info) == OK) /* feeds are named by their address in what it has loaded */
			reader_say(r, "the subscription is now %s", url_shown(&a, to));
	}
	if (info.code != OK)
		reader_fail(r, &info);
	arena_clear(&a);
}
