/* due - when a feed is to be asked again. Knows no clock: times are given. */
#ifndef ECLOSE_APP_DUE_H
#define ECLOSE_APP_DUE_H

#include <stdbool.h>
#include <stdint.h>

#define DUE_BACKOFF_MOST ((int64_t)86400)     /* seconds: the longest wait for a feed that fails, or that a feed or a cache header may ask for */
#define DUE_RETRY_MOST ((int64_t)(7 * 86400)) /* the longest wait that a Retry-After may ask for */

struct due {
	const char *url;        /* spreads feeds that would all come back together */
	int64_t now;            /* seconds UTC */
	int64_t interval;       /* seconds between two looks, as the reader set it */
	int ttl;                /* minutes, as the feed asks; -1 absent */
	int64_t max_age;        /* seconds that the answer stays fresh, -1 absent */
	int64_t retry_after;    /* seconds, -1 absent */
	bool failed;
	int failures;           /* in a row, before this one */
	uint32_t skip_hours;    /* as in struct feed_doc */
	unsigned skip_days;
};

/* due_next - seconds UTC. The interval, up to 5 % less by the address; longer where the feed or its server asks for it, up to a day; after failures twice as long with each,
 * up to a day, and 20 % more or less by address and failures; at least Retry-After, up to a week; then on to the first hour that isn't skipped, at most a day further.
 * Cannot fail. */
int64_t due_next(const struct due *d);
/* due_skipped - is t in an hour or on a day that the feed doesn't want to be asked in? Source: RSS 2.0, skipHours and skipDays; UTC. */
bool due_skipped(int64_t t, uint32_t skip_hours, unsigned skip_days);

#endif
