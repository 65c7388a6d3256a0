/* item - the values that all floors share: what a feed says, what the store keeps, what the reader did, what a page shows.
 *
 * Strings are UTF-8 and cleaned (utf8_clean) at the place where they come in; NULL is "absent". Unless a function says otherwise, the
 * strings of a struct belong to the arena that was given to the function that filled it. Times are seconds UTC, DATE_NONE where absent.
 */
#ifndef ECLOSE_ITEM_H
#define ECLOSE_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/mem.h"

/* title_shown - an article's title as it is printed and drawn. */
static inline const char *title_shown(const char *title)
{
	return title && *title ? title : "(no title)";
}

/* ---- what a feed says (the neutral form; printed by `eclose parse`) ---- */

struct enclosure {
	const char *url, *type;
	int64_t length; /* bytes, -1 unknown */
};

struct entry {
	const char *id;      /* as the feed gives it: guid, atom:id, rdf:about; NULL if none */
	const char *title;   /* plain text, one line */
	const char *link;    /* absolute */
	const char *author;
	int64_t published, updated;
	const char *summary; /* sanitised HTML */
	const char *content; /* sanitised HTML */
	const char *language;
	const char **categories;
	size_t n_categories;
	struct enclosure *enclosures;
	size_t n_enclosures;
	const char *image;    /* absolute */
	const char *comments; /* absolute */
	int pixels;           /* tracking pixels that were left out of summary and content */
};

struct feed_doc {
	const char *title, *link, *description, *language, *icon;
	int64_t updated;
	int ttl; /* minutes, -1 absent */
	uint32_t skip_hours; /* bit h: not to be asked in that hour, UTC */
	unsigned skip_days;  /* bit d: nor on that day, 0 is Sunday */
	struct entry *entries;
	size_t n_entries;
	bool repaired; /* it was not well-formed and was read as far as sense goes */
	const char *left_out; /* a sentence on what was left out because of a limit; NULL nothing */
};

/* ---- subscriptions and feeds ---- */

/* One subscription: a line of the `urls` file. */
struct sub {
	const char *url;
	const char *title; /* "~Title", NULL if none */
	const char **tags;
	size_t n_tags;
	const char **settings; /* "name=value" of each "+name=value": how it is to be asked (feeds/settings.h) */
	size_t n_settings;
	bool hidden; /* "!" */
};

/* A feed as the store knows it. */
struct feed {
	int64_t id;
	const char *url, *title, *link, *description, *language, *icon;
	const char *tags;           /* blank-separated, from the subscription */
	const char *etag, *last_modified; /* byte for byte */
	int64_t checked, changed, next; /* last asked, last new item, due at */
	int failures;               /* in a row */
	int http;                   /* last status */
	const char *error;          /* of the last fetch, NULL if it went well */
	bool subscribed, gone;      /* gone: 410, not asked again */
	int64_t items, unread;      /* stored counts */
	const char *moved_to;       /* where permanent redirects led last, NULL nowhere */
	int moved_seen;             /* fetches in a row that were led there; from FEED_MOVED on it is asked there */
	int ttl;                    /* minutes, -1 absent */
	uint32_t skip_hours;        /* as in feed_doc */
	unsigned skip_days;
};

#define FEED_MOVED 2 /* so often a permanent redirect is seen before it is believed */

/* feed_moved - where it moved for good, as far as that is believed; NULL it didn't. */
static inline const char *feed_moved(const struct feed *f)
{
	return f->moved_seen >= FEED_MOVED ? f->moved_to : NULL;
}

/* One fetch of a feed that brought something, failed or moved. */
struct feed_fetch {
	int64_t at;
	int http;                   /* 0 without an answer */
	int items_new;
	int64_t bytes;              /* as transferred */
	double ms;
	const char *note;           /* the error, or FETCH_MOVED and where it moved; NULL it went well */
};

#define FETCH_MOVED "moved to "

/* ---- articles ---- */

struct item {
	int64_t id, feed_id;
	const char *guid, *title, *link, *author, *language;
	const char *feed_title;
	const char *categories; /* newline-separated */
	const char *tags;       /* of its feed's subscription, blank-separated */
	int64_t published, updated, fetched;
	int words;              /* of the plain text */
	bool read, starred;
	int64_t let_go;         /* when its text was let go; 0: it is there */
	/* the body, only where asked for */
	const char *summary, *content, *image, *comments;
	struct enclosure *enclosures;
	size_t n_enclosures;
	const char *link_shown; /* the link as it is shown to people; NULL without one, and where nobody asked for it */
	int pixels;             /* tracking pixels that were left out */
	int n_earlier;          /* texts of before an edit that changed much */
};

