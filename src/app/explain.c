#include "app/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/explain_private.h"
#include "model/blas.h"

/* ---- what it resembles ---- */

static double clamped(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* Likeness of article i of one corpus and j of another, 0..1: the cosine of their word vectors, or where one has none of those by LSA, of LSA; where
 * one has neither, of their terms. Both come from one store. */
static double alike_docs(const struct corpus *x, size_t i, const struct corpus *y, size_t j)
{
	static const enum corpus_side by[] = { SIDE_WORDS, SIDE_LSA };

	for (size_t k = 0; k < sizeof by / sizeof *by; k++)
		if (corpus_has_vector(x, by[k], i) && corpus_has_vector(y, by[k], j) && x->side[by[k]].d == y->side[by[k]].d)
			return clamped((double)blas_dot((size_t)x->side[by[k]].d, corpus_vector(x, by[k], i), corpus_vector(y, by[k], j)));
	return clamped((double)csr_dot(&x->terms, i, &y->terms, j));
}

struct near { size_t reading; double likeness; };

static int by_likeness(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	if (x->likeness != y->likeness)
		return x->likeness > y->likeness ? -1 : 1;
	return (x->reading < y->reading) - (x->reading > y->reading); /* what was read last */
}

struct common { uint32_t col; double share; };

static int by_share(const void *a, const void *b)
{
	const struct common *x = a, *y = b;

	if (x->share != y->share)
		return x->share > y->share ? -1 : 1;
	return (x->col > y->col) - (x->col < y->col);
}

/* The terms of both that add most to the cosine. */
static size_t shared_terms(struct ranker *r, size_t i, size_t j, struct arena *a, const char **name)
{
	const struct csr *t = &r->loaded.corpus.terms;
	size_t k = t->ptr[j], n = 0;
	struct common *c = arena_zero(a, t->ptr[i + 1] - t->ptr[i] + 1, sizeof *c);

	for (size_t q = t->ptr[i]; q < t->ptr[i + 1]; q++) {
		while (k < t->ptr[j + 1] && t->col[k] < t->col[q])
			k++;
		if (k < t->ptr[j + 1] && t->col[k] == t->col[q])
			c[n++] = (struct common){ t->col[q], (double)t->val[q] * (double)t->val[k] };
	}
	qsort(c, n, sizeof *c, by_share);
	n = n < SHARED_MOST ? n : SHARED_MOST;
	for (size_t q = 0; q < n; q++)
		name[q] = terms_name(&r->app->store, c[q].col, a);
	return n;
}

#define SIMILAR_MOST 3

/* The articles read that it resembles most: out->similar. */
static void explain_similar(struct ranker *r, size_t doc, struct arena *a, struct why *out)
{
	const struct corpus *c = &r->loaded.corpus;
	struct near *near = arena_zero(a, r->profile.n + 1, sizeof *near);
	size_t n = 0;

	for (size_t i = 0; i < r->profile.n; i++) {
		const struct reading *rd = &r->profile.reading[i];
		double likeness = rd->weight > 0 && rd->doc != doc ? alike_docs(c, doc, c, rd->doc) : 0;

		if (likeness > 0)
			near[n++] = (struct near){ i, likeness };
	}
	qsort(near, n, sizeof *near, by_likeness);
	out->n_similar = n < SIMILAR_MOST ? n : SIMILAR_MOST;
	out->similar = arena_zero(a, SIMILAR_MOST, sizeof *out->similar);
	for (size_t i = 0; i < out->n_similar; i++) {
		const struct reading *rd = &r->profile.reading[near[i].reading];
		const struct item *it = &r->loaded.items.item[rd->doc];
		struct alike *s = &out->similar[i];

		*s = (struct alike){ .id = it->id, .title = arena_strdup(a, it->title ? it->title : ""), .feed = arena_strdup(a, it->feed_title ? it->feed_title : ""),
			.read = rd->at, .likeness = near[i].likeness };
		s->n_shared = shared_terms(r, doc, rd->doc, a, s->shared);
	}
}

/* ---- where it stands ---- */

static int number_by_score(const struct ranker *r, size_t doc, const struct score *score)
{
	double mean = NAN;
	int number = 1;

	for (size_t i = 0; i < r->n_candidates; i++)
		if (r->candidate[i] == doc)
			mean = score[i].mean;
	for (size_t i = 0; i < r->n_candidates; i++)
		number += r->candidate[i] != doc && !r->loaded.items.item[r->candidate[i]].read && score[i].mean > mean;
	return number;
}

struct stand explain_stand(struct ranker *r, size_t doc, const struct page_options *o, const struct score *score, int64_t now)
{
	struct arena scratch = ARENA_INIT;
	struct page_options ranked = *o;
	bool *read = &r->loaded.items.item[doc].read, was = *read;
	struct stand stand = { .place = 0 };
	struct field f;
	struct sheet s;
	size_t banned;

	ranked.order = PAGE_RANK;
	*read = false; /* opening it is what took it off the page */
	f = page_field(r, &ranked, score, now, &scratch, &banned);
	*read = was;
	page_arrange(r, &ranked, &f, false, &scratch, &s);
	stand.places = s.n;
	for (size_t i = 0; i < s.n && !stand.place; i++)
		if (f.score[s.pick[i].at].doc == doc) {
			stand.place = (int)i + 1;
			stand.slot = s.pick[i].slot;
		} else if (r->loaded.corpus.doc[f.score[s.pick[i].at].doc].story == r->loaded.corpus.doc[doc].story) {
			stand.told = (int)i + 1;
			stand.teller = f.score[s.pick[i].at].doc;
		}
	stand.number = number_by_score(r, doc, score ? score : r->score);
	arena_clear(&scratch);
	return stand;
}

static void find_places(struct ranker *r, size_t doc, const struct page_options *o, int64_t now, struct arena *a, struct why *out)
{
	struct page_options at_0 = *o;
	struct stand stand = explain_stand(r, doc, o, NULL, now);

	at_0.explore = 0;
	out->place_page = stand.place;
	out->places = stand.places;
	out->entry.slot = stand.slot;
	out->story_place = stand.place ? 0 : stand.told;
	if (out->story_place)
		out->story_feed = arena_strdup(a, r->loaded.items.item[stand.teller].feed_title);
	(void)edits_sum(&r->profile.edits, doc, &out->banned);
	out->place_without = explain_stand(r, doc, &at_0, NULL, now).place;
}

enum err ranker_explain(struct ranker *r, int64_t id, const struct page_options *o, struct arena *a, struct why *out, struct err_info *info)
{
	struct why w = { .explore = o->explore };
	int64_t now = app_now(r->app);
	size_t doc;
	enum err e = candidates_follow(r, info);

	if (e == OK)
		e = ranker_find(r, id, &doc, info);
	page_width(r, o->width);
	if (e == OK)
		e = ranker_why(r, id, a, &w.entry, &w.change, &w.n_change, info);
	if (e == OK)
		e = explain_marks(r, doc, a, &w, info);
	if (e != OK)
		return e;
	explain_similar(r, doc, a, &w);
	w.trial = trial_drafts(&r->trial);
	find_places(r, doc, o, now, a, &w);
	explain_counter(r, doc, o, now, a, &w);
	*out = w;
	return OK;
}
