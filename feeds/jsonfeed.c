/* JSON Feed 1 and 1.1 (jsonfeed.org). */
#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "feeds/fields.h"
#include "feeds/formats.h"
#include "feeds/html.h"
#include "feeds/html_entities.h"
#include "feeds/json_scan.h"
#include "feeds/url.h"

#define HEAD_MOST ((size_t)262144) /* bytes of all members beside the items */
#define HEAD_MEMBERS 64

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

	html_sanitise(&b, html, n, results_base(base, html, n), pixels);
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
		else
			html_escape(&b, s, 1, "&<>");
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
	if (!r->brief) {
		e->summary = text(a, item, "summary", base, &e->pixels);
		e->content = html(a, item, "content_html", base, &e->pixels);
	}
	if (!e->content && !r->brief)
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
	r->author = authors(r->a, top);
	doc->title = title(r->a, top);
	doc->link = address(r->a, top, "home_page_url", r->base, URL_LINK);
	doc->description = member(r->a, top, "description");
	doc->language = member(r->a, top, "language");
	doc->icon = address(r->a, top, "icon", r->base, URL_FETCH);
	if (!doc->icon)
		doc->icon = address(r->a, top, "favicon", r->base, URL_FETCH);
}

/* ---- the document ---- */

#define LOAD_FLAGS (JSON_ALLOW_NUL | JSON_DECODE_ANY)

/* The long strings of an object's members, which stood aside while it was loaded. */
static void put_longs(struct json_scan *j, json_t *object)
{
	const char *name;
	json_t *v;

	if (!j->n_longs)
		return;
	json_object_foreach(object, name, v) {
		struct buf text = BUF_INIT;

		if (json_is_string(v) && json_long(j, json_string_value(v), &text))
			(void)json_object_set_new_nocheck(object, name, json_stringn_nocheck(buf_str(&text), text.len));
		buf_clear(&text);
	}
}

/* One value of the document by itself; NULL where it is broken. jansson refuses a whole text for half of a surrogate pair; that is mended. */
static json_t *load(struct json_scan *j, struct json_value v)
{
	struct buf text = BUF_INIT, paired = BUF_INIT;
	json_t *value = NULL;

	if (!v.cut && json_fit(j, v, &text)) {
		const char *s = text.s ? text.s : v.s;
		size_t n = text.s ? text.len : v.n;

		value = json_loadb(s, n, LOAD_FLAGS, NULL);
		if (!value) {
			json_pairs(s, n, &paired);
			value = json_loadb(buf_str(&paired), paired.len, LOAD_FLAGS, NULL);
			j->broken = true;
		}
		put_longs(j, value);
	}
	buf_clear(&text);
	buf_clear(&paired);
	return value;
}

/* The members of the document beside its items. Returns them, and where the items are in *items (s is NULL: there are none). */
static json_t *read_head(struct json_scan *j, struct json_value *items)
{
	json_t *head = json_object();
	struct json_value name, value;
	size_t bytes = 0;

	*items = (struct json_value){ .s = NULL };
	while (json_member(j, &name, &value)) {
		json_t *key, *v;

		if (json_is(name, "items") && *value.s == '[' && !items->s) {
			*items = value;
			continue;
		}
		bytes += name.n + value.n;
		if (value.cut || bytes > HEAD_MOST || json_object_size(head) == HEAD_MEMBERS)
			continue;
		key = load(j, name);
		v = load(j, value);
		if (json_is_string(key) && v)
			(void)json_object_set_nocheck(head, json_string_value(key), v);
		else
			j->broken = true;
		json_decref(key);
		json_decref(v);
	}
	return head;
}

static void read_items(struct reading *r, struct json_scan *j, const char *head_end, struct results *found, const struct feed_doc *doc)
{
	struct arena scratch = ARENA_INIT;
	struct json_value v;

	r->a = &scratch;
	while (json_element(j, &v)) {
		struct entry e;
		json_t *item;

		if (results_full(found)) {
			results_skip(found);
			continue;
		}
		item = *v.s == '{' ? load(j, v) : NULL;
		j->broken |= *v.s != '{';
		json_spend(j, v.s + v.n);
		if (json_is_object(item)) {
			r->brief = found->bare > 0;
			read_item(r, item, doc, r->author, &e);
			results_add(found, &e, j->spend ? (size_t)(head_end - v.s) : 0);
		}
		json_decref(item);
		arena_reset(&scratch);
	}
	arena_clear(&scratch);
}

static enum err is_feed(const json_t *head, const struct json_value *items, const struct json_scan *j, struct err_info *info)
{
	const char *version = json_string_value(json_object_get(head, "version"));

	if (j->line && !items->s)
		return err_set(info, ERR_SYNTAX, "line %zu of the JSON: %s", j->line, j->wrong);
	if (items->s || (version && strstr(version, "jsonfeed.org")))
		return OK;
	return err_set(info, ERR_SYNTAX, j->cut ? "the JSON breaks off before there is an item" : "this is JSON, but not a JSON Feed");
}

enum err jsonfeed_read(struct arena *a, const char *s, size_t n, bool spend, const char *base, struct results *found, struct feed_doc *doc,
		       struct dom_notes *notes, struct buf *words, struct err_info *info)
{
	struct reading r = { .a = a, .base = base, .own_ns = "" };
	struct json_scan j = { .s = s, .end = s + n };
	struct json_value items;
	struct feed_doc read = { .updated = DATE_NONE, .ttl = -1 };
	json_t *head;
	enum err e;

	json_open(&j);
	head = read_head(&j, &items);
	e = is_feed(head, &items, &j, info);
	if (e == OK) {
		read_feed(&r, head, &read);
		if (items.s) { /* a feed may have none yet */
			json_inside(&j, items, spend);
			read_items(&r, &j, s + n, found, &read);
		}
		if (j.cut && !found->n)
			e = err_set(info, ERR_SYNTAX, "the JSON breaks off before there is an item");
	}
	if (e == OK) {
		notes->repaired = j.broken || j.cut;
		notes->text_cut = j.shortened;
		notes->nodes_cut = j.crowded;
		results_words(found, words);
		results_move(found, &read);
		*doc = read;
	}
	results_drop(found);
	json_decref(head);
	return e;
}
