/* One learning update of each of the three models, in microseconds of this process' time: what else the machine does meanwhile doesn't count. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "bench.h"
#include "model/ftrl.h"
#include "model/interest.h"
#include "model/net.h"

#define RUNS BENCH_RUNS
#define EVENTS 4000
#define FEATURES ((size_t)40)
#define TERMS 80         /* different ones of an article */
#define VOCABULARY 30000

struct workload {
	double *x;     /* (EVENTS x FEATURES), the first always 1 */
	struct csr terms; /* (EVENTS x VOCABULARY), by Zipf's law */
	double mean[FEATURES], sd[FEATURES];
};

static int by_col(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void add_terms(struct csr *m, struct rng *r)
{
	uint32_t col[TERMS];
	float val[TERMS];
	size_t n = 0;

	for (size_t i = 0; i < TERMS; i++) {
		col[i] = (uint32_t)exp(rng_uniform(r) * log(VOCABULARY));
		val[i] = (float)(1 / sqrt(TERMS));
	}
	qsort(col, TERMS, sizeof *col, by_col);
	for (size_t i = 0; i < TERMS; i++)
		if (n == 0 || col[i] != col[n - 1])
			col[n++] = col[i];
	csr_add_row(m, col, val, n);
}

static void make_workload(struct workload *w)
{
	struct rng r;

	*w = (struct workload){ .x = mem_zero(EVENTS * FEATURES, sizeof *w->x) };
	rng_seed(&r, 1);
	for (size_t i = 0; i < EVENTS; i++) {
		for (size_t k = 0; k < FEATURES; k++)
			w->x[i * FEATURES + k] = k == 0 ? 1 : rng_normal(&r);
		add_terms(&w->terms, &r);
	}
	for (size_t k = 0; k < FEATURES; k++)
		w->sd[k] = 0.3;
}

static double interest_run(const struct workload *w)
{
	struct interest m;
	double at;

	interest_init(&m, FEATURES, w->mean, w->sd);
	at = 1e6 * bench_cpu();
	for (size_t i = 0; i < EVENTS; i++)
		(void)interest_update(&m, w->x + i * FEATURES, i % 3 == 0, 0.3);
	at = 1e6 * bench_cpu() - at;
	interest_clear(&m);
	return at / EVENTS;
}

static double net_run(const struct workload *w)
{
	struct net n;
	double at;

	net_init(&n, FEATURES, w->mean, w->sd, 1);
	at = 1e6 * bench_cpu();
	for (size_t i = 0; i < EVENTS; i++)
		(void)net_update(&n, w->x + i * FEATURES, i % 3 == 0, 0.3);
	at = 1e6 * bench_cpu() - at;
	net_clear(&n);
	return at / EVENTS;
}

static double ftrl_run(const struct workload *w)
{
	struct ftrl f;
	double at;

	ftrl_init(&f, NULL);
	at = 1e6 * bench_cpu();
	for (size_t i = 0; i < EVENTS; i++)
		(void)ftrl_update(&f, &w->terms, i, i % 3 == 0, 0.3);
	at = 1e6 * bench_cpu() - at;
	ftrl_clear(&f);
	return at / EVENTS;
}

void bench_models(void)
{
	struct workload w;
	double interest[RUNS], net[RUNS], ftrl[RUNS];

	make_workload(&w);
	for (int k = 0; k < RUNS; k++) {
		interest[k] = interest_run(&w);
		net[k] = net_run(&w);
		ftrl[k] = ftrl_run(&w);
	}
	bench_report("one update, interest model, 40 features", interest, RUNS, "us");
	bench_report("one update, network, 40 features", net, RUNS, "us");
	bench_report("one update, term weights, 80 terms", ftrl, RUNS, "us");
	csr_clear(&w.terms);
	free(w.x);
}
