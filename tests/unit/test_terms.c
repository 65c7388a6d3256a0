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
	expect(*state, "en", "An F-16 and an A-320 met COVID-19 at 3.5 km", "f-16|a-320|met|covid-19|covid|3.5|km|");
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

/* ---- what each language gives ---- */

/* A sentence, and its terms: the word as written, behind it the term where it is another. */
static const struct {
	const char *lang, *text, *terms;
} table[] = {
	{ "en", "The naïve café owner's résumés weren't found by Alemu-Brandt, who ran 2:09:41 past comet C/2025 W3 with libzark-2.4.1.",
	  "naïve>naiv|café>cafe|owner|résumés>resum|found|alemu-brandt|alemu|brandt|ran|2:09:41|past|comet|c/2025 w3|libzark-2.4.1|libzark|" },
	{ "de", "Die Donaudampfschifffahrtsgesellschaft räumte nach dem Hochwasser die schönen Häuser in Baden-Württemberg; das Haus steht.",
	  "donaudampfschifffahrtsgesellschaft|räumte>raumt|hochwasser>hochwass|schönen>schon|häuser>haus|baden-württemberg>baden-wurttemberg|baden>bad|württemberg>wurttemberg|haus|steht|" },
	{ "fr", "L'été dernier, les ELEVES et un élève de l'école ont trouvé une île où les œufs d'un cœur-volant étaient cachés.",
	  "dernier>derni|eleves>elev|élève>elev|école>ecol|trouvé>trouv|île>ile|œufs>oeuf|cœur>coeur|volant>vol|cachés>cach|" },
	{ "es", "Los niños y las niñas encontraron este año una canción de Perú que la maestra había perdido.",
	  "niños>niñ|niñas>niñ|encontraron>encontr|canción>cancion|perú>peru|maestra>maestr|perdido>perd|" },
	{ "it", "La città ha riaperto l'università dopo che gli studenti avevano occupato un'aula dell'ateneo.",
	  "città>citt|riaperto>riapert|università>univers|studenti>student|occupato>occup|aula>aul|ateneo>atene|" },
	{ "pt", "As eleições em São Paulo não mudaram o país, disseram os irmãos que viviam na região.",
	  "eleições>eleico|paulo>paul|mudaram>mud|país>pais|disseram>diss|irmãos>irma|viviam>viv|região>regia|" },
	{ "nl", "De zeeën rond de eilanden worden warmer, zeggen onderzoekers die garnalenvissers interviewden.",
	  "zeeën>zeeen|eilanden>eiland|warmer|zeggen>zegg|onderzoekers>onderzoeker|garnalenvissers>garnalenvisser|interviewden>interviewd|" },
	{ "ru", "Ёлки в городах стояли до января, и новые наводнения на реке ещё не начались; елка упала.",
	  "ёлки>елк|городах>город|стояли>стоя|января>январ|новые>нов|наводнения>наводнен|реке>рек|начались>нача|елка>елк|упала>упа|" },
	{ "zh", "中国的科学家在北京发现了一种新的恐龙化石，我和他都不知道就是这样，目的是保护人们的城市。",
	  "中国|科学|北京|发现|恐龙|化石|目的|保护|人们|城市|" },
	{ "ja", "昨日、東京の科学者たちが新しい恐竜の化石を発見しました。コンピューターを使っています。",
	  "東京|科学|新しい|恐竜|化石|発見|コンピューター|使|" },
	{ "ar", "أعلن العلماء في القاهرة أنهم اكتشفوا كتابًا قديمًا، والمدينة الجديدة ستفتح أبوابها في المدينة.",
	  "أعلن>اعل|العلماء>علماء|القاهرة>قاهر|اكتشفوا>اكتشف|كتابًا>كتاب|قديمًا>قديم|والمدينة>مدين|الجديدة>جديد|ستفتح>تفتح|أبوابها>ابواب|المدينة>مدين|" },
	{ "th", "นักวิทยาศาสตร์พบฟอสซิลไดโนเสาร์ในจังหวัดและแมวกินปลา",
	  "นัก|วิทยาศาสตร์|พบ|ฟอสซิล|ไดโนเสาร์|จังหวัด|แมว|กิน|ปลา|" },
	{ "km", "អ្នកវិទ្យាសាស្ត្របានរកឃើញឆ្មានៅភ្នំពេញ",
	  "អ្នក|វិទ្យាសាស្ត្រ|បាន|រក|ឃើញ|ឆ្មា|ភ្នំពេញ|" },
	{ "ko", "과학자들은 서울에서 새로운 공룡 화석을 발견했고, 서울은 그 화석이 있다고 말했다.",
	  "과학자들은>과학자|서울에서>서울|새로운|공룡|화석을>화석|발견했고|서울은>서울|화석이>화석|" },
	{ "el", "Οι επιστήμονες βρήκαν στην Αθήνα ένα νέο απολίθωμα και η πόλη το γιόρτασε.",
	  "επιστήμονες>επιστημον|βρήκαν>βρ|αθήνα>αθην|νέο>νε|απολίθωμα>απολιθωμ|πόλη>πολ|γιόρτασε>γιορτασ|" },
	{ "sv", "Björnarna sover på ön där en ny älv rinner; öar och åar är inte oar.",
	  "björnarna>björn|sover>sov|ön|ny|älv|rinner>rinn|öar|åar|oar|" },
	{ "tr", "Ilık bir ışık İstanbul'da çocukların üzerine düştü; İSTANBUL ve ILIK.",
	  "ılık|ışık|istanbul'da>istanbul|çocukların>çocuk|üzerine>üzer|düştü>düş|istanbul|ılık|" },
};

