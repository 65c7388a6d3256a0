/* learn - the profile as a fold over the event log, and its snapshot.
 *
 * The log is the truth. The snapshot ("model" among the store's blobs) only saves the time of folding the models anew: it holds for one run of vectorise, one
 * set of shipped constants, one choice of models and the very events that it was folded from over the very articles, told by a running hash of both, and is
 * left aside otherwise: what another program recorded, undid or fetched meanwhile is never missed. Memories and affinities are cheap and are always folded from the log.
 */
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"

#define CHANCES 2

/* Behind it stand the states of the models that learned beside the interest model (models_rivals_save). */
struct snapshot {
	uint64_t priors;   /* hash of the shipped constants, of the settings of the signals, and of which models learn and which is in use */
	uint64_t folded;   /* hash of what was folded in (fold_hash) */
	int64_t last_event;
	int64_t day, updates, chance_day, chance_updates;
	double mean[FEATURE_COUNT];
	double cov[FEATURE_COUNT * FEATURE_COUNT];
	double chance_mean[CHANCES];
	double chance_cov[CHANCES * CHANCES];
};

static bool keep_event(void *user, const struct event *e)
{
	struct log_copy *log = user;

	MEM_GROW(log->event, log->n, log->cap);
	log->event[log->n] = *e;
	log->event[log->n++].subject = arena_strdup(&log->arena, e->subject);
	return true;
}

enum err log_read(struct store *st, struct log_copy *log, struct err_info *info)
{
	enum err e;

	*log = (struct log_copy){ 0 };
	e = events_each(st, 0, keep_event, log, info);
	if (e != OK)
		log_free(log);
	return e;
}

void log_free(struct log_copy *log)
{
	free(log->event);
	arena_clear(&log->arena);
	*log = (struct log_copy){ 0 };
}

static uint64_t hash_priors(const struct signals *signals, const struct models *m)
{
	static const double constants[] = { AFFINITY_SMOOTH, AFFINITY_PASSED, AFFINITY_DAYS, EVIDENCE_LONG, EVIDENCE_SHORT, ATTENTION_TERMS, ATTENTION_VECTORS,
		CROSS_START, CROSS_STEP, CROSS_DAYS, PACE_SD, PACE_NOISE, PLACE_EXPONENT, PLACE_SD, MEMORY_MOST, NET_RATE, NET_START,
		NET_FADE, NET_ROWS_MOST, NET_OUTPUT_SD, NET_LONG, NET_WEIGHT_MOST, NET_STEPS, NET_BATCH,
		AROUND_SMOOTH, AROUND_ENOUGH, AROUND_SHARP, AROUND_NEAR, CROSS_RANK, CROSS_HOURS, CROSS_WIDTHS, RETURN_AFTER, PACE_MOST, PLACE_MIDDLE, PLACE_MOST };
	static const double chances[][2] = { CHANCE_MEANS, CHANCE_SDS };
	uint64_t choice = (uint64_t)m->used, names = 0;

	for (int k = 0; k < MODEL_COUNT; k++)
		choice = 2 * choice + m->learns[k];
	for (int f = 0; f < FEATURE_COUNT; f++)
		names = 31 * names + hash_bytes(feature_word[f], strlen(feature_word[f]));
	return names ^ 59 * hash_bytes(chances, sizeof chances) ^ hash_bytes(feature_prior_mean, sizeof feature_prior_mean) ^ 31 * hash_bytes(feature_prior_sd, sizeof feature_prior_sd) ^
	       37 * hash_bytes(feature_scale, sizeof feature_scale) ^ 41 * hash_bytes(signals, sizeof *signals) ^ 43 * hash_bytes(constants, sizeof constants) ^
	       47 * hash_bytes(horizon_tau, sizeof(double) * HORIZON_COUNT) ^ 53 * hash_bytes(&choice, sizeof choice);
}

/* ---- what was folded ---- */

static uint64_t mix(uint64_t hash, const void *bytes, size_t n)
{
	return (hash ^ hash_bytes(bytes, n)) * 0x9e3779b97f4a7c15u;
}

static uint64_t mix_text(uint64_t hash, const char *s)
{
	return mix(hash, s ? s : "", s ? strlen(s) : 0);
}

/* All that a fold takes from an article, its vector left out, which changes with the run of vectorise only. Numbers of this corpus alone (of feeds, categories)
 * are left out too: what they stand for goes in. */
