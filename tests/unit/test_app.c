/* app - the whole way on the bundled sample feeds: what is learned, ranked and explained. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/basis.h"
#include "app/older.h"
#include "app/refresh.h"
#include "app/words.h"
#include "base/buf.h"
#include "model/blas.h"
#include "store/schema_private.h"
#include "demo_kit.h"

/* Where the feeds themselves are, and no store made from them. */
static void read_the_feeds(void)
{
	char dir[4096];

	snprintf(dir, sizeof dir, "%s/data", getenv("TEST_SRCDIR"));
	setenv("ECLOSE_DATADIR", dir, 1);
}

static void the_store_made_at_build_time_is_what_the_feeds_give(void **state)
{
	struct fixture *f = *state;
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .samples = true, .mode = DB_READ_WRITE };
	const char *before = getenv("ECLOSE_DATADIR");
	char *keep = before ? strdup(before) : NULL;
	struct page made = { 0 }, read = { 0 };
	struct app app;

	demo_page(f, 0, 60, &made);
	read_the_feeds();
	assert_int_equal(app_open(&app, &o, &f->info), OK);
	assert_int_equal(app_page(&app, &(struct page_options){ .explore = 0, .limit = 60 }, &read, &f->info), OK);
	assert_int_equal(made.n, read.n);
	for (size_t i = 0; i < made.n; i++) {
		assert_string_equal(made.entries[i].title, read.entries[i].title);
		assert_int_equal(made.entries[i].published, read.entries[i].published);
	}
	page_clear(&made);
	page_clear(&read);
	app_close(&app);
	if (keep)
		setenv("ECLOSE_DATADIR", keep, 1);
	free(keep);
}

static void record(struct fixture *f, int64_t article, enum event_kind kind, double dwell, int64_t at)
{
	struct event e = { .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1, .at = at };

	assert_int_equal(ranker_record(f->ranker, &e, &f->info), OK);
}

/* Largest difference between two posteriors. */
static double difference(const struct interest *m, const double *mean, const double *cov)
{
	double most = 0;

	for (size_t i = 0; i < m->d; i++)
		most = fmax(most, fabs(m->mean[i] - mean[i]));
	for (size_t i = 0; i < m->d * m->d; i++)
		most = fmax(most, fabs(m->cov[i] - cov[i]));
	return most;
}

static void copy_model(const struct interest *m, double **mean, double **cov)
{
	*mean = malloc(m->d * sizeof **mean);
	*cov = malloc(m->d * m->d * sizeof **cov);
	memcpy(*mean, m->mean, m->d * sizeof **mean);
	memcpy(*cov, m->cov, m->d * m->d * sizeof **cov);
}

static void the_model_rebuilt_from_the_log_is_the_model_updated_as_read(void **state)
{
	struct fixture *f = *state;
	double *mean, *cov;
	struct page p = { 0 };

	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	for (int round = 0; round < 6; round++) {
		demo_page(f, 20 * round, 12, &p);
		for (size_t i = 0; i < p.n; i++)
			record(f, p.entries[i].id, i % 3 == 0 ? EVENT_OPEN : i % 3 == 1 ? EVENT_SKIP : i % 6 == 2 ? EVENT_LIKE : EVENT_SHOWN, i % 2 ? -1 : 40,
			       NOW + round * DATE_DAY);
		page_clear(&p);
		if (round == 2) {
			assert_int_equal(ranker_save(f->ranker, &f->info), OK);
			demo_reopen(f);
		}
	}
	copy_model(&ranker_profile(f->ranker)->models.interest, &mean, &cov);
	assert_true(ranker_profile(f->ranker)->models.interest.updates > 50);
	demo_reopen(f); /* from the snapshot and what came after it */
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) < 1e-6);
	assert_int_equal(ranker_rebuild(f->ranker, &f->info), OK);
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) < 1e-6);
	free(mean);
	free(cov);
}

/* Which articles stand on the page beside those of the log is no matter of the log. */
static void the_model_is_the_same_whatever_else_is_loaded(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };
	size_t before, after;
	double *mean, *cov;

	demo_page(f, 50, 20, &p);
	for (size_t i = 0; i < p.n; i++)
		record(f, p.entries[i].id, i % 3 ? EVENT_LIKE : EVENT_SKIP, -1, NOW + (int64_t)i);
	page_clear(&p);
	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	copy_model(&ranker_profile(f->ranker)->models.interest, &mean, &cov);
	before = ranker_profile(f->ranker)->corpus->n;
	assert_int_equal(db_exec(f->app.store.db, "UPDATE articles SET read_at = 1 WHERE id % 4", &f->info), OK); /* no candidates any more */
	assert_int_equal(ranker_rebuild(f->ranker, &f->info), OK);
	after = ranker_profile(f->ranker)->corpus->n;
	assert_true(after + 100 < before);
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) < 1e-6);
	free(mean);
	free(cov);
}

