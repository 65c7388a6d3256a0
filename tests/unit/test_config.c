/* config - the settings file says what is wrong and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"
#include "base/buf.h"

struct fixture { char path[64]; struct arena arena; struct config config; struct err_info info; };

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	int fd;

	strcpy(f->path, "/tmp/eclose-config-XXXXXX");
	fd = mkstemp(f->path);
	if (fd < 0)
		return -1;
	close(fd);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static enum err load(struct fixture *f, const char *text)
{
	assert_int_equal(buf_write_file(f->path, text, strlen(text), 0600, &f->info), OK);
	return config_load(&f->config, f->path, &f->arena, &f->info);
}

static void assert_refused(struct fixture *f, const char *text, const char *place, const char *words)
{
	char at[128];

	assert_int_equal(load(f, text), ERR_USAGE);
	snprintf(at, sizeof at, "%s:%s: ", f->path, place);
	assert_int_equal(strncmp(f->info.text, at, strlen(at)), 0);
	assert_non_null(strstr(f->info.text, words));
}

static void without_a_file_every_setting_has_its_default(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	assert_int_equal(config_load(&f->config, f->path, &f->arena, &f->info), OK);
	assert_int_equal(f->config.explore, 30);
	assert_int_equal(f->config.idle, 60);
	assert_true(f->config.color);
	assert_int_equal(f->config.model, MODEL_INTEREST);
	assert_string_equal(f->config.browser, "xdg-open %u");
}

static void lines_are_read_with_comments_blanks_and_quotes(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(load(f, "# mine\n\n  set explore 45\r\nset browser firefox --new-tab %u\nset proxy \"socks5h://127.0.0.1:9050\"\nset color no\nset model ftrl\nbind J page-down"), OK);
	assert_int_equal(f->config.explore, 45);
	assert_string_equal(f->config.browser, "firefox --new-tab %u");
	assert_string_equal(f->config.proxy, "socks5h://127.0.0.1:9050");
	assert_false(f->config.color);
	assert_int_equal(f->config.model, MODEL_FTRL);
	assert_int_equal(f->config.n_bind, 1);
	assert_string_equal(f->config.bind[0].key, "J");
	assert_string_equal(f->config.bind[0].action, "page-down");
	assert_int_equal(f->config.bind[0].line, 8);
}

static void a_mistake_names_file_line_and_the_nearest_right_name(void **state)
{
	struct fixture *f = *state;

	assert_refused(f, "set explore 10\nset explor 20\n", "2", "unknown setting 'explor', did you mean 'explore'?");
	assert_refused(f, "set page-sise 20\n", "1", "did you mean 'page-size'?");
	assert_refused(f, "set explore 101\n", "1", "from 0 to 100, not '101'");
	assert_refused(f, "set explore 3x\n", "1", "'3x'");
	assert_refused(f, "set explore\n", "1", "not ''");
	assert_refused(f, "set color maybe\n", "1", "yes or no");
	assert_refused(f, "set idle 9\nset explore 30 sundy=60\n", "2", "no day of the week in 'sundy=60', did you mean 'sunday'?");
	assert_refused(f, "set explore 30 sunday=600\n", "1", "from 0 to 100, not 'sunday=600'");
	assert_refused(f, "set model nett\n", "1", "there is no model 'nett', did you mean 'net'? There are interest, net and ftrl");
	assert_refused(f, "set model transformer\n", "1", "there is no model 'transformer'; there are interest, net and ftrl");
	assert_refused(f, "set model\n", "1", "there is no model ''; there");
	assert_refused(f, "explore 30\n", "1", "'set' or 'bind', not 'explore'");
	assert_refused(f, "\n\nbind j\n", "3", "a key and an action");
	assert_refused(f, "set explore 30 40\n", "1", "'40' is too much");
	assert_refused(f, "set browser \"firefox\" %u\n", "1", "'%u' is too much");
	assert_refused(f, "bind j down k up\n", "1", "'k up' is too much");
	assert_int_equal(load(f, "set explore 30 # enough\n"), OK);
}

static void the_slider_may_have_values_for_days_and_the_last_line_holds(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(load(f, "set explore 30 saturday=50 sun=60 # weekends\n"), OK);
	assert_int_equal(f->config.explore, 30);
	assert_int_equal(f->config.rhythm.set, 1u << 6 | 1u << 0);
	assert_int_equal(f->config.rhythm.day[6], 50);
	assert_int_equal(load(f, "set explore 30 saturday=50\nset explore 40\n"), OK);
	assert_int_equal(f->config.explore, 40);
	assert_int_equal(f->config.rhythm.set, 0);
}

static void a_switch_takes_yes_no_on_and_off(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(load(f, ""), OK);
	assert_true(f->config.mouse);
	assert_int_equal(load(f, "set mouse off\n"), OK);
	assert_false(f->config.mouse);
	assert_int_equal(load(f, "set mouse no\nset mouse on\n"), OK);
	assert_true(f->config.mouse);
	assert_refused(f, "set mouse perhaps\n", "1", "yes or no, not 'perhaps'");
}

static void a_refused_file_leaves_the_settings_as_they_were(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(load(f, "set explore 45\n"), OK);
	assert_int_equal(load(f, "set explore 50\nset nothing 1\n"), ERR_USAGE);
	assert_int_equal(f->config.explore, 45);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_file_every_setting_has_its_default, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lines_are_read_with_comments_blanks_and_quotes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_mistake_names_file_line_and_the_nearest_right_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_slider_may_have_values_for_days_and_the_last_line_holds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_switch_takes_yes_no_on_and_off, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_refused_file_leaves_the_settings_as_they_were, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
