#include "ui_values.h"

#include <string.h>

#define HOUR 3600
#define MINUTE 60

/* many: feeds that tell it; chance: propensity */
#define ROW_OF(n, t, f, tp, age, sc, many, chance) \
	.id = (n), .title = (t), .link = "https://example.org/" #n, .feed = (f), .topic = (tp), .topic_id = 1, .published = VALUES_NOW - (age), \
	.score = (sc), .sd = .4, .feeds_telling = (many), .propensity = (chance)
#define ROW(n, t, f, tp, age, sc) ROW_OF(n, t, f, tp, age, sc, 1, 1)

static struct reason comet[] = {
	{ "term", "comet", .81, "term:comet" }, { "feed", "Orbital Notes", .44, "feed:https://orbital.example/feed" }, { "similar", "A probe wakes up after nine years", .37, NULL },
	{ "base", "where every article starts", -.9, NULL }, { "age", "2 hours old", .12, NULL }, { "topic", "space", .31, "topic:1" }, { "coverage", "3 feeds", .22, NULL },
	{ "length", "4 minutes", -.07, "length:2" },
};

static struct reason garden[] = { { "feed", "The Quiet Garden", .2, "feed:https://garden.example/feed" }, { "base", "where every article starts", -.9, NULL } };

static struct page_entry rows[] = {
	{ ROW_OF(1, "Comet 41P brightens as it rounds the sun, and amateurs saw it first", "Orbital Notes", "space, orbit", 2 * HOUR, 1.3, 3, 1),
		.reasons = comet, .n_reasons = 8, .starred = true, .place = 3, .of = 12304, .nearer = .936 },
	{ ROW(2, "A probe wakes up after nine years", "Orbital Notes", "space, orbit", 5 * HOUR, 1.1), .reasons = comet, .n_reasons = 3 },
	{ ROW(3, "彗星接近太阳，业余天文学家首先看到了它，各地天文台随后证实", "星空日报", "space, orbit", 6 * HOUR, .95), .reasons = comet, .n_reasons = 2 },
	{ ROW(4, "How the borrow checker sees a linked list", "Systems Weekly", "compilers, memory", 26 * HOUR, .7), .read = true },
	{ ROW_OF(5, "Moss, slugs and patience", "The Quiet Garden", "garden, soil", 3 * HOUR, -.2, 4, .08), .slot = SLOT_SERENDIPITY, .distance = .62,
		.slot_reason = "new ground: garden, soil; 4 feeds tell it", .reasons = garden, .n_reasons = 2 },
	{ ROW(6, "Why your tests are slow: a profile of a thousand runs", "Systems Weekly", "compilers, memory", 12 * MINUTE, .66) },
	{ ROW(7, "City votes for the tram, again", "Harbour Courier", "city, council", 9 * HOUR, .1), .slot = SLOT_EXPLORE },
	{ ROW(8, "👩‍🚀 An astronaut’s notebook — “we were never bored”", "Orbital Notes", "space, orbit", 30 * HOUR, .6), .trial = 4, .team = TEAM_B },
	{ ROW(9, "Zoë’s café: naïve façades, cooperation and ﬁne ligatures", "Harbour Courier", "city, council", 50 * HOUR, .05), .slot = SLOT_EXPLORE,
		.trial = 4, .team = TEAM_A },
	{ ROW(10, "Old bread", "Crumb", "bread, ovens", 20 * 24 * HOUR, -.4), .slot = SLOT_SERENDIPITY, .slot_reason = "new ground: bread, ovens" },
	{ ROW(11, "", "A feed with a very long name that fits nowhere", "", 400 * 24 * HOUR, -.5) },
	{ ROW(12, "Release 2.4", "Changelogs", "compilers, memory", 1 * HOUR, .5) },
	{ ROW(13, "Rain until Thursday", "Harbour Courier", "weather, wind", 4 * HOUR, .45) },
	{ ROW(14, "The lighthouse that moved", "Harbour Courier", "city, council", 7 * HOUR, .4) },
	{ ROW(15, "What a heap is for", "Systems Weekly", "compilers, memory", 8 * HOUR, .38) },
	{ ROW(16, "Four hundred sparrows", "Field Diary", "birds, nests", 10 * HOUR, .35) },
	{ ROW(17, "Reading a spectrum by hand", "Orbital Notes", "space, orbit", 11 * HOUR, .33) },
	{ ROW(18, "On naming things", "Systems Weekly", "compilers, memory", 13 * HOUR, .3) },
	{ ROW(19, "Salt", "Crumb", "bread, ovens", 14 * HOUR, .2) },
	{ ROW(20, "A bridge closes", "Harbour Courier", "city, council", 15 * HOUR, .1) },
	{ ROW(21, "Swifts are back", "Field Diary", "birds, nests", 16 * HOUR, .0) },
	{ ROW(22, "Allocators, measured", "Systems Weekly", "compilers, memory", 17 * HOUR, -.1) },
	{ ROW(23, "Eclipse maps for 2027", "Orbital Notes", "space, orbit", 18 * HOUR, -.2) },
	{ ROW(24, "The last entry of the page", "Field Diary", "birds, nests", 19 * HOUR, -.3) },
};