/* What another program appends to the log while our ranker stands in memory. */
static void elsewhere(struct fixture *f, struct event e)
{
	struct store other;

	assert_int_equal(store_open(&other, f->app.store_path, DB_READ_WRITE, &f->info), OK);
	assert_int_equal(events_append(&other, &e, &f->info), OK);
	store_close(&other);
}

static bool is_saved(struct fixture *f)
{
	bool saved = false;

	assert_int_equal(ranker_saved(&f->app, &saved, &f->info), OK);
	return saved;
}

/* A fetch that brings nothing has nothing to learn, unless something was read since. */
static void a_snapshot_holds_until_something_is_recorded_or_comes(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };

	demo_page(f, 50, 20, &p);
	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	assert_true(is_saved(f));
	elsewhere(f, (struct event){ .at = NOW, .article = p.entries[0].id, .kind = EVENT_LIKE, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 });
	page_clear(&p);
	assert_false(is_saved(f));
	demo_reopen(f);
	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	assert_true(is_saved(f));
	assert_int_equal(db_exec(f->app.store.db, "UPDATE blobs SET version = version + 1 WHERE name = 'derived'", &f->info), OK);
	assert_false(is_saved(f));
	assert_int_equal(db_exec(f->app.store.db, "DELETE FROM blobs WHERE name = 'model'", &f->info), OK);
	assert_false(is_saved(f));
}

/* The model that the next start takes from the snapshot is the one that the log gives. */
static void the_next_start_agrees_with_the_log(struct fixture *f)
{
	double *mean, *cov;

	demo_reopen(f);
	copy_model(&ranker_profile(f->ranker)->models.interest, &mean, &cov);
	assert_int_equal(ranker_rebuild(f->ranker, &f->info), OK);
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) < 1e-6);
	free(mean);
	free(cov);
}

static void an_action_of_another_program_is_not_missed_by_the_next_start(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };

	demo_page(f, 0, 10, &p);
	elsewhere(f, (struct event){ .article = p.entries[0].id, .kind = EVENT_DISLIKE, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW });
	record(f, p.entries[1].id, EVENT_LIKE, -1, NOW);
	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	the_next_start_agrees_with_the_log(f);
	page_clear(&p);
}

static void an_undo_by_another_program_is_not_missed_by_the_next_start(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };
	struct event like = { .kind = EVENT_LIKE, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

	demo_page(f, 0, 10, &p);
	like.article = p.entries[2].id;
	assert_int_equal(ranker_record(f->ranker, &like, &f->info), OK);
	elsewhere(f, (struct event){ .kind = EVENT_UNDO, .undoes = like.batch, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW });
	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	the_next_start_agrees_with_the_log(f);
	page_clear(&p);
}

static void a_model_of_articles_as_they_were_is_not_taken_for_articles_as_they_are(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	assert_int_equal(db_exec(f->app.store.db, "UPDATE articles SET published = published - 864000, categories = 'changed' WHERE id % 2", &f->info), OK);
	the_next_start_agrees_with_the_log(f);
}

static int64_t version_of_the_model(struct fixture *f)
{
	struct arena a = ARENA_INIT;
	int64_t version = -1;
	const void *bytes;
	size_t n;

	assert_int_equal(blob_get(&f->app.store, "model", &a, &version, &bytes, &n, &f->info), OK);
	arena_clear(&a);
	return version;
}

static void a_reader_that_was_open_during_a_fetch_leaves_the_newer_model_in_place(void **state)
{
	struct fixture *f = *state;
	struct ranker *newer;
	int64_t version;

	assert_int_equal(db_exec(f->app.store.db, "INSERT INTO terms_queue SELECT min(id) FROM articles", &f->info), OK);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK);
	assert_int_equal(ranker_open(&f->app, &newer, &f->info), OK);
	assert_int_equal(ranker_save(newer, &f->info), OK);
	ranker_close(newer);
	version = version_of_the_model(f);
	assert_int_equal(ranker_save(f->ranker, &f->info), OK);
	assert_int_equal(version_of_the_model(f), version);
}

static void terms_that_were_counted_before_a_kill_get_their_vectors_at_the_next_fetch(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct derived d;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list newest;
	size_t fresh;

	q.limit = 1;
	assert_int_equal(articles_list(&f->app.store, &q, &a, &newest, &f->info), OK);
	assert_int_equal(db_exec(f->app.store.db, "INSERT INTO terms_queue SELECT max(id) FROM articles; DELETE FROM derived; DELETE FROM vectors", &f->info), OK);
	assert_int_equal(words_index(&f->app, &fresh, &f->info), OK); /* here it was killed */
	assert_int_equal(fresh, 1);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK);
	assert_int_equal(derived_get(&f->app.store, newest.item[0].id, &a, &d, &f->info), OK);
	arena_clear(&a);
}

