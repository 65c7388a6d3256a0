/* date - what feeds write where a date should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/date.h"

static const char *read(const char *s)
{
	static char out[DATE_TEXT];
	int64_t t;

	return date_parse(s, &t) ? date_rfc3339(t, out) : "none";
}

static void all(const char *const (*pair)[2], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(read(pair[i][0]), pair[i][1]) != 0)
			fail_msg("\"%s\" is read as %s, not %s", pair[i][0], read(pair[i][0]), pair[i][1]);
}

#define ALL(p) all(p, sizeof(p) / sizeof *(p))

static void iso_dates_are_read_in_all_their_parts(void **state)
{
	static const char *const pair[][2] = {
		{ "2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z" }, { " 2003-12-31T10:14:55.1234-08:00\n", "2003-12-31T18:14:55Z" },
		{ "2003-12-31T10:14Z", "2003-12-31T10:14:00Z" }, { "2003-12-31 10:14:55", "2003-12-31T10:14:55Z" },
		{ "2003", "2003-01-01T00:00:00Z" }, { "2003-12", "2003-12-01T00:00:00Z" }, { "2003-12-31", "2003-12-31T00:00:00Z" },
		{ "20031231", "2003-12-31T00:00:00Z" }, { "20031231T101455Z", "2003-12-31T10:14:55Z" }, { "200312", "2003-12-01T00:00:00Z" },
		{ "2003-335", "2003-12-01T00:00:00Z" }, { "2003335", "2003-12-01T00:00:00Z" }, { "03-12-31", "2003-12-31T00:00:00Z" },
		{ "031231", "2003-12-31T00:00:00Z" }, { "2004-W53-6", "2005-01-01T00:00:00Z" }, { "2009-W01-1", "2008-12-29T00:00:00Z" },
		{ "2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z" }, { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
		{ "2003-12-31T10:14:55+0530", "2003-12-31T04:44:55Z" }, { "2003-12-31T10:14:55+02", "2003-12-31T08:14:55Z" },
	};

	(void)state;
	ALL(pair);
}

static void mail_dates_are_read_in_their_broken_forms(void **state)
{
	static const char *const pair[][2] = {
		{ "Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" }, { "Thu, 01 Jan 04 19:48 EST", "2004-01-02T00:48:00Z" },
		{ "1 January 1999 00:00:00 +0530", "1998-12-31T18:30:00Z" }, { "Wed, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
		{ "01 Jan 99 10:00 UT", "1999-01-01T10:00:00Z" }, { "Thursday, January 1, 2004 7:48 PM", "2004-01-01T19:48:00Z" },
		{ "Mon, 26 January 2004 16:31:00 GMT+0200", "2004-01-26T14:31:00Z" }, { "Thu, 01 Jan 2004 12:30 AM", "2004-01-01T00:30:00Z" },
		{ "Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z" }, { "Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z" },
		{ "Thu, 01 Jan 2004 19:48:21 (comment) +0000", "2004-01-01T19:48:21Z" }, { "Thu, 01-Jan-2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
		{ "Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z" }, { "01 Jan 103 00:00 Z", "2003-01-01T00:00:00Z" },
	};

	(void)state;
	ALL(pair);
}

static void dates_of_other_countries_are_read(void **state)
{
	static const char *const pair[][2] = {
		{ "2004년 05월 28일  01:31:15", "2004-05-28T01:31:15Z" }, { "2004-05-25 오후 11:23:17", "2004-05-25T23:23:17Z" },
		{ "2004年5月3日 下午3時20分", "2004-05-03T15:20:00Z" }, { "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z" },
		{ "2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z" }, { "mar. 12 janv. 2010 10:00", "2010-01-12T10:00:00Z" },
		{ "31. Dezember 2005", "2005-12-31T00:00:00Z" }, { "5/31/2004", "2004-05-31T00:00:00Z" }, { "31.05.2004 10:00", "2004-05-31T10:00:00Z" },
		{ "31/05/2004", "2004-05-31T00:00:00Z" }, { "1073246946", "2004-01-04T20:09:06Z" }, { "1073246946123", "2004-01-04T20:09:06Z" },
	};

	(void)state;
	ALL(pair);
}

static void what_is_no_date_is_refused_and_changes_nothing(void **state)
{
	static const char *const none[] = { "", "  ", "yesterday", "hello 2004 and so on", "12:00", "2004-13-01", "Mon, 32 Jan 2004", "99999-01-01", "0",
		"2004-01-01T25:00:00Z", "12 Jan", "0000-01-01", "not a date at all, not in the least, in 2004" };
	int64_t t = 7;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		if (date_parse(none[i], &t))
			fail_msg("\"%s\" is taken for a date: %s", none[i], read(none[i]));
		assert_int_equal(t, 7);
	}
}

/* Counted day by day, as a calendar does. */
static void every_day_of_four_centuries_is_counted_right(void **state)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int64_t day = -135140; /* 1600-01-01 */

	(void)state;
	for (int year = 1600; year < 2004; year++)
		for (int month = 1; month <= 12; month++) {
			int days = length[month - 1] + (month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)));

			for (int d = 1; d <= days; d++, day++) {
				char text[DATE_TEXT];
				int64_t t;

				assert_int_equal(date_from_civil(year, month, d, 1, 2, 3), day * DATE_DAY + 3723);
				assert_true(date_parse(date_rfc3339(day * DATE_DAY + 3723, text), &t));
				assert_int_equal(t, day * DATE_DAY + 3723);
			}
		}
}

