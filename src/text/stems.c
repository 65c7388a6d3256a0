#include "text/stems.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/lang.h"

/* What became of a folded word: texts say the same words again and again, and a stem costs a hundred times a look.
 * Two words share a place of 64 bytes, which is what a processor fetches at once; the one that was met again last stands first. */
#define CACHE_BITS 15 /* 2 MB; a month of thirty feeds has about ten thousand words, a year of news in English fifty thousand */
#define CACHE_WAYS 2
#define CACHE_LINE 64
#define CACHE_WORD QUICK_WORD

struct cached {
	uint64_t word[CACHE_WORD / 8]; /* zeros behind it */
	uint32_t form;
	uint8_t n;      /* bytes, 0: free */
	uint8_t speech; /* index of its language */
};

struct form {
	const char *s;
	uint32_t n, term;
};

struct term {
	const char *s;
	size_t n;
};

/* What is done with the accents of Latin letters. */
enum accents {
	ACCENTS_KEPT,  /* letters of their own (Swedish, Turkish, Polish, Vietnamese ...), or not known */
	ACCENTS_FIRST, /* dropped before the stem is taken: an English stemmer knows none */
	ACCENTS_LAST,  /* dropped from the stem: French and Portuguese stemmers need them */
};

struct speech {
	char lang[4];
	struct sb_stemmer *sb; /* NULL: Snowball has none for it */
	enum accents accents;
	bool enye;             /* n with tilde is a letter of its own */
	size_t (*strip)(const char **s, size_t n); /* what the language hangs on, NULL for nothing; 0 leaves the word out */
};

#define SPEECHES_MOST 255

struct stems {
	struct speech *speech; /* [0] is "none" */
	size_t n, cap, now;
	struct cached (*cache)[CACHE_WAYS];
	void *cache_memory;
	struct map known;    /* a byte for the language, then the word -> its form, STEM_NONE where it is left out */
	struct form *form;   /* (forms) */
	size_t forms, forms_cap;
	struct map number;   /* letters of a term -> its number */
	struct term *term;   /* (terms) */
	size_t terms, terms_cap;
	const UNormalizer2 *nfc;
	char out[WORD_MOST];
};

/* ---- what a language hangs on to its words ---- */

static bool ends(const char *s, size_t n, const char *end)
{
	size_t len = strlen(end);

	return n >= len && memcmp(s + n - len, end, len) == 0;
}

static bool begins(const char *s, size_t n, const char *start)
{
	size_t len = strlen(start);

	return n >= len && memcmp(s, start, len) == 0;
}

/* ICU's dictionary has adjectives with their particle ("new" is a word, and so is "new" with it). */
static size_t strip_chinese(const char **s, size_t n)
{
	static const char particle[] = "的", *const whole[] = { "目的", "标的", "標的" };

	if (n < 6 || !ends(*s, n, particle))
		return n;
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (ends(*s, n, whole[i]))
			return n;
	return n - strlen(particle);
}

/* Particles stand behind the noun without a blank. What is left has two syllables at least. */
static size_t strip_korean(const char **s, size_t n)
{
	static const char *const particle[] = { "에서는", "에서도", "에게서", "으로는", "에서", "에게", "까지", "부터", "으로", "이라", "처럼", "보다", "하고",
		"라고", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만" };

	for (size_t i = 0; i < sizeof particle / sizeof particle[0]; i++)
		if (ends(*s, n, particle[i]) && n >= strlen(particle[i]) + 6) {
			n -= strlen(particle[i]);
			break;
		}
	return ends(*s, n, "들") && n >= 9 ? n - 3 : n;
}

/* "and the", "so the": Snowball's stemmer takes the article off, and not the conjunction before it. */
static size_t strip_arabic(const char **s, size_t n)
{
	if (n < 12 || !(begins(*s, n, "وال") || begins(*s, n, "فال")))
		return n;
	*s += 2;
	return n - 2;
}

/* Endings of names stand behind an apostrophe. */
static size_t strip_turkish(const char **s, size_t n)
{
	const char *mark = memchr(*s, '\'', n);

	return mark && mark > *s ? (size_t)(mark - *s) : n;
}

static struct speech speech_new(const char *lang)
{
	static const struct {
		char lang[3];
		enum accents accents;
		size_t (*strip)(const char **s, size_t n);
	} known[] = {
		{ "en", ACCENTS_FIRST, NULL }, { "fr", ACCENTS_LAST, NULL }, { "es", ACCENTS_LAST, NULL }, { "it", ACCENTS_LAST, NULL },
		{ "pt", ACCENTS_LAST, NULL }, { "nl", ACCENTS_LAST, NULL }, { "ca", ACCENTS_LAST, NULL }, { "gl", ACCENTS_LAST, NULL },
		{ "zh", ACCENTS_KEPT, strip_chinese }, { "ko", ACCENTS_KEPT, strip_korean },
		{ "ar", ACCENTS_KEPT, strip_arabic }, { "tr", ACCENTS_KEPT, strip_turkish },
	};
	struct speech sp = { .lang = "", .accents = ACCENTS_KEPT };

	memcpy(sp.lang, lang, strlen(lang) + 1);
	sp.sb = *lang ? sb_stemmer_new(lang, "UTF_8") : NULL;
	sp.enye = strcmp(lang, "es") == 0 || strcmp(lang, "gl") == 0;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i].lang, lang) == 0) {
			sp.accents = known[i].accents;
			sp.strip = known[i].strip;
		}
	return sp;
}

