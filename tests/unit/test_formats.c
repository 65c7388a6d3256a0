/* formats - what a feed means: small documents, and the field that each must give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "feeds/parse.h"

#define BASE "http://feed.example/dir/feed.xml"

struct expect {
	const char *document, *field, *value; /* value NULL: absent */
};

static void put(struct buf *out, const char *s)
{
	if (out->len)
		buf_puts(out, " | ");
	buf_puts(out, s ? s : "-");
}

static const char *date(int64_t t, struct buf *out)
{
	char text[DATE_TEXT];

	if (t == DATE_NONE)
		return NULL;
	buf_puts(out, date_rfc3339(t, text));
	return buf_str(out);
}

static const char *categories(const struct entry *e, struct buf *out)
{
	for (size_t i = 0; i < e->n_categories; i++)
		put(out, e->categories[i]);
	return e->n_categories ? buf_str(out) : NULL;
}

static const char *enclosures(const struct entry *e, struct buf *out)
{
	for (size_t i = 0; i < e->n_enclosures; i++) {
		put(out, e->enclosures[i].url);
		buf_printf(out, " %s %lld", e->enclosures[i].type ? e->enclosures[i].type : "-", (long long)e->enclosures[i].length);
	}
	return e->n_enclosures ? buf_str(out) : NULL;
}

static const char *of_feed(const struct feed_doc *doc, const char *field, struct buf *out)
{
	const struct { const char *name, *value; } strings[] = {
		{ "title", doc->title }, { "link", doc->link }, { "description", doc->description }, { "language", doc->language }, { "icon", doc->icon },
	};

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (strcmp(field, strings[i].name) == 0)
			return strings[i].value;
	if (strcmp(field, "updated") == 0)
		return date(doc->updated, out);
	if (strcmp(field, "ttl") == 0)
		buf_printf(out, "%d", doc->ttl);
	else if (strcmp(field, "skip_hours") == 0)
		buf_printf(out, "%x", (unsigned)doc->skip_hours);
	else if (strcmp(field, "skip_days") == 0)
		buf_printf(out, "%x", doc->skip_days);
	else if (strcmp(field, "entries") == 0)
		buf_printf(out, "%zu", doc->n_entries);
	else
		fail_msg("no field \"%s\"", field);
	return buf_str(out);
}

static const char *of_entry(const struct entry *e, const char *field, struct buf *out)
{
	const struct { const char *name, *value; } strings[] = {
		{ "id", e->id }, { "title", e->title }, { "link", e->link }, { "author", e->author }, { "summary", e->summary }, { "content", e->content },
		{ "language", e->language }, { "image", e->image }, { "comments", e->comments },
	};

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (strcmp(field, strings[i].name) == 0)
			return strings[i].value;
	if (strcmp(field, "published") == 0)
		return date(e->published, out);
	if (strcmp(field, "updated") == 0)
		return date(e->updated, out);
	if (strcmp(field, "categories") == 0)
		return categories(e, out);
	if (strcmp(field, "enclosures") == 0)
		return enclosures(e, out);
	fail_msg("no field \"%s\"", field);
	return NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Returns false, with words on standard error, where the document gives something else. */
static bool gives(const struct expect *x)
{
	const struct parse_hints hints = { NULL, BASE };
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct buf out = BUF_INIT;
	struct feed_doc doc;
	const char *value = NULL;
	bool ok = feed_parse(&a, x->document, strlen(x->document), &hints, &doc, &info) == OK;

	if (!ok) {
		print_error("%s\n  %s\n", x->document, info.text);
	} else {
		if (strncmp(x->field, "feed.", 5) == 0)
			value = of_feed(&doc, x->field + 5, &out);
		else if (doc.n_entries)
			value = of_entry(&doc.entries[0], x->field, &out);
		ok = same(value, x->value);
		if (!ok)
			print_error("%s is \"%s\" and not \"%s\" in\n  %s\n", x->field, value ? value : "(absent)", x->value ? x->value : "(absent)", x->document);
	}
	buf_clear(&out);
	arena_clear(&a);
	return ok;
}

static void all(const struct expect *x, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++)
		wrong += !gives(&x[i]);
	assert_int_equal(wrong, 0);
}

#define ALL(x) all(x, sizeof(x) / sizeof *(x))

#define SPACES "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' " \
	"xmlns:dcterms='http://purl.org/dc/terms/' xmlns:media='http://search.yahoo.com/mrss/' xmlns:atom='http://www.w3.org/2005/Atom' " \
	"xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:podcast='https://podcastindex.org/namespace/1.0' " \
	"xmlns:slash='http://purl.org/rss/1.0/modules/slash/' xmlns:wfw='http://wellformedweb.org/CommentAPI/' xmlns:xhtml='http://www.w3.org/1999/xhtml' " \
	"xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xmlns:georss='http://www.georss.org/georss' " \
	"xmlns:prism='http://prismstandard.org/namespaces/1.2/basic/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' " \
	"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
#define CHANNEL(inside) "<rss version='2.0' " SPACES "><channel>" inside "</channel></rss>"
#define ITEM(inside) CHANNEL("<item>" inside "</item>")
#define FEED(inside) "<feed xmlns='http://www.w3.org/2005/Atom' " SPACES ">" inside "</feed>"
#define ENTRY(inside) FEED("<entry>" inside "</entry>")
#define ATOM03(inside) "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>" inside "</entry></feed>"

