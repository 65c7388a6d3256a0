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

double eval_above(const struct eval_point *curve, const struct eval_point *point, bool *reaches)
{
	size_t i = 0;

	while (i < EVAL_POINTS && curve[i].entropy < point->entropy)
		i++;
	*reaches = i < EVAL_POINTS;
	if (i == 0 || i == EVAL_POINTS)
		return curve[i ? i - 1 : 0].relevance - point->relevance;
	return curve[i - 1].relevance + (curve[i].relevance - curve[i - 1].relevance) * (point->entropy - curve[i - 1].entropy) / (curve[i].entropy - curve[i - 1].entropy) -
		point->relevance;
}
