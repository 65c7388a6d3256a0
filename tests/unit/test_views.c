/* test_views - each screen at three sizes, in UTF-8 and in ASCII, against tests/golden/. UPDATE_GOLDEN=1 writes them anew: look at the difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/rng.h"
#include "ui/view.h"
#include "ui_values.h"

static const struct { int cols, rows; } SIZE[] = { { 40, 10 }, { 80, 24 }, { 200, 60 } };

/* What every view is drawn with. */
struct scene {
	struct page page;
	struct item item;
	struct blocks blocks;
	struct keymap keys;
	struct chrome chrome;
};

static void scene_init(struct scene *s)
{
	memset(s, 0, sizeof *s);
	values_page(&s->page);
	values_article(&s->item, &s->blocks);
	keymap_init(&s->keys);
	s->chrome.keys = &s->keys;
}

static void golden_path(char *out, size_t size, const char *name, int cols, int rows, bool ascii)
{
	const char *dir = getenv("TEST_SRCDIR");

	snprintf(out, size, "%s/tests/golden/view_%s_%dx%d%s.txt", dir ? dir : ".", name, cols, rows, ascii ? "_ascii" : "");
}

static void check_golden(const char *name, const struct grid *g)
{
	char path[500];
	struct buf drawn = BUF_INIT, wanted = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;

	golden_path(path, sizeof path, name, g->cols, g->rows, g->ascii);
	grid_text(g, &drawn);
	if (getenv("UPDATE_GOLDEN"))
		assert_int_equal(buf_write_file(path, drawn.s, drawn.len, 0644, &info), OK);
	if (buf_read_file(&wanted, path, 1 << 20, &info) != OK)
		fail_msg("%s (UPDATE_GOLDEN=1 writes it)", info.text);
	if (strcmp(buf_str(&wanted), buf_str(&drawn)) != 0)
		fail_msg("%s is not what is drawn:\n%s", path, buf_str(&drawn));
	buf_clear(&drawn);
	buf_clear(&wanted);
}

/* Every row holds exactly its cells: a half of a wide cluster always has the other. */
static void assert_whole(const struct grid *g)
{
	for (int row = 0; row < g->rows; row++)
		for (int col = 0; col < g->cols; col += grid_at(g, row, col)->width) {
			int w = grid_at(g, row, col)->width;

			assert_in_range(w, 1, 2);
			assert_true(col + w <= g->cols);
			if (w == 2)
				assert_int_equal(grid_at(g, row, col + 1)->width, 0);
		}
}

static void draw_one(const char *name, const struct view *v, void *data, const struct chrome *c, struct place at, int cols, int rows, bool ascii)
{
	struct grid g;

	grid_init(&g, rows, cols, ascii);
	v->draw(&g, data, &at, c);
	assert_whole(&g);
	check_golden(name, &g);
	grid_clear(&g);
}

static void draw_at(const char *name, const struct view *v, void *data, const struct chrome *c, struct place place)
{
	for (size_t i = 0; i < sizeof SIZE / sizeof SIZE[0]; i++)
		for (int ascii = 0; ascii < 2; ascii++)
			draw_one(name, v, data, c, place, SIZE[i].cols, SIZE[i].rows, ascii);
}

static void the_front_page_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct view_page data = { 0 };

	(void)state;
	scene_init(&s);
	data.page = &s.page;
	data.samples = true;
	draw_at("page", &view_page, &data, &s.chrome, (struct place){ 0 });
	data.samples = false;
	s.chrome.fresh = "31 new · press . to show";
	s.chrome.progress = "fetching 12/40 · 31 new";
	draw_at("page_end", &view_page, &data, &s.chrome, (struct place){ .cursor = 23 });
	keymap_clear(&s.keys);
}

