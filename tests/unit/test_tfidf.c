/* tfidf - sparse rows against dense ones, weights against the formula written out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "text/tally.h"
#include "text/tfidf.h"

#define ROWS 60
#define COLS 90

/* A random matrix both ways; dense (ROWS x COLS). Some rows are empty. */
static void fill(struct csr *m, double *dense, uint64_t seed)
{
	struct rng r;

	rng_seed(&r, seed);
	for (size_t i = 0; i < ROWS; i++) {
		uint32_t col[COLS];
		float val[COLS];
		size_t n = 0;
		uint32_t one_in = 1 + rng_below(&r, 12);

		for (uint32_t j = 0; j < COLS; j++) {
			dense[i * COLS + j] = 0;
			if (i % 11 == 5 || rng_below(&r, one_in))
				continue;
			col[n] = j;
			val[n] = (float)rng_normal(&r);
			dense[i * COLS + j] = val[n++];
		}
		csr_add_row(m, col, val, n);
	}
}

static void sparse_products_are_those_of_dense_rows(void **state)
{
	struct csr a = CSR_INIT, b = CSR_INIT;
	double *da = mem_zero(ROWS * COLS, sizeof *da), *db = mem_zero(ROWS * COLS, sizeof *db), y[COLS] = { 0 };

	(void)state;
	fill(&a, da, 1);
	fill(&b, db, 2);
	assert_int_equal(a.rows, ROWS);
	assert_int_equal(a.cols, COLS);
	for (size_t i = 0; i < ROWS; i++) {
		for (size_t j = 0; j < ROWS; j++) {
			double want = 0;

			for (size_t k = 0; k < COLS; k++)
				want += da[i * COLS + k] * db[j * COLS + k];
			assert_true(fabs(want - csr_dot(&a, i, &b, j)) < 1e-5);
			assert_true(fabs(want - csr_dot_dense(&a, i, db + j * COLS)) < 1e-12);
		}
		csr_axpy(&a, i, 0.5, y);
	}
	for (size_t k = 0; k < COLS; k++) {
		double want = 0;

		for (size_t i = 0; i < ROWS; i++)
			want += 0.5 * da[i * COLS + k];
		assert_true(fabs(want - y[k]) < 1e-12);
	}
	csr_clear(&a);
	csr_clear(&b);
	assert_null(a.ptr);
	free(da);
	free(db);
}

static void an_empty_matrix_takes_empty_rows(void **state)
{
	struct csr m = CSR_INIT;
	double x[1] = { 1 };

	(void)state;
	csr_add_row(&m, NULL, NULL, 0);
	csr_add_row(&m, NULL, NULL, 0);
	assert_int_equal(m.rows, 2);
	assert_int_equal(m.cols, 0);
	assert_true(csr_dot(&m, 0, &m, 1) == 0);
	assert_true(csr_dot_dense(&m, 1, x) == 0);
	csr_clear(&m);
}

static void weights_follow_the_formula_and_have_length_one(void **state)
{
	const uint32_t df[5] = { 1, 3, 40, 100, 0 };
	const double docs = 100, length = 180, mean_length = 120;
	float val[5] = { 1, 2, 3, 8, 1 };
	double want[5], squares = 0, sum = 0;

	(void)state;
	for (int i = 0; i < 5; i++) {
		double tf = val[i], k = 1.2 * (1 - 0.75 + 0.75 * length / mean_length);

		want[i] = tf * 2.2 / (tf + k) * log(1 + (docs - df[i] + 0.5) / (df[i] + 0.5));
		squares += want[i] * want[i];
	}
	tfidf_weigh(val, df, 5, docs, length, mean_length);
	for (int i = 0; i < 5; i++) {
		assert_true(fabs(val[i] - want[i] / sqrt(squares)) < 1e-6);
		sum += (double)val[i] * val[i];
	}
	assert_true(fabs(sum - 1) < 1e-6);
}

