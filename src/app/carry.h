/* carry - what was read, as a file that another store can take in; and from newsboat. */
#ifndef ECLOSE_APP_CARRY_H
#define ECLOSE_APP_CARRY_H

#include "app/app.h"

/* carry_export - the log as one JSON document: "articles", each named as its feed names it (feed, id, link, title, published), and "events", in order, each with the
 * number of its article there. What was undone is left out, and so are articles that are gone. out [out] appended to.
 * Errors: as the store. */
enum err carry_export(struct app *app, struct buf *out, struct err_info *info);

struct carried {
	bool newsboat;
	int64_t events;       /* rows that came into the log; of newsboat: articles read */
	int64_t known;        /* that were there already, or would have taken off a flag that is set here */
	int64_t unknown;      /* that are about articles (newsboat: are articles of feeds) that aren't here: kept out */
	int64_t articles_new; /* newsboat: articles that weren't here, unread ones too */
};
/* carry_import - take in a file of carry_export, or newsboat's cache.db, told apart by its first bytes; the file is only read. The second time nothing changes.
 *   JSON: events of articles that aren't here are kept out; nothing is taken from a file that isn't right in all its parts.
 *   newsboat: an article that was read there, of a feed that the store knows, is stored if it isn't, marked as read, and noted in the log with the time when it was
 *   published (EVENT_IMPORTED): one action, which undo takes back. Unread articles of subscribed feeds are stored and stay unread. Deleted ones are left out.
 * Errors: ERR_NOTFOUND, ERR_SYNTAX with the place, ERR_LIMIT; as the store. */
enum err carry_import(struct app *app, const char *path, struct carried *out, struct err_info *info);

/* newsboat_import - the half of it in newsboat.c. */
enum err newsboat_import(struct app *app, const char *path, struct carried *out, struct err_info *info);

#endif
