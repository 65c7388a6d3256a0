#include "store/db.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "store/db_file_private.h"

#define BUSY_WAIT_MS 5000
/* Who has held the write lock for long leaves it alone for a moment afterwards, and who waits for it looks more often than that: so a fetch that commits again and
 * again doesn't keep a key waiting until it is through. (SQLite's own waiting looks ten times a second and can be outrun for seconds.) */
#define BUSY_LOOK_MS 1
#define LONG_HOLD_MS 20
#define GIVE_WAY_MS 3

struct stmt {
	struct db *db;
	sqlite3_stmt *st; /* NULL where it couldn't be prepared */
	int rc;           /* of preparing or binding; answered by the next step */
	char *words;      /* SQLite's, of a failed preparation */
};

struct db {
	sqlite3 *h;
	char *path;
	bool read_only;
	int wait_ms;
	int depth;            /* of nested transactions */
	int64_t since;        /* ms, monotonic: the outermost began */
	bool failed;          /* rolled back inside: the outermost commit must not pretend */
	struct db_hook hook;
	struct map by_sql;    /* text -> index into stmt */
	struct stmt **stmt;
	size_t n, cap;
};

/* ---- what went wrong ---- */

static enum err of_sqlite(sqlite3 *h, int rc)
{
	if (rc == SQLITE_IOERR_CORRUPTFS)
		return ERR_CORRUPT;
	if (rc == SQLITE_CONSTRAINT_TRIGGER) /* the log refuses to be rewritten */
		return ERR_READONLY;
	switch (rc & 0xff) {
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_READONLY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_TOOBIG:
		return ERR_LIMIT;
	case SQLITE_CANTOPEN:
	case SQLITE_IOERR:
		errno = sqlite3_system_errno(h);
		return err_errno(NULL, "%s", "");
	default:
		return ERR_IO;
	}
}

static const char *sentence(enum err e, int rc)
{
	switch (e) {
	case ERR_FULL:
		return "the disk is full";
	case ERR_READONLY:
		return "may not be written";
	case ERR_BUSY:
		return "another program is writing to it";
	case ERR_CORRUPT:
		return "is damaged or no store";
	case ERR_LIMIT:
		return "a value is too large";
	case ERR_NOTFOUND:
		return "isn't there";
	default:
		break;
	}
	switch (rc) {
	case SQLITE_IOERR_READ:
	case SQLITE_IOERR_SHORT_READ:
		return "a part of it can't be read";
	case SQLITE_IOERR_WRITE:
	case SQLITE_IOERR_TRUNCATE:
	case SQLITE_IOERR_FSYNC:
	case SQLITE_IOERR_DIR_FSYNC:
	case SQLITE_IOERR_DELETE:
		return "can't be written";
	default:
		return (rc & 0xff) == SQLITE_IOERR ? "can't be read or written" : "can't be used";
	}
}

static enum err fail_words(const struct db *db, int rc, const char *words, struct err_info *info)
{
	enum err e = of_sqlite(db->h, rc);

	return err_set(info, e, "%.250s: %s (%.200s)", db->path, sentence(e, rc), words);
}

static enum err fail(const struct db *db, int rc, struct err_info *info)
{
	const char *words = sqlite3_extended_errcode(db->h) == rc ? sqlite3_errmsg(db->h) : sqlite3_errstr(rc);

	return fail_words(db, rc, words, info);
}

/* ---- opening ---- */

static void nap(int ms)
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

static int on_busy(void *user, int looked)
{
	const struct db *db = user;

	if (looked >= db->wait_ms / BUSY_LOOK_MS)
		return 0;
	nap(BUSY_LOOK_MS);
	return 1;
}

/* WAL: readers never wait for the writer, nor it for them, and a commit appends instead of writing pages twice. After a crash or a kill of the program everything
 * committed is there. Against a loss of power each commit syncs the log (synchronous=FULL): what the reader did can't be done again by anybody. What a fetch brings can
 * be fetched again, and a sync for each of its commits would keep the disk busy just when keys want it: it asks for DB_SYNC_LATER (NORMAL), where the log is synced at
 * checkpoints and by the next commit of somebody else. The store is whole in both cases, because the log is replayed up to its first commit that isn't all there.
 * The switch to WAL needs the file for itself for a moment, and SQLite doesn't wait for that by itself. */
