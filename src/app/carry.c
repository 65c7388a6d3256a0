#include "app/carry.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "app/load.h"
#include "app/ranker.h"
#include "base/buf.h"
#include "base/map.h"

#define FORMAT 1
#define BYTES_MOST ((size_t)1 << 30)

static const char *const kind_word[EVENT_KIND_COUNT] = {
#define X(name, w) w,
	EVENT_KINDS(X)
#undef X
};

/* ---- out ---- */

struct writer {
	struct app *app;
	struct arena a;
	struct map feeds;    /* id (8 bytes) -> index into list */
	struct feed_list list;
	struct map articles; /* id (8 bytes) -> index into the array, -1 gone */
	struct topic_row *topic;
	size_t n_topics;
	json_t *array, *events;
};

static bool topic_subject(const char *subject, int *id)
{
	enum facet f;
	const char *key;

	if (!edit_facet(subject, &f, &key) || f != FACET_TOPIC)
		return false;
	*id = (int)strtol(key, NULL, 10);
	return true;
}

static json_t *text(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *when(int64_t t)
{
	char rfc[DATE_TEXT];

	return t == DATE_NONE ? json_null() : json_string(date_rfc3339(t, rfc));
}

static enum err write_article(struct writer *w, int64_t id, int64_t *index, struct err_info *info)
{
	struct item_list one;
	enum err e = articles_brief(&w->app->store, &id, 1, &w->a, &one, info);
	int64_t feed;

	if (e != OK || !one.n)
		return e;
	feed = map_get(&w->feeds, (const char *)&one.item[0].feed_id, sizeof one.item[0].feed_id, -1);
	if (feed < 0)
		return OK;
	*index = (int64_t)json_array_size(w->array);
	json_array_append_new(w->array, json_pack("{s:o,s:o,s:o,s:o,s:o}", "feed", text(w->list.feed[feed].url), "id", text(one.item[0].guid), "link",
						  text(one.item[0].link), "title", text(one.item[0].title), "published", when(one.item[0].published)));
	return OK;
}

static void known_real(json_t *o, const char *name, double v)
{
	if (v >= 0)
		json_object_set_new(o, name, json_real(v));
}

static void known_int(json_t *o, const char *name, int64_t v, int64_t unknown)
{
	if (v != unknown)
		json_object_set_new(o, name, json_integer(v));
}

/* A topic's number is of this store alone: its name goes along. */
static void write_edit(const struct writer *w, json_t *o, const struct event *ev)
{
	int id;

	json_object_set_new(o, "subject", text(ev->subject));
	json_object_set_new(o, "weight", json_real(ev->value));
	if (!topic_subject(ev->subject, &id))
		return;
	for (size_t i = 0; i < w->n_topics; i++)
		if (w->topic[i].id == id)
			json_object_set_new(o, "topic", text(w->topic[i].name));
}

/* article -1: none */
static void write_event(struct writer *w, const struct event *ev, int64_t article)
{
	json_t *o = json_object();

	json_object_set_new(o, "article", article < 0 ? json_null() : json_integer(article));
	json_object_set_new(o, "at", when(ev->at));
	json_object_set_new(o, "kind", json_string(kind_word[ev->kind]));
	json_object_set_new(o, "batch", json_integer(ev->batch));
	known_real(o, "dwell", ev->dwell);
	known_real(o, "scroll", ev->scroll);
	known_real(o, "propensity", ev->propensity);
	known_int(o, "place", ev->place, 0);
	known_int(o, "slot", ev->slot, 0);
	known_int(o, "explore", ev->explore, -1);
	known_int(o, "pair", ev->pair, 0);
	known_int(o, "width", ev->width, 0);
	if (ev->kind == EVENT_EDIT)
		write_edit(w, o, ev);
	json_array_append_new(w->events, o);
}

static enum err write_log(struct writer *w, struct err_info *info)
{
	struct log_copy log;
	enum err e = feeds_load(&w->app->store, true, &w->a, &w->list, info);

	for (size_t i = 0; e == OK && i < w->list.n; i++)
		*map_at(&w->feeds, (const char *)&w->list.feed[i].id, sizeof w->list.feed[i].id, 0, NULL) = (int64_t)i;
	if (e == OK)
		e = topics_load(&w->app->store, &w->a, &w->topic, &w->n_topics, info);
	if (e == OK)
		e = log_read(&w->app->store, &log, info);
	if (e != OK)
		return e;
	for (size_t i = 0; e == OK && i < log.n; i++) {
		int64_t id = log.event[i].article, index;
		bool added;

		index = *map_at(&w->articles, (const char *)&id, sizeof id, -1, &added);
		if (added) {
			e = write_article(w, id, &index, info);
			*map_at(&w->articles, (const char *)&id, sizeof id, -1, NULL) = index;
		}
		if (e == OK && (index >= 0 || log.event[i].kind == EVENT_EDIT))
			write_event(w, &log.event[i], index);
	}
	log_free(&log);
	return e;
}

enum err carry_export(struct app *app, struct buf *out, struct err_info *info)
{
	struct writer w = { .app = app, .array = json_array(), .events = json_array() };
	enum err e = db_begin_read(app->store.db, info);
	json_t *doc;
	char *bytes;

	if (e == OK)
		e = db_end(app->store.db, write_log(&w, info), info);
	doc = json_pack("{s:s,s:i,s:o,s:o,s:o}", "eclose", "profile", "version", FORMAT, "exported", when(app_now(app)), "articles", w.array, "events", w.events);
	if (e == OK) {
		bytes = json_dumps(doc, JSON_PRESERVE_ORDER | JSON_INDENT(1));
		buf_puts(out, bytes);
		buf_putc(out, '\n');
		free(bytes);
	}
	json_decref(doc);
	map_clear(&w.feeds);
	map_clear(&w.articles);
	arena_clear(&w.a);
	return e;
}

/* ---- in ---- */

struct entry_ref { const char *feed; struct entry entry; };

static const char *member(const json_t *o, const char *name)
{
	return json_string_value(json_object_get(o, name));
}

static enum err read_article(const json_t *o, size_t i, struct entry_ref *out, struct err_info *info)
{
	const char *published = member(o, "published");

	*out = (struct entry_ref){ member(o, "feed"),
		{ .id = member(o, "id"), .link = member(o, "link"), .title = member(o, "title"), .published = DATE_NONE, .updated = DATE_NONE } };
	if (!out->feed || (published && !date_parse(published, &out->entry.published)))
		return err_set(info, ERR_SYNTAX, "article %zu has no feed, or a date that is none", i);
	return OK;
}

/* A member that may be absent (then *v stays) and must lie between least and most. */
static bool read_number(const json_t *o, const char *name, double least, double most, bool whole, double *v)
{
	const json_t *m = json_object_get(o, name);
	double x = json_number_value(m);

	if (!m)
		return true;
	if (!json_is_number(m) || !(x >= least && x <= most) || (whole && x != floor(x)))
		return false;
	*v = x;
	return true;
}

static bool read_kind(const char *word, enum event_kind *kind)
{
	for (int k = 0; word && k < EVENT_KIND_COUNT; k++)
		if (k != EVENT_UNDO && strcmp(kind_word[k], word) == 0) {
			*kind = (enum event_kind)k;
			return true;
		}
	return false;
}

#define INT_MOST 1e9
#define BATCH_MOST 9e15 /* whole numbers that a double holds */

/* Topics are found by their names, so that is all that is kept of one here: "topic:NAME". */
static bool read_edit(const json_t *o, struct arena *a, struct event *ev)
{
	const char *subject = member(o, "subject"), *topic = member(o, "topic"), *key;
	enum facet f;
	int id;

	if (!subject || !edit_facet(subject, &f, &key) || !json_object_get(o, "weight") || !read_number(o, "weight", -EDIT_MOST, EDIT_MOST, false, &ev->value))
		return false;
	if (!topic_subject(subject, &id))
		return edit_spelt(subject, a, &ev->subject, NULL) == OK;
	ev->subject = arena_printf(a, "topic:%s", topic ? topic : "");
	return true;
}

/* article [out] its number in the file, of an edit -1 where it names none; a owns its subject */
static enum err read_event(const json_t *o, size_t i, size_t articles, struct arena *a, struct event *out, struct err_info *info)
{
	double article = -1, batch = 0, place = 0, slot = 0, explore = -1, pair = 0, width = 0;
	struct event ev = { .dwell = -1, .scroll = -1, .propensity = -1 };
	const char *at = member(o, "at");
	bool ok = at && date_parse(at, &ev.at) && read_kind(member(o, "kind"), &ev.kind);

	if (ok && ev.kind == EVENT_EDIT)
		ok = read_edit(o, a, &ev);
	if (ok && !(ev.kind == EVENT_EDIT && json_is_null(json_object_get(o, "article"))))
		ok = json_object_get(o, "article") && read_number(o, "article", 0, (double)articles - 1, true, &article);
	ok = ok && read_number(o, "batch", 0, BATCH_MOST, true, &batch);
	ok = ok && read_number(o, "dwell", 0, INT_MOST, false, &ev.dwell) && read_number(o, "scroll", 0, 1, false, &ev.scroll);
	ok = ok && read_number(o, "propensity", 0, 1, false, &ev.propensity) && read_number(o, "place", 0, INT_MOST, true, &place);
	ok = ok && read_number(o, "slot", 0, SLOT_SERENDIPITY, true, &slot) && read_number(o, "explore", 0, 100, true, &explore);
	ok = ok && read_number(o, "pair", 0, INT_MOST, true, &pair) && read_number(o, "width", 0, INT_MOST, true, &width);
	if (!ok)
		return err_set(info, ERR_SYNTAX, "event %zu is none that eclose writes", i);
	ev.article = (int64_t)article;
	ev.batch = (int64_t)batch;
	ev.place = (int)place;
	ev.slot = (int)slot;
	ev.explore = (int)explore;
	ev.pair = (int)pair;
	ev.width = (int)width;
	*out = ev;
	return OK;
}

/* The store's numbers of the file's articles, 0 where they aren't here. */
static enum err find_articles(struct app *app, const struct entry_ref *ref, size_t n, int64_t *id, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0; e == OK && i < n; i++) {
		struct arena a = ARENA_INIT;
		struct feed feed;

		id[i] = 0;
		e = feeds_by_url(&app->store, ref[i].feed, &a, &feed, info);
		if (e == OK)
			e = articles_same(&app->store, feed.id, &ref[i].entry, &id[i], info);
		if (e == ERR_NOTFOUND)
			e = OK;
		arena_clear(&a);
	}
	return e;
}

