/* eval replay and eval simulate from outside. */
#include "run.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "store/store.h"

#define ARTICLES 60 /* of each of two feeds */
#define MORNINGS 12

static void write_feed(struct cli *c, const char *name, const char *word, struct buf *urls)
{
	struct buf b = BUF_INIT;
	int64_t now = 0;

	assert_true(date_parse(CLI_NOW, &now));
	buf_printf(&b, "<rss version='2.0'><channel><title>%s</title><link>http://%s.example/</link>", name, name);
	for (int i = 0; i < ARTICLES; i++) {
		char date[DATE_TEXT];

		buf_printf(&b, "<item><guid>%s-%d</guid><title>The %s number %d</title><pubDate>%s</pubDate><description>All about the %s and its %s.</description></item>",
			   name, i, word, i, date_rfc3339(now - (ARTICLES - i) * 4 * DATE_HOUR, date), word, word);
	}
	buf_puts(&b, "</channel></rss>");
	buf_printf(urls, "file://%s %s\n", cli_write(c, cli_format(c, "%s.xml", name), buf_str(&b)), name);
	buf_clear(&b);
}

static void append(struct store *st, int64_t at, int64_t article, enum event_kind kind, int place, double dwell)
{
	struct event e = { .at = at, .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .place = place, .explore = 30, .propensity = -1 };

	assert_int_equal(events_append(st, &e, NULL), OK);
}

/* Mornings on which the articles of the first feed are opened and those of the second passed over, in turn on the page. */
static void read_mornings(struct cli *c, size_t mornings)
{
	json_t *liked = array_at(json_of(c, done(eclose(c, "list", "--json", "--limit", "1000", "--query", "tag:liked"))), "entries");
	json_t *other = array_at(json_of(c, done(eclose(c, "list", "--json", "--limit", "1000", "--query", "tag:other"))), "entries");
	size_t a_morning = ARTICLES / MORNINGS;
	struct store st;
	int64_t now = 0;

	assert_true(date_parse(CLI_NOW, &now));
	assert_int_equal(json_array_size(liked), ARTICLES);
	assert_int_equal(json_array_size(other), ARTICLES);
	assert_int_equal(store_open(&st, cli_path(c, "data/eclose.db"), DB_READ_WRITE, NULL), OK);
	for (size_t m = 0; m < mornings; m++)
		for (size_t i = 0; i < a_morning; i++) {
			int64_t at = now - (int64_t)(MORNINGS - m) * DATE_DAY + 60 * (int64_t)i, yes = int_at(json_array_get(liked, m * a_morning + i), "id");

			append(&st, at, yes, EVENT_OPEN, 2 * (int)i + 1, -1);
			append(&st, at + 30, yes, EVENT_CLOSE, 2 * (int)i + 1, 30);
			append(&st, at + 30, int_at(json_array_get(other, m * a_morning + i), "id"), EVENT_SKIP, 2 * (int)i + 2, -1);
		}
	store_close(&st);
}

static void fill(struct cli *c)
{
	struct buf urls = BUF_INIT;

	write_feed(c, "liked", "comet", &urls);
	write_feed(c, "other", "butter", &urls);
	cli_write(c, "config/urls", buf_str(&urls));
	buf_clear(&urls);
	done(eclose(c, "fetch"));
}

/* ---- replay ---- */

static void replay_says_what_is_missing(void **state)
{
	struct cli *c = *state;
	json_t *o = json_of(c, done(eclose(c, "eval", "replay", "--json")));

	assert_false(bool_at(o, "enough"));
	assert_int_equal(int_at(o, "missing_opened"), 50);
	assert_int_equal(int_at(o, "missing_passed"), 50);
	assert_null(json_object_get(o, "auc"));
	fill(c);
	read_mornings(c, 2);
	o = json_of(c, done(eclose(c, "eval", "replay", "--json")));
	assert_int_equal(int_at(o, "opened"), 10);
	assert_int_equal(int_at(o, "missing_opened"), 40);
	assert_int_equal(int_at(o, "sittings"), 2);
	assert_non_null(strstr(done(eclose(c, "eval", "replay")).out, "too little data"));
	assert_non_null(strstr(done(eclose(c, "eval", "replay")).out, "missing are 40 opened and 40 passed-over ones"));
}

