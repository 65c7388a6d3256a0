/* input - what keys make of a line that is being typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "ui/input.h"
#include "ui/keys.h"

/* Blank-separated names of keys; the state after the last. */
static enum input_state type(struct input *in, const char *names)
{
	enum input_state state = INPUT_OPEN;

	for (const char *s = names; *s; s += strcspn(s, " "), s += *s == ' ') {
		char name[KEYS_NAME];
		uint32_t key;

		snprintf(name, sizeof name, "%.*s", (int)strcspn(s, " "), s);
		assert_true(keys_decode(name, &key));
		assert_int_equal(state, INPUT_OPEN);
		state = input_key(in, key);
	}
	return state;
}

static void a_number_takes_digits_up_to_its_length(void **state)
{
	struct input in;

	(void)state;
	input_begin(&in, "explore", NULL, true, 3);
	assert_int_equal(type(&in, "4 x SPACE 5 F5 DOWN 6 7 C-x M-1"), INPUT_OPEN);
	assert_string_equal(in.text, "456");
	assert_int_equal(type(&in, "BACKSPACE 7 ENTER"), INPUT_DONE);
	assert_string_equal(in.text, "457");
}

static void esc_leaves_and_so_does_backspace_at_the_beginning(void **state)
{
	struct input in;

	(void)state;
	input_begin(&in, "explore", NULL, true, 3);
	assert_int_equal(type(&in, "4 ESC"), INPUT_LEFT);
	input_begin(&in, "explore", NULL, true, 3);
	assert_int_equal(type(&in, "4 BACKSPACE BACKSPACE"), INPUT_LEFT);
	input_end(&in);
	assert_null(in.prompt);
	assert_string_equal(in.text, "");
}

static void text_is_taken_back_by_what_a_person_sees_as_one_character(void **state)
{
	struct input in;

	(void)state;
	input_begin(&in, "search", NULL, false, INPUT_BYTES);
	assert_int_equal(type(&in, "c a f e"), INPUT_OPEN);
	assert_int_equal(input_key(&in, 0x301), INPUT_OPEN); /* an accent on the e */
	assert_int_equal(type(&in, "SPACE 彗 星"), INPUT_OPEN);
	assert_string_equal(in.text, "cafe\xcc\x81 彗星");
	assert_int_equal(type(&in, "BACKSPACE BACKSPACE BACKSPACE BACKSPACE"), INPUT_OPEN);
	assert_string_equal(in.text, "caf");
	assert_int_equal(type(&in, "SPACE x y SPACE C-w"), INPUT_OPEN);
	assert_string_equal(in.text, "caf ");
	assert_int_equal(type(&in, "C-u"), INPUT_OPEN);
	assert_string_equal(in.text, "");
}

static void any_keys_leave_valid_text_of_the_length_allowed(void **state)
{
	struct rng r;
	struct input in;

	(void)state;
	rng_seed(&r, 31);
	for (int turn = 0; turn < 200; turn++) {
		size_t most = rng_below(&r, INPUT_BYTES + 100);

		input_begin(&in, "x", NULL, false, most);
		for (int i = 0; i < 300; i++) {
			uint32_t key = (uint32_t)(rng_below(&r, 3) ? rng_below(&r, 0x110000) : rng_below(&r, KEYS_LAST + 1) | (rng_below(&r, 2) ? KEYS_CTRL : 0));

			if (input_key(&in, key) != INPUT_OPEN)
				break;
			assert_true(in.len <= most && in.len <= INPUT_BYTES);
			assert_int_equal(strlen(in.text), in.len);
			assert_true(utf8_valid(in.text, in.len));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_takes_digits_up_to_its_length),
		cmocka_unit_test(esc_leaves_and_so_does_backspace_at_the_beginning),
		cmocka_unit_test(text_is_taken_back_by_what_a_person_sees_as_one_character),
		cmocka_unit_test(any_keys_leave_valid_text_of_the_length_allowed),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
