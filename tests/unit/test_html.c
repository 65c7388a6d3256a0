/* html: what is hostile goes, what is said stays. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "feeds/html.h"
#include "feeds/url.h"
#include "html_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define BASE "https://example.org/blog/post"
#define GUARD 120 /* seconds */

/* The bytes moved out: to be freed. */
static char *text_of(struct buf *b)
{
	char *s = mem_strdup(buf_str(b));

	buf_clear(b);
	return s;
}

static char *sanitised(const char *s, size_t n)
{
	struct buf out = BUF_INIT;

	html_sanitise(&out, s, n, BASE, NULL);
	return text_of(&out);
}

static void sanitises_to(const char *s, const char *want)
{
	char *got = sanitised(s, strlen(s));

	assert_string_equal(got, want);
	free(got);
}

static void what_is_harmless_stays(void **state)
{
	static const char *const same[] = {
		"<p>One <b>two</b> <em>three</em>.</p>", "plain &amp; simple &lt;b&gt; \"quoted\"", "<h2>Head</h2><ul><li>a<ol start=\"3\"><li>b</li></ol></li></ul>",
		"<blockquote cite=\"https://e.example/\"><p>q</p></blockquote>", "<pre><code>a  b\n\tc</code></pre>",
		"<table><tr><td colspan=\"2\">1</td><td>2</td></tr></table>", "<a href=\"mailto:a@b.example\" title=\"write\">w</a>", "",
		"<img src=\"https://e.example/a.png\" alt=\"A\" width=\"640\" height=\"480\">", "a<br>b<hr>c", "<p lang=\"he\" dir=\"rtl\">\xD7\xA9</p>",
		"<figure><video src=\"https://e.example/v.mp4\" width=\"3\"></video><figcaption>f</figcaption></figure>",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(same); i++)
		sanitises_to(same[i], same[i]);
}

static void links_become_absolute(void **state)
{
	(void)state;
	sanitises_to("<a href='../x?a=1&b=2#c'>x</a>", "<a href=\"https://example.org/x?a=1&amp;b=2#c\">x</a>");
	sanitises_to("<img src=/i.png><a href=\" //cdn.example/\n y \">y</a>", "<img src=\"https://example.org/i.png\"><a href=\"https://cdn.example/%20y\">y</a>");
	sanitises_to("<a href='#n'>1</a> <a href=' '>2</a> <a href='?q#n'>3</a>", "1 2 <a href=\"https://example.org/blog/post?q#n\">3</a>");
	sanitises_to("<img data-src=real.jpg src=\"data:image/gif;base64,R0lGOD\">", "<img src=\"https://example.org/blog/real.jpg\">");
}

static void links_without_a_base_must_be_absolute(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	html_sanitise(&out, "<a href=x>a</a><a href=https://h/>b</a>", 39, NULL, NULL);
	assert_string_equal(buf_str(&out), "a<a href=\"https://h/\">b</a>");
	buf_clear(&out);
}

