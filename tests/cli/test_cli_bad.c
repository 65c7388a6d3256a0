/* Wrong usage and wrong files, answered in a sentence; and the words that --help and the manual owe the reader. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmd/cmd.h"

/* ---- wrong usage ---- */

struct wrong { const char *words[8]; const char *says; };

static const struct wrong wrong[] = {
	{ { "bogus" }, "there is no command 'bogus'" },
	{ { "" }, "there is no command ''" },
	{ { "--bogus" }, "unknown option '--bogus'" },
	{ { "--now", "tomorrow", "feeds" }, "--now takes a time" },
	{ { "--config" }, "--config needs a value" },
	{ { "--offline=yes", "feeds" }, "--offline takes no value" },
	{ { "fetch", "--bogus" }, "unknown option '--bogus'" },
	{ { "fetch", "-f" }, "unknown option '-f'" },
	{ { "add" }, "add needs an address" },
	{ { "add", "http://x.example/", "http://y.example/" }, "'http://y.example/'" },
	{ { "add", "http://x.example/", "--tag" }, "--tag needs a value" },
	{ { "remove" }, "remove needs" },
	{ { "remove", "a", "b" }, "'b'" },
	{ { "feeds", "x", "y" }, "feeds shows all subscriptions, or one" }, { { "feeds", "--follow", "--json" }, "not both" },
	{ { "import" }, "import needs a file" },
	{ { "import", "a", "b" }, "'b'" },
	{ { "export", "x" }, "'x'" },
	{ { "export", "--format", "pdf" }, "opml, urls or json" },
	{ { "parse", "a", "b" }, "'b'" },
	{ { "parse", "--type" }, "--type needs a value" },
	{ { "rank", "x" }, "'x'" },
	{ { "rank", "--explore", "101" }, "0 to 100" },
	{ { "rank", "--explore", "-1" }, "0 to 100" },
	{ { "rank", "--explore", "half" }, "0 to 100" },
	{ { "rank", "--explore", "" }, "0 to 100" },
	{ { "rank", "--limit", "0" }, "--limit" },
	{ { "rank", "--limit", "2.5" }, "--limit" },
	{ { "rank", "--order", "best" }, "rank, new or old" },
	{ { "rank", "--json=1" }, "--json takes no value" },
	{ { "list", "x" }, "'x'" },
	{ { "list", "--limit", "none" }, "--limit" },
	{ { "search" }, "search needs words" },
	{ { "search", "x", "--limit", "0" }, "--limit" },
	{ { "show" }, "show needs" },
	{ { "show", "one" }, "'one'" },
	{ { "show", "1x" }, "'1x'" },
	{ { "show", "-1" }, "'-1'" },
	{ { "show", "1", "2" }, "'2'" },
	{ { "show", "1", "--width", "3" }, "--width" },
	{ { "mark" }, "mark needs" },
	{ { "mark", "1" }, "one of --read" },
	{ { "mark", "1", "--read", "--star" }, "one of --read" },
	{ { "undo", "1" }, "'1'" },
	{ { "event" }, "event needs" },
	{ { "event", "1" }, "event needs" },
	{ { "event", "1", "open", "close" }, "'close'" },
	{ { "profile", "show", "it" }, "'it'" },
	{ { "profile", "--json", "forget" }, "the first word behind profile" },
	{ { "profile", "forget" }, "forget takes one of" },
	{ { "profile", "forget", "--yes" }, "forget takes one of" },
	{ { "profile", "forget", "--all", "--term", "x" }, "forget takes one of" },
	{ { "profile", "forget", "--feed", "http://x.example/", "--topic", "1" }, "forget takes one of" },
	{ { "profile", "forget", "everything" }, "'everything'" },
	{ { "profile", "forget", "--until", "2026-01-01T00:00:00Z" }, "--until needs --since" },
	{ { "profile", "forget", "--since", "yesterday" }, "--since takes a time" },
	{ { "profile", "forget", "--since", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z" }, "no span of time" },
	{ { "profile", "forget", "--topic", "-1" }, "--topic takes a whole number" },
	{ { "profile", "forget", "--term" }, "--term needs a value" },
	{ { "profile", "export", "a", "b" }, "'b'" },
	{ { "profile", "export", "--yes" }, "unknown option '--yes'" },
	{ { "profile", "import" }, "profile import needs a file" },
	{ { "profile", "import", "a", "b" }, "'b'" },
	{ { "ask", "me" }, "'me'" },
	{ { "ask", "--limit", "0" }, "--limit takes a whole number from 1 to 100" },
	{ { "trial", "begin" }, "start, status or stop, not 'begin'" },
	{ { "trial", "status", "it" }, "'it'" },
	{ { "trial", "stop", "it" }, "'it'" },
	{ { "trial", "start" }, "names of two rankings" },
	{ { "trial", "start", "rank" }, "names of two rankings" },
	{ { "trial", "start", "rank", "new", "feeds" }, "names of two rankings" },
	{ { "trial", "start", "rank", "newest" }, "there is no ranking 'newest', did you mean 'new'? There are rank, slider=0..100, model=interest|net|ftrl, new, feeds and random" },
	{ { "trial", "start", "slider=200", "new" }, "'slider=200', did you mean 'slider=0..100'?" },
	{ { "trial", "start", "slider=20", "slider=020" }, "not of 'slider=20' twice" },
	{ { "trial", "--json=1" }, "--json takes no value" },
	{ { "why" }, "why needs" },
	{ { "why", "x" }, "'x'" },
	{ { "eval" }, "mind DIR" },
	{ { "eval", "mind" }, "mind DIR" },
	{ { "eval", "body", "x" }, "mind DIR" },
	{ { "eval", "mind", "x", "y" }, "'y'" },
	{ { "eval", "mind", "x", "--model", "nett" }, "there is no model 'nett', did you mean 'net'?" },
	{ { "eval", "replay", "x" }, "'x'" },
	{ { "eval", "replay", "--model", "" }, "there is no model ''" },
	{ { "eval", "replay", "--users", "3" }, "'--users'" },
	{ { "eval", "simulate", "x" }, "'x'" },
	{ { "eval", "simulate", "--model", "bert" }, "there is no model 'bert'" },
	{ { "eval", "simulate", "--users", "0" }, "--users" },
	{ { "eval", "simulate", "--users", "many" }, "--users" },
	{ { "eval", "simulate", "--seed", "-1" }, "--seed" },
	{ { "eval", "simulate", "--explore", "30" }, "'--explore' goes with --days" },
	{ { "eval", "simulate", "--figure" }, "'--figure' goes with --days" },
	{ { "eval", "simulate", "--days", "0" }, "--days" },
	{ { "eval", "simulate", "--days", "61" }, "--days" },
	{ { "eval", "simulate", "--days", "2", "--explore", "30,101" }, "not '101'" },
	{ { "eval", "simulate", "--days", "2", "--explore", "5,5" }, "--explore has 5 twice" },
	{ { "eval", "simulate", "--days", "2", "--json", "--figure" }, "not both" },
	{ { "doctor", "who" }, "'who'" },
	{ { "backup" }, "backup needs" },
	{ { "backup", "a", "b" }, "'b'" },
};

static void wrong_usage_is_two_and_a_sentence(void **state)
{
	struct cli *c = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct ran r = cli_run(c, wrong[i].words);

		if (r.status != 2 || *r.out)
			print_error("eclose %s %s: %d %s%s\n", wrong[i].words[0], wrong[i].words[1] ? wrong[i].words[1] : "", r.status, r.out, r.err);
		fails(r, 2, wrong[i].says);
		assert_string_equal(r.out, "");
		assert_ptr_equal(strchr(r.err, '\n'), r.err + strlen(r.err) - 1); /* one sentence */
	}
	assert_int_not_equal(access(cli_path(c, "data"), F_OK), 0); /* and nothing was made for it */
}

static void behind_two_dashes_a_word_is_a_word(void **state)
{
	struct cli *c = *state;

	fails(eclose(c, "remove", "--", "--force"), 1, "'--force' is not among the subscriptions");
	fails(eclose(c, "show", "--", "-1"), 2, "'-1' is not the number of an article");
	done(eclose(c, "search", "--", "--limit"));
}

/* ---- settings and subscriptions that mean nothing ---- */

static const struct { const char *text, *says; } settings[] = {
	{ "set explore 10\nset explor 20\n", ":2: unknown setting 'explor', did you mean 'explore'?" },
	{ "# c\n\nset explore 101\n", ":3: 'explore' takes a whole number from 0 to 100, not '101'" },
	{ "set explore\n", ":1: 'explore' takes" },
	{ "set color maybe\n", ":1: 'color' takes yes or no" },
	{ "explore 30\n", ":1: a line starts with 'set' or 'bind', not 'explore'" },
	{ "set explore 10 # half\n\nbind j\n", ":3: 'bind' takes a key and an action" },
	{ "set\n", ":1: " },
	{ "\x01\x02\xff\n", ":1: " },
};

static void a_config_line_that_means_nothing_names_file_and_line(void **state)
{
	static const char *const commands[] = { "feeds", "fetch", "rank", "doctor", "list" };
	struct cli *c = *state;

	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		const char *path = cli_write(c, "config/config", settings[i].text);

		for (size_t k = 0; k < sizeof commands / sizeof *commands; k++)
			fails(eclose(c, commands[k]), 2, cli_format(c, "%s%s", path, settings[i].says));
	}
}