static void replay_measures_a_reader_of_one_feed(void **state)
{
	static const char *const figures[] = { "ndcg10", "log_loss", "brier", "plain_log_loss", "plain_brier" };
	struct cli *c = *state;
	json_t *o, *places;
	long long openings = 0;

	fill(c);
	read_mornings(c, MORNINGS);
	o = json_of(c, done(eclose(c, "eval", "replay", "--json")));
	assert_true(bool_at(o, "enough"));
	assert_int_equal(int_at(o, "opened"), ARTICLES);
	assert_int_equal(int_at(o, "passed"), ARTICLES);
	assert_int_equal(int_at(o, "compared"), MORNINGS);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		assert_true(real_at(o, figures[i]) > 0 && real_at(o, figures[i]) < 2);
	assert_true(real_at(o, "auc") > 0.9); /* so plain a taste is found */
	assert_true(fabs(real_at(json_object_get(o, "feed"), "auc") - (MORNINGS - 0.5) / MORNINGS) < 1e-9);
	assert_true(real_at(json_object_get(o, "recency"), "auc") <= 1 && real_at(json_object_get(o, "random"), "ndcg10") <= 1);
	assert_int_equal(json_array_size(array_at(json_object_get(o, "calibration"), "bins")), 10);
	assert_int_equal(int_at(json_object_get(o, "calibration"), "n"), 2 * ARTICLES);
	places = array_at(o, "places");
	assert_int_equal(json_array_size(places), 4);
	for (size_t i = 0; i < 4; i++)
		openings += int_at(json_array_get(places, i), "n");
	assert_int_equal(openings, ARTICLES);
	assert_true(json_is_null(json_object_get(json_array_get(places, 3), "to")));
	assert_non_null(strstr(done(eclose(c, "eval", "replay")).out, "this ranking"));
}

/* ---- simulate ---- */

static void simulate_has_its_fields_and_needs_no_store(void **state)
{
	static const struct { const char *name; size_t n; const char *member; } tables[] = {
		{ "learning", 5, "share_p10" }, { "explore", 5, "share" }, { "change", 5, "share" }, { "regret", 8, "regret" },
		{ "informed", 5, "share_p10" }, { "informed_change", 5, "share" }
	};
	struct cli *c = *state;
	json_t *o = json_of(c, done(eclose(c, "eval", "simulate", "--users", "3", "--seed", "9", "--json")));

	assert_int_equal(int_at(o, "users"), 3);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		json_t *table = array_at(o, tables[i].name);

		assert_int_equal(json_array_size(table), tables[i].n);
		assert_true(isfinite(real_at(json_array_get(table, 0), tables[i].member)));
		(void)int_at(json_array_get(table, 0), "actions");
	}
	assert_int_equal(int_at(json_array_get(array_at(o, "learning"), 3), "actions"), 200);
	assert_true(real_at(o, "wanted") > 0 && real_at(o, "opened") > 0 && real_at(o, "random") > 0 && real_at(o, "recency") > 0);
	assert_true(real_at(json_object_get(o, "calibration"), "error") >= 0 && real_at(json_object_get(o, "calibration"), "offset") >= 0);
	assert_true(real_at(json_object_get(o, "accident"), "median") >= 0 && real_at(json_object_get(o, "accident_idle"), "p90") >= 0);
	assert_string_equal(cli_read(c, "data/eclose.db"), "");
}

