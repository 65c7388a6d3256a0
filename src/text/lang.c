#include "text/lang.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "text/stopwords.h"

/* A language's first words say it; no text is read further than this. */
#define BYTES_MOST ((size_t)8192)
#define WORDS_MOST 300
/* With this much said for one language, and not half of it for any other, the rest of the text needn't be read. */
#define SURE 6.0
/* The least that counts as evidence: commonest words among all, and what they say in sum. Running text has 30 to 50 %. */
#define SHARE_LEAST 0.08
#define HITS_LEAST 0.9
#define LEAD_LEAST 1.3
/* With this many common words among all, the best is taken however near the second is: they are then as good as one language, as Danish and Norwegian. */
#define HITS_MANY 4
#define SHARE_MANY 0.15
/* A declared language of the same script is overruled by at least so many words of another that it hasn't, twice as many as it has of its own that the
 * other hasn't; and never where it explains nearly as much as the best. */
#define TELLING_LEAST 2
#define TELLING_UNLISTED 3 /* where the declared language has no list to compare with */
#define TELLING_LEAD 2
#define HINT_SHARE 0.6

/* So many different ones are compared; WORDS_MOST words of a text hardly have more. */
#define HEARD_MOST 64

#define NO_LIST STOP_LANG_COUNT

/* Languages that may be answered. Where a script is all that is known, the first with it is meant. */
static const struct language {
	char code[4];
	int16_t script;
	int16_t list; /* enum stop_lang, NO_LIST */
} language[] = {
	{ "en", USCRIPT_LATIN, STOP_EN }, { "de", USCRIPT_LATIN, STOP_DE }, { "fr", USCRIPT_LATIN, STOP_FR }, { "es", USCRIPT_LATIN, STOP_ES },
	{ "it", USCRIPT_LATIN, STOP_IT }, { "pt", USCRIPT_LATIN, STOP_PT }, { "nl", USCRIPT_LATIN, STOP_NL }, { "sv", USCRIPT_LATIN, STOP_SV },
	{ "da", USCRIPT_LATIN, STOP_DA }, { "no", USCRIPT_LATIN, STOP_NO }, { "fi", USCRIPT_LATIN, STOP_FI }, { "pl", USCRIPT_LATIN, STOP_PL },
	{ "cs", USCRIPT_LATIN, STOP_CS }, { "hu", USCRIPT_LATIN, STOP_HU }, { "ro", USCRIPT_LATIN, STOP_RO }, { "tr", USCRIPT_LATIN, STOP_TR },
	{ "ru", USCRIPT_CYRILLIC, STOP_RU }, { "uk", USCRIPT_CYRILLIC, STOP_UK }, { "bg", USCRIPT_CYRILLIC, STOP_BG },
	{ "zh", USCRIPT_HAN, STOP_ZH }, { "ja", USCRIPT_HIRAGANA, STOP_JA }, { "ko", USCRIPT_HANGUL, STOP_KO },
	{ "th", USCRIPT_THAI, STOP_TH }, { "el", USCRIPT_GREEK, STOP_EL }, { "ar", USCRIPT_ARABIC, STOP_AR }, { "he", USCRIPT_HEBREW, STOP_HE },
	{ "hi", USCRIPT_DEVANAGARI, NO_LIST },
	/* told apart by the declared tag only */
	{ "be", USCRIPT_CYRILLIC, NO_LIST }, { "mk", USCRIPT_CYRILLIC, NO_LIST }, { "sr", USCRIPT_CYRILLIC, NO_LIST }, { "kk", USCRIPT_CYRILLIC, NO_LIST },
	{ "mn", USCRIPT_CYRILLIC, NO_LIST }, { "fa", USCRIPT_ARABIC, NO_LIST }, { "ur", USCRIPT_ARABIC, NO_LIST }, { "ps", USCRIPT_ARABIC, NO_LIST },
	{ "yi", USCRIPT_HEBREW, NO_LIST }, { "ne", USCRIPT_DEVANAGARI, NO_LIST }, { "mr", USCRIPT_DEVANAGARI, NO_LIST },
	{ "ca", USCRIPT_LATIN, NO_LIST }, { "gl", USCRIPT_LATIN, NO_LIST }, { "eu", USCRIPT_LATIN, NO_LIST }, { "ga", USCRIPT_LATIN, NO_LIST },
	{ "cy", USCRIPT_LATIN, NO_LIST }, { "is", USCRIPT_LATIN, NO_LIST }, { "et", USCRIPT_LATIN, NO_LIST }, { "lv", USCRIPT_LATIN, NO_LIST },
	{ "lt", USCRIPT_LATIN, NO_LIST }, { "sk", USCRIPT_LATIN, NO_LIST }, { "sl", USCRIPT_LATIN, NO_LIST }, { "hr", USCRIPT_LATIN, NO_LIST },
	{ "bs", USCRIPT_LATIN, NO_LIST }, { "sq", USCRIPT_LATIN, NO_LIST }, { "id", USCRIPT_LATIN, NO_LIST }, { "ms", USCRIPT_LATIN, NO_LIST },
	{ "vi", USCRIPT_LATIN, NO_LIST }, { "tl", USCRIPT_LATIN, NO_LIST }, { "sw", USCRIPT_LATIN, NO_LIST }, { "af", USCRIPT_LATIN, NO_LIST },
	{ "eo", USCRIPT_LATIN, NO_LIST }, { "la", USCRIPT_LATIN, NO_LIST },
	{ "hy", USCRIPT_ARMENIAN, NO_LIST }, { "ka", USCRIPT_GEORGIAN, NO_LIST }, { "bn", USCRIPT_BENGALI, NO_LIST }, { "ta", USCRIPT_TAMIL, NO_LIST },
	{ "te", USCRIPT_TELUGU, NO_LIST }, { "kn", USCRIPT_KANNADA, NO_LIST }, { "ml", USCRIPT_MALAYALAM, NO_LIST }, { "gu", USCRIPT_GUJARATI, NO_LIST },
	{ "pa", USCRIPT_GURMUKHI, NO_LIST }, { "si", USCRIPT_SINHALA, NO_LIST }, { "my", USCRIPT_MYANMAR, NO_LIST }, { "km", USCRIPT_KHMER, NO_LIST },
	{ "lo", USCRIPT_LAO, NO_LIST }, { "am", USCRIPT_ETHIOPIC, NO_LIST },
};

