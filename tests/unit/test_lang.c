/* lang - which language a text is in, and which words of it tell nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "text/lang.h"
#include "text/stopwords.h"

struct sample {
	const char *lang, *text;
};

/* The beginnings of articles, two of most languages. */
static const struct sample sample[] = {
	{ "en", "The ferry that links the two islands will not sail before Thursday, its owner said, because the engine has to be rebuilt." },
	{ "en", "A small library in the hills has lent its last paper book and nobody in the village seems to mind." },
	{ "de", "Die Fähre zwischen den beiden Inseln fährt erst am Donnerstag wieder, weil der Motor überholt werden muss, teilte die Reederei mit." },
	{ "de", "Nach dem Hochwasser räumen Freiwillige den Keller des Museums aus; das Wehr hat gehalten." },
	{ "fr", "Le bac qui relie les deux îles ne partira pas avant jeudi, car le moteur doit être reconstruit, a déclaré son propriétaire." },
	{ "fr", "Au bord du canal, une poignée d'artistes a repeint les façades, et la mairie n'a rien dit." },
	{ "es", "El barco que une las dos islas no saldrá antes del jueves porque hay que reparar el motor, según su dueño." },
	{ "it", "Il traghetto che collega le due isole non partirà prima di giovedì perché il motore deve essere riparato." },
	{ "pt", "A balsa que liga as duas ilhas não vai sair antes de quinta-feira porque o motor precisa ser refeito, disse o dono." },
	{ "nl", "De veerboot tussen de twee eilanden vaart pas donderdag weer, omdat de motor moet worden gereviseerd, zegt de eigenaar." },
	{ "sv", "Färjan mellan de två öarna går inte förrän på torsdag eftersom motorn måste byggas om, säger ägaren." },
	{ "da", "Færgen mellem de to øer sejler ikke før torsdag, fordi motoren skal bygges om, siger ejeren, og hun beklager." },
	{ "no", "Fergen mellom de to øyene går ikke før torsdag fordi motoren må bygges om, sier eieren, og hun beklager at det tar tid." },
	{ "fi", "Lautta ei kulje saarten välillä ennen torstaita, koska moottori on korjattava, ja omistaja sanoo että se on kuitenkin hyvä asia." },
	{ "pl", "Prom, który łączy obie wyspy, nie popłynie przed czwartkiem, ponieważ silnik musi być naprawiony, a to nie jest proste." },
	{ "cs", "Trajekt, který spojuje oba ostrovy, nevypluje před čtvrtkem, protože se musí opravit motor, a to není jednoduché." },
	{ "hu", "A két szigetet összekötő komp csak csütörtökön indul, mert a motort meg kell javítani, és ez nem egyszerű." },
	{ "ro", "Feribotul care leagă cele două insule nu va pleca înainte de joi, pentru că motorul trebuie reparat, dar este bine." },
	{ "tr", "İki adayı birbirine bağlayan vapur perşembeden önce kalkmayacak, çünkü motor için yeni bir parça gerekiyor ve bu çok zaman alacak." },
	{ "ru", "Паром, который связывает два острова, не выйдет до четверга, потому что двигатель нужно перебрать." },
	{ "uk", "Пором, який з'єднує два острови, не вийде до четверга, тому що двигун треба перебрати." },
	{ "bg", "Фериботът, който свързва двата острова, няма да тръгне преди четвъртък, защото двигателят трябва да се ремонтира." },
	{ "zh", "连接两个岛屿的渡轮要到星期四才会开航，因为发动机需要重新组装。" },
	{ "zh", "北京三月的一个早晨，ABC公司的机器人在街上送报。" },
	{ "ja", "二つの島を結ぶ連絡船は木曜日まで出航しない。" },
	{ "ko", "두 섬을 잇는 여객선은 목요일까지 운항하지 않는다." },
	{ "th", "เรือข้ามฟากจะไม่ออกก่อนวันพฤหัสบดี" },
	{ "el", "Το πλοίο που ενώνει τα δύο νησιά δεν θα φύγει πριν από την Πέμπτη." },
	{ "ar", "لن تبحر العبارة قبل يوم الخميس" },
	{ "he", "המעבורת לא תצא לפני יום חמישי" },
	{ "hi", "नाव गुरुवार से पहले नहीं चलेगी" },
};

#define SAMPLES (sizeof sample / sizeof sample[0])

static void each_language_is_known_from_a_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLES; i++)
		assert_string_equal(lang_detect(sample[i].text, strlen(sample[i].text), NULL), sample[i].lang);
}

