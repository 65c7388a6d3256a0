/* Reading dates.
 *
 * Feeds write them in so many broken forms that a list of formats never ends. So the string is read as words and numbers, each of which
 * says by itself what it is: "10:14" is a time, "+0200" behind a time a zone, "Jan" a month, 2004 a year. The numbers that are left are put
 * in order at the end. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/date_quick.h"
#include "base/date_words.h"
#include "base/utf8.h"

struct dating {
	const char *s, *start;
	int number[3], digits[3]; /* numbers of the date, in order, and how they were written */
	char between;             /* what stood between the first two */
	size_t n;
	int year, month, day, ordinal, week, weekday; /* 0: not said */
	int hour, min, sec;       /* hour -1: no time */
	int offset;               /* seconds east of Greenwich */
	bool after_time, half, pm, named, joined, zoned;
	bool short_year;          /* ISO 8601: "-03", the year of a century that is understood */
	bool thai;                /* its years count from the Buddha's death */
	int unknown;              /* words that mean nothing here */
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Up to nine digits as a number. Returns how many digits stand there in all. */
static int number_at(const char *s, int *value)
{
	int n = 0;

	*value = 0;
	for (; digit(s[n]); n++)
		if (n < 9)
			*value = *value * 10 + (s[n] - '0');
	return n;
}

static int piece(const char *s, int n)
{
	int v = 0;

	while (n-- > 0 && digit(*s))
		v = v * 10 + (*s++ - '0');
	return v;
}

static int full_year(int value, int digits)
{
	if (digits >= 4)
		return value;
	if (digits == 3)
		return value + 1900; /* RFC 2822, 4.3: what a careless program printed for 2000 and later */
	return value + (value < 50 ? 2000 : 1900);
}

/* ---- times ---- */

/* "hh:mm[:ss[.fff]]" at d->s. */
static bool read_time(struct dating *d)
{
	int n = number_at(d->s, &d->hour);

	d->s += n + 1;
	d->s += number_at(d->s, &d->min);
	if (d->s[0] == ':' && digit(d->s[1])) {
		d->s++;
		d->s += number_at(d->s, &d->sec);
	}
	if ((d->s[0] == '.' || d->s[0] == ',' || d->s[0] == ':') && digit(d->s[1]))
		for (d->s++; digit(*d->s); d->s++)
			;
	d->after_time = true;
	return true;
}

/* "hh", "hhmm" or "hhmmss" behind the T of ISO 8601, or behind a packed date. */
static bool read_packed_time(struct dating *d, const char *s, int n)
{
	if (n != 1 && n != 2 && n != 4 && n != 6)
		return false;
	d->hour = piece(s, n < 2 ? 1 : 2);
	d->min = n >= 4 ? piece(s + 2, 2) : 0;
	d->sec = n >= 6 ? piece(s + 4, 2) : 0;
	d->after_time = true;
	if ((d->s[0] == '.' || d->s[0] == ',') && digit(d->s[1]))
		for (d->s++; digit(*d->s); d->s++)
			;
	return true;
}

/* "hh[:mm]" or "hhmm" at d->s, behind a sign. A zone that nobody has is none. */
static bool read_offset(struct dating *d, int sign)
{
	int h, m = 0, n = number_at(d->s, &h);

	if (n > 4)
		return false;
	d->s += n;
	if (n > 2) {
		m = h % 100;
		h /= 100;
	} else if (d->s[0] == ':' && digit(d->s[1])) {
		d->s++;
		d->s += number_at(d->s, &m);
	}
	d->zoned = true;
	if (h <= 24 && m <= 59)
		d->offset = sign * (h * 3600 + m * 60);
	return true;
}

/* ---- numbers ---- */

/* 0 means "not said", so a month or day that is said to be 0 becomes one that can't be. */
static int said(int value)
{
	return value ? value : 99;
}

static void set_packed(struct dating *d, int year, int month, int day)
{
	d->year = year;
	d->month = said(month);
	d->day = said(day);
}

