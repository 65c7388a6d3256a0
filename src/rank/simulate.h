/* simulate - how fast the ranking learns made-up readers whose wishes are known (sim_world, sim_reader, sim_life), and how fast they could be learned.
 *
 * An action is an opening or a skip: a decision of the reader. Each reader lives three times from the same start: with plain pages; with plain pages and other interests
 * after 200 actions; and with pages of slider 30. The first two are lived once more with an informed learner (sim_informed) that ranks and learns instead: who falls short of the
 * oracle may only have seen too little yet, and this tells how much can be learned from as much. The measure is the share of the oracle's nDCG@10 on articles that the reader was never shown: the day's held-out
 * hundred, gains the true chances of being wanted, the oracle the order by these.
 */
#ifndef ECLOSE_RANK_SIMULATE_H
#define ECLOSE_RANK_SIMULATE_H

#include <stddef.h>
#include <stdint.h>

#include "rank/forecast.h"
#include "rank/models.h"

#define SIMULATE_CHECKS 5
#define SIMULATE_AFTER 5
#define SIMULATE_WINDOWS 8
#define SIMULATE_WINDOW 50    /* actions */
#define SIMULATE_CHANGE 200   /* actions before the interests change */
#define SIMULATE_EXPLORE 30

extern const int simulate_checks[SIMULATE_CHECKS]; /* actions */
extern const int simulate_after[SIMULATE_AFTER];   /* actions after the change */

struct simulate_options {
	int users;                /* >= 1 */
	uint64_t seed;
	enum model_kind model;    /* that gives the scores */
	void (*step)(void *user, size_t done, size_t total); /* may be NULL */
	void *user;
};

struct simulate_share { double mean, p10; }; /* over readers: mean and 10th percentile */

/* An opening by mistake after 200 actions: places by which the articles of a page move, median and 90th percentile of a page, each the median over readers. */
struct simulate_accident { double median, p90; };

struct simulate_result {
	size_t users;
	struct simulate_share learned[SIMULATE_CHECKS], explored[SIMULATE_CHECKS], changed[SIMULATE_AFTER];
	struct simulate_share informed[SIMULATE_CHECKS], informed_change[SIMULATE_AFTER]; /* of an informed learner: as learned and changed */
	double random, recency;           /* the same share by chance, and newest first */
	double regret[SIMULATE_WINDOWS];  /* wanted articles of ten that the oracle would have put on the top of a page, and the ranking didn't; by actions before */
	double wanted;                    /* share of what is published that is wanted */
	double opened;                    /* share of what the cursor went past that was opened, actions 201 to 400 */
	struct calibration calibration;   /* of the chance told for these, all readers' together */
	double offset;                    /* mean over readers of |mean chance told - share opened| */
	size_t forecasts;
	struct simulate_accident brief, idle; /* closed within two seconds; left open without a key, of which a minute counts */
};

/* simulate - deterministic by seed. Cannot fail. */
void simulate(const struct simulate_options *o, struct simulate_result *out);

#endif
