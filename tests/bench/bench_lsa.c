/* LSA of a large corpus: the time and the memory of making the basis anew, and the time of folding one article in. */
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
#include "model/lsa.h"
#include "tests/bench/bench.h"

#define ARTICLES 100000
#define TERMS 100000u
#define WORDS 110          /* different terms of an article of 160 words */
#define SUBJECTS 300
#define DIMS 128
#define SCANS 15

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

static void measure(void)
{
	struct csr m = CSR_INIT;
	struct rng r;
	struct lsa l;
	double start;

	rng_seed(&r, 20260331);
	for (int i = 0; i < ARTICLES; i++)
		add_article(&m, &r);
	m.cols = TERMS;
	start = log_monotonic();
	lsa_fit(&l, &m, DIMS, 1);
	printf("%-44s %8.1f s, %ld MB at the most, the articles' %.0f MB among them\n", "LSA-128 of 100,000 articles", log_monotonic() - start, peak_kb() / 1000,
	       (double)m.ptr[m.rows] * 8e-6);
	fold_all(&l, &m);
	fflush(stdout);
	lsa_clear(&l);
	csr_clear(&m);
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
