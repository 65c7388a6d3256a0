#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "model/blas.h"
#include "rank/eval.h"
#include "rank/eval_news.h"
#include "rank/explore.h"
#include "rank/score.h"

#define BEHAVIORS_BYTES ((size_t)1 << 30)
/* The log knows no times: every article of a history was read to the end, all a day before. */
#define HISTORY_DWELL 600.0
#define HISTORY_AGE (24 * (int64_t)3600)
#define IMPRESSION_AT ((int64_t)1573776000) /* 15 November 2019 */
#define TOP 10

/* One impression, its candidates in random order so that equal scores are broken by chance. */
struct impression {
	struct field id;
	size_t *history, n_history, history_cap;
	size_t *doc;         /* (n) */
	int *y;              /* (n) */
	size_t *place;       /* (n) 0 the first of the page */
	size_t *given;       /* (n) where the file has it */
	size_t n, cap;
};

struct run {
	const struct eval_options *o;
	const char *name;    /* "behaviors_rand.tsv" */
	struct news news;
	struct impression im;
	struct rng rng;
	struct buf predictions;
	struct eval_result sum;
	double auc2;         /* sum of squares */
	size_t with_ild, with_entropy, with_calibration;
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

/* ---- which file ---- */

static bool is_behaviors(const char *name)
{
	size_t n = strlen(name);

	return n > 14 && strncmp(name, "behaviors_", 10) == 0 && strcmp(name + n - 4, ".tsv") == 0;
}

/* The only behaviors_*.tsv of the folder, into name. */
static enum err only_one(const char *dir, struct buf *name, struct err_info *info)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t found = 0;

	if (!d)
		return err_errno(info, "%s", dir);
	while ((e = readdir(d)))
		if (is_behaviors(e->d_name) && found++ == 0)
			buf_puts(name, e->d_name);
	closedir(d);
	if (!found)
		return err_set(info, ERR_NOTFOUND, "%s: no behaviors_NAME.tsv in it", dir);
	if (found > 1)
		return err_set(info, ERR_USAGE, "%s: there are %zu files behaviors_NAME.tsv and none is \"dev\": say which by --behaviors NAME", dir, found);
	return OK;
}

static enum err choose(const struct eval_options *o, struct buf *name, struct err_info *info)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool dev;

	if (o->behaviors) {
		buf_printf(name, "behaviors_%s.tsv", o->behaviors);
		return OK;
	}
	buf_printf(&path, "%s/behaviors_dev.tsv", o->dir);
	dev = stat(buf_str(&path), &st) == 0;
	buf_clear(&path);
	if (!dev)
		return only_one(o->dir, name, info);
	buf_puts(name, "behaviors_dev.tsv");
	return OK;
}

/* ---- reading an impression ---- */

static void impression_room(struct impression *im)
{
	if (im->n < im->cap)
		return;
	im->cap = im->cap ? 2 * im->cap : 64;
	im->doc = mem_resize(im->doc, im->cap, sizeof *im->doc);
	im->y = mem_resize(im->y, im->cap, sizeof *im->y);
	im->place = mem_resize(im->place, im->cap, sizeof *im->place);
	im->given = mem_resize(im->given, im->cap, sizeof *im->given);
}

static bool next_word(struct field *f, struct field *word)
{
	size_t n = 0;

	while (f->n && *f->s == ' ') {
		f->s++;
		f->n--;
	}
	while (n < f->n && f->s[n] != ' ')
		n++;
	*word = (struct field){ f->s, n };
	f->s += n;
	f->n -= n;
	return n > 0;
}

/* What was read; an article that news.tsv doesn't have counts for nothing. */
static void read_history(struct run *r, struct field f)
{
	struct impression *im = &r->im;
	struct field word;

	im->n_history = 0;
	while (next_word(&f, &word)) {
		int64_t doc = map_get(&r->news.by_name, word.s, word.n, -1);

		if (doc < 0)
			continue;
		MEM_GROW(im->history, im->n_history, im->history_cap);
		im->history[im->n_history++] = (size_t)doc;
	}
}

