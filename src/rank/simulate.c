#include "rank/simulate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rank/eval.h"
#include "rank/sim_life.h"

#define TOP 10
#define HELD_OUT SIM_OFFERED
#define ACTIONS_MOST 400
#define BRIEF_DWELL 1.5
#define IDLE_DWELL 60.0 /* the reader program counts no more between two keys */

const int simulate_checks[SIMULATE_CHECKS] = { 25, 50, 100, 200, ACTIONS_MOST };
const int simulate_after[SIMULATE_AFTER] = { 0, 20, 40, 60, 100 };

/* All readers' figures before they are put together; a table has a row a reader. */
struct study {
	struct sim_world world;
	enum model_kind model;
	size_t users;
	double *learned, *explored, *changed, *informed, *informed_change; /* (users x checks) */
	double *brief, *brief_p90, *idle, *idle_p90; /* (users) */
	struct forecast_list forecasts;
	double random, recency, wanted, measured; /* sums, and how many */
	double regret[SIMULATE_WINDOWS], pages[SIMULATE_WINDOWS];
	double offset;
};

/* One life of one reader as it is watched. */
struct watched {
	struct study *study;
	size_t user;
	double *share;     /* (checks) row of the table that this life fills */
	const int *check;  /* (checks) rising; actions after `from` */
	int checks, next, from;
	bool steady;       /* the life that regret, forecasts and accidents are taken from */
};

/* ---- shares ---- */

struct gains { double gain[HELD_OUT], score[HELD_OUT]; };

/* True chances of the day's held-out articles. */
static void gains_of(const struct sim_life *l, struct gains *g)
{
	for (size_t i = 0; i < HELD_OUT; i++)
		g->gain[i] = sim_reader_chance(&l->reader, sim_held_out(l->day) + i);
}

/* What an order gets that knows nothing, and what the newest first get. The held-out articles are in no order. */
static void measure_baselines(struct study *st, const struct sim_life *l, struct gains *g)
{
	double sum = 0;

	for (size_t i = 0; i < HELD_OUT; i++) {
		g->score[i] = 0;
		sum += g->gain[i];
	}
	st->random += eval_ndcg_gain(g->gain, g->score, HELD_OUT, TOP);
	for (size_t i = 0; i < HELD_OUT; i++)
		g->score[i] = (double)l->profile.corpus->doc[sim_held_out(l->day) + i].at;
	st->recency += eval_ndcg_gain(g->gain, g->score, HELD_OUT, TOP);
	st->wanted += sum / HELD_OUT;
	st->measured++;
}

static double share_of_oracle(struct study *st, struct sim_life *l)
{
	struct score score[HELD_OUT];
	struct gains g;

	gains_of(l, &g);
	if (!l->informed)
		measure_baselines(st, l, &g);
	sim_life_score(l, sim_held_out(l->day), HELD_OUT, sim_morning(l->day), score);
	for (size_t i = 0; i < HELD_OUT; i++)
		g.score[i] = score[i].mean;
	return eval_ndcg_gain(g.gain, g.score, HELD_OUT, TOP);
}

static void check(struct watched *w, struct sim_life *l)
{
	if (w->next < w->checks && l->actions - w->from >= w->check[w->next])
		w->share[w->next++] = share_of_oracle(w->study, l);
}

/* ---- an accident ---- */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Sorts x (n); q in 0..1, linear between neighbours; 0 of none. */
static double quantile(double *x, size_t n, double q)
{
	double at = q * (double)(n ? n - 1 : 0);
	size_t i = (size_t)at;

	if (!n)
		return 0;
	qsort(x, n, sizeof *x, by_size);
	return i + 1 < n ? x[i] + (at - (double)i) * (x[i + 1] - x[i]) : x[i];
}

/* Place of an article among n with the one at index `gone` left out. */
static double place_without(const struct score *order, size_t n, size_t doc, size_t gone)
{
	double place = 0;

	for (size_t i = 0; i < n && order[i].doc != doc; i++)
		place += order[i].doc != gone;
	return place;
}

