/* stories - the inverted index against comparing everything with everything; coverage against its formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/stories.h"

#define N 400
#define COLS 3000
#define HOUR ((int64_t)3600)

/* Where languages and names aren't known; feed NULL: nor feeds. */
static void group(const struct csr *m, const int64_t *at, const int *feed, int64_t *story)
{
	const struct story_corpus c = { .m = m, .at = at, .feed = feed };

	stories_group(&c, story);
}

/* Articles of 25 terms. Every other one takes some of its terms from one written shortly before, so that stories of every closeness arise. */
static void articles(struct csr *m, int64_t *at, uint64_t seed)
{
	unsigned char has[COLS];
	struct rng r;

	rng_seed(&r, seed);
	for (size_t i = 0; i < N; i++) {
		uint32_t col[64], n = 0, other = i ? (uint32_t)i - 1 - rng_below(&r, i < 10 ? (uint32_t)i : 10) : 0, chance = rng_below(&r, 100);
		float val[64];
		double squares = 0;

		memset(has, 0, sizeof has);
		for (size_t p = m->rows && i % 2 ? m->ptr[other] : 0; m->rows && i % 2 && p < m->ptr[other + 1]; p++)
			has[m->col[p]] = rng_below(&r, 100) < chance;
		for (int k = 0; k < 12; k++)
			has[rng_below(&r, k % 3 ? COLS : 40)] = 1;
		for (uint32_t c = 0; c < COLS && n < 64; c++)
			if (has[c]) {
				col[n] = c;
				val[n] = (float)((c < 40 ? 0.3 : 1) * (0.5 + rng_uniform(&r)));
				squares += (double)val[n] * val[n];
				n++;
			}
		for (uint32_t k = 0; k < n; k++)
			val[k] = (float)(val[k] / sqrt(squares));
		csr_add_row(m, col, val, n);
		at[i] = 1000000 + (int64_t)rng_below(&r, 400) * HOUR;
	}
}

static int shared(const struct csr *m, size_t i, size_t j, const size_t *df, double most)
{
	int n = 0;

	for (size_t p = m->ptr[i]; p < m->ptr[i + 1]; p++)
		for (size_t q = m->ptr[j]; q < m->ptr[j + 1]; q++)
			n += m->col[p] == m->col[q] && (double)df[m->col[p]] <= most;
	return n;
}

