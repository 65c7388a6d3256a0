/* explore - what the slider promises, over random pools. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "rank/explore.h"
#include "rank/sim_life.h"
#include "rank/swap.h"
#include "rank/quota.h"

#define MOST 400
#define TOPICS 12

struct pool {
	struct score score[MOST];
	int topic[MOST];
	int64_t story[MOST];
	double p_reader[TOPICS + 1], p_feeds[TOPICS + 1];
	struct explore_input in;
};

static void normalise(double *p, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += p[i];
	for (size_t i = 0; i < n; i++)
		p[i] /= sum;
}

/* n articles over a few topics, some without one, some telling the same story; k places. */
static void pool_make(struct pool *p, struct rng *r, size_t n, size_t k, int topics)
{
	for (size_t i = 0; i < n; i++) {
		p->topic[i] = (int)rng_below(r, (uint32_t)topics + 1) - 1;
		p->score[i] = (struct score){ i, rng_normal(r), 0.5 + rng_uniform(r), rng_uniform(r), rng_uniform(r), false, false, 0, false, { 0 } };
		p->story[i] = i && rng_below(r, 5) == 0 ? p->story[rng_below(r, (uint32_t)i)] : (int64_t)i + 1000;
	}
	for (int t = 0; t <= topics; t++) {
		p->p_reader[t] = pow(rng_uniform(r), 4);
		p->p_feeds[t] = rng_uniform(r);
	}
	normalise(p->p_reader, (size_t)topics + 1);
	normalise(p->p_feeds, (size_t)topics + 1);
	p->in = (struct explore_input){ .score = p->score, .topic = p->topic, .story = p->story, .n = n, .topics = topics, .p_reader = p->p_reader,
					.p_feeds = p->p_feeds, .k = k, .explore = 0, .seed = 7 };
}

static size_t stories(const struct pool *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->in.n; i++) {
		size_t j = 0;

		while (p->story[j] != p->story[i])
			j++;
		n += j == i;
	}
	return n;
}

static void page_mix(const struct pool *p, const struct pick *pick, size_t k, double *out)
{
	memset(out, 0, (TOPICS + 1) * sizeof *out);
	for (size_t i = 0; i < k; i++) {
		int t = p->topic[pick[i].at];

		out[t < 0 ? p->in.topics : t] += 1 / (double)k;
	}
}

static double variation(const double *p, const double *q, int n)
{
	double sum = 0;

	for (int i = 0; i < n; i++)
		sum += fabs(p[i] - q[i]);
	return sum / 2;
}

static size_t slots_of(const struct pick *pick, size_t k)
{
	size_t n = 0;

	for (size_t i = 0; i < k; i++)
		n += pick[i].slot == SLOT_SERENDIPITY;
	return n;
}

static void check_page(const struct pool *p, const struct pick *pick, size_t k)
{
	for (size_t i = 0; i < k; i++) {
		assert_true(pick[i].at < p->in.n);
		assert_true(pick[i].propensity > 0 && pick[i].propensity <= 1);
		if (pick[i].slot == SLOT_SERENDIPITY) {
			assert_true(i > 0);
			assert_true(pick[i - 1].slot != SLOT_SERENDIPITY);
		} else {
			assert_true(pick[i].propensity == 1);
		}
		for (size_t j = 0; j < i; j++)
			assert_true(p->story[pick[i].at] != p->story[pick[j].at]);
	}
}

/* Field by field: what lies between them is nothing. */
static void assert_same_picks(const struct pick *x, const struct pick *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_true(x[i].at == y[i].at && x[i].slot == y[i].slot && x[i].propensity == y[i].propensity);
}

