/* topics - spherical k-means: what it promises of its objective, its numbers and its names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/topics.h"

#define N 600
#define DIM 16
#define K 7

/* n unit rows scattered round K directions; of [out] (n) which. Every 50th row is zero. */
static float *cloud(size_t n, double spread, uint64_t seed, int *of)
{
	float *v = mem_zero(n * DIM, sizeof *v);
	double middle[K][DIM];
	struct rng r;

	rng_seed(&r, seed);
	for (int c = 0; c < K; c++)
		for (int j = 0; j < DIM; j++)
			middle[c][j] = rng_normal(&r);
	for (size_t i = 0; i < n; i++) {
		double length = 0;

		of[i] = (int)rng_below(&r, K);
		for (int j = 0; j < DIM && i % 50 != 49; j++) {
			v[i * DIM + (size_t)j] = (float)(middle[of[i]][j] + spread * rng_normal(&r));
			length += (double)v[i * DIM + (size_t)j] * v[i * DIM + (size_t)j];
		}
		for (int j = 0; length > 0 && j < DIM; j++)
			v[i * DIM + (size_t)j] = (float)(v[i * DIM + (size_t)j] / sqrt(length));
	}
	return v;
}

static double objective(const float *v, size_t n, const int *topic, const float *centroid)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		double dot = 0;

		for (size_t j = 0; topic[i] >= 0 && j < DIM; j++)
			dot += (double)v[i * DIM + j] * centroid[(size_t)topic[i] * DIM + j];
		sum += topic[i] >= 0 ? 1 - dot : 0;
	}
	return sum;
}

static void forget(int *topic, size_t n)
{
	for (size_t i = 0; i < n; i++)
		topic[i] = -1;
}

static void the_objective_never_rises(void **state)
{
	int of[N], topic[N];
	float *v, centroid[K * DIM];

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		double before = INFINITY;

		v = cloud(N, 1.5, seed, of);
		memcpy(centroid, v, sizeof centroid); /* a poor start: the first rows */
		for (int step = 0; step < 40; step++) {
			double now = topics_step(v, N, DIM, K, topic, centroid);

			assert_true(now <= before + 1e-4);
			before = now;
		}
		/* and what it says is what it is, but for the last move */
		assert_true(fabs(objective(v, N, topic, centroid) - before) < 1e-2 * before);
		free(v);
	}
}

static void clear_clusters_are_found_whole(void **state)
{
	int of[N], topic[N], number[K];
	float centroid[K * DIM], *v = cloud(N, 0.25, 5, of);

	(void)state;
	forget(topic, N);
	forget(number, K);
	topics_fit(v, N, DIM, K, 1, topic, centroid);
	for (size_t i = 0; i < N; i++) {
		if (i % 50 == 49) {
			assert_int_equal(topic[i], -1);
			continue;
		}
		if (number[of[i]] < 0)
			number[of[i]] = topic[i];
		assert_int_equal(topic[i], number[of[i]]);
	}
	for (int a = 0; a < K; a++)
		for (int b = 0; b < a; b++)
			assert_int_not_equal(number[a], number[b]);
	free(v);
}

static void articles_are_where_their_nearest_centroid_is(void **state)
{
	int of[N], topic[N];
	float centroid[K * DIM], *v = cloud(N, 1.2, 6, of);

	(void)state;
	forget(topic, N);
	topics_fit(v, N, DIM, K, 3, topic, centroid);
	for (size_t i = 0; i < N; i++) {
		int best = -1;
		double most = 0;

		for (int c = 0; c < K && i % 50 != 49; c++) {
			double dot = 0;

			for (size_t j = 0; j < DIM; j++)
				dot += (double)v[i * DIM + j] * centroid[(size_t)c * DIM + j];
			if (best < 0 || dot > most)
				best = c, most = dot;
		}
		assert_int_equal(topics_nearest(v + i * DIM, centroid, K, DIM), topic[i]);
		assert_int_equal(topic[i], best);
	}
	free(v);
}

static void a_warm_start_keeps_the_numbers(void **state)
{
	enum { MORE = N + 100 };
	int of[MORE], topic[MORE], old[MORE], same = 0, all = 0;
	float centroid[K * DIM], *v = cloud(MORE, 0.5, 7, of);

	(void)state;
	forget(topic, MORE);
	topics_fit(v, N, DIM, K, 1, topic, centroid);
	memcpy(old, topic, sizeof old);
	topics_fit(v, MORE, DIM, K, 12345, topic, centroid); /* a hundred new articles, another seed */
	for (size_t i = 0; i < N; i++) {
		all += old[i] >= 0;
		same += old[i] >= 0 && topic[i] == old[i];
	}
	assert_true(same > 0.98 * all);
	for (size_t i = N; i < MORE; i++)
		if (i % 50 != 49)
			assert_int_not_equal(topic[i], -1);
	free(v);
}

