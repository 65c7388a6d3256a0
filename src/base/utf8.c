#include "base/utf8.h"

#include <string.h>

#include <unicode/uchar.h>

/* ---- bytes to characters and back ---- */

static bool follows(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* The character of several bytes at s. Returns how many, 0 where it is none (overlong, surrogate, above 10FFFF, cut off). */
static size_t sequence(const unsigned char *s, size_t n, uint32_t *cp)
{
	if (s[0] < 0xe0) {
		if (s[0] < 0xc2 || n < 2 || !follows(s[1]))
			return 0;
		*cp = (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
		return 2;
	}
	if (s[0] < 0xf0) {
		if (n < 3 || !follows(s[1]) || !follows(s[2]))
			return 0;
		*cp = (s[0] & 0xfu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
		return *cp >= 0x800 && (*cp < 0xd800 || *cp >= 0xe000) ? 3 : 0;
	}
	if (s[0] >= 0xf8 || n < 4 || !follows(s[1]) || !follows(s[2]) || !follows(s[3]))
		return 0;
	*cp = (s[0] & 7u) << 18 | (s[1] & 0x3fu) << 12 | (s[2] & 0x3fu) << 6 | (s[3] & 0x3fu);
	return *cp >= 0x10000 && *cp <= 0x10ffff ? 4 : 0;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t len;

	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	len = sequence(u, n, cp);
	if (len)
		return len;
	*cp = UTF8_BAD;
	return 1;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		cp = UTF8_BAD;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t utf8_ascii(const char *s, size_t n)
{
	size_t i = 0;

	for (; n - i >= 8; i += 8) {
		uint64_t eight;

		memcpy(&eight, s + i, 8);
		if (eight & 0x8080808080808080u)
			break;
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

int utf8_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

uint32_t utf8_1252(uint32_t cp)
{
	static const uint16_t of_c1[32] = {
		0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
		0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
	};

	return cp >= 0x80 && cp < 0xa0 ? of_c1[cp - 0x80] : cp;
}

bool utf8_valid(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len;

		if ((unsigned char)s[i] < 0x80) {
			i += utf8_ascii(s + i, n - i);
			continue;
		}
		len = sequence((const unsigned char *)s + i, n - i, &cp);
		if (!len)
			return false;
		i += len;
	}
	return true;
}

size_t utf8_cut(const char *s, size_t n)
{
	while (n && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* ---- what may be shown ---- */

static bool forbidden(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return true; /* C0, DEL, C1 */
	if (cp == 0x200e || cp == 0x200f || cp == 0x061c || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069))
		return true; /* bidi marks, embeddings, overrides, isolates */
	if (cp == 0x2028 || cp == 0x2029 || cp == 0xfeff || cp == 0x00ad || (cp >= 0x2060 && cp <= 0x2065) || cp == 0x200b)
		return true; /* separators, byte-order mark, soft hyphen, invisible operators, zero-width blank */
	if ((cp >= 0xfff9 && cp <= 0xfffb) || (cp >= 0xe0000 && cp <= 0xe001f) || (cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef))
		return true; /* annotation, tags, noncharacters */
	return false;
}

static bool combining(uint32_t cp)
{
	return cp >= 0x300 && (U_GET_GC_MASK((UChar32)cp) & (U_GC_MN_MASK | U_GC_ME_MASK));
}

#define MARKS_MOST 8

/* One character of input. Returns what to do with it: 0 drop, '\n', '\t', ' ' or 1 for the character itself. */
static int judge(uint32_t cp, enum utf8_keep keep, int *marks)
{
	if (cp == '\n' || cp == '\t')
		return keep == UTF8_TEXT ? (int)cp : ' ';
	if (cp == ' ' || (keep == UTF8_LINE && (cp == '\r' || cp == '\f' || cp == '\v' || cp == 0x85 || cp == 0x2028 || cp == 0x2029)))
		return ' ';
	if (forbidden(cp))
		return 0;
	*marks = combining(cp) ? *marks + 1 : 0;
	return *marks <= MARKS_MOST;
}

/* How many bytes at s are of ASCII and neither controls nor below `low`: eight at a time where it goes on. */
static size_t printable(const char *s, size_t n, unsigned char low)
{
	const uint64_t each = 0x0101010101010101u;
	size_t i = 0;

	for (uint64_t x; i + sizeof x <= n; i += sizeof x) {
		memcpy(&x, s + i, sizeof x);
		/* a high bit: from 0x80 on, 0x7f, or below low (then those behind it may be wrong, and are looked at one by one) */
		if ((x | (x + each) | (x - low * each)) & 0x80 * each)
			break;
	}
	while (i < n && (unsigned char)s[i] >= low && (unsigned char)s[i] < 0x7f)
		i++;
	return i;
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* How many bytes at s (n > 0) are a letter of a much-used script, which neither combines nor is forbidden, so that ICU needn't be asked: U+00C0..02FF, Cyrillic up to
 * U+047F, U+4000..9FFF of Chinese and Japanese, Kana, Hangul from U+B000 to U+CFFF. 0 where they may be anything else. */
static size_t plain_letter(const char *s, size_t n)
{
	unsigned char c = (unsigned char)s[0], d = n > 1 ? (unsigned char)s[1] : 0;

	if ((c >= 0xc3 && c <= 0xcb) || c == 0xd0 || c == 0xd1)
		return n > 1 && continues(s[1]) ? 2 : 0;
	if ((c >= 0xe4 && c <= 0xe9) || c == 0xeb || c == 0xec || (c == 0xe3 && (d == 0x81 || d == 0x83)))
		return n > 2 && continues(s[1]) && continues(s[2]) ? 3 : 0;
	return 0;
}

/* How many bytes at s stay as they are. marks: combining marks so far on the character before. */
static size_t verbatim(const char *s, size_t n, enum utf8_keep keep, int *marks)
{
	size_t i = 0;

	while (i < n) {
		size_t len = printable(s + i, n - i, keep == UTF8_TEXT ? ' ' : ' ' + 1);
		uint32_t cp;

		*marks = len ? 0 : *marks;
		i += len;
		if (i == n)
			break;
		if ((unsigned char)s[i] < 0x80) {
			if (keep != UTF8_TEXT || (s[i] != '\n' && s[i] != '\t'))
				break;
			i++;
			continue;
		}
		len = plain_letter(s + i, n - i);
		if (len) {
			*marks = 0;
			i += len;
			continue;
		}
		len = sequence((const unsigned char *)s + i, n - i, &cp);
		if (!len || judge(cp, keep, marks) != 1)
			break;
		i += len;
	}
	return i;
}

/* start: where in out the line began; marks as in verbatim(). */
static void clean(struct buf *out, const char *s, size_t n, enum utf8_keep keep, size_t start, int *marks)
{
	for (size_t i = 0; i < n;) {
		size_t run = verbatim(s + i, n - i, keep, marks);
		uint32_t cp;
		char bytes[4];
		int what;

		buf_add(out, s + i, run);
		i += run;
		if (i == n)
			break;
		i += utf8_decode(s + i, n - i, &cp);
		if (cp == '\r' && keep == UTF8_TEXT) {
			if (i < n && s[i] == '\n')
				continue;
			cp = '\n';
		}
		what = judge(cp, keep, marks);
		if (what == ' ' && keep == UTF8_LINE && (out->len == start || out->s[out->len - 1] == ' '))
			continue;
		if (what == 1)
			buf_add(out, bytes, utf8_encode(cp, bytes));
		else if (what)
			buf_putc(out, (char)what);
	}
}

void utf8_clean_on(struct buf *out, const char *s, size_t n, int *marks)
{
	clean(out, s, n, UTF8_TEXT, out->len, marks);
}

void utf8_clean(struct buf *out, const char *s, size_t n, enum utf8_keep keep)
{
	size_t start = out->len;
	int marks = 0;

	buf_add(out, "", 0);
	clean(out, s, n, keep, start, &marks);
	if (keep == UTF8_LINE && out->len > start && out->s[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
}

/* ---- cells ---- */

static bool regional(uint32_t cp)
{
	return cp >= 0x1f1e6 && cp <= 0x1f1ff;
}

int utf8_width(uint32_t cp)
{
	int wide;

	if (cp < 0x300)
		return cp >= 0x20 && (cp < 0x7f || cp >= 0xa0) && cp != 0xad;
	if (U_GET_GC_MASK((UChar32)cp) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK))
		return 0;
	if (cp >= 0x1160 && cp <= 0x11ff)
		return 0; /* medial and final jamo join the one before */
	wide = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
	return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

/* Does cp stay in the cluster that prev ended? */
static bool joins(uint32_t prev, uint32_t cp, int flags)
{
	if (cp == 0x200d || prev == 0x200d)
		return cp == 0x200d || u_hasBinaryProperty((UChar32)cp, UCHAR_EXTENDED_PICTOGRAPHIC);
	if (regional(prev) && regional(cp))
		return flags == 1;
	if (cp >= 0x1f3fb && cp <= 0x1f3ff)
		return u_hasBinaryProperty((UChar32)prev, UCHAR_EMOJI_MODIFIER_BASE);
	return cp >= 0x300 && !regional(cp) && utf8_width(cp) == 0;
}

size_t utf8_cluster(const char *s, size_t n, int *width)
{
	uint32_t prev, cp;
	size_t len = utf8_decode(s, n, &prev);
	int flags = regional(prev), w = utf8_width(prev);

	while (len < n) {
		size_t more;

		if ((unsigned char)s[len] < 0x80)
			break;
		more = utf8_decode(s + len, n - len, &cp);
		if (!joins(prev, cp, flags))
			break;
		if (cp == 0xfe0f || regional(cp))
			w = 2; /* emoji presentation; a flag */
		flags += regional(cp);
		len += more;
		prev = cp;
	}
	*width = w;
	return len;
}

int utf8_cells(const char *s, size_t n)
{
	int cells = 0, w;

	for (size_t i = 0; i < n; i += utf8_cluster(s + i, n - i, &w), cells += w)
		;
	return cells;
}

size_t utf8_fit(const char *s, size_t n, int cells, int *width)
{
	size_t i = 0;
	int used = 0;

	while (i < n) {
		int w;
		size_t len = utf8_cluster(s + i, n - i, &w);

		if (used + w > cells)
			break;
		used += w;
		i += len;
	}
	if (width)
		*width = used;
	return i;
}
