#include "app/retain.h"

#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "base/log.h"
#include "base/map.h"
#include "feeds/settings.h"

#define COMMIT_EVERY 0.012 /* seconds of letting go in one transaction; what it counts is written at its end, and takes as long again */

/* ---- which ---- */

/* How much of each subscription is kept. Frees: the arena. */
static enum err read_rules(struct app *app, struct arena *a, struct retain **out, size_t *n, struct err_info *info)
{
	const struct config *c = &app->config;
	struct feed_list feeds;
	struct map lines = MAP_INIT;
	struct retain *r;
	enum err e = feeds_load(&app->store, false, a, &feeds, info);

	if (e != OK)
		return e;
	r = arena_zero(a, feeds.n + 1, sizeof *r);
	for (size_t i = 0; i < app->subs.n; i++)
		(void)map_at(&lines, app->subs.sub[i].url, strlen(app->subs.sub[i].url), (int64_t)i, NULL);
	for (size_t i = 0; e == OK && i < feeds.n; i++) {
		int64_t line = map_get(&lines, feeds.feed[i].url, strlen(feeds.feed[i].url), -1);
		struct feed_settings s = { .keep_days = SETTINGS_UNSET, .keep_articles = SETTINGS_UNSET };

		if (line >= 0)
			e = settings_read(a, app->subs.sub[line].settings, app->subs.sub[line].n_settings, &s, info);
		r[i] = (struct retain){ .feed_id = feeds.feed[i].id, .days = s.keep_days < 0 ? c->keep_days : s.keep_days,
			.articles = s.keep_articles < 0 ? c->keep_articles : s.keep_articles };
	}
	map_clear(&lines);
	*out = r;
	*n = feeds.n;
	return e;
}

/* All that is due, feed by feed; each is looked at again before it goes. */
static enum err due(struct app *app, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct retain *r = NULL;
	int64_t *id = NULL;
	size_t n = 0, total = 0, cap = 0;
	int64_t now = DATE_NONE; /* asked for when somebody wants to know it: few have such rules */
	enum err e = read_rules(app, a, &r, &n, info);

	for (size_t i = 0; e == OK && i < n; i++) {
		struct id_list l = { NULL, 0 };

		if ((r[i].days || r[i].articles) && now == DATE_NONE)
			e = retain_clock(&app->store, app_now(app), &now, info);
		r[i].now = now;
		if (e == OK && (r[i].days || r[i].articles))
			e = retain_due(&app->store, &r[i], a, &l, info);
		for (size_t k = 0; k < l.n; k++) {
			MEM_GROW(id, total, cap);
			id[total++] = l.id[k];
		}
	}
	if (e == OK) {
		*out = (struct id_list){ arena_alloc(a, (total + 1) * sizeof *id), total };
		if (total)
			memcpy(out->id, id, total * sizeof *id);
	}
	free(id);
	return e;
}

enum err app_retain_due(struct app *app, int64_t *n, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids;
	enum err e = due(app, &a, &ids, info);

	if (e == OK)
		*n = (int64_t)ids.n;
	arena_clear(&a);
	return e;
}

/* ---- doing it ---- */

static bool cancelled(const volatile bool *cancel)
{
	return cancel && *cancel;
}

/* One transaction: ids from *at on. The corpus is another one where a document went, so no model of before is taken for one of now. */
static enum err step(struct app *app, const struct id_list *ids, size_t *at, bool unread, int64_t *gone, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	double since = log_monotonic();
	size_t i = *at;
	int64_t n = 0;
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	for (; e == OK && i < ids->n && (i == *at || log_monotonic() - since < COMMIT_EVERY); i++) {
		bool went;

		e = articles_let_go(&app->store, ids->id[i], app_now(app), unread, &went, info);
		n += e == OK && went;
	}
	if (e == OK && n)
		e = load_another_version(&app->store, &a, NULL, info);
	e = db_end(app->store.db, e, info);
	arena_clear(&a);
	if (e != OK)
		return e;
	*at = i;
	*gone += n;
	return OK;
}

static enum err let_go(struct app *app, const struct id_list *ids, bool unread, const volatile bool *cancel, int64_t *gone, struct err_info *info)
{
	bool more = true;
	enum err e = OK;

	*gone = 0;
	for (size_t at = 0; e == OK && at < ids->n && !cancelled(cancel);)
		e = step(app, ids, &at, unread, gone, info);
	while (e == OK && *gone && more && !cancelled(cancel))
		e = store_trim(&app->store, &more, info);
	return e;
}

enum err app_retain(struct app *app, const volatile bool *cancel, int64_t *gone, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids;
	enum err e = due(app, &a, &ids, info);

	if (e == OK)
		e = let_go(app, &ids, false, cancel, gone, info);
	arena_clear(&a);
	return e;
}

enum err app_retain_none(struct app *app, const char *url, int64_t *gone, int64_t *kept, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids = { NULL, 0 };
	struct feed feed;
	enum err e = feeds_by_url(&app->store, url, &a, &feed, info);

	if (e == OK)
		e = retain_of_feed(&app->store, feed.id, &a, &ids, info);
	if (e == OK)
		e = let_go(app, &ids, true, NULL, gone, info);
	if (e == OK)
		e = retain_fresh(&app->store, feed.id, info);
	if (e == OK)
		e = feeds_by_url(&app->store, url, &a, &feed, info);
	if (e == OK)
		*kept = feed.items;
	arena_clear(&a);
	return e;
}