static void a_page_that_moved_says_how_and_what_is_typed_stands_at_the_bottom(void **state)
{
	int shift[24] = { 0, 3, -2, SHIFT_NEW, SHIFT_NEW, -18, 999 };
	struct scene s;
	struct view_page data = { .shift = shift, .change = "30 → 60: 4 moved, 2 new, 2 gone" };
	struct input input;

	(void)state;
	scene_init(&s);
	data.page = &s.page;
	s.page.explore = 60;
	s.page.expected = .012;
	s.chrome.fresh = "31 new · press . to show";
	s.chrome.progress = "fetching 12/40 · 31 new";
	s.chrome.message = "not shown while something is typed";
	s.chrome.input = &input;
	input_begin(&input, "explore", "ENTER sets it, ESC leaves it", true, 3);
	assert_int_equal(input_key(&input, '4'), INPUT_OPEN);
	draw_at("page_moved", &view_page, &data, &s.chrome, (struct place){ .cursor = 1 });
	for (int ascii = 0; ascii < 2; ascii++)
		draw_one("page_moved", &view_page, &data, &s.chrome, (struct place){ .cursor = 1 }, 120, 36, ascii);
	keymap_clear(&s.keys);
}

static void the_end_of_a_long_line_is_shown_while_it_is_typed(void **state)
{
	struct scene s;
	struct view_page data = { 0 };
	struct place at = { 0 };
	struct input input;
	struct buf text = BUF_INIT;
	struct grid g;

	(void)state;
	scene_init(&s);
	data.page = &s.page;
	input_begin(&input, "search", "ENTER searches", false, INPUT_BYTES);
	for (int i = 0; i < 60; i++)
		assert_int_equal(input_key(&input, i < 57 ? 'x' : (uint32_t)('a' + i - 57)), INPUT_OPEN);
	s.chrome.input = &input;
	grid_init(&g, 10, 40, false);
	view_page.draw(&g, &data, &at, &s.chrome);
	assert_whole(&g);
	grid_text(&g, &text);
	assert_non_null(strstr(text.s, "\n search: xxx"));
	assert_non_null(strstr(text.s, "xabc_\n"));
	assert_null(strstr(text.s, "ENTER"));
	buf_clear(&text);
	grid_clear(&g);
	keymap_clear(&s.keys);
}

static void an_empty_front_page_says_what_to_do(void **state)
{
	struct scene s;
	struct view_page data = { 0 };

	(void)state;
	scene_init(&s);
	data.page = &s.page;
	s.page.n = s.page.candidates = 0;
	s.page.new_topics = 0;
	s.page.learned_from = 0;
	draw_at("page_empty", &view_page, &data, &s.chrome, (struct place){ 0 });
	keymap_clear(&s.keys);
}

static void one_feed_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct view_list data = { .feed = "Orbital Notes" };

	(void)state;
	scene_init(&s);
	data.page = &s.page;
	s.page.n = 5;
	data.count = 5;
	draw_at("list", &view_list, &data, &s.chrome, (struct place){ .cursor = 2 });
	keymap_clear(&s.keys);
}

/* Of the hundred thousand only the rows around the cursor are there. */
static void a_list_of_any_length_is_drawn_from_the_rows_around_its_cursor(void **state)
{
	struct scene s;
	struct view_list data = { .first = 49990, .count = 100000 };

	(void)state;
	scene_init(&s);
	data.page = &s.page;
	draw_at("list_all", &view_list, &data, &s.chrome, (struct place){ .cursor = 50002, .top = 49995 });
	data.unread = true;
	data.first = data.count - 24;
	s.chrome.fresh = "12 new · press . to show";
	draw_at("list_unread_end", &view_list, &data, &s.chrome, (struct place){ .cursor = 99999 });
	s.chrome.fresh = NULL;
	s.page.n = 0;
	data.count = data.first = 0;
	draw_at("list_none", &view_list, &data, &s.chrome, (struct place){ 0 });
	keymap_clear(&s.keys);
}

static void an_article_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct view_article data = { .now = VALUES_NOW, .text_width = 72 };

	(void)state;
	scene_init(&s);
	data.item = &s.item;
	data.blocks = &s.blocks;
	draw_at("article", &view_article, &data, &s.chrome, (struct place){ 0 });
	draw_at("article_end", &view_article, &data, &s.chrome, (struct place){ .top = 10000 });
	view_article_clear(&data);
	values_edited(&s.item);
	draw_at("article_edited", &view_article, &data, &s.chrome, (struct place){ 0 });
	view_article_clear(&data);
	keymap_clear(&s.keys);
}

