/* The page and what it is learned from, from outside: event, rank, why, profile, eval. */
#include "run.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "rank/models.h"

#define SUBJECTS 5
#define ARTICLES 30 /* of each */
#define WORDS 16

static const char *const subject[SUBJECTS] = { "garden", "astronomy", "chess", "railway", "cooking" };
static const char *const words[SUBJECTS][WORDS] = {
	{ "tomato", "compost", "seedling", "pruning", "hedge", "orchard", "mulch", "greenhouse", "tulip", "weeding", "soil", "lawn", "rose", "spade", "pollen", "shrub" },
	{ "galaxy", "telescope", "nebula", "comet", "orbit", "planet", "supernova", "eclipse", "asteroid", "quasar", "lunar", "mirror", "crater", "aurora", "spectrum", "pulsar" },
	{ "bishop", "gambit", "rook", "endgame", "checkmate", "knight", "pawn", "castling", "grandmaster", "opening", "sacrifice", "tournament", "zugzwang", "queen", "fianchetto", "clock" },
	{ "locomotive", "platform", "junction", "timetable", "carriage", "signal", "tunnel", "freight", "gauge", "sleeper", "viaduct", "station", "shunting", "diesel", "siding", "conductor" },
	{ "butter", "oven", "simmer", "dough", "garlic", "recipe", "roast", "vinegar", "whisk", "pastry", "stew", "saffron", "skillet", "broth", "caramel", "yeast" },
};

static const char *pick(struct rng *r, size_t s)
{
	return words[s][rng_below(r, WORDS)];
}

/* One feed a subject, its articles three hours apart, the newest an hour old. */
static void write_feed(struct cli *c, size_t s, struct buf *urls)
{
	struct buf b = BUF_INIT;
	int64_t now = 0;
	struct rng r;

	rng_seed(&r, 7 + s);
	assert_true(date_parse(CLI_NOW, &now));
	buf_printf(&b, "<rss version='2.0'><channel><title>The %s news</title><link>http://%s.example/</link><language>en</language>", subject[s], subject[s]);
	for (int i = 0; i < ARTICLES; i++) {
		char date[DATE_TEXT];

		buf_printf(&b, "<item><guid>%s-%d</guid><title>%s %s %s number %d</title><link>http://%s.example/%d</link><category>%s</category><pubDate>%s</pubDate><description>The",
			   subject[s], i, pick(&r, s), pick(&r, s), pick(&r, s), i, subject[s], i, subject[s],
			   date_rfc3339(now - 3600 - (3 * i + (int)s % 3) * DATE_HOUR, date));
		for (int w = 0; w < 40; w++)
			buf_printf(&b, " %s and", pick(&r, s));
		buf_puts(&b, " more.</description></item>");
	}
	buf_puts(&b, "</channel></rss>");
	buf_printf(urls, "file://%s %s\n", cli_write(c, cli_format(c, "%s.xml", subject[s]), buf_str(&b)), subject[s]);
	buf_clear(&b);
}

static void fill(struct cli *c)
{
	struct buf urls = BUF_INIT;

	for (size_t s = 0; s < SUBJECTS; s++)
		write_feed(c, s, &urls);
	cli_write(c, "config/urls", buf_str(&urls));
	buf_clear(&urls);
	done(eclose(c, "fetch"));
}

static json_t *page(struct cli *c, const char *explore)
{
	return json_of(c, done(eclose(c, "rank", "--json", "--explore", explore, "--limit", "20")));
}

static json_t *list(struct cli *c, const char *query)
{
	return array_at(json_of(c, done(eclose(c, "list", "--json", "--query", query))), "entries");
}

static const char *id_at(struct cli *c, const json_t *array, size_t i)
{
	return cli_format(c, "%lld", int_at(json_array_get(array, i), "id"));
}

/* Open and read n articles of a subject, the oldest first, in the days before now. */
static void read_some(struct cli *c, const char *which, size_t n)
{
	json_t *all = list(c, cli_format(c, "tag:%s order:old", which));

	for (size_t i = 0; i < n; i++)
		done(eclose(c, "event", id_at(c, all, i), "open", "--dwell", "60", "--scroll", "1", "--at", cli_format(c, "2026-03-%02dT09:00:00Z", 28 + (int)i % 3)));
}

