/* tables - the word vectors of the store: whose they are, how they follow the table that is chosen. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"
#include "app/refresh.h"
#include "app/tables.h"
#include "base/buf.h"
#include "model/blas.h"
#include "demo_kit.h"

static int64_t with_vector(struct fixture *f)
{
	int64_t n = -1;

	assert_int_equal(wordvecs_count(&f->app.store, &n, &f->info), OK);
	return n;
}

static void articles_in_the_language_of_the_table_have_a_word_vector_and_others_have_none(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = &f->ranker->loaded.corpus;
	size_t english = 0, others = 0;

	assert_true(c->side[SIDE_WORDS].d > 0);
	for (size_t i = 0; i < c->n; i++) {
		const char *language = f->ranker->loaded.items.item[i].language;
		bool has = corpus_has_vector(c, SIDE_WORDS, i);

		assert_true(corpus_has_vector(c, SIDE_LSA, i));
		if (language && (strncmp(language, "de", 2) == 0 || strncmp(language, "fr", 2) == 0 || strncmp(language, "zh", 2) == 0)) {
			assert_false(has);
			others++;
		} else {
			assert_true(has);
			assert_true(fabs((double)blas_dot((size_t)c->side[SIDE_WORDS].d, corpus_vector(c, SIDE_WORDS, i), corpus_vector(c, SIDE_WORDS, i)) - 1) < 1e-5);
			english++;
		}
	}
	assert_true(english > 300 && others > 30);
}

static void word_vectors_are_centred_by_the_mean_of_all(void **state)
{
	struct fixture *f = *state;
	const struct loaded *l = &f->ranker->loaded;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list all;
	struct arena a = ARENA_INIT;
	double sum[VECTORS_DIMS_MOST] = { 0 }, titles[VECTORS_DIMS_MOST] = { 0 };
	size_t known = 0, titled = 0;

	assert_int_equal(articles_list(&f->app.store, &q, &a, &all, &f->info), OK);
	for (size_t i = 0; i < all.n; i++) {
		float x[VECTORS_DIMS_MOST], title[VECTORS_DIMS_MOST];
		struct wordvecs_found found;

		assert_int_equal(wordvecs_get(&f->app.store, all.item[i].id, l->centre.d, x, title, &found, &f->info), OK);
		known += found.words;
		titled += found.title;
		for (int k = 0; found.words && k < l->centre.d; k++)
			sum[k] += (double)x[k];
		for (int k = 0; found.title && k < l->centre.d; k++)
			titles[k] += (double)title[k];
	}
	assert_int_equal(known, with_vector(f));
	for (int k = 0; k < l->centre.d; k++)
		assert_true(fabs(sum[k] / (double)known - (double)l->centre.mean[k]) < 1e-4 &&
			    fabs(titles[k] / (double)titled - (double)l->centre.title[k]) < 1e-4);
	assert_true(titled > known / 2 && titled <= known);
	arena_clear(&a);
}

static void the_store_follows_the_table(void **state)
{
	struct fixture *f = *state;
	int64_t before = with_vector(f);
	const char *path;

	assert_true(before > 300);
	assert_int_equal(tables_choice(&f->app, &path), TABLE_BUNDLED);
	assert_int_equal(tables_off(&f->app, &f->info), OK);
	assert_int_equal(tables_choice(&f->app, &path), TABLE_OFF);
	assert_null(path);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK);
	assert_int_equal(with_vector(f), 0);
	demo_reopen(f);
	assert_int_equal(f->ranker->loaded.corpus.side[SIDE_WORDS].d, 0); /* and the page still comes */
	assert_true(f->ranker->n_candidates > 0);
	assert_int_equal(tables_default(&f->app, &f->info), OK);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK);
	assert_int_equal(with_vector(f), before);
}

static void a_table_of_ones_own_is_used_for_its_language(void **state)
{
	static const char text[] = "der 1 2\ndie 2 1\nund 1 1\nnicht 3 1\nist 1 3\nein 2 2\nmit 1 4\nwurde 4 1\nauf 1 5\nstadt 4 4\nwasser 2 9\njahre 4 2\nbrot 7 1\n";
	struct fixture *f = *state;
	const char *file = arena_printf(&f->app.arena, "%s/own.vec", f->app.data_dir), *path;
	struct vectors v;

	assert_int_equal(buf_write_file(file, text, strlen(text), 0600, &f->info), OK);
	assert_int_equal(tables_use(&f->app, file, &f->info), OK);
	assert_int_equal(tables_choice(&f->app, &path), TABLE_OWN);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK);
	demo_reopen(f);
	assert_int_equal(f->ranker->loaded.corpus.side[SIDE_WORDS].d, 2);
	assert_true(with_vector(f) > 3 && with_vector(f) < 60); /* the German feed */
	assert_int_equal(buf_write_file(file, "a 1 2\nb 1\n", 10, 0600, &f->info), OK);
	assert_int_equal(tables_use(&f->app, file, &f->info), ERR_SYNTAX);
	assert_int_equal(tables_open(&f->app, &v, &f->info), OK); /* as it was */
	assert_int_equal(v.dims, 2);
	vectors_close(&v);
	assert_int_equal(buf_write_file(path, "garbage", 7, 0600, &f->info), OK);
	assert_int_equal(app_vectorise(&f->app, &f->info), OK); /* done without, and told */
	assert_int_equal(with_vector(f), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, demo_setup, demo_teardown)
	const struct CMUnitTest tests[] = {
		T(articles_in_the_language_of_the_table_have_a_word_vector_and_others_have_none),
		T(word_vectors_are_centred_by_the_mean_of_all),
		T(the_store_follows_the_table),
		T(a_table_of_ones_own_is_used_for_its_language),
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
