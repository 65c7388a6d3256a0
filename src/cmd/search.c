/* eclose search - full text, best first. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

/* One line of a snippet, clean; the words that were found between `on` and `off`. */
static void one_line(const char *snippet, const char *on, const char *off, struct buf *out)
{
	while (*snippet) {
		size_t n = strcspn(snippet, "\x02\x03\n\r\t");

		utf8_clean(out, snippet, n, UTF8_TEXT);
		snippet += n;
		if (*snippet)
			buf_puts(out, *snippet == SNIPPET_WORD ? on : *snippet == SNIPPET_AFTER ? off : " ");
		snippet += *snippet != '\0';
	}
}

static enum err snippets_of(struct app *app, const char *words, const struct item_list *items, struct arena *a, const char **snippet, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0; e == OK && i < items->n; i++)
		e = search_snippet(&app->store, words, items->item[i].id, a, &snippet[i], info);
	return e;
}

static enum err print_json(const struct item_list *items, const char *const *snippet, struct err_info *info)
{
	json_t *doc = json_items(items), *entries = json_object_get(doc, "entries");

	for (size_t i = 0; i < items->n; i++) {
		struct buf line = BUF_INIT;

		if (snippet[i])
			one_line(snippet[i], "", "", &line);
		json_object_set_new(json_array_get(entries, i), "snippet", json_text(snippet[i] ? buf_str(&line) : NULL));
		buf_clear(&line);
	}
	return json_print(doc, 2, info);
}

static void print_people(const struct item_list *items, const char *const *snippet)
{
	bool bold = isatty(STDOUT_FILENO);

	for (size_t i = 0; i < items->n; i++) {
		const struct item_list one = { &items->item[i], 1 };
		struct buf line = BUF_INIT;

		print_items(&one);
		if (snippet[i]) {
			one_line(snippet[i], bold ? "\x1b[1m" : "", bold ? "\x1b[22m" : "", &line);
			printf("%24s%s\n", "", buf_str(&line));
		}
		buf_clear(&line);
	}
}

static enum err search(struct app *app, const char *words, size_t limit, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids;
	struct item_list items;
	const char **snippet = NULL;
	bool left = true;
	enum err e = OK;

	/* A fetch may have been cut off before its articles were indexed; then they are indexed now, if the store may be written. */
	while (e == OK && left)
		e = search_index(&app->store, 500, &left, info);
	if (e == OK || e == ERR_READONLY || e == ERR_BUSY || e == ERR_FULL)
		e = search_words(&app->store, words, limit, &a, &ids, info);
	if (e == OK)
		e = articles_brief(&app->store, ids.id, ids.n, &a, &items, info);
	if (e == OK) {
		snippet = arena_zero(&a, items.n + 1, sizeof *snippet);
		e = snippets_of(app, words, &items, &a, snippet, info);
	}
	if (e == OK && json)
		e = print_json(&items, snippet, info);
	else if (e == OK)
		print_people(&items, snippet);
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
