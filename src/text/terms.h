/* terms - from text to terms: ICU word boundaries, NFKC case folding, stop words, Snowball stems by language. */
#ifndef ECLOSE_TEXT_TERMS_H
#define ECLOSE_TEXT_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct terms; /* break iterators and stemmers, reused; one a thread */

/* terms_new - Errors: ERR_UNSUPPORTED where ICU's data is missing. Frees: terms_free. */
enum err terms_new(struct terms **out, struct err_info *info);
void terms_free(struct terms *t);

/* One term: `term` is the folded stem, `surface` the folded word as written. Borrowed during the call. */
typedef void term_fn(void *user, const char *term, size_t n, const char *surface, size_t surface_n);
/* terms_each - call fn for every term of text (UTF-8) in order; stop words and lone letters and digits (Chinese characters aside) left out.
 * Names and numbers that ICU would part are one term each ("don't", "3.5", "2:09:41", "F-16", "C++", "C/2025 W3"); of "Alemu-Brandt", "COVID-19" and
 * "libzark-2.4.1" the words follow as well. French and Italian elisions ("l'") and a possessive "'s" are taken off.
 * A stem has no accents where the language takes a word with and without them for the same (English, French, Spanish but for its n with tilde, Italian, Portuguese,
 * Dutch, Catalan, Galician; in German, Greek and Russian Snowball sees to it); elsewhere an accent makes another letter. The surface keeps them.
 *   lang  ISO 639-1 as lang_detect gives, NULL or unknown: no stemming, no stop words
 * Returns the number of terms. Cannot fail. */
size_t terms_each(struct terms *t, const char *text, size_t n, const char *lang, term_fn *fn, void *user);

typedef void term_at_fn(void *user, const char *term, size_t n, size_t from, size_t to);
/* terms_each_at - as terms_each, with the bytes of the text that the word stands in, an elision or a possessive with it, instead of the surface. The words of a name
 * follow it and lie within it. */
size_t terms_each_at(struct terms *t, const char *text, size_t n, const char *lang, term_at_fn *fn, void *user);

typedef void term_form_fn(void *user, uint32_t form);
/* terms_each_form - as terms_each, with a number instead of the letters: that of the word as it is written, in its language. Forms and terms are numbered 0, 1, 2 ...
 * in the order in which t has first seen them, the same for as long as t lives. It is for counting many texts: nothing is looked up twice. */
size_t terms_each_form(struct terms *t, const char *text, size_t n, const char *lang, term_form_fn *fn, void *user);
/* terms_form - the surface of a form that terms_each_form gave (n [out] bytes; owned by t), and the number of its term in *term. */
const char *terms_form(const struct terms *t, uint32_t form, size_t *n, uint32_t *term);
/* terms_count, terms_spelling - how many terms have a number, and the term of one (n [out] bytes, terminated; owned by t; NULL for none). */
size_t terms_count(const struct terms *t);
const char *terms_spelling(const struct terms *t, uint32_t number, size_t *n);

/* terms_only_icu - take ICU's way for every word, not the short one for plain text. The terms are the same; tests and measurements ask for it. */
void terms_only_icu(struct terms *t, int on);

#endif
