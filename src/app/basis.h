/* basis - the LSA basis, kept in the store from one run of vectorise to the next: new articles are folded in, and it is made anew only when they drift away from it. */
#ifndef ECLOSE_APP_BASIS_H
#define ECLOSE_APP_BASIS_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/lsa.h"
#include "store/store.h"

#define BASIS_BLOB "~lsa"  /* behind all other names: SQLite reads all of a blob that it passes on its way to one that is written, and this is by far the largest */
#define BASIS_GROWN 0.10   /* made anew when so many articles have come, of those it was made from, ... */
#define BASIS_DRIFTED 0.05 /* ... or when it says so much less (lsa_error) of the later half of them than of the earlier one, */
#define BASIS_HALF 100     /* each half being of at least so many articles; */
#define BASIS_STRANGE 0.99 /* ... or when it says all but nothing (lsa_error) of so many of them, as of those in a language that is new: */
#define BASIS_STRANGERS 10 /* at least so many, */
#define BASIS_STRANGERS_SHARE 0.01 /* and this share of the articles that it was made from */

struct basis {
	struct lsa lsa;
	int64_t articles; /* it was made from so many, ... */
	int64_t last;     /* ... of which this was the highest number */
	struct buf fresh; /* a new basis as bytes, for basis_put; empty where it was in the store */
};

/* basis_load - the basis that the rows (id (n) articles, terms as columns) are to be projected by: the stored one, or a new one of d dimensions.
 * A stored basis that can't be read is as none. Nothing is written. Errors: as the store. Frees: basis_clear. */
enum err basis_load(struct store *st, const struct csr *rows, const int64_t *id, int d, uint64_t seed, struct basis *out, struct err_info *info);
/* basis_stored - the one in the store. Errors: ERR_NOTFOUND, ERR_CORRUPT. */
enum err basis_stored(struct store *st, struct basis *out, struct err_info *info);
/* basis_is_new - then no vector of before means anything beside it. */
bool basis_is_new(const struct basis *b);
/* basis_rows - the rows that are folded: those of m without the terms of which the basis can say nothing, at unit length again. out is empty before. */
void basis_rows(const struct lsa *l, const struct csr *m, struct csr *out);
/* basis_strange - are among these rows alone so many that it can say nothing of, that it must be made anew? */
bool basis_strange(const struct basis *b, const struct csr *rows);
/* basis_put - where it is new, store it and take away the vectors of before; in the transaction that puts the new ones. */
enum err basis_put(const struct basis *b, struct store *st, struct err_info *info);
void basis_clear(struct basis *b);

#endif
