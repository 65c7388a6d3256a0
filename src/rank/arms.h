/* arms - ways to make a page of scored articles: the slider, and what is known in the field to set beside it.
 *
 *   slider  explore_page
 *   mmr     greedy by (1 - s) r - s max cosine with what is on the page; Carbonell and Goldstein, SIGIR 1998
 *   dpp     greedy by (1 - s) r + s ln det(S), S = (1 + cosine) / 2; Chen, Zhang and Zhou, "Fast greedy MAP inference for DPP", NeurIPS 2018
 *   random  each place goes by chance s to any article, else to the best that is left
 *
 * s is the strength in 0..1, r the score brought to 0..1 within the pool, and the cosines are of the word vectors, else of LSA. Articles without one are like nothing.
 */
#ifndef ECLOSE_RANK_ARMS_H
#define ECLOSE_RANK_ARMS_H

#include "rank/explore.h"

/* X(NAME, "word") */
#define ARMS(X) \
	X(ARM_SLIDER, "slider") \
	X(ARM_MMR, "mmr") \
	X(ARM_DPP, "dpp") \
	X(ARM_RANDOM, "random")

enum arm {
#define X(name, word) name,
	ARMS(X)
#undef X
	ARM_COUNT
};

extern const char *const arm_word[ARM_COUNT];

/* What the pages of all arms are made of. */
struct arm_pool {
	const struct profile *profile;
	const struct score *score; /* (n) borrowed */
	size_t n, k;               /* articles, places */
	int64_t now;
	uint64_t seed;
	struct explore_input in;
	size_t *order;             /* (n) best first */
	double *relevance;         /* (n) 0..1 */
	float *vec;                /* (n x d) */
	size_t d;
};

/* arm_pool_make - of n articles scored by the profile, k places. Arrays of the arena. */
void arm_pool_make(struct arm_pool *out, const struct profile *p, const struct score *score, size_t n, size_t k, int64_t now, uint64_t seed, struct arena *a);
/* arm_page - the page of one arm.
 *   strength 0..100; < 0: the plain order of scores;  pick [out] (k) indices into score, in page order
 * Returns how many places were filled. Deterministic. */
size_t arm_page(const struct arm_pool *pool, enum arm arm, int strength, struct pick *pick);

#endif
