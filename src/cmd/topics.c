/* eclose topics - what the feeds are about, and the reader's own names for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/topics.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

struct listing {
	struct topic_row *row;
	size_t n;
	struct topic_count *count;
	size_t n_counts;
	struct ranker *ranker;
};

static struct topic_count count_of(const struct listing *l, int id)
{
	for (size_t i = 0; i < l->n_counts; i++)
		if (l->count[i].id == id)
			return l->count[i];
	return (struct topic_count){ id, 0, 0 };
}

/* Share of what is read that is of this topic, 0..1, as the ranking counts it: older readings weigh less. */
static double share_of(const struct listing *l, int id)
{
	const struct affinities *a = &ranker_profile(l->ranker)->taste.of[FACET_TOPIC];

	return id >= 0 && (size_t)id < a->n && a->all.yes > 0 ? a->one[id].yes / a->all.yes : 0;
}

static json_t *json_words(const char *lines)
{
	json_t *array = json_array();

	while (lines && *lines) {
		size_t n = strcspn(lines, "\n");

		json_array_append_new(array, json_stringn(lines, n));
		lines += n + (lines[n] == '\n');
	}
	return array;
}

static enum err print_json(const struct listing *l, struct err_info *info)
{
	json_t *array = json_array();

	for (size_t i = 0; i < l->n; i++) {
		const struct topic_row *t = &l->row[i];
		struct topic_count c = count_of(l, t->id);

		if (c.articles)
			json_array_append_new(array, json_pack("{s:i,s:o,s:b,s:I,s:I,s:f,s:o}", "id", t->id, "name", json_text(t->name), "given", t->given, "articles",
							       (json_int_t)c.articles, "unread", (json_int_t)c.unread, "share", share_of(l, t->id), "terms",
							       json_words(t->terms)));
	}
	return json_print(json_pack("{s:o}", "topics", array), 2, info);
}

static void print_text(const struct listing *l)
{
	size_t shown = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct topic_row *t = &l->row[i];
		struct topic_count c = count_of(l, t->id);

		if (!c.articles)
			continue;
		printf("%s%3d  %5lld/%-5lld %3.0f %%  %s%s  (", shown++ ? "" : "     unread/all   read\n", t->id, (long long)c.unread, (long long)c.articles,
		       100 * share_of(l, t->id), t->name, t->given ? " *" : "");
		for (const char *s = t->terms; s && *s; s++)
			fputs(*s == '\n' ? ", " : (char[]){ *s, 0 }, stdout);
		printf(")\n");
	}
	if (!shown)
		printf("No topics yet: they are found from 20 articles on.\n");
}

static enum err list(const struct app_options *o, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct listing l = { .n = 0 };
	struct app app;
	enum err e = app_open(&app, o, info);

	if (e != OK)
		return e;
	e = topics_load(&app.store, &a, &l.row, &l.n, info);
	if (e == OK)
		e = topics_counts(&app.store, &a, &l.count, &l.n_counts, info);
	if (e == OK)
		e = ranker_open(&app, &l.ranker, info);
	if (e == OK) {
		if (json)
			e = print_json(&l, info);
		else
			print_text(&l);
		ranker_close(l.ranker);
	}
	arena_clear(&a);
	app_close(&app);
	return e;
}

static enum err topic_id(const char *word, int *id, struct err_info *info)
{
	char *end;
	long v = strtol(word, &end, 10);

	if (end == word || *end || v < 0 || v > 100000)
		return err_set(info, ERR_USAGE, "'%s' is not the number of a topic", word);
	*id = (int)v;
	return OK;
}

/* "" takes the name back. */
static enum err rename_topic(const struct app_options *o, const char *number, const char *words, struct err_info *info)
{
	struct buf name = BUF_INIT;
	struct app app;
	int id = 0;
	enum err e = topic_id(number, &id, info);

	utf8_clean(&name, words, strlen(words), UTF8_LINE);
	if (e == OK && *words && (!name.len || name.len > TOPIC_NAME_MOST))
		e = err_set(info, ERR_USAGE, "a topic's name has 1 to %d bytes", TOPIC_NAME_MOST);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e == OK) {
		e = topics_rename(&app.store, id, name.len ? buf_str(&name) : NULL, info);
		app_close(&app);
	}
	buf_clear(&name);
	return e;
}

enum err cmd_topics(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	enum err e = options_parse(table, &argc, argv, info);

	if (e != OK)
		return e;
	if (argc == 0)
		return list(o, json, info);
	if (strcmp(argv[0], "rename") != 0)
		return err_set(info, ERR_USAGE, "topics takes 'rename ID NAME' or nothing, not '%s'", argv[0]);
	if (argc != 3 || json)
		return err_set(info, ERR_USAGE, "topics rename takes a number and a name ('' gives the program's own back)");
	return rename_topic(o, argv[1], argv[2], info);
}
