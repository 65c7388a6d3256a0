/* ask - which few titles to ask a new reader about: those whose answers tell most about all the others.
 *
 * Interest is taken for a Gaussian process over the articles: prior variance 1, and the cosine of two articles' vectors as their covariance. An answer is the interest
 * itself plus noise. It is measured in units of that prior variance: of a chance near even a yes or no tells as much as a look at its log-odds with variance
 * 1 / (p (1 - p)) = 4, and interests differ by a standard deviation of about 2 in log-odds; hence 1.
 */
#ifndef ECLOSE_RANK_ASK_H
#define ECLOSE_RANK_ASK_H

#include <stdbool.h>
#include <stddef.h>

#define ASK_NOISE 1.0
#define ASK_ALIKE 0.9 /* cosine from which two titles are one question: its noise would be the same noise again */

/* ask_choose - greedily the m rows after whose answers the least is left unknown: each time the one with the largest drop in the sum over all rows of half the logarithm
 * of the posterior variance.
 *   x      [in] (n x d), unit or zero rows; borrowed. A zero row has no interest that could be known, and is never chosen
 *   asked  [in] (n) true: has been answered, so its variance is small already and it isn't chosen; NULL: none
 *   out    [out] (m) rows, in the order in which they were chosen
 * Returns how many were chosen: fewer than m where the others are like one of those, or zero. Cannot fail; O(n^2 (d + m)) time, n^2 floats; deterministic, ties go to
 * the first.
 * Source: Guestrin, Krause and Singh, Near-Optimal Sensor Placements in Gaussian Processes, ICML 2005, with the sum of marginal entropies in place of the mutual one. */
size_t ask_choose(const float *x, size_t n, size_t d, const bool *asked, size_t m, size_t *out);

#endif
