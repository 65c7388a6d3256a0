#include "rank/sim_reader.h"

#include <math.h>

#define LIKED_LEAST 3
#define LIKED_MOST 6
#define RATE_LEAST 0.10
#define RATE_MOST 0.25
#define DRIFT_TOPIC 0.05    /* standard deviations of a day's step, log-odds */
#define DRIFT_STRAND 0.03
#define DEPTH_LEAST 8
#define MISTAKE 0.015       /* chance of an opening that nobody wanted */
#define OVERLOOK 0.006      /* a row: how much likelier it is, with every place, that the cursor passes what wasn't looked at */
#define LET_DOWN 0.15       /* of the wanted articles don't hold what the title promised */
#define DWELL_MOST 1800.0   /* seconds */
#define FIRST_SCREEN 200.0  /* words */

static double between(struct rng *r, double least, double most)
{
	return least + (most - least) * rng_uniform(r);
}

static double sigmoid(double a)
{
	return 1 / (1 + exp(-a));
}

static double utility(const struct sim_reader *r, size_t doc)
{
	const struct sim_article *a = &r->world->article[doc];
	const struct doc *d = &r->world->corpus.doc[doc];
	double told = d->feeds_telling > 1 ? log(d->feeds_telling) : 0;

	return a->share * (r->topic[a->topic] + r->strand[a->topic][a->strand]) + (1 - a->share) * r->topic[a->second] + r->feed[d->feed] + r->length * a->length +
	       r->told * told;
}

double sim_reader_chance(const struct sim_reader *r, size_t doc)
{
	return sigmoid(r->base + utility(r, doc));
}

/* The starting point at which the wanted share is r->rate, by bisection over every seventh article. */
static void settle(struct sim_reader *r)
{
	double low = -12, high = 12;

	for (int i = 0; i < 30; i++) {
		double sum = 0, n = 0;

		r->base = (low + high) / 2;
		for (size_t doc = 0; doc < r->world->corpus.n; doc += 7, n++)
			sum += sim_reader_chance(r, doc);
		if (sum / n > r->rate)
			high = r->base;
		else
			low = r->base;
	}
}

/* Like n topics that weren't liked. */
static void like(struct sim_reader *r, int n)
{
	bool before[SIM_TOPICS];

	for (int t = 0; t < SIM_TOPICS; t++) {
		before[t] = r->liked[t];
		r->liked[t] = false;
	}
	while (n > 0) {
		int t = (int)rng_below(&r->rng, SIM_TOPICS);

		if (r->liked[t] || before[t])
			continue;
		r->liked[t] = true;
		r->topic[t] = between(&r->rng, 2, 3.5);
		n--;
	}
}

void sim_reader_make(struct sim_reader *r, const struct sim_world *world, uint64_t seed)
{
	*r = (struct sim_reader){ .world = world };
	rng_seed(&r->rng, seed);
	for (int t = 0; t < SIM_TOPICS; t++) {
		r->topic[t] = 0.4 * rng_normal(&r->rng);
		for (int k = 0; k < SIM_STRANDS; k++)
			r->strand[t][k] = 0.6 * rng_normal(&r->rng);
	}
	for (int f = 0; f < SIM_FEEDS; f++)
		r->feed[f] = 0.4 * rng_normal(&r->rng);
	r->length = 0.25 * rng_normal(&r->rng);
	r->told = 0.3 * rng_normal(&r->rng);
	for (int i = 1 + (int)rng_below(&r->rng, 2); i > 0; i--)
		r->topic[rng_below(&r->rng, SIM_TOPICS)] = -between(&r->rng, 1, 2);
	like(r, LIKED_LEAST + (int)rng_below(&r->rng, LIKED_MOST - LIKED_LEAST + 1));
	r->rate = between(&r->rng, RATE_LEAST, RATE_MOST);
	r->pace = 230 * exp(0.3 * rng_normal(&r->rng));
	r->stay = between(&r->rng, 0.88, 0.97);
	settle(r);
}

static void pull(double *a, double to, double part)
{
	*a += part * (to - *a);
}

void sim_reader_meet(struct sim_reader *r, size_t doc, enum sim_meeting how)
{
	const struct sim_article *a = &r->world->article[doc];
	double to = how == MET_READ ? FOLLOW_MOST : FOLLOW_LEAST, part = how == MET_READ ? FOLLOW_READ : FOLLOW_PASSED;

	if (!r->follows)
		return;
	r->unmet[a->topic] = 0;
	if (how == MET)
		return;
	pull(&r->topic[a->topic], to, part * a->share);
	pull(&r->topic[a->second], to, part * (1 - a->share));
}

static void fade(struct sim_reader *r)
{
	for (int t = 0; t < SIM_TOPICS; t++)
		if (r->unmet[t]++ >= FOLLOW_PATIENCE)
			pull(&r->topic[t], 0, 1 - exp(-1 / FOLLOW_FADE));
}

void sim_reader_drift(struct sim_reader *r)
{
	if (r->follows)
		fade(r);
	for (int t = 0; t < SIM_TOPICS; t++) {
		r->topic[t] += DRIFT_TOPIC * rng_normal(&r->rng);
		for (int k = 0; k < SIM_STRANDS; k++)
			r->strand[t][k] += DRIFT_STRAND * rng_normal(&r->rng);
	}
}

void sim_reader_change(struct sim_reader *r)
{
	int liked = 0;

	for (int t = 0; t < SIM_TOPICS; t++) {
		if (!r->liked[t])
			continue;
		r->topic[t] = 0.4 * rng_normal(&r->rng);
		liked++;
	}
	like(r, liked);
	settle(r);
}

int sim_reader_depth(struct sim_reader *r, int n)
{
	int depth = n < DEPTH_LEAST ? n : DEPTH_LEAST;

	while (depth < n && rng_uniform(&r->rng) < r->stay)
		depth++;
	return depth;
}

bool sim_reader_opens(struct sim_reader *r, size_t doc, int place, bool *wanted)
{
	bool looked = rng_uniform(&r->rng) >= OVERLOOK * (place - 1);
	double want = rng_uniform(&r->rng), mistake = rng_uniform(&r->rng);

	*wanted = looked && want < sim_reader_chance(r, doc);
	return *wanted || mistake < MISTAKE;
}

double sim_reader_dwell(struct sim_reader *r, size_t doc, bool wanted, bool *held)
{
	double read = r->world->corpus.doc[doc].words * 60 / r->pace * exp(-0.2 + 0.5 * rng_normal(&r->rng));
	double glance = 5 * exp(0.8 * rng_normal(&r->rng));

	*held = rng_uniform(&r->rng) >= LET_DOWN && wanted;
	return fmin(*held ? read : fmin(glance, read), DWELL_MOST);
}

double sim_reader_seen(const struct sim_reader *r, size_t doc, double dwell)
{
	return fmin(fmax(dwell * r->pace / 60, FIRST_SCREEN) / r->world->corpus.doc[doc].words, 1);
}
