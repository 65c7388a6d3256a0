/* plot - curves as plain text, one letter each, that a terminal, a mail and a manual page can hold. */
#ifndef ECLOSE_CMD_PLOT_H
#define ECLOSE_CMD_PLOT_H

#include <stddef.h>

#include "base/buf.h"

#define PLOT_COLUMNS 60
#define PLOT_ROWS 12

struct plot_curve {
	char letter;     /* ASCII */
	const double *y; /* (n) borrowed */
};

struct plot {
	const char *title;             /* a line above it, with the unit */
	const char *x_name;            /* a word below it */
	const struct plot_curve *curve; /* (curves) the first stands leftmost of several in one place */
	size_t curves, n;              /* n: points of each, 1..PLOT_COLUMNS, evenly from x_first to x_last */
	int x_first, x_last;
};

/* plot_draw - append a title, PLOT_ROWS rows with the value of each on its left, and a ruler; lines under 80 columns, no blanks at their ends.
 * Rows are steps of 1, 2 or 5 times a power of ten, the least with which all points have a row. Each point has its share of the columns; where several would stand in one
 * place, they stand side by side there, and `*` is for those that have no room. */
void plot_draw(struct buf *out, const struct plot *p);

#endif
