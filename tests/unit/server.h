/* server - a real HTTP server on loopback for tests: a forked process that answers by a table and remembers what it was asked. */
#ifndef ECLOSE_TESTS_SERVER_H
#define ECLOSE_TESTS_SERVER_H

#include <stddef.h>
#include <sys/types.h>

enum serve_how {
	SERVE_LENGTH,      /* Content-Length, connection kept */
	SERVE_CHUNKED,     /* chunks, connection kept */
	SERVE_CLOSE,       /* neither: the end of the connection is the end of the body */
	SERVE_CUT,         /* Content-Length of the whole, half of it sent */
	SERVE_CUT_CHUNK,   /* a chunk begun and left */
	SERVE_CUT_CLOSE,   /* half of it, as if that were all */
	SERVE_ENDLESS,     /* the body again and again */
	SERVE_LONG_HEADER, /* header lines without end */
	SERVE_SILENT,      /* reads and never answers */
	SERVE_DROP,        /* reads and closes */
	SERVE_RAW,         /* body is the whole answer, header and all; then closes */
};

/* One path's answer. */
struct served {
	const char *path;
	enum serve_how how;
	int status;
	const char *headers; /* whole lines with CR LF, NULL none */
	const char *body;    /* NULL empty */
	size_t len;          /* 0: strlen(body) */
};

struct server_log;

struct server {
	pid_t pid;
	int port;
	struct server_log *log; /* shared with the process */
};

/* server_start - listen on address ("127.0.0.1") at a free port and answer by the table of n; what isn't in it is 404.
 * The table must be complete before; aborts the test program when there is no socket. */
void server_start(struct server *s, const char *address, const struct served *table, size_t n);
/* server_said - all requests so far, as they came, one after the other. */
const char *server_said(const struct server *s);
/* server_requests, server_connections - how many there were. */
int server_requests(const struct server *s);
int server_connections(const struct server *s);
void server_stop(struct server *s);

/* gzip_stored - body as a valid gzip file (stored blocks, so no library is needed). Returns its bytes; out holds n + 5 per 65535 + 18. */
size_t gzip_stored(unsigned char *out, const void *body, size_t n);

#endif
