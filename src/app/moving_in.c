#include "app/moving_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/refresh.h"
#include "app/subs_file.h"
#include "base/utf8.h"
#include "feeds/settings.h"
#include "feeds/subs.h"
#include "feeds/url.h"
#include "feeds/urls.h"

static enum err wrong_member(const struct mover *m, const char *what, const char *member, struct err_info *info)
{
	char words[176];

	snprintf(words, sizeof words, "%.60s whose \"%.60s\" is missing, or not what it should be", what, member);
	return json_stream_wrong(&m->in, words, info);
}

/* The row of a record, with its line in the message where it is none. */
static enum err row_of(struct mover *m, const json_t *o, enum whole_table t, struct whole_value *v, struct err_info *info)
{
	const char *wrong = "";

	if (json_is_object(o) && record_row(o, t, &m->feeds, &m->record, v, &wrong))
		return OK;
	return wrong_member(m, arena_printf(&m->record, "one of the %s", whole_name(t)), wrong, info);
}

static enum err put_row(struct mover *m, enum whole_table t, const struct whole_value *v, struct err_info *info)
{
	enum err e = whole_put(&m->app->store, t, v, info);

	return e == ERR_SYNTAX ? json_stream_at(&m->in, info) : e;
}

enum err take_children(struct mover *m, const json_t *o, enum whole_table t, int64_t owner, struct err_info *info)
{
	const json_t *array = json_object_get(o, whole_rows(t));
	struct whole_value v[WHOLE_COLUMNS];
	enum err e = OK;

	if (array && !json_is_array(array))
		return wrong_member(m, "a record", whole_rows(t), info);
	for (size_t i = 0; e == OK && i < json_array_size(array); i++) {
		e = row_of(m, json_array_get(array, i), t, v, info);
		v[0] = (struct whole_value){ .i = owner };
		if (e == OK)
			e = put_row(m, t, v, info);
	}
	return e;
}

/* ---- feeds ---- */

static const char *line_of(struct mover *m, const char *s)
{
	struct buf b = BUF_INIT;
	const char *kept;

	utf8_clean(&b, s, strlen(s), UTF8_LINE);
	kept = arena_strndup(&m->a, buf_str(&b), b.len);
	buf_clear(&b);
	return kept;
}

/* Only those that may be taken along, whoever wrote the file; and none that the subscription file would be refused for. */
static void take_settings(struct mover *m, const json_t *o, struct sub_draft *d)
{
	const json_t *array = json_object_get(o, "settings");

	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *word = json_string_value(json_array_get(array, i));
		struct feed_settings read;

		if (word && setting_carried(word) && strcmp(line_of(m, word), word) == 0 && settings_read(&m->a, &word, 1, &read, NULL) == OK)
			draft_setting(d, &m->a, word);
		else
			m->out.dropped++;
	}
}

/* A line for the subscription file. Files and commands stay out of it: see feeds/urls.h. */
static void take_subscription(struct mover *m, const json_t *o, const char *url, const char *title)
{
	const json_t *tags = json_object_get(o, "tags");
	struct sub_draft d = { .url = arena_strdup(&m->a, url), .title = title && *title ? arena_strdup(&m->a, title) : NULL };

	for (size_t i = 0; i < json_array_size(tags); i++) {
		const json_t *tag = json_array_get(tags, i);

		if (json_is_string(tag))
			draft_tag(&d, &m->a, json_string_value(tag), json_string_length(tag));
	}
	take_settings(m, o, &d);
	d.hidden = json_is_true(json_object_get(o, "hidden"));
	if (url_allowed(url, URL_FETCH))
		subs_add(&m->subs, &m->a, &d);
}

static bool in_file(const struct app *app, const char *url)
{
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, url) == 0)
			return true;
	return false;
}

