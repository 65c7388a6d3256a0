#include "app/older.h"

#include <stdlib.h>

#include "app/load.h"
#include "base/mem.h"

#define BLOCK 4000 /* articles in one transaction: a tenth of a second */

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

static enum err put_one(struct app *app, const struct lsa *l, const struct csr *rows, size_t i, int64_t id, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct derived d = { .topic = -1, .story = id, .feeds_telling = 1 };
	float *vec = arena_zero(&a, (size_t)l->d, sizeof *vec);
	enum err e = derived_get(&app->store, id, &a, &d, info);

	if (e == OK || e == ERR_NOTFOUND) {
		lsa_fold(l, rows, i, vec);
		d.article = id;
		d.vec = vec;
		d.d = l->d;
		e = derived_put(&app->store, &d, info);
	}
	arena_clear(&a);
	return e;
}

static enum err put_block(struct app *app, const struct lsa *l, const struct csr *rows, const struct id_list *ids, struct err_info *info)
{
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	for (size_t i = 0; i < ids->n && e == OK; i++)
		e = put_one(app, l, rows, i, ids->id[i], info);
	return db_end(app->store.db, e, info);
}

static enum err fold_block(struct app *app, const struct lsa *l, const struct id_list *ids, struct err_info *info)
{
	struct csr all = CSR_INIT, rows = CSR_INIT;
	enum err e = load_rows(&app->store, ids->id, ids->n, &all, info);

	if (e == OK) {
		bool *known = known_terms(l, all.cols);

		csr_keep(&all, known, &rows);
		free(known);
		e = put_block(app, l, &rows, ids, info);
	}
	csr_clear(&all);
	csr_clear(&rows);
	return e;
}

enum err older_vectors(struct app *app, const struct lsa *basis, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids = { .n = BLOCK };
	int64_t last = 0;
	enum err e = OK;

	while (e == OK && ids.n == BLOCK && basis->d) {
		arena_clear(&a);
		e = derived_without_vector(&app->store, last, BLOCK, &a, &ids, info);
		if (e == OK && ids.n) {
			last = ids.id[ids.n - 1];
			e = fold_block(app, basis, &ids, info);
		}
	}
	if (e == OK && last)
		e = load_another_version(&app->store, &a, NULL, info);
	arena_clear(&a);
	return e;
}