/* The rule, word for word. */
static void naive(const struct csr *m, const int64_t *at, const int *feed, int64_t *story)
{
	size_t df[COLS] = { 0 }, order[N];

	for (size_t p = 0; p < m->ptr[N]; p++)
		df[m->col[p]]++;
	for (size_t i = 0; i < N; i++) {
		size_t k = i;

		for (; k > 0 && at[order[k - 1]] > at[i]; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	for (size_t a = 0; a < N; a++) {
		size_t i = order[a];
		double best = 0;

		story[i] = (int64_t)i;
		for (size_t b = 0; b < a; b++) {
			size_t j = order[b];
			double cosine = csr_dot(m, i, m, j), sum = 0;
			int names = shared(m, i, j, df, 20), told = 0;

			if (at[i] - at[j] > 72 * HOUR || names < 1 || (feed[i] == feed[j] && (cosine < 0.7 || at[i] - at[j] > 12 * HOUR)))
				continue;
			if (!(cosine >= 0.5 || (cosine >= 0.2 + 0.3 * (double)(at[i] - at[j]) / (72 * HOUR) && names >= 3)))
				continue;
			for (size_t c = 0; c < a; c++)
				if (story[order[c]] == story[j]) {
					sum += (double)csr_dot(m, i, m, order[c]);
					told++;
				}
			if (sum / told >= 0.15 && cosine > best) {
				best = cosine;
				story[i] = story[j];
			}
		}
	}
}

static void the_index_finds_what_comparing_everything_finds(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct csr m = CSR_INIT;
		int64_t at[N], story[N], want[N];
		int joined = 0, feed[N];

		articles(&m, at, seed);
		for (int i = 0; i < N; i++)
			feed[i] = seed % 2 ? i : i % 3; /* none the same; many */
		group(&m, at, feed, story);
		naive(&m, at, feed, want);
		for (size_t i = 0; i < N; i++) {
			assert_int_equal(story[i], want[i]);
			joined += story[i] != (int64_t)i;
			assert_int_equal(story[story[i]], story[i]);
			assert_true(at[story[i]] <= at[i]);
		}
		assert_true(joined > 20 && joined < N / 2);
		csr_clear(&m);
	}
}

/* Some of the articles are there, in stories; the others come, and some of those that are there say something else now: the same as all anew, whoever comes first in time. */
static void newcomers_change_what_grouping_all_anew_would_change(void **state)
{
	int same = 0, moved = 0, all = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct csr m = CSR_INIT, before = CSR_INIT;
		int64_t at[N], told[N], story[N], want[N];
		unsigned char rare[COLS];
		bool loose[N];
		size_t df[COLS] = { 0 };
		struct rng r;

		rng_seed(&r, 100 + seed);
		articles(&m, at, seed);
		for (size_t p = 0; p < m.ptr[N]; p++)
			df[m.col[p]]++;
		for (size_t c = 0; c < COLS; c++)
			rare[c] = df[c] <= STORY_RARE;
		for (size_t i = 0; i < N; i++) { /* what is loose had no terms, or those of its neighbour */
			size_t other = i ? i - 1 : i + 1;

			loose[i] = rng_below(&r, 10) == 0;
			if (!loose[i] || rng_below(&r, 2))
				csr_add_row(&before, m.col + m.ptr[loose[i] ? other : i], m.val + m.ptr[loose[i] ? other : i],
					    m.ptr[(loose[i] ? other : i) + 1] - m.ptr[loose[i] ? other : i]);
			else
				csr_add_row(&before, NULL, NULL, 0);
		}
		before.cols = m.cols = COLS;
		stories_group(&(struct story_corpus){ .m = &before, .at = at, .rare = rare }, told);
		stories_group(&(struct story_corpus){ .m = &m, .at = at, .rare = rare }, want);
		stories_group(&(struct story_corpus){ .m = &m, .at = at, .rare = rare, .told = told, .loose = loose }, story);
		for (size_t i = 0; i < N; i++) {
			same += story[i] == want[i];
			moved += want[i] != told[i];
			all++;
			assert_true(loose[i] || story[i] == story[story[i]]);
		}
		csr_clear(&m);
		csr_clear(&before);
	}
	print_message("# the same story: %d of %d articles, of which %d changed it\n", same, all, moved);
	assert_true(moved > all / 50);
	assert_true(same >= all - all / 1000);
}

static void tellings_far_apart_in_time_are_two_stories(void **state)
{
	struct csr m = CSR_INIT;
	const uint32_t col[] = { 1, 2, 3 };
	const float val[] = { 0.6f, 0.6f, 0.5291503f };
	const int64_t at[] = { 500 * HOUR, 0, 72 * HOUR, 73 * HOUR, 146 * HOUR };
	int64_t story[5];

	(void)state;
	for (int i = 0; i < 5; i++)
		csr_add_row(&m, col, val, 3);
	group(&m, at, NULL, story);
	assert_int_equal(story[0], 0);
	assert_int_equal(story[1], 1);
	assert_int_equal(story[2], 1);
	assert_int_equal(story[3], 1);
	assert_int_equal(story[4], 4);
	csr_clear(&m);
}

static void likeness_without_names_is_no_story(void **state)
{
	/* forty articles on one subject share four common terms; the last two share names too */
	struct csr m = CSR_INIT;
	int64_t at[40], story[40];

	(void)state;
	for (uint32_t i = 0; i < 40; i++) {
		uint32_t name = i < 38 ? 100 + 4 * i : 1000;
		const uint32_t col[] = { 0, 1, 2, 3, name, name + 1, name + 2, 5000 + i };
		const float val[] = { 0.3f, 0.3f, 0.3f, 0.3f, 0.4f, 0.4f, 0.4f, 0.4f };

		csr_add_row(&m, col, val, 8);
		at[i] = (int64_t)i * 60;
	}
	group(&m, at, NULL, story);
	for (int i = 0; i < 39; i++)
		assert_int_equal(story[i], i);
	assert_int_equal(story[39], 38);
	csr_clear(&m);
}

