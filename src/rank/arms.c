#include "rank/arms.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model/blas.h"

const char *const arm_word[ARM_COUNT] = {
#define X(name, word) word,
	ARMS(X)
#undef X
};

struct ranked { double mean; size_t at; };

static int best_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->mean != y->mean)
		return x->mean > y->mean ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void sort(struct arm_pool *pool, struct arena *a)
{
	struct ranked *r = mem_zero(pool->n + 1, sizeof *r);
	double best, worst;

	for (size_t i = 0; i < pool->n; i++)
		r[i] = (struct ranked){ pool->score[i].mean, i };
	qsort(r, pool->n, sizeof *r, best_first);
	pool->order = arena_zero(a, pool->n + 1, sizeof *pool->order);
	pool->relevance = arena_zero(a, pool->n + 1, sizeof *pool->relevance);
	best = pool->n ? r[0].mean : 0;
	worst = pool->n ? r[pool->n - 1].mean : 0;
	for (size_t i = 0; i < pool->n; i++) {
		pool->order[i] = r[i].at;
		pool->relevance[r[i].at] = best > worst ? (r[i].mean - worst) / (best - worst) : 1;
	}
	free(r);
}

static void gather_vectors(struct arm_pool *pool, struct arena *a)
{
	const struct corpus *c = pool->profile->corpus;
	enum corpus_side side = c->side[SIDE_WORDS].d ? SIDE_WORDS : SIDE_LSA;

	pool->d = (size_t)c->side[side].d;
	pool->vec = arena_zero(a, pool->n * pool->d + 1, sizeof *pool->vec);
	for (size_t i = 0; i < pool->n && pool->d; i++)
		memcpy(pool->vec + i * pool->d, corpus_vector(c, side, pool->score[i].doc), pool->d * sizeof *pool->vec);
}

void arm_pool_make(struct arm_pool *out, const struct profile *p, const struct score *score, size_t n, size_t k, int64_t now, uint64_t seed, struct arena *a)
{
	*out = (struct arm_pool){ .profile = p, .score = score, .n = n, .k = k, .now = now, .seed = seed };
	explore_gather(p, score, n, now, a, &out->in);
	sort(out, a);
	gather_vectors(out, a);
}

/* ---- greedy lists ---- */

struct greedy {
	const struct arm_pool *pool;
	double s;
	bool *placed;    /* (n) */
	float *cosine;   /* (n) with the article that was placed last */
	double *near;    /* (n) mmr: the largest cosine so far; dpp: what the determinant grows by */
	double *factor;  /* dpp: (n x k) rows of the Cholesky factor */
};

/* Cosines (n) with article `at`. */
static void cosines(const struct greedy *g, size_t at)
{
	const struct arm_pool *p = g->pool;

	if (p->d)
		blas_gemv(p->n, p->d, 1, p->vec, p->vec + at * p->d, 0, g->cosine);
}

static void mmr_placed(struct greedy *g, size_t at, size_t place)
{
	(void)place;
	cosines(g, at);
	for (size_t i = 0; i < g->pool->n; i++)
		g->near[i] = fmax(g->near[i], (double)g->cosine[i]);
}

static double mmr_value(const struct greedy *g, size_t i)
{
	return (1 - g->s) * g->pool->relevance[i] - g->s * g->near[i];
}

/* The next column of the factor, for all that may follow. */
static void dpp_placed(struct greedy *g, size_t at, size_t place)
{
	const size_t k = g->pool->k;
	const double *own = g->factor + at * k;
	double root = sqrt(fmax(g->near[at], 1e-9));

	cosines(g, at);
	for (size_t i = 0; i < g->pool->n; i++) {
		double *row = g->factor + i * k;

		if (g->placed[i])
			continue;
		row[place] = ((1 + (double)g->cosine[i]) / 2 - blas_ddot(place, own, row)) / root;
		g->near[i] = fmax(g->near[i] - row[place] * row[place], 1e-9);
	}
}

static double dpp_value(const struct greedy *g, size_t i)
{
	return (1 - g->s) * g->pool->relevance[i] + g->s * log(g->near[i]);
}

static size_t greedy_page(const struct arm_pool *p, double s, bool dpp, struct pick *pick)
{
	struct arena a = ARENA_INIT;
	struct greedy g = { .pool = p, .s = s, .placed = arena_zero(&a, p->n + 1, sizeof *g.placed), .cosine = arena_zero(&a, p->n + 1, sizeof *g.cosine),
			    .near = arena_zero(&a, p->n + 1, sizeof *g.near), .factor = dpp ? arena_zero(&a, p->n * p->k + 1, sizeof *g.factor) : NULL };
	size_t k = p->k < p->n ? p->k : p->n;

	for (size_t i = 0; dpp && i < p->n; i++)
		g.near[i] = 1;
	for (size_t place = 0; place < k; place++) {
		size_t best = SIZE_MAX;

		for (size_t j = 0; j < p->n; j++) { /* best first, so that among equals the better score wins */
			size_t i = p->order[j];

			if (!g.placed[i] && (best == SIZE_MAX || (dpp ? dpp_value(&g, i) > dpp_value(&g, best) : mmr_value(&g, i) > mmr_value(&g, best))))
				best = i;
		}
		g.placed[best] = true;
		pick[place] = (struct pick){ best, SLOT_BUBBLE, 1 };
		(dpp ? dpp_placed : mmr_placed)(&g, best, place);
	}
	arena_clear(&a);
	return k;
}

/* ---- the others ---- */

static size_t random_page(const struct arm_pool *p, double s, struct pick *pick)
{
	bool *placed = mem_zero(p->n + 1, sizeof *placed);
	size_t k = p->k < p->n ? p->k : p->n, next = 0;
	struct rng r;

	rng_seed(&r, p->seed);
	for (size_t place = 0; place < k; place++) {
		bool any = rng_uniform(&r) < s;
		size_t i;

		do
			i = any ? rng_below(&r, (uint32_t)p->n) : p->order[next++];
		while (placed[i]);
		placed[i] = true;
		pick[place] = (struct pick){ i, SLOT_BUBBLE, 1 };
	}
	free(placed);
	return k;
}

static size_t plain_page(const struct arm_pool *p, struct pick *pick)
{
	size_t k = p->k < p->n ? p->k : p->n;

	for (size_t i = 0; i < k; i++)
		pick[i] = (struct pick){ p->order[i], SLOT_BUBBLE, 1 };
	return k;
}

size_t arm_page(const struct arm_pool *pool, enum arm arm, int strength, struct pick *pick)
{
	struct explore_input in = pool->in;

	if (strength < 0)
		return plain_page(pool, pick);
	switch (arm) {
	case ARM_MMR:
	case ARM_DPP:
		return greedy_page(pool, strength / 100.0, arm == ARM_DPP, pick);
	case ARM_RANDOM:
		return random_page(pool, strength / 100.0, pick);
	case ARM_SLIDER:
	case ARM_COUNT:
		break;
	}
	in.k = pool->k;
	in.explore = strength;
	in.seed = pool->seed;
	return explore_page(&in, pick, NULL);
}
