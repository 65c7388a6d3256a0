/* meter - its formulas on cases counted by hand, and the whole of it on the sample feeds, with what a reader did. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/meter.h"
#include "rank/diversity.h"
#include "rank/meter.h"
#include "demo_kit.h"

#define assert_close(x, y) assert_true(fabs((x) - (y)) < 1e-9)

/* ---- mixes ---- */

static void entropy_is_counted_in_bits(void **state)
{
	(void)state;
	assert_close(meter_entropy((double[]){ 5, 5, 5, 5 }, 4), 2);
	assert_close(meter_entropy((double[]){ 0, 7, 0 }, 3), 0);
	assert_close(meter_entropy((double[]){ 3, 1 }, 2), 2 - 0.75 * log2(3));
	assert_close(meter_entropy((double[]){ 0, 0 }, 2), -1);
	assert_close(meter_entropy(NULL, 0), -1);
}

/* (1, 0) and (1/2, 1/2) have the middle (3/4, 1/4). */
static void the_distance_is_0_for_the_same_mix_and_1_for_nothing_in_common(void **state)
{
	const double x[] = { 4, 0 }, y[] = { 1, 1 }, z[] = { 0, 9 }, nothing[] = { 0, 0 };
	double js = 0.5 * log2(4.0 / 3) + 0.25 * log2(2.0 / 3) + 0.25 * log2(2);

	(void)state;
	assert_close(meter_distance(x, x, 2), 0);
	assert_close(meter_distance(x, z, 2), 1);
	assert_close(meter_distance(y, x, 2), sqrt(js));
	assert_close(meter_distance(x, nothing, 2), -1);
	assert_close(meter_distance(nothing, x, 2), -1);
}

/* Three unit vectors, two of which are the same, and one article without: pairs at 0, 1 and 1. No word vectors, so those of LSA. */
static void the_distance_within_a_list_is_by_the_vectors_that_more_of_it_has(void **state)
{
	static const float a[] = { 1, 0 }, b[] = { 0, 1 };
	const float *const vec[] = { a, b, NULL, a };
	const size_t docs[] = { 0, 1, 2, 3 };
	struct corpus c;

	(void)state;
	corpus_init(&c, 2, 2);
	for (size_t i = 0; i < 4; i++)
		corpus_add(&c, &(struct doc){ .id = (int64_t)i + 1, .topic = -1 }, NULL, NULL, 0, (struct doc_vectors){ { [SIDE_LSA] = vec[i] } });
	assert_close(list_ild(&c, docs, 4), 2.0 / 3);
	assert_close(list_ild(&c, docs, 1), -1);
	corpus_clear(&c);
}

/* ---- a log by hand ---- */

#define ARTICLES 60
#define EVENTS 300
#define TOPICS 4
#define FEEDS 3

/* Article i is of topic i % TOPICS and feed i % FEEDS, and takes 60 seconds. */
struct hand {
	struct meter_article article[ARTICLES];
	struct event event[EVENTS];
	int64_t of[EVENTS];
	struct meter_published published[200];
	struct habits habits;
	struct meter_log log;
	struct arena arena;
};

static int hand_set_up(void **state)
{
	struct hand *h = calloc(1, sizeof *h);

	habits_init(&h->habits);
	for (int i = 0; i < ARTICLES; i++)
		h->article[i] = (struct meter_article){ i % FEEDS, i % TOPICS, (int)h->habits.signals.words_a_minute };
	h->log = (struct meter_log){
		.event = h->event, .of = h->of, .article = h->article, .articles = ARTICLES, .published = h->published, .feeds = FEEDS, .topics = TOPICS,
		.living = TOPICS, .habits = &h->habits, .now = NOW,
	};
	*state = h;
	return 0;
}

static int hand_tear_down(void **state)
{
	struct hand *h = *state;

	habits_clear(&h->habits);
	arena_clear(&h->arena);
	free(h);
	return 0;
}

static struct event *act(struct hand *h, int article, enum event_kind kind, double days_ago)
{
	struct event *e = &h->event[h->log.n];

	assert_true(h->log.n < EVENTS);
	*e = (struct event){ .id = (int64_t)h->log.n + 1, .at = NOW - (int64_t)(days_ago * DATE_DAY), .article = article + 1, .kind = kind, .dwell = -1, .scroll = -1,
			     .explore = -1, .propensity = -1 };
	h->of[h->log.n++] = article;
	return e;
}

