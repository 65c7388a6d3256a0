#include <config.h>

#include "ui/term_curses.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/keys.h"
#include "ui/mouse.h"

struct curses_term {
	attr_t attr[STYLE_COUNT];
	short pair[STYLE_COUNT];
	SCREEN *screen;
	struct grid last; /* what curses was given last; without cells before that */
	int dry;    /* times in a row that input was announced and none came */
	bool mouse; /* it reports to us */
};

/* ---- giving the terminal back, from a signal handler if need be ---- */

/* xterm's modes: presses and releases, movement while a button is held, and as SGR, which has no bounds and says which button it was. */
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

/* All that a handler needs, ready before the first signal can come: bytes to write and modes to set. */
static struct rescue {
	volatile sig_atomic_t armed, stop, resized; /* terminal taken; SIGTSTP, SIGWINCH came */
	struct termios modes;
	char bytes[256];
	size_t n;
} rescue;

static const int FATAL[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };

#define N_FATAL (sizeof FATAL / sizeof FATAL[0])

static void restore(void)
{
	size_t at = 0;

	if (!rescue.armed)
		return;
	rescue.armed = 0;
	while (at < rescue.n) {
		ssize_t w = write(STDOUT_FILENO, rescue.bytes + at, rescue.n - at);

		if (w < 0 && errno != EINTR)
			break;
		at += w > 0 ? (size_t)w : 0;
	}
	tcsetattr(STDIN_FILENO, TCSANOW, &rescue.modes);
}

/* SA_RESETHAND has put the default back, so raising it again ends us as the signal would have. */
static void on_fatal(int sig)
{
	restore();
	raise(sig);
}

static void on_stop(int sig)
{
	(void)sig;
	rescue.stop = 1;
}

static void on_resize(int sig)
{
	(void)sig;
	rescue.resized = 1;
}

/* A capability without its padding ("$<5>"), which no terminal of today waits for. */
static void collect(const char *capability)
{
	const char *s = tigetstr(capability);

	if (!s || s == (const char *)-1)
		return;
	while (*s && rescue.n < sizeof rescue.bytes) {
		const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;

		if (end)
			s = end + 1;
		else
			rescue.bytes[rescue.n++] = *s++;
	}
}

static void collect_bytes(const char *s)
{
	while (*s && rescue.n < sizeof rescue.bytes)
		rescue.bytes[rescue.n++] = *s++;
}

static void set_handler(int sig, void (*fn)(int), int flags)
{
	struct sigaction sa = { .sa_handler = fn, .sa_flags = flags };

	sigfillset(&sa.sa_mask);
	sigaction(sig, &sa, NULL);
}

/* Does the terminal know of a mouse? */
static bool reports_mouse(void)
{
	const char *s = tigetstr("kmous");

	return s && s != (const char *)-1;
}

/* After newterm, which brings handlers of its own. The order of the bytes is that of endwin. */
static void arm(const struct curses_term *t, const struct termios *before)
{
	rescue.modes = *before;
	rescue.n = 0;
	collect("sgr0");
	collect("op");
	collect("cnorm");
	if (t->mouse)
		collect_bytes(MOUSE_OFF);
	collect("rmkx");
	collect("rmcup");
	rescue.armed = 1;
	for (size_t i = 0; i < N_FATAL; i++)
		set_handler(FATAL[i], on_fatal, (int)SA_RESETHAND);
	set_handler(SIGTSTP, on_stop, 0);
	set_handler(SIGWINCH, on_resize, 0);
	signal(SIGPIPE, SIG_IGN);
}

static void disarm(void)
{
	for (size_t i = 0; i < N_FATAL; i++)
		set_handler(FATAL[i], SIG_DFL, 0);
	set_handler(SIGTSTP, SIG_DFL, 0);
	set_handler(SIGWINCH, SIG_DFL, 0);
	rescue.armed = 0;
}

