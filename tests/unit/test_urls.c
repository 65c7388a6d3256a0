/* urls - the subscription file that people edit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "feeds/urls.h"

static const char text[] =
	"# my feeds, oldest first\r\n"
	"\n"
	"http://a.example/feed news \"two words\" \"~A \\\"Title\\\" \\\\ x\" # why\r\n"
	"  https://b.example/#top\t!\n"
	"\"http://c.example/a\" \"!secret\" \"~\" \"\"\n"
	"exec:~/bin/run\n"
	"file:///home/me/feed.xml local\n"
	"http://a.example/feed/more";

static void lines_are_read_as_newsboat_reads_them(void **state)
{
	struct arena a = ARENA_INIT;
	struct subs subs;

	(void)state;
	assert_int_equal(urls_read(&a, text, strlen(text), &subs, NULL), OK);
	assert_int_equal(subs.n, 5);
	assert_int_equal(subs.refused, 1);
	assert_string_equal(subs.sub[0].url, "http://a.example/feed");
	assert_string_equal(subs.sub[0].title, "A \"Title\" \\ x");
	assert_int_equal(subs.sub[0].n_tags, 2);
	assert_string_equal(subs.sub[0].tags[1], "two words");
	assert_false(subs.sub[0].hidden);
	assert_string_equal(subs.sub[1].url, "https://b.example/#top");
	assert_true(subs.sub[1].hidden);
	assert_int_equal(subs.sub[1].n_tags, 0);
	assert_string_equal(subs.sub[2].url, "http://c.example/a");
	assert_true(subs.sub[2].hidden);
	assert_string_equal(subs.sub[2].tags[0], "secret");
	assert_null(subs.sub[2].title);
	assert_string_equal(subs.sub[3].url, "file:///home/me/feed.xml");
	arena_clear(&a);
}

static void an_open_quote_is_named_by_its_line(void **state)
{
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct subs subs = { .n = 77 };
	const char *s = "http://a.example/\n\n# \"fine\nhttp://b.example/ \"open\\\"\n";

	(void)state;
	assert_int_equal(urls_read(&a, s, strlen(s), &subs, &info), ERR_SYNTAX);
	assert_non_null(strstr(info.text, "line 4"));
	assert_int_equal(subs.n, 77);
	arena_clear(&a);
}

static void a_line_is_taken_out_and_no_other_byte_changes(void **state)
{
	struct buf out = BUF_INIT, want = BUF_INIT;
	const char *line = strstr(text, "http://a.example/feed news"), *next = strstr(text, "  https://b");

	(void)state;
	assert_true(urls_without(&out, text, strlen(text), "http://a.example/feed"));
	buf_add(&want, text, (size_t)(line - text));
	buf_puts(&want, next);
	assert_string_equal(buf_str(&out), buf_str(&want));
	buf_cut(&out, 0);
	assert_false(urls_without(&out, text, strlen(text), "http://nobody.example/"));
	assert_string_equal(buf_str(&out), text);
	buf_cut(&out, 0);
	assert_true(urls_without(&out, text, strlen(text), "http://a.example/feed/more"));
	assert_int_equal(out.len, strlen(text) - strlen("http://a.example/feed/more"));
	assert_memory_equal(out.s, text, out.len);
	buf_clear(&out);
	buf_clear(&want);
}

static void an_address_is_replaced_and_no_other_byte_changes(void **state)
{
	static const char before[] = "\xef\xbb\xbf# http://a.example/\n\t\"http://a.example/\"\"tag\" ~T # x\r\nhttp://a.example/ x\nhttp://a.example/b http://a.example/\nhttp://a.example/";
	static const char after[] = "\xef\xbb\xbf# http://a.example/\n\t\"https://b.example/#top\"\"tag\" ~T # x\r\n\"https://b.example/#top\" x\nhttp://a.example/b http://a.example/\n\"https://b.example/#top\"";
	struct buf out = BUF_INIT;

	(void)state;
	assert_true(urls_moved(&out, before, strlen(before), "http://a.example/", "https://b.example/#top"));
	assert_string_equal(buf_str(&out), after);
	buf_cut(&out, 0);
	assert_false(urls_moved(&out, before, strlen(before), "http://nobody.example/", "https://b.example/"));
	assert_string_equal(buf_str(&out), before);
	buf_clear(&out);
}

static void a_line_that_is_written_says_nothing_else(void **state)
{
	const char *tags[] = { "~not a title", "!not hidden", "line\nend", "#no comment" };
	const struct sub sub = { .url = "http://a.example/", .title = "a\x1b[31m\nb", .tags = tags, .n_tags = 4 };
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct subs subs;

	(void)state;
	urls_line(&sub, &out);
	assert_ptr_equal(strchr(out.s, '\n'), out.s + out.len - 1);
	assert_int_equal(urls_read(&a, out.s, out.len, &subs, NULL), OK);
	assert_int_equal(subs.n, 1);
	assert_string_equal(subs.sub[0].title, "a[31m b");
	assert_false(subs.sub[0].hidden);
	assert_int_equal(subs.sub[0].n_tags, 4);
	assert_string_equal(subs.sub[0].tags[0], "not a title");
	assert_string_equal(subs.sub[0].tags[3], "#no comment");
	buf_clear(&out);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_read_as_newsboat_reads_them),
		cmocka_unit_test(an_open_quote_is_named_by_its_line),
		cmocka_unit_test(a_line_is_taken_out_and_no_other_byte_changes),
		cmocka_unit_test(an_address_is_replaced_and_no_other_byte_changes),
		cmocka_unit_test(a_line_that_is_written_says_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
