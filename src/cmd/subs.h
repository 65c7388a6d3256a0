/* subs - editing the subscription file, for add, remove and import. */
#ifndef ECLOSE_CMD_SUBS_H
#define ECLOSE_CMD_SUBS_H

#include "app/app.h"

/* subs_lock - hold the subscription file against another program that edits it, until subs_unlock; waits for one that does.
 * Where the file system has no locks it is held against nobody. Returns a descriptor, -1 without one. */
int subs_lock(const struct app *app);
void subs_unlock(int lock);
/* subs_append - add lines for those of `add` whose address isn't in the file yet; *added [out] how many. The rest of the file stays as it is, byte for byte. */
enum err subs_append(struct app *app, const struct sub *add, size_t n, size_t *added, struct err_info *info);

#endif
