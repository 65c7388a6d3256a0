#include "app/due.h"

#include <string.h>

#include "base/map.h"

/* Within 0..1, of the address and a number. */
static double share(const char *url, int salt)
{
	uint64_t h = hash_bytes(url, strlen(url)) + (uint64_t)(salt + 1) * 0x9E3779B97F4A7C15u;

	h ^= h >> 31;
	h *= 0xBF58476D1CE4E5B9u; /* the last steps of splitmix64: neighbours must not be alike */
	h ^= h >> 27;
	return (double)(h >> 11) / 9007199254740992.0; /* 2^53 */
}

static int64_t longer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t shorter(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* While all is well. */
static int64_t wait_fresh(const struct due *d)
{
	int64_t asked = longer(d->ttl > 0 ? (int64_t)d->ttl * 60 : 0, d->max_age);
	int64_t own = d->interval - (int64_t)((double)d->interval * .05 * share(d->url, 0));

	return longer(own, shorter(asked, DUE_FRESH_MOST));
}

static int64_t wait_failed(const struct due *d)
{
	int64_t wait = longer(d->interval, shorter(d->ttl > 0 ? (int64_t)d->ttl * 60 : 0, DUE_BACKOFF_MOST)), most = longer(d->interval, DUE_BACKOFF_MOST);

	for (int i = 0; i < d->failures && wait < most; i++)
		wait *= 2;
	wait = shorter(wait, most);
	return wait + (int64_t)((double)wait * .2 * (2 * share(d->url, d->failures) - 1));
}

static bool skipped(const struct due *d, int64_t t)
{
	int64_t hour = t / DATE_HOUR, day = t / DATE_DAY + 4; /* 1 January 1970 was a Thursday */

	return (d->skip_hours >> (hour % 24) & 1) || (d->skip_days >> (day % 7) & 1);
}

static int64_t out_of_skipped(const struct due *d, int64_t t)
{
	int64_t first = t;

	if (t < 0)
		return t;
	while (skipped(d, t) && t - first < DATE_DAY)
		t = (t / DATE_HOUR + 1) * DATE_HOUR;
	return shorter(t, first + DATE_DAY);
}

int64_t due_next(const struct due *d)
{
	int64_t wait = d->failed ? wait_failed(d) : wait_fresh(d);

	wait = longer(wait, shorter(d->retry_after, DUE_ASKED_MOST));
	return out_of_skipped(d, d->now + wait);
}

const char *due_address(const struct feed *f)
{
	return feed_moved(f) && f->failures < DUE_OLD_AFTER ? f->moved_to : f->url;
}

const char *due_asks(struct arena *a, const struct feed *f)
{
	static const char *const days[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
	const char *s = f->ttl > 0 ? arena_printf(a, "%d minute%s between two looks", f->ttl, f->ttl == 1 ? "" : "s") : "", *before = s;

	for (int h = 0; h < 24; h++)
		if (f->skip_hours >> h & 1)
			s = arena_printf(a, "%s%s %d", s, s == before ? *s ? "; not at" : "not at" : "", h);
	if (s != before)
		s = arena_printf(a, "%s h UTC", s);
	before = s;
	for (int d = 0; d < 7; d++)
		if (f->skip_days >> d & 1)
			s = arena_printf(a, "%s%s %s", s, s == before ? *s ? "; not on" : "not on" : "", days[d]);
	return *s ? s : NULL;
}
