/* vectorise - what the ranking knows about articles: terms, then vectors, topics and stories over all that is recent. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "app/refresh.h"
#include "app/shares.h"
#include "app/words.h"
#include "model/lsa.h"
#include "model/stories.h"
#include "model/topics.h"

#define RECENT_MOST 20000  /* articles that vectors, topics and stories are computed over */
#define SEED 20260401u
#define TRIES 8              /* first starts of the topics, of which the best is kept; two where there are not few articles, for each takes a second then */
#define FEW 5000
#define TOPIC_WORDS 2
#define FEED_WEIGHT 0.1f     /* length of the feed's part in a row of unit length that topics are made of */
#define LANGUAGES_MOST 8     /* told apart in topics; all further ones are one */

/* A small corpus has few directions that mean anything: one dimension for 16 articles, 16 to 64. */
static int dimensions(size_t n)
{
	size_t d = n / 16;

	return d < 16 ? 16 : d > 64 ? 64 : (int)d;
}

/* ---- vectors, topics, stories of the recent articles ---- */

struct recent {
	struct arena arena;
	struct item_list items;
	size_t n;
	int64_t *at;
	int *feed, *language; /* (n) 0..feeds-1, 0..LANGUAGES_MOST-1 */
	int feeds;
	struct csr rows;
	float *vec;          /* (n x d) by LSA */
	int d;
	float *words;        /* (n x centre.d) centred, unit length or zero */
	struct centre centre;
	int *topic;          /* (n) */
	int k;
	int64_t terms;       /* version of the terms that all this is computed from (WORDS_BLOB) */
	int64_t *story;      /* (n) index of the first telling */
	double *coverage;
	int *feeds_telling;
};

static enum err load_recent(struct app *app, struct recent *r, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct map feeds = MAP_INIT, languages = MAP_INIT;
	int64_t *ids;
	enum err e;

	q.limit = RECENT_MOST;
	e = articles_list(&app->store, &q, &r->arena, &r->items, info);
	if (e != OK)
		return e;
	r->n = r->items.n;
	ids = arena_zero(&r->arena, r->n + 1, sizeof *ids);
	r->at = arena_zero(&r->arena, r->n + 1, sizeof *r->at);
	r->feed = arena_zero(&r->arena, r->n + 1, sizeof *r->feed);
	r->language = arena_zero(&r->arena, r->n + 1, sizeof *r->language);
	for (size_t i = 0; i < r->n; i++) {
		ids[i] = r->items.item[i].id;
		r->at[i] = item_time(&r->items.item[i]);
		const char *language = r->items.item[i].language ? r->items.item[i].language : "";

		r->language[i] = (int)*map_at(&languages, language, strcspn(language, "-_"), (int64_t)languages.n, NULL);
		if (r->language[i] >= LANGUAGES_MOST)
			r->language[i] = LANGUAGES_MOST - 1;
		r->feed[i] = (int)*map_at(&feeds, (const char *)&r->items.item[i].feed_id, sizeof(int64_t), (int64_t)feeds.n, NULL);
	}
	r->feeds = (int)feeds.n;
	map_clear(&feeds);
	map_clear(&languages);
	return load_rows(&app->store, ids, r->n, &r->rows, info);
}

static void find_centre(struct recent *r, const bool *found)
{
	size_t d = (size_t)r->centre.d, known = 0;
	double *sum = mem_zero(d + 1, sizeof *sum);
	float *mean = arena_zero(&r->arena, d + 1, sizeof *mean);

	for (size_t i = 0; i < r->n; i++) {
		known += found[i];
		for (size_t k = 0; k < d && found[i]; k++)
			sum[k] += (double)r->words[i * d + k];
	}
	for (size_t k = 0; k < d && known; k++)
		mean[k] = (float)(sum[k] / (double)known);
	r->centre.mean = mean;
	free(sum);
}

/* Word vectors, and the centre anew: it is the mean of what is recent, as articles come and go. */
static enum err load_words(struct app *app, struct recent *r, struct err_info *info)
{
	bool *found = arena_zero(&r->arena, r->n + 1, sizeof *found);
	enum err e = centre_load(&app->store, &r->arena, &r->centre, info);
	size_t d = (size_t)r->centre.d;

	r->words = arena_zero(&r->arena, r->n * d + 1, sizeof *r->words);
	if (e != OK || !d)
		return e;
	for (size_t i = 0; i < r->n && e == OK; i++)
		e = wordvecs_get(&app->store, r->items.item[i].id, r->centre.d, r->words + i * d, &found[i], info);
	if (e != OK)
		return e;
	find_centre(r, found);
	for (size_t i = 0; i < r->n; i++)
		if (found[i])
			vectors_centre(r->words + i * d, r->centre.mean, d, r->words + i * d);
	return OK;
}

