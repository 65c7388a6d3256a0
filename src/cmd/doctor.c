/* eclose doctor - is everything as it should be? */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"

static bool healthy(const struct doctor_report *d)
{
	return strcmp(d->integrity, "ok") == 0 && !d->orphans && !d->df_wrong && !d->count_wrong;
}

static enum err print_json(const struct app *app, const struct doctor_report *d, struct err_info *info)
{
	json_t *o = json_object(), *dead = json_array();
	const struct { const char *name; int64_t n; } counts[] = {
		{ "schema", d->schema }, { "feeds", d->feeds }, { "subscribed", d->subscribed }, { "articles", d->articles }, { "bodies", d->bodies },
		{ "events", d->events }, { "terms", d->terms }, { "vectors", d->vectors }, { "indexed", d->indexed }, { "orphans", d->orphans },
		{ "df_wrong", d->df_wrong }, { "count_wrong", d->count_wrong }, { "file_bytes", d->file_bytes }, { "free_bytes", d->free_bytes },
	};

	json_object_set_new(o, "ok", json_boolean(healthy(d)));
	json_object_set_new(o, "store", json_text(app->store_path));
	json_object_set_new(o, "integrity", json_text(d->integrity));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		json_object_set_new(o, counts[i].name, json_integer(counts[i].n));
	for (size_t i = 0; i < d->n_dead; i++)
		json_array_append_new(dead, json_pack("{s:o,s:o,s:i}", "url", json_text(d->dead[i].url), "error", json_text(d->dead[i].error),
						      "failures", d->dead[i].failures));
	json_object_set_new(o, "dead_feeds", dead);
	return json_print(o, 2, info);
}

static void print_text(const struct app *app, const struct doctor_report *d)
{
	printf("store %s: %s, schema %d, %.1f MB (%.1f MB free)\n", app->store_path, d->integrity, d->schema, (double)d->file_bytes / 1e6, (double)d->free_bytes / 1e6);
	printf("%lld subscriptions, %lld feeds known, %lld articles, %lld actions in the log\n", (long long)d->subscribed, (long long)d->feeds,
	       (long long)d->articles, (long long)d->events);
	printf("%lld terms, %lld articles with vectors, %lld in the full-text index\n", (long long)d->terms, (long long)d->vectors, (long long)d->indexed);
	if (d->orphans)
		printf("! %lld rows whose owner is gone\n", (long long)d->orphans);
	if (d->df_wrong)
		printf("! %lld terms with a wrong document frequency\n", (long long)d->df_wrong);
	if (d->count_wrong)
		printf("! %lld feeds with wrong counts\n", (long long)d->count_wrong);
	for (size_t i = 0; i < d->n_dead; i++)
		printf("! %s: %s\n", d->dead[i].url, d->dead[i].gone ? "gone (410)" : d->dead[i].error ? d->dead[i].error : "failing");
	printf("settings %s: read without complaint\n", app->config_path);
}

enum err cmd_doctor(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct doctor_report d;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = doctor_check(&app.store, &a, &d, info);
	if (e == OK && json)
		e = print_json(&app, &d, info);
	else if (e == OK)
		print_text(&app, &d);
	if (e == OK && !healthy(&d))
		e = err_set(info, ERR_CORRUPT, "%s: not in order, see above", app.store_path);
	arena_clear(&a);
	app_close(&app);
	return e;
}
