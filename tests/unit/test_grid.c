/* test_grid - nothing that is written tears a wide cluster, leaves the grid, or reaches the terminal raw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "ui/ascii.h"
#include "ui/grid.h"

static void assert_whole(const struct grid *g)
{
	for (int row = 0; row < g->rows; row++)
		for (int col = 0; col < g->cols;) {
			const struct cell *c = grid_at(g, row, col);
			int w;

			assert_in_range(c->width, 1, 2);
			assert_in_range(c->len, 1, CELL_BYTES);
			assert_true(utf8_valid(c->s, c->len));
			assert_int_equal(utf8_cluster(c->s, c->len, &w), c->len);
			assert_true(col + c->width <= g->cols);
			if (c->width == 2) {
				assert_int_equal(grid_at(g, row, col + 1)->width, 0);
				assert_int_equal(grid_at(g, row, col + 1)->len, 0);
			}
			col += c->width;
		}
}

static const char *line_of(const struct grid *g, int row, char out[400])
{
	struct buf b = BUF_INIT;
	const char *s;
	size_t n = 0;

	grid_text(g, &b);
	s = b.s;
	for (int i = 0; i < row; i++)
		s = strchr(s, '\n') + 1;
	n = (size_t)(strchr(s, '\n') - s);
	assert_true(n < 400);
	memcpy(out, s, n);
	out[n] = '\0';
	buf_clear(&b);
	return out;
}

/* From everywhere: ASCII, controls, marks, wide, emoji and their joiners, flags, bidi controls, noncharacters, broken bytes. */
static size_t random_text(struct rng *r, char *out, size_t size)
{
	static const struct { uint32_t first, n; } RANGE[] = {
		{ 0x00, 0x80 }, { 0x80, 0x180 }, { 0x300, 0x70 }, { 0x590, 0x100 }, { 0xe00, 0x80 }, { 0x1100, 0x100 }, { 0x2000, 0x70 },
		{ 0x2600, 0x100 }, { 0x3040, 0x60 }, { 0x4e00, 0x5000 }, { 0xac00, 0x100 }, { 0xfe00, 0x10 }, { 0xff00, 0xf0 }, { 0x1f1e6, 26 },
		{ 0x1f300, 0x300 }, { 0x1f3fb, 5 }, { 0x200d, 1 }, { 0xfe0f, 1 }, { 0xe0000, 0x80 }, { 0xd800, 0x800 }, { 0x0, 0x110000 },
	};
	size_t n = 0, want = rng_below(r, (uint32_t)size - 4);

	while (n < want) {
		uint32_t k = rng_below(r, sizeof RANGE / sizeof RANGE[0]);

		if (rng_below(r, 12) == 0)
			out[n++] = (char)rng_below(r, 256);
		else
			n += utf8_encode(RANGE[k].first + rng_below(r, RANGE[k].n), out + n);
	}
	return n;
}

static void random_unicode_at_random_sizes_never_tears(void **state)
{
	struct rng r;
	char text[200];

	(void)state;
	rng_seed(&r, 1);
	for (int i = 0; i < 300; i++) {
		struct grid g;
		int rows = 1 + (int)rng_below(&r, 8), cols = 1 + (int)rng_below(&r, 30);

		grid_init(&g, rows, cols, rng_below(&r, 4) == 0);
		for (int k = 0; k < 60; k++) {
			size_t n = random_text(&r, text, sizeof text);
			int row = (int)rng_below(&r, 12) - 2, col = (int)rng_below(&r, 40) - 5, width = (int)rng_below(&r, 40) - 2, used;

			text[n] = '\0';
			if (rng_below(&r, 2))
				used = grid_put(&g, row, col, width, k % STYLE_COUNT, text, n);
			else
				used = grid_fit(&g, row, col, width, STYLE_PLAIN, text);
			assert_true(used >= 0 && (used <= width || used == 0));
			assert_whole(&g);
		}
		grid_clear(&g);
	}
}

static void no_control_reaches_a_cell(void **state)
{
	struct rng r;
	struct grid g;
	char text[200];

	(void)state;
	rng_seed(&r, 2);
	grid_init(&g, 1, 60, false);
	for (int i = 0; i < 3000; i++) {
		size_t n = random_text(&r, text, sizeof text);

		grid_blank(&g);
		(void)grid_put(&g, 0, 0, 60, STYLE_PLAIN, text, n);
		for (int col = 0; col < g.cols; col++) {
			const struct cell *c = grid_at(&g, 0, col);

			for (size_t k = 0; k < c->len;) {
				uint32_t cp;

				k += utf8_decode(c->s + k, c->len - k, &cp);
				assert_false(cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069));
			}
		}
	}
	grid_clear(&g);
}

static void half_of_an_overwritten_wide_cluster_becomes_a_blank(void **state)
{
	struct grid g;
	char line[400];

	(void)state;
	grid_init(&g, 1, 8, false);
	assert_int_equal(grid_puts(&g, 0, 0, 8, STYLE_PLAIN, "彗星彗星"), 8);
	assert_int_equal(grid_puts(&g, 0, 3, 2, STYLE_PLAIN, "ab"), 2);
	assert_string_equal(line_of(&g, 0, line), "彗 ab 星");
	assert_whole(&g);
	grid_clear(&g);
}

static void a_wide_cluster_that_does_not_fit_is_left_out_whole(void **state)
{
	struct grid g;
	char line[400];

	(void)state;
	grid_init(&g, 2, 5, false);
	assert_int_equal(grid_puts(&g, 0, 0, 3, STYLE_PLAIN, "彗星"), 2);
	assert_string_equal(line_of(&g, 0, line), "彗");
	(void)grid_puts(&g, 1, 4, 10, STYLE_PLAIN, "彗");
	(void)grid_puts(&g, 1, -1, 10, STYLE_PLAIN, "彗x");
	assert_string_equal(line_of(&g, 1, line), " x");
	assert_whole(&g);
	grid_clear(&g);
}

