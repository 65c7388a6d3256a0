/* simulate - made-up readers: the world is what it says, the figures are what they mean, and learning is seen in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "rank/eval.h"
#include "rank/sim_life.h"
#include "rank/simulate.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))
#define USERS 20

static struct sim_world world;
static struct simulate_result result; /* of USERS readers, seed 1 */

static int prepare(void **state)
{
	struct simulate_options o = { .users = USERS, .seed = 1 };

	(void)state;
	sim_world_make(&world, 1);
	simulate(&o, &result);
	return 0;
}

static int tidy(void **state)
{
	(void)state;
	sim_world_clear(&world);
	return 0;
}

/* ---- the measures ---- */

static void the_oracle_gets_all_and_the_worst_order_least(void **state)
{
	double gain[] = { 0.1, 0.9, 0.5, 0 }, worst[] = { -0.1, -0.9, -0.5, 0 }, swapped[] = { 0.1, 0.5, 0.9, 0 }, none[] = { 0, 0, 0, 0 };
	double ideal = 0.9 + 0.5 / log2(3);

	(void)state;
	assert_near(eval_ndcg_gain(gain, gain, 4, 2), 1, 1e-12);
	assert_near(eval_ndcg_gain(gain, swapped, 4, 2), (0.5 + 0.9 / log2(3)) / ideal, 1e-12);
	assert_near(eval_ndcg_gain(gain, worst, 4, 2), (0.1 / log2(3)) / ideal, 1e-12);
	assert_near(eval_ndcg_gain(none, gain, 4, 2), 0, 1e-12);
}

static void bins_hold_equal_counts_and_their_error_is_that_counted_by_hand(void **state)
{
	struct forecast f[20];
	struct calibration c;

	(void)state;
	for (int i = 0; i < 20; i++)
		f[19 - i] = (struct forecast){ i < 10 ? 0.25 : 0.75, i % 2 };
	forecast_calibration(f, 20, &c);
	for (int b = 0; b < FORECAST_BINS; b++) {
		assert_int_equal(c.bin[b].n, 2);
		assert_near(c.bin[b].predicted, b < 5 ? 0.25 : 0.75, 1e-12);
	}
	/* equal chances are sorted by what happened: 0 0 | 0 0 | 0 1 | 1 1 | 1 1 */
	assert_near(c.bin[0].observed, 0, 1e-12);
	assert_near(c.bin[2].observed, 0.5, 1e-12);
	assert_near(c.bin[4].observed, 1, 1e-12);
	assert_near(c.error, (2 * 0.25 + 0.25 + 2 * 0.75) / 5, 1e-12);
	assert_near(forecast_brier(f, 20), (0.25 * 0.25 + 0.75 * 0.75) / 2, 1e-12);
	assert_near(forecast_log_loss(f, 20), -(log(0.25) + log(0.75)) / 2, 1e-12);
	f[0] = (struct forecast){ 0, 1 };
	assert_near(forecast_log_loss(f, 1), -log(1e-6), 1e-9); /* what can't be is told with a grain of salt */
}

/* ---- the world and its readers ---- */

static void a_days_articles_came_in_the_day_before_its_morning(void **state)
{
	(void)state;
	assert_int_equal(world.corpus.n, sim_offered(SIM_DAYS));
	for (int day = 0; day < SIM_DAYS; day++)
		for (size_t i = sim_offered(day); i < sim_offered(day + 1); i++) {
			const struct doc *d = &world.corpus.doc[i];

			assert_true(d->at <= sim_morning(day) && d->at > sim_morning(day) - DATE_DAY);
			assert_true(d->words > 20 && d->topic >= 0 && d->topic < SIM_TOPICS && d->feed >= 0 && d->feed < SIM_FEEDS);
			assert_true(corpus_has_vector(&world.corpus, SIDE_WORDS, i) && corpus_has_vector(&world.corpus, SIDE_LSA, i));
		}
}