/* What an article said before an edit. */
struct earlier_text {
	int64_t at;             /* when it was replaced */
	const char *title, *summary, *content;
};

/* ---- the event log ---- */

/* X(NAME, "word"): every action a reader can take, in the order in which they are stored; append only at the end. */
#define EVENT_KINDS(X) \
	X(EVENT_SHOWN, "shown")         /* stood on a screen */ \
	X(EVENT_OPEN, "open")           /* article opened; dwell may be given at once */ \
	X(EVENT_CLOSE, "close")         /* article closed: dwell, scroll */ \
	X(EVENT_SKIP, "skip")           /* the cursor passed over it */ \
	X(EVENT_LIKE, "like") \
	X(EVENT_DISLIKE, "dislike") \
	X(EVENT_BROWSER, "browser")     /* opened in the browser */ \
	X(EVENT_SAVE, "save")           /* kept for later; sets the star */ \
	X(EVENT_READ, "read")           /* flags: no evidence of interest */ \
	X(EVENT_UNREAD, "unread") \
	X(EVENT_STAR, "star") \
	X(EVENT_UNSTAR, "unstar") \
	X(EVENT_UNDO, "undo")           /* takes back the events of one batch */ \
	X(EVENT_WANT, "want")           /* asked by title: would be read */ \
	X(EVENT_PASS, "pass")           /* asked by title: would not */ \
	X(EVENT_IMPORTED, "imported")   /* read in another program, no more is known */ \
	X(EVENT_EDIT, "edit")           /* the reader says outright what a subject weighs */

enum event_kind {
#define X(name, word) name,
	EVENT_KINDS(X)
#undef X
	EVENT_KIND_COUNT
};

/* Which of a trial's two rankings gave a place; TEAM_NONE where both or none did. */
enum team { TEAM_NONE, TEAM_A, TEAM_B };

#define EDIT_MOST 3.0 /* the weight of an edit, log-odds: this is a pin, and -EDIT_MOST a ban */

struct event {
	int64_t id;       /* order in the log; 0 before it is stored */
	int64_t at;       /* seconds UTC */
	int64_t article;  /* 0 for undo; for an edit where it was said from, 0 none */
	enum event_kind kind;
	double dwell;     /* seconds in front of the text, idle taken out; < 0 unknown */
	double scroll;    /* 0..1 of the text seen; < 0 unknown */
	int place;        /* 1-based place on the page, 0 unknown */
	int slot;         /* enum slot */
	int explore;      /* the slider then, -1 unknown */
	double propensity;/* chance with which a serendipity slot picked it, < 0 unknown */
	int pair;         /* the other of two places that a coin put in order, to learn what places do; 0 none */
	int width;        /* of the terminal, cells; 0 unknown */
	int64_t trial;    /* the trial that put it there, 0 none */
	int team;         /* enum team */
	int64_t batch;    /* events of one action share it; undone together */
	int64_t undoes;   /* the batch that an undo takes back, else 0 */
	const char *subject; /* of an edit, as app/edits.h has it, else NULL; borrowed */
	double value;     /* of an edit: the weight, log-odds; else 0 */
};

/* ---- an article's text as blocks, for layout ---- */

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_ITEM, BLOCK_QUOTE, BLOCK_CODE, BLOCK_RULE, BLOCK_IMAGE, BLOCK_TABLE_ROW };

enum span_style { SPAN_PLAIN = 0, SPAN_BOLD = 1, SPAN_ITALIC = 2, SPAN_CODE = 4, SPAN_LINK = 8, SPAN_STRIKE = 16 };

struct span {
	size_t from, len;   /* bytes of block.text */
	unsigned style;     /* enum span_style, or-ed */
	int link;           /* 1-based footnote number into blocks.links, 0 none */
};

struct block {
	enum block_kind kind;
	int level;          /* heading 1..6; list depth 1..; quote depth 1.. */
	int quote;          /* quote depth that the block stands in, 0 none */
	int number;         /* of an ordered item, 0 for a bullet */
	char numbering;     /* of an ordered item: '1', 'a', 'A', 'i' or 'I'; 0 is '1' */
	bool rtl;           /* its words run from right to left */
	bool tight;         /* it stands right below the block before, without an empty line */
	const char *text;   /* BLOCK_CODE keeps newlines and blanks; others are one flow, "\n" only from <br> */
	struct span *spans; /* in order, not overlapping; what they leave out is plain */
	size_t n_spans;
	int table;          /* of a BLOCK_TABLE_ROW: tables are counted from 1 */
	bool header;        /* a row of header cells alone */
	const size_t *cell; /* (n_cells) where in text each cell begins; BLOCK_CELLS stands between two */
	size_t n_cells;
};

