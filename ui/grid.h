/* grid - the cells of a screen. Views write here and nowhere else; a terminal shows it.
 *
 * A wide cluster takes two cells, the right one of which has width 0. Everything clips: at the grid's edges, at the width that a
 * caller gives, and by whole clusters, so that no row is ever torn. What may not reach a terminal is taken out once more here.
 */
#ifndef ECLOSE_UI_GRID_H
#define ECLOSE_UI_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "ui/style.h"

#define CELL_BYTES 28 /* a family of four with its joiners is 25 */

struct cell {
	char s[CELL_BYTES]; /* one cluster, UTF-8, not terminated */
	uint8_t len;        /* bytes; 0 in the right half of a wide cluster */
	uint8_t width;      /* 1, 2, or 0: the right half */
	uint16_t style;     /* enum style with its flags */
};

/* What a part of the screen stands for: said by who draws it, so that a mouse finds it where it is. */
enum spot_kind {
	SPOT_ENTRY,  /* which: an entry of the list, 0.. */
	SPOT_SLIDER  /* the track; its cells are its columns */
};

struct spot {
	enum spot_kind kind;
	int row, col, rows, cols;
	int which;
};

struct grid {
	int rows, cols;
	bool ascii;         /* only ASCII is written: what has a likeness gets it, the rest is '?' */
	struct cell *cell;  /* (rows x cols) */
	struct spot *spot;  /* (n_spots) since the grid was last blank */
	size_t n_spots, spots_cap;
};

/* grid_init - blank cells; rows and cols >= 1. Frees: grid_clear. */
void grid_init(struct grid *g, int rows, int cols, bool ascii);
void grid_clear(struct grid *g);
/* grid_blank - blank cells, and no spots. */
void grid_blank(struct grid *g);
/* grid_spot - note what stands on rows x cols cells from (row, col) on. */
void grid_spot(struct grid *g, struct spot spot);
/* grid_hit - the spot that a cell belongs to, the last one noted where there are several; NULL: none. Lives until the next spot. */
const struct spot *grid_hit(const struct grid *g, int row, int col);
const struct cell *grid_at(const struct grid *g, int row, int col);

/* grid_put - write n bytes of text from (row, col) on, at most `width` cells. Newline and tab count as one blank.
 * The other half of a wide cluster that is cut in two becomes a blank. Returns the cells used. */
int grid_put(struct grid *g, int row, int col, int width, unsigned style, const char *text, size_t n);
/* grid_puts - the same for a string; NULL is empty. */
int grid_puts(struct grid *g, int row, int col, int width, unsigned style, const char *text);
/* grid_fit - as grid_puts, and what doesn't fit ends in an ellipsis. */
int grid_fit(struct grid *g, int row, int col, int width, unsigned style, const char *text);
/* grid_right - grid_fit at the right end of the width. */
int grid_right(struct grid *g, int row, int col, int width, unsigned style, const char *text);
/* grid_repeat - one glyph of one cell, n times. */
void grid_repeat(struct grid *g, int row, int col, int n, unsigned style, const char *glyph);
/* grid_mark - or flags into the style of n cells. */
void grid_mark(struct grid *g, int row, int col, int n, unsigned flags);
/* grid_text - the rows as lines of text, blanks at their ends cut. */
void grid_text(const struct grid *g, struct buf *out);

#endif