/* Open the least wanted article of the page that these hundred make, for so long, and see how far the others move. */
static void accident(struct profile *p, const struct sim_life *l, double dwell, double *median, double *p90)
{
	struct score before[HELD_OUT], after[HELD_OUT];
	int64_t now = sim_morning(l->day) + DATE_HOUR;
	size_t least = 0, moved = 0;
	double moves[SIM_PAGE];
	struct event open = { .id = p->last_event + 1, .at = now, .kind = EVENT_OPEN, .dwell = -1, .scroll = -1, .explore = 0, .propensity = -1, .width = SIM_WIDTH }, close = open;

	sim_rank(p, sim_held_out(l->day), HELD_OUT, now, before);
	for (size_t i = 1; i < SIM_PAGE; i++)
		if (sim_reader_chance(&l->reader, before[i].doc) < sim_reader_chance(&l->reader, before[least].doc))
			least = i;
	open.article = close.article = p->corpus->doc[before[least].doc].id;
	open.place = close.place = (int)least + 1;
	close.id = open.id + 1;
	close.at = now + (int64_t)dwell;
	close.kind = EVENT_CLOSE;
	close.dwell = dwell;
	close.scroll = sim_reader_seen(&l->reader, before[least].doc, 0);
	profile_apply(p, &open);
	profile_apply(p, &close);
	sim_rank(p, sim_held_out(l->day), HELD_OUT, now, after);
	for (size_t i = 0; i < SIM_PAGE; i++)
		if (i != least)
			moves[moved++] = fabs(place_without(after, HELD_OUT, before[i].doc, before[least].doc) -
					      place_without(before, HELD_OUT, before[i].doc, before[least].doc));
	*median = quantile(moves, moved, 0.5);
	*p90 = quantile(moves, moved, 0.9);
}

/* Each on a profile folded anew from the log, so that the life goes on undisturbed. */
static void accidents(struct watched *w, const struct sim_life *l)
{
	struct study *st = w->study;

	for (int idle = 0; idle < 2; idle++) {
		struct profile p;

		profile_init(&p, l->profile.corpus, ~0u);
		models_use(&p.models, st->model);
		for (size_t i = 0; i < l->n; i++)
			profile_apply(&p, &l->log[i]);
		if (idle)
			accident(&p, l, IDLE_DWELL, &st->idle[w->user], &st->idle_p90[w->user]);
		else
			accident(&p, l, BRIEF_DWELL, &st->brief[w->user], &st->brief_p90[w->user]);
		profile_clear(&p);
	}
}

/* ---- lives ---- */

/* How many more of the first ten the oracle would have had wanted. */
static void on_page(void *user, struct sim_life *l)
{
	struct watched *w = user;
	int window = l->actions / SIMULATE_WINDOW;
	double best[SIM_OFFERED], regret = 0;

	if (!w->steady || window >= SIMULATE_WINDOWS)
		return;
	for (size_t i = 0; i < SIM_OFFERED; i++)
		best[i] = -sim_reader_chance(&l->reader, sim_offered(l->day) + i);
	qsort(best, SIM_OFFERED, sizeof *best, by_size);
	for (size_t i = 0; i < TOP; i++)
		regret += -best[i] - sim_reader_chance(&l->reader, l->page[i].doc);
	w->study->regret[window] += regret;
	w->study->pages[window]++;
}

static void on_action(void *user, struct sim_life *l, int row, bool opened)
{
	struct watched *w = user;

	check(w, l);
	if (!w->steady)
		return;
	if (l->actions == SIMULATE_CHANGE)
		accidents(w, l);
	if (l->actions > ACTIONS_MOST / 2 && l->actions <= ACTIONS_MOST)
		forecast_add(&w->study->forecasts, l->chance[row], opened);
}

/* Sittings until so many actions were done. A reader goes down 8 rows at least, so there are days enough. */
static void live(struct sim_life *l, struct watched *w, int actions)
{
	struct sim_watch watch = { w, on_page, on_action };

	while (l->actions < actions && sim_life_sit(l, &watch))
		;
}

static void live_plainly(struct study *st, size_t user, uint64_t seed, int explore)
{
	double *table = explore ? st->explored : st->learned;
	struct watched w = { .study = st, .user = user, .share = table + user * SIMULATE_CHECKS, .check = simulate_checks, .checks = SIMULATE_CHECKS, .steady = !explore };
	size_t from = st->forecasts.n;
	double told = 0, opened = 0, n;
	struct sim_life l;

	sim_life_init(&l, &st->world, seed, st->model, explore);
	live(&l, &w, ACTIONS_MOST);
	sim_life_clear(&l);
	n = (double)(st->forecasts.n - from);
	for (size_t i = from; i < st->forecasts.n; i++) {
		told += st->forecasts.one[i].chance / n;
		opened += st->forecasts.one[i].y / n;
	}
	st->offset += fabs(told - opened);
}

static void live_informed(struct study *st, size_t user, uint64_t seed)
{
	struct watched w = { .study = st, .user = user, .share = st->informed + user * SIMULATE_CHECKS, .check = simulate_checks, .checks = SIMULATE_CHECKS };
	struct sim_life l;

	sim_life_init(&l, &st->world, seed, st->model, 0);
	sim_life_inform(&l);
	live(&l, &w, ACTIONS_MOST);
	sim_life_clear(&l);
}

