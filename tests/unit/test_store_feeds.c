/* feeds and articles - subscriptions, which article is which, edits, counts, lists. */
#include "tests/unit/store_kit.h"

#include <stdlib.h>
#include <string.h>

/* ---- subscriptions ---- */

static void feeds_follow_the_file_and_its_order(void **state)
{
	struct kit *k = *state;
	const char *tags[] = { "news", "daily" };
	struct sub subs[] = {
		{ .url = "http://new.example/f", .title = "Mine", .tags = tags, .n_tags = 2 }, { .url = "http://two.example/f" }, { .url = "http://new.example/f" },
	};
	struct feed_list l;

	must(feeds_sync(&k->st, subs, 3, &k->info));
	must(feeds_load(&k->st, false, &k->a, &l, &k->info));
	assert_int_equal(l.n, 2);
	assert_string_equal(l.feed[0].url, "http://new.example/f");
	assert_string_equal(l.feed[0].title, "Mine");
	assert_string_equal(l.feed[0].tags, "news daily");
	assert_true(l.feed[0].next == DATE_NONE);
	assert_int_equal(l.feed[1].id, 2);
	must(feeds_load(&k->st, true, &k->a, &l, &k->info));
	assert_int_equal(l.n, 3);
	assert_int_equal(l.feed[2].id, 1);
	assert_false(l.feed[2].subscribed);
}

static void an_unchanged_file_writes_nothing(void **state)
{
	struct kit *k = *state;
	struct sub subs[] = { { .url = "http://one.example/f" }, { .url = "http://two.example/f" } };
	struct store other;

	must(kit_open(&other, k->path, &k->info));
	db_busy_wait(k->st.db, 0);
	must(db_begin(other.db, &k->info)); /* who would write would have to wait */
	must(feeds_sync(&k->st, subs, 2, &k->info));
	assert_int_equal(feeds_sync(&k->st, subs, 1, &k->info), ERR_BUSY);
	db_rollback(other.db);
	must(feeds_sync(&k->st, subs, 1, &k->info));
	store_close(&other);
}

static void a_feed_that_comes_back_has_its_articles_and_is_asked_again(void **state)
{
	struct kit *k = *state;
	struct sub one = { .url = "http://one.example/f" };
	struct fetched gone = { .feed_id = 1, .at = KIT_NOW, .next = KIT_NOW + 9, .http = 410, .error = "gone", .gone = true };

	(void)kit_article(k, 1, "old", "x");
	must(feeds_put(&k->st, &gone, NULL, NULL, NULL, &k->info));
	assert_true(kit_feed(k, 1).gone);
	must(feeds_sync(&k->st, NULL, 0, &k->info));
	must(feeds_sync(&k->st, &one, 1, &k->info));
	assert_false(kit_feed(k, 1).gone);
	assert_int_equal(kit_feed(k, 1).failures, 0);
	assert_int_equal(kit_feed(k, 1).items, 1);
	assert_true(kit_feed(k, 1).next == DATE_NONE);
}

static void validators_and_health_are_kept(void **state)
{
	struct kit *k = *state;
	struct feed_doc doc = { .title = "Theirs", .updated = DATE_NONE };
	struct fetched ok = { .feed_id = 1, .at = 100, .next = 200, .http = 200, .doc = &doc, .etag = "W/\"a\"", .last_modified = "x, y  z" };
	struct fetched bad = { .feed_id = 1, .at = 300, .next = 900, .http = 503, .error = "busy" };
	struct fetched same = { .feed_id = 1, .at = 400, .next = 500, .http = 304 };
	struct feed f;

	must(feeds_put(&k->st, &ok, NULL, NULL, NULL, &k->info));
	must(feeds_put(&k->st, &bad, NULL, NULL, NULL, &k->info));
	must(feeds_put(&k->st, &bad, NULL, NULL, NULL, &k->info));
	f = kit_feed(k, 1);
	assert_int_equal(f.failures, 2);
	assert_string_equal(f.error, "busy");
	assert_string_equal(f.etag, "W/\"a\"");
	assert_string_equal(f.last_modified, "x, y  z");
	assert_string_equal(f.title, "Theirs");
	must(feeds_put(&k->st, &same, NULL, NULL, NULL, &k->info));
	f = kit_feed(k, 1);
	assert_int_equal(f.failures, 0);
	assert_null(f.error);
	assert_int_equal(f.http, 304);
	assert_int_equal(f.checked, 400);
	assert_int_equal(f.next, 500);
	assert_true(f.changed == DATE_NONE);
	assert_int_equal(feeds_by_url(&k->st, "http://none.example/", &k->a, &f, &k->info), ERR_NOTFOUND);
	bad.feed_id = 77;
	assert_int_equal(feeds_put(&k->st, &bad, NULL, NULL, NULL, &k->info), ERR_NOTFOUND);
	says(k, "77");
}

