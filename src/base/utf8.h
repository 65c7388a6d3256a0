/* utf8 - text that may be shown: decoding that cannot fail, cleaning, and cells.
 *
 * Widths are terminal cells. A cluster is what a terminal puts into one place: a base character with its combining marks,
 * an emoji sequence, a flag; it is 0, 1 or 2 cells wide.
 */
#ifndef ECLOSE_BASE_UTF8_H
#define ECLOSE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_BAD 0xFFFDu

/* utf8_decode - the character at s, of n > 0 bytes. Returns the bytes it takes (>= 1); *cp is UTF8_BAD where they are no UTF-8
 * (overlong, surrogate, above 10FFFF, cut off). */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
/* utf8_encode - cp as 1..4 bytes into out. Surrogates and numbers above 10FFFF become UTF8_BAD. */
size_t utf8_encode(uint32_t cp, char out[4]);
bool utf8_valid(const char *s, size_t n);
/* utf8_ascii - bytes of the run of ASCII at the start of s. */
size_t utf8_ascii(const char *s, size_t n);
/* utf8_cut - the most bytes of s, at most n of them, that end no character in its middle (s holds more than n bytes of UTF-8). */
size_t utf8_cut(const char *s, size_t n);

/* utf8_hex - the value of a hexadecimal digit, -1 where c is none. */
int utf8_hex(char c);
/* utf8_1252 - what the numbers 128 to 159 mean where windows-1252 was meant, as every browser reads them; any other cp is itself. */
uint32_t utf8_1252(uint32_t cp);

enum utf8_keep {
	UTF8_LINE,  /* one line: every run of white space, line ends too, becomes one blank; ends trimmed */
	UTF8_TEXT   /* newline and tab stay; CR LF and CR become newline */
};

/* utf8_clean - append to out what may reach a terminal or the store: C0, C1, DEL, bidi embeddings, overrides and isolates, lone
 * surrogates, noncharacters, and U+2028/2029 are dropped, bytes that aren't UTF-8 become U+FFFD; at most eight combining marks stay on a base. */
void utf8_clean(struct buf *out, const char *s, size_t n, enum utf8_keep keep);
/* utf8_clean_on - the same by UTF8_TEXT for text that comes in pieces, none of which cuts a character; *marks is 0 before the first, and belongs to this function. */
void utf8_clean_on(struct buf *out, const char *s, size_t n, int *marks);

/* utf8_width - cells of one character: 0 (combining, format), 1 or 2 (East Asian wide, emoji). */
int utf8_width(uint32_t cp);
/* utf8_cluster - bytes of the cluster at s (n > 0), its cells in *width. */
size_t utf8_cluster(const char *s, size_t n, int *width);
/* utf8_cells - cells of the whole string. */
int utf8_cells(const char *s, size_t n);
/* utf8_fit - bytes of the longest start of s that is no wider than `cells`, never splitting a cluster; its width in *width (may be NULL). */
size_t utf8_fit(const char *s, size_t n, int cells, int *width);

#endif
