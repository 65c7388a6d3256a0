/* stories - the same event told by several feeds: single-pass clustering within a window of time. */
#ifndef ECLOSE_MODEL_STORIES_H
#define ECLOSE_MODEL_STORIES_H

#include "text/tfidf.h"

#include <stdbool.h>
#include <stdint.h>

/* Two tellings of one event, a hundred words each and each in its own words, have a cosine of 0.22 to 0.5; two articles on one subject stay below 0.18. What the
 * tellings share beside that are rare terms, three or more, and among them names, written as such. So: */
#define STORY_ALIKE 0.5   /* this cosine is enough */
#define STORY_COSINE 0.2  /* this is, with STORY_TERMS shared rare terms of which STORY_NAMES are names */
#define STORY_TERMS 3
#define STORY_NAMES 2
#define STORY_MEAN 0.15   /* and this much on the average with all of the story, lest one article leads to another */
#define STORY_RARE 20     /* a term is rare in at most so many articles, */
#define STORY_RARE_SHARE 0.01 /* or in this share of all */
#define STORY_SAME_FEED 0.7 /* two articles of one feed need this, whatever they share: its manner of writing is not an event */
#define STORY_WINDOW ((int64_t)72 * 3600)

/* Is the term col a name in both rows? */
typedef bool story_name(void *user, size_t i, size_t j, uint32_t col);

struct story_corpus {
	const struct csr *m;   /* (n x terms) unit rows */
	const int64_t *at;     /* (n) seconds */
	const int *feed;       /* (n) or NULL: all of different feeds */
	const int *language;   /* (n) or NULL: all of one; -1 unknown, which is the same as any */
	story_name *name;      /* NULL: every rare term is a name */
	void *user;
};

/* stories_group - group articles, oldest first.
 *   story [out] (n): index of the story's first article (itself where it stands alone)
 * An article joins the story of the most similar earlier one within the window that is near enough as above; at least one rare term must be shared. Two articles in
 * different languages, whose cosine says nothing, are near enough by STORY_TERMS and STORY_NAMES alone.
 * By an inverted index over the rare terms. Deterministic. Cannot fail. */
void stories_group(const struct story_corpus *c, int64_t *story);
/* stories_among - stories_group() where languages and names aren't known. */
void stories_among(const struct csr *m, const int64_t *at, const int *feed, int64_t *story);
/* stories_find - stories_among() where feeds aren't known. */
void stories_find(const struct csr *m, const int64_t *at, int64_t *story);
/* stories_near - are rows i and j near enough? rare (cols) says which terms are; cosine [out]. */
int stories_near(const struct story_corpus *c, size_t i, size_t j, const unsigned char *rare, double *cosine);
/* stories_rare - rare [out] (cols) 1 for each term that is rare in m. */
void stories_rare(const struct csr *m, unsigned char *rare);
/* stories_coverage - ln(1 + sum over independent feeds of 2^(-age / 12 h)), age of each feed's telling at `now`; also the number of feeds.
 *   feed (n), at (n), story (n) -> coverage (n), feeds (n) */
void stories_coverage(const int64_t *story, const int *feed, const int64_t *at, size_t n, int64_t now, double *coverage, int *feeds);

#endif
