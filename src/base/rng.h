/* rng - random numbers from a seed, the same on every machine (xoshiro256**, seeded by splitmix64; Blackman and Vigna 2018). */
#ifndef ECLOSE_BASE_RNG_H
#define ECLOSE_BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_u64(struct rng *r);
double rng_uniform(struct rng *r);               /* [0, 1) */
uint32_t rng_below(struct rng *r, uint32_t n);   /* 0..n-1 without bias, n > 0 */
double rng_normal(struct rng *r);                /* mean 0, variance 1 (polar method) */

#endif
