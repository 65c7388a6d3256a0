/* url_shown - an address as people may read it: it must not look like another one.
 *
 * A host beyond ASCII is shown in its letters only where it can't be taken for another: by Unicode TR39, level "highly restrictive" (one script, or Latin with those that are
 * written beside it in Chinese, Japanese and Korean), without letters that pass for ASCII ones, or, in another script, made of nothing else under a domain of ASCII. All other
 * hosts are shown in punycode. What wouldn't be seen is shown as its bytes, %XX.
 */
#include "feeds/url.h"

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "base/buf.h"
#include "base/utf8.h"

#define HOST_MOST 512 /* bytes; a name has 253 */

static void add_bytes(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%%%02X", (unsigned)(unsigned char)s[i]);
}

static bool beyond_ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return true;
	return false;
}

/* ---- hosts ---- */

/* Append the host in ASCII. Returns false, having added nothing, where it has no such form. */
static bool add_punycode(struct buf *out, const char *s, size_t n)
{
	char ascii[HOST_MOST];
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &status);
	int32_t len = U_SUCCESS(status) ? uidna_nameToASCII_UTF8(idna, s, (int32_t)n, ascii, sizeof ascii, &info, &status) : 0;
	bool ok = U_SUCCESS(status) && len > 0 && len < (int32_t)sizeof ascii && !info.errors && !beyond_ascii(ascii, (size_t)len);

	if (ok)
		buf_add(out, ascii, (size_t)len);
	uidna_close(idna);
	return ok;
}

/* What may stand in a label: the letters, marks and numbers of words, and '-'. */
static bool plain_label(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (cp == UTF8_BAD || (cp != '-' && cp != '_' && !u_isalnum((UChar32)cp) && !(U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK)))
			return false;
	}
	return true;
}

/* Does s look as if it were all ASCII? */
static bool passes_for_ascii(const USpoofChecker *check, const char *s, size_t n)
{
	char bare[HOST_MOST];
	UErrorCode status = U_ZERO_ERROR;
	int32_t len = uspoof_getSkeletonUTF8(check, 0, s, (int32_t)n, bare, sizeof bare, &status);

	return U_FAILURE(status) || len >= (int32_t)sizeof bare || !beyond_ascii(bare, (size_t)len);
}

/* A letter of a Latin label that passes for one of ASCII, or a mark that is no part of a letter. */
static bool odd_letter(const USpoofChecker *check, const char *s, size_t n, bool latin)
{
	for (size_t i = 0; i < n;) {
		UErrorCode status = U_ZERO_ERROR;
		uint32_t cp;
		size_t len = utf8_decode(s + i, n - i, &cp);
		UScriptCode script = uscript_getScript((UChar32)cp, &status);

		if (cp >= 0x80 && script == USCRIPT_LATIN && passes_for_ascii(check, s + i, len))
			return true;
		if (latin && U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK)
			return true;
		i += len;
	}
	return false;
}

static bool has_latin(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		UErrorCode status = U_ZERO_ERROR;
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (uscript_getScript((UChar32)cp, &status) == USCRIPT_LATIN)
			return true;
	}
	return false;
}

/* May this label, which isn't ASCII, be shown in its letters? ascii_domain: what is behind the last dot is ASCII. */
static bool label_is_itself(USpoofChecker *check, const char *s, size_t n, bool ascii_domain)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t found = uspoof_check2UTF8(check, s, (int32_t)n, NULL, &status);

	if (U_FAILURE(status) || found || !plain_label(s, n) || odd_letter(check, s, n, has_latin(s, n)))
		return false;
	return !ascii_domain || !passes_for_ascii(check, s, n);
}

static bool labels_are_themselves(USpoofChecker *check, const char *s, size_t n)
{
	size_t last = n;

	while (last && s[last - 1] != '.')
		last--;
	for (size_t from = 0; from < n;) {
		size_t len = 0;

		while (from + len < n && s[from + len] != '.')
			len++;
		if (beyond_ascii(s + from, len) && !label_is_itself(check, s + from, len, !beyond_ascii(s + last, n - last)))
			return false;
		from += len + 1;
	}
	return true;
}

static bool host_is_itself(const char *s, size_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *check = n < HOST_MOST ? uspoof_open(&status) : NULL;
	bool ok = false;

	if (!check)
		return false;
	uspoof_setRestrictionLevel(check, USPOOF_HIGHLY_RESTRICTIVE);
	uspoof_setChecks(check, USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
	if (U_SUCCESS(status))
		ok = labels_are_themselves(check, s, n);
	uspoof_close(check);
	return ok;
}

/* ---- what is written ---- */

static bool unseen(uint32_t cp)
{
	return cp <= ' ' || cp == 0x7f || cp == UTF8_BAD || (cp >= 0x80 && (!u_isgraph((UChar32)cp) || u_charType((UChar32)cp) == U_FORMAT_CHAR ||
		u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)));
}

/* ascii: everything beyond it as %XX too. */
static void add_visible(struct buf *out, const char *s, size_t n, bool ascii)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_decode(s + i, n - i, &cp);

		if (unseen(cp) || (ascii && cp >= 0x80))
			add_bytes(out, s + i, len);
		else
			buf_add(out, s + i, len);
		i += len;
	}
}

static void add_host(struct buf *out, const char *s, size_t n, bool ascii)
{
	struct buf name = BUF_INIT;

	if (!beyond_ascii(s, n) || (!ascii && host_is_itself(s, n)))
		add_visible(out, s, n, ascii);
	else if (n < HOST_MOST && add_punycode(&name, s, n))
		add_visible(out, buf_str(&name), name.len, true); /* what is ASCII is in it as it was */
	else
		add_visible(out, s, n, true);
	buf_clear(&name);
}

static const char *rewritten(struct arena *a, const char *url, bool ascii)
{
	struct buf out = BUF_INIT;
	const char *result, *rest = url;
	struct url u;

	url_split(&u, url);
	if (u.host.len) {
		add_visible(&out, url, (size_t)(u.host.s - url), ascii);
		add_host(&out, u.host.s, u.host.len, ascii);
		rest = u.host.s + u.host.len;
	}
	add_visible(&out, rest, strlen(rest), ascii);
	result = arena_strndup(a, buf_str(&out), out.len);
	buf_clear(&out);
	return result;
}

/* url_shown - see url.h. */
const char *url_shown(struct arena *a, const char *url)
{
	return url ? rewritten(a, url_bare(a, url), false) : NULL;
}

/* url_ascii - see url.h. */
const char *url_ascii(struct arena *a, const char *url)
{
	return rewritten(a, url, true);
}
