/* vectors - tables of word vectors: made, read, damaged; the vector of a text; text files as people have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"
#include "model/vectors.h"
#include "model/vectors_file.h"
#include "model/vectors_text.h"

#define WORDS 3000
#define DIM 24

struct fixture {
	char dir[128], path[160], text[160];
	float x[WORDS][DIM];
	struct err_info info;
};

static void word_of(size_t i, char out[32])
{
	snprintf(out, 32, "%s%zu", i % 3 ? "wort" : "\xe8\xaf\x8d", i * i);
}

/* Rows of very different size; the table has every other word, so that there are as many that it hasn't. */
static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct fixture *f = calloc(1, sizeof *f);
	struct vectors_make m;
	struct rng r;

	snprintf(f->dir, sizeof f->dir, "%.90s/eclose-vectors-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(f->dir))
		return -1;
	snprintf(f->path, sizeof f->path, "%s/table", f->dir);
	snprintf(f->text, sizeof f->text, "%s/text", f->dir);
	rng_seed(&r, 5);
	vectors_make_init(&m, DIM);
	for (size_t i = 0; i < WORDS; i++) {
		double size = exp(3 * rng_normal(&r));
		char word[32];

		word_of(i, word);
		for (size_t k = 0; k < DIM; k++)
			f->x[i][k] = (float)(size * rng_normal(&r));
		if (i % 2 == 0)
			assert_int_equal(vectors_make_add(&m, word, strlen(word), (uint32_t)i + 1, f->x[i]), 1);
	}
	assert_int_equal(vectors_make_write(&m, "de", f->path, &f->info), OK);
	vectors_make_clear(&m);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	unlink(f->text);
	rmdir(f->dir);
	free(f);
	return 0;
}

static void open_table(struct fixture *f, struct vectors *v)
{
	assert_int_equal(vectors_open(v, f->path, &f->info), OK);
}

static void says(const struct fixture *f, const char *words)
{
	if (!strstr(f->info.text, words))
		fail_msg("\"%s\" isn't in: %s", words, f->info.text);
}

/* ---- the table ---- */

static void every_word_is_found_and_no_other(void **state)
{
	struct fixture *f = *state;
	struct vectors v;

	open_table(f, &v);
	assert_int_equal(v.words, WORDS / 2);
	assert_int_equal(v.dims, DIM);
	assert_string_equal(v.lang, "de");
	for (size_t i = 0; i < WORDS; i++) {
		char word[32];
		int64_t row;
		size_t n;

		word_of(i, word);
		row = vectors_find(&v, word, strlen(word));
		assert_int_equal(row, i % 2 ? -1 : (int64_t)i / 2);
		if (row < 0)
			continue;
		assert_memory_equal(vectors_word(&v, (size_t)row, &n), word, strlen(word));
		assert_int_equal(n, strlen(word));
		assert_int_equal(vectors_find(&v, word, strlen(word) + 1), -1);
	}
	assert_int_equal(vectors_find(&v, "", 0), -1);
	vectors_close(&v);
	assert_int_equal(vectors_find(&v, "wort", 4), -1); /* no table knows no word */
}

static void a_row_comes_back_to_half_a_step(void **state)
{
	struct fixture *f = *state;
	struct vectors v;

	open_table(f, &v);
	for (size_t i = 0; i < WORDS; i += 2) {
		float most = 0, row[DIM] = { 0 };

		vectors_sum(&v, &(struct weighed_row){ i / 2, 1 }, 1, row);
		for (size_t k = 0; k < DIM; k++)
			most = fmaxf(most, fabsf(f->x[i][k]));
		for (size_t k = 0; k < DIM; k++)
			assert_true(fabsf(row[k] - f->x[i][k]) <= 0.501f * most / 127);
	}
	vectors_close(&v);
}

static void what_is_no_vector_is_not_taken(void **state)
{
	float nan[2] = { 1, NAN }, inf[2] = { INFINITY, 1 }, zero[2] = { 0, 0 }, one[2] = { 1, 0 }, two[2] = { 0, 2 };
	struct fixture *f = *state;
	struct vectors_make m;
	struct vectors v;
	float row[2] = { 0 };

	vectors_make_init(&m, 2);
	assert_int_equal(vectors_make_write(&m, "", f->path, &f->info), ERR_SYNTAX);
	says(f, "not one word");
	assert_int_equal(vectors_make_add(&m, "a", 1, 1, nan), 0);
	assert_int_equal(vectors_make_add(&m, "a", 1, 1, inf), 0);
	assert_int_equal(vectors_make_add(&m, "a", 1, 1, zero), 0);
	assert_int_equal(vectors_make_add(&m, "", 0, 1, one), 0);
	assert_int_equal(vectors_make_add(&m, "a", 1, 1, one), 1);
	assert_int_equal(vectors_make_add(&m, "a", 1, 2, two), 0); /* it keeps what it has */
	assert_int_equal(vectors_make_write(&m, "", f->path, &f->info), OK);
	vectors_make_clear(&m);
	open_table(f, &v);
	assert_int_equal(v.words, 1);
	vectors_sum(&v, &(struct weighed_row){ 0, 1 }, 1, row);
	assert_true(fabsf(row[0] - 1) < 1e-6f && row[1] == 0);
	vectors_close(&v);
}

