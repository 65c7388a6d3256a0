#include "rank/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/blas.h"

const double horizon_tau[HORIZON_COUNT] = HORIZON_TAUS;

#define BASE_BEHIND 20.0 /* time constants of the shortest horizon after which weights are counted anew: e^20 is far from any limit */
#define CLOCK_SLACK 3600 /* seconds that an event may be earlier than the one before, or than base, without its being a clock put back */
#define MOVED_MOST 1e4   /* times the weights that are there: squares of sums are then still right to 1e-8 */

static size_t width(const struct memory *m, enum memory_kind kind)
{
	if (kind == MEMORY_TERMS && !m->terms)
		return 0;
	return kind == MEMORY_TERMS ? m->corpus->terms.cols : (size_t)m->corpus->side[kind - MEMORY_WORDS].d;
}

struct memory *memory_new(const struct corpus *corpus, bool terms)
{
	struct memory *m = mem_zero(1, sizeof *m);
	size_t most = 0;

	m->corpus = corpus;
	m->terms = terms;
	m->spare = -1;
	m->doc = mem_zero(MEMORY_MOST, sizeof *m->doc);
	m->kept = mem_zero(MEMORY_MOST, sizeof *m->kept);
	m->at = mem_zero(MEMORY_MOST, sizeof *m->at);
	m->turn = mem_zero(MEMORY_MOST, sizeof *m->turn);
	m->cosine = mem_zero(MEMORY_MOST, sizeof *m->cosine);
	m->row_of = mem_zero(corpus->n + 1, sizeof *m->row_of);
	if (terms) {
		m->head = mem_alloc((corpus->terms.cols + 1) * sizeof *m->head);
		memset(m->head, 0xff, (corpus->terms.cols + 1) * sizeof *m->head);
	}
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		m->weight[hz] = mem_zero(MEMORY_MOST, sizeof *m->weight[hz]);
	for (int kind = 0; kind < MEMORY_KINDS; kind++)
		for (int hz = 0; hz < HORIZON_LIKE; hz++)
			m->sum[kind][hz] = mem_zero(width(m, (enum memory_kind)kind) + 1, sizeof(double));
	for (int s = 0; s < SIDE_COUNT; s++) {
		size_t d = (size_t)corpus->side[s].d;

		most = d > most ? d : most;
		m->vec[s] = mem_zero(MEMORY_MOST * d + 1, sizeof(float));
		m->product[s] = mem_zero(MEMORY_BLOCK * MEMORY_MOST, sizeof(float));
	}
	m->block = mem_zero(MEMORY_BLOCK * most + 1, sizeof *m->block);
	return m;
}

void memory_grow(struct memory *m, size_t from)
{
	m->row_of = mem_resize(m->row_of, m->corpus->n + 1, sizeof *m->row_of);
	memset(m->row_of + from, 0, (m->corpus->n + 1 - from) * sizeof *m->row_of);
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	free(m->doc);
	free(m->kept);
	free(m->at);
	free(m->turn);
	free(m->row_of);
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		free(m->weight[hz]);
	for (int kind = 0; kind < MEMORY_KINDS; kind++)
		for (int hz = 0; hz < HORIZON_LIKE; hz++)
			free(m->sum[kind][hz]);
	for (int s = 0; s < SIDE_COUNT; s++) {
		free(m->vec[s]);
		free(m->product[s]);
	}
	free(m->head);
	free(m->posting);
	free(m->cosine);
	free(m->block);
	free(m);
}

/* ---- the sums ---- */

/* sum += by x, and the square of its length with it: |s + b x|^2 = |s|^2 + 2 b <s, x> + b^2 |x|^2. */
static void add_terms(struct memory *m, int hz, size_t doc, double by)
{
	const struct csr *t = &m->corpus->terms;
	double *sum = m->sum[MEMORY_TERMS][hz], dot = 0, square = 0;

	for (size_t i = t->ptr[doc]; i < t->ptr[doc + 1]; i++) {
		double x = (double)t->val[i];

		dot += sum[t->col[i]] * x;
		square += x * x;
		sum[t->col[i]] += by * x;
	}
	m->norm2[MEMORY_TERMS][hz] += 2 * by * dot + by * by * square;
}