struct stems *stems_new(void)
{
	struct stems *s = mem_zero(1, sizeof *s);
	UErrorCode e = U_ZERO_ERROR;

	s->cache_memory = mem_zero(((size_t)1 << CACHE_BITS) + 1, sizeof *s->cache);
	s->cache = (void *)(((uintptr_t)s->cache_memory + CACHE_LINE - 1) & ~(uintptr_t)(CACHE_LINE - 1));
	s->nfc = unorm2_getNFCInstance(&e);
	if (U_FAILURE(e))
		s->nfc = NULL;
	stems_speak(s, "");
	return s;
}

void stems_free(struct stems *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		sb_stemmer_delete(s->speech[i].sb);
	map_clear(&s->known);
	free(s->form);
	map_clear(&s->number);
	free(s->term);
	free(s->speech);
	free(s->cache_memory);
	free(s);
}

void stems_speak(struct stems *s, const char *lang)
{
	size_t len = strlen(lang);

	if (s->n && (len < 2 || len > 3))
		lang = "";
	for (s->now = 0; s->now < s->n; s->now++)
		if (strcmp(s->speech[s->now].lang, lang) == 0)
			return;
	if (s->n == SPEECHES_MOST) {
		s->now = 0;
		return;
	}
	MEM_GROW(s->speech, s->n, s->cap);
	s->speech[s->n++] = speech_new(lang);
}

/* ---- one word ---- */

/* Is it a letter or digit by itself? A Chinese character alone is a word; any other tells nothing. */
static bool lone(const char *s, size_t n)
{
	int seen = 0;

	for (size_t i = 0; i < n && seen < 2;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC))
			return false;
		seen += u_isalnum((UChar32)cp) ? 1 : cp == '+' || cp == '#' ? 2 : 0;
	}
	return seen < 2;
}

/* One or two hiragana are a particle, or an ending that ICU has cut off ("って", "てい"); words that mean something are longer or have other characters. */
static bool kana_piece(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (cp < 0x3041 || cp > 0x309F)
			return false;
	}
	return n <= 6;
}

/* Of an address in the text, the word that all have. */
static bool address_word(const char *s, size_t n)
{
	return (n == 4 && memcmp(s, "http", 4) == 0) || (n == 5 && memcmp(s, "https", 5) == 0);
}

/* A character without its accents into out (8). Returns the bytes. */
static size_t bare(const struct stems *s, uint32_t cp, bool enye, char *out)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar part[8];
	int32_t parts;
	size_t n = 0;

	switch (cp) {
	case 0x153: memcpy(out, "oe", 2); return 2;
	case 0xE6: memcpy(out, "ae", 2); return 2;
	case 0xF8: *out = 'o'; return 1;
	case 0x142: *out = 'l'; return 1;
	}
	if (cp >= 0x300 && cp < 0x370)
		return 0;
	parts = cp < 0xC0 || cp > 0x1EFF || !s->nfc || (cp == 0xF1 && enye) ? -1 : unorm2_getDecomposition(s->nfc, (UChar32)cp, part, 8, &e);
	/* Latin letters only: in the other alphabets a mark may make another letter (as in Russian) */
	if (parts < 1 || U_FAILURE(e) || part[0] > 0x7F)
		return utf8_encode(cp, out);
	for (int32_t i = 0; i < parts && n < 4; i++)
		if (part[i] < 0x300 || part[i] >= 0x370)
			n += utf8_encode(part[i], out + n);
	return n;
}

/* The word without its accents into out (WORD_MOST), which may be the word itself only where nothing grows. Returns its bytes, 0 where it doesn't fit. */
static size_t drop_accents(const struct stems *s, const char *word, size_t n, bool enye, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < n;) {
		char one[8];
		uint32_t cp;
		size_t k;

		i += utf8_decode(word + i, n - i, &cp);
		k = bare(s, cp, enye, one);
		if (len + k > WORD_MOST)
			return 0;
		memcpy(out + len, one, k);
		len += k;
	}
	return len;
}