static void read_bytes(struct fixture *f, struct buf *b)
{
	assert_int_equal(buf_read_file(b, f->path, 1 << 24, &f->info), OK);
}

static void write_bytes(struct fixture *f, const void *s, size_t n)
{
	assert_int_equal(buf_write_file(f->path, s, n, 0600, &f->info), OK);
}

static void a_table_that_is_cut_or_foreign_is_refused_in_a_sentence(void **state)
{
	struct fixture *f = *state;
	struct vectors v = { .words = 77 };
	struct buf b = BUF_INIT;

	read_bytes(f, &b);
	for (size_t n = 0; n < b.len; n += 1 + b.len / 50) {
		write_bytes(f, b.s, n);
		assert_int_equal(vectors_open(&v, f->path, &f->info), ERR_SYNTAX);
		says(f, n < VECTORS_HEADER ? "is no table of word vectors" : "cut off or damaged");
		says(f, f->path);
	}
	buf_putc(&b, 'x');
	write_bytes(f, b.s, b.len);
	assert_int_equal(vectors_open(&v, f->path, &f->info), ERR_SYNTAX); /* too long is damaged too */
	b.s[0] = 'x';
	write_bytes(f, b.s, b.len - 1);
	assert_int_equal(vectors_open(&v, f->path, &f->info), ERR_SYNTAX);
	says(f, "is no table of word vectors");
	assert_int_equal(vectors_open(&v, f->dir, &f->info), ERR_SYNTAX);
	assert_int_equal(vectors_open(&v, "/no/such/table", &f->info), ERR_NOTFOUND);
	assert_int_equal(v.words, 77); /* left alone by every error */
	buf_clear(&b);
}

/* Whatever a damaged file says, nothing is read outside it (the sanitisers watch). */
static void a_damaged_table_is_never_followed_out_of_the_file(void **state)
{
	struct fixture *f = *state;
	struct buf whole = BUF_INIT, bad = BUF_INIT;
	struct rng r;
	size_t opened = 0;

	read_bytes(f, &whole);
	rng_seed(&r, 8);
	for (int round = 0; round < 60; round++) {
		struct vectors v;

		buf_cut(&bad, 0);
		buf_add(&bad, whole.s, whole.len);
		for (int i = 0; i < 2000; i++)
			bad.s[(round % 2 ? VECTORS_HEADER : 8) + rng_below(&r, (uint32_t)whole.len - VECTORS_HEADER)] = (char)rng_u64(&r);
		write_bytes(f, bad.s, bad.len);
		if (vectors_open(&v, f->path, &f->info) != OK)
			continue;
		opened++;
		for (size_t i = 0; i < WORDS; i += 7) {
			char word[32];
			float sum[VECTORS_DIMS_MOST] = { 0 };
			int64_t row;

			word_of(i, word);
			row = vectors_find(&v, word, strlen(word));
			if (row >= 0)
				vectors_sum(&v, &(struct weighed_row){ (size_t)row, vectors_sif(&v, (size_t)row) }, 1, sum);
		}
		vectors_close(&v);
	}
	assert_true(opened >= 30);
	buf_clear(&whole);
	buf_clear(&bad);
}

/* ---- the vector of a text ---- */

