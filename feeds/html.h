/* html - item HTML made safe, to plain text, to blocks. */
#ifndef ECLOSE_FEEDS_HTML_H
#define ECLOSE_FEEDS_HTML_H

#include "base/buf.h"
#include "item.h"

/* html_sanitise - append what an allow-list of elements, attributes and URL schemes leaves of s, links absolute against base (may be NULL).
 * No script, style, event handler, form, frame, javascript: link or tracking pixel survives; a frame that can be seen becomes a link to what is in it. One pass, O(n);
 * what is written is read as the same again. Cannot fail.
 *   pixels [in,out] grows by the tracking pixels that were left out; may be NULL */
void html_sanitise(struct buf *out, const char *s, size_t n, const char *base, int *pixels);
/* html_text - append the text alone, cleaned: paragraphs on lines of their own, blanks folded. */
void html_text(struct buf *out, const char *s, size_t n);
/* html_line - the text on one line (titles). */
void html_line(struct buf *out, const char *s, size_t n);
/* html_blocks - s as blocks for layout; all in the arena. Links are numbered in order of appearance, each address once; those to a place in base itself have none. */
void html_blocks(struct arena *a, const char *s, size_t n, const char *base, struct blocks *out);

#endif