static size_t about(const json_t *page, const char *which, size_t first)
{
	json_t *all = array_at(page, "entries");
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(all) && i < first; i++)
		n += strstr(text_at(json_array_get(all, i), "feed"), which) != NULL;
	return n;
}

static double sum_of(const json_t *reasons)
{
	double sum = 0;

	for (size_t i = 0; i < json_array_size(reasons); i++) {
		const json_t *one = json_array_get(reasons, i);

		assert_true(strlen(text_at(one, "kind")) > 0);
		(void)text_at(one, "name");
		sum += real_at(one, "weight");
	}
	return sum;
}

/* ---- rank ---- */

static void each_entry_has_the_fields_of_the_contract(void **state)
{
	struct cli *c = *state;
	json_t *p, *all;

	fill(c);
	read_some(c, "chess", 8);
	p = page(c, "50");
	all = array_at(p, "entries");
	assert_int_equal(json_array_size(all), 20);
	assert_int_equal(int_at(p, "explore"), 50);
	assert_string_equal(text_at(p, "now"), CLI_NOW);
	assert_int_equal(int_at(p, "learned_from"), 8);
	assert_true(real_at(p, "outside") > 0 && real_at(p, "outside") <= 1);
	for (size_t i = 0; i < json_array_size(all); i++) {
		json_t *one = json_array_get(all, i);
		const char *slot = text_at(one, "slot");
		int64_t t;

		assert_true(int_at(one, "id") > 0);
		assert_true(*text_at(one, "title") && *text_at(one, "link") && *text_at(one, "feed"));
		assert_true(date_parse(text_at(one, "published"), &t));
		assert_true(strcmp(slot, "bubble") == 0 || strcmp(slot, "explore") == 0 || strcmp(slot, "serendipity") == 0);
		assert_true(real_at(one, "distance") >= 0 && real_at(one, "distance") <= 1);
		assert_true(real_at(one, "coverage") >= 0);
		(void)text_at(one, "topic");
		assert_true(json_array_size(array_at(one, "reasons")) > 0);
		assert_true(fabs(sum_of(array_at(one, "reasons")) - real_at(one, "score")) <= 1e-5);
		assert_int_equal(strcmp(slot, "serendipity") == 0, json_is_string(json_object_get(one, "slot_reason"))); /* a slot says why, others needn't */
	}
}

static void the_slider_never_takes_the_page_back_inside(void **state)
{
	static const char *const at[] = { "0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100" };
	struct cli *c = *state;
	double last = 0;

	fill(c);
	read_some(c, "chess", 12);
	read_some(c, "garden", 8);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		double outside = real_at(page(c, at[i]), "outside");

		if (outside < last - 1e-9)
			fail_msg("%s: %g after %g", at[i], outside, last);
		last = outside;
	}
	assert_true(last > real_at(page(c, "0"), "outside"));
}

static void what_was_read_leads_inside_and_not_outside(void **state)
{
	struct cli *c = *state;
	json_t *in, *out;

	fill(c);
	read_some(c, "astronomy", 12);
	read_some(c, "railway", 12);
	in = page(c, "0");
	out = page(c, "100");
	assert_true(about(in, "astronomy", 10) + about(in, "railway", 10) >= 8);
	assert_true(about(out, "astronomy", 20) + about(out, "railway", 20) <= 12); /* two of five subjects */
	assert_true(about(out, "garden", 20) > 0);
	assert_true(about(out, "cooking", 20) > 0);
}

static void what_was_read_stands_on_no_page(void **state)
{
	struct cli *c = *state;
	json_t *all;

	fill(c);
	read_some(c, "cooking", 5);
	all = array_at(json_of(c, done(eclose(c, "rank", "--json", "--limit", "1000"))), "entries");
	assert_true(json_array_size(all) > 100);
	for (size_t i = 0; i < json_array_size(all); i++)
		assert_false(bool_at(json_array_get(all, i), "read"));
}

