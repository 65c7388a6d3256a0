/* sim_world - what simulated readers read: two months of articles from made-up feeds, as a corpus like any other.
 *
 * Topics are directions in both vector spaces and distributions of words; a topic has strands (a sport has its clubs). A feed writes mostly on a few topics. An article is of
 * one topic, often with something of a second. How strongly all that shows in terms and vectors is set so that the likenesses are of the size that feature_scale
 * was measured at on real articles; nothing is set by how well the ranking does. Topic and category are wrong or absent for some, as they are in the store.
 */
#ifndef ECLOSE_RANK_SIM_WORLD_H
#define ECLOSE_RANK_SIM_WORLD_H

#include <stdint.h>

#include "rank/corpus.h"

#define SIM_TOPICS 24
#define SIM_STRANDS 5
#define SIM_FEEDS 20
#define SIM_DAYS 60
#define SIM_OFFERED 100 /* articles a day that readers may be shown; as many more are held out, to measure by */
#define SIM_MORNING (7 * (int64_t)3600) /* when readers sit down; a day's articles came in the 24 h before */

/* What nobody but the world knows of an article. */
struct sim_article {
	int topic, strand, second; /* strand of its topic; the second topic */
	double share;              /* 0.5..1: of the first topic */
	double length;             /* ln of its words, as standard score */
};

struct sim_world {
	struct corpus corpus;        /* article i has the id i + 1; days in order, offered ones first */
	struct sim_article *article; /* (corpus.n) */
};

/* sim_world_make - deterministic by seed. Frees: sim_world_clear. */
void sim_world_make(struct sim_world *w, uint64_t seed);
void sim_world_clear(struct sim_world *w);
/* sim_offered, sim_held_out - corpus index of the first of a day's SIM_OFFERED articles of either kind; day 0..SIM_DAYS-1. */
size_t sim_offered(int day);
size_t sim_held_out(int day);
/* sim_morning - the moment at which readers sit down that day, seconds UTC. */
int64_t sim_morning(int day);

#endif
