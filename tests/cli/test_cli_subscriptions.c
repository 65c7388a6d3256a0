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
	{ .path = "/broken", .status = 500, .body = "oops" },
	{ .path = "/comments.xml", .headers = "Content-Type: application/rss+xml\r\n", .body = rss },
	{ .path = "/as-html", .headers = "Content-Type: text/html; charset=utf-8\r\n", .body = rss },
	{ .path = "/list.opml", .headers = "Content-Type: text/x-opml\r\n",
	  .body = "<opml version='2.0'><head><title>x</title></head><body><outline type='rss' text='a' xmlUrl='http://a.example/'/></body></opml>" },
};

/* A host without any feed. */
static const struct served no_feed[] = {
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

static void one_with_a_login_keeps_it_where_it_moved(void **state)
{
	struct cli *c = *state;
	const char *place;

	serve(c);
	place = strstr(cli_url(c, "/"), "127.");
	assert_null(strstr(done(eclose(c, "add", cli_format(c, "http://me:hush@%smoved", place))).out, "hush"));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "http://me:hush@%sfeed.xml\n", place));
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

	cli_serve(c, no_feed, 3);
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

/* ---- which feed of several, and where there is none ---- */

static void all_feeds_of_a_page_or_one_by_number_can_be_taken(void **state)
{
	struct cli *c = *state;
	const char *both;

	serve(c);
	both = cli_format(c, "%s t\n%s t\n", cli_url(c, "/feed.xml"), cli_url(c, "/comments.xml"));
	fails(eclose(c, "add", cli_url(c, "/"), "--pick", "3"), 1, "there are 2 feeds to pick from, and no number 3");
	fails(eclose(c, "add", cli_url(c, "/"), "--pick", "0"), 2, "pick");
	fails(eclose(c, "add", cli_url(c, "/"), "--all", "--pick", "1"), 2, "which of the two");
	fails(eclose(c, "add", cli_url(c, "/"), "--all", "--title", "x"), 2, "one feed");
	assert_string_equal(cli_read(c, "config/urls"), "");
	assert_string_equal(done(eclose(c, "add", cli_url(c, "/"), "--all", "--tag", "t")).err, "");
	assert_string_equal(cli_read(c, "config/urls"), both);
	done(eclose(c, "remove", cli_url(c, "/feed.xml")));
	done(eclose(c, "remove", cli_url(c, "/comments.xml")));
	done(eclose(c, "add", cli_url(c, "/"), "--pick", "2"));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", cli_url(c, "/comments.xml")));
}

static void a_page_that_names_none_is_looked_behind(void **state)
{
	static const struct served wordpress[] = {
		{ .path = "/2026/a-post", .headers = "Content-Type: text/html\r\n", .body = "<html><head><meta name=generator content='WordPress 6.5'></head><body>Hello</body></html>" },
		{ .path = "/feed/", .headers = "Content-Type: application/rss+xml\r\n", .body = rss },
	};
	struct cli *c = *state;

	cli_serve(c, wordpress, 2);
	done(eclose(c, "add", cli_url(c, "/2026/a-post")));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", cli_url(c, "/feed/")));
	assert_int_equal(server_requests(&c->server), 2);
}

static void common_places_are_asked_one_by_one_until_one_is_a_feed(void **state)
{
	static const struct served place[] = {
		{ .path = "/", .headers = "Content-Type: text/html\r\n", .body = "<!doctype html><html><body>Hello</body></html>" },
		{ .path = "/feed", .headers = "Content-Type: text/html\r\n", .body = "<!doctype html><html><body>Not found, says a page with the status 200</body></html>" },
		{ .path = "/feed.xml", .headers = "Content-Type: application/rss+xml\r\n", .body = rss },
	};
	struct cli *c = *state;

	cli_serve(c, place, 3);
	done(eclose(c, "add", cli_url(c, "/")));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", cli_url(c, "/feed.xml")));
	assert_int_equal(server_requests(&c->server), 4);
	assert_int_equal(asked(c, "/atom.xml"), 0);
}

static void a_host_is_asked_eight_times_at_most_and_left_when_it_is_busy(void **state)
{
	struct cli *c = *state;

	cli_serve(c, no_feed, 3);
	fails(eclose(c, "add", cli_url(c, "/bare")), 1, "none was found where feeds commonly are");
	assert_int_equal(server_requests(&c->server), 1 + 8);
	cli_answer(c, (struct served){ .path = "/bare/feed", .status = 503, .body = "later" });
	fails(eclose(c, "add", cli_url(c, "/bare")), 1, "none was found");
	assert_int_equal(server_requests(&c->server), 9 + 2);
	cli_answer(c, (struct served){ .path = "/bare/feed", .status = 429, .body = "later" });
	fails(eclose(c, "add", cli_url(c, "/bare")), 1, "none was found");
	assert_int_equal(server_requests(&c->server), 11 + 2);
}

