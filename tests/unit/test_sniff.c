/* sniff - what a document is, and its bytes as UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "feeds/sniff.h"

static void format(const char *s, enum sniffed is)
{
	if (sniff_format(s, strlen(s)) != is)
		fail_msg("\"%.60s\" is taken for %d", s, (int)sniff_format(s, strlen(s)));
}

static void formats_are_known_by_content(void **state)
{
	(void)state;
	format("", SNIFF_EMPTY);
	format("\xef\xbb\xbf \r\n", SNIFF_EMPTY);
	format("<?xml version='1.0'?><!-- <html> --><rss version='2.0'>", SNIFF_RSS);
	format("<RSS>", SNIFF_RSS);
	format("<!DOCTYPE rss [<!ENTITY a '>'>]><rss>", SNIFF_RSS);
	format("<rdf:RDF xmlns:rdf='x'>", SNIFF_RDF);
	format("<a:feed xmlns:a='x'>", SNIFF_ATOM);
	format(" {\"version\":1}", SNIFF_JSON);
	format("<opml>", SNIFF_OPML);
	format("<!doctype HTML><p>", SNIFF_HTML);
	format("<?xml version='1.0'?><html xmlns='x'>", SNIFF_HTML);
	format("<svg>", SNIFF_XML);
	format("just words", SNIFF_OTHER);
	format("<", SNIFF_OTHER);
}

static void decodes(const char *s, size_t n, const char *mime, const char *text, const char *charset)
{
	struct buf out = BUF_INIT;
	const char *name;

	sniff_utf8(&out, s, n, mime, &name);
	assert_string_equal(buf_str(&out), text);
	assert_string_equal(name, charset);
	buf_clear(&out);
}

#define BYTES(s) (s), sizeof(s) - 1

static void the_order_is_mark_then_header_then_declaration(void **state)
{
	(void)state;
	decodes(BYTES("\xef\xbb\xbf\xef\xbb\xbf\xc3\xa9"), "text/xml; charset=koi8-r", "\xc3\xa9", "utf-8");
	decodes(BYTES("<?xml encoding='windows-1252'?>\xe0"), "text/xml; charset=\"windows-1251\"", "<?xml encoding='windows-1252'?>\xd0\xb0", "windows-1251");
	decodes(BYTES("<?xml version='1.0' encoding='koi8-r'?>\xc1"), "application/xml", "<?xml version='1.0' encoding='koi8-r'?>\xd0\xb0", "koi8-r");
	decodes(BYTES("<meta charset=koi8-r>\xc1"), NULL, "<meta charset=koi8-r>\xd0\xb0", "koi8-r");
	decodes(BYTES("caf\xe9 \x93"), NULL, "caf\xc3\xa9 \xe2\x80\x9c", "windows-1252");
	decodes(BYTES("caf\xc3\xa9"), NULL, "caf\xc3\xa9", "utf-8");
	decodes(BYTES("\xff\xfe<\0a\0>\0"), NULL, "<a>", "utf-16le");
	decodes(BYTES("\0<\0?\0a"), NULL, "<?a", "utf-16be");
	decodes(BYTES("<\0\0\0a\0\0\0"), NULL, "<a", "utf-32le");
}

static void the_larger_set_is_taken_where_the_web_does(void **state)
{
	(void)state;
	decodes(BYTES("<?xml encoding='iso-8859-1'?>\x80"), NULL, "<?xml encoding='iso-8859-1'?>\xe2\x82\xac", "windows-1252");
	decodes(BYTES("<?xml encoding='Shift_JIS'?>\x87\x40\x81\x60"), NULL, "<?xml encoding='Shift_JIS'?>\xe2\x91\xa0\xef\xbd\x9e", "shift_jis");
	decodes(BYTES("<?xml encoding='gb2312'?>\xe9\x46"), NULL, "<?xml encoding='gb2312'?>\xe9\x95\x95", "gb18030");
	decodes(BYTES("<?xml encoding='tis-620'?>\xa1\x80"), NULL, "<?xml encoding='tis-620'?>\xe0\xb8\x81\xe2\x82\xac", "windows-874");
	decodes(BYTES("<?xml encoding='euc-kr'?>\x81\x41"), NULL, "<?xml encoding='euc-kr'?>\xea\xb0\x82", "euc-kr");
}

static void false_declarations_are_not_believed(void **state)
{
	(void)state;
	decodes(BYTES("<?xml encoding='iso-8859-1'?>\xc3\xa9"), NULL, "<?xml encoding='iso-8859-1'?>\xc3\xa9", "utf-8");
	decodes(BYTES("<?xml encoding='utf-8'?>\xe9t\xe9"), NULL, "<?xml encoding='utf-8'?>\xc3\xa9t\xc3\xa9", "windows-1252");
	decodes(BYTES("<?xml encoding='utf-16'?>plain"), NULL, "<?xml encoding='utf-16'?>plain", "utf-8");
	decodes(BYTES("<?xml encoding='no-such-thing'?>\xc3\xa9"), NULL, "<?xml encoding='no-such-thing'?>\xc3\xa9", "utf-8");
	decodes(BYTES("<?xml encoding='utf-7'?>+ADw-"), NULL, "<?xml encoding='utf-7'?>+ADw-", "utf-8");
}

static void bad_bytes_become_the_replacement_character(void **state)
{
	(void)state;
	decodes(BYTES("\xc3\xa9 \xc3\xa9 \xff"), NULL, "\xc3\xa9 \xc3\xa9 \xef\xbf\xbd", "utf-8");
	decodes(BYTES("<?xml encoding='euc-jp'?>\xa4\xa2\xff"), NULL, "<?xml encoding='euc-jp'?>\xe3\x81\x82\xef\xbf\xbd", "euc-jp");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_known_by_content),
		cmocka_unit_test(the_order_is_mark_then_header_then_declaration),
		cmocka_unit_test(the_larger_set_is_taken_where_the_web_does),
		cmocka_unit_test(false_declarations_are_not_believed),
		cmocka_unit_test(bad_bytes_become_the_replacement_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
