/* moving_merge - a document added to a store that has something already. */
#include "app/moving_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/edits.h"
#include "base/date.h"

#define GROUP_MOST 64                   /* articles that are looked for at once, of one feed */
#define GROUP_BYTES ((size_t)4 << 20)

/* An article of the document. */
struct newcomer {
	int64_t number; /* there */
	int64_t fetched, digest, read_at, starred_at;
	json_t *record; /* for what hangs on it */
};

/* The flags of an article that is new here: set after the log, which would otherwise be taken for what was set here before. */
struct flags { int64_t article, read_at, starred_at; };

struct merging {
	struct arena group;         /* of the newcomers */
	int64_t feed;
	struct newcomer came[GROUP_MOST];
	struct entry entry[GROUP_MOST];
	size_t n;
	struct map here;            /* number there (8 bytes) -> number here */
	struct map added;           /* numbers here of articles that are new (8 bytes) */
	struct flags *flags;
	size_t n_flags, cap_flags;
	struct arena a;             /* of the log and the topics */
	struct event *event;        /* without undos */
	size_t n_events, cap_events;
	struct map undone;          /* batches (8 bytes) that were taken back */
	struct map topics;          /* number there (8 bytes) -> place in topic_name */
	const char **topic_name;
	size_t n_topics, cap_topics;
};

struct merging *merging_new(void)
{
	return mem_zero(1, sizeof(struct merging));
}

static void group_clear(struct merging *g)
{
	for (size_t i = 0; i < g->n; i++)
		json_decref(g->came[i].record);
	g->n = 0;
	arena_reset(&g->group);
}

void merging_free(struct merging *g)
{
	if (!g)
		return;
	group_clear(g);
	arena_clear(&g->group);
	arena_clear(&g->a);
	map_clear(&g->here);
	map_clear(&g->added);
	map_clear(&g->undone);
	map_clear(&g->topics);
	free(g->flags);
	free(g->event);
	free(g->topic_name);
	free(g);
}

/* ---- articles ---- */

static const char *text_in(struct arena *a, const struct whole_value *v)
{
	return v->null ? NULL : arena_strdup(a, v->s);
}

static int64_t time_in(const struct whole_value *v)
{
	return v->null ? DATE_NONE : v->i;
}

static void split_lines(struct arena *a, const char *lines, struct entry *e)
{
	size_t n = 1;

	for (const char *s = lines; s && *s; s++)
		n += *s == '\n';
	e->categories = arena_alloc(a, n * sizeof *e->categories);
	for (const char *s = lines; s && *s;) {
		size_t len = strcspn(s, "\n");

		e->categories[e->n_categories++] = arena_strndup(a, s, len);
		s += len + (s[len] == '\n');
	}
}

/* What a feed would say of it. */
static struct entry entry_of(struct arena *a, const struct whole_value *v, const struct whole_value *body)
{
#define AT(column) record_value(WHOLE_ARTICLES, v, column)
#define BODY(column) record_value(WHOLE_BODIES, body, column)
	struct entry e = {
		.id = text_in(a, AT("guid")), .title = text_in(a, AT("title")), .link = text_in(a, AT("link")), .author = text_in(a, AT("author")),
		.language = text_in(a, AT("language")), .published = time_in(AT("published")), .updated = time_in(AT("updated")), .summary = text_in(a, BODY("summary")),
		.content = text_in(a, BODY("content")), .image = text_in(a, BODY("image")), .comments = text_in(a, BODY("comments")), .pixels = (int)BODY("pixels")->i,
	};

	split_lines(a, text_in(a, AT("categories")), &e);
	return e;
#undef BODY
#undef AT
}

/* A new article takes over when it came, and what hangs on it. */
static enum err adopt(struct mover *m, const struct newcomer *c, int64_t id, struct err_info *info)
{
	struct merging *g = m->merging;
	enum err e = whole_came(&m->app->store, id, c->fetched, c->digest, info);

	if (e == OK)
		e = take_children(m, c->record, WHOLE_ENCLOSURES, id, info);
	if (e == OK)
		e = take_children(m, c->record, WHOLE_EARLIER, id, info);
	if (e == OK)
		e = take_children(m, c->record, WHOLE_DIGESTS, id, info);
	if (e != OK)
		return e;
	m->articles_came = true;
	m->out.articles++;
	MEM_GROW(g->flags, g->n_flags, g->cap_flags);
	g->flags[g->n_flags++] = (struct flags){ id, c->read_at, c->starred_at };
	return OK;
}

enum err merge_flush(struct mover *m, struct err_info *info)
{
	struct merging *g = m->merging;
	struct feed_doc doc = { .entries = g->entry, .n_entries = g->n };
	struct fetched f = { .feed_id = g->feed, .at = app_now(m->app), .doc = &doc };
	struct whole_last before;
	int64_t id[GROUP_MOST] = { 0 };
	int added = 0;
	enum err e = OK;

	if (!g->n)
		return OK;
	e = whole_last(&m->app->store, &before, info);
	if (e == OK)
		e = articles_add(&m->app->store, &f, body_text, NULL, id, &added, info);
	for (size_t i = 0; e == OK && i < g->n; i++) {
		bool first = false;

		*map_at(&g->here, (const char *)&g->came[i].number, sizeof g->came[i].number, 0, NULL) = id[i];
		if (id[i] > before.article)
			(void)map_at(&g->added, (const char *)&id[i], sizeof id[i], 1, &first);
		if (first)
			e = adopt(m, &g->came[i], id[i], info);
		else
			m->out.articles_known++;
	}
	group_clear(g);
	return e;
}