static void simulate_is_the_same_for_the_same_seed(void **state)
{
	struct cli *c = *state;
	struct ran a = done(eclose(c, "eval", "simulate", "--users", "2")), b = done(eclose(c, "eval", "simulate", "--users=2", "--seed", "1"));

	assert_string_equal(a.out, b.out);
	assert_string_equal(a.err, ""); /* no bar where there is no terminal */
	assert_non_null(strstr(a.out, "share of the best possible nDCG@10"));
	assert_non_null(strstr(a.out, "told the truth about every article"));
	assert_string_not_equal(a.out, done(eclose(c, "eval", "simulate", "--users", "2", "--seed", "2")).out);
	assert_string_equal(a.out, done(eclose(c, "eval", "simulate", "--users", "2", "--model", "interest")).out);
	assert_string_not_equal(a.out, done(eclose(c, "eval", "simulate", "--users", "2", "--model", "net")).out);
}

static void a_loop_has_a_line_a_slider_and_two_to_compare(void **state)
{
	static const char *const pages[] = { "slider", "slider", "new", "random" }, *const means[] = { "share", "satisfied", "against_first", "outside", "topics", "found", "found_by_slot", "lost" };
	struct cli *c = *state;
	json_t *o = json_of(c, done(eclose(c, "eval", "simulate", "--days", "5", "--users", "2", "--explore", "0,100", "--json"))), *lines = array_at(o, "lines");

	assert_int_equal(int_at(o, "users"), 2);
	assert_int_equal(int_at(o, "days"), 5);
	assert_int_equal(json_array_size(lines), 4);
	for (size_t i = 0; i < 4; i++) {
		json_t *line = json_array_get(lines, i), *windows = array_at(line, "windows");

		assert_string_equal(text_at(line, "pages"), pages[i]);
		for (size_t k = 0; k < sizeof means / sizeof *means; k++)
			assert_true(real_at(json_object_get(line, means[k]), "mean") >= 0 && real_at(json_object_get(line, means[k]), "se") >= 0);
		assert_int_equal(json_array_size(windows), 2);
		assert_int_equal(int_at(json_array_get(windows, 1), "from"), 4);
		assert_int_equal(int_at(json_array_get(windows, 1), "to"), 5);
		assert_true(real_at(json_object_get(json_array_get(windows, 1), "outside"), "mean") > 0);
	}
	assert_int_equal(int_at(json_array_get(lines, 1), "explore"), 100);
	assert_true(json_is_null(json_object_get(json_array_get(lines, 2), "explore")));
	assert_string_equal(cli_read(c, "data/eclose.db"), "");
}

static void a_loop_is_printed_for_people_and_drawn(void **state)
{
	struct cli *c = *state;
	struct ran a = done(eclose(c, "eval", "simulate", "--days", "4", "--users", "2")), f = done(eclose(c, "eval", "simulate", "--days=4", "--users=2", "--figure"));

	assert_string_equal(a.err, "");
	assert_non_null(strstr(a.out, "\n  slider 0 "));
	assert_non_null(strstr(a.out, "\n  slider 100 "));
	assert_non_null(strstr(a.out, "\n  newest first "));
	assert_non_null(strstr(a.out, "\n   4-4  "));
	assert_non_null(strstr(f.out, "breadth of what is read, per cent of the start\n"));
	assert_non_null(strstr(f.out, "\nsliders: a 0, b 15, c 30, d 50, e 100, n newest first, r by lot; * several\n"));
	assert_string_equal(f.out, done(eclose(c, "eval", "simulate", "--days", "4", "--users", "2", "--figure", "--explore", "0,15,30,50,100", "--seed", "1")).out);
	assert_string_not_equal(f.out, done(eclose(c, "eval", "simulate", "--days", "4", "--users", "2", "--figure", "--model", "net")).out);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(replay_says_what_is_missing),
		TEST(replay_measures_a_reader_of_one_feed),
		TEST(simulate_has_its_fields_and_needs_no_store),
		TEST(simulate_is_the_same_for_the_same_seed),
		TEST(a_loop_has_a_line_a_slider_and_two_to_compare),
		TEST(a_loop_is_printed_for_people_and_drawn),
	};

	return cmocka_run_group_tests_name("measuring from outside", tests, NULL, NULL);
}
