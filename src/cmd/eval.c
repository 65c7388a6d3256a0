/* eclose eval - the ranking measured: on a click log (mind, pool), on the reader's own log (replay), on simulated readers (simulate). */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/eval.h"

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

enum err cmd_eval(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const char *what = argc > 0 ? argv[0] : "";

	if (strcmp(what, "mind") == 0)
		return eval_mind_command(argc - 1, argv + 1, info);
	if (strcmp(what, "pool") == 0)
		return eval_pool_command(argc - 1, argv + 1, info);
	if (strcmp(what, "simulate") == 0)
		return eval_simulate_command(argc - 1, argv + 1, info);
	if (strcmp(what, "replay") == 0)
		return eval_replay_command(o, argc - 1, argv + 1, info);
	return err_set(info, ERR_USAGE, "eval takes: mind DIR, pool DIR, replay or simulate");
}
