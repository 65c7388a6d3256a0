/* disk - a disk that a test can fill, spoil and unplug: a SQLite VFS over the system's own, which every store that is opened after disk_use() lies on.
 *
 * It keeps, for each file, what was synced and the list of what was written or cut since. disk_cut() makes the files as a loss of power may leave them: what was
 * synced, and of the rest any part, in sectors of 512 bytes. The shared memory of WAL isn't among them: it doesn't outlive the machine.
 */
#ifndef ECLOSE_TESTS_DISK_H
#define ECLOSE_TESTS_DISK_H

#include <stdbool.h>

#include "base/rng.h"

/* disk_use - stores opened from now on lie on this disk; disk_leave - no more, and what it remembers is forgotten. All stores on it must be closed by then. */
void disk_use(void);
void disk_leave(void);

/* What a fault befalls. WRITES: of bytes, of a file's length, and the making of a file. */
enum disk_op { DISK_WRITES, DISK_SYNCS, DISK_READS, DISK_OPS };
enum disk_fault { DISK_FULL, DISK_ERROR, DISK_TORN }; /* no room; EIO; of a write the first half is done, then there is no room */
/* disk_fail - the nth operation of that kind from now on (1 the next) fails, and with `on` all after it too. nth 0: none. Only files whose name ends in `suffix` count; NULL: all. */
void disk_fail(enum disk_op op, long nth, enum disk_fault how, bool on, const char *suffix);
/* disk_failed - did it come to that since? */
bool disk_failed(void);

/* disk_watch - each(user) is called before every operation that changes something: the moment for disk_cut(). NULL ends it. */
void disk_watch(void (*each)(void *user), void *user);
/* disk_cut - write into the folder `to` the files of the folder `from` as they may be if the power went now. */
enum disk_loss { LOSS_ALL, LOSS_NONE, LOSS_WRITES, LOSS_SECTORS, LOSS_KINDS }; /* of what wasn't synced: all, nothing, whole writes, sectors */
void disk_cut(const char *from, const char *to, enum disk_loss loss, struct rng *rng);

#endif
