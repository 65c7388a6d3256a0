/* forget - after forgetting, the profile is the one that a log without those actions gives: by term, feed, topic, span and altogether. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/forget.h"
#include "app/page.h"
#include "base/rng.h"

#define NOW 1775030400 /* 2026-04-01T08:00:00Z */
#define ARTICLES 80
#define ACTIONS 500
#define SPAN_FROM (NOW - 20 * DATE_DAY)
#define SPAN_TO (NOW - 8 * DATE_DAY)

struct action { struct event event; bool undone; };

/* Two readers of the same articles: `whole` does everything and then forgets, `part` has never done what is forgotten. */
struct fixture {
	struct app whole, part;
	struct arena a;
	struct item_list items;
	struct action log[ACTIONS];
	struct err_info info;
};

#define must(e) assert_int_equal((e), OK)

static int set_up(void **state)
{
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .samples = true, .mode = DB_READ_WRITE };
	struct article_query q = ARTICLE_QUERY_INIT;
	struct fixture *f = calloc(1, sizeof *f);

	*state = f;
	q.limit = ARTICLES;
	if (app_open(&f->whole, &o, &f->info) != OK || app_open(&f->part, &o, &f->info) != OK || articles_list(&f->whole.store, &q, &f->a, &f->items, &f->info) != OK) {
		print_error("%s\n", f->info.text);
		return -1;
	}
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	app_close(&f->whole);
	app_close(&f->part);
	arena_clear(&f->a);
	free(f);
	return 0;
}

static void append(struct fixture *f, struct app *app, struct event e)
{
	e.id = e.batch = 0;
	must(events_append(&app->store, &e, &f->info));
}

/* A month of anything that a reader may do; one action in six is taken back the day after. */
static void live(struct fixture *f)
{
	static const enum event_kind kind[] = { EVENT_SHOWN, EVENT_OPEN, EVENT_CLOSE, EVENT_SKIP, EVENT_LIKE, EVENT_DISLIKE, EVENT_BROWSER, EVENT_SAVE, EVENT_READ,
					       EVENT_UNREAD, EVENT_WANT, EVENT_PASS, EVENT_OPEN, EVENT_CLOSE };
	struct rng r;

	rng_seed(&r, 3);
	for (size_t i = 0; i < ACTIONS; i++) {
		struct event e = { .article = f->items.item[rng_below(&r, (uint32_t)f->items.n)].id, .kind = kind[rng_below(&r, sizeof kind / sizeof *kind)],
			.dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW - (int64_t)(ACTIONS - i) * 30 * DATE_DAY / ACTIONS };

		if (e.kind == EVENT_CLOSE)
			e.dwell = rng_below(&r, 200);
		must(events_append(&f->whole.store, &e, &f->info));
		f->log[i] = (struct action){ e, rng_below(&r, 6) == 0 };
		if (f->log[i].undone)
			append(f, &f->whole, (struct event){ .kind = EVENT_UNDO, .undoes = e.batch, .at = e.at + DATE_DAY, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 });
	}
}

/* ---- the naive rules ---- */

static const struct item *item_of(struct fixture *f, int64_t id)
{
	for (size_t i = 0; i < f->items.n; i++)
		if (f->items.item[i].id == id)
			return &f->items.item[i];
	fail_msg("no article %lld", (long long)id);
	return NULL;
}

static bool has_term(struct fixture *f, int64_t article, const char *name)
{
	struct termvec v;
	int64_t id;

	must(terms_id(&f->part.store, name, strlen(name), &id, &f->info));
	must(terms_vector(&f->part.store, article, &f->a, &v, NULL, &f->info));
	for (size_t i = 0; i < v.n; i++)
		if (v.id[i] == (uint32_t)id)
			return true;
	return false;
}

static bool doomed(struct fixture *f, const struct forget_request *r, const char *stem, int64_t feed, const struct event *e)
{
	struct derived d;

	if (r->term)
		return has_term(f, e->article, stem);
	if (r->feed)
		return item_of(f, e->article)->feed_id == feed;
	if (r->topic >= 0) {
		must(derived_get(&f->part.store, e->article, &f->a, &d, &f->info));
		return d.topic == r->topic;
	}
	return r->all || (e->at >= r->since && e->at < r->until);
}

/* ---- comparing ---- */

static const char *value_name(const struct profile *p, enum facet f, size_t i)
{
	const struct corpus_names *names = &p->corpus->names;
	const char *name = f == FACET_LENGTH ? length_name((int)i) : names->facet(names->user, f, (int)i);

	return name ? name : "";
}

