/* What a reader's machine does to a program: a full disk, folders that may not be written, several programs at once, kills, a newer store. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/db.h"

#define NOBODY 65534

/* A feed of n articles, each with some hundred words; the numbers start at `from`. */
static const char *feed_of(struct cli *c, const char *name, int from, int n)
{
	struct buf b = BUF_INIT;
	const char *path;

	buf_printf(&b, "<rss version='2.0'><channel><title>%s</title>", name);
	for (int i = from; i < from + n; i++) {
		buf_printf(&b, "<item><guid>%d</guid><title>Number %d of %s</title><description>", i, i, name);
		for (int w = 0; w < 150; w++)
			buf_printf(&b, "word%d ", (i * 7 + w * 13) % 4001);
		buf_puts(&b, "</description></item>");
	}
	buf_puts(&b, "</channel></rss>");
	path = cli_write(c, name, buf_str(&b));
	buf_clear(&b);
	return path;
}

/* Subscribed to files of these names. */
static void subscribe(struct cli *c, const char *const *names, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = cli_format(c, "%sfile://%s\n", text, cli_path(c, names[i]));
	cli_write(c, "config/urls", text);
}

static size_t stored(struct cli *c)
{
	return json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries"));
}

static long long events(struct cli *c)
{
	return int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "events");
}

/* ---- a full disk ---- */

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!write(fd, text, strlen(text));
		(void)close(fd);
	}
}

/* A mount namespace of our own, so that nothing needs to be unmounted: as root, or as root of a user namespace. */
static bool own_mounts(void)
{
	static int able = -1;
	char map[64];
	uid_t uid = getuid();
	gid_t gid = getgid();

	if (able >= 0)
		return able;
	able = unshare(CLONE_NEWNS) == 0;
	if (!able && unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) {
		write_text("/proc/self/setgroups", "deny");
		(void)snprintf(map, sizeof map, "0 %ld 1", (long)uid);
		write_text("/proc/self/uid_map", map);
		(void)snprintf(map, sizeof map, "0 %ld 1", (long)gid);
		write_text("/proc/self/gid_map", map);
		able = 1;
	}
	able = able && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
	return able;
}

/* A small disk at dir/name; skips the test where none can be mounted. */
static void small_disk(struct cli *c, const char *name, const char *size)
{
	const char *path = cli_path(c, name);

	(void)mkdir(path, 0700);
	if (!own_mounts() || mount("tmpfs", path, "tmpfs", 0, cli_format(c, "size=%s,mode=700", size)) != 0) {
		print_message("skipped: no small disk can be mounted here (%s)\n", strerror(errno));
		skip();
	}
}

/* Fill the disk at dir/name up to its last bytes, then free `leave` of them again. */
static void fill_disk(struct cli *c, const char *name, long leave)
{
	static const char block[4096];
	int fd = open(cli_path(c, cli_format(c, "%s/filler", name)), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	off_t size;

	assert_true(fd >= 0);
	while (write(fd, block, sizeof block) > 0)
		;
	assert_int_equal(errno, ENOSPC);
	size = lseek(fd, 0, SEEK_CUR);
	assert_int_equal(ftruncate(fd, size > leave ? size - leave : 0), 0);
	(void)close(fd);
}

static void empty_disk(struct cli *c, const char *name)
{
	assert_int_equal(unlink(cli_path(c, cli_format(c, "%s/filler", name))), 0);
}

static void unmount(struct cli *c, const char *name)
{
	(void)umount2(cli_path(c, name), MNT_DETACH);
}

/* It worked, or failed with a sentence of its own; never by a signal. Returns whether it worked. */
static bool worked_or_said(struct ran r)
{
	if (r.status == 0)
		return true;
	if (r.status != 1 || strncmp(r.err, "eclose: ", 8) != 0) {
		print_error("exit status %d: %s\n", r.status, r.err);
		fail();
	}
	return false;
}

static void a_full_disk_stops_marks_and_loses_none(void **state)
{
	struct cli *c = *state;
	int marked = 0;

	small_disk(c, "data", "6m");
	feed_of(c, "a.xml", 0, 30);
	subscribe(c, (const char *const[]){ "a.xml" }, 1);
	done(eclose(c, "fetch"));
	fill_disk(c, "data", 0);
	fails(eclose(c, "mark", "1", "--star"), 1, "full");
	fails(eclose(c, "event", "1", "like"), 1, "full");
	empty_disk(c, "data");
	assert_int_equal(events(c), 0);
	for (long leave = 0; leave <= 512 << 10; leave += 32 << 10) {
		fill_disk(c, "data", leave);
		marked += worked_or_said(eclose(c, "mark", "2", marked % 2 ? "--unstar" : "--star"));
		empty_disk(c, "data");
	}
	assert_true(marked > 0);
	assert_int_equal(events(c), marked); /* each that was acknowledged, and no other */
	assert_int_equal(bool_at(json_of(c, done(eclose(c, "show", "2", "--json"))), "starred"), marked % 2);
	assert_int_equal(stored(c), 30);
	cli_healthy(c);
	unmount(c, "data");
}

static void a_full_disk_stops_a_fetch_and_the_next_brings_it_all(void **state)
{
	struct cli *c = *state;
	size_t failed = 0;

	small_disk(c, "data", "16m");
	feed_of(c, "a.xml", 0, 20);
	subscribe(c, (const char *const[]){ "a.xml", "b.xml" }, 2);
	feed_of(c, "b.xml", 0, 1);
	done(eclose(c, "fetch"));
	done(eclose(c, "mark", "1", "--star"));
	feed_of(c, "b.xml", 0, 400);
	for (long leave = 0; leave <= 1 << 20; leave += 128 << 10) {
		fill_disk(c, "data", leave);
		failed += !worked_or_said(eclose(c, "fetch", "--force"));
		empty_disk(c, "data");
		cli_healthy(c);
		assert_true(stored(c) == 21 || stored(c) == 420); /* a feed comes whole or not at all */
	}
	assert_true(failed > 0);
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(stored(c), 420);
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "1", "--json"))), "starred"));
	cli_healthy(c);
	unmount(c, "data");
}

