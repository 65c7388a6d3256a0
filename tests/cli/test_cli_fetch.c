/* `eclose fetch` from outside, against a real server on loopback. */
#include "run.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"

#define ITEM(n) "<item><guid>" n "</guid><title>Item " n "</title><link>http://x.example/" n "</link><description>Text of item " n ".</description></item>"
#define RSS(title, items) "<?xml version='1.0'?><rss version='2.0'><channel><title>" title "</title><link>http://x.example/</link>" items "</channel></rss>"

static const char two[] = RSS("Two", ITEM("1") ITEM("2"));
static const char three[] = RSS("Two", ITEM("1") ITEM("2") ITEM("3"));
static const char other[] = RSS("Other", ITEM("7"));

#define LATER(minutes) (time_after(c, minutes))

/* CLI_NOW and so many minutes. */
static const char *time_after(struct cli *c, int minutes)
{
	char text[DATE_TEXT];
	int64_t t = 0;

	assert_true(date_parse(CLI_NOW, &t));
	return cli_format(c, "%s", date_rfc3339(t + minutes * 60, text));
}

static void subscribe(struct cli *c, const char *const *paths, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = cli_format(c, "%s%s\n", text, cli_url(c, paths[i]));
	cli_write(c, "config/urls", text);
}

#define SUBSCRIBE(c, ...) subscribe((c), (const char *const[]){ __VA_ARGS__ }, sizeof (const char *const[]){ __VA_ARGS__ } / sizeof (char *))
#define SERVE(c, ...) cli_serve((c), (const struct served[]){ __VA_ARGS__ }, sizeof (const struct served[]){ __VA_ARGS__ } / sizeof (struct served))

static json_t *line_for(struct cli *c, const json_t *lines, const char *path)
{
	return with(lines, "url", cli_url(c, path));
}

static json_t *summary(const json_t *lines)
{
	json_t *s = json_object_get(json_array_get(lines, json_array_size(lines) - 1), "summary");

	assert_true(json_is_object(s));
	return s;
}

