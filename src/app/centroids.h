/* centroids - the topics of the last whole run as points among the vectors that topics are made of, for the articles that come until the next. */
#ifndef ECLOSE_APP_CENTROIDS_H
#define ECLOSE_APP_CENTROIDS_H

#include "store/store.h"

#define CENTROIDS_BLOB "centroids"

struct centroids {
	int n, d;
	const int *number;  /* (n) of each topic, ascending */
	const float *row;   /* (n x d) of unit length */
};

/* centroids_put - of the topics of n articles, whose numbers are below `numbers`.
 *   vec (n x d) what they are made of;  topic (n) -1 none */
enum err centroids_put(struct store *st, const float *vec, size_t n, int d, const int *topic, int numbers, struct err_info *info);
/* centroids_load - Errors: ERR_NOTFOUND; ERR_CORRUPT. Arrays of the arena. */
enum err centroids_load(struct store *st, struct arena *a, struct centroids *out, struct err_info *info);
/* centroids_nearest - the number of the topic that x (d) is nearest to, or the one that it has already, where that is less than LINEAGE_STAY farther; -1 where x is zero or
 * there is none.
 *   topic  the number that it has, -1 none */
int centroids_nearest(const struct centroids *c, const float *x, int topic);

#endif
