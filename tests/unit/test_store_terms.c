/* terms, derived values and full text. */
#include "tests/unit/store_kit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "store/fold_private.h"

/* ---- terms ---- */

static struct term_count term(const char *name, const char *surface, float tf)
{
	return (struct term_count){ name, strlen(name), surface, strlen(surface), tf };
}

static uint32_t id_of(struct kit *k, const char *name)
{
	struct stmt *s = db_sql(k->st.db, "SELECT id FROM terms WHERE name = ?1");
	bool row;
	uint32_t id;

	stmt_text(s, 1, name);
	must(stmt_step(s, &row, &k->info));
	assert_true(row);
	id = (uint32_t)stmt_col_int(s, 0);
	stmt_reset(s);
	return id;
}

static void a_vector_comes_back_with_ids_ascending_and_quarters(void **state)
{
	struct kit *k = *state;
	struct term_count t[] = { term("zebra", "Zebra", 2.5f), term("apple", "apples", 1), term("mid", "mid", 0.25f), term("apple", "Apple", 3) };
	struct term_count u[] = { term("mid", "mid", 1), term("zebra", "zebras", 1000000) };
	struct termvec v;
	double length;

	(void)kit_article(k, 1, "a", "b");
	(void)kit_article(k, 1, "c", "d");
	assert_int_equal(terms_vector(&k->st, 1, &k->a, &v, &length, &k->info), ERR_NOTFOUND);
	must(terms_put(&k->st, 1, t, 4, 6.75, &k->info));
	must(terms_put(&k->st, 2, u, 2, 3, &k->info));
	must(terms_vector(&k->st, 1, &k->a, &v, &length, &k->info));
	assert_int_equal(v.n, 3);
	assert_true(length == 6.75);
	for (size_t i = 0; i < v.n; i++) {
		assert_true(i == 0 || v.id[i] > v.id[i - 1]);
		assert_true(v.tf[i] == (v.id[i] == id_of(k, "zebra") ? 2.5f : v.id[i] == id_of(k, "apple") ? 4.0f : 0.25f));
	}
	must(terms_vector(&k->st, 2, &k->a, &v, NULL, &k->info));
	assert_true(v.tf[v.id[0] == id_of(k, "zebra") ? 0 : 1] == 1000000.0f);
	assert_int_equal(terms_put(&k->st, 99, t, 1, 1, &k->info), ERR_NOTFOUND);
	assert_string_equal(k->info.text, "no article 99");
	kit_healthy(k);
}

static void the_commonest_way_of_writing_is_the_name(void **state)
{
	struct kit *k = *state;
	const char *form[] = { "Running", "runs", "runs", "running", "runs", "Running" };

	for (int i = 0; i < 6; i++) {
		struct term_count t = term("run", form[i], 1);

		must(terms_put(&k->st, kit_article(k, 1, arena_printf(&k->a, "%d", i), "b"), &t, 1, 1, &k->info));
	}
	assert_string_equal(terms_name(&k->st, id_of(k, "run"), &k->a), "runs");
	assert_string_equal(terms_name(&k->st, 4711, &k->a), "?");
}

