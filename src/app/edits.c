#include "app/edits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "app/ranker.h"
#include "base/utf8.h"

#define TOPIC_MOST 1000000

/* ---- names ---- */

/* Keys of topics and lengths were spelt (spell, below) or are what an older log says: then they name none. */
static int number_of(const char *key)
{
	char *end;
	long v = strtol(key, &end, 10);

	return *end || v < 0 || v > TOPIC_MOST ? -1 : (int)v;
}

static const char *feed_name(struct store *st, struct arena *a, const char *url)
{
	struct feed feed;

	return feeds_by_url(st, url, a, &feed, NULL) == OK && feed.title && *feed.title ? feed.title : url;
}

static const char *topic_name(struct store *st, struct arena *a, const char *id)
{
	struct topic_row *t;
	size_t n;

	if (topics_load(st, a, &t, &n, NULL) == OK)
		for (size_t i = 0; i < n; i++)
			if (t[i].id == number_of(id))
				return t[i].name;
	return arena_printf(a, "topic %s", id);
}

static const char *term_name(struct store *st, struct arena *a, const char *stem)
{
	int64_t id;

	return terms_id(st, stem, strlen(stem), &id, NULL) == OK ? terms_name(st, (uint32_t)id, a) : stem;
}

/* An author is told by small letters and called as written, where an article of theirs is loaded. */
const char *edit_name(const struct ranker *r, struct arena *a, const char *subject)
{
	const struct corpus_names *names = &r->loaded.corpus.names;
	struct store *st = &r->app->store;
	const char *key, *name = NULL;
	enum facet f;
	int64_t at;

	if (!edit_facet(subject, &f, &key))
		return arena_strdup(a, subject);
	switch (f) {
	case FACET_COUNT:
		return term_name(st, a, key);
	case FACET_FEED:
		return feed_name(st, a, key);
	case FACET_TOPIC:
		return topic_name(st, a, key);
	case FACET_LENGTH:
		name = length_name(number_of(key));
		return name ? name : arena_strdup(a, key);
	default:
		break;
	}
	at = names->find ? names->find(names->user, f, key) : -1;
	if (at >= 0)
		name = names->facet(names->user, f, (int)at);
	return arena_strdup(a, name ? name : key);
}

/* ---- is it a subject? ---- */

static enum err no_subject(const char *written, struct err_info *info)
{
	return err_set(info, ERR_USAGE, "'%.100s' names nothing that can be weighed: write term:, feed:, category:, topic:, author:, language:, length: or tag:, and the name behind it",
		       written);
}

static enum err whole_number(const char *key, long most, const char *what, long *out, struct err_info *info)
{
	char *end;
	long v = strtol(key, &end, 10);

	if (*key < '0' || *key > '9' || *end || v > most)
		return err_set(info, ERR_USAGE, "%s", what);
	*out = v;
	return OK;
}

/* What may stand in the log, and be printed from there. */
static bool plain(const char *subject)
{
	struct buf clean = BUF_INIT;
	size_t n = strlen(subject);
	bool same = n <= SUBJECT_MOST;

	if (same) {
		utf8_clean(&clean, subject, n, UTF8_LINE);
		same = strcmp(buf_str(&clean), subject) == 0;
	}
	buf_clear(&clean);
	return same;
}

/* In its one spelling. Errors: ERR_USAGE. */
static enum err spell(const char *written, struct arena *a, const char **out, enum facet *f, const char **key, struct err_info *info)
{
	long number = 0;
	enum err e = OK;

	if (!plain(written))
		return err_set(info, ERR_USAGE, "a subject is one line of plain text, of at most %d bytes", SUBJECT_MOST);
	if (!edit_facet(written, f, key))
		return no_subject(written, info);
	if (*f == FACET_LENGTH)
		e = whole_number(*key, LENGTHS - 1, "a length is a number from 0 (notes) to 3 (long reads)", &number, info);
	else if (*f == FACET_TOPIC)
		e = whole_number(*key, TOPIC_MOST, "a topic is a number; eclose topics lists them", &number, info);
	if (e != OK)
		return e;
	if (*f == FACET_LENGTH || *f == FACET_TOPIC)
		*key = arena_printf(a, "%ld", number);
	else if (*f != FACET_COUNT && *f != FACET_FEED)
		*key = category_key(a, *key, strlen(*key));
	*out = arena_printf(a, "%.*s%s", (int)(strchr(written, ':') + 1 - written), written, *key);
	return OK;
}

