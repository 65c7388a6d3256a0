/* charset - what feeds call their encodings, and which of several is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <string.h>

#include <unicode/ucnv.h>

#include "feeds/charset.h"
#include "feeds/sniff.h"

#define LATIN "\xc3\xbc \xc3\xa9 \xc3\xb1"                  /* ü é ñ */
#define EURO "\xe2\x82\xac \xe2\x80\x9cx\xe2\x80\x9d"       /* € “x” */
#define POLISH "\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87"           /* żółć */
#define CYRILLIC "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"
#define GREEK "\xce\xb1\xce\xb2\xce\xb3"
#define HEBREW "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"
#define ARABIC "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"
#define TURKISH "\xc4\x9f\xc4\xb1\xc5\x9f"
#define BALTIC "\xc4\x97\xc4\x8d\xc5\xbe"
#define THAI "\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2"
#define JAPANESE "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x82\xab"
#define CHINESE "\xe4\xb8\xad\xe6\x96\x87"
#define TAIWAN "\xe6\xbc\xa2\xe5\xad\x97"
#define KOREAN "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4"

static const struct { const char *name, *icu, *text; } names[] = {
	{ "utf-8", "utf-8", POLISH }, { "UTF8", "utf-8", CHINESE }, { "u8", "utf-8", LATIN }, { "utf_8", "utf-8", LATIN }, { "cp65001", "utf-8", LATIN },
	{ "iso-8859-1", "iso-8859-1", LATIN }, { "ISO_8859-1:1987", "iso-8859-1", LATIN }, { "latin-1", "iso-8859-1", LATIN },
	{ "latin1", "iso-8859-1", LATIN }, { "L1", "iso-8859-1", LATIN }, { "8859", "iso-8859-1", LATIN }, { "8859_1", "iso-8859-1", LATIN },
	{ "csISOLatin1", "iso-8859-1", LATIN }, { "iso-ir-100", "iso-8859-1", LATIN }, { "cp819", "iso-8859-1", LATIN }, { "IBM819", "iso-8859-1", LATIN },
	{ "us-ascii", "windows-1252", "plain" }, { "iso-8859-1", "windows-1252", EURO }, { "windows-1252", "windows-1252", EURO },
	{ "cp1252", "windows-1252", EURO }, { "1252", "windows-1252", EURO }, { "ansi", "windows-1252", EURO },
	{ "iso-8859-2", "iso-8859-2", POLISH }, { "csISOLatin2", "iso-8859-2", POLISH }, { "l2", "iso-8859-2", POLISH },
	{ "windows-1250", "windows-1250", POLISH }, { "windows_1250", "windows-1250", POLISH }, { "Windows 1250", "windows-1250", POLISH },
	{ "1250", "windows-1250", POLISH }, { "x-cp1250", "windows-1250", POLISH }, { "x-mac-ce", "macos-29-10.2", POLISH }, { "mac-latin2", "macos-29-10.2", POLISH },
	{ "cp852", "ibm-852", POLISH }, { "852", "ibm-852", POLISH }, { "csPCp852", "ibm-852", POLISH },
	{ "iso-8859-3", "iso-8859-3", "\xc4\x89\xc4\x9d" }, { "latin3", "iso-8859-3", "\xc4\x89\xc4\x9d" }, { "iso-8859-4", "iso-8859-4", BALTIC },
	{ "iso-8859-10", "iso-8859-10", BALTIC }, { "iso-8859-13", "iso-8859-13", BALTIC }, { "latin7", "iso-8859-13", BALTIC },
	{ "windows-1257", "windows-1257", BALTIC }, { "cp775", "ibm-775", BALTIC }, { "iso-8859-14", "iso-8859-14", "\xc5\xb5\xc5\xb7" },
	{ "iso-8859-15", "iso-8859-15", "\xe2\x82\xac\xc5\x93" }, { "latin9", "iso-8859-15", "\xe2\x82\xac\xc5\x93" },
	{ "iso-8859-5", "iso-8859-5", CYRILLIC }, { "cyrillic", "iso-8859-5", CYRILLIC }, { "koi8-r", "koi8-r", CYRILLIC }, { "KOI8_R", "koi8-r", CYRILLIC },
	{ "cskoi8r", "koi8-r", CYRILLIC }, { "koi8-u", "koi8-u", "\xd1\x97\xd1\x94" }, { "windows-1251", "windows-1251", CYRILLIC },
	{ "win-1251", "windows-1251", CYRILLIC }, { "cp-1251", "windows-1251", CYRILLIC }, { "1251", "windows-1251", CYRILLIC },
	{ "cp866", "ibm-866", CYRILLIC }, { "IBM866", "ibm-866", CYRILLIC }, { "866", "ibm-866", CYRILLIC }, { "cp855", "ibm-855", CYRILLIC },
	{ "ibm-855", "ibm-855", CYRILLIC }, { "cp1125", "ibm-1125", CYRILLIC }, { "x-mac-cyrillic", "x-mac-cyrillic", CYRILLIC },
	{ "MacCyrillic", "x-mac-cyrillic", CYRILLIC }, { "mac_cyrillic", "x-mac-cyrillic", CYRILLIC },
	{ "iso-8859-7", "iso-8859-7", GREEK }, { "greek", "iso-8859-7", GREEK }, { "ELOT_928", "iso-8859-7", GREEK }, { "windows-1253", "windows-1253", GREEK },
	{ "cp737", "ibm-737", GREEK }, { "737", "ibm-737", GREEK }, { "cp869", "ibm-869", GREEK }, { "mac-greek", "x-mac-greek", GREEK }, { "x-mac-greek", "x-mac-greek", GREEK },
	{ "iso-8859-8", "iso-8859-8", HEBREW }, { "iso-8859-8-i", "iso-8859-8", HEBREW }, { "hebrew", "iso-8859-8", HEBREW },
	{ "windows-1255", "windows-1255", HEBREW }, { "cp862", "ibm-862", HEBREW }, { "cp856", "ibm-856", HEBREW }, { "cp424", "ibm-424", HEBREW },
	{ "iso-8859-6", "iso-8859-6", ARABIC }, { "arabic", "iso-8859-6", ARABIC }, { "ASMO-708", "iso-8859-6", ARABIC }, { "windows-1256", "windows-1256", ARABIC },
	{ "iso-8859-9", "iso-8859-9", TURKISH }, { "latin5", "iso-8859-9", TURKISH }, { "windows-1254", "windows-1254", TURKISH },
	{ "cp857", "ibm-857", TURKISH }, { "mac-turkish", "x-mac-turkish", TURKISH }, { "cp1026", "ibm-1026", TURKISH },
	{ "windows-1258", "windows-1258", "\xc6\xb0\xc4\x91" }, { "macintosh", "macintosh", LATIN }, { "mac", "macintosh", LATIN }, { "mac_roman", "macintosh", LATIN },
	{ "cp437", "ibm-437", LATIN }, { "437", "ibm-437", LATIN }, { "csPC8CodePage437", "ibm-437", LATIN }, { "cp850", "ibm-850", LATIN },
	{ "IBM850", "ibm-850", LATIN }, { "ibm00858", "ibm-858", "\xe2\x82\xac" }, { "cp860", "ibm-860", "\xc3\xa3" }, { "cp861", "ibm-861", "\xc3\xb0" },
	{ "cp863", "ibm-863", "\xc3\xa9" }, { "cp865", "ibm-865", "\xc3\xb8" }, { "hp-roman8", "ibm-1051", LATIN },
	{ "cp037", "ibm-37", LATIN }, { "ebcdic-cp-us", "ibm-37", LATIN }, { "IBM039", "ibm-37", LATIN }, { "cp500", "ibm-500", LATIN }, { "csIBM500", "ibm-500", LATIN },
	{ "cp273", "ibm-273", LATIN }, { "cp1140", "ibm-1140", "\xe2\x82\xac" }, { "1140", "ibm-1140", "\xe2\x82\xac" }, { "cp875", "ibm-875", GREEK },
	{ "tis-620", "windows-874", THAI }, { "cp874", "windows-874", THAI }, { "iso-8859-11", "windows-874", THAI },
	{ "shift_jis", "ibm-943_P15A-2003", JAPANESE }, { "Shift-JIS", "ibm-943_P15A-2003", JAPANESE }, { "x-sjis", "ibm-943_P15A-2003", JAPANESE },
	{ "cp932", "ibm-943_P15A-2003", JAPANESE }, { "MS_Kanji", "ibm-943_P15A-2003", JAPANESE }, { "932", "ibm-943_P15A-2003", JAPANESE },
	{ "euc-jp", "euc-jp", JAPANESE }, { "ujis", "euc-jp", JAPANESE }, { "iso-2022-jp", "iso-2022-jp", "\xe6\x97\xa5\xe6\x9c\xac" },
	{ "csISO2022JP", "iso-2022-jp", "\xe6\x97\xa5\xe6\x9c\xac" }, { "gb2312", "gb18030", CHINESE }, { "GBK", "gb18030", CHINESE }, { "chinese", "gb18030", CHINESE },
	{ "gb18030", "gb18030", CHINESE "\xf0\x9f\x98\x80" }, { "cp936", "gb18030", CHINESE }, { "euc_cn", "gb18030", CHINESE }, { "hz-gb-2312", "hz", CHINESE },
	{ "hz", "hz", CHINESE }, { "big5", "big5-hkscs", TAIWAN }, { "csBig5", "big5-hkscs", TAIWAN }, { "Big5-HKSCS", "big5-hkscs", TAIWAN },
	{ "cp950", "windows-950", TAIWAN }, { "euc-tw", "euc-tw", TAIWAN }, { "euc-kr", "windows-949", KOREAN }, { "ks_c_5601-1987", "windows-949", KOREAN },
	{ "cp949", "windows-949", KOREAN }, { "uhc", "windows-949", KOREAN }, { "iso-2022-kr", "iso-2022-kr", KOREAN },
	{ "utf-16le", "utf-16le", CHINESE }, { "utf-16be", "utf-16be", CHINESE }, { "utf-16", "utf-16le", POLISH }, { "utf-32le", "utf-32le", CHINESE },
	{ "utf-32be", "utf-32be", CHINESE }, { "iso-10646-ucs-2", "utf-16be", LATIN },
};

