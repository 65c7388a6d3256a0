/* eclose feeds URL - all that is known of one feed, and how it was doing. */
#include <stdio.h>
#include <string.h>

#include "app/due.h"
#include "app/follow.h"
#include "cmd/feeds_private.h"
#include "feeds/url.h"

static const struct sub *sub_of(const struct app *app, const char *url)
{
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, url) == 0)
			return &app->subs.sub[i];
	return NULL;
}

/* What a setting says; of those that may hold a password no more than the name. */
static const char *setting_shown(struct arena *a, const char *setting)
{
	static const char *const open[] = { "interval=", "timeout=", "connections=", "private=", "login-file=", "user-agent=" };

	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		if (strncmp(setting, open[i], strlen(open[i])) == 0)
			return setting;
	return arena_strndup(a, setting, strcspn(setting, "="));
}

/* ---- for programs ---- */

static json_t *json_bits(uint32_t bits, int n)
{
	json_t *array = json_array();

	for (int i = 0; i < n; i++)
		if (bits >> i & 1)
			json_array_append_new(array, json_integer(i));
	return array;
}

static json_t *json_history(const struct fetch_list *history)
{
	json_t *array = json_array();

	for (size_t i = 0; i < history->n; i++) {
		const struct feed_fetch *x = &history->fetch[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:i,s:I,s:f,s:o}", "at", json_time(x->at), "http", x->http ? json_integer(x->http) : json_null(),
						       "items_new", x->items_new, "bytes", (json_int_t)x->bytes, "ms", x->ms, "note", json_text(x->note)));
	}
	return array;
}

static enum err print_json(const struct app *app, struct arena *a, const struct feed *f, const struct fetch_list *history, struct err_info *info)
{
	const struct sub *sub = sub_of(app, f->url);
	json_t *o = json_feed(&app->subs, f), *settings = json_array();

	for (size_t i = 0; sub && i < sub->n_settings; i++)
		json_array_append_new(settings, json_text(setting_shown(a, sub->settings[i])));
	json_object_set_new(o, "settings", settings);
	json_object_set_new(o, "ttl", f->ttl > 0 ? json_integer(f->ttl) : json_null());
	json_object_set_new(o, "skip_hours", json_bits(f->skip_hours, 24));
	json_object_set_new(o, "skip_days", json_bits(f->skip_days, 7));
	json_object_set_new(o, "history", json_history(history));
	return json_print(o, 2, info);
}

/* ---- for people ---- */

static void line(const char *name, const char *value)
{
	if (value && *value)
		printf("%-12s %s\n", name, value);
}

/* "2026-03-31 06:00 (3h)", UTC; "never" */
static const char *time_shown(struct arena *a, int64_t now, int64_t t)
{
	char date[DATE_TEXT], age[DATE_TEXT];

	if (t == DATE_NONE || t == 0)
		return "never";
	(void)date_rfc3339(t, date);
	return arena_printf(a, "%.10s %.5s (%s)", date, date + 11, date_age(now, t, age));
}

static const char *settings_shown(const struct app *app, struct arena *a, const struct feed *f)
{
	const struct sub *sub = sub_of(app, f->url);
	const char *s = "";

	for (size_t i = 0; sub && i < sub->n_settings; i++)
		s = arena_printf(a, "%s%s%s", s, *s ? "  " : "", setting_shown(a, sub->settings[i]));
	return s;
}

static const char *health(struct arena *a, const struct feed *f)
{
	if (f->gone)
		return "gone (410), not asked again";
	if (f->failures)
		return arena_printf(a, "failed %d time%s in a row: %s", f->failures, f->failures == 1 ? "" : "s", f->error ? f->error : "no words");
	return f->checked == DATE_NONE ? "not asked yet" : "well";
}

static void print_facts(const struct app *app, struct arena *a, const struct feed *f)
{
	int64_t now = app_now(app);

	line("title", f->title);
	line("address", url_shown(a, f->url));
	line("moved to", url_shown(a, feed_moved(f)));
	line("page", url_shown(a, f->link));
	line("says", f->description);
	line("tags", f->tags);
	line("settings", settings_shown(app, a, f));
	line("articles", arena_printf(a, "%lld unread of %lld", (long long)f->unread, (long long)f->items));
	line("health", health(a, f));
	line("asked", time_shown(a, now, f->checked));
	line("brought new", time_shown(a, now, f->changed));
	line("due", f->gone ? "never" : f->next == DATE_NONE ? "now" : time_shown(a, now, f->next));
	line("asks for", due_asks(a, f));
	if (feed_moved(f))
		printf("\neclose feeds --follow puts the new address into the subscription.\n");
}

static void print_history(struct arena *a, const struct fetch_list *history, int64_t now)
{
	printf("\n%-24s %5s %4s %10s %8s  %s\n", "fetched (UTC)", "new", "http", "bytes", "ms", "");
	for (size_t i = 0; i < history->n; i++) {
		const struct feed_fetch *x = &history->fetch[i];

		printf("%-24s %5d %4s %10lld %8.0f  %s\n", time_shown(a, now, x->at), x->items_new, x->http ? arena_printf(a, "%d", x->http) : "-", (long long)x->bytes, x->ms,
		       x->note ? note_shown(a, x->note) : "");
	}
}

static enum err print_text(const struct app *app, struct arena *a, const struct feed *f, const struct fetch_list *history, struct err_info *info)
{
	print_facts(app, a, f);
	if (history->n)
		print_history(a, history, app_now(app));
	return fflush(stdout) == EOF ? err_errno(info, "can't write the output") : OK;
}

enum err feeds_one(struct app *app, const struct feed_list *feeds, const char *url, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct fetch_list history;
	const struct feed *f = NULL;
	enum err e;

	for (size_t i = 0; !f && i < feeds->n; i++)
		if (strcmp(feeds->feed[i].url, url) == 0)
			f = &feeds->feed[i];
	if (!f)
		return err_set(info, ERR_NOTFOUND, "'%s' is not among the subscriptions", url);
	e = feeds_history(&app->store, f->id, &a, &history, info);
	if (e == OK)
		e = json ? print_json(app, &a, f, &history, info) : print_text(app, &a, f, &history, info);
	arena_clear(&a);
	return e;
}