static void rss_of_every_version_is_read(void **state)
{
	static const struct expect x[] = {
		{ "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>c</title>"
		  "</channel><item><title>t</title></item></rdf:RDF>", "title", "t" },
		{ "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"
		  "<rss version='0.91'><channel><item><title>t</title></item></channel></rss>", "title", "t" },
		{ "<rss version='0.92'><channel><item><description>d</description></item></channel></rss>", "summary", "d" },
		{ "<rss version='0.94'><channel><item><title>t</title></item></channel></rss>", "title", "t" },
		{ "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='http://a.example/'>"
		  "<title>c</title></channel><item rdf:about='http://a.example/1'><title>t</title></item></rdf:RDF>", "id", "http://a.example/1" },
		{ "<rss version='2.0' xmlns='http://blogs.law.harvard.edu/tech/rss'><channel><item><title>t</title></item></channel></rss>", "title", "t" },
		{ "<rss version='2.0.1' xmlns='http://backend.userland.com/rss2'><channel><item><title>t</title></item></channel></rss>", "title", "t" },
		{ "<RSS><CHANNEL><ITEM><PUBDATE>1 Jan 2004 10:00 GMT</PUBDATE></ITEM></CHANNEL></RSS>", "published", "2004-01-01T10:00:00Z" },
		{ "<q:rss xmlns:q='urn:own'><q:channel><q:item><q:link>http://a.example/</q:link></q:item></q:channel></q:rss>", "link", "http://a.example/" },
		{ "<rss><channel><item xmlns='urn:own'><title>t</title></item></channel></rss>", "title", "t" },
		{ "<rss xmlns:z='https://purl.org/dc/elements/1.1/'><channel><item><z:creator>c</z:creator></item></channel></rss>", "author", "c" },
		{ "<rss><channel><item><content:encoded>undeclared</content:encoded></item></channel></rss>", "content", "undeclared" },
		{ "<rss><channel><item><podcast:person>undeclared</podcast:person></item></channel></rss>", "author", "undeclared" },
		{ CHANNEL("<title>A &amp;amp; B</title>"), "feed.title", "A & B" },
		{ CHANNEL("<link>/x</link>"), "feed.link", "http://feed.example/x" },
		{ CHANNEL("<atom:link rel='self' href='http://feed.example/self'/><link>http://a.example/</link>"), "feed.link", "http://a.example/" },
		{ CHANNEL("<description>d &lt;i>e&lt;/i></description>"), "feed.description", "d e" },
		{ CHANNEL("<pubDate>1 Jan 2004</pubDate><lastBuildDate>2 Jan 2004</lastBuildDate>"), "feed.updated", "2004-01-02T00:00:00Z" },
		{ CHANNEL("<language>de</language>"), "feed.language", "de" },
		{ CHANNEL("<image><url>/i.png</url><title>i</title></image>"), "feed.icon", "http://feed.example/i.png" },
		{ CHANNEL("<ttl>60</ttl>"), "feed.ttl", "60" }, { CHANNEL("<ttl>x</ttl>"), "feed.ttl", "-1" },
		{ CHANNEL("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"), "feed.ttl", "360" },
		{ CHANNEL("<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>25</hour><hour>-1</hour><hour>x</hour></skipHours>"), "feed.skip_hours", "800001" },
		{ CHANNEL("<skipDays><day>Sunday</day><day>saturday</day><day>Doomsday</day></skipDays>"), "feed.skip_days", "41" },
		{ CHANNEL(""), "feed.skip_hours", "0" },
	};

	(void)state;
	ALL(x);
}

static void cdf_is_read(void **state)
{
	static const struct expect x[] = {
		{ "<CHANNEL HREF='http://a.example/' LASTMOD='1998-11-05T22:15'><TITLE>c</TITLE><ITEM HREF='/1' LASTMOD='1998-11-05T22:10'/></CHANNEL>", "link",
		  "http://feed.example/1" },
		{ "<CHANNEL HREF='http://a.example/'><ITEM HREF='/1' LASTMOD='1998-11-05T22:10'/></CHANNEL>", "updated", "1998-11-05T22:10:00Z" },
		{ "<CHANNEL HREF='http://a.example/'><ITEM><A HREF='http://a.example/2'>x</A><TITLE>t</TITLE></ITEM></CHANNEL>", "link", "http://a.example/2" },
		{ "<CHANNEL HREF='http://a.example/'><ITEM HREF='/1'><TITLE>t</TITLE><ABSTRACT>a</ABSTRACT></ITEM></CHANNEL>", "title", "t" },
		{ "<CHANNEL HREF='http://a.example/'><ITEM HREF='/1'><TITLE>t</TITLE><ABSTRACT>a</ABSTRACT></ITEM></CHANNEL>", "summary", "a" },
		{ "<CHANNEL HREF='http://a.example/' LASTMOD='1998-11-05T22:15'><ABSTRACT>a</ABSTRACT></CHANNEL>", "feed.link", "http://a.example/" },
		{ "<CHANNEL HREF='http://a.example/' LASTMOD='1998-11-05T22:15'><ABSTRACT>a</ABSTRACT></CHANNEL>", "feed.description", "a" },
		{ "<CHANNEL HREF='http://a.example/' LASTMOD='1998-11-05T22:15'><TITLE>c</TITLE></CHANNEL>", "feed.updated", "1998-11-05T22:15:00Z" },
		{ "<CHANNEL><CHANNEL><ITEM HREF='/1'/></CHANNEL><ITEM HREF='/2'/></CHANNEL>", "feed.entries", "2" },
	};

	(void)state;
	ALL(x);
}

