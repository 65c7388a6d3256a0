/* trials - two rankings on the sample feeds: the page that is drafted from them, what counts there, and readers who have a preference or none. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/trials.h"
#include "base/rng.h"
#include "demo_kit.h"

#define PLACES 20

static void start(struct fixture *f, const char *a, const char *b)
{
	must(ranker_trial_start(f->ranker, a, b, &f->info));
}

static const struct trial *count(const struct fixture *f)
{
	return &ranker_trial(f->ranker)->count;
}

/* The page as the reader has it, with swaps; into f->page unless elsewhere. */
static void draw_into(struct fixture *f, enum page_order order, struct page *p)
{
	struct page_options o = { .explore = 30, .limit = PLACES, .order = order, .swaps = true };

	page_clear(p);
	must(ranker_page(f->ranker, &o, p, &f->info));
	assert_int_equal(p->n, PLACES);
}

static void draw(struct fixture *f)
{
	draw_into(f, PAGE_RANK, &f->page);
}

static const struct page_entry *on(const struct page *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->entries[i].id == id)
			return &p->entries[i];
	return NULL;
}

static size_t of_team(const struct page *p, enum team team)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->entries[i].team == team;
	return n;
}

static void act(struct fixture *f, const struct page_entry *e, enum event_kind kind, double dwell)
{
	struct event ev = {
		.article = e->id, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1, .trial = e->trial, .team = (int)e->team,
	};

	must(ranker_record(f->ranker, &ev, &f->info));
}

static void assert_same_page(const struct page *x, const struct page *y)
{
	assert_int_equal(x->n, y->n);
	for (size_t i = 0; i < x->n; i++) {
		const struct page_entry *a = &x->entries[i], *b = &y->entries[i];

		assert_true(a->id == b->id && a->slot == b->slot && a->pair == b->pair && a->trial == b->trial && a->team == b->team);
		assert_true(a->score == b->score && a->propensity == b->propensity && a->n_reasons == b->n_reasons);
	}
	assert_true(x->outside == y->outside);
}

/* ---- the page ---- */

static void a_page_has_as_many_places_of_each_as_of_the_other(void **state)
{
	struct fixture *f = *state;
	struct page plain = { 0 }, newest = { 0 };
	size_t a, b;

	draw_into(f, PAGE_RANK, &plain);
	draw_into(f, PAGE_NEW, &newest);
	start(f, "rank", "new");
	draw(f);
	a = of_team(&f->page, TEAM_A);
	b = of_team(&f->page, TEAM_B);
	assert_true(a >= 8 && b >= 8 && (a > b ? a - b : b - a) <= 1);
	for (size_t i = 0; i < f->page.n; i++) {
		const struct page_entry *e = &f->page.entries[i];

		assert_int_equal(e->trial, 1);
		assert_int_equal(e->pair, 0);
		/* Each ranking gives of its own, and from the top: these pages reach as far as both could need. */
		if (e->team == TEAM_A)
			assert_non_null(on(&plain, e->id));
		if (e->team == TEAM_B)
			assert_non_null(on(&newest, e->id));
	}
	page_clear(&plain);
	page_clear(&newest);
}

static void a_drafted_page_is_a_page_like_any_other(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = ranker_profile(f->ranker)->corpus;

	start(f, "slider=80", "feeds");
	draw(f);
	for (size_t i = 0; i < f->page.n; i++) {
		const struct page_entry *e = &f->page.entries[i];
		double sum = 0;

		for (size_t k = 0; k < e->n_reasons; k++)
			sum += e->reasons[k].weight;
		assert_true(fabs(sum - e->score) < 1e-5);
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(c->doc[corpus_find(c, e->id)].story, c->doc[corpus_find(c, f->page.entries[k].id)].story);
	}
}

