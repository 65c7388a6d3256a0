/* Articles by time, newest first, of one feed or of all: a row an article. Only the rows near the cursor are there; all that is done here is for these. */
#include <stdio.h>

#include "ui/view.h"

#define HEAD 3 /* lines above the list */
#define AGE 4

/* Where the columns stand; feed_w 0: not shown. */
struct columns { int title, title_w, feed, feed_w, star, age; };

static struct columns columns_of(const struct view_list *v, int cols)
{
	struct columns c = { .title = 3, .age = cols - 1 - AGE };
	int right;

	c.star = c.age - 2;
	right = c.star - 1;
	if (!v->feed && cols >= 60) {
		c.feed_w = cols / 5 < 28 ? cols / 5 : 28;
		c.feed = right - c.feed_w;
		right = c.feed - 2;
	}
	c.title_w = right - c.title;
	return c;
}

static void draw_head(struct grid *g, const struct view_list *v)
{
	char n[VIEW_NUMBER], text[64];

	snprintf(text, sizeof text, "%s%s article%s", view_number(v->count, n), v->unread ? " unread" : "", v->count == 1 ? "" : "s");
	view_header(g, v->feed ? v->feed : v->unread ? "Unread articles" : "All articles", "newest first");
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_DIM, text);
}

static void draw_row(struct grid *g, int row, const void *data, int i)
{
	const struct view_list *v = data;
	const struct page_entry *e;
	struct columns c = columns_of(v, g->cols);
	char age[DATE_TEXT];
	unsigned style;

	if (i < v->first || i >= v->first + (int)v->page->n)
		return;
	e = &v->page->entries[i - v->first];
	style = e->read ? STYLE_DIM : STYLE_PLAIN;
	(void)grid_fit(g, row, c.title, c.title_w, style | (e->read ? 0 : STYLE_BOLD), title_shown(e->title));
	if (c.feed_w)
		(void)grid_fit(g, row, c.feed, c.feed_w, style, e->feed);
	if (e->starred)
		(void)grid_puts(g, row, c.star, 1, STYLE_STAR, "★");
	(void)grid_right(g, row, c.age, AGE, STYLE_DIM, date_age(v->page->now, e->published, age));
}

static void draw_nothing(struct grid *g, const struct view_list *v)
{
	static const char FEED[] = "Nothing of this feed is stored. r fetches it now, q goes back.";
	static const char ALL[] = "No articles are stored. R fetches your feeds now, q goes back.";
	static const char UNREAD[] = "Nothing here is unread. U shows what was read too, q goes back.";
	int width = g->cols - 4 < 66 ? g->cols - 4 : 66, col = (g->cols - width) / 2, row = HEAD + (g->rows > 16 ? 3 : 1);

	(void)grid_fit(g, row, col, width, STYLE_TITLE | STYLE_BOLD, v->unread ? "All read" : "Nothing to read yet");
	(void)view_paragraph(g, row + 2, col, width, g->rows - 1 - row - 2, STYLE_PLAIN, v->unread ? UNREAD : v->feed ? FEED : ALL);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_OPEN, "open" }, { ACTION_TOGGLE_READ, "read" }, { ACTION_UNREAD_ONLY, "unread only" }, { ACTION_REFRESH, "fetch" }, { ACTION_HELP, "help" },
		{ ACTION_BACK, "back" },
	};
	static const struct hint UNREAD[] = {
		{ ACTION_OPEN, "open" }, { ACTION_TOGGLE_READ, "read" }, { ACTION_UNREAD_ONLY, "all" }, { ACTION_REFRESH, "fetch" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_list *v = data;

	grid_blank(g);
	draw_head(g, v);
	if (c->fresh)
		(void)grid_fit(g, 2, 1, g->cols - 2, STYLE_NOTICE | STYLE_BOLD, c->fresh);
	view_rows(g, at, HEAD, 1, v->count, draw_row, v);
	if (v->count == 0)
		draw_nothing(g, v);
	view_footer(g, SCREEN_LIST, v->unread ? UNREAD : HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_list = { SCREEN_LIST, true, draw };
