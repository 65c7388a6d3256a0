/* terms - from text to terms: ICU word boundaries, NFKC case folding, stop words, Snowball stems by language. */
#ifndef ECLOSE_TEXT_TERMS_H
#define ECLOSE_TEXT_TERMS_H

#include <stddef.h>

#include "base/err.h"

struct terms; /* break iterators and stemmers, reused; one a thread */

/* terms_new - Errors: ERR_UNSUPPORTED where ICU's data is missing. Frees: terms_free. */
enum err terms_new(struct terms **out, struct err_info *info);
void terms_free(struct terms *t);

/* One term: `term` is the folded stem, `surface` the folded word as written. Borrowed during the call. */
typedef void term_fn(void *user, const char *term, size_t n, const char *surface, size_t surface_n);
/* terms_each - call fn for every term of text (UTF-8) in order; stop words and lone letters and digits (Chinese characters aside) left out.
 * "don't", "3.5", "F-16" and "C++" are one term each; French and Italian elisions ("l'") and a possessive "'s" are taken off.
 *   lang  ISO 639-1 as lang_detect gives, NULL or unknown: no stemming, no stop words
 * Returns the number of terms. Cannot fail. */
size_t terms_each(struct terms *t, const char *text, size_t n, const char *lang, term_fn *fn, void *user);
/* terms_only_icu - take ICU's way for every word, not the short one for plain text. The terms are the same; tests and measurements ask for it. */
void terms_only_icu(struct terms *t, int on);

#endif
