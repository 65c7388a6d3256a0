/* whole_run - a whole run of vectorise: vectors, topics and stories of all that is recent, and vectors of what is older. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/basis.h"
#include "app/centroids.h"
#include "app/languages.h"
#include "app/load.h"
#include "app/names.h"
#include "app/older.h"
#include "app/shares.h"
#include "app/spelling.h"
#include "app/story.h"
#include "app/topics.h"
#include "app/vectorise.h"
#include "app/words.h"
#include "model/blas.h"
#include "model/stories.h"
#include "model/tellings.h"

#define SEED 20260401u
#define MOVED_LEAST 0.999f   /* cosine */

/* ---- vectors, topics, stories of the recent articles ---- */

struct recent {
	struct arena arena;
	struct item_list items;
	size_t n;
	int64_t *id, *at;
	int *feed, *language; /* (n) 0..feeds-1; of languages */
	const char **tongue; /* (n) as languages_tell */
	struct languages languages;
	int feeds;
	struct csr rows;
	struct basis basis;
	float *vec;          /* (n x d) by LSA */
	int d;
	float *words;        /* (n x centre.d) centred, unit length or zero */
	struct centre centre;
	struct topic_day day;
	int *topic;          /* (n) */
	int k;               /* one more than the highest topic */
	int64_t terms;       /* version of the terms that all this is computed from (WORDS_BLOB) */
	int64_t newest;      /* time of the newest */
	int64_t *story;      /* (n) index of the first telling */
	double *coverage;
	int *feeds_telling;
};

/* The articles' languages and feeds by number. */
static void number_articles(struct recent *r)
{
	struct map feeds = MAP_INIT;

	r->tongue = arena_zero(&r->arena, r->n + 1, sizeof *r->tongue);
	languages_tell(&r->items, r->tongue, &r->arena);
	for (size_t i = 0; i < r->n; i++) {
		const struct item *it = &r->items.item[i];

		r->id[i] = it->id;
		r->at[i] = item_time(it);
		r->newest = r->at[i] > r->newest ? r->at[i] : r->newest;
		r->feed[i] = (int)*map_at(&feeds, (const char *)&it->feed_id, sizeof it->feed_id, (int64_t)feeds.n, NULL);
		r->language[i] = languages_note(&r->languages, it, r->tongue[i]);
	}
	r->feeds = (int)feeds.n;
	map_clear(&feeds);
}

static enum err load_recent(struct app *app, struct recent *r, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	enum err e;

	q.limit = RECENT_MOST;
	e = articles_list(&app->store, &q, &r->arena, &r->items, info);
	if (e != OK)
		return e;
	r->n = r->items.n;
	r->id = arena_zero(&r->arena, r->n + 1, sizeof *r->id);
	r->at = arena_zero(&r->arena, r->n + 1, sizeof *r->at);
	r->feed = arena_zero(&r->arena, r->n + 1, sizeof *r->feed);
	r->language = arena_zero(&r->arena, r->n + 1, sizeof *r->language);
	number_articles(r);
	return load_rows(&app->store, r->id, r->n, &r->rows, info);
}

/* A mean in the making. */
struct middle { double *sum; size_t n; };

static void middle_add(struct middle *m, const float *x, size_t d)
{
	for (size_t k = 0; k < d; k++)
		m->sum[k] += (double)x[k];
	m->n++;
}

static const float *middle_of(const struct middle *m, size_t d, struct arena *a)
{
	float *mean = arena_zero(a, d + 1, sizeof *mean);

	for (size_t k = 0; k < d && m->n; k++)
		mean[k] = (float)(m->sum[k] / (double)m->n);
	return mean;
}

/* Word vectors, and the centres anew: they are the means of what is recent, as articles come and go. */
static enum err load_words(struct app *app, struct recent *r, struct err_info *info)
{
	struct wordvecs_found *found = arena_zero(&r->arena, r->n + 1, sizeof *found);
	enum err e = centre_load(&app->store, &r->arena, &r->centre, info);
	size_t d = (size_t)r->centre.d;
	struct middle words = { arena_zero(&r->arena, d + 1, sizeof(double)), 0 }, titles = { arena_zero(&r->arena, d + 1, sizeof(double)), 0 };

	r->words = arena_zero(&r->arena, r->n * d + 1, sizeof *r->words);
	for (size_t i = 0; i < r->n && e == OK && d; i++) {
		float title[VECTORS_DIMS_MOST], *x = r->words + i * d;

		e = wordvecs_get(&app->store, r->items.item[i].id, r->centre.d, x, title, &found[i], info);
		if (e == OK && found[i].words)
			middle_add(&words, x, d);
		if (e == OK && found[i].title)
			middle_add(&titles, title, d);
	}
	if (e != OK || !d)
		return e;
	r->centre.mean = middle_of(&words, d, &r->arena);
	r->centre.title = middle_of(&titles, d, &r->arena);
	for (size_t i = 0; i < r->n; i++)
		if (found[i].words)
			vectors_centre(r->words + i * d, r->centre.mean, d, r->words + i * d);
	return OK;
}

