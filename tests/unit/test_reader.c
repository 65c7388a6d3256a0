/* test_reader - what the reader records, and where its cursor stays: the loop with scripted keys, a ranker and a store that only remember. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "reader_fakes.h"
#include "ui/keys.h"
#include "ui/reader.h"
#include "ui/reader_child.h"

/* A terminal that types `keys` (blank-separated names), and keeps the last screen. "REST" lets every timeout pass, "WAIT" sleeps
 * 30 ms, "FETCH" serves the fetch that runs until its end. "PRESS@ROW,COL" and the like are a mouse's. */
struct typist {
	const char *keys;
	int rows, cols;
	int waits;        /* times that the reader waited without a timeout */
	int draws;
	void (*others)(void); /* what another program does at "OTHERS", of which the store's files then tell; "REST" lets the reader's pauses pass too */
	struct buf screen;
};

static void typist_size(struct term *t, int *rows, int *cols)
{
	const struct typist *me = t->self;

	*rows = me->rows;
	*cols = me->cols;
}

static void typist_draw(struct term *t, const struct grid *g, bool whole)
{
	struct typist *me = t->self;

	(void)whole;
	me->draws++;
	buf_cut(&me->screen, 0);
	grid_text(g, &me->screen);
}

static bool mouse_named(const char *name, struct mouse *out)
{
	static const char *const KIND[] = { "PRESS", "DRAG", "RELEASE", "WHEELUP", "WHEELDOWN" };

	for (size_t i = 0; i < sizeof KIND / sizeof *KIND; i++)
		if (strncmp(name, KIND[i], strlen(KIND[i])) == 0 && name[strlen(KIND[i])] == '@') {
			out->kind = (enum mouse_kind)i;
			return sscanf(name + strlen(KIND[i]), "@%d,%d", &out->row, &out->col) == 2;
		}
	return false;
}

static enum term_event typist_wait(struct term *t, const int *fd, int timeout_ms, uint32_t *key)
{
	struct typist *me = t->self;
	size_t n = strcspn(me->keys, " ");
	char name[KEYS_NAME];

	if (n == 0)
		return TERM_HANGUP;
	snprintf(name, sizeof name, "%.*s", (int)n, me->keys);
	if (strcmp(name, "REST") == 0 && timeout_ms >= 0)
		return TERM_TIMEOUT;
	if (strcmp(name, "FETCH") == 0 && fd[0] >= 0) {
		assert_int_equal(poll(&(struct pollfd){ fd[0], POLLIN, 0 }, 1, 20000), 1);
		return TERM_FD;
	}
	me->keys += n + strspn(me->keys + n, " ");
	if (strcmp(name, "REST") == 0 || strcmp(name, "FETCH") == 0) {
		me->waits++;
		return typist_wait(t, fd, timeout_ms, key);
	}
	if (strcmp(name, "OTHERS") == 0) {
		me->others();
		fakes.told = true;
		return TERM_FD;
	}
	if (strcmp(name, "WAIT") == 0) {
		(void)nanosleep(&(struct timespec){ .tv_nsec = 30000000 }, NULL);
		return typist_wait(t, fd, timeout_ms, key);
	}
	if (mouse_named(name, &t->mouse))
		return TERM_MOUSE;
	if (!keys_decode(name, key))
		fail_msg("'%s' names no key", name);
	return TERM_KEY;
}

static void typist_bell(struct term *t)
{
	(void)t;
}

struct session {
	struct app app;
	struct typist typist;
	enum err result;
	struct err_info info;
};

static void session_init(struct session *s)
{
	*s = (struct session){ .typist = { .rows = 24, .cols = 80, .screen = BUF_INIT } };
	fakes_app(&s->app);
}

static void session_run(struct session *s, const char *keys)
{
	struct term term = { .self = &s->typist, .size = typist_size, .draw = typist_draw, .wait = typist_wait, .bell = typist_bell };

	s->typist.keys = keys;
	s->result = reader_run(&s->app, &term, &s->info);
}

static void session_clear(struct session *s)
{
	buf_clear(&s->typist.screen);
}

static void type(struct session *s, const char *keys)
{
	session_init(s);
	session_run(s, keys);
	assert_int_equal(s->result, OK);
}

static bool on_screen(const struct session *s, const char *words)
{
	return strstr(buf_str(&s->typist.screen), words) != NULL;
}

/* The slider starts at 30: article 7 is the first, 8 the second. */

static void opening_and_closing_is_recorded_with_place_and_slider(void **state)
{
	struct session s;

	(void)state;
	type(&s, "j ENTER q q");
	assert_int_equal(fakes.n, 2);
	assert_int_equal(fakes.event[0].kind, EVENT_OPEN);
	assert_int_equal(fakes.event[0].article, 8);
	assert_int_equal(fakes.event[0].place, 2);
	assert_int_equal(fakes.event[0].pair, 4);
	assert_int_equal(fakes.event[0].width, 80);
	assert_int_equal(fakes.event[1].pair, 4);
	assert_int_equal(fakes.event[0].explore, 30);
	assert_int_equal(fakes.event[1].kind, EVENT_CLOSE);
	assert_true(fakes.event[1].dwell >= 0 && fakes.event[1].dwell < 5);
	assert_true(fakes.event[1].scroll > .3 && fakes.event[1].scroll < .8);
	assert_int_equal(fakes.saved, 1);
	session_clear(&s);
}

static void every_action_says_for_which_trial_and_team_the_article_stood_there(void **state)
{
	static const enum event_kind on_8[] = { EVENT_SHOWN, EVENT_OPEN, EVENT_LIKE, EVENT_SAVE, EVENT_CLOSE };
	struct session s;

	(void)state;
	type(&s, "REST j ENTER l s q j j [ q");
	for (size_t i = 0; i < sizeof on_8 / sizeof on_8[0]; i++)
		assert_int_equal(fakes_count(on_8[i], 8), 1);
	assert_int_equal(fakes_count(EVENT_SKIP, 9), 1);
	for (size_t i = 0; i < fakes.n; i++) {
		bool of_8 = fakes.event[i].article == 8, of_9 = fakes.event[i].article == 9;

		assert_int_equal(fakes.event[i].trial, of_8 || of_9 ? 4 : 0);
		assert_int_equal(fakes.event[i].team, of_8 ? TEAM_B : of_9 ? TEAM_A : TEAM_NONE);
	}
	session_clear(&s);
}

static void scrolling_to_the_end_is_the_whole_text(void **state)
{
	struct session s;

	(void)state;
	type(&s, "ENTER G g q q");
	assert_int_equal(fakes.event[1].kind, EVENT_CLOSE);
	assert_float_equal(fakes.event[1].scroll, 1, 1e-9);
	session_clear(&s);
}

static void time_beyond_the_idle_limit_does_not_count(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.app.config.idle = 0;
	session_run(&s, "ENTER WAIT j WAIT q q");
	assert_float_equal(fakes.event[1].dwell, 0, 1e-9);
	session_clear(&s);
	type(&s, "ENTER WAIT j WAIT q q");
	assert_true(fakes.event[1].dwell >= .06);
	session_clear(&s);
}

static void quitting_inside_an_article_closes_it(void **state)
{
	struct session s;

	(void)state;
	type(&s, "ENTER w Q");
	assert_int_equal(fakes_count(EVENT_CLOSE, 7), 1);
	session_clear(&s);
	type(&s, "ENTER"); /* and so does the end of the terminal */
	assert_int_equal(fakes_count(EVENT_CLOSE, 7), 1);
	session_clear(&s);
}

static void rows_count_as_shown_once_and_only_after_they_stood(void **state)
{
	struct session s;

	(void)state;
	type(&s, "j k q");
	assert_int_equal(fakes_count(EVENT_SHOWN, 0), 0);
	session_clear(&s);
	type(&s, "REST j REST k REST q");
	assert_int_equal(fakes_count(EVENT_SHOWN, 7), 1);
	assert_int_equal(fakes_count(EVENT_SHOWN, 24), 1);
	assert_int_equal(fakes_count(EVENT_SHOWN, 0), 18);
	assert_int_equal(fakes.event[0].place, 1);
	session_clear(&s);
}