#define BLOCK_CELLS " | " /* between the cells of a row */

struct blocks {
	struct block *block;
	size_t n;
	const char **links; /* absolute URLs, links[i] is footnote i + 1 */
	size_t n_links;
};

/* ---- a ranked page ---- */

enum slot { SLOT_BUBBLE, SLOT_EXPLORE, SLOT_SERENDIPITY };

/* One named part of a score. kind: as in rank/why.h (more may come). */
struct reason {
	const char *kind, *name;
	double weight; /* log-odds */
	const char *subject; /* what an edit would name (app/edits.h), NULL where it can't be edited */
};

struct page_entry {
	int64_t id;
	const char *title, *link, *feed;
	const char *topic;       /* its topic's name, "" if none */
	int topic_id;            /* -1 none */
	int64_t published;
	double score, sd;        /* log-odds of interest: mean and standard deviation under the posterior */
	enum slot slot;
	double distance;         /* 0 in the middle of what is read .. 1 nothing like it */
	double coverage;         /* ln(1 + weighted number of independent feeds) */
	int feeds_telling;       /* feeds that tell this story, 1 = only this one */
	double propensity;       /* serendipity: chance of having been picked; else 1 */
	int pair;                /* 1-based: a coin put this place and that one in order; 0 none did */
	int64_t trial;           /* the trial that the page was drafted for, 0 none ... */
	enum team team;          /* ... and whose place this is; not for the reader to see */
	const char *slot_reason; /* serendipity: why it is here, a phrase; else NULL */
	struct reason *reasons;  /* largest |weight| first; they add up to score within 1e-5 */
	size_t n_reasons;
	bool read, starred;
	/* only where one article is asked about; of is 0 on a page */
	size_t place, of;        /* by score alone it is number `place` of so many unread ones */
	double nearer;           /* 0..1: share of these that lie further from what was read; < 0: nothing was read yet */
};

struct page {
	struct arena arena;      /* owns all strings and arrays below */
	int explore;             /* 0..100 */
	double outside;          /* 0..1: share of this page that would have to change to match the reader's own mix of topics */
	double expected;         /* the interest to be expected of it against the page of slider 0: -0.04 is 4 % less; 0 where nothing is known */
	int64_t now;
	int64_t learned_from;    /* readings the model has seen */
	int new_topics;          /* topics on the page that the reader hasn't read in 30 days */
	size_t candidates;       /* articles that were ranked */
	size_t banned;           /* articles that the reader's bans left out of a ranked page */
	const char *note;        /* a sentence to show above the page, NULL if none */
	struct page_entry *entries;
	size_t n;
};

/* ---- why an article stands where it does ---- */

/* A word of a text whose term is a part of the score. */
struct mark {
	size_t from, len;  /* bytes of the text */
	const char *term;  /* as it is most often written */
	double weight;     /* of the term in the score, log-odds */
};

#define SHARED_MOST 3

/* An article that was read and that this one resembles. */
struct alike {
	int64_t id;
	const char *title, *feed;
	int64_t read;         /* when, seconds UTC */
	double likeness;      /* 0..1: cosine */
	const char *shared[SHARED_MOST]; /* terms of both, the most telling first */
	size_t n_shared;
};

/* One edit of several that would move the article. */
struct would_edit {
	const char *subject;  /* as in app/edits.h */
	const char *name;     /* "\"comet\"", "the feed Orbital Notes" */
	double weight;        /* that the edit would have, log-odds */
};

/* What would take it off the page, or bring it there. Places are of the page; off the page they are numbers by score alone. */
struct counterfactual {
	struct would_edit *edit;
	size_t n;
	int from, to;
	bool on_page;         /* afterwards */
	const char *words;    /* a sentence */
};

struct why {
	struct page_entry entry;
	const char **change;  /* sentences: what each part alone makes of the score */
	size_t n_change;
	const char *text;     /* the article as plain text, paragraphs on lines of their own */
	struct mark *title_mark, *text_mark; /* in order, not overlapping */
	size_t n_title_marks, n_text_marks;
	struct alike *similar; /* the most alike first */
	size_t n_similar;
	struct counterfactual *counter;
	size_t n_counter;
	int explore;          /* the slider that place_page is for */
	int place_page, place_without; /* 1-based, on the page now and with the slider at 0; 0: not on it */
	size_t places;        /* that the page has */
	int story_place;      /* where another telling of its story stands on it instead, 0: none does */
	const char *story_feed; /* whose telling */
	bool banned;          /* an edit leaves it out of the ranked page */
	bool trial;           /* a trial runs: the page that is shown is drafted, and places are those of the page without it */
};