static void orders_by_time_are_by_time(void **state)
{
	struct cli *c = *state;
	json_t *fresh, *old;

	fill(c);
	fresh = array_at(json_of(c, done(eclose(c, "rank", "--json", "--order", "new", "--limit", "50"))), "entries");
	old = array_at(json_of(c, done(eclose(c, "rank", "--json", "--order", "old", "--limit", "50"))), "entries");
	assert_int_equal(json_array_size(fresh), 50);
	for (size_t i = 1; i < 50; i++) {
		assert_true(strcmp(text_at(json_array_get(fresh, i - 1), "published"), text_at(json_array_get(fresh, i), "published")) >= 0);
		assert_true(strcmp(text_at(json_array_get(old, i - 1), "published"), text_at(json_array_get(old, i), "published")) <= 0);
	}
}

static void the_same_store_and_moment_give_the_same_page(void **state)
{
	struct cli *c = *state;
	struct ran first;

	fill(c);
	read_some(c, "chess", 5);
	first = done(eclose(c, "rank", "--json", "--explore", "70"));
	assert_string_equal(done(eclose(c, "rank", "--json", "--explore", "70")).out, first.out);
	assert_string_equal(done(cli_run(c, (const char *const[]){ NULL })).out, done(eclose(c, "rank")).out); /* no command: the front page as text */
	assert_non_null(strstr(done(eclose(c, "rank", "--explore", "70")).out, "outside your bubble"));
}

static void the_settings_choose_slider_places_and_model(void **state)
{
	struct cli *c = *state;
	json_t *p;

	fill(c);
	cli_write(c, "config/config", "set explore 65\nset page-size 7\n");
	p = json_of(c, done(eclose(c, "rank", "--json")));
	assert_int_equal(int_at(p, "explore"), 65);
	assert_int_equal(json_array_size(array_at(p, "entries")), 7);
	assert_string_equal(text_at(json_of(c, done(eclose(c, "profile", "show", "--json"))), "scored_by"), "interest");
	cli_write(c, "config/config", "set model net\n");
	assert_string_equal(text_at(json_of(c, done(eclose(c, "profile", "show", "--json"))), "scored_by"), "net");
	assert_non_null(strstr(done(eclose(c, "profile")).out, "scores are those of net;"));
}

/* Where the front page has the slider, with these options of the whole program or none. */
static long long slider(struct cli *c, const char *option, const char *value)
{
	const char *const line[] = { option, value, "rank", "--json", NULL };

	return int_at(json_of(c, done(cli_run(c, option ? line : line + 2))), "explore");
}

static void the_slider_goes_by_the_command_then_the_program_then_the_day_then_the_settings(void **state)
{
	struct cli *c = *state;

	cli_write(c, "config/config", "set explore 20 tuesday=55 wed=65\n");
	assert_int_equal(slider(c, NULL, NULL), 55); /* the clock stands on a Tuesday */
	c->now = "2026-04-02T12:00:00Z";
	assert_int_equal(slider(c, NULL, NULL), 20);
	assert_int_equal(slider(c, "--explore", "0"), 0);
	assert_int_equal(slider(c, "--explore", "100"), 100);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "--explore", "70", "rank", "--explore", "40", "--json"))), "explore"), 40);
	assert_int_equal(strncmp(done(eclose(c, "--explore", "60", "rank")).out, "eclose  explore 60 Wander  ", 27), 0);
	assert_non_null(strstr(done(eclose(c, "doctor")).out, "slider: 20, tuesday 55, wednesday 65; today 20\n"));
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "explore"), 20);
	fails(eclose(c, "--explore", "101", "rank"), 2, "--explore takes a whole number from 0 to 100, not '101'");
	cli_write(c, "config/config", "set explore 20\nset explore 30 tusday=55\n");
	fails(eclose(c, "rank"), 2, cli_format(c, "%s:2: no day of the week in 'tusday=55', did you mean 'tuesday'?", cli_path(c, "config/config")));
}

static void the_page_says_what_the_setting_costs(void **state)
{
	struct cli *c = *state;
	double at_60;
	const char *out;

	fill(c);
	assert_true(real_at(page(c, "60"), "expected") == 0); /* nothing is known yet */
	read_some(c, "chess", 8);
	assert_true(real_at(page(c, "0"), "expected") == 0);
	at_60 = real_at(json_of(c, done(eclose(c, "rank", "--json", "--explore", "60"))), "expected");
	assert_true(at_60 < 0 && at_60 > -1);
	out = done(eclose(c, "rank", "--explore", "60")).out;
	assert_non_null(strstr(out, cli_format(c, " · expected interest −%.0f %%\n", -100 * at_60)));
}

