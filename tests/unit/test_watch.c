/* watch - what another handle of the store commits is told, and what our own does isn't. */
#include "tests/unit/store_kit.h"

#include <poll.h>
#include <stdlib.h>

#include "app/watch.h"

/* The kit's store, watched by an app, and a second handle on the same file. */
struct pair {
	struct app app;
	struct watch watch;
	struct store other;
};

static void pair_init(struct pair *p, struct kit *k)
{
	*p = (struct pair){ .app = { .data_dir = k->dir, .store_path = k->path, .store = k->st }, .watch = WATCH_INIT };
	must(store_open(&p->other, k->path, DB_READ_WRITE, &k->info));
	must(watch_open(&p->watch, &p->app, &k->info));
	(void)watch_told(&p->watch);
}

static void pair_clear(struct pair *p)
{
	watch_close(&p->watch);
	store_close(&p->other);
}

static struct changes look(struct pair *p, struct kit *k)
{
	struct changes c;

	must(watch_look(&p->watch, &c, &k->info));
	return c;
}

static void add(struct store *st, struct kit *k, const char *id)
{
	struct entry e = ENTRY_AT(1000, .id = id, .title = id);
	int added;

	must(kit_try_put(st, 1, KIT_NOW, &e, 1, &added, &k->info));
	assert_int_equal(added, 1);
}

static void what_another_commits_is_told_and_what_we_do_is_not(void **state)
{
	struct kit *k = *state;
	struct event read = EVENT(.article = 1, .kind = EVENT_READ);
	struct changes c;
	struct pair p;

	add(&k->st, k, "first");
	pair_init(&p, k);
	assert_false(look(&p, k).any);
	add(&k->st, k, "ours");
	assert_false(look(&p, k).any);
	add(&p.other, k, "theirs");
	c = look(&p, k);
	assert_true(c.any && c.articles && !c.events);
	assert_int_equal(c.after, 2); /* ours was seen by then */
	assert_false(look(&p, k).any);
	must(events_append(&p.other, &read, &k->info));
	c = look(&p, k);
	assert_true(c.any && !c.articles && c.events);
	must(db_exec(p.other.db, "UPDATE feeds SET checked = 5", &k->info));
	c = look(&p, k);
	assert_true(c.any && !c.articles && !c.events);
	pair_clear(&p);
}

/* Where the system tells at all. Otherwise it is to be looked at by the clock, and says so. */
static void a_file_of_the_store_that_is_written_is_told_and_others_are_not(void **state)
{
	struct kit *k = *state;
	struct pair p;

	pair_init(&p, k);
	assert_int_equal(p.watch.polls, p.watch.fd < 0);
	assert_false(watch_told(&p.watch));
	if (p.watch.fd >= 0) {
		struct pollfd fd = { p.watch.fd, POLLIN, 0 };

		must(buf_write_file(kit_file(k, "notes"), "x", 1, 0600, &k->info));
		assert_false(watch_told(&p.watch));
		(void)look(&p, k); /* looking writes nothing */
		assert_int_equal(poll(&fd, 1, 0), 0);
		add(&p.other, k, "theirs");
		assert_int_equal(poll(&fd, 1, 5000), 1);
		assert_true(watch_told(&p.watch));
		assert_false(watch_told(&p.watch));
	}
	pair_clear(&p);
}

static void a_look_that_fails_loses_nothing(void **state)
{
	struct kit *k = *state;
	struct changes c;
	struct pair p;

	pair_init(&p, k);
	add(&p.other, k, "theirs");
	must(db_begin(k->st.db, &k->info));
	must(db_exec(k->st.db, "ALTER TABLE events RENAME TO elsewhere", &k->info));
	assert_int_not_equal(watch_look(&p.watch, &c, &k->info), OK);
	db_rollback(k->st.db);
	c = look(&p, k);
	assert_true(c.any && c.articles);
	pair_clear(&p);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(what_another_commits_is_told_and_what_we_do_is_not),
		T(a_file_of_the_store_that_is_written_is_told_and_others_are_not),
		T(a_look_that_fails_loses_nothing),
	};

	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
