#include "model/lineage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/blas.h"
#include "model/matching.h"
#include "model/topics.h"

int lineage_count(int before, size_t n)
{
	int k = topics_count(n);

	return before > 0 && k > 0 && abs(k - before) <= 1 ? before : k;
}

/* ---- yesterday ---- */

struct then {
	size_t size[LINEAGE_MOST];
	int place[LINEAGE_MOST]; /* of each number among those that live on, -1 for the others */
	int number[LINEAGE_MOST]; /* of each place */
	int living;
};

static bool zero(const float *x, size_t d)
{
	for (size_t i = 0; i < d; i++)
		if (x[i] != 0)
			return false;
	return true;
}

/* Does number a give way before number b? */
static bool weaker(const struct then *t, const bool *named, int a, int b)
{
	bool x = named && named[a], y = named && named[b];

	return x != y ? y : t->size[a] != t->size[b] ? t->size[a] < t->size[b] : a > b;
}

/* Yesterday's numbers, the k strongest of them with a place. */
static void remember(struct then *t, const int *topic, size_t n, int k, const bool *named)
{
	memset(t, 0, sizeof *t);
	for (size_t i = 0; i < n; i++)
		if (topic[i] >= 0)
			t->size[topic[i]]++;
	for (int a = 0; a < LINEAGE_MOST; a++) {
		int stronger = 0;

		t->place[a] = -1;
		if (!t->size[a])
			continue;
		for (int b = 0; b < LINEAGE_MOST; b++)
			stronger += b != a && t->size[b] && weaker(t, named, a, b);
		if (stronger < k) {
			t->number[t->living] = a;
			t->place[a] = t->living++;
		}
	}
}

/* ---- today ---- */

/* Clusters as they are found; (n), (k x d). */
struct found {
	int *cluster;
	float *centroid;
	double distance;
};

static void found_init(struct found *f, size_t n, size_t d, int k)
{
	f->cluster = mem_alloc((n + 1) * sizeof *f->cluster);
	f->centroid = mem_zero((size_t)k * d, sizeof *f->centroid);
	f->distance = INFINITY;
}

static void found_clear(struct found *f)
{
	free(f->cluster);
	free(f->centroid);
}

/* Cluster without regard to yesterday, from several seeds; into best if that is nearer than `better` times what is there. */
static void find_afresh(const float *v, size_t n, size_t d, int k, uint64_t seed, double better, struct found *best)
{
	struct found f;

	found_init(&f, n, d, k);
	for (size_t i = 0; i < n; i++)
		f.cluster[i] = -1;
	topics_fit_best(v, n, d, k, seed, LINEAGE_SEEDS, f.cluster, f.centroid);
	f.distance = topics_distance(v, n, d, f.cluster, f.centroid);
	if (f.distance < better * best->distance) {
		struct found keep = *best;

		*best = f;
		f = keep;
	}
	found_clear(&f);
}

static void find_clusters(const float *v, size_t n, size_t d, int k, uint64_t seed, const struct then *t, bool afresh, const int *topic, struct found *f)
{
	found_init(f, n, d, k);
	if (t->living) {
		for (size_t i = 0; i < n; i++)
			f->cluster[i] = topic[i] < 0 ? -1 : t->place[topic[i]];
		topics_fit(v, n, d, k, seed, f->cluster, f->centroid);
		f->distance = topics_distance(v, n, d, f->cluster, f->centroid);
	}
	if (afresh || !t->living)
		find_afresh(v, n, d, k, seed, LINEAGE_BETTER, f);
}

/* ---- who is who ---- */

