/* words - the terms of whatever is new in the store. */
#ifndef ECLOSE_APP_WORDS_H
#define ECLOSE_APP_WORDS_H

#include "app/app.h"

/* words_index - count the terms of every article that has none yet: text once, title twice, categories once.
 *   total [out] articles that were new
 * Errors: as the store; ERR_UNSUPPORTED where ICU's data is missing. What was counted before an error stays. */
enum err words_index(struct app *app, size_t *total, struct err_info *info);

#define WORDS_BLOB "words" /* its version counts the batches of articles whose terms were counted, in the same transaction as they */

#endif
