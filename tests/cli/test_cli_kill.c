/* test_cli_kill - `eclose fetch` is killed again and again, over feeds that change and under a reader who reads, and nothing is lost.
 *
 * A life is a store from its first fetch on; after some dozens of kills a fetch may run to its end, and the next life begins. Of a few lives the reader is a real one in a terminal.
 * The environment makes of the short run of `make check` a long one:
 *
 *   ECLOSE_KILLS=10000          kills in all
 *   ECLOSE_KILL_WORKERS=4       lives at once
 *   ECLOSE_KILL_SEED=1          which are aimed at what; a seed isn't the same run again, because the machine's own pace is part of it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/log.h"
#include "kill.h"

#define KILLS 40
#define WORKERS_MOST 16
#define ROUNDS 60        /* of a life ... */
#define LIFE 50.0        /* ... or so many seconds: a server of tests ends itself when it is forgotten for two minutes */
#define BIRTHS 4         /* kills while the store is made, each on an empty folder */
#define CLOCK ((int64_t)1774936800)

/* Of one worker, shared with the test. */
struct tally {
	int kills[KILL_PHASE_COUNT], lives, missed, pens, commands, readers;
	double lost[KILL_PHASE_COUNT]; /* the largest, seconds */
	double waited;                 /* the longest that a row of the reader's took, seconds */
	char wrong[1024];
};

struct life {
	char dir[128], store[160];
	struct rng rng;
	struct kill_feeds feeds;
	struct kill_pen pen;
	struct kill_ledger ledger;
	struct tally *tally;
	double born;             /* log_monotonic() */
	int64_t now;             /* --now of the next run */
	int serial;
	double whole, tail;      /* seconds that a run takes, and what is left of it after the last feed */
	int reader, reader_fd;   /* its process, 0 none, and its terminal */
	pid_t command;           /* that runs beside the fetch, 0 none ... */
	struct kill_ack does;    /* ... and what it was told */
	bool wal_tells;          /* nobody writes but the fetch: the log's last change is the fetch's */
};

/* The first complaint ends the life. Returns false. */
static bool wrong(struct life *l, const char *what, const char *words)
{
	if (!*l->tally->wrong)
		(void)snprintf(l->tally->wrong, sizeof l->tally->wrong, "%s: %s (kept: %s)", what, words, l->dir);
	return false;
}

/* The same of a process that ended otherwise than it should. */
static bool ended_badly(struct life *l, const char *what, int status)
{
	char words[64];

	(void)snprintf(words, sizeof words, "%s %d", WIFSIGNALED(status) ? "ended by signal" : "exit status", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	return wrong(l, what, words);
}

/* ---- the reader's commands ---- */

static int64_t some_article(struct life *l)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct arena a = ARENA_INIT;
	struct item_list items = { NULL, 0 };
	struct store st;
	int64_t id = 0;

	if (store_open(&st, l->store, DB_READ_WRITE, NULL) != OK)
		return 0;
	q.limit = 40;
	if (articles_list(&st, &q, &a, &items, NULL) == OK && items.n)
		id = items.item[rng_below(&l->rng, (uint32_t)items.n)].id;
	store_close(&st);
	arena_clear(&a);
	return id;
}

static void start_command(struct life *l)
{
	static const struct { const char *option; int kind; } MARKS[] = { { "--read", EVENT_READ }, { "--unread", EVENT_UNREAD }, { "--star", EVENT_STAR }, { "--unstar", EVENT_UNSTAR } };
	static const struct { const char *word; int kind; } EVENTS[] = { { "open", EVENT_OPEN }, { "like", EVENT_LIKE }, { "save", EVENT_SAVE }, { "skip", EVENT_SKIP } };
	int64_t id = some_article(l);
	uint32_t which = rng_below(&l->rng, 9), of = rng_below(&l->rng, 4);
	char number[32], dwell[32];

	if (!id)
		return;
	(void)snprintf(number, sizeof number, "%lld", (long long)id);
	l->does = (struct kill_ack){ .article = id };
	if (which < 4) {
		l->does.kind = MARKS[of].kind;
		l->command = kill_spawn(l->dir, (const char *const[]){ "mark", number, MARKS[of].option, NULL }, NULL, "err-command");
	} else if (which < 8) {
		l->does.kind = EVENTS[of].kind;
		l->does.serial = KILL_SERIAL + l->serial++;
		(void)snprintf(dwell, sizeof dwell, "%.3f", l->does.serial / 1000.0);
		l->command = kill_spawn(l->dir, (const char *const[]){ "event", number, EVENTS[of].word, "--dwell", dwell, NULL }, NULL, "err-command");
	} else {
		l->does = (struct kill_ack){ .kind = EVENT_UNDO };
		l->command = kill_spawn(l->dir, (const char *const[]){ "undo", NULL }, NULL, "err-command");
	}
}

