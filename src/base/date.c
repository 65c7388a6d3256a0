#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/date_quick.h"
#include "base/utf8.h"

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

/* ---- reading --------------------------------------------------------------------------------------------------
 *
 * Feeds write dates in so many broken forms that a list of formats never ends. So the string is read as words and numbers, each of which
 * says by itself what it is: "10:14" is a time, "+0200" behind a time a zone, "Jan" a month, 2004 a year. The numbers that are left are put
 * in order at the end. */

struct dating {
	const char *s;
	int number[3], digits[3]; /* numbers of the date, in order, and how they were written */
	char between;             /* what stood between the first two */
	size_t n;
	int year, month, day, ordinal, week; /* 0: not said */
	int hour, min, sec;       /* hour -1: no time */
	int offset;               /* seconds east of Greenwich */
	bool zoned, after_time, half, pm, named, joined;
	int unknown;              /* words that mean nothing here */
};

static const struct { const char *name; int minutes; } zones[] = {
	{ "z", 0 }, { "ut", 0 }, { "gmt", 0 }, { "utc", 0 }, { "wet", 0 },
	{ "est", -300 }, { "edt", -240 }, { "cst", -360 }, { "cdt", -300 }, { "mst", -420 }, { "mdt", -360 }, { "pst", -480 }, { "pdt", -420 },
	{ "et", -300 }, { "ct", -360 }, { "mt", -420 }, { "pt", -480 }, { "at", -240 }, { "ast", -240 }, { "adt", -180 }, { "akst", -540 },
	{ "akdt", -480 }, { "hst", -600 }, { "nst", -210 }, { "ndt", -150 }, { "brt", -180 }, { "art", -180 }, { "clt", -240 },
	{ "bst", 60 }, { "west", 60 }, { "cet", 60 }, { "met", 60 }, { "mez", 60 }, { "cest", 120 }, { "mest", 120 }, { "mesz", 120 },
	{ "sast", 120 }, { "cat", 120 }, { "eet", 120 }, { "eest", 180 }, { "eat", 180 }, { "msk", 180 }, { "msd", 240 }, { "trt", 180 },
	{ "gst", 240 }, { "pkt", 300 }, { "ist", 330 }, { "npt", 345 }, { "ict", 420 }, { "wib", 420 }, { "sgt", 480 }, { "hkt", 480 },
	{ "awst", 480 }, { "jst", 540 }, { "kst", 540 }, { "acst", 570 }, { "acdt", 630 }, { "aest", 600 }, { "aedt", 660 },
	{ "nzst", 720 }, { "nzdt", 780 },
	/* the letters of RFC 822 */
	{ "a", -60 }, { "m", -720 }, { "n", 60 }, { "y", 720 },
};

/* Starts of the names of months: English, German, French, Spanish, Italian, Portuguese, Dutch, Hungarian, Polish, Greek, Russian. */
static const char *const months[12] = {
	"jan ene gen sty ιαν янв", "feb fev fév lut φεβ фев", "mar mär mrz maa már μαρ μάρ мар", "apr abr avr ápr kwi απρ апр",
	"may mai mag maj mei máj μαϊ μάϊ μάι мая май", "jun juin giu jún cze ιουν ιούν июн", "jul juil lug júl lip ιουλ ιούλ июл",
	"aug ago aoû aou sie αυγ αύγ авг", "sep set szep wrz σεπ сен", "oct okt ott out paź οκτ окт", "nov lis νοε νοέ ноя",
	"dec dez dic déc gru δεκ дек",
};

/* What stands behind (or, for the halves of the day, before) a number without a blank. */
static const struct { const char *text; char what; } units[] = {
	{ "年", 'y' }, { "년", 'y' }, { "月", 'm' }, { "월", 'm' }, { "日", 'd' }, { "일", 'd' }, { "号", 'd' }, { "號", 'd' },
	{ "時", 'H' }, { "时", 'H' }, { "点", 'H' }, { "點", 'H' }, { "시", 'H' }, { "分", 'M' }, { "분", 'M' }, { "秒", 'S' }, { "초", 'S' },
	{ "午前", 'A' }, { "上午", 'A' }, { "오전", 'A' }, { "午後", 'P' }, { "下午", 'P' }, { "오후", 'P' },
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static char unit_at(const char *s, size_t *len)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		*len = strlen(units[i].text);
		if (strncmp(s, units[i].text, *len) == 0)
			return units[i].what;
	}
	return 0;
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

/* "hh:mm[:ss[.fff]]" at d->s. */
static bool read_time(struct dating *d)
{
	int n = number_at(d->s, &d->hour);

	if (n > 2)
		return false;
	d->s += n + 1;
	d->s += number_at(d->s, &d->min);
	if (d->s[0] == ':' && digit(d->s[1])) {
		d->s++;
		d->s += number_at(d->s, &d->sec);
	}
	if ((d->s[0] == '.' || d->s[0] == ',') && digit(d->s[1]))
		for (d->s++; digit(*d->s); d->s++)
			;
	d->after_time = true;
	return true;
}

