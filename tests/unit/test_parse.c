/* parse - a document whose items are read one at a time says the same as one that is read whole; and what the limits leave out is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "feeds/mend.h"
#include "feeds/parse.h"
#include "feeds/results.h"
#include "feeds/sniff.h"

static const struct parse_hints hints = { NULL, "http://feed.example/dir/feed.xml" };

struct fixture {
	struct arena a;
	struct feed_doc doc;
};

static void parse(struct fixture *f, const char *s, size_t n)
{
	struct err_info info = ERR_INFO_INIT;

	*f = (struct fixture){ .a = ARENA_INIT };
	if (feed_parse(&f->a, s, n, &hints, &f->doc, &info) != OK)
		fail_msg("\"%.80s\": %s", s, info.text);
}

/* The titles of the entries, each with a '.' behind it. */
static void titles(const char *s, const char *want, bool repaired)
{
	struct fixture f;
	struct buf got = BUF_INIT;

	parse(&f, s, strlen(s));
	for (size_t i = 0; i < f.doc.n_entries; i++)
		buf_printf(&got, "%s.", f.doc.entries[i].title ? f.doc.entries[i].title : "-");
	if (strcmp(buf_str(&got), want) != 0)
		fail_msg("%s: the entries are \"%s\", not \"%s\"", s, buf_str(&got), want);
	if (f.doc.repaired != repaired)
		fail_msg("%s: repaired is %d", s, f.doc.repaired);
	assert_null(f.doc.left_out);
	buf_clear(&got);
	arena_clear(&f.a);
}

static void items_come_in_order_wherever_they_stand(void **state)
{
	(void)state;
	titles("<rss><item><title>a</title></item><channel><item><title>b</title></item></channel><item><title>c</title></item></rss>", "a.b.c.", false);
	titles("<rss><channel><w><item><title>a</title></item></w><w><v><item><title>b</title></item></v></w></channel></rss>", "a.b.", false);
	titles("<rss><channel><item><title>a</title></item></channel><channel><item><title>b</title></item></channel></rss>", "a.b.", false);
	titles("<rss><channel><item><title>a</title><list><item>inner</item></list></item><item><title>b</title></item></channel></rss>", "a.b.", false);
	titles("<thing><item><title>a</title></item></thing>", "a.", false);
	titles("<thing><entry><title>a</title></entry></thing>", "a.", false);
}

static void an_item_that_was_never_closed_ends_where_the_next_begins(void **state)
{
	(void)state;
	titles("<rss><channel><item><title>a</title><item><title>b</title><item><title>c</title></channel></rss>", "a.b.c.", true);
	titles("<rss><channel><item><title>a</title><item><title>b</title></item><item><title>c</title></item></channel></rss>", "a.b.c.", true);
	titles("<rss><channel><item><title>a</title><item><title>b</title></item>lost<title>lost</title></item><item><title>c</title></item></channel></rss>",
	       "a.b.c.", false);
	titles("<feed><entry><title>a</title><entry><title>b</title></feed>", "a.b.", true);
}

static void what_the_feed_says_behind_its_items_counts(void **state)
{
	const char *rss = "<rss><channel><title>first</title><item><title>a</title></item><language>de</language><link>http://late.example/</link>"
			  "<image><url>/i.png</url></image><textInput><title>no</title></textInput><title>second</title></channel></rss>";
	const char *atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id></entry><entry><id>2</id><author><name>Own</name></author></entry>"
			   "<author><name>Feed's</name></author><title>T</title></feed>";
	struct fixture f;

	(void)state;
	parse(&f, rss, strlen(rss));
	assert_string_equal(f.doc.title, "first");
	assert_string_equal(f.doc.language, "de");
	assert_string_equal(f.doc.link, "http://late.example/");
	assert_string_equal(f.doc.icon, "http://feed.example/i.png");
	assert_string_equal(f.doc.entries[0].language, "de");
	arena_clear(&f.a);
	parse(&f, atom, strlen(atom));
	assert_string_equal(f.doc.title, "T");
	assert_string_equal(f.doc.entries[0].author, "Feed's");
	assert_string_equal(f.doc.entries[1].author, "Own");
	arena_clear(&f.a);
}

