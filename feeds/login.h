/* login - the user and password of a subscription, from where its settings say that they are. Nothing of them is ever printed or kept. */
#ifndef ECLOSE_FEEDS_LOGIN_H
#define ECLOSE_FEEDS_LOGIN_H

#include "feeds/settings.h"

#define LOGIN_SECONDS 10 /* a command may take */

/* login_read - *login [out] "user:password" of the arena; NULL where the settings name neither file nor command.
 * A file must be the reader's alone (mode 0600 or less). A command is run without a shell, with no input, in a process group that is ended after LOGIN_SECONDS.
 * Errors: ERR_NOTFOUND, ERR_IO, ERR_READONLY of the file; ERR_USAGE for a mode that lets others read it, a command that fails or isn't there, and a first line without
 * a colon. The sentence never holds what was read. */
enum err login_read(struct arena *a, const struct feed_settings *s, const char **login, struct err_info *info);

#endif