static void the_mean_is_what_the_naive_version_says(void **state)
{
	static const struct { size_t word; const char *stem; double times; } said[] = { { 0, "x", 1 }, { 4, "x", 2 }, { 5, "x", 1 }, { 2998, "wort4", 3 }, { 3, "wort4", 1.5 } };
	struct fixture *f = *state;
	struct vectors v;
	struct text_vector t;
	double sum[DIM] = { 0 }, total = 0;
	float mean[DIM];

	open_table(f, &v);
	text_vector_init(&t, &v);
	assert_false(text_vector_mean(&t, mean));
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		char word[32];
		size_t row = said[i].word;
		int64_t found;

		word_of(row, word);
		found = vectors_find_stem(&v, word, strlen(word), said[i].stem, strlen(said[i].stem));
		if (found >= 0)
			text_vector_add(&t, (size_t)found, said[i].times * vectors_sif(&v, (size_t)found));
		if (row == 3)
			row = 2; /* unknown, its stem is known */
		if (row % 2 == 0) {
			double rank = (double)row + 1, w = said[i].times * SIF_A / (SIF_A + 1 / (SIF_ZIPF * rank));

			for (size_t k = 0; k < DIM; k++)
				sum[k] += w * (double)f->x[row][k];
			total += w;
		}
	}
	assert_int_equal(t.n, 4);
	assert_true(text_vector_mean(&t, mean));
	for (size_t k = 0; k < DIM; k++) {
		double step = 0; /* half a step of the coarsest row */

		for (size_t i = 0; i < sizeof said / sizeof *said; i++)
			for (size_t j = 0; j < DIM; j++)
				step = fmax(step, fabs((double)f->x[said[i].word == 3 ? 2 : said[i].word][j]) / 127);
		assert_true(fabs((double)mean[k] - sum[k] / total) <= 0.51 * step);
	}
	text_vector_empty(&t);
	assert_false(text_vector_mean(&t, mean));
	text_vector_clear(&t);
	vectors_close(&v);
}

static void a_rarer_word_counts_more(void **state)
{
	struct fixture *f = *state;
	struct vectors v;

	open_table(f, &v);
	for (size_t i = 1; i < v.words; i++)
		assert_true(vectors_sif(&v, i) > vectors_sif(&v, i - 1));
	assert_true(vectors_sif(&v, v.words - 1) < 1);
	vectors_close(&v);
}

static void without_a_table_a_text_has_no_vector(void **state)
{
	struct vectors none = VECTORS_INIT;
	struct text_vector t;
	float mean[1];

	(void)state;
	text_vector_init(&t, &none);
	assert_int_equal(vectors_find_stem(&none, "wort", 4, "wor", 3), -1);
	text_vector_empty(&t);
	assert_false(text_vector_mean(&t, mean));
	text_vector_clear(&t);
}

/* ---- text files ---- */

static enum err read_text(struct fixture *f, const char *text, struct vectors *v)
{
	struct vectors_make m;
	char lang[VECTORS_LANG];
	enum err e;

	assert_int_equal(buf_write_file(f->text, text, strlen(text), 0600, &f->info), OK);
	f->info = (struct err_info)ERR_INFO_INIT;
	e = vectors_text_read(f->text, &m, lang, &f->info);
	if (e != OK)
		return e;
	assert_int_equal(vectors_make_write(&m, lang, f->path, &f->info), OK);
	vectors_make_clear(&m);
	open_table(f, v);
	return OK;
}

static void has(const struct vectors *v, const char *word, float first)
{
	float row[VECTORS_DIMS_MOST] = { 0 };
	int64_t at = vectors_find(v, word, strlen(word));

	assert_true(at >= 0);
	vectors_sum(v, &(struct weighed_row){ (size_t)at, 1 }, 1, row);
	assert_true(fabsf(row[0] - first) < 0.02f);
}

static void glove_word2vec_and_fasttext_are_read(void **state)
{
	struct fixture *f = *state;
	struct vectors v;

	assert_int_equal(read_text(f, "the 1 0.5 -1\nCat 2e0 1 1\r\n\ncat 9 9 9\nx y 4 4 4\n\xff\xfe 1 1 1\nlast 3 -3 1", &v), OK); /* GloVe; the last line without an end */
	assert_int_equal(v.dims, 3);
	assert_int_equal(v.words, 3);
	has(&v, "the", 1);
	has(&v, "cat", 2); /* folded; the commoner form stays */
	has(&v, "last", 3);
	vectors_close(&v);
	assert_int_equal(read_text(f, "2 4\nhund 1 2 3 4 \nkatze 4 3 2 1 \n", &v), OK); /* word2vec and fastText: counts first, a blank last */
	assert_int_equal(v.dims, 4);
	has(&v, "katze", 4);
	vectors_close(&v);
	assert_int_equal(read_text(f, "2024 1 2\nyear 3 4\n", &v), OK); /* a word may be a number */
	has(&v, "2024", 1);
	vectors_close(&v);
}

static void the_language_is_told_by_the_commonest_words(void **state)
{
	struct fixture *f = *state;
	struct vectors v;

	assert_int_equal(read_text(f, "der 1 2\ndie 2 1\nund 1 1\nnicht 3 1\nist 1 3\nein 2 2\nmit 1 4\nwurde 4 1\nauf 1 5\n", &v), OK);
	assert_string_equal(v.lang, "de");
	vectors_close(&v);
	assert_int_equal(read_text(f, "qzx 1 2\n", &v), OK);
	assert_string_equal(v.lang, "");
	vectors_close(&v);
}