static void add_vector(struct memory *m, int hz, int side, size_t doc, double by)
{
	const float *x = corpus_vector(m->corpus, (enum corpus_side)side, doc);
	double *sum = m->sum[MEMORY_WORDS + side][hz], dot = 0, square = 0;

	for (int i = 0; i < m->corpus->side[side].d; i++) {
		dot += sum[i] * (double)x[i];
		square += (double)x[i] * (double)x[i];
		sum[i] += by * (double)x[i];
	}
	m->norm2[MEMORY_WORDS + side][hz] += 2 * by * dot + by * by * square;
}

/* The row's weight in one horizon becomes `weight`, as of base. */
static void set_weight(struct memory *m, size_t row, int hz, double weight)
{
	double by = weight - m->weight[hz][row];

	m->weight[hz][row] = weight;
	m->total[hz] += by;
	m->moved[hz] += fabs(by);
	if (hz >= HORIZON_LIKE || by == 0)
		return;
	if (m->terms)
		add_terms(m, hz, m->doc[row], by);
	for (int s = 0; s < SIDE_COUNT; s++)
		add_vector(m, hz, s, m->doc[row], by);
}

/* The sums anew from the rows' weights. */
static void count_sums(struct memory *m)
{
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		m->total[hz] = m->moved[hz] = 0;
	for (int kind = 0; kind < MEMORY_KINDS; kind++)
		for (int hz = 0; hz < HORIZON_LIKE; hz++) {
			m->norm2[kind][hz] = 0;
			memset(m->sum[kind][hz], 0, width(m, (enum memory_kind)kind) * sizeof(double));
		}
	for (size_t row = 0; row < m->h; row++)
		for (int hz = 0; hz < HORIZON_COUNT; hz++) {
			double weight = m->weight[hz][row];

			m->weight[hz][row] = 0;
			set_weight(m, row, hz, weight);
		}
}

/* Everything as of `base`, from what was kept. A reading of later than that has no age. */
static void rebase(struct memory *m, int64_t base)
{
	m->base = base;
	for (size_t row = 0; row < m->h; row++)
		for (int hz = 0; hz < HORIZON_COUNT; hz++) {
			double age = base > m->at[row] ? (double)(base - m->at[row]) : 0;

			m->weight[hz][row] = m->kept[row] * exp(-age / horizon_tau[hz]);
		}
	count_sums(m);
}

/* Where the weights that are left are few against those that came and went, what these left in the sums by rounding isn't small any more. */
static void settle(struct memory *m)
{
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		if (m->moved[hz] > MOVED_MOST * m->total[hz]) {
			count_sums(m);
			return;
		}
}

static void clock_to(struct memory *m, int64_t at)
{
	int64_t earliest = m->latest > m->base ? m->latest : m->base; /* many small steps back make a large one */

	if (m->h == 0)
		m->base = at;
	else if (at < earliest - CLOCK_SLACK || (double)(at - m->base) > BASE_BEHIND * horizon_tau[HORIZON_TODAY])
		rebase(m, at);
	m->latest = at;
}

double memory_fade(const struct memory *m, enum horizon hz, int64_t now)
{
	return exp(-(double)((now > m->latest ? now : m->latest) - m->base) / horizon_tau[hz]);
}

double memory_total(const struct memory *m, enum horizon hz, int64_t self, int64_t now)
{
	return fmax(0, m->total[hz] - (self >= 0 ? m->weight[hz][self] : 0)) * memory_fade(m, hz, now);
}

/* ---- rows ---- */

static void index_row(struct memory *m, size_t row)
{
	const struct csr *t = &m->corpus->terms;

	for (size_t i = t->ptr[m->doc[row]]; m->terms && i < t->ptr[m->doc[row] + 1]; i++) {
		int32_t at = m->spare;

		if (at < 0) {
			MEM_GROW(m->posting, m->n_postings, m->cap_postings);
			at = (int32_t)m->n_postings++;
		} else {
			m->spare = m->posting[at].next;
		}
		m->posting[at] = (struct posting){ m->head[t->col[i]], (uint32_t)row, t->val[i] };
		m->head[t->col[i]] = at;
	}
}

