/* When feeds are asked, where they moved and how they are doing, from outside. */
#include "run.h"

#include <string.h>

#include "base/date.h"

#define ITEM(n) "<item><guid>" n "</guid><title>Item " n "</title><link>http://x.example/" n "</link><description>Text of item " n ".</description></item>"
#define RSS(title, items) "<?xml version='1.0'?><rss version='2.0'><channel><title>" title "</title><link>http://x.example/</link>" items "</channel></rss>"

static const char one[] = RSS("One", ITEM("1")), two[] = RSS("One", ITEM("1") ITEM("2"));

#define SERVE(c, ...) cli_serve((c), (const struct served[]){ __VA_ARGS__ }, sizeof (const struct served[]){ __VA_ARGS__ } / sizeof (struct served))
#define LATER(minutes) (time_after(c, minutes))

/* CLI_NOW and so many minutes. */
static const char *time_after(struct cli *c, int minutes)
{
	char text[DATE_TEXT];
	int64_t t = 0;

	assert_true(date_parse(CLI_NOW, &t));
	return cli_format(c, "%s", date_rfc3339(t + minutes * 60, text));
}

static json_t *the_feed(struct cli *c, const char *path)
{
	return json_of(c, done(eclose(c, "feeds", cli_url(c, path), "--json")));
}

static bool is_null(const json_t *o, const char *name)
{
	return json_is_null(json_object_get(o, name));
}

static json_t *fetched(struct cli *c, const char *path)
{
	return with(lines_of(c, eclose(c, "fetch", "--force", "--json")), "url", cli_url(c, path));
}

/* A feed at /old that leads to /new for good, fetched twice. */
static void move(struct cli *c)
{
	SERVE(c, { .path = "/old", .status = 301, .headers = "Location: /new\r\n" }, { .path = "/new", .headers = "ETag: \"of-new\"\r\n", .body = one });
	cli_write(c, "config/urls", cli_format(c, "# mine\n\n  %s \"two words\" x  ~One # tail\nhttp://127.0.0.1:1/other\r\n", cli_url(c, "/old")));
	cli_answer(c, (struct served){ .path = "/other", .body = two });
	assert_string_equal(text_at(fetched(c, "/old"), "status"), "moved");
	assert_true(is_null(the_feed(c, "/old"), "moved_to")); /* once is no move yet */
	assert_string_equal(text_at(fetched(c, "/old"), "moved_to"), cli_url(c, "/new"));
	assert_string_equal(text_at(the_feed(c, "/old"), "moved_to"), cli_url(c, "/new"));
}

/* ---- moves ---- */

static void a_feed_that_moved_is_asked_there_at_once(void **state)
{
	struct cli *c = *state;
	json_t *got;

	move(c);
	assert_int_equal(asked(c, "/old"), 2);
	assert_int_equal(asked(c, "/new"), 2);
	cli_answer(c, (struct served){ .path = "/new", .status = 304 });
	got = fetched(c, "/old");
	assert_int_equal(asked(c, "/old"), 2);
	assert_int_equal(asked(c, "/new"), 3);
	assert_non_null(strstr(server_said(&c->server), "GET /new HTTP/1.1\r\n"));
	assert_non_null(strstr(server_said(&c->server), "If-None-Match: \"of-new\"\r\n"));
	assert_string_equal(text_at(got, "status"), "unchanged");
	assert_true(is_null(got, "moved_to"));
	assert_string_equal(text_at(the_feed(c, "/old"), "moved_to"), cli_url(c, "/new"));
	assert_non_null(strstr(done(eclose(c, "feeds")).out, cli_format(c, "moved to %s", cli_url(c, "/new"))));
	assert_non_null(strstr(cli_read(c, "config/urls"), cli_url(c, "/old"))); /* nobody asked for it to be rewritten */
}

static void a_move_for_now_is_not_remembered(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .status = 302, .headers = "Location: /b\r\n" }, { .path = "/b", .status = 308, .headers = "Location: /c\r\n" }, { .path = "/c", .body = one });
	cli_write(c, "config/urls", cli_url(c, "/a"));
	for (int i = 0; i < 3; i++)
		(void)fetched(c, "/a");
	assert_int_equal(asked(c, "/a"), 3);
	assert_true(is_null(the_feed(c, "/a"), "moved_to"));
}

