/* LSA of a large corpus: the time and the memory of making the basis anew, and the time of folding one article in; of a small one, what the basis keeps beside
 * the exact decomposition. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"
#include "model/eigen.h"
#include "model/lsa.h"
#include "tests/bench/bench.h"

#define ARTICLES 100000
#define TERMS 100000u
#define WORDS 110          /* different terms of an article of 160 words */
#define SUBJECTS 300
#define DIMS 128
#define SCANS 15
#define SMALL 500          /* articles of the corpus that is decomposed exactly */

/* A term by Zipf's law: the cumulated frequency of the first r of n is about ln r / ln n. */
static uint32_t zipf(struct rng *r, uint32_t n)
{
	return (uint32_t)(exp(rng_uniform(r) * log((double)n)) - 1);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* An article: half its words from all, half from those of its subject, which has every 300th. */
static void add_article(struct csr *m, struct rng *r)
{
	uint32_t col[WORDS], subject = rng_below(r, SUBJECTS);
	float val[WORDS];
	double squares = 0;
	size_t n = 0;

	for (int i = 0; i < WORDS; i++)
		col[i] = i % 2 ? zipf(r, TERMS) : zipf(r, TERMS / SUBJECTS) * SUBJECTS + subject;
	qsort(col, WORDS, sizeof *col, by_number);
	for (int i = 0; i < WORDS; i++) {
		if (n && col[n - 1] == col[i])
			continue;
		col[n] = col[i];
		val[n] = (float)(log((double)col[i] + 2) * (0.5 + rng_uniform(r))); /* the idf of Zipf's law */
		squares += (double)val[n] * (double)val[n];
		n++;
	}
	for (size_t i = 0; i < n; i++)
		val[i] = (float)((double)val[i] / sqrt(squares));
	csr_add_row(m, col, val, n);
}

static long peak_kb(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

static void fold_all(const struct lsa *l, const struct csr *m)
{
	float *vec = mem_zero((size_t)ARTICLES * DIMS, sizeof *vec), *sim = mem_zero(ARTICLES, sizeof *sim);
	double start = log_monotonic(), ms[SCANS];

	for (size_t i = 0; i < m->rows; i++)
		lsa_fold(l, m, i, vec + i * DIMS);
	printf("%-44s %8.1f us\n", "LSA-128: one article folded in", 1e6 * (log_monotonic() - start) / (double)m->rows);
	for (int i = 0; i < SCANS; i++) {
		start = log_monotonic();
		blas_gemv(ARTICLES, DIMS, 1, vec, vec + (size_t)i * DIMS, 0, sim);
		ms[i] = 1000 * (log_monotonic() - start);
	}
	bench_report("100,000 vectors scanned (128 dimensions)", ms, SCANS, "ms");
	free(vec);
	free(sim);
}

static void make_corpus(struct csr *m, int articles)
{
	struct rng r;

	rng_seed(&r, 20260331);
	for (int i = 0; i < articles; i++)
		add_article(m, &r);
	m->cols = TERMS;
}

/* Squared singular values of m (n x terms), descending, into val (n): the eigenvalues of m m'. */
static void exact_squares(const struct csr *m, double *val)
{
	size_t n = m->rows;
	double *gram = mem_zero(n * n, sizeof *gram), *vec = mem_zero(n * n, sizeof *vec);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			gram[i * n + j] = (double)csr_dot(m, i, m, j);
	eigen_symmetric(gram, n, val, vec);
	free(gram);
	free(vec);
}

/* Rows have length one, so the variance of all is their number. */
static void variance(void)
{
	struct csr m = CSR_INIT;
	struct lsa l;
	double val[SMALL], best = 0, kept = 0;

	make_corpus(&m, SMALL);
	exact_squares(&m, val);
	lsa_fit(&l, &m, DIMS, 1);
	for (int k = 0; k < l.d; k++)
		best += val[k];
	for (size_t i = 0; i < m.rows; i++)
		kept += 1 - lsa_error(&l, &m, i);
	printf("%-44s %8.2f %% of the exact one's, which is %.1f %% of all (%d articles)\n", "LSA-128: variance kept", 100 * kept / best, 100 * best / SMALL, SMALL);
	lsa_clear(&l);
	csr_clear(&m);
}

static void measure(void)
{
	struct csr m = CSR_INIT;
	struct lsa l;
	double start, cpu;

	make_corpus(&m, ARTICLES);
	start = log_monotonic();
	cpu = bench_cpu();
	lsa_fit(&l, &m, DIMS, 1);
	printf("%-44s %8.1f s (%.1f s of one core), %ld MB at the most, the articles' %.0f MB among them\n", "LSA-128 of 100,000 articles", log_monotonic() - start,
	       bench_cpu() - cpu, peak_kb() / 1000, (double)m.ptr[m.rows] * 8e-6);
	fold_all(&l, &m);
	lsa_clear(&l);
	csr_clear(&m);
	variance(); /* after the memory was told */
	fflush(stdout);
}

/* In a process of its own, so that the memory is its own. */
void bench_lsa(void)
{
	pid_t pid;
	int status;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		measure();
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		perror("LSA-128");
}
