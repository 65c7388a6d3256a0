#include "feeds/sniff.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "base/mem.h"
#include "base/utf8.h"

#define HEAD ((size_t)4096)        /* bytes in which a document must name its encoding */
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

/* ---- the name of the encoding ---- */

struct charset {
	const char *name; /* for people; static */
	const char *icu;
};

/* Names as feeds write them (lower case, without '-', '_' and blanks), and what the web reads them as: the larger set, where one holds the other. */
static const struct { const char *said; struct charset is; } charsets[] = {
	{ "utf8", { "utf-8", NULL } }, { "unicode11utf8", { "utf-8", NULL } }, { "xutf8", { "utf-8", NULL } }, { "utf8mb4", { "utf-8", NULL } },
	{ "iso88591", { "windows-1252", "windows-1252" } }, { "latin1", { "windows-1252", "windows-1252" } },
	{ "l1", { "windows-1252", "windows-1252" } }, { "cp1252", { "windows-1252", "windows-1252" } },
	{ "usascii", { "windows-1252", "windows-1252" } }, { "ascii", { "windows-1252", "windows-1252" } },
	{ "ansi", { "windows-1252", "windows-1252" } }, { "iso885901", { "windows-1252", "windows-1252" } },
	{ "iso88599", { "windows-1254", "windows-1254" } }, { "latin5", { "windows-1254", "windows-1254" } },
	{ "tis620", { "windows-874", "windows-874" } }, { "iso885911", { "windows-874", "windows-874" } },
	{ "shiftjis", { "shift_jis", "ibm-943_P15A-2003" } }, { "sjis", { "shift_jis", "ibm-943_P15A-2003" } },
	{ "xsjis", { "shift_jis", "ibm-943_P15A-2003" } }, { "cp932", { "shift_jis", "ibm-943_P15A-2003" } },
	{ "windows31j", { "shift_jis", "ibm-943_P15A-2003" } }, { "ms932", { "shift_jis", "ibm-943_P15A-2003" } },
	{ "mskanji", { "shift_jis", "ibm-943_P15A-2003" } }, { "windows932", { "shift_jis", "ibm-943_P15A-2003" } },
	{ "eucjp", { "euc-jp", "euc-jp" } }, { "xeucjp", { "euc-jp", "euc-jp" } }, { "iso2022jp", { "iso-2022-jp", "iso-2022-jp" } },
	{ "gb2312", { "gb18030", "gb18030" } }, { "gb231280", { "gb18030", "gb18030" } }, { "gbk", { "gb18030", "gb18030" } },
	{ "cp936", { "gb18030", "gb18030" } }, { "windows936", { "gb18030", "gb18030" } }, { "xgbk", { "gb18030", "gb18030" } },
	{ "euccn", { "gb18030", "gb18030" } }, { "gb18030", { "gb18030", "gb18030" } }, { "hzgb2312", { "hz-gb-2312", "hz" } },
	{ "big5", { "big5", "big5-hkscs" } }, { "big5hkscs", { "big5", "big5-hkscs" } }, { "xxbig5", { "big5", "big5-hkscs" } },
	{ "cp950", { "big5", "windows-950" } }, { "euctw", { "euc-tw", "euc-tw" } },
	{ "euckr", { "euc-kr", "windows-949" } }, { "ksc56011987", { "euc-kr", "windows-949" } }, { "cp949", { "euc-kr", "windows-949" } },
	{ "ksc5601", { "euc-kr", "windows-949" } }, { "uhc", { "euc-kr", "windows-949" } }, { "windows949", { "euc-kr", "windows-949" } },
	{ "iso2022kr", { "iso-2022-kr", "iso-2022-kr" } }, { "johab", { "johab", "ibm-1363" } },
	{ "koi8r", { "koi8-r", "koi8-r" } }, { "koi8u", { "koi8-u", "koi8-u" } }, { "cp866", { "ibm866", "ibm-866" } },
	{ "ibm866", { "ibm866", "ibm-866" } }, { "ibm855", { "ibm855", "ibm-855" } }, { "cp855", { "ibm855", "ibm-855" } },
	{ "cp1251", { "windows-1251", "windows-1251" } }, { "win1251", { "windows-1251", "windows-1251" } },
	{ "cp1250", { "windows-1250", "windows-1250" } }, { "xmaccyrillic", { "x-mac-cyrillic", "x-mac-cyrillic" } },
	{ "maccyrillic", { "x-mac-cyrillic", "x-mac-cyrillic" } }, { "macintosh", { "macintosh", "macintosh" } },
	{ "utf16", { "utf-16", "utf-16" } }, { "utf16le", { "utf-16le", "utf-16le" } }, { "utf16be", { "utf-16be", "utf-16be" } },
	{ "utf32", { "utf-32", "utf-32" } }, { "utf32le", { "utf-32le", "utf-32le" } }, { "utf32be", { "utf-32be", "utf-32be" } },
	{ "ucs2", { "utf-16", "utf-16" } }, { "ucs4", { "utf-32", "utf-32" } }, { "iso10646ucs2", { "utf-16", "utf-16" } },
	{ "iso10646ucs4", { "utf-32", "utf-32" } }, { "unicode", { "utf-16", "utf-16" } },
};

