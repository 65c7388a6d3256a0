/* subs - a list of subscriptions that grows while a file is read. */
#ifndef ECLOSE_FEEDS_SUBS_H
#define ECLOSE_FEEDS_SUBS_H

#include "feeds/opml.h"

#define SUBS_TAGS 64 /* of one subscription; more are left out */

/* A subscription while it is read. */
struct sub_draft {
	const char *url, *title;
	const char *tags[SUBS_TAGS];
	size_t n_tags;
	bool hidden;
};

void draft_tag(struct sub_draft *d, struct arena *a, const char *s, size_t n); /* cleaned; each once; an empty one is none; not with "~" or "!" in front, which mean something else in `urls` */
/* subs_add - copy d to the end of list; the array is the arena's. */
void subs_add(struct subs *list, struct arena *a, const struct sub_draft *d);

#endif
