/* profile, features, score, why - against naive versions over a random corpus. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "rank/memory.h"
#include "rank/profile.h"
#include "rank/score.h"
#include "rank/why.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))
#define DOCS 150
#define TERMS 60
#define WORD_DIM 5 /* so that a mix-up of the sides is seen */
#define DIM 12
#define FEEDS 5
#define CATEGORIES 7
#define TOPICS 4
#define AUTHORS 6
#define LANGUAGES 2
#define TAGS 3
#define NOW ((int64_t)1774936800)

static void random_row(struct rng *r, uint32_t *col, float *val, size_t *n)
{
	double sum = 0;

	*n = 0;
	for (uint32_t t = 0; t < TERMS; t++) {
		if (rng_below(r, 8) && (*n || t + 1 < TERMS)) /* never empty */
			continue;
		col[*n] = t;
		val[*n] = (float)(0.1 + rng_uniform(r));
		sum += (double)val[*n] * (double)val[*n];
		++*n;
	}
	for (size_t i = 0; i < *n; i++)
		val[i] = (float)((double)val[i] / sqrt(sum));
}

static void random_vector(struct rng *r, float *vec, int d)
{
	double sum = 0;

	for (int i = 0; i < d; i++) {
		vec[i] = (float)rng_normal(r);
		sum += (double)vec[i] * (double)vec[i];
	}
	for (int i = 0; i < d; i++)
		vec[i] = (float)((double)vec[i] / sqrt(sum));
}

/* Facets and terms are called by their numbers. */
static int64_t find_number(void *user, enum facet f, const char *key)
{
	(void)user;
	(void)f;
	return atoi(key);
}

/* The last article has no terms, vector, feed, category, topic or date. */
static void corpus_make(struct corpus *c, uint64_t seed)
{
	struct rng r;

	rng_seed(&r, seed);
	corpus_init(c, WORD_DIM, DIM);
	for (size_t i = 0; i < DOCS; i++) {
		uint32_t col[TERMS];
		float val[TERMS], words[WORD_DIM], title[WORD_DIM], lsa[DIM];
		size_t n;
		int tag[2] = { (int)rng_below(&r, TAGS), (int)rng_below(&r, TAGS) };
		int cat[3] = { (int)rng_below(&r, CATEGORIES), (int)rng_below(&r, CATEGORIES), 0 };
		struct doc d = { .id = 1000 + (int64_t)i, .at = NOW - (int64_t)rng_below(&r, 500000), .story = 1000 + (int64_t)i, .feed = (int)rng_below(&r, FEEDS),
				 .topic = (int)rng_below(&r, TOPICS), .author = (int)rng_below(&r, AUTHORS + 1) - 1, .language = (int)rng_below(&r, LANGUAGES), .cat = cat, .n_cat = (int)rng_below(&r, 3), .tag = tag, .n_tag = (int)rng_below(&r, 3), .words = (int)rng_below(&r, 900),
				 .feeds_telling = 1 + (int)rng_below(&r, 3), .coverage = 2 * rng_uniform(&r) };

		random_row(&r, col, val, &n);
		random_vector(&r, words, WORD_DIM);
		random_vector(&r, title, WORD_DIM);
		random_vector(&r, lsa, DIM);
		if (i + 1 < DOCS) {
			assert_int_equal(corpus_add(c, &d, col, val, n, (struct doc_vectors){ { i % 4 ? words : NULL, i % 3 ? title : NULL, i % 5 ? lsa : NULL } }), i);
			continue;
		}
		d = (struct doc){ .id = 1000 + (int64_t)i, .at = DATE_NONE, .feed = -1, .topic = -1, .author = -1, .language = -1, .feeds_telling = 1 };
		assert_int_equal(corpus_add(c, &d, NULL, NULL, 0, (struct doc_vectors){ 0 }), i);
	}
	c->values[FACET_FEED] = FEEDS;
	c->values[FACET_CATEGORY] = CATEGORIES;
	c->values[FACET_TOPIC] = TOPICS;
	c->values[FACET_AUTHOR] = AUTHORS;
	c->values[FACET_LANGUAGE] = LANGUAGES;
	c->values[FACET_TAG] = TAGS;
	c->names.find = find_number;
}

static struct event event_of(int64_t id, int64_t at, int64_t article, enum event_kind kind, double dwell)
{
	return (struct event){ .id = id, .at = at, .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1 };
}

static struct event random_event(struct rng *r, int64_t id)
{
	struct event e = event_of(id, NOW - 3 * DATE_DAY + id * 600, 1000 + (int64_t)rng_below(r, DOCS + 3), (enum event_kind)rng_below(r, EVENT_KIND_COUNT),
				  rng_below(r, 4) ? 200 * rng_uniform(r) : -1);

	if (e.kind == EVENT_EDIT) {
		static const char *const subjects[] = { "feed:0", "feed:1", "topic:2", "term:3", "term:900", "category:1", "length:0", "language:0", "author:1", "tag:0", "odd" };

		e.subject = subjects[rng_below(r, sizeof subjects / sizeof *subjects)];
		e.value = (double)rng_below(r, 7) - 3;
	}
	e.scroll = rng_below(r, 3) ? rng_uniform(r) : 1;
	e.place = (int)rng_below(r, 31);
	e.pair = rng_below(r, 5) ? 0 : (int)rng_below(r, 31);
	e.width = (int)rng_below(r, 3) * 70;
	return e;
}

static void live(struct profile *p, struct rng *r, int events)
{
	for (int i = 1; i <= events; i++) {
		struct event e = random_event(r, i);

		profile_apply(p, &e);
	}
}

static void profile_make(struct profile *p, const struct corpus *c, uint64_t seed, int events)
{
	struct rng r;

	rng_seed(&r, seed);
	profile_init(p, c, ~0u);
	live(p, &r, events);
}