/* Those of the recent articles are the measure: every other one loses its vector and is treated as one that is recent no more. */
static void an_older_article_gets_the_vector_that_a_recent_one_has(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list all;
	struct derived *before;
	struct basis basis;

	assert_int_equal(articles_list(&f->app.store, &q, &a, &all, &f->info), OK);
	before = arena_zero(&a, all.n, sizeof *before);
	for (size_t i = 0; i < all.n; i++)
		assert_int_equal(derived_get(&f->app.store, all.item[i].id, &a, &before[i], &f->info), OK);
	assert_int_equal(db_exec(f->app.store.db, "DELETE FROM vectors WHERE article % 2; DELETE FROM derived WHERE article % 4 = 1", &f->info), OK);
	assert_int_equal(basis_stored(&f->app.store, &basis, &f->info), OK);
	assert_int_equal(older_vectors(&f->app, &basis.lsa, &f->info), OK);
	for (size_t i = 0; i < all.n; i++) {
		struct derived now;

		assert_int_equal(derived_get(&f->app.store, all.item[i].id, &a, &now, &f->info), OK);
		assert_int_equal(now.d, before[i].d);
		assert_true(blas_dot((size_t)now.d, now.vec, before[i].vec) > 0.998f);
		assert_int_equal(now.story, now.article % 4 == 1 ? now.article : before[i].story);
		assert_int_equal(now.topic, now.article % 4 == 1 ? -1 : before[i].topic);
	}
	basis_clear(&basis);
	arena_clear(&a);
}

static int64_t count(struct fixture *f, const char *sql)
{
	struct stmt *s = db_sql(f->app.store.db, sql);
	bool row;
	int64_t n;

	assert_int_equal(stmt_step(s, &row, &f->info), OK);
	n = row ? stmt_col_int(s, 0) : -1;
	stmt_reset(s);
	return n;
}

/* Version 3 kept vectors as floats. */
static void a_store_of_before_has_its_vectors_again_with_the_next_fetch(void **state)
{
	static const char *const to_version_3 =
		"DROP TRIGGER search_feed; DROP TRIGGER search_feed_gone; CREATE TRIGGER search_feed AFTER DELETE ON feeds BEGIN SELECT 1; END;"
		"CREATE TRIGGER search_feed_gone AFTER DELETE ON feeds BEGIN SELECT 1; END;"
		"DROP TABLE gone; DROP TRIGGER articles_retire; DROP TRIGGER articles_go; DROP TRIGGER articles_read; DROP INDEX articles_at; DROP INDEX articles_feed;"
		"DROP INDEX articles_unread; DROP INDEX articles_starred; DROP INDEX articles_retired; DROP INDEX articles_done; ALTER TABLE articles DROP COLUMN retired_at;"
		"CREATE INDEX articles_at ON articles (at); CREATE INDEX articles_feed ON articles (feed, at); CREATE INDEX articles_unread ON articles (at, id, feed, fetched);"
		"CREATE INDEX articles_starred ON articles (at); CREATE TRIGGER articles_go AFTER DELETE ON articles BEGIN SELECT 1; END;"
		"CREATE TRIGGER articles_read AFTER DELETE ON articles BEGIN SELECT 1; END;"
		"DROP TRIGGER search_edit; DROP TRIGGER search_gone; DROP TRIGGER search_body; DROP TRIGGER search_body_gone; DROP TRIGGER search_feed; DROP TRIGGER search_feed_gone;"
		"DROP VIEW search_entries; DROP VIEW search_source; DROP TABLE search_stale; CREATE TABLE indexed (article INTEGER PRIMARY KEY, entry INTEGER) STRICT;"
		"DROP TABLE digests; DROP TABLE earlier; DROP TABLE fetches; ALTER TABLE bodies DROP COLUMN pixels; ALTER TABLE feeds DROP COLUMN skip_days;"
		"ALTER TABLE feeds DROP COLUMN skip_hours; ALTER TABLE feeds DROP COLUMN ttl; ALTER TABLE feeds DROP COLUMN moved_seen; ALTER TABLE feeds DROP COLUMN moved_to;"
		"DROP INDEX events_subject; ALTER TABLE events DROP COLUMN value; ALTER TABLE events DROP COLUMN subject;"
		"DROP TABLE trials; ALTER TABLE events DROP COLUMN team; ALTER TABLE events DROP COLUMN trial;"
		"ALTER TABLE events DROP COLUMN width; ALTER TABLE events DROP COLUMN pair; ALTER TABLE wordvecs DROP COLUMN title;"
		"UPDATE vectors SET vec = zeroblob(256); PRAGMA user_version = 3";
	struct fixture *f = *state;
	const int64_t all = count(f, "SELECT count(*) FROM vectors");
	struct basis before, after;

	assert_true(all > 500);
	assert_int_equal(basis_stored(&f->app.store, &before, &f->info), OK);
	assert_int_equal(db_exec(f->app.store.db, to_version_3, &f->info), OK);
	assert_int_equal(schema_update(f->app.store.db, &f->info), OK);
	assert_int_equal(count(f, "SELECT count(*) FROM vectors"), 0);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK); /* nothing new has come */
	assert_int_equal(basis_stored(&f->app.store, &after, &f->info), OK);
	assert_int_equal(after.lsa.d, before.lsa.d);
	assert_int_equal(count(f, "SELECT count(*) FROM vectors"), all);
	assert_int_equal(count(f, "SELECT max(length(vec)) FROM vectors"), after.lsa.d + 4);
	basis_clear(&before);
	basis_clear(&after);
}

