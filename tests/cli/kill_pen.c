/* kill_pen - a process that has the store open and writes what a reader does, one row after the other, each acknowledged. */
#include "kill.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

#define LOOK_EVERY 16    /* rows between two looks at what there is to read */
#define PACE_MS 3
#define END_MS 20000     /* more than any lock is held */

void kill_ledger_add(struct kill_ledger *l, const struct kill_ack *a, bool sure)
{
	if (sure) {
		MEM_GROW(l->ack, l->n, l->cap);
		l->ack[l->n++] = *a;
	} else {
		MEM_GROW(l->unsure, l->n_unsure, l->cap_unsure);
		l->unsure[l->n_unsure++] = *a;
	}
}

void kill_ledger_clear(struct kill_ledger *l)
{
	free(l->ack);
	free(l->unsure);
	map_clear(&l->ids);
	*l = (struct kill_ledger){ 0 };
}

/* ---- in the pen's process ---- */

static void give_up(const struct err_info *info)
{
	(void)fprintf(stderr, "# the pen: %s\n", info->text);
	_exit(3);
}

static bool told_to_stop(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };

	return poll(&p, 1, PACE_MS) > 0;
}

static void look(struct store *st, struct arena *a, struct item_list *out)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct err_info info = ERR_INFO_INIT;

	arena_clear(a);
	q.limit = 60;
	if (articles_list(st, &q, a, out, &info) != OK)
		give_up(&info);
}

static struct event some_event(struct rng *r, const struct item_list *there, int serial)
{
	static const enum event_kind KINDS[] = { EVENT_READ, EVENT_UNREAD, EVENT_STAR, EVENT_UNSTAR, EVENT_OPEN, EVENT_CLOSE, EVENT_LIKE, EVENT_SKIP, EVENT_SHOWN, EVENT_EDIT };
	struct event e = { .kind = KINDS[rng_below(r, sizeof KINDS / sizeof *KINDS)], .at = 1774900000 + serial, .dwell = serial / 1000.0, .scroll = -1, .explore = -1, .propensity = -1 };

	e.article = there->item[rng_below(r, (uint32_t)there->n)].id;
	if (e.kind == EVENT_EDIT) {
		e.subject = "term:comet";
		e.value = rng_uniform(r);
	}
	return e;
}

static void write_one(struct store *st, struct rng *r, const struct item_list *there, int serial, int acks)
{
	struct event e = some_event(r, there, serial);
	struct err_info info = ERR_INFO_INIT;
	double start = log_monotonic();
	enum err got = events_append(st, &e, &info);
	struct kill_ack ack = { .id = e.id, .article = e.article, .kind = (int)e.kind, .took = log_monotonic() - start, .serial = serial };

	if (got != OK)
		give_up(&info);
	if (write(acks, &ack, sizeof ack) != sizeof ack) /* less than PIPE_BUF: whole or not at all */
		_exit(4);
}

static void run_pen(const char *path, int serial, uint64_t seed, int acks, int stop)
{
	struct err_info info = ERR_INFO_INIT;
	struct item_list there = { NULL, 0 };
	struct arena a = ARENA_INIT;
	struct store st;
	struct rng r;

	rng_seed(&r, seed);
	if (store_open(&st, path, DB_READ_WRITE, &info) != OK)
		give_up(&info);
	for (int i = 0; !told_to_stop(stop); i++) {
		if (i % LOOK_EVERY == 0 || !there.n)
			look(&st, &a, &there);
		if (there.n)
			write_one(&st, &r, &there, serial++, acks);
	}
	store_close(&st);
	arena_clear(&a);
	_exit(0);
}

/* ---- in the test's ---- */

void kill_pen_start(struct kill_pen *p, const char *store, int serial, uint64_t seed)
{
	int acks[2], stop[2];

	if (pipe2(acks, O_CLOEXEC) < 0 || pipe2(stop, O_CLOEXEC) < 0)
		abort();
	p->pid = fork();
	if (p->pid < 0)
		abort();
	if (p->pid == 0) {
		(void)close(acks[0]);
		(void)close(stop[1]);
		run_pen(store, serial, seed, acks[1], stop[0]);
	}
	(void)close(acks[1]);
	(void)close(stop[0]);
	(void)fcntl(acks[0], F_SETFL, O_NONBLOCK);
	p->acks = acks[0];
	p->stop = stop[1];
}

bool kill_pen_read(struct kill_pen *p, struct kill_ledger *l)
{
	struct kill_ack a;
	ssize_t n = 0;

	while (p->pid && (n = read(p->acks, &a, sizeof a)) == (ssize_t)sizeof a) {
		kill_ledger_add(l, &a, true);
		l->longest = a.took > l->longest ? a.took : l->longest;
	}
	return !p->pid || n != 0;
}

bool kill_pen_stop(struct kill_pen *p, struct kill_ledger *l, bool hard)
{
	int status = 0, waited = 0;
	bool ok;

	if (!p->pid)
		return true;
	if (hard)
		(void)kill(p->pid, SIGKILL);
	(void)close(p->stop);
	while (waitpid(p->pid, &status, WNOHANG) == 0 && waited++ < END_MS) /* it must be able to acknowledge */
		(void)usleep(1000);
	if (waited >= END_MS) {
		(void)kill(p->pid, SIGKILL);
		(void)waitpid(p->pid, &status, 0);
	}
	(void)kill_pen_read(p, l);
	(void)close(p->acks);
	ok = hard ? WIFSIGNALED(status) : WIFEXITED(status) && WEXITSTATUS(status) == 0;
	l->cut += hard;
	p->pid = 0;
	return ok;
}
