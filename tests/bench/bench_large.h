/* bench_large - "large": 1,000 feeds of 100 articles of about 160 words, and a server for them on this machine. */
#ifndef ECLOSE_BENCH_LARGE_H
#define ECLOSE_BENCH_LARGE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define LARGE_FEEDS 1000
#define LARGE_ARTICLES 100
#define LARGE_TIME 1774936800 /* of the newest article and of every file, 2026-03-31T06:00:00Z */
#define LARGE_MODIFIED "Tue, 31 Mar 2026 06:00:00 GMT"

/* large_write - 0000.xml, 0001.xml, ... into dir, RSS 2.0, always the same bytes. Returns how many bytes; -1 where a file can't be written, said on stderr. */
int64_t large_write(const char *dir);

/* nginx on a free port of loopback, that of clients; and a port that takes connections and never says a word. */
struct serve {
	const char *dir;   /* borrowed: where the configuration goes; the feeds are in its www/ */
	int port, inner;   /* clients'; nginx's own behind the delay */
	int deaf, deaf_port;
	pid_t nginx, delay; /* 0: doesn't run */
};

/* serve_init - choose ports. Returns false, saying why, where there is no nginx or no socket. serve_clear stops all. */
bool serve_init(struct serve *s, const char *dir);
void serve_clear(struct serve *s);
/* serve_start - answer on s->port; ms > 0: every request reaches nginx so much later. What ran before is stopped. Returns false where nobody answers. */
bool serve_start(struct serve *s, int ms);

/* delay_serve - take connections at `listener` and pass them on to port `to` of loopback, what clients say `ms` later, answers at once. Never returns. */
_Noreturn void delay_serve(int listener, int to, int ms);
/* listen_at - a listening socket on loopback; *port 0: a free one, set. Returns -1 where there is none. */
int listen_at(int *port);

#endif
