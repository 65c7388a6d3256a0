#include "cmd/plot.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define LABEL 6 /* columns of a row's value */
#define TICKS 4 /* numbers below the ruler, beside the last */

struct scale { double top, step; };

/* The row of a value, 0 the highest. */
static int row_of(const struct scale *s, double y)
{
	return (int)lround((s->top - y) / s->step);
}

/* The next of 1, 2, 5, 10, 20, ... behind a step of them. */
static double next_step(double step)
{
	double mantissa = step / pow(10, floor(log10(step) + 1e-9));

	return mantissa < 1.5 ? 2 * step : mantissa < 3 ? 2.5 * step : 2 * step;
}

static struct scale scale_of(const struct plot *p)
{
	double low = INFINITY, high = -INFINITY;
	struct scale s = { 0, 0 };

	for (size_t c = 0; c < p->curves; c++)
		for (size_t i = 0; i < p->n; i++) {
			low = fmin(low, p->curve[c].y[i]);
			high = fmax(high, p->curve[c].y[i]);
		}
	s.step = pow(10, floor(log10(fmax(high - low, 0.01 * fmax(fabs(high), 1)) / PLOT_ROWS)));
	for (;; s.step = next_step(s.step)) {
		s.top = s.step * ceil(high / s.step - 1e-9);
		if (row_of(&s, low) < PLOT_ROWS)
			break;
	}
	if (low >= 0) /* then no row is below 0 */
		s.top = fmax(s.top, s.step * (PLOT_ROWS - 1));
	return s;
}

/* A letter into the columns from..to of a row: the first that is free, or `*` in the last. */
static void put(char *row, size_t from, size_t to, char letter)
{
	while (from < to && row[from] != ' ')
		from++;
	row[from] = row[from] == ' ' ? letter : '*';
}

/* Without the blanks at its end. */
static void end_line(struct buf *out, size_t from)
{
	size_t len = out->len;

	while (len > from && out->s[len - 1] == ' ')
		len--;
	buf_cut(out, len);
	buf_putc(out, '\n');
}

/* Numbers below the ruler, each beginning at its column; the last ends with it. */
static void draw_ticks(struct buf *out, const struct plot *p)
{
	int days = p->x_last - p->x_first + 1, said = p->x_first - 1;
	size_t start = out->len + LABEL + 2; /* of the first column */

	buf_printf(out, "%*s  ", LABEL, p->x_name);
	for (int tick = 0; tick < TICKS; tick++) {
		int x = p->x_first + days * tick / TICKS;

		if (x == said)
			continue;
		buf_printf(out, "%*s%d", (int)(start + (size_t)(tick * PLOT_COLUMNS / TICKS) - out->len), "", x);
		said = x;
	}
	if (said != p->x_last)
		buf_printf(out, "%*d", (int)(start + PLOT_COLUMNS - out->len), p->x_last);
	buf_putc(out, '\n');
}

static void draw_ruler(struct buf *out, const struct plot *p)
{

	buf_printf(out, "%*s +", LABEL, "");
	for (int i = 0; i < PLOT_COLUMNS; i++)
		buf_putc(out, '-');
	buf_putc(out, '\n');
	draw_ticks(out, p);
}

void plot_draw(struct buf *out, const struct plot *p)
{
	struct scale s;
	char grid[PLOT_ROWS][PLOT_COLUMNS];

	assert(p->curves && p->n && p->n <= PLOT_COLUMNS);
	s = scale_of(p);
	memset(grid, ' ', sizeof grid);
	for (size_t c = 0; c < p->curves; c++)
		for (size_t i = 0; i < p->n; i++)
			put(grid[row_of(&s, p->curve[c].y[i])], i * PLOT_COLUMNS / p->n, (i + 1) * PLOT_COLUMNS / p->n - 1, p->curve[c].letter);
	buf_printf(out, "%s\n", p->title);
	for (int row = 0; row < PLOT_ROWS; row++) {
		size_t from = out->len;

		buf_printf(out, "%*.4g |", LABEL, s.top - row * s.step);
		buf_add(out, grid[row], PLOT_COLUMNS);
		end_line(out, from);
	}
	draw_ruler(out, p);
}
