/* The names of encodings. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>

#include "feeds/charset.h"

/* What feeds call their encodings (in lower case, without punctuation) where ICU doesn't know the name, or where the web reads a larger set by it. */
#define UTF8(said) { said, { "utf-8", NULL, NULL } },
#define ICU(said, name, icu) { said, { name, icu, NULL } },
#define SYSTEM(said, name) { said, { name, NULL, name } },

static const struct { const char *said; struct charset is; } charset_names[] = {
	UTF8("utf8") UTF8("unicode11utf8") UTF8("xutf8") UTF8("utf8mb4") UTF8("u8") UTF8("utf") UTF8("utf8sig") UTF8("utf8ucs2") UTF8("utf8ucs4")
	UTF8("cp65001") UTF8("65001") UTF8("unicode20utf8") UTF8("csutf8")
	ICU("iso88591", "windows-1252", "windows-1252") ICU("latin1", "windows-1252", "windows-1252") ICU("l1", "windows-1252", "windows-1252")
	ICU("cp1252", "windows-1252", "windows-1252") ICU("windows1252", "windows-1252", "windows-1252") ICU("1252", "windows-1252", "windows-1252")
	ICU("xcp1252", "windows-1252", "windows-1252") ICU("ansi", "windows-1252", "windows-1252") ICU("iso885901", "windows-1252", "windows-1252")
	ICU("iso885911987", "windows-1252", "windows-1252") ICU("isoir100", "windows-1252", "windows-1252")
	ICU("csisolatin1", "windows-1252", "windows-1252") ICU("ibm819", "windows-1252", "windows-1252") ICU("cp819", "windows-1252", "windows-1252")
	ICU("8859", "windows-1252", "windows-1252") ICU("iso8859", "windows-1252", "windows-1252") ICU("latin", "windows-1252", "windows-1252")
	ICU("88591", "windows-1252", "windows-1252") ICU("isolatin1", "windows-1252", "windows-1252")
	ICU("iso88599", "windows-1254", "windows-1254") ICU("latin5", "windows-1254", "windows-1254") ICU("l5", "windows-1254", "windows-1254")
	ICU("iso885991989", "windows-1254", "windows-1254") ICU("isoir148", "windows-1254", "windows-1254") ICU("csisolatin5", "windows-1254", "windows-1254")
	ICU("tis620", "windows-874", "windows-874") ICU("tis6200", "windows-874", "windows-874") ICU("tis62025290", "windows-874", "windows-874")
	ICU("tis62025291", "windows-874", "windows-874") ICU("isoir166", "windows-874", "windows-874") ICU("thai", "windows-874", "windows-874")
	ICU("iso885911", "windows-874", "windows-874") ICU("iso8859112001", "windows-874", "windows-874") ICU("cp874", "windows-874", "windows-874")
	ICU("l7", "iso-8859-13", "iso-8859-13") ICU("latin7", "iso-8859-13", "iso-8859-13")
	ICU("shiftjis", "shift_jis", "ibm-943_P15A-2003") ICU("sjis", "shift_jis", "ibm-943_P15A-2003") ICU("xsjis", "shift_jis", "ibm-943_P15A-2003")
	ICU("cp932", "shift_jis", "ibm-943_P15A-2003") ICU("932", "shift_jis", "ibm-943_P15A-2003") ICU("windows31j", "shift_jis", "ibm-943_P15A-2003")
	ICU("ms932", "shift_jis", "ibm-943_P15A-2003") ICU("mskanji", "shift_jis", "ibm-943_P15A-2003") ICU("windows932", "shift_jis", "ibm-943_P15A-2003")
	ICU("csshiftjis", "shift_jis", "ibm-943_P15A-2003") ICU("xmacjapanese", "shift_jis", "ibm-943_P15A-2003")
	ICU("eucjp", "euc-jp", "euc-jp") ICU("xeucjp", "euc-jp", "euc-jp") ICU("ujis", "euc-jp", "euc-jp") ICU("iso2022jp", "iso-2022-jp", "iso-2022-jp")
	ICU("iso2022jpext", "iso-2022-jp", "iso-2022-jp-2")
	ICU("gb2312", "gb18030", "gb18030") ICU("gb231280", "gb18030", "gb18030") ICU("gb23121980", "gb18030", "gb18030") ICU("gbk", "gb18030", "gb18030")
	ICU("cp936", "gb18030", "gb18030") ICU("936", "gb18030", "gb18030") ICU("ms936", "gb18030", "gb18030") ICU("windows936", "gb18030", "gb18030")
	ICU("xgbk", "gb18030", "gb18030") ICU("euccn", "gb18030", "gb18030") ICU("eucgb2312cn", "gb18030", "gb18030") ICU("gb18030", "gb18030", "gb18030")
	ICU("gb180302000", "gb18030", "gb18030") ICU("gb180302005", "gb18030", "gb18030") ICU("chinese", "gb18030", "gb18030")
	ICU("isoir58", "gb18030", "gb18030") ICU("csiso58gb231280", "gb18030", "gb18030") ICU("csgb2312", "gb18030", "gb18030")
	ICU("xmacsimpchinese", "gb18030", "gb18030")
	ICU("hz", "hz-gb-2312", "hz") ICU("hzgb", "hz-gb-2312", "hz") ICU("hzgb2312", "hz-gb-2312", "hz")
	ICU("big5", "big5", "big5-hkscs") ICU("big5hkscs", "big5", "big5-hkscs") ICU("hkscs", "big5", "big5-hkscs") ICU("xxbig5", "big5", "big5-hkscs")
	ICU("csbig5", "big5", "big5-hkscs") ICU("big5tw", "big5", "big5-hkscs") ICU("cnbig5", "big5", "big5-hkscs") ICU("xmactradchinese", "big5", "big5-hkscs")
	ICU("cp950", "big5", "windows-950") ICU("950", "big5", "windows-950") ICU("ms950", "big5", "windows-950") ICU("euctw", "euc-tw", "euc-tw")
	ICU("euckr", "euc-kr", "windows-949") ICU("ksc56011987", "euc-kr", "windows-949") ICU("ksc5601", "euc-kr", "windows-949")
	ICU("cp949", "euc-kr", "windows-949") ICU("949", "euc-kr", "windows-949") ICU("ms949", "euc-kr", "windows-949")
	ICU("uhc", "euc-kr", "windows-949") ICU("windows949", "euc-kr", "windows-949") ICU("korean", "euc-kr", "windows-949")
	ICU("ksx1001", "euc-kr", "windows-949") ICU("isoir149", "euc-kr", "windows-949") ICU("cseuckr", "euc-kr", "windows-949")
	ICU("xmackorean", "euc-kr", "windows-949") ICU("iso2022kr", "iso-2022-kr", "iso-2022-kr")
	ICU("cp1125", "ibm1125", "ibm-1125") ICU("cp866u", "ibm1125", "ibm-1125") ICU("ruscii", "ibm1125", "ibm-1125")
	ICU("csibm858", "ibm858", "ibm-858") ICU("cp864", "ibm864", "ibm-864") ICU("864", "ibm864", "ibm-864") ICU("ibm039", "ibm037", "ibm-37") ICU("cp1051", "hp-roman8", "ibm-1051")
	ICU("koi8r", "koi8-r", "koi8-r") ICU("koi8u", "koi8-u", "koi8-u") ICU("ibm866", "ibm866", "ibm-866") ICU("cp866", "ibm866", "ibm-866")
	ICU("win1250", "windows-1250", "windows-1250") ICU("win1251", "windows-1251", "windows-1251") ICU("win1252", "windows-1252", "windows-1252")
	ICU("mac", "macintosh", "macintosh") ICU("macroman", "macintosh", "macintosh") ICU("xmacroman", "macintosh", "macintosh")
	ICU("maccyrillic", "x-mac-cyrillic", "x-mac-cyrillic") ICU("macgreek", "x-mac-greek", "x-mac-greek")
	ICU("macturkish", "x-mac-turkish", "x-mac-turkish") ICU("maclatin2", "x-mac-ce", "macos-29-10.2")
	ICU("maccenteuro", "x-mac-ce", "macos-29-10.2") ICU("maccentraleurope", "x-mac-ce", "macos-29-10.2") ICU("xmacce", "x-mac-ce", "macos-29-10.2")
	SYSTEM("maciceland", "MAC-IS")
	ICU("utf16", "utf-16", "utf-16") ICU("u16", "utf-16", "utf-16") ICU("ucs2", "utf-16", "utf-16") ICU("unicode", "utf-16", "utf-16")
	ICU("iso10646ucs2", "utf-16", "utf-16") ICU("utf32", "utf-32", "utf-32") ICU("u32", "utf-32", "utf-32") ICU("ucs4", "utf-32", "utf-32")
	ICU("iso10646ucs4", "utf-32", "utf-32")
	SYSTEM("iso885916", "ISO-8859-16") SYSTEM("iso8859162001", "ISO-8859-16") SYSTEM("isoir226", "ISO-8859-16") SYSTEM("latin10", "ISO-8859-16")
	SYSTEM("l10", "ISO-8859-16")
	SYSTEM("johab", "JOHAB") SYSTEM("cp1361", "JOHAB") SYSTEM("ms1361", "JOHAB") SYSTEM("1361", "JOHAB")
	SYSTEM("koi8t", "KOI8-T") SYSTEM("pt154", "PT154") SYSTEM("ptcp154", "PT154") SYSTEM("cp154", "PT154") SYSTEM("csptcp154", "PT154")
	SYSTEM("cyrillicasian", "PT154") SYSTEM("kz1048", "RK1048") SYSTEM("rk1048", "RK1048") SYSTEM("strk10482002", "RK1048") SYSTEM("cskz1048", "RK1048")
	SYSTEM("viscii", "VISCII") SYSTEM("tcvn", "TCVN") SYSTEM("armscii8", "ARMSCII-8") SYSTEM("georgianps", "GEORGIAN-PS")
	SYSTEM("eucjisx0213", "EUC-JISX0213") SYSTEM("eucjis2004", "EUC-JISX0213") SYSTEM("jisx0213", "EUC-JISX0213")
	SYSTEM("shiftjisx0213", "SHIFT_JISX0213") SYSTEM("shiftjis2004", "SHIFT_JISX0213") SYSTEM("sjisx0213", "SHIFT_JISX0213")
	SYSTEM("sjis2004", "SHIFT_JISX0213") SYSTEM("iso2022jp3", "ISO-2022-JP-3") SYSTEM("iso2022jp2004", "ISO-2022-JP-3")
};


