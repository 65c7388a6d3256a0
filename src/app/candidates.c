/* candidates - what may stand on the page: all that is unread of the last days, or, where that is more than is scored in full, the best of it by what can be told from a few hundred
 * bytes an article (rank/recall.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"

size_t candidates_most(const struct app *app)
{
	return app->scored_most ? app->scored_most : CANDIDATES_MOST;
}

static int64_t since(const struct ranker *r)
{
	return app_now(r->app) - (int64_t)r->app->config.page_days * DATE_DAY;
}

enum err candidates_find(struct ranker *r, struct id_list *out, struct err_info *info)
{
	size_t two = 2 * (size_t)r->app->config.page_size;
	enum err e = articles_candidates(&r->app->store, since(r), candidates_most(r->app) + 1, &r->arena, out, info);

	if (e == OK && out->n < two)
		e = articles_candidates(&r->app->store, 0, two, &r->arena, out, info);
	return e;
}

void candidates_keep(struct ranker *r, const struct id_list *ids)
{
	r->candidate = mem_resize(r->candidate, ids->n + 1, sizeof *r->candidate);
	r->score = mem_resize(r->score, ids->n + 1, sizeof *r->score);
	r->n_candidates = 0;
	for (size_t i = 0; i < ids->n; i++) {
		int64_t doc = corpus_find(&r->loaded.corpus, ids->id[i]);

		if (doc >= 0)
			r->candidate[r->n_candidates++] = (size_t)doc;
	}
	r->scored_events = -1;
}

void candidates_clear(struct ranker *r)
{
	recall_clear(&r->pre.recall);
	free(r->pre.feed_id);
	free(r->candidate);
	free(r->score);
	r->pre = (struct preselection){ .used = false };
	r->candidate = NULL;
	r->score = NULL;
	r->n_candidates = 0;
}

/* ---- all that is unread, as numbers ---- */

static void take_facts(void *user, size_t i, int topic, int telling, double coverage)
{
	struct recall *r = user;

	r->topic[i] = (int16_t)(topic >= 0 && (size_t)topic < r->topics ? topic : -1);
	r->telling[i] = (uint16_t)(telling < 1 ? 1 : telling > UINT16_MAX ? UINT16_MAX : telling);
	r->coverage[i] = (float)coverage;
}

static void take_vector(void *user, size_t i, enum unread_vector which, float scale, const signed char *x, int d)
{
	static const enum corpus_side side[] = { [UNREAD_WORDS] = SIDE_WORDS, [UNREAD_TITLE] = SIDE_TITLE, [UNREAD_LSA] = SIDE_LSA };

	recall_vector(user, i, side[which], scale, x, d);
}

/* Feeds get numbers in the order in which they are met. number [out] (n) of each article's; pre->feed_id is what they stand for. */
static size_t number_feeds(struct preselection *pre, const struct unread_list *l, uint32_t *number)
{
	struct map seen = MAP_INIT;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < l->n; i++) {
		bool added;

		number[i] = (uint32_t)*map_at(&seen, (const char *)&l->one[i].feed, sizeof l->one[i].feed, (int64_t)n, &added);
		if (!added)
			continue;
		MEM_GROW(pre->feed_id, n, cap);
		pre->feed_id[n++] = l->one[i].feed;
	}
	map_clear(&seen);
	return n;
}

static void init_recall(struct ranker *r, const struct unread_list *l)
{
	const struct corpus *c = &r->loaded.corpus;
	const int d[SIDE_COUNT] = { c->side[SIDE_WORDS].d, c->side[SIDE_TITLE].d, c->side[SIDE_LSA].d };
	const float *const mean[SIDE_COUNT] = { r->loaded.centre.mean, r->loaded.centre.title, NULL };
	uint32_t *feed = mem_zero(l->n + 1, sizeof *feed);
	struct recall *all = &r->pre.recall;

	recall_init(all, l->n, number_feeds(&r->pre, l, feed), (size_t)c->values[FACET_TOPIC], d, mean);
	for (size_t i = 0; i < l->n; i++) {
		all->id[i] = l->one[i].id;
		all->at[i] = l->one[i].at;
		all->feed[i] = feed[i];
		all->telling[i] = 1;
	}
	free(feed);
}

