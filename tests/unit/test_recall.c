/* recall - the sums of bytes are those of the vectors, and what goes on is what was said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "rank/recall.h"

#define NOW ((int64_t)1775030400)
#define DOCS 60
#define WORDS 12 /* no multiple of 8 */
#define LSA 96   /* more than is kept */
#define TOPICS 5
#define FEEDS 7
#define N 900

struct world {
	struct corpus corpus;
	struct profile profile;
	struct recall recall;
	float scale[SIDE_COUNT][N];
	signed char x[SIDE_COUNT][N][LSA];
	float mean[SIDE_COUNT][LSA];
	bool has[SIDE_COUNT][N];
	int feed_of[FEEDS + 1];
};

static const int dims[SIDE_COUNT] = { WORDS, WORDS, LSA };

static void unit_vector(struct rng *r, float *x, int d)
{
	double sum = 0;

	for (int i = 0; i < d; i++) {
		x[i] = (float)rng_normal(r);
		sum += (double)x[i] * (double)x[i];
	}
	for (int i = 0; i < d; i++)
		x[i] = (float)((double)x[i] / sqrt(sum));
}

static void corpus_make(struct corpus *c, struct rng *r)
{
	corpus_init(c, WORDS, LSA);
	c->values[FACET_TOPIC] = TOPICS;
	c->values[FACET_FEED] = FEEDS - 2; /* two feeds of which it has nothing */
	for (int i = 0; i < DOCS; i++) {
		float v[SIDE_COUNT][LSA];
		struct doc d = { .id = i + 1, .at = NOW - rng_below(r, 20) * DATE_DAY, .story = i + 1, .feed = (int)rng_below(r, FEEDS - 2), .topic = (int)rng_below(r, TOPICS + 1) - 1,
				 .author = -1, .language = -1, .words = 200, .feeds_telling = 1 };

		for (int s = 0; s < SIDE_COUNT; s++)
			unit_vector(r, v[s], dims[s]);
		(void)corpus_add(c, &d, NULL, NULL, 0, (struct doc_vectors){ { v[0], v[1], v[2] } });
	}
}

static void read_some(struct profile *p, struct rng *r)
{
	for (int i = 0; i < 80; i++) {
		struct event e = { .id = i + 1, .article = 1 + rng_below(r, DOCS), .kind = i % 3 == 2 ? EVENT_SKIP : EVENT_OPEN, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1,
				   .at = NOW - (80 - i) * 9000, .place = 1 + i % 20 };

		profile_apply(p, &e);
	}
}

static void articles_make(struct world *w, struct rng *r)
{
	const float *mean[SIDE_COUNT] = { w->mean[0], w->mean[1], NULL };

	recall_init(&w->recall, N, FEEDS, TOPICS, dims, mean);
	for (size_t i = 0; i < N; i++) {
		w->recall.id[i] = (int64_t)(1000 + 3 * i);
		w->recall.at[i] = NOW - (int64_t)rng_below(r, 30 * 86400);
		w->recall.feed[i] = rng_below(r, FEEDS);
		w->recall.topic[i] = (int16_t)((int)rng_below(r, TOPICS + 1) - 1);
		w->recall.telling[i] = (uint16_t)(1 + rng_below(r, 3));
		w->recall.coverage[i] = (float)(3 * rng_uniform(r));
		for (int s = 0; s < SIDE_COUNT; s++) {
			w->has[s][i] = rng_below(r, 5) > 0;
			w->scale[s][i] = (float)(0.002 + 0.004 * rng_uniform(r));
			for (int k = 0; k < dims[s]; k++)
				w->x[s][i][k] = (signed char)((int)rng_below(r, 255) - 127);
			if (w->has[s][i])
				recall_vector(&w->recall, i, (enum corpus_side)s, w->scale[s][i], w->x[s][i], dims[s]);
		}
	}
}

static void world_make(struct world *w, uint64_t seed, size_t most)
{
	struct rng r;

	memset(w, 0, sizeof *w);
	rng_seed(&r, seed);
	corpus_make(&w->corpus, &r);
	profile_init(&w->profile, &w->corpus, ~0u);
	read_some(&w->profile, &r);
	for (int s = 0; s < SIDE_LSA; s++)
		for (int k = 0; k < dims[s]; k++)
			w->mean[s][k] = (float)(0.1 * rng_normal(&r));
	for (int f = 0; f < FEEDS; f++)
		w->feed_of[f] = f < FEEDS - 2 ? FEEDS - 3 - f : -1;
	articles_make(w, &r);
	recall_ready(&w->recall, most);
}

static void world_clear(struct world *w)
{
	recall_clear(&w->recall);
	profile_clear(&w->profile);
	corpus_clear(&w->corpus);
}

/* ---- scores ---- */

