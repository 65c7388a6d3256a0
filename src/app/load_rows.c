/* load_rows - the words of articles as rows: what the store counted, weighed by tf-idf. */
#include "app/load.h"

#include <stdlib.h>
#include <string.h>

#include "text/tfidf.h"

int64_t item_time(const struct item *it)
{
	int64_t said = it->published != DATE_NONE ? it->published : it->updated;

	return said == DATE_NONE || said > it->fetched ? it->fetched : said;
}

/* ---- term rows ---- */

struct weigher {
	struct term_stats stats;
	double *idf;        /* (terms) of each term, 0 until it is met */
	size_t terms;
	struct arena arena; /* of one article, cleared after it */
	struct csr *out;
};

/* All rows of one loading share the logarithms. A term that came after the frequencies were read is in this article alone. */
static void find_idf(struct weigher *w, const struct termvec *v)
{
	size_t want = v->n ? (size_t)v->id[v->n - 1] + 1 : 0;

	want = want > w->stats.n ? want : w->stats.n;
	if (want > w->terms) {
		w->idf = mem_resize(w->idf, want, sizeof *w->idf);
		memset(w->idf + w->terms, 0, (want - w->terms) * sizeof *w->idf);
		w->terms = want;
	}
	for (size_t i = 0; i < v->n; i++) {
		double *idf = &w->idf[v->id[i]];

		if (*idf == 0)
			*idf = tfidf_idf((double)w->stats.docs, v->id[i] < w->stats.n ? (double)w->stats.df[v->id[i]] : 1);
	}
}

static enum err weigh(struct store *st, int64_t id, struct weigher *w, struct err_info *info)
{
	struct termvec v = { 0 };
	double length = 0;
	enum err e = terms_vector(st, id, &w->arena, &v, &length, info);

	if (e == ERR_NOTFOUND)
		v.n = 0;
	else if (e != OK)
		return e;
	find_idf(w, &v);
	tfidf_weigh_idf(v.tf, v.id, v.n, w->idf, length, w->stats.mean_length);
	csr_add_row(w->out, v.id, v.tf, v.n);
	arena_reset(&w->arena);
	return OK;
}

/* The rows that were read in this order, in that of the places. */
static void arrange(const struct csr *read, const size_t *order, struct arena *a, struct csr *out)
{
	size_t n = read->rows, *where = arena_alloc(a, (n + 1) * sizeof *where);

	csr_reserve(out, n, n ? read->ptr[n] : 0);
	for (size_t k = 0; k < n; k++)
		where[order[k]] = k;
	for (size_t i = 0; i < n; i++) {
		size_t from = read->ptr[where[i]];

		csr_add_row(out, read->col + from, read->val + from, read->ptr[where[i] + 1] - from);
	}
}

/* Are they in an order already, upwards or downwards? Then they are read so. */
static bool ordered(const int64_t *ids, size_t n)
{
	bool up = true, down = true;

	for (size_t i = 1; i < n; i++) {
		up = up && ids[i - 1] <= ids[i];
		down = down && ids[i - 1] >= ids[i];
	}
	return up || down;
}

#define ROW_USUAL 128 /* terms of an article; room that isn't used takes no memory */

enum err load_rows_by(struct store *st, const struct term_stats *stats, const int64_t *ids, size_t n, struct csr *out, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct csr read = CSR_INIT;
	struct weigher w = { .stats = *stats, .out = ordered(ids, n) ? out : &read };
	size_t *order = w.out == out ? NULL : store_order(ids, n, &a);
	enum err e = OK;

	csr_reserve(w.out, n, n * ROW_USUAL);
	for (size_t k = 0; k < n && e == OK; k++)
		e = weigh(st, ids[order ? order[k] : k], &w, info);
	if (e == OK && order)
		arrange(&read, order, &a, out);
	if (e == OK && out->cols < w.stats.n)
		out->cols = w.stats.n;
	if (e != OK)
		csr_clear(out);
	csr_clear(&read);
	free(w.idf);
	arena_clear(&w.arena);
	arena_clear(&a);
	return e;
}

enum err load_rows(struct store *st, const int64_t *ids, size_t n, struct csr *out, struct err_info *info)
{
	struct arena keep = ARENA_INIT;
	struct term_stats stats;
	enum err e = terms_df(st, &keep, &stats, info);

	if (e == OK)
		e = load_rows_by(st, &stats, ids, n, out, info);
	arena_clear(&keep);
	return e;
}
