/* trial - pages that favour neither ranking, calls that are wrong as rarely and right as often as the header says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "rank/trial.h"

#define MOST 60 /* candidates */

/* ---- pages ---- */

struct pool {
	size_t order[2][MOST];
	int64_t story[MOST];
	struct trial_ranking a, b;
};

static void shuffle(struct rng *r, size_t *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		at[i] = i;
	for (size_t i = n; i > 1; i--) {
		size_t j = rng_below(r, (uint32_t)i), t = at[j];

		at[j] = at[i - 1];
		at[i - 1] = t;
	}
}

/* Two random rankings of n candidates that agree on the first `same`, each cut to a length of its own; one candidate in six repeats an earlier story. */
static void pool_make(struct pool *p, struct rng *r, size_t n, size_t same)
{
	for (size_t i = 0; i < n; i++)
		p->story[i] = i && rng_below(r, 6) == 0 ? p->story[rng_below(r, (uint32_t)i)] : (int64_t)i - 20;
	for (int side = 0; side < 2; side++) {
		shuffle(r, p->order[side], n - same);
		for (size_t i = n - same; i-- > 0;)
			p->order[side][i + same] = p->order[side][i] + same;
		for (size_t i = 0; i < same; i++)
			p->order[side][i] = i;
	}
	p->a = (struct trial_ranking){ p->order[0], n - rng_below(r, (uint32_t)(n - same) / 3 + 1) };
	p->b = (struct trial_ranking){ p->order[1], n - rng_below(r, (uint32_t)(n - same) / 3 + 1) };
}

static bool is_placed(const struct pool *p, const struct trial_pick *pick, size_t n, size_t at)
{
	for (size_t i = 0; i < n; i++)
		if (p->story[pick[i].at] == p->story[at])
			return true;
	return false;
}

/* The best of a ranking whose story isn't among the n picks; MOST if none. */
static size_t best_left(const struct pool *p, const struct trial_ranking *r, const struct trial_pick *pick, size_t n)
{
	for (size_t i = 0; i < r->n; i++)
		if (!is_placed(p, pick, n, r->at[i]))
			return r->at[i];
	return MOST;
}

/* Each place by the rule, told from the places above it. */
static void check_page(const struct pool *p, const struct trial_pick *pick, size_t n)
{
	size_t taken[3] = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t x = best_left(p, &p->a, pick, i), y = best_left(p, &p->b, pick, i), at = pick[i].at;
		bool same = x != MOST && y != MOST && p->story[x] == p->story[y];

		if (taken[TEAM_A] != taken[TEAM_B])
			assert_int_equal(pick[i].team, taken[TEAM_A] < taken[TEAM_B] ? TEAM_A : TEAM_B);
		else
			assert_int_equal(pick[i].team == TEAM_NONE, same || x == MOST || y == MOST);
		if (pick[i].team == TEAM_NONE)
			assert_true(at != MOST && (at == x || at == y));
		else
			assert_int_equal(at, pick[i].team == TEAM_A ? x : y);
		taken[pick[i].team]++;
	}
}

static size_t stories_of(const struct pool *p)
{
	struct trial_pick seen[2 * MOST];
	size_t n = 0;

	for (int side = 0; side < 2; side++) {
		const struct trial_ranking *r = side ? &p->b : &p->a;

		for (size_t at; (at = best_left(p, r, seen, n)) != MOST; n++)
			seen[n].at = at;
	}
	return n;
}

static void every_place_goes_to_the_best_that_its_team_has_left(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 1);
	for (int run = 0; run < 2000; run++) {
		size_t n = 1 + rng_below(&r, MOST), k = rng_below(&r, 40), stories, placed;
		struct trial_pick pick[40];
		struct pool p;

		pool_make(&p, &r, n, rng_below(&r, (uint32_t)n));
		stories = stories_of(&p);
		placed = trial_draft(&p.a, &p.b, p.story, k, (uint64_t)run, pick);
		assert_int_equal(placed, k < stories ? k : stories);
		check_page(&p, pick, placed);
	}
}

static void equal_rankings_tell_nothing(void **state)
{
	struct trial_pick pick[MOST];
	struct pool p;
	struct rng r;

	(void)state;
	rng_seed(&r, 2);
	shuffle(&r, p.order[0], MOST);
	p.a = (struct trial_ranking){ p.order[0], MOST };
	assert_int_equal(trial_draft(&p.a, &p.a, NULL, MOST, 5, pick), MOST);
	for (size_t i = 0; i < MOST; i++) {
		assert_int_equal(pick[i].at, p.order[0][i]);
		assert_int_equal(pick[i].team, TEAM_NONE);
	}
}