static void what_is_hostile_goes(void **state)
{
	static const char *const cases[][2] = {
		{ "a<script>alert(1)</script>b", "ab" }, { "a<style>p{}</style>b", "ab" }, { "a<iframe src='data:x'>i</iframe>b", "ab" },
		{ "a<object data=x><embed></object>b", "ab" }, { "a<svg onload=x><script>1</script><text>t</text></svg>b", "ab" },
		{ "<form action=x>say <input name=n><textarea>t</textarea><select><option>o</select>it</form>", "say it" },
		{ "<p onclick=x onmouseover='y' style='position:fixed' id=i class=c>t</p>", "<p>t</p>" },
		{ "<a href='javascript:alert(1)'>x</a>", "x" }, { "<a href='JaVa&#10;Script&#58;alert(1)'>x</a>", "x" }, { "<a href=' \x01javascript:x'>x</a>", "x" },
		{ "<a href='data:text/html,<script>1</script>'>x</a>", "x" }, { "<a href='vbscript:x'>x</a><a href='file:///etc/passwd'>y</a>", "xy" },
		{ "<img src='data:image/png;base64,AAAA'>t", "t" }, { "<img src='javascript:x' alt='the alt'>", "<img alt=\"the alt\">" },
		{ "<meta http-equiv=refresh content='0;url=x'><link rel=stylesheet href=x><base href='http://evil/'><a href=q>t</a>",
		  "<a href=\"https://example.org/blog/q\">t</a>" },
		{ "<!-- c --><?php x ?>t", "t" }, { "<blink>b</blink><marquee>m</marquee><custom-tag x=y>c</custom-tag>", "bmc" },
		{ "t<img src=/p.gif width=1 height=1><img src=/q.gif width='0'><img src=/r style='width: 1px;height:1px'><img src=/s style='color:red; display :none'>", "t" },
		{ "esc\x1b[31m&#27;]0;x&#7;\xC2\x9B bidi\xE2\x80\xAE!", "esc[31m]0;x bidi!" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		sanitises_to(cases[i][0], cases[i][1]);
}

static void frames_become_links(void **state)
{
	(void)state;
	sanitises_to("a<iframe src='//films.example/e/7?x=1' width=560>i</iframe>b",
		     "a<br><a href=\"https://films.example/e/7?x=1\">embedded: films.example/e/7</a><br>b");
	sanitises_to("<object data=x><embed src=/f><p>fallback</p></object>", "<br><a href=\"https://example.org/f\">embedded: example.org/f</a><br><p>fallback</p>");
	sanitises_to("<a href=/l>a<iframe src=/f></iframe></a>", "<a href=\"https://example.org/l\">a<br>embedded: example.org/f<br></a>");
	sanitises_to("a<iframe src=/f width=0 height=0></iframe><iframe src=/f style='display:none'></iframe>b", "ab");
}

static void attributes_are_those_of_their_element(void **state)
{
	sanitises_to("<ol start=-3 type=a reversed class=c><li value=x>a<li value=7>b</ol>", "<ol start=\"-3\" type=\"a\" reversed><li>a</li><li value=\"7\">b</li></ol>");
	sanitises_to("<p width=3 href=x alt=y lang='en\"' dir=RTL>t</p>", "<p>t</p>");
	sanitises_to("<img src=/a srcset='/b 2x' sizes=1 loading=lazy onerror=x usemap=#m id=i longdesc=l>", "<img src=\"https://example.org/a\">");
	sanitises_to("<time datetime=2026-03-31>t</time><del cite=/d>x</del><video src=/v poster=/p autoplay controls></video>",
		     "<time datetime=\"2026-03-31\">t</time><del cite=\"https://example.org/d\">x</del><video src=\"https://example.org/v\"></video>");
	sanitises_to("<a href=/a href=javascript:x title='1\n\t2'>x</a>", "<a href=\"https://example.org/a\" title=\"1 2\">x</a>");
	(void)state;
}

static void words_of_forms_and_unknown_elements_stay(void **state)
{
	(void)state;
	sanitises_to("<form><fieldset><legend>Who</legend><label>Name <input value=v></label></fieldset></form>", "WhoName ");
	sanitises_to("<math><mi>x</mi><mo>=</mo><mn>2</mn><annotation encoding=tex>x=2</annotation></math>", "x=2");
	sanitises_to("<font color=red>a</font><nobr>b</nobr><x-y>c</x-y><picture><source srcset=s><img src=/i></picture>", "abc<img src=\"https://example.org/i\">");
	sanitises_to("<xmp><b>&lt;</xmp><listing>x</listing>", "<pre>&lt;b&gt;&amp;lt;</pre><pre>x</pre>");
	sanitises_to("<noscript><img src=/i></noscript><template><p>t</p></template>", "<img src=\"https://example.org/i\">");
}

static void pixels_are_counted(void **state)
{
	static const char html[] = "<img src=/a width=1><img src=/b style='height:0px'><img src=/c hidden><img src=/d width=100%><img src=/e width=2>";
	struct buf out = BUF_INIT;
	int pixels = 3;

	(void)state;
	html_sanitise(&out, html, strlen(html), BASE, &pixels);
	assert_int_equal(pixels, 6);
	assert_string_equal(buf_str(&out), "<img src=\"https://example.org/d\"><img src=\"https://example.org/e\" width=\"2\">");
	buf_clear(&out);
}

/* Addresses that need no resolving go a shorter way; it must come out at the same place. */
static void settled_addresses_are_what_resolving_gives(void **state)
{
	static const char *const urls[] = { "https://a.example/", "http://a.example/b/c.html?d=e&f=/g?h#i", "https://a.example/../b", "https://a.example/b/./c", "https://a.example/.b", "https://a.example",
		"HTTPS://a.example/", "https://A.example/", "https://a.example:443/", "https://u@a.example/", "https://a.example/b c", "https://a.example/\xC3\xA9", "https://a.example/[b]",
		"https://a.example/b?c d", "https://a.example/#b#c", "https:///b", "https://a.example//b/../c", "https://a.example/b/..", "https://a.example/?b=../c", "https://a.example/%2e%2E/b",
		"https://-/", "https://./", "http://a.example/'()*+,;=:@!$~" };

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct arena a = ARENA_INIT;
		struct buf html = BUF_INIT, got = BUF_INIT;
		const char *want = url_resolve(&a, BASE, urls[i]);
		struct blocks blocks;

		buf_printf(&html, "<a href=\"%s\">x</a>", urls[i]);
		html_blocks(&a, html.s, html.len, BASE, &blocks);
		assert_int_equal(blocks.n_links, url_allowed(want, URL_LINK));
		if (blocks.n_links)
			assert_string_equal(blocks.links[0], want);
		buf_clear(&html);
		buf_clear(&got);
		arena_clear(&a);
	}
}

static const char *const nasty[] = {
	"<p><div><p><b><p>x</b></p></div>", "<a href=x><a href=y><b><a href=z>", "<table><p>x<tr><b><td>y<table><td>z", "<ul><p>a<li>b<ol>c</ul>d</ol>e",
	"<<b>>&&amp;amp;&lt;script&gt;x", "<p/><br/></br></p></p></div>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x:/ alt='\"><script>1</script>'>",
	"<h1><h2><h3>a</h1>b</h3>", "<pre>\n\n  <code>\n</pre>\n x", "<b><i><u><s><b><i>x</b></i>y<p>z", "<style><!--</style><script>1</script>--></style>",
	"<noscript><p title=\"</noscript><img src=x onerror=1>\"></noscript>", "<svg><p><style><g title=\"</style><img src=x onerror=1>\">", "<math><mtext><table><mglyph><style><img src=x>",
	"<select><template><b></select>x</template>y", "<a title='&quot;&gt;&lt;script&gt;' href='http://h/\"onclick=\"x'>q</a>", "<span><span lang=en><div><span>x", "<dl><dt>a<dd>b<dt>c<p>d</dl>",
	"<q><blockquote><q>x", "<font><center><p><td>x<th>y<caption>z", "<li>a<li>b<p><li>c", "text \xFF\xFE\xC0\x80 <p>\xED\xA0\x80</p>", "<p>&#0;&#x80;&#xD800;&#x110000;&bogus;&amp", "<a href=\"//[\">x</a><a href='http://'>y",
	"<details><summary>a<p>b<details>c</summary>d", "<title><b>x</title><textarea><p>y</textarea>z", "<xmp><p>a</xmp><plaintext><b>c", "<body><head><title>t</title></head><html><body>b<frameset><frame src=x>",
	"<video src=a><source src=b><source><track src=c>t</video><audio><p>x</audio>", "<img src=a alt=b><img alt=''><img><image src=x>", "<dir><menu><li>x</dir>y", "<p\n\t/ /id=x<b>y", "</", "e<x>\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81</x>\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", "<iframe src=/f title=t></iframe>", "<embed src=/e?a&b><a>", "<![CDATA[<p>a]]>b", "<pre>\n\n\nx</pre>", "<table><td>x<tbody><td>y<caption>z", "<xmp><b></xmp>", "<sup>1</sup><sub>", "<ruby>a<rt>b<rp>c", "<ol reversed><li value=-1>", "<p title=\"&amp;quot;\">", "<", "<!", "<!--", "<a href=", "<a href='", "&", "&#", "&#x",
};

static void is_idempotent(const char *s, size_t n)
{
	char *once = sanitised(s, n), *twice = sanitised(once, strlen(once));

	if (html_wrong(once, strlen(once)))
		fail_msg("%s in %s", html_wrong(once, strlen(once)), once);
	assert_string_equal(twice, once);
	free(once);
	free(twice);
}

static void sanitising_twice_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(nasty); i++)
		is_idempotent(nasty[i], strlen(nasty[i]));
}

