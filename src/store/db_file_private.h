/* db_file - the files that a store and a copy of it are made of. Private to src/store. */
#ifndef ECLOSE_STORE_DB_FILE_PRIVATE_H
#define ECLOSE_STORE_DB_FILE_PRIVATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* db_file_make - an empty file of mode 0600 where there is none. Errors: as err_errno. */
enum err db_file_make(const char *path, struct err_info *info);
/* db_file_sync - the file and its name survive a loss of power. Errors: as err_errno. */
enum err db_file_sync(const char *path, struct err_info *info);
/* db_file_remove - a copy that wasn't finished, and its journal. */
void db_file_remove(const char *path);
/* db_file_has_log - is there a write-ahead log with something in it? */
bool db_file_has_log(const char *path);
/* db_file_uri - append the name by which SQLite reads the file as it stands, without locks and without a log. */
void db_file_uri(const char *path, struct buf *out);

#endif
