#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "rank/eval_page.h"

#define TOP 10

/* Candidates of an impression in random order, so that equal scores are broken by chance. */
struct shuffled {
	size_t *doc;   /* (n) */
	int *y;        /* (n) */
	size_t *given; /* (n) where the file has it */
	size_t *place; /* (n) 0 the first of the page */
	size_t n;
};

/* One way of ranking, and its sums. */
struct tally {
	enum arm arm;
	int strength;
	struct mean auc, mrr, ndcg5, ndcg10;
	double auc2;         /* sum of squares */
	struct page_means top;
};

struct run {
	const struct eval_options *o;
	struct click_log log;
	struct impression im;
	struct rng rng;
	struct buf predictions;
	struct tally *tally; /* (n) */
	size_t n, left_out;
};

enum err eval_features(const char *list, unsigned *mask, struct err_info *info)
{
	static const struct { const char *word; unsigned bits; } known[] = {
		{ "tfidf", FEATURE_TFIDF }, { "vectors", FEATURE_VECTORS }, { "lsa", FEATURE_LSA }, { "category", FEATURE_CATEGORY }, { "all", ~0u }
	};
	unsigned out = FEATURE_ALWAYS;
	size_t words = 0;

	for (const char *s = list; *s;) {
		size_t n = strcspn(s, ", \t"), i = 0;

		while (n && i < sizeof known / sizeof *known && (strlen(known[i].word) != n || strncmp(known[i].word, s, n) != 0))
			i++;
		if (n && i == sizeof known / sizeof *known)
			return err_set(info, ERR_USAGE, "no feature \"%.*s\": tfidf, vectors, lsa, category and all can be named", n < 40 ? (int)n : 40, s);
		if (n) {
			out |= known[i].bits;
			words++;
		}
		s += n + (s[n] != '\0');
	}
	if (!words)
		return err_set(info, ERR_USAGE, "no feature named: tfidf, vectors, lsa, category and all can be");
	*mask = out;
	return OK;
}

/* ---- ranking an impression ---- */

static struct shuffled shuffle(const struct impression *im, struct rng *rng, struct arena *a)
{
	struct shuffled s = { .doc = arena_zero(a, im->n + 1, sizeof *s.doc), .y = arena_zero(a, im->n + 1, sizeof *s.y),
			      .given = arena_zero(a, im->n + 1, sizeof *s.given), .place = arena_zero(a, im->n + 1, sizeof *s.place), .n = im->n };

	for (size_t i = 0; i < im->n; i++)
		s.given[i] = i;
	for (size_t i = im->n; i > 1; i--) {
		size_t j = rng_below(rng, (uint32_t)i), kept = s.given[i - 1];

		s.given[i - 1] = s.given[j];
		s.given[j] = kept;
	}
	for (size_t i = 0; i < im->n; i++) {
		s.doc[i] = im->doc[s.given[i]];
		s.y[i] = im->y[s.given[i]];
	}
	return s;
}

/* All candidates on the page. What is there twice comes last. */
static void place_all(const struct arm_pool *pool, const struct tally *t, struct shuffled *s, struct arena *a)
{
	struct pick *pick = arena_zero(a, s->n + 1, sizeof *pick);
	size_t filled = arm_page(pool, t->arm, t->strength, pick);

	for (size_t i = 0; i < s->n; i++)
		s->place[i] = SIZE_MAX;
	for (size_t i = 0; i < filled; i++)
		s->place[pick[i].at] = i;
	for (size_t i = 0; i < s->n; i++)
		if (s->place[i] == SIZE_MAX)
			s->place[i] = filled++;
}

static void predict(struct run *r, const struct shuffled *s, struct arena *a)
{
	size_t *rank = arena_zero(a, s->n + 1, sizeof *rank);

	for (size_t i = 0; i < s->n; i++)
		rank[s->given[i]] = s->place[i] + 1;
	buf_add(&r->predictions, r->im.id.s, r->im.id.n);
	for (size_t i = 0; i < s->n; i++)
		buf_printf(&r->predictions, "%s%zu", i ? "," : " [", rank[i]);
	buf_puts(&r->predictions, s->n ? "]\n" : " []\n");
}

/* ---- measuring it ---- */

static void measure_top(struct run *r, struct tally *t, const struct arm_pool *pool, const struct shuffled *s)
{
	size_t top[TOP] = { 0 }, n = s->n < TOP ? s->n : TOP;

	for (size_t i = 0; i < s->n; i++)
		if (s->place[i] < n)
			top[s->place[i]] = s->doc[i];
	page_measure(&t->top, &r->log.news, pool, &r->im, top, n);
}

