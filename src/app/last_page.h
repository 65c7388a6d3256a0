/* last_page - the front page as it was ranked last, kept in the store: it is shown at once, while the next one is still being ranked. */
#ifndef ECLOSE_APP_LAST_PAGE_H
#define ECLOSE_APP_LAST_PAGE_H

#include "app/page.h"

#define LAST_PAGE_BLOB "last_page"

/* last_page_put - keep what a screen shows of a ranked page; nothing where it has no entries. Losing it costs time, nothing else. Errors: as the store. */
enum err last_page_put(struct app *app, const struct page *page, struct err_info *info);
/* last_page_keep - rank it and put it. Errors: as ranker_page. */
enum err last_page_keep(struct app *app, struct ranker *r, const struct page_options *o, struct err_info *info);
/* last_page_get - that page, with the ages of now.
 *   page [out] without what only the ranking needs (pairs, propensities, trials, subjects); clear with page_clear
 * Errors: ERR_NOTFOUND where none is kept, or one for another setting of the slider, or one that can't be read; as the store. */
enum err last_page_get(struct app *app, int explore, struct page *page, struct err_info *info);

/* last_page_renew - learn what came, save the model, and keep the front page, so that the next start needn't do either. Errors: as ranker_page. */
enum err last_page_renew(struct app *app, struct err_info *info);

#endif
