#include "rank/crosses.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/rng.h"

#define MOVED_MOST 3.0 /* no coordinate of a vector goes further */

const struct cross_pair cross_pair[CROSS_COUNT] = {
#define X(name, one, other) { one, other },
	CROSSES(X)
#undef X
};

static int64_t key_of(const struct corpus *c, int field, size_t value)
{
	return field == CROSS_FEED && c->feed_key ? c->feed_key[value] : (int64_t)value;
}

/* Of the values from `first` on. */
static void draw_start(struct crosses *c, const struct corpus *corpus, int field, size_t first)
{
	for (size_t i = first; i < c->n[field]; i++) {
		struct rng r;

		rng_seed(&r, (uint64_t)key_of(corpus, field, i) * CROSS_FIELDS + (uint64_t)field + 1);
		for (int k = 0; k < CROSS_RANK; k++)
			c->start[field][i * CROSS_RANK + (size_t)k] = CROSS_START * rng_normal(&r);
	}
}

void crosses_init(struct crosses *c, const struct corpus *corpus)
{
	const int n[CROSS_FIELDS] = { corpus->values[FACET_FEED], corpus->values[FACET_TOPIC], LENGTHS, CROSS_HOURS, 7, CROSS_WIDTHS };

	*c = (struct crosses){ 0 };
	for (int f = 0; f < CROSS_FIELDS; f++) {
		c->n[f] = n[f] > 0 ? (size_t)n[f] : 0;
		c->start[f] = mem_zero(c->n[f] * CROSS_RANK + 1, sizeof(double));
		c->moved[f] = mem_zero(c->n[f] * CROSS_RANK + 1, sizeof(double));
		c->alone[f] = mem_zero(c->n[f] + 1, sizeof(double));
		c->steps[f] = mem_zero(c->n[f] + 1, sizeof(double));
		draw_start(c, corpus, f, 0);
	}
}

static double *longer(double *x, size_t from, size_t to)
{
	x = mem_resize(x, to + 1, sizeof *x);
	memset(x + from, 0, (to + 1 - from) * sizeof *x);
	return x;
}

/* Topics are all there from the beginning, and so are the rest. */
void crosses_grow(struct crosses *c, const struct corpus *corpus)
{
	size_t old = c->n[CROSS_FEED], n = (size_t)corpus->values[FACET_FEED];

	c->start[CROSS_FEED] = longer(c->start[CROSS_FEED], old * CROSS_RANK, n * CROSS_RANK);
	c->moved[CROSS_FEED] = longer(c->moved[CROSS_FEED], old * CROSS_RANK, n * CROSS_RANK);
	c->alone[CROSS_FEED] = longer(c->alone[CROSS_FEED], old, n);
	c->steps[CROSS_FEED] = longer(c->steps[CROSS_FEED], old, n);
	c->n[CROSS_FEED] = n;
	draw_start(c, corpus, CROSS_FEED, old);
}

