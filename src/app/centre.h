/* centre - the middle of the word vectors of all that is recent, and the table that they come from.
 *
 * The vector of an article as it is stored (store/wordvecs.c) is the mean of its words. All such means lie close together, around what any text is like; what
 * an article is about is how it differs from that. So the middle is taken off wherever they are used.
 */
#ifndef ECLOSE_APP_CENTRE_H
#define ECLOSE_APP_CENTRE_H

#include "app/app.h"
#include "model/vectors.h"

struct centre {
	uint64_t table;    /* vectors.id; 0 none */
	int d;             /* 0 without a table */
	const float *mean, *title; /* (d) of whole articles, of titles */
};

/* centre_load - as the store has it; all zero before the first. Errors: as the store. */
enum err centre_load(struct store *st, struct arena *a, struct centre *out, struct err_info *info);
enum err centre_put(struct store *st, const struct centre *c, struct err_info *info);
/* centre_follow - make the store follow the table: where its word vectors are of another one, they go and every article waits to be read again. */
enum err centre_follow(struct store *st, const struct vectors *table, struct err_info *info);

#endif
