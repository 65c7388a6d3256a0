/* http: against a real server on loopback. The only clock here is a guard against hanging. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "feeds/http.h"
#include "feeds/http_address.h"
#include "feeds/http_head.h"
#include "feeds/http_home.h"
#include "feeds/http_hosts.h"
#include "feeds/http_redirect.h"
#include "feeds/http_unpack.h"
#include "feeds/settings.h"
#include "server.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define GUARD 100 /* seconds */

/* One answer, kept. */
struct got {
	enum err err;
	int status;
	char error[600], url[300], moved_to[300], etag[300], last_modified[100], content_type[100];
	int64_t retry_after, max_age, wire_bytes;
	char *body;
	size_t len;
	int times;
};

static void keep_text(char *out, size_t size, const char *s)
{
	(void)snprintf(out, size, "%s", s ? s : "(null)");
}

static void keep(void *user, const struct http_response *r)
{
	struct got *g = r->request->user ? r->request->user : user;

	g->err = r->err;
	g->status = r->status;
	keep_text(g->error, sizeof g->error, r->error);
	keep_text(g->url, sizeof g->url, r->url);
	keep_text(g->moved_to, sizeof g->moved_to, r->moved_to);
	keep_text(g->etag, sizeof g->etag, r->etag);
	keep_text(g->last_modified, sizeof g->last_modified, r->last_modified);
	keep_text(g->content_type, sizeof g->content_type, r->content_type);
	g->retry_after = r->retry_after;
	g->max_age = r->max_age;
	g->wire_bytes = r->wire_bytes;
	assert_int_equal(r->body[r->len], '\0');
	free(g->body);
	g->body = mem_alloc(r->len + 1);
	memcpy(g->body, r->body, r->len + 1);
	g->len = r->len;
	g->times++;
}

static struct got fetch_with(const struct http_config *cfg, const struct http_request *request)
{
	struct got g = { .times = 0 };
	struct http *h;

	assert_int_equal(http_new(cfg, &h, NULL), OK);
	http_add(h, request);
	http_run(h, keep, &g, NULL);
	http_free(h);
	assert_int_equal(g.times, 1);
	return g;
}

static const char *at(const struct server *s, const char *path, char out[300])
{
	(void)snprintf(out, 300, "http://127.0.0.1:%d%s", s->port, path);
	return out;
}

static struct got fetch(const struct server *s, const char *path)
{
	const struct http_config cfg = { .timeout = 60 };
	char url[300];

	return fetch_with(&cfg, &(struct http_request){ .url = at(s, path, url) });
}

static void got_clear(struct got *g)
{
	free(g->body);
	g->body = NULL;
}

#define PAGE "<rss/>"
#define MOVE(code, to) .status = (code), .headers = "Location: " to "\r\n"

static void answers_of_any_status_arrive_whole(void **state)
{
	static const struct served table[] = {
		{ "/feed", .headers = "ETag: W/\"a b\\\"c\"\r\nLast-Modified:  Tue, 31 Mar 2026 06:00:00 GMT \r\nContent-Type: application/rss+xml\r\n"
				      "Cache-Control: public, max-age=600\r\n", .body = PAGE },
		{ "/chunked", SERVE_CHUNKED, .body = PAGE }, { "/close", SERVE_CLOSE, .body = PAGE }, { "/empty", .body = "" },
		{ "/gone", .status = 410, .body = "gone" }, { "/old", SERVE_RAW, .body = "HTTP/1.0 200 OK\r\n\r\n" PAGE },
	};
	struct server s;
	struct got g;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	g = fetch(&s, "/feed");
	assert_int_equal(g.err, OK);
	assert_int_equal(g.status, 200);
	assert_string_equal(g.body, PAGE);
	assert_string_equal(g.etag, "W/\"a b\\\"c\"");
	assert_string_equal(g.last_modified, "Tue, 31 Mar 2026 06:00:00 GMT");
	assert_string_equal(g.content_type, "application/rss+xml");
	assert_int_equal(g.max_age, 600);
	assert_int_equal(g.retry_after, -1);
	assert_string_equal(g.moved_to, "(null)");
	assert_true(g.wire_bytes > (int64_t)strlen(PAGE));
	got_clear(&g);
	for (size_t i = 1; i < COUNT(table); i++) {
		g = fetch(&s, table[i].path);
		assert_int_equal(g.err, OK);
		assert_int_equal(g.status, table[i].status ? table[i].status : 200);
		assert_string_equal(g.body, table[i].how == SERVE_RAW ? PAGE : table[i].body);
		assert_string_equal(g.etag, "(null)");
		assert_int_equal(g.max_age, -1);
		got_clear(&g);
	}
	server_stop(&s);
}

static void validators_go_back_byte_for_byte(void **state)
{
	static const struct served table[] = { { "/feed", .status = 304, .headers = "ETag: \"new\"\r\n" } };
	const struct http_config cfg = { .timeout = 60 };
	struct server s;
	struct got g;
	char url[300];

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	g = fetch_with(&cfg, &(struct http_request){ .url = at(&s, "/feed", url), .etag = "W/\"\xC3\xA9 ,;x\"", .last_modified = "yesterday, roughly" });
	assert_int_equal(g.err, OK);
	assert_int_equal(g.status, 304);
	assert_int_equal(g.len, 0);
	assert_non_null(strstr(server_said(&s), "\r\nIf-None-Match: W/\"\xC3\xA9 ,;x\"\r\n"));
	assert_non_null(strstr(server_said(&s), "\r\nIf-Modified-Since: yesterday, roughly\r\n"));
	got_clear(&g);
	g = fetch_with(&cfg, &(struct http_request){ .url = url, .etag = "x\r\nX-Evil: 1", .last_modified = "" });
	assert_null(strstr(server_said(&s), "X-Evil"));
	got_clear(&g);
	server_stop(&s);
}

