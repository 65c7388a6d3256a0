#include "app/ranker.h"

#include "app/edits.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is loaded: candidates, and every article that the log speaks of ---- */

struct wanted_ids { int64_t *id; size_t n, cap; struct map seen; };

static void want(struct wanted_ids *w, int64_t id)
{
	bool added;

	if (id <= 0)
		return;
	map_at(&w->seen, (const char *)&id, sizeof id, 0, &added);
	if (!added)
		return;
	MEM_GROW(w->id, w->n, w->cap);
	w->id[w->n++] = id;
}

/* Articles beside what the log speaks of: all candidates, where they aren't chosen by what it says. */
static enum err load_wanted(struct ranker *r, const struct wanted_ids *log, const struct id_list *ids, struct err_info *info)
{
	struct wanted_ids w = { 0 };
	enum err e;

	for (size_t i = 0; i < ids->n; i++)
		want(&w, ids->id[i]);
	for (size_t i = 0; i < log->n; i++)
		want(&w, log->id[i]);
	e = load_corpus(&r->app->store, w.id, w.n, &r->loaded, info);
	free(w.id);
	map_clear(&w.seen);
	return e;
}

/* Without shares there was no run of vectorise, and nothing to choose by: then the newest are taken. */
static enum err load_articles(struct ranker *r, const struct wanted_ids *log, struct id_list *ids, bool *choose, struct err_info *info)
{
	static const struct id_list none = { 0 };
	size_t most = candidates_most(r->app);
	enum err e;

	*choose = ids->n > most;
	e = load_wanted(r, log, *choose ? &none : ids, info);
	if (e != OK || !*choose || r->loaded.shared)
		return e;
	*choose = false;
	ids->n = most;
	loaded_clear(&r->loaded);
	return load_wanted(r, log, ids, info);
}

static enum err load_all(struct ranker *r, bool fast, struct err_info *info)
{
	struct wanted_ids w = { 0 };
	struct id_list ids = { 0 };
	struct log_copy log;
	bool choose = false;
	enum err e = log_read(&r->app->store, &log, info);

	if (e != OK)
		return e;
	e = candidates_find(r, &ids, info);
	for (size_t i = 0; i < log.n; i++)
		if (log.event[i].kind != EVENT_EDIT) /* nothing is taken from its article */
			want(&w, log.event[i].article);
	want(&w, r->extra);
	if (e == OK)
		e = trial_load(r, info);
	if (e == OK)
		e = load_articles(r, &w, &ids, &choose, info);
	if (e == OK && !choose)
		candidates_keep(r, &ids);
	if (e == OK)
		e = learn_fold(r, &log, fast, info);
	if (e == OK && choose)
		e = candidates_choose(r, info);
	free(w.id);
	map_clear(&w.seen);
	log_free(&log);
	return e;
}

/* Log, articles and model of one moment: a fetch that commits meanwhile isn't half seen. */
static enum err load(struct ranker *r, bool fast, struct err_info *info)
{
	struct db *db = r->app->store.db;
	enum err e = db_begin_read(db, info);

	return e == OK ? db_end(db, load_all(r, fast, info), info) : e;
}

static void unload(struct ranker *r)
{
	page_forget(r);
	candidates_clear(r);
	trial_clear(&r->trial);
	profile_clear(&r->profile);
	loaded_clear(&r->loaded);
	arena_clear(&r->arena);
	free(r->article_hash);
	r->article_hash = NULL;
}

enum err ranker_reload(struct ranker *r, bool fast, struct err_info *info)
{
	enum err e;

	unload(r);
	e = load(r, fast, info);
	r->loaded_whole = e == OK;
	r->behind = r->behind && e != OK;
	if (e != OK)
		unload(r);
	return e;
}

enum err ranker_ready(struct ranker *r, struct err_info *info)
{
	return r->loaded_whole && !r->behind ? OK : ranker_reload(r, true, info);
}

bool ranker_behind(const struct ranker *r)
{
	return r->behind;
}

enum err ranker_open(struct app *app, struct ranker **out, struct err_info *info)
{
	struct ranker *r = mem_zero(1, sizeof *r);
	enum err e;

	r->app = app;
	e = ranker_reload(r, true, info);
	if (e != OK)
		ranker_close(r);
	else
		*out = r;
	return e;
}

void ranker_close(struct ranker *r)
{
	if (!r)
		return;
	unload(r);
	free(r);
}

enum err ranker_rebuild(struct ranker *r, struct err_info *info)
{
	return ranker_reload(r, false, info);
}

const struct profile *ranker_profile(const struct ranker *r)
{
	return &r->profile;
}

/* ---- actions ---- */

static void set_flags(struct item *it, enum event_kind kind)
{
	switch (kind) {
	case EVENT_OPEN:
	case EVENT_BROWSER:
	case EVENT_READ:
		it->read = true;
		break;
	case EVENT_UNREAD:
		it->read = false;
		break;
	case EVENT_SAVE:
	case EVENT_STAR:
		it->starred = true;
		break;
	case EVENT_UNSTAR:
		it->starred = false;
		break;
	default:
		break;
	}
}