static void publish(struct hand *h, int64_t story, int feed, int topic, double days_ago)
{
	assert_true(h->log.n_published < 200);
	h->published[h->log.n_published++] = (struct meter_published){ NOW - (int64_t)(days_ago * DATE_DAY), story, feed, topic };
}

static void read_for(struct hand *h, int article, double days_ago, double seconds, double scroll)
{
	struct event *e;

	act(h, article, EVENT_OPEN, days_ago);
	e = act(h, article, EVENT_CLOSE, days_ago);
	e->dwell = seconds;
	e->scroll = scroll;
}

static void an_opening_and_its_closing_are_one_reading(void **state)
{
	struct hand *h = *state;

	act(h, 1, EVENT_OPEN, 3);
	act(h, 1, EVENT_BROWSER, 3); /* while it is open */
	*act(h, 1, EVENT_CLOSE, 3) = (struct event){ .at = NOW - 3 * DATE_DAY, .kind = EVENT_CLOSE, .dwell = 40, .scroll = 1, .explore = -1 };
	act(h, 1, EVENT_BROWSER, 2);
	act(h, 2, EVENT_LIKE, 2);
	act(h, -1, EVENT_OPEN, 2); /* it is in the store no more */
	meter_opens(&h->log, &h->arena);
	assert_int_equal(h->log.n_opens, 2);
	assert_close(h->log.open[0].seconds, 40);
	assert_true(h->log.open[0].finished);
	assert_close(h->log.open[1].seconds, -1);
	assert_false(h->log.open[1].finished);
	assert_int_equal(meter_opened(&h->log, NOW - METER_WEEK, NOW), 1);
}

/* This week topics 0, 0 and 1; before it 2; published 1 each of topics 0..3 and one of none. */
static void the_three_mixes_are_shares_of_their_own_spans(void **state)
{
	struct hand *h = *state;
	struct meter_mix mix;

	read_for(h, 0, 1, 30, 0.5);
	read_for(h, 0, 2, 30, 0.5); /* the same article counts once */
	read_for(h, 4, 6.9, 30, 0.5);
	read_for(h, 1, 3, 30, 0.5);
	read_for(h, 2, 7.1, 30, 0.5);
	read_for(h, 3, 37.1, 30, 0.5); /* too long ago */
	for (int t = -1; t < TOPICS; t++)
		publish(h, t + 10, 0, t, 20);
	publish(h, 20, 0, 0, 38);
	meter_opens(&h->log, &h->arena);
	meter_mix_topics(&h->log, &h->arena, &mix);
	assert_int_equal(mix.this_week, 3);
	assert_int_equal(mix.before, 1);
	assert_int_equal(mix.feeds, 4);
	assert_int_equal(mix.n, 4);
	assert_int_equal(mix.share[0].which, 2); /* all of before */
	assert_close(mix.share[0].before, 1);
	assert_int_equal(mix.share[1].which, 0);
	assert_close(mix.share[1].this_week, 2.0 / 3);
	assert_close(mix.share[1].before, 0);
	assert_close(mix.share[1].feeds, 0.25);
	assert_int_equal(mix.share[3].which, 3);
	assert_close(mix.share[3].this_week, 0);
	meter_mix_feeds(&h->log, &h->arena, &mix);
	assert_int_equal(mix.feeds, 5); /* that of no topic too */
}

/* What was opened seven days ago to the second belongs to the weeks before. */
static void a_week_begins_after_its_first_moment(void **state)
{
	struct hand *h = *state;
	struct meter_week w[METER_WEEKS];

	act(h, 0, EVENT_OPEN, 7);
	act(h, 1, EVENT_OPEN, 0);
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_weeks(&h->log, w), 2);
	assert_int_equal(w[0].opened, 1);
	assert_int_equal(w[1].opened, 1);
}

static void a_mix_of_nothing_is_unknown(void **state)
{
	struct hand *h = *state;
	struct meter_mix mix;

	publish(h, 1, 0, 2, 3);
	meter_opens(&h->log, &h->arena);
	meter_mix_topics(&h->log, &h->arena, &mix);
	assert_int_equal(mix.n, 1);
	assert_close(mix.share[0].this_week, -1);
	assert_close(mix.share[0].before, -1);
	assert_close(mix.share[0].feeds, 1);
}

