#include "ui/sheet.h"

#define HEAD 1
#define WIDEST 110

int sheet_cols(const struct grid *g)
{
	return g->cols < WIDEST ? g->cols : WIDEST;
}

int sheet_row(struct sheet *s)
{
	int i = s->line++ - s->at->top;

	return i >= 0 && i < s->rows ? HEAD + i : -1;
}

void sheet_heading(struct sheet *s, const char *text)
{
	if (s->line)
		s->line++;
	(void)grid_fit(s->g, sheet_row(s), 2, s->g->cols - 3, STYLE_TITLE | STYLE_BOLD, text);
}

void sheet_flow(struct sheet *s, int col, unsigned style, enum block_kind kind, const char *text)
{
	struct grid *g = s->g;
	struct block b = { .kind = kind, .level = kind == BLOCK_ITEM, .text = text };
	struct blocks bs = { .block = &b, .n = 1 };
	struct arena a = ARENA_INIT;
	struct line *line;
	size_t n = layout_blocks(&a, &bs, sheet_cols(g) - 2 - col, g->ascii, &line);

	for (size_t i = 0; i < n; i++) {
		int row = sheet_row(s), x = col + line[i].indent;

		for (size_t k = 0; k < line[i].n; k++)
			x += grid_put(g, row, x, sheet_cols(g) - 1 - x, style, line[i].run[k].text, line[i].run[k].len);
	}
	arena_clear(&a);
}

void sheet_paragraph(struct sheet *s, int col, unsigned style, const char *text)
{
	sheet_flow(s, col, style, BLOCK_PARAGRAPH, text);
}

void sheet_draw(struct grid *g, struct place *at, sheet_fn *all, const void *data)
{
	struct sheet s = { .g = g, .at = at, .rows = g->rows - 1 - HEAD };

	/* Twice where the first drawing finds that the text ends above the place that was asked for. */
	for (int turn = 0; turn < 2; turn++) {
		int top = at->top;

		grid_blank(g);
		s.line = 0;
		all(&s, data);
		at->count = s.line;
		at->shown = s.rows;
		place_clamp(at, false);
		if (at->top == top)
			break;
	}
}
