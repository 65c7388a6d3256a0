/* spelling - terms by how they are written, so that two languages that take different stems from one name have a term in common. */
#ifndef ECLOSE_APP_SPELLING_H
#define ECLOSE_APP_SPELLING_H

#include "store/store.h"
#include "text/tfidf.h"

/* spelling_key - a folded word as it is compared across languages; a number without the marks that group its thousands, and with a point before its decimals, however a
 * language sets them ("3,000" and "3.000" are 3000; "6,1" is 6.1): a mark with three digits behind it groups, any other is the decimal point.
 *   out (n) not terminated
 * Returns its bytes, n at most. */
size_t spelling_key(const char *word, size_t n, char *out);

/* spelling_rows - the rows of m (n x terms) by spelling: the column of a spelling is the lowest term of m that is commonly written so.
 *   out [out] empty at first; each value is 1
 * Errors: as the store. Frees: csr_clear. */
enum err spelling_rows(struct store *st, const struct csr *m, struct csr *out, struct err_info *info);

#endif
