/* moving - everything that a store knows as one JSON document, and such a document taken in by another store. eclose(5) describes the document. */
#ifndef ECLOSE_APP_MOVING_H
#define ECLOSE_APP_MOVING_H

#include <stdio.h>

#include "app/app.h"

#define MOVING_FORMAT 1

/* moving_out - the document, a record at a time: memory doesn't grow with the store. It is of one moment, whatever is fetched meanwhile.
 *   subscriptions  of the feeds what another program wants to know: address, title, tags, settings; nothing else
 * What must not leave the house isn't in it: settings that are secrets or that start a program.
 * Errors: as the store; ERR_FULL, ERR_IO where it can't be written. */
enum err moving_out(struct app *app, FILE *out, bool subscriptions, struct err_info *info);

/* moving_is - *is [out] is the file a JSON document (and no OPML, no list of addresses)? Errors: as fopen. */
enum err moving_is(const char *path, bool *is, struct err_info *info);

struct moved_in {
	bool whole;                  /* the store was empty, and is now what the other one was */
	int64_t feeds, subscriptions;/* feeds that weren't known; lines that the subscription file got */
	int64_t articles, articles_known;
	int64_t events, events_known;/* rows of the log that came; that were there, or would have taken off a flag */
	int64_t events_unknown;      /* about what isn't here */
	int64_t refused, dropped;    /* subscriptions that an import may not bring (files, commands); settings that it may not */
};
/* moving_in - take a document of moving_out in. Into a store that has nothing yet, of the same version on the same kind of machine, it comes as it is, what is computed too:
 * the same numbers, the same pages. Else it is added to what is here: articles that articles_same doesn't find, with their flags, and what events_merge makes of the log.
 * Nothing that is here goes, and the second time nothing changes. It is one transaction: whatever ends it before its end, the store is as it was. The subscription file
 * gets lines for what isn't in it.
 * Errors: ERR_SYNTAX, ERR_LIMIT with the file and the line; ERR_UNSUPPORTED where a later eclose wrote it; as the store. */
enum err moving_in(struct app *app, const char *path, struct moved_in *out, struct err_info *info);

#endif
