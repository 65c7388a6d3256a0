/* rhythm - a value of the slider for each day, and how one is kept: the one number changes, every other byte stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "base/rng.h"

#define SUNDAY 0
#define MONDAY 1
#define SATURDAY 6

/* ---- reading ---- */

static void days_are_named_in_full_or_by_three_letters_in_any_case(void **state)
{
	struct err_info info = ERR_INFO_INIT;
	struct rhythm r;
	int all;

	(void)state;
	assert_int_equal(rhythm_read("30 sunday=60  Sat=50\tMONDAY=0 # the week", &all, &r, &info), OK);
	assert_int_equal(all, 30);
	assert_int_equal(r.set, 1u << SUNDAY | 1u << SATURDAY | 1u << MONDAY);
	assert_int_equal(r.day[SUNDAY], 60);
	assert_int_equal(r.day[SATURDAY], 50);
	assert_int_equal(r.day[MONDAY], 0);
	assert_int_equal(rhythm_read("\"45\" \"fri=7\"", &all, &r, &info), OK);
	assert_int_equal(all, 45);
	assert_int_equal(r.set, 1u << 5);
	assert_int_equal(rhythm_read("100", &all, &r, &info), OK);
	assert_int_equal(r.set, 0);
}

static void assert_refused(const char *words, const char *sentence)
{
	struct err_info info = ERR_INFO_INIT;
	struct rhythm r = { .set = 5 };
	int all = 17;

	assert_int_equal(rhythm_read(words, &all, &r, &info), ERR_USAGE);
	assert_string_equal(info.text, sentence);
	assert_int_equal(all, 17);
	assert_int_equal(r.set, 5);
}

static void what_cannot_be_followed_is_named(void **state)
{
	(void)state;
	assert_refused("", "'explore' takes a whole number from 0 to 100, not ''");
	assert_refused("# 30", "'explore' takes a whole number from 0 to 100, not ''");
	assert_refused("30#", "'explore' takes a whole number from 0 to 100, not '30#'");
	assert_refused("99999999999999999999", "'explore' takes a whole number from 0 to 100, not '99999999999999999999'");
	assert_refused("30 sunday=101", "'explore' takes a whole number from 0 to 100, not 'sunday=101'");
	assert_refused("30 sunday=", "'explore' takes a whole number from 0 to 100, not 'sunday='");
	assert_refused("30 sunday=-5", "'explore' takes a whole number from 0 to 100, not 'sunday=-5'");
	assert_refused("30 sundy=60", "no day of the week in 'sundy=60', did you mean 'sunday'?");
	assert_refused("30 q=60", "no day of the week in 'q=60'; a day of its own is written as sunday=60");
	assert_refused("30 40", "'40' is too much; a day of its own is written as sunday=60");
	assert_refused("30 sun=1 sunday=2", "'sunday=2' is the second value for sunday");
}

/* ---- editing ---- */

static void assert_edit(const char *text, int weekday, const char *wanted, const char *before, const char *after)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	const char *was = NULL, *is = NULL;

	rhythm_edit(text, strlen(text), weekday, 77, &a, &out, &was, &is);
	assert_string_equal(buf_str(&out), wanted);
	if (before)
		assert_string_equal(was, before);
	else
		assert_null(was);
	assert_string_equal(is, after);
	buf_clear(&out);
	arena_clear(&a);
}

static void the_number_that_holds_is_changed_and_nothing_else(void **state)
{
	(void)state;
	assert_edit("", MONDAY, "set explore 77\n", NULL, "set explore 77");
	assert_edit("set color no", MONDAY, "set color no\nset explore 77\n", NULL, "set explore 77");
	assert_edit("# set explore 5\n", MONDAY, "# set explore 5\nset explore 77\n", NULL, "set explore 77");
	assert_edit("set explore 30\n", MONDAY, "set explore 77\n", "set explore 30", "set explore 77");
	assert_edit("  set\texplore   5 # mine\r\nbind x open\n", MONDAY, "  set\texplore   77 # mine\r\nbind x open\n", "  set\texplore   5 # mine",
		"  set\texplore   77 # mine");
	assert_edit("set explore \"30\"", MONDAY, "set explore \"77\"", "set explore \"30\"", "set explore \"77\"");
	assert_edit("set explore 30\nset explore 40\nset idle 9", MONDAY, "set explore 30\nset explore 77\nset idle 9", "set explore 40", "set explore 77");
}