void crosses_clear(struct crosses *c)
{
	for (int f = 0; f < CROSS_FIELDS; f++) {
		free(c->start[f]);
		free(c->moved[f]);
		free(c->alone[f]);
		free(c->steps[f]);
	}
	*c = (struct crosses){ 0 };
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct cross_values crosses_values(const struct doc *d, int64_t now, int width)
{
	int64_t day = floor_div(now, DATE_DAY), second = now - day * DATE_DAY;

	return (struct cross_values){ {
		[CROSS_FEED] = d->feed, [CROSS_TOPIC] = d->topic, [CROSS_LENGTH] = doc_length(d),
		[CROSS_HOUR] = (int)(second * CROSS_HOURS / DATE_DAY), [CROSS_WEEKDAY] = (int)((day % 7 + 11) % 7), /* 1 January 1970 was a Thursday; 0 is Sunday */
		[CROSS_WIDTH] = width <= 0 ? -1 : width < 60 ? 0 : width < 100 ? 1 : 2,
	} };
}

static bool known(const struct crosses *c, const struct cross_values *v, int f)
{
	return v->of[f] >= 0 && (size_t)v->of[f] < c->n[f];
}

static const double *row(double *const *table, const struct cross_values *v, int f)
{
	return table[f] + (size_t)v->of[f] * CROSS_RANK;
}

/* <a0 + a, b0 + b> - <a0, b0> */
double crosses_value(const struct crosses *c, const struct cross_values *v, enum cross which)
{
	int f = (int)cross_pair[which].one, g = (int)cross_pair[which].other;
	const double *a0, *a, *b0, *b;
	double sum = 0;

	if (!known(c, v, f) || !known(c, v, g))
		return 0;
	a0 = row(c->start, v, f);
	a = row(c->moved, v, f);
	b0 = row(c->start, v, g);
	b = row(c->moved, v, g);
	for (int k = 0; k < CROSS_RANK; k++)
		sum += a[k] * b0[k] + a0[k] * b[k] + a[k] * b[k];
	return sum;
}

static void forget(struct crosses *c, int64_t day)
{
	double keep = exp((double)(c->day - day) / CROSS_DAYS);

	if (c->day && day <= c->day) {
		if (day < c->day - 1) /* the clock was wrong then; what fades is counted from here */
			c->day = day;
		return;
	}
	for (int f = 0; c->day && f < CROSS_FIELDS; f++) {
		for (size_t i = 0; i < c->n[f] * CROSS_RANK; i++)
			c->moved[f][i] *= keep;
		for (size_t i = 0; i < c->n[f]; i++)
			c->alone[f][i] *= keep;
	}
	c->day = day;
}

static double log_odds(const struct crosses *c, const struct cross_values *v)
{
	double a = c->base;

	for (int f = 0; f < CROSS_FIELDS; f++)
		a += known(c, v, f) ? c->alone[f][v->of[f]] : 0;
	for (int i = 0; i < CROSS_COUNT; i++)
		a += crosses_value(c, v, (enum cross)i);
	return a;
}

/* Where the pairs push field f's vector, per unit of the error; (CROSS_RANK). */
static void gradient(const struct crosses *c, const struct cross_values *v, int f, double *out)
{
	for (int k = 0; k < CROSS_RANK; k++)
		out[k] = 0;
	for (int i = 0; i < CROSS_COUNT; i++) {
		int one = (int)cross_pair[i].one, other = (int)cross_pair[i].other, g = one == f ? other : one;
		const double *b0, *b;

		if ((one != f && other != f) || !known(c, v, g))
			continue;
		b0 = row(c->start, v, g);
		b = row(c->moved, v, g);
		for (int k = 0; k < CROSS_RANK; k++)
			out[k] += b0[k] + b[k];
	}
}

static void step(struct crosses *c, const struct cross_values *v, int f, const double *g, double error)
{
	size_t at = (size_t)v->of[f];
	double rate;

	c->steps[f][at] += error * error;
	rate = CROSS_STEP * error / sqrt(1 + c->steps[f][at]);
	c->alone[f][at] += rate;
	for (size_t k = 0; k < CROSS_RANK; k++) {
		double *x = &c->moved[f][at * CROSS_RANK + k];

		*x = fmin(fmax(*x + rate * g[k], -MOVED_MOST), MOVED_MOST);
	}
}

void crosses_learn(struct crosses *c, const struct cross_values *v, int64_t now, int y, double weight)
{
	double g[CROSS_FIELDS][CROSS_RANK], error;

	forget(c, floor_div(now, DATE_DAY));
	error = fmin(weight, 1) * (y - 1 / (1 + exp(-log_odds(c, v))));
	for (int f = 0; f < CROSS_FIELDS; f++)
		if (known(c, v, f))
			gradient(c, v, f, g[f]);
	for (int f = 0; f < CROSS_FIELDS; f++)
		if (known(c, v, f))
			step(c, v, f, g[f], error);
	c->base += 0.05 * error;
}

const char *cross_context(enum cross_field f, int value)
{
	static const char *const hour[CROSS_HOURS] = { "from 0 to 3 h", "from 3 to 6 h", "from 6 to 9 h", "from 9 to 12 h", "from 12 to 15 h", "from 15 to 18 h",
		"from 18 to 21 h", "from 21 to 24 h" };
	static const char *const weekday[] = { "on Sundays", "on Mondays", "on Tuesdays", "on Wednesdays", "on Thursdays", "on Fridays", "on Saturdays" };
	static const char *const wide[CROSS_WIDTHS] = { "on a narrow screen", "on a middling screen", "on a wide screen" };

	if (f == CROSS_HOUR)
		return hour[value];
	if (f == CROSS_WEEKDAY)
		return weekday[value];
	return f == CROSS_WIDTH ? wide[value] : NULL;
}