/* Rows as LSA wants them: terms that a single article has are left out, because they join nothing; with `feeds`, each row gets a column of its feed, so that what a
 * feed is about joins in. Unit length again. */
static void lsa_rows(const struct recent *r, bool feeds, struct csr *out)
{
	const struct csr *m = &r->rows;
	uint32_t *df = mem_zero(m->cols + 1, sizeof *df), *col = mem_zero(m->cols + 1, sizeof *col);
	float *val = mem_zero(m->cols + 1, sizeof *val);

	for (size_t k = 0; k < m->ptr[m->rows]; k++)
		df[m->col[k]]++;
	for (size_t i = 0; i < m->rows; i++) {
		double squares = 0, scale;
		size_t n = 0;

		for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++)
			if (df[m->col[k]] > 1) {
				col[n] = m->col[k];
				val[n++] = m->val[k];
				squares += (double)m->val[k] * (double)m->val[k];
			}
		scale = squares > 0 ? sqrt((feeds ? 1 - FEED_WEIGHT * FEED_WEIGHT : 1) / squares) : 0;
		for (size_t k = 0; k < n; k++)
			val[k] *= (float)scale;
		if (feeds) {
			col[n] = (uint32_t)m->cols + (uint32_t)r->feed[i];
			val[n++] = FEED_WEIGHT;
		}
		csr_add_row(out, col, val, n);
	}
	out->cols = m->cols + (feeds ? (size_t)r->feeds : 0);
	free(df);
	free(col);
	free(val);
}

/* Vectors (n x *d) of the rows. */
static float *project(struct recent *r, bool feeds, int *d)
{
	struct csr rows = CSR_INIT;
	struct lsa lsa;
	float *vec;

	lsa_rows(r, feeds, &rows);
	lsa_fit(&lsa, &rows, dimensions(r->n), SEED);
	vec = arena_zero(&r->arena, r->n * (size_t)lsa.d + 1, sizeof *vec);
	for (size_t i = 0; i < r->n && lsa.d; i++)
		lsa_fold(&lsa, &rows, i, vec + i * (size_t)lsa.d);
	*d = lsa.d;
	lsa_clear(&lsa);
	csr_clear(&rows);
	return vec;
}

/* What topics are made of, (n x *d): half likeness of words, text and feed, half being in the same language, so that articles in other languages aren't lumped together. */
static float *topic_vectors(struct recent *r, int *d)
{
	const float half = 0.70710678f;
	int text;
	float *from = project(r, true, &text), *vec;

	*d = r->centre.d + text + LANGUAGES_MOST;
	vec = arena_zero(&r->arena, r->n * (size_t)*d + 1, sizeof *vec);
	for (size_t i = 0; i < r->n; i++) {
		float *row = vec + i * (size_t)*d;

		topics_row(r->words + i * (size_t)r->centre.d, (size_t)r->centre.d, from + i * (size_t)text, (size_t)text, row);
		for (int k = 0; k < r->centre.d + text; k++)
			row[k] *= half;
		row[r->centre.d + text + r->language[i]] = half;
	}
	return vec;
}

/* Topics start where the articles were yesterday, so that a topic keeps its number while it lives. */
static enum err find_topics(struct app *app, struct recent *r, struct err_info *info)
{
	float *centroid, *vec;
	enum err e = OK;
	int d;

	r->k = r->d ? topics_count(r->n) : 0;
	r->topic = arena_zero(&r->arena, r->n + 1, sizeof *r->topic);
	for (size_t i = 0; i < r->n && e == OK; i++) {
		struct derived der;

		e = derived_get(&app->store, r->items.item[i].id, &r->arena, &der, info);
		r->topic[i] = e == OK && der.topic < r->k ? der.topic : -1;
		if (e == ERR_NOTFOUND)
			e = OK;
	}
	if (e != OK || !r->k)
		return e;
	vec = topic_vectors(r, &d);
	centroid = arena_zero(&r->arena, (size_t)r->k * (size_t)d + 1, sizeof *centroid);
	topics_fit_best(vec, r->n, (size_t)d, r->k, SEED, r->n < FEW ? TRIES : 2, r->topic, centroid);
	return OK;
}

/* Coverage is taken as of the newest article, not as of the clock: what is stored is then the same for the same articles. */
static void find_stories(struct recent *r)
{
	int64_t newest = 0;

	r->story = arena_zero(&r->arena, r->n + 1, sizeof *r->story);
	r->coverage = arena_zero(&r->arena, r->n + 1, sizeof *r->coverage);
	r->feeds_telling = arena_zero(&r->arena, r->n + 1, sizeof *r->feeds_telling);
	for (size_t i = 0; i < r->n; i++)
		newest = r->at[i] > newest ? r->at[i] : newest;
	stories_among(&r->rows, r->at, r->feed, r->story);
	stories_coverage(r->story, r->feed, r->at, r->n, newest, r->coverage, r->feeds_telling);
}

