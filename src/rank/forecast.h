/* forecast - predicted chances beside what happened. */
#ifndef ECLOSE_RANK_FORECAST_H
#define ECLOSE_RANK_FORECAST_H

#include <stddef.h>

#define FORECAST_BINS 10

struct forecast { double chance; int y; }; /* 0..1; it happened: 1 */

struct forecast_list { struct forecast *one; size_t n, cap; };

struct calibration {
	struct { double predicted, observed; size_t n; } bin[FORECAST_BINS]; /* of equal count, by rising chance; means */
	double error;  /* expected calibration error: mean over forecasts of their bin's |predicted - observed| */
};

/* forecast_add - append one. Frees: free(f->one). */
void forecast_add(struct forecast_list *f, double chance, int y);
/* forecast_brier - mean of (chance - y)^2; 0 of none. forecast_log_loss - mean of -ln of the chance of what happened, chances kept 1e-6 away from 0 and 1; nats. */
double forecast_brier(const struct forecast *f, size_t n);
double forecast_log_loss(const struct forecast *f, size_t n);
/* forecast_calibration - f is sorted by chance, then by y. Equal chances may stand in two bins. */
void forecast_calibration(struct forecast *f, size_t n, struct calibration *out);

#endif
