/* store - small things that the subjects share. Private to src/store. */
#ifndef ECLOSE_STORE_STORE_PRIVATE_H
#define ECLOSE_STORE_STORE_PRIVATE_H

#include <string.h>

#include "store/store.h"

static inline bool text_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Times: DATE_NONE here is NULL there. */
static inline void stmt_date(struct stmt *st, int i, int64_t t)
{
	if (t == DATE_NONE)
		stmt_null(st, i);
	else
		stmt_int(st, i, t);
}

static inline int64_t stmt_col_date(struct stmt *st, int i)
{
	return stmt_col_null(st, i) ? DATE_NONE : stmt_col_int(st, i);
}

/* A limit of rows: 0 is all, as SQLite's LIMIT has it with -1. */
static inline void stmt_limit(struct stmt *st, int i, size_t limit)
{
	stmt_int(st, i, limit == 0 || limit > INT64_MAX ? -1 : (int64_t)limit);
}

/* store_ids - the first column of what is left of st's rows. */
enum err store_ids(struct stmt *st, struct arena *a, struct id_list *out, struct err_info *info);
/* store_int - the one number that sql, a query without parameters, answers; 0 where it has no row. */
enum err store_int(struct store *st, const char *sql, int64_t *v, struct err_info *info);
/* store_run_id - run sql with its one parameter. */
enum err store_run_id(struct store *st, const char *sql, int64_t id, struct err_info *info);
/* feeds_dead - subscribed ones that failed five times in a row or are gone. */
enum err feeds_dead(struct store *st, struct arena *a, struct feed_list *out, struct err_info *info);
/* feeds_recount - make the stored counts of all feeds the counted ones; changed [out] of how many they weren't. */
enum err feeds_recount(struct store *st, int64_t *changed, struct err_info *info);
/* articles_there - Errors: ERR_NOTFOUND "no article 17". */
enum err articles_there(struct store *st, int64_t article, struct err_info *info);

/* ---- search.c ---- */

/* search_follow - an index that was made by another version of the program is thrown away, and everything waits for search_index again.
 * search_withdraw - before what an article's entry was made of changes: the entry, if there is one, isn't found any more, and the article waits. */
enum err search_follow(struct store *st, struct err_info *info);
enum err search_withdraw(struct store *st, int64_t article, struct err_info *info);

/* ---- retain.c ---- */

/* retain_forgotten - retired articles of which the log says nothing any more go: that they are still there would say that they had been read. In a transaction. */
enum err retain_forgotten(struct store *st, struct err_info *info);

/* ---- vecbytes.c: a vector as a float, the scale, in the machine's order, and then signed bytes ---- */

/* A quarter of the room that floats would take; a number is off by at most 1/254 of the largest. */
#define VECBYTES_DIMS_MOST 4096
#define VECBYTES_MOST (sizeof(float) + VECBYTES_DIMS_MOST)
/* vecbytes_put - x (d) into row (VECBYTES_MOST); returns the bytes. vecbytes_dims - numbers in a row of n bytes, 0 where it can't be one.
 * vecbytes_get - the d numbers of a row; false where it isn't one of d, then out is left as it was. */
size_t vecbytes_put(const float *x, int d, unsigned char *row);
int vecbytes_dims(size_t n);
bool vecbytes_get(const void *row, size_t n, int d, float *out);

/* ---- events.c, forget.c and merge.c ---- */

enum flag { FLAG_READ, FLAG_STAR, FLAG_COUNT };
/* event_affects - which flag an action of this kind sets, and how; false where it sets none. */
bool event_affects(enum event_kind kind, enum flag *flag, bool *on);
/* event_next_id - the id that the next row gets. event_insert - a row as it is, flags left alone. */
enum err event_next_id(struct store *st, int64_t *id, struct err_info *info);
enum err event_insert(struct store *st, const struct event *e, struct err_info *info);
/* event_set_flag - as the log has it now; `at` is noted where it is set anew. */
enum err event_set_flag(struct store *st, int64_t article, enum flag flag, bool on, int64_t at, struct err_info *info);

#endif
