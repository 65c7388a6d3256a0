/* eclose eval replay - the ranking measured on the reader's own log. */
#include <stdio.h>

#include "app/measure.h"
#include "cmd/cmd.h"
#include "cmd/eval.h"

static json_t *json_order(const struct replay_order *o)
{
	return json_pack("{s:f,s:f}", "auc", o->auc, "ndcg10", o->ndcg10);
}

static json_t *json_places(const struct replay_result *r)
{
	json_t *array = json_array();

	for (int i = 0; i < REPLAY_PLACES; i++) {
		const struct replay_places *p = &r->places[i];

		json_array_append_new(array, json_pack("{s:i,s:o,s:o,s:I}", "from", p->from, "to", p->to ? json_integer(p->to) : json_null(),
						       "completion", p->n ? json_real(p->completion) : json_null(), "n", (json_int_t)p->n));
	}
	return array;
}

static size_t missing(size_t have)
{
	return have < REPLAY_LEAST ? REPLAY_LEAST - have : 0;
}

static json_t *json_replay(const struct replay_result *r)
{
	json_t *o = json_pack("{s:b,s:I,s:I,s:I}", "enough", r->enough, "sittings", (json_int_t)r->sittings, "opened", (json_int_t)r->opened,
			      "passed", (json_int_t)r->passed);

	if (!r->enough) {
		json_object_set_new(o, "missing_opened", json_integer((json_int_t)missing(r->opened)));
		json_object_set_new(o, "missing_passed", json_integer((json_int_t)missing(r->passed)));
		return o;
	}
	json_object_update_new(o, json_pack("{s:I,s:f,s:f,s:f,s:f,s:f,s:f,s:o,s:o,s:o,s:o,s:o}", "compared", (json_int_t)r->compared, "auc", r->ranking.auc,
					    "ndcg10", r->ranking.ndcg10, "log_loss", r->log_loss, "brier", r->brier, "plain_log_loss", r->plain_log_loss,
					    "plain_brier", r->plain_brier, "recency", json_order(&r->recency), "feed", json_order(&r->feed),
					    "random", json_order(&r->random), "calibration", json_calibration(&r->calibration, r->opened + r->passed),
					    "places", json_places(r)));
	return o;
}

static void print_places(const struct replay_result *r)
{
	printf("how much of an opened article was read, by its place:");
	for (int i = 0; i < REPLAY_PLACES; i++) {
		const struct replay_places *p = &r->places[i];

		if (p->to)
			printf("%s %d-%d ", i ? "," : "", p->from, p->to);
		else
			printf(", from %d ", p->from);
		if (p->n)
			printf("%.0f %% (%zu)", 100 * p->completion, p->n);
		else
			printf("none");
	}
	putchar('\n');
}

static void print_replay(const struct replay_result *r)
{
	const struct { const char *name; const struct replay_order *o; } order[] = {
		{ "this ranking", &r->ranking }, { "newest first", &r->recency }, { "by feed", &r->feed }, { "at random", &r->random },
	};

	printf("%zu sitting%s: %zu opened, %zu passed over\n", r->sittings, r->sittings == 1 ? "" : "s", r->opened, r->passed);
	if (!r->enough) {
		printf("too little data: figures need %d of each; missing are %zu opened and %zu passed-over ones\n", REPLAY_LEAST, missing(r->opened), missing(r->passed));
		return;
	}
	printf("%-14s   AUC  nDCG@10\n", "");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		printf("%-14s %5.1f    %5.1f\n", order[i].name, 100 * order[i].o->auc, 100 * order[i].o->ndcg10);
	printf("chance of opening: log-loss %.3f (always told the same: %.3f), Brier %.3f (%.3f), calibration error %.3f\n", r->log_loss, r->plain_log_loss, r->brier,
	       r->plain_brier, r->calibration.error);
	print_calibration(&r->calibration);
	print_places(r);
}

enum err eval_replay_command(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct progress bar = { 0 };
	struct replay_result result;
	const char *model = NULL;
	bool json = false;
	const struct option table[] = { { OPTION_TEXT, "model", &model, 0, 0 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct app app;
	enum model_kind kind = MODEL_INTEREST;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK && model)
		e = models_find(model, &kind, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = app_replay(&app, model ? kind : app.config.model, eval_step, &bar, &result, info);
	progress_end(&bar);
	app_close(&app);
	if (e == OK && json)
		return json_print(json_replay(&result), 2, info);
	if (e == OK)
		print_replay(&result);
	return e;
}
