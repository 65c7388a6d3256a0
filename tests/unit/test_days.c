/* days - the sample feeds arrive over thirty days, as a reader's do: topics keep their numbers and their names, the reader's own name wins, and the vectors
 * aren't made anew for every article. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/basis.h"
#include "app/body.h"
#include "app/refresh.h"
#include "app/topics.h"
#include "base/utf8.h"
#include "feeds/parse.h"
#include "model/lineage.h"
#include "text/lang.h"

#define FIRST_DAY ((int64_t)1772323200) /* 2026-03-01T00:00:00Z */
#define DAYS 31
#define FEEDS_MOST 32

struct world {
	char dir[128];
	struct app app;
	struct arena arena;
	struct feed_doc doc[FEEDS_MOST];
	struct sub sub[FEEDS_MOST];
	size_t feeds;
	struct err_info info;
};

#define must(e) assert_int_equal((e), OK)

static int by_url(const void *a, const void *b)
{
	return strcmp(((const struct sub *)a)->url, ((const struct sub *)b)->url);
}

/* The sample feeds in the order of their names, so that every machine sees the same. */
static void list_feeds(struct world *w, const char *folder)
{
	DIR *d = opendir(folder);

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)) && w->feeds < FEEDS_MOST;)
		if (*e->d_name != '.')
			w->sub[w->feeds++].url = arena_printf(&w->arena, "https://feeds.example/%s", e->d_name);
	closedir(d);
	qsort(w->sub, w->feeds, sizeof *w->sub, by_url);
	for (size_t i = 0; i < w->feeds; i++) {
		struct parse_hints hints = { NULL, w->sub[i].url };
		struct buf b = BUF_INIT;
		const char *path = arena_printf(&w->arena, "%s/%s", folder, strrchr(w->sub[i].url, '/') + 1);

		must(buf_read_file(&b, path, (size_t)4 << 20, &w->info));
		must(feed_parse(&w->arena, b.s, b.len, &hints, &w->doc[i], &w->info));
		buf_clear(&b);
	}
}

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	const char *tmp = getenv("TMPDIR");
	struct app_options o = { .program = "eclose", .now = FIRST_DAY + DAYS * DATE_DAY, .offline = true, .mode = DB_READ_WRITE };
	char folder[4096];

	*state = w;
	snprintf(w->dir, sizeof w->dir, "%s/eclose-days-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(w->dir))
		return -1;
	o.config_dir = o.data_dir = w->dir;
	must(app_open(&w->app, &o, &w->info));
	snprintf(folder, sizeof folder, "%s/data/samples", getenv("TEST_SRCDIR"));
	list_feeds(w, folder);
	must(feeds_sync(&w->app.store, w->sub, w->feeds, &w->info));
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	DIR *d;

	app_close(&w->app);
	d = opendir(w->dir);
	for (struct dirent *e; d && (e = readdir(d));)
		unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	rmdir(w->dir);
	arena_clear(&w->arena);
	free(w);
	return 0;
}

/* What was published in [from, to) comes in. */
static void arrive(struct world *w, int64_t from, int64_t to)
{
	for (size_t i = 0; i < w->feeds; i++) {
		struct feed_doc part = w->doc[i];
		struct arena a = ARENA_INIT;
		struct feed f;
		struct fetched got = { .at = to, .next = to, .http = 200, .doc = &part };
		int added;

		part.entries = arena_zero(&a, w->doc[i].n_entries + 1, sizeof *part.entries);
		part.n_entries = 0;
		for (size_t k = 0; k < w->doc[i].n_entries; k++)
			if (w->doc[i].entries[k].published >= from && w->doc[i].entries[k].published < to)
				part.entries[part.n_entries++] = w->doc[i].entries[k];
		must(feeds_by_url(&w->app.store, w->sub[i].url, &a, &f, &w->info));
		got.feed_id = f.id;
		must(feeds_put(&w->app.store, &got, body_text, NULL, &added, &w->info));
		assert_int_equal(added, part.n_entries);
		arena_clear(&a);
	}
	must(app_vectorise(&w->app, &w->info));
}

