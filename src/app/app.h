/* app - the program as a whole: folders, settings, clock and store, passed to everything that needs them. */
#ifndef ECLOSE_APP_APP_H
#define ECLOSE_APP_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "base/err.h"
#include "base/mem.h"
#include "feeds/opml.h"
#include "store/store.h"

struct app_options {
	const char *program;               /* how to start ourselves again */
	const char *config_dir, *data_dir; /* NULL: XDG */
	bool offline;
	int64_t now;                       /* frozen clock, DATE_NONE: the real one */
	bool demo;                         /* a throw-away profile with the sample feeds ... */
	bool samples;                      /* ... of a reader who has read nothing yet; else with a month of reading */
	bool explore_given;                /* the slider stands at ... */
	int explore;                       /* ... 0..100 at the start, whatever the settings say */
	bool skim;                         /* the subscriptions needn't be read where the store follows them already: then subs is empty */
	enum db_mode mode;
	bool reads;                        /* a store that may not be written will do */
};

struct app {
	struct arena arena;
	const char *program;               /* how to start ourselves again; borrowed */
	const char *config_dir, *data_dir, *urls_path, *config_path, *store_path;
	bool read_only;                    /* the store may not be written */
	bool offline, demo, samples;       /* samples: no subscriptions, the bundled feeds are shown */
	bool explore_given;                /* as in the options: see app_explore (app/rhythm.h) */
	int explore;
	int64_t frozen;                    /* DATE_NONE: clock runs */
	size_t scored_most;                /* articles that a page scores in full; 0: CANDIDATES_MOST (app/ranker.h). Tests make it small */
	struct config config;
	struct store store;
	struct subs subs;                  /* as the urls file has them */
	size_t n_subs;                     /* how many there are, whether they were read or not */
};

/* app_open - folders (made, 0700), config, subscriptions, store; subscriptions are synced into the store. One that may not be written is opened to be read where o->reads
 * allows it: that is said, and app->read_only is set. Frees: app_close. */
enum err app_open(struct app *app, const struct app_options *o, struct err_info *info);
/* app_settings - the names of the folders and the settings only: makes nothing, opens no store. Frees: app_close. */
enum err app_settings(struct app *app, const struct app_options *o, struct err_info *info);
void app_close(struct app *app);
int64_t app_now(const struct app *app);

/* app_article - one article with its text as blocks; item->link_shown is set, and blocks->links are as url_shown has them. */
enum err app_article(struct app *app, int64_t id, struct arena *a, struct item *item, struct blocks *blocks, struct err_info *info);

#endif
