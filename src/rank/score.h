/* score - mean, uncertainty and distance for many articles. */
#ifndef ECLOSE_RANK_SCORE_H
#define ECLOSE_RANK_SCORE_H

#include "rank/profile.h"

#define FOREIGN_AFTER 5.0 /* readings in languages that are known, by weight */

struct score {
	size_t doc;
	double mean, sd;   /* log-odds under the posterior, with the reader's edits in the mean */
	double distance;   /* 0 in the middle of what was read .. 1 nothing like it; 0.5 for all while nothing was read */
	double quality;    /* coverage, length, freshness, and how much of what is seen of its feed is read; 0..1 */
	bool offered;      /* it stood in a serendipity slot on an earlier UTC day */
	bool foreign;      /* in a language of which nothing was read, while enough was of others: FOREIGN_AFTER */
	double edit;       /* what the edits add to the mean; 0 without any */
	bool banned;       /* one of them is a ban: it isn't for a ranked page */
	double by[MODEL_COUNT]; /* the mean by each model that learns, 0 of the others; that of the one in use is mean */
};

/* score_docs - out (n), in the order of docs. */
void score_docs(struct profile *p, const size_t *docs, size_t n, int64_t now, struct score *out);

#endif
