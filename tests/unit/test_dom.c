/* dom, mend - markup as it comes, as a tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "feeds/dom.h"

/* The tree as text: "name(child text child)", for comparing. */
static void show(const struct dom *node, struct buf *out)
{
	if (node->text) {
		buf_puts(out, node->text);
		return;
	}
	buf_printf(out, "%s", node->name);
	for (const struct dom_attr *attr = node->attrs; attr; attr = attr->next)
		buf_printf(out, " %s=%s", attr->name, attr->value);
	buf_putc(out, '(');
	for (const struct dom *c = node->first; c; c = c->next)
		show(c, out);
	buf_putc(out, ')');
}

static void expect(const char *xml, const char *tree, bool repaired)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct dom *root;
	bool was = !repaired;

	if (dom_xml(&a, xml, strlen(xml), &root, &was, &info) != OK)
		fail_msg("%s: %s", xml, info.text);
	show(root, &out);
	assert_string_equal(buf_str(&out), tree);
	if (was != repaired)
		fail_msg("%s: repaired is %d", xml, was);
	buf_clear(&out);
	arena_clear(&a);
}

static void well_formed_xml_is_read_as_it_is(void **state)
{
	(void)state;
	expect("<a><b c='1' D=\"2\"/>t<![CDATA[<&]]></a>", "a(b c=1 d=2()t<&)", false);
	expect("<?xml version='1.0'?><!-- c --><!DOCTYPE a><A>&lt;&#65;&amp;&quot;</A><!-- e -->", "a(<A&\")", false);
}

static void html_entities_and_bare_marks_become_text(void **state)
{
	(void)state;
	expect("<a>Q&A &eacute;&hellip; &unheard; &</a>", "a(Q&A \xc3\xa9\xe2\x80\xa6 &unheard; &)", true);
	expect("<a b='&rarr;'>&CounterClockwiseContourIntegral; &NotEqualTilde; &eacute</a>", "a b=\xe2\x86\x92(\xe2\x88\xb3 \xe2\x89\x82\xcc\xb8 &eacute)", true);
	expect("<!DOCTYPE a SYSTEM 'x'><a>&eacute;</a>", "a(\xc3\xa9)", false);
	expect("<a>1 < 2 <3 a<b</a>", "a(1 < 2 <3 a<b)", true);
	expect("<a>&#128;&#x93;&#0;&#xD800;&#27;</a>", "a(\xe2\x82\xac\xe2\x80\x9c\xef\xbf\xbd)", true);
}

static void tags_are_closed_in_the_order_they_were_opened(void **state)
{
	(void)state;
	expect("<a><b><c>x</b>y</a>", "a(b(c(x))y)", true);
	expect("<a>x</b></a>", "a(x)", true);
	expect("<a><b>cut", "a(b(cut))", true);
	expect("<Item>x</iTEM>", "item(x)", false);
}

static void attributes_get_quotes_and_come_once(void **state)
{
	(void)state;
	expect("<a b=1 c b=2 d='x\"<y'>t</a>", "a b=1 c= d=x\"<y(t)", true);
	expect("<a href=\"?x=1&y=2&amp;z\"/>", "a href=?x=1&y=2&z()", true);
}

static void junk_and_marks_before_the_document_are_passed_over(void **state)
{
	(void)state;
	expect("\xef\xbb\xbf\xef\xbb\xbf junk <?xml version='1.0' encoding='x'?><a>t</a> more <b/>", "a(t)", true);
	expect(" \n<?xml version='1.0'?>\n<a/>", "a()", false);
}

static void characters_that_xml_forbids_are_dropped(void **state)
{
	(void)state;
	expect("<a b='\x02'>\x01x\x1b[31m\xef\xbf\xbf<![CDATA[\x03y]]></a>", "a b=(x[31my)", true);
}

static void declared_words_are_taken_and_nothing_else(void **state)
{
	(void)state;
	expect("<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c SYSTEM 'file:///etc/passwd'><!ENTITY % d SYSTEM 'http://127.0.0.1:1/'>%d;]><a>&b;&c;</a>",
	       "a(bbbb&c;)", true);
	expect("<!DOCTYPE a [ <!-- ]> --> <a>x</a>", "a(x)", true);
}

static void namespaces_are_known_by_prefix_where_undeclared(void **state)
{
	struct arena a = ARENA_INIT;
	const char *xml = "<rss xmlns:x='urn:one'><x:A/><dc:date/><what:b/></rss>";
	struct dom *root;

	(void)state;
	assert_int_equal(dom_xml(&a, xml, strlen(xml), &root, NULL, NULL), OK);
	assert_string_equal(root->first->ns, "urn:one");
	assert_string_equal(root->first->name, "a");
	assert_string_equal(root->first->next->ns, "http://purl.org/dc/elements/1.1/");
	assert_string_equal(root->last->name, "b");
	assert_string_not_equal(root->last->ns, "");
	arena_clear(&a);
}

static void base_and_language_are_inherited(void **state)
{
	struct arena a = ARENA_INIT;
	const char *xml = "<a xml:base='http://h.example/x/' xml:lang='de'><b xml:base='y/z'><c xml:lang=''/></b></a>";
	struct dom *root;

	(void)state;
	assert_int_equal(dom_xml(&a, xml, strlen(xml), &root, NULL, NULL), OK);
	assert_string_equal(dom_xml_base(&a, root->first->first, NULL), "http://h.example/x/y/z");
	assert_string_equal(dom_xml_lang(root->first, "en"), "de");
	assert_string_equal(dom_xml_lang(root->first->first, "en"), "en");
	arena_clear(&a);
}