static enum err use_wal(struct db *db, struct err_info *info)
{
	for (int waited = 0;; waited += 10) {
		int rc = sqlite3_exec(db->h, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);

		if (rc == SQLITE_OK)
			return OK;
		if ((rc & 0xff) != SQLITE_BUSY || waited >= db->wait_ms)
			return fail(db, sqlite3_extended_errcode(db->h), info);
		nap(10);
	}
}

static enum err configure(struct db *db, struct err_info *info)
{
	enum err e = OK;

	sqlite3_extended_result_codes(db->h, 1);
	db_busy_wait(db, BUSY_WAIT_MS);
	(void)sqlite3_db_config(db->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (!db->read_only && sqlite3_db_readonly(db->h, "main") == 1)
		return err_set(info, ERR_READONLY, "%s: may not be written", db->path);
	if (!db->read_only) {
		/* Of a new file only. An article's body takes a third of a page of 4 kB, and a page isn't shared by halves: 16 kB waste a twentieth of
		 * the room instead of a quarter. */
		e = db_exec(db, "PRAGMA page_size = 16384", info);
		if (e == OK)
			e = use_wal(db, info);
	}
	/* The first statement that reads the file is also the one that finds out whether it is a database. */
	if (e == OK)
		e = db_exec(db, "PRAGMA schema_version; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
			"PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 16777216;", info);
	return e;
}

static enum err open_handle(struct db *db, const char *name, int flags, struct err_info *info)
{
	int rc = sqlite3_open_v2(name, &db->h, SQLITE_OPEN_NOMUTEX | flags, NULL);

	return rc == SQLITE_OK ? configure(db, info) : fail(db, rc, info);
}

/* A store in WAL mode is read by way of files that lie beside it, and where those aren't there they must be made, also for a reader. In a folder that may not be written the
 * file is read as it stands; that is right only while nobody writes it, and while there is no log with more in it. */
static enum err open_as_it_stands(struct db *db, struct err_info *info)
{
	struct buf uri = BUF_INIT;
	enum err e;

	if (db_file_has_log(db->path))
		return err_set(info, ERR_READONLY, "%.200s: its log %.200s-wal can't be read where nothing may be written; a copy of both elsewhere can", db->path, db->path);
	(void)sqlite3_close(db->h);
	db_file_uri(db->path, &uri);
	e = open_handle(db, buf_str(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, info);
	buf_clear(&uri);
	return e;
}

enum err db_open(const char *path, enum db_mode mode, struct db **out, struct err_info *info)
{
	int flags = mode == DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	struct db *db;
	enum err e;

