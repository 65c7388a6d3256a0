/* told - how other feeds tell a story: the difference against its formula, the words that only one has, and what is no telling. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"
#include "app/story.h"
#include "demo_kit.h"

/* The first article of the page that so many feeds at least tell; 0 none. */
static int64_t told_by(struct fixture *k, int least, int most)
{
	struct page p = { 0 };
	int64_t id = 0;

	demo_page(k, 30, 200, &p);
	for (size_t i = 0; i < p.n && !id; i++)
		if (p.entries[i].feeds_telling >= least && p.entries[i].feeds_telling <= most)
			id = p.entries[i].id;
	page_clear(&p);
	assert_true(id > 0);
	return id;
}

static void tellings(struct fixture *k, int64_t id, struct tellings *t)
{
	assert_int_equal(story_tellings(k->ranker, id, &k->a, t, &k->info), OK);
}

static double at_most_1(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* ---- the formula, written out ---- */

static double read_of(struct fixture *k, int64_t feed)
{
	struct feed_list feeds;

	assert_int_equal(feeds_load(&k->app.store, true, &k->a, &feeds, &k->info), OK);
	for (size_t i = 0; i < feeds.n; i++)
		if (feeds.feed[i].id == feed)
			return (double)(feeds.feed[i].items - feeds.feed[i].unread);
	fail_msg("no feed %lld", (long long)feed);
	return 0;
}

/* Cosine of row i with the weighted sum of the readings, by terms. */
static double usual_terms(const struct profile *p, const struct csr *rows, size_t i)
{
	size_t cols = p->corpus->terms.cols > rows->cols ? p->corpus->terms.cols : rows->cols;
	double *sum = mem_zero(cols, sizeof *sum), dot = 0, squares = 0;

	for (size_t r = 0; r < p->n; r++)
		for (size_t q = p->corpus->terms.ptr[p->reading[r].doc]; q < p->corpus->terms.ptr[p->reading[r].doc + 1]; q++)
			sum[p->corpus->terms.col[q]] += p->reading[r].weight * (double)p->corpus->terms.val[q];
	for (size_t q = rows->ptr[i]; q < rows->ptr[i + 1]; q++)
		dot += (double)rows->val[q] * sum[rows->col[q]];
	for (size_t c = 0; c < cols; c++)
		squares += sum[c] * sum[c];
	free(sum);
	return dot / sqrt(squares);
}

static double usual_words(const struct profile *p, const struct corpus *c, size_t i)
{
	int d = c->side[SIDE_WORDS].d;
	double *sum = mem_zero((size_t)d, sizeof *sum), dot = 0, squares = 0;

	for (size_t r = 0; r < p->n; r++)
		for (int q = 0; q < d; q++)
			sum[q] += p->reading[r].weight * (double)corpus_vector(p->corpus, SIDE_WORDS, p->reading[r].doc)[q];
	for (int q = 0; q < d; q++) {
		dot += sum[q] * (double)corpus_vector(c, SIDE_WORDS, i)[q];
		squares += sum[q] * sum[q];
	}
	free(sum);
	return dot / sqrt(squares);
}

static double words_between(const struct corpus *c, size_t i, size_t j)
{
	double dot = 0;

	for (int q = 0; q < c->side[SIDE_WORDS].d; q++)
		dot += (double)corpus_vector(c, SIDE_WORDS, i)[q] * (double)corpus_vector(c, SIDE_WORDS, j)[q];
	return dot;
}

static void the_difference_is_what_the_manual_says(void **state)
{
	struct fixture *k = *state;
	const struct profile *p = ranker_profile(k->ranker);
	int64_t id[20], in_hand = told_by(k, 3, 20);
	double all = 0;
	struct tellings t;
	struct loaded l;
	size_t checked = 0;

	tellings(k, in_hand, &t);
	assert_true(t.same && t.n >= 2 && t.n < 20);
	id[0] = in_hand;
	for (size_t i = 0; i < t.n; i++)
		id[i + 1] = t.told[i].id;
	assert_int_equal(load_corpus(&k->app.store, id, t.n + 1, &l, &k->info), OK);
	for (size_t i = 0; i <= t.n; i++)
		all += read_of(k, l.items.item[i].feed_id); /* each feed tells it once here */
	for (size_t i = 1; i <= t.n; i++) {
		double source = 1 - (read_of(k, l.items.item[i].feed_id) + 1) / (all + (double)t.n + 1), usual, hand;

		if (!corpus_has_vector(&l.corpus, SIDE_WORDS, i) || !corpus_has_vector(&l.corpus, SIDE_WORDS, 0))
			continue;
		usual = 1 - (at_most_1(usual_terms(p, &l.corpus.terms, i)) + at_most_1(usual_words(p, &l.corpus, i))) / 2;
		hand = 1 - (at_most_1((double)csr_dot(&l.corpus.terms, i, &l.corpus.terms, 0)) + at_most_1(words_between(&l.corpus, i, 0))) / 2;
		assert_true(fabs(t.told[i - 1].difference - (source / 2 + usual / 4 + hand / 4)) < 1e-5);
		checked++;
	}
	assert_true(checked >= 2);
	loaded_clear(&l);
}

static void those_come_first_that_differ_most_and_none_is_of_the_same_feed(void **state)
{
	struct fixture *k = *state;
	struct tellings t;

	tellings(k, told_by(k, 3, 20), &t);
	for (size_t i = 0; i < t.n; i++) {
		assert_string_not_equal(t.told[i].feed, t.from.feed);
		assert_true(t.told[i].difference >= 0 && t.told[i].difference <= 1 && (i == 0 || t.told[i].difference <= t.told[i - 1].difference));
	}
}

static bool has_word(struct fixture *k, int64_t article, const char *word)
{
	struct termvec v;
	double length;

	assert_int_equal(terms_vector(&k->app.store, article, &k->a, &v, &length, &k->info), OK);
	for (size_t i = 0; i < v.n; i++)
		if (strcmp(terms_name(&k->app.store, v.id[i], &k->a), word) == 0)
			return true;
	return false;
}

static void only_words_are_in_no_other_telling(void **state)
{
	struct fixture *k = *state;
	struct tellings t;
	size_t words = 0;

	tellings(k, told_by(k, 3, 20), &t);
	for (size_t i = 0; i < t.n; i++)
		for (size_t w = 0; w < t.told[i].n_only; w++) {
			assert_true(has_word(k, t.told[i].id, t.told[i].only[w]));
			assert_false(has_word(k, t.from.id, t.told[i].only[w]));
			for (size_t q = 0; q < t.n; q++)
				assert_true(q == i || !has_word(k, t.told[q].id, t.told[i].only[w]));
			words++;
		}
	assert_true(words >= 3);
}

static void a_feed_that_is_read_more_differs_less(void **state)
{
	struct fixture *k = *state;
	int64_t id = told_by(k, 3, 20);
	struct tellings before, after;
	double then = 0, now = 0;

	tellings(k, id, &before);
	assert_int_equal(db_exec(k->app.store.db, arena_printf(&k->a, "UPDATE feeds SET unread = 0 WHERE id = (SELECT feed FROM articles WHERE id = %lld)",
							       (long long)before.told[0].id), &k->info), OK);
	tellings(k, id, &after);
	then = before.told[0].difference;
	for (size_t i = 0; i < after.n; i++)
		if (after.told[i].id == before.told[0].id)
			now = after.told[i].difference;
	assert_true(now > 0 && now < then);
}

static void where_nobody_else_tells_it_the_nearest_are_no_tellings(void **state)
{
	struct fixture *k = *state;
	int64_t id = told_by(k, 1, 1), story, other;
	struct tellings t;

	tellings(k, id, &t);
	assert_false(t.same);
	assert_in_range(t.n, 1, TELLINGS_NEAR);
	assert_int_equal(story_of(&k->app.store, id, &story, &k->info), OK);
	for (size_t i = 0; i < t.n; i++) {
		assert_string_not_equal(t.told[i].feed, t.from.feed);
		assert_true(llabs(t.told[i].at - t.from.at) <= 72 * 3600);
		assert_int_equal(story_of(&k->app.store, t.told[i].id, &other, &k->info), OK);
		assert_true(other != story);
	}
	assert_int_equal(story_tellings(k->ranker, 999999, &k->a, &t, &k->info), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, demo_setup, demo_teardown)
		TEST(the_difference_is_what_the_manual_says),
		TEST(those_come_first_that_differ_most_and_none_is_of_the_same_feed),
		TEST(only_words_are_in_no_other_telling),
		TEST(a_feed_that_is_read_more_differs_less),
		TEST(where_nobody_else_tells_it_the_nearest_are_no_tellings),
	};

	return cmocka_run_group_tests_name("how other feeds tell it", tests, NULL, NULL);
}