static void a_store_that_fails_for_a_moment_costs_an_answer_and_no_more(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list old;
	struct page_options o = { .explore = 30 };
	struct page before = { 0 }, p = { 0 };
	struct event e = { .kind = EVENT_LIKE, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

	q.unread = true;
	q.limit = 1;
	assert_int_equal(articles_list(&f->app.store, &q, &a, &old, &f->info), OK);
	e.article = old.item[0].id; /* never seen, and made too old for the page, so that it has to be loaded */
	assert_int_equal(db_exec(f->app.store.db, "UPDATE articles SET fetched = fetched - 8640000 WHERE id = (SELECT id FROM articles WHERE read_at IS NULL"
		" ORDER BY at DESC LIMIT 1)", &f->info), OK);
	demo_reopen(f);
	demo_page(f, 30, 10, &before);
	assert_int_equal(db_exec(f->app.store.db, "ALTER TABLE topics RENAME TO elsewhere", &f->info), OK);
	assert_int_equal(ranker_record(f->ranker, &e, &f->info), OK); /* it is in the log, and nothing is loaded for it yet */
	assert_int_not_equal(ranker_page(f->ranker, &o, &p, &f->info), OK);
	assert_int_equal(p.n, 0);
	assert_int_equal(db_exec(f->app.store.db, "ALTER TABLE elsewhere RENAME TO topics", &f->info), OK);
	demo_page(f, 30, 10, &p);
	assert_int_equal(p.n, before.n);
	page_clear(&p);
	page_clear(&before);
	the_next_start_agrees_with_the_log(f);
	arena_clear(&a);
}

static void the_named_parts_of_every_entry_add_up_to_its_score(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };

	demo_page(f, 50, 200, &p);
	assert_true(p.n > 100);
	for (size_t i = 0; i < p.n; i++) {
		double sum = 0;

		for (size_t k = 0; k < p.entries[i].n_reasons; k++)
			sum += p.entries[i].reasons[k].weight;
		assert_true(fabs(sum - p.entries[i].score) < 1e-5);
		assert_true(p.entries[i].n_reasons > 1);
	}
	page_clear(&p);
}

static void why_gives_the_score_that_the_page_shows(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct page p = { 0 };
	struct page_entry en;
	const char **change;
	size_t n;

	demo_page(f, 30, 5, &p);
	assert_int_equal(ranker_why(f->ranker, p.entries[0].id, &a, &en, &change, &n, &f->info), OK);
	assert_true(fabs(en.score - p.entries[0].score) < 1e-9);
	assert_true(n > 0);
	assert_int_equal(ranker_why(f->ranker, 999999, &a, &en, &change, &n, &f->info), ERR_NOTFOUND);
	assert_non_null(strstr(f->info.text, "999999"));
	arena_clear(&a);
	page_clear(&p);
}

static void more_slider_never_means_less_outside(void **state)
{
	struct fixture *f = *state;
	double before = -1;

	for (int s = 0; s <= 100; s += 5) {
		struct page p = { 0 };
		size_t slots = 0;

		demo_page(f, s, 30, &p);
		assert_true(p.outside >= before - 1e-9);
		before = p.outside;
		for (size_t i = 0; i < p.n; i++)
			slots += p.entries[i].slot == SLOT_SERENDIPITY;
		assert_int_equal(slots, lround(.3 * 30 * s / 100.0));
		page_clear(&p);
	}
	assert_true(before > 0.2);
}

static size_t from_feed(const struct page *p, const char *feed)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += strcmp(p->entries[i].feed, feed) == 0;
	return n;
}

static void what_was_read_leads_at_0_and_not_at_100(void **state)
{
	struct fixture *f = *state;
	struct page habit = { 0 }, all = { 0 };

	demo_page(f, 0, 20, &habit);
	demo_page(f, 100, 20, &all);
	assert_true(from_feed(&habit, "Dark Sky Log") + from_feed(&habit, "Tidepool") + from_feed(&habit, "Kernel Notes") >= 10);
	assert_true(from_feed(&all, "Dark Sky Log") + from_feed(&all, "Tidepool") + from_feed(&all, "Kernel Notes") <= 7);
	page_clear(&habit);
	page_clear(&all);
}

