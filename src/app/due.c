#include "app/due.h"

#include <string.h>

#include "base/date.h"
#include "base/map.h"

#define SPREAD 0.05 /* of an interval */
#define JITTER 0.20 /* of a wait after a failure */

/* In 0..1, the same for the same address and failures on every machine. */
static double share(const char *url, int failures)
{
	uint64_t key[2] = { hash_bytes(url, strlen(url)), (uint64_t)failures };
	unsigned char bytes[16];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(key[i / 8] >> 8 * (i % 8));
	return (double)(hash_bytes(bytes, sizeof bytes) >> 11) / (double)((uint64_t)1 << 53);
}

bool due_skipped(int64_t t, uint32_t skip_hours, unsigned skip_days)
{
	int64_t days = t >= 0 ? t / DATE_DAY : (t - DATE_DAY + 1) / DATE_DAY;
	int hour = (int)((t - days * DATE_DAY) / DATE_HOUR), weekday = (int)(((days + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */

	return (skip_hours >> hour & 1) || (skip_days >> weekday & 1);
}

static int64_t to_open_hour(const struct due *d, int64_t t)
{
	int64_t most = t + DATE_DAY;

	while (t < most && due_skipped(t, d->skip_hours, d->skip_days))
		t = t - (t % DATE_HOUR) + DATE_HOUR;
	return t < most ? t : most;
}

static int64_t backed_off(const struct due *d, int64_t wait)
{
	int64_t most = wait > DUE_BACKOFF_MOST ? wait : DUE_BACKOFF_MOST;

	for (int i = 0; i < d->failures && wait < most; i++)
		wait *= 2;
	if (wait > most)
		wait = most;
	return wait + (int64_t)((2 * share(d->url, d->failures) - 1) * JITTER * (double)wait);
}

int64_t due_next(const struct due *d)
{
	int64_t asked = d->ttl > 0 ? (int64_t)d->ttl * 60 : 0, wait = d->interval;

	if (d->max_age > asked)
		asked = d->max_age;
	if (asked > DUE_BACKOFF_MOST)
		asked = DUE_BACKOFF_MOST;
	if (!d->failed)
		wait -= (int64_t)(SPREAD * share(d->url, 0) * (double)wait);
	if (asked > wait)
		wait = asked;
	if (d->failed)
		wait = backed_off(d, wait);
	if (d->retry_after > wait)
		wait = d->retry_after < DUE_RETRY_MOST ? d->retry_after : DUE_RETRY_MOST;
	return to_open_hour(d, d->now + wait);
}
