/* newcomers - a run of vectorise over the few articles that came or changed since the last whole run, by what that left. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/basis.h"
#include "app/centroids.h"
#include "app/languages.h"
#include "app/load.h"
#include "app/retell.h"
#include "app/shares.h"
#include "app/topics.h"
#include "app/vectorise.h"
#include "model/blas.h"
#include "model/lineage.h"
#include "model/stories.h"

struct newcomers {
	struct arena arena;
	const struct last_run *run;
	struct item_list items;   /* ascending by number */
	size_t n;
	int64_t *id, *at;         /* (n) */
	int64_t newest;           /* time of the newest article of all */
	struct term_stats stats;
	struct basis basis;
	struct centre centre;
	struct centroids centroids;
	struct languages languages;
	float *words, *vec;       /* (n x centre.d), (n x d) as in a whole run */
	int *language, *topic;    /* (n) */
	struct derived *before;   /* (n) what the store has; article 0: nothing, it is new */
	struct retold_list retold;
};

/* ---- loading ---- */

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Those of the list that are there, once each. */
static enum err load_articles(struct app *app, struct newcomers *c, const struct words_fresh *fresh, struct err_info *info)
{
	int64_t *id = arena_alloc(&c->arena, (fresh->n + 1) * sizeof *id);
	size_t n = 0;
	enum err e;

	memcpy(id, fresh->id, fresh->n * sizeof *id);
	qsort(id, fresh->n, sizeof *id, compare);
	for (size_t i = 0; i < fresh->n; i++)
		if (!n || id[i] != id[n - 1])
			id[n++] = id[i];
	e = articles_brief(&app->store, id, n, &c->arena, &c->items, info);
	if (e != OK)
		return e;
	c->n = c->items.n;
	c->id = id;
	c->at = arena_alloc(&c->arena, (c->n + 1) * sizeof *c->at);
	c->newest = c->run->newest;
	for (size_t i = 0; i < c->n; i++) {
		c->id[i] = c->items.item[i].id;
		c->at[i] = item_time(&c->items.item[i]);
		c->newest = c->at[i] > c->newest ? c->at[i] : c->newest;
	}
	return OK;
}

static enum err load_before(struct app *app, struct newcomers *c, struct err_info *info)
{
	enum err e = OK;

	c->before = arena_zero(&c->arena, c->n + 1, sizeof *c->before);
	c->language = arena_zero(&c->arena, c->n + 1, sizeof *c->language);
	for (size_t i = 0; i < c->n && e == OK; i++) {
		const struct item *it = &c->items.item[i];

		c->before[i] = (struct derived){ .topic = -1, .story = it->id };
		e = derived_get(&app->store, it->id, &c->arena, &c->before[i], info);
		if (e == OK || e == ERR_NOTFOUND)
			e = languages_of(&c->languages, &app->store, it->feed_id, it->language, &c->language[i], info);
	}
	return e;
}

/* What the last whole run left. ground [out] false: there is nothing of it that fits. */
static enum err load_ground(struct app *app, struct newcomers *c, bool *ground, struct err_info *info)
{
	enum err e = basis_stored(&app->store, &c->basis, info);

	if (e == OK)
		e = centroids_load(&app->store, &c->arena, &c->centroids, info);
	if (e == OK)
		e = languages_load(&c->languages, &app->store, info);
	if (e == OK)
		e = centre_load(&app->store, &c->arena, &c->centre, info);
	*ground = e == OK && c->basis.lsa.d > 0 && (size_t)c->centroids.d == topic_dims(c->centre.d, c->basis.lsa.d);
	return e == ERR_NOTFOUND || e == ERR_CORRUPT ? OK : e;
}

/* ---- vectors ---- */

/* strange [out] the basis can't say anything of too many of them. */
static enum err find_vectors(struct app *app, struct newcomers *c, bool *strange, struct err_info *info)
{
	struct csr all = CSR_INIT, rows = CSR_INIT;
	size_t d = (size_t)c->basis.lsa.d;
	enum err e = terms_df(&app->store, &c->arena, &c->stats, info);

	if (e == OK)
		e = load_rows_by(&app->store, &c->stats, c->id, c->n, &all, info);
	if (e != OK)
		return e;
	*strange = basis_strange(&c->basis, &all);
	basis_rows(&c->basis.lsa, &all, &rows);
	c->vec = arena_zero(&c->arena, c->n * d + 1, sizeof *c->vec);
	for (size_t i = 0; i < c->n; i++)
		lsa_fold(&c->basis.lsa, &rows, i, c->vec + i * d);
	csr_clear(&all);
	csr_clear(&rows);
	return OK;
}

static enum err find_words(struct app *app, struct newcomers *c, struct err_info *info)
{
	size_t d = (size_t)c->centre.d;
	enum err e = OK;

