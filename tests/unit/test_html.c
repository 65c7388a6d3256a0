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
		{ "a<object><embed src=x></object>b", "ab" }, { "a<svg onload=x><script>1</script><text>t</text></svg>b", "ab" },
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

static const char *const nasty[] = {
	"<p><div><p><b><p>x</b></p></div>", "<a href=x><a href=y><b><a href=z>", "<table><p>x<tr><b><td>y<table><td>z", "<ul><p>a<li>b<ol>c</ul>d</ol>e",
	"<<b>>&&amp;amp;&lt;script&gt;x", "<p/><br/></br></p></p></div>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x:/ alt='\"><script>1</script>'>",
	"<h1><h2><h3>a</h1>b</h3>", "<pre>\n\n  <code>\n</pre>\n x", "<b><i><u><s><b><i>x</b></i>y<p>z", "<style><!--</style><script>1</script>--></style>",
	"<noscript><p title=\"</noscript><img src=x onerror=1>\"></noscript>", "<svg><p><style><g title=\"</style><img src=x onerror=1>\">", "<math><mtext><table><mglyph><style><img src=x>",
	"<select><template><b></select>x</template>y", "<a title='&quot;&gt;&lt;script&gt;' href='http://h/\"onclick=\"x'>q</a>", "<span><span lang=en><div><span>x", "<dl><dt>a<dd>b<dt>c<p>d</dl>",
	"<q><blockquote><q>x", "<font><center><p><td>x<th>y<caption>z", "<li>a<li>b<p><li>c", "text \xFF\xFE\xC0\x80 <p>\xED\xA0\x80</p>", "<p>&#0;&#x80;&#xD800;&#x110000;&bogus;&amp", "<a href=\"//[\">x</a><a href='http://'>y",
	"<details><summary>a<p>b<details>c</summary>d", "<title><b>x</title><textarea><p>y</textarea>z", "<xmp><p>a</xmp><plaintext><b>c", "<body><head><title>t</title></head><html><body>b<frameset><frame src=x>",
	"<video src=a><source src=b><source><track src=c>t</video><audio><p>x</audio>", "<img src=a alt=b><img alt=''><img><image src=x>", "<dir><menu><li>x</dir>y", "<p\n\t/ /id=x<b>y", "</", "<", "<!", "<!--", "<a href=", "<a href='", "&", "&#", "&#x",
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

/* ---- text ---- */

static void text_is_folded_and_on_lines(void **state)
{
	static const char *const cases[][2] = {
		{ "<p>One\n  two</p><p>three<br>four</p>", "One two\nthree\nfour" }, { "a<b>b</b>c <i> d </i> e", "abc d e" }, { "  x  ", "x" },
		{ "<ul><li>a</li><li>b</li></ul>c<script>no</script>", "a\nb\nc" }, { "<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3" },
		{ "AT&amp;T &lt;3 &eacute;", "AT&T <3 \xC3\xA9" }, { "a &#27;[1m\xC2\x85\xE2\x80\xAE b", "a [1m b" }, { "no markup,\n at all", "no markup, at all" },
		{ "", "" }, { "<p></p>", "" },
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
	tells("<table><caption>C</caption><tr><th>n<th>v</tr><tr><td>a</td><td><p>1 <b>x</b></p></td><td></td></tr></table>", "P0|C\nT0|[1:n] | [1:v]\nT0|a | 1 [1:x] | \n");
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
		cmocka_unit_test(sanitising_twice_changes_nothing),
		cmocka_unit_test(nor_does_it_for_any_mixture),
		cmocka_unit_test(any_depth_is_handled),
		cmocka_unit_test(text_is_folded_and_on_lines),
		cmocka_unit_test(a_title_is_one_line),
		cmocka_unit_test(blocks_say_what_the_page_says),
		cmocka_unit_test(lists_are_nested_and_numbered),
		cmocka_unit_test(quotes_code_and_tables),
		cmocka_unit_test(links_are_numbered_once_each),
		cmocka_unit_test(what_may_not_reach_a_terminal_does_not),
	};

	(void)alarm(GUARD);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