static void what_the_cursor_passed_is_a_skip_when_the_page_goes(void **state)
{
	struct session s;

	(void)state;
	type(&s, "REST j j j ENTER q k N REST q");
	/* passed 7, 8 and 9; opened 10; 9 was marked read */
	assert_int_equal(fakes_count(EVENT_SKIP, 7), 1);
	assert_int_equal(fakes_count(EVENT_SKIP, 8), 1);
	assert_int_equal(fakes_count(EVENT_SKIP, 9), 0);
	assert_int_equal(fakes_count(EVENT_SKIP, 10), 0);
	assert_int_equal(fakes_count(EVENT_SKIP, 0), 2);
	assert_int_equal(fakes.event[fakes.n - 1].kind, EVENT_SKIP); /* at the end, not on the key */
	session_clear(&s);
	type(&s, "REST j REST ] REST q"); /* once in a session, however often the page is ranked */
	assert_int_equal(fakes_count(EVENT_SKIP, 7), 1);
	for (size_t i = 0; i < fakes.n; i++) /* with the slider as it stood on that page, not where the key moved it */
		if (fakes.event[i].kind == EVENT_SKIP && fakes.event[i].article == 7)
			assert_int_equal(fakes.event[i].explore, 30);
	session_clear(&s);
}

static void rows_that_were_never_shown_are_not_skipped(void **state)
{
	struct session s;

	(void)state;
	type(&s, "j j j q");
	assert_int_equal(fakes_count(EVENT_SKIP, 0), 0);
	session_clear(&s);
}

static void the_slider_ranks_before_the_next_key_and_keeps_the_article(void **state)
{
	struct session s;

	(void)state;
	type(&s, "j j j ] ENTER"); /* on article 10; the page starts one later now */
	assert_int_equal(fakes.pages, 2);
	assert_int_equal(fakes.event[0].article, 10);
	assert_int_equal(fakes.event[0].place, 3);
	assert_int_equal(fakes.event[0].explore, 35);
	session_clear(&s);
	type(&s, "] [ [ ]");
	assert_true(on_screen(&s, "] 30"));
	session_clear(&s);
	type(&s, "[ [ [ [ [ [ [ [");
	assert_true(on_screen(&s, "] 0 "));
	session_clear(&s);
}

static void presets_and_numbers_set_the_slider(void **state)
{
	struct session s;

	(void)state;
	type(&s, "}");
	assert_true(on_screen(&s, "] 60 Wander"));
	session_clear(&s);
	type(&s, "] } [ { {");
	assert_true(on_screen(&s, "] 0 Habit"));
	session_clear(&s);
	type(&s, "7");
	assert_true(on_screen(&s, "explore: 7_"));
	assert_true(on_screen(&s, "] 30 Balanced"));
	assert_int_equal(fakes.pages, 1); /* nothing happens before ENTER */
	session_clear(&s);
	type(&s, "7 2 BACKSPACE 5 j ENTER");
	assert_true(on_screen(&s, "] 75 "));
	assert_false(on_screen(&s, "explore: "));
	assert_int_equal(fakes.pages, 2);
	session_clear(&s);
	type(&s, "1 0 0 ENTER");
	assert_true(on_screen(&s, "] 100 Everything"));
	session_clear(&s);
	type(&s, "7 ESC");
	assert_false(on_screen(&s, "explore: "));
	assert_true(on_screen(&s, "] 30 "));
	session_clear(&s);
	type(&s, "9 0 0 ENTER");
	assert_true(on_screen(&s, "the slider goes from 0 to 100, not to 900"));
	assert_true(on_screen(&s, "] 30 "));
	assert_int_equal(fakes.pages, 1);
	session_clear(&s);
	type(&s, "7 q q"); /* letters are none of a number's, and do nothing else meanwhile */
	assert_true(on_screen(&s, "explore: 7_"));
	session_clear(&s);
}

static void a_slider_that_does_not_move_ranks_nothing(void **state)
{
	struct session s;

	(void)state;
	type(&s, "3 0 ENTER");
	assert_int_equal(fakes.pages, 1);
	session_clear(&s);
	type(&s, "c 3 0 ENTER"); /* but it goes back from the order by time */
	assert_int_equal(fakes.pages, 3);
	assert_true(on_screen(&s, "ranked"));
	session_clear(&s);
}

/* The fake page begins one article later for every 5 of the slider. */
static void rows_say_how_they_moved_since_the_slider_was_taken_up(void **state)
{
	struct session s;

	(void)state;
	type(&s, "] ]");
	assert_true(on_screen(&s, "30 → 40: 16 moved, 0 new, 2 gone"));
	assert_true(on_screen(&s, " ▲2\n"));
	assert_false(on_screen(&s, " 4h\n"));
	session_clear(&s);
	type(&s, "] ] [ [ [");
	assert_true(on_screen(&s, "30 → 25: 18 moved, 1 new, 0 gone"));
	assert_true(on_screen(&s, " new\n") && on_screen(&s, " ▼1\n"));
	session_clear(&s);
	type(&s, "] [");
	assert_true(on_screen(&s, "nothing moved"));
	assert_true(on_screen(&s, " 4h\n"));
	session_clear(&s);
	type(&s, "] ] j");
	assert_false(on_screen(&s, "▲") || on_screen(&s, " moved,"));
	assert_true(on_screen(&s, " 4h\n"));
	session_clear(&s);
	type(&s, "] ] j ]"); /* from where it stood then */
	assert_true(on_screen(&s, "40 → 45: 15 moved, 0 new, 1 gone"));
	session_clear(&s);
	type(&s, "] 5"); /* typing belongs to the slider */
	assert_true(on_screen(&s, "▲1"));
	session_clear(&s);
	type(&s, "] .");
	assert_false(on_screen(&s, "▲1"));
	session_clear(&s);
	type(&s, "+"); /* so does what is said outright, here of a ranking that doesn't heed it */
	assert_true(on_screen(&s, "\n nothing moved\n"));
	session_clear(&s);
	type(&s, "+ j");
	assert_false(on_screen(&s, "nothing moved"));
	session_clear(&s);
	type(&s, "] REST"); /* and time does nothing */
	assert_true(on_screen(&s, "▲1"));
	session_clear(&s);
}

/* At 80 columns the track's 15 cells begin in column 19; rows begin in line 3, and 5 has a second line at slider 0. */
static void a_press_and_a_drag_on_the_track_set_the_slider(void **state)
{
	struct session s;

	(void)state;
	type(&s, "PRESS@0,19");
	assert_true(on_screen(&s, "] 0 Habit"));
	session_clear(&s);
	type(&s, "PRESS@0,33");
	assert_true(on_screen(&s, "] 100 Everything"));
	session_clear(&s);
	type(&s, "PRESS@0,23"); /* on the knob */
	assert_true(on_screen(&s, "] 30 Balanced"));
	assert_int_equal(fakes.pages, 1);
	session_clear(&s);
	type(&s, "PRESS@0,23 DRAG@0,26 DRAG@5,28 DRAG@5,28");
	assert_true(on_screen(&s, "] 64"));
	assert_int_equal(fakes.pages, 3);
	session_clear(&s);
	type(&s, "PRESS@0,23 DRAG@0,79 RELEASE@0,79 DRAG@0,19"); /* let go */
	assert_true(on_screen(&s, "] 100 "));
	session_clear(&s);
	type(&s, "DRAG@0,19 PRESS@0,18 PRESS@0,34 PRESS@1,20"); /* beside it */
	assert_true(on_screen(&s, "] 30 "));
	session_clear(&s);
	type(&s, "4 PRESS@0,19 5"); /* a press ends what was being typed */
	assert_true(on_screen(&s, "] 0 Habit") && on_screen(&s, "explore: 5_"));
	session_clear(&s);
}