/* Its exit status is the acknowledgement. An undo may find nothing to undo. */
static bool end_command(struct life *l, bool hard)
{
	int status;

	if (!l->command)
		return true;
	if (hard)
		(void)kill(-l->command, SIGKILL);
	while (waitpid(l->command, &status, 0) < 0 && errno == EINTR)
		;
	l->command = 0;
	if (WIFSIGNALED(status) && hard) {
		l->tally->commands++;
		kill_ledger_add(&l->ledger, &l->does, false);
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		kill_ledger_add(&l->ledger, &l->does, true);
	} else if (!WIFEXITED(status) || WEXITSTATUS(status) != 1 || l->does.kind != EVENT_UNDO) {
		return ended_badly(l, "a command beside the fetch", status);
	}
	return true;
}

/* ---- a reader in a terminal ---- */

static void start_reader(struct life *l)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	char config[200], data[200];
	const char *name;

	if (fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0 || !(name = ptsname(fd)))
		abort();
	(void)ioctl(fd, TIOCSWINSZ, &size);
	(void)snprintf(config, sizeof config, "%s/config", l->dir);
	(void)snprintf(data, sizeof data, "%s/data", l->dir);
	l->reader = fork();
	if (l->reader == 0) {
		int slave;

		(void)setsid();
		slave = open(name, O_RDWR);
		(void)ioctl(slave, TIOCSCTTY, 0);
		for (int i = 0; i < 3; i++)
			(void)dup2(slave, i);
		(void)setenv("TERM", "xterm", 1);
		(void)setenv("HOME", l->dir, 1);
		(void)setenv("LC_ALL", "C.UTF-8", 1);
		(void)setenv("OPENBLAS_NUM_THREADS", "1", 1);
		(void)execl(getenv("ECLOSE"), getenv("ECLOSE"), "--config", config, "--data", data, (char *)NULL);
		_exit(127);
	}
	(void)fcntl(fd, F_SETFL, O_NONBLOCK);
	l->reader_fd = fd;
	l->ledger.others = true;
	l->tally->readers++;
}

/* Keys that read, mark and go back, and none that leaves the front page. */
static void type(struct life *l)
{
	static const char *const KEYS[] = { "j", "\r", "q", "N", "s", "u", "j", "l", "G", "g" };
	static char screen[65536];

	while (read(l->reader_fd, screen, sizeof screen) > 0)
		;
	if (rng_below(&l->rng, 4) == 0) {
		const char *key = KEYS[rng_below(&l->rng, sizeof KEYS / sizeof *KEYS)];

		if (*key == 'q') /* open first, so that there is something to go back from */
			key = "\rq";
		(void)!write(l->reader_fd, key, strlen(key));
	}
}

static bool end_reader(struct life *l)
{
	int status;

	if (!l->reader)
		return true;
	(void)kill(l->reader, SIGKILL);
	(void)waitpid(l->reader, &status, 0);
	(void)close(l->reader_fd);
	l->reader = 0;
	/* On a page without articles nothing is opened, and so the q leaves the program. */
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) ||
	       ended_badly(l, "the reader in its terminal", status);
}

/* ---- one round ---- */

static void meanwhile(void *user)
{
	struct life *l = user;

	(void)kill_pen_read(&l->pen, &l->ledger);
	if (l->reader)
		type(l);
}

/* The instants are spread so that the short phases behind the last answer are met as often as the long ones before it. */
static struct kill_aim aim(struct life *l)
{
	double u = rng_uniform(&l->rng);

