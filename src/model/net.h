/* net - a small two-layer network beside the interest model: the same features, the same signals, and what two features say only together.
 *
 *     score(x) = s'x + sum over h of v_h tanh(W_h'x)        log-odds; x (d), s (d), W (NET_HIDDEN x d), v (NET_HIDDEN)
 *
 * There are no thresholds: one of the features is expected to be always 1, which is the threshold of every unit and of the output. The skip path s
 * starts at the shipped weights, W at small random ones, v at 0: an untrained net scores as the shipped linear model does.
 *
 * It learns one event at a time, from that event and from some that are drawn from the latest NET_REPLAY, so that few data are used well and none is
 * followed too far; and every weight is held to where it started, the less the more was seen. The same events in the same order give the same numbers.
 */
#ifndef ECLOSE_MODEL_NET_H
#define ECLOSE_MODEL_NET_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define NET_HIDDEN ((size_t)16)
#define NET_REPLAY ((size_t)512) /* labelled rows that are kept */
#define NET_BATCH ((size_t)32)   /* rows of one step: the newest, the others drawn */
#define NET_STEPS 2              /* steps an event */
#define NET_RATE 0.1             /* length of a step, in prior standard deviations */
#define NET_START 0.03           /* squared slope that every weight is taken to have seen: steps are short while little is known */
#define NET_FADE 0.9999          /* of the squared slopes, a step: an old net still learns */
#define NET_ROWS_MOST 4096       /* the hold to the start weakens as 1 / rows seen, up to here */
#define NET_OUTPUT_SD 0.4        /* prior standard deviation of v; that of W is 1 / sqrt(d) */
#define NET_LONG 16.0            /* a row longer than this has its weight scaled down by as much */
#define NET_WEIGHT_MOST 100.0

struct net {
	size_t d, params;            /* params = (1 + NET_HIDDEN) d + NET_HIDDEN */
	uint64_t seed;
	double *theta;               /* (params) s, then W by rows: together ((1 + NET_HIDDEN) x d); then v */
	double *start, *sd;          /* (params) the prior: where theta began, and how far it may be expected to go */
	double *slopes;              /* (params) faded sum of squared gradients, in units of the prior */
	double *replay;              /* (NET_REPLAY x d) ring of rows, within bounds */
	double *replay_weight;       /* (NET_REPLAY) > 0 */
	unsigned char *replay_y;     /* (NET_REPLAY) 0 or 1 */
	int64_t rows;                /* labelled rows seen, of any weight above 0 */
	double *work;                /* scratch */
};

/* net_init - the untrained net.
 *   prior_mean, prior_sd [in] (d) of the skip weights, copied; every sd > 0
 *   seed                 of the first random weights and of the draws
 * Deterministic. Frees: net_clear. */
void net_init(struct net *n, size_t d, const double *prior_mean, const double *prior_sd, uint64_t seed);
void net_clear(struct net *n);

/* net_update - learn one event: NET_STEPS steps of AdaGrad over mini-batches of the replayed rows.
 *   x [in] (d) borrowed;  y in {0,1};  weight >= 0, what is 0 teaches nothing
 * Numbers outside any sense are cut: |x_i| to 1e6, weight to NET_WEIGHT_MOST, NaN to 0. Returns the log-loss before the update, nats. Cannot fail;
 * O(NET_STEPS NET_BATCH NET_HIDDEN d); deterministic.
 * Source: Duchi, Hazan and Singer, JMLR 2011 (AdaGrad); Lin, Machine Learning 1992 (replay). */
double net_update(struct net *n, const double *x, int y, double weight);

/* net_gradient - the loss of at most NET_BATCH rows, and its slope. What net_update steps along, less the hold to the start.
 *   x [in] (rows x d) within bounds;  y (rows);  weight (rows);  grad [out] (params)
 * Returns the mean over rows of weight * log-loss. */
double net_gradient(struct net *n, const double *x, const unsigned char *y, const double *weight, size_t rows, double *grad);

/* net_score - log-odds of many rows. x [in] (rows x d), bounded as above;  out (rows). Cannot fail; O(rows NET_HIDDEN d). */
void net_score(const struct net *n, const double *x, size_t rows, double *out);

/* net_weights - the score of one row as a sum over its features: score = base + sum of weight_i x_i, to rounding.
 *   x [in] (d) bounded as above;  weight [out] (d)
 * Returns base, which is what rounding leaves: with no thresholds the score of 0 is 0. The weights are integrated gradients along the line from 0 to x,
 * which a layer of tanh allows in closed form: the mean of tanh' between 0 and u is tanh(u) / u. For a trained net they differ from row to row.
 * Source: Sundararajan, Taly and Yan, ICML 2017. */
double net_weights(const struct net *n, const double *x, double *weight);

/* net_state_size, net_save - all that learning has changed, as bytes of this machine's order. out (net_state_size) */
size_t net_state_size(const struct net *n);
void net_save(const struct net *n, void *out);
/* net_load - put a saved state into a net that was made with the same d, priors and seed; it then goes on as the saved one would have.
 * Errors: ERR_CORRUPT (not such a state, or numbers that aren't finite; n is left as it was). */
enum err net_load(struct net *n, const void *state, size_t size, struct err_info *info);

#endif
