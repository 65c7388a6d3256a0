/* sim_informed - a learner that is told the truth about every article: a ceiling for learners that aren't.
 *
 * The store guesses an article's topic, and knows nothing of strands and mixtures. This learner is told topic, strand, second topic, their true mixture, feed, length and
 * how many tell it, in the very form in which they make up what readers want; what it has to learn is the reader alone, from the same openings and skips, and with as
 * many nights of forgetting. It knows how much readers differ, too. It isn't the best there could be: likes are few and strong, and this takes them for normal.
 */
#ifndef ECLOSE_RANK_SIM_INFORMED_H
#define ECLOSE_RANK_SIM_INFORMED_H

#include <stdbool.h>

#include "model/interest.h"
#include "rank/sim_world.h"

#define INFORMED_TOPIC 1
#define INFORMED_STRAND (INFORMED_TOPIC + SIM_TOPICS)
#define INFORMED_FEED (INFORMED_STRAND + SIM_TOPICS * SIM_STRANDS)
#define INFORMED_LENGTH (INFORMED_FEED + SIM_FEEDS)
#define INFORMED_TOLD (INFORMED_LENGTH + 1)
#define INFORMED_COUNT (INFORMED_TOLD + 1)

struct sim_informed {
	const struct sim_world *world; /* borrowed */
	double prior_mean[INFORMED_COUNT], prior_sd[INFORMED_COUNT];
	struct interest model;         /* (INFORMED_COUNT) */
};

/* sim_informed_new - nothing learned; world borrowed. Frees: sim_informed_free. */
struct sim_informed *sim_informed_new(const struct sim_world *world);
void sim_informed_free(struct sim_informed *f);
/* sim_informed_learn - one decision, of weight 1, after the nights up to its day (interest_inflate); now seconds UTC. */
void sim_informed_learn(struct sim_informed *f, size_t doc, int64_t now, bool opened);
/* sim_informed_score - log-odds that the article is opened. */
double sim_informed_score(const struct sim_informed *f, size_t doc);

#endif
