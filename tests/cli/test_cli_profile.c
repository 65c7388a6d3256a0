/* Forgetting, taking along and being asked, from outside. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "item.h"
#include "store/store.h"

/* Two feeds: on telescopes and on bread. */
static void write_feed(struct cli *c, const char *name, const char *word)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "<rss version='2.0'><channel><title>The %s news</title><language>en</language>", name);
	for (int i = 0; i < 6; i++)
		buf_printf(&b, "<item><guid>%s-%d</guid><title>%s report number %d</title><link>http://%s.example/%d</link>"
			"<pubDate>2026-03-%02dT08:00:00Z</pubDate><description>Somebody has built three %s in a shed and writes about it.</description></item>",
			name, i, name, i, name, i, 20 + i, word);
	buf_puts(&b, "</channel></rss>");
	(void)cli_write(c, cli_format(c, "%s.xml", name), buf_str(&b));
	buf_clear(&b);
}

static const char *feed_url(struct cli *c, const char *name)
{
	return cli_format(c, "file://%s", cli_path(c, cli_format(c, "%s.xml", name)));
}

static void fill(struct cli *c)
{
	write_feed(c, "Sky", "telescopes");
	write_feed(c, "Oven", "loaves");
	(void)cli_write(c, "config/urls", cli_format(c, "%s\n%s\n", feed_url(c, "Sky"), feed_url(c, "Oven")));
	done(eclose(c, "fetch"));
}

static json_t *list(struct cli *c, const char *words)
{
	return array_at(json_of(c, done(eclose(c, "list", "--json", "--query", words))), "entries");
}

static const char *id_at(struct cli *c, const json_t *array, size_t i)
{
	return cli_format(c, "%lld", int_at(json_array_get(array, i), "id"));
}

/* Three articles of Sky on three days, one of Oven. */
static void read_some(struct cli *c)
{
	json_t *sky = list(c, "Sky order:old"), *oven = list(c, "Oven order:old");

	for (size_t i = 0; i < 3; i++)
		done(eclose(c, "event", id_at(c, sky, i), "open", "--dwell", "20", "--at", cli_format(c, "2026-03-%02dT09:00:00Z", 26 + (int)i)));
	done(eclose(c, "event", id_at(c, oven, 0), "open", "--dwell", "30", "--at", "2026-03-30T09:00:00Z"));
}

static long long readings(struct cli *c)
{
	return int_at(json_of(c, done(eclose(c, "profile", "--json"))), "readings");
}

static void nothing_is_forgotten_without_a_yes(void **state)
{
	struct cli *c = *state;
	struct ran r;

	fill(c);
	read_some(c);
	fails(eclose(c, "profile", "forget", "--all"), 1, "4 actions on 4 articles, 4 of them read would be forgotten; --yes does it");
	r = eclose(c, "profile", "forget", "--term", "telescope", "--json");
	assert_int_equal(r.status, 1);
	assert_int_equal(int_at(json_of(c, r), "events"), 3);
	assert_false(bool_at(json_of(c, r), "done"));
	assert_int_equal(readings(c), 4);
	cli_healthy(c);
}

static void a_word_is_forgotten_in_all_its_forms(void **state)
{
	struct cli *c = *state;

	fill(c);
	read_some(c);
	fails(eclose(c, "profile", "forget", "--term", "microscope", "--yes"), 1, "no article has the word 'microscope'");
	assert_string_equal(done(eclose(c, "profile", "forget", "--term", "Telescope", "--yes")).out, "forgotten: 3 actions on 3 articles, 3 of them read\n");
	assert_int_equal(readings(c), 1);
	assert_int_equal(json_array_size(list(c, "unread")), 8); /* what was read stays so */
	assert_string_equal(done(eclose(c, "profile", "forget", "--term", "telescopes", "--yes")).out, "there was nothing of it to forget\n");
	cli_healthy(c);
}

