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
	v->n = 0;
	v->width = 0;
}

/* ---- laying out: head and body become one run of lines that scrolls ---- */

static const char *byline(struct arena *a, const struct view_article *v)
{
	const struct item *it = v->item;
	char age[DATE_TEXT], date[DATE_TEXT];
	struct buf b = BUF_INIT;
	const char *text;
	int minutes = (it->words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;

	buf_puts(&b, it->feed_title ? it->feed_title : "");
	if (it->author && *it->author)
		buf_printf(&b, " · %s", it->author);
	if (it->published != DATE_NONE)
		buf_printf(&b, " · %.10s (%s)", date_rfc3339(it->published, date), date_age(v->now, it->published, age));
	if (minutes > 0)
		buf_printf(&b, " · %d min", minutes);
	text = arena_strdup(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

static void lay_out(struct view_article *v, int width, bool ascii)
{
	static const struct block NO_TEXT = { .kind = BLOCK_PARAGRAPH, .text = "The feed gives no text of this article." };
	struct block head[3], *all;
	struct blocks bs;
	size_t n = v->blocks->n ? v->blocks->n : 1;

	if (v->line && v->width == width && v->ascii == ascii)
		return;
	view_article_clear(v);
	head[0] = (struct block){ .kind = BLOCK_HEADING, .level = 1, .text = title_shown(v->item->title) };
	head[1] = (struct block){ .kind = BLOCK_PARAGRAPH, .text = byline(&v->arena, v) };
	head[2] = (struct block){ .kind = BLOCK_RULE };
	all = arena_zero(&v->arena, n + 3, sizeof *all);
	memcpy(all, head, sizeof head);
	memcpy(all + 3, v->blocks->n ? v->blocks->block : &NO_TEXT, n * sizeof *all);
	bs = (struct blocks){ .block = all, .n = n + 3, .links = v->blocks->links, .n_links = v->blocks->n_links };
	v->n = layout_blocks(&v->arena, &bs, width, ascii, &v->line);
	v->width = width;
	v->ascii = ascii;
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

static void draw_line(struct grid *g, int row, int col, int width, const struct line *line)
{
	int at = col + line->indent;

	for (size_t i = 0; i < line->n; i++)
		at += grid_put(g, row, at, col + width - at, style_of(line, &line->run[i]), line->run[i].text, line->run[i].len);
}

static void draw_foot(struct grid *g, const struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_NEXT, "next" }, { ACTION_BROWSER, "browser" }, { ACTION_LIKE, "like" }, { ACTION_DISLIKE, "dislike" },
		{ ACTION_SAVE, "save" }, { ACTION_WHY, "why" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	int seen = at->top + at->shown < at->count ? at->top + at->shown : at->count;
	char percent[16];

	snprintf(percent, sizeof percent, "%3d %%", at->count > 0 ? 100 * seen / at->count : 100);
	view_footer(g, SCREEN_ARTICLE, HINTS, sizeof HINTS / sizeof HINTS[0], percent, c);
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
		draw_line(g, 1 + i, col, width, &v->line[at->top + i]);
	draw_foot(g, at, c);
}

const struct view view_article = { SCREEN_ARTICLE, false, draw };
