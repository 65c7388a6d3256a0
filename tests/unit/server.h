/* server - a real HTTP server on loopback for tests: a forked process that answers by a table and remembers what it was asked. */
#ifndef ECLOSE_TESTS_SERVER_H
#define ECLOSE_TESTS_SERVER_H

#include <stddef.h>
#include <sys/types.h>

#define DRIP_MS 20
#define LONG_LINE ((size_t)1 << 20)

enum serve_how {
	SERVE_LENGTH,      /* Content-Length, connection kept */
	SERVE_CHUNKED,     /* chunks, connection kept */
	SERVE_CLOSE,       /* neither: the end of the connection is the end of the body */
	SERVE_CUT,         /* Content-Length of the whole, half of it sent */
	SERVE_CUT_CHUNK,   /* a chunk begun and left */
	SERVE_CUT_CLOSE,   /* half of it, as if that were all */
	SERVE_ENDLESS,     /* lead, then the body again and again */
	SERVE_DRIP,        /* the body again and again, a byte every DRIP_MS */
	SERVE_LONG_HEADER, /* header lines without end */
	SERVE_SILENT,      /* reads and never answers */
	SERVE_DROP,        /* reads and closes */
	SERVE_RAW,         /* body is the whole answer, header and all; then closes */
	SERVE_RAW_ENDLESS, /* the same, again and again */
	SERVE_LONG_LINE,   /* a header of one line of LONG_LINE bytes, then the body by Content-Length */
};

/* One path's answer. */
struct served {
	const char *path;
	enum serve_how how;
	int status;
	const char *headers; /* whole lines with CR LF, NULL none */
	const char *body;    /* NULL empty */
	size_t len;          /* 0: strlen(body) */
	const char *lead;    /* SERVE_ENDLESS: sent once before; NULL none */
	size_t lead_len;
	/* Computed anew for each request, where it isn't NULL: out is this answer, to be changed; headers are those of the request. Runs in the server's process; one
	 * process answers one connection, so what out points to may be static. */
	void (*ask)(void *user, const char *headers, struct served *out);
	void *user;
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

#define BOMB_LEAD 13 /* bytes, at most */
#define BOMB_PERIOD 13

/* A compressed body without end that grows to 158 times what is sent: `lead` once, then `period` again and again. */
struct bomb {
	unsigned char lead[BOMB_LEAD], period[BOMB_PERIOD];
	size_t lead_len;
};

/* bomb_make - wrapped as gzip, or as zlib's (which HTTP calls deflate). */
struct bomb bomb_make(int gzip);

#endif
