/* eval - the metrics by hand, and a small click log from file to figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "rank/eval.h"
#include "rank/features.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))
#define ARTICLES 40 /* of each subject */

struct folder {
	char dir[64];
	struct buf path;
};

static const char *in_dir(struct folder *f, const char *name)
{
	buf_cut(&f->path, 0);
	buf_printf(&f->path, "%s/%s", f->dir, name);
	return buf_str(&f->path);
}

static void put(struct folder *f, const char *name, const char *text)
{
	assert_int_equal(buf_write_file(in_dir(f, name), text, strlen(text), 0600, NULL), OK);
}

static const char *const sky[] = { "comet", "orbit", "telescope", "galaxy", "planet", "eclipse", "astronomer", "meteor" };
static const char *const kitchen[] = { "bread", "oven", "recipe", "butter", "flour", "kitchen", "cinnamon", "pastry" };

static void subject(struct buf *b, char letter, const char *category, const char *const *word)
{
	for (int i = 0; i < ARTICLES; i++) {
		buf_printf(b, "%c%d\t%s\t%s%d\t", letter, i, category, category, i % 3);
		for (int j = 0; j < 4; j++)
			buf_printf(b, "%s ", word[(i * (j + 3) + j) % 8]);
		buf_printf(b, "\tThe %s and the %s\t\t[]\t[]\n", word[i % 8], word[(i / 2 + 3) % 8]);
	}
}

/* Two subjects; three readers of the one or the other, one impression without a click. */
static void folder_make(struct folder *f)
{
	struct buf news = BUF_INIT;
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(f->dir, sizeof f->dir, "%s/eclose-eval-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	f->path = (struct buf)BUF_INIT;
	subject(&news, 'S', "science", sky);
	subject(&news, 'K', "food", kitchen);
	put(f, "news.tsv", buf_str(&news));
	buf_clear(&news);
	put(f, "behaviors_tiny.tsv",
	    "1\tU1\t11/15/2019 12:00:00 AM\tS0 S1 S2 S3 S4 gone\tK30-0 S31-1 K32-0 S33-1 K34-0\n"
	    "2\tU2\t11/15/2019 12:00:00 AM\tK0 K1 K2 K3\tK30-1 S31-0 S32-0 K33-1\n"
	    "3\tU3\t11/15/2019 12:00:00 AM\tK0 K1 K2 K3\tK30-0 S31-0\n"
	    "4\tU4\t11/15/2019 12:00:00 AM\t\tK30-0 S31-1\n");
}

static void folder_drop(struct folder *f)
{
	static const char *const names[] = { "news.tsv", "behaviors_tiny.tsv", "behaviors_other.tsv", "behaviors_dev.tsv", "out.txt" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		(void)unlink(in_dir(f, names[i]));
	assert_int_equal(rmdir(f->dir), 0);
	buf_clear(&f->path);
}

static void metrics_are_those_counted_by_hand(void **state)
{
	int y[] = { 0, 1, 0, 1, 0 };
	double s[] = { 0.9, 0.8, 0.7, 0.6, 0.5 }, tied[] = { 1, 1, 1, 1, 1 };

	(void)state;
	assert_near(eval_auc(y, s, 5), 3.0 / 6, 1e-12);
	assert_near(eval_auc(y, tied, 5), 0.5, 1e-12);
	assert_near(eval_mrr(y, s, 5), (1 / 2.0 + 1 / 4.0) / 2, 1e-12);
	assert_near(eval_ndcg(y, s, 5, 5), (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3)), 1e-12);
	assert_near(eval_ndcg(y, s, 5, 3), (1 / log2(3)) / (1 + 1 / log2(3)), 1e-12);
	assert_near(eval_ndcg(y, s, 5, 1), 0, 1e-12);
	assert_near(eval_auc(y, s, 0), 0, 1e-12);
}

static void features_are_named_or_refused(void **state)
{
	struct err_info info = ERR_INFO_INIT;
	unsigned mask = 0;

	(void)state;
	assert_int_equal(eval_features("tfidf, lsa", &mask, &info), OK);
	assert_int_equal(mask, FEATURE_ALWAYS | FEATURE_TFIDF | FEATURE_LSA);
	assert_int_equal(eval_features("all", &mask, &info), OK);
	assert_true(mask & FEATURE_CATEGORY && mask & FEATURE_FEED && mask & FEATURE_VECTORS);
	mask = 77;
	assert_int_equal(eval_features("tfidf,lsd", &mask, &info), ERR_USAGE);
	assert_non_null(strstr(info.text, "\"lsd\""));
	assert_int_equal(eval_features("tfid", &mask, &info), ERR_USAGE);
	assert_int_equal(eval_features(" ,", &mask, &info), ERR_USAGE);
	assert_int_equal(mask, 77);
	assert_int_equal(eval_features("vectors", &mask, &info), OK);
	assert_int_equal(mask, FEATURE_ALWAYS | FEATURE_VECTORS);
}

static void a_reader_of_one_subject_gets_it_first(void **state)
{
	static const char *const lists[] = { "tfidf", "lsa", "category", "all" };
	struct folder f;
	struct err_info info = ERR_INFO_INIT;

	(void)state;
	folder_make(&f);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct eval_options o = { .dir = f.dir, .explore = -1, .seed = 3 };
		struct eval_result r;

		assert_int_equal(eval_features(lists[i], &o.mask, &info), OK);
		assert_int_equal(eval_mind(&o, &r, &info), OK); /* the only behaviors file there is */
		assert_int_equal(r.impressions, 3);
		assert_int_equal(r.left_out, 1);
		assert_true(r.auc >= 2.0 / 3 - 1e-9); /* the two with a history are right; the one without is a coin */
		assert_true(r.ndcg10 >= 0.8 && r.ndcg10 <= 1 && r.auc_se >= 0);
		assert_true(r.top10.category_entropy > 0.9 && r.top10.category_entropy <= 1 + 1e-9); /* all candidates are within ten: two subjects */
		assert_true(r.top10.category_history > 0 && r.top10.category_history < 1 && r.top10.ild > 0 && r.top10.ild <= 2);
	}
	folder_drop(&f);
}

