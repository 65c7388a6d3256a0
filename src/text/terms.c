#include "text/terms.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/joins.h"
#include "text/lang.h"
#include "text/stems.h"
#include "text/words.h"

struct terms {
	struct words *words;
	struct stems *stems;
};

/* What one call of terms_each or terms_each_form carries. */
struct pass {
	struct terms *t;
	const char *lang;
	bool elides, dotless; /* what a language does that others don't */
	term_fn *fn;
	term_form_fn *form_fn; /* NULL: fn */
	term_at_fn *at_fn;     /* NULL: fn */
	void *user;
	size_t count;
	size_t from, to;       /* bytes of the text: the word at hand; for at_fn */
};

enum err terms_new(struct terms **out, struct err_info *info)
{
	struct words *words;
	struct terms *t;
	enum err e = words_new(&words, info);

	if (e != OK)
		return e;
	t = mem_zero(1, sizeof *t);
	t->words = words;
	t->stems = stems_new();
	*out = t;
	return OK;
}

void terms_free(struct terms *t)
{
	if (!t)
		return;
	words_free(t->words);
	stems_free(t->stems);
	free(t);
}

void terms_only_icu(struct terms *t, int on)
{
	words_only_icu(t->words, on != 0);
}

/* ---- one word ---- */

/* A form to the caller, unless it is left out. */
static inline void pass_on(struct pass *p, uint32_t form)
{
	const char *surface, *term;
	size_t surface_n, n;
	uint32_t number;

	if (form == STEM_NONE)
		return;
	p->count++;
	if (p->form_fn) {
		p->form_fn(p->user, form);
		return;
	}
	surface = stems_form(p->t->stems, form, &surface_n, &number);
	term = stems_term(p->t->stems, number, &n);
	if (p->at_fn)
		p->at_fn(p->user, term, n, p->from, p->to);
	else
		p->fn(p->user, term, n, surface, surface_n);
}

/* Bytes of an elided article or pronoun at the start of a French, Italian or Catalan word ("l'", "qu'", "dell'"), apostrophe included. */
static size_t elision(const struct pass *p, const char *s, size_t n)
{
	const char *mark = p->elides ? memchr(s, '\'', n) : NULL;
	size_t len = mark ? (size_t)(mark - s) : 0;

	if (len == 0 || len + 1 >= n)
		return 0;
	/* "d'abord" and "aujourd'hui" are words of their own and listed; so is every longer prefix that is elided. */
	if (lang_stop_word(p->lang, s, n))
		return 0;
	return len == 1 || lang_stop_word(p->lang, s, len + 1) ? len + 1 : 0;
}

/* Turkish has an i with and one without a dot in either case, Unicode's folding the English pair only.
 * The word with them in small letters into out (4 * WORD_MOST). Returns its bytes, 0 where it doesn't fit. */
static size_t dotless(const char *s, size_t n, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		if (len + 2 > 4 * WORD_MOST)
			return 0;
		if (s[i] == 'I') {
			memcpy(out + len, "\xC4\xB1", 2);
			len += 2;
		} else if (n - i >= 2 && memcmp(s + i, "\xC4\xB0", 2) == 0) {
			out[len++] = 'i';
			i++;
		} else
			out[len++] = s[i];
	}
	return len;
}

/* A word of the text, folded, without elision and possessive. */
static void emit(struct pass *p, const char *text, size_t from, size_t to)
{
	char folded[WORD_MOST], turkish[4 * WORD_MOST];
	const char *raw = text + from;
	char *s = folded;
	size_t n = to - from, cut;

	p->from = from;
	p->to = to;
	if (p->dotless) {
		n = dotless(raw, n, turkish);
		raw = turkish;
	}
	n = words_fold(p->t->words, raw, n, folded);
	cut = elision(p, s, n);
	s += cut;
	n -= cut;
	/* before the possessive is taken off, so that "it's" is looked up as it is listed */
	if (n > 2 && memcmp(s + n - 2, "'s", 2) == 0 && !lang_stop_word(p->lang, s, n))
		n -= 2;
	if (n)
		pass_on(p, stems_of(p->t->stems, s, n));
}

/* ---- a text ---- */

/* The words of a stretch, joined where they are one name. Returns the end of the last name, which may lie in the next stretch. */
static size_t stretch(struct pass *p, const char *text, size_t n, const struct word *w, size_t count)
{
	size_t done = 0; /* what begins before it has been given */

	for (size_t i = 0; i < count; i++) {
		struct join j;

		if (w[i].from < done)
			continue;
		j = joins_at(text, n, w + i, count - i);
		emit(p, text, w[i].from, j.to);
		for (size_t k = 0; k < j.parts; k++)
			emit(p, text, w[i + k].from, w[i + k].to);
		done = j.to;
	}
	return done;
}

#define BATCH 16

/* The words from *at on for which the shortest way will do. */
static void quick_words(struct pass *p, const char *text, size_t n, size_t *at)
{
	uint64_t word[BATCH][QUICK_WORD / 8];
	size_t len[BATCH], count = BATCH;

	while (count == BATCH) {
		for (count = 0; count < BATCH && (len[count] = words_quick(p->t->words, text, n, at, word[count])); count++)
			stems_fetch(p->t->stems, word[count]);
		for (size_t i = 0; i < count; i++)
			pass_on(p, stems_of_quick(p->t->stems, word[i], len[i]));
	}
}

static size_t each(struct pass *p, const char *text, size_t n)
{
	size_t at = 0, count;
	const struct word *w;

	stems_speak(p->t->stems, p->lang);
	p->elides = strcmp(p->lang, "fr") == 0 || strcmp(p->lang, "it") == 0 || strcmp(p->lang, "ca") == 0;
	p->dotless = strcmp(p->lang, "tr") == 0 || strcmp(p->lang, "az") == 0;
	for (;;) {
		size_t done;

		if (!p->dotless && !p->at_fn) /* it doesn't say where a word is */
			quick_words(p, text, n, &at);
		w = words_next(p->t->words, text, n, &at, &count);
		if (!w)
			return p->count;
		done = stretch(p, text, n, w, count);
		at = done > at ? done : at;
	}
}

size_t terms_each(struct terms *t, const char *text, size_t n, const char *lang, term_fn *fn, void *user)
{
	struct pass p = { .t = t, .lang = lang ? lang : "", .fn = fn, .user = user };

	return each(&p, text, n);
}

size_t terms_each_at(struct terms *t, const char *text, size_t n, const char *lang, term_at_fn *fn, void *user)
{
	struct pass p = { .t = t, .lang = lang ? lang : "", .at_fn = fn, .user = user };

	return each(&p, text, n);
}

size_t terms_each_form(struct terms *t, const char *text, size_t n, const char *lang, term_form_fn *fn, void *user)
{
	struct pass p = { .t = t, .lang = lang ? lang : "", .form_fn = fn, .user = user };

	return each(&p, text, n);
}

const char *terms_form(const struct terms *t, uint32_t form, size_t *n, uint32_t *term)
{
	return stems_form(t->stems, form, n, term);
}

size_t terms_count(const struct terms *t)
{
	return stems_count(t->stems);
}

const char *terms_spelling(const struct terms *t, uint32_t number, size_t *n)
{
	return number < stems_count(t->stems) ? stems_term(t->stems, number, n) : NULL;
}