/* The same with all models learning. */
static void profile_make_all(struct profile *p, const struct corpus *c, uint64_t seed, int events)
{
	struct rng r;

	rng_seed(&r, seed);
	profile_init(p, c, ~0u);
	for (int kind = 0; kind < MODEL_COUNT; kind++)
		models_use(&p->models, (enum model_kind)kind);
	live(p, &r, events);
}

/* ---- corpus ---- */

static void an_article_is_found_by_its_id(void **state)
{
	struct corpus c;

	(void)state;
	corpus_make(&c, 1);
	assert_int_equal(c.n, DOCS);
	assert_int_equal(corpus_find(&c, 1000), 0);
	assert_int_equal(corpus_find(&c, 1000 + DOCS - 1), DOCS - 1);
	assert_int_equal(corpus_find(&c, 7), -1);
	for (int side = 0; side < SIDE_COUNT; side++) {
		assert_true(corpus_has_vector(&c, side, 1));
		assert_false(corpus_has_vector(&c, side, 0));
		assert_false(corpus_has_vector(&c, side, DOCS - 1));
	}
	assert_true(corpus_has_vector(&c, SIDE_TITLE, 4));
	assert_false(corpus_has_vector(&c, SIDE_TITLE, 3));
	assert_false(corpus_has_vector(&c, SIDE_WORDS, 4));
	assert_true(corpus_has_vector(&c, SIDE_LSA, 4));
	corpus_clear(&c);
}

/* ---- signals ---- */

static double signed_signal_of(struct event e, int words, bool returned)
{
	struct habits h;
	double weight;
	int y;

	habits_init(&h);
	signal_of(&h, &e, words, returned, &y, &weight);
	habits_clear(&h);
	return y ? weight : -weight;
}

static double signed_signal(enum event_kind kind, double dwell, int words)
{
	return signed_signal_of(event_of(1, NOW, 1, kind, dwell), words, false);
}

static void signals_have_their_documented_weights(void **state)
{
	struct event whole = event_of(1, NOW, 1, EVENT_CLOSE, 60), first = event_of(1, NOW, 1, EVENT_OPEN, 600), seen = event_of(1, NOW, 1, EVENT_SHOWN, -1);

	(void)state;
	assert_near(signed_signal(EVENT_OPEN, -1, 300), 0.3, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, -1, 300), 0, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, 60, 460), 0.75, 1e-12); /* 460 words are two minutes */
	assert_near(signed_signal(EVENT_OPEN, 60, 460), 0.75, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, 600, 460), 1, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, 5, 0), 0.75, 1e-12);    /* nothing is expected to take less than 10 s */
	assert_near(signed_signal(EVENT_CLOSE, 2, 0), -0.3, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, 5.9, 460), -0.3, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, 9, 100000), 0.25, 1e-3); /* 8 s is never at once */
	assert_near(signed_signal(EVENT_SKIP, -1, 300), -0.5, 1e-12);
	assert_near(signed_signal(EVENT_SHOWN, -1, 300), -0.03, 1e-12);
	assert_near(signed_signal(EVENT_LIKE, -1, 300), 2, 1e-12);
	assert_near(signed_signal(EVENT_DISLIKE, -1, 300), -2, 1e-12);
	assert_near(signed_signal(EVENT_SAVE, -1, 300), 1.5, 1e-12);
	assert_near(signed_signal(EVENT_BROWSER, -1, 300), 1, 1e-12);
	assert_near(signed_signal(EVENT_WANT, -1, 300), 0.7, 1e-12);
	assert_near(signed_signal(EVENT_PASS, -1, 300), -0.7, 1e-12);
	assert_near(signed_signal(EVENT_IMPORTED, -1, 300), 0.1, 1e-12);
	assert_near(signed_signal(EVENT_CLOSE, NAN, 300), 0, 1e-12);
	for (int kind = EVENT_READ; kind <= EVENT_UNDO; kind++)
		assert_near(signed_signal((enum event_kind)kind, 100, 300), 0, 1e-12);
	whole.scroll = 1;
	assert_near(signed_signal_of(whole, 460, false), 1, 1e-12);      /* read to the end in half of the time */
	assert_near(signed_signal_of(whole, 460, true), 1.5, 1e-12);     /* and once more */
	whole.dwell = 50;
	assert_near(signed_signal_of(whole, 460, false), 0.25 + 50.0 / 120, 1e-12); /* seen to the end, but not read */
	first.place = seen.place = 1;
	assert_near(signed_signal_of(first, 300, false), pow(0.2, 0.3), 1e-12); /* the first place is opened easily */
	assert_near(signed_signal_of(seen, 300, false), -0.03 * pow(5, 0.3), 1e-12);
}

/* ---- habits ---- */

static void the_readers_own_pace_is_found_from_what_is_read_to_the_end(void **state)
{
	struct habits h;
	struct event e = event_of(1, NOW, 1, EVENT_CLOSE, 0);
	struct rng r;

	(void)state;
	habits_init(&h);
	rng_seed(&r, 1);
	for (int i = 0; i < 100; i++) { /* takes 1.6 times as long as others, more or less */
		int words = 200 + (int)rng_below(&r, 1500);

		e.dwell = 1.6 * words * 60 / 230 * exp(0.3 * rng_normal(&r));
		e.scroll = i % 2 ? 1 : 0.4; /* what was left half-way says nothing, however long it took */
		if (i % 2 == 0)
			e.dwell /= 4;
		habits_learn(&h, &e, words);
	}
	assert_int_equal(h.paced, 50);
	assert_near(exp(h.pace), 1.6, 0.12);
	assert_near(habits_expected(&h, 460), 120 * exp(h.pace), 1e-9);
	assert_near(habits_expected(&h, 3), 10, 1e-12);
	assert_near(habits_expected(&h, 2000000000), 2000000000 * 60.0 / 230 * exp(h.pace), 1); /* sixty times as much is more than an int holds */
	e = (struct event){ .kind = EVENT_CLOSE, .dwell = 1e9, .scroll = 1 }; /* asleep over it */
	habits_learn(&h, &e, 400);
	assert_int_equal(h.paced, 50);
	habits_clear(&h);
}

