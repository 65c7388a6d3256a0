/* words - the terms of whatever is new in the store. */
#ifndef ECLOSE_APP_WORDS_H
#define ECLOSE_APP_WORDS_H

#include "app/app.h"

/* words_index - count the terms of every article that has none yet: text once, title twice, categories once; and the mean of their word vectors, where the article is
 * in the table's language or in none that is known. Where the table isn't the one of the last time, all articles are new. A table that can't be read is told and done without.
 *   total [out] articles that were new
 * Errors: as the store; ERR_UNSUPPORTED where ICU's data is missing. What was counted before an error stays. */
enum err words_index(struct app *app, size_t *total, struct err_info *info);

#define WORDS_BLOB "words" /* its version counts the batches of articles whose terms were counted, in the same transaction as they */

#endif
