/* explore - from scores to a page: the mix of topics that the slider asks for, reached with the best articles there are for it, and the
 * serendipity slots.
 *
 * Places are moved one by one from the reader's own mix to the feeds' mix: with n0 and n1 the whole places (largest remainder) that each mix gives each topic, and D
 * the places in which they differ, slider s moves round(s D) of them, the most wanting topic first; a few more where the slots would find nothing otherwise.
 * So the page's distance from the reader's mix never falls, and that from the feeds' mix never rises, when the slider goes up.
 * Source of the idea: Steck, "Calibrated recommendations", RecSys 2018.
 *
 * The order blends scores with the mix: at 0 it is that of the scores, at 100 each start of the page is as near to the mix as whole places allow
 * (Sainte-Lague), and slots stand evenly spread, never first, never two together.
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

struct explore_input {
	const struct score *score;   /* (n) */
	const int *topic;            /* (n) 0..topics-1; -1 counts as a topic of its own behind the others */
	const int64_t *story;        /* (n) equal: the same story, shown once */
	size_t n;
	int topics;
	const double *p_reader, *p_feeds; /* (topics + 1) each sums to 1; the last is "no topic" */
	size_t k;                    /* places */
	int explore;                 /* 0..100 */
	uint64_t seed;               /* of the Thompson draws */
};

struct pick {
	size_t at;          /* index into score */
	enum slot slot;
	double propensity;  /* estimated chance of having been picked for its slot; 1 outside slots */
};

/* explore_page - fill a page.
 *   pick [out] (k), in page order;  outside [out] total variation between the page's topics and p_reader, 0..1; may be NULL
 * A story is represented by its best-scored article. Returns the number of places filled: m = min(k, distinct stories). Slots are round(.3 m s), fewer only where
 * the pool has too few in the band. Deterministic. */
size_t explore_page(const struct explore_input *in, struct pick *pick, double *outside);

#endif