static void an_address_of_its_own_is_found_in_the_head(void **state)
{
	const char *s = "<rss><channel><link>http://site.example/x/</link><item><link>y</link></item></channel></rss>";
	struct arena a = ARENA_INIT;
	struct feed_doc doc;

	(void)state;
	assert_int_equal(feed_parse(&a, s, strlen(s), NULL, &doc, NULL), OK);
	assert_string_equal(doc.entries[0].link, "http://site.example/x/y");
	arena_clear(&a);
}

static void languages_and_bases_are_inherited_from_above_an_item(void **state)
{
	const char *s = "<rss xml:lang='fr' xml:base='http://b.example/'><channel xml:base='c/'><item xml:base='d/'><link>e</link><title>x</title></item></channel></rss>";
	struct fixture f;

	(void)state;
	parse(&f, s, strlen(s));
	assert_string_equal(f.doc.entries[0].language, "fr");
	assert_string_equal(f.doc.entries[0].link, "http://b.example/c/d/e");
	arena_clear(&f.a);
}

static void a_broken_item_of_json_is_left_out_and_the_others_stay(void **state)
{
	struct buf deep = BUF_INIT;
	struct fixture f;

	(void)state;
	titles("{\"items\":[{\"title\":\"a\"},{\"title\":\"b\" \"c\"},{\"title\":tru},3,[4],{\"title\":\"d\"}],\"title\":\"T\"}", "a.d.", true);
	titles("{\"items\":[{\"title\":\"a \\\\\\\" ]}\"},{\"title\":\"b\"}]}", "a \\\" ]}.b.", false);
	titles("{\"items\":[{\"title\":\"half \\ud83d\"},{\"title\":\"b\"}]}", "half \xef\xbf\xbd.b.", true);
	titles("{\"items\":[{\"title\":\"a\"},{\"title\":\"b\"", "a.", true);
	titles("{\"items\":[{\"title\":\"a\"}],oops}", "a.", true);
	titles("{\"a\":[1,{\"items\":[{}]}],\"items\":[{\"title\":\"a\"}]} trailing", "a.", false);
	titles("{oops, \"b\" 3, \"items\":[{\"title\":\"a\"}]}", "a.", true);
	buf_puts(&deep, "{\"items\":[{\"title\":\"a\"},{\"x\":");
	for (int i = 0; i < 100; i++)
		buf_putc(&deep, '[');
	for (int i = 0; i < 100; i++)
		buf_putc(&deep, ']');
	buf_puts(&deep, "},{\"title\":\"b\"}]}");
	parse(&f, deep.s, deep.len);
	assert_int_equal(f.doc.n_entries, 2);
	assert_string_equal(f.doc.entries[1].title, "b");
	assert_non_null(strstr(f.doc.left_out, "in JSON 64 deep"));
	arena_clear(&f.a);
	buf_clear(&deep);
}

/* Long strings are decoded by us, short ones by the library. */
static void a_long_string_of_json_says_what_short_ones_say(void **state)
{
	static const char *const unit[] = { "a\\\"b\\\\c\\/d \\u00e9\\u20AC ", "\\ud83d\\ude00 x ", "\xc3\xa9\xe2\x82\xac", "\\ud83d x ", "plain words " };

	(void)state;
	for (size_t k = 0; k < sizeof unit / sizeof *unit; k++) {
		struct buf s = BUF_INIT, want = BUF_INIT;
		struct fixture one, many;

		buf_printf(&s, "{\"items\":[{\"content_html\":\"[%s]\",\"x\":{\"content_html\":\"no\"}}]}", unit[k]);
		parse(&one, s.s, s.len);
		buf_cut(&s, 0);
		buf_puts(&s, "{\"items\":[{\"title\":\"t\",\"content_html\":\"");
		for (int i = 0; i < 100; i++) {
			buf_printf(&s, "[%s]", unit[k]);
			buf_puts(&want, one.doc.entries[0].content);
		}
		buf_puts(&s, "\",\"summary\":\"s\"}]}");
		parse(&many, s.s, s.len);
		assert_string_equal(many.doc.entries[0].content, want.s);
		assert_string_equal(many.doc.entries[0].title, "t");
		assert_int_equal(many.doc.repaired, one.doc.repaired);
		buf_clear(&s);
		buf_clear(&want);
		arena_clear(&one.a);
		arena_clear(&many.a);
	}
}

