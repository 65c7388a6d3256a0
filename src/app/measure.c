#include "app/measure.h"

#include <stdlib.h>

#include "app/ranker.h"

/* Every article that the log speaks of, once. Frees: free(). */
static int64_t *articles_of(const struct log_copy *log, size_t *n)
{
	int64_t *id = mem_zero(log->n + 1, sizeof *id);
	struct map seen = MAP_INIT;

	*n = 0;
	for (size_t i = 0; i < log->n; i++) {
		bool added;

		map_at(&seen, (const char *)&log->event[i].article, sizeof log->event[i].article, 0, &added);
		if (added)
			id[(*n)++] = log->event[i].article;
	}
	map_clear(&seen);
	return id;
}

static enum err load(struct app *app, struct log_copy *log, struct loaded *loaded, struct err_info *info)
{
	enum err e = log_read(&app->store, log, info);
	int64_t *id;
	size_t n;

	if (e != OK)
		return e;
	id = articles_of(log, &n);
	e = load_corpus(&app->store, id, n, loaded, info);
	free(id);
	return e;
}

enum err app_replay(struct app *app, enum model_kind model, void (*step)(void *user, size_t done, size_t total), void *user, struct replay_result *out,
		    struct err_info *info)
{
	struct log_copy log = { 0 };
	struct loaded loaded = { 0 };
	enum err e = db_begin_read(app->store.db, info); /* log and articles of one moment */

	if (e == OK)
		e = db_end(app->store.db, load(app, &log, &loaded, info), info);
	if (e == OK)
		replay(&loaded.corpus, model, log.event, log.n, step, user, out);
	loaded_clear(&loaded);
	log_free(&log);
	return e;
}
