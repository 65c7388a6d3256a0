/* trials - at most one runs, and an end is an end. */
#include "tests/unit/store_kit.h"

#include <string.h>

static struct trial_row newest(struct kit *k)
{
	struct trial_row t;

	must(trials_newest(&k->st, &k->a, &t, &k->info));
	return t;
}

static void a_trial_comes_back_as_it_was_started(void **state)
{
	struct kit *k = *state;
	struct trial_row t = newest(k);

	assert_int_equal(t.id, 0);
	must(trials_start(&k->st, "rank", "slider=60", KIT_NOW, &k->info));
	kit_reopen(k);
	t = newest(k);
	assert_int_equal(t.id, 1);
	assert_string_equal(t.a, "rank");
	assert_string_equal(t.b, "slider=60");
	assert_int_equal(t.started, KIT_NOW);
	assert_true(t.ended == DATE_NONE);
}

static void a_second_one_is_refused_while_one_runs(void **state)
{
	struct kit *k = *state;

	must(trials_start(&k->st, "rank", "slider=60", KIT_NOW, &k->info));
	assert_int_equal(trials_start(&k->st, "new", "feeds", KIT_NOW + 60, &k->info), ERR_UNSUPPORTED);
	says(k, "rank and slider=60");
	says(k, "2026-03-31");
	assert_int_equal(kit_int(k, "SELECT count(*) FROM trials"), 1);
	/* Nor past this gateway. */
	assert_int_not_equal(db_exec(k->st.db, "INSERT INTO trials (a, b, started) VALUES ('x', 'y', 1)", &k->info), OK);
	must(trials_end(&k->st, 1, KIT_NOW + 90, &k->info));
	must(trials_start(&k->st, "new", "feeds", KIT_NOW + 100, &k->info));
	assert_int_equal(newest(k).id, 2);
	assert_string_equal(newest(k).a, "new");
}

static void an_end_stays_where_it_is(void **state)
{
	struct kit *k = *state;

	must(trials_start(&k->st, "rank", "new", KIT_NOW, &k->info));
	must(trials_end(&k->st, 1, KIT_NOW + 60, &k->info));
	must(trials_end(&k->st, 1, KIT_NOW + 999, &k->info));
	assert_int_equal(newest(k).ended, KIT_NOW + 60);
	must(trials_end(&k->st, 7, KIT_NOW, &k->info)); /* of another */
	assert_int_equal(newest(k).id, 1);
	kit_healthy(k);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_trial_comes_back_as_it_was_started),
		T(a_second_one_is_refused_while_one_runs),
		T(an_end_stays_where_it_is),
	};

	return cmocka_run_group_tests_name("store_trials", tests, NULL, NULL);
}
