/* moving - a store as one document and in again: the same in an empty one, added to one that has something, and nothing from a document that isn't right. */
#include "tests/unit/demo_kit.h"

#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/body.h"
#include "app/edits.h"
#include "app/moving.h"
#include "app/refresh.h"
#include "base/base64.h"
#include "base/buf.h"
#include "store/whole.h"

/* The demo's reader, and a second profile. */
struct two {
	struct fixture from;
	struct app to;
	struct arena a;
	char dir[48];
	const char *file;
	struct err_info info;
};

static const char *below(struct two *t, const char *name)
{
	return arena_printf(&t->a, "%s/%s", t->dir, name);
}

static void open_to(struct two *t)
{
	struct app_options o = { .program = "eclose", .now = NOW, .config_dir = below(t, "config"), .data_dir = below(t, "data"), .mode = DB_READ_WRITE };

	must(app_open(&t->to, &o, &t->info));
}

static int set_up(void **state)
{
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .mode = DB_READ_WRITE };
	struct two *t = mem_zero(1, sizeof *t);

	*state = t;
	snprintf(t->dir, sizeof t->dir, "/tmp/eclose-moving-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	t->file = below(t, "all.json");
	must(app_open(&t->from.app, &o, &t->info));
	open_to(t);
	return 0;
}

static int tear_down(void **state)
{
	struct two *t = *state;

	ranker_close(t->from.ranker);
	app_close(&t->from.app);
	app_close(&t->to);
	assert_int_equal(system(arena_printf(&t->a, "rm -r '%s'", t->dir)), 0);
	arena_clear(&t->from.a);
	arena_clear(&t->a);
	free(t);
	return 0;
}

static void write_file(struct two *t, const char *path, const char *text)
{
	must(buf_write_file(path, text, strlen(text), 0600, &t->info));
}

static const char *read_file(struct two *t, const char *path)
{
	struct buf b = BUF_INIT;
	const char *s;

	must(buf_read_file(&b, path, (size_t)1 << 30, &t->info));
	s = arena_strdup(&t->a, buf_str(&b));
	buf_clear(&b);
	return s;
}

static const char *export(struct two *t, struct app *app, const char *file)
{
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	must(moving_out(app, f, false, &t->info));
	assert_int_equal(fclose(f), 0);
	return read_file(t, file);
}

static struct moved_in import(struct two *t, const char *file)
{
	struct moved_in m = { 0 };

	if (moving_in(&t->to, file, &m, &t->info) != OK)
		fail_msg("%s", t->info.text);
	return m;
}

static int64_t number(struct app *app, const char *sql)
{
	struct stmt *s = db_sql(app->store.db, sql);
	bool row = false;
	int64_t n;

	must(stmt_step(s, &row, NULL));
	assert_true(row);
	n = stmt_col_int(s, 0);
	stmt_reset(s);
	return n;
}

/* ---- a store in which there is some of everything ---- */

static void act(struct app *app, struct event e)
{
	e.dwell = e.dwell > 0 ? e.dwell : -1;
	e.scroll = e.explore = -1;
	e.propensity = e.slot == SLOT_SERENDIPITY ? 1.0 / 3 : -1;
	e.at = NOW;
	must(events_append(&app->store, &e, NULL));
}

static int put(struct app *app, int64_t feed, int64_t at, struct entry *e, size_t n)
{
	struct feed_doc doc = { .title = "A \"feed\"", .link = "http://feed.example/", .entries = e, .n_entries = n, .updated = DATE_NONE, .ttl = 90, .skip_hours = 6 };
	struct fetched f = { .feed_id = feed, .at = at, .next = at + 3600, .http = 200, .doc = &doc, .etag = "\"\xff\xfe\"", .last_modified = "never", .bytes = 100, .ms = 1.0 / 7 };
	int added = -1;

	must(feeds_put(&app->store, &f, body_text, NULL, &added, NULL));
	return added;
}

