/* features - what an article is for this reader at this moment, as the numbers that the interest model weighs.
 *
 * Every feature is linear in something that has a name (terms, readings, a feed, a category), so that a score splits into named parts. A feature that
 * the store can't supply is 0, which is neutral. One list: the enum, the names in eclose-ranking(7), the priors.
 *
 * Likenesses are cosines of very different size, so they are brought to one scale, (cosine - centre) / unit, with the fixed constants of
 * feature_scale; so a weight of 1 means about the same for each.
 */
#ifndef ECLOSE_RANK_FEATURES_H
#define ECLOSE_RANK_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "rank/corpus.h"
#include "rank/memory.h"

/* X(NAME, "word", group, prior mean, prior sd): group is the bit that eval's --features turns on. */
#define FEATURES(X) \
	X(F_BASE, "base", FEATURE_ALWAYS, -1.0, 1.0) \
	X(F_TERM_MEAN, "term-mean", FEATURE_TFIDF, 0.0, 0.05) /* cosine with the weighted sum of what was read */ \
	X(F_TERM_MAX, "term-max", FEATURE_TFIDF, 0.3, 0.15) /* with the nearest article read, times its weight */ \
	X(F_TERM_ATTENTION, "term-attention", FEATURE_TFIDF, 0.0, 0.05) /* softmax-weighted mean of cosines */ \
	X(F_TERM_MEAN_SHORT, "term-mean-short", FEATURE_TFIDF, 0.0, 0.05) /* the same three with what was read of late */ \
	X(F_TERM_MAX_SHORT, "term-max-short", FEATURE_TFIDF, 0.1, 0.15) \
	X(F_TERM_ATTENTION_SHORT, "term-attention-short", FEATURE_TFIDF, 0.0, 0.05) \
	X(F_TERM_LIFT, "term-lift", FEATURE_TFIDF, 0.3, 0.2) /* memory_lift */ \
	X(F_VEC_MEAN, "vector-mean", FEATURE_VECTORS, 0.1, 0.15) /* the same six by word vectors */ \
	X(F_VEC_MAX, "vector-max", FEATURE_VECTORS, 0.0, 0.05) \
	X(F_VEC_ATTENTION, "vector-attention", FEATURE_VECTORS, 0.6, 0.15) \
	X(F_VEC_MEAN_SHORT, "vector-mean-short", FEATURE_VECTORS, 0.0, 0.05) \
	X(F_VEC_MAX_SHORT, "vector-max-short", FEATURE_VECTORS, 0.0, 0.05) \
	X(F_VEC_ATTENTION_SHORT, "vector-attention-short", FEATURE_VECTORS, 0.2, 0.15) \
	X(F_TITLE_MEAN, "title-mean", FEATURE_VECTORS, 0.0, 0.05) /* by those of the title */ \
	X(F_TITLE_MAX, "title-max", FEATURE_VECTORS, 0.0, 0.05) \
	X(F_TITLE_ATTENTION, "title-attention", FEATURE_VECTORS, 0.7, 0.15) \
	X(F_TITLE_MEAN_SHORT, "title-mean-short", FEATURE_VECTORS, 0.0, 0.05) \
	X(F_TITLE_MAX_SHORT, "title-max-short", FEATURE_VECTORS, 0.0, 0.05) \
	X(F_TITLE_ATTENTION_SHORT, "title-attention-short", FEATURE_VECTORS, 0.2, 0.15) \
	X(F_LSA_MEAN, "lsa-mean", FEATURE_LSA, 0.4, 0.15) /* and by LSA */ \
	X(F_LSA_MAX, "lsa-max", FEATURE_LSA, 0.0, 0.05) \
	X(F_LSA_ATTENTION, "lsa-attention", FEATURE_LSA, 0.0, 0.05) \
	X(F_LSA_MEAN_SHORT, "lsa-mean-short", FEATURE_LSA, 0.1, 0.15) \
	X(F_LSA_MAX_SHORT, "lsa-max-short", FEATURE_LSA, 0.0, 0.05) \
	X(F_LSA_ATTENTION_SHORT, "lsa-attention-short", FEATURE_LSA, 0.0, 0.05) \
	X(F_AROUND, "around", FEATURE_AROUND, 1.0, 0.3)             /* how much of what is like it was read, how much passed over: features_around */ \
	X(F_AROUND_SHORT, "around-short", FEATURE_AROUND, 0.5, 0.3) \
	X(F_UNKNOWN, "unknown", FEATURE_AROUND, 0.3, 0.2)           /* how little is known of what is like it */ \
	X(F_FEED, "feed", FEATURE_FEED, 0.4, 0.2)                   /* taste_doc of its facets, in their order */ \
	X(F_CATEGORY, "category", FEATURE_CATEGORY, 0.4, 0.2) \
	X(F_TOPIC, "topic", FEATURE_LSA, 0.4, 0.2) \
	X(F_AUTHOR, "author", FEATURE_FEED, 0.2, 0.2) \
	X(F_LANGUAGE, "language", FEATURE_FEED, 0.2, 0.2) \
	X(F_LENGTH, "length", FEATURE_FEED, 0.2, 0.2) \
	X(F_TAG, "tag", FEATURE_FEED, 0.3, 0.2) \
	X(F_FEED_TOPIC, "feed-topic", FEATURE_CROSS, 0.3, 0.3)      /* crosses_value, in the order of the crosses */ \
	X(F_TOPIC_HOUR, "topic-hour", FEATURE_CROSS, 0.3, 0.3) \
	X(F_TOPIC_WEEKDAY, "topic-weekday", FEATURE_CROSS, 0.3, 0.3) \
	X(F_FEED_LENGTH, "feed-length", FEATURE_CROSS, 0.3, 0.3) \
	X(F_LENGTH_WIDTH, "length-width", FEATURE_CROSS, 0.3, 0.3) \
	X(F_TODAY, "today", FEATURE_TODAY, -0.1, 0.3)               /* how much of it was read today */ \
	X(F_VOLUME, "volume", FEATURE_FEED, -0.2, 0.2)              /* ln of how much more than others its feed publishes, within +-3 */ \
	X(F_AGE, "age", FEATURE_AGE, -0.4, 0.3)                     /* ln(1 + days) - ln 3: 0 at two days */ \
	X(F_COVERAGE, "coverage", FEATURE_COVERAGE, 0.4, 0.3)       /* coverage beyond what the article's own telling gives */

