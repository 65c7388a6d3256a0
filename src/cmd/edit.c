/* eclose profile edit, profile private - what the model is told outright, and reading that is not recorded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "app/explain.h"
#include "cmd/options.h"
#include "cmd/profile_private.h"

/* ---- what holds ---- */

json_t *json_edits(const struct edit_list *edits)
{
	json_t *array = json_array();

	for (size_t i = 0; i < edits->n; i++) {
		const struct edit *ed = &edits->edit[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:f,s:o,s:o}", "subject", json_text(ed->subject), "name", json_text(ed->name), "weight", ed->weight, "at",
						       json_time(ed->at), "article", ed->article ? json_integer(ed->article) : json_null()));
	}
	return array;
}

void print_edits(const struct edit_list *edits, int64_t now)
{
	struct arena a = ARENA_INIT;
	char age[DATE_TEXT];

	for (size_t i = 0; i < edits->n; i++) {
		const struct edit *ed = &edits->edit[i];

		printf("  %+7.2f  %s  (%s, %s)\n", ed->weight, edit_words(&a, ed->weight, ed->name), ed->subject, date_age(now, ed->at, age));
	}
	arena_clear(&a);
}

static enum err list(struct ranker *r, const struct app *app, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct edit_list edits;
	enum err e = ranker_edits(r, &a, &edits, info);

	if (e == OK && json)
		e = json_print(json_pack("{s:o}", "edits", json_edits(&edits)), 2, info);
	else if (e == OK && edits.n)
		print_edits(&edits, app_now(app));
	else if (e == OK)
		printf("no edits hold; eclose profile edit pin|ban SUBJECT makes one\n");
	arena_clear(&a);
	return e;
}

/* ---- an edit, and the page before and after it ---- */

#define FIRST_PLACES 10

struct edit_request { const char *subject; double weight; };

static enum err weight_of(const char *word, double *out, struct err_info *info)
{
	char *end;
	double v = strtod(word, &end);

	if (end == word || *end || !(v >= -EDIT_MOST && v <= EDIT_MOST))
		return err_set(info, ERR_USAGE, "a weight is a number from %g to %g, not '%.60s'", -EDIT_MOST, EDIT_MOST, word);
	*out = v;
	return OK;
}

static enum err parse(int argc, char **argv, struct edit_request *out, struct err_info *info)
{
	static const struct { const char *word; double weight; int words; } how[] = { { "pin", EDIT_MOST, 2 }, { "ban", -EDIT_MOST, 2 }, { "clear", 0, 2 }, { "weigh", 0, 3 } };

	for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
		if (strcmp(argv[0], how[i].word) != 0)
			continue;
		if (argc != how[i].words)
			return err_set(info, ERR_USAGE, "profile edit %s takes a subject%s", how[i].word, how[i].words == 3 ? " and a weight" : " and nothing else");
		*out = (struct edit_request){ argv[1], how[i].weight };
		return how[i].words == 3 ? weight_of(argv[2], &out->weight, info) : OK;
	}
	return err_set(info, ERR_USAGE, "profile edit takes pin, ban, weigh or clear, not '%.60s'", argv[0]);
}

static json_t *json_ids(const struct page *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(array, json_integer(p->entries[i].id));
	return array;
}

static enum err report_json(const char *subject, double weight, const struct page *before, const struct page *after, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct moved *moves;
	size_t n = pages_compare(before, after, FIRST_PLACES, &a, &moves);
	json_t *moved = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(moved, json_pack("{s:I,s:o,s:o,s:o}", "id", (json_int_t)moves[i].id, "title", json_text(moves[i].title), "from",
						       json_place(moves[i].from), "to", json_place(moves[i].to)));
	arena_clear(&a);
	return json_print(json_pack("{s:o,s:f,s:o,s:o,s:o,s:I}", "subject", json_text(subject), "weight", weight, "before", json_ids(before), "after", json_ids(after), "moved",
				    moved, "banned", (json_int_t)after->banned), 2, info);
}

