/* http_redirect - where a redirect leads, if we may go there. Knows no network. */
#ifndef ECLOSE_FEEDS_HTTP_REDIRECT_H
#define ECLOSE_FEEDS_HTTP_REDIRECT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"

#define REDIRECTS_MAX 5

struct redirect {
	const char *from, *location; /* the address that answered, and its Location */
	int hops;                    /* redirects followed so far */
	bool home_private;           /* the subscription itself leads to a private address */
	bool by_name;                /* a proxy finds the address, so the name has to do: one of a home's own is none for us */
};

/* redirect_target - *to is the absolute address, of the arena; a user and password in it are left out.
 * Errors: ERR_LIMIT after REDIRECTS_MAX; ERR_UNSUPPORTED for what is neither http nor https, and for a private address named by its very words. */
enum err redirect_target(struct arena *a, const struct redirect *r, const char **to, struct err_info *info);

/* redirect_private - does an address that is no reader's own name a private place by its words? They are read as the library and a proxy read them: a host in another
 * script's digits is a number too, and one with a %XX in it, which no honest address has, counts as private.
 *   by_name  see above */
bool redirect_private(struct arena *a, const char *url, bool by_name);
/* redirect_downgrades - does a redirect lead from https to http? */
bool redirect_downgrades(const char *from, const char *to);

#endif
