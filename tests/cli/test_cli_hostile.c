/* Hostile and odd servers, met by the real program: what it says of each, that the store keeps what it had, and how much memory it took. */
#include "run.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"

#define PEAK_MOST (64L * 1024) /* kB */
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ITEM(n) "<item><guid>" n "</guid><title>Item " n "</title><link>http://x.example/" n "</link><description>Text of item " n ".</description></item>"
#define RSS(items) "<?xml version='1.0'?><rss version='2.0'><channel><title>Two</title><link>http://x.example/</link>" items "</channel></rss>"
#define OK_HEAD "HTTP/1.1 200 Test\r\nContent-Type: application/rss+xml\r\n"
#define LOCATION(to) .status = 302, .headers = "Location: " to "\r\n"
#define GZIP "Content-Encoding: gzip\r\n"

static const char before[] = RSS(ITEM("1") ITEM("2"));
static const char after[] = RSS(ITEM("1") ITEM("2") ITEM("3")); /* each hostile answer has something new in it, which must not arrive */

/* What one path answers the second time, and what the program must say of it. */
struct hostile {
	struct served answer;
	const char *status; /* NULL: "error" */
	int http;           /* 0: null */
	const char *words;  /* in its sentence; NULL: it has none */
};

static bool sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return true;
#endif
#endif
	return false;
}

static void stays_small(struct ran r)
{
	if (!sanitized() && r.peak >= PEAK_MOST)
		fail_msg("the program took %ld kB", r.peak);
}

/* What the store holds of the feeds, but for when they were asked and how that ended. */
static char *holdings(struct cli *c)
{
	static const char *const passing[] = { "checked", "next", "failures", "http", "error", "gone", "history" };
	json_t *feeds = array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds");
	json_t *entries = json_of(c, done(eclose(c, "list", "--limit", "1000", "--json")));
	json_t *both;
	char *text;

	for (size_t i = 0; i < json_array_size(feeds); i++)
		for (size_t k = 0; k < COUNT(passing); k++)
			(void)json_object_del(json_array_get(feeds, i), passing[k]);
	both = json_pack("[O,O]", feeds, entries);
	text = json_dumps(both, JSON_SORT_KEYS);
	json_decref(both);
	assert_non_null(text);
	return text;
}

static void subscribe_to(struct cli *c, const struct hostile *h, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = cli_format(c, "%s%s\n", text, cli_url(c, h[i].answer.path));
	cli_write(c, "config/urls", text);
	cli_write(c, "config/config", "set timeout 2\n");
}

static void is_told(struct cli *c, const json_t *lines, const struct hostile *h)
{
	const json_t *one = with(lines, "url", cli_url(c, h->answer.path));
	const char *error = json_string_value(json_object_get(one, "error")), *status = text_at(one, "status");

	if (strcmp(status, h->status ? h->status : "error") != 0)
		fail_msg("%s: the status is %s (%s)", h->answer.path, status, error ? error : "no error");
	if (json_integer_value(json_object_get(one, "http")) != h->http)
		fail_msg("%s: http is %lld, not %d", h->answer.path, (long long)json_integer_value(json_object_get(one, "http")), h->http);
	if (!h->words && error)
		fail_msg("%s: \"%s\"", h->answer.path, error);
	if (h->words && (!error || !strstr(error, h->words)))
		fail_msg("%s: \"%s\" says nothing of \"%s\"", h->answer.path, error ? error : "", h->words);
	if (error)
		for (const char *p = error; *p; p++)
			assert_true((unsigned char)*p >= 0x20 && *p != 0x7f);
}

/* Feeds that were fine once, then answer so: each is told by its words, and nothing that was stored changes, validators neither. */
static void nothing_is_lost(struct cli *c, const struct hostile *h, size_t n)
{
	struct served good[CLI_PATHS];
	char *had, *has;
	struct ran r;

	for (size_t i = 0; i < n; i++)
		good[i] = (struct served){ .path = h[i].answer.path, .headers = "ETag: \"kept\"\r\n", .body = before };
	cli_serve(c, good, n);
	subscribe_to(c, h, n);
	done(eclose(c, "fetch"));
	had = holdings(c);
	for (size_t i = 0; i < n; i++)
		cli_answer(c, h[i].answer);
	r = eclose(c, "fetch", "--force", "--json");
	stays_small(r);
	assert_int_equal(r.status, 1);
	for (size_t i = 0; i < n; i++)
		is_told(c, lines_of(c, r), &h[i]);
	has = holdings(c);
	assert_string_equal(had, has);
	free(had);
	free(has);
	cli_healthy(c);
}