#define LANGUAGES (sizeof language / sizeof language[0])
#define SCRIPTS 256

/* What a text has said so far. */
struct tally {
	int letters[SCRIPTS];
	double hit[STOP_LANG_COUNT + 1]; /* a word of k languages says 1/k for each */
	const struct stop_word *heard[HEARD_MOST]; /* different ones, as they came */
	int heard_n;
	int said[STOP_LANG_COUNT + 1];   /* of those heard, words of each language */
	int shared[STOP_LANG_COUNT + 1]; /* of these, words of the declared language too */
	int words, hits;
	int declared;                    /* list of the declared language, NO_LIST */
	bool more;                       /* something was said since best_of was last asked */
};

/* A word as it is read. */
struct word {
	char s[32];            /* in small letters, apostrophes within it straight */
	size_t len;            /* bytes; sizeof s: too long for any list */
	size_t part;           /* bytes up to its first apostrophe, 0: it has none */
	int letters, capitals; /* up to there */
	uint32_t before;       /* the character ahead of it, 0 at the start */
	bool opens;            /* a sentence */
};

/* ---- words ---- */

/* Eight bytes as a number that sorts as they do. */
static inline uint64_t eight(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 | (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
	       (uint64_t)p[6] << 8 | (uint64_t)p[7];
}

/* The folded word in the lists, NULL where it is in none. Every word of a text comes here. */
static const struct stop_word *find(const char *word, size_t n)
{
	bool other = n && (unsigned char)*word >= STOP_OTHER_FROM;
	const struct stop_word *at = other ? stop_other : stop_latin, *start = at;
	char key[sizeof at->word] = { 0 };
	uint64_t first;

	if (!n || n >= sizeof key)
		return NULL;
	memcpy(key, word, n);
	first = eight(key);
	/* the last whose first eight bytes aren't behind the word's; no step is a branch, which would be guessed wrong every other time */
	for (size_t left = other ? stop_other_count : stop_latin_count; left > 1; left -= left / 2)
		at += eight(at[left / 2].word) <= first ? left / 2 : 0;
	for (; eight(at->word) == first; at--) {
		if (memcmp(at->word + 8, key + 8, sizeof key - 8) == 0)
			return at;
		if (at == start)
			break;
	}
	return NULL;
}

/* Bit mask of the languages of which it is a stop word. */
static uint32_t langs_of(const struct stop_word *w)
{
	return w ? w->langs : 0;
}

static const struct language *by_code(const char *code, size_t n)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (n == strlen(language[i].code) && memcmp(language[i].code, code, n) == 0)
			return &language[i];
	return NULL;
}

