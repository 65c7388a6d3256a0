/* eclose export - the subscriptions, for another program. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "feeds/opml.h"
#include "feeds/urls.h"

static enum err export_json(const struct subs *subs, struct err_info *info)
{
	json_t *array = json_array();

	for (size_t i = 0; i < subs->n; i++) {
		const struct sub *s = &subs->sub[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:o}", "url", json_text(s->url), "title", json_text(s->title), "tags", json_texts(s->tags, s->n_tags)));
	}
	return json_print(json_pack("{s:o}", "feeds", array), 2, info);
}

/* Titles that the feeds themselves give go into the copy, so that the other program has names before its first fetch. */
static enum err with_titles(struct app *app, struct subs *subs, struct err_info *info)
{
	struct feed_list feeds;
	enum err e = feeds_load(&app->store, false, &app->arena, &feeds, info);

	for (size_t i = 0; e == OK && i < subs->n; i++)
		for (size_t k = 0; k < feeds.n && !subs->sub[i].title; k++)
			if (strcmp(feeds.feed[k].url, subs->sub[i].url) == 0)
				subs->sub[i].title = feeds.feed[k].title;
	return e;
}

static enum err export(struct app *app, const char *format, struct err_info *info)
{
	struct buf out = BUF_INIT;
	enum err e = OK;

	if (strcmp(format, "opml") == 0) {
		e = with_titles(app, &app->subs, info);
		opml_write(&app->subs, "eclose subscriptions", &out);
	} else if (strcmp(format, "urls") == 0) {
		for (size_t i = 0; i < app->subs.n; i++)
			urls_line(&app->subs.sub[i], &out);
	} else {
		e = with_titles(app, &app->subs, info);
		return e == OK ? export_json(&app->subs, info) : e;
	}
	if (e == OK && (fwrite(buf_str(&out), 1, out.len, stdout) != out.len || fflush(stdout) == EOF))
		e = err_errno(info, "can't write the output");
	buf_clear(&out);
	return e;
}

enum err cmd_export(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const char *format = "opml";
	const struct option table[] = { { OPTION_TEXT, "format", &format, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK && strcmp(format, "opml") != 0 && strcmp(format, "urls") != 0 && strcmp(format, "json") != 0)
		e = err_set(info, ERR_USAGE, "--format takes opml, urls or json, not '%s'", format);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = export(&app, format, info);
	app_close(&app);
	return e;
}
