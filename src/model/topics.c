#include "model/topics.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"

#define STEPS_MOST 60
/* A step that gains less than this share of the objective is the last. */
#define GAIN_LEAST 1e-5
/* Articles whose similarities are found at once. */
#define BLOCK ((size_t)256)

int topics_count(size_t n)
{
	double k = round(sqrt((double)n / 2));

	if (n < 20)
		return 0;
	return k < 6 ? 6 : k > 48 ? 48 : (int)k;
}

static bool zero(const float *x, size_t d)
{
	for (size_t i = 0; i < d; i++)
		if (x[i] != 0)
			return false;
	return true;
}

void topics_row(const float *words, size_t n_words, const float *text, size_t n_text, float *out)
{
	bool none = zero(words, n_words);
	double share = none ? 0 : zero(text, n_text) ? 1 : TOPICS_WORDS;
	float a = (float)sqrt(share), b = (float)sqrt(1 - share);

	for (size_t i = 0; i < n_words; i++)
		out[i] = a * words[i];
	for (size_t i = 0; i < n_text; i++)
		out[n_words + i] = b * text[i];
}

/* The largest of sim (k) among the clusters that are there. Returns -1 where none is. */
static int largest(const float *sim, const bool *there, int k)
{
	int best = -1;

	for (int c = 0; c < k; c++)
		if (there[c] && (best < 0 || sim[c] > sim[best]))
			best = c;
	return best;
}

int topics_nearest(const float *x, const float *centroid, int k, size_t d)
{
	float best = 0;
	int at = -1;

	for (int c = 0; c < k && !zero(x, d); c++) {
		const float *y = centroid + (size_t)c * d;
		float sim;

		if (zero(y, d))
			continue;
		sim = blas_dot(d, x, y);
		if (at < 0 || sim > best) {
			best = sim;
			at = c;
		}
	}
	return at;
}

/* Every article to its nearest centroid; cosine [out] (n) with it. Returns the sum of 1 - cosine. */
static double assign(const float *v, size_t n, size_t d, int k, const float *centroid, int *topic, float *cosine)
{
	float *sim = mem_zero(BLOCK * (size_t)k, sizeof *sim);
	bool *there = mem_zero((size_t)k, sizeof *there);
	double sum = 0;

	for (int c = 0; c < k; c++)
		there[c] = !zero(centroid + (size_t)c * d, d);
	for (size_t at = 0; at < n; at += BLOCK) {
		size_t rows = n - at < BLOCK ? n - at : BLOCK;

		blas_gemm(0, 1, rows, (size_t)k, d, 1, v + at * d, centroid, 0, sim);
		for (size_t i = at; i < at + rows; i++) {
			const float *s = sim + (i - at) * (size_t)k;

			topic[i] = zero(v + i * d, d) ? -1 : largest(s, there, k);
			cosine[i] = topic[i] < 0 ? 1 : s[topic[i]];
			sum += 1 - (double)cosine[i];
		}
	}
	free(sim);
	free(there);
	return sum;
}

/* Every centroid to the unit mean of its articles. one with no article, or with a mean of zero, stays. */
static void recentre(const float *v, size_t n, size_t d, int k, const int *topic, float *centroid)
{
	double *sum = mem_zero((size_t)k * d, sizeof *sum);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; topic[i] >= 0 && j < d; j++)
			sum[(size_t)topic[i] * d + j] += v[i * d + j];
	for (int c = 0; c < k; c++) {
		const double *from = sum + (size_t)c * d;
		double length = sqrt(blas_ddot(d, from, from));

		for (size_t j = 0; length > 1e-12 && j < d; j++)
			centroid[(size_t)c * d + j] = (float)(from[j] / length);
	}
	free(sum);
}

void topics_centroids(const float *v, size_t n, size_t d, int k, const int *topic, float *centroid)
{
	recentre(v, n, d, k, topic, centroid);
}

double topics_step(const float *v, size_t n, size_t d, int k, int *topic, float *centroid)
{
	float *cosine = mem_zero(n, sizeof *cosine);
	double objective = k > 0 ? assign(v, n, d, k, centroid, topic, cosine) : 0;

	if (k > 0)
		recentre(v, n, d, k, topic, centroid);
	free(cosine);
	return objective;
}

/* ---- seeds ---- */

/* An article by chance, as likely as its distance; away (n) distances >= 0. Returns n where all are 0. */
static size_t draw(const double *away, size_t n, struct rng *r)
{
	double sum = 0, at;
	size_t last = n;

	for (size_t i = 0; i < n; i++)
		sum += away[i];
	at = rng_uniform(r) * sum;
	for (size_t i = 0; i < n; i++) {
		if (away[i] > 0) {
			last = i;
			if (at < away[i])
				return i;
		}
		at -= away[i];
	}
	return last;
}

/* Give every zero centroid an article far from the others, k-means++'s way. */
static void seed_missing(const float *v, size_t n, size_t d, int k, struct rng *r, float *centroid)
{
	double *away = mem_zero(n, sizeof *away);

	for (size_t i = 0; i < n; i++) {
		int c = topics_nearest(v + i * d, centroid, k, d);

		if (!zero(v + i * d, d))
			away[i] = c < 0 ? 1 : 1 - (double)blas_dot(d, v + i * d, centroid + (size_t)c * d);
		/* rounding: an article that is a centroid is not far from it */
		if (away[i] < 1e-6)
			away[i] = 0;
	}
	for (int c = 0; c < k; c++) {
		size_t at;

		if (!zero(centroid + (size_t)c * d, d))
			continue;
		at = draw(away, n, r);
		if (at == n)
			break;
		memcpy(centroid + (size_t)c * d, v + at * d, d * sizeof *centroid);
		for (size_t i = 0; i < n; i++) {
			double now = 1 - (double)blas_dot(d, v + i * d, v + at * d);

			if (now < away[i])
				away[i] = now < 1e-6 ? 0 : now;
		}
	}
	free(away);
}

