/* Programs that are measured. */
#include "bench_child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"

static void become(char *const *argv, const char *home, int out)
{
	int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(out >= 0 ? out : null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	if (home)
		setenv("HOME", home, 1);
	execvp(argv[0], argv);
	_exit(127);
}

struct child child_start(char *const *argv, const char *home, bool piped)
{
	struct child c = { .pid = -1, .out = -1, .start = log_monotonic() };
	int end[2] = { -1, -1 };

	if (piped && pipe2(end, O_CLOEXEC) != 0)
		return c;
	c.pid = fork();
	if (c.pid == 0)
		become(argv, home, end[1]);
	if (end[1] >= 0)
		close(end[1]);
	c.out = end[0];
	return c;
}

/* The number behind `name` in a file of /proc. */
static double field(const char *text, const char *name)
{
	const char *p = strstr(text, name);

	return p ? atof(p + strlen(name)) : 0;
}

struct cost child_now(const struct child *c)
{
	struct cost cost = { .wall = log_monotonic() - c->start };
	struct buf b = BUF_INIT;
	unsigned long user = 0, sys = 0;
	char path[64];
	const char *p;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)c->pid);
	if (buf_read_file(&b, path, 65536, NULL) == OK && (p = strrchr(b.s, ')')) != NULL)
		for (int i = 0; i < 12 && p; i++) { /* utime and stime are the 12th and 13th behind the name */
			p = strchr(p + 1, ' ');
			if (i == 11 && p && sscanf(p, "%lu %lu", &user, &sys) != 2)
				user = sys = 0;
		}
	cost.cpu = (double)(user + sys) / (double)sysconf(_SC_CLK_TCK);
	buf_cut(&b, 0);
	snprintf(path, sizeof path, "/proc/%d/status", (int)c->pid);
	if (buf_read_file(&b, path, 65536, NULL) == OK)
		cost.mb = field(b.s, "VmHWM:") / 1024;
	buf_clear(&b);
	return cost;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

struct cost child_wait(struct child *c, double limit)
{
	struct cost cost = { 0 };
	struct rusage used;
	int status = 0;
	pid_t got;

	while ((got = wait4(c->pid, &status, limit > 0 ? WNOHANG : 0, &used)) == 0) {
		if (log_monotonic() - c->start > limit) {
			kill(c->pid, SIGKILL);
			limit = 0;
		} else {
			usleep(2000);
		}
	}
	cost.wall = log_monotonic() - c->start;
	cost.status = got > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (got > 0) {
		cost.cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
		cost.mb = (double)used.ru_maxrss / 1024;
	}
	if (c->out >= 0)
		close(c->out);
	return cost;
}

bool child_exists(const char *name)
{
	const char *p = getenv("PATH");
	char path[1024];

	while (p && *p) {
		int n = (int)strcspn(p, ":");

		if (snprintf(path, sizeof path, "%.*s/%s", n, p, name) < (int)sizeof path && access(path, X_OK) == 0)
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}
