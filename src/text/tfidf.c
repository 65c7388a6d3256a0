#include "text/tfidf.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond": the usual constants. */
#define BM25_K1 1.2
#define BM25_B 0.75

static void room(struct csr *m, size_t rows, size_t values)
{
	if (rows > m->rows_cap) {
		m->rows_cap = rows;
		m->ptr = mem_resize(m->ptr, m->rows_cap, sizeof *m->ptr);
	}
	if (m->rows == 0)
		m->ptr[0] = 0;
	if (values > m->cap) {
		m->cap = values;
		m->col = mem_resize(m->col, m->cap, sizeof *m->col);
		m->val = mem_resize(m->val, m->cap, sizeof *m->val);
	}
}

void csr_reserve(struct csr *m, size_t rows, size_t values)
{
	room(m, m->rows + rows + 2, (m->rows ? m->ptr[m->rows] : 0) + values);
}

/* For one row more, of n values. */
static void grow(struct csr *m, size_t n)
{
	size_t rows = m->rows + 2, values = (m->rows ? m->ptr[m->rows] : 0) + n;

	if (rows > m->rows_cap)
		rows = m->rows_cap ? 2 * m->rows_cap : 16;
	if (values > m->cap && values < 2 * m->cap)
		values = 2 * m->cap;
	room(m, rows, values);
}

void csr_add_row(struct csr *m, const uint32_t *col, const float *val, size_t n)
{
	size_t at;

	grow(m, n);
	at = m->ptr[m->rows];
	if (n) {
		memcpy(m->col + at, col, n * sizeof *col);
		memcpy(m->val + at, val, n * sizeof *val);
		for (size_t i = 1; i < n; i++)
			assert(col[i - 1] < col[i]);
		if (m->cols <= col[n - 1])
			m->cols = (size_t)col[n - 1] + 1;
	}
	m->ptr[++m->rows] = at + n;
}

void csr_clear(struct csr *m)
{
	free(m->ptr);
	free(m->col);
	free(m->val);
	*m = (struct csr)CSR_INIT;
}

void csr_keep(const struct csr *m, const bool *keep, struct csr *out)
{
	uint32_t *col = mem_zero(m->cols + 1, sizeof *col);
	float *val = mem_zero(m->cols + 1, sizeof *val);

	for (size_t i = 0; i < m->rows; i++) {
		double squares = 0;
		size_t n = 0;

		for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++)
			if (keep[m->col[k]]) {
				col[n] = m->col[k];
				val[n++] = m->val[k];
				squares += (double)m->val[k] * (double)m->val[k];
			}
		for (size_t k = 0; k < n; k++)
			val[k] *= (float)(1 / sqrt(squares));
		csr_add_row(out, col, val, n);
	}
	out->cols = m->cols;
	free(col);
	free(val);
}

float csr_dot(const struct csr *a, size_t i, const struct csr *b, size_t j)
{
	size_t p = a->ptr[i], q = b->ptr[j], p_end = a->ptr[i + 1], q_end = b->ptr[j + 1];
	double sum = 0;

	while (p < p_end && q < q_end) {
		uint32_t c = a->col[p], d = b->col[q];

		if (c == d)
			sum += (double)a->val[p] * b->val[q];
		p += c <= d;
		q += d <= c;
	}
	return (float)sum;
}

double csr_dot_dense(const struct csr *m, size_t i, const double *x)
{
	double sum = 0;

	for (size_t p = m->ptr[i]; p < m->ptr[i + 1]; p++)
		sum += m->val[p] * x[m->col[p]];
	return sum;
}

void csr_axpy(const struct csr *m, size_t i, double alpha, double *y)
{
	for (size_t p = m->ptr[i]; p < m->ptr[i + 1]; p++)
		y[m->col[p]] += alpha * m->val[p];
}

double tfidf_idf(double docs, double df)
{
	/* A count that is older than the corpus may exceed it for a moment; such a term tells next to nothing. */
	if (df > docs)
		df = docs;
	return log1p((docs - df + 0.5) / (df + 0.5));
}

/* The constant beside tf in the saturation, for a text of this length. */
static double saturation(double length, double mean_length)
{
	return BM25_K1 * (1 - BM25_B + BM25_B * (mean_length > 0 ? length / mean_length : 1));
}

static double saturated(double tf, double k)
{
	return tf * (BM25_K1 + 1) / (tf + k);
}

static void scale_to_unit(float *val, size_t n, double squares)
{
	double scale = squares > 0 ? 1 / sqrt(squares) : 0;

	for (size_t i = 0; i < n; i++)
		val[i] = (float)(val[i] * scale);
}

void tfidf_weigh(float *val, const uint32_t *df, size_t n, double docs, double length, double mean_length)
{
	double k = saturation(length, mean_length), squares = 0;

	for (size_t i = 0; i < n; i++) {
		double w = saturated(val[i], k) * tfidf_idf(docs, df[i]);

		val[i] = (float)w;
		squares += w * w;
	}
	scale_to_unit(val, n, squares);
}

void tfidf_weigh_idf(float *val, const uint32_t *col, size_t n, const double *idf, double length, double mean_length)
{
	double k = saturation(length, mean_length), squares = 0;

	for (size_t i = 0; i < n; i++) {
		double w = saturated(val[i], k) * idf[col[i]];

		val[i] = (float)w;
		squares += w * w;
	}
	scale_to_unit(val, n, squares);
}
