#include "rank/sim_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"
#include "model/vectors.h"

#define START (20500 * DATE_DAY) /* any Monday would do */

/* Words: those that all texts use, those of a topic, those of a strand. */
#define COMMON 8000
#define OF_TOPIC 150
#define OF_STRAND 50
#define TERMS (COMMON + SIM_TOPICS * (OF_TOPIC + SIM_STRANDS * OF_STRAND))
#define TOKENS_MOST 160

#define WORD_DIMS 48
#define LSA_DIMS 32
#define DIMS_MOST 48
#define GROUPS 6         /* of related topics */
#define KINSHIP 0.5      /* how much of a topic's direction is its group's, squared: word vectors know it, LSA doesn't */
#define STRAND_PULL 0.6  /* of a strand's direction beside its topic's */
#define TITLE_NOISE 1.8  /* the same of a title, which has fewer words */
#define WORD_NOISE 1.2   /* length of what is an article's own */
#define LSA_NOISE 1.6

#define CATEGORIES (SIM_TOPICS + 4) /* one a topic, and a few that say nothing */

struct feed {
	double rate;               /* share of all articles */
	double topic[SIM_TOPICS];  /* sums to 1 */
	bool categories;           /* gives any */
};

struct maker {
	struct rng rng;
	struct feed feed[SIM_FEEDS];
	int deck[SIM_TOPICS], dealt;
	float topic[SIDE_COUNT][SIM_TOPICS][DIMS_MOST];
	float strand[SIDE_COUNT][SIM_TOPICS][SIM_STRANDS][DIMS_MOST];
	struct doc *doc;           /* (articles) */
	int (*cat)[2];             /* (articles) */
	struct csr tf;             /* (articles x TERMS) counts */
	double *tokens;            /* (articles) */
	uint32_t *df;              /* (TERMS) */
};

static const int dims[SIDE_COUNT] = { [SIDE_WORDS] = WORD_DIMS, [SIDE_TITLE] = WORD_DIMS, [SIDE_LSA] = LSA_DIMS };

size_t sim_offered(int day)
{
	return (size_t)day * 2 * SIM_OFFERED;
}

size_t sim_held_out(int day)
{
	return sim_offered(day) + SIM_OFFERED;
}

int64_t sim_morning(int day)
{
	return START + day * DATE_DAY + SIM_MORNING;
}

/* ---- directions ---- */

static void direction(struct rng *r, int d, float *out)
{
	for (int i = 0; i < d; i++)
		out[i] = (float)rng_normal(r);
	(void)blas_unit((size_t)d, out);
}

static void make_directions(struct maker *m)
{
	float group[GROUPS][DIMS_MOST];

	for (int s = 0; s < SIDE_COUNT; s++) {
		size_t d = (size_t)dims[s];

		if (s == SIDE_TITLE)
			continue;
		for (int g = 0; g < GROUPS; g++)
			direction(&m->rng, dims[s], group[g]);
		for (int t = 0; t < SIM_TOPICS; t++) {
			direction(&m->rng, dims[s], m->topic[s][t]);
			if (s == SIDE_WORDS)
				blas_axpy(d, (float)sqrt(KINSHIP), group[t % GROUPS], m->topic[s][t]);
			(void)blas_unit(d, m->topic[s][t]);
			for (int k = 0; k < SIM_STRANDS; k++)
				direction(&m->rng, dims[s], m->strand[s][t][k]);
		}
	}
}

/* ---- feeds ---- */

/* The next topic of a deck that is shuffled whenever it has been dealt: none stays without feeds. */
static int deal(struct maker *m)
{
	if (m->dealt % SIM_TOPICS == 0)
		for (int t = 0; t < SIM_TOPICS; t++) {
			int other = (int)rng_below(&m->rng, (uint32_t)t + 1);

			m->deck[t] = m->deck[other];
			m->deck[other] = t;
		}
	return m->deck[m->dealt++ % SIM_TOPICS];
}

/* Most feeds keep to a few topics, every fifth writes on many; a tenth of each is on anything. */
static void make_feed(struct maker *m, int f)
{
	struct feed *feed = &m->feed[f];
	int topics = f % 5 == 4 ? SIM_TOPICS / 2 : 2 + (int)rng_below(&m->rng, 4);
	double sum = 0, weight[SIM_TOPICS] = { 0 };

	for (int i = 0; i < topics; i++)
		weight[deal(m)] += 0.2 - log(1 - rng_uniform(&m->rng));
	for (int t = 0; t < SIM_TOPICS; t++)
		sum += weight[t];
	for (int t = 0; t < SIM_TOPICS; t++)
		feed->topic[t] = 0.9 * weight[t] / sum + 0.1 / SIM_TOPICS;
	feed->rate = pow(f + 1, -0.5);
	feed->categories = rng_uniform(&m->rng) < 0.6;
}

