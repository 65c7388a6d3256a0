/* interest - Bayesian logistic regression with a full covariance: a mean and an uncertainty for every weight. */
#ifndef ECLOSE_MODEL_INTEREST_H
#define ECLOSE_MODEL_INTEREST_H

#include <stddef.h>
#include <stdint.h>

struct interest {
	size_t d;
	double *mean;       /* (d) */
	double *cov;        /* (d x d) row-major, symmetric positive definite */
	const double *prior_mean, *prior_sd; /* (d) borrowed: shipped constants */
	int64_t day;        /* the day (UTC) up to which inflation has been applied; 0 before the first */
	int64_t updates;
};

/* interest_init - the prior. prior_mean and prior_sd (d) are borrowed for the life of m. Frees: interest_clear. */
void interest_init(struct interest *m, size_t d, const double *prior_mean, const double *prior_sd);
void interest_clear(struct interest *m);

/* interest_update - one Laplace step of Bayesian logistic regression.
 *   m  [in,out] posterior; m->mean (d), m->cov (d x d), row-major
 *   x  [in] (d) features, borrowed;  y in {0,1};  weight >= 0
 * The covariance takes the rank-1 form of Sherman and Morrison with the curvature weight * p (1 - p); the mean moves along cov x to where the penalised loss
 * is least (Newton's method on that one scalar, bracketed, to convergence). Numbers outside any sense are cut: |x_i| and weight to 1e6, NaN to 0; and no direction
 * is ever known to better than 1e-9 of the largest variance. Returns the log-loss before the update, nats. Cannot fail; O(d^2); deterministic.
 * Source: Chapelle and Li, NIPS 2011; Li et al., WWW 2010. */
double interest_update(struct interest *m, const double *x, int y, double weight);
/* interest_inflate - drift: for each night between m->day and day, the covariance grows by a factor 1.02, its variances never beyond the prior's
 * (the matrix is scaled down by rows and columns where they would be), and the mean moves 1 % towards the prior's. At most 400 nights are applied;
 * the first call only notes the day, and so does one that is earlier by more than a day: the clock was wrong before. The day before changes nothing. */
void interest_inflate(struct interest *m, int64_t day);
/* interest_mean, interest_var - of the log-odds of x, which is bounded as above. */
double interest_mean(const struct interest *m, const double *x);
double interest_var(const struct interest *m, const double *x);

#endif
