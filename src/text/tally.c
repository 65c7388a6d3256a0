#include "text/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define WORD 64                 /* bits of one */
#define CAP_LEAST (WORD * WORD) /* one whole word of has_any */

/* p (n), and zeros up to more. */
static void *extend(void *p, size_t n, size_t more, size_t size)
{
	char *grown = mem_resize(p, more, size);

	memset(grown + n * size, 0, (more - n) * size);
	return grown;
}

static void grow(struct tally *t, uint32_t number)
{
	size_t cap = t->cap ? t->cap : CAP_LEAST;

	while (cap <= number)
		cap *= 2;
	t->count = extend(t->count, t->cap, cap, sizeof *t->count);
	t->has = extend(t->has, t->cap / WORD, cap / WORD, sizeof *t->has);
	t->has_any = extend(t->has_any, t->cap / CAP_LEAST, cap / CAP_LEAST, sizeof *t->has_any);
	t->cap = cap;
}

static void first_sight(struct tally *t, uint32_t number)
{
	if (t->n == t->seen_cap) {
		MEM_GROW(t->seen, t->n, t->seen_cap);
		t->val = mem_resize(t->val, t->seen_cap, sizeof *t->val);
	}
	t->seen[t->n++] = number;
	t->has[number / WORD] |= (uint64_t)1 << number % WORD;
	t->has_any[number / CAP_LEAST] |= (uint64_t)1 << number / WORD % WORD;
	if (t->terms <= number)
		t->terms = (size_t)number + 1;
}

void tally_term(struct tally *t, uint32_t number)
{
	struct tally_count *c;

	if (number >= t->cap)
		grow(t, number);
	c = &t->count[number];
	if (c->now == 0)
		first_sight(t, number);
	c->now += t->weight;
	t->length += t->weight;
}

void tally_fetch(const struct tally *t, uint32_t number)
{
	if (number < t->cap)
		__builtin_prefetch(&t->count[number]);
}

/* The terms at hand into seen, ascending; the bits are then as before the text. */
static void in_order(struct tally *t)
{
	size_t n = 0;

	for (size_t g = 0; n < t->n; g++)
		for (; t->has_any[g]; t->has_any[g] &= t->has_any[g] - 1) {
			size_t at = g * WORD + (size_t)__builtin_ctzll(t->has_any[g]);

			for (; t->has[at]; t->has[at] &= t->has[at] - 1)
				t->seen[n++] = (uint32_t)(at * WORD + (size_t)__builtin_ctzll(t->has[at]));
		}
}

static void next_text(struct tally *t)
{
	t->n = 0;
	t->length = 0;
}

double tally_row(struct tally *t, struct csr *m)
{
	double length = t->length;

	in_order(t);
	for (size_t i = 0; i < t->n; i++) {
		struct tally_count *c = &t->count[t->seen[i]];

		t->val[i] = c->now;
		c->now = 0;
		c->df++;
	}
	csr_add_row(m, t->seen, t->val, t->n);
	next_text(t);
	return length;
}

void tally_forget(struct tally *t)
{
	for (size_t i = 0; i < t->n; i++) {
		uint32_t k = t->seen[i];

		t->count[k].now = 0;
		t->has[k / WORD] = 0;
		t->has_any[k / CAP_LEAST] = 0;
	}
	next_text(t);
}

void tally_weigh(const struct tally *t, struct csr *m, const double *length)
{
	double *idf = mem_alloc((t->terms + 1) * sizeof *idf), total = 0;

	for (size_t i = 0; i < t->terms; i++)
		idf[i] = tfidf_idf((double)m->rows, t->count[i].df);
	for (size_t i = 0; i < m->rows; i++)
		total += length[i];
	for (size_t i = 0; i < m->rows; i++)
		tfidf_weigh_idf(m->val + m->ptr[i], m->col + m->ptr[i], m->ptr[i + 1] - m->ptr[i], idf, length[i], total / (double)m->rows);
	free(idf);
}

void tally_clear(struct tally *t)
{
	free(t->count);
	free(t->seen);
	free(t->has);
	free(t->has_any);
	free(t->val);
	*t = (struct tally)TALLY_INIT;
}
