/* sniff - what a document is, and its bytes as UTF-8. */
#ifndef ECLOSE_FEEDS_SNIFF_H
#define ECLOSE_FEEDS_SNIFF_H

#include "base/buf.h"
#include "base/err.h"

enum sniffed { SNIFF_EMPTY, SNIFF_RSS, SNIFF_RDF, SNIFF_ATOM, SNIFF_JSON, SNIFF_OPML, SNIFF_HTML, SNIFF_XML, SNIFF_OTHER };

/* sniff_format - by content first; UTF-8 in. */
enum sniffed sniff_format(const char *s, size_t n);
/* sniff_utf8 - append s decoded to UTF-8: BOM, then the Content-Type's charset, then the XML declaration or HTML meta, then UTF-8 if valid, then windows-1252.
 * Superset codecs where the web uses them (cp932, GB18030, windows-1252 for iso-8859-1); bad bytes become U+FFFD. Cannot fail; *charset [out] may be NULL: a static name. */
void sniff_utf8(struct buf *out, const char *s, size_t n, const char *mime, const char **charset);

#endif