static enum err read_candidates(struct run *r, struct field f, size_t line, struct err_info *info)
{
	struct impression *im = &r->im;
	struct field word;

	im->n = 0;
	while (next_word(&f, &word)) {
		int shown = word.n < 40 ? (int)word.n : 40;
		int64_t doc;

		if (word.n < 3 || word.s[word.n - 2] != '-' || (word.s[word.n - 1] != '0' && word.s[word.n - 1] != '1'))
			return err_set(info, ERR_SYNTAX, "%s:%zu: \"%.*s\" ends neither in -0 nor in -1", r->name, line, shown, word.s);
		doc = map_get(&r->news.by_name, word.s, word.n - 2, -1);
		if (doc < 0)
			return err_set(info, ERR_SYNTAX, "%s:%zu: \"%.*s\" is not in news.tsv", r->name, line, shown - 2, word.s);
		impression_room(im);
		im->doc[im->n] = (size_t)doc;
		im->y[im->n] = word.s[word.n - 1] == '1';
		im->given[im->n] = im->n;
		im->n++;
	}
	return OK;
}

static enum err read_impression(struct run *r, struct field line, size_t number, struct err_info *info)
{
	struct field f[5];
	size_t found = news_fields(line, '\t', f, 5);
	enum err err;

	if (found != 5)
		return err_set(info, ERR_SYNTAX, "%s:%zu: %zu fields where 5 are due (impression, user, time, history, candidates)", r->name, number, found);
	r->im.id = f[0];
	read_history(r, f[3]);
	err = read_candidates(r, f[4], number, info);
	return err;
}

/* ---- ranking it ---- */

static void shuffle(struct impression *im, struct rng *rng)
{
	for (size_t i = im->n; i > 1; i--) {
		size_t j = rng_below(rng, (uint32_t)i), doc = im->doc[i - 1], given = im->given[i - 1];
		int y = im->y[i - 1];

		im->doc[i - 1] = im->doc[j];
		im->given[i - 1] = im->given[j];
		im->y[i - 1] = im->y[j];
		im->doc[j] = doc;
		im->given[j] = given;
		im->y[j] = y;
	}
}

static void read_all(struct profile *p, const struct impression *im)
{
	for (size_t i = 0; i < im->n_history; i++) {
		struct event e = { .id = (int64_t)i + 1, .at = IMPRESSION_AT - HISTORY_AGE, .article = (int64_t)im->history[i] + 1,
				   .kind = EVENT_OPEN, .dwell = HISTORY_DWELL, .scroll = -1, .explore = -1, .propensity = -1 };

		profile_apply(p, &e);
	}
}