static void nothing_is_told_about_the_reader(void **state)
{
	static const struct served table[] = {
		{ "/a", MOVE(302, "/b"), .body = "x" },
		{ "/b", .headers = "Set-Cookie: id=1; Path=/\r\n", .body = PAGE },
	};
	static const char *const allowed[] = { "Host:", "User-Agent: eclose/", "Accept:", "Accept-Encoding:" };
	const struct http_config cfg = { .timeout = 60 };
	struct http_request again;
	struct server s;
	struct got g = { .times = 0 };
	struct http *h;
	char url[300];
	int lines = 0;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	again = (struct http_request){ .url = at(&s, "/a", url) };
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	for (int i = 0; i < 2; i++) {
		http_add(h, &again);
		http_run(h, keep, &g, NULL);
	}
	http_free(h);
	assert_int_equal(g.times, 2);
	assert_int_equal(server_requests(&s), 4);
	for (const char *line = server_said(&s); *line; line = strstr(line, "\r\n") + 2) {
		bool known = strncmp(line, "GET /", 5) == 0 || strncmp(line, "\r\n", 2) == 0;

		for (size_t i = 0; i < COUNT(allowed); i++)
			known = known || strncmp(line, allowed[i], strlen(allowed[i])) == 0;
		if (!known)
			fail_msg("a header that nobody needs: %.60s", line);
		lines++;
	}
	assert_int_equal(lines, 4 * 6);
	got_clear(&g);
	server_stop(&s);
}

static void connections_are_used_again(void **state)
{
	static const struct served table[] = { { "/a", MOVE(301, "/b"), .body = "moved" }, { "/b", .body = PAGE } };
	const struct http_config cfg = { .timeout = 60, .parallel = 1 };
	struct http_request request;
	struct got g = { .times = 0 };
	struct server s;
	struct http *h;
	char url[300];

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	request = (struct http_request){ .url = at(&s, "/a", url) };
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	for (int i = 0; i < 20; i++)
		http_add(h, &request);
	http_run(h, keep, &g, NULL);
	http_free(h);
	assert_int_equal(g.times, 20);
	assert_int_equal(server_requests(&s), 40);
	assert_int_equal(server_connections(&s), 1);
	got_clear(&g);
	server_stop(&s);
}

static void redirects_are_followed_and_told_apart(void **state)
{
	static const struct served table[] = {
		{ "/1", MOVE(301, "/2"), .body = "x" }, { "/2", SERVE_CHUNKED, MOVE(308, "3/../end?q"), .body = "x" }, { "/end?q", .body = PAGE },
		{ "/t", MOVE(302, "/1") }, { "/u", MOVE(301, "/v") }, { "/v", MOVE(307, "/end?q") }, { "/w", MOVE(303, "/end?q") },
		{ "/a", MOVE(302, "/b") }, { "/b", MOVE(302, "/c") }, { "/c", MOVE(302, "/d") }, { "/d", MOVE(302, "/e") }, { "/e", MOVE(302, "/end?q") },
		{ "/z", MOVE(302, "/a") }, { "/loop", MOVE(301, "/loop") }, { "/nowhere", .status = 302, .body = "no Location" },
		{ "/lie", SERVE_CUT, MOVE(302, "/end?q"), .body = "a body that nobody reads" }, { "/flood", SERVE_ENDLESS, MOVE(302, "/end?q"), .body = PAGE },
	};
	static const struct { const char *path, *moved; } good[] = { { "/1", "/end?q" }, { "/t", NULL }, { "/u", "/v" }, { "/w", NULL },
		{ "/a", NULL }, { "/lie", NULL }, { "/flood", NULL } };
	struct server s;
	struct got g;
	char end[300], moved[300];

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	at(&s, "/end?q", end);
	for (size_t i = 0; i < COUNT(good); i++) {
		g = fetch(&s, good[i].path);
		assert_int_equal(g.err, OK);
		assert_int_equal(g.status, 200);
		assert_string_equal(g.body, PAGE);
		assert_string_equal(g.url, end);
		assert_string_equal(g.moved_to, good[i].moved ? at(&s, good[i].moved, moved) : "(null)"); /* a 302 on the way is for now only, and what follows it */
		got_clear(&g);
	}
	for (int i = 0; i < 2; i++) {
		g = fetch(&s, i ? "/z" : "/loop");
		assert_int_equal(g.err, ERR_LIMIT);
		assert_string_equal(g.error, "redirected more than 5 times");
		got_clear(&g);
	}
	g = fetch(&s, "/nowhere");
	assert_int_equal(g.err, OK);
	assert_int_equal(g.status, 302);
	got_clear(&g);
	server_stop(&s);
}

