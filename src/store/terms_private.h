/* terms - what a handle keeps in memory of the terms. Private to src/store. */
#ifndef ECLOSE_STORE_TERMS_PRIVATE_H
#define ECLOSE_STORE_TERMS_PRIVATE_H

#include "store/store.h"

/* term_cache_new - empty, and hooked into db's transactions. Frees: term_cache_free. */
struct term_cache *term_cache_new(struct db *db);
void term_cache_free(struct term_cache *c);
/* termvec_decode - a stored vector. Errors: ERR_CORRUPT. */
enum err termvec_decode(const void *blob, size_t n, struct arena *a, struct termvec *out, struct err_info *info);
/* terms_drop - take an article's vector, if it has one, out of the store and its frequencies. In a transaction. */
enum err terms_drop(struct store *st, int64_t article, struct err_info *info);

/* termvecs_count - doctor.c: in how many vectors each term stands, df [out] (terms); bad [out] the articles whose vector can't be read or names terms that there aren't, of the arena. */
enum err termvecs_count(struct store *st, size_t terms, uint32_t *df, struct arena *a, struct id_list *bad, struct err_info *info);

#endif
