#include "rank/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MIX_DAYS 60
#define MIX_SMOOTH 2.0  /* readings */
#define MIX_MEETING 5.0 /* a value's share is corrected by at most this factor */

static const double chance_means[] = CHANCE_MEANS, chance_sds[] = CHANCE_SDS;

void profile_init(struct profile *p, const struct corpus *corpus, unsigned mask)
{
	*p = (struct profile){ .corpus = corpus, .mask = mask };
	models_init(&p->models, FEATURE_COUNT, feature_prior_mean, feature_prior_sd);
	interest_init(&p->chance, 2, chance_means, chance_sds);
	habits_init(&p->habits);
	taste_init(&p->taste, corpus);
	crosses_init(&p->crosses, corpus);
	edits_init(&p->edits, corpus);
	p->memory = memory_new(corpus, true);
	p->passed = memory_new(corpus, false);
	p->reading_of = mem_zero(corpus->n + 1, sizeof *p->reading_of);
	p->slot_day = mem_zero(corpus->n + 1, sizeof *p->slot_day);
}

static int32_t *longer(int32_t *x, size_t from, size_t to)
{
	x = mem_resize(x, to + 1, sizeof *x);
	memset(x + from, 0, (to + 1 - from) * sizeof *x);
	return x;
}

void profile_grow(struct profile *p, size_t from)
{
	taste_grow(&p->taste, p->corpus);
	crosses_grow(&p->crosses, p->corpus);
	edits_grow(&p->edits);
	memory_grow(p->memory, from);
	memory_grow(p->passed, from);
	p->reading_of = longer(p->reading_of, from, p->corpus->n);
	p->slot_day = longer(p->slot_day, from, p->corpus->n);
}

void profile_clear(struct profile *p)
{
	models_clear(&p->models);
	interest_clear(&p->chance);
	habits_clear(&p->habits);
	taste_clear(&p->taste);
	crosses_clear(&p->crosses);
	edits_clear(&p->edits);
	memory_free(p->memory);
	memory_free(p->passed);
	free(p->reading);
	free(p->reading_of);
	free(p->slot_day);
	*p = (struct profile){ 0 };
}

static struct reading *reading_of(const struct profile *p, size_t doc)
{
	return p->reading_of[doc] ? &p->reading[p->reading_of[doc] - 1] : NULL;
}

static void remember(struct profile *p, size_t doc, const struct event *e, double weight, bool returned)
{
	struct reading *r = reading_of(p, doc);

	if (!r) {
		MEM_GROW(p->reading, p->n, p->cap);
		r = &p->reading[p->n++];
		*r = (struct reading){ .doc = doc };
		p->reading_of[doc] = (int32_t)p->n;
	}
	r->at = e->at;
	r->again = returned && e->kind == EVENT_OPEN;
	r->sure |= e->kind != EVENT_OPEN || e->dwell >= 0;
	r->weight = fmax(r->weight, fmin(weight, 1));
	memory_put(p->memory, doc, r->at, r->weight);
}

/* A dislike takes a reading back, a closing at once one that was no more than an opening. */
static void take_back(struct profile *p, size_t doc, const struct event *e)
{
	struct reading *r = reading_of(p, doc);

	if (!r || r->weight <= 0)
		return;
	if (e->kind == EVENT_DISLIKE || (e->kind == EVENT_CLOSE && !r->sure)) {
		r->weight = 0;
		memory_drop(p->memory, doc);
	}
}

/* What was looked at and left, until it is read after all. That it stood on the screen is too little. */
static void pass_over(struct profile *p, size_t doc, const struct event *e, int y)
{
	if (y)
		memory_drop(p->passed, doc);
	else if (e->kind != EVENT_SHOWN && !(reading_of(p, doc) && reading_of(p, doc)->weight > 0))
		memory_put(p->passed, doc, e->at, 1);
}

/* An article that had been read before is open once more: by its opening, or the closing of that. */
static bool returned(const struct profile *p, size_t doc, const struct event *e)
{
	const struct reading *r = reading_of(p, doc);

	if (!r || r->weight <= 0)
		return false;
	return e->kind == EVENT_OPEN ? e->at - r->at >= RETURN_AFTER : r->again;
}

/* What one event says. */
struct statement { size_t doc; int y; double weight; bool returned; };

/* What an event says of an article of the corpus. Returns false where it says nothing of one. */
static bool heard(struct profile *p, const struct event *e, struct statement *s)
{
	int64_t at = corpus_find(p->corpus, e->article);

	p->last_event = e->id;
	p->events++;
	if (e->kind == EVENT_EDIT)
		edits_apply(&p->edits, e);
	if (e->kind == EVENT_EDIT || at < 0)
		return false;
	s->doc = (size_t)at;
	if (e->slot == SLOT_SERENDIPITY && !p->slot_day[at])
		p->slot_day[at] = (int32_t)(e->at / DATE_DAY);
	s->returned = returned(p, s->doc, e);
	signal_of(&p->habits, e, p->corpus->doc[at].words, s->returned, &s->y, &s->weight);
	habits_learn(&p->habits, e, p->corpus->doc[at].words);
	return s->weight > 0;
}