/* Random puts, replacements, edits, removals and rollbacks against plain counting. */
static void frequencies_are_the_counted_ones_whatever_happens(void **state)
{
	struct kit *k = *state;
	bool has[30][20] = { { false } };
	double length[30] = { 0 };
	struct rng r;
	struct term_stats st;
	int64_t docs = 0;
	double sum = 0;

	rng_seed(&r, 5);
	for (int i = 0; i < 30; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), "b");
	for (int round = 0; round < 60; round++) {
		bool keep = rng_below(&r, 4) != 0;

		must(db_begin(k->st.db, &k->info));
		for (int j = 0; j < 5; j++) {
			struct term_count t[20];
			bool now[20] = { false };
			int a = (int)rng_below(&r, 30);
			size_t n = 0;

			for (uint32_t w = 0; w < 20; w++)
				if (rng_below(&r, 3) == 0) {
					const char *name = arena_printf(&k->a, "t%u", w);

					now[w] = true;
					t[n++] = term(name, name, 1);
				}
			must(terms_put(&k->st, a + 1, t, n, (double)n + 1, &k->info));
			if (keep) {
				memcpy(has[a], now, sizeof now);
				length[a] = (double)n + 1;
			}
		}
		if (round % 7 == 0)
			must(terms_df(&k->st, &k->a, &st, &k->info)); /* in the middle of it */
		if (keep)
			must(db_commit(k->st.db, &k->info));
		else
			db_rollback(k->st.db);
		if (round == 30)
			kit_reopen(k);
	}
	must(articles_remove(&k->st, 3, &k->info));
	length[2] = 0;
	memset(has[2], 0, sizeof has[2]);
	must(terms_df(&k->st, &k->a, &st, &k->info));
	for (int w = 0; w < 20; w++) {
		uint32_t want = 0;

		for (int a = 0; a < 30; a++)
			want += has[a][w];
		assert_int_equal(st.df[id_of(k, arena_printf(&k->a, "t%d", w))], want);
	}
	for (int a = 0; a < 30; a++) {
		docs += length[a] > 0;
		sum += length[a];
	}
	assert_int_equal(st.docs, docs);
	assert_true(st.mean_length == sum / (double)docs);
	kit_healthy(k);
}

static void two_handles_give_a_term_one_id(void **state)
{
	struct kit *k = *state;
	struct store other;
	struct term_count a = term("alpha", "alpha", 1), b[] = { term("beta", "beta", 1), term("alpha", "alpha", 1) };
	struct term_stats st;

	(void)kit_article(k, 1, "1", "b");
	(void)kit_article(k, 1, "2", "b");
	must(kit_open(&other, k->path, &k->info));
	must(terms_put(&k->st, 1, &a, 1, 1, &k->info));
	must(terms_put(&other, 2, b, 2, 2, &k->info));
	must(terms_put(&k->st, 1, b, 2, 2, &k->info));
	must(terms_df(&other, &k->a, &st, &k->info));
	assert_int_equal(st.df[id_of(k, "alpha")], 2);
	assert_int_equal(st.df[id_of(k, "beta")], 2);
	assert_int_equal(st.docs, 2);
	store_close(&other);
	kit_healthy(k);
}

static void a_damaged_vector_is_told_and_not_followed(void **state)
{
	struct kit *k = *state;
	static const struct { const char *bytes; size_t n; } bad[] = { { "\x81", 1 }, { "\x01", 1 }, { "\x01\x04\x00\x04", 4 }, { "\xff\xff\xff\xff\xff\xff\x01\x01", 8 },
		{ "\xff\xff\xff\xff\x7f\x04", 6 } };
	struct termvec v;

	(void)kit_article(k, 1, "a", "b");
	must(terms_put(&k->st, 1, NULL, 0, 0, &k->info));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct stmt *s = db_sql(k->st.db, "UPDATE termvecs SET vec = ?1");

		stmt_blob(s, 1, bad[i].bytes, bad[i].n);
		must(stmt_run(s, &k->info));
		assert_int_equal(terms_vector(&k->st, 1, &k->a, &v, NULL, &k->info), ERR_CORRUPT);
		assert_non_null(strstr(k->info.text, db_path(k->st.db)));
		assert_non_null(strstr(k->info.text, "article 1: a stored term vector is damaged"));
	}
}

/* ---- derived ---- */

