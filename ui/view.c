#include "ui/view.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/keys.h"

/* ---- places ---- */

static int clamp(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

void place_clamp(struct place *p, bool cursor)
{
	if (cursor) {
		p->cursor = p->count > 0 ? clamp(p->cursor, 0, p->count - 1) : 0;
		p->top = clamp(p->top, 0, p->cursor);
		return;
	}
	p->top = clamp(p->top, 0, p->count > p->shown ? p->count - p->shown : 0);
}

void place_keep(struct place *p, int rows, height_fn *height, const void *data)
{
	int used = height ? height(data, p->cursor) : 1, top = p->cursor;

	for (int h; top > p->top && used + (h = height ? height(data, top - 1) : 1) <= rows; top--)
		used += h;
	for (int i = p->cursor + 1; i < p->count && used <= rows; i++)
		used += height ? height(data, i) : 1;
	for (int h; top > 0 && used + (h = height ? height(data, top - 1) : 1) <= rows; top--)
		used += h;
	p->top = top;
}

bool place_move(struct place *p, enum action a, bool cursor)
{
	int screen = p->shown > 2 ? p->shown - 1 : 1, half = p->shown > 2 ? p->shown / 2 : 1, by;

	switch (a) {
	case ACTION_DOWN:      by = 1; break;
	case ACTION_UP:        by = -1; break;
	case ACTION_PAGE_DOWN: by = screen; break;
	case ACTION_PAGE_UP:   by = -screen; break;
	case ACTION_HALF_DOWN: by = half; break;
	case ACTION_HALF_UP:   by = -half; break;
	case ACTION_TOP:       by = -p->count; break;
	case ACTION_BOTTOM:    by = p->count; break;
	default:               return false;
	}
	if (cursor)
		p->cursor += by;
	else
		p->top += by;
	if (cursor && p->cursor < 0)
		p->cursor = 0;
	if (a == ACTION_TOP)
		p->top = 0;
	place_clamp(p, cursor);
	return true;
}

void place_scroll(struct place *p, int by, bool cursor)
{
	int last;

	p->top = clamp(p->top + by, 0, p->count > p->shown ? p->count - p->shown : 0);
	last = p->top + p->shown - 1;
	if (cursor && by > 0 && p->cursor < p->top)
		p->cursor = p->top;
	if (cursor && by < 0 && p->cursor > last)
		p->cursor = last;
	place_clamp(p, cursor);
}

/* ---- lists ---- */

void view_rows(struct grid *g, struct place *at, int from, int each, int count, row_fn *draw, const void *data)
{
	int fit = (g->rows - 1 - from) / each;

	at->count = count;
	place_clamp(at, true);
	place_keep(at, fit, NULL, NULL);
	at->shown = count - at->top < fit ? count - at->top : fit;
	for (int i = at->top; i < at->top + at->shown; i++) {
		int row = from + each * (i - at->top);

		draw(g, row, data, i);
		grid_spot(g, (struct spot){ SPOT_ENTRY, row, 0, each, g->cols, i });
		if (i == at->cursor)
			grid_mark(g, row, 0, g->cols, STYLE_CURSOR);
	}
}

/* ---- the frame ---- */

void view_header(struct grid *g, const char *what, const char *right)
{
	int cells = right ? utf8_cells(right, strlen(right)) : 0;
	int room = g->cols - 1 - cells, col = 1;

	col += grid_puts(g, 0, col, g->cols, STYLE_BRAND | STYLE_BOLD, "eclose");
	if (what)
		(void)grid_fit(g, 0, col + 2, room - col - 4, STYLE_PLAIN, what);
	(void)grid_puts(g, 0, room, cells, STYLE_DIM, right);
}

/* Every header leaves two blanks behind the name. */
void view_private(struct grid *g)
{
	(void)grid_puts(g, 0, 1, g->cols - 1, STYLE_NOTICE | STYLE_BOLD, "private");
}

#define HINTS_MOST 16
#define HINTS_KEPT 2 /* the last ones, how to get help and how to leave, are the last to go */

struct shown_hint { char key[KEYS_NAME]; const char *word; int cells; };

/* Those that have a key on this screen. Returns how many. */
static size_t hints_with_keys(const struct keymap *keys, enum screen_kind screen, const struct hint *hint, size_t n, struct shown_hint *out)
{
	size_t found = 0;

	for (size_t i = 0; i < n && found < HINTS_MOST; i++) {
		struct shown_hint *h = &out[found];
		uint32_t key = keys ? keymap_key(keys, screen, hint[i].action) : 0;

		if (!key)
			continue;
		(void)keys_name(key, h->key);
		h->word = hint[i].word;
		h->cells = utf8_cells(h->key, strlen(h->key)) + 1 + utf8_cells(h->word, strlen(h->word));
		found++;
	}
	return found;
}

static int hints_width(const struct shown_hint *h, size_t n, int gap)
{
	int width = 0;

	for (size_t i = 0; i < n; i++)
		width += h[i].cells + (i ? gap : 0);
	return width;
}

/* "j down   ENTER open": as many as there is room for, whole ones only; they move closer before one is left out. */
static void hints(struct grid *g, int room, enum screen_kind screen, const struct hint *hint, size_t n, int col, const struct keymap *keys)
{
	struct shown_hint shown[HINTS_MOST];
	size_t count = hints_with_keys(keys, screen, hint, n, shown);
	int gap = col + hints_width(shown, count, 3) <= room ? 3 : 2;

	while (count > 0 && col + hints_width(shown, count, gap) > room) {
		size_t out = count > HINTS_KEPT ? count - HINTS_KEPT - 1 : count - 1;

		memmove(&shown[out], &shown[out + 1], (count - out - 1) * sizeof *shown);
		count--;
	}
	for (size_t i = 0; i < count; i++) {
		int start = col;

		col += grid_puts(g, g->rows - 1, col, g->cols, STYLE_KEY, shown[i].key) + 1;
		(void)grid_puts(g, g->rows - 1, col, g->cols, STYLE_DIM, shown[i].word);
		col = start + shown[i].cells + gap;
	}
}

/* "explore: 4_", the end of it where it is longer than the line; what the keys do at the right where there is room. */
static void draw_input(struct grid *g, const struct input *in)
{
	int row = g->rows - 1, hint_w = in->hint ? utf8_cells(in->hint, strlen(in->hint)) : 0, col = 1, room;
	const char *text = in->text;
	size_t len = in->len;
	int width;

	col += grid_puts(g, row, col, g->cols / 2, STYLE_KNOB, in->prompt);
	col += grid_puts(g, row, col, 2, STYLE_KNOB, ": ");
	room = g->cols - 1 - col - 1;
	while (len && utf8_cells(text, len) > room) {
		size_t n = utf8_cluster(text, len, &width);

		text += n;
		len -= n;
	}
	col += grid_put(g, row, col, room, STYLE_KNOB | STYLE_BOLD, text, len);
	col += grid_puts(g, row, col, 1, STYLE_KNOB | STYLE_BOLD, "_");
	if (hint_w && col + 3 + hint_w < g->cols)
		(void)grid_puts(g, row, g->cols - 1 - hint_w, hint_w, STYLE_DIM, in->hint);
}

void view_footer(struct grid *g, enum screen_kind screen, const struct hint *hint, size_t n, const char *left, const struct chrome *c)
{
	const char *right = c->progress;
	int row = g->rows - 1, room = g->cols - 1, col = 1;

	if (c->input && c->input->prompt) {
		draw_input(g, c->input);
		return;
	}
	if (right) {
		room -= utf8_cells(right, strlen(right));
		if (room < 1)
			room = 1;
		(void)grid_fit(g, row, room, g->cols - 1 - room, STYLE_NOTICE, right);
		room -= 2;
	}
	if (c->message) {
		(void)grid_fit(g, row, col, room - col, c->alarm ? STYLE_BAD : STYLE_NOTICE, c->message);
		return;
	}
	if (left)
		col += grid_fit(g, row, col, room - col, STYLE_PLAIN, left) + 3;
	hints(g, room, screen, hint, n, col, c->keys);
}

void view_small(struct grid *g)
{
	char size[48];

	snprintf(size, sizeof size, "this is %dx%d", g->cols, g->rows);
	grid_blank(g);
	(void)grid_puts(g, g->rows > 2 ? g->rows / 2 - 1 : 0, 0, g->cols, STYLE_TITLE | STYLE_BOLD, "eclose needs 40x10");
	(void)grid_puts(g, g->rows > 2 ? g->rows / 2 : 1, 0, g->cols, STYLE_PLAIN, size);
}

/* ---- words and numbers ---- */

int view_signed_width(const struct grid *g)
{
	return g->cols >= 100 ? 31 : g->cols >= 60 ? 19 : 0;
}

void view_signed(struct grid *g, int row, int col, int width, double share)
{
	int half = (width - 1) / 2, n = (int)lround(fabs(share) * half);

	(void)grid_puts(g, row, col + half, 1, STYLE_DIM, "│");
	if (share >= 0)
		grid_repeat(g, row, col + half + 1, n, STYLE_GOOD, "█");
	else
		grid_repeat(g, row, col + half - n, n, STYLE_BAD, "█");
}

const char *view_number(int64_t n, char out[VIEW_NUMBER])
{
	char digits[VIEW_NUMBER];
	int len = snprintf(digits, sizeof digits, "%" PRId64, n < 0 ? 0 : n), k = 0;

	for (int i = 0; i < len && k + 2 < VIEW_NUMBER; i++) {
		if (i && (len - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = digits[i];
	}
	out[k] = '\0';
	return out;
}

void view_bar(struct grid *g, int row, int col, int width, double share, unsigned style)
{
	static const char *const EIGHTH[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	int eighths = clamp((int)lround(share * width * 8), 1, width * 8);

	grid_repeat(g, row, col, eighths / 8, style, "█");
	if (eighths % 8)
		(void)grid_puts(g, row, col + eighths / 8, 1, style, EIGHTH[eighths % 8]);
}

int view_paragraph(struct grid *g, int row, int col, int width, int rows, unsigned style, const char *text)
{
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = text ? text : "" };
	struct blocks bs = { .block = &b, .n = 1 };
	struct arena a = ARENA_INIT;
	struct line *line;
	int n = (int)layout_blocks(&a, &bs, width, g->ascii, &line);

	n = n < rows ? n : rows;
	for (int i = 0; i < n; i++) {
		int at = col;

		for (size_t k = 0; k < line[i].n; k++)
			at += grid_put(g, row + i, at, col + width - at, style, line[i].run[k].text, line[i].run[k].len);
	}
	arena_clear(&a);
	return n;
}
