/* eclose eval mind, eclose eval pool - the ranking measured on a click log: by what was clicked, and by the pages that its readers would be shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/tables.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/eval.h"
#include "rank/arms.h"
#include "rank/eval.h"
#include "rank/features.h"

/* ---- what both take ---- */

/* The bundled table, so that a measurement is the same for everybody. It may only be missing where it isn't asked for by name, and that is said: the
 * figures are others then. */
static enum err open_table(unsigned mask, const char *features, struct vectors *table, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	enum err e = mask & FEATURE_VECTORS ? vectors_open(table, tables_bundled(&a), info) : OK;

	arena_clear(&a);
	if (e != ERR_NOTFOUND || strcmp(features, "all") != 0)
		return e;
	log_say("the bundled table of word vectors is missing, so the ranking is measured without it (%s)", info->text);
	return OK;
}

/* The words of the command line, before they are looked up. */
struct asked {
	const char *features, *model;
	long explore, places;
	bool compare, json;
};

#define ASKED_INIT { .features = "all", .model = model_word[MODEL_INTEREST], .explore = -1, .places = 20 }

static enum err look_up(const struct asked *q, const char *name, int argc, char **argv, struct eval_options *eo, struct vectors *table, struct err_info *info)
{
	enum err e = argc < 1 ? err_set(info, ERR_USAGE, "eval %s needs a folder: %s DIR", name, name) : cmd_no_more(argc - 1, argv + 1, info);

	if (e == OK)
		e = eval_features(q->features, &eo->mask, info);
	if (e == OK)
		e = models_find(q->model, &eo->model, info);
	if (e == OK)
		e = open_table(eo->mask, q->features, table, info);
	if (e != OK)
		return e;
	eo->dir = argv[0];
	eo->explore = (int)q->explore;
	eo->places = (size_t)q->places;
	eo->vectors = table;
	return OK;
}

/* Feeds aren't known in such a log, so what would be counted over them is null. */
static void json_diversity(json_t *o, const struct page_diversity *d, const char *suffix)
{
	const struct { const char *name; double value; } part[] = {
		{ "topic_entropy", d->topic_entropy }, { "js_reader", d->js_reader }, { "js_pool", d->js_pool }, { "radio_reader", d->radio_reader },
		{ "radio_pool", d->radio_pool }, { "share_outside", d->outside }, { "category_coverage", d->coverage }, { "gini", d->gini },
	};
	char name[40];

	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		snprintf(name, sizeof name, "%s%s", part[i].name, suffix);
		json_object_set_new(o, name, json_real(part[i].value));
	}
	json_object_set_new(o, "feed_coverage", json_null());
}

static void print_diversity(const struct page_diversity *d)
{
	printf("topics: entropy %.3f bits; divergence from the reader's mix %.3f (by rank %.3f), from the pool's %.3f (%.3f); %.0f %% outside\n", d->topic_entropy,
	       d->js_reader, d->radio_reader, d->js_pool, d->radio_pool, 100 * d->outside);
	printf("%.0f %% of the categories on a page; Gini of the articles' exposure %.3f\n", 100 * d->coverage, d->gini);
}

/* ---- mind ---- */

static enum err print_mind(const struct eval_result *r, bool json, struct err_info *info)
{
	const struct page_diversity *d = &r->top10;
	json_t *o;

	if (json) {
		o = json_pack("{s:I,s:I,s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:f}", "impressions", (json_int_t)r->impressions, "left_out", (json_int_t)r->left_out, "auc", r->auc,
			      "auc_se", r->auc_se, "mrr", r->mrr, "ndcg5", r->ndcg5, "ndcg10", r->ndcg10, "ild10", d->ild, "entropy10", d->category_entropy,
			      "calibration10", d->category_history);
		json_diversity(o, d, "10");
		return json_print(o, 2, info);
	}
	printf("%zu impressions (%zu left out)\nAUC %.2f (standard error %.2f)  MRR %.2f  nDCG@5 %.2f  nDCG@10 %.2f\n"
	       "first ten: distance within %.3f, entropy of categories %.3f bits, divergence from the history %.3f\n",
	       r->impressions, r->left_out, 100 * r->auc, 100 * r->auc_se, 100 * r->mrr, 100 * r->ndcg5, 100 * r->ndcg10, d->ild, d->category_entropy, d->category_history);
	print_diversity(d);
	return OK;
}

enum err eval_mind_command(int argc, char **argv, struct err_info *info)
{
	struct progress bar = { 0 };
	struct eval_options eo = { .seed = 1, .step = eval_step, .user = &bar };
	struct asked q = ASKED_INIT;
	const struct option table[] = {
		{ OPTION_TEXT, "behaviors", &eo.behaviors, 0, 0 }, { OPTION_TEXT, "features", &q.features, 0, 0 }, { OPTION_TEXT, "model", &q.model, 0, 0 },
		{ OPTION_INT, "explore", &q.explore, 0, 100 }, { OPTION_TEXT, "predictions", &eo.predictions, 0, 0 }, { OPTION_FLAG, "json", &q.json, 0, 0 }, OPTIONS_END,
	};
	struct vectors vectors = VECTORS_INIT;
	struct eval_result result;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = look_up(&q, "mind", argc, argv, &eo, &vectors, info);
	if (e == OK)
		e = eval_mind(&eo, &result, info);
	vectors_close(&vectors);
	progress_end(&bar);
	return e == OK ? print_mind(&result, q.json, info) : e;
}

