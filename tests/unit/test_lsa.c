/* lsa - the randomised SVD against an exact eigen-decomposition of a small corpus. */
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
#include "model/eigen.h"
#include "model/blas.h"
#include "model/lsa.h"

#define ROWS 80
#define COLS 120
#define DIM 12

/* A corpus of unit rows about eight subjects, each with an eighth of the words nearly to itself. */
static void corpus(struct csr *m, size_t rows, uint32_t cols, uint32_t words, uint64_t seed)
{
	struct rng r;

	rng_seed(&r, seed);
	for (size_t i = 0; i < rows; i++) {
		uint32_t col[512], subject = rng_below(&r, 8), n = 0;
		float val[512];
		double squares = 0;

		for (uint32_t j = 0; j < cols && n < 512; j++) {
			uint32_t chance = j % 8 == subject ? 20 * words : words;

			if (rng_below(&r, cols) < chance) {
				col[n] = j;
				val[n] = (float)(0.2 + rng_uniform(&r));
				squares += (double)val[n] * val[n];
				n++;
			}
		}
		for (uint32_t j = 0; j < n; j++)
			val[j] = (float)(val[j] / sqrt(squares));
		csr_add_row(m, col, val, n);
	}
	m->cols = cols;
}

/* The largest off-diagonal entry turned away, one at a time: Jacobi's own method, slow and plain, as a check on eigen.c. a (n x n) is destroyed. */
static void classical_jacobi(double *a, size_t n, double *val)
{
	for (;;) {
		size_t p = 0, q = 1;
		double theta, c, s;

		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++)
				if (fabs(a[i * n + j]) > fabs(a[p * n + q]))
					p = i, q = j;
		if (fabs(a[p * n + q]) < 1e-12)
			break;
		theta = 0.5 * atan2(2 * a[p * n + q], a[q * n + q] - a[p * n + p]);
		c = cos(theta), s = sin(theta);
		for (size_t k = 0; k < n; k++) {
			double x = a[k * n + p], y = a[k * n + q];

			a[k * n + p] = c * x - s * y;
			a[k * n + q] = s * x + c * y;
		}
		for (size_t k = 0; k < n; k++) {
			double x = a[p * n + k], y = a[q * n + k];

			a[p * n + k] = c * x - s * y;
			a[q * n + k] = s * x + c * y;
		}
	}
	for (size_t i = 0; i < n; i++)
		val[i] = a[i * n + i];
}

static int descending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

/* Squared singular values of m, exactly, descending. */
static void exact_squares(const struct csr *m, double *val)
{
	double *gram = mem_zero(m->rows * m->rows, sizeof *gram);

	for (size_t i = 0; i < m->rows; i++)
		for (size_t j = 0; j < m->rows; j++)
			gram[i * m->rows + j] = csr_dot(m, i, m, j);
	classical_jacobi(gram, m->rows, val);
	qsort(val, m->rows, sizeof *val, descending);
	free(gram);
}

static void the_eigen_solver_gives_the_matrix_back(void **state)
{
	enum { N = 40 };
	double a[N * N], copy[N * N], val[N], want[N], vec[N * N];
	struct rng r;

	(void)state;
	rng_seed(&r, 2);
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j <= i; j++)
			a[i * N + j] = a[j * N + i] = rng_normal(&r);
	memcpy(copy, a, sizeof a);
	classical_jacobi(copy, N, want);
	qsort(want, N, sizeof *want, descending);
	memcpy(copy, a, sizeof a);
	eigen_symmetric(copy, N, val, vec);
	for (size_t i = 0; i < N; i++) {
		assert_true(fabs(val[i] - want[i]) < 1e-9);
		for (size_t j = 0; j < N; j++) {
			double s = 0, dot = 0;

			for (size_t k = 0; k < N; k++) {
				s += vec[i * N + k] * val[k] * vec[j * N + k];
				dot += vec[k * N + i] * vec[k * N + j];
			}
			assert_true(fabs(s - a[i * N + j]) < 1e-9);
			assert_true(fabs(dot - (i == j)) < 1e-10);
		}
	}
}