/* A long text full of what JSON must escape, longer than what is read ahead at once. */
static const char *long_text(struct arena *a, const char *word)
{
	struct buf b = BUF_INIT;
	const char *s;

	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "<p>%s \\ \"%d\" { ] \xe6\x96\xb0</p>", word, i);
	s = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return s;
}

static void edit_an_article(struct two *t, struct app *app)
{
	static const char *const category[] = { "one", "two, three" };
	struct enclosure files[] = { { "http://feed.example/a.mp3", "audio/mpeg", 1000 }, { "http://feed.example/b", NULL, -1 } };
	struct entry e = { .id = "long", .title = "Long", .link = "http://feed.example/long?utm_source=x", .published = NOW - 90000, .updated = DATE_NONE,
		.content = long_text(&t->a, "before"), .categories = (const char **)(uintptr_t)category, .n_categories = 2, .enclosures = files, .n_enclosures = 2,
		.image = "http://feed.example/i.png", .comments = "http://feed.example/c", .author = "Ann \xc3\xbc", .language = "en", .pixels = 2 };

	assert_int_equal(put(app, 2, NOW - 80000, &e, 1), 1);
	e.content = "<p>And now for something else entirely, that has at least as many other words as an edit must change before anybody calls it one, I hope, or think.</p>";
	assert_int_equal(put(app, 2, NOW - 70000, &e, 1), 0);
	assert_int_equal(number(app, "SELECT count(*) FROM earlier"), 1);
	assert_int_equal(number(app, "SELECT count(*) FROM digests"), 1);
}

/* One that was read, of which the row stays, and one of which nothing stays but what it is known by. */
static void let_go(struct two *t, struct app *app)
{
	int64_t read = number(app, "SELECT e.article FROM events e JOIN articles a ON a.id = e.article WHERE a.read_at IS NOT NULL ORDER BY a.at LIMIT 1");
	int64_t other = number(app, "SELECT id FROM articles WHERE id NOT IN (SELECT article FROM events) AND guid IS NOT NULL ORDER BY at LIMIT 1");
	bool gone = false;

	must(articles_let_go(&app->store, read, NOW - 100, false, &gone, &t->info));
	assert_true(gone);
	must(articles_let_go(&app->store, other, NOW - 100, true, &gone, &t->info));
	assert_true(gone);
	assert_int_equal(number(app, "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL"), 1);
	assert_int_equal(number(app, "SELECT count(*) FROM gone"), 1);
}

static void live(struct two *t, struct app *app)
{
	int64_t unread = number(app, "SELECT id FROM articles WHERE read_at IS NULL ORDER BY at DESC LIMIT 1"), batch;

	edit_an_article(t, app);
	let_go(t, app);
	must(app_vectorise(app, &t->info));
	must(app_index(app, &t->info));
	act(app, (struct event){ .article = unread, .kind = EVENT_STAR });
	batch = number(app, "SELECT max(batch) FROM events");
	act(app, (struct event){ .kind = EVENT_UNDO, .undoes = batch });
	must(trials_start(&app->store, "rank", "new", NOW - 1000, &t->info));
	act(app, (struct event){ .article = unread, .kind = EVENT_OPEN, .dwell = 100.0 / 3, .place = 3, .slot = SLOT_SERENDIPITY, .pair = 4, .width = 80, .trial = 1, .team = TEAM_B });
	must(trials_end(&app->store, 1, NOW - 500, &t->info));
	must(topics_rename(&app->store, 1, "Mine", &t->info));
	act(app, (struct event){ .kind = EVENT_EDIT, .subject = "topic:1", .value = 1.1 });
	act(app, (struct event){ .article = unread, .kind = EVENT_EDIT, .subject = "term:night", .value = -2 });
	must(articles_remove(&app->store, number(app, "SELECT max(id) FROM articles WHERE read_at IS NOT NULL"), &t->info));
	act(app, (struct event){ .article = unread, .kind = EVENT_SAVE }); /* which undo would find */
}

