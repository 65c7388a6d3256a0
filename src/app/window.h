/* window - a list of articles of any length: its ids, in order, and rows only where somebody looks.
 *
 * A list is as it was when it was opened: what comes later is counted and comes in when it is opened anew, what goes leaves a row that says so. So nothing moves
 * under a cursor. An id takes 8 bytes; a hundred thousand of them are read in some milliseconds, rows in microseconds each.
 */
#ifndef ECLOSE_APP_WINDOW_H
#define ECLOSE_APP_WINDOW_H

#include "store/store.h"

struct window {
	struct store *store; /* borrowed; NULL: no list is open */
	int64_t feed_id;     /* 0: of all feeds */
	bool unread;         /* only those that were unread */
	int64_t *id;         /* (n) newest first */
	size_t n;
	int64_t newest;      /* the highest id of the store then: what has a higher one came since */
	struct arena arena;
};

/* window_open - read the ids; what w held before is freed. Errors: as the store; then w is as it was. Frees: window_clear. */
enum err window_open(struct window *w, struct store *st, int64_t feed_id, bool unread, struct err_info *info);
void window_clear(struct window *w);
/* window_rows - rows without bodies of places from .. from + n, which the list must have; one that is gone by now has the title WINDOW_GONE and counts as read.
 * it [out] (n), strings in the arena. */
#define WINDOW_GONE "(no longer stored)"
enum err window_rows(const struct window *w, size_t from, size_t n, struct arena *a, struct item *it, struct err_info *info);
/* window_find - the place of an article; where it isn't in the list the place where it would stand, at most n. */
enum err window_find(const struct window *w, int64_t id, size_t *place, bool *there, struct err_info *info);
/* window_next_unread - the next unread article behind a place (by 1) or in front of it (by -1); *found false where there is none. */
enum err window_next_unread(const struct window *w, size_t place, int by, size_t *next, bool *found, struct err_info *info);

#endif