static void a_feed_and_a_span_are_forgotten(void **state)
{
	struct cli *c = *state;
	json_t *done_json;

	fill(c);
	read_some(c);
	fails(eclose(c, "profile", "forget", "--feed", "http://nowhere.example/", "--yes"), 1, "no feed http://nowhere.example/");
	done_json = json_of(c, done(eclose(c, "profile", "forget", "--since", "2026-03-27T00:00:00Z", "--until", "2026-03-28T09:00:00Z", "--yes", "--json")));
	assert_int_equal(int_at(done_json, "events"), 1);
	assert_true(bool_at(done_json, "done") && json_is_null(json_object_get(done_json, "residue")));
	assert_int_equal(readings(c), 3);
	done(eclose(c, "profile", "forget", "--feed", feed_url(c, "Oven"), "--yes"));
	assert_int_equal(readings(c), 2);
	done(eclose(c, "profile", "forget", "--since", "2026-03-28T09:00:00Z", "--yes"));
	assert_int_equal(readings(c), 1);
	assert_int_equal(json_array_size(list(c, "unread")), 8);
	fails(eclose(c, "undo"), 1, "nothing to undo"); /* a flag that stands in for an action is no change */
	cli_healthy(c);
}

/* ---- what is left in the files ---- */

static bool stands_in(struct cli *c, const char *name, const void *bytes, size_t n)
{
	struct buf b = BUF_INIT;
	enum err e = buf_read_file(&b, cli_path(c, name), (size_t)64 << 20, NULL);
	bool found = e == OK && b.len >= n && memmem(b.s, b.len, bytes, n) != NULL;

	assert_true(e == OK || e == ERR_NOTFOUND);
	buf_clear(&b);
	return found;
}

static bool in_the_files(struct cli *c, const void *bytes, size_t n)
{
	return stands_in(c, "data/eclose.db", bytes, n) || stands_in(c, "data/eclose.db-wal", bytes, n) || stands_in(c, "data/eclose.db-shm", bytes, n);
}

#define PIECE 48 /* bytes; a blob's pages are no neighbours, so it is looked for in pieces */

/* The saved model, or the page of last time, as bytes of the arena. */
static const char *blob(struct cli *c, const char *name, size_t *n)
{
	struct store st;
	const void *bytes = NULL;

	assert_int_equal(store_open(&st, cli_path(c, "data/eclose.db"), DB_READ_ONLY, NULL), OK);
	assert_int_equal(blob_get(&st, name, &c->a, NULL, &bytes, n, NULL), OK);
	store_close(&st);
	assert_true(*n > 2 * PIECE);
	return bytes;
}

/* Pieces of zeros, or of one byte, tell nothing. */
static bool tells(const char *piece)
{
	size_t other = 0;

	for (size_t i = 1; i < PIECE; i++)
		other += piece[i] != piece[i - 1];
	return other > PIECE / 2;
}

static size_t pieces_left(struct cli *c, const char *bytes, size_t n)
{
	size_t left = 0, step = n / 40 > PIECE ? n / 40 : PIECE;

	for (size_t at = 0; at + PIECE <= n; at += step)
		left += tells(bytes + at) && in_the_files(c, bytes + at, PIECE);
	return left;
}

static void forgetting_leaves_neither_model_nor_page_in_the_files(void **state)
{
	struct cli *c = *state;
	const char *how[][5] = { { "--term", "telescope" }, { "--feed", "" }, { "--since", "2026-03-29T00:00:00Z" }, { "--all" } };

	fill(c);
	how[1][1] = feed_url(c, "Sky");
	for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
		const char *words[] = { "profile", "forget", "--yes", how[i][0], how[i][1], NULL };
		const char *model, *page, *edit = "term:telescop";
		size_t n_model, n_page;

		read_some(c);
		if (i == 0)
			done(eclose(c, "profile", "edit", "pin", "telescopes"));
		done(eclose(c, "fetch", "--force"));
		done(eclose(c, "profile", "rebuild"));
		model = blob(c, "model", &n_model);
		page = blob(c, "last_page", &n_page);
		assert_true(pieces_left(c, model, n_model) > 5 && pieces_left(c, page, n_page) > 5);
		assert_true(i > 0 || in_the_files(c, edit, strlen(edit)));
		done(cli_run(c, words));
		assert_int_equal(pieces_left(c, model, n_model), 0);
		assert_int_equal(pieces_left(c, page, n_page), 0);
		assert_false(in_the_files(c, edit, strlen(edit)));
		assert_false(in_the_files(c, "learned_from", 12));
	}
	cli_healthy(c);
}