/* ---- styles ---- */

static const struct look {
	short color; /* -1: the terminal's own */
	attr_t attr;
} LOOK[STYLE_COUNT] = {
	[STYLE_PLAIN] = { -1, A_NORMAL },         [STYLE_DIM] = { -1, A_DIM },
	[STYLE_BRAND] = { COLOR_MAGENTA, 0 },     [STYLE_TITLE] = { -1, 0 },
	[STYLE_SCORE] = { COLOR_BLUE, 0 },        [STYLE_KNOB] = { COLOR_CYAN, 0 },
	[STYLE_EXPLORE] = { COLOR_CYAN, 0 },      [STYLE_SERENDIPITY] = { COLOR_MAGENTA, 0 },
	[STYLE_STAR] = { COLOR_YELLOW, 0 },       [STYLE_LINK] = { COLOR_BLUE, A_UNDERLINE },
	[STYLE_CODE] = { COLOR_GREEN, 0 },        [STYLE_QUOTE] = { COLOR_CYAN, 0 },
	[STYLE_GOOD] = { COLOR_GREEN, 0 },        [STYLE_BAD] = { COLOR_RED, 0 },
	[STYLE_NOTICE] = { COLOR_YELLOW, 0 },     [STYLE_KEY] = { COLOR_CYAN, 0 },
	[STYLE_FOR] = { COLOR_GREEN, A_BOLD },    [STYLE_AGAINST] = { COLOR_RED, A_UNDERLINE },
};

static void init_looks(struct curses_term *t, bool color)
{
	const char *no = getenv("NO_COLOR");
	bool on = color && !(no && *no) && has_colors() && start_color() != ERR;
	short next = 1;

	if (on)
		use_default_colors();
	for (int i = 0; i < STYLE_COUNT; i++) {
		t->attr[i] = LOOK[i].attr;
		if (!on || LOOK[i].color < 0 || init_pair(next, LOOK[i].color, -1) == ERR)
			continue;
		t->pair[i] = next++;
	}
}

static attr_t attr_of(const struct curses_term *t, unsigned style)
{
	attr_t a = t->attr[STYLE_NAME(style)];

	if (style & STYLE_CURSOR)
		a = (a & ~A_DIM) | A_REVERSE; /* dim and reverse together can't be read on many terminals */
	if (style & STYLE_BOLD)
		a |= A_BOLD;
	if (style & STYLE_ITALIC)
		a |= A_ITALIC;
	if (style & STYLE_STRIKE)
		a |= A_DIM;
	return a;
}

/* ---- cells ---- */

/* As much of the cluster as curses takes into one cell of `width`: a base as wide as libc thinks it is, and marks on it.
 * Where libc and we disagree about the width (joined emoji, flags, symbols shown as emoji) only what both can place is left, so
 * that a row is never torn. Returns the cells that it takes, 0 if none of it can be placed. */
static int characters(const struct cell *c, wchar_t out[CCHARW_MAX + 1])
{
	size_t n = 0;
	int width = 0;

	for (size_t i = 0; i < c->len && n < CCHARW_MAX;) {
		uint32_t cp;
		int w;

		i += utf8_decode(c->s + i, c->len - i, &cp);
		w = wcwidth((wchar_t)cp);
		if (n == 0 && (w < 1 || w > c->width))
			return 0;
		if (n > 0 && (w != 0 || cp == 0x200d || cp == 0xfe0f))
			break;
		if (n == 0)
			width = w;
		out[n++] = (wchar_t)cp;
	}
	out[n] = L'\0';
	return width;
}