static void swapped_rankings_swap_the_places_of_each_pair(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 3);
	for (int run = 0; run < 500; run++) {
		struct trial_pick pick[20], mirror[20];
		struct pool p;

		pool_make(&p, &r, MOST, rng_below(&r, 10));
		p.a.n = p.b.n = MOST;
		for (size_t i = 0; i < MOST; i++)
			p.story[i] = (int64_t)i;
		assert_int_equal(trial_draft(&p.a, &p.b, p.story, 20, (uint64_t)run, pick), 20);
		assert_int_equal(trial_draft(&p.b, &p.a, p.story, 20, (uint64_t)run, mirror), 20);
		for (size_t i = 0; i < 20; i++) {
			assert_int_equal(mirror[i].team, pick[i].team);
			if (pick[i].team == TEAM_NONE) {
				assert_int_equal(mirror[i].at, pick[i].at);
			} else if (i + 1 < 20) {
				assert_int_equal(mirror[i].at, pick[i + 1].at);
				assert_int_equal(mirror[i + 1].at, pick[i].at);
				i++;
			}
		}
	}
}

static void the_coin_is_fair_and_the_seed_decides_it(void **state)
{
	static const size_t up[] = { 0, 1, 2, 3, 4 }, down[] = { 4, 3, 2, 1, 0 };
	struct trial_ranking a = { up, 5 }, b = { down, 5 };
	int first = 0, last = 0, both = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 4000; seed++) {
		struct trial_pick pick[3], again[3];

		memset(pick, 0, sizeof pick);
		memset(again, 0, sizeof again);
		assert_int_equal(trial_draft(&a, &b, NULL, 3, seed, pick), 3);
		assert_int_equal(trial_draft(&a, &b, NULL, 3, seed, again), 3);
		assert_memory_equal(pick, again, sizeof pick);
		first += pick[0].team == TEAM_A;
		last += pick[2].team == TEAM_A;
		both += pick[0].team == TEAM_A && pick[2].team == TEAM_A;
	}
	/* Each within four standard deviations. */
	assert_in_range(first, 2000 - 126, 2000 + 126);
	assert_in_range(last, 2000 - 126, 2000 + 126);
	assert_in_range(both, 1000 - 110, 1000 + 110);
}

static void nothing_and_too_little_are_drafted_too(void **state)
{
	static const size_t up[] = { 0, 1, 2, 3 }, twice[] = { 2, 2, 2, 0 };
	static const int64_t one_story[] = { 7, 7, 7, 7 };
	struct trial_ranking a = { up, 4 }, b = { twice, 4 }, none = { NULL, 0 };
	struct trial_pick pick[9];
	size_t teams[3] = { 0 };

	(void)state;
	assert_int_equal(trial_draft(&a, &b, NULL, 0, 1, NULL), 0);
	assert_int_equal(trial_draft(&none, &none, NULL, 9, 1, pick), 0);
	assert_int_equal(trial_draft(&a, &b, one_story, 9, 1, pick), 1);
	assert_int_equal(pick[0].team, TEAM_NONE);
	assert_int_equal(trial_draft(&a, &none, NULL, 9, 1, pick), 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pick[i].at, i);
		assert_int_equal(pick[i].team, TEAM_NONE);
	}
	assert_int_equal(trial_draft(&a, &b, NULL, 9, 1, pick), 4);
	for (size_t i = 0; i < 4; i++)
		teams[pick[i].team]++;
	/* 0 and 2 in some order; then only one ranking has more. */
	assert_int_equal(teams[TEAM_A], 1);
	assert_int_equal(teams[TEAM_B], 1);
}

/* ---- calls, summed over all ways that a trial can go ---- */

struct odds { double a, b, none, opens; /* expected opens until it ends */ };

/* Where A wins each open with chance p. chance[a]: of standing undecided at a to n - a. */
static struct odds odds_of(double p)
{
	double chance[TRIAL_HORIZON + 2] = { 1 }, next[TRIAL_HORIZON + 2];
	struct odds o = { 0 };