/* Rows as LSA wants them: terms that a single article has are left out, because they join nothing. Unit length again. */
static void lsa_rows(const struct csr *m, struct csr *out)
{
	uint32_t *df = mem_zero(m->cols + 1, sizeof *df);
	bool *joins = mem_zero(m->cols + 1, sizeof *joins);

	for (size_t k = 0; k < m->ptr[m->rows]; k++)
		joins[m->col[k]] = ++df[m->col[k]] > 1;
	csr_keep(m, joins, out);
	free(df);
	free(joins);
}

/* Weights move a little with every article that comes. A vector that has hardly moved stays as it was stored, so that it needn't be written again. */
static enum err keep_vectors(struct app *app, struct recent *r, struct err_info *info)
{
	struct arena scratch = ARENA_INIT;
	size_t d = (size_t)r->d;
	enum err e = OK;

	for (size_t i = 0; i < r->n && e == OK; i++) {
		struct derived old;
		float *now = r->vec + i * d;

		e = derived_get(&app->store, r->items.item[i].id, &scratch, &old, info);
		if (e == OK && old.d == r->d && blas_dot(d, now, old.vec) > MOVED_LEAST)
			memcpy(now, old.vec, d * sizeof *now);
		if (e == ERR_NOTFOUND)
			e = OK;
		arena_clear(&scratch);
	}
	return e;
}

/* Vectors (n x d) of the rows, by the basis of the store as long as it holds. */
static enum err project(struct app *app, struct recent *r, struct err_info *info)
{
	struct csr rows = CSR_INIT;
	enum err e;

	lsa_rows(&r->rows, &rows);
	e = basis_load(&app->store, &rows, r->id, lsa_dims(r->n), SEED, &r->basis, info);
	if (e == OK) {
		r->d = r->basis.lsa.d;
		r->vec = arena_zero(&r->arena, r->n * (size_t)r->d + 1, sizeof *r->vec);
		csr_clear(&rows);
		basis_rows(&r->basis.lsa, &r->rows, &rows);
		for (size_t i = 0; i < r->n && r->d; i++)
			lsa_fold(&r->basis.lsa, &rows, i, r->vec + i * (size_t)r->d);
		if (!basis_is_new(&r->basis))
			e = keep_vectors(app, r, info);
	}
	csr_clear(&rows);
	return e;
}

/* Mean vector of each feed's articles, (feeds x d). */
static float *feed_means(struct recent *r)
{
	size_t d = (size_t)r->d;
	float *mean = arena_zero(&r->arena, (size_t)r->feeds * d + 1, sizeof *mean);
	float *count = arena_zero(&r->arena, (size_t)r->feeds + 1, sizeof *count);

	for (size_t i = 0; i < r->n; i++) {
		blas_axpy(d, 1, r->vec + i * d, mean + (size_t)r->feed[i] * d);
		count[r->feed[i]]++;
	}
	for (size_t f = 0; f < (size_t)r->feeds; f++)
		for (size_t k = 0; k < d; k++)
			mean[f * d + k] /= count[f];
	return mean;
}

/* (n x *d) rows as topic_row. */
static float *topic_vectors(struct recent *r, int *d)
{
	size_t words = (size_t)r->centre.d, text = (size_t)r->d;
	float *mean = feed_means(r), *vec;

	*d = (int)topic_dims(r->centre.d, r->d);
	vec = arena_zero(&r->arena, r->n * (size_t)*d + 1, sizeof *vec);
	for (size_t i = 0; i < r->n; i++)
		topic_row(r->words + i * words, words, r->vec + i * text, text, mean + (size_t)r->feed[i] * text, r->language[i], vec + i * (size_t)*d);
	return vec;
}

/* Topics start where the articles were yesterday, so that a topic keeps its number while it lives. */
static enum err find_topics(struct app *app, struct recent *r, struct err_info *info)
{
	r->topic = arena_zero(&r->arena, r->n + 1, sizeof *r->topic);
	r->day = (struct topic_day){ .items = &r->items, .rows = &r->rows, .language = r->tongue, .afresh = basis_is_new(&r->basis) };
	if (r->d)
		r->day.vec = topic_vectors(r, &r->day.d);
	return topics_follow(&app->store, &r->day, r->topic, &r->k, info);
}

/* language [out] (n), -1 unknown. Returns whether there are two that are known. */
static bool known_languages(const struct recent *r, int *language)
{
	int one = -1;
	bool two = false;

	for (size_t i = 0; i < r->n; i++) {
		language[i] = languages_known(&r->languages, r->language[i]);
		two = two || (one >= 0 && language[i] >= 0 && language[i] != one);
		one = language[i] >= 0 ? language[i] : one;
	}
	return two;
}

