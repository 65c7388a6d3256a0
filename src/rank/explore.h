/* explore - from scores to a page: the mix of topics that the slider asks for, reached with the best articles there are for it, and the
 * serendipity slots.
 *
 * Places are moved one by one from the reader's own mix to the feeds' mix: with n0 and n1 the whole places (largest remainder) that each mix gives each topic, and D
 * the places in which they differ, slider s moves round(s D) of them, the most wanting topic first; a few more where the slots would find nothing otherwise.
 * So the page's distance from the reader's mix never falls, and that from the feeds' mix never rises, when the slider goes up.
 * Source of the idea: Steck, "Calibrated recommendations", RecSys 2018.
 *
 * Within these places the list is greedy: the next article is the one of the highest score less
 *
 *     sum over facets w ln(1 + n / (1 + e)),   w = EXPLORE_DAMPING s (1 + s),
 *
 * with n the articles on the page that share its value of the facet. For a facet whose mix is wanted too (feeds), e is the number of places that the mix gives the value, and w is
 * EXPLORE_MIXING higher, also at 0; else e is 0. So the first article of a kind costs nothing and each further one less than the one before.
 * EXPLORE_WINDOW places are found together and then stand in the order of their scores: what is seen at once is varied, and its best is on top. At 0, without mixes, the order
 * is that of the scores. Slots stand evenly spread, never first, never two together.
 */
#ifndef ECLOSE_RANK_EXPLORE_H
#define ECLOSE_RANK_EXPLORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"
#include "item.h"
#include "rank/score.h"

/* Slots come from this band of the pool, by distance: new ground, yet never the farthest, and nothing that the reader's edits speak against. */
#define SLOT_FROM 0.40
#define SLOT_TO 0.80
#define SLOT_SHARE 0.3 /* of the places, at 100 */
#define EXPLORE_DAMPING 4.4 /* log-odds; chosen on a click log (eval) for what a varied page costs */
#define EXPLORE_MIXING 0.5
#define EXPLORE_WINDOW 10 /* places that are chosen together and then put in the order of their scores: about what is seen at once */

/* Something of which a page shouldn't have too much of the same. */
struct explore_facet {
	const int *value;  /* (n) 0..values-1; -1: has none */
	int values;
	const double *p_reader, *p_feeds; /* (values + 1) as below; NULL: no mix is wanted */
};

#define EXPLORE_FACETS 3 /* topic, first category, feed */

struct explore_input {
	const struct score *score;   /* (n) */
	const int *topic;            /* (n) 0..topics-1; -1 counts as a topic of its own behind the others */
	const int64_t *story;        /* (n) equal: the same story, shown once */
	size_t n;
	int topics;
	const double *p_reader, *p_feeds; /* (topics + 1) each sums to 1; the last is "no topic" */
	struct explore_facet facet[EXPLORE_FACETS]; /* (n_facets) beside the quotas of topics */
	size_t n_facets;
	size_t k;                    /* places */
	int explore;                 /* 0..100; beyond them as at the nearer end */
	uint64_t seed;               /* of the Thompson draws */
};

struct pick {
	size_t at;          /* index into score */
	enum slot slot;
	double propensity;  /* estimated chance of having been picked for its slot; 1 outside slots */
};

/* All that may be shown, where the scored articles are only a part of it: what the feeds' mixes are counted over. Values as the corpus numbers them, -1 none. */
struct explore_all { const int *topic, *feed; size_t n; };

/* explore_gather - what explore_page wants to know of n scored articles of a profile's corpus: all of *out but k, explore and seed. score borrowed, the rest of the arena.
 * The reader's mixes are as of `now` (profile_mixes). explore_gather_among - where they are a part of `all`; NULL: they are all. */
void explore_gather(const struct profile *p, const struct score *score, size_t n, int64_t now, struct arena *a, struct explore_input *out);
void explore_gather_among(const struct profile *p, const struct score *score, size_t n, const struct explore_all *all, int64_t now, struct arena *a, struct explore_input *out);

/* What a page is chosen from, with all that doesn't depend on the slider made once: the stories in their order, each topic's, the band with its draws, and the way that places move. */
struct explore_pool;

/* explore_pool_make - of an input, whose slider isn't looked at. What in points to is borrowed, the pool of the arena. Cannot fail; O(n log n). */
struct explore_pool *explore_pool_make(const struct explore_input *in, struct arena *a);
/* explore_pool_page - explore_page of the pool's input with the slider at `explore`. */
size_t explore_pool_page(const struct explore_pool *pool, int explore, struct pick *pick, double *outside);

/* explore_page - fill a page.
 *   pick [out] (k), in page order;  outside [out] total variation between the page's topics and p_reader, 0..1; may be NULL
 * A story is represented by its best-scored article; a mean that is no number is the lowest of all. Returns the number of places filled: m = min(k, distinct stories). Slots are round(.3 m s), fewer only where
 * the pool has too few in the band. Deterministic. */
size_t explore_page(const struct explore_input *in, struct pick *pick, double *outside);

#endif
