/* http_head - what we need of a response's header lines (RFC 9110, 9111). */
#include "feeds/http_head.h"

#include <string.h>
#include <strings.h>

#include "base/date.h"

#define SECONDS_MAX (10 * 366 * DATE_DAY) /* a longer time is taken as this */

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_named(const char *line, size_t len, const char *name)
{
	return len == strlen(name) && strncasecmp(line, name, len) == 0;
}

/* Digits as seconds, -1 where there are none. */
static int64_t seconds(const char *s)
{
	int64_t value = 0;

	if (*s < '0' || *s > '9')
		return -1;
	for (; *s >= '0' && *s <= '9'; s++)
		if (value < SECONDS_MAX)
			value = 10 * value + (*s - '0');
	return value < SECONDS_MAX ? value : SECONDS_MAX;
}

/* One directive of Cache-Control, NUL-terminated at a comma or the end. */
static void cache_directive(struct http_head *h, const char *s)
{
	static const char max_age[] = "max-age=";

	if (strncasecmp(s, "no-cache", 8) == 0 || strncasecmp(s, "no-store", 8) == 0) {
		h->max_age = 0;
	} else if (strncasecmp(s, max_age, sizeof max_age - 1) == 0) {
		int64_t age = seconds(s + sizeof max_age - 1 + (s[sizeof max_age - 1] == '"'));

		if (age >= 0 && h->max_age != 0)
			h->max_age = age;
	}
}

static void cache_control(struct http_head *h, const char *value)
{
	while (*value) {
		while (is_blank(*value) || *value == ',')
			value++;
		cache_directive(h, value);
		value += strcspn(value, ",");
	}
}

static void first_one(const char **field, const char *value)
{
	if (!*field)
		*field = value;
}

static void take(struct http_head *h, const char *name, size_t n, const char *value)
{
	bool sane = strlen(value) <= VALIDATOR_MAX;

	if (is_named(name, n, "ETag"))
		first_one(&h->etag, sane ? value : NULL);
	else if (is_named(name, n, "Last-Modified"))
		first_one(&h->last_modified, sane ? value : NULL);
	else if (is_named(name, n, "Content-Type"))
		first_one(&h->content_type, value);
	else if (is_named(name, n, "Location"))
		first_one(&h->location, value);
	else if (is_named(name, n, "Retry-After"))
		first_one(&h->retry_after, value);
	else if (is_named(name, n, "Expires"))
		first_one(&h->expires, value);
	else if (is_named(name, n, "Date"))
		first_one(&h->date, value);
	else if (is_named(name, n, "Cache-Control"))
		cache_control(h, value);
	else if (is_named(name, n, "Age"))
		h->age = seconds(value) > 0 ? seconds(value) : 0;
	else if (is_named(name, n, "Content-Encoding")) /* a second one is a second layer, which coding_of doesn't know */
		h->coding = h->coding ? "several" : value;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200". A line that isn't one of these leaves 0, and the library refuses the answer. */
static void start(struct http_head *h, const char *line, size_t n)
{
	const char *code = memchr(line, ' ', n);

	*h = (struct http_head){ .max_age = -1, .bytes = h->bytes };
	for (code = code ? code + 1 : line + n; code < line + n && *code >= '0' && *code <= '9' && h->status < 100; code++)
		h->status = 10 * h->status + (*code - '0');
}

/* http_head_line - one line of a response's header into h.
 *   h     [in,out] zeroed before the first line;  a  owns the strings
 *   line  n bytes, borrowed
 * Empty values count as absent; of a field given twice the first holds. A trailer behind the body is left out. */
bool http_head_line(struct http_head *h, struct arena *a, const char *line, size_t n)
{
	const char *colon;

	h->bytes += n;
	if (h->bytes > HTTP_HEAD_MAX)
		return false;
	while (n && is_blank(line[n - 1]))
		n--;
	if (n >= 5 && strncasecmp(line, "HTTP/", 5) == 0) {
		start(h, line, n);
	} else if (n == 0) {
		h->complete = true;
	} else if (!h->complete && (colon = memchr(line, ':', n)) != NULL) {
		const char *value = colon + 1, *end = line + n;

		while (value < end && is_blank(*value))
			value++;
		if (value < end && !memchr(value, '\0', (size_t)(end - value)))
			take(h, line, (size_t)(colon - line), arena_strndup(a, value, (size_t)(end - value)));
	}
	return true;
}

static int64_t until(const struct http_head *h, int64_t then, int64_t now)
{
	int64_t left;

	if (h->date)
		(void)date_parse(h->date, &now);
	left = then - now;
	return left < 0 ? 0 : left < SECONDS_MAX ? left : SECONDS_MAX;
}

/* http_head_retry - see http_head.h. Both forms of RFC 9110, 10.2.3. Cannot fail. */
int64_t http_head_retry(const struct http_head *h, int64_t now)
{
	int64_t then;

	if (!h->retry_after)
		return -1;
	if (seconds(h->retry_after) >= 0 && h->retry_after[strspn(h->retry_after, "0123456789")] == '\0')
		return seconds(h->retry_after);
	return date_parse(h->retry_after, &then) ? until(h, then, now) : -1;
}

/* http_head_max_age - see http_head.h. RFC 9111, 4.2.1 and 5.3. Cannot fail. */
int64_t http_head_max_age(const struct http_head *h, int64_t now)
{
	int64_t then, fresh = h->max_age;

	if (fresh < 0 && !h->expires)
		return -1;
	if (fresh < 0)
		fresh = date_parse(h->expires, &then) ? until(h, then, now) : 0;
	return fresh > h->age ? fresh - h->age : 0;
}
