/* sim_life - one simulated reader with a profile of their own, sitting by sitting.
 *
 * Each morning the day's articles are ranked and the reader goes down the page. What happens is recorded as the reader program records it (ui/reader_log.c): rows are
 * shown a screen at a time, an article is opened and closed where the cursor stands, and when the page is left, what the cursor went past is skipped.
 *
 * Instead of the profile an informed learner may rank, and learn from the openings and skips; then the profile stays empty.
 *
 * In a closed loop (sim_loop) what stands on the page also changes the reader, whose interests follow what is read.
 */
#ifndef ECLOSE_RANK_SIM_LIFE_H
#define ECLOSE_RANK_SIM_LIFE_H

#include "rank/score.h"
#include "rank/sim_informed.h"
#include "rank/sim_reader.h"

#define SIM_PAGE 25   /* places */
#define SIM_SCREEN 20 /* rows of the page that are seen at once */
#define SIM_WIDTH 80  /* cells of the terminal */

/* Who makes the pages: the scores alone; the scores and the slider, with its slots; the newest of the day; a lot. The last two know nothing of the reader: the
 * profile remembers then what was read, so that its mix of topics is known, and its model learns nothing. */
enum sim_pages { SIM_BY_SCORE, SIM_BY_SLIDER, SIM_NEWEST, SIM_RANDOM };

struct sim_life {
	struct sim_reader reader;
	struct profile profile;
	struct sim_informed *informed; /* ranks and learns in the profile's place; NULL: the profile does */
	enum sim_pages pages;
	int explore;            /* the slider */
	int places;             /* of a page, at most SIM_PAGE */
	struct rng lot;         /* draws the pages of SIM_RANDOM */
	int day;                /* of the next sitting */
	int actions;            /* openings and skips so far */
	struct event *log;      /* (n) what was recorded */
	size_t n, cap;
	struct score page[SIM_PAGE]; /* of the sitting, in order, with the scores by which it was ranked ... */
	double chance[SIM_PAGE];     /* ... and the chances of being opened that the profile could tell then */
	enum slot slot[SIM_PAGE];    /* by which slot each came to its place */
	double propensity[SIM_PAGE]; /* -1 outside slots */
	int depth;                   /* how many rows of it the cursor got to ... */
	bool opened[SIM_PAGE], held[SIM_PAGE]; /* ... what was opened, and what of that read to the end */
};

/* Who watches: after the page was ranked and before it is read; after each action, page[row] opened (then closed as well) or skipped. Each may be NULL. */
struct sim_watch {
	void *user;
	void (*page)(void *user, struct sim_life *l);
	void (*action)(void *user, struct sim_life *l, int row, bool opened);
};

/* sim_life_init - before the first day; explore 0: by score alone. Frees: sim_life_clear. */
void sim_life_init(struct sim_life *l, const struct sim_world *world, uint64_t seed, enum model_kind model, int explore);
void sim_life_clear(struct sim_life *l);
/* sim_life_inform - from the first day on it is an informed learner that ranks and learns. To be called before the first sitting. */
void sim_life_inform(struct sim_life *l);
/* sim_life_loop - from the first day on the reader's interests follow what is read, and pages of so many places are made so. To be called before the first sitting. */
void sim_life_loop(struct sim_life *l, enum sim_pages pages, int places);
/* sim_life_sit - the next morning's sitting, and the night behind it. Returns false where the world has no more days. */
bool sim_life_sit(struct sim_life *l, const struct sim_watch *watch);
/* sim_life_score - the scores of n articles from `first` on, in their order, by whichever ranks; an informed learner tells means only. out (n) */
void sim_life_score(struct sim_life *l, size_t first, size_t n, int64_t now, struct score *out);
/* sim_rank - score n articles from `first` on, best first. out (n) */
void sim_rank(struct profile *p, size_t first, size_t n, int64_t now, struct score *out);

#endif
