/* test_tty - the real program in a real pseudo-terminal: the demo profile, the clock stopped, the size fixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "screen.h"
#include "store/store.h"

#define NOW "2026-04-01T08:00:00Z"

/* A home that is thrown away, and an environment of just what the program may see. */
struct world {
	struct arena arena;
	char home[40];
	char *env[12];
	char *argv[8];
	struct screen_run run;
};

static void world_init(struct world *w, const char *term, const char *lang)
{
	const char *data = getenv("ECLOSE_DATADIR"), *asan = getenv("ASAN_OPTIONS");
	const char *program = getenv("ECLOSE");
	size_t n = 0;

	*w = (struct world){ .home = "/tmp/eclose-tty-XXXXXX" };
	assert_non_null(mkdtemp(w->home));
	assert_non_null(program);
	w->env[n++] = arena_printf(&w->arena, "HOME=%s", w->home);
	w->env[n++] = arena_printf(&w->arena, "TERM=%s", term);
	w->env[n++] = arena_printf(&w->arena, "LC_ALL=%s", lang);
	w->env[n++] = arena_printf(&w->arena, "PATH=/usr/bin:/bin");
	w->env[n++] = arena_printf(&w->arena, "TMPDIR=%s", w->home);
	w->env[n++] = arena_printf(&w->arena, "OPENBLAS_NUM_THREADS=1");
	w->env[n++] = arena_printf(&w->arena, "ECLOSE_DATADIR=%s", data ? data : "data");
	if (asan)
		w->env[n++] = arena_printf(&w->arena, "ASAN_OPTIONS=%s", asan);
	w->argv[0] = arena_strdup(&w->arena, program);
	w->argv[1] = arena_strdup(&w->arena, "--demo");
	w->argv[2] = arena_strdup(&w->arena, "--now");
	w->argv[3] = arena_strdup(&w->arena, NOW);
}