static void slots_keep_their_marks_and_their_chances(void **state)
{
	struct fixture *f = *state;
	struct page plain = { 0 };
	size_t slots = 0;

	draw_into(f, PAGE_RANK, &plain);
	start(f, "new", "rank");
	draw(f);
	for (size_t i = 0; i < f->page.n; i++) {
		const struct page_entry *e = &f->page.entries[i], *before = on(&plain, e->id);

		if (e->team == TEAM_B) {
			assert_int_equal(e->slot, before->slot);
			assert_true(e->propensity == before->propensity);
			assert_int_equal(e->slot_reason != NULL, before->slot == SLOT_SERENDIPITY);
			slots += e->slot == SLOT_SERENDIPITY;
		} else if (e->team == TEAM_A) {
			assert_int_equal(e->slot, SLOT_BUBBLE);
		}
	}
	assert_true(slots > 0);
	page_clear(&plain);
}

/* Both pages have the slots of one slider, so these tell nothing of the two. */
static void a_slot_that_both_have_belongs_to_neither(void **state)
{
	struct fixture *f = *state;
	size_t slots = 0;

	start(f, "rank", "slider=30");
	draw(f);
	assert_int_equal(of_team(&f->page, TEAM_NONE), PLACES);
	for (size_t i = 0; i < f->page.n; i++)
		slots += f->page.entries[i].slot == SLOT_SERENDIPITY;
	assert_int_equal(slots, lround(.3 * PLACES * .3));
}

static void a_page_drawn_anew_is_the_same_and_another_day_has_other_coins(void **state)
{
	struct fixture *f = *state;
	struct page again = { 0 };
	bool moved = false;

	start(f, "random", "feeds");
	draw(f);
	draw_into(f, PAGE_RANK, &again);
	assert_same_page(&f->page, &again);
	demo_reopen(f);
	draw_into(f, PAGE_RANK, &again);
	assert_same_page(&f->page, &again);
	f->app.frozen += DATE_DAY;
	draw_into(f, PAGE_RANK, &again);
	for (size_t i = 0; i < PLACES; i++)
		moved = moved || f->page.entries[i].team != again.entries[i].team;
	assert_true(moved);
	page_clear(&again);
}

/* Of those that stand on both pages: how many belong to another ranking now. */
static size_t changed_sides(const struct page *before, const struct page *after, size_t *both)
{
	size_t changed = 0;

	*both = 0;
	for (size_t i = 0; i < before->n; i++) {
		const struct page_entry *now = on(after, before->entries[i].id);

		*both += now != NULL;
		changed += now && now->team != before->entries[i].team;
	}
	return changed;
}

static void an_article_that_was_seen_stays_whose_it_was_for_the_day(void **state)
{
	struct fixture *f = *state;
	struct page after = { 0 };
	size_t both;

	start(f, "rank", "feeds");
	draw(f);
	for (size_t i = 0; i < f->page.n; i++)
		act(f, &f->page.entries[i], EVENT_SHOWN, -1);
	for (size_t i = 0; i < 6; i++)
		act(f, &f->page.entries[i], EVENT_OPEN, 90);
	for (int load = 0; load < 2; load++, demo_reopen(f)) {
		draw_into(f, PAGE_RANK, &after);
		assert_int_equal(changed_sides(&f->page, &after, &both), 0);
		assert_true(both >= 10);
	}
	f->app.frozen += DATE_DAY;
	draw_into(f, PAGE_RANK, &after);
	assert_true(changed_sides(&f->page, &after, &both) > 0);
	page_clear(&after);
}

static void a_trial_that_has_ended_leaves_the_page_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct page before = { 0 };

	draw_into(f, PAGE_RANK, &before);
	assert_null(before.note);
	start(f, "random", "new");
	draw(f);
	assert_int_not_equal(f->page.entries[0].trial, 0);
	must(ranker_trial_stop(f->ranker, &f->info));
	draw(f);
	assert_same_page(&before, &f->page);
	assert_null(f->page.note);
	demo_reopen(f);
	draw(f);
	assert_same_page(&before, &f->page);
	page_clear(&before);
}

static void an_order_by_time_has_no_trial(void **state)
{
	struct fixture *f = *state;
	struct page before = { 0 };

	draw_into(f, PAGE_NEW, &before);
	start(f, "rank", "random");
	draw_into(f, PAGE_NEW, &f->page);
	assert_same_page(&before, &f->page);
	assert_null(f->page.note);
	page_clear(&before);
}