	for (unsigned n = 0; n <= TRIAL_HORIZON; n++) {
		memset(next, 0, sizeof next);
		for (unsigned a = 0; a <= n; a++) {
			o.opens += chance[a];
			for (enum team team = TEAM_A; team <= TEAM_B; team++) {
				struct trial t = { a, n - a, TRIAL_OPEN };
				double c = chance[a] * (team == TEAM_A ? p : 1 - p);

				trial_count(&t, team);
				o.a += t.decision == TRIAL_A ? c : 0;
				o.b += t.decision == TRIAL_B ? c : 0;
				o.none += t.decision == TRIAL_NO_DIFFERENCE ? c : 0;
				next[t.a] += t.decision == TRIAL_OPEN ? c : 0;
			}
		}
		memcpy(chance, next, sizeof chance);
	}
	/* Every trial has come to its end. */
	assert_true(fabs(o.a + o.b + o.none - 1) < 1e-12);
	return o;
}

static void equals_are_told_apart_in_at_most_5_percent(void **state)
{
	struct odds o = odds_of(0.5);

	(void)state;
	print_message("# between equals: called %.5f, %.1f opens\n", o.a + o.b, o.opens);
	assert_true(o.a + o.b <= 0.05);
	assert_true(fabs(o.a + o.b - 0.0496) < 0.00005);
	assert_true(fabs(o.a - o.b) < 1e-12);
}

static void a_preference_of_60_to_40_is_called_in_80_percent(void **state)
{
	struct odds for_a = odds_of(0.6), for_b = odds_of(0.4);

	(void)state;
	print_message("# at 60 to 40: called rightly %.5f, wrongly %.5f, %.1f opens\n", for_a.a, for_a.b, for_a.opens);
	assert_true(TRIAL_HORIZON <= 200);
	assert_true(for_a.a >= 0.80);
	assert_true(fabs(for_a.a - 0.8052) < 0.00005);
	assert_true(for_a.b < 0.0001);
	assert_true(fabs(for_a.a - for_b.b) < 1e-12);
}

static void a_clear_preference_is_called_early(void **state)
{
	static const double p[] = { 0.55, 0.65, 0.7, 0.8, 0.9 };
	struct odds o[5];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		o[i] = odds_of(p[i]);
		print_message("# at %.0f to %.0f: called rightly %.5f, wrongly %.5f, %.1f opens\n", 100 * p[i], 100 - 100 * p[i], o[i].a, o[i].b, o[i].opens);
	}
	assert_true(o[2].opens < 75 && o[2].a > 0.999);
	assert_true(o[3].opens < 35 && o[3].a > 0.999);
	assert_true(o[4].opens < 20);
}

static void what_is_decided_stays_so(void **state)
{
	struct trial t = { 0 }, end;

	(void)state;
	for (int i = 0; i < 13; i++) {
		assert_int_equal(t.decision, TRIAL_OPEN);
		trial_count(&t, TEAM_NONE);
		trial_count(&t, TEAM_B);
	}
	/* 3.5 sqrt(13) = 12.6: thirteen in a row are enough, twelve aren't. */
	assert_int_equal(t.decision, TRIAL_B);
	assert_int_equal(t.b, 13);
	end = t;
	for (int i = 0; i < 500; i++)
		trial_count(&t, TEAM_A);
	assert_memory_equal(&t, &end, sizeof t);
}

/* Whether a trial at a to b, as yet undecided, would be called for `team` if it won all that are left. */
static bool can_be_called(unsigned a, unsigned b, enum team team)
{
	for (; a + b < TRIAL_HORIZON; a += team == TEAM_A, b += team == TEAM_B) {
		struct trial t = { a, b, TRIAL_OPEN };

		trial_count(&t, team);
		if (t.decision == (team == TEAM_A ? TRIAL_A : TRIAL_B))
			return true;
	}
	return false;
}

static void no_difference_is_said_when_nothing_can_change_it(void **state)
{
	int ended = 0;

	(void)state;
	for (unsigned n = 0; n < TRIAL_HORIZON; n++)
		for (unsigned a = 0; a <= n; a++) {
			struct trial t = { a, n - a, TRIAL_OPEN };

			trial_count(&t, TEAM_A);
			if (t.decision == TRIAL_A || t.decision == TRIAL_B)
				continue;
			assert_int_equal(t.decision == TRIAL_OPEN, can_be_called(t.a, t.b, TEAM_A) || can_be_called(t.a, t.b, TEAM_B));
			ended += t.decision == TRIAL_NO_DIFFERENCE;
		}
	assert_true(ended > 0);
}

/* ---- the posterior ---- */

