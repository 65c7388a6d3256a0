/* Fetching: the program is started beside us, and what its lines say is shown. */
#include <stdio.h>
#include <sys/wait.h>

#include "ui/reader_state.h"

#define ARGV_MOST 16

/* The same program over the same folders; url NULL: all feeds. */
static void start_fetch(struct reader *r, bool force, const char *url)
{
	const char *argv[ARGV_MOST] = { r->app->program, "--config", r->app->config_dir, "--data", r->app->data_dir };
	struct err_info info = ERR_INFO_INIT;
	char now[DATE_TEXT];
	size_t n = 5;

	if (r->app->offline)
		argv[n++] = "--offline";
	if (r->app->frozen != DATE_NONE) {
		argv[n++] = "--now";
		argv[n++] = date_rfc3339(r->app->frozen, now);
	}
	argv[n++] = "fetch";
	argv[n++] = "--json";
	if (force)
		argv[n++] = "--force";
	if (url) {
		argv[n++] = "--";
		argv[n++] = url;
	}
	if (fetch_start(&r->fetch, (char *const *)argv, &info) != OK)
		reader_fail(r, &info);
	else
		snprintf(r->progress, sizeof r->progress, "fetching");
}

void fetch_some(struct reader *r, bool all)
{
	const struct screen *s = reader_top(r);

	/* They lie in a profile that no other process would know for one of samples. */
	if (r->app->demo || r->app->samples) {
		reader_say(r, "sample feeds aren't fetched; eclose add URL subscribes to one of yours");
		return;
	}
	if (r->app->read_only) {
		reader_say(r, "what a fetch brings could not be saved: %.200s may not be written", r->app->store_path);
		return;
	}
	if (!all && s->view->kind == SCREEN_FEEDS && s->feeds.n > 0)
		start_fetch(r, true, s->feeds.feed[s->at.cursor].url);
	else
		start_fetch(r, all, NULL);
}

/* The fetch is over: a ranker that knows the new articles; the page stays as it is until the reader asks. */
static void fetched(struct reader *r)
{
	r->progress[0] = '\0';
	r->fetch.ended = false;
	if (WIFEXITED(r->fetch.status) && WEXITSTATUS(r->fetch.status) > 1 && r->fetch.done == 0) {
		reader_say(r, "eclose fetch could not be run");
		r->alarm = true;
		return;
	}
	if (!watch_settle(r))
		return;
	if (r->fetch.failed) {
		reader_say(r, "%zu of %zu feeds failed; f shows which", r->fetch.failed, r->fetch.done);
	} else if (r->fetch.status != 0) { /* no feed is to blame: a full disk, a lock, a crash */
		reader_say(r, "the fetch broke off; `eclose fetch` says why");
		r->alarm = true;
	} else if (r->fetch.items_new == 0) {
		reader_say(r, "nothing new");
	}
}

bool fetch_take(struct reader *r)
{
	struct fetch *f = &r->fetch;

	if (f->fd < 0)
		return false;
	fetch_read(f);
	if (f->ended)
		fetched(r);
	else if (f->waits)
		snprintf(r->progress, sizeof r->progress, "another fetch is running, waiting for it");
	else if (f->total)
		snprintf(r->progress, sizeof r->progress, "fetching %zu/%zu · %ld new", f->done, f->total, f->items_new);
	return true;
}