static json_t *the_feed(struct cli *c, const char *path)
{
	return with(array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds"), "url", cli_url(c, path));
}

static size_t stored(struct cli *c)
{
	return json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries"));
}

/* ---- what is new ---- */

static void a_new_feed_is_told_in_every_field(void **state)
{
	struct cli *c = *state;
	json_t *lines, *one, *sum;
	struct ran r;

	SERVE(c, { .path = "/a", .body = two });
	SUBSCRIBE(c, "/a");
	r = done(eclose(c, "fetch", "--json"));
	assert_string_equal(r.err, "");
	lines = lines_of(c, r);
	assert_int_equal(json_array_size(lines), 2);
	one = json_array_get(lines, 0);
	assert_string_equal(text_at(one, "url"), cli_url(c, "/a"));
	assert_string_equal(text_at(one, "status"), "new");
	assert_int_equal(int_at(one, "http"), 200);
	assert_int_equal(int_at(one, "items_new"), 2);
	assert_true(int_at(one, "bytes") >= (long long)strlen(two));
	assert_true(real_at(one, "ms") >= 0);
	assert_true(json_is_null(json_object_get(one, "error")));
	sum = summary(lines);
	assert_int_equal(int_at(sum, "fetched"), 1);
	assert_int_equal(int_at(sum, "failed"), 0);
	assert_int_equal(int_at(sum, "items_new"), 2);
	assert_int_equal(stored(c), 2);
	cli_healthy(c);
}

static void people_get_a_line_and_no_progress_bar_where_none_is_asked_for(void **state)
{
	struct cli *c = *state;
	struct ran r;

	SERVE(c, { .path = "/a", .body = two }, { .path = "/b", .status = 503 });
	SUBSCRIBE(c, "/a");
	r = done(eclose(c, "fetch"));
	assert_true(strncmp(r.out, "1 feeds asked, 2 new articles, 0 failed, ", 41) == 0);
	assert_string_equal(r.err, "");
	SUBSCRIBE(c, "/a", "/b");
	r = eclose(c, "fetch");
	fails(r, 1, cli_format(c, "%s: the server has a fault (503)", cli_url(c, "/b")));
	assert_null(strchr(r.err, '\r'));
	assert_null(strchr(r.err, '\x1b'));
}

static void validators_are_sent_back_byte_for_byte_and_304_is_unchanged(void **state)
{
	struct cli *c = *state;
	json_t *one;

	SERVE(c, { .path = "/a", .headers = "ETag: W/\"x y-gzip\"\r\nLast-Modified: Mon,  30 Mar 2026 05:00:00 GMT \r\n", .body = two });
	SUBSCRIBE(c, "/a");
	done(eclose(c, "fetch"));
	assert_null(strstr(server_said(&c->server), "If-None-Match"));
	cli_answer(c, (struct served){ .path = "/a", .status = 304 });
	c->now = LATER(61);
	one = line_for(c, lines_of(c, done(eclose(c, "fetch", "--json"))), "/a");
	assert_non_null(strstr(server_said(&c->server), "If-None-Match: W/\"x y-gzip\"\r\n"));
	assert_non_null(strstr(server_said(&c->server), "If-Modified-Since: Mon,  30 Mar 2026 05:00:00 GMT\r\n"));
	assert_string_equal(text_at(one, "status"), "unchanged");
	assert_int_equal(int_at(one, "http"), 304);
	assert_int_equal(int_at(one, "items_new"), 0);
	c->now = LATER(122); /* the validators outlive the 304 */
	done(eclose(c, "fetch"));
	assert_non_null(strstr(strstr(server_said(&c->server), "If-None-Match") + 1, "If-None-Match: W/\"x y-gzip\""));
	assert_int_equal(stored(c), 2);
}

static void what_came_before_is_not_new_again(void **state)
{
	struct cli *c = *state;
	json_t *one;

	SERVE(c, { .path = "/a", .body = two });
	SUBSCRIBE(c, "/a");
	done(eclose(c, "fetch"));
	done(eclose(c, "mark", "1", "--read"));
	cli_answer(c, (struct served){ .path = "/a", .body = three });
	one = line_for(c, lines_of(c, done(eclose(c, "fetch", "--force", "--json"))), "/a");
	assert_int_equal(int_at(one, "items_new"), 1);
	assert_string_equal(text_at(one, "status"), "new");
	one = line_for(c, lines_of(c, done(eclose(c, "fetch", "--force", "--json"))), "/a");
	assert_string_equal(text_at(one, "status"), "unchanged"); /* all of it came, and nothing was new */
	assert_int_equal(stored(c), 3);
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "1", "--json"))), "read"));
}

/* ---- which feeds ---- */

static void only_what_is_due_is_asked_and_force_asks_all(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .body = two }, { .path = "/b", .body = other });
	SUBSCRIBE(c, "/a", "/b");
	done(eclose(c, "fetch"));
	done(eclose(c, "fetch"));
	c->now = LATER(56);
	done(eclose(c, "fetch"));
	assert_int_equal(asked(c, "/a"), 1);
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(asked(c, "/a"), 2);
	assert_int_equal(asked(c, "/b"), 2);
	c->now = LATER(120);
	done(eclose(c, "fetch"));
	assert_int_equal(asked(c, "/a"), 3);
}

static void named_feeds_are_asked_and_no_others(void **state)
{
	struct cli *c = *state;
	json_t *lines;

	SERVE(c, { .path = "/a", .body = two }, { .path = "/b", .body = other });
	SUBSCRIBE(c, "/a", "/b");
	lines = lines_of(c, done(eclose(c, "fetch", cli_url(c, "/b"), "--json")));
	assert_int_equal(json_array_size(lines), 2);
	assert_int_equal(asked(c, "/a"), 0);
	assert_int_equal(asked(c, "/b"), 1);
	done(eclose(c, "fetch", cli_url(c, "/b"))); /* due or not */
	assert_int_equal(asked(c, "/b"), 2);
	fails(eclose(c, "fetch", cli_url(c, "/b"), "http://elsewhere.example/f"), 1, "'http://elsewhere.example/f' is not among the subscriptions");
	assert_int_equal(asked(c, "/b"), 2);
}