static void a_day_with_a_value_of_its_own_keeps_it_apart(void **state)
{
	static const char both[] = "set explore 30 sunday=60 sat=50 # week\n";

	(void)state;
	assert_edit(both, SUNDAY, "set explore 30 sunday=77 sat=50 # week\n", "set explore 30 sunday=60 sat=50 # week", "set explore 30 sunday=77 sat=50 # week");
	assert_edit(both, SATURDAY, "set explore 30 sunday=60 sat=77 # week\n", "set explore 30 sunday=60 sat=50 # week", "set explore 30 sunday=60 sat=77 # week");
	assert_edit(both, MONDAY, "set explore 77 sunday=60 sat=50 # week\n", "set explore 30 sunday=60 sat=50 # week", "set explore 77 sunday=60 sat=50 # week");
	assert_edit("set explore 1 sun=2\nset explore 3\n", SUNDAY, "set explore 1 sun=2\nset explore 77\n", "set explore 3", "set explore 77"); /* the last line holds */
	assert_edit("set explore 3 \"sun=2\"\n", SUNDAY, "set explore 3 \"sun=77\"\n", "set explore 3 \"sun=2\"", "set explore 3 \"sun=77\"");
}

static void a_line_without_a_value_gets_one(void **state)
{
	(void)state;
	assert_edit("set explore", MONDAY, "set explore 77", "set explore", "set explore 77");
	assert_edit("set explore # none\n", MONDAY, "set explore 77 # none\n", "set explore # none", "set explore 77 # none");
	assert_edit("set explore 3 sun=\n", SUNDAY, "set explore 3 sun=77\n", "set explore 3 sun=", "set explore 3 sun=77");
}

/* Any text of these pieces: what is written is read back as the value, and the rest is as long as it was. */
static void any_file_is_read_back_with_the_value(void **state)
{
	static const char *const PIECE[] = { "set", "explore", "30", "sun=5", "\"", "#", " ", "\t", "\n", "\r\n", "x", "sunday=60", "set explore 4", "mon=", "\n" };
	struct rng r;

	(void)state;
	rng_seed(&r, 5);
	for (int turn = 0; turn < 3000; turn++) {
		struct buf text = BUF_INIT, out = BUF_INIT, again = BUF_INIT;
		struct arena a = ARENA_INIT;
		const char *before, *after, *after_again;

		for (uint64_t i = rng_below(&r, 14); i-- > 0;)
			buf_puts(&text, PIECE[rng_below(&r, sizeof PIECE / sizeof *PIECE)]);
		rhythm_edit(buf_str(&text), text.len, SUNDAY, 77, &a, &out, &before, &after);
		rhythm_edit(buf_str(&out), out.len, SUNDAY, 77, &a, &again, &before, &after_again);
		assert_string_equal(buf_str(&again), buf_str(&out)); /* it is found there, and is the value already */
		assert_string_equal(before, after);
		buf_clear(&text);
		buf_clear(&out);
		buf_clear(&again);
		arena_clear(&a);
	}
}

/* ---- today ---- */

struct fixture { char dir[64]; char path[96]; struct app app; struct arena a; };

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	strcpy(f->dir, "/tmp/eclose-rhythm-XXXXXX");
	if (!f || !mkdtemp(f->dir))
		return -1;
	snprintf(f->path, sizeof f->path, "%s/config", f->dir);
	f->app.config_path = f->path;
	f->app.frozen = 1775350800; /* 2026-04-05T01:00:00Z, a Sunday */
	setenv("TZ", "UTC", 1);
	tzset();
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	char path[96];

	unlink(f->path);
	snprintf(path, sizeof path, "%s/real", f->dir);
	unlink(path);
	assert_int_equal(rmdir(f->dir), 0);
	arena_clear(&f->a);
	unsetenv("TZ");
	tzset();
	free(f);
	return 0;
}

static void load(struct fixture *f, const char *text)
{
	struct err_info info = ERR_INFO_INIT;

	assert_int_equal(buf_write_file(f->path, text, strlen(text), 0640, &info), OK);
	assert_int_equal(config_load(&f->app.config, f->path, &f->a, &info), OK);
}