static void singular_values_and_captured_variance_are_the_exact_ones(void **state)
{
	struct csr m = CSR_INIT;
	struct lsa l;
	double exact[ROWS], best = 0, captured = 0;

	(void)state;
	corpus(&m, ROWS, COLS, 3, 11);
	exact_squares(&m, exact);
	lsa_fit(&l, &m, DIM, 1);
	assert_int_equal(l.d, DIM);
	for (int k = 0; k < DIM; k++) {
		best += exact[k];
		if (k < 8) /* the subjects; behind them the values lie close together and any mixture is as good */
			assert_true(fabs(l.sigma[k] - sqrt(exact[k])) < 5e-3 * sqrt(exact[0]));
		if (k)
			assert_true(l.sigma[k] <= l.sigma[k - 1]);
	}
	/* |A V|^2, what the basis holds of the corpus, at most what the exact one of its size holds */
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < DIM; k++) {
			double x = 0;

			for (size_t p = m.ptr[i]; p < m.ptr[i + 1]; p++)
				x += (double)m.val[p] * l.basis[m.col[p] * DIM + k];
			captured += x * x;
		}
	assert_true(captured > 0.985 * best && captured < 1.00001 * best);
	lsa_clear(&l);
	csr_clear(&m);
}

static void at_full_width_it_is_exact(void **state)
{
	struct csr m = CSR_INIT;
	struct lsa l;
	double exact[30];

	(void)state;
	corpus(&m, 30, COLS, 3, 12);
	exact_squares(&m, exact);
	lsa_fit(&l, &m, 1000, 1);
	assert_true(l.d > 25 && l.d <= 30);
	for (int k = 0; k < l.d; k++)
		assert_true(fabs(l.sigma[k] - sqrt(exact[k])) < 1e-5);
	lsa_clear(&l);
	csr_clear(&m);
}

static void the_basis_is_orthonormal_with_pinned_signs(void **state)
{
	struct csr m = CSR_INIT;
	struct lsa l;

	(void)state;
	corpus(&m, ROWS, COLS, 3, 13);
	lsa_fit(&l, &m, DIM, 1);
	for (size_t a = 0; a < DIM; a++) {
		float largest = 0;

		for (size_t b = 0; b < DIM; b++) {
			double dot = 0;

			for (size_t j = 0; j < COLS; j++)
				dot += (double)l.basis[j * DIM + a] * l.basis[j * DIM + b];
			assert_true(fabs(dot - (a == b)) < 1e-5);
		}
		for (size_t j = 0; j < COLS; j++)
			if (fabsf(l.basis[j * DIM + a]) > fabsf(largest))
				largest = l.basis[j * DIM + a];
		assert_true(largest > 0);
	}
	lsa_clear(&l);
	csr_clear(&m);
}

static void another_seed_gives_the_same_subjects(void **state)
{
	struct csr m = CSR_INIT;
	struct lsa a, b, again;
	double overlap = 0;

	(void)state;
	corpus(&m, ROWS, COLS, 3, 14);
	lsa_fit(&a, &m, 6, 1);
	lsa_fit(&b, &m, 6, 99);
	lsa_fit(&again, &m, 6, 1);
	assert_memory_equal(a.basis, again.basis, COLS * 6 * sizeof *a.basis);
	/* vectors of nearly equal singular values may mix, so it is the space that is compared: sum of squared cosines is its dimension where they agree */
	for (size_t k = 0; k < 6; k++)
		for (size_t o = 0; o < 6; o++) {
			double dot = 0;

			for (size_t j = 0; j < COLS; j++)
				dot += (double)a.basis[j * 6 + k] * b.basis[j * 6 + o];
			overlap += dot * dot;
		}
	assert_true(overlap > 0.97 * 6);
	lsa_clear(&a);
	lsa_clear(&b);
	lsa_clear(&again);
	csr_clear(&m);
}

