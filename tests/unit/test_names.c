/* names - what two tellings have in common: names as they are written, in one language and across two. */
#include "store_kit.h"

#include <stdio.h>
#include <string.h>

#include "app/load.h"
#include "app/names.h"
#include "app/spelling.h"

#define MOST 8

/* Articles of a store, each with the terms that it was given. */
struct world {
	struct kit *kit;
	int64_t id[MOST];
	size_t n;
	struct csr rows;
	struct names names;
};

/* The words of text, in small letters and parted by blanks, are its terms, with themselves as their forms. A word "stem=form" gives another form. */
static void put_terms(struct world *w, int64_t id, const char *words)
{
	struct term_count count[32];
	char *text = arena_strdup(&w->kit->a, words), *save = NULL;
	size_t n = 0;

	for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *form = strchr(word, '=');
		size_t len = form ? (size_t)(form - word) : strlen(word);

		form = form ? form + 1 : word;
		count[n++] = (struct term_count){ word, len, form, strlen(form), 1 };
	}
	must(terms_put(&w->kit->st, id, count, n, (double)n, &w->kit->info));
}

static void put(struct world *w, const char *title, const char *body, const char *terms)
{
	w->id[w->n] = kit_article(w->kit, 1, title, body);
	put_terms(w, w->id[w->n++], terms);
}

static void look(struct world *w)
{
	must(load_rows(&w->kit->st, w->id, w->n, &w->rows, &w->kit->info));
	must(names_init(&w->names, &w->kit->st, w->id, w->n, &w->kit->info));
}

static void world_clear(struct world *w)
{
	names_clear(&w->names);
	csr_clear(&w->rows);
}

static uint32_t term(struct world *w, const char *form)
{
	for (uint32_t c = 0; c < w->rows.cols; c++)
		if (strcmp(terms_name(&w->kit->st, c, &w->kit->a), form) == 0)
			return c;
	fail_msg("no term %s", form);
	return 0;
}

static enum name_level level(struct world *w, size_t article, const char *form)
{
	return names_level(&w->names, article, term(w, form));
}

static void a_capital_is_a_name_where_none_is_due(void **state)
{
	struct world w = { .kit = *state };

	put(&w, "Carmaker Velmo beats forecasts", "Profit rose. Shares of Tarno Holding gained on Wednesday, the 4711th day; the Velmo's plant in Brux stood still.",
	    "velmo carmaker profit tarno holding wednesday 4711th brux plant");
	look(&w);
	assert_int_equal(level(&w, 0, "velmo"), NAME_SURE);
	assert_int_equal(level(&w, 0, "carmaker"), NAME_MAYBE); /* begins the title */
	assert_int_equal(level(&w, 0, "profit"), NAME_MAYBE);   /* begins a sentence */
	assert_int_equal(level(&w, 0, "tarno"), NAME_MAYBE);    /* of two in a row the last counts */
	assert_int_equal(level(&w, 0, "holding"), NAME_SURE);
	assert_int_equal(level(&w, 0, "wednesday"), NAME_NO);
	assert_int_equal(level(&w, 0, "4711th"), NAME_SURE);
	assert_int_equal(level(&w, 0, "brux"), NAME_SURE);
	assert_int_equal(level(&w, 0, "plant"), NAME_NO);
	world_clear(&w);
}

static void a_title_in_capitals_tells_no_names(void **state)
{
	struct world w = { .kit = *state };

	put(&w, "Carmaker Velmo Beats All Forecasts", "it did.", "velmo beats forecasts");
	put(&w, "Carmaker beats Velmo's forecasts", "it did.", "velmo beats forecasts");
	look(&w);
	assert_int_equal(level(&w, 0, "velmo"), NAME_MAYBE);
	assert_int_equal(level(&w, 0, "beats"), NAME_MAYBE);
	assert_int_equal(level(&w, 1, "velmo"), NAME_SURE); /* without its possessive */
	assert_int_equal(level(&w, 1, "beats"), NAME_NO);
	assert_int_equal(names_shared(&w.names, 0, 1, term(&w, "velmo")), STORY_NAME);
	assert_int_equal(names_shared(&w.names, 0, 1, term(&w, "beats")), STORY_WORD);
	world_clear(&w);
}

static void a_script_without_capitals_leaves_it_open(void **state)
{
	struct world w = { .kit = *state };

	put(&w, "广州地铁", "广州地铁22号线", "广州 地铁 22 город");
	put(&w, "广州新线", "广州地铁22号线", "广州 地铁 22 город");
	look(&w);
	assert_int_equal(names_shared(&w.names, 0, 1, term(&w, "广州")), STORY_UNSURE);
	assert_int_equal(names_shared(&w.names, 0, 1, term(&w, "22")), STORY_NAME);
	assert_int_equal(names_shared(&w.names, 0, 1, term(&w, "город")), STORY_WORD); /* Cyrillic has them */
	world_clear(&w);
}

static void numbers_are_spelt_as_if_every_language_set_them_alike(void **state)
{
	static const struct { const char *word, *key; } said[] = {
		{ "3,000", "3000" }, { "3.000", "3000" }, { "3.000.000", "3000000" }, { "6,1", "6.1" }, { "6.1", "6.1" }, { "1,2345", "1.2345" }, { "2:09:41", "2:09:41" },
		{ "1.234,5", "1234.5" }, { "vilnius", "vilnius" }, { ".5", ".5" }, { "a.b", "a.b" }, { "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		char key[16];
		size_t n = spelling_key(said[i].word, strlen(said[i].word), key);

		assert_int_equal(n, strlen(said[i].key));
		assert_memory_equal(key, said[i].key, n);
	}
}

static bool has(const struct csr *m, size_t row, uint32_t col)
{
	for (size_t k = m->ptr[row]; k < m->ptr[row + 1]; k++)
		if (m->col[k] == col)
			return true;
	return false;
}

static void two_stems_of_one_name_have_one_spelling(void **state)
{
	struct world w = { .kit = *state };
	struct csr spelt = CSR_INIT;
	uint32_t english, german;

	put(&w, "Hualien shakes", "one", "hualien 3,000 quake");
	put(&w, "Hualien bebt", "two", "huali=hualien 3.000 beben");
	look(&w);
	must(spelling_rows(&w.kit->st, &w.rows, &spelt, &w.kit->info));
	english = term(&w, "hualien");
	german = english + 3;
	assert_true(has(&w.rows, 1, german) && !has(&w.rows, 1, english));
	assert_true(has(&spelt, 0, english) && has(&spelt, 1, english) && !has(&spelt, 1, german));
	assert_true(has(&spelt, 0, term(&w, "3,000")) && has(&spelt, 1, term(&w, "3,000")));
	assert_true(!has(&spelt, 1, term(&w, "quake")) && has(&spelt, 1, term(&w, "beben")));
	assert_int_equal(spelt.cols, w.rows.cols);
	csr_clear(&spelt);
	world_clear(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_capital_is_a_name_where_none_is_due, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(a_title_in_capitals_tells_no_names, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(a_script_without_capitals_leaves_it_open, kit_setup, kit_teardown),
		cmocka_unit_test(numbers_are_spelt_as_if_every_language_set_them_alike),
		cmocka_unit_test_setup_teardown(two_stems_of_one_name_have_one_spelling, kit_setup, kit_teardown),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
