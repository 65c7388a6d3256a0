/* carry - the log taken to another store and back, and newsboat's cache. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/carry.h"
#include "app/page.h"
#include "base/buf.h"
#include "base/rng.h"

#define NOW 1775030400 /* 2026-04-01T08:00:00Z */
#define ARTICLES 60

/* Two stores of the same articles: one to carry from, one to carry to. */
struct fixture {
	struct app from, to;
	struct arena a;
	struct item_list items;
	struct feed_list feeds;
	char dir[40], json[64], cache[64];
	struct err_info info;
};

#define must(e) assert_int_equal((e), OK)

static int set_up(void **state)
{
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .samples = true, .mode = DB_READ_WRITE };
	struct article_query q = ARTICLE_QUERY_INIT;
	struct fixture *f = calloc(1, sizeof *f);

	*state = f;
	q.limit = ARTICLES;
	snprintf(f->dir, sizeof f->dir, "/tmp/eclose-carry-XXXXXX");
	if (!mkdtemp(f->dir) || app_open(&f->from, &o, &f->info) != OK || app_open(&f->to, &o, &f->info) != OK ||
	    articles_list(&f->from.store, &q, &f->a, &f->items, &f->info) != OK || feeds_load(&f->from.store, true, &f->a, &f->feeds, &f->info) != OK) {
		print_error("%s\n", f->info.text);
		return -1;
	}
	snprintf(f->json, sizeof f->json, "%s/log.json", f->dir);
	snprintf(f->cache, sizeof f->cache, "%s/cache.db", f->dir);
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	app_close(&f->from);
	app_close(&f->to);
	arena_clear(&f->a);
	unlink(f->json);
	unlink(f->cache);
	assert_int_equal(rmdir(f->dir), 0); /* and nothing was left beside them */
	free(f);
	return 0;
}

#define EVENT(...) (struct event){ .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, __VA_ARGS__ }

static struct event act(struct fixture *f, struct app *app, struct event e)
{
	must(events_append(&app->store, &e, &f->info));
	return e;
}

static int64_t number(struct fixture *f, struct app *app, const char *sql)
{
	struct stmt *s = db_sql(app->store.db, sql);
	bool row = false;
	int64_t n;

	must(stmt_step(s, &row, &f->info));
	assert_true(row);
	n = stmt_col_int(s, 0);
	stmt_reset(s);
	return n;
}

/* A month in which some things are done in one batch, some twice in a second, and some taken back. */
static void live(struct fixture *f)
{
	int64_t batch = 0;
	struct rng r;

	for (int i = 0; i < 3; i++) /* alike in all that they say */
		(void)act(f, &f->from, EVENT(.article = f->items.item[0].id, .kind = EVENT_LIKE, .at = NOW - 31 * DATE_DAY));
	rng_seed(&r, 5);
	for (int i = 0; i < 400; i++) {
		struct event e = EVENT(.article = f->items.item[rng_below(&r, (uint32_t)f->items.n)].id, .kind = (enum event_kind)rng_below(&r, EVENT_UNDO),
			.at = NOW - (400 - i) / 2 * 6000, .place = (int)rng_below(&r, 30), .batch = rng_below(&r, 5) ? 0 : batch);

		e.explore = (int)rng_below(&r, 102) - 1;
		if (e.kind == EVENT_CLOSE) {
			e.dwell = (double)rng_below(&r, 1000) / 7;
			e.scroll = (double)rng_below(&r, 10) / 9;
		}
		e = act(f, &f->from, e);
		batch = e.batch;
		if (rng_below(&r, 8) == 0) {
			(void)act(f, &f->from, EVENT(.kind = EVENT_UNDO, .undoes = batch, .at = e.at));
			batch = 0;
		}
	}
}

static void export(struct fixture *f, struct app *app)
{
	struct buf b = BUF_INIT;

	must(carry_export(app, &b, &f->info));
	must(buf_write_file(f->json, b.s, b.len, 0600, &f->info));
	buf_clear(&b);
}

