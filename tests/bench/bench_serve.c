/* nginx for "large". */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "bench_large.h"

#define PATIENCE 200 /* tries to reach a server that starts, 10 ms apart */

int listen_at(int *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&at, size) != 0 || listen(fd, 1024) != 0 || getsockname(fd, (struct sockaddr *)&at, &size) != 0) {
		close(fd);
		return -1;
	}
	*port = ntohs(at.sin_port);
	return fd;
}

static const char *nginx_path(void)
{
	static const char *const paths[] = { "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx" };

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (access(paths[i], X_OK) == 0)
			return paths[i];
	return NULL;
}

/* One process, no log, everything in the folder: it needs no rights, and leaves nothing. */
static bool write_config(const struct serve *s, int port)
{
	struct buf b = BUF_INIT, path = BUF_INIT;
	bool ok;

	buf_printf(&b, "daemon off;\nmaster_process off;\npid %s/nginx.pid;\nerror_log %s/nginx.log;\nevents { worker_connections 4096; }\nhttp {\n", s->dir, s->dir);
	buf_puts(&b, "  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  tcp_nodelay on;\n  keepalive_requests 100000;\n  etag on;\n"
		"  types { application/rss+xml xml; }\n");
	buf_printf(&b, "  client_body_temp_path %s/t1;\n  proxy_temp_path %s/t2;\n  fastcgi_temp_path %s/t3;\n  uwsgi_temp_path %s/t4;\n  scgi_temp_path %s/t5;\n", s->dir, s->dir, s->dir,
		s->dir, s->dir);
	buf_printf(&b, "  server { listen 127.0.0.1:%d backlog=1024; root %s/www; }\n}\n", port, s->dir);
	buf_printf(&path, "%s/nginx.conf", s->dir);
	ok = buf_write_file(buf_str(&path), b.s, b.len, 0600, NULL) == OK;
	buf_clear(&b);
	buf_clear(&path);
	return ok;
}

static void stop(pid_t *pid)
{
	if (*pid > 0) {
		kill(*pid, SIGTERM);
		waitpid(*pid, NULL, 0);
	}
	*pid = 0;
}

static bool answers(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	for (int i = 0; i < PATIENCE; i++) {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), ok = fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0;

		if (fd >= 0)
			close(fd);
		if (ok)
			return true;
		usleep(10000);
	}
	return false;
}

static pid_t start_nginx(const struct serve *s, int port)
{
	const char *nginx = nginx_path();
	struct buf path = BUF_INIT, log = BUF_INIT;
	pid_t pid = -1;

	buf_printf(&path, "%s/nginx.conf", s->dir);
	buf_printf(&log, "%s/nginx.log", s->dir);
	if (nginx && write_config(s, port))
		pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* it ends with us, however we end */
		execl(nginx, nginx, "-p", s->dir, "-e", buf_str(&log), "-c", buf_str(&path), (char *)NULL);
		_exit(127);
	}
	buf_clear(&path);
	buf_clear(&log);
	return pid;
}

static bool start_delay(struct serve *s, int ms)
{
	int port = s->port, listener = listen_at(&port);

	if (listener < 0)
		return false;
	s->delay = fork();
	if (s->delay == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		delay_serve(listener, s->inner, ms);
	}
	close(listener);
	return s->delay > 0;
}

bool serve_init(struct serve *s, const char *dir)
{
	int first, second;

	*s = (struct serve){ .dir = dir, .deaf = -1 };
	if (!nginx_path()) {
		printf("fetch \"large\": nginx is not installed: skipped\n");
		return false;
	}
	first = listen_at(&s->port);
	second = listen_at(&s->inner);
	s->deaf = listen_at(&s->deaf_port); /* never accepted from: the kernel takes the connection and nobody answers */
	if (first >= 0)
		close(first);
	if (second >= 0)
		close(second);
	if (first >= 0 && second >= 0 && s->deaf >= 0)
		return true;
	perror("bench: no socket on 127.0.0.1");
	return false;
}

bool serve_start(struct serve *s, int ms)
{
	stop(&s->delay);
	stop(&s->nginx);
	s->nginx = start_nginx(s, ms ? s->inner : s->port);
	if (s->nginx <= 0 || !answers(ms ? s->inner : s->port)) {
		fprintf(stderr, "bench: nginx doesn't answer\n");
		return false;
	}
	return ms == 0 || start_delay(s, ms);
}

void serve_clear(struct serve *s)
{
	stop(&s->delay);
	stop(&s->nginx);
	if (s->deaf >= 0)
		close(s->deaf);
}
