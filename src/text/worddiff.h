/* worddiff - two texts beside each other, word by word. */
#ifndef ECLOSE_TEXT_WORDDIFF_H
#define ECLOSE_TEXT_WORDDIFF_H

#include <stddef.h>

#include "base/mem.h"

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_COME };

/* Words that stand together and have the same lot, without the white space about them. */
struct diff_part {
	enum diff_kind kind;
	size_t from, len; /* bytes: of `before` where they have gone, of `after` else */
};

/* worddiff - with island 0 the fewest words taken and added that lead from before to after, in the order of the text; of a change the words that have gone come first.
 *   before, after  UTF-8, words parted by ASCII white space; each character from U+2E80 on (Chinese, Japanese, Korean) is a word
 *   island  so many words or fewer between two longer changes count as changed themselves, so that the difference can be read; 0: all that is the same stays
 *   out [out] of the arena. Returns how many parts there are. Cannot fail; O((n + m) d) for d words changed. Where more than WORDDIFF_MOST are, all between the words that both
 * texts begin and end with counts as changed.
 * Source: Myers, An O(ND) difference algorithm and its variations, Algorithmica 1986. */
#define WORDDIFF_MOST 1500
size_t worddiff(struct arena *a, const char *before, const char *after, size_t island, struct diff_part **out);

#endif
