/* words - the terms of whatever is new in the store. */
#ifndef ECLOSE_APP_WORDS_H
#define ECLOSE_APP_WORDS_H

#include "app/app.h"
#include "model/vectors.h"

/* words_index - count the terms of every article that has none yet: text once, title twice, categories once; and the mean of their word vectors, where the article is
 * in the table's language or in none that is known.
 *   table  open, or none (map NULL);  total [out] articles that were new
 * Errors: as the store; ERR_UNSUPPORTED where ICU's data is missing. What was counted before an error stays. */
enum err words_index(struct app *app, const struct vectors *table, size_t *total, struct err_info *info);

#endif
