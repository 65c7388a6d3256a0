#include "rank/trial.h"

#include <math.h>
#include <stdbool.h>

#include "base/map.h"
#include "base/rng.h"

/* ---- the page ---- */

/* One of the captains. */
struct captain {
	const struct trial_ranking *ranking;
	size_t next; /* place in its ranking */
	enum team team;
};

struct draft {
	const int64_t *story;
	struct map placed; /* stories on the page */
	struct trial_pick *pick;
	size_t n, k;
};

static int64_t story_of(const struct draft *d, size_t at)
{
	return d->story ? d->story[at] : (int64_t)at;
}

/* Go on to the best whose story isn't on the page; false where there is none. */
static bool captain_ready(struct captain *c, const struct draft *d)
{
	for (; c->next < c->ranking->n; c->next++) {
		int64_t story = story_of(d, c->ranking->at[c->next]);

		if (!map_get(&d->placed, (const char *)&story, sizeof story, 0))
			return true;
	}
	return false;
}

static size_t captain_choice(const struct captain *c)
{
	return c->ranking->at[c->next];
}

static void place(struct draft *d, size_t at, enum team team)
{
	int64_t story = story_of(d, at);

	if (d->n == d->k)
		return;
	(void)map_at(&d->placed, (const char *)&story, sizeof story, 1, NULL);
	d->pick[d->n++] = (struct trial_pick){ at, team };
}

/* One round: a place that both want, or one for each. False when nothing is left. */
static bool draft_round(struct draft *d, struct captain *first, struct captain *second)
{
	bool one = captain_ready(first, d), other = captain_ready(second, d);
	size_t x, y;

	if (!one && !other)
		return false;
	if (!one || !other) {
		place(d, captain_choice(one ? first : second), TEAM_NONE);
		return true;
	}
	x = captain_choice(first);
	y = captain_choice(second);
	if (story_of(d, x) == story_of(d, y)) {
		place(d, x, TEAM_NONE);
	} else {
		place(d, x, first->team);
		place(d, y, second->team);
	}
	return true;
}

size_t trial_draft(const struct trial_ranking *a, const struct trial_ranking *b, const int64_t *story, size_t k, uint64_t seed, struct trial_pick *pick)
{
	struct draft d = { .story = story, .placed = MAP_INIT, .pick = pick, .k = k };
	struct captain of_a = { a, 0, TEAM_A }, of_b = { b, 0, TEAM_B };
	struct rng rng;
	bool more = true;

	rng_seed(&rng, seed);
	while (more && d.n < k)
		more = rng_below(&rng, 2) ? draft_round(&d, &of_a, &of_b) : draft_round(&d, &of_b, &of_a);
	map_clear(&d.placed);
	return d.n;
}

/* ---- the count ---- */

static bool lead_is_enough(unsigned lead, unsigned n)
{
	return (double)lead * lead >= TRIAL_EARLY * TRIAL_EARLY * n || lead + n >= TRIAL_LEAD + TRIAL_HORIZON;
}

void trial_count(struct trial *t, enum team winner)
{
	unsigned n, lead;

	if ((winner != TEAM_A && winner != TEAM_B) || t->decision != TRIAL_OPEN)
		return;
	t->a += winner == TEAM_A;
	t->b += winner == TEAM_B;
	n = t->a + t->b;
	lead = t->a > t->b ? t->a - t->b : t->b - t->a;
	if (lead_is_enough(lead, n))
		t->decision = t->a > t->b ? TRIAL_A : TRIAL_B;
	else if (lead + TRIAL_HORIZON < TRIAL_LEAD + n)
		t->decision = TRIAL_NO_DIFFERENCE;
}

/* The probability that a share distributed as Beta(1 + a, 1 + b) is below x, 0 < x < 1: that of more than a successes in a + b + 1 tries of chance x. */
static double beta_below(unsigned a, unsigned b, double x)
{
	unsigned n = a + b + 1;
	double sum = 0;

	for (unsigned i = a + 1; i <= n; i++)
		sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) + i * log(x) + (n - i) * log1p(-x));
	return sum;
}

/* The share below which lies p of Beta(1 + a, 1 + b). */
static double beta_quantile(unsigned a, unsigned b, double p)
{
	double low = 0, high = 1;

	for (int i = 0; i < 50; i++) {
		double x = (low + high) / 2;

		if (beta_below(a, b, x) < p)
			low = x;
		else
			high = x;
	}
	return (low + high) / 2;
}

struct trial_verdict trial_verdict(const struct trial *t)
{
	double outside = (1 - TRIAL_SURE) / 2;

	return (struct trial_verdict){
		.decision = t->decision,
		.a = t->a,
		.b = t->b,
		.mean = (1.0 + t->a) / (2.0 + t->a + t->b),
		.low = beta_quantile(t->a, t->b, outside),
		.high = beta_quantile(t->a, t->b, 1 - outside),
		.a_better = beta_below(t->b, t->a, 0.5),
	};
}

/* ---- the words ---- */

static const char *open_words(struct arena *a, const struct trial_verdict *v)
{
	unsigned n = v->a + v->b, more = v->a > v->b ? v->a : v->b, less = n - more;

	if (!n)
		return arena_strdup(a, "No open that tells yet.");
	if (more == less)
		return arena_printf(a, "Even, %u to %u of %u opens that tell; not enough yet.", more, less, n);
	return arena_printf(a, "%s is ahead %u to %u of %u opens that tell; not enough yet.", v->a > v->b ? "A" : "B", more, less, n);
}

static const char *winner_words(struct arena *a, const struct trial_verdict *v)
{
	bool is_a = v->decision == TRIAL_A;
	double sure = floor(100 * (is_a ? v->a_better : 1 - v->a_better));

	return arena_printf(a, "%s wins %u to %u of %u opens that tell: %s%.0f %% sure that it is the better one for you.", is_a ? "A" : "B", is_a ? v->a : v->b,
			    is_a ? v->b : v->a, v->a + v->b, sure >= 99 ? "more than " : "", fmin(sure, 99));
}

const char *trial_words(struct arena *a, const struct trial_verdict *v)
{
	switch (v->decision) {
	case TRIAL_A:
	case TRIAL_B:
		return winner_words(a, v);
	case TRIAL_NO_DIFFERENCE:
		return arena_printf(a, "Too close to call, %u to %u of %u opens that tell: A's share lies between %.0f %% and %.0f %%, with a probability of %.0f %%.", v->a,
				    v->b, v->a + v->b, floor(100 * v->low), ceil(100 * v->high), 100 * TRIAL_SURE);
	case TRIAL_OPEN:
		break;
	}
	return open_words(a, v);
}
