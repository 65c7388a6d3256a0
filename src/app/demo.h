/* demo - the bundled sample feeds in a throw-away profile.
 *
 * The feeds are real documents in $(pkgdatadir)/samples; beside them lies samples.db, the store that was made from them when the program was built. The dates are
 * shifted so that the newest article is as old as it was when the set was written. `eclose --demo` adds a simulated month of reading, so that the model has something to show; a first start without subscriptions shows the feeds alone.
 */
#ifndef ECLOSE_APP_DEMO_H
#define ECLOSE_APP_DEMO_H

#include "app/app.h"

/* demo_folders - a new folder below TMPDIR for config and store. Errors: ERR_FULL, ERR_READONLY, ERR_IO. */
enum err demo_folders(struct app *app, struct err_info *info);
/* demo_fill - sample feeds into the empty store; then a month of reading unless `samples`. Errors: ERR_NOTFOUND where the sample files aren't installed. */
enum err demo_fill(struct app *app, bool samples, struct err_info *info);
/* demo_remove - the folder and all in it. Cannot fail. */
void demo_remove(struct app *app);

#endif
