/* reader_child - the programs that the reader starts: the fetch that runs beside it, and a browser. Never through a shell. */
#ifndef ECLOSE_UI_READER_CHILD_H
#define ECLOSE_UI_READER_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* One `eclose fetch --json`, and what its lines have said so far. */
struct fetch {
	pid_t pid;     /* 0: none runs */
	int fd;        /* its standard output, -1 */
	struct buf line;
	size_t done, total, failed;
	long items_new; /* by it, or by another fetch that it waited for */
	bool waits;    /* for another fetch */
	bool ended;    /* its output is at an end */
	int status;    /* of waitpid, once it ended */
};

#define FETCH_INIT { .fd = -1, .line = BUF_INIT }

/* fetch_start - run argv (NULL at its end; argv[0] is the program) with its output on a pipe and the rest on /dev/null.
 * Errors: ERR_IO; ERR_BUSY where one runs already. */
enum err fetch_start(struct fetch *f, char *const *argv, struct err_info *info);
/* fetch_read - take in what is there without waiting; f->ended is set at the end, and the child is reaped. */
void fetch_read(struct fetch *f);
/* fetch_stop - ask a running one to stop (what has arrived is stored) and forget it. */
void fetch_stop(struct fetch *f);

/* browser_open - start a browser on a link, detached, its output on /dev/null.
 *   command  blank-separated words; "%u" stands for the link, which else follows behind "--"; "": xdg-open
 *   link     must have passed url_allowed(URL_LINK): it starts with a scheme; in ASCII (url_ascii). It is one word of the program's, and no shell reads it
 * Errors: ERR_NOTFOUND, ERR_IO with the program's name; ERR_USAGE for a link that begins with '-', which a program would take for an option. */
enum err browser_open(const char *command, const char *link, struct err_info *info);

#endif