static void the_notes_of_the_head_are_dim(void **state)
{
	struct scene s;
	struct view_article data = { .now = VALUES_NOW, .text_width = 72 };
	struct place at = { 0 };
	struct grid g;
	int dim = 0;

	(void)state;
	scene_init(&s);
	values_edited(&s.item);
	data.item = &s.item;
	data.blocks = &s.blocks;
	grid_init(&g, 24, 80, false);
	view_article.draw(&g, &data, &at, &s.chrome);
	for (int row = 1; row < 12; row++)
		dim += STYLE_NAME(grid_at(&g, row, 4)->style) == STYLE_DIM;
	assert_int_equal(dim, 4); /* link, edits, pixels, and the rule below */
	grid_clear(&g);
	view_article_clear(&data);
	keymap_clear(&s.keys);
}

static void earlier_texts_are_drawn_as_agreed(void **state)
{
	struct scene s;
	struct editions editions;
	struct view_earlier data = { &editions, VALUES_NOW };

	(void)state;
	scene_init(&s);
	values_editions(&editions);
	draw_at("earlier", &view_earlier, &data, &s.chrome, (struct place){ 0 });
	draw_at("earlier_end", &view_earlier, &data, &s.chrome, (struct place){ .top = 10000 });
	keymap_clear(&s.keys);
}

static void words_that_went_and_came_differ_in_style(void **state)
{
	struct scene s;
	struct editions editions;
	struct view_earlier data = { &editions, VALUES_NOW };
	struct place at = { 0 };
	struct grid g;
	int came = 0, went = 0;

	(void)state;
	scene_init(&s);
	values_editions(&editions);
	grid_init(&g, 24, 80, false);
	view_earlier.draw(&g, &data, &at, &s.chrome);
	for (int row = 0; row < 24; row++)
		for (int col = 0; col < 80; col++) {
			came += STYLE_NAME(grid_at(&g, row, col)->style) == STYLE_FOR;
			went += STYLE_NAME(grid_at(&g, row, col)->style) == STYLE_AGAINST;
		}
	assert_int_equal(came, 13 + 9 + 17);
	assert_int_equal(went, 12 + 7);
	grid_clear(&g);
	keymap_clear(&s.keys);
}

static void the_feeds_are_drawn_as_agreed(void **state)
{
	struct scene s;
	struct view_feeds data = { .now = VALUES_NOW };

	(void)state;
	scene_init(&s);
	data.feed = values_feeds(&data.n);
	s.chrome.message = "3 of 40 feeds failed; f shows which";
	s.chrome.alarm = true;
	draw_at("feeds", &view_feeds, &data, &s.chrome, (struct place){ .cursor = 5 });
	s.chrome.message = NULL;
	draw_at("feeds_moved", &view_feeds, &data, &s.chrome, (struct place){ .cursor = 1 });
	keymap_clear(&s.keys);
}

/* Of the feed that moved, with all that may be known; and of one that was never asked. */
static void history_of(struct view_history *v, size_t i, struct feed *f)
{
	size_t n;

	*f = values_feeds(&n)[i];
	*v = (struct view_history){ .feed = f, .address = f->url, .moved = feed_moved(f), .now = VALUES_NOW };
	f->changed = f->next = DATE_NONE;
	if (!v->moved)
		return;
	f->changed = VALUES_NOW - 40 * 60;
	f->next = VALUES_NOW + 20 * 60;
	v->asks = "90 minutes between two looks; not at 0 1 2 3 4 5 h UTC; not on Sunday";
	v->fetch = values_history(&v->n);
}

static void the_history_of_a_feed_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct view_history data;
	struct feed f;

	(void)state;
	scene_init(&s);
	history_of(&data, 1, &f);
	draw_at("history", &view_history, &data, &s.chrome, (struct place){ 0 });
	draw_at("history_end", &view_history, &data, &s.chrome, (struct place){ .top = 10000 });
	history_of(&data, 5, &f);
	draw_at("history_none", &view_history, &data, &s.chrome, (struct place){ 0 });
	keymap_clear(&s.keys);
}

/* Drawn as it opens, and from the line that is asked for. */
static void draw_why(const char *name, const struct scene *s, const struct why *why, bool lit, struct place place)
{
	for (size_t i = 0; i < sizeof SIZE / sizeof SIZE[0]; i++)
		for (int ascii = 0; ascii < 2; ascii++) {
			struct view_why data = { .why = why, .now = VALUES_NOW, .lit = lit };
			struct place at = place;
			struct grid g;

			grid_init(&g, SIZE[i].rows, SIZE[i].cols, ascii);
			view_why.draw(&g, &data, &at, &s->chrome);
			assert_whole(&g);
			check_golden(name, &g);
			grid_clear(&g);
			view_why_clear(&data);
		}
}