/* A document in that encoding, and what it is as UTF-8. */
static void document(const char *name, const char *icu, const char *text, struct buf *bytes, struct buf *utf8)
{
	char piece[1024];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n;

	buf_printf(utf8, "<?xml version=\"1.0\" encoding=\"%s\"?><rss>%s</rss>", name, text);
	n = ucnv_convert(icu, "UTF-8", piece, (int32_t)sizeof piece, utf8->s, (int32_t)utf8->len, &e);
	if (U_FAILURE(e))
		fail_msg("ICU doesn't know %s", icu);
	buf_add(bytes, piece, (size_t)n);
}

static void is_read(const char *name, const char *bytes, size_t n, const char *mime, const char *text)
{
	struct buf out = BUF_INIT;

	sniff_utf8(&out, bytes, n, mime, NULL);
	if (strcmp(buf_str(&out), text) != 0)
		fail_msg("%s (%s): read as \"%s\", not \"%s\"", name, mime ? mime : "no header", buf_str(&out), text);
	buf_clear(&out);
}

static void a_declared_name_is_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf bytes = BUF_INIT, utf8 = BUF_INIT;

		document(names[i].name, names[i].icu, names[i].text, &bytes, &utf8);
		is_read(names[i].name, buf_str(&bytes), bytes.len, NULL, buf_str(&utf8));
		buf_clear(&bytes);
		buf_clear(&utf8);
	}
}

