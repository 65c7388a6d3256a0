/* compact - the pass over all that is unread gives what the look-up of each article gives. */
#include "store_kit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ARTICLES 400
#define D 5

struct seen {
	int topic[ARTICLES], telling[ARTICLES], vectors[ARTICLES][3];
	double coverage[ARTICLES];
	float first[ARTICLES][3]; /* the first number of each vector */
};

/* Every third is read; between some lie gaps that are longer than is stepped over. */
static void fill(struct kit *k)
{
	must(db_begin(k->st.db, &k->info));
	for (int i = 0; i < ARTICLES; i++) {
		int64_t id = kit_article(k, 1 + i % 2, arena_printf(&k->a, "title %d", i), "a body");
		const float words[D] = { (float)(i + 1) / ARTICLES, 0.5F, 0, 0, 0.1F }, title[D] = { 0, 0, 1, 0, 0 }, lsa[3] = { 0.6F, 0, 0.8F };
		struct derived d = { id, i % 4 ? lsa : NULL, i % 4 ? 3 : 0, i % 6 - 1, id, 1 + i % 5, i / 10.0 };

		if (i % 7)
			must(wordvecs_put(&k->st, id, words, i % 2 ? title : NULL, D, &k->info));
		if (i % 11)
			must(derived_put(&k->st, &d, &k->info));
	}
	must(db_commit(k->st.db, &k->info));
	for (int64_t id = 1; id <= ARTICLES; id++) {
		struct event e = EVENT(.article = id, .kind = EVENT_READ);

		if (id % 3 == 0 || (id > 100 && id < 190) || (id > 200 && id < 265))
			must(events_append(&k->st, &e, &k->info));
	}
}

static void see_facts(void *user, size_t i, int topic, int telling, double coverage)
{
	struct seen *s = user;

	s->topic[i] = topic;
	s->telling[i] = telling;
	s->coverage[i] = coverage;
}

static void see_vector(void *user, size_t i, enum unread_vector which, float scale, const signed char *x, int d)
{
	struct seen *s = user;

	s->vectors[i][which] += d;
	s->first[i][which] = scale * (float)x[0];
}

static void assert_vectors(struct kit *k, int64_t id, const struct seen *s, size_t i)
{
	struct derived d = { .topic = -1, .feeds_telling = 0 };
	struct wordvecs_found found;
	float words[D], title[D];
	enum err e = derived_get(&k->st, id, &k->a, &d, &k->info);

	assert_true(e == OK || e == ERR_NOTFOUND);
	assert_int_equal(s->telling[i], d.feeds_telling);
	assert_true(e != OK || (s->topic[i] == d.topic && s->coverage[i] == d.coverage));
	assert_int_equal(s->vectors[i][UNREAD_LSA], d.d);
	assert_true(!d.d || fabs((double)(s->first[i][UNREAD_LSA] - d.vec[0])) < 0.01);
	must(wordvecs_get(&k->st, id, D, words, title, &found, &k->info));
	assert_int_equal(s->vectors[i][UNREAD_WORDS], found.words ? D : 0);
	assert_int_equal(s->vectors[i][UNREAD_TITLE], found.title ? D : 0);
	assert_true(!found.words || s->first[i][UNREAD_WORDS] == words[0]);
}

static void one_pass_gives_what_each_look_up_gives(void **state)
{
	struct kit *k = *state;
	struct unread_list l;
	static struct seen s;
	struct id_list ids;

	fill(k);
	memset(&s, 0, sizeof s);
	must(unread_load(&k->st, 0, &l, &k->info));
	must(articles_candidates(&k->st, 0, ARTICLES, &k->a, &ids, &k->info));
	assert_int_equal(l.n, ids.n);
	assert_true(l.n > 100 && l.n < ARTICLES);
	must(unread_facts(&k->st, &l, see_facts, &s, &k->info));
	must(unread_vectors(&k->st, &l, see_vector, &s, &k->info));
	for (size_t i = 0; i < l.n; i++) {
		struct item it = kit_item(k, l.one[i].id);

		assert_true(i == 0 || l.one[i].id > l.one[i - 1].id);
		assert_false(it.read);
		assert_int_equal(l.one[i].feed, it.feed_id);
		assert_vectors(k, l.one[i].id, &s, i);
	}
	unread_clear(&l);
}

static void what_came_before_or_isnt_subscribed_is_left_out(void **state)
{
	struct kit *k = *state;
	const struct sub one = { .url = "http://one.example/f" };
	struct unread_list l;

	fill(k);
	must(unread_load(&k->st, INT64_MAX, &l, &k->info));
	assert_int_equal(l.n, 0);
	unread_clear(&l);
	must(feeds_sync(&k->st, &one, 1, &k->info));
	must(unread_load(&k->st, 0, &l, &k->info));
	assert_true(l.n > 0);
	for (size_t i = 0; i < l.n; i++)
		assert_int_equal(l.one[i].feed, 1);
	unread_clear(&l);
}

static void only_anothers_write_changes_the_number(void **state)
{
	struct kit *k = *state;
	struct store other;
	struct event e = EVENT(.article = 1, .kind = EVENT_STAR);
	int64_t before, after;

	e.article = kit_article(k, 1, "a title", "a body");
	must(store_changed(&k->st, &before, &k->info));
	must(events_append(&k->st, &e, &k->info));
	must(store_changed(&k->st, &after, &k->info));
	assert_int_equal(before, after);
	e.id = e.batch = 0;
	must(store_open(&other, k->path, DB_READ_WRITE, &k->info));
	must(events_append(&other, &e, &k->info));
	store_close(&other);
	must(store_changed(&k->st, &after, &k->info));
	assert_true(before != after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_pass_gives_what_each_look_up_gives, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(what_came_before_or_isnt_subscribed_is_left_out, kit_setup, kit_teardown),
		cmocka_unit_test_setup_teardown(only_anothers_write_changes_the_number, kit_setup, kit_teardown),
	};

	return cmocka_run_group_tests_name("store_compact", tests, NULL, NULL);
}