/* In place of a variable of the same name, or as one more. */
static void set_env(struct world *w, const char *text)
{
	size_t name = strcspn(text, "=") + 1, i = 0;

	while (w->env[i] && strncmp(w->env[i], text, name) != 0)
		i++;
	assert_true(i + 1 < sizeof w->env / sizeof w->env[0]);
	w->env[i] = arena_strdup(&w->arena, text);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void world_clear(struct world *w)
{
	screen_free(&w->run);
	(void)nftw(w->home, remove_one, 16, FTW_DEPTH | FTW_PHYS); /* a program that was killed leaves its profile */
	arena_clear(&w->arena);
}

static void start(struct world *w, int rows, int cols)
{
	world_init(w, "xterm-256color", "C.UTF-8");
	screen_start(&w->run, rows, cols, w->argv, w->env);
	screen_expect(&w->run, "articles");
}

/* With keys that wait before the first screen stands: nothing on it has stood long enough to be learned from when they are read, however slow the machine. */
static void start_typing(struct world *w, int rows, int cols, const char *keys)
{
	world_init(w, "xterm-256color", "C.UTF-8");
	screen_start(&w->run, rows, cols, w->argv, w->env);
	screen_type(&w->run, keys);
}

static void assert_quits(struct world *w, const char *keys)
{
	int status;

	screen_type(&w->run, keys);
	status = screen_wait(&w->run);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	screen_whole(&w->run);
}

/* The number before "% outside". */
static int outside(struct world *w)
{
	struct buf text = BUF_INIT;
	const char *at;
	int n = -1;

	screen_text(&w->run, &text);
	at = strstr(text.s, " % outside");
	assert_non_null(at);
	while (at > text.s && at[-1] != ' ')
		at--;
	assert_int_equal(sscanf(at, "%d", &n), 1);
	buf_clear(&text);
	return n;
}

static void the_front_page_opens_and_q_gives_the_terminal_back(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	assert_true(screen_alternate(&w.run));
	assert_false(screen_cursor(&w.run));
	screen_golden(&w.run, "demo_front_80x24");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void the_slider_reaches_both_ends(void **state)
{
	struct world w;
	int at_30, at_100;

	(void)state;
	start(&w, 24, 80);
	at_30 = outside(&w);
	screen_type(&w.run, "]]]]]]]]]]]]]]");
	screen_expect(&w.run, "] 100");
	at_100 = outside(&w);
	assert_true(at_100 > at_30);
	screen_golden(&w.run, "demo_explore_100_80x24");
	screen_type(&w.run, "[[[[[[[[[[[[[[[[[[[[");
	screen_expect(&w.run, "] 0 ");
	assert_true(outside(&w) <= at_30);
	screen_golden(&w.run, "demo_explore_0_80x24");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void a_number_is_typed_and_rows_say_how_they_moved(void **state)
{
	struct world w;

	(void)state;
	start(&w, 36, 120);
	screen_type(&w.run, "6");
	screen_expect(&w.run, "explore: 6_");
	screen_golden(&w.run, "demo_typed_120x36");
	screen_type(&w.run, "05");
	screen_expect(&w.run, "explore: 605_");
	screen_type(&w.run, "\x7f\r");
	screen_expect(&w.run, "] 60 Wander");
	assert_true(screen_shows(&w.run, "30 → 60: "));
	screen_golden(&w.run, "demo_moved_120x36");
	screen_type(&w.run, "=");
	screen_expect(&w.run, "this profile is thrown away");
	assert_true(screen_shows(&w.run, "30 → 60: "));
	screen_type(&w.run, "j");
	screen_settle(&w.run);
	assert_false(screen_shows(&w.run, "30 → 60: "));
	assert_quits(&w, "q");
	world_clear(&w);
	world_init(&w, "xterm-256color", "C.UTF-8");
	screen_start(&w.run, 10, 40, w.argv, w.env);
	screen_expect(&w.run, "30 Balanced");
	screen_type(&w.run, "}");
	screen_expect(&w.run, "60 Wander");
	screen_golden(&w.run, "demo_moved_40x10");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* ---- the mouse: at 80 columns the track's 15 cells begin in column 19, rows in line 3 ---- */

#define TRACK 19
#define HELD 32
#define WHEEL_DOWN 65

static void the_mouse_drags_the_slider(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	assert_true(screen_drags(&w.run));
	screen_mouse(&w.run, 0, 0, TRACK + 4, false); /* the knob */
	screen_settle(&w.run);
	assert_true(screen_shows(&w.run, "] 30 Balanced"));
	screen_mouse(&w.run, HELD, 0, TRACK + 7, false);
	screen_expect(&w.run, "] 50");
	screen_mouse(&w.run, HELD, 3, 75, false); /* off the track it stays in hand */
	screen_expect(&w.run, "] 100 Everything");
	assert_true(screen_shows(&w.run, "30 → 100: "));
	screen_golden(&w.run, "demo_dragged_80x24");
	screen_mouse(&w.run, 0, 3, 75, true);
	screen_mouse(&w.run, HELD, 0, TRACK, false);
	screen_settle(&w.run);
	assert_true(screen_shows(&w.run, "] 100 Everything"));
	screen_mouse(&w.run, 0, 0, TRACK, false);
	screen_expect(&w.run, "] 0 Habit");
	screen_mouse(&w.run, 0, 0, TRACK, true);
	assert_quits(&w, "q");
	world_clear(&w);
}

/* A press and its release, which may well arrive together. */
static void click(struct world *w, int row, int col)
{
	screen_mouse(&w->run, 0, row, col, false);
	screen_mouse(&w->run, 0, row, col, true);
}

static void a_double_click_opens_and_the_wheel_scrolls(void **state)
{
	struct world w;

	(void)state;
	start(&w, 12, 80);
	click(&w, 6, 20);
	screen_settle(&w.run);
	assert_true(screen_shows(&w.run, "442 articles"));
	click(&w, 6, 20);
	screen_expect(&w.run, "n next");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "442 articles");
	click(&w, 3, 20);
	screen_type(&w.run, "\x1b[<0;21;7M\x1b[<0;21;7m\x1b[<0;21;7M\x1b[<0;21;7m"); /* all of it at once */
	screen_expect(&w.run, "n next");
	assert_true(screen_shows(&w.run, "Seagrass planters"));
	assert_false(screen_shows(&w.run, "Comet Halvorsen"));
	click(&w, 6, 20); /* nothing to click on here */
	screen_mouse(&w.run, WHEEL_DOWN, 10, 10, false);
	screen_settle(&w.run);
	assert_false(screen_shows(&w.run, "Seagrass planters borrow a trick"));
	screen_type(&w.run, "q");
	screen_expect(&w.run, "442 articles");
	assert_true(screen_shows(&w.run, "Comet Halvorsen"));
	screen_mouse(&w.run, WHEEL_DOWN, 10, 10, false);
	screen_settle(&w.run);
	assert_false(screen_shows(&w.run, "Comet Halvorsen"));
	assert_quits(&w, "q");
	world_clear(&w);
}

static void other_buttons_and_movements_do_nothing_however_many(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	for (int i = 0; i < 60; i++) {
		screen_mouse(&w.run, 2, 6, 20, false);
		screen_mouse(&w.run, 2, 6, 20, true);
		screen_mouse(&w.run, 35, 0, TRACK + i % 15, false);
		screen_mouse(&w.run, 1, 0, TRACK, false);
		screen_mouse(&w.run, 1, 0, TRACK, true);
	}
	screen_settle(&w.run);
	screen_golden(&w.run, "demo_front_80x24");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void an_article_opens_and_closes_and_says_why(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "n next");
	screen_golden(&w.run, "demo_article_80x24");
	screen_type(&w.run, "w");
	screen_expect(&w.run, "Why it stands there");
	screen_golden(&w.run, "demo_why_80x24");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "n next");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "outside your bubble");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* From the front page: why the first row stands there, how others tell it, and why one of these is where it is. */
static void look(struct world *w, const char *size)
{
	screen_type(&w->run, "w");
	screen_expect(&w->run, "Why it stands there");
	screen_golden(&w->run, arena_printf(&w->arena, "demo_why_front_%s", size));
	screen_type(&w->run, "v");
	screen_expect(&w->run, "How other feeds tell it");
	screen_golden(&w->run, arena_printf(&w->arena, "demo_tellings_%s", size));
	screen_type(&w->run, "jw");
	screen_expect(&w->run, "Why it stands there");
	screen_type(&w->run, "q");
	screen_expect(&w->run, "How other feeds tell it");
	screen_type(&w->run, "\r");
	screen_expect(&w->run, "n next");
	screen_type(&w->run, "qqq");
	screen_expect(&w->run, "outside your bubble");
}

static void a_feed_shows_how_it_is_doing(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_expect(&w.run, "outside your bubble");
	screen_type(&w.run, "f");
	screen_expect(&w.run, "unread/all, health, last fetched");
	screen_type(&w.run, "H");
	screen_expect(&w.run, "Fetches that brought something, failed or found it moved");
	screen_type(&w.run, "m");
	screen_expect(&w.run, "this feed hasn't moved");
	screen_type(&w.run, "qq");
	screen_expect(&w.run, "outside your bubble");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void why_and_the_other_tellings_have_their_screens(void **state)
{
	static const struct { int rows, cols; const char *size; } SIZES[] = { { 24, 80, "80x24" }, { 40, 120, "120x40" } };

	(void)state;
	for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
		struct world w;

		start(&w, SIZES[i].rows, SIZES[i].cols);
		look(&w, SIZES[i].size);
		assert_quits(&w, "q");
		world_clear(&w);
	}
}

/* Taken back, the page is the one that it was: to the letter the first golden screen of this file. */
static void a_part_is_banned_from_why_and_the_ban_taken_back(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_type(&w.run, "w");
	screen_expect(&w.run, "- ban");
	screen_type(&w.run, "-");
	screen_expect(&w.run, "What that did to the page");
	screen_golden(&w.run, "demo_moved_80x24");
	screen_type(&w.run, "u");
	screen_expect(&w.run, "undone: ");
	assert_true(screen_shows(&w.run, "Why it stands there"));
	screen_type(&w.run, "q");
	screen_expect(&w.run, "outside your bubble");
	screen_golden(&w.run, "demo_front_80x24");
	screen_type(&w.run, "w>>");
	screen_expect(&w.run, "you: +1.0");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "Why it stands there");
	assert_true(screen_shows(&w.run, "edit      you: +1.0"));
	assert_quits(&w, "Q");
	world_clear(&w);
}

static void why_and_the_other_tellings_are_told_in_ascii_too(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "xterm-256color", "C");
	screen_start(&w.run, 40, 120, w.argv, w.env);
	screen_expect(&w.run, "articles");
	look(&w, "120x40_ascii");
	assert_quits(&w, "q");
	for (size_t i = 0; i < w.run.bytes.len; i++)
		assert_in_range((unsigned char)w.run.bytes.s[i], 1, 0x7e);
	world_clear(&w);
}