/* ---- into an empty store ---- */

static void same_pages(struct two *t)
{
	struct ranker *x, *y;

	must(ranker_open(&t->from.app, &x, &t->info));
	must(ranker_open(&t->to, &y, &t->info));
	for (int explore = 0; explore <= 100; explore += explore ? 70 : 30) {
		struct page_options o = { .explore = explore };
		struct page p = { 0 }, q = { 0 };

		must(ranker_page(x, &o, &p, &t->info));
		must(ranker_page(y, &o, &q, &t->info));
		assert_true(p.n > 20 && p.learned_from > 50);
		assert_int_equal(p.n, q.n);
		assert_true(p.learned_from == q.learned_from && p.candidates == q.candidates);
		for (size_t i = 0; i < p.n; i++) {
			assert_int_equal(p.entries[i].id, q.entries[i].id);
			assert_true(fabs(p.entries[i].score - q.entries[i].score) < 1e-9 && fabs(p.entries[i].distance - q.entries[i].distance) < 1e-9);
			assert_int_equal(p.entries[i].slot, q.entries[i].slot);
		}
		page_clear(&p);
		page_clear(&q);
	}
	ranker_close(x);
	ranker_close(y);
}

static void healthy(struct two *t, struct app *app)
{
	struct doctor_report r;

	must(doctor_check(&app->store, &t->a, &r, &t->info));
	assert_string_equal(r.integrity, "ok");
	assert_true(r.orphans == 0 && r.df_wrong == 0 && r.count_wrong == 0);
	assert_true(r.indexed == r.articles);
}

/* The demo's feeds are files, which only a line of the reader's own subscribes. */
static void subscribe_here(struct two *t)
{
	write_file(t, below(t, "config/urls"), read_file(t, t->from.app.urls_path));
	app_close(&t->to);
	open_to(t);
}

static void undo(struct two *t, struct app *app)
{
	int64_t batch;

	must(events_last_undoable(&app->store, &batch, &t->info));
	act(app, (struct event){ .kind = EVENT_UNDO, .undoes = batch });
}

static void an_empty_store_becomes_what_the_other_one_is(void **state)
{
	struct two *t = *state;
	struct moved_in m;
	const char *before;

	live(t, &t->from.app);
	before = export(t, &t->from.app, t->file);
	subscribe_here(t);
	m = import(t, t->file);
	assert_true(m.whole && m.articles == number(&t->from.app, "SELECT count(*) FROM articles") && m.events == number(&t->from.app, "SELECT count(*) FROM events"));
	assert_true(m.articles > 500 && m.events > 100);
	assert_true(strcmp(export(t, &t->to, below(t, "again.json")), before) == 0);
	healthy(t, &t->to);
	same_pages(t);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL"), 1);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM gone"), 1);
	undo(t, &t->from.app);
	undo(t, &t->to);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles WHERE starred_at IS NOT NULL"), 0);
	assert_true(strcmp(export(t, &t->to, below(t, "again.json")), export(t, &t->from.app, t->file)) == 0);
}

static void numbers_go_on_behind_those_that_were_given(void **state)
{
	struct two *t = *state;
	struct app *app = &t->from.app;
	struct entry e = { .id = "new", .title = "New", .published = NOW, .updated = DATE_NONE };
	int64_t last = number(app, "SELECT max(id) FROM articles");

	must(articles_remove(&app->store, last, &t->info));
	export(t, app, t->file);
	import(t, t->file);
	assert_int_equal(put(&t->to, 2, NOW, &e, 1), 1);
	assert_int_equal(number(&t->to, "SELECT max(id) FROM articles"), last + 1);
}