	switch (rng_below(&l->rng, 8)) {
	case 0:
		return (struct kill_aim){ KILL_FROM_START, 0, u * l->whole * 1.1 };
	case 1:
		return (struct kill_aim){ KILL_FROM_START, 0, u * 0.03 };
	case 2:
		return (struct kill_aim){ KILL_FROM_LINE, 1 + (int)rng_below(&l->rng, KILL_FEEDS - 1), u * 0.003 };
	case 3:
		return (struct kill_aim){ KILL_FROM_SUMMARY, 0, u * 0.006 };
	default:
		return (struct kill_aim){ KILL_FROM_LAST, 0, u * l->tail * 1.1 };
	}
}

/* Seconds from the last write to the store's log to the kill: what the fetch had done since is lost. */
static double since_written(const struct life *l, const struct kill_fetch *k)
{
	const struct timespec *t = &k->end_real;
	char wal[176];
	struct stat s;

	(void)snprintf(wal, sizeof wal, "%s-wal", l->store);
	return stat(wal, &s) < 0 ? 0 : (double)(t->tv_sec - s.st_mtim.tv_sec) + (double)(t->tv_nsec - s.st_mtim.tv_nsec) / 1e9;
}

/* What stands after a run, killed or not. */
static bool look(struct life *l, const struct kill_fetch *k, int64_t now, int64_t *model)
{
	double lost = l->wal_tells && k->killed && k->all && !k->summary ? since_written(l, k) : 0, told;
	bool made = kill_store_made(l->store);
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	enum kill_phase phase;
	const char *words;
	struct store st;

	if (store_open(&st, l->store, DB_READ_WRITE, &info) != OK)
		return wrong(l, "opening after a kill", info.text);
	phase = kill_phase(k, &st, made, *model);
	told = kill_lost(k, &st, now);
	lost = told > lost ? told : lost;
	*model = kill_model(&st);
	words = kill_check(&st, &l->ledger, &a);
	if (k->killed) {
		l->tally->kills[phase]++;
		if (lost > l->tally->lost[phase])
			l->tally->lost[phase] = lost;
	} else {
		l->tally->missed++;
	}
	if (words)
		(void)wrong(l, k->killed ? "after a kill" : "after a fetch", words);
	store_close(&st);
	arena_clear(&a);
	return !words;
}

static void run_fetch(struct life *l, struct kill_fetch *k, const struct kill_aim *at, bool force)
{
	char now[DATE_TEXT];

	kill_fetch_run(k, l->dir, (const char *const[]){ "--now", date_rfc3339(l->now, now), "fetch", "--json", force ? "--force" : NULL, NULL }, at, meanwhile, l);
	if (!k->killed && k->all) { /* what a run takes, so that the next are aimed well */
		l->whole = k->end - k->start;
		l->tail = k->end - k->last;
	}
}

static bool play_round(struct life *l, int64_t *model)
{
	struct kill_aim at = aim(l);
	struct kill_fetch k;
	int64_t now = l->now;
	bool ok;

	kill_feeds_change(&l->feeds, &l->rng);
	if (!l->wal_tells && rng_below(&l->rng, 3) == 0)
		start_command(l);
	run_fetch(l, &k, &at, rng_below(&l->rng, 3) > 0);
	ok = end_command(l, rng_below(&l->rng, 4) == 0);
	if (ok && !k.killed && (!WIFEXITED(k.status) || WEXITSTATUS(k.status) > 1))
		ok = ended_badly(l, "a fetch that wasn't killed", k.status);
	if (ok && !kill_pen_read(&l->pen, &l->ledger))
		ok = wrong(l, "the process that has the store open", "ended by itself");
	l->now += 60 + rng_below(&l->rng, 1500);
	return ok && look(l, &k, now, model);
}

/* ---- one life ---- */

static int remove_one(const char *path, const struct stat *st, int type_of, struct FTW *at)
{
	(void)st, (void)type_of, (void)at;
	return remove(path);
}

