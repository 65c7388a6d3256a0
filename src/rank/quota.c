#include "rank/quota.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rank/diversity.h"

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

/* What it means for both divergences that a topic gives or takes a place: how far that leads away from the one mix, how much nearer to the other. */
struct step { double away, nearer; };

static struct step step_of(const struct quota_mixes *m, size_t i, size_t at, int by)
{
	double before = (double)at / (double)m->k, after = ((double)at + by) / (double)m->k;

	return (struct step){ mix_divergence_part(after, m->from[i]) - mix_divergence_part(before, m->from[i]), mix_divergence_part(before, m->to[i]) - mix_divergence_part(after, m->to[i]) };
}

/* Small progress first: what is gained by a great one stays to make up for one that leads back. */
static bool better(double a, double b)
{
	return (a >= 0) != (b >= 0) ? a >= 0 : a >= 0 ? a < b : a > b;
}

void quota_move(size_t *at, const size_t *to, size_t n, const struct quota_mixes *m)
{
	struct step *step = mem_zero(n + 1, sizeof *step);
	size_t give = SIZE_MAX, take = SIZE_MAX;
	double best = 0;

	for (size_t i = 0; i < n; i++)
		if (at[i] != to[i])
			step[i] = step_of(m, i, at[i], at[i] > to[i] ? -1 : 1);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; at[i] > to[i] && j < n; j++) {
			double progress = fmin(step[i].away + step[j].away, step[i].nearer + step[j].nearer);

			if (at[j] >= to[j] || (give != SIZE_MAX && !better(progress, best)))
				continue;
			best = progress;
			give = i;
			take = j;
		}
	free(step);
	if (give == SIZE_MAX)
		return;
	at[give]--;
	at[take]++;
}
