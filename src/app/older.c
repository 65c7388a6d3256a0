#include "app/older.h"

#include "app/basis.h"
#include "app/load.h"
#include "app/run.h"

#define BLOCK 4000 /* articles in one transaction: a tenth of a second */

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
		basis_rows(l, &all, &rows);
		e = put_block(app, l, &rows, ids, info);
	}
	csr_clear(&all);
	csr_clear(&rows);
	return e;
}

/* No later run need look for such articles. */
static enum err finish(struct store *st, struct err_info *info)
{
	struct last_run run;
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = run_load(st, &run, info);
	if (e == OK) {
		run.finished = 1;
		e = run_put(st, &run, info);
	}
	return db_end(st->db, e, info);
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
	if (e == OK)
		e = finish(&app->store, info);
	arena_clear(&a);
	return e;
}
