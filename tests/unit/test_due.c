/* due - when a feed is asked again, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/due.h"
#include "app/refresh.h"

#define NOW 1774936800 /* 2026-03-31 06:00 UTC, a Tuesday */
#define MINUTE 60
/* From NOW on; what is 0 is absent, the interval an hour. */
static int64_t wait_of(struct due d)
{
	d.now = NOW;
	d.url = d.url ? d.url : "https://one.example/feed";
	d.interval = d.interval ? d.interval : DATE_HOUR;
	d.ttl = d.ttl ? d.ttl : -1;
	d.max_age = d.max_age ? d.max_age : -1;
	d.retry_after = d.retry_after ? d.retry_after : -1;
	return due_next(&d) - NOW;
}

#define WAIT(...) wait_of((struct due){ __VA_ARGS__ })

static const char *feed_of(int i)
{
	static char url[64];

	snprintf(url, sizeof url, "https://host%d.example/feed", i);
	return url;
}

/* ---- while all is well ---- */

static void the_interval_is_kept_but_for_a_twentieth(void **state)
{
	int64_t least = DATE_HOUR, most = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t w = WAIT(.url = feed_of(i));

		least = w < least ? w : least;
		most = w > most ? w : most;
		assert_true(w >= 57 * MINUTE && w <= 60 * MINUTE);
	}
	assert_true(least < 57 * MINUTE + 5 && most > 60 * MINUTE - 5); /* spread over all of it */
	assert_int_equal(WAIT(.failed = false), WAIT(.failed = false));
}

static void what_the_feed_asks_is_never_undercut(void **state)
{
	(void)state;
	assert_int_equal(WAIT(.ttl = 90), 90 * MINUTE);
	assert_int_equal(WAIT(.max_age = 7200), 7200);
	assert_int_equal(WAIT(.ttl = 90, .max_age = 7200), 7200);
	assert_int_equal(WAIT(.ttl = 60, .max_age = 10), 60 * MINUTE);
	assert_true(WAIT(.ttl = 5, .max_age = 0) >= 57 * MINUTE); /* nor the reader */
	assert_int_equal(WAIT(.max_age = 3000 * DATE_DAY), DATE_DAY);
	assert_int_equal(WAIT(.ttl = 100000000), DATE_DAY);
	assert_true(WAIT(.interval = 10 * DATE_DAY) > 9 * DATE_DAY); /* but the reader may want it so */
}

/* ---- failures ---- */

static void each_failure_doubles_the_wait_up_to_a_day(void **state)
{
	(void)state;
	for (int n = 0; n < 40; n++) {
		double plain = n < 5 ? (double)(DATE_HOUR << n) : 20.0 * DATE_HOUR;
		double w = (double)WAIT(.failed = true, .failures = n);

		assert_true(w >= .8 * plain - 1 && w <= 1.2 * plain + 1);
		assert_true(w <= DATE_DAY);
	}
	assert_true(WAIT(.failed = true, .ttl = 100000000) <= DATE_DAY);
	assert_true(WAIT(.failed = true, .interval = 10 * DATE_DAY) >= 8 * DATE_DAY); /* not more often than a feed that works */
}

static void a_thousand_feeds_that_failed_together_come_back_spread(void **state)
{
	int tenth[10] = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t w = WAIT(.url = feed_of(i), .failed = true, .failures = 1);
		int k = (int)((double)(w - 96 * MINUTE) / (48.0 * MINUTE / 10)); /* 120 minutes and a fifth to both sides */

		assert_true(k >= 0 && k <= 10);
		tenth[k < 10 ? k : 9]++;
	}
	for (int k = 0; k < 10; k++)
		assert_true(tenth[k] > 60 && tenth[k] < 140);
}

static void retry_after_holds_whatever_else_is_so(void **state)
{
	(void)state;
	assert_int_equal(WAIT(.failed = true, .retry_after = 9000), 9000);
	assert_int_equal(WAIT(.retry_after = 9000, .max_age = 8000), 9000);
	assert_true(WAIT(.failed = true, .retry_after = 5) >= 48 * MINUTE);
	assert_int_equal(WAIT(.failed = true, .retry_after = 3650 * DATE_DAY), 7 * DATE_DAY);
}

/* ---- hours and days that are to be skipped ---- */

static int64_t free_at(int64_t now, uint32_t hours, unsigned days)
{
	return due_next(&(struct due){ .url = "u", .now = now, .interval = DATE_HOUR, .ttl = 60, .max_age = -1, .retry_after = -1, .skip_hours = hours, .skip_days = days });
}