static void a_move_must_be_met_twice_in_a_row(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .status = 301, .headers = "Location: /b\r\n" }, { .path = "/b", .body = one });
	cli_write(c, "config/urls", cli_url(c, "/a"));
	(void)fetched(c, "/a");
	cli_answer(c, (struct served){ .path = "/a", .body = one });
	(void)fetched(c, "/a");
	cli_answer(c, (struct served){ .path = "/a", .status = 301, .headers = "Location: /b\r\n" });
	(void)fetched(c, "/a");
	assert_true(is_null(the_feed(c, "/a"), "moved_to"));
	cli_answer(c, (struct served){ .path = "/a", .status = 500 }); /* says nothing of it */
	(void)fetched(c, "/a");
	cli_answer(c, (struct served){ .path = "/a", .status = 301, .headers = "Location: /b\r\n" });
	(void)fetched(c, "/a");
	assert_string_equal(text_at(the_feed(c, "/a"), "moved_to"), cli_url(c, "/b"));
}

static void where_there_is_no_feed_any_more_the_old_address_is_asked_in_the_same_run(void **state)
{
	static const struct served ends[] = { { "/new", .status = 404 }, { "/new", .status = 410 },
		{ "/new", .headers = "Content-Type: text/html\r\n", .body = "<!doctype html><html><body>For sale</body></html>" } };
	struct cli *c = *state;

	move(c);
	for (size_t i = 0; i < 3; i++) {
		json_t *got;

		cli_answer(c, ends[i]);
		cli_answer(c, (struct served){ .path = "/old", .headers = "ETag: \"of-old\"\r\n", .body = two });
		got = fetched(c, "/old");
		assert_int_equal(int_at(got, "items_new"), i == 0);
		assert_true(is_null(got, "error"));
		assert_true(is_null(the_feed(c, "/old"), "moved_to"));
		assert_false(bool_at(the_feed(c, "/old"), "gone"));
		cli_answer(c, (struct served){ .path = "/old", .status = 301, .headers = "Location: /new\r\n" });
		cli_answer(c, (struct served){ .path = "/new", .body = two });
		(void)fetched(c, "/old");
		(void)fetched(c, "/old");
		assert_string_equal(text_at(the_feed(c, "/old"), "moved_to"), cli_url(c, "/new"));
	}
}

static void a_move_back_to_where_it_is_subscribed_is_none(void **state)
{
	struct cli *c = *state;
	json_t *got;

	move(c);
	cli_answer(c, (struct served){ .path = "/new", .status = 301, .headers = "Location: /old\r\n" });
	cli_answer(c, (struct served){ .path = "/old", .headers = "ETag: \"of-old\"\r\n", .body = two });
	got = fetched(c, "/old");
	assert_string_equal(text_at(got, "status"), "new");
	assert_true(is_null(the_feed(c, "/old"), "moved_to"));
	(void)fetched(c, "/old");
	assert_non_null(strstr(server_said(&c->server), "If-None-Match: \"of-old\""));
}

static void validators_of_one_address_are_not_sent_to_another(void **state)
{
	struct cli *c = *state;
	const char *last;

	move(c);
	cli_answer(c, (struct served){ .path = "/new", .status = 404 });
	cli_answer(c, (struct served){ .path = "/old", .body = one });
	(void)fetched(c, "/old");
	last = strstr(server_said(&c->server), "GET /old");
	for (const char *next; (next = strstr(last + 1, "GET /old")) != NULL;)
		last = next;
	assert_null(strstr(last, "If-None-Match"));
}

/* ---- going along ---- */

