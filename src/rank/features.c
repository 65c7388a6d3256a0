#include "rank/features.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "rank/profile.h"

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

const enum feature feature_of_kind[MEMORY_KINDS] = { F_TERM_MEAN, F_VEC_MEAN, F_TITLE_MEAN, F_LSA_MEAN };
const double attention_of_kind[MEMORY_KINDS] = { ATTENTION_TERMS, ATTENTION_VECTORS, ATTENTION_VECTORS, ATTENTION_VECTORS };

/* Mean and standard deviation of each likeness over articles that were offered to readers, rounded. */
#define SIX(first, mean_centre, mean_unit, max_centre, max_unit, soft_centre, soft_unit) \
	[first] = { mean_centre, mean_unit }, [first + 1] = { max_centre, max_unit }, [first + 2] = { soft_centre, soft_unit }, \
	[first + 3] = { mean_centre, mean_unit }, [first + 4] = { max_centre, max_unit }, [first + 5] = { soft_centre, soft_unit }

const struct feature_scale feature_scale[FEATURE_COUNT] = {
	[F_BASE] = { 0, 1 },
	SIX(F_TERM_MEAN, 0.02, 0.025, 0.04, 0.04, 0.01, 0.025),
	[F_TERM_LIFT] = { -0.06, 0.27 },
	SIX(F_VEC_MEAN, 0.0, 0.23, 0.3, 0.16, 0.11, 0.14),
	SIX(F_TITLE_MEAN, 0.0, 0.2, 0.3, 0.16, 0.09, 0.12),
	SIX(F_LSA_MEAN, 0.0, 0.15, 0.2, 0.15, 0.06, 0.12),
	[F_AROUND] = { 0, 1 }, [F_AROUND_SHORT] = { 0, 1 }, [F_UNKNOWN] = { 0, 1 },
	[F_FEED] = { 0, 1 }, [F_CATEGORY] = { 0, 1 }, [F_TOPIC] = { 0, 1 }, [F_AUTHOR] = { 0, 1 }, [F_LANGUAGE] = { 0, 1 }, [F_LENGTH] = { 0, 1 }, [F_TAG] = { 0, 1 },
	[F_FEED_TOPIC] = { 0, 1 }, [F_TOPIC_HOUR] = { 0, 1 }, [F_TOPIC_WEEKDAY] = { 0, 1 }, [F_FEED_LENGTH] = { 0, 1 }, [F_LENGTH_WIDTH] = { 0, 1 },
	[F_TODAY] = { 0, 0.15 },
	[F_VOLUME] = { 0, 1 },
	[F_AGE] = { 0, 1 },
	[F_COVERAGE] = { 0, 1 },
};

double features_evidence(int horizon, double total)
{
	static const double enough[HORIZON_LIKE] = { EVIDENCE_LONG, EVIDENCE_SHORT };

	return total > 0 ? total / (total + enough[horizon]) : 0;
}

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

/* Where nothing was ever passed over, what was read tells the share of no neighbourhood. */
static double enough(const struct around *a)
{
	return a->all_no / (a->all_no + AROUND_ENOUGH);
}

double features_around(const struct around *a)
{
	double q = (a->all_yes + 1) / (a->all_yes + a->all_no + 4), odds = q / (1 - q);

	return enough(a) * (log((a->yes + AROUND_SMOOTH * q) / (a->no + AROUND_SMOOTH * (1 - q))) - log(odds));
}

double features_near(const struct profile *p, const double *phi, int64_t now)
{
	static const enum feature by[] = { F_VEC_ATTENTION, F_LSA_ATTENTION, F_TERM_ATTENTION };
	const struct memory *m = p->memory;
	double counts = features_evidence(HORIZON_LONG, m->total[HORIZON_LONG] * memory_fade(m, HORIZON_LONG, now));

	for (size_t i = 0; i < sizeof by / sizeof *by && counts > 0; i++) {
		double raw = phi[by[i]] / counts * feature_scale[by[i]].unit + feature_scale[by[i]].centre;

		if (phi[by[i]] == 0) /* unknown */
			continue;
		raw = fmin(fmax(raw, 0), 1);
		return by[i] == F_TERM_ATTENTION ? sqrt(raw) : raw; /* cosines of terms are about the square of those of vectors */
	}
	return -1;
}