static void how_it_is_laid_out_does_not_matter(void **state)
{
	struct two *t = *state;
	const char *before;
	json_t *doc;

	live(t, &t->from.app);
	before = export(t, &t->from.app, t->file);
	doc = json_load_file(t->file, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(doc);
	assert_int_equal(json_dump_file(doc, below(t, "other.json"), JSON_INDENT(3) | JSON_ENSURE_ASCII), 0);
	json_decref(doc);
	subscribe_here(t);
	assert_true(import(t, below(t, "other.json")).whole);
	assert_true(strcmp(export(t, &t->to, below(t, "again.json")), before) == 0);
}

/* ---- into a store that has something ---- */

/* Two feeds of which one is known here, under another number, with one of its articles. */
static void something_here(struct two *t)
{
	const char *url = arena_strdup(&t->a, t->from.app.subs.sub[1].url);
	struct sub subs[] = { { .url = "http://mine.example/" }, { .url = url } };
	struct entry mine[] = { { .id = "m", .title = "Mine", .published = NOW - 5000, .updated = DATE_NONE, .content = "comet tide" } };
	struct entry known = { .id = "long", .title = "Long", .link = "http://feed.example/long", .published = NOW - 90000, .updated = DATE_NONE, .content = "as it is here" };

	write_file(t, below(t, "config/urls"), arena_printf(&t->a, "http://mine.example/\n%s\n", url));
	must(feeds_sync(&t->to.store, subs, 2, &t->info));
	assert_int_equal(put(&t->to, 1, NOW - 4000, mine, 1), 1);
	assert_int_equal(put(&t->to, 2, NOW - 4000, &known, 1), 1);
	act(&t->to, (struct event){ .article = 1, .kind = EVENT_LIKE });
	act(&t->to, (struct event){ .article = 2, .kind = EVENT_READ });
	act(&t->to, (struct event){ .article = 2, .kind = EVENT_STAR });
	app_close(&t->to);
	open_to(t);
}

static void a_store_that_has_something_gets_what_it_lacks(void **state)
{
	struct two *t = *state;
	struct app *from = &t->from.app;
	struct moved_in m;
	const char *after;

	live(t, from);
	export(t, from, t->file);
	something_here(t);
	m = import(t, t->file);
	assert_false(m.whole);
	assert_int_equal(m.articles_known, 1);
	assert_int_equal(m.articles, number(from, "SELECT count(*) FROM articles WHERE retired_at IS NULL") - 1);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles"), m.articles + 2);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), number(from, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL AND retired_at IS NULL") + 1);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles WHERE starred_at IS NOT NULL"), 2);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles WHERE id = 2 AND read_at IS NOT NULL AND starred_at IS NOT NULL"), 1);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM bodies WHERE content = 'as it is here'"), 1);
	assert_int_equal(number(&t->to, "SELECT sum(fetched) FROM articles WHERE id > 2"), number(from, "SELECT sum(fetched) FROM articles WHERE guid IS NOT 'long' AND retired_at IS NULL"));
	assert_true(m.events > 100);
	assert_int_equal(m.events_unknown, 3); /* about the one that was removed there, and the one that was let go; and a topic that isn't here */
	assert_int_equal(number(&t->to, "SELECT count(*) FROM events"), 3 + m.events);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM events WHERE kind = 12 OR trial <> 0"), 0);
	healthy(t, &t->to);
	after = export(t, &t->to, below(t, "after.json"));
	m = import(t, t->file);
	assert_true(m.articles == 0 && m.events == 0 && m.feeds == 0 && m.subscriptions == 0);
	assert_true(strcmp(export(t, &t->to, below(t, "again.json")), after) == 0);
	import(t, below(t, "after.json")); /* nor does its own */
	assert_true(strcmp(export(t, &t->to, below(t, "again.json")), after) == 0);
}

