/* titles - which of the sample feeds' articles a new reader is asked about. */
#include <stdio.h>
#include <stdlib.h>

#include "demo_kit.h"

static struct item_list ask(struct fixture *f, size_t m)
{
	struct item_list items;

	must(ranker_ask(f->ranker, m, &f->a, &items, &f->info));
	return items;
}

static void act(struct fixture *f, int64_t article, enum event_kind kind)
{
	struct event e = { .article = article, .kind = kind, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 };

	must(ranker_record(f->ranker, &e, &f->info));
}

static bool among(const struct item_list *items, int64_t id)
{
	for (size_t i = 0; i < items->n; i++)
		if (items->item[i].id == id)
			return true;
	return false;
}

static void ten_titles_are_of_as_many_topics_as_can_be(void **state)
{
	struct fixture *f = *state;
	struct item_list ten = ask(f, 10);
	int topic[10];

	assert_int_equal(ten.n, 10);
	for (size_t i = 0; i < ten.n; i++) {
		struct derived d;

		assert_false(ten.item[i].read);
		must(derived_get(&f->app.store, ten.item[i].id, &f->a, &d, &f->info));
		topic[i] = d.topic;
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(topic[k], topic[i]);
	}
}

static void what_was_answered_or_read_is_not_asked_about(void **state)
{
	struct fixture *f = *state;
	struct item_list ten = ask(f, 10), next;
	signed char answer[10];
	int64_t id[10];

	act(f, ten.item[0].id, EVENT_WANT);
	act(f, ten.item[1].id, EVENT_PASS);
	act(f, ten.item[2].id, EVENT_READ);
	next = ask(f, 10);
	for (size_t i = 0; i < 3; i++)
		assert_false(among(&next, ten.item[i].id));
	assert_int_equal(next.n, 10);
	for (size_t i = 0; i < 10; i++)
		id[i] = ten.item[i].id;
	must(ranker_answers(f->ranker, id, 10, answer, &f->info));
	assert_true(answer[0] == 1 && answer[1] == -1 && answer[2] == 0 && answer[9] == 0);
	act(f, ten.item[0].id, EVENT_PASS); /* the last word counts */
	must(ranker_answers(f->ranker, id, 10, answer, &f->info));
	assert_int_equal(answer[0], -1);
}

static void without_vectors_the_newest_of_each_feed_is_asked_about(void **state)
{
	struct fixture *f = *state;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list some, newest;

	must(derived_forget_vectors(&f->app.store, &f->info));
	must(wordvecs_reset(&f->app.store, &f->info));
	ranker_close(f->ranker);
	f->ranker = NULL;
	must(ranker_open(&f->app, &f->ranker, &f->info));
	some = ask(f, 7);
	assert_int_equal(some.n, 7);
	for (size_t i = 0; i < some.n; i++) {
		for (size_t k = 0; k < i; k++)
			assert_true(some.item[k].feed_id != some.item[i].feed_id);
		q.feed_id = some.item[i].feed_id;
		q.limit = 1;
		must(articles_list(&f->app.store, &q, &f->a, &newest, &f->info));
		assert_int_equal(newest.item[0].id, some.item[i].id);
	}
	act(f, some.item[0].id, EVENT_WANT);
	newest = ask(f, 7);
	assert_false(among(&newest, some.item[0].id));
	assert_int_equal(newest.n, 7);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, demo_setup_new, demo_teardown)
	const struct CMUnitTest tests[] = {
		T(ten_titles_are_of_as_many_topics_as_can_be),
		T(what_was_answered_or_read_is_not_asked_about),
		T(without_vectors_the_newest_of_each_feed_is_asked_about),
	};

	return cmocka_run_group_tests_name("titles", tests, NULL, NULL);
}