static void the_doctor_names_a_key_that_can_not_be_bound(void **state)
{
	struct cli *c = *state;
	struct ran r;

	cli_write(c, "config/config", "set explore 10\nbind J page-down\n");
	done(eclose(c, "doctor"));
	cli_write(c, "config/config", "set explore 10\nbind J fly\n");
	fails(eclose(c, "doctor"), 1, cli_format(c, "%s:2: ", cli_path(c, "config/config")));
	cli_write(c, "config/config", "bind HYPER-J page-down\n");
	fails(eclose(c, "doctor"), 1, cli_format(c, "%s:1: ", cli_path(c, "config/config")));
	r = eclose(c, "doctor", "--json");
	assert_false(bool_at(json_of(c, r), "ok"));
	assert_int_equal(json_array_size(array_at(json_of(c, r), "settings")), 1);
	done(eclose(c, "feeds")); /* it stops nothing else */
}

static void a_bad_subscription_file_names_the_line(void **state)
{
	struct cli *c = *state;
	const char *path = cli_write(c, "config/urls", "https://one.example/\nhttps://two.example/ \"open\n");

	fails(eclose(c, "feeds"), 1, cli_format(c, "%s: line 2", path));
	assert_string_equal(cli_read(c, "config/urls"), "https://one.example/\nhttps://two.example/ \"open\n");
}

