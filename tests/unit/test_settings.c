/* settings and login: how one subscription is to be asked, and as whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feeds/login.h"
#include "feeds/opml.h"
#include "feeds/settings.h"
#include "feeds/urls.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct arena a;

static int give_back(void **state)
{
	(void)state;
	arena_clear(&a);
	return 0;
}

/* ---- the words ---- */

static void each_setting_is_read(void **state)
{
	static const char *const words[] = {
		"user-agent=Other/1.0 (x)", "header=X-One: 1", "header=X-Two:2", "login-file=~/secret", "proxy=socks5h://127.0.0.1:9050", "timeout=7", "interval=240",
		"connections=1", "private=yes",
	};
	struct feed_settings f;

	(void)state;
	assert_int_equal(settings_read(&a, words, COUNT(words), &f, NULL), OK);
	assert_string_equal(f.user_agent, "Other/1.0 (x)");
	assert_int_equal(f.n_headers, 2);
	assert_string_equal(f.header[0], "X-One: 1");
	assert_string_equal(f.header[1], "X-Two:2");
	assert_string_equal(f.login_file, "~/secret");
	assert_null(f.login_command);
	assert_string_equal(f.proxy, "socks5h://127.0.0.1:9050");
	assert_int_equal(f.timeout, 7);
	assert_int_equal(f.interval, 240);
	assert_int_equal(f.connections, 1);
	assert_true(f.reach_private);
}

static void nothing_is_set_without_words_and_none_is_no_proxy(void **state)
{
	static const char *const none[] = { "proxy=none", "private=no" };
	struct feed_settings f;

	(void)state;
	assert_int_equal(settings_read(&a, NULL, 0, &f, NULL), OK);
	assert_null(f.proxy);
	assert_int_equal(f.timeout, 0);
	assert_false(f.reach_private);
	assert_int_equal(settings_read(&a, none, COUNT(none), &f, NULL), OK);
	assert_string_equal(f.proxy, "");
	assert_false(f.reach_private);
}

