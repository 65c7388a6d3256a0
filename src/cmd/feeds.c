/* eclose feeds - the subscriptions with their counts and health; one of them whole; taking over new addresses. */
#include <stdio.h>
#include <string.h>

#include "app/follow.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "feeds/settings.h"
#include "feeds/url.h"

static const struct sub *sub_of(const struct subs *subs, const char *url)
{
	for (size_t i = 0; i < subs->n; i++)
		if (strcmp(subs->sub[i].url, url) == 0)
			return &subs->sub[i];
	return NULL;
}

/* ---- as JSON ---- */

static json_t *json_settings(struct arena *a, const struct sub *sub)
{
	json_t *array = json_array();

	for (size_t i = 0; sub && i < sub->n_settings; i++)
		json_array_append_new(array, json_text(settings_shown(a, sub->settings[i])));
	return array;
}

static json_t *json_feed(struct arena *a, const struct subs *subs, const struct feed *f)
{
	const struct sub *sub = sub_of(subs, f->url);
	json_t *o = json_object();

	json_object_set_new(o, "url", json_text(url_bare(a, f->url)));
	json_object_set_new(o, "title", json_text(f->title));
	json_object_set_new(o, "link", json_text(f->link));
	json_object_set_new(o, "description", json_text(f->description));
	json_object_set_new(o, "language", json_text(f->language));
	/* As the subscription file has them: in the store they are one text, where a tag with a blank in it would be two. */
	json_object_set_new(o, "tags", sub ? json_texts(sub->tags, sub->n_tags) : json_array());
	json_object_set_new(o, "settings", json_settings(a, sub));
	json_object_set_new(o, "items", json_integer(f->items));
	json_object_set_new(o, "unread", json_integer(f->unread));
	json_object_set_new(o, "checked", json_time(f->checked));
	json_object_set_new(o, "changed", json_time(f->changed));
	json_object_set_new(o, "next", json_time(f->next));
	json_object_set_new(o, "http", f->http ? json_integer(f->http) : json_null());
	json_object_set_new(o, "failures", json_integer(f->failures));
	json_object_set_new(o, "error", json_text(f->error));
	json_object_set_new(o, "gone", json_boolean(f->gone));
	json_object_set_new(o, "moved_to", json_text(feed_moved_to(f) ? url_bare(a, f->moved_to) : NULL));
	return o;
}

static json_t *json_history(const struct fetch_list *l)
{
	json_t *array = json_array();

	for (size_t i = 0; i < l->n; i++) {
		const struct feed_fetch *f = &l->fetch[i];
		json_t *o = json_object();

		json_object_set_new(o, "at", json_time(f->at));
		json_object_set_new(o, "http", f->http ? json_integer(f->http) : json_null());
		json_object_set_new(o, "items_new", json_integer(f->items_new));
		json_object_set_new(o, "bytes", json_integer(f->bytes));
		json_object_set_new(o, "ms", json_real(f->ms));
		json_object_set_new(o, "note", json_text(f->note));
		json_array_append_new(array, o);
	}
	return array;
}

/* ---- all of them ---- */

static void print_feed(const struct feed *f)
{
	struct arena a = ARENA_INIT;
	bool titled = f->title && *f->title, tagged = f->tags && *f->tags;

	printf("%5lld/%-5lld %s%s%s%s%s%s", (long long)f->unread, (long long)f->items, titled ? f->title : "", titled ? "  " : "", url_shown(&a, f->url),
	       tagged ? "  [" : "", tagged ? f->tags : "", tagged ? "]" : "");
	if (feed_moved_to(f))
		printf("  > moved to %s", url_shown(&a, f->moved_to));
	printf("%s%s\n", f->error ? "  ! " : "", f->error ? f->error : "");
	arena_clear(&a);
}

static enum err print_all(struct app *app, struct arena *a, const struct feed_list *feeds, bool json, struct err_info *info)
{
	json_t *array;

	if (json) {
		array = json_array();
		for (size_t i = 0; i < feeds->n; i++)
			json_array_append_new(array, json_feed(a, &app->subs, &feeds->feed[i]));
		return json_print(json_pack("{s:o}", "feeds", array), 2, info);
	}
	if (!feeds->n)
		printf("No subscriptions yet: eclose add URL, or eclose import FILE\n");
	for (size_t i = 0; i < feeds->n; i++)
		print_feed(&feeds->feed[i]);
	return OK;
}

/* ---- one of them ---- */

static void print_time(const char *what, int64_t t, const char *otherwise)
{
	char text[DATE_TEXT];

	printf("%-11s %s\n", what, t == DATE_NONE ? otherwise : date_rfc3339(t, text));
}

static void print_pauses(const struct feed *f)
{
	static const char *const days[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };

	if (f->ttl > 0)
		printf("%-11s at most every %d minutes\n", "asks for", f->ttl);
	if (!f->skip_hours && !f->skip_days)
		return;
	printf("%-11s", "not asked");
	for (int i = 0; i < 7; i++)
		if (f->skip_days >> i & 1)
			printf(" %s", days[i]);
	for (int i = 0; i < 24; i++)
		if (f->skip_hours >> i & 1)
			printf(" %02d:00", i);
	printf(" (UTC)\n");
}

static void print_words(const char *what, const char *value)
{
	if (value && *value)
		printf("%-11s %s\n", what, value);
}