static void unindex_row(struct memory *m, size_t row)
{
	const struct csr *t = &m->corpus->terms;

	for (size_t i = t->ptr[m->doc[row]]; m->terms && i < t->ptr[m->doc[row] + 1]; i++) {
		int32_t *link = &m->head[t->col[i]], at;

		while (m->posting[*link].row != row)
			link = &m->posting[*link].next;
		at = *link;
		*link = m->posting[at].next;
		m->posting[at].next = m->spare;
		m->spare = at;
	}
}

/* The row leaves the sums and the index, and is free for another. */
static void empty_row(struct memory *m, size_t row)
{
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		set_weight(m, row, hz, 0);
	unindex_row(m, row);
	m->row_of[m->doc[row]] = 0;
}

static void fill_row(struct memory *m, size_t row, size_t doc)
{
	m->doc[row] = doc;
	m->row_of[doc] = (int32_t)row + 1;
	for (int s = 0; s < SIDE_COUNT; s++) {
		size_t d = (size_t)m->corpus->side[s].d;

		if (d)
			memcpy(m->vec[s] + row * d, corpus_vector(m->corpus, (enum corpus_side)s, doc), d * sizeof(float));
	}
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		m->weight[hz][row] = 0;
	index_row(m, row);
}

static size_t oldest(const struct memory *m)
{
	size_t row = 0;

	for (size_t i = 1; i < m->h; i++)
		if (m->turn[i] < m->turn[row])
			row = i;
	return row;
}

void memory_put(struct memory *m, size_t doc, int64_t at, double weight)
{
	int64_t row;

	clock_to(m, at);
	row = memory_row(m, doc);
	if (row < 0) {
		if (m->h < MEMORY_MOST) {
			row = (int64_t)m->h++;
		} else {
			row = (int64_t)oldest(m);
			empty_row(m, (size_t)row);
		}
		fill_row(m, (size_t)row, doc);
	}
	m->kept[row] = weight;
	m->at[row] = at;
	m->turn[row] = ++m->turns;
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		set_weight(m, (size_t)row, hz, weight * exp((double)(at - m->base) / horizon_tau[hz]));
	settle(m);
}

/* The last row moves into its place. */
void memory_drop(struct memory *m, size_t doc)
{
	int64_t found = memory_row(m, doc);
	size_t row = (size_t)found, last = m->h - 1;

	if (found < 0)
		return;
	empty_row(m, row);
	if (row != last) {
		double weight[HORIZON_COUNT];
		size_t moved = m->doc[last];

		unindex_row(m, last);
		for (int hz = 0; hz < HORIZON_COUNT; hz++)
			weight[hz] = m->weight[hz][last];
		fill_row(m, row, moved);
		for (int hz = 0; hz < HORIZON_COUNT; hz++)
			m->weight[hz][row] = weight[hz];
		m->kept[row] = m->kept[last];
		m->at[row] = m->at[last];
		m->turn[row] = m->turn[last];
	}
	m->h--;
	settle(m);
}

int64_t memory_row(const struct memory *m, size_t doc)
{
	return (int64_t)m->row_of[doc] - 1;
}

/* ---- comparing ---- */

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

/* What the loop over the rows sums up for one horizon. */
struct sums { double weight, cosine, top, soft, soft_cosine; size_t best; };

static void take(struct sums *s, size_t row, double weight, double cosine, double e)
{
	double x = weight * cosine;

	s->weight += weight;
	s->cosine += x;
	if (x > s->top) {
		s->top = x;
		s->best = row;
	}
	s->soft += weight * e;
	s->soft_cosine += x * e;
}

/* |S - w x|^2 = |S|^2 - 2 w <S, x> + w^2 <x, x>, where <S, x> = sum + w <x, x> */
static double length_of(const struct memory *m, enum memory_kind kind, int hz, const struct sums *s, const double *cosine, int64_t self)
{
	double norm2 = m->norm2[kind][hz], w = self >= 0 ? m->weight[hz][self] : 0;

	if (self >= 0)
		norm2 -= w * (2 * s->cosine + w * cosine[self]);
	return norm2 > 1e-12 * s->weight * s->weight ? sqrt(norm2) : 0;
}

