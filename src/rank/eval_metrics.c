#include "rank/eval.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct ranked {
	double s;
	size_t at;
	int y;
};

static int by_score(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->s != y->s)
		return x->s > y->s ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Best first, equals in the order given; y may be NULL. Frees: free(). */
static struct ranked *ranking(const int *y, const double *s, size_t n)
{
	struct ranked *r = mem_zero(n + 1, sizeof *r);

	for (size_t i = 0; i < n; i++)
		r[i] = (struct ranked){ s[i], i, y ? y[i] : 0 };
	qsort(r, n, sizeof *r, by_score);
	return r;
}

double eval_auc(const int *y, const double *s, size_t n)
{
	double won = 0, pairs = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; y[i] && j < n; j++) {
			if (y[j])
				continue;
			won += s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0;
			pairs++;
		}
	return pairs > 0 ? won / pairs : 0;
}

double eval_mrr(const int *y, const double *s, size_t n)
{
	struct ranked *r = ranking(y, s, n);
	double sum = 0, clicks = 0;

	for (size_t i = 0; i < n; i++)
		if (r[i].y) {
			sum += 1 / (double)(i + 1);
			clicks++;
		}
	free(r);
	return clicks > 0 ? sum / clicks : 0;
}

double eval_ndcg(const int *y, const double *s, size_t n, size_t k)
{
	struct ranked *r = ranking(y, s, n);
	double dcg = 0, ideal = 0;
	size_t clicks = 0;

	for (size_t i = 0; i < n; i++) {
		if (!r[i].y)
			continue;
		if (i < k)
			dcg += 1 / log2((double)i + 2);
		if (clicks < k)
			ideal += 1 / log2((double)clicks + 2);
		clicks++;
	}
	free(r);
	return ideal > 0 ? dcg / ideal : 0;
}

double eval_ndcg_gain(const double *gain, const double *s, size_t n, size_t k)
{
	double dcg[2] = { 0 }; /* by s, and by the gains themselves */

	for (int ideal = 0; ideal < 2; ideal++) {
		struct ranked *r = ranking(NULL, ideal ? gain : s, n);

		for (size_t i = 0; i < n && i < k; i++)
			dcg[ideal] += gain[r[i].at] / log2((double)i + 2);
		free(r);
	}
	return dcg[1] > 0 ? dcg[0] / dcg[1] : 0;
}
