#include "ui/grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/ascii.h"

static void blank(struct cell *c, unsigned style)
{
	c->s[0] = ' ';
	c->len = 1;
	c->width = 1;
	c->style = (uint16_t)style;
}

void grid_init(struct grid *g, int rows, int cols, bool ascii)
{
	assert(rows >= 1 && cols >= 1);
	*g = (struct grid){ .rows = rows, .cols = cols, .ascii = ascii };
	g->cell = mem_zero((size_t)rows * (size_t)cols, sizeof *g->cell);
	grid_blank(g);
}

void grid_clear(struct grid *g)
{
	free(g->cell);
	free(g->spot);
	*g = (struct grid){ 0 };
}

void grid_blank(struct grid *g)
{
	for (size_t i = 0; i < (size_t)g->rows * (size_t)g->cols; i++)
		blank(&g->cell[i], STYLE_PLAIN);
	g->n_spots = 0;
}

void grid_spot(struct grid *g, struct spot spot)
{
	MEM_GROW(g->spot, g->n_spots, g->spots_cap);
	g->spot[g->n_spots++] = spot;
}

const struct spot *grid_hit(const struct grid *g, int row, int col)
{
	for (size_t i = g->n_spots; i-- > 0;) {
		const struct spot *s = &g->spot[i];

		if (row >= s->row && row < s->row + s->rows && col >= s->col && col < s->col + s->cols)
			return s;
	}
	return NULL;
}

static struct cell *at(const struct grid *g, int row, int col)
{
	return &g->cell[(size_t)row * (size_t)g->cols + (size_t)col];
}

const struct cell *grid_at(const struct grid *g, int row, int col)
{
	assert(row >= 0 && row < g->rows && col >= 0 && col < g->cols);
	return at(g, row, col);
}

/* A cell is about to be overwritten: whatever wide cluster has a half in it loses the other half too. */
static void release(struct grid *g, int row, int col)
{
	struct cell *c = at(g, row, col);

	if (c->width == 0 && col > 0)
		blank(c - 1, c[-1].style);
	if (c->width == 2 && col + 1 < g->cols)
		blank(c + 1, c[1].style);
}

/* As many whole characters of the cluster as a cell holds. */
static size_t held(const char *s, size_t n)
{
	size_t used = 0;

	while (used < n) {
		uint32_t cp;
		size_t len = utf8_decode(s + used, n - used, &cp);

		if (used + len > CELL_BYTES)
			break;
		used += len;
	}
	return used;
}

static void write_ascii(struct cell *c, int width, unsigned style, const char *s, size_t n)
{
	uint32_t cp;
	char like;

	(void)utf8_decode(s, n, &cp);
	like = ascii_like(cp);
	for (int i = 0; i < width; i++) {
		blank(&c[i], style);
		c[i].s[0] = i && like != '?' ? ' ' : like;
	}
}

/* One cluster of `width` 1 or 2 at a place that has room for all of it. */
static void write_cluster(struct grid *g, int row, int col, int width, unsigned style, const char *s, size_t n)
{
	struct cell *c = at(g, row, col);

	for (int i = 0; i < width; i++)
		release(g, row, col + i);
	if (g->ascii) {
		write_ascii(c, width, style, s, n);
		return;
	}
	c->len = (uint8_t)held(s, n);
	memcpy(c->s, s, c->len);
	c->width = (uint8_t)width;
	c->style = (uint16_t)style;
	if (width == 2) {
		c[1].len = 0;
		c[1].width = 0;
		c[1].style = (uint16_t)style;
	}
}

/* Cells left of the grid, or the half of a cluster that its edge cuts, are only counted. */
static void place(struct grid *g, int row, int col, int width, unsigned style, const char *s, size_t n)
{
	if (row < 0 || row >= g->rows)
		return;
	if (col >= 0 && col + width <= g->cols) {
		write_cluster(g, row, col, width, style, s, n);
		return;
	}
	for (int i = col; i < col + width; i++) {
		if (i < 0 || i >= g->cols)
			continue;
		release(g, row, i);
		blank(at(g, row, i), style);
	}
}

static int put_clean(struct grid *g, int row, int col, int width, unsigned style, const char *s, size_t n)
{
	int used = 0;

	for (size_t i = 0; i < n && used < width;) {
		int w;
		size_t len = utf8_cluster(s + i, n - i, &w);

		if (s[i] == '\n' || s[i] == '\t') {
			place(g, row, col + used, 1, style, " ", 1);
			w = 1;
		} else if (w > 0) {
			if (used + w > width)
				break;
			place(g, row, col + used, w, style, s + i, len);
		}
		used += w;
		i += len;
	}
	return used;
}

static bool plain_ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || (unsigned char)s[i] >= 0x7f)
			return false;
	return true;
}

int grid_put(struct grid *g, int row, int col, int width, unsigned style, const char *text, size_t n)
{
	struct buf clean = BUF_INIT;
	int used;

	if (plain_ascii(text, n))
		return put_clean(g, row, col, width, style, text, n);
	utf8_clean(&clean, text, n, UTF8_TEXT);
	used = put_clean(g, row, col, width, style, buf_str(&clean), clean.len);
	buf_clear(&clean);
	return used;
}

int grid_puts(struct grid *g, int row, int col, int width, unsigned style, const char *text)
{
	return text ? grid_put(g, row, col, width, style, text, strlen(text)) : 0;
}

int grid_fit(struct grid *g, int row, int col, int width, unsigned style, const char *text)
{
	size_t n = text ? strlen(text) : 0, fit;
	int used;

	if (width <= 0 || n == 0)
		return 0;
	if (utf8_cells(text, n) <= width)
		return grid_put(g, row, col, width, style, text, n);
	fit = utf8_fit(text, n, width - 1, NULL);
	while (fit > 0 && text[fit - 1] == ' ')
		fit--;
	used = grid_put(g, row, col, width - 1, style, text, fit);
	return used + grid_puts(g, row, col + used, 1, style, "…");
}

int grid_right(struct grid *g, int row, int col, int width, unsigned style, const char *text)
{
	int cells = text ? utf8_cells(text, strlen(text)) : 0;

	return grid_fit(g, row, cells < width ? col + width - cells : col, width, style, text);
}

void grid_repeat(struct grid *g, int row, int col, int n, unsigned style, const char *glyph)
{
	for (int i = 0; i < n; i++)
		(void)grid_puts(g, row, col + i, 1, style, glyph);
}

void grid_mark(struct grid *g, int row, int col, int n, unsigned flags)
{
	if (row < 0 || row >= g->rows)
		return;
	for (int i = col < 0 ? 0 : col; i < col + n && i < g->cols; i++)
		at(g, row, i)->style |= (uint16_t)flags;
}

void grid_text(const struct grid *g, struct buf *out)
{
	for (int row = 0; row < g->rows; row++) {
		for (int col = 0; col < g->cols; col++)
			buf_add(out, at(g, row, col)->s, at(g, row, col)->len);
		while (out->len && out->s[out->len - 1] == ' ')
			buf_cut(out, out->len - 1);
		buf_putc(out, '\n');
	}
}
