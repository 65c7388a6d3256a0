/* tellings - how each feed tells a story, beside the telling in hand and what the reader usually reads. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/explain_private.h"
#include "app/story.h"
#include "model/blas.h"

/* ---- what the reader reads, as one text ---- */

/* Weighted sums of the readings. */
struct usual {
	double *terms;            /* (cols) */
	size_t cols;
	double terms2;            /* squared length */
	float *vec[SIDE_COUNT];   /* (d) unit length or zero */
	int d[SIDE_COUNT];
};

static void usual_terms(const struct profile *p, size_t cols, struct arena *a, struct usual *u)
{
	const struct csr *t = &p->corpus->terms;

	u->cols = t->cols > cols ? t->cols : cols;
	u->terms = arena_zero(a, u->cols + 1, sizeof *u->terms);
	for (size_t i = 0; i < p->n; i++)
		csr_axpy(t, p->reading[i].doc, p->reading[i].weight, u->terms);
	for (size_t c = 0; c < u->cols; c++)
		u->terms2 += u->terms[c] * u->terms[c];
}

static void usual_vectors(const struct profile *p, enum corpus_side side, struct arena *a, struct usual *u)
{
	size_t d = (size_t)p->corpus->side[side].d;

	u->d[side] = (int)d;
	u->vec[side] = arena_zero(a, d + 1, sizeof(float));
	for (size_t i = 0; i < p->n && d; i++)
		blas_axpy(d, (float)p->reading[i].weight, corpus_vector(p->corpus, side, p->reading[i].doc), u->vec[side]);
	if (d)
		(void)blas_unit(d, u->vec[side]);
}

