/* kill - the torture of test_cli_kill: feeds that change all the time, a reader who writes to the log all the while, and what must hold after a kill.
 *
 * Nothing here asserts: what doesn't hold is a sentence, so that many worlds can be tortured at once, each in a process of its own.
 */
#ifndef ECLOSE_TESTS_KILL_H
#define ECLOSE_TESTS_KILL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include "base/map.h"
#include "base/rng.h"
#include "store/store.h"
#include "tests/unit/server.h"

/* ---- the feeds (kill_feeds.c) ---- */

#define KILL_FEEDS 24
#define KILL_WINDOW 8 /* items that a feed shows */

/* What the server's processes and the test share. Version v of a feed shows the items v .. v + KILL_WINDOW - 1, and an item is written anew every third version; so what a
 * feed showed with a validator follows from the validator alone. */
struct kill_versions {
	atomic_int version[KILL_FEEDS];
	atomic_int asked;
	atomic_bool calm; /* nothing changes while it is asked, and no answer fails */
};

struct kill_feeds {
	struct server server;
	struct kill_versions *now;
	struct served table[KILL_FEEDS];
	char path[KILL_FEEDS][8];
};

void kill_feeds_start(struct kill_feeds *f);
void kill_feeds_stop(struct kill_feeds *f);
/* kill_feeds_change - some feeds get a new item, some an edited one. */
void kill_feeds_change(struct kill_feeds *f, struct rng *rng);
/* kill_feed_number - of a subscription's address; -1 none of ours. */
int kill_feed_number(const char *url);
/* kill_feed_stored - the version whose validators a feed keeps; -1 it keeps none, -2 they are none that the server ever gave, or of two versions. */
int kill_feed_stored(const struct feed *f);
/* kill_revision - how often item k had been written anew in version v. */
int kill_revision(int k, int v);
/* kill_word - a word that only this revision of this item has; in buf. */
const char *kill_word(char buf[32], int feed, int k, int revision);

/* ---- the reader's actions, as they were acknowledged (kill_pen.c) ---- */

#define KILL_SERIAL 1000000 /* the first serial */
struct kill_ack {
	int64_t id;      /* of its row; 0: a command's, which doesn't tell */
	int64_t article; /* 0 for an undo */
	int kind;        /* enum event_kind */
	double took;     /* seconds until it was stored; of a pen's */
	int serial;      /* in the row as the dwell, in milliseconds; 0: a mark or an undo, which have none */
};

struct kill_ledger {
	struct kill_ack *ack, *unsure; /* unsure: commands that were killed, so that their row may be there or not */
	size_t n, cap, n_unsure, cap_unsure;
	double longest;                /* that a pen's row took */
	int cut;                       /* pens that were killed: each may have left one row that it couldn't acknowledge */
	bool others;                   /* somebody writes who acknowledges nothing: a reader in a terminal */
	struct map ids;                /* guid -> the article that it is for ever */
};
void kill_ledger_clear(struct kill_ledger *l);
void kill_ledger_add(struct kill_ledger *l, const struct kill_ack *a, bool sure);

/* A process with the store open that writes to the log, row by row, and acknowledges each. */
struct kill_pen {
	pid_t pid; /* 0: none */
	int acks, stop;
};
/* kill_pen_start - serials from `serial` on; it paces itself to some hundred rows a second. */
void kill_pen_start(struct kill_pen *p, const char *store, int serial, uint64_t seed);
/* kill_pen_read - what it acknowledged since. Returns false where it ended by itself. */
bool kill_pen_read(struct kill_pen *p, struct kill_ledger *l);
/* kill_pen_stop - by a word (hard false) or by SIGKILL. Returns false where it didn't end as it was told. */
bool kill_pen_stop(struct kill_pen *p, struct kill_ledger *l, bool hard);

/* ---- programs that are killed (kill_run.c) ---- */

/* Where a fetch was when it was killed, by what it had said and what the store has of it. */
#define KILL_PHASES(X) \
	X(KILL_SCHEMA, "schema")       /* the store wasn't made, or not brought up to date */ \
	X(KILL_CONNECT, "connect")     /* no answer yet */ \
	X(KILL_STORE, "store") \
	X(KILL_TERMS, "terms")         /* all answers are there, and articles wait for their terms */ \
	X(KILL_VECTORS, "vectors")     /* terms that no run of vectorise has seen */ \
	X(KILL_LEARN, "learn") \
	X(KILL_INDEX, "index") \
	X(KILL_CHECKPOINT, "checkpoint") /* all is done but to say so, and to close */

enum kill_phase {
#define X(name, word) name,
	KILL_PHASES(X)
#undef X
	KILL_PHASE_COUNT
};

/* When to kill: so long after an instant. */
enum kill_from { KILL_FROM_START, KILL_FROM_LINE, KILL_FROM_LAST, KILL_FROM_SUMMARY, KILL_NEVER };
struct kill_aim {
	enum kill_from from;
	int line;      /* KILL_FROM_LINE: after this many feeds */
	double after;  /* seconds */
};

/* A run of `eclose fetch --json`, and what it said. Times are of log_monotonic(). */
struct kill_fetch {
	pid_t pid;
	int out;
	size_t len;
	char line[2048];
	double start, last, end;   /* `last`: the last feed's line came; `end`: it was killed, or ended */
	struct timespec end_real;  /* the same by the clock that files go by */
	double said[KILL_FEEDS];   /* when the line of a feed came that was stored; 0 never */
	int lines, total;
	bool all, summary;         /* each feed had its line; the summary came */
	bool killed;
	int status;                /* as waitpid has it */
};

/* kill_spawn - the program with these words, in a process group of its own. dir holds config/ and data/; out: its standard output, NULL to /dev/null. err: its complaints
 * go to this file of dir. */
pid_t kill_spawn(const char *dir, const char *const *words, int *out, const char *err);
/* kill_fetch_run - start it, kill it as aimed, wait for it. meanwhile is called every few milliseconds. */
void kill_fetch_run(struct kill_fetch *k, const char *dir, const char *const *words, const struct kill_aim *aim, void (*meanwhile)(void *user), void *user);
/* kill_store_made - does the store at path have all its tables, and the version of now? */
bool kill_store_made(const char *path);
/* kill_model - what was learned last, as a number; it changes with each snapshot. */
int64_t kill_model(struct store *st);
/* kill_phase - `made` before the store was opened again; `model` as it was before the run. */
enum kill_phase kill_phase(const struct kill_fetch *k, struct store *st, bool made, int64_t model);
/* kill_lost - seconds from the first answer that was told and isn't stored to the kill; 0 none. now: the program's clock in that run. */
double kill_lost(const struct kill_fetch *k, struct store *st, int64_t now);

/* ---- what must hold (kill_check.c) ---- */

/* kill_check - after any kill, other programs running. Returns NULL where all holds, else a sentence in a. */
const char *kill_check(struct store *st, struct kill_ledger *l, struct arena *a);
/* kill_check_end - what holds besides when a fetch has run to its end, nothing changes any more and nobody writes. */
const char *kill_check_end(struct store *st, const struct kill_feeds *f, const struct kill_ledger *l, struct arena *a);

#endif
