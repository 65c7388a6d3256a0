/* parse - one feed document, of whatever format, to the neutral form. */
#ifndef ECLOSE_FEEDS_PARSE_H
#define ECLOSE_FEEDS_PARSE_H

#include "base/buf.h"
#include "base/err.h"
#include "item.h"

struct parse_hints {
	const char *mime; /* Content-Type with its charset, NULL unknown */
	const char *base; /* where it came from, for relative links; NULL unknown */
};

/* feed_parse - sniff the format, decode to UTF-8, read.
 *   s (n bytes) borrowed;  a [in,out] owns all that doc points to;  doc [out]
 * Titles are plain text, summaries and contents sanitised, links absolute.
 * Errors: ERR_SYNTAX with what it is instead ("this is a web page, not a feed", "the document is empty", ...), ERR_LIMIT. */
enum err feed_parse(struct arena *a, const char *s, size_t n, const struct parse_hints *hints, struct feed_doc *doc, struct err_info *info);

/* feed_json - append doc as the neutral JSON document (one object, newline at the end). */
void feed_json(const struct feed_doc *doc, struct buf *out);

#endif