static void redirects_stay_in_http(void **state)
{
	static const struct served table[] = {
		{ "/file", MOVE(302, "file:///etc/passwd") }, { "/ftp", MOVE(301, "ftp://127.0.0.1/x") }, { "/js", MOVE(302, "javascript:alert(1)") },
		{ "/esc", MOVE(302, "gopher://\x1b]0;evil\a\xE2\x80\xAEx/") }, { "/none", MOVE(302, "http://") },
	};
	const struct http_config cfg = { .timeout = 60 };
	struct server s;
	struct got g;
	char url[300];

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	for (size_t i = 0; i < COUNT(table); i++) {
		g = fetch_with(&cfg, &(struct http_request){ .url = at(&s, table[i].path, url), .allow_file = true });
		assert_int_equal(g.err, ERR_UNSUPPORTED);
		assert_int_equal(g.len, 0);
		assert_non_null(strstr(g.error, "which is no http or https address"));
		assert_null(strpbrk(g.error, "\x1b\a"));
		assert_null(strstr(g.error, "\xE2\x80\xAE"));
		got_clear(&g);
	}
	server_stop(&s);
}

/* A proxy gives us a public name without a public net: what it answers is what that name's server answers. */
static void a_public_feed_cannot_lead_to_private_addresses(void **state)
{
	static const struct served table[] = {
		{ "/1", MOVE(302, "http://127.0.0.1/secret") }, { "/2", MOVE(302, "http://[::1]/secret") }, { "/3", MOVE(301, "http://localhost:1/secret") },
		{ "/4", MOVE(302, "http://10.1.2.3/secret") }, { "/5", MOVE(302, "http://0x7f.1/secret") }, { "/6", MOVE(302, "http://2130706433/secret") },
		{ "/7", MOVE(302, "http://[::ffff:192.168.0.1]/secret") }, { "/8", MOVE(302, "http://169.254.169.254/secret") },
		{ "/9", MOVE(302, "http://169.254.169%2e254/secret") }, { "/10", MOVE(302, "http://169.254.169.254./secret") }, { "/11", MOVE(302, "http://\xEF\xBC\x91\xEF\xBC\x90.0.0.1/secret") },
		{ "/12", MOVE(302, "http://[fe80::1%251]/secret") },
		{ "/secret", .body = "secret" }, { "/fine", MOVE(302, "http://other.example/feed") }, { "/feed", .body = PAGE },
	};
	char proxy[64], url[300];
	struct http_config cfg = { .timeout = 60, .proxy = proxy };
	struct server s;
	struct got g;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	(void)snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", s.port);
	for (int i = 1; i <= 12; i++) {
		(void)snprintf(url, sizeof url, "http://feeds.example/%d", i);
		g = fetch_with(&cfg, &(struct http_request){ .url = url });
		assert_int_equal(g.err, ERR_UNSUPPORTED);
		assert_non_null(strstr(g.error, "private address"));
		got_clear(&g);
	}
	assert_null(strstr(server_said(&s), "secret"));
	g = fetch_with(&cfg, &(struct http_request){ .url = "http://feeds.example/fine" });
	assert_int_equal(g.err, OK);
	assert_string_equal(g.body, PAGE);
	got_clear(&g);
	g = fetch_with(&cfg, &(struct http_request){ .url = "http://192.168.7.7/4" }); /* the subscription itself is private */
	assert_string_equal(g.body, "secret");
	got_clear(&g);
	server_stop(&s);
}

static void the_environments_proxy_is_not_asked(void **state)
{
	static const struct served table[] = { { "/feed", .body = PAGE } };
	struct server s;
	struct got g;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
	assert_int_equal(setenv("ALL_PROXY", "http://127.0.0.1:1", 1), 0);
	g = fetch(&s, "/feed");
	assert_string_equal(g.body, PAGE);
	assert_int_equal(unsetenv("http_proxy"), 0);
	assert_int_equal(unsetenv("ALL_PROXY"), 0);
	got_clear(&g);
	server_stop(&s);
}

#define NOW_TEXT "Tue, 31 Mar 2026 06:00:00 GMT"

static void servers_say_when_to_come_back(void **state)
{
	static const struct served table[] = {
		{ "/seconds", .status = 429, .headers = "Retry-After: 120\r\n", .body = "slow down" },
		{ "/date", .status = 503, .headers = "Date: " NOW_TEXT "\r\nRetry-After: Tue, 31 Mar 2026 07:30:00 GMT\r\n" },
		{ "/past", .status = 503, .headers = "Date: " NOW_TEXT "\r\nRetry-After: Mon, 30 Mar 2026 07:30:00 GMT\r\n" },
		{ "/junk", .status = 503, .headers = "Retry-After: soon\r\n" },
		{ "/expires", .headers = "Date: " NOW_TEXT "\r\nExpires: Tue, 31 Mar 2026 06:10:00 GMT\r\n" },
		{ "/expired", .headers = "Expires: 0\r\n" }, { "/never", .headers = "Cache-Control: max-age=60, no-cache\r\n" },
		{ "/both", .headers = "Expires: 0\r\nCache-Control: max-age=\"99999999999999999999\"\r\n" },
	};
	static const struct { int64_t retry, age; } want[] = { { 120, -1 }, { 5400, -1 }, { 0, -1 }, { -1, -1 }, { -1, 600 }, { -1, 0 }, { -1, 0 },
		{ -1, 10 * 366 * DATE_DAY } };
	struct server s;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	for (size_t i = 0; i < COUNT(table); i++) {
		struct got g = fetch(&s, table[i].path);

		assert_int_equal(g.err, OK);
		assert_int_equal(g.status, table[i].status ? table[i].status : 200);
		assert_int_equal(g.retry_after, want[i].retry);
		assert_int_equal(g.max_age, want[i].age);
		got_clear(&g);
	}
	server_stop(&s);
}