/* Two weeks and a day: three weeks, of which the middle one is empty. */
static void weeks_are_as_many_as_the_log_is_old_and_an_empty_one_is_unknown(void **state)
{
	struct hand *h = *state;
	struct meter_week w[METER_WEEKS];

	read_for(h, 0, 15, 30, 0.5);
	read_for(h, 1, 1, 60, 1);
	read_for(h, 1, 0.5, 60, 1); /* twice as long as it takes: capped */
	read_for(h, 2, 0.4, 15, 0.2);
	act(h, 6, EVENT_OPEN, 0.3);  /* of unknown time */
	publish(h, 1, 0, 1, 2);
	publish(h, 2, 0, 3, 2);
	publish(h, 3, 0, 0, 15);
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_weeks(&h->log, w), 3);
	assert_int_equal(w[0].from, NOW - 3 * METER_WEEK);
	assert_int_equal(w[0].opened, 1);
	assert_close(w[0].entropy, 0);
	assert_close(w[0].distance, 0);
	assert_int_equal(w[1].opened, 0);
	assert_close(w[1].entropy, -1);
	assert_close(w[1].entropy_share, -1);
	assert_close(w[1].distance, -1);
	assert_close(w[1].completion, -1);
	assert_int_equal(w[2].opened, 3);
	assert_close(w[2].entropy, meter_entropy((double[]){ 1, 2 }, 2)); /* topics 1, 2 and 2 */
	assert_close(w[2].entropy_share, w[2].entropy / 2);
	assert_close(w[2].distance, meter_distance((double[]){ 0, 1, 2, 0 }, (double[]){ 0, 1, 0, 1 }, 4));
	assert_close(w[2].completion, (1 + 0.25) / 2);
	assert_close(w[2].outside, -1); /* one article before it is too little */
}

static void a_long_log_has_twelve_weeks_and_an_empty_one_none(void **state)
{
	struct hand *h = *state;
	struct meter_week w[METER_WEEKS];

	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_weeks(&h->log, w), 0);
	assert_int_equal(meter_since(&h->log), DATE_NONE);
	act(h, 0, EVENT_IMPORTED, 900); /* read elsewhere */
	act(h, 0, EVENT_SHOWN, 300);
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_since(&h->log), NOW - 300 * DATE_DAY);
	assert_int_equal(meter_weeks(&h->log, w), METER_WEEKS);
	assert_int_equal(w[METER_WEEKS - 1].from, NOW - METER_WEEK);
}

/* Of ten articles before the week 5 are of topic 0, 3 of topic 1 and 2 of topic 2: the first two hold 80 %. */
static void outside_is_what_isnt_among_the_topics_that_hold_most(void **state)
{
	static const int before[] = { 0, 4, 8, 12, 16, 1, 5, 9, 2, 6 };
	struct hand *h = *state;
	struct meter_week w[METER_WEEKS];

	for (size_t i = 0; i < 10; i++)
		read_for(h, before[i], 10, 30, 0.5);
	read_for(h, 20, 1, 30, 0.5); /* topic 0 */
	read_for(h, 21, 1, 30, 0.5); /* 1 */
	read_for(h, 22, 1, 30, 0.5); /* 2 */
	read_for(h, 23, 1, 30, 0.5); /* 3 */
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_weeks(&h->log, w), 2);
	assert_close(w[1].outside, 0.5);
	h->event[0].at = NOW - 80 * DATE_DAY; /* one less within the 60 days */
	h->event[1].at = h->event[0].at;
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_weeks(&h->log, w), METER_WEEKS);
	assert_close(w[METER_WEEKS - 1].outside, -1);
}

/* Four pages: 20, 60, 60 after an hour, 20; many events of one page count once. */
static void the_slider_is_the_mean_of_pages_and_not_of_events(void **state)
{
	static const struct { double days_ago; int explore; } shown[] = {
		{ 1, 20 }, { 1, 20 }, { 1, 20 }, { 0.999, 60 }, { 0.998, 60 }, { 0.95, 60 }, { 0.949, 20 },
	};
	struct hand *h = *state;
	struct meter_week w[METER_WEEKS];

	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		act(h, (int)i, EVENT_SHOWN, shown[i].days_ago)->explore = shown[i].explore;
		act(h, (int)i, EVENT_LIKE, shown[i].days_ago); /* from a list: no slider */
	}
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_weeks(&h->log, w), 1);
	assert_close(w[0].explore, 40);
}