static void follow_rewrites_one_address_and_nothing_else(void **state)
{
	struct cli *c = *state;
	struct ran r;

	move(c);
	done(eclose(c, "mark", "1", "--star"));
	r = done(eclose(c, "feeds", "--follow"));
	assert_string_equal(r.out, cli_format(c, "%s is now %s in %s\n", cli_url(c, "/old"), cli_url(c, "/new"), cli_path(c, "config/urls")));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "# mine\n\n  %s \"two words\" x  ~One # tail\nhttp://127.0.0.1:1/other\r\n", cli_url(c, "/new")));
	assert_true(is_null(the_feed(c, "/new"), "moved_to"));
	assert_int_equal(int_at(the_feed(c, "/new"), "items"), 1); /* its article came along, and the star */
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "1", "--json"))), "starred"));
	cli_answer(c, (struct served){ .path = "/new", .body = two });
	assert_int_equal(int_at(fetched(c, "/new"), "items_new"), 1);
	assert_int_equal(asked(c, "/old"), 2);
	assert_non_null(strstr(done(eclose(c, "feeds", "--follow")).out, "no feed has moved\n"));
	cli_healthy(c);
}

static void what_was_said_of_a_feed_goes_along_with_it(void **state)
{
	struct cli *c = *state;
	const char *now;

	move(c);
	now = cli_format(c, "feed:%s", cli_url(c, "/new"));
	done(eclose(c, "profile", "edit", "pin", cli_format(c, "feed:%s", cli_url(c, "/old"))));
	done(eclose(c, "feeds", "--follow"));
	assert_non_null(strstr(done(eclose(c, "profile", "edit")).out, now));
	assert_true(real_at(json_of(c, done(eclose(c, "profile", "rebuild", "--json"))), "difference") == 0);
	done(eclose(c, "undo"));
	assert_null(strstr(done(eclose(c, "profile", "edit")).out, now));
	cli_healthy(c);
}

static void a_login_in_the_address_goes_along_to_the_same_host(void **state)
{
	struct cli *c = *state;
	const char *place;

	SERVE(c, { .path = "/old", .status = 301, .headers = "Location: /new\r\n" }, { .path = "/new", .body = one });
	place = strstr(cli_url(c, "/"), "127.");
	cli_write(c, "config/urls", cli_format(c, "http://me:hush@%sold\n", place));
	(void)fetched(c, "/old");
	(void)fetched(c, "/old");
	assert_null(strstr(done(eclose(c, "feeds", "--follow")).out, "hush"));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "http://me:hush@%snew\n", place));
	assert_int_equal(int_at(the_feed(c, "/new"), "items"), 1);
}

static void nor_does_a_refusal_to_follow_say_it(void **state)
{
	struct cli *c = *state;
	const char *place;
	struct ran r;

	SERVE(c, { .path = "/old", .status = 301, .headers = "Location: /new\r\n" }, { .path = "/new", .body = one });
	place = strstr(cli_url(c, "/"), "127.");
	cli_write(c, "config/urls", cli_format(c, "http://me:hush@%sold\nhttp://me:hush@%snew\n", place, place));
	(void)fetched(c, "/old");
	r = eclose(c, "feeds", "--follow", cli_format(c, "http://me:hush@%sold", place));
	fails(r, 2, "hasn't moved");
	assert_null(strstr(r.err, "hush"));
	(void)fetched(c, "/old");
	r = eclose(c, "feeds", "--follow");
	assert_non_null(strstr(r.err, "is subscribed already"));
	assert_null(strstr(r.err, "hush"));
}

static void follow_refuses_what_would_merge_two_subscriptions(void **state)
{
	struct cli *c = *state;
	const char *before;

	move(c);
	fails(eclose(c, "feeds", "--follow", "http://127.0.0.1:1/other"), 2, "hasn't moved: no permanent redirect was met 2 times in a row");
	fails(eclose(c, "feeds", "--follow", "http://no.example/"), 1, "'http://no.example/' is not among the subscriptions");
	done(eclose(c, "add", cli_url(c, "/new")));
	before = cli_read(c, "config/urls");
	fails(eclose(c, "feeds", "--follow", cli_url(c, "/old")), 2, "is subscribed already");
	assert_non_null(strstr(eclose(c, "feeds", "--follow").err, "1 of 1 feeds that moved stay where they are"));
	assert_string_equal(cli_read(c, "config/urls"), before);
	assert_string_equal(text_at(the_feed(c, "/old"), "moved_to"), cli_url(c, "/new"));
	done(eclose(c, "fetch", "--force", cli_url(c, "/new")));
	done(eclose(c, "remove", cli_url(c, "/new")));
	fails(eclose(c, "feeds", "--follow", cli_url(c, "/old")), 2, "was subscribed before and has 1 article of its own");
	fails(eclose(c, "feeds", "--follow", "--json"), 2, "not both");
	fails(eclose(c, "feeds", "a", "b"), 2, "shows all subscriptions, or one");
}