static void parts_may_run_over(void **state)
{
	(void)state;
	assert_int_equal(date_from_civil(2003, 14, 1, 0, 0, 0), date_from_civil(2004, 2, 1, 0, 0, 0));
	assert_int_equal(date_from_civil(2004, 0, 1, 0, 0, 0), date_from_civil(2003, 12, 1, 0, 0, 0));
	assert_int_equal(date_from_civil(2004, -11, 1, 0, 0, 0), date_from_civil(2003, 1, 1, 0, 0, 0));
	assert_int_equal(date_from_civil(2004, 2, 30, 24, 60, 60), date_from_civil(2004, 3, 2, 1, 1, 0));
	assert_int_equal(date_from_civil(1970, 1, 1, 0, 0, 0), 0);
}

static void an_age_takes_four_cells(void **state)
{
	static const struct { int64_t age; const char *text; } pair[] = {
		{ -5, "now" }, { -59, "now" }, { -60, "+1m" }, { -3 * 86400, "+3d" }, { -13 * 86400, "+13d" }, { -60 * 86400, "+8w" },
		{ -200 * (int64_t)31557600, "+99y" }, { 0, "now" }, { 59, "now" }, { 60, "1m" }, { 3599, "59m" }, { 3600, "1h" }, { 86399, "23h" }, { 86400, "1d" },
		{ 13 * 86400, "13d" }, { 14 * 86400, "2w" }, { 364 * 86400, "52w" }, { 365 * 86400, "1y" }, { 800 * (int64_t)86400, "2y" },
		{ 5000 * (int64_t)31557600, "999y" },
	};
	char out[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
		assert_string_equal(date_age(2000000000, 2000000000 - pair[i].age, out), pair[i].text);
	assert_string_equal(date_age(0, DATE_NONE, out), "?");
	assert_string_equal(date_rfc3339(DATE_NONE, out), "");
	assert_string_equal(date_rfc3339(INT64_MAX, out), "9999-12-31T23:59:59Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iso_dates_are_read_in_all_their_parts),
		cmocka_unit_test(mail_dates_are_read_in_their_broken_forms),
		cmocka_unit_test(dates_of_other_countries_are_read),
		cmocka_unit_test(what_is_no_date_is_refused_and_changes_nothing),
		cmocka_unit_test(every_day_of_four_centuries_is_counted_right),
		cmocka_unit_test(parts_may_run_over),
		cmocka_unit_test(an_age_takes_four_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
