#include "rank/sim_life.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rank/explore.h"

#define ROW_SECONDS 2 /* that the cursor stands on a row */

void sim_life_init(struct sim_life *l, const struct sim_world *world, uint64_t seed, enum model_kind model, int explore)
{
	*l = (struct sim_life){ .pages = explore ? SIM_BY_SLIDER : SIM_BY_SCORE, .explore = explore, .places = SIM_PAGE };
	sim_reader_make(&l->reader, world, seed);
	rng_seed(&l->lot, ~seed);
	profile_init(&l->profile, &world->corpus, ~0u);
	models_use(&l->profile.models, model);
	l->profile.width = SIM_WIDTH;
}

void sim_life_clear(struct sim_life *l)
{
	profile_clear(&l->profile);
	sim_informed_free(l->informed);
	free(l->log);
	*l = (struct sim_life){ 0 };
}

void sim_life_inform(struct sim_life *l)
{
	assert(!l->n && !l->informed);
	l->informed = sim_informed_new(l->reader.world);
}

void sim_life_loop(struct sim_life *l, enum sim_pages pages, int places)
{
	assert(!l->n && places > 0 && places <= SIM_PAGE);
	l->reader.follows = true;
	l->pages = pages;
	l->places = places;
}

/* ---- the page ---- */

static int by_mean(const void *a, const void *b)
{
	const struct score *x = a, *y = b;

	if (x->mean != y->mean)
		return x->mean > y->mean ? -1 : 1;
	return x->doc < y->doc ? -1 : x->doc > y->doc;
}

static void score_all(struct profile *p, size_t first, size_t n, int64_t now, struct score *out)
{
	size_t *docs = mem_zero(n + 1, sizeof *docs);

	for (size_t i = 0; i < n; i++)
		docs[i] = first + i;
	score_docs(p, docs, n, now, out);
	free(docs);
}

