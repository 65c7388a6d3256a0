/* ask - the unread articles whose titles are worth a question. */
#include <string.h>

#include "app/ranker.h"
#include "rank/ask.h"

#define ASK_AMONG 2000 /* candidates: the newest; 16 MB of covariances */

/* ---- answers ---- */

enum err ranker_answers(struct ranker *r, const int64_t *ids, size_t n, signed char *answer, struct err_info *info)
{
	struct map at = MAP_INIT;
	struct log_copy log;
	enum err e = log_read(&r->app->store, &log, info);

	if (e != OK)
		return e;
	for (size_t i = 0; i < n; i++) {
		*map_at(&at, (const char *)&ids[i], sizeof *ids, 0, NULL) = (int64_t)i;
		answer[i] = 0;
	}
	for (size_t i = 0; i < log.n; i++) {
		const struct event *e_i = &log.event[i];
		int64_t row = e_i->kind == EVENT_WANT || e_i->kind == EVENT_PASS ? map_get(&at, (const char *)&e_i->article, sizeof e_i->article, -1) : -1;

		if (row >= 0)
			answer[row] = e_i->kind == EVENT_WANT ? 1 : -1;
	}
	map_clear(&at);
	log_free(&log);
	return OK;
}

/* ---- questions ---- */

/* Candidates that have a title: rows (n x d), where the first dimensions are of the word vectors, and the others of LSA for articles without one. An article of the one
 * kind and one of the other have nothing in common then, which is what is known of them. */
struct questions {
	int64_t *id;    /* (n) */
	int *feed;      /* (n) */
	float *x;       /* (n x d) */
	bool *asked;    /* (n) */
	size_t n, d;
};

static void add_row(struct questions *f, const struct corpus *c, size_t doc)
{
	float *row = f->x + f->n * f->d;
	size_t words = (size_t)c->side[SIDE_WORDS].d, lsa = (size_t)c->side[SIDE_LSA].d;

	if (corpus_has_vector(c, SIDE_WORDS, doc))
		memcpy(row, corpus_vector(c, SIDE_WORDS, doc), words * sizeof *row);
	else if (corpus_has_vector(c, SIDE_LSA, doc))
		memcpy(row + words, corpus_vector(c, SIDE_LSA, doc), lsa * sizeof *row);
	f->feed[f->n] = c->doc[doc].feed;
	f->id[f->n++] = c->doc[doc].id;
}

static enum err collect(struct ranker *r, struct arena *a, struct questions *f, struct err_info *info)
{
	const struct corpus *c = &r->loaded.corpus;
	size_t most = r->n_candidates < ASK_AMONG ? r->n_candidates : ASK_AMONG;
	signed char *answer = arena_alloc(a, most + 1);
	enum err e;

	*f = (struct questions){ .d = (size_t)c->side[SIDE_WORDS].d + (size_t)c->side[SIDE_LSA].d };
	f->id = arena_alloc(a, (most + 1) * sizeof *f->id);
	f->feed = arena_alloc(a, (most + 1) * sizeof *f->feed);
	f->x = arena_zero(a, most * f->d + 1, sizeof *f->x);
	f->asked = arena_zero(a, most + 1, sizeof *f->asked);
	for (size_t i = 0; i < most; i++) {
		const struct item *it = &r->loaded.items.item[r->candidate[i]];

		if (!it->read && it->title && *it->title)
			add_row(f, c, r->candidate[i]);
	}
	e = ranker_answers(r, f->id, f->n, answer, info);
	for (size_t i = 0; e == OK && i < f->n; i++)
		f->asked[i] = answer[i] != 0;
	return e;
}

/* Nothing is known of what the articles mean: the newest of each feed. */
static size_t one_a_feed(const struct questions *f, size_t m, size_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n && n < m; i++) {
		bool fresh = !f->asked[i];

		for (size_t k = 0; k < i; k++)
			fresh &= f->feed[k] != f->feed[i] || f->asked[k];
		if (fresh)
			out[n++] = i;
	}
	return n;
}

static bool any_vector(const struct questions *f)
{
	for (size_t i = 0; i < f->n * f->d; i++)
		if (f->x[i] != 0)
			return true;
	return false;
}

enum err ranker_ask(struct ranker *r, size_t m, struct arena *a, struct item_list *out, struct err_info *info)
{
	struct arena scratch = ARENA_INIT;
	size_t *chosen = arena_alloc(&scratch, (m + 1) * sizeof *chosen), n = 0;
	int64_t *ids = arena_alloc(&scratch, (m + 1) * sizeof *ids);
	struct questions f;
	enum err e = ranker_ready(r, info);

	if (e == OK)
		e = collect(r, &scratch, &f, info);
	if (e == OK)
		n = any_vector(&f) ? ask_choose(f.x, f.n, f.d, f.asked, m, chosen) : one_a_feed(&f, m, chosen);
	for (size_t i = 0; i < n; i++)
		ids[i] = f.id[chosen[i]];
	if (e == OK)
		e = articles_brief(&r->app->store, ids, n, a, out, info);
	arena_clear(&scratch);
	return e;
}