static void a_full_disk_leaves_the_subscriptions_as_they_were(void **state)
{
	struct cli *c = *state;
	const char *before;

	small_disk(c, "config", "64k");
	c->offline = true;
	cli_write(c, "config/urls", "# mine\n");
	done(eclose(c, "add", "https://one.example/"));
	before = cli_read(c, "config/urls");
	fill_disk(c, "config", 0);
	fails(eclose(c, "add", "https://two.example/"), 1, "No space left");
	fails(eclose(c, "remove", "https://one.example/"), 1, "No space left");
	assert_string_equal(cli_read(c, "config/urls"), before);
	empty_disk(c, "config");
	done(eclose(c, "add", "https://two.example/"));
	assert_string_equal(cli_read(c, "config/urls"), "# mine\nhttps://one.example/\nhttps://two.example/\n");
	assert_int_equal(files_in(cli_path(c, "config")), 1); /* no half-written copy lies about */
	unmount(c, "config");
}

static void a_backup_that_does_not_fit_leaves_nothing(void **state)
{
	struct cli *c = *state;

	feed_of(c, "a.xml", 0, 100);
	subscribe(c, (const char *const[]){ "a.xml" }, 1);
	done(eclose(c, "fetch"));
	small_disk(c, "stick", "64k");
	fails(eclose(c, "backup", cli_path(c, "stick/copy.db")), 1, "full");
	assert_int_not_equal(access(cli_path(c, "stick/copy.db"), F_OK), 0);
	cli_healthy(c);
	unmount(c, "stick");
}

/* ---- what may not be written ---- */

/* Take the right to write from dir/name and all in it. Root may write anywhere, so it runs the program as nobody; skips where that can't start it. */
static void forbid_writing(struct cli *c, const char *name)
{
	static const char *const files[] = { "", "/eclose.db", "/eclose.db-wal", "/eclose.db-shm", "/urls", "/config" };

	assert_int_equal(chmod(c->dir, 0755), 0);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		(void)chmod(cli_path(c, cli_format(c, "%s%s", name, files[i])), i ? 0444 : 0555);
	if (getuid() != 0)
		return;
	c->uid = NOBODY;
	if (eclose(c, "--version").status != 0) {
		print_message("skipped: nobody can't run the program here\n");
		c->uid = 0;
		skip();
	}
}

static void allow_writing(struct cli *c, const char *name)
{
	c->uid = 0;
	(void)chmod(cli_path(c, name), 0700);
	(void)chmod(cli_path(c, cli_format(c, "%s/eclose.db", name)), 0600);
}

/* How often the words are there. */
static int times(const char *s, const char *words)
{
	int n = 0;

	for (; (s = strstr(s, words)); s += strlen(words))
		n++;
	return n;
}