static void what_is_too_deep_keeps_its_text(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf xml = BUF_INIT, out = BUF_INIT;
	struct dom *root;
	int depth = 0;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_puts(&xml, "<d>");
	buf_puts(&xml, "text");
	for (int i = 0; i < 100000; i++)
		buf_puts(&xml, "</d>");
	assert_int_equal(dom_xml(&a, xml.s, xml.len, &root, NULL, NULL), OK);
	dom_text(root, &out);
	assert_string_equal(buf_str(&out), "text");
	for (const struct dom *n = root; n->first; n = n->first)
		depth++;
	assert_int_equal(depth, 256);
	assert_true(arena_size(&a) < 1 << 20);
	buf_cut(&out, 0);
	assert_int_equal(dom_html(&a, xml.s, xml.len, &root, NULL), OK);
	dom_text(root, &out);
	assert_string_equal(buf_str(&out), "text");
	buf_clear(&xml);
	buf_clear(&out);
	arena_clear(&a);
}

static size_t count_attrs(const struct dom *node)
{
	size_t n = 0;

	for (const struct dom_attr *attr = node->attrs; attr; attr = attr->next)
		n++;
	return n;
}

static void a_hundred_thousand_attributes_cost_little(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf xml = BUF_INIT;
	struct dom *root;

	(void)state;
	buf_puts(&xml, "<p");
	for (int i = 0; i < 100000; i++)
		buf_printf(&xml, " a%d='v'", i);
	buf_puts(&xml, ">t</p>");
	assert_int_equal(dom_xml(&a, xml.s, xml.len, &root, NULL, NULL), OK);
	assert_int_equal(count_attrs(root), 256);
	assert_int_equal(dom_html(&a, xml.s, xml.len, &root, NULL), OK);
	assert_int_equal(count_attrs(root->first), 256);
	assert_true(arena_size(&a) < 1 << 20);
	buf_clear(&xml);
	arena_clear(&a);
}

/* Each of these made libxml2, or a careless scan before it, look through everything for every tag. The 3 MB of each take minutes then, and no time now. */
static void repeated_fragments_cost_little(void **state)
{
	static const char *const fragment[] = { "<!-- >", "<? >", "<!DOCTYPE [>", "<a b='<c d=\"", "<ul></x>", "<source></p>", "<li><p>", "<b><i></b>", "<a/>", "&#" };

	(void)state;
	for (size_t i = 0; i < sizeof fragment / sizeof *fragment; i++) {
		struct arena a = ARENA_INIT, b = ARENA_INIT;
		struct buf s = BUF_INIT;
		struct dom *root;

		buf_puts(&s, "<rss>");
		while (s.len < 3000000)
			buf_puts(&s, fragment[i]);
		assert_int_equal(dom_xml(&a, s.s, s.len, &root, NULL, NULL), OK);
		assert_int_equal(dom_html(&b, s.s, s.len, &root, NULL), OK);
		assert_true(arena_size(&a) < (size_t)50 << 20);
		assert_true(arena_size(&b) < (size_t)50 << 20);
		arena_clear(&a);
		arena_clear(&b);
		buf_clear(&s);
	}
}

static void html_is_read_whatever_its_meta_says(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	const char *html = "<meta charset=iso-8859-1><P>caf\xc3\xa9 &copy;<br>2<img SRC=x.png>";
	struct dom *root;

	(void)state;
	assert_int_equal(dom_html(&a, html, strlen(html), &root, NULL), OK);
	dom_markup(root, &out);
	assert_non_null(strstr(buf_str(&out), "<p>caf\xc3\xa9 \xc2\xa9<br>2<img src=\"x.png\"></p>"));
	buf_clear(&out);
	arena_clear(&a);
}

/* A page as it comes: what discovery needs of it is there. */
static void a_page_without_end_tags_has_its_links(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	const char *html = "<!DOCTYPE html><html><head><title>A <b></title><base href=/x><link rel=alternate href=/feed><script>if (a<b) c</script><body><ul><li><a href=/rss>R<b>S</a><li>2";
	struct dom *root;

	(void)state;
	assert_int_equal(dom_html(&a, html, strlen(html), &root, NULL), OK);
	dom_markup(root, &out);
	assert_string_equal(buf_str(&out), "<html><head><title>A &lt;b&gt;</title><base href=\"/x\"><link rel=\"alternate\" href=\"/feed\"><script>if (a&lt;b) c</script><body><ul>"
		"<li><a href=\"/rss\">R<b>S</b></a></li><li>2</li></ul></body></head></html>");
	buf_clear(&out);
	arena_clear(&a);
}

static void no_element_at_all_is_an_error_in_words(void **state)
{
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct dom *root = NULL;

	(void)state;
	assert_int_equal(dom_xml(&a, "just words", 10, &root, NULL, &info), ERR_SYNTAX);
	assert_true(info.text[0]);
	assert_null(root);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed_xml_is_read_as_it_is),
		cmocka_unit_test(html_entities_and_bare_marks_become_text),
		cmocka_unit_test(tags_are_closed_in_the_order_they_were_opened),
		cmocka_unit_test(attributes_get_quotes_and_come_once),
		cmocka_unit_test(junk_and_marks_before_the_document_are_passed_over),
		cmocka_unit_test(characters_that_xml_forbids_are_dropped),
		cmocka_unit_test(declared_words_are_taken_and_nothing_else),
		cmocka_unit_test(namespaces_are_known_by_prefix_where_undeclared),
		cmocka_unit_test(base_and_language_are_inherited),
		cmocka_unit_test(what_is_too_deep_keeps_its_text),
		cmocka_unit_test(a_hundred_thousand_attributes_cost_little),
		cmocka_unit_test(repeated_fragments_cost_little),
		cmocka_unit_test(html_is_read_whatever_its_meta_says),
		cmocka_unit_test(a_page_without_end_tags_has_its_links),
		cmocka_unit_test(no_element_at_all_is_an_error_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
