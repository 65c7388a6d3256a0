/* words - where the words of a text are, and their folded form.
 *
 * ICU's word break iterator decides (Unicode Annex 29, with its dictionaries for Chinese, Japanese, Thai, Khmer, Lao and Burmese). Stretches between
 * blanks that hold nothing but plain Latin, Greek or Cyrillic letters, digits and punctuation take a shorter way to the same answer.
 */
#ifndef ECLOSE_TEXT_WORDS_H
#define ECLOSE_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define WORD_MOST 64 /* bytes of a folded word; longer ones are no words */

struct word {
	size_t from, to; /* bytes of the text */
};

struct words; /* one a thread */

/* words_new - Errors: ERR_UNSUPPORTED where ICU's data is missing. Frees: words_free. */
enum err words_new(struct words **out, struct err_info *info);
void words_free(struct words *w);
/* words_only_icu - take ICU's way for every word. The result is the same; tests and measurements ask for it. */
void words_only_icu(struct words *w, bool on);

/* words_next - the words of the next stretch of text (UTF-8, n bytes), from *at on; what has neither letter nor digit is left out.
 * A stretch ends at a blank, so a word's neighbours that touch it are in the same stretch. ':' and '@' are blanks here, but for a colon between two digits.
 *   at [in,out] 0 at first;  count [out] how many
 * Returns them, borrowed until the next call; NULL at the end of the text. */
const struct word *words_next(struct words *w, const char *text, size_t n, size_t *at, size_t *count);

#define QUICK_WORD 24 /* bytes of a word that is taken the shortest way, zeros behind it */
/* words_quick - where the next stretch is one short word of plain letters and digits, with nothing but common punctuation about it, as most are: its folded form.
 *   at [in,out] as for words_next;  out its bytes in order, zeros behind them
 * Returns its bytes; 0 where the stretch is for words_next, *at is then as it was. */
size_t words_quick(const struct words *w, const char *text, size_t n, size_t *at, uint64_t out[QUICK_WORD / 8]);

/* words_fold - NFKC case folding, with typographic apostrophes made straight and underscores at the ends taken off.
 *   out (WORD_MOST) not terminated
 * Returns its bytes; 0 where nothing is left or it would be longer than WORD_MOST. */
size_t words_fold(struct words *w, const char *s, size_t n, char *out);

/* words_cased - has the first letter of the word capital and small forms, as those of Latin, Greek and Cyrillic have and Chinese, Arabic and Hebrew ones haven't? */
bool words_cased(const char *s, size_t n);

#endif
