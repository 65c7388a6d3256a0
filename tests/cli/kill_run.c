/* kill_run - a fetch that is killed at a chosen instant, and where it was then. */
#include "kill.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/words.h"
#include "base/log.h"
#include "store/schema_private.h"

#define SEEN_BLOB "vectorised"
#define MODEL_BLOB "model"
#define LOOK_MS 2
#define HANGS 60.0 /* seconds; nothing that isn't broken takes so long */

/* ---- starting ---- */

static void become(const char *dir, const char *const *words, int out, const char *err)
{
	const char *argv[32], *program = getenv("ECLOSE");
	char config[200], data[200], file[200];
	int n = 0, fd;

	(void)snprintf(config, sizeof config, "%s/config", dir);
	(void)snprintf(data, sizeof data, "%s/data", dir);
	(void)snprintf(file, sizeof file, "%s/%s", dir, err);
	argv[n++] = program;
	argv[n++] = "--config";
	argv[n++] = config;
	argv[n++] = "--data";
	argv[n++] = data;
	for (; *words && n < 31; words++)
		argv[n++] = *words;
	argv[n] = NULL;
	(void)setpgid(0, 0);
	(void)setenv("HOME", dir, 1);
	(void)setenv("TMPDIR", dir, 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)setenv("OPENBLAS_NUM_THREADS", "1", 1);
	fd = open("/dev/null", O_RDWR);
	(void)dup2(fd, STDIN_FILENO);
	(void)dup2(out >= 0 ? out : fd, STDOUT_FILENO);
	fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	(void)dup2(fd, STDERR_FILENO);
	if (program)
		(void)execv(program, (char *const *)argv);
	_exit(127);
}

pid_t kill_spawn(const char *dir, const char *const *words, int *out, const char *err)
{
	int fd[2] = { -1, -1 };
	pid_t pid;

	if (out && pipe2(fd, O_CLOEXEC) < 0)
		abort();
	pid = fork();
	if (pid < 0)
		abort();
	if (pid == 0)
		become(dir, words, fd[1], err);
	(void)setpgid(pid, pid);
	if (out) {
		(void)close(fd[1]);
		(void)fcntl(fd[0], F_SETFL, O_NONBLOCK);
		*out = fd[0];
	}
	return pid;
}

/* ---- listening ---- */

static void take_line(struct kill_fetch *k)
{
	const char *url = strstr(k->line, "\"url\":\""), *done = strstr(k->line, "\"done\":"), *total = strstr(k->line, "\"total\":");
	char address[256];
	double now = log_monotonic();

	if (strncmp(k->line, "{\"summary\"", 10) == 0)
		k->summary = true;
	if (!url || !done || !total || sscanf(url + 7, "%255[^\"]", address) != 1)
		return;
	k->lines = atoi(done + 7);
	k->total = atoi(total + 8);
	k->all = k->lines == k->total;
	k->last = now;
	if (!strstr(k->line, "\"skipped\"") && kill_feed_number(address) >= 0)
		k->said[kill_feed_number(address)] = now;
}

