/* marked - a text in which some words are marked as speaking for something or against it. */
#ifndef ECLOSE_UI_MARKED_H
#define ECLOSE_UI_MARKED_H

#include "item.h"
#include "ui/layout.h"

/* marked_lines - the text wrapped as layout_blocks wraps a paragraph; a run of a marked word has SPAN_BOLD where its weight is above zero, SPAN_ITALIC where it is below.
 *   text  borrowed while the lines are used;  mark (n) in order, not overlapping;  ascii: "*word*" and "-word-" besides, for where no style tells
 *   out [out] of the arena. Returns the number of lines. */
size_t marked_lines(struct arena *a, const char *text, const struct mark *mark, size_t n, int width, bool ascii, struct line **out);
/* marked_has - is there a marked word on this line? */
bool marked_has(const struct line *l);
/* marked_style - the style of a run of such a line; plain: that of the text about the marks. */
unsigned marked_style(const struct run *r, unsigned plain);

#endif
