/* power - the power goes at any moment, and whatever part of what wasn't synced reaches the disk: the store is whole, what the reader did is there, and an article and its
 * feed's validators are there together or not at all. */
#include "tests/unit/store_kit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/disk.h"

#define FEEDS 2
#define A_PUT 3          /* new articles of a fetch of one feed */
#define STEPS 60         /* of one history */
#define CUTS_MOST 64     /* of one history */
#define EVENTS_MOST 256
#define BETWEEN 12       /* changes between two cuts, about ... */
#define BETWEEN_FIRST 30 /* ... while the store is made */

/* What was acknowledged when the power went. */
struct cut {
	size_t events;
	int put[FEEDS];      /* fetches of each feed that were committed ... */
	int safe[FEEDS];     /* ... and are followed by something that the reader did */
};

struct history {
	char dir[160], path[200];
	struct store reader, fetcher;
	struct rng rng, cuts;
	struct event event[EVENTS_MOST];
	struct cut now, cut[CUTS_MOST];
	size_t n_cuts;
	int copies;
	uint32_t one_in;     /* changes between two cuts, about */
	struct arena a;
	struct err_info info;
};

static const struct sub subs[FEEDS] = { { .url = "http://one.example/f" }, { .url = "http://two.example/f" } };

/* ---- the history ---- */

static void cut_here(void *user)
{
	struct history *h = user;
	char to[200];

	if (h->n_cuts == CUTS_MOST || rng_below(&h->cuts, h->one_in))
		return;
	(void)snprintf(to, sizeof to, "%s/cut%zu", h->dir, h->n_cuts);
	assert_int_equal(mkdir(to, 0700), 0);
	h->cut[h->n_cuts++] = h->now;
	disk_cut(h->dir, to, (enum disk_loss)rng_below(&h->cuts, LOSS_KINDS), &h->cuts);
}

static void text_of(void *user, const struct entry *e, struct buf *out)
{
	(void)user;
	buf_puts(out, e->content);
}

/* A feed that had A_PUT articles more at each fetch, and changed its first. */
static void put_one(struct history *h, int feed)
{
	size_t n = (size_t)A_PUT * (size_t)(h->now.put[feed] + 1);
	struct entry *e = arena_zero(&h->a, n, sizeof *e);
	struct feed_doc doc = { .title = "A feed", .entries = e, .n_entries = n, .updated = DATE_NONE, .ttl = -1 };
	struct fetched f = { .feed_id = feed + 1, .at = KIT_NOW + h->now.put[feed], .next = KIT_NOW + 3600, .http = 200, .doc = &doc,
		.etag = arena_printf(&h->a, "%d", h->now.put[feed] + 1) };
	int added = 0;

	for (size_t i = 0; i < n; i++)
		e[i] = (struct entry)ENTRY(.id = arena_printf(&h->a, "guid %zu", i), .title = arena_printf(&h->a, "title %zu of %d", i, feed),
			.content = arena_printf(&h->a, "text %zu %.*s", i ? 0 : n, (int)(i * 97 % 3000), h->dir));
	must(feeds_put(&h->fetcher, &f, text_of, NULL, &added, &h->info));
	assert_int_equal(added, A_PUT);
}

static void fetch(struct history *h)
{
	must(db_begin(h->fetcher.db, &h->info));
	for (int f = 0; f < FEEDS; f++)
		put_one(h, f);
	must(db_commit(h->fetcher.db, &h->info));
	for (int f = 0; f < FEEDS; f++)
		h->now.put[f]++;
	arena_clear(&h->a);
}

static void act(struct history *h)
{
	static const enum event_kind kinds[] = { EVENT_READ, EVENT_STAR, EVENT_OPEN, EVENT_UNREAD, EVENT_UNSTAR, EVENT_LIKE };
	size_t articles = (size_t)FEEDS * A_PUT * (size_t)h->now.put[0];
	struct event *e = &h->event[h->now.events];

	if (!articles || h->now.events == EVENTS_MOST)
		return;
	*e = (struct event)EVENT(.kind = kinds[rng_below(&h->rng, 6)], .article = 1 + rng_below(&h->rng, (uint32_t)articles));
	must(events_append(&h->reader, e, &h->info));
	h->now.events++;
	memcpy(h->now.safe, h->now.put, sizeof h->now.put);
}