static void a_step_shows_on_the_screen_and_is_taken_back(void **state)
{
	struct world w;

	(void)state;
	start_typing(&w, 24, 80, "jjx");
	screen_expect(&w.run, "less of ");
	screen_golden(&w.run, "demo_less_80x24");
	screen_type(&w.run, "u");
	screen_expect(&w.run, "undone: you: -1.0 ");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void private_reading_shows_on_every_screen(void **state)
{
	struct world w;

	(void)state;
	start_typing(&w, 24, 80, "i");
	screen_expect(&w.run, "until i switches back");
	screen_golden(&w.run, "demo_private_80x24");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "n next");
	assert_true(screen_shows(&w.run, " private"));
	assert_quits(&w, "Q");
	world_clear(&w);
}

static void the_profile_shows_what_is_held_and_where_it_came_from(void **state)
{
	struct world w;

	(void)state;
	start_typing(&w, 24, 80, "P");
	screen_expect(&w.run, "What the model holds of you");
	screen_golden(&w.run, "demo_profile_80x24");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "articles that you read");
	screen_golden(&w.run, "demo_readings_80x24");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "n next");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "articles that you read");
	screen_type(&w.run, "q-");
	screen_expect(&w.run, "u takes it back");
	screen_type(&w.run, "q");
	screen_expect(&w.run, " banned");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* From the article, so that what is measured doesn't depend on how long the page stood there: the opening is one action at the slider's 30. */
static void measured(int rows, int cols, const char *lang, const char *golden)
{
	struct world w;

	world_init(&w, "xterm-256color", lang);
	screen_start(&w.run, rows, cols, w.argv, w.env);
	screen_expect(&w.run, "articles");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "n next");
	screen_type(&w.run, "B");
	screen_expect(&w.run, "Your bubble");
	screen_golden(&w.run, golden);
	screen_type(&w.run, "q");
	screen_expect(&w.run, "n next");
	assert_quits(&w, "Q");
	world_clear(&w);
}

