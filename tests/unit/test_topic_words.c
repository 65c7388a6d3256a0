/* topic_words - names that a topic is given: words that tell it, and not what its feeds are made with. */
#include "store_kit.h"

#include <stdio.h>
#include <string.h>

#include "app/languages.h"
#include "app/load.h"
#include "app/topic_words.h"
#include "model/topics.h"

#define CANDIDATES 40

struct world {
	struct kit *kit;
	struct item_list items;
	struct csr rows;
	struct topic_day day;
	const char **language;
	int topic[64];
};

/* The words of a title in small letters are its terms; beside them come those of `more`. */
static void put(struct kit *k, int64_t feed, const char *title, const char *more)
{
	struct term_count count[32];
	size_t n = 0;
	char *save = NULL;
	int64_t id = kit_article(k, feed, title, more);
	char *text = arena_printf(&k->a, "%s %s", title, more);

	for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		size_t old = 0;

		while (old < n && strcmp(count[old].name, word) != 0)
			old++;
		if (old == n)
			count[n++] = (struct term_count){ word, strlen(word), word, strlen(word), 1 };
	}
	must(terms_put(&k->st, id, count, n, (double)n, &k->info));
}

/* All articles as one day; those of the first feed are topic 0, the others topic 1. */
static void look(struct world *w)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	int64_t id[64];
	struct kit *k = w->kit;

	must(articles_list(&k->st, &q, &k->a, &w->items, &k->info));
	assert_in_range(w->items.n, 1, 64);
	for (size_t i = 0; i < w->items.n; i++) {
		id[i] = w->items.item[i].id;
		w->topic[i] = w->items.item[i].feed_id == 1 ? 0 : 1;
	}
	must(load_rows(&k->st, id, w->items.n, &w->rows, &k->info));
	w->language = arena_zero(&k->a, w->items.n + 1, sizeof *w->language);
	languages_tell(&w->items, w->language, &k->a);
	w->day = (struct topic_day){ .items = &w->items, .rows = &w->rows, .language = w->language };
}

/* The words for topic 0, parted by blanks. */
static const char *words_of(struct world *w)
{
	uint32_t term[2 * CANDIDATES];
	double weight[2 * CANDIDATES];
	struct topic_words tw = { .day = &w->day, .topic = w->topic };
	struct topic_word found[CANDIDATES];
	const char *all = "";
	size_t n;

	must(words_new(&tw.words, &w->kit->info));
	topics_telling(&w->rows, w->topic, 2, CANDIDATES, term, weight);
	n = topic_words_choose(&tw, &w->kit->st, &w->kit->a, term, weight, CANDIDATES, found, CANDIDATES);
	words_free(tw.words);
	for (size_t i = 0; i < n; i++)
		all = arena_printf(&w->kit->a, "%s%s ", all, found[i].name);
	csr_clear(&w->rows);
	return all;
}

static bool among(const char *all, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = all; *s; s += strcspn(s, " ") + 1)
		if (strncmp(s, word, n) == 0 && s[n] == ' ')
			return true;
	return false;
}

/* Articles on the sea in one feed, on bread in the other. */
static void put_subjects(struct kit *k, const char *with)
{
	for (int i = 0; i < 8; i++) {
		put(k, 1, arena_printf(&k->a, "the ships sail to harbour %d", i), with);
		put(k, 2, arena_printf(&k->a, "the bread is baked in oven %d", i), "flour");
	}
}

static void what_the_feed_is_made_with_names_nothing(void **state)
{
	struct world w = { .kit = *state };
	const char *all;

	put_subjects(w.kit, "submitted mast.example.com 2026 x gt sc_off");
	look(&w);
	all = words_of(&w);
	assert_true(among(all, "ships") && among(all, "harbour") && among(all, "sail"));
	assert_false(among(all, "submitted")); /* every article of the feed has it, no title */
	assert_false(among(all, "mast.example.com") || among(all, "2026") || among(all, "x") || among(all, "gt") || among(all, "sc_off") || among(all, "the") || among(all, "bread"));
}