static void an_undo_gives_back_flags_and_model(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct page p = { 0 }, again = { 0 };
	const char *words;
	double *mean, *cov;

	demo_page(f, 0, 10, &p);
	copy_model(&ranker_profile(f->ranker)->models.interest, &mean, &cov);
	record(f, p.entries[3].id, EVENT_DISLIKE, -1, NOW);
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) > 1e-4);
	assert_int_equal(ranker_undo(f->ranker, &a, &words, &f->info), OK);
	assert_non_null(strstr(words, "dislike"));
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) < 1e-9);
	demo_page(f, 0, 10, &again);
	for (size_t i = 0; i < p.n; i++)
		assert_int_equal(p.entries[i].id, again.entries[i].id);
	page_clear(&p);
	page_clear(&again);
	arena_clear(&a);
	free(mean);
	free(cov);
}

static void a_shared_story_stands_once_and_says_how_many_feeds_tell_it(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };
	size_t told = 0, comet = 0;

	demo_page(f, 100, 400, &p);
	for (size_t i = 0; i < p.n; i++) {
		told += p.entries[i].feeds_telling > 1;
		comet += strstr(p.entries[i].title, "Norrsund") != NULL;
	}
	assert_true(told >= 5);
	assert_true(comet <= 1);
	page_clear(&p);
}

static void without_history_there_is_a_page_and_nothing_is_outside(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };

	demo_page(f, 30, 30, &p);
	assert_int_equal(p.n, 30);
	assert_int_equal(p.learned_from, 0);
	assert_true(p.outside == 0);
	page_clear(&p);
}

/* By the entries, as a person would add it up. */
static double interest_of(const struct fixture *f, const struct page *p)
{
	const struct profile *profile = ranker_profile(f->ranker);
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += profile_chance(profile, p->entries[i].score, p->entries[i].sd) / pow((double)i + 1, profile->habits.place.mean[0]);
	return sum;
}

static void the_expected_interest_is_that_of_the_page_over_that_of_slider_0(void **state)
{
	struct fixture *f = *state;
	struct page home = { 0 }, p = { 0 };
	double lowest = 0;

	demo_page(f, 0, 30, &home);
	assert_true(home.expected == 0);
	for (int at = 10; at <= 100; at += 10) {
		demo_page(f, at, 30, &p);
		assert_true(fabs(p.expected - (interest_of(f, &p) / interest_of(f, &home) - 1)) < 1e-6);
		lowest = fmin(lowest, p.expected);
		page_clear(&p);
	}
	assert_true(lowest < -.1); /* there is something to lose in this profile */
	page_clear(&home);
}

static void an_order_by_time_is_measured_by_the_same_page(void **state)
{
	struct fixture *f = *state;
	struct page_options o = { .explore = 60, .limit = 30, .order = PAGE_NEW };
	struct page home = { 0 }, p = { 0 };

	demo_page(f, 0, 30, &home);
	assert_int_equal(ranker_page(f->ranker, &o, &p, &f->info), OK);
	assert_true(fabs(p.expected - (interest_of(f, &p) / interest_of(f, &home) - 1)) < 1e-6);
	page_clear(&p);
	page_clear(&home);
}

static void nothing_is_expected_where_nothing_is_known(void **state)
{
	struct fixture *f = *state;
	struct page p = { 0 };

	demo_page(f, 70, 30, &p);
	assert_int_equal(p.learned_from, 0);
	assert_true(p.expected == 0);
	page_clear(&p);
}

/* What the coin did to a page that the same ranking makes without it: 0 nothing, 1 left two places in order, 2 swapped them. */
static int coin_of(struct fixture *f)
{
	struct page_options o = { .explore = 0, .limit = 30, .swaps = true };
	struct page with = { 0 }, plain = { 0 };
	size_t moved = 0, paired = 0;

	assert_int_equal(ranker_page(f->ranker, &o, &with, &f->info), OK);
	o.swaps = false;
	assert_int_equal(ranker_page(f->ranker, &o, &plain, &f->info), OK);
	assert_int_equal(with.n, plain.n);
	for (size_t i = 0; i < with.n; i++) {
		int other = with.entries[i].pair;

		assert_int_equal(plain.entries[i].pair, 0);
		moved += with.entries[i].id != plain.entries[i].id;
		paired += other > 0;
		if (other > 0)
			assert_int_equal(with.entries[other - 1].pair, i + 1);
		else
			assert_int_equal(with.entries[i].id, plain.entries[i].id);
	}
	assert_true((paired == 2 && (moved == 0 || moved == 2)) || (paired == 0 && moved == 0));
	page_clear(&with);
	page_clear(&plain);
	return paired ? 1 + (moved > 0) : 0;
}

static void a_coin_puts_two_places_in_order_where_it_may_and_says_so(void **state)
{
	struct fixture *f = *state;
	int seen[3] = { 0 };

	for (int half_day = 0; half_day < 12; half_day++) {
		f->app.frozen = NOW + half_day * DATE_DAY / 2;
		seen[coin_of(f)]++;
	}
	assert_true(seen[1] > 0 && seen[2] > 0);
	f->app.config.swaps = false;
	assert_int_equal(coin_of(f), 0);
}

