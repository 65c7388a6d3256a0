/* field - what the ranker keeps between two pages changes none of them: each is the one that a ranker makes which was opened for it alone. */
#include "demo_kit.h"

#include <string.h>

#include "app/ranker.h"

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

/* ---- more unread than is scored in full ---- */

#define FEW 40

static void few(struct fixture *d)
{
	d->app.scored_most = FEW;
	demo_reopen(d);
	assert_true(d->ranker->pre.used);
}

static void of_too_many_some_are_chosen_and_all_count(void **state)
{
	struct fixture *d = *state;
	size_t all;

	demo_page(d, 30, 10, &d->page);
	all = d->page.candidates;
	assert_true(all > 2 * FEW);
	few(d);
	demo_page(d, 30, 10, &d->page);
	assert_int_equal(d->page.candidates, all);
	assert_int_equal(d->ranker->n_candidates, FEW);
	assert_int_equal(d->page.n, 10);
	for (size_t i = 1; i < d->ranker->n_candidates; i++)
		assert_true(d->ranker->loaded.corpus.doc[d->ranker->candidate[i - 1]].at >= d->ranker->loaded.corpus.doc[d->ranker->candidate[i]].at);
	d->app.scored_most = all;
	demo_reopen(d);
	assert_false(d->ranker->pre.used);
}

/* With 40 of them scored, most of what the whole page has at home is there. */
static void what_the_reader_would_see_is_among_the_chosen(void **state)
{
	struct fixture *d = *state;
	int64_t id[10];
	size_t found = 0;

	demo_page(d, 0, 10, &d->page);
	for (size_t i = 0; i < 10; i++)
		id[i] = d->page.entries[i].id;
	few(d);
	for (size_t i = 0; i < d->ranker->n_candidates; i++)
		for (size_t j = 0; j < 10; j++)
			found += d->ranker->loaded.items.item[d->ranker->candidate[i]].id == id[j];
	assert_true(found >= 7);
}

static void what_is_learned_chooses_anew_and_as_a_fresh_ranker_does(void **state)
{
	struct fixture *d = *state;
	int64_t first;

	few(d);
	steps(d);
	for (size_t i = 0; i < 6; i++) {
		demo_record(d, nth(d, i), i % 2 ? EVENT_SKIP : EVENT_LIKE, -1);
		steps(d);
	}
	first = nth(d, 0);
	demo_record(d, first, EVENT_READ, -1);
	assert_int_equal(d->ranker->pre.recall.most, FEW);
	steps(d);
	assert_true(d->ranker->loaded.corpus.n > d->ranker->pre.loaded);
	assert_true(nth(d, 0) != first);
}

/* An article that wasn't chosen is read all the same: the others stay loaded, and the profile is that of a ranker that had it from the beginning. */
static void an_article_beside_the_chosen_is_learned_from(void **state)
{
	struct fixture *d = *state;
	struct arena a = ARENA_INIT;
	size_t numbers, loaded;
	double *grown, *fresh;
	int64_t other = 0;

	few(d);
	for (size_t i = 0; i < d->ranker->pre.recall.n && !other; i++)
		if (corpus_find(&d->ranker->loaded.corpus, d->ranker->pre.recall.id[i]) < 0)
			other = d->ranker->pre.recall.id[i];
	assert_true(other > 0);
	loaded = d->ranker->loaded.corpus.n;
	demo_record(d, other, EVENT_LIKE, -1);
	assert_int_equal(d->ranker->loaded.corpus.n, loaded + 1);
	numbers = models_numbers(&d->ranker->profile.models, NULL);
	grown = arena_zero(&a, numbers, sizeof *grown);
	fresh = arena_zero(&a, numbers, sizeof *fresh);
	(void)models_numbers(&d->ranker->profile.models, grown);
	must(ranker_rebuild(d->ranker, &d->info));
	assert_int_equal(models_numbers(&d->ranker->profile.models, fresh), numbers);
	for (size_t i = 0; i < numbers; i++)
		assert_true(grown[i] - fresh[i] < 1e-6 && fresh[i] - grown[i] < 1e-6);
	arena_clear(&a);
	steps(d);
}

/* What another program writes meanwhile doesn't mix with what was loaded before it. */
static void after_anothers_write_the_chosen_stay(void **state)
{
	struct fixture *d = *state;
	struct store other;
	struct event e = { .kind = EVENT_SKIP, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };
	size_t loaded;

	few(d);
	e.article = nth(d, 3);
	must(store_open(&other, d->app.store_path, DB_READ_WRITE, &d->info));
	must(events_append(&other, &e, &d->info));
	store_close(&other);
	loaded = d->ranker->loaded.corpus.n;
	demo_record(d, nth(d, 0), EVENT_LIKE, -1);
	demo_page(d, 60, 0, &d->page);
	assert_int_equal(d->ranker->loaded.corpus.n, loaded);
	assert_true(d->page.n > 0);
	demo_reopen(d);
	steps(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(steps_of_the_slider_are_those_of_a_fresh_ranker, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_read_marked_and_undone_is_seen_at_once, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(places_order_and_width_are_those_that_are_asked_for, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(another_minute_is_another_page, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(of_too_many_some_are_chosen_and_all_count, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_the_reader_would_see_is_among_the_chosen, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_is_learned_chooses_anew_and_as_a_fresh_ranker_does, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_article_beside_the_chosen_is_learned_from, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(after_anothers_write_the_chosen_stay, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
