/* How other feeds tell a story: two rows a telling, those first that differ most from what the reader usually reads. */
#include <math.h>
#include <stdio.h>

#include "ui/view.h"

#define HEAD 5
#define EACH 2 /* rows */

/* Columns: where each begins, and its width. Age and words stand at the right. */
struct columns { int bar, bar_w, feed, feed_w, title, title_w, words, age; };

static struct columns columns_of(int cols)
{
	struct columns c = { .bar = 1, .bar_w = cols >= 60 ? 10 : 5 };

	c.feed = c.bar + c.bar_w + 2;
	c.feed_w = cols >= 60 ? cols / 5 : 10;
	c.title = c.feed + c.feed_w + 2;
	c.age = cols - 1 - 4;
	c.words = cols >= 60 ? c.age - 2 - 11 : c.age;
	c.title_w = c.words - 2 - c.title;
	return c;
}

/* What stands in the second row: a copy says whose it is, the others what only they say. */
static void second_words(const struct told *t, bool same, char *out, size_t size)
{
	int n = 0;

	out[0] = '\0';
	if (t->copy_of)
		snprintf(out, size, "the same text as %.60s", t->copy_of);
	else if (t->n_only && same)
		n = snprintf(out, size, "only here: ");
	for (size_t i = 0; i < t->n_only && n > 0 && (size_t)n < size; i++)
		n += snprintf(out + n, size - (size_t)n, "%s%.40s", i ? ", " : "", t->only[i]);
}

static void draw_row(struct grid *g, int row, const void *data, int i)
{
	const struct view_tellings *v = data;
	const struct told *t = &v->tellings->told[i];
	struct columns c = columns_of(g->cols);
	char age[DATE_TEXT], words[200], number[VIEW_NUMBER];
	int full = (int)lround(t->difference * c.bar_w);

	grid_repeat(g, row, c.bar, full, STYLE_SCORE, "█");
	(void)grid_fit(g, row, c.feed, c.feed_w, STYLE_DIM, t->feed);
	(void)grid_fit(g, row, c.title, c.title_w, t->read ? STYLE_DIM : STYLE_BOLD, title_shown(t->title));
	(void)grid_right(g, row, c.age, 4, STYLE_DIM, date_age(v->now, t->at, age));
	if (c.words < c.age) {
		snprintf(words, sizeof words, "%s words", view_number(t->words, number));
		(void)grid_right(g, row, c.words, 11, STYLE_DIM, words);
	}
	second_words(t, v->tellings->same, words, sizeof words);
	(void)grid_fit(g, row + 1, c.feed, g->cols - 1 - c.feed, STYLE_EXPLORE, words);
}

static void draw_head(struct grid *g, const struct view_tellings *v)
{
	const struct tellings *t = v->tellings;
	char text[400], feed[80];

	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_TITLE | STYLE_BOLD, title_shown(t->from.title));
	snprintf(feed, sizeof feed, "%.70s", *t->from.feed ? t->from.feed : "its feed");
	if (t->same && g->cols < 76)
		snprintf(text, sizeof text, "%s and %zu more, the most different first.", feed, t->n);
	else if (t->same)
		snprintf(text, sizeof text, "%s and %zu more. Those first that differ most from it and from what you usually read.", feed, t->n);
	else if (t->n)
		snprintf(text, sizeof text, "Only %s tells it so far. These are not the same story: the nearest articles of other feeds within 72 hours.", feed);
	else
		snprintf(text, sizeof text, "Only %s tells it so far, and no other feed has anything like it within 72 hours.", feed);
	(void)view_paragraph(g, 2, 1, g->cols - 2, HEAD - 3, STYLE_DIM, text);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = { { ACTION_OPEN, "open" }, { ACTION_WHY, "why" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" } };
	const struct view_tellings *v = data;
	const struct tellings *t = v->tellings;

	grid_blank(g);
	view_header(g, t->same || !t->n ? "How other feeds tell it" : "Not the same story", NULL);
	draw_head(g, v);
	view_rows(g, at, HEAD, EACH, (int)t->n, draw_row, v);
	view_footer(g, SCREEN_TELLINGS, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_tellings = { SCREEN_TELLINGS, true, draw };
