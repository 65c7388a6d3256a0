/* Why: one article's score as the sum that it is, part by part, and what would change it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/sheet.h"

static const char *kind_word(const char *kind)
{
	static const struct { const char *kind, *word; } WORDS[] = {
		{ "base", "" }, { "term", "word" },
	};

	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if (strcmp(WORDS[i].kind, kind) == 0)
			return WORDS[i].word;
	return kind;
}

/* Narrow screens have no room for bars: there the numbers and their colours must do. */
static int bar_width(const struct grid *g)
{
	return sheet_cols(g) >= 100 ? 31 : sheet_cols(g) >= 60 ? 19 : 0;
}

/* The column of the numbers: two decimals and a sign. */
static int number_col(const struct grid *g)
{
	return sheet_cols(g) - 2 - 7 - (bar_width(g) ? bar_width(g) + 2 : 0);
}

static void draw_number(struct grid *g, int row, double weight, unsigned style)
{
	char text[32];

	snprintf(text, sizeof text, "%+.2f", weight);
	(void)grid_right(g, row, number_col(g), 7, style, text);
}

static void draw_part(struct sheet *s, const struct reason *r, double most)
{
	struct grid *g = s->g;
	int bar_w = bar_width(g), row = sheet_row(s);

	(void)grid_fit(g, row, 2, 9, STYLE_DIM, kind_word(r->kind));
	(void)grid_fit(g, row, 12, number_col(g) - 13, STYLE_PLAIN, r->name);
	draw_number(g, row, r->weight, r->weight < 0 ? STYLE_BAD : STYLE_GOOD);
	if (bar_w)
		view_signed(g, row, sheet_cols(g) - 2 - bar_w, bar_w, most > 0 ? r->weight / most : 0);
}

#define PARTS_FEW 12    /* are shown however small */
#define PART_SMALL 0.05 /* of the largest: further words and articles that weigh less share a line, or there would be a hundred */

/* What is left of the kinds that have parts by the hundred, as one line each. */
static void draw_rest(struct sheet *s, const struct reason *r, size_t n, double most)
{
	static const struct { const char *kind, *one, *many; } FOLDED[] = { { "similar", "article", "articles" }, { "term", "word", "words" } };

	for (size_t k = 0; k < sizeof FOLDED / sizeof FOLDED[0]; k++) {
		struct reason rest = { .kind = FOLDED[k].kind };
		size_t count = 0;
		char words[48];

		for (size_t i = 0; i < n; i++)
			if (strcmp(r[i].kind, FOLDED[k].kind) == 0) {
				rest.weight += r[i].weight;
				count++;
			}
		snprintf(words, sizeof words, "%zu more %s", count, count == 1 ? FOLDED[k].one : FOLDED[k].many);
		rest.name = words;
		if (count)
			draw_part(s, &rest, most);
	}
}

static bool folds(const struct reason *r)
{
	return strcmp(r->kind, "similar") == 0 || strcmp(r->kind, "term") == 0;
}

/* The largest first. `eclose why` has all of them. */
static void draw_parts(struct sheet *s, const struct page_entry *e, double most)
{
	size_t shown = 0;

	while (shown < e->n_reasons && (shown < PARTS_FEW || fabs(e->reasons[shown].weight) >= PART_SMALL * most))
		draw_part(s, &e->reasons[shown++], most);
	for (size_t i = shown; i < e->n_reasons; i++)
		if (!folds(&e->reasons[i]))
			draw_part(s, &e->reasons[i], most);
	draw_rest(s, e->reasons + shown, e->n_reasons - shown, most);
}

static void draw_total(struct sheet *s, const struct page_entry *e)
{
	struct grid *g = s->g;
	char words[48];
	int row;

	grid_repeat(g, sheet_row(s), 2, sheet_cols(g) - 4, STYLE_DIM, "─");
	row = sheet_row(s);
	(void)grid_puts(g, row, 2, 9, STYLE_BOLD, "sum");
	snprintf(words, sizeof words, "give or take %.2f", e->sd);
	(void)grid_fit(g, row, 12, number_col(g) - 13, STYLE_DIM, words);
	draw_number(g, row, e->score, STYLE_BOLD);
}

/* What can be counted, and no chance in per cent: the model is asked for an order, and nothing holds it to its chances. */
static void draw_place(struct sheet *s, const struct page_entry *e)
{
	char text[300], place[VIEW_NUMBER], of[VIEW_NUMBER], where[100] = "";

	if (e->nearer >= .5)
		snprintf(where, sizeof where, " It lies nearer to what you have read than %.0f\u00a0%% of them.", floor(100 * e->nearer));
	else if (e->nearer >= 0)
		snprintf(where, sizeof where, " It lies further from what you have read than %.0f\u00a0%% of them.", floor(100 * (1 - e->nearer)));
	else
		snprintf(where, sizeof where, " What you like to read isn't known yet.");
	snprintf(text, sizeof text, "By score alone it is number %s of %s unread articles.%s", view_number((int64_t)e->place, place),
		view_number((int64_t)e->of, of), where);
	if (e->of > 1)
		sheet_paragraph(s, 2, STYLE_PLAIN, text);
	if (e->slot == SLOT_SERENDIPITY && e->slot_reason) {
		snprintf(text, sizeof text, "◇ It stands in a place set aside for chance (%.150s).", e->slot_reason);
		sheet_paragraph(s, 2, STYLE_SERENDIPITY, text);
	} else if (e->slot == SLOT_EXPLORE) {
		sheet_paragraph(s, 2, STYLE_EXPLORE, "+ It stands on the page because the slider asks for more of this topic.");
	}
}

static void draw_all(struct sheet *s, const void *data)
{
	const struct view_why *v = data;
	const struct page_entry *e = v->entry;
	double most = 0;

	sheet_paragraph(s, 2, STYLE_TITLE | STYLE_BOLD, e->title && *e->title ? e->title : "(no title)");
	draw_place(s, e);
	s->line++;
	for (size_t i = 0; i < e->n_reasons; i++)
		most = fabs(e->reasons[i].weight) > most ? fabs(e->reasons[i].weight) : most;
	draw_parts(s, e, most);
	draw_total(s, e);
	if (v->n_change == 0)
		return;
	s->line++;
	sheet_paragraph(s, 2, STYLE_TITLE | STYLE_BOLD, "What would change it");
	for (size_t i = 0; i < v->n_change; i++)
		sheet_flow(s, 2, STYLE_PLAIN, BLOCK_ITEM, v->change[i]);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_DOWN, "down" }, { ACTION_UP, "up" }, { ACTION_UNDO, "undo" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};

	sheet_draw(g, at, draw_all, data);
	view_header(g, "Why it stands there", NULL);
	view_footer(g, SCREEN_WHY, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_why = { SCREEN_WHY, false, draw };