/* How often the server was sent these words. */
static int sent(const struct cli *c, const char *words)
{
	int n = 0;

	for (const char *s = server_said(&c->server); (s = strstr(s, words)) != NULL; s++)
		n++;
	return n;
}

/* ---- the measure itself ---- */

static void a_process_that_takes_memory_is_seen(void **state)
{
	const size_t n = (size_t)PEAK_MOST * 1024 + ((size_t)16 << 20);
	struct rusage used;
	int status;
	pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		volatile char *s = malloc(n);

		for (size_t i = 0; s && i < n; i += 1024)
			s[i] = 1;
		_exit(0);
	}
	assert_int_equal(wait4(pid, &status, 0, &used), pid);
	if (!sanitized() && used.ru_maxrss < 1024)
		skip(); /* this system counts nothing */
	assert_true(used.ru_maxrss >= PEAK_MOST);
}

/* ---- answers that break off, or never end ---- */

static void what_never_ends_is_ended(void **state)
{
	static const struct hostile table[] = {
		{ { .path = "/silent", .how = SERVE_SILENT }, .words = "no answer within 2 s" },
		{ { "/drip", SERVE_DRIP, .body = after }, .http = 200, .words = "not done within 2 s" },
		{ { "/endless", SERVE_ENDLESS, .body = after }, .http = 200, .words = "larger than 20 MB" },
		{ { .path = "/header", .how = SERVE_LONG_HEADER }, .http = 200, .words = "the header is longer than 64 kB" },
		{ { "/line", SERVE_LONG_LINE, .body = after }, .http = 200, .words = "header" },
		{ { "/early", SERVE_RAW_ENDLESS, .body = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" }, .http = 103, .words = "header" },
		{ { "/continue", SERVE_RAW_ENDLESS, .body = "HTTP/1.1 100 Continue\r\n\r\n" }, .http = 100, .words = "header" },
		{ { "/huge", SERVE_RAW, .body = OK_HEAD "Content-Length: 9223372036854775807\r\n\r\n<rss>" }, .http = 200, .words = "larger than 20 MB" },
	};

	nothing_is_lost(*state, table, COUNT(table));
}

static void what_breaks_off_is_not_taken_for_the_whole(void **state)
{
	static unsigned char packed[4096];
	size_t n = gzip_stored(packed, after, strlen(after));
	const struct hostile table[] = {
		{ { .path = "/drop", .how = SERVE_DROP }, .words = "without an answer" },
		{ { "/cut", SERVE_CUT, .body = after }, .http = 200, .words = "cut short after" },
		{ { "/chunk", SERVE_CUT_CHUNK, .body = after }, .http = 200, .words = "cut short" },
		{ { "/gzip", SERVE_CUT_CLOSE, .headers = GZIP, .body = (char *)packed, .len = n }, .http = 200, .words = "cut short" },
		{ { "/trailer", SERVE_LENGTH, .headers = GZIP, .body = (char *)packed, .len = n - 6 }, .http = 200, .words = "cut short" },
		{ { "/more", SERVE_RAW, .body = OK_HEAD "Content-Length: 4000\r\n\r\n" RSS(ITEM("3")) }, .http = 200, .words = "cut short after" },
		{ { "/less", SERVE_RAW, .body = OK_HEAD "Content-Length: 10\r\n\r\n" RSS(ITEM("3")) }, .http = 200, .words = "neither RSS" },
		{ { "/none", SERVE_RAW, .body = OK_HEAD "Content-Length: 0\r\n\r\n" RSS(ITEM("3")) }, .http = 200, .words = "empty" },
		{ { "/noend", SERVE_RAW, .body = OK_HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n" }, .http = 200, .words = "cut short" },
		{ { "/nohex", SERVE_RAW, .body = OK_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n0\r\n\r\n" }, .http = 200, .words = "cut short" },
		{ { "/hex", SERVE_RAW, .body = OK_HEAD "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n<rss>" }, .http = 200, .words = "cut short" },
		{ { "/minus", SERVE_RAW, .body = OK_HEAD "Content-Length: -5\r\n\r\n" RSS(ITEM("3")) }, .http = 200, .words = "" },
		{ { "/head", SERVE_RAW, .body = "HTTP/1.1 200 Te" }, .words = "" },
		{ { "/half", SERVE_RAW, .body = OK_HEAD "ETag: \"n" }, .http = 200, .words = "" },
	};

	nothing_is_lost(*state, table, COUNT(table));
}

static void what_is_no_http_is_refused(void **state)
{
	static const char nul[] = OK_HEAD "X-Nul: a\0b\r\nContent-Length: 3\r\n\r\nabc";
	static const struct hostile table[] = {
		{ { "/09", SERVE_RAW, .body = RSS(ITEM("3")) }, .words = "the answer is not HTTP" },
		{ { "/noise", SERVE_RAW, .body = "\x16\x03\x01\x02\x01 noise" }, .words = "the answer is not HTTP" },
		{ { "/ssh", SERVE_RAW, .body = "SSH-2.0-OpenSSH_9.2\r\n" }, .words = "the answer is not HTTP" },
		{ { "/nul", SERVE_RAW, .body = nul, .len = sizeof nul - 1 }, .http = 200, .words = "the answer is not HTTP" },
		{ { "/version", SERVE_RAW, .body = "HTTP/7.3 200 OK\r\nContent-Length: 5\r\n\r\n<rss>" }, .words = "" },
	};

	nothing_is_lost(*state, table, COUNT(table));
}

/* ---- compressed bodies ---- */

static void bombs_end_at_the_limit(void **state)
{
	static struct bomb gzip, deflate;

	gzip = bomb_make(1);
	deflate = bomb_make(0);
	nothing_is_lost(*state, (const struct hostile[]){
		{ { "/gzip", SERVE_ENDLESS, .headers = GZIP, .body = (char *)gzip.period, .len = BOMB_PERIOD, .lead = (char *)gzip.lead, .lead_len = gzip.lead_len },
		  .http = 200, .words = "larger than 20 MB" },
		{ { "/deflate", SERVE_ENDLESS, .headers = "Content-Encoding: deflate\r\n", .body = (char *)deflate.period, .len = BOMB_PERIOD, .lead = (char *)deflate.lead,
		    .lead_len = deflate.lead_len }, .http = 200, .words = "larger than 20 MB" },
	}, 2);
}

static void a_coding_that_is_not_what_it_says_is_refused(void **state)
{
	static unsigned char packed[4096], twice[8192], wrong[4096];
	size_t n = gzip_stored(packed, after, strlen(after)), n2 = gzip_stored(twice, packed, n);
	struct hostile table[] = {
		{ { "/plain", .headers = GZIP, .body = after }, .http = 200, .words = "decompressed" },
		{ { "/deflate", .headers = "Content-Encoding: deflate\r\n", .body = after }, .http = 200, .words = "decompressed" },
		{ { "/br", .headers = "Content-Encoding: br\r\n", .body = after }, .http = 200, .words = "not asked for (br)" },
		{ { "/crc", .headers = GZIP, .body = (char *)wrong, .len = n }, .http = 200, .words = "decompressed" },
		{ { .path = "/twice", .headers = "Content-Encoding: gzip, gzip\r\n", .body = (char *)twice, .len = n2 }, .http = 200, .words = "not asked for" },
		{ { .path = "/layers", .headers = GZIP GZIP, .body = (char *)twice, .len = n2 }, .http = 200, .words = "not asked for" },
		{ { "/tower", .headers = "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n", .body = (char *)packed, .len = n }, .http = 200, .words = "not asked for" },
	};

	memcpy(wrong, packed, n);
	wrong[n - 7] ^= 0x55;
	nothing_is_lost(*state, table, COUNT(table));
}

/* ---- statuses ---- */

static void a_status_that_brings_no_feed_changes_nothing(void **state)
{
	static const struct hostile table[] = {
		{ { "/204", .how = SERVE_CLOSE, .status = 204 }, .http = 204, .words = "" },
		{ { "/205", .status = 205 }, .http = 205, .words = "" },
		{ { "/206", .status = 206, .headers = "Content-Range: bytes 0-9/900\r\n", .body = after }, .http = 206, .words = "a part only" },
		{ { "/300", .status = 300, .body = after }, .http = 300, .words = "300" },
		{ { "/301", .status = 301, .body = after }, .http = 301, .words = "301" },
		{ { "/400", .status = 400, .body = after }, .http = 400, .words = "400" },
		{ { "/401", .status = 401, .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n", .body = after }, .http = 401, .words = "let us in (401)" },
		{ { "/403", .status = 403, .body = after }, .http = 403, .words = "let us in (403)" },
		{ { "/404", .status = 404, .body = after }, .http = 404, .words = "nothing at this address (404)" },
		{ { "/407", .status = 407, .headers = "Proxy-Authenticate: Basic realm=\"x\"\r\n", .body = after }, .http = 407, .words = "407" },
		{ { "/410", .status = 410, .body = after }, .status = "gone", .http = 410, .words = "gone for good (410)" },
		{ { "/500", .status = 500, .body = after }, .http = 500, .words = "fault (500)" },
		{ { "/503", .status = 503, .body = after }, .http = 503, .words = "(503)" },
		{ { "/599", .status = 599, .body = after }, .http = 599, .words = "599" },
		{ { "/999", .status = 999, .body = after }, .http = 999, .words = "999" },
	};

	nothing_is_lost(*state, table, COUNT(table));
}

static void validators_outlive_whatever_failed(void **state)
{
	static const struct hostile table[] = {
		{ { "/cut", SERVE_CUT, .headers = "ETag: \"new\"\r\n", .body = after }, .http = 200, .words = "cut short" },
		{ { "/500", .status = 500, .headers = "ETag: \"new\"\r\n", .body = after }, .http = 500, .words = "500" },
		{ { "/page", .headers = "ETag: \"new\"\r\n", .body = "<!doctype html><html><body>Log in</body></html>" }, .http = 200, .words = "web page" },
	};
	struct cli *c = *state;

	nothing_is_lost(c, table, COUNT(table));
	done(eclose(c, "list"));
	for (size_t i = 0; i < COUNT(table); i++)
		cli_answer(c, (struct served){ .path = table[i].answer.path, .status = 304 });
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(sent(c, "If-None-Match: \"kept\"\r\n"), 2 * (int)COUNT(table));
	assert_int_equal(sent(c, "If-None-Match: \"new\""), 0);
}

/* ---- redirects ---- */

static void redirects_that_lead_nowhere_are_told(void **state)
{
	static const struct hostile table[] = {
		{ { "/loop", LOCATION("/loop") }, .http = 302, .words = "redirected more than 5 times" },
		{ { "/ping", LOCATION("/pong") }, .http = 302, .words = "redirected more than 5 times" },
		{ { "/pong", LOCATION("/ping") }, .http = 302, .words = "redirected more than 5 times" },
		{ { "/file", LOCATION("file:///etc/passwd") }, .http = 302, .words = "redirected to \"file:///etc/passwd\", which is no http" },
		{ { "/ftp", LOCATION("ftp://127.0.0.1/f") }, .http = 302, .words = "no http or https address" },
		{ { "/gopher", LOCATION("gopher://127.0.0.1:70/_x") }, .http = 302, .words = "no http or https address" },
		{ { "/data", LOCATION("data:text/xml,<rss/>") }, .http = 302, .words = "no http or https address" },
		{ { "/script", LOCATION("javascript:alert(1)") }, .http = 302, .words = "no http or https address" },
		{ { "/pipe", LOCATION("|id") }, .http = 404, .words = "404" }, /* a relative address, and nothing else */
		{ { "/option", LOCATION("--output=/tmp/x") }, .http = 404, .words = "404" },
		{ { "/empty", LOCATION("") }, .http = 302, .words = "302" },
		{ { "/escape", LOCATION("file:\x1b[31m\xe2\x80\xae/x") }, .http = 302, .words = "no http or https address" },
		{ { "/nohost", LOCATION("http:///x") }, .http = 302, .words = "" },
		{ { "/crlf", LOCATION("/x%0d%0aX-Added:%20yes") }, .http = 404, .words = "404" },
	};
	struct cli *c = *state;

	nothing_is_lost(c, table, COUNT(table));
	assert_int_equal(sent(c, "\nX-Added"), 0);
}

static void odd_redirects_that_lead_to_a_feed_are_followed(void **state)
{
	static const struct { const char *path, *location; } odd[] = {
		{ "/relative", "feed" }, { "/absolute", "/feed" }, { "/dots", "/a/../feed" }, { "/query", "?go" }, { "/fragment", "/feed#part" },
		{ "/blanks", "   /feed   " }, { "/space", "/a b" }, { "/utf8", "/\xc3\xbc" }, { "/latin1", "/\xfc" },
	};
	static const char *const asks[] = { "GET /feed HTTP", "GET /a%20b HTTP", "GET /%C3%BC HTTP", "GET /query?go HTTP" };
	struct cli *c = *state;
	struct served table[CLI_PATHS];
	const char *text = "";
	size_t n = 0;

	for (size_t i = 0; i < COUNT(odd); i++) {
		table[n++] = (struct served){ .path = odd[i].path, .status = 307, .headers = cli_format(c, "Location: %s\r\n", odd[i].location) };
	}
	table[n++] = (struct served){ .path = "/feed", .body = before };
	table[n++] = (struct served){ .path = "/a%20b", .body = before };
	table[n++] = (struct served){ .path = "/%C3%BC", .body = before };
	table[n++] = (struct served){ .path = "/%FC", .body = before };
	table[n++] = (struct served){ .path = "/query?go", .body = before };
	cli_serve(c, table, n);
	for (size_t i = 0; i < COUNT(odd); i++)
		text = cli_format(c, "%s%s\n", text, cli_url(c, odd[i].path));
	cli_write(c, "config/urls", text);
	done(eclose(c, "fetch"));
	for (size_t i = 0; i < COUNT(asks); i++)
		if (!sent(c, asks[i]))
			fail_msg("nobody sent \"%s\"", asks[i]);
	assert_int_equal(sent(c, "#part"), 0);
}

/* ---- what is odd and fine ---- */

static void odd_answers_that_hold_a_feed_are_read(void **state)
{
	static unsigned char junk[4096], members[8192];
	size_t half = strlen(before) / 2, n = gzip_stored(junk, before, strlen(before));
	size_t m = gzip_stored(members, before, half);
	struct cli *c = *state;
	struct served table[] = {
		{ "/early", SERVE_RAW, .body = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" OK_HEAD "\r\n" RSS(ITEM("1") ITEM("2")) },
		{ "/bare", SERVE_RAW, .body = "HTTP/1.0 200\r\n\r\n" RSS(ITEM("1") ITEM("2")) },
		{ "/lf", SERVE_RAW, .body = "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" RSS(ITEM("1") ITEM("2")) },
		{ "/html", .headers = "Content-Type: text/html\r\n", .body = before },
		{ "/image", .headers = "Content-Type: image/png\r\n", .body = before },
		{ "/type", .headers = "Content-Type: ;;;\xff,\"\r\n", .body = before },
		{ "/203", .status = 203, .body = before },
		{ "/junk", .headers = GZIP, .body = (char *)junk, .len = n + 5 },
		{ "/members", .headers = GZIP, .body = (char *)members },
		{ "/identity", .headers = "Content-Encoding: identity\r\n", .body = before },
		{ "/chunked", SERVE_CHUNKED, .body = before },
	};
	const char *text = "";
	json_t *lines;

	memcpy(junk + n, "after", 5);
	for (size_t i = 0; i < COUNT(table); i++) {
		if (strcmp(table[i].path, "/members") == 0)
			table[i].len = m + gzip_stored(members + m, before + half, strlen(before) - half);
	}
	cli_serve(c, table, COUNT(table));
	for (size_t i = 0; i < COUNT(table); i++)
		text = cli_format(c, "%s%s\n", text, cli_url(c, table[i].path));
	cli_write(c, "config/urls", text);
	lines = lines_of(c, done(eclose(c, "fetch", "--json")));
	for (size_t i = 0; i < COUNT(table); i++) {
		json_t *one = with(lines, "url", cli_url(c, table[i].path));

		if (int_at(one, "items_new") != 2)
			fail_msg("%s: %lld articles", table[i].path, int_at(one, "items_new"));
	}
}

static void nothing_is_sent_back_but_validators(void **state)
{
	struct cli *c = *state;

	cli_serve(c, (const struct served[]){
		{ "/a", .headers = "Set-Cookie: id=7; Path=/\r\nSet-Cookie: more=8\r\nETag: \"a\"\r\nAlt-Svc: h3=\":9\"\r\n", .body = before },
		{ "/hop", .status = 302, .headers = "Set-Cookie: id=9\r\nLocation: /a\r\n" },
	}, 2);
	cli_write(c, "config/urls", cli_format(c, "%s\n%s\n", cli_url(c, "/a"), cli_url(c, "/hop")));
	done(eclose(c, "fetch"));
	done(eclose(c, "fetch", "--force"));
	assert_true(sent(c, "GET ") >= 6);
	assert_int_equal(sent(c, "Cookie"), 0);
	assert_int_equal(sent(c, "cookie"), 0);
	assert_int_equal(sent(c, "Referer"), 0);
	assert_true(sent(c, "If-None-Match: \"a\"\r\n") >= 1);
}

static void odd_validators_go_back_byte_for_byte_or_not_at_all(void **state)
{
	static char headers[12000];
	struct cli *c = *state;
	char *p = headers + sprintf(headers, "ETag: \"");

	memset(p, 'e', 9000);
	(void)strcpy(p + 9000, "\"\r\n");
	cli_serve(c, (const struct served[]){
		{ "/bytes", .headers = "ETag: W/\"\x01\x7f\xff\xfe '%00;,\\\"\r\n", .body = before },
		{ "/bare", .headers = "ETag: unquoted and two words\r\n", .body = before },
		{ "/long", .headers = headers, .body = before },
		{ "/empty", .headers = "ETag:\r\nLast-Modified: \r\n", .body = before },
	}, 4);
	cli_write(c, "config/urls", cli_format(c, "%s\n%s\n%s\n%s\n", cli_url(c, "/bytes"), cli_url(c, "/bare"), cli_url(c, "/long"), cli_url(c, "/empty")));
	done(eclose(c, "fetch"));
	done(eclose(c, "fetch", "--force"));
	assert_int_equal(sent(c, "If-None-Match: W/\"\x01\x7f\xff\xfe '%00;,\\\"\r\n"), 1);
	assert_int_equal(sent(c, "If-None-Match: unquoted and two words\r\n"), 1);
	assert_true(sent(c, "If-None-Match:") <= 3); /* one that is as long as a feed may be left out, never cut */
	if (sent(c, "If-None-Match:") == 3)
		assert_int_equal(sent(c, strstr(headers, "\"e")), 1);
	assert_int_equal(sent(c, "If-Modified-Since"), 0);
	cli_healthy(c);
}

/* ---- when to come again ---- */

static int64_t next_of(struct cli *c, const char *path)
{
	const json_t *feeds = array_at(json_of(c, done(eclose(c, "feeds", "--json"))), "feeds");
	int64_t next = 0, now = 0;

	assert_true(date_parse(text_at(with(feeds, "url", cli_url(c, path)), "next"), &next));
	assert_true(date_parse(CLI_NOW, &now));
	return next - now;
}

/* Either form, measured against the server's own clock, and never for longer than a week. */
static void retry_after_is_heeded_in_reason(void **state)
{
	static const struct { const char *path; int status; const char *headers; int64_t least, most; } table[] = {
		{ "/seconds", 503, "Retry-After: 21600\r\n", 21600, 21600 + 21600 / 4 },
		{ "/date", 503, "Date: Tue, 31 Mar 2026 06:00:00 GMT\r\nRetry-After: Tue, 31 Mar 2026 18:00:00 GMT\r\n", 43200, 43200 + 43200 / 4 },
		{ "/clock", 503, "Date: Sat, 01 Jan 2000 00:00:00 GMT\r\nRetry-After: Sat, 01 Jan 2000 06:00:00 GMT\r\n", 21600, 21600 + 21600 / 4 },
		{ "/huge", 503, "Retry-After: 99999999999999999999999\r\n", 86400, 7 * 86400 + 86400 },
		{ "/past", 503, "Date: Tue, 31 Mar 2026 06:00:00 GMT\r\nRetry-After: Mon, 01 Jan 2001 00:00:00 GMT\r\n", 60, 86400 },
		{ "/minus", 503, "Retry-After: -5\r\n", 60, 86400 },
		{ "/words", 503, "Retry-After: soon\r\n", 60, 86400 },
		{ "/429", 429, "Retry-After: 21600\r\n", 21600, 21600 + 21600 / 4 },
	};
	struct cli *c = *state;

	cli_serve(c, NULL, 0);
	for (size_t i = 0; i < COUNT(table); i++)
		cli_answer(c, (struct served){ .path = table[i].path, .status = table[i].status, .headers = table[i].headers });
	for (size_t i = 0; i < COUNT(table); i++) { /* one at a time: a host that said 429 is left alone by the others */
		cli_write(c, "config/urls", cli_format(c, "%s\n", cli_url(c, table[i].path)));
		assert_int_equal(eclose(c, "fetch", cli_url(c, table[i].path)).status, 1);
		if (next_of(c, table[i].path) < table[i].least || next_of(c, table[i].path) > table[i].most)
			fail_msg("%s: again in %lld s", table[i].path, (long long)next_of(c, table[i].path));
	}
}

/* ---- memory ---- */

static void many_endless_bodies_share_what_one_may_take(void **state)
{
	struct cli *c = *state;
	struct served table[CLI_PATHS];
	const char *text = "";
	json_t *lines;
	struct ran r;

	for (size_t i = 0; i < CLI_PATHS; i++) {
		table[i] = (struct served){ .path = cli_format(c, "/%zu", i), .how = i % 2 ? SERVE_LENGTH : SERVE_ENDLESS, .body = before };
		if (i % 2 == 0)
			table[i].body = cli_format(c, "%4000s", "x");
	}
	cli_serve(c, table, CLI_PATHS);
	for (size_t i = 0; i < CLI_PATHS; i++)
		text = cli_format(c, "%s%s\n", text, cli_url(c, table[i].path));
	cli_write(c, "config/urls", text);
	r = eclose(c, "fetch", "--json");
	stays_small(r);
	assert_int_equal(r.status, 1);
	lines = lines_of(c, r);
	for (size_t i = 0; i < CLI_PATHS; i++) {
		const json_t *one = with(lines, "url", cli_url(c, table[i].path));

		assert_string_equal(text_at(one, "status"), i % 2 ? "new" : "error");
		if (i % 2 == 0)
			assert_non_null(strstr(text_at(one, "error"), "larger than 20 MB"));
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_that_takes_memory_is_seen),
		TEST(what_never_ends_is_ended),
		TEST(what_breaks_off_is_not_taken_for_the_whole),
		TEST(what_is_no_http_is_refused),
		TEST(bombs_end_at_the_limit),
		TEST(a_coding_that_is_not_what_it_says_is_refused),
		TEST(a_status_that_brings_no_feed_changes_nothing),
		TEST(validators_outlive_whatever_failed),
		TEST(redirects_that_lead_nowhere_are_told),
		TEST(odd_redirects_that_lead_to_a_feed_are_followed),
		TEST(odd_answers_that_hold_a_feed_are_read),
		TEST(nothing_is_sent_back_but_validators),
		TEST(odd_validators_go_back_byte_for_byte_or_not_at_all),
		TEST(retry_after_is_heeded_in_reason),
		TEST(many_endless_bodies_share_what_one_may_take),
	};

	return cmocka_run_group_tests_name("hostile servers", tests, NULL, NULL);
}
