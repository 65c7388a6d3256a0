/* lsa - latent semantic analysis of the reader's own corpus: a truncated SVD of the TF-IDF rows, found by random projection. */
#ifndef ECLOSE_MODEL_LSA_H
#define ECLOSE_MODEL_LSA_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/tfidf.h"

#define LSA_ARTICLES 16 /* for one dimension: a small corpus has few directions that mean anything */
#define LSA_DIMS_LEAST 16
#define LSA_DIMS_MOST 128

struct lsa {
	int d;            /* dimensions, <= what the corpus allows */
	size_t terms;
	float *basis;     /* (terms x d) right singular vectors; column signs pinned: the entry of largest magnitude is positive */
	float *sigma;     /* (d) singular values, descending */
	float *mean;      /* (d) corpus mean of the projected rows, subtracted before scaling to unit length */
};

/* lsa_dims - how many dimensions to want of so many articles. */
int lsa_dims(size_t articles);
/* lsa_fit - randomised SVD with two power iterations.
 *   m (n x terms) unit rows, borrowed;  d wanted;  seed fixes the result
 * Source: Halko, Martinsson and Tropp 2011, algorithm 4.4 with oversampling 10. Frees: lsa_clear. Cannot fail; d is 0 for an empty corpus. */
void lsa_fit(struct lsa *l, const struct csr *m, int d, uint64_t seed);
void lsa_clear(struct lsa *l);
/* lsa_fold - row i of m into out (d): projected, centred, unit length; all zeros where the row shares no term with the basis. */
void lsa_fold(const struct lsa *l, const struct csr *m, size_t row, float *out);
/* lsa_error - share of a row's squared length that the basis can't say, 0..1; 1 for a row that shares no term with it, 0 for an empty one. */
double lsa_error(const struct lsa *l, const struct csr *m, size_t row);
/* lsa_pack - append the basis as bytes, rounded to 8 bits an entry; terms without any direction take no room.
 * lsa_unpack - the basis back; with it a row folds the same on every day. Errors: ERR_CORRUPT, l is left as it was. Frees: lsa_clear. */
void lsa_pack(const struct lsa *l, struct buf *out);
enum err lsa_unpack(struct lsa *l, const void *bytes, size_t n, struct err_info *info);

#endif