/* ---- pool ---- */

static enum err print_pool(const struct eval_pool_result *r, bool json, struct err_info *info)
{
	const struct page_diversity *d = &r->page;
	json_t *o;

	if (json) {
		o = json_pack("{s:I,s:f,s:f,s:f,s:f}", "users", (json_int_t)r->users, "relevance", r->relevance, "category_entropy", d->category_entropy, "ild", d->ild,
			      "slots", r->slots);
		json_object_set_new(o, "calibration", json_real(d->category_history));
		json_diversity(o, d, "");
		return json_print(o, 2, info);
	}
	printf("%zu readers, one page each\nrelevance %.4f; entropy of categories %.3f bits, distance within %.3f, divergence from the history %.3f; %.1f slots\n", r->users,
	       r->relevance, d->category_entropy, d->ild, d->category_history, r->slots);
	print_diversity(d);
	return OK;
}

/* The curves of all arms on one kind of list. */
struct curve {
	const char *name, *relevance;
	const struct eval_point (*arm)[EVAL_POINTS];
};

static json_t *json_point(const struct curve *c, int arm, int i)
{
	const struct eval_point *p = &c->arm[arm][i];
	json_t *o = json_pack("{s:i,s:f,s:f}", "strength", eval_strength((size_t)i), c->relevance, p->relevance, "category_entropy", p->entropy);

	for (int other = ARM_SLIDER + 1; arm == ARM_SLIDER && other < EVAL_ARMS; other++) {
		double there = eval_relevance_at(c->arm[other], p->entropy);

		json_object_set_new(o, arm_word[other], isfinite(there) ? json_real(there) : json_null());
	}
	return o;
}

/* By arm, a list of points; those of the slider say what each other arm has at their entropy (null: it is never so varied). */
static json_t *json_curve(const struct curve *c)
{
	json_t *o = json_object();

	for (int arm = 0; arm < EVAL_ARMS; arm++) {
		json_t *points = json_array();

		for (int i = 0; i < EVAL_POINTS; i++)
			json_array_append_new(points, json_point(c, arm, i));
		json_object_set_new(o, arm_word[arm], points);
	}
	return o;
}

static void print_curve(const struct curve *c)
{
	printf("%s\n  slider  %-9s  entropy", c->name, c->relevance);
	for (int arm = ARM_SLIDER + 1; arm < EVAL_ARMS; arm++)
		printf("  %16s", arm_word[arm]);
	putchar('\n');
	for (int i = 0; i < EVAL_POINTS; i++) {
		const struct eval_point *p = &c->arm[ARM_SLIDER][i];

		printf("  %6d  %9.4f  %7.3f", eval_strength((size_t)i), p->relevance, p->entropy);
		for (int arm = ARM_SLIDER + 1; arm < EVAL_ARMS; arm++) {
			double there = eval_relevance_at(c->arm[arm], p->entropy);

			if (isfinite(there))
				printf("  %6.4f (%+.4f)", there, there - p->relevance);
			else
				printf("  %16s", "-");
		}
		putchar('\n');
	}
}

static enum err print_curves(const struct eval_curves *r, bool json, struct err_info *info)
{
	const struct curve impressions = { "impressions", "ndcg10", r->impressions }, pages = { "pages", "relevance", r->pages };

	if (json)
		return json_print(json_pack("{s:{s:f,s:f},s:o,s:o}", "plain", "ndcg10", r->plain.relevance, "category_entropy", r->plain.entropy, "impressions",
					    json_curve(&impressions), "pages", json_curve(&pages)), 2, info);
	printf("at each setting of the slider: relevance and entropy of categories in bits; and what the others have at that entropy (-: they are never so varied)\n\n");
	print_curve(&impressions);
	putchar('\n');
	print_curve(&pages);
	return OK;
}

enum err eval_pool_command(int argc, char **argv, struct err_info *info)
{
	struct progress bar = { 0 };
	struct eval_options eo = { .seed = 1, .step = eval_step, .user = &bar };
	struct asked q = ASKED_INIT;
	const struct option table[] = {
		{ OPTION_TEXT, "behaviors", &eo.behaviors, 0, 0 }, { OPTION_TEXT, "features", &q.features, 0, 0 }, { OPTION_TEXT, "model", &q.model, 0, 0 },
		{ OPTION_INT, "explore", &q.explore, 0, 100 }, { OPTION_INT, "limit", &q.places, 1, 1000 }, { OPTION_TEXT, "pages", &eo.predictions, 0, 0 },
		{ OPTION_FLAG, "compare", &q.compare, 0, 0 }, { OPTION_FLAG, "json", &q.json, 0, 0 }, OPTIONS_END,
	};
	struct vectors vectors = VECTORS_INIT;
	struct eval_pool_result result;
	struct eval_curves curves;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && q.compare && (q.explore >= 0 || eo.predictions))
		e = err_set(info, ERR_USAGE, "--compare goes through the whole slider and writes no pages: leave out --explore and --pages");
	if (e == OK)
		e = look_up(&q, "pool", argc, argv, &eo, &vectors, info);
	if (e == OK)
		e = q.compare ? eval_compare(&eo, &curves, info) : eval_pool(&eo, &result, info);
	vectors_close(&vectors);
	progress_end(&bar);
	if (e != OK)
		return e;
	return q.compare ? print_curves(&curves, q.json, info) : print_pool(&result, q.json, info);
}
