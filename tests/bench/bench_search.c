/* Full-text search of a store as large as "large": making the index, and the first page of what is asked, in a process that has asked before and in one of its own. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/rng.h"
#include "bench_child.h"
#include "bench_large.h"
#include "bench_words.h"
#include "store/store.h"

#define PAGE 50
#define WORDS 160
#define SAMPLES 3000 /* words of which those are chosen that are asked for */

struct made {
	char dir[64], path[96];
	struct store st;
	struct arena a; /* of one feed */
	struct bench_words *v;
	struct rng r;
};

static void plain(void *user, const struct entry *e, struct buf *out)
{
	(void)user;
	buf_puts(out, e->content ? e->content : "");
}

static const char *some_words(struct made *m, size_t n)
{
	struct buf b = BUF_INIT;
	const char *s;

	bench_words_article(m->v, &m->r, n, &b);
	s = arena_strdup(&m->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

static enum err put_feed(struct made *m, int feed, struct err_info *info)
{
	struct entry e[LARGE_ARTICLES];
	struct feed_doc doc = { .title = arena_printf(&m->a, "Site %d", feed), .entries = e, .n_entries = LARGE_ARTICLES, .updated = DATE_NONE, .ttl = -1 };
	struct fetched f = { .feed_id = feed + 1, .at = LARGE_TIME, .next = LARGE_TIME, .http = 200, .doc = &doc };
	enum err err;

	for (int i = 0; i < LARGE_ARTICLES; i++)
		e[i] = (struct entry){ .id = arena_printf(&m->a, "%d", i), .title = some_words(m, 8), .content = some_words(m, WORDS), .published = LARGE_TIME - i, .updated = DATE_NONE };
	err = feeds_put(&m->st, &f, plain, NULL, NULL, info);
	arena_clear(&m->a);
	return err;
}

static enum err fill(struct made *m, struct err_info *info)
{
	struct sub *subs = mem_zero(LARGE_FEEDS, sizeof *subs);
	enum err e;

	for (int i = 0; i < LARGE_FEEDS; i++)
		subs[i].url = arena_printf(&m->a, "http://site%d.example/f", i);
	e = feeds_sync(&m->st, subs, LARGE_FEEDS, info);
	free(subs);
	arena_clear(&m->a);
	for (int i = 0; e == OK && i < LARGE_FEEDS; i++)
		e = put_feed(m, i, info);
	return e;
}

static enum err make_index(struct made *m, struct err_info *info)
{
	double start = log_monotonic(), cpu = bench_cpu();
	bool left = true;
	enum err e = OK;

	while (e == OK && left)
		e = search_index(&m->st, 1000, &left, info);
	printf("%-48s  %.1f s, %.1f s of it computing\n", "index 100,000 articles", log_monotonic() - start, bench_cpu() - cpu);
	return e;
}

static size_t hits(struct made *m, const char *words, size_t limit)
{
	struct arena a = ARENA_INIT;
	struct id_list l = { NULL, 0 };
	struct err_info info;

	if (search_words(&m->st, words, limit, &a, &l, &info) != OK)
		printf("%s: %s\n", words, info.text);
	arena_clear(&a);
	return l.n;
}

static void ask(struct made *m, const char *what, const char *words)
{
	char label[128];
	double ms[BENCH_RUNS];

	snprintf(label, sizeof label, "search %s (%zu)", what, hits(m, words, 0));
	for (int i = 0; i < BENCH_RUNS; i++) {
		double start = bench_cpu();

		(void)hits(m, words, PAGE);
		ms[i] = (bench_cpu() - start) * 1000;
	}
	bench_report(label, ms, BENCH_RUNS, "ms");
}

/* A sampled word that about n articles hold. Frees: with the arena. */
static const char *held_by(struct made *m, size_t n)
{
	const char *best = "";
	size_t least = SIZE_MAX;

	for (int i = 0; i < SAMPLES && least > n / 20; i++) {
		const char *word = arena_printf(&m->a, "\"%s\"", some_words(m, 1));
		size_t h = hits(m, word, 2 * n), off = h > n ? h - n : n - h;

		if (off < least) {
			least = off;
			best = word;
		}
	}
	return best;
}

static void alone(const struct made *m, const char *program, const char *words)
{
	char *argv[] = { (char *)(uintptr_t)program, "--config", (char *)(uintptr_t)m->dir, "--data", (char *)(uintptr_t)m->dir, "search", (char *)(uintptr_t)words, NULL };
	double ms[BENCH_RUNS];

	for (int i = 0; i < BENCH_RUNS; i++) {
		struct child c = child_start(argv, m->dir, false);

		ms[i] = child_wait(&c, 0).cpu * 1000;
	}
	bench_report("search in a process of its own, snippets too", ms, BENCH_RUNS, "ms");
}

static void questions(struct made *m, const char *program)
{
	const char *common = held_by(m, 20000), *second = held_by(m, 10000), *middle = held_by(m, 2000), *rare = held_by(m, 20);
	char begins[64];

	ask(m, "a common word", common);
	ask(m, "a less common word", second);
	ask(m, "a word of nearly every article", rare);
	ask(m, "two words", arena_printf(&m->a, "%s %s", common, second));
	ask(m, "one of two words", arena_printf(&m->a, "%s OR %s", common, middle));
	snprintf(begins, sizeof begins, "%.3s", middle + 1);
	ask(m, "three letters of words", begins);
	alone(m, program, common);
}

void bench_search(const char *program)
{
	const char *tmp = getenv("TMPDIR");
	struct made m = { .v = NULL };
	struct err_info info = ERR_INFO_INIT;
	char *rm[] = { "rm", "-rf", m.dir, NULL };
	struct child c;
	enum err e;

	snprintf(m.dir, sizeof m.dir, "%.40s/eclose-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(m.dir)) {
		perror(m.dir);
		return;
	}
	snprintf(m.path, sizeof m.path, "%s/eclose.db", m.dir);
	rng_seed(&m.r, 163);
	m.v = bench_words_new(&m.r);
	e = store_open(&m.st, m.path, DB_READ_WRITE, &info);
	if (e == OK) {
		store_text(&m.st, plain, NULL);
		e = fill(&m, &info);
		if (e == OK)
			e = make_index(&m, &info);
		if (e == OK)
			questions(&m, program);
		arena_clear(&m.a);
		store_close(&m.st);
	}
	if (e != OK)
		printf("search: %s\n", info.text);
	bench_words_free(m.v);
	c = child_start(rm, NULL, false);
	(void)child_wait(&c, 0);
}
