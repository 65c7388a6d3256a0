/* languages - which language articles are in, for what is told apart by it: topics and stories. */
#ifndef ECLOSE_APP_LANGUAGES_H
#define ECLOSE_APP_LANGUAGES_H

#include "store/store.h"

#define LANGUAGES_TITLES 4096 /* bytes of a feed's titles that are looked at */

/* languages_tell - language [out] (items->n) ISO 639-1, "" where nothing tells; static strings.
 * A title is too short to go by, and what a feed declares is often nothing, or what its program was shipped with. So the titles of a feed's articles that declare the
 * same language are looked at together (lang_detect): what they are written in counts, and the declaration where they don't tell. Cannot fail. */
void languages_tell(const struct item_list *items, const char **language, struct arena *scratch);

#endif
