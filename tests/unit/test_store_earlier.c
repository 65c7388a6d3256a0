/* earlier - what an article said before an edit that changed much of it. */
#include "tests/unit/store_kit.h"

#include <string.h>

#include "store/put_private.h"

/* So many words, from number `first` on: "wa wb ... waa". */
static const char *words(struct kit *k, int first, int n)
{
	struct buf b = BUF_INIT;
	const char *s;

	for (int i = first; i < first + n; i++)
		buf_printf(&b, "%sw%c%c", i > first ? " " : "", 'a' + i / 26, 'a' + i % 26);
	s = arena_strdup(&k->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

static const char *join(struct kit *k, const char *a, const char *b)
{
	return arena_printf(&k->a, "%s %s", a, b);
}

static void much_is_a_fifth_of_the_words_and_twenty_of_them(void **state)
{
	struct kit *k = *state;
	const char *hundred = words(k, 0, 100);

	assert_false(earlier_much("T", hundred, "T", hundred));
	assert_false(earlier_much("T", hundred, "T", join(k, words(k, 0, 80), words(k, 200, 20)))); /* a fifth, and no more */
	assert_true(earlier_much("T", hundred, "T", join(k, words(k, 0, 79), words(k, 200, 21))));
	assert_false(earlier_much("T", words(k, 0, 25), "T", join(k, words(k, 0, 6), words(k, 200, 19)))); /* much of it, but little */
	assert_true(earlier_much("T", words(k, 0, 25), "T", join(k, words(k, 0, 5), words(k, 200, 20))));
	assert_true(earlier_much("T", hundred, "T", words(k, 0, 70)));  /* taken out */
	assert_true(earlier_much("T", hundred, "T", words(k, 0, 130))); /* written on */
	assert_false(earlier_much("T", hundred, "T", words(k, 0, 120)));
}

static void order_case_numbers_and_blanks_are_no_change(void **state)
{
	struct kit *k = *state;
	const char *a = words(k, 0, 50), *b = words(k, 50, 50);
	struct buf counters = BUF_INIT, others = BUF_INIT;

	for (int i = 0; i < 60; i++) {
		buf_printf(&counters, "%d, ", i);
		buf_printf(&others, "(%d)\n\n", 3 * i + 100);
	}
	assert_false(earlier_much("T", join(k, a, b), "T", join(k, b, a)));
	assert_false(earlier_much("T", "Rain, at Noon", "T", "rain -- \n at noon!"));
	assert_false(earlier_much("Harbour opens (12 comments)", buf_str(&counters), "Harbour opens (340 comments)", buf_str(&others)));
	buf_clear(&counters);
	buf_clear(&others);
}

static void a_title_changes_when_more_than_half_of_its_words_do(void **state)
{
	(void)state;
	assert_false(earlier_much("Harbour opens on Monday", "", "Harbour opens on Tuesday", ""));
	assert_false(earlier_much("Harbour opens on Monday", "", "Harbour opens next week", ""));
	assert_true(earlier_much("Harbour opens on Monday", "", "Harbour stays shut all week", ""));
	assert_false(earlier_much(NULL, "", "A title at last", ""));
	assert_true(earlier_much("\xe6\xb8\xaf\xe5\x8f\xa3\xe5\xbc\x80\xe6\x94\xbe", "", "\xe6\xb8\xaf\xe5\x85\xb3\xe9\x97\xad", ""));
}

static void an_edit_that_changed_much_leaves_the_earlier_text(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY_AT(1000, .id = "g", .title = "Title", .summary = "sum", .content = words(k, 0, 60));
	const char *first = e.content;
	struct earlier_list l;

	assert_int_equal(kit_put(k, 1, KIT_NOW, &e, 1), 1);
	e.published = 2000; /* a date, a counter, blanks: nothing of these is kept */
	(void)kit_put(k, 1, KIT_NOW + 1, &e, 1);
	e.content = join(k, first, " 12");
	(void)kit_put(k, 1, KIT_NOW + 2, &e, 1);
	assert_int_equal(kit_item(k, 1).n_earlier, 0);
	e.content = words(k, 100, 60);
	(void)kit_put(k, 1, KIT_NOW + 3, &e, 1);
	assert_int_equal(kit_item(k, 1).n_earlier, 1);
	must(articles_earlier(&k->st, 1, &k->a, &l, &k->info));
	assert_int_equal(l.n, 1);
	assert_int_equal(l.text[0].at, KIT_NOW + 3);
	assert_string_equal(l.text[0].title, "Title");
	assert_string_equal(l.text[0].summary, "sum");
	assert_string_equal(l.text[0].content, join(k, first, " 12"));
	assert_string_equal(kit_item(k, 1).content, e.content);
	e.content = NULL; /* what the feed leaves out is no edit */
	e.summary = NULL;
	(void)kit_put(k, 1, KIT_NOW + 4, &e, 1);
	assert_int_equal(kit_item(k, 1).n_earlier, 1);
	kit_healthy(k);
}

static void ten_are_kept_and_the_oldest_goes(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.id = "g", .title = "T");
	struct earlier_list l;

	for (int i = 0; i < 14; i++) {
		e.content = words(k, 40 * i, 40);
		(void)kit_put(k, 1, KIT_NOW + i, &e, 1);
	}
	must(articles_earlier(&k->st, 1, &k->a, &l, &k->info));
	assert_int_equal(l.n, 10);
	assert_string_equal(l.text[0].content, words(k, 40 * 12, 40));
	assert_string_equal(l.text[9].content, words(k, 40 * 3, 40));
	must(articles_shift(&k->st, 100, &k->info));
	must(articles_earlier(&k->st, 1, &k->a, &l, &k->info));
	assert_int_equal(l.text[0].at, KIT_NOW + 13 + 100);
}

static void a_text_is_kept_once(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.id = "g", .title = "T");

	for (int i = 0; i < 12; i++) {
		e.content = words(k, 40 * (i / 4 % 2), 40);
		(void)kit_put(k, 1, KIT_NOW + i, &e, 1);
	}
	assert_string_equal(kit_item(k, 1).content, words(k, 0, 40)); /* it went there and back */
	assert_int_equal(kit_item(k, 1).n_earlier, 2);
}

