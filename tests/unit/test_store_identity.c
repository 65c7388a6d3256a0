/* identity - which article is which, where feeds break what they should keep. */
#include "tests/unit/store_kit.h"

#include <string.h>

#include "store/address_private.h"
#include "store/schema_private.h"

/* ---- addresses ---- */

static void addresses_of_the_same_page_have_one_key(void **state)
{
	static const struct { const char *url, *key; } pair[] = {
		{ "http://One.Example/a", "//one.example/a" }, { "https://one.example/a/", "//one.example/a" }, { "HTTPS://one.example:443/a", "//one.example/a" },
		{ "http://one.example:80/a/?utm_source=rss&utm_medium=feed", "//one.example/a" }, { "http://one.example:8080/a", "//one.example:8080/a" },
		{ "https://one.example/", "//one.example" }, { "https://one.example", "//one.example" }, { "https://www.one.example/a", "//www.one.example/a" },
		{ "http://one.example/a?id=7&fbclid=x&page=2", "//one.example/a?id=7&page=2" }, { "http://one.example/a?GCLID=x#part", "//one.example/a#part" },
		{ "http://one.example/a#xtor=RSS-1", "//one.example/a" }, { "http://one.example/a?at_medium=RSS&at_campaign=KARANGA", "//one.example/a" },
		{ "http://one.example/a?at=1&utmost=2&source=3", "//one.example/a?at=1&utmost=2&source=3" }, { "http://one.example/A", "//one.example/A" },
		{ "tag:one.example,2026:7/", "tag:one.example,2026:7/" }, { "7", "7" }, { "", "" }, { "ftp://one.example/a/", "ftp://one.example/a/" },
		{ "http://one.example/a?&&b", "//one.example/a?b" }, { "http://u:p@one.example/a?x=http://b/?utm_id=1", "//u:p@one.example/a?x=http://b/?utm_id=1" },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
		buf_cut(&b, 0);
		address_key(&b, pair[i].url);
		assert_string_equal(buf_str(&b), pair[i].key);
	}
	buf_cut(&b, 0);
	address_untracked(&b, "HTTPS://One.example/a/?utm_source=rss&id=7&utm_id=3#top");
	assert_string_equal(buf_str(&b), "HTTPS://One.example/a/?id=7#top");
	buf_clear(&b);
}

/* ---- guids that change ---- */

static void read_all(struct kit *k)
{
	for (int64_t id = kit_int(k, "SELECT max(id) FROM articles"); id > 0; id--) {
		struct event read = EVENT(.kind = EVENT_READ, .article = id);

		must(events_append(&k->st, &read, &k->info));
	}
	assert_int_equal(kit_feed(k, 1).unread, 0);
}

static void a_feed_that_changes_every_guid_brings_nothing_twice(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY_AT(1000, .id = "a1", .title = "One", .link = "http://one.example/1"), ENTRY(.id = "a2", .title = "Two", .link = "http://one.example/2"),
		ENTRY_AT(3000, .id = "a3", .title = "Without a link"), ENTRY(.id = "a4", .title = "Without link and date", .content = "all of it"),
		ENTRY_AT(5000, .id = "a5", .title = "A link of all", .link = "http://one.example/all"), ENTRY_AT(6000, .id = "a6", .title = "Another", .link = "http://one.example/all"),
		ENTRY_AT(7000, .id = "a7", .title = "And another", .link = "http://one.example/all"), ENTRY_AT(8000, .id = "a8", .content = "No title"),
	};
	static const char *const guid[2][8] = {
		{ "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8" }, { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	};

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 8), 8);
	read_all(k);
	for (size_t turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < 8; i++)
			e[i].id = guid[turn][i];
		assert_int_equal(kit_put(k, 1, KIT_NOW + 60, e, 8), 0);
	}
	assert_int_equal(kit_feed(k, 1).unread, 0);
	assert_string_equal(kit_item(k, 3).guid, "b3"); /* one that is left out later takes nothing away */
	kit_healthy(k);
}

