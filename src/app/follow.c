#include "app/follow.h"

#include <string.h>

#include "app/edits.h"
#include "app/page.h"
#include "app/subs_file.h"
#include "feeds/http_home.h"
#include "feeds/url.h"
#include "feeds/urls.h"

static enum err moved_line(struct app *app, const char *from, const char *to, struct buf *was, struct buf *is, struct err_info *info)
{
	enum err e = buf_read_file(was, app->urls_path, URLS_MOST, info);

	if (e == ERR_NOTFOUND || (e == OK && !urls_moved(is, buf_str(was), was->len, from, to)))
		return err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", url_shown(&app->arena, from));
	return e;
}

/* The file is written before the store's transaction ends, and put back should that fail: neither is ever ahead of the other. */
static enum err change_both(struct app *app, const char *from, const char *to, struct err_info *info)
{
	struct buf was = BUF_INIT, is = BUF_INIT;
	int lock = subs_lock(app);
	enum err e = moved_line(app, from, to, &was, &is, info);
	bool written = false;

	if (e == OK)
		e = db_begin(app->store.db, info);
	if (e == OK) {
		e = feeds_move(&app->store, from, to, info);
		if (e == OK)
			e = buf_write_file(app->urls_path, buf_str(&is), is.len, 0600, info);
		written = e == OK;
		e = db_end(app->store.db, e, info);
	}
	if (e != OK && written && buf_write_file(app->urls_path, buf_str(&was), was.len, 0600, NULL) != OK)
		e = err_at(info, "%s has the new address, and the store not", app->urls_path);
	subs_unlock(lock);
	buf_clear(&was);
	buf_clear(&is);
	return e;
}

/* What was said of it outright names it by its address, and the log is only added to: the edit that holds is said again of the new one. */
static enum err edit_of(struct app *app, const char *url, double *weight, struct err_info *info)
{
	const char *subject = arena_printf(&app->arena, "feed:%s", url);
	struct ranker *r;
	bool said;
	enum err e = events_said(&app->store, subject, &said, info);

	*weight = 0;
	if (e != OK || !said)
		return e;
	e = ranker_open(app, &r, info);
	if (e != OK)
		return e;
	*weight = edit_weight(r, subject);
	ranker_close(r);
	return OK;
}

static enum err edit_again(struct app *app, const char *url, double weight, struct err_info *info)
{
	struct ranker *r;
	enum err e;

	if (weight == 0)
		return OK;
	e = ranker_open(app, &r, info);
	if (e != OK)
		return e;
	e = ranker_edit(r, arena_printf(&app->arena, "feed:%s", url), weight, 0, info);
	ranker_close(r);
	return e;
}

enum err app_follow(struct app *app, const char *url, const char **to, struct err_info *info)
{
	struct feed f;
	const char *now = NULL;
	double weight = 0;
	enum err e = feeds_by_url(&app->store, url, &app->arena, &f, info);

	if (e == ERR_NOTFOUND || (e == OK && !f.subscribed))
		return err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", url_shown(&app->arena, url));
	if (e == OK && !feed_moved(&f))
		e = err_set(info, ERR_USAGE, "%s hasn't moved: no permanent redirect was met %d times in a row", url_shown(&app->arena, url), FEED_MOVED);
	if (e == OK)
		e = edit_of(app, url, &weight, info);
	if (e != OK)
		return e;
	now = home_moved(&app->arena, url, f.moved_to);
	e = change_both(app, url, now, info);
	if (e == ERR_USAGE)
		e = err_at(info, "%s", url_shown(&app->arena, now));
	if (e == OK)
		e = edit_again(app, now, weight, info);
	if (e != OK)
		return e;
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, url) == 0)
			app->subs.sub[i].url = now;
	*to = now;
	return OK;
}

const char *note_shown(struct arena *a, const char *note)
{
	size_t n = strlen(FETCH_MOVED);

	return note && strncmp(note, FETCH_MOVED, n) == 0 ? arena_printf(a, FETCH_MOVED "%s", url_shown(a, note + n)) : note;
}
