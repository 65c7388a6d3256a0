/* vectors_file - what the reader and the maker of tables of word vectors agree upon, and the maker. */
#ifndef ECLOSE_MODEL_VECTORS_FILE_H
#define ECLOSE_MODEL_VECTORS_FILE_H

#include "base/buf.h"
#include "base/map.h"
#include "model/vectors.h"

#define VECTORS_MAGIC "ECLVEC1\n"
#define VECTORS_HEADER 64

/* vectors_file_bytes - size of a whole file. */
size_t vectors_file_bytes(size_t words, size_t dims, size_t slots, size_t text);

/* A table in the making. */
struct vectors_make {
	size_t dims, words;
	struct map by_word;
	struct buf text, rows; /* rows: int8 */
	uint32_t *end, *rank;
	float *scale;
	size_t cap;
};

/* vectors_make_init - an empty table of so many dimensions. Frees: vectors_make_clear. */
void vectors_make_init(struct vectors_make *m, size_t dims);
void vectors_make_clear(struct vectors_make *m);
/* vectors_make_add - one more word, the commoner ones before. A word that is there keeps what it has; a row of zeros or of anything but numbers is no word.
 *   rank  by frequency, from 1;  x (dims)
 * Returns 1 if it was added. Each value is kept to half of max |x| / 127. */
int vectors_make_add(struct vectors_make *m, const char *word, size_t n, uint32_t rank, const float *x);
/* vectors_make_write - replace path as a whole; lang as in struct vectors. Errors: as buf_write_file; ERR_SYNTAX where there is no word. */
enum err vectors_make_write(const struct vectors_make *m, const char *lang, const char *path, struct err_info *info);

#endif