static void a_day(struct world *w, int day)
{
	arrive(w, FIRST_DAY + day * DATE_DAY, FIRST_DAY + (day + 1) * DATE_DAY);
}

/* topic [out] by article number (most), -2 where nothing is derived. Returns the number of articles that have a topic. */
static size_t topics_now(struct world *w, int *topic, size_t most)
{
	struct arena a = ARENA_INIT;
	size_t n = 0;

	for (size_t i = 1; i < most; i++) {
		struct derived d;

		topic[i] = derived_get(&w->app.store, (int64_t)i, &a, &d, NULL) == OK ? d.topic : -2;
		n += topic[i] >= 0;
	}
	arena_clear(&a);
	return n;
}

#define ARTICLES 700

static void topics_keep_their_numbers_and_names(void **state)
{
	struct world *w = *state;
	int before[ARTICLES], now[ARTICLES], kept = 0, seen = 0, renamed = 0, living = 0;
	char name[LINEAGE_MOST][128] = { "" };
	struct arena a = ARENA_INIT;

	for (int day = 0; day < DAYS; day++) {
		struct topic_row *row;
		size_t n;

		(void)topics_now(w, before, ARTICLES);
		a_day(w, day);
		(void)topics_now(w, now, ARTICLES);
		for (size_t i = 1; i < ARTICLES && day >= 10; i++)
			if (before[i] >= 0) {
				seen++;
				kept += now[i] == before[i];
			}
		must(topics_load(&w->app.store, &a, &row, &n, &w->info));
		for (size_t t = 0; t < n; t++) {
			assert_int_equal(row[t].id, t);
			if (day >= 10 && row[t].articles && *name[t]) {
				living++;
				renamed += strcmp(name[t], row[t].name) != 0;
			}
			snprintf(name[t], sizeof name[t], "%s", row[t].articles ? row[t].name : "");
		}
	}
	print_message("# kept their topic's number: %.1f %% of %d article days; names changed: %d in %d topic days\n", 100.0 * kept / seen, seen, renamed, living);
	assert_true(kept > 0.93 * seen);
	assert_true(renamed < 0.1 * living); /* though there are three times as many articles on the last of these days as on the first */
	arena_clear(&a);
}

/* Each word of each name. */
static void no_name_is_a_character_a_number_or_a_stop_word(void **state)
{
	struct world *w = *state;
	struct arena a = ARENA_INIT;
	struct topic_row *row;
	size_t n, living = 0;

	arrive(w, FIRST_DAY, FIRST_DAY + DAYS * DATE_DAY);
	must(topics_load(&w->app.store, &a, &row, &n, &w->info));
	for (size_t t = 0; t < n; t++) {
		char words[128];

		if (!row[t].articles)
			continue;
		living++;
		snprintf(words, sizeof words, "%s", row[t].name);
		for (char *save = NULL, *s = strtok_r(words, ", ", &save); s; s = strtok_r(NULL, ", ", &save)) {
			uint32_t cp;

			assert_true(utf8_decode(s, strlen(s), &cp) < strlen(s));
			assert_true(strspn(s, "0123456789.:") < strlen(s));
			assert_false(lang_stop_word("en", s, strlen(s)) && lang_stop_word("de", s, strlen(s)));
		}
		assert_int_equal(row[t].n_named_for, TOPIC_TERMS);
	}
	assert_in_range(living, 6, 48);
	arena_clear(&a);
}