static void known_hosts_need_no_page(void **state)
{
	struct cli *c = *state;
	struct ran r;

	c->offline = true;
	r = done(eclose(c, "add", "https://github.com/vis/vis"));
	assert_non_null(strstr(r.err, "offline: https://github.com/vis/vis/releases.atom is added without a look at it"));
	assert_non_null(strstr(r.err, "https://github.com/vis/vis/tags.atom  tags"));
	done(eclose(c, "add", "github.com/vis/vis", "--pick", "2"));
	done(eclose(c, "add", "feed:https://old.reddit.com/r/c"));
	done(eclose(c, "add", "feed://h.example/f"));
	assert_string_equal(cli_read(c, "config/urls"), "https://github.com/vis/vis/releases.atom\nhttps://github.com/vis/vis/tags.atom\nhttps://www.reddit.com/r/c/.rss\nhttps://h.example/f\n");
}

/* Names under .localhost are this machine's. */
static void what_is_known_of_a_host_may_be_wrong_and_then_the_page_counts(void **state)
{
	static const struct served host[] = {
		{ .path = "/a/b", .headers = "Content-Type: text/html\r\n", .body = "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/own.xml'></head><body>x</body></html>" },
		{ .path = "/own.xml", .headers = "Content-Type: application/rss+xml\r\n", .body = rss },
		{ .path = "/c/d/-/releases.atom", .headers = "Content-Type: application/atom+xml\r\n", .body = rss },
	};
	struct cli *c = *state;
	const char *site_of;

	cli_serve(c, host, 3);
	site_of = cli_format(c, "http://gitlab.localhost:%d", c->server.port);
	done(eclose(c, "add", cli_format(c, "%s/a/b", site_of)));
	assert_int_equal(asked(c, "/a/b/-/releases.atom"), 1);
	done(eclose(c, "add", cli_format(c, "%s/c/d", site_of)));
	assert_int_equal(asked(c, "/c/d"), 0); /* and where it is right nobody asks for the page */
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s/own.xml\n%s/c/d/-/releases.atom\n", site_of, site_of));
}

static void feeds_in_disguise_are_feeds_and_lists_are_not(void **state)
{
	struct cli *c = *state;

	serve(c);
	done(eclose(c, "add", cli_url(c, "/as-html")));
	done(eclose(c, "add", cli_format(c, "feed:%s", cli_url(c, "/feed.xml"))));
	fails(eclose(c, "add", cli_url(c, "/list.opml")), 1, "`eclose import FILE` takes it");
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n%s\n", cli_url(c, "/as-html"), cli_url(c, "/feed.xml")));
}

static void an_address_is_said_so_that_it_passes_for_no_other(void **state)
{
	struct cli *c = *state;
	const char *url = "https://\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.com/feed";
	struct ran r;

	c->offline = true;
	r = done(eclose(c, "add", url));
	assert_non_null(strstr(r.out, "added https://xn--80ak6aa92e.com/feed"));
	assert_non_null(strstr(r.err, "xn--80ak6aa92e.com"));
	assert_string_equal(cli_read(c, "config/urls"), cli_format(c, "%s\n", url));
	assert_non_null(strstr(done(eclose(c, "feeds")).out, "https://xn--80ak6aa92e.com/feed"));
	assert_string_equal(text_at(json_array_get(array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds"), 0), "url"), url);
	done(eclose(c, "remove", "https://xn--80ak6aa92e.com/feed")); /* as it was shown */
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
		TEST(one_with_a_login_keeps_it_where_it_moved),
		TEST(adding_twice_keeps_one_line),
		TEST(a_file_is_added_by_its_whole_name),
		TEST(a_file_with_an_odd_name_is_found_again),
		TEST(offline_adds_without_a_look),
		TEST(what_is_no_feed_is_refused_in_a_sentence),
		TEST(all_feeds_of_a_page_or_one_by_number_can_be_taken),
		TEST(a_page_that_names_none_is_looked_behind),
		TEST(common_places_are_asked_one_by_one_until_one_is_a_feed),
		TEST(a_host_is_asked_eight_times_at_most_and_left_when_it_is_busy),
		TEST(known_hosts_need_no_page),
		TEST(what_is_known_of_a_host_may_be_wrong_and_then_the_page_counts),
		TEST(feeds_in_disguise_are_feeds_and_lists_are_not),
		TEST(an_address_is_said_so_that_it_passes_for_no_other),
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
