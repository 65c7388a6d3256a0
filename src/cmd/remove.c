/* eclose remove - take a line out of the subscription file. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
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

enum err cmd_remove(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const struct option table[] = { OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "remove needs the address of a subscription", argc, argv, info);

	if (e != OK)
		return e;
	e = remove_line(&app, subs_meant(&app, argv[0]), info);
	app_close(&app);
	if (e == OK)
		printf("removed %s; its articles stay in the store\n", argv[0]);
	return e;
}
