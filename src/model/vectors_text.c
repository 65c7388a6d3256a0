#include "model/vectors_text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/lang.h"
#include "text/words.h"

#define LINE_MOST (64 * 1024)
#define LANG_WORDS 300 /* commonest words that tell the language */

struct text_file {
	const char *path;
	FILE *file;
	size_t line;           /* number of the line at hand */
	char *s;               /* (LINE_MOST) the line */
	size_t n;
	size_t dims;           /* 0 before they are known */
	uint32_t rank;
	float x[VECTORS_DIMS_MOST];
	struct words *words;
	struct vectors_make *make;
	struct buf common;     /* the commonest words */
};

/* The next line without its end; *more false at the end of the file. */
static enum err next_line(struct text_file *f, bool *more, struct err_info *info)
{
	errno = 0;
	*more = fgets(f->s, LINE_MOST, f->file) != NULL;
	if (!*more)
		return ferror(f->file) ? err_errno(info, "%.300s", f->path) : OK;
	f->line++;
	f->n = strlen(f->s);
	if (f->n == LINE_MOST - 1 && f->s[f->n - 1] != '\n')
		return err_set(info, ERR_LIMIT, "%.300s:%zu: a line of more than %d bytes", f->path, f->line, LINE_MOST - 2);
	while (f->n && strchr(" \t\r\n", f->s[f->n - 1]))
		f->s[--f->n] = '\0';
	return OK;
}

static size_t count_fields(const char *s)
{
	size_t n = 0;

	while (*(s += strspn(s, " \t"))) {
		s += strcspn(s, " \t");
		n++;
	}
	return n;
}

/* "400000 300" */
static bool is_count(const char *s)
{
	return count_fields(s) == 2 && s[strspn(s, "0123456789 \t")] == '\0';
}

static enum err set_dims(struct text_file *f, size_t dims, struct err_info *info)
{
	if (dims < 2 || dims > VECTORS_DIMS_MOST)
		return err_set(info, ERR_SYNTAX, "%.300s:%zu: a word and 2 to %d numbers are due on each line, not %zu", f->path, f->line, VECTORS_DIMS_MOST, dims);
	f->dims = dims;
	vectors_make_init(f->make, dims);
	return OK;
}

/* Where the last `dims` fields begin. NULL where there aren't so many and a word before them. */
static char *numbers_of(struct text_file *f)
{
	char *s = f->s + f->n;

	for (size_t i = 0; i < f->dims; i++) {
		while (s > f->s && !strchr(" \t", s[-1]))
			s--;
		while (i + 1 < f->dims && s > f->s && strchr(" \t", s[-1]))
			s--;
	}
	return s > f->s ? s : NULL;
}

/* Does the field that ends at s + n say a number? Then the line has more of them than it should. */
static bool ends_in_number(const char *s, size_t n)
{
	size_t from = n;
	char *end;

	while (from && !strchr(" \t", s[from - 1]))
		from--;
	if (!from)
		return false; /* the word itself may be one */
	(void)strtof(s + from, &end);
	return end == s + n;
}

static enum err no_number(const struct text_file *f, const char *s, size_t n, struct err_info *info)
{
	struct buf clean = BUF_INIT;
	enum err e;

	utf8_clean(&clean, s, n < 40 ? n : 40, UTF8_LINE);
	e = err_set(info, ERR_SYNTAX, "%.300s:%zu: \"%s\" is no number", f->path, f->line, buf_str(&clean));
	buf_clear(&clean);
	return e;
}

static enum err read_numbers(struct text_file *f, char *s, struct err_info *info)
{
	for (size_t i = 0; i < f->dims; i++) {
		char *end;
		size_t len;

		s += strspn(s, " \t");
		len = strcspn(s, " \t");
		f->x[i] = strtof(s, &end);
		if (end != s + len || !isfinite(f->x[i]))
			return no_number(f, s, len, info);
		s = end;
	}
	return OK;
}

static void keep_word(struct text_file *f, const char *word, size_t n)
{
	char folded[WORD_MOST];
	size_t len;

	f->rank++;
	if (!n || memchr(word, ' ', n) || memchr(word, '\t', n) || !utf8_valid(word, n))
		return;
	len = words_fold(f->words, word, n, folded);
	if (!len || !vectors_make_add(f->make, folded, len, f->rank, f->x) || f->make->words > LANG_WORDS)
		return;
	buf_add(&f->common, folded, len);
	buf_putc(&f->common, ' ');
}

static enum err read_line(struct text_file *f, struct err_info *info)
{
	char *numbers;
	enum err e = OK;
	size_t n;

	if (!f->n)
		return OK;
	if (!f->dims && f->line == 1 && is_count(f->s))
		return set_dims(f, (size_t)strtoul(strpbrk(f->s, " \t"), NULL, 10), info);
	if (!f->dims)
		e = set_dims(f, count_fields(f->s) - 1, info);
	if (e != OK)
		return e;
	numbers = numbers_of(f);
	n = numbers ? (size_t)(numbers - f->s) : 0;
	while (n && strchr(" \t", f->s[n - 1]))
		n--;
	if (!numbers || ends_in_number(f->s, n))
		return err_set(info, ERR_SYNTAX, "%.300s:%zu: %zu fields where a word and %zu numbers are due", f->path, f->line, count_fields(f->s), f->dims);
	e = read_numbers(f, numbers, info);
	if (e == OK)
		keep_word(f, f->s, n);
	return e;
}

static enum err read_lines(struct text_file *f, struct err_info *info)
{
	bool more = true;
	enum err e = OK;

	while (e == OK && f->make->words < VECTORS_WORDS_MOST) {
		e = next_line(f, &more, info);
		if (e != OK || !more)
			break;
		e = read_line(f, info);
	}
	if (e == OK && !f->make->words)
		e = err_set(info, ERR_SYNTAX, "%.300s: not one word with a vector in it", f->path);
	return e;
}

enum err vectors_text_read(const char *path, struct vectors_make *m, char lang[VECTORS_LANG], struct err_info *info)
{
	struct text_file f = { .path = path, .make = m, .common = BUF_INIT };
	enum err e;

	*m = (struct vectors_make){ 0 };
	f.file = fopen(path, "re");
	if (!f.file)
		return err_errno(info, "%.300s", path);
	f.s = mem_alloc(LINE_MOST);
	e = words_new(&f.words, info);
	if (e == OK) {
		e = read_lines(&f, info);
		words_free(f.words);
	}
	if (e == OK) {
		memset(lang, 0, VECTORS_LANG);
		strncpy(lang, lang_detect(buf_str(&f.common), f.common.len, NULL), VECTORS_LANG - 1);
	} else {
		vectors_make_clear(m);
	}
	fclose(f.file);
	free(f.s);
	buf_clear(&f.common);
	return e;
}