static void digest(struct history *h)
{
	struct id_list wait;
	bool left;

	must(terms_pending(&h->fetcher, 20, &h->a, &wait, &h->info));
	must(db_begin(h->fetcher.db, &h->info));
	for (size_t i = 0; i < wait.n; i++) {
		const char *name = arena_printf(&h->a, "term%d", (int)(wait.id[i] % 7));
		struct term_count t = { name, strlen(name), name, strlen(name), 1 };

		must(terms_put(&h->fetcher, wait.id[i], &t, 1, 1, &h->info));
	}
	must(db_commit(h->fetcher.db, &h->info));
	must(search_index(&h->fetcher, 10, &left, &h->info));
	arena_clear(&h->a);
}

static void open_both(struct history *h, enum db_sync sync)
{
	must(kit_open(&h->reader, h->path, &h->info));
	must(kit_open(&h->fetcher, h->path, &h->info));
	if (sync != DB_SYNC_NOW) /* else as it is opened */
		must(db_sync(h->reader.db, sync, &h->info));
	must(db_sync(h->fetcher.db, DB_SYNC_LATER, &h->info));
}

static void close_both(struct history *h)
{
	store_close(&h->fetcher);
	store_close(&h->reader);
}

static void step(struct history *h, enum db_sync sync)
{
	switch (rng_below(&h->rng, 12)) {
	case 0: case 1: case 2:
		fetch(h);
		break;
	case 3:
		digest(h);
		break;
	case 4:
		must(db_exec(h->fetcher.db, rng_below(&h->rng, 2) ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)", &h->info));
		break;
	case 5:
		must(db_backup(h->reader.db, arena_printf(&h->a, "%s/copy%d", h->dir, h->copies++), &h->info));
		break;
	case 6:
		close_both(h);
		open_both(h, sync);
		break;
	default:
		act(h);
	}
}

/* ---- after the power is back ---- */

static int64_t int_of(struct history *h, struct store *st, const char *sql)
{
	struct stmt *s = db_sql(st->db, sql);
	bool row;
	int64_t v;

	must(stmt_step(s, &row, &h->info));
	v = row ? stmt_col_int(s, 0) : 0;
	stmt_reset(s);
	return v;
}

static void whole(struct history *h, struct store *st)
{
	struct doctor_report r;

	must(doctor_check(st, &h->a, &r, &h->info));
	assert_string_equal(r.integrity, "ok");
	assert_int_equal(r.orphans + r.df_wrong + r.count_wrong, 0);
	assert_int_equal(int_of(h, st, "SELECT count(*) FROM (SELECT 1 FROM articles GROUP BY feed, guid HAVING count(*) > 1)"), 0);
	assert_int_equal(int_of(h, st, "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM bodies)"), 0);
	assert_int_equal(int_of(h, st, "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM search_queue) AND id NOT IN (SELECT id FROM search_docsize)"), 0);
}

struct logged { const struct history *h; size_t n; bool read[1024], starred[1024]; };

static bool is_the_same(void *user, const struct event *e)
{
	struct logged *l = user;
	const struct event *was = &l->h->event[l->n++];

	assert_int_equal(e->id, l->n);
	assert_int_equal(e->article, was->article);
	assert_int_equal(e->kind, was->kind);
	assert_true(e->article < 1024);
	if (e->kind == EVENT_READ || e->kind == EVENT_OPEN || e->kind == EVENT_UNREAD)
		l->read[e->article] = e->kind != EVENT_UNREAD;
	if (e->kind == EVENT_STAR || e->kind == EVENT_UNSTAR)
		l->starred[e->article] = e->kind == EVENT_STAR;
	return true;
}

/* How many acknowledged actions are missing; those that are there are as they were, and the flags follow from them. */
static size_t missing(struct history *h, struct store *st, const struct cut *c)
{
	struct logged l = { .h = h };
	struct article_query all = ARTICLE_QUERY_INIT;
	struct item_list items;

	must(events_each(st, 0, is_the_same, &l, &h->info));
	assert_true(l.n <= c->events + 1); /* one may have been under way */
	must(articles_list(st, &all, &h->a, &items, &h->info));
	for (size_t i = 0; i < items.n; i++) {
		assert_int_equal(items.item[i].read, l.read[items.item[i].id]);
		assert_int_equal(items.item[i].starred, l.starred[items.item[i].id]);
	}
	return c->events > l.n ? c->events - l.n : 0;
}

struct lost { size_t cuts, events; int fetches, safe_fetches; };

/* How many fetches are missing; each that is there is there with all its articles. */
static void unfetched(struct history *h, struct store *st, const struct cut *c, struct lost *lost)
{
	for (int f = 0; f < FEEDS; f++) {
		const char *sql = f ? "SELECT CAST(etag AS INTEGER) FROM feeds WHERE id = 2" : "SELECT CAST(etag AS INTEGER) FROM feeds WHERE id = 1";
		int64_t etag = int_of(h, st, sql), n = int_of(h, st, f ? "SELECT count(*) FROM articles WHERE feed = 2" : "SELECT count(*) FROM articles WHERE feed = 1");

		assert_int_equal(n, A_PUT * etag);
		assert_true(etag <= c->put[f] + 1);
		lost->fetches += etag < c->put[f];
		lost->safe_fetches += etag < c->safe[f];
	}
}

static void look_at(struct history *h, size_t i, struct lost *lost)
{
	char path[240];
	struct store st;

	(void)snprintf(path, sizeof path, "%s/cut%zu/store.db", h->dir, i);
	must(kit_open(&st, path, &h->info));
	whole(h, &st);
	lost->cuts++;
	lost->events += missing(h, &st, &h->cut[i]);
	unfetched(h, &st, &h->cut[i], lost);
	store_close(&st);
	arena_clear(&h->a);
}

static void empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *one;
	char path[600];

	while (d && (one = readdir(d))) {
		(void)snprintf(path, sizeof path, "%s/%s", dir, one->d_name);
		if (one->d_name[0] != '.' && unlink(path) != 0) {
			empty(path);
			(void)rmdir(path);
		}
	}
	if (d)
		(void)closedir(d);
}

