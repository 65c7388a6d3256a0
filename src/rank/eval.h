/* eval - the ranking measured on a click log, through the same corpus, profile, score and explore as the reader's page. */
#ifndef ECLOSE_RANK_EVAL_H
#define ECLOSE_RANK_EVAL_H

#include <stdbool.h>

#include "base/err.h"
#include "item.h"
#include "model/vectors.h"
#include "rank/models.h"

struct eval_options {
	const char *dir;          /* holds news.tsv and behaviors_NAME.tsv */
	const char *behaviors;    /* NAME; NULL: "dev", else the only one there is */
	unsigned mask;            /* enum feature_group bits */
	enum model_kind model;    /* that gives the scores */
	const struct vectors *vectors; /* table of word vectors, borrowed; NULL: none */
	int explore;              /* -1: plain order of scores */
	size_t places;            /* of a page; eval_pool */
	const char *predictions;  /* file for MIND's submission lines, or for the pages of eval_pool; NULL none */
	uint64_t seed;            /* ties */
	void (*step)(void *user, size_t done, size_t total); /* may be NULL */
	void *user;
};

/* How varied pages are: means over them. Divergences are Jensen-Shannon, base 2. */
struct page_diversity {
	double ild;               /* mean pairwise cosine distance */
	double category_entropy, topic_entropy; /* bits; of first categories, of topics */
	double category_history;  /* divergence of the categories from those of the history */
	double js_reader, js_pool;       /* divergence of the topics from the reader's mix and from the pool's (profile_mixes) */
	double radio_reader, radio_pool; /* the same with places weighed by 1 / log2(i + 1) (RADio) */
	double outside;           /* total variation between the topics and the reader's mix */
	double coverage;          /* share of the pool's categories that a page has */
	double gini;              /* of the exposure of all articles over all pages */
};

struct eval_result {
	size_t impressions, left_out; /* left out: no click or no non-click */
	double auc, mrr, ndcg5, ndcg10;   /* 0..1, means over impressions */
	double auc_se;            /* standard error of auc */
	struct page_diversity top10; /* of the first ten */
};

struct eval_pool_result {
	size_t users;
	double relevance;         /* mean score of a page's articles, 0 the lowest of the pool .. 1 the highest */
	double slots;             /* mean number of serendipity slots on a page */
	struct page_diversity page;
};

/* Relevance over diversity along the strength of each arm (rank/arms.h), on the impressions of a log and on pages of the whole pool. */
#define EVAL_POINTS 11 /* 0, 10 .. 100 */
#define EVAL_ARMS 4

/* eval_strength - of a point, 0..100. */
static inline int eval_strength(size_t point)
{
	return (int)point * (100 / (EVAL_POINTS - 1));
}

struct eval_point { double relevance, entropy; }; /* entropy of categories, bits */

struct eval_curves {
	struct eval_point plain;                            /* of the first ten of the impressions: nDCG@10 */
	struct eval_point impressions[EVAL_ARMS][EVAL_POINTS];
	struct eval_point pages[EVAL_ARMS][EVAL_POINTS];    /* relevance as in eval_pool_result */
};

/* eval_features - mask of a blank- or comma-separated list of tfidf, vectors, lsa, category, all. Errors: ERR_USAGE naming the word. */
enum err eval_features(const char *list, unsigned *mask, struct err_info *info);
/* eval_mind - Errors: ERR_NOTFOUND, ERR_SYNTAX "news.tsv:17: ...", ERR_IO. */
enum err eval_mind(const struct eval_options *o, struct eval_result *out, struct err_info *info);

/* eval_pool - one page of the whole news.tsv, but what was read, for each history. Errors: the same. */
enum err eval_pool(const struct eval_options *o, struct eval_pool_result *out, struct err_info *info);
/* eval_compare - the curves of all arms, o->places on a page of the pool. Errors: the same. */
enum err eval_compare(const struct eval_options *o, struct eval_curves *out, struct err_info *info);
/* eval_relevance_at - the most relevance that a curve (EVAL_POINTS, joined by lines) has at an entropy or above it; -INFINITY where it is never so varied. */
double eval_relevance_at(const struct eval_point *curve, double entropy);

/* Metrics, as MIND has them. y (n) labels, s (n) scores; ties are the caller's business. */
double eval_auc(const int *y, const double *s, size_t n);
double eval_mrr(const int *y, const double *s, size_t n);
double eval_ndcg(const int *y, const double *s, size_t n, size_t k);
/* eval_ndcg_gain - the same with graded gains (n), >= 0: what the order by s gets of what the order by gain gets; 0 where there is nothing to get. */
double eval_ndcg_gain(const double *gain, const double *s, size_t n, size_t k);

#endif