static void what_a_place_does_is_found_from_pairs_that_a_coin_put_in_order(void **state)
{
	const double exponent = 0.8;
	struct habits h;
	struct rng r;
	double sd;

	(void)state;
	habits_init(&h);
	rng_seed(&r, 2);
	for (int i = 0; i < 4000; i++) {
		int upper = 1 + (int)rng_below(&r, 10), lower = upper + 1 + (int)rng_below(&r, 15);
		bool first = rng_uniform(&r) < 1 / (1 + pow((double)upper / lower, exponent));
		struct event e = event_of(i + 1, NOW, 1, EVENT_OPEN, -1);

		e.place = first ? upper : lower;
		e.pair = first ? lower : upper;
		habits_learn(&h, &e, 300);
	}
	sd = sqrt(h.place.cov[0]);
	assert_true(sd < 0.06);
	assert_near(h.place.mean[0], exponent, 3 * sd);
	assert_near(habits_place(&h, 5), 1, 1e-12);
	assert_true(habits_place(&h, 1) < 1 && habits_place(&h, 8) > 1);
	assert_near(habits_place(&h, 100000), PLACE_MOST, 1e-12);
	assert_near(habits_place(&h, 0), 1, 1e-12);
	habits_clear(&h);
}

static void a_reading_on_another_day_counts_more(void **state)
{
	struct corpus c;
	struct profile once, twice;
	struct event log[] = { event_of(1, NOW, 1000, EVENT_OPEN, -1), event_of(2, NOW + 900, 1000, EVENT_CLOSE, 900),
			       event_of(3, NOW + 2000, 1000, EVENT_OPEN, -1), event_of(4, NOW + 2900, 1000, EVENT_CLOSE, 900) };

	(void)state;
	corpus_make(&c, 1);
	profile_init(&once, &c, ~0u);
	profile_init(&twice, &c, ~0u);
	for (int i = 0; i < 4; i++) {
		profile_apply(&twice, &log[i]);
		log[i].at = i < 2 ? NOW : NOW + 30; /* at once again */
		profile_apply(&once, &log[i]);
	}
	assert_int_equal(twice.n, 1);
	assert_near(twice.taste.of[FACET_FEED].all.yes - once.taste.of[FACET_FEED].all.yes, 0.5, 1e-9);
	profile_clear(&once);
	profile_clear(&twice);
	corpus_clear(&c);
}

static void a_reading_is_one_an_article_and_can_be_taken_back(void **state)
{
	struct corpus c;
	struct profile p;
	struct event log[] = {
		event_of(1, NOW, 1000, EVENT_OPEN, -1), event_of(2, NOW + 60, 1000, EVENT_CLOSE, 900),
		event_of(3, NOW + 70, 1001, EVENT_OPEN, -1), event_of(4, NOW + 71, 1001, EVENT_CLOSE, 1), /* by accident */
		event_of(5, NOW + 90, 1000, EVENT_BROWSER, -1),
		event_of(6, NOW + 95, 1000, EVENT_CLOSE, 1), /* no accident: it was read */
		event_of(7, NOW + 99, 4711, EVENT_LIKE, -1), /* nowhere in the corpus */
	};
	struct event dislike = event_of(8, NOW + 100, 1000, EVENT_DISLIKE, -1);

	(void)state;
	corpus_make(&c, 1);
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < sizeof log / sizeof *log; i++)
		profile_apply(&p, &log[i]);
	assert_int_equal(p.events, 7);
	assert_int_equal(p.last_event, 7);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.reading[1].doc, 1);
	assert_true(p.reading[1].weight == 0);
	assert_int_equal(p.reading[0].doc, 0);
	assert_int_equal(p.reading[0].at, NOW + 90);
	assert_near(p.reading[0].weight, 1, 1e-12);
	assert_int_equal(p.memory->h, 1);
	profile_apply(&p, &dislike);
	assert_true(p.reading[0].weight == 0);
	assert_int_equal(p.memory->h, 0);
	profile_clear(&p);
	corpus_clear(&c);
}

static void folding_again_gives_the_same_to_the_last_bit(void **state)
{
	struct corpus c;
	struct profile a, b, memories;
	struct rng r;
	double phi[FEATURE_COUNT];

	(void)state;
	corpus_make(&c, 2);
	profile_init(&a, &c, ~0u);
	profile_init(&memories, &c, ~0u);
	rng_seed(&r, 3);
	for (int i = 1; i <= 600; i++) { /* as it happens, with looks in between */
		struct event e = random_event(&r, i);
		size_t doc = (size_t)i % DOCS;

		profile_apply(&a, &e);
		profile_remember(&memories, &e);
		features_fill(&a, &doc, 1, e.at + i, phi);
	}
	profile_make(&b, &c, 3, 600);
	assert_memory_equal(a.models.interest.mean, b.models.interest.mean, FEATURE_COUNT * sizeof(double));
	assert_memory_equal(a.models.interest.cov, b.models.interest.cov, FEATURE_COUNT * FEATURE_COUNT * sizeof(double));
	assert_int_equal(a.n, b.n);
	assert_int_equal(a.n, memories.n);
	for (size_t i = 0; i < a.n; i++) {
		assert_int_equal(a.reading[i].doc, b.reading[i].doc);
		assert_int_equal(a.reading[i].doc, memories.reading[i].doc);
		assert_true(a.reading[i].weight == b.reading[i].weight && a.reading[i].weight == memories.reading[i].weight);
	}
	for (int f = 0; f < FACET_COUNT; f++)
		assert_memory_equal(a.taste.of[f].one, memories.taste.of[f].one, a.taste.of[f].n * sizeof *a.taste.of[f].one);
	for (int f = 0; f < CROSS_FIELDS; f++)
		assert_memory_equal(a.crosses.moved[f], memories.crosses.moved[f], a.crosses.n[f] * CROSS_RANK * sizeof(double));
	assert_true(a.habits.pace == memories.habits.pace && a.habits.place.mean[0] == memories.habits.place.mean[0]);
	assert_memory_equal(a.chance.mean, b.chance.mean, 2 * sizeof(double));
	assert_memory_equal(memories.models.interest.mean, feature_prior_mean, FEATURE_COUNT * sizeof(double));
	profile_clear(&a);
	profile_clear(&b);
	profile_clear(&memories);
	corpus_clear(&c);
}

