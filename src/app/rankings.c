#include "app/rankings.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranker.h"
#include "base/spell.h"

/* ---- pages of explore ---- */

static size_t explore(const struct field *f, int slider, struct pick *pick)
{
	struct explore_input in = f->in;

	if (f->pool)
		return explore_pool_page(f->pool, slider, pick, NULL);
	in.score = f->score;
	in.explore = slider;
	return explore_page(&in, pick, NULL);
}

size_t ranking_by_interest(const struct ranker *r, const struct field *f, int number, struct pick *pick)
{
	(void)r;
	(void)number;
	return explore(f, f->explore, pick);
}

static size_t by_slider(const struct ranker *r, const struct field *f, int number, struct pick *pick)
{
	(void)r;
	return explore(f, number, pick);
}

/* The model in use and its reasons are the page's all the same: they would say whose place it is. */
static size_t by_model(const struct ranker *r, const struct field *f, int number, struct pick *pick)
{
	struct field own = *f;
	size_t n;

	assert(r->profile.models.learns[number]);
	own.pool = NULL;
	own.score = mem_zero(f->n + 1, sizeof *own.score);
	for (size_t i = 0; i < f->n; i++) {
		own.score[i] = f->score[i];
		own.score[i].mean = f->score[i].by[number];
	}
	n = explore(&own, f->explore, pick);
	free(own.score);
	return n;
}

/* ---- plain orders ---- */

struct keyed { size_t at; double key; const struct doc *doc; };

/* Ties go to the newer one. */
static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->doc->at != y->doc->at ? (x->doc->at < y->doc->at) - (x->doc->at > y->doc->at) : (x->doc->id < y->doc->id) - (x->doc->id > y->doc->id);
}

typedef double key_fn(const struct ranker *r, const struct field *f, const struct doc *d);

static size_t order(const struct ranker *r, const struct field *f, key_fn *key, struct pick *pick)
{
	struct keyed *all = mem_zero(f->n + 1, sizeof *all);

	for (size_t i = 0; i < f->n; i++) {
		const struct doc *d = &r->loaded.corpus.doc[f->score[i].doc];

		all[i] = (struct keyed){ i, key(r, f, d), d };
	}
	qsort(all, f->n, sizeof *all, by_key);
	for (size_t i = 0; i < f->n; i++)
		pick[i] = (struct pick){ all[i].at, SLOT_BUBBLE, 1 };
	free(all);
	return f->n;
}

static double no_key(const struct ranker *r, const struct field *f, const struct doc *d)
{
	(void)r;
	(void)f;
	(void)d;
	return 0;
}

static double feed_key(const struct ranker *r, const struct field *f, const struct doc *d)
{
	(void)f;
	return taste_doc(&r->profile.taste, d, FACET_FEED);
}

/* By article, so that an order stays the same for a day whatever is read of it. */
static double random_key(const struct ranker *r, const struct field *f, const struct doc *d)
{
	int64_t key[] = { f->now / DATE_DAY, d->id };

	(void)r;
	return (double)(hash_bytes(key, sizeof key) >> 11);
}

size_t ranking_by_time(const struct ranker *r, const struct field *f, int number, struct pick *pick)
{
	(void)number;
	return order(r, f, no_key, pick);
}

static size_t by_feeds(const struct ranker *r, const struct field *f, int number, struct pick *pick)
{
	(void)number;
	return order(r, f, feed_key, pick);
}

static size_t at_random(const struct ranker *r, const struct field *f, int number, struct pick *pick)
{
	(void)number;
	return order(r, f, random_key, pick);
}

/* ---- names ---- */

static const struct named { const char *word; enum ranking_takes takes; ranking_fill *fill; } rankings[] = {
#define X(word, takes, fill) { word, takes, fill },
	RANKINGS(X)
#undef X
};

#define N_RANKINGS (sizeof rankings / sizeof *rankings)

static bool whole_number(const char *s, int *number)
{
	char *end;
	long v = strtol(s, &end, 10);

	if (*s < '0' || *s > '9' || *end || v > 100)
		return false;
	*number = (int)v;
	return true;
}

/* What is written behind "=", as a number. */
static bool taken(enum ranking_takes takes, const char *written, int *number)
{
	enum model_kind kind;

	if (takes == TAKES_NUMBER)
		return whole_number(written, number);
	if (models_find(written, &kind, NULL) != OK)
		return false;
	*number = (int)kind;
	return true;
}

/* Is it this one? */
static bool matches(const struct named *n, const char *written, struct ranking *out)
{
	size_t len = strlen(n->word);
	int number = 0;

	if (n->takes == TAKES_NOTHING ? strcmp(written, n->word) != 0 :
					strncmp(written, n->word, len) != 0 || written[len] != '=' || !taken(n->takes, written + len + 1, &number))
		return false;
	*out = (struct ranking){ n->fill, n->takes, number };
	return true;
}

/* As a sentence has it: "slider=0..100", "model=interest|net|ftrl". */
static const char *shape(struct arena *a, const struct named *n)
{
	const char *s = n->takes == TAKES_NUMBER ? arena_printf(a, "%s=0..100", n->word) : n->word;

	for (int i = 0; n->takes == TAKES_MODEL && i < MODEL_COUNT; i++)
		s = arena_printf(a, "%s%c%s", s, i ? '|' : '=', model_word[i]);
	return s;
}

/* In its one spelling. */
static void spell(const struct named *n, int number, char name[RANKING_NAME])
{
	switch (n->takes) {
	case TAKES_NOTHING:
		snprintf(name, RANKING_NAME, "%s", n->word);
		break;
	case TAKES_NUMBER:
		snprintf(name, RANKING_NAME, "%s=%d", n->word, number);
		break;
	case TAKES_MODEL:
		snprintf(name, RANKING_NAME, "%s=%s", n->word, model_word[number]);
		break;
	}
}

/* The one that is written most like it, NULL where none is. */
static const struct named *nearest(const char *word)
{
	const struct named *best = &rankings[0];

	for (size_t i = 1; i < N_RANKINGS; i++)
		if (spell_distance(word, rankings[i].word) < spell_distance(word, best->word))
			best = &rankings[i];
	return *word && spell_near(word, best->word) ? best : NULL;
}

static enum err unknown(const char *written, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const struct named *like = nearest(arena_strndup(&a, written, strcspn(written, "=")));
	const char *list = shape(&a, &rankings[0]), *hint = like ? arena_printf(&a, ", did you mean '%s'? There are", shape(&a, like)) : "; there are";
	enum err e;

	for (size_t i = 1; i < N_RANKINGS; i++)
		list = arena_printf(&a, "%s%s%s", list, i + 1 == N_RANKINGS ? " and " : ", ", shape(&a, &rankings[i]));
	e = err_set(info, ERR_USAGE, "there is no ranking '%.60s'%s %s", written, hint, list);
	arena_clear(&a);
	return e;
}

enum err ranking_parse(const char *written, struct ranking *out, char name[RANKING_NAME], struct err_info *info)
{
	for (size_t i = 0; i < N_RANKINGS; i++)
		if (matches(&rankings[i], written, out)) {
			spell(&rankings[i], out->number, name);
			return OK;
		}
	return unknown(written, info);
}

void ranking_learn(const struct ranking *r, struct models *m)
{
	enum model_kind used = m->used;

	if (r->takes != TAKES_MODEL)
		return;
	models_use(m, (enum model_kind)r->number);
	models_use(m, used);
}