static void offline_skips_and_says_so(void **state)
{
	struct cli *c = *state;
	json_t *lines;

	SERVE(c, { .path = "/a", .body = two });
	cli_write(c, "feed.xml", other);
	cli_write(c, "config/urls", cli_format(c, "%s\nfile://%s\n", cli_url(c, "/a"), cli_path(c, "feed.xml")));
	c->offline = true;
	lines = lines_of(c, done(eclose(c, "fetch", "--json")));
	assert_string_equal(text_at(line_for(c, lines, "/a"), "status"), "skipped");
	assert_true(json_is_null(json_object_get(line_for(c, lines, "/a"), "http")));
	assert_string_equal(text_at(with(lines, "url", cli_format(c, "file://%s", cli_path(c, "feed.xml"))), "status"), "new");
	assert_int_equal(int_at(summary(lines), "fetched"), 1);
	assert_int_equal(server_requests(&c->server), 0);
	c->offline = false;
	done(eclose(c, "fetch")); /* it is still due */
	assert_int_equal(asked(c, "/a"), 1);
}

static void with_a_proxy_set_nothing_goes_around_it(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .body = two }); /* stands in for the proxy: it is asked for whole addresses */
	cli_write(c, "config/config", cli_format(c, "set proxy http://127.0.0.1:%d\n", c->server.port));
	done(eclose(c, "parse", "http://one.invalid/a"));
	done(eclose(c, "add", "http://two.invalid/a"));
	done(eclose(c, "fetch"));
	assert_non_null(strstr(server_said(&c->server), "GET http://one.invalid/a HTTP"));
	assert_int_equal(asked(c, "http://two.invalid/a"), 2);
}

/* ---- where feeds go ---- */

static void a_moved_feed_is_told_and_read(void **state)
{
	struct cli *c = *state;
	json_t *lines;

	SERVE(c, { .path = "/old", .status = 301, .headers = "Location: /new\r\n" }, { .path = "/tmp", .status = 302, .headers = "Location: /new\r\n" },
	      { .path = "/new", .body = two }, { .path = "/file", .status = 301, .headers = "Location: file:///etc/passwd\r\n" });
	SUBSCRIBE(c, "/old", "/tmp");
	lines = lines_of(c, done(eclose(c, "fetch", "--json")));
	assert_string_equal(text_at(line_for(c, lines, "/old"), "status"), "moved");
	assert_string_equal(text_at(line_for(c, lines, "/old"), "moved_to"), cli_url(c, "/new"));
	assert_true(json_is_null(json_object_get(line_for(c, lines, "/tmp"), "moved_to")));
	assert_non_null(strstr(done(eclose(c, "fetch", "--force")).err, cli_format(c, "%s: has moved for good to %s\n", cli_url(c, "/old"), cli_url(c, "/new"))));
	assert_int_equal(int_at(line_for(c, lines, "/old"), "items_new"), 2);
	assert_string_equal(text_at(line_for(c, lines, "/tmp"), "status"), "new"); /* for now only */
	SUBSCRIBE(c, "/file");
	lines = lines_of(c, eclose(c, "fetch", "--json"));
	assert_string_equal(text_at(line_for(c, lines, "/file"), "status"), "error");
}

static void a_feed_that_is_gone_is_not_asked_again(void **state)
{
	struct cli *c = *state;
	struct ran r;

	SERVE(c, { .path = "/a", .body = two });
	SUBSCRIBE(c, "/a");
	done(eclose(c, "fetch"));
	cli_answer(c, (struct served){ .path = "/a", .status = 410, .body = "gone" });
	r = eclose(c, "fetch", "--force", "--json");
	assert_int_equal(r.status, 1);
	assert_string_equal(text_at(line_for(c, lines_of(c, r), "/a"), "status"), "gone");
	assert_true(bool_at(the_feed(c, "/a"), "gone"));
	c->now = LATER(60 * 24 * 30);
	done(eclose(c, "fetch"));
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(asked(c, "/a"), 2);
	assert_int_equal(stored(c), 2); /* what it published stays */
	cli_answer(c, (struct served){ .path = "/a", .body = three });
	done(eclose(c, "fetch", cli_url(c, "/a"))); /* by name it may come back */
	assert_false(bool_at(the_feed(c, "/a"), "gone"));
}

/* ---- what goes wrong ---- */