void values_page(struct page *out)
{
	*out = (struct page){
		.explore = 30, .outside = .34, .now = VALUES_NOW, .learned_from = 312, .expected = -.04, .new_topics = 3, .candidates = 12304,
		.entries = rows, .n = sizeof rows / sizeof rows[0],
	};
}

static struct span marked[] = {
	{ 0, 8, SPAN_BOLD, 0 }, { 40, 8, SPAN_LINK, 1 }, { 57, 10, SPAN_ITALIC, 0 }, { 132, 12, SPAN_LINK, 2 },
};

static const size_t NIGHTS[2][2] = { { 0, 8 }, { 0, 10 } };

static struct block body[] = {
	{ .kind = BLOCK_PARAGRAPH, .n_spans = 4, .spans = marked,
		.text = "The tail of the comet was first seen by amateurs, not by any survey; within two nights it had reached the fourth magnitude. "
			"See the observations, and keep a pair of binoculars at hand." },
	{ .kind = BLOCK_HEADING, .level = 2, .text = "What to look for" },
	{ .kind = BLOCK_ITEM, .level = 1, .text = "Low in the west, an hour after sunset, below the two bright stars that stand one above the other" },
	{ .kind = BLOCK_ITEM, .level = 1, .text = "A greenish coma" },
	{ .kind = BLOCK_ITEM, .level = 2, .number = 1, .text = "best with averted vision" },
	{ .kind = BLOCK_ITEM, .level = 2, .number = 2, .text = "never with the sun above the horizon" },
	{ .kind = BLOCK_QUOTE, .level = 1, .quote = 1, .text = "I had put the camera away already. Then the fog went, and there it was, larger than the moon." },
	{ .kind = BLOCK_CODE, .text = "for (night = 0; night < 14; night++)\n\tobserve(sky, night);" },
	{ .kind = BLOCK_PARAGRAPH, .text = "彗星接近太阳时，冰会升华，形成彗发和彗尾。这就是为什么我们在黄昏时能看到它，而且一天比一天更亮。" },
	{ .kind = BLOCK_TABLE_ROW, .text = "night | magnitude", .table = 1, .header = true, .cell = NIGHTS[0], .n_cells = 2 },
	{ .kind = BLOCK_TABLE_ROW, .text = "1 April | 4.2", .table = 1, .cell = NIGHTS[1], .n_cells = 2 },
	{ .kind = BLOCK_IMAGE, .text = "the comet over a roof" },
	{ .kind = BLOCK_RULE },
	{ .kind = BLOCK_PARAGRAPH, .text = "Clear skies." },
};

static const char *links[] = { "https://orbital.example/amateurs", "https://observations.example/2026/41P?night=all&format=a-very-long-address-that-fits-no-line" };

void values_article(struct item *item, struct blocks *blocks)
{
	*item = (struct item){
		.id = 1, .title = "Comet 41P brightens as it rounds the sun, and amateurs saw it first", .link = "https://example.org/1",
		.author = "R. Okonkwo", .feed_title = "Orbital Notes", .published = VALUES_NOW - 2 * HOUR, .updated = DATE_NONE, .words = 812, .starred = true,
	};
	*blocks = (struct blocks){ .block = body, .n = sizeof body / sizeof body[0], .links = links, .n_links = 2 };
}

