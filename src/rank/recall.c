#include "rank/recall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define STEPS 32000 /* of a query's largest number: 127 x 32000 x RECALL_DIMS_MOST stays below 2^31 */

/* ---- the articles ---- */

static void side_init(struct recall_side *s, size_t n, int d, size_t most, const float *mean)
{
	size_t kept = (size_t)d < most ? (size_t)d : most;

	*s = (struct recall_side){ .d = d, .width = (kept + 7) / 8 * 8 };
	if (!d)
		return;
	s->x = mem_zero(n * s->width + 1, sizeof *s->x);
	s->scale = mem_zero(n + 1, sizeof *s->scale);
	s->times = mem_zero(n + 1, sizeof *s->times);
	if (mean)
		s->mean = memcpy(mem_alloc((size_t)d * sizeof *mean), mean, (size_t)d * sizeof *mean);
}

void recall_init(struct recall *r, size_t n, size_t feeds, size_t topics, const int *d, const float *const *mean)
{
	*r = (struct recall){ .n = n, .feeds = feeds, .topics = topics };
	r->id = mem_zero(n + 1, sizeof *r->id);
	r->at = mem_zero(n + 1, sizeof *r->at);
	r->feed = mem_zero(n + 1, sizeof *r->feed);
	r->topic = mem_zero(n + 1, sizeof *r->topic);
	r->telling = mem_zero(n + 1, sizeof *r->telling);
	r->coverage = mem_zero(n + 1, sizeof *r->coverage);
	r->feed_n = mem_zero(feeds + 1, sizeof *r->feed_n);
	r->by_topic = mem_zero(n + 1, sizeof *r->by_topic);
	r->from = mem_zero(topics + 2, sizeof *r->from);
	r->always = mem_zero(n + 1, sizeof *r->always);
	for (size_t i = 0; i < n; i++)
		r->topic[i] = -1;
	for (int s = 0; s < SIDE_COUNT; s++)
		side_init(&r->side[s], n, d[s], s == SIDE_LSA ? RECALL_LSA : RECALL_DIMS_MOST, mean[s]);
}

void recall_clear(struct recall *r)
{
	free(r->id);
	free(r->at);
	free(r->feed);
	free(r->topic);
	free(r->telling);
	free(r->coverage);
	free(r->feed_n);
	free(r->by_topic);
	free(r->from);
	free(r->always);
	for (int s = 0; s < SIDE_COUNT; s++) {
		free(r->side[s].x);
		free(r->side[s].scale);
		free(r->side[s].times);
		free(r->side[s].mean);
	}
	*r = (struct recall){ 0 };
}

/* |scale x - mean|^2 = scale^2 <x, x> - 2 scale <x, mean> + <mean, mean> */
void recall_vector(struct recall *r, size_t i, enum corpus_side side, float scale, const signed char *x, int d)
{
	struct recall_side *s = &r->side[side];
	int squares = 0;
	float dot = 0, mean2 = 0;
	double length;

	if (!s->d || d != s->d)
		return;
	for (int k = 0; k < d; k++)
		squares += x[k] * x[k];
	for (int k = 0; k < d && s->mean; k++) {
		dot += (float)x[k] * s->mean[k];
		mean2 += s->mean[k] * s->mean[k];
	}
	length = sqrt(fmax(0, (double)scale * scale * squares - 2 * (double)scale * (double)dot + (double)mean2));
	if (!(length > 1e-9))
		return;
	memcpy(s->x + i * s->width, x, (size_t)d < s->width ? (size_t)d : s->width);
	s->scale[i] = (float)(scale / length);
	s->times[i] = (float)(1 / length);
}

/* ---- what goes on whatever the scores are ---- */

/* Something by a number, the first of equal ones. */
struct keyed { double key; uint32_t i; };

static bool before(const struct keyed *a, const struct keyed *b)
{
	return a->key != b->key ? a->key > b->key : a->i < b->i;
}

static void exchange(struct keyed *a, struct keyed *b)
{
	struct keyed kept = *a;

	*a = *b;
	*b = kept;
}

/* The k first of n are put in front, in no order (Hoare's selection; the middle one of three is what it parts by). */
static void select_first(struct keyed *x, size_t n, size_t k)
{
	while (n > 1 && k > 0 && k < n) {
		struct keyed *mid = &x[n / 2], *last = &x[n - 1];
		size_t i = 0;

		if (before(mid, x))
			exchange(mid, x);
		if (before(last, x))
			exchange(last, x);
		if (before(mid, last)) /* the middle one to the end */
			exchange(mid, last);
		for (size_t j = 0; j + 1 < n; j++)
			if (before(&x[j], last))
				exchange(&x[j], &x[i++]);
		exchange(&x[i], last);
		if (k <= i) {
			n = i;
		} else {
			x += i + 1;
			n -= i + 1;
			k -= i + 1;
		}
	}
}

