/* replay - the ranking measured on the reader's own log: told before, compared with what was done, then learned from.
 *
 * A sitting is a run of events with less than half an hour between one and the next. Its articles are those that have a place on a page and were opened or passed over in it. All of them are
 * scored by the profile as it was before the sitting's first event, so that nothing which happened in front of the page is known to it; then the sitting is
 * folded in (prequential: every article is a test first and a lesson afterwards). Terms, vectors and topics are those of today's store.
 */
#ifndef ECLOSE_RANK_REPLAY_H
#define ECLOSE_RANK_REPLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "item.h"
#include "rank/corpus.h"
#include "rank/forecast.h"
#include "rank/models.h"

#define REPLAY_GAP (30 * 60)   /* seconds without an event that end a sitting */
#define REPLAY_LEAST 50        /* opened, and passed over, that figures need */
#define REPLAY_PLACES 4

/* How well an order does, over sittings that have both an opened and a passed-over article. */
struct replay_order {
	double auc;     /* the chance that of an opened and a passed-over article of one sitting the opened one stands higher; over all such pairs */
	double ndcg10;  /* mean over sittings */
};

/* Openings at the places from..to. */
struct replay_places {
	int from, to;       /* to: 0 without end */
	double completion;  /* mean of min(1, seconds read / time that it takes at the shipped pace); 0 where n is 0 */
	size_t n;           /* openings whose time and length are known */
};

struct replay_result {
	bool enough;                  /* false: opened, passed and sittings alone are filled in */
	size_t opened, passed;        /* articles, once a sitting */
	size_t sittings, compared;    /* with any such article; with both kinds */
	struct replay_order ranking, recency, feed, random; /* feed: by the share opened of its feed so far */
	double log_loss, brier;       /* of the chance told, nats */
	double plain_log_loss, plain_brier; /* of always telling the share opened in the whole log */
	struct calibration calibration;
	struct replay_places places[REPLAY_PLACES];
};

/* replay - measure a log.
 *   corpus  holds the log's articles; what isn't in it is left out;  model  that gives the scores;  log (n) in order, undone events left out
 *   step  told (events done, n); may be NULL
 * Deterministic. Cannot fail. */
void replay(const struct corpus *corpus, enum model_kind model, const struct event *log, size_t n, void (*step)(void *user, size_t done, size_t total), void *user,
	    struct replay_result *out);

#endif
