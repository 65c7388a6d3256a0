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

/* ---- twelve languages that share their letters with others, ten sentences of each ---- */

#define SENTENCES 10

static const struct {
	const char *lang, *text[SENTENCES];
} group[] = {
	{ "en", {
		"The council has put off its vote on the new bridge until March.",
		"Why the price of olive oil is not coming down this year",
		"Two climbers were brought to safety after a night on the glacier.",
		"She had never meant to open a bakery, but the oven was already there.",
		"Researchers say the old map shows a river that no longer exists.",
		"Trains between the two cities will stop for a week from Monday.",
		"How a small team built a telescope out of bicycle parts",
		"The film opens slowly and then does not let you go.",
		"Nobody knows who left the piano in the middle of the forest.",
		"There were more storks than people in the village this spring.",
	} },
	{ "de", {
		"Der Stadtrat hat die Entscheidung über die neue Brücke auf März verschoben.",
		"Warum Olivenöl in diesem Jahr nicht billiger wird",
		"Zwei Bergsteiger sind nach einer Nacht auf dem Gletscher gerettet worden.",
		"Sie wollte nie eine Bäckerei eröffnen, aber der Ofen stand schon da.",
		"Forscher sagen, die alte Karte zeige einen Fluss, den es nicht mehr gibt.",
		"Zwischen den beiden Städten fahren ab Montag eine Woche lang keine Züge.",
		"Wie ein kleines Team ein Fernrohr aus Fahrradteilen baute",
		"Der Film beginnt langsam und lässt einen dann nicht mehr los.",
		"Niemand weiß, wer das Klavier mitten im Wald stehen ließ.",
		"Im Frühjahr gab es in dem Dorf mehr Störche als Menschen.",
	} },
	{ "fr", {
		"Le conseil a repoussé au mois de mars son vote sur le nouveau pont.",
		"Pourquoi le prix de l'huile d'olive ne baisse pas cette année",
		"Deux alpinistes ont été secourus après une nuit sur le glacier.",
		"Elle n'avait jamais voulu ouvrir une boulangerie, mais le four était déjà là.",
		"Les chercheurs disent que la vieille carte montre une rivière qui n'existe plus.",
		"Les trains entre les deux villes ne circuleront pas pendant une semaine.",
		"Comment une petite équipe a construit un télescope avec des pièces de vélo",
		"Le film commence lentement, puis ne vous lâche plus.",
		"Personne ne sait qui a laissé le piano au milieu de la forêt.",
		"Il y avait plus de cigognes que d'habitants dans le village ce printemps.",
	} },
	{ "es", {
		"El ayuntamiento ha aplazado hasta marzo la votación sobre el nuevo puente.",
		"Por qué el precio del aceite de oliva no baja este año",
		"Dos montañeros fueron rescatados después de una noche en el glaciar.",
		"Nunca quiso abrir una panadería, pero el horno ya estaba allí.",
		"Los investigadores dicen que el mapa antiguo muestra un río que ya no existe.",
		"No habrá trenes entre las dos ciudades durante una semana.",
		"Cómo un pequeño equipo construyó un telescopio con piezas de bicicleta",
		"La película empieza despacio y luego no te suelta.",
		"Nadie sabe quién dejó el piano en medio del bosque.",
		"Esta primavera había en el pueblo más cigüeñas que personas.",
	} },
	{ "it", {
		"Il consiglio ha rinviato a marzo il voto sul nuovo ponte.",
		"Perché il prezzo dell'olio d'oliva non scende quest'anno",
		"Due alpinisti sono stati salvati dopo una notte sul ghiacciaio.",
		"Non aveva mai pensato di aprire un forno, ma era già tutto lì.",
		"I ricercatori dicono che la vecchia mappa mostra un fiume che non esiste più.",
		"Per una settimana non ci saranno treni tra le due città.",
		"Come una piccola squadra ha costruito un telescopio con pezzi di bicicletta",
		"Il film comincia piano e poi non ti lascia più andare.",
		"Nessuno sa chi ha lasciato il pianoforte in mezzo al bosco.",
		"In primavera nel paese c'erano più cicogne che persone.",
	} },
	{ "pt", {
		"A câmara adiou para março a votação sobre a nova ponte.",
		"Por que o preço do azeite não baixa este ano",
		"Dois alpinistas foram resgatados depois de uma noite no glaciar.",
		"Ela nunca quis abrir uma padaria, mas o forno já estava lá.",
		"Os pesquisadores dizem que o mapa antigo mostra um rio que já não existe.",
		"Não haverá comboios entre as duas cidades durante uma semana.",
		"Como uma pequena equipa construiu um telescópio com peças de bicicleta",
		"O filme começa devagar e depois não nos larga.",
		"Ninguém sabe quem deixou o piano no meio da floresta.",
		"Nesta primavera havia na aldeia mais cegonhas do que pessoas.",
	} },
	{ "nl", {
		"De gemeenteraad heeft de stemming over de nieuwe brug uitgesteld tot maart.",
		"Waarom de prijs van olijfolie dit jaar niet daalt",
		"Twee bergbeklimmers zijn na een nacht op de gletsjer gered.",
		"Ze had nooit een bakkerij willen beginnen, maar de oven stond er al.",
		"Onderzoekers zeggen dat de oude kaart een rivier toont die niet meer bestaat.",
		"Tussen de twee steden rijden vanaf maandag een week lang geen treinen.",
		"Hoe een klein team een telescoop bouwde van fietsonderdelen",
		"De film begint langzaam en laat je dan niet meer los.",
		"Niemand weet wie de piano midden in het bos heeft achtergelaten.",
		"Dit voorjaar waren er in het dorp meer ooievaars dan mensen.",
	} },
	{ "sv", {
		"Kommunen har skjutit upp beslutet om den nya bron till mars.",
		"Varför priset på olivolja inte sjunker i år",
		"Två klättrare räddades efter en natt på glaciären.",
		"Hon hade aldrig tänkt öppna ett bageri, men ugnen stod redan där.",
		"Forskare säger att den gamla kartan visar en flod som inte längre finns.",
		"Mellan de två städerna går det inga tåg under en vecka.",
		"Så byggde ett litet lag ett teleskop av cykeldelar",
		"Filmen börjar långsamt och släpper sedan inte taget om dig.",
		"Ingen vet vem som lämnade pianot mitt i skogen.",
		"I våras fanns det fler storkar än människor i byn.",
	} },
	{ "pl", {
		"Rada miasta przełożyła głosowanie w sprawie nowego mostu na marzec.",
		"Dlaczego cena oliwy nie spada w tym roku",
		"Dwóch wspinaczy uratowano po nocy spędzonej na lodowcu.",
		"Nigdy nie chciała otwierać piekarni, ale piec już tam był.",
		"Badacze mówią, że stara mapa pokazuje rzekę, której już nie ma.",
		"Między tymi miastami przez tydzień nie będą jeździć pociągi.",
		"Jak mały zespół zbudował teleskop z części od roweru",
		"Film zaczyna się powoli, a potem nie daje o sobie zapomnieć.",
		"Nikt nie wie, kto zostawił fortepian w środku lasu.",
		"Tej wiosny było we wsi więcej bocianów niż ludzi.",
	} },
	{ "tr", {
		"Belediye meclisi yeni köprü için yapılacak oylamayı marta erteledi.",
		"Zeytinyağı fiyatı bu yıl neden düşmüyor",
		"İki dağcı buzulda geçirdikleri bir geceden sonra kurtarıldı.",
		"Hiç fırın açmak istememişti ama ocak zaten oradaydı.",
		"Araştırmacılar eski haritanın artık var olmayan bir nehri gösterdiğini söylüyor.",
		"İki şehir arasında pazartesiden itibaren bir hafta tren olmayacak.",
		"Küçük bir ekip bisiklet parçalarından nasıl teleskop yaptı",
		"Film yavaş başlıyor ve sonra sizi hiç bırakmıyor.",
		"Piyanoyu ormanın ortasına kimin bıraktığını kimse bilmiyor.",
		"Bu bahar köyde insandan daha çok leylek vardı.",
	} },
	{ "ru", {
		"Городской совет отложил голосование о новом мосте до марта.",
		"Почему цена оливкового масла в этом году не снижается",
		"Двух альпинистов спасли после ночи на леднике.",
		"Она никогда не хотела открывать пекарню, но печь уже была там.",
		"Исследователи говорят, что на старой карте есть река, которой больше нет.",
		"Между двумя городами неделю не будет поездов.",
		"Как небольшая команда построила телескоп из деталей велосипеда",
		"Фильм начинается медленно, а потом уже не отпускает.",
		"Никто не знает, кто оставил пианино посреди леса.",
		"Этой весной аистов в деревне было больше, чем людей.",
	} },
	{ "uk", {
		"Міська рада відклала голосування щодо нового мосту до березня.",
		"Чому ціна оливкової олії цього року не знижується",
		"Двох альпіністів врятували після ночі на льодовику.",
		"Вона ніколи не хотіла відкривати пекарню, але піч уже була там.",
		"Дослідники кажуть, що на старій мапі є річка, якої більше немає.",
		"Між двома містами тиждень не буде потягів.",
		"Як невелика команда збудувала телескоп із деталей велосипеда",
		"Фільм починається повільно, а потім уже не відпускає.",
		"Ніхто не знає, хто залишив піаніно посеред лісу.",
		"Цієї весни лелек у селі було більше, ніж людей.",
	} },
};

