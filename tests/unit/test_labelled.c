/* labelled - pairs of articles, labelled by hand, put among the sample feeds: which of them does the program take for one event? Two sets: one that the rule was
 * tuned on, and one of short texts in four languages that it wasn't. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/body.h"
#include "app/refresh.h"
#include "base/map.h"

#define NOW 1775030400 /* 2026-04-01T08:00:00Z */
#define BASE (NOW - 80 * 3600)
#define TEXTS_MOST 200
#define PAIRS_MOST 200
#define FIELDS 8

struct text { char *field[FIELDS]; int64_t article; };
struct pair { char *field[FIELDS]; };

struct world {
	struct app app;
	struct arena arena;
	struct text text[TEXTS_MOST];
	struct pair pair[PAIRS_MOST];
	size_t texts, pairs;
	struct err_info info;
};

#define must(e) assert_int_equal((e), OK)

static void split(char *line, char **field)
{
	for (int i = 0; i < FIELDS; i++) {
		field[i] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
}

static void read_pairs(struct world *w, const char *name)
{
	char path[4096];
	struct buf b = BUF_INIT;
	char *save = NULL;

	snprintf(path, sizeof path, "%s/tests/corpus/%s", getenv("TEST_SRCDIR"), name);
	must(buf_read_file(&b, path, (size_t)1 << 20, &w->info));
	for (char *line = strtok_r(arena_strdup(&w->arena, b.s), "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (*line == 'T' && w->texts < TEXTS_MOST)
			split(line, w->text[w->texts++].field);
		else if (*line == 'P' && w->pairs < PAIRS_MOST)
			split(line, w->pair[w->pairs++].field);
	}
	buf_clear(&b);
}

/* One article into the feed of its name, as if it came from there. */
static void put_text(struct world *w, struct text *t)
{
	struct entry entry = { .id = t->field[1], .title = t->field[5], .content = t->field[6], .language = t->field[3], .updated = DATE_NONE,
			       .published = BASE + strtol(t->field[4], NULL, 10) * 3600 };
	struct feed_doc doc = { .entries = &entry, .n_entries = 1, .title = t->field[2], .language = t->field[3] };
	struct article_query q = { .topic = -1, .limit = 1 };
	struct fetched got = { .at = NOW, .next = NOW, .http = 200, .doc = &doc };
	struct item_list items;
	struct feed feed;
	int added;

	must(feeds_by_url(&w->app.store, arena_printf(&w->arena, "https://%s.test/", t->field[2]), &w->arena, &feed, &w->info));
	got.feed_id = feed.id;
	must(feeds_put(&w->app.store, &got, body_text, NULL, &added, &w->info));
	assert_int_equal(added, 1);
	q.feed_id = feed.id;
	q.limit = 0;
	must(articles_list(&w->app.store, &q, &w->arena, &items, &w->info));
	for (size_t i = 0; i < items.n; i++)
		if (strcmp(items.item[i].guid, t->field[1]) == 0)
			t->article = items.item[i].id;
	assert_true(t->article > 0);
}

static void subscribe(struct world *w)
{
	struct sub sub[TEXTS_MOST];
	size_t n = 0;

	for (size_t i = 0; i < w->texts; i++) {
		const char *url = arena_printf(&w->arena, "https://%s.test/", w->text[i].field[2]);
		size_t k = 0;

		while (k < n && strcmp(sub[k].url, url) != 0)
			k++;
		if (k == n)
			sub[n++] = (struct sub){ .url = url };
	}
	must(feeds_sync(&w->app.store, sub, n, &w->info));
}

static int set_up(void **state, const char *name)
{
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .samples = true, .mode = DB_READ_WRITE };
	struct world *w = calloc(1, sizeof *w);

	*state = w;
	must(app_open(&w->app, &o, &w->info));
	read_pairs(w, name);
	subscribe(w);
	for (size_t i = 0; i < w->texts; i++)
		put_text(w, &w->text[i]);
	must(app_vectorise(&w->app, &w->info));
	return 0;
}

static int set_up_tuned(void **state)
{
	return set_up(state, "stories.tsv");
}

static int set_up_others(void **state)
{
	return set_up(state, "stories-short.tsv");
}

static int tear_down(void **state)
{
	struct world *w = *state;

	app_close(&w->app);
	arena_clear(&w->arena);
	free(w);
	return 0;
}

static int64_t story(struct world *w, const char *id)
{
	struct derived d;

	for (size_t i = 0; i < w->texts; i++)
		if (strcmp(w->text[i].field[1], id) == 0) {
			must(derived_get(&w->app.store, w->text[i].article, &w->arena, &d, &w->info));
			return d.story;
		}
	fail_msg("no text %s", id);
	return 0;
}

/* Of the pairs that are one event, those in one language and those in two; how many of each are found. */
struct tally { int same, right; };

static void report(const struct world *w, const struct tally *t, int together)
{
	int right = t[0].right + t[1].right, same = t[0].same + t[1].same;

	print_message("# %zu pairs, %d of them one event: precision %.3f, recall %.3f (%d of %d in one language, %d of %d in two)\n", w->pairs, same,
		      (double)right / together, (double)right / same, t[0].right, t[0].same, t[1].right, t[1].same);
}

static void one_event_is_one_story_and_two_are_two(void **state)
{
	struct world *w = *state;
	struct tally t[2] = { { 0, 0 } };
	int together = 0;

	assert_in_range(w->pairs, 100, PAIRS_MOST - 1);
	for (size_t i = 0; i < w->pairs; i++) {
		char **f = w->pair[i].field;
		bool is = strcmp(f[1], "same") == 0, found = story(w, f[2]) == story(w, f[3]);
		struct tally *of = &t[strcmp(f[4], "language") == 0];

		of->same += is;
		of->right += is && found;
		together += found;
		if (is != found)
			print_message("# %s %s: %s, but %s (%s)\n", f[2], f[3], is ? "one event" : "two events", found ? "together" : "apart", f[4]);
	}
	report(w, t, together);
	assert_true(t[0].right + t[1].right >= 0.95 * together);
	assert_true(t[0].right + t[1].right >= 0.7 * (t[0].same + t[1].same));
	assert_true(2 * t[1].right >= t[1].same);
}

static void a_wire_report_adds_no_voice(void **state)
{
	struct world *w = *state;
	struct derived d;

	for (size_t i = 0; i < w->texts; i++)
		if (strcmp(w->text[i].field[1], "AE1") == 0) {
			must(derived_get(&w->app.store, w->text[i].article, &w->arena, &d, &w->info));
			assert_int_equal(d.feeds_telling, 2); /* the wire, printed twice, and the one that asked for itself */
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "one_event_is_one_story_where_the_rule_was_tuned", one_event_is_one_story_and_two_are_two, set_up_tuned, tear_down, NULL },
		{ "one_event_is_one_story_where_it_was_not", one_event_is_one_story_and_two_are_two, set_up_others, tear_down, NULL },
		cmocka_unit_test_setup_teardown(a_wire_report_adds_no_voice, set_up_tuned, tear_down),
	};

	return cmocka_run_group_tests_name("labelled stories", tests, NULL, NULL);
}
