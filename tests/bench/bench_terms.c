/* From text to terms, TF-IDF and vectors, articles a second of one core, by the functions that the program uses. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "bench.h"
#include "bench_words.h"
#include "model/digest.h"
#include "text/lang.h"

#define ARTICLES 20000
#define WORDS 160       /* an article */
#define RUNS 5

/* ---- the text ---- */

struct corpus {
	struct bench_words *words;
	struct buf text;      /* articles, a line each */
	size_t at[ARTICLES + 1];
};

static struct corpus *corpus_new(void)
{
	struct corpus *c = mem_zero(1, sizeof *c);
	struct rng r;

	rng_seed(&r, 20);
	c->words = bench_words_new(&r);
	for (size_t i = 0; i < ARTICLES; i++) {
		c->at[i] = c->text.len;
		bench_words_article(c->words, &r, WORDS, &c->text);
		buf_putc(&c->text, '\n');
	}
	c->at[ARTICLES] = c->text.len;
	return c;
}

/* ---- ours ---- */

static void count_form(void *user, uint32_t form)
{
	(void)form;
	++*(size_t *)user;
}

/* Terms alone. */
static double terms_rate(const struct corpus *c)
{
	struct terms *terms;
	size_t count = 0;
	double at = bench_cpu(), took;

	if (terms_new(&terms, NULL) != OK)
		exit(1);
	for (size_t i = 0; i < ARTICLES; i++) {
		const char *text = c->text.s + c->at[i];
		size_t n = c->at[i + 1] - c->at[i];

		(void)terms_each_form(terms, text, n, lang_detect(text, n, NULL), count_form, &count);
	}
	took = bench_cpu() - at;
	terms_free(terms);
	return ARTICLES / took;
}

/* Terms and TF-IDF; with a table vectors too. */
static double digest_rate(const struct corpus *c, const struct vectors *table)
{
	struct digest d;
	struct csr m = CSR_INIT;
	size_t dims = table ? table->dims : 0;
	float *vec = mem_zero(ARTICLES * dims + 1, sizeof *vec);
	double at, took, *length = mem_zero(ARTICLES, sizeof *length);

	at = bench_cpu();
	if (digest_init(&d, table, NULL) != OK)
		exit(1);
	for (size_t i = 0; i < ARTICLES; i++) {
		const char *text = c->text.s + c->at[i];
		size_t n = c->at[i + 1] - c->at[i];

		digest_article(&d, &(struct digest_text){ .body = text, .body_n = n, .title = "", .categories = "", .lang = lang_detect(text, n, NULL) });
		(void)digest_mean(&d, vec + i * dims);
		length[i] = digest_row(&d, &m);
	}
	tally_weigh(&d.tally, &m, length);
	took = bench_cpu() - at;
	digest_clear(&d);
	csr_clear(&m);
	free(vec);
	free(length);
	return ARTICLES / took;
}

/* ---- scikit-learn ---- */

/* Reads articles, a line each; prints articles a second, once a run. */
static const char peer[] =
	"import sys, time\n"
	"from sklearn.feature_extraction.text import TfidfVectorizer\n"
	"text = open(sys.argv[1], encoding='utf8').read().splitlines()\n"
	"for _ in range(int(sys.argv[2])):\n"
	"    at = time.process_time()\n"
	"    TfidfVectorizer(stop_words='english', sublinear_tf=True).fit_transform(text)\n"
	"    print(len(text) / (time.process_time() - at))\n";

static void run_peer(const char *path, int out)
{
	char runs[8];

	snprintf(runs, sizeof runs, "%d", RUNS);
	dup2(out, STDOUT_FILENO);
	if (!freopen("/dev/null", "w", stderr))
		_exit(127);
	/* one core, as ours */
	setenv("OMP_NUM_THREADS", "1", 1);
	setenv("OPENBLAS_NUM_THREADS", "1", 1);
	execlp("python3", "python3", "-c", peer, path, runs, (char *)NULL);
	_exit(127);
}

static void theirs(const char *path)
{
	double rate[RUNS];
	size_t n = 0;
	int fd[2];
	pid_t pid;
	FILE *f;

	if (pipe(fd) != 0)
		return;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(fd[0]);
		run_peer(path, fd[1]);
	}
	close(fd[1]);
	f = fdopen(fd[0], "r");
	while (f && n < RUNS && fscanf(f, "%lf", &rate[n]) == 1)
		n++;
	if (f)
		fclose(f);
	waitpid(pid, NULL, 0);
	if (n)
		bench_report("  scikit-learn, TfidfVectorizer", rate, n, "articles/s");
	else
		printf("  scikit-learn, TfidfVectorizer: skipped, python3 has no scikit-learn here\n");
}

void bench_terms(void)
{
	struct corpus *c = corpus_new();
	char path[] = "/tmp/eclose-bench-text-XXXXXX";
	double rate[RUNS];
	int fd = mkstemp(path);

	for (int i = 0; i < RUNS; i++)
		rate[i] = terms_rate(c);
	bench_report("terms, 160-word articles", rate, RUNS, "articles/s");
	for (int i = 0; i < RUNS; i++)
		rate[i] = digest_rate(c, NULL);
	bench_report("terms and TF-IDF", rate, RUNS, "articles/s");
	for (int i = 0; i < RUNS; i++)
		rate[i] = digest_rate(c, &c->words->table);
	bench_report("terms, TF-IDF and word vectors", rate, RUNS, "articles/s");
	if (fd >= 0 && write(fd, c->text.s, c->text.len) == (ssize_t)c->text.len)
		theirs(path);
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	buf_clear(&c->text);
	bench_words_free(c->words);
	free(c);
}
