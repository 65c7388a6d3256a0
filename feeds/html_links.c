/* html_links - see html_links.h. */
#include "feeds/html_links.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feeds/url.h"

void links_clear(struct html_links *l)
{
	buf_clear(&l->value);
	buf_clear(&l->url);
	arena_clear(&l->arena);
}

/* ---- addresses ---- */

/* Is s, of n bytes, an address that url_resolve would give back as it is? "Yes" for most that feeds have; "no" says nothing. */
static bool is_settled(const char *s, size_t n)
{
	static const char host[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";
	static const char path[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~.!$&()*+,;=:@/%";
	const char *p = s, *query;

	if (n > HTML_URL || strncmp(p, "http", 4) != 0)
		return false;
	p += p[4] == 's' ? 5 : 4;
	if (strncmp(p, "://", 3) != 0)
		return false;
	p += 3;
	if (*p == '/' || strspn(p, host) == 0)
		return false;
	p += strspn(p, host);
	if (*p != '/')
		return false;
	query = p + strspn(p, path);
	for (const char *dot = p; (dot = memchr(dot, '.', (size_t)(query - dot))) != NULL; dot++)
		if (dot[-1] == '/')
			return false;
	if (*query == '?')
		query += 1 + strspn(query + 1, path);
	if (*query == '#')
		query += 1 + strspn(query + 1, path);
	return query == s + n;
}

static const char *absolute(struct html_links *l, const struct html_start *start, const char *name, enum url_use use)
{
	const char *url;

	if (!html_value(start, name, &l->value))
		return NULL;
	if (is_settled(buf_str(&l->value), l->value.len))
		return l->value.s;
	buf_cut(&l->url, 0);
	utf8_clean(&l->url, buf_str(&l->value), l->value.len, UTF8_TEXT);
	arena_clear(&l->arena);
	url = url_resolve(&l->arena, l->base, buf_str(&l->url));
	return url_allowed(url, use) && strlen(url) <= HTML_URL ? url : NULL;
}

/* A reference to the text itself (RFC 3986, 4.4): nothing, or a fragment. */
static bool is_same_document(const char *s)
{
	s += strspn(s, " \t\n\r\f");
	return *s == '#' || *s == '\0';
}

const char *links_href(struct html_links *l, const struct html_start *start, const char *name)
{
	const char *url = absolute(l, start, name, URL_LINK);

	return url && is_same_document(buf_str(&l->value)) ? NULL : url;
}

const char *links_src(struct html_links *l, const struct html_start *start)
{
	static const char *const names[] = { "src", "data-src", "data-original", "data-lazy-src", "data-orig-file" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *url;

		if (!html_value(start, names[i], &l->value) || l->value.len == 0)
			continue;
		url = absolute(l, start, names[i], URL_FETCH);
		if (url)
			return url;
	}
	return NULL;
}

bool links_inside(const struct html_links *l, const char *url)
{
	size_t n = strcspn(url, "#");

	return url[n] == '#' && l->base && strcspn(l->base, "#") == n && strncmp(url, l->base, n) == 0;
}

void links_short(struct buf *out, const char *url)
{
	const char *host = strstr(url, "://");
	size_t n;

	host = host ? host + 3 : url;
	n = strcspn(host, "?#");
	while (n && host[n - 1] == '/')
		n--;
	buf_cut(out, 0);
	utf8_clean(out, host, n, UTF8_LINE);
}

/* ---- what isn't there to be seen ---- */

/* Is the length s ("1", "0px", " 1 ") at most one pixel? Per cent and em aren't pixels. */
static bool is_tiny(const char *s)
{
	char *end;
	double value;

	s += strspn(s, " \t\n");
	if (*s < '0' || *s > '9')
		return false;
	value = strtod(s, &end);
	return value <= 1 && *end != '%' && strncasecmp(end, "em", 2) != 0 && strncasecmp(end, "rem", 3) != 0 && strncasecmp(end, "v", 1) != 0;
}

/* A style sheet's property hides the element, or makes it a pixel: s is "name: value" up to a ';'. */
static bool hides(const char *s)
{
	static const char *const sizes[] = { "width", "height" };
	const char *value = s + strcspn(s, ":;");
	size_t n = strcspn(s, " \t\n:;");

	if (*value != ':')
		return false;
	value++;
	value += strspn(value, " \t\n");
	for (size_t i = 0; i < 2; i++)
		if (n == strlen(sizes[i]) && strncasecmp(s, sizes[i], n) == 0)
			return is_tiny(value);
	return (n == 7 && strncasecmp(s, "display", n) == 0 && strncasecmp(value, "none", 4) == 0) ||
	       (n == 10 && strncasecmp(s, "visibility", n) == 0 && strncasecmp(value, "hidden", 6) == 0);
}

bool html_unseen(const struct html_start *start)
{
	static const char *const sizes[] = { "width", "height" };
	struct buf value = BUF_INIT;
	bool unseen = html_has(start, "hidden");

	for (size_t i = 0; i < 2 && !unseen; i++)
		unseen = html_value(start, sizes[i], &value) && is_tiny(buf_str(&value));
	if (!unseen && html_value(start, "style", &value)) {
		for (const char *s = buf_str(&value); *s && !unseen; s += strcspn(s, ";")) {
			s += strspn(s, " \t\n;");
			unseen = hides(s);
		}
	}
	buf_clear(&value);
	return unseen;
}