/* The feed by its number here: known, or new. */
static enum err feed_here(struct mover *m, const json_t *o, struct whole_value *v, const char *url, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct feed feed;
	enum err e = m->whole ? ERR_NOTFOUND : feeds_by_url(&m->app->store, url, &a, &feed, NULL);

	if (e == OK) {
		book_add(&m->feeds, feed.id, url);
	} else if (e == ERR_NOTFOUND) {
		if (!m->whole)
			v[0].null = true; /* its number is another one here */
		e = put_row(m, WHOLE_FEEDS, v, info);
		if (e == OK)
			e = feeds_by_url(&m->app->store, url, &a, &feed, info);
		if (e == OK) {
			book_add(&m->feeds, feed.id, url);
			m->out.feeds++;
			e = take_children(m, o, WHOLE_FETCHES, feed.id, info);
			if (e == OK && m->whole) /* of no use where the feed has another number */
				e = take_children(m, o, WHOLE_GONE, feed.id, info);
		}
	} else {
		e = err_set(info, e, "can't look for a feed in the store");
	}
	arena_clear(&a);
	return e;
}

static enum err take_feed(struct mover *m, const json_t *o, bool subscribed, struct err_info *info)
{
	struct whole_value v[WHOLE_COLUMNS];
	const char *url, *title;
	bool alone;
	enum err e = row_of(m, o, WHOLE_FEEDS, v, info);

	if (e != OK)
		return e;
	url = record_value(WHOLE_FEEDS, v, "url")->s;
	alone = record_value(WHOLE_FEEDS, v, "id")->null; /* a subscription as another program may have written it */
	title = alone ? json_string_value(json_object_get(o, "title")) : record_value(WHOLE_FEEDS, v, "name")->s;
	if (!url_allowed(url, URL_FETCH) && (alone || strncmp(url, "file:", 5) != 0)) {
		m->out.refused++;
		return OK;
	}
	if (subscribed) {
		take_subscription(m, o, url, title ? line_of(m, title) : NULL);
		m->out.refused += !url_allowed(url, URL_FETCH) && !in_file(m->app, url);
	}
	return alone ? OK : feed_here(m, o, v, url, info);
}

/* ---- articles ---- */

static enum err put_body(struct mover *m, const json_t *o, int64_t id, struct err_info *info)
{
	struct whole_value v[WHOLE_COLUMNS];
	size_t n, given = 0;
	enum err e = row_of(m, o, WHOLE_BODIES, v, info);

	if (e != OK)
		return e;
	(void)whole_columns(WHOLE_BODIES, &n);
	for (size_t i = 1; i < n; i++)
		given += !v[i].null && (v[i].n || v[i].i);
	v[0] = (struct whole_value){ .i = id };
	return given ? put_row(m, WHOLE_BODIES, v, info) : OK;
}

static enum err take_article(struct mover *m, const json_t *o, struct err_info *info)
{
	static const enum whole_table child[] = { WHOLE_ENCLOSURES, WHOLE_EARLIER, WHOLE_DIGESTS };
	struct whole_value v[WHOLE_COLUMNS];
	enum err e = row_of(m, o, WHOLE_ARTICLES, v, info);
	int64_t id;

	if (e != OK)
		return e;
	if (!m->whole)
		return merge_article(m, o, v, info);
	id = record_value(WHOLE_ARTICLES, v, "id")->i;
	e = put_row(m, WHOLE_ARTICLES, v, info);
	if (e == OK)
		e = put_body(m, o, id, info);
	for (size_t i = 0; e == OK && i < sizeof child / sizeof *child; i++)
		e = take_children(m, o, child[i], id, info);
	m->out.articles += e == OK;
	m->articles_came = true;
	return e;
}

/* ---- the log, and tables as they are ---- */

static enum err take_event(struct mover *m, const json_t *o, struct err_info *info)
{
	struct whole_value v[WHOLE_COLUMNS];
	struct event e;
	enum err err = row_of(m, o, WHOLE_EVENTS, v, info);

	if (err != OK)
		return err;
	if (!record_event(v, &m->record, &e))
		return json_stream_wrong(&m->in, "an event that no eclose writes", info);
	if (!m->whole)
		return merge_event(m, &e, info);
	err = put_row(m, WHOLE_EVENTS, v, info);
	m->out.events += err == OK;
	return err;
}

