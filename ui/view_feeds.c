/* The feeds: what is unread, how each is doing, when it was last asked. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/keys.h"
#include "ui/view.h"

#define HEAD 3

bool view_ailing(const struct feed *f)
{
	return f->gone || f->failures > 0 || f->error;
}

const char *view_health(const struct feed *f, char *out, size_t size)
{
	if (f->gone)
		return "gone, not asked again";
	if (f->failures > 1)
		snprintf(out, size, "failed %d times: %s", f->failures, f->error ? f->error : "no words");
	else if (f->failures == 1 || f->error)
		snprintf(out, size, "failed: %s", f->error ? f->error : "no words");
	else if (f->checked == DATE_NONE || f->checked == 0)
		return "not fetched yet";
	else if (feed_moved(f))
		snprintf(out, size, "moved to %s", feed_moved(f));
	else
		return "ok";
	return out;
}

static void draw_row(struct grid *g, int row, const void *data, int i)
{
	const struct view_feeds *v = data;
	const struct feed *f = &v->feed[i];
	bool ill = view_ailing(f);
	int count_w = 15, age = g->cols - 5, health_w = g->cols >= 100 ? g->cols / 3 : g->cols >= 60 ? 24 : 0;
	int health_col = age - 2 - health_w, count = (health_w ? health_col - 2 : age - 2) - count_w, title_w;
	char unread[VIEW_NUMBER], items[VIEW_NUMBER], counts[80], words[300], when[DATE_TEXT];

	if (g->cols < 60) {
		count_w = 11;
		count = age - 1 - count_w;
	}
	title_w = count - 4;
	(void)grid_puts(g, row, 1, 1, STYLE_BAD, ill ? "!" : " ");
	(void)grid_fit(g, row, 3, title_w, f->unread ? STYLE_BOLD : STYLE_DIM, f->title && *f->title ? f->title : f->url);
	snprintf(counts, sizeof counts, "%s/%s", view_number(f->unread, unread), view_number(f->items, items));
	(void)grid_right(g, row, count, count_w, STYLE_PLAIN, counts);
	if (health_w)
		(void)grid_fit(g, row, health_col, health_w, ill ? STYLE_BAD : STYLE_DIM, view_health(f, words, sizeof words));
	(void)grid_right(g, row, age, 4, STYLE_DIM, f->checked == 0 ? "?" : date_age(v->now, f->checked, when));
}

static void draw_head(struct grid *g, const struct view_feeds *v)
{
	int64_t unread = 0;
	size_t ill = 0;
	char n[VIEW_NUMBER], text[160];
	int used;

	for (size_t i = 0; i < v->n; i++) {
		unread += v->feed[i].unread;
		ill += view_ailing(&v->feed[i]);
	}
	view_header(g, "Feeds", g->cols >= 60 ? "unread/all, health, last fetched" : NULL);
	used = snprintf(text, sizeof text, "%zu feed%s · %s unread", v->n, v->n == 1 ? "" : "s", view_number(unread, n));
	if (ill)
		snprintf(text + used, sizeof text - (size_t)used, " · %zu failing", ill);
	(void)grid_fit(g, 1, 1, g->cols - 2, STYLE_DIM, text);
}

/* What is wrong with the feed under the cursor, for which its row has no room; else what is new. */
static void draw_banner(struct grid *g, const struct view_feeds *v, const struct place *at, const struct chrome *c)
{
	const struct feed *f = v->n ? &v->feed[at->cursor] : NULL;
	char words[300], text[400], key[KEYS_NAME];
	uint32_t k = keymap_key(c->keys, SCREEN_FEEDS, ACTION_FOLLOW);

	if (f && view_ailing(f)) {
		(void)grid_fit(g, 2, 1, g->cols - 2, STYLE_BAD, view_health(f, words, sizeof words));
	} else if (f && feed_moved(f) && k) {
		snprintf(text, sizeof text, "%s; %s takes that address", view_health(f, words, sizeof words), keys_name(k, key));
		(void)grid_fit(g, 2, 1, g->cols - 2, STYLE_NOTICE, text);
	} else if (c->fresh) {
		(void)grid_fit(g, 2, 1, g->cols - 2, STYLE_NOTICE | STYLE_BOLD, c->fresh);
	}
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = {
		{ ACTION_OPEN, "open" }, { ACTION_REFRESH, "fetch" }, { ACTION_REFRESH_ALL, "fetch all" }, { ACTION_HISTORY, "history" }, { ACTION_HELP, "help" }, { ACTION_BACK, "back" },
	};
	const struct view_feeds *v = data;

	grid_blank(g);
	draw_head(g, v);
	view_rows(g, at, HEAD, 1, (int)v->n, draw_row, v);
	draw_banner(g, v, at, c);
	if (v->n == 0)
		(void)view_paragraph(g, HEAD + 1, 3, g->cols - 6, g->rows - HEAD - 2, STYLE_PLAIN,
			"No feeds yet. eclose add URL subscribes to one; eclose import FILE takes them from OPML or newsboat's urls.");
	view_footer(g, SCREEN_FEEDS, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_feeds = { SCREEN_FEEDS, true, draw };
