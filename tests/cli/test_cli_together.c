/* Several programs on one store: a fetch beside a fetch, commands and readers beside a writer, a reader that sleeps. */
#include "run.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/refresh.h"
#include "base/buf.h"
#include "base/date.h"
#include "tests/tty/screen.h"

#define FEEDS 6
#define ITEMS 10

/* A server whose last feed answers when it may. */
struct gate { atomic_bool open; };

static void item(struct buf *b, int feed, int i)
{
	buf_printf(b, "<item><guid isPermaLink=\"false\">%d-%d</guid><title>Number %d of feed %d</title><link>http://x.example/%d/%d</link>"
		"<description>word%d and some more words about lanterns</description></item>", feed, i, i, feed, feed, i, i);
}

static void answer(void *user, const char *headers, struct served *out)
{
	static struct buf body = BUF_INIT;
	struct gate *gate = user;
	int feed = atoi(out->path + 1);

	(void)headers;
	while (feed == FEEDS - 1 && !atomic_load(&gate->open))
		(void)usleep(1000);
	buf_cut(&body, 0);
	buf_puts(&body, "<rss version=\"2.0\"><channel><title>f</title>");
	for (int i = 0; i < ITEMS; i++)
		item(&body, feed, i);
	buf_puts(&body, "</channel></rss>");
	out->body = buf_str(&body);
	out->len = body.len;
}

static struct gate *serve(struct cli *c)
{
	static const char *const PATH[FEEDS] = { "/0", "/1", "/2", "/3", "/4", "/5" };
	struct gate *gate = mmap(NULL, sizeof *gate, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct served table[FEEDS];
	const char *urls = "";

	assert_ptr_not_equal(gate, MAP_FAILED);
	for (int i = 0; i < FEEDS; i++)
		table[i] = (struct served){ .path = PATH[i], .ask = answer, .user = gate };
	cli_serve(c, table, FEEDS);
	for (int i = 0; i < FEEDS; i++)
		urls = cli_format(c, "%s%s\n", urls, cli_url(c, PATH[i]));
	cli_write(c, "config/urls", urls);
	return gate;
}

/* What it has printed so far. */
static const char *said(struct cli *c, int fd)
{
	char text[8192] = "";
	ssize_t n = pread(fd, text, sizeof text - 1, 0);

	assert_true(n >= 0);
	return cli_format(c, "%s", text);
}

static void wait_until_said(struct cli *c, int fd, const char *words)
{
	for (int i = 0; i < 3000 && !strstr(said(c, fd), words); i++)
		(void)usleep(10000);
	if (!strstr(said(c, fd), words)) {
		print_error("never said \"%s\": %s\n", words, said(c, fd));
		fail();
	}
}

static void wait_until_asked(struct cli *c, const char *path)
{
	for (int i = 0; i < 3000 && !asked(c, path); i++)
		(void)usleep(10000);
	assert_true(asked(c, path) > 0);
}

#define begin(c, ...) cli_start((c), (const char *const[]){ __VA_ARGS__, NULL })

static long long stored(struct cli *c)
{
	return int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "articles");
}

/* A fetch that has stored all feeds but the last, and waits for that one. */
static struct running fetch_at_the_gate(struct cli *c)
{
	struct running run = begin(c, "fetch", "--json");

	wait_until_said(c, run.out, "\"done\":5");
	wait_until_asked(c, "/5");
	while (stored(c) < (FEEDS - 1) * ITEMS) /* it is said before it is committed */
		(void)usleep(10000);
	return run;
}

/* ---- two fetches ---- */