static void spread(const struct memory *m, int hz, const struct sums *s, double length, double fade, double sharpness, const double *cosine, int64_t self,
		   struct likeness_parts *out)
{
	for (size_t i = 0; i < m->h; i++) {
		double w = (int64_t)i == self ? 0 : m->weight[hz][i];

		out->mean[i] = length > 0 ? w / length : 0;
		out->max[i] = i == s->best ? w * fade : 0;
		out->attention[i] = s->soft > 0 ? w * exp(sharpness * cosine[i]) / s->soft : 0;
	}
}

void memory_like(const struct memory *m, enum memory_kind kind, const double *cosine, double sharpness, int64_t self, int64_t now, struct likeness *out,
		 struct likeness_parts *parts)
{
	struct sums sums[HORIZON_LIKE];

	for (int hz = 0; hz < HORIZON_LIKE; hz++)
		sums[hz] = (struct sums){ .top = -INFINITY, .best = m->h };
	for (size_t i = 0; i < m->h; i++) {
		double e = cosine[i] == 0 ? 1 : exp(sharpness * cosine[i]); /* cosines are at most 1: nothing overflows; most cosines of terms are 0 */

		for (int hz = 0; hz < HORIZON_LIKE && (int64_t)i != self; hz++)
			take(&sums[hz], i, m->weight[hz][i], cosine[i], e);
	}
	for (int hz = 0; hz < HORIZON_LIKE; hz++) {
		const struct sums *s = &sums[hz];
		double fade = memory_fade(m, (enum horizon)hz, now), length = length_of(m, kind, hz, s, cosine, self);

		out[hz] = (struct likeness){ .total = s->weight * fade };
		if (s->best < m->h) {
			out[hz].mean = length > 0 ? s->cosine / length : 0;
			out[hz].max = s->top * fade;
			out[hz].attention = s->soft > 0 ? s->soft_cosine / s->soft : 0;
		}
		if (parts)
			spread(m, hz, s, length, fade, sharpness, cosine, self, &parts[hz]);
	}
}

double memory_lift(const struct memory *m, size_t doc, int64_t self, int64_t now, double *part)
{
	const struct csr *t = &m->corpus->terms;
	const double *weight = m->weight[HORIZON_LONG];
	double fade = memory_fade(m, HORIZON_LONG, now), all = memory_total(m, HORIZON_LONG, self, now), sum = 0;

	for (size_t i = t->ptr[doc]; i < t->ptr[doc + 1]; i++) {
		double n = 0, x;

		for (int32_t at = m->head[t->col[i]]; at >= 0; at = m->posting[at].next)
			n += (int64_t)m->posting[at].row == self ? 0 : weight[m->posting[at].row];
		x = all > 0 ? (double)t->val[i] * log((fade * n + 1) / (all * corpus_term_share(m->corpus, t->col[i]) + 1)) : 0;
		sum += x;
		if (part)
			part[i - t->ptr[doc]] = x;
	}
	return sum;
}

void memory_around(const struct memory *m, const double *cosine, int64_t self, int64_t now, double *out)
{
	for (int hz = 0; hz < HORIZON_LIKE; hz++)
		out[hz] = 0;
	for (size_t i = 0; i < m->h; i++) {
		double near = (int64_t)i == self ? 0 : cosine[i] < AROUND_NEAR ? exp(AROUND_SHARP * (cosine[i] - AROUND_NEAR)) : 1;

		for (int hz = 0; hz < HORIZON_LIKE; hz++)
			out[hz] += m->weight[hz][i] * near;
	}
	for (int hz = 0; hz < HORIZON_LIKE; hz++)
		out[hz] *= memory_fade(m, (enum horizon)hz, now);
}

double memory_today(const struct memory *m, const double *cosine, int64_t self, int64_t now, double *part)
{
	const double *weight = m->weight[HORIZON_TODAY];
	double fade = memory_fade(m, HORIZON_TODAY, now), sum = 0, total = m->total[HORIZON_TODAY] - (self >= 0 ? weight[self] : 0);
	double by = fade / (1 + fade * fmax(0, total));

	for (size_t i = 0; i < m->h; i++) {
		double x = (int64_t)i == self ? 0 : by * weight[i] * cosine[i];

		sum += x;
		if (part)
			part[i] = x;
	}
	return sum;
}
