#include "store/store_private.h"

static struct trial_row read_trial(struct stmt *s, struct arena *a)
{
	return (struct trial_row){
		.id = stmt_col_int(s, 0), .a = stmt_col_dup(s, 1, a), .b = stmt_col_dup(s, 2, a), .started = stmt_col_int(s, 3), .ended = stmt_col_date(s, 4),
	};
}

/* One can't be started while another runs, so the one that runs is the newest. */
enum err trials_newest(struct store *st, struct arena *a, struct trial_row *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id, a, b, started, ended FROM trials ORDER BY id DESC LIMIT 1");
	bool row;
	enum err e = stmt_step(s, &row, info);

	if (e == OK)
		*out = row ? read_trial(s, a) : (struct trial_row){ .ended = DATE_NONE };
	stmt_reset(s);
	return e;
}

static enum err none_runs(struct store *st, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct trial_row t;
	enum err e = trials_newest(st, &a, &t, info);

	if (e == OK && t.id && t.ended == DATE_NONE) {
		char since[DATE_TEXT];

		e = err_set(info, ERR_UNSUPPORTED, "a trial of %.100s and %.100s has been running since %.10s; eclose trial stop ends it", t.a, t.b,
			    date_rfc3339(t.started, since));
	}
	arena_clear(&a);
	return e;
}

static enum err insert(struct store *st, const char *a, const char *b, int64_t at, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO trials (a, b, started) VALUES (?1, ?2, ?3)");

	stmt_text(s, 1, a);
	stmt_text(s, 2, b);
	stmt_int(s, 3, at);
	return stmt_run(s, info);
}

enum err trials_start(struct store *st, const char *a, const char *b, int64_t at, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = none_runs(st, info);
	if (e == OK)
		e = insert(st, a, b, at, info);
	return db_end(st->db, e, info);
}

enum err trials_end(struct store *st, int64_t id, int64_t at, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "UPDATE trials SET ended = ?2 WHERE id = ?1 AND ended IS NULL");

	stmt_int(s, 1, id);
	stmt_int(s, 2, at);
	return stmt_run(s, info);
}
