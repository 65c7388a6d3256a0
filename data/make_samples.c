/* make_samples - the store that --demo and a first start begin with, made from the sample feeds at build time.
 * usage: make_samples FILE, with ECLOSE_DATADIR naming the folder that holds samples/ */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/app.h"
#include "base/log.h"

#define MADE 1774937400 /* 2026-03-31T06:10:00Z, when the set was written; any time does */

int main(int argc, char **argv)
{
	struct app_options o = { .program = argv[0], .now = MADE, .demo = true, .samples = true, .mode = DB_READ_WRITE };
	struct err_info info = ERR_INFO_INIT;
	struct app app;
	enum err e;

	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE\n", argv[0]);
		return 2;
	}
	unlink(argv[1]);
	e = app_open(&app, &o, &info);
	if (e == OK) {
		e = db_backup(app.store.db, argv[1], &info);
		app_close(&app);
	}
	if (e != OK)
		log_say("%s: %s", argv[1], info.text);
	return e == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
