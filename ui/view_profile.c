/* What the model holds of its reader, section by section; and the articles that a row of it came from. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/sheet.h"

#define HEAD 3

static const char *const heading[PORTRAIT_COUNT] = {
#define X(name, word, words) words,
	PORTRAIT_SECTIONS(X)
#undef X
};

/* ---- rows, counted through all sections ---- */

const struct portrait_row *view_profile_row(const struct portrait *p, int i, enum portrait_kind *kind)
{
	for (int k = 0; k < PORTRAIT_COUNT; k++) {
		if (i < (int)p->section[k].n) {
			*kind = (enum portrait_kind)k;
			return i >= 0 ? &p->section[k].row[i] : NULL;
		}
		i -= (int)p->section[k].n;
	}
	return NULL;
}

int view_profile_find(const struct portrait *p, enum portrait_kind kind, const char *name)
{
	int first = 0;

	for (int k = 0; k < (int)kind; k++)
		first += (int)p->section[k].n;
	for (size_t i = 0; name && i < p->section[kind].n; i++)
		if (strcmp(p->section[kind].row[i].name, name) == 0)
			return first + (int)i;
	return name ? -1 : first;
}

static int count_rows(const struct portrait *p)
{
	int n = 0;

	for (int k = 0; k < PORTRAIT_COUNT; k++)
		n += (int)p->section[k].n;
	return n;
}

/* A section's first row has its heading above it, and a blank line above that. */
static int height(const void *data, int i)
{
	const struct portrait *p = data;
	enum portrait_kind kind = PORTRAIT_TOPICS;
	const struct portrait_row *row = view_profile_row(p, i, &kind);

	return row && row == p->section[kind].row ? i ? 3 : 2 : 1;
}

/* ---- a row ---- */

static bool is_share(enum portrait_kind kind)
{
	return kind == PORTRAIT_HOURS || kind == PORTRAIT_WEEKDAYS;
}

/* Columns from the right: age, readings, bar, number; a narrow screen has no bar. */
struct columns { int name, name_w, number, bar, bar_w, readings, age; };

#define NUMBER 6
#define READINGS 9
#define AGE 4

static struct columns columns_of(const struct grid *g)
{
	struct columns c = { .name = 3 };

	c.age = sheet_cols(g) - 1 - AGE;
	c.readings = c.age - 1 - READINGS;
	c.bar_w = view_signed_width(g);
	c.bar = c.readings - (c.bar_w ? c.bar_w + 1 : 0);
	c.number = c.bar - 1 - NUMBER;
	c.name_w = c.number - 1 - c.name;
	return c;
}

/* Two decimals need six cells up to +-99.99; a share is in per cent. */
static void draw_number(struct grid *g, int row, const struct columns *c, enum portrait_kind kind, double weight)
{
	char text[32];

	if (fabs(weight) < 0.005)
		weight = 0; /* not "-0.00" */
	snprintf(text, sizeof text, is_share(kind) ? "%.0f %%" : "%+.2f", is_share(kind) ? 100 * weight : weight);
	(void)grid_right(g, row, c->number, NUMBER, weight < 0 ? STYLE_BAD : STYLE_GOOD, text);
}

static void draw_mark(struct grid *g, int row, const struct portrait_row *r)
{
	const char *mark = r->edit >= EDIT_MOST ? "+" : r->edit <= -EDIT_MOST ? "-" : "=";

	if (r->edit != 0)
		(void)grid_puts(g, row, 1, 1, (r->edit > 0 ? STYLE_GOOD : STYLE_BAD) | STYLE_BOLD, mark);
}

static void draw_row(struct grid *g, int row, const struct columns *c, const struct view_profile *v, enum portrait_kind kind, const struct portrait_row *r, double most)
{
	const struct portrait *p = v->portrait;
	char text[48], age[DATE_TEXT];

	draw_mark(g, row, r);
	(void)grid_fit(g, row, c->name, c->name_w, r->n || kind == PORTRAIT_PARTS ? STYLE_PLAIN : STYLE_DIM, r->name);
	draw_number(g, row, c, kind, r->weight);
	if (c->bar_w)
		view_signed(g, row, c->bar, c->bar_w, most > 0 ? r->weight / most : 0);
	if (kind == PORTRAIT_PARTS)
		snprintf(text, sizeof text, "+-%.2f", r->sd);
	else
		snprintf(text, sizeof text, "%zu read", r->n);
	(void)grid_right(g, row, c->readings, READINGS, STYLE_DIM, text);
	if (r->n)
		(void)grid_right(g, row, c->age, AGE, STYLE_DIM, date_age(p->now, p->reading[r->reading[0]].at, age));
}

static void draw_heading(struct grid *g, int row, const struct portrait_section *s, enum portrait_kind kind)
{
	char words[160];

	if (s->of > s->n)
		snprintf(words, sizeof words, "%s (%zu of %zu: the strongest either way)", heading[kind], s->n, s->of);
	else
		snprintf(words, sizeof words, "%s", heading[kind]);
	(void)grid_fit(g, row, 1, g->cols - 2, STYLE_TITLE | STYLE_BOLD, words);
}

#define SCALE_LEAST 0.25 /* log-odds: where all weigh next to nothing the bars say so */

/* What fills a bar. */
static double most_of(const struct portrait_section *s, enum portrait_kind kind)
{
	double most = is_share(kind) ? 0 : SCALE_LEAST;

	for (size_t i = 0; i < s->n; i++)
		most = fmax(most, fabs(s->row[i].weight));
	return most;
}

/* ---- the list ---- */