/* Of an article by one side, from its vector as numbers: the formula as the header has it. */
static double naive_side(const struct world *w, enum corpus_side s, size_t i)
{
	const struct memory *m = w->profile.memory;
	double x[LSA], length = 0, sum = 0;

	if (!w->has[s][i])
		return 0;
	for (int k = 0; k < dims[s]; k++) {
		x[k] = (double)w->scale[s][i] * w->x[s][i][k] - (double)w->mean[s][k];
		length += x[k] * x[k];
	}
	for (int hz = 0; hz < HORIZON_LIKE; hz++) {
		enum feature mean = feature_of_kind[MEMORY_WORDS + s] + 3 * hz;
		const double *read = m->sum[MEMORY_WORDS + s][hz], *weight = w->profile.models.interest.mean;
		double dot = 0, norm = 0;

		for (int k = 0; k < dims[s]; k++) {
			dot += s == SIDE_LSA && k >= RECALL_LSA ? 0 : read[k] * x[k] / sqrt(length);
			norm += read[k] * read[k];
		}
		sum += features_evidence(hz, m->total[hz] * memory_fade(m, hz, NOW)) *
		       (weight[mean] * dot / sqrt(norm) / feature_scale[mean].unit + weight[mean + 2] * RECALL_ATTENTION * dot / m->total[hz] / feature_scale[mean + 2].unit);
	}
	return s == SIDE_LSA ? RECALL_TERMS * sum : sum;
}

static double naive_rest(const struct world *w, const struct recall_query *q, size_t i)
{
	const struct recall *r = &w->recall;
	const double *weight = w->profile.models.interest.mean;
	struct doc d = { .at = r->at[i], .feeds_telling = r->telling[i], .coverage = (double)r->coverage[i] };
	double sum = q->feed[r->feed[i]] + weight[F_AGE] * (log1p((double)(NOW - r->at[i]) / 86400) - log(3)) + weight[F_COVERAGE] * features_coverage(&d, NOW);

	return sum + (r->topic[i] >= 0 ? q->topic[r->topic[i]] : 0);
}

static void scores_of_bytes_are_those_of_the_vectors(void **state)
{
	static struct world w;

	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct recall_query q;
		float score[N];
		double spread = 0;

		world_make(&w, seed, 100);
		recall_query_make(&q, &w.recall, &w.profile, w.feed_of, NOW);
		recall_score(&w.recall, &q, score);
		for (size_t i = 0; i < N; i++) {
			double sides = 0;

			for (int s = 0; s < SIDE_COUNT; s++)
				sides += naive_side(&w, (enum corpus_side)s, i);
			assert_true(fabs((double)score[i] - sides - naive_rest(&w, &q, i)) < 2e-3);
			spread = fmax(spread, fabs(sides));
		}
		assert_true(spread > 0.3); /* else the vectors say nothing */
		recall_query_clear(&q);
		world_clear(&w);
	}
}

/* What is read more of a feed or topic, and what the reader says of them, is in the sums. */
static void feeds_and_topics_count_as_the_profile_has_them(void **state)
{
	static struct world w;
	struct recall_query q;

	(void)state;
	world_make(&w, 9, 100);
	recall_query_make(&q, &w.recall, &w.profile, w.feed_of, NOW);
	for (size_t t = 0; t < TOPICS; t++) {
		const struct doc d = { .feed = -1, .topic = (int)t };
		struct cross_values v = crosses_values(&d, NOW, 0);
		const double *weight = w.profile.models.interest.mean;
		double naive = weight[F_TOPIC] * taste_lift(&w.profile.taste.of[FACET_TOPIC], (int)t) + weight[F_TOPIC_HOUR] * crosses_value(&w.profile.crosses, &v, CROSS_TOPIC_HOUR) +
			       weight[F_TOPIC_WEEKDAY] * crosses_value(&w.profile.crosses, &v, CROSS_TOPIC_WEEKDAY);

		assert_true(fabs(q.topic[t] - naive) < 1e-9);
	}
	for (int f = 0; f < FEEDS - 2; f++)
		for (int g = 0; g < FEEDS - 2; g++) /* shares are alike: the lift decides */
			if (taste_lift(&w.profile.taste.of[FACET_FEED], w.feed_of[f]) > taste_lift(&w.profile.taste.of[FACET_FEED], w.feed_of[g]) + 1)
				assert_true(q.feed[f] > q.feed[g]);
	recall_query_clear(&q);
	world_clear(&w);
}

static void a_vector_that_doesnt_fit_or_is_nothing_is_left_out(void **state)
{
	static const signed char none[LSA] = { 0 }, some[LSA] = { 100, 3 };
	static const float *const mean[SIDE_COUNT] = { NULL };
	struct recall r;

	(void)state;
	recall_init(&r, 2, 1, 1, dims, mean);
	recall_vector(&r, 0, SIDE_LSA, 0.01F, none, LSA);
	assert_true(r.side[SIDE_LSA].scale[0] == 0);
	recall_vector(&r, 0, SIDE_LSA, 0.01F, some, LSA - 1);
	assert_true(r.side[SIDE_LSA].scale[0] == 0);
	recall_vector(&r, 0, SIDE_LSA, 0.01F, some, LSA);
	assert_true(r.side[SIDE_LSA].scale[0] > 0 && r.side[SIDE_LSA].scale[1] == 0);
	recall_clear(&r);
}