static void a_name_in_the_header_is_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf bytes = BUF_INIT, utf8 = BUF_INIT, mime = BUF_INIT;

		document("", names[i].icu, names[i].text, &bytes, &utf8);
		buf_printf(&mime, "application/xml; charset=\"%s\"", names[i].name);
		is_read(names[i].name, buf_str(&bytes), bytes.len, buf_str(&mime), buf_str(&utf8));
		buf_clear(&bytes);
		buf_clear(&utf8);
		buf_clear(&mime);
	}
}

/* Every alias of ICU's, which has IANA's among them. */
static void every_name_that_icu_has_is_found(void **state)
{
	int found = 0;

	(void)state;
	for (int32_t i = 0; i < ucnv_countAvailable(); i++) {
		const char *canonical = ucnv_getAvailableName(i);
		UErrorCode e = U_ZERO_ERROR;

		if (strstr(canonical, "UTF-7") || strstr(canonical, "BOCU") || strstr(canonical, "SCSU") || strstr(canonical, "IMAP"))
			continue; /* refused on purpose */
		for (uint16_t k = 0; k < ucnv_countAliases(canonical, &e); k++) {
			const char *alias = ucnv_getAlias(canonical, k, &e);
			struct charset c;

			if (!charset_named(alias, strlen(alias), &c))
				fail_msg("\"%s\" (%s) is not found", alias, canonical);
			found++;
		}
	}
	assert_true(found > 500);
}