/* One pool through the whole slider. */
static void walk(struct pool *p)
{
	struct pick pick[MOST], again[MOST];
	double mix[TOPICS + 1], from = -1, to = 2, outside, last_outside = -1;
	size_t have = stories(p), k = p->in.k < have ? p->in.k : have;

	for (int s = 0; s <= 100; s += 5) {
		double a, b;

		p->in.explore = s;
		memset(pick, 0, sizeof pick);
		memset(again, 0, sizeof again);
		assert_int_equal(explore_page(&p->in, pick, &outside), k);
		check_page(p, pick, k);
		page_mix(p, pick, k, mix);
		a = variation(mix, p->p_reader, p->in.topics + 1);
		b = variation(mix, p->p_feeds, p->in.topics + 1);
		assert_true(fabs(a - outside) < 1e-9);
		assert_true(a >= from - 1e-9);
		assert_true(b <= to + 1e-9);
		assert_true(outside >= last_outside - 1e-9);
		assert_true(slots_of(pick, k) <= (size_t)lround(0.3 * (double)k * s / 100));
		from = a;
		to = b;
		last_outside = outside;
		assert_int_equal(explore_page(&p->in, again, NULL), k);
		assert_same_picks(pick, again, k);
	}
}

static void more_slider_never_means_less_outside(void **state)
{
	static struct pool p;
	struct rng r;

	(void)state;
	rng_seed(&r, 1);
	for (int i = 0; i < 400; i++) {
		size_t n = 1 + rng_below(&r, 120), k = 1 + rng_below(&r, 40);

		pool_make(&p, &r, n, k, 1 + (int)rng_below(&r, TOPICS));
		walk(&p);
	}
}

static void slots_are_as_many_as_the_formula_says_when_the_pool_allows(void **state)
{
	static struct pool p;
	struct pick pick[40];
	struct rng r;

	(void)state;
	rng_seed(&r, 2);
	for (int i = 0; i < 100; i++) {
		size_t k = 2 + rng_below(&r, 30);

		pool_make(&p, &r, MOST, k, 6);
		for (int s = 0; s <= 100; s += 10) {
			p.in.explore = s;
			assert_int_equal(explore_page(&p.in, pick, NULL), k);
			assert_int_equal(slots_of(pick, k), (size_t)lround(0.3 * (double)k * s / 100));
		}
	}
}

/* Rank of an article's distance among the stories' best articles, 0..1, by counting. */
static void slots_come_from_the_band_and_are_never_the_farthest(void **state)
{
	static struct pool p;
	struct pick pick[30];
	struct rng r;

	(void)state;
	rng_seed(&r, 3);
	for (int i = 0; i < 50; i++) {
		pool_make(&p, &r, 200, 30, 5);
		for (size_t j = 0; j < 200; j++)
			p.story[j] = (int64_t)j; /* all stand alone: the pool is the articles */
		p.in.explore = 100;
		assert_int_equal(explore_page(&p.in, pick, NULL), 30);
		for (size_t j = 0; j < 30; j++) {
			double nearer = 0;

			for (size_t m = 0; m < 200; m++)
				nearer += p.score[m].distance < p.score[pick[j].at].distance;
			if (pick[j].slot == SLOT_SERENDIPITY)
				assert_true(nearer >= 80 && nearer < 160);
		}
	}
}

static void slots_are_new_readable_and_not_spoken_against(void **state)
{
	static struct pool p;
	struct pick pick[30];
	struct rng r;

	(void)state;
	rng_seed(&r, 14);
	pool_make(&p, &r, 300, 30, 5);
	for (size_t i = 0; i < 300; i++) {
		p.story[i] = (int64_t)i;
		p.score[i].foreign = i % 4 == 0;
		p.score[i].edit = i % 4 == 1 ? -1 : 0;
		p.score[i].offered = i % 4 == 3;
	}
	p.in.explore = 100;
	assert_int_equal(explore_page(&p.in, pick, NULL), 30);
	assert_int_equal(slots_of(pick, 30), 9);
	for (size_t i = 0; i < 30; i++)
		if (pick[i].slot == SLOT_SERENDIPITY)
			assert_int_equal(pick[i].at % 4, 2);
}

