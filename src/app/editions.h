/* editions - what an article said before it was edited. */
#ifndef ECLOSE_APP_EDITIONS_H
#define ECLOSE_APP_EDITIONS_H

#include "app/app.h"

/* app_editions - the texts that the store has kept of an article, newest first, each beside the one that came after it.
 *   it  as app_article gives it;  out [out] of the arena. Errors: as db. */
enum err app_editions(struct app *app, const struct item *it, struct arena *a, struct editions *out, struct err_info *info);

#endif
