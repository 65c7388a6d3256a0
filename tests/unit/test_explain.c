/* explain - the words, readings and places that why tells of, against what the store, the corpus and the page say themselves. */
#include <math.h>
#include <string.h>

#include "app/edits.h"
#include "app/explain.h"
#include "app/ranker.h"
#include "app/story.h"
#include "demo_kit.h"
#include "model/blas.h"
#include "text/lang.h"
#include "text/terms.h"

/* All that is told of one article; of the fixture's arena. */
static void explain_of(struct fixture *k, int64_t id, int explore, size_t limit, struct why *out)
{
	struct page_options o = { .explore = explore, .limit = limit };

	assert_int_equal(ranker_explain(k->ranker, id, &o, &k->a, out, &k->info), OK);
}

/* ---- words ---- */

/* The store's number of the first term in these bytes, as the language has it; -1 none. */
struct first_term { struct store *st; int64_t id; };

static void hear(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct first_term *f = user;

	(void)surface;
	(void)surface_n;
	if (f->id < 0)
		(void)terms_id(f->st, term, n, &f->id, NULL);
}

static bool has_part(const struct why *w, const struct mark *m)
{
	for (size_t i = 0; i < w->entry.n_reasons; i++)
		if (strcmp(w->entry.reasons[i].kind, "term") == 0 && strcmp(w->entry.reasons[i].name, m->term) == 0 && fabs(w->entry.reasons[i].weight - m->weight) < 1e-12)
			return true;
	return false;
}

static void check_marks(struct fixture *k, struct terms *terms, const struct why *w, const char *text, const struct mark *m, size_t n)
{
	size_t end = 0;

	for (size_t i = 0; i < n; i++) {
		struct first_term f = { &k->app.store, -1 };

		assert_true(m[i].len > 0 && m[i].from >= end && m[i].from + m[i].len <= strlen(text));
		end = m[i].from + m[i].len;
		assert_true(has_part(w, &m[i]));
		(void)terms_each(terms, text + m[i].from, m[i].len, "en", hear, &f);
		assert_true(f.id > 0);
		assert_string_equal(terms_name(&k->app.store, (uint32_t)f.id, &k->a), m[i].term);
	}
}

static void marks_are_the_words_whose_terms_carry_the_score(void **state)
{
	struct fixture *k = *state;
	size_t in_titles = 0, in_texts = 0;
	struct terms *terms;
	struct page p = { 0 };

	assert_int_equal(terms_new(&terms, &k->info), OK);
	demo_page(k, 30, 20, &p);
	for (size_t i = 0; i < p.n; i++) {
		struct why w;

		explain_of(k, p.entries[i].id, 30, 20, &w);
		if (strcmp(lang_detect(w.text, strlen(w.text), NULL), "en") != 0)
			continue;
		check_marks(k, terms, &w, w.entry.title, w.title_mark, w.n_title_marks);
		check_marks(k, terms, &w, w.text, w.text_mark, w.n_text_marks);
		in_titles += w.n_title_marks;
		in_texts += w.n_text_marks;
	}
	assert_true(in_titles > 5 && in_texts > 20);
	page_clear(&p);
	terms_free(terms);
}

/* The heaviest term stands in the text, or in the title, or among the categories. */
static void every_occurrence_of_the_heaviest_word_is_marked(void **state)
{
	struct fixture *k = *state;
	struct page p = { 0 };
	size_t checked = 0;

	demo_page(k, 0, 20, &p);
	for (size_t i = 0; i < p.n; i++) {
		struct why w;

		explain_of(k, p.entries[i].id, 0, 20, &w);
		for (size_t m = 0; m < w.n_text_marks; m++) {
			const char *word = arena_printf(&k->a, " %.*s ", (int)w.text_mark[m].len, w.text + w.text_mark[m].from), *at = w.text;
			size_t found = 0, marked = 0;

			while ((at = strstr(at, word))) {
				found++;
				at++;
				for (size_t q = 0; q < w.n_text_marks; q++)
					marked += w.text + w.text_mark[q].from == at && w.text_mark[q].len == strlen(word) - 2;
			}
			assert_int_equal(found, marked);
			checked += found;
		}
	}
	assert_true(checked > 20);
	page_clear(&p);
}