static void at_0_the_page_is_in_the_order_of_scores(void **state)
{
	static struct pool p;
	struct pick pick[20];
	struct rng r;

	(void)state;
	rng_seed(&r, 4);
	for (int i = 0; i < 50; i++) {
		pool_make(&p, &r, 100, 20, 5);
		assert_int_equal(explore_page(&p.in, pick, NULL), 20);
		for (size_t j = 1; j < 20; j++)
			assert_true(p.score[pick[j - 1].at].mean >= p.score[pick[j].at].mean);
		for (size_t j = 0; j < 20; j++)
			assert_int_equal(pick[j].slot, SLOT_BUBBLE);
	}
}

/* A reader of two topics of six, whose articles score highest. */
static void two_topics(struct pool *p, struct rng *r)
{
	pool_make(p, r, 300, 20, 6);
	for (size_t i = 0; i < 300; i++) {
		p->topic[i] = (int)(i % 6);
		p->story[i] = (int64_t)i;
		p->score[i].mean += i % 6 < 2 ? 4 : 0;
		p->score[i].distance = i % 6 < 2 ? 0.2 * rng_uniform(r) : 0.3 + 0.7 * rng_uniform(r);
	}
	for (int t = 0; t <= 6; t++) {
		p->p_reader[t] = t < 2 ? 0.4 : t < 6 ? 0.05 : 0;
		p->p_feeds[t] = t < 6 ? 1 / 6.0 : 0;
	}
}

static void a_readers_two_topics_lead_at_0_and_have_their_share_at_100(void **state)
{
	static struct pool p;
	struct pick pick[20];
	struct rng r;

	(void)state;
	rng_seed(&r, 5);
	two_topics(&p, &r);
	p.in.facet[p.in.n_facets++] = (struct explore_facet){ .value = p.topic, .values = 6 };
	assert_int_equal(explore_page(&p.in, pick, NULL), 20);
	for (size_t i = 0; i < 12; i++)
		assert_true(p.topic[pick[i].at] < 2);
	p.in.explore = 100;
	assert_int_equal(explore_page(&p.in, pick, NULL), 20);
	for (size_t from = 0; from < 20; from += EXPLORE_WINDOW) { /* what is seen at once is varied: a third of it theirs, give or take two places */
		double theirs = 0;

		for (size_t i = from; i < from + EXPLORE_WINDOW; i++)
			theirs += p.topic[pick[i].at] < 2;
		assert_true(fabs(theirs - EXPLORE_WINDOW / 3.0) <= 2);
	}
}

/* Every article of a feed scores higher than all of the next, and one feed has half of them. */
static void many_feeds(struct pool *p, struct rng *r, int *feed, double *even)
{
	pool_make(p, r, 200, 20, 1);
	for (size_t i = 0; i < 200; i++) {
		feed[i] = i % 2 ? 0 : 1 + (int)(i / 2 % 9);
		p->topic[i] = 0;
		p->story[i] = (int64_t)i;
		p->score[i].mean = 1 - feed[i] / 10.0 - (double)i / 1e4;
	}
	for (int f = 0; f <= 10; f++)
		even[f] = f < 10 ? 0.1 : 0;
	p->in.facet[0] = (struct explore_facet){ .value = feed, .values = 10 };
	p->in.n_facets = 1;
}

static int most_of_one_feed(const struct pick *pick, size_t from, size_t to, const int *feed)
{
	int count[10] = { 0 }, most = 0;

	for (size_t i = from; i < to; i++) {
		count[feed[pick[i].at]]++;
		most = count[feed[pick[i].at]] > most ? count[feed[pick[i].at]] : most;
	}
	return most;
}

static void a_feed_does_not_flood_the_page(void **state)
{
	static struct pool p;
	struct pick pick[20];
	struct rng r;
	int feed[MOST];
	double even[11];

	(void)state;
	rng_seed(&r, 12);
	many_feeds(&p, &r, feed, even);
	assert_int_equal(explore_page(&p.in, pick, NULL), 20);
	assert_int_equal(most_of_one_feed(pick, 0, 20, feed), 20); /* at 0 the scores alone decide ... */
	p.in.facet[0].p_reader = p.in.facet[0].p_feeds = even;
	assert_int_equal(explore_page(&p.in, pick, NULL), 20);
	assert_true(most_of_one_feed(pick, 0, 20, feed) <= 12);    /* ... and the feeds' mix, where one is wanted */
	p.in.facet[0].p_reader = p.in.facet[0].p_feeds = NULL;
	p.in.explore = 50;
	assert_int_equal(explore_page(&p.in, pick, NULL), 20);
	assert_true(most_of_one_feed(pick, 0, 10, feed) <= 2 && most_of_one_feed(pick, 10, 20, feed) <= 3);
}