/* What the reader sets outright, and says nothing of interest. */
static bool is_flag(enum event_kind kind)
{
	return kind == EVENT_READ || kind == EVENT_UNREAD || kind == EVENT_STAR || kind == EVENT_UNSTAR;
}

/* What isn't in the corpus yet is brought in where that can be done. */
static enum err bring_in(struct ranker *r, const struct event *e, size_t n, struct err_info *info)
{
	enum err err = OK;
	bool added;

	for (size_t i = 0; err == OK && i < n; i++)
		if (corpus_find(&r->loaded.corpus, e[i].article) < 0)
			err = candidates_add(r, e[i].article, &added, info);
	return err;
}

static enum err append_all(struct ranker *r, struct event *e, size_t n, struct err_info *info)
{
	struct db *db = r->app->store.db;
	enum err err = db_begin(db, info);

	if (err != OK)
		return err;
	for (size_t i = 0; err == OK && i < n; i++) {
		if (!e[i].at)
			e[i].at = app_now(r->app);
		err = events_append(&r->app->store, &e[i], info);
	}
	return db_end(db, err, info);
}

/* Learn from what is in the log now. */
static void take_in(struct ranker *r, const struct event *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t doc = corpus_find(&r->loaded.corpus, e[i].article);

		if (doc < 0) {
			r->behind = true; /* an older article, now part of what was read: loaded with all else when it is asked for, and no key waits for that */
			return;
		}
		set_flags(&r->loaded.items.item[doc], e[i].kind);
		fold_hash(r, &e[i]);
		trial_count_event(r, &e[i]);
		profile_apply(&r->profile, &e[i]);
	}
}

enum err ranker_record_all(struct ranker *r, struct event *e, size_t n, struct err_info *info)
{
	enum err err = r->loaded_whole ? OK : ranker_reload(r, true, info);
	bool private = app_private(r->app);

	if (err != OK)
		return err;
	for (size_t i = 0; private && i < n; i++)
		if (!is_flag(e[i].kind)) {
			e[i].id = 0;
			return OK;
		}
	err = bring_in(r, e, n, info);
	if (err == OK)
		err = append_all(r, e, n, info);
	if (err != OK)
		return err;
	take_in(r, e, n);
	(void)ranker_trial_settle(r, NULL); /* whoever looks next has it from the log */
	return OK;
}

enum err ranker_record(struct ranker *r, struct event *e, struct err_info *info)
{
	return ranker_record_all(r, e, 1, info);
}

/* What the newest event of a batch was, in words. */
static const char *undone_words(struct ranker *r, struct arena *a, int64_t batch, struct err_info *info)
{
	static const char *const word[EVENT_KIND_COUNT] = {
#define X(name, w) w,
		EVENT_KINDS(X)
#undef X
	};
	struct log_copy log;
	const struct event *last = NULL;
	const char *words = "undone";
	size_t n = 0;

	if (log_read(&r->app->store, &log, info) != OK)
		return words;
	for (size_t i = 0; i < log.n; i++)
		if (log.event[i].batch == batch) {
			last = &log.event[i];
			n++;
		}
	if (n == 1 && last->kind == EVENT_EDIT) {
		words = arena_printf(a, "undone: %s", last->value == 0 ? arena_printf(a, "cleared: %s", edit_name(r, a, last->subject)) :
				     edit_words(a, last->value, edit_name(r, a, last->subject)));
	} else if (n == 1) {
		int64_t doc = corpus_find(&r->loaded.corpus, last->article);

		words = arena_printf(a, "undone: %s \"%s\"", word[last->kind], doc >= 0 ? r->loaded.items.item[doc].title : "");
	} else if (n) {
		words = arena_printf(a, "undone: %s of %zu articles", word[last->kind], n);
	}
	log_free(&log);
	return words;
}

enum err ranker_undo(struct ranker *r, struct arena *a, const char **words, struct err_info *info)
{
	struct event undo = { .kind = EVENT_UNDO, .at = app_now(r->app), .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 };
	enum err e = ranker_ready(r, info);

	if (e == OK)
		e = events_last_undoable(&r->app->store, &undo.undoes, info);
	if (e != OK)
		return e;
	*words = undone_words(r, a, undo.undoes, info);
	e = events_append(&r->app->store, &undo, info);
	return e == OK ? ranker_reload(r, true, info) : e;
}

/* ---- one article ---- */

enum err ranker_find(struct ranker *r, int64_t id, size_t *doc, struct err_info *info)
{
	enum err e = ranker_ready(r, info);
	bool added = false;
	int64_t at;

	if (e != OK)
		return e;
	e = candidates_add(r, id, &added, info);
	if (e != OK)
		return e;
	at = corpus_find(&r->loaded.corpus, id);
	if (at < 0 && !added) {
		r->extra = id;
		e = ranker_reload(r, true, info);
		if (e != OK)
			return e;
		at = corpus_find(&r->loaded.corpus, id);
	}
	if (at < 0)
		return err_set(info, ERR_NOTFOUND, "there is no article %lld", (long long)id);
	*doc = (size_t)at;
	return OK;
}
