/* sim_loop - what two months of pages do to the breadth of what is read, where interests follow the reading (sim_life, sim_reader).
 *
 * Each reader lives once under every line: a setting of the slider, with scores, slots and learning as in the reader program; newest-first pages; and pages by lot. All
 * lives of a reader begin alike. A reading is a wanted article that was read to the end.
 *
 * Breadth is the entropy of the topics (the world's, not the store's guess) of what was read in a window of LOOP_WINDOW days, over that of the start. The start is the
 * reader's own: the mix of topics that would be read of all that the world publishes with the interests of the first morning. So it owes nothing to any order, and a page that
 * shows everybody everything begins at 100 %. Few readings look narrow whatever they are drawn from; so the start is as narrow: the expected entropy of as many draws
 * from that mix as there were readings.
 */
#ifndef ECLOSE_RANK_SIM_LOOP_H
#define ECLOSE_RANK_SIM_LOOP_H

#include <stddef.h>
#include <stdint.h>

#include "rank/models.h"
#include "rank/sim_life.h"

#define LOOP_PLACES 20
#define LOOP_WINDOW 3 /* days */
#define LOOP_WINDOWS ((SIM_DAYS + LOOP_WINDOW - 1) / LOOP_WINDOW)
#define LOOP_SLIDERS 8
#define LOOP_LINES (LOOP_SLIDERS + 2) /* newest first and by lot */
#define LOOP_LIKED 2.0  /* log-odds from which a topic is an interest: the least that readers begin with where they like one ... */
#define LOOP_COOLED 1.0 /* ... and below which one was lost */

struct loop_options {
	int users;                 /* >= 1 */
	uint64_t seed;
	enum model_kind model;     /* that gives the scores */
	int days;                  /* 1..SIM_DAYS */
	int explore[LOOP_SLIDERS]; /* 0..100 each */
	int sliders;               /* >= 1 */
	void (*step)(void *user, size_t done, size_t total); /* may be NULL */
	void *user;
};

/* Over readers, with the standard error of the mean; 0 of a single reader. */
struct loop_mean { double mean, se; };

struct loop_window {
	int from, to;               /* days, 1-based */
	struct loop_mean entropy;   /* of the topics of what was read, bits */
	struct loop_mean share;     /* of the start: mean entropy over mean entropy of as many draws */
	struct loop_mean satisfied; /* readings a day */
	struct loop_mean outside;   /* of a page: total variation between its topics and the reader's mix, 0..1 */
	struct loop_mean topics;    /* met by the cursor in these days */
};

struct loop_line {
	enum sim_pages pages;
	int explore;                /* where that is SIM_BY_SLIDER */
	struct loop_window window[LOOP_WINDOWS];
	struct loop_mean share;     /* over the windows of the second half */
	struct loop_mean satisfied; /* readings a day, all days */
	struct loop_mean against;   /* the same over that of the first line */
	struct loop_mean outside, topics; /* means over the windows */
	struct loop_mean found;     /* topics that were no interest at the start and are one at the end */
	struct loop_mean by_slot;   /* of these, whose first reading came from a serendipity slot */
	struct loop_mean lost;      /* topics that were liked at the start and are below LOOP_COOLED at the end */
};

struct loop_result {
	size_t users;
	int days, windows, lines;
	double start;               /* entropy of the readers' initial mixes, bits, mean */
	struct loop_line line[LOOP_LINES]; /* the sliders as they were given, newest first, by lot */
};

/* sim_loop - deterministic by seed. Cannot fail. */
void sim_loop(const struct loop_options *o, struct loop_result *out);

/* loop_entropy - of counts (n), bits; 0 of none. */
double loop_entropy(const int *count, size_t n);
/* loop_entropy_drawn - the mean of loop_entropy over all ways to draw so many from p (n), which sums to 1. Exact: sum over values of their binomial expectation. */
double loop_entropy_drawn(const double *p, size_t n, int draws);
/* loop_start - the mix (SIM_TOPICS) that a reader would read of all that the world publishes; sums to 1. */
void loop_start(const struct sim_reader *r, double *mix);

#endif