static void the_bubble_meter_shows_the_demo_month(void **state)
{
	(void)state;
	measured(24, 80, "C.UTF-8", "demo_meter_80x24");
	measured(40, 120, "C.UTF-8", "demo_meter_120x40");
	measured(24, 80, "C", "demo_meter_80x24_ascii");
}

static void the_bubble_meter_of_a_new_reader_says_that_nothing_was_read(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "xterm-256color", "C.UTF-8");
	w.argv[1] = w.argv[2];
	w.argv[2] = w.argv[3];
	w.argv[3] = NULL; /* no --demo: the sample feeds, and nothing read */
	screen_start(&w.run, 24, 80, w.argv, w.env);
	screen_expect(&w.run, "articles");
	screen_type(&w.run, "B");
	screen_expect(&w.run, "Nothing was read yet.");
	screen_golden(&w.run, "samples_meter_80x24");
	assert_quits(&w, "Q");
	world_clear(&w);
}

/* Rows that are read where somebody looks: at the end, in the middle, unread ones alone. */
static void all_articles_are_a_list_by_time(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_expect(&w.run, "outside your bubble");
	screen_type(&w.run, "a");
	screen_expect(&w.run, "All articles");
	screen_golden(&w.run, "demo_all_80x24");
	screen_type(&w.run, "G");
	screen_expect(&w.run, "4w");
	screen_golden(&w.run, "demo_all_end_80x24");
	screen_type(&w.run, "U");
	screen_expect(&w.run, "Unread articles");
	screen_golden(&w.run, "demo_unread_80x24");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "outside your bubble");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void help_lists_the_keys(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_type(&w.run, "?");
	screen_expect(&w.run, "explore-more");
	screen_golden(&w.run, "help_80x24");
	assert_quits(&w, "Q");
	world_clear(&w);
}

static void keys_that_send_sequences_are_understood(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_type(&w.run, "?");
	screen_expect(&w.run, "explore-more");
	screen_type(&w.run, "\x1b"); /* ESC alone goes back */
	screen_expect(&w.run, "% outside your bubble");
	screen_type(&w.run, "\x1bOB\x1bOB\x1bOC"); /* down, down, right: the third row opens */
	screen_expect(&w.run, "n next");
	screen_type(&w.run, "\x1b[6~");
	screen_settle(&w.run);
	screen_type(&w.run, "\x1bOD");
	screen_expect(&w.run, "% outside your bubble");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void every_size_has_its_screen(void **state)
{
	struct world w;

	(void)state;
	start(&w, 24, 80);
	screen_resize(&w.run, 10, 40);
	screen_expect(&w.run, "% outside · interest");
	screen_golden(&w.run, "demo_front_40x10");
	screen_resize(&w.run, 5, 20);
	screen_expect(&w.run, "eclose needs 40x10");
	assert_true(screen_shows(&w.run, "this is 20x5"));
	screen_resize(&w.run, 1, 1);
	screen_settle(&w.run);
	screen_resize(&w.run, 24, 80);
	screen_expect(&w.run, "outside your bubble");
	screen_golden(&w.run, "demo_front_80x24");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void a_locale_without_utf8_gets_ascii_alone(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "xterm-256color", "C");
	screen_start(&w.run, 24, 80, w.argv, w.env);
	screen_expect(&w.run, "articles");
	screen_golden(&w.run, "demo_front_80x24_ascii");
	screen_type(&w.run, "}4");
	screen_expect(&w.run, "explore: 4_");
	screen_golden(&w.run, "demo_moved_80x24_ascii");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "] 4 ");
	assert_quits(&w, "q");
	for (size_t i = 0; i < w.run.bytes.len; i++)
		assert_in_range((unsigned char)w.run.bytes.s[i], 1, 0x7e);
	world_clear(&w);
}

static void ends_whole_by(int sig)
{
	struct world w;
	int status;

	start(&w, 24, 80);
	assert_int_equal(kill(w.run.pid, sig), 0);
	status = screen_wait(&w.run);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), sig);
	screen_whole(&w.run);
	world_clear(&w);
}

static void a_deadly_signal_leaves_the_terminal_whole(void **state)
{
	static const int DEADLY[] = { SIGTERM, SIGSEGV, SIGHUP, SIGINT, SIGABRT, SIGBUS };

	(void)state;
	for (size_t i = 0; i < sizeof DEADLY / sizeof DEADLY[0]; i++)
		ends_whole_by(DEADLY[i]);
}

static void ctrl_c_leaves_the_terminal_whole(void **state)
{
	struct world w;
	int status;

	(void)state;
	start(&w, 24, 80);
	screen_type(&w.run, "\x03");
	status = screen_wait(&w.run);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	screen_whole(&w.run);
	world_clear(&w);
}