static bool ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* The term of a word into s->out. Returns its bytes, 0 where the word is left out. */
static size_t make(struct stems *s, const char *word, size_t n)
{
	const struct speech *sp = &s->speech[s->now];
	bool stop = lang_stop_word(sp->lang, word, n), plain = ascii(word, n);
	char first[WORD_MOST];
	const sb_symbol *stemmed = NULL;

	if (stop || lone(word, n) || kana_piece(word, n) || address_word(word, n))
		return 0;
	if (sp->strip) {
		n = sp->strip(&word, n);
		if (!n || lone(word, n) || lang_stop_word(sp->lang, word, n))
			return 0;
	}
	if (sp->accents == ACCENTS_FIRST && !plain) {
		n = drop_accents(s, word, n, false, first);
		word = first;
	}
	if (sp->sb && n && !memchr(word, '+', n) && !memchr(word, '#', n))
		stemmed = sb_stemmer_stem(sp->sb, (const sb_symbol *)word, (int)n);
	if (stemmed) {
		n = (size_t)sb_stemmer_length(sp->sb);
		word = (const char *)stemmed;
	}
	if (n > WORD_MOST)
		return 0;
	if (sp->accents == ACCENTS_LAST && !plain)
		return drop_accents(s, word, n, sp->enye, s->out);
	memcpy(s->out, word, n);
	return n;
}

/* Number of the term in s->out, n bytes. */
static uint32_t number_of(struct stems *s, size_t n)
{
	bool added;
	uint32_t number = (uint32_t)*map_at(&s->number, s->out, n, (int64_t)s->terms, &added);

	if (added) {
		MEM_GROW(s->term, s->terms, s->terms_cap);
		s->term[s->terms++] = (struct term){ arena_strndup(&s->number.keys, s->out, n), n };
	}
	return number;
}

/* A form that is met for the first time. Case folding has one sigma, and people write two. */
static uint32_t form_new(struct stems *s, const char *word, size_t n, uint32_t term)
{
	char *copy = arena_strndup(&s->known.keys, word, n);

	if (n > 2 && memcmp(copy + n - 2, "\xCF\x83", 2) == 0 && strcmp(s->speech[s->now].lang, "el") == 0)
		copy[n - 1] = '\x82';
	MEM_GROW(s->form, s->forms, s->forms_cap);
	s->form[s->forms] = (struct form){ copy, (uint32_t)n, term };
	return (uint32_t)s->forms++;
}

/* The form of a word that the cache hasn't. */
static uint32_t find(struct stems *s, const char *word, size_t n)
{
	char key[1 + WORD_MOST];
	int64_t *form;
	bool added;

	key[0] = (char)s->now;
	memcpy(key + 1, word, n);
	form = map_at(&s->known, key, 1 + n, STEM_NONE, &added);
	if (added) {
		size_t len = make(s, word, n);

		if (len)
			*form = form_new(s, word, n, number_of(s, len));
	}
	return (uint32_t)*form;
}

/* The place of a word, by a multiplicative hash over its zero-filled bytes. */
static struct cached *place(const struct stems *s, const uint64_t w[3])
{
	uint64_t h = (w[0] ^ s->now) * 0x9E3779B97F4A7C15u ^ w[1] * 0xC2B2AE3D27D4EB4Fu ^ w[2] * 0x165667B19E3779F9u;

	h ^= h >> 32;
	return s->cache[h * 0x9E3779B97F4A7C15u >> (64 - CACHE_BITS)];
}

void stems_fetch(const struct stems *s, const uint64_t w[CACHE_WORD / 8])
{
	__builtin_prefetch(place(s, w));
}

static inline bool same(const struct cached *c, const uint64_t w[3], size_t n, size_t speech)
{
	return c->word[0] == w[0] && c->word[1] == w[1] && c->word[2] == w[2] && c->n == n && c->speech == speech;
}

uint32_t stems_of_quick(struct stems *s, const uint64_t w[CACHE_WORD / 8], size_t n)
{
	struct cached *c = place(s, w);

	if (same(&c[0], w, n, s->now))
		return c[0].form;
	if (same(&c[1], w, n, s->now)) {
		struct cached found = c[1];

		c[1] = c[0];
		c[0] = found;
		return found.form;
	}
	/* behind the other: a word that is said once pushes none out that is said often */
	c[1] = (struct cached){ { w[0], w[1], w[2] }, find(s, (const char *)w, n), (uint8_t)n, (uint8_t)s->now };
	return c[1].form;
}

uint32_t stems_of(struct stems *s, const char *word, size_t n)
{
	uint64_t w[CACHE_WORD / 8] = { 0 };

	if (n > CACHE_WORD)
		return find(s, word, n);
	memcpy(w, word, n);
	return stems_of_quick(s, w, n);
}

const char *stems_form(const struct stems *s, uint32_t form, size_t *n, uint32_t *term)
{
	*n = s->form[form].n;
	*term = s->form[form].term;
	return s->form[form].s;
}

size_t stems_count(const struct stems *s)
{
	return s->terms;
}

const char *stems_term(const struct stems *s, uint32_t number, size_t *n)
{
	*n = s->term[number].n;
	return s->term[number].s;
}
