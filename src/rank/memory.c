#include "rank/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/blas.h"

static struct memory *memory_new(const struct corpus *corpus)
{
	struct memory *m = mem_zero(1, sizeof *m);
	size_t most = 0;

	m->corpus = corpus;
	m->changes = UINT64_MAX;
	m->doc = mem_zero(MEMORY_MOST, sizeof *m->doc);
	m->kept = mem_zero(MEMORY_MOST, sizeof *m->kept);
	m->at = mem_zero(MEMORY_MOST, sizeof *m->at);
	m->weight = mem_zero(MEMORY_MOST, sizeof *m->weight);
	m->cosine = mem_zero(MEMORY_MOST, sizeof *m->cosine);
	m->head = mem_alloc((corpus->terms.cols + 1) * sizeof *m->head);
	memset(m->head, 0xff, (corpus->terms.cols + 1) * sizeof *m->head);
	for (int s = 0; s < SIDE_COUNT; s++) {
		size_t d = (size_t)corpus->side[s].d;

		most = d > most ? d : most;
		if (!d)
			continue;
		m->vec[s] = mem_zero(MEMORY_MOST * d, sizeof(float));
		m->product[s] = mem_zero(MEMORY_BLOCK * MEMORY_MOST, sizeof(float));
	}
	m->sum = mem_zero(most + 1, sizeof *m->sum);
	m->block = mem_zero(MEMORY_BLOCK * most + 1, sizeof *m->block);
	return m;
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	free(m->doc);
	free(m->kept);
	free(m->at);
	free(m->weight);
	free(m->row_of);
	for (int s = 0; s < SIDE_COUNT; s++) {
		free(m->vec[s]);
		free(m->product[s]);
	}
	free(m->head);
	free(m->posting);
	free(m->cosine);
	free(m->sum);
	free(m->block);
	free(m);
}

static void index_terms(struct memory *m, uint32_t row, size_t doc)
{
	const struct csr *t = &m->corpus->terms;

	for (size_t i = t->ptr[doc]; i < t->ptr[doc + 1]; i++) {
		MEM_GROW(m->posting, m->n_postings, m->cap_postings);
		m->posting[m->n_postings] = (struct posting){ m->head[t->col[i]], t->col[i], row, t->val[i] };
		m->head[t->col[i]] = (int32_t)m->n_postings++;
	}
}

/* Row m->h of each side. */
static void copy_rows(struct memory *m, size_t doc)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		size_t d = (size_t)m->corpus->side[s].d;

		if (d)
			memcpy(m->vec[s] + m->h * d, corpus_vector(m->corpus, s, doc), d * sizeof(float));
	}
}

/* Rows anew: the latest MEMORY_MOST readings that count for anything. */
static void gather(struct memory *m, const struct profile *p)
{
	size_t found = 0;

	for (size_t i = 0; i < m->n_postings; i++)
		m->head[m->posting[i].col] = -1;
	m->n_postings = m->h = 0;
	for (m->first = p->n; m->first > 0 && found < MEMORY_MOST; m->first--)
		found += p->reading[m->first - 1].weight > 0;
	m->row_of = mem_resize(m->row_of, p->n - m->first + 1, sizeof *m->row_of);
	for (size_t i = m->first; i < p->n; i++) {
		const struct reading *r = &p->reading[i];

		m->row_of[i - m->first] = r->weight > 0 ? (int32_t)m->h : -1;
		if (r->weight <= 0)
			continue;
		m->doc[m->h] = r->doc;
		m->kept[m->h] = r->weight;
		m->at[m->h] = r->at;
		copy_rows(m, r->doc);
		index_terms(m, (uint32_t)m->h, r->doc);
		m->h++;
	}
}

/* Squared length of the weighted sum of term rows: column by column, each at the posting that heads its list. */
static double term_norm2(const struct memory *m)
{
	double sum = 0;

	for (size_t i = 0; i < m->n_postings; i++) {
		double x = 0;

		if (m->head[m->posting[i].col] != (int32_t)i)
			continue;
		for (int32_t at = (int32_t)i; at >= 0; at = m->posting[at].next)
			x += m->weight[m->posting[at].row] * (double)m->posting[at].val;
		sum += x * x;
	}
	return sum;
}

static double vec_norm2(const struct memory *m, enum corpus_side side)
{
	size_t d = (size_t)m->corpus->side[side].d;
	const float *vec = m->vec[side];
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		m->sum[j] = 0;
	for (size_t i = 0; i < m->h; i++)
		for (size_t j = 0; j < d; j++)
			m->sum[j] += m->weight[i] * (double)vec[i * d + j];
	for (size_t j = 0; j < d; j++)
		sum += m->sum[j] * m->sum[j];
	return sum;
}

