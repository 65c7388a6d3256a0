/* The front page: a row an article, a second dim one under a serendipity slot that says why it is there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/slider.h"
#include "ui/view.h"

#define HEAD 3 /* lines above the list */
#define BAR 5  /* cells of the score */
#define AGE 4

/* Where the columns stand; a width of 0: not shown. */
struct columns {
	int bar, mark, title, title_w, feed, feed_w, topic, topic_w, why, why_w, star, age;
};

static int clamp(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* Narrow screens lose the topic first, then the feed; wide ones gain the strongest reasons, once there are any. */
static struct columns columns_of(const struct view_page *v, int cols)
{
	struct columns c = { .bar = 1, .mark = BAR + 2, .title = BAR + 4 };
	int right;

	c.age = cols - 1 - AGE;
	c.star = c.age - 2;
	right = c.star - 1;
	if (cols >= 120 && v->page->learned_from > 0) {
		c.why_w = clamp(cols / 4, 24, 56);
		c.why = right - c.why_w;
		right = c.why - 2;
	}
	if (cols >= 76) {
		c.topic_w = clamp(cols / 8, 10, 22);
		c.topic = right - c.topic_w;
		right = c.topic - 2;
	}
	if (cols >= 60) {
		c.feed_w = clamp(cols / 6, 10, 24);
		c.feed = right - c.feed_w;
		right = c.feed - 2;
	}
	c.title_w = right - c.title;
	return c;
}

/* ---- the head ---- */

static int draw_slider(struct grid *g, int col, int width, int explore)
{
	int knob = slider_knob(width, explore);
	const char *preset = slider_preset(explore);
	char number[16];

	col += grid_puts(g, 0, col, 1, STYLE_DIM, "[");
	grid_spot(g, (struct spot){ SPOT_SLIDER, 0, col, 1, width, 0 });
	grid_repeat(g, 0, col, knob, STYLE_KNOB, "━");
	(void)grid_puts(g, 0, col + knob, 1, STYLE_KNOB | STYLE_BOLD, "●");
	grid_repeat(g, 0, col + knob + 1, width - 1 - knob, STYLE_DIM, "─");
	col += width;
	col += grid_puts(g, 0, col, 1, STYLE_DIM, "]") + 1;
	snprintf(number, sizeof number, "%d", explore);
	col += grid_puts(g, 0, col, 3, STYLE_KNOB | STYLE_BOLD, number);
	return preset ? col + 1 + grid_puts(g, 0, col + 1, g->cols - 2 - col, STYLE_KNOB, preset) : col;
}

/* How many articles there were to choose from, how many bans left out, and how many readings to learn from: whole words, as far as there is room. */
static void draw_counts(struct grid *g, int col, const struct page *p)
{
	char n[VIEW_NUMBER], banned[48] = "", learned[80] = "", text[200];
	const char *part[] = { banned, learned };
	int room = g->cols - 1 - col, used = snprintf(text, sizeof text, "%s article%s", view_number((int64_t)p->candidates, n), p->candidates == 1 ? "" : "s");

	if (p->banned)
		snprintf(banned, sizeof banned, ", %s banned", view_number((int64_t)p->banned, n));
	if (p->learned_from > 0)
		snprintf(learned, sizeof learned, " · learned from %s reading%s", view_number(p->learned_from, n), p->learned_from == 1 ? "" : "s");
	for (size_t i = 0; i < sizeof part / sizeof *part && utf8_cells(text, (size_t)used) + utf8_cells(part[i], strlen(part[i])) <= room; i++)
		used += snprintf(text + used, sizeof text - (size_t)used, "%s", part[i]);
	if (utf8_cells(text, (size_t)used) <= room)
		(void)grid_right(g, 0, col, room, STYLE_DIM, text);
}

static void draw_front_head(struct grid *g, const struct view_page *v)
{
	bool wide = g->cols >= 64;
	int col = 1 + grid_puts(g, 0, 1, g->cols, STYLE_BRAND | STYLE_BOLD, "eclose") + (wide ? 3 : 2);

	if (wide)
		col += grid_puts(g, 0, col, 8, STYLE_DIM, "explore ");
	col = draw_slider(g, col, g->cols >= 100 ? 21 : wide ? 15 : 9, v->page->explore);
	draw_counts(g, col + 2, v->page);
}

/* What the setting did, and by what the rows are ordered. */
static void draw_summary(struct grid *g, const struct view_page *v)
{
	const char *order = v->page->n == 0 ? "" : v->by_date ? "newest first" : "ranked";
	int width = (int)strlen(order), room = g->cols - 4 - width;
	char text[SLIDER_SUMMARY];

	(void)grid_fit(g, 1, 1, room, STYLE_PLAIN, slider_summary(v->page, room, text));
	(void)grid_right(g, 1, g->cols - 1 - width, width, STYLE_DIM, order);
}

static const char SAMPLES[] = "These are sample feeds. Add your own: eclose add URL or eclose import FILE";
static const char SAMPLES_NARROW[] = "Sample feeds. Yours: eclose add URL";

static void draw_banner(struct grid *g, const struct view_page *v, const struct chrome *c)
{
	int width = g->cols - 2;

	if (v->change)
		(void)grid_fit(g, 2, 1, width, STYLE_NOTICE, v->change);
	else if (c->fresh)
		(void)grid_fit(g, 2, 1, width, STYLE_NOTICE | STYLE_BOLD, c->fresh);
	else if (v->page->note)
		(void)grid_fit(g, 2, 1, width, STYLE_NOTICE, v->page->note);
	else if (v->samples)
		(void)grid_fit(g, 2, 1, width, STYLE_NOTICE, width < (int)sizeof SAMPLES - 1 ? SAMPLES_NARROW : SAMPLES);
}

/* ---- a row ---- */

/* Is it worth a word beside the row? Feed, topic and age have columns of their own. */
static bool telling(const struct reason *r)
{
	static const char *const SEEN[] = { "base", "feed", "topic", "age", "coverage", "length" };

	if (r->weight <= 0 || !r->name || !*r->name || strcmp(r->name, "others") == 0)
		return false;
	for (size_t i = 0; i < sizeof SEEN / sizeof SEEN[0]; i++)
		if (strcmp(r->kind, SEEN[i]) == 0)
			return false;
	return true;
}

/* "comet, observing": the strongest parts that speak for it. */
static void draw_why(struct grid *g, int row, const struct columns *c, const struct page_entry *e)
{
	struct buf text = BUF_INIT;
	int named = 0;

	for (size_t i = 0; i < e->n_reasons && named < 4; i++) {
		if (telling(&e->reasons[i]))
			buf_printf(&text, "%s%s", named++ ? ", " : "", e->reasons[i].name);
	}
	(void)grid_fit(g, row, c->why, c->why_w, STYLE_DIM, buf_str(&text));
	buf_clear(&text);
}

static void draw_title(struct grid *g, int row, const struct columns *c, const struct page_entry *e, unsigned style)
{
	char telling[32] = "";
	int room = c->title_w;

	if (e->feeds_telling > 1 && c->title_w >= 24) {
		snprintf(telling, sizeof telling, "%d feeds", e->feeds_telling);
		room -= (int)strlen(telling) + 2;
	}
	room = grid_fit(g, row, c->title, room, style, title_shown(e->title));
	if (*telling)
		(void)grid_puts(g, row, c->title + room + 2, c->title_w - room - 2, STYLE_NOTICE, telling);
}

/* A topic is named by its words, the strongest first: what doesn't fit is left out by whole words. */
static void draw_topic(struct grid *g, int row, const struct columns *c, const char *topic)
{
	size_t n = strlen(topic), comma = n;

	if (utf8_cells(topic, n) > c->topic_w)
		while (comma > 0 && (topic[comma] != ',' || utf8_cells(topic, comma) > c->topic_w))
			comma--;
	if (comma > 0)
		(void)grid_put(g, row, c->topic, c->topic_w, STYLE_DIM, topic, comma);
	else
		(void)grid_fit(g, row, c->topic, c->topic_w, STYLE_DIM, topic);
}

static void draw_mark(struct grid *g, int row, int col, const struct page_entry *e)
{
	if (e->slot == SLOT_SERENDIPITY)
		(void)grid_puts(g, row, col, 1, STYLE_SERENDIPITY | STYLE_BOLD, "◇");
	else if (e->slot == SLOT_EXPLORE)
		(void)grid_puts(g, row, col, 1, STYLE_EXPLORE, "+");
}

/* What the bars are measured by: the best of the page fills its bar, and a tenth is left for one that is `range` below it. */
struct scale {
	double best, range; /* log-odds; chances would crowd together near 1 once the model is sure */
};

#define RANGE_LEAST 3.0

static struct scale scale_of(const struct page *p)
{
	double best = p->n ? p->entries[0].score : 0, worst = best;

	for (size_t i = 1; i < p->n; i++) {
		best = fmax(best, p->entries[i].score);
		worst = fmin(worst, p->entries[i].score);
	}
	return (struct scale){ best, fmax(RANGE_LEAST, best - worst) };
}

/* How far it rose or fell. In the column of the ages, so that nothing else on the row moves. */
static void draw_shift(struct grid *g, int row, const struct columns *c, int by)
{
	char text[32] = "new";

	if (by != SHIFT_NEW)
		snprintf(text, sizeof text, "%s%d", by > 0 ? "▲" : "▼", abs(by));
	if (by)
		(void)grid_right(g, row, c->age, AGE, STYLE_NOTICE, text);
}

static void draw_row(struct grid *g, int row, const struct columns *c, const struct page_entry *e, const struct scale *s)
{
	unsigned style = e->read ? STYLE_DIM : STYLE_PLAIN;

	view_bar(g, row, c->bar, BAR, 1 - .9 * (s->best - e->score) / s->range, e->read ? STYLE_DIM : STYLE_SCORE);
	draw_mark(g, row, c->mark, e);
	draw_title(g, row, c, e, style | (e->read ? 0 : STYLE_BOLD));
	if (c->feed_w)
		(void)grid_fit(g, row, c->feed, c->feed_w, style, e->feed);
	if (c->topic_w)
		draw_topic(g, row, c, e->topic ? e->topic : "");
	if (c->why_w)
		draw_why(g, row, c, e);
	if (e->starred)
		(void)grid_puts(g, row, c->star, 1, STYLE_STAR, "★");
}

static int height(const struct page_entry *e)
{
	return e->slot == SLOT_SERENDIPITY && e->slot_reason ? 2 : 1;
}

/* ---- the list ---- */

static int height_of(const void *data, int i)
{
	return height(&((const struct page *)data)->entries[i]);
}

static void draw_list(struct grid *g, const struct view_page *v, struct place *at)
{
	const struct page *p = v->page;
	struct columns c = columns_of(v, g->cols);
	struct scale scale = scale_of(p);
	int row = HEAD, last = g->rows - 1;

	place_keep(at, last - row, height_of, p);
	at->shown = 0;
	for (size_t i = (size_t)at->top; i < p->n && row + height(&p->entries[i]) <= last; i++, at->shown++) {
		const struct page_entry *e = &p->entries[i];
		char age[DATE_TEXT];

		grid_spot(g, (struct spot){ SPOT_ENTRY, row, 0, height(e), g->cols, (int)i });
		draw_row(g, row, &c, e, &scale);
		if (v->shift)
			draw_shift(g, row, &c, v->shift[i]);
		else
			(void)grid_right(g, row, c.age, AGE, STYLE_DIM, date_age(p->now, e->published, age));
		if (height(e) == 2)
			(void)grid_fit(g, row + 1, c.title, g->cols - 1 - c.title, STYLE_DIM | STYLE_ITALIC, e->slot_reason);
		if ((int)i == at->cursor)
			grid_mark(g, row, 0, g->cols, STYLE_CURSOR);
		row += height(e);
	}
}

static void draw_nothing(struct grid *g, const struct view_page *v)
{
	static const char FRONT[] = "R fetches your feeds now, f shows how they are. "
		"eclose add URL subscribes to one more; eclose import FILE takes them from OPML or newsboat's urls.";
	int width = clamp(g->cols - 4, 10, 66), col = (g->cols - width) / 2, row = HEAD + (g->rows > 16 ? 3 : 1);

	(void)grid_fit(g, row, col, width, STYLE_TITLE | STYLE_BOLD, v->page->learned_from > 0 ? "All read" : "Nothing to read yet");
	(void)view_paragraph(g, row + 2, col, width, g->rows - 1 - row - 2, STYLE_PLAIN, FRONT);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint FRONT[] = {
		{ ACTION_OPEN, "open" }, { ACTION_LESS, "closer" }, { ACTION_MORE, "further" }, { ACTION_WHY, "why" },
		{ ACTION_LIKE, "like" }, { ACTION_DISLIKE, "dislike" }, { ACTION_HELP, "help" }, { ACTION_BACK, "quit" },
	};
	static const struct hint EMPTY[] = {
		{ ACTION_REFRESH_ALL, "fetch" }, { ACTION_FEEDS, "feeds" }, { ACTION_HELP, "help" }, { ACTION_BACK, "quit" },
	};
	const struct view_page *v = data;

	grid_blank(g);
	at->count = (int)v->page->n;
	place_clamp(at, true);
	draw_front_head(g, v);
	draw_summary(g, v);
	draw_banner(g, v, c);
	at->shown = 0;
	if (v->page->n)
		draw_list(g, v, at);
	else
		draw_nothing(g, v);
	if (v->page->n == 0)
		view_footer(g, SCREEN_PAGE, EMPTY, sizeof EMPTY / sizeof EMPTY[0], NULL, c);
	else
		view_footer(g, SCREEN_PAGE, FRONT, sizeof FRONT / sizeof FRONT[0], NULL, c);
}

const struct view view_page = { SCREEN_PAGE, true, draw };