static void a_click_moves_the_cursor_and_on_the_cursor_opens(void **state)
{
	struct session s;

	(void)state;
	type(&s, "PRESS@5,30 RELEASE@5,30");
	assert_int_equal(fakes.n, 0);
	session_clear(&s);
	type(&s, "PRESS@5,30 RELEASE@5,30 PRESS@5,30 RELEASE@5,30 q");
	assert_int_equal(fakes.event[0].kind, EVENT_OPEN);
	assert_int_equal(fakes.event[0].article, 9);
	assert_int_equal(fakes.event[0].place, 3);
	session_clear(&s);
	type(&s, "PRESS@7,5 ENTER"); /* the line below the slot is the slot's */
	assert_int_equal(fakes.event[0].article, 10);
	session_clear(&s);
	type(&s, "PRESS@2,5 PRESS@23,5 PRESS@200,500");
	assert_int_equal(fakes.n, 0);
	session_clear(&s);
	type(&s, "f PRESS@4,5 PRESS@4,5 PRESS@3,5");
	assert_int_equal(fakes_count(EVENT_OPEN, 1), 1);
	session_clear(&s);
	type(&s, "t PRESS@4,5 PRESS@4,5 y"); /* titles that are asked about don't open */
	assert_int_equal(fakes_count(EVENT_OPEN, 0), 0);
	assert_int_equal(fakes_count(EVENT_WANT, 2), 1);
	session_clear(&s);
}

static void the_wheel_scrolls_lists_and_texts(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.typist.rows = 10;
	session_run(&s, "WHEELDOWN@5,5 ENTER");
	assert_int_equal(fakes.event[0].article, 10); /* three rows are gone from the top */
	session_clear(&s);
	session_init(&s);
	s.typist.rows = 10;
	session_run(&s, "WHEELDOWN@5,5 WHEELUP@5,5 WHEELUP@5,5 ENTER");
	assert_int_equal(fakes.event[0].article, 10); /* the cursor may stay */
	session_clear(&s);
	type(&s, "ENTER WHEELDOWN@5,5 q q");
	assert_true(fakes.event[1].scroll > .55); /* .525 were on the screen at first */
	session_clear(&s);
	session_init(&s);
	s.typist.rows = 5;
	session_run(&s, "PRESS@0,19 PRESS@3,3 PRESS@3,3 WHEELDOWN@3,3");
	assert_int_equal(fakes.n + (size_t)fakes.pages, 1);
	session_clear(&s);
}

static void the_slider_is_kept_in_the_settings_file(void **state)
{
	struct session s;
	char path[] = "/tmp/eclose-reader-XXXXXX";
	struct buf text = BUF_INIT;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	session_init(&s);
	assert_int_equal(buf_write_file(path, "set explore 30 # mine\nset idle 5\n", 33, 0600, &s.info), OK);
	s.app.config_path = path;
	session_run(&s, "} =");
	assert_true(on_screen(&s, "kept: set explore 60 # mine (before: set explore 30 # mine)"));
	assert_true(on_screen(&s, "30 → 60: "));
	assert_int_equal(buf_read_file(&text, path, 1000, &s.info), OK);
	assert_string_equal(text.s, "set explore 60 # mine\nset idle 5\n");
	session_clear(&s);
	session_init(&s);
	s.app.demo = true;
	session_run(&s, "=");
	assert_true(on_screen(&s, "nothing is kept here: this profile is thrown away at the end"));
	session_clear(&s);
	buf_clear(&text);
	unlink(path);
}

static void the_reader_starts_where_the_command_line_or_the_day_puts_the_slider(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.app.config.rhythm.set = ~0u;
	for (int d = 0; d < RHYTHM_DAYS; d++)
		s.app.config.rhythm.day[d] = 55;
	session_run(&s, "");
	assert_true(on_screen(&s, "] 55 "));
	session_clear(&s);
	session_init(&s);
	s.app.explore_given = true;
	s.app.explore = 0;
	session_run(&s, "");
	assert_true(on_screen(&s, "] 0 Habit"));
	session_clear(&s);
}

static void the_row_is_kept_when_the_article_left_the_page(void **state)
{
	struct session s;

	(void)state;
	type(&s, "] ENTER"); /* 7 was under the cursor and is gone; 8 is first */
	assert_int_equal(fakes.event[0].article, 8);
	session_clear(&s);
}

static void flags_follow_the_keys_and_undo(void **state)
{
	struct session s;

	(void)state;
	type(&s, "s");
	assert_int_equal(fakes_count(EVENT_SAVE, 7), 1);
	assert_true(on_screen(&s, "★"));
	session_clear(&s);
	type(&s, "s s");
	assert_int_equal(fakes_count(EVENT_UNSTAR, 7), 1);
	assert_false(on_screen(&s, "★"));
	session_clear(&s);
	type(&s, "s u");
	assert_false(on_screen(&s, "★"));
	assert_true(on_screen(&s, "taken back: save"));
	session_clear(&s);
	type(&s, "u");
	assert_true(on_screen(&s, "nothing to undo"));
	session_clear(&s);
	type(&s, "l d N N");
	assert_int_equal(fakes_count(EVENT_LIKE, 7) + fakes_count(EVENT_DISLIKE, 7) + fakes_count(EVENT_READ, 7) + fakes_count(EVENT_UNREAD, 7), 4);
	session_clear(&s);
}

static void a_step_ranks_the_front_page_again_under_its_article(void **state)
{
	struct session s;
	int pages;

	(void)state;
	type(&s, "");
	pages = fakes.pages;
	session_clear(&s);
	type(&s, "j x");
	assert_int_equal(fakes.n_stepped, 1);
	assert_int_equal(fakes.stepped[0], -8); /* the second row */
	assert_int_equal(fakes.pages, pages + 1);
	assert_true(on_screen(&s, "less of article 8"));
	session_clear(&s);
	type(&s, "+ ENTER");
	assert_int_equal(fakes.stepped[0], 7);
	assert_int_equal(fakes.event[0].article, 7);
	session_clear(&s);
	type(&s, "ENTER + +"); /* in front of an article the page waits */
	assert_int_equal(fakes.pages, pages);
	assert_int_equal(fakes.n_stepped, 2);
	session_clear(&s);
	type(&s, "ENTER + + n q"); /* n goes by the rows as they stood */
	assert_int_equal(fakes_count(EVENT_OPEN, 8), 1);
	assert_int_equal(fakes.pages, pages + 1);
	session_clear(&s);
	type(&s, "f ENTER j x q q");
	assert_int_equal(fakes.stepped[0], -2);
	assert_int_equal(fakes.pages, pages + 1);
	session_clear(&s);
}

/* The last screen after these keys, on a full disk or with a store that may only be read. */
static void try_to_save(struct session *s, bool full, const char *keys)
{
	session_init(s);
	fakes.full = full;
	s->app.read_only = !full;
	s->app.store_path = "/data/eclose.db";
	session_run(s, keys);
	assert_int_equal(fakes.n, 0);
}

static void what_can_not_be_saved_is_said_and_not_shown_as_saved(void **state)
{
	static const char *const keys[] = { "s", "N", "l", "ENTER q s" };
	struct session s;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		try_to_save(&s, true, keys[i]);
		assert_true(on_screen(&s, "not saved: the store: the disk is full"));
		assert_false(on_screen(&s, "kept") || on_screen(&s, "marked as") || on_screen(&s, "more like this;"));
		assert_false(fakes.starred[7] || fakes.read[7]);
		session_clear(&s);
	}
	try_to_save(&s, true, "REST");
	assert_true(on_screen(&s, "not saved: the store: the disk is full")); /* without a key */
	assert_int_equal(s.typist.waits, 1);
	session_clear(&s);
	try_to_save(&s, true, "ENTER"); /* what was opened can be read */
	assert_true(on_screen(&s, "not saved: the store: the disk is full"));
	assert_int_equal(s.result, ERR_IO); /* and what is recorded last is answered */
	assert_non_null(strstr(s.info.text, "the disk is full"));
	session_clear(&s);
}

static void rows_that_could_not_be_recorded_are_recorded_later(void **state)
{
	struct session s;

	(void)state;
	type(&s, "REST");
	assert_true(fakes.n > 1);
	session_clear(&s);
	session_init(&s);
	fakes.full_for = 1;
	session_run(&s, "REST j REST");
	assert_int_equal(fakes_count(EVENT_SHOWN, 7), 1);
	assert_int_equal(fakes_count(EVENT_SHOWN, 8), 1);
	session_clear(&s);
}

static void a_store_that_may_only_be_read_is_said_once(void **state)
{
	struct session s;

	(void)state;
	try_to_save(&s, false, "WAIT");
	assert_true(on_screen(&s, "nothing can be saved: /data/eclose.db may not be written"));
	session_clear(&s);
	try_to_save(&s, false, "j REST ENTER SPACE q j j q");
	assert_false(on_screen(&s, "saved"));
	assert_int_equal(s.result, OK);
	session_clear(&s);
	try_to_save(&s, false, "R");
	assert_true(on_screen(&s, "could not be saved"));
	session_clear(&s);
}

