/* faults - a full disk, a folder that may not be written, damage, a busy store, a kill at any instant, two at once. */
#include "tests/unit/store_kit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/rng.h"
#include "store/schema_private.h"

/* A body of n bytes. */
static const char *body(struct arena *a, size_t n)
{
	char *s = arena_alloc(a, n + 1);

	for (size_t i = 0; i < n; i++)
		s[i] = i % 7 ? 'a' + (char)(i % 23) : ' ';
	s[n] = '\0';
	return s;
}

static void a_full_disk_is_told_and_leaves_the_store_as_it_was(void **state)
{
	struct kit *k = *state;
	struct entry big[50] = { { 0 } };
	struct event read = EVENT(.kind = EVENT_READ, .article = 1);
	int added = -1;

	(void)kit_article(k, 1, "before", "x");
	for (int i = 0; i < 50; i++)
		big[i] = (struct entry)ENTRY(.id = arena_printf(&k->a, "%d", i), .title = "big", .content = body(&k->a, 20000));
	(void)kit_int(k, arena_printf(&k->a, "PRAGMA max_page_count = %lld", (long long)kit_int(k, "PRAGMA page_count") + 20));
	assert_int_equal(kit_try_put(&k->st, 1, KIT_NOW, big, 50, &added, &k->info), ERR_FULL);
	says(k, "disk is full");
	says(k, k->path);
	assert_int_equal(added, -1);
	assert_int_equal(kit_feed(k, 1).items, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM bodies"), 1);
	must(events_append(&k->st, &read, &k->info)); /* what still fits still works */
	(void)kit_int(k, "PRAGMA max_page_count = 1000000");
	assert_int_equal(kit_put(k, 1, KIT_NOW, big, 50), 50);
	kit_healthy(k);
}

static void a_full_disk_under_terms_loses_no_count(void **state)
{
	struct kit *k = *state;
	struct term_count t[2000];
	int early = 0, late = 0; /* full while terms are interned; full when the counts are written, before the commit */
	enum err e = ERR_FULL;

	(void)kit_article(k, 1, "a", "b");
	for (int i = 0; i < 2000; i++) {
		const char *name = arena_printf(&k->a, "a-rather-long-term-number-%d", i);

		t[i] = (struct term_count){ name, strlen(name), name, strlen(name), 1 };
	}
	for (int room = 1; e == ERR_FULL && room < 100; room++) {
		(void)kit_int(k, arena_printf(&k->a, "PRAGMA max_page_count = %lld", (long long)kit_int(k, "PRAGMA page_count") + room));
		must(db_begin(k->st.db, &k->info));
		e = terms_put(&k->st, 1, t, 2000, 2000, &k->info);
		early += e != OK;
		if (e == OK)
			late += (e = db_commit(k->st.db, &k->info)) != OK;
		else
			db_rollback(k->st.db);
		if (e == OK)
			break;
		assert_int_equal(e, ERR_FULL);
		assert_int_equal(kit_int(k, "SELECT count(*) FROM terms"), 0);
		kit_healthy(k);
	}
	must(e);
	assert_true(early > 0 && late > 0);
	kit_healthy(k);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM terms WHERE df = 1"), 2000);
}

static void a_busy_store_is_waited_for_and_then_told(void **state)
{
	struct kit *k = *state;
	struct store other;
	struct event read = EVENT(.kind = EVENT_READ, .article = 1);
	struct timespec t0, t1;

	(void)kit_article(k, 1, "a", "b");
	must(kit_open(&other, k->path, &k->info));
	must(db_begin(other.db, &k->info));
	db_busy_wait(k->st.db, 200);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	assert_int_equal(events_append(&k->st, &read, &k->info), ERR_BUSY);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	assert_true((t1.tv_sec - t0.tv_sec) * 1000 + (t1.tv_nsec - t0.tv_nsec) / 1000000 >= 150);
	says(k, "another program");
	assert_int_equal(kit_item(k, 1).id, 1); /* reading goes on */
	db_rollback(other.db);
	must(events_append(&k->st, &read, &k->info));
	store_close(&other);
}

/* Runs fn in a child that isn't root, since root may write anything. Returns its answer. */
static int unprivileged(struct kit *k, int (*fn)(struct kit *))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(99);
		_exit(fn(k));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int open_and_write(struct kit *k)
{
	struct store st;
	enum err e = kit_open(&st, k->path, &k->info);

	if (e == OK)
		return 1;
	if (!strstr(k->info.text, k->path))
		return 2;
	return e == ERR_READONLY ? 0 : 10 - e;
}

static void what_may_not_be_written_is_told_so(void **state)
{
	struct kit *k = *state;

	(void)kit_article(k, 1, "a", "b");
	store_close(&k->st);
	assert_int_equal(chmod(k->path, 0444), 0);
	assert_int_equal(chmod(k->dir, 0755), 0);
	assert_int_equal(unprivileged(k, open_and_write), 0); /* the file */
	assert_int_equal(chmod(k->path, 0666), 0);
	assert_int_equal(chmod(k->dir, 0555), 0);
	assert_int_equal(unprivileged(k, open_and_write), 0); /* the folder, where SQLite's log belongs */
	assert_int_equal(unlink(k->path), geteuid() == 0 ? 0 : -1);
	if (geteuid() == 0)
		assert_int_equal(unprivileged(k, open_and_write), 0); /* no file, and none can be made */
	assert_int_equal(chmod(k->dir, 0700), 0);
	must(kit_open(&k->st, k->path, &k->info));
}

static void spoil(const char *path, off_t from, size_t n)
{
	int fd = open(path, O_WRONLY);
	char noise[4096];

	assert_true(fd >= 0);
	memset(noise, 0x5a, sizeof noise);
	for (size_t done = 0; done < n; done += sizeof noise)
		assert_int_equal(pwrite(fd, noise, sizeof noise, from + (off_t)done), sizeof noise);
	close(fd);
}

static void damage_is_found_and_told(void **state)
{
	struct kit *k = *state;
	struct doctor_report r;
	struct stat s;
	enum err e;

	for (int i = 0; i < 200; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), body(&k->a, 500));
	store_close(&k->st);
	assert_int_equal(stat(k->path, &s), 0);
	spoil(k->path, s.st_size / 2 / 4096 * 4096, (size_t)s.st_size / 4);
	must(kit_open(&k->st, k->path, &k->info));
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_string_not_equal(r.integrity, "ok");
	store_close(&k->st);
	spoil(k->path, 0, 4096);
	e = kit_open(&k->st, k->path, &k->info);
	assert_int_equal(e, ERR_CORRUPT);
	says(k, k->path);
	says(k, "damaged");
	unlink(k->path);
	must(kit_open(&k->st, k->path, &k->info));
}

