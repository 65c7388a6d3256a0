/* term - a terminal, as the reader sees one: cells out, keys and mouse in. term_curses.c is the real one; a test may bring its own. */
#ifndef ECLOSE_UI_TERM_H
#define ECLOSE_UI_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/grid.h"
#include "ui/mouse.h"

enum term_event {
	TERM_KEY,     /* *key is set */
	TERM_MOUSE,   /* term->mouse is set */
	TERM_RESIZE,  /* ask size() again and draw */
	TERM_FD,      /* one of the extra descriptors can be read, or its other end is gone */
	TERM_TIMEOUT,
	TERM_HANGUP   /* no key will ever come */
};

#define TERM_FDS 2

struct term {
	void *self;
	bool ascii;   /* the locale can't show more */
	struct mouse mouse; /* of the last TERM_MOUSE */
	void (*size)(struct term *t, int *rows, int *cols);
	/* draw - show the grid, whose size is the terminal's; whole: don't trust what is on the screen. */
	void (*draw)(struct term *t, const struct grid *g, bool whole);
	/* wait - block until something happens, without waking up in between.
	 *   fd  (TERM_FDS) also watched, -1 none;  timeout_ms  -1 for ever */
	enum term_event (*wait)(struct term *t, const int *fd, int timeout_ms, uint32_t *key);
	void (*bell)(struct term *t);
};

#endif
