/* profile - one reader: what was read (memories), affinities, and the interest model. A fold over the event log.
 *
 * The profile is a pure function of (event log, corpus): applying the events one by one as they happen and applying them all again from the
 * empty profile give the same numbers. Nothing else ever changes it.
 */
#ifndef ECLOSE_RANK_PROFILE_H
#define ECLOSE_RANK_PROFILE_H

#include "item.h"
#include "model/interest.h"
#include "rank/corpus.h"
#include "rank/features.h"

/* One article that was read. */
struct reading {
	size_t doc;
	int64_t at;
	double weight; /* 0..1: how much of a reading it was (dwell against expected reading time, flags) */
};

/* Beta counts of one feed, category or topic. */
struct affinity { double yes, no; };

struct profile {
	const struct corpus *corpus; /* borrowed */
	struct interest model;
	struct reading *reading;     /* in log order; one an article (a second opening raises its weight and time) */
	size_t n, cap;
	struct affinity *feed, *category, *topic; /* (corpus->feeds, ->categories, ->topics) */
	double *day;                 /* scratch and sums that features keep, see profile.c */
	int64_t last_event;          /* id of the last event folded in */
	int64_t events;              /* folded in so far */
	unsigned mask;               /* features in use, bits of FEATURE_*; ~0u all */
	void *cache;                 /* features.c: means and history rows, rebuilt when readings change */
};

void profile_init(struct profile *p, const struct corpus *corpus, unsigned mask);
void profile_clear(struct profile *p);
/* profile_apply - fold one event in. An article that isn't in the corpus counts for nothing. Ids must come in order. Cannot fail. */
void profile_apply(struct profile *p, const struct event *e);
/* profile_signal - what an event says: label y in {0,1} and weight (0: nothing). words: length of the article. Documented in eclose-ranking(7). */
void profile_signal(const struct event *e, int words, int *y, double *weight);
/* profile_mix - the reader's mix of topics: readings of the last 60 days by weight, smoothed by five readings' worth of the feeds' own mix.
 *   p_feeds (topics) sums to 1;  out (topics) sums to 1 */
void profile_mix(const struct profile *p, int64_t now, const double *p_feeds, double *out);

#endif
