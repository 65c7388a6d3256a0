/* eclose show - one article, laid out as the reader would. */
#include <stdio.h>
#include <string.h>

#include "app/body.h"
#include "app/editions.h"
#include "feeds/url.h"
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

static json_t *json_earlier(const struct earlier_list *l)
{
	json_t *array = json_array();

	for (size_t i = 0; i < l->n; i++) {
		const struct earlier_text *t = &l->text[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:o,s:o}", "at", json_time(t->at), "title", json_text(t->title), "summary", json_text(t->summary),
						       "content", json_text(t->content)));
	}
	return array;
}

static enum err print_json(struct app *app, struct arena *a, const struct item *it, const char *text, struct err_info *info)
{
	struct earlier_list earlier;
	enum err e = articles_earlier(&app->store, it->id, a, &earlier, info);
	json_t *o;

	if (e != OK)
		return e;
	o = json_item(it);
	json_object_set_new(o, "guid", json_text(it->guid));
	json_object_set_new(o, "summary", json_text(it->summary));
	json_object_set_new(o, "content", json_text(it->content));
	json_object_set_new(o, "image", json_text(it->image));
	json_object_set_new(o, "comments", json_text(it->comments));
	json_object_set_new(o, "enclosures", json_enclosures(it));
	json_object_set_new(o, "let_go", it->let_go ? json_time(it->let_go) : json_null());
	json_object_set_new(o, "pixels", json_integer(it->pixels));
	json_object_set_new(o, "earlier", json_earlier(&earlier));
	json_object_set_new(o, "text", json_text(text));
	return json_print(o, 2, info);
}

static enum err flushed(struct err_info *info)
{
	return fflush(stdout) == EOF ? err_errno(info, "can't write the output") : OK;
}

static void print_head(const struct item *it)
{
	char date[DATE_TEXT];

	printf("%s\n%s%s%s  %s\n", title_shown(it->title), it->feed_title ? it->feed_title : "", it->author ? " - " : "",
	       it->author ? it->author : "", it->published == DATE_NONE ? "" : date_rfc3339(it->published, date));
	if (it->link_shown)
		printf("%s\n", it->link_shown);
}

static enum err print_text(struct arena *a, const struct item *it, const char *text, struct err_info *info)
{
	char date[DATE_TEXT];

	print_head(it);
	if (it->let_go)
		printf("its text was let go on %.10s (keep-days and keep-articles in eclose(5))\n", date_rfc3339(it->let_go, date));
	if (it->n_earlier)
		printf("edited: %d earlier text%s (--earlier prints %s)\n", it->n_earlier, it->n_earlier == 1 ? "" : "s", it->n_earlier == 1 ? "it" : "them");
	if (it->pixels)
		printf("%d tracking pixel%s left out\n", it->pixels, it->pixels == 1 ? "" : "s");
	printf("\n%s", text);
	for (size_t i = 0; i < it->n_enclosures; i++)
		printf("%sattached: %s%s%s%s\n", i ? "" : "\n", url_shown(a, it->enclosures[i].url), it->enclosures[i].type ? " (" : "",
		       it->enclosures[i].type ? it->enclosures[i].type : "", it->enclosures[i].type ? ")" : "");
	return flushed(info);
}

static void print_wrapped(struct arena *a, const char *text, int width)
{
	struct block block = { .kind = BLOCK_PARAGRAPH, .text = text };
	struct buf out = BUF_INIT;
	struct line *lines;
	size_t n = layout_blocks(a, &(struct blocks){ .block = &block, .n = 1 }, width, false, &lines);

	layout_text(lines, n, &out);
	printf("%s", buf_str(&out));
	buf_clear(&out);
}

static enum err print_earlier(struct app *app, struct arena *a, const struct item *it, int width, struct err_info *info)
{
	struct editions editions;
	enum err e = app_editions(app, it, a, &editions, info);

	if (e != OK)
		return e;
	print_head(it);
	if (!editions.n)
		printf("\nno earlier text of this article is kept\n");
	for (size_t i = 0; i < editions.n; i++) {
		const struct edition *x = &editions.edition[i];
		char date[DATE_TEXT];

		printf("\n--- until %s\n\n", date_rfc3339(x->at, date));
		print_wrapped(a, title_shown(x->title), width);
		if (*x->text) {
			printf("\n");
			print_wrapped(a, x->text, width);
		}
	}
	return flushed(info);
}

struct showing { int width; bool json, earlier; };

static enum err show(struct app *app, int64_t id, const struct showing *how, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct blocks blocks;
	struct line *lines;
	struct item it;
	enum err e = app_article(app, id, &a, &it, &blocks, info);

	if (e == OK && how->earlier && !how->json) {
		e = print_earlier(app, &a, &it, how->width, info);
	} else if (e == OK) {
		size_t n = layout_blocks(&a, &blocks, how->width, false, &lines);

		layout_text(lines, n, &text);
		e = how->json ? print_json(app, &a, &it, buf_str(&text), info) : print_text(&a, &it, buf_str(&text), info);
	}
	buf_clear(&text);
	arena_clear(&a);
	return e;
}

enum err cmd_show(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	long width = 72;
	struct showing how = { 0 };
	const struct option table[] = {
		{ OPTION_INT, "width", &width, 10, 10000 }, { OPTION_FLAG, "earlier", &how.earlier, 0, 0 }, { OPTION_FLAG, "json", &how.json, 0, 0 }, OPTIONS_END,
	};
	struct app app;
	int64_t id;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_one_id("show", argc, argv, &id, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	how.width = (int)width;
	e = show(&app, id, &how, info);
	app_close(&app);
	return e;
}
