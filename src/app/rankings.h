/* rankings - the ways to order a page that have a name, so that two of them can be tried on the reader. For page.c and trials.c. */
#ifndef ECLOSE_APP_RANKINGS_H
#define ECLOSE_APP_RANKINGS_H

#include "base/err.h"
#include "rank/explore.h"
#include "rank/models.h"

struct ranker;

/* The candidates that may stand on a page, as explore wants them, and what is asked of the page. */
struct field {
	struct score *score;        /* (n) */
	size_t n;
	size_t many;                /* that were ranked: more than n where these were chosen from them */
	struct explore_input in;    /* of them, with the places and the seed of the day */
	const struct explore_pool *pool; /* of that; NULL: made for each page */
	size_t k;                   /* places */
	int explore;                /* the slider */
	int64_t now;
};

/* pick [out] (f->n) indices into f->score, best first; returns how many. They are either a page of f->k places, or all. */
typedef size_t ranking_fill(const struct ranker *r, const struct field *f, int number, struct pick *pick);

/* What stands behind "=" in a ranking's name: nothing (and no "="), a number from 0 to 100, the word of a model. */
enum ranking_takes { TAKES_NOTHING, TAKES_NUMBER, TAKES_MODEL };

/* X("word", what it takes, how it fills a page): each has its paragraph in eclose-ranking(7). */
#define RANKINGS(X) \
	X("rank", TAKES_NOTHING, ranking_by_interest) /* the page as it is otherwise */ \
	X("slider", TAKES_NUMBER, by_slider)          /* the same with the slider there */ \
	X("model", TAKES_MODEL, by_model)             /* the same by the scores of that model */ \
	X("new", TAKES_NOTHING, ranking_by_time) \
	X("feeds", TAKES_NOTHING, by_feeds)           /* by how much of each feed is read, and nothing else */ \
	X("random", TAKES_NOTHING, at_random)

/* A ranking by its name: "rank", "slider=60", "model=net". */
struct ranking {
	ranking_fill *fill; /* NULL: none */
	enum ranking_takes takes;
	int number;         /* what stands behind "=": the number, or enum model_kind */
};

#define RANKING_NAME 16

/* ranking_parse - name [out] is how the ranking is written: one spelling for each. Errors: ERR_USAGE, naming the nearest and all there are. */
enum err ranking_parse(const char *written, struct ranking *out, char name[RANKING_NAME], struct err_info *info);

/* ranking_learn - from the first event on, let the model learn whose scores this ranking goes by; the model in use stays. */
void ranking_learn(const struct ranking *r, struct models *m);

/* ranking_by_interest - the page that explore makes of the scores, with the page's own slider. */
ranking_fill ranking_by_interest;
/* ranking_by_time - newest first. */
ranking_fill ranking_by_time;

#endif