static void stopping_gives_the_terminal_back_and_going_on_takes_it(void **state)
{
	struct world w;
	int status;

	(void)state;
	start(&w, 24, 80);
	assert_int_equal(kill(w.run.pid, SIGTSTP), 0);
	assert_int_equal(waitpid(w.run.pid, &status, WUNTRACED), w.run.pid);
	assert_true(WIFSTOPPED(status));
	screen_settle(&w.run);
	screen_whole(&w.run);
	assert_int_equal(kill(w.run.pid, SIGCONT), 0);
	screen_expect(&w.run, "outside your bubble");
	assert_true(screen_alternate(&w.run));
	screen_golden(&w.run, "demo_front_80x24");
	assert_quits(&w, "q");
	world_clear(&w);
}

static void a_terminal_without_a_cursor_gets_a_sentence(void **state)
{
	static const char *const TERMS[] = { "dumb", "no-such-terminal", "" };

	(void)state;
	for (size_t i = 0; i < sizeof TERMS / sizeof TERMS[0]; i++) {
		struct world w;
		int status;

		world_init(&w, TERMS[i], "C.UTF-8");
		set_env(&w, "ASAN_OPTIONS=detect_leaks=0"); /* ncurses 6.4 forgets a kilobyte where it doesn't know the terminal */
		screen_start(&w.run, 24, 80, w.argv, w.env);
		status = screen_wait(&w.run);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 1);
		assert_non_null(strstr(buf_str(&w.run.bytes), "eclose: this terminal "));
		assert_null(strchr(w.run.bytes.s, '\x1b'));
		screen_whole(&w.run);
		world_clear(&w);
	}
}

/* How often the kernel has had to wake it, -1 where nobody says. */
static long wake_ups(pid_t pid)
{
	char path[64], line[200];
	long n = -1;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		(void)sscanf(line, "voluntary_ctxt_switches: %ld", &n);
	if (f)
		fclose(f);
	return n;
}

static void nothing_wakes_it_while_nobody_types(void **state)
{
	struct world w;
	long before;

	(void)state;
	start(&w, 24, 80);
	(void)nanosleep(&(struct timespec){ .tv_sec = 2 }, NULL); /* the rows count as shown after one second */
	screen_settle(&w.run);
	before = wake_ups(w.run.pid);
	(void)nanosleep(&(struct timespec){ .tv_sec = 2 }, NULL);
	assert_int_equal(wake_ups(w.run.pid), before);
	assert_quits(&w, "q");
	world_clear(&w);
}

/* ---- a reader with feeds and no reading yet ---- */

static void write_urls(struct world *w)
{
	static const char *const NAMES[] = { "dark-sky-log", "tidepool", "slow-oven", "kernel-notes", "long-run" };
	const char *source = getenv("TEST_SRCDIR"), *dir = w->home;
	char top[PATH_MAX];
	struct buf urls = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;

	assert_non_null(realpath(source ? source : ".", top));
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		buf_printf(&urls, "file://%s/data/samples/%s.xml\n", top, NAMES[i]);
	dir = arena_printf(&w->arena, "%s/.config", dir);
	assert_int_equal(mkdir(dir, 0700), 0);
	dir = arena_printf(&w->arena, "%s/eclose", dir);
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_int_equal(buf_write_file(arena_printf(&w->arena, "%s/urls", dir), urls.s, urls.len, 0600, &info), OK);
	buf_clear(&urls);
}

