/* portrait - what is shown of the model is what the model has, and each row names the readings that it came from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/edits.h"
#include "app/portrait.h"
#include "app/ranker.h"
#include "demo_kit.h"

static void reload(struct fixture *f)
{
	portrait_clear(&f->portrait);
	must(ranker_portrait(f->ranker, &f->portrait, &f->info));
}

static int set_up(void **state)
{
	if (demo_setup(state) != 0)
		return -1;
	reload(*state);
	return 0;
}

static int set_up_new(void **state)
{
	if (demo_setup_new(state) != 0)
		return -1;
	reload(*state);
	return 0;
}

static void act(struct fixture *f, int64_t article, enum event_kind kind, double dwell, int64_t at)
{
	struct event e = { .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1, .at = at };

	must(ranker_record(f->ranker, &e, &f->info));
}

static const struct portrait_row *row_of(const struct portrait_section *s, const char *subject)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->row[i].subject && strcmp(s->row[i].subject, subject) == 0)
			return &s->row[i];
	return NULL;
}

static const enum portrait_kind kind_of[FACET_COUNT] = {
	[FACET_FEED] = PORTRAIT_FEEDS, [FACET_CATEGORY] = PORTRAIT_CATEGORIES, [FACET_TOPIC] = PORTRAIT_TOPICS, [FACET_AUTHOR] = PORTRAIT_AUTHORS,
	[FACET_LANGUAGE] = PORTRAIT_LANGUAGES, [FACET_LENGTH] = PORTRAIT_LENGTHS, [FACET_TAG] = PORTRAIT_TAGS,
};

/* ---- weights ---- */

/* The sum behind `why` is taken apart elsewhere: the part of an article's one topic is what the portrait says of that topic. */
static void a_weight_is_what_it_adds_to_an_articles_score(void **state)
{
	struct fixture *f = *state;
	size_t compared[FACET_COUNT] = { 0 };
	const struct corpus *c = ranker_profile(f->ranker)->corpus;

	for (size_t i = 0; i < f->ranker->n_candidates; i += 9) {
		size_t doc = f->ranker->candidate[i];
		struct page_entry e;
		const char **change;
		size_t n;

		must(ranker_why(f->ranker, c->doc[doc].id, &f->a, &e, &change, &n, &f->info));
		for (size_t k = 0; k < e.n_reasons; k++)
			for (int x = 0; x < FACET_COUNT; x++) {
				const struct portrait_row *row;
				int one, many;

				(void)doc_facet(&c->doc[doc], (enum facet)x, &one, &many);
				row = strcmp(e.reasons[k].kind, facet_word[x]) == 0 ? row_of(&f->portrait.section[kind_of[x]], e.reasons[k].subject) : NULL;
				if (!row) /* neither read nor passed over: what it adds is of a share alone */
					continue;
				assert_true(fabs(row->weight - e.reasons[k].weight * sqrt(many)) < 1e-9);
				compared[x]++;
			}
	}
	assert_true(compared[FACET_FEED] && compared[FACET_TOPIC] && compared[FACET_CATEGORY] && compared[FACET_AUTHOR] && compared[FACET_LANGUAGE] && compared[FACET_LENGTH]);
}

static void sections_stand_in_the_order_of_their_weights(void **state)
{
	struct fixture *f = *state;

	for (int k = 0; k < PORTRAIT_COUNT; k++) {
		const struct portrait_section *s = &f->portrait.section[k];

		assert_true(s->of >= s->n);
		for (size_t i = 1; i < s->n; i++)
			if (k == PORTRAIT_PARTS)
				assert_true(fabs(s->row[i - 1].weight) >= fabs(s->row[i].weight));
			else if (k != PORTRAIT_HOURS && k != PORTRAIT_WEEKDAYS)
				assert_true(s->row[i - 1].weight >= s->row[i].weight);
	}
	assert_int_equal(f->portrait.section[PORTRAIT_PARTS].n, FEATURE_COUNT);
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		assert_true(f->portrait.section[PORTRAIT_PARTS].row[i].sd > 0);
	assert_null(f->portrait.model);
}

