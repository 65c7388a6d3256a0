/* db - what db.c, stmt.c and transaction.c share. Private to src/store. */
#ifndef ECLOSE_STORE_DB_PRIVATE_H
#define ECLOSE_STORE_DB_PRIVATE_H

#include "store/db.h"

struct transaction {
	int depth;            /* of nested ones */
	int64_t since;        /* ms, monotonic: the outermost began */
	bool failed;          /* rolled back inside: the outermost commit must not pretend */
	struct db_hook hook;
};

struct transaction *db_transaction(struct db *db);
/* db_autocommit - is no transaction open, as SQLite has it? */
bool db_autocommit(const struct db *db);
void db_nap(int ms);
/* db_lay_out - db_file.c: how the pages of a file are to be that has none yet. */
enum err db_lay_out(struct db *db, struct err_info *info);
/* db_sentence - what became of a file, for a person: "may not be written". */
const char *db_sentence(enum err e);

#endif
