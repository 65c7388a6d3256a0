/* explore_private - what a pool holds; for explore_pool.c and explore.c. */
#ifndef ECLOSE_RANK_EXPLORE_PRIVATE_H
#define ECLOSE_RANK_EXPLORE_PRIVATE_H

#include <stdbool.h>

#include "rank/explore.h"

/* One story that may be shown, by its best-scored article. */
struct candidate {
	const struct score *score;
	double mean;   /* of the score; -INFINITY where that is no number */
	double value;  /* in the band: quality + Thompson draw */
	int64_t story;
	size_t at;     /* index into the input */
	size_t topic;  /* "no topic" is the last */
};

struct explore_pool {
	struct explore_input in;     /* its slider isn't looked at */
	size_t topics;               /* with "no topic" */
	struct candidate *candidate; /* (n) best score first */
	size_t n, k;                 /* stories; places that can be filled */
	size_t *have, *band;         /* (topics) stories; those in the band */
	size_t *by_topic, *from;     /* (n) indices into candidate, topic after topic, best score first; (topics + 1) where each begins */
	size_t *drawn, n_drawn;      /* indices of those in the band, best value first */
	size_t moves;                /* places in which the two ends of the slider differ */
	size_t *way;                 /* (moves + 1 x topics) places of each topic after so many moves */
};

/* explore_topic - the topic of an article of the input, 0..topics-1. */
size_t explore_topic(const struct explore_pool *p, size_t at);

#endif
