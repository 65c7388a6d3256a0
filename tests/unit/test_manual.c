/* manual - what the pages say of features, constants, settings and commands is what the code has. The numbers come from the headers, or are asked of the code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "app/portrait.h"
#include "app/rankings.h"
#include "app/topic_words.h"
#include "base/buf.h"
#include "cmd/cmd.h"
#include "cmd/eval.h"
#include "feeds/dom.h"
#include "feeds/http.h"
#include "feeds/json_scan.h"
#include "feeds/parse.h"
#include "feeds/results.h"
#include "feeds/settings.h"
#include "model/ftrl.h"
#include "model/interest.h"
#include "model/lsa.h"
#include "model/lineage.h"
#include "model/net.h"
#include "model/simhash.h"
#include "model/stories.h"
#include "model/topics.h"
#include "model/vectors.h"
#include "rank/ask.h"
#include "rank/explore.h"
#include "rank/features.h"
#include "rank/memory.h"
#include "rank/meter.h"
#include "rank/profile.h"
#include "rank/sim_loop.h"
#include "rank/trial.h"
#include "store/whole.h"
#include "ui/action.h"
#include "ui/slider.h"

#define DAY 86400.0

/* ---- reading a page ---- */

/* The page with "\-" as "-", "\e" as "\", "\&" and the changes of font left out. */
static void unescape(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s != '\\') {
			buf_putc(out, *s);
			continue;
		}
		s++;
		if (*s == '-')
			buf_putc(out, '-');
		else if (*s == 'e')
			buf_putc(out, '\\');
		else if (*s == 'f' && s[1])
			s++;
		if (!*s)
			return;
	}
}

/* The text as one line with single blanks: a macro is left out, its words stay. */
static void flatten(struct buf *out, const char *s)
{
	for (bool start = true; *s; s++) {
		if (start && *s == '.') {
			s += strcspn(s, " \n");
			if (!*s)
				return;
		}
		start = *s == '\n';
		if (!strchr(" \t\n", *s))
			buf_putc(out, *s);
		else if (out->len && out->s[out->len - 1] != ' ')
			buf_putc(out, ' ');
	}
}

static void read_source(struct buf *out, const char *path)
{
	const char *dir = getenv("TEST_SRCDIR");
	struct buf full = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;

	buf_printf(&full, "%s/%s", dir ? dir : ".", path);
	if (buf_read_file(out, buf_str(&full), 1 << 20, &info) != OK)
		fail_msg("%s", info.text);
	buf_clear(&full);
}

static void read_page(struct buf *out, const char *path)
{
	struct buf raw = BUF_INIT;

	read_source(&raw, path);
	unescape(out, buf_str(&raw));
	buf_clear(&raw);
}

/* What stands behind "\nWORD\t" in the page, or NULL. */
static const char *row_of(const char *page, const char *word)
{
	struct buf start = BUF_INIT;
	const char *at;

	buf_printf(&start, "\n%s\t", word);
	at = strstr(page, buf_str(&start));
	at = at ? at + start.len : NULL;
	buf_clear(&start);
	return at;
}

/* Lines of the page from `from` to `to` that end in `end`. */
static size_t lines_with_end(const char *from, const char *to, const char *end)
{
	size_t n = 0, len = strlen(end);

	for (const char *s = from; s < to; s += strcspn(s, "\n"), s += *s == '\n') {
		size_t line = strcspn(s, "\n");

		n += line >= len && memcmp(s + line - len, end, len) == 0;
		if (!s[line])
			break;
	}
	return n;
}

/* ---- eclose-ranking(7) ---- */

static void the_ranking_page_has_every_feature_with_its_scale_and_its_prior(void **state)
{
	struct buf page = BUF_INIT;

	(void)state;
	read_page(&page, "man/eclose-ranking.7");
	for (int f = 0; f < FEATURE_COUNT; f++) {
		const char *row = row_of(buf_str(&page), feature_word[f]);
		double centre = NAN, unit = NAN, mean = NAN, sd = NAN;

		if (!row || sscanf(row, "%lf, %lf\t%lf +- %lf", &centre, &unit, &mean, &sd) != 4)
			fail_msg("eclose-ranking(7) has no row \"%s<tab>centre, unit<tab>mean +- sd\"", feature_word[f]);
		if (!(fabs(centre - feature_scale[f].centre) + fabs(unit - feature_scale[f].unit) < 1e-9))
			fail_msg("%s: the page says a scale of %g, %g, the code has %g, %g", feature_word[f], centre, unit, feature_scale[f].centre, feature_scale[f].unit);
		if (!(fabs(mean - feature_prior_mean[f]) + fabs(sd - feature_prior_sd[f]) < 1e-9))
			fail_msg("%s: the page says a weight of %g +- %g, the code has %g +- %g", feature_word[f], mean, sd, feature_prior_mean[f], feature_prior_sd[f]);
	}
	buf_clear(&page);
}

