#include "app/refresh.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/due.h"
#include "app/fetch_lock.h"
#include "app/last_page.h"
#include "app/retain.h"
#include "base/log.h"
#include "base/map.h"
#include "base/worker.h"
#include "feeds/http.h"
#include "feeds/login.h"
#include "feeds/parse.h"
#include "feeds/settings.h"
#include "feeds/url.h"

#define COMMIT_EVERY 0.15         /* seconds of feeds in one transaction */
#define COMMIT_IDLE_MS 20         /* nothing came for so long: what is open is committed */
#define UNSTORED_MOST ((size_t)2 << 20) /* bytes of answers that are read and not stored yet */
#define INDEX_BATCH 500

/* One feed of this run. */
struct job {
	const struct feed *feed;
	struct feed_settings settings;
	struct http_request request;
	bool named;                  /* the reader asks for this one */
	bool held;                   /* its host asked to be left alone in an earlier run, and the time isn't over */
	bool just_asked;             /* by the fetch that this one waited for */
	bool move_lost;              /* it was asked where it has moved to, in vain: now at its own address */
};

struct refresh {
	struct app *app;
	const struct refresh_options *o;
	struct refresh_summary *sum;
	struct arena *arena;
	struct job *job;             /* (n_jobs) those that are asked or skipped */
	size_t n_jobs, done;
	struct feed_list all;        /* the subscriptions */
	struct fetch_turn turn;
	int64_t began;               /* app_now(): what another fetch asked since, while it was waited for, isn't asked again */
	struct map busy;             /* host -> until when it wants to be left alone, by an answer of this run */
	struct http *http;
	struct worker *writer;       /* the thread that stores; while it runs, the store, what is below, and the summary are its own */
	bool open;                   /* a transaction is open ... */
	double since;                /* ... since then (log_monotonic) */
	enum err failed;             /* of the store: ends the run */
	atomic_bool broken;          /* failed != OK, for the thread that reads */
	struct err_info *info;
};

/* What came for one feed, read and judged, on its way into the store. Its strings are of its arena, or of the job. */
struct answer {
	struct arena arena;
	const char *url;
	struct fetched fetched;
	struct feed_doc doc;
	bool skipped;                /* nothing is stored */
	bool moved;                  /* this fetch was redirected for good */
};

/* ---- which feeds ---- */

/* As the file has it, or as it is printed. */
static bool is_called(struct arena *a, const struct feed *f, const char *word)
{
	return strcmp(word, f->url) == 0 || strcmp(word, url_shown(a, f->url)) == 0;
}

static bool named(const struct refresh *r, const struct feed *f)
{
	for (size_t i = 0; i < r->o->n_urls; i++)
		if (is_called(r->arena, f, r->o->urls[i]))
			return true;
	return false;
}

static bool is_due(const struct feed *f, int64_t now)
{
	return f->next <= now || f->checked > now; /* the clock was wrong then, or is now */
}

/* Hosts that an earlier run heard to be left alone, and whose time isn't over: not even by force. */
static void note_held(struct refresh *r, struct map *held, int64_t now)
{
	for (size_t i = 0; i < r->all.n; i++) {
		const char *host = url_host(r->arena, due_address(&r->all.feed[i]));

		if (r->all.feed[i].http == 429 && r->all.feed[i].next > now && *host)
			(void)map_at(held, host, strlen(host), 1, NULL);
	}
}

/* By the fetch that was waited for. */
static bool just_asked(const struct refresh *r, const struct feed *f, int64_t now)
{
	return r->turn.waited && f->checked >= r->began && f->checked <= now;
}

static enum err check_urls(const struct refresh *r, const struct feed_list *all, struct err_info *info)
{
	for (size_t i = 0; i < r->o->n_urls; i++) {
		size_t k = 0;

		while (k < all->n && !is_called(r->arena, &all->feed[k], r->o->urls[i]))
			k++;
		if (k == all->n)
			return err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", url_shown(r->arena, r->o->urls[i]));
	}
	return OK;
}