static void derived_values_are_replaced_and_come_back(void **state)
{
	struct kit *k = *state;
	float vec[3] = { 0.48f, -0.6f, 0.64f };
	struct derived d = { 1, vec, 3, 4, 77, 2, 0.75 }, got;
	struct topic_row rows[] = { { .id = 0, .name = "sea, ship", .articles = 5 }, { .id = 3, .name = "chips", .articles = 2 } }, *t;
	const void *s;
	int64_t version;
	size_t n;

	(void)kit_article(k, 1, "a", "b");
	assert_int_equal(derived_get(&k->st, 1, &k->a, &got, &k->info), ERR_NOTFOUND);
	must(derived_put(&k->st, &d, &k->info));
	must(derived_get(&k->st, 1, &k->a, &got, &k->info));
	assert_int_equal(got.d, 3);
	for (int i = 0; i < 3; i++)
		assert_true(fabsf(got.vec[i] - vec[i]) < 0.005f);
	assert_int_equal(got.topic, 4);
	assert_int_equal(got.story, 77);
	assert_true(got.coverage == 0.75 && got.feeds_telling == 2);
	d.vec = NULL;
	d.d = 0;
	d.topic = -1;
	must(derived_put(&k->st, &d, &k->info));
	must(derived_get(&k->st, 1, &k->a, &got, &k->info));
	assert_null(got.vec);
	assert_int_equal(got.d, 0);
	assert_int_equal(got.topic, -1);
	d.article = 55;
	assert_int_equal(derived_put(&k->st, &d, &k->info), ERR_NOTFOUND);

	must(topics_put(&k->st, rows, 2, &k->info));
	must(topics_put(&k->st, rows + 1, 1, &k->info));
	must(topics_load(&k->st, &k->a, &t, &n, &k->info));
	assert_int_equal(n, 1);
	assert_int_equal(t[0].id, 3);
	assert_string_equal(t[0].name, "chips");

	assert_int_equal(blob_get(&k->st, "model", &k->a, &version, &s, &n, &k->info), ERR_NOTFOUND);
	must(blob_put(&k->st, "model", 1, "abc", 3, &k->info));
	must(blob_put(&k->st, "model", 2, NULL, 0, &k->info));
	must(blob_get(&k->st, "model", &k->a, &version, &s, &n, &k->info));
	assert_int_equal(version, 2);
	assert_int_equal(n, 0);
}

static double dot(const float *a, const float *b, int d)
{
	double sum = 0;

	for (int i = 0; i < d; i++)
		sum += (double)a[i] * (double)b[i];
	return sum;
}

/* Unit vectors; the higher the power, the fewer of their numbers count. */
static void some_vector(struct rng *r, int power, float *x, int d)
{
	double length;

	for (int i = 0; i < d; i++)
		x[i] = (float)pow(rng_normal(r), power);
	length = sqrt(dot(x, x, d));
	for (int i = 0; i < d; i++)
		x[i] = (float)((double)x[i] / length);
}

#define MANY 60
#define DIMS 128

static void a_stored_vector_has_the_cosines_of_the_exact_one(void **state)
{
	struct kit *k = *state;
	static float exact[MANY][DIMS];
	struct derived got[MANY];
	double worst = 0;
	struct rng r;

	rng_seed(&r, 8);
	for (int i = 0; i < MANY; i++) {
		struct derived d = { .article = i + 1, .vec = exact[i], .d = DIMS };
		char title[] = { (char)('A' + i), 0 };

		assert_int_equal(kit_article(k, 1, title, "b"), i + 1);
		some_vector(&r, 1 + 2 * (i % 4), exact[i], DIMS);
		must(derived_put(&k->st, &d, &k->info));
		must(derived_get(&k->st, i + 1, &k->a, &got[i], &k->info));
		assert_int_equal(got[i].d, DIMS);
		assert_true(fabs(dot(got[i].vec, got[i].vec, DIMS) - 1) < 1e-6);
	}
	for (int i = 0; i < MANY; i++)
		for (int j = 0; j <= i; j++)
			worst = fmax(worst, fabs(dot(exact[i], exact[j], DIMS) - dot(got[i].vec, got[j].vec, DIMS)));
	assert_true(worst > 0 && worst < 0.01);
	assert_int_equal(kit_int(k, "SELECT max(length(vec)) FROM vectors"), DIMS + 4);
}

