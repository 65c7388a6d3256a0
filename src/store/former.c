/* former - the store as it was before its schema was brought up to date, in a file beside it: DB.schema7 for one of schema 7. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/schema_private.h"

/* The name of the copy of that schema; with `making`, of one that isn't whole yet. Returns false where it would be too long. */
static bool name_of(const struct db *db, int64_t schema, bool making, char name[PATH_MAX])
{
	int n = snprintf(name, PATH_MAX, "%s.schema%lld", db_path(db), (long long)schema);

	if (making && n > 0 && n < PATH_MAX)
		n += snprintf(name + n, (size_t)(PATH_MAX - n), ".%ld", (long)getpid());
	return n > 0 && n < PATH_MAX;
}

/* Whose copy in the making is this, "DB.schema7.1234" or SQLite's journal of one? 0: it is none. */
static long maker(const char *file, const char *store)
{
	size_t n = strlen(store);
	char *end;
	long pid;

	if (strncmp(file, store, n) != 0 || strncmp(file + n, ".schema", 7) != 0)
		return 0;
	file += n + 7;
	file += strspn(file, "0123456789");
	if (*file != '.' || !isdigit((unsigned char)file[1]))
		return 0;
	pid = strtol(file + 1, &end, 10);
	return *end && *end != '-' ? 0 : pid;
}

/* Copies whose maker was killed over them: each takes as much room as the store, and keeps what the reader asks to forget. */
static void remove_halves(const struct db *db)
{
	const char *path = db_path(db), *slash = strrchr(path, '/'), *store = slash ? slash + 1 : path;
	char folder[PATH_MAX], name[PATH_MAX];
	int n = snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 2, slash ? path : "./");
	DIR *d = n < (int)sizeof folder ? opendir(folder) : NULL;
	struct dirent *f;

	while (d && (f = readdir(d))) {
		long pid = maker(f->d_name, store);
		bool gone = pid > 0 && (pid == (long)getpid() || (kill((pid_t)pid, 0) < 0 && errno == ESRCH));

		if (gone && snprintf(name, sizeof name, "%s%s", folder, f->d_name) < (int)sizeof name)
			unlink(name);
	}
	if (d)
		(void)closedir(d);
}

/* The copy gets its name, where the store is still what it was before it was made: another program may have taken a step meanwhile, and its copy is the one of before.
 * A copy that an earlier attempt left is replaced: what is in the store now is what a step would change. */
static enum err settle(struct db *db, int64_t schema, const char *making, const char *name, bool *kept, struct err_info *info)
{
	int64_t now;
	enum err e = schema_of(db, &now, info);

	if (e == OK && now == schema && rename(making, name) < 0)
		e = err_errno(info, "%.300s: can't be made", name);
	*kept = e == OK && now == schema;
	if (!*kept)
		unlink(making);
	return e;
}

enum err former_keep(struct db *db, int64_t schema, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	char name[PATH_MAX], making[PATH_MAX];
	bool kept;
	enum err e;

	if (!name_of(db, schema, false, name) || !name_of(db, schema, true, making))
		return err_set(info, ERR_LIMIT, "%.300s: its name is too long for a copy beside it", db_path(db));
	remove_halves(db);
	e = db_backup(db, making, &why);
	if (e != OK)
		return err_set(info, e, "%.150s: is of an older schema (%d) and stays so, because no copy of it can be made first: %.200s", db_path(db), (int)schema, why.text);
	e = settle(db, schema, making, name, &kept, info);
	if (e == OK && kept)
		log_say("the store is brought up to date; as it was before, it stays in %s", name);
	return e;
}

void former_drop(const struct db *db, int64_t below)
{
	char name[PATH_MAX];

	remove_halves(db);
	for (int64_t v = 1; v < below; v++)
		if (name_of(db, v, false, name))
			unlink(name);
}

const char *former_name(const struct db *db, struct arena *a)
{
	char name[PATH_MAX];

	for (int64_t v = schema_version(); v > 0; v--)
		if (name_of(db, v, false, name) && access(name, F_OK) == 0)
			return arena_strdup(a, name);
	return NULL;
}
