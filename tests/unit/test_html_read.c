/* html_read: tags, references and what ends what, as the HTML standard has them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "feeds/html_entities.h"
#include "feeds/html_read.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define GUARD 120 /* seconds */

/* What is told, as markup: every element with its end, attributes decoded, text as it is. */
struct teller {
	struct buf out;
	const char *names[512];
	size_t n;
};

static int enter(void *ctx, const struct html_start *start)
{
	struct teller *t = ctx;
	struct buf value = BUF_INIT;

	buf_printf(&t->out, "<%.*s", (int)start->len, start->name);
	for (size_t i = 0; i < start->n_attrs; i++) {
		const struct html_attr *a = &start->attr[i];

		buf_cut(&value, 0);
		html_decode(&value, a->value, a->len);
		buf_printf(&t->out, " %.*s=[%s]", (int)a->name_len, a->name, buf_str(&value));
	}
	buf_puts(&t->out, ">");
	buf_clear(&value);
	if (!start->is || !(start->is->is & TAG_VOID))
		t->names[t->n++] = start->is ? start->is->name : "?";
	return (int)t->n;
}

static void leave(void *ctx, const struct tag *is, int mark)
{
	struct teller *t = ctx;

	assert_int_equal(mark, (int)t->n);
	assert_string_equal(t->names[--t->n], is ? is->name : "?");
	buf_printf(&t->out, "</%s>", is ? is->name : "?");
}

static void text(void *ctx, const char *s, size_t n)
{
	struct teller *t = ctx;

	assert_true(n > 0);
	buf_add(&t->out, s, n);
}

static const struct html_events events = { enter, leave, text };

static void reads_bytes(const char *s, size_t n, const char *want)
{
	struct teller t = { .out = BUF_INIT };

	html_read(s, n, &events, &t);
	assert_int_equal(t.n, 0);
	assert_string_equal(buf_str(&t.out), want);
	buf_clear(&t.out);
}

static void reads_as(const char *const (*cases)[2], size_t n)
{
	for (size_t i = 0; i < n; i++)
		reads_bytes(cases[i][0], strlen(cases[i][0]), cases[i][1]);
}

static void tags_and_attributes(void **state)
{
	static const char *const cases[][2] = {
		{ "<P CLASS=x>a</P >b", "<P CLASS=[x]>a</p>b" }, { "<p a b=c d='e f' g=\"h>i\">", "<p a=[] b=[c] d=[e f] g=[h>i]></p>" },
		{ "<p a=b/c/ d>", "<p a=[b/c/] d=[]></p>" }, { "<p\n\t/ /a='b'c=d>", "<p a=[b] c=[d]></p>" }, { "<p =x=y>", "<p =x=[y]></p>" }, { "<p a = 'b'>", "<p a=[b]></p>" },
		{ "<p a=>b", "<p a=[]>b</p>" }, { "<br/><hr /><img src=a/>", "<br><hr><img src=[a/]>" }, { "<x-y z>a</X-Y>", "<x-y z=[]>a</?>" },
		{ "a < b <3 <- </ <>", "a < b <3 <- " }, { "<p a='b", "" }, { "x<p a", "x" }, { "<", "<" }, { "</", "</" }, { "a</>b", "ab" }, { "a</ b>c", "ac" },
		{ "<p a='&lt;&amp' b='x&copy=1&copy2&copy'>", "<p a=[<&] b=[x&copy=1&copy2\xC2\xA9]></p>" }, { "</br>x</hr>", "<br>x" },
	};

	(void)state;
	reads_as(cases, COUNT(cases));
}

static void comments_of_every_kind(void **state)
{
	static const char *const cases[][2] = {
		{ "a<!-- b -- > - -> --!> -->c", "a -->c" }, { "a<!-->b", "ab" }, { "a<!--->b", "ab" }, { "a<!---->b", "ab" }, { "a<!--b", "a" }, { "a<!--b--!>c", "ac" },
		{ "a<!DOCTYPE html>b", "ab" }, { "a<?xml x?>b", "ab" }, { "a<!x>b<!>c", "abc" }, { "a<!-b>c", "ac" }, { "a<?b", "a" },
		{ "a<![CDATA[<b>x</b> ]] ]]>c", "a<b>x</b> ]] c" }, { "a<![CDATA[b>c", "ac" }, { "a<![CDATA[<p title=']]>'>b]]>", "a<p title=[]]>]>b]]></p>" },
	};

	(void)state;
	reads_as(cases, COUNT(cases));
}

