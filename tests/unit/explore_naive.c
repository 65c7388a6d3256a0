/* explore_naive - a page as it is said: every order made, every story gone through, for every place anew. */
#include "explore_naive.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "rank/quota.h"

/* Which may get a slot: first one of each topic, in places that were moved outside; then any in such places; then any. */
enum round { ROUND_TOPICS, ROUND_OUTSIDE, ROUND_ANY, ROUNDS };

/* One story that may be shown, by its best-scored article. */
struct candidate {
	const struct score *score;
	double mean;       /* of the score; -INFINITY where that is no number */
	size_t at;         /* index into the input */
	size_t topic;      /* "no topic" is the last */
	int64_t story;
	double value;      /* in the band: quality + Thompson draw */
	double propensity;
	bool band, slot, placed;
	enum round round;  /* in which it got its slot */
	enum slot kind;
};

struct plan {
	const struct explore_input *in;
	size_t topics;           /* with "no topic" */
	struct candidate *pool;  /* (n) best score first */
	size_t n, k;             /* stories; places that can be filled */
	double s;                /* the slider, 0..1 */
	size_t *have, *band;     /* (topics) stories; those in the band */
	size_t *own, *feeds;     /* (topics) places at either end of the slider */
	size_t *quota;           /* (topics) places where it stands */
	size_t *taken;           /* (topics) slots among them */
	struct candidate **slot; /* (n_slots) best first */
	size_t n_slots;
	size_t slots_placed;
	struct damping *damping; /* (n_damping) one a facet */
	size_t n_damping;
};

