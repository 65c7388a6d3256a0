#include "rank/replay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "rank/eval.h"
#include "rank/score.h"

#define TOP 10
#define SEED 1 /* of the order by chance */

/* An article of a sitting. */
struct seen {
	size_t doc;
	int y;         /* opened */
	int place;     /* 1-based, the first that is known */
	double dwell;  /* seconds in this sitting, all openings together; < 0 unknown */
};

struct order { double pairs, won, ndcg; };

enum { BY_RANKING, BY_RECENCY, BY_FEED, BY_RANDOM, ORDERS };

struct run {
	struct profile profile;
	struct rng rng;
	struct seen *seen;       /* (n) of the sitting */
	size_t n, cap;
	int32_t *seen_of;        /* (corpus->n) index into seen + 1, 0 none */
	struct { double yes, no; } *feed; /* (feeds of the corpus) opened and passed over before this sitting */
	struct order order[ORDERS];
	struct forecast_list forecasts;
	double completion[REPLAY_PLACES];
	struct replay_result *out;
};

static const struct { int from, to; } bucket[REPLAY_PLACES] = { { 1, 3 }, { 4, 10 }, { 11, 20 }, { 21, 0 } };

/* ---- gathering a sitting ---- */

static struct seen *seen_at(struct run *r, size_t doc)
{
	if (!r->seen_of[doc]) {
		MEM_GROW(r->seen, r->n, r->cap);
		r->seen[r->n++] = (struct seen){ .doc = doc, .dwell = -1 };
		r->seen_of[doc] = (int32_t)r->n;
	}
	return &r->seen[r->seen_of[doc] - 1];
}

/* Whether an event is a decision on an article of a page; a close only adds its time to an opening. */
static void gather(struct run *r, const struct event *e)
{
	int64_t at = corpus_find(r->profile.corpus, e->article);
	bool opened = e->kind == EVENT_OPEN || e->kind == EVENT_BROWSER;
	struct seen *s;

	if (at < 0 || e->place <= 0 || (!opened && e->kind != EVENT_SKIP && e->kind != EVENT_CLOSE))
		return;
	if (e->kind == EVENT_CLOSE && !r->seen_of[at])
		return;
	s = seen_at(r, (size_t)at);
	s->y |= opened;
	if (!s->place)
		s->place = e->place;
	if (e->kind != EVENT_SKIP && e->dwell >= 0)
		s->dwell = fmax(s->dwell, 0) + e->dwell;
}

static size_t sitting_end(const struct event *log, size_t n, size_t from)
{
	size_t to = from + 1;

	while (to < n && log[to].at - log[to - 1].at < REPLAY_GAP)
		to++;
	return to;
}

/* ---- measuring it ---- */

static void compare(struct order *o, const int *y, const double *s, size_t n, double pairs)
{
	o->pairs += pairs;
	o->won += pairs * eval_auc(y, s, n);
	o->ndcg += eval_ndcg(y, s, n, TOP);
}

/* Equal scores are broken by chance: the articles come in the order in which they were dealt with, which knows too much. */
static void shuffle(struct run *r)
{
	for (size_t i = r->n; i > 1; i--) {
		size_t j = rng_below(&r->rng, (uint32_t)i);
		struct seen s = r->seen[i - 1];

		r->seen[i - 1] = r->seen[j];
		r->seen[j] = s;
	}
}

static bool has_feed(const struct run *r, int feed)
{
	return feed >= 0 && feed < r->profile.corpus->values[FACET_FEED];
}

static double feed_share(const struct run *r, int feed)
{
	return has_feed(r, feed) ? (r->feed[feed].yes + 1) / (r->feed[feed].yes + r->feed[feed].no + 2) : 0.5;
}

/* The orders side by side. score (n) by the profile. */
static void compare_all(struct run *r, const struct score *score)
{
	const struct corpus *c = r->profile.corpus;
	double *s = mem_zero(ORDERS * (r->n + 1), sizeof *s);
	int *y = mem_zero(r->n + 1, sizeof *y);
	double yes = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct doc *d = &c->doc[r->seen[i].doc];

		y[i] = r->seen[i].y;
		yes += y[i];
		s[BY_RANKING * r->n + i] = score[i].mean;
		s[BY_RECENCY * r->n + i] = (double)d->at;
		s[BY_FEED * r->n + i] = feed_share(r, d->feed);
		s[BY_RANDOM * r->n + i] = rng_uniform(&r->rng);
	}
	if (yes > 0 && yes < (double)r->n) {
		for (size_t o = 0; o < ORDERS; o++)
			compare(&r->order[o], y, s + o * r->n, r->n, yes * ((double)r->n - yes));
		r->out->compared++;
	}
	free(s);
	free(y);
}