static void the_readers_name_wins_and_stays(void **state)
{
	struct world *w = *state;
	struct arena a = ARENA_INIT;
	struct topic_row *row;
	size_t n;
	int most = 0;

	for (int day = 0; day < 20; day++)
		a_day(w, day);
	must(topics_load(&w->app.store, &a, &row, &n, &w->info));
	for (size_t t = 0; t < n; t++)
		most = row[t].articles > row[most].articles ? (int)t : most;
	must(topics_rename(&w->app.store, most, "My corner", &w->info));
	for (int day = 20; day < DAYS; day++)
		a_day(w, day);
	must(topics_load(&w->app.store, &a, &row, &n, &w->info));
	assert_string_equal(row[most].name, "My corner");
	assert_true(row[most].given && row[most].articles > 0 && *row[most].coined);
	assert_int_equal(topics_rename(&w->app.store, 5000, "x", &w->info), ERR_NOTFOUND);
	must(topics_rename(&w->app.store, most, NULL, &w->info));
	must(topics_load(&w->app.store, &a, &row, &n, &w->info));
	assert_string_equal(row[most].name, row[most].coined);
	arena_clear(&a);
}

/* A day with few new articles leaves the vectors of the others as they are; a tenth more makes the basis anew. */
static void one_new_article_makes_no_new_basis(void **state)
{
	struct world *w = *state;
	struct arena a = ARENA_INIT;
	const void *first, *second;
	struct derived before, after;
	size_t n, m;
	int64_t end = FIRST_DAY + DAYS * DATE_DAY;

	arrive(w, FIRST_DAY, end - 12 * 3600);
	must(blob_get(&w->app.store, BASIS_BLOB, &a, NULL, &first, &n, &w->info));
	must(derived_get(&w->app.store, 100, &a, &before, &w->info));
	arrive(w, end - 12 * 3600, end); /* some ten articles of 530 */
	must(blob_get(&w->app.store, BASIS_BLOB, &a, NULL, &second, &m, &w->info));
	assert_int_equal(n, m);
	assert_memory_equal(first, second, n);
	must(derived_get(&w->app.store, 100, &a, &after, &w->info));
	assert_int_equal(before.d, after.d);
	assert_memory_equal(before.vec, after.vec, (size_t)before.d * sizeof *before.vec);
	for (int64_t id = 1; derived_get(&w->app.store, id, &a, &after, NULL) == OK; id++)
		assert_int_equal(after.d, before.d); /* the new ones too */
	arena_clear(&a);
}

static void a_tenth_more_articles_make_a_new_one(void **state)
{
	struct world *w = *state;
	struct arena a = ARENA_INIT;
	const void *first, *second;
	size_t n, m;

	arrive(w, FIRST_DAY, FIRST_DAY + 20 * DATE_DAY);
	must(blob_get(&w->app.store, BASIS_BLOB, &a, NULL, &first, &n, &w->info));
	arrive(w, FIRST_DAY + 20 * DATE_DAY, FIRST_DAY + 26 * DATE_DAY);
	must(blob_get(&w->app.store, BASIS_BLOB, &a, NULL, &second, &m, &w->info));
	assert_true(n != m || memcmp(first, second, n) != 0);
	arena_clear(&a);
}

static void a_damaged_basis_is_made_anew(void **state)
{
	struct world *w = *state;
	struct arena a = ARENA_INIT;
	const void *bytes;
	size_t n;

	arrive(w, FIRST_DAY, FIRST_DAY + 20 * DATE_DAY);
	must(blob_put(&w->app.store, BASIS_BLOB, 1, "nonsense", 8, &w->info));
	arrive(w, FIRST_DAY + 20 * DATE_DAY, FIRST_DAY + 21 * DATE_DAY);
	must(blob_get(&w->app.store, BASIS_BLOB, &a, NULL, &bytes, &n, &w->info));
	assert_true(n > 1000);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(topics_keep_their_numbers_and_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_name_is_a_character_a_number_or_a_stop_word, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_readers_name_wins_and_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_new_article_makes_no_new_basis, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_tenth_more_articles_make_a_new_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_damaged_basis_is_made_anew, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("days", tests, NULL, NULL);
}
