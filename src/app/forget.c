#include "app/forget.h"

#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "app/ranker.h"
#include "app/words.h"
#include "text/terms.h"

/* ---- a word as the store knows it ---- */

struct found_terms { uint32_t *id; size_t n, cap; };

struct first_term { struct arena *a; const char *term, *surface; bool others; /* words that are no part of it follow */ };

/* Of "Alemu-Brandt" the whole comes first, and its parts aren't meant. In "comet,quince" none is the whole. */
static void keep_first(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct first_term *f = user;

	if (f->term) {
		f->others = f->others || !strstr(f->surface, arena_strndup(f->a, surface, surface_n));
		return;
	}
	f->term = arena_strndup(f->a, term, n);
	f->surface = arena_strndup(f->a, surface, surface_n);
}

static struct first_term first_of(struct terms *t, struct arena *a, const char *word, const char *lang)
{
	struct first_term f = { .a = a };

	(void)terms_each(t, word, strlen(word), lang, keep_first, &f);
	return f;
}

static void add(struct found_terms *f, int64_t id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->id[i] == (uint32_t)id)
			return;
	MEM_GROW(f->id, f->n, f->cap);
	f->id[f->n++] = (uint32_t)id;
}

/* What the feeds have written like that, in whatever language; else what the word's stem is in any language that we know. */
static enum err find_stems(struct store *st, struct terms *t, struct arena *a, const char *word, struct found_terms *out, struct err_info *info)
{
	static const char *const LANG[] = { "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "ru", "ca", "gl", "el", "hu", "ro", "tr", "ar", "eu",
					    "ga", "hi", "hy", "id", "ko", "lt", "ne", "sr", "ta", "yi", "zh", "" };
	enum err e = OK;

	for (size_t i = 0; e == OK && i < sizeof LANG / sizeof *LANG; i++) {
		struct first_term f = first_of(t, a, word, LANG[i]);
		int64_t id;

		if (!f.term)
			continue;
		e = terms_id(st, f.term, strlen(f.term), &id, info);
		if (e == OK)
			add(out, id);
		else if (e == ERR_NOTFOUND)
			e = OK;
	}
	return e;
}

static enum err find_written(struct store *st, struct arena *a, const char *form, struct found_terms *out, struct err_info *info)
{
	struct id_list written = { 0 };
	enum err e = terms_written(st, form, strlen(form), a, &written, info);

	for (size_t i = 0; e == OK && i < written.n; i++)
		add(out, written.id[i]);
	return e;
}

/* What looks like several words may be one, as the profile shows it: "alemu-brandt" in small letters. */
static enum err find_word(struct store *st, struct terms *t, struct arena *a, const char *word, struct found_terms *out, struct err_info *info)
{
	struct first_term plain = first_of(t, a, word, NULL);
	enum err e = find_written(st, a, category_key(a, word, strlen(word)), out, info);

	if (e != OK || out->n)
		return e;
	if (!plain.term || plain.others || strpbrk(word, " \t\n"))
		return err_set(info, ERR_USAGE, "--term takes one word, not '%.100s'", word);
	e = find_written(st, a, plain.surface, out, info);
	if (e == OK && !out->n)
		e = find_stems(st, t, a, word, out, info);
	if (e == OK && !out->n)
		e = err_set(info, ERR_NOTFOUND, "no article has the word '%.100s'", word);
	return e;
}

/* Articles that came since the last fetch's counting was cut short have no terms yet: they are counted first, so that none is missed. */
static enum err find_terms(struct app *app, const char *word, struct arena *a, struct found_terms *out, struct err_info *info)
{
	struct terms *t;
	size_t fresh;
	enum err e = words_index(app, &fresh, info);

	if (e == OK)
		e = terms_new(&t, info);
	if (e != OK)
		return e;
	e = find_word(&app->store, t, a, word, out, info);
	terms_free(t);
	return e;
}

/* ---- from the request to what the store understands ---- */

static enum err topic_there(struct store *st, int64_t topic, struct arena *a, struct err_info *info)
{
	struct topic_row *row;
	size_t n;
	enum err e = topics_load(st, a, &row, &n, info);

	for (size_t i = 0; e == OK && i < n; i++)
		if (row[i].id == topic)
			return OK;
	return e == OK ? err_set(info, ERR_NOTFOUND, "no topic %lld; eclose topics lists them", (long long)topic) : e;
}

static enum err resolve(struct app *app, const struct forget_request *r, struct arena *a, struct found_terms *terms, struct forget *out, struct err_info *info)
{
	struct forget f = { .what = FORGET_ALL };
	struct feed feed;
	enum err e = OK;

	if (r->term) {
		f.what = FORGET_TERMS;
		e = find_terms(app, r->term, a, terms, info);
		f.term = terms->id;
		f.n_terms = terms->n;
	} else if (r->feed) {
		f.what = FORGET_FEED;
		e = feeds_by_url(&app->store, r->feed, a, &feed, info);
		f.feed_id = e == OK ? feed.id : 0;
	} else if (r->topic >= 0) {
		f.what = FORGET_TOPIC;
		f.topic = r->topic;
		e = topic_there(&app->store, r->topic, a, info);
	} else if (!r->all) {
		f.what = FORGET_SPAN;
		f.since = r->since;
		f.until = r->until == DATE_NONE ? INT64_MAX : r->until;
	}
	*out = f;
	return e;
}

/* ---- doing it ---- */

/* One moment for all others: the rows, what was computed from them, and the version without which nobody can save an older one. */
static enum err take_out(struct app *app, const struct forget *f, struct arena *a, struct forgotten *out, struct err_info *info)
{
	static const char *const of_reading[] = { MODEL_BLOB }; /* all blobs that are computed from the log */
	struct forgotten gone = { 0 };
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	e = events_forget(&app->store, f, &gone, info);
	for (size_t i = 0; e == OK && i < sizeof of_reading / sizeof *of_reading; i++)
		e = blob_drop(&app->store, of_reading[i], info);
	if (e == OK)
		e = load_another_version(&app->store, a, NULL, info);
	e = db_end(app->store.db, e, info);
	if (e == OK)
		*out = gone;
	return e;
}

enum err forget_plan(struct app *app, const struct forget_request *r, struct forgotten *out, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct found_terms terms = { 0 };
	struct forget f;
	enum err e = resolve(app, r, &a, &terms, &f, info);

	if (e == OK)
		e = events_forgettable(&app->store, &f, out, info);
	free(terms.id);
	arena_clear(&a);
	return e;
}

enum err app_forget(struct app *app, const struct forget_request *r, struct arena *a, struct forgotten *out, const char **residue, struct err_info *info)
{
	struct found_terms terms = { 0 };
	struct err_info why = ERR_INFO_INIT;
	struct forget f;
	enum err e = resolve(app, r, a, &terms, &f, info);

	if (e == OK)
		e = take_out(app, &f, a, out, info);
	free(terms.id);
	if (e == OK)
		*residue = store_scrub(&app->store, &why) == OK ? NULL : arena_strdup(a, why.text);
	return e;
}
