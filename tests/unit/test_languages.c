/* languages - Chinese, Japanese, Arabic, German and Russian: are terms words, is likeness by subject, and are topics of one language? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/body.h"
#include "app/load.h"
#include "app/refresh.h"

#define NOW 1775030400 /* 2026-04-01T08:00:00Z */
#define ARTICLES 50
#define LANGUAGES 5
#define EACH (ARTICLES / LANGUAGES)
#define FIELDS 5

struct text { char *field[FIELDS]; int64_t article; struct derived derived; };
struct words { char *field[FIELDS]; };

struct world {
	struct app app;
	struct arena arena;
	struct text text[ARTICLES];
	struct words words[LANGUAGES];
	size_t texts, lists;
	struct csr rows; /* (ARTICLES x terms) */
	struct err_info info;
};

#define must(e) assert_int_equal((e), OK)

static void split(char *line, char **field)
{
	for (int i = 0; i < FIELDS; i++) {
		field[i] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
}

static void read_texts(struct world *w)
{
	char path[4096];
	struct buf b = BUF_INIT;
	char *save = NULL;

	snprintf(path, sizeof path, "%s/tests/corpus/languages.tsv", getenv("TEST_SRCDIR"));
	must(buf_read_file(&b, path, (size_t)1 << 20, &w->info));
	for (char *line = strtok_r(arena_strdup(&w->arena, b.s), "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (*line == 'T' && w->texts < ARTICLES)
			split(line, w->text[w->texts++].field);
		else if (*line == 'W' && w->lists < LANGUAGES)
			split(line, w->words[w->lists++].field);
	}
	buf_clear(&b);
	assert_int_equal(w->texts, ARTICLES);
	assert_int_equal(w->lists, LANGUAGES);
}

/* The articles of language l into a feed of its own that declares nothing. */
static void put_language(struct world *w, size_t l)
{
	struct entry entry[EACH];
	struct feed_doc doc = { .entries = entry, .n_entries = EACH };
	struct fetched got = { .at = NOW, .next = NOW, .http = 200, .doc = &doc };
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list items;
	struct feed feed;
	int added;

	for (size_t i = 0; i < EACH; i++) {
		const struct text *t = &w->text[l * EACH + i];

		entry[i] = (struct entry){ .id = t->field[3], .title = t->field[3], .content = t->field[4], .updated = DATE_NONE,
					   .published = NOW - (int64_t)(i + 1) * 5 * 86400 };
	}
	must(feeds_by_url(&w->app.store, arena_printf(&w->arena, "https://%zu.test/", l), &w->arena, &feed, &w->info));
	got.feed_id = feed.id;
	must(feeds_put(&w->app.store, &got, body_text, NULL, &added, &w->info));
	assert_int_equal(added, EACH);
	q.feed_id = feed.id;
	must(articles_list(&w->app.store, &q, &w->arena, &items, &w->info));
	for (size_t i = 0; i < items.n; i++)
		for (size_t k = l * EACH; k < (l + 1) * EACH; k++)
			if (strcmp(items.item[i].guid, w->text[k].field[3]) == 0)
				w->text[k].article = items.item[i].id;
}

static int set_up(void **state)
{
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .samples = true, .mode = DB_READ_WRITE };
	struct world *w = calloc(1, sizeof *w);
	struct sub sub[LANGUAGES];
	int64_t id[ARTICLES];

	*state = w;
	must(app_open(&w->app, &o, &w->info));
	read_texts(w);
	for (size_t l = 0; l < LANGUAGES; l++)
		sub[l] = (struct sub){ .url = arena_printf(&w->arena, "https://%zu.test/", l) };
	must(feeds_sync(&w->app.store, sub, LANGUAGES, &w->info));
	for (size_t l = 0; l < LANGUAGES; l++)
		put_language(w, l);
	must(app_vectorise(&w->app, &w->info));
	for (size_t i = 0; i < ARTICLES; i++) {
		id[i] = w->text[i].article;
		must(derived_get(&w->app.store, id[i], &w->arena, &w->text[i].derived, &w->info));
	}
	must(load_rows(&w->app.store, id, ARTICLES, &w->rows, &w->info));
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	csr_clear(&w->rows);
	app_close(&w->app);
	arena_clear(&w->arena);
	free(w);
	return 0;
}

/* ---- terms ---- */

/* Is the form, as it is written, a term of any article of language l? */
static bool is_term(struct world *w, size_t l, const char *form)
{
	for (size_t i = l * EACH; i < (l + 1) * EACH; i++)
		for (size_t k = w->rows.ptr[i]; k < w->rows.ptr[i + 1]; k++)
			if (strcmp(terms_name(&w->app.store, w->rows.col[k], &w->arena), form) == 0)
				return true;
	return false;
}

static void assert_words(struct world *w, size_t l, const char *list, bool are)
{
	char *save = NULL;

	for (char *word = strtok_r(arena_strdup(&w->arena, list), " ", &save); word; word = strtok_r(NULL, " ", &save))
		if (is_term(w, l, word) != are)
			fail_msg("%s: \"%s\" %s a term", w->words[l].field[1], word, are ? "is not" : "is");
}

static void terms_are_words_and_the_words_of_every_sentence_are_left_out(void **state)
{
	struct world *w = *state;

	for (size_t l = 0; l < LANGUAGES; l++) {
		assert_string_equal(w->words[l].field[1], w->text[l * EACH].field[1]);
		assert_words(w, l, w->words[l].field[2], true);
		assert_words(w, l, w->words[l].field[4], false);
	}
}

/* ---- likeness ---- */

static double by_terms(struct world *w, size_t i, size_t j)
{
	return (double)csr_dot(&w->rows, i, &w->rows, j);
}

static double by_vectors(struct world *w, size_t i, size_t j)
{
	const struct derived *a = &w->text[i].derived, *b = &w->text[j].derived;
	double sum = 0;

	for (int k = 0; k < a->d; k++)
		sum += (double)a->vec[k] * (double)b->vec[k];
	return sum;
}

/* Mean likeness of two articles of language l on one subject, and on two. */
static void measure(struct world *w, size_t l, double (*like)(struct world *, size_t, size_t), double *within, double *across)
{
	int n[2] = { 0, 0 };
	double sum[2] = { 0, 0 };

	for (size_t i = l * EACH; i < (l + 1) * EACH; i++)
		for (size_t j = l * EACH; j < i; j++) {
			bool one = strcmp(w->text[i].field[2], w->text[j].field[2]) == 0;

			sum[one] += like(w, i, j);
			n[one]++;
		}
	*within = sum[1] / n[1];
	*across = sum[0] / n[0];
}

static void articles_on_one_subject_are_more_alike(void **state)
{
	struct world *w = *state;

	for (size_t l = 0; l < LANGUAGES; l++) {
		double terms[2], vectors[2];

		measure(w, l, by_terms, &terms[0], &terms[1]);
		measure(w, l, by_vectors, &vectors[0], &vectors[1]);
		print_message("# %s: likeness by terms %.3f within a subject, %.3f across; by vectors %.3f, %.3f\n", w->words[l].field[1], terms[0], terms[1], vectors[0],
			      vectors[1]);
		assert_true(terms[0] > 3 * terms[1]);
		assert_true(vectors[0] > vectors[1] + 0.3);
	}
}

/* ---- topics ---- */

static void no_topic_mixes_languages(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < ARTICLES; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(w->text[i].field[1], w->text[j].field[1]) != 0)
				assert_int_not_equal(w->text[i].derived.topic, w->text[j].derived.topic);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_are_words_and_the_words_of_every_sentence_are_left_out),
		cmocka_unit_test(articles_on_one_subject_are_more_alike),
		cmocka_unit_test(no_topic_mixes_languages),
	};

	return cmocka_run_group_tests_name("languages", tests, set_up, tear_down);
}
