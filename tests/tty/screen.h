/* screen - a program in a pseudo-terminal of a fixed size, and what stands on its screen (libvterm reads it).
 * Every wait is bounded; what goes wrong fails the test with the screen as it is.
 */
#ifndef ECLOSE_TESTS_SCREEN_H
#define ECLOSE_TESTS_SCREEN_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "base/buf.h"

struct screen_run {
	pid_t pid;             /* 0 once it has ended */
	int master, slave;     /* the slave is kept open, so that the modes can be read when the program has gone */
	struct termios before;
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	struct buf bytes;      /* all that it has written */
};

/* screen_start - run argv with just the environment env ("NAME=value", NULL at the end of both). Frees: screen_free, which kills what still runs. */
void screen_start(struct screen_run *s, int rows, int cols, char *const *argv, char *const *env);
void screen_free(struct screen_run *s);
void screen_type(struct screen_run *s, const char *bytes);
/* screen_mouse - what a terminal sends for a mouse, as SGR (1006): button 0 the first, 32 the same held and moved, 64 and 65 the wheel up and down; 0-based cell. Does nothing
 * unless the program has asked for it. */
void screen_mouse(struct screen_run *s, int button, int row, int col, bool released);
void screen_resize(struct screen_run *s, int rows, int cols);
/* screen_expect - wait until words stand on the screen, and until it is quiet. */
void screen_expect(struct screen_run *s, const char *words);
/* screen_settle - wait until nothing has been written for a moment. */
void screen_settle(struct screen_run *s);
bool screen_shows(struct screen_run *s, const char *words);
bool screen_alternate(const struct screen_run *s); /* is it on the alternate screen? */
bool screen_cursor(const struct screen_run *s);    /* can its cursor be seen? */
bool screen_drags(const struct screen_run *s);     /* does it have presses and drags of the mouse reported, as SGR? */
/* screen_text - the rows, blanks at their ends cut. */
void screen_text(struct screen_run *s, struct buf *out);
/* screen_golden - compare with tests/golden/NAME.screen; UPDATE_GOLDEN=1 writes it. */
void screen_golden(struct screen_run *s, const char *name);
/* screen_wait - the program's end; returns waitpid's status. */
int screen_wait(struct screen_run *s);
/* screen_whole - the terminal is as it was before: modes, main screen, visible cursor, mouse not reported. */
void screen_whole(const struct screen_run *s);

#endif
