/* How one feed is doing: where it is asked and when, and what its fetches brought. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ui/sheet.h"

#define LABEL 12        /* cells, with the blank behind */
#define NOTE_BESIDE 110 /* cells of the screen from which a note stands in the row */

static void fact(struct sheet *s, const char *label, unsigned style, const char *value)
{
	int row = sheet_row(s);

	(void)grid_fit(s->g, row, 2, LABEL - 1, STYLE_DIM, label);
	(void)grid_fit(s->g, row, 2 + LABEL, sheet_cols(s->g) - 3 - LABEL, style, value);
}

/* "2026-03-31 06:00 (2h)", in UTC. */
static const char *time_words(int64_t now, int64_t t, const char *otherwise, char *out, size_t size)
{
	char date[DATE_TEXT], age[DATE_TEXT];
	const char *at;

	if (t == DATE_NONE || t == 0)
		return otherwise;
	at = date_rfc3339(t, date);
	(void)snprintf(out, size, "%.10s %.5s UTC (%s%s)", at, at + 11, t > now ? "in " : "", t > now ? date_age(t, now, age) : date_age(now, t, age));
	return out;
}

static void draw_facts(struct sheet *s, const struct view_health *v)
{
	const struct feed *f = v->feed;
	char words[320], unread[VIEW_NUMBER], items[VIEW_NUMBER];

	sheet_flow(s, 2, STYLE_TITLE | STYLE_BOLD, BLOCK_PARAGRAPH, f->title && *f->title ? f->title : v->address);
	s->line++;
	fact(s, "address", STYLE_PLAIN, v->address);
	if (v->moved_to)
		fact(s, "moved to", STYLE_NOTICE, v->moved_to);
	for (size_t i = 0; i < v->n_settings; i++)
		fact(s, i ? "" : "settings", STYLE_PLAIN, v->setting[i]);
	(void)snprintf(words, sizeof words, "%s, %s unread", view_number(f->items, items), view_number(f->unread, unread));
	fact(s, "articles", STYLE_PLAIN, words);
	fact(s, "asked", STYLE_PLAIN, time_words(v->now, f->checked, "never", words, sizeof words));
	fact(s, "new", STYLE_PLAIN, time_words(v->now, f->changed, "never", words, sizeof words));
	fact(s, "due", STYLE_PLAIN, f->gone ? "never: it is gone for good" : time_words(v->now, f->next, "now", words, sizeof words));
	if (f->failures) {
		(void)snprintf(words, sizeof words, "%d in a row: %.250s", f->failures, f->error ? f->error : "no words");
		fact(s, "failures", STYLE_BAD, words);
	}
}

/* On a narrow screen when, http and what is new only; what is to be said of it stands below where there is no room beside. */
static void draw_fetch(struct sheet *s, const struct feed_fetch *f, int64_t now)
{
	struct grid *g = s->g;
	bool wide = g->cols >= 60, fine = f->http == 304 || (f->http >= 200 && f->http < 300 && (!f->note || strncmp(f->note, "moved to ", 9) == 0));
	int row = sheet_row(s), x = 2;
	char when[DATE_TEXT], date[DATE_TEXT], words[32], number[VIEW_NUMBER];

	(void)grid_right(g, row, x, 4, STYLE_DIM, date_age(now, f->at, when));
	x += 6;
	if (wide) {
		(void)date_rfc3339(f->at, date);
		(void)snprintf(words, sizeof words, "%.10s %.5s", date, date + 11);
		(void)grid_fit(g, row, x, 16, STYLE_DIM, words);
		x += 18;
	}
	(void)snprintf(words, sizeof words, "%d", f->http);
	(void)grid_right(g, row, x, 4, fine ? STYLE_PLAIN : STYLE_BAD, f->http ? words : "-");
	(void)grid_right(g, row, x + 5, 6, f->items_new ? STYLE_BOLD : STYLE_DIM, view_number(f->items_new, number));
	x += 13;
	if (wide) {
		(void)grid_right(g, row, x - 1, 11, STYLE_DIM, view_number(f->bytes, number));
		(void)grid_right(g, row, x + 11, 7, STYLE_DIM, view_number((int64_t)(f->ms + .5), words));
		x += 20;
	}
	if (f->note && g->cols < NOTE_BESIDE) {
		row = sheet_row(s);
		x = 8;
	}
	if (f->note)
		(void)grid_fit(g, row, x, g->cols - 1 - x, fine ? STYLE_NOTICE : STYLE_BAD, f->note);
}

static void draw_heads(struct sheet *s)
{
	struct grid *g = s->g;
	bool wide = g->cols >= 60;
	int row = sheet_row(s), x = wide ? 26 : 8;

	if (wide)
		(void)grid_fit(g, row, 8, 16, STYLE_DIM, "fetched (UTC)");
	else
		(void)grid_right(g, row, 2, 4, STYLE_DIM, "ago");
	(void)grid_right(g, row, x, 4, STYLE_DIM, "http");
	(void)grid_right(g, row, x + 5, 6, STYLE_DIM, "new");
	if (wide) {
		(void)grid_right(g, row, x + 12, 11, STYLE_DIM, "bytes");
		(void)grid_right(g, row, x + 24, 7, STYLE_DIM, "ms");
	}
}

static void draw_all(struct sheet *s, const void *data)
{
	const struct view_health *v = data;

	draw_facts(s, v);
	sheet_heading(s, "Fetches that brought something, failed or moved");
	if (!v->n) {
		sheet_paragraph(s, 2, STYLE_DIM, "None so far.");
		return;
	}
	draw_heads(s);
	for (size_t i = 0; i < v->n; i++)
		draw_fetch(s, &v->fetch[i], v->now);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = { { ACTION_REFRESH, "fetch" }, { ACTION_FOLLOW, "take over" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" } };
	static const struct hint PLAIN[] = { { ACTION_REFRESH, "fetch" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" } };
	const struct view_health *v = data;

	sheet_draw(g, at, draw_all, data);
	view_header(g, "How the feed is doing", NULL);
	if (v->moved_to)
		view_footer(g, SCREEN_HEALTH, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
	else
		view_footer(g, SCREEN_HEALTH, PLAIN, sizeof PLAIN / sizeof PLAIN[0], NULL, c);
}

const struct view view_health = { SCREEN_HEALTH, false, draw };
