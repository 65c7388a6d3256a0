/* stems - from a folded word to its term: stop words, what a language hangs on to its words, Snowball stems, accents.
 *
 * A word in one language is a form. Forms and terms have numbers, 0, 1, 2 ... in the order of first sight; a form has one term, a term many forms.
 */
#ifndef ECLOSE_TEXT_STEMS_H
#define ECLOSE_TEXT_STEMS_H

#include <stddef.h>
#include <stdint.h>

#include "text/words.h"

struct stems; /* stemmers and a cache; one a thread */

#define STEM_NONE UINT32_MAX /* the word is left out */

struct stems *stems_new(void); /* Frees: stems_free. */
void stems_free(struct stems *s);

/* stems_speak - the language of the words that follow, ISO 639-1; one that isn't known: no stop words, no stems. */
void stems_speak(struct stems *s, const char *lang);
/* stems_of - the form of a folded word (n bytes, at most WORD_MOST), by its number, or STEM_NONE. Cannot fail. */
uint32_t stems_of(struct stems *s, const char *word, size_t n);
/* stems_of_quick - the same for a word as words_quick gives it. */
uint32_t stems_of_quick(struct stems *s, const uint64_t word[QUICK_WORD / 8], size_t n);
/* stems_fetch - stems_of_quick will be asked for this word soon: what the cache has of it begins to come from memory, that of several words at once. */
void stems_fetch(const struct stems *s, const uint64_t word[QUICK_WORD / 8]);

/* stems_form - the word as it was given (a final sigma written as such; n [out] bytes; owned by s), and its term's number in *term. form: as stems_of gave it. */
const char *stems_form(const struct stems *s, uint32_t form, size_t *n, uint32_t *term);
/* stems_count, stems_term - how many terms there are, and the letters of one (n [out] bytes, terminated; owned by s). number < stems_count(). */
size_t stems_count(const struct stems *s);
const char *stems_term(const struct stems *s, uint32_t number, size_t *n);

#endif
