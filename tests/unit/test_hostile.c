/* `eclose parse` of documents as large as a transfer may be, made to hurt: what it says of each, what it reads, and how much memory it takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "feeds/http.h"

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define WITH_ASAN
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define WITH_ASAN
#endif

#ifdef WITH_ASAN
#define SIZE ((size_t)5 << 20)             /* the sanitizer's own memory is not ours to count */
#else
#define SIZE (HTTP_BODY_MAX - 65536)       /* bytes of a document, about */
#endif
#define MEMORY_MOST ((long)64 << 10)       /* kB of the whole process */

enum encoding { AS_IS, UTF16 };

/* A document: head, as many units as fit, tail. In a unit "\1" stands for its number, "\2" for a random letter. */
struct hostile {
	const char *name;
	const char *head, *unit, *tail;
	int status;           /* of `eclose parse` */
	const char *said[3];  /* words that it says; "" instead of the first: it says nothing */
	long least, most;     /* entries */
	enum encoding encoding;
	const char *prints;   /* is in the output; NULL whatever */
};

struct outcome {
	int status;
	long memory;          /* kB, at most */
	long entries;
	bool prints;
	struct buf said;
};

/* ---- making ---- */

static void put(FILE *f, const char *s, size_t n, enum encoding encoding)
{
	if (encoding == AS_IS) {
		fwrite(s, 1, n, f);
		return;
	}
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		fputc((int)(cp & 0xff), f);
		fputc((int)(cp >> 8 & 0xff), f);
	}
}

static void make_unit(const char *unit, size_t number, struct rng *r, struct buf *out)
{
	buf_cut(out, 0);
	for (const char *p = unit; *p; p++) {
		if (*p == '\1')
			buf_printf(out, "%zu", number);
		else if (*p == '\2')
			buf_putc(out, (char)('a' + rng_below(r, 26)));
		else
			buf_putc(out, *p);
	}
}

static void make(const struct hostile *h, const char *path)
{
	size_t each = h->encoding == UTF16 ? 2 : 1;
	struct buf unit = BUF_INIT;
	struct rng r;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	rng_seed(&r, 7);
	put(f, h->head, strlen(h->head), h->encoding);
	for (size_t n = strlen(h->head) + strlen(h->tail), i = 0; n < SIZE / each; n += unit.len, i++) {
		if (*h->unit == '\0') { /* NULs */
			buf_cut(&unit, 0);
			buf_add(&unit, "\0\0\0\0\0\0\0\0", 8);
		} else {
			make_unit(h->unit, i, &r, &unit);
		}
		put(f, unit.s, unit.len, h->encoding);
	}
	put(f, h->tail, strlen(h->tail), h->encoding);
	assert_int_equal(fclose(f), 0);
	buf_clear(&unit);
}

/* ---- running ---- */

static const char *folder(void)
{
	static char path[4096];

	if (!path[0]) {
		snprintf(path, sizeof path, "%s/eclose-hostile-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
		assert_non_null(mkdtemp(path));
	}
	return path;
}

static const char *file(const char *name)
{
	static char path[2][4200];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder(), name);
	return path[turn];
}

static void child(const char *document, const char *words, int out)
{
	const char *program = getenv("ECLOSE");
	int said = open(words, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	dup2(out, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	execl(program, program, "parse", document, (char *)NULL);
	_exit(127);
}

/* What it prints: an entry a line. */
static void read_output(int fd, const char *wanted, struct outcome *o)
{
	FILE *f = fdopen(fd, "r");
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, f) > 0) {
		o->entries += strncmp(line, "{\"id\":", 6) == 0;
		o->prints |= wanted && strstr(line, wanted);
	}
	free(line);
	fclose(f);
}

