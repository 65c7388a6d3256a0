/* quota - how many places of a page each topic gets, for any setting of the slider.
 *
 * Largest remainder at both ends, never more than a topic has articles; between the ends places move one by one. Largest remainder is the
 * whole-number split nearest to a mix by the sum of deviations, and that is convex, so every move leads away from the reader's mix
 * and towards the feeds': that is why more slider never means less outside. By Jensen-Shannon divergence it isn't quite the nearest; the order of the moves makes up for that.
 */
#ifndef ECLOSE_RANK_QUOTA_H
#define ECLOSE_RANK_QUOTA_H

#include <stddef.h>

/* quota_split - k places by a mix.
 *   mix (n) sums to 1;  have (n) articles there are, at least k in all;  out (n) sums to k
 * What a topic can't fill goes, place by place, to the topic that is furthest below its share; ties to the first. */
void quota_split(const double *mix, const size_t *have, size_t n, size_t k, size_t *out);
/* quota_moves - how many places differ between two splits. */
size_t quota_moves(const size_t *from, const size_t *to, size_t n);
/* The mixes (n each, summing to 1) that lie at either end, and the places there are. */
struct quota_mixes { const double *from, *to; size_t k; };

/* quota_move - one place of `at` (n) a step nearer to `to`, in an order that keeps the Jensen-Shannon divergence from m->from growing and that from m->to falling, as far as whole places
 * allow. Ties to the first. */
void quota_move(size_t *at, const size_t *to, size_t n, const struct quota_mixes *m);

#endif
