/* arms, diversity - measures of a list by hand, what each way of making a page does, and where one curve passes another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "rank/arms.h"
#include "rank/diversity.h"
#include "rank/eval.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

/* ---- measures ---- */

static void mixes_are_counted_by_place_or_by_rank(void **state)
{
	const int value[] = { 0, 2, -1, 2, 7 };
	double mix[3], w[] = { 1, 1 / log2(3), 1 / log2(5) }, all = w[0] + w[1] + w[2];

	(void)state;
	assert_int_equal(mix_count(value, 5, 3, false, mix), 3);
	assert_near(mix[0], 1.0 / 3, 1e-12);
	assert_near(mix[2], 2.0 / 3, 1e-12);
	assert_int_equal(mix_count(value, 5, 3, true, mix), 3);
	assert_near(mix[0], w[0] / all, 1e-12);
	assert_near(mix[1], 0, 0);
	assert_near(mix[2], (w[1] + w[2]) / all, 1e-12);
	assert_int_equal(mix_count(value + 2, 1, 3, true, mix), 0);
	assert_near(mix[0] + mix[1] + mix[2], 0, 0);
}

static void entropy_divergence_variation_and_gini_are_those_counted_by_hand(void **state)
{
	const double half[] = { .5, .5, 0 }, one[] = { 1, 0, 0 }, other[] = { 0, 0, 1 };
	const double even[] = { 2, 2, 2, 2 }, all[] = { 0, 9, 0, 0 }, rising[] = { 3, 1, 2 };

	(void)state;
	assert_near(mix_entropy(half, 3), 1, 1e-12);
	assert_near(mix_entropy(one, 3), 0, 1e-12);
	assert_near(mix_divergence(one, other, 3), 1, 1e-12);
	assert_near(mix_divergence(half, half, 3), 0, 1e-12);
	assert_near(mix_divergence(half, one, 3), 0.5 * (0.5 * log2(0.5 / 0.75) + 0.5) + 0.5 * log2(1 / 0.75), 1e-12);
	assert_near(mix_variation(half, one, 3), 0.5, 1e-12);
	assert_near(gini(even, 4), 0, 1e-12);
	assert_near(gini(all, 4), 0.75, 1e-12);
	assert_near(gini(rising, 3), 2.0 / 9, 1e-12);
	assert_near(gini(even, 0), 0, 0);
}

/* ---- arms ---- */

#define N 60
#define D 4
#define K 10

struct pool {
	struct corpus corpus;
	struct profile profile;
	struct score score[N];
	struct arm_pool arms;
	struct arena arena;
};

/* Four kinds of articles, each a direction; the first kind scores highest throughout, the last lowest. */
static void pool_make(struct pool *p, uint64_t seed)
{
	*p = (struct pool){ .arena = ARENA_INIT };
	corpus_init(&p->corpus, D, 0);
	for (int i = 0; i < N; i++) {
		float vec[D] = { 0 };
		struct doc d = { .id = i + 1, .at = DATE_NONE, .story = i + 1, .feed = -1, .topic = i / 15, .author = -1, .language = -1, .feeds_telling = 1 };

		vec[i / 15] = 1;
		(void)corpus_add(&p->corpus, &d, NULL, NULL, 0, (struct doc_vectors){ { [SIDE_WORDS] = vec } });
		p->score[i] = (struct score){ .doc = (size_t)i, .mean = 3 - i / 10.0, .sd = 0.3, .distance = i / (double)N, .quality = 0.5 };
	}
	p->corpus.values[FACET_TOPIC] = 4;
	profile_init(&p->profile, &p->corpus, ~0u);
	arm_pool_make(&p->arms, &p->profile, p->score, N, K, 1000000, seed, &p->arena);
}

static void pool_clear(struct pool *p)
{
	profile_clear(&p->profile);
	corpus_clear(&p->corpus);
	arena_clear(&p->arena);
}

static int kinds(const struct pick *pick)
{
	bool seen[4] = { false };

	for (size_t i = 0; i < K; i++)
		seen[pick[i].at / 15] = true;
	return seen[0] + seen[1] + seen[2] + seen[3];
}

static double relevance(const struct pool *p, const struct pick *pick)
{
	double sum = 0;

	for (size_t i = 0; i < K; i++)
		sum += p->arms.relevance[pick[i].at];
	return sum / K;
}

static void assert_distinct(const struct pick *pick)
{
	for (size_t i = 0; i < K; i++) {
		assert_true(pick[i].at < N);
		for (size_t j = 0; j < i; j++)
			assert_true(pick[i].at != pick[j].at);
	}
}