void values_edited(struct item *item)
{
	struct blocks blocks;

	values_article(item, &blocks);
	item->published = VALUES_NOW + 3 * 24 * HOUR; /* as its feed says */
	item->link_shown = "https://xn--example-cuf.org/a/link/that/is/too/long/for/one/line/of/seventy-two/cells?and=more";
	item->n_earlier = 2;
	item->pixels = 1;
}

static struct mark title_marks[2], text_marks[3];
static struct edition editions[] = {
	{ .at = VALUES_NOW - 3 * HOUR, .title = "Comet 41P [-fades as-] {+brightens+} it rounds the sun",
		.text = "The tail was [-not-] {+first+} seen by amateurs.\nIt is {+of the fourth+} magnitude. 彗星接近太阳时，冰会升华，形成彗发和彗尾。",
		.title_mark = title_marks, .n_title_marks = 2, .text_mark = text_marks, .n_text_marks = 3 },
	{ .at = VALUES_NOW - 50 * HOUR, .title = "", .text = "" },
};

void values_editions(struct editions *out)
{
	static const char *const parts[] = { "[-fades as-]", "{+brightens+}", "[-not-]", "{+first+}", "{+of the fourth+}" };
	struct mark *mark[] = { &title_marks[0], &title_marks[1], &text_marks[0], &text_marks[1], &text_marks[2] };

	for (size_t i = 0; i < 5; i++) { /* where the signs stand, found and not counted by hand */
		const char *text = i < 2 ? editions[0].title : editions[0].text, *at = strstr(text, parts[i]);

		*mark[i] = (struct mark){ (size_t)(at - text), strlen(parts[i]), NULL, parts[i][0] == '[' ? -1 : 1 };
	}
	*out = (struct editions){ "Comet 41P brightens as it rounds the sun, and amateurs saw it first", editions, 2 };
}

static const struct feed feeds[] = {
	{ .id = 1, .url = "https://orbital.example/feed", .title = "Orbital Notes", .checked = VALUES_NOW - HOUR, .items = 120, .unread = 14 },
	{ .id = 2, .url = "https://systems.example/atom", .title = "Systems Weekly", .checked = VALUES_NOW - 40 * MINUTE, .items = 12044, .unread = 0,
		.moved_to = "https://systems-weekly.example/feed.atom", .moved_seen = FEED_MOVED },
	{ .id = 3, .url = "https://xing.example/rss", .title = "星空日报", .checked = VALUES_NOW - HOUR, .items = 33, .unread = 33 },
	{ .id = 4, .url = "https://crumb.example/rss", .title = "Crumb", .checked = VALUES_NOW - 26 * HOUR, .items = 9, .unread = 2, .failures = 3,
		.error = "crumb.example: could not resolve host", .http = 0 },
	{ .id = 5, .url = "https://gone.example/feed.xml", .title = "Field Diary", .checked = VALUES_NOW - 9 * 24 * HOUR, .items = 70, .unread = 1, .gone = true, .http = 410 },
	{ .id = 6, .url = "https://new.example/a/feed/that/has/not/been/fetched", .checked = DATE_NONE },
};

const struct feed_fetch *values_history(size_t *n)
{
	static const struct feed_fetch fetches[] = {
		{ VALUES_NOW - 40 * MINUTE, 200, 3, 182044, 412.6, "moved to https://systems-weekly.example/feed.atom" },
		{ VALUES_NOW - 3 * HOUR, 200, 12, 181020, 96.2, NULL },
		{ VALUES_NOW - 26 * HOUR, 0, 0, 0, 30000, "systems.example: no answer within 30 seconds" },
		{ VALUES_NOW - 3 * 24 * HOUR, 503, 0, 311, 80, "the server has a fault (503)" },
		{ VALUES_NOW - 400 * 24 * HOUR, 200, 12029, 19999999, 12345, NULL },
	};

	*n = sizeof fetches / sizeof *fetches;
	return fetches;
}