static void links_and_ids_of_rss(void **state)
{
	static const struct expect x[] = {
		{ ITEM("<link>http://a.example/1</link><guid>http://a.example/g</guid>"), "link", "http://a.example/1" },
		{ ITEM("<guid>http://a.example/g</guid>"), "link", "http://a.example/g" },
		{ ITEM("<guid>http://a.example/g</guid>"), "id", "http://a.example/g" },
		{ ITEM("<guid isPermaLink='true'>http://a.example/g</guid>"), "link", "http://a.example/g" },
		{ ITEM("<guid isPermaLink='true'>/g</guid>"), "link", "http://feed.example/g" },
		{ ITEM("<guid isPermaLink='false'>http://a.example/g</guid>"), "link", NULL },
		{ ITEM("<guid>tag:a.example,2004:1</guid>"), "link", NULL }, { ITEM("<guid>17</guid>"), "link", NULL },
		{ ITEM("<link/><guid>http://a.example/g</guid>"), "link", "http://a.example/g" },
		{ ITEM("<link> \n </link><atom:link href='/1'/>"), "link", "http://feed.example/1" },
		{ ITEM("<link><![CDATA[ http://a.example/?a=1&b=2 ]]></link>"), "link", "http://a.example/?a=1&b=2" },
		{ ITEM("<link>http://a.example/?a=1&amp;amp;b=2</link>"), "link", "http://a.example/?a=1&b=2" }, { ITEM("<guid>http://a.example/?a&amp;amp;</guid>"), "link", "http://a.example/?a&" },
		{ ITEM("<link>http://t.example/~r/1</link><feedburner:origLink>http://a.example/1</feedburner:origLink>"), "link", "http://t.example/~r/1" },
		{ ITEM("<link>javascript:alert(1)</link><guid>http://a.example/g</guid>"), "link", "http://a.example/g" },
		{ "<rss><channel xml:base='http://b.example/x/'><item><link>y</link></item></channel></rss>", "link", "http://b.example/x/y" },
		{ ITEM("<source url='http://o.example/rss'>Other</source>"), "link", NULL }, { ITEM("<source url='http://o.example/rss'>Other</source>"), "title", NULL },
		{ ITEM("<dc:identifier>doi:1</dc:identifier>"), "id", "doi:1" },
		{ ITEM("<dc:identifier>doi:1</dc:identifier><guid isPermaLink='false'>g</guid>"), "id", "g" },
		{ "<rdf:RDF " SPACES " xmlns='http://purl.org/rss/1.0/'><item rdf:about='http://a.example/1'><dc:identifier>doi:1</dc:identifier></item></rdf:RDF>", "id",
		  "http://a.example/1" },
		{ "<rdf:RDF " SPACES " xmlns='http://purl.org/rss/1.0/'><item rdf:about='http://a.example/1'><title>t</title></item></rdf:RDF>", "link", "http://a.example/1" },
		{ ITEM("<comments>/c</comments><slash:comments>7</slash:comments>"), "comments", "http://feed.example/c" },
		{ ITEM("<slash:comments>7</slash:comments><wfw:comment>/w</wfw:comment><wfw:commentRss>/r</wfw:commentRss>"), "comments", NULL },
	};

	(void)state;
	ALL(x);
}

static void dates_of_rss(void **state)
{
	static const struct expect x[] = {
		{ ITEM("<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>"), "published", "2004-01-01T19:48:21Z" },
		{ ITEM("<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>"), "updated", NULL },
		{ ITEM("<dc:date>2004-01-01</dc:date>"), "published", "2004-01-01T00:00:00Z" }, { ITEM("<dc:date>2004-01-01</dc:date>"), "updated", "2004-01-01T00:00:00Z" },
		{ ITEM("<pubDate>1 Jan 2004</pubDate><dc:date>2004-02-01</dc:date>"), "published", "2004-01-01T00:00:00Z" },
		{ ITEM("<pubDate>1 Jan 2004</pubDate><dc:date>2004-02-01</dc:date>"), "updated", "2004-02-01T00:00:00Z" },
		{ ITEM("<pubDate>some day</pubDate><dc:date>2004-02-01</dc:date>"), "published", "2004-02-01T00:00:00Z" },
		{ ITEM("<dcterms:issued>2004-01-01</dcterms:issued><dcterms:created>2003-01-01</dcterms:created>"), "published", "2004-01-01T00:00:00Z" },
		{ ITEM("<dcterms:created>2003-01-01</dcterms:created>"), "published", "2003-01-01T00:00:00Z" },
		{ ITEM("<dcterms:modified>2004-01-01</dcterms:modified>"), "updated", "2004-01-01T00:00:00Z" },
		{ ITEM("<dcterms:modified>2004-01-01</dcterms:modified>"), "published", NULL },
		{ ITEM("<dc:date.Taken>2004-01-01</dc:date.Taken>"), "published", "2004-01-01T00:00:00Z" },
		{ ITEM("<expirationDate>1 Jan 2030</expirationDate>"), "published", NULL }, { ITEM("<prism:publicationDate>2004-01-01</prism:publicationDate>"), "published", NULL },
		{ ITEM("<atom:published>2004-01-01T00:00:00Z</atom:published><atom:updated>2004-02-01T00:00:00Z</atom:updated>"), "updated", "2004-02-01T00:00:00Z" },
		{ ITEM("<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>"), "published", NULL },
	};

	(void)state;
	ALL(x);
}