static void what_is_seen_at_once_stands_in_the_order_of_scores(void **state)
{
	static struct pool p;
	struct pick pick[25];
	struct rng r;
	int feed[MOST];
	double even[11];

	(void)state;
	rng_seed(&r, 13);
	many_feeds(&p, &r, feed, even);
	p.in.k = 25;
	for (int s = 0; s <= 100; s += 20) {
		p.in.explore = s;
		assert_int_equal(explore_page(&p.in, pick, NULL), 25);
		for (size_t from = 0; from < 25; from += EXPLORE_WINDOW) {
			double last = INFINITY;

			for (size_t i = from; i < from + EXPLORE_WINDOW && i < 25; i++) {
				if (pick[i].slot == SLOT_SERENDIPITY)
					continue;
				assert_true(p.score[pick[i].at].mean <= last);
				last = p.score[pick[i].at].mean;
			}
		}
	}
}

static void the_best_articles_of_a_topic_fill_its_places(void **state)
{
	static struct pool p;
	struct pick pick[20];
	struct rng r;

	(void)state;
	rng_seed(&r, 6);
	two_topics(&p, &r);
	p.in.explore = 50;
	assert_int_equal(explore_page(&p.in, pick, NULL), 20);
	for (size_t i = 0; i < 20; i++) {
		size_t better = 0, places = 0;

		if (pick[i].slot == SLOT_SERENDIPITY)
			continue;
		for (size_t j = 0; j < p.in.n; j++)
			better += p.topic[j] == p.topic[pick[i].at] && p.score[j].mean > p.score[pick[i].at].mean;
		for (size_t j = 0; j < 20; j++)
			places += p.topic[pick[j].at] == p.topic[pick[i].at];
		assert_true(better < places);
	}
}

static void propensity_is_the_share_of_draws_that_pick_the_same(void **state)
{
	static struct pool p;
	struct pick pick[10];
	double picked[MOST] = { 0 }, said[MOST] = { 0 };
	struct rng r;
	int rounds = 4000;

	(void)state;
	rng_seed(&r, 8);
	pool_make(&p, &r, 30, 10, 1);
	for (size_t i = 0; i < 30; i++) {
		p.story[i] = (int64_t)i;
		p.topic[i] = 0;
	}
	p.in.explore = 40; /* one slot of ten */
	for (int i = 0; i < rounds; i++) {
		p.in.seed = (uint64_t)i;
		assert_int_equal(explore_page(&p.in, pick, NULL), 10);
		for (size_t j = 0; j < 10; j++)
			if (pick[j].slot == SLOT_SERENDIPITY) {
				picked[pick[j].at]++;
				said[pick[j].at] += 1 / pick[j].propensity;
			}
	}
	/* E[1 / propensity | picked] P(picked) = 1 for whoever can be picked: that is what makes it usable as a weight. */
	for (size_t i = 0; i < 30; i++)
		if (picked[i] > 0.1 * rounds)
			assert_true(fabs(said[i] / rounds - 1) < 0.25);
}

/* ---- simulated readers ---- */

#define READERS 200
#define MIX (SIM_TOPICS + 1)

/* Base 2, as eclose-ranking(7) has it. */
static double divergence(const double *p, const double *q)
{
	double sum = 0;

	for (int t = 0; t < MIX; t++) {
		double m = (p[t] + q[t]) / 2;

		sum += (p[t] > 0 ? p[t] * log2(p[t] / m) / 2 : 0) + (q[t] > 0 ? q[t] * log2(q[t] / m) / 2 : 0);
	}
	return sum;
}

