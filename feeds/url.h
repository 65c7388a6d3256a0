/* url - addresses as RFC 3986 has them, and which of them we follow. Knows no network. */
#ifndef ECLOSE_FEEDS_URL_H
#define ECLOSE_FEEDS_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* A split address; each part borrows from the string it was split from; NULL is absent, "" is empty. */
struct url_part { const char *s; size_t len; };
struct url {
	struct url_part scheme, userinfo, host, port, path, query, fragment;
};

void url_split(struct url *u, const char *s);
/* url_resolve - ref against base (RFC 3986, 5.2), dot segments removed, blanks and controls percent-encoded, white space around it and line
 * ends within it dropped. base may be NULL. Returns a string of the arena, never NULL. */
const char *url_resolve(struct arena *a, const char *base, const char *ref);
/* url_wire - a resolved address as it goes into a request: no fragment, bytes beyond ASCII in path and query percent-encoded. */
const char *url_wire(struct arena *a, const char *url);

enum url_use { URL_FETCH, URL_LINK };
/* url_allowed - may it be fetched (http, https), or shown and given to a browser (http, https, mailto, ftp, gopher, gemini, magnet)?
 * Everything else is refused: javascript:, data:, file:, whatever starts with '-' or '|'. */
bool url_allowed(const char *url, enum url_use use);
/* url_shown - an address as it is printed and drawn for people: a host that could be taken for another is in punycode, and what wouldn't be seen (bidi controls, zero-width
 * characters, blanks) stands as %XX; a user and password are left out, since they are nobody's business and could pass for a host. The address itself is never replaced by it. NULL stays NULL. Cannot fail. Source: Unicode TR39, 5.2, "highly restrictive". */
const char *url_shown(struct arena *a, const char *url);
/* url_ascii - the same address in ASCII, for another program: the host in punycode, bytes beyond ASCII as %XX; the fragment stays. Cannot fail. */
const char *url_ascii(struct arena *a, const char *url);
/* url_host - the host in lower case ("" if none); of the arena. */
const char *url_host(struct arena *a, const char *url);
/* url_bare - without the user and password before the host: how an address is asked for. Of the arena, or url itself. */
const char *url_bare(struct arena *a, const char *url);
/* url_login - these two, "user:password" with %XX decoded; NULL where there is no user. Of the arena. */
const char *url_login(struct arena *a, const char *url);
/* url_escaped - the byte that "%XX" at s (n bytes) stands for, -1 where there is none. */
int url_escaped(const char *s, size_t n);
/* url_loopback - is the host 127.0.0.0/8, ::1 or localhost? */
bool url_loopback(const char *url);

#endif
