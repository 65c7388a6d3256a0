/* eclose undo - take back the last change. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/options.h"

enum err cmd_undo(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const struct option table[] = { OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct ranker *r = NULL;
	const char *words;
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, NULL, argc, argv, info);

	if (e != OK)
		return e;
	e = ranker_open(&app, &r, info);
	if (e == OK)
		e = ranker_undo(r, &a, &words, info);
	if (e == OK)
		e = ranker_save(r, info);
	if (e == OK)
		printf("%s\n", words);
	ranker_close(r);
	arena_clear(&a);
	app_close(&app);
	return e == ERR_BUSY ? err_at(info, "nothing is taken back") : e;
}
