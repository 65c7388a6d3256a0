/* html_read - HTML as balanced events, in one pass.
 *
 * The tokens are those of the WHATWG HTML standard (13.2.5): tags, attributes, comments of every kind, text that is no markup (script, style, title, ...).
 * Of its tree construction (13.2.6) there is what items need: elements without content, end tags that are implied or close what is open within, and nothing of
 * pages (html, head and body are elements like others; what a table misplaces stays where it is; formatting isn't opened again behind its parent's end).
 * Two mercies: <![CDATA[ ... ]]> is taken off where a browser would lose what is in it, and <script/> without an end tag ends where it begins.
 *
 * No tree is built: memory is a stack of HTML_DEPTH elements, whatever comes. O(n).
 */
#ifndef ECLOSE_FEEDS_HTML_READ_H
#define ECLOSE_FEEDS_HTML_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "feeds/html_tags.h"

#define HTML_DEPTH 256             /* elements in elements; what lies deeper loses its tags, not its text */
#define HTML_ATTRIBUTES 256        /* of one element; the others are left out */
#define HTML_VALUE ((size_t)1 << 20) /* bytes of an attribute's value as written; a longer one counts as absent */

struct html_attr {
	const char *name, *value;  /* as written, in any case and with its references */
	size_t name_len, len;
};

/* A start tag; all borrowed, and good for the call alone. */
struct html_start {
	const struct tag *is;      /* NULL for an element that html_tags doesn't know */
	const char *name;          /* as written, in any case */
	size_t len;
	const struct html_attr *attr; /* in order; where a name comes twice the first counts */
	size_t n_attrs;
};

enum html_want { HTML_SKIP = -2, HTML_PASS = -1, HTML_ENTER = 0 };

/* enter  HTML_SKIP: the element is nothing with all that is in it; HTML_PASS: its tag is nothing; HTML_ENTER or any number above: it is entered, and leave is
 *        told that number. An element without content (TAG_VOID) is never left.
 * text   n > 0 bytes, references decoded; any NUL and control character may be among them; a run of text may come in pieces */
struct html_events {
	int (*enter)(void *ctx, const struct html_start *start);
	void (*leave)(void *ctx, const struct tag *is, int mark);
	void (*text)(void *ctx, const char *s, size_t n);
};

/* html_read - s (n bytes of UTF-8, borrowed) as events. Every element that was entered is left, the last first. */
void html_read(const char *s, size_t n, const struct html_events *events, void *ctx);

/* html_decode - append n bytes of an attribute's value, references decoded, NUL as U+FFFD. */
void html_decode(struct buf *out, const char *s, size_t n);
/* html_value - the value of an attribute, decoded, into out (emptied first). Returns false where it is absent. */
bool html_value(const struct html_start *start, const char *name, struct buf *out);
/* html_has - is the attribute there, with or without a value? */
bool html_has(const struct html_start *start, const char *name);

#endif
