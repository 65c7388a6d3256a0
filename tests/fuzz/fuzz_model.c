/* fuzz_model - bytes as events and nights, learned by the interest model, the network and the term weights: every number stays finite, the covariance
 * positive definite, parts add up to scores, and a saved state is the state. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/ftrl.h"
#include "model/interest.h"
#include "model/net.h"

#define D ((size_t)4)
#define EVENTS_MOST 2000 /* an input */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int holds)
{
	if (!holds)
		abort();
}

/* ---- bytes as events ---- */

struct input { const uint8_t *at, *end; };

static uint8_t byte(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

/* A number: one of the odd ones, eight raw bytes, or a small one. */
static double number(struct input *in)
{
	static const double odd[] = { 0, 1, -1, 1e6, -1e6, 1e18, -1e300, 1e300, 1e-300, 5e-324, INFINITY, -INFINITY, NAN, 0.5, 30, -30 };
	uint8_t kind = byte(in);
	double raw;

	if (kind < 16)
		return odd[kind];
	if (kind == 16 && in->end - in->at >= (ptrdiff_t)sizeof raw) {
		memcpy(&raw, in->at, sizeof raw);
		in->at += sizeof raw;
		return raw;
	}
	return (kind - 136) / 32.0;
}

/* ---- what must hold ---- */

/* Cholesky's factor exists. Rows and columns are brought to variance 1 first, which changes nothing of that and leaves rounding one scale. */
static int positive_definite(const double *cov)
{
	double l[D * D];

	for (size_t i = 0; i < D; i++)
		for (size_t j = 0; j <= i; j++) {
			double s = cov[i * D + j] / sqrt(cov[i * D + i]) / sqrt(cov[j * D + j]);

			if (!isfinite(s) || cov[i * D + j] != cov[j * D + i])
				return 0;
			for (size_t k = 0; k < j; k++)
				s -= l[i * D + k] * l[j * D + k];
			if (i == j && !(s > 0))
				return 0;
			l[i * D + j] = i == j ? sqrt(s) : s / l[j * D + j];
		}
	return 1;
}

static double bounded(double x)
{
	return isnan(x) ? 0 : fmax(-1e6, fmin(1e6, x));
}

static void check_interest(struct interest *m, const double *x, int y, double weight)
{
	double loss = interest_update(m, x, y, weight), var = interest_var(m, x);

	need(isfinite(loss) && loss >= 0 && isfinite(interest_mean(m, x)));
	need(isfinite(var) && var >= 0 && positive_definite(m->cov));
}

static void check_net(struct net *n, const double *x, int y, double weight)
{
	double loss = net_update(n, x, y, weight), score, w[D], sum, size = 1;

	need(isfinite(loss) && loss >= 0);
	net_score(n, x, 1, &score);
	sum = net_weights(n, x, w);
	for (size_t i = 0; i < D; i++) {
		sum += w[i] * bounded(x[i]);
		size += fabs(w[i] * bounded(x[i]));
	}
	need(isfinite(score) && fabs(sum - score) <= 1e-9 * size);
}

static void check_ftrl(struct ftrl *f, const struct csr *row, int y, double weight)
{
	double loss = ftrl_update(f, row, 0, y, weight), sum = ftrl_base(f), size = 1 + fabs(sum), score = ftrl_score(f, row, 0);

	need(isfinite(loss) && loss >= 0);
	for (size_t p = 0; p < row->ptr[1]; p++) {
		sum += ftrl_weight(f, row->col[p]) * bounded(row->val[p]);
		size += fabs(ftrl_weight(f, row->col[p]) * bounded(row->val[p]));
	}
	need(isfinite(score) && fabs(sum - score) <= 1e-9 * size);
}

/* The features again, as a row of terms; columns ascend by one byte each, the last may be far out. */
static struct csr term_row(struct input *in, const double *x)
{
	struct csr row = CSR_INIT;
	uint32_t col[D], at = 0;
	float val[D];

	for (size_t i = 0; i < D; i++) {
		uint8_t gap = byte(in);

		at += i + 1 == D && gap == 255 ? 5000000 : gap + 1u;
		col[i] = at;
		val[i] = (float)bounded(x[i]);
	}
	csr_add_row(&row, col, val, D);
	return row;
}

static void check_saved(const struct net *n, const struct ftrl *f, const double *prior_mean, const double *prior_sd)
{
	size_t net_size = net_state_size(n), ftrl_size = ftrl_state_size(f);
	char *a = malloc(net_size), *b = malloc(ftrl_size), *again;
	struct net n2;
	struct ftrl f2;

	net_init(&n2, D, prior_mean, prior_sd, 1);
	ftrl_init(&f2, NULL);
	need(a && b);
	net_save(n, a);
	ftrl_save(f, b);
	need(net_load(&n2, a, net_size, NULL) == OK && memcmp(n2.theta, n->theta, n->params * sizeof *n->theta) == 0);
	need(ftrl_load(&f2, b, ftrl_size, NULL) == OK && ftrl_state_size(&f2) == ftrl_size);
	again = malloc(ftrl_size);
	need(again != NULL);
	ftrl_save(&f2, again);
	need(memcmp(again, b, ftrl_size) == 0);
	free(a);
	free(b);
	free(again);
	net_clear(&n2);
	ftrl_clear(&f2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const double prior_mean[] = { -1, 0.5, 0, 2 }, prior_sd[] = { 1, 0.3, 2, 0.01 };
	struct input in = { data, data + size };
	struct interest m;
	struct net n;
	struct ftrl f;
	int64_t day = 20000;

	interest_init(&m, D, prior_mean, prior_sd);
	net_init(&n, D, prior_mean, prior_sd, 1);
	ftrl_init(&f, NULL);
	for (int i = 0; i < EVENTS_MOST && in.at < in.end; i++) {
		uint8_t head = byte(&in);
		double x[D], weight = number(&in);
		struct csr row;

		for (size_t k = 0; k < D; k++)
			x[k] = number(&in);
		row = term_row(&in, x);
		day += head >> 1 == 127 ? 1000 : head >> 1 >= 64 ? (head >> 1) - 64 : 0;
		interest_inflate(&m, day);
		check_interest(&m, x, head & 1, weight);
		check_net(&n, x, head & 1, weight);
		check_ftrl(&f, &row, head & 1, weight);
		csr_clear(&row);
	}
	check_saved(&n, &f, prior_mean, prior_sd);
	interest_clear(&m);
	net_clear(&n);
	ftrl_clear(&f);
	return 0;
}
