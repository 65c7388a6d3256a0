/* reader - the loop that joins app and views: keys in, screens out, everything that was read into the log. */
#ifndef ECLOSE_UI_READER_H
#define ECLOSE_UI_READER_H

#include "app/app.h"
#include "base/err.h"
#include "ui/term.h"

/* reader_run - show the front page and serve keys until the reader quits or the terminal hangs up.
 * Blocks in term->wait and nowhere else; opens no socket. app, term [in,out] stay the caller's.
 * Errors: those of the ranker, before the first screen; what fails later is said in the status line. */
enum err reader_run(struct app *app, struct term *term, struct err_info *info);

#endif
