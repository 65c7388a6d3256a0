/* The mender's text: what may stand as it is, and references. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/mend_parts.h"

/* ---- characters ---- */

/* Where the characters go, and how: into an attribute's value as XML has it, or into a text as they are. */
struct sink {
	struct buf *out;
	bool value;
};

static void put(struct sink *to, const char *s, size_t n)
{
	struct buf *b = to->out;

	if (b->cap - b->len <= n) {
		buf_add(b, s, n);
		return;
	}
	memcpy(b->s + b->len, s, n);
	b->len += n;
}

static void put_char(struct mend *m, struct sink *to, uint32_t cp)
{
	char bytes[4];

	if (to->value && (cp == '<' || cp == '&' || cp == '"' || cp == '\n' || cp == '\r' || cp == '\t'))
		buf_printf(to->out, "&#%u;", (unsigned)cp); /* numbers rather than names: libxml2 looks names up */
	else if ((cp >= 0x20 && (cp & 0xfffe) != 0xfffe) || cp == '\n' || cp == '\r' || cp == '\t')
		put(to, bytes, utf8_encode(cp, bytes));
	else
		m->repaired = true;
}

/* "&#123;" or "&#x7b;" at m->s. Returns false where it is none. */
static bool number_reference(struct mend *m, struct sink *to)
{
	const char *p = m->s + 2;
	uint32_t cp = 0, base = 10;
	const char *first;

	if (p < m->end && mend_lower(*p) == 'x') {
		base = 16;
		p++;
	}
	for (first = p; p < m->end && utf8_hex(*p) >= 0 && utf8_hex(*p) < (int)base; p++)
		if (cp < 0x110000)
			cp = cp * base + (uint32_t)utf8_hex(*p);
	if (p == first)
		return false;
	if (p < m->end && *p == ';')
		p++;
	else
		m->repaired = true;
	m->s = p;
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		cp = UTF8_BAD;
	put_char(m, to, utf8_1252(cp));
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

/* A declared entity's words; false where there is none of that name, or where they have made enough. */
static bool words(struct mend *m, struct sink *to, const char *name, size_t len)
{
	size_t n = 0;
	const char *s = mend_declared(m, name, len, &n), *back = m->s, *end = m->end;

	if (!s || m->words.made + n > MEND_MADE)
		return false;
	m->words.made += n;
	m->s = s;
	m->end = s + n; /* numbers in it are read as in a text */
	while (m->s < m->end) {
		uint32_t cp;

		if (*m->s == '&' && m->end - m->s > 2 && number_reference(m, to))
			continue;
		m->s += utf8_decode(m->s, (size_t)(m->end - m->s), &cp);
		put_char(m, to, cp);
	}
	m->s = back;
	m->end = end;
	return true;
}

/* "&name;" at m->s. Returns false where it is none that is known. */
static bool named_reference(struct mend *m, struct sink *to)
{
	const char *name = m->s + 1, *p = name;
	uint32_t cp[2];
	size_t n = 1;

	while (p < m->end && p - name <= 32 && mend_name_char(*p))
		p++;
	if (p == m->end || *p != ';' || p == name)
		return false;
	cp[0] = xml_entity(name, (size_t)(p - name));
	if (!cp[0] && m->words.n && words(m, to, name, (size_t)(p - name))) {
		m->s = p + 1;
		return true;
	}
	if (!cp[0]) {
		n = m->entity(name, (size_t)(p - name), cp);
		m->repaired |= n && !m->declared;
	}
	if (!n)
		return false;
	m->s = p + 1;
	for (size_t i = 0; i < n; i++)
		put_char(m, to, cp[i]);
	return true;
}

/* '&' at m->s. */
static void reference(struct mend *m, struct sink *to)
{
	if (m->end - m->s > 2 && m->s[1] == '#' ? number_reference(m, to) : named_reference(m, to))
		return;
	m->repaired = true;
	put_char(m, to, '&');
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
static size_t easy(const char *s)
{
	uint64_t x, odd;

	memcpy(&x, s, 8);
	odd = ((x - EACH * 0x20) & ~x & TOP) | zero_in(x ^ EACH * '<') | zero_in(x ^ EACH * '&') | zero_in(x ^ EACH * '"') | zero_in(x ^ EACH * 0xef);
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
static bool is_plain(const struct mend *m, const char *p, bool value)
{
	unsigned char c = (unsigned char)*p;

	if (c < 0x20)
		return c == '\n' || c == '\t' || (value && c == '\r');
	if (c == 0xef)
		return !nonchar(p, m->end);
	return c != '<' && c != '&' && !(value && c == '"');
}

/* How many bytes may go on as they are. */
static size_t plain(const struct mend *m, const char *end, bool value)
{
	const char *p = m->s;

	for (;;) {
		while (end - p >= 8) {
			size_t n = easy(p);

			p += n;
			if (n < 8)
				break;
		}
		if (p == end || !is_plain(m, p, value))
			return (size_t)(p - m->s);
		p++;
	}
}

/* One byte that plain() stopped at and that is no reference. */
static void odd(struct mend *m, struct sink *to)
{
	char c = *m->s;

	if ((unsigned char)c == 0xef) {
		m->s += 3;
		m->repaired = true;
		return;
	}
	m->s++;
	if (c != '\r')
		put_char(m, to, (unsigned char)c);
	else if (m->s == m->end || *m->s != '\n')
		put(to, "\n", 1); /* XML 1.0, 2.11: every end of a line is one */
}

static void run(struct mend *m, const char *end, struct sink *to, bool references)
{
	for (;;) {
		size_t n = plain(m, end, to->value);

		put(to, m->s, n);
		m->s += n;
		if (m->s >= end)
			return;
		if (*m->s == '&' && references)
			reference(m, to);
		else
			odd(m, to);
	}
}

void mend_value(struct mend *m, const char *end)
{
	struct sink to = { &m->out, true };

	run(m, end, &to, true);
}

/* What was put into the text since it had `before` bytes is a run, and stands in the markup as one byte. */
static void note_run(struct mend *m, size_t before)
{
	if (m->text.len == before)
		return;
	MEM_GROW(m->run, m->n_runs, m->cap_runs);
	m->run[m->n_runs++] = m->text.len - before;
	mend_put(m, "t", 1);
}

void mend_run(struct mend *m, const char *end, bool raw)
{
	struct sink to = { &m->text, false };
	size_t before = m->text.len;

	run(m, end, &to, !raw);
	note_run(m, before);
}

void mend_bare(struct mend *m)
{
	size_t before = m->text.len;

	buf_putc(&m->text, '<');
	note_run(m, before);
}

const char *mend_text(struct mend *m, size_t n, size_t *len)
{
	const char *s = buf_str(&m->text) + m->text_read;

	for (*len = 0; n-- > 0 && m->runs_read < m->n_runs;)
		*len += m->run[m->runs_read++];
	m->text_read += *len;
	return s;
}
