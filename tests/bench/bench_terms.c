/* From text to terms, TF-IDF and vectors, articles a second of one core, by the functions that the program uses. The text is generated: English function words, words of the
 * bundled table of word vectors, and made-up ones that the table hasn't, by Zipf's law. */
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
#include "model/digest.h"
#include "text/lang.h"

#define ARTICLES 20000
#define WORDS 160       /* an article */
#define VOCABULARY 30000
#define MADE_UP 8       /* one word of so many is made up */
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
	struct vectors table;
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

/* The word of a rank behind the commonest. */
static void choose_word(const struct corpus *c, struct rng *r, size_t rank, char *out, size_t size)
{
	size_t n = 0;
	const char *s = rank % MADE_UP && rank < c->table.words ? vectors_word(&c->table, rank, &n) : "";

	if (n && n < size)
		snprintf(out, size, "%.*s", (int)n, s);
	else
		make_word(r, out, size);
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

static struct corpus *corpus_new(void)
{
	struct corpus *c = mem_zero(1, sizeof *c);
	struct rng r;
	double sum = 0;

	open_table(&c->table);
	rng_seed(&r, 20);
	for (size_t i = 0; i < VOCABULARY; i++) {
		if (i < COMMON)
			snprintf(c->word[i], sizeof c->word[i], "%s", common[i]);
		else
			choose_word(c, &r, i - COMMON, c->word[i], sizeof c->word[i]);
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
		rate[i] = digest_rate(c, &c->table);
	bench_report("terms, TF-IDF and word vectors", rate, RUNS, "articles/s");
	if (fd >= 0 && write(fd, c->text.s, c->text.len) == (ssize_t)c->text.len)
		theirs(path);
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	buf_clear(&c->text);
	vectors_close(&c->table);
	free(c);
}
