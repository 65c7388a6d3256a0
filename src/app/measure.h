/* measure - the ranking measured on the reader's own log. */
#ifndef ECLOSE_APP_MEASURE_H
#define ECLOSE_APP_MEASURE_H

#include "app/app.h"
#include "rank/replay.h"

/* app_replay - replay (rank/replay.h) over the store's log and all of its articles. Errors: as the store. */
enum err app_replay(struct app *app, enum model_kind model, void (*step)(void *user, size_t done, size_t total), void *user, struct replay_result *out,
		    struct err_info *info);

#endif
