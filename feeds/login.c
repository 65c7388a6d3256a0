#include <config.h>

#include "feeds/login.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"

#define LOGIN_MOST 4096 /* bytes of a file or of what a command prints */

/* Overwritten before it is given back; volatile, so that no compiler leaves it out. */
static void wipe(struct buf *b)
{
	for (volatile char *p = b->s; p && p < b->s + b->len; p++)
		*p = '\0';
	buf_clear(b);
}

static enum err first_line(struct arena *a, const struct buf *text, const char *from, const char **login, struct err_info *info)
{
	size_t n = strcspn(buf_str(text), "\r\n");
	const char *line = arena_strndup(a, buf_str(text), n);

	if (n == 0 || *line == ':' || !strchr(line, ':'))
		return err_set(info, ERR_USAGE, "%.300s: the first line is no user:password", from);
	*login = line;
	return OK;
}

/* ---- a file ---- */

static enum err read_file(struct arena *a, const char *written, const char **login, struct err_info *info)
{
	const char *home = getenv("HOME"), *path = written[0] == '~' && home ? arena_printf(a, "%s%s", home, written + 1) : written;
	struct buf text = BUF_INIT;
	struct stat st;
	enum err e;

	if (stat(path, &st) != 0)
		return err_errno(info, "%.300s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(info, ERR_USAGE, "%.300s: is not a regular file", path);
	if (st.st_mode & 077)
		return err_set(info, ERR_USAGE, "%.300s: others may read it or write to it (mode %04o); chmod 600 makes it yours alone", path, (unsigned)(st.st_mode & 07777));
	e = buf_read_file(&text, path, LOGIN_MOST, info);
	if (e == OK)
		e = first_line(a, &text, path, login, info);
	wipe(&text);
	return e;
}

/* ---- a command ---- */

static char **words_of(struct arena *a, const char *command)
{
	char *s = arena_strdup(a, command), **argv = arena_zero(a, strlen(s) / 2 + 2, sizeof *argv);
	size_t n = 0;

	for (s += strspn(s, " \t"); *s;) {
		size_t len = strcspn(s, " \t");
		char *next = s + len + strspn(s + len, " \t");

		s[len] = '\0';
		argv[n++] = s;
		s = next;
	}
	return argv;
}

/* What it complains of may hold what nobody should read: standard error goes nowhere. */
static void become(char **argv, int out)
{
	struct sigaction sa = { .sa_handler = SIG_DFL };
	int null = open("/dev/null", O_RDWR);

	(void)sigaction(SIGINT, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGPIPE, &sa, NULL);
	(void)setpgid(0, 0);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

/* Until it says no more, or its time is over. Returns false in the last case. */
static bool drain(int fd, double until, struct buf *text)
{
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		double left = until - log_monotonic();
		char piece[512];
		ssize_t n;

		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)(1000 * left) + 1) <= 0)
			continue; /* a signal, or the time: seen above */
		n = read(fd, piece, sizeof piece);
		if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
			return true;
		if (n > 0 && text->len < LOGIN_MOST)
			buf_add(text, piece, (size_t)n);
	}
}

static void end_all(pid_t pid)
{
	(void)kill(-pid, SIGKILL);
	(void)kill(pid, SIGKILL); /* where it hasn't its group yet */
}

/* Its end, which needn't come with the end of what it says. *in_time [in,out] false: it is made to end. */
static int wait_for(pid_t pid, double until, bool *in_time)
{
	int status = 0;
	pid_t ended;

	while (*in_time && (ended = waitpid(pid, &status, WNOHANG)) != pid) {
		if (ended < 0 && errno != EINTR)
			return -1;
		*in_time = log_monotonic() < until;
		(void)poll(NULL, 0, 5);
	}
	if (*in_time)
		return status;
	end_all(pid);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

static enum err outcome(const char *program, bool in_time, int status, struct err_info *info)
{
	if (!in_time)
		return err_set(info, ERR_USAGE, "the login command %.200s was not done within %d s", program, LOGIN_SECONDS);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return err_set(info, ERR_USAGE, "the login command %.200s can't be run", program);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return err_set(info, ERR_USAGE, "the login command %.200s failed", program);
	return OK;
}

static enum err run(struct arena *a, const char *command, const char **login, struct err_info *info)
{
	char **argv = words_of(a, command);
	struct buf text = BUF_INIT;
	double until = log_monotonic() + LOGIN_SECONDS;
	int fds[2], status;
	bool in_time;
	pid_t pid;
	enum err e;

	if (pipe(fds) != 0)
		return err_errno(info, "login command");
	(void)fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(fds[1], F_SETFD, FD_CLOEXEC);
	pid = fork();
	if (pid == 0)
		become(argv, fds[1]);
	e = pid < 0 ? err_errno(info, "login command") : OK;
	(void)close(fds[1]);
	if (pid > 0) {
		in_time = drain(fds[0], until, &text);
		status = wait_for(pid, until, &in_time);
		e = outcome(argv[0], in_time, status, info);
	}
	(void)close(fds[0]);
	if (e == OK)
		e = first_line(a, &text, argv[0], login, info);
	wipe(&text);
	return e;
}

enum err login_read(struct arena *a, const struct feed_settings *s, const char **login, struct err_info *info)
{
	if (s->login_file)
		return read_file(a, s->login_file, login, info);
	if (s->login_command)
		return run(a, s->login_command, login, info);
	*login = NULL;
	return OK;
}
