/* retention and the model - what is learned from stays when texts go, and the settings say of which feed how much. */
#include "demo_kit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"
#include "app/refresh.h"
#include "app/retain.h"

struct posterior { double *mean, *cov; };

static struct posterior keep(const struct fixture *f)
{
	const struct interest *m = &ranker_profile(f->ranker)->models.interest;
	struct posterior p = { mem_alloc(m->d * sizeof(double)), mem_alloc(m->d * m->d * sizeof(double)) };

	memcpy(p.mean, m->mean, m->d * sizeof(double));
	memcpy(p.cov, m->cov, m->d * m->d * sizeof(double));
	return p;
}

/* Largest difference; p is spent. */
static double away_from(const struct fixture *f, struct posterior p)
{
	const struct interest *m = &ranker_profile(f->ranker)->models.interest;
	double most = 0;

	for (size_t i = 0; i < m->d; i++)
		most = fmax(most, fabs(m->mean[i] - p.mean[i]));
	for (size_t i = 0; i < m->d * m->d; i++)
		most = fmax(most, fabs(m->cov[i] - p.cov[i]));
	free(p.mean);
	free(p.cov);
	return most;
}

static int64_t count(struct fixture *f, const char *sql)
{
	struct stmt *s = db_sql(f->app.store.db, sql);
	int64_t n;
	bool row;

	must(stmt_step(s, &row, &f->info));
	n = stmt_col_int(s, 0);
	stmt_reset(s);
	return n;
}

/* Two months later: the sample feeds have just come. */
static int64_t retain(struct fixture *f)
{
	int64_t due = -1, gone = -1;

	f->app.frozen = NOW + 60 * DATE_DAY;
	must(app_retain_due(&f->app, &due, &f->info));
	must(app_retain(&f->app, NULL, &gone, &f->info));
	f->app.frozen = NOW;
	assert_int_equal(due, gone);
	return gone;
}

