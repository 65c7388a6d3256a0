/* sim_loop - the breadth of what simulated readers read while their interests follow it: the pull, the measure, the pages, and the figure that is drawn of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/eval.h"
#include "cmd/plot.h"
#include "rank/sim_loop.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static struct sim_world world;

static int prepare(void **state)
{
	(void)state;
	sim_world_make(&world, 1);
	return 0;
}

static int tidy(void **state)
{
	(void)state;
	sim_world_clear(&world);
	return 0;
}

/* ---- the measure ---- */

static void entropy_is_that_counted_by_hand(void **state)
{
	static const int counts[] = { 1, 0, 2, 1 }, one[] = { 0, 7, 0, 0 }, none[] = { 0, 0, 0, 0 };

	(void)state;
	assert_near(loop_entropy(counts, 4), 1.5, 1e-12);
	assert_near(loop_entropy(one, 4), 0, 1e-12);
	assert_near(loop_entropy(none, 4), 0, 1e-12);
}

static void the_start_of_few_draws_is_the_mean_over_all_ways_to_draw_them(void **state)
{
	static const double p[] = { 0.2, 0.5, 0.3 };
	double mean = 0, bits = 0;

	(void)state;
	for (int i = 0; i < 81; i++) { /* four draws */
		int count[3] = { 0 };
		double chance = 1;

		for (int draw = 0, left = i; draw < 4; draw++, left /= 3) {
			count[left % 3]++;
			chance *= p[left % 3];
		}
		mean += chance * loop_entropy(count, 3);
	}
	for (int i = 0; i < 3; i++)
		bits -= p[i] * log2(p[i]);
	assert_near(loop_entropy_drawn(p, 3, 4), mean, 1e-12);
	assert_near(loop_entropy_drawn(p, 3, 0), 0, 1e-12);
	assert_near(loop_entropy_drawn(p, 3, 1), 0, 1e-12);
	assert_true(loop_entropy_drawn(p, 3, 1000) < bits);
	assert_near(loop_entropy_drawn(p, 3, 1000), bits, 0.01);
}

static void the_start_is_what_would_be_read_of_all_that_is_published(void **state)
{
	double mix[SIM_TOPICS], sum = 0, all = 0, third = 0;
	struct sim_reader r;

	(void)state;
	sim_reader_make(&r, &world, 4);
	loop_start(&r, mix);
	for (size_t i = 0; i < world.corpus.n; i++) {
		all += sim_reader_chance(&r, i);
		third += world.article[i].topic == 3 ? sim_reader_chance(&r, i) : 0;
	}
	for (int t = 0; t < SIM_TOPICS; t++) {
		assert_true(mix[t] > 0);
		sum += mix[t];
	}
	assert_near(sum, 1, 1e-9);
	assert_near(mix[3], third / all, 1e-9);
}

/* ---- the pull ---- */

/* An article that is all of one topic; or, mixed, of two different ones. */
static size_t article(bool mixed)
{
	size_t doc = 0;

	while (mixed ? world.article[doc].share > 0.9 || world.article[doc].second == world.article[doc].topic : world.article[doc].share < 1)
		doc++;
	return doc;
}

static void what_is_read_is_liked_more_and_what_is_passed_over_less(void **state)
{
	size_t doc = article(false);
	int t = world.article[doc].topic;
	struct sim_reader r;

	(void)state;
	sim_reader_make(&r, &world, 2);
	r.follows = true;
	r.topic[t] = 0;
	sim_reader_meet(&r, doc, MET_READ);
	assert_near(r.topic[t], 0.1 * 3.5, 1e-12);
	sim_reader_meet(&r, doc, MET_PASSED);
	assert_near(r.topic[t], 0.35 + 0.01 * (-2 - 0.35), 1e-12);
	r.topic[t] = 1;
	sim_reader_meet(&r, doc, MET);
	assert_near(r.topic[t], 1, 0);
	r.topic[t] = 0;
	for (int i = 0; i < 10; i++)
		sim_reader_meet(&r, doc, MET_READ);
	assert_true(r.topic[t] > LOOP_LIKED && r.topic[t] < FOLLOW_MOST); /* ten readings make an interest */
	r.follows = false;
	r.topic[t] = 1;
	sim_reader_meet(&r, doc, MET_READ);
	assert_near(r.topic[t], 1, 0);
}

