/* Topics and stories from outside: topics, topics rename, stories, list --topic, list --story, and what doctor says of them. */
#include "run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

#define FILLERS 6 /* articles of each feed on each of two subjects */
#define ARTICLES (4 * 2 * FILLERS + 4)

#define NEWEST ((int64_t)1774310400) /* of those, 2026-03-24; the others are so far apart that no two are a story */
#define DAYS_APART ((int64_t)4 * 86400)

/* Subjects with words of their own; %s is another noun in each article. */
static const char *const noun[] = { "rudder", "mast", "anchor", "keel", "sail", "buoy", "yeast", "rye", "crust", "oven", "butter", "dough" };
static const char sea[] = "The harbour crew looked after the %s of the ship while the tide came in and the sailors waited on the quay for the ferry.";
static const char bread[] = "The baker kneads the flour with the %s in the kitchen until the loaf is ready to be baked and the bread smells of malt.";

/* One event as four feeds have it; the second prints what the first sent. */
static const struct { const char *feed, *title, *text, *at; } told[] = {
	{ "wire", "Lighthouse on Marrowick collapses into the sea", "The lighthouse on Marrowick fell into the sea during the night, after storm waves had eaten away the cliff "
		"below it. Keeper Ottilie Brandvold had left the tower on Saturday. The island council had asked for 3 million crowns to save it, and the ministry in Tornhavn refused.",
		"Tue, 31 Mar 2026 01:00:00 GMT" },
	{ "copy", "Marrowick lighthouse gone", "The lighthouse on Marrowick fell into the sea during the night, after storm waves had eaten away the cliff "
		"below it. Keeper Ottilie Brandvold had left the tower on Saturday. The island council had asked for 3 million crowns to save it, and the ministry in Tornhavn refused.",
		"Tue, 31 Mar 2026 02:00:00 GMT" },
	{ "post", "Who let the Marrowick lighthouse fall?", "For years the people of Marrowick begged Tornhavn for help. Now the lighthouse that Ottilie Brandvold kept lies in the surf, "
		"and nobody in Tornhavn wants to have read the letters. The cliff had lost nine metres since autumn; 3 million crowns would have been enough, engineers say.",
		"Tue, 31 Mar 2026 04:00:00 GMT" },
	{ "herald", "Tower lost: Marrowick without its light", "Ships must keep two miles off Marrowick from today, because the lighthouse is gone. Ottilie Brandvold heard the tower go at midnight "
		"from her sister's house. A lit buoy will be laid this week, the coast office in Tornhavn promises, and fishermen are to get radar reflectors.",
		"Tue, 31 Mar 2026 05:00:00 GMT" },
};

static void write_feed(struct cli *c, int f)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "<rss version='2.0'><channel><title>%s</title><language>en</language>", told[f].feed);
	for (int i = 0; i < 2 * FILLERS; i++) {
		const char *word = noun[i];
		char date[DATE_TEXT];

		date_rfc3339(NEWEST - (4 * i + f) * DAYS_APART, date);
		buf_printf(&b, "<item><guid>%s%d</guid><link>https://%s.example/%d</link><title>%s %s %d</title><description>", told[f].feed, i, told[f].feed, i,
			   i < FILLERS ? "Ship and" : "Bread and", word, f);
		buf_printf(&b, i < FILLERS ? sea : bread, word);
		buf_printf(&b, " Number %d of %s.</description><pubDate>%s</pubDate></item>", 100 * f + i, told[f].feed, date);
	}
	buf_printf(&b, "<item><guid>%s-told</guid><link>https://%s.example/told</link><title>%s</title><description>%s</description><pubDate>%s</pubDate></item></channel></rss>",
		   told[f].feed, told[f].feed, told[f].title, told[f].text, told[f].at);
	cli_write(c, cli_format(c, "%s.xml", told[f].feed), buf_str(&b));
	buf_clear(&b);
}

static void subscribe(struct cli *c)
{
	const char *urls = "";

	for (int f = 0; f < 4; f++) {
		write_feed(c, f);
		urls = cli_format(c, "%sfile://%s\n", urls, cli_path(c, cli_format(c, "%s.xml", told[f].feed)));
	}
	cli_write(c, "config/urls", urls);
	done(eclose(c, "fetch"));
}

static const char *number(struct cli *c, long long n)
{
	return cli_format(c, "%lld", n);
}

static json_t *topics(struct cli *c)
{
	return array_at(json_of(c, done(eclose(c, "topics", "--json"))), "topics");
}