static void a_vector_that_was_got_and_is_put_again_writes_nothing(void **state)
{
	struct kit *k = *state;
	float vec[DIMS];
	struct derived d = { .article = 1, .vec = vec, .d = DIMS }, got, again;
	struct rng r;

	(void)kit_article(k, 1, "a", "b");
	rng_seed(&r, 9);
	for (int i = 0; i < 200; i++) {
		int64_t changes;

		some_vector(&r, 1 + 2 * (i % 3), vec, DIMS);
		must(derived_put(&k->st, &d, &k->info));
		must(derived_get(&k->st, 1, &k->a, &got, &k->info));
		changes = kit_int(k, "SELECT total_changes()");
		must(derived_put(&k->st, &got, &k->info));
		assert_int_equal(kit_int(k, "SELECT total_changes()"), changes);
		must(derived_get(&k->st, 1, &k->a, &again, &k->info));
		assert_memory_equal(got.vec, again.vec, sizeof vec);
	}
}

static void a_vector_of_zeros_stays_one_and_a_damaged_one_is_none(void **state)
{
	struct kit *k = *state;
	static const char *const damaged[] = { "x''", "x'00'", "x'00000000'", "x'0000c07f0102'", "x'ffffffff0102'", "zeroblob(9000)" };
	float zero[16] = { 0 };
	struct derived d = { .article = 1, .vec = zero, .d = 16 }, got;

	(void)kit_article(k, 1, "a", "b");
	must(derived_put(&k->st, &d, &k->info));
	must(derived_get(&k->st, 1, &k->a, &got, &k->info));
	assert_int_equal(got.d, 16);
	assert_memory_equal(got.vec, zero, sizeof zero);
	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		must(db_exec(k->st.db, arena_printf(&k->a, "UPDATE vectors SET vec = %s", damaged[i]), &k->info));
		must(derived_get(&k->st, 1, &k->a, &got, &k->info));
		assert_true(!got.vec && got.d == 0);
	}
}

static void a_topic_comes_back_whole_and_the_readers_name_outlives_it(void **state)
{
	struct kit *k = *state;
	const uint32_t key[] = { 3, 70000 };
	struct topic_row row = { .id = 2, .name = "sea, ship", .articles = 5, .terms = "sea\nship\nsalt", .named_for = key, .n_named_for = 2 }, *t;
	bool given[4];
	size_t n;

	must(topics_put(&k->st, &row, 1, &k->info));
	assert_int_equal(topics_rename(&k->st, 1, "x", &k->info), ERR_NOTFOUND);
	must(topics_rename(&k->st, 2, "Water", &k->info));
	must(topics_rename(&k->st, 2, "The sea", &k->info));
	must(topics_put(&k->st, &row, 1, &k->info));
	must(topics_load(&k->st, &k->a, &t, &n, &k->info));
	assert_int_equal(n, 1);
	assert_string_equal(t->name, "The sea");
	assert_string_equal(t->coined, "sea, ship");
	assert_string_equal(t->terms, "sea\nship\nsalt");
	assert_int_equal(t->n_named_for, 2);
	assert_memory_equal(t->named_for, key, sizeof key);
	must(topics_put(&k->st, t, 1, &k->info)); /* what was loaded may be put: the reader's name doesn't become the program's */
	must(topics_put(&k->st, NULL, 0, &k->info));
	must(topics_given(&k->st, given, 4, &k->info));
	assert_true(given[2] && !given[0] && !given[1] && !given[3]);
	must(topics_put(&k->st, &row, 1, &k->info));
	must(topics_rename(&k->st, 2, NULL, &k->info));
	must(topics_load(&k->st, &k->a, &t, &n, &k->info));
	assert_string_equal(t->name, "sea, ship");
	assert_false(t->given);
}

