/* eclose export - the subscriptions, for another program; or all that the store knows, for another eclose or whoever wants it. */
#include <stdio.h>
#include <string.h>

#include "app/moving.h"
#include "base/map.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "feeds/opml.h"
#include "feeds/urls.h"

/* Titles that the feeds themselves give go into the copy, so that the other program has names before its first fetch. */
static enum err with_titles(struct app *app, struct subs *subs, struct err_info *info)
{
	struct feed_list feeds;
	struct map by_url = MAP_INIT;
	enum err e = feeds_load(&app->store, false, &app->arena, &feeds, info);

	for (size_t k = 0; e == OK && k < feeds.n; k++)
		(void)map_at(&by_url, feeds.feed[k].url, strlen(feeds.feed[k].url), (int64_t)k, NULL);
	for (size_t i = 0; e == OK && i < subs->n; i++) {
		int64_t k = map_get(&by_url, subs->sub[i].url, strlen(subs->sub[i].url), -1);

		if (k >= 0 && !subs->sub[i].title)
			subs->sub[i].title = feeds.feed[k].title;
	}
	map_clear(&by_url);
	return e;
}

static enum err export_list(struct app *app, bool opml, struct err_info *info)
{
	struct buf out = BUF_INIT;
	enum err e = OK;

	if (opml) {
		e = with_titles(app, &app->subs, info);
		opml_write(&app->subs, "eclose subscriptions", &out);
	} else {
		for (size_t i = 0; i < app->subs.n; i++)
			urls_line(&app->subs.sub[i], &out);
	}
	if (e == OK && (fwrite(buf_str(&out), 1, out.len, stdout) != out.len || fflush(stdout) == EOF))
		e = err_errno(info, "can't write the output");
	buf_clear(&out);
	return e;
}

static enum err check(const char *format, bool subscriptions, struct err_info *info)
{
	bool json = strcmp(format, "json") == 0;

	if (!json && strcmp(format, "opml") != 0 && strcmp(format, "urls") != 0)
		return err_set(info, ERR_USAGE, "--format takes opml, urls or json, not '%s'", format);
	if (subscriptions && !json)
		return err_set(info, ERR_USAGE, "--subscriptions goes with --format json: %s has nothing else", format);
	return OK;
}

enum err cmd_export(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const char *format = NULL;
	bool json = false, subscriptions = false;
	const struct option table[] = { { OPTION_TEXT, "format", &format, 0, 0 }, { OPTION_FLAG, "json", &json, 0, 0 },
		{ OPTION_FLAG, "subscriptions", &subscriptions, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK && json && format && strcmp(format, "json") != 0)
		e = err_set(info, ERR_USAGE, "--json and --format %s: which of the two?", format);
	if (!format)
		format = json ? "json" : "opml";
	if (e == OK)
		e = check(format, subscriptions, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = strcmp(format, "json") == 0 ? moving_out(&app, stdout, subscriptions, info) : export_list(&app, strcmp(format, "opml") == 0, info);
	app_close(&app);
	return e;
}
