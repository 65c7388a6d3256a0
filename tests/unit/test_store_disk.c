/* disk - every single write, sync and read of the store fails in turn: it is told in a sentence, nothing is lost or done by halves, and what failed works when the disk does. */
#include "tests/unit/store_kit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/schema_private.h"
#include "tests/unit/disk.h"

#define A_PUT 12
#define FAULTS_MOST 3000 /* far more than there are operations */

/* Everything that is done to a store, one deed after the other; which failed is done again. */
struct life {
	struct kit *k;
	const char *path, *copy;
	struct store st;
	bool open;
	struct err_info info;
};

static enum err do_open(struct life *l)
{
	enum err e = kit_open(&l->st, l->path, &l->info);

	l->open = e == OK;
	return e;
}

static enum err do_subscribe(struct life *l)
{
	static const struct sub subs[] = { { .url = "http://one.example/f" }, { .url = "http://two.example/f" } };

	return feeds_sync(&l->st, subs, 2, &l->info);
}

static enum err put(struct life *l, int from, const char *change)
{
	struct entry e[A_PUT];
	int added;

	for (int i = 0; i < A_PUT; i++)
		e[i] = (struct entry)ENTRY(.id = arena_printf(&l->k->a, "%d", from + i), .title = "A comet over the harbour",
			.content = arena_printf(&l->k->a, "It was seen at %s %d %1000d", change, i, i));
	return kit_try_put(&l->st, 1, KIT_NOW, e, A_PUT, &added, &l->info);
}

static enum err do_put(struct life *l)
{
	return put(l, 0, "dusk");
}

static enum err do_change(struct life *l)
{
	return put(l, A_PUT / 2, "dawn, or so they say who were there and had nothing better to do than to look at the sky for hours and hours and hours");
}

static enum err append(struct life *l, enum event_kind kind, int64_t article)
{
	struct event e = EVENT(.kind = kind, .article = article);

	return events_append(&l->st, &e, &l->info);
}

static enum err do_read(struct life *l)
{
	return append(l, EVENT_OPEN, 1);
}

static enum err do_star(struct life *l)
{
	return append(l, EVENT_STAR, 2);
}

static enum err do_terms(struct life *l)
{
	enum err e = db_begin(l->st.db, &l->info);

	if (e != OK)
		return e;
	for (int64_t i = 1; e == OK && i <= A_PUT; i++) {
		const char *name = arena_printf(&l->k->a, "term%d", (int)(i % 5));
		struct term_count t = { name, strlen(name), name, strlen(name), 1 };

		e = terms_put(&l->st, i, &t, 1, 1, &l->info);
	}
	return db_end(l->st.db, e, &l->info);
}

static enum err do_index(struct life *l)
{
	bool left;

	return search_index(&l->st, 1000, &left, &l->info);
}

static enum err do_derived(struct life *l)
{
	const float v[] = { 0.6f, 0.8f };
	struct derived d = { .article = 3, .vec = v, .d = 2, .topic = 1, .story = 3, .feeds_telling = 1, .coverage = 1 };

	return derived_put(&l->st, &d, &l->info);
}

static enum err do_checkpoint(struct life *l)
{
	return db_exec(l->st.db, "PRAGMA wal_checkpoint(TRUNCATE)", &l->info);
}

static enum err do_backup(struct life *l)
{
	return db_backup(l->st.db, l->copy, &l->info);
}

static enum err do_close(struct life *l)
{
	store_close(&l->st);
	l->open = false;
	return OK;
}

static enum err do_list(struct life *l)
{
	struct article_query all = ARTICLE_QUERY_INIT;
	struct item_list items;
	enum err e = articles_list(&l->st, &all, &l->k->a, &items, &l->info);

	if (e == OK)
		assert_int_equal(items.n, A_PUT + A_PUT / 2);
	return e;
}

static enum err do_search(struct life *l)
{
	struct id_list found;
	enum err e = search_words(&l->st, "comet", 0, &l->k->a, &found, &l->info);

	if (e == OK)
		assert_int_equal(found.n, A_PUT + A_PUT / 2);
	return e;
}

static enum err do_show(struct life *l)
{
	struct item it;
	enum err e = articles_get(&l->st, 1, &l->k->a, &it, &l->info);

	if (e == OK)
		assert_true(it.read && strstr(it.content, "dusk"));
	return e;
}

typedef enum err deed(struct life *l);
static deed *const deeds[] = { do_open, do_subscribe, do_put, do_read, do_star, do_change, do_terms, do_index, do_derived, do_checkpoint, do_backup, do_close,
	do_open, do_list, do_search, do_show, do_read, do_close };
#define DEEDS (sizeof deeds / sizeof *deeds)

static int64_t int_of(struct life *l, const char *sql)
{
	struct stmt *s = db_sql(l->st.db, sql);
	bool row;
	int64_t v;

	must(stmt_step(s, &row, &l->info));
	v = row ? stmt_col_int(s, 0) : 0;
	stmt_reset(s);
	return v;
}