static void every_arm_begins_with_the_scores_and_gives_them_up_for_variety(void **state)
{
	struct pool p;
	struct pick plain[K], pick[K];

	(void)state;
	pool_make(&p, 3);
	assert_int_equal(arm_page(&p.arms, ARM_SLIDER, -1, plain), K);
	for (size_t i = 0; i < K; i++)
		assert_int_equal(plain[i].at, i);
	for (int arm = ARM_SLIDER + 1; arm < ARM_COUNT; arm++) {
		assert_int_equal(arm_page(&p.arms, (enum arm)arm, 0, pick), K);
		for (size_t i = 0; i < K; i++)
			assert_int_equal(pick[i].at, i);
	}
	for (int arm = 0; arm < ARM_COUNT; arm++) {
		assert_int_equal(arm_page(&p.arms, (enum arm)arm, 100, pick), K);
		assert_distinct(pick);
		assert_true(kinds(pick) == 4);
		assert_true(relevance(&p, pick) < relevance(&p, plain));
	}
	pool_clear(&p);
}

/* By hand: after the first of a kind, mmr takes the next best of another as long as 0.5 relevance is less than 0.5 cosine. */
static void mmr_and_dpp_take_one_of_each_kind_first(void **state)
{
	static const enum arm both[] = { ARM_MMR, ARM_DPP };
	struct pool p;
	struct pick pick[K];

	(void)state;
	pool_make(&p, 3);
	for (size_t a = 0; a < 2; a++) {
		assert_int_equal(arm_page(&p.arms, both[a], 70, pick), K);
		for (size_t i = 0; i < 4; i++)
			assert_int_equal(pick[i].at, 15 * i);
	}
	pool_clear(&p);
}

static void random_places_follow_the_seed_and_the_share(void **state)
{
	struct pool a, b;
	struct pick x[K], y[K];
	size_t moved = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		pool_make(&a, seed);
		pool_make(&b, seed);
		assert_int_equal(arm_page(&a.arms, ARM_RANDOM, 30, x), K);
		assert_int_equal(arm_page(&b.arms, ARM_RANDOM, 30, y), K);
		assert_distinct(x);
		for (size_t i = 0; i < K; i++) {
			assert_true(x[i].at == y[i].at && x[i].slot == y[i].slot && x[i].propensity == y[i].propensity);
			moved += x[i].at >= K;
		}
		pool_clear(&a);
		pool_clear(&b);
	}
	assert_near((double)moved / (40 * K), 0.3 * (N - K) / N, 0.06); /* some of those drawn are among the best anyway */
}

static void a_pool_smaller_than_the_page_is_all_shown(void **state)
{
	struct pool p;
	struct pick pick[K];

	(void)state;
	pool_make(&p, 3);
	for (int arm = 0; arm < ARM_COUNT; arm++) {
		struct arena a = ARENA_INIT;
		struct arm_pool few;

		arm_pool_make(&few, &p.profile, p.score, 3, K, 1000000, 1, &a);
		assert_int_equal(arm_page(&few, (enum arm)arm, 50, pick), 3);
		arm_pool_make(&few, &p.profile, p.score, 0, K, 1000000, 1, &a);
		assert_int_equal(arm_page(&few, (enum arm)arm, 50, pick), 0);
		arena_clear(&a);
	}
	pool_clear(&p);
}

/* ---- curves ---- */

static void a_curve_is_read_off_at_an_entropy_or_above_it(void **state)
{
	struct eval_point c[EVAL_POINTS];

	(void)state;
	for (int i = 0; i < EVAL_POINTS; i++)
		c[i] = (struct eval_point){ 1 - i / 10.0, 1 + i / 5.0 }; /* 1 at 1 bit .. 0 at 3 */
	assert_near(eval_relevance_at(c, 1.1), 0.95, 1e-12);
	assert_near(eval_relevance_at(c, 0.2), 1, 1e-12); /* what is more varied than asked will do */
	assert_near(eval_relevance_at(c, 3), 0, 1e-12);
	assert_true(eval_relevance_at(c, 3.01) < -1e9);
	c[7] = (struct eval_point){ 0.9, 2.9 }; /* a curve that bends back has the best that it has anywhere */
	assert_near(eval_relevance_at(c, 2.85), 0.9, 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mixes_are_counted_by_place_or_by_rank),
		cmocka_unit_test(entropy_divergence_variation_and_gini_are_those_counted_by_hand),
		cmocka_unit_test(every_arm_begins_with_the_scores_and_gives_them_up_for_variety),
		cmocka_unit_test(mmr_and_dpp_take_one_of_each_kind_first),
		cmocka_unit_test(random_places_follow_the_seed_and_the_share),
		cmocka_unit_test(a_pool_smaller_than_the_page_is_all_shown),
		cmocka_unit_test(a_curve_is_read_off_at_an_entropy_or_above_it),
	};

	return cmocka_run_group_tests_name("arms", tests, NULL, NULL);
}