static void what_only_looks_like_a_long_string_is_none(void **state)
{
	(void)state;
	titles("{\"items\":[{\"title\":\"\\u00010\"},{\"title\":\"\\u0001x\"}]}", "0.x.", false);
}

static void where_json_is_none_the_line_is_named(void **state)
{
	const char *s = "{\n\"version\":\"1\",\n title:3}";
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct feed_doc doc;

	(void)state;
	assert_int_equal(feed_parse(&a, s, strlen(s), NULL, &doc, &info), ERR_SYNTAX);
	assert_non_null(strstr(info.text, "line 3 of the JSON"));
	arena_clear(&a);
}

static void more_entries_than_the_limit_are_said(void **state)
{
	struct fixture f;
	struct buf s = BUF_INIT;

	(void)state;
	buf_puts(&s, "<rss><channel>");
	for (int i = 0; i < RESULTS_MOST + 3; i++)
		buf_printf(&s, "<item><title>%d</title></item>", i);
	buf_puts(&s, "<language>it</language></channel></rss>");
	parse(&f, s.s, s.len);
	assert_int_equal(f.doc.n_entries, RESULTS_MOST);
	assert_string_equal(f.doc.entries[RESULTS_MOST - 1].title, "19999");
	assert_string_equal(f.doc.language, "it");
	assert_string_equal(f.doc.left_out, "3 entries were left out; 20000 were read");
	assert_false(f.doc.repaired);
	buf_clear(&s);
	arena_clear(&f.a);
}

static void a_long_text_is_cut_between_characters(void **state)
{
	static const char *const around[][2] = {
		{ "<rss><channel><item><title>t</title><description>", "</description><guid>g</guid></item></channel></rss>" },
		{ "{\"items\":[{\"title\":\"t\",\"content_html\":\"", "\",\"id\":\"g\"}]}" },
	};

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct fixture f;
		struct buf s = BUF_INIT;
		const char *body;

		buf_puts(&s, around[k][0]);
		for (int i = 0; i < 1100000; i++)
			buf_puts(&s, "\xe2\x82\xac");
		buf_puts(&s, around[k][1]);
		parse(&f, s.s, s.len);
		assert_string_equal(f.doc.left_out, "texts of more than 2 MB were cut");
		assert_string_equal(f.doc.entries[0].id, "g");
		body = k ? f.doc.entries[0].content : f.doc.entries[0].summary;
		assert_true(strlen(body) > ((size_t)2 << 20) - 1024 && strlen(body) <= (size_t)2 << 20);
		assert_true(utf8_valid(body, strlen(body)));
		assert_null(strstr(body, "\xef\xbf\xbd"));
		buf_clear(&s);
		arena_clear(&f.a);
	}
}

static void entries_beyond_the_room_keep_what_names_them(void **state)
{
	struct arena a = ARENA_INIT;
	struct results r = { .a = &a };
	struct feed_doc doc;
	size_t n = (size_t)5 << 20;
	char *large = mem_alloc(n + 1);
	struct buf words = BUF_INIT;
	struct entry e = { .id = "id", .title = "title", .link = "http://a.example/", .published = 7, .updated = DATE_NONE, .summary = large, .content = "c" };

	(void)state;
	memset(large, 'x', n);
	large[n] = '\0';
	for (int i = 0; i < 7; i++)
		results_add(&r, &e, 0);
	results_words(&r, &words);
	results_move(&r, &doc);
	assert_int_equal(doc.n_entries, 7);
	assert_string_equal(doc.entries[3].summary, large);
	assert_ptr_not_equal(doc.entries[3].summary, large);
	for (int i = 4; i < 7; i++) {
		assert_null(doc.entries[i].summary);
		assert_null(doc.entries[i].content);
		assert_string_equal(doc.entries[i].id, "id");
		assert_string_equal(doc.entries[i].title, "title");
		assert_string_equal(doc.entries[i].link, "http://a.example/");
		assert_int_equal(doc.entries[i].published, 7);
	}
	assert_non_null(strstr(words.s, "the content of the last 3 was left out"));
	buf_clear(&words);
	free(large);
	arena_clear(&a);
}

