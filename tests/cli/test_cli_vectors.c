/* eclose vectors: what is used, what is taken instead, and what is refused. */
#include "run.h"

#include <string.h>

static const char feed[] = "<rss version='2.0'><channel><title>Harbour</title>"
	"<item><guid>1</guid><title>A comet over the harbour</title><description>Astronomers watched the bright comet above the pier at dusk with telescopes.</description></item>"
	"<item><guid>2</guid><title>The old ferry is for sale</title><description>The ferry that crossed the bay for forty years is sold to a museum in the city.</description></item>"
	"<item><guid>3</guid><title>Der Hafen wird im Winter gebaut</title><description>Die Stadt baut den Hafen im Winter um, und die Fischer sind nicht "
	"zufrieden mit dem Plan, der ihnen gezeigt wurde.</description></item></channel></rss>";

static void subscribe(struct cli *c)
{
	const char *file = cli_write(c, "feed.xml", feed);

	cli_write(c, "config/urls", cli_format(c, "file://%s\n", file));
	done(eclose(c, "fetch"));
}

static void status_tells_the_table_and_who_has_a_vector(void **state)
{
	struct cli *c = *state;
	const json_t *o;

	subscribe(c);
	o = json_of(c, done(eclose(c, "vectors", "--json")));
	assert_string_equal(text_at(o, "table"), "bundled");
	assert_string_equal(text_at(o, "language"), "en");
	assert_true(int_at(o, "words") > 10000 && int_at(o, "dimensions") > 10 && int_at(o, "bytes") <= 5000000);
	assert_int_equal(int_at(o, "articles"), 3);
	assert_int_equal(int_at(o, "articles_with_vector"), 2); /* the table doesn't know German */
	assert_non_null(strstr(done(eclose(c, "vectors", "status")).out, "2 of 3 articles"));
}

static void a_table_of_ones_own_comes_and_goes(void **state)
{
	struct cli *c = *state;
	const char *file = cli_write(c, "own.vec", "12 3\nder 1 2 3\ndie 2 1 1\nund 1 1 1\nnicht 3 1 4\nist 1 3 1\nein 2 2 5\nmit 1 4 9\nwurde 4 1 2\nauf 1 5 6\n"
		"hafen 4 4 5\nwinter 2 9 3\nstadt 4 2 5\n");
	const json_t *o;

	subscribe(c);
	o = json_of(c, done(eclose(c, "vectors", "use", file, "--json")));
	assert_string_equal(text_at(o, "table"), "own");
	assert_string_equal(text_at(o, "language"), "de");
	assert_int_equal(int_at(o, "words"), 12);
	assert_int_equal(int_at(o, "articles_with_vector"), 1);
	fails(eclose(c, "vectors", "use", cli_write(c, "bad.vec", "a 1 2\nb 1 x\n")), 1, "bad.vec:2: \"x\" is no number");
	fails(eclose(c, "vectors", "use", cli_path(c, "nothing.vec")), 1, "nothing.vec");
	assert_int_equal(int_at(json_of(c, done(eclose(c, "vectors", "--json"))), "words"), 12); /* as it was */
	o = json_of(c, done(eclose(c, "vectors", "off", "--json")));
	assert_string_equal(text_at(o, "table"), "off");
	assert_int_equal(int_at(o, "articles_with_vector"), 0);
	done(eclose(c, "rank"));
	o = json_of(c, done(eclose(c, "vectors", "use", "default", "--json")));
	assert_string_equal(text_at(o, "table"), "bundled");
	assert_int_equal(int_at(o, "articles_with_vector"), 2);
	cli_healthy(c);
}

static void wrong_words_are_answered(void **state)
{
	struct cli *c = *state;

	fails(eclose(c, "vectors", "use"), 2, "which file");
	fails(eclose(c, "vectors", "on"), 2, "'on'");
	fails(eclose(c, "vectors", "off", "now"), 2, "'now'");
	fails(eclose(c, "vectors", "use", "a", "b"), 2, "'b'");
	fails(eclose(c, "vectors", "--bogus"), 2, "'--bogus'");
}

static void a_damaged_table_is_named_and_done_without(void **state)
{
	struct cli *c = *state;

	subscribe(c);
	cli_write(c, "data/vectors.bin", "no table");
	fails(eclose(c, "vectors"), 1, "vectors.bin: is no table of word vectors");
	assert_non_null(strstr(done(eclose(c, "fetch", "--force")).err, "vectors.bin: is no table of word vectors"));
	done(eclose(c, "rank"));
	done(eclose(c, "vectors", "use", "default"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)
	const struct CMUnitTest tests[] = {
		TEST(status_tells_the_table_and_who_has_a_vector),
		TEST(a_table_of_ones_own_comes_and_goes),
		TEST(wrong_words_are_answered),
		TEST(a_damaged_table_is_named_and_done_without),
	};

	return cmocka_run_group_tests_name("vectors from outside", tests, NULL, NULL);
}
