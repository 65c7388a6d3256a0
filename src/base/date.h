/* date - seconds since 1970 UTC, and how feeds and people write them. */
#ifndef ECLOSE_BASE_DATE_H
#define ECLOSE_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DATE_NONE INT64_MIN /* no date given */
#define DATE_DAY ((int64_t)86400)
#define DATE_HOUR ((int64_t)3600)

/* date_from_civil - seconds of a proleptic Gregorian date and time in UTC; month 1..12, parts may run over.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int64_t date_from_civil(int64_t year, int month, int day, int hour, int min, int sec);

/* date_parse - RFC 3339 and W3CDTF with missing parts, RFC 822/2822 in the forms that feeds use (two-digit year, named zone, no seconds,
 * wrong or missing weekday, full names), asctime, HTTP's, and the dates of twenty languages with or without names of months. Without a zone it is
 * UTC, without a time midnight, without a day the first. White space around it is allowed. ISO 8601 without a year is refused: there is no "now" here.
 * Returns false, leaving *t, where no date can be read; years 1..9999 only. */
bool date_parse(const char *s, int64_t *t);

/* date_rfc3339 - "2026-03-31T06:00:00Z". Returns out. */
#define DATE_TEXT 32
const char *date_rfc3339(int64_t t, char out[DATE_TEXT]);
/* date_age - how long ago, in at most four cells: "now" "12m" "3h" "9d" "5w" "2y"; "?" for DATE_NONE; "+3d" for what is three days
 * ahead. Returns out. */
const char *date_age(int64_t now, int64_t t, char out[DATE_TEXT]);

#endif
