/* merge - the one way in from another log. */
#include <string.h>

#include "base/map.h"
#include "store/store_private.h"

/* The log is read once before anything is added: asking it for each row would take the square of the rows that one article, or one subject, has. */
struct merge {
	struct map there;   /* hash of all that a row says (8 bytes) -> how many rows of the log say it, undone ones too */
	struct map seen;    /* the same -> how often it came so far */
	struct map latest;  /* hash of a subject (8 bytes) -> when something was said of it last that wasn't undone */
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

static uint64_t subject_hash(const char *subject)
{
	return subject ? hash_bytes(subject, strlen(subject)) : 0;
}

static uint64_t says(const struct event *e)
{
	struct says w = { e->at, e->subject ? 0 : e->article, e->kind, e->place, e->slot, e->explore < 0 ? -1 : e->explore, e->pair, e->width,
		e->dwell < 0 ? -1 : e->dwell, e->scroll < 0 ? -1 : e->scroll, e->propensity < 0 ? -1 : e->propensity, e->value, subject_hash(e->subject) };

	return hash_bytes(&w, sizeof w);
}

static double known(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? -1 : stmt_col_real(s, i);
}

/* The subject is good until the next step. */
static struct event read_row(struct stmt *s)
{
	return (struct event){
		.at = stmt_col_int(s, 0), .article = stmt_col_int(s, 1), .kind = (enum event_kind)stmt_col_int(s, 2), .dwell = known(s, 3), .scroll = known(s, 4),
		.place = (int)stmt_col_int(s, 5), .slot = (int)stmt_col_int(s, 6), .explore = stmt_col_null(s, 7) ? -1 : (int)stmt_col_int(s, 7), .propensity = known(s, 8),
		.pair = (int)stmt_col_int(s, 9), .width = (int)stmt_col_int(s, 10), .subject = stmt_col_text(s, 11), .value = stmt_col_real(s, 12),
	};
}

static void note_edit(struct merge *m, const char *subject, int64_t at)
{
	uint64_t key = subject_hash(subject);
	int64_t *latest = map_at(&m->latest, (const char *)&key, sizeof key, at, NULL);

	if (at > *latest)
		*latest = at;
}

static enum err read_log(struct store *st, struct merge *m, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT at, article, kind, dwell, scroll, place, slot, explore, propensity, pair, width, subject, value,"
		" EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch) FROM events e WHERE kind <> ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, EVENT_UNDO);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		struct event ev = read_row(s);
		uint64_t key = says(&ev);

		++*map_at(&m->there, (const char *)&key, sizeof key, 0, NULL);
		if (ev.subject && !stmt_col_int(s, 13))
			note_edit(m, ev.subject, ev.at);
	}
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
static bool outdated(const struct merge *m, const struct event *e)
{
	uint64_t key = subject_hash(e->subject);

	return map_get(&m->latest, (const char *)&key, sizeof key, INT64_MIN) > e->at;
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
	if (err == OK && e->subject)
		note_edit(m, e->subject, e->at);
	if (err == OK && event_affects(e->kind, &flag, &on))
		err = event_set_flag(st, e->article, flag, on, e->at, info);
	return err;
}

static enum err take(struct store *st, struct merge *m, struct event *e, int64_t *added, struct err_info *info)
{
	uint64_t key = says(e);
	int64_t nth = ++*map_at(&m->seen, (const char *)&key, sizeof key, 0, NULL), before = 0;
	enum flag flag;
	bool on;
	enum err err = e->kind == EVENT_EDIT && !e->article ? OK : articles_there(st, e->article, info);

	if (err == OK)
		err = flags_before(st, m, e->article, &before, info);
	if (err != OK || (e->kind == EVENT_EDIT && outdated(m, e)) || map_get(&m->there, (const char *)&key, sizeof key, 0) >= nth)
		return err;
	if (event_affects(e->kind, &flag, &on) && !on && (before >> flag & 1))
		return OK;
	err = add(st, m, e, info);
	*added += err == OK;
	return err;
}

enum err events_merge(struct store *st, struct event *e, size_t n, int64_t *added, struct err_info *info)
{
	struct merge m = { MAP_INIT, MAP_INIT, MAP_INIT, MAP_INIT, MAP_INIT };
	int64_t count = 0;
	enum err err = db_begin(st->db, info);

	if (err != OK)
		return err;
	err = read_log(st, &m, info);
	for (size_t i = 0; err == OK && i < n; i++)
		err = take(st, &m, &e[i], &count, info);
	err = db_end(st->db, err, info);
	if (err == OK)
		*added = count;
	map_clear(&m.there);
	map_clear(&m.seen);
	map_clear(&m.latest);
	map_clear(&m.batches);
	map_clear(&m.flags);
	return err;
}
