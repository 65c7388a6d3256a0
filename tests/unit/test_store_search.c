/* Full text: the index is what the articles say, whatever happens to them; what can be asked; what comes first; what is shown. */
#include "tests/unit/store_kit.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "store/bm25_private.h"
#include "store/typed_private.h"

static void index_all(struct kit *k)
{
	bool left = true;

	while (left)
		must(search_index(&k->st, 7, &left, &k->info));
}

static const char *found(struct kit *k, const char *words)
{
	struct id_list l;
	struct buf b = BUF_INIT;
	const char *s;

	must(search_words(&k->st, words, 0, &k->a, &l, &k->info));
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&b, "%s%lld", i ? " " : "", (long long)l.id[i]);
	s = arena_strdup(&k->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The same in the order of their numbers. */
static const char *found_sorted(struct kit *k, const char *words)
{
	struct id_list l;
	struct buf b = BUF_INIT;
	const char *s;

	must(search_words(&k->st, words, 0, &k->a, &l, &k->info));
	if (l.n)
		qsort(l.id, l.n, sizeof *l.id, by_number);
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&b, "%s%lld", i ? " " : "", (long long)l.id[i]);
	s = arena_strdup(&k->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

static void finds(struct kit *k, const char *words, const char *want)
{
	const char *got = found_sorted(k, words);

	if (strcmp(got, want) != 0)
		fail_msg("%s: found %s, not %s", words, got, want);
}

static void put(struct kit *k, int64_t feed, const char *title, const char *text, const char *author)
{
	struct entry e = ENTRY(.id = arena_printf(&k->a, "%lld/%s", (long long)feed, title), .title = title, .content = text, .author = author);

	assert_int_equal(kit_put(k, feed, KIT_NOW, &e, 1), 1);
}

/* ---- in step ---- */

#define WORDS 30

static const char *some_words(struct kit *k, struct rng *r)
{
	struct buf b = BUF_INIT;
	const char *s;

	for (size_t i = 1 + rng_below(r, 8); i; i--)
		buf_printf(&b, "w%u \xe6\xb5\xb7\xe5\xba\x95 ", (unsigned)rng_below(r, WORDS)); /* a word and two letters of a script without blanks */
	s = arena_strdup(&k->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

/* A fetch: new articles and edits of all kinds, of what a body may lack too; at times the feed has another title. */
static void fetch(struct kit *k, struct rng *r)
{
	struct entry e[4];
	struct feed_doc doc = { .title = rng_below(r, 5) ? "A feed" : some_words(k, r), .entries = e, .n_entries = 4, .updated = DATE_NONE, .ttl = -1 };
	struct fetched f = { .feed_id = 1 + (int64_t)rng_below(r, 2), .at = KIT_NOW, .next = KIT_NOW, .http = 200, .doc = &doc };
	struct feed_list l;

	must(feeds_load(&k->st, true, &k->a, &l, &k->info));
	if (!l.n)
		return;
	f.feed_id = l.feed[rng_below(r, (uint32_t)l.n)].id;
	for (int i = 0; i < 4; i++)
		e[i] = (struct entry)ENTRY(.id = arena_printf(&k->a, "%u", (unsigned)rng_below(r, 40)), .title = some_words(k, r), .author = rng_below(r, 2) ? some_words(k, r) : NULL,
			.summary = rng_below(r, 3) ? NULL : some_words(k, r), .content = rng_below(r, 3) ? some_words(k, r) : NULL);
	must(feeds_put(&k->st, &f, kit_plain, NULL, NULL, &k->info));
}

static void rename_feeds(struct kit *k, struct rng *r)
{
	const struct sub subs[] = {
		{ .url = "http://one.example/f", .title = rng_below(r, 2) ? some_words(k, r) : NULL },
		{ .url = "http://two.example/f", .title = rng_below(r, 2) ? some_words(k, r) : NULL },
	};

	must(feeds_sync(&k->st, subs, 2, &k->info));
}

static int64_t any_article(struct kit *k)
{
	return kit_int(k, "SELECT coalesce((SELECT id FROM articles ORDER BY id * 7919 % 101 LIMIT 1), 0)");
}

static void one_step(struct kit *k, struct rng *r)
{
	bool left;
	int64_t id = any_article(k);

	switch (rng_below(r, 12)) {
	case 0: case 1:
		must(search_index(&k->st, 1 + rng_below(r, 60), &left, &k->info));
		break;
	case 2:
		if (id)
			must(articles_remove(&k->st, id, &k->info));
		break;
	case 3:
		rename_feeds(k, r);
		break;
	case 4: /* what no function here does: rows that go by themselves */
		must(db_exec(k->st.db, rng_below(r, 2) ? "DELETE FROM bodies WHERE article % 5 = 1" : "UPDATE articles SET author = title WHERE id % 7 = 1", &k->info));
		break;
	case 5:
		kit_reopen(k);
		break;
	case 6: /* taken back: neither the articles nor the index may keep anything of it */
		must(db_begin(k->st.db, &k->info));
		fetch(k, r);
		must(search_index(&k->st, 5, &left, &k->info));
		db_rollback(k->st.db);
		break;
	case 7:
		if (!rng_below(r, 10)) {
			must(db_exec(k->st.db, "DELETE FROM termvecs; DELETE FROM feeds WHERE id % 2 = 0", &k->info));
			rename_feeds(k, r);
		}
		break;
	default:
		fetch(k, r);
	}
}

/* Every word is found in just the articles that have it. */
static void all_is_found(struct kit *k)
{
	for (int i = 0; i < WORDS; i++) {
		struct stmt *s = db_sql(k->st.db, "SELECT group_concat(rowid, ' ') FROM (SELECT rowid FROM search_source WHERE"
			" instr(' ' || coalesce(title, '') || ' ' || text || ' ' || coalesce(author, '') || ' ' || coalesce(feed, '') || ' ', ?1) ORDER BY rowid)");
		bool row;
		const char *want;

		stmt_text(s, 1, arena_printf(&k->a, " w%d ", i));
		must(stmt_step(s, &row, &k->info));
		want = stmt_col_dup(s, 0, &k->a);
		stmt_reset(s);
		finds(k, arena_printf(&k->a, "\"w%d\"", i), want ? want : "");
	}
}

static void the_index_is_what_the_articles_say_whatever_happens_to_them(void **state)
{
	struct kit *k = *state;
	struct rng r;

	rng_seed(&r, 5);
	for (int step = 0; step < 600; step++) {
		one_step(k, &r);
		if (step % 5 == 0 && search_compare(&k->st, &k->info) != OK)
			fail_msg("after step %d: %s", step, k->info.text);
		if (step % 50 == 0) {
			index_all(k);
			all_is_found(k);
		}
	}
	assert_true(kit_int(k, "SELECT count(*) FROM articles") > 20);
	index_all(k);
	must(search_compare(&k->st, &k->info));
	all_is_found(k);
	assert_int_equal(kit_int(k, "SELECT (SELECT count(*) FROM search_docsize) - (SELECT count(*) FROM articles)"), 0); /* no dead entry */
}

static void a_wrong_index_is_found_and_mended(void **state)
{
	static const char *const spoil[] = {
		"INSERT INTO search (rowid, title) VALUES (99, 'of no article')",
		"INSERT INTO search (search, rowid, title, text, author, feed) VALUES ('delete', 1, 'another', 'text', NULL, NULL)",
		"DELETE FROM search_queue",
		"INSERT INTO search_queue VALUES (1)",
	};
	struct kit *k = *state;

	for (size_t i = 0; i < sizeof spoil / sizeof *spoil; i++) {
		put(k, 1, arena_printf(&k->a, "First %d", (int)i), "one body", NULL);
		index_all(k);
		put(k, 1, arena_printf(&k->a, "Second %d", (int)i), "another body", NULL);
		must(search_compare(&k->st, &k->info));
		must(db_exec(k->st.db, spoil[i], &k->info));
		if (search_compare(&k->st, &k->info) != ERR_CORRUPT)
			fail_msg("not found: %s", spoil[i]);
		says(k, "full-text index");
		must(search_rebuild(&k->st, &k->info));
		must(search_compare(&k->st, &k->info));
		index_all(k);
		must(search_compare(&k->st, &k->info));
	}
	finds(k, "another", "2 4 6 8");
}

static void an_index_of_another_version_is_made_anew(void **state)
{
	struct kit *k = *state;

	put(k, 1, "The cable", "in the bay", NULL);
	index_all(k);
	kit_reopen(k);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 0); /* the same version: nothing to do */
	must(blob_put(&k->st, "search", 77, NULL, 0, &k->info));
	kit_reopen(k);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_docsize"), 0);
	finds(k, "cable", "1"); /* meanwhile by title */
	index_all(k);
	finds(k, "bay", "1");
	must(search_compare(&k->st, &k->info));
}

static void a_store_that_was_not_told_how_a_body_reads_changes_nothing_that_is_indexed(void **state)
{
	struct kit *k = *state;
	struct store other;

	put(k, 1, "The cable", "in the bay", NULL);
	index_all(k);
	must(store_open(&other, k->path, DB_READ_WRITE, &k->info));
	assert_int_not_equal(articles_remove(&other, 1, &k->info), OK);
	says(k, "store_text");
	store_close(&other);
	finds(k, "bay", "1");
	must(search_compare(&k->st, &k->info));
}

/* ---- what can be asked ---- */

static void fill(struct kit *k)
{
	put(k, 1, "The cable in the bay", "A ship repairs it, they say, and nobody knows how long that will take this time, or what it will cost.", "Ann Berg");
	put(k, 1, "Ships", "The cable and the bay, and cable again; a shipyard.", "Carl Ann");
	put(k, 2, "海底电缆被切断", "修理船正在赶来。", NULL);
	put(k, 2, "ข่าววันนี้", "ประเทศไทย", NULL);
	must(db_exec(k->st.db, "UPDATE feeds SET name = 'Harbour Post' WHERE id = 2", &k->info));
}

static void words_are_joined_excluded_and_asked_of_one_field(void **state)
{
	static const struct { const char *typed, *want; } q[] = {
		{ "cable bay", "1 2" }, { "repairs OR shipyard", "1 2" }, { "repairs OR shipyard cost", "1" }, { "cable -shipyard", "1" }, { "cable -\"the bay\"", "" },
		{ "-cable", "" }, { "-cable ann", "" }, { "title:cable", "1" }, { "TITLE:\"the cable\"", "1" }, { "text:cable", "2" }, { "author:ann", "1 2" }, { "author:\"ann berg\"", "1" },
		{ "feed:harbour", "3 4" }, { "feed:harbour 电缆", "3" }, { "harbour", "3 4" }, { "cable -author:carl", "1" }, { "ship NEAR time", "" }, { "ship NEAR knows", "1" },
		{ "NEAR(ship knows, 2)", "" }, { "NEAR(ship knows, 6)", "1" }, { "NEAR(ship knows say) cable", "1" }, { "NEAR(\"a ship\" knows, 6) NEAR(cost will)", "1" },
		{ "cable　bay", "1 2" }, { "切断", "3" }, { "断切", "" }, { "title:电缆", "3" }, { "text:电缆", "" }, { "船 OR 断", "3" }, { "วันนี้", "4" }, { "วันน", "4" },
		{ "cable OR", "1 2" }, { "OR cable", "1" }, { "NEAR cable", "" }, { "cable NEAR", "1 2" }, { "title:", "" }, { "title: cable", "" }, { "NEAR(cable", "" }, { "NEAR()", "" },
		{ "sh", "" }, { "shi", "1 2" }, { "\"shi\"", "" }, { "shi cable", "" }, { "cable \"shi", "" }, { "re-pairs", "" }, { "bay; cable", "1 2" }, { "(cable) bay!", "1 2" }, { "nobody's", "" },
	};
	struct kit *k = *state;

	fill(k);
	index_all(k);
	for (size_t i = 0; i < sizeof q / sizeof *q; i++)
		finds(k, q[i].typed, q[i].want);
	must(search_compare(&k->st, &k->info));
}

/* A question put together at random, of words that are there, words that aren't, and whatever means something. */
static const char *question(struct kit *k, struct rng *r, const char *const *part, size_t n)
{
	struct buf b = BUF_INIT;
	const char *s;

	for (size_t i = rng_below(r, 7); i; i--)
		buf_printf(&b, "%s%s", part[rng_below(r, (uint32_t)n)], rng_below(r, 4) ? " " : "");
	s = arena_strdup(&k->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

static void nothing_that_is_typed_is_an_error(void **state)
{
	static const char *const part[] = { "cable", "ship", "海", "NEAR(", "NEAR", ")", ",", ", 3)", "OR", "AND", "NOT", "-", "\"", "title:", "feed:", "text:", "author:", "{", "}", "*", "^",
		"+", "(", "'", "\\", ":", "\xff", "\xe6\xb5", "\xe3\x80\x80", "\t", "0", "999999999999999999999", "rowid", "search", "-\"", "title:\"", "-title:", "\xcc\x81" };
	struct kit *k = *state;
	struct rng r;
	size_t hits = 0;

	fill(k);
	put(k, 1, "Waiting for the cable ship", "text", NULL);
	rng_seed(&r, 9);
	for (int round = 0; round < 3000; round++) {
		const char *typed = question(k, &r, part, sizeof part / sizeof *part), *snippet;
		struct id_list l;

		if (round == 1500)
			index_all(k);
		if (search_words(&k->st, typed, 10, &k->a, &l, &k->info) != OK || search_snippet(&k->st, typed, 1, &k->a, &snippet, &k->info) != OK)
			fail_msg("%s: %s", typed, k->info.text);
		hits += l.n;
	}
	assert_true(hits > 300);
}

/* Where articles have no text, those that wait are found by the same questions as those that are indexed. */
static void what_waits_is_found_as_it_will_be(void **state)
{
	static const char *const part[] = { "cable ", "ship ", "bay ", "wire ", "Größe ", "grosse ", "海底 ", "电缆 ", "OR ", "OR ", "-", "-", "\"cable ship\" ", "title:", "author:", "feed:", "cab", "ann " };
	struct kit *k = *state;
	struct rng r;
	const char *typed[400], *before[400];
	int n = 0;

	put(k, 1, "cable ship", NULL, "ann");
	put(k, 1, "ship cable, wire", NULL, "Größe");
	put(k, 1, "海底电缆", NULL, "cabot");
	put(k, 2, "Bay; cable ship?", NULL, NULL);
	put(k, 2, "A shipyard's wire", NULL, "Ann Cable");
	must(db_exec(k->st.db, "UPDATE feeds SET name = 'The Bay Wire' WHERE id = 2", &k->info));
	rng_seed(&r, 2);
	for (int i = 0; i < 400; i++) {
		typed[i] = question(k, &r, part, sizeof part / sizeof *part);
		before[i] = found_sorted(k, typed[i]);
		n += *before[i] != '\0';
	}
	assert_true(n > 80);
	index_all(k);
	for (int i = 0; i < 400; i++)
		finds(k, typed[i], before[i]);
}

/* ---- what comes first ---- */

static void the_best_few_are_the_first_of_all(void **state)
{
	static const char *const q[] = { "w1", "w1 w2", "w1 OR w2", "w3 -w1", "title:w1 w2", "w2 NEAR w1" };
	struct kit *k = *state;
	struct rng r;

	rng_seed(&r, 4);
	for (int i = 0; i < 300; i++) {
		struct buf text = BUF_INIT;

		for (size_t n = rng_below(&r, 60); n; n--)
			buf_printf(&text, "w%u ", (unsigned)rng_below(&r, 1 + rng_below(&r, 12)));
		put(k, 1, arena_printf(&k->a, "w%u w%u %d", (unsigned)rng_below(&r, 20), (unsigned)rng_below(&r, 20), i), buf_str(&text), NULL);
		buf_clear(&text);
	}
	index_all(k);
	for (size_t i = 0; i < sizeof q / sizeof *q; i++) {
		struct id_list all, few;

		must(search_words(&k->st, q[i], 0, &k->a, &all, &k->info));
		assert_true(all.n > 8);
		for (size_t limit = 1; limit < all.n; limit = limit * 3 / 2 + 1) {
			must(search_words(&k->st, q[i], limit, &k->a, &few, &k->info));
			assert_int_equal(few.n, limit);
			assert_memory_equal(few.id, all.id, limit * sizeof *all.id);
		}
	}
}

static void a_bound_is_no_less_than_the_score_and_only_the_best_are_kept(void **state)
{
	struct bm25 *b = bm25_new(2, 3, 100);
	double seen[50];
	struct rng r;

	(void)state;
	rng_seed(&r, 8);
	bm25_idf(b, 0, 1000, 900);
	bm25_idf(b, 1, 1000, 3);
	assert_true(b->idf[0] > 0 && b->idf[1] > b->idf[0]);
	for (size_t i = 0; i < 50; i++) {
		size_t better = 0;
		double bound;

		b->freq[0] = rng_below(&r, 9);
		b->freq[1] = rng_below(&r, 3);
		bound = bm25_bound(b);
		for (size_t j = 0; j < i; j++)
			better += seen[j] > bound;
		assert_true(bm25_reaches(b, bound) == (better < 3)); /* it could be one of three */
		seen[i] = bm25_score(b, 1 + rng_below(&r, 300));
		assert_true(seen[i] <= bound);
	}
	bm25_free(b);
}

static void equals_are_in_the_order_of_their_coming_newest_first(void **state)
{
	struct kit *k = *state;

	put(k, 1, "Comet a", "one two", NULL);
	put(k, 1, "Comet b", "one two", NULL);
	put(k, 1, "Another c", "comet two", NULL);
	put(k, 1, "Others d", "three two", "Comet");
	index_all(k);
	assert_string_equal(found(k, "comet"), "2 1 4 3"); /* the title before the author before the text */
}

/* ---- what is shown ---- */

static void shows(struct kit *k, const char *words, int64_t id, const char *want)
{
	const char *s = "";

	must(search_snippet(&k->st, words, id, &k->a, &s, &k->info));
	if (!want || !s)
		assert_true(!want && !s);
	else
		assert_string_equal(s, want);
}

static void a_snippet_marks_the_words_as_they_are_written(void **state)
{
	struct kit *k = *state;
	struct buf far = BUF_INIT;
	const char *part = "";

	put(k, 1, "One", "Das CAFÉ in der Größe eines Schiffs.", NULL);
	put(k, 1, "海", "修理船正在赶来。ประเทศไทย", NULL);
	put(k, 1, "Empty cable", NULL, NULL);
	for (int i = 0; i < 200; i++)
		buf_puts(&far, "word ");
	buf_puts(&far, "the comet is near.");
	put(k, 1, "Far", buf_str(&far), NULL);
	buf_clear(&far);
	shows(k, "cafe", 1, NULL); /* not indexed yet */
	index_all(k);
	shows(k, "cafe größe", 1, " Das \x02" "CAFÉ\x03 in der \x02Größe\x03 eines Schiffs.");
	shows(k, "one", 1, " Das CAFÉ in der Größe eines Schiffs.");
	shows(k, "zebra", 1, NULL);
	shows(k, "正在 \"ไทย\"", 2, " 修理船\x02正在\x03赶来。ประเทศ\x02ไทย\x03");
	shows(k, "cable", 3, " "); /* the blank is the kit's, between no summary and no content */
	shows(k, "", 1, NULL);
	shows(k, "cafe", 77, NULL);
	must(search_snippet(&k->st, "comet", 4, &k->a, &part, &k->info));
	assert_non_null(strstr(part, "the \x02" "comet\x03 is near."));
	assert_true(strlen(part) < 200); /* a part, and not the beginning */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(the_index_is_what_the_articles_say_whatever_happens_to_them),
		T(a_wrong_index_is_found_and_mended),
		T(an_index_of_another_version_is_made_anew),
		T(a_store_that_was_not_told_how_a_body_reads_changes_nothing_that_is_indexed),
		T(words_are_joined_excluded_and_asked_of_one_field),
		T(nothing_that_is_typed_is_an_error),
		T(what_waits_is_found_as_it_will_be),
		T(the_best_few_are_the_first_of_all),
		cmocka_unit_test(a_bound_is_no_less_than_the_score_and_only_the_best_are_kept),
		T(equals_are_in_the_order_of_their_coming_newest_first),
		T(a_snippet_marks_the_words_as_they_are_written),
	};

	return cmocka_run_group_tests_name("store_search", tests, NULL, NULL);
}
