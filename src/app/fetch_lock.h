/* fetch_lock - one fetch at a time over a store: two would ask the same servers for the same, and one of them for nothing. */
#ifndef ECLOSE_APP_FETCH_LOCK_H
#define ECLOSE_APP_FETCH_LOCK_H

#include "app/app.h"

#define FETCH_PATIENCE 600 /* seconds; a fetch that takes longer hangs, or was stopped */

struct fetch_wait {
	void (*waits)(void *user, long pid); /* called once, where another fetch runs; pid 0: unknown */
	void *user;
	const volatile bool *cancel;         /* NULL: nothing ends the waiting but its own end */
	int patience;                        /* seconds, 0: FETCH_PATIENCE */
};

/* Who has it may fetch. */
struct fetch_turn {
	int lock;            /* -1 none */
	bool waited;         /* for another fetch ... */
	int64_t items_other; /* ... and meanwhile so many articles more came into the store */
};
#define FETCH_TURN_INIT { .lock = -1 }

/* fetch_lock - take the lock of the store's folder, and wait for a fetch that has it. The lock ends with the process at the latest, however that ends.
 *   out [out] for fetch_unlock; out->lock is -1 where the file system knows no locks, or cancel came
 * Errors: ERR_BUSY where the other one is still there when patience is at its end; ERR_IO, ERR_READONLY where the lock's file can't be made; as the store. */
enum err fetch_lock(struct app *app, const struct fetch_wait *w, struct fetch_turn *out, struct err_info *info);
void fetch_unlock(struct fetch_turn *turn);

#endif