typedef double key_fn(const struct recall *r, const void *user, size_t i);

static double by_time(const struct recall *r, const void *user, size_t i)
{
	(void)user;
	return (double)r->at[i];
}

static double by_coverage(const struct recall *r, const void *user, size_t i)
{
	(void)user;
	return (double)r->coverage[i];
}

static double by_lot(const struct recall *r, const void *user, size_t i)
{
	(void)user;
	return (double)(hash_bytes(&r->id[i], sizeof r->id[i]) >> 11);
}

static double by_score(const struct recall *r, const void *user, size_t i)
{
	const float *score = user;

	(void)r;
	return isnan(score[i]) ? -INFINITY : (double)score[i];
}

/* Mark the k first by a key among those of `among` (n; NULL: all) that aren't marked; room (n) is scratch. */
static void mark_first(const struct recall *r, const uint32_t *among, size_t n, size_t k, key_fn *key, const void *user, bool *mark, struct keyed *room)
{
	size_t m = 0;

	for (size_t j = 0; j < n; j++) {
		uint32_t i = among ? among[j] : (uint32_t)j;

		if (!mark[i])
			room[m++] = (struct keyed){ key(r, user, i), i };
	}
	k = k < m ? k : m;
	select_first(room, m, k);
	for (size_t j = 0; j < k; j++)
		mark[room[j].i] = true;
}

static void group_topics(struct recall *r)
{
	size_t *next = mem_zero(r->topics + 2, sizeof *next);

	for (size_t i = 0; i < r->n; i++) {
		if (r->topic[i] < 0 || (size_t)r->topic[i] >= r->topics)
			r->topic[i] = -1;
		next[r->topic[i] < 0 ? r->topics : (size_t)r->topic[i]]++;
	}
	for (size_t t = 0; t <= r->topics; t++)
		r->from[t + 1] = r->from[t] + next[t];
	memcpy(next, r->from, (r->topics + 1) * sizeof *next);
	for (size_t i = 0; i < r->n; i++)
		r->by_topic[next[r->topic[i] < 0 ? r->topics : (size_t)r->topic[i]]++] = (uint32_t)i;
	free(next);
}

/* Articles of a topic that go on, times `share`. */
static size_t part_of_topic(const struct recall *r, size_t t, double share)
{
	double of_all = (double)(r->from[t + 1] - r->from[t]) / (double)r->n;

	return (size_t)(RECALL_TOPICS * share * (double)r->most * (0.5 / (double)(r->topics + 1) + 0.5 * of_all));
}

void recall_ready(struct recall *r, size_t most)
{
	struct keyed *room = mem_alloc((r->n + 1) * sizeof *room);

	r->most = most;
	for (size_t i = 0; i < r->n; i++)
		r->feed_n[r->feed[i]]++;
	group_topics(r);
	if (most < r->n) {
		mark_first(r, NULL, r->n, (size_t)(RECALL_NEWEST * (double)most), by_time, NULL, r->always, room);
		mark_first(r, NULL, r->n, (size_t)(RECALL_LOT * (double)most), by_lot, NULL, r->always, room);
		for (size_t t = 0; t <= r->topics; t++) {
			const uint32_t *among = r->by_topic + r->from[t];
			size_t n = r->from[t + 1] - r->from[t];

			mark_first(r, among, n, part_of_topic(r, t, (1 - RECALL_BY_SCORE) / 2), by_time, NULL, r->always, room);
			mark_first(r, among, n, part_of_topic(r, t, (1 - RECALL_BY_SCORE) / 2), by_coverage, NULL, r->always, room);
		}
	}
	free(room);
}

/* ---- what is wanted ---- */

