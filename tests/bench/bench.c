/* bench - named workloads, medians, the machine named. `make bench` runs it; nothing here is a test.
 *
 * Each workload starts the real program ($ECLOSE). A screen is timed in a pseudo-terminal, from the start (or the key) to the last byte that
 * the program writes for it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "bench.h"
#include "bench_large.h"

#define RUNS BENCH_RUNS
#define QUIET_MS 150 /* so long without a byte ends a screen */

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void bench_report(const char *name, double *value, size_t n, const char *unit)
{
	qsort(value, n, sizeof *value, by_value);
	printf("%-44s median %8.2f  least %8.2f  most %8.2f %s (%zu runs)\n", name, value[n / 2], value[0], value[n - 1], unit, n);
	fflush(stdout);
}

double bench_cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void name_machine(void)
{
	struct buf b = BUF_INIT;
	const char *model;
	double load = 0;

	if (buf_read_file(&b, "/proc/cpuinfo", (size_t)4 << 20, NULL) == OK && (model = strstr(b.s, "model name")) && (model = strchr(model, ':')))
		printf("machine: %.*s, %ld processors, ", (int)strcspn(model + 2, "\n"), model + 2, sysconf(_SC_NPROCESSORS_ONLN));
	(void)getloadavg(&load, 1);
	printf("load %.1f before we began\n", load); /* what else ran: wall times tell of that as well, CPU times hardly */
	buf_clear(&b);
}

/* ---- a program in a pseudo-terminal ---- */

struct session { pid_t pid; int fd; double start; };

static struct session start(char *const *argv)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct session s = { .start = log_monotonic() };

	s.pid = forkpty(&s.fd, NULL, NULL, &size);
	if (s.pid < 0) {
		perror("forkpty");
		exit(1);
	}
	if (s.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execv(argv[0], argv);
		_exit(127);
	}
	return s;
}

/* Milliseconds from `since` to the last byte before the terminal falls quiet. */
static double last_byte(const struct session *s, double since)
{
	double at = since;
	char piece[65536];
	bool any = false;

	for (;;) {
		struct pollfd p = { .fd = s->fd, .events = POLLIN };

		if (poll(&p, 1, any ? QUIET_MS : 5000) <= 0 || read(s->fd, piece, sizeof piece) <= 0)
			return (at - since) * 1000;
		at = log_monotonic();
		any = true;
	}
}

static void type(const struct session *s, const char *keys)
{
	if (write(s->fd, keys, strlen(keys)) < 0)
		perror("write");
}

static void stop(struct session *s)
{
	char piece[65536];

	type(s, "Q");
	while (read(s->fd, piece, sizeof piece) > 0)
		;
	waitpid(s->pid, NULL, 0);
	close(s->fd);
}

static void bench_first_screen(char *const *argv, const char *name)
{
	double ms[RUNS];

	for (int i = 0; i < RUNS; i++) {
		struct session s = start(argv);

		ms[i] = last_byte(&s, s.start);
		stop(&s);
	}
	bench_report(name, ms, RUNS, "ms");
}

/* Until the program has had nothing to say for a second: the page of the last time stands there before that of now. */
static void settle(const struct session *s)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };
	char piece[65536];

	while (poll(&p, 1, 1000) > 0 && read(s->fd, piece, sizeof piece) > 0)
		;
}

/* Each of `keys`, every one of which must change the screen; those of them that are in `counted` are reported, NULL: all. */
static void bench_keys(char *const *argv, const char *keys, const char *counted, const char *name)
{
	struct session s = start(argv);
	double *ms = mem_zero(strlen(keys), sizeof *ms);
	size_t n = 0;

	settle(&s);
	for (size_t i = 0; keys[i]; i++) {
		char key[2] = { keys[i], 0 };
		double at = log_monotonic();

		type(&s, key);
		at = last_byte(&s, at);
		if (!counted || strchr(counted, keys[i]))
			ms[n++] = at;
	}
	stop(&s);
	bench_report(name, ms, n, "ms");
	free(ms);
}

/* ---- a program to its end ---- */

static double run(char *const *argv)
{
	double at = log_monotonic();
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
	return (log_monotonic() - at) * 1000;
}

static void bench_files(const char *program, const char *data)
{
	char dir[] = "/tmp/eclose-bench-XXXXXX", config[64], store[64], urls[64];
	char *cold[] = { (char *)(uintptr_t)program, "--config", config, "--data", store, "fetch", NULL };
	char *again[] = { (char *)(uintptr_t)program, "--config", config, "--data", store, "fetch", "--force", NULL };
	double first[5], second[5];
	struct buf list = BUF_INIT, command = BUF_INIT;

	if (!mkdtemp(dir))
		return;
	snprintf(config, sizeof config, "%s/c", dir);
	snprintf(urls, sizeof urls, "%s/c/urls", dir);
	buf_printf(&list, "file://%s/samples/meridian-post.xml\nfile://%s/samples/kernel-notes.xml\nfile://%s/samples/tidepool.xml\n"
		   "file://%s/samples/bitstream.json\nfile://%s/samples/slow-oven.xml\nfile://%s/samples/second-reel.xml\n", data, data, data, data, data, data);
	for (int i = 0; i < 5; i++) {
		snprintf(store, sizeof store, "%s/d%d", dir, i);
		if (i == 0)
			(void)run(cold); /* makes the folders */
		if (buf_write_file(urls, list.s, list.len, 0600, NULL) != OK)
			break;
		snprintf(store, sizeof store, "%s/e%d", dir, i);
		first[i] = run(cold);
		second[i] = run(again);
	}
	bench_report("fetch 6 feeds, 180 articles, from files, cold", first, 5, "ms");
	bench_report("the same, nothing new", second, 5, "ms");
	buf_printf(&command, "%s", dir);
	{
		char *rm[] = { "/bin/rm", "-rf", command.s, NULL };

		(void)run(rm);
	}
	buf_clear(&list);
	buf_clear(&command);
}

