#include "app/basis.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- drift ---- */

struct newcomer { int64_t id; double error; };

static int by_id(const void *a, const void *b)
{
	const struct newcomer *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static double mean_error(const struct newcomer *n, size_t from, size_t to)
{
	double sum = 0;

	for (size_t i = from; i < to; i++)
		sum += n[i].error;
	return sum / (double)(to - from);
}

/* What was folded in is always said worse than what the basis was made from; so the earlier newcomers are the measure of the later ones. */
static bool drifted(struct newcomer *new, size_t n)
{
	size_t half = n / 2;

	if (half < BASIS_HALF)
		return false;
	qsort(new, n, sizeof *new, by_id);
	return mean_error(new, half, n) > mean_error(new, 0, half) + BASIS_DRIFTED;
}

/* Have so many come that it knows nothing of, that they deserve directions of their own? */
static bool has_strangers(const struct basis *b, const struct newcomer *new, size_t n)
{
	size_t strange = 0;

	for (size_t i = 0; i < n; i++)
		strange += new[i].error >= BASIS_STRANGE;
	return strange >= BASIS_STRANGERS && (double)strange >= BASIS_STRANGERS_SHARE * (double)b->articles;
}

/* Has it still to do with these articles? */
static bool basis_holds(const struct basis *b, const struct csr *rows, const int64_t *id)
{
	struct newcomer *new = mem_alloc((rows->rows + 1) * sizeof *new);
	size_t n = 0;
	bool holds;

	for (size_t i = 0; i < rows->rows; i++)
		if (id[i] > b->last)
			new[n++] = (struct newcomer){ id[i], lsa_error(&b->lsa, rows, i) };
	holds = b->lsa.d > 0 && (double)n <= BASIS_GROWN * (double)b->articles && !has_strangers(b, new, n) && !drifted(new, n);
	free(new);
	return holds;
}

bool basis_strange(const struct basis *b, const struct csr *rows)
{
	struct newcomer *new = mem_alloc((rows->rows + 1) * sizeof *new);
	bool strange;

	for (size_t i = 0; i < rows->rows; i++)
		new[i] = (struct newcomer){ 0, lsa_error(&b->lsa, rows, i) };
	strange = has_strangers(b, new, rows->rows);
	free(new);
	return strange;
}

/* ---- folding ---- */

/* Terms of which the basis can say anything, (terms) as numbered in the store, at least `cols`. Frees: free(). */
static bool *known_terms(const struct lsa *l, size_t cols)
{
	size_t d = (size_t)l->d;
	bool *known = mem_zero((cols > l->terms ? cols : l->terms) + 1, sizeof *known);

	for (size_t t = 0; t < l->terms; t++)
		for (size_t k = 0; k < d && !known[t]; k++)
			known[t] = l->basis[t * d + k] != 0;
	return known;
}

void basis_rows(const struct lsa *l, const struct csr *m, struct csr *out)
{
	bool *known = known_terms(l, m->cols);

	csr_keep(m, known, out);
	free(known);
}

/* ---- in the store ---- */

struct head { int64_t articles, last; };

static enum err unpack(struct basis *b, const char *bytes, size_t n, struct err_info *info)
{
	struct head head;

	if (n < sizeof head)
		return err_set(info, ERR_CORRUPT, "the stored LSA basis is cut off");
	memcpy(&head, bytes, sizeof head);
	b->articles = head.articles;
	b->last = head.last;
	return lsa_unpack(&b->lsa, bytes + sizeof head, n - sizeof head, info);
}

enum err basis_stored(struct store *st, struct basis *out, struct err_info *info)
{
	struct basis b = { .fresh = BUF_INIT };
	struct arena a = ARENA_INIT;
	const void *bytes;
	size_t n;
	enum err e = blob_get(st, BASIS_BLOB, &a, NULL, &bytes, &n, info);

	if (e == OK)
		e = unpack(&b, bytes, n, info);
	if (e == OK)
		*out = b;
	arena_clear(&a);
	return e;
}

/* It is used as it will be stored, rounded, so that tomorrow's vectors are in today's space. */
static enum err make_basis(const struct csr *rows, const int64_t *id, int d, uint64_t seed, struct basis *b, struct err_info *info)
{
	struct head head = { (int64_t)rows->rows, 0 };
	struct lsa exact;

	for (size_t i = 0; i < rows->rows; i++)
		head.last = id[i] > head.last ? id[i] : head.last;
	lsa_fit(&exact, rows, d, seed);
	buf_add(&b->fresh, &head, sizeof head);
	lsa_pack(&exact, &b->fresh);
	lsa_clear(&exact);
	return unpack(b, b->fresh.s, b->fresh.len, info);
}

enum err basis_load(struct store *st, const struct csr *rows, const int64_t *id, int d, uint64_t seed, struct basis *out, struct err_info *info)
{
	struct basis b = { .fresh = BUF_INIT };
	enum err e = basis_stored(st, &b, info);

	if (e != OK && e != ERR_NOTFOUND && e != ERR_CORRUPT)
		return e;
	if (e != OK || !basis_holds(&b, rows, id)) {
		lsa_clear(&b.lsa);
		e = make_basis(rows, id, d, seed, &b, info);
	}
	if (e == OK)
		*out = b;
	else
		basis_clear(&b);
	return e;
}

bool basis_is_new(const struct basis *b)
{
	return b->fresh.len > 0;
}

enum err basis_put(const struct basis *b, struct store *st, struct err_info *info)
{
	enum err e = OK;

	if (!basis_is_new(b))
		return OK;
	e = derived_forget_vectors(st, info);
	if (e == OK)
		e = blob_drop(st, "lsa", info); /* as it was named before */
	return e == OK ? blob_put(st, BASIS_BLOB, 1, b->fresh.s, b->fresh.len, info) : e;
}

void basis_clear(struct basis *b)
{
	lsa_clear(&b->lsa);
	buf_clear(&b->fresh);
}