/* The topic of that name has another number here, or there is none. */
static bool find_topic(const struct topic_row *t, size_t n, struct arena *a, struct event *ev)
{
	enum facet f;
	const char *name;

	if (strncmp(ev->subject, "topic:", 6) != 0)
		return true;
	if (!edit_facet(ev->subject, &f, &name))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(t[i].name, name) == 0) {
			ev->subject = arena_printf(a, "topic:%d", t[i].id);
			return true;
		}
	return false;
}

/* Articles and topics as they are numbered here. An edit is one wherever it was said. Returns how many are left: the others speak of what isn't here. */
static size_t place_here(struct event *ev, size_t n, const int64_t *id, const struct topic_row *t, size_t topics, struct arena *a)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct event here = ev[i];

		here.article = ev[i].article < 0 ? 0 : id[ev[i].article];
		if (here.kind == EVENT_EDIT ? find_topic(t, topics, a, &here) : here.article != 0)
			ev[kept++] = here;
	}
	return kept;
}

static enum err merge_doc(struct app *app, const json_t *doc, struct arena *a, struct carried *out, struct err_info *info)
{
	const json_t *articles = json_object_get(doc, "articles"), *events = json_object_get(doc, "events");
	size_t n = json_array_size(articles), m = json_array_size(events), kept = 0;
	struct entry_ref *ref = arena_alloc(a, (n + 1) * sizeof *ref);
	int64_t *id = arena_zero(a, n + 1, sizeof *id);
	struct event *ev = arena_alloc(a, (m + 1) * sizeof *ev);
	struct topic_row *topic = NULL;
	size_t topics = 0;
	enum err e = topics_load(&app->store, a, &topic, &topics, info);

