/* eclose feeds - the subscriptions with their counts and health; one of them whole; those that moved. */
#include <stdio.h>
#include <string.h>

#include "app/follow.h"
#include "app/subs_file.h"
#include "base/log.h"
#include "cmd/feeds_private.h"
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

json_t *json_feed(const struct subs *subs, const struct feed *f)
{
	struct arena a = ARENA_INIT;
	json_t *o = json_object();

	json_object_set_new(o, "url", json_text(url_bare(&a, f->url)));
	arena_clear(&a);
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
	json_object_set_new(o, "moved_to", json_text(feed_moved(f)));
	return o;
}

static void print_feed(const struct feed *f)
{
	struct arena a = ARENA_INIT;
	bool titled = f->title && *f->title;
	const char *moved = url_shown(&a, feed_moved(f));

	printf("%5lld/%-5lld %s%s%s%s%s%s%s%s%s%s\n", (long long)f->unread, (long long)f->items, titled ? f->title : "", titled ? "  " : "", url_shown(&a, f->url),
	       f->tags && *f->tags ? "  [" : "", f->tags && *f->tags ? f->tags : "", f->tags && *f->tags ? "]" : "",
	       moved ? "  > moved to " : "", moved ? moved : "", f->error ? "  ! " : "", f->error ? f->error : "");
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

/* ---- feeds that moved ---- */

static enum err follow(struct app *app, const char *url, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const char *to = NULL;
	enum err e = app_follow(app, url, &to, info);

	if (e == OK)
		printf("%s is now %s in %s\n", url_shown(&a, url), url_shown(&a, to), app->urls_path);
	arena_clear(&a);
	return e;
}

/* All that moved; one that can't be followed keeps no other from it. */
static enum err follow_all(struct app *app, const struct feed_list *feeds, struct err_info *info)
{
	size_t moved = 0, failed = 0;

	for (size_t i = 0; i < feeds->n; i++) {
		struct err_info why = ERR_INFO_INIT;

		if (!feed_moved(&feeds->feed[i]))
			continue;
		moved++;
		if (follow(app, feeds->feed[i].url, &why) != OK) {
			failed++;
			log_say("%s", why.text);
		}
	}
	if (!moved)
		printf("no feed has moved\n");
	return failed ? err_set(info, ERR_USAGE, "%zu of %zu feeds that moved stay where they are", failed, moved) : OK;
}

static enum err follow_these(struct app *app, const struct feed_list *feeds, int argc, char **argv, struct err_info *info)
{
	enum err e = OK;

	if (argc == 0)
		return follow_all(app, feeds, info);
	for (int i = 0; e == OK && i < argc; i++)
		e = follow(app, subs_meant(app, argv[i]), info);
	return e;
}

/* ---- the command ---- */

struct feeds_options { bool json, follow; };

static enum err check(const struct feeds_options *how, int argc, struct err_info *info)
{
	if (how->follow && how->json)
		return err_set(info, ERR_USAGE, "feeds takes --follow or --json, not both");
	if (!how->follow && argc > 1)
		return err_set(info, ERR_USAGE, "feeds shows all subscriptions, or one; with --follow it takes several");
	return OK;
}

enum err cmd_feeds(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct feeds_options how = { 0 };
	const struct option table[] = { { OPTION_FLAG, "json", &how.json, 0, 0 }, { OPTION_FLAG, "follow", &how.follow, 0, 0 }, OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct feed_list feeds;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = check(&how, argc, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = feeds_load(&app.store, false, &a, &feeds, info);
	if (e == OK && how.follow)
		e = follow_these(&app, &feeds, argc, argv, info);
	else if (e == OK && argc)
		e = feeds_one(&app, &feeds, subs_meant(&app, argv[0]), how.json, info);
	else if (e == OK)
		e = print(&app.subs, &feeds, how.json, info);
	arena_clear(&a);
	app_close(&app);
	return e;
}
