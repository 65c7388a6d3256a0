/* url: what RFC 3986 says, and which addresses we follow. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "feeds/url.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void splits_into_its_parts(void **state)
{
	static const char address[] = "HTTPS://Ann:se:cret@[2001:db8::1]:8443/a/b;c?q=1?2#top#2";
	struct url u;
	const struct { struct url_part got; const char *want; } parts[] = {
		{ (url_split(&u, address), u.scheme), "HTTPS" }, { u.userinfo, "Ann:se:cret" }, { u.host, "[2001:db8::1]" }, { u.port, "8443" },
		{ u.path, "/a/b;c" }, { u.query, "q=1?2" }, { u.fragment, "top#2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		assert_int_equal(parts[i].got.len, strlen(parts[i].want));
		assert_memory_equal(parts[i].got.s, parts[i].want, parts[i].got.len);
	}
	url_split(&u, "mailto:a@b");
	assert_null(u.host.s);
	assert_null(u.query.s);
	assert_int_equal(u.path.len, 3);
	url_split(&u, "//host?#");
	assert_null(u.scheme.s);
	assert_int_equal(u.host.len, 4);
	assert_non_null(u.query.s);
	assert_int_equal(u.query.len, 0);
	url_split(&u, "1a:b"); /* a scheme starts with a letter */
	assert_null(u.scheme.s);
	url_split(&u, "");
	assert_int_equal(u.path.len, 0);
}

