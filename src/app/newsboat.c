/* newsboat - the articles and the readings of somebody who moves over. */
#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/carry.h"
#include "app/load.h"
#include "app/refresh.h"
#include "base/date.h"
#include "base/map.h"
#include "base/utf8.h"
#include "feeds/html.h"
#include "feeds/url.h"

struct mover {
	struct app *app;
	struct event *event; /* (n) what was read there and not here */
	size_t n, cap;
	struct map seen;     /* articles (8 bytes): two rows there may be one article here */
	struct carried *out;
	struct err_info *info;
};

/* ---- an article as a feed would give it ---- */

static const char *kept(struct arena *a, struct buf *b)
{
	const char *s = b->len ? arena_strndup(a, b->s, b->len) : NULL;

	buf_clear(b);
	return s;
}

static const char *line(struct arena *a, const char *s, bool html)
{
	struct buf b = BUF_INIT;

	if (s && html)
		html_line(&b, s, strlen(s));
	else if (s)
		utf8_clean(&b, s, strlen(s), UTF8_LINE);
	return kept(a, &b);
}

/* Newsboat makes up a guid where a feed gives none: the link with the date of publication behind it, or else the title (rssparser.cpp, get_guid). By such a one
 * nothing would be found that came by a fetch. Where it is the link alone the feed may have said so, and the link is found in any case. */
static bool made_up(const struct newsboat_item *it)
{
	const char *guid = it->guid ? it->guid : "", *link = it->link ? it->link : "";
	size_t n = strlen(link);
	int64_t at;

	if (!n)
		return it->title && strcmp(guid, it->title) == 0;
	return strncmp(guid, link, n) == 0 && date_parse(guid + n, &at);
}

/* Nothing in the cache is clean: it is treated like a feed. */
static struct entry entry_of(const struct newsboat_item *it, struct arena *a)
{
	struct entry e = { .id = made_up(it) ? NULL : line(a, it->guid, false), .title = line(a, it->title, true), .author = line(a, it->author, true), .published = it->published,
		.updated = DATE_NONE };
	const char *link = it->link && *it->link ? url_resolve(a, NULL, it->link) : NULL;
	struct buf b = BUF_INIT;

	if (link && url_allowed(link, URL_LINK))
		e.link = line(a, link, false);
	if (it->content)
		html_sanitise(&b, it->content, strlen(it->content), e.link, NULL);
	e.content = kept(a, &b);
	return e;
}

/* ---- one feed ---- */

static enum err note_readings(struct mover *m, const struct newsboat_item *it, const int64_t *id, size_t n, struct arena *a)
{
	struct item_list items;
	enum err e = articles_brief(&m->app->store, id, n, a, &items, m->info);

	for (size_t i = 0; e == OK && i < items.n; i++) {
		const struct item *here = &items.item[i];
		bool first;

		if (!it[i].read)
			continue;
		(void)map_at(&m->seen, (const char *)&here->id, sizeof here->id, 1, &first);
		if (!first)
			continue;
		if (here->read) {
			m->out->known++;
			continue;
		}
		MEM_GROW(m->event, m->n, m->cap);
		m->event[m->n++] = (struct event){ .article = here->id, .kind = EVENT_IMPORTED, .at = item_time(here), .batch = 1, .dwell = -1, .scroll = -1,
			.explore = -1, .propensity = -1 };
	}
	return e;
}

/* Those that were let go here stay away, and so does what was done with them there. Returns how many are left, in their order. */
static size_t without_gone(struct newsboat_item *it, int64_t *id, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (id[i]) {
			it[k] = it[i];
			id[k++] = id[i];
		}
	return k;
}

/* Of a feed that isn't subscribed any more only what was read is of interest. */
static enum err take_items(struct mover *m, const struct feed *feed, struct newsboat_item *it, size_t n, struct arena *a)
{
	struct entry *entry = arena_alloc(a, (n + 1) * sizeof *entry);
	int64_t *id = arena_zero(a, n + 1, sizeof *id);
	struct feed_doc doc = { .entries = entry };
	struct fetched f = { .feed_id = feed->id, .at = app_now(m->app), .doc = &doc };
	int added = 0;
	enum err e;

	for (size_t i = 0; i < n; i++)
		if (it[i].read || feed->subscribed) {
			entry[doc.n_entries] = entry_of(&it[i], a);
			it[doc.n_entries++] = it[i];
		}
	e = articles_add(&m->app->store, &f, body_text, NULL, id, &added, m->info);
	m->out->articles_new += added;
	return e == OK ? note_readings(m, it, id, without_gone(it, id, doc.n_entries), a) : e;
}

static enum err take_feed(struct mover *m, struct newsboat *nb, const char *url)
{
	struct arena a = ARENA_INIT;
	struct newsboat_item *it;
	struct feed feed;
	size_t n = 0;
	enum err e = newsboat_items(nb, url, &a, &it, &n, m->info);

	if (e == OK)
		e = feeds_by_url(&m->app->store, url, &a, &feed, m->info);
	if (e == OK) {
		e = take_items(m, &feed, it, n, &a);
	} else if (e == ERR_NOTFOUND) {
		m->out->unknown += (int64_t)n;
		e = OK;
	}
	arena_clear(&a);
	return e;
}

/* ---- all ---- */

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : (x->article > y->article) - (x->article < y->article);
}

/* The log is in order of time, whatever the order of the feeds was. */
static enum err log_readings(struct mover *m)
{
	if (!m->n)
		return OK;
	qsort(m->event, m->n, sizeof *m->event, by_time);
	return events_merge(&m->app->store, m->event, m->n, &m->out->events, m->info);
}

static enum err take_all(struct mover *m, struct newsboat *nb)
{
	struct arena a = ARENA_INIT;
	const char **url;
	size_t n = 0;
	enum err e = newsboat_feeds(nb, &a, &url, &n, m->info);

	for (size_t i = 0; e == OK && i < n; i++)
		e = take_feed(m, nb, url[i]);
	if (e == OK)
		e = log_readings(m);
	if (e == OK)
		m->out->known += (int64_t)m->n - m->out->events;
	arena_clear(&a);
	return e;
}

enum err newsboat_import(struct app *app, const char *path, struct carried *out, struct err_info *info)
{
	struct carried got = { .newsboat = true };
	struct mover m = { .app = app, .out = &got, .info = info };
	struct newsboat *nb = NULL;
	enum err e = newsboat_open(path, &nb, info);

	if (e != OK)
		return e;
	e = take_all(&m, nb);
	newsboat_close(nb);
	map_clear(&m.seen);
	free(m.event);
	if (e == OK && got.articles_new)
		e = app_vectorise(app, info);
	if (e == OK && got.articles_new)
		e = app_index(app, info);
	if (e == OK)
		*out = got;
	return e;
}
