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

static void measure(const char *name, size_t n)
{
	struct pool p;
	struct pick pick[PLACES];
	double ms[BENCH_RUNS];

	pool_make(&p, n);
	for (int i = 0; i < BENCH_RUNS; i++) {
		double from = bench_cpu();

		p.in.explore = 5 * i;
		(void)explore_page(&p.in, pick, NULL);
		ms[i] = 1e3 * (bench_cpu() - from);
	}
	bench_report(name, ms, BENCH_RUNS, "ms");
	arena_clear(&p.arena);
}

void bench_explore(void)
{
	measure("a page of 30 places out of 5,000 scored articles", 5000);
	measure("the same out of 100,000", 100000);
}
