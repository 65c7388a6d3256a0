/* mend - markup as it comes, made fit for libxml2: every limit is kept here, before anything reaches the library's memory. Knows no library. */
#ifndef ECLOSE_FEEDS_MEND_H
#define ECLOSE_FEEDS_MEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define MEND_DEPTH 256      /* elements in elements; what lies deeper loses its tags, not its text */
#define MEND_ATTRIBUTES 256 /* of one element; the others are left out */

#define MEND_NODES ((size_t)400000) /* elements and attributes of a tree that is kept whole, about 30 MB; the rest loses its tags */

#define MEND_VALUE ((size_t)65536) /* bytes of an attribute's value; longer ones are cut */
#define MEND_TAG ((size_t)262144)  /* bytes of one tag's attributes; the others are left out */
#define MEND_NAME 128              /* bytes of a name; longer ones are cut */
#define MEND_NAMES 4096            /* different names and namespaces of one document: libxml2 keeps them all. Elements of further ones lose their tags */
#define MEND_SCOPE 256             /* namespace declarations in force at one place: libxml2 looks through them for every name */

/* An entity's characters by its name ("nbsp", not terminated), one or two of them into out; returns how many, 0 where there is none. */
typedef size_t mend_entity(const char *name, size_t len, uint32_t out[2]);

/* The well-formed XML that a document means, made piece by piece while it is read; texts apart (mend_text).
 * Junk before the first tag, the XML declaration, the document type, processing instructions and comments go; of the entities
 * that it declares a few of plain text are kept;
 * entities become characters; bare '&' and '<' become text; attributes get their quotes and come once; tags are closed in the order in
 * which they were opened; what XML does not allow as a character goes; a cut document is ended. */
struct mend;

/* mend_new - over s (n bytes of UTF-8), borrowed until mend_free(). spend: what was read of s is given back to the system (mem_spend).
 * Memory: about 300 kB whatever n is. Time: O(n) in all. Frees: mend_free(). */
struct mend *mend_new(const char *s, size_t n, mend_entity *entity, bool spend);
/* mend_read - up to len further bytes into to. Returns how many; 0 at the end. */
size_t mend_read(struct mend *m, char *to, size_t len);
/* mend_left - bytes of s that were not looked at yet. */
size_t mend_left(const struct mend *m);
/* mend_repaired - was what was read so far not well-formed? */
bool mend_repaired(const struct mend *m);
void mend_free(struct mend *m);

/* mend_text - the text that the next n bytes of text in what mend_read() gave stand for: libxml2 looks at each character, the most slowly at those that
 * aren't ASCII, so it gets one byte for a run of text, and the text itself, references resolved, goes past it. Borrowed until the next call of mend_read(). */
const char *mend_text(struct mend *m, size_t n, size_t *len);

#endif
