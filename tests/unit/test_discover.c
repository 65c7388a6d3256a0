/* discover - the feeds behind a page: what it names, what is known of its host, where one may look. No network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "feeds/discover.h"
#include "feeds/discover_rules.h"
#include "feeds/url.h"

/* The addresses, blank-separated. */
static const char *joined(struct arena *a, const struct found_feed *found, size_t n)
{
	const char *s = "";

	for (size_t i = 0; i < n; i++) {
		assert_true(url_allowed(found[i].url, URL_FETCH));
		s = arena_printf(a, "%s%s%s", s, i ? " " : "", found[i].url);
	}
	return s;
}

static void known_hosts_say_their_feeds_by_address_alone(void **state)
{
	static const struct { const char *url, *feeds; } cases[] = {
		{ "https://www.youtube.com/channel/UC1234567890123456789012/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC1234567890123456789012" },
		{ "https://m.youtube.com/playlist?app=x&list=PLabc-_9", "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc-_9" },
		{ "https://www.youtube.com/@handle", "" }, { "https://www.youtube.com/watch?v=x", "" }, { "https://www.youtube.com/playlist", "" },
		{ "https://github.com/vis/vis", "https://github.com/vis/vis/releases.atom https://github.com/vis/vis/tags.atom https://github.com/vis/vis/commits.atom" },
		{ "https://github.com/vis/vis/tree/master/lua", "https://github.com/vis/vis/releases.atom https://github.com/vis/vis/tags.atom https://github.com/vis/vis/commits.atom" },
		{ "https://github.com/vis/vis/commits/next", "https://github.com/vis/vis/commits/next.atom" }, { "https://github.com/torvalds/", "https://github.com/torvalds.atom" },
		{ "https://github.com/topics/rss", "" }, { "https://github.com/", "" }, { "https://gist.github.com/someone", "https://gist.github.com/someone.atom" },
		{ "https://gitlab.com/a/b", "https://gitlab.com/a/b/-/releases.atom https://gitlab.com/a/b/-/tags?format=atom https://gitlab.com/a/b.atom" },
		{ "https://gitlab.gnome.org/a/b/-/issues", "https://gitlab.gnome.org/a/b/-/releases.atom" },
		{ "https://gitlab.com/g/sub/b", "https://gitlab.com/g/sub/b/-/releases.atom https://gitlab.com/g/sub/b/-/tags?format=atom" },
		{ "https://codeberg.org/a/b/src/branch/main", "https://codeberg.org/a/b/releases.rss https://codeberg.org/a/b/tags.rss https://codeberg.org/a/b.rss" },
		{ "https://codeberg.org/a", "https://codeberg.org/a.rss" }, { "https://codeberg.org/explore/repos", "" },
		{ "https://old.reddit.com/r/programming/", "https://www.reddit.com/r/programming/.rss" }, { "https://reddit.com/r/a+b/new", "https://www.reddit.com/r/a+b/new/.rss" },
		{ "https://www.reddit.com/r/c/comments/1abc/some_title/", "https://www.reddit.com/r/c/comments/1abc/.rss" },
		{ "https://www.reddit.com/u/someone", "https://www.reddit.com/user/someone/.rss" }, { "https://www.reddit.com/user/someone/m/multi", "https://www.reddit.com/user/someone/m/multi/.rss" },
		{ "https://www.reddit.com", "https://www.reddit.com/.rss" }, { "https://mastodon.social/@user", "https://mastodon.social/@user.rss" },
		{ "https://mastodon.social/@user/1234", "https://mastodon.social/@user.rss" }, { "https://fosstodon.org/tags/linux", "https://fosstodon.org/tags/linux.rss" },
		{ "https://lemmy.world/c/books", "https://lemmy.world/feeds/c/books.xml?sort=New" }, { "https://feddit.de/u/me", "https://feddit.de/feeds/u/me.xml?sort=New" },
		{ "https://name.substack.com/p/a-post?utm_source=x", "https://name.substack.com/feed" }, { "https://substack.com/@name", "https://name.substack.com/feed" },
		{ "https://medium.com/@user/a-story-12", "https://medium.com/feed/@user" }, { "https://medium.com/publication", "https://medium.com/feed/publication" },
		{ "https://blog.medium.com/x", "https://blog.medium.com/feed" }, { "http://name.blogspot.co.uk/2026/03/x.html", "http://name.blogspot.co.uk/feeds/posts/default" },
		{ "https://name.wordpress.com", "https://name.wordpress.com/feed/" }, { "https://name.tumblr.com/post/1", "https://name.tumblr.com/rss" },
		{ "https://www.tumblr.com/name", "https://name.tumblr.com/rss" }, { "https://bsky.app/profile/a.example/post/3k", "https://bsky.app/profile/a.example/rss" },
		{ "https://stackoverflow.com/questions/tagged/c", "https://stackoverflow.com/feeds/tag/c" }, { "https://unix.stackexchange.com/questions/12/some-title", "https://unix.stackexchange.com/feeds/question/12" },
		{ "https://superuser.com/users/7/me", "https://superuser.com/feeds/user/7" }, { "https://news.ycombinator.com/newest", "https://news.ycombinator.com/rss" },
		{ "https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL" }, { "https://vimeo.com/someone", "https://vimeo.com/someone/videos/rss" }, { "https://vimeo.com/123456", "" },
		{ "https://vimeo.com/channels/staffpicks", "https://vimeo.com/channels/staffpicks/videos/rss" }, { "https://www.dailymotion.com/someone", "https://www.dailymotion.com/rss/user/someone" },
		{ "https://www.dailymotion.com/video/x1", "" },
		/* what is a feed already, what isn't known, and what only looks like a known host */
		{ "https://github.com/vis/vis/releases.atom", "" }, { "https://www.reddit.com/r/c/.rss", "" }, { "https://name.substack.com/feed", "" }, { "https://name.tumblr.com/rss", "" },
		{ "https://mastodon.social/@user.rss", "" }, { "https://www.youtube.com/feeds/videos.xml?channel_id=UC1", "" }, { "https://unknown.example/@user", "" },
		{ "https://notgithub.com/a/b", "" }, { "https://github.com.evil.example/a/b", "" }, { "https://evil.example/github.com/a/b", "" }, { "https://substack.com.evil.example/x", "" },
		{ "javascript:alert(1)", "" }, { "https://www.youtube.com/playlist?list=a<b", "" }, { "", "" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct found_feed *found = NULL;
		size_t n = discover_by_address(&a, cases[i].url, &found);

		assert_string_equal(joined(&a, found, n), cases[i].feeds);
	}
	arena_clear(&a);
}

static void a_page_says_what_made_it_or_which_channel_it_is_of(void **state)
{
#define GENERATOR(s) "<!doctype html><html><head><meta charset=utf-8><META NAME='Generator' content='" s "'></head><body>x</body></html>"
	static const struct { const char *url, *html, *feeds; } cases[] = {
		{ "https://www.youtube.com/@handle", "<link rel=\"canonical\" href=\"https://www.youtube.com/channel/UCabcdefghijklmnopqrst-_\">",
		  "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrst-_" },
		{ "https://www.youtube.com/c/name", "var x = {\"channelId\":\"UCshort\",\"y\":{\"channelId\":\"UCabcdefghijklmnopqrst-_\"}}", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrst-_" },
		{ "https://www.youtube.com/user/name", "<meta itemprop=\"identifier\" content=\"UCabcdefghijklmnopqrst-_\">", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrst-_" },
		{ "https://www.youtube.com/watch?v=1", "no channel", "" }, { "https://other.example/", "\"channelId\":\"UCabcdefghijklmnopqrst-_\"", "" },
		{ "https://w.example/2026/x/", GENERATOR("WordPress 6.5"), "https://w.example/feed/" }, { "https://g.example:8443/x", GENERATOR("Ghost 5"), "https://g.example:8443/rss/" },
		{ "https://h.example/", GENERATOR("Hugo 0.120"), "https://h.example/index.xml" }, { "https://h.example/posts/", GENERATOR("hugo"), "https://h.example/posts/index.xml" },
		{ "https://j.example/a", GENERATOR("Jekyll v4"), "https://j.example/feed.xml" }, { "https://d.example/", GENERATOR("Discourse 3.3"), "https://d.example/latest.rss" },
		{ "https://d.example/c/dev/7", GENERATOR("Discourse 3.3"), "https://d.example/c/dev/7.rss" }, { "https://d.example/t/a-topic/12/", GENERATOR("Discourse"), "https://d.example/t/a-topic/12.rss" },
		{ "https://x.example/", GENERATOR("My own"), "" }, { "https://p.example/c/chan/videos", "<title>PeerTube</title>", "https://p.example/feeds/videos.xml?videoChannelName=chan" },
		{ "https://p.example/a/me", "PeerTube", "https://p.example/feeds/videos.xml?accountName=me" }, { "https://p.example/", "PeerTube", "https://p.example/feeds/videos.xml" },
		{ "https://f.example/a/b", "<p>Powered by Forgejo</p>", "https://f.example/a/b/releases.rss" }, { "https://l.example/c/news", "window.isoData = {}", "https://l.example/feeds/c/news.xml?sort=New" },
		{ "https://x.example/", "", "" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct found_feed *found = NULL;
		size_t n = discover_by_page(&a, cases[i].url, cases[i].html, strlen(cases[i].html), &found);

		assert_string_equal(joined(&a, found, n), cases[i].feeds);
	}
	arena_clear(&a);
}

static void places_to_look_are_few_and_the_likeliest_come_first(void **state)
{
	static const struct { const char *url, *feeds; } cases[] = {
		{ "https://h.example/", "https://h.example/feed https://h.example/rss https://h.example/feed.xml https://h.example/atom.xml https://h.example/rss.xml https://h.example/index.xml "
		  "https://h.example/feed.json https://h.example/blog/feed" },
		{ "http://h.example:81/blog/a/b?x#y", "http://h.example:81/blog/feed http://h.example:81/blog/index.xml http://h.example:81/feed http://h.example:81/rss http://h.example:81/feed.xml "
		  "http://h.example:81/atom.xml http://h.example:81/rss.xml http://h.example:81/index.xml" },
		{ "https://h.example/@me", "https://h.example/@me.rss https://h.example/@me/feed https://h.example/@me/index.xml https://h.example/feed https://h.example/rss https://h.example/feed.xml "
		  "https://h.example/atom.xml https://h.example/rss.xml" },
		{ "file:///etc/passwd", "" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct found_feed *found = NULL;
		size_t n = discover_by_place(&a, cases[i].url, &found);

		assert_true(n <= DISCOVER_TRIES);
		assert_string_equal(joined(&a, found, n), cases[i].feeds);
	}
	arena_clear(&a);
}

static void a_page_that_names_one_feed_without_end_costs_little(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf html = BUF_INIT;
	struct found_feed *found;

	(void)state;
	buf_puts(&html, "<base href='http://a.example/");
	for (size_t i = 0; i < 100000; i++)
		buf_putc(&html, 'x');
	buf_puts(&html, "/'>");
	for (size_t i = 0; i < 100000; i++)
		buf_puts(&html, "<a href=b/feed>");
	buf_puts(&html, "<a href=late/feed>");
	assert_int_equal(discover_feeds(&a, buf_str(&html), html.len, "http://b.example/", &found), 1);
	assert_string_equal(found[0].url, "http://b.example/b/feed");
	arena_clear(&a);
	buf_clear(&html);
}

static void what_a_page_names_is_absolute_once_and_comments_come_last(void **state)
{
	static const char html[] = "<head><base href='/deep/'><link rel=alternate type='application/rss+xml' title='Site &raquo; Comments Feed' href='comments/feed/'>"
		"<link rel='alternate' type='application/atom+xml' title='All' href='a.atom'><link rel='alternate' type='application/rss+xml' href='../deep/a.atom'>"
		"<link rel='alternate' type='application/rss+xml' href='http://h.example/feed?post=1'><link rel='alternate' type='application/rss+xml' href='javascript:alert(1)'>"
		"<link rel='alternate' type='text/html' hreflang=de href='/de'></head><body><a href='//other.example/rss.xml'>RSS</a><a href='feed://f.example/rss'>f</a><a href='FEED:http://f.example/atom'>f</a><a href='/about'>x</a></body>";
	struct arena a = ARENA_INIT;
	struct found_feed *found;
	size_t n = discover_feeds(&a, html, strlen(html), "http://h.example/page", &found);

	(void)state;
	assert_string_equal(joined(&a, found, n), "http://h.example/deep/a.atom http://h.example/feed?post=1 http://other.example/rss.xml https://f.example/rss http://f.example/atom "
		"http://h.example/deep/comments/feed/");
	assert_string_equal(found[0].title, "All");
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_hosts_say_their_feeds_by_address_alone),
		cmocka_unit_test(a_page_says_what_made_it_or_which_channel_it_is_of),
		cmocka_unit_test(places_to_look_are_few_and_the_likeliest_come_first),
		cmocka_unit_test(what_a_page_names_is_absolute_once_and_comments_come_last),
		cmocka_unit_test(a_page_that_names_one_feed_without_end_costs_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
