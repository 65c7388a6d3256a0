/* The matrix A (n x terms) is sparse and never made dense. Its range is caught by l = d + 10 columns: Q spans (A A')^2 A Omega for a random
 * Omega, made orthonormal at each step; then B = Q' A (l x terms) is small in one direction, and the eigen-vectors of B B' (l x l) give
 * B = U S V'. V, cut to d columns, is the basis. */
#include "model/lsa.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"
#include "model/eigen.h"

#define OVERSAMPLING 10
#define POWER_STEPS 2
/* Singular values below this share of the largest are noise. */
#define SIGMA_LEAST 1e-5

/* out (n x l) = A (n x terms) x (terms x l) */
static void multiply(const struct csr *m, const float *x, size_t l, float *out)
{
	memset(out, 0, m->rows * l * sizeof *out);
	for (size_t i = 0; i < m->rows; i++) {
		float *row = out + i * l;

		for (size_t p = m->ptr[i]; p < m->ptr[i + 1]; p++) {
			const float *from = x + (size_t)m->col[p] * l;
			float val = m->val[p];

			for (size_t k = 0; k < l; k++)
				row[k] += val * from[k];
		}
	}
}

/* out (terms x l) = A' (terms x n) y (n x l) */
static void multiply_transposed(const struct csr *m, const float *y, size_t l, float *out)
{
	memset(out, 0, m->cols * l * sizeof *out);
	for (size_t i = 0; i < m->rows; i++) {
		const float *row = y + i * l;

		for (size_t p = m->ptr[i]; p < m->ptr[i + 1]; p++) {
			float *to = out + (size_t)m->col[p] * l;
			float val = m->val[p];

			for (size_t k = 0; k < l; k++)
				to[k] += val * row[k];
		}
	}
}

/* Squared singular values below this share of the largest are float's own noise. */
#define RANK_LEAST 1e-12
/* Above this the Gram matrix has told the directions well enough in one pass. */
#define WELL_TOLD 1e-4

/* Make the columns of y (n x l) orthonormal. With y' y = E diag(w) E', y E diag(w)^-1/2 has orthonormal columns; where the rank is lacking, columns of
 * zeros. Done a second time where w is uneven, because a Gram matrix squares the condition (the way of CholeskyQR2, with eigen-vectors in
 * Cholesky's place for the sake of rank). scratch (n x l) */
static void orthonormalise(float *y, size_t n, size_t l, float *scratch)
{
	double *gram = mem_zero(l * l, sizeof *gram), *vec = mem_zero(l * l, sizeof *vec), *val = mem_zero(l, sizeof *val), least = 0;
	float *turn = mem_zero(l * l, sizeof *turn);

	for (int pass = 0; pass < 2 && least <= WELL_TOLD; pass++) {
		blas_gram(n, l, y, gram);
		eigen_symmetric(gram, l, val, vec);
		for (size_t k = 0; k < l; k++) {
			double scale = val[k] > RANK_LEAST * val[0] && val[k] > 0 ? 1 / sqrt(val[k]) : 0;

			for (size_t i = 0; i < l; i++)
				turn[i * l + k] = (float)(vec[i * l + k] * scale);
		}
		least = val[0] > 0 ? val[l - 1] / val[0] : 1;
		memcpy(scratch, y, n * l * sizeof *y);
		blas_gemm(0, 0, n, l, l, 1, scratch, turn, 0, y);
	}
	free(gram);
	free(vec);
	free(val);
	free(turn);
}

/* Q (n x l) with orthonormal columns that nearly span A's range. t (terms x l) is scratch. */
static void range_of(const struct csr *m, size_t l, uint64_t seed, float *q, float *t)
{
	size_t larger = m->rows > m->cols ? m->rows : m->cols;
	float *scratch = mem_zero(larger * l, sizeof *scratch);
	struct rng r;

	rng_seed(&r, seed);
	for (size_t i = 0; i < m->cols * l; i++)
		t[i] = (float)rng_normal(&r);
	multiply(m, t, l, q);
	orthonormalise(q, m->rows, l, scratch);
	for (int step = 0; step < POWER_STEPS; step++) {
		multiply_transposed(m, q, l, t);
		orthonormalise(t, m->cols, l, scratch);
		multiply(m, t, l, q);
		orthonormalise(q, m->rows, l, scratch);
	}
	free(scratch);
}

/* The sign of a singular vector is anybody's: make the entry of largest magnitude positive. */
static void pin_signs(float *basis, size_t terms, size_t d)
{
	for (size_t k = 0; k < d; k++) {
		float largest = 0;

		for (size_t j = 0; j < terms; j++)
			if (fabsf(basis[j * d + k]) > fabsf(largest))
				largest = basis[j * d + k];
		for (size_t j = 0; largest < 0 && j < terms; j++)
			basis[j * d + k] = -basis[j * d + k];
	}
}

