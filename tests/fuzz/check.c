#include "check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/html_check.h"
#include "feeds/html.h"
#include "feeds/parse.h"
#include "feeds/url.h"

_Noreturn void need_failed(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: this doesn't hold: %s\n", file, line, what);
	abort();
}

void check_same(const char *a, const char *b)
{
	need(!a == !b && (!a || strcmp(a, b) == 0));
}

void check_clean(const char *s, enum utf8_keep keep)
{
	struct buf again = BUF_INIT;
	size_t n = s ? strlen(s) : 0;

	if (!s)
		return;
	need(utf8_valid(s, n));
	utf8_clean(&again, s, n, keep);
	need(again.len == n && memcmp(buf_str(&again), s, n) == 0);
	buf_clear(&again);
}

void check_words(enum err e, const struct err_info *info)
{
	if (e == OK)
		return;
	need(info->code == e && info->text[0]);
	check_clean(info->text, UTF8_TEXT);
}

void check_date(int64_t t)
{
	char text[DATE_TEXT];
	int64_t again;

	if (t == DATE_NONE)
		return;
	need(t >= date_from_civil(1, 1, 1, 0, 0, 0) && t <= date_from_civil(9999, 12, 31, 23, 59, 59));
	need(date_parse(date_rfc3339(t, text), &again) && again == t);
}

void check_address(const char *s)
{
	struct arena a = ARENA_INIT;

	if (!s)
		return;
	check_clean(s, UTF8_LINE);
	need(url_allowed(s, URL_LINK));
	check_same(url_resolve(&a, NULL, s), s);
	arena_clear(&a);
}

/* Sanitised HTML holds what may be in it and nothing else, is what the sanitiser makes of it once more, and nothing in it is counted as a tracking pixel. */
static void check_html(const char *s)
{
	struct buf again = BUF_INIT;
	int pixels = 0;

	if (!s)
		return;
	check_clean(s, UTF8_TEXT);
	need(html_wrong(s, strlen(s)) == NULL);
	html_sanitise(&again, s, strlen(s), NULL, &pixels);
	need(pixels == 0);
	check_same(buf_str(&again), s);
	buf_clear(&again);
}

static void check_lists(const struct entry *e)
{
	need(e->categories || e->n_categories == 0);
	for (size_t i = 0; i < e->n_categories; i++) {
		need(e->categories[i] && *e->categories[i]);
		check_clean(e->categories[i], UTF8_LINE);
	}
	need(e->enclosures || e->n_enclosures == 0);
	for (size_t i = 0; i < e->n_enclosures; i++) {
		need(e->enclosures[i].url && e->enclosures[i].length >= -1);
		check_address(e->enclosures[i].url);
		check_clean(e->enclosures[i].type, UTF8_LINE);
	}
}

static void check_entry(const struct entry *e)
{
	const char *const line[] = { e->id, e->title, e->author, e->language };

	for (size_t i = 0; i < sizeof line / sizeof *line; i++)
		check_clean(line[i], UTF8_LINE);
	check_address(e->link);
	check_address(e->image);
	check_address(e->comments);
	check_html(e->summary);
	check_html(e->content);
	check_date(e->published);
	check_date(e->updated);
	need(e->pixels >= 0);
	check_lists(e);
}

/* ---- its JSON ---- */

static void said(const json_t *o, const char *name, const char *s)
{
	const json_t *v = json_object_get(o, name);

	need(v && (s ? json_is_string(v) : json_is_null(v)));
	check_same(json_string_value(v), s);
}

static void said_date(const json_t *o, const char *name, int64_t t)
{
	char text[DATE_TEXT];

	said(o, name, t == DATE_NONE ? NULL : date_rfc3339(t, text));
}

static void said_entry(const json_t *o, const struct entry *e)
{
	const json_t *categories = json_object_get(o, "categories"), *enclosures = json_object_get(o, "enclosures");

	said(o, "id", e->id);
	said(o, "title", e->title);
	said(o, "link", e->link);
	said(o, "author", e->author);
	said_date(o, "published", e->published);
	said_date(o, "updated", e->updated);
	said(o, "summary", e->summary);
	said(o, "content", e->content);
	said(o, "language", e->language);
	said(o, "image", e->image);
	said(o, "comments", e->comments);
	need(json_array_size(categories) == e->n_categories && json_array_size(enclosures) == e->n_enclosures);
	for (size_t i = 0; i < e->n_categories; i++)
		check_same(json_string_value(json_array_get(categories, i)), e->categories[i]);
	for (size_t i = 0; i < e->n_enclosures; i++)
		said(json_array_get(enclosures, i), "url", e->enclosures[i].url);
}

static void check_json(const struct feed_doc *doc)
{
	struct buf out = BUF_INIT;
	const json_t *entries;
	json_t *o;

	feed_json(doc, &out);
	for (size_t i = 0; i < out.len; i++)
		need(((unsigned char)out.s[i] >= 0x20 && out.s[i] != 0x7f) || out.s[i] == '\n');
	o = json_loadb(buf_str(&out), out.len, JSON_REJECT_DUPLICATES, NULL);
	need(o != NULL);
	said(o, "title", doc->title);
	said(o, "link", doc->link);
	said(o, "description", doc->description);
	said(o, "language", doc->language);
	said(o, "icon", doc->icon);
	said_date(o, "updated", doc->updated);
	entries = json_object_get(o, "entries");
	need(json_is_array(entries) && json_array_size(entries) == doc->n_entries);
	for (size_t i = 0; i < doc->n_entries; i++)
		said_entry(json_array_get(entries, i), &doc->entries[i]);
	json_decref(o);
	buf_clear(&out);
}

void check_doc(const struct feed_doc *doc)
{
	check_clean(doc->title, UTF8_LINE);
	check_clean(doc->description, UTF8_TEXT);
	check_clean(doc->language, UTF8_LINE);
	check_clean(doc->left_out, UTF8_LINE);
	check_address(doc->link);
	check_address(doc->icon);
	check_date(doc->updated);
	need(doc->ttl >= -1 && doc->skip_hours >> 24 == 0 && doc->skip_days >> 7 == 0);
	need(doc->entries || doc->n_entries == 0);
	for (size_t i = 0; i < doc->n_entries; i++)
		check_entry(&doc->entries[i]);
	check_json(doc);
}