static void what_is_cut_ends_in_an_ellipsis_of_its_own_cell(void **state)
{
	struct grid g;
	char line[400];

	(void)state;
	grid_init(&g, 4, 20, false);
	assert_int_equal(grid_fit(&g, 0, 0, 10, STYLE_PLAIN, "exactly 10"), 10);
	assert_string_equal(line_of(&g, 0, line), "exactly 10");
	assert_int_equal(grid_fit(&g, 1, 0, 10, STYLE_PLAIN, "one longer."), 10);
	assert_string_equal(line_of(&g, 1, line), "one longe…");
	assert_int_equal(grid_fit(&g, 2, 0, 4, STYLE_PLAIN, "彗星彗星"), 3);
	assert_string_equal(line_of(&g, 2, line), "彗…");
	(void)grid_right(&g, 3, 0, 20, STYLE_PLAIN, "right");
	assert_string_equal(line_of(&g, 3, line), "               right");
	grid_clear(&g);
}

static void an_ascii_grid_holds_only_printable_ascii(void **state)
{
	struct rng r;
	struct grid g;
	struct buf out = BUF_INIT;
	char text[200], line[400];

	(void)state;
	rng_seed(&r, 3);
	grid_init(&g, 3, 40, true);
	(void)grid_puts(&g, 0, 0, 40, STYLE_PLAIN, "Zoë’s — “café” 彗 ◇ ━●─ █▌ …");
	assert_string_equal(line_of(&g, 0, line), "Zoe's - \"cafe\" ?? * =O- ## ~");
	for (int i = 0; i < 2000; i++)
		(void)grid_put(&g, 1 + i % 2, (int)rng_below(&r, 40), 40, STYLE_PLAIN, text, random_text(&r, text, sizeof text));
	grid_text(&g, &out);
	for (size_t i = 0; i < out.len; i++)
		assert_true(out.s[i] == '\n' || (out.s[i] >= 0x20 && out.s[i] < 0x7f));
	for (uint32_t cp = 0; cp < 0x110000; cp += 7)
		assert_in_range(ascii_like(cp), 0x20, 0x7e);
	buf_clear(&out);
	grid_clear(&g);
}

static void a_cluster_too_long_for_a_cell_keeps_whole_characters(void **state)
{
	struct grid g;
	struct buf text = BUF_INIT;

	(void)state;
	buf_puts(&text, "👩");
	for (int i = 0; i < 12; i++)
		buf_puts(&text, "‍👩");
	grid_init(&g, 1, 4, false);
	assert_int_equal(grid_puts(&g, 0, 0, 4, STYLE_PLAIN, text.s), 2);
	assert_true(utf8_valid(grid_at(&g, 0, 0)->s, grid_at(&g, 0, 0)->len));
	assert_whole(&g);
	buf_clear(&text);
	grid_clear(&g);
}

static void marks_stay_inside_the_grid(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 2, 4, false);
	grid_mark(&g, 0, -3, 100, STYLE_CURSOR);
	grid_mark(&g, 5, 0, 4, STYLE_CURSOR);
	grid_mark(&g, -1, 0, 4, STYLE_CURSOR);
	for (int col = 0; col < 4; col++) {
		assert_int_equal(grid_at(&g, 0, col)->style, STYLE_CURSOR | STYLE_PLAIN);
		assert_int_equal(grid_at(&g, 1, col)->style, STYLE_PLAIN);
	}
	grid_clear(&g);
}

static void a_spot_is_found_on_its_cells_alone_and_the_last_one_is_on_top(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 20, 40, false);
	for (int i = 0; i < 100; i++) /* more than it begins with */
		grid_spot(&g, (struct spot){ SPOT_ENTRY, 2, 0, 2, 40, i });
	grid_spot(&g, (struct spot){ SPOT_SLIDER, 3, 10, 1, 5, 0 });
	assert_int_equal(grid_hit(&g, 2, 0)->which, 99);
	assert_int_equal(grid_hit(&g, 3, 9)->which, 99);
	assert_int_equal(grid_hit(&g, 3, 10)->kind, SPOT_SLIDER);
	assert_int_equal(grid_hit(&g, 3, 14)->kind, SPOT_SLIDER);
	assert_int_equal(grid_hit(&g, 3, 15)->kind, SPOT_ENTRY);
	assert_null(grid_hit(&g, 1, 12));
	assert_null(grid_hit(&g, 4, 12));
	assert_null(grid_hit(&g, 3, 40));
	assert_null(grid_hit(&g, -1, -1));
	grid_blank(&g);
	assert_null(grid_hit(&g, 3, 10));
	grid_clear(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_unicode_at_random_sizes_never_tears),
		cmocka_unit_test(no_control_reaches_a_cell),
		cmocka_unit_test(half_of_an_overwritten_wide_cluster_becomes_a_blank),
		cmocka_unit_test(a_wide_cluster_that_does_not_fit_is_left_out_whole),
		cmocka_unit_test(what_is_cut_ends_in_an_ellipsis_of_its_own_cell),
		cmocka_unit_test(an_ascii_grid_holds_only_printable_ascii),
		cmocka_unit_test(a_cluster_too_long_for_a_cell_keeps_whole_characters),
		cmocka_unit_test(marks_stay_inside_the_grid),
		cmocka_unit_test(a_spot_is_found_on_its_cells_alone_and_the_last_one_is_on_top),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