/* The nasty ones cut up and put together by chance, the same in every run. */
static void nor_does_it_for_any_mixture(void **state)
{
	struct buf s = BUF_INIT;
	struct rng r;

	(void)state;
	rng_seed(&r, 42);
	for (int round = 0; round < 2000; round++) {
		buf_cut(&s, 0);
		for (int piece = 0; piece < 6; piece++) {
			const char *from = nasty[rng_below(&r, COUNT(nasty))];
			size_t n = strlen(from), start = rng_below(&r, (uint32_t)n);

			buf_add(&s, from + start, rng_below(&r, (uint32_t)(n - start + 1)));
		}
		is_idempotent(buf_str(&s), s.len);
	}
	buf_clear(&s);
}

/* ---- depth ---- */

static void repeat(struct buf *out, const char *s, int times)
{
	for (int i = 0; i < times; i++)
		buf_puts(out, s);
}

static void any_depth_is_handled(void **state)
{
	static const char *const pieces[][2] = { { "<ul><li>", "</li></ul>" }, { "<div>", "" }, { "<blockquote>", "</b>" }, { "<b><p>", "" }, { "<table><tr><td>", "" },
		{ "<a href=x>", "</i>" }, { "<span lang=en>", "</span>" }, { "<svg>", "" }, { "<x>", "</x>" }, { "</p>", "" } };

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct buf s = BUF_INIT, text = BUF_INIT;
		struct arena a = ARENA_INIT;
		struct blocks blocks;
		char *once;

		buf_puts(&s, "<p>before</p>");
		repeat(&s, pieces[i][0], 100000);
		buf_puts(&s, "deep");
		repeat(&s, pieces[i][1], 100000);
		once = sanitised(buf_str(&s), s.len);
		is_idempotent(buf_str(&s), s.len);
		assert_non_null(strstr(once, "before"));
		html_text(&text, buf_str(&s), s.len);
		html_blocks(&a, buf_str(&s), s.len, BASE, &blocks);
		assert_true(blocks.n >= 1);
		assert_string_equal(blocks.block[0].text, "before");
		if (strcmp(pieces[i][0], "<svg>") != 0) {
			assert_non_null(strstr(once, "deep"));
			assert_string_equal(buf_str(&text), "before\ndeep");
			assert_string_equal(blocks.block[blocks.n - 1].text, "deep");
		}
		free(once);
		buf_clear(&s);
		buf_clear(&text);
		arena_clear(&a);
	}
}