static void going_back_and_forth_leaves_two_whatever_else_moves(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.id = "g", .title = "T");

	for (int i = 0; i < 12; i++) {
		e.content = arena_printf(&k->a, "%s %d comments", words(k, 40 * (i % 2), 40), i);
		(void)kit_put(k, 1, KIT_NOW + i, &e, 1);
	}
	assert_int_equal(kit_item(k, 1).n_earlier, 2);
}

static void it_goes_with_its_article_and_doctor_knows_it(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.id = "g", .title = "One title");
	struct doctor_report r;

	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	e.title = "Quite another";
	(void)kit_put(k, 1, KIT_NOW + 1, &e, 1);
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_int_equal(r.earlier, 1);
	assert_int_equal(r.orphans, 0);
	must(articles_remove(&k->st, 1, &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM earlier"), 0);
	must(db_exec(k->st.db, "PRAGMA foreign_keys = 0; INSERT INTO earlier (article, at, title) VALUES (99, 1, 'x'); PRAGMA foreign_keys = 1", &k->info));
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_int_equal(r.orphans, 1);
}

static void pixels_are_counted_with_the_body(void **state)
{
	struct kit *k = *state;
	struct entry e[] = { ENTRY(.id = "g", .title = "T", .content = "text", .pixels = 2), ENTRY(.id = "h", .title = "Nothing but a pixel", .pixels = 1) };

	(void)kit_put(k, 1, KIT_NOW, e, 2);
	assert_int_equal(kit_item(k, 1).pixels, 2);
	assert_int_equal(kit_item(k, 2).pixels, 1);
	e[0].pixels = 3;
	(void)kit_put(k, 1, KIT_NOW + 1, e, 2);
	assert_int_equal(kit_item(k, 1).pixels, 3);
	e[0].content = NULL; /* the body stays, and so does what was left out of it */
	e[0].pixels = 0;
	(void)kit_put(k, 1, KIT_NOW + 2, e, 2);
	assert_int_equal(kit_item(k, 1).pixels, 3);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(much_is_a_fifth_of_the_words_and_twenty_of_them),
		T(order_case_numbers_and_blanks_are_no_change),
		T(a_title_changes_when_more_than_half_of_its_words_do),
		T(an_edit_that_changed_much_leaves_the_earlier_text),
		T(ten_are_kept_and_the_oldest_goes),
		T(a_text_is_kept_once),
		T(going_back_and_forth_leaves_two_whatever_else_moves),
		T(it_goes_with_its_article_and_doctor_knows_it),
		T(pixels_are_counted_with_the_body),
	};

	return cmocka_run_group_tests_name("store_earlier", tests, NULL, NULL);
}
