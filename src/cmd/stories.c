/* eclose stories - what several feeds tell, and how each tells it. */
#include <stdio.h>

#include "app/load.h"
#include "app/story.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

#define STORIES 20 /* unless told otherwise */

static json_t *json_telling(const struct story *s, size_t i)
{
	json_t *o = json_item(&s->items.item[i]);
	long original = s->telling[i].copy_of;

	json_object_set_new(o, "copy_of", original < 0 ? json_null() : json_integer(s->items.item[original].id));
	json_object_set_new(o, "differs", json_real((s->telling[i].wording + s->telling[i].source) / 2));
	return o;
}

static json_t *json_story(const struct story_row *row, const struct story *s)
{
	json_t *tellings = json_array();

	for (size_t i = 0; i < s->items.n; i++)
		json_array_append_new(tellings, json_telling(s, i));
	return json_pack("{s:I,s:o,s:I,s:i,s:f,s:o,s:o}", "id", (json_int_t)row->id, "title", json_text(s->items.item[0].title), "lead", (json_int_t)s->items.item[0].id,
			 "feeds_telling", row->feeds_telling, "coverage", row->coverage, "newest", json_time(row->newest), "tellings", tellings);
}

static void print_story(const struct story_row *row, const struct story *s)
{
	printf("%s  (%d feed%s, coverage %.2f)\n", s->items.item[0].title && *s->items.item[0].title ? s->items.item[0].title : "(no title)", row->feeds_telling,
	       row->feeds_telling == 1 ? "" : "s", row->coverage);
	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *it = &s->items.item[i];
		char date[DATE_TEXT];

		printf("%7lld %c%c %.16s  %s: %s", (long long)it->id, it->read ? ' ' : 'N', it->starred ? '*' : ' ', date_rfc3339(item_time(it), date),
		       it->feed_title ? it->feed_title : "", it->title && *it->title ? it->title : "(no title)");
		if (s->telling[i].copy_of >= 0)
			printf("  = %lld", (long long)s->items.item[s->telling[i].copy_of].id);
		printf("\n");
	}
	printf("\n");
}

static enum err run(struct app *app, size_t limit, json_t *array, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct ranker *r = NULL;
	struct story_row *row;
	size_t n = 0;
	enum err e = ranker_open(app, &r, info);

	if (e == OK)
		e = stories_list(&app->store, limit, &a, &row, &n, info);
	for (size_t i = 0; i < n && e == OK; i++) {
		struct story s;

		e = story_load(&app->store, r, row[i].id, &a, &s, info);
		if (e == OK && array)
			json_array_append_new(array, json_story(&row[i], &s));
		else if (e == OK)
			print_story(&row[i], &s);
	}
	if (e == OK && !n && !array)
		printf("No two feeds tell the same story.\n");
	if (r)
		ranker_close(r);
	arena_clear(&a);
	return e;
}

enum err cmd_stories(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	long limit = STORIES;
	bool json = false;
	const struct option table[] = { { OPTION_INT, "limit", &limit, 1, 1e9 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	json_t *array = NULL;
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, NULL, argc, argv, info);

	if (e != OK)
		return e;
	if (json)
		array = json_array();
	e = run(&app, (size_t)limit, array, info);
	if (e == OK && json)
		e = json_print(json_pack("{s:o}", "stories", array), 2, info);
	else
		json_decref(array);
	app_close(&app);
	return e;
}