static void an_empty_store_has_an_empty_page(void **state)
{
	struct cli *c = *state;
	json_t *p = json_of(c, done(eclose(c, "rank", "--json")));

	assert_true(real_at(p, "expected") == 0);

	assert_int_equal(json_array_size(array_at(p, "entries")), 0);
	assert_true(real_at(p, "outside") == 0);
	assert_non_null(strstr(done(eclose(c, "rank")).out, "eclose fetch"));
}

static void the_demo_has_learned_and_leaves_nothing_behind(void **state)
{
	struct cli *c = *state;
	json_t *p = json_of(c, done(eclose(c, "--demo", "rank", "--json")));

	assert_true(json_array_size(array_at(p, "entries")) >= 20);
	assert_true(int_at(p, "learned_from") > 20);
	assert_true(real_at(p, "outside") > 0);
	assert_int_equal(files_in(cli_path(c, "tmp")), 0);
	assert_non_null(strstr(done(cli_run(c, (const char *const[]){ NULL })).out, "1.")); /* without subscriptions: the samples */
	assert_int_equal(files_in(cli_path(c, "tmp")), 0);
}

/* ---- event ---- */

static void every_kind_of_action_is_recorded(void **state)
{
	static const char *const kinds[] = { "shown", "skip", "open", "close", "like", "dislike", "browser", "save" };
	struct cli *c = *state;
	json_t *o;

	fill(c);
	for (size_t i = 0; i < 3; i++)
		done(eclose(c, "event", "1", kinds[i], "--at", "2026-03-31T05:00:00Z"));
	assert_true(bool_at(json_of(c, done(eclose(c, "show", "1", "--json"))), "read"));
	done(eclose(c, "event", "2", "shown"));
	done(eclose(c, "event", "2", "skip"));
	assert_false(bool_at(json_of(c, done(eclose(c, "show", "2", "--json"))), "read")); /* passed over is not read */
	for (size_t i = 3; i < 8; i++)
		done(eclose(c, "event", "3", kinds[i], "--dwell", "12.5", "--scroll=0.4"));
	o = json_of(c, done(eclose(c, "show", "3", "--json")));
	assert_true(bool_at(o, "starred"));
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "events"), 10);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "profile", "--json"))), "events"), 10);
	cli_healthy(c);
}

static void events_that_make_no_sense_are_refused(void **state)
{
	struct cli *c = *state;

	fill(c);
	fails(eclose(c, "event", "1", "read"), 2, "shown, open, close"); /* a flag: mark sets it */
	fails(eclose(c, "event", "1", "undo"), 2, "not 'undo'");
	fails(eclose(c, "event", "1", "open", "--dwell", "-1"), 2, "--dwell");
	fails(eclose(c, "event", "1", "open", "--dwell", "nan"), 2, "--dwell");
	fails(eclose(c, "event", "1", "open", "--scroll", "1.01"), 2, "--scroll");
	fails(eclose(c, "event", "1", "open", "--at", "yesterday"), 2, "--at");
	fails(eclose(c, "event", "0", "open"), 2, "'0'");
	fails(eclose(c, "event", "99999999999999999999", "open"), 2, "99999");
	fails(eclose(c, "event", "4711", "open"), 1, "no article 4711");
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "events"), 0);
}

/* ---- why, profile ---- */

static double score_of(struct cli *c, const char *id)
{
	return real_at(json_of(c, done(eclose(c, "why", id, "--json"))), "score");
}

/* 1-based, 0 where it isn't on the page. */
static int place_in(const json_t *p, long long id)
{
	json_t *all = array_at(p, "entries");

	for (size_t i = 0; i < json_array_size(all); i++)
		if (int_at(json_array_get(all, i), "id") == id)
			return (int)i + 1;
	return 0;
}