/* An article of one word alone, compared with the readings one by one. */
static double naive_word(struct fixture *f, uint32_t col)
{
	const struct profile *p = ranker_profile(f->ranker);
	const struct csr *t = &p->corpus->terms;
	const struct memory *m = p->memory;
	double sum = 0, total[HORIZON_LIKE] = { 0 }, read = 0, share = corpus_term_share(p->corpus, col);

	for (int hz = 0; hz < HORIZON_LIKE; hz++) {
		double dot = 0, most = 0, soft = 0, softs = 0, norm = 0;
		double *all = calloc(t->cols, sizeof *all);

		for (size_t row = 0; row < m->h; row++) {
			double w = m->kept[row] * exp((double)(m->at[row] - NOW) / horizon_tau[hz]), cosine = 0;

			for (size_t i = t->ptr[m->doc[row]]; i < t->ptr[m->doc[row] + 1]; i++) {
				all[t->col[i]] += w * (double)t->val[i];
				cosine = t->col[i] == col ? (double)t->val[i] : cosine;
			}
			total[hz] += w;
			dot += w * cosine;
			most = fmax(most, w * cosine);
			soft += w * exp(ATTENTION_TERMS * cosine) * cosine;
			softs += w * exp(ATTENTION_TERMS * cosine);
			read += hz == HORIZON_LONG && cosine > 0 ? w : 0;
		}
		for (size_t i = 0; i < t->cols; i++)
			norm += all[i] * all[i];
		sum += features_evidence(hz, total[hz]) * (p->models.interest.mean[F_TERM_MEAN + 3 * hz] * dot / sqrt(norm) / feature_scale[F_TERM_MEAN + 3 * hz].unit +
			p->models.interest.mean[F_TERM_MEAN + 3 * hz + 1] * most / feature_scale[F_TERM_MEAN + 3 * hz + 1].unit +
			p->models.interest.mean[F_TERM_MEAN + 3 * hz + 2] * soft / softs / feature_scale[F_TERM_MEAN + 3 * hz + 2].unit);
		free(all);
	}
	return sum + p->models.interest.mean[F_TERM_LIFT] * features_evidence(HORIZON_LONG, total[HORIZON_LONG]) * log((read + 1) / (total[HORIZON_LONG] * share + 1)) /
		     feature_scale[F_TERM_LIFT].unit;
}

static void a_words_weight_is_what_the_naive_version_says(void **state)
{
	struct fixture *f = *state;
	const struct portrait_section *s = &f->portrait.section[PORTRAIT_WORDS];

	assert_in_range(s->n, PORTRAIT_LIKED, PORTRAIT_LIKED + PORTRAIT_SHUNNED);
	for (size_t i = 0; i < s->n; i += 5) {
		const char *stem = s->row[i].subject + strlen("term:");
		int64_t id;

		must(terms_id(&f->app.store, stem, strlen(stem), &id, &f->info));
		assert_true(fabs(s->row[i].weight - naive_word(f, (uint32_t)id)) < 1e-5);
	}
}

/* ---- readings ---- */

static void each_row_names_the_readings_that_it_came_from(void **state)
{
	struct fixture *f = *state;
	const struct profile *p = ranker_profile(f->ranker);
	size_t rows = 0;

	assert_true(f->portrait.n_readings > 50 && f->portrait.n_readings <= p->n);
	for (size_t i = 1; i < f->portrait.n_readings; i++)
		assert_true(f->portrait.reading[i - 1].at >= f->portrait.reading[i].at);
	for (int x = 0; x < FACET_COUNT; x++)
		for (size_t i = 0; i < f->portrait.section[kind_of[x]].n; i++) {
			const struct portrait_row *row = &f->portrait.section[kind_of[x]].row[i];
			int64_t value = p->corpus->names.find(p->corpus->names.user, (enum facet)x, strchr(row->subject, ':') + 1);
			size_t n = 0;

			assert_true(value >= 0);
			for (size_t k = 0; k < f->portrait.n_readings; k++) {
				const struct doc *d = &p->corpus->doc[corpus_find(p->corpus, f->portrait.reading[k].article)];
				int one, many, has = 0;
				const int *which = doc_facet(d, (enum facet)x, &one, &many);

				for (int v = 0; v < many; v++)
					has |= which[v] == value;
				if (has)
					assert_int_equal(row->reading[n++], k);
			}
			assert_int_equal(row->n, n);
			rows += n > 0;
		}
	assert_true(rows > 20);
	for (size_t i = 0; i < f->portrait.section[PORTRAIT_WORDS].n; i++)
		assert_true(f->portrait.section[PORTRAIT_WORDS].row[i].n > 0);
}

static void hours_and_days_are_shares_of_the_readings(void **state)
{
	struct fixture *f = *state;
	double hours = 0, days = 0;
	int64_t id = f->portrait.reading[0].article;

	act(f, id, EVENT_LIKE, -1, NOW - 5 * DATE_HOUR);
	reload(f);
	for (size_t i = 0; i < f->portrait.section[PORTRAIT_HOURS].n; i++) {
		const struct portrait_row *row = &f->portrait.section[PORTRAIT_HOURS].row[i];

		hours += row->weight;
		for (size_t k = 0; k < row->n; k++) {
			time_t at = f->portrait.reading[row->reading[k]].at;
			int hour = gmtime(&at)->tm_hour;

			assert_true(hour >= atoi(row->name) && hour < atoi(row->name + 6));
		}
	}
	for (size_t i = 0; i < f->portrait.section[PORTRAIT_WEEKDAYS].n; i++) {
		const struct portrait_row *row = &f->portrait.section[PORTRAIT_WEEKDAYS].row[i];

		days += row->weight;
		for (size_t k = 0; k < row->n; k++) {
			time_t at = f->portrait.reading[row->reading[k]].at;
			char name[20];

			assert_true(strftime(name, sizeof name, "%A", gmtime(&at)) > 0); /* in the C locale */
			assert_string_equal(row->name, name);
		}
	}
	assert_true(f->portrait.section[PORTRAIT_HOURS].n >= 2 && fabs(hours - 1) < 1e-12 && fabs(days - 1) < 1e-12);
}

