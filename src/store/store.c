#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "store/schema_private.h"
#include "store/store_private.h"
#include "store/terms_private.h"
#include "store/typed_private.h"

/* How a body reads as plain text, which is not for this floor to know. */
struct body_text { entry_text *text; void *user; };

static bool plain(void *user, const char *summary, const char *content, struct buf *out)
{
	const struct body_text *t = user;
	const struct entry e = { .summary = summary, .content = content, .published = DATE_NONE, .updated = DATE_NONE };

	if (!t->text) {
		buf_puts(out, "nobody has told the store how a body reads as plain text (store_text)");
		return false;
	}
	t->text(t->user, &e, out);
	return true;
}

/* How much it tells of an article that it has a word in its title, text, author or feed. */
static const double weights[FIELD_COUNT] = { [FIELD_TITLE] = 4, [FIELD_TEXT] = 1, [FIELD_AUTHOR] = 2, [FIELD_FEED] = 1 };

/* What SQL here calls. Before the schema is read: views and triggers name them. */
static enum err teach(struct store *st, struct err_info *info)
{
	enum err e = db_tokenizer(st->db, "eclose", fold_run, info);

	if (e == OK)
		e = db_rank(st->db, "unlike", weights, info);
	if (e == OK)
		e = db_text(st->db, "plain", plain, st->text, info);
	if (e == OK)
		e = db_predicate(st->db, "title_holds", typed_in_title, info);
	if (e == OK)
		e = db_predicate(st->db, "in_heads", typed_in_heads, info);
	return e;
}

enum err store_open(struct store *st, const char *path, enum db_mode mode, struct err_info *info)
{
	struct store s = { NULL, NULL, NULL };
	enum err e = db_open(path, mode, &s.db, info);

	if (e != OK)
		return e;
	s.text = mem_zero(1, sizeof *s.text);
	e = teach(&s, info);
	if (e == OK)
		e = schema_update(s.db, info);
	if (e == OK)
		e = search_follow(&s, info);
	if (e != OK) {
		db_close(s.db);
		free(s.text);
		return e;
	}
	s.terms = term_cache_new(s.db);
	*st = s;
	return OK;
}

void store_text(struct store *st, entry_text *text, void *user)
{
	*st->text = (struct body_text){ text, user };
}

void store_close(struct store *st)
{
	term_cache_free(st->terms);
	db_close(st->db);
	free(st->text);
	*st = (struct store){ NULL, NULL, NULL };
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

struct placed { int64_t id; size_t place; };

static int by_id(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : (x->place > y->place) - (x->place < y->place);
}

size_t *store_order(const int64_t *ids, size_t n, struct arena *a)
{
	struct placed *p = mem_alloc((n + 1) * sizeof *p);
	size_t *order = arena_alloc(a, (n + 1) * sizeof *order);

	for (size_t i = 0; i < n; i++)
		p[i] = (struct placed){ ids[i], i };
	qsort(p, n, sizeof *p, by_id);
	for (size_t i = 0; i < n; i++)
		order[i] = p[i].place;
	free(p);
	return order;
}
