#include "app/refresh.h"

#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/due.h"
#include "app/page.h"
#include "base/log.h"
#include "base/map.h"
#include "feeds/http.h"
#include "feeds/parse.h"
#include "feeds/url.h"

#define COMMIT_EVERY 0.15         /* seconds of feeds in one transaction */
#define INTERVAL_MOST 100000      /* minutes, as the setting has it */
#define INDEX_BATCH 500

struct refresh {
	struct app *app;
	const struct refresh_options *o;
	struct refresh_summary *sum;
	struct arena *arena;
	struct http *http;
	struct feed_list all;        /* the subscribed ones ... */
	struct feed_list feeds;      /* ... and those of them that are asked or skipped */
	struct http_request *request; /* (feeds.n) */
	bool *held;                  /* (feeds.n) not asked because its host said so meanwhile */
	struct map busy;             /* host -> when it may be asked again */
	size_t done;
	bool open;                   /* a transaction is open ... */
	double since;                /* ... since then (log_monotonic) */
	enum err failed;             /* of the store: ends the run */
	struct err_info *info;
};

/* ---- which feeds ---- */

static bool wanted(const struct refresh *r, const struct feed *f, int64_t now)
{
	for (size_t i = 0; i < r->o->n_urls; i++)
		if (strcmp(r->o->urls[i], f->url) == 0)
			return true;
	if (r->o->n_urls || f->gone)
		return false;
	return r->o->force || f->next <= now || f->checked > now; /* the clock was wrong then, or is now */
}

static enum err check_urls(const struct refresh *r, const struct feed_list *all, struct err_info *info)
{
	for (size_t i = 0; i < r->o->n_urls; i++) {
		size_t k = 0;

		while (k < all->n && strcmp(all->feed[k].url, r->o->urls[i]) != 0)
			k++;
		if (k == all->n)
			return err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", r->o->urls[i]);
	}
	return OK;
}

static enum err choose(struct refresh *r, struct arena *a, struct err_info *info)
{
	int64_t now = app_now(r->app);
	enum err e = feeds_load(&r->app->store, false, a, &r->all, info);

	if (e == OK)
		e = check_urls(r, &r->all, info);
	if (e != OK)
		return e;
	r->arena = a;
	r->feeds.feed = arena_zero(a, r->all.n + 1, sizeof *r->feeds.feed);
	r->request = arena_zero(a, r->all.n + 1, sizeof *r->request);
	r->held = arena_zero(a, r->all.n + 1, sizeof *r->held);
	for (size_t i = 0; i < r->all.n; i++)
		if (wanted(r, &r->all.feed[i], now))
			r->feeds.feed[r->feeds.n++] = r->all.feed[i];
	r->sum->feeds = r->feeds.n;
	return OK;
}

/* ---- when to ask again ---- */

int feed_interval(const struct app *app, const struct feed *f)
{
	static const char name[] = "interval=";

	for (size_t i = 0; i < app->subs.n; i++) {
		const struct sub *sub = &app->subs.sub[i];

		for (size_t k = 0; k < sub->n_settings; k++) {
			char *end;
			long minutes;

			if (strncmp(sub->settings[k], name, sizeof name - 1) != 0 || strcmp(sub->url, f->url) != 0)
				continue;
			minutes = strtol(sub->settings[k] + sizeof name - 1, &end, 10);
			if (!*end && minutes >= 1 && minutes <= INTERVAL_MOST)
				return (int)minutes;
		}
	}
	return app->config.interval;
}

/* What the feed asks is in doc; where that is NULL (304, a failure) it is as it was last time. */
static int64_t next_time(const struct refresh *r, const struct feed *f, const struct http_response *resp, const struct feed_doc *doc, bool failed)
{
	const struct due d = {
		.url = f->url, .now = app_now(r->app), .interval = (int64_t)feed_interval(r->app, f) * 60, .ttl = doc ? doc->ttl : f->ttl, .max_age = resp->max_age,
		.retry_after = resp->retry_after, .failed = failed, .failures = f->failures,
		.skip_hours = doc ? doc->skip_hours : f->skip_hours, .skip_days = doc ? doc->skip_days : f->skip_days,
	};

	return due_next(&d);
}

/* ---- hosts that want to be left alone ---- */

static void busy_until(struct refresh *r, const char *url, int64_t until)
{
	const char *host = url_host(r->arena, url);
	int64_t *v = *host ? map_at(&r->busy, host, strlen(host), until, NULL) : NULL;

	if (v && *v < until)
		*v = until;
}

static bool still_wanted(void *user, const struct http_request *request)
{
	struct refresh *r = user;
	const struct feed *f = request->user;
	const char *host;

	if (r->busy.n == 0)
		return true;
	host = url_host(r->arena, request->url);
	r->held[f - r->feeds.feed] = map_get(&r->busy, host, strlen(host), DATE_NONE) != DATE_NONE;
	return !r->held[f - r->feeds.feed];
}

