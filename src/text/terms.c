#include "text/terms.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/lang.h"
#include "text/words.h"

/* What became of a folded word, by its hash: a text says the same words again and again, and a stem costs more than a look. */
#define CACHE_SIZE 16384 /* a power of two; a month of thirty feeds has about ten thousand words */
#define CACHE_WORD 24

struct cached {
	uint64_t hash; /* of word and language; 0 free */
	uint8_t n, stem_n; /* stem_n 0: left out */
	char word[CACHE_WORD], stem[CACHE_WORD];
};

struct stemmer {
	char lang[4];
	struct sb_stemmer *sb; /* NULL: Snowball has none for it */
};

struct terms {
	struct words *words;
	struct stemmer *stemmer;
	size_t n, cap;
	struct cached *cache;
};

/* What one call of terms_each carries. */
struct pass {
	struct terms *t;
	const char *lang;
	struct sb_stemmer *sb;
	uint64_t lang_hash;
	term_fn *fn;
	void *user;
	size_t count;
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
	t->cache = mem_zero(CACHE_SIZE, sizeof *t->cache);
	*out = t;
	return OK;
}

void terms_free(struct terms *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n; i++)
		sb_stemmer_delete(t->stemmer[i].sb);
	words_free(t->words);
	free(t->stemmer);
	free(t->cache);
	free(t);
}

void terms_only_icu(struct terms *t, int on)
{
	words_only_icu(t->words, on != 0);
}

/* The stemmer of a language, made at its first use; NULL where there is none. */
static struct sb_stemmer *stemmer_for(struct terms *t, const char *lang)
{
	struct stemmer s = { "", NULL };
	size_t len = strlen(lang);

	if (len < 2 || len >= sizeof s.lang)
		return NULL;
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->stemmer[i].lang, lang) == 0)
			return t->stemmer[i].sb;
	memcpy(s.lang, lang, len + 1);
	s.sb = sb_stemmer_new(lang, "UTF_8");
	MEM_GROW(t->stemmer, t->n, t->cap);
	t->stemmer[t->n++] = s;
	return s.sb;
}

/* ---- one word ---- */

static int is(const char *lang, const char *code)
{
	return strcmp(lang, code) == 0;
}

/* Bytes of an elided article or pronoun at the start of a French, Italian or Catalan word ("l'", "qu'", "dell'"), apostrophe included. */
static size_t elision(const char *lang, const char *s, size_t n)
{
	const char *mark = memchr(s, '\'', n);
	size_t len = mark ? (size_t)(mark - s) : 0;

	if (len == 0 || len + 1 >= n || !(is(lang, "fr") || is(lang, "it") || is(lang, "ca")))
		return 0;
	/* "d'abord" and "aujourd'hui" are words of their own and listed; so is every longer prefix that is elided. */
	if (lang_stop_word(lang, s, n))
		return 0;
	return len == 1 || lang_stop_word(lang, s, len + 1) ? len + 1 : 0;
}

/* Is it a letter or digit by itself? A Chinese character alone is a word; any other tells nothing. */
static int lone(const char *s, size_t n)
{
	int seen = 0;

	for (size_t i = 0; i < n && seen < 2;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC))
			return 0;
		seen += u_isalnum((UChar32)cp) ? 1 : cp == '+' || cp == '#' ? 2 : 0;
	}
	return seen < 2;
}

/* One or two hiragana are grammar or a piece of a verb ("って", "てい"); words that mean something are longer or have other characters. */
static int kana_piece(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (cp < 0x3041 || cp > 0x309F)
			return 0;
	}
	return n <= 6;
}

/* Of an address in the text, the word that all have. */
static int address_word(const char *s, size_t n)
{
	return (n == 4 && memcmp(s, "http", 4) == 0) || (n == 5 && memcmp(s, "https", 5) == 0);
}

/* Stem of the folded word s into out (WORD_MOST). Returns its bytes, 0 where the word is left out. */
static size_t stem(const struct pass *p, const char *s, size_t n, char *out)
{
	const sb_symbol *stemmed;
	size_t len = n;
	int symbol = memchr(s, '+', n) || memchr(s, '#', n);

	if (lone(s, n) || kana_piece(s, n) || address_word(s, n) || lang_stop_word(p->lang, s, n))
		return 0;
	stemmed = p->sb && !symbol ? sb_stemmer_stem(p->sb, (const sb_symbol *)s, (int)n) : NULL;
	if (stemmed) {
		len = (size_t)sb_stemmer_length(p->sb);
		s = (const char *)stemmed;
	}
	if (len > WORD_MOST)
		return 0;
	memcpy(out, s, len);
	return len;
}