static void run(const char *document, const char *wanted, struct outcome *o)
{
	const char *words = file("said");
	struct rusage used;
	int fd[2], status;
	pid_t pid;

	*o = (struct outcome){ .said = BUF_INIT };
	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		close(fd[0]);
		child(document, words, fd[1]);
	}
	close(fd[1]);
	read_output(fd[0], wanted, o);
	assert_int_equal(wait4(pid, &status, 0, &used), pid);
	o->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	o->memory = used.ru_maxrss;
	assert_int_equal(buf_read_file(&o->said, words, 65536, NULL), OK);
	unlink(words);
}

static void judge(const struct hostile *h, const struct outcome *o)
{
	if (o->status != h->status)
		fail_msg("%s: ends with %d, not %d: %s", h->name, o->status, h->status, buf_str(&o->said));
	for (size_t i = 0; i < 3 && h->said[i]; i++)
		if (*h->said[i] ? !strstr(buf_str(&o->said), h->said[i]) : o->said.len != 0)
			fail_msg("%s: it should say \"%s\": %s", h->name, h->said[i], buf_str(&o->said));
	if (o->entries < h->least || o->entries > h->most)
		fail_msg("%s: %ld entries, not %ld to %ld", h->name, o->entries, h->least, h->most);
	if (h->prints && !o->prints)
		fail_msg("%s: \"%s\" isn't in what it prints", h->name, h->prints);
#ifndef WITH_ASAN
	if (o->memory >= MEMORY_MOST)
		fail_msg("%s: it took %ld kB of memory", h->name, o->memory);
#endif
}

static void hurt(const struct hostile *h, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *document = file("document");
		struct outcome o;

		make(&h[i], document);
		run(document, h[i].prints, &o);
		unlink(document);
		print_message("# %-36s %6ld kB, %6ld entries, %s", h[i].name, o.memory, o.entries, o.said.len ? buf_str(&o.said) : "-\n");
		judge(&h[i], &o);
		buf_clear(&o.said);
	}
}

#define HURT(list) hurt(list, sizeof(list) / sizeof *(list))

/* ---- the documents ---- */

#define RSS "<rss version='2.0'><channel><title>T</title><link>http://a.example/</link>"
#define RSS_END "</channel></rss>"
#define LOREM "\2\2\2\2 \2\2\2 \2\2\2\2\2\2 \2\2 \2\2\2\2\2\2\2, \2\2\2\2 "
#define PARAGRAPH "&lt;p&gt;" LOREM LOREM LOREM LOREM LOREM "&lt;/p&gt;"
#define MANY 20000

#ifdef WITH_ASAN
#define ALL 1
#else
#define ALL MANY
#endif

static void many_items_are_read_up_to_the_limit(void **state)
{
	static const struct hostile list[] = {
		{ .name = "ordinary items", RSS, "<item><title>" LOREM "</title><guid>g\1</guid><description>" PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH
		  PARAGRAPH PARAGRAPH PARAGRAPH "</description></item>",
		  RSS_END, 0, { "" }, 1000, MANY, AS_IS, "\"title\":\"T\"" },
		{ .name = "items of 100 bytes", RSS, "<item><title>" LOREM "</title><guid>g\1</guid></item>", RSS_END "", 0, { "left out; 20000 were read" }, ALL, MANY },
		{ .name = "empty items", RSS, "<item/>", RSS_END, 0, { "left out; 20000 were read" }, MANY, MANY },
		{ .name = "tiny items on lines", RSS, "<item><title>t</title></item>\n", RSS_END, 0, { "left out; 20000 were read" }, MANY, MANY },
		{ .name = "items with text between them", RSS, "<item/>x", RSS_END, 0, { "left out" }, MANY, MANY },
		{ .name = "items, each in a wrapper", RSS, "<w><item><title>t</title></item></w>", RSS_END, 0, { "left out;", "elements were left out" }, MANY, MANY },
		{ .name = "items never closed", RSS, "<item><title>t\1</title>", "", 0, { "not well-formed" }, 254, 254 },
		{ .name = "Atom entries", "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>", "<entry><id>\1</id><title>t</title></entry>",
		  "<author><name>Late</name></author></feed>", 0, { "left out; 20000 were read" }, MANY, MANY, AS_IS, "\"author\":\"Late\"" },
		{ .name = "RDF items", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel/>",
		  "<item rdf:about='http://a.example/\1'><title>t</title></item>", "<image><url>http://a.example/i.png</url></image></rdf:RDF>",
		  0, { "left out; 20000 were read" }, MANY, MANY, AS_IS, "\"icon\":\"http://a.example/i.png\"" },
		{ .name = "items with 3 kB of content each", RSS, "<item><title>t</title><description>" PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH
		  PARAGRAPH "&amp;amp;&amp;amp;&amp;lt;</description></item>", RSS_END, 0, { "" }, 1000, MANY },
	};

	(void)state;
	HURT(list);
}