static void authors_of_rss(void **state)
{
	static const struct expect x[] = {
		{ ITEM("<author>me@example.com (A. Name)</author>"), "author", "A. Name" }, { ITEM("<author>A. Name (me@example.com)</author>"), "author", "A. Name" },
		{ ITEM("<author>A. Name &lt;me@example.com&gt;</author>"), "author", "A. Name" }, { ITEM("<author>\"A. Name\" me@example.com</author>"), "author", "A. Name" },
		{ ITEM("<author>mailto:me@example.com</author>"), "author", "me@example.com" }, { ITEM("<author>me@example.com</author>"), "author", "me@example.com" },
		{ ITEM("<author>(me@example.com)</author>"), "author", "me@example.com" }, { ITEM("<author>me@example.com ()</author>"), "author", "me@example.com" },
		{ ITEM("<author>A. Name me@example.com (of B)</author>"), "author", "A. Name (of B)" },
		{ ITEM("<author>A (B) me@example.com</author>"), "author", "A (B)" }, { ITEM("<author>@handle</author>"), "author", "@handle" },
		{ ITEM("<author>O&amp;#8217;Name</author>"), "author", "O\xe2\x80\x99Name" }, { ITEM("<author>A &amp; B</author>"), "author", "A & B" },
		{ ITEM("<author>a@x.example, b@x.example</author>"), "author", "a@x.example, b@x.example" },
		{ ITEM("<author><name>N</name><email>e@x.example</email></author>"), "author", "N" },
		{ ITEM("<dc:creator>C</dc:creator><author>A</author>"), "author", "A" }, { ITEM("<dc:creator>C</dc:creator><author>a@x.example</author>"), "author", "C" },
		{ ITEM("<itunes:author>I</itunes:author><dc:creator>C</dc:creator>"), "author", "C" }, { ITEM("<itunes:author>I</itunes:author>"), "author", "I" },
		{ ITEM("<dc:creator>C</dc:creator><dc:creator>D</dc:creator>"), "author", "C, D" }, { ITEM("<dc:author>D</dc:author>"), "author", "D" },
		{ ITEM("<dc:contributor>D</dc:contributor>"), "author", "D" }, { ITEM("<dc:publisher>P</dc:publisher>"), "author", "P" },
		{ ITEM("<podcast:person role='host'>H</podcast:person><podcast:person role='guest'>G</podcast:person>"), "author", "H" },
		{ ITEM("<podcast:person>H</podcast:person><itunes:author>I</itunes:author>"), "author", "I" },
		{ ITEM("<media:credit role='author'>M</media:credit>"), "author", "M" }, { ITEM("<creator>C</creator>"), "author", "C" },
		{ ITEM("<media:content><media:credit role='author'>M</media:credit></media:content>"), "author", "M" }, { ITEM("<media:credit role='photographer'>M</media:credit>"), "author", NULL },
		{ CHANNEL("<managingEditor>e@x.example (E)</managingEditor><webMaster>w@x.example</webMaster><itunes:author>I</itunes:author><item><title>t</title></item>"),
		  "author", NULL },
		{ ITEM("<atom:author><atom:name>N</atom:name></atom:author>"), "author", "N" },
	};

	(void)state;
	ALL(x);
}

static void texts_of_rss(void **state)
{
	static const struct expect x[] = {
		{ ITEM("<title>a &lt; b</title>"), "title", "a < b" }, { ITEM("<title>AT&amp;T</title>"), "title", "AT&T" }, { ITEM("<title>AT&T</title>"), "title", "AT&T" },
		{ ITEM("<title>Q&amp;amp;A</title>"), "title", "Q&A" }, { ITEM("<title>&amp;lt;b&amp;gt; is bold</title>"), "title", "<b> is bold" },
		{ ITEM("<title>&lt;b>bold&lt;/b></title>"), "title", "bold" }, { ITEM("<title><![CDATA[<i>x</i> &amp; y]]></title>"), "title", "x & y" },
		{ ITEM("<title>List&lt;String> of &lt;b>x&lt;/b></title>"), "title", "List<String> of x" }, { ITEM("<title>&lt;o>x&lt;/o> &lt;q a='b'></title>"), "title", "x" },
		{ ITEM("<title>&lt;</title>"), "title", "<" }, { ITEM("<title>a &lt;b</title>"), "title", "a <b" }, { ITEM("<title>a &lt;b c='</title>"), "title", "a" }, { ITEM("<title>&lt;x&gt;</title>"), "title", "<x>" },
		{ ENTRY("<title type='html'>List&lt;String></title>"), "title", "List" },
		{ ITEM("<title><b>x</b> y</title>"), "title", "x y" }, { ITEM("<title>It&amp;#8217;s &hellip; caf&eacute;&nbsp;1</title>"), "title", "It\xe2\x80\x99s \xe2\x80\xa6 caf\xc3\xa9\xc2\xa0" "1" },
		{ ITEM("<title>&#146;&#150;&#x93;</title>"), "title", "\xe2\x80\x99\xe2\x80\x93\xe2\x80\x9c" }, { ITEM("<title>a &unknown; b</title>"), "title", "a &unknown; b" },
		{ ITEM("<title>a\x01\x02" "b</title>"), "title", "ab" }, { ITEM("<title> a \n\t b </title>"), "title", "a b" }, { ITEM("<title/>"), "title", NULL },
		{ ITEM("<title type='x'/><media:title>m</media:title>"), "title", "m" }, { ITEM("<media:title>1 &lt;b> 2</media:title>"), "title", "1 <b> 2" },
		{ ITEM("<media:title type='html'>1 &lt;b>2&lt;/b></media:title>"), "title", "1 2" }, { ITEM("<dc:title>d</dc:title>"), "title", "d" },
		{ ITEM("<itunes:title>i</itunes:title><itunes:duration>1:00</itunes:duration><itunes:explicit>no</itunes:explicit>"), "title", "i" },
		{ ITEM("<title>caf\xc3\x83\xc2\xa9 \xc3\x83\xc2\xa0 Paris</title>"), "title", "caf\xc3\xa9 \xc3\xa0 Paris" }, /* UTF-8 twice */
		{ ITEM("<title>Don\xc3\xa2\xe2\x82\xac\xe2\x84\xa2t</title>"), "title", "Don\xe2\x80\x99t" }, { ITEM("<title>S\xc3\x83O \xc3\xa9</title>"), "title", "S\xc3\x83O \xc3\xa9" },
		{ ITEM("<title>\xc2\xabIRM\xc3\x83\xc2\xbb</title>"), "title", "\xc2\xabIRM\xc3\x83\xc2\xbb" },
		{ ENTRY("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>\xc3\x83\xc2\xa9</p></div></content>"), "content", "<p>\xc3\xa9</p>" },
		{ ITEM("<description>s</description>"), "summary", "s" }, { ITEM("<description>s</description>"), "content", NULL },
		{ ITEM("<description>s</description><content:encoded>&lt;p>c&lt;/p></content:encoded>"), "summary", "s" },
		{ ITEM("<description>s</description><content:encoded><![CDATA[<p>c</p>]]></content:encoded>"), "content", "<p>c</p>" },
		{ ITEM("<description>s</description><description>c</description>"), "summary", "s" }, { ITEM("<description>s</description><description>c</description>"), "content", "c" },
		{ ITEM("<description>s</description><summary>c</summary>"), "content", "c" },
		{ ITEM("<description>s</description><description>d</description><content:encoded>c</content:encoded>"), "content", "c" },
		{ ITEM("<description/><description>c</description>"), "summary", "c" }, { ITEM("<content:encoded> </content:encoded>"), "content", NULL },
		{ ITEM("<xhtml:body><p>c</p></xhtml:body>"), "content", "<p>c</p>" }, { ITEM("<body xmlns='http://www.w3.org/1999/xhtml'><p>c</p></body>"), "content", "<p>c</p>" },
		{ ITEM("<fullitem>c</fullitem>"), "content", "c" }, { ITEM("<atom:content type='html'>&lt;p>c&lt;/p></atom:content>"), "content", "<p>c</p>" },
		{ ITEM("<atom:summary>1 &lt;b></atom:summary>"), "summary", "1 &lt;b&gt;" }, { ITEM("<dc:description>d</dc:description>"), "summary", "d" },
		{ ITEM("<itunes:summary>i</itunes:summary><itunes:subtitle>s</itunes:subtitle>"), "summary", "i" }, { ITEM("<itunes:subtitle>s</itunes:subtitle>"), "summary", "s" },
		{ ITEM("<rdf:description>r</rdf:description>"), "summary", "r" },
		{ ITEM("<media:description>one\ntwo &lt; 3</media:description>"), "summary", "one<br>\ntwo &lt; 3" },
		{ ITEM("<media:group><media:description type='html'>&lt;b>x&lt;/b></media:description></media:group>"), "summary", "<b>x</b>" },
		{ ITEM("<description>&lt;img src='/i.png'></description>"), "summary", "<img src=\"http://feed.example/i.png\">" },
		{ ITEM("<podcast:transcript url='/t' type='text/plain'/><georss:point>1 2</georss:point>"), "content", NULL },
	};

	(void)state;
	ALL(x);
}

