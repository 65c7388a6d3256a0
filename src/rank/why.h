/* why - a score as a sum of named parts. */
#ifndef ECLOSE_RANK_WHY_H
#define ECLOSE_RANK_WHY_H

#include "item.h"
#include "rank/profile.h"

/* why_split - the named parts of the article's score at `now`.
 *   most  parts at the most; the smallest of a kind are folded into one named "others"; 0: all
 *   out [out] array of the arena, largest |weight| first;  score [out] may be NULL
 * Returns how many. The weights add up to score_docs' mean within 1e-9 relative. */
size_t why_split(struct arena *a, struct profile *p, size_t doc, int64_t now, size_t most, struct reason **out, double *score);
/* why_change - sentences on what would change it most ("without \"comet\": 0.41 lower"), at most `most`; arena strings. */
size_t why_change(struct arena *a, struct profile *p, size_t doc, int64_t now, size_t most, const char ***out);

#endif
