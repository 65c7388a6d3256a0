/* Why: one article's score as the sum that it is, part by part; what would move it, what it resembles, and its words. The cursor goes by lines, past those that are only read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/marked.h"
#include "ui/sheet.h"

static struct view_why *view_of(const struct sheet *s)
{
	return s->user;
}

/* What the next line is about is noted; what isn't is about nothing. */
static void note(struct sheet *s, enum why_target what, size_t index)
{
	struct view_why *v = view_of(s);

	while (v->n < (size_t)s->line) {
		MEM_GROW(v->line, v->n, v->cap);
		v->line[v->n++] = (struct why_line){ WHY_NOTHING, 0 };
	}
	MEM_GROW(v->line, v->n, v->cap);
	v->line[v->n++] = (struct why_line){ what, index };
}

static int row_of(struct sheet *s, enum why_target what, size_t index)
{
	note(s, what, index);
	return sheet_row(s);
}

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

/* The column of the numbers: two decimals and a sign. */
static int number_col(const struct grid *g)
{
	return sheet_cols(g) - 2 - 7 - (view_signed_width(g) ? view_signed_width(g) + 2 : 0);
}

static void draw_number(struct grid *g, int row, double weight, unsigned style)
{
	char text[32];

	snprintf(text, sizeof text, "%+.2f", weight);
	(void)grid_right(g, row, number_col(g), 7, style, text);
}

static void draw_part(struct sheet *s, int row, const struct reason *r, double most)
{
	struct grid *g = s->g;
	int bar_w = view_signed_width(g);

	(void)grid_fit(g, row, 2, 9, STYLE_DIM, kind_word(r->kind));
	(void)grid_fit(g, row, 12, number_col(g) - 13, STYLE_PLAIN, r->name);
	draw_number(g, row, r->weight, r->weight < 0 ? STYLE_BAD : STYLE_GOOD);
	if (bar_w)
		view_signed(g, row, sheet_cols(g) - 2 - bar_w, bar_w, most > 0 ? r->weight / most : 0);
}

/* Kinds that have parts by the hundred: only so many of them get a line of their own, or nobody would get to the end. `eclose why` has all. */
static const struct folded { const char *kind, *one, *many; size_t few; } FOLDED[] = {
	{ "similar", "article", "articles", 3 }, { "today", "article", "articles", 1 }, { "term", "word", "words", 6 }, { "habit", "habit", "habits", 3 },
};

#define KINDS_FOLDED (sizeof FOLDED / sizeof FOLDED[0])

/* Which of FOLDED a part is; KINDS_FOLDED: none. */
static size_t folds(const struct reason *r)
{
	size_t k = 0;

	while (k < KINDS_FOLDED && strcmp(r->kind, FOLDED[k].kind) != 0)
		k++;
	return k;
}

static void draw_reason(struct sheet *s, const struct page_entry *e, size_t i, double most)
{
	draw_part(s, row_of(s, WHY_PART, i), &e->reasons[i], most);
}

/* What was folded away of each kind. */
struct rests { size_t n[KINDS_FOLDED]; double weight[KINDS_FOLDED]; };

#define NOTHING 0.005 /* rounds to 0.00 */

/* Calls draw for each part that gets a line; the others go to the rests. Returns the largest |weight| of any line. */
static double each_part(struct sheet *s, const struct page_entry *e, double most, void (*draw)(struct sheet *s, const struct page_entry *e, size_t i, double most), struct rests *rest)
{
	size_t count[KINDS_FOLDED + 1] = { 0 };
	double largest = 0;

	*rest = (struct rests){ { 0 }, { 0 } };
	for (size_t i = 0; i < e->n_reasons; i++) {
		const struct reason *r = &e->reasons[i];
		size_t k = folds(r);

		if (k < KINDS_FOLDED && count[k]++ >= FOLDED[k].few) {
			rest->n[k]++;
			rest->weight[k] += r->weight;
		} else if (fabs(r->weight) >= NOTHING) {
			largest = fmax(largest, fabs(r->weight));
			if (draw)
				draw(s, e, i, most);
		}
	}
	for (size_t k = 0; k < KINDS_FOLDED; k++)
		largest = fmax(largest, fabs(rest->weight[k]));
	return largest;
}