#define GROUPS (sizeof group / sizeof group[0])

/* Without a hint. */
static void of_short_sentences_nineteen_in_twenty_are_known(void **state)
{
	size_t right = 0;

	(void)state;
	for (size_t l = 0; l < GROUPS; l++) {
		size_t of_it = 0;

		for (size_t i = 0; i < SENTENCES; i++) {
			const char *said = lang_detect(group[l].text[i], strlen(group[l].text[i]), NULL);

			if (strcmp(said, group[l].lang) == 0)
				of_it++;
			else
				print_message("%s taken for \"%s\": %s\n", group[l].lang, said, group[l].text[i]);
		}
		assert_true(of_it >= SENTENCES - 2);
		right += of_it;
	}
	print_message("%zu of %zu sentences\n", right, GROUPS * SENTENCES);
	assert_true(20 * right >= 19 * GROUPS * SENTENCES);
}

/* Feeds declare wrongly, English first of all: what the software came with. */
static void of_short_sentences_wrongly_declared_fourteen_in_fifteen_are_known(void **state)
{
	size_t right = 0;

	(void)state;
	for (size_t l = 0; l < GROUPS; l++)
		for (size_t i = 0; i < SENTENCES; i++) {
			const char *said = lang_detect(group[l].text[i], strlen(group[l].text[i]), strcmp(group[l].lang, "en") ? "en" : "de");

			if (strcmp(said, group[l].lang) == 0)
				right++;
			else
				print_message("%s taken for \"%s\": %s\n", group[l].lang, said, group[l].text[i]);
		}
	print_message("%zu of %zu sentences\n", right, GROUPS * SENTENCES);
	assert_true(15 * right >= 14 * GROUPS * SENTENCES);
}

