/* Terms and TF-IDF, articles a second of one core. The text is generated: English function words and made-up words, by Zipf's law. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "bench.h"
#include "text/lang.h"
#include "text/tally.h"
#include "text/terms.h"
#include "text/tfidf.h"

#define ARTICLES 20000
#define WORDS 160       /* an article */
#define VOCABULARY 30000
#define RUNS 5

/* ---- the text ---- */

/* The commonest words of English, roughly in order; about half of running text. */
static const char *const common[] = {
	"the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as", "he", "be", "at", "by", "this", "had", "not", "are",
	"but", "from", "or", "have", "an", "they", "which", "one", "you", "were", "her", "all", "she", "there", "would", "their", "we", "him", "been",
	"has", "when", "who", "will", "more", "no", "if", "out", "so", "said", "what", "up", "its", "about", "into", "than", "them", "can", "only",
	"other", "new", "some", "could", "time", "these", "two", "may", "then", "do", "first", "any", "my", "now", "such", "like", "our", "over",
};

#define COMMON (sizeof common / sizeof common[0])

struct corpus {
	struct buf text;      /* articles, a line each */
	size_t at[ARTICLES + 1];
	char word[VOCABULARY][20];
	double below[VOCABULARY]; /* chance of a word no rarer */
};

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

static size_t draw(const struct corpus *c, struct rng *r)
{
	double u = rng_uniform(r) * c->below[VOCABULARY - 1];
	size_t low = 0, high = VOCABULARY - 1;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->below[mid] < u)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void make_article(struct corpus *c, struct rng *r)
{
	bool begins = true;

	for (size_t i = 0; i < WORDS; i++) {
		const char *w = c->word[draw(c, r)];

		if (i)
			buf_putc(&c->text, ' ');
		buf_putc(&c->text, (char)(begins || rng_below(r, 12) == 0 ? w[0] & ~0x20 : w[0]));
		buf_puts(&c->text, w + 1);
		begins = rng_below(r, 18) == 0;
		if (begins)
			buf_putc(&c->text, '.');
		else if (rng_below(r, 14) == 0)
			buf_putc(&c->text, ',');
	}
	buf_putc(&c->text, '\n');
}

static struct corpus *corpus_new(void)
{
	struct corpus *c = mem_zero(1, sizeof *c);
	struct rng r;
	double sum = 0;

	rng_seed(&r, 20);
	for (size_t i = 0; i < VOCABULARY; i++) {
		if (i < COMMON)
			snprintf(c->word[i], sizeof c->word[i], "%s", common[i]);
		else
			make_word(&r, c->word[i], sizeof c->word[i]);
		c->below[i] = sum += 1 / ((double)i + 2.7);
	}
	for (size_t i = 0; i < ARTICLES; i++) {
		c->at[i] = c->text.len;
		make_article(c, &r);
	}
	c->at[ARTICLES] = c->text.len;
	return c;
}

/* ---- ours ---- */

/* Seconds that this process has computed: what else the machine does meanwhile doesn't count. */
static double cpu_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double ours(const struct corpus *c)
{
	struct terms *terms;
	struct tally t = TALLY_INIT;
	struct csr m = CSR_INIT;
	double at, took, *length = mem_zero(ARTICLES, sizeof *length);

	at = cpu_time();
	if (terms_new(&terms, NULL) != OK)
		exit(1);
	for (size_t i = 0; i < ARTICLES; i++) {
		const char *text = c->text.s + c->at[i];
		size_t n = c->at[i + 1] - c->at[i];

		(void)terms_each_number(terms, text, n, lang_detect(text, n, NULL), tally_term, &t);
		length[i] = tally_row(&t, &m);
	}
	tally_weigh(&t, &m, length);
	took = cpu_time() - at;
	terms_free(terms);
	tally_clear(&t);
	csr_clear(&m);
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
		rate[i] = ours(c);
	bench_report("terms and TF-IDF, 160-word articles", rate, RUNS, "articles/s");
	if (fd >= 0 && write(fd, c->text.s, c->text.len) == (ssize_t)c->text.len)
		theirs(path);
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	buf_clear(&c->text);
	free(c);
}
