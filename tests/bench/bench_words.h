/* bench_words - generated articles: English function words, words of the bundled table of word vectors, and made-up ones, by Zipf's law. */
#ifndef ECLOSE_BENCH_WORDS_H
#define ECLOSE_BENCH_WORDS_H

#include "base/buf.h"
#include "base/rng.h"
#include "model/vectors.h"

#define BENCH_VOCABULARY 30000

struct bench_words {
	struct vectors table;
	char word[BENCH_VOCABULARY][20];
	double below[BENCH_VOCABULARY]; /* chance of a word no rarer, not normed */
};

/* bench_words_new - the vocabulary; r [in,out] goes on to make the articles. Frees: bench_words_free. */
struct bench_words *bench_words_new(struct rng *r);
void bench_words_free(struct bench_words *w);
/* bench_words_article - append n words with commas and stops. */
void bench_words_article(const struct bench_words *w, struct rng *r, size_t n, struct buf *out);

#endif