void sim_life_score(struct sim_life *l, size_t first, size_t n, int64_t now, struct score *out)
{
	if (!l->informed) {
		score_all(&l->profile, first, n, now, out);
		return;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = (struct score){ .doc = first + i, .mean = sim_informed_score(l->informed, first + i) };
}

void sim_rank(struct profile *p, size_t first, size_t n, int64_t now, struct score *out)
{
	score_all(p, first, n, now, out);
	qsort(out, n, sizeof *out, by_mean);
}

/* The page that the slider makes of the day's scores. */
static void explore(struct sim_life *l, const struct score *score, int64_t now)
{
	struct arena a = ARENA_INIT;
	struct explore_input in;
	struct pick pick[SIM_PAGE];

	explore_gather(&l->profile, score, SIM_OFFERED, now, &a, &in);
	in.k = (size_t)l->places;
	in.explore = l->explore;
	in.seed = (uint64_t)l->day;
	(void)explore_page(&in, pick, NULL); /* all stories are distinct and there are more than places: none stays empty */
	for (int i = 0; i < l->places; i++) {
		l->page[i] = score[pick[i].at];
		l->slot[i] = pick[i].slot;
		l->propensity[i] = pick[i].slot == SLOT_SERENDIPITY ? pick[i].propensity : -1;
	}
	arena_clear(&a);
}

static void shuffle(struct rng *r, struct score *score)
{
	for (uint32_t i = SIM_OFFERED - 1; i > 0; i--) {
		uint32_t other = rng_below(r, i + 1);
		struct score kept = score[i];

		score[i] = score[other];
		score[other] = kept;
	}
}

/* By an order that knows nothing of the reader; newer is higher where it is that. */
static void rank_blindly(struct sim_life *l)
{
	const struct corpus *c = l->profile.corpus;
	struct score score[SIM_OFFERED];

	for (size_t i = 0; i < SIM_OFFERED; i++) {
		size_t doc = sim_offered(l->day) + i;

		score[i] = (struct score){ .doc = doc, .mean = l->pages == SIM_NEWEST ? (double)c->doc[doc].at : 0 };
	}
	if (l->pages == SIM_NEWEST)
		qsort(score, SIM_OFFERED, sizeof *score, by_mean);
	else
		shuffle(&l->lot, score);
	memcpy(l->page, score, (size_t)l->places * sizeof *score);
}

static void rank_page(struct sim_life *l, int64_t now)
{
	struct score score[SIM_OFFERED];

	for (int i = 0; i < l->places; i++) {
		l->slot[i] = SLOT_BUBBLE;
		l->propensity[i] = -1;
	}
	if (l->pages == SIM_NEWEST || l->pages == SIM_RANDOM) {
		rank_blindly(l);
		return;
	}
	sim_life_score(l, sim_offered(l->day), SIM_OFFERED, now, score);
	qsort(score, SIM_OFFERED, sizeof *score, by_mean);
	if (l->pages == SIM_BY_SLIDER)
		explore(l, score, now);
	else
		memcpy(l->page, score, (size_t)l->places * sizeof *score);
	for (int i = 0; i < l->places && !l->informed; i++)
		l->chance[i] = profile_chance(&l->profile, l->page[i].mean, l->page[i].sd);
}

/* ---- reading it ---- */

static void record(struct sim_life *l, enum event_kind kind, int row, int64_t at, double dwell, double scroll)
{
	struct event e = { .id = (int64_t)l->n + 1, .at = at, .article = l->profile.corpus->doc[l->page[row].doc].id, .kind = kind, .dwell = dwell,
			   .scroll = scroll, .place = row + 1, .slot = l->slot[row], .explore = l->explore, .propensity = l->propensity[row], .width = SIM_WIDTH };

	MEM_GROW(l->log, l->n, l->cap);
	l->log[l->n++] = e;
	if (l->pages == SIM_NEWEST || l->pages == SIM_RANDOM)
		profile_remember(&l->profile, &e);
	else if (!l->informed)
		profile_apply(&l->profile, &e);
	else if (kind == EVENT_OPEN || kind == EVENT_SKIP)
		sim_informed_learn(l->informed, l->page[row].doc, at, kind == EVENT_OPEN);
}

static void acted(struct sim_life *l, const struct sim_watch *watch, int row, bool opened)
{
	l->actions++;
	if (watch->action)
		watch->action(watch->user, l, row, opened);
}

static void show(struct sim_life *l, int from, int to, int64_t at)
{
	for (int row = from; row < to; row++)
		record(l, EVENT_SHOWN, row, at, -1, -1);
}

static void read_article(struct sim_life *l, int row, int64_t *now, bool wanted)
{
	size_t doc = l->page[row].doc;
	double dwell = sim_reader_dwell(&l->reader, doc, wanted, &l->held[row]);

	record(l, EVENT_OPEN, row, *now, -1, -1);
	*now += (int64_t)dwell;
	record(l, EVENT_CLOSE, row, *now, dwell, sim_reader_seen(&l->reader, doc, dwell));
}

/* Down the page, opening. Returns the time at which it is left. */
static int64_t go_down(struct sim_life *l, const struct sim_watch *watch, int64_t now)
{
	int screen = l->places < SIM_SCREEN ? l->places : SIM_SCREEN;

	show(l, 0, screen, now);
	for (int row = 0; row < l->depth; row++) {
		bool wanted;

		now += ROW_SECONDS;
		if (row == screen)
			show(l, screen, l->places, now);
		l->held[row] = false;
		l->opened[row] = sim_reader_opens(&l->reader, l->page[row].doc, row + 1, &wanted);
		if (!l->opened[row])
			continue;
		read_article(l, row, &now, wanted);
		acted(l, watch, row, true);
	}
	return now;
}

/* The cursor still stands on the last row: it didn't go past that. */
static void leave(struct sim_life *l, const struct sim_watch *watch, int64_t now)
{
	for (int row = 0; row < l->depth - 1; row++) {
		if (l->opened[row])
			continue;
		record(l, EVENT_SKIP, row, now, -1, -1);
		acted(l, watch, row, false);
	}
	for (int row = 0; row < l->depth; row++) {
		bool passed = !l->opened[row] && row < l->depth - 1;

		sim_reader_meet(&l->reader, l->page[row].doc, l->held[row] ? MET_READ : passed ? MET_PASSED : MET);
	}
}

bool sim_life_sit(struct sim_life *l, const struct sim_watch *watch)
{
	int64_t now = sim_morning(l->day);

	if (l->day >= SIM_DAYS)
		return false;
	rank_page(l, now);
	if (watch->page)
		watch->page(watch->user, l);
	l->depth = sim_reader_depth(&l->reader, l->places);
	now = go_down(l, watch, now);
	leave(l, watch, now);
	sim_reader_drift(&l->reader);
	l->day++;
	return true;
}