int lang_stop_word(const char *lang, const char *word, size_t n)
{
	const struct language *l = lang ? by_code(lang, strlen(lang)) : NULL;

	return l && l->list != NO_LIST && (langs_of(find(word, n)) >> l->list & 1);
}

/* The language of a tag such as "de-AT" or "zh_Hant"; NULL for none that we know. */
static const struct language *by_tag(const char *tag)
{
	/* names that mean the same: macrolanguages and codes of before 1989 */
	static const char alias[][2][3] = { { "nb", "no" }, { "nn", "no" }, { "iw", "he" }, { "in", "id" }, { "ji", "yi" } };
	char code[3];

	if (!tag || !tag[0] || !tag[1] || (tag[2] && tag[2] != '-' && tag[2] != '_'))
		return NULL;
	code[0] = (char)(tag[0] | 0x20);
	code[1] = (char)(tag[1] | 0x20);
	code[2] = '\0';
	for (size_t i = 0; i < sizeof alias / sizeof alias[0]; i++)
		if (strcmp(code, alias[i][0]) == 0)
			return by_code(alias[i][1], 2);
	return by_code(code, 2);
}

/* ---- the tally ---- */

/* Which languages have the word, where it wasn't heard before: a name said three times is one word. */
static void hear(struct tally *t, const struct stop_word *w)
{
	bool declared = w->langs >> t->declared & 1;

	for (int i = 0; i < t->heard_n; i++)
		if (t->heard[i] == w)
			return;
	if (t->heard_n == HEARD_MOST)
		return;
	t->heard[t->heard_n++] = w;
	for (uint32_t langs = w->langs; langs; langs &= langs - 1) {
		int l = __builtin_ctz(langs);

		t->said[l]++;
		t->shared[l] += declared;
	}
}

/* w may be NULL: a word of no list. */
static void count_listed(struct tally *t, const struct stop_word *w)
{
	double says;

	t->words++;
	if (!w)
		return;
	t->hits++;
	t->more = true;
	says = 1.0 / __builtin_popcount(w->langs);
	for (uint32_t langs = w->langs; langs; langs &= langs - 1)
		t->hit[__builtin_ctz(langs)] += says;
	hear(t, w);
}

/* What makes a lone letter part of something else: "U.S.", "AT&T", "G-7", "'s". */
static bool joins(uint32_t cp)
{
	return cp == '.' || cp == '-' || cp == '&' || cp == '/' || cp == '+' || cp == '\'' || cp == 0x2019 || cp == 0x2011;
}

static bool is_digit(uint32_t cp)
{
	return cp < 0x80 ? cp >= '0' && cp <= '9' : u_isdigit((UChar32)cp);
}

/* May it be a function word, by the way it is written? Initials, abbreviations, units and names in capitals aren't, whatever list has their letters. */
static bool plain(const struct word *w, uint32_t after, bool shouted)
{
	if (w->len == sizeof w->s || is_digit(w->before) || is_digit(after))
		return false;
	if (w->letters > 1)
		return shouted || w->capitals < w->letters;
	if (w->part)
		return !joins(w->before);
	return !joins(w->before) && !joins(after) && (shouted || !w->capitals || w->opens);
}

/* A word that isn't listed with its apostrophe. What an elision leaves are two words ("qu'avait", "n'avait"); what any other apostrophe adds is an ending and no
 * word ("Anna's", "Ankara'da"). */
static void count_parts(struct tally *t, const struct word *w)
{
	size_t behind = w->part + 1;
	const struct stop_word *elision = find(w->s, behind);
	bool lone = w->letters == 1;

	count_listed(t, elision || lone ? elision : find(w->s, w->part));
	if ((elision || lone) && w->len - behind > 1)
		count_listed(t, find(w->s + behind, w->len - behind));
}

static void count_word(struct tally *t, const struct word *w, uint32_t after, bool shouted)
{
	const struct stop_word *whole = NULL;
	bool may = plain(w, after, shouted);

	if (may)
		whole = find(w->s, w->len);
	if (may && !whole && w->part)
		count_parts(t, w);
	else
		count_listed(t, whole);
}

/* Letters that one Cyrillic alphabet has and the others haven't. */
static void count_cyrillic(struct tally *t, uint32_t cp)
{
	switch (cp) {
	case 0x456: case 0x457: case 0x454: case 0x491: /* і ї є ґ */
		t->hit[STOP_UK] += 0.3;
		break;
	case 0x44B: case 0x44D: case 0x451: /* ы э ё */
		t->hit[STOP_RU] += 0.3;
		break;
	case 0x44A: /* ъ, which is rare in Russian */
		t->hit[STOP_BG] += 0.2;
		break;
	}
}

