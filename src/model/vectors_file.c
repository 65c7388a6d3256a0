#include "model/vectors_file.h"

#include <assert.h>
#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void vectors_make_init(struct vectors_make *m, size_t dims)
{
	assert(dims > 0 && dims <= VECTORS_DIMS_MOST);
	*m = (struct vectors_make){ .dims = dims, .by_word = MAP_INIT };
}

void vectors_make_clear(struct vectors_make *m)
{
	map_clear(&m->by_word);
	buf_clear(&m->text);
	buf_clear(&m->rows);
	free(m->end);
	free(m->rank);
	free(m->scale);
	*m = (struct vectors_make){ 0 };
}

static void room(struct vectors_make *m)
{
	if (m->words < m->cap)
		return;
	m->cap = m->cap ? 2 * m->cap : 1024;
	m->end = mem_resize(m->end, m->cap, sizeof *m->end);
	m->rank = mem_resize(m->rank, m->cap, sizeof *m->rank);
	m->scale = mem_resize(m->scale, m->cap, sizeof *m->scale);
}

int vectors_make_add(struct vectors_make *m, const char *word, size_t n, uint32_t rank, const float *x)
{
	int8_t row[VECTORS_DIMS_MOST];
	float most = 0, scale;
	bool added;

	for (size_t i = 0; i < m->dims; i++) {
		if (!isfinite(x[i]))
			return 0;
		most = fmaxf(most, fabsf(x[i]));
	}
	scale = most / 127;
	if (!n || !rank || !isnormal(scale) || m->words == VECTORS_WORDS_MOST)
		return 0;
	(void)map_at(&m->by_word, word, n, (int64_t)m->words, &added);
	if (!added)
		return 0;
	for (size_t i = 0; i < m->dims; i++)
		row[i] = (int8_t)lrintf(fminf(fmaxf(x[i] / scale, -127), 127));
	room(m);
	buf_add(&m->text, word, n);
	buf_add(&m->rows, row, m->dims);
	m->end[m->words] = (uint32_t)m->text.len;
	m->rank[m->words] = rank;
	m->scale[m->words++] = scale;
	return 1;
}

/* ---- the file ---- */

static void put_u32(struct buf *b, uint32_t x)
{
	x = htole32(x);
	buf_add(b, &x, sizeof x);
}

/* Slots in the order of the words, so that the commonest are found at the first look. */
static void put_slots(const struct vectors_make *m, size_t slots, struct buf *b)
{
	uint32_t *slot = mem_zero(slots, sizeof *slot);

	for (size_t i = 0; i < m->words; i++) {
		size_t from = i ? m->end[i - 1] : 0;
		uint64_t hash = hash_bytes(m->text.s + from, m->end[i] - from);
		size_t at = hash & (slots - 1);

		while (slot[at])
			at = (at + 1) & (slots - 1);
		slot[at] = (uint32_t)(hash >> 56) << 24 | (uint32_t)(i + 1);
	}
	for (size_t i = 0; i < slots; i++)
		put_u32(b, slot[i]);
	free(slot);
}

static void put_tables(const struct vectors_make *m, struct buf *b)
{
	for (size_t i = 0; i < m->words; i++)
		put_u32(b, m->end[i]);
	for (size_t i = 0; i < m->words; i++)
		put_u32(b, m->rank[i]);
	for (size_t i = 0; i < m->words; i++) {
		uint32_t bits;

		memcpy(&bits, &m->scale[i], sizeof bits);
		put_u32(b, bits);
	}
	buf_add(b, m->rows.s, m->rows.len);
	buf_add(b, m->text.s, m->text.len);
}

static void put_header(const struct vectors_make *m, size_t slots, uint64_t id, const char *lang, struct buf *b)
{
	char code[VECTORS_LANG] = { 0 };

	strncpy(code, lang, sizeof code - 1);
	buf_add(b, VECTORS_MAGIC, 8);
	put_u32(b, (uint32_t)m->words);
	put_u32(b, (uint32_t)m->dims);
	put_u32(b, (uint32_t)slots);
	put_u32(b, (uint32_t)m->text.len);
	put_u32(b, (uint32_t)id);
	put_u32(b, (uint32_t)(id >> 32));
	buf_add(b, code, sizeof code);
	while (b->len < VECTORS_HEADER)
		buf_putc(b, '\0');
}

enum err vectors_make_write(const struct vectors_make *m, const char *lang, const char *path, struct err_info *info)
{
	struct buf whole = BUF_INIT, tables = BUF_INIT;
	size_t slots = 16;
	enum err e;

	if (!m->words)
		return err_set(info, ERR_SYNTAX, "%.300s: not one word with a vector", path);
	while (4 * m->words > 3 * slots)
		slots *= 2;
	put_slots(m, slots, &tables);
	put_tables(m, &tables);
	put_header(m, slots, hash_bytes(tables.s, tables.len), lang, &whole);
	buf_add(&whole, tables.s, tables.len);
	e = buf_write_file(path, whole.s, whole.len, 0644, info);
	buf_clear(&whole);
	buf_clear(&tables);
	return e;
}
