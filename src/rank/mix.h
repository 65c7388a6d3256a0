/* mix - how a whole is shared out: over topics, over feeds. Counts or shares, >= 0; they need not sum to 1. Nothing here allocates. */
#ifndef ECLOSE_RANK_MIX_H
#define ECLOSE_RANK_MIX_H

#include <stddef.h>

#include "rank/corpus.h"

/* mix_entropy - entropy of x (n), bits: 0 where all is one .. log2 n where all are equal; -1 where there is nothing. */
double mix_entropy(const double *x, size_t n);
/* mix_divergence - Jensen-Shannon divergence of x and y (n each) to the base 2: 0 the same .. 1 nothing in common; -1 where either is nothing.
 * mix_distance - its square root, which is a metric. Source: Endres and Schindelin, IEEE Trans. Inf. Theory 2003. */
double mix_divergence(const double *x, const double *y, size_t n);
double mix_distance(const double *x, const double *y, size_t n);
/* mix_gini - Gini coefficient of x (n): 0 all equal .. 1 - 1 / n one has all; -1 where there is nothing. Sorts x. */
double mix_gini(double *x, size_t n);
/* mix_spread - mean cosine distance of the pairs of docs (n) that have vectors of this side; -1 without a pair. */
double mix_spread(const struct corpus *c, enum corpus_side side, const size_t *docs, size_t n);

#endif
