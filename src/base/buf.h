/* buf - a growing string of bytes, always NUL-terminated.
 * BUF_INIT needs no memory; buf_clear gives it back.
 */
#ifndef ECLOSE_BASE_BUF_H
#define ECLOSE_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf {
	char *s;    /* never NULL after buf_str(); may be NULL while empty */
	size_t len; /* bytes, without the NUL */
	size_t cap;
};

#define BUF_INIT { NULL, 0, 0 }

void buf_add(struct buf *b, const void *s, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_int(struct buf *b, int64_t n); /* in decimal, as "%lld" has it, and quicker */
void buf_printf(struct buf *b, const char *fmt, ...) ERR_FORMAT(2, 3);
void buf_cut(struct buf *b, size_t len);      /* shorten to len */
const char *buf_str(const struct buf *b);     /* "" while empty; borrowed */
void buf_clear(struct buf *b);
/* buf_read_file - the whole of a file, at most limit bytes.
 * Errors: ERR_NOTFOUND, ERR_IO, ERR_READONLY (no permission), ERR_LIMIT, named with path. */
enum err buf_read_file(struct buf *b, const char *path, size_t limit, struct err_info *info);
/* buf_write_file - replace path as a whole: a temporary file beside it, fsync, rename, fsync of the folder. mode as for open(2).
 * A symbolic link is followed: the file that it names is replaced, the link stays.
 * Errors: ERR_FULL, ERR_READONLY, ERR_IO; then path is as it was. */
enum err buf_write_file(const char *path, const void *s, size_t n, unsigned mode, struct err_info *info);
/* buf_sync_folder - that there is a file of this name survives a loss of power. Cannot fail: where a folder can't be synced, nothing else could be done. */
void buf_sync_folder(const char *path);

#endif
