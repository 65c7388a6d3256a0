/* lineage - topics from one day to the next: which of today's clusters is which of yesterday's topics. */
#ifndef ECLOSE_MODEL_LINEAGE_H
#define ECLOSE_MODEL_LINEAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINEAGE_MOST 256      /* numbers are 0..LINEAGE_MOST - 1; twice the topics that may live at once, and room for those that the reader named */
#define LINEAGE_SAME 0.3      /* a cluster is yesterday's topic if their articles overlap so much: shared / sqrt(then * now) */
#define LINEAGE_STAY 0.15f    /* an article changes its topic only for one that is nearer by so much cosine: it wouldn't wander to and fro at the border */
#define LINEAGE_BETTER 0.97   /* what is found afresh replaces what has grown if its distances sum to less than this share */
#define LINEAGE_SEEDS 8       /* afresh means: the best of so many, each from other seeds */

/* lineage_count - how many topics today, where yesterday had `before` (0: none yet) and n articles bear topics_count(n): a difference of one is no reason to change. */
int lineage_count(int before, size_t n);

/* lineage_fit - cluster today's articles and give the clusters yesterday's numbers.
 *   v (n x d) unit rows or zero rows;  k clusters wanted, <= LINEAGE_MOST / 2
 *   named (LINEAGE_MOST) numbers that the reader has given a name, or NULL: such a topic is the last to be given up, and its number goes to no other
 *   afresh: also cluster without regard to yesterday, and take that where it is clearly better (LINEAGE_BETTER) - for the days when the vectors are new
 *   topic [in,out] (n) yesterday's number of each article, -1 for a new one; afterwards today's, -1 for a zero row
 * Clusters start where yesterday's articles are now, so the space of the vectors may have changed. Where there are more topics than k the smallest are given up, where
 * there are fewer new ones are sown. Then clusters and yesterday's topics are matched by the articles that they share (matching_best); a cluster that
 * matches none is a new topic, with the lowest number that nobody had yesterday. Articles stay where they were unless they are clearly nearer elsewhere (LINEAGE_STAY). Returns one more than the highest number used. Deterministic. Cannot fail. */
int lineage_fit(const float *v, size_t n, size_t d, int k, uint64_t seed, const bool *named, bool afresh, int *topic);

#endif
