#include "app/meter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"
#include "rank/diversity.h"
#include "rank/meter.h"

/* What is measured, and what it is called. */
struct sources {
	struct ranker *ranker;
	struct log_copy copy;
	struct feed_list feeds;   /* all, the subscribed ones first */
	struct map feed_of;       /* id of a feed (8 bytes) -> index */
	struct meter_log log;
	struct arena arena;
};

static int feed_index(const struct sources *s, int64_t id)
{
	return (int)map_get(&s->feed_of, (const char *)&id, sizeof id, -1);
}

/* ---- the log over plain arrays ---- */

static void take_articles(struct sources *s)
{
	const struct loaded *l = &s->ranker->loaded;
	struct meter_article *article = arena_alloc(&s->arena, (l->corpus.n + 1) * sizeof *article);

	for (size_t i = 0; i < l->corpus.n; i++)
		article[i] = (struct meter_article){ feed_index(s, l->items.item[i].feed_id), l->corpus.doc[i].topic, l->corpus.doc[i].words };
	s->log.article = article;
	s->log.articles = l->corpus.n;
}

static void take_events(struct sources *s)
{
	int64_t *of = arena_alloc(&s->arena, (s->copy.n + 1) * sizeof *of);

	for (size_t i = 0; i < s->copy.n; i++)
		of[i] = corpus_find(&s->ranker->loaded.corpus, s->copy.event[i].article);
	s->log.event = s->copy.event;
	s->log.of = of;
	s->log.n = s->copy.n;
}

static enum err take_published(struct sources *s, struct err_info *info)
{
	struct published_list list;
	struct meter_published *p;
	enum err e = articles_published(&s->ranker->app->store, s->log.now - METER_WEEKS * METER_WEEK, &s->arena, &list, info);

	if (e != OK)
		return e;
	p = arena_alloc(&s->arena, (list.n + 1) * sizeof *p);
	for (size_t i = 0; i < list.n; i++)
		p[i] = (struct meter_published){ list.one[i].at, list.one[i].story, feed_index(s, list.one[i].feed_id), list.one[i].topic };
	s->log.published = p;
	s->log.n_published = list.n;
	return OK;
}

static enum err take_feeds(struct sources *s, struct err_info *info)
{
	enum err e = feeds_load(&s->ranker->app->store, true, &s->arena, &s->feeds, info);

	for (size_t i = 0; e == OK && i < s->feeds.n; i++)
		*map_at(&s->feed_of, (const char *)&s->feeds.feed[i].id, sizeof s->feeds.feed[i].id, 0, NULL) = (int64_t)i;
	s->log.feeds = s->feeds.n;
	return e;
}

static enum err gather(struct sources *s, struct err_info *info)
{
	const struct loaded *l = &s->ranker->loaded;
	enum err e = log_read(&s->ranker->app->store, &s->copy, info);

	if (e == OK)
		e = take_feeds(s, info);
	if (e == OK)
		e = take_published(s, info);
	if (e != OK)
		return e;
	s->log.topics = (size_t)l->corpus.values[FACET_TOPIC];
	for (size_t t = 0; t < s->log.topics; t++)
		s->log.living += l->topics[t].articles > 0;
	s->log.habits = &s->ranker->profile.habits;
	take_articles(s);
	take_events(s);
	meter_opens(&s->log, &s->arena);
	return OK;
}

static void sources_clear(struct sources *s)
{
	log_free(&s->copy);
	map_clear(&s->feed_of);
	arena_clear(&s->arena);
}

/* ---- names ---- */

static const char *topic_name(const struct sources *s, struct arena *a, int which)
{
	return arena_strdup(a, s->ranker->loaded.topics[which].name);
}

static const char *feed_name(const struct sources *s, struct arena *a, int which)
{
	const struct feed *f = &s->feeds.feed[which];

	return arena_strdup(a, f->title && *f->title ? f->title : f->url);
}

