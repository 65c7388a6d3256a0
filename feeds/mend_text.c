/* The mender's text: what may stand as it is, and references. */
#include <string.h>

#include "base/utf8.h"
#include "feeds/mend_parts.h"

/* ---- characters ---- */

/* The letter behind MEND_MARK for a character, and back; 0 for others. */
static char mark_of(char c)
{
	return c == '<' ? 'l' : c == '&' ? 'a' : c == ']' ? 'b' : 0;
}

static char marked_char(char mark)
{
	return mark == 'l' ? '<' : mark == 'a' ? '&' : mark == 'b' ? ']' : 0;
}

/* A character that XML has a use for, in text: marked; in an attribute: as a number, because libxml2 looks names up. */
static void put_special(struct mend *m, char c)
{
	char mark[2] = { MEND_MARK, mark_of(c) };

	if (m->quote || !mark[1])
		buf_printf(&m->out, "&#%d;", c);
	else
		mend_put(m, mark, 2);
}

static void put_char(struct mend *m, uint32_t cp)
{
	char bytes[4];

	if (cp == '<' || cp == '&' || cp == ']' || cp == '\r')
		put_special(m, (char)cp);
	else if (m->quote && (cp == '"' || cp == '\n' || cp == '\t'))
		put_special(m, (char)cp);
	else if (cp == MEND_MARK)
		return;
	else if ((cp >= 0x20 && (cp & 0xfffe) != 0xfffe) || cp == '\n' || cp == '\t')
		mend_put(m, bytes, utf8_encode(cp, bytes));
	else
		m->repaired = true;
}

void mend_unmark(struct buf *out, const char *s, size_t n, bool *marked)
{
	const char *end = s + n;

	while (s < end) {
		const char *mark;

		if (*marked) {
			if (marked_char(*s))
				buf_putc(out, marked_char(*s));
			*marked = false;
			s++;
			continue;
		}
		mark = memchr(s, MEND_MARK, (size_t)(end - s));
		buf_add(out, s, (size_t)((mark ? mark : end) - s));
		*marked = mark != NULL;
		s = mark ? mark + 1 : end;
	}
}

/* Numbers 128..159 mean windows-1252, as every browser reads them. */
static uint32_t from_1252(uint32_t cp)
{
	static const uint16_t table[32] = {
		0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
		0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
	};

	return cp >= 0x80 && cp < 0xa0 ? table[cp - 0x80] : cp;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = mend_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "&#123;" or "&#x7b;" at m->s. Returns false where it is none. */
static bool number_reference(struct mend *m)
{
	const char *p = m->s + 2;
	uint32_t cp = 0, base = 10;
	const char *first;

	if (p < m->end && mend_lower(*p) == 'x') {
		base = 16;
		p++;
	}
	for (first = p; p < m->end && hex(*p) >= 0 && hex(*p) < (int)base; p++)
		if (cp < 0x110000)
			cp = cp * base + (uint32_t)hex(*p);
	if (p == first)
		return false;
	if (p < m->end && *p == ';')
		p++;
	else
		m->repaired = true;
	m->s = p;
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		cp = UTF8_BAD;
	put_char(m, from_1252(cp));
	return true;
}

/* The five names that XML itself has; 0 for others. */
static uint32_t xml_entity(const char *name, size_t len)
{
	if (len == 2 && name[1] == 't')
		return name[0] == 'l' ? '<' : name[0] == 'g' ? '>' : 0;
	if (len == 3)
		return memcmp(name, "amp", 3) == 0 ? '&' : 0;
	if (len == 4)
		return memcmp(name, "quot", 4) == 0 ? '"' : memcmp(name, "apos", 4) == 0 ? '\'' : 0;
	return 0;
}

/* "&name;" at m->s. Returns false where it is none that is known. */
static bool named_reference(struct mend *m)
{
	const char *name = m->s + 1, *p = name;
	uint32_t cp;

	while (p < m->end && p - name <= 32 && mend_name_char(*p))
		p++;
	if (p == m->end || *p != ';' || p == name)
		return false;
	cp = xml_entity(name, (size_t)(p - name));
	if (!cp) {
		cp = m->entity(name, (size_t)(p - name));
		m->repaired |= cp && !m->declared;
	}
	if (!cp)
		return false;
	m->s = p + 1;
	put_char(m, cp);
	return true;
}

/* '&' at m->s. */
static void reference(struct mend *m)
{
	if (m->end - m->s > 2 && m->s[1] == '#' ? number_reference(m) : named_reference(m))
		return;
	m->repaired = true;
	put_char(m, '&');
	m->s++;
}

/* ---- runs ---- */

#define EACH 0x0101010101010101u /* one byte, eight times */
#define TOP 0x8080808080808080u

/* Is a byte of x zero? (Mycroft's test: exact as a whole, and in its lowest bit.) */
static uint64_t zero_in(uint64_t x)
{
	return (x - EACH) & ~x & TOP;
}

/* How many of the eight bytes at s need no thought, up to the first that does. */
static size_t easy(const char *s, char quote)
{
	uint64_t x, odd;

	memcpy(&x, s, 8);
	odd = ((x - EACH * 0x20) & ~x & TOP) | zero_in(x ^ EACH * '<') | zero_in(x ^ EACH * '&') | zero_in(x ^ EACH * ']') |
	      zero_in(x ^ EACH * MEND_MARK) | zero_in(x ^ EACH * 0xef) | zero_in(x ^ EACH * (unsigned char)quote);
	if (!odd)
		return 8;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(odd) / 8; /* the lowest bit is exact */
#else
	return 0;
#endif
}

static bool nonchar(const char *p, const char *end)
{
	return end - p >= 3 && (unsigned char)p[1] == 0xbf && (unsigned char)p[2] >= 0xbe; /* U+FFFE, U+FFFF */
}

/* May the byte at p go on as it is? */
static bool is_plain(const struct mend *m, const char *p, char quote)
{
	unsigned char c = (unsigned char)*p;

	if (c < 0x20)
		return mend_blank((char)c);
	if (c == 0xef)
		return !nonchar(p, m->end);
	return c != '<' && c != '&' && c != ']' && c != MEND_MARK && c != (unsigned char)quote;
}

/* How many bytes may go on as they are; quote: 0, or a character that may not. */
static size_t plain(const struct mend *m, const char *end, char quote)
{
	const char *p = m->s;

	for (;;) {
		while (end - p >= 8) {
			size_t n = easy(p, quote);

			p += n;
			if (n < 8)
				break;
		}
		if (p == end || !is_plain(m, p, quote))
			return (size_t)(p - m->s);
		p++;
	}
}

/* One byte that plain() stopped at and that is no reference. */
static void odd(struct mend *m)
{
	if ((unsigned char)*m->s == 0xef) {
		m->s += 3;
		m->repaired = true;
		return;
	}
	if (*m->s == ']' && !(m->end - m->s > 1 && m->s[1] == ']'))
		mend_put(m, "]", 1); /* "]]>" may not stand in text */
	else
		put_char(m, (unsigned char)*m->s);
	m->s++;
}

static void run(struct mend *m, const char *end, char quote, bool references)
{
	m->quote = quote;
	for (;;) {
		size_t n = plain(m, end, quote);

		mend_put(m, m->s, n);
		m->s += n;
		if (m->s >= end)
			return;
		if (*m->s == '&' && references)
			reference(m);
		else
			odd(m);
	}
}

void mend_text(struct mend *m, const char *end, char quote)
{
	run(m, end, quote, true);
}

void mend_raw(struct mend *m, const char *end)
{
	run(m, end, 0, false);
}