/* ---- what an article said before it was edited ---- */

/* Its text until an edit, plain, beside what the edit made of it: "[-words that went-]" and "{+words that came+}" in signs. */
struct edition {
	int64_t at;                /* of the edit */
	const char *title, *text;
	struct mark *title_mark, *text_mark; /* what stands in signs, with the signs: weight -1 went, 1 came; term NULL */
	size_t n_title_marks, n_text_marks;
};
struct editions {
	const char *title;         /* of the article, as it is now */
	struct edition *edition;   /* newest first */
	size_t n;
};

/* ---- how other feeds tell a story ---- */

struct told {
	int64_t id;
	const char *title, *feed, *link;
	int64_t at;           /* published, seconds UTC */
	int words;            /* of its text */
	bool read, starred;
	double difference;    /* 0..1 from the reader's usual sources and wording, and from the telling in hand */
	const char *copy_of;  /* the feed that had this text first, NULL: it is an original */
	const char *only[SHARED_MOST]; /* words that no other telling has, the most telling first */
	size_t n_only;
};

struct tellings {
	struct told from;     /* the telling in hand */
	struct told *told;    /* of other feeds, those first that differ most; where nobody else tells it: the nearest articles of other feeds */
	size_t n;
	bool same;            /* they tell the same story */
};

/* ---- what an edit did to the page ---- */

struct moved {
	int64_t id;
	const char *title, *feed;
	int from, to;         /* 1-based place before and after; 0: not on the page */
};

/* ---- what the model holds of its reader ---- */

/* X(NAME, "word", "heading"), in the order in which they are shown. */
#define PORTRAIT_SECTIONS(X) \
	X(PORTRAIT_TOPICS, "topics", "Topics") \
	X(PORTRAIT_FEEDS, "feeds", "Feeds") \
	X(PORTRAIT_WORDS, "words", "Words") \
	X(PORTRAIT_CATEGORIES, "categories", "Categories") \
	X(PORTRAIT_AUTHORS, "authors", "Authors") \
	X(PORTRAIT_LENGTHS, "lengths", "Lengths") \
	X(PORTRAIT_LANGUAGES, "languages", "Languages") \
	X(PORTRAIT_TAGS, "tags", "Tags") \
	X(PORTRAIT_HOURS, "hours", "Hours of the day, UTC") \
	X(PORTRAIT_WEEKDAYS, "weekdays", "Days of the week, UTC") \
	X(PORTRAIT_EDITS, "edits", "What you said outright") \
	X(PORTRAIT_PARTS, "parts", "How much each part of a score counts")

enum portrait_kind {
#define X(name, word, heading) name,
	PORTRAIT_SECTIONS(X)
#undef X
	PORTRAIT_COUNT
};

/* One article that was read. */
struct portrait_reading {
	int64_t article, at;     /* at: last */
	const char *title, *feed;
	double dwell;            /* seconds in front of it in all, < 0 unknown */
};

struct portrait_row {
	const char *name;
	const char *subject;     /* what an edit would name (app/edits.h), NULL where it can't be edited */
	double weight;           /* log-odds that it adds to the score of an article; of hours and weekdays the share of the readings, 0..1; of an edit what it says */
	double sd;               /* of a part: how unsure the weight is, else 0 */
	double edit;             /* weight of the reader's edit that holds, 0 none */
	const size_t *reading;   /* (n) indices into portrait.reading, newest first: what it came from */
	size_t n;
};

struct portrait_section {
	struct portrait_row *row; /* largest weight first */
	size_t n;
	size_t of;               /* how many there are; more than n where only the strongest are here */
};

struct portrait {
	struct arena arena;      /* owns all strings and arrays below */
	struct portrait_section section[PORTRAIT_COUNT];
	struct portrait_reading *reading; /* newest first */
	size_t n_readings;
	int64_t now, events;     /* events: actions that were folded in */
	double words_a_minute;
	int64_t paced;           /* readings that the pace was learned from; 0: it is the shipped one */
	const char *model;       /* the word of the model that gives the scores where that isn't the one whose weights these are, else NULL */
};

