/* refresh - fetch, parse, put, let go, vectorise, learn. */
#ifndef ECLOSE_APP_REFRESH_H
#define ECLOSE_APP_REFRESH_H

#include "app/app.h"

struct feed_result {
	const char *url;    /* without user and password */
	const char *status; /* new unchanged moved gone error skipped */
	int http, items_new;
	int64_t bytes;
	double ms;
	const char *moved_to; /* the new address where the status is "moved", else NULL */
	const char *error;  /* NULL */
	size_t done, total; /* this one included */
};

struct refresh_summary {
	size_t feeds, fetched, failed;
	int64_t items_new, bytes;
	int64_t removed;     /* old articles that were let go */
	int64_t items_other; /* articles that another fetch stored while this one waited for it */
	double ms;
};

struct refresh_options {
	const char *const *urls; /* only these; n_urls 0: all that are due */
	size_t n_urls;
	bool force;
	void (*result)(void *user, const struct feed_result *r);
	void (*waits)(void *user, long pid); /* another fetch runs, and its end is waited for; pid 0: unknown. NULL: nobody wants to know */
	void *user;
	const volatile bool *cancel;
	int patience;            /* seconds to wait for another fetch, 0: FETCH_PATIENCE */
};

/* app_refresh - ask what is due and take in what came. Where another fetch runs over the same store, it is waited for, and what it asked meanwhile is not asked again: not
 * due any more, or, of feeds that are named or by force, skipped. A feed that moved for good is asked at its new address (due_address), and where that gives none, at its own in the same run.
 * A host that answers 429 is asked for no other of its feeds in this run, and not before it said, or where it says nothing before the feed that it was asked for is due.
 * Errors: ERR_NOTFOUND where a named feed isn't subscribed; ERR_BUSY where the other fetch doesn't end; as the store. */
enum err app_refresh(struct app *app, const struct refresh_options *o, struct refresh_summary *out, struct err_info *info);
/* app_vectorise - terms, vectors, topics, stories for whatever is new in the store. */
enum err app_vectorise(struct app *app, struct err_info *info);
/* app_index - full text of whatever isn't indexed yet. */
enum err app_index(struct app *app, struct err_info *info);

#endif
