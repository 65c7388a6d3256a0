/* eclose stories - what several feeds tell, and how each tells it. */
#include <stdio.h>

#include "app/load.h"
#include "app/run.h"
#include "app/story.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

#define STORIES 20 /* unless told otherwise */

static json_t *json_telling(const struct story *s, const struct told *told, size_t i)
{
	json_t *o = json_item(&s->items.item[i]);
	long original = s->telling[i].copy_of;

	json_object_set_new(o, "copy_of", original < 0 ? json_null() : json_integer(s->items.item[original].id));
	json_object_set_new(o, "differs", json_real((s->telling[i].wording + s->telling[i].source) / 2));
	json_object_set_new(o, "difference", json_real(told[i].difference));
	json_object_set_new(o, "only", json_texts(told[i].only, told[i].n_only));
	return o;
}

static json_t *json_story(const struct story_row *row, const struct story *s, const struct told *told)
{
	json_t *tellings = json_array();

	for (size_t i = 0; i < s->items.n; i++)
		json_array_append_new(tellings, json_telling(s, told, i));
	return json_pack("{s:I,s:o,s:I,s:i,s:f,s:o,s:o}", "id", (json_int_t)row->id, "title", json_text(s->items.item[0].title), "lead", (json_int_t)s->items.item[0].id,
			 "feeds_telling", row->feeds_telling, "coverage", row->coverage, "newest", json_time(row->newest), "tellings", tellings);
}

static void print_story(const struct story_row *row, const struct story *s)
{
	printf("%s  (%d feed%s, coverage %.2f)\n", title_shown(s->items.item[0].title), row->feeds_telling,
	       row->feeds_telling == 1 ? "" : "s", row->coverage);
	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *it = &s->items.item[i];
		char date[DATE_TEXT];

		printf("%7lld %c%c %.16s  %s: %s", (long long)it->id, it->read ? ' ' : 'N', it->starred ? '*' : ' ', date_rfc3339(item_time(it), date),
		       it->feed_title ? it->feed_title : "", title_shown(it->title));
		if (s->telling[i].copy_of >= 0)
			printf("  = %lld", (long long)s->items.item[s->telling[i].copy_of].id);
		printf("\n");
	}
	printf("\n");
}

/* One story; array NULL: as text. */
static enum err tell_story(struct app *app, struct ranker *r, const struct story_row *row, json_t *array, struct arena *a, struct err_info *info)
{
	struct story s;
	struct told *told;
	int64_t *id;
	enum err e = story_load(&app->store, r, row->id, a, &s, info);

	if (e != OK)
		return e;
	if (!array) {
		print_story(row, &s);
		return OK;
	}
	id = arena_zero(a, s.items.n + 1, sizeof *id);
	told = arena_zero(a, s.items.n + 1, sizeof *told);
	for (size_t i = 0; i < s.items.n; i++)
		id[i] = s.items.item[i].id;
	e = story_tell(r, id, s.items.n, 0, a, told, info);
	if (e == OK)
		json_array_append_new(array, json_story(row, &s, told));
	return e;
}

static enum err list_stories(struct app *app, struct ranker *r, size_t limit, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	json_t *array = json ? json_array() : NULL;
	struct story_row *row;
	struct last_run run;
	size_t n = 0;
	enum err e = stories_list(&app->store, limit, &a, &row, &n, info);

	if (e == OK)
		e = run_load(&app->store, &run, info);
	for (size_t i = 0; i < n && e == OK; i++) {
		row[i].coverage = run_coverage(&run, row[i].coverage);
		e = tell_story(app, r, &row[i], array, &a, info);
	}
	if (e == OK && json)
		e = json_print(json_pack("{s:o}", "stories", array), 2, info);
	else
		json_decref(array);
	if (e == OK && !n && !json)
		printf("No two feeds tell the same story.\n");
	arena_clear(&a);
	return e;
}

/* ---- how other feeds tell one article ---- */

static json_t *json_told(const struct told *t)
{
	return json_pack("{s:I,s:o,s:o,s:o,s:o,s:i,s:b,s:o,s:f,s:o}", "id", (json_int_t)t->id, "title", json_text(t->title), "feed", json_text(t->feed), "link", json_text(t->link),
			 "published", json_time(t->at), "words", t->words, "read", t->read, "copy_of", json_text(t->copy_of), "difference", t->difference, "only", json_texts(t->only, t->n_only));
}

static enum err print_tellings_json(const struct tellings *t, struct err_info *info)
{
	json_t *array = json_array();

	for (size_t i = 0; i < t->n; i++)
		json_array_append_new(array, json_told(&t->told[i]));
	return json_print(json_pack("{s:o,s:b,s:o}", "article", json_told(&t->from), "same", t->same, "tellings", array), 2, info);
}

static void print_told(const struct told *t)
{
	char date[DATE_TEXT];

	printf("%7lld  %.2f  %.16s  %5d words  %s: %s", (long long)t->id, t->difference, date_rfc3339(t->at, date), t->words, t->feed, title_shown(t->title));
	if (t->copy_of)
		printf("; the same text as %s", t->copy_of);
	for (size_t i = 0; i < t->n_only && !t->copy_of; i++)
		printf("%s%s", i ? ", " : "; only here: ", t->only[i]);
	printf("\n");
}

static void print_tellings(const struct tellings *t)
{
	printf("%s  (%s)\n", title_shown(t->from.title), t->from.feed);
	if (!t->same)
		printf("Only %s tells it so far%s\n", t->from.feed,
		       t->n ? ". These are not the same story: the nearest articles of other feeds within 72 hours." : ", and no other feed has anything like it within 72 hours.");
	for (size_t i = 0; i < t->n; i++)
		print_told(&t->told[i]);
}

static enum err tell_article(struct ranker *r, int64_t id, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct tellings t;
	enum err e = story_tellings(r, id, &a, &t, info);

	if (e == OK && json)
		e = print_tellings_json(&t, info);
	else if (e == OK)
		print_tellings(&t);
	arena_clear(&a);
	return e;
}

enum err cmd_stories(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	long limit = STORIES;
	bool json = false;
	const struct option table[] = { { OPTION_INT, "limit", &limit, 1, 1e9 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct ranker *r = NULL;
	struct app app;
	int64_t id = 0;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc > 0)
		e = cmd_id(argv[0], &id, info);
	if (e == OK && argc > 1)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK)
		e = cmd_open_ranker(&app, &r, o, info);
	if (e != OK)
		return e;
	e = id ? tell_article(r, id, json, info) : list_stories(&app, r, (size_t)limit, json, info);
	cmd_close_ranker(&app, r);
	return e;
}
