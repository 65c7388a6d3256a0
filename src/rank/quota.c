#include "rank/quota.h"

#include <math.h>
#include <stdint.h>

static size_t wanting(const double *mix, const size_t *have, const size_t *out, size_t n, size_t k)
{
	double most = -INFINITY;
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		double want = mix[i] * (double)k - (double)out[i];

		if (out[i] < have[i] && want > most) {
			most = want;
			best = i;
		}
	}
	return best;
}

void quota_split(const double *mix, const size_t *have, size_t n, size_t k, size_t *out)
{
	size_t left = k;

	for (size_t i = 0; i < n; i++) {
		/* A share that is whole but for rounding is whole. */
		double whole = fmax(0, floor(mix[i] * (double)k + 1e-9));

		out[i] = whole < (double)have[i] ? (size_t)whole : have[i];
		out[i] = out[i] < left ? out[i] : left;
		left -= out[i];
	}
	for (; left > 0; left--) {
		size_t i = wanting(mix, have, out, n, k);

		if (i == SIZE_MAX)
			break;
		out[i]++;
	}
}

size_t quota_moves(const size_t *from, const size_t *to, size_t n)
{
	size_t moves = 0;

	for (size_t i = 0; i < n; i++)
		moves += to[i] > from[i] ? to[i] - from[i] : 0;
	return moves;
}

void quota_move(size_t *at, const size_t *to, size_t n)
{
	size_t give = SIZE_MAX, take = SIZE_MAX, most_over = 0, most_under = 0;

	for (size_t i = 0; i < n; i++) {
		if (at[i] > to[i] && at[i] - to[i] > most_over) {
			most_over = at[i] - to[i];
			give = i;
		}
		if (to[i] > at[i] && to[i] - at[i] > most_under) {
			most_under = to[i] - at[i];
			take = i;
		}
	}
	if (give == SIZE_MAX || take == SIZE_MAX)
		return;
	at[give]--;
	at[take]++;
}
