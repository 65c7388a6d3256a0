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

/* A number that no topic has is a slip of the pen, and no empty list. */
static enum err check_topic(struct store *st, long topic, struct arena *a, struct err_info *info)
{
	struct topic_row *row;
	size_t n;
	enum err e = topics_load(st, a, &row, &n, info);

	for (size_t i = 0; i < n && e == OK; i++)
		if (row[i].id == topic)
			return OK;
	return e == OK ? err_set(info, ERR_NOTFOUND, "no topic %ld", topic) : e;
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
	if (e == OK && topic >= 0) {
		e = check_topic(&app.store, topic, &a, info);
		q.topic = topic;
	}
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
