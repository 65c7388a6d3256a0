/* shares - how much of all that is published has each value of each facet (feed, category, topic ...); found by vectorise and kept in the store, because what a reader's taste is
 * compared with must not depend on which articles happen to be loaded. */
#ifndef ECLOSE_APP_SHARES_H
#define ECLOSE_APP_SHARES_H

#include "base/map.h"
#include "rank/corpus.h"
#include "store/store.h"

struct share_table {
	struct map by_key;   /* facet and key -> index into count */
	double *count;       /* articles that have the value */
	double total[FACET_COUNT]; /* articles that have any of the facet */
	int values[FACET_COUNT];   /* how many there are of each facet */
	size_t cap;
};

#define SHARE_TABLE_INIT { MAP_INIT, NULL, { 0 }, { 0 }, 0 }

/* shares_add - one article, with its topic (-1 none). */
void shares_add(struct share_table *t, const struct item *it, int topic);
/* shares_put, shares_load - as a blob of the store. Errors: as the store; load: ERR_NOTFOUND before the first put. Frees: shares_clear. */
enum err shares_put(const struct share_table *t, struct store *st, struct err_info *info);
enum err shares_load(struct share_table *t, struct store *st, struct err_info *info);
/* shares_get - 0 for what is unknown. */
double shares_get(const struct share_table *t, enum facet f, int64_t key);
/* shares_name - the key of a category, an author or a language by its name (load.h: category_key). Feeds, topics and lengths are their own. */
int64_t shares_name(const char *name);
void shares_clear(struct share_table *t);

#endif
