#include "app/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"
#include "rank/explore.h"
#include "rank/swap.h"
#include "rank/why.h"

#define REASONS_MOST 6
#define NEW_GROUND (30 * DATE_DAY) /* a topic not read for so long is new to the reader */

/* ---- scores of the candidates, kept for a minute ---- */

static void score_candidates(struct ranker *r, int64_t now)
{
	if (r->scored_events == r->profile.events && r->scored_at == now / 60)
		return;
	score_docs(&r->profile, r->candidate, r->n_candidates, now, r->score);
	r->scored_events = r->profile.events;
	r->scored_at = now / 60;
}

/* The candidates that may stand on a page, as explore wants them. */
struct field {
	struct score *score;
	int *topic;
	int64_t *story;
	size_t n;
	double *p_feeds, *p_reader; /* (topics + 1): what the feeds publish, what the reader reads; the last is "no topic" */
};

static void collect(struct ranker *r, struct arena *a, struct field *f)
{
	size_t most = r->n_candidates + 1;

	f->score = arena_alloc(a, most * sizeof *f->score);
	f->topic = arena_alloc(a, most * sizeof *f->topic);
	f->story = arena_alloc(a, most * sizeof *f->story);
	for (size_t i = 0; i < r->n_candidates; i++) {
		const struct doc *d = &r->loaded.corpus.doc[r->candidate[i]];

		if (r->loaded.items.item[r->candidate[i]].read)
			continue;
		f->score[f->n] = r->score[i];
		f->topic[f->n] = d->topic;
		f->story[f->n] = d->story;
		f->n++;
	}
}

/* ---- entries ---- */

/* Topics (topics) that the reader has read in the last 30 days. */
static bool *known_topics(const struct ranker *r, int64_t now, struct arena *a)
{
	bool *known = arena_zero(a, (size_t)r->loaded.corpus.values[FACET_TOPIC] + 1, sizeof *known);

	for (size_t i = 0; i < r->profile.n; i++) {
		const struct reading *rd = &r->profile.reading[i];
		int t = r->loaded.corpus.doc[rd->doc].topic;

		if (t >= 0 && rd->at >= now - NEW_GROUND)
			known[t] = true;
	}
	return known;
}

/* A slot goes by the distance of the article, not of its topic: an odd one out of a topic that is read often may get it, and is no new ground. */
static const char *slot_reason(const struct ranker *r, struct arena *a, const struct page_entry *e, const struct field *f, const bool *known)
{
	const char *where = "off your usual paths", *words = "another side of";
	int t = e->topic_id;

	if (t >= 0) {
		if (!known[t])
			words = "new ground";
		else if (f->p_reader[t] < f->p_feeds[t])
			words = "seldom read";
		where = arena_printf(a, "%s: %s", words, r->loaded.topics[t].name);
	}
	return e->feeds_telling > 1 ? arena_printf(a, "%s; %d feeds tell it", where, e->feeds_telling) : where;
}

static void fill_entry(struct ranker *r, struct arena *a, size_t doc, const struct score *s, const struct pick *pick, int64_t now, size_t most, struct page_entry *out)
{
	const struct item *it = &r->loaded.items.item[doc];
	const struct doc *d = &r->loaded.corpus.doc[doc];

	*out = (struct page_entry){
		.id = it->id, .title = arena_strdup(a, it->title ? it->title : ""), .link = arena_strdup(a, it->link),
		.feed = arena_strdup(a, it->feed_title ? it->feed_title : ""),
		.topic = d->topic >= 0 ? arena_strdup(a, r->loaded.topics[d->topic].name) : "", .topic_id = d->topic,
		.published = d->at, .sd = s->sd, .distance = s->distance, .coverage = d->coverage, .feeds_telling = d->feeds_telling,
		.slot = pick->slot, .propensity = pick->propensity, .read = it->read, .starred = it->starred,
	};
	out->n_reasons = why_split(a, &r->profile, doc, now, most, &out->reasons, &out->score);
	for (size_t i = 0; i < out->n_reasons; i++)
		out->reasons[i].name = arena_strdup(a, out->reasons[i].name);
}

/* ---- orders ---- */

static int newest_first(const void *a, const void *b, void *user)
{
	const struct ranker *r = user;
	const struct doc *x = &r->loaded.corpus.doc[((const struct score *)a)->doc], *y = &r->loaded.corpus.doc[((const struct score *)b)->doc];

	return x->at != y->at ? (x->at < y->at) - (x->at > y->at) : (x->id < y->id) - (x->id > y->id);
}

static int oldest_first(const void *a, const void *b, void *user)
{
	return -newest_first(a, b, user);
}

static size_t by_time(struct ranker *r, struct field *f, bool oldest, size_t k, struct pick *pick)
{
	qsort_r(f->score, f->n, sizeof *f->score, oldest ? oldest_first : newest_first, r);
	if (k > f->n)
		k = f->n;
	for (size_t i = 0; i < k; i++)
		pick[i] = (struct pick){ i, SLOT_BUBBLE, 1 };
	return k;
}

static size_t by_rank(struct ranker *r, const struct field *f, int explore, size_t k, int64_t now, struct pick *pick)
{
	struct explore_input in = {
		.score = f->score, .topic = f->topic, .story = f->story, .n = f->n, .topics = r->loaded.corpus.values[FACET_TOPIC],
		.p_reader = f->p_reader, .p_feeds = f->p_feeds, .k = k, .explore = explore, .seed = (uint64_t)(now / DATE_DAY),
	};
	double outside;

	return explore_page(&in, pick, &outside);
}

#define SWAP_SECONDS (DATE_DAY / 2) /* a coin holds for so long, so that a page drawn anew is the same */

