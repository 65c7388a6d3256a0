#include "store/db_file_private.h"
#include "store/db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite makes files as the umask says; what somebody reads is nobody else's. WAL and shared memory take over the mode of the main file.
 * An existing file is not opened here: closing it again would drop the locks that another handle of this process has on it (POSIX). */
enum err db_file_make(const char *path, struct err_info *info)
{
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	else if (errno != EEXIST)
		return err_errno(info, "%s: can't be made", path);
	return OK;
}

static bool has_log(const char *path)
{
	char log[PATH_MAX];
	struct stat s;

	return snprintf(log, sizeof log, "%s-wal", path) < (int)sizeof log && stat(log, &s) == 0 && s.st_size > 0;
}

enum err db_file_as_it_stands(const char *path, struct buf *uri, struct err_info *info)
{
	if (has_log(path))
		return err_set(info, ERR_READONLY, "%.200s: its log %.200s-wal can't be read where nothing may be written; a copy of both elsewhere can", path, path);
	buf_puts(uri, *path == '/' ? "file://" : "file:");
	for (const char *p = path; *p; p++) {
		if (strchr("%?#", *p))
			buf_printf(uri, "%%%02X", (unsigned)*p);
		else
			buf_putc(uri, *p);
	}
	buf_puts(uri, "?immutable=1");
	return OK;
}

/* How the pages of a new file are to be. An article's body takes a third of a page of 4 kB, and a page isn't shared by halves: 16 kB waste a twentieth of the room instead of a
 * quarter. With auto_vacuum a file can be made smaller in steps (store_trim). It must be asked for before there is anything in the file, and of a file that is there not at all:
 * that would be a write transaction with every opening. */
enum err db_lay_out(struct db *db, struct err_info *info)
{
	struct stmt *pages;
	bool row, fresh = false;
	enum err e = db_exec(db, "PRAGMA page_size = 16384", info);

	if (e != OK)
		return e;
	pages = db_sql(db, "PRAGMA page_count");
	e = stmt_step(pages, &row, info);
	if (e == OK && row)
		fresh = stmt_col_int(pages, 0) == 0;
	stmt_reset(pages);
	return e == OK && fresh ? db_exec(db, "PRAGMA auto_vacuum = INCREMENTAL", info) : e;
}