static void an_article_of_two_topics_pulls_at_both_by_their_shares(void **state)
{
	size_t doc = article(true);
	const struct sim_article *a = &world.article[doc];
	struct sim_reader r;

	(void)state;
	sim_reader_make(&r, &world, 2);
	r.follows = true;
	r.topic[a->topic] = r.topic[a->second] = 0.5;
	r.unmet[a->topic] = r.unmet[a->second] = 3;
	sim_reader_meet(&r, doc, MET_READ);
	assert_near(r.topic[a->topic], 0.5 + a->share * 0.1 * 3, 1e-12);
	assert_near(r.topic[a->second], 0.5 + (1 - a->share) * 0.1 * 3, 1e-12);
	assert_int_equal(r.unmet[a->topic], 0);
	assert_int_equal(r.unmet[a->second], 3);
}

/* Beside a reader of the same steps whose interests don't follow: the difference is the fading alone. */
static void what_is_never_met_is_let_go_after_a_week(void **state)
{
	struct sim_reader r, other;
	size_t doc = article(false);
	int met = world.article[doc].topic, unmet = (met + 1) % SIM_TOPICS;

	(void)state;
	sim_reader_make(&r, &world, 6);
	other = r;
	r.follows = true;
	r.topic[unmet] = other.topic[unmet] = 3;
	for (int day = 0; day < FOLLOW_PATIENCE; day++) {
		sim_reader_meet(&r, doc, MET);
		sim_reader_drift(&r);
		sim_reader_drift(&other);
		assert_near(r.topic[unmet], other.topic[unmet], 0);
	}
	{
		double lost = r.topic[unmet] * (1 - exp(-1 / 30.0));

		sim_reader_meet(&r, doc, MET);
		sim_reader_drift(&r);
		sim_reader_drift(&other);
		assert_near(other.topic[unmet] - r.topic[unmet], lost, 1e-12);
		assert_near(other.topic[met], r.topic[met], 0);
	}
}

/* ---- pages ---- */

static void sit(struct sim_life *l)
{
	struct sim_watch watch = { 0 };

	assert_true(sim_life_sit(l, &watch));
}

static void blind_pages_are_in_their_order_and_teach_the_model_nothing(void **state)
{
	static const enum sim_pages blind[] = { SIM_NEWEST, SIM_RANDOM };

	(void)state;
	for (int k = 0; k < 2; k++) {
		struct sim_life l;
		int descents = 0;

		sim_life_init(&l, &world, 3, MODEL_INTEREST, 0);
		sim_life_loop(&l, blind[k], LOOP_PLACES);
		for (int day = 0; day < 3; day++) {
			sit(&l);
			for (int i = 0; i < LOOP_PLACES; i++) {
				assert_true(l.page[i].doc >= sim_offered(day) && l.page[i].doc < sim_held_out(day));
				for (int j = 0; j < i; j++)
					assert_true(l.page[i].doc != l.page[j].doc);
				descents += i && world.corpus.doc[l.page[i].doc].at <= world.corpus.doc[l.page[i - 1].doc].at;
			}
		}
		assert_true(k ? descents < 45 : descents == 3 * (LOOP_PLACES - 1));
		assert_true(l.profile.n > 0);
		assert_int_equal(l.profile.models.interest.updates, 0);
		sim_life_clear(&l);
	}
}

