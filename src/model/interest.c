/* The posterior after one datum has a closed form but for one number. With m0 and C the mean and covariance before it, the Laplace
 * objective 1/2 (m - m0)' C^-1 (m - m0) + weight * loss(y, m'x) is least at m = m0 + t C x, so only the log-odds a = m'x is to be found:
 *
 *     a - a0 = v weight (y - sigma(a)),   v = x' C x,   t = weight (y - sigma(a))
 *
 * The left side minus the right rises everywhere, and the root lies between a0 and a0 + v weight (y = 1) or a0 - v weight (y = 0). */
#include "model/interest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/blas.h"
#include "model/logistic.h"

#define NIGHT_GROWTH 1.02
#define NIGHT_RETURN 0.01
#define NIGHTS_MOST 400

/* No direction is ever known better than this share of the largest variance: below it rounding would eat the positive definiteness. */
#define VARIANCE_FLOOR 1e-9

/* A copy of x (d) within bounds, and room for d numbers behind it. Frees: free(). */
static double *bounded_copy(const double *x, size_t d)
{
	double *out = mem_zero(2 * d, sizeof *out);

	for (size_t i = 0; i < d; i++)
		out[i] = logistic_cut(x[i], LOGISTIC_X_MOST);
	return out;
}

void interest_init(struct interest *m, size_t d, const double *prior_mean, const double *prior_sd)
{
	*m = (struct interest){ .d = d, .prior_mean = prior_mean, .prior_sd = prior_sd };
	m->mean = mem_zero(d, sizeof *m->mean);
	m->cov = mem_zero(d * d, sizeof *m->cov);
	for (size_t i = 0; i < d; i++) {
		assert(prior_sd[i] > 0);
		m->mean[i] = prior_mean[i];
		m->cov[i * d + i] = prior_sd[i] * prior_sd[i];
	}
}

void interest_clear(struct interest *m)
{
	free(m->mean);
	free(m->cov);
	*m = (struct interest){ 0 };
}

/* The log-odds after the datum: Newton's method within a bracket, and bisection where a step would leave it or isn't half of the one before the last: from a flat
 * end of the sigmoid Newton's steps may swing between both ends for ever. gain = v * weight. */
static double log_odds_after(double a0, int y, double gain)
{
	double low = y ? a0 : a0 - gain, high = y ? a0 + gain : a0, a = a0, before_last = high - low, last = high - low;

	for (int i = 0; i < 2000; i++) {
		double p = logistic_chance(a), g = a - a0 - gain * ((y ? 1 : 0) - p), step = g / (1 + gain * p * (1 - p)), next = a - step;

		if (g > 0)
			high = a;
		else
			low = a;
		if (next < low || next > high || fabs(2 * step) > fabs(before_last))
			next = low + (high - low) / 2;
		if (fabs(next - a) <= 1e-15 * (1 + fabs(next)))
			return next;
		before_last = last;
		last = next - a;
		a = next;
	}
	return a;
}

/* The curvature, but no more than leaves the variance along x (length^2 `squares`) at the floor.
 * The shrink factor 1 + curvature v is at most v / (floor squares). */
static double floored(const struct interest *m, double curvature, double v, double squares)
{
	double largest = 0, most;

	for (size_t i = 0; i < m->d; i++)
		if (m->cov[i * m->d + i] > largest)
			largest = m->cov[i * m->d + i];
	most = (v / (VARIANCE_FLOOR * largest * squares) - 1) / v;
	return most <= 0 ? 0 : curvature < most ? curvature : most;
}

double interest_update(struct interest *m, const double *x, int y, double weight)
{
	double *xs = bounded_copy(x, m->d), *cx = xs + m->d;
	double a0, a, v, p, t, curvature, before;

	weight = logistic_weight(weight, LOGISTIC_WEIGHT_MOST);
	blas_dsymv(m->d, m->cov, xs, cx);
	a0 = blas_ddot(m->d, m->mean, xs);
	v = blas_ddot(m->d, xs, cx);
	before = logistic_loss(y, a0);
	m->updates++;
	if (weight > 0 && v > 0) {
		a = log_odds_after(a0, y, v * weight);
		p = logistic_chance(a);
		t = weight * ((y ? 1 : 0) - p);
		for (size_t i = 0; i < m->d; i++)
			m->mean[i] += t * cx[i];
		curvature = floored(m, weight * p * (1 - p), v, blas_ddot(m->d, xs, xs));
		blas_dsyr(m->d, -curvature / (1 + curvature * v), cx, m->cov);
	}
	free(xs);
	return before;
}

/* Scale rows and columns so that no variance is beyond the prior's. scale (d) is scratch. */
static void cap_variances(struct interest *m, double *scale)
{
	size_t d = m->d;

	for (size_t i = 0; i < d; i++) {
		double most = m->prior_sd[i] * m->prior_sd[i], var = m->cov[i * d + i];

		scale[i] = var > most ? sqrt(most / var) : 1;
	}
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			m->cov[i * d + j] *= scale[i] * scale[j];
}

void interest_inflate(struct interest *m, int64_t day)
{
	int64_t nights = m->day == 0 || day <= m->day ? 0 : day - m->day;
	double *scale;

	if (m->day == 0 || day > m->day || day < m->day - 1) /* earlier by more than a day: the clock was wrong then, and its nights are counted from here */
		m->day = day;
	if (nights == 0)
		return;
	scale = mem_zero(m->d, sizeof *scale);
	for (int64_t night = 0; night < nights && night < NIGHTS_MOST; night++) {
		for (size_t i = 0; i < m->d * m->d; i++)
			m->cov[i] *= NIGHT_GROWTH;
		cap_variances(m, scale);
		for (size_t i = 0; i < m->d; i++)
			m->mean[i] += NIGHT_RETURN * (m->prior_mean[i] - m->mean[i]);
	}
	free(scale);
}

double interest_mean(const struct interest *m, const double *x)
{
	double sum = 0;

	for (size_t i = 0; i < m->d; i++)
		sum += m->mean[i] * logistic_cut(x[i], LOGISTIC_X_MOST);
	return sum;
}

double interest_var(const struct interest *m, const double *x)
{
	double *xs = bounded_copy(x, m->d), *cx = xs + m->d, v;

	blas_dsymv(m->d, m->cov, xs, cx);
	v = blas_ddot(m->d, xs, cx);
	free(xs);
	return v > 0 ? v : 0;
}
