/* test_cli_kill_schema - the program is killed while it brings a store of an earlier schema up to date, again and again on what the kill before left.
 *
 * ECLOSE_KILLS=1000 kills so often in all; ECLOSE_KILL_SEED chooses the instants. */
#include "run.h"

#include <dirent.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/rng.h"
#include "store/schema_private.h"
#include "store/store.h"

#define OLDEST 1
#define NEWEST 7  /* tests/corpus/schema/N.sql */
#define KILLS 21
#define IN_A_ROW 3 /* kills before a store may be finished */

static int from_env(const char *name, int otherwise)
{
	const char *s = getenv(name);

	return s && atoi(s) > 0 ? atoi(s) : otherwise;
}

static void make_old(struct cli *c, int schema)
{
	const char *source = getenv("TEST_SRCDIR"), *path = cli_path(c, "data/eclose.db");
	struct buf sql = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	sqlite3 *h;

	for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++)
		(void)unlink(cli_format(c, "%s%s", path, *end));
	cli_write(c, "data/eclose.db", "");
	assert_int_equal(buf_read_file(&sql, cli_format(c, "%s/tests/corpus/schema/%d.sql", source ? source : ".", schema), (size_t)1 << 24, &info), OK);
	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	assert_int_equal(sqlite3_exec(h, buf_str(&sql), NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(h), SQLITE_OK);
	buf_clear(&sql);
}

/* What no step of the schema changes. */
struct contents { int64_t version, articles, read, starred, events, last_event, feeds; };

static int64_t number(struct db *db, const char *sql)
{
	struct stmt *s = db_sql(db, sql);
	struct err_info info = ERR_INFO_INIT;
	bool row = false;
	int64_t n;

	if (stmt_step(s, &row, &info) != OK)
		fail_msg("%s", info.text);
	n = row ? stmt_col_int(s, 0) : -1;
	stmt_reset(s);
	return n;
}

/* Not to be read only: a journal that a kill left is rolled back by whoever opens the file next. */
static struct contents look(struct cli *c)
{
	struct err_info info = ERR_INFO_INIT;
	struct contents k;
	struct db *db;

	if (db_open(cli_path(c, "data/eclose.db"), DB_READ_WRITE, &db, &info) != OK)
		fail_msg("%s", info.text);
	k = (struct contents){
		.version = number(db, "PRAGMA user_version"), .articles = number(db, "SELECT count(*) FROM articles"),
		.read = number(db, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), .starred = number(db, "SELECT count(*) FROM articles WHERE starred_at IS NOT NULL"),
		.events = number(db, "SELECT count(*) FROM events"), .last_event = number(db, "SELECT max(id) FROM events"), .feeds = number(db, "SELECT count(*) FROM feeds"),
	};
	db_close(db);
	return k;
}

static void same(const struct contents *a, const struct contents *b)
{
	assert_int_equal(a->articles, b->articles);
	assert_int_equal(a->read, b->read);
	assert_int_equal(a->starred, b->starred);
	assert_int_equal(a->events, b->events);
	assert_int_equal(a->last_event, b->last_event);
	assert_int_equal(a->feeds, b->feeds);
	assert_true(a->version <= b->version);
}

/* Copies of the store that a kill left half made: they would take room for ever, and keep what the reader asks to forget. */
static int half_made(struct cli *c)
{
	DIR *d = opendir(cli_path(c, "data"));
	struct dirent *f;
	int n = 0;

	assert_non_null(d);
	while ((f = readdir(d))) {
		const char *copy = strstr(f->d_name, ".schema");

		n += copy && strpbrk(copy + 1, ".-");
	}
	(void)closedir(d);
	return n;
}

/* Seconds that the whole way takes here. */
static double time_whole(struct cli *c, int schema)
{
	double start;

	make_old(c, schema);
	start = log_monotonic();
	done(eclose(c, "list"));
	return log_monotonic() - start;
}

/* Returns how many of the kills met the work: the store was older than the program when it fell. */
static int kill_one(struct cli *c, int schema, double whole, struct rng *rng, int *halves)
{
	struct contents before, after;
	int met = 0;

	make_old(c, schema);
	before = look(c);
	assert_true(before.articles > 0 && before.events > 0 && before.read > 0);
	for (int i = 0; i < IN_A_ROW; i++) {
		struct running run = cli_start(c, (const char *const[]){ "list", NULL });
		struct ran r;

		(void)usleep((unsigned)(rng_uniform(rng) * whole * 1e6));
		(void)kill(run.pid, SIGKILL);
		r = cli_wait(c, &run);
		assert_true(r.status == -SIGKILL || r.status == 0);
		after = look(c);
		same(&before, &after);
		met += after.version < schema_version();
		*halves += half_made(c) > 0;
		before = after;
	}
	done(eclose(c, "list"));
	after = look(c);
	same(&before, &after);
	assert_int_equal(after.version, schema_version());
	assert_int_equal(half_made(c), 0);
	cli_healthy(c);
	return met;
}

static void a_kill_while_a_store_is_brought_up_to_date_loses_nothing(void **state)
{
	struct cli *c = *state;
	int kills = from_env("ECLOSE_KILLS", KILLS), seed = from_env("ECLOSE_KILL_SEED", 11), n = 0, met = 0, halves = 0;
	struct rng rng;

	print_message("# seed %d, %d kills\n", seed, kills);
	rng_seed(&rng, (uint64_t)seed);
	cli_write(c, "config/urls", "");
	while (n < kills)
		for (int schema = OLDEST; schema <= NEWEST; schema++, n += IN_A_ROW)
			met += kill_one(c, schema, time_whole(c, schema), &rng, &halves);
	print_message("# %d kills, %d of them before the store was as it should be, %d with a copy half made\n", n, met, halves);
	assert_true(met > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_kill_while_a_store_is_brought_up_to_date_loses_nothing),
	};

	return cmocka_run_group_tests_name("kills on the way to a newer schema", tests, NULL, NULL);
}