static enum err group_stories(struct app *app, struct recent *r, struct err_info *info)
{
	int *language = arena_zero(&r->arena, r->n + 1, sizeof *language);
	struct csr spelt = CSR_INIT;
	struct names names;
	struct story_corpus c = { .m = &r->rows, .at = r->at, .feed = r->feed, .language = language, .name = names_shared, .user = &names };
	enum err e = names_init(&names, &app->store, r->id, r->n, info);

	if (e == OK && known_languages(r, language)) {
		e = spelling_rows(&app->store, &r->rows, &spelt, info);
		c.spelt = &spelt;
	}
	if (e == OK)
		stories_group(&c, r->story);
	csr_clear(&spelt);
	names_clear(&names);
	return e;
}

/* Coverage is taken as of the newest article, not as of the clock: what is stored is then the same for the same articles. Copies count once. */
static enum err find_stories(struct app *app, struct recent *r, struct err_info *info)
{
	uint64_t *hash = arena_zero(&r->arena, r->n + 1, sizeof *hash);
	int *voice = arena_zero(&r->arena, r->n + 1, sizeof *voice);
	enum err e;

	r->story = arena_zero(&r->arena, r->n + 1, sizeof *r->story);
	r->coverage = arena_zero(&r->arena, r->n + 1, sizeof *r->coverage);
	r->feeds_telling = arena_zero(&r->arena, r->n + 1, sizeof *r->feeds_telling);
	e = group_stories(app, r, info);
	if (e == OK)
		e = story_hashes(&app->store, r->id, r->story, r->n, hash, info);
	if (e != OK)
		return e;
	tellings_voices(r->story, r->feed, r->at, hash, r->n, voice);
	stories_coverage(r->story, voice, r->at, r->n, r->newest, r->coverage, r->feeds_telling);
	return OK;
}

/* ---- and into the store ---- */

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
		shares_add(&t, &r->items.item[i], r->k ? r->topic[i] : -1);
	e = shares_put(&t, &app->store, info);
	shares_clear(&t);
	return e;
}

/* What the runs after this one build on. */
static enum err put_ground(struct app *app, const struct recent *r, struct err_info *info)
{
	enum err e = centre_put(&app->store, &r->centre, info);

	if (e == OK)
		e = languages_put(&r->languages, &app->store, info);
	if (e == OK)
		e = centroids_put(&app->store, r->day.vec, r->n, r->day.d, r->topic, r->k, info);
	return e;
}

static enum err put_run(struct app *app, struct recent *r, struct err_info *info)
{
	struct last_run run = {
		.terms = r->terms, .articles = (int64_t)r->n, .at = app_now(app), .since = r->n < RECENT_MOST ? INT64_MIN : r->at[r->n - 1],
		.reference = r->newest, .newest = r->newest,
	};
	enum err e = load_another_version(&app->store, &r->arena, &r->d, info);

	if (e == OK)
		e = words_taken(&app->store, r->terms, info);
	return e == OK ? run_put(&app->store, &run, info) : e;
}

static enum err put_all(struct app *app, struct recent *r, struct err_info *info)
{
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	e = basis_put(&r->basis, &app->store, info);
	if (e == OK)
		e = topics_keep(&app->store, &r->day, r->topic, r->k, info);
	if (e == OK)
		e = put_articles(app, r, info);
	if (e == OK)
		e = put_shares(app, r, info);
	if (e == OK)
		e = put_ground(app, r, info);
	if (e == OK)
		e = put_run(app, r, info);
	return db_end(app->store.db, e, info);
}

static enum err find_all(struct app *app, struct recent *r, struct err_info *info)
{
	enum err e = load_recent(app, r, info);

	if (e == OK)
		e = load_words(app, r, info);
	if (e == OK)
		e = project(app, r, info);
	if (e == OK)
		e = find_topics(app, r, info);
	return e == OK ? find_stories(app, r, info) : e;
}

/* All is read at one moment (as in newcomers.c). */
enum err vectorise_whole(struct app *app, int64_t terms, struct err_info *info)
{
	struct recent r = { .terms = terms, .languages = LANGUAGES_INIT };
	enum err e = db_begin_read(app->store.db, info);

	if (e == OK)
		e = db_end(app->store.db, find_all(app, &r, info), info);
	if (e == OK)
		e = put_all(app, &r, info);
	if (e == OK)
		e = older_vectors(app, &r.basis.lsa, info);
	basis_clear(&r.basis);
	languages_clear(&r.languages);
	csr_clear(&r.rows);
	arena_clear(&r.arena);
	return e;
}