static void entries_alike_but_for_their_guids_stay_apart(void **state)
{
	struct kit *k = *state;
	struct entry day1[] = { ENTRY_AT(1000, .id = "a", .title = "Weather"), ENTRY_AT(1000, .id = "b", .title = "Weather") };
	struct entry day2[] = { ENTRY_AT(2000, .id = "c", .title = "Weather"), day1[0] };
	struct entry undated[] = { ENTRY(.id = "d", .title = "Weather", .content = "rain"), ENTRY(.id = "e", .title = "Weather", .content = "sun") };
	struct entry moved[] = { ENTRY_AT(1000, .id = "A", .title = "Weather"), ENTRY_AT(1000, .id = "B", .title = "Weather") };

	assert_int_equal(kit_put(k, 1, KIT_NOW, day1, 2), 2);
	assert_int_equal(kit_put(k, 1, KIT_NOW, day2, 2), 1);
	assert_int_equal(kit_put(k, 1, KIT_NOW, &undated[0], 1), 1);
	assert_int_equal(kit_put(k, 1, KIT_NOW, &undated[1], 1), 1);
	assert_int_equal(kit_put(k, 1, KIT_NOW, moved, 2), 0);
	assert_string_equal(kit_item(k, 1).guid, "A");
	assert_string_equal(kit_item(k, 2).guid, "B");
}

static void untitled_entries_without_names_are_told_apart_by_their_text(void **state)
{
	struct kit *k = *state;
	struct entry e[] = { ENTRY(.content = "first note"), ENTRY(.content = "second note"), ENTRY(.content = "first note") };

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 3), 2);
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 3), 0);
}

/* ---- guids that are used again ---- */

static void a_guid_used_again_for_another_article_leaves_the_old_one(void **state)
{
	struct kit *k = *state;
	struct entry old = ENTRY_AT(1000, .id = "latest", .title = "Monday's story", .link = "http://one.example/mon", .content = "of Monday");
	struct entry next = ENTRY_AT(9000, .id = "latest", .title = "Tuesday's tale", .link = "http://one.example/tue", .content = "of Tuesday");
	struct entry both[] = { next, old };

	assert_int_equal(kit_put(k, 1, KIT_NOW, &old, 1), 1);
	read_all(k);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, &next, 1), 1);
	assert_string_equal(kit_item(k, 1).title, "Monday's story");
	assert_string_equal(kit_item(k, 1).content, "of Monday");
	assert_true(kit_item(k, 1).read);
	assert_false(kit_item(k, 2).read);
	/* Both are found again, and an edit goes to the one that it is of. */
	assert_int_equal(kit_put(k, 1, KIT_NOW + 120, both, 2), 0);
	next.title = "Tuesday's tale, put right";
	next.published = 9500;
	assert_int_equal(kit_put(k, 1, KIT_NOW + 180, &next, 1), 0);
	assert_string_equal(kit_item(k, 2).title, "Tuesday's tale, put right");
	assert_string_equal(kit_item(k, 1).title, "Monday's story");
	assert_int_equal(kit_int(k, "SELECT count(*) FROM earlier"), 0);
}

static void an_edit_keeps_its_link_or_its_title_or_its_date(void **state)
{
	struct kit *k = *state;
	const struct entry was = ENTRY_AT(1000, .id = "g", .title = "Title", .link = "http://one.example/1");
	struct entry edit[] = {
		ENTRY_AT(2000, .id = "g", .title = "Other", .link = "http://one.example/1"), ENTRY_AT(2000, .id = "g", .title = "Title", .link = "http://one.example/2"),
		ENTRY_AT(1000, .id = "g", .title = "Other", .link = "http://one.example/2"), ENTRY(.id = "g", .title = "Other", .link = "http://one.example/2"),
		ENTRY_AT(2000, .id = "g", .title = "Other"), ENTRY_AT(2000, .id = "g", .link = "http://one.example/2"),
	};

	for (size_t i = 0; i < sizeof edit / sizeof *edit; i++) {
		struct entry e = was;

		e.id = edit[i].id = arena_printf(&k->a, "g%zu", i);
		e.link = arena_printf(&k->a, "%s/%zu", was.link, i);
		if (edit[i].link)
			edit[i].link = arena_printf(&k->a, "%s/%zu", edit[i].link, i);
		assert_int_equal(kit_put(k, 1, KIT_NOW, &e, 1), 1);
		assert_int_equal(kit_put(k, 1, KIT_NOW + 60, &edit[i], 1), 0);
	}
}