/* From bt = A' Q (terms x l): sigma and the basis of l, cut to `want` dimensions and to those above the noise. */
static void small_svd(struct lsa *l, const float *bt, size_t width, size_t want)
{
	double *gram = mem_zero(width * width, sizeof *gram), *vec = mem_zero(width * width, sizeof *vec), *val = mem_zero(width, sizeof *val);
	size_t d = 0;
	float *turn;

	blas_gram(l->terms, width, bt, gram);
	eigen_symmetric(gram, width, val, vec);
	while (d < want && val[d] > SIGMA_LEAST * SIGMA_LEAST * val[0] && val[d] > 0)
		d++;
	turn = mem_zero(width * d, sizeof *turn);
	l->d = (int)d;
	l->sigma = mem_zero(d, sizeof *l->sigma);
	l->basis = mem_zero(l->terms * d, sizeof *l->basis);
	for (size_t k = 0; k < d; k++) {
		l->sigma[k] = (float)sqrt(val[k]);
		for (size_t i = 0; i < width; i++)
			turn[i * d + k] = (float)(vec[i * width + k] / sqrt(val[k]));
	}
	blas_gemm(0, 0, l->terms, d, width, 1, bt, turn, 0, l->basis);
	pin_signs(l->basis, l->terms, d);
	free(gram);
	free(vec);
	free(val);
	free(turn);
}

/* out (d) = row x basis; terms behind the basis are unknown to it. */
static void project(const struct lsa *l, const struct csr *m, size_t row, double *out)
{
	size_t d = (size_t)l->d;

	memset(out, 0, d * sizeof *out);
	for (size_t p = m->ptr[row]; p < m->ptr[row + 1] && m->col[p] < l->terms; p++) {
		const float *from = l->basis + (size_t)m->col[p] * d;

		for (size_t k = 0; k < d; k++)
			out[k] += (double)m->val[p] * from[k];
	}
}

static void fit_mean(struct lsa *l, const struct csr *m)
{
	size_t d = (size_t)l->d;
	double *sum = mem_zero(2 * d, sizeof *sum), *x = sum + d;

	l->mean = mem_zero(d, sizeof *l->mean);
	for (size_t i = 0; i < m->rows; i++) {
		project(l, m, i, x);
		for (size_t k = 0; k < d; k++)
			sum[k] += x[k];
	}
	for (size_t k = 0; k < d; k++)
		l->mean[k] = (float)(sum[k] / (double)m->rows);
	free(sum);
}

int lsa_dims(size_t articles)
{
	size_t d = articles / LSA_ARTICLES;

	return d < LSA_DIMS_LEAST ? LSA_DIMS_LEAST : d > LSA_DIMS_MOST ? LSA_DIMS_MOST : (int)d;
}

void lsa_fit(struct lsa *l, const struct csr *m, int d, uint64_t seed)
{
	size_t most = m->rows < m->cols ? m->rows : m->cols, want = d < 0 ? 0 : (size_t)d, width;
	float *q, *t;

	*l = (struct lsa){ .terms = m->cols };
	want = want < most ? want : most;
	if (want == 0)
		return;
	width = want + OVERSAMPLING < most ? want + OVERSAMPLING : most;
	q = mem_zero(m->rows * width, sizeof *q);
	t = mem_zero(m->cols * width, sizeof *t);
	range_of(m, width, seed, q, t);
	multiply_transposed(m, q, width, t);
	small_svd(l, t, width, want);
	fit_mean(l, m);
	free(q);
	free(t);
}

void lsa_clear(struct lsa *l)
{
	free(l->basis);
	free(l->sigma);
	free(l->mean);
	*l = (struct lsa){ 0 };
}

void lsa_fold(const struct lsa *l, const struct csr *m, size_t row, float *out)
{
	size_t d = (size_t)l->d;
	double *x = mem_zero(d, sizeof *x), squares = 0;

	project(l, m, row, x);
	for (size_t k = 0; k < d; k++)
		squares += x[k] * x[k];
	for (size_t k = 0; k < d; k++)
		out[k] = squares > 0 ? (float)(x[k] - l->mean[k]) : 0;
	blas_unit(d, out);
	free(x);
}

double lsa_error(const struct lsa *l, const struct csr *m, size_t row)
{
	size_t d = (size_t)l->d;
	double *x = mem_zero(d, sizeof *x), squares = 0, said = 0;

	for (size_t p = m->ptr[row]; p < m->ptr[row + 1]; p++)
		squares += (double)m->val[p] * (double)m->val[p];
	if (d)
		project(l, m, row, x);
	for (size_t k = 0; k < d; k++)
		said += x[k] * x[k];
	free(x);
	return squares > 0 && said < squares ? 1 - said / squares : 0;
}