/* A lone run of digits that is a whole date: YYYYMMDD[hhmm[ss]], YYYYDDD, YYMMDD, YYYYMM, YYDDD. */
static bool read_packed_date(struct dating *d, const char *s, int n)
{
	if (d->n || d->year)
		return false;
	if (n == 8 || n == 10 || n == 12 || n == 14) {
		set_packed(d, piece(s, 4), piece(s + 4, 2), piece(s + 6, 2));
		return n == 8 || read_packed_time(d, s + 8, n - 8);
	}
	if (n == 7 || n == 5) {
		d->year = n == 7 ? piece(s, 4) : full_year(piece(s, 2), 2);
		d->ordinal = piece(s + n - 3, 3);
		if (!d->ordinal)
			d->ordinal = 999;
		return true;
	}
	if (n == 6 && piece(s, 2) >= 19 && piece(s, 2) <= 20 && piece(s + 4, 2) >= 1 && piece(s + 4, 2) <= 12) {
		d->year = piece(s, 4);
		d->month = piece(s + 4, 2);
		return true;
	}
	if (n == 6) {
		set_packed(d, full_year(piece(s, 2), 2), piece(s + 2, 2), piece(s + 4, 2));
		return true;
	}
	return false;
}

static bool read_unit(struct dating *d, int value, char unit)
{
	switch (unit) {
	case 'y': d->year = value; return true;
	case 'm': d->month = value; d->named = true; return true;
	case 'd': d->day = value; return true;
	case 'H': d->hour = value; d->after_time = true; return true;
	case 'M': d->min = value; return true;
	case 'S': d->sec = value; return true;
	default: return false;
	}
}

static void keep_number(struct dating *d, int value, int digits, char before)
{
	if (d->n == 1)
		d->between = before;
	d->number[d->n] = value;
	d->digits[d->n++] = digits;
}

/* A number that is no time and no zone. */
static bool read_number(struct dating *d)
{
	const char *s = d->s;
	char before = s > d->start ? s[-1] : ' ', unit;
	int value, n = number_at(s, &value);
	size_t len;

	d->s += n;
	unit = date_unit(d->s, &len);
	if (unit && read_unit(d, value, unit)) {
		d->s += len;
		return true;
	}
	if (d->joined && d->hour < 0 && (before == 't' || before == 'T'))
		return read_packed_time(d, s, n);
	if (d->short_year && n == 4 && d->n == 0) { /* "-0312" */
		keep_number(d, piece(s, 2), 2, '-');
		keep_number(d, piece(s + 2, 2), 2, '-');
		return true;
	}
	if (n == 6 && *d->s == ':' && digit(d->s[1]) && d->n < 3) { /* "200419:48:21": a blank is missing */
		keep_number(d, piece(s, 4), 4, before);
		d->s = s + 4;
		return read_time(d);
	}
	if (n >= 5)
		return read_packed_date(d, s, n);
	if (d->n == 3 || (d->year && d->month && d->day)) { /* a number too many is an hour, or a zone without its sign */
		if (d->hour < 0 && n <= 2) {
			d->hour = value;
			d->after_time = true;
		}
		return d->hour >= 0;
	}
	keep_number(d, value, n, before);
	return true;
}

/* ---- words ---- */

/* "pm" behind a time, or behind the number that is one. */
static bool read_half(struct dating *d, bool pm)
{
	if (d->hour < 0 && d->n && d->digits[d->n - 1] <= 2 && d->number[d->n - 1] <= 12) {
		d->hour = d->number[--d->n];
		d->after_time = true;
	}
	if (d->hour < 0)
		return false;
	d->half = true;
	d->pm = pm;
	return true;
}

static void know_word(struct dating *d, const char *word)
{
	int month = date_month(word), zone;

	if ((unsigned char)word[0] == 0xe0 && ((unsigned char)word[1] == 0xb8 || (unsigned char)word[1] == 0xb9))
		d->thai = true;
	if (month && !(d->named && date_weekday(word))) { /* "mar" is a day as well */
		d->month = month;
		d->named = true;
		return;
	}
	if ((strcmp(word, "am") == 0 || strcmp(word, "pm") == 0) && read_half(d, word[0] == 'p'))
		return;
	if (d->hour >= 0 && date_zone(word, &zone)) {
		d->offset = zone * 60;
		d->after_time = d->zoned = true; /* an offset may follow: "GMT+2" */
		return;
	}
	if (!d->after_time && !date_weekday(word) && !date_filler(word))
		d->unknown++; /* behind a time it may be a place whose zone is meant */
}

/* "W53", "W536" behind a year. */
static void read_week(struct dating *d)
{
	int n = number_at(d->s, &d->week);

	d->s += n;
	if (n == 3) {
		d->weekday = d->week % 10;
		d->week /= 10;
	}
}