static void same_model(struct fixture *f)
{
	struct ranker *x, *y;
	const struct models *a, *b;
	double *p, *q;
	size_t n;

	must(ranker_open(&f->from, &x, &f->info));
	must(ranker_open(&f->to, &y, &f->info));
	a = &ranker_profile(x)->models;
	b = &ranker_profile(y)->models;
	assert_true(a->interest.updates > 100);
	assert_int_equal(a->interest.updates, b->interest.updates);
	assert_int_equal(ranker_profile(x)->n, ranker_profile(y)->n);
	n = models_numbers(a, NULL);
	assert_int_equal(models_numbers(b, NULL), n);
	p = arena_alloc(&f->a, n * sizeof *p);
	q = arena_alloc(&f->a, n * sizeof *q);
	(void)models_numbers(a, p);
	(void)models_numbers(b, q);
	for (size_t i = 0; i < n; i++)
		assert_true(fabs(p[i] - q[i]) < 1e-12);
	ranker_close(x);
	ranker_close(y);
}

static void same_flags(struct fixture *f)
{
	for (size_t i = 0; i < f->items.n; i++) {
		struct item_list x, y;

		must(articles_brief(&f->from.store, &f->items.item[i].id, 1, &f->a, &x, &f->info));
		must(articles_brief(&f->to.store, &f->items.item[i].id, 1, &f->a, &y, &f->info));
		assert_int_equal(x.item[0].read, y.item[0].read);
		assert_int_equal(x.item[0].starred, y.item[0].starred);
	}
}

static void a_log_taken_to_another_store_gives_the_same_reader_there(void **state)
{
	struct fixture *f = *state;
	struct carried c = { 0 };
	int64_t rows;

	live(f);
	export(f, &f->from);
	must(carry_import(&f->to, f->json, &c, &f->info));
	rows = number(f, &f->to, "SELECT count(*) FROM events");
	assert_true(c.events > 200 && c.events == rows && c.known == 0 && c.unknown == 0 && !c.newsboat);
	assert_int_equal(rows, number(f, &f->from, "SELECT count(*) FROM events e WHERE kind <> 12 AND NOT EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.batch)"));
	same_model(f);
	same_flags(f);
	must(carry_import(&f->to, f->json, &c, &f->info)); /* once more */
	assert_true(c.events == 0 && c.known == rows);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM events"), rows);
	must(carry_import(&f->from, f->json, &c, &f->info)); /* and where it comes from */
	assert_int_equal(c.events, 0);
}

/* Feeds have their numbers by the order of subscription; articles keep theirs, so that nothing else differs. Done after the import, because articles are known again
 * by keys that have the feed's number in them. The shares of feeds are stored by number; without them both stores count. */
static void renumber_the_feeds(struct fixture *f)
{
	must(blob_drop(&f->from.store, "shares", &f->info));
	must(blob_drop(&f->to.store, "shares", &f->info));
	must(db_exec(f->to.store.db, "PRAGMA foreign_keys = OFF; BEGIN;"
		" UPDATE articles SET feed = -feed; UPDATE feeds SET id = -id;"
		" UPDATE articles SET feed = 1000 + 37 * feed WHERE feed < 0; UPDATE feeds SET id = 1000 + 37 * id WHERE id < 0;"
		" COMMIT; PRAGMA foreign_keys = ON", &f->info));
}

static void a_log_is_the_same_reader_where_the_feeds_have_other_numbers(void **state)
{
	struct fixture *f = *state;
	struct carried c = { 0 };

	live(f);
	export(f, &f->from);
	must(carry_import(&f->to, f->json, &c, &f->info));
	assert_true(c.events > 200 && c.unknown == 0);
	renumber_the_feeds(f);
	for (int kind = 0; kind < MODEL_COUNT; kind++) {
		f->from.config.model = f->to.config.model = (enum model_kind)kind;
		same_model(f);
	}
}