	c->words = arena_zero(&c->arena, c->n * d + 1, sizeof *c->words);
	for (size_t i = 0; i < c->n && e == OK && d; i++) {
		struct wordvecs_found found;
		float *x = c->words + i * d;

		e = wordvecs_get(&app->store, c->id[i], c->centre.d, x, NULL, &found, info);
		if (e == OK && found.words)
			vectors_centre(x, c->centre.mean, d, x);
	}
	return e;
}

/* ---- topics ---- */

struct feed_mean {
	const struct newcomers *c;
	float *sum; /* (d) */
	float count;
};

static void add_vector(void *user, int64_t article, const float *vec)
{
	struct feed_mean *m = user;

	if (bsearch(&article, m->c->id, m->c->n, sizeof article, compare)) /* as it was before */
		return;
	blas_axpy((size_t)m->c->basis.lsa.d, 1, vec, m->sum);
	m->count++;
}

/* Mean (d) of the vectors of a feed's recent articles: those in the store, and the newcomers. */
static enum err find_mean(struct app *app, struct newcomers *c, int64_t feed, float *mean, struct err_info *info)
{
	struct feed_mean m = { c, mean, 0 };
	size_t d = (size_t)c->basis.lsa.d;
	enum err e = derived_of_feed(&app->store, feed, c->run->since, (int)d, add_vector, &m, info);

	for (size_t i = 0; i < c->n; i++)
		if (c->items.item[i].feed_id == feed && c->at[i] >= c->run->since) {
			blas_axpy(d, 1, c->vec + i * d, mean);
			m.count++;
		}
	for (size_t k = 0; k < d && m.count > 0; k++)
		mean[k] /= m.count;
	return e;
}

/* mean (n x d) of each feed of the newcomers, feed [out] (n) which of them is an article's. */
static enum err find_means(struct app *app, struct newcomers *c, float *mean, size_t *feed, struct err_info *info)
{
	size_t d = (size_t)c->basis.lsa.d;
	struct map number = MAP_INIT;
	enum err e = OK;

	for (size_t i = 0; i < c->n && e == OK; i++) {
		int64_t id = c->items.item[i].feed_id;
		bool added;

		feed[i] = (size_t)*map_at(&number, (const char *)&id, sizeof id, (int64_t)number.n, &added);
		if (added)
			e = find_mean(app, c, id, mean + feed[i] * d, info);
	}
	map_clear(&number);
	return e;
}

/* An article that is older than all that the last whole run saw stays as it is. */
static enum err find_topics(struct app *app, struct newcomers *c, struct err_info *info)
{
	size_t d = (size_t)c->basis.lsa.d, words = (size_t)c->centre.d, *feed = arena_zero(&c->arena, c->n + 1, sizeof *feed);
	float *mean = arena_zero(&c->arena, c->n * d + 1, sizeof *mean), *row = arena_zero(&c->arena, (size_t)c->centroids.d, sizeof *row);
	enum err e = find_means(app, c, mean, feed, info);

	c->topic = arena_zero(&c->arena, c->n + 1, sizeof *c->topic);
	for (size_t i = 0; i < c->n && e == OK; i++) {
		c->topic[i] = c->before[i].topic;
		if (c->at[i] < c->run->since)
			continue;
		topic_row(c->words + i * words, words, c->vec + i * d, d, mean + feed[i] * d, c->language[i], row);
		c->topic[i] = centroids_nearest(&c->centroids, row, c->before[i].topic);
	}
	return e;
}

/* ---- stories ---- */

/* Those of the last 72 hours are looked at, with what was there 72 hours before them. */
static enum err find_stories(struct app *app, struct newcomers *c, struct err_info *info)
{
	struct retelling r = { &app->store, &c->languages, c->run, &c->stats, c->id, c->n, INT64_MAX, c->newest };

	for (size_t i = 0; i < c->n; i++)
		if (c->at[i] >= c->newest - STORY_WINDOW && c->at[i] - STORY_WINDOW < r.from)
			r.from = c->at[i] - STORY_WINDOW;
	return r.from == INT64_MAX ? OK : retell_stories(&r, &c->arena, &c->retold, info);
}

/* ---- and into the store ---- */

static const struct retold *retold_of(const struct newcomers *c, int64_t article)
{
	for (size_t lo = 0, hi = c->retold.n; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->retold.one[mid].article == article)
			return &c->retold.one[mid];
		if (c->retold.one[mid].article < article)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* One that came too late for any story, or changed then, is told as before; by its own feed alone if it is new. */
static struct derived derived_now(const struct newcomers *c, size_t i)
{
	const struct retold *t = retold_of(c, c->id[i]);
	struct derived d = c->before[i];
	struct last_run now = *c->run;

	if (t) {
		d.story = t->story;
		d.feeds_telling = t->feeds_telling;
		d.coverage = t->coverage;
	} else if (!d.article) {
		now.newest = c->newest;
		d.feeds_telling = 1;
		d.coverage = run_stored(&now, stories_fade(M_LN2, (double)c->newest - (double)c->at[i]));
	}
	d.article = c->id[i];
	d.topic = c->topic[i];
	d.d = c->basis.lsa.d;
	d.vec = c->vec + i * (size_t)d.d;
	return d;
}

static enum err put_articles(struct app *app, const struct newcomers *c, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0; i < c->n && e == OK; i++) {
		struct derived d = derived_now(c, i);

		e = derived_put(&app->store, &d, info);
	}
	for (size_t i = 0; i < c->retold.n && e == OK; i++) {
		const struct retold *t = &c->retold.one[i];

		if (!bsearch(&t->article, c->id, c->n, sizeof *c->id, compare))
			e = derived_retell(&app->store, t->article, t->story, t->feeds_telling, t->coverage, info);
	}
	return e;
}

