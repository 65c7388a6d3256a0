/* eclose backup - a consistent copy of the store while it is in use. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/options.h"

enum err cmd_backup(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const struct option table[] = { OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "backup needs the name of a new file", argc, argv, info);

	if (e != OK)
		return e;
	e = db_backup(app.store.db, argv[0], info);
	app_close(&app);
	if (e == OK)
		printf("copied to %s\n", argv[0]);
	return e;
}
