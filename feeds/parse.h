/* parse - one feed document, of whatever format, to the neutral form. */
#ifndef ECLOSE_FEEDS_PARSE_H
#define ECLOSE_FEEDS_PARSE_H

#include "base/buf.h"
#include "base/err.h"
#include "item.h"

#define PARSE_DECODED ((size_t)24 << 20) /* bytes of UTF-8 that are made of a document in another encoding; what comes after is left out */

struct parse_hints {
	const char *mime; /* Content-Type with its charset, NULL unknown */
	const char *base; /* where it came from, for relative links; NULL unknown */
};

/* feed_parse - sniff the format, decode to UTF-8, read, an item at a time.
 *   s (n bytes) borrowed;  a [in,out] owns all that doc points to;  doc [out]
 * Titles are plain text, summaries and contents sanitised, links absolute.
 * Memory: beside s at most about 45 MB whatever s holds, 25 MB of them in a; a document that must be converted to UTF-8 takes another 24 MB at
 * most. Of a document of 20 MB that may be spent, 45 MB in all. doc->left_out says what the limits left out. Time: O(n).
 * Errors: ERR_SYNTAX with what it is instead ("this is a web page, not a feed", "the document is empty", ...), ERR_LIMIT. */
enum err feed_parse(struct arena *a, const char *s, size_t n, const struct parse_hints *hints, struct feed_doc *doc, struct err_info *info);

/* feed_parse_spend - the same, for a document that nobody needs afterwards: its bytes are given back to the system (mem_spend) while they are read. */
enum err feed_parse_spend(struct arena *a, char *s, size_t n, const struct parse_hints *hints, struct feed_doc *doc, struct err_info *info);

/* feed_json - append doc as the neutral JSON document (one object, newline at the end). */
void feed_json(const struct feed_doc *doc, struct buf *out);
/* feed_json_write - the same to a descriptor, an entry at a time. Errors: ERR_IO, ERR_FULL. */
enum err feed_json_write(const struct feed_doc *doc, int fd, struct err_info *info);

#endif