static enum err load_recall(struct ranker *r, struct err_info *info)
{
	struct unread_list l = { 0 };
	struct store *st = &r->app->store;
	enum err e = unread_load(st, since(r), &l, info);

	if (e != OK)
		return e;
	init_recall(r, &l);
	e = unread_facts(st, &l, take_facts, &r->pre.recall, info);
	for (size_t i = 0; e == OK && i < l.n; i++)
		r->pre.recall.coverage[i] = (float)run_coverage(&r->loaded.run, (double)r->pre.recall.coverage[i]);
	if (e == OK)
		e = unread_vectors(st, &l, take_vector, &r->pre.recall, info);
	if (e == OK)
		e = store_changed(st, &r->pre.version, info);
	if (e == OK)
		recall_ready(&r->pre.recall, candidates_most(r->app));
	unread_clear(&l);
	return e;
}

/* ---- the choice ---- */

/* The corpus' number of each feed (recall.feeds), -1 where it has none of it. */
static int *feeds_here(const struct ranker *r)
{
	const struct map *number = &r->loaded.number[FACET_FEED];
	int *of = mem_zero(r->pre.recall.feeds + 1, sizeof *of);

	for (size_t f = 0; f < r->pre.recall.feeds; f++)
		of[f] = (int)map_get(number, (const char *)&r->pre.feed_id[f], sizeof r->pre.feed_id[f], -1);
	return of;
}

/* The index of an article, recall.n where it isn't there: they stand by their ids. */
static size_t index_of(const struct recall *r, int64_t id)
{
	size_t from = 0, to = r->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (r->id[mid] < id)
			from = mid + 1;
		else
			to = mid;
	}
	return from < r->n && r->id[from] == id ? from : r->n;
}

/* Which of them were read meanwhile: read (recall.n) on the heap. */
static bool *read_meanwhile(const struct ranker *r)
{
	const struct item_list *l = &r->loaded.items;
	bool *read = mem_zero(r->pre.recall.n + 1, sizeof *read);

	for (size_t i = 0; i < l->n; i++)
		if (l->item[i].read)
			read[index_of(&r->pre.recall, l->item[i].id)] = true;
	return read;
}

/* They make room for others. */
static void last_if_read(const struct ranker *r, float *score)
{
	bool *read = read_meanwhile(r);

	for (size_t i = 0; i < r->pre.recall.n; i++)
		score[i] = read[i] ? -INFINITY : score[i];
	free(read);
}

struct placed { int64_t at, id; };

