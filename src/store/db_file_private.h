/* db_file - the files that a store is made of. Private to src/store. */
#ifndef ECLOSE_STORE_DB_FILE_PRIVATE_H
#define ECLOSE_STORE_DB_FILE_PRIVATE_H

#include "base/buf.h"
#include "base/err.h"

/* db_file_make - an empty file of mode 0600 where there is none. Errors: as err_errno. */
enum err db_file_make(const char *path, struct err_info *info);
/* db_file_as_it_stands - the name by which SQLite reads the file without locks and without a log, for a folder that may not be written. A store in WAL mode is read by way of
 * files that lie beside it, and where those aren't there they must be made, also for a reader. To do without them is right only while nobody writes the file.
 *   uri [out] appended to. Errors: ERR_READONLY where there is a log with more in it. */
enum err db_file_as_it_stands(const char *path, struct buf *uri, struct err_info *info);

#endif