static void feeds_are_counted_by_article_over_sixty_days(void **state)
{
	struct hand *h = *state;
	struct meter_feed f[FEEDS];

	act(h, 0, EVENT_SHOWN, 2);
	act(h, 0, EVENT_SHOWN, 1);
	act(h, 3, EVENT_SKIP, 2);
	act(h, 6, EVENT_SHOWN, 61); /* too long ago */
	read_for(h, 9, 2, 30, 0.95); /* half of the time, and the end seen */
	read_for(h, 12, 2, 12, 0.95); /* too fast for having finished */
	read_for(h, 1, 70, 30, 1);
	publish(h, 1, 0, 0, 50);
	meter_opens(&h->log, &h->arena);
	meter_feeds(&h->log, &h->arena, f);
	assert_int_equal(f[0].published, 1);
	assert_int_equal(f[0].shown, 4);
	assert_int_equal(f[0].opened, 2);
	assert_int_equal(f[0].finished, 1);
	assert_close(f[0].minutes, 0.7);
	assert_close(f[0].completion, (0.5 + 0.2) / 2);
	assert_close(f[0].open_rate, 0.5);
	assert_int_equal(f[1].shown, 0);
	assert_close(f[1].open_rate, -1);
	assert_close(f[1].completion, -1);
}

static void a_topic_of_ten_articles_and_no_opening_is_named(void **state)
{
	struct hand *h = *state;
	struct meter_never *never;

	for (int i = 0; i < 10; i++) {
		publish(h, i, 0, 0, 5);
		publish(h, 20 + i, 0, 1, 5);
		publish(h, 40 + i, 0, 3, 59);
	}
	publish(h, 60, 0, 3, 1);
	for (int i = 0; i < 9; i++)
		publish(h, 70 + i, 0, 2, 5);
	publish(h, 80, 0, 2, 61);
	read_for(h, 1, 20, 30, 0.5); /* topic 1 */
	meter_opens(&h->log, &h->arena);
	assert_int_equal(meter_never_topics(&h->log, &h->arena, &never), 2);
	assert_int_equal(never[0].which, 3);
	assert_int_equal(never[0].published, 11);
	assert_int_equal(never[1].which, 0);
}

/* ---- slots ---- */

static void slot(struct hand *h, int article, enum event_kind kind, double days_ago, double propensity)
{
	struct event *e = act(h, article, kind, days_ago);

	e->slot = SLOT_SERENDIPITY;
	e->place = 7;
	e->propensity = propensity;
}

/* Ten with a chance of 1/2, four of them opened, and ten with 1/10, one of them opened: weights 2 and 10. */
static void the_estimate_weighs_each_slot_by_its_chance(void **state)
{
	struct hand *h = *state;
	struct meter_slots s;
	double p = (4 * 2 + 1 * 10) / 120.0, square = 4 * pow(2 * (1 - p), 2) + 6 * pow(2 * p, 2) + pow(10 * (1 - p), 2) + 9 * pow(10 * p, 2);

	for (int i = 0; i < 19; i++) {
		slot(h, i, EVENT_SHOWN, 3, i < 10 ? 0.5 : 0.1);
		if (i < 4 || i == 10)
			slot(h, i, EVENT_OPEN, 2, i < 10 ? 0.5 : 0.1);
	}
	slot(h, 30, EVENT_SHOWN, 3, -1); /* of unknown chance */
	act(h, 40, EVENT_SHOWN, 3)->place = 1;
	act(h, 41, EVENT_SKIP, 3)->place = 2;
	act(h, 42, EVENT_OPEN, 3)->place = 3;
	act(h, 43, EVENT_OPEN, 3); /* from a list */
	meter_opens(&h->log, &h->arena);
	meter_slots(&h->log, &h->arena, &s);
	assert_int_equal(s.rests_on, 19);
	assert_close(s.estimate, -1); /* one too few */
	slot(h, 19, EVENT_SHOWN, 3, 0.1);
	meter_opens(&h->log, &h->arena);
	meter_slots(&h->log, &h->arena, &s);
	assert_int_equal(s.shown, 21);
	assert_int_equal(s.opened, 5);
	assert_int_equal(s.finished, 0);
	assert_int_equal(s.rests_on, 20);
	assert_close(s.rate, 5.0 / 21);
	assert_close(s.estimate, p);
	assert_close(s.estimate_sd, sqrt(square) / 120);
	assert_int_equal(s.ordinary_shown, 3);
	assert_close(s.ordinary, 1.0 / 3);
}

