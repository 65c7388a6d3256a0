/* JSON Feed 1 and 1.1 (jsonfeed.org). */
#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "feeds/fields.h"
#include "feeds/formats.h"
#include "feeds/html.h"
#include "feeds/url.h"

/* Members are read whatever type they have: some feeds write numbers where the specification has strings. */
static const char *member(struct arena *a, const json_t *object, const char *name)
{
	const json_t *v = json_object_get(object, name);

	if (json_is_string(v))
		return clean_line(a, json_string_value(v));
	if (json_is_integer(v))
		return arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	if (json_is_real(v))
		return arena_printf(a, "%.15g", json_real_value(v));
	return NULL;
}

static const char *title(struct arena *a, const json_t *object)
{
	return member(a, object, "title");
}

static const char *address(struct arena *a, const json_t *object, const char *name, const char *base, enum url_use use)
{
	const char *s = member(a, object, name), *url;

	if (!s)
		return NULL;
	url = url_resolve(a, base, s);
	return url_allowed(url, use) ? url : NULL;
}

static int64_t date(struct arena *a, const json_t *object, const char *name)
{
	const char *s = member(a, object, name);
	int64_t t = DATE_NONE;

	return s && date_parse(s, &t) ? t : DATE_NONE;
}

static const char *sanitised(struct arena *a, const char *html, size_t n, const char *base, int *pixels)
{
	struct buf b = BUF_INIT;
	const char *out;

	html_sanitise(&b, html, n, base, pixels);
	out = b.len ? arena_strndup(a, b.s, b.len) : NULL;
	buf_clear(&b);
	return out;
}

static const char *html(struct arena *a, const json_t *object, const char *name, const char *base, int *pixels)
{
	const json_t *v = json_object_get(object, name);

	return json_is_string(v) ? sanitised(a, json_string_value(v), json_string_length(v), base, pixels) : NULL;
}

/* Plain text as HTML: an empty line parts paragraphs. */
static const char *text(struct arena *a, const json_t *object, const char *name, const char *base, int *pixels)
{
	const json_t *v = json_object_get(object, name);
	const char *s = json_string_value(v), *out;
	struct buf b = BUF_INIT;

	if (!s || !*s)
		return NULL;
	buf_puts(&b, "<p>");
	for (; *s; s++) {
		if (*s == '\n' && s[1] == '\n')
			buf_puts(&b, "</p><p>"), s++;
		else if (*s == '\n')
			buf_puts(&b, "<br>");
		else if (*s == '<')
			buf_puts(&b, "&lt;");
		else if (*s == '&')
			buf_puts(&b, "&amp;");
		else
			buf_putc(&b, *s);
	}
	buf_puts(&b, "</p>");
	out = sanitised(a, b.s, b.len, base, pixels);
	buf_clear(&b);
	return out;
}

/* authors (1.1) joined, else author (1). */
static const char *authors(struct arena *a, const json_t *object)
{
	const json_t *list = json_object_get(object, "authors");
	const char *all = NULL;

	for (size_t i = 0; i < json_array_size(list) && i < 32; i++) {
		const char *one = member(a, json_array_get(list, i), "name");

		if (one)
			all = all ? arena_printf(a, "%s, %s", all, one) : one;
	}
	if (all)
		return all;
	list = json_object_get(object, "author");
	return json_is_string(list) ? member(a, object, "author") : member(a, list, "name");
}

static void tags(struct lists *l, struct reading *r, const json_t *item)
{
	const json_t *list = json_object_get(item, "tags");

	for (size_t i = 0; i < json_array_size(list); i++)
		lists_category(l, r, json_string_value(json_array_get(list, i)));
}

static void attachments(struct lists *l, struct reading *r, const json_t *item)
{
	const json_t *list = json_object_get(item, "attachments");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);

		lists_enclosure(l, r, NULL, json_string_value(json_object_get(one, "url")), member(r->a, one, "mime_type"),
				member(r->a, one, "size_in_bytes"));
	}
}

static void read_item(struct reading *r, const json_t *item, const struct feed_doc *doc, const char *author, struct entry *e)
{
	struct arena *a = r->a;
	struct lists l = { 0 };
	const char *base, *language = member(a, item, "language");

	*e = (struct entry){ .id = member(a, item, "id"), .title = title(a, item), .link = address(a, item, "url", r->base, URL_LINK) };
	if (!e->link)
		e->link = address(a, item, "external_url", r->base, URL_LINK);
	if (!e->link && e->id && url_allowed(e->id, URL_FETCH))
		e->link = e->id;
	base = e->link ? e->link : doc->link ? doc->link : r->base;
	e->author = authors(a, item);
	if (!e->author)
		e->author = author;
	e->published = date(a, item, "date_published");
	e->updated = date(a, item, "date_modified");
	e->summary = text(a, item, "summary", base, &e->pixels);
	e->content = html(a, item, "content_html", base, &e->pixels);
	if (!e->content)
		e->content = text(a, item, "content_text", base, &e->pixels);
	e->language = language ? language : doc->language;
	e->image = address(a, item, "image", base, URL_FETCH);
	if (!e->image)
		e->image = address(a, item, "banner_image", base, URL_FETCH);
	tags(&l, r, item);
	attachments(&l, r, item);
	lists_move(&l, r, e);
}