static void each_model_finds_so_plain_a_taste_and_goes_its_own_way(void **state)
{
	struct eval_options o = { .behaviors = "tiny", .explore = -1, .mask = ~FEATURE_VECTORS, .seed = 3 };
	struct err_info info = ERR_INFO_INIT;
	struct folder f;

	(void)state;
	folder_make(&f);
	o.dir = f.dir;
	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		struct eval_result r, masked;
		struct eval_options bare = o;

		o.model = bare.model = (enum model_kind)kind;
		bare.mask = FEATURE_ALWAYS;
		assert_int_equal(eval_mind(&o, &r, &info), OK);
		assert_int_equal(r.impressions, 3);
		assert_true(r.auc >= 2.0 / 3 - 1e-9);
		/* Without a feature there is nothing to go by but for the model that sees the terms themselves. */
		assert_int_equal(eval_mind(&bare, &masked, &info), OK);
		assert_true(kind == MODEL_FTRL ? masked.auc == r.auc : masked.auc < r.auc);
	}
	folder_drop(&f);
}

static void predictions_are_ranks_in_the_order_of_the_file(void **state)
{
	struct folder f;
	struct err_info info = ERR_INFO_INIT;
	struct eval_options o = { .behaviors = "tiny", .explore = -1, .mask = ~FEATURE_VECTORS, .seed = 1 };
	struct eval_result r;
	struct buf out = BUF_INIT, path = BUF_INIT;
	int rank[5];

	(void)state;
	folder_make(&f);
	o.dir = f.dir;
	buf_puts(&path, in_dir(&f, "out.txt"));
	o.predictions = buf_str(&path);
	assert_int_equal(eval_mind(&o, &r, &info), OK);
	assert_int_equal(buf_read_file(&out, o.predictions, 1 << 20, &info), OK);
	assert_int_equal(sscanf(buf_str(&out), "1 [%d,%d,%d,%d,%d]\n", &rank[0], &rank[1], &rank[2], &rank[3], &rank[4]), 5);
	assert_int_equal(rank[0] + rank[1] + rank[2] + rank[3] + rank[4], 15);
	assert_true(rank[1] <= 2 && rank[3] <= 2); /* the two about the sky */
	assert_non_null(strstr(buf_str(&out), "\n3 ["));
	assert_non_null(strstr(buf_str(&out), "\n4 ["));
	buf_clear(&out);
	buf_clear(&path);
	folder_drop(&f);
}