/* overlap [out] (k x living): shared / sqrt(then * now), 0 below LINEAGE_SAME; of the articles that are in both. */
static void overlaps(const struct then *t, const int *topic, const int *cluster, size_t n, int k, double *overlap)
{
	size_t living = (size_t)t->living;
	double *now = mem_zero((size_t)k + 1, sizeof *now), *then = mem_zero(living + 1, sizeof *then);

	for (size_t i = 0; i < n; i++) {
		int p = topic[i] < 0 ? -1 : t->place[topic[i]];

		if (cluster[i] < 0 || topic[i] < 0)
			continue;
		now[cluster[i]]++;
		if (p < 0)
			continue;
		then[p]++;
		overlap[(size_t)cluster[i] * living + (size_t)p]++;
	}
	for (size_t c = 0; c < (size_t)k; c++)
		for (size_t p = 0; p < living; p++) {
			double *o = &overlap[c * living + p];

			*o = *o > 0 ? *o / sqrt(now[c] * then[p]) : 0;
			*o = *o >= LINEAGE_SAME ? *o : 0;
		}
	free(now);
	free(then);
}

static int free_number(const struct then *t, const bool *named, const bool *used)
{
	int a = 0;

	while (a < LINEAGE_MOST - 1 && (t->size[a] || used[a] || (named && named[a])))
		a++;
	return a;
}

/* number [out] (k) of each cluster */
static void number_clusters(const struct then *t, const bool *named, const int *match, int k, int *number)
{
	bool used[LINEAGE_MOST] = { false };

	for (int c = 0; c < k; c++)
		if (match[c] >= 0) {
			number[c] = t->number[match[c]];
			used[number[c]] = true;
		}
	for (int c = 0; c < k; c++)
		if (match[c] < 0) {
			number[c] = free_number(t, named, used);
			used[number[c]] = true;
		}
}

/* An article stays where it was unless it is clearly nearer elsewhere. */
static void stay(const float *v, size_t n, size_t d, const struct then *t, const int *match, int k, const float *centroid, const int *topic, int *cluster)
{
	int lives_as[LINEAGE_MOST]; /* the cluster of each place */

	memset(lives_as, -1, sizeof lives_as);
	for (int c = 0; c < k; c++)
		if (match[c] >= 0)
			lives_as[match[c]] = c;
	for (size_t i = 0; i < n; i++) {
		int p = topic[i] < 0 ? -1 : t->place[topic[i]], old = p < 0 ? -1 : lives_as[p];
		const float *x = v + i * d;

		if (old < 0 || old == cluster[i])
			continue;
		if (blas_dot(d, x, centroid + (size_t)old * d) >= blas_dot(d, x, centroid + (size_t)cluster[i] * d) - LINEAGE_STAY)
			cluster[i] = old;
	}
}

int lineage_fit(const float *v, size_t n, size_t d, int k, uint64_t seed, const bool *named, bool afresh, int *topic)
{
	struct then t;
	int *match, *number, most = -1;
	struct found f;
	double *overlap;

	for (size_t i = 0; i < n; i++)
		if (k <= 0 || topic[i] < 0 || topic[i] >= LINEAGE_MOST || zero(v + i * d, d))
			topic[i] = -1;
	if (k <= 0 || n == 0)
		return 0;
	remember(&t, topic, n, k, named);
	match = mem_alloc((size_t)k * sizeof *match);
	number = mem_alloc((size_t)k * sizeof *number);
	overlap = mem_zero((size_t)k * (size_t)t.living + 1, sizeof *overlap);
	find_clusters(v, n, d, k, seed, &t, afresh, topic, &f);
	overlaps(&t, topic, f.cluster, n, k, overlap);
	matching_best(overlap, (size_t)k, (size_t)t.living, match);
	stay(v, n, d, &t, match, k, f.centroid, topic, f.cluster);
	number_clusters(&t, named, match, k, number);
	for (size_t i = 0; i < n; i++) {
		topic[i] = f.cluster[i] < 0 ? -1 : number[f.cluster[i]];
		most = topic[i] > most ? topic[i] : most;
	}
	found_clear(&f);
	free(match);
	free(number);
	free(overlap);
	return most + 1;
}
