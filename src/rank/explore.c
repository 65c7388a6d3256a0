#include "rank/explore_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Which may get a slot: first one of each topic, in places that were moved outside; then any in such places; then any. */
enum round { ROUND_TOPICS, ROUND_OUTSIDE, ROUND_ANY, ROUNDS };

/* A candidate that stands in a slot. */
struct slot_taken {
	const struct candidate *candidate;
	enum round round; /* in which it got it */
	double propensity;
};

struct plan {
	const struct explore_pool *pool;
	double s;                   /* the slider, 0..1 */
	const size_t *own, *quota;  /* (topics) places at 0, and where it stands */
	size_t *taken;              /* (topics) slots among them */
	bool *used;                 /* (candidates) in a slot, or placed */
	struct slot_taken *slot;    /* (n_slots) best first */
	size_t n_slots;
	size_t slots_placed;
	struct damping *damping;    /* (n_damping) one a facet */
	size_t n_damping;
	const double *topic_held;   /* (topics) of the facet that is the topic; NULL where none is */
};

static size_t slots_possible(const struct explore_pool *p, const size_t *quota)
{
	size_t sum = 0;

	for (size_t t = 0; t < p->topics; t++)
		sum += quota[t] < p->band[t] ? quota[t] : p->band[t];
	return sum;
}

/* How many places to move, at least `least`: as few as leave room for the slots that are wanted, or for the most that any further move gives.
 * Both conditions tighten as the slider goes up, so the answer never falls. */
static size_t moves_wanted(const struct explore_pool *p, size_t least, size_t slots)
{
	size_t most = 0, m = least;

	for (size_t i = least; i <= p->moves && most < slots; i++) {
		size_t room = slots_possible(p, p->way + i * p->topics);

		most = room > most ? room : most;
	}
	most = most < slots ? most : slots;
	while (m < p->moves && slots_possible(p, p->way + m * p->topics) < most)
		m++;
	return m;
}

