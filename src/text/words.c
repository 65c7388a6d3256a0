#include "text/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "base/mem.h"
#include "base/utf8.h"

/* The characters that the short way knows: Latin, Greek and Cyrillic, and the punctuation block. */
#define LETTERS_END 0x530u
#define PUNCT_FROM 0x2000u
#define PUNCT_END 0x2060u
#define PLAIN_COUNT (LETTERS_END + PUNCT_END - PUNCT_FROM)

/* Word break classes of Annex 29, as far as plain text needs them. */
enum wb { WB_NOT_PLAIN, WB_BLANK, WB_OTHER, WB_LETTER, WB_DIGIT, WB_JOIN, WB_MID_LETTER, WB_MID_NUMBER, WB_MID_BOTH };

struct plain {
	uint8_t wb;
	uint8_t alnum;
	uint8_t n;
	char fold[5]; /* (n) folded form, UTF-8 */
};

struct words {
	UBreakIterator *breaks;
	const UNormalizer2 *folder;
	UText *utext; /* over the stretch that ICU is reading; reused */
	struct word *word;
	size_t n, cap;
	bool only_icu;
	char quick[128];  /* folded ASCII letter or digit, 0 for others */
	struct plain plain[PLAIN_COUNT];
};

/* utf8_decode(), with the commonest case at hand: the loops below look at every character more than once. */
static inline size_t decode(const char *s, size_t n, uint32_t *cp)
{
	if ((unsigned char)*s < 0x80) {
		*cp = (unsigned char)*s;
		return 1;
	}
	return utf8_decode(s, n, cp);
}

static inline const struct plain *plain_of(const struct words *w, uint32_t cp)
{
	static const struct plain none = { WB_NOT_PLAIN, 0, 0, { 0 } };

	if (cp < LETTERS_END)
		return &w->plain[cp];
	if (cp >= PUNCT_FROM && cp < PUNCT_END)
		return &w->plain[LETTERS_END + cp - PUNCT_FROM];
	return &none;
}

/* ---- folding ---- */

static bool apostrophe(uint32_t cp)
{
	return cp == 0x2018 || cp == 0x2019 || cp == 0x2BC || cp == 0xFF07;
}

/* ICU's folding. Returns the bytes in out (WORD_MOST), 0 where they don't fit. */
static size_t fold_icu(const struct words *w, const char *s, size_t n, char *out)
{
	UChar raw[4 * WORD_MOST], folded[WORD_MOST];
	int32_t raw_n, folded_n, out_n;
	UErrorCode e = U_ZERO_ERROR;

	if (n > 4 * WORD_MOST)
		return 0;
	u_strFromUTF8WithSub(raw, 4 * WORD_MOST, &raw_n, s, (int32_t)n, 0xFFFD, NULL, &e);
	for (int32_t i = 0; U_SUCCESS(e) && i < raw_n; i++)
		if (apostrophe(raw[i]))
			raw[i] = '\'';
	folded_n = unorm2_normalize(w->folder, raw, raw_n, folded, WORD_MOST, &e);
	u_strToUTF8(out, WORD_MOST, &out_n, folded, folded_n, &e);
	return U_SUCCESS(e) ? (size_t)out_n : 0;
}

/* Folding by table. Returns false where a character isn't plain. */
static bool fold_plain(const struct words *w, const char *s, size_t n, char *out, size_t *out_n)
{
	size_t len = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		const struct plain *p;

		i += decode(s + i, n - i, &cp);
		p = plain_of(w, cp);
		if (p->wb == WB_NOT_PLAIN)
			return false;
		if (len + p->n > WORD_MOST) {
			len = 0;
			break;
		}
		memcpy(out + len, p->fold, p->n);
		len += p->n;
	}
	*out_n = len;
	return true;
}

size_t words_fold(struct words *w, const char *s, size_t n, char *out)
{
	size_t len, from = 0;

	if (n > 4 * WORD_MOST)
		return 0;
	if (w->only_icu || !fold_plain(w, s, n, out, &len))
		len = fold_icu(w, s, n, out);
	while (len > 0 && out[len - 1] == '_')
		len--;
	while (from < len && out[from] == '_')
		from++;
	if (from > 0)
		memmove(out, out + from, len - from);
	return len - from;
}