static void no_sequence_of_events_makes_a_number_that_is_none(void **state)
{
	static const double odd[] = { NAN, INFINITY, -INFINITY, 1e300, -1, 0 };
	struct corpus c;
	struct profile p;
	struct rng r;
	double phi[DOCS * FEATURE_COUNT];
	size_t docs[DOCS];

	(void)state;
	corpus_make(&c, 4);
	profile_init(&p, &c, ~0u);
	rng_seed(&r, 5);
	for (int i = 1; i <= 3000; i++) {
		struct event e = random_event(&r, i);

		if (!rng_below(&r, 3))
			e.dwell = odd[rng_below(&r, sizeof odd / sizeof *odd)];
		if (!rng_below(&r, 5))
			e.at += ((int64_t)rng_below(&r, 2000) - 1000) * DATE_DAY; /* clocks jump */
		profile_apply(&p, &e);
	}
	for (size_t i = 0; i < DOCS; i++)
		docs[i] = i;
	features_fill(&p, docs, DOCS, NOW, phi);
	for (size_t i = 0; i < DOCS * FEATURE_COUNT; i++)
		assert_true(isfinite(phi[i]));
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		assert_true(isfinite(p.models.interest.mean[i]) && p.models.interest.cov[i * FEATURE_COUNT + i] > 0);
	profile_clear(&p);
	corpus_clear(&c);
}

static void a_far_future_event_does_not_stop_what_fades(void **state)
{
	struct corpus c;
	struct profile p;
	const int64_t after = NOW + 2 * DATE_DAY;
	struct event e[] = { event_of(1, NOW, 1000, EVENT_LIKE, -1), event_of(2, NOW + 27000 * (int64_t)DATE_DAY, 1001, EVENT_LIKE, -1), event_of(3, after, 1002, EVENT_LIKE, -1) };

	(void)state;
	corpus_make(&c, 4);
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < sizeof e / sizeof *e; i++)
		profile_apply(&p, &e[i]);
	assert_int_equal(p.models.interest.day, after / DATE_DAY);
	assert_int_equal(p.chance.day, after / DATE_DAY);
	assert_int_equal(p.taste.day, after / DATE_DAY);
	assert_int_equal(p.crosses.day, after / DATE_DAY);
	assert_true(memory_fade(p.memory, HORIZON_TODAY, after + 30 * DATE_DAY) < 0.01);
	profile_clear(&p);
	corpus_clear(&c);
}

/* ---- features ---- */

#define BY_TERMS -1 /* else enum corpus_side */

static double naive_cosine(const struct corpus *c, int by, size_t a, size_t b)
{
	int d = by == SIDE_LSA ? DIM : WORD_DIM;
	double sum = 0;

	if (by == BY_TERMS)
		return (double)csr_dot(&c->terms, a, &c->terms, b);
	for (int i = 0; i < d; i++)
		sum += (double)c->side[by].vec[a * (size_t)d + (size_t)i] * (double)c->side[by].vec[b * (size_t)d + (size_t)i];
	return sum;
}

/* As the man page says it: every pair by itself, nothing kept. */
static void naive_likeness(const struct profile *p, int by, size_t doc, double sharpness, int horizon, double *out)
{
	double sum = 0, norm2 = 0, top = -INFINITY, a = 0, b = 0, w[DOCS], total = 0;

	for (size_t i = 0; i < p->n; i++) {
		double age = (double)(NOW - p->reading[i].at) / 86400;

		w[i] = p->reading[i].doc == doc ? 0 : p->reading[i].weight * exp(-age / (horizon == HORIZON_SHORT ? 3 : 60));
		total += w[i];
	}
	for (size_t i = 0; i < p->n; i++) {
		double x = naive_cosine(p->corpus, by, doc, p->reading[i].doc);

		if (w[i] <= 0)
			continue;
		sum += w[i] * x;
		top = fmax(top, w[i] * x);
		a += w[i] * exp(sharpness * x) * x;
		b += w[i] * exp(sharpness * x);
		for (size_t j = 0; j < p->n; j++)
			norm2 += w[i] * w[j] * naive_cosine(p->corpus, by, p->reading[i].doc, p->reading[j].doc);
	}
	out[0] = sum / sqrt(norm2);
	out[1] = top;
	out[2] = a / b;
	out[3] = total / (total + (horizon == HORIZON_SHORT ? EVIDENCE_SHORT : EVIDENCE_LONG));
}

/* like (4): three likenesses and how much they count. */
static double scaled(const double *like, int f, int i)
{
	return like[3] * (like[i] - feature_scale[f].centre) / feature_scale[f].unit;
}

/* Of all articles, by one kind and in one horizon. */
static void compare_likenesses(const struct profile *p, const double *phi, int by, int horizon)
{
	int first = (int)feature_of_kind[by + 1] + 3 * horizon;

	for (size_t i = 0; i + 1 < DOCS; i++, phi += FEATURE_COUNT) {
		bool have = by == BY_TERMS || corpus_has_vector(p->corpus, by, i);
		double like[4];

		naive_likeness(p, by, i, by == BY_TERMS ? ATTENTION_TERMS : ATTENTION_VECTORS, horizon, like);
		for (int f = 0; f < 3; f++)
			if (have)
				assert_near(scaled(like, first + f, f), phi[first + f], 3e-5);
			else
				assert_true(phi[first + f] == 0); /* unknown is neutral */
	}
}

