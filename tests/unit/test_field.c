/* field - what the ranker keeps between two pages changes none of them: each is the one that a ranker makes which was opened for it alone. */
#include "demo_kit.h"

#include <string.h>

static void assert_same_entry(const struct page_entry *x, const struct page_entry *y)
{
	assert_int_equal(x->id, y->id);
	assert_int_equal(x->slot, y->slot);
	assert_int_equal(x->read, y->read);
	assert_true(x->propensity == y->propensity && x->distance == y->distance);
	assert_true(x->score - y->score < 1e-6 && y->score - x->score < 1e-6); /* a model that goes on and one that is loaded: to as much */
}

/* The page of the ranker that is open, and of one that is opened for it. */
static void assert_as_if_opened(struct fixture *d, struct page_options o)
{
	struct page kept, fresh;

	must(ranker_page(d->ranker, &o, &kept, &d->info));
	must(app_page(&d->app, &o, &fresh, &d->info));
	assert_int_equal(kept.n, fresh.n);
	assert_int_equal(kept.candidates, fresh.candidates);
	assert_int_equal(kept.banned, fresh.banned);
	assert_int_equal(kept.explore, fresh.explore);
	assert_int_equal(kept.new_topics, fresh.new_topics);
	assert_true(kept.expected - fresh.expected < 1e-6 && fresh.expected - kept.expected < 1e-6);
	assert_true(kept.outside == fresh.outside);
	for (size_t i = 0; i < kept.n; i++)
		assert_same_entry(&kept.entries[i], &fresh.entries[i]);
	page_clear(&kept);
	page_clear(&fresh);
}

static void steps(struct fixture *d)
{
	static const int slider[] = { 30, 0, 100, 55, 30 };

	for (size_t i = 0; i < sizeof slider / sizeof *slider; i++)
		assert_as_if_opened(d, (struct page_options){ .explore = slider[i] });
}

static int64_t nth(struct fixture *d, size_t n)
{
	int64_t id;

	demo_page(d, 30, 0, &d->page);
	assert_true(n < d->page.n);
	id = d->page.entries[n].id;
	return id;
}

static void steps_of_the_slider_are_those_of_a_fresh_ranker(void **state)
{
	struct fixture *d = *state;

	steps(d);
}

static void what_is_read_marked_and_undone_is_seen_at_once(void **state)
{
	struct fixture *d = *state;
	int64_t first = nth(d, 0);
	const char *words;

	demo_record(d, first, EVENT_READ, -1);
	assert_true(nth(d, 0) != first);
	steps(d);
	demo_record(d, first, EVENT_UNREAD, -1);
	assert_int_equal(nth(d, 0), first);
	demo_record(d, nth(d, 2), EVENT_OPEN, 120);
	steps(d);
	must(ranker_undo(d->ranker, &d->a, &words, &d->info));
	steps(d);
}

static void places_order_and_width_are_those_that_are_asked_for(void **state)
{
	struct fixture *d = *state;

	assert_as_if_opened(d, (struct page_options){ .explore = 40 });
	assert_as_if_opened(d, (struct page_options){ .explore = 40, .limit = 5 });
	assert_as_if_opened(d, (struct page_options){ .explore = 40, .order = PAGE_NEW });
	assert_as_if_opened(d, (struct page_options){ .explore = 40, .order = PAGE_OLD, .limit = 7 });
	assert_as_if_opened(d, (struct page_options){ .explore = 40, .width = 60 });
	assert_as_if_opened(d, (struct page_options){ .explore = 40, .width = 200 });
}

static void another_minute_is_another_page(void **state)
{
	struct fixture *d = *state;

	for (int minutes = 0; minutes < 3000; minutes += 700) {
		d->app.frozen = NOW + minutes * 60;
		assert_as_if_opened(d, (struct page_options){ .explore = 80 });
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(steps_of_the_slider_are_those_of_a_fresh_ranker, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_read_marked_and_undone_is_seen_at_once, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(places_order_and_width_are_those_that_are_asked_for, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(another_minute_is_another_page, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
