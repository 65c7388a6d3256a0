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
	bool home_private;           /* the subscription itself names a private address */
};

/* redirect_target - *to is the absolute address, of the arena.
 * Errors: ERR_LIMIT after REDIRECTS_MAX; ERR_UNSUPPORTED for what is neither http nor https, and for a private address named by its very words. */
enum err redirect_target(struct arena *a, const struct redirect *r, const char **to, struct err_info *info);

#endif