/* One history with cuts all along, and what they lost. */
static void live(struct kit *k, unsigned seed, enum db_sync sync, struct lost *lost)
{
	struct history *h = mem_zero(1, sizeof *h);

	(void)snprintf(h->dir, sizeof h->dir, "%s/disk", k->dir);
	(void)snprintf(h->path, sizeof h->path, "%s/store.db", h->dir);
	assert_int_equal(mkdir(h->dir, 0700), 0);
	rng_seed(&h->rng, seed);
	rng_seed(&h->cuts, seed + 1000);
	disk_use();
	disk_watch(cut_here, h);
	h->one_in = BETWEEN_FIRST;
	open_both(h, sync);
	must(feeds_sync(&h->reader, subs, FEEDS, &h->info));
	h->one_in = BETWEEN;
	for (int i = 0; i < STEPS; i++)
		step(h, sync);
	close_both(h);
	disk_leave();
	for (size_t i = 0; i < h->n_cuts; i++) {
		disk_use(); /* it doesn't sync, so this takes seconds, not minutes */
		look_at(h, i, lost);
		disk_leave();
	}
	empty(h->dir);
	(void)rmdir(h->dir);
	arena_clear(&h->a);
	free(h);
}

static void a_cut_takes_no_action_and_no_half_fetch(void **state)
{
	struct lost lost = { 0 };

	for (unsigned seed = 1; seed <= 6; seed++)
		live(*state, seed, DB_SYNC_NOW, &lost);
	print_message("%zu cuts; lost: %zu actions, %d fetches, %d of them before an action\n", lost.cuts, lost.events, lost.fetches, lost.safe_fetches);
	assert_true(lost.cuts >= 200);
	assert_int_equal(lost.events, 0);
	assert_int_equal(lost.safe_fetches, 0);
	assert_true(lost.fetches > 0); /* they are synced later, and this disk does lose */
}

/* The disk of these tests loses what isn't synced: without the syncs the test above would fail. */
static void what_is_synced_later_may_be_lost(void **state)
{
	struct lost lost = { 0 };

	live(*state, 1, DB_SYNC_LATER, &lost);
	assert_true(lost.cuts > 20);
	assert_true(lost.events > 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
	const struct CMUnitTest tests[] = {
		T(a_cut_takes_no_action_and_no_half_fetch),
		T(what_is_synced_later_may_be_lost),
	};

	return cmocka_run_group_tests_name("store_power", tests, NULL, NULL);
}
