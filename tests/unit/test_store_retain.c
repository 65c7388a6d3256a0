/* retention - what is old goes, what the reader may want stays, nothing comes twice and nothing is lost. */
#include "tests/unit/store_kit.h"

#include <string.h>

#include "base/rng.h"

#define DAYS(n) ((int64_t)(n) * DATE_DAY)

static void act(struct kit *k, enum event_kind kind, int64_t article)
{
	struct event e = EVENT(.kind = kind, .article = article);

	must(events_append(&k->st, &e, &k->info));
}

/* Terms are counted above this floor; of what waits for that nothing is due. */
static size_t due(struct kit *k, struct retain r, struct id_list *out)
{
	struct id_list l;

	must(db_exec(k->st.db, "DELETE FROM terms_queue", &k->info));
	r.feed_id = r.feed_id ? r.feed_id : 1;
	must(retain_due(&k->st, &r, &k->a, &l, &k->info));
	if (out)
		*out = l;
	return l.n;
}

static bool let_go(struct kit *k, int64_t id, int64_t now, bool unread)
{
	bool gone = !unread;

	must(articles_let_go(&k->st, id, now, unread, &gone, &k->info));
	return gone;
}

static size_t listed(struct kit *k, const struct article_query *q)
{
	struct item_list l;

	must(articles_list(&k->st, q, &k->a, &l, &k->info));
	return l.n;
}

static void age_and_number_say_what_is_due(void **state)
{
	struct kit *k = *state;
	struct id_list l;

	for (int i = 0; i < 10; i++) { /* one a day, the last one now */
		struct entry e = ENTRY_AT(KIT_NOW - DAYS(9 - i), .id = arena_printf(&k->a, "%d", i), .title = "t");

		(void)kit_put(k, 1, KIT_NOW - DAYS(9 - i), &e, 1);
		act(k, EVENT_READ, i + 1);
	}
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW }, NULL), 0);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .days = 5 }, &l), 4); /* of 9, 8, 7 and 6 days */
	for (int i = 0; i < 4; i++)
		assert_int_equal(l.id[i], i + 1);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .articles = 3 }, NULL), 7);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .articles = 3, .days = 1 }, NULL), 8);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .articles = 1, .days = 1 }, NULL), 8); /* what came within a day stays */
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .articles = 10 }, NULL), 0);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .articles = 11 }, NULL), 0);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .articles = 1, .feed_id = 2 }, NULL), 0);
	act(k, EVENT_UNREAD, 1);
	act(k, EVENT_STAR, 2);
	act(k, EVENT_SAVE, 3);
	assert_int_equal(due(k, (struct retain){ .now = KIT_NOW, .days = 5 }, &l), 1);
	assert_int_equal(l.id[0], 4);
}

static void a_clock_that_is_years_ahead_for_once_makes_nothing_old(void **state)
{
	struct kit *k = *state;
	const int64_t wrong = KIT_NOW + DAYS(5000);
	int64_t now = 0;

	must(retain_clock(&k->st, wrong, &now, &k->info));
	assert_int_equal(now, wrong); /* nothing came yet */
	for (int i = 0; i < 3; i++) { /* the last one by the wrong clock */
		int64_t at = i < 2 ? KIT_NOW - DAYS(1 - i) : wrong;
		struct entry e = ENTRY_AT(at, .id = arena_printf(&k->a, "%d", i), .title = "t");

		(void)kit_put(k, 1, at, &e, 1);
		act(k, EVENT_READ, i + 1);
	}
	must(retain_clock(&k->st, wrong, &now, &k->info));
	assert_int_equal(now, KIT_NOW + RETAIN_AHEAD);
	assert_int_equal(due(k, (struct retain){ .now = now, .days = 60 }, NULL), 0);
	assert_int_equal(due(k, (struct retain){ .now = wrong, .days = 60 }, NULL), 2);
	must(retain_clock(&k->st, KIT_NOW + DAYS(3), &now, &k->info)); /* put right again */
	assert_int_equal(now, KIT_NOW + DAYS(3));
	must(retain_clock(&k->st, KIT_NOW - DAYS(700), &now, &k->info));
	assert_int_equal(now, KIT_NOW - DAYS(700));
}