enum err edit_spelt(const char *written, struct arena *a, const char **subject, struct err_info *info)
{
	enum facet f;
	const char *key;

	return spell(written, a, subject, &f, &key, info);
}

static enum err topic_there(struct store *st, struct arena *a, const char *key, struct err_info *info)
{
	struct topic_row *t;
	size_t n;
	enum err e = topics_load(st, a, &t, &n, info);

	for (size_t i = 0; e == OK && i < n; i++)
		if (t[i].id == number_of(key))
			return OK;
	return e == OK ? err_set(info, ERR_NOTFOUND, "no topic %s; eclose topics lists them", key) : e;
}

static enum err value_there(struct store *st, enum facet f, const char *key, struct err_info *info)
{
	static const struct { enum article_value value; const char *without; } of[FACET_COUNT] = {
		[FACET_CATEGORY] = { VALUE_CATEGORY, "no article has the category" }, [FACET_AUTHOR] = { VALUE_AUTHOR, "no article is by" },
		[FACET_LANGUAGE] = { VALUE_LANGUAGE, "no article is in the language" }, [FACET_TAG] = { VALUE_TAG, "no feed has the tag" },
	};
	bool have = false;
	enum err e = articles_have(st, of[f].value, key, &have, info);

	return e == OK && !have ? err_set(info, ERR_NOTFOUND, "%s '%.100s'", of[f].without, key) : e;
}

/* What an article has that is loaded is there, whether its feed said so or it was told from the text, as languages are. */
static enum err there(const struct ranker *r, struct arena *a, enum facet f, const char *key, struct err_info *info)
{
	const struct corpus_names *names = &r->loaded.corpus.names;
	struct store *st = &r->app->store;
	struct feed feed;
	int64_t id;

	if (names->find && names->find(names->user, f, key) >= 0)
		return OK;
	switch (f) {
	case FACET_COUNT:
		return terms_id(st, key, strlen(key), &id, info);
	case FACET_FEED:
		return feeds_by_url(st, key, a, &feed, info);
	case FACET_TOPIC:
		return topic_there(st, a, key, info);
	case FACET_LENGTH:
		return OK;
	default:
		return value_there(st, f, key, info);
	}
}

/* ---- editing ---- */

double edit_weight(const struct ranker *r, const char *subject)
{
	const struct edit_row *row = edits_find(&r->profile.edits, subject);

	return row ? row->weight : 0;
}

static enum err record(struct ranker *r, const char *subject, double weight, int64_t article, struct err_info *info)
{
	struct event e = { .kind = EVENT_EDIT, .at = app_now(r->app), .article = article, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1,
			   .subject = subject, .value = weight };
	enum err err = events_append(&r->app->store, &e, info);

	if (err != OK)
		return err;
	fold_hash(r, &e);
	trial_count_event(r, &e);
	profile_apply(&r->profile, &e);
	return OK;
}

enum err ranker_edit(struct ranker *r, const char *subject, double weight, int64_t article, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const char *spelt = NULL, *key = NULL;
	enum facet f = FACET_COUNT;
	enum err e = ranker_ready(r, info);

	if (e == OK && !(fabs(weight) <= EDIT_MOST))
		e = err_set(info, ERR_USAGE, "a weight lies between %g and %g; %g does not", -EDIT_MOST, EDIT_MOST, weight);
	if (e == OK)
		e = spell(subject, &a, &spelt, &f, &key, info);
	if (e == OK && weight == 0 && edit_weight(r, spelt) == 0)
		e = err_set(info, ERR_NOTFOUND, "no edit of '%.100s' holds that could be cleared", spelt);
	if (e == OK && weight != 0)
		e = there(r, &a, f, key, info);
	if (e == OK && weight != edit_weight(r, spelt)) /* said once more it would only have to be taken back twice */
		e = record(r, spelt, weight, article, info);
	arena_clear(&a);
	return e;
}