static void the_ranking_page_has_no_feature_too_many(void **state)
{
	struct buf page = BUF_INIT;
	const char *start, *end;
	size_t rows = 0;

	(void)state;
	read_page(&page, "man/eclose-ranking.7");
	start = strstr(buf_str(&page), "\nfeature\t");
	assert_non_null(start);
	end = strstr(start, "\n.TE");
	assert_non_null(end);
	for (const char *s = start + 1; s < end; s++)
		rows += *s == '\n';
	assert_int_equal(rows, FEATURE_COUNT);
	buf_clear(&page);
}

struct constant { const char *words; double value; };

/* Each of the phrases, with its number as %g writes it. */
static void assert_says(const struct constant *c, size_t n)
{
	struct buf page = BUF_INIT, flat = BUF_INIT, words = BUF_INIT;

	read_page(&page, "man/eclose-ranking.7");
	flatten(&flat, buf_str(&page));
	for (size_t i = 0; i < n; i++) {
		const char *gap = strchr(c[i].words, '#');

		assert_non_null(gap);
		buf_cut(&words, 0);
		buf_printf(&words, "%.*s%g%s", (int)(gap - c[i].words), c[i].words, c[i].value, gap + 1);
		if (!strstr(buf_str(&flat), buf_str(&words)))
			fail_msg("eclose-ranking(7) doesn't say \"%s\"", words.s);
	}
	buf_clear(&page);
	buf_clear(&flat);
	buf_clear(&words);
}

#define ASSERT_SAYS(list) assert_says(list, sizeof list / sizeof *list)

static void the_ranking_page_has_the_signals_of_the_code(void **state)
{
	static const struct { const char *word; double shipped; } signal[] = {
#define X(field, word, shipped, least, most) { "signal-" word, shipped },
		SIGNALS(X)
#undef X
	};
	struct buf page = BUF_INIT;

	(void)state;
	read_page(&page, "man/eclose-ranking.7");
	for (size_t i = 0; i < sizeof signal / sizeof *signal; i++) {
		const char *row = row_of(buf_str(&page), signal[i].word);
		double said;

		if (!row || sscanf(row, "%lf", &said) != 1 || fabs(said - signal[i].shipped) > 1e-9)
			fail_msg("eclose-ranking(7) has no row \"%s<tab>%g\"", signal[i].word, signal[i].shipped);
	}
	buf_clear(&page);
}