static int newest_first(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

/* In the order of candidates_find. id [out] (recall.most). Returns how many. */
static size_t choose_ids(struct ranker *r, int64_t *id)
{
	const struct recall *all = &r->pre.recall;
	float *score = mem_zero(all->n + 1, sizeof *score);
	uint32_t *chosen = mem_zero(all->n + 1, sizeof *chosen);
	struct placed *order;
	struct recall_query q;
	int *feed_of = feeds_here(r);
	size_t n;

	recall_query_make(&q, all, &r->profile, feed_of, app_now(r->app));
	recall_score(all, &q, score);
	last_if_read(r, score);
	n = recall_choose(all, score, chosen);
	order = mem_zero(n + 1, sizeof *order);
	for (size_t i = 0; i < n; i++)
		order[i] = (struct placed){ all->at[chosen[i]], all->id[chosen[i]] };
	qsort(order, n, sizeof *order, newest_first);
	for (size_t i = 0; i < n; i++)
		id[i] = order[i].id;
	recall_query_clear(&q);
	free(order);
	free(feed_of);
	free(chosen);
	free(score);
	return n;
}

/* Articles are loaded beside what there is, and the profile knows of them. */
static enum err bring(struct ranker *r, const int64_t *id, size_t n, struct err_info *info)
{
	size_t from = r->loaded.corpus.n;
	enum err e = load_more(&r->loaded, id, n, info);

	if (e != OK)
		return e;
	profile_grow(&r->profile, from);
	r->article_hash = mem_resize(r->article_hash, r->loaded.corpus.n + 1, sizeof *r->article_hash);
	memset(r->article_hash + from, 0, (r->loaded.corpus.n + 1 - from) * sizeof *r->article_hash);
	return OK;
}

static enum err choose(struct ranker *r, struct err_info *info)
{
	struct id_list ids = { mem_zero(r->pre.recall.most + 1, sizeof *ids.id), 0 };
	enum err e;

	ids.n = choose_ids(r, ids.id);
	e = bring(r, ids.id, ids.n, info);
	if (e == OK) {
		candidates_keep(r, &ids);
		r->pre.events = r->profile.events;
	}
	free(ids.id);
	return e;
}

enum err candidates_choose(struct ranker *r, struct err_info *info)
{
	enum err e = load_recall(r, info);

	if (e == OK)
		e = choose(r, info);
	if (e == OK) {
		r->pre.used = true;
		r->pre.loaded = r->loaded.corpus.n;
	}
	return e;
}

/* ---- later ---- */

/* Does the store still stand as it was loaded? */
static enum err unchanged(struct ranker *r, bool *same, struct err_info *info)
{
	int64_t version = 0;
	enum err e = store_changed(&r->app->store, &version, info);

	*same = e == OK && version == r->pre.version;
	return e;
}

static enum err follow(struct ranker *r, struct err_info *info)
{
	bool same;
	enum err e = unchanged(r, &same, info);

	return e == OK && same ? choose(r, info) : e;
}

/* After another program's write what there is stays, until all is loaded anew: only what was loaded at one moment fits together. */
enum err candidates_follow(struct ranker *r, struct err_info *info)
{
	struct db *db = r->app->store.db;
	enum err e = ranker_ready(r, info);

	if (e != OK || !r->pre.used || r->pre.events == r->profile.events)
		return e;
	if (r->loaded.corpus.n > r->pre.loaded + r->pre.recall.most)
		return ranker_reload(r, true, info);
	e = db_begin_read(db, info);
	if (e == OK)
		e = db_end(db, follow(r, info), info);
	if (e != OK)
		r->loaded_whole = false;
	return e;
}

enum err candidates_add(struct ranker *r, int64_t id, bool *added, struct err_info *info)
{
	struct db *db = r->app->store.db;
	bool same;
	enum err e;

	*added = false;
	if (!r->pre.used || corpus_find(&r->loaded.corpus, id) >= 0)
		return OK;
	e = db_begin_read(db, info);
	if (e != OK)
		return e;
	e = unchanged(r, &same, info);
	if (e == OK && same) {
		e = bring(r, &id, 1, info);
		*added = e == OK;
		r->loaded_whole = e == OK;
	}
	return db_end(db, e, info);
}

bool candidates_all(const struct ranker *r, struct arena *a, struct explore_all *all)
{
	const struct recall *from = &r->pre.recall;
	int *topic, *feed, *feed_of;
	size_t n = 0;
	bool *read;

	if (!r->pre.used)
		return false;
	read = read_meanwhile(r);
	topic = arena_alloc(a, (from->n + 1) * sizeof *topic);
	feed = arena_alloc(a, (from->n + 1) * sizeof *feed);
	feed_of = feeds_here(r);
	for (size_t i = 0; i < from->n; i++) {
		if (read[i])
			continue;
		topic[n] = from->topic[i];
		feed[n++] = feed_of[from->feed[i]];
	}
	free(feed_of);
	free(read);
	*all = (struct explore_all){ topic, feed, n };
	return true;
}
