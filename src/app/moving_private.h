/* moving - what its files share. */
#ifndef ECLOSE_APP_MOVING_PRIVATE_H
#define ECLOSE_APP_MOVING_PRIVATE_H

#include "app/json_stream.h"
#include "app/moving.h"
#include "base/map.h"
#include "store/whole.h"

/* ---- moving_record.c: rows as JSON ---- */

/* Feeds by number, for those that go out; by address, for those that come in. */
struct feed_book {
	struct arena a;
	struct map by_id;   /* id (8 bytes) -> place in url */
	struct map by_url;  /* address -> id */
	const char **url;
	size_t n, cap;
};
void book_add(struct feed_book *b, int64_t id, const char *url);
void book_clear(struct feed_book *b);

/* record_add - the members of a row, added to o; what is NULL, or 0 where that is meant by nothing, is left out. */
void record_add(json_t *o, enum whole_table t, const struct whole_value *v, const struct feed_book *feeds);
/* record_row - the row that the members are, made fit: texts cleaned, HTML sanitised, links that may not be followed left out. An owner is left for the caller.
 *   v [out] (whole_columns) strings of a;  wrong [out] the member that isn't what it should be
 * Returns false where there is one. */
bool record_row(const json_t *o, enum whole_table t, const struct feed_book *feeds, struct arena *a, struct whole_value *v, const char **wrong);
/* record_value - the value of a column by its name. */
const struct whole_value *record_value(enum whole_table t, const struct whole_value *v, const char *column);
/* record_event - the action that a row of events is; false where no eclose can have written it. a owns the subject. */
bool record_event(const struct whole_value *v, struct arena *a, struct event *out);
/* setting_carried - "name=value": one that may be taken along. */
bool setting_carried(const char *setting);

/* moving_machine - in which order it has the bytes of a number. */
const char *moving_machine(void);

/* ---- moving_in.c and moving_merge.c ---- */

struct newcomer; /* moving_merge.c */
struct merging;

struct mover {
	struct app *app;
	struct json_stream in;
	struct arena a;           /* of the whole call */
	struct arena record;      /* of one record */
	struct feed_book feeds;   /* by their numbers here */
	struct subs subs;         /* that are to be in the subscription file */
	struct whole_last last;
	bool whole, computed;     /* the store becomes what the other one was; and what is computed comes along */
	bool articles_came;
	struct merging *merging;  /* where it doesn't */
	struct moved_in out;
};

/* merging_new - Frees: merging_free. */
struct merging *merging_new(void);
void merging_free(struct merging *m);
/* merge_article - note one; articles go into the store by groups of one feed. merge_event, merge_topic - note it: all of them are needed first.
 * merge_flush - what was noted of articles goes into the store. merge_end - after the last record: the log, flags. */
enum err merge_article(struct mover *m, const json_t *o, const struct whole_value *v, struct err_info *info);
enum err merge_flush(struct mover *m, struct err_info *info);
enum err merge_event(struct mover *m, const struct event *e, struct err_info *info);
void merge_topic(struct mover *m, int64_t id, const char *name, bool given);
enum err merge_end(struct mover *m, struct err_info *info);
/* take_children - the rows that hang on an article, as the record has them under their names. */
enum err take_children(struct mover *m, const json_t *o, enum whole_table t, int64_t owner, struct err_info *info);

#endif
