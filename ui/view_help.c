/* Help: the table of actions, with the keys as they are bound now; the screen it was asked on comes first. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/keys.h"
#include "ui/sheet.h"

static void all_keys(const struct keymap *m, enum screen_kind screen, enum action a, struct buf *out)
{
	for (size_t i = 0; i < m->n; i++) {
		char name[KEYS_NAME];

		if (m->entry[i].action != a || keymap_action(m, screen, m->entry[i].key) != a)
			continue;
		buf_printf(out, "%s%s", out->len ? " " : "", keys_name(m->entry[i].key, name));
	}
}

static void draw_action(struct sheet *s, const struct keymap *m, enum screen_kind screen, enum action a)
{
	const struct action_info *info = action_info(a);
	struct buf keys = BUF_INIT;
	int row = sheet_row(s), keys_w = s->g->cols >= 60 ? 21 : 12, name_w = s->g->cols >= 76 ? 14 : 0, col = 3 + keys_w;

	all_keys(m, screen, a, &keys);
	(void)grid_fit(s->g, row, 2, keys_w, STYLE_KEY, keys.len ? buf_str(&keys) : "(no key)");
	(void)grid_fit(s->g, row, col, s->g->cols - 2 - col - name_w, STYLE_PLAIN, info->help);
	(void)grid_fit(s->g, row, s->g->cols - 1 - name_w, name_w, STYLE_DIM, info->name);
	buf_clear(&keys);
}

/* all: the actions that work everywhere; else those of this screen alone. */
static void section(struct sheet *s, const struct view_help *v, enum screen_kind screen, bool all)
{
	char text[64];

	snprintf(text, sizeof text, "On the %s%s", screen_name(screen), screen == SCREEN_PAGE ? "" : " screen");
	sheet_heading(s, all ? "Everywhere" : text);
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const struct action_info *info = action_info((enum action)a);

		if ((info->screens == IN_ALL) == all && (info->screens >> screen & 1))
			draw_action(s, v->keys, screen, (enum action)a);
	}
}

static void draw_signs(struct sheet *s)
{
	static const struct { const char *sign; unsigned style; const char *words; } SIGNS[] = {
		{ "█", STYLE_SCORE, "how much it should interest you, against the best of the page" },
		{ "◇", STYLE_SERENDIPITY, "set aside for chance: outside your bubble, and told widely or by feeds you trust" },
		{ "+", STYLE_EXPLORE, "here because the slider asks for more of its topic" },
		{ "★", STYLE_STAR, "kept by you" },
	};

	sheet_heading(s, "Signs");
	for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
		int row = sheet_row(s);

		(void)grid_puts(s->g, row, 2, 1, SIGNS[i].style, SIGNS[i].sign);
		(void)grid_fit(s->g, row, 5, s->g->cols - 7, STYLE_PLAIN, SIGNS[i].words);
	}
}

static void draw_all(struct sheet *s, const void *data)
{
	const struct view_help *v = data;

	section(s, v, v->from, false);
	section(s, v, v->from, true);
	for (int k = 0; k < SCREEN_KINDS; k++)
		if (k != (int)v->from && k != SCREEN_MOVED && k != SCREEN_HELP && k != SCREEN_ASK && k != SCREEN_METER)
			section(s, v, (enum screen_kind)k, false);
	draw_signs(s);
}

static void draw(struct grid *g, void *data, struct place *at, const struct chrome *c)
{
	static const struct hint HINTS[] = { { ACTION_PAGE_DOWN, "more" }, { ACTION_BACK, "back" } };

	sheet_draw(g, at, draw_all, data);
	view_header(g, "Help", g->cols >= 60 ? "eclose(1) has more" : NULL);
	view_footer(g, SCREEN_HELP, HINTS, sizeof HINTS / sizeof HINTS[0], NULL, c);
}

const struct view view_help = { SCREEN_HELP, false, draw };