static void swap(const struct ranker *r, struct page *p, struct pick *pick, int *pair)
{
	size_t upper, lower;

	if (!r->app->config.swaps || !swap_places(pick, p->n, (uint64_t)(p->now / SWAP_SECONDS), &upper, &lower))
		return;
	pair[upper] = (int)lower + 1;
	pair[lower] = (int)upper + 1;
}

/* ---- what the page says of itself ---- */

static double outside(const struct page *p, const double *p_reader, size_t topics, struct arena *a)
{
	double *share = arena_zero(a, topics + 1, sizeof *share), sum = 0;

	for (size_t i = 0; i < p->n; i++)
		share[p->entries[i].topic_id < 0 ? topics : (size_t)p->entries[i].topic_id] += 1.0 / (double)p->n;
	for (size_t t = 0; t <= topics; t++)
		sum += fabs(share[t] - p_reader[t]);
	return sum / 2;
}

/* Topics of the page that aren't known. */
static int new_topics(const struct page *p, const bool *known, size_t topics, struct arena *a)
{
	bool *seen = arena_zero(a, topics + 1, sizeof *seen);
	int n = 0;

	for (size_t i = 0; i < p->n; i++) {
		int t = p->entries[i].topic_id;

		if (t >= 0 && !known[t] && !seen[t]) {
			seen[t] = true;
			n++;
		}
	}
	return n;
}

enum err ranker_page(struct ranker *r, const struct page_options *o, struct page *page, struct err_info *info)
{
	struct page p = { .explore = o->explore, .now = app_now(r->app) };
	size_t k = o->limit ? o->limit : (size_t)r->app->config.page_size;
	struct arena scratch = ARENA_INIT;
	struct field f = { 0 };
	struct pick *pick;
	size_t topics;
	bool *known;
	int *pair;
	enum err e = ranker_ready(r, info);

	if (e != OK)
		return e;
	if (r->width != o->width)
		r->scored_events = -1;
	r->width = r->profile.width = o->width;
	p.learned_from = (int64_t)r->profile.n;
	topics = (size_t)r->loaded.corpus.values[FACET_TOPIC];
	score_candidates(r, p.now);
	collect(r, &scratch, &f);
	f.p_feeds = arena_zero(&scratch, topics + 1, sizeof *f.p_feeds);
	f.p_reader = arena_zero(&scratch, topics + 1, sizeof *f.p_reader);
	profile_mixes(&r->profile, f.topic, f.n, p.now, f.p_reader, f.p_feeds);
	if (k > f.n)
		k = f.n;
	pick = arena_zero(&scratch, k + 1, sizeof *pick);
	pair = arena_zero(&scratch, k + 1, sizeof *pair);
	p.candidates = f.n;
	p.n = o->order == PAGE_RANK ? by_rank(r, &f, o->explore, k, p.now, pick) : by_time(r, &f, o->order == PAGE_OLD, k, pick);
	if (o->swaps && o->order == PAGE_RANK)
		swap(r, &p, pick, pair);
	p.entries = arena_zero(&p.arena, p.n + 1, sizeof *p.entries);
	known = known_topics(r, p.now, &scratch);
	for (size_t i = 0; i < p.n; i++) {
		const struct score *s = &f.score[pick[i].at];

		fill_entry(r, &p.arena, s->doc, s, &pick[i], p.now, REASONS_MOST, &p.entries[i]);
		p.entries[i].pair = pair[i];
		if (pick[i].slot == SLOT_SERENDIPITY)
			p.entries[i].slot_reason = slot_reason(r, &p.arena, &p.entries[i], &f, known);
	}
	if (p.n && p.learned_from) {
		p.outside = outside(&p, f.p_reader, topics, &scratch);
		p.new_topics = new_topics(&p, known, topics, &scratch);
	}
	arena_clear(&scratch);
	*page = p;
	return OK;
}

/* Where it stands among the unread: a place that can be counted, where a chance would claim what was never measured. */
static void find_standing(struct ranker *r, size_t doc, const struct score *s, int64_t now, struct page_entry *entry)
{
	size_t further = 0;

	score_candidates(r, now);
	entry->place = entry->of = 1;
	for (size_t i = 0; i < r->n_candidates; i++) {
		if (r->candidate[i] == doc || r->loaded.items.item[r->candidate[i]].read)
			continue;
		entry->of++;
		entry->place += r->score[i].mean > s->mean;
		further += r->score[i].distance > s->distance;
	}
	entry->nearer = r->profile.n == 0 ? -1 : entry->of > 1 ? (double)further / (double)(entry->of - 1) : 1;
}

enum err ranker_why(struct ranker *r, int64_t id, struct arena *a, struct page_entry *entry, const char ***change, size_t *n_change, struct err_info *info)
{
	static const struct pick plain = { 0, SLOT_BUBBLE, 1 };
	int64_t now = app_now(r->app);
	struct score s;
	size_t doc;
	enum err e = ranker_find(r, id, &doc, info);

	if (e != OK)
		return e;
	score_docs(&r->profile, &doc, 1, now, &s);
	fill_entry(r, a, doc, &s, &plain, now, 0, entry);
	find_standing(r, doc, &s, now, entry);
	*n_change = why_change(a, &r->profile, doc, now, 5, change);
	return OK;
}

enum err app_page(struct app *app, const struct page_options *o, struct page *page, struct err_info *info)
{
	struct ranker *r;
	enum err e = ranker_open(app, &r, info);

	if (e != OK)
		return e;
	e = ranker_page(r, o, page, info);
	ranker_close(r);
	return e;
}
