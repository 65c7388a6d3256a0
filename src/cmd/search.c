/* eclose search - full text, best first. */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"

static enum err search(struct app *app, const char *words, size_t limit, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids;
	struct item_list items;
	bool left = true;
	enum err e = OK;

	/* A fetch may have been cut off before its articles were indexed; then they are indexed now, if the store may be written. */
	while (e == OK && left)
		e = search_index(&app->store, 500, &left, info);
	if (e == OK || e == ERR_READONLY || e == ERR_BUSY || e == ERR_FULL)
		e = search_words(&app->store, words, limit, &a, &ids, info);
	if (e == OK)
		e = articles_brief(&app->store, ids.id, ids.n, &a, &items, info);
	if (e == OK && json)
		e = json_print(json_items(&items), 2, info);
	else if (e == OK)
		print_items(&items);
	arena_clear(&a);
	return e;
}

enum err cmd_search(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	long limit = 50;
	bool json = false;
	const struct option table[] = { { OPTION_INT, "limit", &limit, 1, 1e6 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct buf words = BUF_INIT;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < 1)
		e = err_set(info, ERR_USAGE, "search needs words");
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	for (int i = 0; i < argc; i++)
		buf_printf(&words, "%s%s", i ? " " : "", argv[i]);
	e = search(&app, buf_str(&words), (size_t)limit, json, info);
	buf_clear(&words);
	app_close(&app);
	return e;
}
