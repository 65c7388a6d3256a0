#include "feeds/sniff.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/charset.h"

#define SNIFF_MOST ((size_t)65536) /* bytes in which its first element must stand */

/* ---- the format ---- */

static size_t skip_past(const char *s, size_t n, const char *what)
{
	const char *p = memmem(s, n, what, strlen(what));

	return p ? (size_t)(p - s) + strlen(what) : n;
}

static enum sniffed by_name(const char *name, size_t len)
{
	static const struct { const char *name; enum sniffed is; } names[] = {
		{ "rss", SNIFF_RSS }, { "channel", SNIFF_RSS }, { "rdf", SNIFF_RDF }, { "feed", SNIFF_ATOM }, { "opml", SNIFF_OPML },
		{ "html", SNIFF_HTML }, { "head", SNIFF_HTML }, { "body", SNIFF_HTML }, { "div", SNIFF_HTML }, { "p", SNIFF_HTML },
		{ "title", SNIFF_HTML }, { "meta", SNIFF_HTML }, { "script", SNIFF_HTML }, { "table", SNIFF_HTML }, { "a", SNIFF_HTML },
		{ "h1", SNIFF_HTML }, { "center", SNIFF_HTML },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i].name) == len && strncasecmp(names[i].name, name, len) == 0)
			return names[i].is;
	return SNIFF_XML;
}

/* The element at s ("<" stands before it), by its local name. */
static enum sniffed by_element(const char *s, size_t n)
{
	size_t len = 0, colon = 0;

	for (; len < n && (isalnum((unsigned char)s[len]) || s[len] == ':' || s[len] == '-' || s[len] == '_' || s[len] == '.'); len++)
		if (s[len] == ':')
			colon = len + 1;
	return by_name(s + colon, len - colon);
}

/* The end of "<!DOCTYPE ...>", its brackets included. */
static size_t skip_doctype(const char *s, size_t n)
{
	size_t close = skip_past(s, n, ">"), bracket = skip_past(s, n, "[");

	return bracket < close ? skip_past(s, n, "]") : close;
}

enum sniffed sniff_format(const char *s, size_t n)
{
	size_t i;

	if (n > SNIFF_MOST)
		n = SNIFF_MOST;
	i = charset_blanks(s, n);
	while (n - i >= 3 && memcmp(s + i, "\xef\xbb\xbf", 3) == 0)
		i += 3 + charset_blanks(s + i + 3, n - i - 3);
	if (i == n)
		return SNIFF_EMPTY;
	if (s[i] == '{' || s[i] == '[')
		return SNIFF_JSON;
	while (i < n) {
		const char *p = memchr(s + i, '<', n - i);

		if (!p)
			break;
		i = (size_t)(p - s) + 1;
		if (n - i >= 8 && strncasecmp(s + i, "!doctype", 8) == 0) {
			size_t word = i + 8 + charset_blanks(s + i + 8, n - i - 8);

			if (n - word > 4 && strncasecmp(s + word, "html", 4) == 0 && !isalnum((unsigned char)s[word + 4]))
				return SNIFF_HTML;
			i += skip_doctype(s + i, n - i);
		} else if (n - i >= 3 && memcmp(s + i, "!--", 3) == 0) {
			i += skip_past(s + i, n - i, "-->");
		} else if (i < n && s[i] == '?') {
			i += skip_past(s + i, n - i, ">");
		} else if (i < n && isalpha((unsigned char)s[i])) {
			return by_element(s + i, n - i);
		}
	}
	return SNIFF_OTHER;
}

/* ---- decoding ---- */

#define SPENT ((size_t)1 << 20) /* so much of a document is given back at a time */

/* UTF-8 with faults, which become U+FFFD. */
static void copy_utf8(struct buf *out, const char *s, size_t n, size_t most, bool spend)
{
	size_t spent = 0;

	for (size_t i = 0; i < n && out->len < most;) {
		char bytes[4];
		uint32_t cp;
		size_t ascii = utf8_ascii(s + i, n - i);

		if (spend && i - spent > SPENT) {
			mem_spend(s + spent, s + i);
			spent = i;
		}
		if (ascii > most - out->len)
			ascii = most - out->len;
		buf_add(out, s + i, ascii);
		i += ascii;
		if (i == n || ascii)
			continue;
		i += utf8_decode(s + i, n - i, &cp);
		buf_add(out, bytes, utf8_encode(cp, bytes));
	}
}