static void subscribe(struct life *l)
{
	char path[200];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/config", l->dir);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof path, "%s/config/urls", l->dir);
	f = fopen(path, "w");
	if (!f)
		abort();
	for (int i = 0; i < KILL_FEEDS; i++)
		(void)fprintf(f, "http://127.0.0.1:%d/%d\n", l->feeds.server.port, i);
	(void)fclose(f);
}

static void begin(struct life *l, struct tally *tally, uint64_t seed)
{
	const char *tmp = getenv("TMPDIR");

	*l = (struct life){ .tally = tally, .born = log_monotonic(), .now = CLOCK, .whole = 0.2, .tail = 0.1 };
	rng_seed(&l->rng, seed);
	(void)snprintf(l->dir, sizeof l->dir, "%s/eclose-kill-XXXXXX", tmp && strlen(tmp) < 64 ? tmp : "/tmp");
	if (!mkdtemp(l->dir))
		abort();
	(void)snprintf(l->store, sizeof l->store, "%s/data/eclose.db", l->dir);
	kill_feeds_start(&l->feeds);
	subscribe(l);
	l->wal_tells = rng_below(&l->rng, 3) == 0;
}

/* The store is made under kills, each time on an empty folder; what the last leaves lives on. */
static bool be_born(struct life *l, int64_t *model)
{
	bool ok = true;

	for (int i = 0; ok && i < BIRTHS; i++) {
		struct kill_aim at = { KILL_FROM_START, 0, 0.002 + rng_uniform(&l->rng) * 0.03 };
		struct kill_fetch k;
		char data[200];

		(void)snprintf(data, sizeof data, "%s/data", l->dir);
		(void)nftw(data, remove_one, 16, FTW_DEPTH | FTW_PHYS);
		(void)mkdir(data, 0700);
		map_clear(&l->ledger.ids);
		run_fetch(l, &k, &at, false);
		ok = look(l, &k, l->now, model);
		l->now += 60;
	}
	return ok;
}

/* The reader's processes come and go. */
static bool change_readers(struct life *l)
{
	bool ok = true;

	if (l->wal_tells)
		return true;
	if (l->pen.pid && rng_below(&l->rng, 10) == 0) {
		ok = kill_pen_stop(&l->pen, &l->ledger, true) || wrong(l, "the process that has the store open", "ended by itself");
		l->tally->pens++;
	}
	if (ok && !l->pen.pid && rng_below(&l->rng, 3) > 0) {
		kill_pen_start(&l->pen, l->store, KILL_SERIAL + l->serial, rng_u64(&l->rng));
		l->serial += 100000;
	}
	if (ok && l->reader && rng_below(&l->rng, 10) == 0)
		ok = end_reader(l);
	else if (ok && !l->reader && rng_below(&l->rng, 40) == 0)
		start_reader(l);
	return ok;
}

static bool run_words(struct life *l, const char *what, const char *const *words)
{
	int status;
	pid_t pid = kill_spawn(l->dir, words, NULL, "err");

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || ended_badly(l, what, status);
}

/* Nothing changes any more; a fetch runs to its end; all that was put off is done. */
static bool end_well(struct life *l)
{
	struct kill_aim never = { .from = KILL_NEVER };
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	const char *words = NULL;
	struct kill_fetch k;
	struct store st;
	bool ok = end_reader(l);

	if (ok && !kill_pen_stop(&l->pen, &l->ledger, false))
		ok = wrong(l, "the process that has the store open", "didn't end well");
	atomic_store(&l->feeds.now->calm, true);
	if (ok) {
		run_fetch(l, &k, &never, true);
		ok = (WIFEXITED(k.status) && WEXITSTATUS(k.status) == 0) || ended_badly(l, "the last fetch", k.status);
	}
	if (ok && store_open(&st, l->store, DB_READ_WRITE, &info) == OK) {
		words = kill_check(&st, &l->ledger, &a);
		words = words ? words : kill_check_end(&st, &l->feeds, &l->ledger, &a);
		store_close(&st);
	}
	if (words)
		ok = wrong(l, "at the end", words);
	arena_clear(&a);
	return ok && run_words(l, "doctor", (const char *const[]){ "doctor", NULL }) && run_words(l, "profile rebuild", (const char *const[]){ "profile", "rebuild", NULL }) &&
	       run_words(l, "rank", (const char *const[]){ "rank", "--json", NULL });
}

