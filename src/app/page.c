#include "app/page.h"

#include <math.h>
#include <string.h>

#include "app/ranker.h"
#include "rank/diversity.h"
#include "rank/explore.h"
#include "rank/swap.h"
#include "rank/why.h"

#define REASONS_MOST 6
#define NEW_GROUND (30 * DATE_DAY) /* a topic not read for so long is new to the reader */

/* ---- scores of the candidates, kept for a minute ---- */

void page_forget(struct ranker *r)
{
	arena_clear(&r->kept.arena);
	r->kept = (struct kept_field){ .made = false };
}

static void score_candidates(struct ranker *r, int64_t now)
{
	if (r->scored_events == r->profile.events && r->scored_at == now / 60)
		return;
	page_forget(r);
	score_docs(&r->profile, r->candidate, r->n_candidates, now, r->score);
	r->scored_events = r->profile.events;
	r->scored_at = now / 60;
}

/* Bans hold where the page is ranked, and not in an order by time. Returns how many they left out. */
static size_t collect(struct ranker *r, const struct score *score, bool ranked, struct arena *a, struct field *f)
{
	size_t most = r->n_candidates + 1, banned = 0;

	f->score = arena_alloc(a, most * sizeof *f->score);
	for (size_t i = 0; i < r->n_candidates; i++) {
		if (r->loaded.items.item[r->candidate[i]].read)
			continue;
		if (ranked && score[i].banned) {
			banned++;
			continue;
		}
		f->score[f->n++] = score[i];
	}
	return banned;
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
		else if (f->in.p_reader[t] < f->in.p_feeds[t])
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

/* ---- places ---- */

static size_t by_time(const struct ranker *r, const struct field *f, bool oldest, struct pick *pick)
{
	size_t n = ranking_by_time(r, f, 0, pick);

	for (size_t i = 0; oldest && i < n / 2; i++) {
		struct pick kept = pick[i];

		pick[i] = pick[n - 1 - i];
		pick[n - 1 - i] = kept;
	}
	return n < f->k ? n : f->k;
}

#define SWAP_SECONDS (DATE_DAY / 2) /* a coin holds for so long, so that a page drawn anew is the same */

static void swap(struct sheet *s, int64_t now)
{
	size_t upper, lower;

	if (!swap_places(s->pick, s->n, (uint64_t)(now / SWAP_SECONDS), &upper, &lower))
		return;
	s->pair[upper] = (int)lower + 1;
	s->pair[lower] = (int)upper + 1;
}

/* An order by time is what it says: no trial and no coin has a part in it. A trial has coins of its own. */
void page_arrange(const struct ranker *r, const struct page_options *o, const struct field *f, bool drafts, struct arena *a, struct sheet *s)
{
	*s = (struct sheet){
		.pick = arena_zero(a, f->n + 1, sizeof *s->pick), .pair = arena_zero(a, f->n + 1, sizeof *s->pair), .team = arena_zero(a, f->n + 1, sizeof *s->team),
		.drafted = drafts && o->order == PAGE_RANK && trial_drafts(&r->trial),
	};
	if (s->drafted)
		s->n = trial_page(r, f, s->pick, s->team);
	else if (o->order == PAGE_RANK)
		s->n = ranking_by_interest(r, f, 0, s->pick);
	else
		s->n = by_time(r, f, o->order == PAGE_OLD, s->pick);
	if (o->order == PAGE_RANK && !s->drafted && o->swaps && r->app->config.swaps)
		swap(s, f->now);
}

/* ---- what the page says of itself ---- */

static double outside(const struct page *p, const double *p_reader, size_t topics, struct arena *a)
{
	double *share = arena_zero(a, topics + 1, sizeof *share);

	for (size_t i = 0; i < p->n; i++)
		share[p->entries[i].topic_id < 0 ? topics : (size_t)p->entries[i].topic_id] += 1.0 / (double)p->n;
	return mix_variation(share, p_reader, topics + 1);
}

/* The chances of being opened, each by how much its place is looked at. */
static double interest_of(const struct profile *p, const struct field *f, const struct pick *pick, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += profile_chance(p, f->score[pick[i].at].mean, f->score[pick[i].at].sd) * pow((double)i + 1, -p->habits.place.mean[0]);
	return sum;
}

/* What slider 0 makes of the field: counted once. */
static double home(const struct ranker *r, struct kept_field *kept)
{
	struct arena a = ARENA_INIT;
	struct field f = kept->field;
	struct pick *pick = arena_zero(&a, f.n + 1, sizeof *pick);

	f.explore = 0;
	if (kept->home < 0)
		kept->home = interest_of(&r->profile, &f, pick, ranking_by_interest(r, &f, 0, pick));
	arena_clear(&a);
	return kept->home;
}

/* Against the page that slider 0 makes of the same scores. */
static double expected(struct ranker *r, const struct field *f, const struct sheet *s)
{
	double most = home(r, &r->kept);

	return most > 0 ? interest_of(&r->profile, f, s->pick, s->n) / most - 1 : 0;
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

static void fill_entries(struct ranker *r, const struct field *f, const struct sheet *s, const bool *known, struct page *p)
{
	p->n = s->n;
	p->entries = arena_zero(&p->arena, p->n + 1, sizeof *p->entries);
	for (size_t i = 0; i < p->n; i++) {
		const struct score *score = &f->score[s->pick[i].at];
		struct page_entry *e = &p->entries[i];

		fill_entry(r, &p->arena, score->doc, score, &s->pick[i], p->now, REASONS_MOST, e);
		e->pair = s->pair[i];
		e->team = s->team[i];
		e->trial = s->drafted ? r->trial.row.id : 0;
		if (e->slot == SLOT_SERENDIPITY)
			e->slot_reason = slot_reason(r, &p->arena, e, f, known);
	}
}

void page_width(struct ranker *r, int width)
{
	if (r->width != width)
		r->scored_events = -1;
	r->width = r->profile.width = width;
}

static size_t places(const struct ranker *r, const struct page_options *o)
{
	return o->limit ? o->limit : (size_t)r->app->config.page_size;
}

struct field page_field(struct ranker *r, const struct page_options *o, const struct score *score, int64_t now, struct arena *a, size_t *banned)
{
	size_t k = places(r, o);
	struct field f = { .explore = o->explore, .now = now };
	struct explore_all all;

	page_width(r, o->width);
	score_candidates(r, now);
	*banned = collect(r, score ? score : r->score, o->order == PAGE_RANK, a, &f);
	f.k = k < f.n ? k : f.n;
	f.many = candidates_all(r, a, &all) ? all.n : f.n;
	explore_gather_among(&r->profile, f.score, f.n, f.many > f.n ? &all : NULL, now, a, &f.in);
	f.in.k = f.k;
	f.in.seed = (uint64_t)(now / DATE_DAY);
	if (o->order == PAGE_RANK)
		f.pool = explore_pool_make(&f.in, a);
	return f;
}

/* The field of the last page, while it holds for this one. */
static const struct kept_field *keep_field(struct ranker *r, const struct page_options *o, int64_t now)
{
	struct kept_field *k = &r->kept;
	bool ranked = o->order == PAGE_RANK;
	struct kept_field fresh = { .made = true, .ranked = ranked, .places = places(r, o), .home = -1 };

	page_width(r, o->width);
	score_candidates(r, now);
	if (k->made && k->ranked == ranked && k->places == fresh.places) {
		k->field.explore = o->explore;
		return k;
	}
	fresh.field = page_field(r, o, NULL, now, &fresh.arena, &fresh.banned);
	page_forget(r);
	r->kept = fresh;
	return k;
}

enum err ranker_page(struct ranker *r, const struct page_options *o, struct page *page, struct err_info *info)
{
	struct page p = { .explore = o->explore, .now = app_now(r->app) };
	struct arena scratch = ARENA_INIT;
	const struct kept_field *kept;
	const struct field *f;
	struct sheet sheet;
	size_t topics;
	bool *known;
	enum err e = candidates_follow(r, info);

	if (e != OK)
		return e;
	p.learned_from = (int64_t)r->profile.n;
	topics = (size_t)r->loaded.corpus.values[FACET_TOPIC];
	kept = keep_field(r, o, p.now);
	f = &kept->field;
	p.banned = kept->banned;
	p.candidates = f->many;
	page_arrange(r, o, f, true, &scratch, &sheet);
	known = known_topics(r, p.now, &scratch);
	fill_entries(r, f, &sheet, known, &p);
	if (p.n && p.learned_from) {
		p.outside = outside(&p, f->in.p_reader, topics, &scratch);
		p.new_topics = new_topics(&p, known, topics, &scratch);
		p.expected = expected(r, f, &sheet);
	}
	if (o->order == PAGE_RANK)
		p.note = trial_note(&r->trial, p.now, &p.arena);
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