static void a_mistake_is_told_with_what_would_be_right(void **state)
{
	static const struct { const char *word, *says; } bad[] = {
		{ "timeut=5", "unknown setting '+timeut', did you mean '+timeout'?" }, { "zebra=5", "unknown setting '+zebra'; eclose(5) lists them" },
		{ "timeout=0", "whole number from 1 to 600, not '0'" }, { "timeout=5s", "not '5s'" }, { "timeout=", "not ''" }, { "timeout", "'+timeout' needs a value" },
		{ "interval=-1", "from 1 to 100000" }, { "connections=65", "from 1 to 64" }, { "interval=99999999999999999999", "from 1 to 100000" },
		{ "private=1", "takes yes or no, not '1'" }, { "login-file=secret", "begins with / or ~/" }, { "login-file=", "begins with / or ~/" },
		{ "login-command= ", "needs a value" }, { "user-agent=", "needs a value" }, { "header=X", "takes \"Name: value\"" }, { "header=X Y: 1", "takes \"Name: value\"" },
		{ "header=X:  ", "takes \"Name: value\"" }, { "header=host: x", "can't set host" }, { "header=If-None-Match: *", "can't set If-None-Match" },
		{ "proxy=127.0.0.1:80", "takes none, or an address" }, { "proxy=file:///x", "takes none, or an address" }, { "proxy=http://", "takes none, or an address" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err_info info = ERR_INFO_INIT;
		struct feed_settings f = { .timeout = 77 };

		assert_int_equal(settings_read(&a, &bad[i].word, 1, &f, &info), ERR_SYNTAX);
		if (!strstr(info.text, bad[i].says))
			fail_msg("%s: \"%s\"", bad[i].word, info.text);
		assert_null(strstr(info.text, "secret"));
		assert_int_equal(f.timeout, 77); /* untouched */
	}
}

static void two_logins_and_too_many_headers_are_refused(void **state)
{
	static const char *const both[] = { "login-file=/a", "login-command=b" };
	const char *many[SETTINGS_HEADERS + 1];
	struct err_info info = ERR_INFO_INIT;
	struct feed_settings f;

	(void)state;
	assert_int_equal(settings_read(&a, both, 2, &f, &info), ERR_SYNTAX);
	assert_non_null(strstr(info.text, "one of them"));
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = "header=X: 1";
	assert_int_equal(settings_read(&a, many, SETTINGS_HEADERS, &f, &info), OK);
	assert_int_equal(settings_read(&a, many, SETTINGS_HEADERS + 1, &f, &info), ERR_SYNTAX);
}

/* ---- the lines ---- */

static void a_line_keeps_its_settings_and_a_tag_is_none(void **state)
{
	static const char line[] = "http://a.example/ c++ +1 \"+plus one\" \"+header=X-A: \\\"b\\\" \\\\ c\" +interval=5 ~T\n";
	struct buf out = BUF_INIT;
	struct subs subs, again;

	(void)state;
	assert_int_equal(urls_read(&a, line, strlen(line), &subs, NULL), OK);
	assert_int_equal(subs.n, 1);
	assert_int_equal(subs.sub[0].n_settings, 2);
	assert_string_equal(subs.sub[0].settings[0], "header=X-A: \"b\" \\ c");
	assert_string_equal(subs.sub[0].settings[1], "interval=5");
	assert_int_equal(subs.sub[0].n_tags, 3);
	urls_line(&subs.sub[0], &out);
	assert_int_equal(urls_read(&a, buf_str(&out), out.len, &again, NULL), OK);
	assert_int_equal(again.sub[0].n_settings, 2);
	assert_string_equal(again.sub[0].settings[0], subs.sub[0].settings[0]);
	assert_int_equal(again.sub[0].n_tags, 3);
	buf_clear(&out);
}

static void a_mistake_in_a_line_is_told_with_its_number(void **state)
{
	static const char text[] = "# one\nhttp://a.example/ +interval=5\nhttp://b.example/ +intervall=5\n";
	struct err_info info = ERR_INFO_INIT;
	struct subs subs = { .n = 77 };

	(void)state;
	assert_int_equal(urls_read(&a, text, strlen(text), &subs, &info), ERR_SYNTAX);
	assert_non_null(strstr(info.text, "line 3"));
	assert_non_null(strstr(info.text, "did you mean '+interval'?"));
	assert_int_equal(subs.n, 77);
}

static void what_comes_from_elsewhere_brings_no_settings(void **state)
{
	static const char *const texts[] = {
		"http://a.example/ tag +private=yes \"+login-command=rm -r /\" +nonsense=1\nhttp://b.example/\n",
		"<opml version='2.0'><body><outline type='rss' xmlUrl='http://a.example/' category='tag,+private=yes'/>"
		"<outline type='rss' xmlUrl='http://b.example/' text='+proxy=http://evil.example'/></body></opml>",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf out = BUF_INIT;
		struct subs subs, again;

		assert_int_equal(subs_import(&a, texts[i], strlen(texts[i]), &subs, NULL), OK);
		assert_int_equal(subs.n, 2);
		assert_int_equal(subs.dropped, i == 0 ? 3 : 0);
		for (size_t k = 0; k < subs.n; k++) {
			assert_int_equal(subs.sub[k].n_settings, 0);
			urls_line(&subs.sub[k], &out);
		}
		/* nor do they come by the way of what is written */
		assert_int_equal(urls_read(&a, buf_str(&out), out.len, &again, NULL), OK);
		for (size_t k = 0; k < again.n; k++)
			assert_int_equal(again.sub[k].n_settings, 0);
		buf_clear(&out);
	}
}

/* ---- logins ---- */

/* A file of this mode that says so; removed by the caller. */
static const char *file_of(const char *text, mode_t mode)
{
	char path[] = "/tmp/eclose-login-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	(void)close(fd);
	return arena_strdup(&a, path);
}

static void a_login_is_the_first_line_of_its_file(void **state)
{
	struct feed_settings f = { .login_file = file_of("me:hu:sh \r\nmore\n", 0600) };
	const char *login = "untouched";

	(void)state;
	assert_int_equal(login_read(&a, &f, &login, NULL), OK);
	(void)unlink(f.login_file);
	assert_string_equal(login, "me:hu:sh ");
	assert_int_equal(login_read(&a, &(struct feed_settings){ 0 }, &login, NULL), OK);
	assert_null(login);
}

static void a_file_that_is_no_login_is_refused_without_a_word_of_it(void **state)
{
	static const struct { const char *text; mode_t mode; const char *says; } bad[] = {
		{ "me:hush\n", 0644, "chmod 600" }, { "me:hush\n", 0660, "chmod 600" }, { "hush\n", 0600, "no user:password" }, { "", 0600, "no user:password" },
		{ ":hush\n", 0600, "no user:password" }, { "\nme:hush\n", 0600, "no user:password" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct feed_settings f = { .login_file = file_of(bad[i].text, bad[i].mode) };
		struct err_info info = ERR_INFO_INIT;
		const char *login = "untouched";
		enum err e = login_read(&a, &f, &login, &info);

		(void)unlink(f.login_file);
		assert_int_not_equal(e, OK);
		if (!strstr(info.text, bad[i].says) || !strstr(info.text, f.login_file))
			fail_msg("%zu: \"%s\"", i, info.text);
		assert_null(strstr(info.text, "hush"));
		assert_string_equal(login, "untouched");
	}
}

static void a_login_that_is_no_regular_file_is_refused(void **state)
{
	static const char *const paths[] = { "/dev/null", "/tmp", "/nonexistent/login" };

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct feed_settings f = { .login_file = paths[i] };
		struct err_info info = ERR_INFO_INIT;
		const char *login = NULL;

		assert_int_not_equal(login_read(&a, &f, &login, &info), OK);
		assert_non_null(strstr(info.text, paths[i]));
	}
}

static void a_command_gives_its_first_line_and_no_shell_reads_it(void **state)
{
	struct feed_settings f = { .login_command = "printf %s:%s\\n  me  $HOME;`id`" };
	const char *login = NULL;

	(void)state;
	assert_int_equal(login_read(&a, &f, &login, NULL), OK);
	assert_string_equal(login, "me:$HOME;`id`");
}

static void a_command_that_fails_is_told_without_what_it_said(void **state)
{
	static const struct { const char *command, *says; } bad[] = {
		{ "false", "the login command false failed" }, { "/nonexistent/program", "can't be run" }, { "printf hush", "no user:password" }, { "true", "no user:password" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct feed_settings f = { .login_command = bad[i].command };
		struct err_info info = ERR_INFO_INIT;
		const char *login = NULL;

		assert_int_equal(login_read(&a, &f, &login, &info), ERR_USAGE);
		if (!strstr(info.text, bad[i].says))
			fail_msg("%s: \"%s\"", bad[i].command, info.text);
		assert_null(strstr(info.text, "hush"));
	}
}

static void a_command_that_prints_without_end_is_no_trouble(void **state)
{
	struct feed_settings f = { .login_command = "yes me:hush" };
	struct err_info info = ERR_INFO_INIT;
	const char *login = NULL;

	(void)state;
	assert_int_not_equal(login_read(&a, &f, &login, &info), OK); /* it isn't waited for beyond its time */
	assert_null(strstr(info.text, "hush"));
}

static void a_command_that_says_no_more_and_goes_on_is_ended(void **state)
{
	struct feed_settings f = { .login_command = file_of("#!/bin/sh\necho me:hush\nexec >&-\nsleep 1000\n", 0700) };
	struct err_info info = ERR_INFO_INIT;
	const char *login = NULL;

	(void)state;
	assert_int_equal(login_read(&a, &f, &login, &info), ERR_USAGE);
	(void)unlink(f.login_command);
	assert_non_null(strstr(info.text, "was not done within"));
	assert_null(strstr(info.text, "hush"));
}

#define TEST(f) cmocka_unit_test_teardown(f, give_back)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_setting_is_read),
		TEST(nothing_is_set_without_words_and_none_is_no_proxy),
		TEST(a_mistake_is_told_with_what_would_be_right),
		TEST(two_logins_and_too_many_headers_are_refused),
		TEST(a_line_keeps_its_settings_and_a_tag_is_none),
		TEST(a_mistake_in_a_line_is_told_with_its_number),
		TEST(what_comes_from_elsewhere_brings_no_settings),
		TEST(a_login_is_the_first_line_of_its_file),
		TEST(a_file_that_is_no_login_is_refused_without_a_word_of_it),
		TEST(a_login_that_is_no_regular_file_is_refused),
		TEST(a_command_gives_its_first_line_and_no_shell_reads_it),
		TEST(a_command_that_fails_is_told_without_what_it_said),
		TEST(a_command_that_prints_without_end_is_no_trouble),
		TEST(a_command_that_says_no_more_and_goes_on_is_ended),
	};

	return cmocka_run_group_tests_name("settings of one feed", tests, NULL, NULL);
}