static void make_feeds(struct maker *m)
{
	double sum = 0;

	for (int f = 0; f < SIM_FEEDS; f++) {
		make_feed(m, f);
		sum += m->feed[f].rate;
	}
	for (int f = 0; f < SIM_FEEDS; f++)
		m->feed[f].rate /= sum;
}

/* ---- articles ---- */

static int draw(struct rng *r, const double *share, int n)
{
	double u = rng_uniform(r);
	int i = 0;

	while (i < n - 1 && u >= share[i])
		u -= share[i++];
	return i;
}

static int draw_feed(struct maker *m)
{
	double share[SIM_FEEDS];

	for (int f = 0; f < SIM_FEEDS; f++)
		share[f] = m->feed[f].rate;
	return draw(&m->rng, share, SIM_FEEDS);
}

/* The first of n are the likeliest: the chance of being below u n is sqrt(u). */
static uint32_t draw_skewed(struct rng *r, uint32_t n)
{
	double u = rng_uniform(r);

	return (uint32_t)(u * u * n);
}

/* What the store would say of it: the topic found is another one in a fifth, categories are given by some feeds only. */
static void make_facts(struct maker *m, size_t i, int day, const struct sim_article *a, int feed)
{
	struct doc *d = &m->doc[i];
	bool told = rng_uniform(&m->rng) < 0.12;

	*d = (struct doc){ .id = (int64_t)i + 1, .at = sim_morning(day) - rng_below(&m->rng, DATE_DAY), .story = (int64_t)i + 1, .feed = feed, .topic = a->topic,
			   .author = -1, .language = 0, .cat = m->cat[i], .words = (int)exp(log(450) + 0.7 * a->length), .feeds_telling = told ? 2 + (int)rng_below(&m->rng, 4) : 1 };
	d->coverage = log1p(d->feeds_telling * exp2(-(double)(sim_morning(day) - d->at) / (DATE_DAY / 2.0)));
	if (rng_uniform(&m->rng) < 0.2)
		d->topic = rng_below(&m->rng, 2) ? a->second : (int)rng_below(&m->rng, SIM_TOPICS);
	if (!m->feed[feed].categories)
		return;
	if (rng_uniform(&m->rng) < 0.8)
		m->cat[i][d->n_cat++] = rng_uniform(&m->rng) < 0.9 ? a->topic : a->second;
	if (rng_uniform(&m->rng) < 0.3)
		m->cat[i][d->n_cat++] = SIM_TOPICS + (int)rng_below(&m->rng, CATEGORIES - SIM_TOPICS);
}