/* "hh", "hhmm" or "hhmmss" behind the T of ISO 8601. */
static bool read_packed_time(struct dating *d, const char *s, int n)
{
	if (n != 2 && n != 4 && n != 6)
		return false;
	d->hour = piece(s, 2);
	d->min = n >= 4 ? piece(s + 2, 2) : 0;
	d->sec = n >= 6 ? piece(s + 4, 2) : 0;
	d->after_time = true;
	return true;
}

/* "+hh[:mm]" or "+hhmm" at d->s, which is the sign. */
static bool read_offset(struct dating *d)
{
	int sign = *d->s == '-' ? -1 : 1, h, m = 0, n;

	d->s++;
	n = number_at(d->s, &h);
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
	if (h > 24 || m > 59)
		return h == 99; /* a zone that nobody has: as if none were given */
	d->offset = sign * (h * 3600 + m * 60);
	d->zoned = true;
	return true;
}

/* A lone run of digits that is a whole date: YYYYMMDD[hhmm[ss]], YYYYDDD, YYMMDD, YYYYMM. */
static bool read_packed_date(struct dating *d, const char *s, int n)
{
	if (d->n || d->year)
		return false;
	if (n == 8 || n == 12 || n == 14) {
		d->year = piece(s, 4);
		d->month = piece(s + 4, 2);
		d->day = piece(s + 6, 2);
		return n == 8 || read_packed_time(d, s + 8, n - 8);
	}
	if (n == 7) {
		d->year = piece(s, 4);
		d->ordinal = piece(s + 4, 3);
		return true;
	}
	if (n == 6 && piece(s, 2) >= 19 && piece(s, 2) <= 20 && piece(s + 4, 2) >= 1 && piece(s + 4, 2) <= 12) {
		d->year = piece(s, 4);
		d->month = piece(s + 4, 2);
		return true;
	}
	if (n == 6) {
		d->number[0] = piece(s, 2), d->number[1] = piece(s + 2, 2), d->number[2] = piece(s + 4, 2);
		d->digits[0] = d->digits[1] = d->digits[2] = 2;
		d->n = 3;
		d->between = '-';
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

/* A number that is no time and no zone. */
static bool read_number(struct dating *d)
{
	const char *s = d->s;
	int value, n = number_at(s, &value);
	size_t len;
	char unit;

	d->s += n;
	unit = unit_at(d->s, &len);
	if (unit && read_unit(d, value, unit)) {
		d->s += len;
		return true;
	}
	if (d->joined && d->hour < 0 && (s[-1] == 't' || s[-1] == 'T'))
		return read_packed_time(d, s, n);
	if (n >= 6)
		return read_packed_date(d, s, n);
	if (d->n == 3)
		return d->hour >= 0; /* a number too many behind the time: a zone without its sign */
	if (d->n == 1)
		d->between = s[-1];
	d->number[d->n] = value;
	d->digits[d->n++] = n;
	return true;
}

/* ---- words ---- */

static bool is_month(const char *word, const char *stems)
{
	size_t n = strlen(word);

	while (*stems) {
		size_t len = strcspn(stems, " ");

		if (strncmp(word, stems, len) == 0 && n >= 3)
			return true;
		stems += len;
		stems += *stems == ' ';
	}
	return false;
}

static void know_word(struct dating *d, const char *word)
{
	for (int i = 0; i < 12; i++)
		if (is_month(word, months[i])) {
			d->month = i + 1;
			d->named = true;
			return;
		}
	if (strcmp(word, "am") == 0 || strcmp(word, "pm") == 0) {
		d->half = true;
		d->pm = word[0] == 'p';
		return;
	}
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (d->hour >= 0 && strcmp(word, zones[i].name) == 0) {
			d->offset = zones[i].minutes * 60;
			d->after_time = d->zoned = true; /* an offset may follow: "GMT+2" */
			return;
		}
	d->unknown++;
}

/* A run of letters at d->s, in lower case. */
static void read_word(struct dating *d)
{
	char word[64];
	size_t n = 0, len;

	while (*d->s) {
		uint32_t cp;
		size_t take = utf8_decode(d->s, strlen(d->s) < 4 ? strlen(d->s) : 4, &cp);

		if (!u_isalpha((UChar32)cp) || (cp >= 0x80 && unit_at(d->s, &len)))
			break;
		if (n + 5 < sizeof word)
			n += utf8_encode((uint32_t)u_tolower((UChar32)cp), word + n);
		d->s += take;
	}
	word[n] = '\0';
	if (n == 1 && (word[0] == 't' || word[0] == 'w') && digit(*d->s)) {
		d->joined = true;
		if (word[0] == 'w')
			d->week = number_at(d->s, &d->week) ? d->week : 0;
		if (word[0] == 'w')
			d->s += strspn(d->s, "0123456789");
		return;
	}
	know_word(d, word);
}

/* One word, number or mark at d->s. */
static bool step(struct dating *d)
{
	size_t len;
	char c = *d->s, unit;
	int value, n;

	if (digit(c)) {
		n = number_at(d->s, &value);
		if (d->s[n] == ':' && digit(d->s[n + 1]) && d->hour < 0)
			return read_time(d);
		return read_number(d);
	}
	if ((c == '+' || c == '-') && digit(d->s[1]) && d->after_time)
		return read_offset(d);
	unit = unit_at(d->s, &len);
	if (unit == 'A' || unit == 'P') {
		d->half = true;
		d->pm = unit == 'P';
	}
	if (unit) {
		d->s += len;
		return true;
	}
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80) {
		const char *before = d->s;

		read_word(d);
		if (d->s == before) { /* no letter: a mark of another script */
			uint32_t cp;

			d->s += utf8_decode(d->s, strlen(d->s), &cp);
		}
		return true;
	}
	if (c == '(') { /* a comment of RFC 822 */
		d->s += strcspn(d->s, ")");
		return true;
	}
	d->s++;
	return true;
}

/* ---- the numbers of the date, in order ---- */

static int full_year(int value, int digits)
{
	if (digits >= 4)
		return value;
	if (digits == 3)
		return value + 1900; /* RFC 2822, 4.3: what a careless program printed for 2000 and later */
	return value + (value < 50 ? 2000 : 1900);
}

/* One of the two forms with a month's name: "1 Jan 2004", "2004 Jan 1". */
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
			d->day = d->number[i];
	}
}

