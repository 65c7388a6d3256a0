#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "rank/eval_page.h"

/* One way of filling pages, and its sums. */
struct tally {
	enum arm arm;
	int strength;
	struct mean relevance, slots;
	struct page_means page;
};

struct run {
	const struct eval_options *o;
	struct click_log log;
	struct impression im;
	struct tally *tally; /* (n) */
	size_t n;
	const char **name;   /* (articles) their ids in news.tsv; where pages are written */
	struct buf pages;
	struct arena arena;
};

/* Of the articles by their number, out of the map from names to numbers. */
static void keep_names(struct run *r)
{
	const struct map *m = &r->log.news.by_name;

	r->name = arena_zero(&r->arena, r->log.news.corpus.n + 1, sizeof *r->name);
	for (size_t i = 0; i < m->cap; i++)
		if (m->slot[i].key)
			r->name[m->slot[i].value] = arena_strndup(&r->arena, m->slot[i].key, m->slot[i].len);
}

static void write_page(struct run *r, const size_t *doc, size_t n)
{
	buf_add(&r->pages, r->im.id.s, r->im.id.n);
	for (size_t i = 0; i < n; i++)
		buf_printf(&r->pages, " %s", r->name[doc[i]]);
	buf_putc(&r->pages, '\n');
}

static void fill_page(struct run *r, struct tally *t, const struct arm_pool *pool, struct arena *a)
{
	struct pick *pick = arena_zero(a, pool->k + 1, sizeof *pick);
	size_t n = arm_page(pool, t->arm, t->strength, pick), *doc = arena_zero(a, n + 1, sizeof *doc);
	double relevance = 0, slots = 0;

	for (size_t i = 0; i < n; i++) {
		const struct score *s = &pool->score[pick[i].at];

		doc[i] = s->doc;
		relevance += pool->relevance[pick[i].at];
		slots += pick[i].slot == SLOT_SERENDIPITY;
	}
	if (n)
		mean_add(&t->relevance, relevance / (double)n);
	mean_add(&t->slots, slots);
	page_measure(&t->page, &r->log.news, pool, &r->im, doc, n);
	if (r->name)
		write_page(r, doc, n);
}

/* What may stand on the reader's page: all that wasn't read. */
static size_t *unread(const struct run *r, size_t *n, struct arena *a)
{
	size_t articles = r->log.news.corpus.n, *doc = arena_zero(a, articles + 1, sizeof *doc);
	bool *read = arena_zero(a, articles + 1, sizeof *read);

	for (size_t i = 0; i < r->im.n_history; i++)
		read[r->im.history[i]] = true;
	*n = 0;
	for (size_t i = 0; i < articles; i++)
		if (!read[i])
			doc[(*n)++] = i;
	return doc;
}

static void fill_pages(struct run *r)
{
	struct arena a = ARENA_INIT;
	size_t n, *doc = unread(r, &n, &a), k = r->o->places < n ? r->o->places : n;
	struct score *score = arena_zero(&a, n + 1, sizeof *score);
	struct profile p;
	struct arm_pool pool;

	impression_profile(&r->log, &r->im, r->o->mask, r->o->model, &p);
	score_docs(&p, doc, n, IMPRESSION_AT, score);
	arm_pool_make(&pool, &p, score, n, k, IMPRESSION_AT, r->o->seed + r->log.line, &a);
	for (size_t i = 0; i < r->n; i++)
		fill_page(r, &r->tally[i], &pool, &a);
	profile_clear(&p);
	arena_clear(&a);
}

static enum err run_log(struct run *r, struct err_info *info)
{
	bool more;
	enum err e;

	while ((e = click_log_next(&r->log, &r->im, &more, info)) == OK && more) {
		fill_pages(r);
		if (r->o->step)
			r->o->step(r->o->user, r->log.line, r->log.lines);
	}
	return e;
}

static struct eval_pool_result result_of(const struct tally *t)
{
	return (struct eval_pool_result){ .users = t->slots.n, .relevance = mean_of(&t->relevance), .slots = mean_of(&t->slots), .page = page_diversity(&t->page) };
}

/* The pages by n ways of filling them at once: out (n). */
static enum err run_all(const struct eval_options *o, struct tally *tally, size_t n, struct eval_pool_result *out, struct err_info *info)
{
	struct run r = { .o = o, .tally = tally, .n = n, .pages = BUF_INIT, .arena = ARENA_INIT };
	enum err e = click_log_open(&r.log, o->dir, o->behaviors, o->vectors, o->seed, info);

	if (e == OK && o->predictions)
		keep_names(&r);
	if (e == OK)
		e = run_log(&r, info);
	if (e == OK && o->predictions)
		e = buf_write_file(o->predictions, buf_str(&r.pages), r.pages.len, 0666, info);
	for (size_t k = 0; k < n; k++) {
		if (e == OK)
			out[k] = result_of(&tally[k]);
		page_means_clear(&tally[k].page);
	}
	click_log_clear(&r.log);
	impression_clear(&r.im);
	buf_clear(&r.pages);
	arena_clear(&r.arena);
	return e;
}

enum err eval_pool(const struct eval_options *o, struct eval_pool_result *out, struct err_info *info)
{
	struct tally tally = { .arm = ARM_SLIDER, .strength = o->explore };

	return run_all(o, &tally, 1, out, info);
}

enum err eval_pool_curves(const struct eval_options *o, struct eval_curves *out, struct err_info *info)
{
	struct tally *tally = mem_zero(EVAL_ARMS * EVAL_POINTS, sizeof *tally);
	struct eval_pool_result *r = mem_zero(EVAL_ARMS * EVAL_POINTS, sizeof *r);
	enum err e;

	for (size_t i = 0; i < EVAL_ARMS * EVAL_POINTS; i++)
		tally[i] = (struct tally){ .arm = (enum arm)(i / EVAL_POINTS), .strength = eval_strength(i % EVAL_POINTS) };
	e = run_all(o, tally, EVAL_ARMS * EVAL_POINTS, r, info);
	for (size_t i = 0; e == OK && i < EVAL_ARMS * EVAL_POINTS; i++)
		out->pages[i / EVAL_POINTS][i % EVAL_POINTS] = (struct eval_point){ r[i].relevance, r[i].page.category_entropy };
	free(tally);
	free(r);
	return e;
}