static void what_was_one_action_is_one_there(void **state)
{
	struct fixture *f = *state;
	struct carried c;
	struct event first = act(f, &f->from, EVENT(.article = f->items.item[0].id, .kind = EVENT_READ, .at = NOW)), e;
	int64_t batch;

	(void)act(f, &f->from, EVENT(.article = f->items.item[1].id, .kind = EVENT_READ, .at = NOW, .batch = first.batch));
	(void)act(f, &f->to, EVENT(.article = f->items.item[2].id, .kind = EVENT_SHOWN, .at = NOW)); /* so that the numbers differ */
	(void)act(f, &f->to, EVENT(.article = f->items.item[2].id, .kind = EVENT_SHOWN, .at = NOW + 1));
	export(f, &f->from);
	must(carry_import(&f->to, f->json, &c, &f->info));
	must(events_last_undoable(&f->to.store, &batch, &f->info));
	e = act(f, &f->to, EVENT(.kind = EVENT_UNDO, .undoes = batch, .at = NOW));
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), 0);
	must(carry_import(&f->to, f->json, &c, &f->info)); /* what was taken back stays so */
	assert_int_equal(c.events, 0);
	assert_int_equal(number(f, &f->to, "SELECT max(id) FROM events"), e.id);
}

/* Ten thousand passings of one article and as many edits of one subject: were each row asked for in the log, this would take minutes. */
static void many_actions_on_one_thing_are_taken_once(void **state)
{
	enum { MANY = 20000 };
	struct fixture *f = *state;
	struct event *e = calloc(MANY, sizeof *e);
	int64_t added = -1;

	for (int again = 0; again < 2; again++) {
		for (int i = 0; i < MANY; i++) {
			e[i] = EVENT(.at = NOW + i / 4, .batch = i + 1, .kind = i % 2 ? EVENT_EDIT : EVENT_SKIP);
			e[i].article = i % 2 ? 0 : f->items.item[0].id;
			e[i].subject = i % 2 ? "term:comet" : NULL;
			e[i].value = i % 2 ? i % 3 : 0;
		}
		must(events_merge(&f->to.store, e, MANY, &added, &f->info));
		assert_int_equal(added, again ? 0 : MANY);
	}
	e[0] = EVENT(.at = NOW, .batch = 1, .kind = EVENT_EDIT, .subject = "term:comet", .value = -3); /* of before what was said here last */
	must(events_merge(&f->to.store, e, 1, &added, &f->info));
	assert_int_equal(added, 0);
	free(e);
}

static void nothing_that_was_read_here_becomes_unread(void **state)
{
	struct fixture *f = *state;
	int64_t id = f->items.item[0].id, other = f->items.item[1].id;
	struct carried c;

	(void)act(f, &f->from, EVENT(.article = id, .kind = EVENT_READ, .at = NOW - 9));
	(void)act(f, &f->from, EVENT(.article = id, .kind = EVENT_UNREAD, .at = NOW - 8));
	(void)act(f, &f->from, EVENT(.article = other, .kind = EVENT_OPEN, .at = NOW - 7));
	(void)act(f, &f->from, EVENT(.article = other, .kind = EVENT_UNREAD, .at = NOW - 6));
	(void)act(f, &f->to, EVENT(.article = id, .kind = EVENT_OPEN, .at = NOW - 100));
	export(f, &f->from);
	must(carry_import(&f->to, f->json, &c, &f->info));
	assert_int_equal(c.events, 3);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), 1);
	assert_int_equal(number(f, &f->to, "SELECT id FROM articles WHERE read_at IS NOT NULL"), id);
}

static void articles_that_are_not_there_are_kept_out_and_counted(void **state)
{
	struct fixture *f = *state;
	struct carried c;

	for (size_t i = 0; i < 4; i++)
		(void)act(f, &f->from, EVENT(.article = f->items.item[i].id, .kind = EVENT_LIKE, .at = NOW));
	must(articles_remove(&f->to.store, f->items.item[1].id, &f->info));
	export(f, &f->from);
	must(carry_import(&f->to, f->json, &c, &f->info));
	assert_true(c.events == 3 && c.unknown == 1 && c.known == 0);
}

#define EDIT(subject, weight) \
	"{\"article\":null,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"edit\",\"subject\":\"" subject "\",\"weight\":" weight "}"

