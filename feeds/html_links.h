/* html_links - the addresses in HTML, made absolute and judged, and the pictures that aren't there to be seen. */
#ifndef ECLOSE_FEEDS_HTML_LINKS_H
#define ECLOSE_FEEDS_HTML_LINKS_H

#include <stdbool.h>

#include "base/mem.h"
#include "feeds/html_read.h"

#define HTML_URL ((size_t)16 << 10) /* bytes; a longer address counts as none */

/* What is needed to find addresses in one text; an address is good until the next call. */
struct html_links {
	const char *base;          /* absolute, may be NULL: then relative ones are none */
	struct buf value, url;
	struct arena arena;
};

void links_clear(struct html_links *l);
/* links_href - an attribute as an absolute address that may be shown (url_allowed). NULL where it is none, and where it leads to a place in the text itself ("#n"): such
 * places have lost their names. */
const char *links_href(struct html_links *l, const struct html_start *start, const char *name);
/* links_src - where an <img>, <video>, <iframe>, ... is, http or https. NULL where it has no such address (data:, cid:, ...).
 * Pictures that a script would load later are found by their data-src. */
const char *links_src(struct html_links *l, const struct html_start *start);
/* links_inside - does url, which links_href gave, lead to a place in the text itself: to its base and a fragment? */
bool links_inside(const struct html_links *l, const char *url);
/* links_short - url without its scheme, query and fragment, to be read; into out. */
void links_short(struct buf *out, const char *url);

/* html_unseen - is this a picture or frame that isn't there to be seen: 1 pixel or less wide or high, or hidden? */
bool html_unseen(const struct html_start *start);

#endif
