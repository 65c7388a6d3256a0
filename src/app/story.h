/* story - one event as several feeds tell it: who copies whom, which telling leads, and which others are worth a look. */
#ifndef ECLOSE_APP_STORY_H
#define ECLOSE_APP_STORY_H

#include "app/page.h"
#include "model/tellings.h"

struct story {
	struct item_list items;  /* in the order in which they are shown: the lead first (tellings_order) */
	struct telling *telling; /* (items.n) beside them; copy_of is an index here */
};

/* story_of - the story that an article tells; its own number where nothing is known of it. Errors: ERR_NOTFOUND "no article 17". */
enum err story_of(struct store *st, int64_t article, int64_t *story, struct err_info *info);
/* story_load - the tellings of a story. r says what the reader usually reads; NULL: nothing is known of that. Strings and arrays in the arena.
 * Errors: as the store; ERR_NOTFOUND where there is no such story. */
enum err story_load(struct store *st, const struct ranker *r, int64_t story, struct arena *a, struct story *out, struct err_info *info);

/* story_tell - how each of n articles differs from the others, from the telling in hand and from what the reader reads (eclose-ranking(7), TELLINGS).
 *   id (n) of the store;  in_hand  index of the telling in hand;  out [out] (n), in the order of id; strings in the arena
 * Errors: ERR_NOTFOUND where an article isn't there; as the store. */
enum err story_tell(struct ranker *r, const int64_t *id, size_t n, size_t in_hand, struct arena *a, struct told *out, struct err_info *info);
/* story_tellings - how other feeds tell what an article tells, those first that differ most. Where none does, the nearest articles of other feeds within 72 hours, at most
 * TELLINGS_NEAR, the nearest first: they are no tellings of it, and out->same is false.
 * Errors: ERR_NOTFOUND "no article 17"; as the store. */
#define TELLINGS_NEAR 6
enum err story_tellings(struct ranker *r, int64_t article, struct arena *a, struct tellings *out, struct err_info *info);

/* story_hashes - hash [out] (n) of the texts (simhash_article) of the articles that share their story with another one; 0 for all others.
 *   story (n) index of each article's story among them */
enum err story_hashes(struct store *st, const int64_t *id, const int64_t *story, size_t n, uint64_t *hash, struct err_info *info);

#endif
