#include "store/terms_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

/* One article touches a hundred terms, and most of them again and again. So what a transaction counts is gathered here and written
 * once a term before the commit (db_hook): thousands of updates instead of a hundred for each article. Ids stay good for the life of the handle,
 * because terms are never removed; after a rollback those that it had made are forgotten with all the rest. */
struct term_cache {
	struct db *db;
	struct map ids;     /* name -> id */
	struct map df;      /* id (8 bytes) -> change of df */
	struct map forms;   /* id (8 bytes), form -> times seen */
	int64_t docs;       /* changes of the sums */
	double length;
	bool pending;
};

/* Names kept at once; about 20 MB. */
#define NAMES_MOST ((size_t)1 << 18)
/* More terms than any reader's feeds will ever have: a number above it is damage, and no size for memory. */
#define TERMS_MOST ((int64_t)1 << 28)

/* ---- writing what was counted ---- */

static void drop(void *user)
{
	struct term_cache *c = user;

	map_clear(&c->ids);
	map_clear(&c->df);
	map_clear(&c->forms);
	c->docs = 0;
	c->length = 0;
	c->pending = false;
}

static int64_t id_of_key(const char *key)
{
	int64_t id;

	memcpy(&id, key, sizeof id);
	return id;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = id_of_key((*(struct map_slot *const *)a)->key), y = id_of_key((*(struct map_slot *const *)b)->key);

	return (x > y) - (x < y);
}

/* The slots in use, in the order of the term ids, so that pages are visited once. Frees: free(). */
static struct map_slot **in_order(const struct map *m)
{
	struct map_slot **s = mem_alloc((m->n + 1) * sizeof *s);
	size_t n = 0;

	for (size_t i = 0; i < m->cap; i++)
		if (m->slot[i].key)
			s[n++] = &m->slot[i];
	qsort(s, n, sizeof *s, by_id);
	return s;
}

static enum err flush_df(struct term_cache *c, struct err_info *info)
{
	struct map_slot **s = in_order(&c->df);
	struct stmt *st = db_sql(c->db, "UPDATE terms SET df = df + ?2 WHERE id = ?1");
	enum err e = OK;

	for (size_t i = 0; e == OK && i < c->df.n; i++) {
		if (!s[i]->value)
			continue;
		stmt_int(st, 1, id_of_key(s[i]->key));
		stmt_int(st, 2, s[i]->value);
		e = stmt_run(st, info);
	}
	free(s);
	return e;
}

static enum err flush_forms(struct term_cache *c, struct err_info *info)
{
	struct map_slot **s = in_order(&c->forms);
	struct stmt *st = db_sql(c->db, "INSERT INTO forms VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET n = n + excluded.n");
	enum err e = OK;

	for (size_t i = 0; e == OK && i < c->forms.n; i++) {
		stmt_int(st, 1, id_of_key(s[i]->key));
		stmt_text_n(st, 2, s[i]->key + sizeof(int64_t), s[i]->len - sizeof(int64_t));
		stmt_int(st, 3, s[i]->value);
		e = stmt_run(st, info);
	}
	free(s);
	return e;
}

static enum err flush(void *user, struct err_info *info)
{
	struct term_cache *c = user;
	struct stmt *st;
	enum err e;

	if (!c->pending)
		return OK;
	e = flush_df(c, info);
	if (e == OK)
		e = flush_forms(c, info);
	if (e == OK) {
		st = db_sql(c->db, "UPDATE corpus SET docs = docs + ?1, length = length + ?2");
		stmt_int(st, 1, c->docs);
		stmt_real(st, 2, c->length);
		e = stmt_run(st, info);
	}
	if (e != OK)
		return e;
	map_clear(&c->df);
	map_clear(&c->forms);
	if (c->ids.n > NAMES_MOST)
		map_clear(&c->ids);
	c->docs = 0;
	c->length = 0;
	c->pending = false;
	return OK;
}

struct term_cache *term_cache_new(struct db *db)
{
	struct term_cache *c = mem_zero(1, sizeof *c);

	c->db = db;
	db_hook(db, &(struct db_hook){ flush, drop, c });
	return c;
}

