/* eclose eval simulate - the ranking measured on simulated readers. Needs no store. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/eval.h"
#include "rank/simulate.h"

#define USERS 200
#define USERS_MOST 100000

static json_t *json_shares(const struct simulate_share *share, const int *actions, int n)
{
	json_t *array = json_array();

	for (int i = 0; i < n; i++)
		json_array_append_new(array, json_pack("{s:i,s:f,s:f}", "actions", actions[i], "share", share[i].mean, "share_p10", share[i].p10));
	return array;
}

static json_t *json_regret(const struct simulate_result *r)
{
	json_t *array = json_array();

	for (int i = 0; i < SIMULATE_WINDOWS; i++)
		json_array_append_new(array, json_pack("{s:i,s:f}", "actions", i * SIMULATE_WINDOW, "regret", r->regret[i]));
	return array;
}

static json_t *json_accident(const struct simulate_accident *a)
{
	return json_pack("{s:f,s:f}", "median", a->median, "p90", a->p90);
}

static json_t *json_simulation(const struct simulate_result *r)
{
	json_t *calibration = json_calibration(&r->calibration, r->forecasts);

	json_object_set_new(calibration, "offset", json_real(r->offset));
	return json_pack("{s:I,s:f,s:f,s:f,s:f,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "users", (json_int_t)r->users, "wanted", r->wanted, "opened", r->opened, "random", r->random,
			 "recency", r->recency, "learning", json_shares(r->learned, simulate_checks, SIMULATE_CHECKS),
			 "explore", json_shares(r->explored, simulate_checks, SIMULATE_CHECKS), "regret", json_regret(r),
			 "change", json_shares(r->changed, simulate_after, SIMULATE_AFTER), "informed",
			 json_shares(r->informed, simulate_checks, SIMULATE_CHECKS), "informed_change", json_shares(r->informed_change, simulate_after, SIMULATE_AFTER), "calibration", calibration,
			 "accident", json_accident(&r->brief), "accident_idle", json_accident(&r->idle));
}

static void print_shares(const char *what, const struct simulate_share *share, const int *actions, int n)
{
	printf("%s\n  actions ", what);
	for (int i = 0; i < n; i++)
		printf(" %6d", actions[i]);
	printf("\n  mean    ");
	for (int i = 0; i < n; i++)
		printf(" %5.1f%%", 100 * share[i].mean);
	printf("\n  10th pct");
	for (int i = 0; i < n; i++)
		printf(" %5.1f%%", 100 * share[i].p10);
	putchar('\n');
}

static void print_simulation(const struct simulate_result *r)
{
	printf("%zu readers, who want %.0f %% of what is published\n", r->users, 100 * r->wanted);
	print_shares("share of the best possible nDCG@10, by openings and skips so far", r->learned, simulate_checks, SIMULATE_CHECKS);
	printf("  at random %.1f%%, newest first %.1f%%\n", 100 * r->random, 100 * r->recency);
	print_shares("the same with pages of slider 30", r->explored, simulate_checks, SIMULATE_CHECKS);
	print_shares("the same of a learner that is told the truth about every article", r->informed, simulate_checks, SIMULATE_CHECKS);
	print_shares("after all interests changed", r->changed, simulate_after, SIMULATE_AFTER);
	print_shares("the same, told the truth about every article", r->informed_change, simulate_after, SIMULATE_AFTER);
	printf("wanted articles missing among the first ten, every %d actions:", SIMULATE_WINDOW);
	for (int i = 0; i < SIMULATE_WINDOWS; i++)
		printf(" %.1f", r->regret[i]);
	printf("\ncalibration error of the chance of opening %.3f, a reader's mean off by %.3f\n", r->calibration.error, r->offset);
	print_calibration(&r->calibration);
	printf("an opening by mistake moves the articles of a page by %.1f places in the median (9 of 10: %.1f), one left open by %.1f (%.1f)\n", r->brief.median,
	       r->brief.p90, r->idle.median, r->idle.p90);
}

enum err eval_simulate_command(int argc, char **argv, struct err_info *info)
{
	struct progress bar = { 0 };
	struct simulate_options so = { .step = eval_step, .user = &bar };
	struct simulate_result result;
	const char *model = model_word[MODEL_INTEREST];
	long users = USERS, seed = 1;
	bool json = false;
	const struct option table[] = {
		{ OPTION_INT, "users", &users, 1, USERS_MOST }, { OPTION_INT, "seed", &seed, 0, 1e9 }, { OPTION_TEXT, "model", &model, 0, 0 },
		{ OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END,
	};
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK)
		e = models_find(model, &so.model, info);
	if (e != OK)
		return e;
	so.users = (int)users;
	so.seed = (uint64_t)seed;
	simulate(&so, &result);
	progress_end(&bar);
	if (json)
		return json_print(json_simulation(&result), 2, info);
	print_simulation(&result);
	return OK;
}