static void one_feed_tells_a_story_twice_only_in_nearly_the_same_words(void **state)
{
	struct csr m = CSR_INIT;
	const uint32_t col[] = { 1, 2, 3, 4, 5, 6 }, same[] = { 1, 2, 3, 4, 5, 9 };
	const float val[] = { 0.5f, 0.5f, 0.4f, 0.3f, 0.3f, 0.4f }, less[] = { 0.4f, 0.4f, 0.3f, 0.2f, 0.2f, 0.7141428f };
	const int64_t at[] = { 0, 60, 120 };
	const int one[] = { 7, 7, 7 }, two[] = { 7, 8, 7 };
	int64_t story[3];

	(void)state;
	csr_add_row(&m, col, val, 6);
	csr_add_row(&m, same, less, 6);
	csr_add_row(&m, col, val, 6);
	group(&m, at, one, story);
	assert_int_equal(story[1], 1);
	assert_int_equal(story[2], 0);
	group(&m, at, two, story);
	assert_int_equal(story[1], 0);
	assert_int_equal(story[2], 0);
	group(&m, (const int64_t[]){ 0, 60, 13 * HOUR }, one, story); /* the next day's column */
	assert_int_equal(story[2], 2);
	csr_clear(&m);
}

static void what_is_asked_for_falls_with_names_and_rises_with_time(void **state)
{
	const int64_t day = 24 * HOUR;

	(void)state;
	assert_true(fabs(stories_asked(2, 0, 0) - 0.2) < 1e-12 && fabs(stories_asked(1, 0, 0) - 0.4) < 1e-12 && fabs(stories_asked(0, 0, 0) - 0.5) < 1e-12);
	assert_true(fabs(stories_asked(0, 3, 0) - 0.4) < 1e-12 && fabs(stories_asked(0, 2, 0) - 0.5) < 1e-12);
	assert_true(fabs(stories_asked(2, 0, day) - 0.3) < 1e-12 && fabs(stories_asked(2, 0, 3 * day) - 0.5) < 1e-12 && fabs(stories_asked(1, 0, 3 * day) - 0.5) < 1e-12);
}

static void the_same_names_are_a_new_event_two_days_later(void **state)
{
	/* a cosine of 0.35 by three shared rare terms */
	struct csr m = CSR_INIT;
	const uint32_t col[][4] = { { 1, 2, 3, 4 }, { 1, 2, 3, 5 } };
	const float val[] = { 0.34156503f, 0.34156503f, 0.34156503f, 0.80622577f };
	int64_t story[2];

	(void)state;
	for (int i = 0; i < 2; i++)
		csr_add_row(&m, col[i], val, 4);
	group(&m, (const int64_t[]){ 0, 30 * HOUR }, NULL, story);
	assert_int_equal(story[1], 0);
	group(&m, (const int64_t[]){ 0, 48 * HOUR }, NULL, story);
	assert_int_equal(story[1], 1);
	csr_clear(&m);
}

/* Nobody can tell: a script without capitals. */
static enum story_term unsure(void *user, size_t i, size_t j, uint32_t col)
{
	(void)user, (void)i, (void)j, (void)col;
	return STORY_UNSURE;
}

