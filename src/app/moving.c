#include "app/moving_private.h"

#include <string.h>

#include "base/date.h"

struct sender {
	struct app *app;
	FILE *out;
	bool subscriptions;
	struct feed_book feeds;
	struct map subs;      /* address -> place among the subscriptions */
	bool subscribed;      /* which of the two lists of feeds is being written */
	enum whole_table table;
	json_t *record;       /* that rows are added to ... */
	const char *children; /* ... as elements of this array of it */
	size_t n;             /* records of the array in hand */
};

/* ---- the document ---- */

static enum err put_record(struct sender *s, json_t *o, struct err_info *info)
{
	int bad = fputs(s->n++ ? ",\n" : "\n", s->out) == EOF || json_dumpf(o, s->out, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_ENCODE_ANY) != 0;

	json_decref(o);
	return bad ? err_errno(info, "can't write the output") : OK;
}

static enum err begin_array(struct sender *s, const char *name, struct err_info *info)
{
	s->n = 0;
	return fprintf(s->out, ",\n\"%s\":[", name) < 0 ? err_errno(info, "can't write the output") : OK;
}

static enum err end_array(struct sender *s, struct err_info *info)
{
	return fputs(s->n ? "\n]" : "]", s->out) == EOF ? err_errno(info, "can't write the output") : OK;
}

/* ---- rows ---- */

static enum err add_child(void *user, const struct whole_value *v, struct err_info *info)
{
	struct sender *s = user;
	json_t *array = json_object_get(s->record, s->children), *o = json_object();

	(void)info;
	if (!array) {
		array = json_array();
		json_object_set_new(s->record, s->children, array);
	}
	record_add(o, s->table, v, &s->feeds);
	json_array_append_new(array, o);
	return OK;
}

/* The rows of t that hang on `owner`, under their name. */
static enum err add_children(struct sender *s, enum whole_table t, int64_t owner, struct err_info *info)
{
	s->table = t;
	s->children = whole_rows(t);
	return whole_each(&s->app->store, t, owner, add_child, s, info);
}

static enum err add_body(void *user, const struct whole_value *v, struct err_info *info)
{
	struct sender *s = user;

	(void)info;
	record_add(s->record, WHOLE_BODIES, v, &s->feeds);
	return OK;
}

/* ---- feeds ---- */

static json_t *texts(const char *const *text, size_t n, bool (*wanted)(const char *))
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		if (!wanted || wanted(text[i]))
			json_array_append_new(array, json_string(text[i]));
	return array;
}

/* What the subscription file says beside the address. */
static void add_subscription(struct sender *s, json_t *o, const char *url)
{
	int64_t i = map_get(&s->subs, url, strlen(url), -1);
	const struct sub *sub = i < 0 ? NULL : &s->app->subs.sub[i];

	if (sub)
		json_object_set_new(o, "tags", texts(sub->tags, sub->n_tags, NULL));
	else if (!json_object_get(o, "tags"))
		json_object_set_new(o, "tags", json_array());
	if (sub && sub->n_settings)
		json_object_set_new(o, "settings", texts(sub->settings, sub->n_settings, setting_carried));
	if (sub && sub->hidden)
		json_object_set_new(o, "hidden", json_true());
}

/* Address, shown title, tags and settings come first: they are what other programs read. */
static json_t *feed_head(const struct whole_value *v)
{
	const struct whole_value *name = record_value(WHOLE_FEEDS, v, "name"), *title = record_value(WHOLE_FEEDS, v, "title");
	const char *url = record_value(WHOLE_FEEDS, v, "url")->s;
	json_t *o = json_object();

	json_object_set_new(o, "url", json_string(url));
	name = name->null ? title : name;
	json_object_set_new(o, "title", name->null ? json_null() : json_stringn(name->s, name->n));
	return o;
}

static enum err put_feed(void *user, const struct whole_value *v, struct err_info *info)
{
	struct sender *s = user;
	const char *url = record_value(WHOLE_FEEDS, v, "url")->s;
	int64_t id = record_value(WHOLE_FEEDS, v, "id")->i;
	enum err e = OK;
	json_t *o;

	if (record_value(WHOLE_FEEDS, v, "position")->null == s->subscribed)
		return OK;
	o = feed_head(v);
	if (s->subscriptions) {
		add_subscription(s, o, url);
		return put_record(s, o, info);
	}
	book_add(&s->feeds, id, url);
	record_add(o, WHOLE_FEEDS, v, &s->feeds);
	add_subscription(s, o, url);
	s->record = o;
	e = add_children(s, WHOLE_FETCHES, id, info);
	if (e == OK)
		e = add_children(s, WHOLE_GONE, id, info);
	if (e == OK)
		return put_record(s, o, info);
	json_decref(o);
	return e;
}

