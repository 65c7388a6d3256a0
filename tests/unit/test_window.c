/* window - lists of any length: as ids, a row at a time, and as a window that rows are read for where somebody looks. */
#include "tests/unit/store_kit.h"

#include <stdlib.h>
#include <string.h>

#include "app/window.h"

#define MANY 700 /* more than two pieces of articles_each */

/* Many articles at few times, so that pieces end among equals: article i is of time 1000 + i / 7, and of feed 1 where i is even. */
static void put_many(struct kit *k)
{
	struct entry *e = mem_zero(MANY, sizeof *e);
	struct arena a = ARENA_INIT;

	must(db_begin(k->st.db, &k->info));
	for (int i = 0; i < MANY; i++) {
		e[i] = (struct entry)ENTRY_AT(1000 + i / 7, .id = "", .title = "");
		e[i].id = arena_printf(&a, "%d", i);
		e[i].title = arena_printf(&a, "number %d", i);
		assert_int_equal(kit_put(k, 1 + i % 2, 5000, &e[i], 1), 1);
	}
	must(db_commit(k->st.db, &k->info));
	arena_clear(&a);
	free(e);
}

struct walk { int64_t id[MANY]; size_t n, most; };

static bool walk_on(void *user, const struct item *it)
{
	struct walk *w = user;

	assert_true(w->n < MANY);
	assert_non_null(strstr(it->title, "number"));
	w->id[w->n++] = it->id;
	return w->n < w->most;
}

/* The three ways to a list give the same. */
static void assert_alike(struct kit *k, const struct article_query *q, size_t want)
{
	struct walk w = { .most = MANY + 1 };
	struct item_list l;
	struct id_list ids;

	must(articles_list(&k->st, q, &k->a, &l, &k->info));
	must(articles_ids(&k->st, q, &k->a, &ids, &k->info));
	must(articles_each(&k->st, q, walk_on, &w, &k->info));
	assert_int_equal(l.n, want);
	assert_int_equal(ids.n, want);
	assert_int_equal(w.n, want);
	for (size_t i = 0; i < want; i++) {
		assert_int_equal(l.item[i].id, ids.id[i]);
		assert_int_equal(l.item[i].id, w.id[i]);
	}
}

static void a_list_is_the_same_as_ids_and_a_row_at_a_time(void **state)
{
	struct kit *k = *state;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct walk w = { .most = 300 };

	put_many(k);
	must(db_exec(k->st.db, "UPDATE articles SET read_at = 1 WHERE id % 10 < 3; UPDATE articles SET starred_at = 1 WHERE id % 100 = 5", &k->info));
	for (int order = ORDER_NEW; order <= ORDER_OLD; order++) {
		q = (struct article_query)ARTICLE_QUERY_INIT;
		q.order = (enum article_order)order;
		assert_alike(k, &q, MANY);
		q.limit = 256; /* a piece, and then nothing left */
		assert_alike(k, &q, 256);
		q.limit = 400;
		q.offset = 100;
		assert_alike(k, &q, 400);
		q.limit = 0;
		assert_alike(k, &q, MANY - 100);
		q.offset = 0;
		q.unread = true;
		assert_alike(k, &q, MANY * 7 / 10);
		q.feed_id = 2;
		q.title_like = "number";
		assert_alike(k, &q, MANY * 3 / 10); /* of ten ids it has the even ones, and 4, 6 and 8 of them are unread */
		q.unread = false;
		q.starred = true;
		assert_alike(k, &q, 0);
	}
	must(articles_each(&k->st, &(struct article_query)ARTICLE_QUERY_INIT, walk_on, &w, &k->info));
	assert_int_equal(w.n, 300); /* it stopped where it was told to */
}

/* What is put in or taken out by another in the middle of a list keeps no other row from coming once. */
static bool meddle(void *user, const struct item *it)
{
	struct kit *k = user;
	static int64_t last;

	assert_true(last == 0 || it->id < last || it->id > MANY);
	last = it->id;
	if (it->id == MANY - 10)
		must(articles_remove(&k->st, MANY - 400, &k->info));
	if (it->id == MANY - 20)
		(void)kit_article(k, 1, "of later", "");
	return true;
}

static void a_list_goes_on_while_others_change_it(void **state)
{
	struct kit *k = *state;

	put_many(k);
	must(articles_each(&k->st, &(struct article_query)ARTICLE_QUERY_INIT, meddle, k, &k->info));
}

