/* explain - why one article stands where it does: the parts of its score, the words that carry it, the articles read that it resembles, what would move it, and its place
 * with and without the slider. */
#ifndef ECLOSE_APP_EXPLAIN_H
#define ECLOSE_APP_EXPLAIN_H

#include "app/page.h"

/* ranker_explain - all of it for one article, as it stands on the page that the options make.
 *   out [out] strings and arrays in the arena. entry's slot is that of the page; SLOT_BUBBLE off it
 * Errors: ERR_NOTFOUND "there is no article 17"; ERR_UNSUPPORTED where ICU's data is missing; as the store. */
enum err ranker_explain(struct ranker *r, int64_t id, const struct page_options *o, struct arena *a, struct why *out, struct err_info *info);

/* pages_compare - what moved between two pages, among the first `most` places of either: by the place after, those that left last by the place before.
 *   out [out] array of the arena, strings copied into it. Returns how many. Cannot fail. */
size_t pages_compare(const struct page *before, const struct page *after, size_t most, struct arena *a, struct moved **out);

#endif
