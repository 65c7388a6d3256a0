/* tfidf - sparse rows, BM25-saturated tf x idf, unit length. */
#ifndef ECLOSE_TEXT_TFIDF_H
#define ECLOSE_TEXT_TFIDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Compressed sparse rows: row i is col[ptr[i]..ptr[i+1]) ascending, with val. (rows x cols) */
struct csr {
	size_t rows, cols;
	size_t *ptr;     /* (rows + 1) */
	uint32_t *col;
	float *val;
	size_t cap;      /* room in col and val */
	size_t rows_cap;
};

#define CSR_INIT { 0 }

/* csr_add_row - append one row: n columns ascending; cols grows to hold them. */
void csr_add_row(struct csr *m, const uint32_t *col, const float *val, size_t n);
void csr_clear(struct csr *m);
/* csr_reserve - room for so many more rows and values, where their number is known or can be guessed: growing would copy all of it again and again. */
void csr_reserve(struct csr *m, size_t rows, size_t values);
/* csr_keep - the rows of m with none but the columns that keep (m->cols) names, at unit length again, as rows of out; out is empty before. */
void csr_keep(const struct csr *m, const bool *keep, struct csr *out);
/* csr_dot - row i of a with row j of b; summed in double. */
float csr_dot(const struct csr *a, size_t i, const struct csr *b, size_t j);
/* csr_dot_dense - row i with x (cols). */
double csr_dot_dense(const struct csr *m, size_t i, const double *x);
/* csr_axpy - y += alpha * row i;  y (cols). */
void csr_axpy(const struct csr *m, size_t i, double alpha, double *y);

/* tfidf_idf - ln(1 + (docs - df + 0.5) / (df + 0.5)). Source: Robertson and Zaragoza 2009, the non-negative form. */
double tfidf_idf(double docs, double df);
/* tfidf_weigh - counts to weights in place:
 *   val [in,out] (n) tf -> unit-length weight;  df (n) document frequency of each;  length of this text, mean_length of all, in terms
 * tf' = tf (k1 + 1) / (tf + k1 (1 - b + b length / mean_length)), k1 = 1.2, b = 0.75; times idf; divided by the Euclidean norm
 * (zeros where that is 0). A mean_length of 0 counts as length. */
void tfidf_weigh(float *val, const uint32_t *df, size_t n, double docs, double length, double mean_length);
/* tfidf_weigh_idf - the same with the idf of each value's column (n, col) looked up in idf (columns), for who weighs many texts. */
void tfidf_weigh_idf(float *val, const uint32_t *col, size_t n, const double *idf, double length, double mean_length);

#endif
