/* stories - the same event told by several feeds: single-pass clustering within a window of time. */
#ifndef ECLOSE_MODEL_STORIES_H
#define ECLOSE_MODEL_STORIES_H

#include "text/tfidf.h"

#include <stdbool.h>
#include <stdint.h>

/* Two tellings of one event, each in its own words, have a cosine of 0.2 to 0.5; so have two articles on one subject, now and then. What the tellings share beside
 * that are rare terms, three or more, and among them names, written as such; and the more names they share, the less likeness need there be. As days go by the same
 * names turn up in new events (the next match of a team), so what is asked for rises with the time between. So: */
#define STORY_ALIKE 0.5    /* this cosine is enough at any time */
#define STORY_COSINE 0.2   /* this is at one time, with STORY_TERMS shared rare terms of which STORY_NAMES are names */
#define STORY_ONE_NAME 0.4 /* this, where one of them is; or where the script has no capitals, so that names can't be told */
#define STORY_TERMS 3
#define STORY_NAMES 2
#define STORY_MEAN 0.15   /* and this much on the average with all of the story, lest one article leads to another */
#define STORY_RARE 20     /* a term is rare in at most so many articles, */
#define STORY_RARE_SHARE 0.01 /* or in this share of all */
#define STORY_SAME_FEED 0.7 /* two articles of one feed need this, whatever they share: its manner of writing is not an event */
#define STORY_AGAIN ((int64_t)12 * 3600) /* and they must be no farther apart: what a feed says in nearly the same words a day later is a column */
#define STORY_WINDOW ((int64_t)72 * 3600)
#define STORY_FOREIGN ((int64_t)36 * 3600) /* the window of two articles in different languages */

/* What is the term col to articles i and j? */
enum story_term {
	STORY_WORD,
	STORY_UNSURE, /* it may be a name: its script has no capitals */
	STORY_NAME
};
typedef enum story_term story_name(void *user, size_t i, size_t j, uint32_t col);

struct story_corpus {
	const struct csr *m;   /* (n x terms) unit rows */
	const int64_t *at;     /* (n) seconds */
	const int *feed;       /* (n) or NULL: all of different feeds */
	const int *language;   /* (n) or NULL: all of one; -1 unknown, which is the same as any */
	const struct csr *spelt; /* (n x terms) terms by their spelling, for two articles in different languages; NULL: m. A column is a term of that spelling */
	const unsigned char *rare; /* (terms) which terms are rare; NULL: as counted in m, which is then all that there is */
	const int64_t *told;   /* (n) number of the story that each article tells by now, or NULL: of none is that known */
	bool *loose;           /* (n) beside told: those whose story is to be found, because they are new or say something else than they did; [out] and all others that it was found for */
	story_name *name;      /* NULL: every rare term is a name */
	void *user;
};

/* stories_asked - the cosine that two articles in one language need, that share STORY_TERMS rare terms and appeared `apart` seconds from each other, 0..STORY_WINDOW:
 * STORY_COSINE with STORY_NAMES names, STORY_ONE_NAME with one or with STORY_TERMS unsure ones, rising to STORY_ALIKE at the end of the window; without names
 * STORY_ALIKE. */
double stories_asked(int names, int unsure, int64_t apart);
/* stories_group - group articles, oldest first.
 *   story [out] (n): index of the story's first article (itself where it stands alone)
 * An article joins the story of the most similar earlier one within the window that is near enough: at least one rare term is shared, and the cosine is
 * STORY_ALIKE or as stories_asked. Two articles in different languages, whose cosine says nothing, are near enough by STORY_TERMS and STORY_NAMES alone, counted
 * by their spelling, within STORY_FOREIGN. Two of one feed need STORY_SAME_FEED within STORY_AGAIN.
 * Where told is given, articles stay in the stories that they tell, but for the loose ones; those to which an earlier article is near enough whose story was found in this
 * pass; and those of whose story an earlier article was one of these, or has become one. So what comes of it is what grouping all anew would give, but for a term that has
 * become rare, or isn't any more, and for a story that an article was too far from on the average, and now isn't.
 * By an inverted index over the rare terms. Deterministic. Cannot fail. */
void stories_group(const struct story_corpus *c, int64_t *story);
/* stories_coverage - ln(1 + sum over independent feeds of 2^(-age / 12 h)), age of each feed's telling at `now`; also the number of feeds.
 *   feed (n), at (n), story (n) -> coverage (n), feeds (n) */
void stories_coverage(const int64_t *story, const int *feed, const int64_t *at, size_t n, int64_t now, double *coverage, int *feeds);
/* stories_fade - what a coverage has become after so many seconds: each of its tellings has 2^(-seconds / 12 h) of its weight left. Less than 0: what it was before. */
double stories_fade(double coverage, double seconds);

#endif