static int copy_into_little_room(struct kit *k)
{
	struct rlimit most = { 40000, 40000 };
	const char *file = kit_file(k, "copy");
	enum err e;

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &most) < 0)
		return 98;
	e = db_backup(k->st.db, file, &k->info);
	if (e == OK)
		return 1;
	if (!strstr(k->info.text, file))
		return 2;
	return access(file, F_OK) == 0 ? 3 : 0;
}

static void a_copy_that_fails_leaves_nothing_behind(void **state)
{
	struct kit *k = *state;
	int status;
	pid_t pid;

	(void)kit_article(k, 1, "a", body(&k->a, 300000));
	pid = fork();
	if (pid == 0)
		_exit(copy_into_little_room(k));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void doctor_finds_what_is_wrong(void **state)
{
	struct kit *k = *state;
	struct term_count t = { "x", 1, "x", 1, 1 };
	struct fetched bad = { .feed_id = 2, .at = 1, .next = 2, .http = 500, .error = "broken" };
	struct doctor_report r;
	bool left;

	(void)kit_article(k, 1, "a", "b");
	(void)kit_article(k, 1, "c", "d");
	must(terms_put(&k->st, 1, &t, 1, 1, &k->info));
	must(search_index(&k->st, 1, &left, &k->info));
	for (int i = 0; i < 5; i++)
		must(feeds_put(&k->st, &bad, NULL, NULL, NULL, &k->info));
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_string_equal(r.integrity, "ok");
	assert_int_equal(r.feeds, 2);
	assert_int_equal(r.subscribed, 2);
	assert_int_equal(r.articles, 2);
	assert_int_equal(r.bodies, 2);
	assert_int_equal(r.terms, 1);
	assert_int_equal(r.vectors, 1);
	assert_int_equal(r.indexed, 1);
	assert_int_equal(r.schema, schema_version());
	assert_int_equal(r.orphans + r.df_wrong + r.count_wrong, 0);
	assert_true(r.file_bytes > 10000 && r.free_bytes >= 0);
	assert_int_equal(r.n_dead, 1);
	assert_string_equal(r.dead[0].error, "broken");
	must(db_exec(k->st.db, "PRAGMA foreign_keys = OFF; DELETE FROM articles WHERE id = 2; UPDATE terms SET df = 5; UPDATE feeds SET unread = 9 WHERE id = 1;"
		"PRAGMA foreign_keys = ON", &k->info));
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_int_equal(r.orphans, 3); /* body, and its places in both queues */
	assert_int_equal(r.df_wrong, 1);
	assert_int_equal(r.count_wrong, 1);
}

/* ---- a kill at any instant ---- */

/* Writes until it is killed: fetches, edits, marks, terms, the index. */
static void write_for_ever(const char *path, unsigned seed)
{
	struct store st;
	struct arena a = ARENA_INIT;

	if (kit_open(&st, path, NULL) != OK)
		_exit(1);
	for (unsigned i = seed * 1000;; i++) {
		struct enclosure x = { "http://one.example/x", NULL, -1 };
		struct entry e[8];
		struct event read = EVENT(.kind = i % 3 ? EVENT_READ : EVENT_UNREAD, .article = 1 + i % 50);
		struct term_count t = { arena_printf(&a, "term%u", i % 40), 5, "t", 1, 1 };
		bool left;
		int added;

		for (unsigned j = 0; j < 8; j++)
			e[j] = (struct entry)ENTRY(.id = arena_printf(&a, "%u", (i * 8 + j) % 400), .title = arena_printf(&a, "title %u", i),
				.content = body(&a, 100 + i % 3000), .enclosures = &x, .n_enclosures = 1);
		if (kit_try_put(&st, 1 + i % 2, KIT_NOW, e, 8, &added, NULL) != OK)
			_exit(2);
		(void)events_append(&st, &read, NULL);
		(void)terms_put(&st, 1 + i % 70, &t, 1, 1, NULL);
		if (i % 4 == 0)
			(void)search_index(&st, 20, &left, NULL);
		arena_clear(&a);
	}
}

static void a_kill_at_any_instant_leaves_a_whole_store(void **state)
{
	struct kit *k = *state;
	struct rng r;
	int64_t items = 0;

	store_close(&k->st);
	rng_seed(&r, 11);
	for (unsigned round = 0; round < 40; round++) {
		struct timespec t = { 0, 200000 + (long)rng_below(&r, 30000000) };
		int status;
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0)
			write_for_ever(k->path, round);
		(void)nanosleep(&t, NULL);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status)); /* it never stopped by itself */
		must(kit_open(&k->st, k->path, &k->info));
		kit_healthy(k);
		assert_int_equal(kit_int(k, "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM bodies WHERE article = a.id)"
			" OR NOT EXISTS (SELECT 1 FROM enclosures WHERE article = a.id)"), 0);
		assert_int_equal(kit_int(k, "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE article = a.id)"
			" AND NOT EXISTS (SELECT 1 FROM search_docsize WHERE id = a.id AND id NOT IN (SELECT id FROM search_stale))"), 0);
		must(search_compare(&k->st, &k->info));
		assert_int_equal(kit_int(k, "SELECT count(*) % 8 FROM articles"), 0); /* eight come together or not at all */
		assert_true(kit_int(k, "SELECT count(*) FROM articles") >= items);
		items = kit_int(k, "SELECT count(*) FROM articles");
		store_close(&k->st);
	}
	assert_true(items > 0);
	must(kit_open(&k->st, k->path, &k->info));
}