static enum err put_feeds(struct sender *s, const char *name, bool subscribed, struct err_info *info)
{
	enum err e = begin_array(s, name, info);

	s->subscribed = subscribed;
	if (e == OK)
		e = whole_each(&s->app->store, WHOLE_FEEDS, 0, put_feed, s, info);
	return e == OK ? end_array(s, info) : e;
}

/* ---- articles, and tables as they are ---- */

static enum err put_article(void *user, const struct whole_value *v, struct err_info *info)
{
	static const enum whole_table child[] = { WHOLE_ENCLOSURES, WHOLE_EARLIER, WHOLE_DIGESTS };
	struct sender *s = user;
	int64_t id = record_value(WHOLE_ARTICLES, v, "id")->i;
	json_t *o = json_object();
	enum err e;

	record_add(o, WHOLE_ARTICLES, v, &s->feeds);
	s->record = o;
	e = whole_each(&s->app->store, WHOLE_BODIES, id, add_body, s, info);
	for (size_t i = 0; e == OK && i < sizeof child / sizeof *child; i++)
		e = add_children(s, child[i], id, info);
	if (e == OK)
		return put_record(s, o, info);
	json_decref(o);
	return e;
}

static enum err put_row(void *user, const struct whole_value *v, struct err_info *info)
{
	struct sender *s = user;
	json_t *o = json_object();

	record_add(o, s->table, v, &s->feeds);
	return put_record(s, o, info);
}

static enum err put_table(struct sender *s, enum whole_table t, struct err_info *info)
{
	enum err e = begin_array(s, whole_name(t), info);

	s->table = t;
	if (e == OK)
		e = whole_each(&s->app->store, t, 0, t == WHOLE_ARTICLES ? put_article : put_row, s, info);
	return e == OK ? end_array(s, info) : e;
}

/* ---- the whole ---- */

const char *moving_machine(void)
{
	const uint32_t one = 1;

	return *(const unsigned char *)&one ? "little" : "big";
}

/* In the first lines, so that whoever reads on knows what follows. */
static enum err put_head(struct sender *s, struct err_info *info)
{
	char now[DATE_TEXT];
	struct whole_last last;
	enum err e = whole_last(&s->app->store, &last, info);

	if (e != OK)
		return e;
	if (fprintf(s->out, "{\"eclose\":\"store\",\"version\":%d,\"schema\":%d,\"bytes\":\"%s\",\"exported\":\"%s\",\n\"last\":{\"article\":%lld,\"event\":%lld,\"trial\":%lld}",
		    MOVING_FORMAT, whole_schema(), moving_machine(), date_rfc3339(app_now(s->app), now), (long long)last.article, (long long)last.event, (long long)last.trial) < 0)
		return err_errno(info, "can't write the output");
	return OK;
}

/* Feeds before articles, because articles name them; all that something is derived from before it; topics before the edits that name them. */
static enum err put_all(struct sender *s, struct err_info *info)
{
	static const enum whole_table table[] = { WHOLE_TOPICS, WHOLE_TOPIC_NAMES, WHOLE_TRIALS, WHOLE_ARTICLES, WHOLE_EVENTS, WHOLE_TERMS, WHOLE_FORMS, WHOLE_CORPUS,
		WHOLE_TERMVECS, WHOLE_TERMS_QUEUE, WHOLE_DERIVED, WHOLE_VECTORS, WHOLE_WORDVECS, WHOLE_BLOBS };
	enum err e = put_head(s, info);

	if (e == OK)
		e = put_feeds(s, "feeds", true, info);
	if (e == OK)
		e = put_feeds(s, "unsubscribed", false, info);
	for (size_t i = 0; e == OK && i < sizeof table / sizeof *table; i++)
		e = put_table(s, table[i], info);
	return e;
}

static enum err put_subscriptions(struct sender *s, struct err_info *info)
{
	if (fprintf(s->out, "{\"eclose\":\"subscriptions\",\"version\":%d", MOVING_FORMAT) < 0)
		return err_errno(info, "can't write the output");
	return put_feeds(s, "feeds", true, info);
}

enum err moving_out(struct app *app, FILE *out, bool subscriptions, struct err_info *info)
{
	struct sender s = { .app = app, .out = out, .subscriptions = subscriptions };
	enum err e = db_begin_read(app->store.db, info);

	if (e != OK)
		return e;
	for (size_t i = 0; i < app->subs.n; i++)
		(void)map_at(&s.subs, app->subs.sub[i].url, strlen(app->subs.sub[i].url), (int64_t)i, NULL);
	e = subscriptions ? put_subscriptions(&s, info) : put_all(&s, info);
	e = db_end(app->store.db, e, info);
	if (e == OK && (fputs("}\n", out) == EOF || fflush(out) == EOF))
		e = err_errno(info, "can't write the output");
	map_clear(&s.subs);
	book_clear(&s.feeds);
	return e;
}
