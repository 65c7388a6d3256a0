/* The bubble meter: what was read, beside what the feeds publish, over the weeks; and what the page makes of it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/sheet.h"

#define FEW 8      /* rows of a list; `eclose stats --json` has all */
#define NUMBER 16

/* What is unknown is a dash. */
static const char *percent(double v, char out[NUMBER])
{
	if (v < 0)
		snprintf(out, NUMBER, "–");
	else
		snprintf(out, NUMBER, "%.0f\u00a0%%", 100 * v);
	return out;
}

static const char *decimals(double v, char out[NUMBER])
{
	if (v < 0)
		snprintf(out, NUMBER, "–");
	else
		snprintf(out, NUMBER, "%.2f", v);
	return out;
}

static const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static void more(struct sheet *s, size_t n, const char *what)
{
	char text[48];

	if (n <= FEW)
		return;
	snprintf(text, sizeof text, "and %zu more %s", n - FEW, what);
	(void)grid_fit(s->g, sheet_row(s), 2, sheet_cols(s->g) - 4, STYLE_DIM, text);
}

/* ---- the three mixes, side by side ---- */

#define PERCENT_W 5

/* A name, then three times a number with a bar behind it; narrow screens have no room for bars. */
struct columns { int name_w, bar_w, col[3]; };

static struct columns columns_of(const struct grid *g)
{
	int cols = sheet_cols(g);
	struct columns c = { .bar_w = cols >= 100 ? 16 : cols >= 60 ? 8 : 0 };
	int each = PERCENT_W + 2 + (c.bar_w ? c.bar_w + 1 : 0);

	c.name_w = cols - 4 - 3 * each;
	for (int i = 0; i < 3; i++)
		c.col[i] = 2 + c.name_w + i * each + 2;
	return c;
}

static void draw_head(struct sheet *s, const struct columns *c)
{
	static const char *const WIDE[] = { "this week", "30 days before", "your feeds" }, *const NARROW[] = { "week", "30 d", "feeds" };
	int row = sheet_row(s);

	for (int i = 0; i < 3; i++)
		(void)grid_fit(s->g, row, c->col[i], PERCENT_W + 1 + c->bar_w, STYLE_DIM, c->bar_w ? WIDE[i] : NARROW[i]);
}

static void draw_share(struct sheet *s, const struct columns *c, const struct meter_share *share, double most)
{
	static const unsigned STYLE[] = { STYLE_SCORE, STYLE_DIM, STYLE_EXPLORE };
	const double part[] = { share->this_week, share->before, share->feeds };
	char text[NUMBER];
	int row = sheet_row(s);

	(void)grid_fit(s->g, row, 2, c->name_w, STYLE_PLAIN, share->name);
	for (int i = 0; i < 3; i++) {
		(void)grid_right(s->g, row, c->col[i], PERCENT_W, STYLE_PLAIN, percent(part[i], text));
		if (c->bar_w && part[i] > 0)
			view_bar(s->g, row, c->col[i] + PERCENT_W + 1, c->bar_w, part[i] / most, STYLE[i]);
	}
}

static void draw_mix(struct sheet *s, const char *head, const struct meter_mix *mix, const char *what)
{
	struct columns c = columns_of(s->g);
	double most = 0;

	sheet_heading(s, head);
	draw_head(s, &c);
	for (size_t i = 0; i < mix->n; i++)
		most = fmax(most, fmax(mix->share[i].this_week, fmax(mix->share[i].before, mix->share[i].feeds)));
	for (size_t i = 0; i < mix->n && i < FEW; i++)
		draw_share(s, &c, &mix->share[i], most);
	more(s, mix->n, what);
}

/* ---- the weeks ---- */

