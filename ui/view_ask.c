/* Ten titles, and what was said to each. */
#include <stdio.h>

#include "ui/view.h"

#define HEAD 3
#define MARK 4 /* cells: yes, no */

static void draw_row(struct grid *g, int row, const struct item *it, int answer)
{
	int title = 1 + MARK + 1, feed_w = g->cols >= 60 ? g->cols / 5 : 0, title_w = g->cols - 1 - title - (feed_w ? feed_w + 2 : 0);

	(void)grid_puts(g, row, 1, MARK, answer > 0 ? STYLE_GOOD | STYLE_BOLD : answer < 0 ? STYLE_BAD : STYLE_DIM, answer > 0 ? "yes" : answer < 0 ? "no" : "?");
	(void)grid_fit(g, row, title, title_w, answer ? STYLE_DIM : STYLE_BOLD, it->title);
	if (feed_w)
		(void)grid_fit(g, row, g->cols - 1 - feed_w, feed_w, STYLE_DIM, it->feed_title ? it->feed_title : "");
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_WANT, "yes" }, { ACTION_PASS, "no" }, { ACTION_DOWN, "leave open" }, { ACTION_UNDO, "undo" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_ask *v = data;
	int rows = g->rows - 1 - HEAD;
	size_t said = 0;
	char right[32];

	grid_blank(g);
	for (size_t i = 0; i < v->n; i++)
		said += v->answer[i] != 0;
	snprintf(right, sizeof right, "%zu of %zu", said, v->n);
	view_header(g, "Would you read it?", right);
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_DIM,
		g->cols >= 80 ? "These titles tell most about all the others. What isn't clear may stay open." : "These tell most about all the others.");
	at->count = (int)v->n;
	place_clamp(at, true);
	if (at->cursor >= at->top + rows)
		at->top = at->cursor - rows + 1;
	if (at->top > at->count - rows)
		at->top = at->count > rows ? at->count - rows : 0;
	at->shown = at->count - at->top < rows ? at->count - at->top : rows;
	for (int i = 0; i < at->shown; i++) {
		draw_row(g, HEAD + i, &v->item[at->top + i], v->answer[at->top + i]);
		grid_spot(g, (struct spot){ SPOT_ENTRY, HEAD + i, 0, 1, g->cols, at->top + i });
		if (at->top + i == at->cursor)
			grid_mark(g, HEAD + i, 0, g->cols, STYLE_CURSOR);
	}
	view_footer(g, SCREEN_ASK, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_ask = { SCREEN_ASK, true, draw };