static uint64_t hash_article(const struct ranker *r, size_t doc)
{
	const struct doc *d = &r->loaded.corpus.doc[doc];
	const struct csr *t = &r->loaded.corpus.terms;
	const struct profile *p = &r->profile;
	size_t from = t->ptr[doc], n = t->ptr[doc + 1] - from;
	const int64_t facts[] = { r->loaded.corpus.feed_key[d->feed], d->at, d->topic, d->words, d->feeds_telling, r->loaded.corpus.publishing };
	uint64_t hash = mix(0, facts, sizeof facts);

	hash = mix(hash, &d->coverage, sizeof d->coverage);
	hash = mix_text(hash, r->loaded.items.item[doc].categories);
	hash = mix_text(hash, r->loaded.items.item[doc].author);
	hash = mix_text(hash, r->loaded.items.item[doc].tags);
	hash = mix_text(hash, d->language >= 0 ? r->loaded.name[FACET_LANGUAGE][d->language] : NULL);
	for (int f = 0; f < FACET_COUNT; f++) {
		int one, many;
		const int *which = doc_facet(d, (enum facet)f, &one, &many);

		for (int i = 0; i < many; i++)
			hash = mix(hash, &p->taste.of[f].share[which[i]], sizeof(double));
	}
	for (size_t i = from; i < from + n; i++) {
		double share = corpus_term_share(&r->loaded.corpus, t->col[i]);

		hash = mix(hash, &share, sizeof share);
	}
	hash = mix(hash, t->col + from, n * sizeof *t->col);
	return mix(hash, t->val + from, n * sizeof *t->val);
}

void fold_hash(struct ranker *r, const struct event *e)
{
	const int64_t whole[] = { e->id, e->at, e->article, (int64_t)e->kind, e->place, e->pair, e->width };
	const double known[] = { e->dwell, e->scroll };
	int64_t doc = corpus_find(&r->loaded.corpus, e->article);

	r->folded = mix(mix(r->folded, whole, sizeof whole), known, sizeof known);
	if (e->kind == EVENT_EDIT) { /* whatever the article, nothing is taken from it */
		r->folded = mix(mix_text(r->folded, e->subject), &e->value, sizeof e->value);
		return;
	}
	if (doc < 0)
		return;
	if (!r->article_hash[doc])
		r->article_hash[doc] = hash_article(r, (size_t)doc);
	r->folded = mix(r->folded, &r->article_hash[doc], sizeof *r->article_hash);
}

/* The snapshot as it was found, and the states behind it (n bytes, of the arena). */
struct found { struct snapshot s; const char *rivals; size_t n; };

/* The snapshot, if it is of this run of vectorise, these constants and the models of r->profile. */
static enum err find_snapshot(struct ranker *r, struct found *f, bool *found, struct err_info *info)
{
	const char *bytes;
	const void *blob;
	size_t n;
	int64_t version;
	enum err e = blob_get(&r->app->store, MODEL_BLOB, &r->arena, &version, &blob, &n, info);

	*found = false;
	if (e == ERR_NOTFOUND)
		return OK;
	if (e != OK || n < sizeof f->s || version != r->loaded.version)
		return e;
	bytes = blob;
	memcpy(&f->s, bytes, sizeof f->s);
	f->rivals = bytes + sizeof f->s;
	f->n = n - sizeof f->s;
	*found = f->s.priors == hash_priors(&r->app->config.signals, &r->profile.models);
	return OK;
}

/* Errors: ERR_CORRUPT where the states behind it are none. */
static enum err restore(struct profile *p, const struct found *f)
{
	const struct snapshot *s = &f->s;

	memcpy(p->models.interest.mean, s->mean, sizeof s->mean);
	memcpy(p->models.interest.cov, s->cov, sizeof s->cov);
	p->models.interest.day = s->day;
	p->models.interest.updates = s->updates;
	memcpy(p->chance.mean, s->chance_mean, sizeof s->chance_mean);
	memcpy(p->chance.cov, s->chance_cov, sizeof s->chance_cov);
	p->chance.day = s->chance_day;
	p->chance.updates = s->chance_updates;
	return models_rivals_load(&p->models, f->rivals, f->n, NULL);
}

