/* vectorise - the ways in which vectorise.c brings the store up to date: all anew, or only what is new. Private to it and to them. */
#ifndef ECLOSE_APP_VECTORISE_H
#define ECLOSE_APP_VECTORISE_H

#include "app/app.h"
#include "app/run.h"
#include "app/words.h"
#include "base/date.h"

#define RECENT_MOST 20000  /* articles that the basis, topics and stories are computed over; older ones are folded in */

/* vectorise_whole - vectors, topics and stories of all that is recent; then vectors for the older articles that have none.
 *   terms  version of the terms in the store
 * What is recent is put in one transaction. Errors: as the store; what was put before stays. */
enum err vectorise_whole(struct app *app, int64_t terms, struct err_info *info);

#define NEWCOMERS_SHARE 0.05    /* of the articles that the last whole run was over: more than that, since then, and all is done anew; */
#define NEWCOMERS_SECONDS DATE_DAY /* and so it is when that is a day ago */
/* newcomers_few - are the articles that no run has taken in few enough, and is the last whole run young enough, for them to be taken in alone? */
bool newcomers_few(const struct last_run *run, const struct words_fresh *fresh, int64_t now);
/* vectorise_newcomers - the same for the articles of a list alone, by what the last whole run left: a vector by its basis, the topic whose centroid is nearest, the story
 * among the articles of the last days. What it changes is put in one transaction.
 *   run  of the last run, on which newcomers_few says that it may build
 *   done [out] false: nothing was put, and a whole run is wanted, because the articles are of another kind than those that the basis knows
 * Errors: as the store. */
enum err vectorise_newcomers(struct app *app, const struct last_run *run, const struct words_fresh *fresh, bool *done, struct err_info *info);

#endif
