/* bench - what the workloads of `make bench` share. */
#ifndef ECLOSE_BENCH_H
#define ECLOSE_BENCH_H

#include <stddef.h>

#define BENCH_RUNS 15

/* bench_report - one line: median, least and most of n measurements (sorted in place). */
void bench_report(const char *name, double *value, size_t n, const char *unit);
/* bench_cpu - seconds that this process has computed: what else the machine does meanwhile doesn't count. */
double bench_cpu(void);
/* bench_terms - terms, TF-IDF and word vectors of generated articles of 160 words, beside scikit-learn's TfidfVectorizer where python3 has it. */
void bench_terms(void);
/* bench_learn - one action of a reader with 400 readings, learned whole. */
void bench_learn(void);
/* bench_lsa - LSA-128 of 100,000 generated articles: time and memory; folding one in; a scan of all vectors; and the variance kept, beside an exact decomposition. */
void bench_lsa(void);
/* bench_explore - the slider's page, from 0 to 70. */
void bench_explore(void);
/* bench_models - one learning update of the interest model, the network and the term weights. */
void bench_models(void);
/* bench_parse - a feed of each format, from bytes to entries, beside xmllint --stream where it is installed. */
void bench_parse(void);

/* bench_search - the first page of a full-text search among 100,000 articles, by how common the words are (in brackets: the articles that hold them); making the index.
 *   program [in] ours, its path */
void bench_search(const char *program);
/* bench_fetch - 1,000 feeds with 163 MB from a server on this machine: cold, nothing new, far away, with faulty ones; beside curl and other readers.
 *   program [in] ours, its path */
void bench_fetch(const char *program);
/* bench_rank - 100,000 unread articles of 1,000 feeds in a store made for it: ranked after ten actions, with the slider moved, and by `eclose rank`. program as above */
void bench_rank(const char *program);

#endif
