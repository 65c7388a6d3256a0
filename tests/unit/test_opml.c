/* opml, urls, discover - subscriptions in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "feeds/discover.h"
#include "feeds/opml.h"
#include "feeds/urls.h"

static void read_opml(struct arena *a, const char *s, struct subs *out)
{
	struct err_info info = ERR_INFO_INIT;

	if (opml_read(a, s, strlen(s), out, &info) != OK)
		fail_msg("%s", info.text);
}

static void folders_become_tags_outer_to_inner(void **state)
{
	struct arena a = ARENA_INIT;
	struct subs subs;

	(void)state;
	read_opml(&a, "<opml><body><outline text='News'><outline title='World' text='x'><outline text='Globe &amp; Co' xmlUrl='http://g.example/?a=1&amp;b=2'/>"
		      "</outline><outline xmlURL=' https://n.example/ ' category='/Tech/Chips,Slow,News'/></outline></body></opml>", &subs);
	assert_int_equal(subs.n, 2);
	assert_string_equal(subs.sub[0].url, "http://g.example/?a=1&b=2");
	assert_string_equal(subs.sub[0].title, "Globe & Co");
	assert_int_equal(subs.sub[0].n_tags, 2);
	assert_string_equal(subs.sub[0].tags[0], "News");
	assert_string_equal(subs.sub[0].tags[1], "World");
	assert_string_equal(subs.sub[1].url, "https://n.example/");
	assert_null(subs.sub[1].title);
	assert_int_equal(subs.sub[1].n_tags, 4);
	assert_string_equal(subs.sub[1].tags[3], "Slow");
	arena_clear(&a);
}

static void an_import_brings_no_commands_and_no_files(void **state)
{
	struct arena a = ARENA_INIT;
	struct subs subs;
	const char *opml = "<opml><body><outline xmlUrl='exec:rm -rf /'/><outline xmlUrl='filter:x:http://a/'/><outline xmlUrl='|cmd'/>"
			   "<outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='javascript:1'/><outline xmlUrl='-o'/>"
			   "<outline text='&#x202e;&#27;[0mok' xmlUrl='http://ok.example/'/></body></opml>";
	const char *urls = "exec:x\nfilter:y:http://z/\n|cmd\nfile:///tmp/x\n\"query:all:unread\"\nhttp://ok.example/\n";

	(void)state;
	assert_int_equal(subs_import(&a, opml, strlen(opml), &subs, NULL), OK);
	assert_int_equal(subs.n, 1);
	assert_int_equal(subs.refused, 6);
	assert_string_equal(subs.sub[0].title, "[0mok");
	assert_int_equal(subs_import(&a, urls, strlen(urls), &subs, NULL), OK);
	assert_int_equal(subs.n, 1);
	assert_int_equal(subs.refused, 5);
	arena_clear(&a);
}

static void same(const struct subs *one, const struct subs *two)
{
	assert_int_equal(one->n, two->n);
	for (size_t i = 0; i < one->n; i++) {
		const struct sub *a = &one->sub[i], *b = &two->sub[i];

		assert_string_equal(a->url, b->url);
		assert_int_equal(!a->title, !b->title);
		if (a->title)
			assert_string_equal(a->title, b->title);
		assert_int_equal(a->hidden, b->hidden);
		assert_int_equal(a->n_tags, b->n_tags);
		for (size_t k = 0; k < a->n_tags; k++)
			assert_string_equal(a->tags[k], b->tags[k]);
	}
}

static void subscriptions_survive_both_forms_unchanged(void **state)
{
	const char *tags[] = { "News", "two words", "a \"quoted\" \\ <one> & `more`" };
	struct sub sub[] = {
		{ .url = "http://a.example/?x=1&y=2", .title = "~ A & \"B\" \\ <C> #d", .tags = tags, .n_tags = 3, .hidden = true },
		{ .url = "http://b.example/#f", .tags = tags, .n_tags = 1 }, { .url = "http://c.example/", .title = "C", .tags = tags + 1, .n_tags = 2 },
		{ .url = "https://d.example/", .hidden = true }, { .url = "https://e.example/\"x", .title = "E", .tags = tags, .n_tags = 2 },
	};
	const struct subs subs = { .sub = sub, .n = 5 };
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct subs back;

	(void)state;
	opml_write(&subs, "mine & yours", &out);
	read_opml(&a, buf_str(&out), &back);
	same(&subs, &back);
	buf_cut(&out, 0);
	for (size_t i = 0; i < subs.n; i++)
		urls_line(&sub[i], &out);
	if (urls_read(&a, out.s, out.len, &back, &info) != OK)
		fail_msg("%s", info.text);
	same(&subs, &back);
	assert_int_equal(subs_import(&a, out.s, out.len, &back, &info), OK);
	same(&subs, &back);
	buf_clear(&out);
	arena_clear(&a);
}

static void refused(const char *s, const char *words)
{
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct subs subs = { .n = 77 };

	assert_int_equal(subs_import(&a, s, strlen(s), &subs, &info), ERR_SYNTAX);
	if (!strstr(info.text, words))
		fail_msg("\"%s\" says nothing of \"%s\"", info.text, words);
	assert_int_equal(subs.n, 77);
	arena_clear(&a);
}

static void what_is_no_list_is_refused_in_words(void **state)
{
	(void)state;
	refused("", "empty");
	refused("<html><body>x", "neither OPML");
	refused("<rss version='2.0'><channel/></rss>", "neither OPML");
	refused("http://a.example/\nhttp://b.example/ \"open\n", "line 2");
}

static void feeds_of_a_page_are_found_once_and_absolute(void **state)
{
	struct arena a = ARENA_INIT;
	struct found_feed *found;
	const char *html = "<html><head><base href='/dir/'><LINK REL='Alternate' TYPE='application/RSS+xml' TITLE='All &amp; more' HREF='rss'>"
			   "<link rel=alternate type=text/html hreflang=de href=de.html><link rel='stylesheet alternate' type=text/css href=x.css>"
			   "<link rel=alternate type=application/atom+xml href='javascript:x'></head>"
			   "<body><a href='rss'>again</a><a href='http://o.example/feed/'>Other <b>feed</b></a><a href='/about'>no</a></body></html>";

	(void)state;
	assert_int_equal(discover_feeds(&a, html, strlen(html), "http://p.example/x/y", &found), 2);
	assert_string_equal(found[0].url, "http://p.example/dir/rss");
	assert_string_equal(found[0].title, "All & more");
	assert_string_equal(found[1].url, "http://o.example/feed/");
	assert_string_equal(found[1].title, "Other feed");
	assert_int_equal(discover_feeds(&a, "", 0, NULL, &found), 0);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_become_tags_outer_to_inner),
		cmocka_unit_test(an_import_brings_no_commands_and_no_files),
		cmocka_unit_test(subscriptions_survive_both_forms_unchanged),
		cmocka_unit_test(what_is_no_list_is_refused_in_words),
		cmocka_unit_test(feeds_of_a_page_are_found_once_and_absolute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
