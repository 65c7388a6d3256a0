#include "model/eigen.h"

#include <math.h>
#include <string.h>

#define SWEEPS_MOST 60

/* Rows p and q of x (n wide) become c p - s q and s p + c q. */
static void rotate_rows(double *x, size_t n, size_t p, size_t q, double c, double s)
{
	double *xp = x + p * n, *xq = x + q * n;

	for (size_t k = 0; k < n; k++) {
		double a = xp[k], b = xq[k];

		xp[k] = c * a - s * b;
		xq[k] = s * a + c * b;
	}
}

/* One rotation that makes a[p][q] zero. vec holds the eigen-vectors as rows meanwhile. */
static void rotate(double *a, double *vec, size_t n, size_t p, size_t q)
{
	double apq = a[p * n + q], app = a[p * n + p], aqq = a[q * n + q];
	double theta = (aqq - app) / (2 * apq);
	double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
	double c = 1 / sqrt(t * t + 1), s = t * c;

	/* a is symmetric: turn two rows, copy them into the columns, and set the corner by formula */
	rotate_rows(a, n, p, q, c, s);
	for (size_t k = 0; k < n; k++) {
		a[k * n + p] = a[p * n + k];
		a[k * n + q] = a[q * n + k];
	}
	a[p * n + p] = app - t * apq;
	a[q * n + q] = aqq + t * apq;
	a[p * n + q] = a[q * n + p] = 0;
	rotate_rows(vec, n, p, q, c, s);
}

static void swap_rows(double *x, size_t n, size_t i, size_t j)
{
	for (size_t k = 0; k < n; k++) {
		double t = x[i * n + k];

		x[i * n + k] = x[j * n + k];
		x[j * n + k] = t;
	}
}

/* Largest first, and the vectors, rows so far, into columns. */
static void arrange(double *vec, size_t n, double *val)
{
	for (size_t i = 0; i < n; i++) {
		size_t best = i;
		double t = val[i];

		for (size_t j = i + 1; j < n; j++)
			if (val[j] > val[best])
				best = j;
		val[i] = val[best];
		val[best] = t;
		if (best != i)
			swap_rows(vec, n, i, best);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++) {
			double t = vec[i * n + j];

			vec[i * n + j] = vec[j * n + i];
			vec[j * n + i] = t;
		}
}

void eigen_symmetric(double *a, size_t n, double *val, double *vec)
{
	double norm = 0, least;
	int turned = 1;

	memset(vec, 0, n * n * sizeof *vec);
	for (size_t i = 0; i < n; i++)
		vec[i * n + i] = 1;
	for (size_t i = 0; i < n * n; i++)
		norm += a[i] * a[i];
	least = 1e-15 * sqrt(norm) / (double)(n ? n : 1);
	for (int sweep = 0; sweep < SWEEPS_MOST && turned; sweep++) {
		turned = 0;
		for (size_t p = 0; p < n; p++)
			for (size_t q = p + 1; q < n; q++)
				if (fabs(a[p * n + q]) > least) {
					rotate(a, vec, n, p, q);
					turned = 1;
				}
	}
	for (size_t i = 0; i < n; i++)
		val[i] = a[i * n + i];
	arrange(vec, n, val);
}
