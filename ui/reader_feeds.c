/* The feeds: their list, how one is doing, and taking over the address where it has moved. */
#include <string.h>
#include <sys/wait.h>

#include "feeds/settings.h"
#include "feeds/url.h"
#include "ui/reader_state.h"

/* ---- the list ---- */

/* For people; the address itself stays, since a fetch is asked for by it. */
static void show_addresses(struct arena *a, struct feed *f)
{
	if (!f->title || !*f->title) /* what has no title is named by its address */
		f->title = url_shown(a, f->url);
	f->moved_to = url_shown(a, feed_moved_to(f));
}

enum err feeds_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	struct arena fresh = ARENA_INIT;
	struct feed_list list;
	enum err e = feeds_load(&r->app->store, false, &fresh, &list, info);

	if (e != OK) {
		arena_clear(&fresh);
		return e;
	}
	for (size_t i = 0; i < list.n; i++)
		show_addresses(&fresh, &list.feed[i]);
	arena_clear(&s->arena);
	s->arena = fresh;
	s->feeds = list;
	s->data.feeds = (struct view_feeds){ .feed = list.feed, .n = list.n, .now = app_now(r->app), .samples = r->app->samples };
	return OK;
}

void reader_open_feeds(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_feeds);

	if (s && feeds_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}

/* ---- one of them ---- */

/* The words behind its address in the file; of those that may hold a login the name alone. */
static void take_settings(struct reader *r, struct screen *s, struct arena *a, const char *url)
{
	const struct subs *subs = &r->app->subs;

	for (size_t i = 0; i < subs->n; i++) {
		const struct sub *sub = &subs->sub[i];

		if (strcmp(sub->url, url) != 0 || !sub->n_settings)
			continue;
		s->data.health.setting = arena_zero(a, sub->n_settings, sizeof *s->data.health.setting);
		s->data.health.n_settings = sub->n_settings;
		for (size_t k = 0; k < sub->n_settings; k++)
			s->data.health.setting[k] = settings_shown(a, sub->settings[k]);
		return;
	}
}

enum err health_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	struct arena fresh = ARENA_INIT;
	struct feed_list all;
	struct fetch_list history;
	struct feed *f = NULL;
	enum err e = feeds_load(&r->app->store, true, &fresh, &all, info);

	for (size_t i = 0; e == OK && i < all.n; i++)
		if (all.feed[i].id == s->feed_id)
			f = &all.feed[i];
	if (e == OK && !f)
		e = err_set(info, ERR_NOTFOUND, "the feed is not there any more");
	if (e == OK)
		e = feeds_history(&r->app->store, f->id, &fresh, &history, info);
	if (e != OK) {
		arena_clear(&fresh);
		return e;
	}
	show_addresses(&fresh, f);
	arena_clear(&s->arena);
	s->arena = fresh;
	s->feeds = (struct feed_list){ f, 1 };
	s->data.health = (struct view_health){
		.feed = f, .address = url_shown(&s->arena, f->url), .moved_to = f->moved_to, .fetch = history.fetch, .n = history.n, .now = app_now(r->app),
	};
	take_settings(r, s, &s->arena, f->url);
	return OK;
}

/* The feed under the cursor, or the one that is shown; NULL none. */
static const struct feed *feed_here(const struct reader *r)
{
	const struct screen *s = reader_top(r);

	if (s->feeds.n == 0)
		return NULL;
	return &s->feeds.feed[s->view->kind == SCREEN_FEEDS ? s->at.cursor : 0];
}

void reader_open_health(struct reader *r)
{
	const struct feed *f = feed_here(r);
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = f ? reader_push(r, &view_health) : NULL;

	if (!s)
		return;
	s->feed_id = f->id;
	if (health_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}

/* ---- taking over an address ---- */

/* By a process of its own, as a fetch: the model is made anew from the log, which no key waits for. */
void feeds_follow(struct reader *r)
{
	const struct feed *f = feed_here(r);

	if (!f)
		return;
	if (!f->moved_to)
		reader_say(r, "it has not moved for good, as far as is known");
	else if (reader_run_self(r, (const char *const[]){ "feeds", "--follow", "--", f->url, NULL }, "taking over"))
		r->following = true;
}

void feeds_followed(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	bool done = WIFEXITED(r->fetch.status) && WEXITSTATUS(r->fetch.status) == 0;

	if (app_reload_subs(r->app, &info) != OK) {
		reader_fail(r, &info);
		return;
	}
	reader_say(r, done ? "the subscription file has the new address now" : "the address stays as it is; `eclose feeds --follow` says why");
	r->alarm = !done;
}