/* Letters that few of the languages with a list write in Latin. Alone they decide nothing: names carry them everywhere. */
static void count_latin(struct tally *t, uint32_t cp)
{
	static const struct { uint16_t cp; int8_t lang; } telling[] = {
		{ 0xDF, STOP_DE }, { 0xE3, STOP_PT }, { 0xF5, STOP_PT }, { 0xF1, STOP_ES }, { 0x153, STOP_FR }, { 0xEA, STOP_FR }, { 0xEC, STOP_IT }, { 0xF2, STOP_IT },
		{ 0x142, STOP_PL }, { 0x105, STOP_PL }, { 0x119, STOP_PL }, { 0x15B, STOP_PL }, { 0x17C, STOP_PL }, { 0x17A, STOP_PL }, { 0x144, STOP_PL },
		{ 0x159, STOP_CS }, { 0x11B, STOP_CS }, { 0x16F, STOP_CS }, { 0x151, STOP_HU }, { 0x171, STOP_HU }, { 0x11F, STOP_TR }, { 0x131, STOP_TR },
		{ 0x103, STOP_RO }, { 0x219, STOP_RO }, { 0x21B, STOP_RO },
	};

	for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
		if (telling[i].cp == cp)
			t->hit[telling[i].lang] += 0.3;
	if (cp == 0xE5) /* a with a ring: Swedish, Danish, Norwegian; a with dots then leaves Swedish */
		for (int l = STOP_SV; l <= STOP_NO; l++)
			t->hit[l] += 0.1;
	if (cp == 0xE4) {
		t->hit[STOP_SV] += 0.1;
		t->hit[STOP_FI] += 0.1;
		t->hit[STOP_DE] += 0.1;
	}
}

static void count_letter(struct tally *t, uint32_t cp)
{
	UErrorCode e = U_ZERO_ERROR;
	int script;

	if (cp < 0x80) {
		t->letters[USCRIPT_LATIN]++;
		return;
	}
	script = (int)uscript_getScript((UChar32)cp, &e);
	if (U_FAILURE(e) || script < 0 || script >= SCRIPTS)
		return;
	t->more = true;
	if (script == USCRIPT_KATAKANA)
		script = USCRIPT_HIRAGANA;
	if (script == USCRIPT_CYRILLIC)
		count_cyrillic(t, cp);
	else if (script == USCRIPT_LATIN)
		count_latin(t, cp);
	/* an East Asian character says about as much as three letters */
	t->letters[script] += script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_HANGUL ? 3 : 1;
}

/* The lower-case character, or 0 where it is no letter. */
static uint32_t lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z' ? cp : cp >= 'A' && cp <= 'Z' ? cp | 0x20 : 0;
	return u_isalpha((UChar32)cp) ? (uint32_t)u_tolower((UChar32)cp) : 0;
}

static const struct language *best_of(const struct tally *t, int script, double *lead);

/* Is all of it in capitals? Two small letters side by side say no. */
static bool in_capitals(const char *text, size_t n)
{
	int small = 0;

	for (size_t i = 0; i < n && small < 2;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		small = lower(cp) && lower(cp) == cp ? small + 1 : 0;
	}
	return small < 2;
}

static void add_letter(struct word *w, uint32_t cp, uint32_t low)
{
	if (!w->part) {
		w->letters++;
		w->capitals += cp != low;
	}
	w->len = w->len + 4 > sizeof w->s ? sizeof w->s : w->len + utf8_encode(low, w->s + w->len);
}

/* An apostrophe between two letters is kept; rest: what follows it. */
static bool add_apostrophe(struct word *w, uint32_t cp, const char *rest, size_t n)
{
	uint32_t next;

	if ((cp != '\'' && cp != 0x2019) || !w->len || w->len == sizeof w->s || !n)
		return false;
	(void)utf8_decode(rest, n, &next);
	if (!lower(next))
		return false;
	if (!w->part)
		w->part = w->len;
	w->s[w->len++] = '\'';
	return true;
}

/* Nothing read yet of the word behind cp, which ended w. A sentence begins behind its marks, with blanks and quotation marks in between. */
static struct word next_word(const struct word *w, uint32_t cp)
{
	bool ends = cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == ';' || cp == '\n' || cp == 0x2013 || cp == 0x2014 || cp == 0x2026;

	return (struct word){ .before = cp, .opens = ends || (w->opens && !w->len && !is_digit(cp)) };
}

