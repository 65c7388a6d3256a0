/* config - the settings file: `set NAME VALUE` and `bind KEY ACTION` lines; '#' comments. One table of settings yields all. */
#ifndef ECLOSE_APP_CONFIG_H
#define ECLOSE_APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "app/rhythm.h"
#include "base/err.h"
#include "base/mem.h"
#include "rank/models.h"
#include "rank/signals.h"

struct binding { const char *key, *action; int line; };

struct config {
	int explore;          /* slider at start, 0..100 ... */
	struct rhythm rhythm; /* ... on the days that have no value of their own */
	int page_size;        /* articles on the front page */
	int page_days;        /* how old an article may be to stand on it */
	int idle;             /* seconds without a key after which dwell stops counting */
	int text_width;       /* cells of the article column */
	int parallel;         /* transfers at once */
	int timeout;          /* seconds a transfer may take */
	int interval;         /* minutes between two looks at a feed */
	int keep_days;        /* that a read article is kept; 0 for ever */
	int keep_articles;    /* of each feed, the newest; 0 all */
	const char *proxy;    /* "" none */
	const char *browser;  /* program and arguments, blank-separated; %u is the link; "" : xdg-open */
	bool color, unicode;
	bool mouse;           /* clicks and wheel are the reader's, not the terminal's */
	bool swaps;           /* now and then two near places of the page change, so that it can be learned what places do */
	enum model_kind model; /* that gives the scores */
	struct signals signals; /* what each action counts */
	struct binding *bind;
	size_t n_bind;
};

/* config_load - defaults, then the file where there is one. Errors: ERR_USAGE "FILE:LINE: unknown setting 'explor', did you mean 'explore'?". */
enum err config_load(struct config *c, const char *path, struct arena *a, struct err_info *info);

#endif