static void private_reading_records_nothing_and_says_so_on_every_screen(void **state)
{
	static const char *const screens[] = { "i", "i ENTER", "i w", "i f", "i f ENTER", "i ?", "i t" };
	struct session s;

	(void)state;
	for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
		type(&s, screens[i]);
		assert_true(strncmp(buf_str(&s.typist.screen), " private  ", 9) == 0);
		assert_int_equal(fakes.n, 0);
		session_clear(&s);
	}
	type(&s, "i");
	assert_true(on_screen(&s, "nothing is recorded until i switches back"));
	session_clear(&s);
	type(&s, "i ENTER q REST l s");
	assert_int_equal(fakes.n, 1);
	assert_int_equal(fakes_count(EVENT_STAR, 7), 1); /* a star, and nothing that is learned from */
	assert_false(fakes.read[7]);
	session_clear(&s);
	type(&s, "i l");
	assert_true(on_screen(&s, "reading is private: that was not recorded"));
	session_clear(&s);
	type(&s, "i i ENTER");
	assert_false(on_screen(&s, " private"));
	assert_int_equal(fakes_count(EVENT_OPEN, 7), 1);
	session_clear(&s);
}

static void the_profile_is_edited_row_by_row(void **state)
{
	struct session s;

	(void)state;
	type(&s, "P");
	assert_true(on_screen(&s, "What the model holds of you"));
	session_clear(&s);
	type(&s, "P +");
	assert_string_equal(fakes.edited, "topic:1 +3");
	assert_true(on_screen(&s, "pinned: space, orbit; u takes it back"));
	assert_true(on_screen(&s, "pinned by you: +3.0"));
	session_clear(&s);
	type(&s, "P + +");
	assert_true(on_screen(&s, "space, orbit is pinned already"));
	session_clear(&s);
	type(&s, "P -");
	assert_string_equal(fakes.edited, "topic:1 -3");
	session_clear(&s);
	type(&s, "P = = = =");
	assert_string_equal(fakes.edited, "topic:1 -2");
	session_clear(&s);
	type(&s, "P = = = = =");
	assert_true(on_screen(&s, "cleared: space, orbit"));
	session_clear(&s);
	type(&s, "P - ="); /* a ban is cleared */
	assert_string_equal(fakes.edited, "topic:1 +0");
	session_clear(&s);
	type(&s, "P TAB j +");
	assert_string_equal(fakes.edited, "feed:https://garden.example/feed +3");
	session_clear(&s);
	type(&s, "P G +"); /* a part of the score */
	assert_string_equal(fakes.edited, "");
	assert_true(on_screen(&s, "can be edited"));
	session_clear(&s);
	type(&s, "P + q");
	assert_int_equal(fakes.pages, 2); /* the page goes by it */
	session_clear(&s);
}

static void a_row_of_the_profile_opens_what_it_came_from(void **state)
{
	struct session s;

	(void)state;
	type(&s, "P ENTER");
	assert_true(on_screen(&s, "2 articles that you read"));
	assert_true(on_screen(&s, "4 min"));
	session_clear(&s);
	type(&s, "P ENTER j ENTER q q q");
	assert_int_equal(fakes_count(EVENT_OPEN, 2), 1);
	assert_int_equal(fakes.event[0].place, 0);
	assert_true(on_screen(&s, "outside your bubble"));
	session_clear(&s);
	type(&s, "P j j ENTER");
	assert_true(on_screen(&s, "nothing of it was read"));
	session_clear(&s);
	type(&s, "P TAB j BACKTAB ENTER"); /* to the section's beginning */
	assert_true(on_screen(&s, "2 articles that you read"));
	session_clear(&s);
	type(&s, "P BACKTAB TAB TAB TAB TAB TAB TAB TAB ENTER");
	assert_true(on_screen(&s, "came from all that you read"));
	session_clear(&s);
}

static void forgetting_is_asked_about_and_only_y_does_it(void **state)
{
	static const struct { const char *keys, *planned; } rows[] = {
		{ "P D y", " topic 1" }, { "P TAB D y", "https://orbital.example/feed topic -1" }, { "P TAB TAB j D y", "moss topic -1" }, { "P TAB TAB TAB TAB j j D y", "moss topic -1" },
	};
	struct session s;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		type(&s, rows[i].keys);
		assert_string_equal(fakes.planned, rows[i].planned);
		assert_string_equal(fakes.forgotten, rows[i].planned);
		assert_int_equal(fakes.rebuilt, 1);
		assert_true(on_screen(&s, "forgotten: 12 actions"));
		session_clear(&s);
	}
	type(&s, "P D");
	assert_true(on_screen(&s, "forget 12 actions, 4 articles read, for good? y: yes, any other key: no"));
	session_clear(&s);
	type(&s, "P D n y"); /* the question is answered, so y is a key like any other */
	assert_string_equal(fakes.forgotten, "");
	session_clear(&s);
	type(&s, "P D q");
	assert_true(on_screen(&s, "nothing was forgotten"));
	assert_true(on_screen(&s, "What the model holds of you"));
	session_clear(&s);
	type(&s, "P TAB TAB TAB D y"); /* an hour of the day */
	assert_string_equal(fakes.planned, "");
	assert_true(on_screen(&s, "y does nothing here"));
	session_clear(&s);
	type(&s, "P D y q");
	assert_int_equal(fakes.pages, 2);
	session_clear(&s);
}

static void next_goes_from_article_to_article(void **state)
{
	struct session s;

	(void)state;
	type(&s, "ENTER n n q q");
	assert_int_equal(fakes_count(EVENT_OPEN, 0), 3);
	assert_int_equal(fakes_count(EVENT_CLOSE, 0), 3);
	assert_int_equal(fakes_count(EVENT_OPEN, 9), 1);
	session_clear(&s);
	type(&s, "ENTER p");
	assert_true(on_screen(&s, "nothing unread above"));
	session_clear(&s);
}

static void a_feed_is_a_list_of_its_own(void **state)
{
	struct session s;

	(void)state;
	type(&s, "f");
	assert_true(on_screen(&s, "6 feeds"));
	session_clear(&s);
	type(&s, "f ENTER j ENTER");
	assert_int_equal(fakes.event[0].article, 2);
	assert_int_equal(fakes.event[0].place, 0); /* not a place of the front page */
	session_clear(&s);
	type(&s, "f ENTER j q q q");
	assert_int_equal(fakes.n, 0);
	session_clear(&s);
}

static void a_screen_too_small_says_so_and_does_nothing(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.typist.rows = 5;
	s.typist.cols = 20;
	session_run(&s, "j ENTER l d");
	assert_true(on_screen(&s, "eclose needs 40x10"));
	assert_int_equal(fakes.n, 0);
	session_clear(&s);
}

static void a_ranking_that_fails_is_said_and_the_page_stays(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	fakes.fail = "the store is damaged";
	session_run(&s, "q");
	assert_int_equal(s.result, ERR_IO);
	assert_string_equal(s.info.text, "the store is damaged");
	session_clear(&s);
}

/* Runs with a program of our own in the place of eclose: a script that prints `lines` and ends with `status`. */
static void run_with_fetch(struct session *s, const char *lines, int status, const char *keys)
{
	char dir[] = "/tmp/eclose-reader-XXXXXX", path[64];
	struct buf script = BUF_INIT;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/eclose", dir);
	buf_printf(&script, "#!/bin/sh\necho \"$@\" >%s/words\ncat <<'END'\n%sEND\nexit %d\n", dir, lines, status);
	assert_int_equal(buf_write_file(path, script.s, script.len, 0700, &s->info), OK);
	session_init(s);
	s->app.program = path;
	s->app.offline = true;
	fakes.change = (struct changes){ .any = true, .articles = strstr(lines, "\"items_new\":5") != NULL, .after = FAKES_ALL };
	fakes.arrived = fakes.change.articles ? 5 : 0;
	session_run(s, keys);
	buf_cut(&script, 0);
	unlink(path);
	snprintf(path, sizeof path, "%s/words", dir);
	assert_int_equal(buf_read_file(&script, path, 1000, &s->info), OK);
	assert_string_equal(script.s, "--config /nowhere --data /nowhere --offline --now 2026-03-31T08:00:00Z fetch --json\n");
	buf_clear(&script);
	unlink(path);
	rmdir(dir);
}

