/* newcomers - articles that are taken in a few at a time come out as they would if all were done anew each time; and a kill between the steps loses none of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/basis.h"
#include "app/body.h"
#include "app/refresh.h"
#include "app/run.h"
#include "app/shares.h"
#include "app/words.h"
#include "base/rng.h"
#include "feeds/parse.h"
#include "model/blas.h"

#define FIRST_DAY ((int64_t)1772323200) /* 2026-03-01T00:00:00Z */
#define DAYS 31
#define FEEDS_MOST 32
#define HOUR 3600
#define ARTICLES 1200

#define must(e) assert_int_equal((e), OK)

/* ---- feeds and what they publish ---- */

struct press {
	struct arena arena;
	struct feed_doc doc[FEEDS_MOST];
	struct sub sub[FEEDS_MOST];
	size_t feeds;
};

static int by_url(const void *a, const void *b)
{
	return strcmp(((const struct sub *)a)->url, ((const struct sub *)b)->url);
}

/* The sample feeds in the order of their names, so that every machine sees the same. */
static void sample_press(struct press *p)
{
	const char *folder = arena_printf(&p->arena, "%s/data/samples", getenv("TEST_SRCDIR"));
	DIR *d = opendir(folder);
	struct err_info info = ERR_INFO_INIT;

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)) && p->feeds < FEEDS_MOST;)
		if (*e->d_name != '.')
			p->sub[p->feeds++].url = arena_printf(&p->arena, "https://feeds.example/%s", e->d_name);
	closedir(d);
	qsort(p->sub, p->feeds, sizeof *p->sub, by_url);
	for (size_t i = 0; i < p->feeds; i++) {
		struct parse_hints hints = { NULL, p->sub[i].url };
		struct buf b = BUF_INIT;

		must(buf_read_file(&b, arena_printf(&p->arena, "%s/%s", folder, strrchr(p->sub[i].url, '/') + 1), (size_t)4 << 20, &info));
		must(feed_parse(&p->arena, b.s, b.len, &hints, &p->doc[i], &info));
		buf_clear(&b);
	}
}

/* A word that is none of any language; the higher its number the rarer it is used. */
static void put_word(struct buf *b, uint32_t n, bool name)
{
	static const char *const part[] = { "ka", "lo", "mi", "ter", "ran", "vos", "el", "sti", "bor", "ne", "qua", "fir", "du", "mon", "pre", "sal" };
	size_t at = b->len + (b->len > 0);

	if (b->len)
		buf_putc(b, ' ');
	for (int k = 0; k < 4; k++, n /= 16)
		buf_puts(b, part[n % 16]);
	if (name)
		b->s[at] = (char)(b->s[at] - 'a' + 'A');
}

