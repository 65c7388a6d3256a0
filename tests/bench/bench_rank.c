/* The page of a store of 100,000 unread articles: a program that starts, an action and the page after it, a step of the slider. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "app/app.h"
#include "app/page.h"
#include "bench.h"
#include "bench_child.h"
#include "bench_large.h"

#define NOW (LARGE_TIME + 3600)
#define NOW_WORDS "2026-03-31T07:00:00Z"
#define READINGS 100

struct folders { char top[64], feeds[80], config[80], data[80], urls[96]; };

static bool folders_make(struct folders *f)
{
	const char *tmp = getenv("TMPDIR");
	struct buf list = BUF_INIT;
	bool made;

	snprintf(f->top, sizeof f->top, "%.40s/eclose-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(f->top)) {
		perror(f->top);
		return false;
	}
	snprintf(f->feeds, sizeof f->feeds, "%s/f", f->top);
	snprintf(f->config, sizeof f->config, "%s/c", f->top);
	snprintf(f->data, sizeof f->data, "%s/d", f->top);
	snprintf(f->urls, sizeof f->urls, "%s/c/urls", f->top);
	(void)mkdir(f->feeds, 0700);
	(void)mkdir(f->config, 0700);
	for (int i = 0; i < LARGE_FEEDS; i++)
		buf_printf(&list, "file://%s/%04d.xml\n", f->feeds, i);
	made = large_write(f->feeds) > 0 && buf_write_file(f->urls, buf_str(&list), list.len, 0600, NULL) == OK;
	buf_clear(&list);
	return made;
}

/* `eclose fetch` fills the store. */
static bool fill(const char *program, struct folders *f)
{
	char *argv[] = { (char *)(uintptr_t)program, "--config", f->config, "--data", f->data, "--now", NOW_WORDS, "fetch", NULL };
	struct child c = child_start(argv, NULL, false);

	return c.pid > 0 && child_wait(&c, 0).status == 0;
}

/* One place after the other of each page is read, with what stands around it passed over. */
static enum err read_page(struct ranker *r, size_t place, struct err_info *info)
{
	struct page_options o = { .explore = 30 };
	struct page p;
	enum err e = ranker_page(r, &o, &p, info);

	for (size_t i = place % 5; e == OK && i < p.n; i += 3) {
		struct event ev = { .article = p.entries[i].id, .kind = i % 2 ? EVENT_OPEN : EVENT_SKIP, .dwell = -1, .scroll = -1, .explore = 30, .propensity = -1, .at = NOW, .place = (int)i + 1 };

		e = ranker_record(r, &ev, info);
	}
	if (e == OK)
		page_clear(&p);
	return e;
}

static enum err timed_page(struct ranker *r, int explore, double *ms, struct err_info *info)
{
	struct page_options o = { .explore = explore };
	double from = bench_cpu();
	struct page p;
	enum err e = ranker_page(r, &o, &p, info);

	if (e == OK) {
		*ms = 1e3 * (bench_cpu() - from);
		page_clear(&p);
	}
	return e;
}

static enum err pages(struct ranker *r, struct err_info *info)
{
	double after[BENCH_RUNS] = { 0 }, step[BENCH_RUNS] = { 0 };
	enum err e = OK;

	for (size_t i = 0; i < READINGS / 10 && e == OK; i++)
		e = read_page(r, i, info);
	for (int i = 0; i < BENCH_RUNS && e == OK; i++) {
		e = read_page(r, (size_t)i, info);
		if (e == OK)
			e = timed_page(r, 30, &after[i], info);
		if (e == OK)
			e = timed_page(r, 30 + 5 * (i % 14 + 1), &step[i], info);
	}
	if (e != OK)
		return e;
	bench_report("rank all 100,000, after ten actions", after, BENCH_RUNS, "ms");
	bench_report("rank all 100,000, slider moved", step, BENCH_RUNS, "ms");
	return OK;
}

static void program_rank(const char *program, struct folders *f)
{
	char *argv[] = { (char *)(uintptr_t)program, "--config", f->config, "--data", f->data, "--now", NOW_WORDS, "rank", NULL };
	double cpu[5], mb[5];

	for (int i = 0; i < 5; i++) {
		struct child c = child_start(argv, NULL, false);
		struct cost cost = child_wait(&c, 60);

		cpu[i] = 1e3 * cost.cpu;
		mb[i] = cost.mb;
	}
	bench_report("eclose rank of 100,000, CPU", cpu, 5, "ms");
	bench_report("and memory", mb, 5, "MB");
}

static void measure(const char *program, struct folders *f)
{
	struct app_options o = { .program = program, .config_dir = f->config, .data_dir = f->data, .now = NOW, .mode = DB_READ_WRITE };
	struct err_info info = { 0 };
	struct ranker *r = NULL;
	struct app app;
	enum err e = app_open(&app, &o, &info);

	if (e == OK) {
		e = ranker_open(&app, &r, &info);
		if (e == OK)
			e = pages(r, &info);
		if (e == OK)
			e = ranker_save(r, &info);
		ranker_close(r);
		app_close(&app);
	}
	if (e == OK)
		program_rank(program, f);
	else
		fprintf(stderr, "rank: %s\n", info.text);
}

void bench_rank(const char *program)
{
	struct folders f;
	char *rm[] = { "rm", "-rf", f.top, NULL };
	struct child c;

	if (folders_make(&f) && fill(program, &f))
		measure(program, &f);
	c = child_start(rm, NULL, false);
	(void)child_wait(&c, 0);
}