static const char LINES[] = "{\"url\":\"a\",\"status\":\"new\",\"items_new\":5,\"done\":1,\"total\":2}\n"
	"this is no JSON\n[1,2]\n"
	"{\"url\":\"b\",\"status\":\"error\",\"items_new\":0,\"error\":\"no answer\",\"done\":2,\"total\":2}\n"
	"{\"summary\":{\"items_new\":5}}\n";

static void what_a_fetch_brought_waits_until_it_is_asked_for(void **state)
{
	struct session s;

	(void)state;
	run_with_fetch(&s, LINES, 1, "j r FETCH");
	assert_true(on_screen(&s, "5 new · press . to show"));
	assert_true(on_screen(&s, "1 of 2 feeds failed; f shows which"));
	assert_false(on_screen(&s, "fetching"));
	assert_int_equal(fakes.pages, 1);  /* nothing moved under the cursor */
	assert_int_equal(fakes.opened, 2); /* but the ranker knows */
	session_clear(&s);
	run_with_fetch(&s, LINES, 1, "j r FETCH .");
	assert_false(on_screen(&s, "5 new"));
	assert_int_equal(fakes.pages, 2);
	session_clear(&s);
}

static void sample_feeds_are_not_fetched(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.app.samples = true;
	session_run(&s, "r R FETCH");
	assert_true(on_screen(&s, "sample feeds aren't fetched"));
	assert_int_equal(fakes.opened, 1);
	session_clear(&s);
}

static void a_fetch_that_cannot_run_is_said(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.app.program = "/nowhere/eclose";
	session_run(&s, "R FETCH");
	assert_true(on_screen(&s, "eclose fetch could not be run"));
	session_clear(&s);
}

/* A full disk, a store that is locked, a feed that brought the parser down: no feed is to blame, and "nothing new" would be a lie. */
static void a_fetch_that_ends_badly_is_said(void **state)
{
	static const char one[] = "{\"url\":\"a\",\"status\":\"unchanged\",\"items_new\":0,\"done\":1,\"total\":2}\n";
	struct session s;

	(void)state;
	run_with_fetch(&s, one, 1, "r FETCH");
	assert_true(on_screen(&s, "the fetch broke off"));
	assert_false(on_screen(&s, "nothing new"));
	session_clear(&s);
	run_with_fetch(&s, one, 0, "r FETCH");
	assert_true(on_screen(&s, "nothing new"));
	session_clear(&s);
}

static void a_second_fetch_waits_for_the_first(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.app.program = "/nowhere/eclose";
	session_run(&s, "R R");
	assert_true(on_screen(&s, "already fetching"));
	session_clear(&s);
}

static void a_browser_gets_only_addresses_and_its_failure_is_said(void **state)
{
	struct session s;

	(void)state;
	type(&s, "o");
	assert_int_equal(fakes_count(EVENT_BROWSER, 7), 1);
	assert_true(on_screen(&s, "opened https://example.org/7"));
	session_clear(&s);
	session_init(&s);
	s.app.config.browser = "/nowhere/browser %u";
	session_run(&s, "o");
	assert_int_equal(fakes_count(EVENT_BROWSER, 7), 0);
	assert_true(on_screen(&s, "/nowhere/browser: No such file"));
	session_clear(&s);
}

static void what_is_opened_is_said_in_letters_that_cannot_be_taken_for_others(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	fakes.link = "https://\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.com/x\xe2\x80\xaey"; /* Cyrillic that looks like "apple", an override */
	session_run(&s, "o");
	assert_int_equal(fakes_count(EVENT_BROWSER, 7), 1);
	assert_true(on_screen(&s, "opened https://xn--80ak6aa92e.com/x%E2%80%AEy"));
	session_clear(&s);
}

static void addresses_that_would_do_something_else_are_not_opened(void **state)
{
	static const char *const links[] = {
		"-new-window", "--", "javascript:alert(1)", "file:///etc/passwd", "|sh", "$(touch x)", "mailto:a@b.example?attach=/etc/passwd", "MAILTO:?subject=x",
		"ssh://-oProxyCommand=x/", "http://h/ -x", "http://h/\nx", "data:text/html,x", "",
	};

	(void)state;
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		struct session s;

		session_init(&s);
		s.app.config.browser = "/nowhere/browser"; /* which would be said */
		fakes.link = links[i];
		session_run(&s, "o");
		assert_int_equal(fakes_count(EVENT_BROWSER, 0), 0);
		assert_true(on_screen(&s, "not one to open"));
		session_clear(&s);
	}
}

/* What a program is given by browser_open, word by word, each on a line. */
static void given_to(const char *dir, const char *words, const char *link, struct buf *out)
{
	struct err_info info = ERR_INFO_INIT;
	char command[200], line[4096];
	FILE *f;

	snprintf(command, sizeof command, "%s/program%s", dir, words);
	assert_int_equal(browser_open(command, link, &info), OK);
	snprintf(line, sizeof line, "%s/pipe", dir);
	f = fopen(line, "r"); /* waits for the program */
	assert_non_null(f);
	buf_cut(out, 0);
	while (fgets(line, sizeof line, f))
		buf_puts(out, line);
	fclose(f);
}

static void a_link_is_one_word_of_the_browsers_whatever_it_holds(void **state)
{
	static const char *const links[] = {
		"http://h/$(touch${IFS}/tmp/x)", "http://h/`id`", "http://h/;rm${IFS}-rf", "http://h/&&x|y>z", "http://h/'x", "http://h/*?[a]", "http://h/%u", "http://h/--help", "http://-h/",
	};
	struct err_info info = ERR_INFO_INIT;
	struct buf got = BUF_INIT;
	char dir[] = "/tmp/eclose-browser-XXXXXX", path[100], script[300], want[300];

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/pipe", dir);
	assert_int_equal(mkfifo(path, 0600), 0);
	snprintf(script, sizeof script, "#!/bin/sh\nfor w in \"$@\"; do printf '<%%s>\\n' \"$w\"; done >%s\n", path);
	snprintf(path, sizeof path, "%s/program", dir);
	assert_int_equal(buf_write_file(path, script, strlen(script), 0700, &info), OK);
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		given_to(dir, "", links[i], &got);
		snprintf(want, sizeof want, "<-->\n<%s>\n", links[i]);
		assert_string_equal(buf_str(&got), want);
		given_to(dir, " --new-tab %u -q", links[i], &got);
		snprintf(want, sizeof want, "<--new-tab>\n<%s>\n<-q>\n", links[i]);
		assert_string_equal(buf_str(&got), want);
	}
	assert_int_equal(browser_open(path, "-x", &info), ERR_USAGE);
	assert_int_equal(browser_open(path, "", &info), ERR_USAGE);
	unlink(path);
	snprintf(path, sizeof path, "%s/pipe", dir);
	unlink(path);
	rmdir(dir);
	buf_clear(&got);
}

static void the_earlier_texts_of_an_article_open_over_it(void **state)
{
	struct session s;

	(void)state;
	type(&s, "ENTER e");
	assert_true(on_screen(&s, "no earlier text of this article is kept"));
	session_clear(&s);
	session_init(&s);
	fakes.was_edited = true;
	session_run(&s, "ENTER e");
	assert_true(on_screen(&s, "What it said before"));
	assert_true(on_screen(&s, "[-fades as-] {+brightens+}"));
	session_clear(&s);
	session_init(&s);
	fakes.was_edited = true;
	session_run(&s, "ENTER e q");
	assert_true(on_screen(&s, "edited: 2 earlier texts"));
	session_clear(&s);
}

static void a_feed_tells_how_it_was_doing_and_is_followed_on_request(void **state)
{
	struct session s;

	(void)state;
	type(&s, "f H");
	assert_true(on_screen(&s, "https://orbital.example/feed") && on_screen(&s, "None yet."));
	session_clear(&s);
	type(&s, "f m");
	assert_true(on_screen(&s, "this feed hasn't moved"));
	assert_string_equal(fakes.followed, "");
	session_clear(&s);
	type(&s, "f j");
	assert_true(on_screen(&s, "moved to https://systems-weekly.example/feed.atom; m takes that address"));
	session_clear(&s);
	type(&s, "f j H");
	assert_true(on_screen(&s, "503") && on_screen(&s, "the server has a fault (503)"));
	assert_true(on_screen(&s, "m take the new address"));
	session_clear(&s);
	type(&s, "f j H m");
	assert_string_equal(fakes.followed, "https://systems.example/atom");
	assert_true(on_screen(&s, "the subscription is now https://systems-weekly.example/feed.atom"));
	assert_int_equal(fakes.opened, 2); /* what was learned of it is found under its new name */
	session_clear(&s);
	type(&s, "f j m q");
	assert_string_equal(fakes.followed, "https://systems.example/atom");
	session_clear(&s);
}

