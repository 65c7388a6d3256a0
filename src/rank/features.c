#include "rank/features.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "rank/memory.h"

const char *const feature_word[FEATURE_COUNT] = {
#define X(name, word, group, mean, sd) word,
	FEATURES(X)
#undef X
};
const unsigned feature_group[FEATURE_COUNT] = {
#define X(name, word, group, mean, sd) group,
	FEATURES(X)
#undef X
};
const double feature_prior_mean[FEATURE_COUNT] = {
#define X(name, word, group, mean, sd) mean,
	FEATURES(X)
#undef X
};
const double feature_prior_sd[FEATURE_COUNT] = {
#define X(name, word, group, mean, sd) sd,
	FEATURES(X)
#undef X
};

const enum feature feature_of_side[SIDE_COUNT] = { [SIDE_WORDS] = F_VEC_MEAN, [SIDE_LSA] = F_LSA_MEAN };

/* Mean and standard deviation of each likeness over articles that were offered to readers, rounded. */
const struct feature_scale feature_scale[FEATURE_COUNT] = {
	[F_BASE] = { 0, 1 },
	[F_TERM_MEAN] = { 0.02, 0.025 },
	[F_TERM_MAX] = { 0.04, 0.04 },
	[F_TERM_ATTENTION] = { 0.01, 0.025 },
	[F_VEC_MEAN] = { 0.0, 0.23 },
	[F_VEC_MAX] = { 0.3, 0.16 },
	[F_VEC_ATTENTION] = { 0.18, 0.16 },
	[F_LSA_MEAN] = { 0.0, 0.15 },
	[F_LSA_MAX] = { 0.2, 0.15 },
	[F_LSA_ATTENTION] = { 0.1, 0.12 },
	[F_FEED] = { 0, 1 },
	[F_CATEGORY] = { 0, 1 },
	[F_TOPIC] = { 0, 1 },
	[F_AGE] = { 0, 1 },
	[F_COVERAGE] = { 0, 1 },
};

double features_age(const struct doc *d, int64_t now)
{
	if (d->at == DATE_NONE)
		return -1;
	return d->at < now ? (double)(now - d->at) / (double)DATE_DAY : 0;
}

double features_coverage(const struct doc *d, int64_t now)
{
	double age = features_age(d, now), own;

	if (d->feeds_telling < 2 || age < 0)
		return 0;
	own = log1p(exp2(-2 * age)); /* half of it is gone every 12 h: stories_coverage */
	return fmax(0, d->coverage - own);
}

double features_near(const double *phi)
{
	static const enum feature by[] = { F_VEC_ATTENTION, F_LSA_ATTENTION, F_TERM_ATTENTION };

	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		double raw = phi[by[i]] * feature_scale[by[i]].unit + feature_scale[by[i]].centre;

		if (phi[by[i]] == 0) /* unknown */
			continue;
		raw = fmin(fmax(raw, 0), 1);
		return by[i] == F_TERM_ATTENTION ? sqrt(raw) : raw; /* cosines of terms are about the square of those of vectors */
	}
	return -1;
}

static void put_likeness(double *phi, enum feature first, const struct likeness *like)
{
	const double raw[] = { like->mean, like->max, like->attention };

	for (int i = 0; i < 3; i++) {
		const struct feature_scale *s = &feature_scale[first + i];

		phi[first + i] = like->readings ? (raw[i] - s->centre) / s->unit : 0;
	}
}

static void fill_terms(struct memory *m, size_t doc, int64_t self, double *phi)
{
	const struct csr *t = &m->corpus->terms;
	struct likeness like;

	if (t->ptr[doc] == t->ptr[doc + 1])
		return;
	memory_terms(m, doc, m->cosine);
	like = memory_like(m, m->cosine, m->term_norm2, ATTENTION_TERMS, self, NULL);
	put_likeness(phi, F_TERM_MEAN, &like);
}

/* product (h) is the article's row of m->product[side]. */
static void fill_vectors(struct memory *m, enum corpus_side side, size_t doc, int64_t self, const float *product, double *phi)
{
	struct likeness like;

	if (!corpus_has_vector(m->corpus, side, doc))
		return;
	for (size_t i = 0; i < m->h; i++)
		m->cosine[i] = (double)product[i];
	like = memory_like(m, m->cosine, m->vec_norm2[side], ATTENTION_VECTORS, self, NULL);
	put_likeness(phi, feature_of_side[side], &like);
}

static double category_lift(const struct profile *p, const struct doc *d)
{
	double sum = 0;

	for (int i = 0; i < d->n_cat; i++)
		sum += profile_lift(&p->by_category, d->cat[i]);
	return d->n_cat ? sum / sqrt(d->n_cat) : 0;
}

static void fill_plain(const struct profile *p, const struct doc *d, int64_t now, double *phi)
{
	double age = features_age(d, now);

	phi[F_BASE] = 1;
	phi[F_FEED] = profile_lift(&p->by_feed, d->feed);
	phi[F_CATEGORY] = category_lift(p, d);
	phi[F_TOPIC] = profile_lift(&p->by_topic, d->topic);
	phi[F_AGE] = age < 0 ? 0 : log1p(age) - log(3);
	phi[F_COVERAGE] = features_coverage(d, now);
}

static void fill_block(struct profile *p, struct memory *m, const size_t *docs, size_t n, int64_t now, double *phi)
{
	bool terms = p->mask & FEATURE_TFIDF, side[SIDE_COUNT];

	static_assert(F_TERM_ATTENTION == F_TERM_MEAN + 2 && F_VEC_ATTENTION == F_VEC_MEAN + 2 && F_LSA_ATTENTION == F_LSA_MEAN + 2, "put_likeness goes by their order");
	for (int s = 0; s < SIDE_COUNT; s++) {
		side[s] = m->h && m->corpus->side[s].d && p->mask & feature_group[feature_of_side[s]];
		if (side[s])
			memory_vectors(m, s, docs, n);
	}
	for (size_t i = 0; i < n; i++, phi += FEATURE_COUNT) {
		int64_t self = memory_row(p, m, docs[i]);

		memset(phi, 0, FEATURE_COUNT * sizeof *phi);
		fill_plain(p, &m->corpus->doc[docs[i]], now, phi);
		if (terms && m->h)
			fill_terms(m, docs[i], self, phi);
		for (int s = 0; s < SIDE_COUNT; s++)
			if (side[s])
				fill_vectors(m, s, docs[i], self, m->product[s] + i * m->h, phi);
		for (int f = 0; f < FEATURE_COUNT; f++)
			if (!(p->mask & feature_group[f]))
				phi[f] = 0;
	}
}

void features_fill(struct profile *p, const size_t *docs, size_t n, int64_t now, double *phi)
{
	struct memory *m = memory_at(p, now);

	for (size_t i = 0; i < n; i += MEMORY_BLOCK)
		fill_block(p, m, docs + i, n - i < MEMORY_BLOCK ? n - i : MEMORY_BLOCK, now, phi + i * FEATURE_COUNT);
}
