/* swap - two near places of a page that a coin puts in order, so that it can be learned how much a place has to do with what is opened (signals.h). */
#ifndef ECLOSE_RANK_SWAP_H
#define ECLOSE_RANK_SWAP_H

#include <stdbool.h>
#include <stdint.h>

#include "rank/explore.h"

#define SWAP_FROM 2 /* the upper place is one of these; the first stays what it is */
#define SWAP_TO 6

/* swap_places - draw the two places, the lower one at twice the upper, and throw the coin.
 *   pick [in,out] (n) a page;  upper, lower [out] 0-based, also where the coin left them in order
 * Serendipity slots stay where they are: false, with nothing done, where one of the two is a slot or beyond the page. Deterministic. */
bool swap_places(struct pick *pick, size_t n, uint64_t seed, size_t *upper, size_t *lower);

#endif