static void why_gives_every_part_of_the_score_on_the_page(void **state)
{
	struct cli *c = *state;
	json_t *first, *why;
	const char *id;
	struct ran r;

	fill(c);
	read_some(c, "chess", 10);
	first = json_array_get(array_at(page(c, "0"), "entries"), 0);
	id = cli_format(c, "%lld", int_at(first, "id"));
	why = json_of(c, done(eclose(c, "why", id, "--json")));
	assert_true(fabs(real_at(why, "score") - real_at(first, "score")) < 1e-9);
	assert_true(fabs(sum_of(array_at(why, "reasons")) - real_at(why, "score")) <= 1e-5);
	assert_true(json_array_size(array_at(why, "reasons")) >= json_array_size(array_at(first, "reasons")));
	assert_true(json_array_size(array_at(why, "would_change")) > 0);
	assert_int_equal(int_at(why, "place_page"), place_in(json_of(c, done(eclose(c, "rank", "--json"))), int_at(first, "id")));
	assert_int_equal(int_at(why, "place_without"), 1);
	assert_int_equal(int_at(json_of(c, done(eclose(c, "why", id, "--json", "--explore", "0"))), "place_page"), 1);
	fails(eclose(c, "why", id, "--explore", "101"), 2, "--explore");
	r = done(eclose(c, "why", id));
	assert_non_null(strstr(r.out, text_at(first, "title")));
	assert_non_null(strstr(r.out, "; at 0: place 1\n"));
	assert_non_null(strstr(r.out, "log-odds"));
	fails(eclose(c, "why", "4711"), 1, "4711");
}

/* The bytes that the highlights name are the words, and what it resembles was read. */
static void why_tells_the_words_and_the_readings_behind_a_score(void **state)
{
	struct cli *c = *state;
	const json_t *why, *one;
	size_t i;

	fill(c);
	read_some(c, "chess", 10);
	why = json_of(c, done(eclose(c, "why", id_at(c, list(c, "tag:chess"), 12), "--json")));
	assert_true(json_array_size(array_at(why, "highlights")) > 0);
	json_array_foreach(array_at(why, "highlights"), i, one) {
		const char *text = text_at(why, strcmp(text_at(one, "field"), "title") == 0 ? "title" : "text");

		assert_true((size_t)(int_at(one, "from") + int_at(one, "len")) <= strlen(text));
		assert_int_equal(tolower((unsigned char)text[int_at(one, "from")]), tolower((unsigned char)text_at(one, "term")[0]));
		assert_true(real_at(one, "weight") != 0);
	}
	assert_int_equal(json_array_size(array_at(why, "similar")), 3);
	json_array_foreach(array_at(why, "similar"), i, one) {
		assert_true(real_at(one, "likeness") > 0 && real_at(one, "likeness") <= 1);
		assert_true(json_array_size(array_at(one, "shared")) <= 3);
		assert_true(bool_at(json_of(c, done(eclose(c, "show", cli_format(c, "%lld", int_at(one, "id")), "--json"))), "read"));
	}
}

static void a_liking_raises_its_like_and_undo_takes_it_back(void **state)
{
	struct cli *c = *state;
	json_t *all;
	const char *liked, *near;
	double before, with_like;

	fill(c);
	read_some(c, "garden", 3);
	all = list(c, "tag:chess");
	liked = id_at(c, all, 0);
	near = id_at(c, all, 1);
	before = score_of(c, near);
	done(eclose(c, "event", liked, "like"));
	with_like = score_of(c, near);
	assert_true(with_like > before);
	done(eclose(c, "undo"));
	assert_true(fabs(score_of(c, near) - before) < 1e-9);
	done(eclose(c, "event", liked, "dislike"));
	assert_true(score_of(c, near) < before);
}