static void rarer_terms_weigh_more_and_repetition_saturates(void **state)
{
	const uint32_t rare_common[2] = { 2, 50 }, same[2] = { 10, 10 };
	float a[2] = { 1, 1 }, b[2] = { 10, 1 };

	(void)state;
	tfidf_weigh(a, rare_common, 2, 100, 100, 100);
	assert_true(a[0] > a[1]);
	tfidf_weigh(b, same, 2, 100, 100, 100);
	assert_true(b[0] > b[1] && b[0] < 2.2f * b[1]);
}

static void odd_counts_give_numbers(void **state)
{
	const uint32_t df[2] = { 900, 5 };
	float val[2] = { 3, 1 }, none[2] = { 0, 0 };

	(void)state;
	assert_true(tfidf_idf(10, 900) > 0);
	assert_true(tfidf_idf(0, 0) > 0);
	tfidf_weigh(val, df, 2, 10, 100, 0);
	assert_true(isfinite(val[0]) && isfinite(val[1]) && val[1] > val[0]);
	tfidf_weigh(none, df, 2, 10, 0, 0);
	assert_true(none[0] == 0 && none[1] == 0);
	tfidf_weigh(NULL, NULL, 0, 10, 0, 0);
}

/* ---- tally ---- */

/* Random texts counted by tally, and by a table of all counts. */
static void a_tally_gives_the_rows_of_a_naive_count(void **state)
{
	enum { TEXTS = 60, TERMS = 3000 };
	static float count[TEXTS][TERMS];
	struct tally t = TALLY_INIT;
	struct csr m = CSR_INIT;
	double length[TEXTS], total = 0;
	uint32_t df[TERMS] = { 0 };
	struct rng r;

	(void)state;
	rng_seed(&r, 5);
	for (size_t i = 0; i < TEXTS; i++) {
		size_t words = i == 7 ? 0 : rng_below(&r, i % 3 ? 300 : 2500);
		double sum = 0;

		for (size_t k = 0; k < words; k++) {
			/* few terms often, many seldom */
			uint32_t term = rng_below(&r, 1 + rng_below(&r, TERMS));

			t.weight = k % 5 ? 1 : 2;
			tally_term(&t, term);
			df[term] += count[i][term] == 0;
			count[i][term] += t.weight;
			sum += (double)t.weight;
		}
		length[i] = tally_row(&t, &m);
		assert_true(length[i] == sum);
		total += sum;
	}
	tally_weigh(&t, &m, length);
	assert_int_equal(m.rows, TEXTS);
	for (size_t i = 0; i < TEXTS; i++) {
		float val[TERMS];
		uint32_t row_df[TERMS], col[TERMS];
		size_t n = 0;

		for (uint32_t k = 0; k < TERMS; k++)
			if (count[i][k] > 0) {
				val[n] = count[i][k];
				row_df[n] = df[k];
				col[n++] = k;
			}
		tfidf_weigh(val, row_df, n, TEXTS, length[i], total / TEXTS);
		assert_int_equal(m.ptr[i + 1] - m.ptr[i], n);
		for (size_t k = 0; k < n; k++) {
			assert_int_equal(m.col[m.ptr[i] + k], col[k]);
			assert_true(fabsf(m.val[m.ptr[i] + k] - val[k]) < 1e-6f);
		}
	}
	csr_clear(&m);
	tally_clear(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sparse_products_are_those_of_dense_rows),
		cmocka_unit_test(an_empty_matrix_takes_empty_rows),
		cmocka_unit_test(weights_follow_the_formula_and_have_length_one),
		cmocka_unit_test(rarer_terms_weigh_more_and_repetition_saturates),
		cmocka_unit_test(odd_counts_give_numbers),
		cmocka_unit_test(a_tally_gives_the_rows_of_a_naive_count),
	};

	return cmocka_run_group_tests_name("tfidf", tests, NULL, NULL);
}