static void print_move(const struct moved *m)
{
	char places[64];

	if (!m->from)
		snprintf(places, sizeof places, "came, to %d", m->to);
	else if (!m->to)
		snprintf(places, sizeof places, "left, from %d", m->from);
	else
		snprintf(places, sizeof places, "%s, %d to %d", m->to < m->from ? "rose" : "fell", m->from, m->to);
	printf("  %-16s %s\n", places, title_shown(m->title));
}

/* recorded: there is something to take back. */
static void report(const char *words, bool recorded, const struct page *before, const struct page *after)
{
	struct arena a = ARENA_INIT;
	struct moved *moves;
	size_t n = pages_compare(before, after, FIRST_PLACES, &a, &moves);

	printf(recorded ? "%s; eclose undo takes it back\n" : "%s already\n", words);
	if (after->banned)
		printf("%zu article%s left out by your bans\n", after->banned, after->banned == 1 ? " is" : "s are");
	printf(n ? "the first %d places of the page:\n" : "the first %d places of the page stay as they are\n", FIRST_PLACES);
	for (size_t i = 0; i < n; i++)
		print_move(&moves[i]);
	arena_clear(&a);
}

/* What the subject is called, as long as something is said of it. */
static const char *name_of(struct ranker *r, struct arena *a, const char *subject)
{
	struct edit_list edits;

	if (ranker_edits(r, a, &edits, NULL) == OK)
		for (size_t i = 0; i < edits.n; i++)
			if (strcmp(edits.edit[i].subject, subject) == 0)
				return edits.edit[i].name;
	return subject;
}

static enum err apply(struct app *app, struct ranker *r, const struct edit_request *q, bool json, struct err_info *info)
{
	struct page_options o = { .explore = app_explore(app) };
	struct page before = { 0 }, after = { 0 };
	struct arena a = ARENA_INIT;
	const char *subject = NULL, *name = NULL;
	int64_t events = ranker_profile(r)->events;
	enum err e = edit_subject(app, q->subject, &a, &subject, info);

	if (e == OK)
		e = ranker_page(r, &o, &before, info);
	if (e == OK)
		name = name_of(r, &a, subject);
	if (e == OK)
		e = ranker_edit(r, subject, q->weight, 0, info);
	if (e == OK)
		e = ranker_page(r, &o, &after, info);
	if (e == OK)
		e = ranker_save(r, info);
	if (e == OK && json)
		e = report_json(subject, q->weight, &before, &after, info);
	else if (e == OK)
		report(q->weight == 0 ? arena_printf(&a, "cleared: %s", name) : edit_words(&a, q->weight, name_of(r, &a, subject)),
		       ranker_profile(r)->events > events, &before, &after);
	page_clear(&before);
	page_clear(&after);
	arena_clear(&a);
	return e;
}

enum err profile_edit(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct edit_request q = { 0 };
	struct ranker *r = NULL;
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc)
		e = parse(argc, argv, &q, info);
	if (e == OK)
		e = cmd_open_ranker(&app, &r, o, info);
	if (e != OK)
		return e;
	e = argc ? apply(&app, r, &q, json, info) : list(r, &app, json, info);
	cmd_close_ranker(&app, r);
	return e;
}

/* ---- private ---- */

enum err profile_private(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false, on;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc > 1)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK && argc && strcmp(argv[0], "on") != 0 && strcmp(argv[0], "off") != 0)
		e = err_set(info, ERR_USAGE, "profile private takes on or off, not '%.60s'", argv[0]);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	if (argc)
		e = app_set_private(&app, strcmp(argv[0], "on") == 0, info);
	on = app_private(&app);
	if (e == OK && json)
		e = json_print(json_pack("{s:b}", "private", on), 2, info);
	else if (e == OK)
		printf(on ? "reading is private: nothing of it is recorded\n" : "reading is recorded\n");
	app_close(&app);
	return e;
}
