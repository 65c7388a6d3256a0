#include "rank/signals.h"

#include <math.h>

const struct signals signals_shipped = {
#define X(field, word, shipped, least, most) .field = shipped,
	SIGNALS(X)
#undef X
};

static const double place_mean = PLACE_EXPONENT, place_sd = PLACE_SD;

void habits_init(struct habits *h)
{
	*h = (struct habits){ .signals = signals_shipped, .pace_var = PACE_SD * PACE_SD };
	interest_init(&h->place, 1, &place_mean, &place_sd);
}

void habits_clear(struct habits *h)
{
	interest_clear(&h->place);
	*h = (struct habits){ 0 };
}

/* Seconds for a reader of whom nothing is known. */
static double expected(const struct habits *h, int words)
{
	return words > 0 ? words * 60.0 / h->signals.words_a_minute : 0;
}

double habits_expected(const struct habits *h, int words)
{
	return fmax(expected(h, words) * exp(h->pace), h->signals.shortest);
}

bool habits_finished(const struct habits *h, const struct event *e, int words)
{
	return e->scroll >= 0.9 && e->dwell >= 0.5 * habits_expected(h, words);
}

/* Kalman's filter for a number that doesn't move. Only articles that were read to the end tell the pace, and only those long enough for a pace. */
static void learn_pace(struct habits *h, const struct event *e, int words)
{
	double expect = expected(h, words), seen, gain;

	if (e->kind != EVENT_CLOSE || !(e->dwell > 0) || !isfinite(e->dwell) || e->scroll < 0.9 || expect <= h->signals.shortest)
		return;
	seen = log(e->dwell / expect);
	if (fabs(seen) > PACE_MOST)
		return;
	gain = h->pace_var / (h->pace_var + PACE_NOISE * PACE_NOISE);
	h->pace += gain * (seen - h->pace);
	h->pace_var *= 1 - gain;
	h->paced++;
}

/* Of two places that a coin put in order, k and j below it, the upper one is opened with the odds (j / k)^exponent against the lower, whatever stands there.
 * Source: Joachims, Swaminathan and Schnabel, WSDM 2017 (swap interventions). */
static void learn_place(struct habits *h, const struct event *e)
{
	double x;

	if (e->kind != EVENT_OPEN || e->place < 1 || e->pair < 1 || e->place == e->pair)
		return;
	x = fabs(log((double)e->pair / e->place));
	(void)interest_update(&h->place, &x, e->place < e->pair, 1);
}

void habits_learn(struct habits *h, const struct event *e, int words)
{
	learn_pace(h, e, words);
	learn_place(h, e);
}

double habits_place(const struct habits *h, int place)
{
	double by = place > 0 ? pow((double)place / PLACE_MIDDLE, fmax(0, h->place.mean[0])) : 1;

	return fmin(fmax(by, 1 / PLACE_MOST), PLACE_MOST);
}

static bool accident(const struct habits *h, const struct event *e, int words)
{
	double least = fmin(fmax(h->signals.accident * habits_expected(h, words), 2.5), 8);

	return e->dwell >= 0 && e->dwell < least;
}

/* Weight of an opening or closing; sets *y. */
static double dwell_signal(const struct habits *h, const struct event *e, int words, bool returned, int *y)
{
	double ratio, weight;

	*y = !accident(h, e, words);
	if (!*y)
		return h->signals.closed;
	if (!(e->dwell >= 0))
		return e->kind == EVENT_OPEN ? h->signals.opened : 0;
	ratio = e->dwell / habits_expected(h, words);
	weight = fmin(1, h->signals.glanced + ratio);
	if (habits_finished(h, e, words))
		weight += h->signals.finished;
	return weight + (returned ? h->signals.returned : 0);
}

void signal_of(const struct habits *h, const struct event *e, int words, bool returned, int *y, double *weight)
{
	const struct signals *s = &h->signals;
	const struct { int y; double weight; } of[EVENT_KIND_COUNT] = {
		[EVENT_SHOWN] = { 0, s->shown / habits_place(h, e->place) }, [EVENT_SKIP] = { 0, s->skipped },
		[EVENT_LIKE] = { 1, s->liked }, [EVENT_DISLIKE] = { 0, s->disliked }, [EVENT_SAVE] = { 1, s->saved }, [EVENT_BROWSER] = { 1, s->browsed },
		[EVENT_WANT] = { 1, s->wanted }, [EVENT_PASS] = { 0, s->unwanted }, [EVENT_IMPORTED] = { 1, s->imported },
	}; /* flags say nothing of interest */

	*y = of[e->kind].y;
	*weight = of[e->kind].weight;
	if (e->kind == EVENT_OPEN || e->kind == EVENT_CLOSE) {
		*weight = dwell_signal(h, e, words, returned, y);
		if (*y)
			*weight *= habits_place(h, e->place);
	}
}
