#include <assert.h>
#include <stdlib.h>

#include "store/store_private.h"

/* ---- what an event does to its article ---- */

/* The flags follow from the log: of the events that weren't undone, the last that says something about a flag decides. So an undo needs
 * no memory of what was before: it reads the log again, as if the batch had never been. */
bool event_affects(enum event_kind kind, enum flag *flag, bool *on)
{
	switch (kind) {
	case EVENT_OPEN:
	case EVENT_BROWSER:
	case EVENT_READ:
	case EVENT_UNREAD:
	case EVENT_IMPORTED:
		*flag = FLAG_READ;
		*on = kind != EVENT_UNREAD;
		return true;
	case EVENT_SAVE:
	case EVENT_STAR:
	case EVENT_UNSTAR:
		*flag = FLAG_STAR;
		*on = kind != EVENT_UNSTAR;
		return true;
	default:
		return false;
	}
}

/* An article that was removed has no flags any more: that is no error. What stands as it should is not written. */
enum err event_set_flag(struct store *st, int64_t article, enum flag flag, bool on, int64_t at, struct err_info *info)
{
	static const char *const sql[FLAG_COUNT][2] = {
		{ "UPDATE articles SET read_at = NULL WHERE id = ?1 AND read_at IS NOT NULL", "UPDATE articles SET read_at = ?2 WHERE id = ?1 AND read_at IS NULL" },
		{ "UPDATE articles SET starred_at = NULL WHERE id = ?1 AND starred_at IS NOT NULL",
		  "UPDATE articles SET starred_at = ?2 WHERE id = ?1 AND starred_at IS NULL" },
	};
	struct stmt *s = db_sql(st->db, sql[flag][on]);

	stmt_int(s, 1, article);
	if (on)
		stmt_int(s, 2, at);
	return stmt_run(s, info);
}

/* ---- undo ---- */

/* The flags of one article that `touched` names, from its log. */
static enum err refold(struct store *st, int64_t article, const bool touched[FLAG_COUNT], struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT kind, at FROM events e WHERE article = ?1"
		" AND NOT EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch) ORDER BY id DESC");
	bool known[FLAG_COUNT] = { false, false }, on[FLAG_COUNT] = { false, false }, row;
	int64_t at[FLAG_COUNT] = { 0, 0 };
	enum err e;

	stmt_int(s, 1, article);
	while ((e = stmt_step(s, &row, info)) == OK && row && !(known[FLAG_READ] && known[FLAG_STAR])) {
		enum flag f;
		bool value;

		if (event_affects((enum event_kind)stmt_col_int(s, 0), &f, &value) && !known[f]) {
			known[f] = true;
			on[f] = value;
			at[f] = stmt_col_int(s, 1);
		}
	}
	stmt_reset(s);
	for (int f = 0; e == OK && f < FLAG_COUNT; f++)
		if (touched[f])
			e = event_set_flag(st, article, (enum flag)f, on[f], at[f], info);
	return e;
}

/* One article of an undone batch, and which of its flags the batch touched. */
struct touch { int64_t article; bool flag[FLAG_COUNT]; };

/* Frees: free(*out), also where it fails. */
static enum err batch_touched(struct store *st, int64_t batch, struct touch **out, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT article, kind FROM events WHERE batch = ?1 ORDER BY article");
	struct touch *t = NULL;
	size_t k = 0, cap = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, batch);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		int64_t article = stmt_col_int(s, 0);
		enum flag f;
		bool on;

		if (!event_affects((enum event_kind)stmt_col_int(s, 1), &f, &on))
			continue;
		if (!k || t[k - 1].article != article) {
			MEM_GROW(t, k, cap);
			t[k++] = (struct touch){ article, { false, false } };
		}
		t[k - 1].flag[f] = true;
	}
	*out = t;
	*n = k;
	return e;
}

