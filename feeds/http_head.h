/* http_head - what we need of a response's header lines. Knows no network and no clock: `now` is given. */
#ifndef ECLOSE_FEEDS_HTTP_HEAD_H
#define ECLOSE_FEEDS_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

#define HTTP_HEAD_MAX ((size_t)64 << 10) /* bytes of header that we take from one response */
#define VALIDATOR_MAX ((size_t)4 << 10)  /* of an ETag or Last-Modified; one that is longer is none, since no server takes it back */

struct http_head {
	const char *etag, *last_modified, *content_type, *location; /* byte for byte, blanks around them dropped; NULL absent */
	const char *retry_after, *expires, *date;
	const char *coding; /* Content-Encoding */
	int64_t age;     /* seconds that it has lain in caches, 0 unknown */
	int64_t max_age; /* Cache-Control, seconds; 0 for no-cache and no-store; -1 absent */
	int status;      /* of the status line, 0 before it */
	bool complete;   /* the empty line was seen */
	size_t bytes;    /* of all lines, for HTTP_HEAD_MAX */
};

/* http_head_line - take one line (n bytes, with or without its line end). A status line starts anew, so the last response of several
 * (100 Continue, a proxy's answer) remains. Strings are of the arena. Returns false when the header is longer than HTTP_HEAD_MAX. */
bool http_head_line(struct http_head *h, struct arena *a, const char *line, size_t n);
/* http_head_retry - Retry-After in seconds from the server's own Date (or from now, seconds UTC, where it gives none); -1 absent or senseless. */
int64_t http_head_retry(const struct http_head *h, int64_t now);
/* http_head_max_age - for how long it stays fresh: Cache-Control's max-age, else Expires against Date, less Age; -1 where neither is given. An Expires that is no date has
 * passed. */
int64_t http_head_max_age(const struct http_head *h, int64_t now);

#endif
