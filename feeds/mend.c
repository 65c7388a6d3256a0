#include "feeds/mend.h"

#include <string.h>

#include "base/utf8.h"

struct name {
	const char *s;
	size_t len;
};

struct mend {
	struct buf *out;
	const char *s, *end;      /* what is left to read */
	mend_entity *entity;
	struct name open[MEND_DEPTH];
	size_t depth, deeper;     /* deeper: open elements that were left out */
	bool root, ended;         /* the document element was opened, closed */
	bool declared;            /* there was a document type: it may have named entities */
	bool lost;                /* the end of a comment, instruction or document type is missing: it is not looked for again */
	bool repaired;
};

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool name_char(char c)
{
	return name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same(struct name a, struct name b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.s[i]) != lower(b.s[i]))
			return false;
	return true;
}

static bool starts(const struct mend *m, const char *what)
{
	size_t n = strlen(what);

	return (size_t)(m->end - m->s) >= n && memcmp(m->s, what, n) == 0;
}

/* The first place of what in m, or NULL. */
static const char *find(const struct mend *m, const char *what)
{
	return memmem(m->s, (size_t)(m->end - m->s), what, strlen(what));
}

/* ---- characters ---- */

static void put_char(struct mend *m, uint32_t cp)
{
	char bytes[4];

	if (cp == '<')
		buf_puts(m->out, "&lt;");
	else if (cp == '&')
		buf_puts(m->out, "&amp;");
	else if (cp == '>')
		buf_puts(m->out, "&gt;");
	else if (cp == '"')
		buf_puts(m->out, "&quot;");
	else if (cp == '\n' || cp == '\r' || cp == '\t')
		buf_printf(m->out, "&#%u;", (unsigned)cp);
	else if (cp >= 0x20 && (cp & 0xfffe) != 0xfffe)
		buf_add(m->out, bytes, utf8_encode(cp, bytes));
	else
		m->repaired = true;
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
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "&#123;" or "&#x7b;" at m->s. Returns false where it is none. */
static bool number_reference(struct mend *m)
{
	const char *p = m->s + 2;
	uint32_t cp = 0, base = 10;
	const char *first;

	if (p < m->end && lower(*p) == 'x') {
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

/* The five names that XML itself has. */
static bool is_xml_entity(const char *name, size_t len)
{
	if (len == 2)
		return name[1] == 't' && (name[0] == 'l' || name[0] == 'g');
	return (len == 3 && memcmp(name, "amp", 3) == 0) || (len == 4 && (memcmp(name, "quot", 4) == 0 || memcmp(name, "apos", 4) == 0));
}

/* "&name;" at m->s. Returns false where it is none that is known. */
static bool named_reference(struct mend *m)
{
	const char *name = m->s + 1, *p = name;
	uint32_t cp[2];
	size_t n;

	while (p < m->end && p - name <= 32 && name_char(*p))
		p++;
	if (p == m->end || *p != ';' || p == name)
		return false;
	if (is_xml_entity(name, (size_t)(p - name))) {
		buf_add(m->out, m->s, (size_t)(p + 1 - m->s));
		m->s = p + 1;
		return true;
	}
	n = m->entity(name, (size_t)(p - name), cp);
	if (!n)
		return false;
	m->repaired |= !m->declared;
	m->s = p + 1;
	for (size_t i = 0; i < n; i++)
		put_char(m, cp[i]);
	return true;
}

/* '&' at m->s. */
static void reference(struct mend *m)
{
	if (m->end - m->s > 2 && m->s[1] == '#' ? number_reference(m) : named_reference(m))
		return;
	m->repaired = true;
	buf_puts(m->out, "&amp;");
	m->s++;
}

/* How many bytes may go on as they are; quote: 0, or a character that may not. */
static size_t plain(const char *s, const char *end, char quote)
{
	const char *p = s;

	for (; p < end; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 ? !blank((char)c) : c == '<' || c == '&' || c == '>' || c == (unsigned char)quote)
			break;
		if (c == 0xef && end - p >= 3 && (unsigned char)p[1] == 0xbf && (unsigned char)p[2] >= 0xbe)
			break; /* U+FFFE, U+FFFF */
	}
	return (size_t)(p - s);
}

/* One byte that plain() stopped at and that is no reference. */
static void odd(struct mend *m)
{
	if ((unsigned char)*m->s == 0xef) {
		m->s += 3;
		m->repaired = true;
		return;
	}
	put_char(m, (unsigned char)*m->s);
	m->s++;
}

/* Text up to end, which lies in the input. quote: 0, or '"' in an attribute's value. */
static void text(struct mend *m, const char *end, char quote)
{
	for (;;) {
		size_t n = plain(m->s, end, quote);

		buf_add(m->out, m->s, n);
		m->s += n;
		if (m->s >= end)
			return;
		if (*m->s == '&')
			reference(m);
		else
			odd(m);
	}
}

/* A CDATA section's content: nothing in it is markup. */
static void raw(struct mend *m, const char *end)
{
	for (;;) {
		size_t n = plain(m->s, end, 0);

		buf_add(m->out, m->s, n);
		m->s += n;
		if (m->s >= end)
			return;
		odd(m);
	}
}

/* ---- tags ---- */

/* A name as libxml2 takes it: letters of other scripts become '_', and one colon at most stays, inside. */
static void put_name(struct mend *m, struct name name)
{
	bool colon = false;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.s[i];

		if (c == ':') {
			bool keep = !colon && i > 0 && i + 1 < name.len && name_start(name.s[i + 1]);

			colon = true;
			c = keep ? ':' : '_';
		}
		buf_putc(m->out, (unsigned char)c >= 0x80 ? '_' : c);
	}
}

static void close_top(struct mend *m)
{
	m->depth--;
	buf_puts(m->out, "</");
	put_name(m, m->open[m->depth]);
	buf_putc(m->out, '>');
	m->ended = m->depth == 0;
}

static struct name read_name(const char *p, const char *end)
{
	struct name name = { p, 0 };

	while (p < end && name_char(*p))
		p++;
	name.len = (size_t)(p - name.s);
	return name;
}

/* "</name>" at m->s. */
static void end_tag(struct mend *m)
{
	struct name name;
	const char *close = memchr(m->s, '>', (size_t)(m->end - m->s));
	size_t k;

	m->s += 2;
	while (m->s < m->end && blank(*m->s))
		m->s++;
	name = read_name(m->s, m->end);
	m->s = close ? close + 1 : m->end;
	if (m->deeper) {
		m->deeper--;
		return;
	}
	for (k = m->depth; k > 0 && !same(m->open[k - 1], name); k--)
		;
	if (k == 0) {
		m->repaired = true; /* closes nothing */
		return;
	}
	m->repaired |= k != m->depth;
	while (m->depth >= k)
		close_top(m);
}

/* Where the tag at p (behind its name) ends: at its '>', outside of quotes. NULL where a '<' or the end of the document comes first. */
static const char *tag_end(const char *p, const char *end)
{
	char before = 0;

	for (; p < end; p++) {
		if (*p == '>')
			return p;
		if (*p == '<')
			return NULL;
		if ((*p == '"' || *p == '\'') && before == '=') {
			const char *q = memchr(p + 1, *p, (size_t)(end - p - 1));

			if (!q)
				return NULL;
			p = q;
		}
		if (!blank(*p))
			before = *p;
	}
	return NULL;
}

struct attributes {
	struct name seen[MEND_ATTRIBUTES];
	size_t n;
};

static bool fresh(struct attributes *list, struct name name)
{
	if (list->n == MEND_ATTRIBUTES)
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (list->seen[i].len == name.len && memcmp(list->seen[i].s, name.s, name.len) == 0)
			return false;
	list->seen[list->n++] = name;
	return true;
}

/* The value at m->s (behind '='), within the tag. Returns it; m->s moves behind it. */
static struct name read_value(struct mend *m, const char *end)
{
	struct name value;

	while (m->s < end && blank(*m->s))
		m->s++;
	if (m->s < end && (*m->s == '"' || *m->s == '\'')) {
		const char *q = memchr(m->s + 1, *m->s, (size_t)(end - m->s - 1));

		value = (struct name){ m->s + 1, (size_t)((q ? q : end) - m->s - 1) };
		m->s = q ? q + 1 : end;
		return value;
	}
	m->repaired = true;
	value = (struct name){ m->s, 0 };
	while (m->s < end && !blank(*m->s))
		m->s++;
	value.len = (size_t)(m->s - value.s);
	return value;
}

static void put_attribute(struct mend *m, struct name name, struct name value)
{
	const char *back = m->s;

	if (value.len == 0 && name.len > 6 && memcmp(name.s, "xmlns:", 6) == 0)
		return; /* a prefix can't be undeclared */
	buf_putc(m->out, ' ');
	put_name(m, name);
	buf_puts(m->out, "=\"");
	m->s = value.s;
	text(m, value.s + value.len, '"');
	m->s = back;
	buf_putc(m->out, '"');
}

/* The attributes up to end, which is the tag's '>' or its "/>". */
static void attributes(struct mend *m, const char *end)
{
	struct attributes list;

	list.n = 0;
	while (m->s < end) {
		struct name name, value = { "", 0 };

		if (!name_start(*m->s)) {
			m->repaired |= !blank(*m->s);
			m->s++;
			continue;
		}
		name = read_name(m->s, end);
		m->s += name.len;
		while (m->s < end && blank(*m->s))
			m->s++;
		if (m->s < end && *m->s == '=') {
			m->s++;
			value = read_value(m, end);
		} else {
			m->repaired = true;
		}
		if (fresh(&list, name))
			put_attribute(m, name, value);
		else
			m->repaired = true;
	}
}

/* "<name ...>" at m->s. Returns false where it can't be a tag. */
static bool start_tag(struct mend *m)
{
	struct name name = read_name(m->s + 1, m->end);
	const char *end = tag_end(m->s + 1 + name.len, m->end), *stop;
	bool empty;

	if (!end || (m->s[1 + name.len] != '>' && m->s[1 + name.len] != '/' && !blank(m->s[1 + name.len])))
		return false;
	empty = end[-1] == '/';
	stop = empty ? end - 1 : end;
	if (m->depth == MEND_DEPTH || m->deeper) {
		m->repaired = true;
		m->deeper += !empty;
		m->s = end + 1;
		return true;
	}
	m->root = true;
	buf_putc(m->out, '<');
	put_name(m, name);
	m->s += 1 + name.len;
	attributes(m, stop);
	m->s = end + 1;
	m->open[m->depth++] = name;
	buf_putc(m->out, '>');
	if (empty)
		close_top(m);
	return true;
}

/* ---- what is left out ---- */

/* The '>' of the document type at s, quotes and brackets minded; NULL where it has none. */
static const char *doctype_end(const char *s, const char *end)
{
	int inside = 0;

	for (; s < end; s++) {
		char c = *s;

		if (c == '[')
			inside++;
		else if (c == ']')
			inside--;
		else if (c == '>' && inside <= 0)
			return s;
		else if (c == '"' || (c == '\'' && inside <= 0)) {
			const char *q = memchr(s + 1, c, (size_t)(end - s - 1));

			if (q)
				s = q;
		}
	}
	return NULL;
}

/* Leave out up to p, which is len bytes long, or to the next '>' where p is NULL. */
static void skip_to(struct mend *m, const char *p, size_t len)
{
	if (!p) {
		m->lost = m->repaired = true;
		len = 1;
		p = memchr(m->s, '>', (size_t)(m->end - m->s));
	}
	m->s = p ? p + len : m->end;
}

static void cdata(struct mend *m)
{
	const char *p;

	m->s += 9;
	p = find(m, "]]>");
	m->repaired |= !p;
	if (m->depth)
		raw(m, p ? p : m->end);
	m->s = p ? p + 3 : m->end;
}

/* '<' at m->s. */
static void markup(struct mend *m)
{
	if (starts(m, "<![CDATA["))
		cdata(m);
	else if (starts(m, "<!--"))
		skip_to(m, m->lost ? NULL : find(m, "-->"), 3);
	else if (starts(m, "<?"))
		skip_to(m, m->lost ? NULL : find(m, "?>"), 2);
	else if (starts(m, "</"))
		end_tag(m);
	else if (starts(m, "<!") && !m->root) {
		m->declared = true;
		skip_to(m, m->lost ? NULL : doctype_end(m->s + 2, m->end), 1);
	} else if (m->end - m->s < 2 || !name_start(m->s[1]) || !start_tag(m)) {
		m->repaired = true;
		if (m->depth)
			buf_puts(m->out, "&lt;");
		m->s++;
	}
}

static void outside(struct mend *m, const char *end)
{
	for (; m->s < end; m->s++)
		m->repaired |= !blank(*m->s);
}

bool mend_xml(struct buf *out, const char *s, size_t n, mend_entity *entity)
{
	struct mend m = { .out = out, .s = s, .end = s + n, .entity = entity };

	while (m.s < m.end && !m.ended) {
		const char *next = memchr(m.s, '<', (size_t)(m.end - m.s));

		if (!next)
			next = m.end;
		if (m.depth)
			text(&m, next, 0);
		else
			outside(&m, next);
		if (m.s < m.end)
			markup(&m);
	}
	m.repaired |= m.depth > 0;
	while (m.depth)
		close_top(&m);
	return m.repaired;
}
