/* backup - a consistent copy of the file. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/db.h"

static enum err sync_file(const char *file, struct err_info *info)
{
	int fd = open(file, O_RDWR | O_CLOEXEC);
	enum err e = OK;

	if (fd < 0)
		return err_errno(info, "%s: can't be synced", file);
	if (fsync(fd) < 0)
		e = err_errno(info, "%s: can't be synced", file);
	close(fd);
	buf_sync_folder(file);
	return e;
}

/* VACUUM INTO reads one snapshot while others write, and what it writes has no free pages, so nothing that was forgotten is copied along. */
static enum err vacuum_into(struct db *db, const char *file, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	struct stmt *st = db_sql(db, "VACUUM INTO ?1");
	enum err e;

	stmt_text(st, 1, file);
	e = stmt_run(st, &why);
	if (e != OK)
		return err_set(info, e, "can't copy into %.150s: %.300s", file, why.text);
	return OK;
}

enum err db_backup(struct db *db, const char *file, struct err_info *info)
{
	int fd = open(file, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	enum err e;

	if (fd < 0)
		return err_errno(info, "%s: can't be made", file);
	close(fd);
	e = vacuum_into(db, file, info);
	if (e == OK)
		e = sync_file(file, info);
	if (e != OK) {
		char journal[PATH_MAX];

		unlink(file);
		if (snprintf(journal, sizeof journal, "%s-journal", file) < (int)sizeof journal)
			unlink(journal);
	}
	return e;
}
