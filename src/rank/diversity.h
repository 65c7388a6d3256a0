/* diversity - how varied a list of articles is, how near its mix lies to another, how evenly something is shared out. */
#ifndef ECLOSE_RANK_DIVERSITY_H
#define ECLOSE_RANK_DIVERSITY_H

#include "rank/corpus.h"

/* mix_count - the shares of each value in a list.
 *   value (n) in list order, 0..values-1; others count for nothing;  out [out] (values) sums to 1, or is 0 where nothing counts
 *   by_rank  weigh place i by 1 / log2(i + 1), as RADio does (Vrijenhoek et al., RecSys 2022), else all the same
 * Returns how many count. */
size_t mix_count(const int *value, size_t n, size_t values, bool by_rank, double *out);
/* mix_entropy - of a mix, in bits. */
double mix_entropy(const double *p, size_t n);
/* mix_divergence - Jensen-Shannon divergence of two mixes, base 2: 0 the same .. 1 nothing in common. mix_divergence_part - what one value adds to it. */
double mix_divergence(const double *p, const double *q, size_t n);
double mix_divergence_part(double p, double q);
/* mix_variation - total variation: the share that would have to change, 0..1. */
double mix_variation(const double *p, const double *q, size_t n);
/* gini - of amounts x (n) >= 0: 0 all the same .. 1 all of it one's; 0 where there is nothing. */
double gini(const double *x, size_t n);
/* list_ild - mean cosine distance of the pairs of a list that have vectors (by words, or by LSA where more of the list has that); -1 without a pair. Source: Ziegler et al., WWW 2005. */
double list_ild(const struct corpus *c, const size_t *docs, size_t n);

#endif