static void the_reader_is_told_of_the_trial_and_not_of_the_teams(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct page_entry why;
	const char **change;
	size_t n;

	start(f, "random", "feeds");
	draw(f);
	assert_string_equal(f->page.note, "A trial is running. More: eclose trial");
	must(ranker_why(f->ranker, f->page.entries[0].id, &a, &why, &change, &n, &f->info));
	assert_true(why.trial == 0 && why.team == TEAM_NONE);
	arena_clear(&a);
}

static void a_ranking_of_another_version_lets_the_trial_rest(void **state)
{
	struct fixture *f = *state;
	struct page before = { 0 };

	draw_into(f, PAGE_RANK, &before);
	must(trials_start(&f->app.store, "crystal=ball", "new", NOW, &f->info));
	demo_reopen(f);
	draw(f);
	assert_same_page(&before, &f->page);
	assert_non_null(strstr(f->page.note, "rests: there is no ranking 'crystal=ball'"));
	page_clear(&before);
}

/* ---- models ---- */

static void use(struct fixture *f, enum model_kind kind)
{
	f->app.config.model = kind;
	demo_reopen(f);
}

/* Each ranking gives what its model would put on a page if it were the setting; score and reasons are the setting's on every place. */
static void a_page_of_two_models_has_of_each_what_it_would_have_alone(void **state)
{
	struct fixture *f = *state;
	struct page plain = { 0 }, net = { 0 };
	size_t apart = 0;

	draw_into(f, PAGE_RANK, &plain);
	use(f, MODEL_NET);
	draw_into(f, PAGE_RANK, &net);
	use(f, MODEL_INTEREST);
	start(f, "model=net", "rank");
	assert_int_equal(ranker_profile(f->ranker)->models.used, MODEL_INTEREST);
	draw(f);
	for (size_t i = 0; i < f->page.n; i++) {
		const struct page_entry *e = &f->page.entries[i], *as_rank = on(&plain, e->id);

		if (e->team != TEAM_B)
			assert_non_null(on(&net, e->id));
		if (e->team != TEAM_A)
			assert_non_null(as_rank);
		if (as_rank)
			assert_true(fabs(as_rank->score - e->score) < 1e-9);
		apart += e->team != TEAM_NONE;
	}
	assert_true(apart > 2);
	page_clear(&plain);
	page_clear(&net);
}

static void numbers_of(const struct fixture *f, double **x, size_t *n)
{
	const struct models *m = &ranker_profile(f->ranker)->models;

	*n = models_numbers(m, NULL);
	*x = calloc(*n, sizeof **x);
	(void)models_numbers(m, *x);
}

static void assert_same_numbers(const struct fixture *f, const double *x, size_t n)
{
	double *now;
	size_t m;

	numbers_of(f, &now, &m);
	assert_int_equal(m, n);
	for (size_t i = 0; i < n; i++)
		assert_true(fabs(now[i] - x[i]) < 1e-6);
	free(now);
}

static void both_models_learn_from_the_first_event_while_the_trial_runs(void **state)
{
	struct fixture *f = *state;
	const struct models *m;
	double *x;
	size_t n;

	start(f, "rank", "model=ftrl");
	m = &ranker_profile(f->ranker)->models;
	assert_true(m->learns[MODEL_FTRL] && !m->learns[MODEL_NET]);
	assert_int_equal(m->ftrl.updates, m->interest.updates); /* those of the month before as well */
	assert_true(m->ftrl.updates > 50);
	draw(f);
	for (size_t i = 0; i < 9; i++)
		act(f, &f->page.entries[i], i % 3 ? EVENT_OPEN : EVENT_SKIP, i % 3 ? 50 : -1);
	numbers_of(f, &x, &n);
	must(ranker_save(f->ranker, &f->info));
	demo_reopen(f);
	assert_same_numbers(f, x, n);
	must(ranker_rebuild(f->ranker, &f->info));
	assert_same_numbers(f, x, n);
	free(x);
	must(ranker_trial_stop(f->ranker, &f->info));
	demo_reopen(f);
	assert_false(ranker_profile(f->ranker)->models.learns[MODEL_FTRL]);
}

/* ---- names ---- */