static double clamped(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

static const enum corpus_side BY[] = { SIDE_WORDS, SIDE_LSA };

/* 1 - the mean of the cosines by terms and by vectors; by terms alone where there are no vectors. 1 while nothing was read. */
static double from_usual(const struct usual *u, const struct corpus *c, size_t i)
{
	double terms = u->terms2 > 0 ? csr_dot_dense(&c->terms, i, u->terms) / sqrt(u->terms2) : 0;

	for (size_t k = 0; k < sizeof BY / sizeof *BY; k++)
		if (corpus_has_vector(c, BY[k], i) && c->side[BY[k]].d == u->d[BY[k]])
			return 1 - (clamped(terms) + clamped((double)blas_dot((size_t)u->d[BY[k]], corpus_vector(c, BY[k], i), u->vec[BY[k]]))) / 2;
	return 1 - clamped(terms);
}

/* The same between two articles. */
static double between(const struct corpus *c, size_t i, size_t j)
{
	double terms = (double)csr_dot(&c->terms, i, &c->terms, j);

	for (size_t k = 0; k < sizeof BY / sizeof *BY; k++)
		if (corpus_has_vector(c, BY[k], i) && corpus_has_vector(c, BY[k], j))
			return 1 - (clamped(terms) + clamped((double)blas_dot((size_t)c->side[BY[k]].d, corpus_vector(c, BY[k], i), corpus_vector(c, BY[k], j)))) / 2;
	return 1 - clamped(terms);
}

/* ---- whose telling ---- */

struct sources { const struct feed_list *feeds; double read; size_t n; };

static double read_of(const struct feed_list *feeds, int64_t id)
{
	for (size_t i = 0; i < feeds->n; i++)
		if (feeds->feed[i].id == id)
			return (double)(feeds->feed[i].items - feeds->feed[i].unread);
	return 0;
}

static bool seen_before(const struct item_list *items, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (items->item[k].feed_id == items->item[i].feed_id)
			return true;
	return false;
}

/* What was read of all the feeds that tell it, each counted once. */
static struct sources sources_of(const struct feed_list *feeds, const struct item_list *items)
{
	struct sources s = { feeds, 0, 0 };

	for (size_t i = 0; i < items->n; i++)
		if (!seen_before(items, i)) {
			s.read += read_of(feeds, items->item[i].feed_id);
			s.n++;
		}
	return s;
}

/* How little its feed is read among those that tell it. */
static double source(const struct sources *s, int64_t feed)
{
	return 1 - (read_of(s->feeds, feed) + 1) / (s->read + (double)s->n);
}

/* ---- what only one says ---- */

struct own { uint32_t col; float val; };

static int by_value(const void *a, const void *b)
{
	const struct own *x = a, *y = b;

	if (x->val != y->val)
		return x->val > y->val ? -1 : 1;
	return (x->col > y->col) - (x->col < y->col);
}

static bool another_has(const struct csr *t, size_t i, uint32_t col)
{
	for (size_t k = 0; k < t->rows; k++)
		for (size_t q = t->ptr[k]; k != i && q < t->ptr[k + 1] && t->col[q] <= col; q++)
			if (t->col[q] == col)
				return true;
	return false;
}

static size_t only_words(struct store *st, const struct csr *t, size_t i, struct arena *a, const char **name)
{
	struct own *own = arena_zero(a, t->ptr[i + 1] - t->ptr[i] + 1, sizeof *own);
	size_t n = 0;

	for (size_t q = t->ptr[i]; q < t->ptr[i + 1]; q++)
		if (!another_has(t, i, t->col[q]))
			own[n++] = (struct own){ t->col[q], t->val[q] };
	qsort(own, n, sizeof *own, by_value);
	n = n < SHARED_MOST ? n : SHARED_MOST;
	for (size_t q = 0; q < n; q++)
		name[q] = terms_name(st, own[q].col, a);
	return n;
}

/* ---- all together ---- */

static enum err find_copies(struct store *st, const struct item_list *items, struct arena *a, struct told *out, struct err_info *info)
{
	size_t n = items->n;
	int64_t *id = arena_zero(a, n + 1, sizeof *id), *one = arena_zero(a, n + 1, sizeof *one);
	uint64_t *hash = arena_zero(a, n + 1, sizeof *hash);
	struct telling *t = arena_zero(a, n + 1, sizeof *t);
	enum err e;

	for (size_t i = 0; i < n; i++)
		id[i] = items->item[i].id;
	e = story_hashes(st, id, one, n, hash, info);
	if (e != OK)
		return e;
	for (size_t i = 0; i < n; i++)
		t[i] = (struct telling){ .at = item_time(&items->item[i]), .hash = hash[i] };
	tellings_copies(t, n);
	for (size_t i = 0; i < n; i++)
		out[i].copy_of = t[i].copy_of >= 0 ? out[t[i].copy_of].feed : NULL;
	return OK;
}

static struct told told_of(const struct item *it, struct arena *a)
{
	return (struct told){
		.id = it->id, .title = arena_strdup(a, it->title ? it->title : ""), .feed = arena_strdup(a, it->feed_title ? it->feed_title : ""),
		.link = arena_strdup(a, it->link), .at = item_time(it), .words = it->words, .read = it->read, .starred = it->starred,
	};
}

/* The weights of the three parts of a difference; they add up to 1. */
#define DIFFERS_SOURCE 0.5
#define DIFFERS_USUAL 0.25
#define DIFFERS_IN_HAND 0.25

static enum err tell(struct ranker *r, const struct loaded *l, size_t in_hand, struct arena *a, struct told *out, struct err_info *info)
{
	struct arena scratch = ARENA_INIT;
	struct feed_list feeds;
	struct sources s;
	struct usual u = { 0 };
	enum err e = feeds_load(&r->app->store, true, &scratch, &feeds, info);

	for (size_t i = 0; i < l->items.n; i++)
		out[i] = told_of(&l->items.item[i], a);
	if (e == OK)
		e = find_copies(&r->app->store, &l->items, &scratch, out, info);
	if (e == OK) {
		s = sources_of(&feeds, &l->items);
		usual_terms(&r->profile, l->corpus.terms.cols, &scratch, &u);
		for (size_t k = 0; k < sizeof BY / sizeof *BY; k++)
			usual_vectors(&r->profile, BY[k], &scratch, &u);
	}
	for (size_t i = 0; i < l->items.n && e == OK; i++) {
		out[i].difference = clamped(DIFFERS_SOURCE * source(&s, l->items.item[i].feed_id) + DIFFERS_USUAL * from_usual(&u, &l->corpus, i) +
					    DIFFERS_IN_HAND * between(&l->corpus, i, in_hand));
		out[i].n_only = only_words(&r->app->store, &l->corpus.terms, i, a, out[i].only);
	}
	arena_clear(&scratch);
	return e;
}

enum err story_tell(struct ranker *r, const int64_t *id, size_t n, size_t in_hand, struct arena *a, struct told *out, struct err_info *info)
{
	struct loaded l;
	enum err e = ranker_ready(r, info);

	if (e == OK)
		e = load_corpus(&r->app->store, id, n, &l, info);
	if (e != OK)
		return e;
	e = l.items.n == n ? tell(r, &l, in_hand, a, out, info) : err_set(info, ERR_NOTFOUND, "an article of the story is no longer there");
	loaded_clear(&l);
	return e;
}

/* ---- the nearest, where nobody else tells it ---- */

#define NEAR_WINDOW (72 * (int64_t)3600)
#define NEAR_AMONG 2000 /* articles that are compared with it */

struct candidate { int64_t id; double away; };

static int by_distance(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->away != y->away)
		return x->away < y->away ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Articles of other feeds about its time. id [out] (NEAR_AMONG + 1): itself first. */
static enum err around_it(struct store *st, const struct item *it, struct arena *a, int64_t *id, size_t *n, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	int64_t at = item_time(it);
	struct item_list items;
	enum err e;

	q.since = at - NEAR_WINDOW;
	q.order = ORDER_OLD;
	q.limit = 2 * NEAR_AMONG;
	e = articles_list(st, &q, a, &items, info);
	if (e != OK)
		return e;
	id[0] = it->id;
	*n = 1;
	for (size_t i = 0; i < items.n && *n <= NEAR_AMONG; i++) {
		const struct item *o = &items.item[i];
		int64_t when = item_time(o);

		if (o->feed_id != it->feed_id && when >= at - NEAR_WINDOW && when <= at + NEAR_WINDOW)
			id[(*n)++] = o->id;
	}
	return OK;
}

/* The nearest of c (n) by their terms, at most `most`, into id behind the article itself; those that share none are left out. */
static void keep(struct candidate *c, size_t n, size_t most, int64_t *id, size_t *kept)
{
	qsort(c, n, sizeof *c, by_distance);
	for (*kept = 1; *kept <= n && *kept <= most && c[*kept - 1].away < 1; (*kept)++)
		id[*kept] = c[*kept - 1].id;
}

#define NEAR_CLOSER 40 /* of them are looked at more closely */

/* id [in,out]: itself, then the nearest, first by terms alone, then by vectors as well; *n [in,out] how many in all. */
static enum err keep_nearest(struct store *st, int64_t *id, size_t *n, struct arena *a, struct err_info *info)
{
	struct candidate *c = arena_zero(a, *n + 1, sizeof *c);
	struct csr rows = CSR_INIT;
	struct loaded l;
	enum err e = load_rows(st, id, *n, &rows, info);

	if (e != OK)
		return e;
	for (size_t i = 1; i < *n; i++)
		c[i - 1] = (struct candidate){ id[i], 1 - (double)csr_dot(&rows, 0, &rows, i) };
	csr_clear(&rows);
	keep(c, *n - 1, NEAR_CLOSER, id, n);
	e = load_corpus(st, id, *n, &l, info);
	if (e != OK)
		return e;
	for (size_t i = 1; i < l.items.n; i++)
		c[i - 1] = (struct candidate){ l.items.item[i].id, between(&l.corpus, i, 0) };
	keep(c, l.items.n - 1, TELLINGS_NEAR, id, n);
	loaded_clear(&l);
	return OK;
}

/* ---- the story of one article ---- */

static int by_difference(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->difference != y->difference)
		return x->difference > y->difference ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* The article first, then those of other feeds that tell its story. */
static enum err tellings_of(struct store *st, int64_t article, struct arena *a, struct item *it, int64_t **id, size_t *n, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list items, self;
	enum err e = story_of(st, article, &q.story, info);

	if (e == OK)
		e = articles_brief(st, &article, 1, a, &self, info);
	if (e == OK)
		e = articles_list(st, &q, a, &items, info);
	if (e != OK)
		return e;
	*it = self.item[0];
	*id = arena_zero(a, (items.n > NEAR_AMONG ? items.n : NEAR_AMONG) + 2, sizeof **id);
	(*id)[0] = article;
	*n = 1;
	for (size_t i = 0; i < items.n; i++)
		if (items.item[i].feed_id != it->feed_id)
			(*id)[(*n)++] = items.item[i].id;
	return OK;
}

enum err story_tellings(struct ranker *r, int64_t article, struct arena *a, struct tellings *out, struct err_info *info)
{
	struct store *st = &r->app->store;
	struct arena scratch = ARENA_INIT;
	struct told *told = NULL;
	struct item it;
	int64_t *id;
	size_t n = 0;
	bool same = false;
	enum err e = tellings_of(st, article, &scratch, &it, &id, &n, info);

	if (e == OK) {
		same = n > 1;
		e = same ? OK : around_it(st, &it, &scratch, id, &n, info);
	}
	if (e == OK && !same)
		e = keep_nearest(st, id, &n, &scratch, info);
	if (e == OK) {
		told = arena_zero(a, n + 1, sizeof *told);
		e = story_tell(r, id, n, 0, a, told, info);
	}
	if (e == OK) {
		if (same)
			qsort(told + 1, n - 1, sizeof *told, by_difference);
		*out = (struct tellings){ .from = told[0], .told = told + 1, .n = n - 1, .same = same };
	}
	arena_clear(&scratch);
	return e;
}
