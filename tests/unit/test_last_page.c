/* last_page - the page that is kept is the page that was ranked; what can't be shown isn't. */
#include "demo_kit.h"

#include <stdlib.h>
#include <string.h>

#include "app/forget.h"
#include "app/last_page.h"
#include "app/refresh.h"
#include "app/rhythm.h"

static void same_text(const char *a, const char *b)
{
	if (a && b)
		assert_string_equal(a, b);
	else
		assert_true(!a && !b);
}

static void what_is_kept_is_what_was_ranked(void **state)
{
	struct fixture *f = *state;
	struct page ranked = { 0 }, kept = { 0 };

	demo_page(f, 60, 30, &ranked);
	assert_int_equal(last_page_put(&f->app, &ranked, &f->info), OK);
	assert_int_equal(last_page_get(&f->app, 60, &kept, &f->info), OK);
	assert_int_equal(kept.n, ranked.n);
	assert_true(kept.n > 10);
	assert_int_equal(kept.now, ranked.now);
	assert_int_equal(kept.learned_from, ranked.learned_from);
	assert_true(kept.outside == ranked.outside);
	assert_true(kept.expected == ranked.expected);
	for (size_t i = 0; i < kept.n; i++) {
		const struct page_entry *a = &kept.entries[i], *b = &ranked.entries[i];

		assert_int_equal(a->id, b->id);
		assert_int_equal(a->slot, b->slot);
		assert_int_equal(a->published, b->published);
		assert_int_equal(a->feeds_telling, b->feeds_telling);
		assert_true(a->score == b->score);
		same_text(a->title, b->title);
		same_text(a->feed, b->feed);
		same_text(a->topic, b->topic);
		same_text(a->slot_reason, b->slot_reason);
		assert_int_equal(a->n_reasons, b->n_reasons);
		for (size_t k = 0; k < a->n_reasons; k++) {
			same_text(a->reasons[k].name, b->reasons[k].name);
			assert_true(a->reasons[k].weight == b->reasons[k].weight);
		}
	}
	page_clear(&ranked);
	page_clear(&kept);
}

static void refused(struct fixture *f, int explore)
{
	struct page kept = { .n = 77 };

	assert_int_equal(last_page_get(&f->app, explore, &kept, &f->info), ERR_NOTFOUND);
	assert_int_equal(kept.n, 77);
}

static void a_page_of_another_setting_or_none_at_all_is_not_shown(void **state)
{
	static const char *const broken[] = { "", "{", "[]", "{\"explore\":30}", "{\"explore\":30,\"entries\":[]}", "{\"explore\":30,\"entries\":7}" };
	struct fixture *f = *state;
	struct page ranked = { 0 };

	refused(f, 30);
	demo_page(f, 30, 30, &ranked);
	assert_int_equal(last_page_put(&f->app, &ranked, &f->info), OK);
	refused(f, 31);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		assert_int_equal(blob_put(&f->app.store, LAST_PAGE_BLOB, 1, broken[i], strlen(broken[i]), &f->info), OK);
		refused(f, 30);
	}
	page_clear(&ranked);
}

static void a_fetch_that_learned_something_leaves_a_page(void **state)
{
	struct fixture *f = *state;
	const struct refresh_options o = { .force = false };
	struct refresh_summary sum;
	struct page kept = { 0 };

	demo_record(f, 1, EVENT_LIKE, -1); /* no model of before is the one of now */
	assert_int_equal(app_refresh(&f->app, &o, &sum, &f->info), OK);
	assert_int_equal(last_page_get(&f->app, app_explore(&f->app), &kept, &f->info), OK);
	assert_int_equal(kept.n, f->app.config.page_size);
	page_clear(&kept);
}

/* Titles that a page was made of tell what was read. */
static void forgetting_takes_the_page_with_it(void **state)
{
	struct fixture *f = *state;
	const struct forget_request all = { .topic = -1, .all = true, .since = DATE_NONE, .until = DATE_NONE };
	const char *residue;
	struct forgotten gone;
	struct page ranked = { 0 };

	demo_page(f, 30, 30, &ranked);
	assert_int_equal(last_page_put(&f->app, &ranked, &f->info), OK);
	assert_int_equal(app_forget(&f->app, &all, &f->a, &gone, &residue, &f->info), OK);
	refused(f, 30);
	page_clear(&ranked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_kept_is_what_was_ranked, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_page_of_another_setting_or_none_at_all_is_not_shown, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_fetch_that_learned_something_leaves_a_page, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(forgetting_takes_the_page_with_it, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