/* Whatever tells something of the store tells it, and says once that nothing can be saved; what only writes says that it can't. */
static void only_reading_works(struct cli *c)
{
	static const char *const reading[][4] = { { "list" }, { "search", "word7" }, { "show", "1" }, { "rank", "--json" }, { "rank" }, { "stats" }, { "doctor" }, { "export" }, { "why", "1" },
		{ "feeds" }, { "topics" }, { "stories" }, { "profile" }, { "profile", "export" }, { "vectors" }, { "trial" }, { "ask" }, { NULL } };
	static const char *const writing[][4] = { { "mark", "1", "--star" }, { "event", "1", "open" }, { "fetch", "--force" }, { "undo" }, { "profile", "private", "on" } };

	for (size_t i = 0; i < sizeof reading / sizeof *reading; i++) {
		struct ran r = cli_run(c, reading[i]);

		if (r.status != 0 || !*r.out || times(r.err, "eclose: ") != 1 || times(r.err, "nothing can be saved") != 1)
			fail_msg("%s: %d, \"%s\"", reading[i][0] ? reading[i][0] : "the page", r.status, r.err);
	}
	for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
		fails(cli_run(c, writing[i]), 1, "may not be written");
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(times(cli_run(c, writing[i]).err, "eclose: "), 1);
}

static void some_to_read(struct cli *c)
{
	feed_of(c, "a.xml", 0, 3);
	subscribe(c, (const char *const[]){ "a.xml" }, 1);
	done(eclose(c, "fetch"));
	assert_int_equal(chmod(cli_path(c, "config"), 0755), 0);
	assert_int_equal(chmod(cli_path(c, "config/urls"), 0644), 0);
}

static void a_read_only_data_folder_can_be_read(void **state)
{
	struct cli *c = *state;

	some_to_read(c);
	forbid_writing(c, "data");
	only_reading_works(c);
	allow_writing(c, "data");
	assert_int_equal(events(c), 0);
	assert_int_equal(stored(c), 3);
	cli_healthy(c);
}

static void a_read_only_store_in_a_folder_that_may_be_written_too(void **state)
{
	struct cli *c = *state;

	some_to_read(c);
	forbid_writing(c, "data");
	assert_int_equal(chmod(cli_path(c, "data"), 0777), 0);
	only_reading_works(c);
	allow_writing(c, "data");
	cli_healthy(c);
}

static void what_another_has_written_and_not_yet_put_in_place_can_be_read(void **state)
{
	struct cli *c = *state;
	struct err_info info;
	struct db *db;

	some_to_read(c);
	assert_int_equal(db_open(cli_path(c, "data/eclose.db"), DB_READ_WRITE, &db, &info), OK); /* so the log stays */
	done(eclose(c, "mark", "2", "--star"));
	assert_int_equal(access(cli_path(c, "data/eclose.db-wal"), F_OK), 0);
	forbid_writing(c, "data");
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "2", "--json"))), "starred"));
	only_reading_works(c);
	/* A log without its index can't be read there, and half of the store isn't shown for the whole. */
	assert_int_equal(rename(cli_path(c, "data/eclose.db-shm"), cli_path(c, "data/other")), 0);
	fails(eclose(c, "list"), 1, "eclose.db-wal can't be read where nothing may be written");
	assert_int_equal(rename(cli_path(c, "data/other"), cli_path(c, "data/eclose.db-shm")), 0);
	allow_writing(c, "data");
	db_close(db);
	cli_healthy(c);
}

