#include "app/trials.h"

#include <string.h>

#include "app/ranker.h"

#define TOLD (7 * DATE_DAY) /* so long a page says how a trial ended */

const struct trial_run *ranker_trial(const struct ranker *r)
{
	return &r->trial;
}

bool trial_runs(const struct trial_run *run)
{
	return run->row.id && run->row.ended == DATE_NONE && run->count.decision == TRIAL_OPEN;
}

bool trial_drafts(const struct trial_run *run)
{
	return trial_runs(run) && !run->unknown;
}

bool trial_learn(const struct trial_run *run, struct models *m)
{
	bool before[MODEL_COUNT];

	if (!trial_drafts(run))
		return false;
	memcpy(before, m->learns, sizeof before);
	ranking_learn(&run->a, m);
	ranking_learn(&run->b, m);
	return memcmp(before, m->learns, sizeof before) != 0;
}

/* ---- from the store ---- */

void trial_uncount(struct trial_run *run)
{
	map_clear(&run->had_a_say);
	map_clear(&run->shown);
	run->count = (struct trial){ 0 };
	run->decided = 0;
}

void trial_clear(struct trial_run *run)
{
	trial_uncount(run);
	*run = (struct trial_run){ 0 };
}

enum err trial_load(struct ranker *r, struct err_info *info)
{
	struct trial_run *run = &r->trial;
	struct err_info why = ERR_INFO_INIT;
	char name[RANKING_NAME];
	enum err e;

	trial_clear(run);
	e = trials_newest(&r->app->store, &r->arena, &run->row, info);
	if (e != OK || !run->row.id)
		return e;
	if (ranking_parse(run->row.a, &run->a, name, &why) != OK || ranking_parse(run->row.b, &run->b, name, &why) != OK)
		run->unknown = arena_strdup(&r->arena, why.text);
	return OK;
}

/* ---- the count ---- */

/* It was read for long enough to be no accident. */
static bool tells(const struct ranker *r, const struct event *e)
{
	int64_t doc = corpus_find(&r->loaded.corpus, e->article);
	double weight;
	int y;

	if ((e->kind != EVENT_OPEN && e->kind != EVENT_CLOSE) || !(e->dwell >= 0))
		return false;
	signal_of(&r->profile.habits, e, doc >= 0 ? r->loaded.corpus.doc[doc].words : 0, false, &y, &weight);
	return y == 1;
}

static void count_open(struct trial_run *run, const struct event *e)
{
	bool first;

	(void)map_at(&run->had_a_say, (const char *)&e->article, sizeof e->article, 1, &first);
	if (!first || run->count.decision != TRIAL_OPEN)
		return;
	trial_count(&run->count, (enum team)e->team);
	if (run->count.decision != TRIAL_OPEN)
		run->decided = e->at;
}

void trial_count_event(struct ranker *r, const struct event *e)
{
	struct trial_run *run = &r->trial;
	int64_t day = e->at / DATE_DAY, fresh = 4 * day + e->team, *whose;

	if (!e->trial || e->trial != run->row.id || (run->row.ended != DATE_NONE && e->at > run->row.ended))
		return;
	whose = map_at(&run->shown, (const char *)&e->article, sizeof e->article, fresh, NULL);
	if (*whose / 4 != day)
		*whose = fresh;
	if (tells(r, e))
		count_open(run, e);
}

/* ---- the page ---- */

/* What one of the two rankings would show. */
struct side {
	const struct pick **of; /* (f->n) each candidate's, NULL where it has none */
	struct trial_ranking ranking;
};

static struct side side_of(const struct ranker *r, const struct ranking *by, const struct field *f, struct arena *a)
{
	struct pick *pick = arena_zero(a, f->n + 1, sizeof *pick);
	struct side s = { .of = arena_zero(a, f->n + 1, sizeof *s.of) };
	size_t n = by->fill(r, f, by->number, pick), *at = arena_zero(a, n + 1, sizeof *at);

	for (size_t i = 0; i < n; i++) {
		at[i] = pick[i].at;
		s.of[pick[i].at] = &pick[i];
	}
	s.ranking = (struct trial_ranking){ at, n };
	return s;
}

static struct pick marked(const struct side *a, const struct side *b, const struct trial_pick *p)
{
	const struct pick *x = a->of[p->at], *y = b->of[p->at];

