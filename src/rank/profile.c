#include "rank/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rank/memory.h"

#define MIX_DAYS 60
#define MIX_SMOOTH 5.0 /* readings */

static void affinities_init(struct affinities *a, int n)
{
	a->n = n > 0 ? (size_t)n : 0;
	a->one = mem_zero(a->n + 1, sizeof *a->one);
	a->share = mem_zero(a->n + 1, sizeof *a->share);
}

static void affinities_clear(struct affinities *a)
{
	free(a->one);
	free(a->share);
}

static bool affinities_have(const struct affinities *a, int which)
{
	return which >= 0 && (size_t)which < a->n;
}

/* The corpus' own shares, or its articles counted. */
static void shares(struct profile *p)
{
	const struct corpus *c = p->corpus;
	double feeds = 0, categories = 0, topics = 0;

	if (c->share.feed) {
		memcpy(p->by_feed.share, c->share.feed, p->by_feed.n * sizeof *p->by_feed.share);
		memcpy(p->by_category.share, c->share.category, p->by_category.n * sizeof *p->by_category.share);
		memcpy(p->by_topic.share, c->share.topic, p->by_topic.n * sizeof *p->by_topic.share);
		return;
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct doc *d = &c->doc[i];

		if (affinities_have(&p->by_feed, d->feed)) {
			p->by_feed.share[d->feed]++;
			feeds++;
		}
		if (affinities_have(&p->by_topic, d->topic)) {
			p->by_topic.share[d->topic]++;
			topics++;
		}
		for (int j = 0; j < d->n_cat; j++)
			if (affinities_have(&p->by_category, d->cat[j]))
				p->by_category.share[d->cat[j]]++;
		categories += d->n_cat > 0;
	}
	for (size_t i = 0; i < p->by_feed.n && feeds > 0; i++)
		p->by_feed.share[i] /= feeds;
	for (size_t i = 0; i < p->by_category.n && categories > 0; i++)
		p->by_category.share[i] /= categories;
	for (size_t i = 0; i < p->by_topic.n && topics > 0; i++)
		p->by_topic.share[i] /= topics;
}

void profile_init(struct profile *p, const struct corpus *corpus, unsigned mask)
{
	*p = (struct profile){ .corpus = corpus, .mask = mask };
	interest_init(&p->model, FEATURE_COUNT, feature_prior_mean, feature_prior_sd);
	affinities_init(&p->by_feed, corpus->feeds);
	affinities_init(&p->by_category, corpus->categories);
	affinities_init(&p->by_topic, corpus->topics);
	p->feed = p->by_feed.one;
	p->category = p->by_category.one;
	p->topic = p->by_topic.one;
	p->reading_of = mem_zero(corpus->n + 1, sizeof *p->reading_of);
	shares(p);
}

void profile_clear(struct profile *p)
{
	interest_clear(&p->model);
	affinities_clear(&p->by_feed);
	affinities_clear(&p->by_category);
	affinities_clear(&p->by_topic);
	free(p->reading);
	free(p->reading_of);
	memory_free(p->cache);
	*p = (struct profile){ 0 };
}

/* Seconds that an article of so many words takes. */
static double expected(int words)
{
	double t = words > 0 ? words * 60 / SIGNAL_WORDS_A_MINUTE : 0;

	return t > SIGNAL_SHORTEST ? t : SIGNAL_SHORTEST;
}

static bool brief(const struct event *e, int words)
{
	double least = fmin(fmax(SIGNAL_BRIEF * expected(words), 2.5), 8);

	return (e->kind == EVENT_OPEN || e->kind == EVENT_CLOSE) && e->dwell >= 0 && e->dwell < least;
}

/* Weight of an opening or closing; sets *y. */
static double dwell_signal(const struct event *e, int words, int *y)
{
	*y = !brief(e, words);
	if (!*y)
		return SIGNAL_BRIEF_WEIGHT;
	if (!(e->dwell >= 0))
		return e->kind == EVENT_OPEN ? SIGNAL_OPENED : 0;
	return fmin(1, 0.25 + e->dwell / expected(words));
}

void profile_signal(const struct event *e, int words, int *y, double *weight)
{
	*y = 0;
	*weight = 0;
	switch (e->kind) {
	case EVENT_OPEN:
	case EVENT_CLOSE:
		*weight = dwell_signal(e, words, y);
		break;
	case EVENT_SHOWN:
		*weight = SIGNAL_SHOWN;
		break;
	case EVENT_SKIP:
		*weight = SIGNAL_SKIPPED;
		break;
	case EVENT_DISLIKE:
		*weight = SIGNAL_LIKED;
		break;
	case EVENT_LIKE:
		*weight = SIGNAL_LIKED;
		*y = 1;
		break;
	case EVENT_SAVE:
		*weight = SIGNAL_SAVED;
		*y = 1;
		break;
	case EVENT_BROWSER:
		*weight = SIGNAL_BROWSED;
		*y = 1;
		break;
	default: /* flags say nothing of interest */
		break;
	}
}

/* Move reading i to the end: the order is that of the last opening. */
static void to_end(struct profile *p, size_t i)
{
	struct reading r = p->reading[i];

	memmove(p->reading + i, p->reading + i + 1, (p->n - i - 1) * sizeof r);
	p->reading[p->n - 1] = r;
	for (; i < p->n; i++)
		p->reading_of[p->reading[i].doc] = (int32_t)i + 1;
}

static void remember(struct profile *p, size_t doc, int64_t at, double weight)
{
	struct reading *r;

	if (!p->reading_of[doc]) {
		MEM_GROW(p->reading, p->n, p->cap);
		p->reading[p->n++] = (struct reading){ .doc = doc };
		p->reading_of[doc] = (int32_t)p->n;
	} else if ((size_t)p->reading_of[doc] != p->n) {
		to_end(p, (size_t)p->reading_of[doc] - 1);
	}
	r = &p->reading[p->n - 1];
	r->at = at;
	r->weight = fmax(r->weight, fmin(weight, 1));
	p->changes++;
}