static void a_read_only_disk_can_be_read(void **state)
{
	struct cli *c = *state;

	small_disk(c, "data", "16m");
	some_to_read(c);
	if (mount("none", cli_path(c, "data"), NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0) {
		print_message("skipped: no disk can be made read-only here (%s)\n", strerror(errno));
		skip();
	}
	only_reading_works(c);
	assert_int_equal(mount("none", cli_path(c, "data"), NULL, MS_REMOUNT, NULL), 0);
	cli_healthy(c);
	unmount(c, "data");
}

static void a_read_only_empty_data_folder_too(void **state)
{
	struct cli *c = *state;

	cli_write(c, "config/config", "");
	assert_int_equal(chmod(cli_path(c, "config"), 0755), 0);
	assert_int_equal(mkdir(cli_path(c, "data"), 0755), 0);
	forbid_writing(c, "data");
	fails(eclose(c, "list"), 1, "eclose.db");
	fails(eclose(c, "fetch"), 1, "eclose.db");
	allow_writing(c, "data");
}

static void a_read_only_config_folder_keeps_its_subscriptions(void **state)
{
	struct cli *c = *state;

	c->offline = true;
	done(eclose(c, "add", "https://one.example/"));
	assert_int_equal(chmod(cli_path(c, "data"), 0777), 0);
	assert_int_equal(chmod(cli_path(c, "data/eclose.db"), 0666), 0);
	forbid_writing(c, "config");
	fails(eclose(c, "add", "https://two.example/"), 1, "config/urls");
	fails(eclose(c, "remove", "https://one.example/"), 1, "config/urls");
	allow_writing(c, "config");
	assert_string_equal(cli_read(c, "config/urls"), "https://one.example/\n");
}

static void a_data_folder_that_can_not_be_is_named(void **state)
{
	struct cli *c = *state;

	c->data = cli_format(c, "%s/below", cli_write(c, "file", "x"));
	fails(eclose(c, "list"), 1, c->data);
	c->data = "/proc/eclose-can-not-be-here";
	fails(eclose(c, "list"), 1, c->data);
	c->data = cli_write(c, "file", "x");
	fails(eclose(c, "list"), 1, c->data);
	c->data = "";
	fails(eclose(c, "list"), 2, "empty folder name");
}

/* ---- several at once ---- */

#define MANY 10

static void programs_at_once_lose_nothing_and_double_nothing(void **state)
{
	struct cli *c = *state;
	struct running run[2 * MANY + 2];
	size_t n = 0;

	feed_of(c, "a.xml", 0, 40);
	feed_of(c, "b.xml", 100, 40);
	subscribe(c, (const char *const[]){ "a.xml", "b.xml" }, 2);
	done(eclose(c, "fetch"));
	feed_of(c, "a.xml", 0, 80);
	feed_of(c, "b.xml", 100, 80);
	run[n++] = cli_start(c, (const char *const[]){ "fetch", "--force", NULL });
	run[n++] = cli_start(c, (const char *const[]){ "fetch", "--force", NULL });
	for (int i = 0; i < MANY; i++) {
		run[n++] = cli_start(c, (const char *const[]){ "event", cli_format(c, "%d", i + 1), "open", "--dwell", "9", NULL });
		run[n++] = cli_start(c, (const char *const[]){ "mark", cli_format(c, "%d", 2 * MANY + i), "--star", NULL });
	}
	for (size_t i = 0; i < n; i++)
		done(cli_wait(c, &run[i]));
	assert_int_equal(stored(c), 160);
	assert_int_equal(events(c), 2 * MANY);
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json", "--query", "starred"))), "entries")), MANY);
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json", "--query", "unread"))), "entries")), 160 - MANY);
	assert_true(real_at(json_of(c, done(eclose(c, "profile", "rebuild", "--json"))), "difference") <= 1e-6);
	cli_healthy(c);
}

static void first_starts_at_once_make_one_store(void **state)
{
	struct cli *c = *state;
	struct running run[6];

	feed_of(c, "a.xml", 0, 5);
	subscribe(c, (const char *const[]){ "a.xml" }, 1);
	for (size_t i = 0; i < 6; i++)
		run[i] = cli_start(c, (const char *const[]){ i % 2 ? "feeds" : "fetch", NULL });
	for (size_t i = 0; i < 6; i++)
		done(cli_wait(c, &run[i]));
	assert_int_equal(stored(c), 5);
	cli_healthy(c);
}

static void subscriptions_added_at_once_are_all_there(void **state)
{
	struct cli *c = *state;
	struct running run[MANY];
	const char *urls;

	c->offline = true;
	cli_write(c, "config/urls", "# mine\nhttps://old.example/\n");
	done(eclose(c, "feeds"));
	for (int i = 0; i < MANY; i++)
		run[i] = cli_start(c, (const char *const[]){ i ? "add" : "remove", i ? cli_format(c, "https://n%d.example/", i % 8) : "https://old.example/", NULL });
	for (size_t i = 0; i < MANY; i++)
		done(cli_wait(c, &run[i]));
	urls = cli_read(c, "config/urls");
	assert_non_null(strstr(urls, "# mine\n"));
	assert_null(strstr(urls, "old.example"));
	for (int i = 0; i < 8; i++) {
		const char *line = cli_format(c, "https://n%d.example/\n", i), *at = strstr(urls, line);

		assert_non_null(at);
		assert_null(strstr(at + 1, line));
	}
}

static void reading_never_waits_for_a_writer(void **state)
{
	static const char *const reading[][3] = { { "rank" }, { "list" }, { "feeds" }, { "show", "1" }, { "why", "1" }, { "search", "word7" }, { "export" } };
	struct cli *c = *state;
	struct err_info info;
	struct running mark;
	struct db *db;

	feed_of(c, "a.xml", 0, 5);
	subscribe(c, (const char *const[]){ "a.xml" }, 1);
	done(eclose(c, "fetch"));
	assert_int_equal(db_open(cli_path(c, "data/eclose.db"), DB_READ_WRITE, &db, &info), OK);
	assert_int_equal(db_begin(db, &info), OK);
	assert_int_equal(db_exec(db, "UPDATE feeds SET failures = failures", &info), OK); /* whatever is written: the lock is ours */
	mark = cli_start(c, (const char *const[]){ "mark", "1", "--read", NULL });
	for (size_t i = 0; i < sizeof reading / sizeof *reading; i++)
		done(cli_run(c, reading[i]));
	assert_int_equal(kill(mark.pid, 0), 0);
	assert_int_equal(db_commit(db, &info), OK);
	db_close(db);
	done(cli_wait(c, &mark)); /* a writer waited, and went on */
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "1", "--json"))), "read"));
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
	struct cli *c = *state;
	int acknowledged = 0, tried = 0;

	feed_of(c, "a.xml", 0, 5);
	subscribe(c, (const char *const[]){ "a.xml" }, 1);
	done(eclose(c, "fetch"));
	for (unsigned delay = 0; delay < 30; delay++, tried++) {
		struct running run = cli_start(c, (const char *const[]){ "event", "1", "open", NULL });
		struct ran r;

		(void)usleep(delay * 700);
		(void)kill(run.pid, SIGKILL);
		r = cli_wait(c, &run);
		assert_true(r.status == 0 || r.status == -SIGKILL);
		acknowledged += r.status == 0;
	}
	assert_true(events(c) >= acknowledged && events(c) <= tried);
	cli_healthy(c);
}