/* stem() by way of the cache. */
static size_t stem_cached(const struct pass *p, const char *s, size_t n, char *out)
{
	uint64_t hash = (hash_bytes(s, n) ^ p->lang_hash) | 1;
	struct cached *c = &p->t->cache[(hash >> 1) & (CACHE_SIZE - 1)];
	size_t len;

	if (n <= CACHE_WORD && c->hash == hash && c->n == n && memcmp(c->word, s, n) == 0) {
		memcpy(out, c->stem, c->stem_n);
		return c->stem_n;
	}
	len = stem(p, s, n, out);
	if (n <= CACHE_WORD && len <= CACHE_WORD) {
		*c = (struct cached){ .hash = hash, .n = (uint8_t)n, .stem_n = (uint8_t)len };
		memcpy(c->word, s, n);
		memcpy(c->stem, out, len);
	}
	return len;
}

/* A word of the text, folded, without elision and possessive, to fn unless it is left out. */
static void emit(struct pass *p, const char *text, size_t from, size_t to)
{
	char folded[WORD_MOST], out[WORD_MOST];
	const char *s = folded;
	size_t n = words_fold(p->t->words, text + from, to - from, folded), cut, len;

	cut = elision(p->lang, s, n);
	s += cut;
	n -= cut;
	/* before the possessive is taken off, so that "it's" is looked up as it is listed */
	if (n > 2 && memcmp(s + n - 2, "'s", 2) == 0 && !lang_stop_word(p->lang, s, n))
		n -= 2;
	len = n ? stem_cached(p, s, n, out) : 0;
	if (!len)
		return;
	p->fn(p->user, out, len, s, n);
	p->count++;
}

/* ---- words that ICU parts and readers don't ---- */

static int ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int all(int (*test)(char), const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!test(s[i]))
			return 0;
	return n > 0;
}

/* "C++", "C#", "F#": the end of the name that begins with the one-letter word w, or w.to. */
static size_t symbol_end(const char *text, size_t n, struct word w)
{
	size_t end = w.to;

	if (w.to - w.from != 1 || !ascii_letter(text[w.from]))
		return w.to;
	if (n - end >= 2 && text[end] == '+' && text[end + 1] == '+')
		end += 2;
	else if (n > end && text[end] == '#')
		end++;
	return end < n && (ascii_letter(text[end]) || ascii_digit(text[end])) ? w.to : end;
}

/* "F-16", "COVID-19", "A-320": letters, a hyphen and a number that touch. next is the word behind w, a hyphen_end of 0 says no. */
static size_t hyphen_end(const char *text, size_t n, struct word w, struct word next)
{
	size_t letters = w.to - w.from, digits = next.to - next.from;

	if (next.from != w.to + 1 || text[w.to] != '-' || letters > 6 || digits > 4)
		return 0;
	if (!all(ascii_letter, text + w.from, letters) || !all(ascii_digit, text + next.from, digits))
		return 0;
	if ((w.from > 0 && text[w.from - 1] == '-') || (next.to < n && text[next.to] == '-'))
		return 0;
	return next.to;
}

size_t terms_each(struct terms *t, const char *text, size_t n, const char *lang, term_fn *fn, void *user)
{
	struct pass p = { .t = t, .lang = lang ? lang : "", .fn = fn, .user = user };
	const struct word *w;
	size_t at = 0, count;

	p.sb = stemmer_for(t, p.lang);
	p.lang_hash = hash_bytes(p.lang, strlen(p.lang));
	while ((w = words_next(t->words, text, n, &at, &count)))
		for (size_t i = 0; i < count; i++) {
			size_t joined = i + 1 < count ? hyphen_end(text, n, w[i], w[i + 1]) : 0;

			emit(&p, text, w[i].from, joined ? joined : symbol_end(text, n, w[i]));
			if (joined)
				i++;
		}
	return p.count;
}
