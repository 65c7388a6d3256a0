/* A page of 30 places out of scored articles, as the slider makes it. */
#include <stdlib.h>

#include "base/mem.h"
#include "bench.h"
#include "rank/explore.h"

#define TOPICS 48
#define CATEGORIES 400
#define FEEDS 1000
#define PLACES 30

struct pool {
	struct arena arena;
	struct explore_input in;
};

static int *drawn(struct arena *a, struct rng *r, size_t n, uint32_t values)
{
	int *out = arena_zero(a, n + 1, sizeof *out);

	for (size_t i = 0; i < n; i++)
		out[i] = (int)rng_below(r, values);
	return out;
}

/* The first `some` of so many values have it all, in equal shares. */
static double *mix(struct arena *a, size_t values, size_t some)
{
	double *p = arena_zero(a, values + 1, sizeof *p);

	for (size_t v = 0; v < some; v++)
		p[v] = 1 / (double)some;
	return p;
}

static void pool_make(struct pool *p, size_t n)
{
	struct rng r;
	struct score *score;
	int64_t *story;
	int *topic;

	*p = (struct pool){ .arena = ARENA_INIT };
	rng_seed(&r, 1);
	score = arena_zero(&p->arena, n + 1, sizeof *score);
	story = arena_zero(&p->arena, n + 1, sizeof *story);
	topic = drawn(&p->arena, &r, n, TOPICS);
	for (size_t i = 0; i < n; i++) {
		score[i] = (struct score){ .doc = i, .mean = rng_normal(&r), .sd = 0.5, .distance = rng_uniform(&r), .quality = 0.5 };
		story[i] = (int64_t)i;
	}
	p->in = (struct explore_input){
		.score = score, .topic = topic, .story = story, .n = n, .topics = TOPICS, .p_reader = mix(&p->arena, TOPICS, 6), .p_feeds = mix(&p->arena, TOPICS, TOPICS),
		.facet = { { topic, TOPICS, NULL, NULL }, { drawn(&p->arena, &r, n, CATEGORIES), CATEGORIES, NULL, NULL },
			   { drawn(&p->arena, &r, n, FEEDS), FEEDS, mix(&p->arena, FEEDS, 20), mix(&p->arena, FEEDS, FEEDS) } },
		.n_facets = 3, .k = PLACES, .seed = 1,
	};
}

/* The first page of a field, with all that is made once, and one more step of the slider on the same field. */
static void measure(const char *first, const char *step, size_t n)
{
	struct pool p;
	struct pick pick[PLACES];
	double ms[2][BENCH_RUNS];

	pool_make(&p, n);
	for (int i = 0; i < BENCH_RUNS; i++) {
		struct arena a = ARENA_INIT;
		struct explore_pool *kept;
		double from = bench_cpu(), made;

		kept = explore_pool_make(&p.in, &a);
		(void)explore_pool_page(kept, 5 * i, pick, NULL);
		made = bench_cpu();
		(void)explore_pool_page(kept, 5 * i + 5, pick, NULL);
		ms[0][i] = 1e3 * (made - from);
		ms[1][i] = 1e3 * (bench_cpu() - made);
		arena_clear(&a);
	}
	bench_report(first, ms[0], BENCH_RUNS, "ms");
	bench_report(step, ms[1], BENCH_RUNS, "ms");
	arena_clear(&p.arena);
}

void bench_explore(void)
{
	measure("a page of 30 places out of 5,000 scored articles", "slider moved: the next page of these", 5000);
	measure("a page of 30 places out of 100,000", "slider moved: the next page of these", 100000);
}
