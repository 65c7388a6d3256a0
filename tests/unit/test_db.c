/* db and schema - statements, transactions, versions, copies, and what a file that is no store is told. */
#include "store/schema_private.h"
#include "tests/unit/store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/schema_private.h"

static void values_come_back_as_they_went_in(void **state)
{
	struct kit *k = *state;
	struct db *db = k->st.db;
	struct stmt *s;
	bool row;
	size_t n;

	must(db_exec(db, "CREATE TABLE t (i INTEGER, r REAL, x TEXT, b BLOB, z BLOB, n TEXT) STRICT", &k->info));
	s = db_sql(db, "INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
	stmt_int(s, 1, INT64_MIN);
	stmt_real(s, 2, 0.1);
	stmt_text(s, 3, "'; DROP TABLE t; --");
	stmt_blob(s, 4, "a\0b", 3);
	stmt_blob(s, 5, NULL, 0);
	stmt_text(s, 6, NULL);
	must(stmt_run(s, &k->info));
	assert_int_equal(db_last_id(db), 1);
	s = db_sql(db, "SELECT i, r, x, b, z, n FROM t");
	must(stmt_step(s, &row, &k->info));
	assert_true(row);
	assert_true(stmt_col_int(s, 0) == INT64_MIN);
	assert_true(stmt_col_real(s, 1) == 0.1);
	assert_string_equal(stmt_col_text(s, 2), "'; DROP TABLE t; --");
	assert_memory_equal(stmt_col_blob(s, 3, &n), "a\0b", 3);
	assert_int_equal(n, 3);
	assert_false(stmt_col_null(s, 4));
	(void)stmt_col_blob(s, 4, &n);
	assert_int_equal(n, 0);
	assert_true(stmt_col_null(s, 5));
	assert_null(stmt_col_dup(s, 5, &k->a));
	must(stmt_step(s, &row, &k->info));
	assert_false(row);
}

static void a_statement_is_prepared_once_and_comes_back_without_bindings(void **state)
{
	struct kit *k = *state;
	char text[] = "SELECT ?1 IS NULL";
	struct stmt *s = db_sql(k->st.db, text);
	bool row;

	stmt_int(s, 1, 5);
	must(stmt_step(s, &row, &k->info));
	assert_int_equal(stmt_col_int(s, 0), 0);
	assert_ptr_equal(db_sql(k->st.db, "SELECT ?1 IS NULL"), s);
	text[0] = 'X'; /* the handle kept its own copy */
	assert_ptr_equal(db_sql(k->st.db, "SELECT ?1 IS NULL"), s);
	must(stmt_step(s, &row, &k->info));
	assert_int_equal(stmt_col_int(s, 0), 1);
	stmt_reset(s);
}

static void bad_sql_fails_at_its_step_and_works_once_its_reason_has_gone(void **state)
{
	struct kit *k = *state;
	struct stmt *s = db_sql(k->st.db, "SELECT count(*) FROM later");
	bool row = true;

	stmt_int(s, 1, 1);
	assert_int_equal(stmt_step(s, &row, &k->info), ERR_IO);
	says(k, "no such table: later");
	says(k, k->path);
	assert_true(row);
	must(db_exec(k->st.db, "CREATE TABLE later (x INTEGER) STRICT", &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM later"), 0);
}

static void only_the_outermost_commit_reaches_the_file(void **state)
{
	struct kit *k = *state;
	struct db *db = k->st.db;

	must(db_exec(db, "CREATE TABLE t (x INTEGER) STRICT", &k->info));
	must(db_begin(db, &k->info));
	must(db_begin(db, &k->info));
	must(db_exec(db, "INSERT INTO t VALUES (1)", &k->info));
	must(db_commit(db, &k->info));
	db_rollback(db);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM t"), 0);

	must(db_begin(db, &k->info));
	must(db_exec(db, "INSERT INTO t VALUES (1)", &k->info));
	must(db_begin(db, &k->info));
	db_rollback(db);
	assert_int_not_equal(db_commit(db, &k->info), OK);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM t"), 0);

	must(db_begin(db, &k->info));
	must(db_exec(db, "INSERT INTO t VALUES (1)", &k->info));
	must(db_end(db, OK, &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM t"), 1);
}

static void other_handles_see_what_was_committed(void **state)
{
	struct kit *k = *state;
	struct store other;

	must(db_exec(k->st.db, "CREATE TABLE t (x INTEGER) STRICT", &k->info));
	must(store_open(&other, k->path, DB_READ_WRITE, &k->info));
	must(db_begin(other.db, &k->info));
	must(db_exec(other.db, "INSERT INTO t VALUES (1)", &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM t"), 0); /* and reading waits for nobody */
	must(db_commit(other.db, &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM t"), 1);
	store_close(&other);
}

static void files_are_the_readers_alone(void **state)
{
	struct kit *k = *state;
	const char *part[] = { "", "-wal", "-shm" };
	struct stat s;

	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(stat(arena_printf(&k->a, "%s%s", k->path, part[i]), &s), 0);
		assert_int_equal(s.st_mode & 0777, 0600);
	}
	must(db_backup(k->st.db, kit_file(k, "copy"), &k->info));
	assert_int_equal(stat(kit_file(k, "copy"), &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
}

static void an_empty_file_becomes_a_store_and_opening_twice_changes_nothing(void **state)
{
	struct kit *k = *state;
	const char *file = kit_file(k, "empty.db");
	struct store st;
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	fclose(f);
	for (int i = 0; i < 2; i++) {
		must(store_open(&st, file, DB_READ_WRITE, &k->info));
		store_close(&st);
	}
	must(store_open(&st, ":memory:", DB_READ_WRITE, &k->info));
	store_close(&st);
	assert_int_equal(kit_int(k, "PRAGMA user_version"), schema_version());
	assert_int_equal(kit_int(k, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%' AND name NOT LIKE 'search%'"
		" AND name NOT LIKE 'sqlite%'"), 0);
}

static void a_newer_store_is_refused_in_words(void **state)
{
	struct kit *k = *state;
	const int64_t version = kit_int(k, "PRAGMA user_version");
	struct store st;
	char back[64];

	must(db_exec(k->st.db, "PRAGMA user_version = 99", &k->info));
	assert_int_equal(store_open(&st, k->path, DB_READ_WRITE, &k->info), ERR_UNSUPPORTED);
	says(k, "newer eclose");
	says(k, "99");
	snprintf(back, sizeof back, "PRAGMA user_version = %lld", (long long)version);
	must(db_exec(k->st.db, back, &k->info));
}

/* What vectorise left before version 4: a vector of floats, its basis, and which run they are of. */
static const char *const computed = "INSERT OR REPLACE INTO vectors SELECT id, zeroblob(256) FROM articles;"
	"INSERT OR REPLACE INTO blobs VALUES ('lsa', 1, x'01'), ('vectorised', 7, x''), ('derived', 3, x'40000000'), ('shares', 1, x'02')";

/* What each step added is taken away again, and the step takes it back: the articles are as they were, and no vector of before is taken for one of now. */
static void a_store_of_an_older_schema_is_brought_up_to_date(void **state)
{
	static const char *const take_away[] = {
		"DROP TABLE wordvecs; PRAGMA user_version = 1",
		"DROP INDEX derived_topic; DROP INDEX derived_story; DROP TABLE topic_names;"
		"ALTER TABLE topics DROP COLUMN named_for; ALTER TABLE topics DROP COLUMN terms; PRAGMA user_version = 2",
		"DROP TABLE trials; ALTER TABLE events DROP COLUMN team; ALTER TABLE events DROP COLUMN trial;"
		"ALTER TABLE events DROP COLUMN width; ALTER TABLE events DROP COLUMN pair;"
		"ALTER TABLE wordvecs DROP COLUMN title; PRAGMA user_version = 3",
		"DROP INDEX events_subject; ALTER TABLE events DROP COLUMN value; ALTER TABLE events DROP COLUMN subject; PRAGMA user_version = 4",
		"DROP TABLE digests; DROP TABLE earlier; DROP TABLE fetches; ALTER TABLE bodies DROP COLUMN pixels; ALTER TABLE feeds DROP COLUMN skip_days;"
		"ALTER TABLE feeds DROP COLUMN skip_hours; ALTER TABLE feeds DROP COLUMN ttl; ALTER TABLE feeds DROP COLUMN moved_seen;"
		"ALTER TABLE feeds DROP COLUMN moved_to; PRAGMA user_version = 5",
		"CREATE TRIGGER articles_come AFTER INSERT ON articles BEGIN"
		" UPDATE feeds SET items = items + 1, unread = unread + (new.read_at IS NULL) WHERE id = new.feed; END; PRAGMA user_version = 6",
		"DROP TRIGGER search_edit; DROP TRIGGER search_gone; DROP TRIGGER search_body; DROP TRIGGER search_body_gone; DROP TRIGGER search_feed; DROP TRIGGER search_feed_gone;"
		"DROP VIEW search_entries; DROP VIEW search_source; DROP TABLE search; DROP TABLE search_queue; DROP TABLE search_stale; DELETE FROM blobs WHERE name = 'search';"
		"CREATE VIRTUAL TABLE search USING fts5 (title, text, content='', tokenize='unicode61 remove_diacritics 2');"
		"CREATE TABLE indexed (article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, entry INTEGER NOT NULL) STRICT;"
		"CREATE TABLE search_queue (article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, text TEXT NOT NULL) STRICT;"
		"INSERT INTO search (rowid, title, text) SELECT id, title, 'dusk' FROM articles; INSERT INTO indexed SELECT id, id FROM articles; PRAGMA user_version = 7",
		"DROP TRIGGER search_feed; DROP TRIGGER search_feed_gone; CREATE TRIGGER search_feed AFTER DELETE ON feeds BEGIN SELECT 1; END;"
		"CREATE TRIGGER search_feed_gone AFTER DELETE ON feeds BEGIN SELECT 1; END;"
		"DROP TABLE gone; DROP TRIGGER articles_retire; DROP TRIGGER articles_go; DROP TRIGGER articles_read; DROP INDEX articles_at; DROP INDEX articles_feed;"
		"DROP INDEX articles_unread; DROP INDEX articles_starred; DROP INDEX articles_retired; DROP INDEX articles_done; ALTER TABLE articles DROP COLUMN retired_at;"
		"CREATE INDEX articles_at ON articles (at); CREATE INDEX articles_feed ON articles (feed, at);"
		"CREATE INDEX articles_unread ON articles (at, id, feed, fetched) WHERE read_at IS NULL; CREATE INDEX articles_starred ON articles (at) WHERE starred_at IS NOT NULL;"
		"CREATE TRIGGER articles_go AFTER DELETE ON articles BEGIN"
		" UPDATE feeds SET items = items - 1, unread = unread - (old.read_at IS NULL) WHERE id = old.feed; END;"
		"CREATE TRIGGER articles_read AFTER UPDATE OF read_at ON articles WHEN (old.read_at IS NULL) <> (new.read_at IS NULL) BEGIN"
		" UPDATE feeds SET unread = unread + (new.read_at IS NULL) - (old.read_at IS NULL) WHERE id = new.feed; END; PRAGMA user_version = 8",
		"PRAGMA user_version = 9",
	};
	const int steps = sizeof take_away / sizeof *take_away;
	struct kit *k = *state;
	int64_t article = kit_article(k, 1, "A comet over the harbour", "It was seen at dusk."), more;
	struct event like = EVENT(.article = article, .kind = EVENT_LIKE);
	int64_t key = kit_int(k, "SELECT guid_key FROM articles");

	must(events_append(&k->st, &like, &k->info));
	assert_int_equal(steps, schema_version() - 1);
	for (int from = steps; from >= 1; from--) {
		for (int step = steps; step >= from; step--)
			must(db_exec(k->st.db, take_away[step - 1], &k->info));
		must(db_exec(k->st.db, computed, &k->info));
		if (from <= 5)
			must(db_exec(k->st.db, "UPDATE articles SET guid_key = 1", &k->info));
		kit_reopen(k);
		assert_true(kit_int(k, "SELECT guid_key FROM articles") == key);
		assert_int_equal(kit_int(k, "SELECT count(*) FROM events WHERE width = 0 AND trial = 0 AND subject IS NULL AND value IS NULL"), 1);
		assert_int_equal(kit_int(k, "PRAGMA user_version"), schema_version());
		assert_string_equal(kit_item(k, article).title, "A comet over the harbour");
		assert_int_equal(kit_int(k, "SELECT count(*) FROM wordvecs"), 0);
		kit_healthy(k);
		more = kit_article(k, 1, arena_printf(&k->a, "One more, %d", from), "What comes afterwards is counted, and counted once.");
		kit_healthy(k);
		assert_int_equal(kit_feed(k, 1).items, 2);
		must(articles_remove(&k->st, more, &k->info));
		if (from > 3) /* what was computed is still good */
			continue;
		assert_int_equal(kit_int(k, "SELECT count(*) FROM vectors"), 0);
		assert_int_equal(kit_int(k, "SELECT count(*) FROM blobs WHERE name IN ('lsa', 'vectorised')"), 0);
		assert_int_equal(kit_int(k, "SELECT version FROM blobs WHERE name = 'derived'"), 4);
		assert_int_equal(kit_int(k, "SELECT version FROM blobs WHERE name = 'shares'"), 1);
		assert_int_equal(kit_int(k, "SELECT count(*) FROM topic_names"), 0);
	}
}

static void what_is_no_store_is_told_so_and_left_alone(void **state)
{
	struct kit *k = *state;
	const char *file = kit_file(k, "other"), *text = kit_file(k, "text");
	struct store st;
	struct db *db;
	struct buf b = BUF_INIT;

	must(db_open(file, DB_READ_WRITE, &db, &k->info));
	must(db_exec(db, "CREATE TABLE theirs (x)", &k->info));
	db_close(db);
	assert_int_equal(store_open(&st, file, DB_READ_WRITE, &k->info), ERR_CORRUPT);
	says(k, "another program");

	must(buf_write_file(text, "I am a letter to my aunt, and no database at all.", 49, 0600, &k->info));
	assert_int_equal(store_open(&st, text, DB_READ_WRITE, &k->info), ERR_CORRUPT);
	says(k, "not a database");
	must(buf_read_file(&b, text, 1000, &k->info));
	assert_int_equal(b.len, 49);
	buf_clear(&b);

	assert_int_equal(store_open(&st, kit_file(k, "no/such/folder"), DB_READ_WRITE, &k->info), ERR_NOTFOUND);
	assert_int_equal(store_open(&st, kit_file(k, "absent"), DB_READ_ONLY, &k->info), ERR_NOTFOUND);
	says(k, "absent");
	assert_int_not_equal(store_open(&st, k->dir, DB_READ_WRITE, &k->info), OK);
}

static void a_store_may_be_opened_for_reading_only(void **state)
{
	struct kit *k = *state;
	struct store ro;
	struct feed_list l;

	must(store_open(&ro, k->path, DB_READ_ONLY, &k->info));
	must(db_begin(ro.db, &k->info));
	must(feeds_load(&ro, false, &k->a, &l, &k->info));
	must(db_commit(ro.db, &k->info));
	assert_int_equal(l.n, 2);
	assert_int_equal(feeds_sync(&ro, NULL, 0, &k->info), ERR_READONLY);
	says(k, "may not be written");
	store_close(&ro);
}

static void a_copy_is_whole_and_never_replaces_a_file(void **state)
{
	struct kit *k = *state;
	const char *file = kit_file(k, "copy");
	struct store copy;
	struct item it;

	(void)kit_article(k, 1, "kept", "words");
	must(db_backup(k->st.db, file, &k->info));
	must(store_open(&copy, file, DB_READ_WRITE, &k->info));
	must(articles_get(&copy, 1, &k->a, &it, &k->info));
	assert_string_equal(it.title, "kept");
	store_close(&copy);
	assert_int_equal(db_backup(k->st.db, file, &k->info), ERR_IO);
	says(k, "File exists");
	assert_int_equal(db_backup(k->st.db, kit_file(k, "no/copy"), &k->info), ERR_NOTFOUND);
}

/* The index over feeds knows of no retired article: a trigger that doesn't say that it wants none goes through all articles, once for each feed of a fetch. */
static void what_a_trigger_asks_of_a_feed_goes_by_its_index(void **state)
{
	struct kit *k = *state;

	assert_true(kit_int(k, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%FROM articles WHERE feed = old.id%'") >= 2);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
		" AND replace(sql, 'FROM articles WHERE feed = old.id AND retired_at IS NULL', '') LIKE '%FROM articles WHERE feed = old.id%'"), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(values_come_back_as_they_went_in),
		T(a_statement_is_prepared_once_and_comes_back_without_bindings),
		T(bad_sql_fails_at_its_step_and_works_once_its_reason_has_gone),
		T(only_the_outermost_commit_reaches_the_file),
		T(other_handles_see_what_was_committed),
		T(files_are_the_readers_alone),
		T(an_empty_file_becomes_a_store_and_opening_twice_changes_nothing),
		T(a_newer_store_is_refused_in_words),
		T(a_store_of_an_older_schema_is_brought_up_to_date),
		T(what_a_trigger_asks_of_a_feed_goes_by_its_index),
		T(what_is_no_store_is_told_so_and_left_alone),
		T(a_store_may_be_opened_for_reading_only),
		T(a_copy_is_whole_and_never_replaces_a_file),
	};

	return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
