#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "store/fold_private.h"
#include "store/schema_private.h"
#include "store/store_private.h"
#include "store/terms_private.h"

enum err store_open(struct store *st, const char *path, enum db_mode mode, struct err_info *info)
{
	struct store s = { NULL, NULL };
	enum err e = db_open(path, mode, &s.db, info);

	if (e != OK)
		return e;
	e = schema_update(s.db, info);
	if (e == OK)
		e = db_predicate(s.db, "title_holds", fold_title_holds, info);
	if (e == OK)
		e = db_predicate(s.db, "title_words", fold_title_words, info);
	if (e != OK) {
		db_close(s.db);
		return e;
	}
	s.terms = term_cache_new(s.db);
	*st = s;
	return OK;
}

void store_close(struct store *st)
{
	term_cache_free(st->terms);
	db_close(st->db);
	*st = (struct store){ NULL, NULL };
}

static enum err read_marks(struct store *st, struct store_marks *m, struct err_info *info)
{
	enum err e = store_int(st, "PRAGMA data_version", &m->version, info);

	if (e == OK)
		e = store_int(st, "SELECT max(id) FROM articles", &m->article, info);
	if (e == OK)
		e = store_int(st, "SELECT max(id) FROM events", &m->event, info);
	return e;
}

enum err store_marks(struct store *st, struct store_marks *out, struct err_info *info)
{
	struct store_marks m = { 0 };
	enum err e = db_begin_read(st->db, info);

	if (e == OK)
		e = db_end(st->db, read_marks(st, &m, info), info);
	if (e == OK)
		*out = m;
	return e;
}

/* ---- shared by the subjects ---- */

enum err store_ids(struct stmt *st, struct arena *a, struct id_list *out, struct err_info *info)
{
	int64_t *id = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(st, &row, info)) == OK && row) {
		MEM_GROW(id, n, cap);
		id[n++] = stmt_col_int(st, 0);
	}
	if (e == OK) {
		out->id = arena_alloc(a, (n + 1) * sizeof *id);
		if (n)
			memcpy(out->id, id, n * sizeof *id);
		out->n = n;
	}
	free(id);
	return e;
}

enum err store_int(struct store *st, const char *sql, int64_t *v, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, sql);
	bool row;
	enum err e = stmt_step(s, &row, info);

	if (e == OK)
		*v = row ? stmt_col_int(s, 0) : 0;
	stmt_reset(s);
	return e;
}

enum err store_run_id(struct store *st, const char *sql, int64_t id, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, sql);

	stmt_int(s, 1, id);
	return stmt_run(s, info);
}
