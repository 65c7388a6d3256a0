/* terms - words as ICU finds them, folded, stemmed; and the short way for plain text against ICU's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "text/terms.h"

static int setup(void **state)
{
	struct terms *t;

	if (terms_new(&t, NULL) != OK)
		return -1;
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	terms_free(*state);
	return 0;
}

static void note_term(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	(void)surface, (void)surface_n;
	buf_add(user, term, n);
	buf_putc(user, '|');
}

static void note_both(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	buf_add(user, surface, surface_n);
	buf_putc(user, '>');
	buf_add(user, term, n);
	buf_putc(user, '|');
}

static void expect(struct terms *t, const char *lang, const char *text, const char *want)
{
	struct buf got = BUF_INIT;
	size_t count = 0, n;

	n = terms_each(t, text, strlen(text), lang, note_term, &got);
	assert_string_equal(buf_str(&got), want);
	for (const char *s = want; *s; s++)
		count += *s == '|';
	assert_int_equal(n, count);
	buf_clear(&got);
}

static void english_is_folded_stemmed_and_without_stop_words(void **state)
{
	struct buf b = BUF_INIT;
	const char *text = "The Readers' comets weren't BRIGHTENING; readers read.";

	expect(*state, "en", text, "reader|comet|brighten|reader|read|");
	terms_each(*state, text, strlen(text), "en", note_both, &b);
	assert_string_equal(buf_str(&b), "readers>reader|comets>comet|brightening>brighten|readers>reader|read>read|");
	buf_clear(&b);
}

static void names_with_signs_and_numbers_stay_whole(void **state)
{
	expect(*state, "en", "C++ and C# beat C, says F#.", "c++|c#|beat|f#|");
	expect(*state, "en", "An F-16 and an A-320 met COVID-19 at 3.5 km", "f-16|a-320|met|covid-19|3.5|km|");
}

static void apostrophes_of_every_shape_are_one(void **state)
{
	expect(*state, NULL, "don't don\xE2\x80\x99t rock'n'roll", "don't|don't|rock'n'roll|");
	expect(*state, "en", "don't don\xE2\x80\x99t the river's the river\xE2\x80\x99s it's", "river|river|");
}

static void elisions_are_taken_off_in_french_and_italian(void **state)
{
	expect(*state, "fr", "L\xE2\x80\x99orage qu'annonce d'abord aujourd'hui", "orag|annonc|");
	expect(*state, "it", "dell'acqua l'uomo un'isola", "acqua|uom|isol|");
	expect(*state, "en", "l'orage", "l'orag|");
}

static void single_letters_and_digits_are_left_out(void **state)
{
	expect(*state, NULL, "a 7 x2 42 _ __b__ \xC3\xA9 \xD0\xB6", "x2|42|");
}

static void german_russian_and_swedish_are_stemmed(void **state)
{
	expect(*state, "de", "Die Überschwemmungen der Straße", "uberschwemm|strass|");
	expect(*state, "ru", "Новые наводнения в городах", "нов|наводнен|город|");
	expect(*state, "sv", "Översvämningarna är över", "översvämning|");
}

static void chinese_japanese_and_thai_part_into_words(void **state)
{
	expect(*state, "zh", "北京的天气很好", "北京|天气|很好|");
	expect(*state, "ja", "東京の天気は良い", "東京|天気|良い|");
	expect(*state, "th", "แมวกินปลา", "แมว|กิน|ปลา|");
	expect(*state, "zh", "一个人看文件", "文件|");
	expect(*state, "ja", "走っている", "走|");
}

static void an_address_gives_its_names_only(void **state)
{
	expect(*state, "en", "see http://ferry.example/tides or https://ferry.example", "see|ferry.exampl|tide|ferry.exampl|");
}

static void compatibility_forms_fold_to_the_plain_word(void **state)
{
	/* full width, ligature, decomposed accent, soft hyphen, narrow no-break space */
	expect(*state, NULL, "\xEF\xBC\xA1\xEF\xBC\xA2\xEF\xBC\xA3 \xEF\xAC\x81sh", "abc|fish|");
	expect(*state, NULL, "cafe\xCC\x81 caf\xC3\xA9 CAF\xC3\x89", "café|café|café|");
	expect(*state, NULL, "ex\xC2\xADtra", "extra|");
	expect(*state, NULL, "vaccin\xE2\x80\xAF: 78\xE2\x80\xAF%", "vaccin|78|");
}

static void an_unknown_language_neither_stems_nor_stops(void **state)
{
	expect(*state, "xx", "the comets", "the|comets|");
	expect(*state, "not a language at all", "the comets", "the|comets|");
	expect(*state, NULL, "", "");
}

static void broken_utf8_and_endless_words_do_no_harm(void **state)
{
	struct buf b = BUF_INIT, got = BUF_INIT;

	expect(*state, "en", "comet \xFF\xC3 comet \xED\xA0\x80 \xE5\x8C", "comet|comet|");
	for (int i = 0; i < 5000; i++)
		buf_puts(&b, "abcdefgh");
	buf_puts(&b, " end");
	assert_int_equal(terms_each(*state, b.s, b.len, NULL, note_term, &got), 1);
	assert_string_equal(buf_str(&got), "end|");
	buf_clear(&b);
	buf_clear(&got);
}

