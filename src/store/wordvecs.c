#include "store/store_private.h"

enum err wordvecs_put(struct store *st, int64_t article, const float *words, const float *title, int d, struct err_info *info)
{
	unsigned char row[2][VECBYTES_MOST];
	struct stmt *s;

	if (!words || d <= 0 || d > VECBYTES_DIMS_MOST)
		return store_run_id(st, "DELETE FROM wordvecs WHERE article = ?1", article, info);
	s = db_sql(st->db, "INSERT INTO wordvecs (article, vec, title) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET vec = excluded.vec, title = excluded.title");
	stmt_int(s, 1, article);
	stmt_blob(s, 2, row[0], vecbytes_put(words, d, row[0]));
	if (title)
		stmt_blob(s, 3, row[1], vecbytes_put(title, d, row[1]));
	return stmt_run(s, info);
}

static bool decode_column(struct stmt *s, int i, int d, float *out)
{
	size_t n = 0;
	const void *blob = out ? stmt_col_blob(s, i, &n) : NULL;

	return blob && vecbytes_get(blob, n, d, out);
}

enum err wordvecs_get(struct store *st, int64_t article, int d, float *words, float *title, struct wordvecs_found *found, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT vec, title FROM wordvecs WHERE article = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, &row, info);
	if (e == OK)
		*found = (struct wordvecs_found){ row && decode_column(s, 0, d, words), row && decode_column(s, 1, d, title) };
	stmt_reset(s);
	return e;
}

enum err wordvecs_reset(struct store *st, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = db_exec(st->db, "DELETE FROM wordvecs", info);
	if (e == OK)
		e = db_exec(st->db, "INSERT OR IGNORE INTO terms_queue SELECT id FROM articles WHERE retired_at IS NULL", info);
	return db_end(st->db, e, info);
}

enum err wordvecs_count(struct store *st, int64_t *n, struct err_info *info)
{
	return store_int(st, "SELECT count(*) FROM wordvecs", n, info);
}
