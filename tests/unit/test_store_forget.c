/* forgetting - rows leave the log for good and only this way, flags stay as they are, and nothing is left in the files. */
#include "tests/unit/store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static int64_t act_at(struct kit *k, enum event_kind kind, int64_t article, int64_t at)
{
	struct event e = EVENT(.kind = kind, .article = article);

	e.at = at;
	must(events_append(&k->st, &e, &k->info));
	return e.batch;
}

static int64_t act(struct kit *k, enum event_kind kind, int64_t article)
{
	return act_at(k, kind, article, KIT_NOW);
}

static enum err undo_at(struct kit *k, int64_t batch, int64_t at)
{
	struct event e = EVENT(.kind = EVENT_UNDO, .undoes = batch);

	e.at = at;
	return events_append(&k->st, &e, &k->info);
}

static struct forgotten forget(struct kit *k, struct forget f)
{
	struct forgotten would = { 0 }, gone = { 0 };

	must(events_forgettable(&k->st, &f, &would, &k->info));
	must(events_forget(&k->st, &f, &gone, &k->info));
	assert_memory_equal(&would, &gone, sizeof would);
	return gone;
}

static void a_feed_goes_and_the_others_stay(void **state)
{
	struct kit *k = *state;
	struct forgotten gone;
	int64_t batch;

	(void)kit_article(k, 1, "a", "b");
	(void)kit_article(k, 2, "c", "d");
	(void)act(k, EVENT_OPEN, 1);
	(void)act(k, EVENT_CLOSE, 1);
	(void)act(k, EVENT_SAVE, 1);
	(void)act(k, EVENT_OPEN, 2);
	batch = act(k, EVENT_LIKE, 1);
	must(undo_at(k, batch, KIT_NOW));
	gone = forget(k, (struct forget){ .what = FORGET_FEED, .feed_id = 1 });
	assert_int_equal(gone.events, 5); /* the undo is one */
	assert_int_equal(gone.articles, 1);
	assert_int_equal(gone.readings, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events WHERE batch > 0"), 1);
	assert_int_equal(kit_int(k, "SELECT article FROM events WHERE batch > 0"), 2);
	assert_true(kit_item(k, 1).read && kit_item(k, 1).starred && kit_item(k, 2).read);
	/* what stands in for the flags tells nothing of when */
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events e JOIN articles a ON a.id = e.article WHERE e.batch = 0 AND e.at = a.fetched"), 2);
	assert_int_equal(kit_int(k, "SELECT read_at = fetched AND starred_at = fetched FROM articles WHERE id = 1"), 1);
	assert_int_equal(forget(k, (struct forget){ .what = FORGET_FEED, .feed_id = 1 }).events, 0);
	kit_healthy(k);
}

static void the_log_is_append_only_again_afterwards(void **state)
{
	struct kit *k = *state;

	(void)kit_article(k, 1, "a", "b");
	(void)act(k, EVENT_LIKE, 1);
	(void)forget(k, (struct forget){ .what = FORGET_ALL });
	(void)act(k, EVENT_LIKE, 1);
	assert_int_equal(db_exec(k->st.db, "DELETE FROM events", &k->info), ERR_READONLY);
	says(k, "append-only");
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events"), 1);
	assert_true(kit_int(k, "SELECT max(id) FROM events") == 2); /* an id is never given twice */
}

static void what_stands_in_for_flags_keeps_no_order_of_reading(void **state)
{
	struct kit *k = *state;

	for (int i = 0; i < 3; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), "b");
	(void)act(k, EVENT_OPEN, 3);
	(void)act(k, EVENT_OPEN, 1);
	(void)act(k, EVENT_OPEN, 2);
	(void)forget(k, (struct forget){ .what = FORGET_FEED, .feed_id = 1 });
	for (int64_t id = 1; id <= 3; id++)
		assert_int_equal(kit_int(k, arena_printf(&k->a, "SELECT article FROM events WHERE id = %d", (int)(3 + id))), id);
}

static void a_span_is_half_open_and_takes_undone_things_along(void **state)
{
	struct kit *k = *state;
	int64_t like, old;

	(void)kit_article(k, 1, "a", "b");
	(void)act_at(k, EVENT_SHOWN, 1, 99);
	old = act_at(k, EVENT_DISLIKE, 1, 100);
	like = act_at(k, EVENT_LIKE, 1, 150);
	must(undo_at(k, like, 300)); /* later than the span: it has nothing left to take back */
	must(undo_at(k, old, 199));
	(void)act_at(k, EVENT_SHOWN, 1, 200);
	assert_int_equal(forget(k, (struct forget){ .what = FORGET_SPAN, .since = 101, .until = 200 }).events, 4);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events"), 2);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events WHERE kind = 0 AND at IN (99, 200)"), 2);
}

