/* Ten titles, and what was said to each. */
#include <stdio.h>

#include "ui/view.h"

#define HEAD 3
#define MARK 4 /* cells: yes, no */

static void draw_row(struct grid *g, int row, const void *data, int i)
{
	const struct view_ask *v = data;
	const struct item *it = &v->item[i];
	int answer = v->answer[i];
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
	size_t said = 0;
	char right[32];

	grid_blank(g);
	for (size_t i = 0; i < v->n; i++)
		said += v->answer[i] != 0;
	snprintf(right, sizeof right, "%zu of %zu", said, v->n);
	view_header(g, "Would you read it?", right);
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_DIM,
		g->cols >= 80 ? "These titles tell most about all the others. What isn't clear may stay open." : "These tell most about all the others.");
	view_rows(g, at, HEAD, 1, (int)v->n, draw_row, v);
	view_footer(g, SCREEN_ASK, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_ask = { SCREEN_ASK, true, draw };