static void short_sentences_rightly_declared_are_always_known(void **state)
{
	(void)state;
	for (size_t l = 0; l < GROUPS; l++)
		for (size_t i = 0; i < SENTENCES; i++)
			assert_string_equal(lang_detect(group[l].text[i], strlen(group[l].text[i]), group[l].lang), group[l].lang);
}

static void ten_sentences_together_are_always_known(void **state)
{
	(void)state;
	for (size_t l = 0; l < GROUPS; l++) {
		struct buf b = BUF_INIT;

		for (size_t i = 0; i < SENTENCES; i++) {
			buf_puts(&b, group[l].text[i]);
			buf_putc(&b, '\n');
		}
		assert_string_equal(lang_detect(b.s, b.len, NULL), group[l].lang);
		assert_string_equal(lang_detect(b.s, b.len, strcmp(group[l].lang, "en") ? "en" : "de"), group[l].lang);
		buf_clear(&b);
	}
}

/* ---- what looks like a function word and is none ---- */

static void headlines_stay_in_the_language_they_declare(void **state)
{
	static const char *const headline[] = {
		/* endings behind an apostrophe */
		"Baker's son wins village's first marathon",
		"Court's ruling on ferry's owner is due in U.S. Senate",
		"Mayor’s plan for the river’s edge: K. Osei’s reply",
		/* letters of abbreviations, initials, units */
		"U.S. ships leave port as U.K. talks stall",
		"AT&T's and J&K's masts blown over",
		"Painter's model S sells for $3.6M, says S. Kowalski",
		"Choir's tour in V. Novak's van ends at U.S.-built bridge",
		"'S' is for ship: T. K. Adeyemi's alphabet",
		/* names in capitals */
		"Fleets in DE, AB, ON drop SIM cards",
		/* one word of another language, one name three times */
		"Union's members at MIT sue over night shifts",
		"Kim Weber meets Kim Abara as Kim Olsen's guest",
	};

	(void)state;
	for (size_t i = 0; i < sizeof headline / sizeof headline[0]; i++)
		assert_string_equal(lang_detect(headline[i], strlen(headline[i]), "en"), "en");
}

