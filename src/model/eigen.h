/* eigen - the eigen-decomposition of a small symmetric matrix. */
#ifndef ECLOSE_MODEL_EIGEN_H
#define ECLOSE_MODEL_EIGEN_H

#include <stddef.h>

/* eigen_symmetric - a = vec diag(val) vec', by Jacobi's cyclic rotations.
 *   a [in,out] (n x n) symmetric, destroyed;  val [out] (n) descending;  vec [out] (n x n) columns are the eigen-vectors
 * Accurate to about 1e-14 of the largest |val|. O(n^3) a sweep, some six to ten sweeps; meant for n up to a few hundred. Cannot fail.
 * Source: Golub and Van Loan, Matrix Computations, 8.5. */
void eigen_symmetric(double *a, size_t n, double *val, double *vec);

#endif