static void flags_that_the_log_does_not_tell_of_come_too(void **state)
{
	struct two *t = *state;
	struct app *from = &t->from.app;
	struct forget all = { .what = FORGET_ALL };
	struct forgotten gone;

	must(events_forget(&from->store, &all, &gone, &t->info));
	assert_true(number(from, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL") > 50);
	export(t, from, t->file);
	something_here(t);
	import(t, t->file);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL"), number(from, "SELECT count(*) FROM articles WHERE read_at IS NOT NULL") + 1);
}

/* ---- documents that are not right ---- */

#define HEAD "{\"eclose\":\"store\",\"version\":1,\n\"feeds\":[\n{\"url\":\"http://a.example/\",\"id\":1,\"position\":0,\"tags\":[]}\n],\n"
#define ARTICLE "\"id\":1,\"feed\":\"http://a.example/\",\"fetched\":\"2026-01-01T00:00:00Z\",\"name_key\":\"00000000000000ff\""

static void what_is_wrong_is_said_with_its_line_and_nothing_comes(void **state)
{
	static const struct { const char *text, *says; } bad[] = {
		{ "", "line 1" }, { "[1]", "line 1: this is no JSON object" }, { "{\n\n}", "nothing that eclose has exported" },
		{ HEAD "\"articles\":[{" ARTICLE "},\n{" ARTICLE, "line 6: the file ends here, and the end of a record was expected" },
		{ HEAD "\"articles\":[{" ARTICLE "}", "line 5: the file ends here" },
		{ HEAD "\"articles\":[{" ARTICLE "}\n{}]}", "line 6: ',' or ']' was expected" },
		{ HEAD "\"articles\":[{" ARTICLE "},]}", "line 5: a value was expected" },
		{ HEAD "\"articles\":[\n\n{" ARTICLE ",\"title\":7}]}", "line 7: one of the articles whose \"title\"" },
		{ HEAD "\"articles\":[\n{\"id\":1}]}", "line 6: one of the articles whose \"feed\"" },
		{ HEAD "\"articles\":[\n{\"id\":1,\"feed\":\"http://other.example/\"}]}", "\"feed\"" },
		{ HEAD "\"articles\":[\n{" ARTICLE ",\"guid_key\":\"xyz\"}]}", "\"guid_key\"" },
		{ HEAD "\"articles\":[\n{" ARTICLE ",\"published\":\"soon\"}]}", "\"published\"" },
		{ HEAD "\"articles\":[{" ARTICLE "}],\"events\":[\n{\"id\":1,\"at\":\"2026-01-01T00:00:00Z\",\"article\":1,\"kind\":\"dance\",\"batch\":1}]}", "line 6: one of the events whose \"kind\"" },
		{ HEAD "\"articles\":[{" ARTICLE "}],\"events\":[\n{\"id\":1,\"at\":\"2026-01-01T00:00:00Z\",\"article\":1,\"kind\":\"open\",\"batch\":1,\"scroll\":2}]}", "line 6: an event that no eclose writes" },
		{ HEAD "\"articles\":[{" ARTICLE "}],\"events\":[\n{\"id\":1,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"edit\",\"batch\":1,\"subject\":\"nothing\",\"weight\":1}]}", "an event that" },
		{ HEAD "\"articles\":[{" ARTICLE "}]}\nmore", "line 6: something stands behind" },
		{ HEAD "\"articles\":[{" ARTICLE ",\n\"title\":\"a\x01" "b\"}]}", "line 6" },
		{ HEAD "\"articles\":7}x", "line 5" },
		{ "{\"articles\":[{}],\"feeds\":[]}", "line 1: the articles stand before the feeds" },
		{ "{\"eclose\":\"profile\",\"version\":1,\"articles\":[],\"events\":[]}", "profile import" },
		{ "{\"eclose\":\"store\",\"version\":2,\"feeds\":[]}", "a later eclose" },
		{ "{\"eclose\":\"recipes\",\"feeds\":[]}", "nothing that eclose has exported" },
	};
	struct two *t = *state;
	const char *before = export(t, &t->to, below(t, "before.json"));

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct moved_in m;

		write_file(t, t->file, bad[i].text);
		if (moving_in(&t->to, t->file, &m, &t->info) == OK)
			fail_msg("taken: %s", bad[i].text);
		if (!strstr(t->info.text, bad[i].says) || !strstr(t->info.text, t->file))
			fail_msg("'%s' doesn't say '%s'", t->info.text, bad[i].says);
		assert_true(strcmp(export(t, &t->to, below(t, "again.json")), before) == 0);
		assert_int_not_equal(access(below(t, "config/urls"), F_OK), 0);
	}
}

static void an_empty_store_takes_no_number_twice_and_none_of_nothing(void **state)
{
	static const char *const bad[] = {
		"\"articles\":[\n{" ARTICLE "},{" ARTICLE "}]}",
		"\"articles\":[\n{" ARTICLE "}],\"derived\":[{\"article\":2,\"topic\":1,\"story\":1}]}",
		"\"articles\":[\n{" ARTICLE ",\"digests\":[{\"digest\":\"00000000000000ff\",\"at\":\"2026-01-01\"},{\"digest\":\"00000000000000ff\",\"at\":\"2026-01-01\"}]}]}",
	};
	struct two *t = *state;
	const char *head = strchr(HEAD, '\n');

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *machine = strstr(export(t, &t->to, t->file), "\"bytes\":\"big\"") ? "big" : "little";
		struct moved_in m;

		write_file(t, t->file, arena_printf(&t->a, "{\"eclose\":\"store\",\"version\":1,\"schema\":%d,\"bytes\":\"%s\",%s%s", whole_schema(), machine, head, bad[i]));
		assert_int_equal(moving_in(&t->to, t->file, &m, &t->info), ERR_SYNTAX);
		says(t, "line 6: a record that doesn't fit");
		assert_int_equal(number(&t->to, "SELECT count(*) FROM articles"), 0);
	}
}