static void fetch(struct world *w)
{
	char *words[] = { w->argv[0], w->argv[1], w->argv[2], arena_strdup(&w->arena, "fetch"), NULL };
	int status = -1;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		(void)freopen("/dev/null", "w", stdout);
		execve(words[0], words, w->env);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void a_new_reader_is_asked_about_ten_titles_and_may_take_an_answer_back(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "xterm-256color", "C.UTF-8");
	for (int i = 1; w.argv[i]; i++) /* without --demo */
		w.argv[i] = w.argv[i + 1];
	write_urls(&w);
	fetch(&w);
	screen_start(&w.run, 24, 80, w.argv, w.env);
	screen_expect(&w.run, "t shows ten titles: tell eclose what you like");
	screen_type(&w.run, "t");
	screen_expect(&w.run, "Would you read it?");
	assert_true(screen_shows(&w.run, "0 of 10"));
	screen_type(&w.run, "yn");
	screen_expect(&w.run, "2 of 10");
	assert_true(screen_shows(&w.run, "\n yes  ") && screen_shows(&w.run, "\n no   "));
	screen_type(&w.run, "u");
	screen_expect(&w.run, "1 of 10");
	assert_true(screen_shows(&w.run, "undone: pass"));
	assert_false(screen_shows(&w.run, "\n no   "));
	screen_type(&w.run, "q");
	screen_expect(&w.run, "articles");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* ---- a profile that stays: subscriptions of its own in the world's home ---- */

static void own_profile(struct world *w)
{
	const char *dir = getenv("TEST_SRCDIR"), *urls;
	struct err_info info = ERR_INFO_INIT;

	world_init(w, "xterm-256color", "C.UTF-8");
	assert_int_equal(mkdir(arena_printf(&w->arena, "%s/.config", w->home), 0700), 0);
	assert_int_equal(mkdir(arena_printf(&w->arena, "%s/.config/eclose", w->home), 0700), 0);
	urls = arena_printf(&w->arena, "file://%s/data/samples/tidepool.xml\n", dir ? dir : ".");
	assert_int_equal(buf_write_file(arena_printf(&w->arena, "%s/.config/eclose/urls", w->home), urls, strlen(urls), 0600, &info), OK);
}

/* eclose with these words (NULL at the end), to its end. */
static void run_words(struct world *w, char *const *words)
{
	char *argv[8] = { w->argv[0], w->argv[2], w->argv[3] };
	int status;

	for (size_t i = 0; words[i]; i++)
		argv[3 + i] = words[i];
	screen_start(&w->run, 24, 80, argv, w->env);
	status = screen_wait(&w->run);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	screen_free(&w->run);
}

static bool of_the_trial(void *user, const struct event *e)
{
	if (e->kind == EVENT_OPEN) {
		assert_int_equal(e->trial, 1);
		assert_int_equal(e->place, 1);
		++*(int *)user;
	}
	return true;
}

/* What the reader recorded; then thirteen readings of the one ranking, which decide. */
static void decide(struct world *w)
{
	struct err_info info = ERR_INFO_INIT;
	struct store st;
	int opened = 0;

	assert_int_equal(store_open(&st, arena_printf(&w->arena, "%s/.local/share/eclose/eclose.db", w->home), DB_READ_WRITE, &info), OK);
	assert_int_equal(events_each(&st, 0, of_the_trial, &opened, &info), OK);
	assert_int_equal(opened, 1);
	for (int i = 1; i <= 14; i++) {
		struct event e = { .at = 1775030400, .article = i, .kind = EVENT_OPEN, .dwell = 60, .scroll = -1, .explore = -1, .propensity = -1, .trial = 1, .team = TEAM_B };

		assert_int_equal(events_append(&st, &e, &info), OK);
	}
	store_close(&st);
}

static void the_setting_is_kept_for_the_next_time_and_the_mouse_left_to_the_terminal(void **state)
{
	static const char settings[] = "# mine\nset explore 20 wednesday=40\nset mouse off\n";
	struct err_info info = ERR_INFO_INIT;
	struct buf text = BUF_INIT;
	struct world w;
	char *reader[5];
	char *path;

	(void)state;
	own_profile(&w);
	set_env(&w, "TZ=UTC");
	path = arena_printf(&w.arena, "%s/.config/eclose/config", w.home);
	assert_int_equal(buf_write_file(path, settings, strlen(settings), 0600, &info), OK);
	run_words(&w, (char *[]){ "fetch", NULL });
	memcpy(reader, (char *[]){ w.argv[0], w.argv[2], w.argv[3], NULL }, 4 * sizeof *reader);
	screen_start(&w.run, 24, 80, reader, w.env);
	screen_expect(&w.run, "] 40 "); /* the frozen day is a Wednesday */
	assert_false(screen_drags(&w.run));
	assert_null(strstr(buf_str(&w.run.bytes), "[?1002h"));
	assert_null(strstr(buf_str(&w.run.bytes), "1000h"));
	screen_type(&w.run, "\x1b[<0;20;1M"); /* nobody asked for it: keys without an action, and not a press */
	screen_settle(&w.run);
	screen_type(&w.run, "\x1b");
	screen_expect(&w.run, "] 40 ");
	screen_type(&w.run, "]=");
	screen_expect(&w.run, "kept: set explore 20 wednesday=45 (before: set explore 20 wednesday=40)");
	assert_quits(&w, "q");
	screen_free(&w.run);
	assert_int_equal(buf_read_file(&text, path, 1000, &info), OK);
	assert_string_equal(text.s, "# mine\nset explore 20 wednesday=45\nset mouse off\n");
	buf_clear(&text);
	screen_start(&w.run, 24, 80, reader, w.env);
	screen_expect(&w.run, "] 45 ");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* add, without a network, of a page on a known host with three feeds. */
static void start_adding(struct world *w)
{
	char *argv[] = { w->argv[0], w->argv[2], w->argv[3], arena_strdup(&w->arena, "--offline"), arena_strdup(&w->arena, "add"), arena_strdup(&w->arena, "https://github.com/vis/vis"), NULL };

	screen_start(&w->run, 24, 80, argv, w->env);
	screen_expect(&w->run, "q for none:");
}

static void of_several_feeds_add_asks_which(void **state)
{
	static const struct { const char *typed, *said, *urls; } answers[] = {
		{ "q\r", "nothing was added", "" }, { "4\rx\r0\r2\r", "added https://github.com/vis/vis/tags.atom", "https://github.com/vis/vis/tags.atom\n" },
		{ "\r", "added https://github.com/vis/vis/releases.atom", "https://github.com/vis/vis/tags.atom\nhttps://github.com/vis/vis/releases.atom\n" },
		{ "a\r", "releases.atom is among the subscriptions already",
		  "https://github.com/vis/vis/tags.atom\nhttps://github.com/vis/vis/releases.atom\nhttps://github.com/vis/vis/commits.atom\n" },
	};
	struct err_info info = ERR_INFO_INIT;
	struct world w;
	const char *path;

	(void)state;
	own_profile(&w);
	path = arena_printf(&w.arena, "%s/.config/eclose/urls", w.home);
	assert_int_equal(buf_write_file(path, "", 0, 0600, &info), OK);
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct buf text = BUF_INIT;
		int status;

		if (i)
			screen_free(&w.run);
		start_adding(&w);
		assert_true(screen_shows(&w.run, "  1  releases  https://github.com/vis/vis/releases.atom"));
		assert_true(screen_shows(&w.run, "  3  commits  https://github.com/vis/vis/commits.atom"));
		screen_type(&w.run, answers[i].typed);
		status = screen_wait(&w.run);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
		assert_true(screen_shows(&w.run, answers[i].said));
		assert_int_equal(buf_read_file(&text, path, 10000, &info), OK);
		assert_string_equal(buf_str(&text), answers[i].urls);
		buf_clear(&text);
	}
	world_clear(&w);
}

static void a_trial_is_told_above_the_page_and_recorded_with_what_is_opened(void **state)
{
	struct world w;
	char *reader[4];

	(void)state;
	own_profile(&w);
	run_words(&w, (char *[]){ "fetch", NULL });
	run_words(&w, (char *[]){ "trial", "start", "random", "new", NULL });
	memcpy(reader, (char *[]){ w.argv[0], w.argv[2], w.argv[3], NULL }, sizeof reader);
	screen_start(&w.run, 24, 80, reader, w.env);
	screen_expect(&w.run, "A trial is running. More: eclose trial\n");
	screen_type(&w.run, "c");
	screen_expect(&w.run, "newest first");
	assert_false(screen_shows(&w.run, "trial is running"));
	screen_type(&w.run, "c\r");
	screen_expect(&w.run, "n next");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "A trial is running");
	assert_quits(&w, "q");
	screen_free(&w.run);
	decide(&w);
	screen_start(&w.run, 24, 80, reader, w.env);
	screen_expect(&w.run, "The trial is over: new wins ");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* ---- two programs over one store ---- */

/* eclose with these words (NULL at the end) beside the reader, to its end. */
static void beside(struct world *w, char *const *words)
{
	char *argv[8] = { w->argv[0], w->argv[2], w->argv[3] };
	int status = -1;
	pid_t pid;

	for (size_t i = 0; words[i]; i++)
		argv[3 + i] = words[i];
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)freopen("/dev/null", "w", stdout);
		execve(argv[0], argv, w->env);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void write_feed(struct world *w, const char *items)
{
	const char *path = arena_printf(&w->arena, "%s/feed.xml", w->home);
	const char *text = arena_printf(&w->arena, "<rss version=\"2.0\"><channel><title>Harbour</title>%s</channel></rss>", items);
	struct err_info info = ERR_INFO_INIT;

	assert_int_equal(buf_write_file(path, text, strlen(text), 0600, &info), OK);
}

#define FEED_ITEM(id, day) "<item><guid>" id "</guid><title>Tide " id "</title><pubDate>" day " Mar 2026 06:00:00 GMT</pubDate></item>"

static void what_another_program_changes_appears_where_it_stands(void **state)
{
	struct world w;
	char *reader[4];
	const char *urls;
	struct err_info info = ERR_INFO_INIT;

	(void)state;
	own_profile(&w);
	write_feed(&w, FEED_ITEM("one", "29") FEED_ITEM("two", "30"));
	urls = arena_printf(&w.arena, "file://%s/feed.xml\n", w.home);
	assert_int_equal(buf_write_file(arena_printf(&w.arena, "%s/.config/eclose/urls", w.home), urls, strlen(urls), 0600, &info), OK);
	beside(&w, (char *[]){ "fetch", NULL });
	memcpy(reader, (char *[]){ w.argv[0], w.argv[2], w.argv[3], NULL }, sizeof reader);
	screen_start(&w.run, 24, 80, reader, w.env);
	screen_expect(&w.run, "2 articles");
	screen_type(&w.run, "a");
	screen_expect(&w.run, "All articles");
	beside(&w, (char *[]){ "mark", "1", "--star", NULL });
	screen_expect(&w.run, "★");
	beside(&w, (char *[]){ "undo", NULL });
	screen_settle(&w.run); /* the golden screen below has no star */
	write_feed(&w, FEED_ITEM("one", "29") FEED_ITEM("two", "30") FEED_ITEM("three", "31"));
	screen_type(&w.run, "j");
	beside(&w, (char *[]){ "fetch", "--force", NULL });
	screen_expect(&w.run, "1 new · press . to show");
	assert_false(screen_shows(&w.run, "Tide three"));
	screen_golden(&w.run, "others_80x24");
	screen_type(&w.run, ".");
	screen_expect(&w.run, "Tide three");
	screen_type(&w.run, "q");
	screen_expect(&w.run, "1 new · press . to show"); /* on the page it waits on its own */
	screen_type(&w.run, ".");
	screen_expect(&w.run, "3 articles");
	assert_quits(&w, "q");
	world_clear(&w);
}

/* ---- commands that ask at a terminal ---- */

static void start_command(struct world *w, const char *a, const char *b, const char *c)
{
	const char *const words[] = { a, b, c };
	size_t n = 4;

	world_init(w, "xterm-256color", "C.UTF-8");
	for (size_t i = 0; i < 3 && words[i]; i++)
		w->argv[n++] = arena_strdup(&w->arena, words[i]);
	screen_start(&w->run, 24, 80, w->argv, w->env);
}

static void ends_well(struct world *w)
{
	int status = screen_wait(&w->run);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	world_clear(w);
}

static void forgetting_is_asked_about_and_no_is_the_answer_of_enter(void **state)
{
	struct world w;

	(void)state;
	start_command(&w, "profile", "forget", "--all");
	screen_expect(&w.run, "for good? [y/N]");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "nothing was forgotten");
	ends_well(&w);
	start_command(&w, "profile", "forget", "--all");
	screen_expect(&w.run, "for good? [y/N]");
	screen_type(&w.run, "y\r");
	screen_expect(&w.run, "forgotten: 2");
	ends_well(&w);
}