static void slots_are_recorded_with_their_chance(void **state)
{
	struct sim_life l;
	size_t slots = 0;

	(void)state;
	sim_life_init(&l, &world, 3, MODEL_INTEREST, 100);
	sim_life_loop(&l, SIM_BY_SLIDER, LOOP_PLACES);
	for (int day = 0; day < 3; day++)
		sit(&l);
	for (size_t i = 0; i < l.n; i++) {
		const struct event *e = &l.log[i];

		assert_true(e->place >= 1 && e->place <= LOOP_PLACES);
		assert_true(e->slot == SLOT_SERENDIPITY ? e->propensity > 0 && e->propensity <= 1 : e->propensity < 0);
		slots += e->slot == SLOT_SERENDIPITY && e->kind == EVENT_SHOWN;
	}
	assert_true(slots > 0);
	sim_life_clear(&l);
}

/* ---- the loop ---- */

static void the_same_seed_gives_the_same_loop_and_another_another(void **state)
{
	struct loop_options o = { .users = 5, .seed = 2, .days = 8, .explore = { 0, 100 }, .sliders = 2 };
	struct loop_result *r = calloc(3, sizeof *r);

	(void)state;
	assert_non_null(r);
	sim_loop(&o, &r[0]);
	sim_loop(&o, &r[1]);
	o.seed = 3;
	sim_loop(&o, &r[2]);
	assert_memory_equal(&r[0], &r[1], sizeof *r);
	assert_true(fabs(r[0].line[0].satisfied.mean - r[2].line[0].satisfied.mean) > 1e-9);
	assert_int_equal(r[0].windows, 3);
	assert_int_equal(r[0].line[0].window[2].from, 7);
	assert_int_equal(r[0].line[0].window[2].to, 8);
	free(r);
}

static void more_slider_goes_further_out_and_reads_more_broadly(void **state)
{
	struct loop_options o = { .users = 8, .seed = 1, .days = 8, .explore = { 0, 100 }, .sliders = 2 };
	struct loop_result *r = calloc(1, sizeof *r);
	const struct loop_line *none, *full;

	(void)state;
	assert_non_null(r);
	sim_loop(&o, r);
	none = &r->line[0];
	full = &r->line[1];
	for (int w = 0; w < r->windows; w++)
		assert_true(full->window[w].outside.mean > none->window[w].outside.mean);
	assert_true(full->outside.mean > none->outside.mean + 0.1);
	assert_true(full->topics.mean > none->topics.mean);
	assert_true(full->share.mean > none->share.mean);
	assert_near(none->against.mean, 1, 1e-12);
	assert_near(none->against.se, 0, 1e-12);
	for (int i = 0; i < r->lines; i++) {
		assert_near(r->line[i].against.mean, r->line[i].satisfied.mean / none->satisfied.mean, 1e-12);
		assert_true(r->line[i].by_slot.mean <= r->line[i].found.mean);
	}
	assert_int_equal(r->line[2].pages, SIM_NEWEST);
	assert_int_equal(r->line[3].pages, SIM_RANDOM);
	free(r);
}

/* Whom an order shows everything alike reads as the start says: that is what makes it one. */
static void pages_that_know_nobody_begin_at_the_start(void **state)
{
	struct loop_options o = { .users = 40, .seed = 1, .days = 6, .explore = { 0 }, .sliders = 1 };
	struct loop_result *r = calloc(1, sizeof *r);

	(void)state;
	assert_non_null(r);
	sim_loop(&o, r);
	for (int i = 1; i < 3; i++)
		for (int w = 0; w < 2; w++)
			assert_near(r->line[i].window[w].share.mean, 1, 0.08);
	assert_true(r->line[0].window[1].share.mean < 0.9);
	free(r);
}

