/* lineage - pairs against trying all; and thirty days of news, in which topics are born, grow, shrink and die. */
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
#include "model/lineage.h"
#include "model/matching.h"
#include "model/topics.h"

/* ---- matching ---- */

/* The best sum over all ways to give rows i.. different columns or none; taken is a set of columns. */
static double best_of(const double *w, size_t rows, size_t cols, size_t i, unsigned taken)
{
	double best;

	if (i == rows)
		return 0;
	best = best_of(w, rows, cols, i + 1, taken);
	for (size_t j = 0; j < cols; j++)
		if (!(taken & 1u << j))
			best = fmax(best, w[i * cols + j] + best_of(w, rows, cols, i + 1, taken | 1u << j));
	return best;
}

static void the_pairs_are_as_good_as_any(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 5);
	for (int round = 0; round < 600; round++) {
		size_t rows = rng_below(&r, 7), cols = rng_below(&r, 7);
		double w[49] = { 0 }, sum = 0;
		unsigned taken = 0;
		int match[7];

		for (size_t i = 0; i < rows * cols; i++) /* many zeros, and many alike */
			w[i] = round % 3 ? (round % 3 == 1 ? rng_uniform(&r) : rng_below(&r, 3)) : rng_below(&r, 4) ? 0 : rng_uniform(&r);
		matching_best(w, rows, cols, match);
		for (size_t i = 0; i < rows; i++) {
			if (match[i] < 0)
				continue;
			assert_true(match[i] < (int)cols && w[i * cols + (size_t)match[i]] > 0);
			assert_false(taken & 1u << match[i]);
			taken |= 1u << match[i];
			sum += w[i * cols + (size_t)match[i]];
		}
		assert_true(fabs(sum - best_of(w, rows, cols, 0, 0)) < 1e-12);
	}
}

static void a_large_permutation_is_found(void **state)
{
	enum { BIG = 120 };
	double *w = mem_zero((size_t)BIG * BIG, sizeof *w);
	int match[BIG];
	struct rng r;

	(void)state;
	rng_seed(&r, 6);
	for (size_t i = 0; i < BIG; i++)
		for (size_t j = 0; j < BIG; j++)
			w[i * BIG + j] = j == (i * 7 + 3) % BIG ? 1 : 0.4 * rng_uniform(&r);
	matching_best(w, BIG, BIG, match);
	for (size_t i = 0; i < BIG; i++)
		assert_int_equal(match[i], (i * 7 + 3) % BIG);
	free(w);
}

/* ---- days ---- */

#define DIM 24
#define THEMES 20
#define A_DAY 90
#define WINDOW 10 /* days that an article stays */
#define DAYS 30

struct world {
	double theme[THEMES][DIM];
	struct rng r;
	float *v;   /* (n x DIM) */
	int *of, *day, *topic;
	size_t n, cap;
};

static void unit(double *x)
{
	double length = 0;

	for (int j = 0; j < DIM; j++)
		length += x[j] * x[j];
	for (int j = 0; j < DIM; j++)
		x[j] /= sqrt(length);
}

static void world_init(struct world *w)
{
	*w = (struct world){ .cap = (size_t)A_DAY * DAYS };
	rng_seed(&w->r, 77);
	w->v = mem_zero(w->cap * DIM, sizeof *w->v);
	w->of = mem_zero(w->cap, sizeof *w->of);
	w->day = mem_zero(w->cap, sizeof *w->day);
	w->topic = mem_zero(w->cap, sizeof *w->topic);
	for (int t = 0; t < THEMES; t++) {
		for (int j = 0; j < DIM; j++)
			w->theme[t][j] = rng_normal(&w->r);
		unit(w->theme[t]);
	}
}

static void world_clear(struct world *w)
{
	free(w->v);
	free(w->of);
	free(w->day);
	free(w->topic);
}

/* Themes 0..13 are always there; 14 and 15 come on day 8; 0 is heard of no more after day 12. All drift. */
static int theme_of_day(struct world *w, int day)
{
	int t;

	do
		t = (int)rng_below(&w->r, 16);
	while ((t >= 14 && day < 8) || (t == 0 && day > 12));
	return t;
}

/* The articles of a day come, those of WINDOW days ago go. */
static void dawn(struct world *w, int day)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->n; i++) {
		if (w->day[i] <= day - WINDOW)
			continue;
		memmove(w->v + kept * DIM, w->v + i * DIM, DIM * sizeof *w->v);
		w->of[kept] = w->of[i];
		w->day[kept] = w->day[i];
		w->topic[kept++] = w->topic[i];
	}
	w->n = kept;
	for (int t = 0; t < THEMES; t++) {
		for (int j = 0; j < DIM; j++)
			w->theme[t][j] += 0.02 * rng_normal(&w->r);
		unit(w->theme[t]);
	}
	for (int a = 0; a < A_DAY; a++, w->n++) {
		double x[DIM];

		w->of[w->n] = theme_of_day(w, day);
		w->day[w->n] = day;
		w->topic[w->n] = -1;
		for (int j = 0; j < DIM; j++)
			x[j] = w->theme[w->of[w->n]][j] + 0.12 * rng_normal(&w->r);
		unit(x);
		for (int j = 0; j < DIM; j++)
			w->v[w->n * DIM + (size_t)j] = (float)x[j];
	}
}

/* The number that most articles of a theme have, -1 for no articles. */
static int number_of(const struct world *w, int theme)
{
	int count[LINEAGE_MOST] = { 0 }, best = -1;

	for (size_t i = 0; i < w->n; i++)
		if (w->of[i] == theme && w->topic[i] >= 0) {
			count[w->topic[i]]++;
			if (best < 0 || count[w->topic[i]] > count[best])
				best = w->topic[i];
		}
	return best;
}

