#include <math.h>

#include "store/store_private.h"

/* ---- one article ---- */

/* The scale, in the first 4 bytes, isn't compared: it follows from the unit length, but for its last bit. */
static enum err put_vector(struct store *st, const struct derived *d, struct err_info *info)
{
	unsigned char row[VECBYTES_MOST];
	struct stmt *s;

	if (!d->vec || d->d <= 0 || d->d > VECBYTES_DIMS_MOST)
		return store_run_id(st, "DELETE FROM vectors WHERE article = ?1", d->article, info);
	s = db_sql(st->db, "INSERT INTO vectors VALUES (?1, ?2) ON CONFLICT DO UPDATE SET vec = excluded.vec WHERE substr(vec, 5) <> substr(excluded.vec, 5)");
	stmt_int(s, 1, d->article);
	stmt_blob(s, 2, row, vecbytes_put(d->vec, d->d, row));
	return stmt_run(s, info);
}

static void to_unit_length(float *x, int d)
{
	double squares = 0;

	for (int i = 0; i < d; i++)
		squares += (double)x[i] * (double)x[i];
	for (int i = 0; i < d && squares > 0; i++)
		x[i] = (float)((double)x[i] / sqrt(squares));
}

/* Into d, where the row holds one. */
static void get_vector(struct derived *d, const void *row, size_t n, struct arena *a)
{
	int dims = vecbytes_dims(n);
	float *vec = arena_alloc(a, ((size_t)dims + 1) * sizeof *vec);

	if (!vecbytes_get(row, n, dims, vec))
		return;
	to_unit_length(vec, dims);
	d->vec = vec;
	d->d = dims;
}

/* Each refresh puts all articles of the last days again, most of them as they were: what is the same isn't written. */
static enum err put_facts(struct store *st, const struct derived *d, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO derived VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
		" topic = excluded.topic, story = excluded.story, telling = excluded.telling, coverage = excluded.coverage"
		" WHERE (topic, story, telling, coverage) <> (excluded.topic, excluded.story, excluded.telling, excluded.coverage)");

	stmt_int(s, 1, d->article);
	stmt_int(s, 2, d->topic);
	stmt_int(s, 3, d->story);
	stmt_int(s, 4, d->feeds_telling);
	stmt_real(s, 5, d->coverage);
	return stmt_run(s, info);
}

enum err derived_put(struct store *st, const struct derived *d, struct err_info *info)
{
	enum err e = articles_there(st, d->article, info);

	if (e == OK)
		e = db_begin(st->db, info);
	if (e != OK)
		return e;
	e = put_facts(st, d, info);
	if (e == OK)
		e = put_vector(st, d, info);
	return db_end(st->db, e, info);
}

enum err derived_forget_vectors(struct store *st, struct err_info *info)
{
	return db_exec(st->db, "DELETE FROM vectors", info);
}

enum err derived_without_vector(struct store *st, int64_t after, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT t.article FROM termvecs t WHERE t.article > ?1 AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.article = t.article)"
		" ORDER BY t.article LIMIT ?2");

	stmt_int(s, 1, after);
	stmt_limit(s, 2, limit);
	return store_ids(s, a, out, info);
}

enum err derived_get(struct store *st, int64_t article, struct arena *a, struct derived *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT d.topic, d.story, d.telling, d.coverage, v.vec FROM derived d LEFT JOIN vectors v ON v.article = d.article"
		" WHERE d.article = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, &row, info);
	if (e == OK && row) {
		size_t n;
		const void *vec = stmt_col_blob(s, 4, &n);
		struct derived d = { article, NULL, 0, (int)stmt_col_int(s, 0), stmt_col_int(s, 1), (int)stmt_col_int(s, 2), stmt_col_real(s, 3) };

		get_vector(&d, vec, n, a);
		*out = d;
	}
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "nothing is derived for article %lld yet", (long long)article) : e;
}

enum err derived_retell(struct store *st, int64_t article, int64_t story, int feeds_telling, double coverage, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "UPDATE derived SET story = ?2, telling = ?3, coverage = ?4 WHERE article = ?1");

	stmt_int(s, 1, article);
	stmt_int(s, 2, story);
	stmt_int(s, 3, feeds_telling);
	stmt_real(s, 4, coverage);
	return stmt_run(s, info);
}

enum err derived_of_feed(struct store *st, int64_t feed, int64_t since, int d, vector_fn *fn, void *user, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT v.article, v.vec FROM articles a JOIN vectors v ON v.article = a.id WHERE a.feed = ?1 AND a.at >= ?2 AND a.retired_at IS NULL"
		" ORDER BY a.at DESC, a.id DESC");
	struct arena a = ARENA_INIT;
	bool row;
	enum err e;

	stmt_int(s, 1, feed);
	stmt_int(s, 2, since);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		struct derived one = { .d = 0 };
		size_t n;
		const void *vec = stmt_col_blob(s, 1, &n);

		get_vector(&one, vec, n, &a);
		if (one.d == d)
			fn(user, stmt_col_int(s, 0), one.vec);
		arena_reset(&a);
	}
	arena_clear(&a);
	return e;
}

/* ---- blobs ---- */

enum err blob_put(struct store *st, const char *name, int64_t version, const void *data, size_t n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT OR REPLACE INTO blobs VALUES (?1, ?2, ?3)");

	stmt_text(s, 1, name);
	stmt_int(s, 2, version);
	stmt_blob(s, 3, data, n);
	return stmt_run(s, info);
}

enum err blob_get(struct store *st, const char *name, struct arena *a, int64_t *version, const void **data, size_t *n, struct err_info *info)
{
	/* The plus keeps SQLite from searching by the key: where it meets a large blob on the way, it reads all of it to compare the name. */
	struct stmt *s = db_sql(st->db, "SELECT version, data FROM blobs WHERE +name = ?1");
	bool row;
	enum err e;

	stmt_text(s, 1, name);
	e = stmt_step(s, &row, info);
	if (e == OK && row) {
		size_t len;
		const void *blob = stmt_col_blob(s, 1, &len);
		void *copy = arena_alloc(a, len + 1);

		if (len)
			memcpy(copy, blob, len);
		if (version)
			*version = stmt_col_int(s, 0);
		*data = copy;
		*n = len;
	}
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "nothing is kept under the name %.100s", name) : e;
}

enum err blob_drop(struct store *st, const char *name, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "DELETE FROM blobs WHERE name = ?1");

	stmt_text(s, 1, name);
	return stmt_run(s, info);
}