static void read_text(struct tally *t, const char *text, size_t n)
{
	struct word w = { .opens = true };
	bool shouted;
	double lead;

	n = n < BYTES_MOST ? n : BYTES_MOST;
	shouted = in_capitals(text, n);
	for (size_t i = 0; i < n && t->words < WORDS_MOST;) {
		uint32_t cp, low;

		i += utf8_decode(text + i, n - i, &cp);
		low = lower(cp);
		if (low) {
			count_letter(t, low);
			add_letter(&w, cp, low);
			continue;
		}
		if (add_apostrophe(&w, cp, text + i, n - i))
			continue;
		if (w.len)
			count_word(t, &w, cp, shouted);
		w = next_word(&w, cp);
		if (t->more && t->hits % 4 == 3 && best_of(t, USCRIPT_LATIN, &lead) && lead >= SURE)
			return;
		t->more = false;
	}
	if (w.len)
		count_word(t, &w, 0, shouted);
}

/* ---- the decision ---- */

/* The language with a list in this script for which most is said. lead [out]: how much, if it is twice the second, else 0. */
static const struct language *best_of(const struct tally *t, int script, double *lead)
{
	const struct language *best = NULL;
	double second = 0;

	for (size_t i = 0; i < LANGUAGES; i++) {
		const struct language *l = &language[i];

		if (l->script != script || l->list == NO_LIST)
			continue;
		if (!best || t->hit[l->list] > t->hit[best->list]) {
			second = best ? t->hit[best->list] : 0;
			best = l;
		} else if (t->hit[l->list] > second)
			second = t->hit[l->list];
	}
	*lead = best && t->hit[best->list] >= 2 * second ? t->hit[best->list] : 0;
	return best;
}

/* Is it clear from the commonest words alone? */
static bool evident(const struct tally *t, const struct language *best)
{
	double most = t->hit[best->list];

	if (most < HITS_LEAST || t->hits < SHARE_LEAST * t->words)
		return false;
	if (t->hits >= HITS_MANY && t->hits >= SHARE_MANY * t->words)
		return true;
	for (size_t i = 0; i < LANGUAGES; i++)
		if (language[i].script == best->script && &language[i] != best && most < LEAD_LEAST * t->hit[language[i].list])
			return false;
	return true;
}

/* Is it said clearly enough for another language than the declared one? */
static bool overrules(const struct tally *t, int best, int declared)
{
	int telling = t->said[best] - t->shared[best], own = t->said[declared] - t->shared[best];

	return telling >= (declared == NO_LIST ? TELLING_UNLISTED : TELLING_LEAST) && telling >= TELLING_LEAD * own;
}

/* The answer for a script that several languages with lists share. */
static const struct language *by_words(const struct tally *t, int script, const struct language *hint)
{
	double lead;
	const struct language *best = best_of(t, script, &lead);
	bool fits = hint && hint->script == script;

	if (fits && hint->list != NO_LIST && t->hit[hint->list] >= HINT_SHARE * t->hit[best->list])
		return hint;
	/* a declared language without a list is believed unless a whole text speaks for another */
	if (fits && hint->list == NO_LIST && t->hits < 2 * SHARE_LEAST * t->words)
		return hint;
	if (fits && !overrules(t, best->list, hint->list))
		return hint;
	if (evident(t, best))
		return best;
	if (fits)
		return hint;
	return script == USCRIPT_CYRILLIC ? best : NULL;
}

static int main_script(const struct tally *t)
{
	int best = -1;

	for (int i = 0; i < SCRIPTS; i++)
		if (t->letters[i] > 0 && (best < 0 || t->letters[i] > t->letters[best]))
			best = i;
	/* Japanese writes half of its text in Chinese characters, Chinese no word in kana */
	if (best == USCRIPT_HAN && 10 * t->letters[USCRIPT_HIRAGANA] > t->letters[USCRIPT_HAN])
		best = USCRIPT_HIRAGANA;
	return best;
}

const char *lang_detect(const char *text, size_t n, const char *tag)
{
	const struct language *hint = by_tag(tag), *found = NULL;
	struct tally t = { .declared = hint ? hint->list : NO_LIST };
	int script;

	read_text(&t, text, n);
	script = main_script(&t);
	if (script < 0)
		return hint ? hint->code : "";
	if (script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC)
		found = by_words(&t, script, hint);
	else if (hint && (hint->script == script || (script == USCRIPT_HAN && hint->script == USCRIPT_HIRAGANA)))
		found = hint;
	for (size_t i = 0; !found && script != USCRIPT_LATIN && i < LANGUAGES; i++)
		if (language[i].script == script)
			found = &language[i];
	return found ? found->code : "";
}