/* All feeds of such hosts, asked in this run or not. */
static enum err hold(struct refresh *r)
{
	enum err e = OK;

	for (size_t i = 0; e == OK && r->busy.n && i < r->all.n; i++) {
		const struct feed *f = &r->all.feed[i];
		const char *host = url_host(r->arena, due_address(f));
		int64_t until = map_get(&r->busy, host, strlen(host), DATE_NONE);

		if (until != DATE_NONE)
			e = feeds_hold(&r->app->store, f->id, until, r->info);
	}
	return e;
}

/* ---- one answer ---- */

static void report(struct refresh *r, const struct feed *f, const struct http_response *resp, const char *status, int items_new, const char *error)
{
	struct feed_result res = {
		.url = f->url, .status = status, .http = resp->status, .items_new = items_new, .bytes = resp->wire_bytes, .ms = resp->ms,
		.moved_to = strcmp(status, "moved") == 0 ? resp->moved_to : NULL, .error = error, .done = ++r->done, .total = r->feeds.n,
	};

	r->sum->items_new += items_new;
	r->sum->bytes += resp->wire_bytes;
	r->sum->failed += error != NULL;
	r->sum->fetched += strcmp(status, "skipped") != 0;
	if (r->o->result)
		r->o->result(r->o->user, &res);
}

/* Feeds are grouped into transactions of COMMIT_EVERY seconds, because a commit a feed would cost more than the feed; one is never left open
 * while there is nothing to do but wait, so that a reader's own marks get in. */
static enum err group_begin(struct refresh *r)
{
	enum err e;

	if (r->open)
		return OK;
	e = db_begin(r->app->store.db, r->info);
	r->open = e == OK;
	r->since = log_monotonic();
	return e;
}

static enum err group_end(struct refresh *r)
{
	if (!r->open)
		return OK;
	r->open = false;
	return db_commit(r->app->store.db, r->info);
}

static void waiting(void *user)
{
	struct refresh *r = user;

	if (r->failed == OK)
		r->failed = group_end(r);
}

static const char *http_complaint(int status, struct arena *a)
{
	switch (status) {
	case 401:
	case 403:
		return arena_printf(a, "the server doesn't let us in (%d)", status);
	case 404:
		return "there is nothing at this address (404)";
	case 410:
		return "the feed is gone for good (410) and is not asked for again";
	case 429:
		return "the server asks us to come less often (429)";
	default:
		return arena_printf(a, status >= 500 ? "the server has a fault (%d)" : "the server answered %d", status);
	}
}

/* What an answer means for a feed: fills f; doc and text live in a. */
static const char *judge(const struct http_response *resp, const struct feed *feed, struct arena *a, struct feed_doc *doc, struct fetched *f)
{
	struct parse_hints hints = { resp->content_type, resp->url };
	struct err_info info = ERR_INFO_INIT;

	f->feed_id = feed->id;
	f->http = resp->status;
	if (resp->err != OK)
		return resp->error;
	if (resp->status == 304)
		return NULL;
	if (resp->status == 410)
		f->gone = true;
	if (resp->status < 200 || resp->status > 299)
		return http_complaint(resp->status, a);
	/* the transfer drops the body as soon as we return: it may be spent */
	if (feed_parse_spend(a, (char *)(uintptr_t)resp->body, resp->len, &hints, doc, &info) != OK)
		return arena_strdup(a, info.text);
	if (doc->left_out)
		log_say("%s: %s", feed->url, doc->left_out);
	f->doc = doc;
	f->etag = resp->etag;
	f->last_modified = resp->last_modified;
	return NULL;
}

/* ---- feeds that move ---- */

static bool local(const char *url)
{
	return strncmp(url, "file:", 5) == 0;
}

static bool asked_elsewhere(const struct http_response *resp, const struct feed *feed)
{
	return strcmp(resp->request->url, feed->url) != 0;
}

/* There is no feed at this address, and not just for the moment. */
static bool no_feed_there(const struct http_response *resp, const char *error)
{
	return error && resp->err == OK && (resp->status == 404 || resp->status == 410 || (resp->status >= 200 && resp->status <= 299));
}

/* What is remembered of a move; f->error is known. */
static void judge_move(const struct http_response *resp, const struct feed *feed, struct fetched *f)
{
	if (f->error)
		f->move_unknown = !no_feed_there(resp, f->error);
	else if (resp->moved_to)
		f->moved_to = due_move_counts(feed->url, resp->moved_to) ? resp->moved_to : NULL;
	else if (asked_elsewhere(resp, feed))
		f->moved_to = feed->moved_to;
}

/* The address that a feed had: validators go only to the address that gave them. */
static struct http_request request_for(struct feed *f, const char *url)
{
	bool same = !f->moved_to || strcmp(url, f->moved_to) == 0;

	return (struct http_request){ .url = url, .etag = same ? f->etag : NULL, .last_modified = same ? f->last_modified : NULL, .allow_file = local(f->url), .user = f };
}

