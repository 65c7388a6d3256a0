/* date_quick - the two forms in which nearly all feeds write their dates, without the thought that the others need. */
#ifndef ECLOSE_BASE_DATE_QUICK_H
#define ECLOSE_BASE_DATE_QUICK_H

#include <stdbool.h>
#include <stdint.h>

/* date_quick - "Tue, 31 Mar 2026 08:00:00 +0200" (or GMT, UT, UTC, Z) and "2026-03-31T08:00:00+02:00" (or Z, with a fraction or none), to the letter.
 * Returns false, leaving *t, for everything else: date_parse() reads that. What it reads, date_parse() would read alike. */
bool date_quick(const char *s, int64_t *t);

#endif