static void a_file_that_is_wrong_in_one_place_changes_nothing(void **state)
{
	static const char good[] = "{\"article\":0,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"like\"},";
	static const struct { const char *event, *says; } bad[] = {
		{ "{\"article\":1,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"like\"}", "event 1" }, { "{\"article\":0,\"at\":\"today\",\"kind\":\"like\"}", "event 1" },
		{ "{\"article\":0,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"undo\"}", "event 1" }, { "{\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"like\"}", "event 1" },
		{ "{\"article\":0,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"like\",\"dwell\":-3}", "event 1" },
		{ "{\"article\":0,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"like\",\"slot\":1.5}", "event 1" },
		{ "{\"article\":0,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"like\",\"explore\":\"x\"}", "event 1" },
		{ EDIT("colour:red", "1"), "event 1" }, { EDIT("length:9", "1"), "event 1" }, { EDIT("tag:x", "3.5"), "event 1" }, { EDIT("tag:x", "null"), "event 1" },
		{ EDIT("author:\\u001b]0;x\\u0007", "1"), "event 1" }, { EDIT("author:\\u202egnp", "1"), "event 1" }, { EDIT("category:", "1"), "event 1" },
		{ "7", "event 1" }, { "}", "is neither" },
	};
	struct fixture *f = *state;
	struct carried c;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *text = arena_printf(&f->a, "{\"eclose\":\"profile\",\"version\":1,\"articles\":[{\"feed\":\"%s\",\"id\":\"%s\"}],\"events\":[%s%s]}",
						f->feeds.feed[0].url, f->items.item[0].guid, good, bad[i].event);

		must(buf_write_file(f->json, text, strlen(text), 0600, &f->info));
		assert_int_equal(carry_import(&f->to, f->json, &c, &f->info), ERR_SYNTAX);
		assert_non_null(strstr(f->info.text, bad[i].says));
		assert_non_null(strstr(f->info.text, f->json));
	}
	must(buf_write_file(f->json, "{\"eclose\":\"profile\",\"version\":2}", 32, 0600, &f->info));
	assert_int_equal(carry_import(&f->to, f->json, &c, &f->info), ERR_UNSUPPORTED);
	assert_int_equal(carry_import(&f->to, "/nowhere/log.json", &c, &f->info), ERR_NOTFOUND);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM events"), 0);
}

/* ---- newsboat ---- */

/* As newsboat 2 makes it. */
static const char newsboat_schema[] =
	"CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL,"
	" lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT \"\");"
	"CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,"
	" author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,"
	" content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),"
	" enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT \"\","
	" content_mime_type VARCHAR(255) NOT NULL DEFAULT \"\");"
	"CREATE INDEX idx_feedurl ON rss_item(feedurl); CREATE TABLE metadata (db_schema_version_major INTEGER, db_schema_version_minor INTEGER);";

static sqlite3 *newsboat(struct fixture *f)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(f->cache, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, newsboat_schema, NULL, NULL, NULL), SQLITE_OK);
	return db;
}

static void boat_item(sqlite3 *db, const char *feed, const char *guid, const char *title, const char *link, int64_t at, bool unread, bool deleted)
{
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, deleted)"
		" VALUES (?, ?, 'Somebody', ?, ?, ?, '<p>Text <script>x()</script>of it</p>', ?, ?)", -1, &s, NULL), SQLITE_OK);
	sqlite3_bind_text(s, 1, guid, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, title, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, link, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, feed, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 5, at);
	sqlite3_bind_int(s, 6, unread);
	sqlite3_bind_int(s, 7, deleted);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
}

static const struct feed *feed_of(const struct fixture *f, int64_t id)
{
	for (size_t i = 0; i < f->feeds.n; i++)
		if (f->feeds.feed[i].id == id)
			return &f->feeds.feed[i];
	return NULL;
}

static struct item titled(struct fixture *f, const char *title)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list l;
	struct item it;

	q.title_like = title;
	must(articles_list(&f->to.store, &q, &f->a, &l, &f->info));
	assert_int_equal(l.n, 1);
	must(articles_get(&f->to.store, l.item[0].id, &f->a, &it, &f->info));
	return it;
}

