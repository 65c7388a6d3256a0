#include "feeds/sniff.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "base/utf8.h"
#include "feeds/charset.h"

#define SNIFF_MOST ((size_t)65536) /* bytes in which its first element must stand */

/* ---- the format ---- */

static size_t skip_blank(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r' || s[i] == '\0'))
		i++;
	return i;
}

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
	i = skip_blank(s, n);
	while (n - i >= 3 && memcmp(s + i, "\xef\xbb\xbf", 3) == 0)
		i += 3 + skip_blank(s + i + 3, n - i - 3);
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
			size_t word = i + 8 + skip_blank(s + i + 8, n - i - 8);

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

/* UTF-8 as it is, what isn't becomes U+FFFD. */
static void copy_utf8(struct buf *out, const char *s, size_t n)
{
	if (utf8_valid(s, n)) {
		buf_add(out, s, n);
		return;
	}
	for (size_t i = 0; i < n;) {
		char bytes[4];
		uint32_t cp;
		size_t from = i;

		while (i < n && (unsigned char)s[i] < 0x80)
			i++;
		buf_add(out, s + from, i - from);
		if (i == n)
			return;
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

static bool convert(struct buf *out, const char *s, size_t n, const char *icu)
{
	UErrorCode e = U_ZERO_ERROR;
	UConverter *from = ucnv_open(icu, &e), *to = ucnv_open("UTF-8", &e);
	UChar pivot[2048], *pivot_at = pivot, *pivot_end = pivot;
	const char *end = s + n;
	UBool first = true;

	ucnv_setToUCallBack(from, put_bad, NULL, NULL, NULL, &e);
	if (U_FAILURE(e)) {
		ucnv_close(from);
		ucnv_close(to);
		return false;
	}
	do {
		char piece[8192], *p = piece;

		e = U_ZERO_ERROR;
		ucnv_convertEx(to, from, &p, piece + sizeof piece, &s, end, pivot, &pivot_at, &pivot_end, pivot + 2048, first, true, &e);
		buf_add(out, piece, (size_t)(p - piece));
		first = false;
	} while (e == U_BUFFER_OVERFLOW_ERROR);
	ucnv_close(from);
	ucnv_close(to);
	return U_SUCCESS(e);
}

void sniff_utf8(struct buf *out, const char *s, size_t n, const char *mime, const char **charset)
{
	size_t start = out->len, mark;
	struct charset c;

	mark = charset_mark(s, n, &c);
	if (!c.name)
		c = charset_choose(s, n, mime);
	if (c.system ? !charset_system(out, s + mark, n - mark, c.system, SIZE_MAX) : !c.icu || !convert(out, s + mark, n - mark, c.icu)) {
		buf_cut(out, start);
		copy_utf8(out, s + mark, n - mark);
		c.name = "utf-8";
	}
	/* a second mark, left by a program that wrote its own before a file that had one */
	while (out->len - start >= 3 && memcmp(out->s + start, "\xef\xbb\xbf", 3) == 0) {
		memmove(out->s + start, out->s + start + 3, out->len - start - 3 + 1);
		out->len -= 3;
	}
	if (charset)
		*charset = c.name;
}