static void fold_name(char *out, size_t room, const char *s, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n && k + 1 < room; i++)
		if (isalnum((unsigned char)s[i]))
			out[k++] = (char)tolower((unsigned char)s[i]);
	out[k] = '\0';
}

/* Another name that ICU knows. Its canonical name is static memory of ICU's. */
static bool ask_icu(const char *s, size_t n, struct charset *out)
{
	char name[64];
	UErrorCode e = U_ZERO_ERROR;
	const char *canonical, *mime;

	if (n == 0 || n >= sizeof name)
		return false;
	memcpy(name, s, n);
	name[n] = '\0';
	if (strncasecmp(name, "utf-7", 5) == 0 || strncasecmp(name, "scsu", 4) == 0 || strncasecmp(name, "bocu", 4) == 0)
		return false; /* hides markup from everybody else */
	canonical = ucnv_getAlias(name, 0, &e);
	if (U_FAILURE(e) || !canonical)
		return false;
	mime = ucnv_getStandardName(canonical, "MIME", &e);
	if (U_FAILURE(e) || !mime) {
		e = U_ZERO_ERROR;
		mime = ucnv_getStandardName(canonical, "IANA", &e);
	}
	*out = (struct charset){ U_SUCCESS(e) && mime ? mime : canonical, canonical };
	return true;
}

static bool charset_of(const char *s, size_t n, struct charset *out)
{
	char name[64];

	fold_name(name, sizeof name, s, n);
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
		if (strcmp(charsets[i].said, name) == 0) {
			*out = charsets[i].is;
			return true;
		}
	return ask_icu(s, n, out);
}

/* ---- where a document says its encoding ---- */

/* The word behind `what` and '=' in s, with or without quotes. */
static bool said_after(const char *s, size_t n, const char *what, struct charset *out)
{
	size_t len = strlen(what);

	for (size_t i = 0; i + len < n; i++) {
		size_t k = i + len, from;

		if (strncasecmp(s + i, what, len) != 0)
			continue;
		k += skip_blank(s + k, n - k);
		if (k == n || s[k] != '=')
			continue;
		k++;
		k += skip_blank(s + k, n - k);
		if (k < n && (s[k] == '"' || s[k] == '\''))
			k++;
		from = k;
		while (k < n && (isalnum((unsigned char)s[k]) || strchr("-_.:", s[k])) && s[k])
			k++;
		return charset_of(s + from, k - from, out);
	}
	return false;
}

static bool said_inside(const char *s, size_t n, struct charset *out)
{
	const char *decl, *end;

	if (n > HEAD)
		n = HEAD;
	decl = memmem(s, n, "<?xml", 5);
	end = decl ? memchr(decl, '>', n - (size_t)(decl - s)) : NULL;
	if (end && said_after(decl, (size_t)(end - decl), "encoding", out))
		return true;
	return memmem(s, n, "<meta", 5) && said_after(s, n, "charset", out);
}

