/* base - buffers, maps, arenas, text, random numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/date_quick.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/spell.h"
#include "base/utf8.h"

#define STR(s) (s), sizeof(s) - 1

static void a_sentence_keeps_its_code_when_a_place_is_put_before_it(void **state)
{
	struct err_info info = ERR_INFO_INIT;

	(void)state;
	errno = ENOSPC;
	assert_int_equal(err_errno(&info, "writing"), ERR_FULL);
	assert_int_equal(err_at(&info, "file %d", 7), ERR_FULL);
	assert_string_equal(info.text, "file 7: writing: No space left on device");
}

/* The longest sentence is cut, and so are the words that a place is put before; a letter of two, three or four bytes stays whole or goes. */
static void a_sentence_that_is_too_long_is_cut_between_characters(void **state)
{
	static const char *const letter[] = { "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80" };
	char place[300];

	(void)state;
	memset(place, 'x', sizeof place);
	for (size_t k = 0; k < 3; k++) {
		for (size_t shift = 0; shift < 4; shift++) {
			struct err_info info = ERR_INFO_INIT;
			struct buf words = BUF_INIT;

			buf_add(&words, "aaaa", shift);
			for (int i = 0; i < 300; i++)
				buf_puts(&words, letter[k]);
			(void)err_set(&info, ERR_IO, "%s", buf_str(&words));
			assert_true(utf8_valid(info.text, strlen(info.text)) && strlen(info.text) > sizeof info.text - 5);
			(void)err_at(&info, "%.*s%s", 196 + (int)shift, place, buf_str(&words));
			assert_true(utf8_valid(info.text, strlen(info.text)) && strlen(info.text) > 490);
			errno = ENOENT;
			(void)err_errno(&info, "%s", buf_str(&words));
			assert_true(utf8_valid(info.text, strlen(info.text)) && strstr(info.text, ": No such file"));
			buf_clear(&words);
		}
	}
}

static void a_sentence_never_drives_a_terminal(void **state)
{
	struct err_info info = ERR_INFO_INIT;

	(void)state;
	(void)err_set(&info, ERR_SYNTAX, "near '%s'", "\x1b[31m\xe2\x80\xae\xff\x07");
	assert_string_equal(info.text, "near '[31m\xef\xbf\xbd'");
	(void)err_at(&info, "\x1b]0;%s", "x");
	assert_string_equal(info.text, "]0;x: near '[31m\xef\xbf\xbd'");
}

static void a_file_is_replaced_as_a_whole_and_through_a_link(void **state)
{
	char dir[] = "/tmp/eclose-base-XXXXXX", file[64], link[64];
	struct buf b = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(file, sizeof file, "%s/real", dir);
	snprintf(link, sizeof link, "%s/link", dir);
	assert_int_equal(buf_write_file(file, "one", 3, 0600, &info), OK);
	assert_int_equal(symlink(file, link), 0);
	assert_int_equal(buf_write_file(link, "two!", 4, 0600, &info), OK);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(buf_read_file(&b, file, 100, &info), OK);
	assert_string_equal(buf_str(&b), "two!");
	assert_int_equal(buf_read_file(&b, file, 3, &info), ERR_LIMIT);
	assert_string_equal(buf_str(&b), "two!");
	assert_int_equal(buf_read_file(&b, "/nowhere/at/all", 3, &info), ERR_NOTFOUND);
	buf_clear(&b);
	unlink(link);
	unlink(file);
	rmdir(dir);
}

static void a_map_finds_what_was_put_among_many(void **state)
{
	struct map m = MAP_INIT;
	char key[16];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		int n = snprintf(key, sizeof key, "k%d", i);
		bool added;

		assert_int_equal(*map_at(&m, key, (size_t)n, i, &added), i);
		assert_true(added);
	}
	for (int i = 0; i < 5000; i++) {
		int n = snprintf(key, sizeof key, "k%d", i);

		assert_int_equal(map_get(&m, key, (size_t)n, -1), i);
	}
	assert_int_equal(map_get(&m, STR("k5000"), -1), -1);
	assert_int_equal(map_get(&m, STR("k\0"), -1), -1);
	assert_int_equal(m.n, 5000);
	map_clear(&m);
}

static void decoding_and_encoding_agree_for_every_character(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		char s[4];
		size_t n = utf8_encode(cp, s);
		uint32_t back;

		assert_int_equal(utf8_decode(s, n, &back), n);
		assert_int_equal(back, cp >= 0xd800 && cp < 0xe000 ? UTF8_BAD : cp);
	}
}

