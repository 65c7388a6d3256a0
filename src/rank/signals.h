/* signals - what an action says: interest or none, and how strongly, in units of one reading to the end; and the habits that this depends on:
 * how fast this reader reads, and how much a place on the page has to do with what is opened.
 *
 * Both habits are learned from the log, one event after the other, and from nothing else.
 */
#ifndef ECLOSE_RANK_SIGNALS_H
#define ECLOSE_RANK_SIGNALS_H

#include "item.h"
#include "model/interest.h"

/* X(field, "word", shipped, least, most): the reader can set each as signal-WORD. */
#define SIGNALS(X) \
	X(words_a_minute, "words-a-minute", 230, 50, 1000) /* of a reader whose pace isn't known yet; Brysbaert 2019: 238 for English non-fiction */ \
	X(shortest, "shortest", 10, 1, 120)      /* seconds that even the shortest article is expected to take */ \
	X(accident, "accident", 0.05, 0, 1)      /* of the expected time, at least 2.5 and at most 8 s: closed before that is an accident */ \
	X(opened, "opened", 0.3, 0, 10)          /* opened, nothing known of the time: y = 1 */ \
	X(closed, "closed", 0.3, 0, 10)          /* closed at once: y = 0, takes the opening back */ \
	X(glanced, "glanced", 0.25, 0, 10)       /* opened and not closed at once: to this the share of the expected time is added, 1 at the most in all */ \
	X(finished, "finished", 0.25, 0, 10)     /* more, where the end was seen in no less than half of the expected time */ \
	X(returned, "returned", 0.5, 0, 10)      /* more, where it had been read on an earlier occasion */ \
	X(liked, "liked", 2, 0, 10) \
	X(disliked, "disliked", 2, 0, 10)        /* y = 0 */ \
	X(saved, "saved", 1.5, 0, 10) \
	X(browsed, "browsed", 1, 0, 10) \
	X(wanted, "wanted", 0.7, 0, 10)          /* said of its title alone */ \
	X(unwanted, "unwanted", 0.7, 0, 10)      /* y = 0 */ \
	X(imported, "imported", 0.1, 0, 10)      /* read in another program */ \
	X(skipped, "skipped", 0.5, 0, 10)       /* the cursor passed over it: y = 0 */ \
	X(shown, "shown", 0.03, 0, 10)           /* it stood on the screen: y = 0 */

struct signals {
#define X(field, word, shipped, least, most) double field;
	SIGNALS(X)
#undef X
};

extern const struct signals signals_shipped;

#define RETURN_AFTER 600        /* seconds between two readings that make the second a return */
#define PACE_SD 0.4             /* of ln(own time / expected time) among readers */
#define PACE_NOISE 0.6          /* of one reading around the reader's own pace */
#define PACE_MOST 1.4           /* |ln| of what counts as a reading at all */
#define PLACE_EXPONENT 0.3      /* shipped: place k is looked at as k^-exponent */
#define PLACE_SD 0.3
#define PLACE_MIDDLE 5          /* the place whose openings count as they are */
#define PLACE_MOST 2.0          /* the correction is between this and its inverse */

struct habits {
	struct signals signals;
	double pace, pace_var;  /* ln of the reader's time over the expected one: mean and variance of what is known */
	int64_t paced;          /* readings that it was learned from */
	struct interest place;  /* one weight: the exponent with which attention falls with the place */
};

/* habits_init - as shipped. Frees: habits_clear. */
void habits_init(struct habits *h);
void habits_clear(struct habits *h);
/* habits_learn - from one event on an article of so many words (0 unknown). Cannot fail. */
void habits_learn(struct habits *h, const struct event *e, int words);
/* habits_expected - seconds that this reader takes for so many words. */
double habits_expected(const struct habits *h, int words);
/* habits_finished - was it read to the end: nine tenths of the text seen in no less than half of the expected time? */
bool habits_finished(const struct habits *h, const struct event *e, int words);
/* habits_place - by how much an opening at a place says more than one in the middle; 1 where the place is unknown (0). */
double habits_place(const struct habits *h, int place);

/* signal_of - y in {0,1} and weight (0: it says nothing).
 *   words  of the article, 0 unknown;  returned  it had been read on an earlier occasion
 * Openings are weighed by habits_place, showings against it. */
void signal_of(const struct habits *h, const struct event *e, int words, bool returned, int *y, double *weight);

#endif