static void lists_of_rss(void **state)
{
	static const struct expect x[] = {
		{ ITEM("<category>a</category><category domain='http://d.example/'>b</category><category>a</category>"), "categories", "a | b" },
		{ ITEM("<categories><category>a</category><category>b</category></categories>"), "categories", "a | b" },
		{ ITEM("<dc:subject>s</dc:subject><category>c</category>"), "categories", "s | c" }, { ITEM("<category><![CDATA[x & y]]></category>"), "categories", "x & y" },
		{ ITEM("<itunes:category text='A'><itunes:category text='B'/></itunes:category>"), "categories", "A | B" },
		{ ITEM("<itunes:keywords>a, b c,,d</itunes:keywords>"), "categories", "a | b c | d" }, { ITEM("<media:keywords>k</media:keywords>"), "categories", "k" },
		{ ITEM("<media:category label='L' scheme='s'>a/b</media:category>"), "categories", "a/b" }, { ITEM("<category/>"), "categories", NULL },
		{ ITEM("<enclosure url='/1.mp3' type='audio/mpeg' length='12'/>"), "enclosures", "http://feed.example/1.mp3 audio/mpeg 12" },
		{ ITEM("<enclosure url='/1.mp3' length='?'/><enclosure url='/2.mp3'/>"), "enclosures", "http://feed.example/1.mp3 - -1 | http://feed.example/2.mp3 - -1" },
		{ ITEM("<enclosure href='/1.mp3'/>"), "enclosures", "http://feed.example/1.mp3 - -1" }, { ITEM("<enclosure type='audio/mpeg'/>"), "enclosures", NULL },
		{ ITEM("<atom:link rel='enclosure' href='/1.mp3' type='audio/mpeg' length='3'/>"), "enclosures", "http://feed.example/1.mp3 audio/mpeg 3" },
		{ ITEM("<media:content url='/1.mp4' medium='video' fileSize='5'/>"), "enclosures", "http://feed.example/1.mp4 - 5" },
		{ ITEM("<media:group><media:content url='/1.mp4' type='video/mp4'/></media:group>"), "enclosures", "http://feed.example/1.mp4 video/mp4 -1" },
		{ ITEM("<enclosure url='/1.mp3'/><media:content url='/2.mp3' medium='audio'/>"), "enclosures", "http://feed.example/1.mp3 - -1" },
		{ ITEM("<podcast:alternateEnclosure type='audio/opus' length='9'><podcast:source uri='/1.opus'/></podcast:alternateEnclosure>"), "enclosures",
		  "http://feed.example/1.opus audio/opus 9" },
		{ ITEM("<media:thumbnail url='/t.png'/>"), "image", "http://feed.example/t.png" }, { ITEM("<media:content url='/i.jpg' medium='image'/>"), "image", "http://feed.example/i.jpg" },
		{ ITEM("<itunes:image href='/i.jpg'/>"), "image", "http://feed.example/i.jpg" }, { ITEM("<enclosure url='/e.jpg' type='image/jpeg'/>"), "image", "http://feed.example/e.jpg" },
		{ ITEM("<dc:language>fr</dc:language>"), "language", "fr" }, { CHANNEL("<language>de</language><item><title>t</title></item>"), "language", "de" },
		{ CHANNEL("<item xml:lang='es'><title>t</title></item>"), "language", "es" },
	};

	(void)state;
	ALL(x);
}