static void live_changing(struct study *st, size_t user, uint64_t seed, bool informed)
{
	double *table = informed ? st->informed_change : st->changed;
	struct watched w = { .study = st, .user = user, .share = table + user * SIMULATE_AFTER, .check = simulate_after };
	struct sim_life l;

	sim_life_init(&l, &st->world, seed, st->model, 0);
	if (informed)
		sim_life_inform(&l);
	live(&l, &w, SIMULATE_CHANGE);
	sim_reader_change(&l.reader);
	w.from = l.actions;
	w.checks = SIMULATE_AFTER;
	check(&w, &l);
	live(&l, &w, w.from + simulate_after[SIMULATE_AFTER - 1]);
	sim_life_clear(&l);
}

/* ---- all together ---- */

static void study_init(struct study *st, const struct simulate_options *o)
{
	*st = (struct study){ .model = o->model, .users = (size_t)o->users };
	sim_world_make(&st->world, o->seed);
	st->learned = mem_zero(st->users * SIMULATE_CHECKS, sizeof *st->learned);
	st->explored = mem_zero(st->users * SIMULATE_CHECKS, sizeof *st->explored);
	st->changed = mem_zero(st->users * SIMULATE_AFTER, sizeof *st->changed);
	st->informed = mem_zero(st->users * SIMULATE_CHECKS, sizeof *st->informed);
	st->informed_change = mem_zero(st->users * SIMULATE_AFTER, sizeof *st->informed_change);
	st->brief = mem_zero(4 * st->users, sizeof *st->brief);
	st->brief_p90 = st->brief + st->users;
	st->idle = st->brief + 2 * st->users;
	st->idle_p90 = st->brief + 3 * st->users;
}

static void study_clear(struct study *st)
{
	sim_world_clear(&st->world);
	free(st->learned);
	free(st->explored);
	free(st->changed);
	free(st->informed);
	free(st->informed_change);
	free(st->brief);
	free(st->forecasts.one);
}

/* Each column of a table (users x checks). */
static void shares(const double *table, size_t users, size_t checks, struct simulate_share *out)
{
	double *x = mem_zero(users, sizeof *x);

	for (size_t k = 0; k < checks; k++) {
		out[k].mean = 0;
		for (size_t u = 0; u < users; u++) {
			x[u] = table[u * checks + k];
			out[k].mean += x[u] / (double)users;
		}
		out[k].p10 = quantile(x, users, 0.1);
	}
	free(x);
}

static void sum_up(struct study *st, struct simulate_result *out)
{
	*out = (struct simulate_result){ .users = st->users, .random = st->random / st->measured, .recency = st->recency / st->measured,
					 .wanted = st->wanted / st->measured, .forecasts = st->forecasts.n, .offset = st->offset / (double)st->users };
	shares(st->learned, st->users, SIMULATE_CHECKS, out->learned);
	shares(st->explored, st->users, SIMULATE_CHECKS, out->explored);
	shares(st->changed, st->users, SIMULATE_AFTER, out->changed);
	shares(st->informed, st->users, SIMULATE_CHECKS, out->informed);
	shares(st->informed_change, st->users, SIMULATE_AFTER, out->informed_change);
	for (int i = 0; i < SIMULATE_WINDOWS; i++)
		out->regret[i] = st->pages[i] > 0 ? st->regret[i] / st->pages[i] : 0;
	for (size_t i = 0; i < st->forecasts.n; i++)
		out->opened += st->forecasts.one[i].y / (double)st->forecasts.n;
	forecast_calibration(st->forecasts.one, st->forecasts.n, &out->calibration);
	out->brief = (struct simulate_accident){ quantile(st->brief, st->users, 0.5), quantile(st->brief_p90, st->users, 0.5) };
	out->idle = (struct simulate_accident){ quantile(st->idle, st->users, 0.5), quantile(st->idle_p90, st->users, 0.5) };
}

void simulate(const struct simulate_options *o, struct simulate_result *out)
{
	struct study st;

	study_init(&st, o);
	for (size_t user = 0; user < st.users; user++) {
		uint64_t seed = o->seed * 1000003 + user;

		live_plainly(&st, user, seed, 0);
		live_plainly(&st, user, seed, SIMULATE_EXPLORE);
		live_changing(&st, user, seed, false);
		live_informed(&st, user, seed);
		live_changing(&st, user, seed, true);
		if (o->step)
			o->step(o->user, user + 1, st.users);
	}
	sum_up(&st, out);
	study_clear(&st);
}
