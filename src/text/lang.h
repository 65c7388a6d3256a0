/* lang - which language a text is in. */
#ifndef ECLOSE_TEXT_LANG_H
#define ECLOSE_TEXT_LANG_H

#include <stddef.h>

/* lang_detect - which language the text is in: ISO 639-1 ("en", "de", "zh", "ja", ...), by script, then by the share of each language's commonest words.
 *   hint  a declared tag such as "de-AT", may be NULL: decides where the text doesn't; overruled only by several different words of another language
 * What an apostrophe adds ("Anna's"), letters of abbreviations and, in a text that isn't all capitals, words in capitals count for no language.
 * Returns a static string, "" where nothing tells. Cannot fail. */
const char *lang_detect(const char *text, size_t n, const char *hint);

/* lang_stop_word - is the folded word one of the language's stop words? */
int lang_stop_word(const char *lang, const char *word, size_t n);

#endif
