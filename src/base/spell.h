/* spell - how alike two words are written, for an answer that offers the right one. */
#ifndef ECLOSE_BASE_SPELL_H
#define ECLOSE_BASE_SPELL_H

#include <stdbool.h>
#include <stddef.h>

/* spell_distance - bytes to put in, take out or change to make b from a; of the first 31 bytes of each. */
size_t spell_distance(const char *a, const char *b);
/* spell_near - whether a name is worth offering to who wrote `written`: at least half of that stands in it. */
bool spell_near(const char *written, const char *name);

#endif
