/* eclose doctor - is everything as it should be? */
#include <stdio.h>
#include <string.h>

#include "app/basis.h"
#include "app/refresh.h"
#include "app/retain.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "ui/action.h"

static bool healthy(const struct doctor_report *d)
{
	return strcmp(d->integrity, "ok") == 0 && !d->orphans && !d->df_wrong && !d->count_wrong;
}

/* Settings that were read and do nothing: keys that nobody has, actions that there aren't. */
struct complaints { const char **text; size_t n; };

static void check_settings(const struct app *app, struct arena *a, struct complaints *out)
{
	const struct config *c = &app->config;
	struct keymap keys = { 0 };

	*out = (struct complaints){ arena_zero(a, c->n_bind + 1, sizeof *out->text), 0 };
	keymap_init(&keys);
	for (size_t i = 0; i < c->n_bind; i++) {
		struct err_info info = ERR_INFO_INIT;

		if (keymap_bind(&keys, c->bind[i].key, c->bind[i].action, &info) != OK)
			out->text[out->n++] = arena_printf(a, "%s:%d: %s", app->config_path, c->bind[i].line, info.text);
	}
	keymap_clear(&keys);
}

struct meaning { size_t topics, stories; int64_t due, word_vectors, lsa_articles; int lsa_dimensions; bool lsa_damaged; };

static const char *const room_word[ROOM_COUNT] = ROOM_WORDS;

static json_t *json_room(const struct doctor_report *d)
{
	json_t *o = json_object();

	for (int k = 0; k < ROOM_COUNT; k++)
		json_object_set_new(o, room_word[k], json_integer(d->room[k]));
	return o;
}

/* "room: articles 2.1 MB, bodies 31.0 MB, full text 12.4 MB, ..." */
static void print_room(const struct doctor_report *d)
{
	int64_t all = 0;

	printf(d->room_guessed ? "room, by what stands in the rows:" : "room:");
	for (int k = 0; k < ROOM_COUNT; k++) {
		const char *word = k == ROOM_TEXT ? "full text" : room_word[k];

		all += d->room[k];
		printf("%s %s %.1f MB", k ? "," : "", word, (double)d->room[k] / 1e6);
	}
	printf("; write-ahead log %.1f MB\n", (double)d->wal_bytes / 1e6);
	if (d->text_bytes)
		printf("all but the full text is %.2f times the %.1f MB of text that the articles have\n", (double)(all - d->room[ROOM_TEXT]) / (double)d->text_bytes,
		       (double)d->text_bytes / 1e6);
}

static void print_kept(const struct doctor_report *d, int64_t due)
{
	if (d->retired || d->gone)
		printf("%lld articles were let go, and of %lld more the text\n", (long long)d->gone, (long long)d->retired);
	if (due)
		printf("the next fetch lets go of %lld article%s (keep-days, keep-articles)\n", (long long)due, due == 1 ? "" : "s");
}

static enum err print_json(const struct app *app, const struct doctor_report *d, const struct meaning *m, const struct complaints *settings,
			   struct err_info *info)
{
	json_t *o = json_object(), *dead = json_array(), *idle = json_array();
	const struct { const char *name; int64_t n; } counts[] = {
		{ "schema", d->schema }, { "feeds", d->feeds }, { "subscribed", d->subscribed }, { "articles", d->articles }, { "bodies", d->bodies },
		{ "earlier", d->earlier }, { "events", d->events }, { "terms", d->terms }, { "vectors", d->vectors }, { "indexed", d->indexed }, { "orphans", d->orphans },
		{ "df_wrong", d->df_wrong }, { "count_wrong", d->count_wrong }, { "file_bytes", d->file_bytes }, { "free_bytes", d->free_bytes },
		{ "wal_bytes", d->wal_bytes }, { "text_bytes", d->text_bytes }, { "retired", d->retired }, { "gone", d->gone }, { "due", m->due },
		{ "topics", (int64_t)m->topics }, { "stories", (int64_t)m->stories }, { "word_vectors", m->word_vectors },
		{ "lsa_dimensions", m->lsa_dimensions }, { "lsa_articles", m->lsa_articles },
		{ "explore", app_explore(app) },
	};

	json_object_set_new(o, "ok", json_boolean(healthy(d) && !settings->n));
	json_object_set_new(o, "store", json_text(app->store_path));
	json_object_set_new(o, "integrity", json_text(d->integrity));
	json_object_set_new(o, "former", json_text(d->former));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		json_object_set_new(o, counts[i].name, json_integer(counts[i].n));
	for (size_t i = 0; i < d->n_dead; i++)
		json_array_append_new(dead, json_pack("{s:o,s:o,s:i}", "url", json_text(d->dead[i].url), "error", json_text(d->dead[i].error),
						      "failures", d->dead[i].failures));
	json_object_set_new(o, "dead_feeds", dead);
	json_object_set_new(o, "room", json_room(d));
	for (size_t i = 0; i < settings->n; i++)
		json_array_append_new(idle, json_text(settings->text[i]));
	json_object_set_new(o, "settings", idle);
	return json_print(o, 2, info);
}

/* "slider: 30, saturday 50, sunday 60; today 60" */
static void print_explore(const struct app *app)
{
	const struct config *c = &app->config;

	printf("slider: %d", c->explore);
	for (int d = 0; d < RHYTHM_DAYS; d++)
		if (c->rhythm.set & 1u << d)
			printf(", %s %d", rhythm_day[d], c->rhythm.day[d]);
	printf("; today %d\n", app_explore(app));
}

