/* why - a score as a sum of named parts.
 *
 *   kind        name                          what it is
 *   base        starting point                where every article starts, with the centres of the likenesses taken off
 *   term        a word                        shared with what was read
 *   similar     title of an article read      likeness of the vectors
 *   today        title of an article read     much of it was read today
 *   feed, category, topic, author, language, length, tag   how much more of it is read than would be by chance
 *   around       "like it: 3.2 read, 7.5 passed over"   against the share that is read of all
 *   unknown      "little is known of its like"
 *   habit        "linux, in the morning"      what the combination adds
 *   age         "3 hours old"                 against an article of two days
 *   volume      "its feed publishes much"     against a feed that publishes as much as others
 *   coverage    "told by 4 feeds"             against one that stands alone
 *   edit        "pinned: linux", "banned: linux", "you: +1.0 linux"   what the reader said outright
 * Parts of 0 are left out.
 */
#ifndef ECLOSE_RANK_WHY_H
#define ECLOSE_RANK_WHY_H

#include "item.h"
#include "rank/profile.h"

/* why_split - the named parts of the article's score at `now`.
 *   most  parts at the most, 0: all. The smallest of a kind are folded into one named "others", or "FIRST and 7 more" where all of the kind are; where `most`
 *         is less than the kinds there are, the smallest kinds become one part, kind "base", name "all else"
 *   A part that an edit can name has its subject: "term:", "feed:" ... with the corpus' key; that of an edit its own; the others, and folded ones, none
 *   out [out] array of the arena, largest |weight| first;  score [out] may be NULL
 * Returns how many. The weights add up to score_docs' mean (of this article asked alone) within 1e-9 relative. */
size_t why_split(struct arena *a, struct profile *p, size_t doc, int64_t now, size_t most, struct reason **out, double *score);
/* why_terms - what each of the article's terms (those of its row in the corpus, in their order) adds to its score.
 *   weight [out] array of the arena, log-odds. Returns how many. Cannot fail. */
size_t why_terms(struct arena *a, struct profile *p, size_t doc, int64_t now, double **weight);
/* why_change - sentences on what would change it most ("without \"comet\": 0.41 lower"), at most `most`; arena strings. */
size_t why_change(struct arena *a, struct profile *p, size_t doc, int64_t now, size_t most, const char ***out);

#endif