static void a_name_that_means_nothing_is_refused(void **state)
{
	static const char *const none[] = { "", "x", "-", "hex", "rot13", "base64", "idna", "punycode", "unicode_escape", "no-such-thing", "cp0", "cp99999",
		"utf-7", "UNICODE-1-1-UTF-7", "x-utf-7", "scsu", "BOCU-1", "utf-9", "iso-8859-99",
		"a name that is much longer than any name of an encoding has a right to be, by far" };

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct charset c = { "untouched", NULL, NULL };

		if (charset_named(none[i], strlen(none[i]), &c))
			fail_msg("\"%s\" is taken for %s", none[i], c.name);
		assert_string_equal(c.name, "untouched");
	}
}

/* What ICU hasn't is asked of the system; where that hasn't it either, nothing is promised. */
static void rarer_encodings_are_read_where_the_system_has_them(void **state)
{
	static const struct { const char *name, *system, *bytes, *text; } rare[] = {
		{ "iso-8859-16", "ISO-8859-16", "\xba\xfe", "\xc8\x99\xc8\x9b" }, { "latin10", "ISO-8859-16", "\xba\xfe", "\xc8\x99\xc8\x9b" },
		{ "johab", "JOHAB", "\xd0\x65\x8a\x82", "\xed\x95\x9c\xea\xb5\xad" }, { "koi8-t", "KOI8-T", "\xd4\xcf", "\xd1\x82\xd0\xbe" },
		{ "pt154", "PT154", "\xe0\x80", "\xd0\xb0\xd2\x96" }, { "kz-1048", "RK1048", "\xe0\xa3", "\xd0\xb0\xd3\x98" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rare / sizeof *rare; i++) {
		iconv_t there = iconv_open("UTF-8", rare[i].system);
		struct buf bytes = BUF_INIT, text = BUF_INIT;

		if (there == (iconv_t)-1)
			continue;
		iconv_close(there);
		buf_printf(&bytes, "<?xml encoding='%s'?><rss>%s</rss>", rare[i].name, rare[i].bytes);
		buf_printf(&text, "<?xml encoding='%s'?><rss>%s</rss>", rare[i].name, rare[i].text);
		is_read(rare[i].name, bytes.s, bytes.len, NULL, text.s);
		buf_clear(&bytes);
		buf_clear(&text);
	}
}

#define BYTES(s) (s), sizeof(s) - 1

static void what_decodes_is_believed(void **state)
{
	(void)state;
	/* a header outranks the declaration, when it can be true */
	is_read("both", BYTES("<?xml encoding='iso-8859-1'?><a>\xc1"), "text/xml; charset=koi8-r", "<?xml encoding='iso-8859-1'?><a>\xd0\xb0");
	is_read("ascii", BYTES("<?xml encoding='koi8-r'?><a>\xc1"), "text/xml; charset=us-ascii", "<?xml encoding='koi8-r'?><a>\xd0\xb0");
	is_read("not utf-8", BYTES("<?xml encoding='koi8-r'?><a>\xc1\xc2\xc1"), "text/xml; charset=utf-8", "<?xml encoding='koi8-r'?><a>\xd0\xb0\xd0\xb1\xd0\xb0");
	is_read("not euc", BYTES("<?xml encoding='koi8-r'?><a>\xc1<b>\xc1<b>\xc1"), "text/xml; charset=euc-jp", "<?xml encoding='koi8-r'?><a>\xd0\xb0<b>\xd0\xb0<b>\xd0\xb0");
	is_read("colon", BYTES("<a>\xc1"), "text/xml; charset:koi8-r", "<a>\xd0\xb0");
	is_read("unknown", BYTES("<?xml encoding='koi8-r'?><a>\xc1"), "text/xml; charset=wonderful", "<?xml encoding='koi8-r'?><a>\xd0\xb0");
	/* much UTF-8 under another name */
	is_read("utf-8 as gbk", BYTES("<?xml encoding='gbk'?><a>" CHINESE CHINESE), NULL, "<?xml encoding='gbk'?><a>" CHINESE CHINESE);
	is_read("utf-8 as 1251", BYTES("<?xml encoding='windows-1251'?><a>" CYRILLIC), NULL, "<?xml encoding='windows-1251'?><a>" CYRILLIC);
	/* pages of EBCDIC can't be what reads as ASCII */
	is_read("no ebcdic", BYTES("<?xml encoding='cp037'?><a>\xc3\xa9"), NULL, "<?xml encoding='cp037'?><a>\xc3\xa9");
	/* one bad byte among many good ones changes nothing */
	is_read("one bad", BYTES("<?xml encoding='euc-jp'?><a>\xa4\xa2\xa4\xa2\xa4\xa2\xa4\xa2\xa4\xa2\xa4\xa2\xa4\xa2\xa4\xa2\xff<"), NULL,
		"<?xml encoding='euc-jp'?><a>\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xef\xbf\xbd<");
}

static void marks_and_blanks_may_stand_before(void **state)
{
	(void)state;
	is_read("blank", BYTES("\r\n  <?xml version='1.0' encoding = \"koi8-r\" ?><a>\xc1"), NULL, "\r\n  <?xml version='1.0' encoding = \"koi8-r\" ?><a>\xd0\xb0");
	is_read("junk", BYTES("Warning: x<br/><?xml encoding='koi8-r'?><a>\xc1"), NULL, "Warning: x<br/><?xml encoding='koi8-r'?><a>\xd0\xb0");
	is_read("two marks", BYTES("\xff\xfe\xff\xfe<\0a\0"), NULL, "<a");
	is_read("mark and lie", BYTES("\xff\xfe<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0k\0o\0i\0" "8\0-\0r\0'\0"), NULL, "<?xml encoding='koi8-r'");
	is_read("blanks, no mark", BYTES(" \0\n\0<\0a\0>\0x\0<\0/\0a\0>\0"), NULL, " \n<a>x</a>");
	is_read("32, no mark", BYTES("\0\0\0<\0\0\0a\0\0N-"), NULL, "<a\xe4\xb8\xad");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_declared_name_is_understood),
		cmocka_unit_test(a_name_in_the_header_is_understood),
		cmocka_unit_test(every_name_that_icu_has_is_found),
		cmocka_unit_test(a_name_that_means_nothing_is_refused),
		cmocka_unit_test(rarer_encodings_are_read_where_the_system_has_them),
		cmocka_unit_test(what_decodes_is_believed),
		cmocka_unit_test(marks_and_blanks_may_stand_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
