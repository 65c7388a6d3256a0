/* The subscriptions from outside: add, remove, feeds, import, export. */
#include "run.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char rss[] = "<?xml version='1.0'?><rss version='2.0'><channel><title>Tide Tables</title><link>http://tides.example/</link>"
	"<item><guid>1</guid><title>Spring tide</title><link>http://tides.example/1</link></item>"
	"<item><guid>2</guid><title>Neap tide</title><link>http://tides.example/2</link></item></channel></rss>";

static const struct served site[] = {
	{ .path = "/feed.xml", .headers = "Content-Type: application/rss+xml\r\n", .body = rss },
	{ .path = "/", .headers = "Content-Type: text/html\r\n",
	  .body = "<!doctype html><html><head><title>Tides</title><link rel='alternate' type='application/rss+xml' title='All' href='feed.xml'>"
		  "<link rel='alternate' type='application/rss+xml' title='Comments' href='/comments.xml'></head><body>Hello</body></html>" },
	{ .path = "/old", .status = 301, .headers = "Location: /\r\n" },
	{ .path = "/moved", .status = 308, .headers = "Location: /feed.xml\r\n" },
	{ .path = "/away", .status = 307, .headers = "Location: /feed.xml\r\n" },
	{ .path = "/bare", .headers = "Content-Type: text/html\r\n", .body = "<!doctype html><html><body><p>No feed here</p></body></html>" },
	{ .path = "/broken", .status = 500, .body = "oops" },
	{ .path = "/empty", .headers = "Content-Type: application/rss+xml\r\n" },
};

#define serve(c) cli_serve((c), site, sizeof site / sizeof *site)

/* ---- add ---- */

static void adding_a_feed_writes_one_line_with_tags_and_title(void **state)
{
	struct cli *c = *state;
	const char *url;
	struct ran r;

	serve(c);
	url = cli_url(c, "/feed.xml");
	r = done(eclose(c, "add", url, "--tag", "sea", "--title", "My \"tides\"", "--tag=far away"));
	assert_non_null(strstr(r.out, "Tide Tables"));
	assert_string_equal(r.err, "");
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s sea \"far away\" \"~My \\\"tides\\\"\"\n", url));
}

static void adding_a_web_page_finds_the_feed_behind_it(void **state)
{
	struct cli *c = *state;
	struct ran r;

	serve(c);
	r = done(eclose(c, "add", cli_url(c, "/")));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", cli_url(c, "/feed.xml")));
	assert_non_null(strstr(r.err, "/comments.xml")); /* the reader hears of the other one */
}

static void a_page_behind_a_redirect_is_looked_at_from_where_it_is(void **state)
{
	struct cli *c = *state;

	serve(c);
	done(eclose(c, "add", cli_url(c, "/old")));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", cli_url(c, "/feed.xml")));
}

static void a_feed_that_moved_for_good_is_added_where_it_is(void **state)
{
	struct cli *c = *state;

	serve(c);
	done(eclose(c, "add", cli_url(c, "/moved")));
	done(eclose(c, "add", cli_url(c, "/away"))); /* for now only */
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n%s\n", cli_url(c, "/feed.xml"), cli_url(c, "/away")));
}

static void adding_twice_keeps_one_line(void **state)
{
	struct cli *c = *state;
	const char *before;
	struct ran r;

	serve(c);
	done(eclose(c, "add", cli_url(c, "/feed.xml")));
	before = cli_read(c, "config/urls");
	r = done(eclose(c, "add", cli_url(c, "/feed.xml"), "--tag", "again"));
	assert_non_null(strstr(r.out, "already"));
	assert_string_equal(cli_read(c, "config/urls"), before);
}

static void a_file_is_added_by_its_whole_name(void **state)
{
	struct cli *c = *state;
	const char *path = cli_write(c, "tides.xml", rss), *url = cli_format(c, "file://%s", path);

	done(eclose(c, "add", path));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", url));
	c->offline = true; /* a file needs no server */
	done(eclose(c, "remove", url));
	done(eclose(c, "add", url));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", url));
}

static void a_file_with_an_odd_name_is_found_again(void **state)
{
	static const char *const names[] = { "a b.xml", "a%20b.xml", "a#b.xml", "a?b.xml", "a'b\"c.xml", "a`b.xml", "\xc3\xbc.xml", "a\nb.xml" };
	struct cli *c = *state;
	size_t n = sizeof names / sizeof *names;
	json_t *lines;

	for (size_t i = 0; i < n; i++)
		done(eclose(c, "add", cli_write(c, names[i], cli_format(c, "<rss version='2.0'><channel><title>%zu</title><item><title>x</title></item></channel></rss>", i))));
	lines = lines_of(c, done(eclose(c, "fetch", "--json")));
	assert_int_equal(json_array_size(lines), n + 1);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(text_at(json_array_get(lines, i), "status"), "new");
	lines = array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds");
	for (size_t i = 0; i < n; i++) /* each is itself, not its neighbour */
		assert_string_equal(text_at(json_array_get(lines, i), "title"), cli_format(c, "%zu", i));
}

