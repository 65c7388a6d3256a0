/* eclose eval - the ranking measured: on a click log (mind), on the reader's own log (replay), on simulated readers (simulate). */
#include <stdio.h>
#include <string.h>

#include "app/tables.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/eval.h"
#include "rank/eval.h"
#include "rank/features.h"

void eval_step(void *user, size_t done, size_t total)
{
	struct progress *p = user;

	if (!p->what)
		progress_start(p, "evaluating", (int64_t)total);
	progress_step(p, (int64_t)done);
}

json_t *json_calibration(const struct calibration *c, size_t n)
{
	json_t *bins = json_array();

	for (int i = 0; i < FORECAST_BINS; i++)
		json_array_append_new(bins, json_pack("{s:f,s:f,s:I}", "predicted", c->bin[i].predicted, "observed", c->bin[i].observed, "n", (json_int_t)c->bin[i].n));
	return json_pack("{s:f,s:I,s:o}", "error", c->error, "n", (json_int_t)n, "bins", bins);
}

void print_calibration(const struct calibration *c)
{
	printf("  told     ");
	for (int i = 0; i < FORECAST_BINS; i++)
		printf(" %3.0f%%", 100 * c->bin[i].predicted);
	printf("\n  came true");
	for (int i = 0; i < FORECAST_BINS; i++)
		printf(" %3.0f%%", 100 * c->bin[i].observed);
	putchar('\n');
}

/* ---- mind ---- */

static enum err print_mind(const struct eval_result *r, bool json, struct err_info *info)
{
	if (json)
		return json_print(json_pack("{s:I,s:I,s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:f}", "impressions", (json_int_t)r->impressions, "left_out", (json_int_t)r->left_out,
					    "auc", r->auc, "auc_se", r->auc_se, "mrr", r->mrr, "ndcg5", r->ndcg5, "ndcg10", r->ndcg10, "ild10", r->ild10,
					    "entropy10", r->entropy10, "calibration10", r->calibration10), 2, info);
	printf("%zu impressions (%zu left out)\nAUC %.2f (standard error %.2f)  MRR %.2f  nDCG@5 %.2f  nDCG@10 %.2f\n"
	       "first ten: distance within %.3f, entropy of categories %.3f bits, divergence from the history %.3f\n",
	       r->impressions, r->left_out, 100 * r->auc, 100 * r->auc_se, 100 * r->mrr, 100 * r->ndcg5, 100 * r->ndcg10, r->ild10, r->entropy10, r->calibration10);
	return OK;
}

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

static enum err measure(struct eval_options *eo, const char *features, struct eval_result *result, struct err_info *info)
{
	struct vectors table = VECTORS_INIT;
	enum err e = open_table(eo->mask, features, &table, info);

	if (e != OK)
		return e;
	eo->vectors = &table;
	e = eval_mind(eo, result, info);
	vectors_close(&table);
	return e;
}

static enum err mind_command(int argc, char **argv, struct err_info *info)
{
	struct progress bar = { 0 };
	struct eval_options eo = { .seed = 1, .step = eval_step, .user = &bar };
	const char *features = "all", *model = model_word[MODEL_INTEREST];
	long explore = -1;
	bool json = false;
	const struct option table[] = {
		{ OPTION_TEXT, "behaviors", &eo.behaviors, 0, 0 }, { OPTION_TEXT, "features", &features, 0, 0 }, { OPTION_TEXT, "model", &model, 0, 0 },
		{ OPTION_INT, "explore", &explore, 0, 100 },
		{ OPTION_TEXT, "predictions", &eo.predictions, 0, 0 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END,
	};
	struct eval_result result;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < 1)
		e = err_set(info, ERR_USAGE, "eval mind needs a folder: mind DIR");
	if (e == OK)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK)
		e = eval_features(features, &eo.mask, info);
	if (e == OK)
		e = models_find(model, &eo.model, info);
	if (e != OK)
		return e;
	eo.dir = argv[0];
	eo.explore = (int)explore;
	e = measure(&eo, features, &result, info);
	progress_end(&bar);
	return e == OK ? print_mind(&result, json, info) : e;
}

enum err cmd_eval(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const char *what = argc > 0 ? argv[0] : "";

	if (strcmp(what, "mind") == 0)
		return mind_command(argc - 1, argv + 1, info);
	if (strcmp(what, "simulate") == 0)
		return eval_simulate_command(argc - 1, argv + 1, info);
	if (strcmp(what, "replay") == 0)
		return eval_replay_command(o, argc - 1, argv + 1, info);
	return err_set(info, ERR_USAGE, "eval takes: mind DIR, replay or simulate");
}