static void rankings_are_known_by_one_spelling_and_others_are_answered(void **state)
{
	static const struct { const char *written, *says; } wrong[] = {
		{ "feds", "did you mean 'feeds'?" }, { "slider", "'slider=0..100'?" }, { "slider=101", "'slider=0..100'?" }, { "slider=", "slider=0..100" },
		{ "slider=-1", "slider=0..100" }, { "slider= 5", "slider=0..100" }, { "slider=5x", "slider=0..100" }, { "slidr=40", "'slider=0..100'?" },
		{ "model", "'model=interest|net|ftrl'?" }, { "model=nett", "'model=interest|net|ftrl'?" }, { "model=", "did you mean 'model=" },
		{ "rank=3", "'rank'?" }, { "", "; there are rank, slider=0..100, model=interest|net|ftrl, new, feeds and random" }, { "zzz", "; there are rank," },
	};
	char a[RANKING_NAME], b[RANKING_NAME];
	struct err_info info;
	struct ranking r;

	(void)state;
	must(ranking_parse("slider=007", &r, a, &info));
	assert_string_equal(a, "slider=7");
	must(ranking_parse("feeds", &r, a, &info));
	assert_string_equal(a, "feeds");
	must(ranking_parse("model=interest", &r, a, &info));
	assert_string_equal(a, "model=interest");
	assert_true(r.takes == TAKES_MODEL && r.number == MODEL_INTEREST);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(ranking_parse(wrong[i].written, &r, a, &info), ERR_USAGE);
		if (!strstr(info.text, wrong[i].says))
			fail_msg("'%s': %s", wrong[i].written, info.text);
	}
	must(trial_pair("new", "slider=100", a, b, &info));
	assert_int_equal(trial_pair("slider=8", "slider=08", a, b, &info), ERR_USAGE);
	assert_non_null(strstr(info.text, "'slider=8' twice"));
}

/* ---- what counts ---- */

/* The n-th article of a team that wasn't acted upon. */
static const struct page_entry *next_of(const struct fixture *f, enum team team, size_t n)
{
	for (size_t i = 0; i < f->page.n; i++)
		if (f->page.entries[i].team == team && n-- == 0)
			return &f->page.entries[i];
	fail_msg("the page has too few places of that team");
	return NULL;
}

static void assert_count(const struct fixture *f, unsigned a, unsigned b)
{
	assert_int_equal(count(f)->a, a);
	assert_int_equal(count(f)->b, b);
}

static void an_article_counts_once_and_only_where_it_was_read(void **state)
{
	struct fixture *f = *state;
	const struct page_entry *a, *b;
	struct page_entry other;

	start(f, "random", "feeds");
	draw(f);
	a = next_of(f, TEAM_A, 0);
	b = next_of(f, TEAM_B, 0);
	act(f, a, EVENT_SHOWN, -1);
	act(f, a, EVENT_OPEN, -1);
	assert_count(f, 0, 0); /* nothing is known of the time */
	act(f, a, EVENT_CLOSE, 1);
	assert_count(f, 0, 0); /* an accident */
	act(f, a, EVENT_LIKE, -1);
	act(f, a, EVENT_SAVE, -1);
	act(f, a, EVENT_BROWSER, -1);
	assert_count(f, 0, 0);
	act(f, a, EVENT_CLOSE, 45);
	assert_count(f, 1, 0);
	act(f, a, EVENT_CLOSE, 45);
	assert_count(f, 1, 0); /* again */
	act(f, b, EVENT_OPEN, 45);
	assert_count(f, 1, 1);
	other = *next_of(f, TEAM_B, 1);
	other.trial = 0;
	act(f, &other, EVENT_CLOSE, 45);
	other.trial = 2;
	act(f, &other, EVENT_CLOSE, 45);
	assert_count(f, 1, 1); /* on another page, in another trial */
	demo_reopen(f);
	assert_count(f, 1, 1);
	must(ranker_rebuild(f->ranker, &f->info));
	assert_count(f, 1, 1);
}

