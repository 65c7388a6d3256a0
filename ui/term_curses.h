/* term_curses - the terminal through ncurses. The one part of the program that knows curses. */
#ifndef ECLOSE_UI_TERM_CURSES_H
#define ECLOSE_UI_TERM_CURSES_H

#include "base/err.h"
#include "ui/term.h"

struct term_options {
	bool color;   /* false: no colours; NO_COLOR in the environment says the same */
	bool unicode; /* false: ASCII only, whatever the locale can show */
	bool mouse;   /* clicks, drags and the wheel are reported, where the terminal can */
};

/* term_curses_open - take the terminal over: alternate screen, single keys. One at a time. The caller has called setlocale.
 * From here to term_curses_close any way out of the process by a signal gives the terminal back as it was.
 * Errors: ERR_UNSUPPORTED where input or output is no terminal, TERM is unknown, or it can't address its cursor. Frees: term_curses_close. */
enum err term_curses_open(const struct term_options *o, struct term *t, struct err_info *info);
void term_curses_close(struct term *t);

#endif
