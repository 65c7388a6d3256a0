/* compact - all unread articles at once, a column after the other: one ordered pass over each table instead of a look-up for each article. */
#include <math.h>
#include <stdlib.h>

#include "store/store_private.h"

#define GAP 64 /* rows that it costs less to step over than to look for the next one that is wanted */

static int by_id(const void *a, const void *b)
{
	const struct unread *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

enum err unread_load(struct store *st, int64_t since, struct unread_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id, at, feed FROM articles INDEXED BY articles_unread WHERE read_at IS NULL AND retired_at IS NULL AND fetched >= ?1"
		" AND feed IN (SELECT id FROM feeds WHERE position IS NOT NULL)");
	struct unread *u = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, since);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(u, n, cap);
		u[n++] = (struct unread){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2) };
	}
	if (e != OK) {
		free(u);
		return e;
	}
	if (n)
		qsort(u, n, sizeof *u, by_id);
	*out = (struct unread_list){ u, n };
	return OK;
}

void unread_clear(struct unread_list *l)
{
	free(l->one);
	*l = (struct unread_list){ NULL, 0 };
}

/* ---- what belongs to them ---- */

/* A row whose first column is the article; i says which of the list it is. */
typedef void row_fn(void *user, size_t i, struct stmt *s);

/* How far the articles from i on lie close together: the index behind the last of them. */
static size_t run_end(const struct unread_list *l, size_t i)
{
	for (i++; i < l->n && l->one[i].id - l->one[i - 1].id <= GAP; i++)
		;
	return i;
}

/* sql (?1 the first article, ?2 the last; rows in their order) over the whole list. */
static enum err each_row(struct store *st, const char *sql, const struct unread_list *l, row_fn *fn, void *user, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0, end; i < l->n && e == OK; i = end) {
		struct stmt *s = db_sql(st->db, sql);
		bool row;

		end = run_end(l, i);
		stmt_int(s, 1, l->one[i].id);
		stmt_int(s, 2, l->one[end - 1].id);
		while ((e = stmt_step(s, &row, info)) == OK && row) {
			int64_t id = stmt_col_int(s, 0);

			while (i < end && l->one[i].id < id)
				i++;
			if (i < end && l->one[i].id == id)
				fn(user, i, s);
		}
	}
	return e;
}

struct facts_reader { unread_facts_fn *fn; void *user; };

static void read_facts(void *user, size_t i, struct stmt *s)
{
	const struct facts_reader *r = user;

	r->fn(r->user, i, (int)stmt_col_int(s, 1), (int)stmt_col_int(s, 2), stmt_col_real(s, 3));
}

enum err unread_facts(struct store *st, const struct unread_list *l, unread_facts_fn *fn, void *user, struct err_info *info)
{
	struct facts_reader r = { fn, user };

	return each_row(st, "SELECT article, topic, telling, coverage FROM derived WHERE article BETWEEN ?1 AND ?2 ORDER BY article", l, read_facts, &r, info);
}

struct vector_reader { unread_vector_fn *fn; void *user; enum unread_vector first; };

/* Column by column, each a kind. */
static void read_vectors(void *user, size_t i, struct stmt *s)
{
	const struct vector_reader *r = user;
	int columns = r->first == UNREAD_WORDS ? 2 : 1;

	for (int c = 0; c < columns; c++) {
		size_t n = 0;
		const char *row = stmt_col_blob(s, 1 + c, &n);
		int d = row ? vecbytes_dims(n) : 0;
		float scale;

		if (!d)
			continue;
		memcpy(&scale, row, sizeof scale);
		if (isfinite(scale) && scale > 0)
			r->fn(r->user, i, (enum unread_vector)((int)r->first + c), scale, (const signed char *)row + sizeof scale, d);
	}
}

enum err unread_vectors(struct store *st, const struct unread_list *l, unread_vector_fn *fn, void *user, struct err_info *info)
{
	struct vector_reader words = { fn, user, UNREAD_WORDS }, lsa = { fn, user, UNREAD_LSA };
	enum err e = each_row(st, "SELECT article, vec, title FROM wordvecs WHERE article BETWEEN ?1 AND ?2 ORDER BY article", l, read_vectors, &words, info);

	if (e == OK)
		e = each_row(st, "SELECT article, vec FROM vectors WHERE article BETWEEN ?1 AND ?2 ORDER BY article", l, read_vectors, &lsa, info);
	return e;
}

enum err store_changed(struct store *st, int64_t *version, struct err_info *info)
{
	return store_int(st, "PRAGMA data_version", version, info);
}
