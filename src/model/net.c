/* Each weight is thought of as start + sd z with z of the standard normal distribution, and learning goes on in z: one step length then suits the skip
 * weights, whose priors differ, and both layers. What is brought down is
 *
 *     mean over rows of weight * loss + |z|^2 / (2 rows seen)
 *
 * which is least where the posterior of the rows, taken as the sample that they are of all that was seen, is largest. */
#include "model/net.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"
#include "model/logistic.h"

#define OUT (1 + NET_HIDDEN) /* what a row is multiplied into: the skip path's share, and the units' sums */
/* No learning comes near these; a state that is beyond them is damaged. */
#define STATE_NUMBER_MOST 1e9
#define STATE_ROWS_MOST ((int64_t)1 << 53)
#define STATE_MAGIC UINT64_C(0x65636c6f6e657401)

struct state_head {
	uint64_t magic, d, hidden, replay, seed;
	int64_t rows;
};

/* ---- scratch: one batch ---- */

static double *work_x(const struct net *n) { return n->work; }                       /* (NET_BATCH x d) */
static double *work_out(const struct net *n) { return work_x(n) + NET_BATCH * n->d; } /* (NET_BATCH x OUT) */
static double *work_grad(const struct net *n) { return work_out(n) + NET_BATCH * OUT; } /* (params) */

void net_init(struct net *n, size_t d, const double *prior_mean, const double *prior_sd, uint64_t seed)
{
	double sd = 1 / sqrt((double)(d > 0 ? d : 1));
	size_t at = 0;
	struct rng r;

	*n = (struct net){ .d = d, .params = OUT * d + NET_HIDDEN, .seed = seed };
	n->theta = mem_zero(n->params, sizeof *n->theta);
	n->start = mem_zero(n->params, sizeof *n->start);
	n->sd = mem_zero(n->params, sizeof *n->sd);
	n->slopes = mem_zero(n->params, sizeof *n->slopes);
	n->replay = mem_zero(NET_REPLAY * d, sizeof *n->replay);
	n->replay_weight = mem_zero(NET_REPLAY, sizeof *n->replay_weight);
	n->replay_y = mem_zero(NET_REPLAY, sizeof *n->replay_y);
	n->work = mem_zero(NET_BATCH * (d + OUT) + n->params, sizeof *n->work);
	for (; at < d; at++) {
		assert(prior_sd[at] > 0);
		n->start[at] = prior_mean[at];
		n->sd[at] = prior_sd[at];
	}
	rng_seed(&r, seed);
	for (; at < OUT * d; at++) {
		n->start[at] = sd * rng_normal(&r);
		n->sd[at] = sd;
	}
	for (; at < n->params; at++)
		n->sd[at] = NET_OUTPUT_SD;
	memcpy(n->theta, n->start, n->params * sizeof *n->theta);
}

void net_clear(struct net *n)
{
	free(n->theta);
	free(n->start);
	free(n->sd);
	free(n->slopes);
	free(n->replay);
	free(n->replay_weight);
	free(n->replay_y);
	free(n->work);
	*n = (struct net){ 0 };
}

static const double *output_weights(const struct net *n)
{
	return n->theta + OUT * n->d;
}

static void bounded_copy(const double *x, size_t n, double *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = logistic_cut(x[i], LOGISTIC_X_MOST);
}

/* out [out] (rows x OUT) each row's skip score, then what its units give. x (rows x d) within bounds. */
static void forward(const struct net *n, const double *x, size_t rows, double *out)
{
	blas_dgemm(0, 1, rows, OUT, n->d, 1, x, n->theta, 0, out);
	for (size_t i = 0; i < rows; i++)
		for (size_t h = 1; h < OUT; h++)
			out[i * OUT + h] = tanh(out[i * OUT + h]);
}

static double score_of(const struct net *n, const double *out)
{
	const double *v = output_weights(n);
	double score = out[0];

	for (size_t h = 0; h < NET_HIDDEN; h++)
		score += v[h] * out[1 + h];
	return score;
}