static void what_an_import_may_not_bring_is_left_out(void **state)
{
	struct two *t = *state;
	struct moved_in m;
	struct item it;

	write_file(t, t->file, "{\"eclose\":\"store\",\"version\":1,\"feeds\":["
		"{\"url\":\"http://a.example/\",\"id\":1,\"tags\":[\"x y\",\"~z\"],\"name\":\"A\\nfile:///etc/passwd\",\"moved_to\":\"file:///etc/passwd\",\"etag\":\"a\\r\\nCookie: b\","
		"\"settings\":[\"login-command=rm -r /\",\"header=A: b\",\"interval=240\",\"timeout=9\\nfile:///etc/passwd\",\"private=yes\",\"interval=x\",7]},"
		"{\"url\":\"file:///etc/passwd\",\"id\":2},{\"url\":\"exec:rm\",\"id\":3},{\"url\":\"javascript:x\"}],"
		"\"articles\":[{" ARTICLE ",\"title\":\"a\\u202eb\\u001b[31m\",\"link\":\"javascript:alert(1)\",\"content\":\"<p onclick='x'>hello<script>y</script></p>\"}]}");
	m = import(t, t->file);
	assert_string_equal(read_file(t, below(t, "config/urls")), "http://a.example/ \"x y\" z +interval=240 \"~A file:///etc/passwd\"\n");
	assert_true(m.subscriptions == 1 && m.dropped == 6 && m.refused == 3 && m.articles == 1);
	must(articles_get(&t->to.store, 1, &t->a, &it, &t->info));
	assert_string_equal(it.title, "ab[31m");
	assert_null(it.link);
	assert_string_equal(it.content, "<p>hello</p>");
	assert_int_equal(number(&t->to, "SELECT count(*) FROM feeds WHERE moved_to IS NULL AND etag IS NULL AND url = 'http://a.example/'"), 1);
}

/* ---- a kill ---- */