static void why_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct why why;

	(void)state;
	scene_init(&s);
	values_why(&why);
	draw_why("why", &s, &why, false, (struct place){ 0 });
	draw_why("why_end", &s, &why, true, (struct place){ .cursor = 10000 });
	keymap_clear(&s.keys);
}

/* The why screen, drawn. */
struct why_scene {
	struct scene s;
	struct why why;
	struct view_why data;
	struct place at;
	struct grid g;
};

static void why_draw(struct why_scene *w)
{
	view_why.draw(&w->g, &w->data, &w->at, &w->s.chrome);
}

static void why_scene_init(struct why_scene *w, int rows, int cols)
{
	*w = (struct why_scene){ .data = { .now = VALUES_NOW } };
	scene_init(&w->s);
	values_why(&w->why);
	w->data.why = &w->why;
	grid_init(&w->g, rows, cols, false);
	why_draw(w);
}

static void why_scene_clear(struct why_scene *w)
{
	grid_clear(&w->g);
	view_why_clear(&w->data);
	keymap_clear(&w->s.keys);
}

static bool shows(const struct grid *g, const char *words)
{
	struct buf text = BUF_INIT;
	bool found;

	grid_text(g, &text);
	found = strstr(buf_str(&text), words) != NULL;
	buf_clear(&text);
	return found;
}

/* Where it would stand without the trial tells whose place it has. */
static void why_is_silent_on_places_while_a_trial_runs(void **state)
{
	struct why_scene w;

	(void)state;
	why_scene_init(&w, 60, 100);
	assert_true(shows(&w.g, "Place 1 of 24 on this page; 17 with the slider at 0.") && shows(&w.g, "off this page"));
	w.why.trial = true;
	why_draw(&w);
	assert_false(shows(&w.g, "Place 1") || shows(&w.g, "off this page"));
	assert_true(shows(&w.g, "By score alone"));
	why_scene_clear(&w);
}

static void the_words_for_and_against_differ_in_style(void **state)
{
	struct why_scene w;
	int pro = 0, contra = 0;

	(void)state;
	why_scene_init(&w, 60, 100);
	for (int row = 0; row < w.g.rows; row++)
		for (int col = 0; col < w.g.cols; col++) {
			pro += STYLE_NAME(grid_at(&w.g, row, col)->style) == STYLE_FOR;
			contra += STYLE_NAME(grid_at(&w.g, row, col)->style) == STYLE_AGAINST;
		}
	assert_int_equal(pro, 5 + 8 + 5 + 8 + 6);
	assert_int_equal(contra, 6 + 3);
	why_scene_clear(&w);
}

/* The cursor goes by parts and articles, and stops at every line only where it would pass one that was never on the screen. */
static void the_cursor_of_why_goes_by_what_can_be_acted_on(void **state)
{
	struct why_scene w;
	int steps = 0, bottom;

	(void)state;
	why_scene_init(&w, 24, 80);
	assert_int_equal(w.data.line[w.at.cursor].what, WHY_PART);
	assert_int_equal(w.data.line[w.at.cursor].index, 0);
	for (size_t i = 1; i < w.why.entry.n_reasons; i++) {
		assert_true(place_move(&w.at, ACTION_DOWN, true));
		why_draw(&w);
		assert_int_equal(w.data.line[w.at.cursor].index, i);
	}
	(void)place_move(&w.at, ACTION_DOWN, true);
	why_draw(&w);
	assert_int_equal(w.data.line[w.at.cursor].what, WHY_SIMILAR);
	bottom = w.at.top + w.at.shown;
	while (w.at.cursor < w.at.count - 1 && steps++ < 200) {
		(void)place_move(&w.at, ACTION_DOWN, true);
		why_draw(&w);
		assert_true(w.at.top <= bottom); /* no line between two screens was left out */
		bottom = w.at.top + w.at.shown;
	}
	assert_int_equal(w.at.cursor, w.at.count - 1);
	why_scene_clear(&w);
}