/* A log that was brought from elsewhere may say any chance above 0. */
static void a_chance_next_to_nothing_leaves_the_estimate_a_number(void **state)
{
	struct hand *h = *state;
	struct meter_slots s;

	for (int i = 0; i < 20; i++)
		slot(h, i, i == 3 ? EVENT_OPEN : EVENT_SHOWN, 3, i == 3 ? 5e-324 : 0.5);
	meter_opens(&h->log, &h->arena);
	meter_slots(&h->log, &h->arena, &s);
	assert_int_equal(s.rests_on, 20);
	assert_close(s.estimate, 100.0 / (100 + 19 * 2));
	assert_true(isfinite(s.estimate_sd) && s.estimate_sd > 0);
}

static struct meter_slots slots_of(struct hand *h)
{
	struct meter_slots s;

	meter_opens(&h->log, &h->arena);
	meter_slots(&h->log, &h->arena, &s);
	return s;
}

/* Articles 0, 4, 8 ... are of topic 0, 1, 5, 9 ... of topic 1. */
static void a_topic_from_a_slot_is_an_interest_from_its_third_other_reading_on(void **state)
{
	struct hand *h = *state;
	struct meter_slots s;

	act(h, 1, EVENT_OPEN, 40); /* topic 1 is known before its slot */
	slot(h, 0, EVENT_OPEN, 30, 0.2);
	slot(h, 5, EVENT_OPEN, 30, 0.2);
	slot(h, 4, EVENT_OPEN, 25, 0.2); /* from a slot: no reading elsewhere */
	act(h, 8, EVENT_OPEN, 20);
	act(h, 8, EVENT_OPEN, 19); /* the same again */
	act(h, 12, EVENT_OPEN, 18);
	for (int i = 9; i < 24; i += 4)
		act(h, i, EVENT_OPEN, 17);
	s = slots_of(h);
	assert_int_equal(s.met, 1);
	assert_int_equal(s.n_interests, 0);
	act(h, 16, EVENT_OPEN, 10);
	act(h, 20, EVENT_OPEN, 9);
	s = slots_of(h);
	assert_int_equal(s.n_interests, 1);
	assert_int_equal(s.interest[0].topic, 0);
	assert_int_equal(s.interest[0].met, NOW - 30 * DATE_DAY);
	assert_int_equal(s.interest[0].became, NOW - 10 * DATE_DAY);
	assert_int_equal(s.interest[0].readings, 4);
}

static void a_topic_not_read_for_sixty_days_is_new_again(void **state)
{
	struct hand *h = *state;
	struct meter_slots s;

	act(h, 0, EVENT_OPEN, 100);
	slot(h, 4, EVENT_OPEN, 41, 0.2); /* 59 days later: still known */
	act(h, 1, EVENT_OPEN, 100);
	slot(h, 5, EVENT_OPEN, 39, 0.2); /* 61 */
	for (int i = 8; i < 24; i++)
		act(h, i, EVENT_OPEN, 30);
	s = slots_of(h);
	assert_int_equal(s.met, 1);
	assert_int_equal(s.n_interests, 1);
	assert_int_equal(s.interest[0].topic, 1);
	assert_int_equal(s.interest[0].readings, 4);
}

/* A log that was put together from two: the reading of before stands behind the slot. */
static void readings_go_by_their_time_and_not_by_their_place_in_the_log(void **state)
{
	struct hand *h = *state;
	struct meter_slots s;

	slot(h, 0, EVENT_OPEN, 30, 0.2);
	act(h, 4, EVENT_OPEN, 20);
	act(h, 8, EVENT_OPEN, 20);
	act(h, 12, EVENT_OPEN, 20);
	s = slots_of(h);
	assert_int_equal(s.n_interests, 1);
	act(h, 16, EVENT_OPEN, 35);
	s = slots_of(h);
	assert_int_equal(s.n_interests, 0);
	assert_int_equal(s.met, 0);
}

/* ---- feeds that tell the same ---- */