static enum err take_topic(struct mover *m, const json_t *o, enum whole_table t, struct err_info *info)
{
	struct whole_value v[WHOLE_COLUMNS];
	enum err e = row_of(m, o, t, v, info);

	if (e != OK)
		return e;
	if (m->whole)
		return put_row(m, t, v, info);
	merge_topic(m, v[0].i, record_value(t, v, "name")->s, t == WHOLE_TOPIC_NAMES);
	return OK;
}

static enum err take_record(struct mover *m, const json_t *o, enum whole_table t, struct err_info *info)
{
	struct whole_value v[WHOLE_COLUMNS];
	enum err e;

	switch (t) {
	case WHOLE_ARTICLES:
		return take_article(m, o, info);
	case WHOLE_EVENTS:
		return take_event(m, o, info);
	case WHOLE_TOPICS:
	case WHOLE_TOPIC_NAMES:
		return take_topic(m, o, t, info);
	default:
		e = row_of(m, o, t, v, info);
		return e == OK ? put_row(m, t, v, info) : e;
	}
}

/* ---- the document ---- */

/* Which table a member is; WHOLE_COUNT: none of those that stand by themselves. */
static enum whole_table table_of(const char *name)
{
	enum whole_table t = WHOLE_FEEDS;

	while (t < WHOLE_COUNT && strcmp(whole_name(t), name) != 0)
		t++;
	return t == WHOLE_FETCHES || t == WHOLE_GONE || (t >= WHOLE_BODIES && t <= WHOLE_DIGESTS) ? WHOLE_COUNT : t;
}

/* What is computed fits to nothing but the very store that it was computed from; trials are another store's. */
static bool wanted(const struct mover *m, enum whole_table t)
{
	return m->whole ? t < WHOLE_COUNT : t == WHOLE_ARTICLES || t == WHOLE_EVENTS || t == WHOLE_TOPICS || t == WHOLE_TOPIC_NAMES;
}

static enum err take_array(struct mover *m, const char *name, struct err_info *info)
{
	bool subscribed = strcmp(name, "feeds") == 0, feeds = subscribed || strcmp(name, "unsubscribed") == 0, first = true;
	enum whole_table t = table_of(name);
	enum err e = OK;

	if (!feeds && !wanted(m, t))
		return json_stream_skip(&m->in, info);
	for (json_t *o = NULL; e == OK; first = false) {
		e = json_stream_element(&m->in, first, &o, info);
		if (e != OK || !o)
			break;
		e = feeds ? take_feed(m, o, subscribed, info) : take_record(m, o, t, info);
		json_decref(o);
		arena_reset(&m->record);
	}
	return e;
}

/* The members before the first array. */
struct head { const char *what; int64_t version, schema; const char *bytes; };

static enum err take_head(struct mover *m, const char *name, struct head *h, struct err_info *info)
{
	json_t *v = NULL;
	enum err e = json_stream_value(&m->in, &v, info);

	if (e != OK)
		return e;
	if (strcmp(name, "eclose") == 0 && json_is_string(v))
		h->what = arena_strdup(&m->a, json_string_value(v));
	else if (strcmp(name, "bytes") == 0 && json_is_string(v))
		h->bytes = arena_strdup(&m->a, json_string_value(v));
	else if (strcmp(name, "version") == 0)
		h->version = json_integer_value(v);
	else if (strcmp(name, "schema") == 0)
		h->schema = json_integer_value(v);
	else if (strcmp(name, "last") == 0)
		m->last = (struct whole_last){ json_integer_value(json_object_get(v, "article")), json_integer_value(json_object_get(v, "event")),
			json_integer_value(json_object_get(v, "trial")) };
	json_decref(v);
	return OK;
}

static enum err judge_head(struct mover *m, const struct head *h, struct err_info *info)
{
	bool store = strcmp(h->what, "store") == 0, empty = false;
	enum err e = OK;