static int by_mean(const void *a, const void *b)
{
	const struct score *x = *(const struct score *const *)a, *y = *(const struct score *const *)b;

	if (x->mean != y->mean)
		return x->mean > y->mean ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void place_plain(struct impression *im, const struct score *score)
{
	const struct score **order = mem_zero(im->n + 1, sizeof *order);

	for (size_t i = 0; i < im->n; i++)
		order[i] = &score[i];
	qsort(order, im->n, sizeof *order, by_mean);
	for (size_t i = 0; i < im->n; i++)
		im->place[order[i] - score] = i;
	free(order);
}

/* The page that the slider makes of the candidates, all of them on it. What is there twice comes last. */
static void place_explored(struct run *r, struct profile *p, const struct score *score)
{
	struct impression *im = &r->im;
	struct arena a = ARENA_INIT;
	struct explore_input in;
	struct pick *pick = arena_zero(&a, im->n + 1, sizeof *pick);
	size_t filled;

	for (size_t i = 0; i < im->n; i++)
		im->place[i] = SIZE_MAX;
	explore_gather(p, score, im->n, IMPRESSION_AT, &a, &in);
	in.k = im->n;
	in.explore = r->o->explore;
	in.seed = rng_u64(&r->rng);
	filled = explore_page(&in, pick, NULL);
	for (size_t i = 0; i < filled; i++)
		im->place[pick[i].at] = i;
	for (size_t i = 0; i < im->n; i++)
		if (im->place[i] == SIZE_MAX)
			im->place[i] = filled++;
	arena_clear(&a);
}

static void rank_impression(struct run *r)
{
	struct impression *im = &r->im;
	struct profile p;
	struct score *score = mem_zero(im->n + 1, sizeof *score);

	shuffle(im, &r->rng);
	profile_init(&p, &r->news.corpus, r->o->mask);
	models_use(&p.models, r->o->model);
	read_all(&p, im);
	score_docs(&p, im->doc, im->n, IMPRESSION_AT, score);
	if (r->o->explore >= 0)
		place_explored(r, &p, score);
	else
		place_plain(im, score);
	profile_clear(&p);
	free(score);
}

static void predict(struct run *r)
{
	const struct impression *im = &r->im;
	size_t *rank = mem_zero(im->n + 1, sizeof *rank);

	for (size_t i = 0; i < im->n; i++)
		rank[im->given[i]] = im->place[i] + 1;
	buf_add(&r->predictions, im->id.s, im->id.n);
	for (size_t i = 0; i < im->n; i++)
		buf_printf(&r->predictions, "%s%zu", i ? "," : " [", rank[i]);
	buf_puts(&r->predictions, im->n ? "]\n" : " []\n");
	free(rank);
}

/* ---- measuring it ---- */

/* Mean cosine distance of the pairs among the first ten that have vectors; -1 without a pair. */
static double ild(const struct corpus *c, const size_t *top, size_t n)
{
	double sum = 0, pairs = 0;
	enum corpus_side side = c->side[SIDE_WORDS].d ? SIDE_WORDS : SIDE_LSA;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; corpus_has_vector(c, side, top[i]) && j < i; j++) {
			if (!corpus_has_vector(c, side, top[j]))
				continue;
			sum += 1 - (double)blas_dot((size_t)c->side[side].d, corpus_vector(c, side, top[i]), corpus_vector(c, side, top[j]));
			pairs++;
		}
	return pairs > 0 ? sum / pairs : -1;
}

/* Share of each first category among articles that have one: into out (categories). Returns how many have. */
static size_t mix_of(const struct news *n, const size_t *docs, size_t count, double *out)
{
	size_t have = 0;

	for (size_t i = 0; i < n->category.n; i++)
		out[i] = 0;
	for (size_t i = 0; i < count; i++)
		if (n->top[docs[i]] >= 0) {
			out[n->top[docs[i]]]++;
			have++;
		}
	for (size_t i = 0; have && i < n->category.n; i++)
		out[i] /= (double)have;
	return have;
}

static double plogp(double p, double q)
{
	return p > 0 ? p * log2(p / q) : 0;
}

static void measure_mix(struct run *r, const size_t *top, size_t n)
{
	size_t k = r->news.category.n;
	double *p = mem_zero(2 * k + 1, sizeof *p), *q = p + k, entropy = 0, js = 0;
	size_t shown = mix_of(&r->news, top, n, p), read = mix_of(&r->news, r->im.history, r->im.n_history, q);

	for (size_t i = 0; i < k; i++) {
		entropy -= plogp(p[i], 1);
		js += 0.5 * plogp(p[i], (p[i] + q[i]) / 2) + 0.5 * plogp(q[i], (p[i] + q[i]) / 2);
	}
	if (shown) {
		r->sum.entropy10 += entropy;
		r->with_entropy++;
	}
	if (shown && read) {
		r->sum.calibration10 += js;
		r->with_calibration++;
	}
	free(p);
}

static void measure_top(struct run *r)
{
	const struct impression *im = &r->im;
	size_t top[TOP], n = im->n < TOP ? im->n : TOP;
	double distance;

	for (size_t i = 0; i < im->n; i++)
		if (im->place[i] < n)
			top[im->place[i]] = im->doc[i];
	distance = ild(&r->news.corpus, top, n);
	if (distance >= 0) {
		r->sum.ild10 += distance;
		r->with_ild++;
	}
	measure_mix(r, top, n);
}

