/* stems - from a folded word to its term: stop words, what a language hangs on to its words, Snowball stems, accents. */
#ifndef ECLOSE_TEXT_STEMS_H
#define ECLOSE_TEXT_STEMS_H

#include <stddef.h>
#include <stdint.h>

#include "text/words.h"

struct stems; /* stemmers and a cache; one a thread */

struct stem {
	const char *s;    /* (n) borrowed until the next stems_of */
	size_t n;         /* 0: the word is left out */
	uint32_t *number; /* where the number of this term may be kept, 0 if it isn't known yet; NULL where there is no such place */
};

struct stems *stems_new(void); /* Frees: stems_free. */
void stems_free(struct stems *s);

/* stems_speak - the language of the words that follow, ISO 639-1; one that isn't known: no stop words, no stems. */
void stems_speak(struct stems *s, const char *lang);
/* stems_of - the term of a folded word (n bytes, at most WORD_MOST). Cannot fail. */
struct stem stems_of(struct stems *s, const char *word, size_t n);
/* stems_of_quick - the same for a word as words_quick gives it. */
struct stem stems_of_quick(struct stems *s, const uint64_t word[QUICK_WORD / 8], size_t n);

#endif
