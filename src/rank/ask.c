#include "rank/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/blas.h"

#define VARIANCE_LEAST 1e-6f /* below it a row counts as known, or as one that can't be */
#define AT_ONCE 16           /* factors, each at least 1/2, that one logarithm is taken of */

struct process {
	const float *x;  /* (n x d) */
	size_t n, d;
	float *cov;      /* (n x n) posterior */
	bool *out;       /* (n) not to be chosen any more */
};

/* The drop in sum ln(sd) that an answer on j would bring: each variance v_i becomes v_i - c_ij^2 / (v_j + noise). */
static double gain(const struct process *p, size_t j)
{
	const float *c = p->cov + j * p->n;
	double scale = 1 / ((double)c[j] + ASK_NOISE), sum = 0, product = 1;

	for (size_t i = 0; i < p->n; i++) {
		float v = p->cov[i * p->n + i];

		if (v > VARIANCE_LEAST)
			product *= 1 - fmin((double)c[i] * (double)c[i] * scale / (double)v, .5);
		if (i % AT_ONCE == AT_ONCE - 1) {
			sum -= log(product);
			product = 1;
		}
	}
	return (sum - log(product)) / 2;
}

/* cov -= c c' / (v_j + noise) with c its column j. */
static void answer(struct process *p, size_t j)
{
	float *c = mem_alloc(p->n * sizeof *c), scale;

	memcpy(c, p->cov + j * p->n, p->n * sizeof *c);
	scale = (float)(1 / ((double)c[j] + ASK_NOISE));
	for (size_t i = 0; i < p->n; i++)
		if (c[i] != 0)
			blas_axpy(p->n, -c[i] * scale, c, p->cov + i * p->n);
	free(c);
}

/* j and all that are like it have been asked. */
static void strike(struct process *p, size_t j)
{
	p->out[j] = true;
	for (size_t i = 0; i < p->n; i++)
		p->out[i] |= (double)blas_dot(p->d, p->x + i * p->d, p->x + j * p->d) >= ASK_ALIKE;
}

static bool best_of(const struct process *p, size_t *best)
{
	double most = 0;

	for (size_t j = 0; j < p->n; j++) {
		double g = p->out[j] || p->cov[j * p->n + j] <= VARIANCE_LEAST ? 0 : gain(p, j);

		if (g > most) {
			most = g;
			*best = j;
		}
	}
	return most > 0;
}

size_t ask_choose(const float *x, size_t n, size_t d, const bool *asked, size_t m, size_t *out)
{
	struct process p = { x, n, d, mem_zero(n * n + 1, sizeof *p.cov), mem_zero(n + 1, sizeof *p.out) };
	size_t chosen = 0;

	if (n && d)
		blas_gemm(0, 1, n, n, d, 1, x, x, 0, p.cov);
	for (size_t i = 0; asked && i < n; i++)
		if (asked[i]) {
			answer(&p, i);
			strike(&p, i);
		}
	while (chosen < m && best_of(&p, &out[chosen])) {
		answer(&p, out[chosen]);
		strike(&p, out[chosen++]);
	}
	free(p.cov);
	free(p.out);
	return chosen;
}