static inline void portrait_clear(struct portrait *p)
{
	arena_clear(&p->arena);
	*p = (struct portrait){ 0 };
}

static inline void page_clear(struct page *p)
{
	arena_clear(&p->arena);
	*p = (struct page){ 0 };
}

/* ---- the bubble meter: what was read, beside what was published ----
 *
 * Shares, rates and the like are 0..1. A number below 0 is unknown: there is nothing to measure, or too little.
 */

/* One topic or feed in three mixes, each the share of the articles that count there. */
struct meter_share {
	int which;                 /* topic, or index of the feed */
	const char *name;
	double this_week, before;  /* of what was opened in the last 7 days, and in the 30 before them */
	double feeds;              /* of what was published in these 37 days */
};

struct meter_mix {
	struct meter_share *share; /* largest in what was opened first; those that are nowhere left out */
	size_t n;
	int64_t this_week, before, feeds; /* articles that the mixes are of */
};

/* Seven days from `from` on. */
struct meter_week {
	int64_t from;
	int64_t opened;            /* articles */
	double entropy;            /* of their topics, bits */
	double entropy_share;      /* of the most that the topics there are allow */
	double distance;           /* Jensen-Shannon, base 2, of their topics to those published in the week */
	double completion;         /* mean share of the expected time that was spent on them */
	double explore;            /* mean slider of the pages in use, 0..100 */
	double outside;            /* share of them from outside the usual topics of the 60 days before */
};

/* One feed over the last 60 days; all but minutes count articles. */
struct meter_feed {
	int which;
	const char *name;
	int64_t published, shown, opened, finished; /* shown: also what was passed over or opened */
	double completion, minutes;
	double open_rate;          /* opened of shown */
};

/* A feed or topic of which much was published and nothing opened. */
struct meter_never { int which; const char *name; int64_t published; };

/* A topic that a serendipity slot brought, and that was read from other places afterwards. */
struct meter_interest {
	int topic;
	const char *name;
	int64_t met;               /* the reading in a slot */
	int64_t became;            /* the last of the readings that it takes */
	int64_t readings;          /* since then, not from slots */
};

struct meter_slots {
	int64_t shown, opened, finished;  /* articles in slots */
	int64_t ordinary_shown;           /* articles in other places of the front page */
	double rate, ordinary;            /* opened of shown, either */
	double estimate, estimate_sd;     /* of the opening rate of all that could have stood in the slots, and its standard error */
	int64_t rests_on, needs;          /* articles with a known chance, that it would be estimated from; how many it takes */
	int64_t met;                      /* topics first read in a slot */
	struct meter_interest *interest;  /* (n_interests) those that became an interest, the latest first */
	size_t n_interests;
};

/* How much of what a feed tells another one tells as well. */
struct meter_same {
	int which, other_which;
	const char *feed, *other;
	double share;              /* shared / stories */
	int64_t stories, shared;   /* of feed in 60 days; those of them that the other tells too */
};

/* The page at the slider. */
struct meter_page {
	int explore;
	size_t places;
	double entropy, entropy_share; /* of its topics, as in meter_week */
	double ild;                /* intra-list distance: mean cosine distance of its pairs */
	double to_reader, to_pool; /* Jensen-Shannon, base 2, of its topics to the reader's and to those of all that could stand there */
	double coverage;           /* share of the feeds with something unread that stand on it */
	int64_t feeds;             /* with something unread */
	double gini;               /* of the attention that its places give to these feeds: 0 even */
	double outside;            /* as the page says it */
};

#define METER_WEEKS 12

struct meter {
	struct arena arena;        /* owns all strings and arrays below */
	int64_t now;
	int64_t since;             /* first action of the log, DATE_NONE where there is none */
	int64_t opened;            /* articles ever opened */
	int64_t opened_60;         /* in the last 60 days */
	struct meter_mix topics, feeds_mix;
	struct meter_week week[METER_WEEKS]; /* the oldest first */
	size_t n_weeks;
	struct meter_never *never_feed, *never_topic; /* the most published first */
	size_t n_never_feeds, n_never_topics;
	int64_t never_needs;       /* opened_60 from which what was never opened says anything: below it there is none of either */
	struct meter_feed *feed;   /* those shown or published, the most opened first */
	size_t n_feeds;
	struct meter_slots slots;
	struct meter_same *same;   /* the largest share first */
	size_t n_same;
	struct meter_page page;
};

static inline void meter_clear(struct meter *m)
{
	arena_clear(&m->arena);
	*m = (struct meter){ 0 };
}

#endif
