/* fold - text as the full-text index has it: letters without case and marks, and scripts without blanks. Private to src/store.
 *
 * FTS5's own tokenizer knows words that stand between blanks. Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are written without blanks or
 * glue endings to words, so each of their letters is a word to the index, and a typed word becomes a phrase of letters: whatever stands side by side in the text is found,
 * without a dictionary. Pairs of letters would be answered faster and take a third more room, ICU's words less of both, and not find half a compound: HACKING.md has the figures.
 */
#ifndef ECLOSE_STORE_FOLD_PRIVATE_H
#define ECLOSE_STORE_FOLD_PRIVATE_H

#include <stdbool.h>

#include "base/buf.h"

/* fold_run - a db_run for those scripts: a letter with its marks is a token; the rest, up to the next such letter, is unicode61's. */
size_t fold_run(const char *s, size_t n, bool *whole);
/* fold_spaced - append s to out with those characters set apart. */
void fold_spaced(const char *s, struct buf *out);
/* fold_count - words of a plain text, for lengths and reading time: what stands between blanks, two characters of the scripts above being a word. */
int fold_count(const char *s);

struct word { const char *s; size_t n; }; /* borrowed */

/* fold_searchable - is there a letter or digit? */
bool fold_searchable(const char *s, size_t n);
/* fold_found - does w stand in s? Letters are the same in any case and with or without marks. */
enum fold_where { FOLD_ANYWHERE, FOLD_BEGINNING, FOLD_WORD }; /* within words too; at the beginning of one; as one */
bool fold_found(const char *s, size_t n, const struct word *w, enum fold_where where);

#endif
