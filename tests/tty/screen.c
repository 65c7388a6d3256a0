#include "screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"

#define PATIENCE 30.0 /* seconds; a loaded machine and sanitizers are slow */
#define QUIET_MS 120

/* The last of two byte strings that was written: true for `on`. Read from the bytes, because libvterm 0.1.4 was seen to call the cursor
 * hidden after "?25h" and then "?1049l". */
static bool last_is(const struct screen_run *s, const char *on, const char *off, bool otherwise)
{
	size_t n = strlen(on);

	for (size_t i = s->bytes.len; i-- > 0;) {
		if (i + n > s->bytes.len)
			continue;
		if (memcmp(s->bytes.s + i, on, n) == 0 || memcmp(s->bytes.s + i, off, n) == 0)
			return memcmp(s->bytes.s + i, on, n) == 0;
	}
	return otherwise;
}

bool screen_alternate(const struct screen_run *s)
{
	return last_is(s, "\033[?1049h", "\033[?1049l", false);
}

bool screen_cursor(const struct screen_run *s)
{
	return last_is(s, "\033[?25h", "\033[?25l", true);
}

bool screen_drags(const struct screen_run *s)
{
	return last_is(s, "\033[?1000h", "\033[?1000l", false) && last_is(s, "\033[?1002h", "\033[?1002l", false) &&
	       last_is(s, "\033[?1006h", "\033[?1006l", false);
}

void screen_mouse(struct screen_run *s, int button, int row, int col, bool released)
{
	char bytes[48];

	if (!screen_drags(s))
		return;
	snprintf(bytes, sizeof bytes, "\033[<%d;%d;%d%c", button, col + 1, row + 1, released ? 'm' : 'M');
	screen_type(s, bytes);
}

static void open_pair(struct screen_run *s)
{
	const char *name;

	s->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(s->master >= 0);
	assert_int_equal(grantpt(s->master), 0);
	assert_int_equal(unlockpt(s->master), 0);
	name = ptsname(s->master);
	assert_non_null(name);
	s->slave = open(name, O_RDWR | O_NOCTTY);
	assert_true(s->slave >= 0);
	assert_int_equal(tcgetattr(s->slave, &s->before), 0);
	(void)fcntl(s->master, F_SETFD, FD_CLOEXEC);
	(void)fcntl(s->slave, F_SETFD, FD_CLOEXEC);
}