/* ---- likeness ---- */

static double cosine(const struct corpus *c, size_t i, size_t j)
{
	enum corpus_side side = corpus_has_vector(c, SIDE_WORDS, i) && corpus_has_vector(c, SIDE_WORDS, j) ? SIDE_WORDS : SIDE_LSA;
	double dot = 0;

	if (!corpus_has_vector(c, side, i) || !corpus_has_vector(c, side, j))
		return (double)csr_dot(&c->terms, i, &c->terms, j);
	for (int d = 0; d < c->side[side].d; d++)
		dot += (double)corpus_vector(c, side, i)[d] * (double)corpus_vector(c, side, j)[d];
	return dot;
}

static bool in_row(const struct csr *t, size_t row, const char *name, struct fixture *k)
{
	for (size_t q = t->ptr[row]; q < t->ptr[row + 1]; q++)
		if (strcmp(terms_name(&k->app.store, t->col[q], &k->a), name) == 0)
			return true;
	return false;
}

static void what_it_resembles_is_what_lies_nearest_of_all_that_was_read(void **state)
{
	struct fixture *k = *state;
	const struct profile *pr = ranker_profile(k->ranker);
	struct page p = { 0 };
	size_t shared = 0;

	demo_page(k, 60, 12, &p);
	for (size_t i = 0; i < p.n; i++) {
		int64_t doc = corpus_find(pr->corpus, p.entries[i].id);
		struct why w;
		double most = 0;

		explain_of(k, p.entries[i].id, 60, 12, &w);
		for (size_t q = 0; q < pr->n; q++)
			if (pr->reading[q].weight > 0 && pr->reading[q].doc != (size_t)doc)
				most = fmax(most, cosine(pr->corpus, (size_t)doc, pr->reading[q].doc));
		assert_int_equal(w.n_similar, 3);
		assert_true(fabs(w.similar[0].likeness - fmin(most, 1)) < 1e-5);
		for (size_t s = 0; s < w.n_similar; s++) {
			int64_t other = corpus_find(pr->corpus, w.similar[s].id);

			assert_true(w.similar[s].likeness >= 0 && w.similar[s].likeness <= 1 && (s == 0 || w.similar[s].likeness <= w.similar[s - 1].likeness));
			assert_true(w.similar[s].read > 0 && w.similar[s].read <= NOW && *w.similar[s].title && *w.similar[s].feed);
			for (size_t t = 0; t < w.similar[s].n_shared; t++)
				assert_true(in_row(&pr->corpus->terms, (size_t)doc, w.similar[s].shared[t], k) && in_row(&pr->corpus->terms, (size_t)other, w.similar[s].shared[t], k));
			shared += w.similar[s].n_shared;
		}
	}
	assert_true(shared > 12);
	page_clear(&p);
}

/* ---- places ---- */

static int place_in(const struct page *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->entries[i].id == id)
			return (int)i + 1;
	return 0;
}

static void places_are_those_of_the_page_and_of_the_page_at_0(void **state)
{
	struct fixture *k = *state;
	struct page now = { 0 }, without = { 0 };
	size_t moved = 0, off = 0;

	demo_page(k, 60, 20, &now);
	demo_page(k, 0, 20, &without);
	for (size_t i = 0; i < 20; i++) {
		struct why w;

		explain_of(k, now.entries[i].id, 60, 20, &w);
		assert_int_equal(w.place_page, i + 1);
		assert_int_equal(w.place_without, place_in(&without, now.entries[i].id));
		assert_int_equal(w.entry.slot, now.entries[i].slot);
		moved += w.place_without != w.place_page;
		explain_of(k, without.entries[i].id, 60, 20, &w);
		assert_int_equal(w.place_page, place_in(&now, without.entries[i].id));
		off += w.place_page == 0;
		assert_int_equal(w.places, 20);
	}
	assert_true(moved > 3 && off > 3);
	page_clear(&now);
	page_clear(&without);
}

