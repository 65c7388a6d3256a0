/* Fetching "large" from a server on this machine, beside other programs that fetch the same list in the same run.
 *
 * "shown": from the start until every article is in the store, to be listed and found by title; measured by the lines that the program prints for each feed, and
 * then by looking into the store. "end": until the program has ended, vectors, learning and full text included. The server's own work is not counted in CPU, but
 * it has to be done on the same processors. One run each: they are long. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "bench.h"
#include "bench_child.h"
#include "bench_large.h"
#include "store/store.h"

#define FAR 100         /* ms */
#define MISSING 20      /* one feed of so many is missing where feeds are faulty ... */
#define DEAF 50         /* ... and one of so many never answers */
#define LONGEST 150.0   /* seconds that another program gets */
#define LOOK 5          /* ms between looks into the store */

struct large {
	char dir[64];
	struct serve serve;
};

static char *path_of(const struct large *l, const char *name, char *out, size_t size)
{
	snprintf(out, size, "%s/%s", l->dir, name);
	return out;
}

static void make_dir(const struct large *l, const char *name)
{
	char path[128];

	(void)mkdir(path_of(l, name, path, sizeof path), 0755);
}

static void put_file(const struct large *l, const char *name, const struct buf *b)
{
	char path[128];

	if (buf_write_file(path_of(l, name, path, sizeof path), buf_str(b), b->len, 0600, NULL) != OK)
		perror(path);
}

/* ---- lists of the feeds, in each program's form ---- */

static bool is_missing(int feed) { return feed % MISSING == 7; }
static bool is_deaf(int feed) { return feed % DEAF == 11; }

static void put_list(const struct large *l, const char *name, const char *before, const char *after, bool faulty)
{
	struct buf b = BUF_INIT;

	for (int i = 0; i < LARGE_FEEDS; i++) {
		buf_puts(&b, before);
		buf_printf(&b, "http://127.0.0.1:%d/%s%04d.xml", faulty && is_deaf(i) ? l->serve.deaf_port : l->serve.port, faulty && is_missing(i) ? "missing/" : "", i);
		buf_puts(&b, after);
	}
	put_file(l, name, &b);
	buf_clear(&b);
}

static void put_sfeedrc(const struct large *l)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "sfeedpath=\"%s/sfeed\"\nmaxjobs=64\nfeeds() {\n", l->dir);
	for (int i = 0; i < LARGE_FEEDS; i++)
		buf_printf(&b, "\tfeed \"site%d\" \"http://127.0.0.1:%d/%04d.xml\"\n", i, l->serve.port, i);
	buf_puts(&b, "}\n");
	put_file(l, "sfeedrc", &b);
	buf_clear(&b);
}

static void put_lists(const struct large *l)
{
	struct buf newsboat = BUF_INIT;

	make_dir(l, "c");
	make_dir(l, "faulty");
	make_dir(l, "sfeed");
	put_list(l, "c/urls", "", "\n", false);
	put_list(l, "faulty/urls", "", "\n", true);
	put_list(l, "curl.list", "url = \"", "\"\noutput = \"/dev/null\"\n", false);
	put_sfeedrc(l);
	buf_puts(&newsboat, "reload-threads 64\n");
	put_file(l, "newsboat", &newsboat);
	buf_clear(&newsboat);
}

/* ---- ours ---- */

struct run {
	const struct large *l;
	const char *config, *data;
	int feeds;        /* whose lines are waited for: all but the deaf ones */
	int64_t articles; /* that must be in the store then; 0: it isn't looked into */
	bool to_the_end;  /* else it is stopped when all is shown */
	char deaf[16];    /* ":PORT/" */
};

static int64_t stored(struct store *st)
{
	struct arena a = ARENA_INIT;
	struct feed_list feeds;
	int64_t n = 0;

	if (feeds_load(st, false, &a, &feeds, NULL) == OK)
		for (size_t i = 0; i < feeds.n; i++)
			n += feeds.feed[i].items;
	arena_clear(&a);
	return n;
}

