/* fold - text as the full-text index wants it, and words as people type them. Private to src/store.
 *
 * FTS5's tokeniser knows words that stand between blanks. Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are written without blanks or
 * glue endings to words, so their characters are set apart, in the index and in the question alike, and a typed word becomes a phrase
 * of characters: whatever stands side by side in the text is found, without a dictionary.
 */
#ifndef ECLOSE_STORE_FOLD_PRIVATE_H
#define ECLOSE_STORE_FOLD_PRIVATE_H

#include <stdbool.h>

#include "base/buf.h"

/* fold_spaced - append s to out with those characters set apart. */
void fold_spaced(const char *s, struct buf *out);
/* fold_count - words of a plain text, for lengths and reading time: what stands between blanks, two characters of the scripts above being a word. */
int fold_count(const char *s);
/* fold_query - append the FTS5 expression for words as typed: each must be there, the last as a prefix unless it is in quotes.
 * Everything is quoted, so no word means anything to FTS5. Returns the number of words that can be looked for. */
int fold_query(const char *words, struct buf *out);

/* Tests for SQL (db_predicate): is each word, or "quoted phrase", of `words` in the title? Letters are the same in any case and with or without marks. */
bool fold_title_holds(const char *title, const char *words); /* anywhere */
bool fold_title_words(const char *title, const char *words); /* as fold_query has it: whole words, the last as a prefix */

#endif
