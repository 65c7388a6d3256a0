/* merge - the one way in from another log. */
#include <string.h>

#include "base/map.h"
#include "store/store_private.h"

struct merge {
	struct map seen;    /* all that a row says -> how often it came so far */
	struct map batches; /* batch there (8 bytes) -> batch here */
	struct map flags;   /* article (8 bytes) -> bits of the flags that it had before */
};

/* ---- is it there already? ---- */

/* What a row says, without padding: a key. Where an edit was said from is no part of what it says: the article may have come since. */
struct says {
	int64_t at, article, kind, place, slot, explore, pair, width;
	double dwell, scroll, propensity, value;
	uint64_t subject; /* hash */
};

static struct says says(const struct event *e)
{
	return (struct says){ e->at, e->subject ? 0 : e->article, e->kind, e->place, e->slot, e->explore < 0 ? -1 : e->explore, e->pair, e->width,
		e->dwell < 0 ? -1 : e->dwell, e->scroll < 0 ? -1 : e->scroll, e->propensity < 0 ? -1 : e->propensity, e->value,
		e->subject ? hash_bytes(e->subject, strlen(e->subject)) : 0 };
}

#define ALIKE(of) "SELECT count(*) FROM events WHERE " of " AND at = ?2 AND kind = ?3 AND coalesce(dwell, -1) = ?4 AND coalesce(scroll, -1) = ?5" \
	" AND place = ?6 AND slot = ?7 AND coalesce(explore, -1) = ?8 AND coalesce(propensity, -1) = ?9 AND pair = ?10 AND width = ?11 AND coalesce(value, 0) = ?12"

static enum err alike(struct store *st, const struct says *w, const char *subject, int64_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, subject ? ALIKE("subject = ?1") : ALIKE("article = ?1"));
	bool row;
	enum err e;

	if (subject)
		stmt_text(s, 1, subject);
	else
		stmt_int(s, 1, w->article);
	stmt_int(s, 2, w->at);
	stmt_int(s, 3, w->kind);
	stmt_real(s, 4, w->dwell);
	stmt_real(s, 5, w->scroll);
	stmt_int(s, 6, w->place);
	stmt_int(s, 7, w->slot);
	stmt_int(s, 8, w->explore);
	stmt_real(s, 9, w->propensity);
	stmt_int(s, 10, w->pair);
	stmt_int(s, 11, w->width);
	stmt_real(s, 12, w->value);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		*n = stmt_col_int(s, 0);
	stmt_reset(s);
	return e;
}

/* ---- flags ---- */

static enum err flags_before(struct store *st, struct merge *m, int64_t article, int64_t *bits, struct err_info *info)
{
	bool added, row;
	int64_t *at = map_at(&m->flags, (const char *)&article, sizeof article, 0, &added);
	struct stmt *s;
	enum err e = OK;

	if (added) {
		s = db_sql(st->db, "SELECT read_at IS NOT NULL, starred_at IS NOT NULL FROM articles WHERE id = ?1");
		stmt_int(s, 1, article);
		e = stmt_step(s, &row, info);
		if (e == OK && row)
			*at = stmt_col_int(s, 0) << FLAG_READ | stmt_col_int(s, 1) << FLAG_STAR;
		stmt_reset(s);
	}
	if (e == OK)
		*bits = *at;
	return e;
}

/* ---- edits ---- */

/* The last one holds in the order of the log, so one that was said before what is known here must stay out. */
static enum err outdated(struct store *st, const struct event *e, bool *is, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM events e WHERE subject = ?1 AND at > ?2 AND NOT EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch) LIMIT 1");
	enum err err;

	stmt_text(s, 1, e->subject);
	stmt_int(s, 2, e->at);
	err = stmt_step(s, is, info);
	stmt_reset(s);
	return err;
}

/* ---- a row ---- */

static enum err add(struct store *st, struct merge *m, struct event *e, struct err_info *info)
{
	int64_t there = e->batch, *batch;
	enum flag flag;
	bool on;
	enum err err = event_next_id(st, &e->id, info);

	if (err != OK)
		return err;
	if (there) { /* 0: a flag that stands in for a forgotten action, there as here */
		batch = map_at(&m->batches, (const char *)&there, sizeof there, e->id, NULL);
		e->batch = *batch;
	}
	e->trial = 0;
	e->team = TEAM_NONE;
	err = event_insert(st, e, info);
	if (err == OK && event_affects(e->kind, &flag, &on))
		err = event_set_flag(st, e->article, flag, on, e->at, info);
	return err;
}

static enum err take(struct store *st, struct merge *m, struct event *e, int64_t *added, struct err_info *info)
{
	struct says w = says(e);
	int64_t nth = ++*map_at(&m->seen, (const char *)&w, sizeof w, 0, NULL), here = 0, before = 0;
	enum flag flag;
	bool on, old = false;
	enum err err = e->kind == EVENT_EDIT && !e->article ? OK : articles_there(st, e->article, info);

	if (err == OK && e->kind == EVENT_EDIT)
		err = outdated(st, e, &old, info);
	if (err == OK)
		err = flags_before(st, m, e->article, &before, info);
	if (err == OK)
		err = alike(st, &w, e->subject, &here, info);
	if (err != OK || old || here >= nth || (event_affects(e->kind, &flag, &on) && !on && (before >> flag & 1)))
		return err;
	err = add(st, m, e, info);
	*added += err == OK;
	return err;
}

enum err events_merge(struct store *st, struct event *e, size_t n, int64_t *added, struct err_info *info)
{
	struct merge m = { MAP_INIT, MAP_INIT, MAP_INIT };
	int64_t count = 0;
	enum err err = db_begin(st->db, info);

	if (err != OK)
		return err;
	for (size_t i = 0; err == OK && i < n; i++)
		err = take(st, &m, &e[i], &count, info);
	err = db_end(st->db, err, info);
	if (err == OK)
		*added = count;
	map_clear(&m.seen);
	map_clear(&m.batches);
	map_clear(&m.flags);
	return err;
}
