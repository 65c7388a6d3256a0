/* tellings - what one story's articles are to each other: copies, the lead, and the others in the order in which they are worth a look. */
#ifndef ECLOSE_MODEL_TELLINGS_H
#define ECLOSE_MODEL_TELLINGS_H

#include <stddef.h>
#include <stdint.h>

struct telling {
	int64_t at;      /* seconds */
	int feed;
	int words;       /* of its text */
	uint64_t hash;   /* simhash_article, 0 none */
	double trust;    /* in its feed, 0..1: share of the feed's articles that the reader read */
	double wording;  /* 0..1: how little its words are those of what the reader reads: 1 - cosine */
	double source;   /* 0..1: how seldom the reader reads its feed */
	long copy_of;    /* [out] index of the telling that it copies, -1: it is an original */
};

#define TELLINGS_LONG 600     /* words: a longer text is no better telling */
#define TELLINGS_AS_LONG 0.8  /* a text is as long as the longest if it has this share of its words */

/* tellings_copies - fill copy_of: of texts that are copies of each other the earliest is the original (the first in the array where the times are the same). */
void tellings_copies(struct telling *t, size_t n);
/* tellings_lead - the best telling: an original; among those that are about as long as the longest (up to TELLINGS_LONG) the one from the most trusted feed, then the
 * earliest. copy_of must be filled; n > 0. */
size_t tellings_lead(const struct telling *t, size_t n);
/* tellings_order - order [out] (n): the lead, then the others, those first that differ most from what the reader usually reads (wording + source); copies behind, for
 * they say nothing new. Ties by time. */
void tellings_order(const struct telling *t, size_t n, size_t lead, size_t *order);

/* tellings_voices - who speaks in each article: its feed, or, where it is a copy within its story, the feed that had it first; so a wire report in five feeds is one voice.
 *   story, feed, at, hash (n) -> voice (n), by the numbers of feeds */
void tellings_voices(const int64_t *story, const int *feed, const int64_t *at, const uint64_t *hash, size_t n, int *voice);

#endif