/* ---- a newer store ---- */

static void a_newer_store_is_refused_and_left_alone(void **state)
{
	static const char *const commands[][4] = { { "list" }, { "fetch" }, { "mark", "1", "--read" }, { "doctor" }, { "rank", "--json" } };
	struct cli *c = *state;
	struct err_info info;
	struct db *db;
	struct stmt *st;
	bool row = false;

	done(eclose(c, "feeds"));
	assert_int_equal(db_open(cli_path(c, "data/eclose.db"), DB_READ_WRITE, &db, &info), OK);
	assert_int_equal(db_exec(db, "PRAGMA user_version = 9999", &info), OK);
	db_close(db);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		struct ran r = cli_run(c, commands[i]);

		fails(r, 1, "newer eclose");
		assert_string_equal(r.out, "");
	}
	assert_int_equal(db_open(cli_path(c, "data/eclose.db"), DB_READ_ONLY, &db, &info), OK);
	st = db_sql(db, "PRAGMA user_version");
	assert_int_equal(stmt_step(st, &row, &info), OK);
	assert_int_equal(stmt_col_int(st, 0), 9999);
	stmt_reset(st);
	db_close(db);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_read_only_data_folder_can_be_read),
		TEST(a_read_only_store_in_a_folder_that_may_be_written_too),
		TEST(what_another_has_written_and_not_yet_put_in_place_can_be_read),
		TEST(a_read_only_empty_data_folder_too),
		TEST(a_read_only_config_folder_keeps_its_subscriptions),
		TEST(a_data_folder_that_can_not_be_is_named),
		TEST(programs_at_once_lose_nothing_and_double_nothing),
		TEST(first_starts_at_once_make_one_store),
		TEST(subscriptions_added_at_once_are_all_there),
		TEST(reading_never_waits_for_a_writer),
		TEST(what_was_acknowledged_survives_a_kill),
		TEST(a_newer_store_is_refused_and_left_alone),
		/* last, because they may take the program into a namespace of its own */
		TEST(a_read_only_disk_can_be_read),
		TEST(a_full_disk_stops_marks_and_loses_none),
		TEST(a_full_disk_stops_a_fetch_and_the_next_brings_it_all),
		TEST(a_full_disk_leaves_the_subscriptions_as_they_were),
		TEST(a_backup_that_does_not_fit_leaves_nothing),
	};

	return cmocka_run_group_tests_name("faults from outside", tests, NULL, NULL);
}