/* Of the best that so many places and articles allow, by largest remainder. */
static double best_divergence(const struct explore_input *in, const double *mix, size_t k)
{
	size_t have[MIX] = { 0 }, places[MIX];
	double best[MIX];

	for (size_t i = 0; i < in->n; i++)
		have[in->topic[i] < 0 ? SIM_TOPICS : in->topic[i]]++;
	quota_split(mix, have, MIX, k, places);
	for (int t = 0; t < MIX; t++)
		best[t] = (double)places[t] / (double)k;
	return divergence(best, mix);
}

static void walk_reader(struct explore_input *in)
{
	struct pick pick[60];
	double from = -1, to = 2;

	for (in->explore = 0; in->explore <= 100; in->explore += 10) {
		size_t k = explore_page(in, pick, NULL);
		double mix[MIX] = { 0 }, a, b;

		assert_int_equal(k, in->k);
		assert_int_equal(slots_of(pick, k), (size_t)lround(0.3 * (double)k * in->explore / 100));
		for (size_t i = 0; i < k; i++)
			mix[in->topic[pick[i].at] < 0 ? SIM_TOPICS : in->topic[pick[i].at]] += 1 / (double)k;
		a = divergence(mix, in->p_reader);
		b = divergence(mix, in->p_feeds);
		assert_true(a >= from - 0.01);
		assert_true(b <= to + 0.01);
		if (in->explore == 0)
			assert_true(a <= best_divergence(in, in->p_reader, k) + 0.02);
		if (in->explore == 100)
			assert_true(b <= best_divergence(in, in->p_feeds, k) + 0.02);
		from = a;
		to = b;
	}
}

static void the_slider_keeps_its_promise_to_200_simulated_readers(void **state)
{
	static const struct sim_watch nobody = { 0 };
	struct sim_world w;

	(void)state;
	sim_world_make(&w, 1);
	for (int u = 0; u < READERS; u++) {
		struct arena a = ARENA_INIT;
		struct score score[SIM_OFFERED];
		struct explore_input in;
		struct sim_life l;

		sim_life_init(&l, &w, 1000 + (uint64_t)u, MODEL_INTEREST, u % 3 ? 30 : 0);
		while (l.day < 2 + u % 12)
			assert_true(sim_life_sit(&l, &nobody));
		sim_life_score(&l, sim_offered(l.day), SIM_OFFERED, sim_morning(l.day), score);
		explore_gather(&l.profile, score, SIM_OFFERED, sim_morning(l.day), &a, &in);
		in.k = (size_t[]){ 10, 20, 30 }[u % 3];
		in.seed = (uint64_t)u;
		walk_reader(&in);
		arena_clear(&a);
		sim_life_clear(&l);
	}
	sim_world_clear(&w);
}

/* Among several topics: two slots of ten go to one topic each, with three there are too few topics outside and one has two. */
static void propensity_knows_that_each_topic_has_a_slot_first(void **state)
{
	static struct pool p;
	struct pick pick[10];
	struct rng r;
	int rounds = 6000;

	(void)state;
	rng_seed(&r, 21);
	pool_make(&p, &r, 60, 10, 3);
	for (size_t i = 0; i < 60; i++) {
		p.story[i] = (int64_t)i;
		p.topic[i] = (int)(i % 3);
		p.score[i].mean = p.topic[i] == 1 ? 1 : -1; /* the second of topic 1 would be drawn above most of topic 2 */
		p.score[i].sd = 1;
		p.score[i].quality = 0.5;
	}
	for (int t = 0; t <= 3; t++) {
		p.p_reader[t] = t == 0;
		p.p_feeds[t] = t < 3 ? 1 / 3.0 : 0;
	}
	for (p.in.explore = 60; p.in.explore <= 100; p.in.explore += 40) {
		double picked[60] = { 0 }, said[60] = { 0 };

		for (int i = 0; i < rounds; i++) {
			p.in.seed = (uint64_t)i;
			assert_int_equal(explore_page(&p.in, pick, NULL), 10);
			assert_int_equal(slots_of(pick, 10), p.in.explore == 60 ? 2 : 3);
			for (size_t j = 0; j < 10; j++)
				if (pick[j].slot == SLOT_SERENDIPITY) {
					picked[pick[j].at]++;
					said[pick[j].at] += 1 / pick[j].propensity;
				}
		}
		for (size_t i = 0; i < 60; i++)
			if (picked[i] > 0.05 * rounds)
				assert_true(fabs(said[i] / rounds - 1) < 0.25);
	}
}