static void a_second_fetch_waits_and_asks_nothing_twice(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = fetch_at_the_gate(c), forced = begin(c, "fetch", "--json", "--force"), due = begin(c, "fetch");
	json_t *lines, *summary;
	struct ran r;

	wait_until_said(c, forced.out, "waiting");
	wait_until_said(c, due.err, cli_format(c, "another fetch is running (process %d)", (int)first.pid));
	atomic_store(&gate->open, true);
	done(cli_wait(c, &first));
	lines = lines_of(c, done(cli_wait(c, &forced)));
	r = done(cli_wait(c, &due));
	assert_int_equal(json_array_size(lines), 1 + FEEDS + 1);
	assert_int_equal(int_at(json_object_get(json_array_get(lines, 0), "waiting"), "pid"), first.pid);
	for (size_t i = 0; i < FEEDS; i++)
		assert_string_equal(text_at(json_array_get(lines, i + 1), "status"), "skipped");
	summary = json_object_get(json_array_get(lines, FEEDS + 1), "summary");
	assert_int_equal(int_at(summary, "items_new"), 0);
	assert_int_equal(int_at(summary, "items_other"), ITEMS); /* those of the last feed; the others were there when it began to wait */
	assert_non_null(strstr(r.out, "0 feeds asked, 0 new articles"));
	assert_non_null(strstr(r.out, "10 new articles came by the other fetch"));
	for (int i = 0; i < FEEDS; i++)
		assert_int_equal(asked(c, cli_format(c, "/%d", i)), 1);
	assert_int_equal(stored(c), FEEDS * ITEMS);
	cli_healthy(c);
}

static void what_the_first_did_not_ask_the_second_asks_after_it(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = begin(c, "fetch", "--json", cli_url(c, "/5")), second;
	json_t *lines;

	wait_until_asked(c, "/5");
	second = begin(c, "fetch", "--json");
	wait_until_said(c, second.out, "waiting");
	assert_int_equal(asked(c, "/0"), 0);
	atomic_store(&gate->open, true);
	done(cli_wait(c, &first));
	lines = lines_of(c, done(cli_wait(c, &second)));
	assert_int_equal(int_at(json_object_get(json_array_get(lines, json_array_size(lines) - 1), "summary"), "fetched"), FEEDS - 1);
	for (int i = 0; i < FEEDS; i++)
		assert_int_equal(asked(c, cli_format(c, "/%d", i)), 1);
}

static void a_fetch_that_was_killed_keeps_nobody_waiting(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = fetch_at_the_gate(c), second = begin(c, "fetch", "--json");

	wait_until_said(c, second.out, "waiting");
	assert_int_equal(kill(first.pid, SIGKILL), 0);
	assert_int_equal(cli_wait(c, &first).status, -SIGKILL);
	atomic_store(&gate->open, true);
	done(cli_wait(c, &second));
	assert_int_equal(stored(c), FEEDS * ITEMS);
	assert_int_equal(asked(c, "/5"), 2);
	cli_healthy(c);
}

static void who_waits_can_be_interrupted(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = fetch_at_the_gate(c), second = begin(c, "fetch", "--force");

	wait_until_said(c, second.err, "another fetch is running");
	assert_int_equal(kill(second.pid, SIGINT), 0);
	fails(cli_wait(c, &second), 1, "interrupted");
	atomic_store(&gate->open, true);
	done(cli_wait(c, &first));
	assert_int_equal(asked(c, "/0"), 1);
}

static void patience_ends_with_a_sentence(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = fetch_at_the_gate(c);
	struct app_options o = { .config_dir = cli_path(c, "config"), .data_dir = cli_path(c, "data"), .now = DATE_NONE, .mode = DB_READ_WRITE };
	struct refresh_options ro = { .patience = 1, .force = true };
	struct err_info info = ERR_INFO_INIT;
	struct refresh_summary sum;
	struct app app;

	assert_int_equal(app_open(&app, &o, &info), OK);
	assert_int_equal(app_refresh(&app, &ro, &sum, &info), ERR_BUSY);
	assert_non_null(strstr(info.text, cli_format(c, "another fetch (process %d) has not ended", (int)first.pid)));
	app_close(&app);
	assert_int_equal(asked(c, "/0"), 1);
	atomic_store(&gate->open, true);
	done(cli_wait(c, &first));
}

/* ---- a reader in a terminal beside all that ---- */

struct reader { struct screen_run run; struct arena a; };