static void bad_bytes_are_replaced_one_by_one(void **state)
{
	static const char *const bad[] = { "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xe2\x82", "\x80" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint32_t cp;

		assert_false(utf8_valid(bad[i], strlen(bad[i])));
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
		assert_int_equal(cp, UTF8_BAD);
	}
}

static void assert_clean(const char *in, size_t n, enum utf8_keep keep, const char *want)
{
	struct buf b = BUF_INIT;

	utf8_clean(&b, in, n, keep);
	assert_string_equal(buf_str(&b), want);
	buf_clear(&b);
}

static void nothing_that_drives_a_terminal_survives_cleaning(void **state)
{
	(void)state;
	assert_clean(STR("a\x1b[31mb\x07\x00" "c\x7f" "d"), UTF8_LINE, "a[31mbcd");
	assert_clean(STR("x\xc2\x9b" "31my"), UTF8_LINE, "x31my");
	assert_clean(STR("\xe2\x80\xae" "evil\xe2\x80\xac"), UTF8_LINE, "evil");
	assert_clean(STR("  two \t\r\n words \n"), UTF8_LINE, "two words");
	assert_clean(STR("one\r\ntwo\rthree\n"), UTF8_TEXT, "one\ntwo\nthree\n");
	assert_clean(STR("\xed\xa0\x80."), UTF8_LINE, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd.");
}

static void a_flood_of_combining_marks_is_stopped(void **state)
{
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	buf_puts(&in, "e");
	for (int i = 0; i < 1000; i++)
		buf_puts(&in, "\xcc\x81");
	utf8_clean(&out, in.s, in.len, UTF8_LINE);
	assert_int_equal(out.len, 1 + 8 * 2);
	buf_clear(&in);
	buf_clear(&out);
}

/* What is looked at eight bytes at a time is what is looked at one by one: a start of any length, and any pieces, change nothing. */
static void cleaning_is_the_same_wherever_a_text_begins_and_is_parted(void **state)
{
	static const char *const pieces[] = { "plain words ", "\n", "\t", "\r\n", "\x1b[1m", "\x7f", "\xc3\xa9", "\xd0\xb6", "\xe4\xb8\xad", "\xe3\x82\x99", "\xcc\x81", "\xe2\x80\xae", "\xff", "\xe4\xb8", "\xc2\x9b", "~",
		"\xf0\x9f\x98\x80", "\xc2\xad", "\x1f" };
	struct buf in = BUF_INIT, whole = BUF_INIT, parted = BUF_INIT;
	struct rng r;

	(void)state;
	rng_seed(&r, 3);
	for (int round = 0; round < 3000; round++) {
		size_t pad = rng_below(&r, 9);
		int marks = 0;

		buf_cut(&in, 0);
		buf_cut(&whole, 0);
		buf_cut(&parted, 0);
		buf_add(&parted, "--------", pad);
		for (int i = 0; i < 12; i++) {
			const char *piece = pieces[rng_below(&r, sizeof pieces / sizeof *pieces)];

			buf_puts(&in, piece);
			utf8_clean_on(&parted, piece, strlen(piece), &marks);
		}
		buf_add(&whole, "--------", pad);
		utf8_clean(&whole, in.s, in.len, UTF8_TEXT);
		assert_string_equal(buf_str(&whole), buf_str(&parted));
		assert_true(utf8_valid(whole.s, whole.len));
		assert_null(strpbrk(whole.s, "\x1b\x7f\x1f\r"));
	}
	buf_clear(&in);
	buf_clear(&whole);
	buf_clear(&parted);
}

/* Of any character that combines eight stay on a letter, of any other that may be shown all. */
static void every_character_is_judged_by_what_it_is(void **state)
{
	(void)state;
	for (uint32_t cp = 0xa0; cp < 0x20000; cp++) {
		struct buf in = BUF_INIT, out = BUF_INIT;
		char bytes[4];
		size_t n = utf8_encode(cp, bytes);

		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		buf_puts(&in, "e");
		for (int i = 0; i < 10; i++)
			buf_add(&in, bytes, n);
		utf8_clean(&out, in.s, in.len, UTF8_TEXT);
		if (u_charType((UChar32)cp) == U_NON_SPACING_MARK || u_charType((UChar32)cp) == U_ENCLOSING_MARK)
			assert_int_equal(out.len, 1 + 8 * n);
		else if (u_isalpha((UChar32)cp))
			assert_int_equal(out.len, 1 + 10 * n);
		buf_clear(&in);
		buf_clear(&out);
	}
}

static void clusters_have_the_cells_that_a_terminal_gives_them(void **state)
{
	static const struct { const char *s; int cells; } want[] = {
		{ "abc", 3 }, { "\xe4\xb8\xad\xe6\x96\x87", 4 }, { "e\xcc\x81", 1 }, { "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", 2 },
		{ "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac", 2 }, { "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", 2 }, { "\xe2\x9d\xa4\xef\xb8\x8f", 2 }, { "\xc3\xa9", 1 }, { "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_int_equal(utf8_cells(want[i].s, strlen(want[i].s)), want[i].cells);
}

static void fitting_never_splits_a_cluster(void **state)
{
	const char *s = "a\xe4\xb8\xad" "e\xcc\x81z";
	int w;

	(void)state;
	assert_int_equal(utf8_fit(s, strlen(s), 2, &w), 1);
	assert_int_equal(w, 1);
	assert_int_equal(utf8_fit(s, strlen(s), 4, &w), 7);
	assert_int_equal(w, 4);
	assert_int_equal(utf8_fit(s, strlen(s), 0, &w), 0);
}

static void the_same_seed_gives_the_same_numbers_with_the_right_moments(void **state)
{
	struct rng a, b;
	double sum = 0, square = 0, n = 100000;

	(void)state;
	rng_seed(&a, 42);
	rng_seed(&b, 42);
	for (int i = 0; i < 100; i++)
		assert_true(rng_u64(&a) == rng_u64(&b));
	for (int i = 0; i < (int)n; i++) {
		double x = rng_normal(&a);

		sum += x;
		square += x * x;
		assert_in_range(rng_below(&b, 7), 0, 6);
	}
	assert_true(fabs(sum / n) < 0.02);
	assert_true(fabs(square / n - 1) < 0.02);
}

static void a_slip_of_the_pen_is_near_and_another_word_is_not(void **state)
{
	(void)state;
	assert_int_equal(spell_distance("slider", "slider"), 0);
	assert_int_equal(spell_distance("slidre", "slider"), 2);
	assert_int_equal(spell_distance("", "feeds"), 5);
	assert_int_equal(spell_distance("kitten", "sitting"), 3);
	assert_true(spell_near("feds", "feeds"));
	assert_false(spell_near("best", "slider"));
}

/* ---- dates that need no thought ---- */

/* The blank behind it sends date_parse() the long way. */
static void same_date(const char *s)
{
	char slow[80];
	int64_t quick, t;

	snprintf(slow, sizeof slow, "%s ", s);
	if (!date_quick(s, &quick))
		fail_msg("\"%s\" is not read at once", s);
	if (!date_parse(slow, &t) || t != quick)
		fail_msg("\"%s\" is read as %lld at once and as %lld else", s, (long long)quick, (long long)t);
}

static void a_date_is_read_at_once_as_it_is_read_with_thought(void **state)
{
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	static const char *const zone[] = { "GMT", "UT", "UTC", "Z", "+0200", "-0730", "+0000", "-0000", "+1400" };
	static const char *const offset[] = { "Z", "+02:00", "-07:30", "+00:00", ".5Z", ".123456+05:45" };
	struct rng r;

	(void)state;
	rng_seed(&r, 5);
	for (int i = 0; i < 20000; i++) {
		char s[64];
		int year = 1970 + (int)rng_below(&r, 130), m = 1 + (int)rng_below(&r, 12), day = 1 + (int)rng_below(&r, 28);
		int hour = (int)rng_below(&r, 24), min = (int)rng_below(&r, 60), sec = (int)rng_below(&r, 60);

		snprintf(s, sizeof s, i % 2 ? "Tue, %d %s %d %02d:%02d:%02d %s" : "Fri, %02d %s %d %02d:%02d:%02d %s", day, month[m - 1], year, hour, min, sec, zone[i % 9]);
		same_date(s);
		snprintf(s, sizeof s, "%d-%02d-%02dT%02d:%02d:%02d%s", year, m, day, hour, min, sec, offset[i % 6]);
		same_date(s);
	}
}

static void what_is_not_to_the_letter_is_left_to_thought(void **state)
{
	static const char *const other[] = { "", "2026", "2026-02-30T00:00:00Z", "2026-03-31T24:00:00Z", "2026-03-31T08:00:60Z", "2026-03-31T08:00:00", "2026-03-31 08:00:00Z",
		"2026-03-31T08:00:00+0200", "Tue, 31 Mar 26 08:00:00 GMT", "Tue, 31 Mar 2026 08:00 GMT", "Tue, 31 Mar 2026 08:00:00", "Tue, 31 Mar 2026 08:00:00 EST",
		"Xyz, 31 Mar 2026 08:00:00 GMT", "Tue, 31 Mrz 2026 08:00:00 GMT", "Tue, 31 Apr 2026 08:00:00 GMT", "Tue, 31 Mar 2026 08:00:00 +99", "Tue,", "Tue, 1" };
	int64_t t = 7;

	(void)state;
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		if (date_quick(other[i], &t))
			fail_msg("\"%s\" is read at once", other[i]);
	assert_int_equal(t, 7);
}

/* ---- memory ---- */

static void an_arena_that_is_emptied_keeps_a_chunk(void **state)
{
	struct arena a = ARENA_INIT;
	size_t before, after;
	char *small, *large;

	(void)state;
	small = arena_strdup(&a, "small");
	before = arena_size(&a);
	large = arena_alloc(&a, (size_t)3 << 20);
	memset(large, 'x', (size_t)3 << 20);
	after = arena_size(&a);
	assert_true(after - before < ((size_t)3 << 20) + 4096); /* no more than was asked for */
	assert_ptr_equal(arena_alloc(&a, 16), small + 16);      /* and the room that there was is still used */
	arena_reset(&a);
	assert_true(arena_size(&a) <= (size_t)1 << 20 && arena_size(&a) > 0);
	assert_string_equal(arena_strdup(&a, "again"), "again");
	arena_clear(&a);
	arena_reset(&a);
	assert_int_equal(arena_size(&a), 0);
}

static void what_is_spent_takes_nothing_else_with_it(void **state)
{
	const size_t n = (size_t)1 << 20, from = 12345, to = n - 23456;
	char *block = mem_alloc(n);

	(void)state;
	memset(block, 'x', n);
	mem_spend(block + from, block + to);
	for (size_t i = 0; i < n; i++)
		if (block[i] != 'x' && (i < from || i >= to || block[i] != '\0'))
			fail_msg("byte %zu is %d", i, block[i]);
	mem_spend(block + 5, block + 6);
	assert_int_equal(block[5], 'x');
	free(block);
}

static void numbers_are_written_as_printf_would(void **state)
{
	const int64_t n[] = { 0, 1, -1, 9, 10, 1774936800, INT64_MAX, INT64_MIN, INT64_MIN + 1 };
	struct buf b = BUF_INIT, want = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
		buf_int(&b, n[i]);
		buf_printf(&want, "%lld", (long long)n[i]);
	}
	assert_string_equal(buf_str(&b), buf_str(&want));
	buf_clear(&b);
	buf_clear(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_as_printf_would),
		cmocka_unit_test(a_sentence_keeps_its_code_when_a_place_is_put_before_it),
		cmocka_unit_test(a_sentence_never_drives_a_terminal),
		cmocka_unit_test(a_sentence_that_is_too_long_is_cut_between_characters),
		cmocka_unit_test(a_file_is_replaced_as_a_whole_and_through_a_link),
		cmocka_unit_test(a_map_finds_what_was_put_among_many),
		cmocka_unit_test(decoding_and_encoding_agree_for_every_character),
		cmocka_unit_test(bad_bytes_are_replaced_one_by_one),
		cmocka_unit_test(nothing_that_drives_a_terminal_survives_cleaning),
		cmocka_unit_test(a_flood_of_combining_marks_is_stopped),
		cmocka_unit_test(cleaning_is_the_same_wherever_a_text_begins_and_is_parted),
		cmocka_unit_test(every_character_is_judged_by_what_it_is),
		cmocka_unit_test(clusters_have_the_cells_that_a_terminal_gives_them),
		cmocka_unit_test(fitting_never_splits_a_cluster),
		cmocka_unit_test(the_same_seed_gives_the_same_numbers_with_the_right_moments),
		cmocka_unit_test(a_date_is_read_at_once_as_it_is_read_with_thought),
		cmocka_unit_test(what_is_not_to_the_letter_is_left_to_thought),
		cmocka_unit_test(an_arena_that_is_emptied_keeps_a_chunk),
		cmocka_unit_test(what_is_spent_takes_nothing_else_with_it),
		cmocka_unit_test(a_slip_of_the_pen_is_near_and_another_word_is_not),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