static void ask_asks_one_title_after_another(void **state)
{
	struct world w;

	(void)state;
	start_command(&w, "ask", "--limit", "4");
	screen_expect(&w.run, "1/4");
	screen_type(&w.run, "y\r");
	screen_expect(&w.run, "2/4");
	screen_type(&w.run, "\r");
	screen_expect(&w.run, "3/4");
	screen_type(&w.run, "maybe not\r"); /* has a y and an n, and is neither */
	screen_expect(&w.run, "4/4");
	screen_type(&w.run, "q\r");
	screen_expect(&w.run, "1 answer noted");
	ends_well(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_front_page_opens_and_q_gives_the_terminal_back),
		cmocka_unit_test(the_slider_reaches_both_ends),
		cmocka_unit_test(a_number_is_typed_and_rows_say_how_they_moved),
		cmocka_unit_test(the_mouse_drags_the_slider),
		cmocka_unit_test(a_double_click_opens_and_the_wheel_scrolls),
		cmocka_unit_test(other_buttons_and_movements_do_nothing_however_many),
		cmocka_unit_test(the_setting_is_kept_for_the_next_time_and_the_mouse_left_to_the_terminal),
		cmocka_unit_test(an_article_opens_and_closes_and_says_why),
		cmocka_unit_test(a_feed_shows_how_it_is_doing),
		cmocka_unit_test(why_and_the_other_tellings_have_their_screens),
		cmocka_unit_test(a_part_is_banned_from_why_and_the_ban_taken_back),
		cmocka_unit_test(why_and_the_other_tellings_are_told_in_ascii_too),
		cmocka_unit_test(a_step_shows_on_the_screen_and_is_taken_back),
		cmocka_unit_test(private_reading_shows_on_every_screen),
		cmocka_unit_test(the_profile_shows_what_is_held_and_where_it_came_from),
		cmocka_unit_test(the_bubble_meter_shows_the_demo_month),
		cmocka_unit_test(the_bubble_meter_of_a_new_reader_says_that_nothing_was_read),
		cmocka_unit_test(all_articles_are_a_list_by_time),
		cmocka_unit_test(help_lists_the_keys),
		cmocka_unit_test(keys_that_send_sequences_are_understood),
		cmocka_unit_test(every_size_has_its_screen),
		cmocka_unit_test(a_locale_without_utf8_gets_ascii_alone),
		cmocka_unit_test(a_deadly_signal_leaves_the_terminal_whole),
		cmocka_unit_test(ctrl_c_leaves_the_terminal_whole),
		cmocka_unit_test(stopping_gives_the_terminal_back_and_going_on_takes_it),
		cmocka_unit_test(a_terminal_without_a_cursor_gets_a_sentence),
		cmocka_unit_test(nothing_wakes_it_while_nobody_types),
		cmocka_unit_test(what_another_program_changes_appears_where_it_stands),
		cmocka_unit_test(forgetting_is_asked_about_and_no_is_the_answer_of_enter),
		cmocka_unit_test(ask_asks_one_title_after_another),
		cmocka_unit_test(a_new_reader_is_asked_about_ten_titles_and_may_take_an_answer_back),
		cmocka_unit_test(of_several_feeds_add_asks_which),
		cmocka_unit_test(a_trial_is_told_above_the_page_and_recorded_with_what_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
