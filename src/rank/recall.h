/* recall - which of very many articles are worth being scored in full.
 *
 * A full score costs microseconds and ten kilobytes an article. Most of it is linear, or nearly, in things that fit into a few hundred bytes: the vectors as they are stored, feed,
 * topic, age and coverage. So where there are more articles than are scored in full, all get the sum of these parts, by the model's own weights, and the best go on; beside them
 * some of every topic, the newest, and some by lot, so that what the slider asks for is there whatever the reader's habits are.
 * Source of the two stages: Covington, Adams and Sargin, RecSys 2016.
 *
 * What of a full score is left out: single readings (the attention to the nearest ones stands in as twice the mean), terms and categories (LSA stands in for them), authors,
 * neighbourhoods.
 */
#ifndef ECLOSE_RANK_RECALL_H
#define ECLOSE_RANK_RECALL_H

#include <stddef.h>
#include <stdint.h>

#include "rank/profile.h"

#define RECALL_LSA 80         /* numbers that are kept of a vector by LSA: the first ones tell the most */
#define RECALL_DIMS_MOST 512  /* of any: sums stay within 32 bits */
#define RECALL_TERMS 2.0      /* LSA stands in for the terms, from which it was made, and for what goes with them: so it counts so many times */
#define RECALL_ATTENTION 2.0  /* the attention's share of a cosine, in means */

/* Shares of the articles that go on, beside those with the best scores of all: of the topics, a topic's part half the same for each and half by how much there is of it, most of it
 * by score, the rest the newest and the most told; the best of each feed; the newest; and by lot. */
#define RECALL_TOPICS 0.4
#define RECALL_FEEDS 0.2
#define RECALL_NEWEST 0.05
#define RECALL_LOT 0.05
#define RECALL_BY_SCORE 0.8 /* of a topic's part */

/* The vectors of one side. */
struct recall_side {
	int d;              /* numbers of a stored vector; 0: there are none */
	size_t width;       /* bytes kept of each, a multiple of 8; those beyond it are 0 */
	signed char *x;     /* (n x width) */
	float *scale;       /* (n) an article's unit vector is scale x - times mean; 0: it has none */
	float *times;       /* (n) */
	float *mean;        /* (d) what is taken off; NULL nothing */
};

struct recall {
	size_t n;
	int64_t *id, *at;   /* (n) */
	uint32_t *feed;     /* (n) 0..feeds-1 */
	int16_t *topic;     /* (n) -1 none */
	uint16_t *telling;  /* (n) feeds that tell its story */
	float *coverage;    /* (n) */
	size_t feeds, topics;
	uint32_t *feed_n;   /* (feeds) articles of each */
	struct recall_side side[SIDE_COUNT];
	uint32_t *by_topic; /* (n) indices, topic after topic, those without one last ... */
	size_t *from;       /* (topics + 2) ... where each begins */
	bool *always;       /* (n) goes on whatever the scores are; of recall_ready */
	size_t most;        /* articles that go on */
};

/* What a profile wants at one moment. */
struct recall_query {
	int16_t *x[SIDE_COUNT];  /* (width) */
	double step[SIDE_COUNT]; /* what 1 in it stands for */
	double off[SIDE_COUNT];  /* what is taken off for the mean */
	double *feed, *topic;    /* (feeds), (topics) log-odds */
	double age, coverage;    /* weights */
	int64_t now;
};

/* recall_init - n articles of so many feeds and topics, of which nothing is known yet.
 *   d (SIDE_COUNT) numbers of a stored vector;  mean (SIDE_COUNT) what is taken off, copied; each may be NULL. Frees: recall_clear. */
void recall_init(struct recall *r, size_t n, size_t feeds, size_t topics, const int *d, const float *const *mean);
void recall_clear(struct recall *r);
/* recall_vector - article i has this vector: scale x (d). One of other dimensions than the side's, or that is nothing without the mean, is left out. */
void recall_vector(struct recall *r, size_t i, enum corpus_side side, float scale, const signed char *x, int d);
/* recall_ready - all is filled in: id, at, feed, topic, telling, coverage and the vectors; `most` will go on. */
void recall_ready(struct recall *r, size_t most);

/* recall_query_make - feed_of (feeds) the profile's number of each feed, -1 where its corpus has none of it. Frees: recall_query_clear. */
void recall_query_make(struct recall_query *q, const struct recall *r, const struct profile *p, const int *feed_of, int64_t now);
void recall_query_clear(struct recall_query *q);
/* recall_score - score [out] (n): log-odds, but for what is the same for all. O(n width). */
void recall_score(const struct recall *r, const struct recall_query *q, float *score);
/* recall_choose - which go on: out [out] (min(most, n)) indices, rising. Returns how many. Deterministic; of equal scores the first. */
size_t recall_choose(const struct recall *r, const float *score, uint32_t *out);

#endif
