/* subs - a list of subscriptions that grows while a file is read. */
#ifndef ECLOSE_FEEDS_SUBS_H
#define ECLOSE_FEEDS_SUBS_H

#include "feeds/opml.h"

#define SUBS_TAGS 64     /* of one subscription; more are left out */
#define SUBS_SETTINGS 32 /* of one subscription */

/* A subscription while it is read. */
struct sub_draft {
	const char *url, *title;
	const char *tags[SUBS_TAGS];
	size_t n_tags;
	const char *settings[SUBS_SETTINGS];
	size_t n_settings;
	bool hidden;
};

/* tag_bare - a tag without what would make it something else in `urls`: "~" and "!" in front, and the "+" of a setting. Borrows. */
const char *tag_bare(const char *tag);
void draft_tag(struct sub_draft *d, struct arena *a, const char *s, size_t n); /* cleaned; each once; an empty one is none; bare */
/* draft_setting - "name=value", byte for byte; SUBS_SETTINGS of them at most. */
void draft_setting(struct sub_draft *d, struct arena *a, const char *s);
/* subs_add - copy d to the end of list; the array is the arena's. */
void subs_add(struct subs *list, struct arena *a, const struct sub_draft *d);

#endif
