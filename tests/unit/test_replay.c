/* replay - a log by hand, its figures counted another way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rank/replay.h"
#include "rank/score.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))
#define NOW ((int64_t)1774936800)
#define DAYS 30
#define A_DAY 10 /* articles, half of each feed; 1-based places */

/* Articles of two feeds in turn, the newest first of each day; 230 words: a minute. */
static void corpus_make(struct corpus *c)
{
	corpus_init(c, 0, 0);
	for (int i = 0; i < DAYS * A_DAY; i++) {
		struct doc d = { .id = i + 1, .at = NOW + i / A_DAY * DATE_DAY - 60 * (i % A_DAY), .story = i + 1, .feed = i % 2, .topic = -1, .author = -1, .language = -1, .words = 230, .feeds_telling = 1 };

		(void)corpus_add(c, &d, NULL, NULL, 0, (struct doc_vectors){ 0 });
	}
	c->values[FACET_FEED] = 2;
	c->values[FACET_LENGTH] = LENGTHS;
}

struct log { struct event *event; size_t n, cap; };

static void add(struct log *l, int64_t at, int64_t article, enum event_kind kind, int place, double dwell)
{
	MEM_GROW(l->event, l->n, l->cap);
	l->event[l->n] = (struct event){ .id = (int64_t)l->n + 1, .at = at, .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .place = place,
					 .explore = -1, .propensity = -1 };
	l->n++;
}

/* So many mornings: what `opens` of the article's number says is opened and read for 30 s, all else passed over at the end. */
static void log_make(struct log *l, int days, bool (*opens)(int i))
{
	for (int day = 0; day < days; day++) {
		int64_t at = NOW + day * DATE_DAY;

		for (int k = 0; k < A_DAY; k++) {
			int i = day * A_DAY + k;

			add(l, at, i + 1, EVENT_SHOWN, k + 1, -1);
			if (!opens(i))
				continue;
			add(l, at + 60 * k, i + 1, EVENT_OPEN, k + 1, -1);
			add(l, at + 60 * k + 30, i + 1, EVENT_CLOSE, k + 1, 30);
		}
		for (int k = 0; k < A_DAY; k++)
			if (!opens(day * A_DAY + k))
				add(l, at + 60 * A_DAY, day * A_DAY + k + 1, EVENT_SKIP, k + 1, -1);
	}
}

static bool first_feed(int i)
{
	return i % 2 == 0;
}

static bool nobody(int i)
{
	(void)i;
	return false;
}

static bool newest_three(int i)
{
	return i % A_DAY < 3;
}

static void run_by(enum model_kind model, int days, bool (*opens)(int i), struct replay_result *out)
{
	struct corpus c;
	struct log l = { 0 };

	corpus_make(&c);
	log_make(&l, days, opens);
	replay(&c, model, l.event, l.n, NULL, NULL, out);
	free(l.event);
	corpus_clear(&c);
}

static void run(int days, bool (*opens)(int i), struct replay_result *out)
{
	run_by(MODEL_INTEREST, days, opens, out);
}

static void a_reader_of_one_feed_is_told_after_the_first_morning(void **state)
{
	struct replay_result r;

	(void)state;
	run(DAYS, first_feed, &r);
	assert_true(r.enough);
	assert_int_equal(r.opened, DAYS * A_DAY / 2);
	assert_int_equal(r.passed, DAYS * A_DAY / 2);
	assert_int_equal(r.sittings, DAYS);
	assert_int_equal(r.compared, DAYS);
	/* The first morning knows nothing of feeds: half of its pairs; all others are right. */
	assert_near(r.feed.auc, (DAYS - 1 + 0.5) / DAYS, 1e-9);
	assert_true(r.ranking.auc > (DAYS - 1.0) / DAYS && r.ranking.auc <= 1);
	assert_true(r.ranking.ndcg10 > 0.98 && r.ranking.ndcg10 <= 1 + 1e-12);
	assert_near(r.random.auc, 0.5, 0.1);
	/* Within a day the first of each two is the newer: of 25 pairs 15 */
	assert_near(r.recency.auc, 15.0 / 25, 1e-9);
	/* always told a half */
	assert_near(r.plain_log_loss, log(2), 1e-9);
	assert_near(r.plain_brier, 0.25, 1e-9);
	assert_true(r.brier < 0.25 && r.log_loss < log(2));
}

static void the_chosen_model_is_the_one_that_is_measured(void **state)
{
	struct replay_result by[MODEL_COUNT];

	(void)state;
	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		run_by((enum model_kind)kind, DAYS, first_feed, &by[kind]);
		assert_true(by[kind].enough && fabs(by[kind].feed.auc - by[0].feed.auc) < 1e-12);
		for (int other = 0; other < kind; other++)
			assert_true(fabs(by[kind].log_loss - by[other].log_loss) > 1e-6);
	}
}

