#include "app/names.h"

#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "feeds/html.h"

enum err names_init(struct names *names, struct store *st, const int64_t *id, size_t n, struct err_info *info)
{
	*names = (struct names){ .st = st, .id = id, .n = n, .of = mem_zero(n + 1, sizeof *names->of), .read = mem_zero(n + 1, sizeof *names->read) };
	return words_new(&names->words, info);
}

void names_clear(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		map_clear(&names->of[i]);
	words_free(names->words);
	free(names->of);
	free(names->read);
	free(names->form);
	map_clear(&names->surface);
	arena_clear(&names->arena);
	*names = (struct names){ .n = 0 };
}

#define TITLE_SHORT 4 /* bytes; shorter words aren't counted */

/* ---- reading a text ---- */

static bool has_digits(const char *s, size_t n)
{
	int digits = 0;

	for (size_t i = 0; i < n; i++)
		digits += s[i] >= '0' && s[i] <= '9';
	return digits >= 2;
}

/* Does the word at s begin with a capital? Then folding changes its first character. */
static bool capital(const char *s, size_t n, const char *folded, size_t len)
{
	uint32_t a, b;

	(void)utf8_decode(s, n, &a);
	(void)utf8_decode(folded, len, &b);
	return a != b;
}

/* A day or a month as English writes it. */
static bool is_date(const char *s, size_t n)
{
	static const char *const date[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
					    "june", "july", "august", "september", "october", "november", "december" };

	for (size_t i = 0; i < sizeof date / sizeof *date; i++)
		if (strlen(date[i]) == n && memcmp(date[i], s, n) == 0)
			return true;
	return false;
}

/* Is nothing but blanks and quotes between the word at `from` and the end of a sentence, or the beginning of the text? */
static bool begins_sentence(const char *text, size_t from)
{
	while (from > 0 && (unsigned char)text[from - 1] <= ' ')
		from--;
	return from == 0 || strchr(".!?:;-\"'()>", text[from - 1]) || (unsigned char)text[from - 1] >= 0x80;
}

static enum name_level level_of(const char *text, const struct word *w, const char *folded, size_t len, bool capitals)
{
	if (has_digits(folded, len))
		return NAME_SURE;
	if (!capital(text + w->from, w->to - w->from, folded, len) || is_date(folded, len))
		return NAME_NO;
	return capitals || begins_sentence(text, w->from) ? NAME_MAYBE : NAME_SURE;
}

/* The word before the one that is being read. */
struct last { int64_t *level; size_t to; bool capital; };

static void read_word(struct names *names, struct map *of, const char *text, const struct word *w, bool capitals, struct last *last)
{
	char folded[WORD_MOST];
	size_t len = words_fold(names->words, text + w->from, w->to - w->from, folded);
	enum name_level level;
	bool is_capital;
	int64_t *seen;

	if (len > 2 && memcmp(folded + len - 2, "'s", 2) == 0) /* as terms are made */
		len -= 2;
	level = len ? level_of(text, w, folded, len, capitals) : NAME_NO;
	is_capital = level != NAME_NO && !has_digits(folded, len);
	if (is_capital && last->capital && last->level && w->from == last->to + 1 && text[last->to] == ' ' && *last->level == NAME_SURE)
		*last->level = NAME_MAYBE;
	last->level = NULL;
	last->to = w->to;
	last->capital = is_capital;
	if (level == NAME_NO)
		return;
	seen = map_at(of, folded, len, NAME_NO, NULL);
	if (level > *seen) {
		*seen = level;
		last->level = seen;
	}
}

/* Has every other word of the title a capital, or more? Then they say nothing. Short words are small in such a title too. */
static bool all_capitals(struct names *names, const char *text, size_t n)
{
	const struct word *word;
	size_t at = 0, count, words = 0, capitals = 0;

	while ((word = words_next(names->words, text, n, &at, &count)))
		for (size_t i = 0; i < count; i++) {
			char folded[WORD_MOST];
			size_t bytes = word[i].to - word[i].from, len = words_fold(names->words, text + word[i].from, bytes, folded);

			if (begins_sentence(text, word[i].from) || len < TITLE_SHORT || has_digits(folded, len))
				continue;
			words++;
			capitals += capital(text + word[i].from, bytes, folded, len);
		}
	return words == 0 || 2 * capitals >= words;
}

static void read_text(struct names *names, struct map *of, const char *text, size_t n, bool capitals)
{
	struct last last = { .to = 0 };
	const struct word *word;
	size_t at = 0, count;

	while ((word = words_next(names->words, text, n, &at, &count)))
		for (size_t i = 0; i < count; i++)
			read_word(names, of, text, &word[i], capitals, &last);
}

static void read_article(struct names *names, size_t article)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct item it;

	names->read[article] = true;
	if (articles_get(names->st, names->id[article], &a, &it, NULL) == OK) {
		const char *body = body_of_item(&it);

		html_text(&text, body, strlen(body));
		read_text(names, &names->of[article], buf_str(&text), text.len, false);
		if (it.title)
			read_text(names, &names->of[article], it.title, strlen(it.title), all_capitals(names, it.title, strlen(it.title)));
	}
	buf_clear(&text);
	arena_clear(&a);
}

/* ---- asking ---- */

static const char *form_of(struct names *names, uint32_t term)
{
	bool added;
	int64_t at = *map_at(&names->surface, (const char *)&term, sizeof term, (int64_t)names->n_form, &added);

	if (added) {
		MEM_GROW(names->form, names->n_form, names->cap_form);
		names->form[names->n_form++] = terms_name(names->st, term, &names->arena);
	}
	return names->form[at];
}

/* Of a term that is made of several words ("alemu-brandt"): the highest of theirs. */
static enum name_level level_of_words(struct names *names, const struct map *of, const char *form, size_t n)
{
	enum name_level most = NAME_NO;
	const struct word *word;
	size_t at = 0, count;

	while ((word = words_next(names->words, form, n, &at, &count)))
		for (size_t i = 0; i < count; i++) {
			enum name_level level = (enum name_level)map_get(of, form + word[i].from, word[i].to - word[i].from, NAME_NO);

			most = level > most ? level : most;
		}
	return most;
}

enum name_level names_level(struct names *names, size_t article, uint32_t term)
{
	const char *form = form_of(names, term);
	size_t n = strlen(form);
	enum name_level level;

	if (has_digits(form, n))
		return NAME_SURE;
	if (!names->read[article])
		read_article(names, article);
	level = (enum name_level)map_get(&names->of[article], form, n, NAME_NO);
	return level == NAME_NO ? level_of_words(names, &names->of[article], form, n) : level;
}

enum story_term names_shared(void *user, size_t i, size_t j, uint32_t term)
{
	struct names *names = user;
	const char *form = form_of(names, term);
	size_t n = strlen(form);
	enum name_level a, b;

	if (!has_digits(form, n) && !words_cased(form, n))
		return STORY_UNSURE;
	a = names_level(names, i, term);
	b = names_level(names, j, term);
	return a != NAME_NO && b != NAME_NO && (a == NAME_SURE || b == NAME_SURE) ? STORY_NAME : STORY_WORD;
}