static void likenesses_are_what_the_naive_version_says(void **state)
{
	struct corpus c;
	struct profile p;
	double phi[DOCS * FEATURE_COUNT];
	size_t docs[DOCS], read = 0;

	(void)state;
	corpus_make(&c, 6);
	profile_make(&p, &c, 7, 100);
	for (size_t i = 0; i < DOCS; i++)
		docs[i] = i;
	features_fill(&p, docs, DOCS, NOW, phi);
	for (size_t i = 0; i + 1 < DOCS; i++)
		read += p.reading_of[i] > 0;
	for (int by = BY_TERMS; by < SIDE_COUNT; by++)
		for (int hz = 0; hz < HORIZON_LIKE; hz++)
			compare_likenesses(&p, phi, by, hz);
	assert_true(read > 10 && read < DOCS - 10); /* both kinds were looked at: read ones, which leave themselves out, and others */
	profile_clear(&p);
	corpus_clear(&c);
}

static void one_article_or_many_give_the_same_features(void **state)
{
	struct corpus c;
	struct profile p;
	double phi[DOCS * FEATURE_COUNT], one[FEATURE_COUNT];
	size_t docs[DOCS];

	(void)state;
	corpus_make(&c, 8);
	profile_make(&p, &c, 9, 300);
	for (size_t i = 0; i < DOCS; i++)
		docs[i] = (i * 37) % DOCS;
	features_fill(&p, docs, DOCS, NOW, phi);
	for (size_t i = 0; i < DOCS; i++) {
		features_fill(&p, &docs[i], 1, NOW, one);
		for (int f = 0; f < FEATURE_COUNT; f++)
			assert_true(fabs(one[f] - phi[i * FEATURE_COUNT + (size_t)f]) < 1e-6);
	}
	profile_clear(&p);
	corpus_clear(&c);
}

static void what_is_not_known_is_neutral(void **state)
{
	struct corpus c;
	struct profile p;
	double phi[FEATURE_COUNT];
	size_t bare = DOCS - 1, first = 0;

	(void)state;
	corpus_make(&c, 10);
	profile_init(&p, &c, ~0u);
	features_fill(&p, &first, 1, NOW, phi); /* nothing read yet */
	for (int f = 0; f < FEATURE_COUNT; f++)
		assert_true(f == F_BASE || f == F_AGE || f == F_COVERAGE || f == F_VOLUME || phi[f] == 0); /* crosses too: nothing was learned of any */
	profile_clear(&p);
	profile_make(&p, &c, 11, 300);
	features_fill(&p, &bare, 1, NOW, phi); /* an article of which nothing is known */
	assert_true(phi[F_BASE] == 1);
	for (int f = 1; f < FEATURE_COUNT; f++)
		assert_true(phi[f] == 0);
	profile_clear(&p);
	profile_init(&p, &c, FEATURE_ALWAYS | FEATURE_AGE);
	features_fill(&p, &first, 1, NOW + 10 * DATE_DAY, phi);
	for (int f = 0; f < FEATURE_COUNT; f++)
		assert_true((phi[f] != 0) == (f == F_BASE || f == F_AGE));
	profile_clear(&p);
	corpus_clear(&c);
}

/* As the man page says it, by word vectors or else by LSA. */
static void naive_around(const struct profile *p, size_t doc, const bool *passed, const int64_t *passed_at, struct around *a)
{
	enum corpus_side side = corpus_has_vector(p->corpus, SIDE_WORDS, doc) ? SIDE_WORDS : SIDE_LSA;

	*a = (struct around){ 0 };
	for (size_t j = 0; j < DOCS; j++) {
		const struct reading *r = p->reading_of[j] ? &p->reading[p->reading_of[j] - 1] : NULL;
		double yes = r ? r->weight * exp(-(double)(NOW - r->at) / 86400 / 60) : 0;
		double no = passed[j] ? exp(-(double)(NOW - passed_at[j]) / 86400 / 60) : 0;
		double near = fmin(1, exp(AROUND_SHARP * (naive_cosine(p->corpus, (int)side, doc, j) - AROUND_NEAR)));

		a->all_yes += j == doc ? 0 : yes;
		a->all_no += j == doc ? 0 : no;
		a->yes += j == doc ? 0 : yes * near;
		a->no += j == doc ? 0 : no * near;
	}
}

static void the_neighbourhood_is_what_the_naive_version_says(void **state)
{
	struct corpus c;
	struct profile p;
	struct rng r;
	bool passed[DOCS] = { false };
	int64_t passed_at[DOCS] = { 0 };
	double phi[FEATURE_COUNT];

	(void)state;
	corpus_make(&c, 6);
	profile_init(&p, &c, ~0u);
	rng_seed(&r, 7);
	for (int i = 1; i <= 120; i++) {
		struct event e = random_event(&r, i);
		size_t doc = (size_t)(e.article - 1000);

		e.kind = i % 3 ? EVENT_SKIP : EVENT_LIKE;
		profile_apply(&p, &e);
		if (doc < DOCS) {
			passed[doc] = e.kind == EVENT_SKIP && !p.reading_of[doc]; /* what was read is not passed over by a later look */
			passed_at[doc] = e.at;
		}
	}
	for (size_t doc = 0; doc < DOCS; doc++) {
		struct around a, both[HORIZON_LIKE], *b = &both[HORIZON_LONG];

		features_fill(&p, &doc, 1, NOW, phi);
		if (!features_neighbours(&p, doc, NOW, both)) {
			assert_true(phi[F_AROUND] == 0 && phi[F_UNKNOWN] == 0);
			continue;
		}
		naive_around(&p, doc, passed, passed_at, &a);
		assert_near(a.yes, b->yes, 1e-5 * (1 + a.yes));
		assert_near(a.no, b->no, 1e-5 * (1 + a.no));
		assert_near(features_around(&a), phi[F_AROUND], 1e-4);
	}
	profile_clear(&p);
	corpus_clear(&c);
}

