/* joins - words that ICU parts and readers don't: "C++", "F-16", "libzark-2.4.1", "2:09:41", "C/2025 W3", "Alemu-Brandt". */
#ifndef ECLOSE_TEXT_JOINS_H
#define ECLOSE_TEXT_JOINS_H

#include <stddef.h>

#include "text/words.h"

/* One name from words that stand side by side. */
struct join {
	size_t to;    /* its end, in bytes of the text; it begins where the first word does */
	size_t parts; /* so many of its words, from the first on, are words by themselves as well */
};

/* joins_at - the longest name that begins with w[0]; count words follow each other in one stretch of text (n bytes).
 * Returns to = w[0].to and no parts where there is none. Cannot fail. */
struct join joins_at(const char *text, size_t n, const struct word *w, size_t count);

#endif
