/* get - one document from an address, for `add` and `parse`. */
#ifndef ECLOSE_CMD_GET_H
#define ECLOSE_CMD_GET_H

#include "app/app.h"

struct got {
	struct buf body;
	const char *url;  /* after redirects */
	const char *moved_to; /* where it has moved for good, NULL if it hasn't */
	const char *mime; /* NULL unknown */
	int status;       /* of the answer, also where that is an error; 0 none came */
};

#define GOT_INIT { BUF_INIT, NULL, NULL, NULL, 0 }

/* get_url - fetch it, unless the program is offline; file: is read. A subscription is asked as its settings say. Strings in the arena. Frees: got_clear.
 *   page  the address of the page that named it, NULL: it is the reader's own word. What a page of the public net names may not be private
 * Errors: ERR_NET with the address and what happened; those of login_read. */
enum err get_url(const struct app *app, struct arena *a, const char *url, const char *page, struct got *out, struct err_info *info);
void got_clear(struct got *g);

#endif
