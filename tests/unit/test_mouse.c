/* mouse - what terminals report, and what is no report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/rng.h"
#include "ui/mouse.h"

static void assert_reads(const char *report, enum mouse_kind kind, int row, int col)
{
	struct mouse m = { MOUSE_PRESS, -1, -1 };

	assert_true(mouse_read(report, &m));
	assert_int_equal(m.kind, kind);
	assert_int_equal(m.row, row);
	assert_int_equal(m.col, col);
}

static void presses_drags_releases_and_the_wheel_are_read(void **state)
{
	(void)state;
	assert_reads("0;1;1M", MOUSE_PRESS, 0, 0);
	assert_reads("0;80;24m", MOUSE_RELEASE, 23, 79);
	assert_reads("32;300;2M", MOUSE_DRAG, 1, 299);
	assert_reads("64;5;6M", MOUSE_WHEEL_UP, 5, 4);
	assert_reads("65;5;6M", MOUSE_WHEEL_DOWN, 5, 4);
	assert_reads("4;5;6M", MOUSE_PRESS, 5, 4);     /* Shift */
	assert_reads("48;5;6M", MOUSE_DRAG, 5, 4);     /* Control */
	assert_reads("81;5;6M", MOUSE_WHEEL_DOWN, 5, 4);
}

static void what_is_no_report_or_of_another_button_is_left(void **state)
{
	static const char *const NONE[] = { "", "M", "0;1M", "0;1;1", "0;1;1X", "0;0;1M", "0;1;0M", ";1;1M", "0;;1M", "0;1;1MM", "1;1;1M", "2;1;1m", "34;1;1M", "35;1;1M", "66;1;1M",
		"128;1;1M", "-1;1;1M", "0;1;1;1M", "0 ;1;1M", "99999999999999999999;1;1M", "0;99999999999999999999;1M" };
	struct mouse m = { MOUSE_DRAG, 7, 8 };

	(void)state;
	for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
		if (mouse_read(NONE[i], &m))
			fail_msg("\"%s\" was taken for a report", NONE[i]);
	assert_true(m.kind == MOUSE_DRAG && m.row == 7 && m.col == 8);
}

static void any_bytes_give_a_cell_or_nothing(void **state)
{
	static const char BYTES[] = "0123456789;;;Mm x";
	struct rng r;

	(void)state;
	rng_seed(&r, 12);
	for (int turn = 0; turn < 100000; turn++) {
		char report[MOUSE_REPORT + 1];
		size_t n = rng_below(&r, MOUSE_REPORT);
		struct mouse m;

		for (size_t i = 0; i < n; i++)
			report[i] = BYTES[rng_below(&r, sizeof BYTES - 1)];
		report[n] = '\0';
		if (mouse_read(report, &m))
			assert_true(m.row >= 0 && m.col >= 0 && m.kind <= MOUSE_WHEEL_DOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(presses_drags_releases_and_the_wheel_are_read),
		cmocka_unit_test(what_is_no_report_or_of_another_button_is_left),
		cmocka_unit_test(any_bytes_give_a_cell_or_nothing),
	};

	return cmocka_run_group_tests_name("mouse", tests, NULL, NULL);
}