static void offline_adds_without_a_look(void **state)
{
	struct cli *c = *state;

	serve(c);
	c->offline = true;
	done(eclose(c, "add", cli_url(c, "/feed.xml")));
	assert_int_equal(server_requests(&c->server), 0);
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", cli_url(c, "/feed.xml")));
}

static void what_is_no_feed_is_refused_in_a_sentence(void **state)
{
	struct cli *c = *state;

	serve(c);
	fails(eclose(c, "add", cli_url(c, "/bare")), 1, "web page");
	fails(eclose(c, "add", cli_url(c, "/empty")), 1, "empty");
	fails(eclose(c, "add", cli_url(c, "/broken")), 1, "500");
	fails(eclose(c, "add", cli_url(c, "/missing")), 1, "404");
	fails(eclose(c, "add", "http://127.0.0.1:1/feed"), 1, "http://127.0.0.1:1/feed");
	fails(eclose(c, "add", "http://no.such.host.invalid/feed"), 1, "no.such.host.invalid");
	fails(eclose(c, "add", "javascript://x/%0aalert(1)"), 2, "address");
	fails(eclose(c, "add", "exec://rm"), 2, "address");
	fails(eclose(c, "add", "ftp://127.0.0.1/feed"), 2, "address");
	fails(eclose(c, "add", "file:///nowhere/feed.xml"), 1, "/nowhere/feed.xml");
	assert_string_equal(cli_read(c, "config/urls"), "");
}

static void nothing_in_an_address_or_title_makes_a_second_line(void **state)
{
	struct cli *c = *state;
	json_t *feeds;

	serve(c);
	done(eclose(c, "add", cli_url(c, "/feed.xml"), "--title", "a\nexec:rm -rf /", "--tag", "b\nc", "--tag", "`date`"));
	feeds = array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds");
	assert_int_equal(json_array_size(feeds), 1);
	assert_string_equal(text_at(json_array_get(feeds, 0), "title"), "a exec:rm -rf /");
	assert_null(strchr(strchr(cli_read(c, "config/urls"), '\n') + 1, '\n'));
	assert_null(strstr(cli_read(c, "config/urls"), " `date`"));
}

/* ---- remove ---- */

#define OTHER_BYTES_BEFORE "# mine\r\n\n  https://one.example/f  \"a tag\"   # why\n\texec:/usr/bin/x  tag\n"
#define OTHER_BYTES_BEHIND "https://three.example/f ~T\n# the end, without a newline"

static void removing_keeps_every_other_byte(void **state)
{
	struct cli *c = *state;

	cli_write(c, "config/urls", OTHER_BYTES_BEFORE "https://two.example/f two\n" OTHER_BYTES_BEHIND);
	done(eclose(c, "remove", "https://two.example/f"));
	assert_string_equal(cli_read(c, "config/urls"), OTHER_BYTES_BEFORE OTHER_BYTES_BEHIND);
	fails(eclose(c, "remove", "https://two.example/f"), 1, "not among the subscriptions");
	fails(eclose(c, "remove", "exec:/usr/bin"), 1, "not among the subscriptions");
	assert_string_equal(cli_read(c, "config/urls"), OTHER_BYTES_BEFORE OTHER_BYTES_BEHIND);
}

static void adding_behind_a_last_line_without_newline_keeps_both(void **state)
{
	struct cli *c = *state;

	cli_write(c, "config/urls", OTHER_BYTES_BEFORE "https://three.example/f");
	c->offline = true;
	done(eclose(c, "add", "https://four.example/f"));
	assert_string_equal(cli_read(c, "config/urls"), OTHER_BYTES_BEFORE "https://three.example/f\nhttps://four.example/f\n");
}

