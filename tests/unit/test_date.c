/* date - what feeds write where a date should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
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
	int wrong = 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(read(pair[i][0]), pair[i][1]) != 0) {
			print_error("\"%s\" is read as %s, not %s\n", pair[i][0], read(pair[i][0]), pair[i][1]);
			wrong++;
		}
	assert_int_equal(wrong, 0);
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
		{ "03335", "2003-12-01T00:00:00Z" }, { "03-335", "2003-12-01T00:00:00Z" }, { "2004-366", "2004-12-31T00:00:00Z" },
		{ "-0312", "2003-12-01T00:00:00Z" }, { "-03-12", "2003-12-01T00:00:00Z" }, { "-03", "2003-01-01T00:00:00Z" },
		{ "-03-12-31", "2003-12-31T00:00:00Z" }, { "-031231", "2003-12-31T00:00:00Z" }, { "2004W536", "2005-01-01T00:00:00Z" }, { "2004-W53", "2004-12-27T00:00:00Z" },
		{ "04W53-6", "2005-01-01T00:00:00Z" }, { "2003-12-31T10Z", "2003-12-31T10:00:00Z" }, { "2003-12-31T10", "2003-12-31T10:00:00Z" },
		{ "2003-12-31T1014", "2003-12-31T10:14:00Z" }, { "20031231101455", "2003-12-31T10:14:55Z" }, { "2003123110", "2003-12-31T10:00:00Z" },
		{ "20031231T101455.25+0100", "2003-12-31T09:14:55Z" }, { "2003-12-31T10:14:55,5Z", "2003-12-31T10:14:55Z" },
		{ "2003-12-31t10:14:55z", "2003-12-31T10:14:55Z" }, { "2003-12-31T10:14:55-00:00", "2003-12-31T10:14:55Z" },
		{ "2003-12-31T10:14:55", "2003-12-31T10:14:55Z" }, { "2003-12-31T10:14:55 -08:00", "2003-12-31T18:14:55Z" },
		{ "2003-12-31T10:14:55+0530\t", "2003-12-31T04:44:55Z" }, { "2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z" },
		{ "2004-07-08 23:56", "2004-07-08T23:56:00Z" }, { "2004/07/08", "2004-07-08T00:00:00Z" }, { "2004.07.08", "2004-07-08T00:00:00Z" },
		{ "2004-2-9T1:02:03Z", "2004-02-09T01:02:03Z" }, { "2003-12-31T10:14:55+99:99", "2003-12-31T10:14:55Z" },
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
		{ "Thursday, 01-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21Z" }, { "Thu,01Jan2004 19:48:21GMT", "2004-01-01T19:48:21Z" },
		{ "Thu, 01 Jan 200419:48:21 GMT", "2004-01-01T19:48:21Z" }, { "Thu 01 Jan 2004 19:48:21", "2004-01-01T19:48:21Z" },
		{ "Thu , 1 Jan , 2004 , 9:8:7 +1", "2004-01-01T08:08:07Z" }, { "Jan 1, 2004", "2004-01-01T00:00:00Z" },
		{ "Sunday, January 4th, 2004 at 4:05 p.m. EST", "2004-01-04T21:05:00Z" }, { "3pm 20 Sep 2004", "2004-09-20T15:00:00Z" },
		{ "20 Sep 2004 3pm", "2004-09-20T15:00:00Z" }, { "Thu, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z" },
		{ "Thu, 31 Dec 1998 23:59:60 GMT", "1999-01-01T00:00:00Z" }, { "Thu, 01 Jan 2004 19:48:21 UTC+0100", "2004-01-01T18:48:21Z" },
		{ "Thu, 01 Jan 2004 19:48:21 GMT+1", "2004-01-01T18:48:21Z" }, { "Thu, 01 Jan 2004 19:48:21 GMT-05:30", "2004-01-02T01:18:21Z" },
		{ "Thu, 01 Jan 2004 19:48:21 A", "2004-01-01T20:48:21Z" }, { "Thu, 01 Jan 2004 19:48:21 M", "2004-01-02T07:48:21Z" },
		{ "Thu, 01 Jan 2004 19:48:21 N", "2004-01-01T18:48:21Z" }, { "Thu, 01 Jan 2004 19:48:21 Y", "2004-01-01T07:48:21Z" },
		{ "Thu, 01 Jan 2004 19:48:21 K", "2004-01-02T05:48:21Z" }, { "Thu, 01 Jan 2004 19:48:21 est", "2004-01-02T00:48:21Z" },
		{ "Thu, 01 Jan 2004 19:48:21 \xe2\x88\x92" "0500", "2004-01-02T00:48:21Z" }, { "Thu, 01 Jan 2004 19:48:21 0500", "2004-01-01T19:48:21Z" },
		{ "Thu, 01 Jan 2004 19:48:21 +0000 GMT", "2004-01-01T19:48:21Z" }, { "Thu, 01 Jan 2004", "2004-01-01T00:00:00Z" },
		{ "2004 Jan 01 10:00", "2004-01-01T10:00:00Z" }, { "Sun Jan  4 16:29:06 2004 GMT", "2004-01-04T16:29:06Z" },
		{ "Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z" }, { "Mon Jan 05 10:00:00 +0100 2004", "2004-01-05T09:00:00Z" },
		{ "Sat, 3 Jan 2004 09:00 America/New_York", "2004-01-03T09:00:00Z" },
		{ "12-31-2003", "2003-12-31T00:00:00Z" }, { "31-12-2003", "2003-12-31T00:00:00Z" }, { "12/31/03 10:00", "2003-12-31T10:00:00Z" },
	};

	(void)state;
	ALL(pair);
}

static void dates_of_other_countries_are_read(void **state)
{
	static const char *const pair[][2] = {
		{ "2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z" }, { "2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z" },
		{ "2004年5月3日 下午3時20分", "2004-05-03T15:20:00Z" }, { "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z" },
		{ "2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z" }, { "mar. 12 janv. 2010 10:00", "2010-01-12T10:00:00Z" },
		{ "31. Dezember 2005", "2005-12-31T00:00:00Z" }, { "5/31/2004", "2004-05-31T00:00:00Z" }, { "31.05.2004 10:00", "2004-05-31T10:00:00Z" },
		{ "2004-05-25 오전 12:00:17", "2004-05-24T15:00:17Z" }, { "2004年5月3日(月) 15:20", "2004-05-03T15:20:00Z" },
		{ "2004年05月03日 15時20分30秒", "2004-05-03T15:20:30Z" }, { "2004年5月3日 月曜日", "2004-05-03T00:00:00Z" }, { "2004년 5월 3일 오후 3:20", "2004-05-03T06:20:00Z" }, { "2004년 5월 3일 오후 3:20 +0000", "2004-05-03T15:20:00Z" }, { "2004년 5월 3일", "2004-05-03T00:00:00Z" },
		{ "25 มกราคม 2547", "2004-01-25T00:00:00Z" }, { "25 มกราคม พ.ศ. 2547 10:00", "2004-01-25T10:00:00Z" },
		{ "31/05/2004", "2004-05-31T00:00:00Z" }, { "1073246946", "2004-01-04T20:09:06Z" }, { "1073246946123", "2004-01-04T20:09:06Z" },
	};

	(void)state;
	ALL(pair);
}

/* Day 5 of each month, by its full name (as it stands behind a number) and abbreviated. */
static void months_are_known_in_many_languages(void **state)
{
	static const char *const names[][12] = {
		{ "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" },
		{ "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember" },
		{ "Jän.", "Feb.", "Mrz.", "Apr.", "Mai", "Jun.", "Jul.", "Aug.", "Sept.", "Okt.", "Nov.", "Dez." },
		{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre" },
		{ "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "aoû", "sept.", "oct.", "nov.", "déc." },
		{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre" },
		{ "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre" },
		{ "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro" },
		{ "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december" },
		{ "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec" },
		{ "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia" },
		{ "sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru" },
		{ "ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince" },
		{ "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december" },
		{ "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december" },
		{ "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta",
		  "marraskuuta", "joulukuuta" },
		{ "január", "február", "március", "április", "május", "június", "július", "augusztus", "szeptember", "október", "november", "december" },
		{ "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie", "octombrie", "noiembrie", "decembrie" },
		{ "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık" },
		{ "Ιανουαρίου", "Φεβρουαρίου", "Μαρτίου", "Απριλίου", "Μαΐου", "Ιουνίου", "Ιουλίου", "Αυγούστου", "Σεπτεμβρίου", "Οκτωβρίου", "Νοεμβρίου",
		  "Δεκεμβρίου" },
		{ "Ιαν", "Φεβ", "Μάρ", "Απρ", "Μάι", "Ιούν", "Ιούλ", "Αύγ", "Σεπ", "Οκτ", "Νοέ", "Δεκ" },
		{ "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря" },
		{ "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек" },
		{ "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня" },
		{ "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври", "ноември", "декември" },
		{ "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม" },
	};

	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (int m = 0; m < 12; m++) {
			char text[128], want[64];

			snprintf(text, sizeof text, "5 %s 2004 10:00", names[i][m]);
			snprintf(want, sizeof want, "2004-%02d-05T10:00:00Z", m + 1);
			if (strcmp(read(text), want) != 0) {
				print_error("\"%s\" is read as %s\n", text, read(text));
				wrong++;
			}
		}
	assert_int_equal(wrong, 0);
}

static void days_of_the_week_say_nothing(void **state)
{
	static const char *const days[] = { "Mon", "Tuesday", "Mi", "Donnerstag", "sam.", "mardi", "mar", "dom", "sábado", "mié", "gio", "venerdì", "terça-feira",
		"maandag", "zo", "czwartek", "pondělí", "čt", "fredag", "lördag", "ti", "keskiviikkona", "hétfő", "sâmbătă", "Çarşamba", "Paz", "Δευτέρα", "Κυρ",
		"воскресенье", "Пн", "неділя", "петък" };

	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		char text[128];

		snprintf(text, sizeof text, "%s, 12 Jan 2004 10:00 GMT", days[i]);
		if (strcmp(read(text), "2004-01-12T10:00:00Z") != 0)
			fail_msg("\"%s\" is read as %s", text, read(text));
	}
}

static void what_is_no_date_is_refused_and_changes_nothing(void **state)
{
	static const char *const none[] = { "", "  ", "yesterday", "hello 2004 and so on", "12:00", "2004-13-01", "Mon, 32 Jan 2004", "99999-01-01", "0",
		"2004-01-01T25:00:00Z", "12 Jan", "0000-01-01",
		"30 Feb 2004", "2003-02-29", "2003-04-31", "Thu, 31 Jun 2004 19:48:21 GMT", "2003-366", "20030431", "20030031", "20030100", "2003-00-01", "2003-01-00",
		"2004-01-01T24:01:00Z", "2004-01-01T10:60:00Z", "2004-01-01T10:00:61Z", "--12-31", "--1231", "---31", "-335", "-w-6", "2004-W54", "2004-W10-8",
		"room 5", "marketing 3 2004", "the project of 2004", "10:14:55", "5 pm", "May", "2004 was a good year", "not a date at all, not in the least, in 2004" };
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
		cmocka_unit_test(months_are_known_in_many_languages),
		cmocka_unit_test(days_of_the_week_say_nothing),
		cmocka_unit_test(what_is_no_date_is_refused_and_changes_nothing),
		cmocka_unit_test(every_day_of_four_centuries_is_counted_right),
		cmocka_unit_test(parts_may_run_over),
		cmocka_unit_test(an_age_takes_four_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
