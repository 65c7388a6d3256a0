/* bm25 - how well an article fits what was asked for. Private to src/store.
 *
 *   score = sum over phrases of idf f (k1 + 1) / (f + k1 (1 - b + b max(length / mean, 1/2))),  idf = ln(1 + (N - n + 1/2) / (n + 1/2))
 *
 * f is how often the phrase stands in the article, counted by the weight of the column; length and mean are words of the article and of all. k1 and b as FTS5's own bm25() has
 * them; its idf, which is none for what half of the articles hold, isn't taken over, and neither is that a word alone in a line of ten counts for more than in one of fifty.
 * Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; the idf is Lucene's.
 *
 * The length is the dear part: FTS5 looks it up in a table, for every article that matches. Whoever wants the best `limit` alone needs it only where an article as short as can be
 * would come among them; that is seen from the score's bound, without it. So a word that a fifth of all articles hold costs a fifth of the look-ups or less, and the first `limit`
 * are the same to the last one.
 */
#ifndef ECLOSE_STORE_BM25_PRIVATE_H
#define ECLOSE_STORE_BM25_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bm25 {
	size_t n;            /* phrases */
	double *freq, *idf;  /* (n); the caller writes freq, for each article */
	double mean;         /* words of an article */
	size_t limit, held;
	double *best;        /* (limit) a heap, the least of the best first */
};

/* bm25_new - limit 0: all are wanted. idf is 1 until it is told. Frees: bm25_free. */
struct bm25 *bm25_new(size_t phrases, size_t limit, double mean);
void bm25_free(void *b);
/* bm25_idf - phrase i stands in `with` of `docs` articles. */
void bm25_idf(struct bm25 *b, size_t i, int64_t docs, int64_t with);
/* bm25_bound - what an article with these freq can have at most. bm25_reaches - would that be among the best? */
double bm25_bound(const struct bm25 *b);
bool bm25_reaches(const struct bm25 *b, double bound);
/* bm25_score - of an article of so many words, which from now on is one of those seen. */
double bm25_score(struct bm25 *b, double length);

#endif
