/* events - the log is append-only, the flags follow from it, and every change can be taken back. */
#include "tests/unit/store_kit.h"

#include <stdlib.h>
#include <string.h>

static int64_t act(struct kit *k, enum event_kind kind, int64_t article, int64_t batch)
{
	struct event e = EVENT(.kind = kind, .article = article, .batch = batch);

	must(events_append(&k->st, &e, &k->info));
	assert_int_not_equal(e.id, 0);
	return e.batch;
}

static enum err undo(struct kit *k, int64_t batch)
{
	struct event e = EVENT(.kind = EVENT_UNDO, .undoes = batch);

	return events_append(&k->st, &e, &k->info);
}

static void the_log_can_only_grow(void **state)
{
	struct kit *k = *state;

	(void)kit_article(k, 1, "a", "b");
	(void)act(k, EVENT_LIKE, 1, 0);
	assert_int_equal(db_exec(k->st.db, "UPDATE events SET dwell = 9", &k->info), ERR_READONLY);
	says(k, "append-only");
	assert_int_equal(db_exec(k->st.db, "DELETE FROM events", &k->info), ERR_READONLY);
	says(k, "append-only");
	assert_int_equal(db_exec(k->st.db, "INSERT OR REPLACE INTO events SELECT id, at, 99, kind, dwell, scroll, place, slot, explore, propensity,"
		" batch, undoes, pair, width, trial, team, subject, value FROM events", &k->info), ERR_READONLY);
	assert_int_equal(kit_int(k, "SELECT article FROM events"), 1);
}

struct seen { struct event e[600]; size_t n, stop; struct kit *k; };

static bool keep(void *user, const struct event *e)
{
	struct seen *s = user;

	s->e[s->n++] = *e;
	return s->n != s->stop;
}

/* The subject is there while it is handed out. */
static bool keep_edit(void *user, const struct event *e)
{
	assert_string_equal(e->subject, e->article ? "term:comet" : "topic:7");
	return keep(user, e);
}

static void events_come_back_as_they_were(void **state)
{
	struct kit *k = *state;
	struct event a = { .at = 123, .kind = EVENT_CLOSE, .article = 1, .dwell = 12.5, .scroll = 0.25, .place = 3, .slot = SLOT_SERENDIPITY,
		.explore = 40, .propensity = 0.125, .pair = 5, .width = 120, .trial = 2, .team = TEAM_B };
	struct event b = EVENT(.kind = EVENT_SHOWN, .article = 1);
	struct seen *s = mem_zero(1, sizeof *s);

	(void)kit_article(k, 1, "a", "b");
	must(events_append(&k->st, &a, &k->info));
	assert_int_equal(a.id, 1);
	assert_int_equal(a.batch, 1);
	must(events_append(&k->st, &b, &k->info));
	must(events_each(&k->st, 0, keep, s, &k->info));
	assert_int_equal(s->n, 2);
	assert_int_equal(s->e[0].at, 123);
	assert_int_equal(s->e[0].kind, EVENT_CLOSE);
	assert_true(s->e[0].dwell == 12.5 && s->e[0].scroll == 0.25 && s->e[0].propensity == 0.125);
	assert_int_equal(s->e[0].place, 3);
	assert_int_equal(s->e[0].slot, SLOT_SERENDIPITY);
	assert_int_equal(s->e[0].explore, 40);
	assert_int_equal(s->e[0].pair, 5);
	assert_int_equal(s->e[0].width, 120);
	assert_true(s->e[0].trial == 2 && s->e[0].team == TEAM_B);
	assert_true(s->e[1].dwell < 0 && s->e[1].scroll < 0 && s->e[1].propensity < 0 && s->e[1].explore < 0);
	s->n = 0;
	must(events_each(&k->st, 1, keep, s, &k->info));
	assert_int_equal(s->n, 1);
	free(s);
}

static void an_edit_has_a_subject_and_a_weight_and_is_taken_back_like_any_action(void **state)
{
	struct kit *k = *state;
	struct event pin = EVENT(.kind = EVENT_EDIT, .subject = "topic:7", .value = 3), less = EVENT(.kind = EVENT_EDIT, .article = 1, .subject = "term:comet", .value = -0.75);
	struct event lost = EVENT(.kind = EVENT_EDIT, .article = 99, .subject = "term:comet", .value = 1);
	struct seen *s = mem_zero(1, sizeof *s);
	int64_t batch;

	(void)kit_article(k, 1, "a", "b");
	must(events_append(&k->st, &pin, &k->info)); /* of no article */
	must(events_append(&k->st, &less, &k->info));
	assert_int_equal(events_append(&k->st, &lost, &k->info), ERR_NOTFOUND);
	s->k = k;
	must(events_each(&k->st, 0, keep_edit, s, &k->info));
	assert_int_equal(s->n, 2);
	assert_true(s->e[0].value == 3 && s->e[1].value == -0.75 && s->e[0].article == 0 && s->e[1].article == 1);
	assert_false(kit_item(k, 1).read || kit_item(k, 1).starred);
	must(events_last_undoable(&k->st, &batch, &k->info));
	assert_int_equal(batch, less.batch);
	must(undo(k, batch));
	must(events_last_undoable(&k->st, &batch, &k->info));
	assert_int_equal(batch, pin.batch);
	s->n = 0;
	must(events_each(&k->st, 0, keep_edit, s, &k->info));
	assert_int_equal(s->n, 1);
	free(s);
	kit_healthy(k);
}