/* After an edit the parts stand in another order: the cursor stays on its own. */
static void the_cursor_of_why_finds_the_part_that_was_edited(void **state)
{
	struct why_scene w;

	(void)state;
	why_scene_init(&w, 24, 80);
	w.data.seek = "topic:1";
	why_draw(&w);
	assert_string_equal(w.why.entry.reasons[w.data.line[w.at.cursor].index].subject, "topic:1");
	assert_null(w.data.seek);
	w.data.seek = "topic:2"; /* not there */
	why_draw(&w);
	assert_string_equal(w.why.entry.reasons[w.data.line[w.at.cursor].index].subject, "topic:1");
	why_scene_clear(&w);
}

static void tellings_are_drawn_as_agreed(void **state)
{
	struct tellings same, other, none;
	struct view_tellings data = { .now = VALUES_NOW };
	struct scene s;

	(void)state;
	scene_init(&s);
	values_tellings(&same, true);
	values_tellings(&other, false);
	none = other;
	none.n = 0;
	data.tellings = &same;
	draw_at("tellings", &view_tellings, &data, &s.chrome, (struct place){ .cursor = 1 });
	data.tellings = &other;
	draw_at("tellings_other", &view_tellings, &data, &s.chrome, (struct place){ 0 });
	data.tellings = &none;
	draw_at("tellings_none", &view_tellings, &data, &s.chrome, (struct place){ 0 });
	keymap_clear(&s.keys);
}

/* Both rows of a telling are the telling, and a part of the sum is its line. */
static void tellings_and_parts_are_where_they_are_drawn(void **state)
{
	struct view_tellings told = { .now = VALUES_NOW };
	struct view_why data = { .now = VALUES_NOW };
	struct place at = { 0 };
	struct tellings t;
	struct scene s;
	struct why why;
	struct grid g;

	(void)state;
	scene_init(&s);
	values_tellings(&t, true);
	values_why(&why);
	told.tellings = &t;
	data.why = &why;
	grid_init(&g, 24, 80, false);
	view_tellings.draw(&g, &told, &at, &s.chrome);
	for (int row = 5; row < 11; row++)
		assert_int_equal(grid_hit(&g, row, 40)->which, (row - 5) / 2);
	assert_null(grid_hit(&g, 11, 40));
	at = (struct place){ 0 };
	view_why.draw(&g, &data, &at, &s.chrome);
	assert_int_equal(grid_hit(&g, 1 + at.cursor - at.top, 40)->which, at.cursor);
	assert_null(grid_hit(&g, 0, 40));
	grid_clear(&g);
	view_why_clear(&data);
	keymap_clear(&s.keys);
}

static void what_moved_is_drawn_as_agreed(void **state)
{
	struct view_moved data = { .what = "+0.50 for the word comet", .places = 10 };
	struct scene s;

	(void)state;
	scene_init(&s);
	data.moved = values_moved(&data.n);
	draw_at("moved", &view_moved, &data, &s.chrome, (struct place){ 0 });
	keymap_clear(&s.keys);
}

static void ten_titles_are_drawn_as_agreed(void **state)
{
	static const signed char answer[10] = { 1, 0, -1, 0, 0, 0, 0, 0, 0, 0 };
	struct item item[10];
	struct view_ask data = { .item = item, .answer = answer, .n = 10 };
	struct scene s;

	(void)state;
	scene_init(&s);
	for (size_t i = 0; i < 10; i++)
		item[i] = (struct item){ .id = (int64_t)i + 1, .title = s.page.entries[i].title, .feed_title = s.page.entries[i].feed };
	draw_at("ask", &view_ask, &data, &s.chrome, (struct place){ .cursor = 1 });
	keymap_clear(&s.keys);
}

static void the_profile_is_drawn_as_agreed(void **state)
{
	struct portrait p;
	struct view_profile data = { &p };
	struct scene s;

	(void)state;
	scene_init(&s);
	values_portrait(&p);
	draw_at("profile", &view_profile, &data, &s.chrome, (struct place){ .cursor = 1 });
	for (int ascii = 0; ascii < 2; ascii++)
		draw_one("profile", &view_profile, &data, &s.chrome, (struct place){ .cursor = 1 }, 120, 36, ascii);
	p.model = "net";
	draw_at("profile_end", &view_profile, &data, &s.chrome, (struct place){ .cursor = 100 });
	keymap_clear(&s.keys);
}