/* ---- the same, whatever the way ---- */

static void same_either_way(const struct buf *in, const char *name)
{
	struct arena a = ARENA_INIT, b = ARENA_INIT;
	struct buf one = BUF_INIT, two = BUF_INIT, copy = BUF_INIT;
	struct feed_doc doc;
	enum err e, again;

	buf_add(&copy, buf_str(in), in->len);
	e = feed_parse(&a, buf_str(in), in->len, &hints, &doc, NULL);
	if (e == OK)
		feed_json(&doc, &one);
	again = feed_parse_spend(&b, copy.s, copy.len, &hints, &doc, NULL);
	if (again == OK)
		feed_json(&doc, &two);
	if (e != again || strcmp(buf_str(&one), buf_str(&two)) != 0)
		fail_msg("%s is read otherwise when it is spent", name);
	buf_clear(&one);
	buf_clear(&two);
	buf_clear(&copy);
	arena_clear(&a);
	arena_clear(&b);
}

/* Each document of the corpus, and each made 3 MB large by what does not count. */
static void a_document_that_is_spent_says_the_same(void **state)
{
	char folder[4096], path[8192];
	struct dirent *d;
	DIR *dir;
	int seen = 0;

	(void)state;
	snprintf(folder, sizeof folder, "%s/tests/corpus/feed", getenv("TEST_SRCDIR") ? getenv("TEST_SRCDIR") : ".");
	dir = opendir(folder);
	assert_non_null(dir);
	while ((d = readdir(dir)) != NULL) {
		struct buf in = BUF_INIT;

		snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
		if (d->d_name[0] == '.' || buf_read_file(&in, path, 1 << 20, NULL) != OK)
			continue;
		same_either_way(&in, d->d_name);
		if (memchr(buf_str(&in), '>', in.len) && !memchr(buf_str(&in), '\0', in.len)) {
			struct buf large = BUF_INIT;
			const char *end = in.s + in.len;

			while (end > in.s && end[-1] != '>')
				end--;
			while (end > in.s + 1 && *--end != '<')
				;
			buf_add(&large, in.s, (size_t)(end - in.s));
			while (large.len < (size_t)3 << 20)
				buf_puts(&large, "<!-- what does not count -->\n\n\n\n");
			buf_puts(&large, end);
			same_either_way(&large, d->d_name);
			buf_clear(&large);
		}
		buf_clear(&in);
		seen++;
	}
	closedir(dir);
	assert_true(seen >= 10);
}

static size_t no_entity(const char *name, size_t len, uint32_t out[2])
{
	(void)name, (void)len, (void)out;
	return 0;
}

/* What libxml2 would find in the document, which is one element `a`: each 't' stands for a run of text. */
static void mended(const struct buf *in, size_t piece, struct buf *markup, struct buf *text)
{
	struct mend *m = mend_new(in->s, in->len, no_entity, false);
	char room[5000];
	size_t n;

	while ((n = mend_read(m, room, piece)) > 0)
		for (size_t i = 0; i < n; i++) {
			size_t len;
			const char *run;

			if (room[i] != 't') {
				buf_putc(markup, room[i]);
				continue;
			}
			run = mend_text(m, 1, &len);
			assert_true(len > 0 && utf8_valid(run, len));
			buf_add(text, run, len);
		}
	assert_int_equal(mend_left(m), 0);
	mend_free(m);
}