static void what_changed_since_it_was_due_is_kept(void **state)
{
	struct kit *k = *state;
	int64_t id = kit_article(k, 1, "a", "b");

	assert_false(let_go(k, id, KIT_NOW, false)); /* unread */
	act(k, EVENT_READ, id);
	act(k, EVENT_STAR, id);
	assert_false(let_go(k, id, KIT_NOW, false));
	assert_false(let_go(k, id, KIT_NOW, true));
	act(k, EVENT_UNSTAR, id);
	act(k, EVENT_UNREAD, id);
	assert_true(let_go(k, id, KIT_NOW, true));
	assert_false(let_go(k, id, KIT_NOW, true)); /* it isn't there any more */
	assert_int_equal(kit_feed(k, 1).items, 0);
	kit_healthy(k);
}

static void what_taught_nothing_leaves_its_keys_and_nothing_else(void **state)
{
	static const struct term_count moon = { "moon", 4, "moons", 5, 1 };
	struct kit *k = *state;
	int64_t id = kit_article(k, 1, "a", "b");
	struct item it;

	must(terms_put(&k->st, id, &moon, 1, 1, &k->info));
	act(k, EVENT_READ, id);
	assert_true(let_go(k, id, KIT_NOW, false));
	assert_int_equal(articles_get(&k->st, id, &k->a, &it, &k->info), ERR_NOTFOUND);
	assert_int_equal(kit_int(k, "SELECT df FROM terms WHERE name = 'moon'"), 0);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM gone"), 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events"), 1);
	kit_healthy(k);
}

/* All that an article may have. */
static int64_t rich_article(struct kit *k)
{
	static const struct term_count moon = { "moon", 4, "moons", 5, 1 };
	const float x[] = { 1, 0 };
	struct enclosure sound = { "http://one.example/a.ogg", "audio/ogg", 9 };
	struct entry e = ENTRY(.id = "rich", .title = "Moons over the bay", .link = "http://one.example/rich", .content = "words", .enclosures = &sound, .n_enclosures = 1);
	struct derived d = { .article = 1, .vec = x, .d = 2, .topic = 3, .story = 1, .feeds_telling = 2, .coverage = 1 };
	bool left;

	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	e.content = "other words, which nobody has ever read before in any of the articles of this feed, nor of another one, so that this is an edit that changed much of it";
	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	must(terms_put(&k->st, 1, &moon, 1, 1, &k->info));
	must(derived_put(&k->st, &d, &k->info));
	must(wordvecs_put(&k->st, 1, x, x, 2, &k->info));
	must(search_index(&k->st, 10, &left, &k->info));
	return 1;
}

