/* forget - the one way out of the log. Which rows go is gathered in a temporary table of this handle, which lives in memory. */
#include <stdlib.h>
#include <string.h>

#include "store/schema_private.h"
#include "store/store_private.h"
#include "store/terms_private.h"

/* ---- which rows ---- */

/* A row without a batch is what an earlier forgetting left of a flag: it says nothing, and stays. */
#define DOOM "INSERT INTO temp.doomed SELECT id FROM events WHERE batch > 0 "

static enum err choose_span(struct store *st, int64_t since, int64_t until, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, DOOM "AND at >= ?1 AND at < ?2");

	stmt_int(s, 1, since);
	stmt_int(s, 2, until);
	return stmt_run(s, info);
}

static bool holds(const struct termvec *v, const struct forget *f)
{
	for (size_t i = 0; i < v->n; i++)
		for (size_t k = 0; k < f->n_terms; k++)
			if (v->id[i] == f->term[k])
				return true;
	return false;
}

static enum err choose_by_terms(struct store *st, const struct forget *f, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT article, vec FROM termvecs WHERE article IN (SELECT article FROM events)");
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		struct arena scratch = ARENA_INIT;
		struct termvec v = { 0 };
		size_t n;
		const void *vec = stmt_col_blob(s, 1, &n);

		e = termvec_decode(vec, n, &scratch, &v, info);
		if (e == OK && holds(&v, f))
			e = store_run_id(st, DOOM "AND article = ?1", stmt_col_int(s, 0), info);
		arena_clear(&scratch);
		if (e != OK)
			break;
	}
	stmt_reset(s);
	return e;
}

/* What was said of the subject outright. */
#define DOOM_EDITS "INSERT OR IGNORE INTO temp.doomed SELECT id FROM events WHERE subject = "

static enum err choose_edits(struct store *st, const struct forget *f, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0; e == OK && f->what == FORGET_TERMS && i < f->n_terms; i++)
		e = store_run_id(st, DOOM_EDITS "(SELECT 'term:' || name FROM terms WHERE id = ?1)", f->term[i], info);
	if (f->what == FORGET_FEED)
		e = store_run_id(st, DOOM_EDITS "(SELECT 'feed:' || url FROM feeds WHERE id = ?1)", f->feed_id, info);
	if (f->what == FORGET_TOPIC)
		e = store_run_id(st, DOOM_EDITS "'topic:' || ?1", f->topic, info);
	return e;
}

static enum err choose_what(struct store *st, const struct forget *f, struct err_info *info)
{
	switch (f->what) {
	case FORGET_TERMS:
		return choose_by_terms(st, f, info);
	case FORGET_FEED:
		return store_run_id(st, DOOM "AND article IN (SELECT id FROM articles WHERE feed = ?1)", f->feed_id, info);
	case FORGET_TOPIC:
		return store_run_id(st, DOOM "AND article IN (SELECT article FROM derived WHERE topic = ?1)", f->topic, info);
	case FORGET_SPAN:
		return choose_span(st, f->since, f->until, info);
	case FORGET_ALL:
		break;
	}
	return db_exec(st->db, DOOM, info);
}

/* Undos and what they took back go together: see store.h. */
static enum err choose(struct store *st, const struct forget *f, struct err_info *info)
{
	enum err e = db_exec(st->db, "CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY); DELETE FROM temp.doomed", info);

	if (e == OK)
		e = choose_what(st, f, info);
	if (e == OK)
		e = choose_edits(st, f, info);
	if (e == OK)
		e = db_exec(st->db, "INSERT OR IGNORE INTO temp.doomed SELECT e.id FROM events u JOIN events e ON e.batch = u.undoes"
			" WHERE u.id IN (SELECT id FROM temp.doomed);"
			"INSERT OR IGNORE INTO temp.doomed SELECT u.id FROM events u WHERE u.undoes IS NOT NULL AND NOT EXISTS"
			" (SELECT 1 FROM events e WHERE e.batch = u.undoes AND e.id NOT IN (SELECT id FROM temp.doomed))", info);
	return e;
}

static enum err count(struct store *st, struct forgotten *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT count(*), count(DISTINCT nullif(article, 0)), count(DISTINCT iif(kind IN (?1, ?2, ?3, ?4), article, NULL))"
		" FROM events WHERE id IN (SELECT id FROM temp.doomed)");
	bool row;
	enum err e;

	stmt_int(s, 1, EVENT_OPEN);
	stmt_int(s, 2, EVENT_CLOSE);
	stmt_int(s, 3, EVENT_BROWSER);
	stmt_int(s, 4, EVENT_IMPORTED);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		*out = (struct forgotten){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2) };
	stmt_reset(s);
	return e;
}

/* ---- what is left of the flags ---- */

struct kept { int64_t article, id; enum flag flag; bool on; };

