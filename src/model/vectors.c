#include "model/vectors.h"

#include <endian.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "base/mem.h"
#include "model/blas.h"
#include "model/vectors_file.h"

/* ---- the file ---- */

static uint32_t u32_at(const unsigned char *s)
{
	uint32_t x;

	memcpy(&x, s, sizeof x);
	return le32toh(x);
}

size_t vectors_file_bytes(size_t words, size_t dims, size_t slots, size_t text)
{
	return VECTORS_HEADER + 4 * slots + 12 * words + words * dims + text;
}

/* What the header says, if it can be true of a file of so many bytes. */
static int read_header(struct vectors *v, const unsigned char *s, size_t bytes)
{
	uint64_t id;

	v->words = u32_at(s + 8);
	v->dims = u32_at(s + 12);
	v->slots = u32_at(s + 16);
	v->text_bytes = u32_at(s + 20);
	memcpy(&id, s + 24, sizeof id);
	v->id = le64toh(id);
	memcpy(v->lang, s + 32, sizeof v->lang);
	if (!v->words || v->words > VECTORS_WORDS_MOST || !v->dims || v->dims > VECTORS_DIMS_MOST || v->lang[VECTORS_LANG - 1])
		return 0;
	if (v->slots <= v->words || v->slots > 8 * (size_t)VECTORS_WORDS_MOST || (v->slots & (v->slots - 1)))
		return 0;
	return bytes == vectors_file_bytes(v->words, v->dims, v->slots, v->text_bytes);
}

static void place(struct vectors *v)
{
	v->slot = (const uint32_t *)(const void *)(v->map + VECTORS_HEADER);
	v->end = v->slot + v->slots;
	v->rank = v->end + v->words;
	v->scale = v->rank + v->words;
	v->row = (const int8_t *)(const void *)(v->scale + v->words);
	v->text = (const char *)v->row + v->words * v->dims;
}

static enum err map_file(struct vectors *v, int fd, const char *path, struct err_info *info)
{
	struct stat st;
	void *map;

	if (fstat(fd, &st) < 0)
		return err_errno(info, "%.300s", path);
	if (!S_ISREG(st.st_mode) || st.st_size < VECTORS_HEADER)
		return err_set(info, ERR_SYNTAX, "%.300s: is no table of word vectors (eclose vectors use FILE makes one of a text file)", path);
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return err_errno(info, "%.300s", path);
	v->map = map;
	v->bytes = (size_t)st.st_size;
	if (memcmp(map, VECTORS_MAGIC, 8) != 0)
		return err_set(info, ERR_SYNTAX, "%.300s: is no table of word vectors (eclose vectors use FILE makes one of a text file)", path);
	if (!read_header(v, map, v->bytes))
		return err_set(info, ERR_SYNTAX, "%.300s: this table of word vectors is cut off or damaged", path);
	place(v);
	return OK;
}

enum err vectors_open(struct vectors *v, const char *path, struct err_info *info)
{
	struct vectors mine = VECTORS_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err e;

	if (fd < 0)
		return err_errno(info, "%.300s", path);
	e = map_file(&mine, fd, path, info);
	close(fd);
	if (e == OK)
		*v = mine;
	else
		vectors_close(&mine);
	return e;
}

void vectors_close(struct vectors *v)
{
	if (v->map)
		munmap((void *)(uintptr_t)v->map, v->bytes);
	*v = (struct vectors)VECTORS_INIT;
}

/* ---- words ---- */

const char *vectors_word(const struct vectors *v, size_t row, size_t *n)
{
	size_t from = row ? le32toh(v->end[row - 1]) : 0, to = le32toh(v->end[row]);

	*n = from <= to && to <= v->text_bytes ? to - from : 0;
	return *n ? v->text + from : "";
}

