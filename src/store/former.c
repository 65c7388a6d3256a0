/* former - the store as it was before its schema was brought up to date, in a file beside it: DB.schema7 for one of schema 7. */
#include <limits.h>
#include <stdio.h>
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

/* A copy that an earlier attempt left is replaced: what is in the store now is what a step would change. */
enum err former_keep(struct db *db, int64_t schema, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	char name[PATH_MAX], making[PATH_MAX];
	enum err e;

	if (!name_of(db, schema, false, name) || !name_of(db, schema, true, making))
		return err_set(info, ERR_LIMIT, "%.300s: its name is too long for a copy beside it", db_path(db));
	unlink(making);
	e = db_backup(db, making, &why);
	if (e != OK)
		return err_set(info, e, "%.150s: is of an older schema (%d) and stays so, because no copy of it can be made first: %.200s", db_path(db), (int)schema, why.text);
	if (rename(making, name) < 0) {
		e = err_errno(info, "%.300s: can't be made", name);
		unlink(making);
		return e;
	}
	log_say("the store is brought up to date; as it was before, it stays in %s", name);
	return OK;
}

void former_drop(const struct db *db, int64_t below)
{
	char name[PATH_MAX];

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
