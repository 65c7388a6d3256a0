/* mouse - what a mouse did, and how a terminal reports it. */
#ifndef ECLOSE_UI_MOUSE_H
#define ECLOSE_UI_MOUSE_H

#include <stdbool.h>

enum mouse_kind {
	MOUSE_PRESS,   /* of the first button */
	MOUSE_DRAG,    /* to another cell while it is held down */
	MOUSE_RELEASE,
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN
};

struct mouse {
	enum mouse_kind kind;
	int row, col;
};

#define MOUSE_REPORT 24 /* bytes of the longest report */

/* mouse_read - a report of xterm's mode 1006 behind its "ESC [ <": "BUTTON;COLUMN;ROW", from 1 on, and M for a press, m for a release. Shift, Meta and Control make no difference.
 * Returns false, leaving *out, where it isn't one or is of another button. */
bool mouse_read(const char *report, struct mouse *out);

#endif