int64_t vectors_find(const struct vectors *v, const char *word, size_t n)
{
	uint64_t hash = hash_bytes(word, n);
	uint32_t tag = (uint32_t)(hash >> 56);
	size_t at = hash & (v->slots - 1);

	for (size_t probe = 0; v->map && probe < v->slots; probe++, at = (at + 1) & (v->slots - 1)) {
		uint32_t slot = le32toh(v->slot[at]);
		size_t row = (slot & 0xffffff) - 1, len;
		const char *s;

		if (!slot)
			return -1;
		if (slot >> 24 != tag || row >= v->words)
			continue;
		s = vectors_word(v, row, &len);
		if (len == n && memcmp(s, word, n) == 0)
			return (int64_t)row;
	}
	return -1;
}

double vectors_sif(const struct vectors *v, size_t row)
{
	double p = 1 / (SIF_ZIPF * ((double)le32toh(v->rank[row]) + 1e-9));

	return SIF_A / (SIF_A + p);
}

int64_t vectors_find_stem(const struct vectors *v, const char *word, size_t n, const char *stem, size_t stem_n)
{
	int64_t row = vectors_find(v, word, n);

	return row < 0 && (stem_n != n || memcmp(stem, word, n) != 0) ? vectors_find(v, stem, stem_n) : row;
}

static float scale_of(const struct vectors *v, const struct weighed_row *r)
{
	uint32_t bits = le32toh(v->scale[r->row]);
	float scale;

	memcpy(&scale, &bits, sizeof scale);
	return scale * (float)r->weight;
}

#define TOGETHER 64 /* rows */

/* out (width) += the rows x (n), from dimension `from` on, each times its scale. width is known when this is compiled, so the sums stay in registers over all rows. */
static inline __attribute__((always_inline)) void add_block(const int8_t *const *x, const float *scale, size_t n, size_t from, size_t width, float *out)
{
	float sum[16];

	memcpy(sum, out + from, width * sizeof *sum);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < width; k++)
			sum[k] += scale[i] * (float)x[i][from + k];
	memcpy(out + from, sum, width * sizeof *sum);
}

static void add_rows(const struct vectors *v, const struct weighed_row *rows, size_t n, float *out)
{
	const int8_t *x[TOGETHER];
	float scale[TOGETHER];
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		x[i] = v->row + rows[i].row * v->dims;
		scale[i] = scale_of(v, &rows[i]);
	}
	for (; from + 16 <= v->dims; from += 16)
		add_block(x, scale, n, from, 16, out);
	for (; from + 8 <= v->dims; from += 8)
		add_block(x, scale, n, from, 8, out);
	for (; from < v->dims; from++)
		add_block(x, scale, n, from, 1, out);
}

void vectors_sum(const struct vectors *v, const struct weighed_row *rows, size_t n, float *out)
{
	memset(out, 0, v->dims * sizeof *out);
	for (size_t i = 0; i < n; i += TOGETHER)
		add_rows(v, rows + i, n - i < TOGETHER ? n - i : TOGETHER, out);
}

/* ---- the vector of a text ---- */

void text_vector_init(struct text_vector *t, const struct vectors *table)
{
	*t = (struct text_vector){ .table = table && table->map ? table : NULL };
}

void text_vector_clear(struct text_vector *t)
{
	free(t->word);
	*t = (struct text_vector){ 0 };
}

void text_vector_empty(struct text_vector *t)
{
	t->weight = 0;
	t->n = 0;
}

void text_vector_add(struct text_vector *t, size_t row, double weight)
{
	const int8_t *x = t->table->row + row * t->table->dims;

	__builtin_prefetch(x);
	__builtin_prefetch(x + t->table->dims - 1);
	__builtin_prefetch(t->table->scale + row);
	MEM_GROW(t->word, t->n, t->cap);
	t->word[t->n++] = (struct weighed_row){ row, weight };
	t->weight += weight;
}

int text_vector_mean(const struct text_vector *t, float *out)
{
	if (!t->n || t->weight <= 0)
		return 0;
	vectors_sum(t->table, t->word, t->n, out);
	for (size_t i = 0; i < t->table->dims; i++)
		out[i] = (float)((double)out[i] / t->weight);
	return 1;
}

void vectors_centre(const float *x, const float *mean, size_t dims, float *out)
{
	for (size_t i = 0; i < dims; i++)
		out[i] = x[i] - mean[i];
	blas_unit(dims, out);
}
