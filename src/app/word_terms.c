#include "app/word_terms.h"

#include <string.h>

#include "app/load.h"
#include "app/words.h"
#include "text/terms.h"

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

static void add(struct word_terms *f, int64_t id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->id[i] == (uint32_t)id)
			return;
	if (f->n == f->cap) {
		uint32_t *more = arena_alloc(f->arena, 2 * (f->cap + 4) * sizeof *more);

		if (f->n)
			memcpy(more, f->id, f->n * sizeof *more);
		f->id = more;
		f->cap = 2 * (f->cap + 4);
	}
	f->id[f->n++] = (uint32_t)id;
}

/* What the feeds have written like that, in whatever language; else what the word's stem is in any language that we know. */
static enum err find_stems(struct store *st, struct terms *t, struct arena *a, const char *word, struct word_terms *out, struct err_info *info)
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

static enum err find_written(struct store *st, struct arena *a, const char *form, struct word_terms *out, struct err_info *info)
{
	struct id_list written = { 0 };
	enum err e = terms_written(st, form, strlen(form), a, &written, info);

	for (size_t i = 0; e == OK && i < written.n; i++)
		add(out, written.id[i]);
	return e;
}

/* What looks like several words may be one, as the profile shows it: "alemu-brandt" in small letters. */
static enum err find_word(struct store *st, struct terms *t, struct arena *a, const char *word, struct word_terms *out, struct err_info *info)
{
	struct first_term plain = first_of(t, a, word, NULL);
	enum err e = find_written(st, a, category_key(a, word, strlen(word)), out, info);

	if (e != OK || out->n)
		return e;
	if (!plain.term || plain.others || strpbrk(word, " \t\n"))
		return err_set(info, ERR_USAGE, "a term is one word, not '%.100s'", word);
	e = find_written(st, a, plain.surface, out, info);
	if (e == OK && !out->n)
		e = find_stems(st, t, a, word, out, info);
	if (e == OK && !out->n)
		e = err_set(info, ERR_NOTFOUND, "no article has the word '%.100s'", word);
	return e;
}

/* Articles that came since the last fetch's counting was cut short have no terms yet: they are counted first, so that none is missed. */
enum err word_terms(struct app *app, const char *word, struct arena *a, struct word_terms *out, struct err_info *info)
{
	struct word_terms found = { .arena = a };
	struct terms *t;
	size_t fresh;
	enum err e = words_index(app, &fresh, info);

	if (e == OK)
		e = terms_new(&t, info);
	if (e != OK)
		return e;
	e = find_word(&app->store, t, a, word, &found, info);
	terms_free(t);
	if (e == OK)
		*out = found;
	return e;
}