static void after_forgetting_all_the_profile_is_a_new_readers(void **state)
{
	struct cli *c = *state;
	const char *before;

	fill(c);
	before = done(eclose(c, "profile", "--json")).out;
	read_some(c);
	done(eclose(c, "profile", "rebuild")); /* which saves the model */
	assert_string_not_equal(done(eclose(c, "profile", "--json")).out, before);
	done(eclose(c, "profile", "forget", "--all", "--yes"));
	/* four rows stand in for flags: they are events, and teach nothing */
	assert_int_equal(readings(c), 0);
	assert_string_equal(strstr(done(eclose(c, "profile", "--json")).out, "\"readings\""), strstr(before, "\"readings\""));
	cli_healthy(c);
}

/* ---- taking along ---- */

static void a_profile_goes_to_another_store_and_only_once(void **state)
{
	struct cli *c = *state;
	const char *file = cli_path(c, "mine.json"), *printed;
	struct stat st;
	json_t *got;

	fill(c);
	read_some(c);
	printed = done(eclose(c, "profile", "export")).out;
	assert_string_equal(done(eclose(c, "profile", "export", "--json")).out, printed);
	assert_string_equal(done(eclose(c, "profile", "export", file)).out, "");
	assert_string_equal(cli_read(c, "mine.json"), printed);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	c->data = cli_path(c, "elsewhere");
	done(eclose(c, "fetch", feed_url(c, "Sky")));
	got = json_of(c, done(eclose(c, "profile", "import", file, "--json")));
	assert_string_equal(text_at(got, "from"), "eclose");
	assert_int_equal(int_at(got, "events"), 3);
	assert_int_equal(int_at(got, "unknown"), 1);
	assert_int_equal(readings(c), 3);
	assert_string_equal(done(eclose(c, "profile", "import", file)).out, "0 actions taken over, 3 known already\n1 left out: about articles that aren't here\n");
	assert_int_equal(readings(c), 3);
	cli_healthy(c);
}

static void a_file_that_is_no_profile_is_refused(void **state)
{
	struct cli *c = *state;

	fails(eclose(c, "profile", "import", cli_path(c, "none.json")), 1, "none.json");
	fails(eclose(c, "profile", "import", cli_write(c, "x.json", "{\"feeds\":[]}")), 1, "is neither a profile that eclose has exported nor newsboat's cache.db");
	fails(eclose(c, "profile", "import", cli_write(c, "empty", "")), 1, "is neither");
	done(eclose(c, "feeds"));
	fails(eclose(c, "profile", "import", cli_path(c, "data/eclose.db")), 1, "not newsboat's cache.db");
}

/* ---- editing ---- */

/* The numbers of a page's entries, a new array. */
static json_t *ids_of(const json_t *entries)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < json_array_size(entries); i++)
		json_array_append(ids, json_object_get(json_array_get(entries, i), "id"));
	return ids;
}

static json_t *with_id(const json_t *array, long long id)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (int_at(json_array_get(array, i), "id") == id)
			return json_array_get(array, i);
	fail_msg("no %lld", id);
	return NULL;
}

