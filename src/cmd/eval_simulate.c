/* eclose eval simulate - the ranking measured on simulated readers. Needs no store. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/eval.h"
#include "rank/simulate.h"

#define USERS 200
#define LOOP_USERS 40 /* each lives seven times, for longer */
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

struct asked {
	const char *model, *explore; /* NULL: not asked for */
	long users, seed, days;      /* 0: not asked for (users, days) */
	bool json, figure;
};

static enum err by_actions(const struct asked *a, enum model_kind model, struct err_info *info)
{
	struct progress bar = { 0 };
	struct simulate_options o = { .users = a->users ? (int)a->users : USERS, .seed = (uint64_t)a->seed, .model = model, .step = eval_step, .user = &bar };
	struct simulate_result result;

	if (a->explore || a->figure)
		return err_set(info, ERR_USAGE, "'%s' goes with --days", a->explore ? "--explore" : "--figure");
	simulate(&o, &result);
	progress_end(&bar);
	if (a->json)
		return json_print(json_simulation(&result), 2, info);
	print_simulation(&result);
	return OK;
}

static enum err in_a_loop(const struct asked *a, enum model_kind model, struct err_info *info)
{
	struct loop_options o = { .users = a->users ? (int)a->users : LOOP_USERS, .seed = (uint64_t)a->seed, .model = model, .days = (int)a->days };
	enum err e = eval_loop_sliders(a->explore ? a->explore : LOOP_EXPLORE, &o, info);

	if (e != OK)
		return e;
	if (a->json && a->figure)
		return err_set(info, ERR_USAGE, "eval simulate prints JSON or a figure, not both");
	return eval_loop(&o, a->json ? LOOP_JSON : a->figure ? LOOP_FIGURE : LOOP_TABLES, info);
}

enum err eval_simulate_command(int argc, char **argv, struct err_info *info)
{
	struct asked a = { .model = model_word[MODEL_INTEREST], .seed = 1 };
	const struct option table[] = {
		{ OPTION_INT, "users", &a.users, 1, USERS_MOST }, { OPTION_INT, "seed", &a.seed, 0, 1e9 }, { OPTION_TEXT, "model", &a.model, 0, 0 },
		{ OPTION_FLAG, "json", &a.json, 0, 0 }, { OPTION_INT, "days", &a.days, 1, SIM_DAYS }, { OPTION_TEXT, "explore", &a.explore, 0, 0 },
		{ OPTION_FLAG, "figure", &a.figure, 0, 0 }, OPTIONS_END,
	};
	enum model_kind model;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK)
		e = models_find(a.model, &model, info);
	if (e != OK)
		return e;
	return a.days ? in_a_loop(&a, model, info) : by_actions(&a, model, info);
}