double net_gradient(struct net *n, const double *x, const unsigned char *y, const double *weight, size_t rows, double *grad)
{
	const double *v = output_weights(n);
	double *out = work_out(n), *grad_v = grad + OUT * n->d, loss = 0;

	assert(rows > 0 && rows <= NET_BATCH);
	forward(n, x, rows, out);
	memset(grad_v, 0, NET_HIDDEN * sizeof *grad_v);
	for (size_t i = 0; i < rows; i++) {
		double *unit = out + i * OUT + 1, score = score_of(n, out + i * OUT), share = weight[i] / (double)rows;
		double slope = share * (logistic_chance(score) - y[i]);

		loss += share * logistic_loss(y[i], score);
		/* what the units gave turns into what the loss wants of their sums */
		for (size_t h = 0; h < NET_HIDDEN; h++) {
			grad_v[h] += slope * unit[h];
			unit[h] = slope * v[h] * (1 - unit[h] * unit[h]);
		}
		out[i * OUT] = slope;
	}
	blas_dgemm(1, 0, OUT, n->d, rows, 1, out, x, 0, grad);
	return loss;
}

/* One step of AdaGrad in units of the prior, along the slope of the rows and that of the hold to the start. */
static void step(struct net *n, const double *grad)
{
	double seen = n->rows < NET_ROWS_MOST ? (double)n->rows : NET_ROWS_MOST;

	for (size_t j = 0; j < n->params; j++) {
		double z = (n->theta[j] - n->start[j]) / n->sd[j], slope = n->sd[j] * grad[j] + z / seen;

		n->slopes[j] = NET_FADE * n->slopes[j] + slope * slope;
		n->theta[j] -= NET_RATE * n->sd[j] * slope / sqrt(NET_START + n->slopes[j]);
	}
}

static void keep_row(struct net *n, const double *x, int y, double weight)
{
	size_t at = (size_t)n->rows % NET_REPLAY;
	double length = sqrt(blas_ddot(n->d, x, x));

	memcpy(n->replay + at * n->d, x, n->d * sizeof *x);
	n->replay_weight[at] = length > NET_LONG ? weight * NET_LONG / length : weight;
	n->replay_y[at] = y != 0;
	n->rows++;
}

/* The newest row and NET_BATCH - 1 drawn from those kept, or all of them where there are no more; one step along their slope. */
static void learn_batch(struct net *n, struct rng *r)
{
	size_t kept = n->rows < (int64_t)NET_REPLAY ? (size_t)n->rows : NET_REPLAY, rows = kept < NET_BATCH ? kept : NET_BATCH;
	unsigned char y[NET_BATCH];
	double weight[NET_BATCH];

	for (size_t i = 0; i < rows; i++) {
		size_t newest = (size_t)(n->rows - 1) % NET_REPLAY, at = kept <= NET_BATCH ? i : i == 0 ? newest : rng_below(r, (uint32_t)kept);

		memcpy(work_x(n) + i * n->d, n->replay + at * n->d, n->d * sizeof *n->replay);
		y[i] = n->replay_y[at];
		weight[i] = n->replay_weight[at];
	}
	(void)net_gradient(n, work_x(n), y, weight, rows, work_grad(n));
	step(n, work_grad(n));
}

double net_update(struct net *n, const double *x, int y, double weight)
{
	double *xs = work_x(n), before;
	struct rng r;

	bounded_copy(x, n->d, xs);
	weight = logistic_weight(weight, NET_WEIGHT_MOST);
	forward(n, xs, 1, work_out(n));
	before = logistic_loss(y, score_of(n, work_out(n)));
	if (weight > 0) {
		keep_row(n, xs, y, weight);
		/* the draws hang on the count alone, so that there is no state of the generator to keep */
		rng_seed(&r, n->seed + (uint64_t)n->rows * UINT64_C(0x9e3779b97f4a7c15));
		for (int i = 0; i < NET_STEPS; i++)
			learn_batch(n, &r);
	}
	return before;
}

void net_score(const struct net *n, const double *x, size_t rows, double *out)
{
	double *xs = mem_zero(NET_BATCH * (n->d + OUT), sizeof *xs), *sums = xs + NET_BATCH * n->d;

	for (size_t at = 0; at < rows; at += NET_BATCH) {
		size_t some = rows - at < NET_BATCH ? rows - at : NET_BATCH;

		bounded_copy(x + at * n->d, some * n->d, xs);
		forward(n, xs, some, sums);
		for (size_t i = 0; i < some; i++)
			out[at + i] = score_of(n, sums + i * OUT);
	}
	free(xs);
}

