#include "app/last_page.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/rhythm.h"

#define VERSION 1
#define REASONS_MOST 6 /* that a row can show */

/* ---- out ---- */

static json_t *pack_text(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *pack_reasons(const struct page_entry *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->n_reasons && i < REASONS_MOST; i++)
		json_array_append_new(list, json_pack("[s,o,f]", e->reasons[i].kind, pack_text(e->reasons[i].name), e->reasons[i].weight));
	return list;
}

static json_t *pack_entry(const struct page_entry *e)
{
	return json_pack("{s:I,s:o,s:o,s:o,s:o,s:i,s:I,s:f,s:i,s:i,s:o,s:b,s:b,s:o}", "id", (json_int_t)e->id, "title", pack_text(e->title),
			 "link", pack_text(e->link), "feed", pack_text(e->feed), "topic", pack_text(e->topic), "topic_id", e->topic_id,
			 "published", (json_int_t)e->published, "score", e->score, "slot", (int)e->slot, "telling", e->feeds_telling,
			 "why", pack_text(e->slot_reason), "read", e->read, "starred", e->starred, "reasons", pack_reasons(e));
}

enum err last_page_put(struct app *app, const struct page *p, struct err_info *info)
{
	json_t *entries = json_array(), *top;
	char *text;
	enum err e;

	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(entries, pack_entry(&p->entries[i]));
	top = json_pack("{s:i,s:f,s:f,s:I,s:i,s:I,s:o,s:o}", "explore", p->explore, "outside", p->outside, "expected", p->expected,
			"learned_from", (json_int_t)p->learned_from, "new_topics", p->new_topics, "candidates", (json_int_t)p->candidates,
			"note", pack_text(p->note), "entries", entries);
	text = top && p->n ? json_dumps(top, JSON_COMPACT) : NULL;
	e = text ? blob_put(&app->store, LAST_PAGE_BLOB, VERSION, text, strlen(text), info) : OK;
	free(text);
	json_decref(top);
	return e;
}

enum err last_page_keep(struct app *app, struct ranker *r, const struct page_options *o, struct err_info *info)
{
	struct page page;
	enum err e = ranker_page(r, o, &page, info);

	if (e != OK)
		return e;
	e = last_page_put(app, &page, info);
	page_clear(&page);
	return e;
}

/* ---- in ---- */

static const char *text_of(struct arena *a, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s ? arena_strdup(a, s) : NULL;
}

static const char *words_of(struct arena *a, const json_t *o, const char *name)
{
	const char *s = text_of(a, o, name);

	return s ? s : "";
}

static int64_t number_of(const json_t *o, const char *name)
{
	return json_integer_value(json_object_get(o, name));
}

static double real_of(const json_t *o, const char *name)
{
	return json_number_value(json_object_get(o, name));
}

static void read_reasons(struct arena *a, const json_t *list, struct page_entry *e)
{
	e->reasons = arena_zero(a, REASONS_MOST, sizeof *e->reasons);
	for (size_t i = 0; i < json_array_size(list) && e->n_reasons < REASONS_MOST; i++) {
		const json_t *one = json_array_get(list, i);
		const char *kind = json_string_value(json_array_get(one, 0)), *name = json_string_value(json_array_get(one, 1));

		if (kind && name)
			e->reasons[e->n_reasons++] = (struct reason){ .kind = arena_strdup(a, kind), .name = arena_strdup(a, name),
								      .weight = json_number_value(json_array_get(one, 2)) };
	}
}

static void read_entry(struct arena *a, const json_t *o, struct page_entry *e)
{
	int slot = (int)number_of(o, "slot");

	*e = (struct page_entry){
		.id = number_of(o, "id"), .title = words_of(a, o, "title"), .link = text_of(a, o, "link"), .feed = words_of(a, o, "feed"),
		.topic = words_of(a, o, "topic"), .topic_id = (int)number_of(o, "topic_id"), .published = number_of(o, "published"),
		.score = real_of(o, "score"), .slot = slot >= SLOT_BUBBLE && slot <= SLOT_SERENDIPITY ? (enum slot)slot : SLOT_BUBBLE,
		.feeds_telling = (int)number_of(o, "telling"), .slot_reason = text_of(a, o, "why"), .read = json_is_true(json_object_get(o, "read")),
		.starred = json_is_true(json_object_get(o, "starred")), .propensity = 1,
	};
	read_reasons(a, json_object_get(o, "reasons"), e);
}

static bool read_page(const json_t *top, int explore, struct page *p)
{
	const json_t *entries = json_object_get(top, "entries");

	if (!json_is_array(entries) || number_of(top, "explore") != explore)
		return false;
	p->explore = explore;
	p->outside = real_of(top, "outside");
	p->expected = real_of(top, "expected");
	p->learned_from = number_of(top, "learned_from");
	p->new_topics = (int)number_of(top, "new_topics");
	p->candidates = (size_t)number_of(top, "candidates");
	p->note = text_of(&p->arena, top, "note");
	p->entries = arena_zero(&p->arena, json_array_size(entries) + 1, sizeof *p->entries);
	for (size_t i = 0; i < json_array_size(entries); i++)
		read_entry(&p->arena, json_array_get(entries, i), &p->entries[p->n++]);
	return p->n > 0;
}

enum err last_page_get(struct app *app, int explore, struct page *page, struct err_info *info)
{
	struct page p = { .now = app_now(app) };
	struct arena scratch = ARENA_INIT;
	const void *text;
	int64_t version;
	size_t n;
	json_t *top = NULL;
	enum err e = blob_get(&app->store, LAST_PAGE_BLOB, &scratch, &version, &text, &n, info);

	if (e == OK && version == VERSION)
		top = json_loadb(text, n, 0, NULL);
	if (e == OK && (!top || !read_page(top, explore, &p)))
		e = err_set(info, ERR_NOTFOUND, "no page is kept");
	if (e == OK)
		*page = p;
	else
		page_clear(&p);
	json_decref(top);
	arena_clear(&scratch);
	return e;
}

enum err last_page_renew(struct app *app, struct err_info *info)
{
	struct ranker *r;
	enum err e = ranker_open(app, &r, info);

	if (e != OK)
		return e;
	e = ranker_save(r, info);
	if (e == OK)
		e = last_page_keep(app, r, &(struct page_options){ .explore = app_explore(app) }, info);
	ranker_close(r);
	return e;
}