static void one_huge_thing_is_cut(void **state)
{
	static const struct hostile list[] = {
		{ .name = "one description", RSS "<item><title>t</title><description>", PARAGRAPH, "</description></item>" RSS_END, 0, { "texts of more than 2 MB were cut" }, 1, 1 },
		{ .name = "one CDATA section", RSS "<item><title>t</title><description><![CDATA[", "<p>" LOREM LOREM "</p>", "]]></description></item>" RSS_END,
		  0, { "texts of more than 2 MB were cut" }, 1, 1 },
		{ .name = "one CDATA section of marks", RSS "<item><description><![CDATA[", "<&>", "]]></description></item>" RSS_END, 0, { "were cut" }, 1, 1 },
		{ .name = "one title", "<rss><channel><item><title>", LOREM, "</title></item>" RSS_END, 0, { "were cut" }, 1, 1 },
		{ .name = "the feed's title", "<rss><channel><title>", LOREM, "</title><item/>" RSS_END, 0, { "were cut" }, 1, 1 },
		{ .name = "one paragraph after another", "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>", "<p>" LOREM "</p>", "</content></entry></feed>",
		  0, { "elements were left out" }, 1, 1 },
		{ .name = "one attribute", RSS "<item><enclosure url='http://a.example/", "xxxxxxxxxxxxxxxx", "'/></item>" RSS_END, 0, { "not well-formed" }, 1, 1 },
		{ .name = "one attribute, not closed", RSS "<item><title>t</title><enclosure url='", "xxxxxxxxxxxxxxxx", "", 0, { "not well-formed" }, 1, 1 },
		{ .name = "one comment", RSS "<!--", " - ", "--><item/>" RSS_END, 0, { "" }, 1, 1 },
		{ .name = "one comment, not closed", RSS "<!--", " - ", "", 0, { "not well-formed" }, 0, 0 },
		{ .name = "one instruction", RSS "<?x ", "????", "?><item/>" RSS_END, 0, { "" }, 1, 1 },
		{ .name = "one tag name", RSS "<item/><", "xxxxxxxx", "/>" RSS_END, 0, { "" }, 1, 1 },
		{ .name = "one document type", "<!DOCTYPE rss [", "<!-- x -->", "]><rss><channel><item/>" RSS_END, 1, { "neither RSS" }, 0, 0 },
		{ .name = "'&' only", RSS "<item><description>", "&", "</description></item>" RSS_END, 0, { "not well-formed", "were cut" }, 1, 1 },
	};

	(void)state;
	HURT(list);
}

#define X20 "xxxxxxxxxxxxxxxxxxxx"
#define X100 X20 X20 X20 X20 X20
#define X900 X100 X100 X100 X100 X100 X100 X100 X100 X100
#define LONG_BASE "http://a.example/" X900 "/"