static void a_linked_subscription_file_stays_a_link(void **state)
{
	struct cli *c = *state;
	const char *dotfile = cli_write(c, "dotfiles/news", "https://one.example/f\n");
	struct stat st;

	c->offline = true;
	cli_write(c, "config/config", "");
	assert_int_equal(symlink(dotfile, cli_path(c, "config/urls")), 0);
	done(eclose(c, "add", "https://two.example/f"));
	assert_int_equal(lstat(cli_path(c, "config/urls"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_string_equal(cli_read(c, "dotfiles/news"), "https://one.example/f\nhttps://two.example/f\n");
}

static void articles_of_a_removed_feed_stay(void **state)
{
	struct cli *c = *state;

	done(eclose(c, "add", cli_write(c, "tides.xml", rss)));
	done(eclose(c, "fetch"));
	done(eclose(c, "remove", cli_format(c, "file://%s", cli_path(c, "tides.xml"))));
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds")), 0);
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries")), 2);
	cli_healthy(c);
}

/* ---- feeds ---- */

static void feeds_tell_counts_and_health(void **state)
{
	struct cli *c = *state;
	json_t *feeds, *one;
	struct ran r;

	serve(c);
	cli_write(c, "config/urls", cli_format(c, "%s sea \"~Own name\"\n%s\n", cli_url(c, "/feed.xml"), cli_url(c, "/broken")));
	assert_int_equal(eclose(c, "fetch").status, 1);
	feeds = array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds");
	assert_int_equal(json_array_size(feeds), 2);
	one = json_array_get(feeds, 0); /* in the order of the file */
	assert_string_equal(text_at(one, "url"), cli_url(c, "/feed.xml"));
	assert_string_equal(text_at(one, "title"), "Own name");
	assert_string_equal(text_at(one, "link"), "http://tides.example/");
	assert_string_equal(json_string_value(json_array_get(array_at(one, "tags"), 0)), "sea");
	assert_int_equal(int_at(one, "items"), 2);
	assert_int_equal(int_at(one, "unread"), 2);
	assert_int_equal(int_at(one, "http"), 200);
	assert_int_equal(int_at(one, "failures"), 0);
	assert_string_equal(text_at(one, "checked"), CLI_NOW);
	assert_true(json_is_null(json_object_get(one, "error")));
	one = json_array_get(feeds, 1);
	assert_int_equal(int_at(one, "failures"), 1);
	assert_int_equal(int_at(one, "http"), 500);
	assert_non_null(strstr(text_at(one, "error"), "500"));
	r = done(eclose(c, "feeds"));
	assert_non_null(strstr(r.out, "Own name"));
	assert_non_null(strstr(r.out, "500"));
}

static void no_subscriptions_is_an_answer_too(void **state)
{
	struct cli *c = *state;

	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds")), 0);
	assert_non_null(strstr(done(eclose(c, "feeds")).out, "eclose add"));
	assert_non_null(strstr(done(eclose(c, "fetch")).out, "0 feeds"));
}

/* ---- import and export ---- */

static const char opml[] = "<?xml version='1.0'?><opml version='1.1'><head><title>x</title></head><body>"
	"<outline text='Science'><outline text='Far away'><outline type='rss' text='Stars' xmlUrl='https://stars.example/f'/></outline></outline>"
	"<outline type='rss' text='Plain &amp; good' xmlUrl='https://plain.example/f?a=1&amp;b=2' category='one,two'/>"
	"<outline type='rss' text='Bad' xmlUrl='exec:/bin/sh'/><outline type='rss' text='File' xmlUrl='file:///etc/passwd'/>"
	"<outline type='rss' text='Script' xmlUrl='javascript:alert(1)'/></body></opml>";

static void opml_brings_folders_as_tags_and_refuses_commands(void **state)
{
	struct cli *c = *state;
	const char *urls;
	struct ran r = done(eclose(c, "import", cli_write(c, "in.opml", opml)));

	assert_non_null(strstr(r.out, "2 subscriptions added"));
	assert_non_null(strstr(r.out, "3 entries left out"));
	urls = cli_read(c, "config/urls");
	assert_non_null(strstr(urls, "https://stars.example/f Science \"Far away\" \"~Stars\"\n"));
	assert_non_null(strstr(urls, "https://plain.example/f?a=1&b=2 one two \"~Plain & good\"\n"));
	assert_null(strstr(urls, "exec:"));
	assert_null(strstr(urls, "file:"));
	assert_null(strstr(urls, "javascript:"));
	r = done(eclose(c, "import", cli_path(c, "in.opml")));
	assert_non_null(strstr(r.out, "0 subscriptions added, 2 were there already"));
	assert_string_equal(cli_read(c, "config/urls"), urls);
}

static void a_urls_file_is_told_by_its_content(void **state)
{
	struct cli *c = *state;
	const char *file = cli_write(c, "list.opml", /* the name lies */
		"# newsboat\nhttps://one.example/f tag \"~<One>\"\n\"exec:curl x\"\nfilter:grep:https://y.example/\nfile:///etc/passwd\nhttps://two.example/f\n");
	struct ran r = done(eclose(c, "import", file));

	assert_non_null(strstr(r.out, "2 subscriptions added"));
	assert_non_null(strstr(r.out, "3 entries left out"));
	assert_string_equal(cli_read(c, "config/urls"), "https://one.example/f tag \"~<One>\"\nhttps://two.example/f\n");
}

static void imports_that_are_no_list_are_refused(void **state)
{
	struct cli *c = *state;

	fails(eclose(c, "import", cli_path(c, "nothing")), 1, "nothing");
	fails(eclose(c, "import", cli_write(c, "empty", "")), 1, "empty");
	fails(eclose(c, "import", cli_write(c, "page", "<!doctype html><html><body>x</body></html>")), 1, "neither OPML nor a list");
	fails(eclose(c, "import", cli_write(c, "feed", rss)), 1, "neither OPML nor a list");
	fails(eclose(c, "import", cli_write(c, "quote", "https://x.example/ \"open\n")), 1, "line 1");
	fails(eclose(c, "import", c->dir), 1, c->dir);
	assert_string_equal(cli_read(c, "config/urls"), "");
}

/* The subscriptions as `export --format json` gives them, one text, to compare. */
static const char *as_json(struct cli *c)
{
	json_of(c, done(eclose(c, "export", "--format", "json")));
	return done(eclose(c, "export", "--format", "json")).out;
}

static void exports_come_back_the_same(void **state)
{
	static const char *const formats[] = { "opml", "urls" };
	struct cli *c = *state;
	const char *before;

	cli_write(c, "config/urls", "https://one.example/f?a=1&b=2 \"far away\" sea \"~<One> & \\\"only\\\"\"\nhttps://two.example/f\nhttps://three.example/f sea\n"
		  "https://vier.example/f \"Ünïcode 新闻\" \"~四\"\n");
	before = as_json(c);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		struct ran r = done(eclose(c, "export", "--format", formats[i]));

		cli_write(c, "out", r.out);
		assert_int_equal(unlink(cli_path(c, "config/urls")), 0);
		done(eclose(c, "import", cli_path(c, "out")));
		assert_string_equal(as_json(c), before);
	}
	assert_string_equal(done(eclose(c, "export")).out, done(eclose(c, "export", "--format", "opml")).out);
}

static void an_export_names_feeds_as_they_name_themselves(void **state)
{
	struct cli *c = *state;
	json_t *feeds;

	done(eclose(c, "add", cli_write(c, "tides.xml", rss)));
	done(eclose(c, "fetch"));
	feeds = array_at(json_of(c, done(eclose(c, "export", "--format", "json"))), "feeds");
	assert_string_equal(text_at(json_array_get(feeds, 0), "title"), "Tide Tables");
	assert_non_null(strstr(done(eclose(c, "export")).out, "Tide Tables"));
	assert_null(strstr(done(eclose(c, "export", "--format", "urls")).out, "Tide Tables")); /* our own file wouldn't have it */
}

static void a_tag_with_a_blank_is_one_tag(void **state)
{
	struct cli *c = *state;
	json_t *feeds, *tags;

	cli_write(c, "config/urls", "https://one.example/f \"far away\" sea\n");
	feeds = array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds");
	tags = array_at(json_array_get(feeds, 0), "tags");
	assert_int_equal(json_array_size(tags), 2);
	assert_string_equal(json_string_value(json_array_get(tags, 0)), "far away");
	assert_string_equal(json_string_value(json_array_get(tags, 1)), "sea");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(adding_a_feed_writes_one_line_with_tags_and_title),
		TEST(adding_a_web_page_finds_the_feed_behind_it),
		TEST(a_page_behind_a_redirect_is_looked_at_from_where_it_is),
		TEST(a_feed_that_moved_for_good_is_added_where_it_is),
		TEST(adding_twice_keeps_one_line),
		TEST(a_file_is_added_by_its_whole_name),
		TEST(a_file_with_an_odd_name_is_found_again),
		TEST(offline_adds_without_a_look),
		TEST(what_is_no_feed_is_refused_in_a_sentence),
		TEST(nothing_in_an_address_or_title_makes_a_second_line),
		TEST(removing_keeps_every_other_byte),
		TEST(adding_behind_a_last_line_without_newline_keeps_both),
		TEST(a_linked_subscription_file_stays_a_link),
		TEST(articles_of_a_removed_feed_stay),
		TEST(feeds_tell_counts_and_health),
		TEST(no_subscriptions_is_an_answer_too),
		TEST(opml_brings_folders_as_tags_and_refuses_commands),
		TEST(a_urls_file_is_told_by_its_content),
		TEST(imports_that_are_no_list_are_refused),
		TEST(exports_come_back_the_same),
		TEST(an_export_names_feeds_as_they_name_themselves),
		TEST(a_tag_with_a_blank_is_one_tag),
	};

	return cmocka_run_group_tests_name("subscriptions from outside", tests, NULL, NULL);
}