static uint32_t draw_term(struct maker *m, const struct sim_article *a)
{
	double u = rng_uniform(&m->rng);
	uint32_t topic = (uint32_t)(rng_uniform(&m->rng) < a->share ? a->topic : a->second), first = COMMON + topic * (OF_TOPIC + SIM_STRANDS * OF_STRAND);

	if (u < 0.62)
		return rng_below(&m->rng, COMMON);
	if (u < 0.83 || topic != (uint32_t)a->topic)
		return first + draw_skewed(&m->rng, OF_TOPIC);
	return first + OF_TOPIC + (uint32_t)a->strand * OF_STRAND + draw_skewed(&m->rng, OF_STRAND);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void make_terms(struct maker *m, size_t i, const struct sim_article *a)
{
	uint32_t token[TOKENS_MOST], col[TOKENS_MOST];
	float val[TOKENS_MOST];
	size_t n = 0, count = (size_t)fmin(30 + m->doc[i].words / 8, TOKENS_MOST);

	for (size_t k = 0; k < count; k++)
		token[k] = draw_term(m, a);
	qsort(token, count, sizeof *token, by_number);
	for (size_t k = 0; k < count; k++) {
		if (n && col[n - 1] == token[k]) {
			val[n - 1]++;
			continue;
		}
		col[n] = token[k];
		val[n++] = 1;
		m->df[token[k]]++;
	}
	m->tokens[i] = (double)count;
	csr_add_row(&m->tf, col, val, n);
}

static void make_article(struct maker *m, struct sim_world *w, size_t i, int day)
{
	struct sim_article *a = &w->article[i];
	int feed = draw_feed(m);

	a->topic = draw(&m->rng, m->feed[feed].topic, SIM_TOPICS);
	a->second = draw(&m->rng, m->feed[feed].topic, SIM_TOPICS);
	a->strand = (int)draw_skewed(&m->rng, SIM_STRANDS);
	a->share = rng_uniform(&m->rng) < 0.4 ? 0.5 + 0.5 * rng_uniform(&m->rng) : 1;
	a->length = fmin(fmax(rng_normal(&m->rng), -3), 3);
	make_facts(m, i, day, a, feed);
	make_terms(m, i, a);
}

/* A row of a side, not centred yet. */
static void make_vector(struct maker *m, enum corpus_side side, const struct sim_article *a, float *out)
{
	static const double noise_of[SIDE_COUNT] = { WORD_NOISE, TITLE_NOISE, LSA_NOISE };
	size_t d = (size_t)dims[side];
	double noise = noise_of[side];

	if (side == SIDE_TITLE) /* fewer of the same words */
		side = SIDE_WORDS;

	for (size_t k = 0; k < d; k++)
		out[k] = (float)(noise * rng_normal(&m->rng) / sqrt((double)d));
	blas_axpy(d, (float)a->share, m->topic[side][a->topic], out);
	blas_axpy(d, (float)(1 - a->share), m->topic[side][a->second], out);
	blas_axpy(d, (float)(STRAND_PULL * a->share), m->strand[side][a->topic][a->strand], out);
}

/* The side's rows (n x d), centred by their mean and at unit length, as the store's are. Frees: free(). */
static float *make_vectors(struct maker *m, enum corpus_side side, const struct sim_article *article, size_t n)
{
	size_t d = (size_t)dims[side];
	float *vec = mem_zero(n * d, sizeof *vec), mean[DIMS_MOST] = { 0 };

	for (size_t i = 0; i < n; i++) {
		make_vector(m, side, &article[i], vec + i * d);
		blas_axpy(d, 1 / (float)n, vec + i * d, mean);
	}
	for (size_t i = 0; i < n; i++)
		vectors_centre(vec + i * d, mean, d, vec + i * d);
	return vec;
}

/* Counts to TF-IDF, in place. */
static void weigh(struct maker *m, size_t n)
{
	uint32_t df[TOKENS_MOST];
	double mean = 0;

	for (size_t i = 0; i < n; i++)
		mean += m->tokens[i] / (double)n;
	for (size_t i = 0; i < n; i++) {
		size_t from = m->tf.ptr[i], terms = m->tf.ptr[i + 1] - from;

		for (size_t k = 0; k < terms; k++)
			df[k] = m->df[m->tf.col[from + k]];
		tfidf_weigh(m->tf.val + from, df, terms, (double)n, m->tokens[i], mean);
	}
}

static void add_articles(struct maker *m, struct sim_world *w, size_t n)
{
	float *vec[SIDE_COUNT];

	for (int s = 0; s < SIDE_COUNT; s++)
		vec[s] = make_vectors(m, (enum corpus_side)s, w->article, n);
	weigh(m, n);
	for (size_t i = 0; i < n; i++) {
		size_t from = m->tf.ptr[i];
		struct doc_vectors row;

		for (int s = 0; s < SIDE_COUNT; s++)
			row.of[s] = vec[s] + i * (size_t)dims[s];
		(void)corpus_add(&w->corpus, &m->doc[i], m->tf.col + from, m->tf.val + from, m->tf.ptr[i + 1] - from, row);
	}
	for (int s = 0; s < SIDE_COUNT; s++)
		free(vec[s]);
}

void sim_world_make(struct sim_world *w, uint64_t seed)
{
	size_t n = sim_offered(SIM_DAYS);
	struct maker *m = mem_zero(1, sizeof *m);

	rng_seed(&m->rng, seed);
	w->article = mem_zero(n, sizeof *w->article);
	corpus_init(&w->corpus, WORD_DIMS, LSA_DIMS);
	w->corpus.values[FACET_FEED] = SIM_FEEDS;
	w->corpus.values[FACET_CATEGORY] = CATEGORIES;
	w->corpus.values[FACET_TOPIC] = SIM_TOPICS;
	w->corpus.values[FACET_LANGUAGE] = 1;
	w->corpus.values[FACET_LENGTH] = LENGTHS;
	m->doc = mem_zero(n, sizeof *m->doc);
	m->cat = mem_zero(n, sizeof *m->cat);
	m->tokens = mem_zero(n, sizeof *m->tokens);
	m->df = mem_zero(TERMS, sizeof *m->df);
	make_directions(m);
	make_feeds(m);
	for (size_t i = 0; i < n; i++)
		make_article(m, w, i, (int)(i / (2 * SIM_OFFERED)));
	add_articles(m, w, n);
	free(m->doc);
	free(m->cat);
	free(m->tokens);
	free(m->df);
	csr_clear(&m->tf);
	free(m);
}

void sim_world_clear(struct sim_world *w)
{
	corpus_clear(&w->corpus);
	free(w->article);
	*w = (struct sim_world){ 0 };
}
