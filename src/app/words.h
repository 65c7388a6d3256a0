/* words - the terms of whatever is new in the store. */
#ifndef ECLOSE_APP_WORDS_H
#define ECLOSE_APP_WORDS_H

#include "app/app.h"

/* words_index - count the terms of every article that has none yet: text once, title twice, categories once; and the mean of their word vectors, where the article is
 * in the table's language or in none that is known. Where the table isn't the one of the last time, all articles are new. A table that can't be read is told and done without.
 *   total [out] articles that were new
 * Errors: as the store; ERR_UNSUPPORTED where ICU's data is missing. What was counted before an error stays. */
enum err words_index(struct app *app, size_t *total, struct err_info *info);

#define WORDS_BLOB "words" /* its version counts the batches of articles whose terms were counted, in the same transaction as they; with those that wait for their vectors */
#define WORDS_LISTED 1000  /* so many of them are listed at most */

/* Articles whose terms were counted and which no run of vectorise has taken in, in the order in which they were; one may be there twice. */
struct words_fresh {
	int64_t version;   /* of WORDS_BLOB */
	const int64_t *id; /* (n) */
	size_t n;
	bool many;         /* there are more than WORDS_LISTED, and no list */
};
/* words_fresh - list of the arena. Errors: as the store.
 * words_taken - those of this version have been taken in: the list is empty, unless more have come meanwhile; then it stays. */
enum err words_fresh(struct store *st, struct arena *a, struct words_fresh *out, struct err_info *info);
enum err words_taken(struct store *st, int64_t version, struct err_info *info);

#endif