static void the_cache_keeps_languages_apart(void **state)
{
	for (int i = 0; i < 2; i++) {
		expect(*state, "en", "die was", "die|");
		expect(*state, "de", "die was", "");
		expect(*state, "fr", "die was", "di|was|");
	}
}

/* ---- the short way against ICU's ---- */

static void same_both_ways(struct terms *t, const char *lang, const char *text, size_t n)
{
	struct buf quick = BUF_INIT, slow = BUF_INIT;

	terms_each(t, text, n, lang, note_both, &quick);
	terms_only_icu(t, 1);
	terms_each(t, text, n, lang, note_both, &slow);
	terms_only_icu(t, 0);
	assert_string_equal(buf_str(&quick), buf_str(&slow));
	buf_clear(&quick);
	buf_clear(&slow);
}

static void plain_text_comes_out_as_by_icu(void **state)
{
	static const char *const text[] = {
		"The U.S. and e.g. http://a.example/b?c=d_e&f=1,000.5 \"quoted\" (3.14)... end.Next a:b 10:30 1.000,50 x_1 _y_ 'single' o'clock 'tis rock'n'roll",
		"\xE2\x80\x9CTypographic\xE2\x80\x9D \xE2\x80\x98quotes\xE2\x80\x99 \xE2\x80\x94 dash\xE2\x80\x94line, caf\xC3\xA9\xE2\x80\xA6 na\xC3\xAFve co-op \xC2\xAB la vie \xC2\xBB 5\xC2\xA0km \xC2\xB2\xC2\xBD",
		"Straße İstanbul ıspanak ŉ ĳs ſet Łódź Čeština ŒUVRE Ελλάδα ΣΊΣΥΦΟΣ Привет, мир! Ёлка ЇЖАК",
		"don't F-16 C++ mail@example.org 2026-03-31 12:30:45 100% $5.00 #tag @name C# 3,5 -4 1e9 0x1F",
		"l·l col·lecció a.b.c a..b 1.a a.1 a1.2b 1,2,3 a,b a;b 1;2 1'000 a\"b _._ a_'b 1_.2",
	};

	for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
		same_both_ways(*state, "en", text[i], strlen(text[i]));
		same_both_ways(*state, "fr", text[i], strlen(text[i]));
	}
}

static void random_text_comes_out_as_by_icu(void **state)
{
	/* letters are common enough that words grow, and what joins them stands between */
	static const uint32_t odd[] = { '.', ',', '\'', ':', ';', '_', '-', '"', 0x2019, 0x2018, 0xB7, 0x387, 0x2024, 0x2027, 0x203F, 0x2044, 0xAD, 0x301,
		0x4E2D, 0x3042, 0x30AB, 0xE01, 0xAC00, 0x5D0, 0x627, 0x1F600, 0x200D, 0xA9, 0x203C, 0x20AC, 0xFF0E, 0x660, 0x2070, 0x9, 0xA };
	struct rng r;

	rng_seed(&r, 7);
	for (int round = 0; round < 20000; round++) {
		char text[256];
		size_t n = 0, length = 4 + rng_below(&r, 40);

		for (size_t i = 0; i < length; i++) {
			uint32_t kind = rng_below(&r, 10), cp;

			if (kind < 4)
				cp = 'a' + rng_below(&r, 26);
			else if (kind < 5)
				cp = '0' + rng_below(&r, 10);
			else if (kind < 6)
				cp = rng_below(&r, 0x530);
			else if (kind < 7)
				cp = 0x2000 + rng_below(&r, 0x60);
			else if (kind < 8)
				cp = ' ';
			else
				cp = odd[rng_below(&r, sizeof odd / sizeof odd[0])];
			if (cp == 0)
				cp = 'n';
			n += utf8_encode(cp, text + n);
		}
		same_both_ways(*state, round % 2 ? "en" : NULL, text, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_is_folded_stemmed_and_without_stop_words),
		cmocka_unit_test(names_with_signs_and_numbers_stay_whole),
		cmocka_unit_test(apostrophes_of_every_shape_are_one),
		cmocka_unit_test(elisions_are_taken_off_in_french_and_italian),
		cmocka_unit_test(single_letters_and_digits_are_left_out),
		cmocka_unit_test(german_russian_and_swedish_are_stemmed),
		cmocka_unit_test(chinese_japanese_and_thai_part_into_words),
		cmocka_unit_test(an_address_gives_its_names_only),
		cmocka_unit_test(compatibility_forms_fold_to_the_plain_word),
		cmocka_unit_test(an_unknown_language_neither_stems_nor_stops),
		cmocka_unit_test(broken_utf8_and_endless_words_do_no_harm),
		cmocka_unit_test(the_cache_keeps_languages_apart),
		cmocka_unit_test(plain_text_comes_out_as_by_icu),
		cmocka_unit_test(random_text_comes_out_as_by_icu),
	};

	return cmocka_run_group_tests_name("terms", tests, setup, teardown);
}