static void keep(struct profile *p, const struct event *e, const struct statement *s)
{
	const struct doc *d = &p->corpus->doc[s->doc];
	struct cross_values v = crosses_values(d, e->at, e->width);

	taste_decay(&p->taste, e->at / DATE_DAY);
	taste_count(&p->taste, d, s->y, s->weight);
	crosses_learn(&p->crosses, &v, e->at, s->y, s->weight);
	if (s->y)
		remember(p, s->doc, e, s->weight, s->returned);
	else
		take_back(p, s->doc, e);
	pass_over(p, s->doc, e, s->y);
}

/* The score as far as it is known: what is uncertain is nearer to even odds. */
static double moderated(double score, double var)
{
	return score / sqrt(1 + M_PI * fmax(0, var) / 8);
}

/* Only what was looked at on a page and decided upon tells the chance of an opening: what was opened from elsewhere had nothing passed over beside it. */
static void calibrate(struct profile *p, const struct event *e, size_t doc, const double *phi)
{
	double x[2] = { 1, moderated(models_score(&p->models, phi, &p->corpus->terms, doc), interest_var(&p->models.interest, phi)) };

	if (e->place > 0 && (e->kind == EVENT_OPEN || e->kind == EVENT_SKIP))
		(void)interest_update(&p->chance, x, e->kind == EVENT_OPEN, 1);
}

void profile_apply(struct profile *p, const struct event *e)
{
	double phi[FEATURE_COUNT];
	struct statement s;

	if (!heard(p, e, &s))
		return;
	taste_decay(&p->taste, e->at / DATE_DAY);
	interest_inflate(&p->models.interest, e->at / DATE_DAY);
	interest_inflate(&p->chance, e->at / DATE_DAY);
	features_fill_at(p, &s.doc, 1, e->at, e->width, phi);
	calibrate(p, e, s.doc, phi);
	models_update(&p->models, phi, &p->corpus->terms, s.doc, s.y, s.weight);
	keep(p, e, &s);
}

void profile_remember(struct profile *p, const struct event *e)
{
	struct statement s;

	if (heard(p, e, &s))
		keep(p, e, &s);
}

double profile_chance(const struct profile *p, double score, double sd)
{
	return 1 / (1 + exp(-(p->chance.mean[0] + p->chance.mean[1] * moderated(score, sd * sd))));
}

/* Weight of the readings of the last days by value, those without one in out[n]. Returns their sum. */
static double mix_count(const struct profile *p, enum facet f, int64_t now, double *out)
{
	const struct affinities *a = &p->taste.of[f];
	double total = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct reading *r = &p->reading[i];
		int value = doc_first(&p->corpus->doc[r->doc], f);

		if (r->at <= now - MIX_DAYS * DATE_DAY)
			continue;
		out[taste_has(a, value) ? (size_t)value : a->n] += r->weight;
		total += r->weight;
	}
	return total;
}

/* From the mix of what was read to that of what would be, were all values met as often as the feeds publish them: else a page that shows much of something would see itself confirmed.
 * How often each was met is told by what was passed over, in the weights of the taste; at least as much of that as was read is taken to have been met, what the log doesn't have
 * (articles from other programs) as published. */
static void by_meeting(const struct affinities *a, double read, const double *p_feeds, double *mix)
{
	double unseen = fmax(MIX_SMOOTH, read - a->all.no), sum = 0;

	for (size_t i = 0; i <= a->n; i++) {
		double passed = i < a->n ? a->one[i].no : a->all.no * p_feeds[i];
		double met = (passed + unseen * p_feeds[i]) / (a->all.no + unseen);

		if (p_feeds[i] > 0)
			mix[i] *= fmin(fmax(p_feeds[i] / met, 1 / MIX_MEETING), MIX_MEETING);
		sum += mix[i];
	}
	for (size_t i = 0; i <= a->n; i++)
		mix[i] /= sum;
}

void profile_mixes(const struct profile *p, enum facet f, const int *value, size_t n, int64_t now, double *p_reader, double *p_feeds)
{
	const struct affinities *a = &p->taste.of[f];
	double total;

	for (size_t i = 0; i <= a->n; i++)
		p_reader[i] = p_feeds[i] = 0;
	for (size_t i = 0; i < n; i++)
		p_feeds[taste_has(a, value[i]) ? (size_t)value[i] : a->n] += 1 / (double)n;
	if (!n)
		p_feeds[a->n] = 1;
	total = mix_count(p, f, now, p_reader);
	for (size_t i = 0; i <= a->n; i++)
		p_reader[i] = (p_reader[i] + MIX_SMOOTH * p_feeds[i]) / (total + MIX_SMOOTH);
	by_meeting(a, total, p_feeds, p_reader);
}