static const json_t *only_story(struct cli *c)
{
	const json_t *s = array_at(json_of(c, done(eclose(c, "stories", "--json"))), "stories");

	assert_int_equal(json_array_size(s), 1);
	return json_array_get(s, 0);
}

/* ---- topics ---- */

static void topics_have_names_and_hold_every_article_once(void **state)
{
	struct cli *c = *state;
	const char *text;
	json_t *all;
	long long sum = 0;

	subscribe(c);
	all = topics(c);
	text = done(eclose(c, "topics")).out;
	assert_true(json_array_size(all) >= 2);
	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *t = json_array_get(all, i);
		long long n = int_at(t, "articles");

		sum += n;
		assert_true(*text_at(t, "name") && json_array_size(array_at(t, "terms")) > 0 && !bool_at(t, "given"));
		assert_int_equal(int_at(t, "unread"), n);
		assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--topic", number(c, int_at(t, "id")), "--json"))), "entries")), n);
		assert_non_null(strstr(text, text_at(t, "name")));
	}
	assert_int_equal(sum, ARTICLES);
}

static void a_topic_is_one_subject_and_called_so(void **state)
{
	struct cli *c = *state;
	const json_t *all;
	int ships = 0, breads = 0;

	subscribe(c);
	all = topics(c);
	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *t = json_array_get(all, i);
		const char *out = done(eclose(c, "list", "--topic", number(c, int_at(t, "id")))).out;
		bool ship = strstr(out, "Ship and") != NULL, loaf = strstr(out, "Bread and") != NULL;

		assert_false(ship && loaf);
		ships += ship;
		breads += loaf;
		assert_null(strstr(text_at(t, "name"), "wire")); /* what a feed calls itself */
		assert_null(strstr(text_at(t, "name"), "number"));
	}
	assert_true(ships > 0 && breads > 0);
}

static void a_name_of_ones_own_stays_until_it_is_taken_back(void **state)
{
	struct cli *c = *state;
	const json_t *t;
	const char *id, *coined;

	subscribe(c);
	t = json_array_get(topics(c), 1);
	id = number(c, int_at(t, "id"));
	coined = text_at(t, "name");
	done(eclose(c, "topics", "rename", id, "  Meine\tSache \x1b[31m"));
	t = json_array_get(topics(c), 1);
	assert_string_equal(text_at(t, "name"), "Meine Sache [31m");
	assert_true(bool_at(t, "given"));
	assert_non_null(strstr(done(eclose(c, "topics")).out, "Meine Sache [31m *"));
	done(eclose(c, "fetch", "--force"));
	assert_string_equal(text_at(json_array_get(topics(c), 1), "name"), "Meine Sache [31m");
	done(eclose(c, "topics", "rename", id, ""));
	t = json_array_get(topics(c), 1);
	assert_string_equal(text_at(t, "name"), coined);
	assert_false(bool_at(t, "given"));
}

static void before_twenty_articles_there_are_none(void **state)
{
	struct cli *c = *state;

	write_feed(c, 0);
	cli_write(c, "config/urls", cli_format(c, "file://%s\n", cli_path(c, "wire.xml")));
	done(eclose(c, "fetch"));
	assert_int_equal(json_array_size(topics(c)), 0);
	assert_non_null(strstr(done(eclose(c, "topics")).out, "from 20 articles on"));
	assert_non_null(strstr(done(eclose(c, "stories")).out, "No two feeds tell"));
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "stories", "--json"))), "stories")), 0);
}

/* ---- stories ---- */

static void a_story_counts_a_wire_report_once(void **state)
{
	struct cli *c = *state;
	const json_t *s, *t;
	long long original;

	subscribe(c);
	s = only_story(c);
	t = array_at(s, "tellings");
	assert_int_equal(json_array_size(t), 4);
	assert_int_equal(int_at(s, "feeds_telling"), 3);
	assert_true(real_at(s, "coverage") > log(2) && real_at(s, "coverage") < log(4));
	assert_string_equal(text_at(s, "newest"), "2026-03-31T05:00:00Z");
	original = int_at(with(t, "feed", "wire"), "id");
	assert_int_equal(int_at(with(t, "feed", "copy"), "copy_of"), original);
	assert_ptr_equal(with(t, "feed", "copy"), json_array_get(t, 3)); /* last: it says nothing new */
	for (size_t i = 0; i < 3; i++)
		assert_true(json_is_null(json_object_get(json_array_get(t, i), "copy_of")));
	assert_non_null(strstr(done(eclose(c, "stories")).out, cli_format(c, "= %lld\n", original)));
}

