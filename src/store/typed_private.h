/* typed - what people type to search for. Private to src/store.
 *
 *   cable bay          both, the last as the beginning of a word       "in the bay"       a phrase
 *   cable OR wire      one of them                                     -ship              without it
 *   cable NEAR bay     ten words apart at most, in either order        NEAR(cable bay, 3) three
 *   title:cable, author:, feed:, text:                                 there alone, for a word or phrase
 *
 * Anything else is words: nothing that can be typed is an error.
 */
#ifndef ECLOSE_STORE_TYPED_PRIVATE_H
#define ECLOSE_STORE_TYPED_PRIVATE_H

#include "store/fold_private.h"

enum field { FIELD_TITLE, FIELD_TEXT, FIELD_AUTHOR, FIELD_FEED, FIELD_COUNT, FIELD_ANY = FIELD_COUNT };

/* typed_expression - append the FTS5 expression for it; everything is quoted, so no word means anything to FTS5. Returns the number of words that are looked for; 0: nothing
 * can be found, and nothing was appended. */
int typed_expression(const char *typed, struct buf *out);

/* Tests for SQL (db_predicate).
 * typed_in_title - is each word, or "quoted phrase", anywhere in the title? No word has another meaning there.
 * typed_in_heads - would typed find an article of which only the heads are known: title, author and feed with TYPED_BETWEEN between each? What is asked of the text isn't met. */
#define TYPED_BETWEEN '\x1f'
bool typed_in_title(const char *title, const char *typed);
bool typed_in_heads(const char *heads, const char *typed);

#endif
