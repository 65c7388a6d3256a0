/* eclose profile - what the model has learned, and learning it anew from the log; forget.c, carry.c and edit.c have the rest. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/profile_private.h"

/* ---- show ---- */

static const char *const facet_list[FACET_COUNT] = { "feeds", "categories", "topics", "authors", "languages", "lengths", "tags" };

struct weight { const char *name; double yes, no; };

static int by_yes(const void *a, const void *b)
{
	const struct weight *x = a, *y = b;

	if (x->yes != y->yes)
		return x->yes < y->yes ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* The values of a facet that have something to tell, strongest first. */
static size_t collect(struct arena *a, const struct profile *p, enum facet f, struct weight **out)
{
	const struct affinities *af = &p->taste.of[f];
	const struct corpus_names *names = &p->corpus->names;
	struct weight *w = arena_alloc(a, (af->n + 1) * sizeof *w);
	size_t count = 0;

	for (size_t i = 0; i < af->n; i++) {
		const char *name = f == FACET_LENGTH ? length_name((int)i) : names->facet(names->user, f, (int)i);

		if (af->one[i].yes > 0 || af->one[i].no > 0)
			w[count++] = (struct weight){ name ? name : "?", af->one[i].yes, af->one[i].no };
	}
	qsort(w, count, sizeof *w, by_yes);
	*out = w;
	return count;
}

static json_t *json_weights(const struct weight *w, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_pack("{s:o,s:f,s:f}", "name", json_text(w[i].name), "yes", w[i].yes, "no", w[i].no));
	return array;
}

static json_t *json_model(const struct profile *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < FEATURE_COUNT; i++)
		json_array_append_new(array, json_pack("{s:s,s:f,s:f,s:f}", "name", feature_word[i], "weight", p->models.interest.mean[i],
						       "sd", sqrt(p->models.interest.cov[i * FEATURE_COUNT + i]), "prior", feature_prior_mean[i]));
	return array;
}

/* Terms by their weight in the mean of what was read. */
static size_t top_terms(struct arena *a, const struct profile *p, size_t most, struct weight **out)
{
	const struct corpus *c = p->corpus;
	double *sum = arena_zero(a, c->terms.cols + 1, sizeof *sum);
	struct weight *w = arena_zero(a, most + 1, sizeof *w);
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		csr_axpy(&c->terms, p->reading[i].doc, p->reading[i].weight, sum);
	for (; n < most; n++) {
		size_t best = 0;

		for (size_t t = 1; t < c->terms.cols; t++)
			if (sum[t] > sum[best])
				best = t;
		if (!c->terms.cols || sum[best] <= 0)
			break;
		w[n] = (struct weight){ c->names.term(c->names.user, (uint32_t)best), sum[best], 0 };
		sum[best] = 0;
	}
	*out = w;
	return n;
}

static void print_weights(const char *title, const struct weight *w, size_t n, size_t most)
{
	if (!n)
		return;
	printf("\n%s\n", title);
	for (size_t i = 0; i < n && i < most; i++)
		printf("  %7.2f  %s\n", w[i].yes, w[i].name);
}

#define SHOW_TERMS 25
#define SHOW_ROWS 12

/* sections is taken. */
static enum err show_json(const struct profile *p, const struct edit_list *edits, json_t *sections, bool private, struct arena *a, struct err_info *info)
{
	struct weight *w;
	size_t n = top_terms(a, p, SHOW_TERMS, &w);
	json_t *doc = json_pack("{s:s,s:I,s:I,s:I,s:o,s:o}", "scored_by", model_word[p->models.used], "events", (json_int_t)p->events, "readings", (json_int_t)p->n,
				"updates", (json_int_t)p->models.interest.updates, "terms", json_weights(w, n), "model", json_model(p));

	for (int f = 0; f < FACET_COUNT; f++) {
		n = collect(a, p, (enum facet)f, &w);
		json_object_set_new(doc, facet_list[f], json_weights(w, n));
	}
	json_object_set_new(doc, "words_a_minute", json_real(p->habits.signals.words_a_minute / exp(p->habits.pace)));
	json_object_set_new(doc, "place_exponent", json_real(p->habits.place.mean[0]));
	json_object_set_new(doc, "paced", json_integer((json_int_t)p->habits.paced));
	json_object_set_new(doc, "sections", sections);
	json_object_set_new(doc, "edits", json_edits(edits));
	json_object_set_new(doc, "private", json_boolean(private));
	return json_print(doc, 2, info);
}