static void text_constructs_of_atom(void **state)
{
	static const struct expect x[] = {
		{ ENTRY("<title>1 &lt; 2</title>"), "title", "1 < 2" }, { ENTRY("<title type='text'>AT&amp;T</title>"), "title", "AT&T" },
		{ ENTRY("<title>&lt;title> is an element</title>"), "title", "<title> is an element" }, { ENTRY("<title>Q&amp;amp;A</title>"), "title", "Q&amp;A" },
		{ ENTRY("<title type='html'>&lt;b>b&lt;/b> &amp;amp; c</title>"), "title", "b & c" }, { ENTRY("<title type='HTML'>&amp;lt;b></title>"), "title", "<b>" },
		{ ENTRY("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>b</b> &lt;</div></title>"), "title", "a b <" },
		{ ENTRY("<title type=' text/html '>&lt;i>x&lt;/i></title>"), "title", "x" }, { ENTRY("<title type='application/xhtml+xml'><i>x</i></title>"), "title", "x" },
		{ ENTRY("<summary>1 &lt;b></summary>"), "summary", "1 &lt;b&gt;" }, { ENTRY("<summary type='html'>&lt;p>x</summary>"), "summary", "<p>x</p>" },
		{ ENTRY("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p></div></content>"), "content", "<p>x</p>" },
		{ ENTRY("<content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>x</h:p></h:div></content>"), "content", "<p>x</p>" },
		{ ENTRY("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p></div><p>y</p></content>"), "content", "<div><p>x</p></div><p>y</p>" },
		{ ENTRY("<content type='text/plain'>a &lt; b</content>"), "content", "a &lt; b" },
		{ ENTRY("<content type='text/html'>&lt;p>x&lt;/p></content>"), "content", "<p>x</p>" },
		{ ENTRY("<content type='application/octet-stream'>PHA+eDwvcD4=</content>"), "content", "&lt;p&gt;x&lt;/p&gt;" },
		{ ENTRY("<content type='image/png'>iVBORw0KGgo=</content>"), "content", NULL },
		{ ATOM03("<title>1 &lt; 2</title>"), "title", "1 < 2" }, { ATOM03("<title mode='escaped' type='text/html'>&lt;b>b&lt;/b></title>"), "title", "b" },
		{ ATOM03("<title mode='escaped'>&lt;b></title>"), "title", "<b>" }, { ATOM03("<title mode='escaped' type='text/plain'>a &amp;amp; b</title>"), "title", "a &amp; b" },
		{ ATOM03("<title mode='xml' type='application/xhtml+xml'>a <b>b</b></title>"), "title", "a b" },
		{ ATOM03("<title type='text/html' mode='base64'>PGI+YjwvYj4=</title>"), "title", "b" }, { ATOM03("<title mode='base64'>YSA8IGI=</title>"), "title", "a < b" },
		{ ATOM03("<content mode='escaped' type='text/html'>&lt;p>x&lt;/p></content>"), "content", "<p>x</p>" },
		{ ATOM03("<content type='multipart/alternative'><content type='text/plain'>t</content><content type='text/html' mode='escaped'>&lt;p>h&lt;/p></content></content>"),
		  "content", "<p>h</p>" },
		{ ATOM03("<summary mode='escaped' type='text/html'>&lt;i>s&lt;/i></summary>"), "summary", "<i>s</i>" },
		{ FEED("<title type='html'>a &amp;lt; b</title>"), "feed.title", "a < b" }, { FEED("<subtitle>s</subtitle>"), "feed.description", "s" },
		{ "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><tagline>s</tagline></feed>", "feed.description", "s" },
		{ "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><info>this is a feed</info></feed>", "feed.description", NULL },
		{ "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>t</a:title></a:entry></a:feed>", "title", "t" },
		{ "<feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>t</a:title></a:entry></feed>", "title", "t" },
		{ "<feed><entry><title>t</title></entry></feed>", "title", "t" },
	};

	(void)state;
	ALL(x);
}