/* ---- the table: all of it is asked from ICU ---- */

static enum wb wb_of(uint32_t cp)
{
	switch (u_getIntPropertyValue((UChar32)cp, UCHAR_WORD_BREAK)) {
	case U_WB_ALETTER: return WB_LETTER;
	case U_WB_NUMERIC: return WB_DIGIT;
	case U_WB_EXTENDNUMLET: return WB_JOIN;
	case U_WB_MIDLETTER: return WB_MID_LETTER;
	case U_WB_MIDNUM: return WB_MID_NUMBER;
	case U_WB_MIDNUMLET:
	case U_WB_SINGLE_QUOTE: return WB_MID_BOTH;
	case U_WB_OTHER:
	case U_WB_DOUBLE_QUOTE:
	case U_WB_WSEGSPACE:
	case U_WB_CR:
	case U_WB_LF:
	case U_WB_NEWLINE: return WB_OTHER;
	default: return WB_NOT_PLAIN;
	}
}

/* Signs that always part words, whatever ICU says: versions of it differ over '@' and ':' ("mail@place" was two words, is one), and the narrow no-break space,
 * which French sets before punctuation, would stay with the word. */
static bool parts(uint32_t cp)
{
	return cp == '@' || cp == ':' || cp == 0x202F;
}

/* What a stretch ends at. */
static bool blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || parts(cp);
}

static void plain_fill(const struct words *w, struct plain *p, uint32_t cp)
{
	char raw[4], out[WORD_MOST];
	size_t n = fold_icu(w, raw, utf8_encode(cp, raw), out);

	p->wb = (uint8_t)(blank(cp) ? WB_BLANK : wb_of(cp));
	p->alnum = u_isalnum((UChar32)cp) ? 1 : 0;
	if (n > sizeof p->fold) {
		p->wb = WB_NOT_PLAIN;
		n = 0;
	}
	memcpy(p->fold, out, n);
	p->n = (uint8_t)n;
}

enum err words_new(struct words **out, struct err_info *info)
{
	struct words *w = mem_zero(1, sizeof *w);
	UErrorCode e = U_ZERO_ERROR;

	w->cap = 64;
	w->word = mem_zero(w->cap, sizeof *w->word);
	w->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &e);
	w->folder = unorm2_getNFKCCasefoldInstance(&e);
	if (U_FAILURE(e)) {
		words_free(w);
		return err_set(info, ERR_UNSUPPORTED, "ICU cannot break words here: %s", u_errorName(e));
	}
	for (uint32_t cp = 0; cp < LETTERS_END; cp++)
		plain_fill(w, &w->plain[cp], cp);
	for (uint32_t cp = PUNCT_FROM; cp < PUNCT_END; cp++)
		plain_fill(w, &w->plain[LETTERS_END + cp - PUNCT_FROM], cp);
	for (int c = 0; c < 128; c++)
		w->quick[c] = (char)(w->plain[c].alnum ? w->plain[c].fold[0] : 0);
	*out = w;
	return OK;
}

void words_free(struct words *w)
{
	if (!w)
		return;
	ubrk_close(w->breaks);
	utext_close(w->utext);
	free(w->word);
	free(w);
}

void words_only_icu(struct words *w, bool on)
{
	w->only_icu = on;
}

/* ---- segmentation ---- */

static void add(struct words *w, size_t from, size_t to)
{
	MEM_GROW(w->word, w->n, w->cap);
	w->word[w->n++] = (struct word){ from, to };
}

/* Does a character of class c, then one of class d, go on with a word whose last was of class prev? (rules WB6, 7, 11, 12) */
static bool mid_joins(enum wb prev, enum wb c, enum wb d)
{
	if (prev == WB_LETTER)
		return (c == WB_MID_LETTER || c == WB_MID_BOTH) && d == WB_LETTER;
	return prev == WB_DIGIT && (c == WB_MID_NUMBER || c == WB_MID_BOTH) && d == WB_DIGIT;
}

/* Can a word begin with, or go on with, this class? (rules WB5, 8, 9, 10, 13a, 13b) */
static bool in_word(enum wb c)
{
	return c == WB_LETTER || c == WB_DIGIT || c == WB_JOIN;
}