static void a_kill_in_the_middle_leaves_the_store_as_it_was(void **state)
{
	struct two *t = *state;
	const char *pipe = below(t, "pipe"), *all = export(t, &t->from.app, t->file);
	size_t half = strlen(all) / 2;
	int status;
	FILE *f;
	pid_t pid;

	subscribe_here(t);
	app_close(&t->to);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	pid = fork();
	if (pid == 0) {
		struct moved_in m;

		open_to(t);
		(void)(moving_in(&t->to, pipe, &m, &t->info) == OK);
		_exit(0);
	}
	f = fopen(pipe, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(all, 1, half, f), half); /* as much as a pipe holds is yet to be read, all before that was */
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	fclose(f);
	open_to(t);
	assert_int_equal(number(&t->to, "SELECT count(*) FROM articles"), 0);
	assert_true(import(t, t->file).whole);
	assert_true(strcmp(export(t, &t->to, below(t, "again.json")), all) == 0);
	healthy(t, &t->to);
}

/* ---- all of it ---- */

/* What follows from the rest is no part of the document. */
static bool made_anew(const char *table, const char *column)
{
	static const char *const tables[] = { "search", "search_data", "search_idx", "search_docsize", "search_config", "search_queue", "search_stale", "sqlite_sequence", "sqlite_stat1" };

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(table, tables[i]) == 0)
			return true;
	if (strcmp(table, "feeds") == 0)
		return strcmp(column, "items") == 0 || strcmp(column, "unread") == 0;
	return (strcmp(table, "enclosures") == 0 || strcmp(table, "earlier") == 0) && strcmp(column, "id") == 0;
}

static bool carried(const char *table, const char *column)
{
	for (int k = 0; k < WHOLE_COUNT; k++) {
		size_t n;
		const struct whole_column *c = whole_columns((enum whole_table)k, &n);

		for (size_t i = 0; strcmp(whole_name((enum whole_table)k), table) == 0 && i < n; i++)
			if (strcmp(c[i].name, column) == 0)
				return true;
	}
	return false;
}

/* Whoever adds a table or column is asked here whether it is to be taken along: src/store/whole.c. */
static void every_column_of_the_schema_is_taken_along_or_made_anew(void **state)
{
	struct two *t = *state;
	struct stmt *s = db_sql(t->to.store.db, "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, 2");
	bool row;
	size_t n = 0;

	while (stmt_step(s, &row, &t->info) == OK && row) {
		const char *table = stmt_col_text(s, 0), *column = stmt_col_text(s, 1);

		n++;
		if (!carried(table, column) && !made_anew(table, column))
			fail_msg("%s.%s is neither taken along nor made anew", table, column);
		if (carried(table, column) && made_anew(table, column))
			fail_msg("%s.%s is both", table, column);
	}
	assert_true(n > 100);
}

static void base64_is_read_as_it_was_written(void **state)
{
	static const struct { const char *bytes, *text; } known[] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" }, { "\xff\xfe\xfd", "//79" } };
	static const char *const bad[] = { "Z", "Zg=", "Zg==Zg==", "Z===", "Zm9_", "Zg= ", "====" };
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		buf_cut(&b, 0);
		base64_encode(&b, known[i].bytes, strlen(known[i].bytes));
		assert_string_equal(buf_str(&b), known[i].text);
		buf_cut(&b, 0);
		assert_true(base64_decode(&b, known[i].text, strlen(known[i].text)));
		assert_string_equal(buf_str(&b), known[i].bytes);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(base64_decode(&b, bad[i], strlen(bad[i])));
	buf_clear(&b);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_empty_store_becomes_what_the_other_one_is),
		T(numbers_go_on_behind_those_that_were_given),
		T(how_it_is_laid_out_does_not_matter),
		T(a_store_that_has_something_gets_what_it_lacks),
		T(flags_that_the_log_does_not_tell_of_come_too),
		T(what_is_wrong_is_said_with_its_line_and_nothing_comes),
		T(an_empty_store_takes_no_number_twice_and_none_of_nothing),
		T(what_an_import_may_not_bring_is_left_out),
		T(a_kill_in_the_middle_leaves_the_store_as_it_was),
		T(every_column_of_the_schema_is_taken_along_or_made_anew),
		cmocka_unit_test(base64_is_read_as_it_was_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