static void without_capitals_likeness_must_be_greater(void **state)
{
	/* cosines by three shared rare terms: 0.45 of 0 and 1, 0.35 of 2 and 3 */
	struct csr m = CSR_INIT;
	const uint32_t col[][4] = { { 1, 2, 3, 4 }, { 1, 2, 3, 5 }, { 11, 12, 13, 14 }, { 11, 12, 13, 15 } };
	const float like[] = { 0.38729833f, 0.38729833f, 0.38729833f, 0.74161985f }, less[] = { 0.34156503f, 0.34156503f, 0.34156503f, 0.80622577f };
	const int64_t at[] = { 0, 60, 120, 180 };
	const struct story_corpus c = { .m = &m, .at = at, .name = unsure };
	int64_t story[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		csr_add_row(&m, col[i], i < 2 ? like : less, 4);
	stories_group(&c, story);
	assert_int_equal(story[1], 0);
	assert_int_equal(story[3], 3);
	csr_clear(&m);
}

/* Capitals by the number of the term: those from 100 on are names, in every article but one. */
static enum story_term named(void *user, size_t i, size_t j, uint32_t col)
{
	int *asked = user;

	++*asked;
	return col >= 100 && i != 3 && j != 3 ? STORY_NAME : STORY_WORD;
}

static void names_join_where_subjects_do_not(void **state)
{
	/* 0 and 1 share three names, 2 shares three other words with 0, 3's words are never written as names */
	struct csr m = CSR_INIT;
	const uint32_t col[][7] = { { 1, 2, 3, 100, 101, 102, 200 }, { 4, 5, 6, 100, 101, 102, 201 }, { 1, 2, 3, 7, 8, 9, 202 }, { 10, 11, 12, 100, 101, 102, 203 } };
	const float val[] = { 0.35f, 0.35f, 0.35f, 0.35f, 0.35f, 0.35f, 0.5147815f };
	const int64_t at[] = { 0, 60, 120, 180 };
	int asked = 0;
	const struct story_corpus c = { .m = &m, .at = at, .name = named, .user = &asked };
	int64_t story[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		csr_add_row(&m, col[i], val, 7);
	stories_group(&c, story);
	assert_int_equal(story[1], 0);
	assert_int_equal(story[2], 2);
	assert_int_equal(story[3], 3);
	assert_true(asked > 0);
	group(&m, at, NULL, story); /* where names can't be told, all rare terms are */
	assert_int_equal(story[2], 0);
	assert_int_equal(story[3], 0);
	csr_clear(&m);
}

static void tellings_in_two_languages_join_by_their_names(void **state)
{
	struct csr m = CSR_INIT;
	const uint32_t col[][6] = { { 1, 2, 3, 100, 101, 102 }, { 4, 5, 6, 100, 101, 102 }, { 4, 5, 7, 100, 101, 300 }, { 4, 5, 6, 8, 101, 102 } };
	const float val[] = { 0.55f, 0.55f, 0.55f, 0.17f, 0.17f, 0.17f }; /* cosine by the names alone: 0.09 */
	const int64_t at[] = { 0, 60, 120, 180 };
	const int language[] = { 0, 1, -1, 1 };
	int asked = 0;
	const struct story_corpus c = { .m = &m, .at = at, .language = language, .name = named, .user = &asked };
	int64_t story[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		csr_add_row(&m, col[i], val, 6);
	stories_group(&c, story);
	assert_int_equal(story[1], 0);
	assert_int_equal(story[2], 0); /* by its likeness to 1; the foreign 0 doesn't count against it */
	assert_int_equal(story[3], 0); /* like 1 as well */
	csr_clear(&m);
	for (int i = 0; i < 4; i++)
		csr_add_row(&m, col[i % 2], val, 6);
	const struct story_corpus unknown = { .m = &m, .at = at, .language = (const int[]){ 0, -1, 0, -1 }, .name = named, .user = &asked };

	stories_group(&unknown, story); /* an unknown language is as any: then the cosine decides */
	assert_int_equal(story[1], 1);
	assert_int_equal(story[2], 0);
	csr_clear(&m);
}

static void one_spelling_of_two_stems_joins_two_languages(void **state)
{
	/* 101 in one language is 201 in the other, and so on: only the spellings say that they are the same */
	struct csr m = CSR_INIT, spelt = CSR_INIT;
	const uint32_t col[][4] = { { 1, 101, 102, 103 }, { 2, 201, 202, 203 } }, as[][4] = { { 1, 101, 102, 103 }, { 2, 101, 102, 103 } };
	const float val[] = { 0.5f, 0.5f, 0.5f, 0.5f };
	struct story_corpus c = { .m = &m, .language = (const int[]){ 0, 1 }, .at = (const int64_t[]){ 0, 36 * HOUR } };
	int64_t story[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		csr_add_row(&m, col[i], val, 4);
		csr_add_row(&spelt, as[i], val, 4);
	}
	stories_group(&c, story);
	assert_int_equal(story[1], 1);
	c.spelt = &spelt;
	stories_group(&c, story);
	assert_int_equal(story[1], 0);
	c.at = (const int64_t[]){ 0, 36 * HOUR + 1 };
	stories_group(&c, story);
	assert_int_equal(story[1], 1);
	c.at = (const int64_t[]){ 0, 60 };
	c.language = (const int[]){ 0, 0 }; /* within a language terms decide */
	stories_group(&c, story);
	assert_int_equal(story[1], 1);
	csr_clear(&m);
	csr_clear(&spelt);
}

static void nothing_is_no_story(void **state)
{
	struct csr m = CSR_INIT;
	const int64_t at[] = { 5, INT64_MIN, INT64_MAX };
	int64_t story[3] = { -1, -1, -1 };
	const uint32_t col[] = { 1, 2, 3 };
	const float val[] = { 0.6f, 0.6f, 0.5291503f };

	(void)state;
	group(&m, NULL, NULL, NULL);
	for (int i = 0; i < 3; i++)
		csr_add_row(&m, NULL, NULL, 0);
	group(&m, at, NULL, story);
	for (int i = 0; i < 3; i++)
		assert_int_equal(story[i], i);
	csr_clear(&m);
	/* the same words, ages apart */
	for (int i = 0; i < 3; i++)
		csr_add_row(&m, col, val, 3);
	group(&m, at, NULL, story);
	for (int i = 0; i < 3; i++)
		assert_int_equal(story[i], i);
	csr_clear(&m);
}

static void coverage_counts_each_feed_once_by_its_latest_telling(void **state)
{
	const int64_t now = 100 * HOUR;
	const int64_t story[] = { 0, 0, 2, 0, 0, 5 };
	const int feed[] = { 7, 8, 7, 7, 9, 7 };
	const int64_t at[] = { now - 48 * HOUR, now - 12 * HOUR, now - 24 * HOUR, now - 24 * HOUR, now + 5 * HOUR, now - 120 * HOUR };
	double coverage[6], three = log(1 + 0.25 + 0.5 + 1);
	int feeds[6];

	(void)state;
	stories_coverage(story, feed, at, 6, now, coverage, feeds);
	for (int i = 0; i < 6; i++)
		if (story[i] == 0) {
			assert_int_equal(feeds[i], 3);
			assert_true(fabs(coverage[i] - three) < 1e-12);
		}
	assert_int_equal(feeds[2], 1);
	assert_true(fabs(coverage[2] - log(1.25)) < 1e-12);
	assert_true(fabs(coverage[5] - log(1 + exp2(-10))) < 1e-12);
	stories_coverage(NULL, NULL, NULL, 0, now, NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_index_finds_what_comparing_everything_finds),
		cmocka_unit_test(newcomers_change_what_grouping_all_anew_would_change),
		cmocka_unit_test(tellings_far_apart_in_time_are_two_stories),
		cmocka_unit_test(likeness_without_names_is_no_story),
		cmocka_unit_test(one_feed_tells_a_story_twice_only_in_nearly_the_same_words),
		cmocka_unit_test(what_is_asked_for_falls_with_names_and_rises_with_time),
		cmocka_unit_test(the_same_names_are_a_new_event_two_days_later),
		cmocka_unit_test(without_capitals_likeness_must_be_greater),
		cmocka_unit_test(one_spelling_of_two_stems_joins_two_languages),
		cmocka_unit_test(names_join_where_subjects_do_not),
		cmocka_unit_test(tellings_in_two_languages_join_by_their_names),
		cmocka_unit_test(nothing_is_no_story),
		cmocka_unit_test(coverage_counts_each_feed_once_by_its_latest_telling),
	};

	return cmocka_run_group_tests_name("stories", tests, NULL, NULL);
}