static void a_wrong_tag_does_not_overrule_a_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		const char *wrong = strcmp(sample[i].lang, "en") ? "en-US" : "fi";

		assert_string_equal(lang_detect(sample[i].text, strlen(sample[i].text), wrong), sample[i].lang);
	}
}

static void the_tag_decides_where_the_text_does_not(void **state)
{
	(void)state;
	assert_string_equal(lang_detect("Norrsund", 8, "sv-SE"), "sv");
	assert_string_equal(lang_detect("", 0, "pt_BR"), "pt");
	assert_string_equal(lang_detect("42", 2, "DE"), "de");
	assert_string_equal(lang_detect("Egun on mundua", 14, "eu"), "eu");
	assert_string_equal(lang_detect("Været", 6, "nb-NO"), "no");
	/* a script that several languages write */
	assert_string_equal(lang_detect("東京都知事選挙", strlen("東京都知事選挙"), "ja"), "ja");
	assert_string_equal(lang_detect("東京都知事選挙", strlen("東京都知事選挙"), NULL), "zh");
	assert_string_equal(lang_detect("کشتی پیش از پنجشنبه", strlen("کشتی پیش از پنجشنبه"), "fa-IR"), "fa");
}

static void nothing_tells_nothing(void **state)
{
	(void)state;
	assert_string_equal(lang_detect("", 0, NULL), "");
	assert_string_equal(lang_detect("Norrsund", 8, NULL), "");
	assert_string_equal(lang_detect("2026 !!", 7, "klingon"), "");
	assert_string_equal(lang_detect("Norrsund", 8, "x"), "");
	assert_string_equal(lang_detect("\xFF\xFE\xC3", 3, NULL), "");
}

static void a_long_text_is_decided_by_its_beginning(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 2000; i++)
		buf_puts(&b, "the ferry and the island of the sea was not there when they had come ");
	assert_string_equal(lang_detect(b.s, b.len, NULL), "en");
	buf_clear(&b);
}

static void stop_words_belong_to_their_language(void **state)
{
	(void)state;
	assert_true(lang_stop_word("en", "the", 3));
	assert_true(lang_stop_word("en", "isn't", 5));
	assert_false(lang_stop_word("en", "thermal", 7));
	assert_false(lang_stop_word("en", "th", 2));
	assert_false(lang_stop_word("en", "der", 3));
	assert_true(lang_stop_word("de", "der", 3));
	assert_true(lang_stop_word("de", "ausser", 6)); /* folded */
	assert_true(lang_stop_word("zh", "的", 3));
	assert_true(lang_stop_word("zh", "一", 3));
	assert_true(lang_stop_word("ja", "って", 6));
	assert_true(lang_stop_word("el", "τησ", 6)); /* folded */
	assert_true(lang_stop_word("he", "את", 4));
	assert_false(lang_stop_word("xx", "the", 3));
	assert_false(lang_stop_word(NULL, "the", 3));
	assert_false(lang_stop_word("en", "", 0));
}

static void the_table_is_in_order_and_every_word_is_found(void **state)
{
	static const char *const code[STOP_LANG_COUNT] = { "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro",
		"tr", "ru", "uk", "bg", "zh", "ja", "ko", "th", "el", "ar", "he" };
	static const struct stop_table *const table[] = { &stop_latin, &stop_other };
	int count[STOP_LANG_COUNT] = { 0 };

	(void)state;
	for (size_t t = 0; t < 2; t++)
		for (size_t i = 0; i < table[t]->n; i++) {
			const struct stop_word *w = &table[t]->word[i];

			if (i)
				assert_true(strcmp(w[-1].word, w->word) < 0);
			for (int l = 0; l < STOP_LANG_COUNT; l++) {
				int listed = w->langs >> l & 1;

				assert_int_equal(lang_stop_word(code[l], w->word, strlen(w->word)), listed);
				count[l] += listed;
			}
		}
	for (int l = 0; l < STOP_LANG_COUNT; l++)
		assert_true(count[l] >= 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_language_is_known_from_a_sentence),
		cmocka_unit_test(a_wrong_tag_does_not_overrule_a_text),
		cmocka_unit_test(the_tag_decides_where_the_text_does_not),
		cmocka_unit_test(nothing_tells_nothing),
		cmocka_unit_test(a_long_text_is_decided_by_its_beginning),
		cmocka_unit_test(stop_words_belong_to_their_language),
		cmocka_unit_test(the_table_is_in_order_and_every_word_is_found),
	};

	return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
