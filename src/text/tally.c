#include "text/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void grow(struct tally *t, uint32_t number)
{
	size_t cap = t->cap ? t->cap : 1024;

	while (cap <= number)
		cap *= 2;
	t->df = mem_resize(t->df, cap, sizeof *t->df);
	t->now = mem_resize(t->now, cap, sizeof *t->now);
	memset(t->df + t->cap, 0, (cap - t->cap) * sizeof *t->df);
	memset(t->now + t->cap, 0, (cap - t->cap) * sizeof *t->now);
	t->cap = cap;
}

void tally_term(struct tally *t, uint32_t number)
{
	if (number >= t->cap)
		grow(t, number);
	if (t->now[number] == 0) {
		if (t->n == t->seen_cap) {
			MEM_GROW(t->seen, t->n, t->seen_cap);
			t->val = mem_resize(t->val, t->seen_cap, sizeof *t->val);
		}
		t->seen[t->n++] = number;
	}
	t->now[number] += t->weight;
	t->length += t->weight;
}

/* Ascending. A text has some hundred terms: with Ciura's gaps that is quicker than qsort by half. */
static void sort(uint32_t *v, size_t n)
{
	static const size_t gap[] = { 701, 301, 132, 57, 23, 10, 4, 1 };

	for (size_t g = 0; g < sizeof gap / sizeof gap[0]; g++)
		for (size_t i = gap[g]; i < n; i++) {
			uint32_t x = v[i];
			size_t j = i;

			for (; j >= gap[g] && v[j - gap[g]] > x; j -= gap[g])
				v[j] = v[j - gap[g]];
			v[j] = x;
		}
}

double tally_row(struct tally *t, struct csr *m)
{
	double length = t->length;
	float *val = t->val;

	if (t->n)
		sort(t->seen, t->n);
	for (size_t i = 0; i < t->n; i++) {
		uint32_t k = t->seen[i];

		val[i] = t->now[k];
		t->now[k] = 0;
		t->df[k]++;
	}
	if (t->n && t->terms <= t->seen[t->n - 1])
		t->terms = (size_t)t->seen[t->n - 1] + 1;
	csr_add_row(m, t->seen, val, t->n);
	t->n = 0;
	t->length = 0;
	return length;
}

void tally_forget(struct tally *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->now[t->seen[i]] = 0;
	t->n = 0;
	t->length = 0;
}

void tally_weigh(const struct tally *t, struct csr *m, const double *length)
{
	double *idf = mem_alloc((t->terms + 1) * sizeof *idf), total = 0;

	for (size_t i = 0; i < t->terms; i++)
		idf[i] = tfidf_idf((double)m->rows, t->df[i]);
	for (size_t i = 0; i < m->rows; i++)
		total += length[i];
	for (size_t i = 0; i < m->rows; i++)
		tfidf_weigh_idf(m->val + m->ptr[i], m->col + m->ptr[i], m->ptr[i + 1] - m->ptr[i], idf, length[i], total / (double)m->rows);
	free(idf);
}

void tally_clear(struct tally *t)
{
	free(t->df);
	free(t->now);
	free(t->seen);
	free(t->val);
	*t = (struct tally)TALLY_INIT;
}