static void become(const struct screen_run *s, char *const *argv, char *const *env)
{
	struct rlimit none = { 0, 0 };

	(void)setsid();
	(void)ioctl(s->slave, TIOCSCTTY, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
	for (int fd = 0; fd < 3; fd++)
		(void)dup2(s->slave, fd);
	execve(argv[0], argv, env);
	_exit(127);
}

void screen_start(struct screen_run *s, int rows, int cols, char *const *argv, char *const *env)
{
	*s = (struct screen_run){ .rows = rows, .cols = cols, .bytes = BUF_INIT };
	open_pair(s);
	s->vt = vterm_new(rows, cols);
	vterm_set_utf8(s->vt, 1);
	s->screen = vterm_obtain_screen(s->vt);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_reset(s->screen, 1);
	screen_resize(s, rows, cols);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		become(s, argv, env);
}

void screen_free(struct screen_run *s)
{
	if (s->pid > 0) {
		(void)kill(s->pid, SIGKILL);
		(void)waitpid(s->pid, NULL, 0);
	}
	close(s->master);
	close(s->slave);
	vterm_free(s->vt);
	buf_clear(&s->bytes);
}

/* Take in what comes within ms. Returns false where nothing did. */
static bool take(struct screen_run *s, int ms)
{
	struct pollfd p = { s->master, POLLIN, 0 };
	char bytes[4096];
	ssize_t n;
	size_t reply;

	if (poll(&p, 1, ms) <= 0 || !(p.revents & POLLIN))
		return false;
	n = read(s->master, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	buf_add(&s->bytes, bytes, (size_t)n);
	(void)vterm_input_write(s->vt, bytes, (size_t)n);
	reply = vterm_output_read(s->vt, bytes, sizeof bytes);
	if (reply)
		(void)!write(s->master, bytes, reply);
	return true;
}

void screen_type(struct screen_run *s, const char *bytes)
{
	assert_int_equal(write(s->master, bytes, strlen(bytes)), strlen(bytes));
}

void screen_resize(struct screen_run *s, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	s->rows = rows;
	s->cols = cols;
	vterm_set_size(s->vt, rows, cols);
	assert_int_equal(ioctl(s->master, TIOCSWINSZ, &w), 0);
}

void screen_settle(struct screen_run *s)
{
	double end = log_monotonic() + PATIENCE;

	while (take(s, QUIET_MS))
		if (log_monotonic() > end)
			fail_msg("the screen never comes to rest");
}

static void add_cell(struct buf *out, const VTermScreenCell *c)
{
	char bytes[4];

	if (c->chars[0] == 0)
		buf_putc(out, ' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c->chars[i]; i++)
		buf_add(out, bytes, utf8_encode(c->chars[i], bytes));
}

void screen_text(struct screen_run *s, struct buf *out)
{
	for (int row = 0; row < s->rows; row++) {
		for (int col = 0; col < s->cols;) {
			VTermScreenCell c;

			if (!vterm_screen_get_cell(s->screen, (VTermPos){ row, col }, &c)) {
				col++;
				continue;
			}
			add_cell(out, &c);
			col += c.width > 0 ? c.width : 1;
		}
		while (out->len && out->s[out->len - 1] == ' ')
			buf_cut(out, out->len - 1);
		buf_putc(out, '\n');
	}
}

bool screen_shows(struct screen_run *s, const char *words)
{
	struct buf text = BUF_INIT;
	bool found;

	screen_text(s, &text);
	found = strstr(text.s, words) != NULL;
	buf_clear(&text);
	return found;
}

void screen_expect(struct screen_run *s, const char *words)
{
	double end = log_monotonic() + PATIENCE;

	while (!screen_shows(s, words)) {
		if (take(s, 200))
			continue;
		if (waitpid(s->pid, NULL, WNOHANG) == s->pid) {
			s->pid = 0;
			end = 0;
		}
		if (log_monotonic() > end) {
			struct buf text = BUF_INIT;

			screen_text(s, &text);
			print_error("%s\n", text.s);
			fail_msg("\"%s\" never stood on the screen", words);
		}
	}
	screen_settle(s);
}

void screen_golden(struct screen_run *s, const char *name)
{
	const char *dir = getenv("TEST_SRCDIR");
	struct buf path = BUF_INIT, shown = BUF_INIT, wanted = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;

	screen_settle(s);
	buf_printf(&path, "%s/tests/golden/%s.screen", dir ? dir : ".", name);
	screen_text(s, &shown);
	if (getenv("UPDATE_GOLDEN"))
		assert_int_equal(buf_write_file(path.s, shown.s, shown.len, 0644, &info), OK);
	if (buf_read_file(&wanted, path.s, 1 << 20, &info) != OK)
		fail_msg("%s (UPDATE_GOLDEN=1 writes it)", info.text);
	if (strcmp(buf_str(&wanted), shown.s) != 0)
		fail_msg("%s is not what stands on the screen:\n%s", path.s, shown.s);
	buf_clear(&path);
	buf_clear(&shown);
	buf_clear(&wanted);
}

int screen_wait(struct screen_run *s)
{
	double end = log_monotonic() + PATIENCE;
	int status = 0;

	for (;;) {
		(void)take(s, 20);
		if (waitpid(s->pid, &status, WNOHANG) == s->pid)
			break;
		if (log_monotonic() > end)
			fail_msg("the program doesn't end");
	}
	while (take(s, 20))
		;
	s->pid = 0;
	return status;
}

/* The last bytes, for people. Lives until the next call. */
static const char *tail(const struct screen_run *s)
{
	static char out[400];
	size_t from = s->bytes.len > 80 ? s->bytes.len - 80 : 0, n = 0;

	for (size_t i = from; i < s->bytes.len && n + 5 < sizeof out; i++)
		n += (size_t)snprintf(out + n, sizeof out - n, s->bytes.s[i] < 0x20 ? "\\%03o" : "%c", (unsigned char)s->bytes.s[i]);
	return out;
}

void screen_whole(const struct screen_run *s)
{
	struct termios now;

	assert_int_equal(tcgetattr(s->slave, &now), 0);
	assert_int_equal(now.c_iflag, s->before.c_iflag);
	assert_int_equal(now.c_oflag, s->before.c_oflag);
	assert_int_equal(now.c_cflag, s->before.c_cflag);
	assert_int_equal(now.c_lflag, s->before.c_lflag);
	assert_memory_equal(now.c_cc, s->before.c_cc, sizeof now.c_cc);
	if (last_is(s, "\033[?1000h", "\033[?1000l", false) || last_is(s, "\033[?1002h", "\033[?1002l", false) || last_is(s, "\033[?1006h", "\033[?1006l", false))
		fail_msg("the mouse is still reported, after: %s", tail(s));
	if (screen_alternate(s) || !screen_cursor(s))
		fail_msg("left on the %s screen, cursor %s, after: %s", screen_alternate(s) ? "alternate" : "main", screen_cursor(s) ? "shown" : "hidden",
			tail(s));
}