static void kinds_set_the_flags_they_promise(void **state)
{
	struct kit *k = *state;
	static const struct { enum event_kind kind; bool read, star; } want[] = {
		{ EVENT_SHOWN, false, false }, { EVENT_SKIP, false, false }, { EVENT_LIKE, false, false }, { EVENT_CLOSE, false, false },
		{ EVENT_OPEN, true, false }, { EVENT_UNREAD, false, false }, { EVENT_BROWSER, true, false }, { EVENT_UNREAD, false, false },
		{ EVENT_READ, true, false }, { EVENT_SAVE, true, true }, { EVENT_UNSTAR, true, false }, { EVENT_STAR, true, true },
	};

	(void)kit_article(k, 1, "a", "b");
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		(void)act(k, want[i].kind, 1, 0);
		assert_int_equal(kit_item(k, 1).read, want[i].read);
		assert_int_equal(kit_item(k, 1).starred, want[i].star);
		assert_int_equal(kit_feed(k, 1).unread, !want[i].read);
	}
}

static void an_undo_restores_what_was_before_it(void **state)
{
	struct kit *k = *state;
	int64_t read, again, star, unread;

	(void)kit_article(k, 1, "a", "b");
	read = act(k, EVENT_READ, 1, 0);
	star = act(k, EVENT_STAR, 1, 0);
	again = act(k, EVENT_READ, 1, 0); /* changed nothing: taking it back changes nothing */
	must(undo(k, again));
	assert_true(kit_item(k, 1).read);
	unread = act(k, EVENT_UNREAD, 1, 0);
	must(undo(k, unread));
	assert_true(kit_item(k, 1).read && kit_item(k, 1).starred);
	must(undo(k, read)); /* an older one: the star that came after it stays */
	assert_false(kit_item(k, 1).read);
	assert_true(kit_item(k, 1).starred);
	assert_int_equal(kit_feed(k, 1).unread, 1);
	must(undo(k, star));
	assert_false(kit_item(k, 1).starred);
	kit_healthy(k);
}

static void a_batch_is_taken_back_as_one(void **state)
{
	struct kit *k = *state;
	int64_t batch = 0, got;

	for (int i = 0; i < 5; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), "b");
	(void)act(k, EVENT_READ, 2, 0);
	for (int i = 1; i <= 5; i++)
		batch = act(k, EVENT_READ, i, batch);
	assert_int_equal(kit_feed(k, 1).unread, 0);
	must(events_last_undoable(&k->st, &got, &k->info));
	assert_int_equal(got, batch);
	must(undo(k, batch));
	assert_int_equal(kit_feed(k, 1).unread, 4);
	assert_true(kit_item(k, 2).read);
	kit_healthy(k);
}

static void undone_events_count_no_more(void **state)
{
	struct kit *k = *state;
	struct seen *s = mem_zero(1, sizeof *s);
	int64_t like, last;

	(void)kit_article(k, 1, "a", "b");
	assert_int_equal(events_last_undoable(&k->st, &last, &k->info), ERR_NOTFOUND);
	assert_string_equal(k->info.text, "nothing to undo");
	(void)act(k, EVENT_OPEN, 1, 0);
	like = act(k, EVENT_LIKE, 1, 0);
	(void)act(k, EVENT_SHOWN, 1, 0);
	must(events_last_undoable(&k->st, &last, &k->info));
	assert_int_equal(last, like);
	must(undo(k, like));
	must(events_each(&k->st, 0, keep, s, &k->info));
	assert_int_equal(s->n, 2);
	assert_int_equal(s->e[1].kind, EVENT_SHOWN);
	assert_int_equal(events_last_undoable(&k->st, &last, &k->info), ERR_NOTFOUND);
	assert_int_equal(kit_int(k, "SELECT max(id) FROM events"), 4);
	assert_int_equal(kit_int(k, "SELECT max(id) FROM events WHERE undoes IS NOT NULL"), 4);
	free(s);
}

static void what_cannot_be_undone_is_told_so_and_nothing_is_logged(void **state)
{
	struct kit *k = *state;
	struct event none = EVENT(.kind = EVENT_READ, .article = 9);
	int64_t read;

	(void)kit_article(k, 1, "a", "b");
	assert_int_equal(events_append(&k->st, &none, &k->info), ERR_NOTFOUND);
	assert_string_equal(k->info.text, "no article 9");
	assert_int_equal(none.id, 0);
	assert_int_equal(undo(k, 5), ERR_NOTFOUND);
	read = act(k, EVENT_READ, 1, 0);
	must(undo(k, read));
	assert_int_equal(undo(k, read), ERR_NOTFOUND);
	says(k, "undone already");
	assert_int_equal(undo(k, read + 1), ERR_NOTFOUND); /* an undo isn't undone */
	/* and a transaction around the refused one is none the worse */
	must(db_begin(k->st.db, &k->info));
	(void)act(k, EVENT_STAR, 1, 0);
	assert_int_equal(events_append(&k->st, &none, &k->info), ERR_NOTFOUND);
	must(db_commit(k->st.db, &k->info));
	assert_true(kit_item(k, 1).starred);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events"), 3);
}

