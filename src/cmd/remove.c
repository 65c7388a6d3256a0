/* eclose remove - take a line out of the subscription file. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "app/retain.h"
#include "app/subs_file.h"
#include "feeds/urls.h"

static enum err remove_line(struct app *app, const char *url, struct err_info *info)
{
	struct buf text = BUF_INIT, rest = BUF_INIT;
	int lock = subs_lock(app);
	enum err e = buf_read_file(&text, app->urls_path, URLS_MOST, info);

	if (e == ERR_NOTFOUND || (e == OK && !urls_without(&rest, buf_str(&text), text.len, url)))
		e = err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", url);
	if (e == OK)
		e = buf_write_file(app->urls_path, buf_str(&rest), rest.len, 0600, info);
	subs_unlock(lock);
	buf_clear(&text);
	buf_clear(&rest);
	return e;
}

/* What is known of a feed that isn't subscribed any more can be let go later, too. */
static enum err let_go(struct app *app, const char *url, enum err removed, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	int64_t gone = 0, kept = 0;
	enum err e;

	if (removed != OK && removed != ERR_NOTFOUND)
		return removed;
	e = app_retain_none(app, url, &gone, &kept, &why);
	if (e == ERR_NOTFOUND)
		return removed != OK ? removed : OK;
	if (e != OK)
		return err_set(info, e, "%s", why.text);
	printf("%lld article%s let go", (long long)gone, gone == 1 ? "" : "s");
	if (kept)
		printf("; %lld with a star stay%s", (long long)kept, kept == 1 ? "s" : "");
	printf("\n");
	return OK;
}

static void say_kept(struct app *app, const char *shown, const char *url)
{
	struct arena a = ARENA_INIT;
	struct feed feed;

	if (feeds_by_url(&app->store, url, &a, &feed, NULL) == OK && feed.items)
		printf("its %lld article%s in the store; eclose remove --articles %s lets go of %s\n", (long long)feed.items, feed.items == 1 ? " stays" : "s stay",
		       shown, feed.items == 1 ? "it" : "them");
	arena_clear(&a);
}

enum err cmd_remove(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool articles = false;
	const struct option table[] = { { OPTION_FLAG, "articles", &articles, 0, 0 }, OPTIONS_END };
	const char *url;
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "remove needs the address of a subscription", argc, argv, info);

	if (e != OK)
		return e;
	url = subs_meant(&app, argv[0]);
	e = remove_line(&app, url, info);
	if (e == OK)
		printf("removed %s\n", argv[0]);
	if (articles)
		e = let_go(&app, url, e, info);
	else if (e == OK)
		say_kept(&app, argv[0], url);
	app_close(&app);
	return e;
}
