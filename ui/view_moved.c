/* What an edit did to the first places of the page: before and after, an article a row. */
#include <stdio.h>
#include <stdlib.h>

#include "ui/view.h"

#define HEAD 4

/* "rose 3", "came", and what that looks like. */
static unsigned how(const struct moved *m, char *out, size_t size)
{
	if (m->from == 0) {
		snprintf(out, size, "came");
		return STYLE_GOOD;
	}
	if (m->to == 0) {
		snprintf(out, size, "left");
		return STYLE_BAD;
	}
	snprintf(out, size, "%s %d", m->to < m->from ? "rose" : "fell", abs(m->to - m->from));
	return m->to < m->from ? STYLE_GOOD : STYLE_BAD;
}

static void draw_place(struct grid *g, int row, int col, int place)
{
	char text[16];

	snprintf(text, sizeof text, place ? "%d" : "·", place);
	(void)grid_right(g, row, col, 3, STYLE_PLAIN, text);
}

static void draw_row(struct grid *g, int row, const struct moved *m)
{
	int feed_w = g->cols >= 60 ? g->cols / 5 : 0, title = 20, title_w = g->cols - 1 - title - (feed_w ? feed_w + 2 : 0);
	char words[32];
	unsigned style = how(m, words, sizeof words);

	draw_place(g, row, 1, m->from);
	(void)grid_puts(g, row, 5, 1, STYLE_DIM, "→");
	draw_place(g, row, 7, m->to);
	(void)grid_fit(g, row, 12, 7, style, words);
	(void)grid_fit(g, row, title, title_w, STYLE_PLAIN, title_shown(m->title));
	if (feed_w)
		(void)grid_fit(g, row, g->cols - 1 - feed_w, feed_w, STYLE_DIM, m->feed);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_UNDO, "undo" }, { ACTION_WEIGH_LESS, "less" }, { ACTION_WEIGH_MORE, "more" }, { ACTION_WEIGH_CLEAR, "clear" }, { ACTION_PIN, "pin" },
		{ ACTION_BAN, "ban" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_moved *v = data;
	int rows = g->rows - 1 - HEAD;
	char text[100];

	grid_blank(g);
	view_header(g, "What that did to the page", NULL);
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_TITLE | STYLE_BOLD, v->what);
	snprintf(text, sizeof text, v->n ? "Among the first %d places, before and after:" : "Nothing moved among the first %d places.", v->places);
	(void)grid_fit(g, 2, 1, g->cols - 2, STYLE_DIM, text);
	at->count = (int)v->n;
	at->shown = rows;
	place_clamp(at, false);
	for (int i = 0; i < rows && at->top + i < at->count; i++)
		draw_row(g, HEAD + i, &v->moved[at->top + i]);
	view_footer(g, SCREEN_MOVED, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_moved = { SCREEN_MOVED, false, draw };
