#include <string.h>

#include "store_kit.h"

static void index_all(struct kit *k)
{
	bool left = true;

	while (left)
		must(search_index(&k->st, 100, &left, &k->info));
}

/* Three articles with their words counted and their text indexed, one of them read. */
static void fill(struct kit *k)
{
	static const char *const title[] = { "A comet over the harbour", "New ferry timetable", "Storm damages the pier" };
	struct event read = EVENT(.article = 1, .kind = EVENT_READ);

	for (size_t i = 0; i < 3; i++) {
		struct term_count t[] = { { "comet", 5, "comet", 5, 1 }, { "pier", 4, "pier", 4, 2 } };
		int64_t id = kit_article(k, i < 2 ? 1 : 2, title[i], "It was seen at dusk above the lighthouse.");

		must(terms_put(&k->st, id, t, 1 + i % 2, 3, &k->info));
	}
	must(events_append(&k->st, &read, &k->info));
	index_all(k);
	kit_healthy(k);
}

static struct repaired mend(struct kit *k)
{
	struct repaired r;

	must(store_repair(&k->st, &r, &k->info));
	if (r.search)
		index_all(k);
	return r;
}

static void damage(struct kit *k, const char *sql)
{
	must(db_exec(k->st.db, "PRAGMA foreign_keys = OFF", &k->info));
	must(db_exec(k->st.db, sql, &k->info));
	must(db_exec(k->st.db, "PRAGMA foreign_keys = ON", &k->info));
}

static void a_store_in_order_is_left_as_it_is(void **state)
{
	struct kit *k = *state;
	struct repaired r;

	fill(k);
	r = mend(k);
	assert_true(!r.lost && !r.orphans && !r.vectors && !r.terms && !r.counts && !r.search);
	kit_healthy(k);
}

static void counts_are_counted_again(void **state)
{
	struct kit *k = *state;

	fill(k);
	damage(k, "UPDATE feeds SET items = 17, unread = -1 WHERE id = 1; UPDATE terms SET df = 9; UPDATE corpus SET docs = 1, length = 0");
	assert_int_equal(mend(k).counts, 1);
	kit_healthy(k);
	assert_int_equal(kit_feed(k, 1).items, 2);
	assert_int_equal(kit_feed(k, 1).unread, 1);
	assert_int_equal(kit_int(k, "SELECT df FROM terms WHERE name = 'comet'"), 3);
	assert_int_equal(kit_int(k, "SELECT df FROM terms WHERE name = 'pier'"), 1);
	assert_int_equal(kit_int(k, "SELECT docs * 100 + length FROM corpus"), 309);
}

static void a_term_vector_that_says_nothing_waits_to_be_made_anew(void **state)
{
	struct kit *k = *state;
	struct id_list wait;

	fill(k);
	damage(k, "UPDATE termvecs SET vec = x'ffffff' WHERE article = 2");
	assert_int_equal(mend(k).vectors, 1);
	must(terms_pending(&k->st, 10, &k->a, &wait, &k->info));
	assert_true(wait.n == 1 && wait.id[0] == 2);
	kit_healthy(k);
}

static void rows_without_an_owner_go_and_articles_stay(void **state)
{
	struct kit *k = *state;
	struct repaired r;

	fill(k);
	damage(k, "INSERT INTO enclosures VALUES (99, 0, 'http://one.example/a.mp3', NULL, -1); DELETE FROM feeds WHERE id = 2");
	r = mend(k);
	assert_int_equal(r.lost, 1);
	assert_true(r.orphans >= 1);
	kit_healthy(k);
	assert_string_equal(kit_item(k, 3).title, "Storm damages the pier");
	assert_int_equal(kit_int(k, "SELECT items FROM feeds WHERE id = 2 AND position IS NULL"), 1);
	assert_true(kit_item(k, 1).read);
}

static void an_index_that_is_wrong_is_made_anew(void **state)
{
	struct kit *k = *state;
	struct doctor_report d;
	struct id_list found;

	fill(k);
	/* An article that waits although it has an entry: the next indexing would leave it with the old one. */
	must(db_exec(k->st.db, "INSERT INTO search_queue VALUES (2)", &k->info));
	must(doctor_check(&k->st, &k->a, &d, &k->info));
	assert_string_not_equal(d.integrity, "ok");
	assert_string_equal(d.file, "ok");
	assert_true(mend(k).search);
	kit_healthy(k);
	must(search_words(&k->st, "lighthouse", 0, &k->a, &found, &k->info));
	assert_int_equal(found.n, 3);
}

/* Whole, and each article has its entry; but what it says is of before. */
static void an_index_that_says_something_else_is_made_anew(void **state)
{
	struct kit *k = *state;
	struct id_list found;

	fill(k);
	must(db_exec(k->st.db, "UPDATE bodies SET summary = NULL, content = 'A lantern on the breakwater.' WHERE article = 2; DELETE FROM search_stale; DELETE FROM search_queue", &k->info));
	kit_healthy(k); /* which doesn't read all articles */
	assert_true(mend(k).search);
	must(search_compare(&k->st, &k->info));
	must(search_words(&k->st, "lantern", 0, &k->a, &found, &k->info));
	assert_true(found.n == 1 && found.id[0] == 2);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_store_in_order_is_left_as_it_is),
		T(counts_are_counted_again),
		T(a_term_vector_that_says_nothing_waits_to_be_made_anew),
		T(rows_without_an_owner_go_and_articles_stay),
		T(an_index_that_is_wrong_is_made_anew),
		T(an_index_that_says_something_else_is_made_anew),
	};

	return cmocka_run_group_tests_name("store_repair", tests, NULL, NULL);
}