/* What can't be decoded becomes U+FFFD; ICU's own way writes U+001A for single bytes. */
static void put_bad(const void *context, UConverterToUnicodeArgs *args, const char *bytes, int32_t n, UConverterCallbackReason reason, UErrorCode *e)
{
	const UChar bad = 0xfffd;

	(void)context, (void)bytes, (void)n;
	if (reason > UCNV_IRREGULAR)
		return;
	*e = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, &bad, 1, 0, e);
}

/* Returns false where ICU can't be asked. */
static bool convert(struct decoded *out, const char *s, size_t n, const char *icu, size_t most, bool spend)
{
	UErrorCode e = U_ZERO_ERROR;
	UConverter *from = ucnv_open(icu, &e), *to = ucnv_open("UTF-8", &e);
	UChar pivot[2048], *pivot_at = pivot, *pivot_end = pivot;
	const char *end = s + n, *spent = s;
	UBool first = true;

	ucnv_setToUCallBack(from, put_bad, NULL, NULL, NULL, &e);
	if (U_FAILURE(e)) {
		ucnv_close(from);
		ucnv_close(to);
		return false;
	}
	do {
		char piece[8192], *p = piece;
		size_t room = most - out->own.len < sizeof piece ? most - out->own.len : sizeof piece;

		e = U_ZERO_ERROR;
		ucnv_convertEx(to, from, &p, piece + room, &s, end, pivot, &pivot_at, &pivot_end, pivot + 2048, first, true, &e);
		buf_add(&out->own, piece, (size_t)(p - piece));
		first = false;
		if (spend && (size_t)(s - spent) > SPENT) {
			mem_spend(spent, s);
			spent = s;
		}
	} while (e == U_BUFFER_OVERFLOW_ERROR && out->own.len < most);
	out->cut = e == U_BUFFER_OVERFLOW_ERROR;
	ucnv_close(from);
	ucnv_close(to);
	return true;
}

/* A text that was cut ends with a whole character. */
static void end_whole(struct buf *b)
{
	size_t k = b->len;

	while (k > 0 && b->len - k < 4 && ((unsigned char)b->s[k - 1] & 0xc0) == 0x80)
		k--;
	if (k > 0 && !utf8_valid(b->s + k - 1, b->len - k + 1))
		buf_cut(b, k - 1);
}

void sniff_decode(struct decoded *out, const char *s, size_t n, const char *mime, size_t most, bool spend)
{
	struct charset c;
	size_t mark = charset_mark(s, n, &c);

	*out = (struct decoded){ .own = BUF_INIT };
	if (!c.name)
		c = charset_choose(s, n, mime);
	s += mark;
	n -= mark;
	if (c.system && charset_system(&out->own, s, n, c.system, most))
		out->cut = out->own.len >= most;
	else if (!c.icu || !convert(out, s, n, c.icu, most, spend))
		c = (struct charset){ "utf-8", NULL, NULL };
	out->charset = c.name;
	if (!c.icu && !c.system && !utf8_valid(s, n)) {
		copy_utf8(&out->own, s, n, most, spend);
		out->cut = out->own.len >= most;
	}
	if (out->cut)
		end_whole(&out->own);
	out->s = out->own.s ? out->own.s : s;
	out->n = out->own.s ? out->own.len : c.icu || c.system ? 0 : n;
	/* a second mark, left by a program that wrote its own before a file that had one */
	while (out->n >= 3 && memcmp(out->s, "\xef\xbb\xbf", 3) == 0) {
		out->s += 3;
		out->n -= 3;
	}
}

void decoded_clear(struct decoded *d)
{
	buf_clear(&d->own);
}

void sniff_utf8(struct buf *out, const char *s, size_t n, const char *mime, const char **charset)
{
	struct decoded d;

	sniff_decode(&d, s, n, mime, SIZE_MAX, false);
	buf_add(out, d.s, d.n);
	if (charset)
		*charset = d.charset;
	decoded_clear(&d);
}
