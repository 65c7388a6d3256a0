/* Why: one article's score as the sum that it is, part by part, and what would change it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/view.h"

#define HEAD 1

/* Lines are numbered from the top of the text; those that aren't on the screen get a row that the grid clips away. */
struct sheet {
	struct grid *g;
	const struct place *at;
	int line, rows;
};

static int next_row(struct sheet *s)
{
	int i = s->line++ - s->at->top;

	return i >= 0 && i < s->rows ? HEAD + i : -1;
}

static const char *kind_word(const char *kind)
{
	static const struct { const char *kind, *word; } WORDS[] = {
		{ "base", "start" }, { "term", "word" }, { "similar", "like" }, { "coverage", "coverage" },
	};

	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if (strcmp(WORDS[i].kind, kind) == 0)
			return WORDS[i].word;
	return kind;
}

/* A bar to the right of the axis for what speaks for it, to the left for what speaks against. */
static void draw_signed(struct grid *g, int row, int col, int width, double share)
{
	int half = (width - 1) / 2, n = (int)lround(fabs(share) * half);

	(void)grid_puts(g, row, col + half, 1, STYLE_DIM, "│");
	if (share >= 0)
		grid_repeat(g, row, col + half + 1, n, STYLE_GOOD, "█");
	else
		grid_repeat(g, row, col + half - n, n, STYLE_BAD, "█");
}

static void draw_part(struct sheet *s, const struct reason *r, double most)
{
	struct grid *g = s->g;
	int bar_w = g->cols >= 100 ? 31 : g->cols >= 60 ? 19 : 9, bar = g->cols - 2 - bar_w, weight = bar - 9, row = next_row(s);
	char number[32];

	(void)grid_fit(g, row, 2, 9, STYLE_DIM, kind_word(r->kind));
	(void)grid_fit(g, row, 12, weight - 13, STYLE_PLAIN, r->name);
	snprintf(number, sizeof number, "%+.2f", r->weight);
	(void)grid_right(g, row, weight, 7, r->weight < 0 ? STYLE_BAD : STYLE_GOOD, number);
	draw_signed(g, row, bar, bar_w, most > 0 ? r->weight / most : 0);
}

static void draw_total(struct sheet *s, const struct page_entry *e)
{
	struct grid *g = s->g;
	int bar_w = g->cols >= 100 ? 31 : g->cols >= 60 ? 19 : 9, weight = g->cols - 2 - bar_w - 9, row = next_row(s);
	char number[32], words[80];

	grid_repeat(g, row, 2, g->cols - 4, STYLE_DIM, "─");
	row = next_row(s);
	(void)grid_puts(g, row, 2, 9, STYLE_BOLD, "sum");
	snprintf(number, sizeof number, "%+.2f", e->score);
	(void)grid_right(g, row, weight, 7, STYLE_BOLD, number);
	snprintf(words, sizeof words, "%.0f %%", 100 * view_interest(e->score));
	(void)grid_fit(g, row, g->cols - 2 - bar_w, bar_w, STYLE_PLAIN, words);
}

/* Wrapped between col and the right edge; each line takes its own row of the sheet. */
static void paragraph(struct sheet *s, int col, unsigned style, const char *text)
{
	struct grid *g = s->g;
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = text };
	struct blocks bs = { .block = &b, .n = 1 };
	struct arena a = ARENA_INIT;
	struct line *line;
	size_t n = layout_blocks(&a, &bs, g->cols - 2 - col, g->ascii, &line);

	for (size_t i = 0; i < n; i++) {
		int row = next_row(s), x = col;

		for (size_t k = 0; k < line[i].n; k++)
			x += grid_put(g, row, x, g->cols - 1 - x, style, line[i].run[k].text, line[i].run[k].len);
	}
	arena_clear(&a);
}

static void draw_place(struct sheet *s, const struct page_entry *e)
{
	char text[200];

	snprintf(text, sizeof text, "The chance that it interests you is put at %.0f\u00a0%%, give or take %.0f; it lies %.0f\u00a0%% of the way outside what you read.",
		100 * view_interest(e->score), 100 * (view_interest(e->score + e->sd) - view_interest(e->score - e->sd)) / 2, 100 * e->distance);
	paragraph(s, 2, STYLE_PLAIN, text);
	if (e->slot == SLOT_SERENDIPITY && e->slot_reason) {
		snprintf(text, sizeof text, "◇ A place set aside for chance: %.120s.", e->slot_reason);
		paragraph(s, 2, STYLE_SERENDIPITY, text);
	} else if (e->slot == SLOT_EXPLORE) {
		paragraph(s, 2, STYLE_EXPLORE, "+ It stands on the page because the slider asks for more of this topic.");
	}
}

static void draw_all(struct sheet *s, const struct view_why *v)
{
	const struct page_entry *e = v->entry;
	double most = 0;

	paragraph(s, 2, STYLE_TITLE | STYLE_BOLD, e->title && *e->title ? e->title : "(no title)");
	draw_place(s, e);
	s->line++;
	for (size_t i = 0; i < e->n_reasons; i++)
		most = fabs(e->reasons[i].weight) > most ? fabs(e->reasons[i].weight) : most;
	for (size_t i = 0; i < e->n_reasons; i++)
		draw_part(s, &e->reasons[i], most);
	draw_total(s, e);
	if (v->n_change == 0)
		return;
	s->line++;
	paragraph(s, 2, STYLE_TITLE | STYLE_BOLD, "What would change it");
	for (size_t i = 0; i < v->n_change; i++)
		paragraph(s, 2, STYLE_PLAIN, v->change[i]);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_DOWN, "down" }, { ACTION_UP, "up" }, { ACTION_UNDO, "undo" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_why *v = data;
	struct sheet s = { g, at, 0, g->rows - 1 - HEAD };

	/* Twice where the first drawing finds that the text ends above the place that was asked for. */
	for (int turn = 0; turn < 2; turn++) {
		int top = at->top;

		grid_blank(g);
		s.line = 0;
		draw_all(&s, v);
		at->count = s.line;
		at->shown = s.rows;
		place_clamp(at, false);
		if (at->top == top)
			break;
	}
	view_header(g, "Why it stands there", NULL);
	view_footer(g, SCREEN_WHY, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_why = { SCREEN_WHY, false, draw };
