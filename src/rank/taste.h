/* taste - how much of each feed, category, topic, author, language and length is read, against what would be read by chance. */
#ifndef ECLOSE_RANK_TASTE_H
#define ECLOSE_RANK_TASTE_H

#include "rank/corpus.h"

#define AFFINITY_SMOOTH 1.0
#define AFFINITY_PASSED 5.0
#define AFFINITY_DAYS 60.0 /* time constant of forgetting */

/* Weights of what was read and what was passed over. */
struct affinity { double yes, no; };

/* One facet: counts of each value, their sum over articles, and each value's share of what is published. */
struct affinities {
	size_t n;
	struct affinity *one; /* (n) */
	struct affinity all;
	double *share;        /* (n) of the articles that have any, 0..1 */
};

struct taste {
	struct affinities of[FACET_COUNT];
	int64_t day; /* UTC day to which the counts have decayed; 0 before the first */
};

/* taste_init - nothing read yet; shares are the corpus' own, or its articles counted. Frees: taste_clear. */
void taste_init(struct taste *t, const struct corpus *c);
void taste_clear(struct taste *t);
/* taste_grow - articles were added to its corpus, which says its own shares: values that came with them have no counts yet. */
void taste_grow(struct taste *t, const struct corpus *c);
/* taste_decay - forget up to a UTC day: e^(-1 / AFFINITY_DAYS) a day. One that is earlier by more than a day is only noted: the clock was wrong before. The day before
 * changes nothing. */
void taste_decay(struct taste *t, int64_t day);
/* taste_count - one statement on an article: y in {0,1}, weight >= 0. */
void taste_count(struct taste *t, const struct doc *d, int y, double weight);
/* taste_has - is it one of the values that are counted? */
bool taste_has(const struct affinities *a, int which);
/* taste_lift - how much more of a value is read than would be by chance: ln((yes + k) / (Y share + k)).
 * share is that of what was passed over, smoothed by the corpus' share worth AFFINITY_PASSED; Y all that was read. 0 while nothing was read.
 * Source: the Gamma-Poisson shrinker of DuMouchel 1999. */
double taste_lift(const struct affinities *a, int which);
/* taste_doc - an article's lift in one facet: the sum over its values / sqrt(their number); 0 where it has none. */
double taste_doc(const struct taste *t, const struct doc *d, enum facet f);

#endif