static void note_change(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	if (n == surface_n && memcmp(term, surface, n) == 0)
		note_term(user, term, n, NULL, 0);
	else
		note_both(user, term, n, surface, surface_n);
}

static void every_language_gives_what_the_table_says(void **state)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct buf got = BUF_INIT;

		terms_each(*state, table[i].text, strlen(table[i].text), table[i].lang, note_change, &got);
		assert_string_equal(buf_str(&got), table[i].terms);
		buf_clear(&got);
	}
}

static void accents_are_matched_where_the_language_takes_them_for_the_same(void **state)
{
	expect(*state, "en", "naïve naive CAFÉS cafés cafes Zürich Zurich Łódź Lodz", "naiv|naiv|cafe|cafe|cafe|zurich|zurich|lodz|lodz|");
	expect(*state, "fr", "ÉTAT ETAT état sœur soeur", "etat|etat|etat|soeur|soeur|");
	expect(*state, "es", "caña cana Perú Peru", "cañ|can|peru|peru|");
	expect(*state, "ru", "ёлка елка", "елк|елк|");
	expect(*state, "el", "Αθήνα ΑΘΗΝΑ", "αθην|αθην|");
	/* letters of their own */
	expect(*state, "sv", "mål mal", "mål|mal|");
	expect(*state, "tr", "sır sir", "sır|sir|");
	expect(*state, "pl", "łaska laska", "łaska|laska|");
	/* an umlaut may be no more than the plural; Snowball's German stems are without */
	expect(*state, "de", "Apfel Äpfel Haus Häuser", "apfel|apfel|haus|haus|");
	/* a language that isn't known may be Vietnamese, where nearly every word would become another */
	expect(*state, NULL, "má ma", "má|ma|");
}

static void names_and_numbers_are_joined_and_nothing_else_is(void **state)
{
	expect(*state, NULL, "12:30 3:2 at:5 5:at a:b 1:a", "12:30|3:2|at|at|");
	expect(*state, NULL, "libzark-2.4.1 MH-17 Artemis-2 well-17 x-1-y F-16-like", "libzark-2.4.1|libzark|mh-17|artemis-2|artemis|well-17|well|16|like|");
	expect(*state, NULL, "C/2025 W3 P/2019 LD2, 2I/Borisov C/2025 W3a C/2025  W3 K/2025 W3 C/25 W3",
	       "c/2025 w3|p/2019 ld2|2i|borisov|2025|w3a|2025|w3|2025|w3|25|w3|");
	expect(*state, NULL, "Rio-Niterói-Brücke Alemu-brandt alemu-Brandt LONG-TERM Anglo-Saxon-style -Alemu-Brandt Jean-X",
	       "rio-niterói-brücke|rio|niterói|brücke|alemu|brandt|alemu|brandt|long|term|anglo|saxon|style|alemu|brandt|jean|");
}

static void particles_and_endings_are_taken_off(void **state)
{
	expect(*state, "zh", "红的 目的 的", "红|目的|");
	expect(*state, "ja", "ました しま りんご ねこ", "りんご|");
	expect(*state, "ko", "서울에서는 서울 나라 사람들이", "서울|서울|나라|사람|");
	expect(*state, "ar", "والمدينة المدينة", "مدين|مدين|");
	expect(*state, "tr", "İzmir'de İZMİR", "izmir|izmir|");
}

