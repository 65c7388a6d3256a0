/* mend - markup as it comes, made fit for libxml2: every limit is kept here, before anything reaches the library's memory. Knows no library. */
#ifndef ECLOSE_FEEDS_MEND_H
#define ECLOSE_FEEDS_MEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define MEND_DEPTH 256      /* elements in elements; what lies deeper loses its tags, not its text */
#define MEND_ATTRIBUTES 256 /* of one element; the others are left out */

#define MEND_NODES ((size_t)600000) /* elements and attributes of one document, about 40 MB; the rest loses its tags */

/* An entity's characters by its name ("nbsp", not terminated), one or two of them into out; returns how many, 0 where there is none. */
typedef size_t mend_entity(const char *name, size_t len, uint32_t out[2]);

/* mend_xml - append to out the well-formed XML that s (n bytes of UTF-8) means.
 * Junk before the first tag, the XML declaration, the document type with every entity declaration, processing instructions and comments go;
 * entities become characters; bare '&' and '<' become text; attributes get their quotes and come once; tags are closed in the order in
 * which they were opened; what XML does not allow as a character goes; a cut document is ended.
 * Returns true where s was not well-formed. Cannot fail; O(n). */
bool mend_xml(struct buf *out, const char *s, size_t n, mend_entity *entity);

#endif
