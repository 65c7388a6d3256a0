#include <config.h>

#include "app/follow.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/edits.h"
#include "app/page.h"
#include "feeds/url.h"
#include "feeds/urls.h"

#define URLS_MOST ((size_t)16 << 20)

int subs_lock(const struct app *app)
{
	/* The folder, not the file: that is replaced as a whole, and whoever waited for it would hold the old one. */
	int lock = open(app->config_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (lock >= 0)
		(void)flock(lock, LOCK_EX);
	return lock;
}

void subs_unlock(int lock)
{
	if (lock >= 0)
		(void)close(lock);
}

/* The login of the old address goes on to the same host alone. */
static const char *new_address(struct arena *a, const char *from, const char *to)
{
	struct url u, v;

	url_split(&u, from);
	url_split(&v, to);
	if (!u.userinfo.len || strcmp(url_host(a, from), url_host(a, to)) != 0)
		return to;
	return arena_printf(a, "%.*s%.*s@%s", (int)(v.host.s - to), to, (int)u.userinfo.len, u.userinfo.s, v.host.s);
}

static enum err is_free(struct app *app, const char *to, struct err_info *info)
{
	struct feed other;
	enum err e = feeds_by_url(&app->store, to, &app->arena, &other, info);

	if (e == ERR_NOTFOUND)
		return OK;
	if (e != OK)
		return e;
	to = url_shown(&app->arena, to);
	if (other.subscribed)
		return err_set(info, ERR_USAGE, "%s is subscribed already: remove one of the two", to);
	if (other.items)
		return err_set(info, ERR_USAGE, "%s was subscribed before, and its %lld articles are kept: eclose add takes it up again, and the old address may be removed", to,
			       (long long)other.items);
	return OK;
}

/* The file first: feeds_sync knows a line with the new address for the feed that has moved there, whenever it runs next. */
static enum err rewrite(struct app *app, const char *from, const char *to, struct err_info *info)
{
	struct buf text = BUF_INIT, now = BUF_INIT;
	int lock = subs_lock(app);
	enum err e = buf_read_file(&text, app->urls_path, URLS_MOST, info);

	if (e == OK && !urls_moved(&now, buf_str(&text), text.len, from, to))
		e = err_set(info, ERR_NOTFOUND, "%s has no line in %s any more", url_shown(&app->arena, from), app->urls_path);
	if (e == OK)
		e = buf_write_file(app->urls_path, buf_str(&now), now.len, 0600, info);
	subs_unlock(lock);
	buf_clear(&text);
	buf_clear(&now);
	return e;
}

/* What was learned and said of the feed goes by its address. */
static enum err relearn(struct app *app, const char *to, double weight, struct err_info *info)
{
	struct ranker *r;
	enum err e = ranker_open(app, &r, info);

	if (e != OK)
		return e;
	if (weight != 0)
		e = ranker_edit(r, arena_printf(&app->arena, "feed:%s", to), weight, 0, info);
	if (e == OK)
		e = ranker_rebuild(r, info);
	if (e == OK)
		e = ranker_save(r, info);
	ranker_close(r);
	return e;
}

static enum err weight_of(struct app *app, const char *url, double *weight, struct err_info *info)
{
	struct ranker *r;
	enum err e = ranker_open(app, &r, info);

	if (e != OK)
		return e;
	*weight = edit_weight(r, arena_printf(&app->arena, "feed:%s", url));
	ranker_close(r);
	return OK;
}

enum err app_follow(struct app *app, const struct feed *f, const char **to, struct err_info *info)
{
	const char *moved = feed_moved_to(f), *url;
	double weight = 0;
	enum err e;

	if (!moved)
		return err_set(info, ERR_NOTFOUND, "%s has not moved for good, as far as is known", url_shown(&app->arena, f->url));
	url = new_address(&app->arena, f->url, moved);
	e = is_free(app, url, info);
	if (e == OK)
		e = weight_of(app, f->url, &weight, info);
	if (e == OK)
		e = feeds_moving(&app->store, f->id, url, info);
	if (e == OK)
		e = rewrite(app, f->url, url, info);
	if (e == OK)
		e = app_reload_subs(app, info);
	if (e == OK)
		e = relearn(app, url, weight, info);
	if (e == OK)
		*to = url;
	return e;
}