static void wrongly_decoded_words_name_nothing(void **state)
{
	struct world w = { .kit = *state };
	const char *all;

	put_subjects(w.kit, "");
	for (int i = 0; i < 4; i++)
		put(w.kit, 1, arena_printf(&w.kit->a, "rã opens the harbour in fi\xEF\xBF\xBD" "rd %d", i), "");
	look(&w);
	all = words_of(&w);
	assert_true(among(all, "harbour"));
	assert_false(among(all, "rã") || among(all, "fi\xEF\xBF\xBD" "rd"));
}

static void a_word_of_one_article_gives_way_but_is_better_than_none(void **state)
{
	struct world w = { .kit = *state };
	const char *all;

	put_subjects(w.kit, "");
	put(w.kit, 1, "ships in harbour", "zeppelin zeppelins zeppeliner");
	look(&w);
	all = words_of(&w);
	assert_true(among(all, "harbour") && !among(all, "zeppelin"));
}

static void where_nothing_is_good_the_form_is_taken(void **state)
{
	struct world w = { .kit = *state };
	const char *all;

	for (int i = 0; i < 8; i++) {
		put(w.kit, 1, arena_printf(&w.kit->a, "%d", 100 + i), "submitted weather");
		put(w.kit, 2, arena_printf(&w.kit->a, "the bread is baked in oven %d", i), "flour");
	}
	look(&w);
	all = words_of(&w);
	assert_true(among(all, "submitted") && among(all, "weather"));
}

static void in_a_language_of_its_own_a_topic_is_not_named_by_its_commonest_word(void **state)
{
	/* three of four Japanese articles have the one, half have the other, which is the subject; the telling weights alone would choose the first */
	struct world w = { .kit = *state };
	uint32_t term[] = { 0, 1, UINT32_MAX };
	double weight[] = { 0.20, 0.18, 0 };
	struct topic_words tw = { .day = &w.day, .topic = w.topic };
	struct topic_word found[2];

	for (int i = 0; i < 12; i++)
		put(w.kit, 1, arena_printf(&w.kit->a, "%s %s 東京%d", i % 4 ? "ですが" : "それは", i % 3 ? "その後" : "電車", i), "");
	look(&w);
	for (uint32_t c = 0; c < w.rows.cols; c++) {
		const char *name = terms_name(&w.kit->st, c, &w.kit->a);

		term[0] = strcmp(name, "ですが") == 0 ? c : term[0];
		term[1] = strcmp(name, "電車") == 0 ? c : term[1];
	}
	assert_string_equal(w.language[0], "ja");
	must(words_new(&tw.words, &w.kit->info));
	assert_int_equal(topic_words_choose(&tw, &w.kit->st, &w.kit->a, term, weight, 3, found, 2), 2);
	assert_string_equal(found[0].name, "電車");
	assert_int_equal(tw.articles, 12);
	words_free(tw.words);
	csr_clear(&w.rows);
}

static void a_feeds_titles_say_its_language(void **state)
{
	struct item item[] = {
		{ .feed_id = 1, .language = "en", .title = "Der Hafen ist für die Stadt nicht mehr wichtig" },
		{ .feed_id = 1, .language = "en", .title = "Ein Schiff, das nicht fährt, und die Werft, die es gebaut hat" },
		{ .feed_id = 1, .language = "en", .title = "Oslo" },
		{ .feed_id = 1, .language = "fr", .title = "Oslo" },
		{ .feed_id = 2, .language = NULL, .title = "Новости города и области" },
		{ .feed_id = 3, .language = NULL, .title = NULL },
		{ .feed_id = 4, .language = "pt-BR", .title = "42" },
	};
	const struct item_list items = { item, sizeof item / sizeof *item };
	static const char *const want[] = { "de", "de", "de", "fr", "ru", "", "pt" };
	const char *language[8];
	struct arena a = ARENA_INIT;

	(void)state;
	languages_tell(&items, language, &a);
	for (size_t i = 0; i < items.n; i++)
		assert_string_equal(language[i], want[i]);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_the_feed_is_made_with_names_nothing, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(wrongly_decoded_words_name_nothing, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(a_word_of_one_article_gives_way_but_is_better_than_none, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(where_nothing_is_good_the_form_is_taken, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(in_a_language_of_its_own_a_topic_is_not_named_by_its_commonest_word, kit_setup, kit_teardown),
		cmocka_unit_test(a_feeds_titles_say_its_language),
	};

	return cmocka_run_group_tests_name("topic words", tests, NULL, NULL);
}