static void articles_of_one_topic_are_more_alike_than_others(void **state)
{
	double same[2] = { 0 }, other[2] = { 0 }, n_same = 0, n_other = 0;

	(void)state;
	for (size_t i = 0; i < 400; i++)
		for (size_t j = 0; j < i; j++) {
			bool alike = world.article[i].topic == world.article[j].topic;
			const float *x = corpus_vector(&world.corpus, SIDE_WORDS, i), *y = corpus_vector(&world.corpus, SIDE_WORDS, j);
			double dot = 0;

			for (int k = 0; k < world.corpus.side[SIDE_WORDS].d; k++)
				dot += (double)x[k] * (double)y[k];
			*(alike ? &n_same : &n_other) += 1;
			(alike ? same : other)[0] += dot;
			(alike ? same : other)[1] += (double)csr_dot(&world.corpus.terms, i, &world.corpus.terms, j);
		}
	assert_true(same[0] / n_same > 0.2 && fabs(other[0] / n_other) < 0.1);
	assert_true(same[1] / n_same > 2 * other[1] / n_other);
}

static void readers_want_as_much_as_they_say_and_like_few_topics(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct sim_reader r;
		double wanted = 0;
		int liked = 0;

		sim_reader_make(&r, &world, seed);
		for (size_t i = 0; i < world.corpus.n; i++)
			wanted += sim_reader_chance(&r, i) / (double)world.corpus.n;
		for (int t = 0; t < SIM_TOPICS; t++)
			liked += r.liked[t];
		assert_true(liked >= 3 && liked <= 6);
		assert_true(r.rate >= 0.10 && r.rate <= 0.25);
		assert_near(wanted, r.rate, 0.02);
	}
}

static void a_change_leaves_no_liked_topic_and_as_many_new_ones(void **state)
{
	struct sim_reader r, before;
	int liked = 0, was = 0;

	(void)state;
	sim_reader_make(&r, &world, 5);
	before = r;
	sim_reader_change(&r);
	for (int t = 0; t < SIM_TOPICS; t++) {
		assert_false(r.liked[t] && before.liked[t]);
		liked += r.liked[t];
		was += before.liked[t];
	}
	assert_int_equal(liked, was);
}

/* Told the reader's true weights, its score is the true log-odds: nothing of what makes a wish is missing from what it is told. */
static void the_informed_are_told_all_that_wishes_are_made_of(void **state)
{
	struct sim_informed *f = sim_informed_new(&world);
	struct sim_reader r;
	double *w = f->model.mean;

	(void)state;
	sim_reader_make(&r, &world, 8);
	w[0] = r.base;
	w[INFORMED_LENGTH] = r.length;
	w[INFORMED_TOLD] = r.told;
	for (int i = 0; i < SIM_FEEDS; i++)
		w[INFORMED_FEED + i] = r.feed[i];
	for (int t = 0; t < SIM_TOPICS; t++) {
		w[INFORMED_TOPIC + t] = r.topic[t];
		for (int k = 0; k < SIM_STRANDS; k++)
			w[INFORMED_STRAND + t * SIM_STRANDS + k] = r.strand[t][k];
	}
	for (size_t i = 0; i < world.corpus.n; i++) {
		double chance = sim_reader_chance(&r, i);

		assert_near(sim_informed_score(f, i), log(chance / (1 - chance)), 1e-9);
	}
	sim_informed_free(f);
}

/* What an informed learner knows after some sittings is what it makes of the openings and skips of the log alone, the nights between them included. */
static void an_informed_life_learns_from_decisions_and_leaves_the_profile_empty(void **state)
{
	struct sim_watch watch = { 0 };
	struct sim_informed *again = sim_informed_new(&world);
	struct sim_life l;

	(void)state;
	sim_life_init(&l, &world, 3, MODEL_INTEREST, 0);
	sim_life_inform(&l);
	for (int day = 0; day < 4; day++)
		assert_true(sim_life_sit(&l, &watch));
	assert_int_equal(l.profile.events, 0);
	assert_true(l.actions > 20);
	assert_int_equal(l.informed->model.updates, l.actions);
	for (size_t i = 0; i < l.n; i++)
		if (l.log[i].kind == EVENT_OPEN || l.log[i].kind == EVENT_SKIP)
			sim_informed_learn(again, (size_t)l.log[i].article - 1, l.log[i].at, l.log[i].kind == EVENT_OPEN);
	for (size_t i = 1; i < SIM_PAGE; i++)
		assert_true(l.page[i].mean <= l.page[i - 1].mean);
	for (size_t i = 0; i < 200; i++)
		assert_near(sim_informed_score(again, i), sim_informed_score(l.informed, i), 0);
	sim_informed_free(again);
	sim_life_clear(&l);
}