/* ---- two at once ---- */

static void mark_many(struct kit *k, int n)
{
	struct store st;

	if (kit_open(&st, k->path, NULL) != OK)
		_exit(1);
	for (int i = 0; i < n; i++) {
		struct event e = EVENT(.kind = i % 2 ? EVENT_READ : EVENT_STAR, .article = 1 + i % 20);

		if (events_append(&st, &e, NULL) != OK)
			_exit(2);
	}
	store_close(&st);
	_exit(0);
}

static void two_programs_write_at_once_and_nothing_is_lost(void **state)
{
	struct kit *k = *state;
	pid_t pid[3];

	for (int i = 0; i < 20; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), "b");
	store_close(&k->st);
	for (int i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			mark_many(k, 200);
	}
	must(kit_open(&k->st, k->path, &k->info));
	for (int i = 0; i < 100; i++)
		(void)kit_article(k, 2, arena_printf(&k->a, "more %d", i), "b");
	for (int i = 0; i < 3; i++) {
		int status;

		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events"), 600);
	assert_int_equal(kit_int(k, "SELECT count(DISTINCT batch) FROM events"), 600);
	assert_int_equal(kit_feed(k, 2).items, 100);
	kit_healthy(k);
}

static void a_new_store_may_be_made_by_two_at_once(void **state)
{
	struct kit *k = *state;

	for (int round = 0; round < 10; round++) {
		char path[200];
		pid_t pid[4];

		snprintf(path, sizeof path, "%s/new%d", k->dir, round);
		for (int i = 0; i < 4; i++) {
			pid[i] = fork();
			if (pid[i] == 0) {
				struct store st;
				enum err e = kit_open(&st, path, NULL);

				if (e == OK)
					store_close(&st);
				_exit(-e);
			}
		}
		for (int i = 0; i < 4; i++) {
			int status;

			assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
			assert_true(WIFEXITED(status));
			assert_int_equal(WEXITSTATUS(status), 0);
		}
	}
}