static void rebuilt_from_the_log_is_learned_as_read(void **state)
{
	struct cli *c = *state;
	json_t *o;
	struct ran before;

	fill(c);
	for (size_t i = 0; i < 6; i++) { /* the model is saved again and again on the way */
		read_some(c, subject[i % SUBJECTS], 2);
		done(eclose(c, "event", cli_format(c, "%zu", 20 * i + 1), i % 2 ? "like" : "skip"));
		done(eclose(c, "fetch"));
	}
	before = done(eclose(c, "rank", "--json"));
	o = json_of(c, done(eclose(c, "profile", "rebuild", "--json")));
	assert_true(int_at(o, "updates") > 0);
	assert_true(real_at(o, "difference") >= 0 && real_at(o, "difference") <= 1e-6);
	assert_string_equal(done(eclose(c, "rank", "--json")).out, before.out);
	assert_non_null(strstr(done(eclose(c, "profile", "rebuild")).out, "rebuilt"));
}

static void the_profile_names_what_was_read(void **state)
{
	struct cli *c = *state;
	json_t *o, *model;
	struct ran r;
	bool known = false;

	fill(c);
	read_some(c, "railway", 10);
	o = json_of(c, done(eclose(c, "profile", "show", "--json")));
	assert_int_equal(int_at(o, "readings"), 10);
	(void)with(array_at(o, "feeds"), "name", "The railway news");
	(void)with(array_at(o, "categories"), "name", "railway");
	assert_true(json_array_size(array_at(o, "topics")) > 0);
	for (size_t i = 0; i < WORDS; i++)
		known = known || strstr(text_at(json_array_get(array_at(o, "terms"), 0), "name"), words[3][i]);
	assert_true(known);
	model = array_at(o, "model");
	for (size_t i = 0; i < json_array_size(model); i++)
		assert_true(real_at(json_array_get(model, i), "sd") > 0);
	r = done(eclose(c, "profile"));
	assert_non_null(strstr(r.out, "The railway news"));
	fails(eclose(c, "profile", "burn"), 2, "'burn'");
}

/* ---- stats ---- */

static double share_of(const json_t *mix, const char *name, const char *span)
{
	const json_t *one = with(mix, "name", name);

	return real_at(one, span);
}

static void stats_sets_what_was_read_beside_what_was_published(void **state)
{
	struct cli *c = *state;
	json_t *o, *week, *feed;
	const char *text;

	fill(c);
	read_some(c, "railway", 9);
	read_some(c, "chess", 3);
	o = json_of(c, done(eclose(c, "stats", "--json")));
	assert_int_equal(int_at(o, "opened"), 12);
	assert_int_equal(json_array_size(array_at(o, "weeks")), 1);
	week = json_array_get(array_at(o, "weeks"), 0);
	assert_int_equal(int_at(week, "opened"), 12);
	assert_true(real_at(week, "entropy") > 0 && real_at(week, "entropy_share") < 1 && real_at(week, "distance") > 0);
	assert_true(real_at(week, "completion") > 0.99); /* a minute each, of short articles */
	assert_true(json_is_null(json_object_get(week, "explore")) && json_is_null(json_object_get(week, "outside")));
	assert_true(fabs(share_of(array_at(json_object_get(o, "mix"), "feeds"), "The railway news", "this_week") - 0.75) < 1e-9);
	assert_true(fabs(share_of(array_at(json_object_get(o, "mix"), "feeds"), "The garden news", "feeds") - 0.2) < 1e-9);
	assert_true(json_is_null(json_object_get(with(array_at(json_object_get(o, "mix"), "feeds"), "name", "The garden news"), "before")));
	feed = json_array_get(array_at(o, "feeds"), 0);
	assert_string_equal(text_at(feed, "feed"), "The railway news");
	assert_int_equal(int_at(feed, "finished"), 9);
	assert_true(real_at(feed, "minutes") == 9 && real_at(feed, "open_rate") == 1);
	assert_true(json_is_false(json_object_get(json_object_get(o, "never"), "known"))); /* twelve are too few to say */
	assert_true(json_is_null(json_object_get(json_object_get(o, "slots"), "estimate")));
	assert_int_equal(int_at(json_object_get(o, "page"), "explore"), 30);
	assert_true(real_at(json_object_get(o, "page"), "feed_coverage") > 0);
	text = done(eclose(c, "stats")).out;
	assert_non_null(strstr(text, "12 articles opened since 2026-03-28."));
	assert_non_null(strstr(text, "     75 %"));
	fails(eclose(c, "stats", "much"), 2, "'much'");
}