const struct feed *values_feeds(size_t *n)
{
	*n = sizeof feeds / sizeof feeds[0];
	return feeds;
}

void values_why(struct why *out)
{
	static const char *sentences[] = { "without \"comet\": 0.81 lower", "from a feed you have not read before: 0.44 lower" };
	static const char text[] = "The tail of the comet was first seen by amateurs, not by any survey; within two nights it had reached the fourth magnitude.\n"
		"Then the fog went, and there it was, larger than the moon. Nobody had ordered it.\n"
		"A second sentence with nothing in it that counts, and long enough to stand on a line of its own whatever the width of the terminal is, or nearly so.\n"
		"Comets come and go.";
	static struct mark title[] = { { 0, 5, "comet", .81 }, { 46, 8, "amateurs", .2 } };
	static struct mark words[] = { { 16, 5, "comet", .81 }, { 40, 8, "amateurs", .2 }, { 61, 6, "survey", -.3 }, { 133, 3, "fog", -.12 }, { 355, 6, "comet", .81 } };
	static struct alike similar[] = {
		{ .id = 2, .title = "A probe wakes up after nine years", .feed = "Orbital Notes", .read = VALUES_NOW - 3 * 24 * HOUR, .likeness = .71,
			.shared = { "orbit", "sun", "comet" }, .n_shared = 3 },
		{ .id = 3, .title = "彗星接近太阳，业余天文学家首先看到了它，各地天文台随后证实", .feed = "星空日报", .read = VALUES_NOW - 26 * HOUR, .likeness = .4 },
	};
	static struct would_edit edits[] = { { "term:comet", "\"comet\"", -.81 }, { "topic:1", "the topic space", -.31 } };
	static struct counterfactual counter[] = {
		{ .edit = edits, .n = 2, .from = 1, .to = 34, .on_page = false, .words = "Without \"comet\" and the topic space it would not stand on this page: number 34 by score alone." },
	};

	*out = (struct why){
		.entry = rows[0], .change = sentences, .n_change = 2, .text = text, .title_mark = title, .n_title_marks = 2, .text_mark = words, .n_text_marks = 5,
		.similar = similar, .n_similar = 2, .counter = counter, .n_counter = 1, .explore = 30, .place_page = 1, .place_without = 17, .places = 24,
	};
}

void values_tellings(struct tellings *out, bool same)
{
	static struct told told[] = {
		{ .id = 7, .title = "A light over the harbour: fishermen were first", .feed = "Harbour Courier", .link = "https://example.org/7", .at = VALUES_NOW - 9 * HOUR,
			.words = 1204, .difference = .88, .only = { "fishermen", "harbour", "ice" }, .n_only = 3 },
		{ .id = 3, .title = "彗星接近太阳，业余天文学家首先看到了它，各地天文台随后证实", .feed = "星空日报", .link = "https://example.org/3", .at = VALUES_NOW - 6 * HOUR,
			.words = 310, .read = true, .difference = .63, .only = { "天文台" }, .n_only = 1 },
		{ .id = 23, .title = "Comet 41P brightens", .feed = "Field Diary", .link = "https://example.org/23", .at = VALUES_NOW - HOUR, .words = 95, .difference = .41,
			.copy_of = "Orbital Notes" },
	};

	*out = (struct tellings){
		.from = { .id = 1, .title = rows[0].title, .feed = rows[0].feed, .link = rows[0].link, .at = rows[0].published, .words = 812, .difference = .2 },
		.told = told, .n = 3, .same = same,
	};
}

const struct moved *values_moved(size_t *n)
{
	static const struct moved moved[] = {
		{ 2, "A probe wakes up after nine years", "Orbital Notes", 3, 1 }, { 12, "Release 2.4", "Changelogs", 0, 2 }, { 3, "彗星接近太阳，业余天文学家首先看到了它", "星空日报", 2, 4 },
		{ 1, "Comet 41P brightens as it rounds the sun, and amateurs saw it first", "Orbital Notes", 1, 0 }, { 24, "", "Field Diary", 10, 14 },
	};

	*n = sizeof moved / sizeof moved[0];
	return moved;
}