/* A feed that publishes much says less with each article. */
static double volume(const struct profile *p, const struct doc *d)
{
	const struct affinities *feeds = &p->taste.of[FACET_FEED];

	if (!taste_has(feeds, d->feed) || feeds->share[d->feed] <= 0)
		return 0;
	return fmin(fmax(log(feeds->share[d->feed] * (p->corpus->publishing ? p->corpus->publishing : (double)feeds->n)), -3), 3);
}

/* likeness (HORIZON_LIKE) into the six features from `first` on. */
static void put_likeness(double *phi, enum feature first, const struct likeness *like)
{
	for (int i = 0; i < 3 * HORIZON_LIKE; i++) {
		const struct likeness *l = &like[i / 3];
		const double raw[] = { l->mean, l->max, l->attention };
		const struct feature_scale *s = &feature_scale[first + i];

		phi[first + i] = features_evidence(i / 3, l->total) * (raw[i % 3] - s->centre) / s->unit;
	}
}

static void fill_terms(const struct memory *m, size_t doc, int64_t self, int64_t now, double *phi)
{
	const struct csr *t = &m->corpus->terms;
	struct likeness like[HORIZON_LIKE];

	if (t->ptr[doc] == t->ptr[doc + 1])
		return;
	memory_terms(m, doc, m->cosine);
	memory_like(m, MEMORY_TERMS, m->cosine, ATTENTION_TERMS, self, now, like, NULL);
	put_likeness(phi, F_TERM_MEAN, like);
	phi[F_TERM_LIFT] = features_evidence(HORIZON_LONG, like[HORIZON_LONG].total) * (memory_lift(m, doc, self, now, NULL) - feature_scale[F_TERM_LIFT].centre) /
			   feature_scale[F_TERM_LIFT].unit;
}

/* product (h) is the article's row of m->product[side]. What was read today is told by word vectors, else by LSA. */
static void fill_vectors(const struct memory *m, enum corpus_side side, size_t doc, int64_t self, int64_t now, const float *product, double *phi)
{
	enum memory_kind kind = MEMORY_WORDS + side;
	struct likeness like[HORIZON_LIKE];

	if (!corpus_has_vector(m->corpus, side, doc))
		return;
	for (size_t i = 0; i < m->h; i++)
		m->cosine[i] = (double)product[i];
	memory_like(m, kind, m->cosine, attention_of_kind[kind], self, now, like, NULL);
	put_likeness(phi, feature_of_kind[kind], like);
	if (features_tell_today(m->corpus, doc, side))
		phi[F_TODAY] = memory_today(m, m->cosine, self, now, NULL) / feature_scale[F_TODAY].unit;
}

/* Around an article whose cosines with the rows of both memories are known: read, passed (h of each); out (HORIZON_LIKE). */
static void around_of(const struct profile *p, size_t doc, int64_t now, const float *read, const float *passed, struct around *out)
{
	struct memory *const of[] = { p->memory, p->passed };
	const float *product[] = { read, passed };
	double near[2][HORIZON_LIKE], all[2][HORIZON_LIKE];

	for (int k = 0; k < 2; k++) {
		struct memory *m = of[k];

		for (size_t i = 0; i < m->h; i++)
			m->cosine[i] = (double)product[k][i];
		memory_around(m, m->cosine, memory_row(m, doc), now, near[k]);
		for (int hz = 0; hz < HORIZON_LIKE; hz++)
			all[k][hz] = memory_total(m, (enum horizon)hz, memory_row(m, doc), now);
	}
	for (int hz = 0; hz < HORIZON_LIKE; hz++)
		out[hz] = (struct around){ near[0][hz], near[1][hz], all[0][hz], all[1][hz] };
}

static void fill_around(const struct profile *p, size_t doc, int64_t now, const float *read, const float *passed, double *phi)
{
	struct around a[HORIZON_LIKE];

	around_of(p, doc, now, read, passed, a);
	for (int hz = 0; hz < HORIZON_LIKE; hz++)
		phi[F_AROUND + hz] = features_around(&a[hz]);
	phi[F_UNKNOWN] = enough(&a[HORIZON_LONG]) / (1 + a[HORIZON_LONG].yes + a[HORIZON_LONG].no);
}

