/* discover - the feeds that a web page names. */
#ifndef ECLOSE_FEEDS_DISCOVER_H
#define ECLOSE_FEEDS_DISCOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct found_feed { const char *url, *title, *type; };

/* discover_looks_like_feed - does an address look like that of a feed? By the end of its path, or by a word of its query. */
bool discover_looks_like_feed(const char *href);
/* discover_feeds - <link rel=alternate> of feed types first, then <a> whose address looks like a feed; those of comments last; absolute, http(s) only, each once.
 * Returns how many; *out is an array of the arena. */
size_t discover_feeds(struct arena *a, const char *html, size_t n, const char *base, struct found_feed **out);

#endif