static void stats_of_a_new_reader_say_so_and_name_what_is_never_opened_later(void **state)
{
	struct cli *c = *state;
	json_t *o;

	fill(c);
	o = json_of(c, done(eclose(c, "stats", "--json")));
	assert_true(json_is_null(json_object_get(o, "since")));
	assert_int_equal(json_array_size(array_at(o, "weeks")), 0);
	assert_non_null(strstr(done(eclose(c, "stats")).out, "Nothing was opened yet"));
	read_some(c, "railway", 20);
	o = json_object_get(json_of(c, done(eclose(c, "stats", "--json"))), "never");
	assert_int_equal(json_array_size(array_at(o, "feeds")), 4);
	assert_int_equal(int_at(with(array_at(o, "feeds"), "name", "The chess news"), "published"), ARTICLES);
}

/* ---- eval mind ---- */

#define IMPRESSIONS 12
#define SHOWN 8

/* A log of readers who read one subject each and click on it. Article Ni is about subject i % SUBJECTS. */
static void write_mind(struct cli *c)
{
	struct buf news = BUF_INIT, log = BUF_INIT;
	struct rng r;

	rng_seed(&r, 3);
	for (size_t i = 0; i < 100; i++) {
		size_t s = i % SUBJECTS;

		buf_printf(&news, "N%zu\t%s\tall\t%s %s %s\t%s %s %s %s\thttp://x.example/%zu\t[]\t[]\n", i, subject[s], pick(&r, s), pick(&r, s), pick(&r, s),
			   pick(&r, s), pick(&r, s), pick(&r, s), pick(&r, s), i);
	}
	for (size_t k = 0; k < IMPRESSIONS; k++) {
		size_t s = k % SUBJECTS;

		buf_printf(&log, "%zu\tU%zu\t11/15/2019 8:%02zu:00 AM\tN%zu N%zu N%zu\t", k + 1, k, k, s, s + SUBJECTS, s + 2 * SUBJECTS);
		for (size_t i = 0; i < SHOWN; i++)
			buf_printf(&log, "%sN%zu-%d", i ? " " : "", 50 + k + i, (50 + k + i) % SUBJECTS == s);
		buf_putc(&log, '\n');
	}
	cli_write(c, "mind/news.tsv", buf_str(&news));
	cli_write(c, "mind/behaviors_small.tsv", buf_str(&log));
	buf_clear(&news);
	buf_clear(&log);
}

/* AUC of one impression from a submission line, counted pair by pair. */
static double naive_auc(const char *line, size_t k)
{
	const char *s = strchr(line, '[') + 1;
	double won = 0, pairs = 0;
	long rank[SHOWN];
	bool yes[SHOWN];

	for (size_t i = 0; i < SHOWN; i++) {
		char *end;

		rank[i] = strtol(s, &end, 10);
		yes[i] = (50 + k + i) % SUBJECTS == k % SUBJECTS;
		assert_true(rank[i] >= 1 && rank[i] <= SHOWN && (*end == ',' || *end == ']'));
		s = end + 1;
	}
	for (size_t i = 0; i < SHOWN; i++)
		for (size_t j = 0; j < SHOWN; j++)
			if (yes[i] && !yes[j]) {
				pairs++;
				won += rank[i] < rank[j];
			}
	return won / pairs;
}

#define MIND "eval", "mind", cli_path(c, "mind"), "--behaviors", "small"

static void eval_mind_measures_what_its_predictions_say(void **state)
{
	static const char *const figures[] = { "auc", "mrr", "ndcg5", "ndcg10", "ild10", "entropy10", "calibration10" };
	struct cli *c = *state;
	const char *line;
	double sum = 0;
	json_t *o;

	write_mind(c);
	o = json_of(c, done(eclose(c, MIND, "--predictions", cli_path(c, "out.txt"), "--json")));
	assert_int_equal(int_at(o, "impressions"), IMPRESSIONS);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		assert_true(isfinite(real_at(o, figures[i])));
	line = cli_read(c, "out.txt");
	for (size_t k = 0; k < IMPRESSIONS; k++) {
		assert_int_equal(strtol(line, NULL, 10), k + 1);
		sum += naive_auc(line, k);
		line = strchr(line, '\n') + 1;
	}
	assert_int_equal(*line, '\0');
	assert_true(fabs(real_at(o, "auc") - sum / IMPRESSIONS) < 1e-9);
	assert_true(real_at(o, "auc") > 0.9); /* so plain a taste is found */
}