/* ---- which ---- */

struct place { const char *program; char data[1024]; };

static char demo[] = "--demo";

static void group_screen(const struct place *p)
{
	char *argv[] = { (char *)(uintptr_t)p->program, demo, NULL };

	bench_first_screen(argv, "first screen, sample feeds, trained (--demo)");
}

/* A store of 100,000 articles below dir, fetched from files. */
static bool make_large(const char *program, const char *dir, char *config, char *data, size_t size)
{
	char *fetch[] = { (char *)(uintptr_t)program, "--config", config, "--data", data, "fetch", NULL };
	struct buf urls = BUF_INIT, path = BUF_INIT;
	bool made;

	snprintf(config, size, "%s/c", dir);
	snprintf(data, size, "%s/d", dir);
	buf_printf(&path, "%s/c/urls", dir);
	for (int i = 0; i < LARGE_FEEDS; i++)
		buf_printf(&urls, "file://%s/%04d.xml\n", dir, i);
	made = large_write(dir) > 0 && mkdir(config, 0700) == 0 && buf_write_file(buf_str(&path), urls.s, urls.len, 0600, NULL) == OK && run(fetch) > 0;
	buf_clear(&urls);
	buf_clear(&path);
	return made;
}

static void large_keys(const char *program, char *config, char *data)
{
	char *argv[] = { (char *)(uintptr_t)program, "--config", config, "--data", data, NULL };

	bench_keys(argv, "j", NULL, "page of 100,000 articles ranked and kept"); /* for the first screens that follow */
	bench_first_screen(argv, "first screen, 100,000 articles");
	bench_keys(argv, "aqaqaqaqaqaqaqaqaqaq", "a", "all articles opened, 100,000");
	bench_keys(argv, "aGgGgGgGgGgGgGgGgGgGg", "G", "jump to the end of 100,000");
	bench_keys(argv, "aGgjjjjjjjjjjjjjjjjjjjjjjjjjjjjj\4\4\4\4\25\25\4\4\4  \2\2  Gkkkkkkkkkkkkkkkkkkkkkkkkk\25\25\25\4", "jk\4\25 \2gG", "key in the list of 100,000");
	bench_keys(argv, "aGg\rqj\rqj\rqG\rqk\rqk\rq", "\r", "article opened from it, 160 words");
	bench_keys(argv, "fqfqfqfqfqfqfqfqfqfq", "f", "1,000 feeds opened");
}

static void group_keys(const struct place *p)
{
	char *argv[] = { (char *)(uintptr_t)p->program, demo, NULL };
	const char *tmp = getenv("TMPDIR");
	char dir[128], config[160], data[160], *rm[] = { "/bin/rm", "-rf", dir, NULL };

	bench_keys(argv, "][][][][][][][][][][", NULL, "slider moved and ranked anew, 540 articles");
	bench_keys(argv, "jjjjjjjjjjkkkkkkkkkk", NULL, "cursor moved");
	snprintf(dir, sizeof dir, "%.100s/eclose-keys-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(dir)) {
		perror(dir);
		return;
	}
	if (make_large(p->program, dir, config, data, sizeof config))
		large_keys(p->program, config, data);
	(void)run(rm);
}

static void group_files(const struct place *p)
{
	bench_files(p->program, p->data);
}

static void group_search(const struct place *p)
{
	bench_search(p->program);
}

static void group_fetch(const struct place *p)
{
	bench_fetch(p->program);
}

static void group_rank(const struct place *p)
{
	bench_rank(p->program);
}

#define PLAIN(name) \
	static void group_##name(const struct place *p) \
	{ \
		(void)p; \
		bench_##name(); \
	}
PLAIN(parse)
PLAIN(models)
PLAIN(explore)
PLAIN(learn)
PLAIN(terms)
PLAIN(lsa)

static const struct { const char *name; void (*run)(const struct place *p); } groups[] = {
	{ "screen", group_screen }, { "keys", group_keys }, { "files", group_files }, { "parse", group_parse }, { "models", group_models }, { "explore", group_explore },
	{ "learn", group_learn }, { "terms", group_terms }, { "lsa", group_lsa }, { "search", group_search }, { "fetch", group_fetch }, { "rank", group_rank },
};

#define GROUPS (sizeof groups / sizeof *groups)

/* Is it one of the blank-separated names? None means all. */
static bool chosen(const char *names, const char *name)
{
	size_t len = strlen(name);

	if (!names || !names[strspn(names, " ")])
		return true;
	for (names += strspn(names, " "); *names; names += strspn(names, " ")) {
		size_t n = strcspn(names, " ");

		if (n == len && strncmp(names, name, n) == 0)
			return true;
		names += n;
	}
	return false;
}

int main(void)
{
	struct place p = { .program = getenv("ECLOSE") };
	const char *source = getenv("TEST_SRCDIR"), *names = getenv("BENCH");
	bool any = false;

	if (!p.program || !source) {
		fprintf(stderr, "bench: run it by `make bench`\n");
		return 2;
	}
	snprintf(p.data, sizeof p.data, "%s/data", source);
	for (size_t i = 0; i < GROUPS; i++)
		any = any || chosen(names, groups[i].name);
	if (!any) {
		fprintf(stderr, "bench: there is no group '%s'; there are:", names);
		for (size_t i = 0; i < GROUPS; i++)
			fprintf(stderr, " %s", groups[i].name);
		fputc('\n', stderr);
		return 2;
	}
	name_machine();
	for (size_t i = 0; i < GROUPS; i++)
		if (chosen(names, groups[i].name))
			groups[i].run(&p);
	return 0;
}
