/* subjects - what a person calls that which an edit is about. */
#include <string.h>
#include <strings.h>

#include "app/edits.h"
#include "app/load.h"
#include "app/word_terms.h"

/* One of several that go by the same name, for the sentence that asks which. */
struct finds { struct arena *a; const char *first, *list; size_t n; };

static void found(struct finds *f, const char *subject)
{
	f->list = f->n ? arena_printf(f->a, "%s, %s", f->list, subject) : subject;
	f->first = f->n++ ? f->first : subject;
}

static enum err only(const struct finds *f, const char *what, const char *name, const char **subject, struct err_info *info)
{
	if (f->n == 0)
		return err_set(info, ERR_NOTFOUND, "no %s is called '%.100s'", what, name);
	if (f->n > 1)
		return err_set(info, ERR_USAGE, "'%.80s' could be %zu things; write one of %.300s", name, f->n, f->list);
	*subject = f->first;
	return OK;
}

static bool called(const char *name, const char *written)
{
	return name && strcasecmp(name, written) == 0;
}

/* exact: a stem, as the program itself says it, is meant before any word that is written like it. */
static enum err find_term(struct app *app, const char *word, bool exact, struct arena *a, const char **subject, struct err_info *info)
{
	struct finds f = { .a = a };
	struct word_terms terms = { 0 };
	int64_t id;
	enum err e;

	if (exact && terms_id(&app->store, word, strlen(word), &id, NULL) == OK) {
		*subject = arena_printf(a, "term:%s", word);
		return OK;
	}
	e = word_terms(app, word, a, &terms, info);
	for (size_t i = 0; e == OK && i < terms.n; i++)
		found(&f, arena_printf(a, "term:%s", terms_stem(&app->store, terms.id[i], a)));
	return e == OK ? only(&f, "word", word, subject, info) : e;
}

static enum err find_feed(struct app *app, const char *name, struct arena *a, const char **subject, struct err_info *info)
{
	struct finds f = { .a = a };
	struct feed_list list;
	enum err e = feeds_load(&app->store, true, a, &list, info);

	for (size_t i = 0; e == OK && i < list.n; i++) {
		const char *is = arena_printf(a, "feed:%s", list.feed[i].url);

		if (strcmp(list.feed[i].url, name) == 0) {
			*subject = is;
			return OK;
		}
		if (called(list.feed[i].title, name))
			found(&f, is);
	}
	return e == OK ? only(&f, "feed", name, subject, info) : e;
}

static bool is_number(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

static enum err find_topic(struct app *app, const char *name, struct arena *a, const char **subject, struct err_info *info)
{
	struct finds f = { .a = a };
	struct topic_row *t;
	size_t n;
	enum err e = topics_load(&app->store, a, &t, &n, info);

	for (size_t i = 0; e == OK && i < n; i++)
		if (called(t[i].name, name))
			found(&f, arena_printf(a, "topic:%d", t[i].id));
	return e == OK ? only(&f, "topic", name, subject, info) : e;
}

static enum err find_length(const char *name, struct arena *a, const char **subject, struct err_info *info)
{
	struct finds f = { .a = a };

	for (int i = 0; i < LENGTHS; i++)
		if (called(length_name(i), name))
			found(&f, arena_printf(a, "length:%d", i));
	return only(&f, "length", name, subject, info);
}

enum err edit_subject(struct app *app, const char *written, struct arena *a, const char **subject, struct err_info *info)
{
	const char *key;
	enum facet f;

	if (!edit_facet(written, &f, &key)) {
		enum err e = find_term(app, written, false, a, subject, info);

		return e != ERR_USAGE || !strpbrk(written, ": ") ? e :
			err_set(info, ERR_USAGE, "'%.100s' is no word; write feed:, topic:, category:, author:, language:, length: or tag: in front of a name", written);
	}
	if (f == FACET_COUNT)
		return find_term(app, key, true, a, subject, info);
	if (f == FACET_FEED)
		return find_feed(app, key, a, subject, info);
	if (f == FACET_TOPIC && !is_number(key))
		return find_topic(app, key, a, subject, info);
	if (f == FACET_LENGTH && !is_number(key))
		return find_length(key, a, subject, info);
	*subject = arena_printf(a, "%s:%s", facet_word[f], f == FACET_TOPIC || f == FACET_LENGTH ? key : category_key(a, key, strlen(key)));
	return OK;
}
