/* feeds - documents of every format to the neutral form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feeds/parse.h"

static const char *srcdir(void)
{
	const char *dir = getenv("TEST_SRCDIR");

	return dir ? dir : ".";
}

static void parse(struct arena *a, const char *s, size_t n, struct feed_doc *doc)
{
	const struct parse_hints hints = { NULL, "http://feed.example/dir/feed.xml" };
	struct err_info info = ERR_INFO_INIT;

	if (feed_parse(a, s, n, &hints, doc, &info) != OK)
		fail_msg("\"%.80s\": %s", s, info.text);
}

static void golden(const char *name)
{
	struct arena a = ARENA_INIT;
	struct buf in = BUF_INIT, out = BUF_INIT, want = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	char path[4096];
	struct feed_doc doc;

	snprintf(path, sizeof path, "%s/tests/corpus/feed/%s", srcdir(), name);
	if (buf_read_file(&in, path, 1 << 20, &info) != OK)
		fail_msg("%s", info.text);
	parse(&a, buf_str(&in), in.len, &doc);
	feed_json(&doc, &out);
	snprintf(path, sizeof path, "%s/tests/golden/feed/%s.json", srcdir(), name);
	if (getenv("GOLDEN_WRITE") && buf_write_file(path, buf_str(&out), out.len, 0644, &info) != OK)
		fail_msg("%s", info.text);
	if (buf_read_file(&want, path, 1 << 20, &info) != OK)
		fail_msg("%s", info.text);
	if (strcmp(buf_str(&out), buf_str(&want)) != 0)
		fail_msg("%s is read as\n%s\nand not as\n%s", name, buf_str(&out), buf_str(&want));
	buf_clear(&in);
	buf_clear(&out);
	buf_clear(&want);
	arena_clear(&a);
}

static void every_format_gives_its_golden_form(void **state)
{
	static const char *const names[] = { "rss-2.0.xml", "rss-0.91.xml", "rss-1.0.rdf", "rss-0.90-beside.rdf", "atom-1.0.xml", "atom-0.3.xml",
		"jsonfeed-1.1.json", "jsonfeed-cut.json", "cdf.xml", "atom-bases.xml", "rss-people.xml" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		golden(names[i]);
}

static void every_encoding_gives_its_golden_form(void **state)
{
	(void)state;
	golden("windows-1251.xml");
	golden("shift-jis.xml");
	golden("utf-16.xml");
	golden("latin1-is-1252.xml");
	golden("windows-1252-as-ascii.xml");
	golden("utf-16-no-mark.xml");
	golden("ebcdic.xml");
}

static void broken_and_hostile_feeds_give_their_golden_form(void **state)
{
	(void)state;
	golden("broken-junk.xml");
	golden("hostile-entities.xml");
	golden("hostile-escapes.xml");
	golden("hostile-cut-tags.xml");
}

static void refused(const char *s, const char *words)
{
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct feed_doc doc = { .ttl = 77 };

	assert_int_equal(feed_parse(&a, s, strlen(s), NULL, &doc, &info), ERR_SYNTAX);
	if (!strstr(info.text, words))
		fail_msg("\"%s\" says nothing of \"%s\"", info.text, words);
	assert_int_equal(doc.ttl, 77);
	arena_clear(&a);
}

static void what_is_no_feed_is_refused_in_words(void **state)
{
	(void)state;
	refused("", "the document is empty");
	refused(" \n\t", "the document is empty");
	refused("<!DOCTYPE html><html><title>x</title>", "this is a web page, not a feed");
	refused("<opml><body/></opml>", "use `eclose import`");
	refused("{\"a\":1}", "not a JSON Feed");
	refused("{\"version\":", "JSON");
	refused("<urlset><url/></urlset>", "site map");
	refused("<svg/>", "\"svg\"");
	refused("plain words", "neither RSS, Atom nor JSON Feed");
}

static void a_cut_feed_gives_what_arrived_and_is_marked(void **state)
{
	const char *s = "<rss version='2.0'><channel><title>T</title><item><title>one</title><link>http://a.example/1</link></item><item><title>tw";
	struct arena a = ARENA_INIT;
	struct feed_doc doc;

	(void)state;
	parse(&a, s, strlen(s), &doc);
	assert_true(doc.repaired);
	assert_int_equal(doc.n_entries, 2);
	assert_string_equal(doc.entries[0].link, "http://a.example/1");
	arena_clear(&a);
}

/* Every beginning of a document is read or refused, never worse. */
static void a_feed_may_be_cut_at_every_byte(void **state)
{
	static const char *const names[] = { "rss-2.0.xml", "atom-1.0.xml", "jsonfeed-1.1.json", "broken-junk.xml" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf in = BUF_INIT;
		char path[4096];

		snprintf(path, sizeof path, "%s/tests/corpus/feed/%s", srcdir(), names[i]);
		assert_int_equal(buf_read_file(&in, path, 1 << 20, NULL), OK);
		for (size_t n = 0; n < in.len; n++) {
			struct arena a = ARENA_INIT;
			struct err_info info = ERR_INFO_INIT;
			struct feed_doc doc;

			if (feed_parse(&a, in.s, n, NULL, &doc, &info) != OK)
				assert_true(info.text[0]);
			arena_clear(&a);
		}
		buf_clear(&in);
	}
}

