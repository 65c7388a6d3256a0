/* shares - how much of all that is published comes from each feed, category and topic; found by vectorise and kept in the store, because what a reader's taste is
 * compared with must not depend on which articles happen to be loaded. */
#ifndef ECLOSE_APP_SHARES_H
#define ECLOSE_APP_SHARES_H

#include "base/map.h"
#include "store/store.h"

enum share_kind { SHARE_FEED, SHARE_CATEGORY, SHARE_TOPIC };

struct share_table {
	struct map by_key;   /* kind and key -> index into share */
	double *share;       /* 0..1; counts while it is being filled */
	double total[3];     /* articles that have any of the kind */
	size_t cap;
};

#define SHARE_TABLE_INIT { MAP_INIT, NULL, { 0 }, 0 }

/* shares_add - one article: its feed, its categories (newline-separated, may be NULL) and its topic (-1 none). */
void shares_add(struct share_table *t, int64_t feed, const char *categories, int topic);
/* shares_put, shares_load - as a blob of the store. Errors: as the store; load: ERR_NOTFOUND before the first put. Frees: shares_clear. */
enum err shares_put(const struct share_table *t, struct store *st, struct err_info *info);
enum err shares_load(struct share_table *t, struct store *st, struct err_info *info);
/* shares_get - 0 for what is unknown. */
double shares_get(const struct share_table *t, enum share_kind kind, int64_t key);
/* shares_category - the key of a category by its name (category_key). */
int64_t shares_category(const char *key);
void shares_clear(struct share_table *t);

#endif