static void end(struct life *l)
{
	(void)end_reader(l);
	(void)kill_pen_stop(&l->pen, &l->ledger, true);
	kill_feeds_stop(&l->feeds);
	if (!*l->tally->wrong)
		(void)nftw(l->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (l->ledger.longest > l->tally->waited)
		l->tally->waited = l->ledger.longest;
	kill_ledger_clear(&l->ledger);
	l->tally->lives++;
}

static int kills_of(const struct tally *t)
{
	int n = 0;

	for (int p = 0; p < KILL_PHASE_COUNT; p++)
		n += t->kills[p];
	return n;
}

/* One life after the other, until there were so many kills. */
static void torture(struct tally *t, int kills, uint64_t seed)
{
	for (uint64_t n = 0; kills_of(t) < kills && !*t->wrong; n++) {
		struct life l;
		int64_t model = 0;
		bool ok;

		begin(&l, t, seed + n * 1000);
		ok = be_born(&l, &model);
		for (int i = 0; ok && i < ROUNDS && kills_of(t) < kills && log_monotonic() - l.born < LIFE; i++)
			ok = change_readers(&l) && play_round(&l, &model);
		if (ok)
			(void)end_well(&l);
		end(&l);
	}
}

/* ---- the test ---- */

static int from_env(const char *name, int otherwise)
{
	const char *s = getenv(name);

	return s && atoi(s) > 0 ? atoi(s) : otherwise;
}

static void report(const struct tally *t, int workers, double seconds)
{
	static const char *const WORD[] = {
#define X(name, word) [name] = word,
		KILL_PHASES(X)
#undef X
	};
	int all = 0;

	for (int p = 0; p < KILL_PHASE_COUNT; p++) {
		int kills = 0;
		double lost = 0;

		for (int w = 0; w < workers; w++) {
			kills += t[w].kills[p];
			lost = t[w].lost[p] > lost ? t[w].lost[p] : lost;
		}
		all += kills;
		print_message("# %-10s %6d kills, at most %.3f s lost\n", WORD[p], kills, lost);
	}
	print_message("# %d kills in %.1f s\n", all, seconds);
	for (int w = 0; w < workers; w++)
		print_message("# worker %d: %d lives, %d runs faster than their kill, %d pens and %d commands killed, %d readers in a terminal, a row took %.3f s at most\n", w, t[w].lives, t[w].missed, t[w].pens,
			t[w].commands, t[w].readers, t[w].waited);
}

static void a_kill_at_any_instant_loses_nothing_and_doubles_nothing(void **state)
{
	int kills = from_env("ECLOSE_KILLS", KILLS), workers = from_env("ECLOSE_KILL_WORKERS", 2), seed = from_env("ECLOSE_KILL_SEED", 11), bad = 0;
	struct tally *t;
	pid_t pid[WORKERS_MOST];
	double start = log_monotonic();

	(void)state;
	assert_non_null(getenv("ECLOSE"));
	assert_true(workers <= WORKERS_MOST);
	t = mmap(NULL, WORKERS_MOST * sizeof *t, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(t, MAP_FAILED);
	print_message("# seed %d, %d kills, %d at once\n", seed, kills, workers);
	for (int w = 0; w < workers; w++) {
		pid[w] = fork();
		assert_true(pid[w] >= 0);
		if (pid[w] == 0) {
			torture(&t[w], (kills + workers - 1) / workers, (uint64_t)(seed * 1000000 + w));
			_exit(0);
		}
	}
	for (int w = 0; w < workers; w++) {
		int status;

		assert_int_equal(waitpid(pid[w], &status, 0), pid[w]);
		if (*t[w].wrong)
			print_error("%s\n", t[w].wrong);
		bad += *t[w].wrong != '\0' || status != 0;
	}
	report(t, workers, log_monotonic() - start);
	assert_int_equal(bad, 0);
	(void)munmap(t, WORKERS_MOST * sizeof *t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kill_at_any_instant_loses_nothing_and_doubles_nothing),
	};

	return cmocka_run_group_tests_name("kills", tests, NULL, NULL);
}
