/* layout_flow - between layout's own files: a block as one flow of text, and the lines that are made of it. */
#ifndef ECLOSE_UI_LAYOUT_FLOW_H
#define ECLOSE_UI_LAYOUT_FLOW_H

#include <stdbool.h>
#include <unicode/ubrk.h>

#include "base/buf.h"
#include "ui/layout.h"

/* Text of the flow with one look. */
struct piece {
	size_t from, to;
	unsigned style;
	int link;
};

struct flow {
	struct buf text;
	struct piece *piece;
	size_t n, cap;
};

struct layout {
	struct arena *arena;
	int width;
	bool ascii;
	struct line *line;
	size_t n, cap;
	UBreakIterator *brk; /* NULL where ICU has none; then only blanks break */
};

/* What stands before the text of a block: "> > " on each line, then a bullet on the first. */
struct lead {
	const char *each, *first; /* first: "" if none */
	int indent, hang;         /* cells: before the first run; in place of `first` on the other lines */
};

struct lead lead_of(struct layout *l, const struct block *b);

/* flow_range - add bytes at..end of b's text (SIZE_MAX: all), a footnote's mark behind each link. Frees: flow_clear. */
void flow_range(struct flow *f, const struct block *b, size_t at, size_t end);
void flow_clear(struct flow *f);
/* flow_runs - bytes from..to of the flow, whose text is at `text`, as runs; there is room for f->n. Returns how many. */
size_t flow_runs(const struct flow *f, const char *text, size_t from, size_t to, struct run *run);
/* flow_breaks - may [out] (f->text.len + 1): which bytes a new line may start at. Asked of ICU once a flow (UAX #14, Thai by dictionary); without it, blanks alone. */
void flow_breaks(struct layout *l, const struct flow *f, unsigned char *may);

/* line_end - where the line that starts at `from` ends: at its newline, at the last place that may break within `room` cells, else hard. */
size_t line_end(const char *s, size_t n, size_t from, int room, const unsigned char *may);
/* without_blanks - `to`, or where the blanks before it begin. */
size_t without_blanks(const char *s, size_t from, size_t to);
struct line *line_new(struct layout *l, const struct block *b, int indent);
/* layout_wrap - the flow as lines behind a lead. */
void layout_wrap(struct layout *l, const struct block *b, struct flow *f, const struct lead *lead);

/* layout_table - the rows of one table at b (of n blocks): columns where they have room, else "header: value", a line each. Returns how many blocks it
 * took, 0 where b is no row of cells. */
size_t layout_table(struct layout *l, const struct block *b, size_t n);

#endif
