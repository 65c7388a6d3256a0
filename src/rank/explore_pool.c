/* explore_pool - what a page is chosen from, as far as the slider has no part in it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "rank/explore_private.h"
#include "rank/quota.h"

size_t explore_topic(const struct explore_pool *p, size_t at)
{
	int t = p->in.topic[at];

	return t >= 0 && t < p->in.topics ? (size_t)t : p->topics - 1;
}

/* ---- orders ---- */

/* Something by a number, and where numbers are equal by what stood first in the input. */
struct keyed { double key; size_t at, which; };

static int rising(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static int falling(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* ---- stories ---- */

/* Which stories were met: a table of twice as many places as there are articles, or more. */
struct stories { int64_t *story; bool *taken; size_t mask; };

static void stories_init(struct stories *s, size_t n)
{
	size_t size = 16;

	while (size < 2 * n)
		size *= 2;
	*s = (struct stories){ mem_zero(size, sizeof *s->story), mem_zero(size, sizeof *s->taken), size - 1 };
}

static void stories_clear(struct stories *s)
{
	free(s->story);
	free(s->taken);
}

/* Returns false where it was met before. */
static bool stories_first(struct stories *s, int64_t story)
{
	size_t i = (size_t)(((uint64_t)story * 0x9e3779b97f4a7c15U) >> 20) & s->mask;

	for (; s->taken[i]; i = (i + 1) & s->mask)
		if (s->story[i] == story)
			return false;
	s->story[i] = story;
	s->taken[i] = true;
	return true;
}

/* Each story's best article, best first. */
static void candidates_fill(struct explore_pool *p, struct arena *a)
{
	const struct explore_input *in = &p->in;
	struct keyed *order = mem_alloc((in->n + 1) * sizeof *order);
	struct stories met;

	for (size_t i = 0; i < in->n; i++)
		order[i] = (struct keyed){ isnan(in->score[i].mean) ? -INFINITY : in->score[i].mean, i, i };
	qsort(order, in->n, sizeof *order, falling);
	p->candidate = arena_alloc(a, (in->n + 1) * sizeof *p->candidate);
	stories_init(&met, in->n);
	for (size_t i = 0; i < in->n; i++) {
		size_t at = order[i].at;

		if (stories_first(&met, in->story[at]))
			p->candidate[p->n++] = (struct candidate){ .score = &in->score[at], .mean = order[i].key, .at = at, .topic = explore_topic(p, at), .story = in->story[at] };
	}
	stories_clear(&met);
	free(order);
	p->k = in->k < p->n ? in->k : p->n;
}

/* Count them by topic, and put each topic's together. */
static void topics_fill(struct explore_pool *p, struct arena *a)
{
	size_t *next = arena_alloc(a, p->topics * sizeof *next);

	p->have = arena_zero(a, p->topics, sizeof *p->have);
	p->from = arena_zero(a, p->topics + 1, sizeof *p->from);
	p->by_topic = arena_alloc(a, (p->n + 1) * sizeof *p->by_topic);
	for (size_t i = 0; i < p->n; i++)
		p->have[p->candidate[i].topic]++;
	for (size_t t = 0; t < p->topics; t++)
		p->from[t + 1] = p->from[t] + p->have[t];
	memcpy(next, p->from, p->topics * sizeof *next);
	for (size_t i = 0; i < p->n; i++)
		p->by_topic[next[p->candidate[i].topic]++] = i;
}

/* ---- the band ---- */

/* A reader can't do much with a language that they don't read, or with what they spoke against; chance doesn't ask twice; and where a part of the score is no number, no draw is one. */
static bool fit_for_slot(const struct score *s)
{
	return s->edit >= 0 && !s->foreign && !s->offered && isfinite(s->mean) && isfinite(s->sd) && isfinite(s->distance) && isfinite(s->quality);
}

/* Quality plus the chance of being liked as drawn from the posterior. A story keeps its draw while the slider moves. */
static double value_drawn(const struct explore_pool *p, const struct candidate *c)
{
	uint64_t key[] = { p->in.seed, (uint64_t)c->story };
	struct rng rng;

	rng_seed(&rng, hash_bytes(key, sizeof key));
	return c->score->quality + 1 / (1 + exp(-(c->score->mean + c->score->sd * rng_normal(&rng))));
}

/* The stories from SLOT_FROM to SLOT_TO by rank of distance among those that are fit: drawn, in the order of what was drawn. */
static void band_fill(struct explore_pool *p, struct arena *a)
{
	struct keyed *order = mem_alloc((p->n + 1) * sizeof *order);
	size_t n = 0, from = 0, to;

	p->band = arena_zero(a, p->topics, sizeof *p->band);
	for (size_t i = 0; i < p->n; i++)
		if (fit_for_slot(p->candidate[i].score))
			order[n++] = (struct keyed){ p->candidate[i].score->distance, p->candidate[i].at, i };
	qsort(order, n, sizeof *order, rising);
	while (from < n && (double)from < SLOT_FROM * (double)n)
		from++;
	for (to = from; to < n && (double)to < SLOT_TO * (double)n; to++) {
		struct candidate *c = &p->candidate[order[to].which];

		order[to].key = c->value = value_drawn(p, c);
		p->band[c->topic]++;
	}
	p->n_drawn = to - from;
	qsort(order + from, p->n_drawn, sizeof *order, falling);
	p->drawn = arena_alloc(a, (p->n_drawn + 1) * sizeof *p->drawn);
	for (size_t i = 0; i < p->n_drawn; i++)
		p->drawn[i] = order[from + i].which;
	free(order);
}

/* ---- the way of the slider ---- */

static void way_fill(struct explore_pool *p, struct arena *a)
{
	const struct quota_mixes mixes = { p->in.p_reader, p->in.p_feeds, p->k };
	size_t *own = arena_zero(a, p->topics, sizeof *own), *feeds = arena_zero(a, p->topics, sizeof *feeds);

	quota_split(p->in.p_reader, p->have, p->topics, p->k, own);
	quota_split(p->in.p_feeds, p->have, p->topics, p->k, feeds);
	p->moves = quota_moves(own, feeds, p->topics);
	p->way = arena_alloc(a, (p->moves + 1) * p->topics * sizeof *p->way);
	memcpy(p->way, own, p->topics * sizeof *own);
	for (size_t i = 1; i <= p->moves; i++) {
		memcpy(p->way + i * p->topics, p->way + (i - 1) * p->topics, p->topics * sizeof *p->way);
		quota_move(p->way + i * p->topics, feeds, p->topics, &mixes);
	}
}

struct explore_pool *explore_pool_make(const struct explore_input *in, struct arena *a)
{
	struct explore_pool *p = arena_zero(a, 1, sizeof *p);

	p->in = *in;
	p->topics = (size_t)in->topics + 1;
	candidates_fill(p, a);
	topics_fill(p, a);
	band_fill(p, a);
	way_fill(p, a);
	return p;
}