static void what_a_feed_asks_stays_until_it_says_otherwise(void **state)
{
	struct kit *k = *state;
	struct feed_doc doc = { .updated = DATE_NONE, .ttl = 90, .skip_hours = 1u << 23 | 1u, .skip_days = 1u << 6 }, silent = { .updated = DATE_NONE, .ttl = -1 };
	struct fetched got = { .feed_id = 1, .at = 100, .next = 200, .http = 200, .doc = &doc };
	struct fetched same = { .feed_id = 1, .at = 200, .next = 300, .http = 304 };
	struct feed f;

	assert_int_equal(kit_feed(k, 1).ttl, -1);
	must(feeds_put(&k->st, &got, NULL, NULL, NULL, &k->info));
	must(feeds_put(&k->st, &same, NULL, NULL, NULL, &k->info));
	f = kit_feed(k, 1);
	assert_int_equal(f.ttl, 90);
	assert_int_equal(f.skip_hours, 1u << 23 | 1u);
	assert_int_equal(f.skip_days, 1u << 6);
	got.doc = &silent;
	must(feeds_put(&k->st, &got, NULL, NULL, NULL, &k->info));
	f = kit_feed(k, 1);
	assert_int_equal(f.ttl, -1);
	assert_int_equal(f.skip_hours, 0);
	assert_int_equal(f.skip_days, 0);
}

static void a_304_changes_only_when_it_was_asked(void **state)
{
	struct kit *k = *state;
	struct feed_doc doc = { .title = "T", .updated = DATE_NONE, .ttl = 5 };
	struct fetched got = { .feed_id = 1, .at = 100, .next = 200, .http = 200, .doc = &doc, .etag = "\"a\"", .moved_to = "http://new.example/" };
	struct fetched same = { .feed_id = 1, .at = 300, .next = 400, .http = 304, .moved_to = "http://new.example/" };
	struct feed before, after;

	must(feeds_put(&k->st, &got, NULL, NULL, NULL, &k->info));
	must(feeds_put(&k->st, &got, NULL, NULL, NULL, &k->info));
	before = kit_feed(k, 1);
	must(feeds_put(&k->st, &same, NULL, NULL, NULL, &k->info));
	after = kit_feed(k, 1);
	assert_int_equal(after.checked, 300);
	assert_int_equal(after.next, 400);
	assert_string_equal(after.etag, before.etag);
	assert_string_equal(after.title, before.title);
	assert_string_equal(after.moved_to, before.moved_to);
	assert_int_equal(after.ttl, before.ttl);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM fetches"), 1); /* the move; that it was as before is no news */
}

/* ---- moves ---- */

static void put_moved(struct kit *k, const char *to, bool unknown)
{
	struct feed_doc doc = { .updated = DATE_NONE, .ttl = -1 };
	struct fetched f = { .feed_id = 1, .at = KIT_NOW, .next = KIT_NOW, .http = 200, .doc = unknown ? NULL : &doc, .etag = "\"e\"", .moved_to = to, .move_unknown = unknown,
		.error = unknown ? "no answer" : NULL };

	must(feeds_put(&k->st, &f, NULL, NULL, NULL, &k->info));
}