/* What the last feeds brought is committed some time after their lines. Returns whether it came to all. */
static bool wait_stored(const struct run *r)
{
	char dir[128], path[160];
	struct store st;
	bool all = false;

	if (r->articles == 0)
		return true;
	snprintf(path, sizeof path, "%s/eclose.db", path_of(r->l, r->data, dir, sizeof dir));
	if (store_open(&st, path, DB_READ_ONLY, NULL) != OK)
		return false;
	for (int i = 0; !all && i < 60 * 1000 / LOOK; i++) {
		all = stored(&st) >= r->articles;
		if (!all)
			usleep(LOOK * 1000);
	}
	store_close(&st);
	return all;
}

/* Lines until `feeds` of them told of a feed that can answer. Returns whether they came. */
static bool read_lines(const struct run *r, FILE *in)
{
	char *line = NULL;
	size_t size = 0;
	int seen = 0;

	while (seen < r->feeds && getline(&line, &size, in) > 0)
		seen += strstr(line, "\"status\"") && !strstr(line, r->deaf);
	free(line);
	return seen == r->feeds;
}

static void drain(FILE *in)
{
	char piece[65536];

	while (fread(piece, 1, sizeof piece, in) > 0)
		;
}

static void row(const char *name, const struct cost *shown, const struct cost *end)
{
	printf("%-48s", name);
	if (shown)
		printf("  shown %7.2f s  CPU %6.2f s  peak %5.0f MB", shown->wall, shown->cpu, shown->mb);
	if (end)
		printf("  end %7.2f s  CPU %6.2f s  peak %5.0f MB", end->wall, end->cpu, end->mb);
	printf("\n");
	fflush(stdout);
}

static void ours(const char *program, struct run *r, const char *name)
{
	char config[128], data[128];
	char *argv[] = { (char *)(uintptr_t)program, "--config", path_of(r->l, r->config, config, sizeof config), "--data", path_of(r->l, r->data, data, sizeof data), "fetch",
		"--force", "--json", NULL };
	struct cost shown = { 0 }, end;
	struct child c = child_start(argv, NULL, true);
	FILE *in = c.out >= 0 ? fdopen(c.out, "r") : NULL;
	bool ok;

	snprintf(r->deaf, sizeof r->deaf, ":%d/", r->l->serve.deaf_port);
	ok = in && read_lines(r, in) && wait_stored(r);
	if (ok)
		shown = child_now(&c);
	if (!r->to_the_end && c.pid > 0)
		kill(c.pid, SIGKILL);
	if (in)
		drain(in);
	c.out = -1;
	end = child_wait(&c, 0);
	if (in)
		fclose(in);
	if (ok)
		row(name, &shown, r->to_the_end ? &end : NULL);
	else
		printf("%-48s  failed: not all came\n", name);
}

/* ---- the others ---- */

static void other(const struct large *l, const char *name, char *const *argv, const char *what)
{
	char label[96];
	struct child c;
	struct cost end;

	snprintf(label, sizeof label, "  %s", what);
	if (!child_exists(name)) {
		printf("%-48s  not installed: skipped\n", label);
		return;
	}
	c = child_start(argv, l->dir, false);
	end = child_wait(&c, LONGEST);
	if (end.status < 0)
		printf("%-48s  not done within %.0f s\n", label, LONGEST);
	else
		row(label, NULL, &end);
}

static void curl(const struct large *l, bool again)
{
	char list[128];
	char *argv[] = { "curl", "-q", "-s", "--parallel", "--parallel-max", "256", "-K", path_of(l, "curl.list", list, sizeof list), again ? "-H" : NULL,
		"If-Modified-Since: " LARGE_MODIFIED, NULL };

	other(l, "curl", argv, again ? "curl --parallel, If-Modified-Since" : "curl --parallel, to nowhere");
}