/* ---- hostile ---- */

/* What html_sanitise gives of `head`, a piece many times over, and `tail`; and what it may not be longer than. */
static void costs_little(const char *head, const char *piece, int times, const char *tail, size_t most)
{
	struct buf s = BUF_INIT, out = BUF_INIT, text = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct blocks blocks;

	buf_puts(&s, head);
	repeat(&s, piece, times);
	buf_puts(&s, tail);
	html_sanitise(&out, s.s, s.len, BASE, NULL);
	assert_null(html_wrong(buf_str(&out), out.len));
	assert_in_range(out.len, 0, most);
	html_text(&text, s.s, s.len);
	html_blocks(&a, s.s, s.len, BASE, &blocks);
	assert_null(blocks_wrong(&blocks));
	assert_in_range(arena_size(&a), 0, 40 * s.len + 100000);
	buf_clear(&s);
	buf_clear(&out);
	buf_clear(&text);
	arena_clear(&a);
}

/* 3 MB of each: a scan that looks at everything again for each of them takes minutes, and none takes a second. */
static void what_is_made_to_cost_much_costs_little(void **state)
{
	static const char *const pieces[] = { "<", "<!", "<!--", "<![CDATA[", "<![CDATA[]]>", "</", "&", "&#", "&#x", "&amp", "&CounterClockwiseContourIntegra", "<script/>", "<script/><style/><title/>",
		"<a b=\"", "<a b='c' ", "</b>", "<b></i>", "<p><b>", "<li>", "<table>", "<table><td>", "<td>", "</table>", "<svg>", "<x>", "</x>", "<h1>", "<rt>", "<sup>1", "<iframe src=x/>",
		"<abbr title=x>", "<td rowspan=99999>", "<tr><td colspan=99999>", "<a href=#x>1", "<img src=x>", "\xCC\x81", "\xFF", "\r", "<pre>\t" };

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++)
		costs_little("<table><tr><td>", pieces[i], (int)(1000000 / strlen(pieces[i])), "", (size_t)30000000);
}

