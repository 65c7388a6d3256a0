/* schema - the tables and the way from each older version. Private to src/store. */
#ifndef ECLOSE_STORE_SCHEMA_PRIVATE_H
#define ECLOSE_STORE_SCHEMA_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* The one trigger that is ever taken away: by events_forget(), and only within its transaction. */
#define SCHEMA_EVENTS_NO_DELETE "CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the event log is append-only'); END;"

/* schema_version - of the newest schema that this program knows. */
int schema_version(void);
/* schema_of - of the file, 0 for a new one. Errors: ERR_CORRUPT for one of another program, ERR_UNSUPPORTED for one of a newer eclose. */
enum err schema_of(struct db *db, int64_t *version, struct err_info *info);
/* schema_update - bring the store to the newest schema, step by step, each in one transaction.
 * Errors: as store_open; then the store is at the last step that was finished. */
enum err schema_update(struct db *db, struct err_info *info);
/* identity_rekey - the keys of all articles as version 6 has them, from those of before; digests become 0, unknown. Within a transaction. */
enum err identity_rekey(struct db *db, struct err_info *info);

/* ---- former.c ---- */

/* former_keep - copy the store, which was of this schema when it was last looked at, to DB.schemaN beside it; where another program has brought it further meanwhile nothing is
 * kept, because that one has. Errors: as db_backup, with what that means; then there is no copy.
 * former_drop - remove the copies of schemas below that one, and those whose making was broken off by a kill. former_name - the newest copy that there is, NULL none. */
enum err former_keep(struct db *db, int64_t schema, struct err_info *info);
void former_drop(const struct db *db, int64_t below);
const char *former_name(const struct db *db, struct arena *a);

#endif