static void a_key_without_an_action_is_named(void **state)
{
	struct session s;

	(void)state;
	type(&s, "F5");
	assert_true(on_screen(&s, "F5 does nothing here; ? lists the keys"));
	session_clear(&s);
}

static void wrong_bindings_are_said_with_their_line(void **state)
{
	struct session s;
	struct binding bind[] = { { "x", "open", 3 }, { "y", "opn", 4 } };

	(void)state;
	session_init(&s);
	s.app.config.bind = bind;
	s.app.config.n_bind = 2;
	session_run(&s, "");
	assert_true(on_screen(&s, "config:4: no action is called 'opn', did you mean 'open'?"));
	session_clear(&s);
	session_init(&s);
	s.app.config.bind = bind;
	s.app.config.n_bind = 1;
	session_run(&s, "x");
	assert_int_equal(fakes_count(EVENT_OPEN, 7), 1);
	session_clear(&s);
}

static void titles_are_answered_one_after_another_and_each_can_be_taken_back(void **state)
{
	struct session s;

	(void)state;
	type(&s, "t y n");
	assert_int_equal(fakes_count(EVENT_WANT, 1), 1);
	assert_int_equal(fakes_count(EVENT_PASS, 2), 1);
	assert_int_equal(fakes.n, 2);
	assert_int_equal(fakes.event[0].place, 0); /* no place of the front page */
	assert_int_equal(fakes.event[0].explore, -1);
	assert_true(on_screen(&s, "2 of 3"));
	session_clear(&s);
	type(&s, "t y n u"); /* the second answer goes, and its row is open again */
	assert_true(on_screen(&s, "1 of 3"));
	assert_true(on_screen(&s, "taken back: answer"));
	assert_int_equal(fakes.n, 1);
	session_clear(&s);
	type(&s, "t j y g n y"); /* around what is answered already */
	assert_int_equal(fakes_count(EVENT_WANT, 2) + fakes_count(EVENT_PASS, 1) + fakes_count(EVENT_WANT, 3), 3);
	assert_true(on_screen(&s, "that was the last one"));
	session_clear(&s);
	type(&s, "t y n n y");
	assert_int_equal(fakes.n, 3);
	assert_true(on_screen(&s, "answered already"));
	session_clear(&s);
}

static void the_page_is_ranked_again_after_an_answer_and_only_then(void **state)
{
	struct session s;

	(void)state;
	type(&s, "t q");
	assert_int_equal(fakes.pages, 1);
	session_clear(&s);
	type(&s, "t y q");
	assert_int_equal(fakes.pages, 2);
	session_clear(&s);
}

static void ten_titles_are_offered_to_a_new_reader_with_feeds(void **state)
{
	static const char words[] = "t shows ten titles: tell eclose what you like";
	struct session s;

	(void)state;
	type(&s, "j");
	assert_false(on_screen(&s, words));
	session_clear(&s);
	session_init(&s);
	fakes.new_reader = true;
	session_run(&s, "j");
	assert_true(on_screen(&s, words));
	session_clear(&s);
	session_init(&s);
	fakes.new_reader = true;
	s.app.samples = true;
	session_run(&s, "j");
	assert_false(on_screen(&s, words));
	session_clear(&s);
}

/* ---- why, and how others tell it ---- */

static void why_is_asked_of_the_row_and_opens_what_it_resembles(void **state)
{
	struct session s;

	(void)state;
	type(&s, "j w q"); /* leaving records nothing but what was passed over */
	assert_int_equal(fakes.explained, 1);
	assert_int_equal(fakes_count(EVENT_OPEN, 0), 0);
	session_clear(&s);
	type(&s, "w j j j j j j j j ENTER");
	assert_int_equal(fakes_count(EVENT_OPEN, 2), 1); /* the first of those that were read */
	assert_true(on_screen(&s, "A probe wakes up after nine years"));
	assert_int_equal(fakes.event[0].place, 0); /* it has no place on the page */
	session_clear(&s);
	type(&s, "w ENTER"); /* a part is no article */
	assert_int_equal(fakes_count(EVENT_OPEN, 0), 0);
	assert_true(on_screen(&s, "there is no article on this line"));
	session_clear(&s);
}

static void a_part_is_weighed_from_why_and_the_page_before_and_after_is_shown(void **state)
{
	struct session s;

	(void)state;
	type(&s, "w >"); /* the first part: the word comet */
	assert_string_equal(fakes.subject, "term:comet");
	assert_true(fakes.weight[1] == .5 && fakes.n_edits == 1);
	assert_int_equal(fakes.edited_from, 7);
	assert_true(on_screen(&s, "What that did to the page") && on_screen(&s, "you: +0.5 comet"));
	assert_true(on_screen(&s, "  2 →   1  rose 1") && on_screen(&s, "  1 →   ·  left"));
	session_clear(&s);
	type(&s, "w > > > < q"); /* on from there, and back to why */
	assert_int_equal(fakes.n_edits, 4);
	assert_true(fakes.weight[3] == 1.5 && fakes.weight[4] == 1);
	assert_true(on_screen(&s, "Why it stands there"));
	assert_int_equal(fakes.explained, 5); /* with every edit anew */
	session_clear(&s);
	type(&s, "w j + - 0"); /* the second part: a feed */
	assert_string_equal(fakes.subject, "feed:https://orbital.example/feed");
	assert_true(fakes.weight[1] == 3 && fakes.weight[2] == -3 && fakes.weight[3] == 0);
	assert_true(on_screen(&s, "counts as it was learned"));
	session_clear(&s);
}

static void weights_stop_short_of_pin_and_ban_and_what_is_no_part_is_left_alone(void **state)
{
	struct session s;

	(void)state;
	type(&s, "w > > > > > >");
	assert_int_equal(fakes.n_edits, 5);
	assert_true(fakes.weight[5] == 2.5);
	assert_true(on_screen(&s, "it stands at +2.5 already"));
	session_clear(&s);
	type(&s, "w 0");
	assert_int_equal(fakes.n_edits, 0);
	assert_true(on_screen(&s, "no edit of this part holds"));
	session_clear(&s);
	type(&s, "w j j +"); /* an article that was read */
	assert_int_equal(fakes.n_edits, 0);
	assert_true(on_screen(&s, "this line can't be weighed"));
	session_clear(&s);
}

static void an_edit_is_taken_back_and_the_front_page_follows_what_holds(void **state)
{
	struct session s;
	int pages;

	(void)state;
	type(&s, "w > u");
	assert_int_equal(fakes.n_edits, 0);
	assert_true(on_screen(&s, "Why it stands there") && on_screen(&s, "taken back: edit"));
	session_clear(&s);
	type(&s, "w q");
	pages = fakes.pages;
	session_clear(&s);
	type(&s, "w > u q"); /* nothing holds: the page isn't made anew, two were for before and after */
	assert_int_equal(fakes.pages, pages + 2);
	session_clear(&s);
	type(&s, "w > q q");
	assert_int_equal(fakes.pages, pages + 3);
	session_clear(&s);
}

static void tellings_open_and_say_why(void **state)
{
	struct session s;

	(void)state;
	type(&s, "v");
	assert_true(on_screen(&s, "How other feeds tell it") && on_screen(&s, "only here: fishermen, harbour, ice"));
	session_clear(&s);
	type(&s, "v j j ENTER"); /* articles 7, 3 and 23 */
	assert_int_equal(fakes_count(EVENT_OPEN, 23), 1);
	assert_int_equal(fakes.event[0].place, 0);
	session_clear(&s);
	type(&s, "v j w"); /* and why, from there */
	assert_int_equal(fakes.explained, 1);
	assert_true(on_screen(&s, "Why it stands there"));
	session_clear(&s);
	type(&s, "w v"); /* or there from why */
	assert_true(on_screen(&s, "How other feeds tell it"));
	session_clear(&s);
}