/* Every short link becomes an address as long as what it is relative to. */
static void long_addresses_multiply_nothing(void **state)
{
	static const struct hostile list[] = {
		{ .name = "links in one text", "<rss xml:base='" LONG_BASE "'><channel><item><description>", "&lt;a href=x>y&lt;/a>", "</description></item>" RSS_END,
		  0, { "were cut" }, 1, 1 },
		{ .name = "links in many texts", "<rss xml:base='" LONG_BASE "'><channel>", "<item><description>&lt;a href=x>y&lt;/a>&lt;a href=x>y&lt;/a>&lt;a href=x>y&lt;/a>"
		  "&lt;a href=x>y&lt;/a>&lt;a href=x>y&lt;/a>&lt;a href=x>y&lt;/a></description><comments>x</comments></item>", RSS_END,
		  0, { "the content of" }, ALL, MANY },
		{ .name = "enclosures", "<rss xml:base='" LONG_BASE "'><channel><item>", "<enclosure url='\1'/>", "</item>" RSS_END, 0, { "elements were left out" }, 1, 1 },
		{ .name = "links of an entry", "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='" LONG_BASE "'><entry>", "<link href='\1' type='a/b'/>", "</entry></feed>",
		  0, { "elements were left out" }, 1, 1 },
		{ .name = "categories", RSS "<item>", "<category>\1</category>", "</item>" RSS_END, 0, { "elements were left out" }, 1, 1 },
		{ .name = "bases", RSS, "<w xml:base='y/'><item><link>z</link></item>", "", 0, { "not well-formed" }, 1, MANY },
		{ .name = "JSON, links in many texts", "{\"home_page_url\":\"" LONG_BASE "\",\"items\":[", "{\"id\":\"\1\",\"content_html\":\"<a href=x>y</a><a href=x>y</a>"
		  "<a href=x>y</a><a href=x>y</a><a href=x>y</a><a href=x>y</a><a href=x>y</a>\"},", "{}]}", 0, { "the content of" }, ALL, MANY },
	};

	(void)state;
	HURT(list);
}

static void marks_and_junk_are_refused_or_read_past(void **state)
{
	static const struct hostile list[] = {
		{ .name = "'<' only", "", "<", "", 1, { "neither RSS" }, 0, 0 },
		{ .name = "'&' and nothing else", "", "&", "", 1, { "neither RSS" }, 0, 0 },
		{ .name = "NULs", "", "", "", 1, { "empty" }, 0, 0 },
		{ .name = "'<' in a feed", RSS, "<", RSS_END, 0, { "not well-formed" }, 0, 0 },
		{ .name = "ends of sections", RSS "<item><description>", "]]>", "</description></item>" RSS_END, 0, { "were cut" }, 1, 1 },
		{ .name = "sections, empty", RSS "<item><description>", "<![CDATA[]]>", "</description></item>" RSS_END, 0, { "" }, 1, 1 },
		{ .name = "ends of tags", RSS, "</x>", RSS_END, 0, { "not well-formed" }, 0, 0 },
		{ .name = "tags that seem to go on", RSS, "<a \" =\"", RSS_END, 0, { "not well-formed" }, 0, 0 },
		{ .name = "comments that don't end", RSS, "<!-- >", RSS_END, 0, { "not well-formed" }, 0, 0 },
		{ .name = "names, all different", RSS, "<a\1/>", RSS_END, 0, { "not well-formed" }, 0, 0 },
		{ .name = "attributes, all different", RSS "<item><title>t</title><x", " a\1='v'", "/></item>" RSS_END, 0, { "not well-formed" }, 1, 1 },
		{ .name = "attributes, a few a tag", RSS "<item><title>t</title>", "<x a\1='v' b\1='v'/>", "</item>" RSS_END, 0, { "not well-formed" }, 1, 1 },
		{ .name = "namespaces of one element", RSS "<item", " xmlns:n\1='u:\1'", "><title>t</title></item>" RSS_END, 0, { "not well-formed" }, 1, 1 },
		{ .name = "namespaces of many elements", RSS, "<item xmlns:n\1='u:\1'/>", RSS_END, 0, { "not well-formed" }, MANY, MANY },
		{ .name = "depth, closed never", RSS "<item><title>t</title>", "<d>", "", 0, { "not well-formed" }, 1, 1 },
		{ .name = "depth in a description", RSS "<item><description>", "&lt;b&gt;", "</description></item>" RSS_END, 0, { "were cut" }, 1, 1 },
		{ .name = "XML that is no feed", "<svg>", "<g/>", "</svg>", 1, { "this is XML, but not a feed" }, 0, 0 },
		{ .name = "a site map", "<urlset>", "<url><loc>http://a.example/</loc></url>", "</urlset>", 1, { "site map" }, 0, 0 },
	};

	(void)state;
	HURT(list);
}