/* What one sitting records, row by row. */
struct tally { int opened, skipped; };

static void tally(void *user, struct sim_life *l, int row, bool opened)
{
	struct tally *t = user;

	assert_true(row >= 0 && row < SIM_PAGE);
	assert_int_equal(l->actions, t->opened + t->skipped + 1);
	*(opened ? &t->opened : &t->skipped) += 1;
}

static void a_sitting_is_recorded_as_the_reader_program_records_it(void **state)
{
	struct tally t = { 0 };
	struct sim_watch watch = { &t, NULL, tally };
	struct sim_life l;
	int kinds[EVENT_KIND_COUNT] = { 0 };
	bool skipping = false;

	(void)state;
	sim_life_init(&l, &world, 3, MODEL_INTEREST, 0);
	assert_true(sim_life_sit(&l, &watch));
	for (size_t i = 0; i < l.n; i++) {
		const struct event *e = &l.log[i];

		kinds[e->kind]++;
		assert_int_equal(e->id, i + 1);
		assert_true(!i || e->at >= l.log[i - 1].at);
		assert_true(e->place >= 1 && e->place <= SIM_PAGE);
		assert_true(e->kind == EVENT_CLOSE ? e->dwell >= 0 && l.log[i - 1].kind == EVENT_OPEN && l.log[i - 1].article == e->article : e->dwell < 0);
		assert_true(!skipping || e->kind == EVENT_SKIP); /* when the page is left, after all else */
		skipping = e->kind == EVENT_SKIP;
	}
	assert_true(kinds[EVENT_SHOWN] == SIM_SCREEN || kinds[EVENT_SHOWN] == SIM_PAGE);
	assert_int_equal(kinds[EVENT_OPEN], t.opened);
	assert_int_equal(kinds[EVENT_CLOSE], t.opened);
	assert_int_equal(kinds[EVENT_SKIP], t.skipped);
	assert_int_equal(l.profile.events, l.n);
	sim_life_clear(&l);
}

/* ---- what comes out ---- */

static void the_same_seed_gives_the_same_figures_and_another_others(void **state)
{
	struct simulate_options o = { .users = 2, .seed = 4 };
	struct simulate_result a, b, c;

	(void)state;
	memset(&a, 0, sizeof a);
	memset(&b, 0, sizeof b);
	simulate(&o, &a);
	simulate(&o, &b);
	assert_memory_equal(&a, &b, sizeof a);
	o.seed = 5;
	simulate(&o, &c);
	assert_true(fabs(a.learned[4].mean - c.learned[4].mean) > 1e-9);
	assert_true(fabs(a.informed[4].mean - c.informed[4].mean) > 1e-9);
	assert_true(fabs(a.informed_change[4].mean - c.informed_change[4].mean) > 1e-9);
}

static void what_learns_beats_chance_and_the_newest_by_far(void **state)
{
	const struct simulate_share *last = &result.learned[SIMULATE_CHECKS - 1];

	(void)state;
	assert_true(result.random > 0.1 && result.random < 0.45);
	assert_near(result.recency, result.random, 0.05); /* readers don't ask for the newest of a day */
	assert_true(last->mean > result.random + 0.3 && last->mean < 1);
	assert_true(result.learned[3].mean > result.learned[0].mean);
	assert_true(result.regret[SIMULATE_WINDOWS - 1] < result.regret[0]);
	for (int i = 0; i < SIMULATE_CHECKS; i++) {
		assert_true(result.learned[i].p10 > 0 && result.learned[i].p10 <= result.learned[i].mean);
		assert_true(result.explored[i].p10 > 0 && result.explored[i].mean > result.random);
	}
}