/* As the man page says it. */
static void the_lift_of_terms_is_what_the_naive_version_says(void **state)
{
	struct corpus c;
	struct profile p;

	(void)state;
	corpus_make(&c, 6);
	profile_make(&p, &c, 7, 100);
	for (size_t doc = 0; doc + 1 < DOCS; doc++) {
		double sum = 0, all = 0;

		for (size_t j = 0; j < p.n; j++)
			all += p.reading[j].doc == doc ? 0 : p.reading[j].weight * exp(-(double)(NOW - p.reading[j].at) / 86400 / 60);
		for (size_t i = c.terms.ptr[doc]; i < c.terms.ptr[doc + 1]; i++) {
			double n = 0, df = 0;

			for (size_t j = 0; j < DOCS; j++)
				for (size_t k = c.terms.ptr[j]; k < c.terms.ptr[j + 1]; k++)
					if (c.terms.col[k] == c.terms.col[i]) {
						const struct reading *r = p.reading_of[j] && j != doc ? &p.reading[p.reading_of[j] - 1] : NULL;

						df++;
						n += r ? r->weight * exp(-(double)(NOW - r->at) / 86400 / 60) : 0;
					}
			sum += (double)c.terms.val[i] * log((n + 1) / (all * df / DOCS + 1));
		}
		assert_near(memory_lift(p.memory, doc, memory_row(p.memory, doc), NOW, NULL), sum, 1e-6);
	}
	profile_clear(&p);
	corpus_clear(&c);
}

static void lift_is_reading_over_what_chance_would_give(void **state)
{
	struct affinity one[2] = { { 6, 0 }, { 2, 10 } };
	double share[2] = { 0.25, 0.75 };
	struct affinities a = { 2, one, { 8, 10 }, share };

	(void)state;
	assert_near(taste_lift(&a, 0), log(7 / (8 * (5 * 0.25) / 15 + 1)), 1e-12);
	assert_near(taste_lift(&a, 1), log(3 / (8 * (10 + 5 * 0.75) / 15 + 1)), 1e-12);
	assert_true(taste_lift(&a, 2) == 0 && taste_lift(&a, -1) == 0);
	a.all.yes = 0;
	assert_true(taste_lift(&a, 0) == 0);
}

static void only_the_latest_readings_are_compared_with(void **state)
{
	struct corpus c;
	struct profile p;
	float unit = 1;
	size_t most = MEMORY_MOST + 50;

	(void)state;
	corpus_init(&c, 0, 0);
	for (size_t i = 0; i < most; i++) {
		uint32_t col = (uint32_t)i;
		struct doc d = { .id = (int64_t)i + 1, .at = NOW, .feed = -1, .topic = -1, .author = -1, .language = -1, .feeds_telling = 1 };

		(void)corpus_add(&c, &d, &col, &unit, 1, (struct doc_vectors){ 0 });
	}
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < most; i++) {
		struct event e = event_of((int64_t)i + 1, NOW, (int64_t)i + 1, EVENT_LIKE, -1);

		profile_apply(&p, &e);
	}
	assert_int_equal(p.memory->h, MEMORY_MOST);
	for (size_t i = 0; i < most; i++)
		assert_int_equal(memory_row(p.memory, i) < 0, i < 50);
	profile_clear(&p);
	corpus_clear(&c);
}

/* ---- mixes ---- */

static void mixes_sum_to_one_and_lean_to_what_is_read(void **state)
{
	struct corpus c;
	struct profile p;
	int topic[DOCS];
	double reader[TOPICS + 1], feeds[TOPICS + 1], sum[2] = { 0 };
	int64_t id = 0;

	(void)state;
	corpus_make(&c, 12);
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < DOCS; i++)
		topic[i] = c.doc[i].topic;
	profile_mixes(&p, FACET_TOPIC, topic, DOCS, NOW, reader, feeds);
	for (int t = 0; t <= TOPICS; t++)
		assert_near(reader[t], feeds[t], 1e-12); /* nothing read: the feeds' own */
	for (size_t i = 0; i < DOCS; i++) {
		struct event e = event_of(++id, topic[i] == 2 ? NOW : NOW - 61 * DATE_DAY, c.doc[i].id, EVENT_LIKE, -1);

		if (topic[i] == 2 || topic[i] == 1) /* topic 1 too long ago */
			profile_apply(&p, &e);
	}
	profile_mixes(&p, FACET_TOPIC, topic, DOCS, NOW, reader, feeds);
	for (int t = 0; t <= TOPICS; t++) {
		sum[0] += reader[t];
		sum[1] += feeds[t];
	}
	assert_near(sum[0], 1, 1e-12);
	assert_near(sum[1], 1, 1e-12);
	assert_true(reader[2] > 0.8 && reader[1] < 0.1);
	assert_near(feeds[TOPICS], 1.0 / DOCS, 1e-12);
	profile_clear(&p);
	corpus_clear(&c);
}

/* The same is read of both topics; of one much more was met. */
static void a_mix_is_of_what_was_met_and_not_of_what_was_shown(void **state)
{
	struct corpus c;
	struct profile p;
	int topic[DOCS];
	double reader[TOPICS + 1], feeds[TOPICS + 1];
	int64_t id = 0;
	size_t read[TOPICS] = { 0 }, passed = 0;

	(void)state;
	corpus_make(&c, 16);
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < DOCS; i++) {
		int t = topic[i] = c.doc[i].topic;
		struct event e = event_of(++id, NOW, c.doc[i].id, EVENT_LIKE, -1);

		if ((t == 1 || t == 2) && read[t]++ < 8)
			profile_apply(&p, &e);
	}
	profile_mixes(&p, FACET_TOPIC, topic, DOCS, NOW, reader, feeds);
	assert_near(reader[1] / reader[2], 1, 0.25);
	for (size_t i = DOCS; i-- > 0 && passed < 15;) {
		struct event e = event_of(++id, NOW, c.doc[i].id, EVENT_SKIP, -1);

		if (topic[i] == 1) {
			profile_apply(&p, &e);
			passed++;
		}
	}
	profile_mixes(&p, FACET_TOPIC, topic, DOCS, NOW, reader, feeds);
	assert_true(reader[2] > 1.5 * reader[1]);
	profile_clear(&p);
	corpus_clear(&c);
}