/* Take the number from every topic that has lost its articles, so that seed_missing may give it to a new one. */
static bool drop_empty(size_t n, size_t d, int k, const int *topic, float *centroid)
{
	bool *used = mem_zero((size_t)k, sizeof *used), any = false;

	for (size_t i = 0; i < n; i++)
		if (topic[i] >= 0)
			used[topic[i]] = true;
	for (int c = 0; c < k; c++)
		if (!used[c]) {
			memset(centroid + (size_t)c * d, 0, d * sizeof *centroid);
			any = true;
		}
	free(used);
	return any;
}

void topics_fit(const float *v, size_t n, size_t d, int k, uint64_t seed, int *topic, float *centroid)
{
	double before = INFINITY;
	float *cosine;
	struct rng r;

	for (size_t i = 0; i < n; i++)
		if (topic[i] < 0 || topic[i] >= k || zero(v + i * d, d))
			topic[i] = -1;
	if (k <= 0 || n == 0)
		return;
	rng_seed(&r, seed);
	memset(centroid, 0, (size_t)k * d * sizeof *centroid);
	recentre(v, n, d, k, topic, centroid);
	seed_missing(v, n, d, k, &r, centroid);
	for (int step = 0; step < STEPS_MOST; step++) {
		double now = topics_step(v, n, d, k, topic, centroid);

		/* one chance for the numbers that came out empty, early, while the rest can still settle */
		if (step == 5 && drop_empty(n, d, k, topic, centroid))
			seed_missing(v, n, d, k, &r, centroid);
		else if (before - now <= GAIN_LEAST * now)
			break;
		before = now;
	}
	cosine = mem_zero(n, sizeof *cosine);
	assign(v, n, d, k, centroid, topic, cosine);
	(void)drop_empty(n, d, k, topic, centroid);
	free(cosine);
}

double topics_distance(const float *v, size_t n, size_t d, const int *topic, const float *centroid)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		if (topic[i] >= 0)
			sum += 1 - (double)blas_dot(d, v + i * d, centroid + (size_t)topic[i] * d);
	return sum;
}

static bool started(const int *topic, size_t n, int k)
{
	for (size_t i = 0; i < n; i++)
		if (topic[i] >= 0 && topic[i] < k)
			return true;
	return false;
}

void topics_fit_best(const float *v, size_t n, size_t d, int k, uint64_t seed, int tries, int *topic, float *centroid)
{
	size_t wide = k > 0 ? (size_t)k * d : 0;
	int *other = mem_alloc((n + 1) * sizeof *other);
	float *theirs = mem_zero(wide + 1, sizeof *theirs);
	bool warm = started(topic, n, k);

	topics_fit(v, n, d, k, seed, topic, centroid);
	for (int i = 1; i < tries && !warm && wide; i++) {
		memset(other, 0xff, n * sizeof *other);
		topics_fit(v, n, d, k, seed + (uint64_t)i, other, theirs);
		if (topics_distance(v, n, d, other, theirs) >= topics_distance(v, n, d, topic, centroid))
			continue;
		memcpy(topic, other, n * sizeof *topic);
		memcpy(centroid, theirs, wide * sizeof *centroid);
	}
	free(other);
	free(theirs);
}

/* ---- names ---- */

/* Keep (weight, col) among the `want` best, largest first; out is UINT32_MAX where free. */
static void keep(double weight, uint32_t col, size_t want, double *best, uint32_t *out)
{
	size_t at = want;

	while (at > 0 && (out[at - 1] == UINT32_MAX || weight > best[at - 1]))
		at--;
	if (at == want)
		return;
	memmove(best + at + 1, best + at, (want - at - 1) * sizeof *best);
	memmove(out + at + 1, out + at, (want - at - 1) * sizeof *out);
	best[at] = weight;
	out[at] = col;
}

/* The terms of topic c. total (terms) sums over all rows; in (terms) scratch, zero before and after. */
static void terms_of(const struct csr *m, const int *topic, int c, size_t want, const double *total, double *in, double *best, uint32_t *out)
{
	double inside = 0, outside;

	for (size_t i = 0; i < m->rows; i++)
		if (topic[i] == c) {
			csr_axpy(m, i, 1, in);
			inside++;
		}
	outside = (double)m->rows - inside;
	for (size_t j = 0; inside > 0 && j < m->cols; j++) {
		double diff = in[j] / inside - (outside > 0 ? (total[j] - in[j]) / outside : 0);

		if (diff > 0 && in[j] > 0)
			keep(diff, (uint32_t)j, want, best, out);
	}
	memset(in, 0, m->cols * sizeof *in);
}

void topics_telling(const struct csr *m, const int *topic, int k, size_t want, uint32_t *out, double *weight)
{
	double *total = mem_zero(m->cols, sizeof *total), *in = mem_zero(m->cols, sizeof *in);

	memset(weight, 0, (size_t)k * want * sizeof *weight);
	for (size_t i = 0; i < m->rows; i++)
		csr_axpy(m, i, 1, total);
	for (int c = 0; c < k; c++) {
		for (size_t w = 0; w < want; w++)
			out[(size_t)c * want + w] = UINT32_MAX;
		if (want > 0)
			terms_of(m, topic, c, want, total, in, weight + (size_t)c * want, out + (size_t)c * want);
	}
	free(total);
	free(in);
}
