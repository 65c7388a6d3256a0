/* shared - what several subcommands print or read in the same way. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "base/utf8.h"
#include "cmd/cmd.h"

enum err cmd_no_more(int argc, char **argv, struct err_info *info)
{
	return argc > 0 ? err_set(info, ERR_USAGE, "'%s' is too much", argv[0]) : OK;
}

enum err cmd_open(struct app *app, const struct app_options *o, const struct option *table, int words, const char *missing, int argc, char **argv,
		  struct err_info *info)
{
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < words)
		e = err_set(info, ERR_USAGE, "%s", missing);
	if (e == OK)
		e = cmd_no_more(argc - words, argv + words, info);
	return e == OK ? app_open(app, o, info) : e;
}

enum err cmd_id(const char *word, int64_t *id, struct err_info *info)
{
	char *end;
	long long v;

	errno = 0;
	v = strtoll(word, &end, 10);
	if (errno || end == word || *end || v <= 0)
		return err_set(info, ERR_USAGE, "'%s' is not the number of an article", word);
	*id = v;
	return OK;
}

enum err cmd_one_id(const char *command, int argc, char **argv, int64_t *id, struct err_info *info)
{
	enum err e = argc < 1 ? err_set(info, ERR_USAGE, "%s needs the number of an article", command) : cmd_no_more(argc - 1, argv + 1, info);

	return e == OK ? cmd_id(argv[0], id, info) : e;
}

enum err cmd_open_ranker(struct app *app, struct ranker **r, const struct app_options *o, struct err_info *info)
{
	enum err e = app_open(app, o, info);

	if (e != OK)
		return e;
	e = ranker_open(app, r, info);
	if (e != OK)
		app_close(app);
	return e;
}

void cmd_close_ranker(struct app *app, struct ranker *r)
{
	ranker_close(r);
	app_close(app);
}

json_t *json_text(const char *s)
{
	/* What came in was cleaned, but an argument or a file name may be anything. */
	if (!s)
		return json_null();
	if (utf8_valid(s, strlen(s)))
		return json_string(s);
	return json_string("\xef\xbf\xbd");
}

json_t *json_time(int64_t t)
{
	char text[DATE_TEXT];

	return t == DATE_NONE ? json_null() : json_string(date_rfc3339(t, text));
}

static json_t *json_lines(const char *lines)
{
	json_t *array = json_array();

	for (const char *s = lines; s && *s;) {
		size_t n = strcspn(s, "\n");

		if (n)
			json_array_append_new(array, json_stringn(s, n));
		s += n + (s[n] == '\n');
	}
	return array;
}

json_t *json_item(const struct item *it)
{
	json_t *o = json_object();

	json_object_set_new(o, "id", json_integer(it->id));
	json_object_set_new(o, "title", json_text(it->title));
	json_object_set_new(o, "link", json_text(it->link));
	json_object_set_new(o, "feed", json_text(it->feed_title));
	json_object_set_new(o, "author", json_text(it->author));
	json_object_set_new(o, "published", json_time(it->published));
	json_object_set_new(o, "updated", json_time(it->updated));
	json_object_set_new(o, "fetched", json_time(it->fetched));
	json_object_set_new(o, "language", json_text(it->language));
	json_object_set_new(o, "categories", json_lines(it->categories));
	json_object_set_new(o, "words", json_integer(it->words));
	json_object_set_new(o, "read", json_boolean(it->read));
	json_object_set_new(o, "starred", json_boolean(it->starred));
	return o;
}

json_t *json_items(const struct item_list *items)
{
	json_t *array = json_array();

	for (size_t i = 0; i < items->n; i++)
		json_array_append_new(array, json_item(&items->item[i]));
	return json_pack("{s:o}", "entries", array);
}

json_t *json_reasons(const struct reason *reasons, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_pack("{s:o,s:o,s:f,s:o}", "kind", json_text(reasons[i].kind), "name", json_text(reasons[i].name),
						       "weight", reasons[i].weight, "subject", json_text(reasons[i].subject)));
	return array;
}

json_t *json_texts(const char *const *s, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_text(s[i]));
	return array;
}

json_t *json_place(int place)
{
	return place > 0 ? json_integer(place) : json_null();
}

enum err json_print(json_t *doc, int indent, struct err_info *info)
{
	int bad = json_dumpf(doc, stdout, JSON_PRESERVE_ORDER | (indent ? JSON_INDENT(indent) : JSON_COMPACT));

	json_decref(doc);
	if (bad || putchar('\n') == EOF || fflush(stdout) == EOF)
		return err_errno(info, "can't write the output");
	return OK;
}

void print_items(const struct item_list *items)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->item[i];
		char date[DATE_TEXT];
		int64_t at = item_time(it);

		printf("%7lld %c%c %.10s  %s  (%s)\n", (long long)it->id, it->read ? ' ' : 'N', it->starred ? '*' : ' ', date_rfc3339(at, date),
		       title_shown(it->title), it->feed_title ? it->feed_title : "");
	}
}
