#include "base/date.h"

#include <stdio.h>

int64_t date_from_civil(int64_t year, int month, int day, int hour, int min, int sec)
{
	int64_t m = month - 1, era, yoe, doy;

	year += m >= 0 ? m / 12 : -((11 - m) / 12);
	m = (m % 12 + 12) % 12; /* 0..11 */
	year -= m < 2;
	era = (year >= 0 ? year : year - 399) / 400;
	yoe = year - era * 400;
	doy = (153 * (m < 2 ? m + 10 : m - 2) + 2) / 5 + day - 1;
	return (era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468) * DATE_DAY + hour * DATE_HOUR + min * (int64_t)60 + sec;
}

/* The inverse for days since 1970. */
static void civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t era, doe, yoe, doy, mp;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = yoe + era * 400 + (*month <= 2);
}

const char *date_rfc3339(int64_t t, char out[DATE_TEXT])
{
	int64_t days, year;
	int month, day;
	unsigned clock;

	if (t == DATE_NONE) {
		out[0] = '\0';
		return out;
	}
	/* years 0..9999 can be written; what lies outside is a mistake of the source */
	if (t < date_from_civil(0, 1, 1, 0, 0, 0))
		t = date_from_civil(0, 1, 1, 0, 0, 0);
	if (t > date_from_civil(9999, 12, 31, 23, 59, 59))
		t = date_from_civil(9999, 12, 31, 23, 59, 59);
	days = t / DATE_DAY - (t % DATE_DAY < 0);
	clock = (unsigned)(t - days * DATE_DAY);
	civil_from_days(days, &year, &month, &day);
	snprintf(out, DATE_TEXT, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)year % 10000u, (unsigned)month % 100u, (unsigned)day % 100u,
		 clock / 3600 % 100u, clock / 60 % 60, clock % 60);
	return out;
}

const char *date_age(int64_t now, int64_t t, char out[DATE_TEXT])
{
	static const struct { int64_t below, unit; char letter; } step[] = {
		{ DATE_HOUR, 60, 'm' }, { DATE_DAY, DATE_HOUR, 'h' }, { 14 * DATE_DAY, DATE_DAY, 'd' },
		{ 365 * DATE_DAY, 7 * DATE_DAY, 'w' }, { 365250 * DATE_DAY, 365 * DATE_DAY + DATE_HOUR * 6, 'y' },
	};
	int64_t age, most;
	bool future;
	size_t i = 0;

	if (t == DATE_NONE || __builtin_sub_overflow(now, t, &age) || age == INT64_MIN) {
		snprintf(out, DATE_TEXT, "?");
		return out;
	}
	future = age < 0;
	age = future ? -age : age;
	if (age < 60) {
		snprintf(out, DATE_TEXT, "now");
		return out;
	}
	while (i + 1 < sizeof step / sizeof *step && age >= step[i].below)
		i++;
	age /= step[i].unit;
	if (age < 1)
		age = 1; /* the 365th day is a year */
	most = future ? 99 : 999;
	snprintf(out, DATE_TEXT, "%s%d%c", future ? "+" : "", (int)(age > most ? most : age), step[i].letter);
	return out;
}
