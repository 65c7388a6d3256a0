/* vectorise - what the ranking knows about articles: terms, then vectors, topics and stories over all that is recent. */
#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/load.h"
#include "app/refresh.h"
#include "app/shares.h"
#include "base/map.h"
#include "feeds/html.h"
#include "model/lsa.h"
#include "model/stories.h"
#include "model/topics.h"
#include "text/lang.h"
#include "text/terms.h"

#define TITLE_WEIGHT 2.0f
#define CATEGORY_WEIGHT 1.0f
#define RECENT_MOST 20000  /* articles that vectors, topics and stories are computed over */
#define DIMENSIONS 64
#define SEED 20260401u
#define TOPIC_WORDS 2

/* ---- terms of one article ---- */

struct tally {
	struct map by_term;       /* -> index into count */
	struct term_count *count;
	size_t n, cap;
	struct arena words;
	float weight;             /* of what is being counted */
	double length;
};

static void count_term(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct tally *t = user;
	bool added;
	int64_t i = *map_at(&t->by_term, term, n, (int64_t)t->n, &added);

	if (added) {
		MEM_GROW(t->count, t->n, t->cap);
		t->count[t->n++] = (struct term_count){ arena_strndup(&t->words, term, n), n, arena_strndup(&t->words, surface, surface_n), surface_n, 0 };
	}
	t->count[i].tf += t->weight;
	t->length += t->weight;
}

static void tally_clear(struct tally *t)
{
	map_clear(&t->by_term);
	free(t->count);
	arena_clear(&t->words);
	*t = (struct tally){ 0 };
}

static void count_item(struct terms *terms, const struct item *it, struct tally *t)
{
	struct buf text = BUF_INIT;
	const char *title = it->title ? it->title : "", *cats = it->categories ? it->categories : "", *body = body_of_item(it), *lang;

	html_text(&text, body, strlen(body));
	buf_puts(&text, "\n");
	buf_puts(&text, title);
	lang = lang_detect(buf_str(&text), text.len, it->language);
	buf_cut(&text, text.len - strlen(title));
	t->weight = 1;
	terms_each(terms, buf_str(&text), text.len, lang, count_term, t);
	t->weight = TITLE_WEIGHT;
	terms_each(terms, title, strlen(title), lang, count_term, t);
	t->weight = CATEGORY_WEIGHT;
	terms_each(terms, cats, strlen(cats), lang, count_term, t);
	buf_clear(&text);
}

static enum err index_article(struct app *app, struct terms *terms, int64_t id, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct tally t = { 0 };
	struct item it;
	enum err e = articles_get(&app->store, id, &a, &it, info);

	if (e == OK) {
		count_item(terms, &it, &t);
		e = terms_put(&app->store, id, t.count, t.n, t.length, info);
	}
	tally_clear(&t);
	arena_clear(&a);
	return e;
}

#define TERMS_BATCH 500 /* articles in one transaction */

static enum err index_batch(struct app *app, struct terms *terms, size_t *done, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids = { 0 };
	enum err e = terms_pending(&app->store, TERMS_BATCH, &a, &ids, info);

	if (e == OK && ids.n)
		e = db_begin(app->store.db, info);
	for (size_t i = 0; i < ids.n && e == OK; i++)
		e = index_article(app, terms, ids.id[i], info);
	if (ids.n && e == OK)
		e = db_commit(app->store.db, info);
	else if (ids.n)
		db_rollback(app->store.db);
	*done = ids.n;
	arena_clear(&a);
	return e;
}

/* Terms of whatever has none yet; *total articles were new. */
static enum err index_terms(struct app *app, size_t *total, struct err_info *info)
{
	struct terms *terms;
	size_t done = 1;
	enum err e = terms_new(&terms, info);

	*total = 0;
	if (e != OK)
		return e;
	while (e == OK && done) {
		e = index_batch(app, terms, &done, info);
		*total += done;
	}
	terms_free(terms);
	return e;
}

/* ---- vectors, topics, stories of the recent articles ---- */

struct recent {
	struct arena arena;
	struct item_list items;
	size_t n;
	int64_t *at;
	int *feed;
	struct csr rows;
	float *vec;          /* (n x d) */
	int d;
	int *topic;          /* (n) */
	int k;
	int64_t *story;      /* (n) index of the first telling */
	double *coverage;
	int *feeds_telling;
};

static enum err load_recent(struct app *app, struct recent *r, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
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
	for (size_t i = 0; i < r->n; i++) {
		ids[i] = r->items.item[i].id;
		r->at[i] = item_time(&r->items.item[i]);
		r->feed[i] = (int)r->items.item[i].feed_id;
	}
	return load_rows(&app->store, ids, r->n, &r->rows, info);
}

static void find_vectors(struct recent *r)
{
	struct lsa lsa;

	lsa_fit(&lsa, &r->rows, DIMENSIONS, SEED);
	r->d = lsa.d;
	r->vec = arena_zero(&r->arena, r->n * (size_t)lsa.d + 1, sizeof *r->vec);
	for (size_t i = 0; i < r->n && lsa.d; i++)
		lsa_fold(&lsa, &r->rows, i, r->vec + i * (size_t)lsa.d);
	lsa_clear(&lsa);
}

/* Topics start where the articles were yesterday, so that a topic keeps its number while it lives. */
static enum err find_topics(struct app *app, struct recent *r, struct err_info *info)
{
	float *centroid;
	size_t old = 0;
	struct topic_row *rows;
	enum err e = topics_load(&app->store, &r->arena, &rows, &old, info);

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
	centroid = arena_zero(&r->arena, (size_t)r->k * (size_t)r->d, sizeof *centroid);
	topics_fit(r->vec, r->n, (size_t)r->d, r->k, SEED, r->topic, centroid);
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
	stories_find(&r->rows, r->at, r->story);
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

static enum err put_version(struct app *app, struct recent *r, struct err_info *info)
{
	int64_t version = 0;
	const void *old;
	size_t n;
	int32_t d = r->d;
	enum err e = blob_get(&app->store, DERIVED_BLOB, &r->arena, &version, &old, &n, info);

	if (e != OK && e != ERR_NOTFOUND)
		return e;
	return blob_put(&app->store, DERIVED_BLOB, version + 1, &d, sizeof d, info);
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
		e = put_version(app, r, info);
	if (e == OK)
		return db_commit(app->store.db, info);
	db_rollback(app->store.db);
	return e;
}

enum err app_vectorise(struct app *app, struct err_info *info)
{
	struct recent r = { 0 };
	size_t fresh;
	enum err e = index_terms(app, &fresh, info);

	if (e != OK || !fresh)
		return e;
	e = load_recent(app, &r, info);
	if (e == OK) {
		find_vectors(&r);
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
