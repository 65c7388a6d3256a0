/* http_home - what a subscription's own address allows: whether it may lead to private addresses, and where its login may go. Knows no network. */
#ifndef ECLOSE_FEEDS_HTTP_HOME_H
#define ECLOSE_FEEDS_HTTP_HOME_H

#include <stdbool.h>

#include "base/mem.h"

struct http_request;

struct home {
	const char *url;      /* as subscribed, without user and password */
	const char *login;    /* "user:password", NULL none */
	bool may_be_private;  /* it names a private place by its words, or the reader said that it may lead to one */
	bool is_private;      /* and it does: redirects may lead to one as well */
};

/* home_of - from a request; strings of the arena, or borrowed from the request. */
struct home home_of(struct arena *a, const struct http_request *r);
/* home_owns - is url a place of the same server: scheme, host and port, or https where the subscription says http and neither names a port?
 * Only there the login and the reader's own header lines are sent; so never to another host, and never unencrypted where the subscription isn't. */
bool home_owns(const struct home *h, struct arena *a, const char *url);
/* home_moved - `to`, where the subscription `from` moved for good, with the user and password of from where it is a place of the same server (home_owns); a redirect never says them.
 * Of the arena, or to itself. */
const char *home_moved(struct arena *a, const char *from, const char *to);

#endif