static void the_same_seed_gives_the_same_figures(void **state)
{
	struct folder f;
	struct err_info info = ERR_INFO_INIT;
	struct eval_result a, b;

	(void)state;
	folder_make(&f);
	for (int explore = -1; explore <= 100; explore += 50) {
		struct eval_options o = { .dir = f.dir, .behaviors = "tiny", .explore = explore, .mask = ~FEATURE_VECTORS, .seed = 5 };

		memset(&a, 0, sizeof a);
		memset(&b, 0, sizeof b);
		assert_int_equal(eval_mind(&o, &a, &info), OK);
		assert_int_equal(eval_mind(&o, &b, &info), OK);
		assert_memory_equal(&a, &b, sizeof a);
	}
	folder_drop(&f);
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void a_page_of_the_pool_for_each_history(void **state)
{
	struct folder f;
	struct err_info info = ERR_INFO_INIT;
	struct buf path = BUF_INIT, pages = BUF_INIT;
	struct eval_pool_result r, plain;

	(void)state;
	folder_make(&f);
	buf_puts(&path, in_dir(&f, "out.txt"));
	struct eval_options o = { .dir = f.dir, .behaviors = "tiny", .explore = 100, .places = 10, .mask = ~FEATURE_VECTORS, .seed = 1, .predictions = buf_str(&path) };

	assert_int_equal(eval_pool(&o, &r, &info), OK);
	assert_int_equal(buf_read_file(&pages, buf_str(&path), 1 << 20, &info), OK);
	assert_int_equal(lines_of(buf_str(&pages)), 4);
	assert_int_equal(strncmp(buf_str(&pages), "1 ", 2), 0);
	assert_true(!strstr(buf_str(&pages), " S3 ") || strstr(buf_str(&pages), " S3 ") > strstr(buf_str(&pages), "\n2 ")); /* the first reader has read it */
	assert_int_equal(r.users, 4);
	assert_near(r.slots, 3, 1e-12);
	o.explore = -1;
	o.predictions = NULL;
	assert_int_equal(eval_pool(&o, &plain, &info), OK);
	assert_near(plain.slots, 0, 0);
	assert_true(plain.relevance > r.relevance);
	assert_true(plain.page.category_entropy < r.page.category_entropy && r.page.category_entropy <= 1 + 1e-9);
	assert_true(plain.page.js_pool > r.page.js_pool);
	o.explore = 0;
	assert_int_equal(eval_pool(&o, &plain, &info), OK);
	assert_true(plain.page.outside < r.page.outside && plain.page.js_reader < r.page.js_reader);
	assert_true(r.page.gini > 0 && r.page.gini < 1 && r.page.coverage > 0);
	buf_clear(&path);
	buf_clear(&pages);
	folder_drop(&f);
}

static void curves_begin_at_the_plain_order_and_are_those_of_single_runs(void **state)
{
	struct folder f;
	struct err_info info = ERR_INFO_INIT;
	struct eval_curves curves;
	struct eval_result one;
	struct eval_pool_result page;

	(void)state;
	folder_make(&f);
	struct eval_options o = { .dir = f.dir, .behaviors = "tiny", .explore = 50, .places = 10, .mask = ~FEATURE_VECTORS, .seed = 1 };

	assert_int_equal(eval_compare(&o, &curves, &info), OK);
	assert_int_equal(eval_mind(&o, &one, &info), OK);
	assert_int_equal(eval_pool(&o, &page, &info), OK);
	assert_near(curves.impressions[0][5].relevance, one.ndcg10, 1e-12);
	assert_near(curves.impressions[0][5].entropy, one.top10.category_entropy, 1e-12);
	assert_near(curves.pages[0][5].relevance, page.relevance, 1e-12);
	for (int arm = 1; arm < EVAL_ARMS; arm++)
		assert_near(curves.impressions[arm][0].relevance, curves.plain.relevance, 1e-12);
	folder_drop(&f);
}

/* What the file says wrong, and the words that must be in the answer. */
static void refused(struct folder *f, const char *name, const char *text, enum err code, const char *words)
{
	struct err_info info = ERR_INFO_INIT;
	struct eval_options o = { .dir = f->dir, .behaviors = "tiny", .explore = -1, .mask = ~FEATURE_VECTORS };
	struct eval_result r;

	put(f, name, text);
	assert_int_equal(eval_mind(&o, &r, &info), code);
	assert_non_null(strstr(info.text, words));
}

static void a_bad_line_is_answered_with_its_place(void **state)
{
	struct folder f;
	struct err_info info = ERR_INFO_INIT;
	struct eval_options o = { .explore = -1, .mask = ~FEATURE_VECTORS };
	struct eval_result r = { .impressions = 99 };

	(void)state;
	folder_make(&f);
	o.dir = f.dir;
	refused(&f, "behaviors_tiny.tsv", "1\tU\tt\tS0\tK1-0 S1-1\n2\tU\tt\tS0\n", ERR_SYNTAX, "behaviors_tiny.tsv:2: 4 fields");
	refused(&f, "behaviors_tiny.tsv", "1\tU\tt\tS0\tK1-0 S1\n", ERR_SYNTAX, "behaviors_tiny.tsv:1: \"S1\"");
	refused(&f, "behaviors_tiny.tsv", "1\tU\tt\tS0\tK1-0 X1-1\n", ERR_SYNTAX, "\"X1\" is not in news.tsv");
	refused(&f, "behaviors_tiny.tsv", "", ERR_SYNTAX, "no impression");
	put(&f, "behaviors_tiny.tsv", "1\tU\tt\tS0\tK1-0 S1-1\n");
	refused(&f, "news.tsv", "S0\ta\tb\tTitle\tAbstract\nS1\ta\tb\n", ERR_SYNTAX, "news.tsv:2: 3 fields");
	refused(&f, "news.tsv", "S0\ta\tb\tTitle\tAbstract\nS0\ta\tb\tTitle\tAbstract\n", ERR_SYNTAX, "news.tsv:2: S0 was there before");
	refused(&f, "news.tsv", "\ta\tb\tTitle\tAbstract\n", ERR_SYNTAX, "news.tsv:1: no id");
	refused(&f, "news.tsv", "", ERR_SYNTAX, "news.tsv: no article");
	put(&f, "behaviors_other.tsv", "");
	assert_int_equal(eval_mind(&o, &r, &info), ERR_USAGE); /* two, and none is "dev" */
	put(&f, "behaviors_dev.tsv", "");
	assert_int_equal(eval_mind(&o, &r, &info), ERR_SYNTAX);
	o.behaviors = "nowhere";
	assert_int_equal(eval_mind(&o, &r, &info), ERR_NOTFOUND);
	o.dir = "/nonexistent";
	o.behaviors = NULL;
	assert_int_equal(eval_mind(&o, &r, &info), ERR_NOTFOUND);
	assert_int_equal(r.impressions, 99); /* untouched */
	folder_drop(&f);
}

static void three_articles_and_an_empty_title_are_enough(void **state)
{
	struct folder f;
	struct err_info info = ERR_INFO_INIT;
	struct eval_options o = { .behaviors = "tiny", .explore = 100, .mask = ~FEATURE_VECTORS };
	struct eval_result r;

	(void)state;
	folder_make(&f);
	o.dir = f.dir;
	put(&f, "news.tsv", "A\t\t\t\t\nB\tx\t\tComet\t\r\nC\tx\ty\tComet\tseen");
	put(&f, "behaviors_tiny.tsv", "1\tU\tt\tA B\tA-0 C-1 C-1\n2\tU\tt\t\t\n");
	assert_int_equal(eval_mind(&o, &r, &info), OK);
	assert_int_equal(r.impressions, 1);
	assert_true(isfinite(r.auc) && isfinite(r.top10.ild) && isfinite(r.top10.category_entropy) && isfinite(r.top10.category_history));
	folder_drop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metrics_are_those_counted_by_hand),
		cmocka_unit_test(features_are_named_or_refused),
		cmocka_unit_test(a_reader_of_one_subject_gets_it_first),
		cmocka_unit_test(each_model_finds_so_plain_a_taste_and_goes_its_own_way),
		cmocka_unit_test(predictions_are_ranks_in_the_order_of_the_file),
		cmocka_unit_test(the_same_seed_gives_the_same_figures),
		cmocka_unit_test(a_page_of_the_pool_for_each_history),
		cmocka_unit_test(curves_begin_at_the_plain_order_and_are_those_of_single_runs),
		cmocka_unit_test(a_bad_line_is_answered_with_its_place),
		cmocka_unit_test(three_articles_and_an_empty_title_are_enough),
	};

	return cmocka_run_group_tests_name("eval", tests, NULL, NULL);
}