static void same_taste(const struct profile *p, const struct profile *q, enum facet f)
{
	const struct affinities *a = &p->taste.of[f], *b = &q->taste.of[f];
	size_t told = 0, met = 0;

	assert_true(fabs(a->all.yes - b->all.yes) < 1e-12 && fabs(a->all.no - b->all.no) < 1e-12);
	for (size_t i = 0; i < a->n; i++)
		told += a->one[i].yes > 0 || a->one[i].no > 0;
	for (size_t k = 0; k < b->n; k++) {
		if (b->one[k].yes <= 0 && b->one[k].no <= 0)
			continue;
		for (size_t i = 0; i < a->n; i++) /* their numbers are each corpus' own */
			if (strcmp(value_name(p, f, i), value_name(q, f, k)) == 0) {
				assert_true(fabs(a->one[i].yes - b->one[k].yes) < 1e-12 && fabs(a->one[i].no - b->one[k].no) < 1e-12);
				met++;
			}
	}
	assert_int_equal(told, met);
}

static void same_profile(const struct profile *a, const struct profile *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert_int_equal(a->corpus->doc[a->reading[i].doc].id, b->corpus->doc[b->reading[i].doc].id);
		assert_int_equal(a->reading[i].at, b->reading[i].at);
		assert_true(fabs(a->reading[i].weight - b->reading[i].weight) < 1e-12);
	}
	assert_int_equal(a->models.interest.updates, b->models.interest.updates);
	for (size_t i = 0; i < a->models.interest.d; i++)
		assert_true(fabs(a->models.interest.mean[i] - b->models.interest.mean[i]) < 1e-12);
	for (size_t i = 0; i < a->models.interest.d * a->models.interest.d; i++)
		assert_true(fabs(a->models.interest.cov[i] - b->models.interest.cov[i]) < 1e-12);
	for (int f = 0; f < FACET_COUNT; f++)
		same_taste(a, b, (enum facet)f);
}

static bool saved(struct fixture *f, struct app *app)
{
	const void *bytes;
	int64_t version;
	size_t n;
	enum err e = blob_get(&app->store, "model", &f->a, &version, &bytes, &n, &f->info);

	assert_true(e == OK || e == ERR_NOTFOUND);
	return e == OK;
}

static void flags_are_as_they_were(struct fixture *f, const int64_t *id, size_t n, const bool *read, const bool *starred)
{
	struct item_list now;

	must(articles_brief(&f->whole.store, id, n, &f->a, &now, &f->info));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(now.item[i].read, read[i]);
		assert_int_equal(now.item[i].starred, starred[i]);
	}
}

/* The profile of the reader who forgot against that of the one who never did it; with a saved model before, and a reader that is open all the while. */
static void check(struct fixture *f, const struct forget_request *r, const char *stem, int64_t feed)
{
	struct ranker *open = NULL, *whole = NULL, *part = NULL;
	struct forgotten plan = { 0 }, gone = { 0 };
	const char *residue = "?";
	int64_t id[ARTICLES];
	bool read[ARTICLES], starred[ARTICLES];
	struct item_list before;
	size_t taken = 0;

	live(f);
	for (size_t i = 0; i < f->items.n; i++)
		id[i] = f->items.item[i].id;
	must(articles_brief(&f->whole.store, id, f->items.n, &f->a, &before, &f->info));
	for (size_t i = 0; i < f->items.n; i++) {
		read[i] = before.item[i].read;
		starred[i] = before.item[i].starred;
	}
	must(ranker_open(&f->whole, &open, &f->info));
	must(ranker_save(open, &f->info));
	assert_true(saved(f, &f->whole));
	for (size_t i = 0; i < ACTIONS; i++) {
		bool goes = doomed(f, r, stem, feed, &f->log[i].event);

		taken += goes && !f->log[i].undone;
		if (!goes && !f->log[i].undone)
			append(f, &f->part, f->log[i].event);
	}
	must(forget_plan(&f->whole, r, &plan, &f->info));
	must(app_forget(&f->whole, r, &f->a, &gone, &residue, &f->info));
	assert_memory_equal(&plan, &gone, sizeof plan);
	assert_true(taken > 10 && (size_t)gone.events >= taken);
	assert_null(residue);
	flags_are_as_they_were(f, id, f->items.n, read, starred);
	must(ranker_save(open, &f->info)); /* it has the old model in memory, and can't bring it back */
	assert_false(saved(f, &f->whole));
	must(ranker_open(&f->whole, &whole, &f->info));
	must(ranker_open(&f->part, &part, &f->info));
	same_profile(ranker_profile(whole), ranker_profile(part));
	must(ranker_save(whole, &f->info));
	ranker_close(whole);
	must(ranker_open(&f->whole, &whole, &f->info)); /* from the new snapshot */
	same_profile(ranker_profile(whole), ranker_profile(part));
	ranker_close(open);
	ranker_close(whole);
	ranker_close(part);
}

