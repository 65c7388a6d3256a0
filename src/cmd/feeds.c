/* eclose feeds - the subscriptions with their counts and health. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "feeds/url.h"

/* As the subscription file has them: in the store they are one text, where a tag with a blank in it would be two. */
static json_t *json_tags(const struct subs *subs, const char *url)
{
	for (size_t i = 0; i < subs->n; i++)
		if (strcmp(subs->sub[i].url, url) == 0)
			return json_texts(subs->sub[i].tags, subs->sub[i].n_tags);
	return json_array();
}

static json_t *json_feed(const struct subs *subs, const struct feed *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "url", json_text(f->url));
	json_object_set_new(o, "title", json_text(f->title));
	json_object_set_new(o, "link", json_text(f->link));
	json_object_set_new(o, "description", json_text(f->description));
	json_object_set_new(o, "language", json_text(f->language));
	json_object_set_new(o, "tags", json_tags(subs, f->url));
	json_object_set_new(o, "items", json_integer(f->items));
	json_object_set_new(o, "unread", json_integer(f->unread));
	json_object_set_new(o, "checked", json_time(f->checked));
	json_object_set_new(o, "changed", json_time(f->changed));
	json_object_set_new(o, "next", json_time(f->next));
	json_object_set_new(o, "http", f->http ? json_integer(f->http) : json_null());
	json_object_set_new(o, "failures", json_integer(f->failures));
	json_object_set_new(o, "error", json_text(f->error));
	json_object_set_new(o, "gone", json_boolean(f->gone));
	return o;
}

static void print_feed(const struct feed *f)
{
	struct arena a = ARENA_INIT;
	bool titled = f->title && *f->title;

	printf("%5lld/%-5lld %s%s%s%s%s%s%s%s\n", (long long)f->unread, (long long)f->items, titled ? f->title : "", titled ? "  " : "", url_shown(&a, f->url),
	       f->tags && *f->tags ? "  [" : "", f->tags && *f->tags ? f->tags : "", f->tags && *f->tags ? "]" : "",
	       f->error ? "  ! " : "", f->error ? f->error : "");
	arena_clear(&a);
}

static enum err print(const struct subs *subs, const struct feed_list *feeds, bool json, struct err_info *info)
{
	json_t *array;

	if (json) {
		array = json_array();
		for (size_t i = 0; i < feeds->n; i++)
			json_array_append_new(array, json_feed(subs, &feeds->feed[i]));
		return json_print(json_pack("{s:o}", "feeds", array), 2, info);
	}
	if (!feeds->n)
		printf("No subscriptions yet: eclose add URL, or eclose import FILE\n");
	for (size_t i = 0; i < feeds->n; i++)
		print_feed(&feeds->feed[i]);
	return OK;
}

enum err cmd_feeds(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct feed_list feeds;
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, NULL, argc, argv, info);

	if (e != OK)
		return e;
	e = feeds_load(&app.store, false, &a, &feeds, info);
	if (e == OK)
		e = print(&app.subs, &feeds, json, info);
	arena_clear(&a);
	app_close(&app);
	return e;
}