static enum err undo_flags(struct store *st, int64_t batch, struct err_info *info)
{
	struct touch *t;
	size_t n;
	enum err e = batch_touched(st, batch, &t, &n, info);

	for (size_t i = 0; e == OK && i < n; i++)
		e = refold(st, t[i].article, t[i].flag, info);
	free(t);
	return e;
}

static enum err undoable(struct store *st, int64_t batch, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT EXISTS (SELECT 1 FROM events WHERE undoes = ?1) FROM events WHERE batch = ?1 AND ?1 > 0 AND kind <> ?2 LIMIT 1");
	bool row, done = false;
	enum err e;

	stmt_int(s, 1, batch);
	stmt_int(s, 2, EVENT_UNDO);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		done = stmt_col_int(s, 0) != 0;
	stmt_reset(s);
	if (e == OK && !row)
		return err_set(info, ERR_NOTFOUND, "no action %lld to undo", (long long)batch);
	if (e == OK && done)
		return err_set(info, ERR_NOTFOUND, "action %lld was undone already", (long long)batch);
	return e;
}

/* ---- appending ---- */

static void bind_known(struct stmt *s, int i, double v)
{
	if (v >= 0)
		stmt_real(s, i, v);
	else
		stmt_null(s, i);
}

enum err event_insert(struct store *st, const struct event *e, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)");

	stmt_int(s, 1, e->id);
	stmt_int(s, 2, e->at);
	stmt_int(s, 3, e->article);
	stmt_int(s, 4, e->kind);
	bind_known(s, 5, e->dwell);
	bind_known(s, 6, e->scroll);
	stmt_int(s, 7, e->place);
	stmt_int(s, 8, e->slot);
	if (e->explore >= 0)
		stmt_int(s, 9, e->explore);
	bind_known(s, 10, e->propensity);
	stmt_int(s, 11, e->batch);
	if (e->kind == EVENT_UNDO)
		stmt_int(s, 12, e->undoes);
	stmt_int(s, 13, e->pair);
	stmt_int(s, 14, e->width);
	stmt_int(s, 15, e->trial);
	stmt_int(s, 16, e->team);
	if (e->kind == EVENT_EDIT) {
		stmt_text(s, 17, e->subject);
		stmt_real(s, 18, e->value);
	}
	return stmt_run(s, info);
}

enum err event_next_id(struct store *st, int64_t *id, struct err_info *info)
{
	enum err e = store_int(st, "SELECT seq + 1 FROM sqlite_sequence WHERE name = 'events'", id, info);

	if (e == OK && !*id)
		*id = 1;
	return e;
}

static enum err append(struct store *st, struct event *e, struct err_info *info)
{
	enum flag flag;
	bool on;
	/* The row can't be changed once it is there, and it names its own id as its batch. */
	enum err err = event_next_id(st, &e->id, info);

	if (err != OK)
		return err;
	if (!e->batch)
		e->batch = e->id;
	err = event_insert(st, e, info);
	if (err == OK && e->kind == EVENT_UNDO)
		err = undo_flags(st, e->undoes, info);
	else if (err == OK && event_affects(e->kind, &flag, &on))
		err = event_set_flag(st, e->article, flag, on, e->at, info);
	return err;
}

enum err events_append(struct store *st, struct event *e, struct err_info *info)
{
	struct event row = *e;
	enum err err = db_begin(st->db, info);

	assert((int)e->kind >= 0 && e->kind < EVENT_KIND_COUNT && (e->kind == EVENT_EDIT) == (e->subject != NULL));
	if (err != OK)
		return err;
	if (e->kind == EVENT_UNDO)
		err = undoable(st, e->undoes, info);
	else if (e->kind != EVENT_EDIT || e->article)
		err = articles_there(st, e->article, info);
	if (err == ERR_NOTFOUND) { /* nothing was written: this says nothing about the transaction around it */
		enum err end = db_commit(st->db, info);

		return end == OK ? err : end;
	}
	if (err == OK)
		err = append(st, &row, info);
	err = db_end(st->db, err, info);
	if (err == OK)
		*e = row;
	return err;
}

