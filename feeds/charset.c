#include "feeds/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "base/utf8.h"

#define HEAD ((size_t)4096)   /* bytes in which a document must name its encoding */
#define TRIED ((size_t)65536) /* bytes by which an encoding is tried */

size_t charset_blanks(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r' || s[i] == '\0'))
		i++;
	return i;
}

/* ---- where a document says its encoding ---- */

/* The word behind `what` and '=' in s, with or without quotes. A ':' is a mistake that headers make. */
static bool said_after(const char *s, size_t n, const char *what, struct charset *out)
{
	size_t len = strlen(what);

	for (size_t i = 0; i + len < n; i++) {
		size_t k = i + len, from;

		if (strncasecmp(s + i, what, len) != 0)
			continue;
		k += charset_blanks(s + k, n - k);
		if (k == n || (s[k] != '=' && s[k] != ':'))
			continue;
		k++;
		k += charset_blanks(s + k, n - k);
		while (k < n && (s[k] == '"' || s[k] == '\'' || s[k] == ' ' || (unsigned char)s[k] >= 0x80)) /* quotes of other pages too */
			k++;
		from = k;
		while (k < n && s[k] && (isalnum((unsigned char)s[k]) || strchr("-_.:+ ", s[k])))
			k++;
		while (k > from && s[k - 1] == ' ')
			k--;
		return charset_named(s + from, k - from, out);
	}
	return false;
}

static bool said_inside(const char *s, size_t n, struct charset *out)
{
	const char *decl, *end;

	if (n == 0)
		return false;
	if (n > HEAD)
		n = HEAD;
	decl = memmem(s, n, "<?xml", 5);
	end = decl ? memchr(decl, '>', n - (size_t)(decl - s)) : NULL;
	if (end && said_after(decl, (size_t)(end - decl), "encoding", out))
		return true;
	return memmem(s, n, "<meta", 5) && said_after(s, n, "charset", out);
}

/* ---- marks ---- */

/* UTF-16 and UTF-32 of markup without a mark: most characters are ASCII, so the NULs stand in the same places of every four bytes.
 * In the first character they do for sure, whatever script follows. */
static bool wide_by_nuls(const char *s, size_t n, struct charset *out)
{
	static const struct { bool nul[4]; struct charset is; } orders[] = {
		{ { false, true, true, true }, { "utf-32le", "utf-32le", NULL } }, { { true, true, true, false }, { "utf-32be", "utf-32be", NULL } },
		{ { false, true, false, true }, { "utf-16le", "utf-16le", NULL } }, { { true, false, true, false }, { "utf-16be", "utf-16be", NULL } },
	};
	size_t units = (n < 256 ? n : 256) / 4, count[4] = { 0 };

	for (size_t i = 0; i < units * 4; i++)
		count[i % 4] += s[i] == '\0';
	for (size_t k = 0; units && k < 4; k++) {
		bool first = true, most = true;

		for (size_t i = 0; i < 4; i++) {
			first = first && orders[k].nul[i] == (s[i] == '\0');
			most = most && orders[k].nul[i] == (count[i] * 4 >= units * 3);
		}
		if (most || (first && (s[0] == '<' || s[1] == '<' || s[3] == '<'))) {
			*out = orders[k].is;
			return true;
		}
	}
	return false;
}

size_t charset_mark(const char *s, size_t n, struct charset *out)
{
	static const struct { const char *bytes; size_t len; struct charset is; } marks[] = {
		{ "\xef\xbb\xbf", 3, { "utf-8", NULL, NULL } },
		{ "\xff\xfe\0\0", 4, { "utf-32le", "utf-32le", NULL } }, { "\0\0\xfe\xff", 4, { "utf-32be", "utf-32be", NULL } },
		{ "\xff\xfe", 2, { "utf-16le", "utf-16le", NULL } }, { "\xfe\xff", 2, { "utf-16be", "utf-16be", NULL } },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= marks[i].len && memcmp(s, marks[i].bytes, marks[i].len) == 0) {
			*out = marks[i].is;
			return marks[i].len;
		}
	if (!wide_by_nuls(s, n, out))
		*out = (struct charset){ NULL, NULL, NULL };
	return 0;
}

/* ---- could it be true? ---- */

/* What UTF-8 makes of the bytes. */
struct as_utf8 {
	size_t good, bad; /* characters beyond ASCII, bytes that are none */
};

static struct as_utf8 read_as_utf8(const char *s, size_t n)
{
	struct as_utf8 found = { 0, 0 };

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len;

		if ((unsigned char)s[i] < 0x80) {
			i += utf8_ascii(s + i, n - i);
			continue;
		}
		len = utf8_decode(s + i, n - i, &cp);
		if (len > 1)
			found.good++;
		else
			found.bad++;
		i += len;
	}
	return found;
}