static void the_orders_by_time_are_by_time(void **state)
{
	struct fixture *f = *state;
	struct page_options o = { .limit = 50, .order = PAGE_NEW };
	struct page p = { 0 };

	assert_int_equal(ranker_page(f->ranker, &o, &p, &f->info), OK);
	for (size_t i = 1; i < p.n; i++)
		assert_true(p.entries[i - 1].published >= p.entries[i].published);
	page_clear(&p);
	o.order = PAGE_OLD;
	assert_int_equal(ranker_page(f->ranker, &o, &p, &f->info), OK);
	for (size_t i = 1; i < p.n; i++)
		assert_true(p.entries[i - 1].published <= p.entries[i].published);
	page_clear(&p);
}

/* ---- the subscription file ---- */

static void subscribe(const char *folder, const char *lines, struct app *app, struct err_info *info)
{
	struct app_options o = { .program = "eclose", .config_dir = folder, .data_dir = folder, .now = NOW, .mode = DB_READ_WRITE };
	char path[128];

	snprintf(path, sizeof path, "%s/urls", folder);
	assert_int_equal(buf_write_file(path, lines, strlen(lines), 0600, info), OK);
	assert_int_equal(app_open(app, &o, info), OK);
}

static void title_of_the_feed(struct app *app, const char *expected, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct feed_list list;

	assert_int_equal(feeds_load(&app->store, false, &a, &list, info), OK);
	assert_int_equal(list.n, 1);
	if (expected)
		assert_string_equal(list.feed[0].title, expected);
	else
		assert_null(list.feed[0].title);
	arena_clear(&a);
	app_close(app);
}

static void remove_profile(const char *folder)
{
	char path[128];

	for (size_t i = 0; i < 5; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, (const char *const[]){ "urls", "eclose.db", "eclose.db-wal", "eclose.db-shm", "fetch.lock" }[i]);
		(void)remove(path);
	}
	assert_int_equal(remove(folder), 0);
}

static void a_title_that_is_taken_out_of_the_subscription_file_is_gone(void **state)
{
	char folder[] = "/tmp/eclose-test-app-XXXXXX";
	struct err_info info = ERR_INFO_INIT;
	struct app app;

	(void)state;
	assert_non_null(mkdtemp(folder));
	subscribe(folder, "http://a.example/ \"~Mine\"\n", &app, &info);
	title_of_the_feed(&app, "Mine", &info);
	subscribe(folder, "http://a.example/\n", &app, &info);
	title_of_the_feed(&app, NULL, &info);
	remove_profile(folder);
}

static size_t asked(struct app *app, struct err_info *info)
{
	struct refresh_summary sum;

	assert_int_equal(app_refresh(app, &(struct refresh_options){ 0 }, &sum, info), OK);
	return sum.feeds;
}

/* A clock that was wrong for a day, or an article recorded under --now, doesn't silence the feeds until that day comes. */
static void feeds_that_were_asked_in_the_future_are_due(void **state)
{
	char folder[] = "/tmp/eclose-test-app-XXXXXX";
	struct err_info info = ERR_INFO_INIT;
	struct app app;

	(void)state;
	assert_non_null(mkdtemp(folder));
	subscribe(folder, "file:///nowhere/feed.xml\n", &app, &info);
	app.frozen = NOW + 400 * DATE_DAY;
	assert_int_equal(asked(&app, &info), 1);
	assert_int_equal(asked(&app, &info), 0);
	app.frozen = NOW;
	assert_int_equal(asked(&app, &info), 1);
	assert_int_equal(asked(&app, &info), 0);
	app_close(&app);
	remove_profile(folder);
}

/* Asked by itself, an article says which place it has among all that is unread. */
static void a_place_counts_the_better_ones(void **state)
{
	struct fixture *f = *state;
	struct page_options o = { .limit = 100000, .order = PAGE_NEW };
	struct page p = { 0 };

	assert_int_equal(ranker_page(f->ranker, &o, &p, &f->info), OK);
	assert_true(p.n > 100 && p.n == p.candidates);
	for (size_t i = 0; i < p.n; i += p.n / 7) {
		struct arena a = ARENA_INIT;
		struct page_entry e;
		const char **change;
		size_t n, better = 0;

		assert_int_equal(ranker_why(f->ranker, p.entries[i].id, &a, &e, &change, &n, &f->info), OK);
		for (size_t k = 0; k < p.n; k++)
			better += k != i && p.entries[k].score > e.score;
		assert_int_equal(e.place, better + 1);
		assert_int_equal(e.of, p.n);
		assert_true(e.nearer >= 0 && e.nearer <= 1);
		arena_clear(&a);
	}
	page_clear(&p);
}