static void choose_from(struct refresh *r, const struct feed_list *all)
{
	int64_t now = app_now(r->app);
	struct map held = MAP_INIT;

	note_held(r, &held, now);
	for (size_t i = 0; i < all->n; i++) {
		const struct feed *f = &all->feed[i];
		const char *host = url_host(r->arena, due_address(f));
		bool is_named = named(r, f);

		if (is_named || (!r->o->n_urls && !f->gone && (r->o->force || is_due(f, now))))
			r->job[r->n_jobs++] = (struct job){ .feed = f, .named = is_named, .held = map_get(&held, host, strlen(host), 0) != 0,
				.just_asked = just_asked(r, f, now) };
	}
	map_clear(&held);
}

static enum err choose(struct refresh *r, struct err_info *info)
{
	enum err e = feeds_load(&r->app->store, false, r->arena, &r->all, info);

	if (e == OK)
		e = check_urls(r, &r->all, info);
	if (e != OK)
		return e;
	r->job = arena_zero(r->arena, r->all.n + 1, sizeof *r->job);
	choose_from(r, &r->all);
	r->sum->feeds = r->n_jobs;
	return OK;
}

/* ---- when to ask again ---- */

/* Minutes between two looks, as the reader has set it. */
static int interval_of(const struct refresh *r, const struct job *job)
{
	return job->settings.interval > 0 ? job->settings.interval : r->app->config.interval;
}

/* What the feed asks is in f->doc; where that is NULL (304, a failure) it is as it was last time. */
static int64_t next_time(const struct refresh *r, const struct job *job, const struct http_response *resp, const struct fetched *f)
{
	const struct feed *feed = job->feed;
	const struct feed_doc *doc = f->doc;
	bool told = resp->status == 429 || resp->status == 503 || (resp->status >= 300 && resp->status < 400) || strcmp(resp->url, url_bare(r->arena, feed->url)) != 0;

	return due_next(&(struct due){
		.url = feed->url, .now = f->at, .interval = (int64_t)interval_of(r, job) * 60, .max_age = resp->max_age, .retry_after = told ? resp->retry_after : -1,
		.failed = f->error != NULL, .failures = feed->failures,
		.ttl = doc ? doc->ttl : feed->ttl, .skip_hours = doc ? doc->skip_hours : feed->skip_hours, .skip_days = doc ? doc->skip_days : feed->skip_days,
	});
}

/* ---- hosts that want to be left alone: http asks them no more in this run ---- */

