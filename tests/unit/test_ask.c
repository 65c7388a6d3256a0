/* ask - the titles that tell most: against the naive choice, and what it promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "model/blas.h"
#include "rank/ask.h"

#define MOST 64
#define DIMS 12

static double normal(struct rng *r)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += (double)rng_below(r, 1000001) / 1e6;
	return sum;
}

/* A unit row near an axis: the smaller `spread`, the nearer. */
static void near_axis(struct rng *r, float *x, size_t axis, double spread)
{
	for (size_t k = 0; k < DIMS; k++)
		x[k] = (float)(spread * normal(r)) + (k == axis ? 1 : 0);
	(void)blas_unit(DIMS, x);
}

static double cosine(const float *x, size_t i, size_t j)
{
	return (double)blas_dot(DIMS, x + i * DIMS, x + j * DIMS);
}

/* ---- the naive choice: each posterior variance from the whole set of answers, by Gaussian elimination ---- */

static double variance(const float *x, size_t i, const size_t *set, size_t m)
{
	double a[MOST][MOST + 1], sum = cosine(x, i, i);

	for (size_t r = 0; r < m; r++) {
		for (size_t c = 0; c < m; c++)
			a[r][c] = cosine(x, set[r], set[c]) + (r == c ? ASK_NOISE : 0);
		a[r][m] = cosine(x, set[r], i);
	}
	for (size_t p = 0; p < m; p++)
		for (size_t r = 0; r < m; r++) {
			double f = r == p ? 0 : a[r][p] / a[p][p];

			for (size_t c = p; c <= m; c++)
				a[r][c] -= f * a[p][c];
		}
	for (size_t r = 0; r < m; r++)
		sum -= cosine(x, set[r], i) * a[r][m] / a[r][r];
	return sum;
}

static double unknown(const float *x, size_t n, const size_t *set, size_t m)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		if (cosine(x, i, i) > .5)
			sum += log(variance(x, i, set, m)) / 2;
	return sum;
}

static size_t naive(const float *x, size_t n, const bool *asked, size_t m, size_t *out)
{
	size_t set[MOST], known = 0, chosen = 0;

	for (size_t i = 0; asked && i < n; i++)
		if (asked[i])
			set[known++] = i;
	while (chosen < m) {
		double before = unknown(x, n, set, known), most = 1e-9;
		size_t best = n;

		for (size_t j = 0; j < n; j++) {
			bool alike = cosine(x, j, j) < .5;
			double drop;

			for (size_t k = 0; k < known; k++)
				alike |= set[k] == j || cosine(x, set[k], j) >= ASK_ALIKE;
			if (alike)
				continue;
			set[known] = j;
			drop = before - unknown(x, n, set, known + 1);
			if (drop > most + 1e-9) {
				most = drop;
				best = j;
			}
		}
		if (best == n)
			break;
		out[chosen++] = set[known++] = best;
	}
	return chosen;
}

static void it_is_what_the_naive_choice_takes(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		float x[40 * DIMS] = { 0 };
		bool asked[40] = { false };
		size_t fast[10], slow[10], n = 20 + (size_t)seed, k;
		struct rng r;

		rng_seed(&r, seed);
		for (size_t i = 0; i < n; i++)
			if (i % 7) /* each seventh has no vector */
				near_axis(&r, x + i * DIMS, rng_below(&r, 5), .3);
		asked[1] = asked[9] = seed % 2;
		k = ask_choose(x, n, DIMS, asked, 10, fast);
		assert_int_equal(k, naive(x, n, asked, 10, slow));
		assert_true(k >= 5);
		for (size_t i = 0; i < k; i++)
			assert_int_equal(fast[i], slow[i]);
	}
}