/* Class of the character at text[at] and its length; WB_OTHER behind the end. */
static enum wb class_at(const struct words *w, const char *text, size_t at, size_t end, size_t *len, bool *alnum)
{
	const struct plain *p;
	uint32_t cp;

	*len = 0;
	if (at >= end)
		return WB_OTHER;
	*len = decode(text + at, end - at, &cp);
	p = plain_of(w, cp);
	*alnum = p->alnum != 0;
	return (enum wb)p->wb;
}

/* One word of plain text that begins at `from` with class c. Returns its end. */
static size_t plain_word(const struct words *w, const char *text, size_t from, size_t end, bool *any)
{
	size_t at = from, len, next_len;
	bool alnum = false, unused;
	enum wb prev = class_at(w, text, at, end, &len, &alnum);

	*any = alnum;
	for (at += len; at < end; at += len) {
		enum wb c = class_at(w, text, at, end, &len, &alnum);

		if (!in_word(c)) {
			enum wb d = class_at(w, text, at + len, end, &next_len, &unused);

			if (!mid_joins(prev, c, d))
				break;
			len += next_len;
			c = d;
		}
		*any = *any || alnum;
		prev = c;
	}
	return at;
}

static void plain_words(struct words *w, const char *text, size_t from, size_t to)
{
	for (size_t at = from; at < to;) {
		size_t len;
		bool any;

		if (in_word(class_at(w, text, at, to, &len, &any))) {
			size_t end = plain_word(w, text, at, to, &any);

			if (any)
				add(w, at, end);
			at = end;
		} else
			at += len;
	}
}

static bool any_alnum(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += decode(s + i, n - i, &cp);
		if (u_isalnum((UChar32)cp))
			return true;
	}
	return false;
}

static void icu_words(struct words *w, const char *text, size_t from, size_t to)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t a, b;

	w->utext = utext_openUTF8(w->utext, text + from, (int64_t)(to - from), &e);
	ubrk_setUText(w->breaks, w->utext, &e);
	if (U_FAILURE(e))
		return;
	for (a = ubrk_first(w->breaks); (b = ubrk_next(w->breaks)) != UBRK_DONE; a = b)
		if (any_alnum(text + from + a, (size_t)(b - a)))
			add(w, from + (size_t)a, from + (size_t)b);
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is the colon at text[at] inside a time or a score? It parts the words then, but not the stretch: who reads them may join them again. */
static bool inner_colon(const char *text, size_t n, size_t at)
{
	return text[at] == ':' && at > 0 && at + 1 < n && digit(text[at - 1]) && digit(text[at + 1]);
}

/* Where the run of characters from `at` on that are blank, or not blank, ends; *plain is made false where one isn't plain. */
static size_t run_end(const struct words *w, const char *text, size_t n, size_t at, bool blanks, bool *plain)
{
	while (at < n) {
		uint32_t cp;
		size_t len = decode(text + at, n - at, &cp);
		enum wb c = (enum wb)plain_of(w, cp)->wb;

		if ((c == WB_BLANK && !inner_colon(text, n, at)) != blanks)
			break;
		if (c == WB_NOT_PLAIN)
			*plain = false;
		at += len;
	}
	return at;
}

static bool parted(const char *text, size_t from, size_t to)
{
	while (from < to) {
		uint32_t cp;

		from += decode(text + from, to - from, &cp);
		if (parts(cp))
			return true;
	}
	return false;
}

/* A stretch for ICU goes on over blanks while what follows is for ICU too (always, where all is): it is quicker with more at once. */
static size_t icu_stretch_end(const struct words *w, const char *text, size_t n, size_t end)
{
	while (end < n) {
		bool plain = true;
		size_t next = run_end(w, text, n, end, true, &plain), next_end = run_end(w, text, n, next, false, &plain);

		if ((plain && !w->only_icu) || parted(text, end, next))
			break;
		end = next_end;
	}
	return end;
}

/* ---- the shortest way ---- */

#define EACH(byte) ((uint64_t)0x0101010101010101u * (byte))

/* Eight bytes at once: 0x80 where one is an ASCII letter. No sum below leaves its byte. */
static inline uint64_t ascii_letters(uint64_t x)
{
	uint64_t low = (x & EACH(0x7F)) | EACH(0x20);

	return (low + EACH(0x80 - 'a')) & ~(low + EACH(0x7F - 'z')) & ~x & EACH(0x80);
}