static void busy_until(struct refresh *r, const char *url, int64_t until)
{
	const char *host = url_host(r->arena, url);
	int64_t *v = *host ? map_at(&r->busy, host, strlen(host), until, NULL) : NULL;

	if (v && *v < until)
		*v = until;
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

static const char *word_for(const struct answer *an, int items_new)
{
	const struct fetched *f = &an->fetched;

	if (an->skipped)
		return "skipped";
	if (f->gone)
		return "gone";
	if (f->error)
		return "error";
	if (an->moved && f->moved_to)
		return "moved";
	return items_new ? "new" : "unchanged";
}

static void report(struct refresh *r, const struct answer *an, int items_new)
{
	const struct fetched *f = &an->fetched;
	struct feed_result res = {
		.url = an->url, .status = word_for(an, items_new), .http = f->http, .items_new = items_new, .bytes = f->bytes, .ms = f->ms,
		.error = f->error, .done = ++r->done, .total = r->n_jobs,
	};

	if (strcmp(res.status, "moved") == 0)
		res.moved_to = f->moved_to;
	r->sum->items_new += items_new;
	r->sum->bytes += f->bytes;
	r->sum->failed += f->error != NULL;
	r->sum->fetched += !an->skipped;
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

/* In the thread that stores. */
static void nothing_came(void *user)
{
	struct refresh *r = user;

	if (r->failed == OK)
		r->failed = group_end(r);
	atomic_store(&r->broken, r->failed != OK);
}

/* In the thread that stores, as long as that goes well. */
static void store_answer(void *user, void *item)
{
	struct refresh *r = user;
	struct answer *an = item;
	int items_new = 0;

	if (r->failed == OK && !an->skipped) {
		r->failed = group_begin(r);
		if (r->failed == OK)
			r->failed = feeds_put(&r->app->store, &an->fetched, body_text, NULL, &items_new, r->info);
	}
	if (r->failed == OK)
		report(r, an, items_new);
	if (r->failed == OK && r->open && log_monotonic() - r->since > COMMIT_EVERY)
		r->failed = group_end(r);
	atomic_store(&r->broken, r->failed != OK);
	arena_clear(&an->arena);
	free(an);
}

static const char *http_complaint(int status, bool login, struct arena *a)
{
	switch (status) {
	case 401:
	case 403:
		return arena_printf(a, login ? "the server doesn't take the login (%d)" : "the server doesn't let us in (%d)", status);
	case 404:
		return "there is nothing at this address (404)";
	case 407:
		return "the proxy wants a login (407)";
	case 410:
		return "the feed is gone for good (410) and is not asked for again";
	case 429:
		return "the server asks us to come less often (429)";
	default:
		return arena_printf(a, status >= 500 ? "the server has a fault (%d)" : "the server answered %d", status);
	}
}

/* What an answer means for a feed: fills f; doc and text live in a. */
static const char *judge(const struct http_response *resp, const struct job *job, struct arena *a, struct feed_doc *doc, struct fetched *f)
{
	struct parse_hints hints = { resp->content_type, resp->url };
	struct err_info info = ERR_INFO_INIT;

	if (resp->err != OK)
		return arena_strdup(a, resp->error);
	if (resp->status == 304)
		return resp->conditional ? NULL : "the server says that nothing is new (304), and was not asked that";
	f->gone = resp->status == 410;
	if (resp->status < 200 || resp->status > 299)
		return http_complaint(resp->status, job->request.login || url_login(a, job->feed->url), a);
	if (resp->status == 204 || resp->status == 205)
		return arena_printf(a, "the server sent nothing (%d)", resp->status);
	/* the transfer drops the body as soon as we return: it may be spent */
	if (feed_parse_spend(a, (char *)(uintptr_t)resp->body, resp->len, &hints, doc, &info) != OK)
		return arena_strdup(a, info.text);
	if (doc->left_out)
		log_say("%s: %s", url_bare(a, job->feed->url), doc->left_out);
	f->doc = doc;
	f->etag = resp->etag;
	f->last_modified = resp->last_modified;
	return NULL;
}

/* There is no feed at this address, and not just for the moment; or it is none that may be asked. */
static bool no_feed_there(const struct http_response *resp, const char *error)
{
	if (resp->err != OK)
		return resp->err == ERR_UNSUPPORTED || resp->err == ERR_LIMIT;
	return error && (resp->status == 404 || resp->status == 410 || (resp->status >= 200 && resp->status <= 299));
}

/* What is remembered of a move; one that leads back to where it is subscribed is none. */
static void judge_move(struct arena *a, const struct http_response *resp, const struct job *job, struct fetched *f)
{
	const char *to = resp->moved_to ? resp->moved_to : job->request.at;

	if (f->error)
		f->move_unknown = !job->move_lost && !no_feed_there(resp, f->error);
	else if (to && strcmp(to, url_bare(a, job->feed->url)) != 0)
		f->moved_to = to;
}

static void ask_at_home(struct refresh *r, struct job *job)
{
	job->move_lost = true;
	job->request.at = job->request.etag = job->request.last_modified = job->request.given_by = NULL;
	http_add(r->http, &job->request);
}

/* Strings of the response are gone when it is left. */
static void keep_strings(struct answer *an)
{
	struct fetched *f = &an->fetched;

	f->etag = arena_strdup(&an->arena, f->etag);
	f->last_modified = arena_strdup(&an->arena, f->last_modified);
	f->moved_to = arena_strdup(&an->arena, f->moved_to);
}

static void give(struct refresh *r, struct answer *an)
{
	worker_give(r->writer, an, sizeof *an + arena_size(&an->arena));
}

static struct answer *answer_new(const struct refresh *r, const struct job *job, const struct http_response *resp)
{
	struct answer *an = mem_zero(1, sizeof *an);

	an->url = url_bare(&an->arena, job->feed->url);
	an->moved = resp->moved_to != NULL;
	an->fetched = (struct fetched){ .feed_id = job->feed->id, .at = app_now(r->app), .http = resp->status, .bytes = resp->wire_bytes, .ms = resp->ms };
	return an;
}

static void answered(void *user, const struct http_response *resp)
{
	struct refresh *r = user;
	struct job *job = resp->request->user;
	struct answer *an;
	struct fetched *f;

	if (atomic_load(&r->broken)) {
		http_stop(r->http); /* what can't be stored isn't asked for */
		return;
	}
	worker_room(r->writer, resp->len);
	an = answer_new(r, job, resp);
	f = &an->fetched;
	/* A feed that we stopped listening to, or whose host asked us to stop, did nothing wrong: it stays as it was, and due. */
	an->skipped = resp->left_alone || (resp->err != OK && r->o->cancel && *r->o->cancel);
	if (an->skipped) {
		give(r, an);
		return;
	}
	f->error = judge(resp, job, &an->arena, &an->doc, f);
	if (job->request.at && no_feed_there(resp, f->error)) {
		ask_at_home(r, job);
		arena_clear(&an->arena);
		free(an);
		return;
	}
	judge_move(&an->arena, resp, job, f);
	f->next = next_time(r, job, resp, f);
	if (resp->status == 429) {
		busy_until(r, due_address(job->feed), f->next);
		busy_until(r, resp->url, f->next);
	}
	keep_strings(an);
	give(r, an);
}

/* ---- the whole ---- */

static bool local(const char *url)
{
	return strncmp(url, "file:", 5) == 0;
}

/* How the reader wants it to be asked; the words were looked at when the file was read. */
static enum err prepare(struct refresh *r, struct job *job, const struct sub *sub, struct err_info *info)
{
	const struct feed *f = job->feed;
	const char *at = due_address(f);
	enum err e = OK;

	job->request = (struct http_request){
		.url = f->url, .at = at == f->url ? NULL : at, .etag = f->etag, .last_modified = f->last_modified, .given_by = f->moved_to,
		.settings = &job->settings, .allow_file = local(f->url), .user = job,
	};
	if (sub)
		e = settings_read(r->arena, sub->settings, sub->n_settings, &job->settings, info);
	return e == OK ? login_read(r->arena, &job->settings, &job->request.login, info) : e;
}

static void queue_one(struct refresh *r, struct job *job, const struct sub *sub)
{
	struct http_response none = { .request = &job->request, .url = job->feed->url, .retry_after = -1, .max_age = -1, .body = "" };
	struct err_info info = ERR_INFO_INIT;

	job->request.user = job;
	none.left_alone = (r->app->offline && !local(job->feed->url)) || (job->held && !job->named) || job->just_asked || (r->o->cancel && *r->o->cancel);
	if (none.left_alone) {
		answered(r, &none);
		return;
	}
	none.err = prepare(r, job, sub, &info);
	none.error = info.text;
	if (none.err == OK)
		http_add(r->http, &job->request);
	else
		answered(r, &none);
}

static void queue(struct refresh *r)
{
	const struct subs *subs = &r->app->subs;
	struct map lines = MAP_INIT;

	for (size_t i = 0; i < subs->n; i++)
		(void)map_at(&lines, subs->sub[i].url, strlen(subs->sub[i].url), (int64_t)i, NULL);
	for (size_t i = 0; !atomic_load(&r->broken) && i < r->n_jobs; i++) {
		const char *url = r->job[i].feed->url;
		int64_t line = map_get(&lines, url, strlen(url), -1);

		queue_one(r, &r->job[i], line < 0 ? NULL : &subs->sub[line]);
	}
	map_clear(&lines);
}

/* What came is read here while what came before it is written there: the two take about as long. */
static enum err transfer(struct refresh *r, struct err_info *info)
{
	const struct config *c = &r->app->config;
	struct http_config cfg = { .proxy = *c->proxy ? c->proxy : NULL, .timeout = c->timeout, .parallel = c->parallel };
	struct worker_config w = { .work = store_answer, .idle = nothing_came, .idle_ms = COMMIT_IDLE_MS, .most = UNSTORED_MOST, .user = r };
	enum err e = http_new(&cfg, &r->http, info);

	if (e != OK)
		return e;
	e = worker_start(&w, &r->writer, info);
	if (e == OK) {
		queue(r);
		if (!atomic_load(&r->broken))
			http_run(r->http, answered, r, r->o->cancel);
		worker_end(r->writer);
		e = r->failed;
	}
	http_free(r->http);
	return e;
}

static enum err fetch(struct refresh *r, struct err_info *info)
{
	enum err e = transfer(r, info);

	if (e == OK && r->busy.n)
		e = group_begin(r);
	if (e == OK)
		e = hold(r);
	if (e == OK)
		e = group_end(r);
	if (r->open)
		db_rollback(r->app->store.db);
	return e;
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
	bool saved;
	enum err e = ranker_saved(app, &saved, info);

	return e == OK && !saved ? last_page_renew(app, info) : e;
}

/* What follows from the articles that there are. What is left undone, because the reader won't wait for it, the next fetch does. */
static enum err digest(struct app *app, struct err_info *info)
{
	enum err e = app_vectorise(app, info);

	if (e == OK)
		e = learn(app, info);
	return e == OK ? app_index(app, info) : e;
}

static enum err sync_again(struct app *app, enum err e, struct err_info *info)
{
	enum err now = db_sync(app->store.db, DB_SYNC_NOW, e == OK ? info : NULL);

	return e == OK ? now : e;
}

/* Our turn: no other fetch runs over this store. */
static enum err take_turn(struct refresh *r)
{
	const struct fetch_wait w = { .waits = r->o->waits, .user = r->o->user, .cancel = r->o->cancel, .patience = r->o->patience };
	enum err e;

	r->began = app_now(r->app);
	e = fetch_lock(r->app, &w, &r->turn, r->info);
	r->sum->items_other = r->turn.items_other;
	return e;
}

enum err app_refresh(struct app *app, const struct refresh_options *o, struct refresh_summary *out, struct err_info *info)
{
	struct refresh_summary sum = { 0 };
	struct arena a = ARENA_INIT;
	struct refresh r = { .app = app, .o = o, .sum = &sum, .arena = &a, .turn = FETCH_TURN_INIT, .info = info };
	double start = log_monotonic();
	enum err e = take_turn(&r);

	if (e == OK)
		e = db_sync(app->store.db, DB_SYNC_LATER, info); /* all of it can be had again */
	if (e == OK)
		e = choose(&r, info);
	if (e == OK && r.n_jobs)
		e = fetch(&r, info);
	if (e == OK && !(o->cancel && *o->cancel))
		e = app_retain(app, o->cancel, &sum.removed, info);
	if (e == OK && !(o->cancel && *o->cancel))
		e = digest(app, info);
	if (e == OK)
		e = db_checkpoint(app->store.db, info);
	e = sync_again(app, e, info);
	fetch_unlock(&r.turn);
	map_clear(&r.busy);
	sum.ms = (log_monotonic() - start) * 1000;
	*out = sum;
	arena_clear(&a);
	return e;
}
