/* reader_fakes - a ranker and a store that the reader can be run against: they keep what was recorded, and nothing else.
 * Linked before the library, whose own stay out.
 */
#ifndef ECLOSE_TESTS_READER_FAKES_H
#define ECLOSE_TESTS_READER_FAKES_H

#include "app/app.h"
#include "app/watch.h"
#include "item.h"

#define FAKES_MOST 400
#define FAKES_ALL 100000 /* articles of the list of all */

struct fakes {
	bool full;                /* nothing can be recorded ... */
	int full_for;             /* ... or so many times, from now on */
	struct event event[FAKES_MOST]; /* in the order in which they were recorded */
	size_t n;
	int pages, opened, saved, explained; /* calls of ranker_page, ranker_open, ranker_save, ranker_explain */
	bool read[100], starred[100];
	size_t came;              /* articles that came since, at the top of the list of all */
	size_t windows, rows;     /* window_open called, rows read for windows */
	bool new_reader;          /* the page says that nothing was learned yet */
	bool private;
	int64_t stepped[FAKES_MOST]; /* articles of ranker_step: below zero where less was asked for */
	size_t n_stepped;
	double weight[40];        /* of the edits, the first 0 */
	size_t n_edits;
	char subject[64];         /* of the last one, and where it was said from */
	int64_t edited_from;
	char edited[200], planned[200], forgotten[200]; /* what the last call was asked */
	int rebuilt;
	bool was_edited;          /* articles have earlier texts */
	const char *link;         /* of every row and article, NULL: its own */
	char followed[200];       /* the feed that app_follow was asked for */
	const char *kept;         /* title of the one row of the page of last time, NULL: none is kept */
	const struct buf *screen; /* what it shows when the ranker is opened ... */
	char at_open[4096];       /* ... comes here; NULL: nobody asks */
	bool behind;              /* ranker_behind, until it is opened anew */
	bool told;                /* a file of the store was written */
	struct changes change;    /* that the next look finds */
	int64_t arrived;          /* articles that articles_came finds */
	int looks, shown_feeds;   /* calls of watch_look, feeds_load */
	const char *look_fails;   /* watch_look fails with these words */
	const char *windows_fail; /* window_open fails with these words */
	const char *fail;         /* ranker_page and app_follow fail with these words */
};

extern struct fakes fakes;

/* fakes_app - an app that the fakes belong to: no folders, no store. */
void fakes_app(struct app *app);
/* fakes_count - events of a kind, of one article or (0) any. */
size_t fakes_count(enum event_kind kind, int64_t article);

#endif
