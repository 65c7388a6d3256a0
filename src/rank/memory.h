/* memory - the readings as rows that articles are compared with: who was read, how much it still counts, and how like it an article is.
 *
 * Every likeness is a weighted sum of cosines with single readings, so that it can be taken apart again, by reading and by term. The memory is
 * a cache of the profile: built from its readings when they change, its weights when the clock does.
 */
#ifndef ECLOSE_RANK_MEMORY_H
#define ECLOSE_RANK_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "rank/profile.h"

#define MEMORY_MOST 400 /* the latest readings that articles are compared with: keeps an update under 100 microseconds */
#define MEMORY_SHORT (3.0 * 86400)  /* time constants of forgetting, seconds; half of a reading is kept in each */
#define MEMORY_LONG (60.0 * 86400)
#define MEMORY_BLOCK 64 /* articles compared at once */

/* One term of one reading, in the list of its column. */
struct posting {
	int32_t next; /* -1 at the end */
	uint32_t col, row;
	float val;
};

struct memory {
	const struct corpus *corpus;
	uint64_t changes;       /* profile->changes that the rows were built from */
	int64_t now;            /* that the weights were counted for */
	size_t h;               /* rows */
	size_t first;           /* profile->reading[first] is the oldest one looked at */
	size_t *doc;            /* (h) its article */
	double *kept;           /* (h) weight of the reading without decay */
	int64_t *at;            /* (h) */
	double *weight;         /* (h) with decay */
	int32_t *row_of;        /* (readings from `first` on) row, or -1 */
	float *vec[SIDE_COUNT]; /* (h x d) each */
	double term_norm2, vec_norm2[SIDE_COUNT]; /* squared length of the weighted sum of rows */
	int32_t *head;          /* (terms) first posting of a column, -1 none */
	struct posting *posting;
	size_t n_postings, cap_postings;
	double *cosine, *sum;   /* (h), (the larger d) scratch */
	float *block;           /* (MEMORY_BLOCK x the larger d) scratch */
	float *product[SIDE_COUNT]; /* (MEMORY_BLOCK x h) of the last memory_vectors */
};

/* How like the readings an article is. All 0 where there is nothing to compare with. */
struct likeness {
	double mean;      /* cosine with the weighted sum of the readings */
	double max;       /* largest weight x cosine */
	double attention; /* mean cosine under weights proportional to weight x exp(sharpness x cosine) */
	size_t readings;  /* compared with */
};

/* The same as coefficients of the single cosines; each (h). */
struct likeness_parts { double *mean, *max, *attention; };

/* memory_at - the profile's memory, brought up to its readings and to `now`. Owned by the profile. Cannot fail. */
struct memory *memory_at(struct profile *p, int64_t now);
void memory_free(struct memory *m);
/* memory_row - the row in which an article stands, -1 if it isn't among those compared with. */
int64_t memory_row(const struct profile *p, const struct memory *m, size_t doc);
/* memory_terms - cosine (h) of an article's terms with every row's. */
void memory_terms(const struct memory *m, size_t doc, double *cosine);
/* memory_vectors - the same by dense vectors, for n <= MEMORY_BLOCK articles: into m->product[side] (n x h). */
void memory_vectors(struct memory *m, enum corpus_side side, const size_t *docs, size_t n);
/* memory_like - put the cosines (h) together.
 *   norm2 of the side (term_norm2 or one of vec_norm2);  self  the article's own row, left out, or -1;  parts may be NULL */
struct likeness memory_like(const struct memory *m, const double *cosine, double norm2, double sharpness, int64_t self, struct likeness_parts *parts);

#endif
