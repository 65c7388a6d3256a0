/* bench_child - another program, and what it took. */
#ifndef ECLOSE_BENCH_CHILD_H
#define ECLOSE_BENCH_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct child {
	pid_t pid;
	int out;      /* its standard output, -1: nobody reads it */
	double start; /* log_monotonic */
};

struct cost {
	double wall, cpu; /* seconds; cpu: of it and of all that it waited for */
	double mb;        /* the most memory that it, or the largest of its own children, had at once */
	int status;       /* as exit(3) gave it, -1 where a signal ended it */
};

/* child_start - argv[0] is looked for in PATH; home: its $HOME, NULL ours; piped: its output comes to out. Its errors go nowhere. pid < 0: it can't be started. */
struct child child_start(char *const *argv, const char *home, bool piped);
/* child_now - what it has taken so far, without its own children's part. */
struct cost child_now(const struct child *c);
/* child_wait - until its end, or for so many seconds (0: for ever); then it is killed, and status is -1. */
struct cost child_wait(struct child *c, double seconds);
/* child_exists - is there such a program in PATH? */
bool child_exists(const char *name);

#endif
