/* eclose ask - ten titles: would you read them? */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/edits.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

#define QUESTIONS 10

/* What was typed: 'y', 'n', 'q', or 0 for the next one, as for "maybe". At the end of the input: 'q'. */
static int typed(void)
{
	char line[64];
	const char *s = line;

	if (!fgets(line, sizeof line, stdin))
		return 'q';
	s += strspn(s, " \t");
	return *s == 'y' || *s == 'n' || *s == 'q' ? *s : 0;
}

static enum err converse(const struct app *app, struct ranker *r, const struct item_list *items, struct err_info *info)
{
	size_t answers = 0;
	enum err e = OK;

	printf("Would you read it? y yes, n no, Enter: no answer, q: enough. eclose undo takes an answer back.\n");
	for (size_t i = 0; e == OK && i < items->n; i++) {
		const struct item *it = &items->item[i];
		struct event ev = { .article = it->id, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 };
		int key;

		printf("\n%zu/%zu  %s  (%s)\n> ", i + 1, items->n, it->title, it->feed_title ? it->feed_title : "");
		fflush(stdout);
		key = typed();
		if (key == 'q')
			break;
		ev.kind = key == 'y' ? EVENT_WANT : EVENT_PASS;
		if (key)
			e = ranker_record(r, &ev, info);
		answers += e == OK && ev.id;
	}
	printf("\n%zu answer%s noted%s\n", answers, answers == 1 ? "" : "s", app_private(app) ? ": reading is private, so nothing is recorded" : "");
	return e == OK && answers ? ranker_save(r, info) : e;
}

static enum err ask(struct app *app, size_t limit, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct item_list items = { 0 };
	struct ranker *r = NULL;
	enum err e = ranker_open(app, &r, info);

	if (e == OK)
		e = ranker_ask(r, limit, &a, &items, info);
	if (e == OK) {
		if (json)
			e = json_print(json_items(&items), 2, info);
		else if (!items.n)
			printf("There is nothing unread to ask about that would tell anything new.\n");
		else if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
			e = converse(app, r, &items, info);
		else
			print_items(&items);
	}
	ranker_close(r);
	arena_clear(&a);
	return e;
}

enum err cmd_ask(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	long limit = QUESTIONS;
	const struct option table[] = { { OPTION_INT, "limit", &limit, 1, 100 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, NULL, argc, argv, info);

	if (e != OK)
		return e;
	e = ask(&app, (size_t)limit, json, info);
	app_close(&app);
	return e;
}