/* Feed 0 tells stories 1..5, feed 1 tells 1 and 2 (twice) and 6..15, feed 2 tells 4 stories, all of feed 0. */
static void a_feed_says_the_same_where_another_tells_more_than_three_tenths_of_its_stories(void **state)
{
	struct hand *h = *state;
	struct meter_same *same;

	for (int i = 1; i <= 5; i++)
		publish(h, i, 0, 0, 5);
	for (int i = 0; i < 2; i++) {
		publish(h, 1, 1, 0, 5);
		publish(h, 2, 1, 0, 5);
	}
	for (int i = 6; i <= 15; i++)
		publish(h, i, 1, 0, 5);
	for (int i = 1; i <= 4; i++)
		publish(h, i, 2, 0, i == 4 ? 61 : 5);
	assert_int_equal(meter_same(&h->log, &h->arena, &same), 2);
	assert_int_equal(same[0].which, 0);
	assert_int_equal(same[0].other_which, 2);
	assert_int_equal(same[0].shared, 3); /* the fourth is too long ago */
	assert_int_equal(same[0].stories, 5);
	assert_close(same[0].share, 0.6);
	assert_int_equal(same[1].other_which, 1);
	assert_close(same[1].share, 0.4);
}

/* ---- the store ---- */

static void measure_at(struct fixture *f, int explore, struct meter *out)
{
	struct page_options o = { .explore = explore, .width = 80 };
	struct page page = { 0 };

	assert_int_equal(ranker_page(f->ranker, &o, &page, &f->info), OK);
	assert_int_equal(ranker_meter(f->ranker, &page, out, &f->info), OK);
	page_clear(&page);
}

static const struct meter *measure(struct fixture *f)
{
	meter_clear(&f->meter);
	measure_at(f, 30, &f->meter);
	return &f->meter;
}

static void assert_mix_is_whole(const struct meter_mix *mix)
{
	double week = 0, before = 0, feeds = 0;

	for (size_t i = 0; i < mix->n; i++) {
		assert_true(mix->share[i].name && *mix->share[i].name);
		week += mix->share[i].this_week;
		before += mix->share[i].before;
		feeds += mix->share[i].feeds;
	}
	assert_close(week, 1);
	assert_close(before, 1);
	assert_close(feeds, 1);
}

static void a_month_of_reading_is_measured_whole(void **state)
{
	struct fixture *f = *state;
	const struct meter *m = measure(f);
	int64_t opened = 0, weeks = 0;

	assert_true(m->opened > 50);
	assert_mix_is_whole(&m->topics);
	assert_mix_is_whole(&m->feeds_mix);
	for (size_t i = 0; i < m->n_feeds; i++)
		opened += m->feed[i].opened;
	for (size_t i = 0; i < m->n_weeks; i++)
		weeks += m->week[i].opened;
	assert_int_equal(opened, m->opened);
	assert_int_equal(weeks, m->opened); /* each was opened once */
	assert_int_equal(m->n_weeks, 5);
	assert_string_equal(m->feed[0].name, "Dark Sky Log"); /* the demo reader's favourite */
	assert_true(m->n_never_feeds > 0);
	for (size_t i = 0; i < m->n_never_feeds; i++)
		for (size_t k = 0; k < m->feeds_mix.n; k++)
			if (m->feeds_mix.share[k].which == m->never_feed[i].which)
				assert_true(m->feeds_mix.share[k].this_week == 0 && m->feeds_mix.share[k].before == 0);
}

static void the_page_is_measured_as_it_stands(void **state)
{
	struct fixture *f = *state;
	const struct meter *m = measure(f);
	struct page_options o = { .explore = 30, .width = 80 };
	size_t feeds = 0;

	assert_int_equal(ranker_page(f->ranker, &o, &f->page, &f->info), OK);
	for (size_t i = 0; i < f->page.n; i++) {
		bool first = true;

		for (size_t k = 0; k < i; k++)
			first = first && strcmp(f->page.entries[i].feed, f->page.entries[k].feed) != 0;
		feeds += first;
	}
	assert_int_equal(m->page.places, f->page.n);
	assert_close(m->page.outside, f->page.outside);
	assert_close(m->page.coverage, (double)feeds / (double)m->page.feeds);
	assert_in_range(m->page.feeds, feeds, 18);
	assert_true(m->page.gini > 0 && m->page.gini < 1 && m->page.ild > 0 && m->page.entropy > 0 && m->page.to_reader > 0 && m->page.to_pool > 0);
}

static void record(struct fixture *f, const struct page_entry *e, enum event_kind kind, int place, int64_t at)
{
	struct event ev = {
		.article = e->id, .kind = kind, .dwell = -1, .scroll = -1, .place = place, .slot = (int)e->slot, .explore = place ? 100 : -1,
		.propensity = e->slot == SLOT_SERENDIPITY ? e->propensity : -1, .at = at,
	};

	assert_int_equal(ranker_record(f->ranker, &ev, &f->info), OK);
}