/* ---- reading the log ---- */

static double real_or_unknown(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? -1 : stmt_col_real(s, i);
}

/* a owns the subject. */
static struct event read_event(struct stmt *s, struct arena *a)
{
	return (struct event){
		.id = stmt_col_int(s, 0), .at = stmt_col_int(s, 1), .article = stmt_col_int(s, 2), .kind = (enum event_kind)stmt_col_int(s, 3),
		.dwell = real_or_unknown(s, 4), .scroll = real_or_unknown(s, 5), .place = (int)stmt_col_int(s, 6), .slot = (int)stmt_col_int(s, 7),
		.explore = stmt_col_null(s, 8) ? -1 : (int)stmt_col_int(s, 8), .propensity = real_or_unknown(s, 9), .batch = stmt_col_int(s, 10),
		.pair = (int)stmt_col_int(s, 11), .width = (int)stmt_col_int(s, 12), .trial = stmt_col_int(s, 13), .team = (int)stmt_col_int(s, 14),
		.subject = stmt_col_dup(s, 15, a), .value = stmt_col_real(s, 16),
	};
}

#define EVENTS_AT_ONCE 256

/* Read in pieces, so that the callback may use the store, write to it and stop, with no statement left open. */
static enum err read_piece(struct store *st, int64_t after, struct arena *a, struct event *piece, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT id, at, article, kind, dwell, scroll, place, slot, explore, propensity, batch, pair, width, trial, team, subject, value FROM events e"
		" WHERE id > ?1 AND kind <> ?2 AND NOT EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch) ORDER BY id LIMIT ?3");
	bool row;
	enum err e;

	stmt_int(s, 1, after);
	stmt_int(s, 2, EVENT_UNDO);
	stmt_int(s, 3, EVENTS_AT_ONCE);
	for (*n = 0; (e = stmt_step(s, &row, info)) == OK && row; ++*n)
		piece[*n] = read_event(s, a);
	return e;
}

enum err events_each(struct store *st, int64_t after, event_fn *fn, void *user, struct err_info *info)
{
	struct event piece[EVENTS_AT_ONCE];
	struct arena subjects = ARENA_INIT;
	bool more = true;
	enum err e = OK;

	while (e == OK && more) {
		size_t n, i = 0;

		e = read_piece(st, after, &subjects, piece, &n, info);
		while (e == OK && i < n && fn(user, &piece[i]))
			i++;
		more = i == n && n == EVENTS_AT_ONCE;
		if (more)
			after = piece[n - 1].id;
		arena_clear(&subjects);
	}
	return e;
}

enum err events_last_undoable(struct store *st, int64_t *batch, struct err_info *info)
{
	static const enum event_kind kind[] = { EVENT_READ, EVENT_UNREAD, EVENT_STAR, EVENT_UNSTAR, EVENT_LIKE, EVENT_DISLIKE, EVENT_SAVE,
					       EVENT_WANT, EVENT_PASS, EVENT_IMPORTED, EVENT_EDIT };
	struct stmt *s = db_sql(st->db, "SELECT batch FROM events e WHERE batch > 0 AND kind IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
		" AND NOT EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch) ORDER BY id DESC LIMIT 1");
	bool row;
	enum err e;

	for (int i = 0; i < (int)(sizeof kind / sizeof *kind); i++)
		stmt_int(s, i + 1, kind[i]);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		*batch = stmt_col_int(s, 0);
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "nothing to undo") : e;
}

enum err events_said(struct store *st, const char *subject, bool *said, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM events WHERE subject = ?1 LIMIT 1");
	bool row;
	enum err e;

	stmt_text(s, 1, subject);
	e = stmt_step(s, &row, info);
	stmt_reset(s);
	if (e == OK)
		*said = row;
	return e;
}
