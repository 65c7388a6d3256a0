/* learn - the profile as a fold over the event log, and its snapshot.
 *
 * The log is the truth. The snapshot ("model" among the store's blobs) only saves the time of folding the interest model anew: it holds for one run of vectorise, one
 * set of shipped constants and one state of the undo events, and is left aside otherwise. Memories and affinities are cheap and are always folded from the log.
 */
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"

#define MODEL_BLOB "model"

struct snapshot {
	uint64_t priors;   /* hash of the shipped constants */
	int64_t last_event, undone;
	int64_t day, updates;
	double mean[FEATURE_COUNT];
	double cov[FEATURE_COUNT * FEATURE_COUNT];
};

static bool keep_event(void *user, const struct event *e)
{
	struct log_copy *log = user;

	MEM_GROW(log->event, log->n, log->cap);
	log->event[log->n++] = *e;
	return true;
}

enum err log_read(struct store *st, struct log_copy *log, struct err_info *info)
{
	enum err e;

	*log = (struct log_copy){ 0 };
	e = events_max_id(st, &log->last, &log->undone, info);
	if (e == OK)
		e = events_each(st, 0, keep_event, log, info);
	if (e != OK)
		log_free(log);
	return e;
}

void log_free(struct log_copy *log)
{
	free(log->event);
	*log = (struct log_copy){ 0 };
}

static uint64_t hash_priors(void)
{
	return hash_bytes(feature_prior_mean, sizeof feature_prior_mean) ^ 31 * hash_bytes(feature_prior_sd, sizeof feature_prior_sd) ^
	       37 * hash_bytes(feature_scale, sizeof feature_scale);
}

/* The snapshot, if it is of this run of vectorise, these constants and this state of the undos. */
static enum err find_snapshot(struct ranker *r, const struct log_copy *log, struct snapshot *s, bool *found, struct err_info *info)
{
	const void *bytes;
	size_t n;
	int64_t version;
	enum err e = blob_get(&r->app->store, MODEL_BLOB, &r->arena, &version, &bytes, &n, info);

	*found = false;
	if (e == ERR_NOTFOUND)
		return OK;
	if (e != OK || n != sizeof *s || version != r->loaded.version)
		return e;
	memcpy(s, bytes, n);
	*found = s->priors == hash_priors() && s->undone == log->undone && s->last_event <= log->last;
	return OK;
}

static void restore(struct profile *p, const struct snapshot *s)
{
	memcpy(p->model.mean, s->mean, sizeof s->mean);
	memcpy(p->model.cov, s->cov, sizeof s->cov);
	p->model.day = s->day;
	p->model.updates = s->updates;
}

enum err learn_fold(struct ranker *r, const struct log_copy *log, bool fast, struct err_info *info)
{
	struct snapshot s;
	bool found = false;
	enum err e = fast ? find_snapshot(r, log, &s, &found, info) : OK;
	size_t i = 0;

	if (e != OK)
		return e;
	profile_clear(&r->profile);
	profile_init(&r->profile, &r->loaded.corpus, ~0u);
	if (found) {
		for (; i < log->n && log->event[i].id <= s.last_event; i++)
			profile_remember(&r->profile, &log->event[i]);
		restore(&r->profile, &s);
	}
	for (; i < log->n; i++)
		profile_apply(&r->profile, &log->event[i]);
	return OK;
}

enum err ranker_save(struct ranker *r, struct err_info *info)
{
	struct snapshot s = { .priors = hash_priors() };
	const struct profile *p = &r->profile;
	int64_t last;
	enum err e = events_max_id(&r->app->store, &last, &s.undone, info);

	if (e != OK)
		return e;
	s.last_event = p->last_event;
	s.day = p->model.day;
	s.updates = p->model.updates;
	memcpy(s.mean, p->model.mean, sizeof s.mean);
	memcpy(s.cov, p->model.cov, sizeof s.cov);
	return blob_put(&r->app->store, MODEL_BLOB, r->loaded.version, &s, sizeof s, info);
}
