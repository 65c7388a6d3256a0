/* One action learned: its features against 400 readings, the model, the calibration, the tastes, the memory. */
#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/rng.h"
#include "bench.h"
#include "rank/profile.h"

#define DOCS 3000
#define TERMS 20000
#define TERMS_OF_ONE 60
#define WORDS 56
#define LSA 64
#define NOW ((int64_t)1774936800)

static void random_vector(struct rng *r, float *x, int d)
{
	double sum = 0;

	for (int i = 0; i < d; i++) {
		x[i] = (float)rng_normal(r);
		sum += (double)x[i] * (double)x[i];
	}
	for (int i = 0; i < d; i++)
		x[i] = (float)((double)x[i] / sqrt(sum));
}

/* Terms as common as words are without stop words: a tenth of the articles have the first ones. */
static size_t random_terms(struct rng *r, uint32_t *col, float *val)
{
	size_t n = 0;

	for (uint32_t at = 0; n < TERMS_OF_ONE; n++) {
		at += 1 + (uint32_t)(-log(1 - rng_uniform(r)) * (10 + at * 0.1));
		if (at >= TERMS)
			break;
		col[n] = at;
		val[n] = (float)(1 / sqrt(TERMS_OF_ONE));
	}
	return n;
}

static void make_corpus(struct corpus *c, struct rng *r)
{
	corpus_init(c, WORDS, LSA);
	for (size_t i = 0; i < DOCS; i++) {
		uint32_t col[TERMS_OF_ONE];
		float val[TERMS_OF_ONE], words[WORDS], title[WORDS], lsa[LSA];
		int cat[2] = { (int)rng_below(r, 200), (int)rng_below(r, 200) };
		struct doc d = { .id = (int64_t)i + 1, .at = NOW - 86400, .story = (int64_t)i + 1, .feed = (int)rng_below(r, 100), .topic = (int)rng_below(r, 32),
				 .author = (int)rng_below(r, 300), .language = 0, .cat = cat, .n_cat = 2, .words = 100 + (int)rng_below(r, 900), .feeds_telling = 1 };
		size_t n = random_terms(r, col, val);

		random_vector(r, words, WORDS);
		random_vector(r, title, WORDS);
		random_vector(r, lsa, LSA);
		(void)corpus_add(c, &d, col, val, n, (struct doc_vectors){ { words, title, lsa } });
	}
	c->terms.cols = TERMS;
	c->values[FACET_FEED] = 100;
	c->values[FACET_CATEGORY] = 200;
	c->values[FACET_TOPIC] = 32;
	c->values[FACET_AUTHOR] = 300;
	c->values[FACET_LANGUAGE] = 1;
}

/* Half of the actions are readings, so that the memory is kept up as well. */
static void act(struct profile *p, struct rng *r, int64_t n)
{
	for (int64_t i = 0; i < n; i++) {
		struct event e = { .id = p->events + 1, .at = NOW + p->events * 60, .article = 1 + rng_below(r, DOCS), .kind = i % 2 ? EVENT_SKIP : EVENT_OPEN,
				   .dwell = i % 2 ? -1 : 60, .scroll = -1, .explore = -1, .propensity = -1, .place = 1 + (int)rng_below(r, 30), .width = 80 };

		profile_apply(p, &e);
	}
}

void bench_learn(void)
{
	enum { ACTIONS = 500 };
	double us[BENCH_RUNS];
	struct corpus c;
	struct profile p;
	struct rng r;

	rng_seed(&r, 7);
	make_corpus(&c, &r);
	profile_init(&p, &c, ~0u);
	act(&p, &r, 2 * MEMORY_MOST + 200);
	for (int k = 0; k < BENCH_RUNS; k++) {
		double at = log_monotonic();

		act(&p, &r, ACTIONS);
		us[k] = (log_monotonic() - at) * 1e6 / ACTIONS;
	}
	bench_report("one action learned, 400 readings remembered", us, BENCH_RUNS, "us");
	profile_clear(&p);
	corpus_clear(&c);
}
