#include "store/bm25_private.h"
#include "store/db_private.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "store/db_file_private.h"

#define BUSY_WAIT_MS 5000
/* Who waits for the write lock looks more often than who has it gives way for (transaction.c). SQLite's own waiting looks ten times a second and can be outrun for seconds. */
#define BUSY_LOOK_MS 1

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
	struct transaction transaction;
	struct map by_sql;    /* text -> index into stmt */
	struct stmt **stmt;
	size_t n, cap;
};

/* ---- what went wrong ---- */

static enum err of_sqlite(sqlite3 *h, int rc)
{
	if (rc == SQLITE_IOERR_CORRUPTFS)
		return ERR_CORRUPT;
	if (rc == SQLITE_IOERR_SHMSIZE) /* no room for the index of the log */
		return ERR_FULL;
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
	case SQLITE_CONSTRAINT:
		return ERR_SYNTAX;
	default:
		return ERR_IO;
	}
}

static const char *sentence(enum err e, int rc)
{
	if (e != ERR_IO || (rc & 0xff) != SQLITE_IOERR)
		return rc == SQLITE_NOTADB ? "is damaged or no store" : db_sentence(e);
	return rc == SQLITE_IOERR_READ ? "a part of it can't be read" : "can't be read or written";
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

static int on_busy(void *user, int looked)
{
	const struct db *db = user;

	if (looked >= db->wait_ms / BUSY_LOOK_MS)
		return 0;
	db_nap(BUSY_LOOK_MS);
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
		db_nap(10);
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
		e = db_lay_out(db, info);
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

static enum err open_as_it_stands(struct db *db, struct err_info *info)
{
	struct buf uri = BUF_INIT;
	enum err e = db_file_as_it_stands(db->path, &uri, info);

	if (e == OK) {
		(void)sqlite3_close(db->h);
		e = open_handle(db, buf_str(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, info);
	}
	buf_clear(&uri);
	return e;
}

enum err db_open(const char *path, enum db_mode mode, struct db **out, struct err_info *info)
{
	struct db *db;
	enum err e = OK;

	if (strcmp(path, ":memory:") != 0 && mode == DB_READ_WRITE)
		e = db_file_make(path, info);
	if (e != OK)
		return e;
	db = mem_zero(1, sizeof *db);
	db->path = mem_strdup(path);
	db->read_only = mode == DB_READ_ONLY;
	e = open_handle(db, path, db->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, info);
	/* What isn't there may be a file beside it. */
	if ((e == ERR_READONLY || e == ERR_NOTFOUND) && db->read_only && access(path, R_OK) == 0)
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

struct transaction *db_transaction(struct db *db)
{
	return &db->transaction;
}

bool db_autocommit(const struct db *db)
{
	return sqlite3_get_autocommit(db->h) != 0;
}

int db_busy_wait(struct db *db, int ms)
{
	int before = db->wait_ms;

	db->wait_ms = ms;
	(void)sqlite3_busy_handler(db->h, on_busy, db);
	return before;
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

int64_t db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->h);
}

enum err db_exec(struct db *db, const char *script, struct err_info *info)
{
	int rc = sqlite3_exec(db->h, script, NULL, NULL, NULL);

	return rc == SQLITE_OK ? OK : fail(db, rc, info);
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

/* A function pointer may not travel as a data pointer; this points at one. */
struct text_maker { db_text_fn *fn; void *user; };

static void call_text(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
	const struct text_maker *m = sqlite3_user_data(ctx);
	const char *a = (const char *)sqlite3_value_text(arg[0]), *b = (const char *)sqlite3_value_text(arg[1]);
	struct buf out = BUF_INIT;

	(void)n;
	if (m->fn(m->user, a, b, &out))
		sqlite3_result_text64(ctx, buf_str(&out), out.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	else
		sqlite3_result_error(ctx, buf_str(&out), -1);
	buf_clear(&out);
}

enum err db_text(struct db *db, const char *name, db_text_fn *fn, void *user, struct err_info *info)
{
	struct text_maker *m = mem_alloc(sizeof *m);
	int rc;

	*m = (struct text_maker){ fn, user };
	/* Innocuous: views and triggers may call it although the schema isn't trusted. */
	rc = sqlite3_create_function_v2(db->h, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, m, call_text, NULL, NULL, free);
	return rc == SQLITE_OK ? OK : fail(db, rc, info);
}

/* ---- FTS5: a tokenizer ---- */

static fts5_api *fts5_of(struct db *db)
{
	struct stmt *st = db_sql(db, "SELECT fts5(?1)");
	fts5_api *api = NULL;

	if (st->st && sqlite3_bind_pointer(st->st, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK)
		(void)sqlite3_step(st->st);
	stmt_reset(st);
	return api;
}

struct splitter { fts5_tokenizer inner; void *inner_user; db_run *run; };      /* as registered */
struct split { const struct splitter *of; Fts5Tokenizer *inner; };             /* of one table */
typedef int take_token(void *user, int flags, const char *token, int n, int start, int end);
struct shift { take_token *take; void *user; int by; };

static int split_create(void *user, const char **arg, int n, Fts5Tokenizer **out)
{
	const char *inner[] = { "remove_diacritics", "2" };
	const struct splitter *of = user;
	struct split *s = mem_alloc(sizeof *s);
	int rc;

	(void)arg;
	(void)n;
	s->of = of;
	rc = of->inner.xCreate(of->inner_user, inner, 2, &s->inner);
	if (rc == SQLITE_OK)
		*out = (Fts5Tokenizer *)s;
	else
		free(s);
	return rc;
}

static void split_delete(Fts5Tokenizer *t)
{
	struct split *s = (struct split *)t;

	s->of->inner.xDelete(s->inner);
	free(s);
}

static int take_shifted(void *user, int flags, const char *token, int n, int start, int end)
{
	const struct shift *s = user;

	return s->take(s->user, flags, token, n, start + s->by, end + s->by);
}

static int split_text(Fts5Tokenizer *t, void *user, int flags, const char *text, int n, take_token *take)
{
	const struct split *s = (const struct split *)t;
	struct shift shift = { take, user, 0 };
	int rc = SQLITE_OK;

	while (rc == SQLITE_OK && shift.by < n) {
		const char *run = text + shift.by;
		bool whole;
		int len = (int)s->of->run(run, (size_t)(n - shift.by), &whole);

		if (whole)
			rc = take(user, 0, run, len, shift.by, shift.by + len);
		else
			rc = s->of->inner.xTokenize(s->inner, &shift, flags, run, len, take_shifted);
		shift.by += len;
	}
	return rc;
}

enum err db_tokenizer(struct db *db, const char *name, db_run *run, struct err_info *info)
{
	fts5_tokenizer t = { split_create, split_delete, split_text };
	fts5_api *api = fts5_of(db);
	struct splitter *of;
	int rc;

	if (!api)
		return err_set(info, ERR_UNSUPPORTED, "this SQLite has no full-text search (FTS5)");
	of = mem_alloc(sizeof *of);
	of->run = run;
	rc = api->xFindTokenizer(api, "unicode61", &of->inner_user, &of->inner);
	if (rc == SQLITE_OK)
		rc = api->xCreateTokenizer(api, name, of, &t, free); /* where it fails, of is freed too */
	else
		free(of);
	return rc == SQLITE_OK ? OK : fail(db, rc, info);
}

/* ---- FTS5: a rank ---- */

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *user)
{
	(void)api;
	(void)fts;
	++*(int64_t *)user;
	return SQLITE_OK;
}

/* What holds for the whole query. A single phrase has the same idf everywhere, which isn't worth counting. */
static int rank_begin(const Fts5ExtensionApi *api, Fts5Context *fts, int64_t limit, struct bm25 **out)
{
	sqlite3_int64 rows = 0, words = 0;
	int n = api->xPhraseCount(fts), rc = api->xRowCount(fts, &rows);
	struct bm25 *b;

	if (rc == SQLITE_OK)
		rc = api->xColumnTotalSize(fts, -1, &words);
	b = bm25_new((size_t)n, limit > 0 ? (size_t)limit : 0, rows ? (double)words / (double)rows : 1);
	for (int i = 0; n > 1 && rc == SQLITE_OK && i < n; i++) {
		int64_t with = 0;

		rc = api->xQueryPhrase(fts, i, &with, count_row);
		bm25_idf(b, (size_t)i, rows, with);
	}
	if (rc == SQLITE_OK)
		rc = api->xSetAuxdata(fts, b, bm25_free); /* where it fails, b is freed too */
	else
		bm25_free(b);
	*out = b;
	return rc;
}

static int phrase_count(const Fts5ExtensionApi *api, Fts5Context *fts, int i, double *freq)
{
	const double *weight = api->xUserData(fts);
	Fts5PhraseIter at;
	int column, offset, rc = api->xPhraseFirst(fts, i, &at, &column, &offset);

	for (*freq = 0; rc == SQLITE_OK && column >= 0; api->xPhraseNext(fts, &at, &column, &offset))
		*freq += weight[column];
	return rc;
}

static void call_rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx, int n, sqlite3_value **arg)
{
	struct bm25 *b = api->xGetAuxdata(fts, 0);
	int rc = b ? SQLITE_OK : rank_begin(api, fts, n ? sqlite3_value_int64(arg[0]) : 0, &b), length;
	double score = 0;

	for (int i = 0; rc == SQLITE_OK && i < (int)b->n; i++)
		rc = phrase_count(api, fts, i, &b->freq[i]);
	if (rc == SQLITE_OK)
		score = bm25_bound(b);
	if (rc == SQLITE_OK && bm25_reaches(b, score)) {
		rc = api->xColumnSize(fts, -1, &length);
		score = bm25_score(b, length);
	}
	if (rc == SQLITE_OK)
		sqlite3_result_double(ctx, -score);
	else
		sqlite3_result_error_code(ctx, rc);
}

enum err db_rank(struct db *db, const char *name, const double *weight, struct err_info *info)
{
	fts5_api *api = fts5_of(db);
	int rc = api ? api->xCreateFunction(api, name, (void *)(uintptr_t)weight, call_rank, NULL) : SQLITE_ERROR;

	return rc == SQLITE_OK ? OK : fail(db, rc, info);
}
