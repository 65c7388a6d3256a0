#include <math.h>
#include <string.h>

#include "store/store_private.h"

/* A row is a float, the scale, and then d signed bytes: a fifth of the room that floats would take, and finer than any word is known. */

#define DIMS_MOST 4096

enum err wordvecs_put(struct store *st, int64_t article, const float *x, int d, struct err_info *info)
{
	unsigned char row[sizeof(float) + DIMS_MOST];
	struct stmt *s;
	float most = 0, scale;

	if (!x || d <= 0 || d > DIMS_MOST)
		return store_run_id(st, "DELETE FROM wordvecs WHERE article = ?1", article, info);
	for (int i = 0; i < d; i++)
		most = fmaxf(most, fabsf(x[i]));
	scale = most / 127;
	memcpy(row, &scale, sizeof scale);
	for (int i = 0; i < d; i++)
		row[sizeof scale + (size_t)i] = (unsigned char)(signed char)(scale > 0 ? lrintf(x[i] / scale) : 0);
	s = db_sql(st->db, "INSERT INTO wordvecs VALUES (?1, ?2) ON CONFLICT DO UPDATE SET vec = excluded.vec");
	stmt_int(s, 1, article);
	stmt_blob(s, 2, row, sizeof scale + (size_t)d);
	return stmt_run(s, info);
}

bool wordvec_decode(const void *blob, size_t n, int d, float *out)
{
	const unsigned char *s = blob;
	float scale;

	if (d <= 0 || n != sizeof scale + (size_t)d)
		return false;
	memcpy(&scale, s, sizeof scale);
	if (!isfinite(scale))
		return false;
	for (int i = 0; i < d; i++)
		out[i] = scale * (float)(signed char)s[sizeof scale + (size_t)i];
	return true;
}

enum err wordvecs_get(struct store *st, int64_t article, int d, float *out, bool *found, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT vec FROM wordvecs WHERE article = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, &row, info);
	if (e == OK) {
		size_t n = 0;
		const void *blob = row ? stmt_col_blob(s, 0, &n) : NULL;

		*found = row && wordvec_decode(blob, n, d, out);
	}
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
		e = db_exec(st->db, "INSERT OR IGNORE INTO terms_queue SELECT id FROM articles", info);
	return db_end(st->db, e, info);
}

enum err wordvecs_count(struct store *st, int64_t *n, struct err_info *info)
{
	return store_int(st, "SELECT count(*) FROM wordvecs", n, info);
}