static void print_text(const struct app *app, const struct doctor_report *d, const struct meaning *m, const struct complaints *settings)
{
	printf("store %s: %s, schema %d, %.1f MB (%.1f MB free)\n", app->store_path, d->integrity, d->schema, (double)d->file_bytes / 1e6, (double)d->free_bytes / 1e6);
	printf("%lld subscriptions, %lld feeds known, %lld articles (%lld texts of before an edit), %lld actions in the log\n", (long long)d->subscribed,
	       (long long)d->feeds, (long long)d->articles, (long long)d->earlier, (long long)d->events);
	printf("%lld terms, %lld articles with vectors, %lld in the full-text index\n", (long long)d->terms, (long long)d->vectors, (long long)d->indexed);
	printf("%zu topics, %zu stories told by several feeds; word vectors of %lld articles; LSA of %d dimensions from %lld articles\n", m->topics, m->stories,
	       (long long)m->word_vectors, m->lsa_dimensions, (long long)m->lsa_articles);
	print_room(d);
	print_kept(d, m->due);
	if (d->former)
		printf("as it was before its schema changed, it stays in %s, which may be deleted\n", d->former);
	if (m->lsa_damaged)
		printf("! the stored LSA basis can't be read; the next fetch makes it anew\n");
	if (d->orphans)
		printf("! %lld rows whose owner is gone\n", (long long)d->orphans);
	if (d->df_wrong)
		printf("! %lld terms with a wrong document frequency\n", (long long)d->df_wrong);
	if (d->count_wrong)
		printf("! %lld feeds with wrong counts\n", (long long)d->count_wrong);
	for (size_t i = 0; i < d->n_dead; i++)
		printf("! %s: %s\n", d->dead[i].url, d->dead[i].gone ? "gone (410)" : d->dead[i].error ? d->dead[i].error : "failing");
	for (size_t i = 0; i < settings->n; i++)
		printf("! %s\n", settings->text[i]);
	if (!settings->n)
		printf("settings %s: read without complaint\n", app->config_path);
	print_explore(app);
}

/* What the meaning of articles rests on. */
static enum err read_meaning(struct app *app, struct arena *a, struct meaning *m, struct err_info *info)
{
	struct basis b = { .fresh = BUF_INIT };
	struct topic_count *topic;
	struct story_row *story;
	enum err e = topics_counts(&app->store, a, &topic, &m->topics, info);

	if (e == OK)
		e = stories_list(&app->store, 0, a, &story, &m->stories, info);
	if (e == OK)
		e = app_retain_due(app, &m->due, info);
	if (e == OK)
		e = wordvecs_count(&app->store, &m->word_vectors, info);
	if (e != OK)
		return e;
	e = basis_stored(&app->store, &b, NULL);
	if (e == OK) {
		m->lsa_dimensions = b.lsa.d;
		m->lsa_articles = b.articles;
		basis_clear(&b);
	}
	m->lsa_damaged = e == ERR_CORRUPT;
	return e == ERR_NOTFOUND || e == ERR_CORRUPT ? OK : e;
}

/* ---- repairing ---- */

static void say_repaired(int64_t n, const char *what)
{
	if (n)
		printf("repaired: %lld %s\n", (long long)n, what);
}

static enum err print_repaired(const struct repaired *r, bool json, struct err_info *info)
{
	if (json)
		return json_print(json_pack("{s:{s:I,s:I,s:I,s:I,s:I,s:b}}", "repaired", "lost", (json_int_t)r->lost, "orphans", (json_int_t)r->orphans, "vectors",
					    (json_int_t)r->vectors, "terms", (json_int_t)r->terms, "counts", (json_int_t)r->counts, "search", r->search), 2, info);
	say_repaired(r->lost, "articles of a feed that is unknown");
	say_repaired(r->orphans, "rows whose owner is gone, removed");
	say_repaired(r->vectors, "articles whose words the next fetch counts anew");
	say_repaired(r->terms, "document frequencies");
	say_repaired(r->counts, "feeds' counts");
	if (r->search)
		printf("repaired: the full-text index, made anew\n");
	if (!(r->lost || r->orphans || r->vectors || r->terms || r->counts || r->search))
		printf("nothing to repair\n");
	return OK;
}

/* Where the file itself is damaged nothing is written: what can still be read is worth more than what a guess would make of it. */
static enum err repair(struct app *app, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct doctor_report d;
	struct repaired r;
	enum err e = doctor_check(&app->store, &a, &d, info);

	if (e == OK && strcmp(d.file, "ok") != 0)
		e = err_set(info, ERR_CORRUPT, "%.200s: the file itself is damaged (%.200s); a backup takes its place, or `eclose export --json` what can still be read", app->store_path,
			    d.file);
	if (e == OK)
		e = store_repair(&app->store, &r, info);
	if (e == OK && r.search)
		e = app_index(app, info);
	if (e == OK)
		e = print_repaired(&r, json, info);
	arena_clear(&a);
	return e;
}

/* ---- the command ---- */

static enum err examine(struct app *app, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct complaints settings;
	struct doctor_report d;
	struct meaning m = { 0 };
	enum err e;

	check_settings(app, &a, &settings);
	e = doctor_check(&app->store, &a, &d, info);
	if (e == OK)
		e = read_meaning(app, &a, &m, info);
	if (e == OK && json)
		e = print_json(app, &d, &m, &settings, info);
	else if (e == OK)
		print_text(app, &d, &m, &settings);
	if (e == OK && !healthy(&d))
		e = err_set(info, ERR_CORRUPT, "%s: not in order, see above", app->store_path);
	if (e == OK && settings.n)
		e = err_set(info, ERR_SYNTAX, "%s", settings.text[0]);
	arena_clear(&a);
	return e;
}

enum err cmd_doctor(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false, mend = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, { OPTION_FLAG, "repair", &mend, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, NULL, argc, argv, info);

	if (e != OK)
		return e;
	e = mend ? repair(&app, json, info) : examine(&app, json, info);
	app_close(&app);
	return e;
}
