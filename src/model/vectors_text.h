/* vectors_text - word vectors from the text files that people pass around: GloVe, word2vec (text form), fastText (.vec). */
#ifndef ECLOSE_MODEL_VECTORS_TEXT_H
#define ECLOSE_MODEL_VECTORS_TEXT_H

#include <stdio.h>

#include "model/vectors_file.h"

/* vectors_text_read - the first VECTORS_WORDS_MOST words of a file, line by line: a word and its numbers, blanks between; the commonest first. A first line of two
 * whole numbers (how many words, how many dimensions) is one of word2vec or fastText.
 *   m [out] words folded as terms are; what isn't UTF-8 or holds a blank is passed over;  lang [out] by the commonest words, "" where they don't tell
 * Errors: ERR_NOTFOUND, ERR_IO, ERR_UNSUPPORTED (ICU's data is missing); ERR_SYNTAX, ERR_LIMIT "FILE:17: ...". Frees: vectors_make_clear, unless it failed. */
enum err vectors_text_read(const char *path, struct vectors_make *m, char lang[VECTORS_LANG], struct err_info *info);

#endif