void term_cache_free(struct term_cache *c)
{
	if (!c)
		return;
	drop(c);
	free(c);
}

/* ---- vectors as bytes ---- */

static void put_varint(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_putc(b, (char)(v | 0x80));
	buf_putc(b, (char)v);
}

static bool get_varint(const unsigned char **p, const unsigned char *end, uint64_t *v)
{
	*v = 0;
	for (int shift = 0; *p < end && shift < 35; shift += 7) {
		unsigned char c = *(*p)++;

		*v |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

enum err termvec_decode(const void *blob, size_t n, struct arena *a, struct termvec *out, struct err_info *info)
{
	const unsigned char *p = blob, *end = p + n;
	/* A pair is two bytes at least. */
	struct termvec v = { arena_alloc(a, (n / 2 + 1) * sizeof *v.id), arena_alloc(a, (n / 2 + 1) * sizeof *v.tf), 0 };
	uint64_t id = 0, gap, quarters;

	while (p < end) {
		if (!get_varint(&p, end, &gap) || !get_varint(&p, end, &quarters) || (v.n && !gap) || id + gap > UINT32_MAX)
			return err_set(info, ERR_CORRUPT, "a stored term vector is damaged; `eclose doctor --repair` mends that");
		id += gap;
		v.id[v.n] = (uint32_t)id;
		v.tf[v.n++] = (float)quarters / 4;
	}
	*out = v;
	return OK;
}

/* ---- counting ---- */

static void count_df(struct term_cache *c, const struct termvec *v, int sign)
{
	for (size_t i = 0; i < v->n; i++) {
		int64_t id = v->id[i];

		*map_at(&c->df, (const char *)&id, sizeof id, 0, NULL) += sign;
	}
	c->pending = true;
}

static void count_form(struct term_cache *c, int64_t id, const struct term_count *t)
{
	char key[sizeof id + 256];

	if (!t->surface || !t->surface_len || t->surface_len > 256)
		return;
	memcpy(key, &id, sizeof id);
	memcpy(key + sizeof id, t->surface, t->surface_len);
	++*map_at(&c->forms, key, sizeof id + t->surface_len, 0, NULL);
}

enum err terms_drop(struct store *st, int64_t article, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct termvec old = { NULL, NULL, 0 };
	double length = 0;
	enum err e = terms_vector(st, article, &a, &old, &length, NULL);

	if (e == ERR_NOTFOUND)
		e = OK;
	else if (e == OK) {
		e = store_run_id(st, "DELETE FROM termvecs WHERE article = ?1", article, info);
		if (e == OK) {
			count_df(st->terms, &old, -1);
			st->terms->docs--;
			st->terms->length -= length;
		}
	} else {
		e = err_set(info, e, "the term vector of article %lld can't be read", (long long)article);
	}
	arena_clear(&a);
	return e;
}

static enum err find_term(struct store *st, const struct term_count *t, int64_t *id, struct err_info *info)
{
	enum err e = terms_id(st, t->name, t->len, id, info);
	struct stmt *s;

	if (e != ERR_NOTFOUND)
		return e;
	s = db_sql(st->db, "INSERT INTO terms (name) VALUES (?1)");
	stmt_text_n(s, 1, t->name, t->len);
	e = stmt_run(s, info);
	if (e == OK)
		*id = db_last_id(st->db);
	return e;
}

static enum err intern(struct store *st, const struct term_count *t, int64_t *id, struct err_info *info)
{
	int64_t known = map_get(&st->terms->ids, t->name, t->len, 0);
	enum err e = OK;

	if (!known) {
		e = find_term(st, t, &known, info);
		if (e == OK)
			*map_at(&st->terms->ids, t->name, t->len, 0, NULL) = known;
	}
	if (e == OK)
		*id = known;
	return e;
}

/* ---- putting ---- */

struct weighed { uint32_t id; float tf; };

static int by_term(const void *a, const void *b)
{
	uint32_t x = ((const struct weighed *)a)->id, y = ((const struct weighed *)b)->id;

	return (x > y) - (x < y);
}

/* Ids ascending, a name that was given twice counted together. */
static enum err vector_of(struct store *st, const struct term_count *names, size_t n, struct arena *a, struct termvec *out, struct err_info *info)
{
	struct weighed *w = arena_alloc(a, (n + 1) * sizeof *w);
	struct termvec v = { arena_alloc(a, (n + 1) * sizeof *v.id), arena_alloc(a, (n + 1) * sizeof *v.tf), 0 };

	for (size_t i = 0; i < n; i++) {
		int64_t id;
		enum err e = intern(st, &names[i], &id, info);

		if (e != OK)
			return e;
		count_form(st->terms, id, &names[i]);
		w[i] = (struct weighed){ (uint32_t)id, names[i].tf };
	}
	qsort(w, n, sizeof *w, by_term);
	for (size_t i = 0; i < n; i++) {
		if (v.n && v.id[v.n - 1] == w[i].id) {
			v.tf[v.n - 1] += w[i].tf;
		} else {
			v.id[v.n] = w[i].id;
			v.tf[v.n++] = w[i].tf;
		}
	}
	*out = v;
	return OK;
}

/* tf in quarters: 0.25 at least, a million at most. */
static uint64_t quarters(float tf)
{
	double q = floor((double)tf * 4 + 0.5);

	return q < 1 || isnan(q) ? 1 : q > 4e6 ? 4000000 : (uint64_t)q;
}

static enum err write_vector(struct store *st, int64_t article, const struct termvec *v, double length, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO termvecs VALUES (?1, ?2, ?3)");
	struct buf b = BUF_INIT;
	uint32_t before = 0;
	enum err e;

	for (size_t i = 0; i < v->n; i++) {
		put_varint(&b, v->id[i] - before);
		put_varint(&b, quarters(v->tf[i]));
		before = v->id[i];
	}
	stmt_int(s, 1, article);
	stmt_real(s, 2, length);
	stmt_blob(s, 3, buf_str(&b), b.len);
	e = stmt_run(s, info);
	buf_clear(&b);
	return e;
}

static enum err put(struct store *st, int64_t article, const struct term_count *names, size_t n, double length, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct termvec v = { NULL, NULL, 0 };
	enum err e = terms_drop(st, article, info);

	if (e == OK)
		e = vector_of(st, names, n, &a, &v, info);
	if (e == OK)
		e = write_vector(st, article, &v, length, info);
	if (e == OK)
		e = store_run_id(st, "DELETE FROM terms_queue WHERE article = ?1", article, info);
	if (e == OK) {
		count_df(st->terms, &v, 1);
		st->terms->docs++;
		st->terms->length += length;
	}
	arena_clear(&a);
	return e;
}

enum err terms_put(struct store *st, int64_t article, const struct term_count *names, size_t n, double length, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = articles_there(st, article, info);
	if (e == ERR_NOTFOUND) { /* nothing was written: this says nothing about the transaction around it */
		enum err end = db_commit(st->db, info);

		return end == OK ? e : end;
	}
	if (e == OK)
		e = put(st, article, names, n, length, info);
	return db_end(st->db, e, info);
}

/* ---- asking ---- */

enum err terms_pending(struct store *st, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT article FROM terms_queue ORDER BY article LIMIT ?1");

	stmt_int(s, 1, limit > INT64_MAX ? -1 : (int64_t)limit);
	return store_ids(s, a, out, info);
}

static enum err read_df(struct store *st, struct arena *a, struct term_stats *out, struct err_info *info)
{
	struct term_stats t = { 0 };
	struct stmt *s;
	int64_t max;
	bool row;
	enum err e = store_int(st, "SELECT coalesce(max(id), 0) FROM terms", &max, info);

	if (e != OK)
		return e;
	if (max < 0 || max > TERMS_MOST)
		return err_set(info, ERR_CORRUPT, "%.300s: a term has the number %lld", db_path(st->db), (long long)max);
	t.n = (size_t)max + 1;
	t.df = arena_zero(a, t.n, sizeof *t.df);
	s = db_sql(st->db, "SELECT id, df FROM terms");
	while ((e = stmt_step(s, &row, info)) == OK && row)
		if (stmt_col_int(s, 0) >= 0 && stmt_col_int(s, 0) <= max)
			t.df[stmt_col_int(s, 0)] = (uint32_t)stmt_col_int(s, 1);
	if (e != OK)
		return e;
	s = db_sql(st->db, "SELECT docs, CASE WHEN docs > 0 THEN length / docs ELSE 0 END FROM corpus");
	e = stmt_step(s, &row, info);
	if (e == OK && row) {
		t.docs = stmt_col_int(s, 0);
		t.mean_length = stmt_col_real(s, 1);
	}
	stmt_reset(s);
	if (e == OK)
		*out = t;
	return e;
}

/* Inside a transaction the numbers are those of the transaction, so what it has counted is written first. */
enum err terms_df(struct store *st, struct arena *a, struct term_stats *out, struct err_info *info)
{
	enum err e = flush(st->terms, info);

	return e == OK ? read_df(st, a, out, info) : e;
}

enum err terms_vector(struct store *st, int64_t article, struct arena *a, struct termvec *out, double *length, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT vec, length FROM termvecs WHERE article = ?1");
	const void *blob;
	size_t n;
	bool row;
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, &row, info);
	if (e == OK && !row)
		return err_set(info, ERR_NOTFOUND, "article %lld has no term vector yet", (long long)article);
	if (e == OK) {
		blob = stmt_col_blob(s, 0, &n);
		e = termvec_decode(blob, n, a, out, info);
		if (e != OK)
			(void)err_at(info, "%.300s: article %lld", db_path(st->db), (long long)article);
		if (e == OK && length)
			*length = stmt_col_real(s, 1);
	}
	stmt_reset(s);
	return e;
}

enum err terms_id(struct store *st, const char *name, size_t n, int64_t *id, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id FROM terms WHERE name = ?1");
	bool row;
	enum err e;

	stmt_text_n(s, 1, name, n);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		*id = stmt_col_int(s, 0);
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "no article has the term '%.*s'", (int)(n < 100 ? n : 100), name) : e;
}