static void an_article_that_was_opened_keeps_its_place(void **state)
{
	struct fixture *k = *state;
	struct page p = { 0 };
	struct why w;

	demo_page(k, 30, 20, &p);
	demo_record(k, p.entries[4].id, EVENT_READ, -1); /* no evidence: no score moves */
	explain_of(k, p.entries[4].id, 30, 20, &w);
	assert_int_equal(w.place_page, 5);
	assert_true(w.entry.read);
	page_clear(&p);
	demo_page(k, 30, 20, &p); /* and the page itself has another there */
	assert_int_equal(place_in(&p, w.entry.id), 0);
	page_clear(&p);
}

/* A story has one place: the other tellings are told which. */
static void another_telling_of_a_story_says_where_it_stands(void **state)
{
	struct fixture *k = *state;
	struct page p = { 0 };
	size_t told = 0;

	demo_page(k, 30, 20, &p);
	for (size_t i = 0; i < p.n; i++) {
		struct tellings t;

		if (p.entries[i].feeds_telling < 2)
			continue;
		assert_int_equal(story_tellings(k->ranker, p.entries[i].id, &k->a, &t, &k->info), OK);
		for (size_t q = 0; q < t.n; q++) {
			struct why w;

			explain_of(k, t.told[q].id, 30, 20, &w);
			assert_int_equal(w.place_page, 0);
			assert_int_equal(w.story_place, i + 1);
			assert_string_equal(w.story_feed, p.entries[i].feed);
			told++;
		}
	}
	assert_true(told > 2);
	page_clear(&p);
}

static void a_ban_is_said_and_without_it_the_article_is_back(void **state)
{
	struct fixture *k = *state;
	struct page p = { 0 };
	struct why w;
	const char *subject = NULL;

	demo_page(k, 30, 20, &p);
	explain_of(k, p.entries[0].id, 30, 20, &w);
	for (size_t i = 0; i < w.entry.n_reasons && !subject; i++)
		if (strcmp(w.entry.reasons[i].kind, "author") == 0)
			subject = w.entry.reasons[i].subject;
	assert_false(w.banned);
	assert_non_null(subject);
	assert_int_equal(ranker_edit(k->ranker, subject, -EDIT_MOST, 0, &k->info), OK);
	explain_of(k, p.entries[0].id, 30, 20, &w);
	assert_true(w.banned);
	assert_int_equal(w.place_page, 0);
	assert_true(w.n_counter > 0 && w.counter[0].n == 1 && w.counter[0].on_page);
	assert_string_equal(w.counter[0].edit[0].subject, subject);
	page_clear(&p);
}

static void a_trial_is_told_of_and_moves_no_place(void **state)
{
	struct fixture *k = *state;
	struct page p = { 0 };
	struct why before, during;

	demo_page(k, 30, 20, &p);
	explain_of(k, p.entries[2].id, 30, 20, &before);
	assert_int_equal(ranker_trial_start(k->ranker, "random", "new", &k->info), OK);
	explain_of(k, p.entries[2].id, 30, 20, &during);
	assert_false(before.trial);
	assert_true(during.trial);
	assert_int_equal(during.place_page, before.place_page);
	page_clear(&p);
}

static void an_article_that_is_not_there_is_said(void **state)
{
	struct fixture *k = *state;
	struct page_options o = { .explore = 30 };
	struct why w = { .explore = -7 };

	assert_int_equal(ranker_explain(k->ranker, 999999, &o, &k->a, &w, &k->info), ERR_NOTFOUND);
	assert_non_null(strstr(k->info.text, "999999"));
	assert_int_equal(w.explore, -7);
}

/* ---- what would move it ---- */

