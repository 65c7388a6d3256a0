#include "ui/reader_child.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

/* ---- between fork and exec: only what a signal handler may do as well ---- */

/* Signals as a fresh program expects them, a process group of its own so that the terminal's keys don't reach it. out < 0: /dev/null too. */
static void become(int out)
{
	static const int SIGNALS[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTSTP, SIGWINCH, SIGPIPE };
	struct sigaction sa = { .sa_handler = SIG_DFL };
	int null = open("/dev/null", O_RDWR);

	for (size_t i = 0; i < sizeof SIGNALS / sizeof SIGNALS[0]; i++)
		(void)sigaction(SIGNALS[i], &sa, NULL);
	(void)setpgid(0, 0);
	if (null < 0)
		_exit(127);
	(void)dup2(null, STDIN_FILENO);
	(void)dup2(out < 0 ? null : out, STDOUT_FILENO);
	(void)dup2(null, STDERR_FILENO);
}

/* ---- fetch ---- */

enum err fetch_start(struct fetch *f, char *const *argv, struct err_info *info)
{
	int pipe_fd[2];
	pid_t pid;

	if (f->pid)
		return err_set(info, ERR_BUSY, "already fetching");
	if (pipe(pipe_fd) < 0)
		return err_errno(info, "fetch");
	pid = fork();
	if (pid < 0) {
		enum err e = err_errno(info, "fetch");

		close(pipe_fd[0]);
		close(pipe_fd[1]);
		return e;
	}
	if (pid == 0) {
		become(pipe_fd[1]);
		close(pipe_fd[0]);
		close(pipe_fd[1]);
		execvp(argv[0], argv);
		_exit(127);
	}
	close(pipe_fd[1]);
	(void)fcntl(pipe_fd[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(pipe_fd[0], F_SETFL, O_NONBLOCK);
	buf_clear(&f->line);
	*f = (struct fetch){ .pid = pid, .fd = pipe_fd[0], .line = BUF_INIT };
	return OK;
}

static size_t whole(const json_t *o, const char *name, size_t otherwise)
{
	const json_t *v = json_object_get(o, name);

	return json_is_integer(v) && json_integer_value(v) >= 0 ? (size_t)json_integer_value(v) : otherwise;
}

/* One object a feed; before them, perhaps, that another fetch is waited for; at the end a summary, which says what came by that one. */
static void take_line(struct fetch *f, const char *s, size_t n)
{
	json_t *o = json_loadb(s, n, 0, NULL);
	const char *status = json_string_value(json_object_get(o, "status"));
	const json_t *summary = json_object_get(o, "summary");

	f->waits = json_object_get(o, "waiting") != NULL;
	f->items_new += summary ? (long)whole(summary, "items_other", 0) : 0;
	if (status) {
		f->done = whole(o, "done", f->done + 1);
		f->total = whole(o, "total", f->total);
		f->items_new += (long)whole(o, "items_new", 0);
		f->failed += strcmp(status, "error") == 0;
	}
	json_decref(o);
}

#define LINE_MOST 65536 /* a line longer than this isn't one of ours; what is over is dropped */

static void take(struct fetch *f, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] != '\n') {
			if (f->line.len < LINE_MOST)
				buf_putc(&f->line, s[i]);
			continue;
		}
		take_line(f, buf_str(&f->line), f->line.len);
		buf_cut(&f->line, 0);
	}
}

static void end(struct fetch *f)
{
	close(f->fd);
	f->fd = -1;
	f->ended = true;
	while (waitpid(f->pid, &f->status, 0) < 0 && errno == EINTR)
		;
	f->pid = 0;
	buf_clear(&f->line);
}

void fetch_read(struct fetch *f)
{
	char piece[4096];

	while (f->fd >= 0) {
		ssize_t n = read(f->fd, piece, sizeof piece);

		if (n > 0)
			take(f, piece, (size_t)n);
		else if (n == 0 || (errno != EINTR && errno != EAGAIN))
			end(f);
		else if (errno == EAGAIN)
			return;
	}
}

/* It has a second to end its transaction and go; a later end is left to init. */
void fetch_stop(struct fetch *f)
{
	if (!f->pid)
		return;
	(void)kill(f->pid, SIGTERM);
	close(f->fd);
	f->fd = -1;
	for (int i = 0; i < 100 && waitpid(f->pid, &f->status, WNOHANG) == 0; i++)
		(void)poll(NULL, 0, 10);
	f->pid = 0;
	buf_clear(&f->line);
}

/* ---- browser ---- */

/* The words of the command with the link in its place. words [out] owns the copy that argv points into. */
static char **browser_argv(const char *command, const char *link, char **words)
{
	size_t n = 0, most = strlen(command) / 2 + 5;
	char **argv = mem_zero(most, sizeof *argv), *s = mem_strdup(command);
	bool placed = false;

	*words = s;
	for (s += strspn(s, " \t"); *s;) {
		size_t len = strcspn(s, " \t");
		char *next = s + len + strspn(s + len, " \t");

		s[len] = '\0';
		argv[n++] = strcmp(s, "%u") == 0 ? (char *)link : s;
		placed = placed || argv[n - 1] == link;
		s = next;
	}
	if (n == 0)
		argv[n++] = (char *)"xdg-open"; /* which takes "--" for an option that it doesn't know */
	else if (!placed)
		argv[n++] = (char *)"--";
	if (!placed)
		argv[n++] = (char *)link;
	return argv;
}

/* Twice forked, so that nobody has to wait for the browser; errno of a failed exec comes back through a pipe that exec closes. */
static void run_detached(char **argv, int report)
{
	pid_t pid = fork();
	int e;

	if (pid > 0)
		_exit(0);
	if (pid == 0) {
		become(-1);
		execvp(argv[0], argv);
	}
	e = errno;
	(void)!write(report, &e, sizeof e);
	_exit(127);
}

static int start_detached(char **argv)
{
	int report[2], e = 0;
	ssize_t n;
	pid_t pid;

	if (pipe(report) < 0)
		return errno;
	(void)fcntl(report[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(report[1], F_SETFD, FD_CLOEXEC);
	pid = fork();
	if (pid == 0)
		run_detached(argv, report[1]);
	e = pid < 0 ? errno : 0;
	close(report[1]);
	if (pid > 0) {
		while ((n = read(report[0], &e, sizeof e)) < 0 && errno == EINTR)
			;
		if (n != sizeof e)
			e = 0;
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	close(report[0]);
	return e;
}

enum err browser_open(const char *command, const char *link, struct err_info *info)
{
	char *words, **argv;
	enum err result = OK;

	if (*link == '-' || !*link)
		return err_set(info, ERR_USAGE, "'%.100s' is no address, and isn't given to a program", link);
	argv = browser_argv(command, link, &words);
	errno = start_detached(argv);
	if (errno)
		result = err_errno(info, "%.100s", argv[0]);
	free(argv);
	free(words);
	return result;
}