static void the_bubble_meter_opens_from_every_screen_it_is_for(void **state)
{
	struct session s;

	(void)state;
	type(&s, "B");
	assert_true(on_screen(&s, "Nothing was read yet."));
	assert_int_equal(fakes_count(EVENT_OPEN, 0), 0);
	session_clear(&s);
	type(&s, "ENTER B");
	assert_true(on_screen(&s, "1 opened since"));
	session_clear(&s);
	type(&s, "f B");
	assert_true(on_screen(&s, "Your bubble"));
	session_clear(&s);
	type(&s, "f ENTER B q"); /* and back to the list */
	assert_true(on_screen(&s, "newest first"));
	session_clear(&s);
}

/* The slider is that of the page; what was taken back is measured again. */
static void the_bubble_meter_is_of_the_page_and_follows_an_undo(void **state)
{
	struct session s;

	(void)state;
	type(&s, "] ] B G");
	assert_true(on_screen(&s, "with the slider at 40"));
	assert_int_equal(fakes.pages, 3); /* it was ranked by the start and the two keys, and not for the meter */
	session_clear(&s);
	type(&s, "c B G"); /* a page in order of time is not the one that the slider makes */
	assert_true(on_screen(&s, "with the slider at 30"));
	assert_int_equal(fakes.pages, 3);
	session_clear(&s);
	type(&s, "s B u");
	assert_true(on_screen(&s, "taken back: save"));
	assert_true(on_screen(&s, "Your bubble"));
	session_clear(&s);
}

static void the_page_of_last_time_stands_there_while_the_next_is_ranked(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	fakes.kept = "A row of yesterday";
	fakes.screen = &s.typist.screen;
	session_run(&s, "");
	assert_int_equal(s.result, OK);
	assert_non_null(strstr(fakes.at_open, "A row of yesterday"));
	assert_false(on_screen(&s, "A row of yesterday"));
	assert_int_equal(fakes_count(EVENT_SKIP, 99) + fakes_count(EVENT_SHOWN, 99), 0); /* it was a picture */
	fakes.screen = NULL;
	session_clear(&s);
}

/* ---- what others change ---- */

static void others_read_8_and_keep_9(void)
{
	fakes.read[8] = fakes.starred[9] = true;
	fakes.change = (struct changes){ .any = true, .events = true };
}

static void others_fetch_7(void)
{
	fakes.arrived = 7;
	fakes.came += 7;
	fakes.change = (struct changes){ .any = true, .articles = true, .after = FAKES_ALL };
}

static void others_do_nothing(void)
{
}

/* With another program beside it. */
static void type_beside(struct session *s, void (*others)(void), const char *keys)
{
	session_init(s);
	s->typist.others = others;
	session_run(s, keys);
	assert_int_equal(s->result, OK);
}

static void flags_that_others_set_are_seen_where_they_stand(void **state)
{
	struct session s;

	(void)state;
	type_beside(&s, others_read_8_and_keep_9, "j j OTHERS");
	assert_true(on_screen(&s, "★"));
	assert_int_equal(fakes.pages, 1);
	session_clear(&s);
	type_beside(&s, others_read_8_and_keep_9, "j j OTHERS s"); /* the cursor is on 9, whose star it takes off */
	assert_int_equal(fakes_count(EVENT_UNSTAR, 9), 1);
	session_clear(&s);
	type_beside(&s, others_read_8_and_keep_9, "j ENTER N OTHERS N"); /* in front of the article: unread, read by others, unread again */
	assert_int_equal(fakes_count(EVENT_UNREAD, 8), 2);
	session_clear(&s);
	type_beside(&s, others_read_8_and_keep_9, "a G OTHERS g n"); /* and among rows that weren't there */
	session_clear(&s);
	type_beside(&s, others_read_8_and_keep_9, "f j j OTHERS");
	assert_int_equal(fakes.shown_feeds, 2);
	session_clear(&s);
}

static void what_others_fetch_is_counted_and_waits_until_it_is_asked_for(void **state)
{
	struct session s;

	(void)state;
	type_beside(&s, others_fetch_7, "j OTHERS");
	assert_true(on_screen(&s, "7 new · press . to show"));
	assert_int_equal(fakes.pages, 1);
	assert_int_equal(fakes.opened, 1);
	session_clear(&s);
	type_beside(&s, others_fetch_7, "j OTHERS .");
	assert_false(on_screen(&s, " new · press"));
	assert_int_equal(fakes.pages, 2);
	assert_int_equal(fakes.opened, 2); /* by a ranker that knows them */
	session_clear(&s);
	type_beside(&s, others_fetch_7, "a j j OTHERS");
	assert_true(on_screen(&s, "7 new · press . to show"));
	session_clear(&s);
	type_beside(&s, others_fetch_7, "a j j OTHERS . l");
	assert_false(on_screen(&s, " new · "));
	assert_true(on_screen(&s, "100,007 articles"));
	assert_int_equal(fakes_count(EVENT_LIKE, 3), 1); /* still under the cursor */
	session_clear(&s);
	type_beside(&s, others_fetch_7, "f ENTER j OTHERS q q"); /* three of them were of the feed; on the page all wait */
	assert_true(on_screen(&s, "7 new · press . to show"));
	session_clear(&s);
}

static void the_ranker_learns_of_others_when_nobody_types(void **state)
{
	struct session s;

	(void)state;
	type_beside(&s, others_read_8_and_keep_9, "j OTHERS j");
	assert_int_equal(fakes.opened, 1);
	session_clear(&s);
	type_beside(&s, others_read_8_and_keep_9, "j OTHERS REST j");
	assert_int_equal(fakes.opened, 2);
	assert_int_equal(fakes.pages, 1); /* the page stays */
	assert_int_equal(s.typist.waits, 1);
	session_clear(&s);
}

static void others_do_nothing_and_the_ranker_is_behind(void)
{
	fakes.behind = true;
}

/* An article of long ago was opened: no key waits until the ranker has loaded it. */
static void a_ranker_that_is_behind_is_loaded_when_nobody_types(void **state)
{
	struct session s;

	(void)state;
	type_beside(&s, others_do_nothing_and_the_ranker_is_behind, "OTHERS j j");
	assert_int_equal(fakes.opened, 1);
	session_clear(&s);
	type_beside(&s, others_do_nothing_and_the_ranker_is_behind, "OTHERS j REST j");
	assert_int_equal(fakes.opened, 2);
	assert_int_equal(fakes.pages, 1);
	session_clear(&s);
}

static void many_writes_are_looked_at_together(void **state)
{
	struct session s;

	(void)state;
	type_beside(&s, others_fetch_7, "OTHERS OTHERS OTHERS");
	assert_int_equal(fakes.looks, 1);
	session_clear(&s);
	type_beside(&s, others_do_nothing, "OTHERS OTHERS OTHERS REST");
	assert_int_equal(fakes.looks, 2);
	assert_int_equal(fakes.opened, 1);
	assert_int_equal(s.typist.draws, 1); /* nothing to be seen anew */
	session_clear(&s);
}

static void a_look_that_fails_is_said(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	s.typist.others = others_do_nothing;
	fakes.look_fails = "eclose.db: is damaged";
	session_run(&s, "OTHERS");
	assert_true(on_screen(&s, "eclose.db: is damaged"));
	session_clear(&s);
}

/* ---- lists of any length ---- */

static void all_articles_are_a_list_whose_rows_are_read_around_the_cursor(void **state)
{
	struct session s;

	(void)state;
	type(&s, "a");
	assert_true(on_screen(&s, "All articles") && on_screen(&s, "100,000 articles"));
	assert_true(on_screen(&s, " 1. "));
	session_clear(&s);
	type(&s, "a G");
	assert_true(on_screen(&s, " 100000. ") && on_screen(&s, " 99981. "));
	assert_false(on_screen(&s, " 99980. "));
	assert_true(fakes.rows <= 4 * 2 * 24); /* of the first screen and of the last */
	session_clear(&s);
	type(&s, "a G g SPACE C-d j j k");
	assert_true(on_screen(&s, " 31. "));
	assert_true(fakes.rows <= 5 * 4 * 24);
	session_clear(&s);
	type(&s, "a WHEELDOWN@5,5 WHEELDOWN@5,5 PRESS@4,5 PRESS@4,5"); /* the second row from the top */
	assert_int_equal(fakes_count(EVENT_OPEN, 8), 1);
	session_clear(&s);
}