/* RFC 3986, 5.4.1 and 5.4.2, all of them, strictly read. */
static void resolves_the_examples_of_the_rfc(void **state)
{
	static const char base[] = "http://a/b/c/d;p?q";
	static const char *const examples[][2] = {
		{ "g:h", "g:h" }, { "g", "http://a/b/c/g" }, { "./g", "http://a/b/c/g" }, { "g/", "http://a/b/c/g/" }, { "/g", "http://a/g" },
		{ "//g", "http://g" }, { "?y", "http://a/b/c/d;p?y" }, { "g?y", "http://a/b/c/g?y" }, { "#s", "http://a/b/c/d;p?q#s" },
		{ "g#s", "http://a/b/c/g#s" }, { "g?y#s", "http://a/b/c/g?y#s" }, { ";x", "http://a/b/c/;x" }, { "g;x", "http://a/b/c/g;x" },
		{ "g;x?y#s", "http://a/b/c/g;x?y#s" }, { "", "http://a/b/c/d;p?q" }, { ".", "http://a/b/c/" }, { "./", "http://a/b/c/" },
		{ "..", "http://a/b/" }, { "../", "http://a/b/" }, { "../g", "http://a/b/g" }, { "../..", "http://a/" }, { "../../", "http://a/" },
		{ "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" }, { "../../../../g", "http://a/g" }, { "/./g", "http://a/g" }, { "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." }, { ".g", "http://a/b/c/.g" }, { "g..", "http://a/b/c/g.." }, { "..g", "http://a/b/c/..g" },
		{ "./../g", "http://a/b/g" }, { "./g/.", "http://a/b/c/g/" }, { "g/./h", "http://a/b/c/g/h" }, { "g/../h", "http://a/b/c/h" },
		{ "g;x=1/./y", "http://a/b/c/g;x=1/y" }, { "g;x=1/../y", "http://a/b/c/y" }, { "g?y/./x", "http://a/b/c/g?y/./x" },
		{ "g?y/../x", "http://a/b/c/g?y/../x" }, { "g#s/./x", "http://a/b/c/g#s/./x" }, { "g#s/../x", "http://a/b/c/g#s/../x" },
		{ "http:g", "http:g" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_string_equal(url_resolve(&a, base, examples[i][0]), examples[i][1]);
	arena_clear(&a);
}

static void resolves_what_feeds_have(void **state)
{
	static const char *const cases[][3] = {
		{ "http://h", "x", "http://h/x" },
		{ "http://h?q", "x", "http://h/x" },
		{ NULL, "  https://h/a b\t", "https://h/a%20b" },
		{ "http://h/", "\n /long/\r\n  line\n", "http://h/long/%20%20line" },
		{ "http://h/", "a\"b<c>d\\e\x01\x7F", "http://h/a%22b%3Cc%3Ed%5Ce%01%7F" },
		{ "http://h/", "\xC3\xA9t\xC3\xA9", "http://h/\xC3\xA9t\xC3\xA9" },
		{ "http://m\xC3\xBCller.example/", "a", "http://m\xC3\xBCller.example/a" },
		{ "http://u:p@h:81/x/", "../y", "http://u:p@h:81/y" },
		{ NULL, "a/../b", "/b" },
		{ "http://good.example\\@evil.example/", "x", "http://good.example%5C@evil.example/x" },
		{ "file:///a/b", "..//c", "file:////c" },
		{ "mailto:x", "/.//evil", "mailto:/.//evil" }, /* a path may not turn into an authority */
		{ NULL, "./http://evil", "./http://evil" },     /* nor into a scheme */
		{ NULL, NULL, "" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(url_resolve(&a, cases[i][0], cases[i][1]), cases[i][2]);
	arena_clear(&a);
}

static void a_resolved_address_stays_as_it_is(void **state)
{
	static const char *const nasty[] = { "./x:../c", "x:.//../..//y", "//a/../b", "a:b/../c", "..//../x", ":", "//", "x:", "?#", "#?", "/.//..//." };
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(nasty); i++) {
		const char *once = url_resolve(&a, NULL, nasty[i]);

		assert_string_equal(url_resolve(&a, NULL, once), once);
	}
	arena_clear(&a);
}

static void long_paths_take_linear_time(void **state)
{
	struct arena a = ARENA_INIT;
	size_t n = 3 << 20;
	char *ref = mem_alloc(n + 1);

	(void)state;
	for (size_t i = 0; i < n; i++)
		ref[i] = "/.."[i % 3];
	ref[n] = '\0';
	assert_string_equal(url_resolve(&a, "http://h/a/b", ref), "http://h/");
	for (size_t i = 0; i < n; i++)
		ref[i] = i < n / 2 ? "/x"[i % 2] : "/.."[(i - n / 2) % 3];
	assert_int_equal(strncmp(url_resolve(&a, "http://h/", ref), "http://h/x/x", 12), 0);
	free(ref);
	arena_clear(&a);
}

static void follows_only_what_is_listed(void **state)
{
	static const struct { const char *url; bool fetch, link; } cases[] = {
		{ "http://h/", true, true }, { "HTTPS://h", true, true }, { "ftp://h/", false, true }, { "gemini://h/", false, true },
		{ "gopher://h/", false, true }, { "mailto:a@b", false, true }, { "magnet:?xt=1", false, true }, { "mailto:", false, false },
		{ "javascript:alert(1)", false, false }, { "JavaScript:alert(1)", false, false }, { "data:text/html,x", false, false },
		{ "file:///etc/passwd", false, false }, { "vbscript:x", false, false }, { "ssh://h/", false, false }, { "-oProxy=x", false, false },
		{ "|sh", false, false }, { "exec:ls", false, false }, { "/relative", false, false }, { "", false, false }, { NULL, false, false },
		{ "http://", false, false }, { "http:///x", false, false }, { "http:x", false, false }, { "http://a b/", false, false },
		{ "http://h/\x1b]0;x", false, false }, { "http://h\\@e/", false, false }, { " http://h/", false, false }, { "https", false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(url_allowed(cases[i].url, URL_FETCH), cases[i].fetch);
		assert_int_equal(url_allowed(cases[i].url, URL_LINK), cases[i].link);
	}
}

static void knows_this_machine_by_name(void **state)
{
	static const char *const yes[] = { "http://127.0.0.1/", "http://127.255.3.4:80/x", "http://[::1]:8080/", "http://LocalHost", "//u@localhost:1/" };
	static const char *const no[] = { "http://127.0.0.1.evil.example/", "http://127.evil/", "http://localhost.evil/", "http://128.0.0.1/",
		"http://evil/127.0.0.1", "http://127.0.0.1@evil/", "localhost", "", "http://127.0.0.256/", "http://127.0.0/", "http://127.0.0.0.1/" };

	(void)state;
	for (size_t i = 0; i < COUNT(yes); i++)
		assert_true(url_loopback(yes[i]));
	for (size_t i = 0; i < COUNT(no); i++)
		assert_false(url_loopback(no[i]));
}

static void hosts_are_lower_case_and_wires_are_ascii(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(url_host(&a, "http://U@WWW.Example.ORG:80/"), "www.example.org");
	assert_string_equal(url_host(&a, "http://[::1]:80/"), "[::1]");
	assert_string_equal(url_host(&a, "mailto:x@Y"), "");
	assert_string_equal(url_wire(&a, "http://\xC3\xBC.example/\xC3\xA9?\xC3\xA9#\xC3\xA9"), "http://\xC3\xBC.example/%C3%A9?%C3%A9");
	arena_clear(&a);
}

static void an_address_that_may_not_be_shown_is_written_in_ascii(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(url_resolve(&a, "http://a.example/", "\xc3\xa9/b"), "http://a.example/\xc3\xa9/b");
	assert_string_equal(url_resolve(&a, "http://a.example/", "\xc3\xa9\xc2\x9b/b"), "http://a.example/%C3%A9%C2%9B/b");
	assert_string_equal(url_resolve(&a, "http://a.example/\xe2\x80\xae/", "b"), "http://a.example/%E2%80%AE/b");
	assert_string_equal(url_resolve(&a, "http://a.example/", "\xff"), "http://a.example/%FF");
	arena_clear(&a);
}

static void a_host_that_could_be_another_is_shown_in_punycode(void **state)
{
	static const struct { const char *url, *shown; } cases[] = {
		{ "https://example.org/a?b#c", "https://example.org/a?b#c" }, { "http://user@h.example:8080/", "http://h.example:8080/" },
		{ "https://m\xC3\xBCnchen.example/", "https://m\xC3\xBCnchen.example/" }, { "https://caf\xC3\xA9.example/", "https://caf\xC3\xA9.example/" },
		{ "https://\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0.\xD1\x80\xD1\x84/", "https://\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0.\xD1\x80\xD1\x84/" },
		{ "https://\xE6\x97\xA5\xE6\x9C\xAC\xE3\x81\xAE\xE3\x82\xABnews.example/", "https://\xE6\x97\xA5\xE6\x9C\xAC\xE3\x81\xAE\xE3\x82\xABnews.example/" },
		/* Cyrillic "apple", all of letters that look like ASCII: under .com, and under its own domain */
		{ "https://\xD0\xB0\xD1\x80\xD1\x80\xD3\x8F\xD0\xB5.com/", "https://xn--80ak6aa92e.com/" },
		{ "https://\xD0\xBE\xD1\x81\xD0\xB0.\xD1\x80\xD1\x84/", "https://\xD0\xBE\xD1\x81\xD0\xB0.\xD1\x80\xD1\x84/" },
		/* one Cyrillic letter among Latin ones; Latin with Greek; a Latin letter that passes for "i"; another for "g" */
		{ "https://p\xD0\xB0ypal.com/", "https://xn--pypal-4ve.com/" }, { "https://\xCE\xB1pple.com/", "https://xn--pple-zld.com/" },
		{ "https://w\xC4\xB1kipedia.org/", "https://xn--wkipedia-tkb.org/" }, { "https://\xC9\xA1oogle.com/", "https://xn--oogle-qmc.com/" },
		{ "https://good.example.\xD1\x81om/", "https://good.example.xn--om-nmc/" },
		{ "https://xn--80ak6aa92e.com/", "https://xn--80ak6aa92e.com/" },
		/* a slash, a dot and nothing at all in disguise: the name is shown that will be asked for */
		{ "https://bank.example\xE2\x81\x84login.evil.example/", "https://bank.xn--examplelogin-xk0g.evil.example/" },
		{ "https://bank\xE3\x80\x82" "example/", "https://bank.example/" }, { "https://ba\xE2\x80\x8Bnk.example/", "https://bank.example/" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(url_shown(&a, cases[i].url), cases[i].shown);
	assert_null(url_shown(&a, NULL));
	arena_clear(&a);
}

static void what_would_not_be_seen_is_shown_as_bytes(void **state)
{
	static const struct { const char *url, *shown; } cases[] = {
		{ "https://h/\xE2\x80\xAEgpj.exe", "https://h/%E2%80%AEgpj.exe" }, { "https://h/a\xE2\x80\x8B" "b", "https://h/a%E2%80%8Bb" },
		{ "https://h/%0A%1b%E2%80%AE", "https://h/%0A%1b%E2%80%AE" }, { "https://h/\xC2\x9Bm", "https://h/%C2%9Bm" }, { "https://h/\x1b[m \n", "https://h/%1B[m%20%0A" },
		{ "https://h/\xC3\xA9?q=\xE6\x97\xA5", "https://h/\xC3\xA9?q=\xE6\x97\xA5" }, { "https://h/\xFF\xC3", "https://h/%FF%C3" }, { "https://h/a\xC2\xA0" "b", "https://h/a%C2%A0b" },
		{ "https://h/a\xE3\x85\xA4" "b", "https://h/a%E3%85%A4b" }, { "https://x\xE2\x81\xA6y:secret@h/", "https://h/" }, { "mailto:a\xE2\x80\x8F@b", "mailto:a%E2%80%8F@b" },
		{ "https://h/\xF0\x9F\x98\x80", "https://h/\xF0\x9F\x98\x80" }, { "", "" },
		{ "https://h .\x1b[m/", "https://h%20.%1B[m/" }, { "https://m\xC3\xBC\x1d.ex/", "https://xn--m%1D-xka.ex/" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(url_shown(&a, cases[i].url), cases[i].shown);
	arena_clear(&a);
}

static void another_program_gets_an_address_in_ascii(void **state)
{
	static const struct { const char *url, *ascii; } cases[] = {
		{ "https://m\xC3\xBCnchen.example/stra\xC3\x9F" "e?\xC3\xA9#\xC3\xA9", "https://xn--mnchen-3ya.example/stra%C3%9Fe?%C3%A9#%C3%A9" },
		{ "https://example.org/a#b", "https://example.org/a#b" }, { "https://\xFF/", "https://%FF/" }, { "mailto:\xC3\xA9@b", "mailto:%C3%A9@b" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(url_ascii(&a, cases[i].url), cases[i].ascii);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_into_its_parts),
		cmocka_unit_test(resolves_the_examples_of_the_rfc),
		cmocka_unit_test(resolves_what_feeds_have),
		cmocka_unit_test(a_resolved_address_stays_as_it_is),
		cmocka_unit_test(an_address_that_may_not_be_shown_is_written_in_ascii),
		cmocka_unit_test(long_paths_take_linear_time),
		cmocka_unit_test(follows_only_what_is_listed),
		cmocka_unit_test(knows_this_machine_by_name),
		cmocka_unit_test(hosts_are_lower_case_and_wires_are_ascii),
		cmocka_unit_test(a_host_that_could_be_another_is_shown_in_punycode),
		cmocka_unit_test(what_would_not_be_seen_is_shown_as_bytes),
		cmocka_unit_test(another_program_gets_an_address_in_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
