/* What an article said before it was edited: each of its texts beside the next, the newest first. */
#include <stdio.h>

#include "ui/marked.h"
#include "ui/sheet.h"

/* A text whose marks are in signs already, so that no more than colour is added. */
static void draw_marked(struct sheet *s, const char *text, const struct mark *mark, size_t n_marks, unsigned plain)
{
	struct grid *g = s->g;
	struct arena a = ARENA_INIT;
	struct line *line;
	size_t n = marked_lines(&a, text, mark, n_marks, sheet_cols(g) - 4, false, &line);

	for (size_t i = 0; i < n; i++) {
		int row = sheet_row(s), x = 2 + line[i].indent;

		for (size_t k = 0; k < line[i].n; k++)
			x += grid_put(g, row, x, sheet_cols(g) - 1 - x, marked_style(&line[i].run[k], plain), line[i].run[k].text, line[i].run[k].len);
	}
	arena_clear(&a);
}

static void draw_edition(struct sheet *s, const struct edition *x, int64_t now)
{
	char text[80], date[DATE_TEXT], age[DATE_TEXT];
	const char *at = date_rfc3339(x->at, date);

	snprintf(text, sizeof text, "Until %.10s %.5s (%s)", at, at + 11, date_age(now, x->at, age));
	sheet_heading(s, text);
	s->line++;
	draw_marked(s, title_shown(x->title), x->title_mark, *x->title ? x->n_title_marks : 0, STYLE_TITLE);
	if (!*x->text)
		return;
	s->line++;
	draw_marked(s, x->text, x->text_mark, x->n_text_marks, STYLE_PLAIN);
}

static void draw_all(struct sheet *s, const void *data)
{
	const struct view_earlier *v = data;

	sheet_flow(s, 2, STYLE_TITLE | STYLE_BOLD, BLOCK_PARAGRAPH, title_shown(v->editions->title));
	sheet_paragraph(s, 2, STYLE_DIM, "[-Words in minus signs-] went with the edit, {+words in plus signs+} came with it. Edits that changed little aren't kept.");
	for (size_t i = 0; i < v->editions->n; i++)
		draw_edition(s, &v->editions->edition[i], v->now);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = { { ACTION_DOWN, "down" }, { ACTION_UP, "up" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" } };

	sheet_draw(g, at, draw_all, data);
	view_header(g, "What it said before", NULL);
	view_footer(g, SCREEN_EARLIER, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_earlier = { SCREEN_EARLIER, false, draw };
