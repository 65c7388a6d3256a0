/* run - the real program from outside: a profile of its own in a temporary folder, what it was told, what it answered. */
#ifndef ECLOSE_TESTS_RUN_H
#define ECLOSE_TESTS_RUN_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/mem.h"
#include "tests/unit/server.h"

#define CLI_NOW "2026-03-31T06:00:00Z"
#define CLI_SECONDS 60 /* after which a run is killed; far more than any takes */
#define CLI_PATHS 32

/* One test's folder, profile and server. */
struct cli {
	char dir[128];         /* holds config/, data/ and the test's own files */
	const char *now;       /* --now, NULL: the clock runs */
	const char *data;      /* --data in place of dir/data */
	const char *tables;    /* ECLOSE_DATADIR, NULL: the one built */
	bool offline;
	uid_t uid;             /* run as this user; 0: as we are */
	const char *in;        /* standard input of the next runs, NULL: empty */
	const char *out_to;    /* standard output goes to this file, and isn't read */
	struct arena a;        /* what the runs answered */
	json_t *kept;          /* documents that were read, an array */
	const char *address;   /* where the server listens, NULL: 127.0.0.1 */
	struct server server;
	struct served *table;  /* (CLI_PATHS) shared with the server: an answer may be changed while it runs */
};

/* What a run answered; strings in the arena. */
struct ran {
	int status;            /* exit status; minus the signal that ended it */
	long peak;             /* most memory that it held at once, kB */
	const char *out, *err;
};

/* A run that hasn't ended. */
struct running { pid_t pid; int out, err; };

/* cmocka fixtures: *state is a struct cli with an empty profile and a frozen clock; the server isn't started. */
int cli_setup(void **state);
int cli_teardown(void **state);

/* eclose(c, "rank", "--json") - run it to its end. */
#define eclose(c, ...) cli_run((c), (const char *const[]){ __VA_ARGS__, NULL })
struct ran cli_run(struct cli *c, const char *const *words);
struct running cli_start(struct cli *c, const char *const *words);
struct ran cli_wait(struct cli *c, struct running *r);

/* done - it ended with 0; the test fails with what it said otherwise. Returns r. */
#define done(r) cli_done((r), __FILE__, __LINE__)
struct ran cli_done(struct ran r, const char *file, int line);
/* fails - it ended with this status and these words in its sentence, one line that begins "eclose: ". */
#define fails(r, status, words) cli_fails((r), (status), (words), __FILE__, __LINE__)
void cli_fails(struct ran r, int status, const char *words, const char *file, int line);

/* json_of - standard output is one JSON document and nothing else; it lives until the teardown. lines_of: one object a line, as an array. */
json_t *json_of(struct cli *c, struct ran r);
json_t *lines_of(struct cli *c, struct ran r);
/* text_at, int_at, real_at, array_at - a member that must be there and of that type. */
const char *text_at(const json_t *o, const char *name);
long long int_at(const json_t *o, const char *name);
double real_at(const json_t *o, const char *name);
bool bool_at(const json_t *o, const char *name);
json_t *array_at(const json_t *o, const char *name);
/* with - the object of an array whose member `name` is `value`; the test fails where there is none. */
json_t *with(const json_t *array, const char *name, const char *value);

/* cli_path - dir/name. cli_write: make that file. cli_read: the whole of it, "" where it isn't there. */
const char *cli_path(struct cli *c, const char *name);
const char *cli_write(struct cli *c, const char *name, const char *text);
const char *cli_read(struct cli *c, const char *name);
/* files_in - how many there are in a folder. */
size_t files_in(const char *path);
/* cli_format - printf into the arena. */
const char *cli_format(struct cli *c, const char *fmt, ...) ERR_FORMAT(2, 3);

/* cli_serve - start the server with these answers (their strings must be static; the table is copied). cli_answer: change or add one. */
void cli_serve(struct cli *c, const struct served *table, size_t n);
void cli_answer(struct cli *c, struct served answer);
/* cli_url - the address of a path on it. */
const char *cli_url(struct cli *c, const char *path);
/* asked - how often a path was asked for. */
int asked(const struct cli *c, const char *path);

/* cli_healthy - doctor finds nothing to complain of. */
void cli_healthy(struct cli *c);

#endif
