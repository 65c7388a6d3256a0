/* watch - what others change in the store: another program that fetches, marks or takes back, a second reader.
 *
 * Where the system tells of files that are written (inotify) nobody wakes up in between; elsewhere the store is looked at once a second. That a file was written
 * says little, and it may have been us: SQLite says whether somebody else has committed.
 */
#ifndef ECLOSE_APP_WATCH_H
#define ECLOSE_APP_WATCH_H

#include "app/app.h"

struct watch {
	struct app *app;           /* borrowed */
	int fd;                    /* can be read when a file of the store was written; -1: the system doesn't tell */
	bool polls;                /* so it is to be looked at once a second */
	struct store_marks seen;
};

#define WATCH_INIT { .fd = -1 }

/* What others have committed between two looks. */
struct changes {
	bool any;
	bool articles;             /* some came ... */
	int64_t after;             /* ... with numbers higher than this */
	bool events;               /* there are new rows in the log (or ours, of the same moment) */
};

/* watch_open - from now on. Errors: as the store; that the system can't tell is none. Frees: watch_close. */
enum err watch_open(struct watch *w, struct app *app, struct err_info *info);
void watch_close(struct watch *w);
/* watch_told - take in what w->fd has said, without waiting. Returns whether a file of the store was written. */
bool watch_told(struct watch *w);
/* watch_look - what has changed since the last look, or since it was opened. Errors: as the store; then it is told the next time. */
enum err watch_look(struct watch *w, struct changes *out, struct err_info *info);

#endif