static void fold(char *out, size_t room, const char *s, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n && k + 1 < room; i++)
		if (isalnum((unsigned char)s[i]))
			out[k++] = (char)tolower((unsigned char)s[i]);
	out[k] = '\0';
}

/* A name that ICU knows. Its canonical name is static memory of ICU's. */
static bool ask_icu(const char *name, struct charset *out)
{
	UErrorCode e = U_ZERO_ERROR;
	const char *canonical, *mime;

	canonical = ucnv_getAlias(name, 0, &e);
	if (U_FAILURE(e) || !canonical)
		return false;
	mime = ucnv_getStandardName(canonical, "MIME", &e);
	if (U_FAILURE(e) || !mime) {
		e = U_ZERO_ERROR;
		mime = ucnv_getStandardName(canonical, "IANA", &e);
	}
	*out = (struct charset){ U_SUCCESS(e) && mime ? mime : canonical, canonical, NULL };
	return true;
}

/* "1140", "cp1140", "ibm01140", "windows 1250": a code page by its number. Windows' own come first. */
static bool by_number(const char *folded, struct charset *out)
{
	static const char *const before[] = { "windows", "win", "cp", "ibm", "ccsid", "x", "" };
	char name[64];

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		const char *digits = folded + strlen(before[i]);

		if (strncmp(folded, before[i], strlen(before[i])) != 0 || !*digits || digits[strspn(digits, "0123456789")])
			continue;
		digits += strspn(digits, "0");
		snprintf(name, sizeof name, "windows-%.8s", digits);
		if (ask_icu(name, out))
			return true;
		snprintf(name, sizeof name, "ibm-%.8s", digits);
		return ask_icu(name, out);
	}
	return false;
}

bool charset_named(const char *s, size_t n, struct charset *out)
{
	char name[64], folded[64];

	if (n == 0 || n >= sizeof name)
		return false;
	memcpy(name, s, n);
	name[n] = '\0';
	fold(folded, sizeof folded, s, n);
	if (strstr(folded, "utf7") || strncmp(folded, "scsu", 4) == 0 || strncmp(folded, "bocu", 4) == 0)
		return false;
	for (size_t i = 0; i < sizeof charset_names / sizeof *charset_names; i++)
		if (strcmp(charset_names[i].said, folded) == 0) {
			*out = charset_names[i].is;
			return true;
		}
	if (ask_icu(name, out) || by_number(folded, out))
		return true;
	if (strncmp(folded, "xmac", 4) == 0) /* "x-mac-greek" and "mac-greek" are both said */
		return charset_named(folded + 1, strlen(folded + 1), out);
	return folded[0] == 'x' && folded[1] && ask_icu(folded + 1, out);
}