/* The place on the page, or off it the number by score alone, as it is now. */
static int stands(struct fixture *k, int64_t id, int explore, size_t limit, bool *on_page)
{
	struct why w;

	explain_of(k, id, explore, limit, &w);
	*on_page = w.place_page > 0;
	return *on_page ? w.place_page : (int)w.entry.place;
}

static void undo(struct fixture *k)
{
	const char *words;

	assert_int_equal(ranker_undo(k->ranker, &k->a, &words, &k->info), OK);
}

/* Say what the counterfactual says, look at the page, and take it back. */
static void carry_out(struct fixture *k, int64_t id, int explore, size_t limit, const struct counterfactual *c)
{
	struct page before = { 0 }, p = { 0 }, after = { 0 };
	bool on_page;
	int from = stands(k, id, explore, limit, &on_page);

	assert_int_equal(from, c->from);
	assert_int_equal(on_page, !c->on_page);
	demo_page(k, explore, limit, &before);
	for (size_t i = 0; i < c->n; i++) {
		assert_true(fabs(c->edit[i].weight) < EDIT_MOST || (c->n == 1 && c->edit[i].weight == -EDIT_MOST)); /* a ban only where nothing less does it */
		assert_int_equal(ranker_edit(k->ranker, c->edit[i].subject, c->edit[i].weight, id, &k->info), OK);
	}
	demo_page(k, explore, limit, &p);
	assert_int_equal(place_in(&p, id), c->on_page ? c->to : 0);
	assert_int_equal(stands(k, id, explore, limit, &on_page), c->to);
	assert_int_equal(on_page, c->on_page);
	for (size_t i = 0; i < c->n; i++)
		undo(k);
	demo_page(k, explore, limit, &after);
	assert_int_equal(after.n, before.n);
	for (size_t i = 0; i < after.n; i++) {
		assert_int_equal(after.entries[i].id, before.entries[i].id);
		assert_true(after.entries[i].score == before.entries[i].score); /* to the last bit */
	}
	page_clear(&before);
	page_clear(&p);
	page_clear(&after);
}

/* Each part of the set is needed: without it the article stays where it was. */
static void each_is_needed(struct fixture *k, int64_t id, int explore, size_t limit, const struct counterfactual *c)
{
	for (size_t out = 0; out < c->n && c->n > 1; out++) {
		bool on_page;

		for (size_t i = 0; i < c->n; i++)
			if (i != out)
				assert_int_equal(ranker_edit(k->ranker, c->edit[i].subject, c->edit[i].weight, id, &k->info), OK);
		(void)stands(k, id, explore, limit, &on_page);
		assert_int_equal(on_page, !c->on_page);
		for (size_t i = 0; i + 1 < c->n; i++)
			undo(k);
	}
}

static size_t check_counter(struct fixture *k, int64_t id, int explore, size_t limit, size_t *several)
{
	struct why w;

	explain_of(k, id, explore, limit, &w);
	for (size_t i = 0; i < w.n_counter; i++) {
		assert_non_null(strstr(w.counter[i].words, w.counter[i].on_page ? "it would stand at place" : "it would not stand on this page"));
		carry_out(k, id, explore, limit, &w.counter[i]);
		each_is_needed(k, id, explore, limit, &w.counter[i]);
		*several += w.counter[i].n > 1;
	}
	return w.n_counter;
}

static void what_would_take_it_off_the_page_does(void **state)
{
	struct fixture *k = *state;
	size_t told = 0, several = 0;

	for (int explore = 0; explore <= 60; explore += 30) {
		struct page p = { 0 };

		demo_page(k, explore, 20, &p);
		for (size_t i = 0; i < p.n; i += 3) {
			size_t n = check_counter(k, p.entries[i].id, explore, 20, &several);

			assert_true(n > 0); /* a ban at the least */
			told += n;
		}
		page_clear(&p);
	}
	assert_true(told >= 15 && several >= 1);
}