static void draw_parts(struct sheet *s, const struct page_entry *e)
{
	struct rests rest;
	double most = each_part(s, e, 0, NULL, &rest);

	(void)each_part(s, e, most, draw_reason, &rest);
	for (size_t k = 0; k < KINDS_FOLDED; k++) {
		struct reason r = { .kind = FOLDED[k].kind, .weight = rest.weight[k] };
		char words[48];

		snprintf(words, sizeof words, "%zu more %s", rest.n[k], rest.n[k] == 1 ? FOLDED[k].one : FOLDED[k].many);
		r.name = words;
		if (rest.n[k] && fabs(r.weight) >= NOTHING)
			draw_part(s, sheet_row(s), &r, most);
	}
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

/* A line of a marked text. */
static void draw_marked(struct sheet *s, const struct line *l, unsigned plain)
{
	struct grid *g = s->g;
	int row = sheet_row(s), x = 2 + l->indent;

	for (size_t k = 0; k < l->n; k++)
		x += grid_put(g, row, x, sheet_cols(g) - 1 - x, marked_style(&l->run[k], plain), l->run[k].text, l->run[k].len);
}

static void draw_title(struct sheet *s)
{
	const struct why *w = view_of(s)->why;
	struct arena a = ARENA_INIT;
	struct line *line;
	size_t n;

	if (!w->entry.title || !*w->entry.title) {
		sheet_paragraph(s, 2, STYLE_TITLE | STYLE_BOLD, "(no title)");
		return;
	}
	n = marked_lines(&a, w->entry.title, w->title_mark, w->n_title_marks, sheet_cols(s->g) - 4, s->g->ascii, &line);
	for (size_t i = 0; i < n; i++)
		draw_marked(s, &line[i], STYLE_TITLE);
	arena_clear(&a);
}

#define TEXT_LINES 8 /* that hold a word which carries the score */

/* The lines of the text that hold its words; a dim ellipsis stands for those between. */
static void draw_text(struct sheet *s)
{
	const struct why *w = view_of(s)->why;
	struct arena a = ARENA_INIT;
	struct line *line;
	size_t n, shown = 0, last = 0;

	if (!w->n_text_marks)
		return;
	sheet_heading(s, "The words that carry it");
	n = marked_lines(&a, w->text, w->text_mark, w->n_text_marks, sheet_cols(s->g) - 4, s->g->ascii, &line);
	for (size_t i = 0; i < n && shown < TEXT_LINES; i++) {
		if (!marked_has(&line[i]))
			continue;
		if (i > last + (shown > 0))
			(void)grid_puts(s->g, sheet_row(s), 2, 3, STYLE_DIM, "…");
		draw_marked(s, &line[i], STYLE_PLAIN);
		last = i;
		shown++;
	}
	arena_clear(&a);
}

static void place_words(const struct why *w, char *out, size_t size)
{
	char without[64] = "";

	if (w->explore > 0 && w->place_without > 0)
		snprintf(without, sizeof without, "; %s%d with the slider at 0", w->place_page > 0 ? "" : "place ", w->place_without);
	else if (w->explore > 0)
		snprintf(without, sizeof without, w->place_page > 0 ? "; not on it with the slider at 0" : ", nor with the slider at 0");
	if (w->place_page > 0)
		snprintf(out, size, "Place %d of %zu on this page%s.", w->place_page, w->places, without);
	else
		snprintf(out, size, "Not on this page of %zu places%s.", w->places, without);
}

/* What can be counted, and no chance in per cent: the model is asked for an order, and nothing holds it to its chances. */
static void draw_place(struct sheet *s)
{
	const struct page_entry *e = &view_of(s)->why->entry;
	char text[400], words[160] = "", place[VIEW_NUMBER], of[VIEW_NUMBER], where[100] = "";

	if (e->nearer >= .5)
		snprintf(where, sizeof where, " It lies nearer to what you have read than %.0f\u00a0%% of them.", floor(100 * e->nearer));
	else if (e->nearer >= 0)
		snprintf(where, sizeof where, " It lies further from what you have read than %.0f\u00a0%% of them.", floor(100 * (1 - e->nearer)));
	else
		snprintf(where, sizeof where, " What you like to read isn't known yet.");
	if (!view_of(s)->why->trial) /* where it would stand without the trial would tell whose place it has */
		place_words(view_of(s)->why, words, sizeof words);
	snprintf(text, sizeof text, "%s%sBy score alone it is number %s of %s unread articles.%s", words, *words ? " " : "", view_number((int64_t)e->place, place),
		view_number((int64_t)e->of, of), where);
	if (e->of > 1)
		sheet_paragraph(s, 2, STYLE_PLAIN, text);
	if (view_of(s)->why->banned) {
		sheet_paragraph(s, 2, STYLE_BAD, "A ban of yours leaves it out of the ranked page.");
	} else if (view_of(s)->why->story_place && !view_of(s)->why->trial) {
		snprintf(text, sizeof text, "Its story stands there at place %d, as %.80s tells it.", view_of(s)->why->story_place,
			 view_of(s)->why->story_feed ? view_of(s)->why->story_feed : "another feed");
		sheet_paragraph(s, 2, STYLE_PLAIN, text);
	}
	if (e->slot == SLOT_SERENDIPITY && e->slot_reason) {
		snprintf(text, sizeof text, "◇ It stands in a place set aside for chance (%.150s).", e->slot_reason);
		sheet_paragraph(s, 2, STYLE_SERENDIPITY, text);
	} else if (e->slot == SLOT_EXPLORE) {
		sheet_paragraph(s, 2, STYLE_EXPLORE, "+ It stands on the page because the slider asks for more of this topic.");
	}
}

static void draw_sentences(struct sheet *s)
{
	const struct why *w = view_of(s)->why;

	if (w->n_counter && !w->trial)
		sheet_heading(s, w->counter[0].on_page ? "What would bring it onto this page" : "What would take it off this page");
	for (size_t i = 0; i < w->n_counter && !w->trial; i++)
		sheet_flow(s, 2, STYLE_PLAIN, BLOCK_ITEM, w->counter[i].words);
	if (w->n_change)
		sheet_heading(s, "What would change its score");
	for (size_t i = 0; i < w->n_change; i++)
		sheet_flow(s, 2, STYLE_PLAIN, BLOCK_ITEM, w->change[i]);
}

/* Likeness and title; below them where it was, when it was read, and what both say. */
static void draw_alike(struct sheet *s, size_t i)
{
	const struct alike *x = &view_of(s)->why->similar[i];
	struct grid *g = s->g;
	char number[16], age[DATE_TEXT], words[300];
	int row = row_of(s, WHY_SIMILAR, i), n;

	snprintf(number, sizeof number, "%.2f", x->likeness);
	(void)grid_puts(g, row, 2, 4, STYLE_SCORE, number);
	(void)grid_fit(g, row, 8, sheet_cols(g) - 10, STYLE_PLAIN, title_shown(x->title));
	n = snprintf(words, sizeof words, "%.60s, read %s ago", x->feed, date_age(view_of(s)->now, x->read, age));
	for (size_t k = 0; k < x->n_shared; k++)
		n += snprintf(words + n, sizeof words - (size_t)n, "%s%.40s", k ? ", " : "; both say ", x->shared[k]);
	(void)grid_fit(g, sheet_row(s), 8, sheet_cols(g) - 10, STYLE_DIM, words);
}

static void draw_similar(struct sheet *s)
{
	const struct why *w = view_of(s)->why;

	if (!w->n_similar)
		return;
	sheet_heading(s, "What you read that it resembles most");
	for (size_t i = 0; i < w->n_similar; i++)
		draw_alike(s, i);
}

static void draw_all(struct sheet *s)
{
	const struct page_entry *e = &view_of(s)->why->entry;

	draw_title(s);
	draw_place(s);
	s->line++;
	draw_parts(s, e);
	draw_total(s, e);
	draw_similar(s);
	draw_sentences(s);
	draw_text(s);
	note(s, WHY_NOTHING, 0); /* so that there is one for every line */
}

/* ---- the cursor ---- */

static bool target(const struct view_why *v, int line)
{
	return line >= 0 && line < (int)v->n && v->line[line].what != WHY_NOTHING;
}

/* Before the first key: on the first part, where that is on the screen. */
static int first_place(const struct view_why *v, int rows)
{
	for (int i = 0; i < rows; i++)
		if (target(v, i))
			return i;
	return 0;
}

/* From where the cursor came, it goes on past lines that are only read, as long as none of them leaves the screen unseen. */
static int go_past(const struct view_why *v, int cursor, int rows)
{
	int by = cursor < v->last ? -1 : 1;

	for (int i = cursor; i >= 0 && i < (int)v->n && abs(i - v->last) < rows; i += by)
		if (target(v, i))
			return i;
	return cursor;
}

/* The line of the part that is looked for; where it has gone, the cursor stays. */
static int sought(const struct view_why *v, int cursor)
{
	for (int i = 0; i < (int)v->n; i++) {
		const char *subject = v->line[i].what == WHY_PART ? v->why->entry.reasons[v->line[i].index].subject : NULL;

		if (subject && strcmp(subject, v->seek) == 0)
			return i;
	}
	return cursor;
}

static void settle(struct view_why *v, struct place *at, int rows)
{
	place_clamp(at, true);
	if (v->seek)
		at->cursor = sought(v, at->cursor);
	else if (!v->lit)
		at->cursor = first_place(v, rows);
	else if (at->cursor != v->last && at->cursor != 0 && at->cursor != at->count - 1)
		at->cursor = go_past(v, at->cursor, rows);
	v->lit = true;
	v->seek = NULL;
	v->last = at->cursor;
	if (at->top > at->cursor)
		at->top = at->cursor;
	place_keep(at, rows, NULL, NULL);
}

static void foot(struct grid *g, const struct view_why *v, const struct place *at, const struct chrome *c)
{
	static const struct hint PART[] = {
		{ ACTION_PIN, "pin" }, { ACTION_BAN, "ban" }, { ACTION_WEIGH_LESS, "less" }, { ACTION_WEIGH_MORE, "more" }, { ACTION_WEIGH_CLEAR, "clear" },
		{ ACTION_UNDO, "undo" }, { ACTION_TELLINGS, "tellings" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	static const struct hint OTHER[] = {
		{ ACTION_DOWN, "down" }, { ACTION_UP, "up" }, { ACTION_UNDO, "undo" }, { ACTION_TELLINGS, "tellings" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	static const struct hint SIMILAR[] = { { ACTION_OPEN, "open" }, { ACTION_DOWN, "down" }, { ACTION_UP, "up" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" } };
	const struct why_line *l = &v->line[at->cursor];

	if (l->what == WHY_PART && v->why->entry.reasons[l->index].subject)
		view_footer(g, SCREEN_WHY, PART, sizeof PART / sizeof PART[0], NULL, c);
	else if (l->what == WHY_SIMILAR)
		view_footer(g, SCREEN_WHY, SIMILAR, sizeof SIMILAR / sizeof SIMILAR[0], NULL, c);
	else
		view_footer(g, SCREEN_WHY, OTHER, sizeof OTHER / sizeof OTHER[0], NULL, c);
}

#define HEAD 1

/* Twice: the first drawing finds what is on which line. */
static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	struct view_why *v = data;
	struct sheet s = { .g = g, .at = at, .rows = g->rows - 1 - HEAD, .user = v };

	for (int turn = 0; turn < 2; turn++) {
		grid_blank(g);
		v->n = 0;
		s.line = 0;
		draw_all(&s);
		if (turn)
			break;
		at->count = s.line;
		at->shown = s.rows;
		settle(v, at, s.rows);
	}
	for (int i = 0; i < s.rows && at->top + i < at->count; i++)
		grid_spot(g, (struct spot){ SPOT_ENTRY, HEAD + i, 0, 1, g->cols, at->top + i });
	grid_mark(g, HEAD + at->cursor - at->top, 0, g->cols, STYLE_CURSOR);
	view_header(g, "Why it stands there", NULL);
	foot(g, v, at, c);
}

void view_why_clear(struct view_why *v)
{
	free(v->line);
	*v = (struct view_why){ 0 };
}

const struct view view_why = { SCREEN_WHY, true, draw };
