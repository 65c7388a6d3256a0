/* profile - one reader: what was read (memories), affinities, and the interest model. A fold over the event log.
 *
 * The profile is a pure function of (event log, corpus): applying the events one by one as they happen and applying them all again from the
 * empty profile give the same numbers. Nothing else ever changes it. What was undone is left out of the log that is folded.
 */
#ifndef ECLOSE_RANK_PROFILE_H
#define ECLOSE_RANK_PROFILE_H

#include "item.h"
#include "model/interest.h"
#include "rank/corpus.h"
#include "rank/features.h"

/* What an action says. Weights are in units of one reading to the end. */
#define SIGNAL_WORDS_A_MINUTE 230.0 /* Brysbaert 2019: 238 for English non-fiction */
#define SIGNAL_SHORTEST 10.0        /* seconds that even the shortest article is expected to take */
#define SIGNAL_BRIEF 0.05           /* of the expected time, at least 2.5 and at most 8 s: closed before that is an accident */
#define SIGNAL_OPENED 0.3           /* opened, nothing known of the time: y = 1 */
#define SIGNAL_BRIEF_WEIGHT 0.3     /* y = 0, takes the opening back */
#define SIGNAL_SKIPPED 0.15         /* the cursor passed over it: y = 0 */
#define SIGNAL_SHOWN 0.03           /* y = 0 */
#define SIGNAL_LIKED 2.0            /* y = 1; disliked: y = 0 */
#define SIGNAL_SAVED 1.5
#define SIGNAL_BROWSED 1.0

/* One article that was read. */
struct reading {
	size_t doc;
	int64_t at;
	double weight; /* 0..1: how much of a reading it was (dwell against expected reading time, flags); 0: taken back */
};

/* Weights of what was read and what was passed over of one feed, category or topic. */
struct affinity { double yes, no; };

/* One kind of affinity: counts, their sum over articles, and each one's share of the corpus. */
struct affinities {
	size_t n;
	struct affinity *one; /* (n) */
	struct affinity all;
	double *share;        /* (n) of the articles that have any, 0..1 */
};

struct profile {
	const struct corpus *corpus; /* borrowed */
	struct interest model;
	struct reading *reading;     /* in order of the last opening; one an article (a second opening raises its weight and time) */
	size_t n, cap;
	int32_t *reading_of;         /* (corpus->n) index into reading + 1, 0 none */
	struct affinity *feed, *category, *topic; /* (corpus->feeds, ->categories, ->topics); the counts of the following */
	struct affinities by_feed, by_category, by_topic;
	int64_t affinity_day;        /* UTC day to which the affinities have decayed; 0 before the first */
	int64_t last_event;          /* id of the last event folded in */
	int64_t events;              /* folded in so far */
	uint64_t changes;            /* of the readings */
	unsigned mask;               /* features in use, bits of FEATURE_*; ~0u all */
	struct memory *cache;        /* memory.c: the readings as rows, rebuilt when they change */
};

/* profile_init - the empty profile over a corpus that is complete and stays as it is. Frees: profile_clear. */
void profile_init(struct profile *p, const struct corpus *corpus, unsigned mask);
void profile_clear(struct profile *p);
/* profile_apply - fold one event in. An article that isn't in the corpus counts for nothing. Ids must come in order. Cannot fail. */
void profile_apply(struct profile *p, const struct event *e);
/* profile_remember - the same for memories and affinities only: the model is left alone. For a profile whose model was kept elsewhere. */
void profile_remember(struct profile *p, const struct event *e);
/* profile_signal - what an event says: label y in {0,1} and weight (0: nothing).
 *   words  length of the article; 0 unknown
 * A close, or an open that tells its dwell, has y = 1 and weight min(1, 0.25 + dwell / expected), expected = max(10 s, words / 230 a minute). */
void profile_signal(const struct event *e, int words, int *y, double *weight);
/* profile_lift - how much more of one kind is read than would be by chance: ln((yes + k) / (Y share + k)).
 * share is that of what was passed over, smoothed by the corpus' share worth AFFINITY_PASSED; Y all that was read. 0 while nothing was read.
 * Source: the Gamma-Poisson shrinker of DuMouchel 1999. */
#define AFFINITY_SMOOTH 1.0
#define AFFINITY_PASSED 5.0
#define AFFINITY_DAYS 60.0 /* time constant of forgetting */
double profile_lift(const struct affinities *a, int which);
/* profile_mix - the reader's mix of topics: readings of the last 60 days by weight, smoothed by five readings' worth of the feeds' own mix.
 *   p_feeds (topics) sums to 1;  out (topics) sums to 1. Readings without a topic don't count. */
void profile_mix(const struct profile *p, int64_t now, const double *p_feeds, double *out);
/* profile_mixes - both mixes that explore_page wants, with "no topic" as the last of topics + 1.
 *   topic (n) of the articles that may be shown, -1 none;  p_reader, p_feeds [out] (topics + 1) sum to 1 */
void profile_mixes(const struct profile *p, const int *topic, size_t n, int64_t now, double *p_reader, double *p_feeds);

#endif