	if (p->team == TEAM_A)
		return *x;
	if (p->team == TEAM_B)
		return *y;
	return !y || (x && x->slot >= y->slot) ? *x : *y;
}

/* An article that was seen today stays whose it was, however the rankings have changed by what was read meanwhile. */
static enum team team_of(const struct trial_run *run, int64_t article, int64_t day, enum team drafted)
{
	int64_t whose = map_get(&run->shown, (const char *)&article, sizeof article, -1);

	return whose >= 0 && whose / 4 == day ? (enum team)(whose % 4) : drafted;
}

size_t trial_page(const struct ranker *r, const struct field *f, struct pick *pick, enum team *team)
{
	const struct trial_run *run = &r->trial;
	int64_t day = f->now / DATE_DAY, key[] = { day, run->row.id };
	struct arena scratch = ARENA_INIT;
	struct side a = side_of(r, &run->a, f, &scratch), b = side_of(r, &run->b, f, &scratch);
	struct trial_pick *drafted = arena_zero(&scratch, f->k + 1, sizeof *drafted);
	size_t n = trial_draft(&a.ranking, &b.ranking, f->in.story, f->k, hash_bytes(key, sizeof key), drafted);

	for (size_t i = 0; i < n; i++) {
		pick[i] = marked(&a, &b, &drafted[i]);
		team[i] = team_of(run, r->loaded.corpus.doc[f->score[pick[i].at].doc].id, day, drafted[i].team);
	}
	arena_clear(&scratch);
	return n;
}

const char *trial_note(const struct trial_run *run, int64_t now, struct arena *a)
{
	const struct trial *t = &run->count;

	if (trial_runs(run))
		return run->unknown ? arena_printf(a, "The trial rests: %s", run->unknown) : arena_strdup(a, "A trial is running. More: eclose trial");
	if (t->decision == TRIAL_OPEN || now - run->decided > TOLD)
		return NULL;
	if (t->decision == TRIAL_NO_DIFFERENCE)
		return arena_strdup(a, "The trial is over: too close to call. More: eclose trial");
	return arena_printf(a, "The trial is over: %s wins %u to %u. More: eclose trial", t->decision == TRIAL_A ? run->row.a : run->row.b, t->a > t->b ? t->a : t->b,
			    t->a > t->b ? t->b : t->a);
}

/* ---- beginning and end ---- */

enum err ranker_trial_settle(struct ranker *r, struct err_info *info)
{
	struct trial_run *run = &r->trial;
	enum err e;

	if (!run->row.id || run->row.ended != DATE_NONE || run->count.decision == TRIAL_OPEN)
		return OK;
	e = trials_end(&r->app->store, run->row.id, run->decided, info);
	if (e == OK)
		run->row.ended = run->decided;
	return e;
}

enum err trial_pair(const char *a, const char *b, char name_a[RANKING_NAME], char name_b[RANKING_NAME], struct err_info *info)
{
	struct ranking ranking;
	enum err e = ranking_parse(a, &ranking, name_a, info);

	if (e == OK)
		e = ranking_parse(b, &ranking, name_b, info);
	if (e == OK && strcmp(name_a, name_b) == 0)
		e = err_set(info, ERR_USAGE, "a trial is of two rankings, not of '%s' twice", name_a);
	return e;
}

enum err ranker_trial_start(struct ranker *r, const char *a, const char *b, struct err_info *info)
{
	char name_a[RANKING_NAME], name_b[RANKING_NAME];
	enum err e = trial_pair(a, b, name_a, name_b, info);

	if (e == OK)
		e = ranker_ready(r, info);
	if (e == OK)
		e = ranker_trial_settle(r, info);
	if (e == OK)
		e = trials_start(&r->app->store, name_a, name_b, app_now(r->app), info);
	if (e == OK)
		e = trial_load(r, info);
	if (e == OK && trial_learn(&r->trial, &r->profile.models))
		e = ranker_rebuild(r, info); /* with what there was before they learned */
	return e;
}

enum err ranker_trial_stop(struct ranker *r, struct err_info *info)
{
	int64_t now = app_now(r->app);
	enum err e = ranker_ready(r, info);

	if (e == OK && !trial_runs(&r->trial))
		e = err_set(info, ERR_NOTFOUND, "no trial is running");
	if (e == OK)
		e = trials_end(&r->app->store, r->trial.row.id, now, info);
	if (e == OK)
		r->trial.row.ended = now;
	return e;
}