/* ---- when ---- */

static void what_a_feed_asks_outlives_a_304(void **state)
{
	static const char asks[] = "<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><ttl>120</ttl><skipHours><hour>8</hour><hour>9</hour></skipHours>"
		"<skipDays><day>Sunday</day></skipDays>" ITEM("1") "</channel></rss>";
	struct cli *c = *state;
	json_t *f;

	SERVE(c, { .path = "/a", .headers = "ETag: \"1\"\r\n", .body = asks });
	cli_write(c, "config/urls", cli_url(c, "/a"));
	(void)fetched(c, "/a");
	assert_string_equal(text_at(the_feed(c, "/a"), "next"), LATER(240)); /* in two hours it is 08:00 */
	cli_answer(c, (struct served){ .path = "/a", .status = 304 });
	(void)fetched(c, "/a");
	f = the_feed(c, "/a");
	assert_string_equal(text_at(f, "next"), LATER(240));
	assert_int_equal(int_at(f, "ttl"), 120);
	assert_int_equal(json_array_size(array_at(f, "skip_hours")), 2);
	assert_int_equal(json_integer_value(json_array_get(array_at(f, "skip_hours"), 1)), 9);
	assert_int_equal(json_array_size(array_at(f, "skip_days")), 1);
	assert_int_equal(json_integer_value(json_array_get(array_at(f, "skip_days"), 0)), 0);
	assert_non_null(strstr(done(eclose(c, "feeds", cli_url(c, "/a"))).out, "asks for     120 minutes between two looks; not at 8 9 h UTC; not on Sunday\n"));
}

static void a_cached_answer_is_as_old_as_it_says(void **state)
{
	struct cli *c = *state;

	SERVE(c, { .path = "/a", .headers = "Cache-Control: max-age=10800\r\nAge: 3600\r\n", .body = one });
	cli_write(c, "config/urls", cli_url(c, "/a"));
	(void)fetched(c, "/a");
	assert_string_equal(text_at(the_feed(c, "/a"), "next"), LATER(120));
}

/* Retry-After of an answer that is fine says nothing, login or not; of two words for one thing the last holds, as with all settings. */
static void a_subscription_has_an_interval_of_its_own(void **state)
{
	struct cli *c = *state;
	const char *next;

	SERVE(c, { .path = "/a", .headers = "Retry-After: 172800\r\n", .body = one });
	cli_write(c, "config/urls", cli_format(c, "http://me:hush@%sa +interval=7 +interval=600\n", strstr(cli_url(c, "/"), "127.")));
	(void)fetched(c, "/a");
	next = text_at(the_feed(c, "/a"), "next");
	assert_true(strcmp(next, LATER(570)) >= 0);
	assert_true(strcmp(next, LATER(600)) <= 0);
}