static void put_cell(const struct curses_term *t, int row, int col, const struct cell *c)
{
	wchar_t text[CCHARW_MAX + 1];
	attr_t attr = attr_of(t, c->style);
	short pair = t->pair[STYLE_NAME(c->style)];
	int width = characters(c, text);
	cchar_t cc;

	if (width == 0) {
		wmemcpy(text, L"?", 2);
		width = 1;
	}
	setcchar(&cc, text, attr, pair, NULL);
	mvadd_wch(row, col, &cc);
	for (; width < c->width; width++) {
		setcchar(&cc, L" ", attr, pair, NULL);
		mvadd_wch(row, col + width, &cc);
	}
}

static bool same(const struct cell *a, const struct cell *b)
{
	return a->style == b->style && a->width == b->width && a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

/* Only what has changed goes to curses: comparing two cells is a tenth of the work of giving one. Left to right, so that a cell which
 * loses its place to a wide neighbour is given anew behind it. */
static void draw(struct term *term, const struct grid *g, bool whole)
{
	struct curses_term *t = term->self;
	int rows = g->rows < LINES ? g->rows : LINES, cols = g->cols < COLS ? g->cols : COLS;
	bool fresh = !t->last.cell || t->last.rows != g->rows || t->last.cols != g->cols;

	if (fresh) {
		grid_clear(&t->last);
		grid_init(&t->last, g->rows, g->cols, false);
	}
	if (whole)
		clearok(curscr, TRUE);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++) {
			const struct cell *c = grid_at(g, row, col);

			if (c->width && col + c->width <= cols && (fresh || !same(c, grid_at(&t->last, row, col))))
				put_cell(t, row, col, c);
		}
	memcpy(t->last.cell, g->cell, (size_t)g->rows * (size_t)g->cols * sizeof *g->cell);
	refresh();
}

static void size(struct term *t, int *rows, int *cols)
{
	struct winsize w;

	(void)t;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row > 0 && w.ws_col > 0 && (w.ws_row != LINES || w.ws_col != COLS))
		resizeterm(w.ws_row, w.ws_col);
	*rows = LINES > 0 ? LINES : 1;
	*cols = COLS > 0 ? COLS : 1;
}

/* ---- keys ---- */

