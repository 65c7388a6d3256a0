/* sniff - what a document is, and its bytes as UTF-8. */
#ifndef ECLOSE_FEEDS_SNIFF_H
#define ECLOSE_FEEDS_SNIFF_H

#include "base/buf.h"
#include "base/err.h"

enum sniffed { SNIFF_EMPTY, SNIFF_RSS, SNIFF_RDF, SNIFF_ATOM, SNIFF_JSON, SNIFF_OPML, SNIFF_HTML, SNIFF_XML, SNIFF_OTHER };

/* sniff_format - by content first; UTF-8 in. */
enum sniffed sniff_format(const char *s, size_t n);
/* A document as UTF-8. */
struct decoded {
	const char *s;       /* n bytes: of the document itself where it is UTF-8 already, else of `own` */
	size_t n;
	struct buf own;
	const char *charset; /* a static name */
	bool cut;            /* there was more than the limit */
};

/* sniff_decode - BOM, then the Content-Type's charset, then the XML declaration or HTML meta, then UTF-8 if valid, then windows-1252.
 * Superset codecs where the web uses them (cp932, GB18030, windows-1252 for iso-8859-1); bad bytes become U+FFFD.
 *   s     n bytes, borrowed as long as out is;  most  bytes of UTF-8 that a converted document may take: what comes after is left out
 *   spend s may be spent (mem_spend) while it is converted; where it is borrowed it isn't touched
 * Cannot fail. Frees: decoded_clear(). */
void sniff_decode(struct decoded *out, const char *s, size_t n, const char *mime, size_t most, bool spend);
void decoded_clear(struct decoded *d);

/* sniff_utf8 - the same, appended to out, whole; *charset [out] may be NULL: a static name. */
void sniff_utf8(struct buf *out, const char *s, size_t n, const char *mime, const char **charset);

#endif