static void links_and_bases_of_atom(void **state)
{
	static const struct expect x[] = {
		{ ENTRY("<link href='/1'/>"), "link", "http://feed.example/1" }, { ENTRY("<link rel='alternate' href='1'/>"), "link", "http://feed.example/dir/1" },
		{ ENTRY("<link rel='alternate' type='application/pdf' href='/p'/><link rel='alternate' type='text/html' href='/h'/>"), "link", "http://feed.example/h" },
		{ ENTRY("<link rel='alternate' type='application/pdf' href='/p'/>"), "link", "http://feed.example/p" },
		{ FEED("<entry xml:lang='de'><link hreflang='en' href='/en'/><link hreflang='de-AT' href='/de'/></entry>"), "link", "http://feed.example/de" },
		{ ENTRY("<link hreflang='en' href='/en'/><link hreflang='de' href='/de'/>"), "link", "http://feed.example/en" },
		{ ENTRY("<link rel='self' href='/s'/><link rel='edit' href='/e'/><link rel='license' href='/l'/><link rel='replies' href='/r'/>"), "link", NULL },
		{ ENTRY("<link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>"), "link", "http://feed.example/1" },
		{ ENTRY("<link rel='alternate'/><link rel='related' href='/r'/>"), "link", "http://feed.example/r" }, { ENTRY("<link rel='via' href='/v'/>"), "link", "http://feed.example/v" },
		{ ENTRY("<content type='text/html' src='/c'/>"), "link", "http://feed.example/c" }, { ENTRY("<content type='text/html' src='/c'/>"), "content", NULL },
		{ ENTRY("<link rel='replies' href='/r'/>"), "comments", "http://feed.example/r" }, { ENTRY("<link rel='replies' type='application/atom+xml' href='/r'/>"), "comments", NULL },
		{ ENTRY("<link rel='enclosure' href='/1.mp3' type='audio/mpeg' length='9'/>"), "enclosures", "http://feed.example/1.mp3 audio/mpeg 9" },
		{ "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://b.example/'><entry xml:base='x/'><link href='y'/></entry></feed>", "link", "http://b.example/x/y" },
		{ ENTRY("<content type='html' xml:base='http://b.example/'>&lt;a href='y'>z&lt;/a></content>"), "content", "<a href=\"http://b.example/y\">z</a>" },
		{ ENTRY("<content type='xhtml' xml:base='http://b.example/'><div xml:base='x/' xmlns='http://www.w3.org/1999/xhtml'><a href='y'>z</a></div></content>"), "content",
		  "<a href=\"http://b.example/x/y\">z</a>" },
		{ ENTRY("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p xml:base='http://c.example/d/'><img src='i.png' alt='i'/><a href='#f'>f</a></p>"
			"<a href='y'>z</a></div></content>"), "content",
		  "<p><img src=\"http://c.example/d/i.png\" alt=\"i\">f</p><a href=\"http://feed.example/dir/y\">z</a>" },
		{ FEED("<link rel='self' href='/s'/><link href='/h'/>"), "feed.link", "http://feed.example/h" }, { FEED("<icon>/i.ico</icon><logo>/l.png</logo>"), "feed.icon", "http://feed.example/i.ico" },
		{ FEED("<updated>2004-01-01T00:00:00Z</updated>"), "feed.updated", "2004-01-01T00:00:00Z" },
	};

	(void)state;
	ALL(x);
}

static void people_dates_and_lists_of_atom(void **state)
{
	static const struct expect x[] = {
		{ ENTRY("<id> urn:x:1 </id>"), "id", "urn:x:1" }, { ENTRY("<author><name>N</name><email>e@x.example</email></author>"), "author", "N" },
		{ ENTRY("<author><email>e@x.example</email></author>"), "author", "e@x.example" }, { ENTRY("<author><uri>http://a.example/</uri></author>"), "author", "http://a.example/" },
		{ ENTRY("<author><name>A</name></author><author><name>B</name></author>"), "author", "A, B" }, { ENTRY("<contributor><name>C</name></contributor>"), "author", NULL },
		{ ENTRY("<author>N &lt;e@x.example></author>"), "author", "N" }, { ENTRY("<dc:creator>C</dc:creator>"), "author", "C" },
		{ FEED("<author><name>F</name></author><entry><title>t</title></entry>"), "author", "F" },
		{ FEED("<author><name>F</name></author><entry><source><title>s</title><id>i</id><author><name>S</name></author></source></entry>"), "author", "S" },
		{ FEED("<author><name>F</name></author><entry><source><title>s</title><id>i</id><author><name>S</name></author></source></entry>"), "title", NULL },
		{ FEED("<entry><source><id>i</id><updated>2004-01-01T00:00:00Z</updated></source></entry>"), "id", NULL },
		{ FEED("<entry><source><id>i</id><updated>2004-01-01T00:00:00Z</updated></source></entry>"), "updated", NULL },
		{ ENTRY("<published>2004-01-01T00:00:00Z</published><updated>2004-02-01T00:00:00+01:00</updated>"), "published", "2004-01-01T00:00:00Z" },
		{ ENTRY("<published>2004-01-01T00:00:00Z</published><updated>2004-02-01T00:00:00+01:00</updated>"), "updated", "2004-01-31T23:00:00Z" },
		{ ENTRY("<updated>2004-02-01T00:00:00Z</updated>"), "published", NULL }, { ATOM03("<issued>2004-01-01</issued><created>2003-01-01</created>"), "published", "2004-01-01T00:00:00Z" },
		{ ATOM03("<modified>2004-01-01</modified><created>2003-01-01</created>"), "updated", "2004-01-01T00:00:00Z" }, { ATOM03("<created>2003-01-01</created>"), "published", "2003-01-01T00:00:00Z" },
		{ ENTRY("<category term='t' label='L' scheme='s'/><category label='M'/><category>x</category>"), "categories", "t | M | x" },
		{ FEED("<entry xml:lang='fr'><content xml:lang='en'>x</content></entry>"), "language", "en" }, { "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><entry><title>t</title></entry></feed>", "language", "de" },
		{ ENTRY("<content>c</content>"), "content", "c" }, { ENTRY("<content>c</content>"), "summary", NULL }, { ENTRY("<summary>s</summary>"), "summary", "s" },
		{ ENTRY("<media:group><media:thumbnail url='/t.jpg'/><media:description>d</media:description></media:group>"), "image", "http://feed.example/t.jpg" },
		{ ENTRY("<media:group><media:description>1\n2</media:description></media:group>"), "summary", "1<br>\n2" },
	};

	(void)state;
	ALL(x);
}

#define JSON(item) "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[" item "]}"