static void topics_and_stories_are_counted(void **state)
{
	struct kit *k = *state;
	struct article_query q = { .topic = -1, .story = 1 };
	struct topic_count *c;
	struct story_row *s;
	struct item_list items;
	size_t n;

	for (int i = 1; i <= 5; i++) { /* 1 and 5 are of one feed */
		struct derived d = { .article = i, .topic = i >= 4 ? -1 : i % 2, .story = i == 3 ? 2 : i == 5 ? 1 : i, .feeds_telling = 2, .coverage = 0.5 };

		char title[] = { (char)('a' + i), 0 };

		assert_int_equal(kit_article(k, i % 2 + 1, title, "b"), i);
		must(derived_put(&k->st, &d, &k->info));
	}
	must(topics_counts(&k->st, &k->a, &c, &n, &k->info));
	assert_int_equal(n, 2);
	assert_true(c[0].id == 0 && c[0].articles == 1 && c[0].unread == 1);
	assert_true(c[1].id == 1 && c[1].articles == 2 && c[1].unread == 2);
	must(stories_list(&k->st, 0, &k->a, &s, &n, &k->info));
	assert_int_equal(n, 1);
	assert_true(s->id == 2 && s->articles == 2 && s->feeds_telling == 2 && s->coverage == 0.5);
	must(articles_list(&k->st, &q, &k->a, &items, &k->info));
	assert_int_equal(items.n, 2);
	q.story = 77;
	must(articles_list(&k->st, &q, &k->a, &items, &k->info));
	assert_int_equal(items.n, 0);
}

/* ---- full text ---- */

static void finds(struct kit *k, const char *words, const char *want)
{
	struct id_list l;
	struct buf b = BUF_INIT;

	must(search_words(&k->st, words, 10, &k->a, &l, &k->info));
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&b, "%s%lld", i ? " " : "", (long long)l.id[i]);
	if (strcmp(buf_str(&b), want) != 0)
		fail_msg("%s: found %s, not %s", words, buf_str(&b), want);
	buf_clear(&b);
}

static void fill(struct kit *k)
{
	(void)kit_article(k, 1, "The cable in the bay", "A ship repairs it. Größe and café and naïve talk.");
	(void)kit_article(k, 1, "Ships", "The cable and the bay, and cable again; a shipyard.");
	(void)kit_article(k, 1, "海底电缆被切断", "修理船正在赶来。");
	(void)kit_article(k, 1, "東京タワーの夜景", "きれいな夜");
	(void)kit_article(k, 1, "ข่าววันนี้", "ประเทศไทย");
	(void)kit_article(k, 1, "서울의 봄", "한국어 기사");
}

static void words_are_found_as_promised(struct kit *k)
{
	finds(k, "CABLE bay", "1 2");
	finds(k, "\"in the bay\"", "1");
	finds(k, "\"the bay in\"", "");
	finds(k, "cabl", "1 2");
	finds(k, "\"cabl\"", "");
	finds(k, "cab bay", ""); /* only the last is a prefix */
	finds(k, "电缆", "3");
	finds(k, "缆电", "");
	finds(k, "タワー", "4");
	finds(k, "夜景", "4");
	finds(k, "วันนี้", "5");
	finds(k, "서울", "6");
	finds(k, "cable absent", "");
}

static void full_text_finds_words_in_any_script(void **state)
{
	struct kit *k = *state;
	bool left;

	fill(k);
	finds(k, "cable", "1"); /* not indexed yet: by title */
	finds(k, "repairs", "");
	finds(k, "电缆", "3");
	must(search_index(&k->st, 2, &left, &k->info));
	assert_true(left);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 4);
	must(search_index(&k->st, 0, &left, &k->info));
	assert_true(left);
	must(search_index(&k->st, 4, &left, &k->info));
	assert_false(left);
	words_are_found_as_promised(k);
	finds(k, "groesse", "");
	finds(k, "größe", "1");
	finds(k, "grosse", "");
	finds(k, "cafe", "1");
	finds(k, "CAFÉ naive", "1");
	finds(k, "ประเทศ", "5");
	finds(k, "한국", "6");
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 0);
	kit_healthy(k);
}