/* The weighted sums of what was read, as one vector: x . S / |S| for the mean, x . S / total times RECALL_ATTENTION for the attention. */
static void sum_readings(const struct profile *p, enum corpus_side side, int64_t now, double *out)
{
	const struct memory *m = p->memory;
	enum memory_kind kind = MEMORY_WORDS + side;
	const double *w = p->models.interest.mean;

	for (int hz = 0; hz < HORIZON_LIKE; hz++) {
		enum feature mean = feature_of_kind[kind] + 3 * hz, attention = mean + 2;
		double total = m->total[hz], counts = features_evidence(hz, total * memory_fade(m, (enum horizon)hz, now)), by;

		if (total <= 0 || !(m->norm2[kind][hz] > 0) || !(p->mask & feature_group[mean]))
			continue;
		by = counts * (w[mean] / feature_scale[mean].unit / sqrt(m->norm2[kind][hz]) + RECALL_ATTENTION * w[attention] / feature_scale[attention].unit / total);
		for (int k = 0; k < m->corpus->side[side].d; k++)
			out[k] += by * m->sum[kind][hz][k];
	}
}

static void query_side(struct recall_query *q, const struct recall *r, const struct profile *p, enum corpus_side side, int64_t now)
{
	const struct recall_side *s = &r->side[side];
	double *sum = mem_zero((size_t)s->d + 1, sizeof *sum), most = 0;

	q->x[side] = mem_zero(s->width + 1, sizeof *q->x[side]);
	if (s->d && p->corpus->side[side].d == s->d)
		sum_readings(p, side, now, sum);
	for (int k = 0; k < s->d; k++) {
		sum[k] *= side == SIDE_LSA ? RECALL_TERMS : 1;
		most = (size_t)k < s->width ? fmax(most, fabs(sum[k])) : most;
		q->off[side] += s->mean ? sum[k] * (double)s->mean[k] : 0;
	}
	q->step[side] = most / STEPS;
	for (size_t k = 0; k < s->width && k < (size_t)s->d && most > 0; k++)
		q->x[side][k] = (int16_t)lrint(sum[k] / q->step[side]);
	free(sum);
}

/* What the reader said of a value outright. */
static double said(const struct edits *ed, enum facet f, int value)
{
	double sum = 0;

	for (size_t i = 0; i < ed->n; i++)
		if (ed->row[i].facet == f && value >= 0 && ed->row[i].value == value)
			sum += ed->row[i].weight;
	return sum;
}

/* taste_lift of a feed that the corpus doesn't have: nothing of it was read or passed over. */
static double lift_unknown(const struct affinities *a, double share)
{
	if (a->all.yes <= 0)
		return 0;
	return log(AFFINITY_SMOOTH / (a->all.yes * AFFINITY_PASSED * share / (a->all.no + AFFINITY_PASSED) + AFFINITY_SMOOTH));
}

static void query_feeds(struct recall_query *q, const struct recall *r, const struct profile *p, const int *feed_of)
{
	const struct affinities *a = &p->taste.of[FACET_FEED];
	const double *w = p->models.interest.mean;

	q->feed = mem_zero(r->feeds + 1, sizeof *q->feed);
	for (size_t f = 0; f < r->feeds; f++) {
		int mine = feed_of[f];
		double share = taste_has(a, mine) && a->share[mine] > 0 ? a->share[mine] : (double)r->feed_n[f] / (double)r->n;
		double lift = taste_has(a, mine) ? taste_lift(a, mine) : lift_unknown(a, share);
		double publishing = p->corpus->publishing ? p->corpus->publishing : (double)r->feeds;
		double volume = share > 0 ? fmin(fmax(log(share * publishing), -3), 3) : 0;

		q->feed[f] = (p->mask & FEATURE_FEED ? w[F_FEED] * lift + w[F_VOLUME] * volume : 0) + said(&p->edits, FACET_FEED, mine);
	}
}

static void query_topics(struct recall_query *q, const struct recall *r, const struct profile *p, int64_t now)
{
	const double *w = p->models.interest.mean;

	q->topic = mem_zero(r->topics + 1, sizeof *q->topic);
	for (size_t t = 0; t < r->topics; t++) {
		const struct doc d = { .feed = -1, .topic = (int)t };
		struct cross_values v = crosses_values(&d, now, p->width);

		if (p->mask & FEATURE_LSA)
			q->topic[t] += w[F_TOPIC] * taste_lift(&p->taste.of[FACET_TOPIC], (int)t);
		for (int c = CROSS_TOPIC_HOUR; p->mask & FEATURE_CROSS && c <= CROSS_TOPIC_WEEKDAY; c++)
			q->topic[t] += w[F_FEED_TOPIC + c] * crosses_value(&p->crosses, &v, (enum cross)c);
		q->topic[t] += said(&p->edits, FACET_TOPIC, (int)t);
	}
}