static void each_cluster_is_asked_about_before_any_twice_and_the_large_first(void **state)
{
	/* A first answer is worth ln 2 an article, a second ln 1.5: until one is 1.7 times as large as another. */
	static const size_t size[] = { 8, 12, 9, 11, 10 };
	float x[50 * DIMS];
	size_t cluster[50], out[5], n = 0;
	bool seen[5] = { false };
	struct rng r;

	(void)state;
	rng_seed(&r, 4);
	for (size_t c = 0; c < 5; c++)
		for (size_t i = 0; i < size[c]; i++, n++) {
			near_axis(&r, x + n * DIMS, c, .08);
			cluster[n] = c;
		}
	assert_int_equal(ask_choose(x, n, DIMS, NULL, 5, out), 5);
	assert_int_equal(cluster[out[0]], 1);
	for (size_t i = 0; i < 5; i++) {
		assert_false(seen[cluster[out[i]]]);
		seen[cluster[out[i]]] = true;
	}
}

static void two_near_copies_are_never_asked(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		float x[MOST * DIMS];
		size_t out[MOST], k;
		struct rng r;

		rng_seed(&r, seed);
		for (size_t i = 0; i < MOST; i++)
			near_axis(&r, x + i * DIMS, i < 50 ? 0 : rng_below(&r, DIMS), i < 50 ? .05 : .4); /* most are nearly the same */
		k = ask_choose(x, MOST, DIMS, NULL, MOST, out);
		assert_in_range(k, 3, MOST - 30);
		for (size_t i = 0; i < k; i++)
			for (size_t j = 0; j < i; j++)
				assert_true(cosine(x, out[i], out[j]) < ASK_ALIKE);
	}
}

static void few_rows_zero_rows_and_none_are_taken_as_they_are(void **state)
{
	float x[3 * DIMS] = { 0 };
	size_t out[10];

	(void)state;
	assert_int_equal(ask_choose(x, 0, DIMS, NULL, 10, out), 0);
	assert_int_equal(ask_choose(x, 3, DIMS, NULL, 10, out), 0);
	assert_int_equal(ask_choose(NULL, 3, 0, NULL, 10, out), 0);
	x[0] = 1;
	x[2 * DIMS + 1] = 1;
	assert_int_equal(ask_choose(x, 3, DIMS, NULL, 10, out), 2);
	assert_true(out[0] == 0 && out[1] == 2); /* the same gain: the first */
	assert_int_equal(ask_choose(x, 3, DIMS, NULL, 1, out), 1);
}

static void what_was_answered_is_not_asked_again_nor_what_is_like_it(void **state)
{
	float x[4 * DIMS] = { 0 };
	bool asked[4] = { true, false, false, false };
	size_t out[4];

	(void)state;
	x[0] = x[DIMS] = 1;          /* copies */
	x[2 * DIMS] = x[2 * DIMS + 1] = (float)sqrt(.5);
	x[3 * DIMS + 2] = 1;
	assert_int_equal(ask_choose(x, 4, DIMS, asked, 4, out), 2);
	assert_true(out[0] == 2 && out[1] == 3); /* the first tells of the copies as well */
}

static void the_same_rows_give_the_same_questions(void **state)
{
	float x[MOST * DIMS];
	size_t a[10], b[10];
	struct rng r;

	(void)state;
	rng_seed(&r, 9);
	for (size_t i = 0; i < MOST; i++)
		near_axis(&r, x + i * DIMS, rng_below(&r, DIMS), .5);
	assert_int_equal(ask_choose(x, MOST, DIMS, NULL, 10, a), 10);
	assert_int_equal(ask_choose(x, MOST, DIMS, NULL, 10, b), 10);
	assert_memory_equal(a, b, sizeof a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_what_the_naive_choice_takes),
		cmocka_unit_test(each_cluster_is_asked_about_before_any_twice_and_the_large_first),
		cmocka_unit_test(two_near_copies_are_never_asked),
		cmocka_unit_test(few_rows_zero_rows_and_none_are_taken_as_they_are),
		cmocka_unit_test(what_was_answered_is_not_asked_again_nor_what_is_like_it),
		cmocka_unit_test(the_same_rows_give_the_same_questions),
	};

	return cmocka_run_group_tests_name("ask", tests, NULL, NULL);
}