static void the_newest_first_is_measured_where_the_newest_are_read(void **state)
{
	struct replay_result r;

	(void)state;
	run(DAYS, newest_three, &r);
	assert_near(r.recency.auc, 1, 1e-12);
	assert_near(r.recency.ndcg10, 1, 1e-12);
	assert_near(r.plain_brier, 0.3 * 0.7, 1e-9);
	assert_near(r.plain_log_loss, -0.3 * log(0.3) - 0.7 * log(0.7), 1e-9);
	/* 30 s of a minute */
	assert_int_equal(r.places[0].from, 1);
	assert_int_equal(r.places[0].to, 3);
	assert_int_equal(r.places[0].n, DAYS * 3);
	assert_near(r.places[0].completion, 0.5, 1e-9);
	assert_int_equal(r.places[1].n, 0);
	assert_int_equal(r.places[3].to, 0);
}

/* Morning by morning, the chances asked one article at a time. */
static void a_morning_is_told_by_what_was_known_before_it(void **state)
{
	struct corpus c;
	struct log l = { 0 };
	struct replay_result r;
	struct forecast told[6 * 2 * 10];
	struct profile p;
	size_t n = 0;

	(void)state;
	corpus_make(&c);
	log_make(&l, 12, first_feed);
	replay(&c, MODEL_INTEREST, l.event, l.n, NULL, NULL, &r);
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < l.n;) {
		size_t to = i;

		while (to < l.n && l.event[to].at - l.event[i].at < DATE_DAY / 2)
			to++;
		for (size_t k = i; k < to; k++) {
			size_t doc = (size_t)l.event[k].article - 1;
			struct score s;

			if (l.event[k].kind != EVENT_SHOWN)
				continue;
			score_docs(&p, &doc, 1, l.event[i].at, &s);
			told[n++] = (struct forecast){ profile_chance(&p, s.mean, s.sd), first_feed((int)doc) };
		}
		for (; i < to; i++)
			profile_apply(&p, &l.event[i]);
	}
	assert_int_equal(n, r.opened + r.passed);
	assert_near(r.brier, forecast_brier(told, n), 1e-6);
	assert_near(r.log_loss, forecast_log_loss(told, n), 1e-6);
	profile_clear(&p);
	free(l.event);
	corpus_clear(&c);
}

static void too_little_is_said_and_nothing_else(void **state)
{
	struct replay_result r;

	(void)state;
	run(9, first_feed, &r); /* 45 of each */
	assert_false(r.enough);
	assert_int_equal(r.opened, 45);
	assert_int_equal(r.passed, 45);
	assert_true(r.ranking.auc == 0 && r.brier == 0 && r.places[0].n == 0);
	run(10, first_feed, &r);
	assert_true(r.enough);
	run(DAYS, nobody, &r);
	assert_false(r.enough);
	assert_int_equal(r.opened, 0);
	assert_int_equal(r.passed, DAYS * A_DAY);
	assert_int_equal(r.compared, 0);
	run(0, nobody, &r);
	assert_false(r.enough);
	assert_int_equal(r.sittings, 0);
}

static void only_decisions_on_a_page_count(void **state)
{
	struct corpus c;
	struct log l = { 0 };
	struct replay_result r;

	(void)state;
	corpus_make(&c);
	add(&l, NOW, 1, EVENT_OPEN, 0, 60);         /* from the command line */
	add(&l, NOW, 2, EVENT_SHOWN, 2, -1);
	add(&l, NOW, 4711, EVENT_OPEN, 3, -1);      /* nowhere in the corpus */
	add(&l, NOW, 3, EVENT_CLOSE, 3, 60);        /* opened before the log */
	add(&l, NOW, 4, EVENT_LIKE, 4, -1);
	add(&l, NOW, 5, EVENT_BROWSER, 5, -1);
	add(&l, NOW, 5, EVENT_OPEN, 5, -1);         /* the same once more */
	add(&l, NOW + REPLAY_GAP - 1, 6, EVENT_SKIP, 6, -1);
	add(&l, NOW + 2 * REPLAY_GAP - 1, 6, EVENT_SKIP, 6, -1); /* another sitting */
	replay(&c, MODEL_INTEREST, l.event, l.n, NULL, NULL, &r);
	assert_int_equal(r.opened, 1);
	assert_int_equal(r.passed, 2);
	assert_int_equal(r.sittings, 2);
	assert_int_equal(r.compared, 1);
	free(l.event);
	corpus_clear(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reader_of_one_feed_is_told_after_the_first_morning),
		cmocka_unit_test(the_chosen_model_is_the_one_that_is_measured),
		cmocka_unit_test(the_newest_first_is_measured_where_the_newest_are_read),
		cmocka_unit_test(a_morning_is_told_by_what_was_known_before_it),
		cmocka_unit_test(too_little_is_said_and_nothing_else),
		cmocka_unit_test(only_decisions_on_a_page_count),
	};

	return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