static void set_date(struct dating *d, size_t y, size_t m, size_t day)
{
	d->year = full_year(d->number[y], d->digits[y]);
	if (m < d->n)
		d->month = d->number[m];
	if (day < d->n)
		d->day = d->number[day];
}

static void order_numbers(struct dating *d)
{
	if (d->n == 0 || (d->n < 3 && d->digits[0] < 4))
		return; /* no year in it */
	if (d->digits[0] >= 4 && d->n >= 2 && d->digits[1] == 3) {
		d->year = d->number[0];
		d->ordinal = d->number[1];
	} else if (d->digits[0] >= 4 || d->n < 3)
		set_date(d, 0, 1, 2);
	else if (d->digits[2] >= 4 && (d->between == '.' || d->between == '-' || d->number[0] > 12))
		set_date(d, 2, 1, 0);
	else if (d->digits[2] >= 4 || (d->between == '/' && d->number[0] <= 12))
		set_date(d, 2, 0, 1); /* 5/31/2004 */
	else if (d->between == '.' || d->between == '/')
		set_date(d, 2, 1, 0);
	else
		set_date(d, 0, 1, 2); /* 04-05-31 */
}

static bool sane(const struct dating *d)
{
	return d->year >= 1 && d->year <= 9999 && d->month <= 12 && d->day <= 31 && d->ordinal <= 366 && d->week <= 53 &&
	       d->hour <= 24 && d->min <= 59 && d->sec <= 61 && d->unknown <= 2;
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
		t += (d->n > 1 && d->number[1] >= 1 && d->number[1] <= 7 ? d->number[1] - 1 : 0) * DATE_DAY;
	}
	return t - d->offset;
}

/* Seconds or milliseconds since 1970, as some programs write them. */
static bool read_epoch(const char *s, int64_t *t)
{
	size_t n = strspn(s, "0123456789");
	int64_t v = 0;

	if ((n != 10 && n != 13) || s[n + strspn(s + n, " \t\r\n")])
		return false;
	for (size_t i = 0; i < 10; i++)
		v = v * 10 + (s[i] - '0');
	*t = v;
	return true;
}

#define DATE_LONGEST 128 /* bytes; what is longer is prose */

bool date_parse(const char *s, int64_t *t)
{
	struct dating d = { .hour = -1 };

	s += strspn(s, " \t\r\n");
	if (strlen(s) > DATE_LONGEST)
		return false;
	if (date_quick(s, t) || read_epoch(s, t))
		return true;
	d.s = s;
	while (*d.s)
		if (!step(&d))
			return false;
	if (d.week) {
		if (d.n == 0)
			return false;
		d.year = full_year(d.number[0], d.digits[0]);
	} else if (d.named)
		order_named(&d);
	else if (!d.year)
		order_numbers(&d);
	/* a number in prose is no date: a bare year stands alone */
	if (!sane(&d) || (!d.month && !d.ordinal && !d.week && d.unknown))
		return false;
	*t = put_together(&d);
	return true;
}