/* The second time each finds the store that it made the first time. */
static void readers(const struct large *l)
{
	char urls[128], newsboat[128], cache[128], sfeedrc[128], db[128];
	char *reload[] = { "newsboat", "-u", path_of(l, "c/urls", urls, sizeof urls), "-C", path_of(l, "newsboat", newsboat, sizeof newsboat), "-c",
		path_of(l, "newsboat.db", cache, sizeof cache), "-x", "reload", NULL };
	char *update[] = { "sfeed_update", path_of(l, "sfeedrc", sfeedrc, sizeof sfeedrc), NULL };
	char *raft[] = { "newsraft", "-f", urls, "-d", path_of(l, "newsraft.db", db, sizeof db), "-e", "reload-all", NULL };

	other(l, "newsboat", reload, "newsboat -x reload");
	other(l, "sfeed_update", update, "sfeed_update");
	other(l, "newsraft", raft, "newsraft -e reload-all");
}

/* ---- the rows ---- */

static void near(const char *program, struct large *l)
{
	struct run cold = { .l = l, .config = "c", .data = "d0", .feeds = LARGE_FEEDS, .articles = (int64_t)LARGE_FEEDS * LARGE_ARTICLES, .to_the_end = true };
	struct run again = { .l = l, .config = "c", .data = "d0", .feeds = LARGE_FEEDS, .to_the_end = true };

	if (!serve_start(&l->serve, 0))
		return;
	ours(program, &cold, "fetch large, cold, 0 ms");
	curl(l, false);
	readers(l);
	ours(program, &again, "fetch large, nothing new, 0 ms");
	curl(l, true);
	readers(l);
}

static void far(const char *program, struct large *l)
{
	struct run again = { .l = l, .config = "c", .data = "d0", .feeds = LARGE_FEEDS, .to_the_end = true };
	struct run cold = { .l = l, .config = "c", .data = "d1", .feeds = LARGE_FEEDS, .articles = (int64_t)LARGE_FEEDS * LARGE_ARTICLES };

	if (!serve_start(&l->serve, FAR))
		return;
	ours(program, &cold, "fetch large, cold, 100 ms");
	curl(l, false);
	ours(program, &again, "fetch large, nothing new, 100 ms");
	curl(l, true);
}

static void faulty(const char *program, struct large *l)
{
	struct run r = { .l = l, .config = "faulty", .data = "d2" };
	int good = 0;

	for (int i = 0; i < LARGE_FEEDS; i++) {
		r.feeds += !is_deaf(i);
		good += !is_deaf(i) && !is_missing(i);
	}
	r.articles = (int64_t)good * LARGE_ARTICLES;
	if (serve_start(&l->serve, 0))
		ours(program, &r, "fetch large, cold, 5 % missing, 2 % hang, 0 ms");
}

void bench_fetch(const char *program)
{
	const char *tmp = getenv("TMPDIR");
	char www[128], *rm[] = { "rm", "-rf", NULL, NULL };
	struct large l = { .serve = { .deaf = -1 } };
	struct child c;
	int64_t bytes;

	snprintf(l.dir, sizeof l.dir, "%.40s/eclose-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(l.dir)) {
		perror(l.dir);
		return;
	}
	make_dir(&l, "www");
	if (serve_init(&l.serve, l.dir) && (bytes = large_write(path_of(&l, "www", www, sizeof www))) > 0) {
		printf("large: %d feeds of %d articles, %.1f MB, from nginx on this machine\n", LARGE_FEEDS, LARGE_ARTICLES, (double)bytes / 1e6);
		fflush(stdout);
		put_lists(&l);
		near(program, &l);
		far(program, &l);
		faulty(program, &l);
	}
	serve_clear(&l.serve);
	rm[2] = l.dir;
	c = child_start(rm, NULL, false);
	(void)child_wait(&c, 0);
}