/* One reader, lived once more here. */
static void a_window_is_what_was_read_in_its_days(void **state)
{
	struct loop_options o = { .users = 1, .seed = 1, .days = 5, .explore = { 30 }, .sliders = 1 };
	struct loop_result *r = calloc(1, sizeof *r);
	int count[SIM_TOPICS] = { 0 }, readings = 0;
	bool met[SIM_TOPICS] = { false };
	double topics = 0;
	struct sim_life l;

	(void)state;
	assert_non_null(r);
	sim_loop(&o, r);
	sim_life_init(&l, &world, 1000003, MODEL_INTEREST, 30);
	sim_life_loop(&l, SIM_BY_SLIDER, LOOP_PLACES);
	for (int day = 0; day < 5; day++) {
		sit(&l);
		if (day < 3)
			continue;
		for (int row = 0; row < l.depth; row++) {
			met[world.article[l.page[row].doc].topic] = true;
			count[world.article[l.page[row].doc].topic] += l.held[row];
			readings += l.held[row];
		}
	}
	for (int t = 0; t < SIM_TOPICS; t++)
		topics += met[t];
	assert_true(readings > 0);
	assert_near(r->line[0].window[1].satisfied.mean, readings / 2.0, 1e-12);
	assert_near(r->line[0].window[1].entropy.mean, loop_entropy(count, SIM_TOPICS), 1e-12);
	assert_near(r->line[0].window[1].topics.mean, topics, 1e-12);
	sim_life_clear(&l);
	free(r);
}

/* ---- the figure ---- */

static void a_known_series_is_drawn_where_it_is(void **state)
{
	static const double rising[] = { 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22 }, level[] = { 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10 };
	static const struct plot_curve curve[] = { { 'a', rising }, { 'b', level } };
	static const struct plot p = { .title = "a title", .x_name = "day", .curve = curve, .curves = 2, .n = 12, .x_first = 1, .x_last = 60 };
	static const char expected[] =
		"a title\n"
		"    22 |                                                       a\n"
		"    20 |                                                  a\n"
		"    18 |                                             a\n"
		"    16 |                                        a\n"
		"    14 |                                   a\n"
		"    12 |                              a\n"
		"    10 |b    b    b    b    b    ab   b    b    b    b    b    b\n"
		"     8 |                    a\n"
		"     6 |               a\n"
		"     4 |          a\n"
		"     2 |     a\n"
		"     0 |a\n"
		"       +------------------------------------------------------------\n"
		"   day  1              16             31             46           60\n";
	struct buf b = BUF_INIT;

	(void)state;
	plot_draw(&b, &p);
	assert_string_equal(buf_str(&b), expected);
	buf_clear(&b);
}

static void crowded_points_are_a_star_and_what_is_level_still_has_rows(void **state)
{
	double level[PLOT_COLUMNS], low[] = { -3, -1 }, positive[] = { 1, 4 };
	struct plot_curve curve[] = { { 'a', level }, { 'b', level } };
	struct plot p = { .title = "", .x_name = "", .curve = curve, .curves = 2, .n = PLOT_COLUMNS, .x_first = 1, .x_last = 2 };
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < PLOT_COLUMNS; i++)
		level[i] = 7;
	plot_draw(&b, &p);
	assert_non_null(strstr(buf_str(&b), "\n     7 |************************************************************\n"));
	assert_null(strstr(buf_str(&b), "a"));
	buf_cut(&b, 0);
	curve[0].y = low;
	p.curves = 1;
	p.n = 2;
	plot_draw(&b, &p);
	assert_non_null(strstr(buf_str(&b), "\n    -1 |                              a\n"));
	assert_non_null(strstr(buf_str(&b), "\n    -3 |a\n"));
	buf_cut(&b, 0);
	curve[0].y = positive;
	plot_draw(&b, &p);
	assert_non_null(strstr(buf_str(&b), "\n     0 |\n       +")); /* what is never below nothing has no row there */
	buf_clear(&b);
}

