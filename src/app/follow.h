/* follow - a subscription goes along with a feed that moved, because the reader says so. */
#ifndef ECLOSE_APP_FOLLOW_H
#define ECLOSE_APP_FOLLOW_H

#include "app/app.h"

/* app_follow - put the address that a feed moved to into its line of the subscription file; the rest of the file stays as it is, byte for byte, and the feed keeps its articles, its
 * history and all that was learned; an edit that holds for it is said again of the new address. A login in the address stays where the server is the same (home_moved).
 *   url  as it is subscribed;  *to [out] the new address, of the program's arena
 * Errors: ERR_NOTFOUND where there is no such subscription; ERR_USAGE where it hasn't moved, and where the new address is subscribed already; as the store and the file. Then
 * neither is changed. */
enum err app_follow(struct app *app, const char *url, const char **to, struct err_info *info);
/* note_shown - what the history notes of a fetch, with an address in it as url_shown has it. Of the arena, or note itself; NULL stays NULL. */
const char *note_shown(struct arena *a, const char *note);

#endif
