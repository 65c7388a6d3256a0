#include "rank/swap.h"

#include "base/rng.h"

bool swap_places(struct pick *pick, size_t n, uint64_t seed, size_t *upper, size_t *lower)
{
	struct rng r;
	size_t place, i, j;

	rng_seed(&r, seed);
	place = SWAP_FROM + rng_below(&r, SWAP_TO - SWAP_FROM + 1);
	i = place - 1;
	j = 2 * place - 1;
	if (j >= n || pick[i].slot == SLOT_SERENDIPITY || pick[j].slot == SLOT_SERENDIPITY)
		return false;
	if (rng_below(&r, 2)) {
		struct pick kept = pick[i];

		pick[i] = pick[j];
		pick[j] = kept;
	}
	*upper = i;
	*lower = j;
	return true;
}
