/* stmt - what of statements needs no SQLite: db.c is the one file that knows it, and long enough. */
#include <string.h>

#include "store/db_private.h"

void stmt_text(struct stmt *st, int i, const char *v)
{
	if (v)
		stmt_text_n(st, i, v, strlen(v));
	else
		stmt_null(st, i);
}

enum err stmt_run(struct stmt *st, struct err_info *info)
{
	bool row = true;
	enum err e = OK;

	while (e == OK && row)
		e = stmt_step(st, &row, info);
	return e;
}

const char *stmt_col_dup(struct stmt *st, int i, struct arena *a)
{
	const char *s = stmt_col_text(st, i);
	size_t n = 0;

	if (s)
		(void)stmt_col_blob(st, i, &n);
	return s ? arena_strndup(a, s, n) : NULL;
}

const char *db_sentence(enum err e)
{
	switch (e) {
	case ERR_FULL:
		return "the disk is full";
	case ERR_READONLY:
		return "may not be written";
	case ERR_BUSY:
		return "another program is writing to it";
	case ERR_CORRUPT:
		return "is damaged; `eclose doctor` says what is wrong";
	case ERR_LIMIT:
		return "a value is too large";
	case ERR_NOTFOUND:
		return "isn't there";
	default:
		return "can't be used";
	}
}