/* Returns false at the end of what it says. */
static bool listen_to(struct kill_fetch *k)
{
	char piece[4096];
	ssize_t n;

	while ((n = read(k->out, piece, sizeof piece)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (piece[i] != '\n') {
				k->line[k->len] = piece[i];
				k->len += k->len < sizeof k->line - 1;
				continue;
			}
			k->line[k->len] = '\0';
			take_line(k);
			k->len = 0;
		}
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static bool reached(const struct kill_fetch *k, const struct kill_aim *aim)
{
	switch (aim->from) {
	case KILL_FROM_START:   return true;
	case KILL_FROM_LINE:    return k->lines >= aim->line;
	case KILL_FROM_LAST:    return k->all;
	case KILL_FROM_SUMMARY: return k->summary;
	case KILL_NEVER:        break;
	}
	return false;
}

static void wait_for(struct kill_fetch *k, double instant)
{
	double left = instant > 0 ? (instant - log_monotonic()) * 1000 : LOOK_MS;
	struct pollfd p = { k->out, POLLIN, 0 };

	if (left < 0.2 && left > 0)
		(void)usleep((unsigned)(left * 1000));
	else
		(void)poll(&p, 1, left > LOOK_MS ? LOOK_MS : left > 1 ? 1 : 0);
}

static void strike(struct kill_fetch *k)
{
	k->end = log_monotonic();
	(void)clock_gettime(CLOCK_REALTIME, &k->end_real);
	k->killed = kill(-k->pid, SIGKILL) == 0;
}

void kill_fetch_run(struct kill_fetch *k, const char *dir, const char *const *words, const struct kill_aim *aim, void (*meanwhile)(void *user), void *user)
{
	double instant = 0, now;

	*k = (struct kill_fetch){ .start = log_monotonic() };
	k->pid = kill_spawn(dir, words, &k->out, "err");
	for (;;) {
		bool more = listen_to(k);

		now = log_monotonic();
		if (instant <= 0 && reached(k, aim))
			instant = (aim->from == KILL_FROM_START ? k->start : now) + aim->after;
		if (!more)
			break;
		if ((instant > 0 && now >= instant) || now - k->start > HANGS) {
			strike(k);
			break;
		}
		wait_for(k, instant);
		meanwhile(user);
	}
	/* Its output ends before it does: the close of the store is still to come, and may be aimed at. */
	while (waitpid(k->pid, &k->status, WNOHANG) == 0)
		if (!k->killed && ((instant > 0 && log_monotonic() >= instant) || log_monotonic() - k->start > HANGS))
			strike(k);
		else
			(void)usleep(100);
	if (!k->killed)
		k->end = log_monotonic();
	(void)listen_to(k);
	(void)close(k->out);
	k->killed = WIFSIGNALED(k->status); /* it may have been faster */
}

/* ---- where it was ---- */

bool kill_store_made(const char *path)
{
	struct db *db;
	struct stmt *s;
	bool row = false, made = false;

	if (db_open(path, DB_READ_ONLY, &db, NULL) != OK)
		return false;
	s = db_sql(db, "PRAGMA user_version");
	if (stmt_step(s, &row, NULL) == OK && row)
		made = stmt_col_int(s, 0) == schema_version();
	stmt_reset(s);
	db_close(db);
	return made;
}

/* version < 0: a number made of what it holds; else its version. */
static int64_t blob_number(struct store *st, const char *name, bool by_version)
{
	struct arena a = ARENA_INIT;
	const void *bytes;
	int64_t version = 0, number = 0;
	size_t n;

	if (blob_get(st, name, &a, &version, &bytes, &n, NULL) == OK)
		number = by_version ? version : (int64_t)hash_bytes(bytes, n);
	arena_clear(&a);
	return number;
}

int64_t kill_model(struct store *st)
{
	return blob_number(st, MODEL_BLOB, false);
}

static bool waits_for_terms(struct store *st)
{
	struct arena a = ARENA_INIT;
	struct id_list l = { NULL, 0 };
	bool waits = terms_pending(st, 1, &a, &l, NULL) == OK && l.n;

	arena_clear(&a);
	return waits;
}

static bool waits_for_index(struct store *st)
{
	struct stmt *s = db_sql(st->db, "SELECT EXISTS (SELECT 1 FROM search_queue)");
	bool row = false, waits;

	waits = stmt_step(s, &row, NULL) == OK && row && stmt_col_int(s, 0);
	stmt_reset(s);
	return waits;
}

enum kill_phase kill_phase(const struct kill_fetch *k, struct store *st, bool made, int64_t model)
{
	if (!made)
		return KILL_SCHEMA;
	if (!k->lines && !k->summary)
		return KILL_CONNECT;
	if (!k->all && !k->summary)
		return KILL_STORE;
	if (waits_for_terms(st))
		return KILL_TERMS;
	if (blob_number(st, WORDS_BLOB, true) != blob_number(st, SEEN_BLOB, true))
		return KILL_VECTORS;
	if (!waits_for_index(st))
		return KILL_CHECKPOINT;
	return kill_model(st) == model ? KILL_LEARN : KILL_INDEX;
}

double kill_lost(const struct kill_fetch *k, struct store *st, int64_t now)
{
	struct arena a = ARENA_INIT;
	struct feed_list feeds;
	double first = 0;

	if (feeds_load(st, false, &a, &feeds, NULL) == OK)
		for (size_t i = 0; i < feeds.n; i++) {
			int feed = kill_feed_number(feeds.feed[i].url);
			double said = feed >= 0 ? k->said[feed] : 0;

			if (said > 0 && feeds.feed[i].checked != now && (first <= 0 || said < first))
				first = said;
		}
	arena_clear(&a);
	return first > 0 ? k->end - first : 0;
}