static void the_figure_has_a_letter_a_line_and_two_curves_of_each(void **state)
{
	struct loop_result *r = calloc(1, sizeof *r);
	struct buf b = BUF_INIT;
	const char *second;

	(void)state;
	assert_non_null(r);
	r->lines = 4;
	r->windows = 2;
	r->days = 6;
	for (int i = 0; i < 4; i++) {
		r->line[i].pages = i < 2 ? SIM_BY_SLIDER : i == 2 ? SIM_NEWEST : SIM_RANDOM;
		r->line[i].explore = 30 * i;
		for (int w = 0; w < 2; w++) {
			r->line[i].window[w].share.mean = 0.5 + 0.1 * i;
			r->line[i].window[w].satisfied.mean = 4 - i;
		}
	}
	eval_loop_figure(&b, r);
	assert_non_null(strstr(buf_str(&b), "per cent of the start\n    80 |r                             r\n"));
	assert_non_null(strstr(buf_str(&b), "    50 |a                             a\n"));
	second = strstr(buf_str(&b), "\n\narticles read to the end, a day\n");
	assert_non_null(second);
	assert_non_null(strstr(second, "     4 |a                             a\n"));
	assert_non_null(strstr(second, "     1 |r                             r\n"));
	assert_non_null(strstr(second, "\nsliders: a 0, b 30, n newest first, r by lot; * several\n"));
	buf_clear(&b);
	free(r);
}

static void sliders_are_a_list(void **state)
{
	struct loop_options o = { .users = 1 };
	struct err_info info = ERR_INFO_INIT;

	(void)state;
	assert_int_equal(eval_loop_sliders("0,15,100", &o, &info), OK);
	assert_int_equal(o.sliders, 3);
	assert_true(o.explore[0] == 0 && o.explore[1] == 15 && o.explore[2] == 100);
	assert_int_equal(eval_loop_sliders("7", &o, &info), OK);
	assert_int_equal(o.sliders, 1);
	assert_int_equal(eval_loop_sliders("0,,1", &o, &info), ERR_USAGE);
	assert_int_equal(eval_loop_sliders("0,", &o, &info), ERR_USAGE);
	assert_int_equal(eval_loop_sliders("-1", &o, &info), ERR_USAGE);
	assert_int_equal(eval_loop_sliders("1e1", &o, &info), ERR_USAGE);
	assert_int_equal(eval_loop_sliders("30,0,30", &o, &info), ERR_USAGE);
	assert_non_null(strstr(info.text, "30 twice"));
	assert_int_equal(o.sliders, 1);
	assert_int_equal(eval_loop_sliders("1,2,3,4,5,6,7,8,9", &o, &info), ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entropy_is_that_counted_by_hand),
		cmocka_unit_test(the_start_of_few_draws_is_the_mean_over_all_ways_to_draw_them),
		cmocka_unit_test(the_start_is_what_would_be_read_of_all_that_is_published),
		cmocka_unit_test(what_is_read_is_liked_more_and_what_is_passed_over_less),
		cmocka_unit_test(an_article_of_two_topics_pulls_at_both_by_their_shares),
		cmocka_unit_test(what_is_never_met_is_let_go_after_a_week),
		cmocka_unit_test(blind_pages_are_in_their_order_and_teach_the_model_nothing),
		cmocka_unit_test(slots_are_recorded_with_their_chance),
		cmocka_unit_test(the_same_seed_gives_the_same_loop_and_another_another),
		cmocka_unit_test(more_slider_goes_further_out_and_reads_more_broadly),
		cmocka_unit_test(pages_that_know_nobody_begin_at_the_start),
		cmocka_unit_test(a_window_is_what_was_read_in_its_days),
		cmocka_unit_test(a_known_series_is_drawn_where_it_is),
		cmocka_unit_test(crowded_points_are_a_star_and_what_is_level_still_has_rows),
		cmocka_unit_test(the_figure_has_a_letter_a_line_and_two_curves_of_each),
		cmocka_unit_test(sliders_are_a_list),
	};

	return cmocka_run_group_tests_name("closed loop", tests, prepare, tidy);
}