static const char *undeclared(const char *text)
{
	return lang_detect(text, strlen(text), NULL);
}

static void an_elision_leaves_two_words_and_an_ending_none(void **state)
{
	(void)state;
	assert_string_equal(undeclared("Qu'avait-elle vu ? Elle n'avait rien vu"), "fr");
	assert_string_equal(undeclared("L'uomo che c'era non l'aveva visto"), "it");
	assert_string_equal(undeclared("Ankara'da hava bugün çok soğuk ama güneşli"), "tr");
	/* listed as a whole, and nothing else in it is */
	assert_string_equal(undeclared("Weavers don't, sailors can't"), "en");
	assert_string_equal(undeclared("Tisserands, c'est aujourd'hui"), "fr");
	assert_string_equal(undeclared("Weaver's, sailor's, potter's, tailor's"), "");
}

static void capitals_are_read_where_all_is_in_capitals(void **state)
{
	(void)state;
	assert_string_equal(undeclared("DER STADTRAT HAT DIE ENTSCHEIDUNG VERSCHOBEN"), "de");
	assert_string_equal(undeclared("Norrsund DER Stadtrat HAT DIE Kanal"), "");
	/* a lone capital is a word at the beginning of a sentence, not within */
	assert_string_equal(undeclared("È Norrsund"), "it");
	assert_string_equal(undeclared("Norrsund. «È Norrsund»"), "it");
	assert_string_equal(undeclared("Norrsund È Norrsund"), "");
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

static void count_listed(const struct stop_word *w, size_t n, int count[STOP_LANG_COUNT])
{
	static const char *const code[STOP_LANG_COUNT] = { "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro",
		"tr", "ru", "uk", "bg", "zh", "ja", "ko", "th", "el", "ar", "he" };

	for (size_t i = 0; i < n; i++) {
		assert_true(strnlen(w[i].word, sizeof w[i].word) < sizeof w[i].word);
		if (i)
			assert_true(strcmp(w[i - 1].word, w[i].word) < 0);
		for (int l = 0; l < STOP_LANG_COUNT; l++) {
			int listed = w[i].langs >> l & 1;

			assert_int_equal(lang_stop_word(code[l], w[i].word, strlen(w[i].word)), listed);
			count[l] += listed;
		}
	}
}

static void the_tables_are_in_order_and_every_word_is_found(void **state)
{
	int count[STOP_LANG_COUNT] = { 0 };

	(void)state;
	count_listed(stop_latin, stop_latin_count, count);
	count_listed(stop_other, stop_other_count, count);
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
		cmocka_unit_test(of_short_sentences_nineteen_in_twenty_are_known),
		cmocka_unit_test(of_short_sentences_wrongly_declared_fourteen_in_fifteen_are_known),
		cmocka_unit_test(short_sentences_rightly_declared_are_always_known),
		cmocka_unit_test(ten_sentences_together_are_always_known),
		cmocka_unit_test(headlines_stay_in_the_language_they_declare),
		cmocka_unit_test(an_elision_leaves_two_words_and_an_ending_none),
		cmocka_unit_test(capitals_are_read_where_all_is_in_capitals),
		cmocka_unit_test(stop_words_belong_to_their_language),
		cmocka_unit_test(the_tables_are_in_order_and_every_word_is_found),
	};

	return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