static void what_a_row_of_the_profile_came_from_is_drawn_as_agreed(void **state)
{
	struct portrait p;
	struct view_readings data = { .name = "space, orbit" };
	struct scene s;

	(void)state;
	scene_init(&s);
	values_portrait(&p);
	s.page.n = p.n_readings;
	data.page = &s.page;
	data.reading = p.reading;
	draw_at("readings", &view_readings, &data, &s.chrome, (struct place){ .cursor = 3 });
	keymap_clear(&s.keys);
}

static void the_bubble_meter_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct meter m;
	struct view_meter data = { &m };

	(void)state;
	scene_init(&s);
	values_meter(&m);
	draw_at("meter", &view_meter, &data, &s.chrome, (struct place){ 0 });
	draw_one("meter", &view_meter, &data, &s.chrome, (struct place){ 0 }, 120, 40, false);
	draw_at("meter_middle", &view_meter, &data, &s.chrome, (struct place){ .top = 28 });
	draw_at("meter_end", &view_meter, &data, &s.chrome, (struct place){ .top = 10000 });
	keymap_clear(&s.keys);
}

static void a_young_bubble_meter_says_what_it_takes(void **state)
{
	struct scene s;
	struct meter m;
	struct view_meter data = { &m };

	(void)state;
	scene_init(&s);
	values_young_meter(&m, 0);
	draw_one("meter_nothing", &view_meter, &data, &s.chrome, (struct place){ 0 }, 80, 24, false);
	values_young_meter(&m, 1);
	draw_one("meter_young", &view_meter, &data, &s.chrome, (struct place){ 0 }, 80, 60, false);
	draw_one("meter_young", &view_meter, &data, &s.chrome, (struct place){ 0 }, 80, 60, true);
	keymap_clear(&s.keys);
}

static void help_is_drawn_as_agreed(void **state)
{
	struct scene s;
	struct view_help data = { .from = SCREEN_PAGE };

	(void)state;
	scene_init(&s);
	data.keys = &s.keys;
	draw_at("help", &view_help, &data, &s.chrome, (struct place){ 0 });
	keymap_clear(&s.keys);
}

static void help_shows_the_keys_as_they_are_bound(void **state)
{
	struct scene s;
	struct view_help data = { .from = SCREEN_PAGE };
	struct place at = { 0 };
	struct buf text = BUF_INIT;
	struct grid g;

	(void)state;
	scene_init(&s);
	assert_int_equal(keymap_bind(&s.keys, "F7", "why", NULL), OK);
	data.keys = &s.keys;
	grid_init(&g, 120, 80, false);
	view_help.draw(&g, &data, &at, &s.chrome);
	grid_text(&g, &text);
	assert_non_null(strstr(text.s, "w F7"));
	buf_clear(&text);
	grid_clear(&g);
	keymap_clear(&s.keys);
}

/* Does the text begin there? Titles are long enough to stand on the grid with this much of them. */
static void assert_text_at(const struct grid *g, int row, int col, const char *text, int n)
{
	for (int i = 0; i < n; i++)
		assert_int_equal(grid_at(g, row, col + i)->s[0], text[i]);
}

static int find_col(const struct grid *g, int row, const char *glyph)
{
	for (int col = 0; col < g->cols; col++) {
		const struct cell *c = grid_at(g, row, col);

		if (c->len == strlen(glyph) && memcmp(c->s, glyph, c->len) == 0)
			return col;
	}
	return -1;
}

