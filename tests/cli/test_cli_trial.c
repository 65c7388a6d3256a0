/* A trial of two rankings from outside: its command, the page while it runs, its end. */
#include "run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/store.h"

/* Three of the sample feeds, fetched. */
static void fill(struct cli *c)
{
	const char *from = cli_format(c, "file://%s/data/samples", getenv("TEST_SRCDIR"));

	cli_write(c, "config/urls", cli_format(c, "%s/tidepool.xml\n%s/northwire.xml\n%s/slow-oven.xml\n", from, from, from));
	done(eclose(c, "fetch"));
}

static json_t *trial(struct cli *c)
{
	return json_of(c, done(eclose(c, "trial", "status", "--json")));
}

static bool null_at(const json_t *o, const char *name)
{
	return json_is_null(json_object_get(o, name));
}

static void a_trial_is_started_told_and_stopped(void **state)
{
	struct cli *c = *state;
	json_t *t;

	assert_string_equal(done(eclose(c, "trial")).out, "There was no trial yet: eclose trial start A B\n");
	t = trial(c);
	assert_true(!bool_at(t, "running") && null_at(t, "id") && null_at(t, "a") && null_at(t, "started") && null_at(t, "decision"));
	assert_string_equal(done(eclose(c, "trial", "start", "rank", "slider=060")).out,
			    "A trial is running: A is rank, B is slider=60. Read as ever; it ends by itself, and eclose trial says how it stands.\n");
	assert_string_equal(done(eclose(c, "trial")).out, "A is rank, B is slider=60; running since 2026-03-31\nNo open that tells yet.\n");
	t = trial(c);
	assert_true(bool_at(t, "running") && null_at(t, "ended"));
	assert_int_equal(int_at(t, "id"), 1);
	assert_string_equal(text_at(t, "a"), "rank");
	assert_string_equal(text_at(t, "b"), "slider=60");
	assert_string_equal(text_at(t, "started"), CLI_NOW);
	assert_string_equal(text_at(t, "decision"), "open");
	assert_int_equal(int_at(t, "opens") + int_at(t, "wins_a") + int_at(t, "wins_b"), 0);
	assert_true(fabs(real_at(t, "low") - .05) < 1e-9 && fabs(real_at(t, "high") - .95) < 1e-9);
	assert_true(real_at(t, "mean") == .5 && fabs(real_at(t, "a_better") - .5) < 1e-9);
	fails(eclose(c, "trial", "start", "new", "feeds"), 1, "a trial of rank and slider=60 has been running since 2026-03-31");
	c->now = "2026-04-02T06:00:00Z";
	assert_string_equal(done(eclose(c, "trial", "stop")).out,
			    "The trial is stopped.\nA is rank, B is slider=60; from 2026-03-31 to 2026-04-02\nNo open that tells yet.\n");
	fails(eclose(c, "trial", "stop"), 1, "no trial is running");
	t = json_of(c, done(eclose(c, "trial", "start", "new", "feeds", "--json")));
	assert_int_equal(int_at(t, "id"), 2);
	t = json_of(c, done(eclose(c, "trial", "stop", "--json")));
	assert_string_equal(text_at(t, "ended"), "2026-04-02T06:00:00Z");
	assert_false(bool_at(t, "running"));
	cli_healthy(c);
}

static void the_page_is_drafted_blindly_and_only_while_the_trial_runs(void **state)
{
	struct cli *c = *state;
	struct ran before, during, newest;
	const char *why, *id;
	const json_t *p;

	fill(c);
	before = done(eclose(c, "rank", "--json"));
	newest = done(eclose(c, "rank", "--json", "--order", "new"));
	id = cli_format(c, "%lld", int_at(json_array_get(array_at(json_of(c, before), "entries"), 0), "id"));
	why = done(eclose(c, "why", id, "--json")).out;
	done(eclose(c, "trial", "start", "random", "feeds"));
	during = done(eclose(c, "rank", "--json"));
	assert_string_not_equal(during.out, before.out);
	assert_null(strstr(during.out, "team"));
	assert_null(strstr(during.out, "random"));
	p = json_of(c, during);
	assert_string_equal(text_at(p, "note"), "A trial is running. More: eclose trial");
	assert_null(json_object_get(json_array_get(array_at(p, "entries"), 0), "trial"));
	assert_non_null(strstr(done(eclose(c, "rank")).out, "\nA trial is running. More: eclose trial\n"));
	assert_string_equal(done(eclose(c, "rank", "--json")).out, during.out);
	assert_string_equal(done(eclose(c, "rank", "--json", "--order", "new")).out, newest.out);
	assert_string_equal(done(eclose(c, "why", id, "--json")).out, why);
	done(eclose(c, "trial", "stop"));
	assert_string_equal(done(eclose(c, "rank", "--json")).out, before.out);
}

/* As the reader records them: n openings, each of another article. */
static void read_of(struct cli *c, enum team team, int64_t first, int n)
{
	struct err_info info = ERR_INFO_INIT;
	struct store st;
	int64_t at = 0;

	assert_true(date_parse(CLI_NOW, &at));
	assert_int_equal(store_open(&st, cli_path(c, "data/eclose.db"), DB_READ_WRITE, &info), OK);
	for (int i = 0; i < n; i++) {
		struct event e = { .at = at + 60, .article = first + i, .kind = EVENT_OPEN, .dwell = 60, .scroll = -1, .explore = -1, .propensity = -1, .trial = 1,
			.team = (int)team };

		assert_int_equal(events_append(&st, &e, &info), OK);
	}
	store_close(&st);
}

static void it_says_how_it_stands_and_ends_by_itself(void **state)
{
	struct cli *c = *state;
	json_t *t;

	fill(c);
	done(eclose(c, "trial", "start", "new", "rank"));
	read_of(c, TEAM_A, 1, 2);
	read_of(c, TEAM_B, 3, 12);
	t = trial(c);
	assert_int_equal(int_at(t, "opens"), 14);
	assert_int_equal(int_at(t, "wins_a"), 2);
	assert_int_equal(int_at(t, "wins_b"), 12);
	assert_true(fabs(real_at(t, "mean") - 3. / 16) < 1e-9);
	assert_non_null(strstr(done(eclose(c, "trial")).out, "B is ahead 12 to 2 of 14 opens that tell; not enough yet.\nA's share of the opens that tell: 19 %, between "));
	fails(eclose(c, "trial", "start", "new", "feeds"), 1, "a trial of new and rank");
	read_of(c, TEAM_B, 15, 6);
	c->now = "2026-03-31T12:00:00Z";
	assert_non_null(strstr(done(eclose(c, "rank")).out, "\nThe trial is over: rank wins "));
	t = trial(c);
	assert_false(bool_at(t, "running"));
	assert_string_equal(text_at(t, "decision"), "b");
	assert_string_equal(text_at(t, "ended"), "2026-03-31T06:01:00Z");
	assert_non_null(strstr(done(eclose(c, "trial", "status")).out, "from 2026-03-31 to 2026-03-31\nB wins "));
	fails(eclose(c, "trial", "stop"), 1, "no trial is running");
	done(eclose(c, "trial", "start", "new", "feeds"));
	cli_healthy(c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_trial_is_started_told_and_stopped),
		TEST(the_page_is_drafted_blindly_and_only_while_the_trial_runs),
		TEST(it_says_how_it_stands_and_ends_by_itself),
	};

	return cmocka_run_group_tests_name("trials from outside", tests, NULL, NULL);
}
