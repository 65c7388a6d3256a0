/* load - articles of the store as a corpus: what vectorise computed, and nothing that depends on the clock.
 *
 * Term columns are the store's term ids. A corpus is the same for the same store whatever the time is, so that a model rebuilt from the log
 * tomorrow is the model of today.
 */
#ifndef ECLOSE_APP_LOAD_H
#define ECLOSE_APP_LOAD_H

#include "app/app.h"
#include "app/centre.h"
#include "app/run.h"
#include "app/shares.h"
#include "rank/corpus.h"

struct loaded {
	struct corpus corpus;
	struct item_list items;    /* items.item[i] is corpus.doc[i]; their strings of the arena */
	struct topic_row *topics;  /* (corpus.topics) */
	struct store *store;       /* borrowed: names of terms are asked for when a score is explained */
	const int64_t *feed_id;    /* by corpus number */
	const char **name[FACET_COUNT]; /* by corpus number; of feeds, categories, authors, languages and tags */
	const char **key[FACET_COUNT];  /* likewise, what each is told by in every corpus (corpus_names): an address, a name in small letters */
	struct centre centre;      /* of the word vectors */
	struct last_run run;            /* the last of vectorise */
	struct term_stats stats;   /* as they were when it was loaded, and so are the shares */
	struct share_table shares;
	bool shared;               /* there are shares ... */
	int n_shared[FACET_COUNT]; /* ... and these many values have theirs */
	struct map number[FACET_COUNT]; /* of feeds, categories, authors, languages and tags: key -> corpus number */
	int64_t version;           /* of what vectorise computed */
	struct map asked;          /* what was asked of the store, and its number -> index into answer */
	const char **answer;       /* strings of the arena */
	size_t answer_cap;
	struct arena arena;
};

/* load_corpus - Errors: as the store. Frees: loaded_clear. An id that isn't in the store is left out; one without terms has an empty row. */
enum err load_corpus(struct store *st, const int64_t *ids, size_t n, struct loaded *out, struct err_info *info);
void loaded_clear(struct loaded *l);
/* load_more - articles that aren't there yet are added behind the others, as long as nobody else has written to the store since load_corpus (store_changed): what there is keeps its
 * numbers. Where it fails what was loaded is of no use any more. A profile over the corpus is to be told (profile_grow). */
enum err load_more(struct loaded *l, const int64_t *ids, size_t n, struct err_info *info);
/* load_rows - only the term rows, unit length, of articles: rows in the order of ids (an article without terms has an empty row). */
enum err load_rows(struct store *st, const int64_t *ids, size_t n, struct csr *out, struct err_info *info);
/* load_rows_by - the same by document frequencies that are at hand (terms_df). */
enum err load_rows_by(struct store *st, const struct term_stats *stats, const int64_t *ids, size_t n, struct csr *out, struct err_info *info);
/* category_key - what categories are compared by: the name with ASCII letters in lower case; of the arena. */
const char *category_key(struct arena *a, const char *name, size_t len);
/* author_key, language_key - the same for an article's author and for the language of its title, as "de": by the title, where it tells, else as declared; NULL where it has none. */
const char *author_key(struct arena *a, const struct item *it);
const char *language_key(struct arena *a, const struct item *it);
/* item_time - when an article counts as published: when the feed says, else when it was updated, else when it came; never after it came. */
int64_t item_time(const struct item *it);

/* load_another_version - say in the store that what vectorise computed has changed, so that no model of before is taken for one of now.
 *   d  dimensions of LSA; NULL: as they are */
enum err load_another_version(struct store *st, struct arena *a, const int *d, struct err_info *info);

#define DERIVED_BLOB "derived" /* its version says which run of vectorise the vectors, topics and stories come from */

#endif
