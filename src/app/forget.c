#include "app/forget.h"

#include "app/last_page.h"
#include "app/load.h"
#include "app/ranker.h"
#include "app/word_terms.h"

/* ---- from the request to what the store understands ---- */

static enum err topic_there(struct store *st, int64_t topic, struct arena *a, struct err_info *info)
{
	struct topic_row *row;
	size_t n;
	enum err e = topics_load(st, a, &row, &n, info);

	for (size_t i = 0; e == OK && i < n; i++)
		if (row[i].id == topic)
			return OK;
	return e == OK ? err_set(info, ERR_NOTFOUND, "no topic %lld; eclose topics lists them", (long long)topic) : e;
}

static enum err resolve(struct app *app, const struct forget_request *r, struct arena *a, struct forget *out, struct err_info *info)
{
	struct word_terms terms;
	struct forget f = { .what = FORGET_ALL };
	struct feed feed;
	enum err e = OK;

	if (r->term) {
		f.what = FORGET_TERMS;
		e = word_terms(app, r->term, a, &terms, info);
		f.term = e == OK ? terms.id : NULL;
		f.n_terms = e == OK ? terms.n : 0;
	} else if (r->feed) {
		f.what = FORGET_FEED;
		e = feeds_by_url(&app->store, r->feed, a, &feed, info);
		f.feed_id = e == OK ? feed.id : 0;
	} else if (r->topic >= 0) {
		f.what = FORGET_TOPIC;
		f.topic = r->topic;
		e = topic_there(&app->store, r->topic, a, info);
	} else if (!r->all) {
		f.what = FORGET_SPAN;
		f.since = r->since;
		f.until = r->until == DATE_NONE ? INT64_MAX : r->until;
	}
	*out = f;
	return e;
}

/* ---- doing it ---- */

/* One moment for all others: the rows, what was computed from them, and the version without which nobody can save an older one. */
static enum err take_out(struct app *app, const struct forget *f, struct arena *a, struct forgotten *out, struct err_info *info)
{
	static const char *const of_reading[] = { MODEL_BLOB, LAST_PAGE_BLOB }; /* all blobs that are computed from the log */
	struct forgotten gone = { 0 };
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	e = events_forget(&app->store, f, &gone, info);
	for (size_t i = 0; e == OK && i < sizeof of_reading / sizeof *of_reading; i++)
		e = blob_drop(&app->store, of_reading[i], info);
	if (e == OK)
		e = load_another_version(&app->store, a, NULL, info);
	e = db_end(app->store.db, e, info);
	if (e == OK)
		*out = gone;
	return e;
}

enum err forget_plan(struct app *app, const struct forget_request *r, struct forgotten *out, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct forget f;
	enum err e = resolve(app, r, &a, &f, info);

	if (e == OK)
		e = events_forgettable(&app->store, &f, out, info);
	arena_clear(&a);
	return e;
}

enum err app_forget(struct app *app, const struct forget_request *r, struct arena *a, struct forgotten *out, const char **residue, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	struct forget f;
	enum err e = resolve(app, r, a, &f, info);

	if (e == OK)
		e = take_out(app, &f, a, out, info);
	if (e == OK)
		*residue = store_scrub(&app->store, &why) == OK ? NULL : arena_strdup(a, why.text);
	return e;
}