static void where_an_article_stands_and_what_is_unread_beside_it_is_known(void **state)
{
	struct kit *k = *state;
	struct article_query q = ARTICLE_QUERY_INIT;
	int64_t n = 0;

	put_many(k); /* ids from 1 on, the highest the newest */
	must(db_exec(k->st.db, "UPDATE articles SET read_at = 1 WHERE id BETWEEN 301 AND 500", &k->info));
	must(articles_before(&k->st, &q, 700, &n, &k->info));
	assert_int_equal(n, 0);
	must(articles_before(&k->st, &q, 400, &n, &k->info));
	assert_int_equal(n, 300);
	q.order = ORDER_OLD;
	must(articles_before(&k->st, &q, 400, &n, &k->info));
	assert_int_equal(n, 399);
	q.order = ORDER_NEW;
	q.unread = true;
	must(articles_before(&k->st, &q, 400, &n, &k->info));
	assert_int_equal(n, 200);
	q.feed_id = 1;
	must(articles_before(&k->st, &q, 400, &n, &k->info));
	assert_int_equal(n, 100);
	must(articles_before(&k->st, &q, 4000, &n, &k->info));
	assert_int_equal(n, 0);
	must(articles_next_unread(&k->st, 0, 400, false, 700, &n, &k->info));
	assert_int_equal(n, 300);
	must(articles_next_unread(&k->st, 0, 400, true, 700, &n, &k->info));
	assert_int_equal(n, 501);
	must(articles_next_unread(&k->st, 2, 400, true, 700, &n, &k->info));
	assert_int_equal(n, 502);
	must(articles_next_unread(&k->st, 0, 400, true, 500, &n, &k->info)); /* the rest came later */
	assert_int_equal(n, 0);
	must(articles_next_unread(&k->st, 0, 1, false, 700, &n, &k->info));
	assert_int_equal(n, 0);
	must(articles_newest_id(&k->st, &n, &k->info));
	assert_int_equal(n, 700);
	must(articles_came(&k->st, 0, 490, &n, &k->info));
	assert_int_equal(n, 200);
	must(articles_came(&k->st, 1, 490, &n, &k->info));
	assert_int_equal(n, 100);
}

/* ---- windows ---- */

static void rows_are_read_where_somebody_looks(void **state)
{
	struct kit *k = *state;
	struct window w = { 0 };
	struct item it[5];
	size_t place;
	bool there;

	put_many(k);
	must(window_open(&w, &k->st, 0, false, &k->info));
	assert_int_equal(w.n, MANY);
	assert_int_equal(w.newest, MANY);
	must(window_rows(&w, 340, 5, &k->a, it, &k->info));
	for (int i = 0; i < 5; i++) {
		assert_int_equal(it[i].id, 360 - i);
		assert_string_equal(it[i].title, arena_printf(&k->a, "number %d", 359 - i));
	}
	must(window_find(&w, 358, &place, &there, &k->info));
	assert_true(there);
	assert_int_equal(place, 342);
	window_clear(&w);
}

static void what_comes_and_goes_moves_nothing_in_a_window(void **state)
{
	struct kit *k = *state;
	struct window w = { 0 };
	struct item it[3];
	size_t place = 0;
	bool there, found;

	put_many(k);
	must(window_open(&w, &k->st, 1, true, &k->info));
	assert_int_equal(w.n, MANY / 2);
	(void)kit_article(k, 1, "of later", "");
	must(articles_remove(&k->st, 695, &k->info));
	must(db_exec(k->st.db, "UPDATE articles SET read_at = 1 WHERE id = 697", &k->info));
	must(window_rows(&w, 0, 3, &k->a, it, &k->info)); /* 699, 697, 695 */
	assert_int_equal(it[1].id, 697);
	assert_true(it[1].read);
	assert_int_equal(it[2].id, 695);
	assert_string_equal(it[2].title, WINDOW_GONE);
	must(window_next_unread(&w, 0, 1, &place, &found, &k->info));
	assert_true(found);
	assert_int_equal(place, 3); /* 693: 697 was read, 695 is gone */
	must(window_next_unread(&w, 3, -1, &place, &found, &k->info));
	assert_int_equal(place, 0);
	must(window_next_unread(&w, 0, -1, &place, &found, &k->info)); /* that of later isn't in it */
	assert_false(found);
	must(window_open(&w, &k->st, 1, true, &k->info));
	assert_int_equal(w.n, MANY / 2 - 1); /* one came, one is gone, one was read */
	must(window_find(&w, 697, &place, &there, &k->info));
	assert_false(there);
	assert_int_equal(place, 2); /* behind that of later and 699 */
	window_clear(&w);
}

static void a_store_that_fails_leaves_the_window_as_it_was(void **state)
{
	struct kit *k = *state;
	struct window w = { 0 };

	put_many(k);
	must(window_open(&w, &k->st, 0, false, &k->info));
	must(db_exec(k->st.db, "ALTER TABLE articles RENAME TO elsewhere", &k->info));
	assert_int_not_equal(window_open(&w, &k->st, 1, true, &k->info), OK);
	assert_int_equal(w.n, MANY);
	assert_false(w.unread);
	window_clear(&w);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_list_is_the_same_as_ids_and_a_row_at_a_time),
		T(a_list_goes_on_while_others_change_it),
		T(where_an_article_stands_and_what_is_unread_beside_it_is_known),
		T(rows_are_read_where_somebody_looks),
		T(what_comes_and_goes_moves_nothing_in_a_window),
		T(a_store_that_fails_leaves_the_window_as_it_was),
	};

	return cmocka_run_group_tests_name("window", tests, NULL, NULL);
}