static void quotas(struct plan *p)
{
	const struct explore_pool *pool = p->pool;
	size_t least = (size_t)lround(p->s * (double)pool->moves);

	p->n_slots = (size_t)lround(SLOT_SHARE * (double)pool->k * p->s);
	p->own = pool->way;
	p->quota = pool->way + moves_wanted(pool, least, p->n_slots) * pool->topics;
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

static bool may_have_slot(const struct plan *p, size_t i, enum round round)
{
	size_t topic = p->pool->candidate[i].topic;

	if (p->used[i] || (round == ROUND_TOPICS && p->taken[topic]))
		return false;
	return slot_room(p, topic, round != ROUND_ANY) > 0;
}

/* The best that could have stood in a slot's place, as things are: one of its topic, or one that may have a slot; NULL none. The first of a topic
 * competes with what had no slot in the first round; where the topic has several, the last round decides about each of them. */
static const struct candidate *rival_of(const struct plan *p, enum round last, const struct slot_taken *s)
{
	size_t topic = s->candidate->topic;
	enum round round = s->round == ROUND_TOPICS && p->taken[topic] == 1 ? ROUND_TOPICS : last;

	for (size_t i = 0; i < p->pool->n_drawn; i++) {
		size_t at = p->pool->drawn[i];

		if (may_have_slot(p, at, round) || (!p->used[at] && p->pool->candidate[at].topic == topic))
			return &p->pool->candidate[at];
	}
	return NULL;
}

/* The chance that it, all other draws as they are, would be drawn above its rival. */
static double propensity(const struct plan *p, enum round last, const struct slot_taken *s)
{
	const struct candidate *rival = rival_of(p, last, s);
	const struct score *score = s->candidate->score;
	double t, z;

	if (!rival || score->sd <= 0)
		return 1;
	t = fmin(fmax(rival->value - score->quality, 1e-6), 1 - 1e-6);
	z = (log(t / (1 - t)) - score->mean) / score->sd;
	return fmin(fmax(0.5 * erfc(z / sqrt(2)), 0.01), 1);
}

static void slots_pick(struct plan *p, struct arena *a)
{
	enum round last = ROUND_TOPICS;
	size_t found = 0;

	p->slot = arena_zero(a, p->n_slots + 1, sizeof *p->slot);
	for (enum round round = ROUND_TOPICS; round < ROUNDS && found < p->n_slots; round++) {
		last = round;
		for (size_t i = 0; i < p->pool->n_drawn && found < p->n_slots; i++) {
			size_t at = p->pool->drawn[i];

			if (!may_have_slot(p, at, round))
				continue;
			p->used[at] = true;
			p->taken[p->pool->candidate[at].topic]++;
			p->slot[found++] = (struct slot_taken){ &p->pool->candidate[at], round, 1 };
		}
	}
	p->n_slots = found;
	for (size_t i = 0; i < found; i++)
		p->slot[i].propensity = propensity(p, last, &p->slot[i]);
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
		d->due[v] = 1 + (f->p_feeds ? (double)p->pool->k * ((1 - s) * f->p_reader[v] + s * f->p_feeds[v]) : 0);
}

static void dampings_init(struct plan *p, struct arena *a)
{
	const struct explore_input *in = &p->pool->in;

	p->damping = arena_zero(a, in->n_facets + 1, sizeof *p->damping);
	for (; p->n_damping < in->n_facets; p->n_damping++) {
		const struct explore_facet *f = &in->facet[p->n_damping];

		damping_init(&p->damping[p->n_damping], f, p, a);
		if (f->value == in->topic && f->values == in->topics)
			p->topic_held = p->damping[p->n_damping].held;
	}
}

static void place(struct plan *p, size_t i)
{
	p->used[i] = true;
	for (size_t f = 0; f < p->n_damping; f++)
		damping_count(&p->damping[f], p->pool->candidate[i].at);
}

static double damped(const struct plan *p, const struct candidate *c)
{
	double v = c->mean;

	for (size_t f = 0; f < p->n_damping; f++)
		v -= p->damping[f].held[value_of(p->damping[f].facet, c->at)];
	return v;
}

/* One that is best so far: the highest number, and of equal ones the better score. */
struct best { size_t i; double v; };
#define NO_BEST ((struct best){ SIZE_MAX, -INFINITY })

/* Is it beaten already, with `most` the highest number that it can have? */
static bool beaten(const struct best *b, size_t i, double most)
{
	return b->i != SIZE_MAX && (most < b->v || (most == b->v && i > b->i));
}

/* The best of a topic, where it is better than `best`. What holds back all of the topic alike is known beforehand, so that its articles, best score first, needn't be gone through further than to one
 * that can't be better. */
static void best_of_topic(const struct plan *p, size_t topic, struct best *best)
{
	double held = p->topic_held ? p->topic_held[topic] : 0;

	for (size_t j = p->pool->from[topic]; j < p->pool->from[topic + 1]; j++) {
		size_t i = p->pool->by_topic[j];
		const struct candidate *c = &p->pool->candidate[i];
		double v;

		if (beaten(best, i, c->mean - held))
			break;
		if (p->used[i])
			continue;
		v = damped(p, c);
		if (!beaten(best, i, v))
			*best = (struct best){ i, v };
	}
}

/* The best of those that may still be placed. */
static size_t next_plain(const struct plan *p, const size_t *left)
{
	struct best best = NO_BEST;

	for (size_t t = 0; t < p->pool->topics; t++)
		if (left[t])
			best_of_topic(p, t, &best);
	return best.i;
}

static int rising(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Slot j stands in the middle of the j-th of n_slots equal parts of the page. */
static size_t slot_place(const struct plan *p, size_t j)
{
	return j < p->n_slots ? (2 * j + 1) * p->pool->k / (2 * p->n_slots) : SIZE_MAX;
}

/* Places from .. to: its slots, then the others: found one by one, and then in the order of their scores. */
static void window(struct plan *p, size_t from, size_t to, size_t *left, struct pick *pick)
{
	const struct candidate *candidate = p->pool->candidate;
	size_t found[EXPLORE_WINDOW], n = 0, slot = p->slots_placed;

	for (; slot_place(p, slot) < to; slot++) {
		const struct slot_taken *s = &p->slot[slot];

		place(p, (size_t)(s->candidate - candidate));
		pick[slot_place(p, slot)] = (struct pick){ s->candidate->at, SLOT_SERENDIPITY, s->propensity };
	}
	for (size_t i = from; i < to - (slot - p->slots_placed); i++) {
		found[n] = next_plain(p, left);
		left[candidate[found[n]].topic]--;
		place(p, found[n++]);
	}
	qsort(found, n, sizeof *found, rising);
	for (size_t i = from, next = 0; i < to; i++) {
		if (i == slot_place(p, p->slots_placed))
			p->slots_placed++;
		else
			pick[i] = (struct pick){ candidate[found[next++]].at, SLOT_BUBBLE, 1 };
	}
}

/* Of each topic that got places from outside, the last so many are marked so; slots come first. */
static void mark_outside(const struct plan *p, struct arena *a, struct pick *pick)
{
	size_t *outside = arena_zero(a, p->pool->topics, sizeof *outside);

	for (size_t t = 0; t < p->pool->topics; t++)
		outside[t] = outside_places(p, t) > p->taken[t] ? outside_places(p, t) - p->taken[t] : 0;
	for (size_t i = p->pool->k; i-- > 0;) {
		size_t t = explore_topic(p->pool, pick[i].at);

		if (pick[i].slot == SLOT_BUBBLE && outside[t]) {
			pick[i].slot = SLOT_EXPLORE;
			outside[t]--;
		}
	}
}

static void arrange(struct plan *p, struct arena *a, struct pick *pick)
{
	size_t *left = arena_zero(a, p->pool->topics, sizeof *left), k = p->pool->k;

	dampings_init(p, a);
	for (size_t t = 0; t < p->pool->topics; t++)
		left[t] = p->quota[t] - p->taken[t];
	for (size_t from = 0; from < k; from += EXPLORE_WINDOW)
		window(p, from, from + EXPLORE_WINDOW < k ? from + EXPLORE_WINDOW : k, left, pick);
	mark_outside(p, a, pick);
}

static double deviation(const struct plan *p)
{
	const struct explore_pool *pool = p->pool;
	double sum = 0;

	for (size_t t = 0; t < pool->topics && pool->k; t++)
		sum += fabs((double)p->quota[t] / (double)pool->k - pool->in.p_reader[t]);
	return sum / 2;
}

size_t explore_pool_page(const struct explore_pool *pool, int explore, struct pick *pick, double *outside)
{
	struct arena a = ARENA_INIT;
	struct plan p = { .pool = pool, .s = fmin(fmax(explore / 100.0, 0), 1), .taken = arena_zero(&a, pool->topics, sizeof *p.taken),
			  .used = arena_zero(&a, pool->n + 1, sizeof *p.used) };

	quotas(&p);
	slots_pick(&p, &a);
	arrange(&p, &a, pick);
	if (outside)
		*outside = deviation(&p);
	arena_clear(&a);
	return pool->k;
}

size_t explore_page(const struct explore_input *in, struct pick *pick, double *outside)
{
	struct arena a = ARENA_INIT;
	size_t n = explore_pool_page(explore_pool_make(in, &a), in->explore, pick, outside);

	arena_clear(&a);
	return n;
}