	for (size_t i = 0; e == OK && i < n; i++)
		e = read_article(json_array_get(articles, i), i, &ref[i], info);
	for (size_t i = 0; e == OK && i < m; i++)
		e = read_event(json_array_get(events, i), i, n, a, &ev[i], info);
	if (e == OK)
		e = find_articles(app, ref, n, id, info);
	if (e == OK)
		kept = place_here(ev, m, id, topic, topics, a);
	if (e == OK)
		e = events_merge(&app->store, ev, kept, &out->events, info);
	out->known = (int64_t)kept - out->events;
	out->unknown = (int64_t)(m - kept);
	return e;
}

static enum err import_json(struct app *app, const char *path, struct carried *out, struct err_info *info)
{
	struct buf bytes = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct carried got = { 0 };
	json_error_t why;
	json_t *doc;
	enum err e = buf_read_file(&bytes, path, BYTES_MOST, info);

	if (e != OK)
		return e;
	doc = json_loadb(buf_str(&bytes), bytes.len, 0, &why);
	if (!doc || !member(doc, "eclose") || strcmp(member(doc, "eclose"), "profile") != 0)
		e = err_set(info, ERR_SYNTAX, "%.300s: is neither a profile that eclose has exported nor newsboat's cache.db", path);
	else if (json_integer_value(json_object_get(doc, "version")) != FORMAT)
		e = err_set(info, ERR_UNSUPPORTED, "%.300s: was written by another eclose, in a form that this one doesn't know", path);
	if (e == OK) {
		e = merge_doc(app, doc, &a, &got, info);
		if (e == ERR_SYNTAX)
			e = err_at(info, "%.200s", path);
	}
	if (e == OK)
		*out = got;
	json_decref(doc);
	arena_clear(&a);
	buf_clear(&bytes);
	return e;
}

static enum err is_database(const char *path, bool *is, struct err_info *info)
{
	static const char magic[16] = "SQLite format 3";
	char head[sizeof magic];
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f)
		return err_errno(info, "%.300s", path);
	n = fread(head, 1, sizeof head, f);
	*is = n == sizeof head && memcmp(head, magic, sizeof head) == 0;
	fclose(f);
	return OK;
}

enum err carry_import(struct app *app, const char *path, struct carried *out, struct err_info *info)
{
	bool database = false;
	enum err e = is_database(path, &database, info);

	if (e != OK)
		return e;
	return database ? newsboat_import(app, path, out, info) : import_json(app, path, out, info);
}