struct numbered {
	struct terms *t;
	struct buf out;
};

static void note_form(void *user, uint32_t form)
{
	struct numbered *n = user;
	uint32_t term;
	size_t len;
	const char *surface = terms_form(n->t, form, &len, &term);

	buf_add(&n->out, surface, len);
	buf_putc(&n->out, '>');
	buf_puts(&n->out, terms_spelling(n->t, term, &len));
	buf_putc(&n->out, '|');
}

static void numbers_stand_for_the_same_words_and_terms(void **state)
{
	struct numbered n = { *state, BUF_INIT };
	struct buf plain = BUF_INIT;
	size_t count, len;

	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
			count = terms_each(*state, table[i].text, strlen(table[i].text), table[i].lang, note_both, &plain);
			assert_int_equal(terms_each_form(*state, table[i].text, strlen(table[i].text), table[i].lang, note_form, &n), count);
		}
	assert_string_equal(buf_str(&n.out), buf_str(&plain));
	assert_null(terms_spelling(*state, (uint32_t)terms_count(*state), &len));
	for (uint32_t i = 1; i < terms_count(*state); i++)
		assert_string_not_equal(terms_spelling(*state, i - 1, &len), terms_spelling(*state, i, &len));
	buf_clear(&plain);
	buf_clear(&n.out);
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
		"10:30 1:2:3 a:1 1:a 1: :1 1::2 12:30:45,6 C/2025 W3 x C/2025 W3y libzark-2.4.1- Alemu-Brandt Über-Öl É-É (word) \"word\", (a) word). w,x",
		"l·l col·lecció a.b.c a..b 1.a a.1 a1.2b 1,2,3 a,b a;b 1;2 1'000 a\"b _._ a_'b 1_.2",
	};

	for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
		same_both_ways(*state, "en", text[i], strlen(text[i]));
		same_both_ways(*state, "fr", text[i], strlen(text[i]));
	}
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		same_both_ways(*state, table[i].lang, table[i].text, strlen(table[i].text));
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

/* ---- where they stand ---- */

struct seen_at { const char *text; size_t n; struct buf terms, words; };

static void note_at(void *user, const char *term, size_t n, size_t from, size_t to)
{
	struct seen_at *s = user;

	assert_true(from < to && to <= s->n);
	buf_add(&s->terms, term, n);
	buf_putc(&s->terms, '|');
	buf_add(&s->words, s->text + from, to - from);
	buf_putc(&s->words, '|');
}

static void at(struct terms *t, const char *lang, const char *text, const char *words)
{
	struct seen_at s = { .text = text, .n = strlen(text) };
	struct buf plain = BUF_INIT;

	(void)terms_each(t, text, s.n, lang, note_term, &plain);
	(void)terms_each_at(t, text, s.n, lang, note_at, &s);
	assert_string_equal(buf_str(&s.terms), buf_str(&plain)); /* the same terms in the same order */
	assert_string_equal(buf_str(&s.words), words);
	buf_clear(&plain);
	buf_clear(&s.terms);
	buf_clear(&s.words);
}

static void words_are_found_where_they_stand(void **state)
{
	at(*state, "en", "The Readers' comets weren't BRIGHTENING; readers read.", "Readers|comets|BRIGHTENING|readers|read|");
	at(*state, "en", "An F-16 met COVID-19 at 3.5 km: the river's ice.", "F-16|met|COVID-19|COVID|3.5|km|river's|ice|");
	at(*state, "fr", "L'étoile et la comète", "L'étoile|comète|");
	at(*state, "tr", "Işık İstanbul", "Işık|İstanbul|");
	at(*state, "zh", "彗星接近太阳", "彗星|接近|太阳|");
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
		cmocka_unit_test(every_language_gives_what_the_table_says),
		cmocka_unit_test(accents_are_matched_where_the_language_takes_them_for_the_same),
		cmocka_unit_test(names_and_numbers_are_joined_and_nothing_else_is),
		cmocka_unit_test(particles_and_endings_are_taken_off),
		cmocka_unit_test(numbers_stand_for_the_same_words_and_terms),
		cmocka_unit_test(words_are_found_where_they_stand),
		cmocka_unit_test(plain_text_comes_out_as_by_icu),
		cmocka_unit_test(random_text_comes_out_as_by_icu),
	};

	return cmocka_run_group_tests_name("terms", tests, setup, teardown);
}
