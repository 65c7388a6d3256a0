/* What others change while the reader is open (app/watch.h), and what is new.
 *
 * Nothing moves under the cursor: flags and counts change where they stand, what came is counted. The ranker learns what others did once nobody has typed or
 * written for a while, or when the page is asked for anew.
 */
#include <stdio.h>

#include "app/edits.h"
#include "base/log.h"
#include "ui/keys.h"
#include "ui/reader_state.h"

#define REST 0.25  /* seconds between two looks, while somebody writes and writes */
#define POLL 1.0   /* seconds between two looks where the system doesn't tell */
#define QUIET 3.0  /* seconds without a key and without a change, until the ranker is loaded anew */

/* ---- the line that says so ---- */

static void say_fresh(struct reader *r)
{
	const struct screen *s = reader_top(r);
	bool list = s->window.store != NULL;
	long n = list ? s->came : r->waiting;
	uint32_t k = keymap_key(&r->keys, list ? SCREEN_LIST : SCREEN_PAGE, ACTION_SHOW_NEW);
	char key[KEYS_NAME] = "";

	r->fresh[0] = '\0';
	if (n > 0 && k)
		snprintf(r->fresh, sizeof r->fresh, "%ld new · press %s to show", n, keys_name(k, key));
}

void watch_draw(struct reader *r)
{
	if (ranker_behind(r->ranker) && r->quiet_at == 0)
		r->quiet_at = log_monotonic() + QUIET;
	say_fresh(r);
}

/* ---- looking ---- */

/* Unread articles above both numbers: what the look is about, and what the list has already. */
static enum err count(struct reader *r, int64_t feed, int64_t after, int64_t had, long *n, struct err_info *info)
{
	int64_t came = 0;
	enum err e = articles_came(&r->app->store, feed, after > had ? after : had, &came, info);

	if (e == OK)
		*n += (long)came;
	return e;
}

static enum err count_new(struct reader *r, int64_t after, struct err_info *info)
{
	enum err e = count(r, 0, after, r->known, &r->waiting, info);

	for (int i = 0; e == OK && i < r->depth; i++) {
		struct screen *s = r->stack[i];

		if (s->window.store)
			e = count(r, s->feed_id, after, s->window.newest, &s->came, info);
	}
	return e;
}

static enum err look(struct reader *r, bool *changed, struct err_info *info)
{
	struct changes c = { 0 };
	enum err e;

	(void)watch_told(&r->watch); /* whatever it was, it is seen now */
	e = watch_look(&r->watch, &c, info);
	r->looked = log_monotonic();
	r->look_at = r->watch.polls ? r->looked + POLL : 0;
	*changed = false;
	if (e != OK || !c.any)
		return e;
	*changed = true;
	if (c.articles)
		e = count_new(r, c.after, info);
	if (c.articles || c.events)
		r->behind = true;
	if (r->behind)
		r->quiet_at = r->looked + QUIET;
	if (e == OK)
		reader_follow_store(r);
	return e;
}

enum err watch_begin(struct reader *r, struct err_info *info)
{
	enum err e = watch_open(&r->watch, r->app, info);

	if (e == OK && r->watch.polls)
		r->look_at = log_monotonic() + POLL;
	return e;
}

bool watch_now(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	bool changed;

	if (look(r, &changed, &info) == OK)
		return changed;
	reader_fail(r, &info);
	return true;
}

/* After a look the rest of REST is slept through, and the descriptor not listened to. */
bool watch_take(struct reader *r)
{
	if (!watch_told(&r->watch))
		return false;
	if (log_monotonic() - r->looked >= REST)
		return watch_now(r);
	r->look_at = r->looked + REST;
	return false;
}

int watch_fd(const struct reader *r)
{
	return r->look_at > 0 ? -1 : r->watch.fd;
}

void watch_typed(struct reader *r)
{
	if (r->quiet_at > 0)
		r->quiet_at = log_monotonic() + QUIET;
}

/* ---- the ranker ---- */

/* The page that stands there is left as it is, also where others' edits would rank it otherwise: it is ranked when it is asked for. */
enum err reader_renew(struct reader *r, struct err_info *info)
{
	struct ranker *fresh;
	int64_t known = 0;
	bool ranked = r->ranker && ranker_edited(r->ranker) == r->edited; /* else an edit of ours waits until the page is looked at */
	enum err e = articles_newest_id(&r->app->store, &known, info);

	if (e == OK)
		e = ranker_open(r->app, &fresh, info);
	if (e != OK)
		return e;
	ranker_close(r->ranker);
	r->ranker = fresh;
	if (ranked)
		r->edited = ranker_edited(fresh);
	r->loaded = known;
	r->behind = false;
	r->quiet_at = 0;
	return OK;
}

static void rank_new(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;

	if (r->behind && reader_renew(r, &info) != OK) {
		reader_fail(r, &info);
		return;
	}
	r->waiting = 0;
	r->known = r->loaded;
	if (reader_rank(r, false, &info) != OK)
		reader_fail(r, &info);
}

void watch_show_new(struct reader *r)
{
	struct screen *s = reader_top(r);

	if (s->view->kind != SCREEN_LIST) {
		rank_new(r);
		return;
	}
	s->came = 0;
	list_renew(r, s);
}

bool watch_settle(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	bool changed = false;

	if (look(r, &changed, &info) != OK || reader_renew(r, &info) != OK) {
		r->quiet_at = 0; /* whoever asks next tries again */
		reader_fail(r, &info);
		return false;
	}
	if (r->stack[0]->page.n == 0)
		rank_new(r); /* nothing stands there that could move */
	reader_reload(r);
	return true;
}