void recall_query_make(struct recall_query *q, const struct recall *r, const struct profile *p, const int *feed_of, int64_t now)
{
	const double *w = p->models.interest.mean;

	*q = (struct recall_query){ .now = now, .age = p->mask & FEATURE_AGE ? w[F_AGE] : 0, .coverage = p->mask & FEATURE_COVERAGE ? w[F_COVERAGE] : 0 };
	for (int s = 0; s < SIDE_COUNT; s++)
		query_side(q, r, p, (enum corpus_side)s, now);
	query_feeds(q, r, p, feed_of);
	query_topics(q, r, p, now);
}

void recall_query_clear(struct recall_query *q)
{
	for (int s = 0; s < SIDE_COUNT; s++)
		free(q->x[s]);
	free(q->feed);
	free(q->topic);
	*q = (struct recall_query){ 0 };
}

/* ---- scores ---- */

/* In eights, so that the compiler takes them together. */
static int32_t dot(const signed char *x, const int16_t *q, size_t width)
{
	int32_t sum = 0;

	for (size_t i = 0; i < width; i += 8)
		for (size_t k = 0; k < 8; k++)
			sum += (int32_t)x[i + k] * q[i + k];
	return sum;
}

static void add_side(const struct recall *r, const struct recall_query *q, enum corpus_side side, float *score)
{
	const struct recall_side *s = &r->side[side];
	float step = (float)q->step[side], off = (float)q->off[side];

	if (!s->d || q->step[side] <= 0)
		return;
	for (size_t i = 0; i < r->n; i++)
		if (s->scale[i] > 0)
			score[i] += s->scale[i] * step * (float)dot(s->x + i * s->width, q->x[side], s->width) - s->times[i] * off;
}

static float plain_part(const struct recall *r, const struct recall_query *q, size_t i)
{
	const struct doc d = { .at = r->at[i], .feeds_telling = r->telling[i], .coverage = (double)r->coverage[i] };
	float days = (float)features_age(&d, q->now), sum = (float)q->feed[r->feed[i]];

	if (r->topic[i] >= 0)
		sum += (float)q->topic[r->topic[i]];
	if (r->telling[i] > 1)
		sum += (float)(q->coverage * features_coverage(&d, q->now));
	return sum + (days < 0 ? 0 : (float)q->age * (log1pf(days) - logf(3)));
}

void recall_score(const struct recall *r, const struct recall_query *q, float *score)
{
	for (size_t i = 0; i < r->n; i++)
		score[i] = plain_part(r, q, i);
	for (int s = 0; s < SIDE_COUNT; s++)
		add_side(r, q, (enum corpus_side)s, score);
}

#define FEED_ROUNDS 4

/* The best of each feed that isn't marked, then the second, and so on, as long as there is room. */
static void mark_feeds(const struct recall *r, const float *score, bool *mark, struct keyed *room)
{
	size_t left = (size_t)(RECALL_FEEDS * (double)r->most), n = 1;
	uint32_t *best = mem_alloc((r->feeds + 1) * sizeof *best);

	for (int round = 0; round < FEED_ROUNDS && left > 0 && n > 0; round++) {
		n = 0;
		memset(best, 0xff, r->feeds * sizeof *best);
		for (uint32_t i = 0; i < r->n; i++) {
			uint32_t *b = &best[r->feed[i]];

			if (!mark[i] && (*b == UINT32_MAX || by_score(r, score, i) > by_score(r, score, *b)))
				*b = i;
		}
		for (size_t f = 0; f < r->feeds; f++)
			if (best[f] != UINT32_MAX)
				best[n++] = best[f];
		mark_first(r, best, n, left, by_score, score, mark, room);
		left -= n < left ? n : left;
	}
	free(best);
}

size_t recall_choose(const struct recall *r, const float *score, uint32_t *out)
{
	struct keyed *room = mem_alloc((r->n + 1) * sizeof *room);
	bool *mark = mem_alloc(r->n + 1);
	size_t n = 0, marked = 0;

	memcpy(mark, r->always, r->n);
	for (size_t t = 0; t <= r->topics && r->most < r->n; t++)
		mark_first(r, r->by_topic + r->from[t], r->from[t + 1] - r->from[t], part_of_topic(r, t, RECALL_BY_SCORE), by_score, score, mark, room);
	if (r->most < r->n)
		mark_feeds(r, score, mark, room);
	for (size_t i = 0; i < r->n; i++)
		marked += mark[i];
	mark_first(r, NULL, r->n, r->most > marked ? r->most - marked : 0, by_score, score, mark, room);
	for (size_t i = 0; i < r->n; i++)
		if (mark[i])
			out[n++] = (uint32_t)i;
	free(mark);
	free(room);
	return n;
}