static void the_ranking_page_has_the_habits_of_the_code(void **state)
{
	static const struct constant said[] = {
		{ "The pace starts at # words a minute", 230 }, { "a standard deviation of # among readers", PACE_SD }, { "to be off by # more", PACE_NOISE },
		{ "by more than e^# from", PACE_MOST }, { "an opening counts (k / #)^x", PLACE_MIDDLE }, { "The exponent x starts at # +- 0.3", PLACE_EXPONENT },
		{ "starts at 0.3 +- # and is learned", PLACE_SD }, { "both between # and 2.", 1 / PLACE_MOST }, { "likeness counts R / (R + #), a short", EVIDENCE_LONG }, { "a short one R / (R + #), where", EVIDENCE_SHORT },
		{ "K = e^(# (c - 0.5)), at most 1", AROUND_SHARP }, { "K = e^(10 (c - #)), at most 1", AROUND_NEAR }, { "N / (N + #) . [ln((yes + q)", AROUND_ENOUGH },
		{ "has a vector of # numbers", CROSS_RANK }, { "drawn with a standard deviation of #;", CROSS_START }, { "one step of AdaGrad (#) a signal", CROSS_STEP },
		{ "and they fade back by e^(-1 / #) a day", CROSS_DAYS },
	};

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_memory_and_the_lifts_of_the_code(void **state)
{
	const struct constant said[] = {
		{ "the latest # that were read", MEMORY_MOST }, { "e^(-a / # d) long", horizon_tau[HORIZON_LONG] / DAY },
		{ "e^(-a / # d) short", horizon_tau[HORIZON_SHORT] / DAY }, { "e^(-a / # h) today", horizon_tau[HORIZON_TODAY] / 3600 },
		{ "The sharpness k is # for terms", ATTENTION_TERMS }, { "for terms and # for vectors", ATTENTION_VECTORS },
		{ "one dimension for # articles,", LSA_ARTICLES }, { "articles, at least # and", LSA_DIMS_LEAST }, { "16 and at most #. Terms", LSA_DIMS_MOST },
		{ "p = 1 / (# R),", SIF_ZIPF }, { "a = #", SIF_A },
		{ "ln((yes + #) / ", AFFINITY_SMOOTH }, { "(Y share + #))", AFFINITY_SMOOTH }, { "(no + # p)", AFFINITY_PASSED }, { "/ (N + #)", AFFINITY_PASSED },
		{ "fade by e^(-1 / #) a day", AFFINITY_DAYS },
	};

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_stories_and_the_slots_of_the_code(void **state)
{
	static const struct constant said[] = {
		{ "within # hours of each other", (double)STORY_WINDOW / 3600 }, { "a cosine of at least #;", STORY_ALIKE },
		{ "they share # rare terms, of at", STORY_TERMS }, { "of at least # if one of those", STORY_ONE_NAME },
		{ "at least # if 2 of them are", STORY_COSINE }, { "if # of them are", STORY_NAMES }, { "evenly to # at the end", STORY_ALIKE },
		{ "tell no names: # rare terms", STORY_TERMS }, { "the # rare terms, 2 of them names, are", STORY_TERMS },
		{ "appeared within # hours; there", (double)STORY_FOREIGN / 3600 }, { "must be within # hours, because", (double)STORY_AGAIN / 3600 },
		{ "at most # bits apart", SIMHASH_COPY }, { "must be at least #, lest", STORY_MEAN },
		{ "at most # articles have", STORY_RARE }, { "or # % of all", 100 * STORY_RARE_SHARE }, { "one feed need #:", STORY_SAME_FEED },
		{ "round(# k s) of the k places are slots", SLOT_SHARE }, { "between the #th and", 100 * SLOT_FROM }, { "the #th percentile", 100 * SLOT_TO },
	};

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_rule_of_a_trial(void **state)
{
	static const struct constant said[] = {
		{ "is the middle # % of it", 100 * TRIAL_SURE }, { "at least # sqrt(n), or", TRIAL_EARLY }, { "or at least # + ", TRIAL_LEAD },
		{ " + # - n which is", TRIAL_HORIZON }, { "which is # standard deviations", TRIAL_EARLY }, { "a lead of # at the horizon", TRIAL_LEAD },
		{ "at the horizon of # opens", TRIAL_HORIZON },
	};

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_bounds_of_an_edit(void **state)
{
	static const struct constant said[] = {
		{ "a weight between -3 and #, in", EDIT_MOST }, { "a weight between # and 3, in", -EDIT_MOST }, { "no more than # in all, up or down", EDITS_MOST },
		{ "# is a ban:", -EDIT_MOST }, { "go by steps of #, at most", EDIT_STEP }, { "at most to # or -2", EDIT_MOST - EDIT_STEP }, { "is cut off at #, each", EDITS_MOST },
	};

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_words_of_the_profile(void **state)
{
	static const struct constant said[] = { { "at most # that weigh most are shown", PORTRAIT_LIKED }, { "shown, and # below 0", PORTRAIT_SHUNNED },
		{ "of the # words that your readings", PORTRAIT_LOOKED_AT } };

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_spans_and_limits_of_the_meter(void **state)
{
	static const struct constant said[] = {
		{ "the # days before it, and in what the subscribed", METER_BEFORE / DAY }, { "published in these # days", (METER_WEEK + METER_BEFORE) / DAY },
		{ "less than # seconds from one", METER_PAGE_GAP }, { "hold # % of what was opened", 100 * METER_USUAL }, { "in the # days before that week", METER_LONG / DAY },
		{ "Unknown below # articles", METER_KNOWN }, { "at least # articles published in 60 days", METER_NEVER }, { "when # articles were opened in all", METER_NEVER_KNOWN },
		{ "needs # articles with a known chance", METER_SLOTS_KNOWN }, { "at least # stories in 60 days", METER_SAME_STORIES }, { "is above # %", 100 * METER_SAME },
	};

	(void)state;
	assert_int_equal(METER_LATER, 3); /* "the third other article" */
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_questions_of_the_code(void **state)
{
	static const struct constant said[] = { { "noise of variance s = #:", ASK_NOISE }, { "cosine of at least # to one that was asked", ASK_ALIKE } };

	(void)state;
	ASSERT_SAYS(said);
}

static const struct { const char *word; enum ranking_takes takes; } rankings[] = {
#define X(word, takes, fill) { word, takes },
	RANKINGS(X)
#undef X
};

static void the_ranking_page_has_every_ranking_that_can_be_tried_and_no_other(void **state)
{
	struct buf page = BUF_INIT, line = BUF_INIT;
	const char *start, *end;
	size_t n = sizeof rankings / sizeof *rankings;

	(void)state;
	read_page(&page, "man/eclose-ranking.7");
	start = strstr(buf_str(&page), "A ranking is named\n");
	assert_non_null(start);
	end = strstr(start, "\n.PP\n");
	assert_non_null(end);
	for (size_t i = 0; i < n; i++) {
		const char *at;

		buf_cut(&line, 0);
		buf_printf(&line, "\n.TP\n.B%s %s%s\n", rankings[i].takes == TAKES_NOTHING ? "" : "I", rankings[i].word,
			   rankings[i].takes == TAKES_NOTHING ? "" : rankings[i].takes == TAKES_NUMBER ? "= N" : "= WORD");
		at = strstr(start, buf_str(&line));
		if (!at || at > end)
			fail_msg("eclose-ranking(7) doesn't name the ranking %s", rankings[i].word);
	}
	assert_int_equal(lines_with_end(start, end, ".TP"), n);
	buf_clear(&page);
	buf_clear(&line);
}

static void the_ranking_page_has_the_numbers_of_topics_that_are_made(void **state)
{
	size_t n = 0;

	(void)state;
	while (topics_count(n) == 0)
		n++;
	{
		const struct constant said[] = {
			{ "From # articles on", (double)n }, { "topics, at least # and", topics_count(n) }, { "topics, at least 6 and at most #.", topics_count(1000000) },
			{ "the best of # starts", LINEAGE_SEEDS }, { "articles (# %) of the only feeds", 100 * TOPIC_WORD_FORM }, { "fewer than # % of the topic's", 100 * TOPIC_WORD_LEAST },
		};

		ASSERT_SAYS(said);
	}
}

static void the_ranking_page_has_what_a_night_does(void **state)
{
	static const double prior_mean[] = { 0 }, prior_sd[] = { 1 };
	struct interest m;
	double grown, returned;

	(void)state;
	interest_init(&m, 1, prior_mean, prior_sd);
	m.mean[0] = 1;
	m.cov[0] = 0.25;
	interest_inflate(&m, 100);
	interest_inflate(&m, 101);
	grown = m.cov[0] / 0.25;
	returned = 100 * (1 - m.mean[0]);
	interest_clear(&m);
	{
		const struct constant said[] = { { "C grows by a factor of #,", grown }, { "m moves by # % towards", returned } };

		ASSERT_SAYS(said);
	}
}

static void the_ranking_page_has_the_constants_of_the_two_other_models(void **state)
{
	static const struct constant said[] = {
		{ "There are # units h", NET_HIDDEN }, { "v one of #. With z", NET_OUTPUT_SD }, { "so far, # at most, what", NET_ROWS_MOST },
		{ "by # steps a signal", NET_STEPS }, { "the mean over # signals, the newest", NET_BATCH }, { "from the latest # (over all", NET_REPLAY },
		{ "while there are no more than #)", NET_BATCH }, { " -# g / sqrt(0.03 + G)", NET_RATE }, { "g / sqrt(# + G)", NET_START }, { "G <- # G + g^2", NET_FADE },
		{ "are longer than # counts", NET_LONG }, { "has more weight than #.", NET_WEIGHT_MOST },
		{ "with A = #, B", FTRL_ALPHA }, { ", B = #, L", FTRL_BETA }, { ", L = # and R", FTRL_L1 }, { " and R = #. The", FTRL_L2 },
	};

	(void)state;
	ASSERT_SAYS(said);
}

static void the_ranking_page_has_the_closed_loop_of_the_code(void **state)
{
	static const struct constant said[] = {
		{ "to a page of # of the day's", LOOP_PLACES }, { "of the day's # articles", SIM_OFFERED }, { "to the end takes u # of the way", FOLLOW_READ },
		{ "of the way to #, the most", FOLLOW_MOST }, { "passed over takes it # of the way", FOLLOW_PASSED }, { "of the way to #, the least", FOLLOW_LEAST },
		{ "for more than # days is let go", FOLLOW_PATIENCE }, { "u keeps e^(-1 / #) a day", FOLLOW_FADE }, { "over windows of # days", LOOP_WINDOW },
		{ "the cursor met in # days", LOOP_WINDOW }, { "with u of at least # at the end", LOOP_LIKED }, { "are below # at the end", LOOP_COOLED },
	};

	(void)state;
	ASSERT_SAYS(said);
}

/* Of a loop of two months that was lived by nobody: titles, axes and legend are those of any. */
static void draw_any_loop(struct buf *out)
{
	struct loop_options o = { .users = 1 };
	struct loop_result *r = calloc(1, sizeof *r);

	assert_non_null(r);
	assert_int_equal(eval_loop_sliders(LOOP_EXPLORE, &o, NULL), OK);
	r->days = SIM_DAYS;
	r->windows = LOOP_WINDOWS;
	r->lines = o.sliders + 2;
	for (int i = 0; i < r->lines; i++) {
		r->line[i].pages = i < o.sliders ? SIM_BY_SLIDER : i == o.sliders ? SIM_NEWEST : SIM_RANDOM;
		r->line[i].explore = i < o.sliders ? o.explore[i] : 0;
	}
	eval_loop_figure(out, r);
	free(r);
}

/* A row of a curve: its value, and of each point no more than letters of the lines. */
static double assert_drawn(const char *line, size_t len)
{
	size_t bar = strcspn(line, "|");
	double value;

	assert_true(bar < len && len - bar - 1 <= 60);
	assert_int_equal(sscanf(line, "%lf |", &value), 1);
	for (size_t i = bar + 1; i < len; i++)
		if (!strchr(" abcdenr*", line[i]))
			fail_msg("eclose-ranking(7) has a figure with a '%c' in \"%.*s\"", line[i], (int)len, line);
	return value;
}

static void the_ranking_page_has_the_figure_of_a_command_with_its_axes(void **state)
{
	struct buf page = BUF_INIT, any = BUF_INIT;
	const char *at, *like;
	double above = NAN;
	size_t letters = 0;

	(void)state;
	read_page(&page, "man/eclose-ranking.7");
	draw_any_loop(&any);
	at = strstr(buf_str(&page), "\n.B eclose eval simulate --days 60 --users 100 --figure\nprints:\n.PP\n.EX\n");
	assert_non_null(at);
	at = strstr(at, ".EX\n") + 4;
	for (like = buf_str(&any); *like; like += strcspn(like, "\n") + 1, at += strcspn(at, "\n") + 1) {
		size_t len = strcspn(at, "\n"), as_long = strcspn(like, "\n");

		if (memchr(like, '|', as_long)) {
			double value = assert_drawn(at, len);

			assert_true(!(value >= above)); /* downwards */
			above = value;
			letters += len - strcspn(at, "|") > 1;
			continue;
		}
		above = NAN;
		if (len != as_long || memcmp(at, like, len) != 0)
			fail_msg("eclose-ranking(7) has \"%.*s\" in its figure, the command prints \"%.*s\"", (int)len, at, (int)as_long, like);
	}
	assert_memory_equal(at, ".EE\n", 4);
	assert_true(letters >= 6);
	buf_clear(&page);
	buf_clear(&any);
}

/* ---- eclose(5) ---- */

struct setting { char name[32], type[16], otherwise[64]; long least, most; };

/* One row of the table in config.c: { "name", SET_TYPE, AT(field), least, most, "default" }, */
static bool read_setting(const char *line, struct setting *s)
{
	*s = (struct setting){ 0 };
	return sscanf(line, " { \"%31[^\"]\", SET_%15[A-Z], AT(%*[^)]), %ld, %ld, \"%63[^\"]", s->name, s->type, &s->least, &s->most, s->otherwise) >= 4;
}

static void assert_row(const char *page, const struct setting *s)
{
	struct buf row = BUF_INIT;

	buf_printf(&row, "\n%s\t%s\t", s->name, s->otherwise);
	if (strcmp(s->type, "INT") == 0 || strcmp(s->type, "RHYTHM") == 0)
		buf_printf(&row, "%ld to %ld\t", s->least, s->most);
	else if (strcmp(s->type, "BOOL") == 0)
		buf_puts(&row, "yes or no\t");
	if (!strstr(page, buf_str(&row)))
		fail_msg("eclose(5) has no row \"%s\"", row.s + 1);
	buf_clear(&row);
}

static void the_file_page_has_every_setting_with_its_default_and_no_other(void **state)
{
	struct buf page = BUF_INIT, source = BUF_INIT;
	const char *start, *end;
	size_t n = 0;

	(void)state;
	read_page(&page, "man/eclose.5");
	read_source(&source, "src/app/config.c");
	for (const char *s = buf_str(&source); *s; s += strcspn(s, "\n"), s += *s == '\n') {
		struct setting one;

		if (!read_setting(s, &one))
			continue;
		n++;
		assert_row(buf_str(&page), &one);
	}
	assert_true(n > 0);
	start = strstr(buf_str(&page), "\nsetting\tdefault\t");
	assert_non_null(start);
	end = strstr(start, "\n.TE");
	assert_non_null(end);
	assert_int_equal(lines_with_end(start, end, "\tT{"), n);
	buf_clear(&page);
	buf_clear(&source);
}

static void the_file_page_has_every_setting_of_one_feed_and_no_other(void **state)
{
	struct buf page = BUF_INIT, row = BUF_INIT;
	const char *start, *end;
	size_t n = 0;

	(void)state;
	read_page(&page, "man/eclose.5");
	start = strstr(buf_str(&page), "\nsetting\tvalues\tmeaning");
	assert_non_null(start);
	end = strstr(start, "\n.TE");
	assert_non_null(end);
	for (; settings_name(n); n++) {
		const char *at;

		buf_cut(&row, 0);
		buf_printf(&row, "\n%s\t", settings_name(n));
		at = strstr(start, buf_str(&row));
		if (!at || at > end)
			fail_msg("eclose(5) has no row \"%s\"", settings_name(n));
	}
	assert_int_equal(lines_with_end(start, end, "\tT{"), n);
	buf_clear(&row);
	buf_clear(&page);
}

/* ---- eclose(1) ---- */

static const struct { const char *name, *words; } commands[] = {
#define X(name, words, help) { #name, words },
	COMMANDS(X)
#undef X
};

#define N_COMMANDS (sizeof commands / sizeof *commands)

/* FTS5's own tables, and SQLite's, are described where these are. */
#define TABLES "FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'search^_%' ESCAPE '^'" \
	" AND c.hidden <> 1 UNION ALL SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.name IN ('search_queue', 'search_stale')"

/* Is the column named in the row of its table: a word, with no letter beside it? */
static bool row_names(const char *row, const char *column)
{
	const char *end = strstr(row, "\nT}\n");
	size_t n = strlen(column);

	for (const char *at = row; (at = strstr(at, column)) && at < end; at += n)
		if (!isalnum((unsigned char)at[-1]) && at[-1] != '_' && !isalnum((unsigned char)at[n]) && at[n] != '_')
			return true;
	return false;
}

static void the_file_page_has_every_table_and_column_of_the_store(void **state)
{
	struct buf page = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct store st;
	struct stmt *s;
	size_t n = 0;
	bool there;

	(void)state;
	read_page(&page, "man/eclose.5");
	assert_int_equal(store_open(&st, ":memory:", DB_READ_WRITE, &info), OK);
	s = db_sql(st.db, "SELECT t.name, c.name " TABLES);
	while (stmt_step(s, &there, &info) == OK && there) {
		const char *table = stmt_col_text(s, 0), *column = stmt_col_text(s, 1), *start = strstr(buf_str(&page), "\ntable\tcolumns\n"), *row;

		assert_non_null(start);
		row = row_of(start, table);
		if (!row || !row_names(row, column))
			fail_msg("eclose(5) doesn't say what %s.%s is", table, column);
		n++;
	}
	assert_true(n > 100);
	store_close(&st);
	buf_clear(&page);
}

static void the_file_page_has_the_kinds_of_events_by_number(void **state)
{
	static const char *const word[] = {
#define X(name, w) w,
		EVENT_KINDS(X)
#undef X
	};
	struct buf page = BUF_INIT, list = BUF_INIT;

	(void)state;
	read_page(&page, "man/eclose.5");
	buf_puts(&list, "from 0 on: ");
	for (size_t i = 0; i < EVENT_KIND_COUNT; i++)
		buf_printf(&list, "%s%s", word[i], i + 1 < EVENT_KIND_COUNT ? ", " : ". A row counts");
	assert_non_null(strstr(buf_str(&page), buf_str(&list)));
	buf_cut(&list, 0);
	buf_printf(&list, "the version of these tables, %d.", whole_schema());
	assert_non_null(strstr(buf_str(&page), buf_str(&list)));
	buf_clear(&list);
	buf_clear(&page);
}

static void the_file_page_has_every_member_of_an_export(void **state)
{
	struct buf page = BUF_INIT;
	const char *start;

	(void)state;
	read_page(&page, "man/eclose.5");
	start = strstr(buf_str(&page), "\nmember\twhat it is\n");
	assert_non_null(start);
	for (int t = 0; t < WHOLE_COUNT; t++)
		if (!strstr(start, whole_name((enum whole_table)t)))
			fail_msg("eclose(5) has no member %s", whole_name((enum whole_table)t));
	buf_clear(&page);
}

static void the_program_page_has_every_command_as_help_gives_it(void **state)
{
	struct buf page = BUF_INIT, line = BUF_INIT;

	(void)state;
	read_page(&page, "man/eclose.1");
	for (size_t i = 0; i < N_COMMANDS; i++) {
		buf_cut(&line, 0);
		buf_printf(&line, "\n.TP\n.B %s%s%s\n", commands[i].name, *commands[i].words ? " " : "", commands[i].words);
		if (!strstr(buf_str(&page), buf_str(&line)))
			fail_msg("eclose(1) has no paragraph \"%s %s\"", commands[i].name, commands[i].words);
	}
	buf_clear(&page);
	buf_clear(&line);
}

static void the_program_page_has_the_presets_of_the_slider(void **state)
{
	static const struct { const char *name; int at; } presets[] = {
#define X(name, at) { name, at },
		SLIDER_PRESETS(X)
#undef X
	};
	struct buf page = BUF_INIT, words = BUF_INIT;

	(void)state;
	read_page(&page, "man/eclose.1");
	buf_puts(&words, "to the next preset: ");
	for (size_t i = 0; i < sizeof presets / sizeof *presets; i++)
		buf_printf(&words, "%s%s (%d)", i ? ", " : "", presets[i].name, presets[i].at);
	buf_putc(&words, '.');
	if (!strstr(buf_str(&page), buf_str(&words)))
		fail_msg("eclose(1) doesn't say \"%s\"", words.s);
	buf_clear(&page);
	buf_clear(&words);
}

static void the_program_page_has_the_limits_of_a_document(void **state)
{
	struct buf page = BUF_INIT, flat = BUF_INIT, words = BUF_INIT;

	(void)state;
	read_page(&page, "man/eclose.1");
	flatten(&flat, buf_str(&page));
	buf_printf(&words, "A document may have %zu MB. Of its entries the first %d,%03d are read; a text of more than %zu MB is cut;", HTTP_BODY_MAX >> 20, RESULTS_MOST / 1000,
		   RESULTS_MOST % 1000, DOM_TEXT >> 20);
	buf_printf(&words, " of one item, and of what stands beside the items, %d,%03d elements are read, in JSON %d deep;", DOM_ITEM_NODES / 1000, DOM_ITEM_NODES % 1000,
		   JSON_DEPTH);
	buf_printf(&words, " where all entries take more than %zu MB,", RESULTS_BYTES >> 20);
	buf_printf(&words, " the last ones come without their content; a document that isn't UTF-8 is cut at %zu MB of it.", PARSE_DECODED >> 20);
	assert_int_equal(DOM_ITEM_NODES, DOM_HEAD_NODES);
	if (!strstr(buf_str(&flat), buf_str(&words)))
		fail_msg("eclose(1) doesn't say \"%s\"", buf_str(&words));
	buf_clear(&words);
	buf_clear(&flat);
	buf_clear(&page);
}

static void the_program_page_has_no_command_too_many(void **state)
{
	struct buf page = BUF_INIT;
	const char *start, *end;
	size_t n = 0;

	(void)state;
	read_page(&page, "man/eclose.1");
	start = strstr(buf_str(&page), "\n.SH COMMANDS\n");
	assert_non_null(start);
	end = strstr(start + 1, "\n.SH ");
	assert_non_null(end);
	for (const char *s = start; (s = strstr(s, "\n.TP\n")) && s < end; s++)
		n++;
	assert_int_equal(n, N_COMMANDS);
	buf_clear(&page);
}

/* ---- eclose(1) ---- */

static void the_page_has_a_line_for_every_action_with_its_keys(void **state)
{
	struct buf raw = BUF_INIT, page = BUF_INIT, line = BUF_INIT;

	(void)state;
	read_source(&raw, "man/eclose.1");
	unescape(&page, buf_str(&raw));
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const struct action_info *info = action_info((enum action)a);

		buf_cut(&line, 0);
		buf_printf(&line, "\n%s\t%s\t%s\n", info->keys, info->name, info->help);
		if (!strstr(buf_str(&page), buf_str(&line)))
			fail_msg("eclose(1) has no line \"%s<tab>%s<tab>%s\"", info->keys, info->name, info->help);
	}
	assert_null(strstr(buf_str(&raw), "\n=\t")); /* which tbl draws as a rule */
	buf_clear(&raw);
	buf_clear(&page);
	buf_clear(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ranking_page_has_every_feature_with_its_scale_and_its_prior),
		cmocka_unit_test(the_ranking_page_has_no_feature_too_many),
		cmocka_unit_test(the_ranking_page_has_the_signals_of_the_code),
		cmocka_unit_test(the_ranking_page_has_the_habits_of_the_code),
		cmocka_unit_test(the_ranking_page_has_the_memory_and_the_lifts_of_the_code),
		cmocka_unit_test(the_ranking_page_has_the_stories_and_the_slots_of_the_code),
		cmocka_unit_test(the_ranking_page_has_the_rule_of_a_trial),
		cmocka_unit_test(the_ranking_page_has_the_bounds_of_an_edit),
		cmocka_unit_test(the_ranking_page_has_the_words_of_the_profile),
		cmocka_unit_test(the_ranking_page_has_the_spans_and_limits_of_the_meter),
		cmocka_unit_test(the_ranking_page_has_the_questions_of_the_code),
		cmocka_unit_test(the_ranking_page_has_every_ranking_that_can_be_tried_and_no_other),
		cmocka_unit_test(the_ranking_page_has_the_numbers_of_topics_that_are_made),
		cmocka_unit_test(the_ranking_page_has_what_a_night_does),
		cmocka_unit_test(the_ranking_page_has_the_constants_of_the_two_other_models),
		cmocka_unit_test(the_ranking_page_has_the_closed_loop_of_the_code),
		cmocka_unit_test(the_ranking_page_has_the_figure_of_a_command_with_its_axes),
		cmocka_unit_test(the_file_page_has_every_setting_with_its_default_and_no_other),
		cmocka_unit_test(the_file_page_has_every_setting_of_one_feed_and_no_other),
		cmocka_unit_test(the_file_page_has_every_table_and_column_of_the_store),
		cmocka_unit_test(the_file_page_has_the_kinds_of_events_by_number),
		cmocka_unit_test(the_file_page_has_every_member_of_an_export),
		cmocka_unit_test(the_program_page_has_every_command_as_help_gives_it),
		cmocka_unit_test(the_program_page_has_the_presets_of_the_slider),
		cmocka_unit_test(the_program_page_has_the_limits_of_a_document),
		cmocka_unit_test(the_program_page_has_no_command_too_many),
		cmocka_unit_test(the_page_has_a_line_for_every_action_with_its_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