static bool mark_and_go_on(void *user, const struct event *e)
{
	struct seen *s = user;
	struct event star = EVENT(.kind = EVENT_STAR, .article = e->article);

	if (++s->n <= 3)
		must(events_append(&s->k->st, &star, &s->k->info));
	return s->n < 2000;
}

static void reading_the_log_may_stop_and_may_write(void **state)
{
	struct kit *k = *state;
	struct seen *s = mem_zero(1, sizeof *s);

	s->k = k;
	(void)kit_article(k, 1, "a", "b");
	must(db_begin(k->st.db, &k->info));
	for (int i = 0; i < 520; i++)
		(void)act(k, EVENT_SHOWN, 1, 0);
	must(db_commit(k->st.db, &k->info));
	must(events_each(&k->st, 0, keep, s, &k->info));
	assert_int_equal(s->n, 520);
	for (size_t i = 0; i < s->n; i++)
		assert_int_equal(s->e[i].id, i + 1);
	s->n = 0;
	s->stop = 300;
	must(events_each(&k->st, 0, keep, s, &k->info));
	assert_int_equal(s->n, 300);
	s->n = 0;
	must(events_each(&k->st, 0, mark_and_go_on, s, &k->info));
	assert_int_equal(s->n, 523);
	free(s);
}

static void events_outlive_their_article_and_its_id_is_not_given_again(void **state)
{
	struct kit *k = *state;
	struct seen *s = mem_zero(1, sizeof *s);
	int64_t read;

	(void)kit_article(k, 1, "a", "b");
	read = act(k, EVENT_READ, 1, 0);
	must(articles_remove(&k->st, 1, &k->info));
	must(events_each(&k->st, 0, keep, s, &k->info));
	assert_int_equal(s->n, 1);
	must(undo(k, read));
	assert_int_equal(kit_article(k, 1, "new", "b"), 2);
	assert_int_equal(articles_remove(&k->st, 1, &k->info), ERR_NOTFOUND);
	kit_healthy(k);
	free(s);
}

/* The naive model: replay all events that weren't undone from the start. */
static void flags_are_always_those_of_the_log_replayed(void **state)
{
	struct kit *k = *state;
	struct { int64_t article, batch; enum event_kind kind; bool undone; } log[400];
	size_t n = 0;
	unsigned seed = 7;

	for (int i = 0; i < 6; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), "b");
	while (n < 400) {
		unsigned r = (seed = seed * 1103515245u + 12345u) >> 16;

		if (r % 3 == 0 && n) {
			int64_t batch = log[(r / 3) % n].batch;

			if (undo(k, batch) == OK)
				for (size_t i = 0; i < n; i++)
					log[i].undone |= log[i].batch == batch;
		} else {
			log[n].article = 1 + r / 16 % 6;
			log[n].kind = (enum event_kind)(r / 128 % EVENT_UNDO);
			log[n].undone = false;
			log[n].batch = act(k, log[n].kind, log[n].article, n && r % 4 == 1 && !log[n - 1].undone ? log[n - 1].batch : 0);
			n++;
		}
	}
	for (int64_t id = 1; id <= 6; id++) {
		bool read = false, star = false;

		for (size_t i = 0; i < n; i++) {
			enum event_kind q = log[i].kind;

			if (log[i].undone || log[i].article != id)
				continue;
			read = q == EVENT_READ || q == EVENT_OPEN || q == EVENT_BROWSER || (read && q != EVENT_UNREAD);
			star = q == EVENT_STAR || q == EVENT_SAVE || (star && q != EVENT_UNSTAR);
		}
		assert_int_equal(kit_item(k, id).read, read);
		assert_int_equal(kit_item(k, id).starred, star);
	}
	kit_healthy(k);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(the_log_can_only_grow),
		T(events_come_back_as_they_were),
		T(an_edit_has_a_subject_and_a_weight_and_is_taken_back_like_any_action),
		T(kinds_set_the_flags_they_promise),
		T(an_undo_restores_what_was_before_it),
		T(a_batch_is_taken_back_as_one),
		T(undone_events_count_no_more),
		T(what_cannot_be_undone_is_told_so_and_nothing_is_logged),
		T(reading_the_log_may_stop_and_may_write),
		T(events_outlive_their_article_and_its_id_is_not_given_again),
		T(flags_are_always_those_of_the_log_replayed),
	};

	return cmocka_run_group_tests_name("store_events", tests, NULL, NULL);
}