/* The same space seen from elsewhere: coordinates turned round and signs changed. */
static void turn(struct world *w)
{
	for (size_t i = 0; i < w->n; i++) {
		float x[DIM];

		for (size_t j = 0; j < DIM; j++)
			x[j] = w->v[i * DIM + (j * 7 + 5) % DIM] * (j % 3 ? 1.0f : -1.0f);
		memcpy(w->v + i * DIM, x, sizeof x);
	}
	for (int t = 0; t < THEMES; t++) {
		double x[DIM];

		for (size_t j = 0; j < DIM; j++)
			x[j] = w->theme[t][(j * 7 + 5) % DIM] * (j % 3 ? 1 : -1);
		memcpy(w->theme[t], x, sizeof x);
	}
}

static void through_thirty_days_topics_keep_their_numbers(void **state)
{
	struct world w;
	int number[THEMES], kept = 0, seen = 0, *before;

	(void)state;
	world_init(&w);
	memset(number, -1, sizeof number);
	before = mem_zero(w.cap, sizeof *before);
	for (int day = 0; day < DAYS; day++) {
		int k = 14 + (day >= 8 ? 2 : 0) - (day > 12 + WINDOW ? 1 : 0);

		dawn(&w, day);
		if (day == 17)
			turn(&w); /* a new vector space */
		memcpy(before, w.topic, w.n * sizeof *before);
		assert_in_range(lineage_fit(w.v, w.n, DIM, k, (uint64_t)day, NULL, day == 17, w.topic), k, LINEAGE_MOST);
		for (size_t i = 0; i < w.n; i++)
			if (before[i] >= 0) {
				seen++;
				kept += w.topic[i] == before[i];
			}
		for (int t = 1; t < THEMES && day >= 10; t++) { /* by then all have come */
			int now = number_of(&w, t);

			if (number[t] >= 0 && now >= 0)
				assert_int_equal(now, number[t]);
			number[t] = now;
		}
	}
	assert_true(kept > 0.99 * seen);
	free(before);
	world_clear(&w);
}

static void fewer_topics_leave_the_others_their_numbers(void **state)
{
	struct world w;
	bool named[LINEAGE_MOST] = { false };
	int *before, sizes[LINEAGE_MOST] = { 0 }, least = -1, kept = 0, seen = 0;

	(void)state;
	world_init(&w);
	for (int day = 8; day < 12; day++)
		dawn(&w, day);
	assert_int_equal(lineage_fit(w.v, w.n, DIM, 16, 1, NULL, false, w.topic), 16);
	before = mem_alloc(w.n * sizeof *before);
	memcpy(before, w.topic, w.n * sizeof *before);
	for (size_t i = 0; i < w.n; i++)
		sizes[w.topic[i]]++;
	for (int t = 0; t < 16; t++)
		if (least < 0 || sizes[t] < sizes[least])
			least = t;
	named[least] = true; /* the reader's own name saves the smallest */
	(void)lineage_fit(w.v, w.n, DIM, 13, 2, named, false, w.topic);
	memset(sizes, 0, sizeof sizes);
	for (size_t i = 0; i < w.n; i++) {
		sizes[w.topic[i]]++;
		seen++;
		kept += before[i] == w.topic[i];
	}
	assert_true(sizes[least] > 0);
	assert_true(kept > 0.75 * seen); /* three of sixteen lose theirs */
	free(before);
	world_clear(&w);
}

static void a_new_topic_gets_a_number_that_nobody_had(void **state)
{
	/* two topics; then one of them dies and another thing altogether takes its place: number 1 was had yesterday, 2 is the reader's */
	const float v[] = { 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1 };
	bool named[LINEAGE_MOST] = { [2] = true };
	int topic[5] = { 0, 0, 1, -1, -1 };

	(void)state;
	assert_int_equal(lineage_fit(v, 5, 3, 3, 1, named, false, topic), 4);
	assert_int_equal(topic[0], 0);
	assert_int_equal(topic[1], 0);
	assert_int_equal(topic[2], 1);
	assert_int_equal(topic[3], 3);
	assert_int_equal(topic[4], 3);
}

static void odd_input_is_taken(void **state)
{
	const float v[] = { 0, 0, 1, 0 };
	int topic[2] = { 5, 100000 };

	(void)state;
	assert_int_equal(lineage_fit(v, 2, 2, 0, 1, NULL, true, topic), 0);
	assert_int_equal(topic[0], -1);
	assert_int_equal(topic[1], -1);
	topic[0] = 5;
	assert_int_equal(lineage_fit(v, 2, 2, 3, 1, NULL, true, topic), 1);
	assert_int_equal(topic[0], -1);
	assert_int_equal(topic[1], 0);
	assert_int_equal(lineage_fit(NULL, 0, 2, 3, 1, NULL, true, NULL), 0);
}

static void the_count_does_not_flutter(void **state)
{
	(void)state;
	assert_int_equal(lineage_count(0, 540), topics_count(540));
	assert_int_equal(lineage_count(16, 600), 16);   /* 17 by itself */
	assert_int_equal(lineage_count(16, 700), 19);
	assert_int_equal(lineage_count(16, 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pairs_are_as_good_as_any),
		cmocka_unit_test(a_large_permutation_is_found),
		cmocka_unit_test(through_thirty_days_topics_keep_their_numbers),
		cmocka_unit_test(fewer_topics_leave_the_others_their_numbers),
		cmocka_unit_test(a_new_topic_gets_a_number_that_nobody_had),
		cmocka_unit_test(odd_input_is_taken),
		cmocka_unit_test(the_count_does_not_flutter),
	};

	return cmocka_run_group_tests_name("lineage", tests, NULL, NULL);
}