/* v 0..1, or below 0: a dot. Digits where there are no blocks. */
static void draw_level(struct grid *g, int row, int col, double v)
{
	static const char *const BLOCK[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	char digit[2] = { 0 };

	if (v < 0) {
		(void)grid_puts(g, row, col, 1, STYLE_DIM, "·");
		return;
	}
	digit[0] = (char)('0' + (int)lround(fmin(v, 1) * 9));
	(void)grid_puts(g, row, col, 1, STYLE_SCORE, g->ascii ? digit : BLOCK[(int)lround(fmin(v, 1) * 7)]);
}

enum figure { OPENED, SPREAD, DISTANCE, COMPLETION, SLIDER, OUTSIDE, LINES };

/* One figure of a week as 0..1. */
static double level_of(const struct meter_week *w, enum figure which, int64_t most)
{
	const double of[LINES] = {
		[OPENED] = most ? (double)w->opened / (double)most : -1, [SPREAD] = w->entropy_share, [DISTANCE] = w->distance, [COMPLETION] = w->completion,
		[SLIDER] = w->explore < 0 ? -1 : w->explore / 100, [OUTSIDE] = w->outside,
	};

	return of[which];
}

static const char *value_of(const struct meter_week *w, enum figure which, char out[NUMBER])
{
	double v = level_of(w, which, 1);

	if (which == OPENED)
		snprintf(out, NUMBER, "%lld", (long long)w->opened);
	else if (which == SLIDER && v >= 0)
		snprintf(out, NUMBER, "%.0f", w->explore);
	else if (which == DISTANCE)
		(void)decimals(v, out);
	else
		(void)percent(v, out);
	return out;
}

#define LABEL_W 26
#define VALUE_W 6

static void draw_line(struct sheet *s, const struct meter *m, enum figure which, const char *label, const char *words)
{
	const struct meter_week *last = &m->week[m->n_weeks - 1];
	int row = sheet_row(s), label_w = s->g->cols < 60 ? 15 : LABEL_W, col = 2 + label_w + 1, used = col + METER_WEEKS + 1 + VALUE_W;
	int64_t most = 0;
	char text[NUMBER];

	for (size_t i = 0; i < m->n_weeks; i++)
		most = m->week[i].opened > most ? m->week[i].opened : most;
	(void)grid_fit(s->g, row, 2, label_w, STYLE_PLAIN, label);
	for (size_t i = 0; i < m->n_weeks; i++)
		draw_level(s->g, row, col + METER_WEEKS - (int)(m->n_weeks - i), level_of(&m->week[i], which, most));
	(void)grid_right(s->g, row, col + METER_WEEKS + 1, VALUE_W, STYLE_PLAIN, value_of(last, which, text));
	(void)grid_fit(s->g, row, used + 2, sheet_cols(s->g) - used - 4, STYLE_DIM, words);
}

static void draw_weeks(struct sheet *s, const struct meter *m)
{
	static const struct { enum figure which; const char *wide, *narrow, *words; } LINE[] = {
		{ OPENED, "articles opened", "opened", "tallest: the most of them" },
		{ SPREAD, "spread over topics", "spread", "0: one topic; 100: all alike" },
		{ DISTANCE, "distance to your feeds", "to feeds", "0: their mix; 1: none of it" },
		{ COMPLETION, "read of each article", "read of each", "of the time it takes you" },
		{ SLIDER, "slider", "slider", "mean of the pages in use" },
		{ OUTSIDE, "outside your usual topics", "outside usual", "of the 60 days before it" },
	};
	char head[64];

	if (!m->n_weeks)
		return;
	if (m->n_weeks == 1)
		snprintf(head, sizeof head, "This week");
	else
		snprintf(head, sizeof head, "The last %zu weeks, and this one in figures", m->n_weeks);
	sheet_heading(s, head);
	for (size_t i = 0; i < sizeof LINE / sizeof *LINE; i++)
		draw_line(s, m, LINE[i].which, s->g->cols < 60 ? LINE[i].narrow : LINE[i].wide, LINE[i].words);
	sheet_paragraph(s, 2, STYLE_DIM, "A dot is a week of which too little is known. What is usual takes ten articles opened before it.");
}

/* ---- what is never opened, and what each feed is worth ---- */

static void draw_never_list(struct sheet *s, const char *kind, const char *many, const struct meter_never *never, size_t n)
{
	for (size_t i = 0; i < n && i < FEW; i++) {
		char text[300];

		snprintf(text, sizeof text, "%s %.200s: %lld article%s", kind, never[i].name, (long long)never[i].published, plural(never[i].published));
		sheet_flow(s, 2, STYLE_PLAIN, BLOCK_ITEM, text);
	}
	more(s, n, many);
}

static void draw_never(struct sheet *s, const struct meter *m)
{
	char text[160];

	sheet_heading(s, "Published in 60 days, and nothing of it opened");
	if (m->opened_60 < m->never_needs) {
		snprintf(text, sizeof text, "This takes %lld articles opened in 60 days; so far: %lld.", (long long)m->never_needs, (long long)m->opened_60);
		sheet_paragraph(s, 2, STYLE_PLAIN, text);
	} else if (m->n_never_feeds + m->n_never_topics == 0) {
		sheet_paragraph(s, 2, STYLE_PLAIN, "You opened something of every feed and topic that had ten articles.");
	}
	draw_never_list(s, "feed", "feeds", m->never_feed, m->n_never_feeds);
	draw_never_list(s, "topic", "topics", m->never_topic, m->n_never_topics);
}

#define FEED_W 9

static void draw_feed_cells(struct sheet *s, int row, unsigned style, const char *const *cell, int n)
{
	int col = sheet_cols(s->g) - 2 - n * FEED_W;

	for (int i = 0; i < n; i++)
		(void)grid_right(s->g, row, col + i * FEED_W, FEED_W, style, cell[i]);
}

static void draw_feeds(struct sheet *s, const struct meter *m)
{
	static const char *const HEAD[] = { "shown", "opened", "of shown", "finished", "minutes" };
	int n = s->g->cols < 60 ? 2 : 5, name_w = sheet_cols(s->g) - 4 - n * FEED_W;

	sheet_heading(s, "Your feeds in 60 days");
	draw_feed_cells(s, sheet_row(s), STYLE_DIM, HEAD, n);
	for (size_t i = 0; i < m->n_feeds && i < FEW; i++) {
		const struct meter_feed *f = &m->feed[i];
		char shown[NUMBER], opened[NUMBER], rate[NUMBER], finished[NUMBER], minutes[NUMBER];
		const char *const cell[] = { shown, opened, percent(f->open_rate, rate), finished, minutes };
		int row = sheet_row(s);

		snprintf(shown, sizeof shown, "%lld", (long long)f->shown);
		snprintf(opened, sizeof opened, "%lld", (long long)f->opened);
		snprintf(finished, sizeof finished, "%lld", (long long)f->finished);
		snprintf(minutes, sizeof minutes, "%.0f", f->minutes);
		(void)grid_fit(s->g, row, 2, name_w, STYLE_PLAIN, f->name);
		draw_feed_cells(s, row, STYLE_PLAIN, cell, n);
	}
	more(s, m->n_feeds, "feeds");
}

/* ---- the slots ---- */

static void draw_estimate(struct sheet *s, const struct meter_slots *slots)
{
	char text[240], about[NUMBER], by[NUMBER];

	if (slots->estimate >= 0)
		snprintf(text, sizeof text, "Of all that could have stood there you would have opened about %s, give or take %s: estimated from %lld places, each by the chance it had.",
			 percent(slots->estimate, about), percent(slots->estimate_sd, by), (long long)slots->rests_on);
	else
		snprintf(text, sizeof text, "What you would have opened of all that could have stood there takes %lld of them to estimate; so far: %lld.", (long long)slots->needs,
			 (long long)slots->rests_on);
	sheet_paragraph(s, 2, STYLE_PLAIN, text);
}

static void draw_interests(struct sheet *s, const struct meter_slots *slots)
{
	char text[300], met[DATE_TEXT], became[DATE_TEXT];

	snprintf(text, sizeof text, "Topics that you first read there: %lld. Read on in other places, three times at least: %zu.", (long long)slots->met, slots->n_interests);
	sheet_paragraph(s, 2, STYLE_PLAIN, text);
	for (size_t i = 0; i < slots->n_interests && i < FEW; i++) {
		const struct meter_interest *x = &slots->interest[i];

		snprintf(text, sizeof text, "%.150s: met on %.10s, for the third time elsewhere on %.10s, %lld times by now", x->name, date_rfc3339(x->met, met),
			 date_rfc3339(x->became, became), (long long)x->readings);
		sheet_flow(s, 2, STYLE_SERENDIPITY, BLOCK_ITEM, text);
	}
	more(s, slots->n_interests, "topics");
}

static void draw_slots(struct sheet *s, const struct meter_slots *slots)
{
	char text[240], rate[NUMBER], ordinary[NUMBER];

	sheet_heading(s, "Places set aside for chance (◇)");
	if (!slots->shown) {
		sheet_paragraph(s, 2, STYLE_PLAIN, "None was shown yet. The page sets them aside when the slider is above 0.");
		return;
	}
	snprintf(text, sizeof text, "%lld article%s stood there; you opened %lld, and finished %lld.", (long long)slots->shown, plural(slots->shown), (long long)slots->opened,
		 (long long)slots->finished);
	sheet_paragraph(s, 2, STYLE_PLAIN, text);
	if (slots->ordinary_shown)
		snprintf(text, sizeof text, "That is %s opened; of %lld article%s in the other places of the page it was %s.", percent(slots->rate, rate),
			 (long long)slots->ordinary_shown, plural(slots->ordinary_shown), percent(slots->ordinary, ordinary));
	else
		snprintf(text, sizeof text, "That is %s opened.", percent(slots->rate, rate));
	sheet_paragraph(s, 2, STYLE_PLAIN, text);
	draw_estimate(s, slots);
	draw_interests(s, slots);
}

/* ---- feeds that say the same, and the page ---- */

static void draw_same(struct sheet *s, const struct meter *m)
{
	sheet_heading(s, "Feeds that tell what another one tells");
	if (!m->n_same)
		sheet_paragraph(s, 2, STYLE_PLAIN, "No feed with five stories in 60 days shares more than 30\u00a0% of them with another.");
	for (size_t i = 0; i < m->n_same && i < FEW; i++) {
		char text[400], part[NUMBER];

		snprintf(text, sizeof text, "%.150s: %s of its %lld stories are told by %.150s too", m->same[i].feed, percent(m->same[i].share, part),
			 (long long)m->same[i].stories, m->same[i].other);
		sheet_flow(s, 2, STYLE_PLAIN, BLOCK_ITEM, text);
	}
	more(s, m->n_same, "pairs");
}

static void draw_figure(struct sheet *s, const char *label, const char *value, const char *words)
{
	int row = sheet_row(s), label_w = s->g->cols < 60 ? 22 : LABEL_W + METER_WEEKS + 1;

	(void)grid_fit(s->g, row, 2, label_w, STYLE_PLAIN, label);
	(void)grid_right(s->g, row, 3 + label_w, VALUE_W, STYLE_PLAIN, value);
	(void)grid_fit(s->g, row, 5 + label_w + VALUE_W, sheet_cols(s->g) - 7 - label_w - VALUE_W, STYLE_DIM, words);
}

static void draw_page(struct sheet *s, const struct meter_page *p)
{
	char head[64], text[NUMBER], of[48];

	snprintf(head, sizeof head, "The page now, with the slider at %d", p->explore);
	sheet_heading(s, head);
	if (!p->places) {
		sheet_paragraph(s, 2, STYLE_PLAIN, "Nothing is unread.");
		return;
	}
	snprintf(of, sizeof of, "of %lld with something unread", (long long)p->feeds);
	draw_figure(s, "outside your bubble", percent(p->outside, text), "as the page says it");
	draw_figure(s, "spread over topics", percent(p->entropy_share, text), "of the most there could be");
	draw_figure(s, "topics: distance to yours", decimals(p->to_reader, text), "0: your mix; 1: none of it");
	draw_figure(s, "topics: to all unread", decimals(p->to_pool, text), "0: their mix; 1: none of it");
	draw_figure(s, "articles: mean distance", decimals(p->ild, text), "0: all say the same");
	draw_figure(s, "feeds that stand on it", percent(p->coverage, text), of);
	draw_figure(s, "feeds: unevenness", decimals(p->gini, text), "Gini; 0: all have the same");
}

/* ---- all of it ---- */

static void draw_all(struct sheet *s, const void *data)
{
	const struct meter *m = ((const struct view_meter *)data)->meter;

	if (!m->opened)
		sheet_paragraph(s, 2, STYLE_PLAIN, "Nothing was read yet. The meter counts from the first article that you open; weeks are compared from the second one on.");
	draw_mix(s, m->opened ? "Topics: what you opened, and what was published" : "Topics", &m->topics, "topics");
	if (m->opened)
		draw_weeks(s, m);
	draw_mix(s, m->opened ? "Feeds: what you opened, and what was published" : "Feeds", &m->feeds_mix, "feeds");
	if (m->opened) {
		draw_feeds(s, m);
		draw_never(s, m);
		draw_slots(s, &m->slots);
	}
	draw_same(s, m);
	draw_page(s, &m->page);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = { { ACTION_PAGE_DOWN, "more" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" } };
	const struct meter *m = ((const struct view_meter *)data)->meter;
	char right[64] = "", n[VIEW_NUMBER], date[DATE_TEXT];

	sheet_draw(g, at, draw_all, data);
	if (m->opened && g->cols >= 60)
		snprintf(right, sizeof right, "%s opened since %.10s", view_number(m->opened, n), date_rfc3339(m->since, date));
	view_header(g, "Your bubble", right);
	view_footer(g, SCREEN_METER, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_meter = { SCREEN_METER, false, draw };