static void folded_rows_are_the_centred_projection(void **state)
{
	struct csr m = CSR_INIT, other = CSR_INIT;
	struct lsa l;
	float out[DIM], one = 1;
	double mean[DIM] = { 0 }, x[ROWS][DIM];
	const uint32_t unknown = COLS + 5;

	(void)state;
	corpus(&m, ROWS, COLS, 3, 15);
	lsa_fit(&l, &m, DIM, 1);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < DIM; k++) {
			x[i][k] = 0;
			for (size_t p = m.ptr[i]; p < m.ptr[i + 1]; p++)
				x[i][k] += (double)m.val[p] * l.basis[m.col[p] * DIM + k];
			mean[k] += x[i][k] / ROWS;
		}
	for (size_t i = 0; i < ROWS; i++) {
		double length = 0;

		for (size_t k = 0; k < DIM; k++)
			length += (x[i][k] - mean[k]) * (x[i][k] - mean[k]);
		lsa_fold(&l, &m, i, out);
		for (size_t k = 0; k < DIM; k++)
			assert_true(fabs(out[k] - (x[i][k] - mean[k]) / sqrt(length)) < 1e-5);
	}
	csr_add_row(&other, &unknown, &one, 1);
	csr_add_row(&other, NULL, NULL, 0);
	for (size_t i = 0; i < 2; i++) {
		lsa_fold(&l, &other, i, out);
		for (size_t k = 0; k < DIM; k++)
			assert_true(out[k] == 0);
	}
	lsa_clear(&l);
	csr_clear(&m);
	csr_clear(&other);
}

static void more_articles_want_more_dimensions_up_to_the_most(void **state)
{
	(void)state;
	assert_int_equal(lsa_dims(0), LSA_DIMS_LEAST);
	assert_int_equal(lsa_dims(LSA_ARTICLES * LSA_DIMS_LEAST + LSA_ARTICLES - 1), LSA_DIMS_LEAST);
	assert_int_equal(lsa_dims(1600), 100);
	assert_int_equal(lsa_dims(LSA_ARTICLES * LSA_DIMS_MOST - 1), LSA_DIMS_MOST - 1);
	assert_int_equal(lsa_dims(SIZE_MAX), LSA_DIMS_MOST);
}

static void poor_corpora_give_few_dimensions(void **state)
{
	struct csr m = CSR_INIT;
	struct lsa l;
	const uint32_t col[2] = { 3, 7 };
	const float val[2] = { 0.6f, 0.8f };

	(void)state;
	lsa_fit(&l, &m, 10, 1);
	assert_int_equal(l.d, 0);
	lsa_clear(&l);
	csr_add_row(&m, NULL, NULL, 0);
	lsa_fit(&l, &m, 10, 1);
	assert_int_equal(l.d, 0);
	lsa_clear(&l);
	for (int i = 0; i < 20; i++)
		csr_add_row(&m, col, val, 2);
	lsa_fit(&l, &m, 10, 1);
	assert_int_equal(l.d, 1);
	assert_true(fabs(l.sigma[0] - sqrt(20)) < 1e-4);
	lsa_clear(&l);
	lsa_fit(&l, &m, 0, 1);
	assert_int_equal(l.d, 0);
	lsa_clear(&l);
	csr_clear(&m);
}

/* ---- kept ---- */

static void a_basis_comes_back_within_its_rounding(void **state)
{
	struct csr m = CSR_INIT;
	struct buf bytes = BUF_INIT, again = BUF_INIT;
	struct lsa exact, got;
	float a[20], b[20];

	(void)state;
	corpus(&m, 300, 400, 30, 9);
	lsa_fit(&exact, &m, 20, 3);
	lsa_pack(&exact, &bytes);
	assert_int_equal(lsa_unpack(&got, bytes.s, bytes.len, NULL), OK);
	assert_int_equal(got.d, exact.d);
	assert_int_equal(got.terms, exact.terms);
	for (size_t t = 0; t < exact.terms; t++) {
		float most = 0;

		for (size_t k = 0; k < 20; k++)
			most = fmaxf(most, fabsf(exact.basis[t * 20 + k]));
		for (size_t k = 0; k < 20; k++)
			assert_true(fabsf(exact.basis[t * 20 + k] - got.basis[t * 20 + k]) <= most / 250);
	}
	for (size_t i = 0; i < m.rows; i++) { /* and vectors are hardly moved by it */
		lsa_fold(&exact, &m, i, a);
		lsa_fold(&got, &m, i, b);
		assert_true(blas_dot(20, a, b) > 0.999f);
	}
	lsa_pack(&got, &again); /* what was rounded stays as it is */
	assert_int_equal(again.len, bytes.len);
	lsa_clear(&exact);
	assert_int_equal(lsa_unpack(&exact, again.s, again.len, NULL), OK);
	for (size_t i = 0; i < got.terms * 20; i++)
		assert_true(fabsf(got.basis[i] - exact.basis[i]) <= 1e-6f * fabsf(got.basis[i]));
	lsa_clear(&exact);
	lsa_clear(&got);
	buf_clear(&bytes);
	buf_clear(&again);
	csr_clear(&m);
}