/* By the mean difference of all pairs of feeds, over twice the mean. */
static void the_gini_is_that_of_the_attention_that_places_get(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = ranker_profile(f->ranker)->corpus;
	double x[64] = { 0 }, fall = ranker_profile(f->ranker)->habits.place.mean[0], total = 0, differ = 0;
	struct page_options o = { .explore = 30, .width = 80 };
	size_t n;

	assert_int_equal(ranker_page(f->ranker, &o, &f->page, &f->info), OK);
	n = (size_t)measure(f)->page.feeds;
	assert_true(n == (size_t)c->values[FACET_FEED] && n < 64 && fall > 0);
	for (size_t i = 0; i < f->page.n; i++)
		x[c->doc[corpus_find(c, f->page.entries[i].id)].feed] += pow((double)i + 1, -fall);
	for (size_t i = 0; i < n; i++) {
		total += x[i];
		for (size_t k = 0; k < n; k++)
			differ += fabs(x[i] - x[k]);
	}
	assert_close(f->meter.page.gini, differ / (2 * (double)n * total));
}

/* A feed that was read to its end has nothing that could stand on the page. */
static void only_what_is_unread_could_stand_on_the_page(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = ranker_profile(f->ranker)->corpus;
	int64_t feeds = measure(f)->page.feeds;

	for (size_t i = 0; i < c->n; i++)
		if (c->doc[i].feed == 0)
			record(f, &(struct page_entry){ .id = c->doc[i].id }, EVENT_READ, 0, NOW);
	assert_int_equal(measure(f)->page.feeds, feeds - 1);
	assert_int_equal(f->meter.opened, 0); /* a flag is no opening */
}

/* More slider leads to the mix of all that is unread, and away from the reader's own. */
static void the_slider_moves_the_measured_page(void **state)
{
	struct fixture *f = *state;
	struct meter near = { 0 }, far = { 0 };

	measure_at(f, 0, &near);
	measure_at(f, 100, &far);
	assert_true(far.page.to_pool < near.page.to_pool);
	assert_true(far.page.to_reader > near.page.to_reader);
	assert_true(far.page.outside > near.page.outside);
	meter_clear(&near);
	meter_clear(&far);
}

static void a_new_reader_has_read_nothing_and_the_feeds_have_their_mix(void **state)
{
	struct fixture *f = *state;
	const struct meter *m = measure(f);

	assert_int_equal(m->opened, 0);
	assert_int_equal(m->since, DATE_NONE);
	assert_int_equal(m->n_weeks, 0);
	assert_int_equal(m->n_never_feeds + m->n_never_topics, 0);
	assert_true(m->topics.n > 5 && m->topics.share[0].this_week < 0 && m->topics.share[0].feeds > 0);
	assert_true(m->page.outside < 0 && m->page.to_reader < 0 && m->page.to_pool >= 0);
}

/* Unread articles of a topic that don't stand in slots, opened a day apart from each other from `at` on. */
static size_t read_topic(struct fixture *f, int topic, int64_t not_this, size_t n, int64_t at)
{
	const struct corpus *c = ranker_profile(f->ranker)->corpus;
	size_t done = 0;

	for (size_t i = 0; i < c->n && done < n; i++) {
		struct page_entry e = { .id = c->doc[i].id };

		if (c->doc[i].topic != topic || e.id == not_this)
			continue;
		record(f, &e, EVENT_OPEN, 0, at + (int64_t)done * DATE_DAY);
		done++;
	}
	return done;
}