static void name_all(const struct sources *s, struct meter *m)
{
	struct arena *a = &m->arena;

	for (size_t i = 0; i < m->topics.n; i++)
		m->topics.share[i].name = topic_name(s, a, m->topics.share[i].which);
	for (size_t i = 0; i < m->feeds_mix.n; i++)
		m->feeds_mix.share[i].name = feed_name(s, a, m->feeds_mix.share[i].which);
	for (size_t i = 0; i < m->n_never_topics; i++)
		m->never_topic[i].name = topic_name(s, a, m->never_topic[i].which);
	for (size_t i = 0; i < m->n_never_feeds; i++)
		m->never_feed[i].name = feed_name(s, a, m->never_feed[i].which);
	for (size_t i = 0; i < m->n_feeds; i++)
		m->feed[i].name = feed_name(s, a, m->feed[i].which);
	for (size_t i = 0; i < m->slots.n_interests; i++)
		m->slots.interest[i].name = topic_name(s, a, m->slots.interest[i].topic);
	for (size_t i = 0; i < m->n_same; i++) {
		m->same[i].feed = feed_name(s, a, m->same[i].which);
		m->same[i].other = feed_name(s, a, m->same[i].other_which);
	}
}

/* ---- feeds ---- */

static int most_opened_first(const void *a, const void *b)
{
	const struct meter_feed *x = a, *y = b;

	if (x->opened != y->opened)
		return x->opened > y->opened ? -1 : 1;
	if (x->shown != y->shown)
		return x->shown > y->shown ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

static int most_published_first(const void *a, const void *b)
{
	const struct meter_never *x = a, *y = b;

	if (x->published != y->published)
		return x->published > y->published ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

static void measure_feeds(const struct sources *s, struct meter *m)
{
	struct meter_feed *all = arena_zero(&m->arena, s->feeds.n + 1, sizeof *all);
	size_t n = 0;

	m->never_feed = arena_zero(&m->arena, s->feeds.n + 1, sizeof *m->never_feed);
	meter_feeds(&s->log, &m->arena, all);
	for (size_t i = 0; i < s->feeds.n; i++) {
		if (all[i].published >= METER_NEVER && all[i].opened == 0)
			m->never_feed[m->n_never_feeds++] = (struct meter_never){ .which = (int)i, .published = all[i].published };
		if (all[i].published > 0 || all[i].shown > 0)
			all[n++] = all[i];
	}
	m->feed = all;
	m->n_feeds = n;
	qsort(m->feed, n, sizeof *m->feed, most_opened_first);
	qsort(m->never_feed, m->n_never_feeds, sizeof *m->never_feed, most_published_first);
}

/* ---- the page ---- */

/* Unread articles that could stand on the page, by topic (those without one apart), and whether each feed has any. */
static void count_pool(const struct sources *s, double *topics, bool *feeds)
{
	const struct ranker *r = s->ranker;

	for (size_t i = 0; i < r->n_candidates; i++) {
		size_t doc = r->candidate[i];
		int topic = s->log.article[doc].topic, feed = s->log.article[doc].feed;

		if (r->loaded.items.item[doc].read)
			continue;
		if (topic >= 0)
			topics[topic]++;
		if (feed >= 0)
			feeds[feed] = true;
	}
}

/* Gini and coverage over the feeds that have something unread. */
static void measure_exposure(const double *attention, const bool *has, size_t n, struct arena *a, struct meter_page *out)
{
	double *x = arena_alloc(a, (n + 1) * sizeof *x), on_page = 0;
	size_t k = 0;

	for (size_t f = 0; f < n; f++)
		if (has[f]) {
			on_page += attention[f] > 0;
			x[k++] = attention[f];
		}
	out->feeds = (int64_t)k;
	out->coverage = k ? on_page / (double)k : -1;
	out->gini = k ? gini(x, k) : -1;
}

/* p_reader (topics + 1) as the slider has it; what is in reserve for "no topic" doesn't count here. */
static double distance_to_reader(const struct sources *s, const double *topics, struct arena *a)
{
	const struct ranker *r = s->ranker;
	size_t n = 0;
	struct explore_all all;
	int *topic = arena_alloc(a, (r->n_candidates + 1) * sizeof *topic);
	double *p_reader = arena_zero(a, 2 * (s->log.topics + 1), sizeof *p_reader);

	if (!r->profile.n)
		return -1;
	for (size_t i = 0; i < r->n_candidates; i++)
		if (!r->loaded.items.item[r->candidate[i]].read)
			topic[n++] = r->loaded.corpus.doc[r->candidate[i]].topic;
	if (!candidates_all(r, a, &all))
		all = (struct explore_all){ .topic = topic, .n = n };
	profile_mixes(&r->profile, FACET_TOPIC, all.topic, all.n, s->log.now, p_reader, p_reader + s->log.topics + 1);
	return meter_distance(topics, p_reader, s->log.topics);
}

static void measure_page(const struct sources *s, const struct page *p, struct arena *a, struct meter_page *out)
{
	const struct corpus *c = &s->ranker->loaded.corpus;
	double *topics = arena_zero(a, s->log.topics + 1, sizeof *topics), *pool = arena_zero(a, s->log.topics + 1, sizeof *pool);
	double *attention = arena_zero(a, s->feeds.n + 1, sizeof *attention), fall = fmax(0, s->log.habits->place.mean[0]);
	bool *has = arena_zero(a, s->feeds.n + 1, sizeof *has);
	size_t *docs = arena_alloc(a, (p->n + 1) * sizeof *docs), n = 0;

	*out = (struct meter_page){ .explore = p->explore, .places = p->n, .outside = p->n && p->learned_from ? p->outside : -1 };
	count_pool(s, pool, has);
	for (size_t i = 0; i < p->n; i++) {
		int64_t doc = corpus_find(c, p->entries[i].id);
		const struct meter_article *art = doc >= 0 ? &s->log.article[doc] : NULL;

		if (!art)
			continue;
		docs[n++] = (size_t)doc;
		if (art->topic >= 0)
			topics[art->topic]++;
		if (art->feed >= 0)
			attention[art->feed] += pow((double)i + 1, -fall);
	}
	out->entropy = meter_entropy(topics, s->log.topics);
	out->entropy_share = meter_entropy_share(out->entropy, s->log.living);
	out->ild = list_ild(c, docs, n);
	out->to_reader = distance_to_reader(s, topics, a);
	out->to_pool = meter_distance(topics, pool, s->log.topics);
	measure_exposure(attention, has, s->feeds.n, a, out);
}

/* ---- all of it ---- */

static void measure(struct sources *s, const struct page *page, struct meter *m)
{
	struct meter_log *log = &s->log;
	struct arena *a = &m->arena;

	m->since = meter_since(log);
	m->opened = meter_opened(log, INT64_MIN, INT64_MAX);
	m->opened_60 = meter_opened(log, log->now - METER_LONG, log->now);
	meter_mix_topics(log, a, &m->topics);
	meter_mix_feeds(log, a, &m->feeds_mix);
	m->n_weeks = meter_weeks(log, m->week);
	measure_feeds(s, m);
	m->n_never_topics = meter_never_topics(log, a, &m->never_topic);
	m->never_needs = METER_NEVER_KNOWN;
	if (m->opened_60 < m->never_needs)
		m->n_never_feeds = m->n_never_topics = 0;
	meter_slots(log, a, &m->slots);
	m->n_same = meter_same(log, a, &m->same);
	measure_page(s, page, &s->arena, &m->page);
	name_all(s, m);
}

/* Log, feeds and articles of one moment. */
static enum err gather_at_once(struct sources *s, struct err_info *info)
{
	struct db *db = s->ranker->app->store.db;
	enum err e = db_begin_read(db, info);

	return e == OK ? db_end(db, gather(s, info), info) : e;
}

enum err ranker_meter(struct ranker *r, const struct page *page, struct meter *out, struct err_info *info)
{
	struct sources s = { .ranker = r, .log.now = app_now(r->app) };
	struct meter m = { .now = s.log.now };
	enum err e = ranker_ready(r, info);

	if (e == OK)
		e = gather_at_once(&s, info);
	if (e == OK) {
		measure(&s, page, &m);
		*out = m;
	}
	sources_clear(&s);
	return e;
}
