/* Moving out and in from outside: export --json, import of it, backup while something comes. */
#include "run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static const char *out(struct cli *c, const char *a, const char *b, const char *d)
{
	const char *words[] = { a, b, d, NULL };

	return done(cli_run(c, words)).out;
}

/* The profile in another folder of data, with the same subscriptions: what is done there is done to that store. */
static void at(struct cli *c, const char *data)
{
	c->data = data ? cli_path(c, data) : NULL;
}

/* Three of the sample feeds, some weeks of reading in one morning, and what else a log may hold. */
static void live(struct cli *c)
{
	const char *from = cli_format(c, "file://%s/data/samples", getenv("TEST_SRCDIR"));

	cli_write(c, "config/urls", cli_format(c, "%s/tidepool.xml sea \"far away\" \"~My tides\"\n%s/northwire.xml\n%s/slow-oven.xml +interval=90 +header=A:b\n", from, from, from));
	done(eclose(c, "fetch"));
	for (int i = 1; i < 50; i += 3)
		done(eclose(c, "event", cli_format(c, "%d", i), i % 2 ? "open" : "skip", "--dwell", "41.3"));
	done(eclose(c, "mark", "2", "5", "--star"));
	done(eclose(c, "mark", "3", "4", "--read"));
	done(eclose(c, "undo"));
	done(eclose(c, "profile", "edit", "pin", "term:tide"));
	done(eclose(c, "trial", "start", "rank", "new"));
	out(c, "rank", "--json", NULL); /* a page under it */
	done(eclose(c, "trial", "stop"));
	done(eclose(c, "mark", "8", "--star"));
}

static void assert_same_answers(struct cli *c)
{
	static const char *const words[][3] = {
		{ "rank", "--json", "--explore=0" }, { "rank", "--json", "--explore=30" }, { "rank", "--json", "--explore=100" }, { "list", "--json", NULL }, { "list", NULL, NULL },
		{ "stats", "--json", NULL }, { "profile", "--json", NULL }, { "why", "9", "--json" }, { "topics", "--json", NULL }, { "stories", "--json", NULL },
		{ "feeds", "--json", NULL }, { "search", "water", "--json" }, { "show", "5", "--json" }, { "trial", "--json", NULL }, { "export", NULL, NULL },
		{ "export", "--json", NULL }, { "undo", NULL, NULL }, { "undo", NULL, NULL }, { "rank", "--json", NULL }, { "profile", "export", NULL }, { "export", "--json", NULL },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *here, *there;

		at(c, NULL);
		here = out(c, words[i][0], words[i][1], words[i][2]);
		at(c, "other");
		there = out(c, words[i][0], words[i][1], words[i][2]);
		if (strcmp(here, there) != 0)
			fail_msg("%s %s %s: not the same", words[i][0], words[i][1], words[i][2] ? words[i][2] : "");
	}
	at(c, NULL);
}

static void another_store_answers_the_same(void **state)
{
	struct cli *c = *state;
	struct ran r;

	live(c);
	cli_write(c, "all.json", out(c, "export", "--json", NULL));
	assert_string_equal(cli_read(c, "all.json"), out(c, "export", "--format", "json"));
	at(c, "other");
	r = done(eclose(c, "import", cli_path(c, "all.json")));
	assert_non_null(strstr(r.out, "0 subscriptions added"));
	assert_non_null(strstr(r.out, "with all that was learned"));
	cli_healthy(c);
	assert_same_answers(c);
}

static void the_second_time_nothing_changes(void **state)
{
	struct cli *c = *state;
	const char *before;

	live(c);
	cli_write(c, "all.json", before = out(c, "export", "--json", NULL));
	for (int i = 0; i < 2; i++)
		assert_non_null(strstr(out(c, "import", cli_path(c, "all.json"), NULL), "0 subscriptions added; 0 articles and 0 actions taken over"));
	assert_string_equal(out(c, "export", "--json", NULL), before);
}

