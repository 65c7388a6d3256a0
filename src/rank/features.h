/* features - what an article is for this reader at this moment, as the numbers that the interest model weighs.
 *
 * Every feature is linear in something that has a name (terms, readings, a feed, a category), so that a score splits into named parts. A feature that
 * the store can't supply is 0, which is neutral. One list: the enum, the names in eclose-ranking(7), the priors.
 */
#ifndef ECLOSE_RANK_FEATURES_H
#define ECLOSE_RANK_FEATURES_H

#include <stddef.h>
#include <stdint.h>

/* X(NAME, "word", group, prior mean, prior sd): group is the bit that eval's --features turns on. */
#define FEATURES(X) \
	X(F_BASE, "base", FEATURE_ALWAYS, -1.0, 1.0) \
	X(F_TERM_MEAN, "term-mean", FEATURE_TFIDF, 1.0, 1.0)        /* cosine with the weighted mean of what was read */ \
	X(F_TERM_MAX, "term-max", FEATURE_TFIDF, 1.0, 1.0)          /* with the nearest article read */ \
	X(F_TERM_ATTENTION, "term-attention", FEATURE_TFIDF, 1.0, 1.0) /* softmax-weighted */ \
	X(F_VEC_MEAN, "vector-mean", FEATURE_LSA, 1.0, 1.0) \
	X(F_VEC_MAX, "vector-max", FEATURE_LSA, 1.0, 1.0) \
	X(F_VEC_ATTENTION, "vector-attention", FEATURE_LSA, 1.0, 1.0) \
	X(F_FEED, "feed", FEATURE_FEED, 1.0, 0.5)                   /* log-odds of the Beta-smoothed share opened */ \
	X(F_CATEGORY, "category", FEATURE_CATEGORY, 1.0, 0.5) \
	X(F_TOPIC, "topic", FEATURE_LSA, 0.5, 0.5) \
	X(F_AGE, "age", FEATURE_AGE, -0.3, 0.3)                     /* ln(1 + hours / 24) */ \
	X(F_COVERAGE, "coverage", FEATURE_COVERAGE, 0.4, 0.3)

enum feature_group {
	FEATURE_ALWAYS = 1, FEATURE_TFIDF = 2, FEATURE_VECTORS = 4, FEATURE_LSA = 8, FEATURE_CATEGORY = 16,
	FEATURE_FEED = 32, FEATURE_AGE = 64, FEATURE_COVERAGE = 128
};

enum feature {
#define X(name, word, group, mean, sd) name,
	FEATURES(X)
#undef X
	FEATURE_COUNT
};

extern const char *const feature_word[FEATURE_COUNT];
extern const unsigned feature_group[FEATURE_COUNT];
extern const double feature_prior_mean[FEATURE_COUNT], feature_prior_sd[FEATURE_COUNT];

struct profile;
/* features_fill - rows of phi for some articles.
 *   docs (n) indices into the corpus;  now seconds;  phi [out] (n x FEATURE_COUNT), features outside p->mask are 0
 * One article or many give the same numbers to 1e-6. Cannot fail. */
void features_fill(struct profile *p, const size_t *docs, size_t n, int64_t now, double *phi);

#endif
