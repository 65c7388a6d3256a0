#include "feeds/json_scan.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/dom.h"

#define SPENT ((size_t)1 << 20)

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blank(struct json_scan *j)
{
	while (j->s < j->end && blank(*j->s))
		j->s++;
}

/* ---- one value ---- */

/* Behind the string at s ('"'); NULL where it doesn't end. */
static const char *string_end(const char *s, const char *end)
{
	const char *p = s + 1;

	while (p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL) {
		const char *back = p;

		while (back[-1] == '\\')
			back--;
		p++;
		if ((p - 1 - back) % 2 == 0)
			return p;
	}
	return NULL;
}

/* The string at j->s. */
static void scan_string(struct json_scan *j, struct json_value *v)
{
	const char *p = string_end(j->s, j->end);

	v->cut |= !p;
	p = p ? p : j->end;
	if ((size_t)(p - j->s) > v->longest)
		v->longest = (size_t)(p - j->s);
	j->s = p;
}

/* The array or object at j->s. */
static void scan_nested(struct json_scan *j, struct json_value *v)
{
	size_t depth = 0;

	while (j->s < j->end) {
		char c = *j->s;

		if (c == '"') {
			scan_string(j, v);
			continue;
		}
		j->s++;
		if (c == '{' || c == '[') {
			v->values++;
			depth++;
			if (depth > v->depth)
				v->depth = depth;
		} else if (c == ',' || c == ':') {
			v->values++;
		} else if ((c == '}' || c == ']') && --depth == 0) {
			return;
		}
	}
	v->cut = true;
}

/* A number or a word at j->s, or what stands in its place. */
static void scan_bare(struct json_scan *j)
{
	do
		j->s++;
	while (j->s < j->end && !strchr(",]}\"{[: \t\r\n", *j->s));
}

/* The value at j->s, which is before the end. */
static struct json_value scan(struct json_scan *j)
{
	struct json_value v = { .s = j->s, .values = 1 };

	if (*j->s == '"')
		scan_string(j, &v);
	else if (*j->s == '{' || *j->s == '[')
		scan_nested(j, &v);
	else
		scan_bare(j);
	v.n = (size_t)(j->s - v.s);
	j->cut |= v.cut;
	return v;
}

/* ---- members and elements ---- */

/* What stands at j->s is not what was expected; the first such place is remembered. */
static void wrong(struct json_scan *j, const char *words)
{
	j->broken = true;
	if (j->wrong)
		return;
	j->wrong = words;
	j->line = 1;
	for (const char *p = j->start; p < j->s; p++)
		j->line += *p == '\n';
}

void json_open(struct json_scan *j)
{
	j->start = j->s;
	skip_blank(j);
	if (j->s < j->end && *j->s == '{')
		j->s++;
	else
		j->s = NULL;
}

void json_inside(struct json_scan *j, struct json_value array, bool spend)
{
	j->spend = spend;
	j->s = j->spent = array.s ? array.s + 1 : j->end;
	j->end = array.s ? array.s + array.n : j->end;
}

/* To the next member or element. Returns false where `close` or the end of the document comes first. */
static bool next(struct json_scan *j, char close)
{
	if (!j->s)
		return false;
	while (j->s < j->end && (blank(*j->s) || *j->s == ','))
		j->s++;
	j->cut |= j->s == j->end;
	return j->s < j->end && *j->s != close;
}

/* A name and its ':' at j->s; what is none is passed over. Returns false where none is left. */
static bool member_name(struct json_scan *j, struct json_value *name)
{
	while (next(j, '}')) {
		if (*j->s != '"') {
			wrong(j, "a name in quotes was expected");
			(void)scan(j);
			continue;
		}
		*name = scan(j);
		skip_blank(j);
		if (j->s < j->end && *j->s == ':') {
			j->s++;
			return true;
		}
		if (j->s < j->end)
			wrong(j, "':' was expected");
	}
	return false;
}

bool json_member(struct json_scan *j, struct json_value *name, struct json_value *value)
{
	if (!member_name(j, name))
		return false;
	skip_blank(j);
	if (j->s == j->end) {
		j->cut = true;
		return false;
	}
	*value = scan(j);
	return true;
}

bool json_element(struct json_scan *j, struct json_value *value)
{
	if (!next(j, ']'))
		return false;
	*value = scan(j);
	return true;
}

bool json_is(struct json_value v, const char *text)
{
	size_t n = strlen(text);

	return v.n == n + 2 && *v.s == '"' && memcmp(v.s + 1, text, n) == 0;
}

void json_spend(struct json_scan *j, const char *to)
{
	if (!j->spend || (size_t)(to - j->spent) <= SPENT)
		return;
	mem_spend(j->spent, to);
	j->spent = to;
}

/* ---- made fit ---- */

/* Bytes of the character or escape at s, which is before end. */
static size_t unit(const char *s, const char *end)
{
	size_t n = *s != '\\' ? 1 : end - s > 1 && s[1] == 'u' ? 6 : 2;

	return n < (size_t)(end - s) ? n : (size_t)(end - s);
}

/* How many of the string's bytes at s (n between its quotes) stay, where `most` may, counted as HTML writes them; these are *weight. */
static size_t fitting(struct json_scan *j, const char *s, size_t n, size_t most, size_t *weight)
{
	size_t i = 0;

	*weight = n;
	if (n <= most / 5)
		return n;
	for (*weight = 0; i < n && *weight + 6 <= most;) {
		size_t len = unit(s + i, s + n);

		*weight += len == 1 && !strchr("&<>", s[i]) ? 1 : 5;
		i += len;
	}
	if (i == n)
		return n;
	j->shortened = true;
	return utf8_cut(s, i);
}