static void draw_list(struct grid *g, const struct view_profile *v, struct place *at)
{
	const struct portrait *p = v->portrait;
	struct columns c = columns_of(g);
	int row = HEAD, last = g->rows - 1;

	place_keep(at, last - row, height, p);
	for (int i = at->top; i < at->count; i++, at->shown++) {
		enum portrait_kind kind = PORTRAIT_TOPICS;
		const struct portrait_row *r = view_profile_row(p, i, &kind);
		int h = height(p, i), skip = i == at->top && h == 3; /* no blank line at the very top */

		if (row + h - skip > last)
			break;
		row += h - skip - 1;
		if (h > 1)
			draw_heading(g, row - 1, &p->section[kind], kind);
		draw_row(g, row, &c, v, kind, r, most_of(&p->section[kind], kind));
		grid_spot(g, (struct spot){ SPOT_ENTRY, row, 0, 1, g->cols, i });
		if (i == at->cursor)
			grid_mark(g, row, 0, sheet_cols(g), STYLE_CURSOR);
		row++;
	}
}

static void draw_head(struct grid *g, const struct view_profile *v)
{
	const struct portrait *p = v->portrait;
	char readings[VIEW_NUMBER], events[VIEW_NUMBER], text[200];
	int used = snprintf(text, sizeof text, "%s reading%s", view_number((int64_t)p->n_readings, readings), p->n_readings == 1 ? "" : "s");

	if (g->cols >= 60)
		used += snprintf(text + used, sizeof text - (size_t)used, " · %s action%s", view_number(p->events, events), p->events == 1 ? "" : "s");
	if (p->paced)
		snprintf(text + used, sizeof text - (size_t)used, " · you read %.0f words a minute", p->words_a_minute);
	else if (g->cols >= 60)
		snprintf(text + used, sizeof text - (size_t)used, " · how fast you read isn't known yet");
	view_header(g, "What the model holds of you", g->cols >= 60 ? "weight, read, last" : NULL);
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_DIM, text);
}

/* What the row under the cursor is, where its line has no room for it. */
static void draw_banner(struct grid *g, const struct view_profile *v, const struct place *at, const struct chrome *c)
{
	enum portrait_kind kind = PORTRAIT_COUNT;
	const struct portrait_row *r = view_profile_row(v->portrait, at->cursor, &kind);
	char text[300] = "";

	if (c->fresh)
		snprintf(text, sizeof text, "%.90s", c->fresh);
	else if (v->portrait->model && kind == PORTRAIT_PARTS)
		snprintf(text, sizeof text, "Scores are those of %s; this is what the interest model learned beside it.", v->portrait->model);
	else if (r && r->edit != 0)
		snprintf(text, sizeof text, "%s by you: %+.1f", r->edit >= EDIT_MOST ? "pinned" : r->edit <= -EDIT_MOST ? "banned" : "weighed", r->edit);
	(void)grid_fit(g, 2, 1, g->cols - 2, STYLE_NOTICE, text);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_OPEN, "came from" }, { ACTION_PIN, "pin" }, { ACTION_BAN, "ban" }, { ACTION_WEIGH, "weigh" }, { ACTION_FORGET, "forget" }, { ACTION_NEXT_SECTION, "section" },
		{ ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_profile *v = data;

	grid_blank(g);
	draw_head(g, v);
	at->count = count_rows(v->portrait);
	at->shown = 0;
	place_clamp(at, true);
	draw_list(g, v, at);
	draw_banner(g, v, at, c);
	view_footer(g, SCREEN_PROFILE, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_profile = { SCREEN_PROFILE, true, draw };

/* ---- what a row came from ---- */

/* "45 s", "4 min", "1 h 05" */
static const char *duration(double seconds, char *out, size_t size)
{
	long s = lround(seconds), min = (s + 30) / 60;

	if (seconds < 0)
		return "";
	if (s < 60)
		snprintf(out, size, "%ld s", s);
	else if (min < 60)
		snprintf(out, size, "%ld min", min);
	else
		snprintf(out, size, "%ld h %02ld", min / 60, min % 60);
	return out;
}

#define LONG 7 /* cells of a duration */

static void draw_reading(struct grid *g, int row, const void *data, int i)
{
	const struct view_readings *v = data;
	const struct page_entry *e = &v->page->entries[i];
	int age = g->cols - 1 - AGE, lasted = age - 1 - LONG, star = lasted - 2, feed_w = g->cols >= 60 ? g->cols / 5 : 0;
	int feed = star - 1 - feed_w, title_w = (feed_w ? feed - 2 : star - 1) - 1;
	char text[32], when[DATE_TEXT];

	(void)grid_fit(g, row, 1, title_w, STYLE_PLAIN, title_shown(e->title));
	if (feed_w)
		(void)grid_fit(g, row, feed, feed_w, STYLE_DIM, e->feed);
	if (e->starred)
		(void)grid_puts(g, row, star, 1, STYLE_STAR, "★");
	(void)grid_right(g, row, lasted, LONG, STYLE_PLAIN, duration(v->reading[i].dwell, text, sizeof text));
	(void)grid_right(g, row, age, AGE, STYLE_DIM, date_age(v->page->now, v->reading[i].at, when));
}

static void draw_readings(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_OPEN, "open" }, { ACTION_WHY, "why" }, { ACTION_MORE_LIKE_THIS, "more" }, { ACTION_NOT_THIS_KIND, "less" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_readings *v = data;
	char n[VIEW_NUMBER], text[80];

	grid_blank(g);
	view_header(g, v->name, g->cols >= 60 ? "how long, when" : NULL);
	snprintf(text, sizeof text, "%s article%s that you read", view_number((int64_t)v->page->n, n), v->page->n == 1 ? "" : "s");
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_DIM, text);
	view_rows(g, at, HEAD, 1, (int)v->page->n, draw_reading, v);
	view_footer(g, SCREEN_LIST, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_readings = { SCREEN_LIST, true, draw_readings };
