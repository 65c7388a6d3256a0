/* The vocabulary of the benches, and articles of it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "bench_words.h"

#define MADE_UP 8 /* one word of so many is made up */

/* The commonest words of English, roughly in order; about half of running text. */
static const char *const common[] = {
	"the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as", "he", "be", "at", "by", "this", "had", "not", "are",
	"but", "from", "or", "have", "an", "they", "which", "one", "you", "were", "her", "all", "she", "there", "would", "their", "we", "him", "been",
	"has", "when", "who", "will", "more", "no", "if", "out", "so", "said", "what", "up", "its", "about", "into", "than", "them", "can", "only",
	"other", "new", "some", "could", "time", "these", "two", "may", "then", "do", "first", "any", "my", "now", "such", "like", "our", "over",
};

#define COMMON (sizeof common / sizeof common[0])

/* A word of one to four syllables, often with an ending that a stemmer knows. */
static void make_word(struct rng *r, char *out, size_t size)
{
	static const char *const head[] = { "b", "br", "c", "d", "f", "g", "h", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w", "" };
	static const char *const tail[] = { "", "", "n", "r", "l", "t", "st", "m", "ck" };
	static const char *const ending[] = { "", "", "", "s", "ed", "ing", "ation", "er", "ly", "al" };
	size_t n = 0, syllables = 1 + rng_below(r, 3);

	for (size_t i = 0; i < syllables; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%c%s", head[rng_below(r, 20)], "aeiou"[rng_below(r, 5)], tail[rng_below(r, 9)]);
	snprintf(out + n, size - n, "%s", ending[rng_below(r, 10)]);
}

/* The word of a rank behind the commonest. */
static void choose_word(const struct bench_words *v, struct rng *r, size_t rank, char *out, size_t size)
{
	size_t n = 0;
	const char *s = rank % MADE_UP && rank < v->table.words ? vectors_word(&v->table, rank, &n) : "";

	if (n && n < size)
		snprintf(out, size, "%.*s", (int)n, s);
	else
		make_word(r, out, size);
}

static size_t draw(const struct bench_words *v, struct rng *r)
{
	double u = rng_uniform(r) * v->below[BENCH_VOCABULARY - 1];
	size_t low = 0, high = BENCH_VOCABULARY - 1;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v->below[mid] < u)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void open_table(struct vectors *table)
{
	const char *dir = getenv("ECLOSE_DATADIR");
	struct buf path = BUF_INIT;
	struct err_info info;

	buf_printf(&path, "%s/vectors-en.bin", dir ? dir : "data");
	if (vectors_open(table, buf_str(&path), &info) != OK)
		printf("%s: the articles of the following rows have no vectors, and made-up words only\n", info.text);
	buf_clear(&path);
}

struct bench_words *bench_words_new(struct rng *r)
{
	struct bench_words *v = mem_zero(1, sizeof *v);
	double sum = 0;

	open_table(&v->table);
	for (size_t i = 0; i < BENCH_VOCABULARY; i++) {
		if (i < COMMON)
			snprintf(v->word[i], sizeof v->word[i], "%s", common[i]);
		else
			choose_word(v, r, i - COMMON, v->word[i], sizeof v->word[i]);
		v->below[i] = sum += 1 / ((double)i + 2.7);
	}
	return v;
}

void bench_words_free(struct bench_words *v)
{
	vectors_close(&v->table);
	free(v);
}

void bench_words_article(const struct bench_words *v, struct rng *r, size_t n, struct buf *out)
{
	bool begins = true;

	for (size_t i = 0; i < n; i++) {
		const char *w = v->word[draw(v, r)];

		if (i)
			buf_putc(out, ' ');
		buf_putc(out, (char)(begins || rng_below(r, 12) == 0 ? w[0] & ~0x20 : w[0]));
		buf_puts(out, w + 1);
		begins = rng_below(r, 18) == 0;
		if (begins)
			buf_putc(out, '.');
		else if (rng_below(r, 14) == 0)
			buf_putc(out, ',');
	}
}