static uint32_t named(wint_t code)
{
	static const struct { int code; uint32_t key; } KEYS[] = {
		{ KEY_UP, KEYS_UP }, { KEY_DOWN, KEYS_DOWN }, { KEY_LEFT, KEYS_LEFT }, { KEY_RIGHT, KEYS_RIGHT }, { KEY_HOME, KEYS_HOME },
		{ KEY_END, KEYS_END }, { KEY_PPAGE, KEYS_PAGEUP }, { KEY_NPAGE, KEYS_PAGEDOWN }, { KEY_IC, KEYS_INSERT }, { KEY_DC, KEYS_DELETE },
		{ KEY_BACKSPACE, KEYS_BACKSPACE }, { KEY_ENTER, KEYS_ENTER }, { KEY_BTAB, KEYS_BACKTAB },
	};

	for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
		if ((wint_t)KEYS[i].code == code)
			return KEYS[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEYS_F1 + (uint32_t)(code - KEY_F(1));
	return KEYS_NONE;
}

static uint32_t character(wint_t code)
{
	return code < 0x20 || code == 0x7f ? keys_control((unsigned char)code) : (uint32_t)code;
}

/* ---- the mouse ----
 *
 * Read here and not by curses, whose getmouse keeps only the last of several events that arrive together: a click over a slow line would be a release.
 */

#define MOUSE_CODE (KEY_MAX + 1) /* what get_wch calls the start of a report */
#define MOUSE_START "\033[<"
#define MOUSE_WAIT 25            /* ms, for the rest of a report that came in pieces */

/* To the terminal at once, between what curses writes. */
static void write_now(const char *s)
{
	size_t n = strlen(s);

	while (n) {
		ssize_t w = write(STDOUT_FILENO, s, n);

		if (w < 0 && errno != EINTR)
			return;
		s += w > 0 ? w : 0;
		n -= w > 0 ? (size_t)w : 0;
	}
}

static void mouse_on(const struct curses_term *t)
{
	if (!t->mouse)
		return;
	define_key(MOUSE_START, MOUSE_CODE);
	write_now(MOUSE_ON);
}

/* The rest of a report up to its letter. Returns false where nothing came of it that anybody waits for. */
static bool take_mouse(struct mouse *out)
{
	struct pollfd in = { STDIN_FILENO, POLLIN, 0 };
	char report[MOUSE_REPORT + 1];

	for (size_t n = 0; n < MOUSE_REPORT; n++) {
		wint_t c;
		int what = get_wch(&c);

		if (what == ERR && poll(&in, 1, MOUSE_WAIT) > 0)
			what = get_wch(&c);
		if (what != OK || c > 0x7e)
			return false;
		report[n] = (char)c;
		report[n + 1] = '\0';
		if (c >= '@')
			return mouse_read(report, out);
	}
	return false;
}

/* ---- what has come ---- */

enum arrival { ARRIVED_NOTHING, ARRIVED_UNKNOWN, ARRIVED_KEY, ARRIVED_MOUSE };

/* What is there already, without waiting. ESC and a character right behind it are that character with Meta. */
static enum arrival take_input(struct term *term, uint32_t *key)
{
	wint_t code, next;
	int what = get_wch(&code);

	if (what == ERR)
		return ARRIVED_NOTHING;
	if (what == KEY_CODE_YES && code == MOUSE_CODE)
		return take_mouse(&term->mouse) ? ARRIVED_MOUSE : ARRIVED_UNKNOWN;
	if (what == KEY_CODE_YES)
		*key = named(code);
	else if (code == 0x1b && get_wch(&next) == OK)
		*key = character(next) | KEYS_META;
	else
		*key = character(code);
	return *key != KEYS_NONE ? ARRIVED_KEY : ARRIVED_UNKNOWN;
}

/* SIGTSTP: give the terminal back, stop, and take it again when we go on. */
static void stop(const struct curses_term *t)
{
	rescue.stop = 0;
	if (t->mouse)
		write_now(MOUSE_OFF);
	endwin();
	raise(SIGSTOP);
	clearok(curscr, TRUE);
	refresh();
	if (t->mouse)
		write_now(MOUSE_ON);
	rescue.resized = 1;
}

#define DRY_MOST 16 /* a terminal that says "input" so often without any is gone */

/* Input was announced where fds[0] says so. */
static enum term_event polled(struct term *term, const struct pollfd *fds, uint32_t *key)
{
	struct curses_term *t = term->self;

	if (fds[0].revents & POLLIN) {
		enum arrival a = take_input(term, key);

		t->dry = a == ARRIVED_NOTHING ? t->dry + 1 : 0;
		if (a == ARRIVED_KEY || a == ARRIVED_MOUSE)
			return a == ARRIVED_KEY ? TERM_KEY : TERM_MOUSE;
		if (t->dry > DRY_MOST)
			return TERM_HANGUP;
	} else if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
		return TERM_HANGUP;
	}
	for (int i = 1; i <= TERM_FDS; i++)
		if (fds[i].fd >= 0 && fds[i].revents)
			return TERM_FD;
	return TERM_RESIZE;
}