static struct portrait_reading readings[] = {
	{ .article = 1, .at = VALUES_NOW - 3 * HOUR, .title = "Comet 41P brightens as it rounds the sun, and amateurs saw it first", .feed = "Orbital Notes", .dwell = 250 },
	{ .article = 2, .at = VALUES_NOW - 30 * HOUR, .title = "A probe wakes up after nine years", .feed = "Orbital Notes", .dwell = 44 },
	{ .article = 4, .at = VALUES_NOW - 9 * 24 * HOUR, .title = "How the borrow checker sees a linked list", .feed = "Systems Weekly", .dwell = 4000 },
	{ .article = 5, .at = VALUES_NOW - 40 * 24 * HOUR, .title = "Moss, slugs and patience", .feed = "The Quiet Garden", .dwell = -1 },
};
static const size_t all_readings[] = { 0, 1, 2, 3 }, of_space[] = { 0, 1 }, of_garden[] = { 3 };

static struct portrait_row topic_rows[] = {
	{ .name = "space, orbit", .subject = "topic:1", .weight = 1.2, .reading = of_space, .n = 2 },
	{ .name = "compilers, memory", .subject = "topic:2", .weight = .31, .edit = 1, .reading = all_readings + 2, .n = 1 },
	{ .name = "城市与议会的长长长长长长长长长长长长长长长长长长的名字", .subject = "topic:3", .weight = -.004 },
	{ .name = "city, council", .subject = "topic:4", .weight = -.6, .edit = -3 },
};
static struct portrait_row feed_rows[] = {
	{ .name = "Orbital Notes", .subject = "feed:https://orbital.example/feed", .weight = .9, .edit = 3, .reading = of_space, .n = 2 },
	{ .name = "The Quiet Garden", .subject = "feed:https://garden.example/feed", .weight = -.2, .reading = of_garden, .n = 1 },
};
static struct portrait_row word_rows[] = {
	{ .name = "comet", .subject = "term:comet", .weight = .8, .reading = all_readings, .n = 1 }, { .name = "moss", .subject = "term:moss", .weight = .1, .reading = of_garden, .n = 1 },
};
static struct portrait_row hour_rows[] = {
	{ .name = "06 to 09", .weight = .75, .reading = all_readings, .n = 3 }, { .name = "21 to 24", .weight = .25, .reading = of_garden, .n = 1 },
};
static struct portrait_row edit_rows[] = {
	{ .name = "feed: Orbital Notes", .subject = "feed:https://orbital.example/feed", .weight = 3, .edit = 3, .reading = of_space, .n = 2 },
	{ .name = "topic: city, council", .subject = "topic:4", .weight = -3, .edit = -3 },
	{ .name = "word: moss", .subject = "term:moss", .weight = 1, .edit = 1, .reading = of_garden, .n = 1 },
};
static struct portrait_row part_rows[] = { { .name = "vector-attention", .weight = .61, .sd = .15 }, { .name = "age", .weight = -.4, .sd = .3 } };

#define SECTION(rows, all) { rows, sizeof rows / sizeof *rows, all }

void values_portrait(struct portrait *out)
{
	*out = (struct portrait){
		.section = {
			[PORTRAIT_TOPICS] = SECTION(topic_rows, 4), [PORTRAIT_FEEDS] = SECTION(feed_rows, 2), [PORTRAIT_WORDS] = SECTION(word_rows, 812),
			[PORTRAIT_HOURS] = SECTION(hour_rows, 2), [PORTRAIT_EDITS] = SECTION(edit_rows, 3), [PORTRAIT_PARTS] = SECTION(part_rows, 2),
		},
		.reading = readings, .n_readings = sizeof readings / sizeof *readings, .now = VALUES_NOW, .events = 1204, .words_a_minute = 212, .paced = 3,
	};
}

static struct meter_share topic_shares[] = {
	{ 0, "space, orbit", .42, .35, .12 }, { 1, "compilers, memory", .3, .28, .1 }, { 2, "birds, nests", .12, .03, .04 }, { 3, "garden, soil", .08, 0, .09 },
	{ 4, "city, council", .05, .12, .3 }, { 5, "天文, 彗星", .03, .1, .05 }, { 6, "bread, ovens", 0, .07, .1 }, { 7, "weather, wind", 0, .05, .15 },
	{ 8, "chess, game", 0, 0, .03 }, { 9, "rail, sleepers", 0, 0, .02 },
};