/* All that was done is there, once. */
static void all_there(struct life *l, const char *path)
{
	struct doctor_report r;

	must(kit_open(&l->st, path, &l->info));
	must(doctor_check(&l->st, &l->k->a, &r, &l->info));
	assert_string_equal(r.integrity, "ok");
	assert_int_equal(r.orphans + r.df_wrong + r.count_wrong, 0);
	assert_int_equal(r.articles, A_PUT + A_PUT / 2);
	assert_int_equal(r.vectors, A_PUT);
	assert_int_equal(r.indexed, A_PUT + A_PUT / 2);
	assert_int_equal(r.events, strcmp(path, l->path) == 0 ? 3 : 2);
	assert_int_equal(int_of(l, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), 1);
	assert_int_equal(int_of(l, "SELECT count(*) FROM articles WHERE starred_at IS NOT NULL"), 1);
	assert_int_equal(int_of(l, "SELECT count(*) FROM vectors"), 1);
	store_close(&l->st);
}

static void is_told(struct life *l, enum err e, enum err code, const char *words)
{
	if (e != code || !strstr(l->info.text, words) || !strstr(l->info.text, l->k->dir))
		fail_msg("%d: \"%s\"", e, l->info.text);
}

/* A store that couldn't be made isn't there, not even in parts. */
static void whole_or_not_at_all(const char *path)
{
	sqlite3_stmt *s;
	sqlite3 *h;
	int version;

	if (access(path, F_OK) != 0)
		return;
	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(h, "PRAGMA user_version", -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	version = sqlite3_column_int(s, 0);
	assert_true(version == 0 || version == schema_version());
	assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
	assert_int_equal(sqlite3_close(h), SQLITE_OK);
}

/* What goes wrong: from the nth operation on, or at that one alone; and what is then said. */
struct wrong { enum disk_op op; enum disk_fault how; bool on; enum err code; const char *words; };

/* The deeds with one fault, which ends when it was told. Returns whether it came to that. */
static bool live(struct kit *k, const struct wrong *w, long nth)
{
	struct life l = { .k = k, .path = kit_file(k, "life.db"), .copy = kit_file(k, "life.copy") };
	bool failed = false;

	disk_use();
	disk_fail(w->op, nth, w->how, w->on, NULL);
	for (size_t i = 0; i < DEEDS; i++) {
		enum err e = deeds[i](&l);

		if (e == OK)
			continue;
		assert_true(!failed && disk_failed());
		is_told(&l, e, w->code, w->words);
		if (deeds[i] == do_backup)
			assert_int_equal(access(l.copy, F_OK), -1);
		disk_fail(w->op, 0, w->how, false, NULL);
		failed = true;
		if (deeds[i] == do_open)
			whole_or_not_at_all(l.path);
		if (deeds[i](&l) != OK)
			fail_msg("fault %ld, deed %zu still fails: \"%s\"", nth, i, l.info.text);
	}
	failed = failed || disk_failed();
	disk_fail(w->op, 0, w->how, false, NULL);
	all_there(&l, l.path);
	all_there(&l, l.copy);
	disk_leave();
	(void)unlink(l.path);
	(void)unlink(l.copy);
	arena_clear(&k->a);
	return failed;
}

/* Every operation in turn; with sanitizers, under which a life takes ten times as long, some of them. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 9
#else
#define STRIDE 1
#endif

static void each_in_turn(struct kit *k, const struct wrong *w, long step)
{
	long n = 1;

	while (n < FAULTS_MOST && live(k, w, n))
		n += step * (w->op == DISK_SYNCS ? 1 : STRIDE);
	print_message("%ld places where it may fail\n", n);
	assert_true(n > 20 && n < FAULTS_MOST);
}

static void a_disk_that_is_full_from_any_write_on(void **state)
{
	each_in_turn(*state, &(struct wrong){ DISK_WRITES, DISK_FULL, true, ERR_FULL, "the disk is full" }, 1);
}

static void a_disk_that_is_full_for_one_write(void **state)
{
	each_in_turn(*state, &(struct wrong){ DISK_WRITES, DISK_FULL, false, ERR_FULL, "the disk is full" }, 7);
}

static void a_disk_that_is_full_in_the_middle_of_a_write(void **state)
{
	each_in_turn(*state, &(struct wrong){ DISK_WRITES, DISK_TORN, true, ERR_FULL, "the disk is full" }, 7);
}

static void a_disk_that_fails_to_write(void **state)
{
	each_in_turn(*state, &(struct wrong){ DISK_WRITES, DISK_ERROR, true, ERR_IO, "can't be " }, 7);
}

static void a_disk_that_fails_to_sync(void **state)
{
	each_in_turn(*state, &(struct wrong){ DISK_SYNCS, DISK_ERROR, false, ERR_IO, "can't be read or written" }, 1);
}

static void a_disk_that_fails_to_read(void **state)
{
	each_in_turn(*state, &(struct wrong){ DISK_READS, DISK_ERROR, false, ERR_IO, "can't be " }, 2);
}

static int teardown(void **state)
{
	disk_leave(); /* where a test failed */
	return kit_teardown(state);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_disk_that_is_full_from_any_write_on),
		T(a_disk_that_is_full_for_one_write),
		T(a_disk_that_is_full_in_the_middle_of_a_write),
		T(a_disk_that_fails_to_write),
		T(a_disk_that_fails_to_sync),
		T(a_disk_that_fails_to_read),
	};

	return cmocka_run_group_tests_name("store_disk", tests, NULL, NULL);
}