enum err terms_written(struct store *st, const char *form, size_t n, struct arena *a, struct id_list *out, struct err_info *info)
{
	enum err e = flush(st->terms, info);
	struct stmt *s;

	if (e != OK)
		return e;
	s = db_sql(st->db, "SELECT term FROM forms WHERE form = ?1 ORDER BY term");
	stmt_text_n(s, 1, form, n);
	return store_ids(s, a, out, info);
}

const char *terms_stem(struct store *st, uint32_t id, struct arena *a)
{
	struct stmt *s = db_sql(st->db, "SELECT name FROM terms WHERE id = ?1");
	const char *name = NULL;
	bool row;

	stmt_int(s, 1, id);
	if (stmt_step(s, &row, NULL) == OK && row)
		name = stmt_col_dup(s, 0, a);
	stmt_reset(s);
	return name;
}

const char *terms_name(struct store *st, uint32_t id, struct arena *a)
{
	struct stmt *s = db_sql(st->db, "SELECT form FROM forms WHERE term = ?1 ORDER BY n DESC, form LIMIT 1");
	const char *name = NULL;
	bool row;

	stmt_int(s, 1, id);
	if (flush(st->terms, NULL) == OK && stmt_step(s, &row, NULL) == OK && row)
		name = stmt_col_dup(s, 0, a);
	stmt_reset(s);
	if (!name) /* never written any other way than as its stem */
		name = terms_stem(st, id, a);
	return name ? name : "?";
}

enum err terms_each_name(struct store *st, term_name_fn *fn, void *user, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id, coalesce((SELECT form FROM forms WHERE term = id ORDER BY n DESC, form LIMIT 1), name) FROM terms ORDER BY id");
	bool row = true;
	enum err e = flush(st->terms, info);

	while (e == OK && row) {
		e = stmt_step(s, &row, info);
		if (e == OK && row) {
			const char *form = stmt_col_text(s, 1);

			fn(user, (uint32_t)stmt_col_int(s, 0), form, strlen(form));
		}
	}
	stmt_reset(s);
	return e;
}