static void measure(struct run *r, struct tally *t, const struct arm_pool *pool, const struct shuffled *s, struct arena *a)
{
	double *v = arena_zero(a, s->n + 1, sizeof *v), auc;

	for (size_t i = 0; i < s->n; i++)
		v[i] = -(double)s->place[i];
	auc = eval_auc(s->y, v, s->n);
	mean_add(&t->auc, auc);
	t->auc2 += auc * auc;
	mean_add(&t->mrr, eval_mrr(s->y, v, s->n));
	mean_add(&t->ndcg5, eval_ndcg(s->y, v, s->n, 5));
	mean_add(&t->ndcg10, eval_ndcg(s->y, v, s->n, 10));
	measure_top(r, t, pool, s);
}

static void rank_impression(struct run *r)
{
	struct arena a = ARENA_INIT;
	struct shuffled s = shuffle(&r->im, &r->rng, &a);
	struct score *score = arena_zero(&a, s.n + 1, sizeof *score);
	struct profile p;
	struct arm_pool pool;
	size_t clicks = 0;

	impression_profile(&r->log, &r->im, r->o->mask, r->o->model, &p);
	score_docs(&p, s.doc, s.n, IMPRESSION_AT, score);
	arm_pool_make(&pool, &p, score, s.n, s.n, IMPRESSION_AT, rng_u64(&r->rng), &a);
	for (size_t i = 0; i < s.n; i++)
		clicks += s.y[i] == 1;
	for (size_t k = 0; k < r->n; k++) {
		place_all(&pool, &r->tally[k], &s, &a);
		if (clicks && clicks < s.n)
			measure(r, &r->tally[k], &pool, &s, &a);
	}
	r->left_out += !clicks || clicks == s.n;
	if (r->o->predictions)
		predict(r, &s, &a);
	profile_clear(&p);
	arena_clear(&a);
}

static struct eval_result result_of(const struct run *r, const struct tally *t)
{
	double auc = mean_of(&t->auc);
	size_t n = t->auc.n;

	return (struct eval_result){
		.impressions = n, .left_out = r->left_out, .auc = auc, .mrr = mean_of(&t->mrr), .ndcg5 = mean_of(&t->ndcg5), .ndcg10 = mean_of(&t->ndcg10),
		.auc_se = n > 1 ? sqrt(fmax(0, t->auc2 / (double)n - auc * auc) / (double)(n - 1)) : 0, .top10 = page_diversity(&t->top),
	};
}

static enum err run_log(struct run *r, struct err_info *info)
{
	bool more;
	enum err e;

	while ((e = click_log_next(&r->log, &r->im, &more, info)) == OK && more) {
		rank_impression(r);
		if (r->o->step)
			r->o->step(r->o->user, r->log.line, r->log.lines);
	}
	return e;
}

/* The impressions by n ways of ranking at once: out (n). */
static enum err run_all(const struct eval_options *o, struct tally *tally, size_t n, struct eval_result *out, struct err_info *info)
{
	struct run r = { .o = o, .predictions = BUF_INIT, .tally = tally, .n = n };
	enum err e = click_log_open(&r.log, o->dir, o->behaviors, o->vectors, o->seed, info);

	rng_seed(&r.rng, o->seed);
	if (e == OK)
		e = run_log(&r, info);
	if (e == OK && o->predictions)
		e = buf_write_file(o->predictions, buf_str(&r.predictions), r.predictions.len, 0666, info);
	for (size_t k = 0; k < n; k++) {
		if (e == OK)
			out[k] = result_of(&r, &tally[k]);
		page_means_clear(&tally[k].top);
	}
	click_log_clear(&r.log);
	impression_clear(&r.im);
	buf_clear(&r.predictions);
	return e;
}

enum err eval_mind(const struct eval_options *o, struct eval_result *out, struct err_info *info)
{
	struct tally tally = { .arm = ARM_SLIDER, .strength = o->explore };

	return run_all(o, &tally, 1, out, info);
}

enum err eval_mind_curves(const struct eval_options *o, struct eval_curves *out, struct err_info *info)
{
	struct tally *tally = mem_zero(EVAL_ARMS * EVAL_POINTS + 1, sizeof *tally);
	struct eval_result *r = mem_zero(EVAL_ARMS * EVAL_POINTS + 1, sizeof *r);
	enum err e;

	for (size_t i = 0; i < EVAL_ARMS * EVAL_POINTS; i++)
		tally[i] = (struct tally){ .arm = (enum arm)(i / EVAL_POINTS), .strength = eval_strength(i % EVAL_POINTS) };
	tally[EVAL_ARMS * EVAL_POINTS].strength = -1;
	e = run_all(o, tally, EVAL_ARMS * EVAL_POINTS + 1, r, info);
	for (size_t i = 0; e == OK && i <= EVAL_ARMS * EVAL_POINTS; i++)
		*(i < EVAL_ARMS * EVAL_POINTS ? &out->impressions[i / EVAL_POINTS][i % EVAL_POINTS] : &out->plain) = (struct eval_point){ r[i].ndcg10, r[i].top10.category_entropy };
	free(tally);
	free(r);
	return e;
}