static void the_day_is_that_of_the_readers_clock(void **state)
{
	struct fixture *f = *state;

	load(f, "set explore 30 sunday=60 saturday=50\n");
	assert_int_equal(app_explore(&f->app), 60);
	setenv("TZ", "EST5", 1); /* it is still Saturday there */
	tzset();
	assert_int_equal(app_explore(&f->app), 50);
	f->app.frozen += 2 * DATE_DAY;
	assert_int_equal(app_explore(&f->app), 30);
	f->app.explore_given = true;
	f->app.explore = 0;
	assert_int_equal(app_explore(&f->app), 0);
}

static void assert_file(const struct fixture *f, const char *wanted, unsigned mode)
{
	struct err_info info = ERR_INFO_INIT;
	struct buf text = BUF_INIT;
	struct stat st;

	assert_int_equal(buf_read_file(&text, f->path, 1000, &info), OK);
	assert_string_equal(buf_str(&text), wanted);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, mode);
	buf_clear(&text);
}

static void keeping_changes_todays_value_and_says_what_was_there(void **state)
{
	struct fixture *f = *state;
	struct err_info info = ERR_INFO_INIT;
	const char *words;

	load(f, "# mine\nset explore 30 sunday=60\nset idle 9\n");
	assert_int_equal(app_keep_explore(&f->app, 45, &f->a, &words, &info), OK);
	assert_string_equal(words, "kept: set explore 30 sunday=45 (before: set explore 30 sunday=60)");
	assert_file(f, "# mine\nset explore 30 sunday=45\nset idle 9\n", 0640);
	assert_int_equal(app_explore(&f->app), 45);
	f->app.frozen += DATE_DAY;
	assert_int_equal(app_keep_explore(&f->app, 20, &f->a, &words, &info), OK);
	assert_file(f, "# mine\nset explore 20 sunday=45\nset idle 9\n", 0640);
	assert_int_equal(app_explore(&f->app), 20);
}

static void keeping_makes_a_file_where_there_is_none(void **state)
{
	struct fixture *f = *state;
	struct err_info info = ERR_INFO_INIT;
	const char *words;

	assert_int_equal(app_keep_explore(&f->app, 45, &f->a, &words, &info), OK);
	assert_string_equal(words, "kept: set explore 45 (there was no such line)");
	assert_file(f, "set explore 45\n", 0600);
}

static void keeping_follows_a_link(void **state)
{
	struct fixture *f = *state;
	struct err_info info = ERR_INFO_INIT;
	const char *words;
	struct stat st;
	char real[96];

	snprintf(real, sizeof real, "%s/real", f->dir);
	assert_int_equal(buf_write_file(real, "set explore 1\n", 14, 0604, &info), OK);
	assert_int_equal(symlink(real, f->path), 0);
	assert_int_equal(app_keep_explore(&f->app, 45, &f->a, &words, &info), OK);
	assert_int_equal(lstat(f->path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_file(f, "set explore 45\n", 0604);
}

static void nothing_is_kept_in_a_profile_that_is_thrown_away_or_where_it_cannot_be_written(void **state)
{
	struct fixture *f = *state;
	struct err_info info = ERR_INFO_INIT;
	const char *words = "as before";

	load(f, "set explore 30\n");
	f->app.demo = true;
	assert_int_equal(app_keep_explore(&f->app, 45, &f->a, &words, &info), ERR_UNSUPPORTED);
	f->app.demo = false;
	f->app.config_path = "/nowhere/config";
	assert_int_not_equal(app_keep_explore(&f->app, 45, &f->a, &words, &info), OK);
	assert_non_null(strstr(info.text, "/nowhere/config"));
	assert_string_equal(words, "as before");
	assert_int_equal(app_explore(&f->app), 30);
	assert_file(f, "set explore 30\n", 0640);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_named_in_full_or_by_three_letters_in_any_case),
		cmocka_unit_test(what_cannot_be_followed_is_named),
		cmocka_unit_test(the_number_that_holds_is_changed_and_nothing_else),
		cmocka_unit_test(a_day_with_a_value_of_its_own_keeps_it_apart),
		cmocka_unit_test(a_line_without_a_value_gets_one),
		cmocka_unit_test(any_file_is_read_back_with_the_value),
		cmocka_unit_test_setup_teardown(the_day_is_that_of_the_readers_clock, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeping_changes_todays_value_and_says_what_was_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeping_makes_a_file_where_there_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeping_follows_a_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_kept_in_a_profile_that_is_thrown_away_or_where_it_cannot_be_written, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("rhythm", tests, NULL, NULL);
}