static void raw_text_is_no_markup(void **state)
{
	static const char *const cases[][2] = {
		{ "<script>a<b>&amp;</script >c", "<script>a<b>&amp;</script>c" }, { "<title>a<b>&amp;</titlex></title>c", "<title>a<b>&</titlex></title>c" },
		{ "<STYLE>p</Style>b", "<STYLE>p</style>b" }, { "<textarea><p></textarea>", "<textarea><p></textarea>" }, { "<xmp><p>&lt;</xmp>b", "<xmp><p>&lt;</xmp>b" },
		{ "<iframe><p></iframe>b", "<iframe><p></iframe>b" }, { "<script>a", "<script>a</script>" }, { "<script src=x />a", "<script src=[x]></script>a" },
		{ "<script/>a</script>b", "<script>a</script>b" }, { "<noscript><p>a</noscript>", "<noscript><p>a</p></noscript>" }, { "<plaintext><b>", "<plaintext><b></plaintext>" },
		{ "<script></scrip</script\n x>a", "<script></scrip</script>a" },
	};

	(void)state;
	reads_as(cases, COUNT(cases));
}

static void what_ends_without_an_end_tag(void **state)
{
	static const char *const cases[][2] = {
		{ "<p>a<p>b", "<p>a</p><p>b</p>" }, { "<p>a<div>b</div>c</p>d", "<p>a</p><div>b</div>cd" }, { "<p><b>a<p>b", "<p><b>a</b></p><p>b</p>" },
		{ "<ul><li>a<li>b<ul><li>c</ul>d<li>e</ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul>d</li><li>e</li></ul>" },
		{ "<li><blockquote><li>", "<li><blockquote><li></li></blockquote></li>" }, { "<li><div><p>a<li>b", "<li><div><p>a</p></div></li><li>b</li>" },
		{ "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>" },
		{ "<table><tr><td>a<td>b<tr><th>c<tbody><tr><td>d</table>e",
		  "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr><tbody><tr><td>d</td></tr></tbody></table>e" },
		{ "<table><td>a", "<table><tr><td>a</td></tr></table>" }, { "<table><caption>a<tr><td>b", "<table><caption>a</caption><tr><td>b</td></tr></table>" },
		{ "<table><tr><td><table><tr><td>a</table>b<td>c</table>",
		  "<table><tr><td><table><tr><td>a</td></tr></table>b</td><td>c</td></tr></table>" },
		{ "a<td>b</td><tr>c", "abc" }, { "<h1>a<h2>b", "<h1>a</h1><h2>b</h2>" }, { "<h1>a</h3>b", "<h1>a</h1>b" }, { "<a href=1>a<a>b", "<a href=[1]>a</a><a>b</a>" },
		{ "<ruby>a<rp>(<rt>b<rp>)</ruby>c", "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>c" }, { "<p>a<table><tr><td><p>b</table>", "<p>a</p><table><tr><td><p>b</p></td></tr></table>" },
		{ "<p>a<hr>b", "<p>a</p><hr>b" }, { "<p>a<img>b<br>c", "<p>a<img>b<br>c</p>" }, { "<b>x", "<b>x</b>" },
	};

	(void)state;
	reads_as(cases, COUNT(cases));
}

static void end_tags_end_what_is_within(void **state)
{
	static const char *const cases[][2] = {
		{ "<div><b><i>a</div>b", "<div><b><i>a</i></b></div>b" }, { "<b><i>a</b>b</i>c", "<b><i>a</i></b>bc" }, { "a</b></div></p></li>c", "ac" },
		{ "<div><span>a</div>b</span>c", "<div><span>a</span></div>bc" }, { "<span><div>a</span>b</div>c", "<span><div>ab</div>c</span>" },
		{ "<b><p>a</b>b</p>", "<b><p>a</p></b>b" }, { "<b><ul><li>a</b>b</ul>c", "<b><ul><li>ab</li></ul>c</b>" },
		{ "<div><table><tr><td>a</div>b</table>c", "<div><table><tr><td>ab</td></tr></table>c</div>" }, { "<ul><li>a<ol><li>b</ul>c</ol>d", "<ul><li>a<ol><li>b</li></ol></li></ul>cd" },
		{ "<ul><li>a<ol></li>b</ol></ul>", "<ul><li>a<ol>b</ol></li></ul>" }, { "<x><b>a</x>b</b>c", "<x><b>a</b></?>bc" },
		{ "<table><tr><td>a</tr>b</table>", "<table><tr><td>a</td></tr>b</table>" },
	};

	(void)state;
	reads_as(cases, COUNT(cases));
}