/* Of articles that changed, what they were before isn't known any more: the next whole run counts them. */
static enum err put_shares(struct app *app, const struct newcomers *c, struct err_info *info)
{
	struct share_table t = SHARE_TABLE_INIT;
	enum err e = shares_load(&t, &app->store, info);

	if (e == ERR_NOTFOUND)
		return OK;
	for (size_t i = 0; i < c->n && e == OK; i++)
		if (!c->before[i].article && c->at[i] >= c->run->since)
			shares_add(&t, &c->items.item[i], c->topic[i]);
	if (e == OK)
		e = shares_put(&t, &app->store, info);
	shares_clear(&t);
	return e;
}

/* How many articles each topic has; their names stay. */
static enum err put_topics(struct app *app, struct newcomers *c, struct err_info *info)
{
	struct topic_row *row;
	size_t n;
	enum err e = topics_load(&app->store, &c->arena, &row, &n, info);

	for (size_t i = 0; i < c->n && e == OK; i++)
		for (size_t t = 0; t < n; t++)
			row[t].articles += (row[t].id == c->topic[i]) - (row[t].id == c->before[i].topic);
	return e == OK ? topics_put(&app->store, row, n, info) : e;
}

static enum err put_run(struct app *app, struct newcomers *c, int64_t terms, struct err_info *info)
{
	struct last_run now = *c->run;
	enum err e = load_another_version(&app->store, &c->arena, NULL, info);

	now.terms = terms;
	now.newest = c->newest;
	now.added += (int64_t)c->n;
	if (e == OK)
		e = words_taken(&app->store, terms, info);
	return e == OK ? run_put(&app->store, &now, info) : e;
}

static enum err put_all(struct app *app, struct newcomers *c, int64_t terms, struct err_info *info)
{
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	e = put_articles(app, c, info);
	if (e == OK)
		e = put_shares(app, c, info);
	if (e == OK)
		e = put_topics(app, c, info);
	if (e == OK)
		e = put_run(app, c, terms, info);
	return db_end(app->store.db, e, info);
}

/* ---- the whole ---- */

/* fits [out] false: what the last whole run left has too little to do with these articles. */
static enum err load(struct app *app, struct newcomers *c, const struct words_fresh *fresh, bool *fits, struct err_info *info)
{
	bool ground = false, strange = false;
	enum err e = load_articles(app, c, fresh, info);

	if (e == OK)
		e = load_ground(app, c, &ground, info);
	*fits = e == OK && ground && c->newest - c->run->reference <= STORY_WINDOW;
	if (*fits)
		e = load_before(app, c, info);
	if (e == OK && *fits)
		e = find_vectors(app, c, &strange, info);
	*fits = *fits && !strange;
	return e;
}

static enum err find_all(struct app *app, struct newcomers *c, const struct words_fresh *fresh, bool *fits, struct err_info *info)
{
	enum err e = load(app, c, fresh, fits, info);

	if (e == OK && *fits)
		e = find_words(app, c, info);
	if (e == OK && *fits)
		e = find_topics(app, c, info);
	if (e == OK && *fits)
		e = find_stories(app, c, info);
	return e;
}

/* All is read at one moment: thousands of short looks at the store would each ask the system whether anybody has written meanwhile. */
enum err vectorise_newcomers(struct app *app, const struct last_run *run, const struct words_fresh *fresh, bool *done, struct err_info *info)
{
	struct newcomers c = { .run = run, .languages = LANGUAGES_INIT };
	bool fits = false;
	enum err e = db_begin_read(app->store.db, info);

	if (e == OK)
		e = db_end(app->store.db, find_all(app, &c, fresh, &fits, info), info);
	if (e == OK && fits)
		e = put_all(app, &c, fresh->version, info);
	*done = e == OK && fits;
	basis_clear(&c.basis);
	languages_clear(&c.languages);
	arena_clear(&c.arena);
	return e;
}

bool newcomers_few(const struct last_run *run, const struct words_fresh *fresh, int64_t now)
{
	return run->articles > 0 && !fresh->many && fresh->n && now >= run->at && now - run->at < NEWCOMERS_SECONDS &&
	       (double)(run->added + (int64_t)fresh->n) <= NEWCOMERS_SHARE * (double)run->articles;
}
