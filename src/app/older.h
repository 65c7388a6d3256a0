/* older - vectors for the articles that aren't among the recent ones any more, or never were, as in the first fetch of many feeds. */
#ifndef ECLOSE_APP_OLDER_H
#define ECLOSE_APP_OLDER_H

#include "app/app.h"
#include "model/lsa.h"

/* older_vectors - fold every article that has terms and no vector into the basis, in blocks, so that memory stays small and no transaction is long. What else is
 * derived for an article stays; where nothing is, it is its own story and in no topic. It is for after the recent ones were put.
 * In the end the run (app/run.h) is finished.
 * Errors: as the store; what was put before stays, and the next run does the rest. */
enum err older_vectors(struct app *app, const struct lsa *basis, struct err_info *info);

#endif