static void an_edit_shows_the_page_before_and_after_and_is_listed(void **state)
{
	struct cli *c = *state;
	json_t *got, *held, *moved, *page, *ids;
	long long first;

	fill(c);
	page = array_at(json_of(c, done(eclose(c, "rank", "--json"))), "entries");
	first = int_at(json_array_get(page, 0), "id");
	got = json_of(c, done(eclose(c, "profile", "edit", "ban", cli_format(c, "feed:%s", text_at(json_array_get(page, 0), "feed")), "--json")));
	ids = ids_of(page);
	assert_true(json_equal(array_at(got, "before"), ids));
	json_decref(ids);
	assert_true(real_at(got, "weight") == -3);
	moved = with_id(array_at(got, "moved"), first);
	assert_int_equal(int_at(moved, "from"), 1);
	assert_true(json_is_null(json_object_get(moved, "to")));
	for (size_t i = 0; i < json_array_size(array_at(got, "after")); i++)
		assert_int_not_equal(json_integer_value(json_array_get(array_at(got, "after"), i)), first);
	held = array_at(json_of(c, done(eclose(c, "profile", "edit", "--json"))), "edits");
	assert_int_equal(json_array_size(held), 1);
	assert_string_equal(text_at(json_array_get(held, 0), "subject"), text_at(got, "subject"));
	assert_true(json_is_null(json_object_get(json_array_get(held, 0), "article")));
	assert_true(json_equal(held, array_at(json_of(c, done(eclose(c, "profile", "--json"))), "edits")));
	got = json_of(c, done(eclose(c, "rank", "--json")));
	assert_int_equal(int_at(got, "banned"), (long long)(json_array_size(page) - json_array_size(array_at(got, "entries"))));
	assert_non_null(strstr(done(eclose(c, "rank")).out, cli_format(c, "%lld left out by your bans", int_at(got, "banned"))));
	assert_non_null(strstr(done(eclose(c, "undo")).out, "undone: banned: "));
	assert_true(json_equal(page, array_at(json_of(c, done(eclose(c, "rank", "--json"))), "entries")));
	assert_string_equal(done(eclose(c, "profile", "edit")).out, "no edits hold; eclose profile edit pin|ban SUBJECT makes one\n");
	cli_healthy(c);
}

static void the_profile_has_its_sections_as_json_with_what_each_row_came_from(void **state)
{
	struct cli *c = *state;
	json_t *sections, *row;

	fill(c);
	read_some(c);
	done(eclose(c, "profile", "edit", "weigh", "telescopes", "-1"));
	sections = array_at(json_of(c, done(eclose(c, "profile", "--json"))), "sections");
	assert_int_equal(json_array_size(sections), PORTRAIT_COUNT);
	row = with(array_at(with(sections, "section", "feeds"), "rows"), "name", "The Sky news");
	assert_int_equal(int_at(row, "readings"), 3);
	assert_int_equal(json_array_size(array_at(row, "articles")), 3);
	assert_string_equal(text_at(row, "subject"), cli_format(c, "feed:%s", feed_url(c, "Sky")));
	assert_true(json_is_null(json_object_get(row, "edit")));
	assert_non_null(text_at(row, "last"));
	assert_true(real_at(row, "weight") > real_at(with(array_at(with(sections, "section", "feeds"), "rows"), "name", "The Oven news"), "weight"));
	row = with(array_at(with(sections, "section", "words"), "rows"), "name", "telescopes");
	assert_true(real_at(row, "edit") == -1);
	row = json_array_get(array_at(with(sections, "section", "parts"), "rows"), 0);
	assert_true(real_at(row, "sd") > 0);
}

static void edits_that_make_no_sense_are_answered(void **state)
{
	struct cli *c = *state;

	fill(c);
	fails(eclose(c, "profile", "edit", "like", "comet"), 2, "profile edit takes pin, ban, weigh or clear, not 'like'");
	fails(eclose(c, "profile", "edit", "pin"), 2, "profile edit pin takes a subject");
	fails(eclose(c, "profile", "edit", "weigh", "comet"), 2, "a subject and a weight");
	fails(eclose(c, "profile", "edit", "weigh", "comet", "much"), 2, "a number from -3 to 3, not 'much'");
	fails(eclose(c, "profile", "edit", "weigh", "comet", "-3.5"), 2, "a number from -3 to 3, not '-3.5'");
	fails(eclose(c, "profile", "edit", "pin", "nosuchword"), 1, "no article has the word 'nosuchword'");
	fails(eclose(c, "profile", "edit", "clear", "length:2"), 1, "no edit of 'length:2' holds");
	fails(eclose(c, "profile", "private", "maybe"), 2, "on or off, not 'maybe'");
	assert_non_null(strstr(done(eclose(c, "profile", "edit", "weigh", "telescopes", "-1.5")).out, "you: -1.5 telescopes; eclose undo takes it back"));
	assert_non_null(strstr(done(eclose(c, "profile", "edit", "weigh", "telescopes", "-1.5")).out, "you: -1.5 telescopes already\n")); /* nothing to undo */
	assert_non_null(strstr(done(eclose(c, "profile", "edit", "clear", "Telescope")).out, "cleared: telescopes"));
}

