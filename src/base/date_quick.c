#include "base/date_quick.h"

#include <string.h>

#include "base/date.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number of n digits at *s, which moves behind it; -1 where they are none. */
static int number(const char **s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++, ++*s) {
		if (!digit(**s))
			return -1;
		v = 10 * v + (**s - '0');
	}
	return v;
}

static bool take(const char **s, char c)
{
	if (**s != c)
		return false;
	++*s;
	return true;
}

/* hh:mm:ss at *s as seconds; -1 where it is none. */
static int clock_time(const char **s)
{
	int hour = number(s, 2), min, sec;

	if (hour < 0 || hour > 23 || !take(s, ':') || (min = number(s, 2)) < 0 || min > 59 || !take(s, ':') || (sec = number(s, 2)) < 0 || sec > 59)
		return -1;
	return hour * 3600 + min * 60 + sec;
}

/* "+hh:mm", or without the colon, to the end, as seconds east. */
static bool offset(const char *s, bool colon, int *seconds)
{
	int sign = *s == '-' ? -1 : 1, hour, min;

	if (*s != '+' && *s != '-')
		return false;
	s++;
	if ((hour = number(&s, 2)) < 0 || hour > 14 || (colon && !take(&s, ':')) || (min = number(&s, 2)) < 0 || min > 59 || *s)
		return false;
	*seconds = sign * (hour * 3600 + min * 60);
	return true;
}

static bool is_day(int year, int month, int day)
{
	static const unsigned char days[12] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] && (month != 2 || day < 29 || leap);
}

static int month_named(const char *s)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; i < 12; i++)
		if (memcmp(names + 3 * i, s, 3) == 0)
			return i + 1;
	return 0;
}

static bool is_weekday(const char *s)
{
	static const char names[] = "MonTueWedThuFriSatSun";

	for (int i = 0; i < 7; i++)
		if (memcmp(names + 3 * i, s, 3) == 0)
			return true;
	return false;
}

/* RFC 2822. */
static bool mail_date(const char *s, int64_t *t)
{
	int day, month, year, time, east = 0;

	if (strlen(s) < 24 || !is_weekday(s) || s[3] != ',' || s[4] != ' ')
		return false;
	s += 5;
	day = number(&s, digit(s[1]) ? 2 : 1);
	if (day < 0 || !take(&s, ' ') || strlen(s) < 13)
		return false;
	month = month_named(s);
	s += 3;
	if (!take(&s, ' ') || (year = number(&s, 4)) < 0 || !take(&s, ' ') || (time = clock_time(&s)) < 0 || !take(&s, ' '))
		return false;
	if (strcmp(s, "GMT") != 0 && strcmp(s, "UTC") != 0 && strcmp(s, "UT") != 0 && strcmp(s, "Z") != 0 && !offset(s, false, &east))
		return false;
	if (!is_day(year, month, day))
		return false;
	*t = date_from_civil(year, month, day, 0, 0, 0) + time - east;
	return true;
}

/* RFC 3339. */
static bool net_date(const char *s, int64_t *t)
{
	int year = number(&s, 4), month, day, time, east = 0;

	if (year < 0 || !take(&s, '-') || (month = number(&s, 2)) < 0 || !take(&s, '-') || (day = number(&s, 2)) < 0 || !take(&s, 'T') ||
	    (time = clock_time(&s)) < 0)
		return false;
	if (*s == '.' && digit(s[1]))
		for (s++; digit(*s); s++)
			;
	if (strcmp(s, "Z") != 0 && !offset(s, true, &east))
		return false;
	if (!is_day(year, month, day))
		return false;
	*t = date_from_civil(year, month, day, 0, 0, 0) + time - east;
	return true;
}

bool date_quick(const char *s, int64_t *t)
{
	return digit(*s) ? net_date(s, t) : mail_date(s, t);
}
