#include "store/db_file_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

enum err db_file_sync(const char *path, struct err_info *info)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	enum err e = OK;

	if (fd < 0)
		return err_errno(info, "%s: can't be synced", path);
	if (fsync(fd) < 0)
		e = err_errno(info, "%s: can't be synced", path);
	close(fd);
	buf_sync_folder(path);
	return e;
}

/* path with this behind it; false where that is too long for a name. */
static bool beside(const char *path, const char *end, char out[PATH_MAX])
{
	return snprintf(out, PATH_MAX, "%s%s", path, end) < PATH_MAX;
}

void db_file_remove(const char *path)
{
	char journal[PATH_MAX];

	(void)unlink(path);
	if (beside(path, "-journal", journal))
		(void)unlink(journal);
}

bool db_file_has_log(const char *path)
{
	char log[PATH_MAX];
	struct stat s;

	return beside(path, "-wal", log) && stat(log, &s) == 0 && s.st_size > 0;
}

void db_file_uri(const char *path, struct buf *out)
{
	buf_puts(out, *path == '/' ? "file://" : "file:");
	for (const char *p = path; *p; p++) {
		if (strchr("%?#", *p))
			buf_printf(out, "%%%02X", (unsigned)*p);
		else
			buf_putc(out, *p);
	}
	buf_puts(out, "?immutable=1");
}
