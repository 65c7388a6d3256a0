/* One feed: where it is, how it is doing, when it is asked, and the fetches that brought something, failed or found it moved. */
#include <stdio.h>

#include "ui/keys.h"
#include "ui/sheet.h"

#define NAME_W 11

static void fact(struct sheet *s, const char *name, unsigned style, const char *value)
{
	if (!value || !*value)
		return;
	(void)grid_fit(s->g, sheet_row(s), 2, NAME_W, STYLE_DIM, name);
	s->line--; /* the value begins beside it */
	sheet_paragraph(s, 2 + NAME_W + 1, style, value);
}

/* "2026-03-31 06:00 (3h)" */
static const char *when(int64_t now, int64_t t, char *out, size_t size)
{
	char date[DATE_TEXT], age[DATE_TEXT];

	if (t == DATE_NONE || t == 0)
		return "never";
	(void)date_rfc3339(t, date);
	snprintf(out, size, "%.10s %.5s UTC (%s)", date, date + 11, date_age(now, t, age));
	return out;
}

static void draw_facts(struct sheet *s, const struct view_history *v)
{
	const struct feed *f = v->feed;
	char text[400], items[VIEW_NUMBER], unread[VIEW_NUMBER];

	sheet_flow(s, 2, STYLE_TITLE | STYLE_BOLD, BLOCK_PARAGRAPH, f->title && *f->title ? f->title : v->address);
	s->line++;
	fact(s, "address", STYLE_PLAIN, v->address);
	fact(s, "moved to", STYLE_NOTICE, v->moved);
	snprintf(text, sizeof text, "%s unread of %s", view_number(f->unread, unread), view_number(f->items, items));
	fact(s, "articles", STYLE_PLAIN, text);
	fact(s, "health", view_ailing(f) ? STYLE_BAD : STYLE_PLAIN, feed_moved(f) && !view_ailing(f) ? "ok" : view_health(f, text, sizeof text));
	fact(s, "asked", STYLE_PLAIN, when(v->now, f->checked, text, sizeof text));
	fact(s, "brought new", STYLE_PLAIN, when(v->now, f->changed, text, sizeof text));
	fact(s, "due", STYLE_PLAIN, f->gone ? "never" : f->next == DATE_NONE || f->next <= v->now ? "now" : when(v->now, f->next, text, sizeof text));
	fact(s, "asks for", STYLE_PLAIN, v->asks);
}

/* Right-aligned; bytes and ms only where there is room. */
static void draw_numbers(struct sheet *s, int row, const char *new, const char *http, const char *bytes, const char *ms, unsigned style)
{
	int col = s->g->cols >= 60 ? 28 : 20;

	(void)grid_right(s->g, row, col, 6, style, new);
	(void)grid_right(s->g, row, col + 6, 6, style, http);
	if (s->g->cols < 60)
		return;
	(void)grid_right(s->g, row, col + 12, 12, style, bytes);
	(void)grid_right(s->g, row, col + 24, 9, style, ms);
}

static void draw_fetch(struct sheet *s, const struct feed_fetch *x, int64_t now)
{
	char date[DATE_TEXT], age[DATE_TEXT], time[64], new[VIEW_NUMBER], http[16] = "-", bytes[VIEW_NUMBER], ms[VIEW_NUMBER];
	int row = sheet_row(s);

	(void)date_rfc3339(x->at, date);
	snprintf(time, sizeof time, "%.10s %.5s", date, date + 11);
	(void)grid_fit(s->g, row, 2, 16, STYLE_PLAIN, time);
	if (s->g->cols >= 60)
		(void)grid_right(s->g, row, 20, 5, STYLE_DIM, date_age(now, x->at, age));
	if (x->http)
		snprintf(http, sizeof http, "%d", x->http);
	draw_numbers(s, row, view_number(x->items_new, new), http, view_number(x->bytes, bytes), view_number((int64_t)(x->ms + .5), ms), STYLE_PLAIN);
	if (x->note)
		sheet_paragraph(s, 4, x->http >= 200 && x->http <= 399 ? STYLE_NOTICE : STYLE_BAD, x->note);
}

static void draw_all(struct sheet *s, const void *data)
{
	const struct view_history *v = data;
	int row;

	draw_facts(s, v);
	sheet_heading(s, "Fetches that brought something, failed or found it moved");
	if (!v->n) {
		sheet_paragraph(s, 2, STYLE_DIM, "None yet.");
		return;
	}
	row = sheet_row(s);
	(void)grid_fit(s->g, row, 2, 16, STYLE_DIM, "UTC");
	draw_numbers(s, row, "new", "http", "bytes", "ms", STYLE_DIM);
	for (size_t i = 0; i < v->n; i++)
		draw_fetch(s, &v->fetch[i], v->now);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_FOLLOW, "take the new address" }, { ACTION_DOWN, "down" }, { ACTION_UP, "up" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_history *v = data;
	size_t first = v->moved ? 0 : 1;

	sheet_draw(g, at, draw_all, data);
	view_header(g, "How a feed is doing", NULL);
	view_footer(g, SCREEN_HISTORY, HINTS + first, sizeof HINTS / sizeof HINTS[0] - first, NULL, c);
}

const struct view view_history = { SCREEN_HISTORY, false, draw };
