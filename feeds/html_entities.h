/* html_entities - what "&name;" and "&#number;" stand for in HTML, and the few that are written. Knows no library. */
#ifndef ECLOSE_FEEDS_HTML_ENTITIES_H
#define ECLOSE_FEEDS_HTML_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define HTML_ENTITY_MAX 31 /* bytes of the longest name */
#define HTML_ENTITY_BARE 6 /* of the longest that may stand without ';' */

/* html_entity - the characters of the reference called name (len bytes, no '&', no ';'): one or two into out. Returns how many, 0 where there
 * is no such name. O(log names). */
size_t html_entity(const char *name, size_t len, uint32_t out[2]);

/* html_reference - the reference at s (n bytes, s[0] is '&') as a browser reads it: by number, windows-1252 for 128..159 and U+FFFD for what is no
 * character; by name, the longest that fits where there is no ';'. attribute: s is in an attribute's value, where a name without ';' before '=', a letter or a
 * digit is none.
 *   out [out] the characters, *n_out 1 or 2 of them
 * Returns the bytes it takes, 0 where it is none. O(1). */
size_t html_reference(const char *s, size_t n, bool attribute, uint32_t out[2], size_t *n_out);

/* html_escaped - the reference that stands for '&', '<', '>' or '"'; NULL for any other c. */
const char *html_escaped(char c);
/* html_escape - append n bytes of s with references for those of the four that `which` has: "&<>" in text, "&<>\"" in a value. XML has the same ones. */
void html_escape(struct buf *out, const char *s, size_t n, const char *which);

#endif