static void one_bad_feed_fails_the_run_and_spoils_no_other(void **state)
{
	static const struct { const char *path, *words; } bad[] = {
		{ "/page", "web page" }, { "/empty", "empty" }, { "/500", "500" }, { "/404", "404" }, { "/cut", "/cut" }, { "/drop", "/drop" },
		{ "/garbage", "neither RSS" },
	};
	struct cli *c = *state;
	json_t *lines;
	struct ran r;

	SERVE(c, { .path = "/good", .body = two }, { .path = "/page", .headers = "Content-Type: text/html\r\n", .body = "<!doctype html><html><body>Hi</body></html>" },
	      { .path = "/empty" }, { .path = "/500", .status = 500, .body = two }, { .path = "/cut", .how = SERVE_CUT, .body = two },
	      { .path = "/drop", .how = SERVE_DROP }, { .path = "/garbage", .body = "\x01\x02\x03 no feed at all" });
	SUBSCRIBE(c, "/page", "/empty", "/500", "/404", "/cut", "/drop", "/garbage", "/good");
	r = eclose(c, "fetch", "--json");
	fails(r, 1, "7 of 8 feeds failed");
	lines = lines_of(c, r);
	assert_int_equal(json_array_size(lines), 9);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *one = line_for(c, lines, bad[i].path);

		assert_string_equal(text_at(one, "status"), "error");
		if (!strstr(text_at(one, "error"), bad[i].words) && bad[i].words[0] != '/')
			fail_msg("%s: %s", bad[i].path, text_at(one, "error"));
		assert_true(strlen(text_at(one, "error")) > 5);
		assert_int_equal(int_at(one, "items_new"), 0);
	}
	assert_string_equal(text_at(line_for(c, lines, "/good"), "status"), "new");
	assert_int_equal(int_at(summary(lines), "failed"), 7);
	assert_int_equal(stored(c), 2);
	r = eclose(c, "fetch", "--force");
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "web page")); /* people are told which and why */
	cli_healthy(c);
}

static void a_truncated_feed_gives_what_is_whole(void **state)
{
	static const char half[] = "<?xml version='1.0'?><rss version='2.0'><channel><title>Half</title>" ITEM("1") "<item><guid>2</guid><title>Only hal";
	struct cli *c = *state;
	json_t *list;

	SERVE(c, { .path = "/a", .how = SERVE_CLOSE, .body = half });
	SUBSCRIBE(c, "/a");
	(void)eclose(c, "fetch");
	list = array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries");
	assert_true(json_array_size(list) >= 1);
	(void)with(list, "title", "Item 1");
	cli_healthy(c);
}

static double clock_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void a_feed_that_never_answers_ends_at_the_timeout(void **state)
{
	struct cli *c = *state;
	double start;
	struct ran r;
	json_t *lines;

	SERVE(c, { .path = "/silent", .how = SERVE_SILENT }, { .path = "/good", .body = two });
	SUBSCRIBE(c, "/silent", "/good");
	cli_write(c, "config/config", "set timeout 1\n");
	start = clock_now();
	r = eclose(c, "fetch", "--json");
	assert_true(clock_now() - start < 20);
	assert_int_equal(r.status, 1);
	lines = lines_of(c, r);
	assert_string_equal(text_at(line_for(c, lines, "/silent"), "status"), "error");
	assert_true(json_is_null(json_object_get(line_for(c, lines, "/silent"), "http")));
	assert_string_equal(text_at(line_for(c, lines, "/good"), "status"), "new");
	assert_string_equal(text_at(json_array_get(lines, 0), "url"), cli_url(c, "/good")); /* it waited for nobody */
}

static void retry_after_is_obeyed(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .status = 429, .headers = "Retry-After: 21600\r\n" });
	SUBSCRIBE(c, "/a");
	assert_int_equal(eclose(c, "fetch").status, 1);
	assert_string_equal(text_at(the_feed(c, "/a"), "next"), LATER(360));
	c->now = LATER(359);
	done(eclose(c, "fetch"));
	assert_int_equal(asked(c, "/a"), 1);
	cli_answer(c, (struct served){ .path = "/a", .body = two });
	c->now = LATER(361);
	done(eclose(c, "fetch"));
	assert_int_equal(asked(c, "/a"), 2);
	assert_int_equal(int_at(the_feed(c, "/a"), "failures"), 0);
}

