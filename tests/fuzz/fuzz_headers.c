/* fuzz_headers - any bytes as a response's header, a line each: nothing of them is followed that may not be, and times are no sooner than now. */
#include <string.h>

#include "check.h"
#include "base/mem.h"
#include "feeds/http_address.h"
#include "feeds/http_head.h"
#include "feeds/http_redirect.h"
#include "feeds/http_words.h"
#include "feeds/url.h"

/* Returns whether all of it was taken. end: behind each line, beside what the line itself has. */
static bool read_head(struct arena *a, const uint8_t *data, size_t size, const char *end, struct http_head *h)
{
	bool all = true;

	*h = (struct http_head){ .max_age = -1 };
	for (size_t at = 0; at < size;) {
		const uint8_t *line = memchr(data + at, '\n', size - at);
		size_t n = line ? (size_t)(line - data) - at : size - at;
		const char *whole = arena_printf(a, "%.*s%s", (int)n, (const char *)data + at, end);
		bool took;

		/* a NUL in the line stays in it */
		took = memchr(data + at, '\0', n) ? http_head_line(h, a, (const char *)data + at, n) : http_head_line(h, a, whole, strlen(whole));
		need(all || !took);
		need(!took || h->bytes <= HTTP_HEAD_MAX);
		all = took;
		at += n + 1;
	}
	return all;
}

static void check_value(const char *s)
{
	static const char blanks[] = " \t\r\n\v\f";

	if (!s)
		return;
	need(*s && !strchr(blanks, *s) && !strchr(blanks, s[strlen(s) - 1]) && !strchr(s, '\n'));
}

static void check_times(const struct http_head *h)
{
	static const int64_t now[] = { 0, 1774936800, 253402300799 };

	need(h->max_age >= -1);
	for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
		need(http_head_retry(h, now[i]) >= -1 && http_head_max_age(h, now[i]) >= -1);
		need(h->retry_after || http_head_retry(h, now[i]) == -1);
		need(h->max_age < 0 || http_head_max_age(h, now[i]) == h->max_age);
	}
}

static void check_redirect(struct arena *a, const char *location, bool home_private)
{
	const struct redirect r = { .from = "https://site.example/dir/feed.xml?x", .location = location, .home_private = home_private };
	struct err_info info = ERR_INFO_INIT;
	const char *to = NULL;
	enum err e = redirect_target(a, &r, &to, &info);

	check_words(e, &info);
	need((e == OK) == (to != NULL));
	if (e != OK)
		return;
	need(url_allowed(to, URL_FETCH) && *url_host(a, to));
	need(home_private || (!url_loopback(to) && !address_host_private(url_host(a, to))));
}

/* What a server says of itself reaches a person only clean. */
static void check_failure(const char *words)
{
	for (int kind = FAILURE_OTHER; kind <= FAILURE_PRIVATE; kind++) {
		const struct failure f = { .kind = (enum failure_kind)kind, .host = words, .proxy = kind % 2 ? "socks5h://127.0.0.1:9050" : NULL, .words = words, .address = words, .whole = -1 };
		struct err_info info = ERR_INFO_INIT;
		enum err e = failure_explain(&f, &info);

		need(e != OK);
		check_words(e, &info);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct http_head h, crlf;
	bool all = read_head(&a, data, size, "", &h), both = read_head(&a, data, size, "\r\n", &crlf);
	const char *const value[] = { h.etag, h.last_modified, h.content_type, h.location, h.retry_after, h.expires, h.date };
	const char *const other[] = { crlf.etag, crlf.last_modified, crlf.content_type, crlf.location, crlf.retry_after, crlf.expires, crlf.date };

	for (size_t i = 0; i < sizeof value / sizeof *value; i++) {
		check_value(value[i]);
		if (all && both)
			check_same(value[i], other[i]);
	}
	check_times(&h);
	if (h.location) {
		check_redirect(&a, h.location, false);
		check_redirect(&a, h.location, true);
	}
	check_failure(arena_printf(&a, "x%s", arena_strndup(&a, size ? (const char *)data : "", size)));
	arena_clear(&a);
	return 0;
}