static void a_move_is_counted_while_it_stays_the_same(void **state)
{
	struct kit *k = *state;
	struct fetched lost = { .feed_id = 1, .at = KIT_NOW, .next = KIT_NOW, .http = 404, .error = "nothing there" };
	struct feed f;

	put_moved(k, "http://new.example/", false);
	f = kit_feed(k, 1);
	assert_int_equal(f.moved_seen, 1);
	assert_null(feed_moved(&f));
	put_moved(k, NULL, true);
	put_moved(k, "http://new.example/", false);
	f = kit_feed(k, 1);
	assert_string_equal(feed_moved(&f), "http://new.example/");
	put_moved(k, "http://other.example/", false);
	f = kit_feed(k, 1);
	assert_string_equal(f.moved_to, "http://other.example/");
	assert_int_equal(f.moved_seen, 1);
	must(feeds_put(&k->st, &lost, NULL, NULL, NULL, &k->info));
	f = kit_feed(k, 1);
	assert_null(f.moved_to);
	assert_int_equal(f.moved_seen, 0);
	assert_null(f.etag); /* it was the other address's */
}

static void a_feed_takes_its_articles_to_a_new_address(void **state)
{
	struct kit *k = *state;
	int64_t id = kit_article(k, 1, "Stays", "with its feed");
	struct sub sub[] = { { .url = "http://new.example/" }, { .url = "http://two.example/f" } };

	put_moved(k, "http://new.example/", false);
	assert_int_equal(feeds_move(&k->st, "http://one.example/f", "http://two.example/f", &k->info), ERR_USAGE);
	says(k, "is subscribed already");
	assert_int_equal(feeds_move(&k->st, "http://none.example/f", "http://new.example/", &k->info), ERR_NOTFOUND);
	must(feeds_move(&k->st, "http://one.example/f", "http://new.example/", &k->info));
	must(feeds_sync(&k->st, sub, 2, &k->info));
	assert_string_equal(kit_feed(k, 1).url, "http://new.example/");
	assert_string_equal(kit_feed(k, 1).etag, "\"e\"");
	assert_true(kit_feed(k, 1).next == DATE_NONE);
	assert_int_equal(kit_item(k, id).feed_id, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM feeds"), 2);
	must(feeds_move(&k->st, "http://new.example/", "http://third.example/", &k->info)); /* where nothing is known of, validators of here are none */
	assert_null(kit_feed(k, 1).etag);
}

static void a_move_changes_no_row_of_the_log(void **state)
{
	struct kit *k = *state;
	struct event one = EVENT(.kind = EVENT_EDIT, .subject = "feed:http://one.example/f", .value = 2), two = EVENT(.kind = EVENT_EDIT, .subject = "feed:http://two.example/f", .value = 1);

	must(events_append(&k->st, &one, &k->info));
	must(events_append(&k->st, &two, &k->info));
	assert_int_equal(feeds_move(&k->st, "http://one.example/f", "http://two.example/f", &k->info), ERR_USAGE);
	must(feeds_move(&k->st, "http://one.example/f", "http://new.example/", &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events WHERE subject = 'feed:http://one.example/f' AND value = 2"), 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM events WHERE subject = 'feed:http://two.example/f'"), 1);
	assert_int_equal(db_exec(k->st.db, "UPDATE events SET subject = 'feed:x'", &k->info), ERR_READONLY);
	says(k, "append-only");
	kit_healthy(k);
}

static void an_old_subscription_without_articles_makes_room(void **state)
{
	struct kit *k = *state;
	struct sub one[] = { { .url = "http://one.example/f" } };

	must(feeds_sync(&k->st, one, 1, &k->info));
	must(feeds_move(&k->st, "http://one.example/f", "http://two.example/f", &k->info));
	assert_string_equal(kit_feed(k, 1).url, "http://two.example/f");
	assert_int_equal(kit_int(k, "SELECT count(*) FROM feeds"), 1);
	kit_healthy(k);
}

static void a_held_feed_is_not_due_sooner(void **state)
{
	struct kit *k = *state;

	must(feeds_hold(&k->st, 1, 500, &k->info));
	assert_int_equal(kit_feed(k, 1).next, 500);
	must(feeds_hold(&k->st, 1, 400, &k->info));
	assert_int_equal(kit_feed(k, 1).next, 500);
	assert_true(kit_feed(k, 2).next == DATE_NONE);
}

/* ---- history ---- */

static void the_newest_fetches_are_kept_and_go_along_with_the_clock(void **state)
{
	struct kit *k = *state;
	struct fetched bad = { .feed_id = 1, .next = 2, .http = 503, .error = "busy", .bytes = 17, .ms = 2.5 };
	struct fetch_list l;

	for (int i = 1; i <= FETCHES_KEPT + 5; i++) {
		bad.at = 100 * i;
		must(feeds_put(&k->st, &bad, NULL, NULL, NULL, &k->info));
	}
	must(articles_shift(&k->st, 100, &k->info)); /* each to where the next one was */
	must(feeds_history(&k->st, 1, &k->a, &l, &k->info));
	assert_int_equal(l.n, FETCHES_KEPT);
	for (size_t i = 0; i < l.n; i++)
		assert_int_equal(l.fetch[i].at, 100 * (FETCHES_KEPT + 6 - (int)i));
	assert_string_equal(l.fetch[0].note, "busy");
	assert_int_equal(l.fetch[0].bytes, 17);
	assert_true(l.fetch[0].ms > 2.4 && l.fetch[0].ms < 2.6);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM fetches"), FETCHES_KEPT);
	must(feeds_history(&k->st, 2, &k->a, &l, &k->info));
	assert_int_equal(l.n, 0);
}

/* ---- which article is which ---- */

static void an_article_never_comes_twice(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY(.id = "g1", .title = "By guid", .link = "http://one.example/1"), ENTRY(.title = "By link", .link = "http://one.example/2"),
		ENTRY_AT(1000, .title = "By title"), ENTRY(.title = "By title alone"),
	};

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 4), 4);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, e, 4), 0);
	e[0].link = "http://one.example/moved";
	e[1].title = "By link, edited";
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, e, 4), 0);
	assert_int_equal(kit_put(k, 2, KIT_NOW, e, 4), 4); /* another feed's are its own */
	e[2].published = 2000;
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 4), 1);
	assert_int_equal(kit_feed(k, 1).items, 5);
}