/* A dislike takes a reading back, a brief look one that was no more than an opening. */
static void forget(struct profile *p, size_t doc, const struct event *e)
{
	struct reading *r = p->reading_of[doc] ? &p->reading[p->reading_of[doc] - 1] : NULL;

	if (!r || r->weight <= 0)
		return;
	if (e->kind == EVENT_DISLIKE || (e->kind == EVENT_CLOSE && r->weight <= SIGNAL_OPENED)) {
		r->weight = 0;
		p->changes++;
	}
}

static void decay(struct affinities *a, double keep)
{
	a->all.yes *= keep;
	a->all.no *= keep;
	for (size_t i = 0; i < a->n; i++) {
		a->one[i].yes *= keep;
		a->one[i].no *= keep;
	}
}

static void decay_all(struct profile *p, int64_t day)
{
	if (p->affinity_day && day > p->affinity_day) {
		double keep = exp((double)(p->affinity_day - day) / AFFINITY_DAYS);

		decay(&p->by_feed, keep);
		decay(&p->by_category, keep);
		decay(&p->by_topic, keep);
	}
	if (!p->affinity_day || day > p->affinity_day)
		p->affinity_day = day;
}

static void count(struct affinities *a, const int *which, int n, int y, double weight)
{
	bool any = false;

	for (int i = 0; i < n; i++) {
		if (!affinities_have(a, which[i]))
			continue;
		*(y ? &a->one[which[i]].yes : &a->one[which[i]].no) += weight;
		any = true;
	}
	if (any)
		*(y ? &a->all.yes : &a->all.no) += weight;
}

/* What an event says of an article of the corpus. Returns false where it says nothing. */
static bool heard(struct profile *p, const struct event *e, size_t *doc, int *y, double *weight)
{
	int64_t at = corpus_find(p->corpus, e->article);

	p->last_event = e->id;
	p->events++;
	if (at < 0)
		return false;
	*doc = (size_t)at;
	profile_signal(e, p->corpus->doc[at].words, y, weight);
	return *weight > 0;
}

static void keep(struct profile *p, const struct event *e, size_t doc, int y, double weight)
{
	const struct doc *d = &p->corpus->doc[doc];

	decay_all(p, e->at / DATE_DAY);
	count(&p->by_feed, &d->feed, 1, y, weight);
	count(&p->by_topic, &d->topic, 1, y, weight);
	count(&p->by_category, d->cat, d->n_cat, y, weight);
	if (y)
		remember(p, doc, e->at, weight);
	else
		forget(p, doc, e);
}

void profile_apply(struct profile *p, const struct event *e)
{
	double phi[FEATURE_COUNT], weight;
	size_t doc;
	int y;

	if (!heard(p, e, &doc, &y, &weight))
		return;
	decay_all(p, e->at / DATE_DAY);
	interest_inflate(&p->model, e->at / DATE_DAY);
	features_fill(p, &doc, 1, e->at, phi);
	(void)interest_update(&p->model, phi, y, weight);
	keep(p, e, doc, y, weight);
}

void profile_remember(struct profile *p, const struct event *e)
{
	double weight;
	size_t doc;
	int y;

	if (heard(p, e, &doc, &y, &weight))
		keep(p, e, doc, y, weight);
}

double profile_lift(const struct affinities *a, int which)
{
	double share;

	if (!affinities_have(a, which) || a->all.yes <= 0)
		return 0;
	share = (a->one[which].no + AFFINITY_PASSED * a->share[which]) / (a->all.no + AFFINITY_PASSED);
	return log((a->one[which].yes + AFFINITY_SMOOTH) / (a->all.yes * share + AFFINITY_SMOOTH));
}

/* Weight of the readings of the last days by topic, those without one in out[topics]. Returns their sum. */
static double mix_count(const struct profile *p, int64_t now, double *out)
{
	size_t topics = p->by_topic.n;
	double total = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct reading *r = &p->reading[i];
		int topic = p->corpus->doc[r->doc].topic;

		if (r->at <= now - MIX_DAYS * DATE_DAY)
			continue;
		out[affinities_have(&p->by_topic, topic) ? (size_t)topic : topics] += r->weight;
		total += r->weight;
	}
	return total;
}

void profile_mix(const struct profile *p, int64_t now, const double *p_feeds, double *out)
{
	size_t topics = p->by_topic.n;
	double *count_of = mem_zero(topics + 1, sizeof *count_of), total = mix_count(p, now, count_of) - count_of[topics];

	for (size_t i = 0; i < topics; i++)
		out[i] = (count_of[i] + MIX_SMOOTH * p_feeds[i]) / (total + MIX_SMOOTH);
	free(count_of);
}

void profile_mixes(const struct profile *p, const int *topic, size_t n, int64_t now, double *p_reader, double *p_feeds)
{
	size_t topics = p->by_topic.n;
	double total;

	for (size_t i = 0; i <= topics; i++)
		p_reader[i] = p_feeds[i] = 0;
	for (size_t i = 0; i < n; i++)
		p_feeds[affinities_have(&p->by_topic, topic[i]) ? (size_t)topic[i] : topics] += 1 / (double)n;
	if (!n)
		p_feeds[topics] = 1;
	total = mix_count(p, now, p_reader);
	for (size_t i = 0; i <= topics; i++)
		p_reader[i] = (p_reader[i] + MIX_SMOOTH * p_feeds[i]) / (total + MIX_SMOOTH);
}