#define TURNS 40 /* transactions that the other program makes without a pause, each of BUSY_MS */
#define BUSY_MS 30

static void write_without_a_pause(const char *path, int started)
{
	struct err_info info = ERR_INFO_INIT;
	struct store st;

	if (kit_open(&st, path, &info) != OK)
		_exit(1);
	for (int i = 0; i < TURNS; i++) {
		if (db_begin(st.db, &info) != OK || db_exec(st.db, "UPDATE feeds SET http = http + 1 WHERE id = 1", &info) != OK)
			_exit(2);
		if (i == 0 && write(started, "", 1) != 1)
			_exit(3);
		(void)poll(NULL, 0, BUSY_MS);
		if (db_commit(st.db, &info) != OK)
			_exit(4);
	}
	_exit(0);
}

/* A fetch commits again and again; a key that marks an article gets in between, and doesn't wait until all is fetched. */
static void who_writes_much_lets_others_in(void **state)
{
	struct kit *k = *state;
	int64_t article = kit_article(k, 1, "one", "body");
	int started[2], status;
	char c;
	pid_t pid;

	must(db_exec(k->st.db, "UPDATE feeds SET http = 0 WHERE id = 1", &k->info));
	assert_int_equal(pipe(started), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		write_without_a_pause(k->path, started[1]);
	assert_int_equal(read(started[0], &c, 1), 1);
	for (int i = 0; i < 6; i++) {
		struct event e = EVENT(.kind = EVENT_READ, .article = article);

		must(events_append(&k->st, &e, &k->info));
	}
	assert_true(kit_int(k, "SELECT http FROM feeds WHERE id = 1") < TURNS);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(started[0]);
	close(started[1]);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_full_disk_is_told_and_leaves_the_store_as_it_was),
		T(a_full_disk_under_terms_loses_no_count),
		T(who_writes_much_lets_others_in),
		T(a_busy_store_is_waited_for_and_then_told),
		T(what_may_not_be_written_is_told_so),
		T(damage_is_found_and_told),
		T(a_copy_that_fails_leaves_nothing_behind),
		T(doctor_finds_what_is_wrong),
		T(a_kill_at_any_instant_leaves_a_whole_store),
		T(two_programs_write_at_once_and_nothing_is_lost),
		T(a_new_store_may_be_made_by_two_at_once),
	};

	return cmocka_run_group_tests_name("store_faults", tests, NULL, NULL);
}