enum feature_group {
	FEATURE_ALWAYS = 1, FEATURE_TFIDF = 2, FEATURE_VECTORS = 4, FEATURE_LSA = 8, FEATURE_CATEGORY = 16,
	FEATURE_FEED = 32, FEATURE_AGE = 64, FEATURE_COVERAGE = 128, FEATURE_CROSS = 256, FEATURE_TODAY = 512,
	FEATURE_AROUND = 1024
};

enum feature {
#define X(name, word, group, mean, sd) name,
	FEATURES(X)
#undef X
	FEATURE_COUNT
};

/* Sharpness of the attention over readings. */
#define ATTENTION_TERMS 5.0
#define ATTENTION_VECTORS 3.0 /* of all sides */

/* The likenesses by terms and by each side: the first of their six features. */
extern const enum feature feature_of_kind[];
extern const double attention_of_kind[];

/* A likeness counts in full only where there is enough to compare with: total / (total + this), by horizon. */
#define EVIDENCE_LONG 1.0
#define EVIDENCE_SHORT 0.5
double features_evidence(int horizon, double total);

struct feature_scale { double centre, unit; };

extern const char *const feature_word[FEATURE_COUNT];
extern const unsigned feature_group[FEATURE_COUNT];
extern const double feature_prior_mean[FEATURE_COUNT], feature_prior_sd[FEATURE_COUNT];
extern const struct feature_scale feature_scale[FEATURE_COUNT];

struct profile;
/* features_fill - rows of phi for some articles.
 *   docs (n) indices into the corpus;  now seconds;  phi [out] (n x FEATURE_COUNT), features outside p->mask are 0
 * An article that was itself read isn't compared with itself. One article or many give the same numbers to 1e-6. Cannot fail. */
void features_fill(struct profile *p, const size_t *docs, size_t n, int64_t now, double *phi);
/* features_fill_at - the same on a terminal of another width than the profile's, cells; 0 unknown. */
void features_fill_at(struct profile *p, const size_t *docs, size_t n, int64_t now, int width, double *phi);
/* features_tell_today - is it this side that says how much of an article was read today? Word vectors, where it has one, else LSA. */
bool features_tell_today(const struct corpus *c, size_t doc, enum corpus_side side);
/* What is known of an article's neighbourhood in one horizon: weights of what was read and passed over near it, and in all. */
struct around { double yes, no, all_yes, all_no; };

#define AROUND_SMOOTH 1.0   /* decisions' worth of the share that is read of all */
#define AROUND_ENOUGH 10.0  /* decisions passed over before it counts half */
/* features_around - ln of the odds of being read here over the odds of all:
 * N / (N + AROUND_ENOUGH) [ln((yes + s q) / (no + s (1 - q))) - ln(q / (1 - q))], q = (Y + 1) / (Y + N + 4) the share of all that is read. */
double features_around(const struct around *a);
/* features_neighbours - of one article, by word vectors, else by LSA; false where it has neither.
 *   out [out] (HORIZON_LIKE) */
bool features_neighbours(struct profile *p, size_t doc, int64_t now, struct around *out);

/* features_near - likeness 0..1 to what was read, out of a filled row: by word vectors, else by LSA, else by terms; -1 where neither is known. */
double features_near(const struct profile *p, const double *phi, int64_t now);

/* features_age - days since the article appeared, >= 0; -1 unknown. */
double features_age(const struct doc *d, int64_t now);
/* features_coverage - how much more it is told than by itself, >= 0; 0 where it stands alone or nothing is known. */
double features_coverage(const struct doc *d, int64_t now);

#endif