/* One whose text was let go there is of use only where it is known here. */
static enum err known_here(struct mover *m, int64_t feed, int64_t number, const struct entry *e, struct err_info *info)
{
	int64_t id = 0;
	enum err err = articles_same(&m->app->store, feed, e, &id, info);

	if (err == OK)
		*map_at(&m->merging->here, (const char *)&number, sizeof number, 0, NULL) = id;
	m->out.articles_known += err == OK;
	return err == ERR_NOTFOUND ? OK : err;
}

enum err merge_article(struct mover *m, const json_t *o, const struct whole_value *v, struct err_info *info)
{
	struct merging *g = m->merging;
	int64_t feed = record_value(WHOLE_ARTICLES, v, "feed")->i;
	struct whole_value body[WHOLE_COLUMNS];
	const char *wrong;
	enum err e = OK;

	if (feed != g->feed || g->n == GROUP_MOST || arena_size(&g->group) > GROUP_BYTES)
		e = merge_flush(m, info);
	if (e != OK)
		return e;
	if (!record_row(o, WHOLE_BODIES, &m->feeds, &m->record, body, &wrong))
		return json_stream_wrong(&m->in, "an article whose text or links are none", info);
	if (!record_value(WHOLE_ARTICLES, v, "retired_at")->null) {
		struct entry one = entry_of(&m->record, v, body);

		return known_here(m, feed, v[0].i, &one, info);
	}
	g->feed = feed;
	g->entry[g->n] = entry_of(&g->group, v, body);
	g->came[g->n++] = (struct newcomer){ .number = v[0].i, .fetched = record_value(WHOLE_ARTICLES, v, "fetched")->i,
		.digest = record_value(WHOLE_ARTICLES, v, "digest")->i, .read_at = time_in(record_value(WHOLE_ARTICLES, v, "read_at")),
		.starred_at = time_in(record_value(WHOLE_ARTICLES, v, "starred_at")), .record = json_incref((json_t *)(uintptr_t)o) };
	return OK;
}

/* ---- the log ---- */

void merge_topic(struct mover *m, int64_t id, const char *name, bool given)
{
	struct merging *g = m->merging;
	bool fresh;
	int64_t *at = map_at(&g->topics, (const char *)&id, sizeof id, (int64_t)g->n_topics, &fresh);

	name = arena_strdup(&g->a, name);
	if (fresh) {
		MEM_GROW(g->topic_name, g->n_topics, g->cap_topics);
		g->topic_name[g->n_topics++] = name;
	} else if (given) {
		g->topic_name[*at] = name;
	}
}

enum err merge_event(struct mover *m, const struct event *e, struct err_info *info)
{
	struct merging *g = m->merging;
	struct event kept = *e;
	enum err err = merge_flush(m, info); /* the last articles */

	if (err != OK)
		return err;
	if (e->kind == EVENT_UNDO) {
		(void)map_at(&g->undone, (const char *)&e->undoes, sizeof e->undoes, 1, NULL);
		return OK;
	}
	kept.subject = arena_strdup(&g->a, e->subject);
	MEM_GROW(g->event, g->n_events, g->cap_events);
	g->event[g->n_events++] = kept;
	return OK;
}

/* Topics have other numbers here, and are known by their names. */
static bool topic_here(struct merging *g, const struct topic_row *t, size_t n, struct event *ev)
{
	int64_t id, place;

	if (strncmp(ev->subject, "topic:", 6) != 0)
		return true;
	id = strtoll(ev->subject + 6, NULL, 10);
	place = map_get(&g->topics, (const char *)&id, sizeof id, -1);
	for (size_t i = 0; place >= 0 && i < n; i++)
		if (strcmp(t[i].name, g->topic_name[place]) == 0) {
			ev->subject = arena_printf(&g->a, "topic:%d", t[i].id);
			return true;
		}
	return false;
}

/* The events that count there and are about what is here, with the numbers of here. Returns how many; the others are *unknown. */
static size_t place_here(struct merging *g, const struct topic_row *t, size_t topics, int64_t *unknown)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->n_events; i++) {
		struct event ev = g->event[i];

		if (ev.batch && map_get(&g->undone, (const char *)&ev.batch, sizeof ev.batch, 0))
			continue;
		ev.article = map_get(&g->here, (const char *)&ev.article, sizeof ev.article, 0);
		if (ev.kind == EVENT_EDIT ? topic_here(g, t, topics, &ev) : ev.article != 0)
			g->event[kept++] = ev;
		else
			++*unknown;
	}
	return kept;
}

enum err merge_end(struct mover *m, struct err_info *info)
{
	struct merging *g = m->merging;
	struct topic_row *topic = NULL;
	size_t topics = 0, kept = 0;
	enum err e = merge_flush(m, info);

	if (e == OK)
		e = topics_load(&m->app->store, &g->a, &topic, &topics, info);
	if (e == OK) {
		kept = place_here(g, topic, topics, &m->out.events_unknown);
		e = events_merge(&m->app->store, g->event, kept, &m->out.events, info);
	}
	m->out.events_known = (int64_t)kept - m->out.events;
	for (size_t i = 0; e == OK && i < g->n_flags; i++)
		e = whole_flags(&m->app->store, g->flags[i].article, g->flags[i].read_at, g->flags[i].starred_at, info);
	return e;
}
