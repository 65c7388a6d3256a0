/* test_keys - names of keys and back, the table of actions, and the manual page that must say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ui/action.h"
#include "ui/keys.h"

static uint32_t key_of(const char *name)
{
	uint32_t key = 0;

	if (!keys_decode(name, &key))
		fail_msg("'%s' names no key", name);
	return key;
}

static void names_mean_what_they_say(void **state)
{
	(void)state;
	assert_int_equal(key_of("j"), 'j');
	assert_int_equal(key_of("G"), 'G');
	assert_int_equal(key_of("["), '[');
	assert_int_equal(key_of("^"), '^');
	assert_int_equal(key_of("C-d"), 'd' | KEYS_CTRL);
	assert_int_equal(key_of("^D"), 'd' | KEYS_CTRL);
	assert_int_equal(key_of("c-D"), 'd' | KEYS_CTRL);
	assert_int_equal(key_of("M-x"), 'x' | KEYS_META);
	assert_int_equal(key_of("M-C-x"), 'x' | KEYS_META | KEYS_CTRL);
	assert_int_equal(key_of("Enter"), KEYS_ENTER);
	assert_int_equal(key_of("space"), ' ');
	assert_int_equal(key_of("F12"), KEYS_F12);
	assert_int_equal(key_of("é"), 0xe9);
	assert_int_equal(key_of("彗"), 0x5f57);
}

static void what_a_terminal_cannot_tell_apart_is_one_key(void **state)
{
	(void)state;
	assert_int_equal(key_of("C-m"), KEYS_ENTER);
	assert_int_equal(key_of("C-i"), KEYS_TAB);
	assert_int_equal(key_of("C-["), KEYS_ESC);
	assert_int_equal(key_of("C-?"), KEYS_BACKSPACE);
	assert_int_equal(key_of("C-SPACE"), key_of("C-@"));
}

static void what_names_no_key_is_refused(void **state)
{
	static const char *const BAD[] = { "", "jj", "F0", "F13", "F99999999999", "C-", "C-é", "C-ENTER", "C-C-d", "HOMER", "\x01", "\x7f", "\xff", "\xc3", "M-" };
	uint32_t key = 77;

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		if (keys_decode(BAD[i], &key))
			fail_msg("'%s' was taken for a key", BAD[i]);
		assert_int_equal(key, 77);
	}
}

static void assert_round(uint32_t key)
{
	char name[KEYS_NAME];
	uint32_t again = 0;

	(void)keys_name(key, name);
	if (!keys_decode(name, &again) || again != key)
		fail_msg("key %x is called '%s', which means %x", key, name, again);
}

static void every_key_is_read_back_from_its_name(void **state)
{
	(void)state;
	for (uint32_t cp = 0x20; cp < 0x110000; cp += cp < 0x3000 ? 1 : 97)
		if (!(cp >= 0x7f && cp < 0xa0) && !(cp >= 0xd800 && cp < 0xe000)) {
			assert_round(cp);
			assert_round(cp | KEYS_META);
		}
	for (uint32_t k = KEYS_NONE + 1; k <= KEYS_LAST; k++)
		assert_round(k);
	for (int byte = 0; byte < 0x20; byte++)
		assert_round(keys_control((unsigned char)byte));
	assert_round(keys_control(0x7f));
}

/* ---- actions ---- */

static void no_default_key_does_two_things_on_one_screen(void **state)
{
	struct keymap m;

	(void)state;
	keymap_init(&m);
	for (size_t i = 0; i < m.n; i++)
		for (size_t k = 0; k < i; k++)
			if (m.entry[i].key == m.entry[k].key && (action_info(m.entry[i].action)->screens & action_info(m.entry[k].action)->screens))
				fail_msg("%s and %s share a key", action_info(m.entry[i].action)->name, action_info(m.entry[k].action)->name);
	keymap_clear(&m);
}

static void every_action_can_be_named_and_reached(void **state)
{
	struct keymap m;

	(void)state;
	keymap_init(&m);
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const struct action_info *info = action_info((enum action)a);

		assert_int_equal(action_named(info->name), a);
		for (int s = 0; s < SCREEN_KINDS; s++) {
			uint32_t key = keymap_key(&m, (enum screen_kind)s, (enum action)a);

			assert_int_equal(key != 0, info->screens >> s & 1);
			if (key)
				assert_int_equal(keymap_action(&m, (enum screen_kind)s, key), a);
		}
	}
	assert_null(action_info(ACTION_NONE));
	assert_int_equal(action_named("nothing-like-that"), ACTION_NONE);
	keymap_clear(&m);
}

static void a_binding_goes_before_the_default_where_it_works(void **state)
{
	struct keymap m;

	(void)state;
	keymap_init(&m);
	assert_int_equal(keymap_bind(&m, "j", "explore-more", NULL), OK);
	assert_int_equal(keymap_action(&m, SCREEN_PAGE, 'j'), ACTION_MORE);
	assert_int_equal(keymap_action(&m, SCREEN_ARTICLE, 'j'), ACTION_DOWN);
	assert_int_equal(keymap_key(&m, SCREEN_PAGE, ACTION_DOWN), KEYS_DOWN);
	keymap_clear(&m);
}

static void a_wrong_binding_is_answered_with_the_nearest_name(void **state)
{
	struct keymap m;
	struct err_info info = ERR_INFO_INIT;
	size_t n;

	(void)state;
	keymap_init(&m);
	n = m.n;
	assert_int_equal(keymap_bind(&m, "x", "opn", &info), ERR_USAGE);
	assert_string_equal(info.text, "no action is called 'opn', did you mean 'open'?");
	assert_int_equal(keymap_bind(&m, "HOMER", "open", &info), ERR_USAGE);
	assert_string_equal(info.text, "no key is called 'HOMER'");
	assert_int_equal(keymap_bind(&m, "x", "fly-to-the-moon", &info), ERR_USAGE);
	assert_string_equal(info.text, "no action is called 'fly-to-the-moon'");
	assert_int_equal(m.n, n);
	keymap_clear(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_mean_what_they_say),
		cmocka_unit_test(what_a_terminal_cannot_tell_apart_is_one_key),
		cmocka_unit_test(what_names_no_key_is_refused),
		cmocka_unit_test(every_key_is_read_back_from_its_name),
		cmocka_unit_test(no_default_key_does_two_things_on_one_screen),
		cmocka_unit_test(every_action_can_be_named_and_reached),
		cmocka_unit_test(a_binding_goes_before_the_default_where_it_works),
		cmocka_unit_test(a_wrong_binding_is_answered_with_the_nearest_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