/* Old ones, most of which nobody has seen: of these nothing is learned. */
static void mark_some_read(struct fixture *f)
{
	struct arena a = ARENA_INIT;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list l;
	size_t n = 0;

	q.unread = true;
	q.order = ORDER_OLD;
	must(articles_list(&f->app.store, &q, &a, &l, &f->info));
	for (size_t i = 0; i < l.n && n < 40; i++) {
		struct event e = { .article = l.item[i].id, .kind = EVENT_READ, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

		if (i % 3)
			continue;
		must(events_append(&f->app.store, &e, &f->info));
		n++;
	}
	arena_clear(&a);
}

static void nothing_goes_unless_it_is_said(void **state)
{
	struct fixture *f = *state;
	int64_t version = count(f, "SELECT version FROM blobs WHERE name = 'derived'");

	assert_int_equal(retain(f), 0);
	assert_int_equal(count(f, "SELECT version FROM blobs WHERE name = 'derived'"), version);
}

static void the_model_is_the_same_before_and_after_texts_go(void **state)
{
	struct fixture *f = *state;
	struct posterior before;
	size_t readings = ranker_profile(f->ranker)->n;
	int64_t gone;

	must(ranker_save(f->ranker, &f->info));
	before = keep(f);
	f->app.config.keep_days = 1;
	gone = retain(f);
	assert_true(gone > 20);
	assert_int_equal(count(f, "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL"), gone);
	assert_int_equal(retain(f), 0);
	demo_reopen(f);
	must(ranker_rebuild(f->ranker, &f->info));
	assert_int_equal(ranker_profile(f->ranker)->n, readings);
	assert_true(away_from(f, before) < 1e-6);
	before = keep(f);
	must(ranker_save(f->ranker, &f->info));
	demo_reopen(f); /* from the snapshot */
	assert_true(away_from(f, before) < 1e-6);
}

/* Where articles go altogether the corpus is another one, as it is after a fetch; rebuilt and updated are the same again over that. */
static void updated_is_rebuilt_after_articles_have_gone(void **state)
{
	struct fixture *f = *state;
	struct posterior updated;

	f->app.config.keep_days = 1;
	mark_some_read(f);
	assert_true(retain(f) > 40);
	assert_true(count(f, "SELECT count(*) FROM gone") > 15); /* some were seen on a page */
	demo_reopen(f);
	demo_page(f, 30, 12, &f->page);
	for (size_t i = 0; i < f->page.n; i++)
		demo_record(f, f->page.entries[i].id, i % 2 ? EVENT_SKIP : EVENT_LIKE, -1);
	updated = keep(f);
	must(ranker_rebuild(f->ranker, &f->info));
	assert_true(away_from(f, updated) < 1e-6);
	must(app_vectorise(&f->app, &f->info));
	demo_reopen(f);
	must(ranker_save(f->ranker, &f->info));
	updated = keep(f);
	must(ranker_rebuild(f->ranker, &f->info));
	assert_true(away_from(f, updated) < 1e-6);
}

static void no_page_has_what_was_let_go(void **state)
{
	struct fixture *f = *state;

	f->app.config.keep_days = 1;
	assert_true(retain(f) > 0);
	must(db_exec(f->app.store.db, "UPDATE articles SET read_at = NULL WHERE retired_at IS NOT NULL", &f->info));
	demo_reopen(f);
	demo_page(f, 30, 1000, &f->page);
	for (size_t i = 0; i < f->page.n; i++) {
		struct item it;

		must(articles_get(&f->app.store, f->page.entries[i].id, &f->a, &it, &f->info));
		assert_int_equal(it.let_go, 0);
	}
	assert_int_equal(count(f, "SELECT count(*) FROM feeds f WHERE unread <> (SELECT count(*) FROM articles WHERE feed = f.id AND read_at IS NULL AND retired_at IS NULL)"), 0);
}

/* A feed's own setting stands before the program's, 0 as well. */
static void a_feed_says_for_itself(void **state)
{
	struct fixture *f = *state;
	static const char *all[] = { "keep-days=0", "keep-articles=0" }, *one[] = { "keep-articles=1" };
	struct feed_list feeds;
	struct sub sub[2] = { { .settings = all, .n_settings = 2 }, { .settings = one, .n_settings = 1 } };
	int64_t id[2], n = 0;

	must(feeds_load(&f->app.store, false, &f->a, &feeds, &f->info));
	for (size_t i = 0; i < feeds.n && n < 2; i++) {
		const char *read = arena_printf(&f->a, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL AND starred_at IS NULL AND feed = %lld", (long long)feeds.feed[i].id);

		if (count(f, read) < 3)
			continue;
		id[n] = feeds.feed[i].id;
		sub[n++].url = feeds.feed[i].url;
	}
	assert_int_equal(n, 2);
	f->app.subs = (struct subs){ .sub = sub, .n = 2 };
	assert_true(retain(f) > 0); /* of the second alone */
	assert_int_equal(count(f, arena_printf(&f->a, "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL AND feed <> %lld", (long long)id[1])), 0);
	f->app.config.keep_days = 1;
	assert_true(retain(f) > 0); /* of all but the first */
	assert_int_equal(count(f, arena_printf(&f->a, "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL AND feed = %lld", (long long)id[0])), 0);
	assert_true(count(f, arena_printf(&f->a, "SELECT count(DISTINCT feed) FROM articles WHERE retired_at IS NOT NULL AND feed <> %lld", (long long)id[1])) > 0);
}

static void it_ends_when_it_is_told_to(void **state)
{
	struct fixture *f = *state;
	const volatile bool stop = true;
	int64_t gone = -1;

	f->app.config.keep_days = 1;
	f->app.frozen = NOW + 60 * DATE_DAY;
	must(app_retain(&f->app, &stop, &gone, &f->info));
	assert_int_equal(gone, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, demo_setup, demo_teardown)
	const struct CMUnitTest tests[] = {
		T(nothing_goes_unless_it_is_said),
		T(the_model_is_the_same_before_and_after_texts_go),
		T(updated_is_rebuilt_after_articles_have_gone),
		T(no_page_has_what_was_let_go),
		T(a_feed_says_for_itself),
		T(it_ends_when_it_is_told_to),
	};

	return cmocka_run_group_tests_name("retain", tests, NULL, NULL);
}