/* Of each article the last doomed action on each flag. */
static enum err gather(struct store *st, struct kept **out, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT e.article, e.kind, e.id FROM temp.doomed d JOIN events e ON e.id = d.id JOIN articles a ON a.id = e.article"
		" WHERE NOT EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch) ORDER BY e.article, e.id");
	struct kept *k = NULL;
	size_t count = 0, cap = 0, from = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		struct kept one = { .article = stmt_col_int(s, 0), .id = stmt_col_int(s, 2) };
		size_t i;

		if (!event_affects((enum event_kind)stmt_col_int(s, 1), &one.flag, &one.on))
			continue;
		if (count && k[count - 1].article != one.article)
			from = count;
		for (i = from; i < count && k[i].flag != one.flag; i++)
			;
		if (i == count) {
			MEM_GROW(k, count, cap);
			count++;
		}
		k[i] = one;
	}
	*out = k;
	*n = count;
	return e;
}

/* Where nothing else is known of an article any more, the place of its row (id 0: a new one) need not tell anything either. */
static enum err unplace(struct store *st, struct kept *k, size_t n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM events WHERE article = ?1 LIMIT 1");
	enum err e = OK;

	for (size_t i = 0; e == OK && i < n; i++) {
		bool row = false;

		stmt_int(s, 1, k[i].article);
		e = stmt_step(s, &row, info);
		stmt_reset(s);
		if (!row)
			k[i].id = 0;
	}
	return e;
}

/* Its article's own time, so that neither row tells when it was read. */
static enum err blur(struct store *st, const struct kept *k, int64_t *at, struct err_info *info)
{
	static const char *const sql[FLAG_COUNT] = {
		"UPDATE articles SET read_at = fetched WHERE id = ?1 AND read_at IS NOT NULL",
		"UPDATE articles SET starred_at = fetched WHERE id = ?1 AND starred_at IS NOT NULL",
	};
	struct stmt *s = db_sql(st->db, "SELECT fetched FROM articles WHERE id = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, k->article);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		*at = stmt_col_int(s, 0);
	stmt_reset(s);
	return e == OK ? store_run_id(st, sql[k->flag], k->article, info) : e;
}

static enum err keep_flag(struct store *st, const struct kept *k, struct err_info *info)
{
	static const enum event_kind kind[FLAG_COUNT][2] = { { EVENT_UNREAD, EVENT_READ }, { EVENT_UNSTAR, EVENT_STAR } };
	struct event row = { .id = k->id, .article = k->article, .kind = kind[k->flag][k->on], .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 };
	enum err e = blur(st, k, &row.at, info);

	/* A flag that is off needs no row where none is left that it has to be held against. */
	if (e != OK || (!k->on && !k->id))
		return e;
	if (!row.id)
		e = event_next_id(st, &row.id, info);
	return e == OK ? event_insert(st, &row, info) : e;
}

/* ---- the deed ---- */

static enum err delete_rows(struct store *st, const struct forget *f, struct err_info *info)
{
	enum err e = db_exec(st->db, "DROP TRIGGER events_no_delete; DELETE FROM events WHERE id IN (SELECT id FROM temp.doomed); " SCHEMA_EVENTS_NO_DELETE, info);

	return e == OK && f->what == FORGET_ALL ? db_exec(st->db, "DELETE FROM trials", info) : e;
}

static enum err forget(struct store *st, const struct forget *f, struct forgotten *out, struct err_info *info)
{
	struct kept *kept = NULL;
	size_t n = 0;
	enum err e = choose(st, f, info);

	if (e == OK)
		e = count(st, out, info);
	if (e == OK)
		e = gather(st, &kept, &n, info);
	if (e == OK)
		e = delete_rows(st, f, info);
	if (e == OK)
		e = unplace(st, kept, n, info);
	for (size_t i = 0; e == OK && i < n; i++)
		e = keep_flag(st, &kept[i], info);
	if (e == OK)
		e = retain_forgotten(st, info);
	if (e == OK)
		e = db_exec(st->db, "DELETE FROM temp.doomed", info);
	free(kept);
	return e;
}

enum err events_forget(struct store *st, const struct forget *f, struct forgotten *out, struct err_info *info)
{
	struct forgotten gone = { 0 };
	enum err e = db_exec(st->db, "PRAGMA secure_delete = ON", info); /* zeros over what is deleted, for as long as this handle lives */

	if (e == OK)
		e = db_begin(st->db, info);
	if (e != OK)
		return e;
	e = db_end(st->db, forget(st, f, &gone, info), info);
	if (e == OK)
		*out = gone;
	return e;
}

enum err events_forgettable(struct store *st, const struct forget *f, struct forgotten *out, struct err_info *info)
{
	enum err e = db_begin_read(st->db, info);

	if (e != OK)
		return e;
	e = choose(st, f, info);
	if (e == OK)
		e = count(st, out, info);
	return db_end(st->db, e, info);
}

/* ---- leaving no trace ---- */

/* The checkpoint answers with a row that says whether somebody was in its way. */
static enum err empty_wal(struct store *st, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "PRAGMA wal_checkpoint(TRUNCATE)");
	bool row, blocked = false;
	enum err e = stmt_step(s, &row, info);

	if (e == OK && row)
		blocked = stmt_col_int(s, 0) != 0;
	stmt_reset(s);
	return blocked ? err_set(info, ERR_BUSY, "%.250s: another program is using it", db_path(st->db)) : e;
}

enum err store_scrub(struct store *st, struct err_info *info)
{
	/* A file of before that was known becomes one that can be made smaller in steps. */
	enum err e = db_exec(st->db, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM", info);

	former_drop(st->db, schema_version() + 1);
	return e == OK ? empty_wal(st, info) : e;
}