static void a_skipped_hour_moves_it_to_the_next_that_is_not(void **state)
{
	(void)state;
	assert_int_equal(free_at(NOW + 1800, 0, 0), NOW + 1800 + DATE_HOUR);
	assert_int_equal(free_at(NOW + 1800, 1u << 7, 0), NOW + 2 * DATE_HOUR); /* 08:00 sharp */
	assert_int_equal(free_at(NOW + 1800, 1u << 7 | 1u << 8, 0), NOW + 3 * DATE_HOUR);
	assert_int_equal(free_at(NOW + 1800, 1u << 8, 0), NOW + 1800 + DATE_HOUR);
	assert_int_equal(free_at(NOW + 17 * DATE_HOUR, 1u << 0 | 1u << 1, 0), NOW + 20 * DATE_HOUR); /* over midnight: 02:00 on Wednesday */
}

static void a_skipped_day_moves_it_to_the_next_that_is_not_and_never_by_more_than_a_day(void **state)
{
	(void)state;
	assert_int_equal(free_at(NOW, 0, 1u << 2), NOW + 18 * DATE_HOUR);             /* Tuesday: at midnight */
	assert_int_equal(free_at(NOW, 0, 1u << 0 | 1u << 1), NOW + DATE_HOUR);        /* Sunday and Monday are past */
	assert_int_equal(free_at(NOW, 0, 0x7f), NOW + DATE_HOUR + DATE_DAY);
	assert_int_equal(free_at(NOW, 0xffffff, 0), NOW + DATE_HOUR + DATE_DAY);
	assert_int_equal(free_at(NOW + 1800, 0xffffff, 0x7f), NOW + 1800 + DATE_HOUR + DATE_DAY);
}

/* ---- where ---- */

static void a_move_is_believed_when_it_was_seen_twice_and_as_long_as_it_answers(void **state)
{
	struct feed f = { .url = "http://old.example/f", .moved_to = "https://new.example/f", .moved_seen = 1 };

	(void)state;
	assert_string_equal(due_address(&f), "http://old.example/f");
	f.moved_seen = 2;
	assert_string_equal(due_address(&f), "https://new.example/f");
	f.failures = DUE_OLD_AFTER;
	assert_string_equal(due_address(&f), "http://old.example/f");
	f.failures = 0;
	f.moved_to = NULL;
	assert_string_equal(due_address(&f), "http://old.example/f");
}

static void what_a_feed_asks_is_said_in_words(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_null(due_asks(&a, &(struct feed){ .ttl = -1 }));
	assert_string_equal(due_asks(&a, &(struct feed){ .ttl = 1 }), "1 minute between two looks");
	assert_string_equal(due_asks(&a, &(struct feed){ .ttl = 90, .skip_hours = 1u << 0 | 1u << 23, .skip_days = 1u << 0 | 1u << 6 }),
			    "90 minutes between two looks; not at 0 23 h UTC; not on Sunday Saturday");
	assert_string_equal(due_asks(&a, &(struct feed){ .ttl = -1, .skip_hours = 1u << 7 }), "not at 7 h UTC");
	assert_string_equal(due_asks(&a, &(struct feed){ .ttl = -1, .skip_days = 1u << 3 }), "not on Wednesday");
	arena_clear(&a);
}

static void a_subscription_may_have_an_interval_of_its_own(void **state)
{
	static const char *own[] = { "timeout=5", "interval=7" }, *bad[] = { "interval=often" };
	struct sub sub[] = { { .url = "http://a.example/", .settings = own, .n_settings = 2 }, { .url = "http://b.example/", .settings = bad, .n_settings = 1 } };
	struct app app = { .config = { .interval = 60 }, .subs = { .sub = sub, .n = 2 } };

	(void)state;
	assert_int_equal(feed_interval(&app, &(struct feed){ .url = "http://a.example/" }), 7);
	assert_int_equal(feed_interval(&app, &(struct feed){ .url = "http://b.example/" }), 60);
	assert_int_equal(feed_interval(&app, &(struct feed){ .url = "http://c.example/" }), 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_interval_is_kept_but_for_a_twentieth),
		cmocka_unit_test(what_the_feed_asks_is_never_undercut),
		cmocka_unit_test(each_failure_doubles_the_wait_up_to_a_day),
		cmocka_unit_test(a_thousand_feeds_that_failed_together_come_back_spread),
		cmocka_unit_test(retry_after_holds_whatever_else_is_so),
		cmocka_unit_test(a_skipped_hour_moves_it_to_the_next_that_is_not),
		cmocka_unit_test(a_skipped_day_moves_it_to_the_next_that_is_not_and_never_by_more_than_a_day),
		cmocka_unit_test(a_move_is_believed_when_it_was_seen_twice_and_as_long_as_it_answers),
		cmocka_unit_test(what_a_feed_asks_is_said_in_words),
		cmocka_unit_test(a_subscription_may_have_an_interval_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