/* A byte-order mark, or the way in which "<?" or "<r" must stand in wide encodings. Returns the bytes of the mark. */
static size_t said_by_bytes(const char *s, size_t n, struct charset *out)
{
	static const struct { const char *bytes; size_t len, mark; struct charset is; } start[] = {
		{ "\xef\xbb\xbf", 3, 3, { "utf-8", NULL } },
		{ "\xff\xfe\0\0", 4, 4, { "utf-32le", "utf-32le" } }, { "\0\0\xfe\xff", 4, 4, { "utf-32be", "utf-32be" } },
		{ "\xff\xfe", 2, 2, { "utf-16le", "utf-16le" } }, { "\xfe\xff", 2, 2, { "utf-16be", "utf-16be" } },
		{ "<\0\0\0", 4, 0, { "utf-32le", "utf-32le" } }, { "\0\0\0<", 4, 0, { "utf-32be", "utf-32be" } },
		{ "<\0?\0", 4, 0, { "utf-16le", "utf-16le" } }, { "\0<\0?", 4, 0, { "utf-16be", "utf-16be" } },
		{ "<\0r\0", 4, 0, { "utf-16le", "utf-16le" } }, { "\0<\0r", 4, 0, { "utf-16be", "utf-16be" } },
		{ "<\0f\0", 4, 0, { "utf-16le", "utf-16le" } }, { "\0<\0f", 4, 0, { "utf-16be", "utf-16be" } },
		{ "\x4c\x6f\xa7\x94", 4, 0, { "ibm037", "ibm-37_P100-1995" } }, /* "<?xm" in EBCDIC */
	};

	for (size_t i = 0; i < sizeof start / sizeof *start; i++)
		if (n >= start[i].len && memcmp(s, start[i].bytes, start[i].len) == 0) {
			*out = start[i].is;
			return start[i].mark;
		}
	*out = (struct charset){ NULL, NULL };
	return 0;
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

static bool wide(const struct charset *c)
{
	return c->icu && (strncmp(c->icu, "utf-16", 6) == 0 || strncmp(c->icu, "utf-32", 6) == 0);
}

/* Could the declaration be true? It could be read, so the bytes are no wide ones; and Latin text hardly ever is UTF-8 by chance. */
static bool believable(const struct charset *c, const char *s, size_t n)
{
	if (wide(c))
		return false;
	return !(c->icu && strcmp(c->icu, "windows-1252") == 0 && utf8_valid(s, n));
}

/* Does UTF-8 with a few faults describe the bytes better than none? */
static bool mostly_utf8(const char *s, size_t n)
{
	size_t good = 0, bad = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len;

		if ((unsigned char)s[i] < 0x80) {
			i += utf8_ascii(s + i, n - i);
			continue;
		}
		len = utf8_decode(s + i, n - i, &cp);
		if (len > 1)
			good++;
		else
			bad++;
		i += len;
	}
	return good >= bad;
}

/* The encoding of bytes without a byte-order mark. */
static struct charset choose(const char *s, size_t n, const char *mime)
{
	const struct charset utf8 = { "utf-8", NULL }, latin = { "windows-1252", "windows-1252" };
	struct charset c;

	if (mime && said_after(mime, strlen(mime), "charset", &c) && believable(&c, s, n) && (c.icu || mostly_utf8(s, n)))
		return c;
	if (said_inside(s, n, &c) && believable(&c, s, n) && (c.icu || mostly_utf8(s, n)))
		return c;
	return mostly_utf8(s, n) ? utf8 : latin;
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
	size_t mark = said_by_bytes(s, n, &c);

	*out = (struct decoded){ .own = BUF_INIT };
	if (!c.name)
		c = choose(s, n, mime);
	s += mark;
	n -= mark;
	if (c.icu && convert(out, s, n, c.icu, most, spend)) {
		out->charset = c.name;
	} else {
		out->charset = "utf-8";
		if (!utf8_valid(s, n)) {
			copy_utf8(&out->own, s, n, most, spend);
			out->cut = out->own.len >= most;
		}
	}
	if (out->cut)
		end_whole(&out->own);
	out->s = out->own.s ? out->own.s : s;
	out->n = out->own.s ? out->own.len : c.icu ? 0 : n;
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
