/* charset - in which encoding a document was written, by its mark, its header, its declaration and its bytes. */
#ifndef ECLOSE_FEEDS_CHARSET_H
#define ECLOSE_FEEDS_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct charset {
	const char *name;   /* for people; static. NULL: not known */
	const char *icu;    /* ICU's name of it */
	const char *system; /* iconv's, where ICU has none. UTF-8 needs neither: both NULL */
};

/* charset_named - the encoding that feeds mean by a name of n bytes: IANA's names and ICU's others, whatever their case and punctuation, and the names of
 * code pages by number alone. The larger set where the web takes it for the smaller one (windows-1252 for iso-8859-1). Returns false, *out untouched,
 * for a name that means none, and for those that hide markup from everybody else (UTF-7, SCSU, BOCU-1). */
bool charset_named(const char *name, size_t n, struct charset *out);

/* charset_blanks - the bytes before the first that says something, in whatever encoding: white space and NULs. */
size_t charset_blanks(const char *s, size_t n);

/* charset_mark - the encoding that the first bytes show: a byte-order mark, or the places of the NULs in UTF-16 and UTF-32 without one.
 *   out [out] name NULL where they show none
 * Returns the bytes of the mark. */
size_t charset_mark(const char *s, size_t n, struct charset *out);

/* charset_choose - the encoding of a document without a mark: of the header's (mime, a Content-Type; may be NULL) and the declaration's the first that
 * can be true, then UTF-8, then windows-1252. Never a wide one. O(n). */
struct charset charset_choose(const char *s, size_t n, const char *mime);

/* charset_system - append s decoded by iconv, at most most bytes in all; what can't be decoded becomes U+FFFD.
 * Returns false, out untouched, where the system doesn't know `name`. */
bool charset_system(struct buf *out, const char *s, size_t n, const char *name, size_t most);

#endif