static void measure(struct run *r)
{
	const struct impression *im = &r->im;
	double *s = mem_zero(im->n + 1, sizeof *s), auc;
	size_t clicks = 0;

	for (size_t i = 0; i < im->n; i++) {
		s[i] = -(double)im->place[i];
		clicks += im->y[i] == 1;
	}
	if (!clicks || clicks == im->n) {
		r->sum.left_out++;
		free(s);
		return;
	}
	r->sum.impressions++;
	auc = eval_auc(im->y, s, im->n);
	r->sum.auc += auc;
	r->auc2 += auc * auc;
	r->sum.mrr += eval_mrr(im->y, s, im->n);
	r->sum.ndcg5 += eval_ndcg(im->y, s, im->n, 5);
	r->sum.ndcg10 += eval_ndcg(im->y, s, im->n, 10);
	free(s);
	measure_top(r);
}

static double over(double sum, size_t n)
{
	return n ? sum / (double)n : 0;
}

static void means(struct run *r, struct eval_result *out)
{
	struct eval_result *s = &r->sum;
	size_t n = s->impressions;

	s->auc = over(s->auc, n);
	s->auc_se = n > 1 ? sqrt(fmax(0, over(r->auc2, n) - s->auc * s->auc) / (double)(n - 1)) : 0;
	s->mrr = over(s->mrr, n);
	s->ndcg5 = over(s->ndcg5, n);
	s->ndcg10 = over(s->ndcg10, n);
	s->ild10 = over(s->ild10, r->with_ild);
	s->entropy10 = over(s->entropy10, r->with_entropy);
	s->calibration10 = over(s->calibration10, r->with_calibration);
	*out = *s;
}

static enum err run_lines(struct run *r, const struct buf *text, struct err_info *info)
{
	struct field line;
	size_t at = 0, number = 0, total = 0;

	while (news_line(text->s, text->len, &at, &line))
		total++;
	at = 0;
	while (news_line(text->s, text->len, &at, &line)) {
		enum err err = read_impression(r, line, ++number, info);

		if (err)
			return err;
		rank_impression(r);
		measure(r);
		if (r->o->predictions)
			predict(r);
		if (r->o->step)
			r->o->step(r->o->user, number, total);
	}
	return number ? OK : err_set(info, ERR_SYNTAX, "%s: no impression in it", r->name);
}

static void run_clear(struct run *r)
{
	news_clear(&r->news);
	free(r->im.history);
	free(r->im.doc);
	free(r->im.y);
	free(r->im.place);
	free(r->im.given);
	buf_clear(&r->predictions);
}

static enum err read_behaviors(struct run *r, struct buf *text, struct err_info *info)
{
	struct buf path = BUF_INIT;
	enum err err;

	buf_printf(&path, "%s/%s", r->o->dir, r->name);
	err = buf_read_file(text, buf_str(&path), BEHAVIORS_BYTES, info);
	buf_clear(&path);
	return err;
}

enum err eval_mind(const struct eval_options *o, struct eval_result *out, struct err_info *info)
{
	struct run r = { .o = o, .predictions = BUF_INIT, .news = { .by_name = MAP_INIT, .category = MAP_INIT } };
	struct buf name = BUF_INIT, text = BUF_INIT;
	enum err err = choose(o, &name, info);

	r.name = buf_str(&name);
	rng_seed(&r.rng, o->seed);
	if (!err)
		err = read_behaviors(&r, &text, info);
	if (!err)
		err = news_read(&r.news, o->dir, o->vectors, o->seed, info);
	if (!err)
		err = run_lines(&r, &text, info);
	if (!err && o->predictions)
		err = buf_write_file(o->predictions, buf_str(&r.predictions), r.predictions.len, 0666, info);
	if (!err)
		means(&r, out);
	run_clear(&r);
	buf_clear(&name);
	buf_clear(&text);
	return err;
}
