/* meter - what the log says of how wide a reader reads, over plain arrays: no store, no corpus, no names. The values are those of item.h, where -1 is "unknown".
 *
 * An article counts once in a span of time, however often it was opened there. Spans are (from, to]: a week is the seven days up to a moment. Articles without a topic
 * don't count where topics do. All memory comes from the arena that is given.
 */
#ifndef ECLOSE_RANK_METER_H
#define ECLOSE_RANK_METER_H

#include <stdint.h>

#include "item.h"
#include "rank/signals.h"

#define METER_WEEK (7 * DATE_DAY)
#define METER_BEFORE (30 * DATE_DAY) /* what this week is compared with */
#define METER_LONG (60 * DATE_DAY)   /* what is usual, what is never opened, what each feed is worth */
#define METER_USUAL 0.8              /* share of the openings that the usual topics hold */
#define METER_KNOWN 10               /* openings from which the usual topics are known */
#define METER_NEVER 10               /* articles published of what is called never opened ... */
#define METER_NEVER_KNOWN 20         /* ... and openings from which that says anything */
#define METER_SLOTS_KNOWN 20         /* slots from which their opening rate is estimated */
#define METER_PAGE_GAP 1800          /* seconds without an event after which it is another page */
#define METER_LATER 3                /* readings that make a topic met in a slot an interest */
#define METER_SAME 0.3               /* share of stories above which a feed says the same as another */
#define METER_SAME_STORIES 5         /* of a feed that has a share at all */

struct meter_article { int feed, topic, words; }; /* indices, -1 none; words 0 unknown */
struct meter_published { int64_t at, story; int feed, topic; };

/* One opening. */
struct meter_open {
	size_t article;
	int64_t at;
	double seconds; /* in front of it, < 0 unknown */
	bool finished;  /* habits_finished */
	bool slot;      /* from a serendipity slot */
	size_t nth;     /* in the order of the log */
};

struct meter_log {
	const struct event *event;           /* (n) in order, undone ones left out */
	const int64_t *of;                   /* (n) index of the article that each is about, -1 unknown */
	size_t n;
	const struct meter_article *article; /* (articles) */
	size_t articles;
	const struct meter_published *published; /* (n_published) by subscribed feeds, of the last METER_WEEKS weeks at least */
	size_t n_published;
	size_t feeds, topics;                /* indices are below these */
	size_t living;                       /* topics that have any article */
	const struct habits *habits;
	int64_t now;
	/* by meter_opens */
	struct meter_open *open;             /* (n_opens) in order of time */
	size_t n_opens;
};

/* meter_opens - fill in log->open; what follows needs it. A closing belongs to the last opening of its article; opening it in the browser counts as an opening where the article
 * isn't open. */
void meter_opens(struct meter_log *log, struct arena *a);
/* meter_opened - articles opened in (from, to]. */
int64_t meter_opened(const struct meter_log *log, int64_t from, int64_t to);
/* meter_since - the first action in this program, DATE_NONE where there is none. */
int64_t meter_since(const struct meter_log *log);

/* meter_mix_topics, meter_mix_feeds - the three mixes. */
void meter_mix_topics(const struct meter_log *log, struct arena *a, struct meter_mix *out);
void meter_mix_feeds(const struct meter_log *log, struct arena *a, struct meter_mix *out);
/* meter_entropy - of counts (n), bits; -1 where there is nothing. meter_distance - Jensen-Shannon distance of two mixes given as counts (n), 0..1: the square root of
 * mix_divergence; -1 where either is nothing. Source: Endres and Schindelin, IEEE Trans. Inf. Theory 2003. */
double meter_entropy(const double *count, size_t n);
double meter_distance(const double *x, const double *y, size_t n);
/* meter_entropy_share - of log2 of the living topics, at most 1; -1 where that is 0 or the entropy unknown. */
double meter_entropy_share(double entropy, size_t living);
/* meter_weeks - out (METER_WEEKS), the oldest first. Returns how many there are: as many as the log is old. */
size_t meter_weeks(const struct meter_log *log, struct meter_week *out);
/* meter_feeds - out [out] (feeds) of the last 60 days, by index. */
void meter_feeds(const struct meter_log *log, struct arena *a, struct meter_feed *out);
/* meter_never_topics - topics with METER_NEVER articles in 60 days and no opening, the most published first; of the arena. Returns how many. */
size_t meter_never_topics(const struct meter_log *log, struct arena *a, struct meter_never **out);
/* meter_slots - over the whole log (meter_slots.c).
 * The estimate is the self-normalised inverse-propensity one, sum of y / p over sum of 1 / p, with the standard error of that ratio; -1 below METER_SLOTS_KNOWN.
 * Source: Swaminathan and Joachims, NeurIPS 2015. */
void meter_slots(const struct meter_log *log, struct arena *a, struct meter_slots *out);
/* meter_same - pairs of feeds by their stories of the last 60 days, the largest share first; of the arena. Returns how many. */
size_t meter_same(const struct meter_log *log, struct arena *a, struct meter_same **out);

#endif
