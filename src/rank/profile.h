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
#include "rank/crosses.h"
#include "rank/edits.h"
#include "rank/features.h"
#include "rank/memory.h"
#include "rank/models.h"
#include "rank/signals.h"
#include "rank/taste.h"

/* One article that was read. */
struct reading {
	size_t doc;
	int64_t at;    /* last */
	double weight; /* 0..1: how much of a reading it was (dwell against expected reading time, flags); 0: taken back */
	bool again;    /* it is open for another time */
	bool sure;     /* more is known of it than that it was opened */
};

/* A score becomes a chance by a calibration of its own: log-odds of an opening = chance[0] + chance[1] score, learned from what was opened and what was passed over. */
#define CHANCE_MEANS { 0.0, 1.0 }
#define CHANCE_SDS { 1.5, 0.5 }

struct profile {
	const struct corpus *corpus; /* borrowed */
	struct models models;
	struct interest chance;      /* (2) */
	struct habits habits;
	struct taste taste;
	struct crosses crosses;
	struct edits edits;          /* what the reader said outright; nothing is learned from it */
	struct memory *memory;       /* the latest readings as rows */
	struct memory *passed;       /* the same of what was passed over, by vectors alone */
	struct reading *reading;     /* in order of the first opening; one an article (a second opening raises its weight and time) */
	size_t n, cap;
	int32_t *reading_of;         /* (corpus->n) index into reading + 1, 0 none */
	int32_t *slot_day;           /* (corpus->n) UTC day on which it first stood in a serendipity slot, 0 never */
	int64_t last_event;          /* id of the last event folded in */
	int64_t events;              /* folded in so far */
	unsigned mask;               /* features in use, bits of FEATURE_*; ~0u all */
	int width;                   /* of the terminal at hand, cells; 0 unknown. Set by whoever shows the page */
};

/* profile_init - the empty profile over a corpus that is complete and stays as it is. Frees: profile_clear. */
void profile_init(struct profile *p, const struct corpus *corpus, unsigned mask);
void profile_clear(struct profile *p);
/* profile_grow - articles were added to the corpus, which had `from` before: from now on the profile is what it would be had they been there from the beginning. The corpus
 * says the shares of its values itself; the columns of its terms are those of before. */
void profile_grow(struct profile *p, size_t from);
/* profile_apply - fold one event in. An article that isn't in the corpus counts for nothing. Ids must come in order. Cannot fail. */
void profile_apply(struct profile *p, const struct event *e);
/* profile_remember - the same for memories and affinities only: the model is left alone. For a profile whose model was kept elsewhere. */
void profile_remember(struct profile *p, const struct event *e);
/* profile_chance - the chance that an article which is looked at is opened, 0..1, from its score and the standard deviation of that.
 * Source: MacKay, Neural Computation 1992 (the logistic function over a normal distribution); Platt 1999 (the calibration). */
double profile_chance(const struct profile *p, double score, double sd);
/* profile_mixes - how the reader's and the feeds' articles are shared out among the values of a facet (an article's first), with "has none" as the last of values + 1.
 *   value (n) of the articles that may be shown, -1 none;  p_reader, p_feeds [out] (values + 1) sum to 1
 * The reader's: readings of the last 60 days by weight, smoothed by two readings' worth of the feeds' mix, times feeds' share over share of what was met (within a factor of 5): so
 * it is what would be read if all were met as often as it is published. What was met: passed over, in the weights of the taste, and as published as much as was read beyond that. */
void profile_mixes(const struct profile *p, enum facet f, const int *value, size_t n, int64_t now, double *p_reader, double *p_feeds);

#endif