/* Memories and affinities up to the snapshot's last event. Returns how many events of the log those are, 0 where it is of another log or other articles. */
static size_t fold_to(struct ranker *r, const struct log_copy *log, const struct snapshot *s)
{
	size_t i = 0;

	for (; i < log->n && log->event[i].id <= s->last_event; i++) {
		fold_hash(r, &log->event[i]);
		trial_count_event(r, &log->event[i]);
		profile_remember(&r->profile, &log->event[i]);
	}
	return r->folded == s->folded ? i : 0;
}

static void start(struct ranker *r)
{
	profile_clear(&r->profile);
	profile_init(&r->profile, &r->loaded.corpus, ~0u);
	r->profile.habits.signals = r->app->config.signals;
	r->profile.width = r->width;
	r->folded = 0;
	trial_uncount(&r->trial);
	(void)trial_learn(&r->trial, &r->profile.models);
	models_use(&r->profile.models, r->app->config.model);
	if (!r->article_hash)
		r->article_hash = mem_zero(r->loaded.corpus.n + 1, sizeof *r->article_hash);
}

enum err learn_fold(struct ranker *r, const struct log_copy *log, bool fast, struct err_info *info)
{
	struct found f;
	bool found = false;
	size_t i = 0;
	enum err e = OK;

	start(r);
	if (fast)
		e = find_snapshot(r, &f, &found, info);
	if (e != OK)
		return e;
	if (found) {
		i = fold_to(r, log, &f.s);
		if (i && restore(&r->profile, &f) != OK)
			i = 0;
		if (!i)
			start(r);
	}
	for (; i < log->n; i++) {
		fold_hash(r, &log->event[i]);
		trial_count_event(r, &log->event[i]);
		profile_apply(&r->profile, &log->event[i]);
	}
	return OK;
}

static void take_snapshot(const struct ranker *r, struct snapshot *s)
{
	const struct profile *p = &r->profile;

	s->priors = hash_priors(&r->app->config.signals, &p->models);
	s->folded = r->folded;
	s->last_event = p->last_event;
	s->day = p->models.interest.day;
	s->updates = p->models.interest.updates;
	memcpy(s->mean, p->models.interest.mean, sizeof s->mean);
	memcpy(s->cov, p->models.interest.cov, sizeof s->cov);
	s->chance_day = p->chance.day;
	s->chance_updates = p->chance.updates;
	memcpy(s->chance_mean, p->chance.mean, sizeof s->chance_mean);
	memcpy(s->chance_cov, p->chance.cov, sizeof s->chance_cov);
}

/* One of an older run of vectorise than the store's is of no use to anybody, and would stand where a newer one may be. */
enum err ranker_save(struct ranker *r, struct err_info *info)
{
	const void *derived;
	int64_t version = 0;
	size_t n;
	char *bytes;
	enum err e = r->behind ? ranker_ready(r, info) : OK;

	if (e == OK)
		e = blob_get(&r->app->store, DERIVED_BLOB, &r->arena, &version, &derived, &n, info);
	if (e != OK && e != ERR_NOTFOUND)
		return e;
	if (!r->loaded_whole || version != r->loaded.version)
		return OK;
	n = sizeof(struct snapshot) + models_rivals_size(&r->profile.models);
	bytes = mem_zero(n, 1);
	take_snapshot(r, (struct snapshot *)bytes);
	models_rivals_save(&r->profile.models, bytes + sizeof(struct snapshot));
	e = blob_put(&r->app->store, MODEL_BLOB, r->loaded.version, bytes, n, info);
	free(bytes);
	return e;
}

static bool note_event(void *user, const struct event *e)
{
	(void)e;
	*(bool *)user = true;
	return false;
}

enum err ranker_saved(struct app *app, bool *saved, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const void *model = NULL, *derived;
	size_t n = 0, m;
	int64_t version = 0, run = 0;
	struct snapshot s;
	bool more = false;
	enum err e = blob_get(&app->store, MODEL_BLOB, &a, &version, &model, &n, info);
	bool found = e == OK && n >= sizeof s;

	if (found) {
		memcpy(&s, model, sizeof s);
		e = blob_get(&app->store, DERIVED_BLOB, &a, &run, &derived, &m, info);
	}
	e = e == ERR_NOTFOUND ? OK : e;
	if (e == OK && found)
		e = events_each(&app->store, s.last_event, note_event, &more, info);
	if (e == OK)
		*saved = found && version == run && !more;
	arena_clear(&a);
	return e;
}