static void subscriptions_go_and_come_with_tags_and_harmless_settings(void **state)
{
	static const char urls[] = "https://one.example/f \"far away\" sea +interval=240 \"~<One> & \\\"only\\\"\" !\nhttps://two.example/f\nhttps://u:p@three.example/f +user-agent=x +connections=3\n";
	static const char *const forms[] = { "--json", "--subscriptions" };
	struct cli *c = *state;
	json_t *feeds;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *doc;

		cli_write(c, "config/urls", cli_format(c, "%shttps://four.example/f +header=A:b \"+login-command=pass me\" +proxy=socks5h://p:1 +private=yes\n", urls));
		doc = out(c, "export", "--format=json", forms[i]);
		assert_null(strstr(doc, "login"));
		assert_null(strstr(doc, "socks5h"));
		assert_null(strstr(doc, "A:b"));
		cli_write(c, "out.json", doc);
		feeds = array_at(json_of(c, done(eclose(c, "export", "--json", i ? "--subscriptions" : "--json"))), "feeds");
		assert_int_equal(json_array_size(feeds), 4);
		assert_string_equal(text_at(json_array_get(feeds, 0), "title"), "<One> & \"only\"");
		assert_string_equal(json_string_value(json_array_get(array_at(json_array_get(feeds, 0), "tags"), 0)), "far away");
		assert_int_equal(unlink(cli_path(c, "config/urls")), 0);
		assert_non_null(strstr(out(c, "import", cli_path(c, "out.json"), NULL), "4 subscriptions added"));
		assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%shttps://four.example/f\n", urls));
	}
	cli_write(c, "mine.json", "{\"feeds\":[{\"url\":\"https://five.example/f\",\"title\":\"Five\",\"tags\":[\"t\"]},{\"url\":\"file:///etc/passwd\"}]}"); /* anybody's */
	assert_non_null(strstr(out(c, "import", cli_path(c, "mine.json"), NULL), "1 entry left out"));
	assert_non_null(strstr(cli_read(c, "config/urls"), "https://five.example/f t \"~Five\"\n"));
	assert_null(strstr(cli_read(c, "config/urls"), "passwd"));
}

static void what_is_wrong_is_said(void **state)
{
	struct cli *c = *state;

	live(c);
	fails(eclose(c, "export", "--json", "--format", "opml"), 2, "which of the two");
	fails(eclose(c, "export", "--subscriptions"), 2, "--subscriptions");
	fails(eclose(c, "import", cli_path(c, "nothing.json")), 1, "nothing.json");
	fails(eclose(c, "import", cli_write(c, "half.json", "{\"eclose\":\"store\",\"version\":1,\n\"feeds\":[\n{\"url\":\"http://a.example/\"")), 1, "half.json: line 3: the file ends here");
	if (access("/dev/full", W_OK) == 0) {
		c->out_to = "/dev/full";
		fails(eclose(c, "export", "--json"), 1, "can't write the output: No space left");
		c->out_to = NULL;
	}
	assert_null(strstr(cli_read(c, "config/urls"), "a.example"));
}

/* ---- backup ---- */

static const char *feed_of(struct cli *c, int number)
{
	struct buf b = BUF_INIT;
	const char *url;

	buf_puts(&b, "<rss version='2.0'><channel><title>x</title>");
	for (int i = 0; i < 200; i++)
		buf_printf(&b, "<item><guid>%d</guid><title>Number %d of %d</title><description>word%d word%d word%d</description></item>", i, i, number, i * 7, i * number, number);
	buf_puts(&b, "</channel></rss>");
	url = cli_format(c, "file://%s", cli_write(c, cli_format(c, "%d.xml", number), buf_str(&b)));
	buf_clear(&b);
	return url;
}

/* The file that a backup makes is looked at as a store of its own: of one moment, so all that it counts agrees. */
static void a_backup_while_feeds_are_fetched_is_whole(void **state)
{
	enum { FEEDS = 40, COPIES = 4 };
	struct cli *c = *state;
	const char *urls = "";
	struct running fetch;
	long long before = 0;

	for (int i = 0; i < FEEDS; i++)
		urls = cli_format(c, "%s%s\n", urls, feed_of(c, i));
	cli_write(c, "config/urls", urls);
	fetch = cli_start(c, (const char *const[]){ "fetch", NULL });
	for (int i = 0; i < COPIES; i++) {
		cli_write(c, cli_format(c, "copy%d/x", i), "");
		done(eclose(c, "backup", cli_path(c, cli_format(c, "copy%d/eclose.db", i))));
	}
	done(cli_wait(c, &fetch));
	for (int i = 0; i < COPIES; i++) {
		json_t *doctor;

		at(c, cli_format(c, "copy%d", i));
		cli_healthy(c);
		doctor = json_of(c, done(eclose(c, "doctor", "--json")));
		assert_int_equal(int_at(doctor, "articles") % 200, 0); /* a feed comes whole, or not yet */
		assert_true(int_at(doctor, "articles") >= before);
		before = int_at(doctor, "articles");
	}
	at(c, NULL);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "articles"), FEEDS * 200);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(another_store_answers_the_same),
		TEST(the_second_time_nothing_changes),
		TEST(subscriptions_go_and_come_with_tags_and_harmless_settings),
		TEST(what_is_wrong_is_said),
		TEST(a_backup_while_feeds_are_fetched_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
