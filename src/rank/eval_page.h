/* eval_page - what the pages of a measurement are like, summed up over readers. */
#ifndef ECLOSE_RANK_EVAL_PAGE_H
#define ECLOSE_RANK_EVAL_PAGE_H

#include "rank/arms.h"
#include "rank/eval.h"
#include "rank/eval_log.h"

_Static_assert(EVAL_ARMS == ARM_COUNT, "a curve for each arm");

/* A mean over those that have it. */
struct mean { double sum; size_t n; };

static inline void mean_add(struct mean *m, double x)
{
	m->sum += x;
	m->n++;
}

static inline double mean_of(const struct mean *m)
{
	return m->n ? m->sum / (double)m->n : 0;
}

struct page_means {
	struct mean ild, category_entropy, topic_entropy, category_history, js_reader, js_pool, radio_reader, radio_pool, outside, coverage;
	double *exposure; /* (news.corpus.n) by article, a place i counting 1 / log2(i + 1); NULL before the first */
	size_t articles;
};

/* page_measure - add one page to the sums.
 *   doc (n) its articles, in order;  pool as it was ranked from;  history as it was read */
void page_measure(struct page_means *m, const struct news *news, const struct arm_pool *pool, const struct impression *im, const size_t *doc, size_t n);
/* page_diversity - the means so far. */
struct page_diversity page_diversity(const struct page_means *m);
void page_means_clear(struct page_means *m);

/* The two halves of eval_compare; each fills its own part of out. */
enum err eval_mind_curves(const struct eval_options *o, struct eval_curves *out, struct err_info *info);
enum err eval_pool_curves(const struct eval_options *o, struct eval_curves *out, struct err_info *info);

#endif