static void duplicates_inside_a_document_are_one_and_the_first_counts(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY(.id = "g", .title = "First", .content = "a"), ENTRY(.id = "g", .title = "First", .content = "b"),
		ENTRY(.title = "L", .link = "http://one.example/l"), ENTRY(.title = "L again", .link = "http://one.example/l"), ENTRY(.title = "T"), ENTRY(.title = "T"),
	};

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 6), 3);
	assert_string_equal(kit_item(k, 1).content, "a");
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 6), 0);
	assert_string_equal(kit_item(k, 1).content, "a");
}

static void a_new_guid_on_an_old_link_keeps_the_row(void **state)
{
	struct kit *k = *state;
	struct entry old = ENTRY_AT(1000, .id = "http://one.example/?p=1", .title = "Story", .link = "http://one.example/story");
	struct entry moved = ENTRY_AT(1000, .id = "https://one.example/?p=1", .title = "Story", .link = "http://one.example/story");
	struct entry next = ENTRY_AT(9000, .id = "n2", .title = "The next one", .link = "http://one.example/story");

	assert_int_equal(kit_put(k, 1, KIT_NOW, &old, 1), 1);
	assert_int_equal(kit_put(k, 1, KIT_NOW, &moved, 1), 0);
	assert_string_equal(kit_item(k, 1).guid, "https://one.example/?p=1");
	assert_int_equal(kit_put(k, 1, KIT_NOW, &moved, 1), 0);
	/* A page whose address stays while its stories change: another title, another date, another guid. */
	assert_int_equal(kit_put(k, 1, KIT_NOW, &next, 1), 1);
}

static void guids_that_share_a_link_stay_apart(void **state)
{
	struct kit *k = *state;
	struct entry e[] = { ENTRY(.id = "a", .title = "Same", .link = "http://one.example/p"), ENTRY(.id = "b", .title = "Same", .link = "http://one.example/p") };
	struct entry later = ENTRY(.id = "c", .title = "Same", .link = "http://one.example/p");
	struct entry both[] = { e[0], later };

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 2), 2);
	assert_int_equal(kit_put(k, 1, KIT_NOW, both, 2), 1);
}

static void a_link_of_the_whole_site_names_no_article(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY(.title = "One", .link = "http://one.example/"), ENTRY(.title = "Two", .link = "http://one.example/"),
		ENTRY(.title = "A", .link = "http://one.example/all"), ENTRY(.title = "B", .link = "http://one.example/all"),
		ENTRY(.title = "C", .link = "http://one.example/all"),
	};

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 5), 5);
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 5), 0);
	/* What two visits saw of it differs; the articles don't. */
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 3), 0);
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 5), 0);
}

