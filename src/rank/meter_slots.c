/* The serendipity slots, and feeds that tell the same stories. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "rank/meter.h"

/* ---- what was shown where, and opened ---- */

#define PROPENSITY_LEAST 0.01 /* as the slots say it (explore.c); a log from elsewhere may say less, and one article would be all that the estimate is of */

/* An article in slots, or in ordinary places of the front page. */
struct shown {
	bool shown, opened;
	double propensity; /* the first that is known; 0 none */
};

static void note(struct shown *s, const struct event *e)
{
	s->shown = true;
	s->opened |= e->kind == EVENT_OPEN || e->kind == EVENT_BROWSER;
	if (s->propensity <= 0 && e->propensity > 0)
		s->propensity = fmin(fmax(e->propensity, PROPENSITY_LEAST), 1);
}

static void gather(const struct meter_log *log, struct shown *slot, struct shown *ordinary)
{
	for (size_t i = 0; i < log->n; i++) {
		const struct event *e = &log->event[i];
		bool counts = e->kind == EVENT_SHOWN || e->kind == EVENT_SKIP || e->kind == EVENT_OPEN || e->kind == EVENT_BROWSER;

		if (log->of[i] < 0 || !counts)
			continue;
		if (e->slot == SLOT_SERENDIPITY)
			note(&slot[log->of[i]], e);
		else if (e->place > 0)
			note(&ordinary[log->of[i]], e);
	}
}

static void count(const struct shown *s, size_t n, int64_t *shown, double *rate)
{
	int64_t opened = 0;

	*shown = 0;
	for (size_t i = 0; i < n; i++) {
		*shown += s[i].shown;
		opened += s[i].opened;
	}
	*rate = *shown ? (double)opened / (double)*shown : -1;
}

static void estimate(const struct shown *s, size_t n, struct meter_slots *out)
{
	double weight = 0, opened = 0, square = 0;

	out->estimate = out->estimate_sd = -1;
	for (size_t i = 0; i < n; i++)
		if (s[i].propensity > 0) {
			out->rests_on++;
			weight += 1 / s[i].propensity;
			opened += s[i].opened / s[i].propensity;
		}
	if (out->rests_on < METER_SLOTS_KNOWN)
		return;
	out->estimate = opened / weight;
	for (size_t i = 0; i < n; i++)
		if (s[i].propensity > 0)
			square += pow((s[i].opened - out->estimate) / s[i].propensity, 2);
	out->estimate_sd = sqrt(square) / weight;
}

/* ---- topics that began in a slot ---- */

/* One topic on its way through the log. */
struct path {
	int64_t last;      /* its last reading */
	int64_t met;       /* in a slot, and new then; DATE_NONE: not, or too long ago */
	int64_t became;    /* DATE_NONE: not yet */
	int64_t later;     /* readings since, not from slots */
	bool counted;
};

static void walk(struct path *p, const struct meter_open *o)
{
	bool fresh = p->last == DATE_NONE || o->at - p->last > METER_LONG;

	p->last = o->at;
	if (p->became == DATE_NONE && fresh) {
		p->met = o->slot ? o->at : DATE_NONE;
		p->counted |= o->slot;
		p->later = 0;
		return;
	}
	if (p->met == DATE_NONE || o->slot)
		return;
	p->later++;
	if (p->became == DATE_NONE && p->later == METER_LATER)
		p->became = o->at;
}

/* Every article once: reading it again is no new reading of its topic. */
static void walk_all(const struct meter_log *log, struct arena *a, struct path *path)
{
	bool *seen = arena_zero(a, log->articles + 1, sizeof *seen);

	for (size_t t = 0; t < log->topics; t++)
		path[t] = (struct path){ .last = DATE_NONE, .met = DATE_NONE, .became = DATE_NONE };
	for (size_t i = 0; i < log->n_opens; i++) {
		const struct meter_open *o = &log->open[i];
		int topic = log->article[o->article].topic;

		if (seen[o->article] || topic < 0 || (size_t)topic >= log->topics)
			continue;
		seen[o->article] = true;
		walk(&path[topic], o);
	}
}

static int latest_first(const void *a, const void *b)
{
	const struct meter_interest *x = a, *y = b;

	if (x->became != y->became)
		return x->became > y->became ? -1 : 1;
	return x->topic < y->topic ? -1 : x->topic > y->topic;
}