static void only_pages_tell_how_much_of_one_is_opened(void **state)
{
	struct corpus c;
	struct profile p;
	struct event e;

	(void)state;
	corpus_make(&c, 17);
	profile_init(&p, &c, ~0u);
	for (size_t i = 0; i < 20; i++) {
		e = event_of((int64_t)i + 1, NOW, c.doc[i].id, EVENT_OPEN, -1);
		e.place = 0;
		profile_apply(&p, &e);
	}
	assert_true(p.chance.mean[0] == 0 && p.chance.mean[1] == 1);
	e = event_of(21, NOW, c.doc[20].id, EVENT_OPEN, -1);
	e.place = 3;
	profile_apply(&p, &e);
	assert_true(p.chance.mean[0] > 0);
	profile_clear(&p);
	corpus_clear(&c);
}

/* ---- what the slots may hold ---- */

static void a_feed_that_is_passed_over_is_trusted_less(void **state)
{
	struct corpus c;
	struct profile p;
	struct score before[2], after[2];
	size_t docs[2] = { 0, 1 };
	int64_t id = 0;

	(void)state;
	corpus_make(&c, 18);
	for (size_t i = 0; i < DOCS; i++)
		c.doc[i].feed = (int)(i % 2);
	profile_init(&p, &c, ~0u);
	score_docs(&p, docs, 2, NOW, before);
	for (size_t i = 2; i < 30; i++) {
		struct event e = event_of(++id, NOW, c.doc[i].id, i % 2 ? EVENT_SKIP : EVENT_LIKE, -1);

		profile_apply(&p, &e);
	}
	score_docs(&p, docs, 2, NOW, after);
	assert_true(after[0].quality > before[0].quality + 0.05);
	assert_true(after[1].quality < before[1].quality - 0.05);
	profile_clear(&p);
	corpus_clear(&c);
}

static void a_slot_is_offered_on_one_day_and_in_languages_that_are_read(void **state)
{
	struct corpus c;
	struct profile p;
	struct score s[DOCS];
	size_t docs[DOCS];
	struct event e;
	int64_t id = 0;

	(void)state;
	corpus_make(&c, 15);
	c.values[FACET_LANGUAGE] = 2;
	for (size_t i = 0; i < DOCS; i++) {
		docs[i] = i;
		c.doc[i].language = i % 3 == 0 ? -1 : (int)(i % 3) - 1;
	}
	profile_init(&p, &c, ~0u);
	e = event_of(++id, NOW, c.doc[5].id, EVENT_SHOWN, -1);
	e.slot = SLOT_SERENDIPITY;
	profile_apply(&p, &e);
	score_docs(&p, docs, DOCS, NOW, s);
	for (size_t i = 0; i < DOCS; i++)
		assert_true(!s[i].offered && !s[i].foreign); /* still the same day; nothing was read */
	for (size_t i = 1; i < 30; i += 3) { /* all of the first language */
		e = event_of(++id, NOW, c.doc[i].id, EVENT_LIKE, -1);
		profile_apply(&p, &e);
	}
	score_docs(&p, docs, DOCS, NOW + DATE_DAY, s);
	for (size_t i = 0; i < DOCS; i++) {
		assert_int_equal(s[i].offered, i == 5);
		assert_int_equal(s[i].foreign, i % 3 == 2);
	}
	profile_clear(&p);
	corpus_clear(&c);
}

/* ---- scores ---- */

static void scores_follow_the_model_and_know_what_they_do_not_know(void **state)
{
	struct corpus c;
	struct profile p;
	struct score s[DOCS];
	double phi[FEATURE_COUNT];
	size_t docs[DOCS];

	(void)state;
	corpus_make(&c, 13);
	for (size_t i = 0; i < DOCS; i++)
		docs[i] = i;
	profile_init(&p, &c, ~0u);
	score_docs(&p, docs, DOCS, NOW, s);
	for (size_t i = 0; i < DOCS; i++)
		assert_true(s[i].distance == 0.5);
	profile_clear(&p);
	profile_make(&p, &c, 14, 400);
	score_docs(&p, docs, DOCS, NOW, s);
	for (size_t i = 0; i < DOCS; i++) {
		double mean = 0, var = 0;

		features_fill(&p, &docs[i], 1, NOW, phi);
		for (size_t f = 0; f < FEATURE_COUNT; f++) {
			mean += p.models.interest.mean[f] * phi[f];
			for (size_t g = 0; g < FEATURE_COUNT; g++)
				var += phi[f] * phi[g] * p.models.interest.cov[f * FEATURE_COUNT + g];
		}
		mean += edits_sum(&p.edits, i, NULL);
		assert_int_equal(s[i].doc, i);
		assert_true(fabs(s[i].mean - mean) < 1e-5 && fabs(s[i].sd - sqrt(var)) < 1e-5);
		assert_true(s[i].distance >= 0 && s[i].distance <= 1 && s[i].quality >= 0 && s[i].quality <= 1);
	}
	profile_clear(&p);
	corpus_clear(&c);
}

/* ---- why ---- */

static const char *term_name(void *user, uint32_t col)
{
	static const char *const names[] = { "comet", "orbit", "harvest", "parliament" };

	(void)user;
	return names[col % 4];
}

static const char *title_of(void *user, size_t doc)
{
	(void)user;
	return doc % 2 ? "A comet over the harbour" : NULL;
}

static double total(const struct reason *r, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += r[i].weight;
	return sum;
}