/* The whole way: a page with slots, one of which is opened, and its topic read on. */
static void a_slot_that_is_opened_and_read_on_is_an_interest_with_its_dates(void **state)
{
	struct fixture *f = *state;
	struct page_options o = { .explore = 100, .width = 80 };
	const struct page_entry *met = NULL;
	const struct meter *m;
	size_t slots = 0;

	assert_int_equal(ranker_page(f->ranker, &o, &f->page, &f->info), OK);
	for (size_t i = 0; i < f->page.n; i++) {
		record(f, &f->page.entries[i], EVENT_SHOWN, (int)i + 1, NOW - 20 * DATE_DAY);
		slots += f->page.entries[i].slot == SLOT_SERENDIPITY;
		if (!met && f->page.entries[i].slot == SLOT_SERENDIPITY && f->page.entries[i].topic_id >= 0)
			met = &f->page.entries[i];
	}
	assert_non_null(met);
	record(f, met, EVENT_OPEN, 4, NOW - 19 * DATE_DAY);
	assert_int_equal(read_topic(f, met->topic_id, met->id, 2, NOW - 10 * DATE_DAY), 2);
	m = measure(f);
	assert_int_equal(m->slots.shown, slots);
	assert_int_equal(m->slots.opened, 1);
	assert_int_equal(m->slots.met, 1);
	assert_int_equal(m->slots.n_interests, 0);
	assert_int_equal(m->slots.ordinary_shown, f->page.n - slots);
	assert_close(m->slots.ordinary, 0);
	assert_close(m->slots.estimate, -1);
	assert_close(m->week[m->n_weeks - 3].explore, 100);
	assert_int_equal(read_topic(f, met->topic_id, met->id, 4, NOW - 5 * DATE_DAY), 4); /* two of them again */
	m = measure(f);
	assert_int_equal(m->slots.n_interests, 1);
	assert_string_equal(m->slots.interest[0].name, met->topic);
	assert_int_equal(m->slots.interest[0].met, NOW - 19 * DATE_DAY);
	assert_int_equal(m->slots.interest[0].became, NOW - 3 * DATE_DAY);
	assert_int_equal(m->slots.interest[0].readings, 4);
}

static void what_was_undone_counts_for_nothing(void **state)
{
	struct fixture *f = *state;
	struct page_options o = { .explore = 0, .width = 80 };
	struct event open = { .kind = EVENT_OPEN, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW - DATE_DAY };
	struct event undo = { .kind = EVENT_UNDO, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

	assert_int_equal(ranker_page(f->ranker, &o, &f->page, &f->info), OK);
	open.article = f->page.entries[0].id;
	assert_int_equal(events_append(&f->app.store, &open, &f->info), OK);
	assert_int_equal(measure(f)->opened, 1);
	undo.undoes = open.batch;
	assert_int_equal(events_append(&f->app.store, &undo, &f->info), OK);
	assert_int_equal(measure(f)->opened, 0);
}

#define HAND(name) cmocka_unit_test_setup_teardown(name, hand_set_up, hand_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entropy_is_counted_in_bits),
		cmocka_unit_test(the_distance_is_0_for_the_same_mix_and_1_for_nothing_in_common),
		cmocka_unit_test(the_distance_within_a_list_is_by_the_vectors_that_more_of_it_has),
		HAND(an_opening_and_its_closing_are_one_reading),
		HAND(the_three_mixes_are_shares_of_their_own_spans),
		HAND(a_week_begins_after_its_first_moment),
		HAND(a_mix_of_nothing_is_unknown),
		HAND(weeks_are_as_many_as_the_log_is_old_and_an_empty_one_is_unknown),
		HAND(a_long_log_has_twelve_weeks_and_an_empty_one_none),
		HAND(outside_is_what_isnt_among_the_topics_that_hold_most),
		HAND(the_slider_is_the_mean_of_pages_and_not_of_events),
		HAND(feeds_are_counted_by_article_over_sixty_days),
		HAND(a_topic_of_ten_articles_and_no_opening_is_named),
		HAND(the_estimate_weighs_each_slot_by_its_chance),
		HAND(a_chance_next_to_nothing_leaves_the_estimate_a_number),
		HAND(a_topic_from_a_slot_is_an_interest_from_its_third_other_reading_on),
		HAND(a_topic_not_read_for_sixty_days_is_new_again),
		HAND(readings_go_by_their_time_and_not_by_their_place_in_the_log),
		HAND(a_feed_says_the_same_where_another_tells_more_than_three_tenths_of_its_stories),
		cmocka_unit_test_setup_teardown(a_month_of_reading_is_measured_whole, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_page_is_measured_as_it_stands, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(the_gini_is_that_of_the_attention_that_places_get, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(only_what_is_unread_could_stand_on_the_page, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(the_slider_moves_the_measured_page, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_new_reader_has_read_nothing_and_the_feeds_have_their_mix, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(a_slot_that_is_opened_and_read_on_is_an_interest_with_its_dates, demo_setup_new, demo_teardown),
		cmocka_unit_test_setup_teardown(what_was_undone_counts_for_nothing, demo_setup_new, demo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