bool features_neighbours(struct profile *p, size_t doc, int64_t now, struct around *out)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		if (!corpus_has_vector(p->corpus, s, doc) || !features_tell_today(p->corpus, doc, s))
			continue;
		memory_vectors(p->memory, s, &doc, 1);
		memory_vectors(p->passed, s, &doc, 1);
		around_of(p, doc, now, p->memory->product[s], p->passed->product[s], out);
		return true;
	}
	return false;
}

static void fill_plain(const struct profile *p, const struct doc *d, int64_t now, int width, double *phi)
{
	struct cross_values v = crosses_values(d, now, width);
	double age = features_age(d, now);

	phi[F_BASE] = 1;
	for (int f = 0; f < FACET_COUNT; f++)
		phi[F_FEED + f] = taste_doc(&p->taste, d, (enum facet)f);
	for (int i = 0; i < CROSS_COUNT; i++)
		phi[F_FEED_TOPIC + i] = crosses_value(&p->crosses, &v, (enum cross)i);
	phi[F_VOLUME] = volume(p, d);
	phi[F_AGE] = age < 0 ? 0 : log1p(age) - log(3);
	phi[F_COVERAGE] = features_coverage(d, now);
}

static void fill_block(struct profile *p, const size_t *docs, size_t n, int64_t now, int width, double *phi)
{
	struct memory *m = p->memory;
	bool terms = p->mask & FEATURE_TFIDF, around = p->mask & FEATURE_AROUND, side[SIDE_COUNT];

	static_assert(F_TERM_ATTENTION_SHORT == F_TERM_MEAN + 5 && F_VEC_ATTENTION_SHORT == F_VEC_MEAN + 5 && F_LSA_ATTENTION_SHORT == F_LSA_MEAN + 5,
		      "put_likeness goes by their order");
	static_assert(F_TAG == F_FEED + FACET_TAG && F_CATEGORY == F_FEED + FACET_CATEGORY, "fill_plain goes by the order of the facets");
	static_assert(F_LENGTH_WIDTH == F_FEED_TOPIC + CROSS_LENGTH_WIDTH, "and by that of the crosses");
	for (int s = 0; s < SIDE_COUNT; s++) {
		side[s] = m->h && m->corpus->side[s].d && p->mask & feature_group[feature_of_kind[MEMORY_WORDS + s]];
		if (side[s])
			memory_vectors(m, s, docs, n);
	}
	for (int s = 0; s < SIDE_COUNT && around; s++) {
		if (s == SIDE_TITLE) /* features_tell_today: never asked */
			continue;
		if (!side[s])
			memory_vectors(m, s, docs, n);
		memory_vectors(p->passed, s, docs, n);
	}
	for (size_t i = 0; i < n; i++, phi += FEATURE_COUNT) {
		int64_t self = memory_row(m, docs[i]);

		memset(phi, 0, FEATURE_COUNT * sizeof *phi);
		fill_plain(p, &m->corpus->doc[docs[i]], now, width, phi);
		if (terms && m->h)
			fill_terms(m, docs[i], self, now, phi);
		for (int s = 0; s < SIDE_COUNT; s++)
			if (side[s])
				fill_vectors(m, s, docs[i], self, now, m->product[s] + i * m->h, phi);
		for (int s = 0; s < SIDE_COUNT; s++)
			if (around && corpus_has_vector(m->corpus, s, docs[i]) && features_tell_today(m->corpus, docs[i], s))
				fill_around(p, docs[i], now, m->product[s] + i * m->h, p->passed->product[s] + i * p->passed->h, phi);
		for (int f = 0; f < FEATURE_COUNT; f++)
			if (!(p->mask & feature_group[f]))
				phi[f] = 0;
	}
}

void features_fill_at(struct profile *p, const size_t *docs, size_t n, int64_t now, int width, double *phi)
{
	for (size_t i = 0; i < n; i += MEMORY_BLOCK)
		fill_block(p, docs + i, n - i < MEMORY_BLOCK ? n - i : MEMORY_BLOCK, now, width, phi + i * FEATURE_COUNT);
}

void features_fill(struct profile *p, const size_t *docs, size_t n, int64_t now, double *phi)
{
	features_fill_at(p, docs, n, now, p->width, phi);
}

bool features_tell_today(const struct corpus *c, size_t doc, enum corpus_side side)
{
	return side == SIDE_WORDS || (side == SIDE_LSA && !corpus_has_vector(c, SIDE_WORDS, doc));
}
