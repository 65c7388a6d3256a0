/* eclose fetch - ask the feeds. */
#include <signal.h>
#include <stdio.h>

#include "app/refresh.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "feeds/url.h"

static volatile bool interrupted; /* the one variable that a signal handler writes */

static void on_signal(int sig)
{
	(void)sig;
	interrupted = true;
}

struct printer { bool json; struct progress bar; struct err_info *info; enum err failed; };

static void print_json(struct printer *p, const struct feed_result *r)
{
	json_t *o = json_object();

	json_object_set_new(o, "url", json_text(r->url));
	json_object_set_new(o, "status", json_text(r->status));
	json_object_set_new(o, "http", r->http ? json_integer(r->http) : json_null());
	json_object_set_new(o, "items_new", json_integer(r->items_new));
	json_object_set_new(o, "bytes", json_integer(r->bytes));
	json_object_set_new(o, "ms", json_real(r->ms));
	json_object_set_new(o, "error", json_text(r->error));
	json_object_set_new(o, "moved_to", json_text(r->moved_to));
	json_object_set_new(o, "done", json_integer((json_int_t)r->done));
	json_object_set_new(o, "total", json_integer((json_int_t)r->total));
	if (p->failed == OK)
		p->failed = json_print(o, 0, p->info);
	else
		json_decref(o);
}

static void print_result(void *user, const struct feed_result *r)
{
	struct printer *p = user;
	struct arena a = ARENA_INIT;

	if (p->json) {
		print_json(p, r);
		return;
	}
	if (!p->bar.what)
		progress_start(&p->bar, "fetching", (int64_t)r->total);
	progress_step(&p->bar, (int64_t)r->done);
	if (!r->error && !r->moved_to)
		return;
	progress_end(&p->bar);
	p->bar.what = NULL;
	if (r->error)
		log_say("%s: %s", url_shown(&a, r->url), r->error);
	else
		log_say("%s: has moved for good to %s", url_shown(&a, r->url), url_shown(&a, r->moved_to));
	arena_clear(&a);
}

static void print_waits(void *user, long pid)
{
	struct printer *p = user;

	if (!p->json)
		log_say("another fetch is running (process %ld); this one waits for its end and asks what is still due then", pid);
	else if (p->failed == OK)
		p->failed = json_print(json_pack("{s:{s:I}}", "waiting", "pid", (json_int_t)pid), 0, p->info);
}

static enum err print_summary(const struct printer *p, const struct refresh_summary *s, struct err_info *info)
{
	json_t *o;

	if (!p->json) {
		printf("%zu feeds asked, %lld new articles, %zu failed, %.1f s\n", s->fetched, (long long)s->items_new, s->failed, s->ms / 1000);
		if (s->items_other)
			printf("%lld new articles came by the other fetch\n", (long long)s->items_other);
		if (s->removed)
			printf("%lld old article%s let go\n", (long long)s->removed, s->removed == 1 ? "" : "s");
		return OK;
	}
	o = json_object();
	json_object_set_new(o, "feeds", json_integer((json_int_t)s->feeds));
	json_object_set_new(o, "fetched", json_integer((json_int_t)s->fetched));
	json_object_set_new(o, "failed", json_integer((json_int_t)s->failed));
	json_object_set_new(o, "items_new", json_integer(s->items_new));
	json_object_set_new(o, "items_other", json_integer(s->items_other));
	json_object_set_new(o, "removed", json_integer(s->removed));
	json_object_set_new(o, "bytes", json_integer(s->bytes));
	json_object_set_new(o, "ms", json_real(s->ms));
	return json_print(json_pack("{s:o}", "summary", o), 0, info);
}

static void catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }; /* a second one ends the program where it stands */

	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	signal(SIGPIPE, SIG_IGN); /* the reader may have gone; the fetch goes on */
}

enum err cmd_fetch(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct printer p = { .info = info };
	struct refresh_options ro = { .result = print_result, .waits = print_waits, .user = &p, .cancel = &interrupted };
	const struct option table[] = {
		{ OPTION_FLAG, "force", &ro.force, 0, 0 }, { OPTION_FLAG, "json", &p.json, 0, 0 }, OPTIONS_END,
	};
	struct refresh_summary sum;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	ro.urls = (const char *const *)argv;
	ro.n_urls = (size_t)argc;
	catch_signals();
	e = app_refresh(&app, &ro, &sum, info);
	progress_end(&p.bar);
	if (e == ERR_BUSY)
		e = err_at(info, "the fetch is broken off; what is left is for the next one");
	if (e == OK)
		e = print_summary(&p, &sum, info);
	app_close(&app);
	if (e == OK)
		e = p.failed;
	if (e == OK && interrupted)
		return err_set(info, ERR_NET, "interrupted; what had arrived is stored");
	if (e == OK && sum.failed)
		return err_set(info, ERR_NET, "%zu of %zu feeds failed", sum.failed, sum.fetched);
	return e;
}