static void each_model_learns_and_none_is_another(void **state)
{
	struct simulate_result r[MODEL_COUNT];

	(void)state;
	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		struct simulate_options o = { .users = 3, .seed = 1, .model = (enum model_kind)kind };

		simulate(&o, &r[kind]);
		assert_true(r[kind].learned[SIMULATE_CHECKS - 1].mean > r[kind].random + 0.3);
		for (int other = 0; other < kind; other++) {
			assert_true(fabs(r[kind].learned[4].mean - r[other].learned[4].mean) > 1e-6);
			/* also where the log is folded anew: places are whole numbers, so some of these may be equal */
			assert_true(memcmp(&r[kind].idle, &r[other].idle, sizeof r->idle) != 0 || memcmp(&r[kind].brief, &r[other].brief, sizeof r->brief) != 0);
		}
	}
}

static void a_change_is_felt_and_then_learned(void **state)
{
	(void)state;
	assert_true(result.changed[0].mean < result.learned[3].mean - 0.2);
	assert_true(result.changed[SIMULATE_AFTER - 1].mean > result.changed[0].mean + 0.1);
}

/* The ceiling is one: the ranking may get above it once by luck, no more. After a change it need not be, as both then forget at the same slow rate. */
static void who_is_told_the_truth_learns_faster(void **state)
{
	const struct simulate_share *last = &result.informed[SIMULATE_CHECKS - 1];
	int outdone = 0;

	(void)state;
	assert_true(last->mean > result.random + 0.5 && last->mean < 1);
	assert_true(last->mean > result.learned[SIMULATE_CHECKS - 1].mean + 0.02);
	for (int i = 0; i < SIMULATE_CHECKS; i++) {
		outdone += result.learned[i].mean > result.informed[i].mean;
		assert_true(result.informed[i].p10 > 0 && result.informed[i].p10 <= result.informed[i].mean);
	}
	assert_true(outdone <= 1);
	assert_true(result.informed_change[0].mean < result.informed[3].mean - 0.2);
	assert_true(result.informed_change[SIMULATE_AFTER - 1].mean > result.informed_change[0].mean + 0.1);
}

static void chances_are_told_for_the_second_half_of_the_actions(void **state)
{
	size_t n = 0;

	(void)state;
	for (int b = 0; b < FORECAST_BINS; b++) {
		n += result.calibration.bin[b].n;
		assert_true(!b || result.calibration.bin[b].predicted >= result.calibration.bin[b - 1].predicted);
	}
	assert_int_equal(n, USERS * 200);
	assert_int_equal(result.forecasts, n);
	assert_true(result.calibration.bin[FORECAST_BINS - 1].observed > result.calibration.bin[0].observed + 0.1);
	assert_true(result.opened > result.wanted); /* of what the ranking puts on the page more is wanted than of all */
}

static void an_accident_moves_a_page_little_and_one_left_open_no_less(void **state)
{
	(void)state;
	assert_true(result.brief.median <= result.brief.p90 && result.idle.median <= result.idle.p90);
	assert_true(result.brief.p90 <= result.idle.p90);
	assert_true(result.brief.median <= 2 && result.idle.median <= 3);
	assert_true(result.idle.p90 > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oracle_gets_all_and_the_worst_order_least),
		cmocka_unit_test(bins_hold_equal_counts_and_their_error_is_that_counted_by_hand),
		cmocka_unit_test(a_days_articles_came_in_the_day_before_its_morning),
		cmocka_unit_test(articles_of_one_topic_are_more_alike_than_others),
		cmocka_unit_test(readers_want_as_much_as_they_say_and_like_few_topics),
		cmocka_unit_test(a_change_leaves_no_liked_topic_and_as_many_new_ones),
		cmocka_unit_test(the_informed_are_told_all_that_wishes_are_made_of),
		cmocka_unit_test(an_informed_life_learns_from_decisions_and_leaves_the_profile_empty),
		cmocka_unit_test(a_sitting_is_recorded_as_the_reader_program_records_it),
		cmocka_unit_test(the_same_seed_gives_the_same_figures_and_another_others),
		cmocka_unit_test(what_learns_beats_chance_and_the_newest_by_far),
		cmocka_unit_test(each_model_learns_and_none_is_another),
		cmocka_unit_test(a_change_is_felt_and_then_learned),
		cmocka_unit_test(who_is_told_the_truth_learns_faster),
		cmocka_unit_test(chances_are_told_for_the_second_half_of_the_actions),
		cmocka_unit_test(an_accident_moves_a_page_little_and_one_left_open_no_less),
	};

	return cmocka_run_group_tests_name("simulate", tests, prepare, tidy);
}