static void title_is(const char *s, const char *title)
{
	struct arena a = ARENA_INIT;
	struct feed_doc doc;

	parse(&a, s, strlen(s), &doc);
	assert_int_equal(doc.n_entries, 1);
	if (!doc.entries[0].title || strcmp(doc.entries[0].title, title) != 0)
		fail_msg("%s: the title is \"%s\", not \"%s\"", s, doc.entries[0].title, title);
	arena_clear(&a);
}

static void items_are_found_whatever_the_feed_calls_itself(void **state)
{
	(void)state;
	title_is("<rss><channel/><item><title>t</title></item></rss>", "t");
	title_is("<rss version='0.93' xmlns='http://backend.userland.com/rss2'><channel><item><title>t</title></item></channel></rss>", "t");
	title_is("<RSS VERSION='2.0'><Channel><ITEM><Title>t</Title></ITEM></Channel></RSS>", "t");
	title_is("<x:rss xmlns:x='urn:strange'><x:channel><x:item><x:title>t</x:title></x:item></x:channel></x:rss>", "t");
	title_is("<channel><item><title>t</title></item></channel>", "t");
	title_is("<thing><channel><items><item><title>t</title></item></items></channel></thing>", "t");
	title_is("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>t</a:title></a:entry></a:feed>", "t");
	title_is("<feed><entry><title>t</title></entry></feed>", "t");
	title_is("<entry xmlns='http://www.w3.org/2005/Atom'><title>t</title></entry>", "t");
	title_is("<br/>Warning: x\n<?xml version='1.0'?><rss><channel><item><title>t</title></item></channel></rss>", "t");
}

static void of_several_elements_the_better_one_counts(void **state)
{
	(void)state;
	title_is("<rss xmlns:media='http://search.yahoo.com/mrss/' xmlns:q='http://purl.org/dc/elements/1.1/'><channel><item><media:title>m</media:title>"
		 "<q:title>d</q:title><title>t</title><title>u</title></item></channel></rss>", "t");
	title_is("<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item><title> </title><media:group><media:title>m</media:title></media:group>"
		 "</item></channel></rss>", "m");
}

static void links_of_feeds_never_run_anything(void **state)
{
	static const char *const bad[] = { "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "-oProxyCommand=x", "|cmd", " JaVaScript:x" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct arena a = ARENA_INIT;
		struct buf s = BUF_INIT;
		struct feed_doc doc;
		const char *link;

		buf_printf(&s, "<rss><channel><item><title>t</title><link>%s</link><enclosure url='%s'/><comments>%s</comments></item></channel></rss>",
			   bad[i], bad[i], bad[i]);
		parse(&a, s.s, s.len, &doc);
		link = doc.entries[0].link;
		/* what isn't an address of its own is one relative to the feed's */
		if (link && strncmp(link, "http://feed.example/", 20) != 0)
			fail_msg("%s is a link", link);
		arena_clear(&a);
		buf_clear(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_gives_its_golden_form),
		cmocka_unit_test(every_encoding_gives_its_golden_form),
		cmocka_unit_test(broken_and_hostile_feeds_give_their_golden_form),
		cmocka_unit_test(what_is_no_feed_is_refused_in_words),
		cmocka_unit_test(a_cut_feed_gives_what_arrived_and_is_marked),
		cmocka_unit_test(a_feed_may_be_cut_at_every_byte),
		cmocka_unit_test(items_are_found_whatever_the_feed_calls_itself),
		cmocka_unit_test(of_several_elements_the_better_one_counts),
		cmocka_unit_test(links_of_feeds_never_run_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
