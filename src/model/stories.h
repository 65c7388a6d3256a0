/* stories - the same event told by several feeds: single-pass clustering within a window of time. */
#ifndef ECLOSE_MODEL_STORIES_H
#define ECLOSE_MODEL_STORIES_H

#include "text/tfidf.h"

#include <stdint.h>

#define STORY_COSINE 0.5
#define STORY_WINDOW ((int64_t)72 * 3600)

/* stories_find - group articles.
 *   m (n x terms) unit rows;  at (n) seconds;  order by time is found inside
 *   story [out] (n): index of the story's first article (itself where it stands alone)
 * By an inverted index over rows within the window; cosine >= STORY_COSINE with any of the story's articles joins. Deterministic. */
void stories_find(const struct csr *m, const int64_t *at, int64_t *story);
/* stories_coverage - ln(1 + sum over independent feeds of 2^(-age / 12 h)), age of each feed's telling at `now`; also the number of feeds.
 *   feed (n), at (n), story (n) -> coverage (n), feeds (n) */
void stories_coverage(const int64_t *story, const int *feed, const int64_t *at, size_t n, int64_t now, double *coverage, int *feeds);

#endif
