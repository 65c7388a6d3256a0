#include "rank/diversity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/blas.h"

size_t mix_count(const int *value, size_t n, size_t values, bool by_rank, double *out)
{
	double total = 0;
	size_t have = 0;

	for (size_t v = 0; v < values; v++)
		out[v] = 0;
	for (size_t i = 0; i < n; i++) {
		double w = by_rank ? 1 / log2((double)i + 2) : 1;

		if (value[i] < 0 || (size_t)value[i] >= values)
			continue;
		out[value[i]] += w;
		total += w;
		have++;
	}
	for (size_t v = 0; have && v < values; v++)
		out[v] /= total;
	return have;
}

static double plogp(double p, double q)
{
	return p > 0 ? p * log2(p / q) : 0;
}

double mix_entropy(const double *p, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum -= plogp(p[i], 1);
	return sum;
}

double mix_divergence_part(double p, double q)
{
	double middle = (p + q) / 2;

	return 0.5 * plogp(p, middle) + 0.5 * plogp(q, middle);
}

double mix_divergence(const double *p, const double *q, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += mix_divergence_part(p[i], q[i]);
	return sum;
}

double mix_variation(const double *p, const double *q, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += fabs(p[i] - q[i]);
	return sum / 2;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double gini(const double *x, size_t n)
{
	double *sorted = mem_zero(n + 1, sizeof *sorted), sum = 0, weighted = 0;

	if (n)
		memcpy(sorted, x, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, ascending);
	for (size_t i = 0; i < n; i++) {
		sum += sorted[i];
		weighted += (2 * (double)(i + 1) - (double)n - 1) * sorted[i];
	}
	free(sorted);
	return sum > 0 ? weighted / ((double)n * sum) : 0;
}

static enum corpus_side side_of(const struct corpus *c, const size_t *docs, size_t n)
{
	size_t words = 0, lsa = 0;

	for (size_t i = 0; i < n; i++) {
		words += corpus_has_vector(c, SIDE_WORDS, docs[i]);
		lsa += corpus_has_vector(c, SIDE_LSA, docs[i]);
	}
	return words >= lsa ? SIDE_WORDS : SIDE_LSA;
}

double list_ild(const struct corpus *c, const size_t *docs, size_t n)
{
	enum corpus_side side = side_of(c, docs, n);
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