static void long_and_many_attributes_cost_little(void **state)
{
	struct buf many = BUF_INIT;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_printf(&many, " a%d='v'", i);
	costs_little("<p", buf_str(&many), 1, " title=x>t</p>", 20);
	costs_little("<img src=/a alt='", "0123456789", 2000000, "'>t", 60);
	costs_little("<a href='/", "0123456789", 2000000, "'>t</a>", 10);
	costs_little("<a href='/", "0123456789", 2000000, "", 0);
	costs_little("<", "p", 20000000, ">t", 10);
	buf_clear(&many);
}

static void an_attribute_at_its_limit_stays_there(void **state)
{
	static const char *const pieces[] = { "&quot;", "\xC3\xA9", "%", "<" };

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++)
		for (int n = 3000; n < 70000; n += 3100) {
			struct buf s = BUF_INIT;

			buf_puts(&s, "<a href=\"/");
			repeat(&s, pieces[i], n);
			buf_puts(&s, "\" title=\"");
			repeat(&s, pieces[i], n);
			buf_puts(&s, "\">x</a>");
			is_idempotent(s.s, s.len);
			buf_clear(&s);
		}
}

/* ---- text ---- */

static void text_is_folded_and_on_lines(void **state)
{
	static const char *const cases[][2] = {
		{ "<p>One\n  two</p><p>three<br>four</p>", "One two\nthree\nfour" }, { "a<b>b</b>c <i> d </i> e", "abc d e" }, { "  x  ", "x" },
		{ "<ul><li>a</li><li>b</li></ul>c<script>no</script>", "a\nb\nc" }, { "<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3" },
		{ "AT&amp;T &lt;3 &eacute;", "AT&T <3 \xC3\xA9" }, { "a &#27;[1m\xC2\x85\xE2\x80\xAE b", "a [1m b" }, { "no markup,\n at all", "no markup, at all" },
		{ "", "" }, { "<p></p>", "" }, { "<ruby>\xE6\xBC\xA2<rp>[</rp><rt>kan</rt><rp>]</rp></ruby>", "\xE6\xBC\xA2(kan)" }, { "a <b>\x1b</b> b", "a b" },
		{ "<title>t</title>a<noscript>b</noscript><!-- c -->", "ab" }, { "<li>a<li>b<td>c", "a\nbc" }, { "<math>x<annotation>y</annotation></math>", "x" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = BUF_INIT;

		buf_puts(&out, "^");
		html_text(&out, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(buf_str(&out) + 1, cases[i][1]);
		buf_clear(&out);
	}
}

static void a_title_is_one_line(void **state)
{
	static const char *const cases[][2] = {
		{ "Q&amp;A: <b>why</b>\n  not?", "Q&A: why not?" }, { "a<br>b<p>c", "a b c" }, { "1 < 2 & 3", "1 < 2 & 3" }, { " plain\ttitle\r\n", "plain title" },
		{ "x\xE2\x80\xA8y\x1b]0;z\a", "x y]0;z" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = BUF_INIT;

		html_line(&out, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(buf_str(&out), cases[i][1]);
		buf_clear(&out);
	}
}

/* ---- blocks ---- */

/* All that blocks say, in one string: "KIND level quote number direction|text" a line, spans in brackets with style and link. */
static char *told(const char *html)
{
	static const char kinds[] = "PHIQCRMT";
	struct buf out = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct blocks blocks;

	html_blocks(&a, html, strlen(html), BASE, &blocks);
	for (size_t i = 0; i < blocks.n; i++) {
		const struct block *b = &blocks.block[i];
		size_t at = 0;

		buf_printf(&out, "%c%d", kinds[b->kind], b->level);
		if (b->quote)
			buf_printf(&out, ">%d", b->quote);
		if (b->number)
			buf_printf(&out, "#%d%s", b->number, b->numbering == 'a' ? "a" : b->numbering == 'I' ? "I" : "");
		buf_puts(&out, b->rtl ? "<" : b->tight ? "=" : "");
		buf_puts(&out, "|");
		for (size_t k = 0; k < b->n_spans; k++) {
			const struct span *s = &b->spans[k];

			assert_true(s->from >= at && s->len > 0 && s->from + s->len <= strlen(b->text));
			buf_add(&out, b->text + at, s->from - at);
			buf_printf(&out, "[%u", s->style);
			if (s->link)
				buf_printf(&out, ",%d", s->link);
			buf_puts(&out, ":");
			buf_add(&out, b->text + s->from, s->len);
			buf_puts(&out, "]");
			at = s->from + s->len;
		}
		buf_puts(&out, b->text + at);
		buf_puts(&out, "\n");
	}
	for (size_t i = 0; i < blocks.n_links; i++)
		buf_printf(&out, "%zu=%s\n", i + 1, blocks.links[i]);
	arena_clear(&a);
	return text_of(&out);
}

static void tells(const char *html, const char *want)
{
	char *got = told(html);

	assert_string_equal(got, want);
	free(got);
}

static void blocks_say_what_the_page_says(void **state)
{
	(void)state;
	tells("", "");
	tells("bare <b>text</b> here", "P0|bare [1:text] here\n");
	tells("one\n line\n\ntwo", "P0|one line\nP0|two\n");
	tells("<h1>A</h1><p>b</p>c<h3>d <i>e</i></h3>", "H1|A\nP0|b\nP0|c\nH3|d [2:e]\n");
	tells("<p>a<br>b<br/><br>c<br></p>", "P0|a\nb\n\nc\n");
	tells("<p>&nbsp;</p><p> </p><div><div>x</div></div><p>\xE2\x80\x8B</p>", "P0|x\n");
	tells("a<hr>b", "P0|a\nR0|\nP0|b\n");
	tells("<q>x</q> <del>y</del> <code>z</code>", "P0|\xE2\x80\x9Cx\xE2\x80\x9D [16:y] [4:z]\n");
	tells("a <b>b <i>c</i> d</b> e", "P0|a [1:b] [3:c][1: d] e\n");
}

static void lists_are_nested_and_numbered(void **state)
{
	(void)state;
	tells("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d", "I1|a\nI2|b\nI1|c\nP0|d\n");
	tells("<ol start=4><li>a<li>b<ul><li>x</ul><li value=9>c<li><p>d</p><p>e</p></ol>", "I1#4|a\nI1#5|b\nI2|x\nI1#9|c\nI1#10|d\nP1|e\n");
	tells("<li>stray", "I1|stray\n");
	tells("<dl><dt>term<dd>what it is</dl>", "P0|[1:term]\nP1=|what it is\n");
}

static void quotes_code_and_tables(void **state)
{
	(void)state;
	tells("<blockquote>a<blockquote><p>b</p><ul><li>c</ul></blockquote></blockquote>d", "Q1>1|a\nQ2>2|b\nI1>2|c\nP0|d\n");
	tells("<pre>\nint  a;\n\treturn\n</pre>x", "C0|int  a;\n        return\nP0|x\n");
	tells("<pre><code>a <b>b</b>\n</code></pre>", "C0|a [1:b]\n");
	tells("<table><caption>C</caption><tr><th>n<th>v</tr><tr><td>a</td><td><p>1 <b>x</b></p></td><td></td></tr></table>", "P0|C\nT0=|[1:n] | [1:v]\nT0|a | 1 [1:x] | \n");
	tells("<table><tr><td><p>frame</p><p>page</p></td><td>side</td></tr><tr><td>alone</table>", "P0|frame\nP0|page\nP0|side\nP0|alone\n");
}

static void links_are_numbered_once_each(void **state)
{
	(void)state;
	tells("<a href=/a>A</a>, <a href=b>B <i>b</i></a>, <a href='https://example.org/a'>C</a> <a href='javascript:x'>D</a>",
	      "P0|[8,1:A], [8,2:B] [10,2:b], [8,1:C] D\n1=https://example.org/a\n2=https://example.org/blog/b\n");
	tells("x<img src=/i.png alt='An image'>y", "P0|x\nM0|[8,1:An image]\nP0|y\n1=https://example.org/i.png\n");
	tells("<a href=/big><img src=/small.jpg></a>", "M0|[8,1:small.jpg]\n1=https://example.org/big\n");
	tells("so <img src=e.png alt=':-)' width=16> good<img src=t.gif width=1>", "P0|so :-) good\n");
	tells("<img src='data:x' alt='formula'>", "M0|formula\n");
	tells("<video><source src=/v.mp4></video><audio src=a.ogg controls>no</audio>",
	      "P0|[8,1:video: v.mp4]\nP0|[8,2:audio: a.ogg]\n1=https://example.org/v.mp4\n2=https://example.org/blog/a.ogg\n");
}

static void tables_have_cells(void **state)
{
	static const char html[] = "<table><tr><th>a<th>b<th>c<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4</table><table><tr><td>x<td>y</table>";
	static const struct { size_t n, last; int table; bool header; } want[] = { { 3, 8, 1, true }, { 3, 8, 1, false }, { 3, 7, 1, false }, { 2, 4, 3, false } };
	struct arena a = ARENA_INIT;
	struct blocks blocks;

	(void)state;
	html_blocks(&a, html, strlen(html), BASE, &blocks);
	assert_int_equal(blocks.n, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++) {
		const struct block *b = &blocks.block[i];

		assert_int_equal(b->n_cells, want[i].n);
		assert_int_equal(b->cell[b->n_cells - 1], want[i].last);
		assert_int_equal(b->header, want[i].header);
		assert_int_equal(b->table == blocks.block[0].table, want[i].table == 1);
	}
	arena_clear(&a);
	tells("<table><tr><td>a<td>b<ul><li>c</ul><td>d</table>", "P0|a\nP0|b\nI1|c\nP0|d\n");
	tells("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "T0|a | b\nP0|c\n");
	tells("<table><tr><td></td><td> </td></tr></table>x", "P0|x\n");
	tells("<table><tr><td>a<br>b<td> <b>c</b> </table>", "T0|a\nb | [1:c]\n");
}

static void lists_count_as_they_say(void **state)
{
	(void)state;
	tells("<ol reversed><li>a<li>b<ol reversed><li>x<li>y</ol><li>c</ol>", "I1#3|a\nI1#2|b\nI2#2|x\nI2#1|y\nI1#1|c\n");
	tells("<ol reversed start=10 type=a><li>a<li>b</ol><ol type=I><li>c</ol>", "I1#10a|a\nI1#9a|b\nI1#1I|c\n");
	tells("<dl><dt>a<dd>b<ul><li>c</ul><dd>d<dt>e</dl>f", "P0|[1:a]\nP1=|b\nI2|c\nP1|d\nP0|[1:e]\nP0|f\n");
	tells("<ol><li><h3>a</h3>b</ol>", "I1#1|a\nP1|b\n");
}

static void words_above_below_and_beside_the_line(void **state)
{
	(void)state;
	tells("10<sup>-6</sup> H<sub>2</sub>O x<sup>a+1</sup> 1<sup>st</sup> y<sub>n-1</sub> <sup></sup>z<sup>*</sup>",
	      "P0|10\xE2\x81\xBB\xE2\x81\xB6 H\xE2\x82\x82O x^(a+1) 1st y_(n-1) z*\n");
	tells("<b>m<sup>2</sup></b> <sup><b>2</b>3</sup> a<sup><a href=/n>1</a></sup>", "P0|[1:m\xC2\xB2] [1:2]3 a[8,1:\xC2\xB9]\n1=https://example.org/n\n");
	tells("<ruby>\xE6\xBC\xA2<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "P0|\xE6\xBC\xA2(kan)\n");
	tells("<abbr title='As Soon'>AS</abbr>, <abbr title='As Soon'>AS</abbr> <abbr>x</abbr>", "P0|AS (As Soon), AS x\n");
	tells("<details><summary>More</summary>in it</details>", "P0|[1:More]\nP0|in it\n");
}

static void links_within_the_text_are_no_footnotes(void **state)
{
	(void)state;
	tells("a<sup><a href='#fn1'>1</a></sup> <a href='/blog/post#x'>b</a> <a href='/blog/post'>c</a> <a href='/other#x'>d</a>",
	      "P0|a\xC2\xB9 b [8,1:c] [8,2:d]\n1=https://example.org/blog/post\n2=https://example.org/other#x\n");
}

static void pictures_tell_their_size_and_films_where_they_are(void **state)
{
	(void)state;
	tells("<img src=/i alt=A width=640 height=480><img src=/j.png width=640 height=480>",
	      "M0|[8,1:A, 640\xC3\x97" "480]\nM0|[8,2:j.png, 640\xC3\x97" "480]\n1=https://example.org/i\n2=https://example.org/j.png\n");
	tells("<figure><img src=/i alt=A><figcaption>C</figcaption></figure>d", "M0|[8,1:A]\nP0=|C\nP0|d\n1=https://example.org/i\n");
	tells("<video src=/v.mp4 poster=p>Your browser can't.</video>a<iframe src=//f.example/x?y></iframe>",
	      "P0|[8,1:video: v.mp4]\nP0|a\nP0|[8,2:embedded: f.example/x]\n1=https://example.org/v.mp4\n2=https://f.example/x?y\n");
	tells("<video src=/v.mp4>a<p>kept</p>b", "P0|[8,1:video: v.mp4]\nP0|kept\nP0|b\n1=https://example.org/v.mp4\n");
	tells("<video><source src=data:x>none</video>", "P0|none\n");
}

static void blocks_know_which_way_their_words_run(void **state)
{
	(void)state;
	tells("<div dir=rtl>a<p>b</p><p dir=ltr>c</p><ul><li>d</ul></div>e<span dir=rtl>f</span>", "P0<|a\nP0<|b\nP0|c\nI1<|d\nP0|ef\n");
}

static void what_may_not_reach_a_terminal_does_not(void **state)
{
	(void)state;
	tells("<p>a&#27;[2J\x1b]0;t\x07 \xC2\x9B" "1m\xE2\x80\xAE\xE2\x81\xA6z</p><pre>\x1b[H&#155;x\r\ny</pre><img alt='\x1b&#155;c' src=x>", 
	      "P0|a[2J]0;t 1mz\nC0|[H\xE2\x80\xBAx\ny\nM0|[8,1:\xE2\x80\xBA""c]\n1=https://example.org/blog/x\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_harmless_stays),
		cmocka_unit_test(links_become_absolute),
		cmocka_unit_test(links_without_a_base_must_be_absolute),
		cmocka_unit_test(what_is_hostile_goes),
		cmocka_unit_test(frames_become_links),
		cmocka_unit_test(attributes_are_those_of_their_element),
		cmocka_unit_test(words_of_forms_and_unknown_elements_stay),
		cmocka_unit_test(pixels_are_counted),
		cmocka_unit_test(settled_addresses_are_what_resolving_gives),
		cmocka_unit_test(sanitising_twice_changes_nothing),
		cmocka_unit_test(nor_does_it_for_any_mixture),
		cmocka_unit_test(any_depth_is_handled),
		cmocka_unit_test(what_is_made_to_cost_much_costs_little),
		cmocka_unit_test(long_and_many_attributes_cost_little),
		cmocka_unit_test(an_attribute_at_its_limit_stays_there),
		cmocka_unit_test(text_is_folded_and_on_lines),
		cmocka_unit_test(a_title_is_one_line),
		cmocka_unit_test(blocks_say_what_the_page_says),
		cmocka_unit_test(lists_are_nested_and_numbered),
		cmocka_unit_test(quotes_code_and_tables),
		cmocka_unit_test(links_are_numbered_once_each),
		cmocka_unit_test(tables_have_cells),
		cmocka_unit_test(lists_count_as_they_say),
		cmocka_unit_test(words_above_below_and_beside_the_line),
		cmocka_unit_test(links_within_the_text_are_no_footnotes),
		cmocka_unit_test(pictures_tell_their_size_and_films_where_they_are),
		cmocka_unit_test(blocks_know_which_way_their_words_run),
		cmocka_unit_test(what_may_not_reach_a_terminal_does_not),
	};

	(void)alarm(GUARD);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
