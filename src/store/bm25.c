#include "store/bm25_private.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define K1 1.2
#define B .75
#define SHORT .5 /* of the mean: an article of that length is as short as any */
#define LIMIT_MOST 10000 /* beyond it nothing is spared */

struct bm25 *bm25_new(size_t phrases, size_t limit, double mean)
{
	struct bm25 *b = mem_zero(1, sizeof *b);

	b->n = phrases;
	b->mean = mean > 0 ? mean : 1;
	b->limit = limit > LIMIT_MOST ? 0 : limit;
	b->freq = mem_zero(phrases + 1, sizeof *b->freq);
	b->idf = mem_zero(phrases + 1, sizeof *b->idf);
	b->best = mem_zero(b->limit + 1, sizeof *b->best);
	for (size_t i = 0; i < phrases; i++)
		b->idf[i] = 1;
	return b;
}

void bm25_free(void *p)
{
	struct bm25 *b = p;

	free(b->freq);
	free(b->idf);
	free(b->best);
	free(b);
}

void bm25_idf(struct bm25 *b, size_t i, int64_t docs, int64_t with)
{
	b->idf[i] = log(1 + ((double)(docs - with) + .5) / ((double)with + .5));
}

static double score(const struct bm25 *b, double length)
{
	double norm = K1 * (1 - B + B * fmax(length / b->mean, SHORT)), sum = 0;

	for (size_t i = 0; i < b->n; i++)
		sum += b->idf[i] * b->freq[i] * (K1 + 1) / (b->freq[i] + norm);
	return sum;
}

double bm25_bound(const struct bm25 *b)
{
	return score(b, 0);
}

bool bm25_reaches(const struct bm25 *b, double bound)
{
	return !b->limit || b->held < b->limit || bound >= b->best[0];
}

/* ---- the best so far ---- */

static void swap(double *x, double *y)
{
	double t = *x;

	*x = *y;
	*y = t;
}

static void sift_up(double *heap, size_t i)
{
	for (; i && heap[i] < heap[(i - 1) / 2]; i = (i - 1) / 2)
		swap(&heap[i], &heap[(i - 1) / 2]);
}

static void sift_down(double *heap, size_t n)
{
	for (size_t i = 0, child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && heap[child + 1] < heap[child])
			child++;
		if (heap[i] <= heap[child])
			return;
		swap(&heap[i], &heap[child]);
	}
}

double bm25_score(struct bm25 *b, double length)
{
	double s = score(b, length);

	if (b->limit && b->held < b->limit) {
		b->best[b->held] = s;
		sift_up(b->best, b->held++);
	} else if (b->limit && s > b->best[0]) {
		b->best[0] = s;
		sift_down(b->best, b->held);
	}
	return s;
}