static void show_words(const struct profile *p, struct arena *a)
{
	struct weight *w;
	size_t n = top_terms(a, p, SHOW_TERMS, &w);

	printf("learned from %zu articles read, %lld actions\n", p->n, (long long)p->events);
	if (p->models.used != MODEL_INTEREST)
		printf("scores are those of %s; below is what the interest model has learned beside it\n", model_word[p->models.used]);
	if (p->habits.paced)
		printf("you read %.0f words a minute\n", p->habits.signals.words_a_minute / exp(p->habits.pace));
	print_weights("words of what you read", w, n, SHOW_TERMS);
	for (int f = 0; f < FACET_COUNT; f++) {
		n = collect(a, p, (enum facet)f, &w);
		print_weights(facet_list[f], w, n, SHOW_ROWS);
	}
	printf("\nhow much each part counts (and how sure that is)\n");
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		printf("  %+7.3f (%.3f)  %s\n", p->models.interest.mean[i], sqrt(p->models.interest.cov[i * FEATURE_COUNT + i]), feature_word[i]);
}

static enum err show(const struct app *app, struct ranker *r, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct portrait portrait = { 0 };
	struct edit_list edits;
	enum err e = ranker_edits(r, &a, &edits, info);

	if (e == OK && json)
		e = ranker_portrait(r, &portrait, info);
	if (e == OK && json) {
		e = show_json(ranker_profile(r), &edits, json_portrait(&portrait), app_private(app), &a, info);
	} else if (e == OK) {
		if (app_private(app))
			printf("reading is private: nothing of it is recorded\n");
		show_words(ranker_profile(r), &a);
		if (edits.n)
			printf("\nwhat you said outright\n");
		print_edits(&edits, app_now(app));
	}
	portrait_clear(&portrait);
	arena_clear(&a);
	return e;
}

/* ---- rebuild ---- */

struct numbers { double *x; size_t n; };

/* Frees: free(x). */
static struct numbers numbers_of(const struct models *m)
{
	struct numbers all = { .n = models_numbers(m, NULL) };

	all.x = mem_zero(all.n + 1, sizeof *all.x);
	(void)models_numbers(m, all.x);
	return all;
}

/* What only one of them has is the weight of a term that the other never saw: 0. */
static double largest_difference(const struct numbers *a, const struct numbers *b)
{
	double most = 0;

	for (size_t i = 0; i < a->n || i < b->n; i++)
		most = fmax(most, fabs((i < a->n ? a->x[i] : 0) - (i < b->n ? b->x[i] : 0)));
	return most;
}

/* Fold the whole log anew and say by how much the result differs from what was learned as the reader read. */
static enum err rebuild(struct ranker *r, bool json, struct err_info *info)
{
	const struct profile *p = ranker_profile(r);
	struct numbers before = numbers_of(&p->models), after;
	double difference = 0;
	enum err e = ranker_rebuild(r, info);

	if (e == OK) {
		after = numbers_of(&p->models);
		difference = largest_difference(&before, &after);
		free(after.x);
		e = ranker_save(r, info);
	}
	free(before.x);
	if (e != OK)
		return e;
	if (json)
		return json_print(json_pack("{s:I,s:I,s:f}", "events", (json_int_t)p->events, "updates", (json_int_t)p->models.interest.updates, "difference", difference), 2, info);
	printf("rebuilt from %lld actions; the largest difference from the model as it was is %.2g\n", (long long)p->events, difference);
	return OK;
}

static enum err show_or_rebuild(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct ranker *r = NULL;
	const char *what;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	what = argc > 0 ? argv[0] : "show";
	if (e == OK && argc > 1)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK && strcmp(what, "show") != 0 && strcmp(what, "rebuild") != 0)
		e = err_set(info, ERR_USAGE, "the first word behind profile is show, rebuild, edit, private, forget, export or import; '%s' is not", what);
	if (e == OK)
		e = cmd_open_ranker(&app, &r, o, info);
	if (e != OK)
		return e;
	e = strcmp(what, "show") == 0 ? show(&app, r, json, info) : rebuild(r, json, info);
	cmd_close_ranker(&app, r);
	return e;
}

enum err cmd_profile(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	static const struct { const char *word; command_fn *run; } more[] = {
		{ "edit", profile_edit }, { "private", profile_private }, { "forget", profile_forget }, { "export", profile_export }, { "import", profile_import },
	};

	for (size_t i = 0; argc > 0 && i < sizeof more / sizeof *more; i++)
		if (strcmp(argv[0], more[i].word) == 0)
			return more[i].run(o, argc - 1, argv + 1, info);
	return show_or_rebuild(o, argc, argv, info);
}