static void from_an_article_of_a_list_the_next_unread_one_follows(void **state)
{
	struct session s;

	(void)state;
	type(&s, "a j j ENTER n n p q N");
	assert_int_equal(fakes_count(EVENT_OPEN, 3), 1);
	assert_int_equal(fakes_count(EVENT_OPEN, 4), 1);
	assert_int_equal(fakes_count(EVENT_OPEN, 5), 1);
	assert_int_equal(fakes_count(EVENT_OPEN, 2), 1); /* 4 and 3 were read by then */
	assert_int_equal(fakes_count(EVENT_UNREAD, 2), 1);
	assert_int_equal(fakes.event[0].place, 0); /* a row of a list by time is no place on the page */
	session_clear(&s);
}

static void only_what_is_unread_keeps_the_cursor_on_its_article(void **state)
{
	struct session s;

	(void)state;
	type(&s, "a N j N j j U");
	assert_true(on_screen(&s, "Unread articles") && on_screen(&s, "99,998 unread articles"));
	assert_false(on_screen(&s, " 2. "));
	session_clear(&s);
	type(&s, "a N j N j j U N N"); /* read, and unread again: it stays where it is */
	assert_int_equal(fakes_count(EVENT_READ, 4), 1);
	assert_int_equal(fakes_count(EVENT_UNREAD, 4), 1);
	session_clear(&s);
	type(&s, "a N j N j j U U l");
	assert_true(on_screen(&s, "All articles") && on_screen(&s, " 3. "));
	assert_false(on_screen(&s, " 2. ")); /* it stands on the line where it stood: one above it */
	assert_int_equal(fakes_count(EVENT_LIKE, 4), 1);
	session_clear(&s);
	type(&s, "P j ENTER U"); /* the articles behind a row of the profile are no list by time */
	assert_true(on_screen(&s, "these are articles that you read"));
	session_clear(&s);
}

static void a_list_that_cannot_be_read_says_so_and_leaves_the_screen_below(void **state)
{
	struct session s;

	(void)state;
	session_init(&s);
	fakes.windows_fail = "the store is damaged";
	session_run(&s, "a");
	assert_true(on_screen(&s, "the store is damaged") && on_screen(&s, "explore"));
	session_clear(&s);
}

static void it_waits_without_waking_up(void **state)
{
	struct session s;

	(void)state;
	type(&s, "REST REST ENTER REST REST q");
	assert_int_equal(s.typist.waits, 4);
	session_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_and_closing_is_recorded_with_place_and_slider),
		cmocka_unit_test(every_action_says_for_which_trial_and_team_the_article_stood_there),
		cmocka_unit_test(scrolling_to_the_end_is_the_whole_text),
		cmocka_unit_test(time_beyond_the_idle_limit_does_not_count),
		cmocka_unit_test(quitting_inside_an_article_closes_it),
		cmocka_unit_test(rows_count_as_shown_once_and_only_after_they_stood),
		cmocka_unit_test(what_the_cursor_passed_is_a_skip_when_the_page_goes),
		cmocka_unit_test(rows_that_were_never_shown_are_not_skipped),
		cmocka_unit_test(the_slider_ranks_before_the_next_key_and_keeps_the_article),
		cmocka_unit_test(presets_and_numbers_set_the_slider),
		cmocka_unit_test(a_slider_that_does_not_move_ranks_nothing),
		cmocka_unit_test(rows_say_how_they_moved_since_the_slider_was_taken_up),
		cmocka_unit_test(a_press_and_a_drag_on_the_track_set_the_slider),
		cmocka_unit_test(a_click_moves_the_cursor_and_on_the_cursor_opens),
		cmocka_unit_test(the_wheel_scrolls_lists_and_texts),
		cmocka_unit_test(the_slider_is_kept_in_the_settings_file),
		cmocka_unit_test(the_reader_starts_where_the_command_line_or_the_day_puts_the_slider),
		cmocka_unit_test(the_row_is_kept_when_the_article_left_the_page),
		cmocka_unit_test(flags_follow_the_keys_and_undo),
		cmocka_unit_test(a_step_ranks_the_front_page_again_under_its_article),
		cmocka_unit_test(what_can_not_be_saved_is_said_and_not_shown_as_saved),
		cmocka_unit_test(rows_that_could_not_be_recorded_are_recorded_later),
		cmocka_unit_test(a_store_that_may_only_be_read_is_said_once),
		cmocka_unit_test(private_reading_records_nothing_and_says_so_on_every_screen),
		cmocka_unit_test(the_profile_is_edited_row_by_row),
		cmocka_unit_test(a_row_of_the_profile_opens_what_it_came_from),
		cmocka_unit_test(forgetting_is_asked_about_and_only_y_does_it),
		cmocka_unit_test(next_goes_from_article_to_article),
		cmocka_unit_test(a_feed_is_a_list_of_its_own),
		cmocka_unit_test(a_screen_too_small_says_so_and_does_nothing),
		cmocka_unit_test(a_ranking_that_fails_is_said_and_the_page_stays),
		cmocka_unit_test(what_a_fetch_brought_waits_until_it_is_asked_for),
		cmocka_unit_test(sample_feeds_are_not_fetched),
		cmocka_unit_test(a_fetch_that_cannot_run_is_said),
		cmocka_unit_test(a_fetch_that_ends_badly_is_said),
		cmocka_unit_test(a_second_fetch_waits_for_the_first),
		cmocka_unit_test(a_browser_gets_only_addresses_and_its_failure_is_said),
		cmocka_unit_test(what_is_opened_is_said_in_letters_that_cannot_be_taken_for_others),
		cmocka_unit_test(addresses_that_would_do_something_else_are_not_opened),
		cmocka_unit_test(a_link_is_one_word_of_the_browsers_whatever_it_holds),
		cmocka_unit_test(the_earlier_texts_of_an_article_open_over_it),
		cmocka_unit_test(a_feed_tells_how_it_was_doing_and_is_followed_on_request),
		cmocka_unit_test(a_key_without_an_action_is_named),
		cmocka_unit_test(wrong_bindings_are_said_with_their_line),
		cmocka_unit_test(titles_are_answered_one_after_another_and_each_can_be_taken_back),
		cmocka_unit_test(the_page_is_ranked_again_after_an_answer_and_only_then),
		cmocka_unit_test(ten_titles_are_offered_to_a_new_reader_with_feeds),
		cmocka_unit_test(why_is_asked_of_the_row_and_opens_what_it_resembles),
		cmocka_unit_test(a_part_is_weighed_from_why_and_the_page_before_and_after_is_shown),
		cmocka_unit_test(weights_stop_short_of_pin_and_ban_and_what_is_no_part_is_left_alone),
		cmocka_unit_test(an_edit_is_taken_back_and_the_front_page_follows_what_holds),
		cmocka_unit_test(tellings_open_and_say_why),
		cmocka_unit_test(the_bubble_meter_opens_from_every_screen_it_is_for),
		cmocka_unit_test(the_bubble_meter_is_of_the_page_and_follows_an_undo),
		cmocka_unit_test(flags_that_others_set_are_seen_where_they_stand),
		cmocka_unit_test(what_others_fetch_is_counted_and_waits_until_it_is_asked_for),
		cmocka_unit_test(the_ranker_learns_of_others_when_nobody_types),
		cmocka_unit_test(a_ranker_that_is_behind_is_loaded_when_nobody_types),
		cmocka_unit_test(many_writes_are_looked_at_together),
		cmocka_unit_test(a_look_that_fails_is_said),
		cmocka_unit_test(all_articles_are_a_list_whose_rows_are_read_around_the_cursor),
		cmocka_unit_test(from_an_article_of_a_list_the_next_unread_one_follows),
		cmocka_unit_test(only_what_is_unread_keeps_the_cursor_on_its_article),
		cmocka_unit_test(a_list_that_cannot_be_read_says_so_and_leaves_the_screen_below),
		cmocka_unit_test(it_waits_without_waking_up),
		cmocka_unit_test(the_page_of_last_time_stands_there_while_the_next_is_ranked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
