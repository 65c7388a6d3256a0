/* eclose list - stored articles by query. */
#include "app/story.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/query.h"

static enum err print(const struct item_list *items, bool json, struct err_info *info)
{
	if (!json) {
		print_items(items);
		return OK;
	}
	return json_print(json_items(items), 2, info);
}

enum err cmd_list(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const char *query = "";
	long limit = 0, topic = -1, story = 0;
	bool json = false;
	const struct option table[] = {
		{ OPTION_TEXT, "query", &query, 0, 0 }, { OPTION_INT, "limit", &limit, 1, 1e9 }, { OPTION_INT, "topic", &topic, 0, 1000 },
		{ OPTION_INT, "story", &story, 1, 1e15 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END,
	};
	struct article_query q = ARTICLE_QUERY_INIT;
	struct arena a = ARENA_INIT;
	struct item_list items;
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, NULL, argc, argv, info);

	if (e != OK)
		return e;
	e = query_read(&app, query, &a, &q, info);
	q.limit = (size_t)limit;
	if (topic >= 0)
		q.topic = topic;
	if (e == OK && story)
		e = story_of(&app.store, story, &q.story, info);
	if (e == OK)
		e = articles_list(&app.store, &q, &a, &items, info);
	if (e == OK)
		e = print(&items, json, info);
	arena_clear(&a);
	app_close(&app);
	return e;
}