static void a_topic_that_died_gives_its_number_to_a_new_one(void **state)
{
	int of[N], topic[N], used[K] = { 0 };
	float centroid[K * DIM], *v = cloud(N, 0.25, 8, of);

	(void)state;
	for (size_t i = 0; i < N; i++)
		topic[i] = of[i] < 3 ? of[i] : -1; /* numbers 3..6 are free, four clusters unknown */
	topics_fit(v, N, DIM, K, 1, topic, centroid);
	for (size_t i = 0; i < N; i++)
		if (topic[i] >= 0) {
			used[topic[i]] = 1;
			if (of[i] < 3)
				assert_int_equal(topic[i], of[i]);
		}
	for (int c = 0; c < K; c++)
		assert_true(used[c]);
	free(v);
}

static void the_best_of_several_starts_is_kept(void **state)
{
	int of[N], one[N], best[N];
	float first[3 * K * DIM], centroid[3 * K * DIM];
	size_t better = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 10; seed++) {
		float *v = cloud(N, 1.5, seed, of);
		double least = INFINITY, got;

		forget(best, N);
		topics_fit_best(v, N, DIM, 3 * K, seed, 5, best, centroid);
		got = objective(v, N, best, centroid);
		for (uint64_t i = 0; i < 5; i++) {
			forget(one, N);
			topics_fit(v, N, DIM, 3 * K, seed + i, one, first);
			least = fmin(least, objective(v, N, one, first));
			if (i == 0)
				better += got < objective(v, N, one, first) - 1e-3;
		}
		assert_true(fabs(got - least) < 1e-3);
		forget(best, N); /* with a start given, it stays the start */
		best[0] = one[0] = 2;
		forget(one + 1, N - 1);
		topics_fit_best(v, N, DIM, 3 * K, seed, 5, best, centroid);
		topics_fit(v, N, DIM, 3 * K, seed, one, first);
		assert_memory_equal(one, best, sizeof one);
		free(v);
	}
	assert_true(better >= 5);
}

static void odd_input_is_taken(void **state)
{
	int topic[3] = { 900, -5, 1 };
	float v[3 * 2] = { 1, 0, 0, 0, 1, 0 }, centroid[4 * 2];

	(void)state;
	topics_fit(v, 3, 2, 4, 1, topic, centroid);
	assert_true(topic[0] >= 0 && topic[0] < 4 && topic[0] == topic[2]);
	assert_int_equal(topic[1], -1);
	for (int c = 0; c < 4; c++)
		if (c != topic[0])
			assert_true(centroid[2 * c] == 0 && centroid[2 * c + 1] == 0);
	topics_fit(v, 3, 2, 0, 1, topic, NULL);
	assert_int_equal(topic[0], -1);
	topics_fit(NULL, 0, 2, 4, 1, NULL, centroid);
	assert_int_equal(topics_nearest(v + 2, centroid, 4, 2), -1);
}

static void the_count_follows_the_corpus(void **state)
{
	(void)state;
	assert_int_equal(topics_count(0), 0);
	assert_int_equal(topics_count(19), 0);
	assert_int_equal(topics_count(20), 6);
	assert_int_equal(topics_count(128), 8);
	assert_int_equal(topics_count(540), 16);
	assert_int_equal(topics_count(1000000), 48);
}

static void names_are_the_terms_that_tell_a_topic(void **state)
{
	struct csr m = CSR_INIT;
	const uint32_t a[] = { 0, 1, 5 }, b[] = { 0, 2, 3 }, c[] = { 0, 4 };
	const float va[] = { 0.5f, 0.7f, 0.3f }, vb[] = { 0.5f, 0.4f, 0.6f }, vc[] = { 0.1f, 0.9f };
	const int topic[] = { 0, 0, 1, 1, -1 };
	uint32_t out[3 * 2];
	double weight[3 * 2];

	(void)state;
	csr_add_row(&m, a, va, 3);
	csr_add_row(&m, a, va, 3);
	csr_add_row(&m, b, vb, 3);
	csr_add_row(&m, b, vb, 3);
	csr_add_row(&m, c, vc, 2);
	topics_telling(&m, topic, 3, 2, out, weight);
	assert_int_equal(out[0], 1);
	assert_int_equal(out[1], 5);
	assert_int_equal(out[2], 3);
	assert_int_equal(out[3], 2);
	assert_int_equal(out[4], UINT32_MAX);
	assert_true(weight[0] > weight[1] && weight[1] > 0);
	assert_true(weight[4] == 0 && weight[5] == 0);
	csr_clear(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_objective_never_rises),
		cmocka_unit_test(clear_clusters_are_found_whole),
		cmocka_unit_test(articles_are_where_their_nearest_centroid_is),
		cmocka_unit_test(a_warm_start_keeps_the_numbers),
		cmocka_unit_test(a_topic_that_died_gives_its_number_to_a_new_one),
		cmocka_unit_test(the_best_of_several_starts_is_kept),
		cmocka_unit_test(odd_input_is_taken),
		cmocka_unit_test(the_count_follows_the_corpus),
		cmocka_unit_test(names_are_the_terms_that_tell_a_topic),
	};

	return cmocka_run_group_tests_name("topics", tests, NULL, NULL);
}
