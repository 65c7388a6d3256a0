/* languages - which language articles are in, for what is told apart by it: topics and stories. */
#ifndef ECLOSE_APP_LANGUAGES_H
#define ECLOSE_APP_LANGUAGES_H

#include "base/map.h"
#include "store/store.h"

#define LANGUAGES_TITLES 4096 /* bytes of a feed's titles that are looked at */

/* languages_tell - language [out] (items->n) ISO 639-1, "" where nothing tells; static strings.
 * A title is too short to go by, and what a feed declares is often nothing, or what its program was shipped with. So the titles of a feed's articles that declare the
 * same language are looked at together (lang_detect): what they are written in counts, and the declaration where they don't tell. Cannot fail. */
void languages_tell(const struct item_list *items, const char **language, struct arena *scratch);

/* ---- by number, from one run of vectorise to the next ---- */

#define LANGUAGES_BLOB "languages"
#define LANGUAGES_MOST 24    /* told apart; all further ones are one */
#define LANGUAGES_FEED 200   /* of a feed that no whole run has seen, so many of its articles are looked at */

/* Languages have numbers in the order in which they are first met. A group is the articles of one feed that declare one language. */
struct languages {
	struct map number; /* ISO 639-1, "" unknown -> number */
	struct map group;  /* feed and declared language -> number */
};

#define LANGUAGES_INIT { MAP_INIT, MAP_INIT }

/* languages_number - the number of a language, 0..LANGUAGES_MOST - 1; of an article's group in languages_note, which also remembers it. */
int languages_number(struct languages *l, const char *language);
int languages_note(struct languages *l, const struct item *it, const char *language);
/* languages_put, languages_load - as a blob of the store. Errors: as the store; load: ERR_NOTFOUND, ERR_CORRUPT. Frees: languages_clear. */
enum err languages_put(const struct languages *l, struct store *st, struct err_info *info);
enum err languages_load(struct languages *l, struct store *st, struct err_info *info);
/* languages_of - the number of the language of a feed's articles that declare this one (NULL: none). A group that isn't known is looked at in the store.
 * Errors: as the store. */
enum err languages_of(struct languages *l, struct store *st, int64_t feed, const char *declared, int *number, struct err_info *info);
/* languages_known - -1 where the number stands for none that is known, or for several; else the number. */
int languages_known(const struct languages *l, int number);
void languages_clear(struct languages *l);

#endif