static void the_lead_is_from_the_feed_that_is_read_and_the_others_follow_by_difference(void **state)
{
	struct cli *c = *state;
	const json_t *s, *t, *mine;

	subscribe(c);
	s = only_story(c);
	assert_int_equal(int_at(s, "lead"), int_at(with(array_at(s, "tellings"), "feed", "wire"), "id")); /* nobody is trusted more: the earliest */
	mine = array_at(json_of(c, done(eclose(c, "list", "--query", "Ship", "--json"))), "entries");
	for (size_t i = 0; i < json_array_size(mine); i++)
		if (strcmp(text_at(json_array_get(mine, i), "feed"), "post") == 0) {
			const char *id = number(c, int_at(json_array_get(mine, i), "id"));

			done(eclose(c, "event", id, "open", "--dwell", "40", "--scroll", "1"));
			done(eclose(c, "mark", id, "--read"));
		}
	s = only_story(c);
	t = array_at(s, "tellings");
	assert_int_equal(int_at(s, "lead"), int_at(with(t, "feed", "post"), "id"));
	assert_int_equal(int_at(json_array_get(t, 0), "id"), int_at(s, "lead"));
	assert_string_equal(text_at(s, "title"), text_at(json_array_get(t, 0), "title"));
	assert_true(real_at(json_array_get(t, 1), "differs") >= real_at(json_array_get(t, 2), "differs"));
	assert_true(real_at(json_array_get(t, 0), "differs") < real_at(json_array_get(t, 2), "differs")); /* of the feed that is read, in its words */
	for (size_t i = 0; i < 4; i++)
		assert_true(real_at(json_array_get(t, i), "differs") >= 0 && real_at(json_array_get(t, i), "differs") <= 1);
}

static void any_telling_finds_the_story_and_a_lone_article_itself(void **state)
{
	struct cli *c = *state;
	const json_t *t, *alone;

	subscribe(c);
	t = array_at(only_story(c), "tellings");
	for (size_t i = 0; i < json_array_size(t); i++) {
		const char *id = number(c, int_at(json_array_get(t, i), "id"));

		assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--story", id, "--json"))), "entries")), 4);
	}
	assert_non_null(strstr(done(eclose(c, "list", "--story", number(c, int_at(json_array_get(t, 0), "id")), "--limit", "2")).out, "Marrowick"));
	alone = json_array_get(array_at(json_of(c, done(eclose(c, "search", "rudder", "--json"))), "entries"), 0);
	t = array_at(json_of(c, done(eclose(c, "list", "--story", number(c, int_at(alone, "id")), "--json"))), "entries");
	assert_int_equal(json_array_size(t), 1);
	assert_int_equal(int_at(json_array_get(t, 0), "id"), int_at(alone, "id"));
}

static void an_article_says_how_other_feeds_tell_it(void **state)
{
	struct cli *c = *state;
	const json_t *o, *t, *one;
	const char *out;
	size_t i;

	subscribe(c);
	one = with(array_at(only_story(c), "tellings"), "feed", "wire");
	assert_true(real_at(one, "difference") >= 0 && real_at(one, "difference") <= 1);
	assert_true(json_is_array(json_object_get(one, "only")));
	out = number(c, int_at(one, "id"));
	o = json_of(c, done(eclose(c, "stories", out, "--json")));
	t = array_at(o, "tellings");
	assert_true(bool_at(o, "same"));
	assert_string_equal(text_at(json_object_get(o, "article"), "feed"), "wire");
	assert_int_equal(json_array_size(t), 3);
	json_array_foreach(t, i, one) {
		assert_string_not_equal(text_at(one, "feed"), "wire");
		assert_true(i == 0 || real_at(one, "difference") <= real_at(json_array_get(t, i - 1), "difference"));
	}
	one = with(t, "feed", "copy"); /* in nothing but its source and its title */
	assert_string_equal(text_at(one, "copy_of"), "wire");
	assert_ptr_equal(one, json_array_get(t, 2));
	one = with(t, "feed", "herald");
	assert_int_equal(json_array_size(array_at(one, "only")), 3);
	out = done(eclose(c, "stories", out)).out;
	assert_non_null(strstr(out, "the same text as wire"));
	assert_non_null(strstr(out, "only here: "));
	cli_healthy(c);
}