/* The largest numbers there are, on as many places as are kept. */
static void sums_stay_within_32_bits(void **state)
{
	static const int wide[SIDE_COUNT] = { 600, 0, 0 };
	static const float *const mean[SIDE_COUNT] = { NULL };
	static signed char most[600];
	float vec[600], score[2] = { 0 };
	struct recall_query q;
	struct corpus c;
	struct profile p;
	struct recall r;
	int feed_of = 0;

	(void)state;
	corpus_init(&c, 600, 0);
	c.values[FACET_FEED] = 1;
	for (int k = 0; k < 600; k++) {
		vec[k] = (float)(1 / sqrt(600));
		most[k] = 127;
	}
	(void)corpus_add(&c, &(struct doc){ .id = 1, .at = NOW, .story = 1, .topic = -1, .author = -1, .language = -1, .feeds_telling = 1 }, NULL, NULL, 0, (struct doc_vectors){ { vec } });
	profile_init(&p, &c, ~0u);
	profile_apply(&p, &(struct event){ .id = 1, .article = 1, .kind = EVENT_LIKE, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW });
	recall_init(&r, 2, 1, 0, wide, mean);
	r.at[0] = r.at[1] = NOW;
	recall_vector(&r, 0, SIDE_WORDS, 1, most, 600);
	recall_ready(&r, 1);
	recall_query_make(&q, &r, &p, &feed_of, NOW);
	recall_score(&r, &q, score);
	assert_true(score[0] > score[1]); /* it is what was read; a sum that ran over would be below */
	recall_query_clear(&q);
	recall_clear(&r);
	profile_clear(&p);
	corpus_clear(&c);
}

/* ---- who goes on ---- */

/* How many stand before i by a key, of those that a filter lets through. */
static size_t rank_of(const struct recall *r, const float *score, size_t i, bool same_topic, bool same_feed)
{
	size_t n = 0;

	for (size_t j = 0; j < r->n; j++)
		if ((!same_topic || r->topic[j] == r->topic[i]) && (!same_feed || r->feed[j] == r->feed[i]))
			n += score[j] > score[i] || (score[j] == score[i] && j < i);
	return n;
}

static size_t newer(const struct recall *r, size_t i)
{
	size_t n = 0;

	for (size_t j = 0; j < r->n; j++)
		n += r->at[j] > r->at[i] || (r->at[j] == r->at[i] && j < i);
	return n;
}

static void what_goes_on_is_the_best_of_all_of_topics_and_feeds_and_the_newest(void **state)
{
	static struct world w;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 4);
	for (size_t most = 50; most <= N; most += 150) {
		const struct recall *r = &w.recall;
		float score[N];
		uint32_t chosen[N];
		bool in[N] = { false };
		size_t n;

		world_make(&w, most, most);
		for (size_t i = 0; i < N; i++)
			score[i] = most % 4 ? (float)rng_normal(&rng) : (float)rng_below(&rng, 9);
		n = recall_choose(r, score, chosen);
		assert_int_equal(n, most);
		for (size_t i = 0; i < n; i++) {
			assert_true(i == 0 || chosen[i] > chosen[i - 1]);
			in[chosen[i]] = true;
		}
		for (size_t i = 0; i < N; i++) {
			double part = RECALL_TOPICS * RECALL_BY_SCORE * (double)most * 0.5 / (TOPICS + 1);

			if (rank_of(r, score, i, false, false) < (size_t)(0.25 * (double)most) || newer(r, i) < (size_t)(RECALL_NEWEST * (double)most) ||
			    (double)rank_of(r, score, i, true, false) + 1 <= part)
				assert_true(in[i]);
			if (most >= 200 && rank_of(r, score, i, false, true) == 0)
				assert_true(in[i]);
		}
		world_clear(&w);
	}
}

static void all_go_on_where_there_is_room_and_what_is_no_number_last(void **state)
{
	static struct world w;
	float score[N];
	uint32_t chosen[N];

	(void)state;
	world_make(&w, 3, N + 5);
	for (size_t i = 0; i < N; i++)
		score[i] = NAN;
	assert_int_equal(recall_choose(&w.recall, score, chosen), N);
	world_clear(&w);
	world_make(&w, 3, 200);
	score[0] = 1;
	assert_int_equal(recall_choose(&w.recall, score, chosen), 200);
	assert_int_equal(chosen[0], 0);
	world_clear(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores_of_bytes_are_those_of_the_vectors),
		cmocka_unit_test(feeds_and_topics_count_as_the_profile_has_them),
		cmocka_unit_test(a_vector_that_doesnt_fit_or_is_nothing_is_left_out),
		cmocka_unit_test(sums_stay_within_32_bits),
		cmocka_unit_test(what_goes_on_is_the_best_of_all_of_topics_and_feeds_and_the_newest),
		cmocka_unit_test(all_go_on_where_there_is_room_and_what_is_no_number_last),
	};

	return cmocka_run_group_tests_name("recall", tests, NULL, NULL);
}