static void parts_add_up_to_the_score(void **state)
{
	static const unsigned masks[] = { ~0u, FEATURE_ALWAYS | FEATURE_TFIDF, FEATURE_ALWAYS | FEATURE_LSA, FEATURE_ALWAYS | FEATURE_VECTORS,
		FEATURE_ALWAYS | FEATURE_CATEGORY };
	struct corpus c;
	struct profile p;
	struct arena a = ARENA_INIT;

	(void)state;
	corpus_make(&c, 15);
	profile_make_all(&p, &c, 16, 400);
	for (size_t m = 0; m < MODEL_COUNT * sizeof masks / sizeof *masks; m++) {
		p.mask = masks[m / MODEL_COUNT];
		models_use(&p.models, (enum model_kind)(m % MODEL_COUNT));
		for (size_t i = 0; i < DOCS; i++) {
			struct reason *r;
			struct score s;
			double score;
			size_t n = why_split(&a, &p, i, NOW, 0, &r, &score);

			score_docs(&p, &i, 1, NOW, &s);
			assert_true(fabs(score - s.mean) <= 1e-12 * fabs(score));
			assert_true(fabs(total(r, n) - s.mean) <= 1e-9 * fmax(1, fabs(s.mean)));
			for (size_t j = 1; j < n; j++)
				assert_true(fabs(r[j - 1].weight) >= fabs(r[j].weight));
		}
	}
	profile_clear(&p);
	corpus_clear(&c);
	arena_clear(&a);
}

static void folded_parts_add_up_too_and_are_no_more_than_asked(void **state)
{
	struct corpus c;
	struct profile p;
	struct arena a = ARENA_INIT;
	bool others = false, led = false, rest = false;

	(void)state;
	corpus_make(&c, 17);
	profile_make(&p, &c, 18, 400);
	for (size_t most = 1; most < 40; most++)
		for (size_t i = 0; i < DOCS; i += 7) {
			struct reason *r;
			double score;
			size_t n = why_split(&a, &p, i, NOW, most, &r, &score);

			assert_true(n <= most);
			assert_true(fabs(total(r, n) - score) <= 1e-9 * fmax(1, fabs(score)));
			for (size_t j = 0; j < n; j++) {
				others |= strcmp(r[j].name, "others") == 0;
				led |= strstr(r[j].name, " more") != NULL;
				rest |= strcmp(r[j].name, "all else") == 0;
				assert_true(strcmp(r[j].name, "all else") != 0 || most < 11 + FACET_COUNT); /* only where the kinds are more than asked for */
				for (size_t k = 0; k < j; k++)
					assert_false(!strcmp(r[j].kind, r[k].kind) && !strcmp(r[j].name, "others") && !strcmp(r[k].name, "others"));
			}
		}
	assert_true(others && led && rest);
	profile_clear(&p);
	corpus_clear(&c);
	arena_clear(&a);
}

static void parts_carry_names_that_a_reader_knows(void **state)
{
	struct corpus c;
	struct profile p;
	struct arena a = ARENA_INIT;
	struct reason *r;
	const char **change;
	size_t n, terms = 0, numbered = 0, titled = 0;

	(void)state;
	corpus_make(&c, 19);
	profile_make(&p, &c, 20, 400);
	c.names.term = term_name;
	c.names.title = title_of;
	for (size_t doc = 3; doc < 9; doc++) {
		n = why_split(&a, &p, doc, NOW, 0, &r, NULL);
		for (size_t i = 0; i < n; i++) {
			terms += strcmp(r[i].kind, "term") == 0 && strcmp(r[i].name, term_name(NULL, 0)) == 0;
			titled += strcmp(r[i].kind, "similar") == 0 && strcmp(r[i].name, "A comet over the harbour") == 0;
			numbered += strcmp(r[i].kind, "feed") == 0 && strncmp(r[i].name, "feed ", 5) == 0;
			assert_non_null(r[i].name);
		}
	}
	assert_true(terms && titled);
	assert_int_equal(numbered, 6); /* no table of feeds was given */
	n = why_change(&a, &p, 3, NOW, 4, &change);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++)
		assert_true(strstr(change[i], " lower") || strstr(change[i], " higher"));
	profile_clear(&p);
	corpus_clear(&c);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_article_is_found_by_its_id),
		cmocka_unit_test(signals_have_their_documented_weights),
		cmocka_unit_test(the_readers_own_pace_is_found_from_what_is_read_to_the_end),
		cmocka_unit_test(what_a_place_does_is_found_from_pairs_that_a_coin_put_in_order),
		cmocka_unit_test(a_reading_on_another_day_counts_more),
		cmocka_unit_test(a_reading_is_one_an_article_and_can_be_taken_back),
		cmocka_unit_test(folding_again_gives_the_same_to_the_last_bit),
		cmocka_unit_test(no_sequence_of_events_makes_a_number_that_is_none),
		cmocka_unit_test(a_far_future_event_does_not_stop_what_fades),
		cmocka_unit_test(likenesses_are_what_the_naive_version_says),
		cmocka_unit_test(one_article_or_many_give_the_same_features),
		cmocka_unit_test(what_is_not_known_is_neutral),
		cmocka_unit_test(the_neighbourhood_is_what_the_naive_version_says),
		cmocka_unit_test(the_lift_of_terms_is_what_the_naive_version_says),
		cmocka_unit_test(lift_is_reading_over_what_chance_would_give),
		cmocka_unit_test(only_the_latest_readings_are_compared_with),
		cmocka_unit_test(mixes_sum_to_one_and_lean_to_what_is_read),
		cmocka_unit_test(a_mix_is_of_what_was_met_and_not_of_what_was_shown),
		cmocka_unit_test(only_pages_tell_how_much_of_one_is_opened),
		cmocka_unit_test(a_feed_that_is_passed_over_is_trusted_less),
		cmocka_unit_test(a_slot_is_offered_on_one_day_and_in_languages_that_are_read),
		cmocka_unit_test(scores_follow_the_model_and_know_what_they_do_not_know),
		cmocka_unit_test(parts_add_up_to_the_score),
		cmocka_unit_test(folded_parts_add_up_too_and_are_no_more_than_asked),
		cmocka_unit_test(parts_carry_names_that_a_reader_knows),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