static void a_bad_line_is_named(void **state)
{
	static const struct { const char *text, *says; enum err e; } bad[] = {
		{ "a 1 2 3\nb 1 2\n", ":2: 3 fields where a word and 3 numbers are due", ERR_SYNTAX },
		{ "a 1 2 3\nb 1 2 3 4\n", ":2: 5 fields where a word and 3 numbers are due", ERR_SYNTAX },
		{ "a 1 2 3\nc 1 1 1\nb 1 zwei 3\n", ":3: \"zwei\" is no number", ERR_SYNTAX },
		{ "a 1 2 nan\n", ":1: \"nan\" is no number", ERR_SYNTAX },
		{ "a 1 2 1e99\n", ":1: \"1e99\" is no number", ERR_SYNTAX },
		{ "a 1 2 3,5\n", ":1: \"3,5\" is no number", ERR_SYNTAX },
		{ "3 900\na 1 2\n", ":1: a word and 2 to 512 numbers are due on each line, not 900", ERR_SYNTAX },
		{ "a\nb\n", ":1: a word and 2 to 512 numbers are due on each line, not 0", ERR_SYNTAX },
		{ "a 1\033[2J 2\n", ":1: \"1[2J\" is no number", ERR_SYNTAX }, /* nothing of it reaches the terminal raw */
		{ "", "not one word with a vector", ERR_SYNTAX },
		{ "5 3\n", "not one word with a vector", ERR_SYNTAX },
	};
	struct fixture *f = *state;
	struct vectors v;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(read_text(f, bad[i].text, &v), bad[i].e);
		says(f, bad[i].says);
		says(f, f->text);
	}
	assert_int_equal(vectors_text_read("/no/such/file", &(struct vectors_make){ 0 }, (char[VECTORS_LANG]){ 0 }, &f->info), ERR_NOTFOUND);
}

static void an_endless_line_is_refused(void **state)
{
	struct fixture *f = *state;
	struct vectors v;
	char *s = mem_alloc(200001);

	memset(s, 'a', 200000);
	s[200000] = '\0';
	assert_int_equal(read_text(f, s, &v), ERR_LIMIT);
	says(f, ":1: a line of more than");
	free(s);
}

/* ---- the bundled table ---- */

static double likeness(const struct vectors *v, const char *a, const char *b)
{
	const char *word[] = { a, b };
	float x[2][VECTORS_DIMS_MOST] = { { 0 } };

	for (int i = 0; i < 2; i++) {
		int64_t row = vectors_find(v, word[i], strlen(word[i]));

		assert_true(row >= 0);
		vectors_sum(v, &(struct weighed_row){ (size_t)row, 1 }, 1, x[i]);
		blas_unit(v->dims, x[i]);
	}
	return (double)blas_dot(v->dims, x[0], x[1]);
}

static void the_bundled_table_knows_what_is_alike(void **state)
{
	static const char *const alike[][3] = { /* the first is nearer to the second than to the third */
		{ "comet", "asteroid", "mortgage" }, { "goalkeeper", "striker", "parliament" }, { "flour", "butter", "treaty" }, { "kernel", "linux", "harvest" },
		{ "reef", "coral", "verdict" }, { "senator", "governor", "violin" },
	};
	struct fixture *f = *state;
	const char *dir = getenv("ECLOSE_DATADIR");
	struct vectors v;
	char path[512];

	snprintf(path, sizeof path, "%.400s/vectors-en.bin", dir ? dir : "data");
	assert_int_equal(vectors_open(&v, path, &f->info), OK);
	assert_true(v.bytes <= 5000000);
	assert_string_equal(v.lang, "en");
	for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
		assert_true(likeness(&v, alike[i][0], alike[i][1]) > 0.2 + likeness(&v, alike[i][0], alike[i][2]));
	for (size_t i = 0; i < v.words; i++) {
		size_t n;
		const char *word = vectors_word(&v, i, &n);

		assert_int_equal(vectors_find(&v, word, n), (int64_t)i);
	}
	vectors_close(&v);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(every_word_is_found_and_no_other),
		T(a_row_comes_back_to_half_a_step),
		T(what_is_no_vector_is_not_taken),
		T(a_table_that_is_cut_or_foreign_is_refused_in_a_sentence),
		T(a_damaged_table_is_never_followed_out_of_the_file),
		T(the_mean_is_what_the_naive_version_says),
		T(a_rarer_word_counts_more),
		T(without_a_table_a_text_has_no_vector),
		T(glove_word2vec_and_fasttext_are_read),
		T(the_language_is_told_by_the_commonest_words),
		T(a_bad_line_is_named),
		T(an_endless_line_is_refused),
		T(the_bundled_table_knows_what_is_alike),
	};

	return cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
}