static void empty_and_tiny_pools_give_what_there_is(void **state)
{
	static struct pool p;
	struct pick pick[10];
	struct rng r;
	double outside = -1;

	(void)state;
	rng_seed(&r, 9);
	pool_make(&p, &r, 1, 10, 3);
	p.in.n = 0;
	assert_int_equal(explore_page(&p.in, pick, &outside), 0);
	assert_true(outside == 0);
	p.in.n = 1;
	p.in.explore = 100;
	assert_int_equal(explore_page(&p.in, pick, &outside), 1);
	p.in.k = 0;
	assert_int_equal(explore_page(&p.in, pick, &outside), 0);
	p.in.k = 10;
	p.in.topics = 0;
	p.p_reader[0] = p.p_feeds[0] = 1;
	assert_int_equal(explore_page(&p.in, pick, &outside), 1);
}

static void beyond_its_ends_the_slider_stands_at_the_nearer_one(void **state)
{
	static const int beyond[][2] = { { -1, 0 }, { -2147483647 - 1, 0 }, { 101, 100 }, { 2147483647, 100 } };
	static struct pool p;
	struct rng r;

	(void)state;
	rng_seed(&r, 21);
	pool_make(&p, &r, 80, 20, 6);
	for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
		struct pick pick[20], end[20];
		double outside, at_end;

		p.in.explore = beyond[i][0];
		assert_int_equal(explore_page(&p.in, pick, &outside), 20);
		p.in.explore = beyond[i][1];
		assert_int_equal(explore_page(&p.in, end, &at_end), 20);
		assert_true(outside == at_end);
		assert_same_picks(pick, end, 20);
	}
}

/* Every place is filled, each article stands once, what is no number takes no slot, and of two articles of a topic the one with a score comes first. */
static void scores_that_are_no_numbers_come_last_and_into_no_slot(void **state)
{
	static const double odd[] = { NAN, INFINITY, -INFINITY };
	static struct pool p;
	struct rng r;

	(void)state;
	rng_seed(&r, 22);
	for (int round = 0; round < 60; round++) {
		size_t k = round % 3 ? 20 : 60;
		struct pick pick[60];
		bool seen[60] = { false };

		pool_make(&p, &r, 60, k, 4);
		for (size_t i = 0; i < 60; i++) {
			p.story[i] = (int64_t)i;
			if (round % 4 == 0 || rng_below(&r, 3) == 0)
				*(double *[]){ &p.score[i].mean, &p.score[i].sd, &p.score[i].distance, &p.score[i].quality }[rng_below(&r, 4)] = odd[rng_below(&r, 3)];
		}
		p.in.explore = (int)rng_below(&r, 101);
		assert_int_equal(explore_page(&p.in, pick, NULL), k);
		for (size_t i = 0; i < k; i++) {
			const struct score *s = &p.score[pick[i].at];

			assert_false(seen[pick[i].at]);
			seen[pick[i].at] = true;
			assert_true(pick[i].propensity > 0 && pick[i].propensity <= 1);
			if (pick[i].slot == SLOT_SERENDIPITY)
				assert_true(isfinite(s->mean) && isfinite(s->sd) && isfinite(s->distance) && isfinite(s->quality));
		}
		for (size_t i = 0; i < 60; i++)
			for (size_t j = 0; j < 60 && !seen[i] && isfinite(p.score[i].mean); j++)
				assert_false(seen[j] && isnan(p.score[j].mean) && p.topic[i] == p.topic[j]);
	}
}