static void half_a_transfer_is_none(void **state)
{
	static char body[1025];
	static unsigned char whole[1200], broken[1200];
	struct served table[] = {
		{ "/cut", SERVE_CUT, .body = body }, { "/chunk", SERVE_CUT_CHUNK, .body = body },
		{ "/gzip", SERVE_CUT_CLOSE, .headers = "Content-Encoding: gzip\r\n", .body = (const char *)whole },
		{ "/crc", .headers = "Content-Encoding: gzip\r\n", .body = (const char *)broken },
		{ "/part", .status = 206, .headers = "Content-Range: bytes 0-3/9\r\n", .body = "half" }, { "/drop", .how = SERVE_DROP },
		{ "/noise", SERVE_RAW, .body = "SSH-2.0-OpenSSH\r\n" }, { "/fine", SERVE_CLOSE, .headers = "Content-Encoding: gzip\r\n", .body = (const char *)whole },
	};
	static const char *const words[] = { "the transfer was cut short after 512 of 1024 bytes", "the transfer was cut short after ",
		"the transfer was cut short after ", "the body can't be decompressed: ", "the server sent a part only",
		"the server closed the connection without an answer", "the answer is not HTTP" };
	struct server s;
	struct got g;
	size_t n;

	(void)state;
	memset(body, 'x', sizeof body - 1);
	n = gzip_stored(whole, body, sizeof body - 1);
	memcpy(broken, whole, n);
	broken[100] = 0;
	table[2].len = table[3].len = table[7].len = n;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	for (size_t i = 0; i < COUNT(words); i++) {
		g = fetch(&s, table[i].path);
		if (g.err != ERR_NET || strncmp(g.error, words[i], strlen(words[i])) != 0)
			fail_msg("%s: %d %s", table[i].path, (int)g.err, g.error);
		assert_int_equal(g.len, 0);
		got_clear(&g);
	}
	g = fetch(&s, "/fine");
	assert_string_equal(g.body, body);
	got_clear(&g);
	server_stop(&s);
}

static void nothing_larger_than_the_limit_is_taken(void **state)
{
	static char block[1 << 16];
	struct served table[] = {
		{ "/endless", SERVE_ENDLESS, .body = block }, { "/says", SERVE_RAW, .body = "HTTP/1.1 200 OK\r\nContent-Length: 20971521\r\n\r\nx" },
		{ "/bomb", .headers = "Content-Encoding: gzip\r\n" }, { "/header", SERVE_LONG_HEADER, .body = "" },
	};
	unsigned char *bomb = mem_alloc((HTTP_BODY_MAX + 1) / 65535 * 5 + HTTP_BODY_MAX + 100);
	char *large = mem_alloc(HTTP_BODY_MAX + 1);
	struct server s;

	(void)state;
	memset(block, 'x', sizeof block - 1);
	memset(large, 'x', HTTP_BODY_MAX + 1);
	table[2].body = (const char *)bomb;
	table[2].len = gzip_stored(bomb, large, HTTP_BODY_MAX + 1);
	server_start(&s, "127.0.0.1", table, COUNT(table));
	for (size_t i = 0; i < COUNT(table); i++) {
		struct got g = fetch(&s, table[i].path);

		assert_int_equal(g.err, ERR_LIMIT);
		assert_string_equal(g.error, i == 3 ? "the header is longer than 64 kB" : "larger than 20 MB");
		assert_int_equal(g.len, 0);
		got_clear(&g);
	}
	server_stop(&s);
	free(bomb);
	free(large);
}

/* ---- bodies share a budget ---- */

struct many { size_t len; int fine, times; };

static void count_whole(void *user, const struct http_response *r)
{
	struct many *m = user;

	m->times++;
	m->fine += r->err == OK && r->len == m->len && r->body[r->len - 1] == 'x';
}

static void bodies_that_wait_for_room_all_arrive_whole(void **state)
{
	struct served table[] = { { .path = "/large" }, { .path = "/chunks", .how = SERVE_CHUNKED }, { "/packed", .headers = "Content-Encoding: gzip\r\n" } };
	const struct http_config cfg = { .timeout = 60, .parallel = 30 };
	struct many m = { .len = HTTP_FLIGHT_MAX / 4 + 12345 };
	unsigned char *packed = mem_alloc(m.len + 5 * (m.len / 65535 + 1) + 100);
	char *large = mem_alloc(m.len + 1), url[COUNT(table)][300];
	struct http_request request[30];
	struct server s;
	struct http *h;

	(void)state;
	memset(large, 'x', m.len);
	table[0].body = table[1].body = large;
	table[0].len = table[1].len = m.len;
	table[2].body = (const char *)packed;
	table[2].len = gzip_stored(packed, large, m.len);
	server_start(&s, "127.0.0.1", table, COUNT(table));
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	for (size_t i = 0; i < COUNT(request); i++) { /* seven times of what has room at once */
		request[i] = (struct http_request){ .url = at(&s, table[i % COUNT(table)].path, url[i % COUNT(table)]) };
		http_add(h, &request[i]);
	}
	http_run(h, count_whole, &m, NULL);
	http_free(h);
	assert_int_equal(m.times, COUNT(request));
	assert_int_equal(m.fine, COUNT(request));
	server_stop(&s);
	free(packed);
	free(large);
}

