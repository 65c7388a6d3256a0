/* eclose vectors - which table of word vectors is used, and another one in its place. */
#include <stdio.h>
#include <string.h>

#include "app/last_page.h"
#include "app/refresh.h"
#include "app/tables.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

struct status {
	enum table_choice choice;
	const char *path;      /* NULL: none */
	struct vectors table;
	int64_t articles, with; /* all; that have a vector */
};

static enum err count(struct app *app, struct status *s, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct feed_list feeds;
	enum err e = feeds_load(&app->store, true, &a, &feeds, info);

	for (size_t i = 0; e == OK && i < feeds.n; i++)
		s->articles += feeds.feed[i].items;
	arena_clear(&a);
	return e == OK ? wordvecs_count(&app->store, &s->with, info) : e;
}

static const char *choice_word(const struct status *s)
{
	static const char *const word[] = { [TABLE_BUNDLED] = "bundled", [TABLE_OWN] = "own", [TABLE_OFF] = "off" };

	return s->choice == TABLE_BUNDLED && !s->table.map ? "missing" : word[s->choice];
}

static enum err print_json(const struct status *s, struct err_info *info)
{
	const struct vectors *t = &s->table;

	return json_print(json_pack("{s:s,s:o,s:o,s:I,s:I,s:I,s:I,s:I}", "table", choice_word(s), "file", json_text(t->map ? s->path : NULL),
				    "language", json_text(t->map && *t->lang ? t->lang : NULL), "words", (json_int_t)t->words, "dimensions", (json_int_t)t->dims,
				    "bytes", (json_int_t)t->bytes, "articles", (json_int_t)s->articles, "articles_with_vector", (json_int_t)s->with), 2, info);
}

static void print_text(const struct status *s)
{
	const struct vectors *t = &s->table;

	if (s->choice == TABLE_OFF)
		printf("no word vectors (eclose vectors use default: the bundled English table)\n");
	else if (!t->map)
		printf("no word vectors: the bundled table isn't installed (%s)\n", s->path);
	else
		printf("%s: %s, %zu words in %zu dimensions, %.1f MB, language %s\n", s->choice == TABLE_OWN ? "your own table" : "the bundled table", s->path, t->words,
		       t->dims, (double)t->bytes / 1e6, *t->lang ? t->lang : "any");
	printf("%lld of %lld articles have a vector by it\n", (long long)s->with, (long long)s->articles);
}

static enum err print_status(struct app *app, bool json, struct err_info *info)
{
	struct status s = { .table = VECTORS_INIT };
	enum err e = tables_open(app, &s.table, info);

	s.choice = tables_choice(app, &s.path);
	if (e == OK)
		e = count(app, &s, info);
	if (e == OK && json)
		e = print_json(&s, info);
	else if (e == OK)
		print_text(&s);
	vectors_close(&s.table);
	return e;
}

/* All articles anew by the table that is chosen now, and the model by them, so that the next first screen needn't wait. */
static enum err compute(struct app *app, struct err_info *info)
{
	enum err e = app_vectorise(app, info);

	return e == OK ? last_page_renew(app, info) : e;
}

static enum err change(struct app *app, int argc, char **argv, struct err_info *info)
{
	enum err e;

	if (strcmp(argv[0], "off") == 0)
		e = tables_off(app, info);
	else if (strcmp(argv[argc - 1], "default") == 0)
		e = tables_default(app, info);
	else
		e = tables_use(app, argv[1], info);
	return e == OK ? compute(app, info) : e;
}

static enum err check_words(int argc, char **argv, struct err_info *info)
{
	if (argc == 0)
		return OK;
	if (strcmp(argv[0], "use") == 0)
		return argc < 2 ? err_set(info, ERR_USAGE, "vectors use: which file? (or: default)") : cmd_no_more(argc - 2, argv + 2, info);
	if (strcmp(argv[0], "status") == 0 || strcmp(argv[0], "off") == 0)
		return cmd_no_more(argc - 1, argv + 1, info);
	return err_set(info, ERR_USAGE, "vectors takes: status, use FILE, use default, off; not '%s'", argv[0]);
}

enum err cmd_vectors(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = check_words(argc, argv, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	if (argc && strcmp(argv[0], "status") != 0)
		e = change(&app, argc, argv, info);
	if (e == OK)
		e = print_status(&app, json, info);
	app_close(&app);
	return e;
}