static void entities_multiply_nothing(void **state)
{
	static const struct hostile list[] = {
		{ .name = "an entity of 100 kB, used often",
		  "<!DOCTYPE rss [<!ENTITY a '0123456789012345678901234567890123456789012345678901234567890123456789'>]><rss><channel><item><description>", "&a;",
		  "</description></item></channel></rss>", 0, { "not well-formed" }, 1, 1 },
		{ .name = "a billion laughs",
		  "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
		  "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]><rss><channel>",
		  "<item><title>&e;</title></item>", "</channel></rss>", 0, { "not well-formed" }, ALL, MANY, AS_IS, "\"title\":\"&e;\"" },
		{ .name = "an external entity",
		  "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'>%p;]><rss><channel>",
		  "<item><title>&a;</title></item>", "</channel></rss>", 0, { "not well-formed" }, ALL, MANY, AS_IS, "\"title\":\"&a;\"" },
	};

	(void)state;
	HURT(list);
}

static void other_encodings_are_converted_within_the_limit(void **state)
{
	static const struct hostile list[] = {
		{ .name = "UTF-16, Latin", "\xef\xbb\xbf" RSS, "<item><title>" LOREM "</title><description>" PARAGRAPH "</description></item>", RSS_END, 0, { NULL }, 1000, MANY, UTF16 },
		{ .name = "UTF-16, Chinese", "\xef\xbb\xbf" RSS, "<item><title>\xe6\x96\xb0\xe9\x97\xbb\xe6\xa0\x87\xe9\xa2\x98\1</title><description>\xe6\x96\xb0\xe9\x97\xbb"
		  "\xe6\xa0\x87\xe9\xa2\x98\xe6\x96\xb0\xe9\x97\xbb\xe6\xa0\x87\xe9\xa2\x98\xe6\x96\xb0\xe9\x97\xbb\xe6\xa0\x87\xe9\xa2\x98\xe6\x96\xb0\xe9\x97\xbb"
		  "</description></item>", RSS_END, 0, { "left out;" }, ALL, MANY, UTF16 },
		{ .name = "Shift_JIS", "<?xml version='1.0' encoding='Shift_JIS'?>" RSS, "<item><title>\x82\xa0\x82\xa2\x82\xa4\x82\xa6\x82\xa8</title><description>\xb1\xb2\xb3\xb4"
		  "\x93\xfa\x96\x7b\x8c\xea</description></item>", RSS_END, 0, { "left out;" }, ALL, MANY },
		{ .name = "Shift_JIS, three bytes of one", "<?xml version='1.0' encoding='Shift_JIS'?>" RSS "<item><description>", "\xb1", "</description></item>" RSS_END,
		  0, { "were cut" }, 1, 1 },
		{ .name = "windows-1252", "<?xml version='1.0' encoding='windows-1252'?>" RSS, "<item><title>\x80\x80\x80\x80\x80\x80\x80\x80 \xe9\xe9</title></item>", RSS_END,
		  0, { "left out;" }, ALL, MANY },
		{ .name = "bytes that are nothing", RSS, "<item><title>\xc3\xa9\xff\xc3\xa9</title></item>", RSS_END, 0, { NULL }, ALL, MANY },
	};

	(void)state;
	HURT(list);
}