/* References, characters and tags lie across the borders of the mender's pieces at some place of a long text. */
static void a_document_is_mended_alike_in_pieces_of_any_size(void **state)
{
	static const size_t piece[] = { 1, 3, 4000, 5000 };
	struct buf in = BUF_INIT, want = BUF_INIT;

	(void)state;
	buf_puts(&in, "<a>");
	for (int i = 0; i < 20000; i++) {
		buf_printf(&in, "%d \xe2\x82\xac&#8364;&amp;\xef\xbf\xbe]]&gt;\r\n\r&#13;\x7f", i);
		buf_printf(&want, "%d \xe2\x82\xac\xe2\x82\xac&]]>\n\n\r\x7f", i);
	}
	buf_puts(&in, "<![CDATA[");
	for (int i = 0; i < 20000; i++) {
		buf_printf(&in, "%d<\xe2\x82\xac&amp;\"]]", i);
		buf_printf(&want, "%d<\xe2\x82\xac&amp;\"]]", i);
	}
	buf_puts(&in, "x]]></a>");
	buf_puts(&want, "x");
	for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
		struct buf markup = BUF_INIT, text = BUF_INIT;

		mended(&in, piece[i], &markup, &text);
		assert_string_equal(markup.s, "<a></a>");
		assert_string_equal(text.s, want.s);
		buf_clear(&markup);
		buf_clear(&text);
	}
	buf_clear(&in);
	buf_clear(&want);
}

static void utf8_is_borrowed_and_the_rest_converted_within_the_limit(void **state)
{
	const char *utf8 = "\xef\xbb\xbf<rss>\xe2\x82\xac</rss>";
	struct decoded d;
	char latin[1000];

	(void)state;
	sniff_decode(&d, utf8, strlen(utf8), NULL, 100, false);
	assert_ptr_equal(d.s, utf8 + 3);
	assert_int_equal(d.n, strlen(utf8) - 3);
	assert_false(d.cut);
	decoded_clear(&d);
	memset(latin, 0x80, sizeof latin); /* each becomes three bytes */
	sniff_decode(&d, latin, sizeof latin, "text/xml; charset=windows-1252", 100, false);
	assert_true(d.cut);
	assert_true(d.n > 96 && d.n <= 100 && utf8_valid(d.s, d.n));
	decoded_clear(&d);
	sniff_decode(&d, "\xff\xfe", 2, NULL, 100, false);
	assert_int_equal(d.n, 0);
	decoded_clear(&d);
}

static void the_output_is_the_same_in_pieces(void **state)
{
	const char *s = "<rss><channel><title>T</title><item><title>a \"b\" \\</title></item><item/></channel></rss>";
	struct fixture f;
	struct buf want = BUF_INIT;
	char got[4096];
	int fd[2];
	ssize_t n;

	(void)state;
	parse(&f, s, strlen(s));
	feed_json(&f.doc, &want);
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(feed_json_write(&f.doc, fd[1], NULL), OK);
	n = read(fd[0], got, sizeof got);
	assert_int_equal(n, want.len);
	assert_memory_equal(got, want.s, want.len);
	close(fd[0]);
	close(fd[1]);
	buf_clear(&want);
	arena_clear(&f.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_come_in_order_wherever_they_stand),
		cmocka_unit_test(an_item_that_was_never_closed_ends_where_the_next_begins),
		cmocka_unit_test(what_the_feed_says_behind_its_items_counts),
		cmocka_unit_test(an_address_of_its_own_is_found_in_the_head),
		cmocka_unit_test(languages_and_bases_are_inherited_from_above_an_item),
		cmocka_unit_test(a_broken_item_of_json_is_left_out_and_the_others_stay),
		cmocka_unit_test(a_long_string_of_json_says_what_short_ones_say),
		cmocka_unit_test(what_only_looks_like_a_long_string_is_none),
		cmocka_unit_test(where_json_is_none_the_line_is_named),
		cmocka_unit_test(more_entries_than_the_limit_are_said),
		cmocka_unit_test(a_long_text_is_cut_between_characters),
		cmocka_unit_test(entries_beyond_the_room_keep_what_names_them),
		cmocka_unit_test(a_document_that_is_spent_says_the_same),
		cmocka_unit_test(a_document_is_mended_alike_in_pieces_of_any_size),
		cmocka_unit_test(utf8_is_borrowed_and_the_rest_converted_within_the_limit),
		cmocka_unit_test(the_output_is_the_same_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