/* A run of letters at d->s. Returns false where there is none. */
static bool read_word(struct dating *d)
{
	char word[DATE_WORD];
	size_t n = date_word(d->s, word);

	d->s += n;
	if (n == 0)
		return false;
	if (n == 1 && word[0] == 'w' && digit(*d->s)) {
		read_week(d);
	} else if (n == 1 && word[0] == 't' && digit(*d->s)) {
		d->joined = true;
	} else if (n == 1 && (word[0] == 'a' || word[0] == 'p') && d->s[0] == '.' && (d->s[1] == 'm' || d->s[1] == 'M')) { /* "p.m." */
		d->s += 2;
		if (!read_half(d, word[0] == 'p'))
			d->unknown++;
	} else {
		know_word(d, word);
	}
	return true;
}

/* A sign at d->s, its bytes in *len: '+', '-', or one of the dashes that are typeset for it. 0: none. */
static int sign_at(const char *s, size_t *len)
{
	*len = 1;
	if (*s == '+' || *s == '-')
		return *s == '+' ? 1 : -1;
	*len = 3;
	return strncmp(s, "\xe2\x88\x92", 3) == 0 || strncmp(s, "\xe2\x80\x93", 3) == 0 ? -1 : 0;
}

/* One word, number or mark at d->s. */
static bool step(struct dating *d)
{
	size_t len;
	int value, n, sign;
	char unit;

	if (digit(*d->s)) {
		n = number_at(d->s, &value);
		return n <= 2 && d->s[n] == ':' && digit(d->s[n + 1]) && d->hour < 0 ? read_time(d) : read_number(d);
	}
	sign = sign_at(d->s, &len);
	if (sign && digit(d->s[len]) && d->after_time) {
		d->s += len;
		return read_offset(d, sign);
	}
	unit = date_unit(d->s, &len);
	if (unit == 'A' || unit == 'P') {
		d->half = true;
		d->pm = unit == 'P';
	}
	if (unit) {
		d->s += len;
		return true;
	}
	if (*d->s == '(') { /* a comment of RFC 822 */
		d->s += strcspn(d->s, ")");
		return true;
	}
	if (!read_word(d)) {
		uint32_t cp;

		d->s += utf8_decode(d->s, strnlen(d->s, 4), &cp);
	}
	return true;
}

/* ---- the numbers of the date, in order ---- */

/* With a month's name: "1 Jan 2004", "2004 Jan 1". */
static void order_named(struct dating *d)
{
	size_t y = d->n; /* which one is the year */

	for (size_t i = 0; i < d->n && y == d->n; i++)
		if (d->digits[i] >= 3 || d->number[i] > 31)
			y = i;
	if (y == d->n && d->n >= 2)
		y = 1;
	for (size_t i = 0; i < d->n; i++) {
		if (i == y && !d->year)
			d->year = full_year(d->number[i], d->digits[i]);
		else if (i != y && !d->day)
			d->day = said(d->number[i]);
	}
}

static void set_date(struct dating *d, size_t y, size_t m, size_t day)
{
	d->year = full_year(d->number[y], d->digits[y]);
	if (m < d->n)
		d->month = said(d->number[m]);
	if (day < d->n)
		d->day = said(d->number[day]);
}

static void order_numbers(struct dating *d)
{
	if (d->n == 0 || (d->n < 3 && d->digits[0] < 4 && !d->short_year && !(d->n == 2 && d->digits[1] == 3)))
		return; /* no year in it */
	if (d->n == 2 && d->digits[1] == 3) {
		d->year = full_year(d->number[0], d->digits[0]);
		d->ordinal = d->number[1];
	} else if (d->digits[0] >= 4 || d->n < 3) {
		set_date(d, 0, 1, 2);
	} else if (d->digits[2] >= 4 && d->number[0] <= 12 && (d->between == '/' || d->number[1] > 12)) {
		set_date(d, 2, 0, 1); /* 5/31/2004 */
	} else if (d->digits[2] >= 4) {
		set_date(d, 2, 1, 0);
	} else if (d->between == '/' && d->number[0] <= 12) {
		set_date(d, 2, 0, 1);
	} else if (d->between == '.' || d->between == '/') {
		set_date(d, 2, 1, 0);
	} else {
		set_date(d, 0, 1, 2); /* 04-05-31 */
	}
}

static bool order(struct dating *d)
{
	if (d->week) {
		if (d->n == 0)
			return false;
		d->year = full_year(d->number[0], d->digits[0]);
		if (!d->weekday && d->n > 1)
			d->weekday = d->number[1];
	} else if (d->named) {
		order_named(d);
	} else if (!d->year) {
		order_numbers(d);
	}
	if (d->thai && d->year > 2400)
		d->year -= 543;
	return true;
}

