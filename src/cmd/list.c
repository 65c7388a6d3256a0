/* eclose list - stored articles by query. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/story.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/query.h"

/* ---- rows, one after the other: the list may be longer than the memory ---- */

struct output {
	bool json;
	size_t n; /* printed so far */
};

/* As json_print has it two levels down. Every newline of a dump is one of its layout: those within strings are escaped. */
static void print_object(char *dump, bool first)
{
	fputs(first ? "\n    " : ",\n    ", stdout);
	for (char *line = dump, *end; line; line = end) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		fputs(line, stdout);
		if (end)
			fputs("\n    ", stdout);
	}
}

/* Where the store fails at once, nothing is printed. */
static void print_head(const struct output *o)
{
	if (o->json && o->n == 0)
		fputs("{\n  \"entries\": [", stdout);
}

static bool print_one(void *user, const struct item *it)
{
	struct output *o = user;

	print_head(o);
	if (o->json) {
		json_t *object = json_item(it);
		char *dump = json_dumps(object, JSON_PRESERVE_ORDER | JSON_INDENT(2));

		if (dump)
			print_object(dump, o->n == 0);
		free(dump);
		json_decref(object);
	} else {
		print_items(&(struct item_list){ (struct item *)(uintptr_t)it, 1 });
	}
	o->n++;
	return !ferror(stdout);
}

static enum err print(struct store *st, const struct article_query *q, bool json, struct err_info *info)
{
	struct output o = { .json = json };
	enum err e = articles_each(st, q, print_one, &o, info);

	if (e == OK)
		print_head(&o);
	if (e == OK && json)
		fputs(o.n ? "\n  ]\n}\n" : "]\n}\n", stdout);
	if (e == OK && (ferror(stdout) || fflush(stdout) == EOF))
		e = err_errno(info, "can't write the output");
	return e;
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
		e = print(&app.store, &q, json, info);
	arena_clear(&a);
	app_close(&app);
	return e;
}