static void a_story_of_one_feed_says_so_and_names_the_nearest(void **state)
{
	struct cli *c = *state;
	const char *id, *out;
	const json_t *o;

	subscribe(c);
	id = number(c, int_at(json_array_get(array_at(json_of(c, done(eclose(c, "search", "rudder", "--json"))), "entries"), 0), "id"));
	out = done(eclose(c, "stories", id)).out;
	assert_non_null(strstr(out, "tells it so far"));
	o = json_of(c, done(eclose(c, "stories", id, "--json")));
	assert_false(bool_at(o, "same"));
	assert_int_equal(json_array_size(array_at(o, "tellings")), 0); /* no two of them within 72 hours */
	assert_non_null(strstr(out, "no other feed has anything like it within 72 hours"));
	fails(eclose(c, "stories", "9000"), 1, "no article 9000");
	fails(eclose(c, "stories", id, "7"), 2, "'7'");
}

/* ---- doctor, and what is refused ---- */

static void the_doctor_says_what_meaning_rests_on(void **state)
{
	struct cli *c = *state;
	const json_t *o;
	const char *text;

	subscribe(c);
	o = json_of(c, done(eclose(c, "doctor", "--json")));
	assert_int_equal(int_at(o, "topics"), json_array_size(topics(c)));
	assert_int_equal(int_at(o, "stories"), 1);
	assert_int_equal(int_at(o, "vectors"), ARTICLES);
	assert_int_equal(int_at(o, "word_vectors"), ARTICLES);
	assert_int_equal(int_at(o, "lsa_articles"), ARTICLES);
	assert_int_equal(int_at(o, "lsa_dimensions"), 16);
	text = done(eclose(c, "doctor")).out;
	assert_non_null(strstr(text, cli_format(c, "%lld topics, 1 stories told by several feeds; word vectors of %d articles; LSA of 16 dimensions from %d articles",
						int_at(o, "topics"), ARTICLES, ARTICLES)));
	done(eclose(c, "vectors", "off"));
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "word_vectors"), 0);
}

static void what_is_no_topic_or_story_is_said(void **state)
{
	struct cli *c = *state;

	subscribe(c);
	fails(eclose(c, "list", "--topic", "900"), 1, "no topic 900");
	fails(eclose(c, "list", "--story", "9000"), 1, "no article 9000");
	fails(eclose(c, "list", "--topic", "-1"), 2, "--topic");
	fails(eclose(c, "list", "--topic", "sea"), 2, "'sea'");
	fails(eclose(c, "list", "--story", "0"), 2, "--story");
	fails(eclose(c, "stories", "--limit", "0"), 2, "--limit");
	fails(eclose(c, "stories", "all"), 2, "'all'");
	fails(eclose(c, "topics", "all"), 2, "'all'");
	fails(eclose(c, "topics", "--all"), 2, "'--all'");
	fails(eclose(c, "topics", "rename", "0"), 2, "a number and a name");
	fails(eclose(c, "topics", "rename", "0", "a", "b"), 2, "a number and a name");
	fails(eclose(c, "topics", "rename", "0", "a", "--json"), 2, "a number and a name");
	fails(eclose(c, "topics", "rename", "sea", "a"), 2, "'sea'");
	fails(eclose(c, "topics", "rename", "900", "a"), 1, "no topic 900");
	fails(eclose(c, "topics", "rename", "0", "\x1b"), 2, "1 to 60 bytes");
	fails(eclose(c, "topics", "rename", "0", "0123456789012345678901234567890123456789012345678901234567890"), 2, "1 to 60 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, cli_setup, cli_teardown)
		TEST(topics_have_names_and_hold_every_article_once),
		TEST(a_topic_is_one_subject_and_called_so),
		TEST(a_name_of_ones_own_stays_until_it_is_taken_back),
		TEST(before_twenty_articles_there_are_none),
		TEST(a_story_counts_a_wire_report_once),
		TEST(the_lead_is_from_the_feed_that_is_read_and_the_others_follow_by_difference),
		TEST(any_telling_finds_the_story_and_a_lone_article_itself),
		TEST(an_article_says_how_other_feeds_tell_it),
		TEST(a_story_of_one_feed_says_so_and_names_the_nearest),
		TEST(the_doctor_says_what_meaning_rests_on),
		TEST(what_is_no_topic_or_story_is_said),
	};

	return cmocka_run_group_tests_name("topics and stories from outside", tests, NULL, NULL);
}