static void entries_of_one_guid_are_articles_of_their_own(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY_AT(1000, .id = "g", .title = "One", .link = "http://one.example/1"), ENTRY_AT(1000, .id = "g", .title = "Two", .link = "http://one.example/2"),
		ENTRY_AT(1000, .id = "g", .title = "Three", .link = "http://one.example/2"), ENTRY(.id = "h", .title = "No link"), ENTRY(.id = "h", .title = "Neither"),
		ENTRY_AT(1000, .id = "g", .title = "One", .link = "http://one.example/1"),
	};
	struct entry later[] = {
		ENTRY_AT(1000, .id = "g", .title = "Four", .link = "http://one.example/4"), ENTRY_AT(2000, .id = "g", .title = "Two, edited", .link = "http://one.example/2"), e[2],
	};
	struct entry alone = ENTRY_AT(1000, .id = "g", .title = "Five", .link = "http://one.example/5");

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 6), 5);
	read_all(k);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, e, 6), 0);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 120, later, 3), 1);
	assert_string_equal(kit_item(k, 2).title, "Two, edited");
	assert_string_equal(kit_item(k, 3).title, "Three");
	assert_int_equal(kit_put(k, 1, KIT_NOW + 180, &alone, 1), 1); /* a guid of several is believed no more */
	assert_int_equal(kit_put(k, 1, KIT_NOW + 240, e, 6), 0);
	assert_int_equal(kit_feed(k, 1).unread, 2);
	kit_healthy(k);
}

static void a_guid_of_hundreds_still_finds_each_of_them(void **state)
{
	struct kit *k = *state;
	struct entry e[500], again;

	for (int i = 0; i < 500; i++) {
		e[i] = (struct entry)ENTRY_AT(1000 + i, .id = "g", .title = arena_printf(&k->a, "Story %d", i), .link = arena_printf(&k->a, "http://one.example/%d", i));
		if (i < 250) /* one after the other, then all at once */
			assert_int_equal(kit_put(k, 1, KIT_NOW + i, &e[i], 1), 1);
	}
	assert_int_equal(kit_put(k, 1, KIT_NOW + 1000, e, 500), 250);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 2000, e, 500), 0);
	again = e[0];
	assert_int_equal(kit_put(k, 1, KIT_NOW + 3000, &again, 1), 0);
	again.link = "https://one.example/0/"; /* moved, too */
	assert_int_equal(kit_put(k, 1, KIT_NOW + 3000, &again, 1), 0);
}

/* ---- addresses that move ---- */

static void a_site_that_moves_to_https_brings_nothing_twice(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY_AT(1000, .id = "http://one.example/?p=1", .title = "By guid", .link = "http://one.example/1"), ENTRY(.title = "By link", .link = "http://one.example:80/2"),
		ENTRY(.id = "http://one.example/3/", .title = "Guid alone"), ENTRY(.id = "http://one.example/4", .title = "Guid and link", .link = "http://one.example/4/"),
	};
	struct entry moved[] = {
		ENTRY_AT(2000, .id = "https://one.example/?p=1", .title = "By guid, edited", .link = "https://one.example/new/1"), ENTRY(.title = "By link", .link = "https://one.example/2/"),
		ENTRY(.id = "https://one.example/3", .title = "Guid alone"), ENTRY(.id = "https://one.example/4/", .title = "Guid and link", .link = "https://one.example/4"),
		ENTRY(.title = "By link", .link = "http://one.example/2"), /* and again, in the same document */
	};

	moved[0].published = 1000;
	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 4), 4);
	read_all(k);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, moved, 5), 0);
	assert_int_equal(kit_feed(k, 1).unread, 0);
	assert_string_equal(kit_item(k, 2).link, "https://one.example/2/"); /* the link is where it is now */
	assert_int_equal(kit_put(k, 2, KIT_NOW, e, 4), 4);
}