static void what_would_bring_it_onto_the_page_does(void **state)
{
	struct fixture *k = *state;
	struct page all = { 0 }, p = { 0 };
	size_t told = 0, several = 0;

	demo_page(k, 30, 20, &p);
	demo_page(k, 0, 500, &all);
	for (size_t i = 10; i < all.n; i += 7)
		if (!place_in(&p, all.entries[i].id))
			told += check_counter(k, all.entries[i].id, 30, 20, &several);
	assert_true(told >= 30 && several >= 4);
	page_clear(&all);
	page_clear(&p);
}

/* An edit that holds already is a part like others. */
static void it_counts_with_the_edits_that_hold(void **state)
{
	struct fixture *k = *state;
	struct page p = { 0 };
	struct why w;
	size_t several = 0, told = 0;
	const char *subject = NULL;

	demo_page(k, 30, 20, &p);
	explain_of(k, p.entries[12].id, 30, 20, &w);
	for (size_t i = 0; i < w.entry.n_reasons && !subject; i++)
		subject = w.entry.reasons[i].subject;
	assert_non_null(subject);
	assert_int_equal(ranker_edit(k->ranker, subject, 1.5, 0, &k->info), OK);
	page_clear(&p);
	demo_page(k, 30, 20, &p);
	for (size_t i = 0; i < p.n; i += 4)
		told += check_counter(k, p.entries[i].id, 30, 20, &several);
	assert_true(told > 3);
	page_clear(&p);
}

static void what_was_read_long_ago_has_no_place_that_could_be_moved(void **state)
{
	struct fixture *k = *state;
	const struct profile *pr = ranker_profile(k->ranker);
	struct why w;

	explain_of(k, pr->corpus->doc[pr->reading[0].doc].id, 30, 20, &w);
	assert_true(w.entry.read);
	assert_int_equal(w.place_page, 0);
	assert_int_equal(w.n_counter, 0);
}

/* ---- two pages ---- */

static void what_moved_is_told_by_the_place_after(void **state)
{
	struct page_entry x[] = { { .id = 1, .title = "a", .feed = "f" }, { .id = 2, .title = "b", .feed = "f" }, { .id = 3, .title = "c", .feed = "f" },
		{ .id = 4, .title = "d", .feed = "f" } };
	struct page_entry y[] = { x[2], x[1], { .id = 5, .title = "e", .feed = "f" }, x[0] };
	struct page before = { .entries = x, .n = 4 }, after = { .entries = y, .n = 4 };
	struct fixture *k = *state;
	struct moved *m;

	assert_int_equal(pages_compare(&before, &after, 3, &k->a, &m), 3);
	assert_true(m[0].id == 3 && m[0].from == 3 && m[0].to == 1);
	assert_true(m[1].id == 5 && m[1].from == 0 && m[1].to == 3);
	assert_true(m[2].id == 1 && m[2].from == 1 && m[2].to == 4); /* it left the first three */
	assert_int_equal(pages_compare(&before, &after, 4, &k->a, &m), 4);
	assert_true(m[3].id == 4 && m[3].from == 4 && m[3].to == 0);
	assert_int_equal(pages_compare(&before, &before, 4, &k->a, &m), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, demo_setup, demo_teardown)
		TEST(marks_are_the_words_whose_terms_carry_the_score),
		TEST(every_occurrence_of_the_heaviest_word_is_marked),
		TEST(what_it_resembles_is_what_lies_nearest_of_all_that_was_read),
		TEST(places_are_those_of_the_page_and_of_the_page_at_0),
		TEST(an_article_that_was_opened_keeps_its_place),
		TEST(another_telling_of_a_story_says_where_it_stands),
		TEST(a_ban_is_said_and_without_it_the_article_is_back),
		TEST(a_trial_is_told_of_and_moves_no_place),
		TEST(an_article_that_is_not_there_is_said),
		TEST(what_would_take_it_off_the_page_does),
		TEST(what_would_bring_it_onto_the_page_does),
		TEST(it_counts_with_the_edits_that_hold),
		TEST(what_was_read_long_ago_has_no_place_that_could_be_moved),
		TEST(what_moved_is_told_by_the_place_after),
	};

	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