	if (strcmp(path, ":memory:") != 0 && mode == DB_READ_WRITE) {
		e = db_file_make(path, info);
		if (e != OK)
			return e;
	}
	db = mem_zero(1, sizeof *db);
	db->path = mem_strdup(path);
	db->read_only = mode == DB_READ_ONLY;
	e = open_handle(db, path, flags, info);
	/* What isn't there is then a file beside it. */
	if ((e == ERR_READONLY || e == ERR_NOTFOUND) && mode == DB_READ_ONLY && access(path, R_OK) == 0)
		e = open_as_it_stands(db, info);
	if (e != OK) {
		db_close(db);
		return e;
	}
	*out = db;
	return OK;
}

void db_close(struct db *db)
{
	int rc;

	if (!db)
		return;
	for (size_t i = 0; i < db->n; i++) {
		(void)sqlite3_finalize(db->stmt[i]->st);
		free(db->stmt[i]->words);
		free(db->stmt[i]);
	}
	rc = sqlite3_close(db->h);
	assert(rc == SQLITE_OK);
	(void)rc;
	free(db->stmt);
	map_clear(&db->by_sql);
	free(db->path);
	free(db);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

bool db_read_only(const struct db *db)
{
	return db->read_only;
}

void db_busy_wait(struct db *db, int ms)
{
	db->wait_ms = ms;
	(void)sqlite3_busy_handler(db->h, on_busy, db);
}

/* ---- statements ---- */

static void prepare(struct stmt *st, struct db *db, const char *sql)
{
	*st = (struct stmt){ .db = db };
	st->rc = sqlite3_prepare_v3(db->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &st->st, NULL);
	if (st->rc != SQLITE_OK)
		st->words = mem_strdup(sqlite3_errmsg(db->h));
}

/* One that failed is prepared anew each time: the reason (busy, a table not yet made) may have gone. */
struct stmt *db_sql(struct db *db, const char *sql)
{
	int64_t *at = map_at(&db->by_sql, sql, strlen(sql), -1, NULL);
	struct stmt *st = *at < 0 ? NULL : db->stmt[*at];

	if (!st) {
		MEM_GROW(db->stmt, db->n, db->cap);
		*at = (int64_t)db->n;
		st = db->stmt[db->n++] = mem_alloc(sizeof *st);
		prepare(st, db, sql);
	} else if (!st->st) {
		free(st->words);
		prepare(st, db, sql);
	} else {
		(void)sqlite3_reset(st->st);
		(void)sqlite3_clear_bindings(st->st);
		st->rc = SQLITE_OK;
	}
	return st;
}

static void note(struct stmt *st, int rc)
{
	assert(rc != SQLITE_RANGE && rc != SQLITE_MISUSE);
	if (st->rc == SQLITE_OK)
		st->rc = rc;
}

void stmt_int(struct stmt *st, int i, int64_t v)
{
	if (st->st)
		note(st, sqlite3_bind_int64(st->st, i, v));
}

void stmt_real(struct stmt *st, int i, double v)
{
	if (st->st)
		note(st, sqlite3_bind_double(st->st, i, v));
}

void stmt_text_n(struct stmt *st, int i, const char *v, size_t n)
{
	if (st->st)
		note(st, sqlite3_bind_text64(st->st, i, v, n, SQLITE_STATIC, SQLITE_UTF8));
}

void stmt_text(struct stmt *st, int i, const char *v)
{
	if (v)
		stmt_text_n(st, i, v, strlen(v));
	else
		stmt_null(st, i);
}

void stmt_blob(struct stmt *st, int i, const void *v, size_t n)
{
	if (st->st) /* an empty blob is no NULL */
		note(st, n ? sqlite3_bind_blob64(st->st, i, v, n, SQLITE_STATIC) : sqlite3_bind_zeroblob(st->st, i, 0));
}

void stmt_null(struct stmt *st, int i)
{
	if (st->st)
		note(st, sqlite3_bind_null(st->st, i));
}

enum err stmt_step(struct stmt *st, bool *row, struct err_info *info)
{
	int rc;
	enum err e;

	if (!st->st)
		return fail_words(st->db, st->rc, st->words, info);
	if (st->rc != SQLITE_OK)
		return fail_words(st->db, st->rc, sqlite3_errstr(st->rc), info);
	rc = sqlite3_step(st->st);
	if (rc == SQLITE_ROW) {
		*row = true;
		return OK;
	}
	e = rc == SQLITE_DONE ? OK : fail(st->db, rc, info);
	(void)sqlite3_reset(st->st);
	if (e == OK)
		*row = false;
	return e;
}

enum err stmt_run(struct stmt *st, struct err_info *info)
{
	bool row = true;
	enum err e = OK;

	while (e == OK && row)
		e = stmt_step(st, &row, info);
	return e;
}

void stmt_reset(struct stmt *st)
{
	if (st->st)
		(void)sqlite3_reset(st->st);
}

int64_t stmt_col_int(struct stmt *st, int i)
{
	return sqlite3_column_int64(st->st, i);
}

double stmt_col_real(struct stmt *st, int i)
{
	return sqlite3_column_double(st->st, i);
}

bool stmt_col_null(struct stmt *st, int i)
{
	return sqlite3_column_type(st->st, i) == SQLITE_NULL;
}

const char *stmt_col_text(struct stmt *st, int i)
{
	return (const char *)sqlite3_column_text(st->st, i);
}

const void *stmt_col_blob(struct stmt *st, int i, size_t *n)
{
	const void *p = sqlite3_column_blob(st->st, i);

	*n = (size_t)sqlite3_column_bytes(st->st, i);
	return p;
}

const char *stmt_col_dup(struct stmt *st, int i, struct arena *a)
{
	const char *s = stmt_col_text(st, i);

	return s ? arena_strndup(a, s, (size_t)sqlite3_column_bytes(st->st, i)) : NULL;
}

int64_t db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->h);
}

enum err db_exec(struct db *db, const char *script, struct err_info *info)
{
	int rc = sqlite3_exec(db->h, script, NULL, NULL, NULL);