/* One article that is here, one old, one unread, one deleted there, one of a feed that nobody knows, and one twice. */
static void fill_newsboat(struct fixture *f, sqlite3 *db)
{
	const struct item *here = &f->items.item[3];
	const char *url = feed_of(f, here->feed_id)->url;

	boat_item(db, url, here->guid, "as newsboat had it", here->link, here->published, false, false);
	boat_item(db, url, "n1", "Oldest <b>reading</b>\x1b[31m", "https://x.example/1", NOW - 90 * DATE_DAY, false, false);
	boat_item(db, url, "n2", "Waitingroom", "https://x.example/2", NOW - 80 * DATE_DAY, true, false);
	boat_item(db, url, "n3", "Thrown away", "https://x.example/3", NOW - 80 * DATE_DAY, false, true);
	boat_item(db, url, "n4", "Scriptorium", "javascript:alert(1)", 0, false, false);
	boat_item(db, url, "n1", "Oldest, again", "https://x.example/1", NOW - 90 * DATE_DAY, false, false);
	boat_item(db, "https://unknown.example/feed", "u1", "Stranger", "https://unknown.example/1", NOW - DATE_DAY, false, false);
}

static void newsboats_readings_are_taken_over_once(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db = newsboat(f);
	struct carried c;
	struct item old, waiting, script;
	int64_t articles = number(f, &f->to, "SELECT count(*) FROM articles");
	struct buf before = BUF_INIT, after = BUF_INIT;

	fill_newsboat(f, db);
	assert_int_equal(sqlite3_exec(db, "BEGIN; SELECT * FROM rss_item", NULL, NULL, NULL), SQLITE_OK); /* newsboat reads, and stays open */
	must(buf_read_file(&before, f->cache, 1 << 24, &f->info));
	must(carry_import(&f->to, f->cache, &c, &f->info));
	must(buf_read_file(&after, f->cache, 1 << 24, &f->info));
	assert_true(before.len == after.len && memcmp(before.s, after.s, before.len) == 0);
	assert_true(c.newsboat && c.known == 0 && c.unknown == 1 && c.articles_new == 3);
	assert_int_equal(c.events, 3);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM articles"), articles + 3);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM events WHERE kind = 15"), 3);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM search_queue"), 0); /* and they can be searched and compared */
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM terms_queue"), 0);
	old = titled(f, "Oldest reading");
	assert_string_equal(old.title, "Oldest reading[31m");
	assert_null(strstr(old.content, "script"));
	assert_true(old.read && old.published == NOW - 90 * DATE_DAY && old.fetched == old.published); /* not news of today */
	waiting = titled(f, "Waitingroom");
	assert_false(waiting.read);
	script = titled(f, "Scriptorium");
	assert_true(script.read && !script.link);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM articles WHERE title = 'as newsboat had it'"), 0);
	assert_int_equal(number(f, &f->to, "SELECT at FROM events ORDER BY id LIMIT 1"), NOW - 90 * DATE_DAY); /* in order of time */
	must(carry_import(&f->to, f->cache, &c, &f->info));
	assert_true(c.events == 0 && c.articles_new == 0 && c.known == 3);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM events"), 3);
	buf_clear(&before);
	buf_clear(&after);
	sqlite3_close(db);
}

static void taking_over_is_one_action_that_can_be_taken_back(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db = newsboat(f);
	struct ranker *r;
	struct carried c;
	const char *words;

	fill_newsboat(f, db);
	sqlite3_close(db);
	(void)act(f, &f->to, EVENT(.article = f->items.item[5].id, .kind = EVENT_READ, .at = NOW - 1));
	must(carry_import(&f->to, f->cache, &c, &f->info));
	must(ranker_open(&f->to, &r, &f->info));
	must(ranker_undo(r, &f->a, &words, &f->info));
	assert_string_equal(words, "undone: imported of 3 articles");
	ranker_close(r);
	assert_int_equal(number(f, &f->to, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), 1);
}

