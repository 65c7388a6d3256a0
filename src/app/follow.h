/* follow - the subscription file takes over the new address of a feed that has moved for good; and the lock that whoever edits that file holds. */
#ifndef ECLOSE_APP_FOLLOW_H
#define ECLOSE_APP_FOLLOW_H

#include "app/app.h"

/* subs_lock - hold the subscription file against another program that edits it, until subs_unlock; waits for one that does.
 * Where the file system has no locks it is held against nobody. Returns a descriptor, -1 without one. */
int subs_lock(const struct app *app);
void subs_unlock(int lock);

/* app_follow - put the new address in place of the old one in the file, every other byte kept, and in the store, where the feed keeps its row: articles, readings and
 * edits stay with it. A user and password in the old address stay where the server is the same. The model is made anew from the log.
 *   f     borrowed; it has moved for good
 *   to [out] the address as it stands in the file now, of app's arena
 * A ranker that is open has to be opened anew.
 * Errors: ERR_NOTFOUND where it hasn't moved, or has no line; ERR_USAGE where the new address has a line of its own, or articles of an earlier subscription; those of files and
 * of the store. Then file and store are as they were. */
enum err app_follow(struct app *app, const struct feed *f, const char **to, struct err_info *info);

#endif