static struct meter_share feed_shares[] = {
	{ 0, "Orbital Notes", .45, .4, .1 }, { 1, "Systems Weekly", .3, .3, .2 }, { 2, "星空日报", .25, .2, .3 }, { 3, "Harbour Courier", 0, .1, .4 },
};

static struct meter_feed read_feeds[] = {
	{ 0, "Orbital Notes", 60, 41, 30, 22, .83, 96.4, 30.0 / 41 }, { 1, "Systems Weekly", 40, 30, 12, 4, .51, 40.2, .4 }, { 2, "星空日报", 33, 9, 3, 3, .97, 7.6, 1.0 / 3 },
	{ 3, "A feed with a very long name that fits nowhere at all, not even here", 90, 0, 0, 0, -1, 0, -1 },
};

static struct meter_never never_feeds[] = { { 3, "A feed with a very long name that fits nowhere at all, not even here", 90 } };
static struct meter_never never_topics[] = { { 8, "chess, game", 14 }, { 9, "rail, sleepers", 11 } };
static struct meter_interest interests[] = { { 3, "garden, soil", VALUES_NOW - 20 * 24 * HOUR, VALUES_NOW - 9 * 24 * HOUR, 5 } };
static struct meter_same sames[] = { { 3, 1, "Harbour Courier", "Systems Weekly", .4, 10, 4 } };

void values_meter(struct meter *out)
{
	static const struct meter_week weeks[] = {
		{ 0, 4, .8, .2, .9, .6, -1, -1 }, { 0, 9, 1.6, .4, .7, .7, 10, -1 }, { 0, 0, -1, -1, -1, -1, 20, -1 }, { 0, 21, 2, .5, .6, .9, 30, .1 },
		{ 0, 33, 2.8, .7, .4, 1, 40, .25 }, { 0, 40, 3.2, .8, .3, .8, 65, .33 },
	};
	size_t n = sizeof weeks / sizeof *weeks;

	*out = (struct meter){
		.now = VALUES_NOW, .since = VALUES_NOW - 40 * 24 * HOUR, .opened = 1107, .opened_60 = 1107, .never_needs = 20,
		.topics = { topic_shares, sizeof topic_shares / sizeof *topic_shares, 40, 67, 500 }, .feeds_mix = { feed_shares, sizeof feed_shares / sizeof *feed_shares, 40, 67, 500 },
		.n_weeks = n, .never_feed = never_feeds, .n_never_feeds = 1, .never_topic = never_topics, .n_never_topics = 2,
		.feed = read_feeds, .n_feeds = sizeof read_feeds / sizeof *read_feeds,
		.slots = { 31, 8, 5, 240, 8.0 / 31, .4, .17, .05, 31, 20, 3, interests, 1 }, .same = sames, .n_same = 1,
		.page = { 30, 24, 2.9, .73, .81, .22, .41, .6, 10, .35, .34 },
	};
	for (size_t i = 0; i < n; i++) {
		out->week[i] = weeks[i];
		out->week[i].from = VALUES_NOW - (int64_t)(n - i) * 7 * 24 * HOUR;
	}
}

void values_young_meter(struct meter *out, int64_t opened)
{
	values_meter(out);
	out->opened = out->opened_60 = opened;
	out->n_never_feeds = out->n_never_topics = out->n_same = 0;
	out->slots = (struct meter_slots){ .shown = 1, .opened = opened ? 1 : 0, .rate = opened ? 1 : 0, .ordinary = -1, .estimate = -1, .estimate_sd = -1, .rests_on = 1, .needs = 20 };
	out->n_weeks = 1;
	out->week[0] = (struct meter_week){ VALUES_NOW - 7 * 24 * HOUR, opened, opened ? 0 : -1, opened ? 0 : -1, opened ? .9 : -1, -1, 30, -1 };
	out->n_feeds = 1;
	out->page.outside = out->page.to_reader = -1;
}