/* Within a fifth of so many minutes from now. */
static void assert_due_in(struct cli *c, const char *path, int minutes)
{
	const char *next = text_at(the_feed(c, path), "next");

	if (strcmp(next, LATER(minutes * 4 / 5 - 1)) < 0 || strcmp(next, LATER(minutes * 6 / 5 + 1)) > 0)
		fail_msg("due at %s, not in %d minutes", next, minutes);
}

static void a_failing_feed_is_asked_less_and_less(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .status = 500 });
	SUBSCRIBE(c, "/a");
	assert_int_equal(eclose(c, "fetch").status, 1);
	assert_due_in(c, "/a", 60);
	assert_int_equal(eclose(c, "fetch", "--force").status, 1);
	assert_due_in(c, "/a", 120);
	assert_int_equal(eclose(c, "fetch", "--force").status, 1);
	assert_due_in(c, "/a", 240);
	assert_int_equal(int_at(the_feed(c, "/a"), "failures"), 3);
}

/* ---- broken off ---- */

static void an_interrupt_keeps_what_arrived_and_blames_nobody(void **state)
{
	struct cli *c = *state;
	struct running run;
	struct ran r;

	SERVE(c, { .path = "/silent", .how = SERVE_SILENT }, { .path = "/good", .body = two });
	SUBSCRIBE(c, "/good", "/silent");
	run = cli_start(c, (const char *const[]){ "fetch", "--json", NULL });
	for (int i = 0; i < 500 && server_requests(&c->server) < 2; i++)
		(void)usleep(10000);
	(void)usleep(300000);
	assert_int_equal(kill(run.pid, SIGINT), 0);
	r = cli_wait(c, &run);
	fails(r, 1, "interrupted");
	assert_int_equal(stored(c), 2);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "terms"), 0); /* nobody waits for what can be done later */
	assert_int_equal(int_at(the_feed(c, "/silent"), "failures"), 0); /* the feed did nothing wrong ... */
	assert_string_equal(text_at(line_for(c, lines_of(c, r), "/silent"), "status"), "skipped");
	cli_answer(c, (struct served){ .path = "/silent", .body = other });
	done(eclose(c, "fetch")); /* ... and is still due */
	assert_int_equal(stored(c), 3);
	assert_true(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "terms") > 0);
	cli_healthy(c);
}

static void a_kill_at_any_moment_loses_nothing_that_was_stored(void **state)
{
	struct cli *c = *state;
	struct ran r;

	SERVE(c, { .path = "/a", .body = two }, { .path = "/b", .body = other });
	SUBSCRIBE(c, "/a", "/b");
	for (int delay = 0; delay < 40; delay += 4) {
		struct running run = cli_start(c, (const char *const[]){ "fetch", "--force", "--json", NULL });

		(void)usleep((unsigned)delay * 1000);
		(void)kill(run.pid, SIGKILL);
		r = cli_wait(c, &run);
		assert_true(r.status == -SIGKILL || r.status == 0);
	}
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(stored(c), 3);
	cli_healthy(c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_feed_is_told_in_every_field),
		TEST(people_get_a_line_and_no_progress_bar_where_none_is_asked_for),
		TEST(validators_are_sent_back_byte_for_byte_and_304_is_unchanged),
		TEST(what_came_before_is_not_new_again),
		TEST(only_what_is_due_is_asked_and_force_asks_all),
		TEST(named_feeds_are_asked_and_no_others),
		TEST(offline_skips_and_says_so),
		TEST(with_a_proxy_set_nothing_goes_around_it),
		TEST(a_moved_feed_is_told_and_read),
		TEST(a_feed_that_is_gone_is_not_asked_again),
		TEST(one_bad_feed_fails_the_run_and_spoils_no_other),
		TEST(a_truncated_feed_gives_what_is_whole),
		TEST(a_feed_that_never_answers_ends_at_the_timeout),
		TEST(retry_after_is_obeyed),
		TEST(a_failing_feed_is_asked_less_and_less),
		TEST(an_interrupt_keeps_what_arrived_and_blames_nobody),
		TEST(a_kill_at_any_moment_loses_nothing_that_was_stored),
	};

	return cmocka_run_group_tests_name("fetch from outside", tests, NULL, NULL);
}