static int days_of(int year, int month)
{
	return (int)((date_from_civil(year, month + 1, 1, 0, 0, 0) - date_from_civil(year, month, 1, 0, 0, 0)) / DATE_DAY);
}

static bool sane(const struct dating *d)
{
	if (d->year < 1 || d->year > 9999 || d->month > 12 || d->day > days_of(d->year, d->month ? d->month : 1) || d->week > 53 || d->weekday > 7)
		return false;
	if (d->ordinal > 365 + (days_of(d->year, 2) == 29))
		return false;
	if (d->hour > 24 || d->min > 59 || d->sec > 60 || (d->hour == 24 && (d->min || d->sec)))
		return false;
	/* a number in prose is no date: a bare year stands alone */
	return d->unknown <= 2 && (d->month || d->ordinal || d->week || !d->unknown);
}

static int64_t put_together(struct dating *d)
{
	int64_t t;

	if (d->half && d->hour >= 0 && d->hour <= 12)
		d->hour = d->hour % 12 + (d->pm ? 12 : 0);
	t = date_from_civil(d->year, d->month ? d->month : 1, d->day ? d->day : 1, d->hour > 0 ? d->hour : 0, d->min, d->sec);
	if (d->ordinal)
		t += (d->ordinal - 1) * DATE_DAY;
	if (d->week) { /* ISO week 1 holds 4 January; 1970-01-05 was a Monday */
		int64_t fourth = date_from_civil(d->year, 1, 4, 0, 0, 0) / DATE_DAY - 4, monday = fourth - ((fourth % 7) + 7) % 7 + 4;

		t += (monday + (d->week - 1) * 7) * DATE_DAY - date_from_civil(d->year, 1, 1, 0, 0, 0);
		t += (d->weekday ? d->weekday - 1 : 0) * DATE_DAY;
	}
	return t - d->offset;
}

/* Seconds or milliseconds since 1970, as some programs write them: of 2001 to 2286, which as a packed date and hour would be of no year that feeds have. */
static bool read_epoch(const char *s, int64_t *t)
{
	size_t n = strspn(s, "0123456789");
	int64_t v = 0;

	if ((n != 10 && n != 13) || s[n + strspn(s + n, " \t\r\n")])
		return false;
	if (n == 10 && (strncmp(s, "19", 2) == 0 || strncmp(s, "20", 2) == 0) && piece(s + 4, 2) <= 12 && piece(s + 6, 2) <= 31 && piece(s + 8, 2) <= 24 &&
	    piece(s + 4, 2) && piece(s + 6, 2) && piece(s, 4) < 2030)
		return false; /* "2004010119" */
	for (size_t i = 0; i < 10; i++)
		v = v * 10 + (s[i] - '0');
	*t = v;
	return true;
}

#define DATE_LONGEST 128 /* bytes; what is longer is prose */

/* Korean words, and no zone with them: Korea has just one. */
static bool in_korea(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0xea && (unsigned char)*s <= 0xed) {
			uint32_t cp;

			(void)utf8_decode(s, strnlen(s, 4), &cp);
			if (cp >= 0xac00 && cp <= 0xd7a3)
				return true;
		}
	return false;
}

/* A zone can lead out of the years that can be written. */
static bool keep(int64_t read, int64_t *t)
{
	if (read < date_from_civil(1, 1, 1, 0, 0, 0) || read > date_from_civil(9999, 12, 31, 23, 59, 59))
		return false;
	*t = read;
	return true;
}

bool date_parse(const char *s, int64_t *t)
{
	struct dating d = { .hour = -1 };
	int64_t read;

	s += strspn(s, " \t\r\n");
	if (strlen(s) > DATE_LONGEST)
		return false;
	if (date_quick(s, &read) || read_epoch(s, &read))
		return keep(read, t);
	if (s[0] == '-') { /* ISO 8601, truncated: "-03-12" leaves out the century; what lacks the year too is no date */
		size_t n = strspn(s + 1, "0123456789");

		if (n != 2 && n != 4 && n != 6)
			return false;
		d.short_year = true;
	}
	d.s = d.start = s;
	while (*d.s)
		if (!step(&d))
			return false;
	if (!order(&d) || !sane(&d))
		return false;
	if (!d.zoned && d.hour >= 0 && in_korea(s))
		d.offset = 9 * 3600;
	return keep(put_together(&d), t);
}
