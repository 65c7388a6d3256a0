/* memory - the readings as rows that articles are compared with: what was read, how much it still counts, and how like it an article is.
 *
 * Every likeness is a weighted sum of cosines with single readings, so that it can be taken apart again, by reading and by term.
 *
 * There are several horizons of forgetting. A weight fades exponentially, so all weights of a horizon fade by the same factor: they are kept as of one moment, `base`, and
 * the sums of rows with them; what depends on the time is a single number. Only when `base` is left far behind, or the clock is put back, are they counted anew; and
 * where so much was taken away that little but rounding would be left.
 */
#ifndef ECLOSE_RANK_MEMORY_H
#define ECLOSE_RANK_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "rank/corpus.h"

#define MEMORY_MOST 400 /* the latest readings that articles are compared with: keeps an update under 100 microseconds */
#define MEMORY_BLOCK 64 /* articles compared at once */

enum horizon { HORIZON_LONG, HORIZON_SHORT, HORIZON_TODAY, HORIZON_COUNT };
#define HORIZON_TAUS { 60.0 * 86400, 3.0 * 86400, 0.25 * 86400 } /* time constants of forgetting, seconds */
#define HORIZON_LIKE 2 /* the first two are compared with in every way; the last only tells what was read today */

extern const double horizon_tau[HORIZON_COUNT];

/* What rows are compared by: terms, or one side of vectors. */
enum memory_kind { MEMORY_TERMS, MEMORY_WORDS, MEMORY_TITLE, MEMORY_LSA, MEMORY_KINDS };

/* One term of one reading, in the list of its column. */
struct posting {
	int32_t next; /* -1 at the end */
	uint32_t row;
	float val;
};

struct memory {
	const struct corpus *corpus;
	bool terms;
	int64_t base;           /* seconds: weights are as of then */
	int64_t latest;         /* time of the last change */
	size_t h;               /* rows */
	size_t *doc;            /* (h) its article */
	double *kept;           /* (h) weight of the reading without decay */
	int64_t *at;            /* (h) */
	int64_t *turn;          /* (h) in which order they were last put; the lowest is the first to go */
	int64_t turns;
	double *weight[HORIZON_COUNT]; /* (h) as of base */
	double total[HORIZON_COUNT];   /* their sums */
	double moved[HORIZON_COUNT];   /* by how much they were changed since the sums were last counted */
	int32_t *row_of;        /* (corpus->n) row + 1, 0 none */
	float *vec[SIDE_COUNT]; /* (h x d) each */
	double *sum[MEMORY_KINDS][HORIZON_LIKE]; /* (terms or d) weighted sums of the rows */
	double norm2[MEMORY_KINDS][HORIZON_LIKE]; /* their squared lengths */
	int32_t *head;          /* (terms) first posting of a column, -1 none */
	struct posting *posting;
	size_t n_postings, cap_postings;
	int32_t spare;          /* first posting that is free, -1 none */
	double *cosine;         /* (MEMORY_MOST) scratch */
	float *block;           /* (MEMORY_BLOCK x the larger d) scratch */
	float *product[SIDE_COUNT]; /* (MEMORY_BLOCK x h) of the last memory_vectors */
};

/* How like the readings an article is, in one horizon. All 0 where there is nothing to compare with. */
struct likeness {
	double mean;      /* cosine with the weighted sum of the readings */
	double max;       /* largest weight x cosine */
	double attention; /* mean cosine under weights proportional to weight x exp(sharpness x cosine) */
	double total;     /* weight of the readings compared with, at `now` */
};

/* The same as coefficients of the single cosines; each (h). */
struct likeness_parts { double *mean, *max, *attention; };

/* memory_new - nothing read. corpus borrowed, complete; terms: false for one that is compared with by vectors alone. Frees: memory_free. */
struct memory *memory_new(const struct corpus *corpus, bool terms);
void memory_free(struct memory *m);
/* memory_grow - articles were added to its corpus, which had `from` before; no column of terms came with them. */
void memory_grow(struct memory *m, size_t from);
/* memory_put - an article was read, at that time, with that weight (> 0, without decay); one that is there gets both anew. The oldest goes where there are MEMORY_MOST. */
void memory_put(struct memory *m, size_t doc, int64_t at, double weight);
/* memory_drop - as if it had never been read. */
void memory_drop(struct memory *m, size_t doc);
/* memory_row - the row in which an article stands, -1 if it isn't among those compared with. */
int64_t memory_row(const struct memory *m, size_t doc);
/* memory_fade - what a weight as of `base` is worth at `now`, in one horizon; the clock doesn't run before the last change. */
double memory_fade(const struct memory *m, enum horizon hz, int64_t now);
/* memory_total - weight of all rows but `self` (-1 none) at `now`, in one horizon. */
double memory_total(const struct memory *m, enum horizon hz, int64_t self, int64_t now);
/* memory_terms - cosine (h) of an article's terms with every row's. */
void memory_terms(const struct memory *m, size_t doc, double *cosine);
/* memory_vectors - the same by dense vectors, for n <= MEMORY_BLOCK articles: into m->product[side] (n x h). */
void memory_vectors(struct memory *m, enum corpus_side side, const size_t *docs, size_t n);
/* memory_like - put the cosines (h) together, for each horizon.
 *   self  the article's own row, left out, or -1;  out [out] (HORIZON_LIKE);  parts (HORIZON_LIKE) may be NULL */
void memory_like(const struct memory *m, enum memory_kind kind, const double *cosine, double sharpness, int64_t self, int64_t now, struct likeness *out,
		 struct likeness_parts *parts);
/* memory_lift - how much more of its terms is read than would be by chance: the sum over its terms of value ln((n + 1) / (Y share + 1)), where n is the weight of the
 * readings that have the term and Y that of all, in the long horizon.
 *   self  as above;  part (its terms) the summands, may be NULL. 0 where nothing was read. */
double memory_lift(const struct memory *m, size_t doc, int64_t self, int64_t now, double *part);
/* memory_around - weight of the rows in the neighbourhood of an article: sum of weight x min(1, exp(k (cosine - c))), k and c as below.
 *   out [out] (HORIZON_LIKE) */
#define AROUND_SHARP 10.0
#define AROUND_NEAR 0.5
void memory_around(const struct memory *m, const double *cosine, int64_t self, int64_t now, double *out);
/* memory_today - how much of it was read today: sum of weight x cosine / (1 + sum of weights); part (h) its summands, may be NULL. */
double memory_today(const struct memory *m, const double *cosine, int64_t self, int64_t now, double *part);

#endif