/* As far as steps go. */
#define STEPS_MOST (EDIT_MOST - EDIT_STEP)

enum err ranker_step(struct ranker *r, int64_t article, int by, struct arena *a, const char **words, struct err_info *info)
{
	const struct corpus_names *names;
	const char *subject, *name;
	double from, to;
	enum facet f;
	size_t doc;
	enum err e = ranker_find(r, article, &doc, info);

	if (e != OK)
		return e;
	names = &r->loaded.corpus.names;
	f = r->loaded.corpus.doc[doc].topic >= 0 ? FACET_TOPIC : FACET_FEED;
	subject = arena_printf(a, "%s:%s", facet_word[f],
			       names->key(names->user, f, (size_t)(f == FACET_TOPIC ? r->loaded.corpus.doc[doc].topic : r->loaded.corpus.doc[doc].feed)));
	name = edit_name(r, a, subject);
	from = edit_weight(r, subject);
	to = fmin(fmax(from + (by > 0 ? EDIT_STEP : -EDIT_STEP), -STEPS_MOST), STEPS_MOST);
	if (by > 0 ? to <= from : to >= from) { /* a pin, a ban, or as far as it goes */
		*words = fabs(from) >= EDIT_MOST ? arena_printf(a, "%s already", edit_words(a, from, name)) :
						   arena_printf(a, "%s stands at %+.1f, as far as steps go", name, from);
		return OK;
	}
	e = ranker_edit(r, subject, to, article, info);
	if (e == OK)
		*words = to == 0 ? arena_printf(a, "%s counts as before; u takes that back", name) :
				   arena_printf(a, "%s of %s: %+.1f; u takes it back", by > 0 ? "more" : "less", name, to);
	return e;
}

uint64_t ranker_edited(const struct ranker *r)
{
	return edits_hash(&r->profile.edits);
}

static int newest_first(const void *a, const void *b)
{
	const struct edit_row *x = *(const struct edit_row *const *)a, *y = *(const struct edit_row *const *)b;

	return (x->id < y->id) - (x->id > y->id);
}

enum err ranker_edits(struct ranker *r, struct arena *a, struct edit_list *out, struct err_info *info)
{
	const struct edits *ed = &r->profile.edits;
	const struct edit_row **row;
	enum err e = ranker_ready(r, info);

	if (e != OK)
		return e;
	row = arena_alloc(a, (ed->n + 1) * sizeof(const struct edit_row *));
	*out = (struct edit_list){ arena_zero(a, ed->n + 1, sizeof *out->edit), ed->n };
	for (size_t i = 0; i < ed->n; i++)
		row[i] = &ed->row[i];
	qsort(row, ed->n, sizeof *row, newest_first);
	for (size_t i = 0; i < ed->n; i++)
		out->edit[i] = (struct edit){ arena_strdup(a, row[i]->subject), edit_name(r, a, row[i]->subject), row[i]->weight, row[i]->at, row[i]->article };
	return OK;
}

/* ---- reading that is not recorded ---- */

#define PRIVATE_BLOB "private"

/* Asked anew each time: another program may have switched it. Where the store can't tell, writing to it will say what is wrong. */
bool app_private(const struct app *app)
{
	struct store st = app->store;
	struct arena a = ARENA_INIT;
	const void *s;
	int64_t version;
	size_t n;
	bool on = blob_get(&st, PRIVATE_BLOB, &a, &version, &s, &n, NULL) == OK;

	arena_clear(&a);
	return on;
}

enum err app_set_private(struct app *app, bool on, struct err_info *info)
{
	return on ? blob_put(&app->store, PRIVATE_BLOB, 1, "1", 1, info) : blob_drop(&app->store, PRIVATE_BLOB, info);
}