#define FEED "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":["

static void json_is_loaded_an_item_at_a_time(void **state)
{
	static const struct hostile list[] = {
		{ .name = "JSON, ordinary items", FEED, "{\"id\":\"\1\",\"title\":\"" LOREM "\",\"content_html\":\"<p>" PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH LOREM LOREM
		  LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM "</p>\"},", "{\"id\":\"last\"}]}", 0, { "" }, 1000, MANY, AS_IS, "\"id\":\"last\"" },
		{ .name = "JSON, tiny items", FEED, "{\"id\":\"\1\"},", "{}],\"home_page_url\":\"http://late.example/\"}", 0, { "left out; 20000 were read" }, MANY, MANY,
		  AS_IS, "\"link\":\"http://late.example/\"" },
		{ .name = "JSON, empty items", FEED, "{},", "{}]}", 0, { "left out; 20000 were read" }, MANY, MANY },
		{ .name = "JSON, cut", FEED, "{\"id\":\"\1\",\"title\":\"" LOREM "\"},", "{\"id\":\"c", 0, { "not well-formed" }, ALL, MANY },
		{ .name = "JSON, one text", FEED "{\"id\":\"1\",\"content_html\":\"", "<p>" LOREM "</p>", "\"}]}", 0, { "were cut" }, 1, 1 },
		{ .name = "JSON, one text of marks", FEED "{\"id\":\"1\",\"content_text\":\"", "&\\n", "\"}]}", 0, { "were cut" }, 1, 1 },
		{ .name = "JSON, many texts in one item", FEED "{\"id\":\"1\"", ",\"a\1\":\"" X900 X900 LOREM
		  "\"", "}]}", 0, { "were cut" }, 1, 1 },
		{ .name = "JSON, many values in one item", FEED "{\"id\":\"0\"},{\"id\":\"1\",\"x\":[", "1,", "1]},{\"id\":\"2\"}]}", 0, { "elements were left out" }, 2, 2 },
		{ .name = "JSON, a long number", FEED "{\"id\":\"0\"},{\"id\":", "1", "},{\"id\":\"2\"}]}", 0, { "left out" }, 2, 2 },
		{ .name = "JSON, brackets", "", "[", "", 1, { "this is JSON, but not a JSON Feed" }, 0, 0 },
		{ .name = "JSON, braces", "", "{\"a\":", "", 1, { "JSON" }, 0, 0 },
		{ .name = "JSON, brackets for items", "{\"items\":", "[", "", 1, { "breaks off" }, 0, 0 },
		{ .name = "JSON, a deep item", FEED "{\"id\":\"0\"},", "[", "", 0, { "not well-formed" }, 1, 1 },
		{ .name = "JSON, members", "{", "\"a\1\":\1,", "\"items\":[{\"id\":\"0\"}]}", 0, { "" }, 1, 1 },
		{ .name = "JSON, backslashes", FEED "{\"id\":\"0\"},{\"id\":\"", "\\\\", "\"}]}", 0, { "were cut" }, 2, 2 },
		{ .name = "JSON, quotes", FEED, "\"", "", 1, { "breaks off" }, 0, 0 },
	};

	(void)state;
	HURT(list);
}

static int tidy(void **state)
{
	(void)state;
	return rmdir(folder());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_items_are_read_up_to_the_limit),
		cmocka_unit_test(one_huge_thing_is_cut),
		cmocka_unit_test(long_addresses_multiply_nothing),
		cmocka_unit_test(marks_and_junk_are_refused_or_read_past),
		cmocka_unit_test(entities_multiply_nothing),
		cmocka_unit_test(other_encodings_are_converted_within_the_limit),
		cmocka_unit_test(json_is_loaded_an_item_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, tidy);
}
