/* models - whichever of the three gives the scores: chosen by the settings, learned from the whole log, saved, rebuilt and taken apart. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "demo_kit.h"

/* As if the settings had been so when the program was started. */
static void use(struct fixture *f, enum model_kind kind)
{
	f->app.config.model = kind;
	demo_reopen(f);
	assert_int_equal(ranker_profile(f->ranker)->models.used, kind);
}

static void page_of(struct fixture *f, struct page *p)
{
	struct page_options o = { .explore = 30, .limit = 60 };

	page_clear(p);
	must(ranker_page(f->ranker, &o, p, &f->info));
	assert_true(p->n >= 40);
}

/* Three days of reading, a restart in the middle of it. */
static void read_on(struct fixture *f)
{
	struct page p = { 0 };

	for (int day = 0; day < 3; day++) {
		page_of(f, &p);
		for (size_t i = 0; i < 24; i++) {
			struct event e = { .article = p.entries[i].id, .kind = i % 3 == 0 ? EVENT_OPEN : i % 3 == 1 ? EVENT_SKIP : EVENT_LIKE, .dwell = i % 2 ? -1 : 40,
					   .scroll = -1, .explore = -1, .propensity = -1, .at = NOW + day * DATE_DAY };

			must(ranker_record(f->ranker, &e, &f->info));
		}
		if (day == 1) {
			must(ranker_save(f->ranker, &f->info));
			demo_reopen(f);
		}
	}
	page_clear(&p);
}

struct numbers { double *x; size_t n; };

static struct numbers numbers_of(const struct fixture *f)
{
	const struct models *m = &ranker_profile(f->ranker)->models;
	struct numbers all = { .n = models_numbers(m, NULL) };

	all.x = calloc(all.n, sizeof *all.x);
	assert_int_equal(models_numbers(m, all.x), all.n);
	return all;
}

static void assert_as_before(const struct fixture *f, const struct numbers *before)
{
	struct numbers now = numbers_of(f);

	assert_int_equal(now.n, before->n);
	for (size_t i = 0; i < now.n; i++)
		assert_true(fabs(now.x[i] - before->x[i]) < 1e-6);
	free(now.x);
}

static void each_model_rebuilt_from_the_log_is_the_model_updated_as_read(void **state)
{
	struct fixture *f = *state;
	struct numbers read;

	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		use(f, (enum model_kind)kind);
		read_on(f);
		read = numbers_of(f);
		must(ranker_save(f->ranker, &f->info));
		demo_reopen(f);
		assert_as_before(f, &read);
		must(ranker_rebuild(f->ranker, &f->info));
		assert_as_before(f, &read);
		free(read.x);
	}
}

/* A weight that the log can't have given is there until the model is rebuilt: so the state is read, and not learned anew at every start. */
static void what_was_saved_is_what_is_read(void **state)
{
	struct fixture *f = *state;
	const struct models *m;

	for (int kind = 1; kind < MODEL_COUNT; kind++) {
		use(f, (enum model_kind)kind);
		m = &ranker_profile(f->ranker)->models;
		if (kind == MODEL_NET)
			m->net.theta[0] = 77;
		else
			m->ftrl.column[0] = (struct ftrl_column){ -770, 1 };
		must(ranker_save(f->ranker, &f->info));
		demo_reopen(f);
		m = &ranker_profile(f->ranker)->models;
		assert_true(kind == MODEL_NET ? m->net.theta[0] == 77 : ftrl_weight(&m->ftrl, 0) > 30);
		must(ranker_rebuild(f->ranker, &f->info));
		assert_true(kind == MODEL_NET ? m->net.theta[0] < 2 : ftrl_weight(&m->ftrl, 0) < 5);
	}
}

static void a_model_that_was_saved_for_another_choice_is_left_aside(void **state)
{
	struct fixture *f = *state;
	struct numbers before;

	for (int from = 0; from < MODEL_COUNT; from++)
		for (int to = 0; to < MODEL_COUNT; to++) {
			use(f, (enum model_kind)from);
			must(ranker_save(f->ranker, &f->info));
			use(f, (enum model_kind)to);
			before = numbers_of(f);
			must(ranker_rebuild(f->ranker, &f->info));
			assert_as_before(f, &before);
			free(before.x);
		}
}

