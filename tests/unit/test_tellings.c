/* tellings - copies, the lead and the others of one story. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/rng.h"
#include "model/simhash.h"
#include "model/stories.h"
#include "model/tellings.h"

static struct words *words;

static int open_words(void **state)
{
	(void)state;
	return words_new(&words, NULL) == OK ? 0 : -1;
}

static int close_words(void **state)
{
	(void)state;
	words_free(words);
	return 0;
}

static uint64_t hash(const char *text)
{
	return simhash_text(words, text, strlen(text));
}

/* A text of n words, some common, most rare; word `change` (of those, if below n) is another one. */
static uint64_t text_hash(struct rng r, size_t n, size_t change, const char *tail)
{
	struct buf b = BUF_INIT;
	uint64_t h;

	for (size_t i = 0; i < n; i++) {
		uint32_t word = rng_below(&r, 3) ? rng_below(&r, 5000) : rng_below(&r, 20);

		buf_printf(&b, "%sw%u", i ? " " : "", i == change ? 999999 : word);
	}
	buf_puts(&b, tail);
	h = hash(buf_str(&b));
	buf_clear(&b);
	return h;
}

static void a_wire_report_is_known_with_small_changes(void **state)
{
	int found = 0, wrong = 0, tries = 400;
	struct rng r;

	(void)state;
	rng_seed(&r, 31);
	for (int i = 0; i < tries; i++) {
		struct rng here;
		uint64_t whole, other;

		rng_seed(&here, rng_u64(&r));
		whole = text_hash(here, 160, SIZE_MAX, "");
		found += simhash_copies(whole, text_hash(here, 160, rng_below(&r, 160), ""));
		rng_seed(&here, rng_u64(&r));
		other = text_hash(here, 160, SIZE_MAX, "");
		wrong += simhash_copies(whole, other);
	}
	print_message("# a word of 160 is another: %.1f %% are copies; other texts: %d of %d\n", 100.0 * found / tries, wrong, tries);
	assert_true(found > 0.8 * tries);
	assert_int_equal(wrong, 0);
}

static void case_and_markup_do_not_count_and_short_texts_have_no_hash(void **state)
{
	(void)state;
	assert_true(hash("The ship Eider left Harrow Bay on Monday to mend the cable, its owner said today.") ==
		    hash("the SHIP Eider left Harrow Bay -- on Monday -- to mend the cable its owner said today"));
	assert_true(hash("Too few words to tell") == 0);
	assert_true(hash("") == 0);
	assert_false(simhash_copies(0, 0));
	assert_int_equal(simhash_apart(0xF0, 0x0F), 8);
}

static void a_short_article_is_a_copy_of_the_very_same_alone(void **state)
{
	const char *more = "Read more here";
	uint64_t a = simhash_article(words, "Ferry aground off Hellan Point", more, strlen(more));

	(void)state;
	assert_true(simhash_copies(a, simhash_article(words, "FERRY aground off Hellan Point", more, strlen(more))));
	assert_false(simhash_copies(a, simhash_article(words, "Ferry afloat off Hellan Point", more, strlen(more))));
	assert_true(simhash_article(words, "", "", 0) == 0);
}

static void the_earliest_of_copies_is_the_original(void **state)
{
	struct telling t[] = { { .at = 30, .hash = 0xFF00 }, { .at = 10, .hash = 0xFF01 }, { .at = 5, .hash = 0xAAAA5555 }, { .at = 40, .hash = 0xFF00 }, { .at = 1 }, { .at = 2 } };

	(void)state;
	tellings_copies(t, 6);
	assert_int_equal(t[0].copy_of, 1);
	assert_int_equal(t[1].copy_of, -1);
	assert_int_equal(t[2].copy_of, -1);
	assert_int_equal(t[3].copy_of, 1);
	assert_int_equal(t[4].copy_of, -1); /* no hash, no copy */
	assert_int_equal(t[5].copy_of, -1);
}

static void the_lead_is_long_trusted_and_its_own(void **state)
{
	struct telling t[] = {
		{ .at = 1, .words = 900, .trust = 0.1, .copy_of = -1 }, { .at = 3, .words = 500, .trust = 0.6, .copy_of = -1 },
		{ .at = 2, .words = 550, .trust = 0.6, .copy_of = -1 }, { .at = 0, .words = 300, .trust = 0.9, .copy_of = -1 },
		{ .at = 9, .words = 900, .trust = 1, .copy_of = 0 },
	};

	(void)state;
	assert_int_equal(tellings_lead(t, 5), 2);
	assert_int_equal(tellings_lead(t + 3, 1), 0);
}

static void the_others_come_by_how_much_they_differ(void **state)
{
	struct telling t[] = {
		{ .at = 1, .wording = 0.2, .source = 0.1, .copy_of = -1 }, { .at = 2, .wording = 0.9, .source = 0.9, .copy_of = -1 },
		{ .at = 3, .wording = 0.9, .source = 0.2, .copy_of = -1 }, { .at = 4, .wording = 1, .source = 1, .copy_of = 0 },
		{ .at = 0, .wording = 0.2, .source = 0.1, .copy_of = -1 },
	};
	size_t order[5];

	(void)state;
	tellings_order(t, 5, 2, order);
	assert_int_equal(order[0], 2); /* the lead */
	assert_int_equal(order[1], 1);
	assert_int_equal(order[2], 4); /* as different as 0, and earlier */
	assert_int_equal(order[3], 0);
	assert_int_equal(order[4], 3); /* a copy, however far */
}

static void a_wire_report_in_five_feeds_counts_once(void **state)
{
	const int64_t story[] = { 0, 0, 0, 0, 0, 0, 6 }, at[] = { 50, 40, 30, 20, 10, 60, 20 };
	const int feed[] = { 1, 2, 3, 4, 5, 6, 7 };
	const uint64_t wire = 0xABCDEF0123456789;
	const uint64_t hashes[] = { wire, wire ^ 1, wire, wire ^ 6, wire, 0x1111, wire };
	double coverage[7];
	int voice[7], feeds[7];

	(void)state;
	tellings_voices(story, feed, at, hashes, 7, voice);
	for (int i = 0; i < 5; i++)
		assert_int_equal(voice[i], 5); /* who had it first */
	assert_int_equal(voice[5], 6);
	assert_int_equal(voice[6], 7); /* another story */
	stories_coverage(story, voice, at, 7, 60, coverage, feeds);
	assert_int_equal(feeds[0], 2);
	assert_int_equal(feeds[6], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wire_report_is_known_with_small_changes),
		cmocka_unit_test(case_and_markup_do_not_count_and_short_texts_have_no_hash),
		cmocka_unit_test(a_short_article_is_a_copy_of_the_very_same_alone),
		cmocka_unit_test(the_earliest_of_copies_is_the_original),
		cmocka_unit_test(the_lead_is_long_trusted_and_its_own),
		cmocka_unit_test(the_others_come_by_how_much_they_differ),
		cmocka_unit_test(a_wire_report_in_five_feeds_counts_once),
	};

	return cmocka_run_group_tests_name("tellings", tests, open_words, close_words);
}
