/* eclose trial - two rankings tried on the reader: start, how it stands, stop. */
#include <stdio.h>
#include <string.h>

#include "app/trials.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

static const char *const decision_word[] = {
	[TRIAL_OPEN] = "open", [TRIAL_A] = "a", [TRIAL_B] = "b", [TRIAL_NO_DIFFERENCE] = "no_difference",
};

static enum err print_json(const struct trial_run *run, struct err_info *info)
{
	struct trial_verdict v = trial_verdict(&run->count);
	bool any = run->row.id != 0;

	return json_print(json_pack("{s:b,s:o,s:o,s:o,s:o,s:o,s:i,s:i,s:i,s:f,s:f,s:f,s:f,s:o}", "running", trial_runs(run),
				    "id", any ? json_integer(run->row.id) : json_null(), "a", json_text(run->row.a), "b", json_text(run->row.b),
				    "started", json_time(any ? run->row.started : DATE_NONE), "ended", json_time(run->row.ended),
				    "opens", (int)(v.a + v.b), "wins_a", (int)v.a, "wins_b", (int)v.b, "mean", v.mean, "low", v.low, "high", v.high,
				    "a_better", v.a_better, "decision", any ? json_text(decision_word[v.decision]) : json_null()), 2, info);
}

static void print_status(const struct trial_run *run)
{
	struct trial_verdict v = trial_verdict(&run->count);
	struct arena a = ARENA_INIT;
	char from[DATE_TEXT], to[DATE_TEXT];

	if (!run->row.id) {
		printf("There was no trial yet: eclose trial start A B\n");
		return;
	}
	printf("A is %s, B is %s; %s %.10s", run->row.a, run->row.b, trial_runs(run) ? "running since" : "from",
	       date_rfc3339(run->row.started, from));
	if (run->row.ended != DATE_NONE)
		printf(" to %.10s", date_rfc3339(run->row.ended, to));
	printf("\n%s\n", trial_words(&a, &v));
	if (v.a + v.b)
		printf("A's share of the opens that tell: %.0f %%, between %.0f %% and %.0f %% with a probability of %.0f %%\n", 100 * v.mean, 100 * v.low, 100 * v.high,
		       100 * TRIAL_SURE);
	if (trial_runs(run) && run->unknown)
		printf("It rests: %s\n", run->unknown);
	arena_clear(&a);
}

enum what { STATUS, START, STOP };

static enum err check_words(int argc, char **argv, enum what *what, struct err_info *info)
{
	char a[RANKING_NAME], b[RANKING_NAME];

	*what = STATUS;
	if (argc == 0)
		return OK;
	if (strcmp(argv[0], "start") == 0) {
		*what = START;
		return argc == 3 ? trial_pair(argv[1], argv[2], a, b, info) : err_set(info, ERR_USAGE, "trial start needs the names of two rankings");
	}
	if (strcmp(argv[0], "stop") == 0)
		*what = STOP;
	else if (strcmp(argv[0], "status") != 0)
		return err_set(info, ERR_USAGE, "trial takes start, status or stop, not '%s'", argv[0]);
	return cmd_no_more(argc - 1, argv + 1, info);
}

static void print_words(const struct trial_run *run, enum what what)
{
	if (what == START) {
		printf("A trial is running: A is %s, B is %s. Read as ever; it ends by itself, and eclose trial says how it stands.\n", run->row.a, run->row.b);
		return;
	}
	if (what == STOP)
		printf("The trial is stopped.\n");
	print_status(run);
}

enum err cmd_trial(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct ranker *r = NULL;
	struct app app;
	enum what what;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = check_words(argc, argv, &what, info);
	if (e == OK)
		e = cmd_open_ranker(&app, &r, o, info);
	if (e != OK)
		return e;
	e = what == START ? ranker_trial_start(r, argv[1], argv[2], info) : what == STOP ? ranker_trial_stop(r, info) : ranker_trial_settle(r, info);
	if (e == OK && json)
		e = print_json(ranker_trial(r), info);
	else if (e == OK)
		print_words(ranker_trial(r), what);
	cmd_close_ranker(&app, r);
	return e;
}
