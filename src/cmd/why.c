/* eclose why - every part of one article's score, the words and readings behind it, and what would move it. */
#include <math.h>
#include <stdio.h>

#include "app/explain.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

/* ---- JSON ---- */

static void add_marks(json_t *array, const char *field, const struct mark *m, size_t n)
{
	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_pack("{s:s,s:I,s:I,s:o,s:f}", "field", field, "from", (json_int_t)m[i].from, "len", (json_int_t)m[i].len, "term",
						       json_text(m[i].term), "weight", m[i].weight));
}

static json_t *json_marks(const struct why *w)
{
	json_t *array = json_array();

	add_marks(array, "title", w->title_mark, w->n_title_marks);
	add_marks(array, "text", w->text_mark, w->n_text_marks);
	return array;
}

static json_t *json_similar(const struct why *w)
{
	json_t *array = json_array();

	for (size_t i = 0; i < w->n_similar; i++) {
		const struct alike *x = &w->similar[i];

		json_array_append_new(array, json_pack("{s:I,s:o,s:o,s:o,s:f,s:o}", "id", (json_int_t)x->id, "title", json_text(x->title), "feed", json_text(x->feed), "read",
						       json_time(x->read), "likeness", x->likeness, "shared", json_texts(x->shared, x->n_shared)));
	}
	return array;
}

static json_t *json_counter(const struct why *w)
{
	json_t *array = json_array();

	for (size_t i = 0; i < w->n_counter; i++) {
		const struct counterfactual *c = &w->counter[i];
		json_t *edits = json_array();

		for (size_t k = 0; k < c->n; k++)
			json_array_append_new(edits, json_pack("{s:o,s:f}", "subject", json_text(c->edit[k].subject), "weight", c->edit[k].weight));
		json_array_append_new(array, json_pack("{s:o,s:i,s:i,s:b,s:o}", "edits", edits, "from", c->from, "to", c->to, "on_page", c->on_page, "words", json_text(c->words)));
	}
	return array;
}

static enum err print_json(const struct why *w, struct err_info *info)
{
	const struct page_entry *en = &w->entry;
	json_t *doc = json_pack("{s:I,s:o,s:o,s:f,s:f,s:f,s:o,s:I,s:I}", "id", (json_int_t)en->id, "title", json_text(en->title), "feed", json_text(en->feed), "score", en->score,
				"sd", en->sd, "distance", en->distance, "topic", json_text(en->topic), "place", (json_int_t)en->place, "of", (json_int_t)en->of);

	json_object_set_new(doc, "explore", json_integer(w->explore));
	json_object_set_new(doc, "place_page", json_place(w->place_page));
	json_object_set_new(doc, "place_without", json_place(w->place_without));
	json_object_set_new(doc, "story_place", json_place(w->story_place));
	json_object_set_new(doc, "banned", json_boolean(w->banned));
	json_object_set_new(doc, "reasons", json_reasons(en->reasons, en->n_reasons));
	json_object_set_new(doc, "would_change", json_texts(w->change, w->n_change));
	json_object_set_new(doc, "counterfactuals", json_counter(w));
	json_object_set_new(doc, "similar", json_similar(w));
	json_object_set_new(doc, "text", json_text(w->text));
	json_object_set_new(doc, "highlights", json_marks(w));
	return json_print(doc, 2, info);
}

/* ---- plain text ---- */

#define BAR 20

static void print_parts(const struct page_entry *en)
{
	double most = 1e-9;

	for (size_t i = 0; i < en->n_reasons; i++)
		most = fmax(most, fabs(en->reasons[i].weight));
	for (size_t i = 0; i < en->n_reasons; i++) {
		const struct reason *rs = &en->reasons[i];
		int bar = (int)lround(fabs(rs->weight) / most * BAR);

		printf("  %+7.3f  %-*.*s  %s%s%s\n", rs->weight, BAR, bar, rs->weight < 0 ? "--------------------" : "++++++++++++++++++++", rs->kind,
		       *rs->name ? " " : "", rs->name);
	}
	printf("  -------\n  %+7.3f  log-odds in all, give or take %.2f; by score alone number %zu of %zu unread\n", en->score, en->sd, en->place, en->of);
}

static void print_place(const char *before, int place)
{
	if (place > 0)
		printf("%s: place %d", before, place);
	else
		printf("%s: not on the page", before);
}

static void print_places(const struct why *w)
{
	char now[32];

	snprintf(now, sizeof now, "With the slider at %d", w->explore);
	print_place(now, w->place_page);
	if (w->explore > 0)
		print_place("; at 0", w->place_without);
	printf("\n");
	if (w->banned)
		printf("A ban of yours leaves it out of the ranked page\n");
	else if (w->story_place)
		printf("Its story stands there at place %d, as %s tells it\n", w->story_place, w->story_feed ? w->story_feed : "another feed");
}

static void print_similar(const struct why *w)
{
	for (size_t i = 0; i < w->n_similar; i++) {
		const struct alike *x = &w->similar[i];
		char date[DATE_TEXT];

		printf("%s%7lld  %.2f  %.10s  %s (%s)", i ? "" : "\nWhat you read that it resembles most:\n", (long long)x->id, x->likeness, date_rfc3339(x->read, date), x->title, x->feed);
		for (size_t k = 0; k < x->n_shared; k++)
			printf("%s%s", k ? ", " : "; both say ", x->shared[k]);
		printf("\n");
	}
}

static void print_text(const struct why *w)
{
	const struct page_entry *en = &w->entry;

	printf("%s\n%s%s%s\n\n", en->title, en->feed, *en->topic ? ", " : "", en->topic);
	print_parts(en);
	print_places(w);
	for (size_t i = 0; i < w->n_counter; i++)
		printf("%s%s\n", i ? "" : "\n", w->counter[i].words);
	for (size_t i = 0; i < w->n_change; i++)
		printf("%s%s\n", i ? "" : "\n", w->change[i]);
	print_similar(w);
}

static enum err run(const struct app *app, struct ranker *r, int64_t id, long explore, bool json, struct err_info *info)
{
	struct page_options o = { .explore = explore < 0 ? app_explore(app) : (int)explore };
	struct arena a = ARENA_INIT;
	struct why w;
	enum err e = ranker_explain(r, id, &o, &a, &w, info);
	if (e == OK && json)
		e = print_json(&w, info);
	else if (e == OK)
		print_text(&w);
	arena_clear(&a);
	return e;
}

enum err cmd_why(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	long explore = -1;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, { OPTION_INT, "explore", &explore, 0, 100 }, OPTIONS_END };
	struct ranker *r = NULL;
	struct app app;
	int64_t id;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_one_id("why", argc, argv, &id, info);
	if (e == OK)
		e = cmd_open_ranker(&app, &r, o, info);
	if (e != OK)
		return e;
	e = run(&app, r, id, explore, json, info);
	cmd_close_ranker(&app, r);
	return e;
}
