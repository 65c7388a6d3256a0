#include <math.h>

#include "rank/eval_page.h"

/* The two runs as one piece of work. */
struct half {
	const struct eval_options *o;
	size_t done; /* impressions of the first run */
};

static void half_step(void *user, size_t done, size_t total)
{
	struct half *h = user;

	h->o->step(h->o->user, h->done + done, 2 * total);
	if (done == total && !h->done)
		h->done = total;
}

enum err eval_compare(const struct eval_options *o, struct eval_curves *out, struct err_info *info)
{
	struct half half = { .o = o };
	struct eval_options inner = *o;
	struct eval_curves curves;
	enum err e;

	if (o->step) {
		inner.step = half_step;
		inner.user = &half;
	}
	inner.predictions = NULL;
	e = eval_mind_curves(&inner, &curves, info);
	if (e == OK)
		e = eval_pool_curves(&inner, &curves, info);
	if (e == OK)
		*out = curves;
	return e;
}

/* Where the line from a to b passes the entropy; *relevance is raised to what it has there. */
static void pass(const struct eval_point *a, const struct eval_point *b, double entropy, double *relevance)
{
	double low = a->entropy < b->entropy ? a->entropy : b->entropy, high = a->entropy < b->entropy ? b->entropy : a->entropy;
	double at = high > low ? a->relevance + (b->relevance - a->relevance) * (entropy - a->entropy) / (b->entropy - a->entropy) : a->relevance;

	if (entropy >= low && entropy <= high && at > *relevance)
		*relevance = at;
}

double eval_relevance_at(const struct eval_point *curve, double entropy)
{
	double best = -INFINITY;

	for (size_t i = 0; i < EVAL_POINTS; i++) {
		if (curve[i].entropy >= entropy)
			best = fmax(best, curve[i].relevance);
		if (i)
			pass(&curve[i - 1], &curve[i], entropy, &best);
	}
	return best;
}
