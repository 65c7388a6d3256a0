/* eclose remove - take a line out of the subscription file. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/subs.h"
#include "feeds/url.h"
#include "feeds/urls.h"

/* An address as it stands in the file, where that is shown like this: so what `feeds` prints can be copied. */
static const char *address_meant(struct app *app, const char *word)
{
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, word) == 0)
			return word;
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(url_shown(&app->arena, app->subs.sub[i].url), word) == 0)
			return app->subs.sub[i].url;
	return word;
}

static enum err remove_line(struct app *app, const char *url, struct err_info *info)
{
	struct buf text = BUF_INIT, rest = BUF_INIT;
	int lock = subs_lock(app);
	enum err e = buf_read_file(&text, app->urls_path, (size_t)16 << 20, info);

	if (e == ERR_NOTFOUND || (e == OK && !urls_without(&rest, buf_str(&text), text.len, url)))
		e = err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", url);
	if (e == OK)
		e = buf_write_file(app->urls_path, buf_str(&rest), rest.len, 0600, info);
	subs_unlock(lock);
	buf_clear(&text);
	buf_clear(&rest);
	return e;
}

enum err cmd_remove(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const struct option table[] = { OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "remove needs the address of a subscription", argc, argv, info);

	if (e != OK)
		return e;
	e = remove_line(&app, address_meant(&app, argv[0]), info);
	app_close(&app);
	if (e == OK)
		printf("removed %s; its articles stay in the store\n", argv[0]);
	return e;
}
