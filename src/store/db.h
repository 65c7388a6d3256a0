/* db - the one gateway to sqlite3: open, prepared statements kept for the life of the handle, bound values, transactions.
 *
 * Every failure carries SQLite's words and the file's path; a full disk, a read-only file, a busy and a damaged store have codes of their own.
 * A statement is looked up by its SQL text and prepared once. No value is ever pasted into SQL.
 */
#ifndef ECLOSE_STORE_DB_H
#define ECLOSE_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

struct db;
struct stmt;

/* One thread a handle; several handles, in this program or others, may use one file at once. */

enum db_mode { DB_READ_WRITE, DB_READ_ONLY };

/* db_open - path ":memory:" for a store without a file. New files get mode 0600. WAL, synchronous=FULL, foreign keys, 5 s busy wait.
 * DB_READ_ONLY: also where neither the file nor its folder may be written; what another program then writes in spite of that isn't seen.
 * Errors: ERR_READONLY, ERR_IO, ERR_CORRUPT, ERR_BUSY, ERR_FULL; ERR_NOTFOUND where the folder isn't there, or the file, if it is only to be read.
 * Frees: db_close. */
enum err db_open(const char *path, enum db_mode mode, struct db **out, struct err_info *info);
void db_close(struct db *db);
const char *db_path(const struct db *db);
bool db_read_only(const struct db *db);
/* db_busy_wait - how long a statement waits for another program's lock before it answers ERR_BUSY, milliseconds. Returns what it was. */
int db_busy_wait(struct db *db, int ms);

/* db_sql - the prepared statement for sql, reset, without bindings. sql is looked up by its text and copied; it is a literal, or put
 * together from literals, never from values. The same text is the same statement: don't ask for it again while stepping through its rows.
 * Never NULL: what can't be prepared fails at its first step. */
struct stmt *db_sql(struct db *db, const char *sql);
void stmt_int(struct stmt *st, int i, int64_t v);               /* parameters count from 1 */
void stmt_real(struct stmt *st, int i, double v);
void stmt_text(struct stmt *st, int i, const char *v);          /* NULL binds NULL; borrowed until the statement is reset */
void stmt_text_n(struct stmt *st, int i, const char *v, size_t n);
void stmt_blob(struct stmt *st, int i, const void *v, size_t n);
void stmt_null(struct stmt *st, int i);
/* stmt_step - OK and *row = true with a row, false at the end (then the statement is reset).
 * Errors: as db_open; ERR_SYNTAX where a row doesn't fit into the tables: a key that is there already, a reference to nothing. */
enum err stmt_step(struct stmt *st, bool *row, struct err_info *info);
/* stmt_run - step to the end, no rows wanted. */
enum err stmt_run(struct stmt *st, struct err_info *info);
void stmt_reset(struct stmt *st);
int64_t stmt_col_int(struct stmt *st, int i);                    /* columns count from 0 */
double stmt_col_real(struct stmt *st, int i);
bool stmt_col_null(struct stmt *st, int i);
const char *stmt_col_text(struct stmt *st, int i);               /* NULL for NULL; until the next step */
const void *stmt_col_blob(struct stmt *st, int i, size_t *n);
const char *stmt_col_dup(struct stmt *st, int i, struct arena *a);

int64_t db_last_id(const struct db *db);
/* db_exec - several statements of a literal script. */
enum err db_exec(struct db *db, const char *script, struct err_info *info);
/* db_sync - when a commit of this handle is safe from a loss of power: DB_SYNC_NOW (as opened) before db_commit returns; DB_SYNC_LATER at the next checkpoint, or with the
 * next commit of a handle that syncs, and what was committed before it is kept before what came after. Not within a transaction. */
enum db_sync { DB_SYNC_NOW, DB_SYNC_LATER };
enum err db_sync(struct db *db, enum db_sync when, struct err_info *info);
/* Transactions nest: only the outermost begin and commit reach the file; a rollback inside makes the outermost commit fail. */
enum err db_begin(struct db *db, struct err_info *info);
/* db_begin_read - for many statements that only read: they see one state of the store, whatever others commit meanwhile, and lock the file once. */
enum err db_begin_read(struct db *db, struct err_info *info);
enum err db_commit(struct db *db, struct err_info *info);
void db_rollback(struct db *db);
/* db_end - commit where e is OK, else roll back. Returns what then holds: e, or the commit's answer. */
enum err db_end(struct db *db, enum err e, struct err_info *info);

/* What a subject gathers in memory during a transaction: written before the outermost commit, dropped by a rollback. One a handle. */
struct db_hook {
	enum err (*flush)(void *user, struct err_info *info);
	void (*drop)(void *user);
	void *user;
};
void db_hook(struct db *db, const struct db_hook *hook);

/* db_predicate - make test(a, b) callable from this handle's SQL as name(a, b): 1 or 0 for two texts, NULL where one is NULL. */
typedef bool db_test(const char *a, const char *b);
enum err db_predicate(struct db *db, const char *name, db_test *test, struct err_info *info);
/* db_checkpoint - write what the write-ahead log holds into the file, and cut the log to nothing where nobody reads from it just now; waits for nobody. Whoever closes the
 * store as the last does it as well; where another program has the store open all day, nobody else does. Not within a transaction. Errors: ERR_FULL, ERR_IO; nothing is lost. */
enum err db_checkpoint(struct db *db, struct err_info *info);
/* db_text - make fn callable from this handle's SQL, views and triggers among it, as name(a, b), either of which may be NULL: the text that it appends. fn returns false where it
 * can't, with the reason in out. Asked for again under a name, it takes the place of the one before. */
typedef bool db_text_fn(void *user, const char *a, const char *b, struct buf *out);
enum err db_text(struct db *db, const char *name, db_text_fn *fn, void *user, struct err_info *info);
/* db_tokenizer - give this handle's FTS5 a tokenizer. run() says how long the run at s is, 1..n; *whole [out] true: it is a token, as it is; false: it is split into words by
 * unicode61 with remove_diacritics 2. Errors: ERR_UNSUPPORTED where SQLite was built without FTS5. */
typedef size_t db_run(const char *s, size_t n, bool *whole);
enum err db_tokenizer(struct db *db, const char *name, db_run *run, struct err_info *info);
/* db_rank - make name(TABLE, limit) callable for rows that an FTS5 table MATCHes: the less, the better they fit (bm25_private.h), exact for the best `limit` rows, and no better than
 * theirs for all others; limit 0 or less: exact for all. weight (columns) is borrowed for as long as the handle is open. */
enum err db_rank(struct db *db, const char *name, const double *weight, struct err_info *info);
/* db_backup - a consistent copy into a new file while others read and write. Errors: ERR_FULL, ERR_IO; nothing is left behind. */
enum err db_backup(struct db *db, const char *file, struct err_info *info);

#endif
