/* sim_reader - a made-up reader: what is wanted, what is looked at, how long it is read.
 *
 * Wanting is a chance, sigma of a utility: three to six topics of 24 are liked, the others are met coolly, one or two with dislike; within a topic some strands are
 * preferred; feed, length and what many feeds tell count a little. The starting point is set so that a tenth to a quarter of all that is published is
 * wanted. Interests wander a little from day to day.
 *
 * With `follows` they also follow what is read, by linear operators (Bush and Mosteller, 1951). What is read to the end pulls the topic's log-odds towards FOLLOW_MOST, what is
 * passed over towards FOLLOW_LEAST; so a page that shows more of what is liked makes it liked more. Source of the loop: Jiang and others, "Degenerate Feedback Loops in
 * Recommender Systems", AIES 2019, where a click raises the log-odds of the next one, no click lowers it, and what isn't shown stays as it is. What isn't met for more than
 * FOLLOW_PATIENCE days fades towards indifference; this is an addition here.
 */
#ifndef ECLOSE_RANK_SIM_READER_H
#define ECLOSE_RANK_SIM_READER_H

#include <stdbool.h>

#include "base/rng.h"
#include "rank/sim_world.h"

#define FOLLOW_READ 0.1     /* of the way to FOLLOW_MOST, an article that is all of one topic */
#define FOLLOW_PASSED 0.01  /* of the way to FOLLOW_LEAST */
#define FOLLOW_MOST 3.5     /* log-odds: the ends of what readers begin with */
#define FOLLOW_LEAST (-2.0)
#define FOLLOW_PATIENCE 7   /* days */
#define FOLLOW_FADE 30.0    /* days: a topic that isn't met keeps e^(-1/30) a day */

/* What became of an article that the cursor got to. */
enum sim_meeting { MET, MET_PASSED, MET_READ };

struct sim_reader {
	const struct sim_world *world; /* borrowed */
	struct rng rng;
	bool liked[SIM_TOPICS];
	double topic[SIM_TOPICS], strand[SIM_TOPICS][SIM_STRANDS], feed[SIM_FEEDS], length, told; /* log-odds */
	double base;                   /* log-odds, set by rate */
	double rate;                   /* share of all that is published that is wanted */
	double pace;                   /* words a minute */
	double stay;                   /* chance to go on to the next row of a page */
	bool follows;                  /* interests follow what is read */
	int unmet[SIM_TOPICS];         /* days since an article of the topic was met */
};

/* sim_reader_make - deterministic by seed. */
void sim_reader_make(struct sim_reader *r, const struct sim_world *world, uint64_t seed);
/* sim_reader_chance - the true chance that this reader wants an article. */
double sim_reader_chance(const struct sim_reader *r, size_t doc);
/* sim_reader_meet - what reading does to interests; nothing where they don't follow. An article of two topics pulls at both by their shares; only the first is met by it. */
void sim_reader_meet(struct sim_reader *r, size_t doc, enum sim_meeting how);
/* sim_reader_drift - a day has passed. */
void sim_reader_drift(struct sim_reader *r);
/* sim_reader_change - what was liked is met coolly from now on, and as many other topics are liked. */
void sim_reader_change(struct sim_reader *r);

/* sim_reader_depth - how many rows of a page of n the cursor gets to, at least 8 where there are so many. */
int sim_reader_depth(struct sim_reader *r, int n);
/* sim_reader_opens - whether the reader, with the cursor on 1-based place `place`, opens the article, because it is wanted or by mistake (*wanted false). */
bool sim_reader_opens(struct sim_reader *r, size_t doc, int place, bool *wanted);
/* sim_reader_dwell - seconds in front of an opened article. *held [out]: it was wanted and holds what its title promised, so it is read to the end. */
double sim_reader_dwell(struct sim_reader *r, size_t doc, bool wanted, bool *held);
/* sim_reader_seen - share 0..1 of its text that was on the screen: as far as it was read in so many seconds, at least the first screen. */
double sim_reader_seen(const struct sim_reader *r, size_t doc, double dwell);

#endif
