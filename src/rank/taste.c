#include "rank/taste.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool taste_has(const struct affinities *a, int which)
{
	return which >= 0 && (size_t)which < a->n;
}

/* Each value's share among the corpus' articles that have any. */
static void count_shares(struct affinities *a, const struct corpus *c, enum facet f)
{
	double have = 0;

	for (size_t i = 0; i < c->n; i++) {
		int one, n;
		const int *which = doc_facet(&c->doc[i], f, &one, &n);

		for (int j = 0; j < n; j++)
			if (taste_has(a, which[j]))
				a->share[which[j]]++;
		have += n > 0;
	}
	for (size_t i = 0; i < a->n && have > 0; i++)
		a->share[i] /= have;
}

void taste_init(struct taste *t, const struct corpus *c)
{
	*t = (struct taste){ 0 };
	for (int f = 0; f < FACET_COUNT; f++) {
		struct affinities *a = &t->of[f];

		a->n = c->values[f] > 0 ? (size_t)c->values[f] : 0;
		a->one = mem_zero(a->n + 1, sizeof *a->one);
		a->share = mem_zero(a->n + 1, sizeof *a->share);
		if (c->share[f])
			memcpy(a->share, c->share[f], a->n * sizeof *a->share);
		else
			count_shares(a, c, (enum facet)f);
	}
}

void taste_grow(struct taste *t, const struct corpus *c)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		struct affinities *a = &t->of[f];
		size_t n = c->values[f] > 0 ? (size_t)c->values[f] : 0;

		assert(c->share[f] && n >= a->n);
		a->one = mem_resize(a->one, n + 1, sizeof *a->one);
		a->share = mem_resize(a->share, n + 1, sizeof *a->share);
		memset(a->one + a->n, 0, (n + 1 - a->n) * sizeof *a->one);
		memcpy(a->share, c->share[f], n * sizeof *a->share);
		a->n = n;
	}
}

void taste_clear(struct taste *t)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		free(t->of[f].one);
		free(t->of[f].share);
	}
	*t = (struct taste){ 0 };
}

static void decay(struct affinities *a, double keep)
{
	a->all.yes *= keep;
	a->all.no *= keep;
	for (size_t i = 0; i < a->n; i++) {
		a->one[i].yes *= keep;
		a->one[i].no *= keep;
	}
}

void taste_decay(struct taste *t, int64_t day)
{
	if (t->day && day <= t->day) {
		if (day < t->day - 1) /* the clock was wrong then; what fades is counted from here */
			t->day = day;
		return;
	}
	for (int f = 0; t->day && f < FACET_COUNT; f++)
		decay(&t->of[f], exp((double)(t->day - day) / AFFINITY_DAYS));
	t->day = day;
}

void taste_count(struct taste *t, const struct doc *d, int y, double weight)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		struct affinities *a = &t->of[f];
		int one, n;
		const int *which = doc_facet(d, (enum facet)f, &one, &n);
		bool any = false;

		for (int i = 0; i < n; i++) {
			if (!taste_has(a, which[i]))
				continue;
			*(y ? &a->one[which[i]].yes : &a->one[which[i]].no) += weight;
			any = true;
		}
		if (any)
			*(y ? &a->all.yes : &a->all.no) += weight;
	}
}

double taste_lift(const struct affinities *a, int which)
{
	double share;

	if (!taste_has(a, which) || a->all.yes <= 0)
		return 0;
	share = (a->one[which].no + AFFINITY_PASSED * a->share[which]) / (a->all.no + AFFINITY_PASSED);
	return log((a->one[which].yes + AFFINITY_SMOOTH) / (a->all.yes * share + AFFINITY_SMOOTH));
}

double taste_doc(const struct taste *t, const struct doc *d, enum facet f)
{
	int one, n;
	const int *which = doc_facet(d, f, &one, &n);
	double sum = 0;

	for (int i = 0; i < n; i++)
		sum += taste_lift(&t->of[f], which[i]);
	return n ? sum / sqrt(n) : 0;
}
