/* explore_naive - explore_page() without anything kept: what explore_pool_page() is compared with. */
#ifndef ECLOSE_TEST_EXPLORE_NAIVE_H
#define ECLOSE_TEST_EXPLORE_NAIVE_H

#include "rank/explore.h"

size_t explore_naive(const struct explore_input *in, struct pick *pick, double *outside);

#endif