static void no_words_are_a_syntax_error(void **state)
{
	struct kit *k = *state;
	static const char *const odd[] = {
		"", " ", "\"", "\"\"", "\"\"\"", "*", "^", "-", "+", "(", ")", "((", ":", "title:", "title:cable", "{title}: x", "AND", "OR", "NOT", "NEAR(", "a AND",
		"NOT cable", "cable NEAR/2", "'; DROP TABLE articles", "cable*", "a\"b", "\"open phrase", "- - -", "%", "\xff\xfe", "caf\xc3", "\\", "\x01", "!!! ???",
		"\xcc\x81", "rowid", "rank", "a:b:c", "«»", "🙂", "x\ty\nz", "\"*\"", "\" \" \"",
	};
	struct buf many = BUF_INIT;
	struct rng r;
	struct id_list l;
	bool left;

	fill(k);
	must(search_index(&k->st, 3, &left, &k->info));
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		must(search_words(&k->st, odd[i], 10, &k->a, &l, &k->info));
	rng_seed(&r, 3);
	for (int i = 0; i < 2000; i++) {
		char s[24];
		size_t n = rng_below(&r, sizeof s);

		for (size_t j = 0; j < n; j++)
			s[j] = rng_below(&r, 3) ? "\"*()-+:^ANDOR{} '\\,a"[rng_below(&r, 20)] : (char)(1 + rng_below(&r, 255));
		s[n] = '\0';
		if (search_words(&k->st, s, 10, &k->a, &l, &k->info) != OK)
			fail_msg("%s: %s", s, k->info.text);
	}
	for (int i = 0; i < 3000; i++)
		buf_puts(&many, "cable ");
	must(search_words(&k->st, buf_str(&many), 10, &k->a, &l, &k->info));
	assert_int_equal(l.n, 2);
	for (int i = 0; i < 3000; i++)
		buf_puts(&many, "海 \"a\" ");
	must(search_words(&k->st, buf_str(&many), 10, &k->a, &l, &k->info));
	buf_clear(&many);
	finds(k, "title:cable", "1");
	finds(k, "AND", "2 1"); /* a word like any other */
}

static void the_title_weighs_more_and_the_limit_holds(void **state)
{
	struct kit *k = *state;
	struct id_list l;
	bool left;

	(void)kit_article(k, 1, "Something else entirely", "about a comet, in passing, among many other words of this text");
	(void)kit_article(k, 1, "The comet returns tonight", "and the sky is clear over the hills, they say, for all who look");
	(void)kit_article(k, 1, "Third", "nothing");
	must(search_index(&k->st, 100, &left, &k->info));
	finds(k, "comet", "2 1");
	must(search_words(&k->st, "comet", 1, &k->a, &l, &k->info));
	assert_int_equal(l.n, 1);
	must(search_words(&k->st, "comet", 0, &k->a, &l, &k->info));
	assert_int_equal(l.n, 2);
	must(articles_remove(&k->st, 2, &k->info));
	finds(k, "comet", "1");
	kit_healthy(k);
}

static void words_are_counted_in_any_script(void **state)
{
	(void)state;
	assert_int_equal(fold_count(""), 0);
	assert_int_equal(fold_count("one two,  three - it's"), 4);
	assert_int_equal(fold_count("海底电缆"), 2);
	assert_int_equal(fold_count("GPU 价格战"), 3);
	assert_int_equal(fold_count("!!! ..."), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_vector_comes_back_with_ids_ascending_and_quarters),
		T(the_commonest_way_of_writing_is_the_name),
		T(frequencies_are_the_counted_ones_whatever_happens),
		T(two_handles_give_a_term_one_id),
		T(a_damaged_vector_is_told_and_not_followed),
		T(derived_values_are_replaced_and_come_back),
		T(a_stored_vector_has_the_cosines_of_the_exact_one),
		T(a_vector_that_was_got_and_is_put_again_writes_nothing),
		T(a_vector_of_zeros_stays_one_and_a_damaged_one_is_none),
		T(a_topic_comes_back_whole_and_the_readers_name_outlives_it),
		T(topics_and_stories_are_counted),
		T(full_text_finds_words_in_any_script),
		T(no_words_are_a_syntax_error),
		T(the_title_weighs_more_and_the_limit_holds),
		T(words_are_counted_in_any_script),
	};

	return cmocka_run_group_tests_name("store_terms", tests, NULL, NULL);
}