static void references_with_and_without_semicolon(void **state)
{
	static const char *const cases[][2] = {
		{ "&amp;&lt;&gt;&quot;&apos;&AMP", "&<>\"'&" }, { "&eacute;&eacute&Eacute", "\xC3\xA9\xC3\xA9\xC3\x89" }, { "&notit; &notin; &notin", "\xC2\xACit; \xE2\x88\x89 \xC2\xACin" },
		{ "&hellip; &hellip x", "\xE2\x80\xA6 &hellip x" }, { "&CounterClockwiseContourIntegral;", "\xE2\x88\xB3" }, { "&NotEqualTilde;&fjlig;", "\xE2\x89\x82\xCC\xB8" "fj" },
		{ "&bogus; & &; &1; &a", "&bogus; & &; &1; &a" }, { "&#65;&#x42;&#X43&#68 ", "ABCD " }, { "&#0;&#xD800;&#x110000;&#99999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "&#150;&#x80;&#153;&#129;", "\xE2\x80\x93\xE2\x82\xAC\xE2\x84\xA2\xC2\x81" }, { "&#;&#x;&#xg;", "&#;&#x;&#xg;" }, { "&ampamp;", "&amp;" }, { "&#x1F600;", "\xF0\x9F\x98\x80" },
		{ "&zwnj;&AElig;&zscr;&frac12x", "\xE2\x80\x8C\xC3\x86\xF0\x9D\x93\x8F\xC2\xBDx" },
	};

	(void)state;
	reads_as(cases, COUNT(cases));
}

static void every_name_is_found_by_itself_alone(void **state)
{
	static const struct { const char *name; size_t n; uint32_t cp[2]; } some[] = {
		{ "AElig", 1, { 0xC6 } }, { "zwnj", 1, { 0x200C } }, { "Aacute", 1, { 0xC1 } }, { "acE", 2, { 0x223E, 0x333 } }, { "bne", 2, { 0x3D, 0x20E5 } },
		{ "thickapprox", 1, { 0x2248 } }, { "NotSquareSubset", 2, { 0x228F, 0x338 } }, { "ZeroWidthSpace", 1, { 0x200B } }, { "lt", 1, { '<' } }, { "LT", 1, { '<' } },
		{ "nGtv", 2, { 0x226B, 0x338 } }, { "Dot", 1, { 0xA8 } }, { "dot", 1, { 0x2D9 } }, { "sup3", 1, { 0xB3 } }, { "there4", 1, { 0x2234 } }, { "b.alpha", 0, { 0 } },
		{ "a", 0, { 0 } }, { "", 0, { 0 } }, { "zzz", 0, { 0 } }, { "AMp", 0, { 0 } }, { "CounterClockwiseContourIntegralx", 0, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(some); i++) {
		uint32_t cp[2] = { 0, 0 };

		assert_int_equal(html_entity(some[i].name, strlen(some[i].name), cp), some[i].n);
		assert_int_equal(cp[0], some[i].cp[0]);
		assert_int_equal(cp[1], some[i].cp[1]);
	}
}

static void every_element_is_found_in_any_case(void **state)
{
	static const char *const names[] = { "a", "abbr", "annotation-xml", "audio", "b", "button", "canvas", "command", "datalist", "dt", "em", "embed", "fieldset", "frameset", "h1",
		"h6", "hr", "i", "isindex", "kbd", "keygen", "label", "listing", "main", "meta", "nav", "noscript", "object", "option", "p", "pre", "q", "rb", "ruby", "s",
		"svg", "table", "tt", "u", "ul", "var", "video", "wbr", "xmp" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct tag *tag = tag_find(names[i], strlen(names[i]));
		char upper[20];

		assert_non_null(tag);
		assert_string_equal(tag->name, names[i]);
		for (size_t k = 0; k <= strlen(names[i]); k++)
			upper[k] = (char)(names[i][k] >= 'a' && names[i][k] <= 'z' ? names[i][k] - 32 : names[i][k]);
		assert_ptr_equal(tag_find(upper, strlen(upper)), tag);
	}
	assert_null(tag_find("h7", 2));
	assert_null(tag_find("-", 1));
	assert_null(tag_find("zebra", 5));
	assert_int_equal(tag_of(TAG_TR)->len, 2);
}

static void nul_is_no_text_to_anyone(void **state)
{
	(void)state;
	reads_bytes("<p a='b\0c'>d", 12, "<p a=[b\xEF\xBF\xBD" "c]>d</p>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_and_attributes),
		cmocka_unit_test(comments_of_every_kind),
		cmocka_unit_test(raw_text_is_no_markup),
		cmocka_unit_test(what_ends_without_an_end_tag),
		cmocka_unit_test(end_tags_end_what_is_within),
		cmocka_unit_test(references_with_and_without_semicolon),
		cmocka_unit_test(every_name_is_found_by_itself_alone),
		cmocka_unit_test(every_element_is_found_in_any_case),
		cmocka_unit_test(nul_is_no_text_to_anyone),
	};

	(void)alarm(GUARD);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