double net_weights(const struct net *n, const double *x, double *weight)
{
	const double *v = output_weights(n);
	double *xs = mem_zero(n->d, sizeof *xs), score;

	bounded_copy(x, n->d, xs);
	score = blas_ddot(n->d, n->theta, xs);
	memcpy(weight, n->theta, n->d * sizeof *weight);
	for (size_t h = 0; h < NET_HIDDEN; h++) {
		const double *w = n->theta + (1 + h) * n->d;
		double u = blas_ddot(n->d, w, xs), mean_slope = u != 0 ? tanh(u) / u : 1;

		score += v[h] * tanh(u);
		for (size_t i = 0; i < n->d; i++)
			weight[i] += v[h] * mean_slope * w[i];
	}
	score -= blas_ddot(n->d, weight, xs);
	free(xs);
	return score;
}

/* ---- the state as bytes: head, theta, slopes, replay, its weights, its labels ---- */

static size_t state_numbers(const struct net *n)
{
	return 2 * n->params + NET_REPLAY * (n->d + 1);
}

size_t net_state_size(const struct net *n)
{
	return sizeof(struct state_head) + state_numbers(n) * sizeof(double) + NET_REPLAY;
}

static struct state_head head_of(const struct net *n)
{
	return (struct state_head){ STATE_MAGIC, n->d, NET_HIDDEN, NET_REPLAY, n->seed, n->rows };
}

static void *put(void *at, const void *bytes, size_t size)
{
	memcpy(at, bytes, size);
	return (char *)at + size;
}

static const void *take(const void *at, void *bytes, size_t size)
{
	memcpy(bytes, at, size);
	return (const char *)at + size;
}

void net_save(const struct net *n, void *out)
{
	struct state_head head = head_of(n);

	out = put(out, &head, sizeof head);
	out = put(out, n->theta, n->params * sizeof *n->theta);
	out = put(out, n->slopes, n->params * sizeof *n->slopes);
	out = put(out, n->replay, NET_REPLAY * n->d * sizeof *n->replay);
	out = put(out, n->replay_weight, NET_REPLAY * sizeof *n->replay_weight);
	put(out, n->replay_y, NET_REPLAY);
}

/* Are all numbers within bounds, squares and weights not below 0, labels 0 or 1? number [in] as saved, behind the head. */
static bool sound(const struct net *n, const double *number, const unsigned char *y)
{
	size_t slopes = n->params, rows = 2 * n->params, weights = rows + NET_REPLAY * n->d;

	for (size_t i = 0; i < state_numbers(n); i++) {
		double most = i < rows ? STATE_NUMBER_MOST : i < weights ? LOGISTIC_X_MOST : NET_WEIGHT_MOST;
		bool signed_one = i < slopes || (i >= rows && i < weights);

		if (!(fabs(number[i]) <= most) || (number[i] < 0 && !signed_one))
			return false;
	}
	for (size_t i = 0; i < NET_REPLAY; i++)
		if (y[i] > 1)
			return false;
	return true;
}

enum err net_load(struct net *n, const void *state, size_t size, struct err_info *info)
{
	struct state_head head, ours = head_of(n);
	const unsigned char *y;
	double *number;

	if (size != net_state_size(n))
		return err_set(info, ERR_CORRUPT, "the saved network has %zu bytes, not %zu", size, net_state_size(n));
	state = take(state, &head, sizeof head);
	ours.rows = head.rows;
	if (memcmp(&head, &ours, sizeof head) != 0 || head.rows < 0 || head.rows > STATE_ROWS_MOST)
		return err_set(info, ERR_CORRUPT, "the saved network is of another shape or seed");
	number = mem_zero(state_numbers(n), sizeof *number);
	y = take(state, number, state_numbers(n) * sizeof *number);
	if (!sound(n, number, y)) {
		free(number);
		return err_set(info, ERR_CORRUPT, "the saved network has numbers that can't be");
	}
	n->rows = head.rows;
	memcpy(n->theta, number, n->params * sizeof *number);
	memcpy(n->slopes, number + n->params, n->params * sizeof *number);
	memcpy(n->replay, number + 2 * n->params, NET_REPLAY * n->d * sizeof *number);
	memcpy(n->replay_weight, number + 2 * n->params + NET_REPLAY * n->d, NET_REPLAY * sizeof *number);
	memcpy(n->replay_y, y, NET_REPLAY);
	free(number);
	return OK;
}