static int by_score(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->mean != y->mean)
		return x->mean > y->mean ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static int by_distance(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;

	if (x->score->distance != y->score->distance)
		return x->score->distance < y->score->distance ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static int by_value(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;

	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static size_t topic_of(const struct plan *p, size_t at)
{
	int t = p->in->topic[at];

	return t >= 0 && t < p->in->topics ? (size_t)t : p->topics - 1;
}

static void pool_fill(struct plan *p)
{
	const struct explore_input *in = p->in;
	struct map seen = MAP_INIT;

	p->pool = mem_zero(in->n + 1, sizeof *p->pool);
	for (size_t i = 0; i < in->n; i++)
		p->pool[i] = (struct candidate){ .score = &in->score[i], .mean = isnan(in->score[i].mean) ? -INFINITY : in->score[i].mean, .at = i,
						 .topic = topic_of(p, i), .story = in->story[i], .propensity = 1 };
	qsort(p->pool, in->n, sizeof *p->pool, by_score);
	for (size_t i = 0; i < in->n; i++) {
		bool fresh;

		(void)map_at(&seen, (const char *)&p->pool[i].story, sizeof p->pool[i].story, 1, &fresh);
		if (fresh)
			p->pool[p->n++] = p->pool[i];
	}
	map_clear(&seen);
	p->k = in->k < p->n ? in->k : p->n;
}

/* A reader can't do much with a language that they don't read, or with what they spoke against; chance doesn't ask twice; and where a part of the score is no number, no draw is one. */
static bool fit_for_slot(const struct score *s)
{
	return s->edit >= 0 && !s->foreign && !s->offered && isfinite(s->mean) && isfinite(s->sd) && isfinite(s->distance) && isfinite(s->quality);
}

/* Mark the stories from SLOT_FROM to SLOT_TO by rank of distance among those that are fit, and count all by topic. */
static void band_mark(struct plan *p)
{
	struct candidate **order = mem_zero(p->n + 1, sizeof *order);
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		p->have[p->pool[i].topic]++;
		if (fit_for_slot(p->pool[i].score))
			order[n++] = &p->pool[i];
	}
	qsort(order, n, sizeof *order, by_distance);
	for (size_t i = 0; i < n; i++) {
		order[i]->band = (double)i >= SLOT_FROM * (double)n && (double)i < SLOT_TO * (double)n;
		p->band[order[i]->topic] += order[i]->band;
	}
	free(order);
}

static size_t slots_possible(const struct plan *p, const size_t *quota)
{
	size_t sum = 0;

	for (size_t t = 0; t < p->topics; t++)
		sum += quota[t] < p->band[t] ? quota[t] : p->band[t];
	return sum;
}

/* How many places to move, at least `least` of D: as few as leave room for the slots that are wanted, or for the most that any further move gives.
 * Both conditions tighten as the slider goes up, so the answer never falls. */
static size_t moves_wanted(const struct plan *p, size_t least, size_t moves, size_t slots)
{
	const struct quota_mixes mixes = { p->in->p_reader, p->in->p_feeds, p->k };
	size_t *at = mem_zero(p->topics, sizeof *at), *room = mem_zero(moves + 1, sizeof *room), most = 0, m = least;

	memcpy(at, p->own, p->topics * sizeof *at);
	for (size_t i = 0; i <= moves; i++) {
		room[i] = slots_possible(p, at);
		if (i >= least && room[i] > most)
			most = room[i];
		quota_move(at, p->feeds, p->topics, &mixes);
	}
	most = most < slots ? most : slots;
	while (m < moves && room[m] < most)
		m++;
	free(at);
	free(room);
	return m;
}

static void quotas(struct plan *p)
{
	const struct quota_mixes mixes = { p->in->p_reader, p->in->p_feeds, p->k };
	size_t moves, m;

	quota_split(p->in->p_reader, p->have, p->topics, p->k, p->own);
	quota_split(p->in->p_feeds, p->have, p->topics, p->k, p->feeds);
	moves = quota_moves(p->own, p->feeds, p->topics);
	p->n_slots = (size_t)lround(SLOT_SHARE * (double)p->k * p->s);
	m = moves_wanted(p, (size_t)lround(p->s * (double)moves), moves, p->n_slots);
	memcpy(p->quota, p->own, p->topics * sizeof *p->quota);
	while (m-- > 0)
		quota_move(p->quota, p->feeds, p->topics, &mixes);
}

/* Quality plus the chance of being liked as drawn from the posterior. A story keeps its draw while the slider moves. */
static double value_drawn(const struct plan *p, const struct candidate *c)
{
	uint64_t key[] = { p->in->seed, (uint64_t)c->story };
	struct rng rng;

	rng_seed(&rng, hash_bytes(key, sizeof key));
	return c->score->quality + 1 / (1 + exp(-(c->score->mean + c->score->sd * rng_normal(&rng))));
}

static size_t outside_places(const struct plan *p, size_t t)
{
	return p->quota[t] > p->own[t] ? p->quota[t] - p->own[t] : 0;
}

/* Places of topic t that may still become slots; those moved outside come first. */
static size_t slot_room(const struct plan *p, size_t t, bool outside_only)
{
	size_t room = outside_only ? outside_places(p, t) : p->quota[t];

	return room > p->taken[t] ? room - p->taken[t] : 0;
}

static bool may_have_slot(const struct plan *p, const struct candidate *c, enum round round)
{
	if (c->slot || (round == ROUND_TOPICS && p->taken[c->topic]))
		return false;
	return slot_room(p, c->topic, round != ROUND_ANY) > 0;
}

/* The chance that c, all other draws as they are, would be drawn above the best that could have stood in its place: one of its topic, or one that may have a slot. The first of a topic
 * competes with what had no slot in the first round; where the topic has several, the last round decides about each of them. */
static double propensity(const struct plan *p, struct candidate *const *band, size_t n, enum round last, const struct candidate *c)
{
	enum round round = c->round == ROUND_TOPICS && p->taken[c->topic] == 1 ? ROUND_TOPICS : last;
	const struct candidate *rival = NULL;
	double t, z;

	for (size_t i = 0; i < n && !rival; i++)
		if (may_have_slot(p, band[i], round) || (!band[i]->slot && band[i]->topic == c->topic))
			rival = band[i];
	if (!rival || c->score->sd <= 0)
		return 1;
	t = fmin(fmax(rival->value - c->score->quality, 1e-6), 1 - 1e-6);
	z = (log(t / (1 - t)) - c->score->mean) / c->score->sd;
	return fmin(fmax(0.5 * erfc(z / sqrt(2)), 0.01), 1);
}

static void slots_pick(struct plan *p)
{
	struct candidate **band = mem_zero(p->n + 1, sizeof *band);
	enum round last = ROUND_TOPICS;
	size_t n = 0, found = 0;

	p->slot = mem_zero(p->n_slots + 1, sizeof *p->slot);
	for (size_t i = 0; i < p->n && p->n_slots; i++) {
		if (!p->pool[i].band)
			continue;
		p->pool[i].value = value_drawn(p, &p->pool[i]);
		band[n++] = &p->pool[i];
	}
	qsort(band, n, sizeof *band, by_value);
	for (enum round round = ROUND_TOPICS; round < ROUNDS && found < p->n_slots; round++) {
		last = round;
		for (size_t i = 0; i < n && found < p->n_slots; i++) {
			if (!may_have_slot(p, band[i], round))
				continue;
			band[i]->slot = true;
			band[i]->round = round;
			band[i]->kind = SLOT_SERENDIPITY;
			p->taken[band[i]->topic]++;
			p->slot[found++] = band[i];
		}
	}
	p->n_slots = found;
	for (size_t i = 0; i < found; i++)
		p->slot[i]->propensity = propensity(p, band, n, last, p->slot[i]);
	free(band);
}

/* ---- the other places ---- */

/* How much an article is held back for what stands on the page already: for each value of a facet, by the number of articles that have it. */
struct damping {
	const struct explore_facet *facet;
	double weight; /* log-odds */
	double *due;   /* (values + 1) places that the wanted mix gives it, and one */
	double *count; /* (values + 1) on the page so far */
	double *held;  /* (values + 1) log-odds */
};

static size_t value_of(const struct explore_facet *f, size_t at)
{
	int v = f->value[at];

	return v >= 0 && v < f->values ? (size_t)v : (size_t)f->values;
}

/* What has no value isn't held back: nothing says that two of them are alike. */
static void damping_count(struct damping *d, size_t at)
{
	size_t v = value_of(d->facet, at);

	if (v == (size_t)d->facet->values)
		return;
	d->count[v]++;
	d->held[v] = d->weight * log(1 + d->count[v] / d->due[v]);
}

static void damping_init(struct damping *d, const struct explore_facet *f, const struct plan *p, struct arena *a)
{
	double s = p->s;
	size_t n = (size_t)f->values + 1;

	d->facet = f;
	d->weight = EXPLORE_DAMPING * s * (1 + s) + (f->p_feeds ? EXPLORE_MIXING : 0);
	d->due = arena_zero(a, n, sizeof *d->due);
	d->count = arena_zero(a, n, sizeof *d->count);
	d->held = arena_zero(a, n, sizeof *d->held);
	for (size_t v = 0; v < n; v++)
		d->due[v] = 1 + (f->p_feeds ? (double)p->k * ((1 - s) * f->p_reader[v] + s * f->p_feeds[v]) : 0);
}

static void place(struct plan *p, struct candidate *c, struct pick *pick)
{
	c->placed = true;
	for (size_t f = 0; f < p->n_damping; f++)
		damping_count(&p->damping[f], c->at);
	*pick = (struct pick){ c->at, c->kind, c->propensity };
}

/* The best of those that may still be placed. */
static struct candidate *next_plain(const struct plan *p, const size_t *left)
{
	struct candidate *best = NULL;
	double top = -INFINITY;

	for (size_t i = 0; i < p->n; i++) {
		struct candidate *c = &p->pool[i];
		double v = c->mean;

		if (c->slot || c->placed || !left[c->topic])
			continue;
		if (best && v <= top)
			break; /* best score first: nothing is added to a score */
		for (size_t f = 0; f < p->n_damping; f++)
			v -= p->damping[f].held[value_of(p->damping[f].facet, c->at)];
		if (!best || v > top) {
			top = v;
			best = c;
		}
	}
	return best;
}

static int by_pool(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;

	return x < y ? -1 : x > y;
}

/* Slot j stands in the middle of the j-th of n_slots equal parts of the page. */
static size_t slot_place(const struct plan *p, size_t j)
{
	return j < p->n_slots ? (2 * j + 1) * p->k / (2 * p->n_slots) : SIZE_MAX;
}

/* Places from .. to: its slots, then the others: found one by one, and then in the order of their scores. */
static void window(struct plan *p, size_t from, size_t to, size_t *left, struct pick *pick)
{
	struct candidate *found[EXPLORE_WINDOW];
	size_t n = 0, slot = p->slots_placed;

	for (; slot_place(p, slot) < to; slot++)
		place(p, p->slot[slot], &pick[slot_place(p, slot)]);
	for (size_t i = from; i < to - (slot - p->slots_placed); i++) {
		struct pick unused;

		found[n] = next_plain(p, left);
		left[found[n]->topic]--;
		place(p, found[n++], &unused);
	}
	qsort(found, n, sizeof *found, by_pool);
	for (size_t i = from, next = 0; i < to; i++) {
		if (i == slot_place(p, p->slots_placed))
			p->slots_placed++;
		else {
			pick[i] = (struct pick){ found[next]->at, SLOT_BUBBLE, 1 };
			next++;
		}
	}
}

/* Of each topic that got places from outside, the last so many are marked so; slots come first. */
static void mark_outside(const struct plan *p, struct pick *pick)
{
	size_t *outside = mem_zero(p->topics, sizeof *outside);

	for (size_t t = 0; t < p->topics; t++)
		outside[t] = outside_places(p, t) > p->taken[t] ? outside_places(p, t) - p->taken[t] : 0;
	for (size_t i = p->k; i-- > 0;) {
		size_t t = topic_of(p, pick[i].at);

		if (pick[i].slot == SLOT_BUBBLE && outside[t]) {
			pick[i].slot = SLOT_EXPLORE;
			outside[t]--;
		}
	}
	free(outside);
}

static void arrange(struct plan *p, struct arena *a, struct pick *pick)
{
	size_t *left = arena_zero(a, p->topics, sizeof *left);

	p->damping = arena_zero(a, p->in->n_facets + 1, sizeof *p->damping);
	for (; p->n_damping < p->in->n_facets; p->n_damping++)
		damping_init(&p->damping[p->n_damping], &p->in->facet[p->n_damping], p, a);
	for (size_t t = 0; t < p->topics; t++)
		left[t] = p->quota[t] - p->taken[t];
	for (size_t from = 0; from < p->k; from += EXPLORE_WINDOW)
		window(p, from, from + EXPLORE_WINDOW < p->k ? from + EXPLORE_WINDOW : p->k, left, pick);
	mark_outside(p, pick);
}

static double deviation(const struct plan *p)
{
	double sum = 0;

	for (size_t t = 0; t < p->topics && p->k; t++)
		sum += fabs((double)p->quota[t] / (double)p->k - p->in->p_reader[t]);
	return sum / 2;
}

size_t explore_naive(const struct explore_input *in, struct pick *pick, double *outside)
{
	struct arena a = ARENA_INIT;
	struct plan p = { .in = in, .topics = (size_t)in->topics + 1, .s = fmin(fmax(in->explore / 100.0, 0), 1) };
	size_t **tables[] = { &p.have, &p.band, &p.own, &p.feeds, &p.quota, &p.taken };

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		*tables[i] = arena_zero(&a, p.topics, sizeof **tables[i]);
	pool_fill(&p);
	band_mark(&p);
	quotas(&p);
	slots_pick(&p);
	arrange(&p, &a, pick);
	if (outside)
		*outside = deviation(&p);
	free(p.pool);
	free(p.slot);
	arena_clear(&a);
	return p.k;
}