/* The spots lie where the things were drawn, which is read back from the cells. */
static void assert_spots(const struct scene *s, int rows, int cols, struct place at)
{
	struct view_page data = { .page = &s->page };
	struct grid g;
	int knob;

	grid_init(&g, rows, cols, true);
	view_page.draw(&g, &data, &at, &s->chrome);
	knob = find_col(&g, 0, "O");
	assert_int_equal(grid_hit(&g, 0, knob)->kind, SPOT_SLIDER);
	assert_int_equal(grid_hit(&g, 0, find_col(&g, 0, "[") + 1)->col, find_col(&g, 0, "[") + 1);
	assert_null(grid_hit(&g, 0, find_col(&g, 0, "[")));
	assert_null(grid_hit(&g, 0, find_col(&g, 0, "]")));
	assert_null(grid_hit(&g, rows - 1, 3));
	for (int row = 3; row < rows - 1; row++) {
		const struct spot *spot = grid_hit(&g, row, cols / 2);
		const char *title;

		if (!spot)
			continue;
		assert_in_range(spot->which, at.top, at.top + at.shown - 1);
		title = s->page.entries[spot->which].title;
		if (spot->row == row && *title > 0 && title[1] > 0)
			assert_text_at(&g, row, 9, title, 2);
		assert_int_equal((grid_at(&g, row, 0)->style & STYLE_CURSOR) != 0, spot->which == at.cursor && spot->row == row);
	}
	grid_clear(&g);
}

static void the_mouse_finds_rows_and_slider_where_they_were_drawn(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	for (int cursor = 0; cursor < 24; cursor++) {
		assert_spots(&s, 10, 40, (struct place){ .cursor = cursor });
		assert_spots(&s, 24, 80, (struct place){ .cursor = cursor });
		assert_spots(&s, 36, 120, (struct place){ .cursor = cursor });
	}
	keymap_clear(&s.keys);
}

static void the_wheel_scrolls_and_takes_the_cursor_along_only_where_it_must(void **state)
{
	struct place list = { .cursor = 4, .top = 0, .count = 30, .shown = 10 }, text = { .top = 3, .count = 40, .shown = 20 };

	(void)state;
	place_scroll(&list, 3, true);
	assert_int_equal(list.top, 3);
	assert_int_equal(list.cursor, 4);
	place_scroll(&list, 3, true);
	assert_int_equal(list.cursor, 6);
	list.cursor = 15;
	place_scroll(&list, -3, true);
	assert_int_equal(list.top, 3);
	assert_int_equal(list.cursor, 12);
	place_scroll(&list, -300, true);
	assert_int_equal(list.top, 0);
	assert_int_equal(list.cursor, 9);
	place_scroll(&list, -3, true); /* at the end nothing moves */
	assert_int_equal(list.cursor, 9);
	place_scroll(&list, 300, true);
	assert_int_equal(list.top, 20);
	place_scroll(&list, 3, true);
	assert_int_equal(list.cursor, 20);
	place_scroll(&text, 30, false);
	assert_int_equal(text.top, 20);
	place_scroll(&text, -3, false);
	assert_int_equal(text.top, 17);
	list = (struct place){ 0 };
	place_scroll(&list, 3, true);
	assert_int_equal(list.top + list.cursor, 0);
}

/* One of the views on a grid of any size that a reader may have, from any place. */
static void draw_some(const struct scene *s, struct rng *r, int rows, int cols)
{
	struct view_page page = { .page = &s->page, .samples = true };
	struct view_list list = { .page = &s->page, .first = (int)rng_below(r, 9), .count = 33 };
	struct view_article article = { .item = &s->item, .blocks = &s->blocks, .now = VALUES_NOW, .text_width = (int)rng_below(r, 120) };
	struct view_feeds feeds = { .now = VALUES_NOW };
	struct why sum;
	struct view_why why = { .why = &sum, .now = VALUES_NOW, .lit = rng_below(r, 2), .last = (int)rng_below(r, 40) };
	struct tellings told;
	struct view_tellings tellings = { .tellings = &told, .now = VALUES_NOW };
	struct view_moved moved = { .what = "+0.50 for the word comet", .places = 10 };
	struct editions editions;
	struct view_earlier earlier = { &editions, VALUES_NOW };
	struct view_history history;
	struct feed one;
	struct view_help help = { .keys = &s->keys, .from = (enum screen_kind)rng_below(r, SCREEN_KINDS) };
	struct view_ask ask = { .item = &s->item, .answer = (const signed char[]){ -1 }, .n = 1 };
	struct portrait portrait;
	struct view_profile profile = { &portrait };
	struct page read = { .n = 4, .entries = s->page.entries, .now = VALUES_NOW };
	struct view_readings readings = { .page = &read, .name = "space" };
	struct meter measured;
	struct view_meter meter = { &measured };
	const struct { const struct view *v; void *data; } all[] = {
		{ &view_page, &page }, { &view_list, &list }, { &view_article, &article }, { &view_feeds, &feeds }, { &view_why, &why }, { &view_help, &help }, { &view_ask, &ask },
		{ &view_profile, &profile }, { &view_readings, &readings }, { &view_tellings, &tellings }, { &view_moved, &moved }, { &view_meter, &meter },
		{ &view_earlier, &earlier }, { &view_history, &history },
	};
	struct place at = { .cursor = (int)rng_below(r, 40) - 5, .top = (int)rng_below(r, 200) - 20 };
	struct grid g;

	history_of(&history, rng_below(r, 6), &one);
	values_portrait(&portrait);
	readings.reading = portrait.reading;
	feeds.feed = values_feeds(&feeds.n);
	values_why(&sum);
	values_tellings(&told, rng_below(r, 2));
	values_editions(&editions);
	moved.moved = values_moved(&moved.n);
	values_meter(&measured);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct place here = at;

		grid_init(&g, rows, cols, rng_below(r, 2));
		all[i].v->draw(&g, all[i].data, &here, &s->chrome);
		assert_whole(&g);
		if (all[i].v->cursor) {
			assert_in_range(here.cursor, 0, here.count - 1);
			assert_true(here.top <= here.cursor && here.cursor < here.top + here.shown);
		}
		view_small(&g);
		assert_whole(&g);
		grid_clear(&g);
	}
	view_article_clear(&article);
	view_why_clear(&why);
}