/* ---- edits ---- */

static void an_edited_article_keeps_its_flags_and_waits_for_terms_and_index(void **state)
{
	struct kit *k = *state;
	struct enclosure x = { "http://one.example/a.mp3", "audio/mpeg", 12 };
	const char *cats[] = { "one", "two" };
	struct entry e = ENTRY_AT(500, .id = "g", .title = "Before", .content = "the old body", .author = "Ann", .categories = cats,
		.n_categories = 2, .enclosures = &x, .n_enclosures = 1, .image = "http://one.example/i.png");
	struct event read = EVENT(.kind = EVENT_READ, .article = 1), star = EVENT(.kind = EVENT_STAR, .article = 1);
	struct term_count t = { "old", 3, "Old", 3, 1 };
	struct id_list ids;
	struct item it;
	bool left;

	assert_int_equal(kit_put(k, 1, KIT_NOW, &e, 1), 1);
	must(events_append(&k->st, &read, &k->info));
	must(events_append(&k->st, &star, &k->info));
	must(terms_put(&k->st, 1, &t, 1, 1, &k->info));
	must(search_index(&k->st, 10, &left, &k->info));
	assert_false(left);

	e.title = "After";
	e.author = NULL;
	e.enclosures = NULL;
	e.n_enclosures = e.n_categories = 0;
	e.content = "the new body now";
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, &e, 1), 0);
	it = kit_item(k, 1);
	assert_string_equal(it.title, "After");
	assert_string_equal(it.content, "the new body now");
	assert_int_equal(it.words, 4);
	assert_int_equal(it.fetched, KIT_NOW);
	assert_true(it.read && it.starred);
	assert_string_equal(it.author, "Ann"); /* a feed that says less takes nothing away */
	assert_string_equal(it.categories, "one\ntwo");
	assert_int_equal(it.n_enclosures, 1);
	assert_string_equal(it.enclosures[0].type, "audio/mpeg");
	must(terms_pending(&k->st, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 1);
	must(search_index(&k->st, 10, &left, &k->info));
	must(search_words(&k->st, "old body", 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 0);
	must(search_words(&k->st, "new body", 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	kit_healthy(k);
}

static void a_change_beside_the_text_costs_no_new_terms(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.id = "g", .title = "T", .content = "body");
	struct id_list ids;

	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	must(terms_put(&k->st, 1, NULL, 0, 0, &k->info));
	e.updated = 77;
	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	assert_int_equal(kit_item(k, 1).updated, 77);
	e.content = NULL; /* and a body that the feed no longer gives stays */
	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	assert_string_equal(kit_item(k, 1).content, "body");
	must(terms_pending(&k->st, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 0);
}

/* Categories are among the terms, and the feed may put them right later. */
static void a_change_of_categories_costs_new_terms_but_no_new_index(void **state)
{
	struct kit *k = *state;
	const char *cats[] = { "one", "two" };
	struct entry e = ENTRY(.id = "g", .title = "T", .content = "body", .categories = cats, .n_categories = 1);
	struct id_list ids;
	bool left;

	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	must(terms_put(&k->st, 1, NULL, 0, 0, &k->info));
	must(search_index(&k->st, 10, &left, &k->info));
	e.n_categories = 2;
	(void)kit_put(k, 1, KIT_NOW, &e, 1);
	must(terms_pending(&k->st, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 0);
	kit_healthy(k);
}

/* ---- counts ---- */

/* Whatever is done in whatever order: the stored counts are the counted ones. */
static void stored_counts_are_the_counted_ones(void **state)
{
	struct kit *k = *state;
	static const enum event_kind kind[] = { EVENT_READ, EVENT_UNREAD, EVENT_OPEN, EVENT_STAR, EVENT_SAVE, EVENT_SHOWN };
	unsigned seed = 1;
	struct event undo = EVENT(.kind = EVENT_UNDO);

	for (int i = 0; i < 40; i++)
		(void)kit_article(k, 1 + i % 2, arena_printf(&k->a, "t%d", i), "b");
	for (int i = 0; i < 300; i++) {
		struct event e = EVENT(.article = 1 + (int)(seed >> 16) % 40, .kind = kind[(seed >> 8) % 6]);

		seed = seed * 1103515245u + 12345u;
		if (e.article % 9 == 0 && i > 200 && kit_int(k, "SELECT count(*) FROM articles") > 30)
			(void)articles_remove(&k->st, e.article, NULL);
		else if (i % 5 == 4 && events_last_undoable(&k->st, &undo.undoes, NULL) == OK) {
			undo.id = undo.batch = 0;
			must(events_append(&k->st, &undo, &k->info));
		} else
			(void)events_append(&k->st, &e, NULL);
	}
	assert_true(kit_feed(k, 1).unread < kit_feed(k, 1).items);
	kit_healthy(k);
}

/* ---- lists ---- */

static void list(struct kit *k, const struct article_query *q, const char *want)
{
	struct item_list l;
	struct buf b = BUF_INIT;

	must(articles_list(&k->st, q, &k->a, &l, &k->info));
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&b, "%s%lld", i ? " " : "", (long long)l.item[i].id);
	assert_string_equal(buf_str(&b), want);
	buf_clear(&b);
}

static void lists_are_by_time_clamped_to_arrival(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY_AT(100, .id = "1", .title = "old"), ENTRY_AT(999999, .id = "2", .title = "from the future"),
		ENTRY(.id = "3", .title = "undated"), ENTRY_AT(300, .id = "4", .title = "middle"),
	};
	struct article_query q = ARTICLE_QUERY_INIT;

	(void)kit_put(k, 1, 500, e, 4);
	list(k, &q, "3 2 4 1");
	q.order = ORDER_OLD;
	list(k, &q, "1 4 2 3");
	q.limit = 2;
	q.offset = 1;
	list(k, &q, "4 2");
	q.offset = 9;
	list(k, &q, "");
	assert_int_equal(kit_item(k, 2).published, 999999);
	assert_true(kit_item(k, 3).published == DATE_NONE);
}

static void lists_are_narrowed_by_each_condition_and_by_all(void **state)
{
	struct kit *k = *state;
	const char *tags[] = { "deep sea", "news" };
	struct sub subs[] = { { .url = "http://one.example/f" }, { .url = "http://two.example/f", .tags = tags, .n_tags = 2 } };
	struct article_query q = ARTICLE_QUERY_INIT;
	struct event read, star;
	struct derived d = { .topic = 0 };
	struct item_list l;
	int64_t ids[] = { 3, 99, 1 };

	must(feeds_sync(&k->st, subs, 2, &k->info));
	(void)kit_article(k, 1, "Ärger in der Küche", "x");
	(void)kit_article(k, 2, "Straße am Meer", "x");
	(void)kit_article(k, 2, "Kitchen news: 100% _new_", "x");
	read = (struct event)EVENT(.kind = EVENT_READ, .article = 2);
	star = (struct event)EVENT(.kind = EVENT_STAR, .article = 3);
	must(events_append(&k->st, &read, &k->info));
	must(events_append(&k->st, &star, &k->info));
	d.article = 3;
	must(derived_put(&k->st, &d, &k->info));
	list(k, &q, "3 2 1");
	q.unread = true;
	list(k, &q, "3 1");
	q.feed_id = 2;
	list(k, &q, "3");
	q.tag = "news";
	list(k, &q, "3");
	q.starred = true;
	q.topic = 0;
	q.title_like = "new KITCHEN";
	q.since = KIT_NOW;
	list(k, &q, "3");
	q.since = KIT_NOW + 1;
	list(k, &q, "");
	q = (struct article_query)ARTICLE_QUERY_INIT;
	q.tag = "ews";
	list(k, &q, "");
	q.tag = NULL;
	q.title_like = "ARGER KUCHE";
	list(k, &q, "1");
	q.title_like = "\"am meer\"";
	list(k, &q, "2");
	q.title_like = "%";
	list(k, &q, "3 2 1"); /* nothing that can be looked for */
	q.title_like = "100% _new_";
	list(k, &q, "3");
	must(articles_brief(&k->st, ids, 3, &k->a, &l, &k->info));
	assert_int_equal(l.n, 2);
	assert_int_equal(l.item[0].id, 3);
	assert_int_equal(l.item[1].id, 1);
	assert_null(l.item[0].content);
	assert_int_equal(articles_get(&k->st, 17, &k->a, &l.item[0], &k->info), ERR_NOTFOUND);
	assert_string_equal(k->info.text, "no article 17");
}

static void candidates_are_unread_fresh_and_subscribed(void **state)
{
	struct kit *k = *state;
	struct entry e[] = { ENTRY_AT(100, .id = "1", .title = "a"), ENTRY_AT(400, .id = "2", .title = "b"), ENTRY(.id = "3", .title = "c") };
	struct entry late = ENTRY_AT(50, .id = "4", .title = "d");
	struct sub two = { .url = "http://two.example/f" };
	struct event read = EVENT(.kind = EVENT_READ, .article = 2);
	struct id_list ids;

	(void)kit_put(k, 1, 500, e, 3);
	(void)kit_put(k, 2, 900, &late, 1);
	must(events_append(&k->st, &read, &k->info));
	must(articles_candidates(&k->st, 0, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 3);
	assert_int_equal(ids.id[0], 3);
	assert_int_equal(ids.id[1], 1);
	assert_int_equal(ids.id[2], 4);
	must(articles_candidates(&k->st, 0, 1, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	must(articles_candidates(&k->st, 600, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
	assert_int_equal(ids.id[0], 4);
	must(feeds_sync(&k->st, &two, 1, &k->info));
	must(articles_candidates(&k->st, 0, 10, &k->a, &ids, &k->info));
	assert_int_equal(ids.n, 1);
}

/* A list of many must be read off an index in its order: no sorting. */
static void pages_are_read_off_an_index(void **state)
{
	struct kit *k = *state;
	static const char *const sql[] = {
		"EXPLAIN QUERY PLAN SELECT id, at FROM articles WHERE retired_at IS NULL ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7",
		"EXPLAIN QUERY PLAN SELECT id, at FROM articles WHERE retired_at IS NULL AND read_at IS NULL ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7",
		"EXPLAIN QUERY PLAN SELECT id, at FROM articles WHERE retired_at IS NULL AND starred_at IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7",
		"EXPLAIN QUERY PLAN SELECT id, at FROM articles WHERE retired_at IS NULL AND feed = ?1 ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7",
		("EXPLAIN QUERY PLAN SELECT id FROM articles INDEXED BY articles_unread WHERE read_at IS NULL AND retired_at IS NULL AND fetched >= ?1"
		" AND feed IN (SELECT id FROM feeds WHERE position IS NOT NULL) ORDER BY at DESC, id DESC LIMIT ?2"),
	};

	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		struct stmt *s = db_sql(k->st.db, sql[i]);
		bool row;

		for (must(stmt_step(s, &row, &k->info)); row; must(stmt_step(s, &row, &k->info)))
			assert_null(strstr(stmt_col_text(s, 3), "TEMP B-TREE"));
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(feeds_follow_the_file_and_its_order),
		T(an_unchanged_file_writes_nothing),
		T(a_feed_that_comes_back_has_its_articles_and_is_asked_again),
		T(validators_and_health_are_kept),
		T(what_a_feed_asks_stays_until_it_says_otherwise),
		T(a_304_changes_only_when_it_was_asked),
		T(a_move_is_counted_while_it_stays_the_same),
		T(a_feed_takes_its_articles_to_a_new_address),
		T(an_old_subscription_without_articles_makes_room),
		T(a_move_changes_no_row_of_the_log),
		T(a_held_feed_is_not_due_sooner),
		T(the_newest_fetches_are_kept_and_go_along_with_the_clock),
		T(an_article_never_comes_twice),
		T(duplicates_inside_a_document_are_one_and_the_first_counts),
		T(a_new_guid_on_an_old_link_keeps_the_row),
		T(guids_that_share_a_link_stay_apart),
		T(a_link_of_the_whole_site_names_no_article),
		T(a_change_of_categories_costs_new_terms_but_no_new_index),
		T(an_edited_article_keeps_its_flags_and_waits_for_terms_and_index),
		T(a_change_beside_the_text_costs_no_new_terms),
		T(stored_counts_are_the_counted_ones),
		T(lists_are_by_time_clamped_to_arrival),
		T(lists_are_narrowed_by_each_condition_and_by_all),
		T(candidates_are_unread_fresh_and_subscribed),
		T(pages_are_read_off_an_index),
	};

	return cmocka_run_group_tests_name("store_feeds", tests, NULL, NULL);
}
