/* sheet - a text that scrolls, drawn line by line. Lines are numbered from the top of the text; those that aren't on the screen get a row that the grid clips away. */
#ifndef ECLOSE_UI_SHEET_H
#define ECLOSE_UI_SHEET_H

#include "ui/view.h"

struct sheet {
	struct grid *g;
	const struct place *at;
	int line, rows; /* next line; rows of the screen that there are for lines */
	void *user;     /* of who draws it; NULL by sheet_draw */
};

/* sheet_draw - blank the grid and draw the text by `all`, between the header's row and the footer's; keeps at within what there is. */
typedef void sheet_fn(struct sheet *s, const void *data);
void sheet_draw(struct grid *g, struct place *at, sheet_fn *all, const void *data);
/* sheet_row - the grid's row of the next line. */
int sheet_row(struct sheet *s);
/* sheet_cols - cells that a line with a name and numbers may take: on a wider one the eye loses the number that belongs to a name. */
int sheet_cols(const struct grid *g);
/* sheet_heading - with an empty line above it, unless it is the first. */
void sheet_heading(struct sheet *s, const char *text);
/* sheet_flow - text wrapped as a block of that kind, from a column on. sheet_paragraph - as BLOCK_PARAGRAPH. */
void sheet_flow(struct sheet *s, int col, unsigned style, enum block_kind kind, const char *text);
void sheet_paragraph(struct sheet *s, int col, unsigned style, const char *text);

#endif
