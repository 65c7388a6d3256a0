/* subs_file - editing the subscription file, for add, remove, import and for feeds that moved. */
#ifndef ECLOSE_APP_SUBS_FILE_H
#define ECLOSE_APP_SUBS_FILE_H

#include "app/app.h"

#define URLS_MOST ((size_t)16 << 20) /* bytes of the file */

/* subs_lock - hold the subscription file against another program that edits it, until subs_unlock; waits for one that does.
 * Where the file system has no locks it is held against nobody. Returns a descriptor, -1 without one. */
int subs_lock(const struct app *app);
void subs_unlock(int lock);
/* subs_append - add lines for those of `add` whose address isn't in the file yet; *added [out] how many. The rest of the file stays as it is, byte for byte. */
enum err subs_append(struct app *app, const struct sub *add, size_t n, size_t *added, struct err_info *info);
/* subs_meant - the address in the file that is shown like `word`, where there is one; so what `feeds` prints can be copied. Else word. */
const char *subs_meant(struct app *app, const char *word);

#endif