static void count_refused(void *user, const struct http_response *r)
{
	struct many *m = user;

	m->times++;
	m->fine += r->err == OK ? r->len == m->len : r->len == 0 && strstr(r->error, "can't be decompressed") != NULL;
}

/* What libcurl holds back while a transfer is paused, it gives when the pause ends, and forgets there what came of it. */
static void a_body_that_is_refused_after_a_pause_is_refused(void **state)
{
	struct served table[] = { { .path = "/large" }, { "/broken", .headers = "Content-Encoding: gzip\r\n", .body = "this is no gzip at all" } };
	const struct http_config cfg = { .timeout = 60, .parallel = 7 };
	struct many m = { .len = HTTP_FLIGHT_MAX / 3 };
	char *large = mem_alloc(m.len + 1), url[COUNT(table)][300];
	struct http_request request[300];
	struct server s;
	struct http *h;

	(void)state;
	memset(large, 'x', m.len);
	table[0].body = large;
	table[0].len = m.len;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	for (size_t i = 0; i < COUNT(request); i++) {
		size_t which = i % 20 >= 5;

		request[i] = (struct http_request){ .url = at(&s, table[which].path, url[which]) };
		http_add(h, &request[i]);
	}
	http_run(h, count_refused, &m, NULL);
	http_free(h);
	assert_int_equal(m.times, COUNT(request));
	assert_int_equal(m.fine, COUNT(request));
	server_stop(&s);
	free(large);
}

static void a_server_that_never_answers_is_left(void **state)
{
	static const struct served table[] = { { "/silent", .how = SERVE_SILENT }, { "/feed", .body = PAGE } };
	const struct http_config cfg = { .timeout = 1, .parallel = 2 };
	struct got silent = { .times = 0 }, feed = { .times = 0 };
	struct http_request slow, quick;
	char slow_url[300], quick_url[300];
	struct server s;
	struct http *h;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	slow = (struct http_request){ .url = at(&s, "/silent", slow_url), .user = &silent };
	quick = (struct http_request){ .url = at(&s, "/feed", quick_url), .user = &feed };
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	http_add(h, &slow);
	http_add(h, &quick);
	http_run(h, keep, NULL, NULL);
	http_free(h);
	assert_int_equal(silent.err, ERR_NET);
	assert_string_equal(silent.error, "no answer within 1 s");
	assert_int_equal(silent.status, 0);
	assert_int_equal(feed.err, OK);
	got_clear(&silent);
	got_clear(&feed);
	server_stop(&s);
}