static void weigh(struct memory *m, int64_t now)
{
	m->now = now;
	for (size_t i = 0; i < m->h; i++) {
		double age = now > m->at[i] ? (double)(now - m->at[i]) : 0;

		m->weight[i] = m->kept[i] * 0.5 * (exp(-age / MEMORY_SHORT) + exp(-age / MEMORY_LONG));
	}
	m->term_norm2 = term_norm2(m);
	for (int s = 0; s < SIDE_COUNT; s++)
		m->vec_norm2[s] = vec_norm2(m, s);
}

struct memory *memory_at(struct profile *p, int64_t now)
{
	struct memory *m = p->cache;
	bool stale;

	if (!m)
		p->cache = m = memory_new(p->corpus);
	stale = m->changes != p->changes;
	if (stale)
		gather(m, p);
	m->changes = p->changes;
	if (stale || m->now != now)
		weigh(m, now);
	return m;
}

int64_t memory_row(const struct profile *p, const struct memory *m, size_t doc)
{
	size_t reading = (size_t)p->reading_of[doc];

	return reading > m->first ? m->row_of[reading - 1 - m->first] : -1;
}

void memory_terms(const struct memory *m, size_t doc, double *cosine)
{
	const struct csr *t = &m->corpus->terms;

	memset(cosine, 0, m->h * sizeof *cosine);
	for (size_t i = t->ptr[doc]; i < t->ptr[doc + 1]; i++)
		for (int32_t at = m->head[t->col[i]]; at >= 0; at = m->posting[at].next)
			cosine[m->posting[at].row] += (double)t->val[i] * (double)m->posting[at].val;
}

void memory_vectors(struct memory *m, enum corpus_side side, const size_t *docs, size_t n)
{
	size_t d = (size_t)m->corpus->side[side].d;

	if (!d || !m->h)
		return;
	for (size_t i = 0; i < n; i++)
		memcpy(m->block + i * d, corpus_vector(m->corpus, side, docs[i]), d * sizeof *m->block);
	blas_gemm(0, 1, n, m->h, d, 1, m->block, m->vec[side], 0, m->product[side]);
}

/* Softmax over readings. Cosines are at most 1, so nothing can overflow and no exponent needs to be taken off first; most cosines of terms are 0. */
static void attend(const struct memory *m, const double *cosine, double sharpness, int64_t self, struct likeness *like, double *part)
{
	double total = 0, sum = 0;

	for (size_t i = 0; i < m->h; i++) {
		double a = cosine[i] == 0 ? m->weight[i] : m->weight[i] * exp(sharpness * cosine[i]);

		a = (int64_t)i == self ? 0 : a;
		total += a;
		sum += a * cosine[i];
		if (part)
			part[i] = a;
	}
	if (total <= 0)
		return;
	like->attention = sum / total;
	for (size_t i = 0; part && i < m->h; i++)
		part[i] /= total;
}

static void spread(const struct memory *m, double length, int64_t self, size_t best, const struct likeness_parts *parts)
{
	for (size_t i = 0; i < m->h; i++) {
		parts->mean[i] = (int64_t)i != self && length > 0 ? m->weight[i] / length : 0;
		parts->max[i] = i == best ? m->weight[i] : 0;
	}
}

struct likeness memory_like(const struct memory *m, const double *cosine, double norm2, double sharpness, int64_t self, struct likeness_parts *parts)
{
	struct likeness like = { 0 };
	double sum = 0, top = -INFINITY, length;
	size_t best = m->h;

	for (size_t i = 0; i < m->h; i++) {
		double x = m->weight[i] * cosine[i];

		if ((int64_t)i == self)
			continue;
		like.readings++;
		sum += x;
		if (x > top) {
			top = x;
			best = i;
		}
	}
	if (self >= 0) /* |S - w x|^2 = |S|^2 - 2 w <S, x> + w^2 <x, x>, where <S, x> = sum + w <x, x> */
		norm2 -= m->weight[self] * (2 * sum + m->weight[self] * cosine[self]);
	length = norm2 > 1e-12 ? sqrt(norm2) : 0;
	if (like.readings) {
		like.mean = length > 0 ? sum / length : 0;
		like.max = top;
		attend(m, cosine, sharpness, self, &like, parts ? parts->attention : NULL);
	}
	if (parts)
		spread(m, length, self, best, parts);
	return like;
}
