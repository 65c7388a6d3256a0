/* due - when a feed is to be asked again, as a function of what is known of it, and at which address. No clock, no store, no network. */
#ifndef ECLOSE_APP_DUE_H
#define ECLOSE_APP_DUE_H

#include "item.h"

#define DUE_BACKOFF_MOST (20 * DATE_HOUR)   /* the longest wait for a feed that fails, before the jitter of a fifth: a day with it */
#define DUE_ASKED_MOST (7 * DATE_DAY)       /* the longest wait that a Retry-After may ask for */
#define DUE_FRESH_MOST DATE_DAY             /* and the longest that a feed, or its server, may ask for while all is well */
#define DUE_OLD_AFTER 3                     /* failures in a row after which a feed that moved is asked where it was */

struct due {
	const char *url;         /* the subscription's: what its jitter comes from */
	int64_t now;
	int64_t interval;        /* seconds, as the reader has set it */
	int ttl;                 /* minutes, as the feed asks; -1 absent */
	int64_t max_age;         /* seconds that the answer stays fresh; -1 absent */
	int64_t retry_after;     /* seconds that the server wants to be left alone; -1 absent */
	bool failed;
	int failures;            /* in a row, before this one */
	uint32_t skip_hours;     /* bit h: not in that hour, UTC */
	unsigned skip_days;      /* bit d: nor on that day, 0 is Sunday */
};

/* due_next - when it is due, seconds UTC.
 * The longest of the interval, ttl and max_age, a day at most. The interval is made shorter by up to a twentieth, never to less than the feed asks. A failure doubles the wait for
 * each that came before it and moves it by up to a fifth, so that feeds that failed together don't come back together; Retry-After holds whatever else is so.
 * A time that is to be skipped moves to the next hour that isn't, or by a day where there is none. Cannot fail; deterministic: what looks random is a hash of url and failures. */
int64_t due_next(const struct due *d);

/* due_address - where a feed is asked: where it moved, once that was seen FEED_MOVED times in a row and as long as it answers there; else at its own. Borrowed from f. */
const char *due_address(const struct feed *f);
/* due_asks - what a feed asks of its readers, in words: "90 minutes between two looks; not at 0 1 2 h UTC; not on Saturday Sunday". NULL where it asks nothing. Of the arena. */
const char *due_asks(struct arena *a, const struct feed *f);

#endif