static void eval_mind_says_that_it_measures_without_the_table(void **state)
{
	struct cli *c = *state;
	const char *with, *sentence;
	struct ran r;

	write_mind(c);
	r = done(eclose(c, MIND));
	with = r.out;
	assert_string_equal(r.err, "");
	c->tables = c->dir;
	sentence = cli_format(c, "eclose: the bundled table of word vectors is missing, so the ranking is measured without it (%s: No such file or directory)\n",
			      cli_path(c, "vectors-en.bin"));
	r = done(eclose(c, MIND));
	assert_string_equal(r.err, sentence);
	assert_non_null(strstr(r.out, "AUC"));
	assert_string_not_equal(r.out, with);
	r = done(eclose(c, MIND, "--json"));
	assert_string_equal(r.err, sentence);
	(void)json_of(c, r);
	/* not asked for, or asked for by name */
	assert_string_equal(done(eclose(c, MIND, "--features", "tfidf,lsa")).err, "");
	fails(eclose(c, MIND, "--features", "tfidf,vectors"), 1, "vectors-en.bin");
}

static void eval_mind_takes_its_options_and_refuses_others(void **state)
{
	struct cli *c = *state;

	write_mind(c);
	json_of(c, done(eclose(c, MIND, "--features", "tfidf", "--json")));
	json_of(c, done(eclose(c, MIND, "--features", "lsa,category", "--explore", "50", "--json")));
	for (int kind = 0; kind < MODEL_COUNT; kind++)
		assert_true(real_at(json_of(c, done(eclose(c, MIND, "--model", model_word[kind], "--json"))), "auc") > 0.9);
	assert_non_null(strstr(done(eclose(c, MIND)).out, "AUC"));
	fails(eclose(c, MIND, "--features", "magic"), 2, "magic");
	fails(eclose(c, MIND, "--explore", "101"), 2, "--explore");
	fails(eclose(c, "eval", "mind", cli_path(c, "mind"), "--behaviors", "none"), 1, "behaviors_none.tsv");
	fails(eclose(c, "eval", "mind", cli_path(c, "nowhere")), 1, "nowhere");
	cli_write(c, "mind/behaviors_odd.tsv", "1\tU1\ttoo short\n");
	fails(eclose(c, "eval", "mind", cli_path(c, "mind"), "--behaviors", "odd"), 1, "behaviors_odd.tsv:1");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_entry_has_the_fields_of_the_contract),
		TEST(the_slider_never_takes_the_page_back_inside),
		TEST(what_was_read_leads_inside_and_not_outside),
		TEST(what_was_read_stands_on_no_page),
		TEST(orders_by_time_are_by_time),
		TEST(the_same_store_and_moment_give_the_same_page),
		TEST(the_settings_choose_slider_places_and_model),
		TEST(the_slider_goes_by_the_command_then_the_program_then_the_day_then_the_settings),
		TEST(the_page_says_what_the_setting_costs),
		TEST(an_empty_store_has_an_empty_page),
		TEST(the_demo_has_learned_and_leaves_nothing_behind),
		TEST(every_kind_of_action_is_recorded),
		TEST(events_that_make_no_sense_are_refused),
		TEST(why_gives_every_part_of_the_score_on_the_page),
		TEST(why_tells_the_words_and_the_readings_behind_a_score),
		TEST(a_liking_raises_its_like_and_undo_takes_it_back),
		TEST(rebuilt_from_the_log_is_learned_as_read),
		TEST(the_profile_names_what_was_read),
		TEST(stats_sets_what_was_read_beside_what_was_published),
		TEST(stats_of_a_new_reader_say_so_and_name_what_is_never_opened_later),
		TEST(eval_mind_measures_what_its_predictions_say),
		TEST(eval_mind_says_that_it_measures_without_the_table),
		TEST(eval_mind_takes_its_options_and_refuses_others),
	};

	return cmocka_run_group_tests_name("the page from outside", tests, NULL, NULL);
}
