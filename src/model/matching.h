/* matching - who goes with whom: the assignment of largest total weight (the Hungarian algorithm). */
#ifndef ECLOSE_MODEL_MATCHING_H
#define ECLOSE_MODEL_MATCHING_H

#include <stddef.h>

/* matching_best - pair rows with columns so that the sum of weight over the pairs is largest.
 *   weight (rows x cols) row-major, finite and >= 0;  match [out] (rows) the column of each row, or -1
 * Each row and column is in one pair at most, and a pair of weight 0 is none. Either side may be the larger. Deterministic: of several best ones always the same.
 * Cannot fail; O(n^3) for n the larger side. Source: Kuhn 1955, in the form with potentials and shortest augmenting paths (Jonker and Volgenant 1987). */
void matching_best(const double *weight, size_t rows, size_t cols, int *match);

#endif
