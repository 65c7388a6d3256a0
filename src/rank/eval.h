/* eval - the ranking measured on a click log, through the same corpus, profile, score and explore as the reader's page. */
#ifndef ECLOSE_RANK_EVAL_H
#define ECLOSE_RANK_EVAL_H

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
	const char *predictions;  /* file for MIND's submission lines, NULL none */
	uint64_t seed;            /* ties */
	void (*step)(void *user, size_t done, size_t total); /* may be NULL */
	void *user;
};

struct eval_result {
	size_t impressions, left_out; /* left out: no click or no non-click */
	double auc, mrr, ndcg5, ndcg10;   /* 0..1, means over impressions */
	double ild10, entropy10, calibration10; /* of the first ten: mean pairwise cosine distance; entropy of categories, bits; Jensen-Shannon to the history's categories, base 2 */
	double auc_se;            /* standard error of auc */
};

/* eval_features - mask of a blank- or comma-separated list of tfidf, vectors, lsa, category, all. Errors: ERR_USAGE naming the word. */
enum err eval_features(const char *list, unsigned *mask, struct err_info *info);
/* eval_mind - Errors: ERR_NOTFOUND, ERR_SYNTAX "news.tsv:17: ...", ERR_IO. */
enum err eval_mind(const struct eval_options *o, struct eval_result *out, struct err_info *info);

/* Metrics, as MIND has them. y (n) labels, s (n) scores; ties are the caller's business. */
double eval_auc(const int *y, const double *s, size_t n);
double eval_mrr(const int *y, const double *s, size_t n);
double eval_ndcg(const int *y, const double *s, size_t n, size_t k);
/* eval_ndcg_gain - the same with graded gains (n), >= 0: what the order by s gets of what the order by gain gets; 0 where there is nothing to get. */
double eval_ndcg_gain(const double *gain, const double *s, size_t n, size_t k);

#endif