static void before_the_first_reading_nothing_is_near(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct page_entry e;
	const char **change;
	struct page p = { 0 };
	size_t n;

	demo_page(f, 30, 5, &p);
	assert_int_equal(p.learned_from, 0);
	assert_int_equal(ranker_why(f->ranker, p.entries[0].id, &a, &e, &change, &n, &f->info), OK);
	assert_true(e.nearer < 0);
	arena_clear(&a);
	page_clear(&p);
}

/* "new ground" is said of topics that weren't read for a month, and of no other. */
static void new_ground_is_new(void **state)
{
	struct fixture *f = *state;
	const struct profile *profile = ranker_profile(f->ranker);
	size_t slots = 0;
	struct page p = { 0 };

	demo_page(f, 100, 40, &p);
	for (size_t i = 0; i < p.n; i++) {
		const struct page_entry *e = &p.entries[i];
		bool read = false;

		if (e->slot != SLOT_SERENDIPITY || e->topic_id < 0)
			continue;
		for (size_t k = 0; k < profile->n; k++)
			read = read || (profile->corpus->doc[profile->reading[k].doc].topic == e->topic_id && profile->reading[k].at >= NOW - 30 * DATE_DAY);
		assert_int_equal(strncmp(e->slot_reason, "new ground: ", 12) == 0, !read);
		slots++;
	}
	assert_true(slots > 3);
	page_clear(&p);
}