/* The run of ASCII letters at text, in small letters, into out. Returns its bytes; QUICK_WORD where it is as long or longer, or the text ends within eight bytes of it. */
static size_t letters_run(const char *text, size_t n, uint64_t out[QUICK_WORD / 8])
{
	memset(out, 0, QUICK_WORD);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	for (size_t k = 0; k < QUICK_WORD / 8 && 8 * (k + 1) <= n; k++) {
		uint64_t x, letters, others;

		memcpy(&x, text + 8 * k, 8);
		letters = ascii_letters(x);
		others = ~letters & EACH(0x80);
		x |= letters >> 2; /* 0x20, the difference between capital and small */
		if (others) {
			unsigned bits = (unsigned)__builtin_ctzll(others) & ~7u;

			out[k] = x & (((uint64_t)1 << bits) - 1);
			return 8 * k + bits / 8;
		}
		out[k] = x;
	}
#endif
	(void)text, (void)n;
	return QUICK_WORD;
}

/* Folds the run of plain letters and digits at *at into out (zeros, QUICK_WORD). Returns the bytes, QUICK_WORD where it is too long. */
static size_t plain_run(const struct words *w, const char *text, size_t n, size_t *at, char *out)
{
	size_t i = *at, len = 0, most = QUICK_WORD - sizeof w->plain[0].fold;

	while (i < n && len < most) {
		unsigned char c = (unsigned char)text[i];
		const struct plain *p;
		uint32_t cp;
		size_t k;

		if (c < 0x80) {
			if (!w->quick[c])
				break;
			out[len++] = w->quick[c];
			i++;
			continue;
		}
		k = utf8_decode(text + i, n - i, &cp);
		p = plain_of(w, cp);
		if (p->wb != WB_LETTER)
			break;
		memcpy(out + len, p->fold, p->n);
		len += p->n;
		i += k;
	}
	*at = i;
	return len < most ? len : QUICK_WORD;
}

static bool quick_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static bool quick_mark(char c)
{
	return c == '.' || c == ',' || c == '"' || c == ')' || c == ';' || c == '?' || c == '!';
}

size_t words_quick(const struct words *w, const char *text, size_t n, size_t *at, uint64_t out[QUICK_WORD / 8])
{
	size_t i = *at, len;

	if (w->only_icu)
		return 0;
	while (i < n && quick_blank(text[i]))
		i++;
	if (i < n && (text[i] == '"' || text[i] == '('))
		i++;
	len = letters_run(text + i, n - i, out);
	if (len < QUICK_WORD && !(text[i + len] & 0x80) && !w->quick[(unsigned char)text[i + len]])
		i += len;
	else {
		memset(out, 0, QUICK_WORD);
		len = plain_run(w, text, n, &i, (char *)out);
	}
	if (!len || len == QUICK_WORD)
		return 0;
	while (i < n && quick_mark(text[i]))
		i++;
	if (i < n && !quick_blank(text[i]) && (text[i] != ':' || inner_colon(text, n, i)))
		return 0;
	*at = i;
	return len;
}

/* ---- all ways ---- */

/* ICU counts in int32; a stretch is cut there, far beyond any article. */
#define STRETCH_MOST ((size_t)1 << 20)

const struct word *words_next(struct words *w, const char *text, size_t n, size_t *at, size_t *count)
{
	bool plain = true;
	size_t from = run_end(w, text, n, *at, true, &plain), to;

	if (from >= n) {
		*at = n;
		return NULL;
	}
	to = run_end(w, text, n, from, false, &plain);
	plain = plain && !w->only_icu;
	if (!plain)
		to = icu_stretch_end(w, text, n, to);
	if (to - from > STRETCH_MOST)
		to = from + STRETCH_MOST;
	w->n = 0;
	if (plain)
		plain_words(w, text, from, to);
	else
		icu_words(w, text, from, to);
	*at = to;
	*count = w->n;
	return w->word;
}

bool words_cased(const char *s, size_t n)
{
	uint32_t cp = 0;

	for (size_t at = 0; at < n && !u_isalpha((UChar32)cp);)
		at += utf8_decode(s + at, n - at, &cp);
	return u_hasBinaryProperty((UChar32)cp, UCHAR_CASED);
}