	if (strcmp(h->what, "profile") == 0)
		return err_set(info, ERR_SYNTAX, "%.300s: is a profile; `eclose profile import FILE` takes it", m->in.path);
	if (*h->what && !store && strcmp(h->what, "subscriptions") != 0)
		return json_stream_wrong(&m->in, "this is nothing that eclose has exported", info);
	if (h->version > MOVING_FORMAT)
		return err_set(info, ERR_UNSUPPORTED, "%.300s: was written by a later eclose, in a form that this one doesn't know", m->in.path);
	if (store && h->schema == whole_schema() && strcmp(h->bytes, moving_machine()) == 0)
		e = whole_empty(&m->app->store, &empty, info);
	if (e == OK && empty)
		e = whole_clear(&m->app->store, info);
	m->whole = m->out.whole = empty;
	if (e == OK && !empty)
		m->merging = merging_new();
	return e;
}

static enum err take_document(struct mover *m, struct err_info *info)
{
	struct head h = { .what = "", .bytes = "" };
	struct buf name = BUF_INIT;
	bool judged = false, feeds = false, more;
	enum err e;

	while ((e = json_stream_member(&m->in, &name, &more, info)) == OK && more) {
		if (!json_stream_array(&m->in)) {
			e = take_head(m, buf_str(&name), &h, info);
		} else {
			if (!judged)
				e = judge_head(m, &h, info);
			judged = true;
			feeds |= strcmp(buf_str(&name), "feeds") == 0;
			if (e == OK && strcmp(buf_str(&name), "articles") == 0 && !feeds)
				e = json_stream_wrong(&m->in, "the articles stand before the feeds", info);
			if (e == OK)
				e = take_array(m, buf_str(&name), info);
		}
		if (e != OK)
			break;
	}
	buf_clear(&name);
	if (e == OK && !feeds)
		e = err_set(info, ERR_SYNTAX, "%.300s: has no \"feeds\": nothing that eclose has exported", m->in.path);
	return e;
}

/* ---- the end ---- */

/* The subscription file, and then the store as it says. It is written first: whatever happens then, the same import goes on from there. */
static enum err subscribe(struct mover *m, struct err_info *info)
{
	struct buf text = BUF_INIT;
	struct subs subs = { 0 };
	size_t added = 0;
	enum err e = subs_append(m->app, m->subs.sub, m->subs.n, &added, info);

	if (e == OK)
		e = buf_read_file(&text, m->app->urls_path, URLS_MOST, info);
	if (e == ERR_NOTFOUND)
		e = OK;
	if (e == OK)
		e = urls_read(&m->app->arena, buf_str(&text), text.len, &subs, info);
	if (e == OK) {
		m->out.subscriptions = (int64_t)added;
		m->app->subs = subs;
		e = feeds_sync(&m->app->store, subs.sub, subs.n, info);
	}
	buf_clear(&text);
	return e;
}

static enum err take_all(struct mover *m, struct err_info *info)
{
	enum err e = take_document(m, info);

	if (e == OK && m->whole)
		e = whole_settle(&m->app->store, &m->last, info);
	else if (e == OK)
		e = merge_end(m, info);
	return e == OK ? subscribe(m, info) : e;
}

static void clear(struct mover *m)
{
	json_stream_close(&m->in);
	merging_free(m->merging);
	book_clear(&m->feeds);
	arena_clear(&m->record);
	arena_clear(&m->a);
}

enum err moving_in(struct app *app, const char *path, struct moved_in *out, struct err_info *info)
{
	struct mover *m = mem_zero(1, sizeof *m);
	enum err e = json_stream_open(&m->in, path, info);

	m->app = app;
	if (e == OK)
		e = db_begin(app->store.db, info);
	if (e == OK)
		e = db_end(app->store.db, take_all(m, info), info);
	if (e == OK && m->articles_came && !m->whole)
		e = app_vectorise(app, info);
	if (e == OK && m->articles_came)
		e = app_index(app, info);
	if (e == OK)
		*out = m->out;
	clear(m);
	free(m);
	return e;
}

enum err moving_is(const char *path, bool *is, struct err_info *info)
{
	struct json_stream *j = mem_zero(1, sizeof *j);
	enum err e = json_stream_open(j, path, info);

	*is = e == OK;
	json_stream_close(j);
	free(j);
	return e == ERR_SYNTAX ? OK : e;
}