static void complete(struct run *r, const struct seen *s)
{
	int words = r->profile.corpus->doc[s->doc].words;
	double expected = fmax(words * 60.0 / signals_shipped.words_a_minute, signals_shipped.shortest);

	if (!s->y || s->dwell < 0 || words <= 0)
		return;
	for (size_t b = 0; b < REPLAY_PLACES; b++)
		if (s->place >= bucket[b].from && (!bucket[b].to || s->place <= bucket[b].to)) {
			r->completion[b] += fmin(1, s->dwell / expected);
			r->out->places[b].n++;
		}
}

/* What is known once the sitting is over. */
static void count(struct run *r, const struct seen *s)
{
	int feed = r->profile.corpus->doc[s->doc].feed;

	*(s->y ? &r->out->opened : &r->out->passed) += 1;
	if (has_feed(r, feed))
		*(s->y ? &r->feed[feed].yes : &r->feed[feed].no) += 1;
	complete(r, s);
}

static void measure(struct run *r, int64_t now)
{
	struct score *score = mem_zero(r->n + 1, sizeof *score);
	size_t *docs = mem_zero(r->n + 1, sizeof *docs);

	shuffle(r);
	for (size_t i = 0; i < r->n; i++)
		docs[i] = r->seen[i].doc;
	score_docs(&r->profile, docs, r->n, now, score);
	compare_all(r, score);
	for (size_t i = 0; i < r->n; i++) {
		forecast_add(&r->forecasts, profile_chance(&r->profile, score[i].mean, score[i].sd), r->seen[i].y);
		count(r, &r->seen[i]);
		r->seen_of[docs[i]] = 0;
	}
	r->out->sittings += r->n > 0;
	r->n = 0;
	free(score);
	free(docs);
}

/* ---- the whole log ---- */

static struct replay_order order_of(const struct order *o, size_t compared)
{
	return (struct replay_order){ o->pairs > 0 ? o->won / o->pairs : 0, compared ? o->ndcg / (double)compared : 0 };
}

static void sum_up(struct run *r)
{
	struct replay_result *out = r->out;
	size_t n = out->opened + out->passed;
	double share = n ? (double)out->opened / (double)n : 0;
	struct forecast *f = r->forecasts.one;

	out->ranking = order_of(&r->order[BY_RANKING], out->compared);
	out->recency = order_of(&r->order[BY_RECENCY], out->compared);
	out->feed = order_of(&r->order[BY_FEED], out->compared);
	out->random = order_of(&r->order[BY_RANDOM], out->compared);
	out->log_loss = forecast_log_loss(f, n);
	out->brier = forecast_brier(f, n);
	forecast_calibration(f, n, &out->calibration);
	for (size_t i = 0; i < n; i++)
		f[i].chance = share;
	out->plain_log_loss = forecast_log_loss(f, n);
	out->plain_brier = forecast_brier(f, n);
	for (size_t b = 0; b < REPLAY_PLACES; b++) {
		out->places[b].from = bucket[b].from;
		out->places[b].to = bucket[b].to;
		out->places[b].completion = out->places[b].n ? r->completion[b] / (double)out->places[b].n : 0;
	}
}

void replay(const struct corpus *corpus, enum model_kind model, const struct event *log, size_t n, void (*step)(void *user, size_t done, size_t total), void *user,
	    struct replay_result *out)
{
	struct run r = { .out = out };

	*out = (struct replay_result){ 0 };
	rng_seed(&r.rng, SEED);
	profile_init(&r.profile, corpus, ~0u);
	models_use(&r.profile.models, model);
	r.seen_of = mem_zero(corpus->n + 1, sizeof *r.seen_of);
	r.feed = mem_zero((size_t)corpus->values[FACET_FEED] + 1, sizeof *r.feed);
	for (size_t from = 0, to; from < n; from = to) {
		to = sitting_end(log, n, from);
		for (size_t i = from; i < to; i++)
			gather(&r, &log[i]);
		measure(&r, log[from].at);
		for (size_t i = from; i < to; i++)
			profile_apply(&r.profile, &log[i]);
		if (step)
			step(user, to, n);
	}
	out->enough = out->opened >= REPLAY_LEAST && out->passed >= REPLAY_LEAST;
	if (out->enough)
		sum_up(&r);
	else
		memset(out->places, 0, sizeof out->places);
	profile_clear(&r.profile);
	free(r.seen);
	free(r.seen_of);
	free(r.feed);
	free(r.forecasts.one);
}