static void open_reader(struct cli *c, struct reader *r)
{
	const char *data = getenv("ECLOSE_DATADIR"), *asan = getenv("ASAN_OPTIONS");
	char *env[10] = {
		arena_printf(&c->a, "HOME=%s", c->dir), arena_strdup(&c->a, "TERM=xterm-256color"), arena_strdup(&c->a, "LC_ALL=C.UTF-8"),
		arena_strdup(&c->a, "PATH=/usr/bin:/bin"), arena_printf(&c->a, "TMPDIR=%s", cli_path(c, "tmp")), arena_strdup(&c->a, "OPENBLAS_NUM_THREADS=1"),
		arena_printf(&c->a, "ECLOSE_DATADIR=%s", data ? data : "data"), asan ? arena_printf(&c->a, "ASAN_OPTIONS=%s", asan) : NULL, NULL,
	};
	char *argv[] = { getenv("ECLOSE"), arena_strdup(&c->a, "--config"), arena_strdup(&c->a, cli_path(c, "config")), arena_strdup(&c->a, "--data"),
		arena_strdup(&c->a, cli_path(c, "data")), arena_strdup(&c->a, "--now"), arena_strdup(&c->a, CLI_NOW), NULL };

	*r = (struct reader){ .a = ARENA_INIT };
	screen_start(&r->run, 24, 80, argv, env);
	screen_settle(&r->run);
}

static void close_reader(struct reader *r)
{
	int status;

	screen_type(&r->run, "Q");
	status = screen_wait(&r->run);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	screen_whole(&r->run);
	screen_free(&r->run);
}

static void the_reader_says_that_another_fetch_runs_and_shows_what_it_brought(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = fetch_at_the_gate(c);
	struct reader r;

	open_reader(c, &r);
	screen_expect(&r.run, "Number");
	screen_type(&r.run, "R");
	screen_expect(&r.run, "another fetch is running");
	atomic_store(&gate->open, true);
	done(cli_wait(c, &first));
	screen_expect(&r.run, "10 new");
	assert_int_equal(asked(c, "/0"), 1);
	close_reader(&r);
}

static void all_at_once_succeed(void **state)
{
	static const char *const WORDS[][5] = { { "list", "--json" }, { "rank", "--json" }, { "mark", "3", "--read" }, { "search", "lanterns", "--json" }, { "event", "4", "like" },
		{ "feeds", "--json" }, { "why", "1", "--json" }, { "stats" } };
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running first = fetch_at_the_gate(c), run[2 * sizeof WORDS / sizeof *WORDS];
	struct reader one, two;
	size_t n = sizeof run / sizeof *run;

	open_reader(c, &one);
	open_reader(c, &two);
	screen_expect(&one.run, "Number");
	screen_expect(&two.run, "Number");
	for (size_t i = 0; i < n; i++)
		run[i] = cli_start(c, WORDS[i / 2]);
	screen_type(&one.run, "s");
	screen_type(&two.run, "j\r");
	atomic_store(&gate->open, true);
	for (size_t i = 0; i < n; i++)
		done(cli_wait(c, &run[i]));
	done(cli_wait(c, &first));
	screen_expect(&two.run, "lanterns");
	close_reader(&one);
	close_reader(&two);
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json", "--query", "starred"))), "entries")), 1);
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "3", "--json"))), "read"));
	assert_int_equal(stored(c), FEEDS * ITEMS);
	cli_healthy(c);
}

static void a_reader_that_was_stopped_stops_nobody(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct reader r;

	atomic_store(&gate->open, true);
	done(eclose(c, "fetch"));
	open_reader(c, &r);
	screen_expect(&r.run, "Number");
	screen_type(&r.run, "\r");
	screen_expect(&r.run, "lanterns");
	assert_int_equal(kill(r.run.pid, SIGSTOP), 0);
	done(eclose(c, "fetch", "--force"));
	done(eclose(c, "mark", "1", "2", "--star"));
	done(eclose(c, "rank"));
	done(eclose(c, "profile", "rebuild"));
	cli_healthy(c);
	assert_int_equal(kill(r.run.pid, SIGCONT), 0);
	screen_type(&r.run, "q");
	screen_expect(&r.run, "Balanced");
	close_reader(&r);
}

