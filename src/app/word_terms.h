/* word_terms - a word as anybody would write it, as the terms that the store knows. */
#ifndef ECLOSE_APP_WORD_TERMS_H
#define ECLOSE_APP_WORD_TERMS_H

#include "app/app.h"

struct word_terms { uint32_t *id; size_t n, cap; struct arena *arena; };

/* word_terms - what the feeds have written like that, in whatever language, else what its stem is in any language; more than one where languages differ. Articles without
 * terms are counted first.
 *   out [out] ids, of the arena
 * Errors: ERR_NOTFOUND where no article has the word; ERR_USAGE where it is none, or several; as the store. */
enum err word_terms(struct app *app, const char *word, struct arena *a, struct word_terms *out, struct err_info *info);

#endif
