#include "app/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "text/words.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does the mark at s[i] of a number group thousands? Then three digits follow and no fourth. */
static bool groups(const char *s, size_t n, size_t i)
{
	for (size_t k = 1; k <= 3; k++)
		if (i + k >= n || !digit(s[i + k]))
			return false;
	return i + 4 >= n || !digit(s[i + 4]);
}

size_t spelling_key(const char *word, size_t n, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		bool mark = (word[i] == '.' || word[i] == ',') && i > 0 && digit(word[i - 1]) && i + 1 < n && digit(word[i + 1]);

		if (!mark)
			out[len++] = word[i];
		else if (!groups(word, n, i))
			out[len++] = '.';
	}
	return len;
}

/* ---- rows ---- */

struct spellings {
	struct map lowest;  /* spelling -> the first term that has it */
	uint32_t *same;     /* (cols) term -> that */
	size_t cols;
	const bool *used;   /* (cols) */
};

static void take_form(void *user, uint32_t term, const char *form, size_t n)
{
	struct spellings *s = user;
	char key[WORD_MOST];

	if (term >= s->cols || !s->used[term])
		return;
	s->same[term] = n > sizeof key ? term : (uint32_t)*map_at(&s->lowest, key, spelling_key(form, n, key), (int64_t)term, NULL);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Row i of m with its columns replaced; two terms of one spelling are one. col, val (cols) are scratch, val all 1. */
static void add_row(const struct csr *m, size_t i, const uint32_t *same, uint32_t *col, const float *val, struct csr *out)
{
	size_t n = 0, kept = 0;

	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++)
		col[n++] = same[m->col[k]];
	qsort(col, n, sizeof *col, by_number);
	for (size_t k = 0; k < n; k++)
		if (!k || col[k] != col[k - 1])
			col[kept++] = col[k];
	csr_add_row(out, col, val, kept);
}

enum err spelling_rows(struct store *st, const struct csr *m, struct csr *out, struct err_info *info)
{
	bool *used = mem_zero(m->cols + 1, sizeof *used);
	struct spellings s = { .lowest = MAP_INIT, .same = mem_zero(m->cols + 1, sizeof *s.same), .cols = m->cols, .used = used };
	uint32_t *col = mem_zero(m->cols + 1, sizeof *col);
	float *val = mem_zero(m->cols + 1, sizeof *val);
	enum err e;

	for (size_t k = 0; m->rows && k < m->ptr[m->rows]; k++)
		used[m->col[k]] = true;
	for (size_t c = 0; c < m->cols; c++) {
		s.same[c] = (uint32_t)c;
		val[c] = 1;
	}
	e = terms_each_name(st, take_form, &s, info);
	for (size_t i = 0; i < m->rows && e == OK; i++)
		add_row(m, i, s.same, col, val, out);
	if (e == OK)
		out->cols = m->cols;
	map_clear(&s.lowest);
	free(used);
	free(s.same);
	free(col);
	free(val);
	return e;
}