static void private_reading_is_not_recorded_and_says_so(void **state)
{
	struct cli *c = *state;
	const char *id;
	struct ran r;

	fill(c);
	id = id_at(c, list(c, ""), 0);
	assert_string_equal(done(eclose(c, "profile", "private")).out, "reading is recorded\n");
	done(eclose(c, "profile", "private", "on"));
	r = done(eclose(c, "event", id, "open", "--dwell", "60"));
	assert_non_null(strstr(r.err, "nothing is recorded: reading is private"));
	assert_int_equal(readings(c), 0);
	assert_false(bool_at(json_array_get(list(c, ""), 0), "read"));
	assert_true(bool_at(json_of(c, done(eclose(c, "rank", "--json"))), "private"));
	assert_true(bool_at(json_of(c, done(eclose(c, "profile", "--json"))), "private"));
	done(eclose(c, "mark", id, "--read")); /* set outright */
	assert_true(bool_at(json_array_get(list(c, ""), 0), "read"));
	done(eclose(c, "profile", "private", "off"));
	r = done(eclose(c, "event", id, "open", "--dwell", "60"));
	assert_string_equal(r.err, "");
	assert_int_equal(readings(c), 1);
	assert_false(bool_at(json_of(c, done(eclose(c, "profile", "private", "--json"))), "private"));
}

/* ---- being asked ---- */

static void titles_are_listed_and_answers_are_noted(void **state)
{
	struct cli *c = *state;
	json_t *asked, *again;
	const char *first;

	fill(c);
	asked = array_at(json_of(c, done(eclose(c, "ask", "--json", "--limit", "2"))), "entries");
	assert_int_equal(json_array_size(asked), 2);
	assert_string_not_equal(text_at(json_array_get(asked, 0), "feed"), text_at(json_array_get(asked, 1), "feed"));
	first = id_at(c, asked, 0);
	assert_non_null(strstr(done(eclose(c, "ask")).out, text_at(json_array_get(asked, 0), "title")));
	done(eclose(c, "event", first, "pass"));
	again = array_at(json_of(c, done(eclose(c, "ask", "--json"))), "entries");
	for (size_t i = 0; i < json_array_size(again); i++)
		assert_string_not_equal(id_at(c, again, i), first);
	assert_string_equal(done(eclose(c, "undo")).out, cli_format(c, "undone: pass \"%s\"\n", text_at(json_array_get(asked, 0), "title")));
	again = array_at(json_of(c, done(eclose(c, "ask", "--json", "--limit", "2"))), "entries");
	assert_string_equal(id_at(c, again, 0), first);
}

static void without_articles_there_is_nothing_to_ask(void **state)
{
	struct cli *c = *state;

	assert_non_null(strstr(done(eclose(c, "ask")).out, "nothing unread to ask about"));
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "ask", "--json"))), "entries")), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)
	const struct CMUnitTest tests[] = {
		T(nothing_is_forgotten_without_a_yes),
		T(a_word_is_forgotten_in_all_its_forms),
		T(a_feed_and_a_span_are_forgotten),
		T(forgetting_leaves_neither_model_nor_page_in_the_files),
		T(after_forgetting_all_the_profile_is_a_new_readers),
		T(a_profile_goes_to_another_store_and_only_once),
		T(a_file_that_is_no_profile_is_refused),
		T(an_edit_shows_the_page_before_and_after_and_is_listed),
		T(the_profile_has_its_sections_as_json_with_what_each_row_came_from),
		T(edits_that_make_no_sense_are_answered),
		T(private_reading_is_not_recorded_and_says_so),
		T(titles_are_listed_and_answers_are_noted),
		T(without_articles_there_is_nothing_to_ask),
	};

	return cmocka_run_group_tests_name("cli_profile", tests, NULL, NULL);
}