/* Within a write of its own it holds the lock: then the others are told. */
static void a_reader_stopped_at_any_instant_leaves_a_sentence_at_worst(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct reader r;
	int marked = 0;

	atomic_store(&gate->open, true);
	done(eclose(c, "fetch"));
	open_reader(c, &r);
	screen_expect(&r.run, "Number");
	for (unsigned i = 0; i < 12; i++) {
		struct ran mark;

		screen_type(&r.run, "jN");
		(void)usleep(i * 700);
		assert_int_equal(kill(r.run.pid, SIGSTOP), 0);
		mark = eclose(c, "mark", "1", i % 2 ? "--unstar" : "--star");
		if (mark.status)
			fails(mark, 1, "nothing is marked: ");
		marked += !mark.status;
		done(eclose(c, "rank"));
		assert_int_equal(kill(r.run.pid, SIGCONT), 0);
		screen_settle(&r.run);
	}
	assert_true(marked > 0);
	close_reader(&r);
	cli_healthy(c);
}

/* ---- a lock that is held too long ---- */

static void who_waits_too_long_says_what_was_not_done(void **state)
{
	static const struct { const char *words[4], *not_done; } WORDS[] = {
		{ { "mark", "1", "--read" }, "nothing is marked: " }, { { "event", "1", "like" }, "nothing is recorded: " }, { { "undo" }, "nothing is taken back: " },
		{ { "fetch", "--force" }, "the fetch is broken off; what is left is for the next one: " },
	};
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct running run[sizeof WORDS / sizeof *WORDS];
	struct err_info info;
	struct db *db;
	size_t n = sizeof WORDS / sizeof *WORDS;

	atomic_store(&gate->open, true);
	done(eclose(c, "fetch"));
	done(eclose(c, "mark", "2", "--star"));
	assert_int_equal(db_open(cli_path(c, "data/eclose.db"), DB_READ_WRITE, &db, &info), OK);
	assert_int_equal(db_begin(db, &info), OK);
	for (size_t i = 0; i < n; i++)
		run[i] = cli_start(c, WORDS[i].words);
	done(eclose(c, "list")); /* who only reads doesn't wait */
	for (size_t i = 0; i < n; i++) {
		struct ran r = cli_wait(c, &run[i]);

		fails(r, 1, WORDS[i].not_done);
		fails(r, 1, "another program is writing to it");
	}
	assert_int_equal(db_commit(db, &info), OK);
	db_close(db);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "events"), 1);
	done(eclose(c, "mark", "1", "--read"));
	cli_healthy(c);
}

/* ---- the write-ahead log ---- */

static long long wal_bytes(struct cli *c)
{
	struct stat s;

	return stat(cli_path(c, "data/eclose.db-wal"), &s) < 0 ? 0 : (long long)s.st_size;
}

/* A reader that is open all day reads nothing most of the time. */
static void a_fetch_leaves_no_log_behind_under_an_open_reader(void **state)
{
	struct cli *c = *state;
	struct gate *gate = serve(c);
	struct err_info info;
	struct db *db;

	atomic_store(&gate->open, true);
	done(eclose(c, "feeds"));
	assert_int_equal(db_open(cli_path(c, "data/eclose.db"), DB_READ_WRITE, &db, &info), OK);
	done(eclose(c, "fetch"));
	assert_int_equal(wal_bytes(c), 0);
	/* One that reads all the while keeps the log, and nobody waits for it. */
	assert_int_equal(db_begin_read(db, &info), OK);
	assert_int_equal(db_exec(db, "SELECT count(*) FROM articles", &info), OK);
	done(eclose(c, "mark", "1", "--read"));
	done(eclose(c, "fetch", "--force"));
	assert_true(wal_bytes(c) > 0);
	assert_int_equal(db_commit(db, &info), OK);
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(wal_bytes(c), 0);
	db_close(db);
	cli_healthy(c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_second_fetch_waits_and_asks_nothing_twice),
		TEST(what_the_first_did_not_ask_the_second_asks_after_it),
		TEST(a_fetch_that_was_killed_keeps_nobody_waiting),
		TEST(who_waits_can_be_interrupted),
		TEST(patience_ends_with_a_sentence),
		TEST(the_reader_says_that_another_fetch_runs_and_shows_what_it_brought),
		TEST(all_at_once_succeed),
		TEST(a_reader_that_was_stopped_stops_nobody),
		TEST(a_reader_stopped_at_any_instant_leaves_a_sentence_at_worst),
		TEST(who_waits_too_long_says_what_was_not_done),
		TEST(a_fetch_leaves_no_log_behind_under_an_open_reader),
	};

	return cmocka_run_group_tests_name("several programs on one store", tests, NULL, NULL);
}