	return rc == SQLITE_OK ? OK : fail(db, rc, info);
}

/* ---- transactions ---- */

enum err db_sync(struct db *db, enum db_sync when, struct err_info *info)
{
	assert(db->depth == 0); /* SQLite refuses it within a transaction */
	return db_exec(db, when == DB_SYNC_LATER ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", info);
}

static enum err begin(struct db *db, const char *sql, struct err_info *info)
{
	enum err e;

	if (db->depth > 0) {
		db->depth++;
		return OK;
	}
	e = stmt_run(db_sql(db, sql), info);
	if (e == OK) {
		db->depth = 1;
		db->since = clock_ms();
		db->failed = false;
	}
	return e;
}

/* IMMEDIATE takes the write lock at once: a transaction that reads first and finds at its first write that another program was faster
 * could only be thrown away, and no waiting would help it. */
enum err db_begin(struct db *db, struct err_info *info)
{
	return begin(db, db->read_only ? "BEGIN" : "BEGIN IMMEDIATE", info);
}

enum err db_begin_read(struct db *db, struct err_info *info)
{
	return begin(db, "BEGIN", info);
}

static void undo(struct db *db)
{
	/* A full disk or an I/O error may have made SQLite roll back by itself. */
	if (!sqlite3_get_autocommit(db->h))
		(void)stmt_run(db_sql(db, "ROLLBACK"), NULL);
	if (db->hook.drop)
		db->hook.drop(db->hook.user);
}

enum err db_commit(struct db *db, struct err_info *info)
{
	enum err e = OK;

	assert(db->depth > 0);
	if (--db->depth > 0)
		return OK;
	if (db->failed || sqlite3_get_autocommit(db->h)) {
		undo(db);
		return err_set(info, ERR_IO, "%s: a part of this change failed, so none of it was stored", db->path);
	}
	if (db->hook.flush && !db->read_only)
		e = db->hook.flush(db->hook.user, info);
	if (e == OK)
		e = stmt_run(db_sql(db, "COMMIT"), info);
	if (e != OK)
		undo(db);
	else if (!db->read_only && clock_ms() - db->since >= LONG_HOLD_MS)
		nap(GIVE_WAY_MS);
	return e;
}

void db_rollback(struct db *db)
{
	assert(db->depth > 0);
	db->failed = true;
	if (--db->depth == 0)
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
	db->hook = *hook;
}

/* ---- functions for SQL ---- */

static void call_predicate(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
	/* A function pointer may not travel as a data pointer; this points at one. */
	db_test *const *test = sqlite3_user_data(ctx);
	const char *a = (const char *)sqlite3_value_text(arg[0]), *b = (const char *)sqlite3_value_text(arg[1]);

	(void)n;
	if (a && b)
		sqlite3_result_int(ctx, (*test)(a, b));
	else
		sqlite3_result_null(ctx);
}

enum err db_predicate(struct db *db, const char *name, db_test *test, struct err_info *info)
{
	db_test **kept = mem_alloc(sizeof *kept);
	int rc;

	*kept = test;
	rc = sqlite3_create_function_v2(db->h, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, kept, call_predicate, NULL, NULL, free);
	return rc == SQLITE_OK ? OK : fail(db, rc, info);
}

/* ---- a copy ---- */

/* VACUUM INTO reads one snapshot while others write, and what it writes has no free pages, so nothing that was forgotten is copied along. */
static enum err vacuum_into(struct db *db, const char *file, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	struct stmt *st = db_sql(db, "VACUUM INTO ?1");
	enum err e;

	stmt_text(st, 1, file);
	e = stmt_run(st, &why);
	if (e != OK)
		return err_set(info, e, "can't copy into %.150s: %.300s", file, why.text);
	return OK;
}

enum err db_backup(struct db *db, const char *file, struct err_info *info)
{
	int fd = open(file, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	enum err e;

	assert(db->depth == 0);
	if (fd < 0)
		return err_errno(info, "%s: can't be made", file);
	close(fd);
	e = vacuum_into(db, file, info);
	if (e == OK)
		e = db_file_sync(file, info);
	if (e != OK)
		db_file_remove(file);
	return e;
}
