/* explore_pool - a pool that is kept while the slider moves gives the pages of before, to the bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "explore_naive.h"

#define MOST 600
#define VALUES 40

struct field {
	struct score score[MOST];
	int64_t story[MOST];
	int value[EXPLORE_FACETS][MOST];
	double p_reader[EXPLORE_FACETS][VALUES + 1], p_feeds[EXPLORE_FACETS][VALUES + 1];
	struct explore_input in;
};

/* Now and then all of a field has one of few numbers, so that ties are as common as anything; or none, or is no number. */
static double drawn(struct rng *r, uint32_t round)
{
	static const double odd[] = { NAN, INFINITY, -INFINITY, -0.0 };

	if (round % 5 == 0 && rng_below(r, 20) == 0)
		return odd[rng_below(r, 4)];
	return round % 3 == 0 ? rng_below(r, 4) / 4.0 : rng_normal(r);
}

static void mix(struct rng *r, double *p, int values)
{
	double sum = 0;

	for (int v = 0; v <= values; v++)
		sum += p[v] = rng_below(r, 3) ? pow(rng_uniform(r), 3) : 0;
	for (int v = 0; v <= values; v++)
		p[v] = sum > 0 ? p[v] / sum : 1.0 / (values + 1);
}

static void score_make(struct rng *r, uint32_t round, size_t i, struct score *s)
{
	*s = (struct score){ .doc = i, .mean = drawn(r, round), .sd = fabs(drawn(r, round)), .distance = round % 4 ? rng_uniform(r) : rng_below(r, 3) / 3.0,
			     .quality = rng_uniform(r), .foreign = rng_below(r, 9) == 0, .offered = rng_below(r, 9) == 0, .edit = rng_below(r, 9) ? 0 : rng_normal(r) };
}

/* The first facet is the topic, or is not: then nothing of a topic is known to be held back alike. */
static void field_make(struct field *f, struct rng *r, uint32_t round)
{
	size_t n = rng_below(r, round % 7 ? 150 : MOST), facets = rng_below(r, EXPLORE_FACETS + 1);
	int values[EXPLORE_FACETS];

	for (int k = 0; k < EXPLORE_FACETS; k++) {
		values[k] = round % 11 == 0 ? 1 : 1 + (int)rng_below(r, VALUES);
		for (size_t i = 0; i < n; i++)
			f->value[k][i] = (int)rng_below(r, (uint32_t)values[k] + 1) - 1;
		mix(r, f->p_reader[k], values[k]);
		mix(r, f->p_feeds[k], values[k]);
	}
	for (size_t i = 0; i < n; i++) {
		score_make(r, round, i, &f->score[i]);
		f->story[i] = i && rng_below(r, 6) == 0 ? f->story[rng_below(r, (uint32_t)i)] : (int64_t)i * 1000003 - 5000;
	}
	f->in = (struct explore_input){ .score = f->score, .topic = f->value[0], .story = f->story, .n = n, .topics = values[0], .p_reader = f->p_reader[0],
					.p_feeds = f->p_feeds[0], .n_facets = facets, .k = rng_below(r, 50), .seed = round };
	for (size_t k = 0; k < facets; k++) {
		bool wanted = k > 0 && rng_below(r, 2);
		size_t of = (k + round % 2) % EXPLORE_FACETS;

		f->in.facet[k] = (struct explore_facet){ f->value[of], values[of], wanted ? f->p_reader[of] : NULL, wanted ? f->p_feeds[of] : NULL };
	}
}

static void assert_same(const struct pick *x, const struct pick *y, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(x[i].at, y[i].at);
		assert_int_equal(x[i].slot, y[i].slot);
		assert_true(x[i].propensity == y[i].propensity);
	}
}

static void a_kept_pool_gives_the_pages_of_before_at_every_slider(void **state)
{
	static struct field f;
	size_t places = 0, slots = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 31);
	for (uint32_t round = 0; round < 400; round++) {
		struct arena a = ARENA_INIT;
		struct explore_pool *pool;

		field_make(&f, &r, round);
		pool = explore_pool_make(&f.in, &a);
		for (int s = -5; s <= 105; s += 5) {
			struct pick naive[50], kept[50];
			double x = -1, y = -1;
			size_t n;

			f.in.explore = s;
			n = explore_naive(&f.in, naive, &x);
			assert_int_equal(explore_pool_page(pool, s, kept, &y), n);
			assert_true(x == y);
			assert_same(naive, kept, n);
			assert_int_equal(explore_page(&f.in, kept, &y), n);
			assert_same(naive, kept, n);
			places += n;
			for (size_t i = 0; i < n; i++)
				slots += naive[i].slot == SLOT_SERENDIPITY;
		}
		arena_clear(&a);
	}
	assert_true(places > 100000 && slots > 5000); /* else these fields show nothing */
}

/* A page of one slider leaves nothing behind for that of another. */
static void the_order_of_the_sliders_steps_changes_nothing(void **state)
{
	static struct field f;
	struct rng r;

	(void)state;
	rng_seed(&r, 32);
	for (uint32_t round = 0; round < 40; round++) {
		struct arena a = ARENA_INIT;
		struct explore_pool *pool;

		field_make(&f, &r, round);
		pool = explore_pool_make(&f.in, &a);
		for (int i = 0; i < 20; i++) {
			struct pick naive[50], kept[50];
			size_t n;

			f.in.explore = (int)rng_below(&r, 101);
			n = explore_naive(&f.in, naive, NULL);
			assert_int_equal(explore_pool_page(pool, f.in.explore, kept, NULL), n);
			assert_same(naive, kept, n);
		}
		arena_clear(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kept_pool_gives_the_pages_of_before_at_every_slider),
		cmocka_unit_test(the_order_of_the_sliders_steps_changes_nothing),
	};

	return cmocka_run_group_tests_name("explore_pool", tests, NULL, NULL);
}
