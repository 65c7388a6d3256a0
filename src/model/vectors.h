/* vectors - a table of word vectors in one file, mapped read-only and shared by all programs that have it open.
 *
 * Words are folded (words_fold) and unstemmed, the commonest first. A row is int8 with one scale, so that value = scale x number. What is in the file
 * (numbers little-endian, u32 unless said otherwise):
 *
 *   header   64 bytes: "ECLVEC1\n", words, dims, slots, bytes of text, id (u64), language (8 bytes, zeros behind), zeros
 *   slots    open addressing by hash_bytes(word), linear probing: 8 bits of hash << 24 | row + 1; 0 free. A power of two, at least a quarter free
 *   ends     (words) where each word ends in the text; it begins where the one before ends
 *   ranks    (words) place among all words of the language by frequency, from 1
 *   scales   (words) binary32
 *   rows     (words x dims) int8
 *   text     the words, one behind the other
 *
 * Nothing is parsed when it is opened; a row is only looked at when its word is.
 */
#ifndef ECLOSE_MODEL_VECTORS_H
#define ECLOSE_MODEL_VECTORS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define VECTORS_DIMS_MOST 512
#define VECTORS_WORDS_MOST 200000
#define VECTORS_LANG 8

struct vectors {
	const unsigned char *map; /* NULL: no table */
	size_t bytes;
	size_t words, dims, slots, text_bytes;
	uint64_t id;              /* of the contents: tells tables apart */
	char lang[VECTORS_LANG];  /* ISO 639-1, "" any */
	const uint32_t *slot, *end, *rank, *scale;
	const int8_t *row;
	const char *text;
};

#define VECTORS_INIT { 0 }

/* vectors_open - map the table.
 * Errors: ERR_NOTFOUND, ERR_READONLY, ERR_IO; ERR_SYNTAX where the file is no such table or is cut off. Frees: vectors_close. */
enum err vectors_open(struct vectors *v, const char *path, struct err_info *info);
void vectors_close(struct vectors *v);

/* vectors_find - the row of a folded word, -1 where it has none. Cannot fail, whatever the file holds. */
int64_t vectors_find(const struct vectors *v, const char *word, size_t n);
/* vectors_word - the word of a row; *n its bytes. Borrowed from the map, not terminated. */
const char *vectors_word(const struct vectors *v, size_t row, size_t *n);
/* vectors_sif - how much a word counts in a text, a / (a + p): p is its probability as Zipf's law gives it by rank, a = SIF_A.
 * Source: Arora, Liang and Ma, ICLR 2017. */
#define SIF_A 1e-4
#define SIF_ZIPF 13.5 /* sum of 1 / rank over the 400,000 words of the table that ours was taken from */
double vectors_sif(const struct vectors *v, size_t row);
/* vectors_find_stem - the row of a word as written (folded), or where it has none that of its stem; -1 where neither has. */
int64_t vectors_find_stem(const struct vectors *v, const char *word, size_t n, const char *stem, size_t stem_n);

/* A row and how much of it. */
struct weighed_row { size_t row; double weight; };
/* vectors_sum - out (dims) = the sum of n rows, each times its weight, in their order. */
void vectors_sum(const struct vectors *v, const struct weighed_row *rows, size_t n, float *out);

/* ---- the vector of a text ---- */

/* The words of one text. */
struct text_vector {
	const struct vectors *table; /* borrowed; NULL: nothing is counted */
	struct weighed_row *word;    /* (n) as they come; they are added up at the end, when their rows have come from memory */
	size_t n, cap;
	double weight;               /* of all */
};

/* text_vector_init - empty. Frees: text_vector_clear. */
void text_vector_init(struct text_vector *t, const struct vectors *table);
void text_vector_clear(struct text_vector *t);
/* text_vector_empty - as after init, without new memory. */
void text_vector_empty(struct text_vector *t);
/* text_vector_add - one word of the text, by its row; weight is vectors_sif times how often it counts. Not without a table. */
void text_vector_add(struct text_vector *t, size_t row, double weight);
/* text_vector_mean - out (dims) = the weighted mean of the words. Returns 0 and leaves out where there is none. */
int text_vector_mean(const struct text_vector *t, float *out);

/* ---- the vectors of a corpus ---- */

/* vectors_centre - out (dims) = x - mean, at unit length; zeros where nothing is left. out may be x. */
void vectors_centre(const float *x, const float *mean, size_t dims, float *out);

#endif