static void a_fetch_afterwards_brings_nothing_twice(void **state)
{
	struct fixture *f = *state;
	const struct item *any = &f->items.item[0];
	struct entry e[] = { { .id = "g1", .title = "Solenoid", .link = "https://x.example/1", .published = NOW - DATE_DAY, .updated = DATE_NONE },
		{ .title = "Thyristor", .link = "https://x.example/2", .published = NOW - DATE_DAY, .updated = DATE_NONE } };
	struct feed_doc doc = { .entries = e, .n_entries = 2, .updated = DATE_NONE, .ttl = -1 };
	struct fetched got = { .feed_id = any->feed_id, .at = NOW, .next = NOW + 3600, .http = 200, .doc = &doc };
	sqlite3 *db = newsboat(f);
	struct carried c;
	int added = -1;

	boat_item(db, feed_of(f, any->feed_id)->url, "g1", "Solenoid", "https://x.example/1", NOW - DATE_DAY, false, false);
	boat_item(db, feed_of(f, any->feed_id)->url, "https://x.example/2Mon, 30 Mar 2026", "Thyristor", "https://x.example/2", NOW - DATE_DAY, true, false);
	sqlite3_close(db);
	must(carry_import(&f->to, f->cache, &c, &f->info));
	assert_int_equal(c.articles_new, 2);
	must(feeds_put(&f->to.store, &got, NULL, NULL, &added, &f->info));
	assert_int_equal(added, 0);
	assert_true(titled(f, "Solenoid").read && !titled(f, "Thyristor").read);
}

/* Newsboat makes a guid of the link and the date, or of the title, where a feed gives none. */
static void a_guid_that_newsboat_made_up_names_no_second_article(void **state)
{
	struct fixture *f = *state;
	const struct feed *feed = &f->feeds.feed[0];
	struct entry e[] = {
		{ .title = "it has no link", .published = NOW - 5000, .updated = DATE_NONE },
		{ .title = "one of three", .link = "http://page.example/", .published = NOW - 4000, .updated = DATE_NONE },
		{ .title = "two of three", .link = "http://page.example/", .published = NOW - 3000, .updated = DATE_NONE },
		{ .title = "three of three", .link = "http://page.example/", .published = NOW - 2000, .updated = DATE_NONE },
	};
	struct feed_doc doc = { .entries = e, .n_entries = 4 };
	struct fetched got = { .feed_id = feed->id, .at = NOW, .doc = &doc };
	sqlite3 *db = newsboat(f);
	struct carried c;
	int added = 0;

	must(feeds_put(&f->to.store, &got, NULL, NULL, &added, &f->info));
	assert_int_equal(added, 4);
	boat_item(db, feed->url, e[0].title, e[0].title, "", NOW - 5000, false, false);
	for (size_t i = 1; i < 4; i++) {
		char guid[64], at[DATE_TEXT];

		snprintf(guid, sizeof guid, "%s%s", e[i].link, date_rfc3339(e[i].published, at));
		boat_item(db, feed->url, guid, e[i].title, e[i].link, e[i].published, false, false);
	}
	sqlite3_close(db);
	must(carry_import(&f->to, f->cache, &c, &f->info));
	assert_true(c.events == 4 && c.articles_new == 0);
}

static void another_programs_database_is_told_so(void **state)
{
	struct fixture *f = *state;
	struct carried c;
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(f->cache, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE rss_item (guid, title)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(carry_import(&f->to, f->cache, &c, &f->info), ERR_SYNTAX);
	assert_non_null(strstr(f->info.text, "newsboat"));
	must(buf_write_file(f->cache, "SQLite format 3\0 and then nothing that is", 40, 0600, &f->info));
	assert_int_equal(carry_import(&f->to, f->cache, &c, &f->info), ERR_CORRUPT);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_log_taken_to_another_store_gives_the_same_reader_there),
		T(a_log_is_the_same_reader_where_the_feeds_have_other_numbers),
		T(what_was_one_action_is_one_there),
		T(many_actions_on_one_thing_are_taken_once),
		T(nothing_that_was_read_here_becomes_unread),
		T(articles_that_are_not_there_are_kept_out_and_counted),
		T(a_file_that_is_wrong_in_one_place_changes_nothing),
		T(newsboats_readings_are_taken_over_once),
		T(a_guid_that_newsboat_made_up_names_no_second_article),
		T(taking_over_is_one_action_that_can_be_taken_back),
		T(a_fetch_afterwards_brings_nothing_twice),
		T(another_programs_database_is_told_so),
	};

	return cmocka_run_group_tests_name("carry", tests, NULL, NULL);
}