/* ---- and into the store ---- */

static const char *topic_label(struct app *app, struct arena *a, const uint32_t *term)
{
	const char *first = term[0] == UINT32_MAX ? "mixed" : terms_name(&app->store, term[0], a);

	if (term[0] == UINT32_MAX || term[1] == UINT32_MAX)
		return first;
	return arena_printf(a, "%s, %s", first, terms_name(&app->store, term[1], a));
}

static enum err put_topics(struct app *app, struct recent *r, struct err_info *info)
{
	size_t k = (size_t)r->k;
	struct topic_row *rows = arena_zero(&r->arena, k + 1, sizeof *rows);
	uint32_t *telling = arena_alloc(&r->arena, (k + 1) * TOPIC_WORDS * sizeof *telling);

	if (k)
		topics_terms(&r->rows, r->topic, r->k, TOPIC_WORDS, telling);
	for (size_t t = 0; t < k; t++)
		rows[t] = (struct topic_row){ (int)t, topic_label(app, &r->arena, telling + t * TOPIC_WORDS), 0 };
	for (size_t i = 0; i < r->n; i++)
		if (r->topic[i] >= 0 && r->topic[i] < r->k)
			rows[r->topic[i]].articles++;
	return topics_put(&app->store, rows, k, info);
}

static enum err put_articles(struct app *app, const struct recent *r, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0; i < r->n && e == OK; i++) {
		struct derived d = {
			.article = r->items.item[i].id,
			.vec = r->d ? r->vec + i * (size_t)r->d : NULL,
			.d = r->d,
			.topic = r->k ? r->topic[i] : -1,
			.story = r->items.item[r->story[i]].id,
			.feeds_telling = r->feeds_telling[i],
			.coverage = r->coverage[i],
		};

		e = derived_put(&app->store, &d, info);
	}
	return e;
}

static enum err put_shares(struct app *app, const struct recent *r, struct err_info *info)
{
	struct share_table t = SHARE_TABLE_INIT;
	enum err e;

	for (size_t i = 0; i < r->n; i++)
		shares_add(&t, r->items.item[i].feed_id, r->items.item[i].categories, r->k ? r->topic[i] : -1);
	e = shares_put(&t, &app->store, info);
	shares_clear(&t);
	return e;
}

#define SEEN_BLOB "vectorised" /* its version is that of the terms of the last run */

static enum err version_of(struct app *app, const char *blob, int64_t *version, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const void *bytes;
	size_t n;
	enum err e;

	*version = 0;
	e = blob_get(&app->store, blob, &a, version, &bytes, &n, info);
	arena_clear(&a);
	return e == ERR_NOTFOUND ? OK : e;
}

static enum err put_version(struct app *app, struct recent *r, struct err_info *info)
{
	enum err e = load_another_version(&app->store, &r->arena, &r->d, info);

	return e == OK ? blob_put(&app->store, SEEN_BLOB, r->terms, NULL, 0, info) : e;
}

static enum err put_all(struct app *app, struct recent *r, struct err_info *info)
{
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	e = put_topics(app, r, info);
	if (e == OK)
		e = put_articles(app, r, info);
	if (e == OK)
		e = put_shares(app, r, info);
	if (e == OK)
		e = centre_put(&app->store, &r->centre, info);
	if (e == OK)
		e = put_version(app, r, info);
	if (e == OK)
		return db_commit(app->store.db, info);
	db_rollback(app->store.db);
	return e;
}

/* Are there terms that no run has seen? Those that this program has just counted, or that one counted which was killed before it came to vectors. */
static enum err stale(struct app *app, int64_t *words, bool *is, struct err_info *info)
{
	int64_t seen;
	enum err e = version_of(app, WORDS_BLOB, words, info);

	if (e == OK)
		e = version_of(app, SEEN_BLOB, &seen, info);
	*is = e == OK && seen != *words;
	return e;
}

enum err app_vectorise(struct app *app, struct err_info *info)
{
	struct recent r = { 0 };
	size_t fresh;
	bool any = false;
	enum err e = words_index(app, &fresh, info);

	if (e == OK)
		e = stale(app, &r.terms, &any, info);
	if (e != OK || !any)
		return e;
	e = load_recent(app, &r, info);
	if (e == OK)
		e = load_words(app, &r, info);
	if (e == OK) {
		r.vec = project(&r, false, &r.d);
		e = find_topics(app, &r, info);
	}
	if (e == OK) {
		find_stories(&r);
		e = put_all(app, &r, info);
	}
	csr_clear(&r.rows);
	arena_clear(&r.arena);
	return e;
}
