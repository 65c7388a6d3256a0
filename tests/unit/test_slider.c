/* slider - the track, the presets, and the line that says what a setting did. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/slider.h"
#include "ui_values.h"

static void presets_have_names_and_nothing_between_them_has(void **state)
{
	(void)state;
	assert_string_equal(slider_preset(0), "Habit");
	assert_string_equal(slider_preset(30), "Balanced");
	assert_string_equal(slider_preset(60), "Wander");
	assert_string_equal(slider_preset(100), "Everything");
	assert_null(slider_preset(29));
	assert_null(slider_preset(99));
}

static void the_next_preset_is_the_nearest_on_that_side_and_the_ends_stay(void **state)
{
	(void)state;
	for (int at = 0; at <= 100; at++) {
		int up = slider_next(at, 1), down = slider_next(at, -1);

		assert_non_null(slider_preset(up));
		assert_non_null(slider_preset(down));
		assert_true(up > at || at == 100);
		assert_true(down < at || at == 0);
		for (int between = at + 1; between < up; between++)
			assert_null(slider_preset(between));
		for (int between = down + 1; between < at; between++)
			assert_null(slider_preset(between));
	}
}

/* Every cell sets a value that puts the knob on that cell, and taking hold of the knob moves nothing. */
static void a_cell_of_the_track_is_where_its_value_puts_the_knob(void **state)
{
	static const int WIDTH[] = { 2, 9, 15, 21, 101, 140 };

	(void)state;
	for (size_t w = 0; w < sizeof WIDTH / sizeof *WIDTH; w++) {
		for (int at = 0; at <= 100; at++)
			assert_int_equal(slider_value(WIDTH[w], slider_knob(WIDTH[w], at), at), at);
		for (int cell = 0; cell < WIDTH[w] && WIDTH[w] <= 101; cell++)
			assert_int_equal(slider_knob(WIDTH[w], slider_value(WIDTH[w], cell, 50)), cell);
		assert_int_equal(slider_value(WIDTH[w], 0, 100), 0);
		assert_int_equal(slider_value(WIDTH[w], -5, 100), 0);
		assert_int_equal(slider_value(WIDTH[w], WIDTH[w] - 1, 0), 100);
		assert_int_equal(slider_value(WIDTH[w], WIDTH[w] + 50, 0), 100);
	}
}

static struct page a_page(void)
{
	struct page p;

	values_page(&p);
	return p;
}

static void assert_summary(const struct page *p, int room, const char *expected)
{
	char text[SLIDER_SUMMARY];

	assert_string_equal(slider_summary(p, room, text), expected);
}

static void the_summary_says_what_the_setting_did_in_as_many_words_as_there_is_room_for(void **state)
{
	struct page p = a_page();

	(void)state;
	assert_summary(&p, INT_MAX, "34 % outside your bubble · 3 topics you haven't read this month · expected interest −4 %");
	assert_summary(&p, 88, "34 % outside your bubble · 3 topics you haven't read this month · expected interest −4 %");
	assert_summary(&p, 87, "34 % outside your bubble · 3 new topics · expected interest −4 %");
	assert_summary(&p, 63, "34 % outside your bubble · 3 new topics · interest −4 %");
	assert_summary(&p, 50, "34 % outside · 3 new topics · interest −4 %");
	assert_summary(&p, 42, "34 % outside · interest −4 %");
	assert_summary(&p, 27, "34 % outside");
	for (int room = 12; room < 120; room++) {
		char text[SLIDER_SUMMARY];

		(void)slider_summary(&p, room, text);
		assert_true(utf8_cells(text, strlen(text)) <= room);
	}
}

static void the_summary_leaves_out_what_there_is_nothing_to_say_of(void **state)
{
	struct page p = a_page();

	(void)state;
	p.new_topics = 1;
	p.expected = .034;
	assert_summary(&p, INT_MAX, "34 % outside your bubble · 1 topic you haven't read this month · expected interest +3 %");
	p.new_topics = 0;
	p.expected = -.001;
	assert_summary(&p, INT_MAX, "34 % outside your bubble · expected interest unchanged");
	p.explore = 0;
	assert_summary(&p, INT_MAX, "34 % outside your bubble");
	p.learned_from = 0;
	assert_summary(&p, INT_MAX, "your bubble isn't known yet · open what you like: it learns from that");
	assert_summary(&p, 30, "your bubble isn't known yet");
	assert_summary(&p, 20, "no bubble yet");
	p.n = 0;
	assert_summary(&p, INT_MAX, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(presets_have_names_and_nothing_between_them_has),
		cmocka_unit_test(the_next_preset_is_the_nearest_on_that_side_and_the_ends_stay),
		cmocka_unit_test(a_cell_of_the_track_is_where_its_value_puts_the_knob),
		cmocka_unit_test(the_summary_says_what_the_setting_did_in_as_many_words_as_there_is_room_for),
		cmocka_unit_test(the_summary_leaves_out_what_there_is_nothing_to_say_of),
	};

	return cmocka_run_group_tests_name("slider", tests, NULL, NULL);
}
