#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define LEAST ((size_t)64) /* bytes: what grows by single characters isn't moved five times before it holds a word */

static void reserve(struct buf *b, size_t more)
{
	size_t want = b->len + more + 1;

	if (want <= b->cap)
		return;
	b->cap = want > 2 * b->cap ? want : 2 * b->cap;
	if (b->cap < LEAST)
		b->cap = LEAST;
	b->s = mem_resize(b->s, b->cap, 1);
}

void buf_add(struct buf *b, const void *s, size_t n)
{
	reserve(b, n);
	if (n)
		memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_int(struct buf *b, int64_t n)
{
	char digit[20];
	size_t i = sizeof digit;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	if (n < 0)
		buf_putc(b, '-');
	do
		digit[--i] = (char)('0' + left % 10);
	while (left /= 10);
	buf_add(b, digit + i, sizeof digit - i);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		reserve(b, (size_t)n);
		vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void buf_cut(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->s[len] = '\0';
}

const char *buf_str(const struct buf *b)
{
	return b->s ? b->s : "";
}

void buf_clear(struct buf *b)
{
	free(b->s);
	*b = (struct buf)BUF_INIT;
}

/* ---- whole files ---- */

static enum err read_all(struct buf *b, int fd, const char *path, size_t limit, struct err_info *info)
{
	size_t start = b->len;
	char piece[65536];

	for (;;) {
		ssize_t n = read(fd, piece, sizeof piece);

		if (n == 0)
			return OK;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			enum err e = err_errno(info, "%s", path);

			buf_cut(b, start);
			return e;
		}
		if (b->len - start + (size_t)n > limit) {
			buf_cut(b, start);
			return err_set(info, ERR_LIMIT, "%s: larger than %zu bytes", path, limit);
		}
		buf_add(b, piece, (size_t)n);
	}
}

enum err buf_read_file(struct buf *b, const char *path, size_t limit, struct err_info *info)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err e;

	if (fd < 0)
		return err_errno(info, "%s", path);
	e = read_all(b, fd, path, limit, info);
	close(fd);
	return e;
}

static int write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t w = write(fd, s, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return -1;
		s += w;
		n -= (size_t)w;
	}
	return fsync(fd);
}

void buf_sync_folder(const char *path)
{
	char dir[PATH_MAX];
	char *slash;
	int fd;

	snprintf(dir, sizeof dir, "%s", path);
	slash = strrchr(dir, '/');
	if (slash)
		slash[slash == dir] = '\0';
	fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

enum err buf_write_file(const char *path, const void *s, size_t n, unsigned mode, struct err_info *info)
{
	char real[PATH_MAX], temp[PATH_MAX + 16];
	enum err e = OK;
	int fd;

	/* A dotfile is often a link into a repository: write what it names. */
	if (!realpath(path, real))
		snprintf(real, sizeof real, "%s", path);
	snprintf(temp, sizeof temp, "%s.XXXXXX", real);
	fd = mkstemp(temp);
	if (fd < 0)
		return err_errno(info, "%s: can't write", real);
	/* Synced before it takes the name: else a loss of power may leave an empty file under it. */
	if (fchmod(fd, (mode_t)mode) < 0 || write_all(fd, s, n) < 0 || fsync(fd) < 0)
		e = err_errno(info, "%s: can't write", real);
	if (close(fd) < 0 && e == OK)
		e = err_errno(info, "%s: can't write", real);
	if (e == OK && rename(temp, real) < 0)
		e = err_errno(info, "%s: can't replace", real);
	if (e == OK)
		buf_sync_folder(real);
	else
		unlink(temp);
	return e;
}
