/* subs - editing the subscription file, for add, remove and import. */
#ifndef ECLOSE_CMD_SUBS_H
#define ECLOSE_CMD_SUBS_H

#include "app/app.h"
#include "app/follow.h" /* subs_lock, subs_unlock */

/* subs_append - add lines for those of `add` whose address isn't in the file yet; *added [out] how many. The rest of the file stays as it is, byte for byte. */
enum err subs_append(struct app *app, const struct sub *add, size_t n, size_t *added, struct err_info *info);

#endif
