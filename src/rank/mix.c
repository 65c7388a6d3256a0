#include "rank/mix.h"

#include <math.h>
#include <stdlib.h>

#include "model/blas.h"

static double sum_of(const double *x, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i];
	return sum;
}

static double plogp(double p, double q)
{
	return p > 0 ? p * log2(p / q) : 0;
}

double mix_entropy(const double *x, size_t n)
{
	double total = sum_of(x, n), h = 0;

	if (!(total > 0))
		return -1;
	for (size_t i = 0; i < n; i++)
		h -= plogp(x[i] / total, 1);
	return fmax(h, 0);
}

double mix_divergence(const double *x, const double *y, size_t n)
{
	double all_x = sum_of(x, n), all_y = sum_of(y, n), js = 0;

	if (!(all_x > 0) || !(all_y > 0))
		return -1;
	for (size_t i = 0; i < n; i++) {
		double p = x[i] / all_x, q = y[i] / all_y;

		js += 0.5 * plogp(p, (p + q) / 2) + 0.5 * plogp(q, (p + q) / 2);
	}
	return fmin(fmax(js, 0), 1);
}

double mix_distance(const double *x, const double *y, size_t n)
{
	double js = mix_divergence(x, y, n);

	return js < 0 ? js : sqrt(js);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

double mix_gini(double *x, size_t n)
{
	double total = sum_of(x, n), ranked = 0;

	if (!(total > 0))
		return -1;
	qsort(x, n, sizeof *x, ascending);
	for (size_t i = 0; i < n; i++)
		ranked += (2 * (double)i + 1 - (double)n) * x[i];
	return fmax(ranked / ((double)n * total), 0);
}

double mix_spread(const struct corpus *c, enum corpus_side side, const size_t *docs, size_t n)
{
	double sum = 0, pairs = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; corpus_has_vector(c, side, docs[i]) && j < i; j++) {
			if (!corpus_has_vector(c, side, docs[j]))
				continue;
			sum += 1 - (double)blas_dot((size_t)c->side[side].d, corpus_vector(c, side, docs[i]), corpus_vector(c, side, docs[j]));
			pairs++;
		}
	return pairs > 0 ? sum / pairs : -1;
}
