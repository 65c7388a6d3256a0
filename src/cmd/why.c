/* eclose why - every part of one article's score. */
#include <math.h>
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/options.h"

static enum err print_json(const struct page_entry *en, const char **change, size_t n, struct err_info *info)
{
	json_t *changes = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(changes, json_text(change[i]));
	return json_print(json_pack("{s:I,s:o,s:o,s:f,s:f,s:f,s:o,s:I,s:I,s:o,s:o}", "id", (json_int_t)en->id, "title", json_text(en->title), "feed", json_text(en->feed),
				    "score", en->score, "sd", en->sd, "distance", en->distance, "topic", json_text(en->topic), "place", (json_int_t)en->place, "of", (json_int_t)en->of,
				    "reasons", json_reasons(en->reasons, en->n_reasons), "would_change", changes), 2, info);
}

#define BAR 20

static void print_text(const struct page_entry *en, const char **change, size_t n)
{
	double most = 1e-9;

	printf("%s\n%s%s%s\n\n", en->title, en->feed, *en->topic ? ", " : "", en->topic);
	for (size_t i = 0; i < en->n_reasons; i++)
		most = fmax(most, fabs(en->reasons[i].weight));
	for (size_t i = 0; i < en->n_reasons; i++) {
		const struct reason *rs = &en->reasons[i];
		int bar = (int)lround(fabs(rs->weight) / most * BAR);

		printf("  %+7.3f  %-*.*s  %s%s%s\n", rs->weight, BAR, bar, rs->weight < 0 ? "--------------------" : "++++++++++++++++++++", rs->kind,
		       *rs->name ? " " : "", rs->name);
	}
	printf("  -------\n  %+7.3f  log-odds in all, give or take %.2f; by score alone number %zu of %zu unread\n", en->score, en->sd, en->place, en->of);
	for (size_t i = 0; i < n; i++)
		printf("%s%s\n", i ? "" : "\n", change[i]);
}

enum err cmd_why(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct ranker *r = NULL;
	struct page_entry entry;
	const char **change;
	size_t n = 0;
	int64_t id;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < 1)
		e = err_set(info, ERR_USAGE, "why needs the number of an article");
	if (e == OK)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK)
		e = cmd_id(argv[0], &id, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = ranker_open(&app, &r, info);
	if (e == OK)
		e = ranker_why(r, id, &a, &entry, &change, &n, info);
	if (e == OK && json)
		e = print_json(&entry, change, n, info);
	else if (e == OK)
		print_text(&entry, change, n);
	ranker_close(r);
	arena_clear(&a);
	app_close(&app);
	return e;
}
