#include "rank/forecast.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define EDGE 1e-6

void forecast_add(struct forecast_list *f, double chance, int y)
{
	MEM_GROW(f->one, f->n, f->cap);
	f->one[f->n++] = (struct forecast){ chance, y };
}

double forecast_brier(const struct forecast *f, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (f[i].chance - f[i].y) * (f[i].chance - f[i].y);
	return n ? sum / (double)n : 0;
}

double forecast_log_loss(const struct forecast *f, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		double p = fmin(fmax(f[i].chance, EDGE), 1 - EDGE);

		sum -= log(f[i].y ? p : 1 - p);
	}
	return n ? sum / (double)n : 0;
}

static int by_chance(const void *a, const void *b)
{
	const struct forecast *x = a, *y = b;

	if (x->chance != y->chance)
		return x->chance < y->chance ? -1 : 1;
	return x->y - y->y;
}

void forecast_calibration(struct forecast *f, size_t n, struct calibration *out)
{
	*out = (struct calibration){ 0 };
	if (n)
		qsort(f, n, sizeof *f, by_chance);
	for (size_t b = 0; b < FORECAST_BINS; b++) {
		size_t from = n * b / FORECAST_BINS, to = n * (b + 1) / FORECAST_BINS;
		double predicted = 0, observed = 0, count = (double)(to - from);

		if (from == to)
			continue;
		for (size_t i = from; i < to; i++) {
			predicted += f[i].chance / count;
			observed += f[i].y / count;
		}
		out->bin[b].predicted = predicted;
		out->bin[b].observed = observed;
		out->bin[b].n = to - from;
		out->error += fabs(predicted - observed) * count / (double)n;
	}
}