/* Nothing but what is set afterwards. */
static struct forget_request request(void)
{
	return (struct forget_request){ .topic = -1, .since = DATE_NONE, .until = DATE_NONE };
}

static void a_term_is_as_if_its_articles_had_never_been_read(void **state)
{
	struct forget_request r = request();

	r.term = "Minutes"; /* in English articles its stem */
	check(*state, &r, "minut", 0);
}

static void a_feed_is_as_if_it_had_never_been_read(void **state)
{
	struct fixture *f = *state;
	struct forget_request r = request();
	struct feed_list feeds;
	size_t most = 0;

	must(feeds_load(&f->whole.store, true, &f->a, &feeds, &f->info));
	for (size_t i = 0; i < feeds.n; i++) {
		size_t n = 0;

		for (size_t k = 0; k < f->items.n; k++)
			n += f->items.item[k].feed_id == feeds.feed[i].id;
		if (n > most) {
			most = n;
			r.feed = feeds.feed[i].url;
		}
	}
	assert_non_null(r.feed);
	for (size_t i = 0; i < feeds.n; i++)
		if (feeds.feed[i].url == r.feed)
			check(f, &r, NULL, feeds.feed[i].id);
}

static void a_topic_is_as_if_it_had_never_been_read(void **state)
{
	struct fixture *f = *state;
	struct forget_request r = request();
	struct topic_row *row;
	size_t n, most = 0;

	must(topics_load(&f->whole.store, &f->a, &row, &n, &f->info));
	for (size_t t = 0; t < n; t++) {
		size_t count = 0;
		struct derived d;

		for (size_t k = 0; k < f->items.n; k++) {
			must(derived_get(&f->whole.store, f->items.item[k].id, &f->a, &d, &f->info));
			count += d.topic == row[t].id;
		}
		if (count > most) {
			most = count;
			r.topic = row[t].id;
		}
	}
	check(f, &r, NULL, 0);
}

static void a_span_is_as_if_nothing_had_been_done_in_it(void **state)
{
	struct forget_request r = request();

	r.since = SPAN_FROM;
	r.until = SPAN_TO;
	check(*state, &r, NULL, 0);
}

static void all_is_the_profile_of_a_new_reader(void **state)
{
	struct forget_request r = request();

	r.all = true;
	check(*state, &r, NULL, 0);
}

static void what_is_not_there_is_said(void **state)
{
	struct fixture *f = *state;
	const struct { const char *term, *feed; int64_t topic; enum err says; } wrong[] = {
		{ "qwertzuiop", NULL, -1, ERR_NOTFOUND }, { "two words", NULL, -1, ERR_USAGE }, { "...", NULL, -1, ERR_USAGE },
		{ "comet,crabs", NULL, -1, ERR_USAGE }, { "\xE6\x89\xBE\xE5\x9B\x9E\xE4\xB8\x89\xE5\x8D\x81\xE7\xA7\x8D\xE6\xB6\x88\xE5\xA4\xB1\xE7\x9A\x84\xE6\xA2\xA8", NULL, -1, ERR_USAGE },
		{ NULL, "http://nowhere.example/", -1, ERR_NOTFOUND }, { NULL, NULL, 9999, ERR_NOTFOUND },
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct forget_request r = request();
		struct forgotten n;

		r.term = wrong[i].term;
		r.feed = wrong[i].feed;
		r.topic = wrong[i].topic;
		assert_int_equal(forget_plan(&f->whole, &r, &n, &f->info), wrong[i].says);
		assert_non_null(strstr(f->info.text, r.term ? r.term : r.feed ? r.feed : "9999"));
	}
}

/* The profile shows a name in small letters. */
static void a_name_of_two_words_is_one_in_small_letters_too(void **state)
{
	struct fixture *f = *state;
	struct forget_request as_written = request(), small = request();
	struct forgotten n[2];

	as_written.term = "Alemu-Brandt";
	small.term = "alemu-brandt";
	for (size_t i = 0; i < f->items.n; i++)
		append(f, &f->whole, (struct event){ .article = f->items.item[i].id, .kind = EVENT_OPEN, .at = NOW, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 });
	must(forget_plan(&f->whole, &as_written, &n[0], &f->info));
	must(forget_plan(&f->whole, &small, &n[1], &f->info));
	assert_true(n[0].events > 0 && n[0].events == n[1].events);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_term_is_as_if_its_articles_had_never_been_read),
		T(a_feed_is_as_if_it_had_never_been_read),
		T(a_topic_is_as_if_it_had_never_been_read),
		T(a_span_is_as_if_nothing_had_been_done_in_it),
		T(all_is_the_profile_of_a_new_reader),
		T(what_is_not_there_is_said),
		T(a_name_of_two_words_is_one_in_small_letters_too),
	};

	return cmocka_run_group_tests_name("forget", tests, NULL, NULL);
}
