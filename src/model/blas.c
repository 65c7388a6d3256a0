#include "model/blas.h"

#include <assert.h>
#include <cblas.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* OpenBLAS counts with int here; matrices larger than that are misuse. */
static int count(size_t n)
{
	assert(n <= INT_MAX);
	return (int)n;
}

void blas_gemm(int ta, int tb, size_t m, size_t n, size_t k, float alpha, const float *a, const float *b, float beta, float *c)
{
	if (m == 0 || n == 0)
		return;
	cblas_sgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, count(m), count(n), count(k),
		    alpha, a, count(ta ? m : k > 0 ? k : 1), b, count(tb ? (k > 0 ? k : 1) : n), beta, c, count(n));
}

void blas_dgemm(int ta, int tb, size_t m, size_t n, size_t k, double alpha, const double *a, const double *b, double beta, double *c)
{
	if (m == 0 || n == 0)
		return;
	cblas_dgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, count(m), count(n), count(k),
		    alpha, a, count(ta ? m : k > 0 ? k : 1), b, count(tb ? (k > 0 ? k : 1) : n), beta, c, count(n));
}

void blas_gemv(size_t m, size_t n, float alpha, const float *a, const float *x, float beta, float *y)
{
	if (m == 0)
		return;
	cblas_sgemv(CblasRowMajor, CblasNoTrans, count(m), count(n), alpha, a, count(n > 0 ? n : 1), x, 1, beta, y, 1);
}

void blas_dsymv(size_t n, const double *a, const double *x, double *y)
{
	if (n > 0)
		cblas_dsymv(CblasRowMajor, CblasLower, count(n), 1, a, count(n), x, 1, 0, y, 1);
}

/* The upper triangle from the lower one. */
static void mirror(size_t n, double *a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			a[j * n + i] = a[i * n + j];
}

void blas_dsyr(size_t n, double alpha, const double *x, double *a)
{
	if (n == 0)
		return;
	cblas_dsyr(CblasRowMajor, CblasLower, count(n), alpha, x, 1, a, count(n));
	mirror(n, a);
}

/* Rows turned to double at a time: enough for BLAS to work on, few enough to stay in the cache. */
#define GRAM_BLOCK ((size_t)128)

void blas_gram(size_t n, size_t l, const float *y, double *gram)
{
	double *block = mem_zero(GRAM_BLOCK * l, sizeof *block);

	memset(gram, 0, l * l * sizeof *gram);
	for (size_t at = 0; at < n && l > 0; at += GRAM_BLOCK) {
		size_t rows = n - at < GRAM_BLOCK ? n - at : GRAM_BLOCK;

		for (size_t i = 0; i < rows * l; i++)
			block[i] = y[at * l + i];
		cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, count(l), count(rows), 1, block, count(l), 1, gram, count(l));
	}
	mirror(l, gram);
	free(block);
}

double blas_ddot(size_t n, const double *x, const double *y)
{
	return cblas_ddot(count(n), x, 1, y, 1);
}

float blas_dot(size_t n, const float *x, const float *y)
{
	return cblas_sdot(count(n), x, 1, y, 1);
}

void blas_axpy(size_t n, float alpha, const float *x, float *y)
{
	cblas_saxpy(count(n), alpha, x, 1, y, 1);
}

float blas_unit(size_t n, float *x)
{
	double squares = 0, length;

	for (size_t i = 0; i < n; i++)
		squares += (double)x[i] * x[i];
	length = sqrt(squares);
	if (length > 0)
		for (size_t i = 0; i < n; i++)
			x[i] = (float)(x[i] / length);
	return (float)length;
}