static void a_damaged_basis_is_refused(void **state)
{
	struct csr m = CSR_INIT;
	struct buf bytes = BUF_INIT;
	struct lsa l, got;
	struct rng r;

	(void)state;
	corpus(&m, 60, 80, 12, 10);
	lsa_fit(&l, &m, 5, 3);
	lsa_pack(&l, &bytes);
	lsa_clear(&l);
	for (size_t n = 0; n < bytes.len; n += n < 64 ? 1 : 37) { /* cut off, in a block of its own so that a sanitiser sees a step too far */
		char *cut = mem_alloc(n + 1);

		memcpy(cut, bytes.s, n);
		assert_int_equal(lsa_unpack(&got, cut, n, NULL), ERR_CORRUPT);
		free(cut);
	}
	rng_seed(&r, 4);
	for (int round = 0; round < 2000; round++) {
		size_t at = rng_below(&r, (uint32_t)bytes.len);
		char old = bytes.s[at];

		bytes.s[at] = (char)rng_below(&r, 256);
		if (lsa_unpack(&got, bytes.s, bytes.len, NULL) == OK)
			lsa_clear(&got);
		bytes.s[at] = old;
	}
	buf_clear(&bytes);
	csr_clear(&m);
}

static void the_error_is_what_the_projection_leaves(void **state)
{
	struct csr m = CSR_INIT;
	const uint32_t strange[] = { 5000, 5001 };
	const float half[] = { 0.6f, 0.8f };
	double mean_in = 0;
	struct lsa l;

	(void)state;
	corpus(&m, 200, 300, 25, 11);
	lsa_fit(&l, &m, 12, 3);
	for (size_t i = 0; i < m.rows; i++) {
		double x[12] = { 0 }, said = 0, all = 0, error = lsa_error(&l, &m, i);

		for (size_t p = m.ptr[i]; p < m.ptr[i + 1]; p++) {
			all += (double)m.val[p] * m.val[p];
			for (size_t k = 0; k < 12; k++)
				x[k] += (double)m.val[p] * l.basis[m.col[p] * 12 + k];
		}
		for (size_t k = 0; k < 12; k++)
			said += x[k] * x[k];
		assert_true(fabs(error - (1 - said / all)) < 1e-6);
		mean_in += error / (double)m.rows;
	}
	assert_true(mean_in > 0 && mean_in < 1);
	csr_add_row(&m, strange, half, 2);
	csr_add_row(&m, NULL, NULL, 0);
	assert_true(lsa_error(&l, &m, m.rows - 2) == 1);
	assert_true(lsa_error(&l, &m, m.rows - 1) == 0);
	lsa_clear(&l);
	csr_clear(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_eigen_solver_gives_the_matrix_back),
		cmocka_unit_test(singular_values_and_captured_variance_are_the_exact_ones),
		cmocka_unit_test(at_full_width_it_is_exact),
		cmocka_unit_test(the_basis_is_orthonormal_with_pinned_signs),
		cmocka_unit_test(another_seed_gives_the_same_subjects),
		cmocka_unit_test(folded_rows_are_the_centred_projection),
		cmocka_unit_test(more_articles_want_more_dimensions_up_to_the_most),
		cmocka_unit_test(poor_corpora_give_few_dimensions),
		cmocka_unit_test(a_basis_comes_back_within_its_rounding),
		cmocka_unit_test(a_damaged_basis_is_refused),
		cmocka_unit_test(the_error_is_what_the_projection_leaves),
	};

	return cmocka_run_group_tests_name("lsa", tests, NULL, NULL);
}