static void a_host_that_asks_for_less_is_left_alone_by_all_its_feeds(void **state)
{
	struct cli *c = *state;
	json_t *lines;

	SERVE(c, { .path = "/a", .status = 429, .headers = "Retry-After: 36000\r\n" }, { .path = "/b", .body = one });
	cli_write(c, "config/urls", cli_format(c, "%s\n%s\n", cli_url(c, "/a"), cli_url(c, "/b")));
	cli_write(c, "config/config", "set parallel 1\n");
	lines = lines_of(c, eclose(c, "fetch", "--json"));
	assert_string_equal(text_at(with(lines, "url", cli_url(c, "/a")), "status"), "error");
	assert_string_equal(text_at(with(lines, "url", cli_url(c, "/b")), "status"), "skipped");
	assert_int_equal(asked(c, "/b"), 0);
	assert_int_equal(int_at(the_feed(c, "/b"), "failures"), 0);
	assert_string_equal(text_at(the_feed(c, "/a"), "next"), LATER(600));
	assert_string_equal(text_at(the_feed(c, "/b"), "next"), LATER(600));
	c->now = LATER(599);
	lines = lines_of(c, done(eclose(c, "fetch", "--json")));
	assert_int_equal(json_array_size(lines), 1); /* the summary */
	cli_answer(c, (struct served){ .path = "/a", .body = one });
	c->now = LATER(600);
	done(eclose(c, "fetch"));
	assert_int_equal(asked(c, "/b"), 1);
}

/* ---- history ---- */

static void the_history_tells_what_came_failed_and_moved(void **state)
{
	struct cli *c = *state;
	json_t *h;
	const char *text;

	SERVE(c, { .path = "/a", .body = one }, { .path = "/b", .body = two });
	cli_write(c, "config/urls", cli_url(c, "/a"));
	(void)fetched(c, "/a");
	c->now = LATER(1);
	(void)fetched(c, "/a"); /* as before: leaves no trace */
	c->now = LATER(2);
	cli_answer(c, (struct served){ .path = "/a", .status = 503 });
	(void)fetched(c, "/a");
	c->now = LATER(3);
	cli_answer(c, (struct served){ .path = "/a", .status = 301, .headers = "Location: /b\r\n" });
	(void)fetched(c, "/a");
	h = array_at(the_feed(c, "/a"), "history");
	assert_int_equal(json_array_size(h), 3);
	assert_string_equal(text_at(json_array_get(h, 0), "at"), LATER(3));
	assert_string_equal(text_at(json_array_get(h, 0), "note"), cli_format(c, "moved to %s", cli_url(c, "/b")));
	assert_int_equal(int_at(json_array_get(h, 0), "items_new"), 1);
	assert_string_equal(text_at(json_array_get(h, 1), "note"), "the server has a fault (503)");
	assert_int_equal(int_at(json_array_get(h, 1), "http"), 503);
	assert_string_equal(text_at(json_array_get(h, 2), "at"), CLI_NOW);
	assert_true(int_at(json_array_get(h, 2), "bytes") >= (long long)strlen(one));
	assert_true(is_null(json_array_get(h, 2), "note"));
	text = done(eclose(c, "feeds", cli_url(c, "/a"))).out;
	assert_non_null(strstr(text, "2026-03-31 06:02 (1m)        0  503"));
	assert_non_null(strstr(text, "articles     2 unread of 2\n"));
	fails(eclose(c, "feeds", "http://no.example/"), 1, "'http://no.example/' is not among the subscriptions");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_feed_that_moved_is_asked_there_at_once),
		TEST(a_move_for_now_is_not_remembered),
		TEST(a_move_must_be_met_twice_in_a_row),
		TEST(where_there_is_no_feed_any_more_the_old_address_is_asked_in_the_same_run),
		TEST(a_move_back_to_where_it_is_subscribed_is_none),
		TEST(validators_of_one_address_are_not_sent_to_another),
		TEST(follow_rewrites_one_address_and_nothing_else),
		TEST(what_was_said_of_a_feed_goes_along_with_it),
		TEST(a_login_in_the_address_goes_along_to_the_same_host),
		TEST(nor_does_a_refusal_to_follow_say_it),
		TEST(follow_refuses_what_would_merge_two_subscriptions),
		TEST(what_a_feed_asks_outlives_a_304),
		TEST(a_cached_answer_is_as_old_as_it_says),
		TEST(a_subscription_has_an_interval_of_its_own),
		TEST(a_host_that_asks_for_less_is_left_alone_by_all_its_feeds),
		TEST(the_history_tells_what_came_failed_and_moved),
	};

	return cmocka_run_group_tests_name("due from outside", tests, NULL, NULL);
}