/* ---- where it lives ---- */

static void folders_are_ours_alone(void **state)
{
	struct cli *c = *state;
	struct stat st;

	c->offline = true;
	done(eclose(c, "add", "https://one.example/"));
	assert_int_equal(stat(cli_path(c, "config"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(cli_path(c, "data"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(cli_path(c, "data/eclose.db"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(cli_path(c, "config/urls"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void output_that_can_not_be_written_is_a_failure(void **state)
{
	static const char *const commands[] = { "feeds", "list", "rank", "doctor", "export", "profile", "fetch", "--help", "--version" };
	struct cli *c = *state;

	if (access("/dev/full", W_OK) != 0) {
		print_message("no /dev/full here\n");
		skip();
	}
	cli_write(c, "feed.xml", "<rss version='2.0'><channel><title>T</title><item><title>One</title><guid>1</guid></item></channel></rss>");
	cli_write(c, "config/urls", cli_format(c, "file://%s\n", cli_path(c, "feed.xml")));
	done(eclose(c, "fetch"));
	c->out_to = "/dev/full";
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		fails(eclose(c, commands[i]), 1, "can't write the output");
	for (size_t i = 0; i < 7; i++)
		if (strcmp(commands[i], "export") != 0)
			fails(eclose(c, commands[i], "--json"), 1, "can't write the output");
}

/* ---- help and manual ---- */

/* The manual's text without its macros' escapes: "\-" is "-". */
static const char *manual(struct cli *c, const char *name)
{
	const char *dir = getenv("TEST_SRCDIR");
	struct err_info info = ERR_INFO_INIT;
	struct buf raw = BUF_INIT, text = BUF_INIT;
	const char *kept;

	if (buf_read_file(&raw, cli_format(c, "%s/man/%s", dir ? dir : ".", name), (size_t)1 << 20, &info) != OK)
		fail_msg("%s", info.text);
	for (size_t i = 0; i < raw.len; i++)
		if (raw.s[i] != '\\' || raw.s[i + 1] != '-')
			buf_putc(&text, raw.s[i]);
	kept = arena_strdup(&c->a, buf_str(&text));
	buf_clear(&raw);
	buf_clear(&text);
	return kept;
}

static const struct { const char *name, *words; } commands[] = {
#define X(name, words, help) { #name, words },
	COMMANDS(X)
#undef X
};

static void help_names_every_command_and_its_words(void **state)
{
	struct cli *c = *state;
	const char *help = done(eclose(c, "--help")).out;

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (!strstr(help, cli_format(c, "\n  %s%s%s\n", commands[i].name, *commands[i].words ? " " : "", commands[i].words)))
			fail_msg("--help is silent about %s", commands[i].name);
	assert_non_null(strstr(done(eclose(c, "--version")).out, "eclose "));
	assert_int_not_equal(access(cli_path(c, "data"), F_OK), 0);
}

static void a_command_says_how_it_is_used(void **state)
{
	struct cli *c = *state;

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const char *usage = cli_format(c, "usage: eclose %s%s%s\n  ", commands[i].name, *commands[i].words ? " " : "", commands[i].words);
		struct ran alone = done(eclose(c, commands[i].name, "--help")), behind = done(eclose(c, commands[i].name, "x", "--json", "--help"));

		assert_string_equal(alone.err, "");
		if (strncmp(alone.out, usage, strlen(usage)) != 0)
			fail_msg("%s --help says '%s'", commands[i].name, alone.out);
		assert_string_equal(behind.out, alone.out);
	}
	assert_int_not_equal(access(cli_path(c, "data"), F_OK), 0);
	assert_null(strstr(done(eclose(c, "search", "--", "--help")).out, "usage")); /* a word to search for */
}

static void the_manual_names_every_command_and_option(void **state)
{
	static const char *const global[] = { "--config", "--data", "--offline", "--now", "--explore", "--demo", "--help", "--version" };
	struct cli *c = *state;
	const char *man = manual(c, "eclose.1");

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const char *at = strstr(man, cli_format(c, "\n.B %s%s%s\n", commands[i].name, *commands[i].words ? " " : "", commands[i].words));

		if (!at)
			fail_msg("eclose(1) hasn't: %s %s", commands[i].name, commands[i].words);
	}
	for (size_t i = 0; i < sizeof global / sizeof *global; i++)
		if (!strstr(man, global[i]))
			fail_msg("eclose(1) is silent about %s", global[i]);
}

static struct ran doctor_with(struct cli *c, const char *name, const char *value)
{
	cli_write(c, "config/config", cli_format(c, "set %s %s\n", name, value));
	return eclose(c, "doctor");
}

/* One row of the table: name, default, values. */
static void check_setting(struct cli *c, const char *name, const char *otherwise, const char *values)
{
	long least, most;

	done(doctor_with(c, name, otherwise));
	if (sscanf(values, "%ld to %ld", &least, &most) == 2) {
		done(doctor_with(c, name, cli_format(c, "%ld", least)));
		done(doctor_with(c, name, cli_format(c, "%ld", most)));
		fails(doctor_with(c, name, cli_format(c, "%ld", least - 1)), 2, name);
		fails(doctor_with(c, name, cli_format(c, "%ld", most + 1)), 2, name);
	} else if (strcmp(values, "yes or no") == 0) {
		done(doctor_with(c, name, "no"));
		fails(doctor_with(c, name, "perhaps"), 2, name);
	}
}

static void every_setting_of_the_manual_is_one_within_its_range(void **state)
{
	struct cli *c = *state;
	const char *s = strstr(manual(c, "eclose.5"), "setting\tdefault\tvalues\tmeaning\n");
	size_t rows = 0;

	assert_non_null(s);
	for (s = strchr(s, '\n') + 1; strncmp(s, ".TE", 3) != 0; s = strchr(s, '\n') + 1) {
		size_t line = strcspn(s, "\n"), name = strcspn(s, "\t"), otherwise, values;

		if (name >= line)
			continue; /* what it means */
		otherwise = strcspn(s + name + 1, "\t");
		values = strcspn(s + name + otherwise + 2, "\t\n");
		check_setting(c, arena_strndup(&c->a, s, name), arena_strndup(&c->a, s + name + 1, otherwise),
			      arena_strndup(&c->a, s + name + otherwise + 2, values));
		rows++;
	}
	assert_true(rows >= 12);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(wrong_usage_is_two_and_a_sentence),
		TEST(behind_two_dashes_a_word_is_a_word),
		TEST(a_config_line_that_means_nothing_names_file_and_line),
		TEST(the_doctor_names_a_key_that_can_not_be_bound),
		TEST(a_bad_subscription_file_names_the_line),
		TEST(folders_are_ours_alone),
		TEST(output_that_can_not_be_written_is_a_failure),
		TEST(help_names_every_command_and_its_words),
		TEST(a_command_says_how_it_is_used),
		TEST(the_manual_names_every_command_and_option),
		TEST(every_setting_of_the_manual_is_one_within_its_range),
	};

	return cmocka_run_group_tests_name("wrong usage", tests, NULL, NULL);
}
