/* discover_rules - where the sites that many read keep their feeds, and where others commonly do. Pure functions of an address and, where it takes that, the text of its page. */
#ifndef ECLOSE_FEEDS_DISCOVER_RULES_H
#define ECLOSE_FEEDS_DISCOVER_RULES_H

#include "feeds/discover.h"

/* discover_by_address - the feeds of a page on a known host, the most useful first; its address alone says them. Returns how many; *out is of the arena. */
size_t discover_by_address(struct arena *a, const char *url, struct found_feed **out);
/* discover_by_page - the same by what a page says of itself: the program that made it, the channel that it shows.
 *   html (n) UTF-8 */
size_t discover_by_page(struct arena *a, const char *url, const char *html, size_t n, struct found_feed **out);
/* discover_by_place - where feeds commonly stand on a host, to be tried one after the other; at most DISCOVER_TRIES. */
#define DISCOVER_TRIES 8
size_t discover_by_place(struct arena *a, const char *url, struct found_feed **out);

#endif