static void a_retired_one_is_in_no_list_and_keeps_what_is_learned_from(void **state)
{
	struct kit *k = *state;
	int64_t id = rich_article(k);
	struct article_query all = ARTICLE_QUERY_INIT, topic = ARTICLE_QUERY_INIT, feed = ARTICLE_QUERY_INIT;
	struct id_list ids;
	struct topic_count *counts;
	struct published_list published;
	struct termvec v;
	struct derived d;
	struct item it;
	double length;
	size_t n;

	topic.topic = 3;
	feed.feed_id = 1;
	assert_int_equal(kit_int(k, "SELECT count(*) FROM earlier"), 1);
	must(search_words(&k->st, "moons", 0, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	act(k, EVENT_OPEN, id);
	assert_true(let_go(k, id, KIT_NOW + 7, false));
	it = kit_item(k, id);
	assert_string_equal(it.title, "Moons over the bay");
	assert_string_equal(it.link, "http://one.example/rich");
	assert_null(it.content);
	assert_int_equal(it.n_enclosures, 0);
	assert_int_equal(it.n_earlier, 0);
	assert_int_equal(it.let_go, KIT_NOW + 7);
	assert_true(it.read);
	assert_int_equal(listed(k, &all) + listed(k, &topic) + listed(k, &feed), 0);
	must(search_words(&k->st, "moons", 0, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 0);
	must(topics_counts(&k->st, &k->a, &counts, &n, &k->info));
	assert_int_equal(n, 0);
	assert_int_equal(kit_feed(k, 1).items, 0);
	must(articles_published(&k->st, 0, &k->a, &published, &k->info)); /* that it was published stays so */
	assert_int_equal(published.n, 1);
	must(terms_vector(&k->st, id, &k->a, &v, &length, &k->info));
	assert_int_equal(v.n, 1);
	must(derived_get(&k->st, id, &k->a, &d, &k->info));
	assert_int_equal(d.d, 2);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM wordvecs"), 1);
	kit_healthy(k);
}

static void count_vector(void *user, int64_t article, const float *vec)
{
	size_t *n = user;

	(void)article;
	(void)vec;
	++*n;
}

/* A whole run of vectorise goes by what is listed, and a run over newcomers by these two: they have to agree. */
static void a_retired_one_tells_no_story_and_is_in_no_mean(void **state)
{
	struct kit *k = *state;
	int64_t id = rich_article(k);

	for (int retired = 0; retired < 2; retired++) {
		struct story_articles told = { 0 };
		size_t n = 0;

		if (retired) {
			act(k, EVENT_OPEN, id);
			assert_true(let_go(k, id, KIT_NOW, true));
		}
		must(stories_articles(&k->st, 1, &k->a, &told, &k->info));
		must(derived_of_feed(&k->st, 1, 0, 2, count_vector, &n, &k->info));
		assert_int_equal(told.n, !retired);
		assert_int_equal(n, !retired);
	}
}

static void a_retired_one_is_not_revived(void **state)
{
	struct kit *k = *state;
	int64_t id = rich_article(k);
	struct entry again = ENTRY(.id = "rich", .title = "Moons over the bay", .link = "http://one.example/rich", .content = "edited once more");
	struct event undo = EVENT(.kind = EVENT_UNDO);
	struct id_list ids;

	act(k, EVENT_OPEN, id);
	assert_true(let_go(k, id, KIT_NOW, false));
	assert_int_equal(kit_put(k, 1, KIT_NOW, &again, 1), 0);
	assert_null(kit_item(k, id).content);
	assert_int_equal(kit_int(k, "SELECT (SELECT count(*) FROM terms_queue) + (SELECT count(*) FROM search_queue)"), 0);
	/* undone, it is unread and still nowhere */
	undo.undoes = 1;
	must(events_append(&k->st, &undo, &k->info));
	assert_false(kit_item(k, id).read);
	must(articles_candidates(&k->st, 0, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 0);
	assert_int_equal(kit_feed(k, 1).unread, 0);
	must(wordvecs_reset(&k->st, &k->info)); /* for another table of words: its text can't be read again */
	assert_int_equal(kit_int(k, "SELECT count(*) FROM terms_queue"), 0);
	kit_healthy(k);
}

static void a_retired_one_goes_when_what_was_done_with_it_is_forgotten(void **state)
{
	struct kit *k = *state;
	struct entry again = ENTRY(.id = "rich", .title = "Moons over the bay", .link = "http://one.example/rich", .content = "x");
	struct forget span = { .what = FORGET_SPAN, .since = 0, .until = KIT_NOW }, all = { .what = FORGET_ALL };
	struct forgotten gone;
	int64_t id = rich_article(k);

	act(k, EVENT_OPEN, id);
	assert_true(let_go(k, id, KIT_NOW, false));
	must(events_forget(&k->st, &span, &gone, &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM articles"), 1);
	must(events_forget(&k->st, &all, &gone, &k->info));
	assert_int_equal(gone.events, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM articles"), 0);
	assert_int_equal(kit_int(k, "SELECT df FROM terms WHERE name = 'moon'"), 0);
	kit_healthy(k);
	assert_int_equal(kit_put(k, 1, KIT_NOW, &again, 1), 0);
}

static void an_address_with_retired_articles_is_not_free(void **state)
{
	struct kit *k = *state;
	static const struct sub one = { .url = "http://two.example/f" };
	int64_t id = rich_article(k);

	act(k, EVENT_OPEN, id);
	assert_true(let_go(k, id, KIT_NOW, false));
	must(feeds_sync(&k->st, &one, 1, &k->info));
	assert_int_equal(feeds_move(&k->st, "http://two.example/f", "http://one.example/f", &k->info), ERR_USAGE);
	says(k, "1 article of its own");
}

/* A guid, a link, a date and a text may each be missing; each of these is known again. */
static void every_kind_of_entry_is_known_again(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY_AT(1000, .id = "a", .title = "with all", .link = "http://one.example/1", .content = "x"),
		ENTRY(.id = "b"),
		ENTRY(.title = "by its link", .link = "http://one.example/2"),
		ENTRY_AT(2000, .title = "by title and date"),
		ENTRY(.title = "by title alone"),
		ENTRY_AT(3000, .content = "by date and text"),
	}, edited[sizeof e / sizeof *e];
	const size_t n = sizeof e / sizeof *e;

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, n), (int)n);
	for (size_t i = 0; i < n; i++)
		assert_true(let_go(k, (int64_t)i + 1, KIT_NOW, true));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM gone"), (int)n);
	for (int round = 0; round < 2; round++)
		assert_int_equal(kit_put(k, 1, KIT_NOW, e, n), 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(kit_put(k, 1, KIT_NOW, &e[i], 1), 0);
	memcpy(edited, e, sizeof e);
	edited[0].title = "with all, but another title";
	edited[0].published = 1001;
	edited[1].title = "it has a title now";
	edited[2].title = "by its link, whatever it is called";
	assert_int_equal(kit_put(k, 1, KIT_NOW, edited, n), 0);
	edited[0].id = "new guids";
	edited[0].link = "https://one.example/1?utm_source=feed";
	edited[0].published = 1000;
	assert_int_equal(kit_put(k, 1, KIT_NOW, edited, n), 0);
	assert_int_equal(kit_put(k, 2, KIT_NOW, e, n), (int)n); /* another feed may have them too */
	assert_int_equal(kit_feed(k, 1).items, 0);
}

/* Where a feed gives a guid to something else, that is new, and mustn't be swallowed. */
static void what_only_shares_a_guid_is_not_swallowed(void **state)
{
	struct kit *k = *state;
	struct entry first = ENTRY_AT(1000, .id = "same", .title = "first", .link = "http://one.example/1");
	struct entry next[] = {
		ENTRY_AT(2000, .id = "same", .title = "second", .link = "http://one.example/2"),
		ENTRY_AT(3000, .id = "same", .title = "third", .link = "http://one.example/3"),
		ENTRY_AT(1000, .id = "same", .title = "first", .link = "http://one.example/1"),
	};

	(void)kit_put(k, 1, KIT_NOW, &first, 1);
	assert_true(let_go(k, 1, KIT_NOW, true));
	assert_int_equal(kit_put(k, 1, KIT_NOW, &first, 1), 0);
	assert_int_equal(kit_put(k, 1, KIT_NOW, next, 1), 1); /* all but the guid is another */
	assert_int_equal(kit_put(k, 1, KIT_NOW, next, 3), 1); /* the third; the second is there, the first was let go */
}

/* ---- room ---- */

static void fill(struct kit *k, int n)
{
	char body[20001];

	memset(body, 'x', sizeof body - 1);
	body[sizeof body - 1] = '\0';
	for (int i = 0; i < n; i++)
		(void)kit_article(k, 1, arena_printf(&k->a, "%d", i), body);
}

static void room_is_given_back_a_step_at_a_time(void **state)
{
	struct kit *k = *state;
	int64_t before, after, last;
	bool more = true;
	int steps = 0;

	fill(k, 200);
	before = kit_int(k, "PRAGMA page_count");
	for (int64_t id = 1; id <= 190; id++)
		assert_true(let_go(k, id, KIT_NOW, true));
	assert_true(kit_int(k, "PRAGMA freelist_count") > before / 2);
	for (last = before; more; last = after, steps++) {
		must(store_trim(&k->st, &more, &k->info));
		after = kit_int(k, "PRAGMA page_count");
		assert_true(more ? after < last && last - after <= 80 : after == last); /* pages, and those that say where pages belong */
	}
	assert_true(steps > 3);
	assert_true(last < before / 2);
	kit_healthy(k);
	assert_int_equal(kit_item(k, 195).words, 1);
}

/* As one that was made before: it has no pages that say where pages belong. */
static void an_older_file_is_left_as_it_is_until_it_is_written_anew(void **state)
{
	struct kit *k = *state;
	bool more = true;

	must(db_exec(k->st.db, "PRAGMA auto_vacuum = NONE; VACUUM", &k->info));
	kit_reopen(k);
	assert_int_equal(kit_int(k, "PRAGMA auto_vacuum"), 0);
	fill(k, 100);
	for (int64_t id = 1; id <= 90; id++)
		assert_true(let_go(k, id, KIT_NOW, true));
	must(store_trim(&k->st, &more, &k->info));
	assert_false(more);
	must(store_scrub(&k->st, &k->info));
	kit_reopen(k);
	assert_int_equal(kit_int(k, "PRAGMA auto_vacuum"), 2);
	kit_healthy(k);
}

/* Opening is no writing: another program may hold the lock for long. */
static void a_store_opens_while_another_writes(void **state)
{
	struct kit *k = *state;
	struct db *db;

	must(db_begin(k->st.db, &k->info));
	must(db_open(k->path, DB_READ_WRITE, &db, &k->info));
	db_close(db);
	must(db_end(k->st.db, OK, &k->info));
	assert_int_equal(kit_int(k, "PRAGMA auto_vacuum"), 2);
	assert_int_equal(kit_int(k, "PRAGMA page_size"), 16384);
}

static void doctor_says_what_takes_room(void **state)
{
	struct kit *k = *state;
	struct doctor_report r;
	int64_t all = 0;

	fill(k, 50);
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_int_equal(r.text_bytes, 50 * 20000);
	assert_true(r.room[ROOM_BODIES] >= r.text_bytes && r.room[ROOM_BODIES] < 2 * r.text_bytes);
	for (int i = 0; i < ROOM_COUNT; i++)
		all += r.room[i];
	assert_true(r.room_guessed || (all <= r.file_bytes && all > r.file_bytes * 9 / 10));
	assert_true(r.wal_bytes > 0);
	assert_int_equal(r.retired + r.gone, 0);
	act(k, EVENT_OPEN, 1);
	assert_true(let_go(k, 1, KIT_NOW, true) && let_go(k, 2, KIT_NOW, true));
	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_true(r.retired == 1 && r.gone == 1 && r.articles == 48);
}

/* ---- any history ---- */

#define ITEMS 60
#define WINDOW 12

struct world {
	struct kit *k;
	struct rng r;
	struct { bool came, read, starred, old; int64_t id, at; } item[ITEMS];
	int64_t now;
	int gone;
};

/* Six kinds of entries; texts are edited now and then, what names them is not. */
static struct entry entry_of(struct world *w, int i)
{
	struct arena *a = &w->k->a;
	struct entry e = ENTRY(.content = arena_printf(a, "text %d", i));

	if (i % 6 < 3)
		e.id = arena_printf(a, "http://one.example/guid/%d", i);
	if (i % 3 == 0 || i % 6 == 4)
		e.link = arena_printf(a, "http://one.example/%d", i);
	if (i % 6 != 5)
		e.title = arena_printf(a, "title %d", i);
	if (i % 2)
		e.published = KIT_NOW - 1000 + i;
	if (rng_below(&w->r, 3) == 0 && i % 6 != 5)
		e.summary = arena_printf(a, "edited %u", rng_below(&w->r, 5));
	return e;
}

/* What the feed carries: a window on its items, and now and then one of before. */
static void fetch(struct world *w, int newest)
{
	struct entry e[WINDOW + 1];
	int index[WINDOW + 1], n = 0, expected = 0;

	for (int i = newest; i > newest - WINDOW && i >= 0; i--)
		if (rng_below(&w->r, 8))
			index[n++] = i;
	if (newest >= WINDOW)
		index[n++] = (int)rng_below(&w->r, (uint32_t)(newest - WINDOW + 1));
	for (int i = 0; i < n; i++) {
		e[i] = entry_of(w, index[i]);
		expected += !w->item[index[i]].came;
	}
	assert_int_equal(kit_put(w->k, 1, w->now, e, (size_t)n), expected);
	for (int i = 0; i < n; i++)
		if (!w->item[index[i]].came) {
			w->item[index[i]].came = true;
			w->item[index[i]].at = w->now;
			must(articles_same(&w->k->st, 1, &e[i], &w->item[index[i]].id, &w->k->info));
		}
}

static void do_something(struct world *w)
{
	static const enum event_kind kinds[] = { EVENT_READ, EVENT_READ, EVENT_OPEN, EVENT_UNREAD, EVENT_STAR, EVENT_UNSTAR, EVENT_SAVE, EVENT_SHOWN };
	int i = (int)rng_below(&w->r, ITEMS);
	enum event_kind kind = kinds[rng_below(&w->r, sizeof kinds / sizeof *kinds)];

	if (!w->item[i].came || w->item[i].old)
		return;
	act(w->k, kind, w->item[i].id);
	w->item[i].read = kind == EVENT_READ || kind == EVENT_OPEN || (w->item[i].read && kind != EVENT_UNREAD);
	w->item[i].starred = kind == EVENT_STAR || kind == EVENT_SAVE || (w->item[i].starred && kind != EVENT_UNSTAR);
}

static void grow_old(struct world *w)
{
	struct retain r = { .feed_id = 1, .now = w->now, .days = (int)rng_below(&w->r, 5), .articles = (int)rng_below(&w->r, 20) };
	struct id_list ids;

	(void)due(w->k, r, &ids);
	for (size_t k = 0; k < ids.n; k++) {
		int i = 0;

		while (w->item[i].id != ids.id[k])
			i++;
		assert_true(w->item[i].read && !w->item[i].starred && w->item[i].at < w->now - DATE_DAY);
		assert_true(let_go(w->k, ids.id[k], w->now, false));
		w->item[i].old = true;
		w->gone++;
	}
}

static void check(struct world *w)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	int64_t there = 0, unread = 0;

	for (int i = 0; i < ITEMS; i++) {
		struct item it;
		enum err e;

		if (!w->item[i].came)
			continue;
		e = articles_get(&w->k->st, w->item[i].id, &w->k->a, &it, &w->k->info);
		assert_true(e == OK || w->item[i].old);
		if (e == OK) {
			assert_int_equal(it.read, w->item[i].read);
			assert_int_equal(it.starred, w->item[i].starred);
			assert_int_equal(it.let_go != 0, w->item[i].old);
			assert_int_equal(it.content != NULL, !w->item[i].old);
		}
		there += !w->item[i].old;
		unread += !w->item[i].old && !w->item[i].read;
	}
	assert_int_equal(listed(w->k, &q), there);
	assert_int_equal(kit_feed(w->k, 1).items, there);
	assert_int_equal(kit_feed(w->k, 1).unread, unread);
}

static void nothing_comes_twice_and_nothing_is_lost_whatever_happens(void **state)
{
	struct world w = { .k = *state, .now = KIT_NOW };

	rng_seed(&w.r, 20260401);
	for (int step = 0; step < 300; step++) {
		w.now += DATE_DAY / 4 + rng_below(&w.r, DATE_DAY / 2);
		fetch(&w, step / 5);
		for (int i = 0; i < 6; i++)
			do_something(&w);
		grow_old(&w);
		check(&w);
	}
	assert_true(w.gone > 20);
	assert_true(kit_int(w.k, "SELECT count(*) FROM gone") > 5);
	assert_true(kit_int(w.k, "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL") > 5);
	kit_healthy(w.k);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(age_and_number_say_what_is_due),
		T(a_clock_that_is_years_ahead_for_once_makes_nothing_old),
		T(what_changed_since_it_was_due_is_kept),
		T(what_taught_nothing_leaves_its_keys_and_nothing_else),
		T(a_retired_one_is_in_no_list_and_keeps_what_is_learned_from),
		T(a_retired_one_tells_no_story_and_is_in_no_mean),
		T(a_retired_one_is_not_revived),
		T(a_retired_one_goes_when_what_was_done_with_it_is_forgotten),
		T(an_address_with_retired_articles_is_not_free),
		T(every_kind_of_entry_is_known_again),
		T(what_only_shares_a_guid_is_not_swallowed),
		T(room_is_given_back_a_step_at_a_time),
		T(an_older_file_is_left_as_it_is_until_it_is_written_anew),
		T(a_store_opens_while_another_writes),
		T(doctor_says_what_takes_room),
		T(nothing_comes_twice_and_nothing_is_lost_whatever_happens),
	};

	return cmocka_run_group_tests_name("store_retain", tests, NULL, NULL);
}
