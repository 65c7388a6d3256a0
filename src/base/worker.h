/* worker - one thread that works off what another gives it, in that order.
 *
 * What waits is bounded by its cost, a number of the caller's (bytes, say): whoever is about to make something costly waits for room first.
 * Signals stay with the other threads.
 */
#ifndef ECLOSE_BASE_WORKER_H
#define ECLOSE_BASE_WORKER_H

#include <stddef.h>

#include "base/err.h"

struct worker;

struct worker_config {
	void (*work)(void *user, void *item); /* in the thread; takes the item over */
	void (*idle)(void *user);             /* in the thread, once each time that nothing has come for idle_ms, and before it ends; NULL: nobody is told */
	int idle_ms;
	size_t most;                          /* cost of what may wait or be worked on; a single item may cost more */
	void *user;
};

/* worker_start - c is copied. Errors: ERR_LIMIT where the system has no more threads. Frees: worker_end. */
enum err worker_start(const struct worker_config *c, struct worker **out, struct err_info *info);
/* worker_room - wait until something of that cost fits, or until there is nothing to be done. */
void worker_room(struct worker *w, size_t cost);
/* worker_give - hand over an item; never waits. */
void worker_give(struct worker *w, void *item, size_t cost);
/* worker_end - wait until all is done, and the thread gone; what it wrote is there for the caller. NULL is fine. */
void worker_end(struct worker *w);

#endif
