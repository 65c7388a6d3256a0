/* layout - blocks to lines of at most `width` cells. Used by the article view and by `eclose show`. */
#ifndef ECLOSE_UI_LAYOUT_H
#define ECLOSE_UI_LAYOUT_H

#include "base/buf.h"
#include "item.h"

struct run {
	const char *text;
	size_t len;      /* bytes */
	unsigned style;  /* enum span_style */
	int link;        /* footnote number at whose text this is, 0 none */
};

struct line {
	struct run *run;
	size_t n;
	int indent;             /* cells before the first run */
	enum block_kind kind;
	int level;
};

/* layout_blocks - wrap at word boundaries (between any two clusters for scripts without blanks), an empty line between blocks, list bullets and numbers, "> " for
 * quotes, code kept as it is and cut hard, footnote marks "[3]" behind link texts and the list of links at the end. width >= 10.
 *   out [out] array of the arena. Returns the number of lines. ascii: bullets and rules without Unicode. Cannot fail. */
size_t layout_blocks(struct arena *a, const struct blocks *b, int width, bool ascii, struct line **out);
/* layout_text - the lines as plain text. */
void layout_text(const struct line *line, size_t n, struct buf *out);

#endif
