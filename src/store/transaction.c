/* transaction - that nest, and give way to who waits. */
#include <assert.h>
#include <time.h>

#include "store/db_private.h"

/* Who has held the write lock for long leaves it alone for a moment afterwards, and who waits for it looks more often than that (db.c): so a fetch that commits again and
 * again doesn't keep a key waiting until it is through. */
#define LONG_HOLD_MS 20
#define GIVE_WAY_MS 3

void db_nap(int ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000L };

	(void)nanosleep(&t, NULL);
}

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum err db_sync(struct db *db, enum db_sync when, struct err_info *info)
{
	assert(db_transaction(db)->depth == 0); /* SQLite refuses it within a transaction */
	return db_exec(db, when == DB_SYNC_LATER ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", info);
}

static enum err begin(struct db *db, const char *sql, struct err_info *info)
{
	struct transaction *t = db_transaction(db);
	enum err e;

	if (t->depth > 0) {
		t->depth++;
		return OK;
	}
	e = stmt_run(db_sql(db, sql), info);
	if (e == OK) {
		t->depth = 1;
		t->since = clock_ms();
		t->failed = false;
	}
	return e;
}

/* IMMEDIATE takes the write lock at once: a transaction that reads first and finds at its first write that another program was faster
 * could only be thrown away, and no waiting would help it. */
enum err db_begin(struct db *db, struct err_info *info)
{
	return begin(db, db_read_only(db) ? "BEGIN" : "BEGIN IMMEDIATE", info);
}

enum err db_begin_read(struct db *db, struct err_info *info)
{
	return begin(db, "BEGIN", info);
}

static void undo(struct db *db)
{
	struct transaction *t = db_transaction(db);

	/* A full disk or an I/O error may have made SQLite roll back by itself. */
	if (!db_autocommit(db))
		(void)stmt_run(db_sql(db, "ROLLBACK"), NULL);
	if (t->hook.drop)
		t->hook.drop(t->hook.user);
}

enum err db_commit(struct db *db, struct err_info *info)
{
	struct transaction *t = db_transaction(db);
	enum err e = OK;

	assert(t->depth > 0);
	if (--t->depth > 0)
		return OK;
	if (t->failed || db_autocommit(db)) {
		undo(db);
		return err_set(info, ERR_IO, "%s: a part of this change failed, so none of it was stored", db_path(db));
	}
	if (t->hook.flush && !db_read_only(db))
		e = t->hook.flush(t->hook.user, info);
	if (e == OK)
		e = stmt_run(db_sql(db, "COMMIT"), info);
	if (e != OK)
		undo(db);
	else if (!db_read_only(db) && clock_ms() - t->since >= LONG_HOLD_MS)
		db_nap(GIVE_WAY_MS);
	return e;
}

void db_rollback(struct db *db)
{
	struct transaction *t = db_transaction(db);

	assert(t->depth > 0);
	t->failed = true;
	if (--t->depth == 0)
		undo(db);
}

enum err db_end(struct db *db, enum err e, struct err_info *info)
{
	if (e == OK)
		return db_commit(db, info);
	db_rollback(db);
	return e;
}

void db_hook(struct db *db, const struct db_hook *hook)
{
	struct transaction *t = db_transaction(db);

	t->hook = *hook;
}

/* A reader in our way is no failure: what it still reads stays in the log. The row that the statement answers says whether there was one. */
enum err db_checkpoint(struct db *db, struct err_info *info)
{
	int before = db_busy_wait(db, 0);
	enum err e;

	assert(db_transaction(db)->depth == 0);
	e = stmt_run(db_sql(db, "PRAGMA wal_checkpoint(TRUNCATE)"), info);
	(void)db_busy_wait(db, before);
	return e == ERR_BUSY ? OK : e;
}
