/* eclose import - subscriptions from an OPML or a newsboat urls file. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "app/subs_file.h"
#include "feeds/opml.h"

static enum err import(struct app *app, const char *file, struct err_info *info)
{
	struct buf text = BUF_INIT;
	struct subs subs = { 0 };
	size_t added = 0;
	enum err e = buf_read_file(&text, file, (size_t)16 << 20, info);

	if (e == OK) {
		e = subs_import(&app->arena, buf_str(&text), text.len, &subs, info);
		if (e != OK)
			e = err_at(info, "%s", file);
	}
	if (e == OK)
		e = subs_append(app, subs.sub, subs.n, &added, info);
	if (e == OK) {
		printf("%zu subscription%s added, %zu %s there already\n", added, added == 1 ? "" : "s", subs.n - added, subs.n - added == 1 ? "was" : "were");
		if (subs.refused)
			printf("%zu %s left out: an import brings http and https feeds only, never files, commands or filters\n", subs.refused, subs.refused == 1 ? "entry" : "entries");
		if (subs.dropped)
			printf("%zu setting%s left out: how a feed is asked is said in your own file only\n", subs.dropped, subs.dropped == 1 ? "" : "s");
	}
	buf_clear(&text);
	return e;
}

enum err cmd_import(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const struct option table[] = { OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "import needs a file: OPML, or a newsboat urls file", argc, argv, info);

	if (e != OK)
		return e;
	e = import(&app, argv[0], info);
	app_close(&app);
	return e;
}