static void what_is_an_accident_goes_by_the_habits_of_the_reader(void **state)
{
	struct fixture *f = *state;
	const struct profile *p;
	const struct page_entry *e;
	double least;

	start(f, "random", "feeds");
	draw(f);
	p = ranker_profile(f->ranker);
	e = next_of(f, TEAM_B, 0);
	least = fmin(fmax(p->habits.signals.accident * habits_expected(&p->habits, p->corpus->doc[corpus_find(p->corpus, e->id)].words), 2.5), 8);
	act(f, e, EVENT_CLOSE, least - .01);
	assert_count(f, 0, 0);
	act(f, e, EVENT_CLOSE, least);
	assert_count(f, 0, 1);
}

static void what_was_undone_counts_no_more(void **state)
{
	struct fixture *f = *state;
	struct event e = { .kind = EVENT_CLOSE, .dwell = 60, .scroll = -1, .explore = -1, .propensity = -1, .trial = 1, .team = TEAM_A, .at = NOW };
	struct event undo = { .kind = EVENT_UNDO, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

	start(f, "random", "feeds");
	draw(f);
	e.article = f->page.entries[0].id;
	must(ranker_record(f->ranker, &e, &f->info));
	assert_count(f, 1, 0);
	undo.undoes = e.batch;
	must(events_append(&f->app.store, &undo, &f->info));
	demo_reopen(f);
	assert_count(f, 0, 0);
}

static void after_its_end_nothing_counts(void **state)
{
	struct fixture *f = *state;

	start(f, "random", "feeds");
	draw(f);
	act(f, next_of(f, TEAM_A, 0), EVENT_CLOSE, 60);
	must(ranker_trial_stop(f->ranker, &f->info));
	assert_int_equal(ranker_trial_stop(f->ranker, &f->info), ERR_NOTFOUND);
	f->app.frozen += 60;
	act(f, next_of(f, TEAM_A, 1), EVENT_CLOSE, 60);
	assert_count(f, 1, 0);
	demo_reopen(f);
	assert_count(f, 1, 0);
	start(f, "new", "feeds");
	assert_count(f, 0, 0);
	assert_int_equal(ranker_trial(f->ranker)->row.id, 2);
}

/* ---- the end ---- */

static void win_for_b(struct fixture *f)
{
	while (trial_runs(ranker_trial(f->ranker))) {
		draw(f);
		act(f, next_of(f, TEAM_B, 0), EVENT_OPEN, 60);
		f->app.frozen += 60;
	}
}

static void a_decision_ends_the_trial_and_the_page_says_so_for_a_week(void **state)
{
	struct fixture *f = *state;
	struct trial_row row;
	struct arena a = ARENA_INIT;

	start(f, "random", "feeds");
	win_for_b(f);
	assert_count(f, 0, 13);
	must(trials_newest(&f->app.store, &a, &row, &f->info));
	assert_int_equal(row.ended, NOW + 12 * 60);
	draw(f);
	assert_string_equal(f->page.note, "The trial is over: feeds wins 13 to 0. More: eclose trial");
	assert_int_equal(f->page.entries[0].trial, 0);
	f->app.frozen = NOW + 12 * 60 + 7 * DATE_DAY;
	draw(f);
	assert_non_null(f->page.note);
	f->app.frozen++;
	draw(f);
	assert_null(f->page.note);
	start(f, "rank", "new"); /* nothing is in the way of another */
	arena_clear(&a);
}

/* The program was killed between the deciding event and the note of the end. */
static void an_end_that_nobody_stored_is_an_end(void **state)
{
	struct fixture *f = *state;
	int64_t ended;

	start(f, "random", "feeds");
	win_for_b(f);
	ended = ranker_trial(f->ranker)->row.ended;
	must(db_exec(f->app.store.db, "UPDATE trials SET ended = NULL", &f->info));
	demo_reopen(f);
	draw(f);
	assert_int_equal(f->page.entries[0].trial, 0);
	assert_non_null(strstr(f->page.note, "feeds wins"));
	must(ranker_trial_settle(f->ranker, &f->info));
	demo_reopen(f);
	assert_int_equal(ranker_trial(f->ranker)->row.ended, ended);
}

/* ---- whole trials ---- */

static bool liked(const struct page_entry *e)
{
	static const char *const feeds[] = { "Dark Sky Log", "Tidepool", "Kernel Notes" }; /* that the month before was spent with */

	for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
		if (strcmp(e->feed, feeds[i]) == 0)
			return true;
	return false;
}

/* Opens with one chance what is of the liked feeds, with another what isn't, until the trial is over or so many pages were read. */
static void read_pages(struct fixture *f, double of_liked, double of_others, int pages)
{
	struct rng rng;

	rng_seed(&rng, 31);
	for (int page = 0; page < pages && trial_runs(ranker_trial(f->ranker)); page++) {
		draw(f);
		for (size_t i = 0; i < f->page.n; i++) {
			const struct page_entry *e = &f->page.entries[i];

			if (rng_uniform(&rng) >= (liked(e) ? of_liked : of_others))
				continue;
			act(f, e, EVENT_OPEN, -1);
			act(f, e, EVENT_CLOSE, 20 + 60 * rng_uniform(&rng));
		}
		f->app.frozen += DATE_HOUR;
	}
	print_message("# %s against %s: %u to %u\n", ranker_trial(f->ranker)->row.a, ranker_trial(f->ranker)->row.b, count(f)->a, count(f)->b);
}

static void a_reader_with_a_taste_gets_the_ranking_that_knows_it_called(void **state)
{
	struct fixture *f = *state;

	start(f, "rank", "random");
	read_pages(f, .5, .02, 60);
	assert_int_equal(count(f)->decision, TRIAL_A);
	assert_true(ranker_trial(f->ranker)->row.ended != DATE_NONE);
}

static void and_so_it_is_on_the_other_side(void **state)
{
	struct fixture *f = *state;

	start(f, "random", "feeds");
	read_pages(f, .5, .02, 60);
	assert_int_equal(count(f)->decision, TRIAL_B);
}

static void two_rankings_that_agree_are_not_told_apart(void **state)
{
	struct fixture *f = *state;

	start(f, "rank", "slider=30");
	read_pages(f, .5, .1, 10);
	assert_int_equal(count(f)->a + count(f)->b, 0);
	assert_int_equal(count(f)->decision, TRIAL_OPEN);
}

static void a_reader_without_a_taste_gets_no_call(void **state)
{
	struct fixture *f = *state;

	start(f, "new", "random");
	read_pages(f, .3, .3, 60);
	assert_true(count(f)->a + count(f)->b > 150);
	assert_true(count(f)->decision == TRIAL_OPEN || count(f)->decision == TRIAL_NO_DIFFERENCE);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, demo_setup, demo_teardown)
	const struct CMUnitTest tests[] = {
		T(a_page_has_as_many_places_of_each_as_of_the_other),
		T(a_drafted_page_is_a_page_like_any_other),
		T(slots_keep_their_marks_and_their_chances),
		T(a_slot_that_both_have_belongs_to_neither),
		T(a_page_drawn_anew_is_the_same_and_another_day_has_other_coins),
		T(an_article_that_was_seen_stays_whose_it_was_for_the_day),
		T(a_trial_that_has_ended_leaves_the_page_as_it_was),
		T(an_order_by_time_has_no_trial),
		T(the_reader_is_told_of_the_trial_and_not_of_the_teams),
		T(a_ranking_of_another_version_lets_the_trial_rest),
		T(a_page_of_two_models_has_of_each_what_it_would_have_alone),
		T(both_models_learn_from_the_first_event_while_the_trial_runs),
		cmocka_unit_test(rankings_are_known_by_one_spelling_and_others_are_answered),
		T(an_article_counts_once_and_only_where_it_was_read),
		T(what_is_an_accident_goes_by_the_habits_of_the_reader),
		T(what_was_undone_counts_no_more),
		T(after_its_end_nothing_counts),
		T(a_decision_ends_the_trial_and_the_page_says_so_for_a_week),
		T(an_end_that_nobody_stored_is_an_end),
		T(a_reader_with_a_taste_gets_the_ranking_that_knows_it_called),
		T(and_so_it_is_on_the_other_side),
		T(two_rankings_that_agree_are_not_told_apart),
		T(a_reader_without_a_taste_gets_no_call),
	};

	return cmocka_run_group_tests_name("trials", tests, NULL, NULL);
}