/* All splits of k places over three topics, tried one by one. */
static double nearest(const double *mix, const size_t *have, size_t k)
{
	double best = INFINITY;

	for (size_t a = 0; a <= k && a <= have[0]; a++)
		for (size_t b = 0; a + b <= k && b <= have[1]; b++) {
			double n = (double)k, d;

			if (k - a - b > have[2])
				continue;
			d = fabs((double)a - mix[0] * n) + fabs((double)b - mix[1] * n) + fabs((double)(k - a - b) - mix[2] * n);
			best = d < best ? d : best;
		}
	return best;
}

static void a_split_is_the_nearest_that_the_articles_allow(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 10);
	for (int i = 0; i < 2000; i++) {
		double mix[3] = { rng_uniform(&r), rng_uniform(&r), rng_uniform(&r) }, d = 0;
		size_t have[3] = { rng_below(&r, 9), rng_below(&r, 9), rng_below(&r, 9) }, out[3], sum = have[0] + have[1] + have[2];
		size_t k = rng_below(&r, (uint32_t)sum + 1);

		normalise(mix, 3);
		quota_split(mix, have, 3, k, out);
		assert_int_equal(out[0] + out[1] + out[2], k);
		for (int t = 0; t < 3; t++) {
			assert_true(out[t] <= have[t]);
			d += fabs((double)out[t] - mix[t] * (double)k);
		}
		assert_true(d <= nearest(mix, have, k) + 1e-9);
	}
}

/* ---- swaps ---- */

static void a_coin_puts_two_near_places_in_order_and_slots_stay(void **state)
{
	int swapped = 0, done = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 2000; seed++) {
		struct pick pick[30];
		size_t upper = 99, lower = 99, moved = 0;

		for (size_t i = 0; i < 30; i++)
			pick[i] = (struct pick){ .at = i, .slot = i == 4 ? SLOT_SERENDIPITY : SLOT_BUBBLE };
		if (!swap_places(pick, 30, seed, &upper, &lower)) {
			assert_true(pick[4].at == 4);
			continue;
		}
		done++;
		assert_true(upper >= 1 && upper < lower && lower == 2 * upper + 1 && lower < 12 && upper != 4 && lower != 4);
		for (size_t i = 0; i < 30; i++)
			moved += pick[i].at != i;
		assert_true(moved == 0 || (moved == 2 && pick[upper].at == lower && pick[lower].at == upper));
		swapped += moved > 0;
		assert_false(swap_places(pick, upper, seed, &upper, &lower)); /* a page too short for it is left alone */
	}
	assert_true(done > 1000 && swapped > done * 45 / 100 && swapped < done * 55 / 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_slider_never_means_less_outside),
		cmocka_unit_test(slots_are_as_many_as_the_formula_says_when_the_pool_allows),
		cmocka_unit_test(slots_come_from_the_band_and_are_never_the_farthest),
		cmocka_unit_test(slots_are_new_readable_and_not_spoken_against),
		cmocka_unit_test(at_0_the_page_is_in_the_order_of_scores),
		cmocka_unit_test(a_readers_two_topics_lead_at_0_and_have_their_share_at_100),
		cmocka_unit_test(a_feed_does_not_flood_the_page),
		cmocka_unit_test(what_is_seen_at_once_stands_in_the_order_of_scores),
		cmocka_unit_test(the_slider_keeps_its_promise_to_200_simulated_readers),
		cmocka_unit_test(the_best_articles_of_a_topic_fill_its_places),
		cmocka_unit_test(propensity_is_the_share_of_draws_that_pick_the_same),
		cmocka_unit_test(propensity_knows_that_each_topic_has_a_slot_first),
		cmocka_unit_test(empty_and_tiny_pools_give_what_there_is),
		cmocka_unit_test(beyond_its_ends_the_slider_stands_at_the_nearer_one),
		cmocka_unit_test(scores_that_are_no_numbers_come_last_and_into_no_slot),
		cmocka_unit_test(a_split_is_the_nearest_that_the_articles_allow),
		cmocka_unit_test(a_coin_puts_two_near_places_in_order_and_slots_stay),
	};

	return cmocka_run_group_tests_name("explore", tests, NULL, NULL);
}
