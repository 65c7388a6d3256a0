/* eclose show - one article, laid out as the reader would. */
#include <stdio.h>
#include <string.h>

#include "app/body.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "ui/layout.h"

static json_t *json_enclosures(const struct item *it)
{
	json_t *array = json_array();

	for (size_t i = 0; i < it->n_enclosures; i++) {
		const struct enclosure *en = &it->enclosures[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:o}", "url", json_text(en->url), "type", json_text(en->type),
						       "length", en->length < 0 ? json_null() : json_integer(en->length)));
	}
	return array;
}

static enum err print_json(const struct item *it, const char *text, struct err_info *info)
{
	json_t *o = json_item(it);

	json_object_set_new(o, "guid", json_text(it->guid));
	json_object_set_new(o, "summary", json_text(it->summary));
	json_object_set_new(o, "content", json_text(it->content));
	json_object_set_new(o, "image", json_text(it->image));
	json_object_set_new(o, "comments", json_text(it->comments));
	json_object_set_new(o, "enclosures", json_enclosures(it));
	json_object_set_new(o, "text", json_text(text));
	return json_print(o, 2, info);
}

static enum err print_text(const struct item *it, const char *text, struct err_info *info)
{
	char date[DATE_TEXT];

	printf("%s\n%s%s%s  %s\n", title_shown(it->title), it->feed_title ? it->feed_title : "", it->author ? " - " : "",
	       it->author ? it->author : "", it->published == DATE_NONE ? "" : date_rfc3339(it->published, date));
	if (it->link)
		printf("%s\n", it->link);
	printf("\n%s", text);
	for (size_t i = 0; i < it->n_enclosures; i++)
		printf("%sattached: %s%s%s%s\n", i ? "" : "\n", it->enclosures[i].url, it->enclosures[i].type ? " (" : "",
		       it->enclosures[i].type ? it->enclosures[i].type : "", it->enclosures[i].type ? ")" : "");
	return fflush(stdout) == EOF ? err_errno(info, "can't write the output") : OK;
}

static enum err show(struct app *app, int64_t id, int width, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct blocks blocks;
	struct line *lines;
	struct item it;
	enum err e = app_article(app, id, &a, &it, &blocks, info);

	if (e == OK) {
		size_t n = layout_blocks(&a, &blocks, width, false, &lines);

		layout_text(lines, n, &text);
		e = json ? print_json(&it, buf_str(&text), info) : print_text(&it, buf_str(&text), info);
	}
	buf_clear(&text);
	arena_clear(&a);
	return e;
}

enum err cmd_show(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	long width = 72;
	bool json = false;
	const struct option table[] = { { OPTION_INT, "width", &width, 10, 10000 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct app app;
	int64_t id;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_one_id("show", argc, argv, &id, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = show(&app, id, (int)width, json, info);
	app_close(&app);
	return e;
}