static void a_reading_has_the_time_that_was_spent_and_one_taken_back_is_none(void **state)
{
	struct fixture *f = *state;
	int64_t id = f->ranker->loaded.items.item[f->ranker->candidate[0]].id, other = f->ranker->loaded.items.item[f->ranker->candidate[1]].id;
	size_t before = f->portrait.n_readings;

	act(f, id, EVENT_OPEN, -1, NOW - 90);
	act(f, id, EVENT_CLOSE, 70, NOW - 20);
	act(f, id, EVENT_OPEN, 30, NOW - 10);
	act(f, other, EVENT_LIKE, -1, NOW - 15);
	reload(f);
	assert_int_equal(f->portrait.n_readings, before + 2);
	assert_int_equal(f->portrait.reading[0].article, id);
	assert_true(f->portrait.reading[0].dwell == 100 && f->portrait.reading[0].at == NOW - 10);
	assert_true(f->portrait.reading[1].article == other && f->portrait.reading[1].dwell < 0);
	act(f, other, EVENT_DISLIKE, -1, NOW);
	reload(f);
	assert_int_equal(f->portrait.n_readings, before + 1);
}

/* ---- edits ---- */

static void edits_stand_beside_what_was_learned(void **state)
{
	struct fixture *f = *state;
	const char *topic = arena_strdup(&f->a, f->portrait.section[PORTRAIT_TOPICS].row[2].subject);
	double learned = f->portrait.section[PORTRAIT_TOPICS].row[2].weight;
	const struct portrait_row *row;
	int64_t id = f->portrait.reading[f->portrait.n_readings - 1].article;
	const struct corpus *c = ranker_profile(f->ranker)->corpus;
	const char *weak = NULL;

	must(ranker_edit(f->ranker, topic, -EDIT_MOST, 0, &f->info));
	for (size_t i = c->terms.ptr[corpus_find(c, id)]; !weak; i++) { /* a word of the oldest reading that is too weak to be shown */
		weak = arena_printf(&f->a, "term:%s", c->names.key(c->names.user, FACET_COUNT, c->terms.col[i]));
		weak = row_of(&f->portrait.section[PORTRAIT_WORDS], weak) ? NULL : weak;
	}
	must(ranker_edit(f->ranker, weak, 1, 0, &f->info));
	reload(f);
	row = row_of(&f->portrait.section[PORTRAIT_TOPICS], topic);
	assert_true(row && row->edit == -EDIT_MOST && row->weight == learned);
	row = row_of(&f->portrait.section[PORTRAIT_WORDS], weak);
	assert_true(row && row->edit == 1 && row->n > 0);
	assert_int_equal(f->portrait.section[PORTRAIT_EDITS].n, 2);
	assert_string_equal(f->portrait.section[PORTRAIT_EDITS].row[0].subject, weak); /* newest first */
	assert_int_equal(strncmp(f->portrait.section[PORTRAIT_EDITS].row[0].name, "word: ", 6), 0);
	assert_true(f->portrait.section[PORTRAIT_EDITS].row[1].weight == -EDIT_MOST);
	assert_int_equal(f->portrait.section[PORTRAIT_EDITS].row[1].n, row_of(&f->portrait.section[PORTRAIT_TOPICS], topic)->n);
}

static void of_a_new_reader_nothing_is_held(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(f->portrait.n_readings, 0);
	assert_int_equal(f->portrait.paced, 0);
	for (int k = 0; k < PORTRAIT_COUNT; k++)
		assert_int_equal(f->portrait.section[k].n, k == PORTRAIT_PARTS ? FEATURE_COUNT : 0);
}

int main(void)
{
#define with_demo(test) cmocka_unit_test_setup_teardown(test, set_up, demo_teardown)
	const struct CMUnitTest tests[] = {
		with_demo(a_weight_is_what_it_adds_to_an_articles_score),
		with_demo(sections_stand_in_the_order_of_their_weights),
		with_demo(a_words_weight_is_what_the_naive_version_says),
		with_demo(each_row_names_the_readings_that_it_came_from),
		with_demo(hours_and_days_are_shares_of_the_readings),
		with_demo(a_reading_has_the_time_that_was_spent_and_one_taken_back_is_none),
		with_demo(edits_stand_beside_what_was_learned),
		cmocka_unit_test_setup_teardown(of_a_new_reader_nothing_is_held, set_up_new, demo_teardown),
	};

	return cmocka_run_group_tests_name("portrait", tests, NULL, NULL);
}
