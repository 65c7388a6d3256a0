/* find - the feeds that an address leads to, for `add`. */
#ifndef ECLOSE_CMD_FIND_H
#define ECLOSE_CMD_FIND_H

#include "app/app.h"

/* A feed that was found. */
struct choice {
	const char *url, *title; /* title as the page or a rule has it, NULL none */
	const char *page;        /* that named it, NULL none did */
	struct feed_doc doc;
	bool looked;             /* it was fetched, and is a feed: doc is what it says */
};

struct choices { struct choice *one; size_t n; };

/* find_by_address - those of a known host, none of them looked at; out->n 0 where nothing is known. Asks nobody. */
void find_by_address(struct arena *a, const char *url, struct choices *out);
/* find_by_page - the feed that stands there; or those that the page names, not looked at; or the one that was found by what the page is made with, and in the places where feeds
 * commonly are: these are asked one after the other, DISCOVER_TRIES at most, until there is one.
 * Errors: ERR_NET; ERR_SYNTAX where there is neither feed nor page; ERR_NOTFOUND where the page leads to none; with the address. */
enum err find_by_page(struct app *app, struct arena *a, const char *url, struct choices *out, struct err_info *info);
/* find_look - fetch a choice that wasn't looked at; its url becomes the new one where it has moved for good. Errors: as find_by_page. */
enum err find_look(struct app *app, struct arena *a, struct choice *c, struct err_info *info);

#endif
