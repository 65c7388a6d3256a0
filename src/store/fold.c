#include "store/fold_private.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/utf8.h"

/* ---- characters ---- */

/* Written without blanks between words: Thai, Lao, Burmese, Khmer, Kana, Bopomofo, Hangul, Han. */
static bool set_apart(uint32_t cp)
{
	static const struct { uint32_t from, to; } range[] = {
		{ 0x0e00, 0x0eff }, { 0x1000, 0x109f }, { 0x1100, 0x11ff }, { 0x1780, 0x17ff }, { 0x3005, 0x3007 }, { 0x3040, 0x318f }, { 0x31a0, 0x31ff },
		{ 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xa960, 0xa97f }, { 0xac00, 0xd7ff }, { 0xf900, 0xfaff }, { 0xff66, 0xffdc }, { 0x20000, 0x3ffff },
	};

	if (cp < range[0].from)
		return false;
	for (size_t i = 0; i < sizeof range / sizeof *range; i++)
		if (cp >= range[i].from && cp <= range[i].to)
			return true;
	return false;
}

static bool in_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 0x20) - 'a' < 26 || cp - '0' < 10;
	return u_isalnum((UChar32)cp) || (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK);
}

static bool is_blank(uint32_t cp)
{
	return cp < 0x80 ? cp <= ' ' : u_isUWhiteSpace((UChar32)cp);
}

/* The bare letter: lower case, without marks. 0 for a mark that stands by itself. */
static uint32_t bare(uint32_t cp)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd;

	if (cp < 0x80)
		return cp - 'A' < 26 ? cp + 32 : cp;
	if (set_apart(cp)) /* Hangul would come apart, and Thai vowels are marks that matter */
		return cp;
	if (u_charType((UChar32)cp) == U_NON_SPACING_MARK)
		return 0;
	nfd = unorm2_getNFDInstance(&status);
	for (int depth = 0; U_SUCCESS(status) && depth < 4; depth++) {
		UChar part[32];
		int32_t n = unorm2_getRawDecomposition(nfd, (UChar32)cp, part, 32, &status);
		UChar32 first;

		if (n <= 0 || U_FAILURE(status))
			break;
		U16_GET_UNSAFE(part, 0, first);
		cp = (uint32_t)first;
	}
	return (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT);
}

/* The next bare letter of s[*i..n), 0 at the end. */
static uint32_t next_bare(const char *s, size_t n, size_t *i)
{
	uint32_t c = 0;

	while (*i < n && !c) {
		uint32_t cp;

		*i += utf8_decode(s + *i, n - *i, &cp);
		c = bare(cp);
	}
	return c;
}

/* ---- texts ---- */

void fold_spaced(const char *s, struct buf *out)
{
	size_t n = strlen(s), plain = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_decode(s + i, n - i, &cp);

		if (set_apart(cp)) {
			buf_add(out, s + plain, i - plain);
			buf_putc(out, ' ');
			buf_add(out, s + i, len);
			buf_putc(out, ' ');
			plain = i + len;
		}
		i += len;
	}
	buf_add(out, s + plain, n - plain);
}

/* A letter of those scripts with the marks on it, as Thai vowels are; 0 where there is none at s. */
static size_t letter_apart(const char *s, size_t n)
{
	uint32_t cp;
	size_t len = utf8_decode(s, n, &cp);

	if (!set_apart(cp) || !u_isalnum((UChar32)cp))
		return 0;
	while (len < n) {
		size_t mark = utf8_decode(s + len, n - len, &cp);

		if (!(U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK))
			break;
		len += mark;
	}
	return len;
}

size_t fold_run(const char *s, size_t n, bool *whole)
{
	size_t len = letter_apart(s, n);

	*whole = len > 0;
	/* The first of those scripts begins at 0e00, which in UTF-8 is e0: ASCII and most of Europe is passed over byte by byte. */
	for (; !*whole && len < n; len++)
		if ((unsigned char)s[len] >= 0xe0 && letter_apart(s + len, n - len))
			break;
	return len;
}

int fold_count(const char *s)
{
	size_t n = strlen(s), words = 0, single = 0;
	bool inside = false;

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (set_apart(cp)) {
			single += in_word(cp);
			inside = false;
		} else if (is_blank(cp)) {
			inside = false;
		} else if (!inside && in_word(cp)) {
			inside = true;
			words++;
		}
	}
	words += (single + 1) / 2;
	return words > INT32_MAX ? INT32_MAX : (int)words;
}

/* ---- words in a text ---- */

/* Does w stand at s[i..]? *end [out] is where it ends. */
static bool stands_at(const char *s, size_t n, size_t i, const struct word *w, size_t *end)
{
	size_t k = 0;

	for (;;) {
		uint32_t want = next_bare(w->s, w->n, &k);

		*end = i;
		if (!want)
			return true;
		if (next_bare(s, n, &i) != want)
			return false;
	}
}

static bool boundary(const char *s, size_t n, size_t i, uint32_t before)
{
	uint32_t cp;

	if (i >= n)
		return true;
	(void)utf8_decode(s + i, n - i, &cp);
	return !in_word(cp) || !in_word(before) || set_apart(cp) || set_apart(before);
}

static bool ends_at(const char *s, size_t n, size_t end, const struct word *w)
{
	uint32_t last = ' ';

	for (size_t k = 0; k < w->n;)
		k += utf8_decode(w->s + k, w->n - k, &last);
	return boundary(s, n, end, last);
}

bool fold_found(const char *s, size_t n, const struct word *w, enum fold_where where)
{
	size_t first = 0, end;
	uint32_t want = next_bare(w->s, w->n, &first), before = ' ';

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_decode(s + i, n - i, &cp);

		if (bare(cp) == want && stands_at(s, n, i, w, &end)) {
			if (where == FOLD_ANYWHERE || (boundary(s, n, i, before) && (where == FOLD_BEGINNING || ends_at(s, n, end, w))))
				return true;
		}
		i += len;
		before = cp;
	}
	return false;
}

bool fold_searchable(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (cp != UTF8_BAD && (cp < 0x80 ? in_word(cp) : u_isalnum((UChar32)cp)))
			return true;
	}
	return false;
}