static void count_bad(const void *context, UConverterToUnicodeArgs *args, const char *bytes, int32_t n, UConverterCallbackReason reason, UErrorCode *e)
{
	size_t *bad = (size_t *)(uintptr_t)context;
	const UChar sign = 0xfffd;

	(void)bytes, (void)n;
	if (reason > UCNV_IRREGULAR)
		return;
	++*bad;
	*e = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, &sign, 1, 0, e);
}

/* The start of s by a converter: is there markup in it, and are most of its other characters whole? */
static bool decodes(const char *s, size_t n, const char *icu)
{
	UErrorCode e = U_ZERO_ERROR;
	UConverter *from = ucnv_open(icu, &e);
	const char *end = s + (n < TRIED ? n : TRIED);
	size_t bad = 0, other = 0;
	bool markup = false;

	ucnv_setToUCallBack(from, count_bad, &bad, NULL, NULL, &e);
	if (U_FAILURE(e)) {
		ucnv_close(from);
		return false;
	}
	do {
		UChar text[1024], *p = text;

		e = U_ZERO_ERROR;
		ucnv_toUnicode(from, &p, text + 1024, &s, end, NULL, n <= TRIED, &e);
		for (UChar *c = text; c < p; c++) {
			markup |= *c == '<' || *c == '{' || *c == '[';
			other += *c >= 0x80;
		}
	} while (e == U_BUFFER_OVERFLOW_ERROR);
	ucnv_close(from);
	return markup && bad * 2 <= other; /* U+FFFD is among the others */
}

static bool wide(const struct charset *c)
{
	return c->icu && (strncasecmp(c->icu, "utf-16", 6) == 0 || strncasecmp(c->icu, "utf-32", 6) == 0);
}

#define CHANCE 4 /* so many characters of UTF-8 don't stand by chance in a text of another encoding */

/* Could the bytes be of c? The larger set's name stands for US-ASCII too. */
static bool believable(const struct charset *c, const char *s, size_t n, const struct as_utf8 *utf8)
{
	bool is_utf8 = utf8->good && !utf8->bad;

	if (wide(c)) /* the declaration could be read, so they aren't */
		return false;
	if (!c->icu && !c->system)
		return utf8->good >= utf8->bad;
	if (utf8->good >= CHANCE && is_utf8)
		return false;
	if (c->system || (!utf8->good && !utf8->bad && strncmp(c->icu, "windows-125", 11) == 0))
		return true;
	if (strcmp(c->icu, "US-ASCII") == 0)
		return !utf8->good && !utf8->bad;
	if (strcmp(c->icu, "windows-1252") == 0)
		return !is_utf8;
	return decodes(s, n, c->icu);
}

/* "<?xm" in EBCDIC: letters and digits are the same in all its pages, so the declaration can be read. */
static bool ebcdic(const char *s, size_t n, const char *mime, struct charset *out)
{
	char head[HEAD];
	UErrorCode e = U_ZERO_ERROR;
	int32_t len;

	if (n < 4 || memcmp(s, "\x4c\x6f\xa7\x94", 4) != 0)
		return false;
	if (mime && said_after(mime, strlen(mime), "charset", out) && out->icu && decodes(s, n, out->icu))
		return true;
	len = ucnv_convert("UTF-8", "ibm-37", head, (int32_t)sizeof head, s, (int32_t)(n < HEAD / 4 ? n : HEAD / 4), &e);
	if (U_FAILURE(e) || !said_inside(head, (size_t)len, out) || !out->icu || !decodes(s, n, out->icu))
		*out = (struct charset){ "ibm037", "ibm-37", NULL };
	return true;
}

struct charset charset_choose(const char *s, size_t n, const char *mime)
{
	const struct as_utf8 utf8 = read_as_utf8(s, n);
	struct charset c;

	if (ebcdic(s, n, mime, &c))
		return c;
	if (mime && said_after(mime, strlen(mime), "charset", &c) && believable(&c, s, n, &utf8))
		return c;
	if (said_inside(s, n, &c) && believable(&c, s, n, &utf8))
		return c;
	if (utf8.good >= utf8.bad)
		return (struct charset){ "utf-8", NULL, NULL };
	return (struct charset){ "windows-1252", "windows-1252", NULL };
}

/* ---- what ICU doesn't know ---- */

bool charset_system(struct buf *out, const char *s, size_t n, const char *name, size_t most)
{
	iconv_t convert = iconv_open("UTF-8", name);
	char *in = (char *)(uintptr_t)s; /* iconv() writes nothing there */

	if (convert == (iconv_t)-1)
		return false;
	while (n > 0 && out->len < most) {
		char piece[8192], *to = piece;
		size_t room = most - out->len < sizeof piece ? most - out->len : sizeof piece;
		size_t done = iconv(convert, &in, &n, &to, &room);

		buf_add(out, piece, (size_t)(to - piece));
		if (done != (size_t)-1)
			break;
		if (errno != E2BIG) { /* EILSEQ, or EINVAL at a cut end */
			buf_puts(out, "\xef\xbf\xbd");
			in++;
			n--;
		} else if (to == piece) {
			break; /* no room for a whole character */
		}
	}
	iconv_close(convert);
	return true;
}