static void failures_are_told_in_a_sentence(void **state)
{
	const struct http_config cfg = { .timeout = 20 };
	static const struct { const char *url, *words; enum err err; } cases[] = {
		{ "http://127.0.0.1:1/", "the server refused the connection", ERR_NET },
		{ "http://no-such-host.invalid/", "could not find the host no-such-host.invalid", ERR_NET },
		{ "ftp://127.0.0.1/", "this is no http or https address", ERR_UNSUPPORTED },
		{ "javascript:alert(1)", "this is no http or https address", ERR_UNSUPPORTED },
		{ "", "this is no http or https address", ERR_UNSUPPORTED },
		{ "file:///etc/passwd", "file: is read only where your own subscriptions name it", ERR_UNSUPPORTED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct got g = fetch_with(&cfg, &(struct http_request){ .url = cases[i].url });

		assert_int_equal(g.err, cases[i].err);
		assert_string_equal(g.error, cases[i].words);
		assert_string_equal(g.url, cases[i].url);
		assert_int_equal(g.len, 0);
		got_clear(&g);
	}
}

static void files_are_read_where_the_reader_names_them(void **state)
{
	const struct http_config cfg = { 0 };
	const char *tmp = getenv("TMPDIR");
	char folder[300], path[400], url[420];
	struct got g;

	(void)state;
	(void)snprintf(folder, sizeof folder, "%s/eclose-http-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/a feed.xml", folder);
	(void)snprintf(url, sizeof url, "file://%s/a%%20feed.xml", folder);
	assert_int_equal(buf_write_file(path, PAGE, strlen(PAGE), 0600, NULL), OK);
	g = fetch_with(&cfg, &(struct http_request){ .url = url, .allow_file = true });
	assert_int_equal(g.err, OK);
	assert_int_equal(g.status, 200);
	assert_string_equal(g.body, PAGE);
	got_clear(&g);
	assert_int_equal(unlink(path), 0);
	g = fetch_with(&cfg, &(struct http_request){ .url = url, .allow_file = true });
	assert_int_equal(g.err, ERR_NOTFOUND);
	got_clear(&g);
	(void)snprintf(url, sizeof url, "file://%s", folder);
	g = fetch_with(&cfg, &(struct http_request){ .url = url, .allow_file = true });
	assert_int_equal(g.err, ERR_UNSUPPORTED);
	got_clear(&g);
	g = fetch_with(&cfg, &(struct http_request){ .url = "file://elsewhere.example/x", .allow_file = true });
	assert_int_equal(g.err, ERR_UNSUPPORTED);
	got_clear(&g);
	assert_int_equal(rmdir(folder), 0);
}

/* ---- `done` may add, and a cancel ends it all ---- */

struct chain { struct http *http; struct http_request *request; int left, times; volatile bool cancel; };

static void add_more(void *user, const struct http_response *r)
{
	struct chain *c = user;

	assert_int_equal(r->err, OK);
	c->times++;
	if (c->left-- > 0)
		http_add(c->http, c->request);
}

static void a_callback_may_add_more(void **state)
{
	static const struct served table[] = { { "/feed", .body = PAGE } };
	const struct http_config cfg = { .timeout = 60 };
	struct http_request request;
	struct chain c = { .left = 9 };
	struct server s;
	char url[300];

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	request = (struct http_request){ .url = at(&s, "/feed", url) };
	c.request = &request;
	assert_int_equal(http_new(&cfg, &c.http, NULL), OK);
	http_add(c.http, &request);
	http_run(c.http, add_more, &c, NULL);
	http_free(c.http);
	assert_int_equal(c.times, 10);
	server_stop(&s);
}

static void cancel_after_first(void *user, const struct http_response *r)
{
	struct chain *c = user;

	if (c->times++ > 0) {
		assert_int_equal(r->err, ERR_NET);
		assert_string_equal(r->error, "interrupted");
	}
	c->cancel = true;
}

static void stop_at_first(void *user, const struct http_response *r)
{
	struct chain *c = user;

	if (c->times++ > 0)
		assert_string_equal(r->error, "interrupted");
	http_stop(c->http);
}

static void what_is_stopped_from_within_is_asked_for_no_more(void **state)
{
	static const struct served table[] = { { "/feed", .body = PAGE } };
	const struct http_config cfg = { .timeout = 60, .parallel = 1 };
	struct http_request request[10];
	struct chain c = { .times = 0 };
	struct server s;
	char url[300];

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	assert_int_equal(http_new(&cfg, &c.http, NULL), OK);
	for (size_t i = 0; i < COUNT(request); i++) {
		request[i] = (struct http_request){ .url = at(&s, "/feed", url) };
		http_add(c.http, &request[i]);
	}
	http_run(c.http, stop_at_first, &c, NULL);
	http_free(c.http);
	assert_int_equal(c.times, COUNT(request));
	assert_int_equal(server_requests(&s), 1);
	server_stop(&s);
}

static void a_cancel_answers_every_request(void **state)
{
	static const struct served table[] = { { "/silent", .how = SERVE_SILENT }, { "/feed", .body = PAGE } };
	const struct http_config cfg = { .timeout = 60, .parallel = 3 };
	struct http_request request[10];
	struct chain c = { .times = 0 };
	char feed[300], silent[300];
	struct server s;

	(void)state;
	server_start(&s, "127.0.0.1", table, COUNT(table));
	at(&s, "/feed", feed);
	at(&s, "/silent", silent);
	assert_int_equal(http_new(&cfg, &c.http, NULL), OK);
	for (size_t i = 0; i < COUNT(request); i++) {
		request[i] = (struct http_request){ .url = i ? silent : feed };
		http_add(c.http, &request[i]);
	}
	http_run(c.http, cancel_after_first, &c, &c.cancel);
	http_free(c.http);
	assert_int_equal(c.times, COUNT(request));
	server_stop(&s);
}

/* ---- the parts that need no server ---- */

static void two_of_a_host_at_once_and_hosts_in_turn(void **state)
{
	struct waiting w[8];
	struct hosts h = HOSTS_INIT;

	(void)state;
	for (int i = 0; i < 4; i++)
		hosts_push(&h, &w[i], "a", 2);
	for (int i = 4; i < 6; i++)
		hosts_push(&h, &w[i], "b", 2);
	for (int i = 6; i < 8; i++)
		hosts_push(&h, &w[i], "self", 0);
	assert_ptr_equal(hosts_pop(&h), &w[0]);
	assert_ptr_equal(hosts_pop(&h), &w[4]);
	assert_ptr_equal(hosts_pop(&h), &w[6]);
	assert_ptr_equal(hosts_pop(&h), &w[1]);
	assert_ptr_equal(hosts_pop(&h), &w[5]);
	assert_ptr_equal(hosts_pop(&h), &w[7]);
	assert_null(hosts_pop(&h)); /* two of a are under way */
	hosts_done(&h, &w[1]);
	assert_ptr_equal(hosts_pop(&h), &w[2]);
	assert_null(hosts_pop(&h));
	hosts_done(&h, &w[0]);
	hosts_done(&h, &w[2]);
	assert_ptr_equal(hosts_pop(&h), &w[3]);
	assert_null(hosts_pop(&h));
	hosts_clear(&h);
}

static void fewer_of_a_host_where_a_subscription_says_so(void **state)
{
	struct waiting w[4];
	struct hosts h = HOSTS_INIT;
	int64_t seconds;

	(void)state;
	hosts_limit(&h, "a", 3);
	hosts_limit(&h, "a", 1); /* the fewest */
	hosts_limit(&h, "a", 2);
	for (int i = 0; i < 4; i++)
		hosts_push(&h, &w[i], i < 3 ? "a" : "b", 2);
	assert_ptr_equal(hosts_pop(&h), &w[0]);
	assert_ptr_equal(hosts_pop(&h), &w[3]);
	assert_null(hosts_pop(&h));
	hosts_hold(&w[0], 77);
	assert_true(hosts_held(&w[1], &seconds)); /* all of that host */
	assert_int_equal(seconds, 77);
	assert_false(hosts_held(&w[3], &seconds));
	hosts_done(&h, &w[0]);
	assert_ptr_equal(hosts_pop(&h), &w[1]);
	hosts_done(&h, &w[1]);
	assert_ptr_equal(hosts_pop(&h), &w[2]);
	hosts_clear(&h);
}

static void a_login_is_for_its_own_server_and_never_goes_without_the_lock(void **state)
{
	static const struct { const char *home, *other; bool owns; } cases[] = {
		{ "http://a.example/f", "http://a.example/g?x", true }, { "http://a.example/f", "http://A.EXAMPLE:80/", true }, { "http://a.example/f", "https://a.example/f", true },
		{ "https://a.example/f", "https://a.example:443/", true }, { "https://a.example/f", "http://a.example/f", false }, { "https://a.example/f", "http://a.example:443/f", false },
		{ "http://a.example/f", "http://b.example/f", false }, { "http://a.example/f", "http://www.a.example/f", false }, { "http://a.example/f", "http://a.example:81/f", false },
		{ "http://a.example:81/f", "https://a.example/f", false }, { "http://a.example/f", "https://a.example:8443/f", false }, { "http://a.example", "http://a.example.b.example/", false },
		{ "http://me:hush@a.example/f", "http://a.example/f", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = ARENA_INIT;
		struct home h = home_of(&a, &(struct http_request){ .url = cases[i].home });

		if (home_owns(&h, &a, cases[i].other) != cases[i].owns)
			fail_msg("%s and %s", cases[i].home, cases[i].other);
		assert_null(strstr(h.url, "hush"));
		arena_clear(&a);
	}
	assert_true(redirect_downgrades("https://a.example/", "http://a.example/"));
	assert_true(redirect_downgrades("HTTPS://a.example/", "ftp://a.example/"));
	assert_false(redirect_downgrades("https://a.example/", "HTTPS://b.example/"));
	assert_false(redirect_downgrades("http://a.example/", "http://b.example/"));
}

static void a_login_in_the_address_goes_along_with_a_move_on_its_own_server(void **state)
{
	static const struct { const char *from, *to, *is; } cases[] = {
		{ "http://me:hush@a.example/f", "http://a.example/g", "http://me:hush@a.example/g" }, { "http://me:hush@a.example/f", "https://A.example/f", "https://me:hush@A.example/f" },
		{ "https://me@a.example/f", "https://a.example:443/g?x", "https://me@a.example:443/g?x" }, { "http://me:hush@a.example/f", "http://b.example/f", "http://b.example/f" },
		{ "https://me:hush@a.example/f", "http://a.example/f", "http://a.example/f" }, { "http://me:hush@a.example/f", "http://a.example:81/f", "http://a.example:81/f" },
		{ "http://a.example/f", "http://a.example/g", "http://a.example/g" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = ARENA_INIT;

		assert_string_equal(home_moved(&a, cases[i].from, cases[i].to), cases[i].is);
		arena_clear(&a);
	}
}

static void a_name_of_a_home_may_be_private_and_one_of_the_net_only_where_it_is_allowed(void **state)
{
	static const char *const local[] = { "http://nas/", "http://10.0.0.1/", "http://[::1]:8080/", "http://LOCALHOST/", "http://printer.local/", "http://a.b.lan./", "http://x.home.arpa/",
		"http://x.internal/", "http://x.test/", "http://0x7f.1/" };
	static const char *const net[] = { "http://example.org/", "http://local.example/", "http://lan/.example.org/", "http://1.1.1.1/", "http://[2606:4700::1]/", "http://homelan.example/" };
	const struct feed_settings allowed = { .reach_private = true };
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(local); i++) {
		assert_true(home_of(&a, &(struct http_request){ .url = local[i] }).may_be_private);
		assert_false(home_of(&a, &(struct http_request){ .url = local[i], .foreign = true }).may_be_private); /* a page of the net names it */
	}
	for (size_t i = 0; i < COUNT(net); i++) {
		assert_int_equal(home_of(&a, &(struct http_request){ .url = net[i] }).may_be_private, i == 2); /* "lan" alone is a name without a dot */
		assert_true(home_of(&a, &(struct http_request){ .url = net[i], .settings = &allowed }).is_private);
	}
	arena_clear(&a);
}

/* In pieces of every size, so that an end may fall anywhere. */
static void bodies_are_unpacked_in_whatever_pieces_they_come(void **state)
{
	static const char text[] = "a body of some words, some words, some words";
	static const unsigned char bare[] = { 0x4B, 0x4C, 0x4A, 0x06, 0x00 }, wrapped[] = { 0x78, 0x9C, 0x4B, 0x4C, 0x4A, 0x06, 0x00, 0x02, 0x4D, 0x01, 0x27 }; /* "abc" */
	unsigned char whole[400];
	size_t n = gzip_stored(whole, text, sizeof text - 1);

	(void)state;
	memcpy(whole + n, "\0\0junk behind", 14);
	for (size_t piece = 1; piece < n + 14; piece++) {
		struct unpack u = { .coding = CODING_GZIP };
		struct buf out = BUF_INIT;

		for (size_t i = 0; i < n + 14; i += piece) {
			assert_int_equal(unpack_add(&u, whole + i, i + piece < n + 14 ? piece : n + 14 - i, &out, 1000), UNPACK_OK);
			assert_true(unpack_is_cut(&u) == (i + piece < n));
		}
		assert_string_equal(buf_str(&out), text);
		unpack_clear(&u);
		buf_clear(&out);
	}
	for (int k = 0; k < 2; k++) {
		struct unpack u = { .coding = CODING_DEFLATE };
		struct buf out = BUF_INIT;

		assert_int_equal(unpack_add(&u, k ? wrapped : bare, k ? sizeof wrapped : sizeof bare, &out, 3), UNPACK_OK);
		assert_string_equal(buf_str(&out), "abc");
		assert_false(unpack_is_cut(&u));
		unpack_clear(&u);
		u.coding = CODING_DEFLATE;
		buf_cut(&out, 0);
		assert_int_equal(unpack_add(&u, k ? wrapped : bare, k ? sizeof wrapped : sizeof bare, &out, 2), UNPACK_TOO_LARGE);
		unpack_clear(&u);
		buf_clear(&out);
	}
	assert_int_equal(coding_of("GZip"), CODING_GZIP);
	assert_int_equal(coding_of(NULL), CODING_NONE);
	assert_int_equal(coding_of("gzip, gzip"), CODING_UNKNOWN);
	assert_int_equal(coding_of("br"), CODING_UNKNOWN);
}

static void private_addresses_are_known(void **state)
{
	static const char *const yes[] = { "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
		"192.168.1.1", "198.18.0.1", "198.19.255.255", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
		"::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "", "example.org" };
	static const char *const no[] = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1",
		"198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "::ffff:1.1.1.1", "2002:101:101::", "64:ff9b::101:101", "2001:4860::8888" };
	static const char *const named[] = { "localhost", "a.LOCALHOST.", "127.1", "0x7f000001", "2130706433", "017700000001", "[::1]", "[fe80::1]", "[fe80::1%251]", "10.2", "10.2." };
	static const char *const unnamed[] = { "example.org", "mylocalhost", "127.evil.example", "8.8.8.8", "[2606:4700::1111]" };

	(void)state;
	for (size_t i = 0; i < COUNT(yes); i++)
		assert_true(address_private(yes[i]));
	for (size_t i = 0; i < COUNT(no); i++)
		assert_false(address_private(no[i]));
	for (size_t i = 0; i < COUNT(named); i++)
		assert_true(address_host_private(named[i]));
	for (size_t i = 0; i < COUNT(unnamed); i++)
		assert_false(address_host_private(unnamed[i]));
}

static void the_last_header_counts_and_trailers_do_not(void **state)
{
	static const char *const lines[] = { "HTTP/1.1 103 Early Hints\r\n", "ETag: \"early\"\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "eTaG:\t\"a\" \r\n",
		"ETag: \"b\"\r\n", "Last-Modified:\r\n", "nonsense\r\n", ": x\r\n", "content-length: 3\r\n", "\r\n", "Content-Type: text/late\r\n" };
	struct http_head head = { .max_age = 7 };
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		assert_true(http_head_line(&head, &a, lines[i], strlen(lines[i])));
	assert_string_equal(head.etag, "\"a\"");
	assert_null(head.last_modified);
	assert_null(head.content_type);
	assert_int_equal(head.status, 200);
	assert_null(head.coding);
	assert_int_equal(head.max_age, -1);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_of_any_status_arrive_whole),
		cmocka_unit_test(validators_go_back_byte_for_byte),
		cmocka_unit_test(nothing_is_told_about_the_reader),
		cmocka_unit_test(connections_are_used_again),
		cmocka_unit_test(redirects_are_followed_and_told_apart),
		cmocka_unit_test(redirects_stay_in_http),
		cmocka_unit_test(a_public_feed_cannot_lead_to_private_addresses),
		cmocka_unit_test(the_environments_proxy_is_not_asked),
		cmocka_unit_test(servers_say_when_to_come_back),
		cmocka_unit_test(half_a_transfer_is_none),
		cmocka_unit_test(nothing_larger_than_the_limit_is_taken),
		cmocka_unit_test(bodies_that_wait_for_room_all_arrive_whole),
		cmocka_unit_test(a_body_that_is_refused_after_a_pause_is_refused),
		cmocka_unit_test(a_server_that_never_answers_is_left),
		cmocka_unit_test(failures_are_told_in_a_sentence),
		cmocka_unit_test(files_are_read_where_the_reader_names_them),
		cmocka_unit_test(a_callback_may_add_more),
		cmocka_unit_test(a_cancel_answers_every_request),
		cmocka_unit_test(what_is_stopped_from_within_is_asked_for_no_more),
		cmocka_unit_test(two_of_a_host_at_once_and_hosts_in_turn),
		cmocka_unit_test(fewer_of_a_host_where_a_subscription_says_so),
		cmocka_unit_test(a_login_is_for_its_own_server_and_never_goes_without_the_lock),
		cmocka_unit_test(a_login_in_the_address_goes_along_with_a_move_on_its_own_server),
		cmocka_unit_test(a_name_of_a_home_may_be_private_and_one_of_the_net_only_where_it_is_allowed),
		cmocka_unit_test(bodies_are_unpacked_in_whatever_pieces_they_come),
		cmocka_unit_test(private_addresses_are_known),
		cmocka_unit_test(the_last_header_counts_and_trailers_do_not),
	};

	(void)alarm(GUARD);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