/* SIGWINCH and SIGTSTP are let in only while ppoll waits, so that none is lost between looking and waiting. */
static enum term_event wait_event(struct term *term, const int *fd, int timeout_ms, uint32_t *key)
{
	struct curses_term *t = term->self;
	struct timespec limit = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };

	for (;;) {
		struct pollfd fds[1 + TERM_FDS] = { { STDIN_FILENO, POLLIN, 0 }, { fd[0], POLLIN, 0 }, { fd[1], POLLIN, 0 } };
		enum arrival a = take_input(term, key);
		sigset_t block, before;
		int n;

		if (a == ARRIVED_KEY || a == ARRIVED_MOUSE)
			return a == ARRIVED_KEY ? TERM_KEY : TERM_MOUSE;
		if (a == ARRIVED_UNKNOWN)
			continue;
		sigemptyset(&block);
		sigaddset(&block, SIGWINCH);
		sigaddset(&block, SIGTSTP);
		sigprocmask(SIG_BLOCK, &block, &before);
		n = rescue.stop || rescue.resized ? -1 : ppoll(fds, 1 + TERM_FDS, timeout_ms < 0 ? NULL : &limit, &before);
		sigprocmask(SIG_SETMASK, &before, NULL);
		if (rescue.stop)
			stop(t);
		if (rescue.resized) {
			rescue.resized = 0;
			return TERM_RESIZE;
		}
		if (n == 0)
			return TERM_TIMEOUT;
		if (n > 0) {
			enum term_event e = polled(term, fds, key);

			if (e != TERM_RESIZE)
				return e;
		}
	}
}

static void bell(struct term *t)
{
	(void)t;
	beep();
}

/* ---- opening and closing ---- */

/* Take the screen, if this terminal can do what we need. newterm, because initscr would end the process where it can't. */
static enum err take_screen(SCREEN **out, struct err_info *info)
{
	const char *name = getenv("TERM");
	const char *address;
	SCREEN *s;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(info, ERR_UNSUPPORTED, "the reader needs a terminal for its keys and its screen; eclose rank prints the page as text");
	s = name && *name ? newterm(NULL, stdout, stdin) : NULL;
	if (!s)
		return err_set(info, ERR_UNSUPPORTED, "this terminal is not known here (TERM=%.60s); try TERM=xterm", name ? name : "");
	set_term(s);
	address = tigetstr("cup");
	if (!address || address == (const char *)-1) {
		endwin();
		delscreen(s);
		return err_set(info, ERR_UNSUPPORTED, "this terminal can't address its cursor (TERM=%.60s); eclose rank prints the page as text", name);
	}
	*out = s;
	return OK;
}

/* Single keys; Ctrl-Z, Ctrl-S and Ctrl-Q are keys like others, Ctrl-C stays a signal that works even when nothing else does. */
static void set_modes(void)
{
	struct termios m;

	cbreak();
	noecho();
	nonl();
	if (tcgetattr(STDIN_FILENO, &m) == 0) {
		m.c_cc[VSUSP] = _POSIX_VDISABLE;
#ifdef VLNEXT
		m.c_cc[VLNEXT] = _POSIX_VDISABLE;
#endif
#ifdef VDISCARD
		m.c_cc[VDISCARD] = _POSIX_VDISABLE;
#endif
		m.c_iflag &= ~(tcflag_t)IXON;
		tcsetattr(STDIN_FILENO, TCSANOW, &m);
		def_prog_mode();
	}
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(25);
	curs_set(0);
}

enum err term_curses_open(const struct term_options *o, struct term *t, struct err_info *info)
{
	struct curses_term *self;
	struct termios before;
	SCREEN *screen = NULL;
	enum err e;

	memset(&before, 0, sizeof before);
	(void)tcgetattr(STDIN_FILENO, &before); /* where it fails, take_screen says why */
	e = take_screen(&screen, info);
	if (e != OK)
		return e;
	self = mem_zero(1, sizeof *self);
	self->screen = screen;
	self->mouse = o->mouse && reports_mouse();
	arm(self, &before);
	set_modes();
	mouse_on(self);
	init_looks(self, o->color);
	*t = (struct term){
		.self = self, .size = size, .draw = draw, .wait = wait_event, .bell = bell,
		.ascii = !o->unicode || strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
	};
	return OK;
}

void term_curses_close(struct term *t)
{
	struct curses_term *self = t->self;

	if (self->mouse)
		write_now(MOUSE_OFF);
	endwin();
	disarm();
	delscreen(self->screen);
	grid_clear(&self->last);
	free(self);
	*t = (struct term){ 0 };
}
