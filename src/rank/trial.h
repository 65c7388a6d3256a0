/* trial - two rankings tried on one reader: who of them gets a place on a page, what an open there says, and when enough is known.
 *
 * A page is drafted from both rankings, as two captains pick teams (team-draft interleaving; Radlinski, Kurup and Joachims, "How does clickthrough data
 * reflect retrieval quality?", CIKM 2008). The reader doesn't see who picked what. An article that both would have picked next belongs to neither: to open it
 * says nothing, and it takes no place from either. All other places come in pairs, one of each, in an order that a coin decides.
 *
 * Each open that tells is a step of one to A or to B, and the lead is the difference. After n of them a trial ends for the one that leads by
 *
 *     TRIAL_EARLY sqrt(n), or by TRIAL_LEAD + TRIAL_HORIZON - n.
 *
 * The second is the test at the horizon, a lead of TRIAL_LEAD, taken as soon as what is left can't undo it; the first ends a clear case early (Haybittle 1971,
 * Peto et al. 1976). Between equals either is called in .0496 of all trials, however often one looks; a preference of 60 to 40 is called in .8052. Both are exact,
 * summed over all ways that a trial can go; no test with that many opens and errors of .05 finds more than about .81. The horizon is odd because 200 opens
 * have no test between .0400, which finds too little, and .0560. Both hold for opens that are independent; a reader who opens both of a pair takes the step
 * back with the second, so the lead strays less and false calls are rarer still.
 */
#ifndef ECLOSE_RANK_TRIAL_H
#define ECLOSE_RANK_TRIAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "item.h"

#define TRIAL_HORIZON 199 /* opens that tell, at most */
#define TRIAL_LEAD 29     /* that is needed there */
#define TRIAL_EARLY 3.5   /* standard deviations of the lead that end a trial at once */
#define TRIAL_SURE 0.9    /* probability of the interval */

/* ---- the page ---- */

struct trial_ranking {
	const size_t *at; /* (n) indices of candidates, best first */
	size_t n;
};

struct trial_pick {
	size_t at;            /* index of the candidate */
	enum team team;       /* whose it is */
};

/* trial_draft - one page from two rankings.
 *   story (candidates) equal: the same story, shown once; NULL: every candidate is a story of its own
 *   pick [out] (k), in page order
 * A story that each ranking has next by another article is shown by either, as the coin falls. Where one ranking has no more to give, the rest of the other's
 * belongs to neither. The teams' places differ by one at most. Returns the number of places filled: min(k, distinct stories of both). The same seed gives the same coins,
 * one a round, whatever the rankings are; swapped rankings swap the two of each pair. */
size_t trial_draft(const struct trial_ranking *a, const struct trial_ranking *b, const int64_t *story, size_t k, uint64_t seed, struct trial_pick *pick);

/* ---- the count ---- */

enum trial_decision { TRIAL_OPEN, TRIAL_A, TRIAL_B, TRIAL_NO_DIFFERENCE };

/* A trial as far as it went. Zero-initialised is a new one. */
struct trial {
	unsigned a, b; /* opens that tell, won by each */
	enum trial_decision decision;
};

/* trial_count - one more open that was long enough to count, of an article that belongs to `winner`.
 * TEAM_NONE changes nothing, and neither does anything once the trial is decided: what happens later neither takes a call back nor makes a second one, so
 * looking rarely is the same as looking always. Ends as TRIAL_NO_DIFFERENCE when neither can be called within the horizon any more. */
void trial_count(struct trial *t, enum team winner);

/* What is known of A's share of the opens that tell: Beta(1 + a, 1 + b), from a flat prior. */
struct trial_verdict {
	enum trial_decision decision;
	unsigned a, b;
	double mean;
	double low, high; /* TRIAL_SURE of the posterior, as much on either side of it */
	double a_better;  /* the probability that A's share is more than half */
};

/* trial_verdict - the posterior of a trial; decided or not. Exact but for rounding. */
struct trial_verdict trial_verdict(const struct trial *t);

/* trial_words - the verdict as one sentence for people. Percentages are rounded to the side that claims less. */
const char *trial_words(struct arena *a, const struct trial_verdict *v);

#endif
