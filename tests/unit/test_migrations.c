/* Stores as earlier programs left them: tests/corpus/schema/N.sql is one of schema N, written by a program of that time, in which the same was done each time. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/schema_private.h"
#include "store_kit.h"

#define ARTICLES 7

/* The file as it was: dumps switch on what the store's own gateway refuses. */
static void make_old(struct kit *k, int schema)
{
	char name[256];
	struct buf sql = BUF_INIT;
	sqlite3 *h;

	store_close(&k->st);
	unlink(k->path);
	snprintf(name, sizeof name, "%s/tests/corpus/schema/%d.sql", getenv("TEST_SRCDIR"), schema);
	must(buf_read_file(&sql, name, (size_t)1 << 24, &k->info));
	assert_int_equal(sqlite3_open(k->path, &h), SQLITE_OK);
	if (sqlite3_exec(h, buf_str(&sql), NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", name, sqlite3_errmsg(h));
	assert_int_equal(sqlite3_close(h), SQLITE_OK);
	buf_clear(&sql);
}

static bool count_event(void *user, const struct event *e)
{
	int *n = user;

	n[e->kind]++;
	return true;
}

/* What the reader had done, once and as it was. */
static void check_reading(struct kit *k, int schema)
{
	int n[EVENT_KIND_COUNT] = { 0 };

	must(events_each(&k->st, 0, count_event, n, &k->info));
	assert_int_equal(n[EVENT_OPEN], 2);
	assert_int_equal(n[EVENT_CLOSE], 2);
	assert_int_equal(n[EVENT_LIKE], 1);
	assert_int_equal(n[EVENT_STAR], 1);
	assert_int_equal(n[EVENT_READ], 1); /* the other was undone */
	assert_int_equal(n[EVENT_EDIT], schema >= 5);
	for (int id = 1; id <= ARTICLES; id++) {
		struct item it = kit_item(k, id);

		assert_int_equal(it.read, id == 1 || id == 2 || id == 5);
		assert_int_equal(it.starred, id == 4);
	}
}

static void check_articles(struct kit *k, int schema)
{
	struct earlier_list before;

	assert_int_equal(kit_int(k, "SELECT count(*) FROM articles"), ARTICLES);
	assert_string_equal(kit_item(k, 1).title, "A comet over the harbour");
	assert_string_equal(kit_item(k, 6).title, "彗星が見える");
	assert_string_equal(kit_item(k, 4).enclosures[0].url, "http://harbour.example/sextant.mp3");
	assert_non_null(strstr(kit_item(k, 3).summary, "seven planks"));
	assert_int_equal(kit_feed(k, 1).items, 4);
	assert_int_equal(kit_feed(k, 1).unread, 2);
	assert_int_equal(kit_feed(k, 2).unread, 2);
	must(articles_earlier(&k->st, 3, &k->a, &before, &k->info));
	assert_int_equal(before.n, schema >= 6);
}

static bool finds(struct kit *k, const char *words, int64_t id)
{
	struct id_list l;

	must(search_words(&k->st, words, 0, &k->a, &l, &k->info));
	for (size_t i = 0; i < l.n; i++)
		if (l.id[i] == id)
			return true;
	return false;
}

/* Everything is found, at once by its title and after the next indexing by its text. */
static void check_search(struct kit *k)
{
	bool left = true;

	assert_true(finds(k, "sextant", 4));
	while (left)
		must(search_index(&k->st, 100, &left, &k->info));
	assert_true(finds(k, "lighthouse", 1));
	assert_true(finds(k, "seven planks", 3));
	assert_true(finds(k, "明るい彗星", 6));
	assert_false(finds(k, "three planks", 3));
}

/* The feed comes again as it was: nothing is new, and nothing that was read is unread. */
static void check_fetch(struct kit *k)
{
	struct entry again[] = { ENTRY_AT(1774850400, .id = "h1", .title = "A comet over the harbour", .link = "http://harbour.example/comet", .author = "Ada",
		.summary = "<p>It was seen at dusk above the old lighthouse, and the fishermen stopped to look.</p>") };

	assert_int_equal(kit_put(k, 1, KIT_NOW + DATE_DAY, again, 1), 0);
	assert_true(kit_item(k, 1).read);
}

static bool there(const char *path)
{
	return access(path, F_OK) == 0;
}

/* Before the first step the store was copied, and the copy is what the program of that time had written. */
static void check_former(struct kit *k, int schema)
{
	char path[256];
	struct stat st;
	struct db *db;
	struct stmt *s;
	bool row;

	snprintf(path, sizeof path, "%s.schema%d", k->path, schema);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	must(db_open(path, DB_READ_ONLY, &db, &k->info));
	s = db_sql(db, "SELECT (SELECT count(*) FROM articles), u.user_version FROM pragma_user_version u");
	must(stmt_step(s, &row, &k->info));
	assert_int_equal(stmt_col_int(s, 0), ARTICLES);
	assert_int_equal(stmt_col_int(s, 1), schema);
	stmt_reset(s);
	db_close(db);
	unlink(path);
}

static void every_earlier_store_is_taken_over_whole(void **state)
{
	struct kit *k = *state;

	for (int schema = 1; schema <= 7; schema++) {
		make_old(k, schema);
		must(kit_open(&k->st, k->path, &k->info));
		assert_true(kit_int(k, "PRAGMA user_version") > 7);
		check_former(k, schema);
		kit_healthy(k);
		check_articles(k, schema);
		check_reading(k, schema);
		check_search(k);
		check_fetch(k);
		kit_healthy(k);
	}
}

/* An older copy goes when a newer one has taken its place, and all go with what is forgotten. */
static void one_copy_of_before_is_kept(void **state)
{
	struct kit *k = *state;
	char first[256], second[256];

	snprintf(first, sizeof first, "%s.schema2", k->path);
	snprintf(second, sizeof second, "%s.schema7", k->path);
	make_old(k, 2);
	kit_reopen(k);
	assert_true(there(first));
	make_old(k, 7);
	kit_reopen(k);
	assert_false(there(first));
	assert_true(there(second));
	must(store_scrub(&k->st, &k->info));
	assert_false(there(second));
}

/* Where no copy can be made the store stays what it is, and the sentence says so. */
static void without_a_copy_nothing_changes(void **state)
{
	struct kit *k = *state;
	char in_the_way[256];
	sqlite3 *h;
	sqlite3_stmt *st;

	make_old(k, 7);
	snprintf(in_the_way, sizeof in_the_way, "%s.schema7", k->path);
	assert_int_equal(mkdir(in_the_way, 0700), 0);
	assert_int_equal(kit_open(&k->st, k->path, &k->info), ERR_IO);
	says(k, ".schema7");
	assert_int_equal(sqlite3_open(k->path, &h), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(h, "PRAGMA user_version", -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(st, 0), 7);
	sqlite3_finalize(st);
	sqlite3_close(h);
	assert_int_equal(rmdir(in_the_way), 0);
	must(kit_open(&k->st, k->path, &k->info));
}

/* Two programs find an old store at once, and one is through while the other still makes its copy. */
static void a_copy_of_a_store_that_moved_on_replaces_none(void **state)
{
	struct kit *k = *state;
	char making[256];

	make_old(k, 7);
	must(kit_open(&k->st, k->path, &k->info));
	must(former_keep(k->st.db, 7, &k->info));
	snprintf(making, sizeof making, "%s.schema7.%ld", k->path, (long)getpid());
	assert_false(there(making));
	check_former(k, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_earlier_store_is_taken_over_whole, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(one_copy_of_before_is_kept, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(a_copy_of_a_store_that_moved_on_replaces_none, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(without_a_copy_nothing_changes, kit_setup, kit_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