static size_t string_room(size_t used)
{
	size_t left = DOM_ITEM_TEXT - used;

	return left < DOM_TEXT ? left : DOM_TEXT;
}

/* The string between s and end, or what stands for it; own: it is a member's value. */
static void put_string(struct json_scan *j, const char *s, const char *end, bool own, size_t *used, struct buf *out)
{
	size_t weight, n = fitting(j, s, (size_t)(end - s), string_room(*used), &weight);

	*used += weight;
	if (own && n > JSON_LONG && j->n_longs < JSON_LONGS) {
		j->longs[j->n_longs] = (struct json_value){ .s = s, .n = n };
		buf_printf(out, "\"\\u0001%zu\"", j->n_longs++);
		return;
	}
	buf_putc(out, '"');
	buf_add(out, s, n);
	buf_putc(out, '"');
}

/* v without the blanks between its values, its strings cut or stood for. Returns false where too much is outside of them. */
static bool put_short(struct json_scan *j, struct json_value v, struct buf *out)
{
	const char *end = v.s + v.n;
	size_t used = 0, bare = 0, depth = 0;
	bool value = false; /* a member's value follows */

	for (const char *s = v.s; s < end;) {
		const char *p;

		if (*s == '"') {
			p = string_end(s, end);
			if (!p)
				return false;
			put_string(j, s + 1, p - 1, depth == 1 && value && *v.s == '{', &used, out);
			value = false;
			s = p;
			continue;
		}
		if (!blank(*s)) {
			buf_putc(out, *s);
			value = *s == ':';
			depth += *s == '{' || *s == '[';
			depth -= *s == '}' || *s == ']';
			if (++bare > JSON_BARE)
				return false;
		}
		s++;
	}
	return true;
}

bool json_fit(struct json_scan *j, struct json_value v, struct buf *out)
{
	j->n_longs = 0;
	if (v.values <= JSON_VALUES && v.depth <= JSON_DEPTH) {
		if (v.longest <= JSON_LONG && v.n <= JSON_BARE)
			return true;
		if (put_short(j, v, out))
			return true;
	}
	j->crowded = true;
	return false;
}

/* ---- escapes ---- */

/* Four hexadecimal digits behind "\\u" at s, or -1. */
static long escape_at(const char *s, size_t n)
{
	long v = 0;

	if (n < 6 || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		int digit = utf8_hex(s[i]);

		if (digit < 0)
			return -1;
		v = v << 4 | digit;
	}
	return v;
}

void json_pairs(const char *s, size_t n, struct buf *out)
{
	size_t from = 0;

	for (size_t i = 0; i + 1 < n;) {
		long first = s[i] == '\\' ? escape_at(s + i, n - i) : -1, second;

		if (first >= 0xd800 && first < 0xdc00) {
			second = escape_at(s + i + 6, n - i - 6);
			if (second >= 0xdc00 && second < 0xe000) {
				i += 12;
				continue;
			}
		}
		if (first >= 0xd800 && first < 0xe000) {
			buf_add(out, s + from, i - from);
			buf_puts(out, "\\ufffd");
			from = i + 6;
		}
		i += first >= 0 ? 6 : s[i] == '\\' ? 2 : 1;
	}
	buf_add(out, s + from, n - from);
}

/* The character of the escape at s (n bytes, '\\' first). Returns the bytes that it takes; *cp is UTF8_BAD, and *broken set, where it is none. */
static size_t unescape(const char *s, size_t n, uint32_t *cp, bool *broken)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *simple = n > 1 && s[1] ? strchr(from, s[1]) : NULL;
	long first = escape_at(s, n), second;

	if (simple) {
		*cp = (unsigned char)to[simple - from];
		return 2;
	}
	if (first >= 0xd800 && first < 0xdc00) {
		second = escape_at(s + 6, n - 6);
		if (second >= 0xdc00 && second < 0xe000) {
			*cp = 0x10000u + (((uint32_t)first - 0xd800) << 10) + ((uint32_t)second - 0xdc00);
			return 12;
		}
	}
	*cp = first < 0 ? UTF8_BAD : (uint32_t)first;
	*broken |= first < 0 || (first >= 0xd800 && first < 0xe000);
	return first >= 0 ? 6 : 1;
}

bool json_long(struct json_scan *j, const char *s, struct buf *out)
{
	struct json_value v;
	size_t i = 0;

	if (*s != '\1' || !s[1])
		return false;
	for (const char *p = s + 1; *p; p++) {
		if (*p < '0' || *p > '9' || i >= JSON_LONGS)
			return false;
		i = 10 * i + (size_t)(*p - '0');
	}
	if (i >= j->n_longs)
		return false;
	v = j->longs[i];
	for (const char *p = v.s, *end = v.s + v.n; p < end;) {
		const char *escape = memchr(p, '\\', (size_t)(end - p));
		char bytes[4];
		uint32_t cp;

		buf_add(out, p, (size_t)((escape ? escape : end) - p));
		if (!escape)
			break;
		p = escape + unescape(escape, (size_t)(end - escape), &cp, &j->broken);
		buf_add(out, bytes, utf8_encode(cp, bytes));
	}
	return true;
}