/* The share of p^a (1 - p)^b that lies below x, by Simpson's rule. */
static double share_below(double a, double b, double x)
{
	double below = 0, all = 0, peak = a + b > 0 ? a / (a + b) : 0.5;
	int steps = 20000;

	for (int side = 0; side < 2; side++) {
		double from = side ? x : 0, to = side ? 1 : x, sum = 0, h = (to - from) / steps;

		for (int i = 0; i <= steps; i++) {
			double p = from + h * i, f = pow(p / (peak > 0 ? peak : 1), a) * pow((1 - p) / (peak < 1 ? 1 - peak : 1), b);

			sum += f * (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2);
		}
		all += sum * h / 3;
		below += side ? 0 : sum * h / 3;
	}
	return below / all;
}

static void the_posterior_is_that_of_a_flat_prior(void **state)
{
	static const unsigned won[][2] = { { 0, 0 }, { 1, 0 }, { 0, 13 }, { 13, 0 }, { 18, 31 }, { 40, 40 }, { 114, 85 }, { 85, 114 }, { 199, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof won / sizeof *won; i++) {
		unsigned a = won[i][0], b = won[i][1];
		struct trial_verdict v = trial_verdict(&(struct trial){ a, b, TRIAL_OPEN }), swapped = trial_verdict(&(struct trial){ b, a, TRIAL_OPEN });

		assert_true(fabs(v.mean - (a + 1.0) / (a + b + 2.0)) < 1e-12);
		assert_true(v.low < v.mean && v.mean < v.high);
		assert_true(fabs(share_below(a, b, v.low) - 0.05) < 1e-7);
		assert_true(fabs(share_below(a, b, v.high) - 0.95) < 1e-7);
		assert_true(fabs(share_below(a, b, 0.5) - (1 - v.a_better)) < 1e-7);
		assert_true(fabs(v.a_better + swapped.a_better - 1) < 1e-9);
		assert_true(fabs(v.low + swapped.high - 1) < 1e-9);
	}
}

static void assert_words(unsigned a, unsigned b, enum trial_decision decision, const char *words)
{
	struct trial_verdict v = trial_verdict(&(struct trial){ a, b, decision });
	struct arena arena = ARENA_INIT;

	assert_string_equal(trial_words(&arena, &v), words);
	arena_clear(&arena);
}

static void the_words_say_what_is_known_and_no_more(void **state)
{
	(void)state;
	assert_words(0, 0, TRIAL_OPEN, "No open that tells yet.");
	assert_words(12, 12, TRIAL_OPEN, "Even, 12 to 12 of 24 opens that tell; not enough yet.");
	assert_words(18, 31, TRIAL_OPEN, "B is ahead 31 to 18 of 49 opens that tell; not enough yet.");
	assert_words(13, 0, TRIAL_A, "A wins 13 to 0 of 13 opens that tell: more than 99 % sure that it is the better one for you.");
	assert_words(199, 0, TRIAL_A, "A wins 199 to 0 of 199 opens that tell: more than 99 % sure that it is the better one for you.");
	/* Of the posterior 97.99 % lies above a half, and the middle nine tenths between 44.3 and 55.9 %. */
	assert_words(85, 114, TRIAL_B, "B wins 114 to 85 of 199 opens that tell: 97 % sure that it is the better one for you.");
	assert_words(100, 99, TRIAL_NO_DIFFERENCE,
		     "Too close to call, 100 to 99 of 199 opens that tell: A's share lies between 44 % and 57 %, with a probability of 90 %.");
}

/* ---- whole trials, with a reader who goes down the page ---- */

#define TRIALS 2000
#define OFFERED 12
#define PLACES 8

struct reader {
	double taste;    /* how much an article's worth decides; 0: only its place does */
	double noise[2]; /* with which the two rankings see the worth */
	int most;        /* opens a page, that tell or not */
};

struct scored { double score; size_t at; };

static int by_score(const void *x, const void *y)
{
	const struct scored *a = x, *b = y;

	return a->score > b->score ? -1 : a->score < b->score;
}

static void rank_by(struct rng *r, const double *worth, double noise, size_t *at)
{
	struct scored s[OFFERED];

	for (size_t i = 0; i < OFFERED; i++)
		s[i] = (struct scored){ worth[i] + noise * rng_normal(r), i };
	qsort(s, OFFERED, sizeof *s, by_score);
	for (size_t i = 0; i < OFFERED; i++)
		at[i] = s[i].at;
}

/* One page: goes on to the next place with chance .92, opens what is worth it. */
static void read_page(const struct reader *who, struct rng *r, struct trial *t)
{
	struct trial_pick pick[PLACES];
	double worth[OFFERED];
	struct pool p;
	int opened = 0;

	for (size_t i = 0; i < OFFERED; i++)
		worth[i] = rng_normal(r);
	rank_by(r, worth, who->noise[0], p.order[0]);
	rank_by(r, worth, who->noise[1], p.order[1]);
	p.a = (struct trial_ranking){ p.order[0], OFFERED };
	p.b = (struct trial_ranking){ p.order[1], OFFERED };
	assert_int_equal(trial_draft(&p.a, &p.b, NULL, PLACES, rng_u64(r), pick), PLACES);
	for (size_t i = 0; i < PLACES && opened < who->most && rng_uniform(r) < 0.92; i++)
		if (rng_uniform(r) < 1 / (1 + exp(1.5 - who->taste * worth[pick[i].at]))) {
			trial_count(t, pick[i].team);
			opened++;
		}
}

struct tally { double a, b; /* shares of the trials */ double share, opens; /* A's share of the opens that tell; these, a trial */ };

static struct tally run_trials(const struct reader *who, const char *what)
{
	double called[4] = { 0 }, opens = 0, of_a = 0;
	struct tally sum;
	struct rng r;

	rng_seed(&r, 20081026);
	for (int i = 0; i < TRIALS; i++) {
		struct trial t = { 0 };

		while (t.decision == TRIAL_OPEN)
			read_page(who, &r, &t);
		called[t.decision]++;
		of_a += t.a;
		opens += t.a + t.b;
	}
	sum = (struct tally){ called[TRIAL_A] / TRIALS, called[TRIAL_B] / TRIALS, of_a / opens, opens / TRIALS };
	print_message("# %s: A called in %.4f, B in %.4f of %d trials; %.1f opens each, %.3f of them A's\n", what, sum.a, sum.b, TRIALS, sum.opens, sum.share);
	return sum;
}

static void readers_without_a_preference_rarely_get_a_call(void **state)
{
	struct reader by_worth = { 1.5, { 1, 1 }, PLACES }, by_place = { 0, { 0.2, 3 }, PLACES }, once = { 1.5, { 1, 1 }, 1 };
	struct tally worth = run_trials(&by_worth, "equal, all that is worth it is opened"), place = run_trials(&by_place, "only the place counts"),
		     one = run_trials(&once, "equal, one open a page");

	(void)state;
	assert_true(worth.a + worth.b <= 0.05);
	assert_true(place.a + place.b <= 0.05);
	/* Here opens are independent, and the chance of a call is all but .05: two standard deviations of 2,000 trials. */
	assert_true(one.a + one.b <= 0.05 + 2 * sqrt(0.05 * 0.95 / TRIALS));
}

static void readers_with_a_preference_get_it_called(void **state)
{
	struct reader many = { 1.5, { 0.8, 2 }, PLACES }, once = { 1.5, { 0.8, 1.6 }, 1 }, strong = { 2.5, { 0.3, 6 }, PLACES };
	struct tally all = run_trials(&many, "A better, all that is worth it is opened"), one = run_trials(&once, "A better, one open a page"),
		     clear = run_trials(&strong, "A much better");

	(void)state;
	assert_true(all.a >= 0.8);
	assert_true(one.a >= 0.8);
	assert_true(clear.a >= 0.999 && clear.opens < 75);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place_goes_to_the_best_that_its_team_has_left),
		cmocka_unit_test(equal_rankings_tell_nothing),
		cmocka_unit_test(swapped_rankings_swap_the_places_of_each_pair),
		cmocka_unit_test(the_coin_is_fair_and_the_seed_decides_it),
		cmocka_unit_test(nothing_and_too_little_are_drafted_too),
		cmocka_unit_test(equals_are_told_apart_in_at_most_5_percent),
		cmocka_unit_test(a_preference_of_60_to_40_is_called_in_80_percent),
		cmocka_unit_test(a_clear_preference_is_called_early),
		cmocka_unit_test(what_is_decided_stays_so),
		cmocka_unit_test(no_difference_is_said_when_nothing_can_change_it),
		cmocka_unit_test(the_posterior_is_that_of_a_flat_prior),
		cmocka_unit_test(the_words_say_what_is_known_and_no_more),
		cmocka_unit_test(readers_without_a_preference_rarely_get_a_call),
		cmocka_unit_test(readers_with_a_preference_get_it_called),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