static void json_feeds_are_read(void **state)
{
	static const struct expect x[] = {
		{ JSON("{\"id\":\"a\",\"title\":\"1 < 2\"}"), "title", "1 < 2" }, { JSON("{\"id\":17}"), "id", "17" }, { JSON("{\"id\":1.5}"), "id", "1.5" }, { JSON("{\"id\":\"a\",\"title\":7}"), "title", "7" },
		{ JSON("{\"id\":\"http://a.example/1\"}"), "link", "http://a.example/1" }, { JSON("{\"id\":\"a\",\"url\":\"/1\"}"), "link", "http://feed.example/1" },
		{ JSON("{\"id\":\"a\",\"external_url\":\"http://e.example/\"}"), "link", "http://e.example/" },
		{ JSON("{\"id\":\"a\",\"url\":\"/1\",\"external_url\":\"http://e.example/\"}"), "link", "http://feed.example/1" },
		{ JSON("{\"id\":\"a\",\"content_text\":\"1 < 2\\n\\nb\"}"), "content", "<p>1 &lt; 2</p><p>b</p>" },
		{ JSON("{\"id\":\"a\",\"content_html\":\"<p>h\",\"content_text\":\"t\"}"), "content", "<p>h</p>" }, { JSON("{\"id\":\"a\",\"summary\":\"s & t\"}"), "summary", "<p>s &amp; t</p>" },
		{ JSON("{\"id\":\"a\",\"authors\":[{\"name\":\"A\"},{\"url\":\"x\"},{\"name\":\"B\"}]}"), "author", "A, B" }, { JSON("{\"id\":\"a\",\"author\":{\"name\":\"A\"}}"), "author", "A" },
		{ "{\"version\":\"https://jsonfeed.org/version/1\",\"author\":{\"name\":\"F\"},\"items\":[{\"id\":\"a\"}]}", "author", "F" },
		{ JSON("{\"id\":\"a\",\"tags\":[\"x\",3,\"y\",\"x\"]}"), "categories", "x | y" }, { JSON("{\"id\":\"a\",\"tags\":\"x\"}"), "categories", NULL },
		{ JSON("{\"id\":\"a\",\"attachments\":[{\"url\":\"/1.mp3\",\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":5}]}"), "enclosures", "http://feed.example/1.mp3 audio/mpeg 5" },
		{ JSON("{\"id\":\"a\",\"banner_image\":\"/b.png\"}"), "image", "http://feed.example/b.png" }, { JSON("{\"id\":\"a\",\"image\":\"/i.png\",\"banner_image\":\"/b.png\"}"), "image", "http://feed.example/i.png" },
		{ JSON("{\"id\":\"a\",\"language\":\"fr\"}"), "language", "fr" }, { JSON("{\"id\":\"a\",\"date_published\":\"2004-01-01T00:00:00+01:00\"}"), "published", "2003-12-31T23:00:00Z" },
		{ JSON("{\"id\":\"a\",\"date_modified\":\"2004-01-01T00:00:00Z\",\"date_published\":null}"), "updated", "2004-01-01T00:00:00Z" }, { JSON("3,null,\"x\",{\"id\":\"a\"}"), "feed.entries", "1" },
		{ "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\"}", "feed.entries", "0" }, { "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":{}}", "feed.entries", "0" },
	};

	(void)state;
	ALL(x);
}

#define DECLARED(dtd, title) "<!DOCTYPE rss [" dtd "]><rss><channel><item><title>" title "</title><link>http://a.example/?&co;</link></item></channel></rss>"

static void entities_of_a_document_type(void **state)
{
	static const struct expect x[] = {
		{ DECLARED("<!ENTITY co \"My Company\">", "by &co;!"), "title", "by My Company!" }, { DECLARED("<!ENTITY co 'x'>", "t"), "link", "http://a.example/?x" },
		{ DECLARED("<!ENTITY co 'caf&#233; &#x26; &#38;lt;'>", "&co;"), "title", "caf\xc3\xa9 & <" }, { DECLARED("<!ENTITY co 'a'><!ENTITY co 'b'>", "&co;"), "title", "a" },
		{ DECLARED("<!ENTITY eacute '&#233;'><!ENTITY amp 'x'>", "&eacute; &amp;"), "title", "\xc3\xa9 &" }, { DECLARED("<!ENTITY co ''>", "a&co;b"), "title", "ab" },
		{ DECLARED("<!ENTITY a 'x'><!ENTITY co '&a;&a;'>", "&co;"), "title", "&co;" }, { DECLARED("<!ENTITY co '<b>x</b>'>", "&co;"), "title", "&co;" },
		{ DECLARED("<!ENTITY co SYSTEM 'file:///etc/passwd'>", "&co;"), "title", "&co;" }, { DECLARED("<!ENTITY % co 'x'>", "&co;"), "title", "&co;" },
		{ DECLARED("<!ENTITY co 'x", "&co;"), "title", "&co;" }, { DECLARED("", "&co;"), "title", "&co;" }, { DECLARED("<!ENTITY Co 'x'>", "&co;"), "title", "&co;" },
	};

	(void)state;
	ALL(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rss_of_every_version_is_read),
		cmocka_unit_test(cdf_is_read),
		cmocka_unit_test(links_and_ids_of_rss),
		cmocka_unit_test(dates_of_rss),
		cmocka_unit_test(authors_of_rss),
		cmocka_unit_test(texts_of_rss),
		cmocka_unit_test(lists_of_rss),
		cmocka_unit_test(text_constructs_of_atom),
		cmocka_unit_test(links_and_bases_of_atom),
		cmocka_unit_test(people_dates_and_lists_of_atom),
		cmocka_unit_test(json_feeds_are_read),
		cmocka_unit_test(entities_of_a_document_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