static void print_history(const struct fetch_list *l)
{
	char when[DATE_TEXT];

	if (!l->n)
		return;
	printf("\n%-20s  %4s  %5s  %10s  %7s\n", "fetched", "http", "new", "bytes", "ms");
	for (size_t i = 0; i < l->n; i++) {
		const struct feed_fetch *f = &l->fetch[i];
		char http[16] = "-";

		if (f->http)
			(void)snprintf(http, sizeof http, "%d", f->http);
		printf("%-20s  %4s  %5d  %10lld  %7.0f%s%s\n", date_rfc3339(f->at, when), http, f->items_new, (long long)f->bytes, f->ms, f->note ? "  " : "", f->note ? f->note : "");
	}
}

static void print_one(struct app *app, struct arena *a, const struct feed *f, const struct fetch_list *history)
{
	const struct sub *sub = sub_of(&app->subs, f->url);

	print_words("address", url_shown(a, f->url));
	print_words("title", f->title);
	print_words("link", f->link ? url_shown(a, f->link) : NULL);
	print_words("about", f->description);
	print_words("tags", f->tags);
	for (size_t i = 0; sub && i < sub->n_settings; i++)
		print_words("setting", settings_shown(a, sub->settings[i]));
	printf("%-11s %lld, %lld unread\n", "articles", (long long)f->items, (long long)f->unread);
	if (f->moved_to)
		print_words(feed_moved_to(f) ? "moved to" : "redirected", url_shown(a, f->moved_to));
	print_time("asked", f->checked, "never");
	print_time("new", f->changed, "never");
	print_time("due", f->gone ? DATE_NONE : f->next, f->gone ? "never: the feed is gone for good" : "now");
	print_pauses(f);
	if (f->failures)
		printf("%-11s %d in a row: %s\n", "failures", f->failures, f->error ? f->error : "");
	print_history(history);
}

static enum err show_one(struct app *app, struct arena *a, const struct feed *f, bool json, struct err_info *info)
{
	struct fetch_list history;
	json_t *o;
	enum err e = feeds_history(&app->store, f->id, a, &history, info);

	if (e != OK)
		return e;
	if (!json) {
		print_one(app, a, f, &history);
		return OK;
	}
	o = json_feed(a, &app->subs, f);
	json_object_set_new(o, "ttl", f->ttl > 0 ? json_integer(f->ttl) : json_null());
	json_object_set_new(o, "history", json_history(&history));
	return json_print(o, 2, info);
}

/* ---- taking over new addresses ---- */

static enum err follow_one(struct app *app, struct arena *a, const struct feed *f, struct err_info *info)
{
	const char *to;
	enum err e = app_follow(app, f, &to, info);

	if (e == OK)
		printf("%s is %s from now on\n", url_shown(a, f->url), url_shown(a, to));
	return e;
}

/* All that have moved; one that can't be taken over keeps none of the others from it. */
static enum err follow_all(struct app *app, struct arena *a, const struct feed_list *feeds, struct err_info *info)
{
	size_t moved = 0, failed = 0;

	for (size_t i = 0; i < feeds->n; i++) {
		struct err_info one = ERR_INFO_INIT;

		if (!feed_moved_to(&feeds->feed[i]))
			continue;
		moved++;
		if (follow_one(app, a, &feeds->feed[i], &one) == OK)
			continue;
		log_say("%s: %s", url_shown(a, feeds->feed[i].url), one.text);
		failed++;
	}
	if (!moved)
		printf("no feed has moved for good, as far as is known\n");
	return failed ? err_set(info, ERR_USAGE, "%zu of %zu addresses stay as they are", failed, moved) : OK;
}

static enum err find(struct arena *a, const struct feed_list *feeds, const char *word, const struct feed **f, struct err_info *info)
{
	for (size_t i = 0; i < feeds->n; i++) {
		*f = &feeds->feed[i];
		if (strcmp((*f)->url, word) == 0 || strcmp(url_bare(a, (*f)->url), word) == 0 || strcmp(url_shown(a, (*f)->url), word) == 0)
			return OK;
	}
	return err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", word);
}

static enum err each(struct app *app, struct arena *a, const struct feed_list *feeds, bool follow, bool json, int argc, char **argv, struct err_info *info)
{
	const struct feed *f;
	enum err e = OK;

	for (int i = 0; e == OK && i < argc; i++)
		e = find(a, feeds, argv[i], &f, info);
	for (int i = 0; e == OK && i < argc; i++) {
		e = find(a, feeds, argv[i], &f, info);
		if (e == OK && i && !json && !follow)
			printf("\n");
		if (e == OK)
			e = follow ? follow_one(app, a, f, info) : show_one(app, a, f, json, info);
	}
	return e;
}

enum err cmd_feeds(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false, follow = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, { OPTION_FLAG, "follow", &follow, 0, 0 }, OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct feed_list feeds;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && json && follow)
		e = err_set(info, ERR_USAGE, "--follow prints no JSON");
	if (e == OK && json && argc > 1)
		e = err_set(info, ERR_USAGE, "--json takes one address, or none");
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = feeds_load(&app.store, false, &a, &feeds, info);
	if (e == OK && argc)
		e = each(&app, &a, &feeds, follow, json, argc, argv, info);
	else if (e == OK)
		e = follow ? follow_all(&app, &a, &feeds, info) : print_all(&app, &a, &feeds, json, info);
	arena_clear(&a);
	app_close(&app);
	return e;
}