/* Tags are the reader's own words for feeds: what is read of one says something of the others that have it. */
static void a_tag_joins_feeds_in_what_is_liked(void **state)
{
	struct fixture *f = *state;
	const struct taste *taste;
	struct arena a = ARENA_INIT;
	struct item_list all;
	struct article_query q = ARTICLE_QUERY_INIT;
	int64_t first = 0, second = 0;

	assert_int_equal(articles_list(&f->app.store, &q, &a, &all, &f->info), OK);
	for (size_t i = 0; i < all.n; i++) {
		first = first ? first : all.item[i].feed_id;
		if (!second && all.item[i].feed_id != first)
			second = all.item[i].feed_id;
	}
	assert_int_equal(db_exec(f->app.store.db, arena_printf(&a, "UPDATE feeds SET tags = 'Sky night' WHERE id IN (%lld, %lld)", (long long)first, (long long)second),
				 &f->info), OK);
	for (size_t i = 0, n = 0; i < all.n && n < 5; i++)
		if (all.item[i].feed_id == first) {
			struct event e = { .article = all.item[i].id, .kind = EVENT_LIKE, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

			assert_int_equal(ranker_record(f->ranker, &e, &f->info), OK);
			n++;
		}
	demo_reopen(f);
	taste = &ranker_profile(f->ranker)->taste;
	assert_int_equal(taste->of[FACET_TAG].n, 2);
	for (size_t i = 0; i < all.n; i++) {
		int64_t doc = corpus_find(ranker_profile(f->ranker)->corpus, all.item[i].id);
		double lift = doc >= 0 ? taste_doc(taste, &ranker_profile(f->ranker)->corpus->doc[doc], FACET_TAG) : 0;

		if (doc >= 0 && (all.item[i].feed_id == first || all.item[i].feed_id == second))
			assert_true(lift > 0);
		else
			assert_true(lift == 0);
	}
	arena_clear(&a);
}

/* ---- an article that isn't loaded ---- */

/* An article that was read long before any page knows of is recorded without loading, and learned from when the ranker is next asked: as one that was told at once. */
static void an_action_on_an_article_that_is_not_loaded_is_learned_from_when_asked(void **state)
{
	struct fixture *f = *state;
	struct page page = { 0 };
	double *mean, *cov;
	int64_t old;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list all;

	q.unread = true;
	q.limit = 1;
	assert_int_equal(articles_list(&f->app.store, &q, &f->a, &all, &f->info), OK);
	old = all.item[0].id;
	assert_int_equal(db_exec(f->app.store.db, "UPDATE articles SET fetched = fetched - 8640000 WHERE id = (SELECT id FROM articles WHERE read_at IS NULL"
		" ORDER BY at DESC LIMIT 1)", &f->info), OK);
	demo_reopen(f);
	assert_false(ranker_behind(f->ranker));
	record(f, old, EVENT_OPEN, 40, NOW);
	assert_true(ranker_behind(f->ranker));
	record(f, old, EVENT_LIKE, -1, NOW);
	assert_true(ranker_behind(f->ranker));
	demo_page(f, 30, 5, &page);
	assert_false(ranker_behind(f->ranker));
	copy_model(&ranker_profile(f->ranker)->models.interest, &mean, &cov);
	assert_int_equal(ranker_rebuild(f->ranker, &f->info), OK);
	assert_true(difference(&ranker_profile(f->ranker)->models.interest, mean, cov) < 1e-6);
	free(mean);
	free(cov);
	page_clear(&page);
}

/* ---- subscriptions at the start ---- */

/* Opens the profile at dir and closes it; returns how many subscriptions it says there are, and *read how many of them were read. */
static size_t start(const char *dir, bool skim, size_t *read)
{
	struct app_options o = { .program = "eclose", .config_dir = dir, .data_dir = dir, .now = NOW, .mode = DB_READ_WRITE, .skim = skim };
	struct err_info info = ERR_INFO_INIT;
	struct app app;
	size_t n;

	assert_int_equal(app_open(&app, &o, &info), OK);
	n = app.n_subs;
	*read = app.subs.n;
	app_close(&app);
	return n;
}

static void write_subs(const char *dir, const char *text)
{
	struct err_info info = ERR_INFO_INIT;
	char path[100];

	snprintf(path, sizeof path, "%s/urls", dir);
	assert_int_equal(buf_write_file(path, text, strlen(text), 0600, &info), OK);
}

static int64_t version(struct store *st)
{
	struct store_marks m;
	struct err_info info = ERR_INFO_INIT;

	assert_int_equal(store_marks(st, &m, &info), OK);
	return m.version;
}

static void a_start_writes_only_where_the_subscriptions_have_changed(void **state)
{
	struct fixture *f = *state;
	char dir[] = "/tmp/eclose-start-XXXXXX", path[100];
	struct feed_list feeds;
	struct store other;
	int64_t before;
	size_t read;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/eclose.db", dir);
	write_subs(dir, "http://one.example/f\nhttp://two.example/f tag\n");
	assert_int_equal(start(dir, true, &read), 2);
	assert_int_equal(read, 2);
	assert_int_equal(store_open(&other, path, DB_READ_WRITE, &f->info), OK);
	before = version(&other);
	assert_int_equal(start(dir, true, &read), 2);
	assert_int_equal(read, 0);
	assert_int_equal(start(dir, false, &read), 2);
	assert_int_equal(read, 2);
	assert_int_equal(version(&other), before);
	write_subs(dir, "http://three.example/f\n");
	assert_int_equal(start(dir, true, &read), 1);
	assert_int_equal(read, 1);
	assert_int_not_equal(version(&other), before);
	assert_int_equal(feeds_load(&other, false, &f->a, &feeds, &f->info), OK);
	assert_int_equal(feeds.n, 1);
	assert_string_equal(feeds.feed[0].url, "http://three.example/f");
	write_subs(dir, "http://one.example/f\nhttp://two.example/f tag\n"); /* as it once was, and isn't any more */
	assert_int_equal(start(dir, true, &read), 2);
	assert_int_equal(feeds_load(&other, false, &f->a, &feeds, &f->info), OK);
	assert_int_equal(feeds.n, 2);
	store_close(&other);
	snprintf(path, sizeof path, "rm -rf %s", dir);
	assert_int_equal(system(path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_model_rebuilt_from_the_log_is_the_model_updated_as_read, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_action_on_an_article_that_is_not_loaded_is_learned_from_when_asked, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_start_writes_only_where_the_subscriptions_have_changed, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(the_model_is_the_same_whatever_else_is_loaded, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_snapshot_holds_until_something_is_recorded_or_comes, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_action_of_another_program_is_not_missed_by_the_next_start, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_undo_by_another_program_is_not_missed_by_the_next_start, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_model_of_articles_as_they_were_is_not_taken_for_articles_as_they_are, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_reader_that_was_open_during_a_fetch_leaves_the_newer_model_in_place, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(terms_that_were_counted_before_a_kill_get_their_vectors_at_the_next_fetch, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_older_article_gets_the_vector_that_a_recent_one_has, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_store_of_before_has_its_vectors_again_with_the_next_fetch, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_store_that_fails_for_a_moment_costs_an_answer_and_no_more, demo_setup, demo_teardown),
		cmocka_unit_test(feeds_that_were_asked_in_the_future_are_due),
		cmocka_unit_test(a_title_that_is_taken_out_of_the_subscription_file_is_gone),
		cmocka_unit_test_setup_teardown(the_named_parts_of_every_entry_add_up_to_its_score, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(why_gives_the_score_that_the_page_shows, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(more_slider_never_means_less_outside, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(what_was_read_leads_at_0_and_not_at_100, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_undo_gives_back_flags_and_model, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_shared_story_stands_once_and_says_how_many_feeds_tell_it, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(without_history_there_is_a_page_and_nothing_is_outside, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(the_store_made_at_build_time_is_what_the_feeds_give, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(the_orders_by_time_are_by_time, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_place_counts_the_better_ones, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(before_the_first_reading_nothing_is_near, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(new_ground_is_new, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_tag_joins_feeds_in_what_is_liked, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(the_expected_interest_is_that_of_the_page_over_that_of_slider_0, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(an_order_by_time_is_measured_by_the_same_page, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(nothing_is_expected_where_nothing_is_known, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(a_coin_puts_two_places_in_order_where_it_may_and_says_so, demo_setup, demo_teardown),
	};

	return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}
