/* blas - the few dense kernels that we use, over OpenBLAS; the one file with cblas.h. Row-major, float unless named d. Cannot fail. */
#ifndef ECLOSE_MODEL_BLAS_H
#define ECLOSE_MODEL_BLAS_H

#include <stddef.h>

/* c (m x n) = alpha a (m x k) b (k x n) + beta c; ta/tb: that operand is given transposed. */
void blas_gemm(int ta, int tb, size_t m, size_t n, size_t k, float alpha, const float *a, const float *b, float beta, float *c);
/* The same in double. */
void blas_dgemm(int ta, int tb, size_t m, size_t n, size_t k, double alpha, const double *a, const double *b, double beta, double *c);
/* y (m) = alpha a (m x n) x (n) + beta y */
void blas_gemv(size_t m, size_t n, float alpha, const float *a, const float *x, float beta, float *y);
/* y (n) = a x for symmetric a (n x n) */
void blas_dsymv(size_t n, const double *a, const double *x, double *y);
/* a (n x n) += alpha x x', both triangles */
void blas_dsyr(size_t n, double alpha, const double *x, double *a);
/* gram (l x l) = y' y for y (n x l); summed in double, both triangles */
void blas_gram(size_t n, size_t l, const float *y, double *gram);
double blas_ddot(size_t n, const double *x, const double *y);
float blas_dot(size_t n, const float *x, const float *y);
void blas_axpy(size_t n, float alpha, const float *x, float *y);
/* blas_unit - scale x to length 1 (left alone if it is 0). Returns the length before. */
float blas_unit(size_t n, float *x);

#endif
