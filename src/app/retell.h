/* retell - the stories of the last days when a few articles have come: only those that the newcomers change. */
#ifndef ECLOSE_APP_RETELL_H
#define ECLOSE_APP_RETELL_H

#include "app/languages.h"
#include "app/run.h"

/* What it goes by. */
struct retelling {
	struct store *st;
	struct languages *languages;
	const struct last_run *run;
	const struct term_stats *stats;
	const int64_t *fresh;  /* (n) articles that came or changed, ascending */
	size_t n;
	int64_t from;          /* the window: those of an earlier time are left alone */
	int64_t newest;        /* time of the newest article */
};

/* An article of a story that is told by others than before. */
struct retold { int64_t article, story; int feeds_telling; double coverage; };
struct retold_list { struct retold *one; size_t n; };

/* retell_stories - the story, the feeds that tell it and the coverage (as run_stored has it) of every article whose story the fresh ones change, of the fresh ones themselves
 * too: by stories_group over the articles of the window, where all others stay in the story that they tell.
 *   out [out] ascending by article; of the arena
 * Nothing is written. Errors: as the store. */
enum err retell_stories(const struct retelling *r, struct arena *a, struct retold_list *out, struct err_info *info);

#endif