static void interests(const struct meter_log *log, struct arena *a, struct meter_slots *out)
{
	struct path *path = arena_zero(a, log->topics + 1, sizeof *path);

	walk_all(log, a, path);
	out->interest = arena_zero(a, log->topics + 1, sizeof *out->interest);
	for (size_t t = 0; t < log->topics; t++) {
		out->met += path[t].counted;
		if (path[t].became != DATE_NONE)
			out->interest[out->n_interests++] = (struct meter_interest){
				.topic = (int)t, .met = path[t].met, .became = path[t].became, .readings = path[t].later,
			};
	}
	qsort(out->interest, out->n_interests, sizeof *out->interest, latest_first);
}

/* Articles opened in a slot and read to the end, in whichever opening. */
static int64_t finished(const struct meter_log *log, struct arena *a, const struct shown *slot)
{
	bool *done = arena_zero(a, log->articles + 1, sizeof *done);
	int64_t n = 0;

	for (size_t i = 0; i < log->n_opens; i++) {
		const struct meter_open *o = &log->open[i];

		if (!o->finished || !slot[o->article].opened || done[o->article])
			continue;
		done[o->article] = true;
		n++;
	}
	return n;
}

void meter_slots(const struct meter_log *log, struct arena *a, struct meter_slots *out)
{
	struct shown *slot = arena_zero(a, log->articles + 1, sizeof *slot), *ordinary = arena_zero(a, log->articles + 1, sizeof *ordinary);

	*out = (struct meter_slots){ .needs = METER_SLOTS_KNOWN };
	gather(log, slot, ordinary);
	count(slot, log->articles, &out->shown, &out->rate);
	count(ordinary, log->articles, &out->ordinary_shown, &out->ordinary);
	for (size_t i = 0; i < log->articles; i++)
		out->opened += slot[i].opened;
	out->finished = finished(log, a, slot);
	estimate(slot, log->articles, out);
	interests(log, a, out);
}

/* ---- feeds that tell the same stories ---- */

struct said { int64_t story; int feed; };

static int by_story(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	return x->feed < y->feed ? -1 : x->feed > y->feed;
}

/* Who told what in 60 days, each once, by story. */
static struct said *tellings(const struct meter_log *log, struct arena *a, size_t *n)
{
	struct said *t = arena_alloc(a, (log->n_published + 1) * sizeof *t);
	size_t all = 0, kept = 0;

	for (size_t i = 0; i < log->n_published; i++) {
		const struct meter_published *p = &log->published[i];

		if (p->at > log->now - METER_LONG && p->at <= log->now && p->feed >= 0 && (size_t)p->feed < log->feeds)
			t[all++] = (struct said){ p->story, p->feed };
	}
	qsort(t, all, sizeof *t, by_story);
	for (size_t i = 0; i < all; i++)
		if (!kept || by_story(&t[kept - 1], &t[i]) != 0)
			t[kept++] = t[i];
	*n = kept;
	return t;
}

static int most_alike_first(const void *a, const void *b)
{
	const struct meter_same *x = a, *y = b;

	if (x->share != y->share)
		return x->share > y->share ? -1 : 1;
	if (x->stories != y->stories)
		return x->stories > y->stories ? -1 : 1;
	return x->which != y->which ? (x->which < y->which ? -1 : 1) : (x->other_which > y->other_which) - (x->other_which < y->other_which);
}

/* For each ordered pair of feeds how many stories both tell: the pair's eight bytes -> their number. */
static void count_pairs(const struct said *t, size_t n, struct map *pairs)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && t[end].story == t[i].story;)
			end++;
		for (size_t j = i; j < end; j++)
			for (size_t k = i; k < end; k++) {
				int key[2] = { t[j].feed, t[k].feed };

				if (j != k)
					++*map_at(pairs, (const char *)key, sizeof key, 0, NULL);
			}
	}
}

size_t meter_same(const struct meter_log *log, struct arena *a, struct meter_same **out)
{
	int64_t *stories = arena_zero(a, log->feeds + 1, sizeof *stories);
	struct map pairs = MAP_INIT;
	size_t n, found = 0;
	const struct said *t = tellings(log, a, &n);

	for (size_t i = 0; i < n; i++)
		stories[t[i].feed]++;
	count_pairs(t, n, &pairs);
	*out = arena_zero(a, pairs.n + 1, sizeof **out);
	for (size_t i = 0; i < pairs.cap; i++) {
		const struct map_slot *s = &pairs.slot[i];
		int key[2];

		if (!s->key)
			continue;
		memcpy(key, s->key, sizeof key);
		if (stories[key[0]] >= METER_SAME_STORIES && (double)s->value > METER_SAME * (double)stories[key[0]])
			(*out)[found++] = (struct meter_same){
				.which = key[0], .other_which = key[1], .share = (double)s->value / (double)stories[key[0]], .stories = stories[key[0]], .shared = s->value,
			};
	}
	map_clear(&pairs);
	qsort(*out, found, sizeof **out, most_alike_first);
	return found;
}