/* Words of a subject, and where it is of an event, half of them that event's, with its names. */
static const char *made_text(struct arena *a, struct rng *r, uint32_t subject, uint32_t event, int words)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (int k = 0; k < words; k++) {
		uint32_t u = rng_below(r, 100);

		if (event && k % 2)
			put_word(&b, 40000 + event * 16 + rng_below(r, 16), k % 4 == 1);
		else
			put_word(&b, u < 60 ? 1000 + subject * 100 + u : 300 + rng_below(r, 300), false);
	}
	text = arena_strdup(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

#define MADE_FEEDS 12
#define MADE_EACH 50
#define EVENTS 120

/* Twelve feeds of fifty articles over the days; a third of them tell one of a hundred events, each within a day. */
static void made_press(struct press *p)
{
	struct rng r;

	rng_seed(&r, 11);
	p->feeds = MADE_FEEDS;
	for (size_t f = 0; f < MADE_FEEDS; f++) {
		p->sub[f].url = arena_printf(&p->arena, "https://made.example/%02zu.xml", f);
		p->doc[f] = (struct feed_doc){ .title = arena_printf(&p->arena, "Made %zu", f), .entries = arena_zero(&p->arena, MADE_EACH, sizeof(struct entry)), .n_entries = MADE_EACH };
		for (size_t k = 0; k < MADE_EACH; k++) {
			uint32_t event = rng_below(&r, 3) ? 0 : 1 + rng_below(&r, EVENTS), subject = event ? event % 8 : (uint32_t)f % 8;
			int64_t at = FIRST_DAY + (event ? (int64_t)event * DAYS * DATE_DAY / (EVENTS + 4) + rng_below(&r, 24) * HOUR : rng_below(&r, DAYS * 24) * HOUR);

			p->doc[f].entries[k] = (struct entry){
				.id = arena_printf(&p->arena, "%zu-%zu", f, k), .title = made_text(&p->arena, &r, subject, event, 8),
				.content = arena_printf(&p->arena, "<p>%s</p>", made_text(&p->arena, &r, subject, event, 80)),
				.link = arena_printf(&p->arena, "https://made.example/%zu/%zu", f, k), .published = at + rng_below(&r, HOUR), .updated = DATE_NONE,
			};
		}
	}
}

/* ---- a reader's store ---- */

struct world {
	char dir[128];
	struct app app;
	const struct press *press;
	bool whole;             /* every run is one over all */
	int runs, wholes;
	struct err_info info;
};

static void world_open(struct world *w, const struct press *p, bool whole)
{
	const char *tmp = getenv("TMPDIR");
	struct app_options o = { .program = "eclose", .now = FIRST_DAY + DAYS * DATE_DAY, .offline = true, .mode = DB_READ_WRITE };

	*w = (struct world){ .press = p, .whole = whole };
	snprintf(w->dir, sizeof w->dir, "%s/eclose-newcomers-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(w->dir));
	o.config_dir = o.data_dir = w->dir;
	must(app_open(&w->app, &o, &w->info));
	must(feeds_sync(&w->app.store, p->sub, p->feeds, &w->info));
}

static void world_close(struct world *w)
{
	DIR *d;

	app_close(&w->app);
	d = opendir(w->dir);
	for (struct dirent *e; d && (e = readdir(d));)
		unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	rmdir(w->dir);
}

/* Does this entry come with the delivery from..to? Late ones come so many hours after they were published. */
static bool comes(const struct entry *e, int64_t from, int64_t to)
{
	int64_t at = e->published + (hash_bytes(e->link, strlen(e->link)) % 4 ? 0 : 9 * HOUR);

	return at >= from && at < to;
}

static void put_delivery(struct world *w, int64_t from, int64_t to)
{
	for (size_t i = 0; i < w->press->feeds; i++) {
		struct feed_doc part = w->press->doc[i];
		struct arena a = ARENA_INIT;
		struct feed f;
		struct fetched got = { .at = to, .next = to, .http = 200, .doc = &part };
		int added;

		part.entries = arena_zero(&a, part.n_entries + 1, sizeof *part.entries);
		part.n_entries = 0;
		for (size_t k = 0; k < w->press->doc[i].n_entries; k++)
			if (comes(&w->press->doc[i].entries[k], from, to))
				part.entries[part.n_entries++] = w->press->doc[i].entries[k];
		must(feeds_by_url(&w->app.store, w->press->sub[i].url, &a, &f, &w->info));
		got.feed_id = f.id;
		must(feeds_put(&w->app.store, &got, body_text, NULL, &added, &w->info));
		arena_clear(&a);
	}
}

static struct last_run run_of(struct world *w)
{
	struct last_run run;

	must(run_load(&w->app.store, &run, &w->info));
	return run;
}

static void vectorise(struct world *w)
{
	struct last_run before, after;

	if (w->whole)
		must(blob_drop(&w->app.store, RUN_BLOB, &w->info));
	before = run_of(w);
	must(app_vectorise(&w->app, &w->info));
	after = run_of(w);
	w->runs += after.terms != before.terms;
	w->wholes += after.terms != before.terms && !after.added;
}

static void arrive(struct world *w, int64_t from, int64_t to)
{
	put_delivery(w, from, to);
	vectorise(w);
}

/* Twenty-four days at once, then two in pieces of an hour: less than a tenth more, so that the basis stays the same. */
#define BEFORE (FIRST_DAY + 24 * DATE_DAY)
#define PIECES 48
static void begin(struct world *w)
{
	arrive(w, FIRST_DAY - DATE_DAY, BEFORE);
}

static void a_piece(struct world *w, int k)
{
	arrive(w, BEFORE + k * HOUR, BEFORE + (k + 1) * HOUR);
}

/* d [out] (ARTICLES) by number; article 0 where nothing is derived. */
static size_t all_derived(struct world *w, struct arena *a, struct derived *d)
{
	size_t n = 0;

	for (int64_t id = 1; id < ARTICLES; id++) {
		d[id] = (struct derived){ 0 };
		n += derived_get(&w->app.store, id, a, &d[id], NULL) == OK;
	}
	return n;
}

/* ---- the tests ---- */

/* Of what came in pieces into one store and all anew into the other; added up over the pieces. */
struct agreement { size_t articles, topics, stories, joined; double cosine; };

static void compare(struct world *few, struct world *all, struct agreement *s)
{
	struct arena a = ARENA_INIT;
	struct derived *x = arena_zero(&a, ARTICLES, sizeof *x), *y = arena_zero(&a, ARTICLES, sizeof *y);
	const struct last_run run_x = run_of(few), run_y = run_of(all);

	assert_int_equal(all_derived(few, &a, x), all_derived(all, &a, y));
	assert_int_equal(run_x.newest, run_y.newest);
	for (size_t i = 1; i < ARTICLES; i++) {
		if (!x[i].article)
			continue;
		assert_int_equal(x[i].article, y[i].article);
		assert_int_equal(x[i].d, y[i].d);
		s->articles++;
		s->topics += x[i].topic == y[i].topic;
		s->stories += x[i].story == y[i].story && x[i].feeds_telling == y[i].feeds_telling;
		s->joined += y[i].story != y[i].article;
		s->cosine = fmin(s->cosine, (double)blas_dot((size_t)x[i].d, x[i].vec, y[i].vec));
		if (x[i].story == y[i].story && x[i].feeds_telling == y[i].feeds_telling)
			assert_true(fabs(run_coverage(&run_x, x[i].coverage) - run_coverage(&run_y, y[i].coverage)) < 1e-9);
	}
	arena_clear(&a);
}

/* Each feed's share of all articles is the same to the last one. */
static void compare_shares(struct world *few, struct world *all)
{
	struct share_table x, y;

	must(shares_load(&x, &few->app.store, &few->info));
	must(shares_load(&y, &all->app.store, &all->info));
	for (int f = 0; f < FACET_COUNT; f++)
		assert_true(x.total[f] == y.total[f]);
	for (int64_t feed = 1; feed <= (int64_t)few->press->feeds; feed++)
		assert_true(shares_get(&x, FACET_FEED, feed) == shares_get(&y, FACET_FEED, feed));
	shares_clear(&x);
	shares_clear(&y);
}

static struct agreement pieces_and_whole(const struct press *p)
{
	struct agreement s = { .cosine = 1 };
	struct world few, all;

	world_open(&few, p, false);
	world_open(&all, p, true);
	begin(&few);
	begin(&all);
	for (int k = 0; k < PIECES; k++) {
		a_piece(&few, k);
		a_piece(&all, k);
		compare(&few, &all, &s);
		compare_shares(&few, &all);
	}
	print_message("# of %zu articles the same topic: %zu, the same story: %zu (%zu aren't the first of theirs), least cosine %.4f; whole runs: %d of %d\n", s.articles, s.topics,
		      s.stories, s.joined, s.cosine, few.wholes, few.runs);
	assert_true(few.runs > 15 && 3 * few.wholes < few.runs); /* the one is really about pieces */
	assert_int_equal(all.wholes, all.runs);
	world_close(&few);
	world_close(&all);
	return s;
}

static void the_sample_feeds_in_pieces_are_as_all_anew(void **state)
{
	struct press p = { .feeds = 0 };
	struct agreement s;

	(void)state;
	sample_press(&p);
	s = pieces_and_whole(&p);
	assert_true((double)s.topics > 0.98 * (double)s.articles);
	assert_true((double)s.stories > 0.99 * (double)s.articles);
	assert_true(s.cosine > 0.998);
	arena_clear(&p.arena);
}

static void a_made_corpus_in_pieces_is_as_all_anew(void **state)
{
	struct press p = { .feeds = 0 };
	struct agreement s;

	(void)state;
	made_press(&p);
	s = pieces_and_whole(&p);
	assert_true(s.joined > s.articles / 10);
	assert_true((double)s.topics > 0.98 * (double)s.articles);
	assert_true((double)s.stories > 0.99 * (double)s.articles);
	assert_true(s.cosine > 0.998);
	arena_clear(&p.arena);
}

static void the_same_fetches_in_the_same_order_give_the_same_store(void **state)
{
	struct press p = { .feeds = 0 };
	struct arena a = ARENA_INIT;
	struct derived *d[2];
	struct world w;

	(void)state;
	made_press(&p);
	for (int twice = 0; twice < 2; twice++) {
		d[twice] = arena_zero(&a, ARTICLES, sizeof *d[twice]);
		world_open(&w, &p, false);
		begin(&w);
		for (int k = 0; k < 8; k++)
			a_piece(&w, k);
		assert_true(run_of(&w).added > 0);
		(void)all_derived(&w, &a, d[twice]);
		world_close(&w);
	}
	for (size_t i = 1; i < ARTICLES; i++) {
		const struct derived *x = &d[0][i], *y = &d[1][i];

		assert_true(x->article == y->article && x->topic == y->topic && x->story == y->story && x->feeds_telling == y->feeds_telling && x->coverage == y->coverage && x->d == y->d);
		assert_true(!x->d || memcmp(x->vec, y->vec, (size_t)x->d * sizeof *x->vec) == 0);
	}
	arena_clear(&a);
	arena_clear(&p.arena);
}

/* The newest article of a story of several says something else now: what an article of another feed said. */
static void an_article_that_changed_leaves_its_story_as_if_all_were_anew(void **state)
{
	struct press p = { .feeds = 0 };
	struct agreement s = { .cosine = 1 };
	struct world w[2];

	(void)state;
	made_press(&p);
	for (int k = 0; k < 2; k++) {
		world_open(&w[k], &p, k == 1);
		begin(&w[k]);
		must(db_exec(w[k].app.store.db, "INSERT INTO terms_queue SELECT article FROM derived WHERE telling > 1 ORDER BY article DESC LIMIT 3;"
			"UPDATE bodies SET (summary, content) = (SELECT b.summary, b.content FROM bodies b JOIN articles x ON x.id = b.article JOIN articles y ON y.id = bodies.article"
			" WHERE x.feed <> y.feed AND x.at < y.at ORDER BY x.at DESC LIMIT 1) WHERE article IN (SELECT article FROM terms_queue)", &w[k].info));
		vectorise(&w[k]);
	}
	assert_int_equal(w[0].wholes, 1);
	assert_int_equal(w[1].wholes, 2);
	compare(&w[0], &w[1], &s);
	assert_true(s.stories + 2 >= s.articles); /* a pair at the very edge of likeness: how rare a word is goes by the articles of the window in one, by all in the other */
	for (int k = 0; k < 2; k++)
		world_close(&w[k]);
	arena_clear(&p.arena);
}

/* ---- kills ---- */

static size_t how_many(struct world *w, const char *sql)
{
	struct stmt *s = db_sql(w->app.store.db, sql);
	int64_t n;
	bool row;

	must(stmt_step(s, &row, &w->info));
	n = stmt_col_int(s, 0);
	stmt_reset(s);
	return (size_t)n;
}

#define WITHOUT "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM derived WHERE article = a.id) OR NOT EXISTS (SELECT 1 FROM vectors WHERE article = a.id)"

static void what_was_counted_before_a_kill_is_taken_in_by_the_next_run(void **state)
{
	struct press p = { .feeds = 0 };
	struct words_fresh fresh;
	struct arena a = ARENA_INIT;
	struct world w;
	size_t n;

	(void)state;
	made_press(&p);
	world_open(&w, &p, false);
	begin(&w);
	for (int k = 0; k < 2; k++) { /* killed twice, each time between the terms and the vectors */
		put_delivery(&w, BEFORE + k * 3 * HOUR, BEFORE + (k + 1) * 3 * HOUR);
		must(words_index(&w.app, &n, &w.info));
		assert_true(n > 0);
	}
	n = how_many(&w, WITHOUT);
	assert_true(n > 2);
	must(words_fresh(&w.app.store, &a, &fresh, &w.info));
	assert_int_equal(fresh.n, n);
	vectorise(&w);
	assert_int_equal(how_many(&w, WITHOUT), 0);
	assert_int_equal(run_of(&w).added, n);
	must(words_fresh(&w.app.store, &a, &fresh, &w.info));
	assert_int_equal(fresh.n, 0);
	world_close(&w);
	arena_clear(&a);
	arena_clear(&p.arena);
}

/* At its end, when all else is written. */
static void a_run_that_fails_leaves_nothing_half_done(void **state)
{
	struct press p = { .feeds = 0 };
	struct agreement s = { .cosine = 1 };
	struct world w[2];

	(void)state;
	made_press(&p);
	for (int k = 0; k < 2; k++) {
		world_open(&w[k], &p, false);
		begin(&w[k]);
	}
	must(db_exec(w[0].app.store.db, "CREATE TRIGGER full BEFORE INSERT ON blobs WHEN new.name = 'vectorised' BEGIN SELECT raise(ABORT, 'no room'); END", &w[0].info));
	put_delivery(&w[0], BEFORE, BEFORE + 6 * HOUR);
	assert_int_not_equal(app_vectorise(&w[0].app, &w[0].info), OK);
	assert_true(how_many(&w[0], WITHOUT) > 2);
	must(db_exec(w[0].app.store.db, "DROP TRIGGER full", &w[0].info));
	vectorise(&w[0]);
	arrive(&w[1], BEFORE, BEFORE + 6 * HOUR);
	compare(&w[0], &w[1], &s);
	assert_true(s.topics == s.articles && s.stories == s.articles);
	assert_true(run_of(&w[0]).added > 2);
	for (int k = 0; k < 2; k++)
		world_close(&w[k]);
	arena_clear(&p.arena);
}

static void older_articles_that_a_kill_left_without_vectors_get_them(void **state)
{
	struct press p = { .feeds = 0 };
	struct world w;
	struct last_run run;

	(void)state;
	made_press(&p);
	world_open(&w, &p, false);
	begin(&w);
	run = run_of(&w);
	assert_int_equal(run.finished, 1);
	for (int more = 0; more < 2; more++) { /* with nothing new, and with some that is */
		run = run_of(&w);
		run.finished = 0;
		must(run_put(&w.app.store, &run, &w.info));
		must(db_exec(w.app.store.db, "DELETE FROM vectors WHERE article % 3 = 0; DELETE FROM derived WHERE article % 6 = 0", &w.info));
		if (more)
			put_delivery(&w, BEFORE, BEFORE + 6 * HOUR);
		vectorise(&w);
		assert_int_equal(how_many(&w, WITHOUT), 0);
		assert_int_equal(run_of(&w).finished, 1);
	}
	assert_int_equal(w.wholes, 1);
	world_close(&w);
	arena_clear(&p.arena);
}

/* ---- when all is done anew ---- */

static void a_twentieth_more_a_day_later_or_other_news_make_a_whole_run(void **state)
{
	struct press p = { .feeds = 0 };
	struct world w;

	(void)state;
	made_press(&p);
	world_open(&w, &p, false);
	begin(&w);
	a_piece(&w, 0);
	arrive(&w, BEFORE + HOUR, BEFORE + 8 * HOUR);
	assert_int_equal(w.wholes, 1);
	w.app.frozen += DATE_DAY - 1;
	arrive(&w, BEFORE + 8 * HOUR, BEFORE + 12 * HOUR);
	assert_int_equal(w.wholes, 1);
	w.app.frozen += 1;
	arrive(&w, BEFORE + 12 * HOUR, BEFORE + 18 * HOUR);
	assert_int_equal(w.wholes, 2);
	w.app.frozen -= 1; /* the clock was set back */
	arrive(&w, BEFORE + 18 * HOUR, BEFORE + 24 * HOUR);
	assert_int_equal(w.wholes, 3);
	arrive(&w, BEFORE + 24 * HOUR, BEFORE + 84 * HOUR); /* more than a twentieth */
	assert_int_equal(w.wholes, 4);
	arrive(&w, BEFORE + 84 * HOUR, BEFORE + 90 * HOUR);
	assert_int_equal(w.wholes, 4);
	assert_true(run_of(&w).added > 0);
	must(blob_put(&w.app.store, BASIS_BLOB, 1, "nonsense", 8, &w.info));
	arrive(&w, BEFORE + 90 * HOUR, BEFORE + 96 * HOUR);
	assert_int_equal(w.wholes, 5);
	world_close(&w);
	arena_clear(&p.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_feeds_in_pieces_are_as_all_anew),
		cmocka_unit_test(a_made_corpus_in_pieces_is_as_all_anew),
		cmocka_unit_test(the_same_fetches_in_the_same_order_give_the_same_store),
		cmocka_unit_test(an_article_that_changed_leaves_its_story_as_if_all_were_anew),
		cmocka_unit_test(what_was_counted_before_a_kill_is_taken_in_by_the_next_run),
		cmocka_unit_test(a_run_that_fails_leaves_nothing_half_done),
		cmocka_unit_test(older_articles_that_a_kill_left_without_vectors_get_them),
		cmocka_unit_test(a_twentieth_more_a_day_later_or_other_news_make_a_whole_run),
	};

	return cmocka_run_group_tests_name("newcomers", tests, NULL, NULL);
}
