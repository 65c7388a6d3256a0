#include "app/tables.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/vectors_text.h"

const char *tables_bundled(struct arena *a)
{
	const char *dir = getenv("ECLOSE_DATADIR");

	return arena_printf(a, "%s/vectors-en.bin", dir && *dir ? dir : ECLOSE_PKGDATADIR);
}

/* Where the reader's own is; of the arena of app. */
static const char *tables_own(struct app *app)
{
	return arena_printf(&app->arena, "%s/vectors.bin", app->data_dir);
}

enum table_choice tables_choice(struct app *app, const char **path)
{
	const char *own = tables_own(app);
	struct stat st;

	*path = NULL;
	if (stat(own, &st) < 0) {
		*path = tables_bundled(&app->arena);
		return TABLE_BUNDLED;
	}
	if (st.st_size == 0)
		return TABLE_OFF;
	*path = own;
	return TABLE_OWN;
}

enum err tables_open(struct app *app, struct vectors *v, struct err_info *info)
{
	const char *path;
	enum table_choice choice = tables_choice(app, &path);
	enum err e;

	*v = (struct vectors)VECTORS_INIT;
	if (choice == TABLE_OFF)
		return OK;
	e = vectors_open(v, path, info);
	return e == ERR_NOTFOUND && choice == TABLE_BUNDLED ? OK : e;
}

enum err tables_use(struct app *app, const char *path, struct err_info *info)
{
	struct vectors_make make;
	char lang[VECTORS_LANG];
	enum err e = vectors_text_read(path, &make, lang, info);

	if (e != OK)
		return e;
	e = vectors_make_write(&make, lang, tables_own(app), info);
	vectors_make_clear(&make);
	return e;
}

enum err tables_default(struct app *app, struct err_info *info)
{
	const char *own = tables_own(app);

	return unlink(own) < 0 && errno != ENOENT ? err_errno(info, "%s", own) : OK;
}

enum err tables_off(struct app *app, struct err_info *info)
{
	return buf_write_file(tables_own(app), "", 0, 0600, info);
}