static void ask_at_home(struct refresh *r, struct feed *f)
{
	struct http_request *again = arena_alloc(r->arena, sizeof *again);

	*again = request_for(f, f->url);
	http_add(r->http, again);
}

static const char *word_for(const struct http_response *resp, const struct fetched *f, int items_new)
{
	if (f->gone)
		return "gone";
	if (f->error)
		return "error";
	if (resp->moved_to && f->moved_to)
		return "moved";
	return items_new ? "new" : "unchanged";
}

/* Put what came; a transaction is open afterwards. */
static void take_in(struct refresh *r, struct fetched *f, const struct http_response *resp, const struct feed *feed)
{
	int items_new = 0;

	f->next = next_time(r, feed, resp, f->doc, f->error != NULL);
	if (resp->status == 429) {
		busy_until(r, resp->request->url, f->next);
		busy_until(r, resp->url, f->next);
	}
	r->failed = group_begin(r);
	if (r->failed == OK)
		r->failed = feeds_put(&r->app->store, f, body_text, NULL, &items_new, r->info);
	if (r->failed == OK)
		report(r, feed, resp, word_for(resp, f, items_new), items_new, f->error);
	if (r->failed == OK && log_monotonic() - r->since > COMMIT_EVERY)
		r->failed = group_end(r);
}

static void answered(void *user, const struct http_response *resp)
{
	struct refresh *r = user;
	struct feed *feed = resp->request->user;
	struct arena a = ARENA_INIT;
	struct feed_doc doc;
	struct fetched f = { .at = app_now(r->app), .bytes = resp->wire_bytes, .ms = resp->ms };

	if (r->failed != OK)
		return;
	/* A feed that we stopped listening to did nothing wrong: it stays as it was, and due; and so does one whose host wants to be left alone, for the time being. */
	if (resp->err != OK && (r->held[feed - r->feeds.feed] || (r->o->cancel && *r->o->cancel))) {
		report(r, feed, resp, "skipped", 0, NULL);
		return;
	}
	f.error = judge(resp, feed, &a, &doc, &f);
	if (asked_elsewhere(resp, feed) && no_feed_there(resp, f.error)) {
		ask_at_home(r, feed);
	} else {
		judge_move(resp, feed, &f);
		take_in(r, &f, resp, feed);
	}
	arena_clear(&a);
}

/* ---- the whole ---- */

static void queue(struct refresh *r, struct http *http)
{
	static const struct http_response nothing = { .retry_after = -1, .max_age = -1 };

	for (size_t i = 0; i < r->feeds.n; i++) {
		struct feed *f = &r->feeds.feed[i];

		if (r->app->offline && !local(f->url)) {
			report(r, f, &nothing, "skipped", 0, NULL);
			continue;
		}
		r->request[i] = request_for(f, due_address(f));
		http_add(http, &r->request[i]);
	}
}

static enum err fetch(struct refresh *r, struct err_info *info)
{
	const struct config *c = &r->app->config;
	struct http_config cfg = { .proxy = *c->proxy ? c->proxy : NULL, .timeout = c->timeout, .parallel = c->parallel, .waiting = waiting, .waiting_user = r,
		.wanted = still_wanted, .wanted_user = r };
	enum err e = http_new(&cfg, &r->http, info);

	if (e != OK)
		return e;
	queue(r, r->http);
	http_run(r->http, answered, r, r->o->cancel);
	http_free(r->http);
	if (r->failed == OK && r->busy.n)
		r->failed = group_begin(r);
	if (r->failed == OK)
		r->failed = hold(r);
	if (r->failed == OK)
		r->failed = group_end(r);
	if (r->open)
		db_rollback(r->app->store.db);
	return r->failed;
}

enum err app_index(struct app *app, struct err_info *info)
{
	bool left = true;
	enum err e = OK;

	while (e == OK && left)
		e = search_index(&app->store, INDEX_BATCH, &left, info);
	return e;
}

static enum err learn(struct app *app, struct err_info *info)
{
	struct ranker *r;
	enum err e = ranker_open(app, &r, info);

	if (e != OK)
		return e;
	e = ranker_save(r, info);
	ranker_close(r);
	return e;
}

enum err app_refresh(struct app *app, const struct refresh_options *o, struct refresh_summary *out, struct err_info *info)
{
	struct refresh_summary sum = { 0 };
	struct refresh r = { .app = app, .o = o, .sum = &sum, .info = info };
	struct arena a = ARENA_INIT;
	double start = log_monotonic();
	enum err e = choose(&r, &a, info);

	if (e == OK && r.feeds.n)
		e = fetch(&r, info);
	if (e == OK)
		e = app_vectorise(app, info);
	if (e == OK)
		e = learn(app, info);
	if (e == OK)
		e = app_index(app, info);
	sum.ms = (log_monotonic() - start) * 1000;
	*out = sum;
	map_clear(&r.busy);
	arena_clear(&a);
	return e;
}
