/* Growing old, from outside. */
#include "run.h"

#include <string.h>

#include "base/buf.h"

#define ITEMS 6

static const char *feed_url(struct cli *c)
{
	return cli_format(c, "file://%s", cli_path(c, "sea.xml"));
}

static void write_feed(struct cli *c, int items)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, "<rss version='2.0'><channel><title>Sea news</title>");
	for (int i = 0; i < items; i++)
		buf_printf(&b, "<item><guid>sea-%d</guid><title>Tide number %d</title><link>http://sea.example/%d</link><pubDate>2026-03-%02dT08:00:00Z</pubDate>"
			"<description>Somebody has seen the water rise by %d feet.</description></item>", i, i, i, 20 + i, i);
	buf_puts(&b, "</channel></rss>");
	(void)cli_write(c, "sea.xml", buf_str(&b));
	buf_clear(&b);
}

/* Two that were opened, one marked, one starred, and two that nobody has looked at. */
static void fill(struct cli *c, const char *settings)
{
	write_feed(c, ITEMS);
	(void)cli_write(c, "config/urls", cli_format(c, "%s\n", feed_url(c)));
	(void)cli_write(c, "config/config", settings);
	done(eclose(c, "fetch"));
	done(eclose(c, "event", "1", "open", "--dwell", "20"));
	done(eclose(c, "event", "2", "open", "--dwell", "20"));
	done(eclose(c, "mark", "3", "--read"));
	done(eclose(c, "event", "4", "save"));
	done(eclose(c, "mark", "4", "--read"));
}

static long long doctor(struct cli *c, const char *what)
{
	return int_at(json_of(c, done(eclose(c, "doctor", "--json"))), what);
}

static size_t listed(struct cli *c)
{
	return json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries"));
}

static void what_is_old_goes_and_doesnt_come_back(void **state)
{
	struct cli *c = *state;
	json_t *lines, *sum, *show;

	fill(c, "set keep-days 30\n");
	assert_int_equal(doctor(c, "due"), 0);
	c->now = "2026-05-31T06:00:00Z";
	assert_int_equal(doctor(c, "due"), 3);
	assert_non_null(strstr(done(eclose(c, "doctor")).out, "the next fetch lets go of 3 articles"));
	lines = lines_of(c, done(eclose(c, "fetch", "--force", "--json")));
	sum = json_object_get(json_array_get(lines, json_array_size(lines) - 1), "summary");
	assert_int_equal(int_at(sum, "removed"), 3);
	assert_int_equal(int_at(sum, "items_new"), 0);
	assert_int_equal(doctor(c, "due"), 0);
	assert_int_equal(doctor(c, "retired"), 2);
	assert_int_equal(doctor(c, "gone"), 1);
	assert_int_equal(listed(c), 3);
	show = json_of(c, done(eclose(c, "show", "1", "--json")));
	assert_string_equal(text_at(show, "let_go"), c->now);
	assert_string_equal(text_at(show, "title"), "Tide number 0");
	assert_non_null(strstr(done(eclose(c, "show", "2")).out, "its text was let go on 2026-05-31"));
	fails(eclose(c, "show", "3"), 1, "no article 3");
	assert_true(json_is_null(json_object_get(json_of(c, done(eclose(c, "show", "4", "--json"))), "let_go")));
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "search", "rise", "--json"))), "entries")), 3);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "profile", "--json"))), "readings"), 3);
	/* once more, with one that is new */
	write_feed(c, ITEMS + 1);
	assert_non_null(strstr(done(eclose(c, "fetch", "--force")).out, "1 new articles"));
	assert_int_equal(listed(c), 4);
	done(eclose(c, "why", "1"));
	cli_healthy(c);
}

static void a_fetch_says_how_many_and_a_line_of_the_file_how_much(void **state)
{
	struct cli *c = *state;

	fill(c, "");
	c->now = "2026-05-31T06:00:00Z";
	assert_null(strstr(done(eclose(c, "fetch", "--force")).out, "let go"));
	(void)cli_write(c, "config/urls", cli_format(c, "%s +keep-articles=5\n", feed_url(c)));
	assert_non_null(strstr(done(eclose(c, "fetch", "--force")).out, "1 old article let go\n"));
	cli_healthy(c);
	(void)cli_write(c, "config/urls", cli_format(c, "%s +keep-articles=many\n", feed_url(c)));
	fails(eclose(c, "fetch"), 1, "'+keep-articles' takes a whole number from 0 to 1000000");
}

static void a_removed_feeds_articles_go_when_they_are_told_to(void **state)
{
	struct cli *c = *state;
	const char *url;

	fill(c, "");
	url = feed_url(c);
	assert_non_null(strstr(done(eclose(c, "remove", url)).out, "its 6 articles stay in the store; eclose remove --articles "));
	assert_int_equal(listed(c), 6);
	assert_string_equal(done(eclose(c, "remove", url, "--articles")).out, "5 articles let go; 1 with a star stays\n");
	assert_int_equal(listed(c), 1);
	assert_string_equal(done(eclose(c, "remove", url, "--articles")).out, "0 articles let go; 1 with a star stays\n");
	fails(eclose(c, "remove", "http://nowhere.example/", "--articles"), 1, "not among the subscriptions");
	assert_int_equal(int_at(json_of(c, done(eclose(c, "profile", "--json"))), "readings"), 3);
	cli_healthy(c);
	/* and when it is subscribed again it has what nothing was learned from */
	(void)cli_write(c, "config/urls", cli_format(c, "%s\n", url));
	assert_non_null(strstr(done(eclose(c, "fetch")).out, "3 new articles"));
	assert_string_equal(done(eclose(c, "remove", url, "--articles")).out, cli_format(c, "removed %s\n3 articles let go; 1 with a star stays\n", url));
	cli_healthy(c);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)
	const struct CMUnitTest tests[] = {
		T(what_is_old_goes_and_doesnt_come_back),
		T(a_fetch_says_how_many_and_a_line_of_the_file_how_much),
		T(a_removed_feeds_articles_go_when_they_are_told_to),
	};

	return cmocka_run_group_tests_name("cli_retain", tests, NULL, NULL);
}
