/* One article: title and where it comes from, a rule, the text in a column that is never wider than is pleasant, the links' addresses. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/view.h"

#define WORDS_A_MINUTE 220

void view_article_clear(struct view_article *v)
{
	arena_clear(&v->arena);
	v->line = NULL;
	v->n = v->n_notes = 0;
	v->width = 0;
}

/* ---- laying out: head and body become one run of lines that scrolls ---- */

static const char *byline(struct arena *a, const struct view_article *v)
{
	const struct item *it = v->item;
	char age[DATE_TEXT], date[DATE_TEXT];
	struct buf b = BUF_INIT;
	const char *text, *when;
	int minutes = (it->words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;

	buf_puts(&b, it->feed_title ? it->feed_title : "");
	if (it->author && *it->author)
		buf_printf(&b, " · %s", it->author);
	when = date_age(v->now, it->published, age);
	if (it->published != DATE_NONE)
		buf_printf(&b, " · %.10s (%s%s)", date_rfc3339(it->published, date), *when == '+' ? "in " : "", *when == '+' ? when + 1 : when);
	if (minutes > 0)
		buf_printf(&b, " · %d min", minutes);
	text = arena_strdup(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

/* Where the link leads, what edits took away, what was left out: lines of one paragraph, NULL where there are none. */
static const char *notes(struct arena *a, const struct item *it, int width)
{
	struct buf b = BUF_INIT;
	const char *text = NULL;
	char date[DATE_TEXT];

	if (it->link_shown) {
		size_t n = strlen(it->link_shown), fit = utf8_fit(it->link_shown, n, width - 1, NULL);

		buf_add(&b, it->link_shown, fit);
		buf_puts(&b, fit < n ? "…\n" : "\n");
	}
	if (it->let_go)
		buf_printf(&b, "its text was let go on %.10s\n", date_rfc3339(it->let_go, date));
	if (it->n_earlier)
		buf_printf(&b, "edited: %d earlier text%s\n", it->n_earlier, it->n_earlier == 1 ? "" : "s");
	if (it->pixels)
		buf_printf(&b, "%d tracking pixel%s left out\n", it->pixels, it->pixels == 1 ? "" : "s");
	if (b.len)
		text = arena_strndup(a, b.s, b.len - 1);
	buf_clear(&b);
	return text;
}

/* Add these blocks behind the lines that are there. */
static size_t add_lines(struct view_article *v, const struct blocks *b)
{
	struct line *more, *all;
	size_t n = layout_blocks(&v->arena, b, v->width, v->ascii, &more);

	all = arena_zero(&v->arena, v->n + n + 1, sizeof *all);
	if (v->n)
		memcpy(all, v->line, v->n * sizeof *all);
	if (n)
		memcpy(all + v->n, more, n * sizeof *all);
	v->line = all;
	v->n += n;
	return n;
}

static void lay_out(struct view_article *v, int width, bool ascii)
{
	static const struct block NO_TEXT = { .kind = BLOCK_PARAGRAPH, .text = "The feed gives no text of this article." };
	static const struct block EMPTY = { .kind = BLOCK_PARAGRAPH, .text = " " };
	struct block head[2], note = { .kind = BLOCK_PARAGRAPH }, *body;
	size_t n = v->blocks->n ? v->blocks->n : 1;

	if (v->line && v->width == width && v->ascii == ascii)
		return;
	view_article_clear(v);
	v->width = width;
	v->ascii = ascii;
	head[0] = (struct block){ .kind = BLOCK_HEADING, .level = 1, .text = title_shown(v->item->title) };
	head[1] = (struct block){ .kind = BLOCK_PARAGRAPH, .text = byline(&v->arena, v) };
	note.text = notes(&v->arena, v->item, width);
	(void)add_lines(v, &(struct blocks){ .block = head, .n = 2 });
	v->notes = v->n;
	v->n_notes = note.text ? add_lines(v, &(struct blocks){ .block = &note, .n = 1 }) : 0;
	(void)add_lines(v, &(struct blocks){ .block = (struct block *)&EMPTY, .n = 1 });
	body = arena_zero(&v->arena, n + 1, sizeof *body);
	body[0] = (struct block){ .kind = BLOCK_RULE };
	memcpy(body + 1, v->blocks->n ? v->blocks->block : &NO_TEXT, n * sizeof *body);
	(void)add_lines(v, &(struct blocks){ .block = body, .n = n + 1, .links = v->blocks->links, .n_links = v->blocks->n_links });
}

/* ---- drawing ---- */

static unsigned style_of(const struct line *line, const struct run *run)
{
	unsigned s = STYLE_PLAIN;

	if (line->kind == BLOCK_HEADING)
		s = STYLE_TITLE | STYLE_BOLD;
	else if (line->kind == BLOCK_QUOTE)
		s = STYLE_QUOTE;
	else if (line->kind == BLOCK_RULE || line->kind == BLOCK_IMAGE)
		s = STYLE_DIM;
	if (line->kind == BLOCK_CODE || (run->style & SPAN_CODE))
		s = STYLE_CODE;
	if (run->style & SPAN_LINK)
		s = STYLE_LINK | (s & ~0xffu);
	else if (run->link)
		s = STYLE_KEY;
	if (run->style & SPAN_BOLD)
		s |= STYLE_BOLD;
	if (run->style & SPAN_ITALIC)
		s |= STYLE_ITALIC;
	if (run->style & SPAN_STRIKE)
		s |= STYLE_STRIKE;
	return s;
}

static void draw_line(struct grid *g, int row, int col, int width, const struct line *line, bool note)
{
	int at = col + line->indent;

	for (size_t i = 0; i < line->n; i++)
		at += grid_put(g, row, at, col + width - at, note ? STYLE_DIM : style_of(line, &line->run[i]), line->run[i].text, line->run[i].len);
}

/* An earlier text, where there is one, is found by its key. */
static void draw_foot(struct grid *g, const struct place *at, const struct chrome *c, bool edited)
{
	static const struct hint HINTS[] = {
		{ ACTION_EARLIER, "earlier" }, { ACTION_NEXT, "next" }, { ACTION_BROWSER, "browser" }, { ACTION_LIKE, "like" }, { ACTION_DISLIKE, "dislike" },
		{ ACTION_SAVE, "save" }, { ACTION_WHY, "why" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	size_t from = edited ? 0 : 1;
	int seen = at->top + at->shown < at->count ? at->top + at->shown : at->count;
	char percent[16];

	snprintf(percent, sizeof percent, "%3d %%", at->count > 0 ? 100 * seen / at->count : 100);
	view_footer(g, SCREEN_ARTICLE, HINTS + from, sizeof HINTS / sizeof HINTS[0] - from, percent, c);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	struct view_article *v = data;
	int width = g->cols - 4, col, rows = g->rows - 3;

	if (v->text_width >= 20 && width > v->text_width)
		width = v->text_width;
	col = (g->cols - width) / 2;
	lay_out(v, width, g->ascii);
	grid_blank(g);
	view_header(g, v->item->feed_title, v->item->starred ? "★" : NULL);
	at->count = (int)v->n;
	at->shown = rows;
	place_clamp(at, false);
	for (int i = 0; i < rows && at->top + i < at->count; i++)
		draw_line(g, 1 + i, col, width, &v->line[at->top + i], (size_t)(at->top + i) - v->notes < v->n_notes);
	draw_foot(g, at, c, v->item->n_earlier > 0);
}

const struct view view_article = { SCREEN_ARTICLE, false, draw };