static void a_topic_and_a_term_go_by_the_articles(void **state)
{
	static const struct term_count moon = { "moon", 4, "moons", 5, 1 }, sea = { "sea", 3, "sea", 3, 2 };
	struct kit *k = *state;
	struct derived d = { .article = 1, .topic = 3, .story = 1, .feeds_telling = 1 };
	struct id_list ids;
	int64_t id = 0;
	uint32_t term;

	for (int i = 0; i < 3; i++)
		(void)act(k, EVENT_OPEN, kit_article(k, 1, arena_printf(&k->a, "%d", i), "b"));
	must(derived_put(&k->st, &d, &k->info));
	must(terms_put(&k->st, 2, &moon, 1, 1, &k->info));
	must(terms_put(&k->st, 3, &sea, 1, 1, &k->info));
	assert_int_equal(forget(k, (struct forget){ .what = FORGET_TOPIC, .topic = 3 }).events, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events WHERE article = 1 AND batch > 0"), 0);
	must(terms_written(&k->st, "moons", 5, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	must(terms_id(&k->st, "moon", 4, &id, &k->info));
	assert_int_equal(ids.id[0], id);
	assert_int_equal(terms_id(&k->st, "moons", 5, &id, &k->info), ERR_NOTFOUND);
	term = (uint32_t)id;
	assert_int_equal(forget(k, (struct forget){ .what = FORGET_TERMS, .term = &term, .n_terms = 1 }).events, 1);
	assert_int_equal(kit_int(k, "SELECT article FROM events WHERE batch > 0"), 3);
	kit_healthy(k);
}

static void what_stands_in_for_a_flag_is_no_action_to_undo(void **state)
{
	struct kit *k = *state;
	int64_t batch;

	(void)kit_article(k, 1, "a", "b");
	(void)act(k, EVENT_READ, 1);
	(void)forget(k, (struct forget){ .what = FORGET_ALL });
	assert_int_equal(events_last_undoable(&k->st, &batch, &k->info), ERR_NOTFOUND);
	assert_int_equal(undo_at(k, 0, KIT_NOW), ERR_NOTFOUND);
	/* and it holds its flag against an undo of what comes later */
	batch = act(k, EVENT_UNREAD, 1);
	must(undo_at(k, batch, KIT_NOW));
	assert_true(kit_item(k, 1).read);
}

/* A log of random actions on six articles, undone at random; then a span is forgotten. No flag changes by it, and when all that is left is undone in turn, the flags
 * are those of the naive model: the log replayed, in which a forgotten action still stands as its flag, and can't be undone. */
struct line { int64_t article, batch, at; enum event_kind kind; bool undone, gone; };

static void replay(const struct line *log, size_t n, int64_t article, bool *read, bool *star)
{
	*read = *star = false;
	for (size_t i = 0; i < n; i++) {
		enum event_kind q = log[i].kind;

		if (log[i].undone || log[i].article != article)
			continue;
		*read = q == EVENT_READ || q == EVENT_OPEN || q == EVENT_BROWSER || (*read && q != EVENT_UNREAD);
		*star = q == EVENT_STAR || q == EVENT_SAVE || (*star && q != EVENT_UNSTAR);
	}
}

static void flags_are_those_of(struct kit *k, const struct line *log, size_t n)
{
	for (int64_t id = 1; id <= 6; id++) {
		bool read, star;

		replay(log, n, id, &read, &star);
		assert_int_equal(kit_item(k, id).read, read);
		assert_int_equal(kit_item(k, id).starred, star);
	}
}

static void no_flag_changes_whatever_is_forgotten_and_undone(void **state)
{
	struct kit *k = *state;
	struct line log[300];
	unsigned seed = 11;
	size_t n = 0;

	for (int i = 0; i < 6; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), "b");
	while (n < 300) {
		unsigned r = (seed = seed * 1103515245u + 12345u) >> 16;

		if (r % 4 == 0 && n) {
			struct line *one = &log[(r / 4) % n];

			if (undo_at(k, one->batch, (int64_t)n) == OK)
				one->undone = true;
			continue;
		}
		log[n] = (struct line){ .article = 1 + r / 16 % 6, .kind = (enum event_kind)(r / 128 % EVENT_UNDO), .at = (int64_t)n };
		log[n].batch = act_at(k, log[n].kind, log[n].article, log[n].at);
		n++;
	}
	flags_are_those_of(k, log, n);
	(void)forget(k, (struct forget){ .what = FORGET_SPAN, .since = 80, .until = 220 });
	for (size_t i = 0; i < n; i++)
		log[i].gone = log[i].at >= 80 && log[i].at < 220;
	flags_are_those_of(k, log, n);
	for (size_t i = n; i-- > 0;) {
		enum err e = undo_at(k, log[i].batch, 1000);

		assert_int_equal(e == OK, !log[i].gone && !log[i].undone);
		log[i].undone |= e == OK;
		flags_are_those_of(k, log, n);
	}
	kit_healthy(k);
}

static bool stands_in(struct kit *k, const char *file, const void *bytes, size_t n)
{
	struct buf b = BUF_INIT;
	bool found;
	enum err e = buf_read_file(&b, file, (size_t)64 << 20, &k->info);

	assert_true(e == OK || e == ERR_NOTFOUND);
	found = b.len >= n && memmem(b.s, b.len, bytes, n) != NULL;
	buf_clear(&b);
	return found;
}

static bool in_the_files(struct kit *k, const void *bytes, size_t n)
{
	return stands_in(k, k->path, bytes, n) || stands_in(k, kit_file(k, "store.db-wal"), bytes, n) || stands_in(k, kit_file(k, "store.db-shm"), bytes, n);
}

/* What is done with one article: a time that nothing else took, and an edit in words that stand nowhere else. */
static void leave_traces(struct kit *k, int64_t article, int64_t at, double dwell, const char *subject)
{
	struct event close = EVENT(.kind = EVENT_CLOSE, .article = article), edit = EVENT(.kind = EVENT_EDIT, .subject = subject, .value = 1);

	close.dwell = dwell;
	close.at = edit.at = at;
	must(events_append(&k->st, &close, &k->info));
	must(events_append(&k->st, &edit, &k->info));
}

/* As SQLite stores it: big-endian. */
static bool dwell_in_the_files(struct kit *k, double dwell)
{
	unsigned char bytes[8];
	uint64_t bits;

	memcpy(&bits, &dwell, sizeof bits);
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(bits >> (56 - 8 * i));
	return in_the_files(k, bytes, sizeof bytes);
}

/* One article for each way of forgetting, another handle being open and idle all the while, as a reader's is that waits for a key. */
static void each_kind_of_forgetting_leaves_no_bytes_behind(void **state)
{
	static const struct term_count moon = { "moonrakers", 10, "moonrakers", 10, 1 };
	static const struct { const char *subject; double dwell; } trace[] = {
		{ "term:moonrakers", 1234567.890625 }, { "feed:http://two.example/f", 2345678.015625 }, { "topic:731", 3456789.140625 }, { "author:nobody's own", 4567890.265625 },
		{ "category:nothing like it", 5678901.390625 },
	};
	struct kit *k = *state;
	struct derived d = { .topic = 731, .story = 1, .feeds_telling = 1 };
	struct forget f[] = { { .what = FORGET_TERMS, .n_terms = 1 }, { .what = FORGET_FEED, .feed_id = 2 }, { .what = FORGET_TOPIC, .topic = 731 },
		{ .what = FORGET_SPAN, .since = 4000, .until = 5000 }, { .what = FORGET_ALL } };
	const size_t kinds = sizeof f / sizeof *f;
	struct forgotten gone;
	struct store other;
	int64_t term;

	for (size_t i = 0; i < kinds; i++)
		assert_int_equal(kit_article(k, i == 1 ? 2 : 1, arena_printf(&k->a, "%zu", i), "b"), (int)i + 1);
	must(terms_put(&k->st, 1, &moon, 1, 1, &k->info));
	must(terms_id(&k->st, "moonrakers", 10, &term, &k->info));
	f[0].term = (uint32_t[]){ (uint32_t)term };
	d.article = 3;
	must(derived_put(&k->st, &d, &k->info));
	for (size_t i = 0; i < kinds; i++)
		leave_traces(k, (int64_t)i + 1, (int64_t)(i + 1) * 1000, trace[i].dwell, trace[i].subject);
	kit_reopen(k);
	must(db_exec(k->st.db, "PRAGMA secure_delete = OFF", &k->info));
	must(store_open(&other, k->path, DB_READ_WRITE, &k->info));
	for (size_t i = 0; i < kinds; i++) {
		assert_true(dwell_in_the_files(k, trace[i].dwell) && in_the_files(k, trace[i].subject, strlen(trace[i].subject)));
		must(events_forget(&k->st, &f[i], &gone, &k->info));
		must(store_scrub(&k->st, &k->info));
		for (size_t j = 0; j < kinds; j++) {
			assert_int_equal(dwell_in_the_files(k, trace[j].dwell), j > i);
			assert_int_equal(in_the_files(k, trace[j].subject, strlen(trace[j].subject)), j > i);
		}
		must(db_backup(k->st.db, kit_file(k, "copy"), &k->info));
		assert_false(stands_in(k, kit_file(k, "copy"), trace[i].subject, strlen(trace[i].subject)));
		remove(kit_file(k, "copy"));
	}
	store_close(&other);
	kit_healthy(k);
}

static void nothing_of_it_is_left_in_the_bytes_of_the_files(void **state)
{
	/* 1234567.890625 as SQLite stores it, and a name that stands nowhere else */
	static const unsigned char dwell[] = { 0x41, 0x32, 0xd6, 0x87, 0xe4, 0x00, 0x00, 0x00 };
	static const char name[] = "ranking by moonlight", mark[] = "an older model";
	static char older[200000];
	struct kit *k = *state;
	struct forgotten gone;
	struct forget all = { .what = FORGET_ALL };

	must(db_exec(k->st.db, "PRAGMA secure_delete = OFF", &k->info)); /* which some builds of SQLite have on */
	memset(older, '-', sizeof older - 1);
	memcpy(older + 100000, mark, strlen(mark));
	(void)kit_article(k, 1, "a", "b");
	for (int i = 0; i < 3000; i++) {
		struct event e = EVENT(.kind = EVENT_CLOSE, .article = 1);

		e.dwell = i % 3 ? 1234567.890625 : i;
		must(events_append(&k->st, &e, &k->info));
	}
	must(db_exec(k->st.db, "INSERT INTO trials (a, b, started) VALUES ('ranking by moonlight', 'other', 1)", &k->info));
	/* a snapshot that was saved over: its bytes stand in pages that nobody uses */
	must(blob_put(&k->st, "model", 1, arena_strdup(&k->a, older), sizeof older, &k->info));
	must(blob_put(&k->st, "model", 1, "x", 1, &k->info));
	kit_reopen(k); /* some in the file, some in the log of the next handle */
	assert_true(in_the_files(k, dwell, sizeof dwell));
	assert_true(in_the_files(k, name, strlen(name)));
	assert_true(in_the_files(k, mark, strlen(mark)));
	must(events_forget(&k->st, &all, &gone, &k->info));
	must(store_scrub(&k->st, &k->info));
	assert_false(in_the_files(k, dwell, sizeof dwell));
	assert_false(in_the_files(k, name, strlen(name)));
	assert_false(in_the_files(k, mark, strlen(mark)));
	assert_int_equal(gone.events, 3000);
	kit_healthy(k);
}

static void another_program_in_the_way_is_told_and_the_rows_are_gone(void **state)
{
	struct kit *k = *state;
	struct event close = EVENT(.kind = EVENT_CLOSE, .article = 1);
	struct forget all = { .what = FORGET_ALL };
	struct forgotten gone;
	struct store other;
	struct stmt *s;
	bool row;

	(void)kit_article(k, 1, "a", "b");
	(void)act(k, EVENT_LIKE, 1);
	close.dwell = 1234567.890625;
	must(events_append(&k->st, &close, &k->info));
	must(kit_open(&other, k->path, &k->info));
	must(db_begin_read(other.db, &k->info));
	s = db_sql(other.db, "SELECT 1 FROM events");
	must(stmt_step(s, &row, &k->info));
	stmt_reset(s);
	db_busy_wait(k->st.db, 20);
	must(db_exec(k->st.db, "PRAGMA secure_delete = OFF", &k->info)); /* as some builds have it */
	must(events_forget(&k->st, &all, &gone, &k->info));
	assert_int_equal(kit_int(k, "PRAGMA secure_delete"), 1);
	assert_int_equal(store_scrub(&k->st, &k->info), ERR_BUSY);
	says(k, "another program");
	assert_true(dwell_in_the_files(k, 1234567.890625)); /* so it is right to say so */
	must(db_end(other.db, OK, &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events"), 0);
	must(store_scrub(&k->st, &k->info));
	assert_false(dwell_in_the_files(k, 1234567.890625));
	store_close(&other);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_feed_goes_and_the_others_stay),
		T(the_log_is_append_only_again_afterwards),
		T(what_stands_in_for_flags_keeps_no_order_of_reading),
		T(a_span_is_half_open_and_takes_undone_things_along),
		T(a_topic_and_a_term_go_by_the_articles),
		T(what_stands_in_for_a_flag_is_no_action_to_undo),
		T(no_flag_changes_whatever_is_forgotten_and_undone),
		T(nothing_of_it_is_left_in_the_bytes_of_the_files),
		T(each_kind_of_forgetting_leaves_no_bytes_behind),
		T(another_program_in_the_way_is_told_and_the_rows_are_gone),
	};

	return cmocka_run_group_tests_name("store_forget", tests, NULL, NULL);
}