static void a_damaged_state_is_left_aside(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct numbers before;
	const void *blob;
	int64_t version;
	char *bytes;
	size_t n;

	for (int kind = 1; kind < MODEL_COUNT; kind++) {
		use(f, (enum model_kind)kind);
		before = numbers_of(f);
		must(ranker_save(f->ranker, &f->info));
		must(blob_get(&f->app.store, "model", &a, &version, &blob, &n, &f->info));
		bytes = arena_alloc(&a, n);
		memcpy(bytes, blob, n);
		must(blob_put(&f->app.store, "model", version, bytes, n - 1, &f->info));
		demo_reopen(f);
		assert_as_before(f, &before);
		memset(bytes + n - models_rivals_size(&ranker_profile(f->ranker)->models), 0xff, 64);
		must(blob_put(&f->app.store, "model", version, bytes, n, &f->info));
		demo_reopen(f);
		assert_as_before(f, &before);
		free(before.x);
	}
	arena_clear(&a);
}

static double total(const struct page_entry *e)
{
	double sum = 0;

	for (size_t i = 0; i < e->n_reasons; i++)
		sum += e->reasons[i].weight;
	return sum;
}

static void the_parts_add_up_whichever_gives_the_score(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct page p = { 0 };

	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		use(f, (enum model_kind)kind);
		page_of(f, &p);
		for (size_t i = 0; i < p.n; i++) {
			struct page_entry whole;
			const char **change;
			size_t n;

			must(ranker_why(f->ranker, p.entries[i].id, &a, &whole, &change, &n, &f->info));
			assert_true(fabs(total(&p.entries[i]) - p.entries[i].score) < 1e-5 && p.entries[i].sd > 0);
			assert_true(fabs(total(&whole) - whole.score) < 1e-5 && fabs(whole.score - p.entries[i].score) < 1e-9);
		}
	}
	page_clear(&p);
	arena_clear(&a);
}

static void term_weights_give_words_as_reasons_and_what_would_be_without_them(void **state)
{
	struct fixture *f = *state;
	struct arena a = ARENA_INIT;
	struct page p = { 0 };
	struct page_entry e;
	const char **change;
	size_t n;

	use(f, MODEL_FTRL);
	page_of(f, &p);
	must(ranker_why(f->ranker, p.entries[0].id, &a, &e, &change, &n, &f->info));
	assert_true(e.n_reasons > 2 && n > 0);
	for (size_t i = 0; i < e.n_reasons; i++)
		assert_true(strcmp(e.reasons[i].kind, "term") == 0 || strcmp(e.reasons[i].name, "starting point") == 0);
	assert_int_equal(strncmp(change[0], "without \"", 9), 0);
	page_clear(&p);
	arena_clear(&a);
}

static void the_models_give_pages_of_their_own(void **state)
{
	struct fixture *f = *state;
	struct page p[MODEL_COUNT];

	memset(p, 0, sizeof p);
	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		use(f, (enum model_kind)kind);
		page_of(f, &p[kind]);
		for (int other = 0; other < kind; other++) {
			size_t same = 0;

			for (size_t i = 0; i < p[kind].n; i++)
				same += p[kind].entries[i].id == p[other].entries[i].id;
			assert_true(same < p[kind].n);
		}
	}
	for (int kind = 0; kind < MODEL_COUNT; kind++)
		page_clear(&p[kind]);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, demo_setup, demo_teardown)
	const struct CMUnitTest tests[] = {
		T(each_model_rebuilt_from_the_log_is_the_model_updated_as_read),
		T(what_was_saved_is_what_is_read),
		T(a_model_that_was_saved_for_another_choice_is_left_aside),
		T(a_damaged_state_is_left_aside),
		T(the_parts_add_up_whichever_gives_the_score),
		T(term_weights_give_words_as_reasons_and_what_would_be_without_them),
		T(the_models_give_pages_of_their_own),
	};

	return cmocka_run_group_tests_name("models", tests, NULL, NULL);
}