static void tracking_parameters_name_nothing_and_stay_in_the_link(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.title = "T", .link = "http://one.example/a?id=1&utm_source=rss&utm_campaign=monday", .content = "text");
	struct entry other = ENTRY(.title = "T", .link = "http://one.example/a?id=2&utm_source=rss", .content = "text");

	assert_int_equal(kit_put(k, 1, KIT_NOW, &e, 1), 1);
	assert_string_equal(kit_item(k, 1).link, e.link);
	e.link = "http://one.example/a?id=1&utm_campaign=tuesday&fbclid=77";
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, &e, 1), 0);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM digests"), 0); /* nor is another campaign an edit */
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, &other, 1), 1);
}

static void what_comes_back_after_years_is_the_old_one(void **state)
{
	struct kit *k = *state;
	struct entry old[] = { ENTRY_AT(1000, .id = "g", .title = "By guid"), ENTRY(.title = "By link", .link = "http://one.example/l"), ENTRY_AT(1000, .title = "By title") };
	struct entry e = ENTRY(.id = "x", .title = "In between");

	assert_int_equal(kit_put(k, 1, KIT_NOW, old, 3), 3);
	read_all(k);
	for (int year = 1; year < 9; year++) {
		e.id = arena_printf(&k->a, "x%d", year);
		assert_int_equal(kit_put(k, 1, KIT_NOW + year * 366 * DATE_DAY, &e, 1), 1);
	}
	assert_int_equal(kit_put(k, 1, KIT_NOW + 9 * 366 * DATE_DAY, old, 3), 0);
	for (int64_t id = 1; id <= 3; id++)
		assert_true(kit_item(k, id).read && kit_item(k, id).fetched == KIT_NOW);
}

static void a_feed_subscribed_twice_is_two_feeds(void **state)
{
	struct kit *k = *state;
	struct sub subs[] = { { .url = "http://one.example/f" }, { .url = "https://one.example/f" } };
	struct entry e = ENTRY_AT(1000, .id = "http://one.example/1", .title = "Story", .link = "http://one.example/1");

	must(feeds_sync(&k->st, subs, 2, &k->info));
	assert_int_equal(kit_put(k, 1, KIT_NOW, &e, 1), 1);
	assert_int_equal(kit_put(k, 3, KIT_NOW, &e, 1), 1);
	assert_int_equal(kit_feed(k, 1).items, 1);
	assert_int_equal(kit_feed(k, 3).items, 1);
}

/* ---- keys of before ---- */

/* As version 5 had them: of the addresses as they stand there, and of title and date alone. */
static int64_t key_of_before(const char *text)
{
	return (int64_t)hash_bytes(text, strlen(text));
}

static void set_keys(struct kit *k, int64_t id, const char *guid, const char *name)
{
	struct stmt *s = db_sql(k->st.db, "UPDATE articles SET guid_key = ?2, name_key = ?3 WHERE id = ?1");

	stmt_int(s, 1, id);
	if (guid)
		stmt_int(s, 2, key_of_before(guid));
	stmt_int(s, 3, key_of_before(name));
	must(stmt_run(s, &k->info));
}

static void articles_of_an_older_store_are_found_again(void **state)
{
	struct kit *k = *state;
	struct entry e[] = {
		ENTRY_AT(1000, .id = "http://one.example/?p=1", .title = "Guid", .link = "http://one.example/"), ENTRY_AT(2000, .title = "Link", .link = "http://one.example/2"),
		ENTRY_AT(3000, .title = "Title"), ENTRY_AT(4000, .content = "untitled"),
	};

	assert_int_equal(kit_put(k, 1, KIT_NOW, e, 4), 4);
	set_keys(k, 1, "g1:http://one.example/?p=1\x1e", "t1:1000:Guid\x1e");
	set_keys(k, 2, NULL, "l1:http://one.example/2\x1e");
	set_keys(k, 3, NULL, "t1:3000:Title\x1e");
	set_keys(k, 4, NULL, "t1:4000:\x1f");
	must(db_begin(k->st.db, &k->info));
	must(identity_rekey(k->st.db, &k->info));
	must(db_commit(k->st.db, &k->info));
	e[0].id = "https://one.example/?p=1";
	e[1].link = "https://one.example/2/";
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, e, 4), 0);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM digests"), 0); /* nor is anything taken for a form of before */
	e[0].id = "other"; /* by its title then, as its link is the site's */
	assert_int_equal(kit_put(k, 1, KIT_NOW + 120, e, 4), 0);
}