static void read_feed(struct reading *r, const json_t *top, struct feed_doc *doc)
{
	const json_t *items = json_object_get(top, "items");
	const char *author = authors(r->a, top);

	doc->title = title(r->a, top);
	doc->link = address(r->a, top, "home_page_url", r->base, URL_LINK);
	doc->description = member(r->a, top, "description");
	doc->language = member(r->a, top, "language");
	doc->icon = address(r->a, top, "icon", r->base, URL_FETCH);
	if (!doc->icon)
		doc->icon = address(r->a, top, "favicon", r->base, URL_FETCH);
	doc->entries = arena_zero(r->a, json_array_size(items), sizeof *doc->entries);
	for (size_t i = 0; i < json_array_size(items); i++)
		if (json_is_object(json_array_get(items, i)))
			read_item(r, json_array_get(items, i), doc, author, &doc->entries[doc->n_entries++]);
}

/* ---- a document that was cut ---- */

/* The part of s up to the last item that is whole, and the brackets that are then missing: a cut transfer still gives what arrived. */
static bool cut_at_item(const char *s, size_t n, struct buf *out)
{
	char open[64];
	size_t depth = 0, whole = 0;
	bool string = false;

	for (size_t i = 0; i < n; i++) {
		if (string) {
			i += s[i] == '\\';
			string = i >= n || s[i] != '"';
		} else if (s[i] == '"') {
			string = true;
		} else if (s[i] == '{' || s[i] == '[') {
			if (depth == sizeof open)
				return false;
			open[depth++] = s[i];
		} else if ((s[i] == '}' || s[i] == ']') && depth) {
			depth--;
			if (depth == 2 && open[0] == '{' && open[1] == '[' && s[i] == '}')
				whole = i + 1;
		}
	}
	if (!whole)
		return false;
	buf_add(out, s, whole);
	buf_puts(out, "]}");
	return true;
}

/* Four hexadecimal digits behind "\\u" at s, or -1. */
static long escape_at(const char *s, size_t n)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	long v = 0;

	if (n < 6 || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		const char *p = s[i] ? strchr(digits, s[i]) : NULL;
		long digit = p ? p - digits : -1;

		if (digit < 0)
			return -1;
		v = v << 4 | (digit > 15 ? digit - 6 : digit);
	}
	return v;
}

/* s with every half of a surrogate pair that stands alone turned into U+FFFD: jansson refuses the whole document for one. */
static void whole_pairs(const char *s, size_t n, struct buf *out)
{
	size_t from = 0;

	for (size_t i = 0; i + 1 < n;) {
		long first = s[i] == '\\' ? escape_at(s + i, n - i) : -1, second;

		if (first >= 0xd800 && first < 0xdc00) {
			second = escape_at(s + i + 6, n - i - 6);
			if (second >= 0xdc00 && second < 0xe000) {
				i += 12;
				continue;
			}
		}
		if (first >= 0xd800 && first < 0xe000) {
			buf_add(out, s + from, i - from);
			buf_puts(out, "\\ufffd");
			from = i + 6;
		}
		i += first >= 0 ? 6 : s[i] == '\\' ? 2 : 1;
	}
	buf_add(out, s + from, n - from);
}

#define LOAD_FLAGS (JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK)

static json_t *load(const char *s, size_t n, bool *repaired, json_error_t *error)
{
	struct buf whole = BUF_INIT, cut = BUF_INIT;
	json_t *top = json_loadb(s, n, LOAD_FLAGS, error);
	json_error_t second;

	if (top)
		return top;
	whole_pairs(s, n, &whole);
	top = json_loadb(whole.s, whole.len, LOAD_FLAGS, &second);
	if (!top && cut_at_item(whole.s, whole.len, &cut))
		top = json_loadb(cut.s, cut.len, LOAD_FLAGS, &second);
	*repaired = top != NULL;
	buf_clear(&whole);
	buf_clear(&cut);
	return top;
}

enum err jsonfeed_read(struct arena *a, const char *s, size_t n, const char *base, struct feed_doc *doc, struct err_info *info)
{
	struct reading r = { .a = a, .base = base, .own_ns = "" };
	const char *version;
	json_error_t error;
	bool repaired = false;
	json_t *top = load(s, n, &repaired, &error);

	if (!top)
		return err_set(info, ERR_SYNTAX, "line %d of the JSON: %s", error.line, error.text);
	version = json_string_value(json_object_get(top, "version"));
	if (!json_is_array(json_object_get(top, "items")) && !(version && strstr(version, "jsonfeed.org"))) {
		json_decref(top);
		return err_set(info, ERR_SYNTAX, "this is JSON, but not a JSON Feed");
	}
	*doc = (struct feed_doc){ .updated = DATE_NONE, .ttl = -1, .repaired = repaired };
	read_feed(&r, top, doc);
	json_decref(top);
	return OK;
}