static void no_size_tears_a_row_or_loses_the_cursor(void **state)
{
	struct scene s;
	struct rng r;

	(void)state;
	scene_init(&s);
	rng_seed(&r, 8);
	for (int i = 0; i < 150; i++)
		draw_some(&s, &r, VIEW_LEAST_ROWS + (int)rng_below(&r, 50), VIEW_LEAST_COLS + (int)rng_below(&r, 200));
	keymap_clear(&s.keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_front_page_is_drawn_as_agreed),
		cmocka_unit_test(a_page_that_moved_says_how_and_what_is_typed_stands_at_the_bottom),
		cmocka_unit_test(the_end_of_a_long_line_is_shown_while_it_is_typed),
		cmocka_unit_test(the_mouse_finds_rows_and_slider_where_they_were_drawn),
		cmocka_unit_test(the_wheel_scrolls_and_takes_the_cursor_along_only_where_it_must),
		cmocka_unit_test(an_empty_front_page_says_what_to_do),
		cmocka_unit_test(one_feed_is_drawn_as_agreed),
		cmocka_unit_test(a_list_of_any_length_is_drawn_from_the_rows_around_its_cursor),
		cmocka_unit_test(an_article_is_drawn_as_agreed),
		cmocka_unit_test(the_notes_of_the_head_are_dim),
		cmocka_unit_test(earlier_texts_are_drawn_as_agreed),
		cmocka_unit_test(words_that_went_and_came_differ_in_style),
		cmocka_unit_test(the_feeds_are_drawn_as_agreed),
		cmocka_unit_test(the_history_of_a_feed_is_drawn_as_agreed),
		cmocka_unit_test(why_is_drawn_as_agreed),
		cmocka_unit_test(why_is_silent_on_places_while_a_trial_runs),
		cmocka_unit_test(the_words_for_and_against_differ_in_style),
		cmocka_unit_test(the_cursor_of_why_goes_by_what_can_be_acted_on),
		cmocka_unit_test(the_cursor_of_why_finds_the_part_that_was_edited),
		cmocka_unit_test(tellings_are_drawn_as_agreed),
		cmocka_unit_test(tellings_and_parts_are_where_they_are_drawn),
		cmocka_unit_test(what_moved_is_drawn_as_agreed),
		cmocka_unit_test(ten_titles_are_drawn_as_agreed),
		cmocka_unit_test(the_profile_is_drawn_as_agreed),
		cmocka_unit_test(what_a_row_of_the_profile_came_from_is_drawn_as_agreed),
		cmocka_unit_test(the_bubble_meter_is_drawn_as_agreed),
		cmocka_unit_test(a_young_bubble_meter_says_what_it_takes),
		cmocka_unit_test(help_is_drawn_as_agreed),
		cmocka_unit_test(help_shows_the_keys_as_they_are_bound),
		cmocka_unit_test(no_size_tears_a_row_or_loses_the_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