/* ---- servers that don't agree ---- */

static int64_t written(struct kit *k)
{
	return kit_int(k, "SELECT total_changes()");
}

static void two_servers_that_differ_bring_nothing_new_and_rewrite_nothing(void **state)
{
	struct kit *k = *state;
	struct entry a = ENTRY_AT(1000, .id = "a", .title = "The one title of the two", .link = "http://one.example/1", .content = "x");
	struct entry b = ENTRY_AT(1000, .id = "b", .title = "Quite other words here", .link = "https://one.example/1", .content = "y");
	int64_t before;

	assert_int_equal(kit_put(k, 1, KIT_NOW, &a, 1), 1);
	read_all(k);
	assert_int_equal(kit_put(k, 1, KIT_NOW + 60, &b, 1), 0);
	must(db_exec(k->st.db, "DELETE FROM search_queue; DELETE FROM terms_queue", &k->info));
	for (int turn = 1; turn < 20; turn++) {
		before = written(k);
		assert_int_equal(kit_put(k, 1, KIT_NOW + 60 + turn, turn % 3 ? &a : &b, 1), 0); /* a a b, and again */
		assert_true(written(k) - before <= 3); /* the feed itself, and that it came */
		assert_string_equal(kit_item(k, 1).title, b.title);
	}
	assert_true(kit_item(k, 1).read);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM search_queue"), 0);
	assert_int_equal(kit_int(k, "SELECT count(*) FROM earlier"), 1);
	/* Three times without the other: the edit was taken back. */
	for (int turn = 0; turn < 3; turn++)
		assert_int_equal(kit_put(k, 1, KIT_NOW + 100 + turn, &a, 1), 0);
	assert_string_equal(kit_item(k, 1).title, a.title);
	assert_true(kit_item(k, 1).read);
	kit_healthy(k);
}

static void forms_that_were_seen_are_few_and_go_with_their_article(void **state)
{
	struct kit *k = *state;
	struct entry e = ENTRY(.id = "g", .title = "T");

	for (int i = 0; i < 9; i++) {
		e.content = arena_printf(&k->a, "%d comments", i);
		(void)kit_put(k, 1, KIT_NOW + i, &e, 1);
	}
	assert_string_equal(kit_item(k, 1).content, "8 comments");
	assert_int_equal(kit_int(k, "SELECT count(*) FROM digests"), 4);
	must(articles_remove(&k->st, 1, &k->info));
	assert_int_equal(kit_int(k, "SELECT count(*) FROM digests"), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_the_same_page_have_one_key),
		T(a_feed_that_changes_every_guid_brings_nothing_twice),
		T(entries_alike_but_for_their_guids_stay_apart),
		T(untitled_entries_without_names_are_told_apart_by_their_text),
		T(a_guid_used_again_for_another_article_leaves_the_old_one),
		T(an_edit_keeps_its_link_or_its_title_or_its_date),
		T(entries_of_one_guid_are_articles_of_their_own),
		T(a_guid_of_hundreds_still_finds_each_of_them),
		T(a_site_that_moves_to_https_brings_nothing_twice),
		T(tracking_parameters_name_nothing_and_stay_in_the_link),
		T(what_comes_back_after_years_is_the_old_one),
		T(a_feed_subscribed_twice_is_two_feeds),
		T(articles_of_an_older_store_are_found_again),
		T(two_servers_that_differ_bring_nothing_new_and_rewrite_nothing),
		T(forms_that_were_seen_are_few_and_go_with_their_article),
	};

	return cmocka_run_group_tests_name("store_identity", tests, NULL, NULL);
}
