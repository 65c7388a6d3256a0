/* crosses - taste for combinations: one topic in the morning, long reads of one feed, another topic at the weekend.
 *
 * There are far more pairs than readings, so pairs aren't counted: every feed, topic, length, hour, weekday and width of the terminal has a short vector, and a pair is the product of two
 * of them, so that what is learned of one pair tells something of others. Beside them stands what each does by itself, so that only what the pair adds is in the product.
 * A pair of which nothing is known is exactly 0.
 * Source: Rendle, "Factorization machines", ICDM 2010; steps by Duchi, Hazan and Singer, JMLR 2011 (AdaGrad).
 */
#ifndef ECLOSE_RANK_CROSSES_H
#define ECLOSE_RANK_CROSSES_H

#include <stddef.h>
#include <stdint.h>

#include "rank/corpus.h"

#define CROSS_RANK 4       /* numbers in a vector */
#define CROSS_START 0.3    /* their standard deviation before anything is learned */
#define CROSS_STEP 0.3
#define CROSS_DAYS 60.0    /* time constant of forgetting */
#define CROSS_HOURS 8      /* of three hours each, UTC */
#define CROSS_WIDTHS 3     /* of the terminal: below 60 cells, below 100, and above */

enum cross_field { CROSS_FEED, CROSS_TOPIC, CROSS_LENGTH, CROSS_HOUR, CROSS_WEEKDAY, CROSS_WIDTH, CROSS_FIELDS };

/* X(NAME, one, other): the pairs, in the order of their features. */
#define CROSSES(X) \
	X(CROSS_FEED_TOPIC, CROSS_FEED, CROSS_TOPIC) \
	X(CROSS_TOPIC_HOUR, CROSS_TOPIC, CROSS_HOUR) \
	X(CROSS_TOPIC_WEEKDAY, CROSS_TOPIC, CROSS_WEEKDAY) \
	X(CROSS_FEED_LENGTH, CROSS_FEED, CROSS_LENGTH) \
	X(CROSS_LENGTH_WIDTH, CROSS_LENGTH, CROSS_WIDTH)

enum cross {
#define X(name, one, other) name,
	CROSSES(X)
#undef X
	CROSS_COUNT
};

extern const struct cross_pair { enum cross_field one, other; } cross_pair[CROSS_COUNT];

struct crosses {
	size_t n[CROSS_FIELDS];
	double *start[CROSS_FIELDS];  /* (n x CROSS_RANK) where each vector began: drawn from what the value is, not from where it stands in this corpus */
	double *moved[CROSS_FIELDS];  /* (n x CROSS_RANK) how far it has come */
	double *alone[CROSS_FIELDS];  /* (n) what each does by itself */
	double *steps[CROSS_FIELDS];  /* (n) sum of squared gradients */
	double base;
	int64_t day;                  /* UTC day to which it has been forgotten */
};

/* Which value each field has for one article at one moment; -1 unknown. */
struct cross_values { int of[CROSS_FIELDS]; };

void crosses_init(struct crosses *c, const struct corpus *corpus);
void crosses_clear(struct crosses *c);
/* crosses_grow - articles were added to its corpus: feeds that came with them begin where they would have begun. */
void crosses_grow(struct crosses *c, const struct corpus *corpus);
/* crosses_values - now seconds UTC; width cells, 0 unknown. */
struct cross_values crosses_values(const struct doc *d, int64_t now, int width);
/* crosses_learn - one step down the log-loss of y in {0,1}, weight >= 0. */
void crosses_learn(struct crosses *c, const struct cross_values *v, int64_t now, int y, double weight);
/* crosses_value - what a pair adds, log-odds; 0 where one of the two is unknown or nothing was learned. */
double crosses_value(const struct crosses *c, const struct cross_values *v, enum cross which);
/* cross_context - an hour, weekday or width in words ("in the morning"); NULL for the other fields. */
const char *cross_context(enum cross_field f, int value);

#endif
