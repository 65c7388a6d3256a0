/* http_hosts - whose turn it is: a queue for each host, at most so many of it under way, hosts in turn. Knows no network. */
#ifndef ECLOSE_FEEDS_HTTP_HOSTS_H
#define ECLOSE_FEEDS_HTTP_HOSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

struct host;

/* What waits; the first member of whatever the caller queues. */
struct waiting {
	struct waiting *next;
	struct host *host;
};

struct hosts {
	struct map index;                /* name -> place in all */
	struct host **all;
	size_t n, cap;
	struct host *first_ready, *last_ready; /* those that have something waiting and room for it */
};

#define HOSTS_INIT { MAP_INIT, NULL, 0, 0, NULL, NULL }

/* hosts_push - queue w behind the others of that host; limit: how many of it may be under way at once, 0 any number. */
void hosts_push(struct hosts *h, struct waiting *w, const char *host, int limit);
/* hosts_limit - what a subscription says of its host: that many under way at once; where several say it, the fewest. */
void hosts_limit(struct hosts *h, const char *host, int limit);
/* hosts_hold - the host of w asked to be left alone for so many seconds (-1: it didn't say how long). hosts_held: did it? */
void hosts_hold(struct waiting *w, int64_t seconds);
bool hosts_held(const struct waiting *w, int64_t *seconds);
/* hosts_pop - the next that may start, now counted as under way; NULL when nothing may. Constant time. */
struct waiting *hosts_pop(struct hosts *h);
/* hosts_done - what hosts_pop gave has ended. */
void hosts_done(struct hosts *h, struct waiting *w);
/* hosts_clear - waiting entries are the caller's and must be popped before. */
void hosts_clear(struct hosts *h);

#endif
